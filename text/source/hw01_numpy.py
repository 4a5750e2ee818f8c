# %% [markdown] nbgrader={"grade": false, "grade_id": "introduction", "locked": true, "schema_version": 3, "solution": false, "task": false}
# # Homework 1: data as arrays
#
# You write thirteen small functions that later homework takes for granted: a table of probabilities, scores for a whole batch at
# once, pictures and labels as numbers, features in comparable units, and honest splits of the data. At the end seven of them work
# together and recognize three kinds of screws.
#
# | Homework 1 | at a glance |
# |---|---|
# | **Needs** | Lectures 1 and 2: conditional probability, the kinds of learning, arrays in NumPy |
# | **Time** | 3 to 4 hours |
# | **Points** | 30: 13 for the visible tests, 17 for the hidden ones |
# | **Hand in** | this one notebook, saved as `hw01_numpy_solved.ipynb` |
#
# **How to work.** Run the first code cell. Then replace each `raise NotImplementedError(…)` by your solution, run its cell, and
# run the visible test cell below it. Before you hand in: *Kernel → Restart Kernel and Run All Cells…*, so that nothing rests on a
# cell that you have changed since. (It stops at the first test that fails; to hand in with an exercise left open is fine.) All of
# your solution lives in this notebook: no other file of yours is looked at.
#
# **How it is graded.** Each exercise has a visible test cell, worth 1 point, which you can read and run, and a hidden one. The
# hidden tests call your function with fresh random data and compare it with a reference solution. They look at types, shapes and
# values, and at the special cases that the comment of the hidden cell lists. These rules hold throughout:
#
# - A function **leaves its arguments unchanged**, and it **gives the same result when it is called again** with the same arguments
#   (a random generator in the same state).
# - Where a float is asked for, a NumPy float is as good; where an array is asked for, a list is not. Inputs may be arrays of
#   integers. Your functions are also called by argument names: keep the names.
# - NumPy should have nothing to warn of, such as an overflow or a division by zero.
#
# Most hidden cells are worth 1 point, and you get it if everything in their list is right. Four are worth 2 points, one for values
# and one for care: a function that is right but careless in special cases earns the point for values, and the feedback says why.
# With wrong values there is no point for care. Speed is not graded, and neither is which samples a random function draws. Exercises
# do not depend on each other: a mistake in one costs nothing in the next.
#
# **Honesty.** Discuss ideas with anyone; write the code yourself. If an AI assistant helped, say where and how in a comment. You
# are ready to hand in when you could explain every line to a friend.
#
# **Notation.** A row of `X (m, n)` is a sample, a column is a feature. Class labels `y (m,)` are the integers 0, …, K − 1.
# Weights are `W (n, K)`, a bias is `b (K,)`, scores are `Z (m, K)`. m, n and K may each be 1, but the number of axes never
# changes. `rng` is a generator made by `np.random.default_rng(seed)`: a function that gets one draws from it and from nothing
# else.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import os
import time
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(1)

name = Path(os.environ.get("JPY_SESSION_NAME", "")).name
if name and name != "hw01_numpy_solved.ipynb":
    print(f"This notebook is called {name}.")
    print("Save it as hw01_numpy_solved.ipynb to hand it in.")


# %% [markdown]
# ## 1 Two warm-ups
#
# Lecture 01 is enough for these two (sections 5 and 2). Loops are welcome.

# %% [markdown] nbgrader={"grade": false, "grade_id": "conditional_from_joint-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.1 ★ `conditional_from_joint` (2 points)
#
# A two-way table of r rows and c columns holds the joint probabilities of two things: $P_{ij}$ is the probability of row $i$ *and*
# column $j$. If you know the row, only that row is left, and its probabilities are divided by their sum, so that they add up to 1
# again:
#
# $$P(\text{column }j\mid\text{row }i)=\frac{P(\text{row }i\text{ and column }j)}{P(\text{row }i)}=\frac{P_{ij}}{\sum_{j'}P_{ij'}},\qquad P:(r,c).$$
#
# Return this for the whole table at once, shape (r, c). No row of `P` is all zero.
#
# **Worked example.** The rows are *rain* and *dry*, the columns *late* and *on time*. It rains with probability 0.1 + 0.3 = 0.4,
# so the bus is late with probability 0.1/0.4 = 0.25, given that it rains:
#
# $$\begin{pmatrix}0.1&0.3\\0.3&0.3\end{pmatrix}\longrightarrow\begin{pmatrix}0.25&0.75\\0.5&0.5\end{pmatrix}$$
#
# <details><summary>Hint</summary>
#
# With a loop: divide each row by its sum, collect the results in a list, and make an array of the list with `np.array`.
#
# Without one: `sum(axis=1)` adds up along the rows, but its result is flat, shape (r,), and NumPy lines up a flat array with the
# *columns*. With `keepdims=True` it stays a column, shape (r, 1), and the division works row by row.
#
# </details>

# %% exercise="1.1" nbgrader={"grade": false, "grade_id": "conditional_from_joint", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conditional_from_joint(P):
    """Return the probabilities of the columns, given the row.

    P: (r, c), not negative, 1 in total, no row all zero  ->  array (r, c)

    >>> conditional_from_joint(np.array([[0.1, 0.3], [0.3, 0.3]]))
    array([[0.25, 0.75],
           [0.5 , 0.5 ]])
    """
    ### BEGIN SOLUTION
    return P / P.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conditional_from_joint-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.1 (1 point)
P = np.array([[0.1, 0.3], [0.3, 0.3]])
table = conditional_from_joint(P)

assert table is not None, "conditional_from_joint returned None: is a return missing?"
assert isinstance(table, np.ndarray), f"expected an array, got {type(table).__name__}"
assert table.shape == (2, 2), f"expected shape (r, c) = (2, 2), got {table.shape}"
expected = np.array([[0.25, 0.75], [0.5, 0.5]])
assert np.allclose(table, expected), f"worked example: expected\n{expected}, got\n{table}"

# A rule for all exercises: the arguments are as they were before the call.
before = np.array([[0.1, 0.3], [0.3, 0.3]])
assert np.array_equal(P, before), f"the call changed its argument from\n{before} to\n{P}"

# Property: every row adds up to 1, also where there are not as many rows as columns.
P = rng.uniform(0.1, 1, size=(4, 3))
P = P / P.sum()
table = conditional_from_joint(P)
assert np.shape(table) == (4, 3), f"expected shape (4, 3), got {np.shape(table)}"
assert np.allclose(table.sum(axis=1), 1), f"rows add up to {table.sum(axis=1)}, expected 1"

# Property: P(column | row) times P(row) is P(row and column) again.
again = np.array([table[i] * P[i].sum() for i in range(4)])
assert np.allclose(again, P), f"times P(row):\n{again}\nexpected the joint table:\n{P}"

