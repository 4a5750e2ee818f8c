# %% [markdown] slideshow={"slide_type": "slide"}
# # What learning from data means
#
# *How can a machine be right about an example that it has never seen?*
#
# After this lecture you can
# - **tell** supervised, unsupervised and reinforcement learning apart,
# - **name** the input and the target of an application,
# - **show** why a good fit to known examples is not enough,
# - **compute** a conditional probability, a matrix product and a derivative by
#   the chain rule, and check them in code,
# - **decide** when a simple model comes first, and hand in your homework.
#
# **Needs** basic Python and school mathematics · **Time** 90 minutes ·
# **Prepares** `hw01_numpy` (its two warm-ups; lecture 02 prepares the rest) ·
# **Code** uses NumPy, which lecture 02 explains: here, read it for its idea

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 0–3 min.*
# Sections 1 to 4 are the heart, until minute 48. Then the mathematics (5 to 7), what it
# is used for (8), where it comes from (9), when not to use it (10), and the rules (11).
# Late? Show the pictures of section 8 without words, and leave section 9 to be read.

# %% slideshow={"slide_type": "skip"}
from collections import Counter
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from demos import Demo
from figures import BLUE, GRAY, GREEN, INK, ORANGE, SKY, VERMILION
from figures import show, use_style
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

use_style()
plain = {"xticks": [], "yticks": []}  # for sketches: no numbers on the axes
arrow = {"arrowstyle": "-|>", "lw": 2, "color": INK}
box = {"boxstyle": "round,pad=0.5", "fc": "white", "ec": GRAY, "lw": 1.5}


# %% [markdown] rows=["L01.4"] slideshow={"slide_type": "slide"}
# ## 1. What is there to learn from examples?
#
# A friend shows you pictures and says *cat* or *not cat*. Then she shows you a
# new one. A **sample** is an input $x^{(i)}\in\mathbb R^n$, here the $n$ numbers
# of a picture, and often a **target** $y^{(i)}$, the answer. Each of the $n$
# numbers is a **feature**. Given $m$ samples $(x^{(i)},y^{(i)})$, we want a
# function $f$, the **model**, whose **prediction** $\hat y=f(x)$ comes close:
#
# $$f(x^{(i)})\approx y^{(i)}\ \text{ for } i=1,\dots,m,\qquad\textbf{and}
# \qquad f(x)\approx y\ \text{ for unseen } x.$$
#
# - **Regression**: $y$ is *continuous*, any number in a range, such as a price.
# - **Classification**: $y$ is one of $K$ **labels**, such as *cat*; $\approx$ then
#   means: mostly equal.
#
# The samples used to find $f$ are the **training data**; those kept aside to
# judge it are the **test data**.
#
# **Predict:** a program stores each training picture with its label. How many
# training pictures does it get right? How many new ones?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 3–15 min.*
# **Ask** for two numbers, known pictures and new ones; everybody writes them down.
# **Wait for** all of the known ones, none of the new ones. **Often heard:** “then it
# has learned, it makes no mistake.” Let it stand: two slides on, the code says 4 of 4
# and 0 of 4.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
def gallery(*rows):  # sketches side by side, each with a name and some lines
    fig, axes = plt.subplots(1, len(rows), figsize=(11, 3.7))
    for ax, (name, *lines) in zip(axes, rows, strict=True):
        ax.set(**plain, xlim=(-1, 1), ylim=(-1, 1), aspect="equal", title=name)
        ax.set_xlabel("\n".join(lines), loc="left", size=14)
        ax.grid(False), ax.spines[:].set_visible(False)
    return fig, *axes

def draw_cat(ax, x, y, s, lean=0.0):
    ax.plot([x - 1.4 * s, x + 1.4 * s], [y - 0.35 * s] * 2, "-", color=INK)
    for e in (-s, s):  # the ears
        ear = [(0.95 * e, 0.3 * s), (0.8 * e + lean, 1.6 * s), (0.2 * e, s)]
        ax.add_patch(plt.Polygon(np.add(ear, [x, y]), fc=ORANGE, ec=INK, lw=2))
    ax.add_patch(plt.Circle((x, y), s, fc=ORANGE, ec=INK, lw=2))
    ax.plot([x - s / 3, x, x + s / 3], [y + s / 5, y - s / 5, y + s / 5], "ok")


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, a, b, c = gallery(
    ("training picture x", "label y: cat", "prediction f(x): cat"),
    ("training picture x", "label y: not cat", "prediction f(x): not cat"),
    ("new picture x", "label y: unknown", "prediction f(x): cat ?"))
draw_cat(a, 0, -0.1, 0.55)
b.add_patch(plt.Rectangle((-0.45, -0.6), 0.9, 0.7, fc=SKY, ec=INK, lw=2))
b.add_patch(plt.Polygon([(-0.6, 0.1), (0, 0.7), (0.6, 0.1)], fc=VERMILION))
draw_cat(c, 0.25, 0.05, 0.4, lean=0.2)
show(fig, alt="Three drawings: a cat, label and prediction are cat; a house "
     "with label not cat and prediction not cat, a new cat without a label.",
     see="In training, label and prediction can be compared. For the new "
     "picture the label is unknown: the prediction is what we want.")

# %% slideshow={"slide_type": "subslide"}
training = [(4.1, "cat"), (5.0, "cat"), (28.0, "not cat"), (33.5, "not cat")]
unseen = [(4.6, "cat"), (3.7, "cat"), (30.0, "not cat"), (2.0, "not cat")]
memory = dict(training)  # one feature, the weight in kg, and its label

def remember(x):
    return memory.get(x, "unknown")

def rule(x):
    return "cat" if x < 16.5 else "not cat"  # halfway between 5 and 28

for f in (remember, rule):
    known = sum(f(x) == y for x, y in training)
    new = sum(f(x) == y for x, y in unseen)
    print(f"{f.__name__:8}  training {known} of 4, unseen {new} of 4")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Perfect memory is not learning
#
# Both models are right on all four training samples. On unseen ones `remember`
# gets 0 of 4, `rule` gets 3 of 4. It misses a rabbit of 2 kg: the weight alone
# does not decide. Only the test data told the two models apart. The training
# result matters, too: a model that fails there has not learned enough.
#
# **Your turn.** Regression or classification? (a) the price of an apartment from
# its size, (b) spam or not, (c) which digit 0 to 9, (d) tomorrow's temperature.
# <details><summary>Answer</summary>
#
# (a) and (d) are regression: the target is continuous. (b) and (c) are
# classification, with $K=2$ and $K=10$. The digits are names here: a 9 is
# not three times as much as a 3.
#
# </details>
#
# > **Take away:** supervised learning looks for a function that is right on the
# > training data *and* on data that it has not seen.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# One minute in pairs for “Your turn”. **Often heard:** (c) is regression, because
# digits are numbers. Ask back: is a 9 three times as much as a 3?

# %% [markdown] rows=["L01.7"] slideshow={"slide_type": "subslide"}
# ### One thing, many names
#
# Statistics, computer science and the natural sciences each met this problem
# and named its parts. Read each column as words for one part:
#
# | inputs $x$ | → | machine $f$ | → | outputs $y$ |
# |:--|:-:|:--|:-:|:--|
# | features | → | model | → | targets |
# | attributes | → | algorithm | → | responses |
# | predictors | → | technique | → | labels, classes |
# | independent variables | → | | → | dependent variables |
#
# Two words look alike. A *predictor* is an **input**, the same as a feature; a
# *prediction* is an **output** of the model. And an *independent* variable is
# only one that we choose or measure first: section 5 needs the word for
# something else.
#
# In this course: *feature*, *model*, *target*; *label* for the target of a
# classification.

