# %% [markdown] nbgrader={"grade": false, "grade_id": "introduction", "locked": true, "schema_version": 3, "solution": false, "task": false}
# # Homework 10: beyond dense layers
#
# You write the eight functions behind the tour of lecture 11: a convolution with stride and padding, max pooling and the number of parameters of a
# convolutional layer; the steps of a recurrent network and of an LSTM; the word pairs and the analogies of word vectors; and attention. At the end they look at
# handwriting and read a small text.
#
# | Homework 10 | at a glance |
# |---|---|
# | **Needs** | Lecture 11, *Beyond dense layers*, and lectures 2, 4 and 6 |
# | **Time** | 4 to 5 hours |
# | **Points** | 30: 8 for the visible tests, 22 for the hidden ones |
# | **Hand in** | this one notebook, saved as `hw10_beyond_solved.ipynb` |
#
# **How to work.** Run the first code cell. Then replace each `raise NotImplementedError(…)` by your solution, run its cell, and
# run the visible test cell below it. Before you hand in: *Kernel → Restart Kernel and Run All Cells…*, so that nothing rests on a cell
# that you have changed since. (It stops at the first test that fails; to hand in with an exercise left open is fine.)
# All of your solution lives in this notebook: no other file of yours is looked at.
#
# **How it is graded.** Each exercise has a visible test cell, worth 1 point, which you can read and run, and a hidden one.
# The hidden tests call your function with fresh random data and compare it with a reference solution. They look at types,
# shapes and values, at special cases that each exercise names, and at two rules that hold throughout:
# a function **leaves its arguments unchanged**, lists of words included, and it **gives the same result when it is called again** with the same arguments.
# Where a float is asked for, a NumPy float is as good; where an array is asked for, a list is not. Inputs may be arrays of
# integers. Calls by argument name work, so keep the names. NumPy should not have to warn (of an overflow, of an invalid value).
# The points for values come first: with wrong values there are none for the rest. If a function is right but careless in special
# cases, it earns the points for values, and the feedback says why.
#
# **No exercise needs another one.** Each can be solved in its own cell, and then a mistake in one costs nothing in the next.
#
# **Honesty.** Discuss ideas with anyone; write the code yourself. If an AI assistant helped, say where and how in a comment.
# You are ready to hand in when you could explain every line to a friend.
#
# **Notation.** A picture is one channel, `I (H, W)`, rows from top to bottom. The kernel is `K (k, k)`. A sequence is `X (T, n)`, a row for each of its T
# steps. The states of a network with h units (or k memory cells) are flat. Word vectors are the rows of `E (V, d)`. $\odot$ multiplies entry by entry, and
# $\sigma$ is the sigmoid. Sizes may be 1, but the number of axes never changes.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import os
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(10)

name = Path(os.environ.get("JPY_SESSION_NAME", "")).name
if name and name != "hw10_beyond_solved.ipynb":
    print(f"This notebook is called {name}.")
    print("Save it as hw10_beyond_solved.ipynb to hand it in.")


# %% [markdown]
# ## 1 Pictures

# %% [markdown] nbgrader={"grade": false, "grade_id": "conv2d-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.1 ★★★ `conv2d` (5 points)
#
# Lay the kernel on the picture, multiply entry by entry, add up, move on by s pixels (the **stride**). Before that, put p rows and columns of zeros around the
# picture, on all four sides (the **padding**, `pad`); call the result $\tilde I$.
#
# $$F_{ij}=\sum_{a=0}^{k-1}\sum_{b=0}^{k-1}K_{ab}\,\tilde I_{si+a,\;sj+b},\qquad
# H'=\Big\lfloor\frac{H+2p-k}{s}\Big\rfloor+1,\qquad W'=\Big\lfloor\frac{W+2p-k}{s}\Big\rfloor+1.$$
#
# Shapes: `I (H, W)`, `K (k, k)` → `F (H', W')`. The brackets $\lfloor\;\rfloor$ round down: where a whole window no longer fits, it is left out. The kernel is **not**
# flipped. The padded picture is at least as large as the kernel. Pictures are often integers from 0 to 255 (`np.uint8`); the result must not be cut off or
# wrap around at 256 for that reason.
#
# **Worked example.** Stride 1, no padding; the upper left entry is 1·1 + 0·2 + 0·0 − 2·1 = −1:
#
# $$I=\begin{pmatrix}1&2&0\\0&1&3\\2&4&1\end{pmatrix},\quad K=\begin{pmatrix}1&0\\0&-2\end{pmatrix},\qquad F=\begin{pmatrix}-1&-4\\-8&-1\end{pmatrix}.$$
#
# With `stride=2` only one window fits, the upper left one: $F=(-1)$. With `stride=2, pad=1` the padded picture has 5 × 5 pixels, and
# $F=\begin{pmatrix}-2&0\\-4&-1\end{pmatrix}$.
#
# <details><summary>Hint</summary>
#
# `np.pad(I, 1)` puts one row or column of zeros on every side. Compute H' and W' with `//`, make an array of float zeros of that shape, and fill it in
# two loops. Where does window (i, j) begin if the stride is 2? It is a slice of k rows and k columns.
#
# </details>

