# %% [markdown] nbgrader={"grade": false, "grade_id": "introduction", "locked": true, "schema_version": 3, "solution": false, "task": false}
# # Homework 8: backpropagation
#
# You write the gradients of a network of any depth, piece by piece: the objective, the error of the output, the error of a hidden
# layer, the gradients of one layer, then the whole algorithm twice, sample by sample and for all samples at once. Two tools
# end it: one that tells a right gradient from a wrong one, and one that shows in which layers the gradient has vanished.
#
# | Homework 8 | at a glance |
# |---|---|
# | **Needs** | Lecture 9, *Backpropagation*, and lectures 2 to 8 |
# | **Time** | 4 to 5 hours |
# | **Points** | 30: 8 for the visible tests, 22 for the hidden ones |
# | **Hand in** | this one notebook, saved as `hw08_backprop_solved.ipynb` |
#
# **How to work.** Run the first two code cells. Then replace each `raise NotImplementedError(…)` by your solution, run its cell, and
# run the visible test cell below it. Before you hand in: *Kernel → Restart Kernel and Run All Cells…*, so that nothing rests on a cell
# that you have changed since. (It stops at the first test that fails; to hand in with an exercise left open is fine.)
# All of your solution lives in this notebook: no other file of yours is looked at.
#
# **How it is graded.** Each exercise has a visible test cell, worth 1 point, which you can read and run, and a hidden one.
# The hidden tests call your function with fresh random data and compare it with a reference solution. They look at types,
# shapes and values, at special cases that each exercise names, and at two rules that hold throughout:
# a function **leaves its arguments unchanged**, and it **gives the same result when it is called again** with the same arguments.
# Where a float is asked for, a NumPy float is as good; where an array is asked for, a list is not. Where a list of arrays is asked for, a
# tuple is as good. Inputs may be arrays of
# integers. Calls by argument name work, so keep the names. NumPy should not have to warn (of an overflow, of the log of 0, of an invalid value).
# The points for values come first: with wrong values there are none for the rest. If a function is right but careless in special
# cases, it earns the points for values, and the feedback says why.
#
# **No exercise needs another one.** Each can be solved in its own cell, and then a mistake in one costs nothing in the next. You may call
# your own functions of earlier exercises instead; then a mistake in one of them shows in the other as well.
#
# **Honesty.** Discuss ideas with anyone; write the code yourself. If an AI assistant helped, say where and how in a comment.
# You are ready to hand in when you could explain every line to a friend.
#
# **Notation.** A network has L layers. Layer l = 1, …, L computes the pre-activations $Z^{[l]}=A^{[l-1]}W^{[l]}+b^{[l]}$ and $A^{[l]}=g^{[l]}(Z^{[l]})$, with $A^{[0]}=X$ of
# shape (m, n). A row belongs to a sample. In code there are three lists of length L, from the first layer to the last: `Ws`, `bs` and `phis`. **Python counts from 0:** `Ws[l - 1]` is $W^{[l]}$,
# and an activation `phi` has `phi.f(z)`, the function g, and `phi.df(z)`, its derivative g′.
# The error of a layer is $\delta^{[l]}=\partial\ell/\partial Z^{[l]}$, the slope of the loss ℓ of *one* sample; it has a row for each sample and is **not divided by m**.
# $\odot$ is the product entry by entry, `*` in NumPy.
# The log is the natural one, `np.log`. m, and any number of units, may be 1, but the number of axes never changes.
#
# **Pairs.** The activation of the output and the loss belong together. They are named by strings:
#
# | `pair` | output activation | loss ℓ of one sample, summed over the K outputs | `kind` of loss | targets |
# |---|---|---|---|---|
# | `"identity+half_mse"` | identity | $\tfrac12\sum_k(\hat y_k-y_k)^2$ | `"half_mse"` | any numbers |
# | `"sigmoid+bce"` | sigmoid | $-\sum_k\big[y_k\log\hat y_k+(1-y_k)\log(1-\hat y_k)\big]$ | `"bce"` | 0 and 1 |
# | `"softmax+ce"` | softmax | $-\sum_ky_k\log\hat y_k$ | `"ce"` | rows with a single 1 |
# | `"sigmoid+half_mse"` | sigmoid | $\tfrac12\sum_k(\hat y_k-y_k)^2$ | `"half_mse"` | 0 and 1 |

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import os
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from scipy.special import expit
from scipy.special import softmax as softmax_of

rng = np.random.default_rng(8)

name = Path(os.environ.get("JPY_SESSION_NAME", "")).name
if name and name != "hw08_backprop_solved.ipynb":
    print(f"This notebook is called {name}.")
    print("Save it as hw08_backprop_solved.ipynb to hand it in.")


# %% [markdown] nbgrader={"grade": false, "grade_id": "activations-note", "locked": true, "schema_version": 3, "solution": false, "task": false}
# The next cell holds the activations of lecture 8, ready to use, so that nothing here rests on your homework 7. The visible tests hand them to your
# functions; the hidden tests hand over others with the same two functions. So ask `phi` for what you need, and do not test *which* activation it is.
# They take arrays of any shape, one row or many; `Softmax.f` works along the last axis, and has no `df`.

# %% nbgrader={"grade": false, "grade_id": "activations", "locked": true, "schema_version": 3, "solution": false, "task": false}
class Linear:
    f = staticmethod(np.positive)
    df = staticmethod(np.ones_like)


class Sigmoid:
    f = staticmethod(expit)
    df = staticmethod(lambda z: expit(z) * expit(np.negative(z)))


class Tanh:
    f = staticmethod(np.tanh)
    df = staticmethod(lambda z: 4 * expit(2 * z) * expit(-2 * z))


class ReLU:
    f = staticmethod(lambda z: np.where(z > 0, z, 0.0))
    df = staticmethod(lambda z: np.heaviside(z, 0.0))


class LeakyReLU:
    f = staticmethod(lambda z: z * np.where(z > 0, 1.0, 0.01))
    df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))


class Softplus:
    f = staticmethod(lambda z: np.logaddexp(z, 0))
    df = staticmethod(expit)


class Softmax:
    f = staticmethod(lambda z: softmax_of(z, axis=-1))


def random_network(rng, sizes, *phis):
    """Return Ws, bs and phis of a network with these numbers of units, inputs included."""
    pairs = list(pairwise(sizes))
    Ws = [rng.normal(size=(n, h)) / np.sqrt(n) for n, h in pairs]
    return Ws, [rng.normal(size=h) for _, h in pairs], list(phis)


def moved(arrays, directions, h):
    """Return the arrays, each moved by h times its direction."""
    return [a + h * d for a, d in zip(arrays, directions, strict=True)]


def same(ours, theirs):
    """Return whether two lists hold arrays of the same shapes and values."""
    return len(ours) == len(theirs) and all(
        np.shape(a) == np.shape(b) and np.allclose(a, b, atol=1e-5)
        for a, b in zip(ours, theirs, strict=True)
    )


# %% [markdown]
# ## 1 What the network is to make small

