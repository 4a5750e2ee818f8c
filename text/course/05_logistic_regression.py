# %% [markdown] slideshow={"slide_type": "slide"}
# # Logistic regression
#
# *How does a machine answer yes or no, and how sure may it be?*
#
# After this lecture you can
# - **turn** a score into a probability, and a probability into a decision that
#   takes into account what the mistakes cost,
# - **draw** the border between two classes,
# - **derive** the cross-entropy from the likelihood, and its gradient from the
#   chain rule,
# - **explain** why we do not use the squared error here,
# - **compute** all of it without an overflow or a $\log0$.
#
# **Needs** lectures 02 (arrays, masks, iris), 03 (likelihood, gradient) and 04
# (gradient descent) · **Time** 120 minutes, with a break after section 5 ·
# **Prepares** `hw04_logistic_regression`

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 0–2 min.*
# Sections 1 to 5 are the model, until minute 57; then the break, which this plan does
# not count. Sections 6 to 9 find its loss and gradient, 10 to 12 use them. Late? Show
# section 11 as the table only.

# %% slideshow={"slide_type": "skip"}
import math

import matplotlib.pyplot as plt
import numpy as np
from demos import Demo
from figures import BLUE, GRAY, GREEN, INK, VERMILION
from figures import show, use_style
from scipy.special import expit
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import confusion_matrix, log_loss

use_style()

# %% [markdown] rows=["L05.1"] slideshow={"slide_type": "slide"}
# ## 1. How does a number become a class?
#
# A lump in a breast is **benign** (harmless) or **malignant** (cancer). For 569
# lumps somebody measured cells under a microscope; our only feature is the mean
# radius of the cell nuclei (the file names no unit). The answer is a **label**
# $y$: 1 for malignant, 0 for benign. With two classes we speak of **binary
# classification**.
#
# Start as in lecture 03, with a linear **score**:
#
# $$z=x\cdot w+b .$$
#
# The score is any real number. The simplest rule: **predict 1 if $z>0$ and 0
# if $z<0$.** (At 0 we must choose.) By eye we take $w=1$, $b=-15$: $z=x-15$.
#
# **Predict:** one lump has radius 15.1, another one 25. What does the rule answer?
# Would you trust both answers alike?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 2–12 min.*
# **Wait for** 1 and 1, and “no.” **Often heard:** “25 is more of a 1.” True, but the
# rule does not say so; that is what we lack.

# %% slideshow={"slide_type": "subslide"}
cancer = load_breast_cancer()
radius = cancer.data[:, :1]  # (569, 1): samples are rows, one feature
malignant = 1.0 - cancer.target[:, None]  # (569, 1); in the file 1 is benign
print(f"{malignant.sum():.0f} of {len(malignant)} are malignant")

W1, b1 = np.array([[1.0]]), np.array([-15.0])  # (n, 1) and (1,), here n = 1
scores = radius @ W1 + b1  # (569, 1)
right = 0
for score, label in zip(scores.ravel(), malignant.ravel(), strict=True):
    right += (1 if score >= 0 else 0) == label
print((scores == 0).sum(), "lump has score 0; there we choose to answer 1")
print(f"the rule is right for {right} of 569, {right / 569:.3f}")
assert (right, malignant.sum()) == (505, 212)


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
def draw_lumps(ax):
    jitter = np.random.default_rng(2).uniform(-0.04, 0.04, size=569)
    for y, color, mark in (0, BLUE, "o"), (1, VERMILION, "s"):
        at = malignant[:, 0] == y
        ax.plot(radius[at], y + jitter[at], mark, color=color, ms=3.5,
                alpha=0.6, label=("benign (0)", "malignant (1)")[y])
    ax.set(xlim=(6.5, 28.5), xlabel="mean radius x", yticks=[0, 0.5, 1])
fig, ax = plt.subplots(figsize=(9, 3.6))
draw_lumps(ax)
ax.plot([6, 15, 15, 29], [0, 0, 1, 1], color=INK, label="the rule")
ax.set(ylabel="label y", title="A hard step answers 15.1 and 25 alike")
ax.legend(loc="center right")
show(fig, alt="569 points at height 0 or 1; a step rises at 15.", see="Near 15 "
     "both kinds mix. (Points are shifted up or down a little.)")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
v, h = np.mgrid[-1:1:128j, -1:1:128j]
near = h**2 + (v - 0.2) ** 2 < 0.5  # the face, then the ears
near |= (abs(abs(h) - 0.45) < 0.3 * (v + 0.95)) & (v < 0)
cat = np.where(near[..., None], [0.93, 0.62, 0.2], [0.62, 0.84, 0.95])
cat[((abs(h) - 0.27) ** 2 + v**2 < 0.012) | (abs(h) + abs(v - 0.35) < 0.1)] = 0
fig, ax = plt.subplots(figsize=(10, 2.9))
ax.imshow(cat, extent=(0, 2, 0.8, 2.8))
ax.imshow(cat.transpose(2, 0, 1).reshape(-1, 1)[::64], "gray",  # red first
          extent=(3.7, 4.1, 0.8, 2.8))
ax.axis((-0.2, 10.2, -0.1, 2.9)), ax.axis("off")
for at, up, words in (1, 0.3, "picture\n(128, 128, 3)"), (2.8, 1.8, "→"), (
        3.9, 0.3, "a row of X\n(1, 49152)"), (5.1, 1.8, "→"), (
        6.5, 1.8, "score\n1.7"), (7.9, 1.8, "→"), (9.1, 1.8, "class 1:\ncat"):
    ax.text(at, up, words, ha="center", va="center", size=15)
