# %% [markdown] slideshow={"slide_type": "slide"}
# # More than two classes: hinge loss and softmax
#
# *How do K scores become a decision, probabilities, and a loss to learn from?*
#
# After this lecture you can
# - **predict** one of K classes, and **compute** the hinge loss and its slopes,
# - **turn** scores into probabilities without an overflow,
# - **derive** the gradient of cross-entropy with softmax, and **train** with it,
# - **choose** between one softmax and K sigmoids.
#
# **Needs** lecture 02 (arrays, one-hot), lecture 04 (gradient descent) and
# lecture 05 (logistic regression) · **Time** 120 minutes · **Prepares**
# `hw05_softmax_svm`
#
# ★ marks what you may skip on first reading; the time does not count it.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 0–2 min.*
# Two losses from the same scores: hinge in sections 2 to 5, softmax in 6 and 7; they
# meet in 8. Late? Section 3 as the picture only, section 5 without its code.

# %% slideshow={"slide_type": "skip"}
import matplotlib.pyplot as plt
import numpy as np
from demos import Demo
from figures import BLUE, GRAY, GREEN, INK, SKY, VERMILION
from figures import draw_table, show, use_style
from scipy.special import softmax as scipy_softmax
from sklearn.datasets import load_digits
from sklearn.metrics import hinge_loss as strongest_rival_loss
from sklearn.metrics import log_loss

use_style()
digits = load_digits()  # 1797 pictures of 8 × 8 pixels, gray values 0 to 16
pixels, labels = digits.data / 16, digits.target  # (1797, 64) and (1797,)
NAMES = ("cat", "car", "frog")  # the classes 0, 1, 2 of our small example

# %% [markdown] rows=["L06.1"] slideshow={"slide_type": "slide"}
# ## 1. How do scores choose one of K classes?
#
# We number the classes $0,\dots,K-1$ and give each its own score:
#
# $$S=XW+b,\qquad (m,n)\,(n,K)+(K,)\to(m,K)$$
#
# Row $i$ of $S$ belongs to sample $i$, column $k$ to class $k$. Column $k$ of $W$
# is the **template** of class $k$: for a picture it has one weight for every
# pixel. A picture scores high where it has ink at positive weights. The bias
# $b_k$ is learned, too; it is a head start for class $k$. We **predict**
# the class of the largest score, the $\arg\max$ of the row.
#
# **Predict:** a picture has the scores cat 3.2, car 5.1, frog $-1.7$. Which class
# does the model predict? Would another class win if you added 100 to all three?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 2–14 min.*
# **Wait for** car, and no. **Often heard:** “frog, it becomes positive.” Then the
# puzzle on the slide with the code: **ask** what `axis=0` runs over. Pictures, not
# classes.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
few, kind = pixels[labels < 3], labels[labels < 3]  # only digits 0, 1 and 2
means = np.array([few[kind == k].mean(axis=0) for k in range(3)]).T  # (64, 3)
W, b = means - means.mean(axis=1, keepdims=True), -(means**2).sum(axis=0) / 2
b, x = b - b.mean(), few[kind == 2][2]  # the picture of a 2
s, right = x @ W + b, np.mean((few @ W + b).argmax(axis=1) == kind)
assert s.argmax() == 2
fig, axes = plt.subplots(1, 4, figsize=(11, 3.5))
axes[0].imshow(x.reshape(8, 8), "Greys"), axes[0].set_title("picture x: a 2")
for k, ax in enumerate(axes[1:]):
    ax.imshow(W[:, k].reshape(8, 8), "PuOr", vmin=-0.7, vmax=0.7)
    ax.set_title(f"template {k}: score {s[k]:.2f}".replace("-", "−"))
