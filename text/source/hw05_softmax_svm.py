# %% [markdown] nbgrader={"grade": false, "grade_id": "introduction", "locked": true, "schema_version": 3, "solution": false, "task": false}
# # Homework 5: more than two classes
#
# You write the nine functions that turn the ideas of lecture 6 into code: the class with the highest score, the hinge loss with its
# squared version and its gradient, the softmax with its loss, gradients and training, and a loss for labels that do not
# exclude each other. At the end they read handwritten digits.
#
# | Homework 5 | at a glance |
# |---|---|
# | **Needs** | Lecture 6, *More than two classes: hinge loss and softmax*, and lectures 1 to 5 |
# | **Time** | 4 to 5 hours |
# | **Points** | 30: 9 for the visible tests, 21 for the hidden ones |
# | **Hand in** | this one notebook, saved as `hw05_softmax_svm_solved.ipynb` |
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
# Where a float is asked for, a NumPy float is as good; where an array is asked for, a list is not. Inputs may be arrays of
# integers. Calls by argument name work, so keep the names. NumPy should not have to warn (of an overflow, of the log of 0, of an invalid value).
# The points for values come first: with wrong values there are none for care. If a function is right but careless in special
# cases, it earns the points for values, and the feedback says why.
#
# **No exercise needs another one.** Each can be solved in its own cell, and then a mistake in one costs nothing in the next. You may call
# your own functions of earlier exercises instead; then a mistake in one of them shows in the other as well.
#
# **Honesty.** Discuss ideas with anyone; write the code yourself. If an AI assistant helped, say where and how in a comment.
# You are ready to hand in when you could explain every line to a friend.
#
# **Notation.** A row of `X (m, n)` is a sample, and a row of `S (m, K)` holds its scores, one for each of K ≥ 2 classes.
# `y (m,)` holds the true classes as integers from 0 to K−1; `Y (m, K)` holds the same as rows with a single 1. The weights
# are `W (n, K)`, the bias is `b (K,)`, the probabilities are `P (m, K)`. m and n may be 1, but the number of axes never changes.
# $S_{ik}$ is the entry of S in row i and column k, and $y^{(i)}$ is entry i of y, so $S_{i,y^{(i)}}$ is the score of the true class of sample i.
# The log is the natural one, `np.log`.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import os
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(5)

name = Path(os.environ.get("JPY_SESSION_NAME", "")).name
if name and name != "hw05_softmax_svm_solved.ipynb":
    print(f"This notebook is called {name}.")
    print("Save it as hw05_softmax_svm_solved.ipynb to hand it in.")


# %% [markdown]
# ## 1 From scores to a class

# %% [markdown] nbgrader={"grade": false, "grade_id": "predict_class-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.1 ★ `predict_class` (3 points)
#
# A linear classifier gives each sample one score for each class, and predicts the class with the highest score:
#
# $$S=XW+b,\qquad \hat y^{(i)}=\arg\max_k\,S_{ik},\qquad X:(m,n),\quad W:(n,K),\quad b:(K,),\quad \hat y:(m,).$$
#
# The result is a flat array of **integers**, since a class is often used as an index. Ties for the highest score are not tested.
#
# **Worked example.** Two samples, two features, three classes:
#
# $$\begin{pmatrix}1&2\\3&1\end{pmatrix}\begin{pmatrix}1&0&0\\0&1&0\end{pmatrix}+(0,\;0.5,\;2)
# =\begin{pmatrix}1&2.5&2\\3&1.5&2\end{pmatrix},\qquad \hat y=(1,\;0).$$
#
# <details><summary>Hint</summary>
#
# `np.argmax` gives a position; `np.max` gives the value that stands there. Its `axis` is the one that *disappears*: a row
# holds the K scores of one sample, and of each row one number remains.
#
# </details>