show(fig, alt="Cat, its row, score, class.", see="A picture is a row, too.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What a step cannot do
#
# - It does not say **how sure** it is. We want a probability.
# - It is flat: its derivative is 0 everywhere except at the jump, where there is
#   none. Gradient descent (lecture 04) has nothing to follow.
#
# The way from the data to the class is the same for any data. A picture of
# $128\times128$ pixels with 3 colors is a row of $128\cdot128\cdot3=49\,152$
# numbers (lecture 02); only $n$ is larger.
#
# **Your turn.** Cat or not cat, from such pictures: what are the shapes of $W$ and
# $b$, and how many parameters are there?
# <details><summary>Answer</summary>
#
# One output, so $W$ is $(49152,1)$ and $b$ is $(1,)$: together 49 153 numbers.
#
# </details>
#
# > **Take away:** features → score → class. The step at the end loses how far the
# > score is from 0.

# %% [markdown] rows=["L05.2"] slideshow={"slide_type": "slide"}
# ## 2. Which curve turns a score into a probability?
#
# We look for a curve that takes any number into the interval from 0 to 1, rises
# all the way, and is $\frac12$ at score 0. The usual choice is the **sigmoid**
# (also: logistic function)
#
# $$\sigma(z)=\frac1{1+e^{-z}} .$$
#
# In this course the letter $\sigma$ with an argument is always this function.
#
# **Predict:** $\sigma(2)\approx0.88$. What is $\sigma(-2)$? Where is the curve
# steepest? And what happens to $\sigma(wx+b)$ when $w$ grows, or when $b$ does?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 12–24 min.*
# **Wait for** 0.12, and “at 0.” **Often heard:** −0.88. In the demo move b first, then
# w, and ask what happens at w = 0.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
x = np.linspace(-6, 6, 61)
fig, ax = plt.subplots(figsize=(9, 3.9))
ax.set(xlim=(-6, 6), ylim=(-0.8, 1.1), xlabel="x", ylabel="σ and slope")
ax.set_title("σ(wx + b), solid, and its slope, dashed")
demo = Demo("sigmoid", fig, see="At wx + b = 0 the curve is ½ and its slope is "
            "w/4, the largest in size. With a negative w the curve falls.",
            alt="An S-shaped curve, and its slope, a hill at the middle.")
demo.slider("w", np.linspace(-3, 3, 13), label="slope w", start=1)
demo.slider("b", np.linspace(-4, 4, 9), label="shift b", start=0)
demo.line(ax, lambda w, b: (x, expit(w * x + b)))
demo.line(ax, lambda w, b: (x, w * expit(w * x + b) * expit(-w * x - b)),
          color=VERMILION, ls="--")
demo.readout(lambda w, b: f"½ at x = {-b / w + 0:.2f}, slope there {w / 4:.3f}"
             if w else f"w = 0: level at {expit(b):.3f}")
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What to know about the sigmoid
#
# - **Range:** $0<\sigma(z)<1$. The ends are limits: $\sigma(z)\to1$ for $z\to\infty$,
#   $\sigma(z)\to0$ for $z\to-\infty$, never reached.
# - **Middle:** $\sigma(0)=\frac12$, and a *small* $z$ gives about $\frac12$:
#   $\sigma(0.1)=0.525$.
# - **Symmetry:** $\sigma(-z)=1-\sigma(z)$.
# - **Slope:** with $u=e^{-z}$, $\sigma=\frac1{1+u}$ and $1-\sigma=\frac u{1+u}$. Since
#   $\frac{du}{dz}=-u$,
#
# $$\sigma'(z)=\frac{u}{(1+u)^2}=\sigma(z)\,\bigl(1-\sigma(z)\bigr)\le\tfrac14 .$$
#
# It is positive, so $\sigma$ rises. It is largest at $z=0$, where $\sigma=\frac12$, since
# $s(1-s)=\frac14-(s-\frac12)^2$.
#
# Once the sigmoid was the standard unit *inside* networks. Since about 2012 other
# curves do that job (lecture 08); at an output with two classes it has stayed.

# %% slideshow={"slide_type": "subslide"}
z = np.linspace(-30, 30, 601)
assert np.allclose(expit(-z), 1 - expit(z))  # expit is SciPy's sigmoid
h = 1e-5
slope = (expit(z + h) - expit(z - h)) / (2 * h)  # central differences
assert np.allclose(slope, expit(z) * (1 - expit(z))) and slope.max() < 0.25001
print("σ of -10, -0.1, 0, 0.1, 1, 2:",
      *[f"{expit(v):.6f}" for v in (-10, -0.1, 0, 0.1, 1, 2)])

# What is wrong here? We expect 0.880797 for a score of 2.
def squash(a):
    return 1 / (1 + np.exp(a))
print("squash(2) =", squash(2).round(6))
# And what is wrong with this sentence? "No score gives exactly 1."
print("σ(40) == 1:", expit(40.0) == 1)


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong, and how not to overflow
#
# <details><summary>Answer to the puzzles</summary>
#
# The minus in front of the exponent is missing: `squash(a)` is $\sigma(-a)$, a curve
# that falls. And the sentence is true for numbers, not for floats: $1-\sigma(40)$ is
# about $4\cdot10^{-18}$, too little to be seen next to 1. Section 12 needs this.
#
# </details>
#
# For a very negative $z$, $e^{-z}$ is too large for a float: the computer warns of an
# **overflow**. Multiply numerator and denominator by $e^z$ and choose by the sign:
#
# $$\sigma(z)=\frac1{1+e^{-z}}\ \text{ if }z\ge0,\qquad
# \sigma(z)=\frac{e^z}{1+e^z}\ \text{ if }z<0 .$$
#
# Now no exponent is positive. A tiny $e^{-1000}$ becomes 0 (**underflow**), which is
# harmless here. Beware: `np.where(z >= 0, a, b)` computes *both* `a` and `b` for all
# entries, then chooses. A mask, or $-|z|$ in the exponent, avoids the warning.
#
# > **Take away:** $\sigma$ turns any score into a number between 0 and 1; its slope is
# > $\sigma(1-\sigma)$.

# %% slideshow={"slide_type": "subslide"}
def sigmoid_of_one(z):  # one number; the homework wants whole arrays
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))

for value in (-1000, -3, 0, 3, 1000):
    assert math.isclose(sigmoid_of_one(value), expit(value))
try:
    1 / (1 + math.exp(1000))  # the first form, at z = -1000
except OverflowError as error:
    print("the first form at z = -1000:", error)
print("both signs of 1000:", sigmoid_of_one(-1000), sigmoid_of_one(1000))
assert math.isclose(expit(-10), 4.54e-5, rel_tol=1e-4)
assert round(expit(1), 4) == 0.7311 and round(expit(2), 3) == 0.881
assert 4e-18 < expit(-40) < 5e-18 and round(expit(0.1), 3) == 0.525

# %% [markdown] rows=["L05.3"] slideshow={"slide_type": "slide"}
# ## 3. What does the model claim?
#
# **Logistic regression** puts the two together:
#
# $$\hat p=P(y=1\mid x)=\sigma(x\cdot w+b),\qquad P=\sigma(XW+b)$$
#
# $X$ is $(m,n)$, $W$ is $(n,1)$, $b$ is $(1,)$ and $P$ is $(m,1)$: row $i$ of $P$ holds
# $\hat p^{(i)}$, the estimated probability of class 1 for sample $i$. (With an event in
# brackets, as in $P(y=1\mid x)$, $P$ is "the probability of".)
#
# The **odds** are $\hat p/(1-\hat p)$; odds of 4 say "4 to 1 for class 1". With
# $\hat p=\sigma(z)=\frac{e^z}{1+e^z}$ and $1-\hat p=\sigma(-z)=\frac1{1+e^z}$ they are
# $e^z$. Take the log:
#
# $$\log\frac{\hat p}{1-\hat p}=x\cdot w+b .$$
#
# **Predict:** at radius 15 our $\hat p$ is $\frac12$, at 17 it is 0.88. And at 19?
# By which factor do the odds grow from 15 to 16?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 24–35 min.*
# **Wait for** 0.98 and a factor e, about 2.7. **Often heard:** “1” and “by 1”: the
# log-odds grow by 1. Let the class read the printed table aloud: where it says 30 %,
# how many are malignant?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
x = np.linspace(6.5, 28.5, 200)
fig = plt.figure(figsize=(10, 3.9))
left, right = fig.add_subplot(121), fig.add_subplot(122, projection="3d")
draw_lumps(left), left.plot(x, expit(x - 15), color=INK)
left.set(title="One feature: P is an S-curve", ylabel="P and label")
U, V = np.meshgrid(np.linspace(-4, 4, 41), np.linspace(-4, 4, 41))
right.plot_surface(U, V, expit(U + V), cmap="cividis", rcount=25, ccount=25)
right.set(xlabel="$x_1$", ylabel="$x_2$", zlabel="P", zticks=[0, 0.5, 1])
right.set_box_aspect((4, 4, 2.6), zoom=1.1), right.view_init(26, -120)
right.set_title("Two features: P is an S-shaped ramp")
show(fig, alt="Left: points at 0 and 1, and an S-curve that rises at 15. Right:"
     " a surface rises from 0 to 1 over a plane.", see="The curve says how "
     "sure the model is. Along straight lines the surface keeps its height.")

# %% slideshow={"slide_type": "subslide"}
P_lumps = []  # one lump after the other; the homework does all at once
for x_i in radius:  # (1,), a row
    z_i = sum(x_i[j] * W1[j, 0] for j in range(1)) + b1[0]
    P_lumps.append([sigmoid_of_one(z_i)])
P_lumps = np.array(P_lumps)  # (569, 1)
assert np.allclose(np.log(P_lumps / (1 - P_lumps)), scores)  # both (569, 1)
print("radius 15, 17, 19:", expit([0.0, 2, 4]).round(3))
print("odds at 15: 1, at 16:", (expit(1) / expit(-1)).round(3))