plt.setp(axes, xticks=[], yticks=[])
show(fig, alt="A handwritten 2 and three templates of weights that look like a "
     "0, a 1 and a 2.", see="Purple is positive, orange negative. The picture "
     f"fits template 2 best. Of the 0s, 1s and 2s, {right:.0%} are right.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What we still need
#
# These templates were not learned. They were set by hand so that the largest
# score belongs to the nearest *mean picture*: template $k$ is the mean picture of
# class $k$ minus the mean of all three mean pictures, and the biases match. To
# learn better ones we need
#
# 1. a **loss**, a number that says how good $W$ and $b$ are, and
# 2. an optimizer that starts from some $W$, often random or 0, and lowers it.
#
# We shall meet two losses. The **hinge loss** works on the scores themselves.
# The **cross-entropy** works on probabilities, and those say more than a bare
# label: "cat, 51 %" and "cat, 99 %" are the same label.

# %% slideshow={"slide_type": "subslide"}
# Three pictures: a cat, a car, a frog. Slides often print one COLUMN for each.
on_a_slide = np.array([[3.2, 1.3, 2.2],  # cat scores
                       [5.1, 4.9, 2.5],  # car scores
                       [-1.7, 2.0, -3.1]])  # frog scores
S = on_a_slide.T  # our way: row i is picture i, column k is class k; (3, 3)
y = np.array([0, 1, 2])  # the true classes, (3,)
m, K = S.shape
guess = [max(range(K), key=lambda k: row[k]) for row in S]  # place of max
print("predicted:", [NAMES[k] for k in guess])
print("accuracy:", np.mean(guess == y).round(3))
assert guess == [1, 1, 1]
assert [int(row.argmax()) for row in S + 100] == guess

# What is wrong here? One class for each picture, and the shape is right.
print(S.argmax(axis=0))

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong
#
# <details><summary>Answer to the puzzle</summary>
#
# `axis=0` runs down the pictures: it finds the best *picture* for each class.
# With three pictures and three classes the shape $(3,)$ is right by accident.
# The classes lie along axis 1. Test with $m\ne K$, and the slip shows.
#
# </details>
#
# **Answer to the prediction.** Car, 5.1 is the largest. A number added to the
# whole row changes no winner.
#
# If two scores are equal and largest, NumPy's `argmax` takes the first.
#
# > **Take away:** $S=XW+b$ has one column per class; predict the $\arg\max$ of
# > each row.

# %% [markdown] rows=["L06.2"] slideshow={"slide_type": "slide"}
# ## 2. When is a score good enough?
#
# The $\arg\max$ only asks who wins. But a win by 0.01 is not safe: a slightly
# different picture may turn it. The **hinge loss** asks for a lead. Let a sample
# have the scores $s=(s_0,\dots,s_{K-1})$ and the true class $y$. Its true score
# must lead the score of every other class, its **rivals**, by a **margin** of
# $\Delta=1$:
#
# $$\ell=\sum_{j\ne y}\max(0,\;s_j-s_y+\Delta),\qquad
# J=\frac1m\sum_{i=1}^m\ell^{(i)}$$
#
# A rival $j$ that is at least $\Delta$ below the true score costs nothing. Any
# other costs what is missing. In code $\Delta$ is called `delta`. The loss is also
# called **multiclass SVM loss**, after the *support vector machine*, a classifier
# that is trained with such a loss.
#
# **Predict:** which of our three pictures has the loss 0? Which has the largest?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 14–27 min.*
# **Wait for** picture 2, and picture 3. **Often heard:** “picture 1, it is wrong.” So
# is 3, and it is 12.9 against 2.9.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10, 4.1))
for i, row in enumerate(S):
    edge, ends = row[y[i]] - 1, [-5, 7]  # to the right of edge a rival costs
    ax.fill_between([edge, 7], -i - 0.38, -i + 0.38, color="#FFD9B8", lw=0)
    ax.axhline(-i, color=GRAY, lw=1, ls="-"), ax.plot(row, [-i] * 3, "o", c=INK)
    ax.plot(row[y[i]], -i, "*", color=BLUE, ms=20)
    for j in range(3):
        lift = 0.15 if (i, j) != (2, 1) else -0.3
        ax.text(row[j], -i + lift, NAMES[j], ha="left" if i == 2 else "center")
        if j != i and row[j] > edge:
            ax.hlines(-i - 0.1 * (j + 1), edge, row[j], colors=VERMILION, lw=3)
ax.set(xlim=ends, xlabel="score", ylim=(-2.5, 0.6), title="A lead of 1 is free")
ax.set_yticks([0, -1, -2], [f"picture {i + 1}: {NAMES[i]}" for i in range(3)])
show(fig, alt="Number lines of three scores with a tinted band.", see="A star: "
     "the true score. A rival in the band costs the length of its red bar.")


# %% [markdown] rows=["L06.3"] slideshow={"slide_type": "subslide"}
# ### Term by term
#
# | picture | cat | car | frog | terms | $\ell$ |
# |:--|--:|--:|--:|:--|--:|
# | 1: cat | **3.2** | 5.1 | −1.7 | $\max(0,\,2.9)+\max(0,\,-3.9)$ | 2.9 |
# | 2: car | 1.3 | **4.9** | 2.0 | $\max(0,\,-2.6)+\max(0,\,-1.9)$ | 0 |
# | 3: frog | 2.2 | 2.5 | **−3.1** | ? | ? |
#
# **What is wrong here?** Someone fills in the last row:
# $\max(0,\,2.2-(-3.1)+1)=5.3$ and $\max(0,\,2.5-(-3.1)+1)=5.6$, so $\ell=10.9$
# and $J=(2.9+0+10.9)/3=4.6$. Compute it yourself before you go on.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# Two minutes alone, no talking. **Wait for** 12.9 and 5.27. **Often heard:** 10.9: the
# same slip as in the text, the margin of 1 is lost.

# %% slideshow={"slide_type": "subslide"}
def hinge_of_one(s, label, delta=1.0):  # one sample: s is (K,)
    total = 0.0
    for j in range(len(s)):
        if j != label:
            total += max(0.0, s[j] - s[label] + delta)
    return total


losses = [hinge_of_one(S[i], y[i]) for i in range(m)]
print("losses:", np.round(losses, 4), " J =", np.mean(losses).round(4))
assert np.allclose(losses, [2.9, 0.0, 12.9])
assert np.isclose(np.mean(losses), 15.8 / 3)  # 5.2667
# scikit-learn's hinge_loss counts only the strongest rival of each sample:
assert np.isclose(strongest_rival_loss(y, S), (2.9 + 0 + 6.6) / 3)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong
#
# <details><summary>Answer to the puzzle</summary>
#
# The margin was lost. $2.2+3.1=5.3$ and $2.5+3.1=5.6$ are only the differences of
# the scores; with $+1$ the terms are $6.3$ and $6.6$. So $\ell=12.9$ and
# $J=(2.9+0+12.9)/3=5.2667$. The same slip in picture 1 would have given 1.9.
#
# </details>
#
# **Your turn.** The true class is 1, the scores are $(2,\,2.5,\,1.5,\,9)$. What is
# $\ell$ with $\Delta=1$? And with $\Delta=0$?
# <details><summary>Answer</summary>
#
# $0.5+0+7.5=8$: the lead over class 2 is exactly 1, and that is enough. With
# $\Delta=0$ only class 3 costs: $6.5$.
#
# </details>
#
# > **Take away:** a rival costs the amount by which the true score's lead over it
# > falls short of $\Delta$. The hinge loss adds this up over all rivals.

# %% slideshow={"slide_type": "subslide"}
# The tool for all samples at once: pick one entry from each row.
T = np.array([[10, 11, 12, 13], [20, 21, 22, 23]])  # m = 2, K = 4
k = np.array([3, 1])
print(T[np.arange(2), k])  # entry (0, 3) and entry (1, 1), shape (2,)
print(T[np.arange(2), k][:, None].shape)  # as a column it meets every row
print(T[k > 1])  # a mask, in contrast, picks whole rows
assert T[np.arange(2), k].tolist() == [13, 21]
Q = T.copy()  # the same places can be written to, here in a copy
Q[np.arange(2), k] = 0
print(Q)
assert hinge_of_one([2, 2.5, 1.5, 9], 1) == 8  # "Your turn"
assert hinge_of_one([2, 2.5, 1.5, 9], 1, delta=0) == 6.5

# %% [markdown] rows=["L06.4"] slideshow={"slide_type": "slide"}
# ## 3. What if the sum were written differently?
#
# Three variations on $\ell=\sum_{j\ne y}\max(0,s_j-s_y+\Delta)$, with $\Delta=1$:
#
# - **all classes:** the sum includes $j=y$;
# - **mean:** divide by the number of rivals, $K-1$;
# - **squares:** the **squared hinge loss**
#   $\ell=\sum_{j\ne y}\max(0,s_j-s_y+\Delta)^2$, each term squared, then added.
#
# **Predict:** which of them change the loss of picture 2, which is 0? Which of
# them can change the $W$ and $b$ that minimize $J$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 27–36 min.*
# **Wait for** “all classes” (it becomes 1), and “squares only.” **Often heard:** “the
# mean, too.” A positive factor moves no minimum.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
plain = np.array(losses)
squares = np.array([2.9**2, 0, 6.3**2 + 6.6**2])
fig, (left, right) = plt.subplots(1, 2, figsize=(10.6, 4), width_ratios=(3, 1))
for ax, place, name, values in (
        (left, 0, "as defined", plain), (left, 4, "all classes", plain + 1),
        (left, 8, "mean", plain / 2), (right, 0, "squares", squares)):
    at, colors = place + np.arange(3), (BLUE, GREEN, VERMILION)
    ax.bar_label(ax.bar(at, values, color=colors), [f"{v:.4g}" for v in values])
    ax.text(place + 1, -0.2, f"{name}\nJ = {values.mean():.4f}", ha="center",
            transform=ax.get_xaxis_transform())
    ax.set(ylim=(0, 1.2 * values.max()), xticks=[], ylabel="loss ℓ")
left.set(ylim=(0, 16), title="Pictures 1, 2, 3: the same shape three times ...")
right.set_title("... but not for squares")
show(fig, alt="Bars of the losses of three pictures in four versions.", see=
     "All classes: +1 each. Mean: half of each. Squares: picture 3 dominates.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Two harmless ones and a different loss
#
# - **All classes:** the term $j=y$ is $\max(0,\,0+1)=1$, whatever the scores are.
#   Each loss grows by 1: the same gradient, the same place of the minimum.
# - **Mean:** a positive factor. The place of the minimum stays, the gradient is
#   divided by $K-1$.
# - **Squares:** two terms of 1 cost 2, one term of 2 now costs 4. It is a
#   **different loss**, in general with another minimum. Picture 3:
#   $6.3^2+6.6^2=39.69+43.56=83.25$.
#
# A small example: $K=2$ and $W=0$, so only the biases learn and $t=s_1-s_0$ is the
# same for all samples. Two samples are of class 0, one is of class 1. With $q=1$
# for hinge and $q=2$ for squares,
#
# $$3J(t)=2\max(0,\,t+1)^q+\max(0,\,1-t)^q .$$
#
# The next cell tries many $t$. Hinge is best at $t=-1$, squares at $t=-\frac13$:
# two different places.

# %% slideshow={"slide_type": "subslide"}
def squared_hinge_of_one(s, label, delta=1.0):
    rivals = [j for j in range(len(s)) if j != label]
    return sum(max(0.0, s[j] - s[label] + delta) ** 2 for j in rivals)


squared = [squared_hinge_of_one(S[i], y[i]) for i in range(m)]
print("squares:", np.round(squared, 2), " J =", np.mean(squared).round(4))
assert np.allclose(squared, [8.41, 0, 83.25])
assert np.isclose(np.mean(squared), 30.5533, atol=5e-5)

t = np.linspace(-3, 3, 6001)  # steps of 0.001
for name, power, best in ("hinge", 1, -1), ("squares", 2, -1 / 3):
    J3 = 2 * np.maximum(0, t + 1) ** power + np.maximum(0, 1 - t) ** power
    print(f"{name}: smallest at t = {t[J3.argmin()]:.3f}")
    assert np.isclose(t[J3.argmin()], best, atol=1e-3)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
v = np.linspace(-3, 3, 301)  # score of one rival minus true score
fig, ax = plt.subplots(figsize=(8.4, 3.9))
ax.axvspan(-3, -1, color="#E8F1F8")
ax.plot(v, np.maximum(0, v + 1), label="hinge: max(0, v + 1)")
ax.plot(v, np.maximum(0, v + 1) ** 2, label="squared: max(0, v + 1)²")
ax.plot([-1, 0], [0, 1], "o", color=INK)
ax.text(-2.9, 1.3, "lead of 1 or more:\nno loss"), ax.text(0.1, 0.3, "tie: 1")
ax.set(ylim=(-0.3, 9.2), xlabel="v = score of one rival − true score")
ax.set(ylabel="loss of one rival", title="No loss, then growth without an end")
ax.legend(loc="upper center")
show(fig, alt="Two curves, zero up to minus 1; then one rises straight, the "
     "other as a parabola.", see="Both are 0 up to v = −1, both are 1 at a "
     "tie, and neither has a largest value.")

# %% [markdown] rows=["L06.5"] slideshow={"slide_type": "subslide"}
# ### How small, how large, and what at the start?
#
# - **Smallest:** 0, when every rival is at least $\Delta$ below.
# - **Largest:** there is none. A rival can rise without end, and so can the loss.
# - **All scores equal**, as with $W=0$ and $b=0$: each of the $K-1$ rivals costs
#   $\Delta$, so $\ell=(K-1)\Delta$. For $\Delta=1$ that is 2 with three classes and
#   9 with ten. If a start at 0 gives another loss, look for the bug first.
#
# **Your turn.** Somebody squares the *sum* instead of each term. What comes out
# for picture 3? When do the two agree?
# <details><summary>Answer</summary>
#
# $12.9^2=166.41$, not $83.25$. The two agree if at most one rival costs anything.
#
# </details>
#
# > **Take away:** adding a constant or a positive factor keeps the best $W$;
# > squaring may not. At equal scores expect $(K-1)\Delta$.

# %% [markdown] rows=["L06.7"] slideshow={"slide_type": "slide"}
# ## 4. Which way should each score move?
#
# A term $\max(0,s_j-s_y+\Delta)$ is **active** if $s_j-s_y+\Delta>0$. Then it has
# the slope 1 in $s_j$ and $-1$ in $s_y$. If $s_j-s_y+\Delta<0$, a small change does
# nothing. With the bracket of lecture 02 (1 if true, else 0):
#
# $$\frac{\partial\ell}{\partial s_j}=[\,s_j-s_y+\Delta>0\,]\quad(j\ne y),\qquad
# \frac{\partial\ell}{\partial s_y}=-\sum_{j\ne y}[\,s_j-s_y+\Delta>0\,]$$
#
# At a **kink**, where $s_j-s_y+\Delta=0$, the slope is 0 on one side and 1 on the
# other, so there is no derivative. Any number from 0 to 1 is a **subgradient**
# there: the line through the kink with that slope runs nowhere above the graph.
# Our strict $>$ takes 0.
#
# **Predict:** two rivals stand at 0 and 2. The true score comes from far below
# and rises. Where does the slope of $\ell$ change, and what is it in between?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
grid, active = np.linspace(-1, 5, 61), lambda u: int(u < 1) + int(u < 3)
fig, ax = plt.subplots(figsize=(8.4, 4))
ax.plot(grid, [hinge_of_one([u, 0, 2], 0) for u in grid], color=GRAY)
ax.plot([1, 3], [2, 0], "s", color=INK), ax.text(3.7, 0.5, "slope 0")
ax.text(0.3, 4.3, "slope −2"), ax.text(2.1, 1.6, "slope −1")
ax.set_title("Each active rival pulls by 1")
ax.set(xlim=(-1.2, 5.2), ylim=(-0.5, 6.5), xlabel="true score", ylabel="loss ℓ")
demo = Demo("pull", fig, alt="A falling line of three straight pieces with a "
            "point that slides along it.", see="Below 1 both rivals are "
            "active, between 1 and 3 one, from 3 on none.")
demo.slider("u", grid, label="true score", fmt="{:.1f}")
demo.points(ax, lambda u: (u, hinge_of_one([u, 0, 2], 0)), color=BLUE, ms=13)
words = "slope 0: no rival is active", "slope −1: one", "slope −2: both"
demo.readout(lambda u: words[active(u)])
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 36–47 min.*
# Before: **wait for** 1 and 3, slopes −2, −1, 0. **Often heard:** “at 0 and 2”, the
# margin is forgotten again. Then move the point through both kinks.

# %% slideshow={"slide_type": "subslide"}
slopes = np.array([[-1.0, 1, 0], [0, 0, 0], [1, 1, -2]])  # read off the table

def numerical(f, A, h=1e-5):  # central differences, entry by entry
    result = np.zeros(A.shape)
    for place in np.ndindex(A.shape):  # every place of the array
        step = np.zeros(A.shape)
        step[place] = h
        result[place] = (f(A + step) - f(A - step)) / (2 * h)
    return result

def mean_hinge(A):
    return np.mean([hinge_of_one(A[i], y[i]) for i in range(m)])

assert np.allclose(numerical(mean_hinge, S), slopes / m)  # J is a mean: 1/m
assert np.allclose(slopes.sum(axis=1), 0)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### From the scores to the weights
#
# The table of section 2 gives the slopes $(-1,1,0)$, $(0,0,0)$ and $(1,1,-2)$,
# row by row. $J$ is a mean over $m$ samples, so $\partial J/\partial S$ is this
# array **divided by $m$**, shape $(m,K)$. Since $S=XW+b$, the chain rule then gives
#
# $$\frac{\partial J}{\partial W}=X^\top\frac{\partial J}{\partial S}\quad(n,K),
# \qquad\frac{\partial J}{\partial b}=\text{column sums of }
# \frac{\partial J}{\partial S}\quad(K,)$$
#
# **What is wrong here?** Someone puts a 1 wherever $s_j-s_y+1>0$, then writes minus
# the sum of the row into the true place. Picture 2 gets $(0,-1,0)$.
# <details><summary>Answer</summary>
#
# At $j=y$ the difference is 0 and $0+1>0$: the true class counts as its own rival.
# Clear its entry, then sum. A check: rows sum to 0, as a number added to a row
# changes no loss.
#
# </details>
#
# > **Take away:** each active rival is pushed down by 1 and pushes the true score
# > up by 1.

# %% [markdown] rows=["L06.6"] slideshow={"slide_type": "slide"}
# ## 5. Is a W with loss zero the only one?
#
# Multiply all scores by $c>0$. In a linear model this is the same as
# multiplying $W$ *and* $b$ by $c$, because $X(c W)+c b=c(XW+b)$.
# The winner of a row stays. All leads are multiplied by $c$.
#
# Let $\Delta=1$. If $J=0$, every lead is at least 1, so for $c\ge1$ every new
# lead is at least $c\ge1$: the loss stays 0. Infinitely many $W$ reach it.
#
# Picture 2 doubled:
#
# $$\max(0,\,2.6-9.8+1)+\max(0,\,4.0-9.8+1)=\max(0,\,-6.2)+\max(0,\,-4.8)=0$$
#
# **Predict:** you double the scores of *all three* pictures. Does $J$ fall, stay
# or rise?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 47–55 min.*
# **Ask** for falls, stays, rises. **Wait for** “rises”: 5.27 to 9.53. **Often heard:**
# “stays, nothing changes its winner.” Ask who gains by doubling: only who was right.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
alphas = np.linspace(0, 2, 401)
curves = np.array([[hinge_of_one(a * S[i], y[i]) for a in alphas]
                   for i in range(3)])
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4), width_ratios=(3, 2))
for i in range(3):
    left.plot(alphas, curves[i], label=f"picture {i + 1}")
