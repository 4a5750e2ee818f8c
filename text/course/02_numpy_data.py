# %% [markdown] slideshow={"slide_type": "slide"}
# # Data as arrays in NumPy
#
# *How do tables, pictures and labels become arrays, and how do you find out
# whether a model has learned anything from them?*
#
# After this lecture you can
# - **read** the shape of an array and foresee the shape of a result,
# - **turn** tables, pictures and labels into a data matrix and its targets,
# - **rescale** features without a look at the test part,
# - **split** data so that the accuracy on the test part can be trusted,
# - **explain** why an accuracy that helped you to choose is too good.
#
# **Needs** lecture 01, lists, loops and functions in Python; no NumPy ·
# **Time** 120 minutes, with a break after section 5 · **Prepares** `hw01_numpy`
# · ★ marks what you may skip on first reading

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 0–2 min.*
# Sections 1 to 5 are arrays, until minute 62; then the break, which this plan does not
# count. Sections 6 to 8 prepare data, 9 to 11 judge a model. Late? Section 12 up to the
# picture, without the proof (★).

# %% slideshow={"slide_type": "skip"}
import math
import timeit

import matplotlib.pyplot as plt
import numpy as np
from demos import Demo
from figures import BLUE, GRAY, GREEN, INK, MARKERS, VERMILION
from figures import draw_table, show, use_style
from scipy.optimize import linprog
from sklearn.datasets import load_iris
from sklearn.metrics import accuracy_score
from sklearn.model_selection import KFold
from sklearn.preprocessing import MinMaxScaler, Normalizer, StandardScaler

use_style()

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 1. What is an array?
#
# A Python list holds anything. An **array** of NumPy, `np` for short, holds
# values of one kind, here numbers, in a grid:
#
# - its **axes** are the directions of the grid, counted from 0,
# - its **shape** is the tuple of the lengths along the axes,
# - its **dtype** (data type) is the kind of the values.
#
# Shape `(3,)` has one axis: three numbers in a line. Shape `(3, 1)` has two
# axes: three rows, one column. The same numbers, but not the same array.
#
# Indices start at 0, and $-1$ is the last one. `a:b` means from `a` up to, but not
# including, `b`; a bare `:` means all. We check by `assert`: it stops with an
# error if what follows is false.
#
# **Predict:** what is `[1, 2, 3] * 2`, and what is `np.array([1, 2, 3]) * 2`?
# What happens when you write 2.7 into an array of integers?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 2–16 min.*
# **Ask** for both results, then for the 2.7. **Wait for** a list of six, an array 2, 4,
# 6, and a 2. **Often heard:** “an error” for 2.7. It is worse: the fraction is lost
# without a word.

# %% slideshow={"slide_type": "subslide"}
a = np.array([1, 2, 3])
print([1, 2, 3] * 2, a * 2)  # a list is repeated, an array is doubled
print(a.shape, a.ndim, a.dtype)
print(a + np.array([10, 20, 30]), a**2, a / 2)  # entry by entry

a[0] = 2.7  # the dtype stays integer: the fraction is lost, without a word
print(a, a.astype(float))  # astype makes a new array of another dtype
# Zeros; ones; whole numbers from 0; 3 evenly spaced numbers from 0 to 1:
print(np.zeros(2), np.ones((1, 2)), np.arange(4), np.linspace(0, 1, 3))

M = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
assert M.shape == (2, 3)  # axis 0: 2 rows, axis 1: 3 columns
print(M[1, 2], M[0], M[:, 1], M[-1, :2])  # indices start at 0, -1 is the last
print(M.reshape(-1))  # in one line, row after row; -1: as many as there are

# %% [markdown] rows=["L02.1"] slideshow={"slide_type": "subslide"}
# ### The data matrix
#
# A table of measurements is the **data matrix** $X$. A row is a sample, one
# thing that was measured. A column is a feature, one quantity for all of them.
#
# | array | shape | meaning |
# |:--|:--|:--|
# | $X$ | $(m, n)$ | $m$ samples, $n$ features |
# | $Y$ | $(m, K)$ | targets: $K$ numbers per sample (regression; or section 6) |
# | $y$ | $(m,)$, integers | targets: a class label $0,\dots,K-1$ per sample |
#
# A line through 50 points: $X$ and $Y$ are $(50,1)$. 100 points in the plane, one
# target each: $X$ is $(100,2)$, $Y$ is $(100,1)$. Other books swap $m$ and $n$.
#
# > **Take away:** ask every array for its shape and dtype. Row $i$ is sample $i$.
#
# **Predict:** which numbers are `X[2]`, `X[:, 1]`, `X[-1]`? Of what shape?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
iris = load_iris()  # 150 flowers, 4 lengths each in cm: section 12 tells more
six, number = iris.data[[0, 1, 50, 51, 100, 101]], np.arange(24).reshape(6, 4)
picks = {"X[2]": np.s_[2], "X[:, 1]": np.s_[:, 1], "X[2, 1]": np.s_[2, 1],
         "X[2:3]": np.s_[2:3], "X[-1]": np.s_[-1], "X[0:2]": np.s_[0:2],
         "X[:, 2:]": np.s_[:, 2:], "X[[0, 5]]": np.s_[[0, 5]],
         "X[X > 5]": six > 5}
def picked(c):  # centers of the cells that expression number c picks
    numbers = number[list(picks.values())[int(c)]]
    return numbers % 4 + 0.5, -(numbers // 4) - 0.5
def spoken(c):
    words, key = list(picks.items())[int(c)]
    return f"{words} has shape {np.shape(six[key])}"


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(9, 4))
draw_table(ax, 0, 0, six, colors=plt.cm.Blues(six / 14))
ax.set(xlim=(-0.02, 4.02), ylim=(-6.02, 0.02), ylabel="axis 0: samples, m = 6",
       xlabel="axis 1: features in cm, n = 4",
       title="Six flowers: a row is a sample, a column is a feature")
ax.set_xticks(np.arange(4) + 0.5, [name[:-5] for name in iris.feature_names])
ax.set_yticks(-np.arange(6) - 0.5, range(6))
demo = Demo("pick", fig, see="A single index removes its axis; a range such as "
            "2:3 keeps it. Section 3 explains the last two.", seconds=18,
            alt="A table of 6 flowers and 4 lengths. A slider frames the cells "
            "that an expression picks.")