# %% [markdown] nbgrader={"grade": false, "grade_id": "network_loss-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.1 ★★ `network_loss` (4 points)
#
# The objective of a network is the mean loss of the samples, plus a penalty on the weights of **all** layers:
#
# $$J=\frac1m\sum_{i=1}^m\ell^{(i)}+\frac\lambda2\sum_{l=1}^L\big\lVert W^{[l]}\big\rVert_F^2,\qquad \hat Y:(m,K),\quad Y:(m,K).$$
#
# The losses ℓ are those of the table above, named by `kind`: `"half_mse"`, `"bce"` or `"ce"`. $\lVert W\rVert_F^2$ is the sum of all squared entries of W. The penalty is not divided by m, and
# biases are not penalized.
#
# A probability may be exactly 0 or 1. What is **right** then costs nothing (1 where the target is 1; 0 where it is 0), and NumPy does not warn. To keep probabilities away
# from 0 and 1 by a tiny amount (at most $10^{-7}$) is accepted. What is exactly 0 or 1 and wrong is not tested.
#
# **Worked example.** $\hat Y=\begin{pmatrix}1\\3\end{pmatrix}$, $Y=\begin{pmatrix}0\\1\end{pmatrix}$, one layer with $W=(1\;\;2)$, λ = 0.1, `"half_mse"`. The losses are ½ and 2, their mean is 1.25. The penalty is
# $\frac{0.1}2(1+4)=0.25$, so J = 1.5. (W and Ŷ need not fit together here: the loss does not look at how Ŷ came about.)
#
# <details><summary>Hint</summary>
#
# `Ws` is a list of matrices of different shapes, so `np.array(Ws)` does not work: add up one matrix after the other. For the cross-entropies choose
# *first*, the probability of what happened, and take the log of that: then no `0 * log(0)` can turn up. For `"ce"` the mask `Y == 1` picks one entry of each row.
#
# </details>

# %% exercise="1.1" nbgrader={"grade": false, "grade_id": "network_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network_loss(Y_hat, Y, Ws, lam, kind):
    """Return the mean loss plus the L2 penalty on all weights.

    Y_hat: (m, K), Y: (m, K), Ws: list of arrays, lam: float,
    kind: "half_mse", "bce" or "ce"  ->  float

    >>> W = np.array([[1.0, 2.0]])
    >>> network_loss(np.array([[1.0], [3.0]]), np.array([[0.0], [1.0]]), [W], 0.1, "half_mse")
    1.5
    """
    ### BEGIN SOLUTION
    if kind == "half_mse":
        losses = np.square(Y_hat - Y) / 2
    elif kind == "bce":
        losses = -np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))
    elif kind == "ce":
        losses = -np.log(Y_hat[Y == 1])
    squares = sum(np.square(W).sum() for W in Ws)
    return float(losses.sum() / len(Y) + lam / 2 * squares)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "network_loss-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.1 (1 point)
Y_hat, Y, W = np.array([[1.0], [3.0]]), np.array([[0.0], [1.0]]), np.array([[1.0, 2.0]])
J = network_loss(Y_hat, Y, [W], 0.1, "half_mse")

assert J is not None, "network_loss returned None: is a return missing?"
assert np.shape(J) == (), f"expected a single float, got shape {np.shape(J)}"
assert np.isclose(J, 1.5, atol=1e-5), f"worked example: expected 1.5, got {J}"

# The other kinds, without a penalty. Only one target is 1 in each row.
P, Y = np.array([[0.5, 0.5], [0.2, 0.8]]), np.array([[1, 0], [0, 1]])
for kind, expected in ("bce", 0.916291), ("ce", 0.458145), ("half_mse", 0.145):
    J = network_loss(P, Y, [W], 0.0, kind)
    assert np.isclose(J, expected, atol=1e-5), f'"{kind}": expected {expected}, got {J}'

# Property: the penalty is the same for all kinds, and counts every layer once: 1 + 4, 9, 4 + 4.
Ws = [W, np.array([[3.0]]), np.array([[2.0], [-2.0]])]
for kind in ("half_mse", "bce", "ce"):
    penalty = network_loss(P, Y, Ws, 0.5, kind) - network_loss(P, Y, Ws, 0.0, kind)
    assert np.isclose(penalty, 5.5, atol=1e-5), f'"{kind}": penalty 5.5 expected, got {penalty}'

# Property: each sample twice gives the same mean, so J stays.
once = network_loss(P, Y, Ws, 0.5, "bce")
twice = network_loss(np.vstack([P, P]), np.vstack([Y, Y]), Ws, 0.5, "bce")
assert np.isclose(once, twice, atol=1e-5), f"every sample twice: {once} became {twice}"

# Edge case: certain and right costs nothing, so only the penalty is left.
for kind in ("bce", "ce"):
    try:
        with np.errstate(divide="raise", invalid="raise"):
            J = network_loss(np.array([[1.0, 0.0], [0.0, 1.0]]), Y, [W], 0.1, kind)
    except FloatingPointError as error:
        raise AssertionError(f'"{kind}", all certain and right: {error}') from error
    assert np.isclose(J, 0.25, atol=1e-5), f'"{kind}", certain and right: expected 0.25, got {J}'