for low in (0.0, 0.2, 0.4, 0.6, 0.8):  # does 30 % mean 30 %?
    here = (P_lumps >= low) & (P_lumps < low + 0.2)
    print(f"P in [{low}, {low + 0.2:.1f}): {here.sum():3d} lumps, mean P "
          f"{P_lumps[here].mean():.2f}, malignant {malignant[here].mean():.2f}")
    assert low != 0.2 or round(malignant[here].mean(), 2) == 0.30


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Regression or classification?
#
# Both. The model *regresses* the log-odds: they are linear in $x$. It becomes a
# *classifier* only with the threshold of section 4. (Linear regression fits a plane to
# points in $(x,y)$ space; it separates nothing. A classifier's plane lies among the
# $x$ and separates.)
#
# $\hat p$ is the model's **estimate** of the probability of class 1. It is good only as
# far as the model fits. Ours roughly does: where it says 0.2 to 0.4, about 30 % are
# malignant; between 0.6 and 0.8 it says too little. And nothing here is drawn at
# random: the same $x$ always gives the same $\hat p$.
#
# **Your turn.** For which radius does the model say 0.9?
# <details><summary>Answer</summary>
#
# The odds are $0.9/0.1=9$, so $x-15=\log9=2.197$ and $x=17.2$.
#
# </details>
#
# > **Take away:** the log-odds are linear in $x$. A step of 1 in feature $j$ adds
# > $w_j$ to them and multiplies the odds by $e^{w_j}$.

# %% [markdown] rows=["L05.4"] slideshow={"slide_type": "slide"}
# ## 4. When do we say 1?
#
# A probability is no decision yet. We answer 1 where $\hat p\ge t$; $t$ is the
# **threshold**. There are two ways to be wrong:
#
# - a **false positive** (FP): we say 1, the truth is 0: a false alarm,
# - a **false negative** (FN): we say 0, the truth is 1: a missed tumor.
#
# A mistake has a cost, $c_{FP}$ or $c_{FN}$; a right answer costs nothing. What such a
# cost is, in fear, in health or in money, is no question of mathematics.
#
# **Predict:** a missed tumor costs four times as much as a false alarm. Should $t$ be
# above or below $\frac12$? Can a threshold avoid both kinds of mistakes?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 35–46 min.*
# **Wait for** “below”, and “no.” **Often heard:** “above, to be on the safe side.” Ask
# whose safety. In the demo set the cost to 4: the rule says 0.2, our lumps 0.16.

# %% slideshow={"slide_type": "subslide"}
def count_mistakes(P, Y, t):
    fp = fn = 0
    for p, y in zip(P.ravel(), Y.ravel(), strict=True):
        fp += p >= t and y == 0  # says 1, is 0
        fn += p < t and y == 1  # says 0, is 1
    return fp, fn
for t in (0.2, 0.5, 0.8):
    fp, fn = count_mistakes(P_lumps, malignant, t)
    theirs = confusion_matrix(malignant, P_lumps >= t)  # rows: the truth
    assert (fp, fn) == (theirs[0, 1], theirs[1, 0])
    print(f"t = {t}: {fp} false alarms, {fn} missed tumors")
ts = np.linspace(0.02, 0.98, 49)
FP, FN = np.array([count_mistakes(P_lumps, malignant, t) for t in ts]).T
cheapest = [ts[(FP + c * FN).argmin()] for c in (1, 4, 0.25)]
assert np.allclose(cheapest, [0.5, 0.16, 0.58])

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, right) = plt.subplots(1, 2, figsize=(10.4, 3.6))
draw_lumps(left), left.plot(x, expit(x - 15), color=INK)
left.set(ylabel="P and label", title="Right of the dashed cut we answer 1")
right.set(xlabel="threshold t", xlim=(0, 1), ylim=(0, 450), ylabel="cost")
demo = Demo("threshold", fig, alt="Lumps, S-curve, a cut; cost over threshold.",
            see="A dearer miss lowers the best t. Dotted: the rule below.")
demo.slider("t", ts, label="threshold t", start=0.5)
demo.slider("c", [0.25, 1, 4], label="a miss costs (a false alarm: 1)", start=1)
demo.line(left, lambda t: (np.log(t / (1 - t)) + 15, [-0.1, 1.1]), ls="--")
demo.line(right, lambda c: (ts, FP + c * FN), color=VERMILION)
demo.line(right, lambda c: (1 / (1 + c), [0, 450]), color=GRAY, ls=":")
demo.points(right, lambda t, c: (t, (FP + c * FN)[ts == t]), color=INK, ms=11)
demo.readout(lambda t, c: "{} false alarms, {} misses, cost {:g}".format(
    *(v[ts == t][0] for v in (FP, FN, FP + c * FN))))
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The best threshold
#
# Say that the true probability of class 1 is $\hat p$. On average, answering 1 costs
# $(1-\hat p)\,c_{FP}$ and answering 0 costs $\hat p\,c_{FN}$. So 1 is no worse if
# $(1-\hat p)\,c_{FP}\le\hat p\,c_{FN}$, which is
#
# $$\hat p\;\ge\;t=\frac{c_{FP}}{c_{FP}+c_{FN}} .$$
#
# A false alarm costs 1, a miss 1, 4 or $\frac14$: $t=0.5$, 0.2, 0.8. On our lumps 0.5, 0.16
# and 0.58 cost least: $\hat p$ is only an estimate, too low from 0.6 to 0.8 (section 3).
#
# **Your turn.** To lose a good mail (FP) is 4 times as bad as to let spam through (FN).
# Which $t$ should a spam filter take, and what does it say at $\hat p=0.7$?
# <details><summary>Answer</summary>
#
# $t=\frac4{4+1}=0.8$: say "spam" only when at least 80 % sure. At 0.7 the mail passes.
#
# </details>
#
# > **Take away:** the model says $\hat p$, the costs say $t$, and only both together
# > say 0 or 1.

# %% [markdown] rows=["L05.5"] slideshow={"slide_type": "slide"}
# ## 5. Where is the border?
#
# Now two features, so that we see a border in the plane. From **iris** (lecture 02)
# we take versicolor (0) and virginica (1): $m=100$ flowers, petal length and width,
# standardized. We know that no straight line separates these two without mistakes.
#
# $\hat p=\frac12$ exactly where the score is 0. The **decision boundary**
#
# $$\{x:\;x\cdot w+b=0\}$$
#
# is a line for $n=2$, a plane for $n=3$, a hyperplane for more (if $w\ne0$).
#
# **Predict:** we double $W$ and $b$. Does the boundary move? Do the probabilities
# change? Where does the border lie if the threshold is 0.9?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 46–57 min.*
# **Wait for** no, yes, and “a parallel line.” **Often heard:** “it moves outward, the
# weights are larger.” The break comes after this section.

# %% slideshow={"slide_type": "subslide"}
iris = load_iris()
pair = iris.target > 0  # versicolor and virginica
petals = iris.data[pair, 2:]  # (100, 2), cm
X = (petals - petals.mean(axis=0)) / petals.std(axis=0)  # standardized
Y = (iris.target[pair, None] == 2).astype(float)  # (100, 1): 1 for virginica
m, n = X.shape
W, b = np.array([[2.0], [2.0]]), np.array([0.0])  # (2, 1), (1,), by eye

def model(X, W, b):  # row by row; in the homework, all rows at once
    return np.array([expit(x_i @ W + b) for x_i in X])  # (m, 1)

assert Y.shape == (100, 1) and Y.mean() == 0.5
right = ((model(X, W, b) >= 0.5) == Y).sum()
print(f"right: {right} of {m}")
assert right == 94


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Geometry of the border
#
# - $w$ is **perpendicular** to the border and points to the side of class 1: a step
#   along the border does not change $x\cdot w$, a step along $w$ raises it.
# - The score is $\lVert w\rVert$ times the distance from the border, with a sign.
#   Doubling $W$ and $b$ leaves the border and makes the model surer.
# - For $t\ne\frac12$ the border is a **parallel** line, $x\cdot w+b=\log\frac t{1-t}$.
#
# **Your turn.** $W=(1,2)^\top$, $b=-4$. Where does the border cross the axes? On which
# side is $(1,1)$? Where is it for $t=0.8$?
# <details><summary>Answer</summary>
#
# $x_1+2x_2=4$ crosses at $(4,0)$, $(0,2)$. $(1,1)$ has score $-1$: class 0. For $t=0.8$:
# $\log4=1.386$, so $x_1+2x_2=5.386$.
#
# </details>
#
# > **Take away:** $w$ turns the border, $b$ moves it, $\lVert w\rVert$ says how sure we are.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Ask the model on a grid
#
# To *see* a model, ask it at many points and color each by its answer. For `xs` $=1,2,3$
# and `ys` $=10,20,30$, `XX, YY = np.meshgrid(xs, ys)` gives two arrays, and we want a
# third one, `PP`, with the answers:
#
# ```
# XX = 1 2 3      YY = 10 10 10      PP = . . .
#      1 2 3           20 20 20           . . p   <- row 1, column 2:
#      1 2 3           30 30 30           . . .      the answer at (3, 20)
# ```
#
# The place of cell $(i,j)$ is `(XX[i, j], YY[i, j])`. A row of the arrays is a row of the
# picture: the *second* feature changes with $i$.
#
# Below we ask point by point. A model takes whole data matrices, so all $q=9$ points can
# go in as one $(q,2)$ array, a row for each point; its $(q,1)$ answers then need the
# shape of the grid.