demo.slider("c", range(9), label="expression", fmt="{:.0f}")
demo.frames(ax, picked, color=VERMILION, lw=4)
demo.readout(spoken)
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# At each step **ask** for the shape first, for the values second. **Wait for** (4,) at
# X[2] and (1, 4) at X[2:3]. **Often heard:** “that is the same.”

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 2. Which axis disappears, and when do shapes fit?
#
# A sum or a mean runs along an axis, and that axis disappears. For
# $X$ of shape $(m,n)$: `X.sum(axis=0)` adds over the samples, shape $(n,)$.
# `X.sum(axis=1)` adds over the features, shape $(m,)$. With `keepdims=True`
# the axis stays, with length 1. `X.sum()` adds everything.
#
# **Broadcasting** lets arrays of different shapes meet. Write the shapes one
# below the other, aligned at the right; a missing length counts as 1. Two
# lengths fit if they are equal or if one of them is 1. A length of 1 is
# repeated as often as needed.
#
# **Predict:** $A$ has shape $(4,3)$. Can you add an array of shape $(3,)$? Of
# shape $(4,1)$? Of shape $(4,)$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 16–28 min.*
# Three questions, three votes. **Wait for** yes, yes, no. **Often heard:** “(4,) fits,
# there are four rows.” Write the shapes below each other, aligned at the right.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(9.6, 3.2))
ax.set(xlim=(-0.3, 17.2), ylim=(-4.3, 1.1), aspect="equal")
ax.set_title("What is given is tinted; broadcasting repeats it")
ax.axis("off")
first_row, first_column = np.indices((4, 3)) == 0
rows = np.tile([1, 2, 3], (4, 1))
columns = np.tile([[1], [2], [3], [4]], 3)
draw_table(ax, 0, 0, np.arange(0, 120, 10).reshape(4, 3), "A  (4, 3)")
draw_table(ax, 4.2, 0, rows, "(3,): fits", hot=first_row)
draw_table(ax, 8.4, 0, columns, "(4, 1): fits", hot=first_column)
draw_table(ax, 12.6, 0, [1, 2, 3, 4], "(4,): does not fit", hot=True)
show(fig, alt="A table of 4 rows and 3 columns; a row of 3 repeated downward; "
     "a column of 4 repeated to the right; a row of 4 that is too long.",
     see="A flat array is laid along the last axis: 3 numbers fit, 4 do not.")

# %% slideshow={"slide_type": "subslide"}
T = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]])  # (2, 3)
print(T.sum(), T.sum(axis=0), T.sum(axis=1), T.max(axis=1))

middles = T.mean(axis=1, keepdims=True)  # (2, 1): the axis stays, with length 1
print(middles.shape, (T - middles).tolist())  # each row minus its own mean
assert np.allclose((T - middles).sum(axis=1), 0)
try:
    T - T.mean(axis=1)  # (2, 3) minus (2,): the lengths 3 and 2 do not fit
except ValueError as error:
    print(error)

flat, column = np.arange(4.0), np.arange(4.0)[:, None]  # (4,) and (4, 1)
print((column - flat).shape)  # no error, and hardly what was meant

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### When it fits by accident
#
# The last line pairs every number with every number: $(4,1)$ and $(4,)$ make
# $(4,4)$. Nothing complains. `None` (or `np.newaxis`, the same) inside the brackets
# adds an axis of length 1; `a[:, None]` makes a column of a flat array.
#
# **Your turn.** (a) Which of these fit, and what comes out? $(5,3)+(3,)$,
# $(5,3)+(5,)$, $(5,1)+(1,3)$, $(2,5,3)+(5,1)$. (b) `X` is $(150,4)$: what are the
# shapes of `X[:, 0]`, `X[:, 0:1]`, `X.mean(axis=0)`? (c) What is
# `2 ** np.arange(4)`?
# <details><summary>Answer</summary>
#
# (a) $(5,3)$; an error; $(5,3)$; $(2,5,3)$. (b) $(150,)$, $(150,1)$, $(4,)$. (c) The
# array 1, 2, 4, 8: one operation, done for every exponent.
#
# </details>
#
# > **Take away:** the axis that you name disappears. Shapes are compared from
# > the right, and a length of 1 is repeated. Assert shapes before you subtract.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 3. Does my code change somebody else's data?
#
# The numbers of an array lie in memory in one line. Let `a` have two axes. A part
# such as `a[0]` or `a[:, 1]` does not fetch its numbers. It is a **view**: another
# way to look at the same memory. A **copy** has memory of its own.
#
# - Views: slices `a[1:3]`, `a[:, 1]`, the transpose `a.T` (rows become columns),
#   and mostly `reshape`.
# - Copies: `a.copy()`, a list of indices `a[[0, 2]]`, and every result of arithmetic.
#
# An array that you hand to a function is not copied either. What the function
# writes into it, the caller sees.
#
# **Predict:** `a = np.arange(12).reshape(3, 4)` is 0 to 11 in 3 rows of 4. Then
# `row = a[0]` and `row[0] = 99`. What is `a[0, 0]` now?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 28–38 min.*
# **Ask** for `a[0, 0]`, everybody writes it down. **Wait for** 99. **Often heard:** 0,
# “row is a variable of its own.” Draw the line of memory before you explain.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10, 3.7))
ax.set(xlim=(-3, 12.3), ylim=(-4.7, 2.2))
ax.set_title("A view looks at the same memory")
ax.axis("off")
draw_table(ax, 0, 1, range(12), hot=np.arange(12) < 4)
draw_table(ax, 0, -3.6, np.r_[0:4, 8:12])
ax.plot([0.1, 3.9], [1.25, 1.25], color=VERMILION, lw=5)
for x in 1.5, 5.5, 9.5:
    ax.annotate("", (x, 0), (5.5, -1.2), arrowprops={"arrowstyle": "->"})
for x, y, words in ((-3, 0.3, "memory of a"), (0.1, 1.5, "view a[0]"),
                    (6, -1.5, "view a[:, 1]"), (-3, -4.3, "a[[0, 2]]"),
                    (8.3, -4.3, "a copy")):
    ax.text(x, y, words, size=14)
show(fig, alt="Twelve cells in a line, parts of them marked as views; eight "
     "cells elsewhere, a copy.", see="Both views lie in the memory of a.")

# %% slideshow={"slide_type": "subslide"}
a = np.arange(12).reshape(3, 4)
row, chosen = a[0], a[[0, 2]]
row[0] = 99
print(a[0], chosen[0])  # the view wrote into a; the copy kept its 0
assert np.shares_memory(a, row) and not np.shares_memory(a, chosen)

def center_in_place(v):
    v -= v.mean()  # -= writes into the array of the caller

mine = np.array([1.0, 2.0, 6.0])
center_in_place(mine)
print(mine)  # changed, though nothing came back
lengths = np.array([3, 8, 5, 9])
tall = lengths > 4  # a mask: see below
print(tall, lengths[tall], tall.sum(), tall.mean())

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Masks: pick by a question
#
# A comparison such as `lengths > 4` gives a **mask**, an array of `True` and
# `False`. `a[mask]` picks the entries where it is `True`, as a copy; `a[mask] = 0`
# writes into `a`. In arithmetic `True` counts as 1, so the sum of a mask is a
# count (above: 3) and its mean a share (0.75). Join masks by `&` (and), `|` (or),
# each in parentheses: `(a > 2) & (a < 8)`.
#
# **Your turn.** A function starts with `X[X < 0] = 0` and returns the means
# of the columns. What is wrong with it, and how do you mend it?
# <details><summary>Answer</summary>
#
# It changes the data of the caller. Begin with `X = X.copy()`, or write
# `np.where(X < 0, 0, X).mean(axis=0)`: 0 where `X < 0`, else the entry of `X`.
#
# </details>
#
# > **Take away:** a slice is a view, a mask or a list picks a copy, and `-=`
# > writes in place. A function should leave its arguments as they were.