# %% [markdown] rows=["L01.3"] slideshow={"slide_type": "slide"}
# ## 2. Can one learn without answers?
#
# What the machine is given decides what it can be asked.
#
# - **Supervised learning**: pairs $(x,y)$. We want the map $x\to y$.
# - **Unsupervised learning**: only $x$. We want hidden structure: **clusters**,
#   which are groups of samples that lie close together, or a good
#   *representation*, often fewer numbers, which keep what matters.
# - **Reinforcement learning**: an **agent** acts. After each action its
#   *environment* answers with a new *state*, what the situation is now, and a
#   **reward**, a number. We want a sequence of
#   actions with the largest pay-off.
#
# **Predict:** somebody removes all labels from the next left-hand plot. Could
# you still draw the border between the two groups? Could you still name them?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 15–25 min.*
# **Ask** the two questions one by one, hands up. **Wait for** yes to the border, no to
# the names. **Often heard:** “without labels nothing can be learned.”

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
rng = np.random.default_rng(4)
fig, one, two, three = gallery(
    ("Supervised", "feature 1 →, 2 ↑", "labels: ● cat, ■ not cat"),
    ("Unsupervised", "no labels"), ("Reinforcement", "a loop"))
for x0, y0, mark, color in (-0.4, 0.4, "o", BLUE), (0.4, -0.4, "s", VERMILION):
    spots = rng.normal((x0, y0), 0.17, (25, 2)).T
    one.plot(*spots, mark, color=color); two.plot(*spots, "o", color=GRAY)
    two.add_patch(plt.Circle((x0, y0), 0.52, fill=False, ls="--", lw=2))
    name, k = ("agent", -0.45) if x0 < 0 else ("environment", 0.45)
    three.text(0, 1.6 * y0, name, ha="center", va="center", size=14, bbox=box)
    three.annotate("", (-k, 0.9 * k), (-k, -0.9 * k), arrowprops=arrow)
