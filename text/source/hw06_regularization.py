# %% [markdown] nbgrader={"grade": false, "grade_id": "introduction", "locked": true, "schema_version": 3, "solution": false, "task": false}
# # Homework 6: generalization and regularization
#
# You write the twelve functions that turn the ideas of lecture 7 into code: powers of a feature, both errors against the degree, early stopping, bias and
# variance; then the penalties with what belongs to them: ridge in closed form, gradients with weight decay, the lasso with its soft threshold, the elastic net, max norm;
# and at last the choice of λ by cross-validation. At the end they tame a wild polynomial.
#
# | Homework 6 | at a glance |
# |---|---|
# | **Needs** | Lecture 7, *Generalization and regularization*, and lectures 1 to 5 |
# | **Time** | 4 to 5 hours |
# | **Points** | 30: 12 for the visible tests, 18 for the hidden ones |
# | **Hand in** | this one notebook, saved as `hw06_regularization_solved.ipynb` |
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
# integers. Calls by argument name work, so keep the names. NumPy should not have to warn (of an overflow, of a division by 0, of an invalid value).
# Where a hidden test has two parts, the points for values come first: with wrong values there are none for care. If a function is right but careless in special
# cases, it earns the points for values, and the feedback says why.
#
# **No exercise needs another one.** Each can be solved in its own cell, and then a mistake in one costs nothing in the next. You may call
# your own functions of earlier exercises instead; then a mistake in one of them shows in the other as well.
#
# **Honesty.** Discuss ideas with anyone; write the code yourself. If an AI assistant helped, say where and how in a comment.
# You are ready to hand in when you could explain every line to a friend.
#
# **Notation.** A row of `X (m, n)` is a sample, and a row of `Y (m, K)` holds its targets. The weights are `W (n, K)`, the bias is `b (K,)`; the model is
# $\hat Y=XW+b$. Flat arrays `x (m,)` and `y (m,)` hold one feature and one target. `lam` is the strength λ of a penalty (`lambda` is a word of Python's own), `lr` the
# learning rate α. A penalty is added to a **mean** over the samples, and the bias is never penalized. $\lVert W\rVert^2$ is the sum of all squared
# weights. m, n and K may be 1, but the number of axes never changes.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import os
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(6)

name = Path(os.environ.get("JPY_SESSION_NAME", "")).name
if name and name != "hw06_regularization_solved.ipynb":
    print(f"This notebook is called {name}.")
    print("Save it as hw06_regularization_solved.ipynb to hand it in.")


# %% [markdown]
# ## 1 Underfitting and overfitting

# %% [markdown] nbgrader={"grade": false, "grade_id": "polynomial_features-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.1 ★ `polynomial_features` (2 points)
#
# A polynomial of degree d, $\hat y=b+w_1x+w_2x^2+\dots+w_dx^d$, is a linear model whose features are the powers of x. Make these features:
#
# $$x:(m,)\;\to\;\begin{pmatrix}x^{(1)}&(x^{(1)})^2&\cdots&(x^{(1)})^d\\\vdots&\vdots&&\vdots\\x^{(m)}&(x^{(m)})^2&\cdots&(x^{(m)})^d\end{pmatrix}:(m,d).$$
#
# A row belongs to a sample, a column to a power, x itself first. There is **no** column of ones: the bias b of the model stands for the power 0.
# The degree is at least 1.
#
# **Worked example.** x = (2, −1) and degree 3:
#
# $$\begin{pmatrix}2&4&8\\-1&1&-1\end{pmatrix}.$$
#
# <details><summary>Hint</summary>
#
# A loop over the powers with `np.column_stack` is fine. Without a loop: a column of shape (m, 1) with a row of exponents, shape (d,), as its power.
#
# </details>

# %% exercise="1.1" nbgrader={"grade": false, "grade_id": "polynomial_features", "locked": false, "schema_version": 3, "solution": true, "task": false}
def polynomial_features(x, degree):
    """Return the powers 1 to degree of a feature, a column for each.

    x: (m,), degree: int  ->  array (m, degree)

    >>> polynomial_features(np.array([2, -1]), 3)
    array([[ 2.,  4.,  8.],
           [-1.,  1., -1.]])
    """
    ### BEGIN SOLUTION
    return x[:, None].astype(float) ** np.arange(1, degree + 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "polynomial_features-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.1 (1 point)
X = polynomial_features(np.array([2, -1]), 3)

assert X is not None, "polynomial_features returned None: is a return missing?"
assert isinstance(X, np.ndarray), f"expected an array, got {type(X).__name__}"
assert X.shape == (2, 3), f"expected shape (m, degree) = (2, 3), got {X.shape}"
expected = np.array([[2, 4, 8], [-1, 1, -1]])
assert np.allclose(X, expected), f"worked example: expected\n{expected}, got\n{X}"

# Property: times its weights and with a bias it is the polynomial: 1 + 2x - 3x² at x = 0.5, -2.
values = 1 + polynomial_features(np.array([0.5, -2.0]), 2) @ np.array([2, -3])
assert np.allclose(values, [1.25, -15]), f"1 + 2x - 3x²: expected [1.25 -15], got {values}"

# Property: a higher degree adds columns and leaves the others as they are.
x = rng.normal(size=5)
low, high = polynomial_features(x, 2), polynomial_features(x, 4)
assert np.allclose(high[:, :2], low), f"degree 2:\n{low}\nfirst columns of degree 4:\n{high[:, :2]}"

# Edge case: degree 1 is x as a column, also for one sample.
X = polynomial_features(np.array([3.5]), 1)
assert np.shape(X) == (1, 1), f"one sample, degree 1: expected shape (1, 1), got {np.shape(X)}"
assert X[0, 0] == 3.5, f"one sample, degree 1: expected 3.5, got {X[0, 0]}"
print("Exercise 1.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "polynomial_features-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.1 (1 point). What they look at:
# - shape and values for several m and degrees; degree 1; one sample; entries that are 0
#   or negative; integers in x; calls by argument names; arguments left unchanged (1 point).
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "polynomial_features", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "complexity_curve-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.2 ★★ `complexity_curve` (3 points)
#
# How flexible should a polynomial be? Fit each of the given `degrees` to the **training part** by least squares, with a bias and without a penalty. Then
# take the error of this fit on both parts, half the mean squared error:
#
# $$\text{train}=\frac1{2m}\sum_{i=1}^m\bigl(\hat y(x^{(i)})-y^{(i)}\bigr)^2\quad\text{over the m training samples},\qquad
# \text{val}=\frac1{2q}\sum_{i=1}^q\bigl(\hat y(x^{(i)})-y^{(i)}\bigr)^2\quad\text{over the q validation samples.}$$
#
# Return two arrays, `train (d,)` and `val (d,)`, with an entry for each of the d degrees, in the order in which they are given. The features and
# targets are flat, `x_tr (m,)`, `y_tr (m,)`, `x_va (q,)`, `y_va (q,)`; `degrees` is a list or an array of integers from 1 to m − 1.
#
# **Worked example.** Train on (0, 0), (1, 1), (2, 4), validate on (3, 9), degrees 1 and 2. The best line is $2x-\frac13$; it misses the training points by
# $-\frac13,\frac23,-\frac13$, so train is $\frac16\cdot\frac69=0.1111$, and at x = 3 it misses by $-\frac{10}3$, so val is $\frac12\cdot\frac{100}9=5.5556$. The parabola $x^2$ misses
# nothing: train = (0.1111, 0) and val = (5.5556, 0).
#
# <details><summary>Hint</summary>
#
# A matrix with the columns $1,x,\dots,x^d$, once for `x_tr` and once for `x_va`; `np.linalg.lstsq(A, y, rcond=None)[0]` gives the coefficients. The
# validation part has no part in the fit.
#
# </details>

# %% exercise="1.2" nbgrader={"grade": false, "grade_id": "complexity_curve", "locked": false, "schema_version": 3, "solution": true, "task": false}
def complexity_curve(x_tr, y_tr, x_va, y_va, degrees):
    """Return the errors of least-squares polynomials on both parts, for each degree.

    x_tr, y_tr: (m,), x_va, y_va: (q,), degrees: d integers  ->  train (d,), val (d,)

    >>> x, y = np.array([0, 1, 2]), np.array([0, 1, 4])
    >>> train, val = complexity_curve(x, y, np.array([3]), np.array([9]), [1])
    >>> np.round(train, 4), np.round(val, 4)
    (array([0.1111]), array([5.5556]))
    """
    ### BEGIN SOLUTION
    train, val = [], []
    for degree in degrees:
        A, B = (np.vander(x.astype(float), degree + 1) for x in (x_tr, x_va))
        coefficients = np.linalg.lstsq(A, y_tr, rcond=None)[0]
        train.append(np.mean((A @ coefficients - y_tr) ** 2) / 2)
        val.append(np.mean((B @ coefficients - y_va) ** 2) / 2)
    return np.array(train), np.array(val)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "complexity_curve-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.2 (1 point)
x, y = np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 4.0])
result = complexity_curve(x, y, np.array([3.0]), np.array([9.0]), [1, 2])

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two arrays, train and val, got {result!r}"
)
train, val = result
assert isinstance(train, np.ndarray), f"train: expected an array, got {type(train).__name__}"
assert isinstance(val, np.ndarray), f"val: expected an array, got {type(val).__name__}"
assert train.shape == (2,), f"train: expected shape (2,), got {train.shape}"
assert val.shape == (2,), f"val: expected shape (2,), got {val.shape}"
assert np.allclose(train, [1 / 9, 0], atol=1e-6), f"train: expected [0.1111 0], got {train}"
assert np.allclose(val, [50 / 9, 0], atol=1e-6), f"val: expected [5.5556 0], got {val}"