# %% [markdown] rows=["L02.2"] slideshow={"slide_type": "slide"}
# ## 4. One sample, or all at once?
#
# A linear model turns the $n$ features of a sample into $K$ **scores**, by
# **weights** $W$ of shape $(n,K)$ and a **bias** $b$ of shape $(K,)$. Many
# books write it for one sample, a column $x$. For a **batch**, many samples at
# once, it is one matrix product, written `@`, plus the bias:
#
# $$z=W^\top x+b\quad(K,)\qquad\qquad Z=XW+b\quad(m,K)$$
#
# Row $i$ of $Z$ is the $z$ of sample $i$:
# $Z_{ik}=\sum_{j}X_{ij}W_{jk}+b_k$. Inner lengths must agree:
# $(m,n)\,(n,K)\to(m,K)$. The bias is broadcast over the rows.
#
# **Predict:** $X$ is $(4,3)$ and $W$ is $(3,2)$. Which of `X @ W`, `W @ X`,
# `X * W` works, and what is its shape?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 38–52 min.*
# **Wait for:** only `X @ W`, shape (4, 2). **Often heard:** “`X * W` multiplies them.”
# Don't promise a factor for the speed: it is measured while you watch, and yours
# differs from mine.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
X_show = np.array([[1, 0, 2], [0, 1, 1], [2, 1, 0], [1, 1, 1]])
W_show, b_show = np.array([[1, 2], [0, 1], [3, 0]]), np.array([10, 20])
fig, ax = plt.subplots(figsize=(10, 3.6))
ax.set(xlim=(-0.3, 13.3), ylim=(-4.3, 1.1), aspect="equal")
ax.set_title("Entry (2, 1) of Z: 2 · 2 + 1 · 1 + 0 · 0 + 20 = 25")
ax.axis("off")
row2, column1 = np.arange(4)[:, None] == 2, np.arange(2) == 1
draw_table(ax, 0, 0, X_show, "X  (4, 3)", hot=row2)
draw_table(ax, 4, 0, W_show, "W  (3, 2)", hot=column1)
draw_table(ax, 7.4, 0, b_show, "b  (2,)", hot=column1)
draw_table(ax, 11, 0, X_show @ W_show + b_show, "Z  (4, 2)", hot=row2 & column1)
for x, sign in (3.5, "@"), (6.7, "+"), (10.2, "="):
    ax.text(x, -0.5, sign, ha="center", va="center", size=18)
show(fig, alt="Tables of X, W, b and Z with the cells of one entry tinted.",
     see="One row of X meets one column of W: the lengths 3 and 3 must agree.")

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(1)  # seed 1: the same numbers at every run
X = rng.normal(size=(5000, 20))  # m = 5000, n = 20
W, b = rng.normal(size=(20, 3)), rng.normal(size=3)  # K = 3
def row_by_row():
    return np.array([W.T @ x + b for x in X])  # a loop over the rows x, (n,)
def at_once():
    return X @ W + b

assert at_once().shape == (5000, 3)
assert np.allclose(row_by_row(), at_once())  # equal but for rounding
slow, fast = (1000 * min(timeit.repeat(work, number=1, repeat=5))
              for work in (row_by_row, at_once))  # the best of five runs
for name, ms in ("row by row", slow), ("at once", fast):  # a bar chart in text
    print(f"{name:>10} {'█' * math.ceil(40 * ms / slow):<41}{ms:7.3f} ms")
print(f"The loop takes {slow / fast:.0f} times as long, here and now.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Why so much faster?
#
# `np.random.default_rng(seed)` makes a **random generator**: the same seed gives
# the same numbers, so that you can repeat what you saw. `np.allclose` compares
# with a small tolerance, because rounding depends on the order of the sums.
#
# The loop asks Python 5000 times what to do next. The product asks once; the
# rest runs in compiled code. To replace a loop by operations on whole arrays is
# called **vectorizing**. How much it gains depends on machine and size.
#
# <details><summary>Answer to the prediction</summary>
#
# `X @ W` gives $(4,2)$. `W @ X` fails: 2 is not 4. `X * W` fails, too: $(4,3)$
# and $(3,2)$ do not broadcast. For $W$ of shape $(1,3)$ the product `X * W` would
# run and give $(4,3)$: entry by entry, no sum, not the scores.
#
# </details>
#
# > **Take away:** `X @ W + b` computes the scores of all samples. `*` works
# > entry by entry and is another operation.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10, 3.6))
ax.set(xlim=(-0.3, 13.8), ylim=(-4.3, 1.1), aspect="equal")
ax.set_title("A column of ones multiplies row 0, which holds the bias")
ax.axis("off")
ones, bias = np.arange(4) == 0, np.arange(4)[:, None] == 0
draw_table(ax, 0, 0, np.c_[np.ones(4, int), X_show], "[1  X]  (4, 4)", hot=ones)
draw_table(ax, 5.5, 0, np.r_[b_show[None], W_show], "[b; W]  (4, 2)", hot=bias)
draw_table(ax, 9.5, 0, X_show @ W_show + b_show, "Z  (4, 2)")
for x, sign in (4.75, "@"), (8.5, "="):
    ax.text(x, -2, sign, ha="center", va="center", size=18)
show(fig, alt="X with a column of ones in front, times W with the bias as an "
     "extra top row, gives Z; column and row are tinted.",
     see="Each 1 meets one entry of b: the same Z as before, in one product.")

# %% [markdown] rows=["L02.3"] slideshow={"slide_type": "subslide"}
# ### The bias as a column of ones
#
# Give every sample one more feature, $x_0=1$. Then the bias is the weight
# of this feature, and the sum $+\,b$ hides inside the product:
#
# $$XW+b=\tilde X\tilde W,\qquad\tilde X=[\mathbf 1\;\;X]\ \ (m,n+1),\qquad
# \tilde W=\begin{bmatrix}b^\top\\W\end{bmatrix}\ \ (n+1,K)$$
#
# The ones come first, so row 0 of $\tilde W$ is the bias. We use this form where
# a formula gives all the best weights at once (lecture 03). Everywhere else $b$
# stays on its own, because later it is treated differently from $W$ (lecture 07).
#
# > **Take away:** a column of ones turns the bias into one more weight:
# > $XW+b=\tilde X\tilde W$.

# %% slideshow={"slide_type": "subslide"}
X_tilde = np.ones((4, 4))  # m = 4 rows, n + 1 = 4 columns
X_tilde[:, 1:] = X_show  # column 0 keeps its ones; X_show stays as it was
W_tilde = np.vstack([b_show, W_show])  # b on top of W, (4, 2)
print(X_tilde[2], "@", W_tilde[:, 1], "=", X_tilde[2] @ W_tilde[:, 1])
Z_show = X_show @ W_show + b_show
assert Z_show.tolist() == [[17, 22], [13, 21], [12, 25], [14, 23]]
assert np.array_equal(X_tilde @ W_tilde, Z_show)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 5. How does a picture become a row?
#
# A color picture is an array of shape $(H,W,C)$: height, width, and $C=3$
# channels, red, green and blue. (This $W$ is a width, not the weights.) An entry is
# an integer from 0 to 255, dtype `uint8`.
#
# A model wants a row of the data matrix: one vector per picture. There is more
# than one order in which to read the numbers.
#
# **Predict:** how many features has a picture of $128\times128$ pixels in
# color? And what is $250+10$ in `uint8`?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 52–62 min.*
# **Wait for** 49 152 and 4. **Often heard:** 16 384 (the colors are forgotten) and 260.
# In the demo stop at entry 6: channel by channel the green begins there, plainly
# reshaped it is the next pixel. The break comes after this section.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
photo = np.array([[[230, 60, 50], [240, 170, 40], [250, 220, 90]],
                  [[60, 160, 80], [255, 240, 230], [70, 140, 210]]])
pale = np.array(["#F7C8C2", "#CBE8CD", "#C9DCF3"])  # red, green, blue
def long_vector(ax, demo, y, name, axes):
    """Draw the vector that reads the axes in this order; frame its entry p."""
    i, j, c = (t.transpose(axes).ravel() for t in np.indices(photo.shape))
    draw_table(ax, 0, y, photo[i, j, c], name, colors=pale[c])
    def centers(p):  # of the entry here, and in its channel table
        p = int(p)
        return [p + 0.5, 5.5 + 4.5 * c[p] + j[p]], [y - 0.5, 1.5 - i[p]]
    demo.frames(ax, centers, color=INK, lw=4, ls="-" if axes[0] else "--")


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(11, 4.3))
ax.set(xlim=(-0.1, 18.1), ylim=(-4.7, 2.9), title="One picture, two vectors")
ax.axis("off")
draw_table(ax, 0.5, 2, np.full((2, 3), ""), "picture", colors=photo / 255)
for c, name in enumerate(("red", "green", "blue")):
    draw_table(ax, 5 + 4.5 * c, 2, photo[..., c], name, colors=pale[c])
