# %% [markdown] nbgrader={"grade": false, "grade_id": "introduction", "locked": true, "schema_version": 3, "solution": false, "task": false}
# # Homework 3: gradient descent
#
# You write the optimizer that every later homework uses: one step down, many steps with a stop, the largest step that is
# safe, gradients that are measured instead of derived, shuffled batches, and two better steps, momentum and RMSprop. At the
# end they work together on measurements of 442 patients.
#
# | Homework 3 | at a glance |
# |---|---|
# | **Needs** | Lecture 4, *Gradient descent* |
# | **Time** | 3 to 4 hours |
# | **Points** | 30: 8 for the visible tests, 22 for the hidden ones |
# | **Hand in** | this one notebook, saved as `hw03_gradient_descent_solved.ipynb` |
#
# **How to work.** Run the first code cell. Then replace each `raise NotImplementedError(…)` by your solution, run its cell, and
# run the visible test cell below it. Before you hand in: *Kernel → Restart Kernel and Run All Cells…*, so that nothing rests on a
# cell that you have changed since. (It stops at the first test that fails; to hand in with an exercise left open is fine.) All of
# your solution lives in this notebook: no other file of yours is looked at.
#
# **How it is graded.** Each exercise has a visible test cell, worth 1 point, which you can read and run, and a hidden one. The
# hidden tests call your function with fresh random data and compare it with a reference solution. They look at types, shapes and
# values, at special cases that each exercise names, and at two rules that hold throughout: a function **leaves its arguments
# unchanged** (lists, and the arrays inside of them), and it **gives the same result when it is called again** with the same
# arguments (a random generator in the same state). Where a float is asked for, a NumPy float is as good; where an array is asked
# for, a list is not; where a list of arrays is asked for, a tuple of arrays is as good. Inputs may be arrays of integers; what
# you compute from them are floats. Calls by argument name work, so keep the names. NumPy should not have to warn (of an overflow, a
# division by zero). The points for values come first: with wrong values there are none for the rest. If a function is right but
# careless in special cases, it earns the points for values, and the feedback says why. Speed is not graded, and neither is which
# order a random generator draws. Each exercise can be solved by itself. You may call a function of yours from an earlier one, but
# then a mistake in it costs points in both.
#
# **Honesty.** Discuss ideas with anyone; write the code yourself. If an AI assistant helped, say where and how in a comment. You
# are ready to hand in when you could explain every line to a friend.
#
# **Notation.** $J$ is what we make small, $\theta$ stands for all parameters together, α is the learning rate (`lr`). In code the
# parameters are a **list of arrays** of any shapes, such as `[W, b]` with the weights `W (n, K)` and the bias `b (K,)`. A gradient
# is a list, too: array i of `grads` has the shape of array i of `params`. A row of `X (m, n)` is a sample, `Y (m, K)` holds the
# targets. m, n and K may each be 1, but the number of axes never changes. `rng` is a generator made by
# `np.random.default_rng(seed)`: a function that gets one draws from it and from nothing else.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import os
from itertools import islice
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_diabetes

rng = np.random.default_rng(3)

name = Path(os.environ.get("JPY_SESSION_NAME", "")).name
if name and name != "hw03_gradient_descent_solved.ipynb":
    print(f"This notebook is called {name}.")
    print("Save it as hw03_gradient_descent_solved.ipynb to hand it in.")


# %% [markdown]
# ## 1 Down the slope

# %% [markdown] nbgrader={"grade": false, "grade_id": "gradient_step-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.1 ★ `gradient_step` (3 points)
#
# The gradient points uphill. One step of gradient descent moves every parameter a little against its gradient:
#
# $$\theta\leftarrow\theta-\alpha\,\frac{\partial J}{\partial\theta}.$$
#
# `params` is a list of arrays of any shapes, and `grads` is a list of as many arrays with the same shapes. Return a **new** list
# with the new arrays, in the same order and shapes. Whoever calls you may still need the old parameters, so leave the list and
# its arrays as they are.
#
# **Worked example.** With $W=(1,2)^\top$, $b=(3)$, $dW=(10,-4)^\top$, $db=(5)$ and α = 0.1:
#
# $$W=\begin{pmatrix}1-0.1\cdot10\\2-0.1\cdot(-4)\end{pmatrix}=\begin{pmatrix}0\\2.4\end{pmatrix},\qquad b=(3-0.1\cdot5)=(2.5).$$
#
# <details><summary>Hint</summary>
#
# `zip(params, grads)` goes through both lists side by side. `p = p - step` makes a new array; `p -= step` changes the array that
# the caller holds, too, and fails where it holds integers. Take the arrays one by one: `np.array(params)` makes no single array of
# them, since their shapes differ.
#
# </details>

# %% exercise="1.1" nbgrader={"grade": false, "grade_id": "gradient_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_step(params, grads, lr):
    """Return all parameters after one step of gradient descent.

    params: list of arrays, grads: list of arrays in the same shapes, lr: float
    ->  list of new arrays in the same shapes

    >>> params, grads = [np.array([1.0, 2.0]), np.ones(1)], [np.array([10.0, 0.0]), np.ones(1)]
    >>> gradient_step(params, grads, 0.5)
    [array([-4.,  2.]), array([0.5])]
    """
    ### BEGIN SOLUTION
    return [p - lr * g for p, g in zip(params, grads, strict=True)]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gradient_step-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.1 (1 point)
W, b = np.array([[1.0], [2.0]]), np.array([3.0])
dW, db = np.array([[10.0], [-4.0]]), np.array([5.0])
params = [W, b]
moved = gradient_step(params, [dW, db], 0.1)

assert moved is not None, "gradient_step returned None: is a return missing?"
assert isinstance(moved, (list, tuple)), f"expected a list, got {type(moved).__name__}"
assert len(moved) == 2, f"two parameters: expected a list of 2 arrays, got {len(moved)} entries"
for i, shape in enumerate([(2, 1), (1,)]):
    kind = type(moved[i]).__name__
    assert isinstance(moved[i], np.ndarray), f"entry {i}: expected an array, got {kind}"
    assert moved[i].shape == shape, f"entry {i}: expected shape {shape}, got {moved[i].shape}"
