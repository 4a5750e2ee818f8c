# %% [markdown] nbgrader={"grade": false, "grade_id": "introduction", "locked": true, "schema_version": 3, "solution": false, "task": false}
# # Homework 2: linear regression
#
# You write the eight functions that turn the ideas of lecture 3 into code: a model, two ways to measure its errors,
# a search for the best slope, a likelihood, a loss that an optimizer can use, the gradients of the loss, and the closed
# form, the formula that ends the search at once. At the end they work together on 50 noisy points.
#
# | Homework 2 | at a glance |
# |---|---|
# | **Needs** | Lecture 3, *Linear regression and maximum likelihood* |
# | **Time** | 3 to 4 hours |
# | **Points** | 30: 8 for the visible tests, 22 for the hidden ones |
# | **Hand in** | this one notebook, saved as `hw02_linear_regression_solved.ipynb` |
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
# integers. Calls by argument name work, so keep the names. NumPy should not have to warn (of an overflow, a division by zero).
# The points for values come first: with wrong values there are none for care. If a function is right but careless in special
# cases, it earns the points for values, and the feedback says why. No exercise needs another one: each
# can be solved in its own cell, and then a mistake in one costs nothing in the next. You may call your own functions of earlier
# exercises instead; then a mistake in one of them shows in the other as well.
#
# **Honesty.** Discuss ideas with anyone; write the code yourself. If an AI assistant helped, say where and how in a comment.
# You are ready to hand in when you could explain every line to a friend.
#
# **Notation.** A row of `X (m, n)` is a sample. `Y (m, K)` holds the targets, `Y_hat (m, K)` the predictions. The weights
# are `W (n, K)`, the bias is `b (K,)`. m, n and K may each be 1, but the number of axes never changes.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import os
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(2)

name = Path(os.environ.get("JPY_SESSION_NAME", "")).name
if name and name != "hw02_linear_regression_solved.ipynb":
    print(f"This notebook is called {name}.")
    print("Save it as hw02_linear_regression_solved.ipynb to hand it in.")


# %% [markdown]
# ## 1 The model

# %% [markdown] nbgrader={"grade": false, "grade_id": "linear_predict-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.1 ★ `linear_predict` (3 points)
#
# A linear model multiplies the data by weights and adds a bias, for all samples and all outputs at once:
#
# $$\hat Y = XW + b, \qquad X: (m, n),\quad W: (n, K),\quad b: (K,),\quad \hat Y: (m, K).$$
#
# NumPy's broadcasting adds `b` to every row of the product.
#
# **Worked example.** Two samples, two features, one output, the bias $b=(0.5)$:
#
# $$\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}10\\1\end{pmatrix}+0.5
# =\begin{pmatrix}1\cdot10+2\cdot1\\3\cdot10+4\cdot1\end{pmatrix}+0.5=\begin{pmatrix}12.5\\34.5\end{pmatrix}$$
#
# <details><summary>Hint</summary>
#
# `@` is the matrix product; `*` multiplies element by element, which is something else. Write down the three shapes
# before you write the line.
#
# </details>

# %% exercise="1.1" nbgrader={"grade": false, "grade_id": "linear_predict", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear_predict(X, W, b):
    """Return the predictions of a linear model.

    X: (m, n), W: (n, K), b: (K,)  ->  array (m, K)

    >>> linear_predict(np.array([[1, 2], [3, 4]]), np.array([[10], [1]]), np.array([0.5]))
    array([[12.5],
           [34.5]])
    """
    ### BEGIN SOLUTION
    return X @ W + b
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "linear_predict-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.1 (1 point)
X = np.array([[1, 2], [3, 4]])
W = np.array([[10], [1]])
b = np.array([0.5])
Y_hat = linear_predict(X, W, b)

assert Y_hat is not None, "linear_predict returned None: is a return missing?"
assert isinstance(Y_hat, np.ndarray), f"expected an array, got {type(Y_hat).__name__}"
assert Y_hat.shape == (2, 1), f"expected shape (m, K) = (2, 1), got {Y_hat.shape}"
expected = np.array([[12.5], [34.5]])
assert np.allclose(Y_hat, expected), f"worked example: expected\n{expected}, got\n{Y_hat}"

# Property: row i of the result is the prediction for sample i alone.
X, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
alone = np.vstack([linear_predict(X[i : i + 1], W, b) for i in range(5)])
together = linear_predict(X, W, b)
assert np.allclose(together, alone), f"all at once:\n{together}\none at a time:\n{alone}"