demo = Demo("channels", fig, seconds=14, see="Solid frame: all red, then all "
            "green, then all blue. Dashed frame: one pixel after another.",
            alt="A picture of 2 by 3 pixels, its three channel tables, and two "
            "vectors of 18 numbers. A slider walks along both vectors.")
demo.slider("p", range(18), label="entry", fmt="{:.0f}", start=7)
long_vector(ax, demo, -1.4, "channel by channel", (2, 0, 1))
long_vector(ax, demo, -3.6, "plain reshape", (0, 1, 2))
demo.show()

# %% [markdown] rows=["L02.4"] slideshow={"slide_type": "subslide"}
# ### Channel by channel
#
# This course reads all red, then all green, then all blue. In memory the
# three colors of a pixel lie side by side. So first put the axes in the order
# that you mean, then lay everything in one line:
#
# $$(H,W,C)\ \xrightarrow{\ \texttt{transpose(2, 0, 1)}\ }\ (C,H,W)\
# \xrightarrow{\ \texttt{reshape(-1)}\ }\ (C\cdot H\cdot W,)$$
#
# `transpose(2, 0, 1)` lists the old axes in their new order. `reshape(-1)` reads
# the entries, last axis fastest; $-1$ means "as many as there are". Divide by
# 255, and all features lie between 0 and 1.
#
# The model of section 4 works with either order, but training and use must agree:
# otherwise most weights meet the number of another pixel or channel.

# %% slideshow={"slide_type": "subslide"}
A = np.arange(12).reshape(2, 2, 3)  # H = W = 2, C = 3
print(A.reshape(-1))  # pixel by pixel: the channels are interleaved
long = A.transpose(2, 0, 1).reshape(-1)
print(long)  # channel by channel
assert long.tolist() == [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]
assert np.shares_memory(A, A.transpose(2, 0, 1))  # a view
assert not np.shares_memory(A, long)  # this order needs new memory

assert 128 * 128 * 3 == 49_152
dark = np.array([0, 51, 250], dtype=np.uint8)
print(dark + np.uint8(10), dark / 255)  # whole numbers wrap around at 256
assert (dark / 255).dtype == float

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### And back again
#
# A color picture of $128\times128$ pixels has $128\cdot128\cdot3=49\,152$
# features. In `uint8` the sum $250+10$ is 4: there is no room above 255, so the count
# starts again at 0. Whole arrays do this without a warning. Make floats first.
#
# **Your turn.** `long` holds a picture of $H=32$ and $W=48$ channel by channel.
# Which two operations bring back the array $(32,48,3)$?
# <details><summary>Answer</summary>
#
# Undo the steps in reverse order: `long.reshape(3, 32, 48)`, then
# `.transpose(1, 2, 0)`: old axis 1 (height) first, then 2 (width), then 0
# (channel).
#
# </details>
#
# > **Take away:** a picture becomes a row of $C\cdot H\cdot W$ numbers in
# > $[0,1]$. Before you reshape, put the axes into the order that you mean.

# %% [markdown] rows=["L02.5"] slideshow={"slide_type": "slide"}
# ## 6. How does a label become numbers?
#
# A class label is a name: setosa, versicolor, virginica. We count the $K$
# classes from 0: labels $0,\dots,K-1$. But 2 is not twice 1, and class 1 does not
# lie between 0 and 2. The **one-hot** vector of a label has a place for each
# class:
#
# $$\mathrm{oh}(y)\in\{0,1\}^K,\qquad\mathrm{oh}(y)_k=[k=y],\qquad
# \textstyle\sum_{k=0}^{K-1}\mathrm{oh}(y)_k=1$$
#
# The bracket $[\dots]$ is 1 where the statement is true, else 0. For $K=3$:
# $0\to(1,0,0)$, $1\to(0,1,0)$, $2\to(0,0,1)$.
#
# **Predict:** somebody counts the classes $0,1,\dots,K$. How long must the
# vectors be? How far is the one-hot vector of class 0 from those of 1 and 2?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 62–70 min.*
# **Ask** how long the vectors must be for the labels 0 to K. **Wait for** K + 1.
# **Often heard:** K. Then the distances: “2 is farther from 0 than 1 is” is what
# one-hot vectors avoid.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 4, figsize=(11, 3.7), width_ratios=(1, 1, 1, 2.4))
tips = np.array([[0, 0], [1, 0], [0.5, 0.87]])  # corners of the triangle
axes[3].fill(*tips.T, fc="#EEF3F7", ec=GRAY)
for k, color in enumerate((BLUE, VERMILION, GREEN)):
    axes[k].bar(range(3), np.arange(3) == k, color=color)
    axes[k].set(title=f"label {k}", xlabel="class", xticks=[0, 1, 2])
    axes[3].plot(*tips[k], MARKERS[k], color=color, ms=14)
    axes[3].text(*tips[k] + [0, (-0.17, -0.17, 0.09)[k]], f"{k}", ha="center")
axes[3].plot(*[0.2, 0.5, 0.3] @ tips, "o", color=INK, ms=9)
axes[3].text(*[0.2, 0.5, 0.3] @ tips + [-0.24, 0.06], "(0.2, 0.5, 0.3)")
axes[3].set(xlim=(-0.3, 1.3), ylim=(-0.25, 1.1), title="Each label is a corner")
axes[3].axis("off")
show(fig, alt="Three bar charts with one bar of height 1 each; a triangle with "
     "a label at each corner and a point inside.", see="A one-hot vector is a "
     "corner. A point inside shares the 1 among the classes.")

# %% slideshow={"slide_type": "subslide"}
label, K = 2, 3
print(np.arange(K) == label)  # a mask: True at place 2
print((np.arange(K) == label).astype(float))  # its one-hot vector

labels = np.array([2, 0, 1, 2])  # (m,) = (4,)
Y = np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]])  # (m, K)
assert (Y.sum(axis=1) == 1).all()  # one 1 in each row
assert np.array_equal(Y.argmax(axis=1), labels)  # and in the right place
print(Y.sum(axis=0), Y[[0, 1, 2, 3], labels])  # counts; entry y of each row
assert np.isclose(np.sqrt(((Y[0] - Y[1]) ** 2).sum()), np.sqrt(2))

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Corners of a simplex
#
# All vectors of $K$ entries that are not negative and sum to 1 form the
# **probability simplex**; for $K=3$ it is a triangle. One-hot vectors are its
# corners. Later a model answers with a point of the simplex.
#
# One-hot rows, one per sample, make the target matrix $Y$ of shape $(m,K)$.
# `Y.argmax(axis=1)`, the place of the largest entry, brings back the labels.
#
# <details><summary>Answer to the prediction</summary>
#
# The labels $0,\dots,K$ are $K+1$ classes, so the vectors need $K+1$ entries.
# Any two one-hot vectors are $\sqrt2$ apart: no class is nearer than another.
#
# </details>
#
# > **Take away:** $K$ classes are labeled $0,\dots,K-1$ and become the $K$
# > corners of the simplex, one row per sample.

