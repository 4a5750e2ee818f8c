# %% [markdown] nbgrader={"grade": false, "grade_id": "introduction", "locked": true, "schema_version": 3, "solution": false, "task": false}
# # Homework 9: training networks
#
# You build a small library for networks: random start weights, blocks that go forward and backward, a network of any depth, the loop that trains it,
# dropout, batch normalization, and the table of what it takes for what. At the end your own network reads handwritten digits, and you look at what its first layer sees.
#
# | Homework 9 | at a glance |
# |---|---|
# | **Needs** | Lecture 10, *Training networks in practice*, and lectures 1 to 9 |
# | **Time** | 6 to 8 hours |
# | **Points** | 30: 9 for the visible tests, 21 for the hidden ones |
# | **Hand in** | this one notebook, saved as `hw09_training_solved.ipynb` |
#
# **How to work.** Run the first code cell. Then replace each `raise NotImplementedError(…)` by your solution, run its cell, and
# run the visible test cell below it. Before you hand in: *Kernel → Restart Kernel and Run All Cells…*, so that nothing rests on a cell
# that you have changed since. (It stops at the first test that fails; to hand in with an exercise left open is fine.)
# All of your solution lives in this notebook: no other file of yours is looked at.
#
# **How it is graded.** Each exercise has a visible test cell, worth 1 point, which you can read and run, and a hidden one.
# The hidden tests use your function or class with fresh random data and compare it with a reference solution. They look at types,
# shapes and values, at special cases that each exercise names, and at two rules that hold throughout: a function **leaves its arguments unchanged**
# (only `train` changes its network), and it **gives the same result when it is called again** with the same arguments.
# Where a float is asked for, a NumPy float is as good; where an array is asked for, a list is not; where a list is asked for, a tuple is as good. Inputs may be arrays of
# integers. Calls by argument name work, so keep the names. NumPy should not have to warn (of an overflow, of a division by 0, of an invalid value).
# The points for values come first: with wrong values there are none for care. If your code is right but careless in special
# cases, it earns the points for values, and the feedback says why.
#
# **Random numbers.** Where there is an argument `rng`, a generator made by `np.random.default_rng(…)`, draw from it and from nothing else. Which draws you make, and in what order, is up to you.
#
# **No exercise needs another one.** Your `Network` is tested with blocks that the tests bring along, your `train` with a network that the tests bring along, and so on.
# Only the last, ungraded part uses all of your code together.
#
# **Honesty.** Discuss ideas with anyone; write the code yourself. If an AI assistant helped, say where and how in a comment.
# You are ready to hand in when you could explain every line to a friend.
#
# **Notation.** A row of `X (m, n)` is a sample; its class is a row of `Y (m, K)` with a single 1. `A (m, h)` holds the activations of a layer, `Z` what goes into an activation, and
# `delta` the error δ of a block's output: $\partial\ell/\partial$output, a row for each sample, **not divided by m**. The division by m happens once, where the gradients of the
# parameters are formed. J is the mean of the loss ℓ over the samples. The log is the natural one.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import os
from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(9)

# Two activations. phi.f(z) is the function, phi.df(z) its slope, for arrays of any shape.
ReLU = SimpleNamespace(f=lambda z: np.clip(z, 0, None), df=lambda z: np.heaviside(z, 0.0))
Tanh = SimpleNamespace(f=np.tanh, df=lambda z: np.cosh(z) ** -2.0)

name = Path(os.environ.get("JPY_SESSION_NAME", "")).name
if name and name != "hw09_training_solved.ipynb":
    print(f"This notebook is called {name}.")
    print("Save it as hw09_training_solved.ipynb to hand it in.")


# %% [markdown]
# ## 1 Blocks that click together

# %% [markdown] nbgrader={"grade": false, "grade_id": "init_weights-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.1 ★ `init_weights` (3 points)
#
# Units that start equal stay equal, and weights that are too small or too large make a signal vanish or saturate after a few layers. So draw independent random
# weights of mean 0 and of the right variance, and let the biases start at 0:
#
# $$\operatorname{Var}(W_{jk})=\frac1{n_{\text{in}}}\;\text{ if kind is "xavier"},\qquad\operatorname{Var}(W_{jk})=\frac2{n_{\text{in}}}\;\text{ if kind is "he"},\qquad
# W:(n_{\text{in}},n_{\text{out}}),\quad b:(n_{\text{out}},).$$
#
# `kind` is one of the two words. Normal numbers are usual; uniform ones of the same variance are as good. Return `W, b`.
#
# **Worked example.** $n_{\text{in}}=50$. With "xavier" the variance is 0.02, so the standard deviation is $\sqrt{0.02}=0.1414$. With "he" it is $\sqrt{0.04}=0.2$.
#
# <details><summary>Hint</summary>
#
# `rng.normal` has the arguments `scale`, a standard deviation and not a variance, and `size`, a shape.
#
# </details>

# %% exercise="1.1" nbgrader={"grade": false, "grade_id": "init_weights", "locked": false, "schema_version": 3, "solution": true, "task": false}
def init_weights(n_in, n_out, kind, rng):
    """Return random start weights of the right variance, and a bias of zeros.

    n_in, n_out: int, kind: "xavier" or "he", rng: generator  ->  W (n_in, n_out), b (n_out,)

    >>> W, b = init_weights(50, 400, "he", np.random.default_rng(0))
    >>> W.shape, b.shape, abs(W.std() - 0.2) < 0.01
    ((50, 400), (400,), True)
    """
    ### BEGIN SOLUTION
    variance = (1 if kind == "xavier" else 2) / n_in
    return rng.normal(scale=np.sqrt(variance), size=(n_in, n_out)), np.zeros(n_out)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "init_weights-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.1 (1 point)
result = init_weights(50, 400, "xavier", np.random.default_rng(1))

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two arrays, W and b, got {type(result).__name__}"
)
W, b = result
assert isinstance(W, np.ndarray), f"W: expected an array, got {type(W).__name__}"
assert isinstance(b, np.ndarray), f"b: expected an array, got {type(b).__name__}"
assert W.shape == (50, 400), f"W: expected shape (n_in, n_out) = (50, 400), got {W.shape}"
assert b.shape == (400,), f"b: expected shape (n_out,) = (400,), got {b.shape}"

# 20 000 draws pin the standard deviation down to about half a percent; 3 percent are allowed.
assert abs(W.std() / 0.1414 - 1) < 0.03, f"xavier: expected a sd of 0.1414, got {W.std():.4f}"
assert abs(W.mean()) < 0.006, f"expected a mean close to 0, got {W.mean():.4f}"
assert not np.any(b), f"b: expected zeros, got numbers from {np.min(b)} to {np.max(b)}"
W, b = init_weights(50, 400, "he", np.random.default_rng(2))
assert abs(W.std() / 0.2 - 1) < 0.03, f"he: expected a sd of 0.2, got {W.std():.4f}"