# %% slideshow={"slide_type": "subslide"}
def plot_decision_boundary(model, W, b, X, labels, *, ax):
    grid = np.linspace(-2.6, 2.6, 61)  # for both features
    PP = np.zeros((61, 61))
    for i, x2 in enumerate(grid):  # a row of the picture
        for j, x1 in enumerate(grid):
            PP[i, j] = model(np.array([[x1, x2]]), W, b)[0, 0]
    ax.contourf(grid, grid, PP, np.linspace(0, 1, 11), cmap="PuOr_r", alpha=0.4)
    lines = ax.contour(grid, grid, PP, [0.1, 0.5, 0.9], colors=INK)
    ax.clabel(lines, fmt="%.1f")
    for label, color, mark in (0, BLUE, "o"), (1, VERMILION, "s"):
        ax.plot(*X[labels[:, 0] == label].T, mark, color=color, mec="white")
    ax.set(xlabel="petal length", ylabel="petal width", aspect="equal")


# %% slideshow={"slide_type": "subslide"}
fig, axes = plt.subplots(1, 2, figsize=(10.4, 4.3))
for ax, c in zip(axes, (1, 2), strict=True):
    plot_decision_boundary(model, c * W, c * b, X, Y, ax=ax)
    ax.set_title(f"W = ({2 * c}, {2 * c}): P = 0.1, 0.5 and 0.9")
show(fig, alt="Two maps of P with the flowers and three parallel lines.",
     see="Doubling W and b keeps the middle line; the others move closer.")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 6. Which parameters are the best?
#
# As in lecture 03, ask: how probable does the model make what we saw? Here $y$ is 0
# or 1, so there is no density but a plain probability:
#
# $$P(y=1\mid x)=\hat p,\qquad P(y=0\mid x)=1-\hat p .$$
#
# This is a **Bernoulli** distribution. One formula for both, since $u^0=1$ and
# $u^1=u$:
#
# $$P(y\mid x)=\hat p^{\,y}\,(1-\hat p)^{1-y}$$
#
# **Predict:** the model says $\hat p=0.9$ and the truth is 0. What probability did it
# give to the truth? And if *every* $\hat p$ is $\frac12$, what is the mean of the minus
# logs of these probabilities?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 57–67 min.*
# **Wait for** 0.1, and log 2, about 0.693. **Often heard:** 0.9, the probability of
# what did not happen.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
cases = [(0.9, 1), (0.9, 0), (0.2, 1), (0.2, 0)]
likely = np.array([p**y * (1 - p) ** (1 - y) for p, y in cases])
assert np.allclose(likely, [0.9, 0.1, 0.2, 0.8])
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.7))
colors = [VERMILION, BLUE, VERMILION, BLUE]
for ax, heights in (left, likely), (right, -np.log(likely)):
    bars = ax.bar(range(4), heights, color=colors, hatch=["//", "", "//", ""])
    ax.bar_label(bars, fmt="%.2f", padding=2)
    ax.set_xticks(range(4), [f"p = {p}\ny = {y}" for p, y in cases])
left.set(ylim=(0, 1.1), title="Probability that the model gave to the truth")
right.set(ylim=(0, 2.7), title="Its minus log: the cost")
show(fig, alt="Bars for four cases: probabilities 0.9, 0.1, 0.2, 0.8; costs "
     "0.11, 2.30, 1.61, 0.22.", see="Small probability, high cost.")


# %% [markdown] rows=["L05.6"] slideshow={"slide_type": "subslide"}
# ### From likelihood to cross-entropy
#
# If the labels are independent, given the $x$, their probabilities multiply. Take
# the log, turn the sign to get something to *minimize*, and average:
#
# $$\mathcal L(W,b)=\prod_{i=1}^m\bigl(\hat p^{(i)}\bigr)^{y^{(i)}}
# \bigl(1-\hat p^{(i)}\bigr)^{1-y^{(i)}}$$
#
# $$J(W,b)=-\frac1m\log\mathcal L=-\frac1m\sum_{i=1}^m\Bigl[\,y^{(i)}\log\hat p^{(i)}+
# \bigl(1-y^{(i)}\bigr)\log\bigl(1-\hat p^{(i)}\bigr)\Bigr]$$
#
# This is the **binary cross-entropy** (BCE). *One* minus, in front of *one* bracket
# that holds *both* terms, and $\frac1m$. (The $\frac12$ of the half-MSE belongs to the
# square; a $\frac1{2m}$ here would only halve the gradient.)
#
# At $W=0$, $b=0$ every $\hat p$ is $\frac12$ and $J=\log2=0.6931$, whatever the labels.
# Example: $P=(0.9,0.2,0.6)$ and $Y=(1,0,1)$ give
# $J=-\frac13[\log0.9+\log0.8+\log0.6]=0.2798$.

# %% slideshow={"slide_type": "subslide"}
def both_terms(P, Y):  # one number at a time
    pairs = list(zip(P.ravel(), Y.ravel(), strict=True))
    A = sum(y * math.log(p) for p, y in pairs)
    return A, sum((1 - y) * math.log(1 - p) for p, y in pairs)

A, B = both_terms(np.array([[0.9], [0.2], [0.6]]), np.array([[1], [0], [1]]))
assert np.isclose(-(A + B) / 3, 0.2798, atol=5e-5)
A, B = both_terms(np.full((m, 1), 0.5), Y)
assert np.isclose(-(A + B) / m, math.log(2)) and round(math.log(2), 4) == 0.6931

# What is wrong with this loss? All weights are 0, and b grows.
for bias in (0, 5, 10, 20):  # every flower gets the same P
    A, B = both_terms(np.full((m, 1), expit(bias)), Y)  # P -> 1
    print(f"b = {bias}: BCE {-(A + B) / m:.3f}, wrong {-A + B / 2 / m:.3f}")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong with the loss
#
# <details><summary>Answer to the puzzle</summary>
#
# Division binds more strongly than the sum, and the minus reaches only `A`. Three
# faults: the first term is not divided, the second has the wrong sign, and it is
# divided by $2m$ in place of $m$. So $\hat p\to1$ is *rewarded* for samples of class 0,
# and the loss falls without end. Gradient descent on it calls every flower virginica:
# accuracy 0.50. Right: `-(A + B) / m`.
#
# </details>
#
# The loss is a plain number. Written with products of matrices it easily becomes an
# array of shape $(1,1)$: take it out with `.item()`.
#
# **Why the name?** The cross-entropy of $q$ and $\hat p$ is
# $-[q\log\hat p+(1-q)\log(1-\hat p)]$. It is the mean cost if 1 comes with probability
# $q$ while the model says $\hat p$. Here $q=y$: the label counts as certain. It is no
# distance: not symmetric, and not 0 at $q=\hat p=0.3$.
#
# > **Take away:** BCE is maximum likelihood for independent Bernoulli labels.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# Before you unfold it: three faults are in one expression, let the class name them one
# by one. **Often heard:** only the 2. Ask which of the three makes the loss fall
# without end.

# %% slideshow={"slide_type": "skip"}
# Checks: a fit with the wrong loss, cross-entropies, section 8's derivatives.
def wrong_loss(t, y=Y[:, 0]):
    p = expit(X @ t[:2] + t[2])
    return -(y @ np.log(p)) + (1 - y) @ np.log(1 - p) / 2 / m