# %% [markdown] rows=["L02.6"] slideshow={"slide_type": "slide"}
# ## 7. Why do units matter?
#
# Features come in their own units: an area in m², a distance in km or in m.
# The world does not care about the choice, but many methods do.
#
# - Methods that compare distances follow mostly the feature whose numbers differ
#   most.
# - Methods that walk downhill on an error, as in lecture 04, take steps
#   against the slope. How far a step goes is set by one number for all weights,
#   the **learning rate** $\alpha$. A feature with large numbers makes a steep
#   slope, one with small numbers a shallow slope. One $\alpha$ must serve both.
#
# **Predict:** house A has 100 m² and lies 2.0 km from the center; B: 100 m²,
# 5.0 km; C: 104 m², 2.1 km. Which is nearest to A? And with the distance in m?
# <details><summary>Answer</summary>
#
# In km: B at $\sqrt{0^2+3^2}=3$, and C at $\sqrt{4^2+0.1^2}\approx4.001$. In m:
# B at 3000, C at $\sqrt{4^2+100^2}\approx100.08$. First B, then C.
#
# </details>

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 2, figsize=(10, 4))
demo = Demo("canyon", fig, see="Left no rate is safe and fast; right 1 is.",
            alt="Contours: canyon and bowl, and a path of 20 steps in each.")
demo.slider("a", np.r_[1:10, 20, 50, 100, 150] / 100, label="rate", start=0.07)
u, step = np.linspace(-1.5, 3.5, 101), np.arange(21)[:, None]
for ax, r, name in (axes[0], 5, "Raw: canyon"), (axes[1], 1, "Rescaled: bowl"):
    J = ((u - 1) ** 2 + (r * (u[:, None] - 1)) ** 2) / 2
    ax.contour(u, u - 1 + 5 / r, J, [0.05, 0.4, 1.2, 2.5, 5, 10], colors=[GRAY])
    ax.set(xlabel="$w_1$", ylabel="$w_2$", title=name, aspect="equal")
    def path(a, r=r):  # the weights after 0, 1, ..., 20 steps
        gap = [-1.6, 2 / r] * (1 - a * np.array([1, r**2])) ** step
        return ([1, 5 / r] + gap).clip(-40, 40).T  # best: w1 = 1, w2 = 5 / r
    demo.line(ax, path, color=VERMILION, lw=1.5)
    demo.points(ax, path, color=VERMILION)
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 70–80 min.*
# Before: B is nearest in km, C in m. Now let the class find a rate that is safe and
# fast on the left. At 0.08 it jumps for ever, at 0.09 it runs away, and 0.07 is slow.
# Then set 1: one step on the right.

# %% slideshow={"slide_type": "subslide"}
X_two = np.array([[1.0, 5], [-1, 5], [1, -5], [-1, -5]])  # mean of x1 x2: 0
y_two = X_two @ [1.0, 1.0]  # the best weights are (1, 1), with J = 0
s = (X_two**2).mean(axis=0)  # (2,): 1 and 25; see below
for alpha in 0.01, 0.07, 0.09:
    w = np.array([-0.6, 1.4])
    for _ in range(20):
        slope = X_two.T @ (X_two @ w - y_two) / 4  # lecture 03 derives it
        w = w - alpha * slope
    print(f"rate {alpha}: factors {1 - alpha * s}, left {(w - 1).round(3)}")
    assert np.allclose(w - 1, (1 - alpha * s) ** 20 * [-1.6, 0.4])

houses = np.array([[100.0, 2.0], [100.0, 5.0], [104.0, 2.1]])  # A, B, C
for unit in 1, 1000:  # distance in km, in m
    gaps = np.sqrt((((houses[1:] - houses[0]) * [1, unit]) ** 2).sum(axis=1))
    print("from A to B and C:", gaps.round(3))

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### One rate for all weights
#
# The picture shows $J(w_1,w_2)=\frac1{2m}\sum_i(w_1x^{(i)}_1+w_2x^{(i)}_2-
# y^{(i)})^2$. If the mean of $x_1x_2$ is 0, every step multiplies the distance of
# $w_j$ from its best value by $1-\alpha s_j$. Here $s_j$ is the mean of $x_j^2$: on
# the left 1 and 25, on the right 1 and 1.
#
# | $1-\alpha s_j$ | the weight |
# |:--|:--|
# | a little below 1 | comes nearer, but nearly stalls |
# | between $-1$ and 0 | changes side at each step and comes nearer |
# | $-1$, or below | changes side at each step; stays as far, or explodes |
#
# On the left every $\alpha$ between 0 and $\frac2{25}$ gets there, but slowly: at
# 0.07 almost a quarter of the way in $w_1$ is left after 20 steps. On the right 1
# needs one step. Lecture 04 measures this by the *condition number*.
#
# > **Take away:** distances and learning rates feel the units: rescale first.

# %% [markdown] rows=["L02.7"] slideshow={"slide_type": "slide"}
# ## 8. How do we rescale?
#
# | name | formula | acts on | what is equal after it |
# |:--|:--|:--|:--|
# | **min–max** | $\hat x=\dfrac{x-x_{\min}}{x_{\max}-x_{\min}}$ | each column | range $[0,1]$ |
# | **standardization** | $\hat x=\dfrac{x-\mu}{\sigma}$ | each column | mean 0, sd 1 |
# | **unit norm** | $\hat x=\dfrac{x}{\lVert x\rVert}$ | each row | length 1 |
#
# $\mu$ is the mean of a column; $\sigma$ is its **standard deviation** (sd),
# $\sigma^2=\frac1m\sum_i(x^{(i)}-\mu)^2$. The norm
# $\lVert x\rVert=\sqrt{\sum_jx_j^2}$ is the length of one sample.
#
# **Predict:** one sample is far from the others. What happens to the seven
# others under each of the three maps?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
X8 = np.c_[[1, 2, 3, 4, 5, 6, 7, 0], [3, 1, 4, 1.5, 5, 2, 6, 2.5]]
fig, axes = plt.subplots(1, 4, figsize=(11.5, 3.8))
demo = Demo("rescale", fig, alt="Eight samples, raw and rescaled.", see="Up is "
            "feature 2. The square squeezes the others; unit norm does not.")
demo.slider("d", range(8, 41, 2), label="feature 1 of the square", fmt="{:.0f}")
maps = (np.array, MinMaxScaler().fit_transform, StandardScaler().fit_transform,
        Normalizer().transform)
for k, (ax, f) in enumerate(zip(axes, maps, strict=True)):
    low, high = ((0, 42), (-0.1, 1.1), (-2, 3), (-0.05, 1.1))[k]
    ax.set(title=("raw", "min–max", "standardized", "unit norm")[k])
    ax.set(xlim=(low, high), ylim=(low, min(high, 7)), xlabel="feature 1")
    demo.points(ax, lambda d, f=f: f(X8 + d * (X8 == 0))[:7].T, ms=9)
    demo.points(ax, lambda d, f=f: f(X8 + d * (X8 == 0))[7:].T, marker="s",
                color=VERMILION, ms=11)
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 80–88 min.*
# **Ask** for one map at a time what happens to the seven dots, then move the square.
# **Wait for** squeezed, squeezed, untouched. **Often heard:** “standardizing removes
# the outlier.”