left.plot(alphas, curves.mean(axis=0), color=INK, ls=":", label="mean J")
left.axvline(1, color=GRAY, lw=1, ls="-"), left.legend(loc="upper left")
left.set(title="Scaling hurts whoever is wrong", xlabel="scale c", ylabel="ℓ")
right.plot(alphas, curves[1], color=VERMILION, ls="--")
right.axvline(1 / 2.9, color=GRAY, lw=1, ls="-")
right.set(title="Picture 2: 0 from c = 0.345 on", xlabel="scale c", xlim=(0, 1))
show(fig, alt="Loss of three pictures against the scale of the scores; one "
     "falls to 0, two rise.", see="At c = 0 all cost 2. Picture 2 falls to 0 "
     "and stays there; beyond c = 1 pictures 1 and 3 only get worse.")

# %% slideshow={"slide_type": "subslide"}
doubled = [hinge_of_one(2 * S[i], y[i]) for i in range(m)]
print("doubled:", np.round(doubled, 4), " J =", np.mean(doubled).round(4))
assert np.allclose(doubled, [4.8, 0, 23.8])
assert np.isclose(np.mean(doubled), 9.5333, atol=5e-5)
assert np.isclose(hinge_of_one(S[1] / 2.9, 1), 0)  # from here on it is 0
assert hinge_of_one(0.34 * S[1], 1) > 0