# Edge case: with weights of zero only the bias is left, in every row.
only_bias = linear_predict(X, np.zeros((3, 2)), b)
assert np.allclose(only_bias, [b] * 5), f"expected {b} in every row, got\n{only_bias}"
print("Exercise 1.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "linear_predict-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.1 (2 points). What they look at:
# - shapes and values on random data with several m, n and K (1 point);
# - care (1 point): one sample, one feature, one output; integers in X; calls by argument
#   names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw02_linear_regression", "linear_predict", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 2 Two measures of error

# %% [markdown] nbgrader={"grade": false, "grade_id": "mae-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.1 ★ `mae` (3 points)
#
# The mean absolute error adds up the absolute errors of all K outputs and averages over the m samples:
#
# $$\mathrm{MAE}=\frac1m\sum_{i=1}^m\sum_{k=1}^K\lvert\hat y_{ik}-y_{ik}\rvert.$$
#
# The sum over the outputs is divided by m only, **not** by m·K. The result is one float, in the units of the targets.
#
# **Worked example.** Predictions 1 and 4 for the targets 3 and 3: the errors are −2 and 1, so the MAE is (2 + 1)/2 = 1.5.
# With two outputs, predictions (0, 0) for the single target (3, 4): MAE = (3 + 4)/1 = 7.
#
# <details><summary>Hint</summary>
#
# `np.abs` works on whole arrays. Errors have to lose their sign *before* they are added up. `len(Y)` is m.
#
# </details>

# %% exercise="2.1" nbgrader={"grade": false, "grade_id": "mae", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mae(Y_hat, Y):
    """Return the mean absolute error, summed over outputs, averaged over samples.

    Y_hat: (m, K), Y: (m, K)  ->  float

    >>> mae(np.array([[1.0], [4.0]]), np.array([[3.0], [3.0]]))
    1.5
    """
    ### BEGIN SOLUTION
    return float(np.abs(Y_hat - Y).sum() / len(Y))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mae-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.1 (1 point)
error = mae(np.array([[1.0], [4.0]]), np.array([[3.0], [3.0]]))

assert error is not None, "mae returned None: is a return missing?"
assert np.shape(error) == (), f"expected a single float, got shape {np.shape(error)}"
assert np.isclose(error, 1.5), f"worked example: expected 1.5, got {error}"

# Two outputs are summed, not averaged.
error = mae(np.array([[0.0, 0.0]]), np.array([[3.0, 4.0]]))
assert np.isclose(error, 7.0), f"one sample, two outputs: expected 3 + 4 = 7, got {error}"

# Property: errors that are twice as large cost twice as much.
Y_hat, Y = rng.normal(size=(6, 2)), rng.normal(size=(6, 2))
once, twice = mae(Y_hat, Y), mae(Y + 2 * (Y_hat - Y), Y)
assert np.isclose(twice, 2 * once), f"doubled errors: expected {2 * once}, got {twice}"

# Edge case: perfect predictions cost nothing.
assert mae(Y, Y) == 0, f"perfect predictions: expected 0, got {mae(Y, Y)}"
print("Exercise 2.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "mae-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.1 (2 points). What they look at:
# - type and value on random data, one output and several (1 point);
# - care (1 point): one sample; perfect predictions; errors of about 1000 and of about
#   0.01; integer arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw02_linear_regression", "mae", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "half_mse-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.2 ★ `half_mse` (3 points)
#
# Half the mean squared error adds up the squared errors of all K outputs, averages over the m samples, and halves:
#
# $$J=\frac1{2m}\sum_{i=1}^m\lVert\hat y^{(i)}-y^{(i)}\rVert^2=\frac1{2m}\sum_{i=1}^m\sum_{k=1}^K(\hat y_{ik}-y_{ik})^2.$$
#
# The one half does not move the place of the minimum. It is there for the gradient, where it cancels the 2 of the square.
#
# **Worked example.** Predictions 1 and 4 for the targets 3 and 3: the squared errors are 4 and 1, so J = (4 + 1)/(2·2) = 1.25.
#
# <details><summary>Hint</summary>
#
# In Python `a / 2 * m` means `(a / 2) * m`. Put parentheses around what you divide by.
#
# </details>

# %% exercise="2.2" nbgrader={"grade": false, "grade_id": "half_mse", "locked": false, "schema_version": 3, "solution": true, "task": false}
def half_mse(Y_hat, Y):
    """Return half the mean squared error, summed over outputs, averaged over samples.

    Y_hat: (m, K), Y: (m, K)  ->  float

    >>> half_mse(np.array([[1.0], [4.0]]), np.array([[3.0], [3.0]]))
    1.25
    """
    ### BEGIN SOLUTION
    return float(np.square(Y_hat - Y).sum() / (2 * len(Y)))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "half_mse-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.2 (1 point)
error = half_mse(np.array([[1.0], [4.0]]), np.array([[3.0], [3.0]]))

assert error is not None, "half_mse returned None: is a return missing?"
assert np.shape(error) == (), f"expected a single float, got shape {np.shape(error)}"
assert np.isclose(error, 1.25), f"worked example: expected 1.25, got {error}"

# Two outputs are summed, not averaged.
error = half_mse(np.array([[0.0, 0.0]]), np.array([[3.0, 4.0]]))
assert np.isclose(error, 12.5), f"two outputs: expected (9 + 16) / 2 = 12.5, got {error}"

# Property: doubling all errors multiplies J by four.
Y_hat, Y = rng.normal(size=(6, 2)), rng.normal(size=(6, 2))
once, twice = half_mse(Y_hat, Y), half_mse(Y + 2 * (Y_hat - Y), Y)
assert np.isclose(twice, 4 * once), f"doubled errors: expected {4 * once}, got {twice}"

# Edge case: perfect predictions cost nothing.
assert half_mse(Y, Y) == 0, f"perfect predictions: expected 0, got {half_mse(Y, Y)}"
print("Exercise 2.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "half_mse-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.2 (2 points). What they look at:
# - type and value on random data, one output and several (1 point);
# - care (1 point): one sample; perfect predictions; errors of about 1000 and of about
#   0.01; integer arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw02_linear_regression", "half_mse", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3 Fitting as a search

# %% [markdown] nbgrader={"grade": false, "grade_id": "grid_search_slope-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.1 ★★ `grid_search_slope` (4 points)
#
# The simplest way to fit a line through the origin, $\hat y = wx$: try every slope $w$ of a grid, score each by its mean
# absolute error, and keep the best.
#
# $$\mathrm{errors}_j=\frac1m\sum_{i=1}^m\lvert w_jx_i-y_i\rvert,\qquad \mathrm{best}=w_{j^*},\quad j^*=\arg\min_j\,\mathrm{errors}_j.$$
#
# `x` and `y` are flat here, shape (m,), and the grid has shape (g,). Return two things: the best slope, a float, and the errors
# of all slopes, shape (g,), in the order of the grid. If several slopes are equally good, the first of them is the best.
# The grid need not be sorted.
#
# **Worked example.** For $x=y=(1,2,3,4)$ and the grid (0.5, 2, 1) the errors are (1.25, 2.5, 0), so the best slope is 1.
#
# <details><summary>Hint</summary>
#
# A loop over the grid is fine. Without a loop: `np.outer(grid, x)` holds the predictions of every slope in a row.
# `np.argmin` returns a *position*, and the first one if there are several.
#
# </details>

# %% exercise="3.1" nbgrader={"grade": false, "grade_id": "grid_search_slope", "locked": false, "schema_version": 3, "solution": true, "task": false}
def grid_search_slope(x, y, grid):
    """Return the slope of the grid with the smallest MAE, and the MAE of every slope.

    x: (m,), y: (m,), grid: (g,)  ->  best (float), errors (g,)

    >>> x = np.array([1.0, 2.0, 3.0, 4.0])
    >>> grid_search_slope(x, x, np.array([0.5, 2.0, 1.0]))
    (1.0, array([1.25, 2.5 , 0.  ]))
    """
    ### BEGIN SOLUTION
    errors = np.abs(np.outer(grid, x) - y).mean(axis=1)
    return float(grid[np.argmin(errors)]), errors
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "grid_search_slope-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.1 (1 point)
x = np.array([1.0, 2.0, 3.0, 4.0])
grid = np.array([0.5, 2.0, 1.0])
result = grid_search_slope(x, x, grid)

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two things, best and errors, got {result!r}"
)
best, errors = result
assert np.shape(best) == (), f"best: expected a single float, got shape {np.shape(best)}"
assert isinstance(errors, np.ndarray), f"errors: expected an array, got {type(errors).__name__}"
assert errors.shape == (3,), f"errors: expected shape (3,), got {errors.shape}"
assert np.allclose(errors, [1.25, 2.5, 0]), f"errors: expected [1.25 2.5 0], got {errors}"
assert best == 1.0, f"best: expected the slope 1.0, got {best}"

# Property: the best slope comes from the grid, and no other slope has a smaller error.
y = 3.3 * x + rng.normal(size=4)
grid = rng.permutation(np.linspace(0.5, 10.0, 20))
best, errors = grid_search_slope(x, y, grid)
assert best in grid, f"best = {best} is not a slope of the grid"
at_best = errors[list(grid).index(best)]
assert at_best == np.min(errors), f"error at best: {at_best}, smallest: {np.min(errors)}"

# Property: errors of opposite sign do not cancel. The line y = 2x misses 1 and 3 by 1 each.
_, errors = grid_search_slope(np.array([1.0, 1.0]), np.array([1.0, 3.0]), np.array([2.0]))
assert np.allclose(errors, 1), f"errors -1 and +1: expected a MAE of 1, got {errors}"

# Edge case: slopes 1 and 3 are equally good for y = 2x, and 1 comes first.
best, _ = grid_search_slope(x, 2 * x, np.array([1.0, 3.0, 9.0]))
assert best == 1.0, f"equally good slopes 1 and 3: expected the first, 1.0, got {best}"
print("Exercise 3.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "grid_search_slope-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.1 (3 points). What they look at:
# - best and errors on random data and grids, one of them with an outlier (2 points);
# - care (1 point): one point; a grid of one slope; grids that are not sorted; negative
#   slopes; equally good slopes; integer arrays; calls by argument names; arguments left
#   unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw02_linear_regression", "grid_search_slope", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 4 Likelihood

# %% [markdown] nbgrader={"grade": false, "grade_id": "gaussian_log_likelihood-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.1 ★★ `gaussian_log_likelihood` (4 points)
#
# How plausible are the targets if they scatter about the predictions with normal noise of standard deviation σ? The density
# of one target is
#
# $$p(y\mid\hat y)=\frac1{\sigma\sqrt{2\pi}}\exp\!\Big(-\frac{(y-\hat y)^2}{2\sigma^2}\Big).$$
#
# The noise is independent, across samples and across outputs, so the likelihood of all targets is the product of their densities, and its logarithm is a sum:
#
# $$\log\mathcal L=\sum_{i=1}^m\sum_{k=1}^K\log p(y_{ik}\mid\hat y_{ik}).$$
#
# Return this sum over all samples and all outputs, with the normalization $\frac1{\sigma\sqrt{2\pi}}$ of every density included. It is a sum, not a mean.
#
# **Worked example.** Predictions 0 and 0, targets 0 and 1, σ = 1. The log-densities are
# $-\log\sqrt{2\pi}=-0.9189$ and $-0.9189-\frac12=-1.4189$, and their sum is −2.3379.
#
# <details><summary>Hint</summary>
#
# Take the logarithm of the density on paper first: $\log(ab)=\log a+\log b$ and $\log e^u=u$. Code that computes
# `np.log(np.exp(…))`, or the product of all densities, works on small data and breaks on large: `np.exp(-1000)` is 0, and the
# logarithm of 0 is minus infinity.
#
# </details>

# %% exercise="4.1" nbgrader={"grade": false, "grade_id": "gaussian_log_likelihood", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gaussian_log_likelihood(Y_hat, Y, sigma):
    """Return the log-likelihood of targets with normal noise about their predictions.

    Y_hat: (m, K), Y: (m, K), sigma: float > 0  ->  float

    >>> log_l = gaussian_log_likelihood(np.zeros((2, 1)), np.array([[0.0], [1.0]]), 1.0)
    >>> round(log_l, 4)
    -2.3379
    """
    ### BEGIN SOLUTION
    squares = np.square(Y - Y_hat).sum()
    normalization = Y.size * np.log(sigma * np.sqrt(2 * np.pi))
    return float(-squares / (2 * sigma**2) - normalization)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gaussian_log_likelihood-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.1 (1 point)
log_l = gaussian_log_likelihood(np.array([[0.0], [0.0]]), np.array([[0.0], [1.0]]), 1.0)

assert log_l is not None, "gaussian_log_likelihood returned None: is a return missing?"
assert np.shape(log_l) == (), f"expected a single float, got shape {np.shape(log_l)}"
assert np.isclose(log_l, -2.337877066), f"worked example: expected -2.3379, got {log_l}"

# Two outputs of one sample have the same densities as the two samples above.
log_l = gaussian_log_likelihood(np.array([[0.0, 0.0]]), np.array([[0.0, 1.0]]), 1.0)
assert np.isclose(log_l, -2.337877066), f"one sample, two outputs: expected -2.3379, got {log_l}"

# Property: a density has area 1 under it (a sum of rectangles).
width = 0.25
targets = np.arange(-12, 12, width)
densities = [
    np.exp(gaussian_log_likelihood(np.zeros((1, 1)), np.array([[t]]), 1.5)) for t in targets
]
area = width * np.sum(densities)
assert np.isclose(area, 1), f"area under the density for sigma = 1.5: expected 1, got {area}"

# Property: the slope of greatest likelihood is the slope of the smallest squared error.
x = rng.normal(size=(30, 1))
y = 2 * x + rng.normal(size=(30, 1))
least_squares = (x * y).sum() / (x * x).sum()  # the closed form for one slope
slopes = least_squares + np.linspace(-1, 1, 41)
log_ls = [gaussian_log_likelihood(w * x, y, 0.7) for w in slopes]
likeliest = slopes[np.argmax(log_ls)]
assert np.isclose(likeliest, least_squares), (
    f"likeliest slope {likeliest}, least squares slope {least_squares}"
)

# Edge case: a target that lies 100 sigma away has a tiny density, but a finite logarithm.
far = gaussian_log_likelihood(np.array([[0.0]]), np.array([[100.0]]), 1.0)
assert np.isclose(far, -5000.9189), f"target 100 sigma away: expected -5000.92, got {far}"
print("Exercise 4.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "gaussian_log_likelihood-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.1 (3 points). What they look at:
# - values on random data with several outputs and several sigma (2 points);
# - care (1 point): thousands of samples; a target far from its prediction; one sample; an
#   integer sigma; integer arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw02_linear_regression", "gaussian_log_likelihood", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 5 A loss that an optimizer can use

# %% [markdown] nbgrader={"grade": false, "grade_id": "make_loss-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 5.1 ★★ `make_loss` (3 points)
#
# An optimizer changes parameters and asks: how good is this? It does not want to know about data or models. So we give it
# a function of the parameters alone, with everything else kept inside. Such a function is called a **closure**.
#
# `make_loss(model, loss, X, Y)` returns a *function*; that function takes `W (n, K)` and `b (K,)`, in this order, and returns
# the float
#
# $$\mathrm{loss}\big(\mathrm{model}(X, W, b),\; Y\big).$$
#
# `model(X, W, b)` gives predictions and `loss(Y_hat, Y)` gives a float. They may be *any* such functions, so call the ones that you
# are given, with the arguments in this order. Whether your function keeps `X` and `Y` themselves or copies of them is up to you.
#
# **Worked example.** Take the model $x^W+b$ (a power, not a line), the loss "largest excess", $\max(\hat Y-Y)$, and the data
# $X=(1,2)^\top$, $Y=(1,3)^\top$. At $W=2,\,b=0$ the predictions are 1 and 4, the excesses 0 and 1, so the returned function
# gives 1. At $W=1,\,b=0$ the predictions are 1 and 2, the excesses 0 and −1, so it gives 0.
#
# <details><summary>Hint</summary>
#
# Define a function inside your function (`def objective(W, b): …`) and return it *without* calling it: `return objective`, not
# `return objective(W, b)`. The inner function needs a `return` of its own.
#
# </details>

# %% exercise="5.1" nbgrader={"grade": false, "grade_id": "make_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_loss(model, loss, X, Y):
    """Return the loss as a function of W and b, with the model and the data kept inside.

    model(X, W, b) -> (m, K), loss(Y_hat, Y) -> float, X: (m, n), Y: (m, K)
    ->  a function of W (n, K) and b (K,) that returns a float

    >>> def always_b(X, W, b): return np.zeros((len(X), 1)) + b
    >>> def largest_excess(Y_hat, Y): return np.max(Y_hat - Y)
    >>> objective = make_loss(always_b, largest_excess, np.ones((2, 1)), np.ones((2, 1)))
    >>> objective(np.zeros((1, 1)), np.array([4.0]))
    3.0
    """
    ### BEGIN SOLUTION
    def objective(W, b):
        return loss(model(X, W, b), Y)

    return objective
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "make_loss-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 5.1 (1 point)
def power(X, W, b):
    return X ** W[0, 0] + b


def largest_excess(Y_hat, Y):
    return np.max(Y_hat - Y)


X, Y = np.array([[1.0], [2.0]]), np.array([[1.0], [3.0]])
objective = make_loss(power, largest_excess, X, Y)

assert callable(objective), f"expected a function of W and b, got {type(objective).__name__}"
at_2 = objective(np.array([[2.0]]), np.array([0.0]))
at_1 = objective(np.array([[1.0]]), np.array([0.0]))
assert at_2 is not None, "the inner function returned None: is a return missing in it?"
assert np.shape(at_2) == (), f"the inner function returned shape {np.shape(at_2)}, not a float"
assert np.isclose(at_2, 1.0), (
    f"at W = 2, b = 0: expected 1, got {at_2} (does loss get Y_hat first, then Y?)"
)
assert np.isclose(at_1, 0.0), f"at W = 1, b = 0: expected 0, got {at_1}"

# Property: a function made from other data does not disturb the first one.
other = make_loss(power, largest_excess, X, 10 * Y)
again = objective(np.array([[2.0]]), np.array([0.0]))
assert np.isclose(again, at_2), f"after making another loss: expected {at_2}, got {again}"


# Edge case: another model and another loss are used as they come.
def constant(X, W, b):
    return np.ones((len(X), 1)) * b


def first_error(Y_hat, Y):
    return Y_hat[0, 0] - Y[0, 0]


value = make_loss(constant, first_error, X, Y)(np.array([[7.0]]), np.array([5.0]))
assert np.isclose(value, 4.0), (
    f"prediction 5 for the target 1: expected 4, got {value} (are the given model and loss used?)"
)
print("Exercise 5.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "make_loss-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 5.1 (2 points). What they look at:
# - the returned function at several W and b, with several models and losses, some of
#   which notice when their arguments are swapped (1 point);
# - care (1 point): one sample; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw02_linear_regression", "make_loss", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 6 Gradients, and the end of the search

# %% [markdown] nbgrader={"grade": false, "grade_id": "linear_gradients-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 6.1 ★★ `linear_gradients` (5 points)
#
# The gradients of half the mean squared error $J=\frac1{2m}\sum_i\lVert x^{(i)}W+b-y^{(i)}\rVert^2$ say how $J$ changes with each parameter:
#
# $$\frac{\partial J}{\partial W}=\frac1mX^\top(XW+b-Y),\qquad
# \frac{\partial J}{\partial b}=\frac1m\sum_{i=1}^m\big(\hat y^{(i)}-y^{(i)}\big).$$
#
# A gradient has the shape of its parameter: return `dW (n, K)` and `db (K,)`, in this order.
#
# **Worked example.** $X=(1,2)^\top$, $Y=(2,4)^\top$, $W=0$, $b=0$: the residuals are −2 and −4, so
# $dW=\frac12(1\cdot(-2)+2\cdot(-4))=-5$ and $db=\frac12(-2-4)=-3$.
#
# <details><summary>Hint</summary>
#
# Compute the residuals `X @ W + b - Y` once, shape (m, K). The shapes then tell you where the transpose goes:
# (n, K) = (n, m) · (m, K). For `db`, the samples are axis 0.
#
# </details>

# %% exercise="6.1" nbgrader={"grade": false, "grade_id": "linear_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear_gradients(X, Y, W, b):
    """Return the gradients of half the mean squared error of a linear model.

    X: (m, n), Y: (m, K), W: (n, K), b: (K,)  ->  dW (n, K), db (K,)

    >>> X, Y = np.array([[1.0], [2.0]]), np.array([[2.0], [4.0]])
    >>> linear_gradients(X, Y, np.array([[0.0]]), np.array([0.0]))
    (array([[-5.]]), array([-3.]))
    """
    ### BEGIN SOLUTION
    residuals = X @ W + b - Y
    return X.T @ residuals / len(X), residuals.mean(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "linear_gradients-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 6.1 (1 point)
X, Y = np.array([[1.0], [2.0]]), np.array([[2.0], [4.0]])
result = linear_gradients(X, Y, np.array([[0.0]]), np.array([0.0]))

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two things, dW and db, got {result!r}"
)
dW, db = result
assert isinstance(dW, np.ndarray), f"dW: expected an array, got {type(dW).__name__}"
assert isinstance(db, np.ndarray), f"db: expected an array, got {type(db).__name__}"
assert dW.shape == (1, 1), f"dW: expected the shape of W, (1, 1), got {dW.shape}"
assert db.shape == (1,), f"db: expected the shape of b, (1,), got {db.shape}"
assert np.allclose(dW, -5), f"dW of the worked example: expected -5, got {dW}"
assert np.allclose(db, -3), f"db of the worked example: expected -3, got {db}"


# Property: the gradient agrees with central differences, (J(w + h) - J(w - h)) / 2h.
def J(w, b):
    """The objective of the worked example, written out: two samples, one weight."""
    return ((1 * w + b - 2) ** 2 + (2 * w + b - 4) ** 2) / (2 * 2)


h = 1e-5
for w, c in rng.normal(size=(5, 2)):
    dW, db = linear_gradients(X, Y, np.array([[w]]), np.array([c]))
    slope_w = (J(w + h, c) - J(w - h, c)) / (2 * h)
    slope_b = (J(w, c + h) - J(w, c - h)) / (2 * h)
    assert np.allclose(dW, slope_w, atol=1e-7), f"dW = {dW}, central difference {slope_w}"
    assert np.allclose(db, slope_b, atol=1e-7), f"db = {db}, central difference {slope_b}"

# Property: an output of its own changes nothing for the others. Here the second output of
# the worked example is a copy of the first.
dW, db = linear_gradients(X, np.hstack([Y, Y]), np.zeros((1, 2)), np.zeros(2))
assert np.allclose(dW, [[-5, -5]]), f"dW of two equal outputs: expected [[-5 -5]], got {dW}"
assert np.allclose(db, [-3, -3]), f"db of two equal outputs: expected [-3 -3], got {db}"

# Property: the gradients of a batch are the means of the gradients of its samples.
X, Y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
W, b = rng.normal(size=(3, 2)), rng.normal(size=2)
dW, db = linear_gradients(X, Y, W, b)
assert np.shape(dW) == (3, 2), f"dW: expected the shape of W, (3, 2), got {np.shape(dW)}"
assert np.shape(db) == (2,), f"db: expected the shape of b, (2,), got {np.shape(db)}"
single = [linear_gradients(X[i : i + 1], Y[i : i + 1], W, b) for i in range(6)]
mean_dW, mean_db = np.mean([s[0] for s in single], axis=0), np.mean([s[1] for s in single], axis=0)
assert np.allclose(dW, mean_dW), f"dW of all:\n{dW}\nmean over the samples:\n{mean_dW}"
assert np.allclose(db, mean_db), f"db of all: {db}, mean over the samples: {mean_db}"

# Edge case: where every prediction is right nothing pulls at the parameters.
dW, db = linear_gradients(X, np.ones((6, 2)), np.zeros((3, 2)), np.ones(2))
assert np.allclose(dW, 0) and np.allclose(db, 0), f"perfect fit: expected 0, got {dW}, {db}"
print("Exercise 6.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "linear_gradients-hidden", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 6.1 (4 points). What they look at:
# - shapes and values of dW and db on random data with several m, n and K (3 points);
# - care (1 point): one sample; a perfect fit; integer arrays; calls by argument names;
#   arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw02_linear_regression", "linear_gradients", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "normal_equation-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 6.2 ★★★ `normal_equation` (5 points)
#
# For a linear model there is a shortcut: set the gradients to zero and solve. With a column of ones in front,
# $\tilde X=[\mathbf 1\;X]$ of shape (m, n + 1), the bias becomes the first row of $\tilde W$, and the zero of the gradient is
#
# $$\tilde X^\top\tilde X\,\tilde W=\tilde X^\top Y,\qquad \tilde W=\begin{pmatrix}b\\W\end{pmatrix}.$$
#
# Return `W (n, K)` and `b (K,)`, in this order. Do not invert $\tilde X^\top\tilde X$: if one column of X is a combination of
# others, or if there are fewer samples than parameters, it has no inverse, yet the best fit still exists. `np.linalg.lstsq` finds one.
# In that case many W fit equally well, and any of them is accepted: what counts then is the prediction on X.
#
# **Worked example.** The points (0, 1), (1, 3), (2, 5) lie on a line: $W=2$ and $b=1$.
#
# <details><summary>Hint</summary>
#
# Which matrix has the row (1, x) for each sample? `np.column_stack` puts columns side by side. `np.linalg.lstsq` returns several
# things, and the solution is the first of them. Look at its shape, (n + 1, K), before you cut it apart.
#
# </details>

# %% exercise="6.2" nbgrader={"grade": false, "grade_id": "normal_equation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def normal_equation(X, Y):
    """Return the weights and the bias with the smallest squared error.

    X: (m, n), Y: (m, K)  ->  W (n, K), b (K,)

    >>> W, b = normal_equation(np.array([[0.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [5.0]]))
    >>> W.round(6), b.round(6)
    (array([[2.]]), array([1.]))
    """
    ### BEGIN SOLUTION
    with_ones = np.column_stack([np.ones(len(X)), X])
    solution = np.linalg.lstsq(with_ones, Y, rcond=None)[0]
    return solution[1:], solution[0]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "normal_equation-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 6.2 (1 point)
X, Y = np.array([[0.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [5.0]])
result = normal_equation(X, Y)

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two things, W and b, got {result!r}"
)
W, b = result
assert isinstance(W, np.ndarray), f"W: expected an array, got {type(W).__name__}"
assert isinstance(b, np.ndarray), f"b: expected an array, got {type(b).__name__}"
order = "(row 0 of the solution is b, the rows below it are W; W is returned first)"
assert W.shape == (1, 1), f"W: expected shape (n, K) = (1, 1), got {W.shape} {order}"
assert b.shape == (1,), f"b: expected shape (K,) = (1,), got {b.shape} {order}"
assert np.allclose(W, 2), f"slope of the worked example: expected 2, got {W}"
assert np.allclose(b, 1), f"bias of the worked example: expected 1, got {b}"

# Property: at the best fit the residuals sum to zero. Divide that sum by m: the prediction
# at the mean of X is the mean of Y.
X = rng.normal(size=(40, 3)) + 5
Y = X @ rng.normal(size=(3, 2)) + rng.exponential(size=(40, 2))
W, b = normal_equation(X, Y)
assert np.shape(W) == (3, 2), f"W: expected shape (n, K) = (3, 2), got {np.shape(W)}"
assert np.shape(b) == (2,), f"b: expected shape (K,) = (2,), got {np.shape(b)}"
at_mean = X.mean(axis=0) @ W + b
assert np.allclose(at_mean, Y.mean(axis=0)), (
    f"prediction at the mean of X: {at_mean}, mean of Y: {Y.mean(axis=0)}"
)

# Property: both sides of the normal equations agree.
left, right = X.T @ X @ W + np.outer(X.sum(axis=0), b), X.T @ Y
assert np.allclose(left, right), f"X.T @ predictions:\n{left}\nX.T @ Y:\n{right}"

# Edge case: a column that appears twice. Only the sum of its two weights is fixed.
try:
    W2, b2 = normal_equation(np.column_stack([X, X[:, 0]]), Y)
except np.linalg.LinAlgError as error:
    raise AssertionError("a column appears twice, so X.T @ X has no inverse: use lstsq") from error
both = W2[0] + W2[3]
assert np.allclose(both, W[0]), f"the two weights of a repeated column: {both}, expected {W[0]}"
assert np.allclose(b2, b), f"a repeated column changes no bias: expected {b}, got {b2}"
print("Exercise 6.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "normal_equation-hidden", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 6.2 (4 points). What they look at:
# - shapes and values of W and b on random data with several m, n and K (3 points);
# - care (1 point): columns that depend on each other; a constant column; fewer samples
#   than parameters; integer arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw02_linear_regression", "normal_equation", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 7 All together (not graded)
#
# Fifty noisy points, your closed form, your predictions on 100 new inputs, your gradients as a check. What you should see: a line
# through the mean of the points, and gradients that are zero up to rounding, about $10^{-15}$.
#
# The new inputs are a *column*, shape (100, 1). Leave out the `[:, np.newaxis]` and run the cell again: what does NumPy say, and why?
#
# <details><summary>Answer</summary>
#
# `matmul: … size 1 is different from 100`. A flat array of shape (100,) has no axis of samples: the product takes its 100 numbers for
# 100 features of one sample, and W has one row only. A row of X is a sample, also when there is one feature.
#
# </details>

# %%
x = rng.uniform(-5, 5, size=(50, 1))
y = 1.5 * x - 2 + rng.normal(scale=1.5, size=(50, 1))

W, b = normal_equation(x, y)
inputs = np.linspace(-5.5, 5.5, num=100)[:, np.newaxis]
outputs = linear_predict(inputs, W, b)
dW, db = linear_gradients(x, y, W, b)

fig, ax = plt.subplots(figsize=(7, 4))
ax.plot(x, y, "o", label="data")
ax.plot(inputs, outputs, label=f"fit: w = {W[0, 0]:.2f}, b = {b[0]:.2f}")
ax.set(xlabel="x", ylabel="y", title="The closed form fits 50 noisy points in one step")
ax.legend()
plt.show()
print("half-MSE at the best fit:", round(half_mse(linear_predict(x, W, b), y), 4))
print("gradients there:", dW.ravel(), db)

# %% [markdown]
# **Before you hand in:** restart the kernel, run all cells, save as `hw02_linear_regression_solved.ipynb`. The feedback will tell you, exercise by exercise,
# what was right, and where something was not, the smallest example on which it shows.