t, shifts = np.zeros(3), 1e-5 * np.eye(3)
for _ in range(400):
    t -= [500 * (wrong_loss(t + d) - wrong_loss(t - d)) for d in shifts]
assert wrong_loss(t) < 0 and (expit(X @ t[:2] + t[2]) >= 0.5).all()
H = lambda q, p: -(q * math.log(p) + (1 - q) * math.log(1 - p))  # noqa: E731
assert H(0.3, 0.3) > 0.6 and abs(H(0.3, 0.5) - H(0.5, 0.3)) > 0.08
s, slope = expit(z), np.gradient((1 - expit(z)) ** 2, z)  # z in steps of 0.1
assert np.allclose(slope[1:-1], (-2 * s * (1 - s) ** 2)[1:-1], atol=2e-3)
second = -2 * s * (1 - s) ** 2 * (1 - 3 * s)
assert np.allclose(np.gradient(slope, z)[2:-2], second[2:-2], atol=2e-3)

# %% [markdown] rows=["L05.7"] slideshow={"slide_type": "slide"}
# ## 7. What does one sample cost?
#
# In the bracket one of the two terms is always 0. So the loss of one sample is
#
# $$\ell=\begin{cases}-\log\hat p&\text{if }y=1\\
# -\log(1-\hat p)&\text{if }y=0\end{cases}$$
#
# | $\hat p$ | 0.99 | 0.9 | 0.5 | 0.1 | 0.01 |
# |:--|--:|--:|--:|--:|--:|
# | cost if $y=1$ | 0.010 | 0.105 | 0.693 | 2.303 | 4.605 |
# | cost if $y=0$ | 4.605 | 2.303 | 0.693 | 0.105 | 0.010 |
#
# For $y=1$ we want $\hat p$ near **1**, and then $\log\hat p$ is near **0**. A log of a
# probability is never positive.
#
# **Predict:** which is worse: to be unsure ($\hat p=\frac12$) a hundred times, or to be
# right with $\hat p=0.99$ ninety-nine times and wrong with it once?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 67–74 min.*
# **Ask** for hands. **Wait for** “a hundred times unsure”: 0.693 against 0.056. **Often
# heard:** “one sure mistake spoils everything.” For that it has to be much surer than
# 0.99.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
p = np.linspace(0.003, 0.997, 400)
fig, ax = plt.subplots(figsize=(8.4, 3.9))
ax.plot(p, -np.log(p), color=VERMILION, label="y = 1: −log p")
ax.plot(p, -np.log(1 - p), color=BLUE, label="y = 0: −log(1 − p)")
ax.plot(0.5, np.log(2), "o", color=INK, ms=9)
ax.annotate("log 2, for either label", (0.5, np.log(2)), (0.5, 2),
            ha="center", arrowprops={"arrowstyle": "->", "color": GRAY})
ax.set(xlabel="predicted probability p of class 1", ylabel="cost ℓ",
       ylim=(0, 6), title="Sure and wrong has no upper bound")
ax.legend(loc="upper center")
show(fig, alt="Two curves over p. One falls to 0 at p = 1, the other rises "
     "from 0 at p = 0; they cross at one half.", see="Each curve is 0 where "
     "the model is certain and right, and shoots up at the other end.")

# %% slideshow={"slide_type": "subslide"}
P_flat = np.array([0.9, 0.2, 0.6, 0.01])  # four samples
Y_flat = np.array([1, 0, 1, 1])
by_case = []
for p, y in zip(P_flat, Y_flat, strict=True):
    by_case.append(-math.log(p) if y == 1 else -math.log(1 - p))
one_line = -(Y_flat * np.log(P_flat) + (1 - Y_flat) * np.log(1 - P_flat))
assert np.allclose(one_line, by_case)  # the same, sample by sample
assert np.isclose(np.mean(by_case), log_loss(Y_flat, P_flat))  # scikit-learn
table = -np.log([0.99, 0.9, 0.5, 0.1, 0.01])
assert np.allclose(table, [0.010, 0.105, 0.693, 2.303, 4.605], atol=5e-4)
unsure, sure = math.log(2), -(99 * math.log(0.99) + math.log(0.01)) / 100
print(f"always ½: {unsure:.3f}; sure of all, wrong once: {sure:.3f}")
assert sure < 0.06

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Sure, and right as often as you say
#
# Saying 0.99 and being right in 99 of 100 cases costs 0.056 on average: much less than
# staying unsure. But be "sure" with $\hat p=10^{-9}$ and wrong, and the single cost is
# 20.7. BCE punishes *false* certainty, not certainty.
#
# **Your turn.** A sample has $y=1$ and exactly $\hat p=1$. What does it cost? What
# does the one-line formula give in NumPy, and why?
# <details><summary>Answer</summary>
#
# It costs $-\log1=0$. The one-line formula also computes $(1-y)\log(1-\hat p)=
# 0\cdot\log0$; in floats $0\cdot(-\infty)$ is `nan`, not a number. Only the term that
# belongs to the label may count: `bce` in the homework must not return `nan` here.
#
# </details>
#
# > **Take away:** the cost is the minus log of the probability of what happened.

# %% [markdown] rows=["L05.8"] slideshow={"slide_type": "slide"}
# ## 8. Why not the squared error?
#
# $(\hat p-y)^2$ is a number that is small when we are right. So why not minimize its
# mean, as in lecture 03? Take one weight, no bias, and five samples:
#
# | $x$ | 0.55 | 0.22 | −0.29 | −11.6 | 0.13 |
# |:--|--:|--:|--:|--:|--:|
# | $y$ | 0 | 1 | 1 | 0 | 1 |
#
# $$\mathrm{MSE}(w)=\tfrac15\sum_i\bigl(\sigma(wx^{(i)})-y^{(i)}\bigr)^2
# \qquad\text{against}\qquad\mathrm{BCE}(w)$$
#
# Five balls start at $w=-6$, $-4$, $-1$, $1$ and $4$ and roll by gradient descent, with
# the same learning rate on both losses.
#
# **Predict:** where do they come to rest on the left, and where on the right?

# %% slideshow={"slide_type": "subslide"}
x5 = np.array([0.55, 0.22, -0.29, -11.6, 0.13])
y5 = np.array([0, 1, 1, 0, 1])

def losses(w):  # w (k,): MSE and BCE for each of k weights
    z = w[:, None] * x5  # (k, 5)
    truth = expit(np.where(y5, z, -z))  # 1 - σ(z) = σ(-z), but more exact
    return ((1 - truth) ** 2).mean(1), -np.log(truth).mean(1)

fine = np.linspace(-8, 8, 16_001)
for name, curve in zip(("MSE", "BCE"), losses(fine), strict=True):
    mid = curve[1:-1]  # lower than both neighbors: a local minimum
    lowest = np.flatnonzero((mid < curve[:-2]) & (mid < curve[2:])) + 1
    print(name, [f"w = {fine[i]:.2f}: {curve[i]:.3f}" for i in lowest])
p = expit(-10.0)  # sure and wrong, for y = 1: the slopes in z
print(f"squared error {2 * (p - 1) * p * (1 - p):.5f}, log loss {p - 1:.5f}")


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
def roll(slope, ball=(-6.0, -4, -1, 1, 4)):  # all balls, 2001 places each
    track = [np.array(ball)]
    for _ in range(2000):
        p = expit(track[-1][:, None] * x5)
        track.append(track[-1] - 0.5 * (slope(p) * x5).mean(1))
    return np.array(track)

tracks = roll(lambda p: 2 * (p - y5) * p * (1 - p)), roll(lambda p: p - y5)
assert np.allclose(tracks[0][-1], [-1.99] * 3 + [0.21] * 2, atol=0.005)
assert np.allclose(tracks[1][-1], 0.319, atol=0.001)
flat = np.linspace(-8, 8, 401)
shown = np.r_[:10, 10:30:2, 30:100:7, 100:300:20, 300:1000:70, 1000:2001:200]

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 2, figsize=(10.4, 3.8))
demo = Demo("balls", fig, alt="Five balls roll down two loss curves. The left "
            "one has two valleys, the right one has one.", see="On the squared "
            "error three balls end in the higher valley; on BCE all five meet.")