# What is wrong here? Loss 0, then W is scaled up, and the loss comes back.
x_one, w0, b0 = 1.0, -1.0, 3.0  # one feature, two classes, true class 0
for a in (1, 2, 3):
    s = [a * w0 * x_one + b0, 0.0]  # score of class 1 is 0
    print(f"W times {a}: scores {s}, loss {hinge_of_one(s, 0)}")
assert hinge_of_one([3 * w0 * x_one + b0, 0.0], 0) == 1

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong, and what it means
#
# <details><summary>Answer to the puzzle</summary>
#
# Only $W$ was scaled, not $b$. The scores $-c x+3$ and 0 are not multiples of
# the old ones. Scaling is sure to keep a loss of 0 if there is no bias, or if $b$
# is scaled, too.
#
# </details>
#
# **Answer to the prediction.** $J$ rises from 5.2667 to 9.5333: where a rival is
# ahead of the true score, its lead is doubled, too.
#
# That $W$ is not unique is a property, not a bug. But which one should we take?
# Lecture 07 adds a penalty $\frac\lambda2\lVert W\rVert^2$ to $J$, where
# $\lambda>0$ is chosen by us and $\lVert W\rVert^2$ is the sum of all squared
# weights. It prefers small weights; the bias is not penalized.
#
# > **Take away:** if some $W$, $b$ have hinge loss 0, so have infinitely many.

# %% [markdown] rows=["L06.8"] slideshow={"slide_type": "slide"}
# ## 6. How do scores become probabilities?
#
# Lecture 05 turned one score into a probability by the sigmoid. For $K$ scores we
# need $K$ positive numbers that sum to 1. Two steps: make them positive by the
# exponential, then divide by the sum. This is the **softmax**:
#
# $$P_{ik}=\frac{e^{S_{ik}}}{\sum_{j=0}^{K-1}e^{S_{ij}}},\qquad(m,K)\to(m,K)$$
#
# $P_{ik}$ is the model's probability that sample $i$ is of class $k$. Row by row
# $P$ is a point of the probability simplex (lecture 02).
#
# If we divide the scores by a **temperature** $T>0$ first, we get a family:
# $\mathrm{softmax}(s/T)$. $T=1$ is the plain softmax. (The name comes from
# physics, where hot matter spreads over its states.)
#
# **Predict:** scores 3.2, 5.1, $-1.7$. What happens to the three probabilities
# for $T\to0$ and for $T\to\infty$? Can the winner change?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 55–69 min.*
# **Wait for** “all for car”, “a third each”, “no.” **Often heard:** “when it is hot
# enough, another one wins.” Order stays, shares change.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 3, figsize=(11, 4), subplot_kw={"xlim": (-1, 3)})
at, cat = np.arange(3), S[0]  # where the bars stand; the cat picture
titles = "scores s", "$e^{\\,s/T}$ / largest", "P: divided by the sum"
for ax, title in zip(axes, titles, strict=True):
    ax.set(title=title, ylim=(0, 1.15), xticks=at, xticklabels=NAMES)
axes[0].set(ylim=(-2.9, 6.4)), axes[0].axhline(0, color=INK, lw=1, ls="-")
axes[0].bar_label(axes[0].bar(at, cat, color=GRAY), padding=3)
demo = Demo("temperature", fig, alt="Bars of three scores, of their "
            "exponentials and of the probabilities.", see="Cold: nearly all "
            "for the winner. Hot: nearly equal shares. The order stays.")
demo.slider("T", np.geomspace(0.1, 100, 31), label="temperature T", start=1)
demo.bars(axes[1], lambda T: (at, np.exp((cat - 5.1) / T)), color=SKY)
demo.bars(axes[2], lambda T: (at, scipy_softmax(cat / T)))
demo.readout(lambda T: f"P = {scipy_softmax(cat / T).round(3).tolist()}")
demo.show()


# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# Stop at T = 1 and let the class read the three numbers; they return in section 7. Then
# **ask** at which T the winner has about one half, before you move. **Wait for** a
# guess of everybody; it is about 5.5. The middle panel divides by the largest
# exponential: that changes nothing on the right, and leads to the next slide.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Three properties
#
# 1. **Adding a constant $c$ to a row changes nothing:** $e^{s_k+c}=e^c\,e^{s_k}$,
#    and the factor $e^c$ cancels. So we may subtract the largest score of each
#    row. Then all exponents are at most 0, and nothing overflows.
# 2. **Only differences count:** $\log(P_k/P_j)=s_k-s_j$. The difference of two
#    scores is the log-odds of the two classes against each other.
# 3. **Two classes:** divide above and below by $e^{s_1}$:
#
# $$P_1=\frac{e^{s_1}}{e^{s_0}+e^{s_1}}=\frac1{1+e^{-(s_1-s_0)}}
# =\sigma(s_1-s_0)$$
#
# Logistic regression is the case $K=2$ with $s_0=0$. By property 1, $W$ is not
# unique: the same vector added to all its columns changes no probability.
#
# **Answer to the prediction.** $T\to0$: all for the winner, if there is only one.
# $T\to\infty$: $\frac1K$ for each. The order stays.