# %% exercise="1.1" nbgrader={"grade": false, "grade_id": "conv2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d(I, K, stride=1, pad=0):
    """Return the feature map of a kernel that slides over a picture.

    I: (H, W), K: (k, k), stride: int >= 1, pad: int >= 0  ->  array (H', W')

    >>> I, K = np.array([[1, 2, 0], [0, 1, 3], [2, 4, 1]]), np.array([[1, 0], [0, -2]])
    >>> conv2d(I, K)
    array([[-1., -4.],
           [-8., -1.]])
    """
    ### BEGIN SOLUTION
    k, padded = len(K), np.pad(I, pad)
    rows, columns = ((n - k) // stride + 1 for n in padded.shape)
    F = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            F[i, j] = np.sum(padded[top : top + k, left : left + k] * K)
    return F
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv2d-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.1 (1 point)
I, K = np.array([[1, 2, 0], [0, 1, 3], [2, 4, 1]]), np.array([[1, 0], [0, -2]])
F = conv2d(I, K)

assert F is not None, "conv2d returned None: is a return missing?"
assert isinstance(F, np.ndarray), f"expected an array, got {type(F).__name__}"
assert F.shape == (2, 2), f"expected shape (H', W') = (2, 2), got {F.shape}"
assert np.allclose(F, [[-1, -4], [-8, -1]]), f"worked example: expected [[-1 -4] [-8 -1]], got\n{F}"
for stride, pad, expected in (2, 0, [[-1]]), (2, 1, [[-2, 0], [-4, -1]]):
    F = conv2d(I, K, stride, pad)
    assert np.shape(F) == np.shape(expected) and np.allclose(F, expected), (
        f"worked example, stride={stride}, pad={pad}: expected {expected}, got\n{F}"
    )

# Size: the formula, for pictures that are not square and strides that do not fit.
for H, W, k, s, p, expected in (6, 4, 3, 1, 0, (4, 2)), (7, 6, 2, 3, 0, (2, 2)), (5, 8, 3, 2, 1, (3, 4)):
    shape = np.shape(conv2d(np.ones((H, W)), np.ones((k, k)), s, p))
    assert shape == expected, f"H={H}, W={W}, k={k}, stride={s}, pad={p}: expected {expected}, got {shape}"

# The edge of lecture 11: 30 where the window holds it, and it is the same in all rows.
edge = np.repeat([[10, 10, 10, 0, 0, 0]], 6, axis=0)
F = conv2d(edge, np.array([[1, 0, -1]] * 3))
assert np.allclose(F, [[0, 30, 30, 0]] * 4), f"edge: expected rows 0 30 30 0, got\n{F}"

# Property: a kernel with a single 1 in its middle gives back the picture if pad=1.
picture, middle = rng.normal(size=(4, 5)), np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
F = conv2d(picture, middle, pad=1)
assert np.allclose(F, picture, atol=1e-5), f"expected the picture itself\n{picture}\ngot\n{F}"

# Edge case: gray values from 0 to 255. The sum is 1020, and half of it 510.
gray = np.full((2, 2), 255, dtype=np.uint8)
F = conv2d(gray, np.full((2, 2), 0.5))
assert np.allclose(F, 510), f"four pixels of 255, kernel 0.5: expected 510, got {F}"
print("Exercise 1.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "conv2d-hidden", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.1 (4 points). What they look at:
# - shape and values with stride 1 and without padding, several H, W and k (2 points);
# - stride and padding, one by one and together (1 point);
# - care (1 point): kernels of one entry and of the size of the picture; gray values of type
#   np.uint8; integer arrays; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw10_beyond", "conv2d", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "max_pool2d-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.2 ★★ `max_pool2d` (3 points)
#
# Max pooling makes a feature map smaller: cut it into blocks of `size` × `size` pixels, side by side, and keep the largest value of each.
#
# $$P_{ij}=\max_{0\le a,\,b<\text{size}}\;I_{\text{size}\cdot i+a,\;\text{size}\cdot j+b},\qquad (H,W)\to(\lfloor H/\text{size}\rfloor,\;\lfloor W/\text{size}\rfloor).$$
#
# Rows at the lower edge and columns at the right edge that fill no block are left out. `size` is at least 1 and at most H and W. Values may all be negative. The result
# may be of integers or of floats.
#
# **Worked example.** With size 2:
#
# $$I=\begin{pmatrix}1&3&0&2&9\\4&2&1&1&9\end{pmatrix},\qquad P=\begin{pmatrix}4&2\end{pmatrix}.$$
#
# The last column fills no block, so its 9s don't count.
#
# <details><summary>Hint</summary>
#
# How many blocks are there, down and across? Block (i, j) begins at row `size * i` and column `size * j`. Two loops and a slice are fine.
#
# </details>

# %% exercise="1.2" nbgrader={"grade": false, "grade_id": "max_pool2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def max_pool2d(I, size):
    """Return the largest value of each block.

    I: (H, W), size: int  ->  array (H // size, W // size)

    >>> max_pool2d(np.array([[1, 3, 0, 2, 9], [4, 2, 1, 1, 9]]), 2)
    array([[4, 2]])
    """
    ### BEGIN SOLUTION
    H, W = I.shape[0] // size, I.shape[1] // size
    blocks = I[: H * size, : W * size].reshape(H, size, W, size)
    return blocks.max(axis=(1, 3))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max_pool2d-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.2 (1 point)
P = max_pool2d(np.array([[1, 3, 0, 2, 9], [4, 2, 1, 1, 9]]), 2)

assert P is not None, "max_pool2d returned None: is a return missing?"
assert isinstance(P, np.ndarray), f"expected an array, got {type(P).__name__}"
assert P.shape == (1, 2), f"expected shape (2 // 2, 5 // 2) = (1, 2), got {P.shape}"
assert np.allclose(P, [[4, 2]]), f"worked example: expected [[4 2]], got {P}"

# Numbers in reading order: the largest of a block is its last.
P = max_pool2d(np.arange(36).reshape(6, 6), 3)
assert np.allclose(P, [[14, 17], [32, 35]]), f"0 to 35, size 3: expected [[14 17] [32 35]], got\n{P}"

# Property: pooling by 2 and again by 2 is pooling by 4.
picture = rng.normal(size=(8, 12))
kept = picture.copy()
twice, once = max_pool2d(max_pool2d(picture, 2), 2), max_pool2d(picture, 4)
assert np.array_equal(picture, kept), f"max_pool2d changed the picture, from\n{kept} to\n{picture}"
assert np.array_equal(twice, once), f"by 2 and by 2:\n{twice}\nby 4:\n{once}"

# Edge case: negative values.
P = max_pool2d(np.array([[-4.0, -1.5], [-2.0, -3.0]]), 2)
assert np.allclose(P, -1.5), f"block of negative values: expected [[-1.5]], got {P}"
print("Exercise 1.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "max_pool2d-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.2 (2 points). What they look at:
# - shape and values on random pictures, several sizes (1 point);
# - care (1 point): rows and columns that fill no block; negative values; size 1; one block;
#   integers; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw10_beyond", "max_pool2d", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "conv_parameter_count-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 1.3 ★ `conv_parameter_count` (3 points)
#
# A convolutional layer makes $c_\text{out}$ feature maps from $c_\text{in}$ input channels. Each map has a k × k slice of weights for **every** input channel, and one
# bias. How many parameters are that?
#
# Return an integer. All three arguments are integers of at least 1.
#
# **Worked example.** Layer C1 of LeNet-5 makes 6 maps from 1 channel with kernels of 5 × 5: 6 · (25 + 1) = 156. Layer C5 makes 120 maps from 16 channels, also with
# 5 × 5: 120 · (16 · 25 + 1) = 48 120.
#
# <details><summary>Hint</summary>
#
# Write down how many numbers a *single* map has. Then there are $c_\text{out}$ maps.
#
# </details>

# %% exercise="1.3" nbgrader={"grade": false, "grade_id": "conv_parameter_count", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv_parameter_count(c_in, c_out, k):
    """Return the number of weights and biases of a convolutional layer.

    c_in, c_out, k: int  ->  int

    >>> conv_parameter_count(1, 6, 5)
    156
    """
    ### BEGIN SOLUTION
    return c_out * (c_in * k**2 + 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv_parameter_count-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 1.3 (1 point)
count = conv_parameter_count(1, 6, 5)

assert count is not None, "conv_parameter_count returned None: is a return missing?"
assert isinstance(count, (int, np.integer)), f"expected an integer, got {type(count).__name__}"
assert count == 156, f"C1 of LeNet-5: expected 156, got {count}"
count = conv_parameter_count(16, 120, 5)
assert count == 48120, f"C5 of LeNet-5: expected 48120, got {count}"

# Property: one more feature map adds one more set of weights and a bias, here 3 * 4 + 1.
more = conv_parameter_count(3, 8, 2) - conv_parameter_count(3, 7, 2)
assert more == 13, f"c_in = 3, k = 2: one more map should add 13 parameters, it added {more}"

# Edge case: kernels of one pixel are a dense layer at each pixel, (c_in + 1) * c_out.
count = conv_parameter_count(3, 4, 1)
assert count == 16, f"c_in = 3, c_out = 4, k = 1: expected 16, got {count}"
print("Exercise 1.3: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "conv_parameter_count-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 1.3 (2 points). What they look at:
# - values for random c_in, c_out and k (1 point);
# - care (1 point): an integer is returned; one channel, one map, kernels of one pixel;
#   calls by argument names.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw10_beyond", "conv_parameter_count", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 2 Sequences

# %% [markdown] nbgrader={"grade": false, "grade_id": "rnn_forward-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.1 ★★ `rnn_forward` (4 points)
#
# A recurrent network reads a sequence step by step. Its state after step t depends on the input of this step and on the state before:
#
# $$h_t=\tanh(x_tW_x+h_{t-1}W_h+b),\qquad t=1,\dots,T,$$
#
# where $x_t$ is row t−1 of `X (T, n)`, and the state before the first step is `h0 (h,)`. Shapes: `Wx (n, h)`, `Wh (h, h)`, `b (h,)`. Return all T states $h_1,\dots,h_T$, a row
# for each: `(T, h)`. `h0` is not among them.
#
# **Worked example.** One input, one unit, $W_x=1$, $W_h=2$, $b=0$, $h_0=0$, inputs 1, 0, 0: the states are tanh 1 = 0.762, tanh(2 · 0.762) = 0.909 and
# tanh(2 · 0.909) = 0.949.
#
# <details><summary>Hint</summary>
#
# A loop over the rows of `X` is needed here: each step waits for the one before. Keep the present state in a variable, and make a new array for it in each step, so that
# `h0` stays as it is.
#
# </details>

# %% exercise="2.1" nbgrader={"grade": false, "grade_id": "rnn_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rnn_forward(X, h0, Wx, Wh, b):
    """Return the states of a recurrent network, a row for each step.

    X: (T, n), h0: (h,), Wx: (n, h), Wh: (h, h), b: (h,)  ->  array (T, h)

    >>> X, one = np.array([[1], [0], [0]]), np.array([[1]])
    >>> rnn_forward(X, np.array([0]), one, 2 * one, np.array([0])).round(3)
    array([[0.762],
           [0.909],
           [0.949]])
    """
    ### BEGIN SOLUTION
    state, states = h0, []
    for x in X:
        state = np.tanh(x @ Wx + state @ Wh + b)
        states.append(state)
    return np.array(states)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn_forward-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.1 (1 point)
X, one = np.array([[1], [0], [0]]), np.array([[1]])
H = rnn_forward(X, np.array([0]), one, 2 * one, np.array([0]))

assert H is not None, "rnn_forward returned None: is a return missing?"
assert isinstance(H, np.ndarray), f"expected an array, got {type(H).__name__}"
assert H.shape == (3, 1), f"expected shape (T, h) = (3, 1), got {H.shape}"
assert np.allclose(H[:, 0], [0.761594, 0.909305, 0.948713], atol=1e-4), (
    f"worked example: expected 0.7616, 0.9093, 0.9487, got {H[:, 0]}"
)

# Which way round is Wh? The state (1, 0) is a row, so it picks the first ROW of Wh.
H = rnn_forward(np.zeros((1, 1)), np.array([1, 0]), np.zeros((1, 2)), np.array([[0.5, 1], [2, 3]]), np.zeros(2))
assert np.allclose(H, np.tanh([[0.5, 1]]), atol=1e-5), f"expected tanh of (0.5, 1), got {H}"

# Property: going on from the state after two steps gives the rest of the sequence.
X, h0 = rng.normal(size=(5, 2)), rng.normal(size=3)
Wx, Wh, b = rng.normal(size=(2, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)
H = rnn_forward(X, h0, Wx, Wh, b)
rest = rnn_forward(X[2:], H[1], Wx, Wh, b)
assert np.allclose(rest, H[2:], atol=1e-5), f"from the state after step 2: expected\n{H[2:]}\ngot\n{rest}"

# Property: a state knows no later input.
later = X.copy()
later[3:] += 1
changed = np.abs(rnn_forward(later, h0, Wx, Wh, b) - H).max(axis=1) > 1e-9
assert not changed[:3].any(), f"rows 3 and 4 of X changed; so did the states of rows {np.nonzero(changed)[0]}"
assert changed[3:].all(), "rows 3 and 4 of X changed, but not all of their states"
print("Exercise 2.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "rnn_forward-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.1 (3 points). What they look at:
# - shape and values on random data with several T, n and h (2 points);
# - care (1 point): one step; one input and one unit; integer arrays; calls by argument
#   names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw10_beyond", "rnn_forward", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "lstm_step-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 2.2 ★★★ `lstm_step` (4 points)
#
# One step of an LSTM with k memory cells. Put input and last state together, $[x,h]$, first x, then h; multiply by one large `W (n+k, 4k)` and add `b (4k,)`. The 4k sums
# are four blocks of k numbers, in the order **forget gate, input gate, output gate, candidate**:
#
# $$[z_f,z_i,z_o,z_g]=[x,h]\,W+b,\qquad f=\sigma(z_f),\quad i=\sigma(z_i),\quad o=\sigma(z_o),\quad\tilde c=\tanh(z_g),$$
# $$c_\text{new}=f\odot c+i\odot\tilde c,\qquad h_\text{new}=o\odot\tanh c_\text{new}.$$
#
# Shapes: `x (n,)`, `h (k,)`, `c (k,)`. Return `h` and `c` after the step, in this order. Sums may be as large as ±1000, since gates may be wide open or shut; NumPy must
# not have to warn of an overflow then.
#
# **Worked example.** n = k = 1, x = 1, h = 0, c = 4, b = 0, and `W = [[0, 0, 0, 1], [0, 0, 0, 0]]`. The sums are 0, 0, 0, 1. All gates are ½, the candidate is
# tanh 1 = 0.7616. So the new c is ½ · 4 + ½ · 0.7616 = 2.3808, and the new h is ½ · tanh 2.3808 = 0.4915.
#
# <details><summary>Hint</summary>
#
# `np.concatenate([x, h])` puts two flat arrays together, and `np.split(z, 4)` cuts one into four equal parts. A safe sigmoid: $\sigma(z)=\frac12(1+\tanh\frac z2)$, since
# `np.tanh` never overflows.
#
# </details>

# %% exercise="2.2" nbgrader={"grade": false, "grade_id": "lstm_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def lstm_step(x, h, c, W, b):
    """Return state and memory of an LSTM after one step.

    x: (n,), h: (k,), c: (k,), W: (n+k, 4k), b: (4k,)  ->  h (k,), c (k,)

    >>> x, h, c = np.array([1.0]), np.array([0.0]), np.array([4.0])
    >>> h, c = lstm_step(x, h, c, np.array([[0, 0, 0, 1], [0, 0, 0, 0]]), np.zeros(4))
    >>> h.round(4), c.round(4)
    (array([0.4915]), array([2.3808]))
    """
    ### BEGIN SOLUTION
    k = len(h)
    z = np.concatenate([x, h]) @ W + b
    f, i, o = np.split((1 + np.tanh(z[: 3 * k] / 2)) / 2, 3)
    memory = f * c + i * np.tanh(z[3 * k :])
    return o * np.tanh(memory), memory
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "lstm_step-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 2.2 (1 point)
x, h, c = np.array([1.0]), np.array([0.0]), np.array([4.0])
result = lstm_step(x, h, c, np.array([[0, 0, 0, 1], [0, 0, 0, 0]]), np.zeros(4))

assert isinstance(result, (tuple, list)) and len(result) == 2, f"expected h and c, got {result!r}"
new_h, new_c = result
assert isinstance(new_h, np.ndarray), f"h: expected an array, got {type(new_h).__name__}"
assert isinstance(new_c, np.ndarray), f"c: expected an array, got {type(new_c).__name__}"
assert new_h.shape == (1,), f"h: expected shape (k,) = (1,), got {new_h.shape}"
assert new_c.shape == (1,), f"c: expected shape (k,) = (1,), got {new_c.shape}"
assert np.allclose(new_c, 2.380797, atol=1e-4), f"worked example: expected c 2.3808, got {new_c}"
assert np.allclose(new_h, 0.491527, atol=1e-4), f"worked example: expected h 0.4915, got {new_h}"


# Each gate alone, set by the bias: 2 cells, weights 0, candidates tanh 0.5 = 0.4621.
def gates(forget, write, show):
    """Call lstm_step with the sums of the three gates; the memory is (3, -1)."""
    b = np.repeat([forget, write, show, 0.5], 2)
    try:
        with np.errstate(over="raise", invalid="raise"):
            return lstm_step(np.array([0.3]), np.array([0.1, 0.2]), np.array([3.0, -1.0]), np.zeros((3, 8)), b)
    except FloatingPointError as error:
        raise AssertionError(f"sums {forget}, {write}, {show}: {error}") from error


new_h, new_c = gates(1000, -1000, 1000)
assert np.allclose(new_c, [3, -1], atol=1e-5), f"keep, don't write: expected c (3, -1), got {new_c}"
assert np.allclose(new_h, np.tanh([3, -1]), atol=1e-5), f"show: expected h (0.9951, -0.7616), got {new_h}"
new_h, new_c = gates(-1000, 1000, -1000)
assert np.allclose(new_c, 0.462117, atol=1e-4), f"forget and write: expected c (0.4621, 0.4621), got {new_c}"
assert np.allclose(new_h, 0, atol=1e-5), f"show nothing: expected h (0, 0), got {new_h}"

# Property: two cells that see no other state are two LSTMs with one cell each.
x, h, c, b = rng.normal(size=2), np.zeros(2), rng.normal(size=2), np.zeros(8)
W = rng.normal(size=(4, 8))
together = np.array(lstm_step(x, h, c, W, b))
for j in range(2):
    own = W[[0, 1, 2], j::2]  # the columns of cell j: one of each block
    alone = np.array(lstm_step(x, h[:1], c[j : j + 1], own, b[:4]))
    assert np.allclose(alone[:, 0], together[:, j], atol=1e-5), (
        f"cell {j} alone: h and c are {alone[:, 0]}, together {together[:, j]}"
    )
print("Exercise 2.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "lstm_step-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 2.2 (3 points). What they look at:
# - shapes and values of h and c on random data with several n and k (2 points);
# - care (1 point): a single cell; sums near 1000 and -1000; integer arrays; calls by
#   argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw10_beyond", "lstm_step", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3 Words

# %% [markdown] nbgrader={"grade": false, "grade_id": "skipgram_pairs-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.1 ★★ `skipgram_pairs` (4 points)
#
# Skip-gram learns from pairs (center, context). Every word of a text is once the **center**. Its **context** are the words at most `window` places away, on both sides, cut off at
# the ends of the text. The place of the center itself is no context of it.
#
# `tokens` is a list of words, and it may be shorter than the window. Return a list of pairs of words, in any order. A pair that occurs twice stands in the list twice, and
# if the *same word* stands nearby once more, it is context as well.
#
# **Worked example.** `["the", "cat", "sat"]` with window 1 gives four pairs: `("the", "cat")`, `("cat", "the")`, `("cat", "sat")`, `("sat", "cat")`. With window 2 there are two more,
# `("the", "sat")` and `("sat", "the")`. And `["no", "no"]` with window 1 gives `("no", "no")` twice.
#
# <details><summary>Hint</summary>
#
# Go through the *places* i of the centers. Which places j are at most `window` away, exist, and are not i? Mind that `range` stops before its end, and that a negative index in
# Python counts from the end.
#
# </details>

# %% exercise="3.1" nbgrader={"grade": false, "grade_id": "skipgram_pairs", "locked": false, "schema_version": 3, "solution": true, "task": false}
def skipgram_pairs(tokens, window):
    """Return the pairs of center and context words.

    tokens: list of str, window: int >= 1  ->  list of (center, context)

    >>> skipgram_pairs(["the", "cat", "sat"], 1)
    [('the', 'cat'), ('cat', 'the'), ('cat', 'sat'), ('sat', 'cat')]
    """
    ### BEGIN SOLUTION
    pairs = []
    for i, center in enumerate(tokens):
        for j in range(max(i - window, 0), min(i + window + 1, len(tokens))):
            if j != i:
                pairs.append((center, tokens[j]))
    return pairs
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "skipgram_pairs-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.1 (1 point)
pairs = skipgram_pairs(["the", "cat", "sat"], 1)

assert pairs is not None, "skipgram_pairs returned None: is a return missing?"
assert isinstance(pairs, (list, tuple)), f"expected a list of pairs, got {type(pairs).__name__}"
assert all(len(pair) == 2 for pair in pairs), f"expected pairs (center, context), got {pairs}"
expected = [("cat", "sat"), ("cat", "the"), ("sat", "cat"), ("the", "cat")]
assert sorted(map(tuple, pairs)) == expected, f"worked example: expected {expected}, got {pairs}"
pairs = skipgram_pairs(["the", "cat", "sat"], 2)
expected = [("cat", "sat"), ("cat", "the"), ("sat", "cat"), ("sat", "the"), ("the", "cat"), ("the", "sat")]
assert sorted(map(tuple, pairs)) == expected, f"window 2: expected {expected}, got {pairs}"
pairs = skipgram_pairs(["no", "no"], 1)
assert sorted(map(tuple, pairs)) == [("no", "no")] * 2, f"no, no: expected (no, no) twice, got {pairs}"

# Property: whoever is near me has me near, so each pair comes with its mirror image.
text = ["a", "rose", "is", "a", "rose", "is", "a", "rose"]
pairs = [tuple(pair) for pair in skipgram_pairs(text, 3)]
mirrored = [(context, center) for center, context in pairs]
assert sorted(pairs) == sorted(mirrored), f"not every pair has its mirror image: {sorted(pairs)}"

# Property: 8 words, window 3: 7 + 6 + 5 neighbors at distance 1, 2, 3, in both directions.
assert len(pairs) == 36, f"8 words, window 3: expected 36 pairs, got {len(pairs)}"

# Edge case: a text of one word has no pairs.
pairs = skipgram_pairs(["alone"], 2)
assert len(pairs) == 0, f"one word: expected no pairs, got {pairs}"
print("Exercise 3.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "skipgram_pairs-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.1 (3 points). What they look at:
# - the pairs of random texts, with their counts, in any order (2 points);
# - care (1 point): words that follow themselves; windows larger than the text; one word;
#   calls by argument names; the list of words left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw10_beyond", "skipgram_pairs", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": false, "grade_id": "analogy-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 3.2 ★★ `analogy` (3 points)
#
# "a is to b as c is to …?" Word i of the list `words` has the vector in row i of `E (V, d)`. From c go the way that leads from a to b, and take the word that is nearest by the
# cosine:
#
# $$\hat u=\frac{u}{\lVert u\rVert},\qquad\text{answer}=\arg\max_{x\ne a,b,c}\;\cos(\hat x,\;\hat b-\hat a+\hat c).$$
#
# All vectors are made **unit vectors** first, those of the question and those of the answers; none is 0. The three words of the question are **excluded**. They are in the list, and different.
# Return the word, a text. (The length of $\hat b-\hat a+\hat c$ divides all cosines by the same number, so it changes no winner. Ties are not tested.)
#
# **Worked example.** Five words in the plane:
#
# | word | she | they | we | he | you |
# |---|---|---|---|---|---|
# | vector | (1, 0) | (1, 1) | (0, 1) | (−4, 4) | (5, 0.1) |
#
# a = she, b = they, c = we: the way is (0.707, 0.707) − (1, 0) + (0, 1) = (−0.293, 1.707). The products with the unit vectors are 1.707 for *we*, 1.000 for *they* and −0.293 for *she*,
# which are all excluded, then 1.414 for *he* and −0.259 for *you*. The answer is "he".
#
# <details><summary>Hint</summary>
#
# `words.index(a)` finds a row. With unit vectors in the rows of `U`, one product `U @ way` gives all scores. How can you make sure that three of them never win, even if all others are
# negative?
#
# </details>

# %% exercise="3.2" nbgrader={"grade": false, "grade_id": "analogy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def analogy(E, words, a, b, c):
    """Return the word that is to c as b is to a.

    E: (V, d), words: list of V str, a, b, c: str  ->  str

    >>> E = np.array([[1, 0], [1, 1], [0, 1], [-4, 4], [5, 0.1]])
    >>> analogy(E, ["she", "they", "we", "he", "you"], "she", "they", "we")
    'he'
    """
    ### BEGIN SOLUTION
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    question = [words.index(word) for word in (a, b, c)]
    ua, ub, uc = U[question]
    scores = U @ (ub - ua + uc)
    scores[question] = -np.inf
    return words[scores.argmax()]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "analogy-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 3.2 (1 point)
E = np.array([[1, 0], [1, 1], [0, 1], [-4, 4], [5, 0.1]])
words = ["she", "they", "we", "he", "you"]
answer = analogy(E, words, "she", "they", "we")

assert answer is not None, "analogy returned None: is a return missing?"
assert isinstance(answer, str), f"expected a word, got {type(answer).__name__}"
assert answer == "he", f"worked example: expected 'he', got {answer!r}"

# Property: lengths don't matter. Here every vector gets another one.
longer = E * np.array([[2], [9], [0.1], [0.3], [40]])
answer = analogy(longer, words, "she", "they", "we")
assert answer == "he", f"the same directions, other lengths: expected 'he', got {answer!r}"

# Property: if the words change places together with their vectors, the answer stays.
for _ in range(5):
    order = rng.permutation(5)
    answer = analogy(E[order], [words[i] for i in order], "she", "they", "we")
    assert answer == "he", f"rows in the order {order}: expected 'he', got {answer!r}"

# Edge case: only two words are left, and both point away. The nearer one is the answer.
E = np.array([[1, 0.1], [1, 0], [1, -0.1], [-1, 1], [-1, 0.2]])
answer = analogy(E, ["one", "two", "three", "four", "five"], "one", "two", "three")
assert answer == "four", f"all cosines negative: expected 'four', got {answer!r}"
print("Exercise 3.2: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "analogy-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 3.2 (2 points). What they look at:
# - the word, on random vectors of different lengths, several V and d (1 point);
# - care (1 point): few words; short vectors; cosines that are all negative; vectors of
#   integers; calls by argument names; arguments left unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw10_beyond", "analogy", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 4 Attention

# %% [markdown] nbgrader={"grade": false, "grade_id": "attention-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise 4.1 ★★★ `attention` (4 points)
#
# Each of t queries looks at s keys. The better a key fits the query, the more its value counts:
#
# $$\mathrm{attention}(Q,K,V)=\mathrm{softmax}\Big(\frac{QK^\top}{\sqrt d}\Big)\,V,\qquad Q:(t,d),\quad K:(s,d),\quad V:(s,e)\;\to\;(t,e).$$
#
# The softmax runs over the **keys**: the weights of one query, a row, are positive and add up to 1. d is the number of entries of a query. Products of query and key may be
# several thousand, so the softmax needs the care that it had in homework 5: subtract the largest entry of each row before `np.exp`.
#
# **Worked example.** d = 1, one query, two keys:
#
# $$Q=\begin{pmatrix}\log3\end{pmatrix},\quad K=\begin{pmatrix}1\\0\end{pmatrix},\quad V=\begin{pmatrix}2&4\\4&8\end{pmatrix}.$$
#
# The products are log 3 and 0, the exponentials 3 and 1, the weights ¾ and ¼. The result is ¾ · (2, 4) + ¼ · (4, 8) = (2.5, 5).
#
# <details><summary>Hint</summary>
#
# First the matrix of scores: which shape must it have, and which product of Q and K has it? Then the softmax of each *row*, with `keepdims=True` for maximum and sum. Then
# one more matrix product.
#
# </details>

# %% exercise="4.1" nbgrader={"grade": false, "grade_id": "attention", "locked": false, "schema_version": 3, "solution": true, "task": false}
def attention(Q, K, V):
    """Return for each query the weighted mean of the values.

    Q: (t, d), K: (s, d), V: (s, e)  ->  array (t, e)

    >>> attention(np.array([[np.log(3)]]), np.array([[1], [0]]), np.array([[2, 4], [4, 8]]))
    array([[2.5, 5. ]])
    """
    ### BEGIN SOLUTION
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "attention-visible", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Visible tests for Exercise 4.1 (1 point)
result = attention(np.array([[np.log(3)]]), np.array([[1], [0]]), np.array([[2, 4], [4, 8]]))

assert result is not None, "attention returned None: is a return missing?"
assert isinstance(result, np.ndarray), f"expected an array, got {type(result).__name__}"
assert result.shape == (1, 2), f"expected shape (t, e) = (1, 2), got {result.shape}"
assert np.allclose(result, [[2.5, 5]], atol=1e-5), f"worked example: expected [[2.5 5]], got {result}"

# Scale: with d = 4 the product 2 log 3 is divided by 2, so the weights are again 3/4 and 1/4.
Q, K = np.array([[2 * np.log(3), 0, 0, 0]]), np.array([[1, 5, 0, 0], [0, 0, 5, 0]])
result = attention(Q, K, np.array([[4], [8]]))
assert np.allclose(result, 5, atol=1e-5), f"d = 4: expected [[5]], got {result}"

# Property: a query of zeros likes all keys alike, and gets the plain mean of the values.
K, V = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
result = attention(np.zeros((2, 3)), K, V)
assert np.allclose(result, [V.mean(axis=0)] * 2, atol=1e-5), f"expected {V.mean(axis=0)} twice, got\n{result}"

# Property: the order of the keys does not matter, if the values go with them.
Q, order = rng.normal(size=(4, 3)), rng.permutation(5)
result, shuffled = attention(Q, K, V), attention(Q, K[order], V[order])
assert np.allclose(result, shuffled, atol=1e-5), f"in order:\n{result}\nshuffled:\n{shuffled}"

# Edge case: products in the thousands pick one value. The second query has only negative ones.
Q, K = np.array([[3000.0], [-3000.0]]), np.array([[3.0], [2.0], [1.0]])
try:
    with np.errstate(over="raise", invalid="raise"):
        result = attention(Q, K, np.array([[10.0], [20.0], [30.0]]))
except FloatingPointError as error:
    raise AssertionError(f"products in the thousands: {error}") from error
assert np.allclose(result, [[10], [30]]), f"expected [[10] [30]], got\n{result}"
print("Exercise 4.1: all visible tests pass.")

# %% nbgrader={"grade": true, "grade_id": "attention-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests for Exercise 4.1 (3 points). What they look at:
# - shape and values on random data with several t, s, d and e (2 points);
# - care (1 point): one query; one key; d = 1; products in the thousands, also where some
#   rows are far below others; integer arrays; calls by argument names; arguments left
#   unchanged.
### BEGIN HIDDEN TESTS
from autograder import grade; grade("hw10_beyond", "attention", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 5 All together (not graded)
#
# Your first functions look at handwriting: three kernels slide over a digit, negative answers are set to 0 (ReLU), and pooling halves height and width.
#
# What you should see: the first kernel marks edges with ink on the left and paper on the right, the second those with ink above paper, the third strokes that run from the lower left to
# the upper right. The pooled maps show the same, coarser.

# %%
from sklearn.datasets import load_digits

digit = load_digits().images[7]
kernels = {
    "ink | paper": np.array([[1, 0, -1]] * 3),
    "ink over paper": np.array([[1, 0, -1]] * 3).T,
    "diagonal": np.array([[-1, -1, 2], [-1, 2, -1], [2, -1, -1]]),
}
try:
    maps = [np.maximum(0, conv2d(digit, kernel, pad=1)) for kernel in kernels.values()]
    pooled = [max_pool2d(F, 2) for F in maps]
except NotImplementedError as todo:
    print(f"{todo} is still open: come back when it is done.")
else:
    fig, axes = plt.subplots(2, 4, figsize=(8, 4.2), layout="constrained")
    pictures = [digit, *maps, max_pool2d(digit, 2), *pooled]
    for ax, picture, title in zip(axes.flat, pictures, ["digit", *kernels] + ["pooled"] * 4, strict=True):
        ax.imshow(picture, cmap="Greys")
        ax.set(title=title, xticks=[], yticks=[])
    fig.suptitle("Each kernel finds other strokes of the 7")
    plt.show()

# %% [markdown]
# The next two read a text. The pairs are counted, and a singular value decomposition makes vectors of the counts (a shortcut that works on a small and regular text).
# **Predict:** what will the answers be?
#
# <details><summary>Answer</summary>
#
# "puppy is to dog as kitten is to …": cat. "calf is to cow as piglet is to …": pig.
#
# </details>

# %%
animals = ["dog puppy bark bone", "cat kitten meow mouse", "cow calf moo grass", "pig piglet grunt corn"]
says = """the A can C . the big A eats D . a A has a small B . the B can C . the small B plays with D .
the old A will C at night . the young B will C at night"""
sentences = []
for animal in animals:
    for sentence in says.split("."):
        names = dict(zip("ABCD", animal.split(), strict=True))
        sentences.append([names.get(word, word) for word in sentence.split()])
vocabulary = sorted({word for sentence in sentences for word in sentence})
try:
    pairs = [pair for sentence in sentences for pair in skipgram_pairs(sentence, 3)]
    counts = np.zeros((len(vocabulary), len(vocabulary)))
    for center, context in pairs:
        counts[vocabulary.index(center), vocabulary.index(context)] += 1
    U, s, _ = np.linalg.svd(np.log(1 + counts))
    vectors = U[:, :12] * s[:12]
    for a, b, c in ("puppy", "dog", "kitten"), ("calf", "cow", "piglet"):
        print(f"{a} is to {b} as {c} is to {analogy(vectors, vocabulary, a, b, c)}")
except NotImplementedError as todo:
    print(f"{todo} is still open: come back when it is done.")

# %% [markdown]
# **Before you hand in:** restart the kernel, run all cells, save as `hw10_beyond_solved.ipynb`. The feedback will tell you, exercise by exercise,
# what was right, and where something was not, the smallest example on which it shows.