demo.slider("k", shown, label="step", fmt="{:.0f}")
names = ("MSE: two valleys", "BCE: one valley")
for side, ax in enumerate(axes):
    ax.plot(flat, losses(flat)[side], color=(VERMILION, BLUE)[side], ls="-")
    ax.set(xlabel="weight w", ylabel="loss", title=names[side])
    demo.points(ax, lambda k, s=side: (tracks[s][int(k)], losses(
        tracks[s][int(k)])[s]), color=INK, ms=12)
places = [["  ".join(f"{w:.2f}" for w in row) for row in t] for t in tracks]
demo.readout(lambda k: f"MSE: {places[0][int(k)]}; BCE: {places[1][int(k)]}")
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 74–83 min.*
# Everybody says where the ball from −6 ends, left and right, before you move. **Wait
# for** −1.99 and 0.319. **Often heard:** “at the same place, it is the same data.”

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Two reasons
#
# **It is not convex.** For $y=1$ the squared error of one sample is $(1-\sigma)^2$, where
# $\sigma$ is $\sigma(z)$. Differentiate twice with $\sigma'=\sigma(1-\sigma)$:
#
# $$\frac{d}{dz}(1-\sigma)^2=-2\sigma(1-\sigma)^2,\qquad
# \frac{d^2}{dz^2}(1-\sigma)^2=-2\sigma(1-\sigma)^2(1-3\sigma) .$$
#
# For $\sigma<\frac13$ this is negative: the curve bends downward. So the MSE can have
# several valleys, here two: 0.376 at $w=-1.99$ and 0.207 at $w=0.21$. BCE has one, at
# $w=0.319$.
#
# **It hardly moves where it is most wrong.** Take $y=1$ and $z=-10$, so $\hat p$ is
# 0.000045. There the squared error has slope $-0.00009$ in $z$, the log loss $-0.99995$.
# The factor $\sigma(1-\sigma)$ does that; section 9 shows how the log cancels it.
#
# > **Take away:** with a sigmoid, the squared error can have several valleys, and it is
# > flat where the model is sure and wrong. The log loss is steep there.

# %% [markdown] rows=["L05.9"] slideshow={"slide_type": "slide"}
# ## 9. Which way is down?
#
# We need $\partial J/\partial W$. One sample runs through a chain
#
# $$w_j\;\longrightarrow\;z=x\cdot w+b\;\longrightarrow\;\hat p=\sigma(z)\;
# \longrightarrow\;\ell=-\bigl[y\log\hat p+(1-y)\log(1-\hat p)\bigr]$$
#
# with the slopes
#
# $$\frac{\partial z}{\partial w_j}=x_j,\qquad
# \frac{d\hat p}{dz}=\hat p(1-\hat p),\qquad
# \frac{d\ell}{d\hat p}=-\frac y{\hat p}+\frac{1-y}{1-\hat p}
# =\frac{\hat p-y}{\hat p(1-\hat p)} .$$
#
# **Predict:** multiply the last two. What is left? Where have you seen it before?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 83–95 min.*
# Let somebody multiply at the board until only p − y is left. **Wait for** “lecture
# 03.” Afterwards the flat labels: **ask** for the shape of W after the step before you
# show (2, 100).

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10, 3.5))
ax.set(xlim=(0, 10), ylim=(-0.1, 3.5)), ax.axis("off")
ax.set_title("The chain, with x = 2, y = 1, w = 0.5, b = −1")
arrow = {"arrowstyle": "->", "lw": 2}
for at, words in (0.8, "w=0.5"), (3.4, "z=0"), (6.2, "p=0.5"), (9.1, "ℓ=0.693"):
    ax.text(at, 2, words, ha="center", va="center", size=15,
            bbox={"boxstyle": "round,pad=0.5", "fc": "#E8F1F8", "ec": GRAY})
for at, words, number in (2.1, "$x$", "2"), (4.8, "$p(1-p)$", "0.25"), (
        7.6, r"$\frac{p-y}{p(1-p)}$", "−2"):
    ax.annotate("", (at + 0.5, 2), (at - 0.5, 2), arrowprops=arrow)
    ax.text(at, 2.7, words, ha="center", size=17, color=VERMILION)
    ax.text(at, 1.3, number, ha="center", size=15, color=VERMILION)
ax.text(5, 0.2, "2 · 0.25 · (−2) = −1 = (p − y) x", ha="center", size=17)
show(fig, alt="Boxes w, z, p, ℓ; arrows carry the slopes 2, 0.25 and −2.",
     see="p(1 − p) cancels; what stays is the error times the input.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The same form as in lecture 03
#
# The factor $\hat p(1-\hat p)=\sigma'(z)$ cancels: $\frac{d\ell}{dz}=\hat p-y$. Since
# $\frac{\partial z}{\partial w_j}=x_j$ and $\frac{\partial z}{\partial b}=1$, a sample gives
# $(\hat p-y)\,x_j$ for $w_j$ and $\hat p-y$ for $b$. The means over the samples are
#
# $$\frac{\partial J}{\partial W}=\frac1mX^\top(P-Y)\quad(n,1),\qquad
# \frac{\partial J}{\partial b}=\frac1m\sum_{i=1}^m\bigl(\hat p^{(i)}-y^{(i)}\bigr)
# \quad(1,)$$
#
# Only the prediction differs: $P=\sigma(XW+b)$ instead of $\hat Y=XW+b$. The step of
# gradient descent is the same, too.
#
# **One valley.** From $\ell'=\sigma-y$ follows $\ell''=\sigma(1-\sigma)>0$ in $z$, and $z$ is
# linear in $W$ and $b$. So along any straight path through the parameters $J$ never
# bends downward: it is convex. A gradient of 0 is a global minimum. (Whether there
# *is* a minimum, section 12 asks.)

# %% slideshow={"slide_type": "subslide"}
def J_at(W, b):
    return log_loss(Y[:, 0], model(X, W, b)[:, 0])  # scikit-learn's BCE
gW, gb = np.zeros((2, 1)), np.zeros(1)
for x_i, y_i in zip(X, Y, strict=True):  # (2,), (1,); one after the other
    error = expit(x_i @ W + b) - y_i  # (1,)
    gW[:, 0], gb = gW[:, 0] + error * x_i / m, gb + error / m
h, d = 1e-5, 1e-5 * np.eye(2)[:, :, None]  # d[j] is (2, 1): a step along w_j
measured = [(J_at(W + d[j], b) - J_at(W - d[j], b)) / (2 * h) for j in (0, 1)]
assert np.allclose(gW[:, 0], measured, atol=1e-7)
assert np.isclose(gb[0], (J_at(W, b + h) - J_at(W, b - h)) / (2 * h), atol=1e-7)

# What is wrong here? Somebody keeps the labels flat, of shape (m,).
dW = X.T @ (model(X, W, b) - Y.ravel()) / m
print("after one step W has the shape", (W - 0.1 * dW).shape)


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong with the flat labels
#
# <details><summary>Answer to the puzzle</summary>
#
# $(100,1)$ minus $(100,)$ broadcasts to $(100,100)$: each prediction against every
# label. So `dW` is $(2,100)$, and $W$, of shape $(2,1)$, minus that is $(2,100)$: a
# hundred models instead of one, and no error message. Check that `P.shape == Y.shape`
# before you subtract.
#
# </details>
#
# **Your turn.** All features are 0 for some sample. What does it add to
# $\partial J/\partial W$, and what to $\partial J/\partial b$?
# <details><summary>Answer</summary>
#
# Nothing to $W$, since its inputs are 0; $\frac1m(\hat p-y)$ to $b$.
#
# </details>
#
# > **Take away:** $\frac1mX^\top(P-Y)$: error times input, averaged. The log in the loss
# > undoes the flatness of the sigmoid.

# %% [markdown] rows=["L05.10"] slideshow={"slide_type": "slide"}
# ## 10. Can we watch it learn?
#
# The loop is that of lecture 04: predict, compute both gradients, take a step, repeat.
# We keep the loss *before* each step, the `history`. In `train` below it is the last
# column of the result; the last row is where the walk ends.
#
# The usual start is $W=0$, $b=0$; $J$ is convex, so no start leads into a wrong valley.
# For the show we start badly on purpose, with $W=(-2,1)^\top$ and $b=-2$.
#
# **Predict:** how does the border move from one picture to the next: does it jump, turn,
# shift? Where is the loss at the start, below or above $\log2$? Does the accuracy rise
# with every step?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 95–103 min.*
# **Wait for** “turns and shifts at once.” **Often heard:** “the accuracy rises with
# every step.” It may fall; only the loss is made small. Then press Play.

# %% slideshow={"slide_type": "subslide"}
def train(w1, w2, b, lr, n_steps):  # number by number; in hw04: arrays
    path, rows = [], np.hstack([X, Y]).tolist()  # a row: x1, x2, y
    for _ in range(n_steps + 1):
        g1 = g2 = gb = loss = 0.0
        for x1, x2, y in rows:
            p = sigmoid_of_one(w1 * x1 + w2 * x2 + b)
            loss -= math.log(p if y else 1 - p) / m
            g1, g2, gb = g1 + (p - y) * x1, g2 + (p - y) * x2, gb + (p - y)
        path.append((w1, w2, b, loss))  # before the step
        w1, w2, b = w1 - lr * g1 / m, w2 - lr * g2 / m, b - lr * gb / m
    return np.array(path)  # (n_steps + 1, 4)

bad_start = train(-2.0, 1.0, -2.0, lr=0.05, n_steps=2000)
print("loss:", bad_start[[0, 50, 500, 2000], 3].round(3))


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
def place(k, t=0.5, far=9.0):  # the two ends of the line where P = t
    w, b = bad_start[int(k), :2], bad_start[int(k), 2]
    foot = (math.log(t / (1 - t)) - b) * w / (w @ w)
    along = far * np.array([-w[1], w[0]]) / np.linalg.norm(w)
    return np.array([foot - along, foot + along])  # (2, 2), a row is a point

def half_plane(k):  # the side of class 1, four corners
    w, ends = bad_start[int(k), :2], place(k)
    return np.vstack([ends, ends[::-1] + 9 * w / np.linalg.norm(w)]).T

def accuracy_at(k):
    z = X @ bad_start[int(k), :2] + bad_start[int(k), 2]
    return ((z >= 0) == Y[:, 0]).mean()
late = np.diff([accuracy_at(k) for k in range(500, 2001)]).round(2)
assert late[late != 0].tolist() == [-0.01]  # one flower, once

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, right) = plt.subplots(1, 2, figsize=(10.4, 3.9))
left.plot(*X[Y[:, 0] == 0].T, "o", *X[Y[:, 0] == 1].T, "s", ms=6)
left.axis((-2.8, 2.8, -2.6, 2.6)), left.set_title("The border turns")
left.set(xlabel="petal length", ylabel="petal width")
right.plot(bad_start[:, 3], color=GREEN), right.set_title("The loss falls")
right.set(xlabel="step", ylabel="J", ylim=(0, 1.7))
demo = Demo("train", fig, seconds=8, alt="A line turns, a curve of loss falls.",
            see="Fast, then slow. Shaded: class 1. Dotted: P = 0.1 and 0.9.")