three.text(0.52, 0, "action"); three.text(-0.98, -0.12, "state,\nreward")
show(fig, alt="Points with and without labels; an agent and its environment.",
     see="Without labels you still see two groups and a border, but no names.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What is a later reward worth?
#
# Let $r_k$ be the reward after $k$ steps. The **return** $G$ adds them up, the
# later ones with less weight:
#
# $$G=\sum_{k\ge0}\gamma^k r_k=r_0+\gamma r_1+\gamma^2r_2+\dots,\qquad
# 0\le\gamma<1$$
#
# $\gamma$ is the **discount factor**. For rewards $2,0,8$ and
# $\gamma=\frac12$: $G=2+\frac12\cdot0+\frac14\cdot8=4$. A reward of 1 at every
# step, for ever, has the finite return $1/(1-\gamma)$.
#
# **Predict:** plan A pays 3 now. Plan B pays 10 after five steps. For which
# $\gamma$ is B the better plan?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(9, 3.7))
ax.set(xlim=(-0.6, 5.8), ylim=(0, 11), xlabel="step k", ylabel="worth today")
ax.set_title("Plan A: 3 now (left bar). Plan B: 10 after five steps.")
ax.bar([5], [10], 0.6, fill=False, ec=GRAY, ls=":", lw=2)
demo = Demo("discount", fig, alt="A bar of height 3 at step 0. A curve of "
            "powers of gamma falls; the bar at step 5 ends on it.",
            see="The smaller γ, the less is plan B worth today. Just below "
            "γ = 0.79 it drops under 3, and plan A is better.")
demo.slider("g", np.linspace(0, 0.99, 34), label="discount factor γ", start=0.9)
demo.bars(ax, lambda g: ([0], [3]), width=0.6)
demo.bars(ax, lambda g: ([5], [10 * g**5]), width=0.6, color=VERMILION)
demo.line(ax, lambda g: (range(6), [10 * g**k for k in range(6)]), color=GRAY)
demo.readout(lambda g: f"A is worth 3.00, B is worth {10 * g**5:.2f}: take "
             + ("B" if 10 * g**5 > 3 else "A"))
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# **Ask** for the γ at which both plans are worth the same, before you move. Then go
# down from 0.9: between 0.81 and 0.78 the readout turns from B to A.

# %% slideshow={"slide_type": "subslide"}
# Two clusters of numbers. No label is used anywhere.
numbers, low, high = [1.0, 5.3, 0.8, 4.9, 1.2, 5.1], 0.8, 5.3
for _ in range(3):  # share the numbers out, then move the two centers
    near_low = [v for v in numbers if abs(v - low) < abs(v - high)]
    near_high = [v for v in numbers if v not in near_low]
    low, high = (sum(g) / len(g) for g in (near_low, near_high))
print(f"clusters {near_low} and {near_high}, centers {low:.1f} and {high:.1f}")

G = 0.5**0 * 2 + 0.5**1 * 0 + 0.5**2 * 8  # rewards 2, 0, 8, term by term
assert G == 4.0  # assert: an error if this is not true
turning_point = (3 / 10) ** (1 / 5)  # here 10 γ⁵ equals 3
print(f"B is better for gamma above {turning_point:.3f}")
assert np.isclose(10 * turning_point**5, 3)  # equal, up to rounding
assert np.isclose(sum(0.9**k for k in range(400)), 1 / (1 - 0.9))  # "for ever"


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Three types, three questions
#
# **Your turn.** Which type? (a) A shop groups its customers by what they buy.
# (b) A program learns chess by playing; it is told who won. (c) A program
# learns to find tumors from scans that doctors have marked.
# <details><summary>Answer</summary>
#
# (a) Unsupervised: nobody says which groups exist. (b) Reinforcement: one
# reward after many moves, and the program must find out which moves earned it.
# (c) Supervised: the marks are the targets.
#
# </details>
#
# You can now start the first warm-up of `hw01_numpy`, `discounted_return`.
#
# > **Take away:** targets, no targets, or rewards: what is given decides the
# > type of learning. The discount factor says how much a later reward counts.

# %% [markdown] rows=["L01.5"] slideshow={"slide_type": "slide"}
# ## 3. A law from theory, or a machine that bends?
#
# You throw a ball straight up and measure its height $y$ at 24 times $t$, the
# input, within two seconds. Each value has a random error of some 30 cm. A
# **parameter** is a number in the model that the data choose. Two models:
#
# - physics: $y=v\,t-\frac12g\,t^2$, with **2** parameters: first speed $v$,
#   gravity $g$,
# - a polynomial $c_0+c_1t+\dots+c_{19}t^{19}$, with **20** parameters.
#
# The polynomial contains the law: it can bend that way, and in many others. To
# count exact hits makes no sense: our score is half the mean squared error
# (lecture 03: why half):
#
# $$J=\frac1{2m}\sum_{i=1}^m\bigl(f(t^{(i)})-y^{(i)}\bigr)^2$$
#
# **Predict:** which model has the smaller $J$ on the 24 measured points? Which
# on points measured in between, which the fit has not seen?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 25–40 min.*
# Two votes, both before the next slide: who wins on the 24 points, who in between?
# **Wait for** the second vote to split the class. **Often heard:** “the polynomial,
# twice: it contains the law.”

# %% slideshow={"slide_type": "subslide"}
def throw(times, seed):  # a ball with noise; arrays compute all times at once
    noise = np.random.default_rng(seed).normal(0, 0.3, len(times))
    return 10 * times - 9.81 * times**2 / 2 + noise

def half_mse(prediction, target):
    return ((prediction - target) ** 2).mean() / 2

t = np.linspace(0, 2, 24)  # 24 times from 0 to 2 seconds
t_new = (t[1:] + t[:-1]) / 2  # the 23 times in between
y, y_new = throw(t, 2), throw(t_new, 12)

columns = np.column_stack([t, -(t**2) / 2])  # one column per parameter
v, g = np.linalg.lstsq(columns, y, rcond=None)[0]  # smallest J: lecture 03
print(f"v = {v:.2f} m/s, g = {g:.2f} m/s²")


# %% slideshow={"slide_type": "subslide"}
def law(times):
    return v * times - g * times**2 / 2

def fit(times, heights, p):  # a polynomial with p parameters, computed safely
    return np.polynomial.Chebyshev.fit(times, heights, deg=p - 1)

lots = np.linspace(0, 2, 2000)  # the same family, but 2000 measurements
assert abs(half_mse(law(t_new), y_new) - 0.0389) < 5e-5
for name, f in (("law, 2 parameters", law),
                ("20 parameters", fit(t, y, 20)),
                ("20, from 2000 points", fit(lots, throw(lots, 3), 20)),
                ("line, 2 parameters", fit(t, y, 2))):  # a wrong law
    print(f"{name:20}  J on the 24 points {half_mse(f(t), y):.4f}, in between",
          round(half_mse(f(t_new), y_new), 4))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
p, fine = np.arange(1, 21), np.linspace(0, 2, 99)
fits = [fit(t, y, k) for k in p]
J2 = np.array([[half_mse(f(t), y), half_mse(f(t_new), y_new)] for f in fits])
fig, (a, b) = plt.subplots(1, 2, figsize=(10.4, 3.9))
a.plot(fine, law(fine)); a.plot(t, y, "o", color=INK, label="training")
a.plot(t_new, y_new, "x", color=GREEN, mew=2, label="unseen"); a.legend()
a.set(xlabel="t (s)", ylabel="y (m)", ylim=(-2, 7), title="Polynomial: dashed")
b.semilogy(p, J2[:, 0], p, J2[:, 1]); b.legend(["training J", "test J"])
b.set(xlabel="parameters", xticks=p[4::5], ylabel="J", title="Test J turns up")
demo = Demo("degree", fig, alt="Left: points, law, polynomial. Right: training "
            "and test J.", see="Few parameters miss all points. Many miss the "
            "crosses, above all near both ends. (J axis: steps of 10 times.)")
demo.slider("k", p, label="parameters", start=20, fmt="{:.0f}")
demo.line(a, lambda k: (fine, fits[int(k) - 1](fine)), color=VERMILION, ls="--")
demo.points(b, lambda k: ([k, k], J2[int(k) - 1]), ms=10); demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# It starts at 20. **Ask** where the test J is lowest before you go down; it is at 3
# parameters. Then look at the left picture near both ends.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Two ends of a scale
#
# A small error on the training data together with a much larger one on test
# data from the same source is called **overfitting**: the random errors, the
# *noise*, were fitted, too.
#
# | | traditional modeling | machine learning |
# |:--|:--|:--|
# | form of $f$ | from theory | a flexible family |
# | parameters | few, often 1 to 20, each with a meaning | few to very many |
# | aim | understand, transfer, predict | predict unseen data |
# | judged by | prediction *and* simplicity | prediction on unseen data |
# | often fails when | the data are complex | the data are few |
#
# Two ends of one scale, not two species: a straight-line fit belongs to both. At
# the far end stand large **neural networks**: models that chain weighted sums,
# with bends in between.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
sizes = {"law of the ball": 2, "our polynomial": 20, "LeNet-5, 1998": 6e4,
         "AlexNet, 2012": 6e7, "VGG-16, 2014": 1.38e8, "GPT-3, 2020": 1.75e11}
fig, ax = plt.subplots(figsize=(10.4, 3.3))
ax.plot([1e5, 1.5e8], [-0.5] * 2, "-", color=SKY, lw=9, alpha=0.6)
ax.text(4e6, -0.85, "many image networks of the 2010s", ha="center")
for k, (name, size) in enumerate(sizes.items()):
    level = 0.8 if k in (1, 4) else 0.3
    ax.plot([size, size], [0, level], "-o", color=BLUE, markevery=[0], lw=1.5)
    ax.text(size, level + 0.08, name, ha="right" if k == 3 else "center")
ax.set(xscale="log", xlim=(0.3, 2e12), ylim=(-1, 1.4), yticks=[])
ax.set(xlabel="number of parameters", title="From 2 to 175 billion")
assert (np.diff(J2[:, 0]) < 0).all() and J2[:, 1].argmin() == 2
assert np.allclose(J2[19], [0.0045, 1.4137], atol=5e-5)  # next slide
show(fig, alt="A logarithmic scale with six models, from 2 to 175 billion.",
     see="Each mark is 100 times the last: a law and a language network fit.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Neither end always wins
#
# On the 24 points the polynomial wins: $J=0.0045$ against $0.0308$ of the
# law. In between it loses, $1.4137$ against $0.0389$. Fed with 2000
# measurements it is about as good as the law there: whether many parameters
# hurt depends on the data, and on how the fit is restrained. A line, a law
# that forgets gravity, is far off. But the right law carries further: put $1.62$
# in the place of $g$, and it speaks about a throw on the Moon.
#
# **Your turn.** Someone reports: "My model has a training error of 0." Which
# question do you ask, and what would `remember` of section 1 report?
# <details><summary>Answer</summary>
#
# What is the error on unseen data? `remember` is right on all training samples
# as well, and on none of the unseen ones.
#
# </details>
#
# > **Take away:** look at both errors. Training error above the noise: too stiff,
# > or badly fitted. Training error small, test error large: overfitting.

# %% [markdown] rows=["L01.6"] slideshow={"slide_type": "slide"}
# ## 4. How does a machine find its parameters?
#
# Learning has three ingredients:
#
# 1. a **hypothesis**: the family of functions from which $f$ is chosen. It
#    limits what can be represented at all;
# 2. an **objective** $J$: a number that says how bad a choice is, such as the
#    prediction error on the training data;
# 3. an **algorithm**, the *optimizer*, that looks for parameters with a small
#    $J$. In this course it is mostly gradient descent (lecture 04).
#
# An **optimization problem** has variables (the parameters), an objective, and
# constraints (here the family). The algorithm looks for its solution.
#
# At time $x$ a swing is at $\hat y=\sin(w\,x)$, with one unknown parameter $w$.
#
# **Predict:** you change $w$ little by little and keep every change that makes
# $J$ smaller. Do you always end at the same $w$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 40–48 min.*
# **Ask** whether it always ends at the same w. **Wait for** “it depends on where I
# start.” **Often heard:** “yes, J falls every time.” In the demo start at 4.2 and let
# the class say left or right, downhill only: it ends near 3.3. Then show 1.5.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10.4, 3.4))
ax.set(xlim=(0, 10.4), ylim=(-0.2, 3)), ax.axis("off")
for x0, name in ((1.1, "data\n(x, y)"), (3.9, "hypothesis\nŷ = f(x; w)"),
                 (6.8, "error\nJ(w)"), (9.3, "optimizer\nnew w")):
    ax.text(x0, 2, name, ha="center", va="center", size=15, bbox=box)
for left, right in ((1.85, 2.75), (5.05, 6.1), (7.5, 8.35)):
    ax.annotate("", (right, 2), (left, 2), arrowprops=arrow)
ax.plot([9.3, 9.3, 3.9], [1.35, 0.5, 0.5], "-", color=INK, lw=2)
ax.annotate("", (3.9, 1.4), (3.9, 0.48), arrowprops=arrow)
ax.text(6.6, 0.1, "again, until J no longer falls", ha="center", size=14)
show(fig, alt="Boxes in a row: data, hypothesis, error, optimizer. An arrow "
     "leads from the optimizer back to the hypothesis.",
     see="The data stay. What goes round is the parameter w.")

# %% slideshow={"slide_type": "subslide"}
time = np.linspace(0.2, 4, 14)  # seconds
swing = np.sin(1.5 * time) + np.random.default_rng(0).normal(0, 0.12, 14)
def J(w):
    return half_mse(np.sin(w * time), swing)

def descend(w, step):
    while step > 1e-6:
        best = min(w - step, w + step, key=J)  # the better of two neighbors
        w, step = (best, step) if J(best) < J(w) else (w, step / 2)  # halve
    return w

for start, step, goal in (1, 0.1, 1.476), (4.2, 0.1, 3.278), (4.2, 3, 1.476):
    w = descend(start, step)
    assert abs(w - goal) < 0.001
    print(f"start {start}, step {step}: w = {w:.3f}, J = {J(w):.4f}")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
every, later = np.linspace(0, 6, 400), np.linspace(0, 4.2, 90)
fig, (left, right) = plt.subplots(1, 2, figsize=(10.4, 3.8))
left.plot(time, swing, "o", color=INK)
left.set(xlabel="x (s)", ylabel="y", ylim=(-1.6, 1.6), title="One guess for w")
right.plot(every, [J(w) for w in every], color=GRAY)
right.set(xlabel="parameter w", ylabel="J", title="J has several valleys")
demo = Demo("valleys", fig, seconds=10, alt="Left: a sine curve, noisy points. "
            "Right: J over w, a curve with valleys; a point moves on it.",
            see="The deepest valley lies near w = 1.5. Who starts at 4.2 and "
            "only goes down, in small steps, ends near 3.3.")
demo.slider("w", np.linspace(0, 6, 61), label="w", start=4.2, fmt="{:.1f}")
demo.line(left, lambda w: (later, np.sin(w * later)))
demo.points(right, lambda w: ([w], [J(w)]), color=VERMILION, ms=12)
demo.readout(lambda w: f"J = {J(w):.3f}")
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What the result depends on
#
# From 1 the search ends at $w=1.48$, in the deepest valley. From 4.2 it ends at
# 3.28, where no small change helps and the fit is bad. With a first step of 3 it
# jumps over the hill and ends at 1.48.
#
# So the result depends on the **start value** and on the step. A number that is
# set before the fit, and that the fit does not choose, is a
# **hyper-parameter**: the first step here, the number of parameters of the
# polynomial before.
#
# The recipe of this course: fit a function to examples → choose an objective →
# choose an *update rule*, one step of the algorithm → look how the result depends
# on the start and on the hyper-parameters.
#
# > **Take away:** learning is optimization within a family of functions. A
# > smaller training error is the means, a small error on unseen data the goal.

# %% [markdown] rows=["L01.2"] slideshow={"slide_type": "slide"}
# ## 5. What changes once you know something?
#
# The next three sections refresh the mathematics that you need. First: chance.
# On each of 100 days you note the sky in the morning and whether rain follows; we
# take shares of days as probabilities. An *event* $A$, such as rain, has the
# probability $P(A)$, from 0 to 1. The **joint probability** $P(A\cap B)$ is that
# of both events together, and
#
# $$P(A\mid B)=\frac{P(A\cap B)}{P(B)}\qquad(P(B)>0)$$
#
# is the **conditional probability** of $A$ given $B$. Multiply by $P(B)$: the
# **product rule** $P(A\cap B)=P(B)\,P(A\mid B)$. The events are **independent**
# if $P(A\cap B)=P(A)\,P(B)$. Then, for $P(B)>0$, $P(A\mid B)=P(A)$: to know $B$
# changes nothing.
#
# **Predict:** it rains on 30 of 100 days. In the morning it is cloudy. Is rain
# now more probable? Is $P(\text{rain}\mid\text{cloudy})$ the same as
# $P(\text{cloudy}\mid\text{rain})$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 48–56 min.*
# **Ask** for P(rain | cloudy) while only this slide is shown; the numbers come with the
# picture: 0.24 of 0.40. **Wait for** 0.60. **Often heard:** 0.24, the joint
# probability, and “the other way round it is the same” (it is 0.80).

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10.8, 3.6))
ax.set(xlim=(-0.1, 12.9), ylim=(-3.1, 1), title="Sky and rain", xticks=[])
for x0, cells in ((0, """joint dry rain sum   clear 0.54 0.06 0.60
                  cloudy 0.16 0.24 0.40   sum 0.70 0.30 1.00"""),
        (7.6, "given dry rain sum clear 0.90 0.10 1.00 cloudy 0.40 0.60 1.00")):
    for k, cell in enumerate(cells.split()):
        (i, j), fc = divmod(k, 4), ("", "w", "#FBE3A8", "#EEF1F4")[k // 4]
        x = x0 + 1.3 * j
        if i and j:
            ax.add_patch(plt.Rectangle((x, -i), 1.3, 1, fc=fc, ec=INK))
        ax.text(x + 0.65, 0.35 - i, cell, ha="center", size=15)
ax.annotate("", (7.5, -1.5), (5.4, -1.5), arrowprops=arrow), ax.axis("off")
ax.text(6.45, -1.75, "divide by\n0.40", ha="center", va="top", size=14)
show(fig, alt="Joint probabilities of sky and rain; rows divided by their sum.",
     see="Once it is cloudy, only this row counts. Divided, it adds up to 1.")

# %% slideshow={"slide_type": "subslide"}
sky_rain = np.array([[0.54, 0.06], [0.16, 0.24]])  # clear, cloudy; dry, rain
cloudy = sky_rain[1]  # row 1; counting starts at 0
print("dry and rain, given cloudy:", cloudy / cloudy.sum())
assert np.allclose(cloudy / cloudy.sum(), [0.4, 0.6])

p_rain = 0.06 + 0.24  # column sum
assert np.isclose(0.24 / p_rain, 0.8)  # P(cloudy | rain) is not 0.6
assert np.isclose(0.4 * 0.6, 0.24)  # product rule: P(cloudy) P(rain | cloudy)
assert not np.isclose(0.4 * p_rain, 0.24)  # 0.12: not independent

# Check by drawing 100 000 days; cells are numbered 0, 1, 2, 3 row by row.
days = np.random.default_rng(0).choice(4, 100_000, p=[0.54, 0.06, 0.16, 0.24])
share = (days == 3).sum() / (days >= 2).sum()  # rainy ones of the cloudy days
print(f"drawn: {share:.3f}"); assert abs(share - 0.6) < 0.01

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Which way round?
#
# Rain has probability 0.30 on any day and 0.60 on a cloudy one. The other way
# round, $P(\text{cloudy}\mid\text{rain})=0.24/0.30=0.80$: the condition decides
# by which sum you divide. Sky and rain are not independent:
# $0.40\cdot0.30=0.12$, not $0.24$.
#
# **Your turn.** A fair die. $A$: even. $B$: at least 4. Compute $P(A\mid B)$.
# Are $A$ and $B$ independent?
# <details><summary>Answer</summary>
#
# $B=\{4,5,6\}$ and $A\cap B=\{4,6\}$, so $P(A\mid B)=\frac{2/6}{3/6}=\frac23$.
# $P(A)=\frac12$ is different: not independent.
#
# </details>
#
# If samples are independent, their probabilities multiply: lectures 03 and 05 use
# this. Now start `conditional_from_joint`: a loop over the rows will do.
#
# > **Take away:** to condition on a row, keep that row and divide it by its sum.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 6. Which tables can be multiplied?
#
# A **matrix** is a table of numbers; its **shape** is (rows, columns). The
# **matrix product** $C=AB$ combines each row of $A$ with each column of $B$:
#
# $$C_{ik}=\sum_{j=1}^{n}A_{ij}\,B_{jk},\qquad
# (m,n)\,(n,K)\to(m,K)$$
#
# The two inner numbers must agree. They are summed over and disappear.
#
# Two shopping baskets are the rows of $A$, shape $(2,3)$: how many apples, breads
# and cheeses. Two shops are the columns of $B$, shape $(3,2)$: what each of the
# three costs there.
#
# **Predict:** what does $C=AB$ say, and which shape has it? Can you form $BA$?
# Can you form $AA$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 56–61 min.*
# **Ask** for shapes only, no numbers. **Wait for** (2, 2), (3, 3), and no. **Often
# heard:** “BA fits, so it means something.” Let somebody say what it would mean.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10.4, 3.4))
ax.set(xlim=(-0.1, 10.6), ylim=(-2.1, 1.9), aspect="equal"), ax.axis("off")
for x0, name, rows, row, col in (
        (0, "A  (2, 3)", [[2, 1, 0], [0, 3, 1]], (1,), (0, 1, 2)),
        (4.4, "B  (3, 2)", [[1, 2], [3, 2], [4, 1]], (0, 1, 2), (0,)),
        (7.9, "C  (2, 2)", [[5, 6], [13, 7]], (1,), (0,))):
    ax.text(x0, 1.25, name, size=15, weight="bold")
    for (i, j), n in np.ndenumerate(np.array(rows)):
        fc = "#FBE3A8" if i in row and j in col else "white"
        ax.add_patch(plt.Rectangle((x0 + j, -i), 1, 1, fc=fc, ec=INK))
        ax.text(x0 + j + 0.5, 0.5 - i, n, size=16, ha="center", va="center")
ax.text(3.55, -0.1, "@", size=19); ax.text(6.95, -0.1, "=", size=19)
show(fig, alt="A (2, 3) times B (3, 2) gives C (2, 2); a row, a column and "
     "an entry are lit.", see="Row 1 meets column 0: 0·1 + 3·3 + 1·4 = 13.")

# %% slideshow={"slide_type": "subslide"}
A = np.array([[2, 1, 0], [0, 3, 1]])  # baskets
B = np.array([[1, 2], [3, 2], [4, 1]])  # prices
C = A @ B  # @ is the matrix product
print(C)
print(A.shape, B.shape, C.shape)
assert C[1, 0] == 0 * 1 + 3 * 3 + 1 * 4 == 13  # one entry by hand
assert np.array_equal(C, [[5, 6], [13, 7]])

print((B @ A).shape)  # it fits, but means nothing here
try:
    A @ A
except ValueError:
    print("A @ A does not fit:", A.shape, "and", A.shape)


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Read the shapes first
#
# Row $i$, column $k$ of $C$ is the cost of basket $i$ in shop $k$. Counted from
# 0, as Python counts, basket 1 costs 13 in shop 0 and 7 in shop 1. $BA$ has shape
# $(3,3)$: the shapes fit, but it pairs shop 0 with basket 0, which means nothing.
# $AA$ does not fit, since $3\ne2$. So for a product with a meaning, shapes that
# fit are necessary, not sufficient.
#
# **Your turn.** $X$ has shape $(50,4)$ and $W$ has shape $(4,3)$. Which of
# $XW$, $WX$, $XX$ exist, and in which shape?
# <details><summary>Answer</summary>
#
# Only $XW$, shape $(50,3)$. In lecture 03 it is a prediction: 50 samples with
# 4 features each, 3 outputs.
#
# </details>
#
# > **Take away:** $(m,n)\,(n,K)\to(m,K)$. The inner numbers agree and vanish.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 7. How does a small change travel?
#
# A model predicts $\hat y=wx+b$; the answer is $y$. Write $u=wx+b-y$ for the
# miss and $J=\frac12u^2$ for its cost. A change of $w$ changes $u$, and the
# change of $u$ changes $J$.
#
# A **partial derivative** $\frac{\partial J}{\partial w}$ is the slope of $J$
# when $w$ moves and all other variables rest. The **chain rule** multiplies the
# slopes along the way:
#
# $$\frac{\partial J}{\partial w}=\frac{dJ}{du}\cdot\frac{\partial u}{\partial w}
# =u\cdot x,\qquad
# \frac{\partial J}{\partial b}=\frac{dJ}{du}\cdot\frac{\partial u}{\partial b}
# =u\cdot1$$
#
# For example with $x=2$, $y=4$, $w=3$, $b=1$:
#
# $$w=3\ \xrightarrow{\ \partial u/\partial w\,=\,x\,=\,2\ }\ u=3\
# \xrightarrow{\ dJ/du\,=\,u\,=\,3\ }\ J=4.5$$
#
# **Predict:** you raise $w$ by 0.01. By how much does $J$ change, roughly? And if
# you raise $b$ by 0.01 instead?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 61–67 min.*
# Pen and paper, one minute. **Wait for** 0.06 and 0.03. **Often heard:** 0.01 both
# times: the change of w, not of J. Lecture 09 is this slide, many times over.

# %% slideshow={"slide_type": "subslide"}
def cost(w, b, x=2, y=4):
    u = w * x + b - y
    return u**2 / 2

assert cost(3, 1) == 4.5
slope_w, slope_b = 3 * 2, 3 * 1  # chain rule: u · x and u · 1
h = 0.001  # measure the slopes: a little to the right, a little to the left
measured_w = (cost(3 + h, 1) - cost(3 - h, 1)) / (2 * h)
measured_b = (cost(3, 1 + h) - cost(3, 1 - h)) / (2 * h)
assert np.allclose([slope_w, slope_b], [measured_w, measured_b])
print(f"w: J rises by {cost(3.01, 1) - 4.5:.5f}")
print(f"b: J rises by {cost(3, 1.01) - 4.5:.5f}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A slope is a promise about small changes
#
# For $w$ the slope 6 promises $6\cdot0.01=0.06$; it is 0.0602. For $b$ it
# promises 0.03; it is 0.03005. The smaller the change, the better the
# promise. Both slopes are positive: to make $J$ smaller, lower $w$ or $b$ a bit.
#
# A neural network is a long row of such steps. Lecture 09 finds all its slopes
# by the chain rule, in an order that does no work twice.
#
# **Your turn.** Same $w$, $b$, $y$, but $x=0$. What are $u$ and both slopes?
# <details><summary>Answer</summary>
#
# $u=0+1-4=-3$, so $\partial J/\partial w=u\cdot x=0$ and
# $\partial J/\partial b=-3$. Where the input is 0, its weight has no effect.
#
# </details>
#
# > **Take away:** slopes multiply along a chain, and a tiny step checks them.

# %% [markdown] rows=["L01.8"] slideshow={"slide_type": "slide"}
# ## 8. Where is it used, and what are x and y?
#
# Every application begins with the same two questions: *what is $x$, what is
# $y$?* Take a search box that completes what you type: $x$ is the last word (a
# real one uses all words so far), $y$ the next one. Count which word follows
# which in some text; such a pair of neighbors is a **bigram**. Then
#
# $$P(\text{next}\mid\text{word})=\frac{\text{count of the pair (word, next)}}
# {\text{count of all pairs that begin with word}}$$
#
# It is section 5 again: a row of a table, divided by its sum.
#
# **Predict:** you always take the most probable next word, again and again,
# from "the". Will the sentence be good English? Will it be true?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 67–77 min.*
# After the code let the class go on aloud, word by word: the, cat, sleeps, on, the, …
# **Wait for** somebody to notice the circle. **Often heard:** “the most probable
# sentence is the best one.” For each of the pictures ask only: x? y? where do the pairs
# come from?

# %% slideshow={"slide_type": "subslide"}
text = """the cat sleeps on the sofa . the dog sleeps on the rug .
the cat sits on the rug . a bird sings in the tree . the cat sleeps ."""
pairs = Counter(pairwise(text.split()))  # how often each pair of neighbors

def followers(word):
    return {b: n for (a, b), n in pairs.items() if a == word}

total = sum(followers("the").values())
print({b: n / total for b, n in followers("the").items()})
assert followers("the")["cat"] == 3 and total == 8
assert followers("sleeps") == {"on": 2, ".": 1}  # "Your turn" below
line = ["the"]
while len(line) < 12:
    line.append(max(followers(line[-1]), key=followers(line[-1]).get))
print(" ".join(line))

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Probable is not true
#
# The completion runs in a circle: *the cat sleeps on the cat sleeps on …* Each
# step is the most probable one; the whole is neither good English nor true. A
# **language model** gives probabilities to the next word, or piece of a word.
# Large ones have read far more text and look far more than one word back, but
# they too are, as a rule, first trained to continue, not to be right. What a
# language model writes is not a source of facts: check it.
#
# **Your turn.** What is $P(\text{next}\mid\textit{sleeps})$ in our text?
# <details><summary>Answer</summary>
#
# *sleeps* occurs three times: before *on*, *on* and the full stop. So
# $P(\textit{on}\mid\textit{sleeps})=\frac23$, and $\frac13$ for the stop.
#
# </details>
#
# The next pictures name $x$ and $y$ for other uses. Photo filters need the
# place of a face, just as photo tags do. In style transfer $x$ is a photo and
# a painting, and $y$ the photo in the manner of the painting.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, a, b, c, d, e = gallery(
    ("Search", "x: words so far", "y: next word"), ("Watch next", "x: user, "
    "movie", "y: rating"), ("Photo tags", "x: pixels", "y: name, place"),
    ("Advertising", "x: visit, ad", "y: click or not"),
    ("Translation", "x: sentence", "y: the same in", "another language"))
a.text(-0.8, 0, "the cat s▏", size=15, bbox=box)
stars = np.random.default_rng(1).choice([1, 3, 5, np.nan], (5, 5))
b.imshow(stars, cmap="Blues", vmin=0, vmax=6, extent=(-0.8, 0.8, -0.8, 0.8))
draw_cat(c, 0, -0.1, 0.45)
c.add_patch(plt.Rectangle((-0.75, -0.7), 1.5, 1.4, fill=False, ec=GREEN, lw=3))
d.plot([-0.6, 0, 0.6, -0.3], [0.4, 0.5, 0.2, -0.5], "x", color=GRAY, mew=2)
d.plot(0.1, -0.1, "o", color=VERMILION, ms=14)
e.text(0, 0, "guten Tag\n↓\ngood day", ha="center", va="center", size=15)
show(fig, alt="Sketches of a search box, ratings with gaps, a framed cat, a "
     "click, a translation.", see="Past use supplies the pairs (x, y).")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, a, b, c, d, e = gallery(
    ("Go (AlphaGo)", "x: board", "y: next move"), ("Face2Face", "x: two videos",
    "y: face 2, smile 1"), ("Earthquakes", "x: shaking", "y: quake, where"),
    ("Surveillance", "x: camera", "y: who, where"),
    ("Self-driving", "x: camera", "y: steer, brake"))
s, (U, V) = np.linspace(-1, 1, 300), np.mgrid[-0.8:0.9:0.4, -0.8:0.9:0.4]
a.plot(U, V, "-k", V, U, "-k", [-0.4, 0, 0.4], [0, 0.4, 0], "ok", lw=1, ms=13)
b.plot([-0.5, 0.5], [0, 0], "k", ls="", marker="$☺$", ms=44)
d.plot([-0.5, 0.5], [0, 0], "s", ms=44, mfc="none", mec=GREEN, mew=2.5)
d.plot([-0.5, 0.5], [0, 0], "k", ls="", marker="$♟$", ms=24)
c.plot(s, np.exp(-4 * abs(s + 0.3)) * np.sin(70 * s), lw=1)
e.fill([-0.9, -0.1, 0.1, 0.9], [-1, 0.4, 0.4, -1], GRAY)
e.plot([0, 0], [-0.9, 0.3], "--w")
show(fig, alt="Sketches: Go board, faces, seismogram, framed people, road.",
     see="Watching or imitating people is also a matter of consent and law.")

# %% [markdown] rows=["L01.9"] slideshow={"slide_type": "subslide"}
# ### Science and medicine
#
# The same two questions, with instruments in place of users.
#
# | field | $x$ | $y$ |
# |:--|:--|:--|
# | X-ray (CheXNet, 2017) and MRI reading | image | signs of a disease |
# | toxicity in drug discovery (DeepTox, 2016) | molecule | toxic in a test? |
# | astronomical image reconstruction | blurred data | sharp image |
# | galaxy evolution | image of a galaxy | shape, age |
# | gravitational-wave detection | strain of a detector | merger or noise |
# | searches for new physics | measured collision | signal or background |
#
# In science the uncertainty of $y$, its *error bar*, often matters as much as
# $y$; and a wrong "yes" and a wrong "no" rarely cost the same.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, a, b, c, d, e = gallery(
    ("X-ray", "x: image", "y: disease?"), ("Molecule", "x: structure",
    "y: toxic?"), ("Galaxy", "x: image", "y: shape, age"), ("Wave", "x: strain",
    "y: merger?"), ("Collisions", "x: energies", "y: new physics?"))