# %% slideshow={"slide_type": "subslide"}
def softmax_of_one(s):  # one sample: s is (K,)
    e = np.exp(s - s.max())  # the largest exponent is 0
    return e / e.sum()


big = np.array([1000.0, 999.0, 0.0])
with np.errstate(over="ignore", invalid="ignore"):  # quiet, for this line only
    print("naive:", np.exp(big) / np.exp(big).sum())  # inf / inf is nan
print("safe: ", softmax_of_one(big))
assert np.allclose(softmax_of_one(big), scipy_softmax(big))
P = np.array([softmax_of_one(row) for row in S])  # (3, 3)
assert np.allclose(P, scipy_softmax(S, axis=1))
E = np.exp(S)
puzzle = E / E.sum(axis=1)  # What is wrong here?
print("sums of the rows:", puzzle.sum(axis=1).round(2))

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong
#
# <details><summary>Answer to the puzzle</summary>
#
# $(3,3)$ divided by $(3,)$: broadcasting lays the three sums along the last axis,
# so each *column* is divided by the sum of some row. It runs because $m=K$. Keep
# the sums as a column: `keepdims=True`. The same holds for the row maxima.
#
# </details>
#
# **Your turn.** Softmax of $(0,\,\log2,\,\log5)$? And of
# $(7,\,7+\log2,\,7+\log5)$? And of $(0,0,0,0)$?
# <details><summary>Answer</summary>
#
# $(\frac18,\frac28,\frac58)$, twice. $(\frac14,\frac14,\frac14,\frac14)$.
#
# </details>
#
# > **Take away:** softmax is exponential, then division by the sum of the row.
# > Subtract the row's maximum first.

# %% [markdown] rows=["L06.9"] slideshow={"slide_type": "slide"}
# ## 7. Which loss belongs to probabilities?
#
# As in lectures 03 and 05: maximum likelihood. For independent samples, the
# probability of all the labels, given the inputs, is $\prod_iP_{i,y^{(i)}}$: one
# factor per sample, the probability of its *true* class. The log makes it a sum,
# the minus a loss, and we average:
#
# $$\ell^{(i)}=-\log P_{i,y^{(i)}}=-\sum_{k=0}^{K-1}Y_{ik}\log P_{ik},\qquad
# J=\frac1m\sum_{i=1}^m\ell^{(i)}$$
#
# This is the **cross-entropy**. $Y$ is one-hot, so only the true class is left of
# the inner sum. The factor is $\frac1m$, not $\frac1{2m}$: the $\frac12$ belongs
# to squares only.
#
# **Predict:** the cat picture has $P=(0.13,\,0.87,\,0.00)$, rounded. What is its
# loss? What would it be with all three probabilities equal?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 69–83 min.*
# **Wait for** 2.04, and log 3, about 1.10. **Often heard:** 0.14, from the 0.87. The
# true class is the cat; the car is only what the model believes.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(11, 3.4))
ell, eye = -np.log(np.diag(P)), np.eye(3) == 1  # here y = (0, 1, 2)
tables = ((S, "scores S", "{:.1f}", eye), (np.exp(S), "exp", "{:.2f}", eye),
          (P, "P: divided by the row's sum", "{:.4f}", eye),
          (ell[:, None], "−log", "{:.4f}", True))
for n, (table, head, form, hot) in enumerate(tables):
    words = [[form.format(v).replace("-", "−") for v in r] for r in table]
    draw_table(ax, 3.6 * n, 0, words, head, hot=hot)
ax.set(xlim=(-2.1, 12), ylim=(-3.1, 0.9))
ax.set_title(f"From scores to losses; their mean is J = {ell.mean():.4f}")
for i, name in enumerate(NAMES):
    ax.text(-0.2, -i - 0.5, f"a {name}", ha="right", va="center", size=14)
ax.axis("off")
show(fig, alt="Tables of scores, exponentials, probabilities and losses.",
     see="Only the tinted entry of P, that of the true class, counts.")

# %% slideshow={"slide_type": "subslide"}
p_true = [P[i, y[i]] for i in range(m)]  # the true class of each row
ell = -np.log(p_true)
print("exponentials, cat:", np.exp(S[0]).round(2), np.exp(S[0]).sum().round(2))
print("P, cat:", P[0].round(4))
print("losses:", ell.round(4), " J =", ell.mean().round(4))
assert np.allclose(P[0], [0.1300, 0.8690, 0.0010], atol=5e-5)
assert np.allclose(ell, [2.0404, 0.0791, 6.1565], atol=5e-5)
assert np.isclose(ell.mean(), 2.7587, atol=5e-5)
Y = np.eye(K)[y]  # one-hot: row y of the identity matrix
assert np.allclose(ell, -(Y * np.log(P)).sum(axis=1))
assert np.isclose(ell.mean(), log_loss(y, P))  # scikit-learn

# What is wrong here? A mean of -log P for the labels y.
print("puzzle:", (-np.log(P[y])).mean().round(4))


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong, and why we go back to the scores
#
# <details><summary>Answer to the puzzle</summary>
#
# `P[y]` picks whole *rows*, here all nine probabilities, and `mean` averages over
# all of them. One entry of each row is wanted: `P[np.arange(m), y]`.
#
# </details>
#
# Probabilities are not safe in a loss: with the scores $(0,\,1000)$ and true class
# 0, softmax rounds $P_0$ to 0, and $\log0=-\infty$. With one-hot rows even a right
# and certain answer makes trouble: $0\cdot\log0$ is `nan`. Put the formula of
# softmax into the logarithm instead:
#
# $$\ell=-\log\frac{e^{s_y}}{\sum_je^{s_j}}
# =\underbrace{M+\log\sum_{j=0}^{K-1}e^{s_j-M}}_{\text{log-sum-exp}}-\;s_y,\qquad
# M=\max_js_j$$
#
# The largest exponent is 0, so the sum is between 1 and $K$: nothing overflows,
# and no log of 0.

# %% slideshow={"slide_type": "subslide"}
def cross_entropy_of_one(s, label):  # from the scores of one sample
    largest = max(s)
    total = sum(np.exp(v - largest) for v in s)  # between 1 and K
    return largest + np.log(total) - s[label]


print(cross_entropy_of_one([0.0, 1000.0], 0), "and never inf")
print(cross_entropy_of_one([0.0, 1000.0], 1), "and never nan")
again = [cross_entropy_of_one(S[i], y[i]) for i in range(m)]
assert np.allclose(again, ell)
for count in (3, 10):  # equal scores
    equal = cross_entropy_of_one(np.full(count, 0.7), 0)
    print(f"{count} equal scores: {equal:.4f}")
    assert np.isclose(equal, np.log(count))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
p, gap = np.linspace(0.001, 1, 400), np.linspace(-4, 6, 401)
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.9))
left.plot(p, -np.log(p)), left.plot(p_true, ell, "o", color=INK)
for i, name in enumerate(NAMES):
    left.text(p_true[i] + 0.03, ell[i] + 0.25, f"{name} {ell[i]:.2f}",
              ha="right" if i == 1 else "left")