assert np.allclose(moved[0], [[0], [2.4]]), f"W: expected\n[[0.] [2.4]], got\n{moved[0]}"
assert np.allclose(moved[1], [2.5]), f"b: expected [2.5], got {moved[1]}"

# Property: the old parameters are still there, in the arrays and in the list.
assert np.all(W == [[1], [2]]) and np.all(b == [3]), f"the step changed its arguments: {W}, {b}"
assert params[0] is W and params[1] is b, f"the step changed the list that it got: {params}"

# Property: a step and the same step back lead to where they started.
start = [rng.normal(size=shape) for shape in [(2, 3), (3,), (3, 1), (1,)]]
slopes = [rng.normal(size=array.shape) for array in start]
there = gradient_step(start, slopes, 0.3)
back = gradient_step(there, slopes, -0.3)
for i in range(4):
    assert np.allclose(back[i], start[i]), f"there and back: expected {start[i]}, got {back[i]}"

# Edge case: integers. The step is no integer, so the result is not, either.
(moved,) = gradient_step([np.array([4, 7])], [np.array([1, 2])], 0.5)
assert np.allclose(moved, [3.5, 6]), f"integers: expected [3.5 6. ], got {moved}"
print("Exercise 1.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "gradient_step-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.1 (2 points). What they look at:
# - types, shapes and values for lists of one to four arrays, small and large rates (1 point);
# - care (1 point): a single array; one weight and one bias; three axes; a gradient of zero;
#   integers; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw03_gradient_descent", "gradient_step", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "gradient_descent-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.2 ★★★ `gradient_descent` (5 points)
#
# Now take many steps, until the ground is flat. `grad_fn(params)` returns the list of gradients at these parameters. Repeat at most
# `n_steps` times:
#
# 1. compute the gradients, all at the same parameters;
# 2. compute the **norm of the whole gradient**, the root of the sum of the squares of *all* entries of *all* arrays, and record it;
# 3. if the norm is below `tol`, stop;
# 4. move all parameters.
#
# $$\lVert g\rVert=\sqrt{\sum_{i}\sum_{j}g_{ij}^2}\qquad\text{(array }i\text{ of the gradient, entry }j\text{ of that array)}$$
#
# Return two things: the list of parameters at the end, and `history`, an array of shape (t,) with the recorded norms. So the first
# entry belongs to the start, and without an early stop there is one entry for each of the `n_steps` steps. Details that do not matter:
# you may also check after the update instead of before, and it is up to you whether the norm at the very end is recorded.
# (`history` may be longer or shorter by this one entry.)
#
# All arrays move from the *same* gradient. If you moved one, computed the gradients again, and then moved the next, it would be another
# algorithm.
#
# **Worked example.** $J=\frac12w^2$ has the gradient $w$. From $w=8$ with α = 0.5 each step halves $w$: after 3 steps $w=1$, and the
# history is (8, 4, 2). With `tol` = 3 the walk stops when it sees the norm 2: then $w=2$.
#
# <details><summary>Hint</summary>
#
# `np.sum(g**2)` adds up the squares of one array of any shape. (`np.linalg.norm` takes one array, too, not a list of several shapes.)
# Collect the norms in a list, and make an array of it at the end. The variable `params` may refer to a new list after each step:
# `params = […]` leaves the caller's list as it is.
#
# </details>

# %% exercise="1.2" nbgrader={"grade": false, "grade_id": "gradient_descent", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_descent(grad_fn, params, lr, n_steps, tol):
    """Return the parameters after gradient descent, and the norms of the gradient on the way.

    grad_fn(params) -> list of gradients, params: list of arrays, lr: float,
    n_steps: int, at least 1, tol: float  ->  params (list of arrays), history (t,)

    >>> gradient_descent(lambda params: [params[0]], [np.array([8.0])], 0.5, 3, 1e-6)
    ([array([1.])], array([8., 4., 2.]))
    """
    ### BEGIN SOLUTION
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        norm = np.sqrt(sum(np.sum(g**2) for g in grads))
        history.append(norm)
        if norm < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads, strict=True)]
    return params, np.array(history)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gradient_descent-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.2 (1 point)
start = [np.array([8.0])]
result = gradient_descent(lambda params: [1.0 * params[0]], start, 0.5, 3, 1e-6)

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two things, params and history, got {result!r}"
)
end, norms = result
assert isinstance(end, (list, tuple)), f"params: expected a list, got {type(end).__name__}"
assert len(end) == 1, f"params: expected a list of 1 array, got {len(end)} entries"
assert isinstance(end[0], np.ndarray), f"params: expected arrays, got {type(end[0]).__name__}"
assert end[0].shape == (1,), f"params: expected shape (1,), got {end[0].shape}"
assert isinstance(norms, np.ndarray), f"history: expected an array, got {type(norms).__name__}"
assert norms.shape in [(3,), (4,)], f"history: three steps, so shape (3,), got {norms.shape}"
assert np.allclose(end[0], 1), f"worked example: expected [1.], got {end[0]}"
assert np.allclose(norms[:3], [8, 4, 2]), f"history: expected [8. 4. 2.], got {norms}"
assert start[0][0] == 8, f"the start was changed: expected [8.], got {start[0]}"

# With tol = 3 it stops at 2. (One update more, to 1, is as good.)
(w,), norms = gradient_descent(lambda params: [1.0 * params[0]], start, 0.5, 30, 3.0)
assert np.isclose(w[0], 2) or np.isclose(w[0], 1), f"tol = 3: expected to stop at [2.], got {w}"
assert len(norms) < 5, f"tol = 3: expected the history to end with the stop, got {norms}"