U, V = np.meshgrid(s, -s)
lungs = np.exp(-12 * (abs(U) - 0.4) ** 2 - 3 * V**2)
spot = 0.8 * np.exp(-90 * ((U - 0.4) ** 2 + (V - 0.1) ** 2))
a.imshow(spot - lungs, cmap="gray", extent=(-1, 1, -1, 1))
turn, r = np.arange(7) * np.pi / 3, np.linspace(-0.95, 0.95, 90)
b.plot([*np.cos(turn) / 2, 0.9], [*np.sin(turn) / 2, 0.3], "-o", ms=10)
c.plot(r * np.cos(4 * abs(r)), r * np.sin(4 * abs(r)), "o", ms=3)
d.plot(s, np.sin(60 / (1.7 - s)) * (s < 0.7) * (1.4 + s) / 2.4, lw=1.2)
e.bar(q := r[::8], np.exp(-2 * q) / 5 + (q == q[7]) / 3, 0.15, bottom=-1)
show(fig, alt="Sketches: lungs with a spot, molecule, spiral, chirp, bars.",
     see="x comes from an instrument, y from a question. Drawings, not data.")

# %% [markdown] rows=["L01.10"] slideshow={"slide_type": "subslide"}
# ### Networks that see, speak and act
#
# | task | $x$ | $y$ |
# |:--|:--|:--|
# | semantic segmentation | image | a label for every pixel |
# | object detection | image | frames, each with a label |
# | image generation with a GAN | random numbers | an image |
# | continuing a text, GPT-2 (2019) | words so far | next word |
# | answering with an explanation | question, choices | answer and reason |
# | speech assistant | sound | words, then an action |
# | agent (reinforcement learning) | state | action |
#
# GAN: *generative adversarial network* (2014). One network makes images, another
# tries to tell them from real ones; no pairs are needed.
#
# **Predict:** two agents share a room with a box and a ramp. What is $x$ there?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
names, state = ["agent 0", "agent 1", "box", "ramp"], np.array([
    [-2, -1, 0.8, 0.6, 1], [1.6, 1.3, -0.6, -0.8, 0],
    [-0.9, -0.2, 0.8, 0.6, 1], [1.8, -1.3, 1, 0, 0]])  # cos² + sin² = 1