# Property: it is the inputs that count, not the units.
W, b = init_weights(5000, 4, "he", np.random.default_rng(3))
assert abs(W.std() / 0.02 - 1) < 0.04, f"n_in = 5000: expected a sd of 0.02, got {W.std():.4f}"

# Property: the same state of the generator gives the same weights, another one gives others.
first, again, other = (init_weights(3, 2, "he", np.random.default_rng(s))[0] for s in (1, 1, 2))
assert np.array_equal(first, again), "two generators in the same state gave different weights"
assert not np.array_equal(first, other), "another generator gave the same weights: use rng"
print("Exercise 1.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "init_weights-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.1 (2 points). What they look at:
# - shapes, the mean and the standard deviation of W for both kinds, b (1 point). An honest
#   draw fails about once in 500 million times;
# - care (1 point): draws from rng alone; a single unit; calls by argument names.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw09_training", "init_weights", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "Dense-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.2 ★★★ `Dense` (4 points)
#
# A block of weights. `Dense(n_in, n_out, rng)` makes a block with random weights `W (n_in, n_out)`, drawn from `rng`, and a bias `b (n_out,)`. How large the weights
# are at first is not tested here, only that they are random. It has two methods:
#
# - `forward(A)` takes the input `A (m, n_in)` and returns $Z=AW+b$, shape `(m, n_out)`. It remembers what `backward` needs.
# - `backward(delta)` takes the error of the output of the last `forward`, `delta (m, n_out)`. It stores the gradients in `dW` and `db`, and returns the error of the input, shape `(m, n_in)`:
#
# $$\frac{\partial J}{\partial W}=\frac1mA^\top\delta,\qquad\frac{\partial J}{\partial b}=\frac1m\sum_{i=1}^m\delta_i,\qquad\text{error of the input}=\delta\,W^\top.$$
#
# The attributes are `W`, `b`, and after a `backward` `dW`, `db`; the lists `params` and `grads` hold `[W, b]` and `[dW, db]`. A training loop changes the arrays **in place**, through
# `params`, so the list has to hold the arrays themselves: after `layer.params[0][...] = 0` the block computes with weights 0.
#
# **Worked example.** $W=(1,\,10)^\top$, $b=0.5$:
#
# $$A=\begin{pmatrix}1&2\\3&4\end{pmatrix},\quad Z=\begin{pmatrix}21.5\\43.5\end{pmatrix};\qquad\delta=\begin{pmatrix}1\\-2\end{pmatrix}:\quad
# dW=\tfrac12\begin{pmatrix}1-6\\2-8\end{pmatrix}=\begin{pmatrix}-2.5\\-3\end{pmatrix},\quad db=-0.5,\quad\delta W^\top=\begin{pmatrix}1&10\\-2&-20\end{pmatrix}.$$
#
# <details><summary>Hint</summary>
#
# `__init__` runs when the block is made. What it stores as `self.W` can be used in the other methods. There are two safe ways for `grads`: make the list
# anew in each `backward`; or make arrays of zeros and the list in `__init__`, and write *into* these arrays, `self.dW[:] = …`. A list that was made once, and names that
# get new arrays later, don't go together (lecture 10, the puzzle of section 1).
#
# </details>

# %% exercise="1.2" nbgrader={"grade": false, "grade_id": "Dense", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Dense:
    """A block of weights: Z = A W + b.

    Dense(n_in, n_out, rng) has W (n_in, n_out), b (n_out,), params [W, b],
    and after a backward dW, db, grads [dW, db].
    """

    def __init__(self, n_in, n_out, rng):
        ### BEGIN SOLUTION
        self.W = rng.normal(scale=np.sqrt(2 / n_in), size=(n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]
        ### END SOLUTION

    def forward(self, A):
        """A: (m, n_in)  ->  Z (m, n_out)"""
        ### BEGIN SOLUTION
        self.A = A
        return A @ self.W + self.b
        ### END SOLUTION

    def backward(self, delta):
        """delta: (m, n_out)  ->  the error of the input (m, n_in); stores dW and db"""
        ### BEGIN SOLUTION
        m = len(delta)
        self.dW, self.db = self.A.T @ delta / m, delta.sum(axis=0) / m
        self.grads = [self.dW, self.db]
        return delta @ self.W.T
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "Dense-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.2 (1 point)
layer = Dense(2, 1, np.random.default_rng(1))
assert isinstance(layer.W, np.ndarray), f"W: expected an array, got {type(layer.W).__name__}"
assert layer.W.shape == (2, 1), f"W: expected shape (n_in, n_out) = (2, 1), got {layer.W.shape}"
assert np.shape(layer.b) == (1,), f"b: expected shape (n_out,) = (1,), got {np.shape(layer.b)}"
assert len(layer.params) == 2, f"params: expected [W, b], got {len(layer.params)} entries"

# The worked example. The weights are set through params, as a training loop would.
layer.params[0][...] = [[1.0], [10.0]]
layer.params[1][...] = 0.5
assert np.allclose(layer.W, [[1], [10]]), f"params[0] was set, but W is {layer.W.tolist()}"
A, delta = np.array([[1, 2], [3, 4]]), np.array([[1.0], [-2.0]])
Z = layer.forward(A)
assert isinstance(Z, np.ndarray), f"forward: expected an array, got {type(Z).__name__}"
assert np.shape(Z) == (2, 1), f"forward: expected shape (m, n_out) = (2, 1), got {np.shape(Z)}"
assert np.allclose(Z, [[21.5], [43.5]]), f"forward: expected [[21.5] [43.5]], got {Z.tolist()}"
back = layer.backward(delta)
assert isinstance(back, np.ndarray), f"backward: expected an array, got {type(back).__name__}"
assert np.allclose(back, [[1, 10], [-2, -20]]), (
    f"backward: expected [[1 10] [-2 -20]], got {np.asarray(back).tolist()}"
)
assert np.shape(layer.dW) == (2, 1), f"dW: expected the shape of W, got {np.shape(layer.dW)}"
assert np.allclose(layer.dW, [[-2.5], [-3]]), f"dW: expected [[-2.5] [-3]], got {layer.dW.tolist()}"
assert np.shape(layer.db) == (1,), f"db: expected the shape of b, got {np.shape(layer.db)}"
assert np.allclose(layer.db, [-0.5]), f"db: expected [-0.5], got {layer.db.tolist()}"
assert len(layer.grads) == 2, f"grads: expected [dW, db], got {len(layer.grads)} entries"
for g, other, what in ((layer.grads[0], layer.dW, "dW"), (layer.grads[1], layer.db, "db")):
    assert np.array_equal(g, other), f"grads holds {g.tolist()}, but {what} is {other.tolist()}"

# Property: the gradients agree with central differences of J, here half the mean square of Z.
layer, A = Dense(3, 2, np.random.default_rng(2)), rng.normal(size=(5, 3))
layer.backward(layer.forward(A))
places = {"dW[2, 1]": (2, 1), "db[1]": (1,)}
for p, g, (what, place) in zip(layer.params, layer.grads, places.items(), strict=True):
    p[place] += 1e-4
    up = np.sum(layer.forward(A) ** 2) / 10
    p[place] -= 2e-4
    slope = (up - np.sum(layer.forward(A) ** 2) / 10) / 2e-4
    p[place] += 1e-4
    assert np.isclose(g[place], slope, rtol=1e-3), f"{what}: measured {slope:.6f}, got {g[place]:.6f}"

# Property: the units start with different weights.
W = Dense(6, 4, np.random.default_rng(3)).W
assert np.ptp(W, axis=1).min() > 0, f"two units start with the same weights: W = {W.tolist()}"

# Edge case: after another batch, of one sample, the old one is forgotten.
layer.backward(layer.forward(np.ones((1, 3))))
assert np.allclose(layer.dW, np.ones((3, 1)) * layer.db), "dW and db are not those of the last batch"
print("Exercise 1.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "Dense-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.2 (3 points). What they look at:
# - forward, backward, the attributes and both lists on random data with several m, n_in and
#   n_out, with weights that are set through params; one batch after another (2 points);
# - care (1 point): weights that are random and drawn from rng alone; one sample, one input,
#   one unit; integers in A and delta; two layers at once; argument names; A and delta left
#   unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw09_training", "Dense", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "Activate-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.3 ★★ `Activate` (3 points)
#
# An activation as a block of its own. `Activate(phi)` is made with an activation such as `ReLU` or `Tanh` of the first code cell, which has `phi.f(z)` and its slope `phi.df(z)`.
#
# - `forward(A)` takes an input of shape `(m, h)` and returns $g$ of each entry. (The input of every block is called A here, also where it is a Z.)
# - `backward(delta)` takes the error of the output, and returns the error of the input, $\delta\odot g'(A)$, where A is the input of the last `forward`.
#
# It has nothing to learn: `params` and `grads` are empty lists. Use nothing of `phi` but `f` and `df`; the tests bring activations that you have not seen.
#
# **Worked example.** `Activate(ReLU)`: the input $(-1,\;2)$ gives $(0,\;2)$, and the error $(5,\;7)$ goes back as $(0,\;7)$.
#
# <details><summary>Hint</summary>
#
# The slope belongs to the *input*. Where a unit's input was negative, a ReLU lets no error through.
#
# </details>

# %% exercise="1.3" nbgrader={"grade": false, "grade_id": "Activate", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Activate:
    """An activation as a block: forward applies phi.f, backward multiplies by phi.df.

    Activate(phi) has empty lists params and grads.
    """

    def __init__(self, phi):
        ### BEGIN SOLUTION
        self.phi, self.params, self.grads = phi, [], []
        ### END SOLUTION

    def forward(self, A):
        """A: (m, h)  ->  (m, h)"""
        ### BEGIN SOLUTION
        self.A = A
        return self.phi.f(A)
        ### END SOLUTION

    def backward(self, delta):
        """delta: (m, h)  ->  the error of the input (m, h)"""
        ### BEGIN SOLUTION
        return delta * self.phi.df(self.A)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "Activate-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.3 (1 point)
layer = Activate(ReLU)
out = layer.forward(np.array([[-1.0, 2.0]]))
assert isinstance(out, np.ndarray), f"forward: expected an array, got {type(out).__name__}"
assert np.shape(out) == (1, 2), f"forward: expected shape (m, h) = (1, 2), got {np.shape(out)}"
assert np.allclose(out, [[0, 2]]), f"forward: expected [[0 2]], got {out.tolist()}"
back = layer.backward(np.array([[5.0, 7.0]]))
assert isinstance(back, np.ndarray), f"backward: expected an array, got {type(back).__name__}"
assert np.allclose(back, [[0, 7]]), f"backward: expected [[0 7]], got {back.tolist()}"
for held, what in ((layer.params, "params"), (layer.grads, "grads")):
    assert len(held) == 0, f"{what}: expected an empty list, got {len(held)} entries"

# Another activation: z squared, whose slope is 2 z. At z = 3 it is 9, with the slope 6.
square = SimpleNamespace(f=lambda z: z * z, df=lambda z: 2.0 * z)
layer = Activate(square)
out, back = layer.forward(np.array([[3.0]])), layer.backward(np.array([[10.0]]))
assert np.allclose(out, 9), f"z squared at 3: expected 9, got {out.tolist()}"
assert np.allclose(back, 60), f"error 10 through the slope 6: expected 60, got {back.tolist()}"

# Property: the error agrees with central differences, entry by entry.
layer, A, delta = Activate(Tanh), rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
measured = delta * (np.tanh(A + 1e-5) - np.tanh(A - 1e-5)) / 2e-5
layer.forward(A)
back = layer.backward(delta)
assert np.allclose(back, measured, atol=1e-5), f"Tanh: measured\n{measured}, got\n{back}"

# Edge case: two blocks with the same activation do not share what they remember.
one, two = Activate(square), Activate(square)
one.forward(np.array([[1.0]])), two.forward(np.array([[5.0]]))
back = one.backward(np.array([[1.0]]))
assert np.allclose(back, 2), f"two blocks, slope at 1: expected 2, got {back.tolist()}"
print("Exercise 1.3: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "Activate-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.3 (2 points). What they look at:
# - forward and backward for several activations, random data with several m and h, one batch
#   after another; empty lists (1 point);
# - care (1 point): one sample; integers; two blocks at once; argument names; arguments left
#   unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw09_training", "Activate", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "Network-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.4 ★★ `Network` (4 points)
#
# Blocks in series. `Network(layers)` is made with a list of blocks, each of which has `forward`, `backward`, `params` and `grads` as in the exercises before.
#
# - `forward(X)` sends the data through all blocks, and returns what the last one returns: the **scores** `(m, K)`, without a softmax.
# - `backward(delta)` takes the error of the scores `(m, K)`, sends it through all blocks from the last to the first, and returns the list of gradients.
# - `params` and `grads` are flat lists of the arrays of all blocks, in the order of the blocks. `backward` returns what `grads` then holds.
#
# `params` holds the blocks' own arrays: to change one of them in place changes the network. A block may make **new arrays** for its gradients in each `backward`, so ask
# the blocks for their `grads` each time. The list of blocks that was given stays as it is.
#
# **Worked example.** Two blocks that multiply by 2 and by 5. `forward` of $(1,\;3)$ gives $(10,\;30)$. `backward` of $(1,\;1)$ gives the last block the error $(1,\;1)$, and the first one $(5,\;5)$.
#
# <details><summary>Hint</summary>
#
# Each block's result is the next one's input: one variable and one loop. `reversed(self.layers)` goes through a list from the end without changing it. A method below the line `@property` is called
# without parentheses: `net.grads` then runs it, and it can collect the arrays anew. In a list comprehension with two `for`, the outer loop comes first.
#
# </details>

# %% exercise="1.4" nbgrader={"grade": false, "grade_id": "Network", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Network:
    """Blocks in series. Network(layers) has params and grads, flat lists of arrays."""

    def __init__(self, layers):
        ### BEGIN SOLUTION
        self.layers = list(layers)
        self.params = [p for layer in self.layers for p in layer.params]
        self.grads = []
        ### END SOLUTION

    def forward(self, X):
        """X: (m, n)  ->  scores (m, K)"""
        ### BEGIN SOLUTION
        A = X
        for layer in self.layers:
            A = layer.forward(A)
        return A
        ### END SOLUTION

    def backward(self, delta):
        """delta: (m, K), the error of the scores  ->  list of gradients, in the order of params"""
        ### BEGIN SOLUTION
        for layer in reversed(self.layers):
            delta = layer.backward(delta)
        grads = self.grads = [g for layer in self.layers for g in layer.grads]
        return grads
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "Network-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.4 (1 point)
class Factor:
    """A block that multiplies by a number that it can learn. It notes the error that it gets."""

    def __init__(self, factor):
        self.params, self.grads = [np.array([float(factor)])], [np.zeros(1)]

    def forward(self, A):
        self.input = A
        return A * self.params[0]

    def backward(self, delta):
        self.got = delta
        self.grads = [np.array([np.vdot(self.input, delta) / len(delta)])]
        return delta * self.params[0]


two, five = Factor(2), Factor(5)
net = Network([two, five])
S = net.forward(np.array([[1.0, 3.0]]))
assert isinstance(S, np.ndarray), f"forward: expected an array, got {type(S).__name__}"
assert np.allclose(S, [[10, 30]]), f"forward: expected [[10 30]], got {S.tolist()}"
grads = net.backward(np.ones((1, 2)))
assert isinstance(grads, (list, tuple)), f"backward: expected a list, got {type(grads).__name__}"
assert np.allclose(five.got, 1), f"the last block: expected the error 1, it got {five.got.tolist()}"
assert np.allclose(two.got, 5), f"the first block: expected the error 5, it got {two.got.tolist()}"

# Its gradients: 5 * (1 + 3) = 20 for the factor 2, and 2 * 1 + 2 * 3 = 8 for the factor 5.
for found, what in ((grads, "the result of backward"), (net.grads, "net.grads")):
    assert len(found) == 2, f"{what}: expected two arrays, got {len(found)}"
    values = [np.asarray(g).tolist() for g in found]
    assert values == [[20], [8]], f"{what}: expected [[20] [8]], got {values}"

# Property: to change an array of params in place changes the network.
assert len(net.params) == 2, f"params: expected two arrays, got {len(net.params)}"
net.params[0][...] = 4
S = net.forward(np.array([[1.0, 3.0]]))
assert np.allclose(S, [[20, 60]]), f"after params[0] became 4: expected [[20 60]], got {S.tolist()}"

# Property: the gradients are those of the last backward.
net.backward(np.array([[1.0, 0.0]]))
values = [np.asarray(g).tolist() for g in net.grads]
assert values == [[5], [4]], f"a second backward: expected [[5] [4]], got {values}"

# Edge case: a block without parameters adds nothing to the lists.
class Half:
    params, grads = [], []

    def forward(self, A):
        return A / 2

    def backward(self, delta):
        return delta / 2


net = Network([Factor(3), Half(), Factor(7)])
S, grads = net.forward(np.array([[2.0]])), net.backward(np.array([[1.0]]))
assert np.allclose(S, 21), f"times 3, half, times 7 of 2: expected 21, got {S.tolist()}"
values = [np.asarray(g).tolist() for g in grads]
assert values == [[7], [3]], f"gradients with a block that has none: expected [[7] [3]], got {values}"
print("Exercise 1.4: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "Network-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.4 (3 points). What they look at:
# - scores, gradients, params and grads with blocks of weights and of activations that the
#   tests bring along, of several depths; again after params was changed in place (2 points);
# - care (1 point): one block; one sample; an activation first or last; integers; argument
#   names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw09_training", "Network", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 2 The training loop

# %% [markdown] nbgrader={"grade": false, "grade_id": "train-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.1 ★★★ `train` (4 points)
#
# Train a classifier by mini-batch gradient descent. `net` has `forward(X)`, which returns scores, `backward(delta)`, `params` and `grads`, as in Exercise 1.4. In each of the `epochs` epochs:
#
# 1. shuffle the training samples anew, with `rng`;
# 2. for each batch of `batch_size` samples, in the shuffled order (the last batch of an epoch may be smaller):
#    send its rows of X forward, turn the scores into probabilities P by a softmax, send $\delta=P-Y$ of these rows backward (not divided by anything),
#    and move **every** parameter by $-\alpha$ times its gradient, **in place**; α is `lr`;
# 3. measure the mean cross-entropy on the **whole** training part `X, Y` and on the whole validation part `X_val, Y_val`, and note both down.
#
# `Y` and `Y_val` have rows with a single 1. Every sample is used once in an epoch. The validation part never goes backward. Return the history, a dict with the keys `"train_loss"` and
# `"val_loss"`, each with `epochs` numbers (an array or a list). The losses are finite however large the scores are; compute them from the scores, as in lecture 6:
#
# $$\ell=\log\sum_{j}e^{s_j}-s_y=\Big(M+\log\sum_je^{s_j-M}\Big)-s_y,\qquad M=\max_js_j .$$
#
# **Worked example.** A network whose scores are $S_{ik}=X_{ik}\,s_k$ with the parameter $s=(0,\,0)$; $X$ and $Y$ are both the 2×2 identity matrix, one batch, α = 1. At first all probabilities are ½, so
# $\delta=P-Y=\begin{pmatrix}-\frac12&\frac12\\\frac12&-\frac12\end{pmatrix}$ and $ds=\frac12(-\frac12,\,-\frac12)$. After one epoch $s=(0.25,\,0.25)$, and the training loss is $\log(1+e^{-0.25})=0.5759$.
#
# <details><summary>Hint</summary>
#
# `order = rng.permutation(m)` and slices of it, `order[i : i + batch_size]`, give the rows of a batch. For the step, `for p, g in zip(net.params, net.grads)` and then `p -= …`: with `p = p - …` the name `p` gets a new
# array, and the network keeps the old one. A small function inside of `train` that shifts the scores by the largest of each row serves the softmax and the loss.
#
# </details>

# %% exercise="2.1" nbgrader={"grade": false, "grade_id": "train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Train a network in place, and return how its losses went.

    net: has forward, backward, params, grads; X: (m, n), Y: (m, K), X_val: (q, n), Y_val: (q, K),
    lr: float, batch_size, epochs: int, rng: generator
    ->  {"train_loss": (epochs,), "val_loss": (epochs,)}, measured after each epoch
    """
    ### BEGIN SOLUTION
    def log_softmax(A):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return S - np.log(np.exp(S).sum(axis=1, keepdims=True))

    history = {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            net.backward(np.exp(log_softmax(X[rows])) - Y[rows])
            for p, g in zip(net.params, net.grads, strict=True):
                p[...] = p - lr * g
        for key, A, T in (("train_loss", X, Y), ("val_loss", X_val, Y_val)):
            history[key].append(-(T * log_softmax(A)).sum() / len(A))
    return history
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.1 (1 point)
class Stretch:
    """A network with the scores X times s. It notes the rows that it was trained on."""

    def __init__(self, K):
        self.params, self.grads, self.rows = [np.zeros(K)], [np.zeros(K)], []

    def forward(self, X):
        self.X = X
        return X * self.params[0]

    def backward(self, delta):
        self.rows.append(self.X[:, 0].tolist())
        self.grads = [np.mean(self.X * delta, axis=0)]
        return self.grads


net, I = Stretch(2), np.eye(2)
history = train(net, I, I, 2 * I, I, 1.0, 2, 1, np.random.default_rng(1))
assert isinstance(history, dict), f"expected a dict, got {type(history).__name__}"
assert sorted(history) == ["train_loss", "val_loss"], (
    f'expected the keys "train_loss" and "val_loss", got {sorted(history)}'
)
s = net.params[0]
assert np.allclose(s, 0.25), f"worked example: expected s = (0.25, 0.25), got {s.tolist()}"
for key, expected in (("train_loss", 0.575939), ("val_loss", 0.474077)):
    assert np.shape(history[key]) == (1,), f"{key}: expected 1 number, got {history[key]}"
    assert np.isclose(history[key][0], expected, atol=1e-5), (
        f"{key} of the worked example: expected {expected:.4f}, got {history[key][0]:.4f}"
    )

# Property: every sample once in an epoch, the last batch smaller, a new order each time.
net, X = Stretch(2), np.column_stack([np.arange(11.0), np.ones(11)])
Y = np.eye(2)[np.arange(11) % 2]
train(net, X, Y, X + 100, Y, 0.0, 4, 2, np.random.default_rng(1))
sizes = [len(rows) for rows in net.rows]
assert sizes == [4, 4, 3, 4, 4, 3], f"11 samples, batches of 4, two epochs: got sizes {sizes}"
first = [i for batch in net.rows[:3] for i in batch]
second = [i for batch in net.rows[3:] for i in batch]
assert sorted(first) == sorted(second) == list(range(11)), f"samples 0 to 10: got {first}, {second}"
assert first != second, f"both epochs came in the order {first}"

# Property: small steps go downhill.
net, X = Stretch(3), rng.normal(size=(30, 3)) + 2 * np.eye(3)[np.arange(30) % 3]
Y = np.eye(3)[np.arange(30) % 3]
history = train(net, X, Y, X[:6], Y[:6], 0.05, 30, 5, rng)
losses = [np.log(3), *history["train_loss"]]
assert np.all(np.diff(losses) < 0), f"the training loss should fall from log 3 on, got {losses}"

# Edge case: huge scores, also on the wrong side. The losses stay finite.
net = Stretch(2)
net.params[0][...] = 3000
try:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        history = train(net, I, I, I, I[::-1], 0.1, 2, 1, rng)
except FloatingPointError as error:
    raise AssertionError(f"scores of 3000: {error}") from error
assert np.isclose(history["val_loss"][0], 3000), (
    f"scores of 3000, all wrong: expected a loss of 3000, got {history['val_loss'][0]}"
)
print("Exercise 2.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "train-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.1 (3 points). What they look at:
# - parameters and history for networks of one and two layers that the tests bring along,
#   where the order can't matter, also while the validation loss rises; the batches that a
#   network gets, the errors, and the losses noted down (2 points);
# - care (1 point): draws from rng alone; a batch size larger than m; one sample; scores of
#   several thousand; integers; arguments other than net left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw09_training", "train", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3 Two helpers

# %% [markdown] nbgrader={"grade": false, "grade_id": "dropout_forward-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.1 ★★ `dropout_forward` (3 points)
#
# In training, keep each entry of `A (m, h)` with probability q (`keep`, above 0 and at most 1), independently of all others, and set it to 0 otherwise. Divide what is kept by q:
#
# $$\text{mask}_{ij}=\begin{cases}1/q&\text{with probability }q\\0&\text{otherwise}\end{cases},\qquad\text{out}=A\odot\text{mask},\qquad(m,h).$$
#
# Return `out, mask`. The mask holds numbers, 0 and 1/q. If `train` is False, `out` equals A and the mask is all ones.
#
# **Worked example.** $A=(3,\;4,\;5)$, q = 0.5, and the draws say: keep, drop, keep. Then mask $=(2,\;0,\;2)$ and out $=(6,\;0,\;10)$.
#
# <details><summary>Hint</summary>
#
# `rng.random(A.shape)` gives a number between 0 and 1 for each entry. It is below q with probability q. Comparisons give True and False, which count as 1 and 0 in a division.
#
# </details>

# %% exercise="3.1" nbgrader={"grade": false, "grade_id": "dropout_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dropout_forward(A, keep, rng, train):
    """Drop entries at random in training, and do nothing otherwise.

    A: (m, h), keep: float, rng: generator, train: bool  ->  out (m, h), mask (m, h)

    >>> dropout_forward(np.array([[3.0, 4.0]]), 0.5, np.random.default_rng(0), train=False)
    (array([[3., 4.]]), array([[1., 1.]]))
    """
    ### BEGIN SOLUTION
    if not train:
        return A, np.ones(A.shape)
    mask = (rng.random(A.shape) < keep) / keep
    return A * mask, mask
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dropout_forward-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.1 (1 point)
A = rng.uniform(1, 2, size=(200, 50))
result = dropout_forward(A, 0.8, np.random.default_rng(1), True)

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two arrays, out and mask, got {type(result).__name__}"
)
out, mask = result
for array, what in ((out, "out"), (mask, "mask")):
    assert isinstance(array, np.ndarray), f"{what}: expected an array, got {type(array).__name__}"
    assert array.shape == (200, 50), f"{what}: expected the shape of A, got {array.shape}"
assert mask.dtype != bool, "mask: expected numbers, 0 and 1/keep, got True and False"
values = np.unique(mask)
assert np.allclose(values, [0, 1.25]), f"mask: expected only 0 and 1/0.8 = 1.25, got {values}"
assert np.allclose(out, A * mask), "out: expected A times mask, entry by entry"

# Property: the share that is kept is about 0.8, and the mean of A survives.
share = np.mean(mask > 0)
assert abs(share - 0.8) < 0.02, f"keep = 0.8: expected a share of about 0.8, got {share:.3f}"
assert abs(out.mean() / A.mean() - 1) < 0.03, f"mean of A {A.mean():.3f}, of out {out.mean():.3f}"

# Property: each entry is drawn by itself, so the number that a row loses varies: sd 2.8 here.
lost = np.sum(mask == 0, axis=1)
assert 2 < lost.std() < 4, f"lost per row: expected a sd of about 2.8, got {lost.std():.2f}"
lost = np.sum(mask == 0, axis=0)
assert 4 < lost.std() < 8, f"lost per column: expected a sd of about 5.7, got {lost.std():.2f}"

# Edge cases: nothing happens outside of training, and nothing is lost with keep = 1.
for keep, training in ((0.5, False), (1.0, True)):
    out, mask = dropout_forward(A, keep, rng, training)
    assert np.allclose(out, A), f"keep = {keep}, train = {training}: expected out to be A"
    assert np.allclose(mask, 1), f"keep = {keep}, train = {training}: expected a mask of ones"
print("Exercise 3.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "dropout_forward-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.1 (2 points). What they look at:
# - out and mask with several m, h and keep, in training and outside (1 point). An honest
#   draw fails about once in 500 million times;
# - care (1 point): draws from rng alone; keep = 1; activations of 0; integers; calls by
#   argument names; A left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw09_training", "dropout_forward", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "dropout_backward-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.2 ★ `dropout_backward` (2 points)
#
# The way back through dropout. `dA (m, h)` is the gradient for the output, `mask (m, h)` what Exercise 3.1 returned, with entries 0 and 1/q (or all 1). Return the gradient for the input.
#
# **Worked example.** mask $=(2,\;0,\;2)$. The gradient $(1,\;1,\;-3)$ goes back as $(2,\;0,\;-6)$.
#
# <details><summary>Hint</summary>
#
# $\text{out}_{ij}=A_{ij}\,\text{mask}_{ij}$, and the mask does not depend on A. What is $\partial\,\text{out}_{ij}/\partial A_{ij}$?
#
# </details>

# %% exercise="3.2" nbgrader={"grade": false, "grade_id": "dropout_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dropout_backward(dA, mask):
    """Return the gradient for the input of dropout.

    dA: (m, h), mask: (m, h)  ->  array (m, h)

    >>> dropout_backward(np.array([[1.0, 1.0, -3.0]]), np.array([[2.0, 0.0, 2.0]]))
    array([[ 2.,  0., -6.]])
    """
    ### BEGIN SOLUTION
    return dA * mask
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dropout_backward-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.2 (1 point)
mask = np.array([[2.0, 0.0, 2.0]])
back = dropout_backward(np.array([[1.0, 1.0, -3.0]]), mask)

assert back is not None, "dropout_backward returned None: is a return missing?"
assert isinstance(back, np.ndarray), f"expected an array, got {type(back).__name__}"
assert back.shape == (1, 3), f"expected the shape of dA, (1, 3), got {back.shape}"
assert np.allclose(back, [[2, 0, -6]]), f"worked example: expected [[2 0 -6]], got {back.tolist()}"

# Property: it agrees with central differences of the sum of d * out.
mask, d, A = 4.0 * rng.integers(0, 2, (3, 4)), rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
measured = (d * ((A + 1e-5) * mask) - d * ((A - 1e-5) * mask)) / 2e-5
back = dropout_backward(d, mask)
assert np.allclose(back, measured, atol=1e-4), f"measured\n{measured}, got\n{back}"

# Edge case: with a mask of ones the gradient passes unchanged.
back = dropout_backward(d, np.ones((3, 4)))
assert np.allclose(back, d), f"a mask of ones: expected\n{d}, got\n{back}"
print("Exercise 3.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "dropout_backward-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.2 (1 point). What they look at:
# - values on random data with several m, h and masks; one sample; a mask of ones; integer
#   arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw09_training", "dropout_backward", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "batchnorm_forward-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.3 ★★★ `batchnorm_forward` and `batchnorm_backward` (4 points)
#
# Two functions in one cell, graded together. `batchnorm_forward(Z, gamma, beta, eps)` normalizes each column of `Z (m, h)` over the batch, then scales and shifts it by `gamma (h,)` and `beta (h,)`:
#
# $$\mu=\frac1m\sum_iz_i,\quad\sigma^2=\frac1m\sum_i(z_i-\mu)^2,\quad\hat z_i=\frac{z_i-\mu}{\sqrt{\sigma^2+\epsilon}},\quad\text{out}_i=\gamma\,\hat z_i+\beta\qquad\text{(column by column)}.$$
#
# It returns `out (m, h)` and `cache`: whatever your `batchnorm_backward` needs, in a form of your own (a tuple, a list, a dict). Everything that the way back needs is in the cache: another
# batch may go forward in between. `batchnorm_backward(dout, cache)` takes the gradient for the output, $d_i=\partial J/\partial\,\text{out}_i$, shape `(m, h)`, and returns `dZ, dgamma, dbeta`:
#
# $$\frac{\partial J}{\partial z_i}=\frac\gamma{\sqrt{\sigma^2+\epsilon}}\Big(d_i-\frac1m\sum_kd_k-\hat z_i\,\frac1m\sum_kd_k\hat z_k\Big),\qquad
# \frac{\partial J}{\partial\gamma}=\sum_id_i\hat z_i,\qquad\frac{\partial J}{\partial\beta}=\sum_id_i .$$
#
# dgamma and dbeta have the shape `(h,)`. They are sums, because $d_i$ is a derivative of J, in which the 1/m already is.
#
# **Worked example.** One unit, $z=(1,\;3)$, γ = 10, β = 5, ε = 3. Then μ = 2, σ² = 1, $\sqrt{\sigma^2+\epsilon}=2$, $\hat z=(-0.5,\;0.5)$ and out $=(0,\;10)$. With $d=(1,\;0)$: dγ = −0.5, dβ = 1, and
# $dz=\frac{10}2\big((1,\;0)-\frac12-(-0.5,\;0.5)\cdot(-0.25)\big)=(1.875,\;-1.875)$.
#
# <details><summary>Hint</summary>
#
# `axis=0` runs over the samples, and what is left has the shape `(h,)`, which broadcasts over the rows. ẑ, γ and the root are all that the way back needs. The two means in dZ are dbeta / m and dgamma / m.
#
# </details>

# %% exercise="3.3" nbgrader={"grade": false, "grade_id": "batchnorm_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def batchnorm_forward(Z, gamma, beta, eps):
    """Normalize each column over the batch, then scale and shift it.

    Z: (m, h), gamma: (h,), beta: (h,), eps: float  ->  out (m, h), cache

    >>> out, cache = batchnorm_forward(np.array([[1.0], [3.0]]), np.array([10.0]), np.array([5.0]), 3)
    >>> out.tolist()
    [[0.0], [10.0]]
    """
    ### BEGIN SOLUTION
    root = np.sqrt(Z.var(axis=0) + eps)
    hat = (Z - Z.mean(axis=0)) / root
    return gamma * hat + beta, (hat, gamma, root)
    ### END SOLUTION


def batchnorm_backward(dout, cache):
    """Return the gradients of batch normalization.

    dout: (m, h), cache: from batchnorm_forward  ->  dZ (m, h), dgamma (h,), dbeta (h,)
    """
    ### BEGIN SOLUTION
    hat, gamma, root = cache
    m = len(dout)
    dgamma, dbeta = (dout * hat).sum(axis=0), dout.sum(axis=0)
    return gamma / root * (dout - dbeta / m - hat * dgamma / m), dgamma, dbeta
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "batchnorm_forward-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.3 (1 point)
Z, gamma, beta = np.array([[1.0], [3.0]]), np.array([10.0]), np.array([5.0])
result = batchnorm_forward(Z, gamma, beta, 3)

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"batchnorm_forward: expected out and cache, got {type(result).__name__}"
)
out, cache = result
assert isinstance(out, np.ndarray), f"out: expected an array, got {type(out).__name__}"
assert out.shape == (2, 1), f"out: expected shape (m, h) = (2, 1), got {out.shape}"
assert np.allclose(out, [[0], [10]]), f"worked example: expected [[0] [10]], got {out.tolist()}"
grads = batchnorm_backward(np.array([[1.0], [0.0]]), cache)
assert isinstance(grads, (tuple, list)) and len(grads) == 3, (
    f"batchnorm_backward: expected dZ, dgamma and dbeta, got {type(grads).__name__}"
)
right = {"dZ": [[1.875], [-1.875]], "dgamma": [-0.5], "dbeta": [1.0]}
for array, (what, expected) in zip(grads, right.items(), strict=True):
    assert np.shape(array) == np.shape(expected), f"{what}: got shape {np.shape(array)}"
    assert np.allclose(array, expected), f"{what}: expected {expected}, got {array.tolist()}"

# Property: every column has the mean beta and the standard deviation gamma (here eps is tiny).
Z = rng.normal(size=(40, 3)) * [1, 5, 0.2] + [0, 8, -3]
gamma, beta = np.array([1.0, 2.0, 0.5]), np.array([0.0, -1.0, 4.0])
out, cache = batchnorm_forward(Z, gamma, beta, 1e-10)
assert np.allclose(out.mean(axis=0), beta), f"means: expected {beta}, got {out.mean(axis=0)}"
assert np.allclose(out.std(axis=0), gamma), f"sds: expected {gamma}, got {out.std(axis=0)}"

# Property: dZ agrees with central differences. J is the sum of d * out, for six samples.
Z, d = Z[:6], rng.normal(size=(6, 3))
out, cache = batchnorm_forward(Z, gamma, beta, 0.1)
batchnorm_forward(2 * Z, gamma, beta, 0.1)  # another batch in between
dZ, dgamma, dbeta = batchnorm_backward(d, cache)
for place in ((0, 0), (3, 1), (5, 2)):
    step = np.zeros((6, 3))
    step[place] = 1e-4
    up, down = (batchnorm_forward(Z + s * step, gamma, beta, 0.1)[0] for s in (1, -1))
    slope = np.sum(d * (up - down)) / 2e-4
    assert np.isclose(dZ[place], slope, atol=1e-4), f"dZ{place}: measured {slope}, got {dZ[place]}"

# Edge case: a unit that is the same for all samples comes out as beta.
out, cache = batchnorm_forward(np.full((4, 3), 7.0), gamma, beta, 1e-5)
assert np.allclose(out, beta), f"a constant batch: expected {beta} in each row, got\n{out}"
print("Exercise 3.3: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "batchnorm_forward-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.3 (3 points). What they look at:
# - out, dZ, dgamma and dbeta on random data with several m, h and eps (2 points);
# - care (1 point): one sample; one unit; a constant unit; values around 1000; another batch
#   in between; integer arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw09_training", "batchnorm_forward", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 4 Looking at the mistakes

# %% [markdown] nbgrader={"grade": false, "grade_id": "confusion_matrix-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.1 ★ `confusion_matrix` (3 points)
#
# An accuracy does not say what is taken for what. Count it: entry $(j,k)$ of the result `(K, K)` is the number of samples of class j that were predicted as class k. Rows are true classes,
# columns are predictions; right predictions stand on the diagonal.
#
# `y (m,)` and `y_hat (m,)` hold integers from 0 to K−1, of any integer type. Not every class has to occur. The result holds integers.
#
# **Worked example.** $y=(0,\,0,\,0,\,1,\,2)$, $\hat y=(0,\,1,\,1,\,1,\,0)$, K = 3:
#
# $$\begin{pmatrix}1&2&0\\0&1&0\\1&0&0\end{pmatrix}$$
#
# <details><summary>Hint</summary>
#
# A loop over the samples is fine. `counts[y, y_hat] += 1` without a loop adds only 1 to a place that occurs several times; `np.add.at` does it right.
#
# </details>

# %% exercise="4.1" nbgrader={"grade": false, "grade_id": "confusion_matrix", "locked": false, "schema_version": 3, "solution": true, "task": false}
def confusion_matrix(y, y_hat, K):
    """Count which class was taken for which.

    y: (m,) int, y_hat: (m,) int, K: int  ->  array of int (K, K), rows are true classes

    >>> confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    array([[1, 1],
           [0, 1]])
    """
    ### BEGIN SOLUTION
    counts = np.zeros((K, K), dtype=int)
    np.add.at(counts, (y, y_hat), 1)
    return counts
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "confusion_matrix-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.1 (1 point)
y, y_hat = np.array([0, 0, 0, 1, 2]), np.array([0, 1, 1, 1, 0])
counts = confusion_matrix(y, y_hat, 3)

assert counts is not None, "confusion_matrix returned None: is a return missing?"
assert isinstance(counts, np.ndarray), f"expected an array, got {type(counts).__name__}"
assert counts.shape == (3, 3), f"expected shape (K, K) = (3, 3), got {counts.shape}"
assert counts.dtype.kind in "iu", f"expected integers, got values of type {counts.dtype}"
expected = [[1, 2, 0], [0, 1, 0], [1, 0, 0]]
assert counts.tolist() == expected, f"worked example: expected {expected}, got {counts.tolist()}"

# Property: row sums count the true classes, column sums the predictions, the diagonal the hits.
y, y_hat = rng.integers(0, 4, 50), rng.integers(0, 4, 50)
counts = confusion_matrix(y, y_hat, 4)
true, predicted = np.bincount(y, minlength=4), np.bincount(y_hat, minlength=4)
assert np.array_equal(counts.sum(axis=1), true), f"rows: {counts.sum(axis=1)}, but y has {true}"
assert np.array_equal(counts.sum(axis=0), predicted), (
    f"columns: {counts.sum(axis=0)}, but y_hat has {predicted}"
)
assert np.trace(counts) == np.sum(y == y_hat), f"diagonal: expected {np.sum(y == y_hat)} in all"

# Edge case: classes that do not occur have rows and columns of zeros.
counts = confusion_matrix(np.array([1]), np.array([1]), 5)
assert counts.shape == (5, 5), f"K = 5: expected shape (5, 5), got {counts.shape}"
assert counts.sum() == counts[1, 1] == 1, f"one sample of class 1: got\n{counts}"
print("Exercise 4.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "confusion_matrix-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.1 (2 points). What they look at:
# - counts for random classes with several m and K (1 point);
# - care (1 point): the result holds integers; one sample; classes that do not occur; all
#   right; labels of type uint8, with 3 and with 20 classes; calls by argument names;
#   arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw09_training", "confusion_matrix", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 5 All together (not graded)
#
# Your own network reads handwriting: 64 pixels, 100 hidden units with ReLU, 10 scores. The 1797 digits are shuffled and cut into 1287 for training, 150 for validation and 360 for the test.
#
# What you should see: about 98 % of the test digits read correctly. Of 60 starts of the weights that were tried, 58 gave 96.9 % to 99.2 %, the other two 93.3 % and 94.2 %. The cut
# matters, too: 100 other shuffles gave 94.2 % to 99.7 %, 85 of them 96.1 % to 98.6 %, because 360 digits are few. One honest number would be the mean over many cuts. The training loss ends close to 0, the validation loss stays above it.

# %%
from sklearn.datasets import load_digits

X, y = load_digits(return_X_y=True)
X, Y = X / 16, np.eye(10)[y]
part, val, test = np.split(np.random.default_rng(0).permutation(len(X)), [1287, 1437])
try:
    generator = np.random.default_rng(1)
    layers = [Dense(64, 100, generator), Activate(ReLU), Dense(100, 10, generator)]
    layers[0].params[0][...] = init_weights(64, 100, "he", generator)[0]
    layers[2].params[0][...] = init_weights(100, 10, "he", generator)[0]
    digit_net = Network(layers)
    history = train(digit_net, X[part], Y[part], X[val], Y[val], 0.1, 32, 60, generator)
    read = digit_net.forward(X[test]).argmax(axis=1)
    counts = confusion_matrix(y[test], read, 10)
except NotImplementedError as todo:
    print(f"{todo} is still open: come back when it is done.")
else:
    print(f"read correctly: {np.mean(read == y[test]):.1%} of {len(test)} test digits")
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
    epoch = range(1, 61)
    left.plot(epoch, history["train_loss"], label="training")
    left.plot(epoch, history["val_loss"], "--", label="validation")
    left.set(xlabel="epoch", ylabel="loss", ylim=(0, 1), title="Both fall, then a gap opens")
    left.legend()
    right.imshow(np.sqrt(counts), cmap="Blues")
    for j, k in np.argwhere(counts):
        right.text(k, j, counts[j, k], ha="center", va="center", color="white" if j == k else "black")
    right.set(xticks=range(10), yticks=range(10), xlabel="predicted", ylabel="true")
    right.set_title("What was taken for what")
    plt.show()

# %% [markdown]
# What does the first layer see? Column k of its W holds the 64 weights of hidden unit k, which reshaped to 8 × 8 are a picture: red pixels make the unit active, blue ones hold it back.
#
# **Predict:** will the pictures look like digits, as the templates of homework 5 did?
#
# <details><summary>Answer</summary>
#
# Hardly. A unit need not know a whole digit, since the second layer adds up a hundred of them. You see spots and short strokes: "ink here, none beside it". At the left and
# right edge it is noise, since these pixels are nearly always empty and their weights have hardly moved. The units shown are the 32 with the
# largest weights; many others have changed little since their random start.
#
# </details>

# %%
try:
    W = digit_net.layers[0].W if hasattr(digit_net, "layers") else digit_net.params[0]
except NameError:
    print("There is no trained network yet.")
else:
    fig, axes = plt.subplots(4, 8, figsize=(8, 4.3), layout="constrained")
    for k, ax in zip(np.argsort(-np.linalg.norm(W, axis=0)), axes.flat, strict=False):
        ax.imshow(W[:, k].reshape(8, 8), cmap="RdBu_r", vmin=-1, vmax=1)
        ax.set(xticks=[], yticks=[])
    fig.suptitle("What 32 hidden units look for")
    plt.show()

# %% [markdown] nbgrader={"grade": false, "grade_id": "mnist-text", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### The real MNIST
#
# The next cell is given. `load_mnist("openml")` lets scikit-learn fetch the 70 000 digits of 28 × 28 pixels from [OpenML](https://www.openml.org/d/554) (once, about 15 MB; it keeps them); it needs the network and is never
# called unless you ask for it. `load_mnist(folder)` reads the four original files (`train-images-idx3-ubyte` and so on, with or without `.gz`) from a folder of yours.
# The first 60 000 digits are for training, the last 10 000 for the test.

# %% nbgrader={"grade": false, "grade_id": "mnist", "locked": true, "schema_version": 3, "solution": false, "task": false}
import gzip


def load_mnist(source):
    """Return the MNIST digits.

    source: "openml", or a folder with the four files  ->  X (m, 784) from 0 to 1, y (m,) int
    """
    if source == "openml":
        from sklearn.datasets import fetch_openml

        pixels, labels = fetch_openml("mnist_784", version=1, return_X_y=True, as_frame=False)
        return pixels.reshape(len(pixels), -1) / 255, labels.astype(int)
    images, labels = (
        np.concatenate([_read_idx(Path(source), f"{part}-{kind}") for part in ("train", "t10k")])
        for kind in ("images", "labels")
    )
    return images.reshape(len(images), -1) / 255, labels.astype(int)


def _read_idx(folder, start):
    """Read an IDX file: 0, 0, 8 for bytes, the number of axes; their sizes; the bytes."""
    paths = sorted(folder.glob(f"{start}*"))
    if not paths:
        raise FileNotFoundError(f"{folder} holds no file whose name starts with {start}")
    data = paths[0].read_bytes()
    if data[:2] == b"\x1f\x8b":  # packed by gzip
        data = gzip.decompress(data)
    if data[:3] != b"\x00\x00\x08":
        raise ValueError(f"{paths[0]} is no IDX file of bytes")
    axes = data[3]
    shape = np.frombuffer(data, ">u4", axes, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * axes).reshape(shape)


# %%
mnist = None  # "openml", or the folder that holds the files

if mnist is None:
    print("Set mnist to try the real digits.")
else:
    X, y = load_mnist(mnist)
    Y = np.eye(10)[y]
    generator = np.random.default_rng(0)
    part, val, test = np.split(np.arange(len(X)), [len(X) * 5 // 7, len(X) * 6 // 7])
    layers = [Dense(X.shape[1], 100, generator), Activate(ReLU), Dense(100, 10, generator)]
    for layer in layers[::2]:
        n_in, n_out = layer.params[0].shape
        layer.params[0][...] = init_weights(n_in, n_out, "he", generator)[0]
    mnist_net = Network(layers)
    history = train(mnist_net, X[part], Y[part], X[val], Y[val], 0.1, 32, 10, generator)
    read = mnist_net.forward(X[test]).argmax(axis=1)
    print(f"read correctly: {np.mean(read == y[test]):.2%} of {len(test)} test digits")

# %% [markdown]
# **Before you hand in:** restart the kernel, run all cells, save as `hw09_training_solved.ipynb`. The feedback will tell you, exercise by exercise,
# what was right, and where something was not, the smallest example on which it shows.