# The norm of the whole gradient: the gradients (3, 0) and (4) make 5 together.
def three_and_four(params):
    return [np.array([3.0, 0.0]), np.array([4.0])]


_, norms = gradient_descent(three_and_four, [np.zeros(2), np.zeros(1)], 0.1, 1, 1e-6)
assert np.isclose(norms[0], 5), f"gradients (3, 0) and (4): expected the norm 5, got {norms[0]}"


# Property: all arrays move from the same gradient. Both gradients are w + b here, so after one
# step from w = 1, b = 1 with the rate 0.5 both are 1 - 0.5 * 2 = 0.
def sum_of_both(params):
    return [params[0] + params[1], params[0] + params[1]]


(w, b), _ = gradient_descent(sum_of_both, [np.ones(1), np.ones(1)], 0.5, 1, 1e-6)
assert np.allclose([w, b], 0), f"expected w = 0 and b = 0 after one step, got {w} and {b}"

# Property: the end is where the gradient is zero, here at the target.
target = rng.normal(size=(3, 2))


def toward_target(params):
    return [params[0] - target]


(W,), norms = gradient_descent(toward_target, [np.zeros((3, 2))], 0.5, 200, 1e-8)
assert np.allclose(W, target, atol=1e-7), f"expected to end at\n{target}, got\n{W}"
assert len(norms) < 60, f"tol = 1e-8 is reached after about 28 steps, got {len(norms)} norms"
print("Exercise 1.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "gradient_descent-hidden", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.2 (4 points). What they look at:
# - params and history without an early stop, lists of one to four arrays (2 points);
# - the stop, earlier than n_steps, and at a start that is a minimum already (1 point);
# - care (1 point): a single step; a rate so large that it diverges; a start of integers;
#   calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw03_gradient_descent", "gradient_descent", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 2 How large a step?

# %% [markdown] nbgrader={"grade": false, "grade_id": "largest_stable_lr-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.1 ★★ `largest_stable_lr` (4 points)
#
# For half the mean squared error of a linear model we can say which learning rates work. Put a column of ones in front of the data
# for the bias, $\tilde X=[\mathbf1\;X]$ of shape (m, n + 1). The matrix $H=\frac1m\tilde X^\top\tilde X$ holds the curvatures of $J$, and
# its largest eigenvalue $\lambda_{\max}$ is the curvature of the steepest direction. Gradient descent converges from every start if
# and only if
#
# $$0<\alpha<\frac{2}{\lambda_{\max}\big(\tilde X^\top\tilde X/m\big)}.$$
#
# Return this upper limit, a float.
#
# **Worked example.** For the samples 3 and −3, m = 2:
#
# $$\tilde X=\begin{pmatrix}1&3\\1&-3\end{pmatrix},\qquad H=\frac12\begin{pmatrix}2&0\\0&18\end{pmatrix}=\begin{pmatrix}1&0\\0&9\end{pmatrix},\qquad
# \lambda_{\max}=9,\qquad\frac29\approx0.2222.$$
#
# <details><summary>Hint</summary>
#
# `np.column_stack` puts columns side by side. $H$ is symmetric, and `np.linalg.eigvalsh` is made for symmetric matrices: it returns all
# eigenvalues, from the smallest to the largest.
#
# </details>

# %% exercise="2.1" nbgrader={"grade": false, "grade_id": "largest_stable_lr", "locked": false, "schema_version": 3, "solution": true, "task": false}
def largest_stable_lr(X):
    """Return the learning rate below which gradient descent on half the MSE converges.

    X: (m, n), without the column of ones  ->  float

    >>> round(largest_stable_lr(np.array([[3.0], [-3.0]])), 4)
    0.2222
    """
    ### BEGIN SOLUTION
    with_ones = np.column_stack([np.ones(len(X)), X])
    curvatures = np.linalg.eigvalsh(with_ones.T @ with_ones / len(X))
    return float(2 / curvatures.max())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "largest_stable_lr-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.1 (1 point)
rate = largest_stable_lr(np.array([[3.0], [-3.0]]))

assert rate is not None, "largest_stable_lr returned None: is a return missing?"
assert np.shape(rate) == (), f"expected a single float, got shape {np.shape(rate)}"
assert np.isclose(rate, 2 / 9), f"worked example: expected 2/9 = 0.2222, got {rate}"

# The bias counts: for 0, 0, 1, 3 the matrix H is [[1, 1], [1, 2.5]], its eigenvalues 0.5 and 3.
bias_counts = largest_stable_lr(np.array([[0.0], [0.0], [1.0], [3.0]]))
assert np.isclose(bias_counts, 2 / 3), (
    f"samples 0, 0, 1, 3: expected 2/3 = 0.6667, got {bias_counts} (without a bias: 0.8)"
)

# Its meaning: in the steepest direction each step multiplies w by 1 - 9 * rate.
for share, grows in [(0.9, False), (1.1, True)]:
    w = 1.0
    for _ in range(50):
        w = w - share * rate * (9 * w)
    assert bool(abs(w) > 1) == grows, f"{share} times your rate: |w| went from 1 to {abs(w)}"

# Property: J is a mean, so data that are written down twice have the same limit.
X = rng.normal(size=(8, 3)) + 1
once, twice = largest_stable_lr(X), largest_stable_lr(np.vstack([X, X]))
assert np.isclose(once, twice), f"all samples twice: expected {once}, got {twice}"

# Property: neither the order of the columns nor that of the samples matters.
again = largest_stable_lr(X[::-1, ::-1])
assert np.isclose(again, once), f"columns and rows reversed: expected {once}, got {again}"

# Property: larger features allow only smaller steps.
larger = largest_stable_lr(10 * X)
assert larger < once / 20, f"features ten times as large: {larger}, as they are: {once}"

# Edge case: features of zero. Only the column of ones is left, with the curvature 1.
flat = largest_stable_lr(np.zeros((4, 2)))
assert np.isclose(flat, 2), f"X of zeros: expected 2, got {flat}"
print("Exercise 2.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "largest_stable_lr-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.1 (3 points). What they look at:
# - values on random data with several m and n (2 points);
# - care (1 point): one sample; fewer samples than parameters; a constant column; zeros;
#   columns that are very large or very small; integers; calls by argument name; the
#   argument left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw03_gradient_descent", "largest_stable_lr", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3 Derivatives by measuring

# %% [markdown] nbgrader={"grade": false, "grade_id": "numerical_gradient-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.1 ★★ `numerical_gradient` (4 points)
#
# A derivative can be measured: move one entry of `w` by $h$ to either side, and see how much $f$ changes. This is the **central difference**
#
# $$\frac{\partial f}{\partial w_j}\approx\frac{f(w+he_j)-f(w-he_j)}{2h},$$
#
# where $e_j$ is 1 at entry $j$ and 0 elsewhere. `f` takes an array in the shape of `w` and returns a float. `w` may have any number
# of axes, from one upward. Return an array in the shape of `w`, with this quotient at every entry.
#
# Use the `h` that you are given, also if it is large: the hidden tests look at values such as 0.1, where another formula gives another number.
# It is the caller who chooses `h`; if it is left out it is $10^{-5}$.
#
# **Worked example.** $f(w)=w_1^3+3w_2$ at $w=(2,5)$ with $h=0.5$:
#
# $$\frac{(2.5^3+15)-(1.5^3+15)}{1}=15.625-3.375=12.25,\qquad\frac{(8+16.5)-(8+13.5)}{1}=3.$$
#
# The derivatives are 12 and 3. For the cube the quotient is too large by $h^2=0.25$; for the linear part it is exact.
#
# <details><summary>Hint</summary>
#
# `for j in np.ndindex(w.shape)` gives the position of every entry, whatever the shape, and `array[j]` reads or writes it. Make an array
# of zeros with one $h$ in it, and add and subtract it. `np.zeros(w.shape)` is an array of floats, also where `w` holds integers.
#
# </details>

# %% exercise="3.1" nbgrader={"grade": false, "grade_id": "numerical_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_gradient(f, w, h=1e-5):
    """Return the gradient of f at w by central differences.

    f(w) -> float, w: array of any shape, h: float > 0  ->  array, the shape of w

    >>> numerical_gradient(lambda w: w[0] ** 3 + 3 * w[1], np.array([2.0, 5.0]), h=0.5)
    array([12.25,  3.  ])
    """
    ### BEGIN SOLUTION
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[j] = h
        gradient[j] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "numerical_gradient-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.1 (1 point)
w = np.array([2.0, 5.0])
slopes = numerical_gradient(lambda w: w[0] ** 3 + 3 * w[1], w, h=0.5)

assert slopes is not None, "numerical_gradient returned None: is a return missing?"
assert isinstance(slopes, np.ndarray), f"expected an array, got {type(slopes).__name__}"
assert slopes.shape == (2,), f"expected the shape of w, (2,), got {slopes.shape}"
assert np.allclose(slopes, [12.25, 3]), f"worked example: expected [12.25 3.], got {slopes}"
assert np.all(w == [2, 5]), f"w was changed: expected [2. 5.], got {w}"

# Property: any shape. The derivative of the sum of sin(w) is cos(w).
for shape in [(1,), (2, 3), (2, 1, 2)]:
    w = rng.normal(size=shape)
    slopes = numerical_gradient(lambda w: np.sum(np.sin(w)), w)
    assert np.shape(slopes) == shape, f"expected the shape {shape}, got {np.shape(slopes)}"
    assert np.allclose(slopes, np.cos(w), atol=1e-8), f"expected\n{np.cos(w)}, got\n{slopes}"

# Property: one entry at a time. Here the entries depend on each other.
w = np.array([[1.0, 2.0], [3.0, 4.0]])
slopes = numerical_gradient(lambda w: w[0, 0] * w[0, 1] * w[1, 0] * w[1, 1], w)
assert np.allclose(slopes, [[24, 12], [8, 6]]), (
    f"product of 1, 2, 3, 4: expected [[24 12] [8 6]], got\n{slopes}"
)

# Edge case: integers. Both w and the result have to become floats.
slopes = numerical_gradient(lambda w: np.sum(w**2) / 4, np.array([1, 3]))
assert np.allclose(slopes, [0.5, 1.5]), f"integers: expected [0.5 1.5], got {slopes}"
print("Exercise 3.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "numerical_gradient-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.1 (3 points). What they look at:
# - shapes and values for arrays of one and two axes, with several h, large and small (2 points);
# - care (1 point): h left out; a single entry; three axes; integers; calls by argument
#   names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw03_gradient_descent", "numerical_gradient", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "optimize-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.2 ★★ `optimize` (4 points)
#
# With measured gradients you can minimize any function of `W` and `b`, without knowing what is inside. `loss(W, b)` returns a float, for
# example the closure that `make_loss` made in homework 2. Start from `W0 (n, K)` and `b0 (K,)`, and repeat `n_steps` times:
#
# 1. record the loss;
# 2. measure the gradients $dW$ and $db$ by differences with a small $h$, such as $10^{-5}$, both at the same $W$ and $b$;
# 3. $W\leftarrow W-\alpha\,dW$ and $b\leftarrow b-\alpha\,db$.
#
# Return `W`, `b` and `history`, an array of shape (n_steps,) with the loss *before* each step. There is no early stop here.
#
# The price: each gradient costs two evaluations of the loss for every single parameter. A network with a million parameters would need two million
# evaluations for one step. Backpropagation, in lecture 9, needs about as much work as a few evaluations.
#
# **Worked example.** $J(W,b)=W^2+\frac12b^2$ has the gradients $2W$ and $b$. From $W=1$, $b=4$ with α = 0.25 the first step leads to
# $W=1-0.25\cdot2=0.5$ and $b=4-0.25\cdot4=3$, the second to $W=0.25$ and $b=2.25$. The losses before the steps are $1+8=9$ and $0.25+4.5=4.75$.
#
# <details><summary>Hint</summary>
#
# You may call your `numerical_gradient`. It needs a function of one array, so fix the other one: `lambda V: loss(V, b)` is a function of the
# weights alone. Measure both gradients before you move anything.
#
# </details>

# %% exercise="3.2" nbgrader={"grade": false, "grade_id": "optimize", "locked": false, "schema_version": 3, "solution": true, "task": false}
def optimize(loss, W0, b0, lr, n_steps):
    """Return W and b after gradient descent with measured gradients, and the losses on the way.

    loss(W, b) -> float, W0: (n, K), b0: (K,), lr: float, n_steps: int, at least 1
    ->  W (n, K), b (K,), history (n_steps,)

    >>> def loss(W, b): return W[0, 0] ** 2 + b[0] ** 2 / 2
    >>> W, b, history = optimize(loss, np.array([[1.0]]), np.array([4.0]), 0.25, 2)
    >>> W.round(4), b.round(4), history.round(4)
    (array([[0.25]]), array([2.25]), array([9.  , 4.75]))
    """
    ### BEGIN SOLUTION
    params, history = [W0 + 0.0, b0 + 0.0], []
    for _ in range(n_steps):
        history.append(loss(*params))
        grads = [np.zeros(p.shape) for p in params]
        for p, g in zip(params, grads, strict=True):
            for j in np.ndindex(p.shape):
                kept = p[j]
                p[j] = kept + 1e-5
                above = loss(*params)
                p[j] = kept - 1e-5
                g[j] = (above - loss(*params)) / 2e-5
                p[j] = kept
        params = [p - lr * g for p, g in zip(params, grads, strict=True)]
    return params[0], params[1], np.array(history)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "optimize-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.2 (1 point)
def bowl(W, b):
    return W[0, 0] ** 2 + b[0] ** 2 / 2


W0, b0 = np.array([[1.0]]), np.array([4.0])
result = optimize(bowl, W0, b0, 0.25, 2)

assert isinstance(result, (tuple, list)) and len(result) == 3, (
    f"expected three things, W, b and history, got {result!r}"
)
W, b, losses = result
for label, value, shape in [("W", W, (1, 1)), ("b", b, (1,)), ("history", losses, (2,))]:
    kind = type(value).__name__
    assert isinstance(value, np.ndarray), f"{label}: expected an array, got {kind}"
    assert value.shape == shape, f"{label}: expected shape {shape}, got {value.shape}"
assert np.allclose(W, 0.25, atol=1e-4), f"worked example: expected W = [[0.25]], got {W}"
assert np.allclose(b, 2.25, atol=1e-4), f"worked example: expected b = [2.25], got {b}"
assert np.allclose(losses, [9, 4.75], atol=1e-3), f"history: expected [9. 4.75], got {losses}"
assert W0[0, 0] == 1 and b0[0] == 4, f"the start was changed: {W0}, {b0}"


# Property: both move from the same place. Both gradients are w + b here, so after one step from
# w = 1, b = 1 with the rate 0.5 both are 1 - 0.5 * 2 = 0.
def valley(W, b):
    return (W[0, 0] + b[0]) ** 2 / 2


W, b, _ = optimize(valley, np.ones((1, 1)), np.ones(1), 0.5, 1)
assert np.allclose([W[0, 0], b[0]], 0, atol=1e-4), f"expected W = 0 and b = 0, got {W} and {b}"

# Property: several outputs, and a loss that is no polynomial. It falls toward its minimum 0,
# which lies at the targets.
W_best, b_best = rng.normal(size=(2, 3)), rng.normal(size=3)


def hills(W, b):
    return 2 - np.exp(-np.sum((W - W_best) ** 2)) - np.exp(-np.sum((b - b_best) ** 2))


W, b, losses = optimize(hills, W_best + 0.3, b_best - 0.2, 0.2, 40)
assert np.all(np.diff(losses) < 1e-9), f"the losses should fall in every step, got {losses}"
assert np.allclose(W, W_best, atol=1e-3), f"W: expected\n{W_best}, got\n{W}"
assert np.allclose(b, b_best, atol=1e-3), f"b: expected {b_best}, got {b}"

# Edge case: a start of integers has to become floats.
W, b, _ = optimize(bowl, np.array([[1]]), np.array([4]), 0.25, 1)
assert np.allclose(W, 0.5, atol=1e-4), f"integers: expected W = [[0.5]], got {W}"
assert np.allclose(b, 3, atol=1e-4), f"integers: expected b = [3.], got {b}"
print("Exercise 3.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "optimize-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.2 (3 points). What they look at:
# - shapes and values of W, b and history, one output and several, with a quadratic loss and
#   another one; a small error from measuring is allowed (2 points);
# - care (1 point): a single step; a start of integers; calls by argument names; arguments
#   left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw03_gradient_descent", "optimize", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 4 Batches

# %% [markdown] nbgrader={"grade": false, "grade_id": "minibatches-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.1 ★★ `minibatches` (4 points)
#
# The gradient over a few samples costs little and points roughly in the right direction. So we cut the data into **mini-batches** and take a step
# for each of them. One pass over all batches is an **epoch**.
#
# `minibatches(X, Y, batch_size, rng)` gives the batches of one epoch, pairs `(X_b, Y_b)`. In a loop they are used like this:
# `for X_b, Y_b in minibatches(X, Y, 32, rng): …`
#
# - The samples are shuffled first, in an order that `rng` draws. Which order that is does not matter.
# - Row i of `X_b` and row i of `Y_b` belong to the same sample.
# - Every sample occurs exactly once.
# - Every batch has `batch_size` rows; only the last one has fewer if m is not a multiple of it. No batch is empty.
#
# Return anything that a `for` loop can go through: a list of pairs, or a generator (a function with `yield`).
#
# **Worked example.** For m = 5 and `batch_size` = 2 the batches have 2, 2 and 1 rows. If the order drawn is 3, 0, 4, 1, 2, they hold the samples
# (3, 0), (4, 1) and (2).
#
# <details><summary>Hint</summary>
#
# `rng.permutation(m)` gives the numbers 0, …, m − 1 in a random order. Cut *this order* into pieces, and use each piece as index for both arrays:
# `X[piece]` keeps its two axes. `range(0, m, batch_size)` gives the places to cut at, and a slice that reaches past the end is just shorter.
#
# </details>

# %% exercise="4.1" nbgrader={"grade": false, "grade_id": "minibatches", "locked": false, "schema_version": 3, "solution": true, "task": false}
def minibatches(X, Y, batch_size, rng):
    """Return the shuffled samples in batches, every sample once.

    X: (m, n), Y: (m, K), batch_size: int, at least 1, rng: np.random.Generator
    ->  iterable of pairs X_b (batch_size, n), Y_b (batch_size, K); the last may be smaller

    >>> X, Y = np.ones((5, 3)), np.zeros((5, 1))
    >>> [X_b.shape for X_b, Y_b in minibatches(X, Y, 2, np.random.default_rng(0))]
    [(2, 3), (2, 3), (1, 3)]
    """
    ### BEGIN SOLUTION
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        yield X[batch], Y[batch]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "minibatches-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.1 (1 point)
def batches_of(m, batch_size, seed):
    """Sample i is X[i] = (i, -i) and Y[i] = (10 i). At most 99 batches, in case they never end."""
    i = np.arange(m).reshape(m, 1)
    drawn = minibatches(np.hstack([i, -i]), 10 * i, batch_size, np.random.default_rng(seed))
    return list(islice(drawn, 99))


batches = batches_of(10, 4, seed=0)

for pair in batches:
    assert isinstance(pair, (tuple, list)) and len(pair) == 2, (
        f"expected pairs (X_b, Y_b), got {pair!r}"
    )
    for part, columns in zip(pair, (2, 1), strict=True):
        assert isinstance(part, np.ndarray), f"expected arrays, got {type(part).__name__}"
        assert part.ndim == 2, f"expected two axes, got shape {part.shape}"
        assert part.shape[1] == columns, f"expected {columns} columns, got shape {part.shape}"
sizes = [len(X_b) for X_b, _ in batches]
assert sizes == [4, 4, 2], f"m = 10, batch_size = 4: expected 4, 4 and 2 rows, got {sizes}"

# Property: a row of Y_b belongs to the row of X_b beside it.
for X_b, Y_b in batches:
    assert np.all(Y_b == 10 * X_b[:, :1]), f"X_b =\n{X_b} does not belong to Y_b =\n{Y_b}"


# Property: every sample occurs exactly once.
def samples(batches):
    return [int(i) for X_b, _ in batches for i in X_b[:, 0]]


seen = sorted(samples(batches))
assert seen == list(range(10)), f"expected the samples 0, …, 9 once each, got {seen}"

# Property: the samples are shuffled, and generators in the same state give the same batches.
assert samples(batches_of(20, 5, seed=1)) == samples(batches_of(20, 5, seed=1)), (
    "two generators in the same state gave different batches: is everything drawn from rng?"
)
first = {tuple(sorted(samples(batches_of(20, 5, seed)[:1]))) for seed in range(6)}
assert len(first) > 1, f"six generators, and the first batch always held {first}"

# Edge cases: m is a multiple of batch_size, one sample at a time, and everything at once.
for m, batch_size, expected in [(8, 4, [4, 4]), (3, 1, [1, 1, 1]), (3, 5, [3])]:
    sizes = [len(X_b) for X_b, _ in batches_of(m, batch_size, seed=0)]
    assert sizes == expected, f"m = {m}, batches of {batch_size}: expected {expected}, got {sizes}"
print("Exercise 4.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "minibatches-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.1 (3 points). What they look at:
# - pairs, shapes, every sample once, shuffled, on random data with several sizes (2 points);
# - care (1 point): m a multiple of batch_size or not; batches of one sample; batch_size of m
#   and more; integers; draws from rng alone; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw03_gradient_descent", "minibatches", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 5 Better steps

# %% [markdown] nbgrader={"grade": false, "grade_id": "momentum_step-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 5.1 ★ `momentum_step` (3 points)
#
# In a narrow valley plain steps jump from wall to wall. **Momentum** gives the parameter a velocity $v$: the gradient changes the velocity,
# and the velocity moves the parameter. What points to and fro cancels, what always points the same way adds up.
#
# $$v\leftarrow\beta v-\alpha g,\qquad w\leftarrow w+v\quad\text{(with the new }v\text{)}.$$
#
# $g$ is the gradient at $w$, and $0\le\beta<1$ says how much of the old velocity is kept. `w`, `v` and `g` are arrays of the same shape, any
# shape. Return the new `w` and the new `v`, in this order.
#
# Other programs write this with the opposite sign of $v$, or with the rate outside: keep to the formula above.
#
# **Worked example.** $w=1$, $v=0.5$, $g=2$, α = 0.1, β = 0.8: the new velocity is $0.8\cdot0.5-0.1\cdot2=0.2$, and $w=1+0.2=1.2$. The
# gradient says down, but the velocity still carries $w$ upward.
#
# <details><summary>Hint</summary>
#
# Two lines. Compute the new velocity first, as a new array, because the second formula uses it.
#
# </details>

# %% exercise="5.1" nbgrader={"grade": false, "grade_id": "momentum_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def momentum_step(w, v, g, lr, beta):
    """Return a parameter and its velocity after one step with momentum.

    w, v, g: arrays of the same shape, lr, beta: float  ->  w, v (that shape)

    >>> w, v = momentum_step(np.array([1.0]), np.array([0.5]), np.array([2.0]), 0.1, 0.8)
    >>> w.round(6), v.round(6)
    (array([1.2]), array([0.2]))
    """
    ### BEGIN SOLUTION
    v = beta * v - lr * g
    return w + v, v
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "momentum_step-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 5.1 (1 point)
w, v = np.array([[1.0], [1.0]]), np.array([[0.5], [0.0]])
result = momentum_step(w, v, np.array([[2.0], [2.0]]), 0.1, 0.8)

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two things, w and v, got {result!r}"
)
for label, value in zip("wv", result, strict=True):
    kind = type(value).__name__
    assert isinstance(value, np.ndarray), f"{label}: expected an array, got {kind}"
    assert value.shape == (2, 1), f"{label}: expected shape (2, 1), got {value.shape}"
w_new, v_new = result
assert np.allclose(v_new, [[0.2], [-0.2]]), f"v: expected [[0.2] [-0.2]], got\n{v_new}"
assert np.allclose(w_new, [[1.2], [0.8]]), f"w: expected [[1.2] [0.8]], got\n{w_new}"
assert np.all(w == 1) and np.all(v == [[0.5], [0]]), f"the arguments were changed: {w}, {v}"

# Property: without momentum, beta = 0, this is a plain step.
w, v, g = rng.normal(size=(3, 4, 2))
w_new, _ = momentum_step(w, v, g, 0.3, 0.0)
assert np.allclose(w - w_new, 0.3 * g), f"beta = 0: expected to move by {-0.3 * g}, got {w_new - w}"

# Property: on an even slope the velocity grows toward lr * g / (1 - beta), here 0.1 * 1 / 0.2.
w, v = np.zeros(1), np.zeros(1)
for _ in range(60):
    w, v = momentum_step(w, v, np.ones(1), 0.1, 0.8)
assert np.allclose(v, -0.5, atol=1e-4), f"after 60 steps: expected the velocity -0.5, got {v}"

# Edge case: integers.
w_new, v_new = momentum_step(np.array([4]), np.array([2]), np.array([1]), 0.5, 0.75)
assert np.allclose([w_new, v_new], [[5], [1]]), (
    f"integers: expected [5.], [1.], got {w_new}, {v_new}"
)
print("Exercise 5.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "momentum_step-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 5.1 (2 points). What they look at:
# - shapes and values on random data of several shapes (1 point);
# - care (1 point): a velocity of zero; beta = 0; a gradient of zero; a single entry;
#   integers; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw03_gradient_descent", "momentum_step", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "rmsprop_step-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 5.2 ★ `rmsprop_step` (3 points)
#
# Gradients may be large for one parameter and tiny for another, and one learning rate has to serve both. **RMSprop** keeps for each
# entry a running mean $s$ of the **squares** of its gradients, and divides by the root of it (RMS: root mean square). Then the steps of all
# entries are about as long as α.
#
# $$s\leftarrow\rho s+(1-\rho)\,g^2,\qquad w\leftarrow w-\frac{\alpha\,g}{\sqrt s+\epsilon}\quad\text{(with the new }s\text{)}.$$
#
# Everything is taken entry by entry. The small ε > 0 stands **outside** of the root; it keeps us from dividing by zero. `w`, `s` and `g` are
# arrays of the same shape, any shape. Return the new `w` and the new `s`, in this order.
#
# The squares matter: a mean of the gradients themselves, some positive, some negative, may be near zero, and dividing by it would make huge steps in any
# direction.
#
# **Worked example.** $w=1$, $s=7$, $g=5$, α = 0.2, ρ = 0.5, ε = $10^{-8}$: the new mean is $0.5\cdot7+0.5\cdot25=16$, its root is 4, and
# $w=1-0.2\cdot5/4=0.75$.
#
# <details><summary>Hint</summary>
#
# Mind the parentheses: all of $\sqrt s+\epsilon$ is below the fraction bar. `g**2` and `np.sqrt` work entry by entry.
#
# </details>

# %% exercise="5.2" nbgrader={"grade": false, "grade_id": "rmsprop_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rmsprop_step(w, s, g, lr, rho, eps):
    """Return a parameter and its running mean of squared gradients after one step of RMSprop.

    w, s, g: arrays of the same shape, s >= 0, lr, rho: float, eps: float > 0
    ->  w, s (that shape)

    >>> w, s = rmsprop_step(np.array([1.0]), np.array([7.0]), np.array([5.0]), 0.2, 0.5, 1e-8)
    >>> w.round(6), s.round(6)
    (array([0.75]), array([16.]))
    """
    ### BEGIN SOLUTION
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (np.sqrt(s) + eps), s
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rmsprop_step-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 5.2 (1 point)
w, s = np.array([[1.0], [1.0]]), np.array([[7.0], [0.0]])
result = rmsprop_step(w, s, np.array([[5.0], [0.0]]), 0.2, 0.5, 1e-8)

assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"expected two things, w and s, got {result!r}"
)
for label, value in zip("ws", result, strict=True):
    kind = type(value).__name__
    assert isinstance(value, np.ndarray), f"{label}: expected an array, got {kind}"
    assert value.shape == (2, 1), f"{label}: expected shape (2, 1), got {value.shape}"
w_new, s_new = result
assert np.allclose(s_new, [[16], [0]]), f"s: expected [[16] [0]], got\n{s_new}"
assert np.allclose(w_new, [[0.75], [1]]), (
    f"w: expected [[0.75] [1]] (a gradient of 0 moves nothing), got\n{w_new}"
)
assert np.all(w == 1) and np.all(s == [[7], [0]]), f"the arguments were changed: {w}, {s}"

# Where eps stands: the root of 16 is 4, and 4 + 1 = 5 divides the gradient 5.
w_new, _ = rmsprop_step(np.array([1.0]), np.array([7.0]), np.array([5.0]), 0.2, 0.5, 1.0)
assert np.allclose(w_new, 0.8), f"eps = 1: expected 1 - 0.2 * 5 / (4 + 1) = 0.8, got {w_new}"

# The shares: with rho = 0.75 the old mean counts three times as much as the new square.
_, s_new = rmsprop_step(np.array([1.0]), np.array([4.0]), np.array([6.0]), 0.2, 0.75, 1e-8)
assert np.allclose(s_new, 12), f"rho = 0.75: expected 0.75 * 4 + 0.25 * 36 = 12, got {s_new}"

# Property: in other units, with gradients a million times as large, the steps are as long.
g = rng.normal(size=(3, 2))
zeros = np.zeros((3, 2))
small, _ = rmsprop_step(zeros, zeros, g, 0.1, 0.9, 1e-12)
large, _ = rmsprop_step(zeros, zeros, 1e6 * g, 0.1, 0.9, 1e-12)
assert np.allclose(small, large), f"gradients g:\n{small}\ngradients 1e6 * g:\n{large}"

# Edge case: integers.
w_new, s_new = rmsprop_step(np.array([4]), np.array([7]), np.array([5]), 0.5, 0.5, 1.0)
assert np.allclose([w_new, s_new], [[3.5], [16]]), (
    f"integers: expected [3.5], [16.], got {w_new}, {s_new}"
)
print("Exercise 5.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "rmsprop_step-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 5.2 (2 points). What they look at:
# - shapes and values on random data of several shapes, small and large eps (1 point);
# - care (1 point): a mean of zero; gradients of zero, and tiny ones; a single entry;
#   integers; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw03_gradient_descent", "rmsprop_step", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 6 All together (not graded)
#
# For 442 patients the data that come with scikit-learn hold ten measurements (age, body mass index, blood pressure, blood values, …) and how far their diabetes
# had progressed a year later. The measurements have very different units. Your functions fit a linear model to them.
#
# Left: all samples in every step, at 0.9 times *your* largest stable rate, once with the raw measurements and once with standardized ones. Right: the
# standardized ones in batches of 32, with three kinds of steps. Both pictures show how far the loss still is from the best one possible.
#
# **Predict** before you run it: how many steps will the raw measurements need until they are as good as the standardized ones after five?

# %%
X_raw, y = load_diabetes(return_X_y=True, scaled=False)
X_std, Y = (X_raw - X_raw.mean(axis=0)) / X_raw.std(axis=0), y[:, np.newaxis]
m, n = X_raw.shape
ones_first = np.column_stack([np.ones(m), X_std])
best_fit = ones_first @ np.linalg.lstsq(ones_first, Y, rcond=None)[0]


def half_mean_square(residuals):
    return (residuals**2).sum() / (2 * m)


def excess(X, W, b):
    """How far half the MSE is above the smallest one possible."""
    return half_mean_square(X @ W + b - Y) - half_mean_square(best_fit - Y)


def batch_gradients(X_b, Y_b, params):
    residuals = X_b @ params[0] + params[1] - Y_b
    return [X_b.T @ residuals / len(X_b), residuals.mean(axis=0)]


def walk_with_all_samples(X, n_steps):
    seen = []

    def grad_fn(params):
        seen.append(excess(X, *params))
        return batch_gradients(X, Y, params)

    start = [np.zeros((n, 1)), np.zeros(1)]
    gradient_descent(grad_fn, start, 0.9 * largest_stable_lr(X), n_steps, 1e-9)
    return seen


def plain(w, memory, g):
    return *gradient_step([w], [g], 0.01), memory


def with_momentum(w, memory, g):
    return momentum_step(w, memory, g, 0.01, 0.8)


def with_rmsprop(w, memory, g):
    return rmsprop_step(w, memory, g, 1.0, 0.9, 1e-8)


def walk_in_batches(step, epochs):
    shuffler = np.random.default_rng(0)
    params = [np.zeros((n, 1)), np.zeros(1)]
    memories = [np.zeros((n, 1)), np.zeros(1)]
    seen = [excess(X_std, *params)]
    for _ in range(epochs):
        for X_b, Y_b in minibatches(X_std, Y, 32, shuffler):
            slopes = batch_gradients(X_b, Y_b, params)
            for i in range(2):
                params[i], memories[i] = step(params[i], memories[i], slopes[i])
        seen.append(excess(X_std, *params))
    return seen


def show_all_together():
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 4), sharey=True)
    left.plot(walk_with_all_samples(X_raw, 200), "-", label="raw")
    left.plot(walk_with_all_samples(X_std, 200), "--", label="standardized")
    left.set(xlabel="steps", ylabel="half the MSE above the best fit", yscale="log")
    left.set_title("Units decide how fast it goes")
    for step, marker in [(plain, "o-"), (with_momentum, "s--"), (with_rmsprop, "^:")]:
        right.plot(walk_in_batches(step, 15), marker, label=step.__name__.replace("_", " "))
    right.set(xlabel="epochs (14 steps each)", xticks=range(0, 16, 5))
    right.set_title("Momentum falls fastest at first")
    left.legend()
    right.legend()
    plt.show()


try:
    show_all_together()
except NotImplementedError as still_open:
    plt.close("all")
    print(f"Come back when all exercises are done: {still_open} is still open.")

# %% [markdown]
# What you should see, left: with standardized measurements the loss is within 200 of the best one after five steps. With raw ones it is
# still more than 500 above it after two hundred, and it would take about 20 000 steps to catch up. The safe rate is tiny there,
# because it belongs to the steepest direction, and in the flat ones such steps lead nowhere. They do arrive in the end: unsuitable
# units cost time, not the result.
#
# Right: with momentum, β = 0.8, the same rate takes up to $1/(1-\beta)=5$ times as long steps, and the loss falls fastest. RMSprop moves each
# parameter by about its rate in every step, whether the gradient is large or small: here by about 1, and the bias has to go all the way from 0
# to 152, the mean of the targets. Neither of these two comes to rest at the end: each batch has a gradient of its own, so the loss keeps
# jumping about a little until the rate is made smaller.

# %% [markdown]
# **Before you hand in:** restart the kernel, run all cells, save as `hw03_gradient_descent_solved.ipynb`. The feedback will tell you, exercise by exercise,
# what was right, and where something was not, the smallest example on which it shows.