# %% exercise="1.1" nbgrader={"grade": false, "grade_id": "predict_class", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict_class(X, W, b):
    """Return the class with the highest score for each sample.

    X: (m, n), W: (n, K), b: (K,)  ->  array of int (m,)

    >>> X, W = np.array([[1, 2], [3, 1]]), np.array([[1, 0, 0], [0, 1, 0]])
    >>> predict_class(X, W, np.array([0, 0.5, 2]))
    array([1, 0])
    """
    ### BEGIN SOLUTION
    return np.argmax(X @ W + b, axis=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "predict_class-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.1 (1 point)
X, W = np.array([[1, 2], [3, 1]]), np.array([[1, 0, 0], [0, 1, 0]])
b = np.array([0, 0.5, 2])
y_hat = predict_class(X, W, b)

assert y_hat is not None, "predict_class returned None: is a return missing?"
assert isinstance(y_hat, np.ndarray), f"expected an array, got {type(y_hat).__name__}"
assert y_hat.shape == (2,), f"expected shape (m,) = (2,), got {y_hat.shape}"
assert y_hat.dtype.kind in "iu", f"expected integers, got values of type {y_hat.dtype}"
assert list(y_hat) == [1, 0], f"worked example: expected [1 0], got {y_hat}"

# Property: to raise all scores of all samples by the same amount changes no decision.
X, W, b = rng.normal(size=(8, 3)), rng.normal(size=(3, 4)), rng.normal(size=4)
before, after = predict_class(X, W, b), predict_class(X, W, b + 7)
assert np.array_equal(before, after), f"all scores raised by 7: {before} became {after}"

# Property: without weights the class with the largest bias wins for every sample.
y_hat = predict_class(X, np.zeros((3, 4)), np.array([-3, -1, -2, -4]))
assert list(y_hat) == [1] * 8, f"b = (-3, -1, -2, -4) and W = 0: expected all 1, got {y_hat}"

# Edge case: one sample gives an array with one entry.
y_hat = predict_class(X[:1], W, b)
assert np.shape(y_hat) == (1,), f"one sample: expected shape (1,), got {np.shape(y_hat)}"
print("Exercise 1.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "predict_class-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.1 (2 points). What they look at:
# - classes on random data with several m, n and K (1 point);
# - care (1 point): the result holds integers; one sample; two classes; all scores negative;
#   integer arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw05_softmax_svm", "predict_class", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 2 The hinge loss

# %% [markdown] nbgrader={"grade": false, "grade_id": "hinge_loss-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.1 ★★ `hinge_loss` (3 points)
#
# The multiclass hinge loss is content with a sample when the true score leads every other score by a **margin** Δ (`delta`, usually 1). The
# other classes are its **rivals**. A rival that comes closer violates the margin, and costs the amount by which the lead over it falls short of Δ:
#
# $$\ell^{(i)}=\sum_{j\ne y^{(i)}}\max(0,\;S_{ij}-S_{i,y^{(i)}}+\Delta),\qquad S:(m,K),\quad y:(m,),\quad \ell:(m,).$$
#
# The sum leaves out the true class, $j=y^{(i)}$. Return the loss of **each sample**, not averaged.
#
# **Worked example.** Three pictures, of a cat, a car and a frog; the classes are 0 = cat, 1 = car, 2 = frog, and Δ = 1.
#
# | picture | cat score | car score | frog score | loss |
# |---|---|---|---|---|
# | cat | **3.2** | 5.1 | −1.7 | max(0, 5.1 − 3.2 + 1) + max(0, −1.7 − 3.2 + 1) = 2.9 + 0 = 2.9 |
# | car | 1.3 | **4.9** | 2.0 | max(0, 1.3 − 4.9 + 1) + max(0, 2.0 − 4.9 + 1) = 0 + 0 = 0 |
# | frog | 2.2 | 2.5 | **−3.1** | max(0, 2.2 + 3.1 + 1) + max(0, 2.5 + 3.1 + 1) = 6.3 + 6.6 = 12.9 |
#
# The mean of the three is 5.2667.
#
# <details><summary>Hint</summary>
#
# Two loops with `if j != y[i]` are fine. Without loops: `S[np.arange(m), y]` pairs each row with its own class and gives the m true
# scores. Make them a column (`[:, None]`), so that they are subtracted from *rows*. Then deal with the true class, whose term would be Δ.
#
# </details>

# %% exercise="2.1" nbgrader={"grade": false, "grade_id": "hinge_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def hinge_loss(S, y, delta=1.0):
    """Return the multiclass hinge loss of each sample.

    S: (m, K), y: (m,) int, delta: float  ->  array (m,)

    >>> hinge_loss(np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0]]), np.array([0, 1]))
    array([2.9, 0. ])
    """
    ### BEGIN SOLUTION
    rows = np.arange(len(S))
    terms = np.maximum(0, S - S[rows, y][:, None] + delta)
    terms[rows, y] = 0
    return terms.sum(axis=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "hinge_loss-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.1 (1 point)
S = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
y = np.array([0, 1, 2])
losses = hinge_loss(S, y)

assert losses is not None, "hinge_loss returned None: is a return missing?"
assert isinstance(losses, np.ndarray), f"expected an array, got {type(losses).__name__}"
assert losses.shape == (3,), f"expected one loss a sample, shape (3,), got {losses.shape}"
assert np.allclose(losses, [2.9, 0, 12.9], atol=1e-5), (
    f"worked example: expected [2.9 0 12.9], got {losses}"
)

# Another margin. With delta = 3 the frog is too close to the car: 2.0 - 4.9 + 3 = 0.1.
losses = hinge_loss(S, y, 3)
assert np.allclose(losses, [4.9, 0.1, 16.9], atol=1e-5), (
    f"delta = 3: expected [4.9 0.1 16.9], got {losses}"
)

# Property: equal scores violate the margin by delta for each of the K - 1 rivals.
losses = hinge_loss(np.full((2, 10), 0.25), np.array([3, 7]))
assert np.allclose(losses, 9), f"ten equal scores: expected [9 9], got {losses}"

# Property: the losses of the samples do not depend on each other.
S, y = rng.normal(size=(6, 4)), np.array([0, 3, 1, 2, 2, 0])
alone = np.concatenate([hinge_loss(S[i : i + 1], y[i : i + 1]) for i in range(6)])
together = hinge_loss(S, y)
assert np.allclose(together, alone, atol=1e-5), f"all at once: {together}\none by one: {alone}"

# Edge case: scores that lead by more than the margin cost nothing, and earn nothing back.
losses = hinge_loss(np.array([[9, 0], [-5, 3]]), np.array([0, 1]))
assert np.allclose(losses, 0), f"all margins met: expected [0 0], got {losses}"
print("Exercise 2.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "hinge_loss-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.1 (2 points). What they look at:
# - shape and values on random scores with several m and K, two classes as well (1 point);
# - care (1 point): other margins; one sample; all margins met; equal scores; scores of
#   several thousand; integer scores; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw05_softmax_svm", "hinge_loss", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "squared_hinge_loss-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.2 ★ `squared_hinge_loss` (3 points)
#
# Square each term of the sum, and you get another loss, one that minds large violations more and tiny ones less:
#
# $$\ell^{(i)}=\sum_{j\ne y^{(i)}}\max(0,\;S_{ij}-S_{i,y^{(i)}}+\Delta)^2,\qquad S:(m,K),\quad y:(m,),\quad \ell:(m,).$$
#
# It is the square of each *term*, after the maximum. Again return one loss for each sample, not averaged, and without a factor one half.
#
# **Worked example.** The three pictures again. Their terms were 2.9 and 0; 0 and 0; 6.3 and 6.6. So the losses are
# $2.9^2=8.41$, then 0, and $6.3^2+6.6^2=39.69+43.56=83.25$; the mean is 30.5533.
#
# <details><summary>Hint</summary>
#
# You may start from your code of Exercise 2.1, but not from its *result*: the terms are added up there already, and the square
# of a sum is not the sum of the squares.
#
# </details>

# %% exercise="2.2" nbgrader={"grade": false, "grade_id": "squared_hinge_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def squared_hinge_loss(S, y, delta=1.0):
    """Return the squared multiclass hinge loss of each sample.

    S: (m, K), y: (m,) int, delta: float  ->  array (m,)

    >>> squared_hinge_loss(np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0]]), np.array([0, 1]))
    array([8.41, 0.  ])
    """
    ### BEGIN SOLUTION
    rows = np.arange(len(S))
    terms = np.maximum(0, S - S[rows, y][:, None] + delta)
    terms[rows, y] = 0
    return np.square(terms).sum(axis=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "squared_hinge_loss-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.2 (1 point)
S = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
y = np.array([0, 1, 2])
losses = squared_hinge_loss(S, y)

assert losses is not None, "squared_hinge_loss returned None: is a return missing?"
assert isinstance(losses, np.ndarray), f"expected an array, got {type(losses).__name__}"
assert losses.shape == (3,), f"expected one loss a sample, shape (3,), got {losses.shape}"
assert np.allclose(losses, [8.41, 0, 83.25], rtol=1e-4), (
    f"worked example: expected [8.41 0 83.25], got {losses}"
)

# Another margin: 3.9 ** 2 + 0; 0 + 0.1 ** 2; 7.3 ** 2 + 7.6 ** 2 with delta = 2, 3, 2.
losses = [squared_hinge_loss(S[i : i + 1], y[i : i + 1], d)[0] for i, d in enumerate([2, 3, 2])]
losses = np.array(losses)
assert np.allclose(losses, [15.21, 0.01, 111.05], rtol=1e-4), (
    f"delta = 2, 3, 2: expected [15.21 0.01 111.05], got {losses}"
)

# Property: all scores and the margin multiplied by 3 make the loss 9 times as large.
S, y = rng.normal(size=(6, 4)), np.array([0, 3, 1, 2, 2, 0])
once, thrice = squared_hinge_loss(S, y, 0.5), squared_hinge_loss(3 * S, y, 1.5)
assert np.allclose(thrice, 9 * once, rtol=1e-4), f"expected {9 * once}, got {thrice}"

# Property: equal scores cost delta squared for each of the K - 1 rivals.
losses = squared_hinge_loss(np.full((2, 4), 0.25), np.array([3, 0]), 2.0)
assert np.allclose(losses, 12), f"four equal scores, delta = 2: expected [12 12], got {losses}"

# Edge case: margins that are met cost nothing, however large the lead is.
losses = squared_hinge_loss(np.array([[9, 0], [-5, 3]]), np.array([0, 1]))
assert np.allclose(losses, 0), f"all margins met: expected [0 0], got {losses}"
print("Exercise 2.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "squared_hinge_loss-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.2 (2 points). What they look at:
# - shape and values on random scores with several m and K, two classes as well (1 point);
# - care (1 point): other margins; one sample; all margins met; equal scores; scores of
#   several thousand; integer scores; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw05_softmax_svm", "squared_hinge_loss", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "hinge_gradient-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.3 ★★ `hinge_gradient` (4 points)
#
# To train with the hinge loss, gradient descent asks how the mean loss $J=\frac1m\sum_i\ell^{(i)}$ changes with each score. The score of a rival
# that violates the margin (an *active* one in lecture 6) has slope 1, that of any other rival slope 0. The true score stands with a minus
# in the term of every rival, so each active rival adds −1 to its slope:
#
# $$\frac{\partial\ell^{(i)}}{\partial S_{ij}}=\begin{cases}1&\text{if } S_{ij}-S_{i,y^{(i)}}+\Delta>0\\0&\text{otherwise}\end{cases}\quad(j\ne y^{(i)}),\qquad
# \frac{\partial\ell^{(i)}}{\partial S_{i,y^{(i)}}}=-(\text{number of active rivals of sample } i).$$
#
# Return $\partial J/\partial S$, so **divide by m**: `dS (m, K)`, the shape of S. Scores that lie exactly on the kink, where a margin is just met,
# are not tested.
#
# **Worked example.** Two samples, Δ = 1. Scores (3, 5, −2) with the true class 0: class 1 violates its margin (5 − 3 + 1 = 3), class 2 does
# not (−4). Scores (2, 2.5, −3) with the true class 2: both others do (6 and 6.5). With m = 2:
#
# $$dS=\frac12\begin{pmatrix}-1&1&0\\1&1&-2\end{pmatrix}=\begin{pmatrix}-0.5&0.5&0\\0.5&0.5&-1\end{pmatrix}.$$
#
# <details><summary>Hint</summary>
#
# A comparison gives an array of truth values; `.astype(float)` turns it into zeros and ones. The true class is no rival of itself: is its entry
# 0 before you count? How many ones are in each row then, and where does minus that number go? Each row of the result adds up to 0.
#
# </details>

# %% exercise="2.3" nbgrader={"grade": false, "grade_id": "hinge_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def hinge_gradient(S, y, delta=1.0):
    """Return the gradient of the mean hinge loss for the scores.

    S: (m, K), y: (m,) int, delta: float  ->  dS (m, K)

    >>> hinge_gradient(np.array([[3, 5, -2], [2, 2.5, -3]]), np.array([0, 2]))
    array([[-0.5,  0.5,  0. ],
           [ 0.5,  0.5, -1. ]])
    """
    ### BEGIN SOLUTION
    rows = np.arange(len(S))
    dS = (S - S[rows, y][:, None] + delta > 0).astype(float)
    dS[rows, y] = 0
    dS[rows, y] = -dS.sum(axis=1)
    return dS / len(S)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "hinge_gradient-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.3 (1 point)
S, y = np.array([[3, 5, -2], [2, 2.5, -3]]), np.array([0, 2])
dS = hinge_gradient(S, y)

assert dS is not None, "hinge_gradient returned None: is a return missing?"
assert isinstance(dS, np.ndarray), f"expected an array, got {type(dS).__name__}"
assert dS.shape == (2, 3), f"expected the shape of S, (2, 3), got {dS.shape}"
assert dS.dtype.kind == "f", f"expected floats, got values of type {dS.dtype}"
expected = np.array([[-0.5, 0.5, 0], [0.5, 0.5, -1]])
assert np.allclose(dS, expected), f"worked example: expected\n{expected}, got\n{dS}"


# Property: the gradient agrees with central differences, (J(s + h) - J(s - h)) / 2h.
def J(s):
    """The hinge loss of one sample of class 1, written out: four classes, delta = 1."""
    return max(0, s[0] - s[1] + 1) + max(0, s[2] - s[1] + 1) + max(0, s[3] - s[1] + 1)


h = 1e-5
# No margin is just met: there the loss has a kink, and no slope.
for s in rng.integers(-3, 4, size=(5, 4)) + [0.2, 0, 0.4, 0.6]:
    dS = hinge_gradient(s[None], np.array([1]))
    slopes = [(J(s + h * unit) - J(s - h * unit)) / (2 * h) for unit in np.eye(4)]
    assert np.allclose(dS, [slopes], atol=1e-6), f"dS = {dS}, central differences {slopes}"

# Property: raising all scores of a sample changes nothing, so each row adds up to 0.
S, y = rng.normal(size=(6, 4)), np.array([0, 3, 1, 2, 2, 0])
sums = hinge_gradient(S, y).sum(axis=1)
assert np.allclose(sums, 0, atol=1e-6), f"row sums: expected zeros, got {sums}"

# Edge case: where all margins are met nothing pulls. A larger margin may still be violated.
S, y = np.array([[9, 0], [-5, 3]]), np.array([0, 1])
assert np.allclose(hinge_gradient(S, y), 0), f"expected zeros, got\n{hinge_gradient(S, y)}"
wider = hinge_gradient(S, y, 8.5)
assert np.allclose(wider, [[0, 0], [0.5, -0.5]]), f"delta = 8.5: second row only, got\n{wider}"
print("Exercise 2.3: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "hinge_gradient-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.3 (3 points). What they look at:
# - shape and values on random scores with several m and K, two classes as well (2 points);
# - care (1 point): other margins; one sample; all margins met; equal scores; scores of
#   several thousand; integer scores; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw05_softmax_svm", "hinge_gradient", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3 Softmax and cross-entropy

# %% [markdown] nbgrader={"grade": false, "grade_id": "softmax-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.1 ★★ `softmax` (3 points)
#
# The softmax turns the scores of a sample into probabilities: exponentials make them positive, and division makes them add up to 1.
#
# $$P_{ik}=\frac{e^{S_{ik}}}{\sum_{j}e^{S_{ij}}},\qquad S:(m,K),\quad P:(m,K).$$
#
# Typed in as it stands this breaks at scores of 1000, because $e^{1000}$ is larger than any float. But to add the same number to all scores of a
# row multiplies numerator and denominator by the same factor, and changes nothing. So first subtract a number that makes
# all exponentials harmless, for each row its own. (That some of them are rounded down to 0 then is fine.)
#
# **Worked example.** Scores (0, log 3): the exponentials are 1 and 3, so P = (0.25, 0.75). Scores (1000, 1000 + log 3) give
# the same, and so do scores (−1000, −1000 + log 3).
#
# <details><summary>Hint</summary>
#
# `np.exp` of 0 or less never overflows. Which number makes the largest score of a row 0? With `keepdims=True` a maximum or a sum over
# `axis=1` keeps the shape (m, 1), which fits under each row.
#
# </details>

# %% exercise="3.1" nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(S):
    """Return the probabilities of the classes, which add up to 1 in each row.

    S: (m, K)  ->  P (m, K)

    >>> softmax(np.array([[0, np.log(3)], [1000, 1000]]))
    array([[0.25, 0.75],
           [0.5 , 0.5 ]])
    """
    ### BEGIN SOLUTION
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.1 (1 point)
P = softmax(np.array([[0, np.log(3)]]))

assert P is not None, "softmax returned None: is a return missing?"
assert isinstance(P, np.ndarray), f"expected an array, got {type(P).__name__}"
assert P.shape == (1, 2), f"expected the shape of S, (1, 2), got {P.shape}"
assert np.allclose(P, [[0.25, 0.75]]), f"worked example: expected [[0.25 0.75]], got {P}"

# The three pictures. For the cat: exponentials 24.53, 164.02 and 0.18, with the sum 188.74.
S = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
P = softmax(S)
cat = np.array([0.1300, 0.8690, 0.0010])
assert np.shape(P) == (3, 3), f"expected shape (3, 3), got {np.shape(P)}"
assert np.allclose(P[0], cat, atol=1e-4), f"cat picture: expected {cat}, got {P[0]}"

# Property: the probabilities of each sample are positive and add up to 1.
sums = P.sum(axis=1)
assert np.all(P > 0), f"expected positive probabilities, got\n{P}"
assert np.allclose(sums, 1), f"row sums: expected [1 1 1], got {sums}"

# Property: with two classes the softmax is the sigmoid of the difference of the scores.
S = rng.integers(-6, 7, size=(5, 2)) / 2
sigmoid = 1 / (1 + np.exp(S[:, 0] - S[:, 1]))
second = softmax(S)[:, 1]
assert np.allclose(second, sigmoid, atol=1e-6), f"sigmoid: {sigmoid}, softmax: {second}"

# Edge case: a row may be shifted by any number, each row by its own, and NumPy warns of nothing.
# (`np.errstate(over="raise")` turns the warning of an overflow into an error; the test reports it.)
shifts = np.array([[1000], [-1000], [0], [500], [-500]])
try:
    with np.errstate(over="raise", invalid="raise"):
        shifted = softmax(S + shifts)
except FloatingPointError as error:
    raise AssertionError(f"rows shifted by 1000, -1000, 0, 500, -500: {error}") from error
assert np.allclose(shifted, softmax(S)), f"rows not shifted:\n{softmax(S)}\nrows shifted:\n{shifted}"
print("Exercise 3.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "softmax-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.1 (2 points). What they look at:
# - shape and values on random scores with several m and K, two classes as well (1 point);
# - care (1 point): scores near 1000 and -1000, in one row or in different ones; one sample;
#   equal scores; integer scores; a call by argument name; the argument left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw05_softmax_svm", "softmax", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "cross_entropy-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.2 ★★ `cross_entropy` (3 points)
#
# The loss that belongs to the softmax is minus the log of the probability that the true class gets, averaged over the samples:
#
# $$J=\frac1m\sum_{i=1}^m\ell^{(i)},\qquad \ell^{(i)}=-\log P_{i,y^{(i)}}=\log\Big(\sum_je^{S_{ij}}\Big)-S_{i,y^{(i)}}.$$
#
# It is divided by m, not by 2m. Your function gets the **scores**, and for a reason: with scores (0, 2000) and the true class 0 the loss is 2000, but the
# probability $e^{-2000}$ is rounded to 0, and the log of 0 is minus infinity. The formula on the right needs no such log. Only the sum of exponentials has to be
# kept from overflowing, as in the softmax: subtract the largest score $M_i$ of each row from *all* scores of the row, also from the true one.
# (Lecture 6 adds $M_i$ to the log instead, and leaves the true score as it is. It is the same number.)
#
# **Worked example.** Scores (0, log 3), true class 0: the probability is 1/4, and the loss is log 4 = 1.3863. For
# the cat, car and frog pictures the losses are 2.0404, 0.0791 and 6.1565; J = 2.7587.
#
# <details><summary>Hint</summary>
#
# After the subtraction, the largest term of the sum is $e^0=1$, so the sum is at least 1, and its log is never a problem.
# `S[np.arange(m), y]` picks the true score of each row.
#
# </details>

# %% exercise="3.2" nbgrader={"grade": false, "grade_id": "cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(S, y):
    """Return the mean cross-entropy of the softmax of the scores.

    S: (m, K), y: (m,) int  ->  float

    >>> round(cross_entropy(np.array([[0, np.log(3)]]), np.array([0])), 4)
    1.3863
    """
    ### BEGIN SOLUTION
    shifted = S - S.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(log_sums - shifted[np.arange(len(S)), y]))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cross_entropy-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.2 (1 point)
loss = cross_entropy(np.array([[0, np.log(3)]]), np.array([0]))

assert loss is not None, "cross_entropy returned None: is a return missing?"
assert np.shape(loss) == (), f"expected a single float, got shape {np.shape(loss)}"
assert np.isclose(loss, np.log(4)), f"worked example: expected log 4 = 1.3863, got {loss}"

# The three pictures.
S = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
loss = cross_entropy(S, np.array([0, 1, 2]))
assert np.isclose(loss, 2.7587, atol=1e-4), f"cat, car, frog: expected 2.7587, got {loss}"

# Property: equal scores cost log K, a value to check before you train anything.
loss = cross_entropy(np.full((4, 10), 0.25), np.array([1, 7, 0, 9]))
assert np.isclose(loss, np.log(10)), f"ten equal scores: expected {np.log(10)}, got {loss}"

# Property: a row may be shifted by any number. NumPy warns of nothing.
S, y = rng.integers(-6, 7, size=(5, 3)) / 2, np.array([0, 1, 2, 1, 0])
shifts = np.array([[1000], [-1000], [0], [500], [-500]])
try:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        plain, shifted = cross_entropy(S, y), cross_entropy(S + shifts, y)
except FloatingPointError as error:
    raise AssertionError(f"rows shifted by 1000, -1000, 0, 500, -500: {error}") from error
assert np.isclose(plain, shifted), f"rows not shifted: {plain}, rows shifted: {shifted}"

# Edge case: a very wrong answer is very expensive, but not infinitely so.
try:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        loss = cross_entropy(np.array([[0, 2000]]), np.array([0]))
except FloatingPointError as error:
    raise AssertionError(f"scores (0, 2000), true class 0: {error}") from error
assert np.isclose(loss, 2000), f"scores (0, 2000), true class 0: expected 2000, got {loss}"
print("Exercise 3.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "cross_entropy-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.2 (2 points). What they look at:
# - type and value on random scores with several m and K, two classes as well (1 point);
# - care (1 point): scores near 1000 and -1000; true scores far below and far above the
#   others; one sample; equal scores; integer scores; calls by argument names; arguments
#   left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw05_softmax_svm", "cross_entropy", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 4 Training

# %% [markdown] nbgrader={"grade": false, "grade_id": "softmax_gradients-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.1 ★★ `softmax_gradients` (4 points)
#
# Softmax regression is the model $P=\mathrm{softmax}(XW+b)$ with the mean cross-entropy J as its loss. Its gradients have the form that you
# know from linear and logistic regression:
#
# $$\frac{\partial J}{\partial W}=\frac1mX^\top(P-Y),\qquad \frac{\partial J}{\partial b}=\frac1m\sum_{i=1}^m(P-Y)_i.$$
#
# Here `Y (m, K)` holds the true classes as rows with a single 1, and $(P-Y)_i$ is row i of the matrix P − Y.
# Return `dW (n, K)` and `db (K,)`, in this order.
#
# **Worked example.** $X=(1,3)^\top$, two classes, the first sample of class 0 and the second of class 1, W = 0, b = 0. All probabilities are ½:
#
# $$P-Y=\begin{pmatrix}-0.5&0.5\\0.5&-0.5\end{pmatrix},\qquad
# dW=\tfrac12\,(1\;\;3)\begin{pmatrix}-0.5&0.5\\0.5&-0.5\end{pmatrix}=(0.5\;\;{-0.5}),\qquad db=(0\;\;0).$$
#
# <details><summary>Hint</summary>
#
# The softmax needs the same care as in Exercise 3.1; you may call yours. Compute `P - Y` as a new array, once, then look at the
# shapes: (n, K) = (n, m) · (m, K).
#
# </details>

# %% exercise="4.1" nbgrader={"grade": false, "grade_id": "softmax_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_gradients(X, Y, W, b):
    """Return the gradients of the mean cross-entropy of softmax regression.

    X: (m, n), Y: (m, K) one-hot, W: (n, K), b: (K,)  ->  dW (n, K), db (K,)

    >>> X, Y = np.array([[1.0], [3.0]]), np.array([[1, 0], [0, 1]])
    >>> softmax_gradients(X, Y, np.zeros((1, 2)), np.zeros(2))
    (array([[ 0.5, -0.5]]), array([0., 0.]))
    """
    ### BEGIN SOLUTION
    Z = X @ W + b
    expZ = np.exp(Z - Z.max(axis=1, keepdims=True))
    error = expZ / expZ.sum(axis=1, keepdims=True) - Y
    return X.T @ error / len(X), error.mean(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax_gradients-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.1 (1 point)
X, Y = np.array([[1.0], [3.0]]), np.array([[1, 0], [0, 1]])
result = softmax_gradients(X, Y, np.zeros((1, 2)), np.zeros(2))

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two things, dW and db, got {result!r}"
)
dW, db = result
assert isinstance(dW, np.ndarray), f"dW: expected an array, got {type(dW).__name__}"
assert isinstance(db, np.ndarray), f"db: expected an array, got {type(db).__name__}"
assert dW.shape == (1, 2), f"dW: expected the shape of W, (1, 2), got {dW.shape}"
assert db.shape == (2,), f"db: expected the shape of b, (2,), got {db.shape}"
assert np.allclose(dW, [[0.5, -0.5]]), f"dW of the worked example: expected [[0.5 -0.5]], got {dW}"
assert np.allclose(db, 0), f"db of the worked example: expected [0 0], got {db}"


# Property: the gradient agrees with central differences. With two classes the loss of a
# sample is log(1 + exp(-lead)), where lead is the true score minus the other one.
def J(w0, w1, b0, b1):
    """The objective of the worked example, written out."""
    lead_0 = (1 * w0 + b0) - (1 * w1 + b1)
    lead_1 = (3 * w1 + b1) - (3 * w0 + b0)
    return (np.log(1 + np.exp(-lead_0)) + np.log(1 + np.exp(-lead_1))) / 2


h = 1e-5
for theta in rng.normal(size=(5, 4)):
    dW, db = softmax_gradients(X, Y, theta[None, :2], theta[2:])
    slopes = np.array([(J(*(theta + h * e)) - J(*(theta - h * e))) / (2 * h) for e in np.eye(4)])
    assert np.allclose(dW, slopes[:2], atol=1e-6), f"dW = {dW}, central differences {slopes[:2]}"
    assert np.allclose(db, slopes[2:], atol=1e-6), f"db = {db}, central differences {slopes[2:]}"

# Property: P and Y both have row sums of 1, so the rows of dW, and db, add up to 0.
X, Y = rng.normal(size=(6, 2)), np.eye(3)[[0, 2, 1, 1, 0, 0]]
W, b = rng.normal(size=(2, 3)), rng.normal(size=3)
kept = W.copy()
dW, db = softmax_gradients(X, Y, W, b)
assert np.array_equal(W, kept), f"softmax_gradients changed W, from\n{kept} to\n{W}"
assert np.shape(dW) == (2, 3), f"dW: expected the shape of W, (2, 3), got {np.shape(dW)}"
assert np.shape(db) == (3,), f"db: expected the shape of b, (3,), got {np.shape(db)}"
sums = dW.sum(axis=1)
assert np.allclose(sums, 0, atol=1e-6), f"row sums of dW: expected zeros, got {sums}"
assert np.isclose(db.sum(), 0, atol=1e-6), f"sum of db: expected 0, got {db.sum()}"

# Edge case: all scores raised by 1000.
try:
    with np.errstate(over="raise", invalid="raise"):
        high_dW, high_db = softmax_gradients(X, Y, W, b + 1000)
except FloatingPointError as error:
    raise AssertionError(f"scores near 1000: {error}") from error
assert np.allclose(high_dW, dW, atol=1e-4), f"scores near 1000: expected\n{dW}, got\n{high_dW}"
assert np.allclose(high_db, db, atol=1e-4), f"scores near 1000: expected {db}, got {high_db}"
print("Exercise 4.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "softmax_gradients-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.1 (3 points). What they look at:
# - shapes and values of dW and db on random data with several m, n and K (2 points);
# - care (1 point): scores near 1000 and -1000, and far apart; one sample; W and b zero;
#   integer arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw05_softmax_svm", "softmax_gradients", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "fit_softmax-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.2 ★★★ `fit_softmax` (4 points)
#
# Now train: gradient descent on all samples, starting with `W` and `b` at **zeros**. Each of the `n_steps` steps does the following, in this order:
#
# 1. note down the mean cross-entropy at the current W and b in the **history**;
# 2. compute both gradients at the current W and b;
# 3. update both: $W\leftarrow W-\alpha\,\partial J/\partial W$, $\;b\leftarrow b-\alpha\,\partial J/\partial b$, with the learning rate α (`lr`).
#
# Your function gets the true classes as `y (m,)`, so it makes the rows of Y itself. There are `K` classes, also if some of them do not occur in y.
# Return `W (n, K)`, `b (K,)` and `history (n_steps,)`, in this order; for the history a list of floats is as good as an array. Its first entry is
# log K, the loss of equal scores. All entries are finite, also when a large learning rate or large features make the scores huge.
#
# **Worked example.** $X=(-1,1)^\top$, $y=(0,1)$, K = 2, α = 1. The loss at zeros is log 2 = 0.6931. With all probabilities ½ the gradients are
# $dW=(0.5\;\;{-0.5})$ and $db=(0\;\;0)$, so after one step $W=({-0.5}\;\;0.5)$. The loss there is $\log(1+e^{-1})=0.3133$, which
# is the second entry of the history.
#
# <details><summary>Hint</summary>
#
# You may call your `cross_entropy` and `softmax_gradients`. If you would rather not rest on them, everything fits into this function, since
# the scores, their shift and the probabilities are computed once in each step. `np.eye(K)[y]` gives rows with a single 1.
#
# </details>

# %% exercise="4.2" nbgrader={"grade": false, "grade_id": "fit_softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_softmax(X, y, K, lr, n_steps):
    """Fit softmax regression by gradient descent from zeros.

    X: (m, n), y: (m,) int, K: int, lr: float, n_steps: int
    ->  W (n, K), b (K,), history (n_steps,), the loss before each step

    >>> X, y = np.array([[-1.0], [1.0]]), np.array([0, 1])
    >>> W, b, history = fit_softmax(X, y, K=2, lr=1.0, n_steps=2)
    >>> np.round(history, 4)
    array([0.6931, 0.3133])
    """
    ### BEGIN SOLUTION
    m, n = X.shape
    Y = np.eye(K)[y]
    W, b, losses = np.zeros((n, K)), np.zeros(K), []
    for _ in range(n_steps):
        Z = X @ W + b
        Z = Z - Z.max(axis=1, keepdims=True)
        sums = np.exp(Z).sum(axis=1, keepdims=True)
        log_P = Z - np.log(sums)
        losses.append(-(Y * log_P).sum() / m)
        error = np.exp(log_P) - Y
        W, b = W - lr * (X.T @ error) / m, b - lr * error.mean(axis=0)
    return W, b, np.array(losses)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fit_softmax-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.2 (1 point)
X, y = np.array([[-1.0], [1.0]]), np.array([0, 1])
result = fit_softmax(X, y, 2, 1.0, 2)

assert isinstance(result, (tuple, list)) and len(result) == 3, (
    f"expected three things, W, b and history, got {result!r}"
)
W, b, history = result
assert isinstance(W, np.ndarray), f"W: expected an array, got {type(W).__name__}"
assert isinstance(b, np.ndarray), f"b: expected an array, got {type(b).__name__}"
assert W.shape == (1, 2), f"W: expected shape (n, K) = (1, 2), got {W.shape}"
assert b.shape == (2,), f"b: expected shape (K,) = (2,), got {b.shape}"
assert np.shape(history) == (2,), f"history: expected shape (2,), got {np.shape(history)}"
assert np.allclose(history, [0.693147, 0.313262], atol=1e-5), (
    f"history of the worked example: expected [0.6931 0.3133], got {history}"
)
W, b, _ = fit_softmax(X, y, 2, 1.0, 1)
assert np.allclose(W, [[-0.5, 0.5]]), f"W after one step: expected [[-0.5 0.5]], got {W}"
assert np.allclose(b, 0), f"b after one step: expected [0 0], got {b}"

# Both gradients belong to the same W and b: for X = (1, 3) and zeros they are those of Exercise 4.1.
W, b, _ = fit_softmax(np.array([[1.0], [3.0]]), y, 2, 1.0, 1)
assert np.allclose(W, [[-0.5, 0.5]]), f"X = (1, 3), one step: expected W [[-0.5 0.5]], got {W}"
assert np.allclose(b, 0), f"X = (1, 3), one step: expected b [0 0], got {b}"

# Property: small steps go downhill, and the first loss is log K, also if a class does not occur.
X, y = rng.normal(size=(20, 3)), rng.integers(0, 4, size=20)
W, b, history = fit_softmax(X, y, 5, 0.1, 30)
assert np.shape(W) == (3, 5), f"W: expected shape (n, K) = (3, 5), got {np.shape(W)}"
assert np.isclose(history[0], np.log(5)), f"first loss: expected log 5, got {history[0]}"
assert np.all(np.diff(history) < 0), f"the loss should fall in every step, got {history}"

# Property: without features only the bias learns. One step moves it toward the frequencies.
_, b, _ = fit_softmax(np.zeros((4, 1)), np.array([0, 0, 0, 1]), 2, 1.0, 1)
assert np.allclose(b, [0.25, -0.25]), f"b: expected [0.25 -0.25], got {b}"

# Edge case: features of about 1000 make huge scores, and the history stays finite.
try:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        _, _, history = fit_softmax(1000 * X, y, 5, 1.0, 5)
except FloatingPointError as error:
    raise AssertionError(f"features of about 1000: {error}") from error
assert np.all(np.isfinite(history)), f"features of about 1000: {history}"
print("Exercise 4.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "fit_softmax-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.2 (3 points). What they look at:
# - shapes and values of W, b and history on random data with several m, n and K, and with
#   one step and several (2 points);
# - care (1 point): one sample; classes that do not occur; huge scores; integers in X and
#   lr; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw05_softmax_svm", "fit_softmax", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 5 Labels that do not exclude each other

# %% [markdown] nbgrader={"grade": false, "grade_id": "multilabel_bce-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 5.1 ★★ `multilabel_bce` (3 points)
#
# A photo may show a cat *and* a dog, or neither. Then a softmax is the wrong choice: its probabilities have to add up to 1. Use one sigmoid for each of the
# K labels instead, and add up the binary cross-entropies of lecture 5:
#
# $$J=-\frac1m\sum_{i=1}^m\sum_{k=0}^{K-1}\Big[Y_{ik}\log P_{ik}+(1-Y_{ik})\log(1-P_{ik})\Big],\qquad P:(m,K),\quad Y:(m,K).$$
#
# `P` holds probabilities, and `Y` holds 0 and 1, with any number of ones in a row. The sum over the labels is divided by m only. Here K may be 1.
#
# A probability may be exactly 0 or 1. If it is **right** (1 where the label is there, 0 where it is not), it costs 0, and NumPy does not warn. To keep
# P away from 0 and 1 by a tiny amount (at most $10^{-7}$) is accepted. What your function gives for a probability that is exactly 0 or 1 and wrong is not tested.
#
# **Worked example.** Two photos, two labels:
#
# $$P=\begin{pmatrix}0.5&0.9\\1&0.2\end{pmatrix},\quad Y=\begin{pmatrix}1&1\\1&0\end{pmatrix},\qquad
# J=-\tfrac12\big[\log0.5+\log0.9+\log1+\log0.8\big]=0.5108.$$
#
# <details><summary>Hint</summary>
#
# Each entry needs only one of the two logs. `np.where(condition, A, B)` chooses between two arrays, but both of them are computed before it chooses: so choose
# *first*, the probability of what happened, and take the log of that.
#
# </details>

# %% exercise="5.1" nbgrader={"grade": false, "grade_id": "multilabel_bce", "locked": false, "schema_version": 3, "solution": true, "task": false}
def multilabel_bce(P, Y):
    """Return the binary cross-entropy, summed over labels, averaged over samples.

    P: (m, K) probabilities, Y: (m, K) of 0 and 1  ->  float

    >>> P, Y = np.array([[0.5, 0.9], [1.0, 0.2]]), np.array([[1, 1], [1, 0]])
    >>> round(multilabel_bce(P, Y), 4)
    0.5108
    """
    ### BEGIN SOLUTION
    happened = np.where(Y == 1, P, 1 - P)
    return float(-np.log(happened).sum() / len(P))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "multilabel_bce-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 5.1 (1 point)
P, Y = np.array([[0.5, 0.9], [1.0, 0.2]]), np.array([[1, 1], [1, 0]])
try:
    with np.errstate(divide="raise", invalid="raise"):
        loss = multilabel_bce(P, Y)
except FloatingPointError as error:
    raise AssertionError(f"P holds a 1 that is right, which should cost 0: {error}") from error

assert loss is not None, "multilabel_bce returned None: is a return missing?"
assert np.shape(loss) == (), f"expected a single float, got shape {np.shape(loss)}"
assert np.isclose(loss, 0.510826, atol=1e-5), f"worked example: expected 0.5108, got {loss}"

# Labels that are missing count as well, and the labels are summed, not averaged.
loss = multilabel_bce(np.full((4, 3), 0.5), np.zeros((4, 3)))
assert np.isclose(loss, 3 * np.log(2), atol=1e-5), (
    f"three labels at 0.5: expected 3 log 2 = 2.0794, got {loss}"
)

# Property: to swap "there" and "missing" in both arguments changes nothing.
P, Y = rng.uniform(0.1, 0.9, size=(5, 3)), rng.integers(0, 2, size=(5, 3))
one, other = multilabel_bce(P, Y), multilabel_bce(1 - P, 1 - Y)
assert np.isclose(one, other, atol=1e-5), f"P, Y: {one}; 1 - P, 1 - Y: {other}"

# Edge case: certain and right costs nothing.
try:
    with np.errstate(divide="raise", invalid="raise"):
        loss = multilabel_bce(np.array([[1.0, 0.0, 1.0]]), np.array([[1, 0, 1]]))
except FloatingPointError as error:
    raise AssertionError(f"all certain and right: {error}") from error
assert np.isclose(loss, 0, atol=1e-6), f"all certain and right: expected 0, got {loss}"
print("Exercise 5.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "multilabel_bce-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 5.1 (2 points). What they look at:
# - type and value on random probabilities and labels with several m and K (1 point);
# - care (1 point): probabilities of exactly 0 and 1 that are right; one sample; one label;
#   rows with no label and with all; integer arrays; calls by argument names; arguments
#   left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw05_softmax_svm", "multilabel_bce", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 6 All together (not graded)
#
# Your functions read handwriting. `load_digits` holds 1797 images of the digits 0 to 9, each of 8 × 8 = 64 pixels. The first 1200 are for training. Each column of W belongs to
# one digit, and reshaped to 8 × 8 it is a **template**: red pixels speak for the digit, blue ones against it.
#
# What you should see: a loss that starts at log 10 = 2.3026, about 91 % of the new images read correctly, and a few templates in which you recognize the digit, the 0 above all
# (a red ring around a blue center). Lecture 6 got about 97 %. There all images were shuffled first; here the new ones are the end of the file, and
# they resemble the training images less. Shuffle them, and you will read about 95 % of the new ones here, too.

# %%
from sklearn.datasets import load_digits

images, digits = load_digits(return_X_y=True)
images = images / 16  # pixels from 0 to 1
train, new = slice(0, 1200), slice(1200, None)
try:
    W, b, history = fit_softmax(images[train], digits[train], 10, 1.0, 200)
    read = predict_class(images[new], W, b)
except NotImplementedError as todo:
    print(f"{todo} is still open: come back when it is done.")
else:
    print(f"loss: {history[0]:.4f} at first, {history[-1]:.4f} after {len(history) - 1} steps")
    print(f"read correctly: {np.mean(read == digits[new]):.1%} of {len(read)} new images")
    fig, axes = plt.subplots(2, 5, figsize=(7, 3.4), layout="constrained")
    for digit, ax in enumerate(axes.flat):
        ax.imshow(W[:, digit].reshape(8, 8), cmap="RdBu_r", vmin=-2, vmax=2)
        ax.set(title=str(digit), xticks=[], yticks=[])
    fig.suptitle("The weights of each class are a template of its digit")
    plt.show()

# %% [markdown]
# The hinge loss trains the same model. By the chain rule its gradients for W and b are $X^\top dS$ and the column sums of dS, where dS is what your `hinge_gradient` returns.
# At equal scores the slopes of a sample's loss are 1 and −9, ten times those of the softmax, 0.1 and −0.9; so the learning rate is smaller, 0.2.
# **Predict:** will it read more digits than the softmax, or fewer?
#
# <details><summary>Answer</summary>
#
# About as many: 91 % of the new images as well. The two losses differ in what they say about a sample that is right by a wide margin. The hinge loss is done with it, the
# cross-entropy always wants a little more.
#
# </details>

# %%
try:
    W, b = np.zeros((64, 10)), np.zeros(10)
    for _ in range(200):
        dS = hinge_gradient(images[train] @ W + b, digits[train])
        W, b = W - 0.2 * images[train].T @ dS, b - 0.2 * dS.sum(axis=0)
    read = predict_class(images[new], W, b)
    losses = hinge_loss(images[train] @ W + b, digits[train])
except NotImplementedError as todo:
    print(f"{todo} is still open: come back when it is done.")
else:
    print(f"hinge loss: {losses.mean():.4f}, and 0 for {np.mean(losses == 0):.0%} of the images")
    print(f"read correctly: {np.mean(read == digits[new]):.1%} of {len(read)} new images")

# %% [markdown]
# **Before you hand in:** restart the kernel, run all cells, save as `hw05_softmax_svm_solved.ipynb`. The feedback will tell you, exercise by exercise,
# what was right, and where something was not, the smallest example on which it shows.
