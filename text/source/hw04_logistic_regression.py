# %% [markdown] nbgrader={"grade": false, "grade_id": "introduction", "locked": true, "schema_version": 3, "solution": false, "task": false}
# # Homework 4: logistic regression
#
# You write the eight functions of logistic regression: a probability from a score, a label from a probability, the grid behind a
# picture of the decision boundary, the loss in two forms, its gradients, and the loop that trains the model. At the end they work
# together and tell two species of iris apart.
#
# | Homework 4 | at a glance |
# |---|---|
# | **Needs** | Lecture 5, *Logistic regression*, and the gradient descent of lecture 4 |
# | **Time** | 3 to 4 hours |
# | **Points** | 30: 8 for the visible tests, 22 for the hidden ones |
# | **Hand in** | this one notebook, saved as `hw04_logistic_regression_solved.ipynb` |
#
# **How to work.** Run the first code cell. Then replace each `raise NotImplementedError(…)` by your solution, run its cell, and
# run the visible test cell below it. Before you hand in: *Kernel → Restart Kernel and Run All Cells…*, so that nothing rests on a cell
# that you have changed since. (It stops at the first test that fails; to hand in with an exercise left open is fine.)
# All of your solution lives in this notebook: no other file of yours is looked at.
#
# **How it is graded.** Each exercise has a visible test cell, worth 1 point, which you can read and run, and a hidden one.
# The hidden tests call your function with fresh random data and compare it with a reference solution. They look at types,
# shapes and values, at special cases that each exercise names, and at two rules that hold throughout:
# a function **leaves its arguments unchanged**, and it **gives the same result when it is called again** with the same arguments.
# Where a float is asked for, a NumPy float is as good; where an array is asked for, a list is not, unless the exercise says so.
# Inputs may be arrays of integers. Calls by argument name work, so keep the names. NumPy should not have to warn of an overflow, a
# division by zero or an invalid value (nan), unless the exercise allows it. The points for values come first: with wrong values
# there are none for care. If a function is right but careless in special cases, it earns the points for values, and the feedback
# says why.
#
# **Exercises do not depend on each other.** From Exercise 1.2 on you need a sigmoid. The first code cell imports a tested one, SciPy's
# `expit`: `expit(z)` is σ(z) for arrays of any shape, and it never overflows. Call it, and a mistake in Exercise 1.1 costs nothing later. You may call
# your own functions of earlier exercises instead; then a mistake in one of them shows in the other as well.
#
# **Honesty.** Discuss ideas with anyone; write the code yourself. If an AI assistant helped, say where and how in a comment.
# You are ready to hand in when you could explain every line to a friend.
#
# **Notation.** A row of `X (m, n)` is a sample. `Y (m, 1)` holds the labels, 0 or 1, as integers or as floats. The weights are
# `W (n, 1)`, the bias is `b (1,)`. `Z (m, 1)` holds scores, `P (m, 1)` the estimated probabilities of class 1.
# m and n may each be 1, but the number of axes never changes.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import os
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from scipy.special import expit  # a sigmoid that is tested: use it from Exercise 1.2 on

rng = np.random.default_rng(4)

name = Path(os.environ.get("JPY_SESSION_NAME", "")).name
if name and name != "hw04_logistic_regression_solved.ipynb":
    print(f"This notebook is called {name}.")
    print("Save it as hw04_logistic_regression_solved.ipynb to hand it in.")


# %% [markdown]
# ## 1 From scores to probabilities

# %% [markdown] nbgrader={"grade": false, "grade_id": "sigmoid-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.1 ★★ `sigmoid` (4 points)
#
# The sigmoid turns a score, which may be any number, into a number between 0 and 1:
#
# $$\sigma(z)=\frac1{1+e^{-z}}.$$
#
# Compute it for every entry of `z`. The array may have any number of axes, and the result has its shape. A single number works
# as well and gives a single number.
#
# The formula is right for every $z$, but the computer is not: at $z=-1000$ it asks for $e^{1000}$, which is larger than any float.
# NumPy makes it infinite and warns of an overflow. Multiply numerator and denominator by $e^z$, and you get a second formula for
# the same number, which is safe where the first is not:
#
# $$\sigma(z)=\frac1{1+e^{-z}}\ \text{ for } z\ge0,\qquad \sigma(z)=\frac{e^z}{1+e^z}\ \text{ for } z<0.$$
#
# Your function should give 0 and 1 at scores of −1000 and 1000, without a warning. The visible tests try it,
# and one of the three hidden points is for care of this kind.
#
# **Worked example.** $\sigma(0)=\frac12$, $\sigma(1)=0.7311$, $\sigma(-1)=1-\sigma(1)=0.2689$, $\sigma(-10)=0.0000454$.
#
# (SciPy's `expit` is this function. It is there for the later exercises; here, write it yourself.)
#
# <details><summary>Hint</summary>
#
# In both formulas the exponential that appears is $e^{-\lvert z\rvert}$, which is never larger than 1. Compute it first, once. `np.where` then chooses
# between two *finished* arrays: it computes both of them for all entries, so it cannot prevent an overflow inside of one of them.
#
# If you prefer a mask, as in `z[z >= 0]`: a single number has no entries to pick. `np.atleast_1d(z)` makes an array of it,
# `reshape(np.shape(z))` a single number again. And let the array for the results hold floats, even if `z` holds integers.
#
# </details>