fig, (a, b) = plt.subplots(1, 2, figsize=(10.8, 4.2), width_ratios=(1, 1.4))
a.set(**plain, xlim=(-3, 3), ylim=(-2.6, 2.6), title="What a person sees")
a.plot([-0.2] * 2, [0.6, 2.6], "-", color=INK, lw=6), a.grid(False)  # a wall
for (x, y, cos, sin, _), mark, name in zip(state, "oos^", names, strict=True):
    a.plot(x, y, mark, ms=26), a.text(x, y - 0.9, name, ha="center")
    a.annotate("", (x + 0.9 * cos, y + 0.9 * sin), (x, y), arrowprops=arrow)
b.axis("off"), b.set_title("What the network sees")
tab = b.table(state.astype(str), rowLabels=names, loc="center",
             colLabels=["right", "up", "cos θ", "sin θ", "moves"])
tab.auto_set_font_size(False), tab.set_fontsize(15), tab.scale(0.9, 2.4)
show(fig, alt="A room as a picture and as a table of numbers.", see="Four rows "
     "of five numbers, joined to one row, are x. θ: the way an arrow points.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Two questions before any model
#
# To the network the scene is $4\cdot5=20$ numbers in a row. It knows nothing of
# walls or ramps unless they are in these numbers. The wall is not: an agent
# with this input cannot see it.
#
# **Your turn.** A phone should warn its owner of falls. What could $x$ and $y$
# be, and where would the pairs come from?
# <details><summary>Answer</summary>
#
# For example: $x$ is the acceleration in three directions during the last two
# seconds, $y$ is *fall* or *no fall*. Volunteers who fall on mats give pairs.
# Frail people fall in other ways: a test with volunteers alone may promise too
# much.
#
# </details>
#
# > **Take away:** name $x$, name $y$, and say where the pairs come from, before
# > you think about a model.

# %% [markdown] rows=["L01.11"] slideshow={"slide_type": "slide"}
# ## 9. How did we get here, and why now?
#
# **Predict** the decades of: the threshold neuron, which compares a sum with a
# limit; the perceptron, which learns its weights from examples; the first deep
# network, AlexNet, to win the ImageNet contest (what does a picture show?).

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 77–80 min.*
# Hands up for each decade, then show the picture. **Wait for** 1940s, 1950s, 2010s.
# **Often heard:** “all of it is from the last ten years.”

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "fragment"} tags=["hide-input"]
milestones = {
    1943: "threshold neuron", 1949: "idea of Hebb", 1958: "perceptron",
    1969: "XOR critique", 1986: "backpropagation",
    1989: "universal approximation", 1991: "MARS", 1997: "LSTM",
    1998: "LeNet-5", 2012: "AlexNet", 2013: "word2vec", 2014: "GAN, dropout",
    2015: "batch norm", 2016: "AlphaGo", 2017: "Transformer"}