print("Exercise 1.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "network_loss-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.1 (3 points). What they look at:
# - type and value for all three kinds on random data with several m, K and depths (2 points);
# - care (1 point): probabilities of exactly 0 and 1 that are right; one sample; one output;
#   lam = 0; integer arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw08_backprop", "network_loss", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 2 The three formulas

# %% [markdown] nbgrader={"grade": false, "grade_id": "output_delta-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.1 ★ `output_delta` (3 points)
#
# The backward pass starts at the output, with the slope of the loss of each sample for its pre-activation $Z^{[L]}$. By the chain rule it is the slope of the loss for the output, times the slope of the output
# activation. For the first three pairs nearly everything cancels:
#
# $$\delta^{[L]}=A^{[L]}-Y\quad\text{for }\texttt{"identity+half\_mse"},\;\texttt{"sigmoid+bce"},\;\texttt{"softmax+ce"};$$
#
# $$\delta^{[L]}=(A^{[L]}-Y)\odot A^{[L]}\odot(1-A^{[L]})\quad\text{for }\texttt{"sigmoid+half\_mse"},$$
#
# since the slope of the sigmoid, expressed by its output $a$, is $a(1-a)$. All arrays are (m, K). Do **not** divide by m: δ belongs to one sample each.
#
# **Worked example.** Outputs $A=(0.5\;\;0.8)$ and targets $Y=(1\;\;0)$. With `"sigmoid+bce"` the error is $(-0.5\;\;0.8)$; with `"sigmoid+half_mse"` it is
# $(-0.5\cdot0.25\;\;\;0.8\cdot0.16)=(-0.125\;\;0.128)$.
#
# <details><summary>Hint</summary>
#
# One line for all pairs, and one `if` for the pair that is different. `delta = A_out` followed by `delta -= Y` would change the caller's array: both names mean the same one.
#
# </details>

# %% exercise="2.1" nbgrader={"grade": false, "grade_id": "output_delta", "locked": false, "schema_version": 3, "solution": true, "task": false}
def output_delta(A_out, Y, pair):
    """Return the error of the output layer, a row for each sample.

    A_out: (m, K), Y: (m, K), pair: str  ->  delta (m, K)

    >>> output_delta(np.array([[0.5, 0.8]]), np.array([[1, 0]]), "sigmoid+half_mse")
    array([[-0.125,  0.128]])
    """
    ### BEGIN SOLUTION
    error = A_out - Y
    return error * A_out * (1 - A_out) if pair == "sigmoid+half_mse" else error
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "output_delta-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.1 (1 point)
A, Y = np.array([[0.5, 0.8]]), np.array([[1, 0]])
delta = output_delta(A, Y, "sigmoid+bce")

assert delta is not None, "output_delta returned None: is a return missing?"
assert isinstance(delta, np.ndarray), f"expected an array, got {type(delta).__name__}"
assert delta.shape == (1, 2), f"expected shape (m, K) = (1, 2), got {delta.shape}"
assert delta.dtype.kind == "f", f"expected floats, got values of type {delta.dtype}"
expected = [[-0.5, 0.8]]
assert np.allclose(delta, expected, atol=1e-5), f"sigmoid+bce: expected {expected}, got {delta}"
delta = output_delta(A, Y, "sigmoid+half_mse")
expected = [[-0.125, 0.128]]
assert np.allclose(delta, expected, atol=1e-5), f"sigmoid+half_mse: {expected}, got {delta}"


# Property: it is the slope of the loss for z. Each loss is written out for one sample, K = 2.
def losses_of(z, y, pair):
    if pair == "identity+half_mse":
        return ((z[0] - y[0]) ** 2 + (z[1] - y[1]) ** 2) / 2
    if pair == "softmax+ce":
        return np.log(np.exp(z[0]) + np.exp(z[1])) - (z @ y)
    if pair == "sigmoid+bce":
        return np.log(1 + np.exp(z[0])) + np.log(1 + np.exp(z[1])) - (z @ y)
    return ((expit(z[0]) - y[0]) ** 2 + (expit(z[1]) - y[1]) ** 2) / 2


outputs = {
    "identity+half_mse": Linear,
    "sigmoid+bce": Sigmoid,
    "softmax+ce": Softmax,
    "sigmoid+half_mse": Sigmoid,
}
h = 1e-5
for pair, phi in outputs.items():
    z, y = rng.normal(size=2), np.array([0.0, 1.0])
    delta = output_delta(phi.f(z[None]), y[None], pair)
    slopes = [
        (losses_of(z + h * unit, y, pair) - losses_of(z - h * unit, y, pair)) / (2 * h)
        for unit in np.eye(2)
    ]
    assert np.allclose(delta, [slopes], atol=1e-5), f"{pair}: slopes {slopes}, got {delta}"

# Property: not divided by m. Each sample has the same error alone as among others.
Z, Y = rng.normal(size=(6, 3)), np.eye(3)[[0, 2, 1, 1, 0, 2]]
for pair, phi in outputs.items():
    together = output_delta(phi.f(Z), Y, pair)
    alone = output_delta(phi.f(Z[2:3]), Y[2:3], pair)
    assert np.allclose(together[2:3], alone, atol=1e-5), (
        f"{pair}: a sample has the error {together[2]} among six, and {alone[0]} alone"
    )
print("Exercise 2.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "output_delta-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.1 (2 points). What they look at:
# - shape and values for all four pairs on random data with several m and K (1 point);
# - care (1 point): one sample; one output; outputs of exactly 0 and 1; integer arrays;
#   calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw08_backprop", "output_delta", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "backprop_delta-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.2 ★★ `backprop_delta` (3 points)
#
# A hidden unit has no target. Its error is the blame that it gets from all units of the next layer, through the weights with which it reaches them, times the slope of its own activation:
#
# $$\delta^{[l]}=\big(\delta^{[l+1]}\,W^{[l+1]\top}\big)\odot g'(Z^{[l]}),\qquad (m,k)\,(k,h)\to(m,h).$$
#
# `delta_next (m, k)` and `W_next (h, k)` belong to the *next* layer, `Z (m, h)` and `phi` to the layer itself. The derivative g′ is `phi.df`; hidden tests hand in various activations.
#
# **Worked example.** One sample, a hidden layer of two units with the ReLU, and two units behind it:
#
# $$\delta^{[l+1]}=(2\;\;1),\quad W^{[l+1]}=\begin{pmatrix}1&3\\5&0\end{pmatrix},\quad Z^{[l]}=(4\;\;{-1}).$$
#
# The blame is $(2\cdot1+1\cdot3\;\;\;2\cdot5+1\cdot0)=(5\;\;10)$. The slopes of the ReLU are $(1\;\;0)$, so the error is $(5\;\;0)$: the second unit was not active, and learns nothing from this sample.
#
# <details><summary>Hint</summary>
#
# Write the shapes below the formula. Only one order of the factors fits, and with it a transpose, if all three sizes differ. With a square W a wrong order runs as well, and is wrong without a word.
#
# </details>

# %% exercise="2.2" nbgrader={"grade": false, "grade_id": "backprop_delta", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backprop_delta(delta_next, W_next, Z, phi):
    """Return the error of a hidden layer.

    delta_next: (m, k), W_next: (h, k), Z: (m, h), phi: activation  ->  delta (m, h)

    >>> delta_next, W_next = np.array([[2, 1]]), np.array([[1, 3], [5, 0]])
    >>> backprop_delta(delta_next, W_next, np.array([[4.0, -1.0]]), ReLU)
    array([[5., 0.]])
    """
    ### BEGIN SOLUTION
    return delta_next @ W_next.T * phi.df(Z)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "backprop_delta-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.2 (1 point)
delta_next, W_next = np.array([[2, 1]]), np.array([[1, 3], [5, 0]])
delta = backprop_delta(delta_next, W_next, np.array([[4.0, -1.0]]), ReLU)

assert delta is not None, "backprop_delta returned None: is a return missing?"
assert isinstance(delta, np.ndarray), f"expected an array, got {type(delta).__name__}"
assert delta.shape == (1, 2), f"expected shape (m, h) = (1, 2), got {delta.shape}"
assert np.allclose(delta, [[5, 0]], atol=1e-5), f"worked example: expected [[5 0]], got {delta}"

# Other activations at the same place: the blame (5, 10) times their slopes at 0 and 1.
for phi, slopes in (Linear, [1, 1]), (Sigmoid, [0.25, 0.196612]), (Tanh, [1, 0.419974]):
    delta = backprop_delta(delta_next, W_next, np.array([[0.0, 1.0]]), phi)
    expected = np.array([[5, 10]]) * slopes
    assert np.allclose(delta, expected, atol=1e-4), f"{phi.__name__}: {expected}, got {delta}"

# Property: it is the slope of anything behind. Here that is the sum of f(Z) @ W times
# delta_next, entry by entry; np.einsum writes such sums in one line.
m, h, k = 4, 3, 2
delta_next, W_next, Z = rng.normal(size=(m, k)), rng.normal(size=(h, k)), rng.normal(size=(m, h))
for phi in (Sigmoid, Tanh, Softplus):
    delta = backprop_delta(delta_next, W_next, Z, phi)
    assert np.shape(delta) == (m, h), f"expected shape (4, 3), got {np.shape(delta)}"
    for i, j in (0, 0), (1, 2), (3, 1):  # a few entries
        step = np.zeros((m, h))
        step[i, j] = 1e-5
        up = np.einsum("ik,ij,jk->", delta_next, phi.f(Z + step), W_next)
        down = np.einsum("ik,ij,jk->", delta_next, phi.f(Z - step), W_next)
        slope = (up - down) / 2e-5
        assert np.isclose(delta[i, j], slope, atol=1e-4), (
            f"{phi.__name__}, entry {i}, {j}: the slope is {slope}, got {delta[i, j]}"
        )

# Edge case: where no ReLU is active, no error passes.
delta = backprop_delta(delta_next, W_next, -1 - np.abs(Z), ReLU)
assert np.allclose(delta, 0), f"no active unit: expected zeros, got\n{delta}"
print("Exercise 2.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "backprop_delta-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.2 (2 points). What they look at:
# - shape and values on random data, with several activations and sizes, square W too (1 point);
# - care (1 point): one sample; one unit in either layer; dead ReLUs; integer arrays; calls by
#   argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw08_backprop", "backprop_delta", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "dense_gradients-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.3 ★★ `dense_gradients` (3 points)
#
# Once a layer has its error, its gradients are a product away. For one sample, the weight from input j to unit k gets activation times error, $a_j\,\delta_k$. J is a mean over the samples plus the
# penalty, so
#
# $$\frac{\partial J}{\partial W^{[l]}}=\frac1mA^{[l-1]\top}\delta^{[l]}+\lambda W^{[l]}\quad(n,h),\qquad
# \frac{\partial J}{\partial b^{[l]}}=\frac1m\sum_{i=1}^m\delta^{[l]}_i\quad(h,).$$
#
# This is the one place where the mean is taken. `A_prev (m, n)` holds the *inputs* of the layer. Return `dW (n, h)` and `db (h,)`, in this order. Biases are not penalized.
#
# **Worked example.** Two samples, two inputs, one unit, λ = 0.1:
#
# $$A=\begin{pmatrix}1&2\\3&0\end{pmatrix},\quad\delta=\begin{pmatrix}0.5\\-1\end{pmatrix},\quad W=\begin{pmatrix}2\\4\end{pmatrix},\qquad
# \frac12A^\top\delta+\lambda W=\frac12\begin{pmatrix}-2.5\\1\end{pmatrix}+\begin{pmatrix}0.2\\0.4\end{pmatrix}=\begin{pmatrix}-1.05\\0.9\end{pmatrix},\quad db=(-0.25).$$
#
# <details><summary>Hint</summary>
#
# The shapes decide: (n, m) times (m, h). The bias is a weight of a unit that is always 1, so its gradient is the mean of the errors themselves, down the columns.
#
# </details>

# %% exercise="2.3" nbgrader={"grade": false, "grade_id": "dense_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dense_gradients(A_prev, delta, W, lam):
    """Return the gradients of the objective for W and b of a layer.

    A_prev: (m, n), delta: (m, h), W: (n, h), lam: float  ->  dW (n, h), db (h,)

    >>> A_prev, delta = np.array([[1, 2], [3, 0]]), np.array([[0.5], [-1]])
    >>> dense_gradients(A_prev, delta, np.array([[2], [4]]), 0.1)
    (array([[-1.05],
           [ 0.9 ]]), array([-0.25]))
    """
    ### BEGIN SOLUTION
    dW = A_prev.T @ delta / len(A_prev) + lam * W
    return dW, delta.mean(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dense_gradients-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.3 (1 point)
A_prev, delta, W = np.array([[1, 2], [3, 0]]), np.array([[0.5], [-1]]), np.array([[2], [4]])
result = dense_gradients(A_prev, delta, W, 0.1)

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two things, dW and db, got {result!r}"
)
dW, db = result
assert isinstance(dW, np.ndarray), f"dW: expected an array, got {type(dW).__name__}"
assert isinstance(db, np.ndarray), f"db: expected an array, got {type(db).__name__}"
assert dW.shape == (2, 1), f"dW: expected the shape of W, (2, 1), got {dW.shape}"
assert db.shape == (1,), f"db: expected shape (h,) = (1,), got {db.shape}"
assert np.allclose(dW, [[-1.05], [0.9]], atol=1e-5), f"expected dW -1.05 and 0.9, got {dW}"
assert np.allclose(db, [-0.25], atol=1e-5), f"worked example: expected db [-0.25], got {db}"

# Property: a linear layer under half squared errors. Its J is written out, its error is S - Y.
X, Y, W, b = (rng.normal(size=s) for s in [(5, 3), (5, 2), (3, 2), (2,)])


def J_of(W, b, lam):
    S = X @ W + b
    return ((S - Y) ** 2).sum() / 10 + lam / 2 * (W**2).sum()


dW, db = dense_gradients(X, X @ W + b - Y, W, 0.7)
assert np.shape(dW) == (3, 2) and np.shape(db) == (2,), f"shapes {np.shape(dW)}, {np.shape(db)}"
for j, k in (0, 0), (2, 1), (1, 0):
    step = np.zeros((3, 2))
    step[j, k] = 1e-5
    slope = (J_of(W + step, b, 0.7) - J_of(W - step, b, 0.7)) / 2e-5
    assert np.isclose(dW[j, k], slope, atol=1e-4), f"dW[{j}, {k}]: slope {slope}, got {dW[j, k]}"
for k in (0, 1):
    step = 1e-5 * np.eye(2)[k]
    slope = (J_of(W, b + step, 0.7) - J_of(W, b - step, 0.7)) / 2e-5
    assert np.isclose(db[k], slope, atol=1e-4), f"db[{k}]: the slope is {slope}, got {db[k]}"

# Property: every sample twice changes nothing, since it is a mean.
A, delta = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
once = dense_gradients(A, delta, W, 0.3)
twice = dense_gradients(np.vstack([A, A]), np.vstack([delta, delta]), W, 0.3)
assert same(once, twice), f"every sample twice: {once} became {twice}"

# Edge case: without errors only the penalty pulls, and not on the bias.
dW, db = dense_gradients(A, np.zeros((4, 2)), W, 0.3)
assert np.allclose(dW, 0.3 * W, atol=1e-5), f"no errors: expected 0.3 W, got\n{dW}"
assert np.allclose(db, 0), f"no errors: expected db = 0, got {db}"
print("Exercise 2.3: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "dense_gradients-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.3 (2 points). What they look at:
# - shapes and values of dW and db on random data with several sizes and lam (1 point);
# - care (1 point): one sample; many; one unit; lam = 0; integer arrays; calls by argument
#   names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw08_backprop", "dense_gradients", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3 The whole algorithm, twice

# %% [markdown] nbgrader={"grade": false, "grade_id": "backprop_loop-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.1 ★★★ `backprop_loop` (5 points)
#
# Put the pieces together for a network of L layers, **one sample after the other**:
#
# 1. Start a sum for the loss, and for each `W` and `b` an array of zeros, of floats: `np.zeros(W.shape)`. (`np.zeros_like(W)` has the type of W, and W may hold integers.)
# 2. For each sample, with its row x of X and its row y of Y:
#    forward, and keep all $z^{[l]}$ and $a^{[l]}$; add its loss to the sum; take its output error (the table of pairs, and the formulas of Exercise 2.1);
#    then go **back from the last layer to the first**: add the outer product of the layer's input and its error, and the error itself, to the sums of this layer; if there is a layer before, pass the error on to it (Exercise 2.2).
# 3. Divide loss and sums by m. Then add the penalty, $\frac\lambda2\sum_l\lVert W^{[l]}\rVert_F^2$ to the loss and $\lambda W^{[l]}$ to each dW, **once**.
#
# Return `loss`, a float, and the lists `dWs` and `dbs`, in the order and in the shapes of `Ws` and `bs`. `X` is (m, n), `Y` is (m, K), `pair` is one of the four strings. The last entry of `phis` is the output activation of the
# pair. L may be anything from 1. (Outputs of a sigmoid or softmax that are exactly 0 or 1 are not tested here.) An answer without a loop over samples is accepted, too.
#
# **Worked example.** One sample x = 2 with target y = 1; two layers with one unit each, the first with the ReLU, the second with the identity and half squared errors; $W^{[1]}=3$, $b^{[1]}=-1$, $W^{[2]}=0.5$, $b^{[2]}=0$, λ = 0.
# Forward: z = 5, a = 5, then z = 2.5 = ŷ, and the loss is ½ · 1.5² = 1.125. Backward: $\delta^{[2]}=1.5$, so $dW^{[2]}=5\cdot1.5=7.5$ and $db^{[2]}=1.5$; then $\delta^{[1]}=1.5\cdot0.5\cdot1=0.75$, so $dW^{[1]}=2\cdot0.75=1.5$ and $db^{[1]}=0.75$.
#
# With λ = 0.2 the loss grows by 0.1 · (9 + 0.25) = 0.925 to 2.05, and the dWs by 0.6 and 0.1 to 2.1 and 7.6.
#
# <details><summary>Hint</summary>
#
# For one sample, x is flat: `x @ W + b` works, and so does `np.outer(a, delta)`, which has the shape of W. In Python's counting `Ws[i]` lies between `As[i]` and `As[i + 1]`, if `As[0]` is x. Which i does `range(L - 1, -1, -1)` go
# through? For which i is there a layer before? The loss is named by the part of `pair` behind the plus, `pair.split("+")[1]`. And the error goes back as `delta @ W.T`, or `W @ delta`, which is the same for one sample.
#
# </details>

# %% exercise="3.1" nbgrader={"grade": false, "grade_id": "backprop_loop", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backprop_loop(X, Y, Ws, bs, phis, lam, pair):
    """Return the loss and its gradients, computed one sample after the other.

    X: (m, n), Y: (m, K), Ws, bs, phis: lists of length L, lam: float, pair: str
    ->  loss float, dWs, dbs: lists of L arrays in the shapes of Ws and bs

    >>> Ws, bs = [np.array([[3.0]]), np.array([[0.5]])], [np.array([-1.0]), np.array([0.0])]
    >>> loss, dWs, dbs = backprop_loop(np.array([[2.0]]), np.array([[1.0]]), Ws, bs,
    ...                                [ReLU, Linear], 0.0, "identity+half_mse")
    >>> loss, dWs[0], dWs[1]
    (1.125, array([[1.5]]), array([[7.5]]))
    """
    ### BEGIN SOLUTION
    m, loss = len(X), lam / 2 * sum(np.square(W).sum() for W in Ws)
    dWs, dbs = [lam * W for W in Ws], [np.zeros(np.shape(b)) for b in bs]
    for x, y in zip(X, Y, strict=True):
        zs, activations = [], [x]
        for W, b, phi in zip(Ws, bs, phis, strict=True):
            zs.append(activations[-1] @ W + b)
            activations.append(phi.f(zs[-1]))
        a = activations[-1]
        delta = a - y
        if pair.endswith("half_mse"):
            loss += (delta @ delta) / 2 / m
            delta = delta * a * (1 - a) if pair == "sigmoid+half_mse" else delta
        elif pair.endswith("ce"):
            loss -= np.log(np.where(y == 1, a, 1 if pair == "softmax+ce" else 1 - a)).sum() / m
        for i in reversed(range(len(Ws))):
            dWs[i] = dWs[i] + np.outer(activations[i], delta) / m
            dbs[i] = dbs[i] + delta / m
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    return float(loss), dWs, dbs
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "backprop_loop-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.1 (1 point)
X, Y = np.array([[2.0]]), np.array([[1.0]])
Ws, bs = [np.array([[3.0]]), np.array([[0.5]])], [np.array([-1.0]), np.array([0.0])]
result = backprop_loop(X, Y, Ws, bs, [ReLU, Linear], 0.0, "identity+half_mse")

assert isinstance(result, (tuple, list)) and len(result) == 3, (
    f"expected three things, loss, dWs and dbs, got {result!r}"
)
loss, dWs, dbs = result
assert np.shape(loss) == (), f"loss: expected a single float, got shape {np.shape(loss)}"
assert isinstance(dWs, (list, tuple)), f"dWs: expected a list, got {type(dWs).__name__}"
assert len(dWs) == len(dbs) == 2, f"two layers: got {len(dWs)} dWs and {len(dbs)} dbs"
assert np.isclose(loss, 1.125, atol=1e-5), f"worked example: expected the loss 1.125, got {loss}"
assert same(dWs, [[[1.5]], [[7.5]]]), f"worked example: expected dWs 1.5 and 7.5, got {dWs}"
assert same(dbs, [[0.75], [1.5]]), f"worked example: expected dbs 0.75 and 1.5, got {dbs}"
loss, dWs, dbs = backprop_loop(X, Y, Ws, bs, [ReLU, Linear], 0.2, "identity+half_mse")
assert np.isclose(loss, 2.05, atol=1e-5), f"with lam = 0.2: expected the loss 2.05, got {loss}"
assert same(dWs, [[[2.1]], [[7.6]]]), f"with lam = 0.2: expected dWs 2.1 and 7.6, got {dWs}"
assert same(dbs, [[0.75], [1.5]]), f"with lam = 0.2: the dbs stay 0.75 and 1.5, got {dbs}"

# Property: the gradients are means over the samples. Without a penalty those of two samples
# are the mean of the gradients of each.
X, Y = rng.normal(size=(2, 3)), np.eye(2)
Ws, bs, phis = random_network(rng, [3, 4, 3, 2], Tanh, Softplus, Softmax)
_, dWs, dbs = backprop_loop(X, Y, Ws, bs, phis, 0.0, "softmax+ce")
_, dWs_0, dbs_0 = backprop_loop(X[:1], Y[:1], Ws, bs, phis, 0.0, "softmax+ce")
_, dWs_1, dbs_1 = backprop_loop(X[1:], Y[1:], Ws, bs, phis, 0.0, "softmax+ce")
sums = moved([*dWs_0, *dbs_0], [*dWs_1, *dbs_1], 1)
assert same([2 * g for g in [*dWs, *dbs]], sums), (
    f"the gradients of two samples are not the means of each one's: {dWs} and {dWs_0}, {dWs_1}"
)

# Property: one layer is a model of earlier lectures, with the gradient X.T (P - Y) / m.
W, b, X, Y = rng.normal(size=(3, 2)), rng.normal(size=2), rng.normal(size=(5, 3)), np.eye(2)
Y = Y[[0, 1, 1, 0, 1]]
for phi, pair in (Linear, "identity+half_mse"), (Sigmoid, "sigmoid+bce"), (Softmax, "softmax+ce"):
    _, dWs, dbs = backprop_loop(X, Y, [W], [b], [phi], 0.0, pair)
    error = phi.f(X @ W + b) - Y
    dW, db = X.T @ error / 5, error.mean(axis=0)
    assert same(dWs, [dW]), f"{pair}, one layer: expected dWs[0]\n{dW}, got\n{dWs[0]}"
    assert same(dbs, [db]), f"{pair}, one layer: expected dbs[0] {db}, got {dbs[0]}"

# Property: the loss moves as the gradients say, for all depths, three times. All parameters take a
# small step in a random direction, to either side: one number checks every entry at once. It is the
# sum of gradient times direction; np.vdot gives that for two arrays of one shape.
for sizes, hidden in 3 * [([2, 3], []), ([2, 4, 3], [Tanh]), ([2, 4, 2, 3], [Tanh, Softplus])]:
    Ws, bs, phis = random_network(rng, sizes, *hidden, Sigmoid)
    X, Y = rng.normal(size=(3, 2)), np.array([[1, 0, 0], [0, 1, 1], [1, 1, 0]])
    _, dWs, dbs = backprop_loop(X, Y, Ws, bs, phis, 0.3, "sigmoid+half_mse")
    Vs, vs, _ = random_network(rng, sizes)
    ends = []
    for h in (0.003, -0.003):
        there = moved(Ws, Vs, h), moved(bs, vs, h)
        ends.append(backprop_loop(X, Y, *there, phis, 0.3, "sigmoid+half_mse")[0])
    slope = (ends[0] - ends[1]) / 0.006
    expected = sum(np.vdot(D, V) for D, V in zip([*dWs, *dbs], [*Vs, *vs], strict=True))
    assert np.isclose(slope, expected, rtol=0.005, atol=0.002), (
        f"layers: {len(Ws)}; when all parameters move, the slope of the loss is {slope:.5g}, "
        f"and your gradients say {expected:.5g}"
    )
print("Exercise 3.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "backprop_loop-hidden", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.1 (4 points). What they look at:
# - the loss and all gradients of networks with two layers, for all pairs, on several samples,
#   with a penalty (2 points);
# - depth (1 point): one, three and four layers, each with an activation of its own;
# - care (1 point): one sample; many; lam = 0; layers of one unit; integer arrays; calls by
#   argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw08_backprop", "backprop_loop", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "backprop-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.2 ★★★ `backprop` (5 points)
#
# Now for **all samples at once**: the same results, from matrices.
#
# 1. **Forward**, from the first layer to the last: $Z^{[l]}=A^{[l-1]}W^{[l]}+b^{[l]}$ and $A^{[l]}=g^{[l]}(Z^{[l]})$. Keep every Z and every A.
# 2. **The loss**, a float: the mean loss plus the penalty, as in Exercise 1.1.
# 3. **Backward**, from the last layer to the first: the error of the output (2.1); then for each layer its two gradients (2.3), and, unless it is the first, the error of the layer before it (2.2).
#
# Arguments and results are those of Exercise 3.1, and so is the worked example. You may call your functions of section 2, or write their lines here.
#
# <details><summary>Hint</summary>
#
# Two lists grow on the way forward. On the way back a new gradient belongs *in front* of the others: `insert(0, …)`, or append and reverse at the end. The wrong lines that most people write are `Zs[i]` for `Zs[i - 1]`, and a
# backward loop that ends one layer too early. Print the shapes of both factors before each `@`.
#
# </details>

# %% exercise="3.2" nbgrader={"grade": false, "grade_id": "backprop", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backprop(X, Y, Ws, bs, phis, lam, pair):
    """Return the loss and its gradients, for all samples at once.

    X: (m, n), Y: (m, K), Ws, bs, phis: lists of length L, lam: float, pair: str
    ->  loss float, dWs, dbs: lists of L arrays in the shapes of Ws and bs

    >>> Ws, bs = [np.array([[3.0]]), np.array([[0.5]])], [np.array([-1.0]), np.array([0.0])]
    >>> loss, dWs, dbs = backprop(np.array([[2.0]]), np.array([[1.0]]), Ws, bs,
    ...                           [ReLU, Linear], 0.0, "identity+half_mse")
    >>> loss, dWs[0], dWs[1]
    (1.125, array([[1.5]]), array([[7.5]]))
    """
    ### BEGIN SOLUTION
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis, strict=True):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    A = As[-1]
    if pair.endswith("half_mse"):
        losses = np.square(A - Y) / 2
    elif pair.endswith("ce"):
        losses = -np.log(np.where(Y == 1, A, 1 if pair == "softmax+ce" else 1 - A))
    loss = losses.sum() / m + lam / 2 * sum(np.square(W).sum() for W in Ws)
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    dWs, dbs = [], []
    for i in reversed(range(len(Ws))):
        dWs.insert(0, As[i].T @ delta / m + lam * Ws[i])
        dbs.insert(0, delta.mean(axis=0))
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return float(loss), dWs, dbs
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "backprop-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.2 (1 point)
X, Y = np.array([[2.0]]), np.array([[1.0]])
Ws, bs = [np.array([[3.0]]), np.array([[0.5]])], [np.array([-1.0]), np.array([0.0])]
result = backprop(X, Y, Ws, bs, [ReLU, Linear], 0.0, "identity+half_mse")

assert isinstance(result, (tuple, list)) and len(result) == 3, (
    f"expected three things, loss, dWs and dbs, got {result!r}"
)
loss, dWs, dbs = result
assert np.shape(loss) == (), f"loss: expected a single float, got shape {np.shape(loss)}"
assert isinstance(dWs, (list, tuple)), f"dWs: expected a list, got {type(dWs).__name__}"
assert len(dWs) == len(dbs) == 2, f"two layers: got {len(dWs)} dWs and {len(dbs)} dbs"
assert np.isclose(loss, 1.125, atol=1e-5), f"worked example: expected the loss 1.125, got {loss}"
assert same(dWs, [[[1.5]], [[7.5]]]), f"worked example: expected dWs 1.5 and 7.5, got {dWs}"
assert same(dbs, [[0.75], [1.5]]), f"worked example: expected dbs 0.75 and 1.5, got {dbs}"
loss, dWs, dbs = backprop(X, Y, Ws, bs, [ReLU, Linear], 0.2, "identity+half_mse")
assert np.isclose(loss, 2.05, atol=1e-5), f"with lam = 0.2: expected the loss 2.05, got {loss}"
assert same(dWs, [[[2.1]], [[7.6]]]), f"with lam = 0.2: expected dWs 2.1 and 7.6, got {dWs}"
assert same(dbs, [[0.75], [1.5]]), f"with lam = 0.2: the dbs stay 0.75 and 1.5, got {dbs}"

# Property: the loss moves as the gradients say, for depths 1 to 4 and all pairs. All parameters
# take a small step in a random direction, to either side: one number checks every entry.
X, Y = rng.normal(size=(6, 3)), np.eye(2)[[0, 1, 1, 0, 1, 0]]
for pair, output in [
    ("identity+half_mse", Linear),
    ("sigmoid+bce", Sigmoid),
    ("softmax+ce", Softmax),
    ("sigmoid+half_mse", Sigmoid),
]:
    for hidden in [], [Tanh], [Softplus, Tanh], [Tanh, Sigmoid, Softplus]:
        sizes = [3, 4, 2, 3][: 1 + len(hidden)] + [2]
        Ws, bs, phis = random_network(rng, sizes, *hidden, output)
        loss, dWs, dbs = backprop(X, Y, Ws, bs, phis, 0.3, pair)
        where = f"{pair}, layers: {len(Ws)}"
        counts = len(dWs), len(dbs)
        assert counts == (len(Ws), len(bs)), f"{where}: got {counts[0]} dWs and {counts[1]} dbs"
        shapes = [np.shape(D) for D in [*dWs, *dbs]]
        right = [np.shape(W) for W in [*Ws, *bs]]
        assert shapes == right, f"{where}: expected the shapes {right}, got {shapes}"
        Vs, vs, _ = random_network(rng, sizes)
        ends = []
        for h in (0.003, -0.003):
            there = moved(Ws, Vs, h), moved(bs, vs, h)
            ends.append(backprop(X, Y, *there, phis, 0.3, pair)[0])
        slope = (ends[0] - ends[1]) / 0.006
        expected = sum(np.vdot(D, V) for D, V in zip([*dWs, *dbs], [*Vs, *vs], strict=True))
        assert np.isclose(slope, expected, rtol=0.005, atol=0.002), (
            f"{where}: when all parameters move, the slope of the loss is {slope:.5g}, "
            f"and your gradients say {expected:.5g}"
        )

# Edge case: a single sample, written out for one hidden layer.
x, y = X[:1], np.array([[1.0, 0.0]])
Ws, bs, phis = random_network(rng, [3, 4, 2], Tanh, Softmax)
_, dWs, dbs = backprop(x, y, Ws, bs, phis, 0.0, "softmax+ce")
z = x @ Ws[0] + bs[0]
out = Softmax.f(np.tanh(z) @ Ws[1] + bs[1]) - y
expected = [(Ws[1] @ out[0]) / np.cosh(z[0]) ** 2, out[0]]
assert same(dbs, expected), f"one sample: expected dbs {expected}, got {dbs}"
print("Exercise 3.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "backprop-hidden", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.2 (4 points). What they look at:
# - the loss and all gradients of networks with two layers, for all pairs, on several samples,
#   with a penalty (2 points);
# - depth (1 point): one, three and four layers, each with an activation of its own;
# - care (1 point): one sample; many; lam = 0; layers of one unit; integer arrays; calls by
#   argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw08_backprop", "backprop", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 4 Is it right, and does it arrive?

# %% [markdown] nbgrader={"grade": false, "grade_id": "gradient_check-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.1 ★★ `gradient_check` (4 points)
#
# Gradients that are wrong often still go downhill a little, so a falling loss proves nothing. Compare with **central differences**, entry by entry. If $a$ is the entry of the gradient that is to be checked, and
#
# $$n=\frac{J(\ldots,p+h,\ldots)-J(\ldots,p-h,\ldots)}{2h}$$
#
# moves the one parameter p that belongs to it, the relative error of this entry is $\dfrac{|a-n|}{\max(|a|,\,|n|,\,10^{-8})}$. Return the **largest** over all entries of all arrays, a float.
#
# `params` and `grads` are lists of arrays, an array of `grads` for each one of `params`, with any number of axes. `loss_fn(params)` takes such a **list** and returns a float. Only two things are graded: your result is below $10^{-6}$ if the gradients are
# right, and above $10^{-3}$ if an entry is wrong. The caller's arrays are left exactly as they were; to change them and to put the old values back exactly is fine.
#
# **Worked example.** $J(p)=p_1^2+p_2^2$ at $p=(1,\,3)$, to check: the gradient $(2,\,3)$. The central differences are 2 and 6, so the errors are 0 and $|3-6|/6=0.5$. The result is 0.5.
#
# <details><summary>Hint</summary>
#
# `np.ndindex(p.shape)` goes through all positions of an array of any shape. Work on float copies of all arrays: in an array of integers, p + h is cut back to p. Keep the old value in a variable and put it back, since `p[j] += h` followed by `p[j] -= h` need not end where
# it began.
#
# </details>

# %% exercise="4.1" nbgrader={"grade": false, "grade_id": "gradient_check", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_check(loss_fn, params, grads, h=1e-5):
    """Return the largest relative error of gradients against central differences.

    loss_fn: list of arrays -> float, params, grads: lists of arrays, h: float  ->  float

    >>> def loss_fn(params):
    ...     return (params[0] ** 2).sum()
    >>> round(gradient_check(loss_fn, [np.array([1.0, 3.0])], [np.array([2.0, 3.0])]), 4)
    0.5
    """
    ### BEGIN SOLUTION
    moved = [np.array(p, dtype=float) for p in params]
    largest = 0.0
    for p, g in zip(moved, grads, strict=True):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(moved)
            p[j] = kept - h
            n = (above - loss_fn(moved)) / (2 * h)
            p[j] = kept
            largest = max(largest, abs(g[j] - n) / max(abs(g[j]), abs(n), 1e-8))
    return float(largest)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gradient_check-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.1 (1 point)
def squares(params):
    return (params[0] ** 2).sum()


params = [np.array([1.0, 3.0])]
error = gradient_check(squares, params, [np.array([2.0, 3.0])])
assert error is not None, "gradient_check returned None: is a return missing?"
assert np.shape(error) == (), f"expected a single float, got shape {np.shape(error)}"
assert 0.3 < error < 0.6, f"worked example: expected 0.5, got {error}"
error = gradient_check(squares, params, [np.array([2.0, 6.0])])
assert 0 <= error < 1e-6, f"right gradient: expected less than 1e-6, got {error}"
assert list(params[0]) == [1.0, 3.0], f"the parameters were changed to {params[0]}"


# Property: it sees one wrong entry in any of several arrays.
def coupled(params):
    W, b = params
    return np.sin(W).sum() + (b**3).sum() + W.sum() * b.sum()


W, b = np.arange(12).reshape(4, 3) / 6 - 1, np.array([1.2, 1.7])
right = [np.cos(W) + b.sum(), 3 * b**2 + W.sum()]
error = gradient_check(coupled, [W, b], right)
assert error < 1e-6, f"right gradients of two arrays: expected less than 1e-6, got {error}"
for place, factor in ((0, (3, 2)), -1), ((1, (1,)), 0.5), ((1, (0,)), 1.1), ((0, (0, 0)), 1.003):
    wrong = [g.copy() for g in right]
    wrong[place[0]][place[1]] *= factor
    error = gradient_check(coupled, [W, b], wrong)
    assert error > 1e-3, f"array {place[0]}, entry {place[1]} times {factor}: got {error}"

# Edge case: relative, so a tiny loss is checked as strictly.
error = gradient_check(lambda params: squares(params) / 1e6, params, [np.array([2e-6, 5e-6])])
assert error > 1e-3, f"a wrong gradient of about 1e-6: expected more than 1e-3, got {error}"

# Edge case: integers.
error = gradient_check(squares, [np.array([1, 3])], [np.array([2, 6])])
assert error < 1e-6, f"integer parameters: expected less than 1e-6, got {error}"
print("Exercise 4.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "gradient_check-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.1 (3 points). What they look at:
# - below 1e-6 for right gradients and above 1e-3 for wrong ones, of several arrays, also if
#   a single entry is wrong, or slightly wrong, or tiny (2 points);
# - care (1 point): another h; many entries; one parameter; tiny parameters; three axes; the
#   loss of a network; parameters without influence; integers; calls by argument names;
#   arguments left exactly as they were.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw08_backprop", "gradient_check", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "layer_gradient_norms-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.2 ★ `layer_gradient_norms` (3 points)
#
# In a deep network the error may shrink on its way back until the first layers get next to nothing: the gradient **vanishes**. To see it, measure the gradient of each layer's weights by a single number, the **Frobenius norm**,
# the root of the sum of all squared entries:
#
# $$\big\lVert dW^{[l]}\big\rVert_F=\sqrt{\sum_{j,k}\big(dW^{[l]}_{jk}\big)^2},\qquad l=1,\dots,L.$$
#
# `dWs` is a list of L matrices, from the first layer to the last. Return an array of shape (L,), in the same order.
#
# **Worked example.** $dW^{[1]}=(3\;\;4)$ and $dW^{[2]}=\begin{pmatrix}1&1\\1&1\end{pmatrix}$: the norms are $\sqrt{9+16}=5$ and $\sqrt4=2$.
#
# <details><summary>Hint</summary>
#
# It is the length of all entries, as if the matrix were one long vector. Of the norms in `np.linalg` the one without a second argument is this one; the norm called 2 is another one.
#
# </details>

# %% exercise="4.2" nbgrader={"grade": false, "grade_id": "layer_gradient_norms", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_gradient_norms(dWs):
    """Return the Frobenius norm of each gradient.

    dWs: list of L arrays  ->  array (L,)

    >>> layer_gradient_norms([np.array([[3.0, 4.0]]), np.ones((2, 2))])
    array([5., 2.])
    """
    ### BEGIN SOLUTION
    return np.array([np.linalg.norm(dW) for dW in dWs])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer_gradient_norms-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.2 (1 point)
norms = layer_gradient_norms([np.array([[3.0, 4.0]]), np.ones((2, 2))])

assert norms is not None, "layer_gradient_norms returned None: is a return missing?"
assert isinstance(norms, np.ndarray), f"expected an array, got {type(norms).__name__}"
assert norms.shape == (2,), f"expected shape (L,) = (2,), got {norms.shape}"
assert np.allclose(norms, [5, 2], atol=1e-5), f"worked example: expected [5 2], got {norms}"

# Signs do not matter, and no direction is special.
norms = layer_gradient_norms([np.array([[1, -2], [4, 2]]), np.array([[1, 4], [-2, 2]])])
assert np.allclose(norms, [5, 5], atol=1e-5), f"expected [5 5], got {norms}"

# Property: a gradient ten times as large has a norm ten times as large.
dWs = [rng.normal(size=shape) for shape in [(3, 4), (4, 2), (2, 1)]]
once, tenfold = layer_gradient_norms(dWs), layer_gradient_norms([10 * dW for dW in dWs])
assert np.allclose(tenfold, 10 * once, rtol=1e-4), f"expected {10 * once}, got {tenfold}"

# Edge cases: one layer; gradients that have nearly vanished are not lost.
norms = layer_gradient_norms([np.array([[3e-9, 4e-9]])])
assert np.shape(norms) == (1,), f"one layer: expected shape (1,), got {np.shape(norms)}"
assert np.allclose(norms * 1e9, [5], atol=1e-4), f"expected [5e-9], got {norms}"
print("Exercise 4.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "layer_gradient_norms-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.2 (2 points). What they look at:
# - the array of norms for several depths and shapes (1 point);
# - care (1 point): one layer; layers of one unit; tiny gradients and gradients of 0; integer
#   arrays; calls by argument name; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw08_backprop", "layer_gradient_norms", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 5 All together (not graded)
#
# First check your `backprop` with your `gradient_check`, on a network of three layers. Then let the check look at a backward loop that ends one layer too early.
# What you should see: about 1e-8 or less, and 1.

# %%
X, Y = rng.normal(size=(8, 3)), np.eye(2)[rng.integers(0, 2, 8)]
Ws, bs, phis = random_network(rng, [3, 5, 4, 2], Tanh, Softplus, Softmax)


def loss_of(params):
    return backprop(X, Y, params[:3], params[3:], phis, 0.1, "softmax+ce")[0]


try:
    loss, dWs, dbs = backprop(X, Y, Ws, bs, phis, 0.1, "softmax+ce")
    print("yours:          ", gradient_check(loss_of, [*Ws, *bs], [*dWs, *dbs]))
    dWs[0] = np.zeros_like(dWs[0])
    print("one layer short:", gradient_check(loss_of, [*Ws, *bs], [*dWs, *dbs]))
except NotImplementedError as todo:
    print(f"{todo} is still open: come back when it is done.")

# %% [markdown]
# Now train. Two rings of points, which no straight line can tell apart; two hidden layers, and plain gradient descent on all samples. **Predict:** which of the three layers has the largest gradient at the start, and which
# color will the middle of the picture have?
#
# What you should see: a loss that falls from 0.69, which is log 2, to less than 0.01, and a closed boundary around the inner points, whose side is purple. The second layer has the largest gradient, by a little: with two
# hidden layers of tanh nothing vanishes yet.

# %%
angle = rng.uniform(0, 2 * np.pi, 200)
radius = np.where(np.arange(200) < 100, 0.7, 1.8) + 0.15 * rng.normal(size=200)
X = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
Y = (np.arange(200) < 100).astype(float)[:, None]
Ws, bs, phis = random_network(np.random.default_rng(1), [2, 8, 8, 1], Tanh, Tanh, Sigmoid)
bs = [0 * b for b in bs]
history = []
try:
    for step in range(400):
        loss, dWs, dbs = backprop(X, Y, Ws, bs, phis, 0.0, "sigmoid+bce")
        history.append(loss)
        if step == 0:
            print("norms of the gradients at the start:", layer_gradient_norms(dWs).round(3))
        Ws = [W - 0.5 * dW for W, dW in zip(Ws, dWs, strict=True)]
        bs = [b - 0.5 * db for b, db in zip(bs, dbs, strict=True)]
except NotImplementedError as todo:
    print(f"{todo} is still open: come back when it is done.")
else:
    side = np.linspace(-2.5, 2.5, 80)
    A = np.column_stack([axis.ravel() for axis in np.meshgrid(side, side)])
    for layer in zip(Ws, bs, phis, strict=True):
        A = layer[2].f(A @ layer[0] + layer[1])
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained")
    left.plot(history)
    left.set(xlabel="step", ylabel="loss", title=f"From {history[0]:.2f} to {history[-1]:.3f}")
    right.contourf(side, side, A.reshape(80, 80), levels=20, cmap="PuOr", vmin=0, vmax=1)
    for label, marker in (1, "o"), (0, "s"):
        right.plot(*X[Y[:, 0] == label].T, marker, ms=4, mec="white")
    right.set(aspect="equal", title="A boundary that nobody drew by hand")
    plt.show()

# %% [markdown]
# And the question of depth: ten hidden layers of 20 units, with sigmoids and with ReLUs whose weights start at the larger scale $\sqrt{2/n}$ for n inputs. The bars are your `layer_gradient_norms`, on a logarithmic scale.
#
# What you should see: with sigmoids the first layers get a gradient that is smaller than that of the last by a factor of about a million, with ReLUs all layers get about the same.

# %%
X, Y = rng.normal(size=(50, 20)), np.eye(2)[rng.integers(0, 2, 50)]
try:
    fig, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
    for shift, (phi, scale) in zip((-0.2, 0.2), [(Sigmoid, 1), (ReLU, np.sqrt(2))], strict=True):
        Ws, bs, phis = random_network(rng, [20] * 11 + [2], *[phi] * 10, Softmax)
        Ws, bs = [scale * W for W in Ws], [0 * b for b in bs]
        norms = layer_gradient_norms(backprop(X, Y, Ws, bs, phis, 0.0, "softmax+ce")[1])
        ax.bar(np.arange(1, 12) + shift, norms, width=0.4, label=phi.__name__)
    ax.set(yscale="log", xlabel="layer", ylabel="norm of dW", title="Does the error arrive?")
    ax.set_ylim(top=30)
    ax.legend(ncols=2, loc="upper left")
    plt.show()
except NotImplementedError as todo:
    plt.close()
    print(f"{todo} is still open: come back when it is done.")

# %% [markdown]
# **Before you hand in:** restart the kernel, run all cells, save as `hw08_backprop_solved.ipynb`. The feedback will tell you, exercise by exercise,
# what was right, and where something was not, the smallest example on which it shows.