left.set(xlabel="probability of the true class", ylabel="−log P")
left.set_title("Sure and wrong costs most")
right.plot(gap, np.log(1 + 2 * np.exp(-gap))), right.plot(0, np.log(3), "o")
right.text(0.3, 1.2, "log 3 = 1.0986"), right.set_ylabel("cross-entropy")
right.set_xlabel("true score − each of two equal rivals")
right.set_title("A longer lead always helps a little")
show(fig, alt="Left: −log P falls to 0 at P = 1. Right: the loss falls with "
     "the lead.", see="Right: very small, but never 0.")


# %% [markdown] rows=["L06.10"] slideshow={"slide_type": "subslide"}
# ### How small, how large, and what at the start?
#
# - **Smallest:** there is none. For finite scores $P_y<1$ and $\ell>0$, but $\ell$
#   comes as close to 0 as you like. (A computer may round it to 0.) 0 is its
#   **infimum**, the largest lower bound.
# - **Largest:** there is none: $P_y$ comes as close to 0 as you like.
# - **All scores equal:** $P_k=1/K$, so $\ell=\log K$: 1.0986 for three classes,
#   2.3026 for ten. Check it before you train.
#
# **Your turn.** Ten classes, random start, and the first $J$ is 23. What do you
# suspect? And which $P_y$ belongs to $\ell=0.1$?
# <details><summary>Answer</summary>
#
# Large scores: sure and often wrong. Or a bug, such as a sum in place of the
# mean. $P_y=e^{-0.1}\approx0.90$.
#
# </details>
#
# > **Take away:** cross-entropy is $-\log P_y$, from the scores. Expect $\log K$ at
# > equal scores.

# %% [markdown] rows=["L06.12"] slideshow={"slide_type": "slide"}
# ## 8. What happens if a score jiggles?
#
# Move a sample a little, and its scores move a little. How do the losses react?
# The true class is 0:
#
# | scores | lead over the best rival | hinge, $\Delta=1$ | cross-entropy |
# |:--|--:|--:|--:|
# | $(10,\,-2,\,3)$ | 7 | 0 | ? |
# | $(10,\,9,\,9)$ | 1 | 0 | ? |
# | $(10,\,-100,\,-100)$ | 110 | 0 | ? |
#
# **Predict:** in which rows does a small change of one score change the hinge loss?
# In which rows does it change the cross-entropy?

# %% slideshow={"slide_type": "subslide"}
def jiggle(u, v):  # scores (10, u, v), true class 0: two losses, their slopes
    others = np.exp(u - 10) + np.exp(v - 10)
    hinge = np.maximum(0, u - 9) + np.maximum(0, v - 9)
    # log1p(t) is log(1 + t), exact for tiny t; slopes are those for u
    return hinge, np.log1p(others), 1 * (u > 9), np.exp(u - 10) / (1 + others)


us, words = np.linspace(5, 13, 81), "hinge {:.3g}, cross-entropy {:.3g}"
for u, v in (-2, 3), (9, 9), (-100, -100), (9.1, 9), (9.1, 9.1), (8.9, 9):
    print((10, u, v), words.format(*jiggle(u, v)))
    assert np.isclose(jiggle(u, v)[0], hinge_of_one([10, u, v], 0))
assert np.isclose(jiggle(-2, 3)[1], 9.2e-4, rtol=0.005)
assert np.isclose(jiggle(9, 9)[1], 0.5514, atol=5e-5)
assert np.isclose(jiggle(-100, -100)[1], 3.4e-48, rtol=0.01)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 2, figsize=(10, 3.6))
demo = Demo("jiggle", fig, alt="Left: hinge loss and cross-entropy against the "
            "score of a rival. Right: the slopes of both curves.", see="Hinge "
            "(dashed) switches on at 9. Cross-entropy (solid) fades in.")
demo.slider("u", us, label="rival 1", fmt="{:.1f}", start=9)
demo.slider("v", [-100, 3, 9, 10], label="rival 2", fmt="{:.0f}", start=3)
for ax, first, top, name in (axes[0], 0, 6, "Loss"), (axes[1], 2, 1.1, "Slope"):
    ax.set(xlim=(4.8, 13.2), ylim=(-top / 20, top), xlabel="score of rival 1",
           title=f"{name} (the true score is 10)")
    for k, c, ls in (first, VERMILION, "--"), (first + 1, BLUE, "-"):
        demo.line(ax, lambda v, k=k: (us, jiggle(us, v)[k]), color=c, ls=ls)
        demo.points(ax, lambda u, v, k=k: (u, jiggle(u, v)[k]), color=c, ms=12)
words = "hinge {:.2f}, cross-entropy {:.4f}; slopes {} and {:.4f}"
demo.readout(lambda u, v: words.format(*jiggle(u, v)))
demo.show()


# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 83–91 min.*
# Put rival 1 on 9, then one step to the left and to the right, and let the class say
# what both losses do. Then rival 2 from −100 to 9: the hinge curve stays, the
# cross-entropy rises everywhere. **Often heard**, for (10, 9, 9): “the loss is 0, so
# nothing happens.”

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### On the kink
#
# - $(10,-2,3)$ and $(10,-100,-100)$: the hinge loss does not notice a small
#   change. The cross-entropy does, though in the last row the effect is far too
#   small to matter.
# - $(10,9,9)$: the hinge loss is 0, but both rivals stand **exactly on the kink**.
#   One rival up by 0.1 costs 0.1. The true score down by 0.1 costs 0.2, the same
#   as both rivals up. The opposite moves cost nothing: two sides, two slopes.
#
# The hinge loss stops caring once all margins hold. Cross-entropy never fully does:
# its slope in the score of a rival $k$ is $P_k>0$ (section 9 shows it). So easy
# samples still pull a little on $W$ under softmax, and not at all under hinge.
# Which one classifies better depends on the data; often they are close.
#
# > **Take away:** hinge is a switch, cross-entropy a dimmer.

# %% [markdown] rows=["L06.11"] slideshow={"slide_type": "slide"}
# ## 9. How does softmax learn?
#
# One sample: $\ell=\log\sum_je^{s_j}-s_y$. By the chain rule,
#
# $$\frac{\partial}{\partial s_k}\log\sum_je^{s_j}=\frac{e^{s_k}}{\sum_je^{s_j}}=P_k,
# \qquad\frac{\partial s_y}{\partial s_k}=[k=y]=Y_k,\qquad
# \text{so}\quad\frac{\partial\ell}{\partial s_k}=P_k-Y_k .$$
#
# What the model says minus what is true. For all samples, with the mean and the
# chain rule of section 4:
#
# $$\frac{\partial J}{\partial S}=\frac{P-Y}m,\qquad
# \frac{\partial J}{\partial W}=\frac1mX^\top(P-Y),\qquad
# \frac{\partial J}{\partial b}=\frac1m\sum_{i=1}^m(P-Y)_{i}$$
#
# with shapes $(m,K)$, $(n,K)$ and $(K,)$. It is the formula of linear and of
# logistic regression once more.
#
# **Predict:** $W=0$, $b=0$, ten classes. What is a row of $P-Y$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 91–110 min.*
# **Wait for** nine times 0.1 and once −0.9. **Often heard:** “all 0, the weights are
# 0.” Ask for the shape of each factor in the gradient before the code.