demo.slider("k", np.arange(0, 2001, 50), label="step", fmt="{:.0f}")
demo.area(left, half_plane, color=VERMILION, alpha=0.13, lw=0, zorder=1)
for t, style in (0.1, ":"), (0.5, "-"), (0.9, ":"):
    demo.line(left, lambda k, t=t: place(k, t).T, color=INK, ls=style)
demo.points(right, lambda k: (k, bad_start[int(k), 3]), color=INK, ms=12)
demo.readout(lambda k: f"J {bad_start[int(k), 3]:.3f}, right {accuracy_at(k)}")
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What the border does
#
# It turns and shifts at once, fast at first. Far on the wrong side $|\hat p-y|$ is
# nearly 1, so those flowers pull hardest. Later few errors are large; from step 500 to
# 2000 the accuracy changes only once, and falls by one flower, while $J$ falls at
# every step here. Gradient descent makes $J$ small; the accuracy only follows.
#
# The accuracy is that on the *training* flowers: lecture 02 says what it is worth.
#
# **Your turn.** A larger rate would be faster. At $W=0$, $b=0$ the curvature of $J$ is
# that of the half-MSE times $\frac14$. Why? And why is it nowhere larger?
# <details><summary>Answer</summary>
#
# $\ell''=\sigma(1-\sigma)$ in $z$, which is $\frac14$ at $z=0$ and less elsewhere; for the
# half-MSE it is 1. So every rate that is safe for least squares on this $X$ (lecture
# 04) is safe here.
#
# </details>
#
# > **Take away:** the loop is unchanged; the line rotates into place.

# %% [markdown] rows=["L05.11"] slideshow={"slide_type": "slide"}
# ## 11. What do the two regressions share?
#
# | | linear (lecture 03) | logistic |
# |:--|:--:|:--:|
# | targets | real numbers | 0 or 1 |
# | **score, the same** | $Z=XW+b$ | $Z=XW+b$ |
# | prediction $\phi(Z)$ | $\phi(z)=z$ | $\phi(z)=\sigma(z)$ |
# | $y$, given $x$ | normal | Bernoulli |
# | loss | $\frac1{2m}\sum(\hat y-y)^2$ | $-\frac1m\sum[y\log\hat p+(1-y)\log(1-\hat p)]$ |
# | **gradient, the same** | $\frac1mX^\top(\phi(Z)-Y)$ | $\frac1mX^\top(\phi(Z)-Y)$ |
# | minimum | by a formula | by a search |
#
# **Predict:** at the minimum of either loss, what is $\sum_i(\phi(z^{(i)})-y^{(i)})$?
#
# > **Take away:** prediction and loss change together; the gradient keeps its form.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 103–107 min.*
# **Wait for** 0, in both columns. **Often heard:** “only in the left one.” The bias
# sees to it, in both.

# %% slideshow={"slide_type": "subslide"}
logistic = LogisticRegression(C=np.inf, tol=1e-9, max_iter=1000)  # no penalty
logistic.fit(X, Y[:, 0])
linear = LinearRegression().fit(X, Y[:, 0])
# Gradient 0 at the minimum: in both, the errors balance (as in lecture 03).
for fit, phi in (linear, lambda z: z), (logistic, expit):
    e = phi(X @ fit.coef_.ravel() + fit.intercept_) - Y[:, 0]  # (100,)
    print(f"{type(fit).__name__:>18}: sum of errors {abs(e.sum()):.4f}, "
          "X.T e", abs(X.T @ e).round(4))
    assert np.allclose([e.sum(), *(X.T @ e)], 0, atol=1e-4)
w1, w2, b_end, lowest = train(0.0, 0.0, 0.0, lr=4.0, n_steps=1000)[-1]
print(f"our loop: w = ({w1:.3f}, {w2:.3f}), b = {b_end:.3f}, J = {lowest:.4f}")
assert np.allclose([w1, w2, b_end], [*logistic.coef_[0], *logistic.intercept_],
                   atol=1e-3)
assert round(lowest, 4) == 0.1028 and logistic.score(X, Y[:, 0]) == 0.94
assert (np.diff(bad_start[:, 3]) < 0).all()  # the loss fell at every step


# %% [markdown] rows=["L05.12"] slideshow={"slide_type": "slide"}
# ## 12. What if the scores or the weights become large?
#
# **Scores.** As a float $\sigma(40)$ is 1, and the cost for $y=0$ becomes
# $-\log(1-1)=\infty$, although it is about 40. So do not go through $\hat p$. Put
# $1-\sigma(z)=\sigma(-z)$ and $\log\sigma(z)=z+\log\sigma(-z)$ into $\ell$:
#
# $$\ell=-\bigl[y\log\sigma(z)+(1-y)\log\sigma(-z)\bigr]=\log(1+e^z)-z\,y .$$
#
# For $z>0$ take out $e^z$, lest it overflow: $\log(1+e^z)=z+\log(1+e^{-z})$. Both signs
# of $z$ in one line:
#
# $$J=\frac1m\sum_{i=1}^m\Bigl[\max(z^{(i)},0)-z^{(i)}y^{(i)}+
# \log\bigl(1+e^{-|z^{(i)}|}\bigr)\Bigr]$$
#
# A score that goes into a sigmoid is called a **logit**.
#
# **Predict:** one class lies left of 0, the other right of it, with a gap. To which $w$
# does gradient descent lead?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 107–120 min.*
# **Wait for** “to none, it grows without end.” **Often heard:** “to the middle of the
# gap”: that is the border, not w. In the picture: ten times the steps add 2.3, again
# and again.