(fig, ax), y = plt.subplots(figsize=(10.8, 4.4)), np.array(list(milestones))
ax.plot(y, -np.arange(15), "o", ms=9)
assert (y < 1993).sum() == 7 and (y >= 2012).sum() == 6
for k, (year, what) in enumerate(milestones.items()):
    side, x = ("right", year - 1.2) if k > 6 else ("left", year + 1.2)
    ax.text(x, -k, f"{year}  {what}", ha=side, va="center_baseline")
ax.set(xlim=(1938, 2022), yticks=[], xlabel="year", title="Pauses, then a rush")
show(fig, alt="15 dated milestones from threshold neuron to Transformer.",
     see="In this selection: 7 entries in the first 50 years, 6 from 2012.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Why now?
#
# - **Data**: more of them, and better labeled.
# - **Computing**: cheaper, and well matched to matrix products.
# - **Understanding**: a better one, of start values, depth and optimization.
# - **Remedies** that you will meet by name: dropout, penalties, batch norm. They
#   ease overfitting and slopes that vanish or explode along a chain; neither
#   problem is solved for good.
#
# The answers: 1940s, 1950s, 2010s. Lectures 08 to 11 explain most of the names.
# Ideas have forerunners: Linnainmaa ran the chain rule backward through a
# computation in 1970; by 2016 there were charts of the many kinds of networks
# (van Veen). The brain, a source of names, has of the order of $10^{11}$ neurons
# and is not fully understood.
#
# > **Take away:** many of the ideas are old; data, computing and a few remedies
# > made them work at scale.

# %% [markdown] rows=["L01.12"] slideshow={"slide_type": "slide"}
# ## 10. When should you use a network?
#
# Rules of thumb, each with exceptions. A network is worth a try when
#
# - there are many labeled examples, often thousands per class; fewer do if one
#   can start from a network trained on similar data,
# - a **linear** model, a weighted sum of good features, is not enough,
# - other methods fail, too. On tables, sets of **decision trees**, which ask one
#   yes-or-no question after another, often win,
# - you can afford it: large ones want a graphics processor (GPU), small ones
#   train on a laptop.
#
# A **baseline** is the simple model that a better one has to beat. Whether a
# linear one is enough depends on the data and on the features: try it first.
#
# **Predict:** two kinds of points, (a) in two clouds side by side, (b) in a disk
# and in the square around it. For which of them does a straight border do?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 80–86 min.*
# **Ask** for a vote on (a) and (b). **Wait for** (a) only. **Often heard:** “a network
# is never worse.” The two left pictures answer: there the baseline will do.

# %% slideshow={"slide_type": "subslide"}
def clouds(rng, m=300):  # m points in two clouds, labels 0 and 1
    y = rng.integers(0, 2, m)
    return rng.normal(size=(m, 2)) + 3 * y[:, None] - 1.5, y
def disk(rng, m=300):  # m points in a square, label 1 inside a disk
    X = rng.uniform(-2, 2, (m, 2))
    return X, ((X**2).sum(axis=1) < 2).astype(int)
results, net = [], {"solver": "lbfgs", "alpha": 0.1, "max_iter": 5000}
for make in (clouds, disk):  # a straight border, then a network, ready-made
    for model in (LogisticRegression(),
                  MLPClassifier((6,), "tanh", random_state=1, **net)):
        model.fit(*make(np.random.default_rng(0)))  # training data
        score = model.score(*make(np.random.default_rng(1)))  # unseen data
        results.append((make, score, model))
for make, score, model in results:
    print(f"{make.__name__:7} {type(model).__name__:19} {score:.2f} right")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 4, figsize=(11.4, 3.6))