# %% slideshow={"slide_type": "subslide"}
def mean_ce(A):
    return np.mean([cross_entropy_of_one(A[i], y[i]) for i in range(len(A))])

assert np.allclose(numerical(mean_ce, S), (P - Y) / m)
print((P - Y).round(3))
assert np.allclose((P - Y).sum(axis=1), 0)  # each row
rng = np.random.default_rng(0)
X, W, b = rng.normal(size=(3, 2)), rng.normal(size=(2, 3)), np.zeros(3)
dW, db = np.zeros((2, 3)), np.zeros(3)
for i in range(m):  # the sums, sample by sample
    error = softmax_of_one(X[i] @ W + b) - Y[i]  # (K,)
    # np.outer(x, e) has the entries x[j] * e[k], shape (n, K)
    dW, db = dW + np.outer(X[i], error) / m, db + error / m
assert np.allclose(dW, numerical(lambda V: mean_ce(X @ V + b), W))
assert np.allclose(db, numerical(lambda v: mean_ce(X @ W + v), b))

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Training on handwritten digits
#
# Ten classes, 64 pixels, 1797 pictures: 1400 to train on, the rest to test. We start
# from $W=0$, $b=0$ and use *online* gradient descent (lecture 04): one step after
# each sample, in a new order in each epoch.
#
# For one sample the gradient for $W$ is `np.outer(x, p - Y_i)`, shape $(n,K)$: entry
# $(j,k)$ is $x_j\,(P_k-Y_k)$. The template of the true class gets more of this
# picture, the others less, each by its share of the error.
#
# The homework's `fit_softmax` takes the mean over *all* samples in every step
# instead, and notes $J$ before each one, as `fit_logistic` did.
#
# **Answer to the prediction.** Nine entries are $0.1$, the true one is $-0.9$.

# %% slideshow={"slide_type": "subslide"}
order = np.random.default_rng(0).permutation(len(labels))
train, test = order[:1400], order[1400:]

def mean_loss(W, b, rows):
    A = pixels[rows] @ W + b
    pairs = zip(A, labels[rows], strict=True)
    return np.mean([cross_entropy_of_one(*pair) for pair in pairs])

def share_right(W, b, rows):
    return np.mean((pixels[rows] @ W + b).argmax(axis=1) == labels[rows])

start = mean_loss(np.zeros((64, 10)), np.zeros(10), train)
print(f"loss before training {start:.4f}, log 10 = {np.log(10):.4f}")
assert np.isclose(start, np.log(10))

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(1)
W, b, lr = np.zeros((64, 10)), np.zeros(10), 0.1
watched = train[np.argsort(labels[train[:30]])]  # 30 samples, sorted by class
snapshots = {}
for epoch in range(10):
    for step, i in enumerate(rng.permutation(train)):
        if (epoch, step) in ((0, 0), (0, 100), (1, 0), (9, 0)):
            A = pixels[watched] @ W + b
            snapshots[1400 * epoch + step] = scipy_softmax(A, axis=1)
        error = softmax_of_one(pixels[i] @ W + b)
        error[labels[i]] -= 1  # P - Y for this sample
        W -= lr * np.outer(pixels[i], error)
        b -= lr * error
ends = mean_loss(W, b, train), mean_loss(W, b, test), share_right(W, b, test)
print("loss, test loss, test accuracy: {:.3f}, {:.3f}, {:.3f}".format(*ends))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
Y30 = np.eye(10)[labels[watched]]
fig, axes = plt.subplots(4, 1, figsize=(10, 4.6), sharex=True)
for ax, (step, P30) in zip(axes, snapshots.items(), strict=True):
    image = ax.imshow((P30 - Y30).T, "PuOr", vmin=-1, vmax=1, aspect="auto")
    ax.set_ylabel(f"{step}\nsteps", rotation=0, labelpad=28, va="center")
    ax.set(yticks=[0, 9]), ax.grid(visible=False)
axes[0].set_title("P − Y fades while the model learns")
axes[3].set(xlabel="30 training pictures, sorted by class", xticks=[])
fig.colorbar(image, ax=axes, label="P − Y")
show(fig, alt="Four heat maps of P minus Y, 10 classes by 30 pictures. A "
     "staircase fades from top to bottom.", see="At first a staircase of −0.9 "
     "in a sea of 0.1. After 9 epochs only a few errors are left.")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(2, 5, figsize=(10, 4))
for k, ax in enumerate(axes.flat):
    ax.imshow(W[:, k].reshape(8, 8), cmap="PuOr", vmin=-3, vmax=3)
    ax.set(xticks=[], yticks=[], title=f"{k}")
fig.suptitle("Learned templates, one column of W each", x=0.02, ha="left")
wrong = test[(pixels[test] @ W + b).argmax(axis=1) != labels[test]]
assert share_right(W, b, test) > 0.95
show(fig, alt="Ten pictures of weights, purple where ink raises the score.",
     see="Template 0 punishes ink in the middle. "
     f"Wrong on {len(wrong)} of {len(test)} test pictures.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### One valley
#
# Both losses of this lecture, as functions of $W$ and $b$, are **convex** (lecture
# 03). The scores are linear in $W$ and $b$, so a hinge term is 0 or a linear
# function, whichever is larger: convex. Sums of convex functions are convex, too.
#
# ★ For cross-entropy, the second derivative of $\ell$ along a direction $v$ of the
# scores is $\sum_kP_kv_k^2-(\sum_kP_kv_k)^2$, the variance of $v_k$ when class $k$ is
# drawn with probability $P_k$. A variance is not negative.
#
# So a start at 0 is fine here. For networks it is not (lecture 10).
#
# **Your turn.** $P=(0.2,\,0.5,\,0.3)$ and the true class is 1. What are $\ell$ and
# $\partial\ell/\partial s$?
# <details><summary>Answer</summary>
#
# $\ell=\log2=0.6931$ and $(0.2,\,-0.5,\,0.3)$: only $s_1$ is pulled up.
#
# </details>
#
# > **Take away:** the gradient is $P-Y$, through $X^\top$, divided by $m$ once.

# %% [markdown] rows=["L06.13"] slideshow={"slide_type": "slide"}
# ## 10. K sigmoids or one softmax?
#
# Softmax says: **exactly one** class is true. What if a picture may show a cat *and*
# a car, or neither? Then the classes are $K$ yes/no questions, called
# **multilabel** classification. A row of $Y$ may hold any number of ones, and each
# score gets its own sigmoid, $P_{ik}=\sigma(S_{ik})$. The loss adds the binary
# cross-entropies of lecture 05:
#
# $$J=-\frac1m\sum_{i=1}^m\sum_{k=0}^{K-1}
# \bigl[Y_{ik}\log P_{ik}+(1-Y_{ik})\log(1-P_{ik})\bigr]$$
#
# A **sum** over the classes, a **mean** over the samples. As in lecture 05, certain
# and right costs 0: $0\cdot\log0$ counts as 0 (NumPy alone would give `nan`).
#
# **Predict:** scores $(2,\,1,\,-1)$. What can you say about the sum of the three
# probabilities under softmax, and under three sigmoids?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 110–120 min.*
# **Wait for** “1”, and “anything between 0 and 3.” **Often heard:** “1, they are
# probabilities.” Here it is 1.88. Ask for a task of each kind from the class's own
# field.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
three = np.array([2.0, 1.0, -1.0])
sig = 1 / (1 + np.exp(-three))
ticks = "cat\nscore 2", "car\nscore 1", "frog\nscore −1"
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.7))
for ax, values, name, color in ((left, scipy_softmax(three), "softmax", BLUE),
                                (right, sig, "three sigmoids", VERMILION)):
    ax.bar_label(ax.bar(range(3), values, color=color, width=0.6), fmt="%.3f")
    ax.set(ylim=(0, 1.1), title=f"{name}: the sum is {values.sum():.2f}")
    ax.set_xticks(range(3), ticks), ax.set_ylabel("probability")