# %% slideshow={"slide_type": "subslide"}
def cost_from_score(z, y):  # one number; the homework wants whole arrays
    return max(z, 0) - z * y + math.log1p(math.exp(-abs(z)))
# log1p(u) is log(1 + u), and stays exact where u is too small to be added to 1.

for z_i in (-30.0, -2.0, 0.0, 2.0, 30.0):
    p = expit(z_i)
    assert math.isclose(cost_from_score(z_i, 1), -math.log(p), abs_tol=1e-12)
    assert math.isclose(cost_from_score(z_i, 0), -math.log(1 - p), rel_tol=1e-3)
with np.errstate(divide="ignore"):  # we know that log 0 comes
    print("through P:", -np.log(1 - expit(40.0)))
print("from the score:", cost_from_score(40.0, 0))
assert cost_from_score(40.0, 0) == 40 and cost_from_score(1000, 1) == 0
assert cost_from_score(-1000, 1) == 1000

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
x4, y4 = np.array([-2, -1, 1, 2]), np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
path = [np.zeros((2, 1))]  # a weight for each row of labels; learning rate 1
share = x4[:, None] / 4  # (4, 1)
for _ in range(100_000):
    path.append(path[-1] - (expit(path[-1] * x4) - y4) @ share)
k, path = np.unique(np.geomspace(1, 1e5, 60, dtype=int)), np.array(path)[..., 0]
tens = path[[100, 1000, 10_000, 100_000], 0]
assert np.array_equal(tens.round(1), [4.0, 6.2, 8.5, 10.8])
z = path[k][:, :, None] * x4  # (steps, 2, 4)
fig, (left, right) = plt.subplots(1, 2, figsize=(10.4, 3.6))
left.semilogx(k, path[k]), left.set(xlabel="step", ylabel="w")
right.loglog(k, (np.logaddexp(0, z) - z * y4).mean(2)), right.set(xlabel="step",
    title="J falls to 0 (solid), or rests"), left.set(title="w grows, or rests")
show(fig, alt="Left: w over log steps, one line rises, one is level. Right: J.",
     see="Solid, a gap: ten times the steps add 2.3 to w. Dashed: labels mix.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Separable classes: no best weights
#
# Samples $x=(-2,-1,1,2)$, no bias, $\alpha=1$. Labels $(0,0,1,1)$ are **separable**: a
# border has all of them strictly on their sides. Then a larger $w$ is always better:
# $J\to0$, never 0. After $10^2,10^3,10^4,10^5$ steps $w=4.0,\ 6.2,\ 8.5,\ 10.8$, and so on
# without end. From only four samples the model then claims $\hat p=0.99998$ at $x=1$.
#
# With labels $(0,1,0,1)$ no border gets all four right, and $J$ has a minimum.
#
# This is a first need for **regularization** (lecture 07): a penalty on
# $\lVert W\rVert^2$.
#
# **Your turn.** Which iris species, against the other two, makes $\lVert W\rVert$ grow
# forever?
# <details><summary>Answer</summary>Setosa: a plane separates it from the rest (lecture
# 02). The others cannot be separated.</details>
#
# > **Take away:** compute the loss from the scores. On separable data $\lVert W\rVert$
# > grows without end, and the model becomes too sure.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - $P=\sigma(XW+b)$, $(m,n)\,(n,1)+(1,)\to(m,1)$: the log-odds are linear in $x$.
# - Answer 1 where $\hat p\ge t=c_{FP}/(c_{FP}+c_{FN})$.
# - The border $x\cdot w+b=0$ is a line, plane or hyperplane, perpendicular to $w$.
# - $J=-\frac1m\sum\bigl[y\log\hat p+(1-y)\log(1-\hat p)\bigr]$: maximum likelihood for
#   Bernoulli labels; convex, unlike the squared error on a sigmoid.
# - $\frac{\partial J}{\partial W}=\frac1mX^\top(P-Y)$,
#   $\frac{\partial J}{\partial b}=\frac1m\sum_i(\hat p^{(i)}-y^{(i)})$: as in lecture 03.
# - From the scores: $J=\frac1m\sum[\max(z,0)-zy+\log(1+e^{-|z|})]$, no overflow.
# - Separable classes: $\lVert W\rVert$ grows forever while $J\to0$.
#
# Next, lecture 06: more than two classes. Now open `hw04_logistic_regression.ipynb`.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Check yourself
#
# 1. Somebody writes the model as $\sigma(X^\top w)$, with samples in the rows of $X$,
#    $(50,3)$, and $w$ of shape $(3,1)$. What happens?
#    <details><summary>Answer</summary>$X^\top$ is $(3,50)$ and does not fit to $(3,1)$:
#    an error. Right is $Xw$, $(50,1)$.</details>
# 2. "For $y=1$ we want $\log\hat p$ to be close to 1." What is wrong?
#    <details><summary>Answer</summary>$\log\hat p\le0$. We want $\hat p$ close to 1, and
#    then $\log\hat p$ is close to 0.</details>
# 3. A book minimizes $-\frac1m\sum\bigl[-(y\log\hat p+(1-y)\log(1-\hat p))\bigr]$. What
#    will it find?
#    <details><summary>Answer</summary>The two signs cancel, so it minimizes the
#    likelihood: the gradient has the wrong sign, and the fit runs to ever worse
#    predictions.</details>
# 4. Somebody divides the cross-entropy by $2m$. Which of these change: the place of the
#    minimum, the gradient, the path of gradient descent with the same rate?
#    <details><summary>Answer</summary>The place stays. The gradient is halved, so the
#    steps are half as long.</details>
# 5. $\hat p=0.3$. For which costs do we answer 1?
#    <details><summary>Answer</summary>If $c_{FP}/(c_{FP}+c_{FN})\le0.3$, which means
#    $c_{FN}\ge\frac73c_{FP}$.</details>
# 6. Is $\hat p=0.7$ the probability that the unit "fires"?
#    <details><summary>Answer</summary>No. The unit always returns 0.7 for this $x$. It is
#    the estimated probability that the label is 1.</details>
# 7. Your `sigmoid` returns the right values, but a warning for $z=-1000$. Why?
#    <details><summary>Answer</summary>Somewhere $e^{1000}$ is computed, perhaps in the
#    branch of `np.where` that is not chosen.</details>
# 8. The loss prints `nan` though all predictions are right. Why?
#    <details><summary>Answer</summary>Some $\hat p$ is exactly 0 or 1 as a float, and
#    $0\cdot\log0$ is `nan`. Use the term that belongs to the label, or the scores.</details>
#
# ## Read more
#
# - D. R. Cox (1958), *The regression analysis of binary sequences*, Journal of the Royal
#   Statistical Society B 20.
# - P. Auer, M. Herbster and M. K. Warmuth (1996), *Exponentially many local minima for
#   single neurons*, NIPS 8: the squared error on a sigmoid.
# - C. M. Bishop (2006), *Pattern Recognition and Machine Learning*, section 4.3.
# - T. Hastie, R. Tibshirani and J. Friedman (2009), *The Elements of Statistical
#   Learning*, 2nd edition, section 4.4.
# - C. Elkan (2001), *The foundations of cost-sensitive learning*, IJCAI.
# - D. Soudry and others (2018), *The implicit bias of gradient descent on separable
#   data*, Journal of Machine Learning Research 19.
# - W. N. Street, W. H. Wolberg and O. L. Mangasarian (1993), *Nuclear feature extraction
#   for breast tumor diagnosis*: the lumps.