# %% slideshow={"slide_type": "subslide"}
train = np.array([1.0, 2.0, 4.0, 5.0])  # one feature of four training samples
new = np.array([3.0, 9.0])  # the same feature of two new samples
low, high = train.min(), train.max()  # learned from the training part ...
print("min-max:     ", (train - low) / (high - low), (new - low) / (high - low))
mu, sd = train.mean(), train.std()  # ... and used again on the new samples
print("standardized:", ((train - mu) / sd).round(2), ((new - mu) / sd).round(2))
v = np.array([3.0, 4.0])  # one sample of two features
print("unit norm:   ", v / np.sqrt((v**2).sum()))

fit = StandardScaler().fit(train[:, None])  # scikit-learn: columns, sd with 1/m
assert np.allclose(fit.transform(new[:, None])[:, 0], (new - mu) / sd)
uneven = np.array([[1.0, 1], [2, 1], [3, 1], [4, 5]])  # two columns
both = StandardScaler().fit_transform(uneven)
print("standardized ranges:", np.ptp(both, axis=0).round(2))  # max - min


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Three warnings
#
# - **The training part only.** Take minimum, maximum, mean and sd from the data
#   you fit on; use the same numbers on all others. New values may leave $[0,1]$.
# - **Constant columns** have range and sd 0, and $0/0$ is not a number (`nan`).
#   Guard it: here such a column becomes 0. A sample of zeros, with norm 0, stays 0.
# - **Ranges.** Only min–max makes them equal, and only on the training part.
#
# **Your turn.** `X` is $(m,n)$. Which axis gives the mean of each feature, which
# the norm of each sample? Which one needs `keepdims`?
# <details><summary>Answer</summary>
#
# `axis=0`: shape $(n,)$ broadcasts over the rows. `axis=1`: $(m,)$ does not fit
# $(m,n)$ in general, so keep the axis: $(m,1)$.
#
# </details>
#
# > **Take away:** min–max and standardization act on columns, with numbers from
# > the training part; unit norm acts on rows. Guard every division by 0.

# %% [markdown] rows=["L02.8"] slideshow={"slide_type": "slide"}
# ## 9. Did it learn, or does it only remember?
#
# Shuffle the samples once. Keep a part, for example 20 %, unseen: the **test
# part**. Fit on the rest, the **training part**. These are the test data and the
# training data of lecture 01. Report the **accuracy** on the test part, the share
# of its labels that are right:
#
# $$\mathrm{acc}=\frac1m\sum_{i=1}^m\bigl[\hat y^{(i)}=y^{(i)}\bigr]$$
#
# With $y=(0,1,1,2)$ and $\hat y=(0,1,2,2)$ it is $\frac34$. Formulas count samples
# from 1, code from 0. (For a continuous target there is no accuracy; report an
# error instead.)
#
# **Predict:** the labels of 1000 samples are coin flips. A model, the *memorizer*,
# answers with the label of the nearest training sample. What is its accuracy on
# the training part, and on the test part? The 150 irises are sorted by species:
# what goes wrong if you cut off the last 30 without shuffling?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 88–98 min.*
# **Wait for** 1.0 and about one half, in this order. **Often heard:** “one half on
# both, the labels are chance.” Ask: which sample is nearest to a training sample? The
# uncut irises: the last 30 are all of one species.

# %% slideshow={"slide_type": "subslide"}
def nearest_label(X_known, y_known, X_new):  # it stores all samples
    # All pairs, feature by feature: (q, 1, n) - (1, m, n)
    gaps = X_new[:, None, :] - X_known[None, :, :]
    return y_known[(gaps**2).sum(axis=2).argmin(axis=1)]  # (q, m) -> (q,)

rng = np.random.default_rng(4)
points = rng.normal(size=(1000, 5))
coins = rng.integers(0, 2, size=1000)  # labels that nothing can predict
order = rng.permutation(1000)  # the numbers 0..999, shuffled
unseen, seen = order[:200], order[200:]  # two lists of indices
assert sorted(order) == list(range(1000))  # every sample is in one part, once
for part in seen, unseen:
    answer = nearest_label(points[seen], coins[seen], points[part])
    print(len(part), "samples, accuracy", accuracy_score(coins[part], answer))
print("last 30 irises, not shuffled: species", set(iris.target[120:].tolist()))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
many = np.zeros((20, 2))  # training and test accuracy after each of 20 shuffles
for s in range(20):
    known, other = np.split(np.random.default_rng(s).permutation(1000), [800])
    for j, part in enumerate((known, other)):
        answer = nearest_label(points[known], coins[known], points[part])
        many[s, j] = accuracy_score(coins[part], answer)
assert (many[:, 0] == 1).all() and abs(many[:, 1].mean() - 0.5) < 0.02
assert round(0.5 / math.sqrt(200), 3) == 0.035  # the text below
fig, (top, low) = plt.subplots(2, 1, figsize=(8.4, 4), height_ratios=(1, 2))
top.barh([""] * 2, [800, 200], left=[0, 800], color=[GRAY, VERMILION])
top.set(xlabel="samples, shuffled", title="80 % training part, 20 % test part")
low.barh(("test", "training"), many.mean(axis=0)[::-1], color=[VERMILION, GRAY])
low.set(xlabel="accuracy, mean of 20 shuffles", title="Coin flips, memorized")
show(fig, alt="A bar cut at 80 %; training accuracy 1, test about one half.",
     see="Each training sample is its own nearest: 1.0. New ones: about 0.5.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What the two numbers tell
#
# A model with many parameters can memorize, too. So a high training accuracy
# proves little. But if even that is low, the model is too poor or badly fitted.
# The **gap**, training minus test, is the sign of memorizing.
#
# The test accuracy is a measurement. One coin flip, 0 or 1, has mean 0.5 and sd
# $\sqrt{0.5\cdot0.5}=0.5$; a mean of 200 of them has $0.5/\sqrt{200}\approx0.035$
# (lecture 04 returns to this).
#
# **Your turn.** Accuracy 0.98 in training and 0.71 in test; another model has 0.72
# and 0.71. What do you do next in each case?
# <details><summary>Answer</summary>
#
# The first memorizes: more data or a simpler model can help. The second does not:
# try better features or a richer model.
#
# </details>
#
# > **Take away:** shuffle once, fit on one part, report on the other. The
# > gap tells memory from learning.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 10. May I choose by the test part?
#
# You have 200 models and 100 test samples, and you keep the model with the best
# test accuracy. Is that accuracy still an honest report?
#
# To see what choosing alone can do, let us take models that are of no use: each
# answers by flipping a coin. The truth is two classes of equal chance, so every
# one of them is right with probability $\frac12$.
#
# **Predict:** what accuracy will the best of the 200 reach? 0.50, 0.55 or 0.64?
# And what will the same model reach on new samples?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 98–105 min.*
# Everybody chooses one of the three numbers. **Wait for** the hands, then show it:
# 0.64. **Often heard:** 0.50, “they are all useless.” In the demo go from 1 model to
# 200, slowly.

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(12)
truth = rng.integers(0, 2, size=100)  # (100,)
flips = rng.integers(0, 2, size=(200, 100))  # a row is a useless model
hits = (flips == truth).sum(axis=1)  # (200, 100) against (100,): (200,)
new_truth, new_flips = rng.integers(0, 2, size=(2, 10_000))
print("best share on the 100 used to choose:", hits.max() / 100)
print("the same model on 10 000 new samples:", (new_flips == new_truth).mean())

def expected_best(k):  # P(all k have at most h right) = P(one has)^k
    one = np.cumsum([math.comb(100, h) / 2**100 for h in range(101)])
    return (np.diff(one**k, prepend=0) * np.arange(101)).sum() / 100

assert abs(expected_best(200) - 0.6365) < 5e-5
tries = rng.binomial(100, 0.5, size=(5000, 200)).max(axis=1) / 100  # a check
assert abs(tries.mean() - expected_best(200)) < 0.002

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(9, 3.7))
ax.set(xlim=(0.3, 0.7), ylim=(0, 24), xlabel="accuracy on 100 test samples")
ax.set(ylabel="models", title="The best of many useless models looks good")
demo = Demo("luck", fig, see="The more models, the better the best one looks. "
            "None can predict anything.", alt="A histogram of accuracies near "
            "one half that grows with the number of models; a line at the best")