# The order of the degrees is the order of the errors, and the best constant term is found.
train, val = complexity_curve(x, y + 7, np.array([3.0, 3.0]), np.array([16.0, 16.0]), [2, 1])
assert np.allclose(train, [0, 1 / 9], atol=1e-6), f"degrees 2, 1: expected [0 0.1111], got {train}"
assert np.allclose(val, [0, 50 / 9], atol=1e-6), f"degrees 2, 1: expected [0 5.5556], got {val}"

# Property: a richer model never fits the training part worse.
x, x_va = np.linspace(-1, 1, 12), rng.uniform(-1, 1, 8)
y, y_va = (np.sin(3 * t) + rng.normal(0, 0.3, len(t)) for t in (x, x_va))
train, val = complexity_curve(x, y, x_va, y_va, [1, 2, 3, 5, 8])
assert np.all(np.diff(train) <= 1e-9), f"train should not rise with the degree, got {train}"

# Property: other validation data change nothing about the fit, so nothing about `train`.
again, _ = complexity_curve(x, y, x_va, y_va + 5, [1, 2, 3, 5, 8])
assert np.allclose(again, train), f"y_va changed, and train went from\n{train} to\n{again}"
print("Exercise 1.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "complexity_curve-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.2 (2 points). What they look at:
# - shapes and values on random data with several m, q and lists of degrees, also in other
#   orders (1 point);
# - care (1 point): a single degree; one validation sample; a polynomial that passes through
#   all training samples; degrees in an array; integer arrays; calls by argument names;
#   arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "complexity_curve", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "early_stopping_epoch-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.3 ★★ `early_stopping_epoch` (3 points)
#
# Training can also be too long. Early stopping watches the validation loss after each epoch, numbered 0, 1, 2, …:
#
# - an epoch is **better** if its loss is strictly lower than that of every epoch before it;
# - training **stops** as soon as `patience` epochs in a row were not better;
# - the weights of the best epoch seen so far are kept.
#
# `val_losses (T,)` holds the losses that the epochs *would* have. Return the epoch that is kept, as an **integer**. If training never stops, that is the best of all.
# `patience` is at least 1. Of equal losses the first one counts, since the second one is not strictly lower.
#
# **Worked example.** Losses (5, 3, 4, 3.5, 1). With `patience=2`: epoch 1 is better than epoch 0; epochs 2 and 3 are not better than epoch 1, so training stops there, epoch 4 is
# never seen, and **1** is returned. With `patience=3` epoch 4 is seen, and **4** is returned.
#
# <details><summary>Hint</summary>
#
# One loop over the epochs, and one variable for the best epoch so far. How many epochs have passed since then?
#
# </details>

# %% exercise="1.3" nbgrader={"grade": false, "grade_id": "early_stopping_epoch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def early_stopping_epoch(val_losses, patience):
    """Return the epoch (from 0) that early stopping keeps.

    val_losses: (T,), patience: int  ->  int

    >>> early_stopping_epoch(np.array([5, 3, 4, 3.5, 1]), 2)
    1
    >>> early_stopping_epoch(np.array([5, 3, 4, 3.5, 1]), 3)
    4
    """
    ### BEGIN SOLUTION
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        elif epoch - best == patience:
            break
    return best
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "early_stopping_epoch-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.3 (1 point)
epoch = early_stopping_epoch(np.array([5, 3, 4, 3.5, 1]), 2)

assert epoch is not None, "early_stopping_epoch returned None: is a return missing?"
assert isinstance(epoch, (int, np.integer)), f"expected an int, got {type(epoch).__name__}"
assert epoch == 1, f"worked example, patience 2: expected epoch 1, got {epoch}"
epoch = early_stopping_epoch(np.array([5, 3, 4, 3.5, 1]), 3)
assert epoch == 4, f"worked example, patience 3: expected epoch 4, got {epoch}"

# The epochs that are not better have to be in a row: here there are three, never two together.
losses = np.array([9, 8, 8.5, 7, 7.5, 6, 6.5, 5])
epoch = early_stopping_epoch(losses, 2)
assert epoch == 7, f"losses {losses}, patience 2: expected epoch 7, got {epoch}"

# They are compared with the best one, not with the one before: 5 and 4.5 are above 3.
epoch = early_stopping_epoch(np.array([4, 3, 5, 4.5, 2]), 2)
assert epoch == 1, f"losses 4, 3, 5, 4.5, 2, patience 2: expected epoch 1, got {epoch}"

# Property: what comes after the stop has no influence.
losses = np.array([3, 2, 4, 5, 6])
for later in (1, 9):
    epoch = early_stopping_epoch(np.append(losses, later), 2)
    assert epoch == 1, f"losses {np.append(losses, later)}, patience 2: expected 1, got {epoch}"

# Edge cases: falling all the time; rising all the time; an equal loss is not better.
for losses, patience, expected in [([3, 2, 1], 1, 2), ([1, 2, 3], 2, 0), ([2, 1, 1, 0], 1, 1)]:
    epoch = early_stopping_epoch(np.array(losses), patience)
    assert epoch == expected, f"losses {losses}, patience {patience}: expected {expected}, got {epoch}"
print("Exercise 1.3: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "early_stopping_epoch-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.3 (2 points). What they look at:
# - the epoch for random losses that rise and fall, with several values of patience (1 point);
# - care (1 point): losses that fall up to the end, or never; an end before the patience is
#   over; a single epoch; equal losses; tiny improvements; integer losses; calls by argument
#   names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "early_stopping_epoch", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "bias_variance-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.4 ★ `bias_variance` (2 points)
#
# One way to fit was repeated on R training sets. Row r of `preds (R, q)` holds the predictions of fit r at q points, and `f_true (q,)` holds the
# true function there, without noise. With the mean prediction $\bar f_j=\frac1R\sum_r\hat f_{rj}$ at point j, compute
#
# $$\text{bias}^2=\frac1q\sum_{j=1}^q\bigl(\bar f_j-f_j\bigr)^2,\qquad
# \text{variance}=\frac1q\sum_{j=1}^q\frac1R\sum_{r=1}^R\bigl(\hat f_{rj}-\bar f_j\bigr)^2 .$$
#
# Return both as floats, in this order. (The variance divides by R, not by R − 1. With R = 1 it is 0.)
#
# **Worked example.** Two fits, two points: predictions (1, 2) and (3, 2), truth (2, 0). The mean prediction is (2, 2). So
# $\text{bias}^2=\frac12(0^2+2^2)=2$. At the first point the fits scatter by ±1 about their mean, at the second not at all: the variance is $\frac12(1+0)=0.5$.
#
# <details><summary>Hint</summary>
#
# Which axis holds the fits? The mean over *this* axis first; after that everything that is left is averaged over the points. `np.var` takes an `axis`, too.
#
# </details>

# %% exercise="1.4" nbgrader={"grade": false, "grade_id": "bias_variance", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bias_variance(preds, f_true):
    """Return squared bias and variance of R fits, averaged over q points.

    preds: (R, q), f_true: (q,)  ->  bias2 float, var float

    >>> bias_variance(np.array([[1, 2], [3, 2]]), np.array([2, 0]))
    (2.0, 0.5)
    """
    ### BEGIN SOLUTION
    f_bar = preds.mean(axis=0)
    bias2 = np.mean((f_bar - f_true) ** 2)
    return float(bias2), float(preds.var(axis=0).mean())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bias_variance-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.4 (1 point)
result = bias_variance(np.array([[1, 2], [3, 2]]), np.array([2, 0]))

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two floats, bias2 and var, got {result!r}"
)
bias2, var = result
assert np.shape(bias2) == (), f"bias2: expected a float, got shape {np.shape(bias2)}"
assert np.shape(var) == (), f"var: expected a float, got shape {np.shape(var)}"
assert np.isclose(bias2, 2), f"worked example: expected bias2 2, got {bias2}"
assert np.isclose(var, 0.5), f"worked example: expected var 0.5, got {var}"

# Property: together they are the mean squared error of the fits against the truth.
preds, f_true = rng.normal(size=(7, 4)), rng.normal(size=4)
bias2, var = bias_variance(preds, f_true)
mse = np.mean([(preds[r, j] - f_true[j]) ** 2 for r in range(7) for j in range(4)])
both = bias2 + var
assert np.isclose(both, mse, atol=1e-5), f"bias2 + var = {both}, mean squared error {mse}"

# Property: to move the truth changes the bias, never the variance.
_, moved = bias_variance(preds, f_true + 3)
assert np.isclose(moved, var, atol=1e-5), f"truth moved by 3: the variance went from {var} to {moved}"

# Errors of opposite signs at two points do not cancel.
bias2, _ = bias_variance(np.array([[1, -1]]), np.array([0, 0]))
assert np.isclose(bias2, 1), f"errors 1 and -1: expected bias2 1, got {bias2}"

# Edge case: fits that agree have no variance.
_, var = bias_variance(np.ones((5, 3)), np.zeros(3))
assert np.isclose(var, 0), f"five equal fits: expected var 0, got {var}"
print("Exercise 1.4: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "bias_variance-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.4 (1 point). What they look at:
# - types and values on random predictions with several R and q; a single fit; a single
#   point; integer arrays; calls by argument names; arguments left unchanged (1 point).
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "bias_variance", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 2 The L2 penalty

# %% [markdown] nbgrader={"grade": false, "grade_id": "l2_penalty-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.1 ★ `l2_penalty` (2 points)
#
# The L2 penalty of a model whose weights are the arrays $W^{[1]},\dots,W^{[L]}$ of several layers, as networks have them (lecture 8):
#
# $$\frac\lambda2\sum_{l=1}^L\lVert W^{[l]}\rVert^2=\frac\lambda2\sum_l\sum_{j,k}\bigl(W^{[l]}_{jk}\bigr)^2 .$$
#
# `weights` is a list of arrays, each with two axes, of any shapes. (A linear model has a list with one array. The biases are not in the list: they are not penalized.)
# `lam` is λ ≥ 0. Return a float.
#
# **Worked example.** Two layers, $W^{[1]}=(1\;\;{-2})$ and $W^{[2]}=(3)$, and λ = 0.5: $\frac{0.5}2(1+4+9)=3.5$.
#
# <details><summary>Hint</summary>
#
# A loop that adds up, or `sum(… for W in weights)`. Of each array all entries are squared and added up: what does `np.sum` do without `axis`?
#
# </details>

# %% exercise="2.1" nbgrader={"grade": false, "grade_id": "l2_penalty", "locked": false, "schema_version": 3, "solution": true, "task": false}
def l2_penalty(weights, lam):
    """Return λ/2 times the sum of all squared weights of all layers.

    weights: list of arrays, lam: float  ->  float

    >>> float(l2_penalty([np.array([[1, -2]]), np.array([[3]])], 0.5))
    3.5
    """
    ### BEGIN SOLUTION
    return lam / 2 * sum(np.sum(np.square(W)) for W in weights)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "l2_penalty-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.1 (1 point)
penalty = l2_penalty([np.array([[1, -2]]), np.array([[3]])], 0.5)

assert penalty is not None, "l2_penalty returned None: is a return missing?"
assert np.shape(penalty) == (), f"expected a single float, got shape {np.shape(penalty)}"
assert np.isclose(penalty, 3.5), f"worked example: expected 3.5, got {penalty}"

# Property: the slope for a weight w is λw. For a parabola central differences are exact, whatever h is.
W, lam, h = rng.normal(size=(3, 2)), 0.8, 0.5
up, down = W.copy(), W.copy()
up[1, 0] += h
down[1, 0] -= h
slope = (l2_penalty([up], lam) - l2_penalty([down], lam)) / (2 * h)
assert np.isclose(slope, lam * W[1, 0], atol=1e-5), f"slope: expected {lam * W[1, 0]}, got {slope}"

# Property: layers add up, in any order; twice the weights cost four times as much.
one, two = rng.normal(size=(2, 3)), rng.normal(size=(3, 1))
both, apart = l2_penalty([two, one], 0.3), l2_penalty([one], 0.3) + l2_penalty([two], 0.3)
assert np.isclose(both, apart), f"two layers together: {both}, added up: {apart}"
twice = l2_penalty([2 * one], 0.3)
assert np.isclose(twice, 4 * l2_penalty([one], 0.3)), f"2W: expected 4 times, got {twice}"

# Edge cases: no penalty; integers whose half is none.
penalty = l2_penalty([one, two], 0)
assert penalty == 0, f"lam = 0: expected 0, got {penalty}"
penalty = l2_penalty([np.array([[1, 2]])], 1)
assert np.isclose(penalty, 2.5), f"weights 1 and 2, lam = 1: expected 2.5, got {penalty}"
print("Exercise 2.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "l2_penalty-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.1 (1 point). What they look at:
# - type and value on random weights of one, two and three layers; lam = 0; integers;
#   calls by argument names; arguments left unchanged (1 point).
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "l2_penalty", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "ridge_solve-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.2 ★★ `ridge_solve` (3 points)
#
# Ridge regression minimizes half the mean squared error plus the L2 penalty of the weights; the bias is free:
#
# $$J_\lambda=\frac1{2m}\lVert XW+b-Y\rVert^2+\frac\lambda2\lVert W\rVert^2,\qquad X:(m,n),\quad Y:(m,K),\quad W:(n,K),\quad b:(K,).$$
#
# It has a closed form. With the means $\bar x:(n,)$ and $\bar y:(K,)$ of the columns, $X_c=X-\bar x$ and $Y_c=Y-\bar y$,
#
# $$\Bigl(\frac1mX_c^\top X_c+\lambda I\Bigr)\,W=\frac1mX_c^\top Y_c,\qquad b=\bar y-\bar xW .$$
#
# Return `W` and `b`. λ (`lam`) is positive, so the matrix in brackets always has an inverse: also with equal columns, and with fewer samples than features.
#
# **Worked example.** x = (0, 1, 2), y = (1, 3, 5), λ = 2/3. The means are 1 and 3, so $x_c=(-1,0,1)$ and $y_c=(-2,0,2)$; $\frac13x_c\cdot x_c=\frac23$ and
# $\frac13x_c\cdot y_c=\frac43$. So $(\frac23+\frac23)\,w=\frac43$, $w=1$, and $b=3-1\cdot1=2$. (Least squares has w = 2 and b = 1.)
#
# <details><summary>Hint</summary>
#
# `np.linalg.solve(A, B)` finds W in AW = B, for all K columns of B at once. `np.eye(n)` is I. If you prefer a column of ones in place of centering: its weight must not
# be penalized, so the first entry on the diagonal of λI is 0.
#
# </details>

# %% exercise="2.2" nbgrader={"grade": false, "grade_id": "ridge_solve", "locked": false, "schema_version": 3, "solution": true, "task": false}
def ridge_solve(X, Y, lam):
    """Return weights and bias of ridge regression; the bias is not penalized.

    X: (m, n), Y: (m, K), lam: float  ->  W (n, K), b (K,)

    >>> W, b = ridge_solve(np.array([[0], [1], [2]]), np.array([[1], [3], [5]]), 2 / 3)
    >>> np.round(W, 6), np.round(b, 6)
    (array([[1.]]), array([2.]))
    """
    ### BEGIN SOLUTION
    m, n = X.shape
    x_bar, y_bar = X.mean(axis=0), Y.mean(axis=0)
    X_c = X - x_bar
    W = np.linalg.solve(X_c.T @ X_c / m + lam * np.eye(n), X_c.T @ (Y - y_bar) / m)
    return W, y_bar - x_bar @ W
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "ridge_solve-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.2 (1 point)
result = ridge_solve(np.array([[0.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [5.0]]), 2 / 3)

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two arrays, W and b, got {result!r}"
)
W, b = result
assert isinstance(W, np.ndarray), f"W: expected an array, got {type(W).__name__}"
assert isinstance(b, np.ndarray), f"b: expected an array, got {type(b).__name__}"
assert W.shape == (1, 1), f"W: expected shape (n, K) = (1, 1), got {W.shape}"
assert b.shape == (1,), f"b: expected shape (K,) = (1,), got {b.shape}"
assert np.allclose(W, 1, atol=1e-5), f"worked example: expected W = 1, got {W}"
assert np.allclose(b, 2, atol=1e-5), f"worked example: expected b = 2, got {b}"

# Property: at the minimum all slopes of J are 0; by central differences.
X, Y, lam, h = rng.normal(size=(7, 2)) + 3, rng.normal(size=(7, 2)) + 5, 0.4, 1e-4
W, b = ridge_solve(X, Y, lam)


def J(W, b):
    return np.sum((X @ W + b - Y) ** 2) / 14 + lam / 2 * np.sum(W**2)


for j, k in np.ndindex(2, 2):
    step = np.zeros((2, 2))
    step[j, k] = h
    slope = (J(W + step, b) - J(W - step, b)) / (2 * h)
    assert abs(slope) < 1e-4, f"the slope of J for W[{j}, {k}] is {slope}, expected 0"
for k in range(2):
    step = h * np.eye(2)[k]
    slope = (J(W, b + step) - J(W, b - step)) / (2 * h)
    assert abs(slope) < 1e-4, f"the slope of J for b[{k}] is {slope}, expected 0 (the bias is free)"

# Edge case: a huge λ leaves no weights, and every prediction is the mean of Y.
W, b = ridge_solve(X, Y, 1e9)
assert np.allclose(W, 0, atol=1e-6), f"lam = 1e9: expected weights near 0, got\n{W}"
assert np.allclose(b, Y.mean(axis=0), atol=1e-4), f"expected b = {Y.mean(axis=0)}, got {b}"

# Edge case: more features than samples.
W, b = ridge_solve(rng.normal(size=(3, 5)), rng.normal(size=(3, 1)), 0.1)
assert np.shape(W) == (5, 1), f"three samples, five features: expected shape (5, 1), got {np.shape(W)}"
print("Exercise 2.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "ridge_solve-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.2 (2 points). What they look at:
# - shapes and values of W and b on random data with several m, n and K, whose columns have
#   means other than 0 (1 point);
# - care (1 point): fewer samples than features; equal columns; one sample; tiny and huge
#   lam; integers; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "ridge_solve", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "regularized_gradients-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.3 ★★ `regularized_gradients` (3 points)
#
# Where there is no closed form, gradient descent needs the gradients. With the L2 penalty they are
#
# $$\frac{\partial J_\lambda}{\partial W}=\frac1mX^\top(\hat Y-Y)+\lambda W,\qquad
# \frac{\partial J_\lambda}{\partial b}=\frac1m\sum_{i=1}^m(\hat y^{(i)}-y^{(i)}),$$
#
# for two kinds of models, which only differ in $\hat Y$:
#
# - `kind="linear"`: half the mean squared error, $\hat Y=XW+b$;
# - `kind="logistic"`: the binary cross-entropy, $\hat Y=\sigma(XW+b)$ with the sigmoid $\sigma(z)=1/(1+e^{-z})$; here K = 1, and `Y (m, 1)` holds labels 0 and 1.
#
# Return `dW (n, K)` and `db (K,)`. λ is not divided by m, and nothing is added to `db`. Scores may be as large as 1000 and −1000 without a warning of NumPy.
#
# **Worked example.** $X=(1,2)^\top$, $Y=(2,4)^\top$, W = 1, b = 0, λ = 0.5, linear. The predictions are (1, 2), the errors (−1, −2). So
# $dW=\frac12(1\cdot(-1)+2\cdot(-2))+0.5\cdot1=-2.5+0.5=-2$ and $db=\frac12(-1-2)=-1.5$.
#
# <details><summary>Hint</summary>
#
# The sigmoid is safe if no exponent is positive: with $e=e^{-|z|}$ it is $\frac1{1+e}$ where z ≥ 0, and $\frac e{1+e}$ elsewhere. `np.abs` and
# `np.where` do that for a whole array.
#
# </details>

# %% exercise="2.3" nbgrader={"grade": false, "grade_id": "regularized_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def regularized_gradients(X, Y, W, b, lam, kind):
    """Return the gradients of a loss with the penalty λ/2 ‖W‖².

    X: (m, n), Y: (m, K), W: (n, K), b: (K,), lam: float, kind: "linear" or "logistic"
    ->  dW (n, K), db (K,)

    >>> X, Y = np.array([[1], [2]]), np.array([[2], [4]])
    >>> regularized_gradients(X, Y, np.array([[1]]), np.array([0]), 0.5, "linear")
    (array([[-2.]]), array([-1.5]))
    """
    ### BEGIN SOLUTION
    Y_hat = X @ W + b
    if kind == "logistic":
        e = np.exp(-np.abs(Y_hat))
        Y_hat = np.where(Y_hat >= 0, 1, e) / (1 + e)
    error = Y_hat - Y
    return X.T @ error / len(X) + lam * W, error.mean(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "regularized_gradients-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.3 (1 point)
X, Y = np.array([[1], [2]]), np.array([[2], [4]])
result = regularized_gradients(X, Y, np.array([[1]]), np.array([0]), 0.5, "linear")

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two arrays, dW and db, got {result!r}"
)
dW, db = result
assert isinstance(dW, np.ndarray), f"dW: expected an array, got {type(dW).__name__}"
assert isinstance(db, np.ndarray), f"db: expected an array, got {type(db).__name__}"
assert dW.shape == (1, 1), f"dW: expected the shape of W, (1, 1), got {dW.shape}"
assert db.shape == (1,), f"db: expected the shape of b, (1,), got {db.shape}"
assert np.allclose(dW, -2), f"worked example: expected dW = -2, got {dW}"
assert np.allclose(db, -1.5), f"worked example: expected db = -1.5, got {db}"

# Logistic, at W = 0 and b = 0: all probabilities are 1/2, and the penalty pulls nowhere.
X, Y = np.array([[1.0], [2.0], [4.0]]), np.array([[0], [1], [1]])
result = regularized_gradients(X, Y, np.zeros((1, 1)), np.zeros(1), 0.5, "logistic")
assert result is not None, 'kind="logistic": got None, is this kind still missing?'
dW, db = result
assert np.allclose(dW, -2.5 / 3), f"logistic at zero: expected dW = -0.8333, got {dW}"
assert np.allclose(db, -0.5 / 3), f"logistic at zero: expected db = -0.1667, got {db}"

# Property: the gradients agree with central differences of the loss with its penalty.
X, Y = rng.normal(size=(6, 2)), np.array([[0], [1], [1], [0], [1], [0]])
W, b, lam, h = rng.normal(size=(2, 1)), rng.normal(size=1), 0.7, 1e-5


def J(W, b, kind):
    Z = X @ W + b
    terms = (Z - Y) ** 2 / 2 if kind == "linear" else np.log(1 + np.exp(Z)) - Y * Z
    return np.mean(terms) + lam / 2 * np.sum(W * W)


for kind in ("linear", "logistic"):
    dW, db = regularized_gradients(X, Y, W, b, lam, kind)
    for j in range(2):
        step = h * np.eye(2)[:, [j]]
        slope = (J(W + step, b, kind) - J(W - step, b, kind)) / (2 * h)
        assert np.isclose(dW[j, 0], slope, atol=1e-5), (
            f"{kind}: dW[{j}, 0] = {dW[j, 0]}, but the slope is {slope}"
        )
    slope = (J(W, b + h, kind) - J(W, b - h, kind)) / (2 * h)
    assert np.isclose(db[0], slope, atol=1e-5), f"{kind}: db = {db}, slope {slope}"

# Edge case: scores of 1000 and -1000, all of them right, pull only by the penalty.
try:
    with np.errstate(over="raise", invalid="raise"):
        X, Y = np.array([[1000.0], [-1000.0]]), np.array([[1], [0]])
        dW, db = regularized_gradients(X, Y, np.ones((1, 1)), np.zeros(1), 0.5, "logistic")
except FloatingPointError as error:
    raise AssertionError(f"scores of 1000 and -1000: {error}") from error
assert np.allclose(dW, 0.5), f"scores of 1000 and -1000: expected dW = 0.5, got {dW}"
print("Exercise 2.3: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "regularized_gradients-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.3 (2 points). What they look at:
# - shapes and values of dW and db on random data with several m, n and K, for both kinds of
#   models (1 point);
# - care (1 point): one sample; lam = 0; scores of about 1000 and -1000; integers; calls by
#   argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "regularized_gradients", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3 The L1 penalty

# %% [markdown] nbgrader={"grade": false, "grade_id": "soft_threshold-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.1 ★ `soft_threshold` (2 points)
#
# The L1 penalty pulls each weight toward 0 with the same force, and not beyond. What it leaves of a weight is the **soft threshold**:
#
# $$\mathrm{sign}(w)\,\max(|w|-t,\;0),\qquad t\ge0 .$$
#
# Apply it to every entry of `w`, an array of **any shape** with at least one axis, and return an array of that shape.
#
# **Worked example.** w = (3, −0.5, −2) and t = 1: 3 moves to 2, −0.5 is nearer to 0 than t and becomes 0, −2 moves to −1. The result is (2, 0, −1).
#
# <details><summary>Hint</summary>
#
# `np.sign`, `np.abs` and `np.maximum` work entry by entry, whatever the shape is. (A zero may come out as `-0.0`, which is equal to 0.)
#
# </details>

# %% exercise="3.1" nbgrader={"grade": false, "grade_id": "soft_threshold", "locked": false, "schema_version": 3, "solution": true, "task": false}
def soft_threshold(w, t):
    """Move each entry toward 0 by t, and not beyond.

    w: any shape, t: float  ->  array of that shape

    >>> soft_threshold(np.array([3, -0.5, -2]), 1) + 0
    array([ 2.,  0., -1.])
    """
    ### BEGIN SOLUTION
    return np.sign(w) * np.maximum(np.abs(w) - t, 0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "soft_threshold-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.1 (1 point)
w = soft_threshold(np.array([3, -0.5, -2]), 1)

assert w is not None, "soft_threshold returned None: is a return missing?"
assert isinstance(w, np.ndarray), f"expected an array, got {type(w).__name__}"
assert w.shape == (3,), f"expected the shape of w, (3,), got {w.shape}"
assert np.allclose(w, [2, 0, -1]), f"worked example: expected [2 0 -1], got {w}"

# Any shape is kept, and entries that are exactly t or -t become 0.
w = soft_threshold(np.array([[1.5, -1.5], [4, -4]]), 1.5)
expected = np.array([[0, 0], [2.5, -2.5]])
assert np.shape(w) == (2, 2), f"expected shape (2, 2), got {np.shape(w)}"
assert np.allclose(w, expected), f"t = 1.5: expected\n{expected}, got\n{w}"

# Property: the result minimizes (v - w)² / 2 + t |v|; try many v.
v = np.linspace(-15, 15, 30_001)
for value in rng.normal(scale=2, size=5):
    best = v[np.argmin((v - value) ** 2 / 2 + 0.8 * np.abs(v))]
    got = soft_threshold(np.array([value]), 0.8)[0]
    assert np.isclose(got, best, atol=2e-3), f"w = {value}, t = 0.8: expected {best}, got {got}"

# Property: the other sign of w gives the other sign of the result.
w = rng.normal(size=6)
plus, minus = soft_threshold(w, 0.5), soft_threshold(-w, 0.5)
assert np.allclose(minus, -plus), f"w: {plus}\n-w: {minus}"

# Edge cases: t = 0 changes nothing; integers are not cut to integers.
assert np.allclose(soft_threshold(w, 0), w), f"t = 0: expected {w}, got {soft_threshold(w, 0)}"
w = soft_threshold(np.array([3, -1, 0]), 0.5)
assert np.allclose(w, [2.5, -0.5, 0]), f"w = (3, -1, 0), t = 0.5: expected [2.5 -0.5 0], got {w}"
print("Exercise 3.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "soft_threshold-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.1 (1 point). What they look at:
# - shape and values for arrays with one, two and three axes; t = 0; a t above all entries;
#   entries that are 0, t and -t; integers; calls by argument names; arguments left
#   unchanged (1 point).
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "soft_threshold", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "lasso_ista-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.2 ★★ `lasso_ista` (3 points)
#
# The lasso minimizes
#
# $$\frac1{2m}\lVert Xw-y\rVert^2+\lambda\sum_{j=1}^n|w_j|,\qquad X:(m,n),\quad y:(m,),\quad w:(n,).$$
#
# X and y are **centered** here (the mean of each column is 0), so there is no bias. Do proximal gradient descent: start with w at **zeros**, and repeat `n_steps` times
#
# 1. follow the gradient of the first term alone: $\;v=w-\alpha\,\frac1mX^\top(Xw-y)$, with the learning rate α (`lr`);
# 2. apply the soft threshold αλ to each entry: $\;w_j=\mathrm{sign}(v_j)\,\max(|v_j|-\alpha\lambda,\;0)$.
#
# Return w after the last step, shape (n,). λ ≥ 0, and `n_steps` is at least 1.
#
# **Worked example.** One feature, $X=(1,-1)^\top$, y = (3, −3), λ = 0.8, α = 0.5. At w = 0 the gradient is $\frac12(1\cdot(-3)+(-1)\cdot3)=-3$, so v = 1.5. The threshold
# is 0.5 · 0.8 = 0.4, so **w = 1.1** after one step. The second step: gradient $1.1-3=-1.9$, v = 2.05, **w = 1.65**.
#
# <details><summary>Hint</summary>
#
# Both lines of a step work on whole arrays. The threshold is the learning rate times λ: a short step follows the penalty only a little as well.
#
# </details>

# %% exercise="3.2" nbgrader={"grade": false, "grade_id": "lasso_ista", "locked": false, "schema_version": 3, "solution": true, "task": false}
def lasso_ista(X, y, lam, lr, n_steps):
    """Fit the lasso to centered data by proximal gradient descent from zeros.

    X: (m, n), y: (m,), lam: float, lr: float, n_steps: int  ->  w (n,)

    >>> X, y = np.array([[1], [-1]]), np.array([3, -3])
    >>> np.round(lasso_ista(X, y, 0.8, 0.5, 2), 4)
    array([1.65])
    """
    ### BEGIN SOLUTION
    m, n = X.shape
    w = np.zeros(n)
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / m
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "lasso_ista-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.2 (1 point)
X, y = np.array([[1], [-1]]), np.array([3, -3])
w = lasso_ista(X, y, 0.8, 0.5, 1)

assert w is not None, "lasso_ista returned None: is a return missing?"
assert isinstance(w, np.ndarray), f"expected an array, got {type(w).__name__}"
assert w.shape == (1,), f"expected shape (n,) = (1,), got {w.shape}"
assert np.allclose(w, 1.1), f"worked example, one step: expected [1.1], got {w}"
w = lasso_ista(X, y, 0.8, 0.5, 2)
assert np.allclose(w, 1.65), f"worked example, two steps: expected [1.65], got {w}"

# Property: with orthonormal features (XᵀX/m = I) the end is the soft threshold of Xᵀy/m.
X = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
w = lasso_ista(X, X @ np.array([2, -0.5, 0.25]), 0.4, 0.5, 80)
assert np.allclose(w, [1.6, -0.1, 0], atol=1e-4), f"orthonormal: expected [1.6 -0.1 0], got {w}"
assert w[2] == 0, f"the last weight should be exactly 0, got {w[2]}"

# Property: at the minimum the pull of the data, Xᵀ(Xw - y)/m, is -λ sign(w), or at most λ where w is 0.
X = rng.normal(size=(20, 4))
X = X - X.mean(axis=0)
y = 2 * X[:, 0] - X[:, 1]
w = lasso_ista(X, y, 0.3, 0.2, 1000)
pull = X.T @ (X @ w - y) / 20
assert np.all(np.abs(pull) < 0.3 + 1e-3), f"the pull of the data is above lam = 0.3: {pull}"
assert np.allclose(pull[w != 0], -0.3 * np.sign(w[w != 0]), atol=1e-3), f"w = {w}, pull {pull}"

# Edge case: a λ that is larger than every pull leaves all weights at exactly 0.
w = lasso_ista(X, y, 50, 0.2, 20)
assert np.all(w == 0), f"lam = 50: expected zeros, got {w}"
print("Exercise 3.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "lasso_ista-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.2 (2 points). What they look at:
# - shape and values after one step and several, on random data with several m and n
#   (1 point);
# - care (1 point): lam = 0; a lam that leaves all weights at 0; fewer samples than
#   features; a single feature; integers; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "lasso_ista", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 4 Other penalties, and the choice of λ

# %% [markdown] nbgrader={"grade": false, "grade_id": "elastic_net_penalty-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.1 ★ `elastic_net_penalty` (2 points)
#
# The elastic net adds both penalties, each with its own strength:
#
# $$\lambda_1\sum_l\sum_{j,k}\bigl|W^{[l]}_{jk}\bigr|+\frac{\lambda_2}2\sum_l\sum_{j,k}\bigl(W^{[l]}_{jk}\bigr)^2 .$$
#
# `weights` is a list of arrays, as in Exercise 2.1; `lam1` is λ₁ ≥ 0 and `lam2` is λ₂ ≥ 0. Return a float. The ½ belongs to the squares only. (scikit-learn's
# `ElasticNet` has one strength and a ratio in place of the two strengths.)
#
# **Worked example.** $W^{[1]}=(1\;\;{-2})$, $W^{[2]}=(3)$, λ₁ = 0.1 and λ₂ = 0.5: $0.1\,(1+2+3)+\frac{0.5}2(1+4+9)=0.6+3.5=4.1$.
#
# <details><summary>Hint</summary>
#
# The absolute value of each entry first, then the sum. (`np.linalg.norm(W, 1)` of an array with two axes is something else: the largest sum of a column.)
#
# </details>

# %% exercise="4.1" nbgrader={"grade": false, "grade_id": "elastic_net_penalty", "locked": false, "schema_version": 3, "solution": true, "task": false}
def elastic_net_penalty(weights, lam1, lam2):
    """Return λ₁ times the sum of absolute weights plus λ₂/2 times the sum of squared ones.

    weights: list of arrays, lam1: float, lam2: float  ->  float

    >>> round(float(elastic_net_penalty([np.array([[1, -2]]), np.array([[3]])], 0.1, 0.5)), 6)
    4.1
    """
    ### BEGIN SOLUTION
    flat = np.concatenate([W.ravel() for W in weights])
    return lam1 * np.abs(flat).sum() + lam2 / 2 * (flat @ flat)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "elastic_net_penalty-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.1 (1 point)
penalty = elastic_net_penalty([np.array([[1, -2]]), np.array([[3]])], 0.1, 0.5)

assert penalty is not None, "elastic_net_penalty returned None: is a return missing?"
assert np.shape(penalty) == (), f"expected a single float, got shape {np.shape(penalty)}"
assert np.isclose(penalty, 4.1), f"worked example: expected 4.1, got {penalty}"

# Each strength alone: 1 + 2 + 3 and (1 + 4 + 9) / 2.
weights = [np.array([[1, -2]]), np.array([[3]])]
penalty = elastic_net_penalty(weights, 1, 0)
assert np.isclose(penalty, 6), f"lam1 = 1, lam2 = 0: expected 6, got {penalty}"
penalty = elastic_net_penalty(weights, 0, 1)
assert np.isclose(penalty, 7), f"lam1 = 0, lam2 = 1: expected 7, got {penalty}"

# Property: signs do not matter, and layers add up.
one, two = rng.normal(size=(2, 3)), rng.normal(size=(3, 2))
plus, minus = (elastic_net_penalty([W], 0.3, 0.8) for W in (one, -one))
assert np.isclose(plus, minus), f"W: {plus}, -W: {minus}"
both = elastic_net_penalty([one, two], 0.3, 0.8)
apart = plus + elastic_net_penalty([two], 0.3, 0.8)
assert np.isclose(both, apart), f"two layers together: {both}, added up: {apart}"

# Property: the slope for a weight w is λ₁ sign(w) + λ₂ w.
h, W = 0.25, np.array([[-1.5]])  # from -1.75 to -1.25: one sign, so the slope is exact
ends = [elastic_net_penalty([W + s], 0.3, 0.8) for s in (h, -h)]
slope = (ends[0] - ends[1]) / (2 * h)
assert np.isclose(slope, -0.3 - 1.2, atol=1e-4), f"slope at -1.5: expected -1.5, got {slope}"
print("Exercise 4.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "elastic_net_penalty-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.1 (1 point). What they look at:
# - type and value on random weights of one, two and three layers; one or both strengths 0;
#   integers; calls by argument names; arguments left unchanged (1 point).
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "elastic_net_penalty", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "max_norm_project-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.2 ★★ `max_norm_project` (2 points)
#
# Max norm is a constraint: after a step, each **column** of W (the weights that lead to one output) that is longer than c is scaled back to the norm c. It keeps its direction:
#
# $$W_{:,k}\leftarrow\begin{cases}W_{:,k}\cdot\dfrac c{\lVert W_{:,k}\rVert}&\text{if }\lVert W_{:,k}\rVert>c\\[2mm]W_{:,k}&\text{otherwise}\end{cases}
# \qquad\lVert W_{:,k}\rVert=\sqrt{\textstyle\sum_jW_{jk}^2},\qquad W:(n,K).$$
#
# Return an array of the shape of W. c is positive. A column of zeros stays as it is, and NumPy does not have to warn of a division by 0.
#
# **Worked example.** c = 1 and two columns, (3, 4) with the norm 5 and (0.3, 0.4) with the norm 0.5:
#
# $$\begin{pmatrix}3&0.3\\4&0.4\end{pmatrix}\;\to\;\begin{pmatrix}0.6&0.3\\0.8&0.4\end{pmatrix}.$$
#
# <details><summary>Hint</summary>
#
# A loop over the columns with an `if` is fine. Without a loop: the norms of all columns have shape (K,), and each column is multiplied by its own factor. What is
# c / max(norm, c), for long columns, for short ones, and for zeros?
#
# </details>

# %% exercise="4.2" nbgrader={"grade": false, "grade_id": "max_norm_project", "locked": false, "schema_version": 3, "solution": true, "task": false}
def max_norm_project(W, c):
    """Scale the columns that are longer than c back to the norm c.

    W: (n, K), c: float  ->  array (n, K)

    >>> max_norm_project(np.array([[3, 0.3], [4, 0.4]]), 1)
    array([[0.6, 0.3],
           [0.8, 0.4]])
    """
    ### BEGIN SOLUTION
    norms = np.linalg.norm(W, axis=0)
    return W * (c / np.maximum(norms, c))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max_norm_project-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.2 (1 point)
W = max_norm_project(np.array([[3, 0.3], [4, 0.4]]), 1)

assert W is not None, "max_norm_project returned None: is a return missing?"
assert isinstance(W, np.ndarray), f"expected an array, got {type(W).__name__}"
assert W.shape == (2, 2), f"expected the shape of W, (2, 2), got {W.shape}"
expected = np.array([[0.6, 0.3], [0.8, 0.4]])
assert np.allclose(W, expected), f"worked example: expected\n{expected}, got\n{W}"

# Property: long columns get the norm c, short ones stay as they are, directions are kept.
before = rng.normal(size=(3, 5)) * np.array([0.1, 1, 2, 5, 20])
after = max_norm_project(before, 2.5)
for k in range(5):
    length, new = (np.sqrt(np.sum(A[:, k] ** 2)) for A in (before, after))
    assert np.isclose(new, min(length, 2.5)), f"norm {length} became {new}, with c = 2.5"
    cosine = before[:, k] @ after[:, k] / (length * new)
    assert np.isclose(cosine, 1), f"column {k} changed its direction: cosine {cosine}"

# Property: to project once more changes nothing.
again = max_norm_project(after, 2.5)
assert np.allclose(again, after), f"once:\n{after}\ntwice:\n{again}"

# Edge case: a column of zeros.
try:
    with np.errstate(divide="raise", invalid="raise"):
        W = max_norm_project(np.array([[6.0, 0.0], [8.0, 0.0]]), 5)
except FloatingPointError as error:
    raise AssertionError(f"a column of zeros: {error}") from error
assert np.allclose(W, [[3, 0], [4, 0]]), f"columns (6, 8) and (0, 0), c = 5: got\n{W}"

# Edge case: integers are not cut to integers.
W = max_norm_project(np.array([[1, 0], [1, 1]]), 1)
assert np.allclose(W, [[0.5**0.5, 0], [0.5**0.5, 1]]), f"columns (1, 1) and (0, 1), c = 1: got\n{W}"
print("Exercise 4.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "max_norm_project-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.2 (1 point). What they look at:
# - shape and values for random columns, some longer than c, some shorter, or all of them;
#   a column of zeros without a warning; one column; one row; integers; calls by argument
#   names; arguments left unchanged (1 point).
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "max_norm_project", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "choose_lambda-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.3 ★★★ `choose_lambda` (3 points)
#
# Which λ is best? Ask k-fold cross-validation:
#
# 1. shuffle the samples with `rng` and cut them into k folds, whose sizes differ by at most 1. Do this **once**: all strengths get the same folds;
# 2. for each λ in `lams` and for each fold: fit ridge regression (Exercise 2.2) to the samples **outside** of the fold, then take the error on the fold, half the mean
#    squared error $\frac1{2q}\sum_i\lVert\hat y^{(i)}-y^{(i)}\rVert^2$ over its q samples, without the penalty;
# 3. the **score** of λ is the average of these errors over the k folds;
# 4. the best λ is the one with the lowest score; of equally good ones the first in `lams`.
#
# Return `best`, a float, and `scores`, shape (g,), one for each of the g strengths, in the order of `lams (g,)`. The strengths are positive, and 2 ≤ k ≤ m. The means that ridge regression
# subtracts are those of the samples it is fitted to, and in its formula m is their number.
#
# Any way to draw the folds with `rng` is right. Use `rng` and no other generator, so that the same state of `rng` gives the same result.
#
# **Worked example.** x = (0, 1, 2), y = (1, 3, 5), λ = 10 or 0.1, and k = 3: each fold is one sample, whatever `rng` draws. Take λ = 0.1, and leave out x = 0: what is left has the means 1.5 and 4,
# $\frac1m\sum x_c^2=0.25$ and $\frac1m\sum x_cy_c=0.5$, so $w=\frac{0.5}{0.25+0.1}=1.4286$. At x = 0 it predicts $4-1.5\,w=1.8571$ where y is 1: the error is $\frac12\cdot0.8571^2=0.3673$. By symmetry the same
# comes out for x = 2, and for x = 1 the prediction is exact. The score is $\frac13(0.3673+0+0.3673)=0.2449$. For λ = 10 it is 2.8554. So `best` is 0.1, and `scores` is (2.8554, 0.2449).
#
# <details><summary>Hint</summary>
#
# `np.array_split(rng.permutation(m), k)` gives k arrays of sample numbers. The rest of a fold: `np.setdiff1d(np.arange(m), fold)`, or a mask. Then two loops, one over the folds, one over the
# strengths.
#
# </details>

# %% exercise="4.3" nbgrader={"grade": false, "grade_id": "choose_lambda", "locked": false, "schema_version": 3, "solution": true, "task": false}
def choose_lambda(X, Y, lams, k, rng):
    """Return the best λ of ridge regression and the scores of all, by k-fold cross-validation.

    X: (m, n), Y: (m, K), lams: (g,), k: int, rng: Generator  ->  best float, scores (g,)

    >>> X, Y = np.array([[0], [1], [2]]), np.array([[1], [3], [5]])
    >>> best, scores = choose_lambda(X, Y, np.array([10, 0.1]), 3, np.random.default_rng(0))
    >>> best, np.round(scores, 4)
    (0.1, array([2.8554, 0.2449]))
    """
    ### BEGIN SOLUTION
    number = rng.permutation(np.arange(len(X)) % k)  # of the fold of each sample
    scores = np.zeros(len(lams))
    for j in range(k):
        inside, X_t, Y_t = number == j, X[number != j], Y[number != j]
        x_mean, y_mean = X_t.mean(axis=0), Y_t.mean(axis=0)
        A, B = X_t - x_mean, Y_t - y_mean
        for i, lam in enumerate(lams):
            damped = A.T @ A + len(A) * lam * np.eye(A.shape[1])
            residuals = (X[inside] - x_mean) @ np.linalg.solve(damped, A.T @ B) + y_mean - Y[inside]
            scores[i] += np.sum(residuals**2) / (2 * len(residuals) * k)
    return float(lams[np.argmin(scores)]), scores
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "choose_lambda-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.3 (1 point)
X, Y = np.array([[0.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [5.0]])
result = choose_lambda(X, Y, np.array([10, 0.1]), 3, np.random.default_rng(0))

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two things, best and scores, got {result!r}"
)
best, scores = result
assert np.shape(best) == (), f"best: expected a float, got shape {np.shape(best)}"
assert isinstance(scores, np.ndarray), f"scores: expected an array, got {type(scores).__name__}"
assert scores.shape == (2,), f"scores: expected shape (2,), got {scores.shape}"
assert np.allclose(scores, [2.855370, 0.244898], atol=1e-4), (
    f"worked example: expected [2.8554 0.2449], got {scores}"
)
assert best == 0.1, f"worked example: expected 0.1, got {best}"

# Property: with k = m each sample is a fold, and no draw can change anything.
X = rng.normal(size=(8, 3)) + 2
Y = X @ np.array([[1], [0], [-1]]) + rng.normal(size=(8, 1))
lams = np.array([0.01, 0.1, 1, 10])
seeds = [choose_lambda(X, Y, lams, 8, np.random.default_rng(s))[1] for s in (0, 1)]
assert np.allclose(*seeds), f"k = m, two states of rng: scores\n{seeds[0]} and\n{seeds[1]}"

# Property: with fewer folds the draw matters, and the same state gives the same scores.
one, again = (choose_lambda(X, Y, lams, 2, np.random.default_rng(s))[1] for s in (5, 5))
assert np.array_equal(one, again), f"the same state of rng gave\n{one} and\n{again}"
tries = [choose_lambda(X, Y, lams, 2, np.random.default_rng(s))[1] for s in range(6)]
assert not all(np.allclose(one, t) for t in tries), "six states of rng gave the same folds"

# Property: the order of the strengths is the order of the scores.
_, backward = choose_lambda(X, Y, lams[::-1], 2, np.random.default_rng(5))
assert np.allclose(backward[::-1], one), f"lams backward: expected {one[::-1]}, got {backward}"

# Edge case: a feature that says nothing makes all strengths equally good; the first is taken.
best, scores = choose_lambda(np.ones((4, 1)), Y[:4], np.array([3.0, 1.0]), 4, rng)
assert np.allclose(scores[0], scores[1]), f"constant feature: expected equal scores, got {scores}"
print("Exercise 4.3: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "choose_lambda-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.3 (2 points). What they look at:
# - types and values with k = m, where they do not depend on the draw, for several m, n, K
#   and lists of strengths (1 point);
# - care (1 point): with fewer folds, that the scores are those of some cut into k folds, the
#   same for all strengths and drawn with rng alone; folds of different sizes; fewer samples
#   than features; a single strength; equally good strengths; integers; calls by argument
#   names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw06_regularization", "choose_lambda", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 5 All together (not graded)
#
# Your functions tame a polynomial of degree 15. Thirty readings of a wave, $\sin3x$ with noise, and features that are powers of x. First without a penalty (nearly: λ = 10⁻¹⁰), then with the λ that
# `choose_lambda` finds.
#
# **Predict:** which of the two has the smaller error on the thirty readings? And on two hundred new ones?
#
# What you should see: a wild curve that comes nearer to the readings and is worse on new data, and a calm one with weights that are about a thousand times smaller.
# The scores are mostly lowest near λ = 10⁻³; it depends on how the folds were drawn. Half the variance of the noise is 0.045: that is the error that nobody can avoid.

# %%
wave = np.random.default_rng(15)
t, t_new = np.sort(wave.uniform(-1, 1, 30)), np.linspace(-1, 1, 200)
level = np.sin(3 * t) + wave.normal(0, 0.3, 30)
level_new = np.sin(3 * t_new) + wave.normal(0, 0.3, 200)
strengths = np.geomspace(1e-8, 10, 28)
try:
    F, F_new = polynomial_features(t, 15), polynomial_features(t_new, 15)
    best, scores = choose_lambda(F, level[:, None], strengths, 5, wave)
    fits = {lam: ridge_solve(F, level[:, None], lam) for lam in (1e-10, best)}
except NotImplementedError as todo:
    print(f"{todo} is still open: come back when it is done.")
else:
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
    left.plot(t, level, "ko", ms=4)
    for (lam, (W, b)), style in zip(fits.items(), ("--", "-"), strict=True):
        left.plot(t_new, F_new @ W + b, style, label=f"λ = {lam:.1e}")
        parts = (F, level), (F_new, level_new)
        errors = [np.mean((A @ W + b - z[:, None]) ** 2) / 2 for A, z in parts]
        print(f"λ = {lam:.1e}: error {errors[0]:.4f}, on new data {errors[1]:.4f}")
        print(f"    the largest weight is {np.abs(W).max():.3g}")
    left.set(ylim=(-2, 2), xlabel="x", title="Degree 15, wild and tamed")
    left.legend()
    right.loglog(strengths, scores)
    right.plot(best, scores.min(), "*", ms=14)
    right.set(xlabel="λ", ylabel="score", title=f"The best λ is {best:.1e}")
    plt.show()

# %% [markdown]
# The lasso has another kind of calm: it picks. Twelve features, of which three matter. **Predict:** how many weights will be exactly 0, with ridge and with the lasso?
#
# <details><summary>Answer</summary>
#
# With ridge none, with the lasso 9, if λ is 0.2: exactly those that do not matter. With a smaller λ fewer, with a larger one more.
#
# </details>

# %%
draw = np.random.default_rng(1)
A = draw.normal(size=(80, 12))
A = A - A.mean(axis=0)
truth = np.array([3, 0, 0, -2, 0, 0, 0, 1, 0, 0, 0, 0])
z = A @ truth + draw.normal(size=80)
z = z - z.mean()
try:
    sparse = lasso_ista(A, z, 0.2, 0.3, 500)
    small = ridge_solve(A, z[:, None], 0.2)[0].ravel()
except NotImplementedError as todo:
    print(f"{todo} is still open: come back when it is done.")
else:
    for label, w in ("truth", truth), ("ridge", small), ("lasso", sparse):
        print(f"{label}: {np.round(w, 2)}, exactly 0: {np.sum(w == 0)}")

# %% [markdown]
# **Before you hand in:** restart the kernel, run all cells, save as `hw06_regularization_solved.ipynb`. The feedback will tell you, exercise by exercise,
# what was right, and where something was not, the smallest example on which it shows.