# Edge case: independent things. The row says nothing, so each row is P(column).
# np.outer makes the joint table: all products of a number of p_row and one of p_column.
p_row, p_column = np.array([0.2, 0.8]), np.array([0.1, 0.3, 0.6])
table = conditional_from_joint(np.outer(p_row, p_column))
assert np.allclose(table, p_column), f"independent: expected {p_column} in each row, got\n{table}"
print("Exercise 1.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "conditional_from_joint-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.1 (1 point). What they look at:
# - values (1 point) on random tables of several shapes; a single row; a single column;
#   probabilities of 0; integers in P; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "conditional_from_joint", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "discounted_return-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.2 ★ `discounted_return` (2 points)
#
# In reinforcement learning, rewards arrive one after the other, and later ones count less: the reward of step $k$ is multiplied
# by $\gamma^k$, with a discount factor $0\le\gamma<1$. The **return** of T rewards is the sum
#
# $$G=\sum_{k=0}^{T-1}\gamma^k r_k=r_0+\gamma r_1+\gamma^2r_2+\dots,\qquad r:(T,).$$
#
# The first reward counts in full, since $\gamma^0=1$ (for $\gamma=0$, too). The result is one float.
#
# **Worked example.** Rewards 1, 2, 4 and γ = 0.5: $G=1+0.5\cdot2+0.25\cdot4=3$.
#
# <details><summary>Hint</summary>
#
# With a loop: `enumerate(rewards)` gives each k with its reward. Without one: `np.arange(T)` holds the exponents 0, …, T − 1, and
# `gamma ** np.arange(T)` all powers at once. A third way needs no powers: a loop from the last reward to the first, in which what
# comes later is discounted once more in each step.
#
# </details>

# %% exercise="1.2" nbgrader={"grade": false, "grade_id": "discounted_return", "locked": false, "schema_version": 3, "solution": true, "task": false}
def discounted_return(rewards, gamma):
    """Return the sum of the rewards, the k-th of them times gamma to the power k.

    rewards: (T,), the first one at once, gamma: float, 0 <= gamma < 1  ->  float

    >>> discounted_return(np.array([1.0, 2.0, 4.0]), 0.5)
    3.0
    """
    ### BEGIN SOLUTION
    powers = gamma ** np.arange(len(rewards))
    return float(np.sum(powers * rewards))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "discounted_return-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.2 (1 point)
G = discounted_return(np.array([1.0, 2.0, 4.0]), 0.5)

assert G is not None, "discounted_return returned None: is a return missing?"
assert np.shape(G) == (), f"expected a single float, got shape {np.shape(G)}"
assert np.isclose(G, 3.0), f"worked example: expected 3, got {G}"

# Property: one step later everything is discounted once more.
rewards = rng.normal(size=6)
now, later = discounted_return(rewards, 0.8), discounted_return(rewards[1:], 0.8)
assert np.isclose(now, rewards[0] + 0.8 * later), (
    f"return now: {now}, first reward + 0.8 * return of the rest: {rewards[0] + 0.8 * later}"
)

# Property: a reward of 1 for ever is worth 1 / (1 - gamma).
G = discounted_return(np.ones(500), 0.9)
assert np.isclose(G, 10), f"500 rewards of 1, gamma = 0.9: expected 10, got {G}"

# Edge case: with gamma = 0 only the first reward counts.
G = discounted_return(np.array([7, 5, 3]), 0.0)
assert np.isclose(G, 7), f"gamma = 0: expected the first reward, 7, got {G}"
print("Exercise 1.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "discounted_return-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.2 (1 point). What they look at:
# - type and value (1 point) on random rewards, positive and negative; a single reward;
#   gamma = 0; 2000 rewards; integer rewards; calls by argument names; arguments left
#   unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "discounted_return", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 2 From one sample to a batch
#
# Lecture 02, sections 2 and 4.

# %% [markdown] nbgrader={"grade": false, "grade_id": "scores_loop-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.1 ★ `scores_loop` (2 points)
#
# A linear model gives every sample a **score** for every class. For one sample $x$ and class $k$ it is a sum over the features
# plus a bias; for a batch of m samples there are m·K of them:
#
# $$z_{ik}=b_k+\sum_{j=1}^n x_{ij}\,w_{jk},\qquad X:(m,n),\quad W:(n,K),\quad b:(K,),\quad Z:(m,K).$$
#
# Write it with loops, one multiplication at a time, as the formula reads: Exercise 2.2 does without them, and at the end you time
# both. (An answer without loops is right here, too.)
#
# **Worked example.** Two samples, two features, two classes, $b=(0.5,\,0)$:
#
# $$X=\begin{pmatrix}1&2\\3&4\end{pmatrix},\quad W=\begin{pmatrix}10&0\\1&1\end{pmatrix},\quad
# Z=\begin{pmatrix}1\cdot10+2\cdot1+0.5&1\cdot0+2\cdot1+0\\3\cdot10+4\cdot1+0.5&3\cdot0+4\cdot1+0\end{pmatrix}
# =\begin{pmatrix}12.5&2\\34.5&4\end{pmatrix}$$
#
# <details><summary>Hint</summary>
#
# Start from an array of zeros of shape (m, K); zeros are floats if you say nothing else. Three loops: over the samples, over the
# classes, and innermost over the features. How often is the bias added to one score?
#
# </details>

# %% exercise="2.1" nbgrader={"grade": false, "grade_id": "scores_loop", "locked": false, "schema_version": 3, "solution": true, "task": false}
def scores_loop(X, W, b):
    """Return the scores of all samples for all classes.

    X: (m, n), W: (n, K), b: (K,)  ->  array (m, K)

    >>> W = np.array([[10, 0], [1, 1]])
    >>> scores_loop(np.array([[1, 2], [3, 4]]), W, np.array([0.5, 0.0]))
    array([[12.5,  2. ],
           [34.5,  4. ]])
    """
    ### BEGIN SOLUTION
    m, n = X.shape
    K = W.shape[1]
    Z = np.zeros((m, K))
    for i in range(m):
        for k in range(K):
            for j in range(n):
                Z[i, k] += X[i, j] * W[j, k]
            Z[i, k] += b[k]
    return Z
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "scores_loop-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.1 (1 point)
X, W = np.array([[1, 2], [3, 4]]), np.array([[10, 0], [1, 1]])
b = np.array([0.5, 0.0])
Z = scores_loop(X, W, b)

assert Z is not None, "scores_loop returned None: is a return missing?"
assert isinstance(Z, np.ndarray), f"expected an array, got {type(Z).__name__}"
assert Z.shape == (2, 2), f"expected shape (m, K) = (2, 2), got {Z.shape}"
expected = np.array([[12.5, 2], [34.5, 4]])
assert np.allclose(Z, expected), f"worked example: expected\n{expected}, got\n{Z}"

# Property: row i of the result is the score of sample i alone.
X, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
together = scores_loop(X, W, b)
assert np.shape(together) == (5, 2), f"expected shape (5, 2), got {np.shape(together)}"
alone = np.vstack([scores_loop(x[np.newaxis], W, b) for x in X])
assert np.allclose(together, alone), f"all at once:\n{together}\none at a time:\n{alone}"

# Property: a weight of 1 for one feature picks that feature out.
picked = scores_loop(X, np.array([[0.0], [0.0], [1.0]]), np.array([10.0]))
assert np.allclose(picked[:, 0], X[:, 2] + 10), (
    f"weight 1 for the last feature, bias 10: expected {X[:, 2] + 10}, got {picked[:, 0]}"
)

# Edge case: with weights of zero only the bias is left, in every row.
only_bias = scores_loop(X, np.zeros((3, 2)), b)
assert np.allclose(only_bias, [b] * 5), f"expected {b} in every row, got\n{only_bias}"
print("Exercise 2.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "scores_loop-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.1 (1 point). What they look at:
# - shapes and values (1 point) on random data with several m, n and K; one sample, one
#   feature, one class; integers in X; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "scores_loop", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "scores_vectorised-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.2 ★ `scores_vectorised` (2 points)
#
# The sum over the features is what a matrix product computes, for all samples and classes at once:
#
# $$Z=XW+b,\qquad (m,K)=(m,n)\cdot(n,K)+(K,).$$
#
# NumPy's **broadcasting** adds `b` to every row of the product. This way to write it is shorter, and much faster, since the loops
# run in compiled code. Write the shapes down first, then the line.
#
# **Worked example.** That of Exercise 2.1.
#
# <details><summary>Hint</summary>
#
# `@` is the matrix product; `*` multiplies element by element, which is something else. The inner sizes have to agree: (m, **n**)
# and (**n**, K).
#
# </details>

# %% exercise="2.2" nbgrader={"grade": false, "grade_id": "scores_vectorised", "locked": false, "schema_version": 3, "solution": true, "task": false}
def scores_vectorised(X, W, b):
    """Return the scores of all samples for all classes, without a loop.

    X: (m, n), W: (n, K), b: (K,)  ->  array (m, K)

    >>> W = np.array([[10, 0], [1, 1]])
    >>> scores_vectorised(np.array([[1, 2], [3, 4]]), W, np.array([0.5, 0.0]))
    array([[12.5,  2. ],
           [34.5,  4. ]])
    """
    ### BEGIN SOLUTION
    return X @ W + b
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "scores_vectorised-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.2 (1 point)
X, W = np.array([[1, 2], [3, 4]]), np.array([[10, 0], [1, 1]])
b = np.array([0.5, 0.0])
Z = scores_vectorised(X, W, b)

assert Z is not None, "scores_vectorised returned None: is a return missing?"
assert isinstance(Z, np.ndarray), f"expected an array, got {type(Z).__name__}"
assert Z.shape == (2, 2), f"expected shape (m, K) = (2, 2), got {Z.shape}"
expected = np.array([[12.5, 2], [34.5, 4]])
assert np.allclose(Z, expected), f"worked example: expected\n{expected}, got\n{Z}"

# Property: twice the data, twice the scores, apart from the bias.
X, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
once, twice = scores_vectorised(X, W, b) - b, scores_vectorised(2 * X, W, b) - b
assert np.shape(once) == (5, 2), f"expected shape (5, 2), got {np.shape(once)}"
assert np.allclose(twice, 2 * once), f"without the bias: once\n{once}, twice\n{twice}"

# Property: the classes do not mix. The scores of class 1 need column 1 of W only.
single = scores_vectorised(X, W[:, 1:], b[1:])
assert np.shape(single) == (5, 1), f"one class: expected shape (5, 1), got {np.shape(single)}"
assert np.allclose(single[:, 0], once[:, 1] + b[1]), (
    f"class 1 alone: {single[:, 0]}, among others: {once[:, 1] + b[1]}"
)

# Edge case: with weights of zero only the bias is left, in every row.
only_bias = scores_vectorised(X, np.zeros((3, 2)), b)
assert np.allclose(only_bias, [b] * 5), f"expected {b} in every row, got\n{only_bias}"
print("Exercise 2.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "scores_vectorised-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.2 (1 point). What they look at:
# - shapes and values (1 point) on random data with several m, n and K; one sample, one
#   feature, one class; integers in X; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "scores_vectorised", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "add_bias_column-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.3 ★ `add_bias_column` (2 points)
#
# A bias can be seen as the weight of a feature that is always 1. Put a column of ones **in front** of the data, and the bias on
# top of the weights, and one product does it all:
#
# $$\tilde X=[\mathbf 1\;X]:(m,n+1),\qquad \tilde W=\begin{pmatrix}b\\W\end{pmatrix}:(n+1,K),\qquad \tilde X\tilde W=XW+b.$$
#
# Return $\tilde X$. This course keeps W and b apart, and uses $\tilde X$ only where a formula gives all the best weights at once
# (lecture 03).
#
# **Worked example.**
#
# $$\begin{pmatrix}2&3\\4&5\end{pmatrix}\longrightarrow\begin{pmatrix}1&2&3\\1&4&5\end{pmatrix}$$
#
# <details><summary>Hint</summary>
#
# `np.column_stack` and `np.hstack` put arrays side by side. For `np.hstack` the ones need two axes, shape (m, 1).
#
# </details>

# %% exercise="2.3" nbgrader={"grade": false, "grade_id": "add_bias_column", "locked": false, "schema_version": 3, "solution": true, "task": false}
def add_bias_column(X):
    """Return the data with a column of ones in front.

    X: (m, n)  ->  array (m, n + 1)

    >>> add_bias_column(np.array([[2.0, 3.0], [4.0, 5.0]]))
    array([[1., 2., 3.],
           [1., 4., 5.]])
    """
    ### BEGIN SOLUTION
    return np.column_stack([np.ones(len(X)), X])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "add_bias_column-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.3 (1 point)
X = np.array([[2.0, 3.0], [4.0, 5.0]])
X_tilde = add_bias_column(X)

assert X_tilde is not None, "add_bias_column returned None: is a return missing?"
assert isinstance(X_tilde, np.ndarray), f"expected an array, got {type(X_tilde).__name__}"
assert X_tilde.shape == (2, 3), f"expected shape (m, n + 1) = (2, 3), got {X_tilde.shape}"
expected = np.array([[1, 2, 3], [1, 4, 5]])
assert np.array_equal(X_tilde, expected), f"worked example: expected\n{expected}, got\n{X_tilde}"

# Property: with the bias on top of the weights, one product gives the scores.
X, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
X_tilde = add_bias_column(X)
assert np.shape(X_tilde) == (5, 4), f"expected shape (5, 4), got {np.shape(X_tilde)}"
product, scores = X_tilde @ np.vstack([b, W]), b + X @ W
assert np.allclose(product, scores), f"one product:\n{product}\nexpected:\n{scores}"

# Edge case: one feature, one sample. There are still two axes.
X_tilde = add_bias_column(np.array([[0.5]]))
assert np.shape(X_tilde) == (1, 2), f"expected shape (1, 2), got {np.shape(X_tilde)}"
assert np.array_equal(X_tilde, [[1, 0.5]]), f"expected [[1. 0.5]], got {X_tilde}"
print("Exercise 2.3: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "add_bias_column-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.3 (1 point). What they look at:
# - shapes and values (1 point) on random data with several m and n; one sample, one
#   feature; integers in X; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "add_bias_column", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3 Pictures and labels as numbers
#
# Lecture 02, sections 5 and 6.

# %% [markdown] nbgrader={"grade": false, "grade_id": "flatten_images-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.1 ★★ `flatten_images` (2 points)
#
# A color picture is a table of H rows and W columns of pixels (W is a width here, not the weights), and each pixel holds C numbers
# from 0 to 255 (red, green and blue: C = 3). A batch of m pictures is an array `I` of shape (m, H, W, C), of type `uint8`. For a
# linear model each picture has to become one row of numbers, **one whole channel after the other**: first all of red, then all of
# green, then all of blue, and within a channel row by row.
#
# $$I:(m,H,W,C)\longrightarrow(m,\;C\cdot H\cdot W),\qquad\text{divided by 255, so that all numbers are floats in }[0,1].$$
#
# `I.reshape(m, -1)` alone has the right shape and the wrong order: the channels take turns, pixel by pixel.
#
# **Worked example.** A picture of 2 × 2 pixels, `np.arange(12).reshape(1, 2, 2, 3)`: its pixels are (0, 1, 2), (3, 4, 5), (6, 7,
# 8), (9, 10, 11). Red is 0, 3, 6, 9, so the row is (0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11)/255.
#
# <details><summary>Hint</summary>
#
# `I.transpose(…)` takes the axes in a new order, given by their numbers: which order has the pictures first and the channels
# second? Then `reshape`, with the number of pictures and −1 (NumPy finds out the rest).
#
# </details>

# %% exercise="3.1" nbgrader={"grade": false, "grade_id": "flatten_images", "locked": false, "schema_version": 3, "solution": true, "task": false}
def flatten_images(I):
    """Return pictures as rows, one whole channel after the other, in [0, 1].

    I: (m, H, W, C), uint8  ->  array (m, C * H * W), float

    >>> two_pixels = np.array([[[[255, 0, 0], [0, 0, 51]]]], dtype=np.uint8)  # red, dark blue
    >>> flatten_images(two_pixels)
    array([[1. , 0. , 0. , 0. , 0. , 0.2]])
    """
    ### BEGIN SOLUTION
    return I.transpose(0, 3, 1, 2).reshape(len(I), -1) / 255
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "flatten_images-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.1 (1 point)
pictures = np.arange(12, dtype=np.uint8).reshape(1, 2, 2, 3)
rows = flatten_images(pictures)

assert rows is not None, "flatten_images returned None: is a return missing?"
assert isinstance(rows, np.ndarray), f"expected an array, got {type(rows).__name__}"
assert rows.shape == (1, 12), f"expected shape (m, C * H * W) = (1, 12), got {rows.shape}"
assert rows.dtype.kind == "f", f"expected floats, got the type {rows.dtype}"
order = [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]
assert np.allclose(rows[0] * 255, order), (
    f"worked example, times 255: expected\n{order}, got\n{rows[0] * 255}"
)

# Property: each picture is a row, and the first H * W numbers of it are its red channel.
pictures = rng.integers(0, 256, size=(4, 2, 3, 3), dtype=np.uint8)
rows = flatten_images(pictures)
assert np.shape(rows) == (4, 18), f"expected shape (4, 18), got {np.shape(rows)}"
for picture, row in zip(pictures, rows, strict=True):
    red, got = picture[:, :, 0].ravel(), np.round(row[:6] * 255)
    assert np.array_equal(got, red), f"red channel: expected {red}, got {got}"
    blue, got = picture[:, :, 2].ravel(), np.round(row[12:] * 255)
    assert np.array_equal(got, blue), f"blue channel: expected {blue}, got {got}"

# Edge cases: a dark picture stays dark, white is 1.
dark = flatten_images(np.full((1, 2, 2, 3), 51, dtype=np.uint8))
assert np.allclose(dark, 0.2), f"all values 51: expected 51 / 255 = 0.2, got {dark}"
white = flatten_images(np.full((1, 2, 2, 1), 255, dtype=np.uint8))
assert np.allclose(white, 1), f"all values 255: expected 1, got {white}"
print("Exercise 3.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "flatten_images-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.1 (1 point). What they look at:
# - type, shape and values (1 point) on random pictures with several m, H and W, wide and
#   high; dark pictures; one picture; one channel and four; calls by argument names;
#   arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "flatten_images", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "one_hot-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.2 ★ `one_hot` (2 points)
#
# Class labels are names, not amounts: class 2 is not twice class 1. So before a model meets them, each label becomes a row of K
# numbers, a 1 at the label's place and 0 elsewhere:
#
# $$\mathrm{oh}(y)_k=[k=y]=\begin{cases}1&k=y\\0&\text{otherwise}\end{cases}\qquad y:(m,)\longrightarrow(m,K).$$
#
# The labels are 0, …, K − 1. K is an argument because the data cannot tell it: a class may have no sample in `y`. The result
# holds floats or integers, not `True` and `False`.
#
# **Worked example.** Three classes and the labels 2, 0:
#
# $$(2,\,0)\longrightarrow\begin{pmatrix}0&0&1\\1&0&0\end{pmatrix}$$
#
# <details><summary>Hint</summary>
#
# The rows of the identity matrix `np.eye(K)` are the K possible results. An array of integers between the square brackets takes
# one row for each of them.
#
# </details>

# %% exercise="3.2" nbgrader={"grade": false, "grade_id": "one_hot", "locked": false, "schema_version": 3, "solution": true, "task": false}
def one_hot(y, K):
    """Return labels as rows with a single 1.

    y: (m,), int, 0 to K - 1, K: int  ->  array (m, K)

    >>> one_hot(np.array([2, 0]), 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    ### BEGIN SOLUTION
    return np.eye(K)[y]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "one_hot-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.2 (1 point)
Y = one_hot(np.array([2, 0]), 3)

assert Y is not None, "one_hot returned None: is a return missing?"
assert isinstance(Y, np.ndarray), f"expected an array, got {type(Y).__name__}"
assert Y.shape == (2, 3), f"expected shape (m, K) = (2, 3), got {Y.shape}"
assert Y.dtype.kind in "iuf", f"expected numbers, got the type {Y.dtype}"
expected = np.array([[0, 0, 1], [1, 0, 0]])
assert np.array_equal(Y, expected), f"worked example: expected\n{expected}, got\n{Y}"

# Property: rows add up to 1, and the place of the 1 is the label again.
y = rng.integers(0, 4, size=12)
Y = one_hot(y, 4)
assert np.shape(Y) == (12, 4), f"expected shape (12, 4), got {np.shape(Y)}"
assert np.array_equal(Y.sum(axis=1), np.ones(12)), f"rows add up to {Y.sum(axis=1)}, expected 1"
assert np.array_equal(Y.argmax(axis=1), y), f"labels {y}, places of the 1: {Y.argmax(axis=1)}"

# Edge case: five classes, of which the last two do not occur.
Y = one_hot(np.array([1, 0, 2]), 5)
assert np.shape(Y) == (3, 5), f"K = 5: expected shape (3, 5), got {np.shape(Y)}"
counts = Y.sum(axis=0)
assert np.array_equal(counts, [1, 1, 1, 0, 0]), f"column sums: expected 1, 1, 1, 0, 0, got {counts}"
print("Exercise 3.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "one_hot-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.2 (1 point). What they look at:
# - type, shape and values (1 point) on random labels with several m and K; classes that do
#   not occur, the first and the last among them; one sample, one class; labels of type
#   uint8; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "one_hot", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 4 Features in comparable units
#
# In millimeters the numbers of a length are a thousand times those in meters, and so are the differences that enter a distance.
# Three ways to rescale follow (lecture 02, sections 7 and 8). The first two act on the columns. What they measure (a minimum, a
# mean) is measured on the **training part only** and then used for all data: the test part has to stay unseen. The third acts on
# the rows, each by itself.

# %% [markdown] nbgrader={"grade": false, "grade_id": "minmax_scale-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.1 ★★ `minmax_scale` (3 points)
#
# Shift and stretch each column so that its training part reaches from 0 to 1. With the minimum and maximum of that column of
# `X_train`,
#
# $$\hat x=\frac{x-\min}{\max-\min},\qquad X_\text{train}:(m,n),\quad X:(q,n)\longrightarrow(q,n).$$
#
# `X` is what is rescaled: the training part itself, or other data with the same columns. Other data may leave [0, 1]; whether you
# cut them off there (`np.clip`) is not graded.
#
# If a training column is **constant**, its range max − min is 0. Such a column says nothing: let its constant become 0. To get
# there, replace the range 0 by 1 before you divide. (What becomes of *other* values of such a column in `X` is not graded.) To add
# a small number like $10^{-8}$ to *every* range is no way out: it distorts a column in small units, whose range may be $10^{-5}$.
#
# **Worked example.** The training columns are (0, 4, 1) and (10, 30, 15), with minima 0 and 10, ranges 4 and 20. Then
# $(1, 20)\to(\frac{1-0}{4}, \frac{20-10}{20})=(0.25, 0.5)$.
#
# <details><summary>Hint</summary>
#
# `X_train.min(axis=0)` is the minimum of each column, shape (n,), and NumPy lines it up with the columns of `X` by itself.
# `np.where(condition, a, b)` chooses between two values, element by element.
#
# </details>

# %% exercise="4.1" nbgrader={"grade": false, "grade_id": "minmax_scale", "locked": false, "schema_version": 3, "solution": true, "task": false}
def minmax_scale(X_train, X):
    """Return X in units in which each training column reaches from 0 to 1.

    X_train: (m, n), X: (q, n)  ->  array (q, n)

    >>> X_train = np.array([[0, 10], [4, 30], [1, 15]])
    >>> minmax_scale(X_train, np.array([[1, 20]]))
    array([[0.25, 0.5 ]])
    """
    ### BEGIN SOLUTION
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    span = np.where(high > low, high - low, 1)
    return (X - low) / span
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "minmax_scale-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.1 (1 point)
X_train = np.array([[0, 10], [4, 30], [1, 15]])
scaled = minmax_scale(X_train, np.array([[1, 20]]))

assert scaled is not None, "minmax_scale returned None: is a return missing?"
assert isinstance(scaled, np.ndarray), f"expected an array, got {type(scaled).__name__}"
assert scaled.shape == (1, 2), f"expected the shape of X, (q, n) = (1, 2), got {scaled.shape}"
assert np.allclose(scaled, [[0.25, 0.5]]), f"worked example: expected [[0.25 0.5]], got {scaled}"

# Property: what else is in X changes nothing, not even a sample far outside.
among = minmax_scale(X_train, np.array([[1, 20], [40, 90]]))[0]
assert np.allclose(among, [0.25, 0.5]), f"beside an outlier: expected [0.25 0.5], got {among}"

# Property: the training part itself reaches from 0 to 1 in each column.
X_train = rng.normal(size=(8, 3)) * [1, 100, 0.01] + [5, 0, 7]
scaled = minmax_scale(X_train, X_train)
lowest, highest = np.min(scaled, axis=0), np.max(scaled, axis=0)
assert np.allclose(lowest, 0), f"smallest of each column: expected 0, got {lowest}"
assert np.allclose(highest, 1), f"largest of each column: expected 1, got {highest}"

# Property: the units of the data do not matter. Millimeters give what meters give.
X = X_train[:4] * 0.5 + X_train[4:] * 0.5
in_m, in_mm = minmax_scale(X_train, X), minmax_scale(1000 * X_train, 1000 * X)
assert np.allclose(in_m, in_mm), f"in meters:\n{in_m}\nin millimeters:\n{in_mm}"

# Edge case: a training column that is constant.
X_train = np.array([[1.0, 7.0], [3.0, 7.0]])
scaled = minmax_scale(X_train, np.array([[2.0, 7.0]]))
assert np.allclose(scaled, [[0.5, 0]]), f"constant column: expected [[0.5 0.]], got {scaled}"
print("Exercise 4.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "minmax_scale-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.1 (2 points). What they look at:
# - shapes and values on random data with several m, q and n, in X also values outside of
#   the training range (1 point);
# - care (1 point): columns that are constant in X_train, in X as well or not; one sample
#   in X; X_train as X; small and large units; integer arrays; calls by argument names;
#   arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "minmax_scale", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "standardize-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.2 ★★ `standardize` (3 points)
#
# Shift and stretch each column so that its training part has mean 0 and standard deviation 1. With the mean μ and the standard
# deviation σ of that column of `X_train`,
#
# $$\hat x=\frac{x-\mu}{\sigma},\qquad \mu=\frac1m\sum_{i=1}^m x_i,\quad \sigma=\sqrt{\frac1m\sum_{i=1}^m(x_i-\mu)^2},\qquad X_\text{train}:(m,n),\quad X:(q,n)\longrightarrow(q,n).$$
#
# The sum under the root is divided by m, which is NumPy's default, and not by m − 1. Afterward the training columns have the same
# mean and the same deviation, but in general not the same range.
#
# If a training column is constant, σ is 0. As in Exercise 4.1, its constant becomes 0, other values of that column are not graded,
# and adding a small number to every σ is no way out.
#
# **Worked example.** The training columns are (1, 3) and (10, 30), with means 2 and 20, deviations 1 and 10. Then
# $(1, 25)\to(\frac{1-2}{1},\frac{25-20}{10})=(-1, 0.5)$.
#
# <details><summary>Hint</summary>
#
# `mean` and `std` take `axis=0`. To find the constant columns, ask for their range, `np.ptp(X_train, axis=0)`: it is exactly 0,
# whereas rounding may leave a σ of $10^{-17}$. (In the tests σ is exactly 0 as well, so you may also ask for σ.)
#
# </details>

# %% exercise="4.2" nbgrader={"grade": false, "grade_id": "standardize", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standardize(X_train, X):
    """Return X in units in which each training column has mean 0 and deviation 1.

    X_train: (m, n), X: (q, n)  ->  array (q, n)

    >>> X_train = np.array([[1, 10], [3, 30]])
    >>> standardize(X_train, np.array([[1, 25]]))
    array([[-1. ,  0.5]])
    """
    ### BEGIN SOLUTION
    constant = np.ptp(X_train, axis=0) == 0
    sigma = np.where(constant, 1, X_train.std(axis=0))
    return (X - X_train.mean(axis=0)) / sigma
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "standardize-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.2 (1 point)
X_train = np.array([[1, 10], [3, 30]])
scaled = standardize(X_train, np.array([[1, 25]]))

assert scaled is not None, "standardize returned None: is a return missing?"
assert isinstance(scaled, np.ndarray), f"expected an array, got {type(scaled).__name__}"
assert scaled.shape == (1, 2), f"expected the shape of X, (q, n) = (1, 2), got {scaled.shape}"
assert np.allclose(scaled, [[-1, 0.5]]), f"worked example: expected [[-1. 0.5]], got {scaled}"

# Property: the training part itself has mean 0 and mean square 1 in each column.
X_train = rng.normal(size=(8, 3)) * [1, 100, 0.01] + [5, 0, 7]
scaled = standardize(X_train, X_train)
means, squares = np.mean(scaled, axis=0), np.mean(np.square(scaled), axis=0)
assert np.allclose(means, 0), f"mean of each column: expected 0, got {means}"
assert np.allclose(squares, 1), f"mean square of each column: expected 1, got {squares}"

# Property: a sample of the test part is treated alike, alone or among others.
X = rng.normal(size=(4, 3)) * [1, 100, 0.01] + [5, 0, 7]
together = standardize(X_train, X)
assert np.shape(together) == (4, 3), f"expected shape (4, 3), got {np.shape(together)}"
alone = np.vstack([standardize(X_train, x[np.newaxis]) for x in X])
assert np.allclose(together, alone), f"together:\n{together}\nalone:\n{alone}"

# Edge case: a training column that is constant.
X_train = np.array([[1.0, 7.0], [3.0, 7.0]])
scaled = standardize(X_train, np.array([[2.0, 7.0]]))
assert np.allclose(scaled, [[0, 0]]), f"constant column: expected [[0. 0.]], got {scaled}"
print("Exercise 4.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "standardize-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.2 (2 points). What they look at:
# - shapes and values on random data with several m, q and n (1 point);
# - care (1 point): columns that are constant in X_train, in X as well or not; one sample
#   in X; X_train as X; small and large units; integer arrays; calls by argument names;
#   arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "standardize", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "unit_rows-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.3 ★★ `unit_rows` (2 points)
#
# Sometimes only the direction of a sample matters: a long text and a short one with the same mix of words should look alike. So
# divide each **row** by its length, the Euclidean norm:
#
# $$\hat x^{(i)}=\frac{x^{(i)}}{\lVert x^{(i)}\rVert},\qquad \lVert x\rVert=\sqrt{\textstyle\sum_j x_j^2},\qquad X:(m,n)\longrightarrow(m,n).$$
#
# A row of zeros has no direction: it stays a row of zeros, without a warning. Nothing is learned from a training part here, since
# each sample is treated by itself. (And the features do *not* get a common range.)
#
# **Worked example.** (3, 4) has the norm $\sqrt{9+16}=5$ and becomes (0.6, 0.8). (0, 0) stays (0, 0).
#
# <details><summary>Hint</summary>
#
# `np.linalg.norm` takes `axis` and `keepdims`, as `sum` does. Keep the norms as a column of shape (m, 1), and think of the row of
# zeros *before* you divide.
#
# </details>

# %% exercise="4.3" nbgrader={"grade": false, "grade_id": "unit_rows", "locked": false, "schema_version": 3, "solution": true, "task": false}
def unit_rows(X):
    """Return the samples divided by their norms; a row of zeros stays as it is.

    X: (m, n)  ->  array (m, n)

    >>> unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]]))
    array([[0.6, 0.8],
           [0. , 0. ]])
    """
    ### BEGIN SOLUTION
    norms = np.linalg.norm(X, axis=1, keepdims=True)
    return X / np.where(norms > 0, norms, 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "unit_rows-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.3 (1 point)
X = np.array([[3.0, 4.0], [6.0, 8.0], [-5.0, 12.0]])
rows = unit_rows(X)

assert rows is not None, "unit_rows returned None: is a return missing?"
assert isinstance(rows, np.ndarray), f"expected an array, got {type(rows).__name__}"
assert rows.shape == (3, 2), f"expected the shape of X, (3, 2), got {rows.shape}"
expected = np.array([[3 / 5, 4 / 5], [3 / 5, 4 / 5], [-5 / 13, 12 / 13]])
assert np.allclose(rows, expected), f"three rows: expected\n{expected}, got\n{rows}"

# Property: squares add up to 1 in each row, and the direction stays: the same factor for all.
X = rng.normal(size=(4, 3))
rows = unit_rows(X)
assert np.shape(rows) == (4, 3), f"expected shape (4, 3), got {np.shape(rows)}"
squares = np.square(rows).sum(axis=1)
assert np.allclose(squares, 1), f"sum of squares of each row: expected 1, got {squares}"
factors = rows / X
assert np.allclose(factors, factors[:, :1]), f"one factor for each row expected, got\n{factors}"

# Edge case: a row of zeros stays, and nothing is divided by zero.
# np.errstate(all="raise") turns the warnings of NumPy into errors.
with np.errstate(all="raise"):
    try:
        rows = unit_rows(np.array([[0.0, 0.0], [0.0, 2.0]]))
    except FloatingPointError as error:
        raise AssertionError(f"a row of zeros: {error}") from error
assert np.allclose(rows, [[0, 0], [0, 1]]), f"zero row: expected [[0. 0.] [0. 1.]], got\n{rows}"
print("Exercise 4.3: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "unit_rows-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.3 (1 point). What they look at:
# - shapes and values (1 point) on random data with several m and n; a row of zeros; one
#   sample, one feature; rows with a large norm; integers in X; calls by argument names;
#   arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "unit_rows", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 5 Honest numbers: split, score, rotate
#
# Lecture 02, sections 9 and 11.

# %% [markdown] nbgrader={"grade": false, "grade_id": "train_test_split-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 5.1 ★★ `train_test_split` (3 points)
#
# A model may learn its training samples by heart, so only samples that it has never seen can tell how good it is. Set a random
# part of the data aside.
#
# Cut `X (m, n)` and `y (m,)` into four arrays and return them in this order: `X_tr, X_te, y_tr, y_te`. The test part has
# `round(m * test_fraction)` samples, the training part has the others, and neither is empty. (In the tests m·test_fraction is a
# whole number, but the computer may miss it by a little: `100 * 0.29` is 28.999…, hence `round`.)
#
# - Every sample is in exactly one part, and its label goes with it.
# - *Which* samples are in the test part is drawn by `rng`: data are often sorted, so the last rows would be no fair sample. The
#   order inside of the parts is up to you.
# - All randomness comes from `rng`. A generator in the same state gives the same split, so that you can repeat it;
#   `np.random.shuffle` and the like draw from a state that the whole notebook shares.
#
# **Worked example.** m = 5 and test_fraction = 0.4: `X_tr` has 3 rows, `X_te` has 2. If row 4 of `X` is row 0 of `X_te`, then
# `y_te[0]` is `y[4]`.
#
# <details><summary>Hint</summary>
#
# `rng.permutation(m)` is a random order of the numbers 0, …, m − 1. Cut the *order* in two, and index both X and y with the
# pieces. `rng.shuffle(X)` would change the caller's data, and leave y behind.
#
# </details>

# %% exercise="5.1" nbgrader={"grade": false, "grade_id": "train_test_split", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_test_split(X, y, test_fraction, rng):
    """Return a random part of the samples for training, and the others for the test.

    X: (m, n), y: (m,), test_fraction: float, rng: Generator
    ->  X_tr, X_te, y_tr, y_te, with round(m * test_fraction) samples in the test part

    >>> X, y = np.arange(10).reshape(5, 2), np.arange(5)
    >>> X_tr, X_te, y_tr, y_te = train_test_split(X, y, 0.4, np.random.default_rng(0))
    >>> X_tr.shape, X_te.shape, y_tr.shape, y_te.shape
    ((3, 2), (2, 2), (3,), (2,))
    """
    ### BEGIN SOLUTION
    order = rng.permutation(len(y))
    n_test = round(len(y) * test_fraction)
    test, train = order[:n_test], order[n_test:]
    return X[train], X[test], y[train], y[test]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train_test_split-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 5.1 (1 point)
# In these data row i is (i, 10 i), and its label is 100 + i.
X = np.outer(np.arange(20), [1, 10])
y = 100 + np.arange(20)
result = train_test_split(X, y, 0.25, np.random.default_rng(0))

assert isinstance(result, (tuple, list)) and len(result) == 4, (
    f"expected four arrays, X_tr, X_te, y_tr, y_te, got {result!r}"
)
shapes = {"X_tr": (15, 2), "X_te": (5, 2), "y_tr": (15,), "y_te": (5,)}
for part, (which, shape) in zip(result, shapes.items(), strict=True):
    assert isinstance(part, np.ndarray), f"{which}: expected an array, got {type(part).__name__}"
    assert part.shape == shape, f"{which}: expected shape {shape}, got {part.shape}"

# Property: each sample is in exactly one part, and its label goes with it.
X_tr, X_te, y_tr, y_te = result
labels = sorted([*y_tr.tolist(), *y_te.tolist()])
assert labels == y.tolist(), f"expected each label 100, …, 119 once, got {labels}"
assert np.array_equal(X_tr[:, 0] + 100, y_tr), f"X_tr starts with {X_tr[:, 0]}, y_tr is {y_tr}"
assert np.array_equal(X_te[:, 0] + 100, y_te), f"X_te starts with {X_te[:, 0]}, y_te is {y_te}"

# Property: generators in the same state give the same split, others give others.
again = train_test_split(X, y, 0.25, np.random.default_rng(0))[3]
assert np.array_equal(y_te, again), f"the same state of rng: labels {y_te}, then {again}"
drawn = set()
for seed in range(6):
    _, _, y_tr, y_te = train_test_split(X, y, 0.25, np.random.default_rng(seed))
    labels = sorted([*y_tr.tolist(), *y_te.tolist()])
    assert labels == y.tolist(), f"seed {seed}: expected 100, …, 119 once each, got {labels}"
    drawn.add(tuple(sorted(y_te.tolist())))
assert len(drawn) > 1, f"six generators, and the test part was always {drawn}"

# Edge case: a test part of one sample.
y_te = train_test_split(X, y, 0.05, np.random.default_rng(0))[3]
assert y_te.shape == (1,), f"m = 20, test_fraction = 0.05: expected shape (1,), got {y_te.shape}"
print("Exercise 5.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "train_test_split-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 5.1 (2 points). What they look at:
# - types and shapes; every sample in exactly one part and beside its label; the test part
#   drawn at random (1 point);
# - care (1 point): sizes that are whole up to rounding; a test part of one sample; integers
#   in X; calls by argument names; all randomness from rng, and rng really used; arguments
#   left unchanged (apart from rng, which moves on).
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "train_test_split", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "accuracy-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 5.2 ★ `accuracy` (2 points)
#
# The accuracy is the share of the samples whose predicted label is the true one:
#
# $$\mathrm{acc}=\frac1m\sum_{i=1}^m[\hat y^{(i)}=y^{(i)}],\qquad y:(m,),\quad\hat y:(m,).$$
#
# The bracket is 1 where the equation holds and 0 elsewhere. Right means equal: a prediction of class 1 for class 2 is as wrong as
# one of class 0. The result is one float between 0 and 1, not rounded.
#
# **Worked example.** True labels 0, 1, 2, 2 and predictions 0, 1, 1, 2: three of four are right, so the accuracy is 0.75.
#
# <details><summary>Hint</summary>
#
# `==` compares two arrays element by element. In a sum or a mean, `True` counts as 1 and `False` as 0.
#
# </details>

# %% exercise="5.2" nbgrader={"grade": false, "grade_id": "accuracy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accuracy(y, y_hat):
    """Return the share of right predictions.

    y: (m,), true labels, y_hat: (m,), predicted labels  ->  float

    >>> accuracy(np.array([0, 1, 2, 2]), np.array([0, 1, 1, 2]))
    0.75
    """
    ### BEGIN SOLUTION
    return float(np.mean(y == y_hat))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "accuracy-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 5.2 (1 point)
acc = accuracy(np.array([0, 1, 2, 2]), np.array([0, 1, 1, 2]))

assert acc is not None, "accuracy returned None: is a return missing?"
assert np.shape(acc) == (), f"expected a single float, got shape {np.shape(acc)}"
assert np.isclose(acc, 0.75), f"worked example: expected 0.75, got {acc}"

# Property: the order of the samples does not matter.
y, y_hat = rng.integers(0, 3, size=30), rng.integers(0, 3, size=30)
kept = y.copy(), y_hat.copy()
once, reversed_ = accuracy(y, y_hat), accuracy(y[::-1], y_hat[::-1])
assert np.array_equal(kept, (y, y_hat)), "accuracy changed its arguments"
assert np.isclose(once, reversed_), f"in order: {once}, in reversed order: {reversed_}"

# Property: one more right prediction raises the accuracy by 1/m.
y_hat[7] = (y[7] + 1) % 3
wrong = accuracy(y, y_hat)
y_hat[7] = y[7]
right = accuracy(y, y_hat)
assert np.isclose(right - wrong, 1 / 30), f"expected a rise by 1/30, got {right - wrong}"

# Edge cases: all right, all wrong.
acc = accuracy(np.array([0, 0]), np.array([0, 0]))
assert np.isclose(acc, 1), f"all predictions right: expected 1, got {acc}"
acc = accuracy(np.array([0, 0, 1]), np.array([2, 1, 0]))
assert np.isclose(acc, 0), f"all predictions wrong: expected 0, got {acc}"
print("Exercise 5.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "accuracy-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 5.2 (1 point). What they look at:
# - type and value (1 point) on random labels of two and of several classes, within 1e-9;
#   all right, all wrong; one sample; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "accuracy", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "kfold_indices-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 5.3 ★★★ `kfold_indices` (3 points)
#
# A single small test part is a gamble. **k-fold cross-validation** lets every sample take its turn: shuffle the samples, cut them
# into k parts (**folds**), and k times train on all but one fold and validate on that one. The k accuracies are averaged.
#
# Write the function that says which sample is where. It returns a list of k pairs `(train_idx, val_idx)` of flat integer arrays,
# indices between 0 and m − 1:
#
# - the folds `val_idx` are disjoint and cover all samples: each index is in exactly one of them;
# - their sizes differ by at most one (m = 11, k = 4: sizes 3, 3, 3 and 2, in any order);
# - `train_idx` of a pair holds all other indices, each once, in any order;
# - which samples end up together is drawn by `rng`, once for all folds, and all randomness comes from it, as in Exercise 5.1.
#
# m and k are integers with 2 ≤ k ≤ m.
#
# **Worked example.** m = 5 and k = 2. One right result is a list of these two pairs:
#
# | | `train_idx` | `val_idx` |
# |---|---|---|
# | pair 0 | 3, 0 | 4, 1, 2 |
# | pair 1 | 4, 1, 2 | 3, 0 |
#
# Any other draw is as good.
#
# <details><summary>Hint</summary>
#
# Shuffle once, then cut: `np.array_split` cuts an array into a list of k arrays, also where m is not a multiple of k.
# `np.concatenate` joins a list of arrays; which ones belong to the training part of pair i? (`folds[:i] + folds[i + 1 :]` leaves
# one element of a list out.)
#
# </details>

# %% exercise="5.3" nbgrader={"grade": false, "grade_id": "kfold_indices", "locked": false, "schema_version": 3, "solution": true, "task": false}
def kfold_indices(m, k, rng):
    """Return k pairs of indices, in which each of k random folds validates once.

    m: int, k: int, 2 <= k <= m, rng: Generator
    ->  list of k pairs (train_idx, val_idx) of int arrays

    >>> [len(val_idx) for train_idx, val_idx in kfold_indices(6, 3, np.random.default_rng(0))]
    [2, 2, 2]
    """
    ### BEGIN SOLUTION
    folds = np.array_split(rng.permutation(m), k)
    pairs = []
    for i in range(k):
        rest = np.concatenate(folds[:i] + folds[i + 1 :])
        pairs.append((rest, folds[i]))
    return pairs
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "kfold_indices-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 5.3 (1 point)
result = kfold_indices(11, 4, np.random.default_rng(0))

assert isinstance(result, (tuple, list)), f"expected a list, got {type(result).__name__}"
assert len(result) == 4, f"k = 4: expected a list of 4 pairs, got {len(result)} entries"
for pair in result:
    assert isinstance(pair, (tuple, list)) and len(pair) == 2, (
        f"expected a pair (train_idx, val_idx), got {pair!r}"
    )
    for part in pair:
        assert isinstance(part, np.ndarray), f"expected arrays, got {type(part).__name__}"
        assert part.ndim == 1, f"expected flat arrays, got shape {part.shape}"
        assert part.dtype.kind in "iu", f"expected integers, got the type {part.dtype}"

# Property: the folds cover 0, …, 10, each once, and their sizes differ by at most one.
validated = sorted(int(v) for _, val_idx in result for v in val_idx)
assert validated == list(range(11)), f"all folds: expected 0, …, 10 once each, got {validated}"
sizes = sorted(len(val_idx) for _, val_idx in result)
assert sizes == [2, 3, 3, 3], f"m = 11, k = 4: expected sizes 2, 3, 3 and 3, got {sizes}"

# Property: the two parts of a pair make up everything.
for train_idx, val_idx in result:
    both = sorted([*train_idx.tolist(), *val_idx.tolist()])
    assert both == list(range(11)), f"pair ({train_idx}, {val_idx}): expected 0, …, 10 once each"


# Property: generators in the same state give the same folds, others give others.
def first_fold(seed):
    return sorted(kfold_indices(20, 4, np.random.default_rng(seed))[0][1].tolist())


assert first_fold(0) == first_fold(0), "the same state of rng gave two different results"
drawn = {tuple(first_fold(seed)) for seed in range(6)}
assert len(drawn) > 1, f"six generators, and the first fold was always {drawn}"

# Edge case: k = m leaves one sample out at a time.
result = kfold_indices(4, 4, np.random.default_rng(0))
sizes = [(len(train_idx), len(val_idx)) for train_idx, val_idx in result]
assert sizes == [(3, 1)] * 4, f"m = k = 4: expected sizes (3, 1) four times, got {sizes}"
print("Exercise 5.3: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "kfold_indices-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 5.3 (2 points). What they look at:
# - types; folds disjoint, covering and shuffled; training indices are the rest; m a
#   multiple of k (1 point);
# - care (1 point): m not a multiple of k, with sizes that differ by at most one; k = 2 and
#   k = m; calls by argument names; all randomness from rng, and rng really used.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw01_numpy", "kfold_indices", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 6 All together (not graded)
#
# A box holds 150 screws of three kinds, 50 of each. Two things are measured: the length in millimeters, which says little, and
# the thickness in *meters*, which says a lot. A very simple classifier puts a new screw into the class with the nearest mean.
# Since
#
# $$\lVert x-\mu_k\rVert^2=\lVert x\rVert^2-2\big(x\cdot\mu_k-\tfrac12\lVert\mu_k\rVert^2\big),$$
#
# the nearest mean has the largest score $x\cdot\mu_k-\tfrac12\lVert\mu_k\rVert^2$: a linear model, with the means as the columns
# of W and a bias for each class. All that it learns from the training part is the means. It needs seven of your functions.
#
# **Predict first:** does it matter that one feature is in millimeters and the other in meters?

# %%
rng = np.random.default_rng(7)
y = np.repeat([0, 1, 2], 50)
length = rng.normal(40, 8, size=150) + y  # millimeters
thickness = 0.003 + 0.001 * y + rng.normal(0, 0.0002, size=150)  # meters
X = np.column_stack([length, thickness])

# Thirty screws are set aside, and not looked at before the very end.
X_dev, X_test, y_dev, y_test = train_test_split(X, y, 0.2, rng)


def predict_nearest_mean(X_tr, y_tr, X_new):
    members = one_hot(y_tr, 3)  # (m, 3)
    means = members.T @ X_tr / members.sum(axis=0)[:, np.newaxis]  # (3, n)
    b = -0.5 * (means**2).sum(axis=1)
    return np.argmax(scores_vectorised(X_new, means.T, b), axis=1)


def leave_alone(X_train, X):
    return X


folds_of_screws = kfold_indices(120, 5, rng)
fig, ax = plt.subplots(figsize=(7, 4))
for scale, marker in [(leave_alone, "o"), (minmax_scale, "s"), (standardize, "^")]:
    scores = []
    for train_idx, val_idx in folds_of_screws:
        X_tr = X_dev[train_idx]
        y_hat = predict_nearest_mean(
            scale(X_tr, X_tr), y_dev[train_idx], scale(X_tr, X_dev[val_idx])
        )
        scores.append(accuracy(y_dev[val_idx], y_hat))
    ax.plot(range(1, 6), scores, marker, label=f"{scale.__name__}: mean {np.mean(scores):.2f}")
ax.set(xlabel="fold that validates", ylabel="accuracy", ylim=(0, 1.05), xticks=range(1, 6))
ax.set_title("Without rescaling, the thickness in meters counts for nothing")
ax.legend()
plt.show()

# %% [markdown]
# What you should see (your folds are drawn by your code, so your numbers are your own): on average an accuracy between 0.3 and 0.45
# with the raw numbers, about the 1/3 of guessing, and of about 0.9 or more with rescaled ones. A difference of 1 mm in thickness is
# 0.001 in meters, and disappears beside lengths that scatter by 8.
#
# If you choose a scaling by these scores, the best of them is a little too good, because it was chosen for being best. That is
# what the thirty screws are for: they are asked once, after the choice. The cell below does it for `standardize`, and times your
# two ways to compute scores. Thirty screws are few: anything between 0.8 and 1 is no surprise.

# %%
y_hat = predict_nearest_mean(standardize(X_dev, X_dev), y_dev, standardize(X_dev, X_test))
print(f"accuracy on {len(y_test)} unseen screws: {accuracy(y_test, y_hat):.2f}")

X, W, b = rng.normal(size=(200, 50)), rng.normal(size=(50, 10)), rng.normal(size=10)
seconds = []
for compute in (scores_loop, scores_vectorised):
    start = time.perf_counter()
    compute(X, W, b)
    seconds.append(time.perf_counter() - start)
print(f"scores of 200 samples: {seconds[0] * 1e3:.1f} ms and {seconds[1] * 1e3:.3f} ms")

# %% [markdown]
# **Before you hand in:** restart the kernel, run all cells, save as `hw01_numpy_solved.ipynb`. The feedback will tell you,
# exercise by exercise, what was right, and where something was not, the smallest example on which it shows.