for ax, (make, score, model) in zip(axes, results, strict=True):
    X, label = make(np.random.default_rng(1))
    reach = 4 if make is clouds else 2
    U, V = np.meshgrid(*[np.linspace(-reach, reach, 161)] * 2)
    side = model.predict(np.c_[U.ravel(), V.ravel()]).reshape(U.shape)
    ax.contourf(U, V, side, [-0.5, 0.5, 1.5], colors=[SKY, ORANGE], alpha=0.3)
    for k, mark, color in (0, "o", BLUE), (1, "s", VERMILION):
        ax.plot(*X[label == k].T, mark, color=color, ms=3.5)
    name = "linear" if hasattr(model, "coef_") else "network"
    ax.set(xlabel="feature 1", title=f"{name}: {score:.0%} right")
    ax.axis([-reach, reach, -reach, reach])
assert sum(w.size for w in model.coefs_ + model.intercepts_) == 25
show(fig, alt="Unseen points of two clouds and of a disk, with borders.",
     see="Clouds: the baseline will do. Disk: 25 parameters bend the border.")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(11, 4)); ax.axis([0, 11.3, 0.2, 4.7])
bow = arrow | {"connectionstyle": "arc3,rad=-0.2"}
for k, (ask, down, end, on) in enumerate((
        ("Linear baseline:\ngood enough?", "yes", "keep it", "no"),
        ("A table, and trees\nare good enough?", "yes", "keep the trees", "no"),
        ("Many labeled\nexamples?", "no", "get more data", "yes"),
        ("Network beats\nthem?", "yes / no", "use it / keep\nthe best", ""))):
    x, style = 1.25 + 2.8 * k, {"ha": "center", "size": 14}
    for y, words, line in (3.2, ask, box), (0.9, end, box), (2, down, None):
        ax.text(x, y, words, va="center", bbox=line, **style)
    ax.text(x + 1.4, 4.3, on, **style)
    ax.annotate("", (x, 1.3), (x, 1.8), arrowprops=arrow)
    ax.annotate("", (x + 2.4, 3.75), (x + 0.3, 3.75), arrowprops=bow)