show(fig, alt="Two bar charts from the same scores: softmax 0.705, 0.259, "
     "0.035; sigmoids 0.881, 0.731, 0.269.", see="Softmax shares out 1. "
     "Sigmoids answer three questions; cat and car may both be likely.")


# %% slideshow={"slide_type": "subslide"}
def bce_terms(s, targets):  # one sample, K yes/no questions
    q = 1 / (1 + np.exp(-s))
    return [-np.log(q[k]) if targets[k] == 1 else -np.log(1 - q[k])
            for k in range(len(s))]

both_there = np.array([1.0, 1.0, 0.0])  # a cat and a car
print("terms:", np.round(bce_terms(three, both_there), 4),
      "sum:", np.sum(bce_terms(three, both_there)).round(4))
assert np.isclose(np.sum(bce_terms(three, both_there)), 0.7535, atol=5e-5)
rate = numerical(lambda s: np.sum(bce_terms(s, both_there)), three)
assert np.allclose(rate, sig - both_there)  # P - Y again
pair = np.array([0.0, 1.5])  # K = 2: the two models differ
print("softmax", scipy_softmax(pair).round(3),
      "sigmoids", (1 / (1 + np.exp(-pair))).round(3))

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Same error, different probabilities
#
# | | softmax | K sigmoids |
# |:--|:--|:--|
# | labels | exactly one is true | any number is true |
# | rows of $P$ | sum to 1 | any sum between 0 and $K$ |
# | loss per sample | $-\log P_y$ | sum of $K$ binary cross-entropies |
# | $\partial J/\partial S$ | $(P-Y)/m$ | $(P-Y)/m$ |
# | predict | $\arg\max$ of the row | all $k$ with $P_{ik}\ge0.5$ (for one label: $\arg\max$) |
#
# **Your turn.** A cat *and* a car, softmax, $Y=(1,1,0)$: how small can
# $-\sum_kY_k\log P_k$ get?
# <details><summary>Answer</summary>
#
# $2\log2=1.3863$ at best, near $P=(0.5,\,0.5,\,0)$.
#
# </details>
#
# > **Take away:** exactly one label: softmax. Any number: sigmoids, summed.

# %% slideshow={"slide_type": "skip"}
# Checks of answers and of what the text says.
assert np.allclose(scipy_softmax([0, np.log(2), np.log(5)]), [1/8, 2/8, 5/8])
best = min(-np.log(a) - np.log(1 - a) for a in np.linspace(0.01, 0.99, 99))
assert np.isclose(best, 2 * np.log(2))
assert np.isclose(np.log(0.7 / 0.2), 1.2528, atol=5e-5)
assert np.isclose(scipy_softmax(S[0] / 5.5).max(), 0.5, atol=0.002)
v = np.array([1.0, -2.0, 0.5])  # the second derivative of the cross-entropy
near = [cross_entropy_of_one(S[0] + t * v, 0) for t in (-1e-3, 0, 1e-3)]
second = (near[0] - 2 * near[1] + near[2]) / 1e-6
assert np.isclose(second, P[0] @ v**2 - (P[0] @ v) ** 2, rtol=1e-4)
for count in (3, 10):  # hinge at equal scores
    assert hinge_of_one(np.full(count, 0.7), 0) == count - 1

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - $S=XW+b$, one column per class; predict the $\arg\max$ of each row.
# - Hinge: $\ell=\sum_{j\ne y}\max(0,s_j-s_y+\Delta)$; 0 once all leads reach
#   $\Delta$; at equal scores $(K-1)\Delta$. Squared hinge is a different loss.
# - Slopes of hinge: 1 for each active rival, minus their number for the true class.
# - Softmax: exponential, divided by the sum of the row; subtract the row's maximum.
# - Cross-entropy: $\ell=\log\sum_je^{s_j}-s_y$; at equal scores $\log K$.
# - $\partial J/\partial S=(P-Y)/m$, $\partial J/\partial W=\frac1mX^\top(P-Y)$,
#   $\partial J/\partial b$ = column sums of $(P-Y)/m$.
# - Hinge is a switch, cross-entropy a dimmer. $W$ is not unique in either.
# - Exactly one label: softmax. Any number of labels: $K$ sigmoids, losses summed.
#
# Next, lecture 07: small weights, and other ways to keep a model from memorizing.
# Now open `hw05_softmax_svm.ipynb`.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Check yourself
#
# 1. `X` is $(200,64)$ and there are ten classes. Which shapes have $W$, $b$, $S$ and
#    the predicted labels?
#    <details><summary>Answer</summary>$(64,10)$, $(10,)$, $(200,10)$,
#    $(200,)$.</details>
# 2. A classifier with $\Delta=1$ starts with $W=0$, $b=0$ and a mean hinge loss of
#    5. How many classes are there, if all is well?
#    <details><summary>Answer</summary>Six: $K-1=5$.</details>
# 3. Every true score leads all its rivals by 3 or more. What happens to the hinge
#    loss and to the cross-entropy if you double $W$ and $b$?
#    <details><summary>Answer</summary>Hinge with $\Delta=1$: it stays 0.
#    Cross-entropy: it falls, and stays above 0.</details>
# 4. Why must the rows of $\partial J/\partial S$ sum to 0 for both losses?
#    <details><summary>Answer</summary>Adding the same number to all scores of a row
#    changes no loss, so the slope in that direction is 0. That slope is the sum of
#    the row.</details>
# 5. Softmax gives $P=(0.7,0.2,0.1)$. By how much does $s_0$ exceed $s_1$?
#    <details><summary>Answer</summary>$\log(0.7/0.2)=1.2528$.</details>
# 6. A program prints `nan` as cross-entropy. Name two likely causes.
#    <details><summary>Answer</summary>Exponentials of large scores, inf / inf; or
#    $0\cdot\log0$ with one-hot rows and a probability rounded to 0.</details>
# 7. Someone multiplies the mean cross-entropy by $\frac12$, as in the half-MSE. What
#    happens to the minimum, and to a step of gradient descent?
#    <details><summary>Answer</summary>The place of the minimum stays; the steps are
#    half as long.</details>
# 8. A news article can be about sports, politics, both, or neither. Softmax?
#    <details><summary>Answer</summary>No: one sigmoid for each topic.</details>
#
# ## Read more
#
# - J. S. Bridle (1990), *Probabilistic interpretation of feedforward classification
#   network outputs*: the name softmax.
# - J. Weston and C. Watkins (1999), *Support vector machines for multi-class pattern
#   recognition*: the sum over all rivals.
# - K. Crammer and Y. Singer (2001), *On the algorithmic implementation of multiclass
#   kernel-based vector machines*, JMLR 2: only the strongest rival.
# - C. M. Bishop (2006), *Pattern Recognition and Machine Learning*, section 4.3.4.
# - T. Hastie, R. Tibshirani and J. Friedman (2009), *The Elements of Statistical
#   Learning*, 2nd edition, sections 4.4 and 12.2.