# %% exercise="1.1" nbgrader={"grade": false, "grade_id": "sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid(z):
    """Return the sigmoid of every entry.

    z: array of any shape, or a number  ->  the same shape

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    ### BEGIN SOLUTION
    e = np.exp(-np.abs(z))
    return np.where(np.less(z, 0), e, 1) / (1 + e)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sigmoid-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.1 (1 point)
z = np.array([[0.0, 1.0], [-1.0, -10.0]])
s = sigmoid(z)

assert s is not None, "sigmoid returned None: is a return missing?"
assert isinstance(s, np.ndarray), f"expected an array, got {type(s).__name__}"
assert s.shape == (2, 2), f"expected the shape of z, (2, 2), got {s.shape}"
expected = np.array([[0.5, 0.73105858], [0.26894142, 4.5397868e-05]])
assert np.allclose(s, expected), f"worked example: expected\n{expected}, got\n{s}"

# Properties: it rises, and the sigmoids of z and -z add up to 1.
z = np.linspace(-6, 6, 25)
s = sigmoid(z)
assert np.all(np.diff(s) > 0), f"larger scores should give larger values, got\n{s}"
sums = s + sigmoid(-z)
assert np.allclose(sums, 1), f"sigmoid(z) + sigmoid(-z): expected 1 everywhere, got\n{sums}"

# Property: the derivative is s(1 - s), at most 1/4. Compare with central differences.
h = 1e-2
slopes = (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)
s_prime = s * (1 - s)
assert np.allclose(slopes, s_prime, atol=1e-4), f"slopes: expected s(1 - s),\n{s_prime}, got\n{slopes}"

# Edge case: a single number.
half = sigmoid(0)
assert np.shape(half) == () and half == 0.5, f"sigmoid(0): expected 0.5, got {half!r}"

# Edge case: large scores. Here an overflow is an error, not just a warning.
try:
    with np.errstate(over="raise", invalid="raise"):
        s = sigmoid(np.array([-1000.0, 1000.0]))
except FloatingPointError as error:
    raise AssertionError(f"at scores of -1000 and 1000 NumPy says: {error}") from error
assert np.allclose(s, [0, 1]), f"at scores of -1000 and 1000: expected 0 and 1, got {s}"
print("Exercise 1.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "sigmoid-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.1 (3 points). What they look at:
# - shapes and values on random arrays with one axis and two (2 points);
# - care (1 point): scores of about 1000 and of about -1000, without a warning; three axes; a
#   single number; integers; calls by argument name; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw04_logistic_regression", "sigmoid", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "predict_proba-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.2 ★ `predict_proba` (3 points)
#
# Logistic regression puts the score of a linear model through the sigmoid. The result is the estimated probability that the label is 1:
#
# $$P=\sigma(XW+b),\qquad X: (m, n),\quad W: (n, 1),\quad b: (1,),\quad P: (m, 1).$$
#
# **Worked example.** Two samples, two features, the bias $b=(0.5)$:
#
# $$\sigma\left(\begin{pmatrix}1&2\\3&0\end{pmatrix}\begin{pmatrix}2\\-1\end{pmatrix}+0.5\right)
# =\begin{pmatrix}\sigma(0.5)\\\sigma(6.5)\end{pmatrix}=\begin{pmatrix}0.6225\\0.9985\end{pmatrix}$$
#
# <details><summary>Hint</summary>
#
# One line is enough: scores as in linear regression, then `expit` (or your `sigmoid`). The bias is part of the score, so it
# belongs inside of the parentheses.
#
# </details>

# %% exercise="1.2" nbgrader={"grade": false, "grade_id": "predict_proba", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict_proba(X, W, b):
    """Return the estimated probabilities of class 1.

    X: (m, n), W: (n, 1), b: (1,)  ->  array (m, 1)

    >>> X, W = np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([[2.0], [-1.0]])
    >>> predict_proba(X, W, np.array([0.5])).round(4)
    array([[0.6225],
           [0.9985]])
    """
    ### BEGIN SOLUTION
    return expit(X @ W + b)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "predict_proba-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.2 (1 point)
X, W, b = np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([[2.0], [-1.0]]), np.array([0.5])
P = predict_proba(X, W, b)

assert P is not None, "predict_proba returned None: is a return missing?"
assert isinstance(P, np.ndarray), f"expected an array, got {type(P).__name__}"
assert P.shape == (2, 1), f"expected shape (m, 1) = (2, 1), got {P.shape}"
expected = np.array([[0.62245933], [0.99849882]])
assert np.allclose(P, expected), f"worked example: expected\n{expected}, got\n{P}"

# Property: the log-odds log(p / (1 - p)) are the scores again.
X, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 1)), rng.normal(size=1)
P = predict_proba(X, W, b)
assert np.shape(P) == (5, 1), f"expected shape (5, 1), got {np.shape(P)}"
assert np.all((P > 0) & (P < 1)), f"probabilities lie between 0 and 1, got\n{P}"
log_odds = np.log(P / (1 - P))
scores = np.array([[sum(row[j] * W[j, 0] for j in range(3)) + b[0]] for row in X])
assert np.allclose(log_odds, scores), f"log-odds: expected the scores\n{scores}, got\n{log_odds}"

# Edge case: with parameters of zero the model knows nothing, and says one half.
P = predict_proba(X, np.zeros((3, 1)), np.zeros(1))
assert np.allclose(P, 0.5), f"all parameters zero: expected 0.5 in every row, got\n{P}"
print("Exercise 1.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "predict_proba-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.2 (2 points). What they look at:
# - shapes and values on random data with several m and n (1 point);
# - care (1 point): one sample; scores of about 1000 and of about -1000, without a warning;
#   integer arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw04_logistic_regression", "predict_proba", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 2 From probabilities to decisions

# %% [markdown] nbgrader={"grade": false, "grade_id": "predict_label-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.1 ★ `predict_label` (3 points)
#
# A probability becomes a decision by a **threshold** $t$: the label is 1 where $\hat p\ge t$, and 0 elsewhere. With $t=0.5$ the likelier
# class wins. That is the right choice if both kinds of mistakes cost the same. If a wrong 1 costs four times as much as a wrong 0, answer
# 1 only from $t=4/(4+1)=0.8$ on.
#
# Return integers, shape (m, 1). A probability that is *exactly* the threshold is not tested.
#
# **Worked example.** For the probabilities 0.3, 0.7 and 0.9 the labels are 0, 1, 1 with the threshold 0.5, and 0, 0, 1 with 0.8.
#
# <details><summary>Hint</summary>
#
# Comparing an array with a number gives an array of True and False. `astype(int)` makes 1 and 0 of them.
#
# </details>

# %% exercise="2.1" nbgrader={"grade": false, "grade_id": "predict_label", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict_label(P, threshold=0.5):
    """Return the label 1 where the probability reaches the threshold, 0 elsewhere.

    P: (m, 1), threshold: float  ->  array of integers (m, 1)

    >>> predict_label(np.array([[0.3], [0.7], [0.9]]), threshold=0.8)
    array([[0],
           [0],
           [1]])
    """
    ### BEGIN SOLUTION
    return (P >= threshold).astype(int)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "predict_label-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.1 (1 point)
P = np.array([[0.3], [0.7], [0.9]])
labels = predict_label(P, 0.8)

assert labels is not None, "predict_label returned None: is a return missing?"
assert isinstance(labels, np.ndarray), f"expected an array, got {type(labels).__name__}"
assert labels.shape == (3, 1), f"expected shape (m, 1) = (3, 1), got {labels.shape}"
assert np.issubdtype(labels.dtype, np.integer), f"expected integers, got {labels.dtype}"
assert labels.ravel().tolist() == [0, 0, 1], f"threshold 0.8: expected [0 0 1], got {labels.ravel()}"

# Without a threshold it is 0.5.
labels = predict_label(P)
assert labels.ravel().tolist() == [0, 1, 1], f"no threshold: expected [0 1 1], got {labels.ravel()}"

# Property: a higher threshold never gives more ones.
P = rng.uniform(size=(50, 1))
ones = [int(predict_label(P, t).sum()) for t in (0.1, 0.3, 0.5, 0.7, 0.9)]
assert ones == sorted(ones, reverse=True), (
    f"thresholds 0.1, 0.3, 0.5, 0.7, 0.9: expected ever fewer ones, got {ones}"
)

# Edge case: one sample.
label = predict_label(np.array([[0.2]]), threshold=0.1)
assert label.tolist() == [[1]], f"probability 0.2, threshold 0.1: expected [[1]], got {label}"
print("Exercise 2.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "predict_label-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.1 (2 points). What they look at:
# - shapes and values on random probabilities, with thresholds below and above 0.5 and without
#   one (1 point);
# - care (1 point): labels that are integers; one sample; probabilities 0 and 1 as integers; calls by
#   argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw04_logistic_regression", "predict_label", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "decision_grid-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.2 ★★ `decision_grid` (4 points)
#
# To draw what a model thinks of the plane, ask it at every point of a grid. `predict` is a function that you are given: it takes points of
# shape (q, 2), a row for each point $(x, y)$, and returns predictions of shape (q, 1). It may be any model, so call it and do not compute predictions yourself.
#
# The first feature takes `n` evenly spaced values from `xlim[0]` to `xlim[1]`, both ends included, and the second feature `n` values from
# `ylim[0]` to `ylim[1]`. Return three arrays of shape (n, n), in this order:
#
# - `XX`: the first feature of every grid point; it changes *along a row*;
# - `YY`: the second feature; it changes *from row to row*, lowest value first;
# - `PP`: what `predict` says at `XX[i, j], YY[i, j]`.
#
# These are the arrays that `plt.contourf(XX, YY, PP)` takes. n is at least 2.
#
# **Worked example.** Let the "model" return $x+y$. For `xlim` = (0, 2), `ylim` = (10, 30) and n = 3:
#
# $$XX=\begin{pmatrix}0&1&2\\0&1&2\\0&1&2\end{pmatrix},\quad YY=\begin{pmatrix}10&10&10\\20&20&20\\30&30&30\end{pmatrix},\quad
# PP=\begin{pmatrix}10&11&12\\20&21&22\\30&31&32\end{pmatrix}$$
#
# <details><summary>Hint</summary>
#
# `np.linspace` makes the values of one feature, `np.meshgrid` makes the two grids from them. Then think in shapes: two grids (n, n) →
# two flat arrays (n²,) → points (n², 2) → predictions (n², 1) → back to (n, n). `ravel`, `np.column_stack` and `reshape` do these steps.
#
# </details>

# %% exercise="2.2" nbgrader={"grade": false, "grade_id": "decision_grid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def decision_grid(predict, xlim, ylim, n):
    """Return a grid of points in the plane and what a model predicts at each of them.

    predict: a function of points (q, 2) that returns (q, 1),
    xlim: (low, high), ylim: (low, high), n: int  ->  XX (n, n), YY (n, n), PP (n, n)

    >>> def add(points): return points[:, :1] + points[:, 1:]
    >>> XX, YY, PP = decision_grid(add, (0, 2), (10, 30), 3)
    >>> PP
    array([[10., 11., 12.],
           [20., 21., 22.],
           [30., 31., 32.]])
    """
    ### BEGIN SOLUTION
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    points = np.column_stack([XX.ravel(), YY.ravel()])
    return XX, YY, predict(points).reshape(n, n)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "decision_grid-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.2 (1 point)
def add(points):
    assert points.ndim == 2 and points.shape[1] == 2, (
        f"predict should get points of shape (q, 2), got {points.shape}"
    )
    return points[:, :1] + points[:, 1:]


result = decision_grid(add, (0, 2), (10, 30), 3)
assert isinstance(result, (tuple, list)) and len(result) == 3, (
    f"expected three things, XX, YY and PP, got {result!r}"
)
XX, YY, PP = result
for key, got, expected in [
    ("XX", XX, [[0, 1, 2], [0, 1, 2], [0, 1, 2]]),
    ("YY", YY, [[10, 10, 10], [20, 20, 20], [30, 30, 30]]),
    ("PP", PP, [[10, 11, 12], [20, 21, 22], [30, 31, 32]]),
]:
    assert isinstance(got, np.ndarray), f"{key}: expected an array, got {type(got).__name__}"
    assert got.shape == (3, 3), f"{key}: expected shape (n, n) = (3, 3), got {got.shape}"
    assert np.allclose(got, expected), f"{key}: expected\n{np.array(expected)}, got\n{got}"


# Property: the entries at [i, j] belong together, and the corners are the limits.
def tilted(points):
    return expit(points[:, :1] - 3 * points[:, 1:])


XX, YY, PP = decision_grid(tilted, (-1.5, 0.5), (2.0, 2.5), 5)
corners = np.array([XX[0, 0], XX[-1, -1], YY[0, 0], YY[-1, -1]])
assert np.allclose(corners, [-1.5, 0.5, 2.0, 2.5]), (
    f"first and last x, first and last y: expected [-1.5 0.5 2.0 2.5], got {corners}"
)
for i, j in [(0, 0), (0, 4), (3, 1), (4, 2)]:
    there = tilted(np.array([[XX[i, j], YY[i, j]]]))[0, 0]
    assert np.isclose(PP[i, j], there), f"PP[{i}, {j}]: expected {there}, got {PP[i, j]}"
print("Exercise 2.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "decision_grid-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.2 (3 points). What they look at:
# - XX, YY and PP for several models, limits and n (2 points);
# - care (1 point): n = 2; limits that are integers; a model that returns labels; calls by
#   argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw04_logistic_regression", "decision_grid", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3 The loss

# %% [markdown] nbgrader={"grade": false, "grade_id": "bce-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.1 ★★ `bce` (4 points)
#
# The model gave the label $y$ the probability $\hat p^{\,y}(1-\hat p)^{1-y}$: that is $\hat p$ where $y=1$ and $1-\hat p$ where $y=0$. The
# **binary cross-entropy** is the mean of its negative logarithms:
#
# $$J=-\frac1m\sum_{i=1}^m\Big[y^{(i)}\log\hat p^{(i)}+\big(1-y^{(i)}\big)\log\big(1-\hat p^{(i)}\big)\Big].$$
#
# One minus, in front of a bracket that holds both terms. The factor is $\frac1m$, and the result is a single float.
#
# **Certain predictions.** Probabilities may be exactly 0 or 1. A prediction that is certain and *right* costs 0. The formula as it
# stands gives `0 * np.log(0)` there, which is nan. A prediction that is certain and *wrong* costs very much: any large number is accepted,
# infinity included. How you do it is up to you. Common ways are to take only the term that counts, or to keep the probabilities a tiny
# bit (1e-12, say) away from 0 and 1. If NumPy warns that it divides by zero in `np.log(0)`, that is fine in this exercise.
#
# **Worked example.** Probabilities 0.5 and 0.9, labels 0 and 1: the losses are $-\log0.5=0.6931$ and $-\log0.9=0.1054$, so $J=0.3993$.
#
# <details><summary>Hint</summary>
#
# Try `np.where(Y == 1, …, …)` for the probability that the model gave to the label that came; it needs one logarithm only. If you prefer the
# formula as it stands, look up `np.clip`. Check every bracket: `-A + B / m` and `-(A + B) / m` are different things.
#
# </details>

# %% exercise="3.1" nbgrader={"grade": false, "grade_id": "bce", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bce(P, Y):
    """Return the binary cross-entropy of probabilities, averaged over the samples.

    P: (m, 1), Y: (m, 1) with labels 0 and 1  ->  float

    >>> round(bce(np.array([[0.5], [0.9]]), np.array([[0], [1]])), 4)
    0.3993
    """
    ### BEGIN SOLUTION
    given = np.where(Y == 1, P, 1 - P)
    with np.errstate(divide="ignore"):
        return float(np.mean(-np.log(given)))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bce-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.1 (1 point)
J = bce(np.array([[0.5], [0.9]]), np.array([[0], [1]]))

assert J is not None, "bce returned None: is a return missing?"
assert np.shape(J) == (), f"expected a single float, got shape {np.shape(J)}"
assert np.isclose(J, 0.39925385), f"worked example: expected 0.3993, got {J}"

# A model that knows nothing costs log 2 for each sample, whatever the labels are.
J = bce(np.full((7, 1), 0.5), rng.integers(0, 2, size=(7, 1)))
assert np.isclose(J, 0.69314718), f"probabilities of one half: expected log 2 = 0.6931, got {J}"

# Property: being confident and wrong is dear, for both labels.
for label in (0, 1):
    Y = np.array([[label]])
    J = bce(1 - np.abs(Y - 0.001), Y)
    assert np.isclose(J, 6.9078, atol=1e-3), f"label {label}, wrong by 0.999: expected 6.908, got {J}"
    J = bce(np.abs(Y - 0.001), Y)
    assert np.isclose(J, 0.0010, atol=1e-5), f"label {label}, wrong by 0.001: expected 0.001, got {J}"

# Property: exp(-m J) is the likelihood, the product of the probabilities of the labels.
P, Y = np.array([[0.2], [0.7], [0.4]]), np.array([[0], [1], [1]])
likelihood = np.exp(-3 * bce(P, Y))
assert np.isclose(likelihood, 0.8 * 0.7 * 0.4), f"likelihood: expected 0.224, got {likelihood}"

# Edge case: certain and right costs nothing, certain and wrong costs very much.
with np.errstate(divide="ignore", invalid="ignore"):
    J = bce(np.array([[0.0], [1.0]]), np.array([[0], [1]]))
    assert np.isclose(J, 0, atol=2e-6), f"certain and right: expected 0, got {J}"
    J = bce(np.array([[0.0]]), np.array([[1]]))
    assert J > 10, f"certain and wrong: expected a large number, got {J}"
print("Exercise 3.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "bce-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.1 (3 points). What they look at:
# - type and value on random probabilities and labels (1 point);
# - certain predictions (1 point): right ones for all samples and for some, as floats and as
#   integers; a wrong one among others;
# - care (1 point): one sample; labels that are all 0 or all 1; calls by argument names; arguments
#   left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw04_logistic_regression", "bce", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "bce_with_logits-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.2 ★★ `bce_with_logits` (4 points)
#
# At a score of 50 the sigmoid is so close to 1 that a float cannot tell the difference: $1-\hat p$ becomes exactly 0, and if the label is 0, the
# loss becomes infinite. Yet the true loss is about 50. The cure is to compute the loss from the score $z$ (the **logit**), before the sigmoid
# loses its digits. Put $\hat p=\sigma(z)$ into the loss of a sample, and it becomes
#
# $$\ell=\log(1+e^z)-zy=\max(z,0)-zy+\log\big(1+e^{-\lvert z\rvert}\big),\qquad J=\frac1m\sum_{i=1}^m\ell^{(i)}.$$
#
# The last form is the one to compute: its exponential never overflows. No probability is needed, and no clipping: a wrong score of 1000 costs
# 1000, not less.
#
# **Worked example.** Scores 0 and 2, labels 0 and 1: the losses are $0-0+\log2=0.6931$ and $2-2+\log(1+e^{-2})=0.1269$, so $J=0.4100$.
# For the score 1000 and the label 0 it is $1000-0+\log(1+e^{-1000})=1000$.
#
# <details><summary>Hint</summary>
#
# `np.maximum` compares entry by entry; `np.max` finds the largest of all entries, which is something else. `np.log1p(u)` is $\log(1+u)$.
# The function `np.logaddexp` can be of use as well.
#
# </details>

# %% exercise="3.2" nbgrader={"grade": false, "grade_id": "bce_with_logits", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bce_with_logits(Z, Y):
    """Return the binary cross-entropy of scores, averaged over the samples.

    Z: (m, 1), Y: (m, 1) with labels 0 and 1  ->  float

    >>> round(bce_with_logits(np.array([[0.0], [2.0]]), np.array([[0], [1]])), 4)
    0.41
    >>> bce_with_logits(np.array([[1000.0]]), np.array([[0]]))
    1000.0
    """
    ### BEGIN SOLUTION
    losses = np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))
    return float(losses.mean())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bce_with_logits-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.2 (1 point)
J = bce_with_logits(np.array([[0.0], [2.0]]), np.array([[0], [1]]))

assert J is not None, "bce_with_logits returned None: is a return missing?"
assert np.shape(J) == (), f"expected a single float, got shape {np.shape(J)}"
assert np.isclose(J, 0.41003760), f"worked example: expected 0.4100, got {J}"

# Property: for moderate scores it is minus the mean log-probability of the labels.
Z, Y = rng.normal(scale=2, size=(8, 1)), rng.integers(0, 2, size=(8, 1))
of_label = np.where(Y == 1, expit(Z), expit(-Z))
J, expected = bce_with_logits(Z, Y), -np.log(of_label).sum() / 8
assert np.isclose(J, expected), f"random scores: expected {expected}, got {J}"

# Property: other labels and scores of the other sign give the same loss.
mirrored = bce_with_logits(-Z, 1 - Y)
assert np.isclose(mirrored, J), f"signs and labels turned: expected {J}, got {mirrored}"

# Edge case: large scores, right and wrong ones. An overflow is an error here.
try:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for z, y, expected in [(1000, 1, 0), (1000, 0, 1000), (-1000, 0, 0), (-50, 1, 50)]:
            J = bce_with_logits(np.array([[float(z)]]), np.array([[y]]))
            assert np.isclose(J, expected), f"score {z}, label {y}: expected {expected}, got {J}"
except FloatingPointError as error:
    raise AssertionError(f"at a score of {z} NumPy says: {error}") from error
print("Exercise 3.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "bce_with_logits-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.2 (3 points). What they look at:
# - type and value on random scores and labels (1 point);
# - large scores (1 point): about 1000 and about -1000, right and wrong; about 50 and wrong;
# - care (1 point): one sample; integer arrays; no warnings; calls by argument names; arguments left
#   unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw04_logistic_regression", "bce_with_logits", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 4 Training

# %% [markdown] nbgrader={"grade": false, "grade_id": "logistic_gradients-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.1 ★★ `logistic_gradients` (4 points)
#
# In the gradient of the binary cross-entropy the derivative of the sigmoid cancels, and what remains has the same form as
# for linear regression. Only the prediction is another one, $P=\sigma(XW+b)$:
#
# $$\frac{\partial J}{\partial W}=\frac1mX^\top(P-Y),\qquad
# \frac{\partial J}{\partial b}=\frac1m\sum_{i=1}^m\big(\hat p^{(i)}-y^{(i)}\big).$$
#
# A gradient has the shape of its parameter: return `dW (n, 1)` and `db (1,)`, in this order.
#
# **Worked example.** $X=(1,2,3)^\top$, $Y=(0,1,1)^\top$, $W=0$, $b=0$. All probabilities are 0.5, so the residuals $\hat p-y$ are
# 0.5, −0.5, −0.5. Then $dW=\frac13(1\cdot0.5-2\cdot0.5-3\cdot0.5)=-\frac23$ and $db=\frac13(0.5-0.5-0.5)=-\frac16$.
#
# <details><summary>Hint</summary>
#
# Compute the residuals once and keep them a column, shape (m, 1). A *flat* array of probabilities minus a *column* of labels is a table of shape
# (m, m), and NumPy does not complain. For `db`, the samples are axis 0.
#
# </details>

# %% exercise="4.1" nbgrader={"grade": false, "grade_id": "logistic_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def logistic_gradients(X, Y, W, b):
    """Return the gradients of the binary cross-entropy of a logistic model.

    X: (m, n), Y: (m, 1), W: (n, 1), b: (1,)  ->  dW (n, 1), db (1,)

    >>> X, Y = np.array([[1.0], [2.0], [3.0]]), np.array([[0], [1], [1]])
    >>> dW, db = logistic_gradients(X, Y, np.zeros((1, 1)), np.zeros(1))
    >>> dW.round(4), db.round(4)
    (array([[-0.6667]]), array([-0.1667]))
    """
    ### BEGIN SOLUTION
    residuals = expit(X @ W + b) - Y
    return X.T @ residuals / len(X), residuals.mean(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "logistic_gradients-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.1 (1 point)
X, Y = np.array([[1.0], [2.0], [3.0]]), np.array([[0], [1], [1]])
result = logistic_gradients(X, Y, np.zeros((1, 1)), np.zeros(1))

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two things, dW and db, got {result!r}"
)
dW, db = result
assert isinstance(dW, np.ndarray), f"dW: expected an array, got {type(dW).__name__}"
assert isinstance(db, np.ndarray), f"db: expected an array, got {type(db).__name__}"
assert dW.shape == (1, 1), f"dW: expected the shape of W, (1, 1), got {dW.shape}"
assert db.shape == (1,), f"db: expected the shape of b, (1,), got {db.shape}"
assert np.allclose(dW, -2 / 3), f"dW of the worked example: expected -0.6667, got {dW}"
assert np.allclose(db, -1 / 6), f"db of the worked example: expected -0.1667, got {db}"


# Property: the gradient agrees with central differences, (J(w + h) - J(w - h)) / 2h.
def J(w, c):
    """The objective of the worked example, written out: three samples, one weight."""
    label_0, label_1 = expit(-(1 * w + c)), expit(2 * w + c) * expit(3 * w + c)
    return -(np.log(label_0) + np.log(label_1)) / 3


h = 1e-5
for w, c in rng.normal(size=(5, 2)):
    dW, db = logistic_gradients(X, Y, np.array([[w]]), np.array([c]))
    slope_w = (J(w + h, c) - J(w - h, c)) / (2 * h)
    slope_b = (J(w, c + h) - J(w, c - h)) / (2 * h)
    assert np.allclose(dW, slope_w, atol=1e-7), f"dW: expected {slope_w:.6f}, got {dW}"
    assert np.allclose(db, slope_b, atol=1e-7), f"db: expected {slope_b:.6f}, got {db}"

# Property: the gradients of a batch are the means of the gradients of its samples.
X, Y = rng.normal(size=(6, 3)), rng.integers(0, 2, size=(6, 1))
W, b = rng.normal(size=(3, 1)), rng.normal(size=1)
dW, db = logistic_gradients(X, Y, W, b)
assert np.shape(dW) == (3, 1), f"dW: expected the shape of W, (3, 1), got {np.shape(dW)}"
assert np.shape(db) == (1,), f"db: expected the shape of b, (1,), got {np.shape(db)}"
single = [logistic_gradients(X[i : i + 1], Y[i : i + 1], W, b) for i in range(6)]
mean_dW, mean_db = np.mean([s[0] for s in single], axis=0), np.mean([s[1] for s in single], axis=0)
assert np.allclose(dW, mean_dW), f"dW of all:\n{dW}\nmean over the samples:\n{mean_dW}"
assert np.allclose(db, mean_db), f"db of all: {db}, mean over the samples: {mean_db}"

# Edge case: where the model is sure and right, nothing pulls at the parameters.
sure = np.array([[40.0], [-40.0]])
dW, db = logistic_gradients(sure, np.array([[1], [0]]), np.ones((1, 1)), np.zeros(1))
assert np.allclose(dW, 0) and np.allclose(db, 0), f"sure and right: expected 0, got {dW}, {db}"
print("Exercise 4.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "logistic_gradients-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.1 (3 points). What they look at:
# - shapes and values of dW and db on random data with several m and n (2 points);
# - care (1 point): one sample; scores of about 1000 and of about -1000, without a warning; integer
#   arrays; labels 0.0 and 1.0; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw04_logistic_regression", "logistic_gradients", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "fit_logistic-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.2 ★★★ `fit_logistic` (4 points)
#
# Now train the model by gradient descent. Start from $W=0$ and $b=0$, as floats. In each of `n_steps` steps, over all samples at once:
#
# 1. note the loss $J$ at the present parameters, *before* they change;
# 2. compute both gradients at the present parameters;
# 3. update both, $W\leftarrow W-\alpha\,\partial J/\partial W$ and $b\leftarrow b-\alpha\,\partial J/\partial b$, where α is `lr`.
#
# Return `W (n, 1)` and `b (1,)` after the last step, and `history (n_steps,)`, the noted losses; a list of floats is as good as an array here. The first loss is
# always $\log2=0.6931$, because all probabilities are one half at the start. Take all `n_steps` steps, also if nothing changes any more.
#
# The loss has to stay right where scores become huge (features in the thousands are enough): compute it from the scores, as in Exercise 3.2, not from
# probabilities.
#
# **Worked example.** $X=(0,2)^\top$, $Y=(0,1)^\top$, α = 1, two steps.
#
# | step | $W$ | $b$ | scores | $J$ | residuals | $dW$ | $db$ |
# |---|---|---|---|---|---|---|---|
# | 1 | 0 | 0 | 0, 0 | 0.6931 | 0.5, −0.5 | −0.5 | 0 |
# | 2 | 0.5 | 0 | 0, 1 | 0.5032 | 0.5, −0.2689 | −0.2689 | 0.1155 |
# | result | 0.7689 | −0.1155 | | | | | |
#
# <details><summary>Hint</summary>
#
# The scores `Z` of a step serve the loss and the gradients. If `W` changes before the gradient of `b` is computed, `b` moves by a gradient that
# belongs to other parameters. You may call your own `bce_with_logits` and `logistic_gradients`; if they are wrong, this exercise is wrong, too, so
# make their tests pass first.
#
# </details>

# %% exercise="4.2" nbgrader={"grade": false, "grade_id": "fit_logistic", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_logistic(X, Y, lr, n_steps):
    """Fit a logistic model by gradient descent from zeros.

    X: (m, n), Y: (m, 1), lr: float, n_steps: int
    ->  W (n, 1), b (1,), history (n_steps,), the loss before each step

    >>> X, Y = np.array([[0.0], [2.0]]), np.array([[0], [1]])
    >>> W, b, history = fit_logistic(X, Y, lr=1.0, n_steps=2)
    >>> W.round(4), b.round(4), np.round(history, 4)
    (array([[0.7689]]), array([-0.1155]), array([0.6931, 0.5032]))
    """
    ### BEGIN SOLUTION
    W, b = np.zeros((X.shape[1], 1)), np.zeros(1)
    losses = []
    for _ in range(n_steps):
        Z = X @ W + b
        losses.append((np.logaddexp(0, Z) - Z * Y).mean())
        residuals = expit(Z) - Y
        W = W - lr * X.T @ residuals / len(X)
        b = b - lr * residuals.mean(axis=0)
    return W, b, np.array(losses)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fit_logistic-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.2 (1 point)
X, Y = np.array([[0.0], [2.0]]), np.array([[0], [1]])
result = fit_logistic(X, Y, lr=1.0, n_steps=2)

assert isinstance(result, (tuple, list)) and len(result) == 3, (
    f"expected three things, W, b and history, got {result!r}"
)
W, b, history = result
assert isinstance(W, np.ndarray), f"W: expected an array, got {type(W).__name__}"
assert isinstance(b, np.ndarray), f"b: expected an array, got {type(b).__name__}"
assert W.shape == (1, 1), f"W: expected shape (n, 1) = (1, 1), got {W.shape}"
assert b.shape == (1,), f"b: expected shape (1,), got {b.shape}"
assert np.shape(history) == (2,), f"history: expected shape (n_steps,) = (2,), got {np.shape(history)}"
assert np.allclose(history, [0.69314718, 0.50320443]), (
    f"history of the worked example: expected [0.6931 0.5032], got {np.round(history, 4)}"
)
assert np.allclose(W, 0.76894142), f"W of the worked example: expected 0.7689, got {W}"
assert np.allclose(b, -0.11552929), f"b of the worked example: expected -0.1155, got {b}"

# Property: n steps are the first n of more steps.
X, Y = rng.normal(size=(60, 2)), rng.integers(0, 2, size=(60, 1))
X = X + Y / 2  # the classes overlap
W, b, history = fit_logistic(X, Y, 0.5, 200)
first, shorter = np.round(history[:5], 6), np.round(fit_logistic(X, Y, 0.5, 5)[2], 6)
assert np.allclose(first, shorter), f"5 steps: expected the first 5 of 200, {first}, got {shorter}"

# Property: with a small enough learning rate the loss falls in every step, until all that is
# left to gain is lost in rounding.
for k in range(30):
    assert history[k + 1] < history[k], (
        f"the loss should fall in the first steps; in step {k + 1} it went from {history[k]:.6f} to {history[k + 1]:.6f}"
    )

# Property: at the best bias, the mean probability is the share of ones.
W, b, history = fit_logistic(X, Y, 0.5, 2000)
mean_p, share = expit(X.dot(W) + b).mean(), Y.mean()
assert np.isclose(mean_p, share, atol=1e-4), (
    f"mean probability: expected the share of ones, {share:.6f}, got {mean_p:.6f}"
)

# Edge case: nothing to learn from; there are n_steps losses all the same.
_, _, history = fit_logistic(np.zeros((2, 1)), np.array([[0], [1]]), 0.5, 20)
assert len(history) == 20, f"features of zeros: expected n_steps = 20 losses, got {len(history)}"

# Edge case: features in thousands. Two samples are alike and have different labels, so the
# loss is large; it is neither nan nor infinite.
X, Y = np.array([[1000.0], [1000.0], [3000.0]]), np.array([[0], [1], [0]])
try:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        _, _, history = fit_logistic(X, Y, 1.0, 3)
except FloatingPointError as error:
    raise AssertionError(f"with features in thousands NumPy says: {error}") from error
expected = np.array([0.69314718, 166666.72222222, 55555.5])
assert np.allclose(history, expected), f"features in thousands: expected\n{expected}, got\n{np.array(history)}"
print("Exercise 4.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "fit_logistic-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.2 (3 points). What they look at:
# - W, b and history on random data with several m, n, learning rates and numbers of steps (2 points);
# - care (1 point): one sample; a single step; steps after which nothing changes; features in the
#   thousands; integer arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw04_logistic_regression", "fit_logistic", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 5 All together: two species of iris (not graded)
#
# *Iris versicolor* and *Iris virginica*, 50 flowers each, measured by Edgar Anderson and made famous by Ronald Fisher (1936). Two measurements are enough for a picture:
# length and width of the petals. No line separates the two species. Your `fit_logistic` finds a good one, your `decision_grid` asks your `predict_proba` at
# every point, and your `predict_label` decides. (Both features are standardized first: mean 0, standard deviation 1.)
#
# Before you run the cell, predict: the threshold 0.8 answers *virginica* only when the model is rather sure. Which kind of mistake becomes
# rarer than with 0.5, and which more frequent?

# %%
from sklearn.datasets import load_iris

iris = load_iris()
chosen = iris.target > 0
X = iris.data[chosen][:, 2:]
X = (X - X.mean(axis=0)) / X.std(axis=0)
Y = (iris.target[chosen] == 2).astype(int)[:, np.newaxis]

try:
    W, b, history = fit_logistic(X, Y, lr=1.0, n_steps=500)
    P = predict_proba(X, W, b)
    grid = decision_grid(lambda points: predict_proba(points, W, b), (-2.5, 2.5), (-2.5, 2.5), 100)
    print(f"loss: {history[0]:.3f} at first, {bce(P, Y):.3f} at last")
    for t in (0.2, 0.5, 0.8):
        labels = predict_label(P, t)
        false_1, false_0 = np.sum((labels == 1) & (Y == 0)), np.sum((labels == 0) & (Y == 1))
        print(f"threshold {t}: {false_1} wrong virginica, {false_0} wrong versicolor")

    fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
    left.plot(history)
    left.set(xlabel="step", ylabel="binary cross-entropy", title="The loss falls in every step")
    shades = right.contourf(*grid, levels=np.linspace(0, 1, 11), cmap="PuOr_r", alpha=0.6)
    fig.colorbar(shades, label="estimated probability of virginica")
    right.contour(*grid, levels=[0.5], colors="black")
    for label, marker, species in [(0, "o", "versicolor"), (1, "^", "virginica")]:
        flowers = X[Y[:, 0] == label]
        right.plot(*flowers.T, marker, markeredgecolor="white", label=species)
    right.set(xlabel="petal length", ylabel="petal width", title="The boundary is a line")
    right.legend(loc="lower right")
    plt.show()
except NotImplementedError as error:
    print(f"This picture waits for {error}.")

# %% [markdown]
# What you should see: a loss that falls from 0.693 to about 0.10, and a black line between the species, with the probability rising from one side to the other.
# With the threshold 0.5 there are 3 mistakes of either kind. With 0.8 no versicolor is called virginica any more, but 6 virginica are called versicolor;
# with 0.2 it is 5 and 1. The share of right answers is 0.94 for each of the three thresholds: which of them is best depends on what the mistakes cost.
#
# The third species, *setosa*, can be separated from the other two by a line. Then there is no best fit: twice the weights describe the same
# line and make every right prediction still more certain. Watch the length of W while the loss goes to 0.

# %%
X = iris.data[:, 2:]
X = (X - X.mean(axis=0)) / X.std(axis=0)
Y = (iris.target == 0).astype(int)[:, np.newaxis]

try:
    for n_steps in (100, 1000, 10_000):
        W, b, history = fit_logistic(X, Y, lr=1.0, n_steps=n_steps)
        print(f"{n_steps:6d} steps: length of W {np.linalg.norm(W):5.2f}, loss {history[-1]:.5f}")
except NotImplementedError as error:
    print(f"These numbers wait for {error}.")

# %% [markdown]
# What you should see: the length grows from 3.7 to 6.2 to 9.3, so by 2.5 and then by 3.1, each time for ten times the steps, and it
# never stops. A penalty on large weights ends this growth; homework 6 adds one.
#
# **Before you hand in:** restart the kernel, run all cells, save as `hw04_logistic_regression_solved.ipynb`. The feedback will tell you, exercise by exercise,
# what was right, and where something was not, the smallest example on which it shows.