ax.axis("off"); show(fig, alt="Flow chart: baseline, trees, data, network.",
                     see="Begin at the left: simple models come first.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What can go wrong
#
# - A flexible model can overfit heavily. Watch both errors.
# - No recipe gives the best *architecture*, the layout of a network.
# - Training can be expensive, in money, time and energy.
# - A network learns what its data and objective reward, shortcuts included.
#
# **Your turn.** A colleague has 300 rows with 8 features each, and asks for a
# network. What do you do first?
# <details><summary>Answer</summary>
#
# Set some rows aside. Score a linear baseline and trees on them. A network may be
# tried, but it must beat both there, and 300 rows are few.
#
# </details>
#
# > **Take away:** baseline first. A network has to beat it on unseen data, by
# > enough to pay for its cost.

# %% [markdown] rows=["L01.1"] slideshow={"slide_type": "slide"}
# ## 11. How does this course run?
#
# A **repository** is a project's folder on a server, a **fork** your own copy of
# it; to **push** is to send your changes there.
#
# 1. Fork the course's repository, open `hw01_numpy.ipynb`, solve it.
# 2. Rename it to `hw01_numpy_solved.ipynb` (its first code cell reminds you) and
#    push it to your fork.
# 3. It is graded by tests, some of which you can see.
#
# **All of your solution lives in that one notebook.** The grader does not look at
# any other file of yours. Ask questions in the repository's *issues*.
#
# NumPy on any laptop is enough. (Optional, prices of their year: a machine with 4
# cores at 0.43 USD for 10 hours costs 0.043 USD an hour: 50 USD last 1163 hours.
# With a K80 GPU at 0.262 USD an hour: 191 hours.)
#
# **Predict:** what must `hw07_forward.ipynb` be called when you hand it in?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 86–90 min.*
# **Ask** for the name of the file, letter by letter. **Wait for**
# `hw07_forward_solved.ipynb`. **Often heard:** “may I hand in my own module, too?” The
# grader looks at that one notebook only.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10.8, 3))
ax.set(xlim=(0, 11), ylim=(0.2, 3)), ax.axis("off")
for k, (verb, what) in enumerate((
        ("fork", "your copy"), ("solve", "hw01_numpy\n.ipynb"),
        ("rename", "hw01_numpy\n_solved.ipynb"), ("push", "to your fork"),
        ("grade", "points and\nfeedback"))):
    x = 1.1 + 2.2 * k
    ax.text(x, 2.3, verb, ha="center", va="center", size=16, bbox=box)
    ax.text(x, 1.1, what, ha="center", va="center", size=14)
    if k:
        ax.annotate("", (x - 0.65, 2.3), (x - 1.5, 2.3), arrowprops=arrow)
assert [round(50 / p) for p in (0.43 / 10, 0.262)] == [1163, 191]  # hours
show(fig, alt="Five stations: fork, solve, rename, push, grade.",
     see="The solved notebook gets a new name; no other file goes with it.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Your first homework
#
# Every `hwNN_topic.ipynb` becomes `hwNN_topic_solved.ipynb`, so the name to hand in
# is `hw07_forward_solved.ipynb`. In `hw01_numpy` two warm-ups wait for you. The
# formulas are in this lecture:
#
# | function | formula | where |
# |:--|:--|:--|
# | `discounted_return(rewards, gamma)` | $\sum_k\gamma^kr_k$ | section 2 |
# | `conditional_from_joint(P)` | each row divided by its sum | section 5 |
#
# **Your turn.** Before you write code, make the test: what should
# `discounted_return` give for rewards $4,4,4$ and $\gamma=\frac12$?
# <details><summary>Answer</summary>
#
# $4+2+1=7$. A test that you worked out by hand finds slips in the code.
#
# </details>
#
# > **Take away:** one notebook, renamed, with everything in it.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - A model is learned from training data and judged on unseen data.
# - Supervised: pairs $(x,y)$. Unsupervised: only $x$. Reinforcement: rewards,
#   $G=\sum_k\gamma^kr_k$.
# - Few parameters with a meaning, or many that bend: two ends of one scale. A
#   small training error with a large test error is overfitting.
# - Learning is optimization: hypothesis, objective, algorithm. Start values and
#   hyper-parameters matter.
# - $P(A\mid B)=P(A\cap B)/P(B)$; $(m,n)\,(n,K)\to(m,K)$; slopes multiply along
#   a chain.
# - Ask for $x$, for $y$ and for the source of the pairs. Begin with a baseline.
#
# Next, lecture 02: arrays, shapes and honest tests, in NumPy. Now open
# `hw01_numpy.ipynb` and try the two warm-ups.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Check yourself
#
# 1. A model is right on all of its training data. Is it a good model?
#    <details><summary>Answer</summary>Nobody knows yet. A table that stores the
#    training data is right there, too. Test it on unseen data.</details>
# 2. Someone calls the features "predictions". What is the right word?
#    <details><summary>Answer</summary>Predictors. Predictions are outputs.
#    </details>
# 3. Rewards 1, 1, 1 and $\gamma=0$: what is $G$? (Here $\gamma^0=1$.)
#    <details><summary>Answer</summary>1. Only the first reward counts.</details>
# 4. A row of a joint table is 0.1, 0.3. What are the conditional probabilities
#    given this row?
#    <details><summary>Answer</summary>Its sum is 0.4, so 0.25 and 0.75.</details>
# 5. Two events have $P(A)=0.5$, $P(B)=0.4$, $P(A\cap B)=0.2$. Independent?
#    <details><summary>Answer</summary>Yes, $0.5\cdot0.4=0.2$.</details>
# 6. $A$ is $(2,3)$, $C=AB$ is $(2,5)$. What shape has $B$?
#    <details><summary>Answer</summary>$(3,5)$.</details>
# 7. $J=\frac12u^2$ with $u=wx+b-y$, $w=1$, $x=3$, $b=0$, $y=5$. What is
#    $\partial J/\partial w$?
#    <details><summary>Answer</summary>$u=-2$, so $u\cdot x=-6$.</details>
# 8. The test error of a network equals that of the linear baseline. Which one
#    do you use?
#    <details><summary>Answer</summary>The baseline, as a rule: it is cheaper and
#    easier to understand.</details>
#
# ## Read more
#
# - L. Breiman (2001), "Statistical modeling: the two cultures", *Statistical
#   Science* 16: both ends of the scale of section 3.
# - Y. LeCun, Y. Bengio and G. Hinton (2015), "Deep learning", *Nature* 521.
# - R. S. Sutton and A. G. Barto (2018), *Reinforcement Learning: An
#   Introduction*, 2nd edition, chapter 3.
# - C. M. Bishop (2006), *Pattern Recognition and Machine Learning*, chapter 1.
# - T. Hastie, R. Tibshirani and J. Friedman (2009), *The Elements of
#   Statistical Learning*, 2nd edition, chapter 2.
# - I. Goodfellow, Y. Bengio and A. Courville (2016), *Deep Learning*,
#   chapters 1 to 3 and 5.
# - Applications: P. Rajpurkar et al. (2017), "CheXNet"; A. Mayr et al. (2016),
#   "DeepTox"; J. Thies et al. (2016), "Face2Face" (it fits a model of faces to
#   each picture and is not a network); D. Silver et al. (2016),
#   AlphaGo, *Nature* 529; A. Radford et al. (2019), GPT-2; T. Brown et al.
#   (2020), GPT-3; K. Simonyan and A. Zisserman (2014), VGG-16.
# - Milestones: W. McCulloch and W. Pitts (1943), D. Hebb (1949), F.
#   Rosenblatt (1958), M. Minsky and S. Papert (1969), D. Rumelhart, G. Hinton
#   and R. Williams (1986), G. Cybenko (1989), K. Hornik, M. Stinchcombe and
#   H. White (1989), J. Friedman (1991), S. Hochreiter and J. Schmidhuber
#   (1997), Y. LeCun et al. (1998), A. Krizhevsky, I. Sutskever and G. Hinton
#   (2012), T. Mikolov et al. (2013), I. Goodfellow et al. (2014), N.
#   Srivastava et al. (2014), S. Ioffe and C. Szegedy (2015), A. Vaswani et
#   al. (2017). Before and beside them: S. Linnainmaa (1970); F. van Veen
#   (2016), "The neural network zoo".