demo.slider("k", [1, 2, 5, 10, 20, 50, 100, 150, 200], label="models",
            fmt="{:.0f}", start=200)
demo.bars(ax, lambda k: (np.arange(101) / 100, np.bincount(
    hits[:int(k)], minlength=101)), width=0.008, lw=0.3)
demo.line(ax, lambda k: ([hits[:int(k)].max() / 100] * 2, [0, 24]), ls="--",
          color=VERMILION)
demo.readout(lambda k: f"best of these {hits[:int(k)].max() / 100:.2f}; "
             f"average best over all draws {expected_best(k):.4f}")
demo.show()

# %% [markdown] rows=["L02.9"] slideshow={"slide_type": "subslide"}
# ### Three parts
#
# The best of 200 coin flippers reaches 0.6365 on average, and on new samples it is
# right half the time. Nobody cheated. The choice used up the test samples.
#
# What you choose by looking (features, hyper-parameters, when to stop) needs a
# part of its own, the **validation part**. A common split is 60, 20 and 20 %:
#
# | part | it is for | you look at it |
# |:--|:--|:--|
# | training | fitting the weights | all the time |
# | validation | choosing among fits | as often as you choose |
# | test | the report | once, at the end |
#
# To stop training when the *test* error rises is a choice, too: ask the validation
# part.
#
# > **Take away:** choose on the validation part, report on the test part, once. An
# > accuracy that helped you to choose is too good on average.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 11. Can every sample take a turn?
#
# With 150 samples a validation part of 30 is small, and the accuracy depends on
# which 30 it happens to be.
#
# **k-fold cross-validation** lets all samples take part: shuffle, cut into $k$
# parts, the **folds**, fit on $k-1$ of them, evaluate on the one left out, and
# rotate. Average the $k$ accuracies:
#
# $$\mathrm{average}=\frac1k\sum_{j=1}^k\mathrm{acc}\bigl(\text{fit without fold }j,
# \text{ evaluated on fold }j\bigr)$$
#
# **Predict:** 23 samples and $k=5$. How large are the folds? How many
# fits do you pay for?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 105–111 min.*
# **Wait for** 5, 5, 5, 4, 4 and five fits. **Often heard:** “23 / 5 does not work.” Ask
# what must be fitted anew in each turn: the rescaling, too.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10, 4))
ax.set(xlim=(-0.8, 22.8), ylim=(7.6, -0.6), xlabel="place after shuffling")
ax.set(yticks=range(8), ylabel="turn", title="Each turn leaves out one fold")
demo = Demo("folds", fig, see="Each sample is left out in one turn; the sizes "
            "of the folds differ by at most 1.", alt="A square for each turn "
            "and each of 23 samples. The folds left out form a staircase.")
demo.slider("k", range(2, 9), label="number of folds k", fmt="{:.0f}", start=5)
def chosen(k, out):  # place and turn of the samples left out, or fitted on
    fold = np.sort(np.arange(23) % k)  # sizes as those of np.array_split
    return np.nonzero((fold == np.arange(k)[:, None]) == out)[::-1]
for o, color in (False, "#C5D3DF"), (True, VERMILION):
    demo.points(ax, lambda k, o=o: chosen(k, o), marker="s", ms=15, color=color)
demo.readout(lambda k: "23 = " + " + ".join(
    f"{23 // k + (j < 23 % k):.0f}" for j in np.arange(k)))
demo.show()

# %% slideshow={"slide_type": "subslide"}
parts = np.array_split(np.arange(10), 3)
print([part.tolist() for part in parts])
sizes = [len(part) for part in parts]
assert max(sizes) - min(sizes) <= 1
assert sorted(np.concatenate(parts)) == list(range(10))  # all, and none twice

X, y = iris.data, iris.target  # (150, 4) and (150,)
marks = []
for fit_on, left_out in KFold(5, shuffle=True, random_state=0).split(X):
    answer = nearest_label(X[fit_on], y[fit_on], X[left_out])
    marks.append(accuracy_score(y[left_out], answer))
print(np.round(marks, 3), "average", np.mean(marks).round(3))
assert np.isclose(np.mean(marks), 0.96)

# %% [markdown] rows=["L02.10"] slideshow={"slide_type": "subslide"}
# ### Folds
#
# The folds are **disjoint** (no sample is in two of them), they cover
# everything, and their sizes differ by at most one. You pay for $k$ fits, often
# with $k=5$ or 10. In each turn a rescaling, too, is fitted without the fold left
# out.
#
# Cross-validation is a way to *choose*. The winner's result then flatters it, as
# in section 10: keep a test part outside.
#
# **Your turn.** The memorizer of section 9 is wrong on half of the coin flips. On
# the irises above its average accuracy is 0.96. Why?
# <details><summary>Answer</summary>
#
# Flowers of a species resemble each other; coin flips resemble nothing.
#
# </details>
#
# > **Take away:** every sample is left out exactly once, and the average of $k$
# > accuracies depends less on one lucky cut.

# %% [markdown] rows=["L02.11"] slideshow={"slide_type": "slide"}
# ## 12. Which species can a plane separate?
#
# R. A. Fisher published these measurements in 1936; E. Anderson had collected
# the flowers. **Iris** has $m=150$ samples, $n=4$ features (length and width, in
# cm, of the sepals and petals, the outer and inner leaves of the flower), and $K=3$
# species with 50 samples each: setosa (0), versicolor (1), virginica (2). It is our
# running example for classification (lectures 05 and 06).
#
# A **plane** is the set of all $x$ with $x\cdot w+b=0$, where
# $x\cdot w=\sum_jx_jw_j$ and $w\ne0$. On one side the score $x\cdot w+b$ is
# positive, on the other it is negative.
#
# **Predict:** look at the pairs of features below. Which species can
# be cut off from the other two by a straight line?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 111–120 min.*
# **Ask** species by species, before the picture is explained. **Wait for** setosa, in
# every pair. **Often heard:** “petal length and width separate all three.” The proof is
# ★: five minutes, or none.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
names = [name[:-5] for name in iris.feature_names]
fig, axes = plt.subplots(2, 3, figsize=(11, 5.2))
pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
for ax, (i, j) in zip(axes.flat, pairs, strict=True):
    for k, color in enumerate((VERMILION, BLUE, GREEN)):
        ax.scatter(X[y == k, i], X[y == k, j], 26, color, marker=MARKERS[k],
                   alpha=0.7, label=iris.target_names[k])
    ax.set(xlabel=names[i], ylabel=names[j])
fig.legend(*axes[0, 0].get_legend_handles_labels(), ncols=3,
           loc="outside upper right")
fig.suptitle("Iris, in cm", x=0.05, ha="left")
show(fig, alt="Six scatter plots, one for each pair of the four features. The "
     "setosa points form a cloud of their own, the two others touch.",
     see="Setosa stands apart in every pair; versicolor and virginica mix.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Ask for a plane
#
# Six pictures of four dimensions prove nothing: a tilted plane might separate
# what every picture mixes. So we ask for numbers $w$ and $b$ with
#
# $$t_i\,\bigl(x^{(i)}\cdot w+b\bigr)\ge1\quad\text{for all }i,\qquad
# t_i=\begin{cases}+1&\text{inside the class}\\-1&\text{outside}\end{cases}$$
#
# If a plane has all samples strictly on their sides, $w$ and $b$ can be scaled up
# until every score is at least 1 in size: so the 1 costs nothing. These are 150
# linear inequalities in 5 unknowns. **Linear programming** decides whether
# linear inequalities have a solution, up to the tolerance of floating-point
# numbers. `linprog` wants them as $Av\le u$; here $v=[b;w]$, and the
# column of ones comes in handy. `bounds=(None, None)` allows negative entries of $v$.

# %% slideshow={"slide_type": "subslide"}
def ask_for_plane(X, inside):
    X_tilde = np.ones((len(X), 5))
    X_tilde[:, 1:] = X  # (m, 5): the ones belong to b
    t = np.where(inside, 1.0, -1.0)  # (m,)
    return linprog(np.zeros(5), A_ub=-t[:, None] * X_tilde, bounds=(None, None),
                   b_ub=-np.ones(len(X)))  # nothing to minimize, any v will do

setosa = ask_for_plane(X, y == 0)
assert setosa.status == 0  # 0: found
b, w = setosa.x[0], setosa.x[1:]
plane_scores = X @ w + b  # (150,)
print("w =", w.round(2), "b =", b.round(2))
assert (plane_scores[y == 0] > 0).all() and (plane_scores[y > 0] < 0).all()
two = y > 0  # versicolor and virginica only
assert ask_for_plane(X[two], y[two] == 1).status == 2  # 2: there is none

# %% slideshow={"slide_type": "subslide"}
# ★ Which weighted average of virginica is a versicolor? See the next slide.
flower, others = X[83], X[y == 2]  # (4,) a versicolor, (50, 4) the virginica
found = linprog(np.zeros(50), A_eq=np.vstack([others.T, np.ones(50)]),
                b_eq=[*flower, 1])  # weights of 0 or more: the default bounds
q = found.x  # (50,)
assert found.status == 0 and y[83] == 1
assert q.min() >= 0 and np.isclose(q.sum(), 1)
assert np.allclose(q @ others, flower)
print("versicolor", flower, "is an average of", (q > 1e-9).sum(), "virginica")
print("with weights", q[q > 1e-9].round(3))

q = np.array([483, 67, 370, 266, 75])  # in parts of 1261; lengths in mm:
five = np.rint(10 * others[[6, 19, 29, 33, 34]])  # whole numbers, exact
assert q.sum() == 1261 and (q @ five == 1261 * np.rint(10 * flower)).all()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### ★ A proof that you can check
#
# No plane separates versicolor from virginica, says the solver. Here is a proof
# that needs no trust. Sample 83 (as the code counts), a versicolor, *is* a weighted
# average of five virginica, checked in whole numbers: $x^{(83)}=\sum_iq_ix^{(i)}$
# with $q_i\ge0$ and $\sum_iq_i=1$.
#
# Suppose a plane had all virginica on its negative side and all versicolor on
# the positive one (if it is the other way round, change the signs of $w$ and $b$).
# The score of a weighted average is the same average of the scores. So $x^{(83)}$
# would have a negative score as an average of virginica, and a positive one as a
# versicolor. No number is both.
#
# > **Take away:** in Iris a plane separates setosa from the rest, and no plane
# > separates versicolor from virginica. So none cuts either of these two off from
# > the rest, and a linear classifier makes mistakes there.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - An array has a shape and a dtype; $X$ is $(m,n)$, a row is a sample.
# - The axis that you name disappears; shapes are compared from the right.
# - Slices are views, lists and masks copy, `-=` writes in place.
# - $Z=XW+b=\tilde X\tilde W$: the scores of all samples at once.
# - A picture becomes a row, channel by channel, in $[0,1]$; a label becomes a
#   corner of the simplex.
# - Min–max and standardization act on columns, with numbers from the training
#   part; unit norm acts on rows.
# - Fit on the training part, choose on the validation part or by k-fold
#   cross-validation, report once on the test part.
#
# Next, lecture 03: the first model that learns. Now open `hw01_numpy.ipynb`.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Check yourself
#
# 1. `X` is $(100,2)$. What are the shapes of `X.mean(axis=0)`,
#    `X.mean(axis=1, keepdims=True)` and `X[X[:, 0] > 0]`?
#    <details><summary>Answer</summary>$(2,)$, $(100,1)$, and $(p,2)$, where $p$ is
#    the number of samples whose feature 0 is positive.</details>
# 2. `y` is $(50,)$ and a prediction is $(50,1)$. What is the shape of their
#    difference?
#    <details><summary>Answer</summary>$(50,50)$. Make both flat or both columns
#    first.</details>
# 3. `v = X[:, 0]`, then `v /= 10`. Did `X` change? And with `v = v / 10`?
#    <details><summary>Answer</summary>Yes: `v` is a view and `/=` writes in place.
#    With `v = v / 10` a new array is made, and `X` stays.</details>
# 4. A batch of 10 pictures has shape $(10,32,32,3)$. What is the shape of its data
#    matrix? Which axis must come right after the samples?
#    <details><summary>Answer</summary>$(10,3072)$. The channels.</details>
# 5. Which of the three rescalings gives the same result for a sample, whatever
#    the other samples are?
#    <details><summary>Answer</summary>Unit norm. The others use numbers of the
#    whole training part.</details>
# 6. Why is the labels' order in the file a reason to shuffle?
#    <details><summary>Answer</summary>If it is sorted by class, a cut puts whole
#    classes into one part only.</details>
# 7. You tried 50 settings and kept the one with the best validation accuracy, 0.91.
#    What do you expect on the test part?
#    <details><summary>Answer</summary>Rather less: the best of 50 is partly luck.
#    The test part, used once, will tell.</details>
# 8. A training accuracy of 0.6 with two classes. What does it tell?
#    <details><summary>Answer</summary>The model does not even fit what it has
#    seen. That is not memorizing; the model or the fit is too poor.</details>
#
# ## Read more
#
# - C. R. Harris and others (2020), *Array programming with NumPy*, Nature 585.
# - N. P. Rougier (2017), *From Python to NumPy*, an open book on vectorizing.
# - R. A. Fisher (1936), *The use of multiple measurements in taxonomic problems*,
#   Annals of Eugenics 7: the iris data.
# - E. Anderson (1935), *The irises of the Gaspé Peninsula*, Bulletin of the
#   American Iris Society 59: the flowers.
# - M. Stone (1974), *Cross-validatory choice and assessment of statistical
#   predictions*, Journal of the Royal Statistical Society B 36.
# - T. Hastie, R. Tibshirani and J. Friedman (2009), *The Elements of Statistical
#   Learning*, 2nd edition, sections 7.2 and 7.10.
