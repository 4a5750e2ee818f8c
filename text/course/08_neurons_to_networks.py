# %% [markdown] slideshow={"slide_type": "slide"}
# # From neurons to networks
#
# *How can many simple units do together what none of them can do alone?*
#
# After this lecture you can
# - **compute** the output of a neuron, and **train** one by the perceptron rule,
# - **explain** why a network needs activations, and **choose** them,
# - **count** the parameters of a network, and **check** its shapes,
# - **run** data forward through any number of layers,
# - **build** small networks by hand: for a curve, and for XOR.
#
# **Needs** lectures 02 (arrays), 04 (gradient descent), 05 and 06 (sigmoid, softmax,
# their losses) and 07 (data that no line can separate) · **Time** 120 minutes, with a
# break after section 5 · **Prepares** `hw07_forward`

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 0–2 min.*
# Sections 1 to 5 end with the fact that layers collapse, at minute 50; then the break,
# which this plan does not count. Late? Section 12 is for readers of other books;
# section 7 is two sentences.

# %% slideshow={"slide_type": "skip"}
from itertools import pairwise  # pairwise([3, 2, 1]) gives (3, 2), then (2, 1)

import matplotlib.pyplot as plt
import numpy as np
from demos import Demo
from figures import BLUE, GRAY, GREEN, INK, ORANGE, SKY, VERMILION
from figures import draw_table, show, use_style
from scipy.special import expit  # the sigmoid, safe for any score
from small_networks import draw_network  # circles and lines
from small_networks import hidden, loss, score, train  # section 5
from small_networks import straight_line, zero_curve  # where a score is 0

use_style()

# %% [markdown] rows=["L08.1"] slideshow={"slide_type": "slide"}
# ## 1. What does a nerve cell do?
#
# A nerve cell, a **neuron**, takes in signals from many others through its
# **dendrites**. If enough comes together, it sends a short pulse, a **spike**, along
# its **axon** to the next cells. The place where two cells meet is a **synapse**.
# Three ideas are taken over from it:
#
# - each input has its own **weight**; it may be positive (it excites) or negative
#   (it inhibits);
# - the weights **change with experience**. D. Hebb proposed in 1949: a synapse grows
#   stronger if the cell before it takes part in making the cell behind it fire;
# - the same circuitry does different jobs in different places: it is **modular**.
#
# **Predict:** a human brain has about $8.6\cdot10^{10}$ neurons, each with synapses
# of the order of $10^4$. If a synapse were one weight, how many weights are that?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 2–9 min.*
# **Wait for** 10¹⁵, in powers of ten. **Often heard:** “as many as neurons.” Ask what
# the cartoon leaves out, before the next slide says it.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 3.4))
ys = (2.7, 1.9, 1.1, 0.3)
for k, y in enumerate(ys):
    left.plot([0.2, 1.2, 2.6], [y, y, 1.5], color=BLUE, ls="-", lw=3)
    left.plot([6.2, 7.2], [1.5, y], color=VERMILION, ls="-", lw=2)
    right.text(1.3, y - (y - 1.5) / 5 + 0.1, f"w{k + 1}", color=BLUE, size=13)
left.plot([2.8, 6.2], [1.5, 1.5], color=VERMILION, ls="-", lw=4)
left.plot(2.8, 1.5, "o", ms=46, color=ORANGE), left.text(4.3, 1.75, "axon")
left.text(0.2, 3, "dendrites"), left.text(2.1, 0.5, "cell body")
left.set(title="A nerve cell ...", ylim=(-0.3, 3.4)), left.axis("off")
draw_network(right, (0.5, {y: f"x{k + 1}" for k, y in enumerate(ys)}),
             (3, {1.5: "Σ + b"}), (5, {1.5: "g"}), (6.7, {1.5: "a"}), size=2000)
right.set(title="... and its cartoon", xlim=(0, 7.2), ylim=(-0.3, 3.4))
show(fig, alt="A cell with dendrites and axon; a drawing of weights, sum and "
     "activation.", see="Many inputs come in, one output goes out.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Inspired by it, not a model of it
#
# **Answer to the prediction.** $8.6\cdot10^{10}\cdot10^4\approx9\cdot10^{14}$, so of
# the order of $10^{15}$. Most networks that you will meet have far fewer.
#
# Real neurons differ from what follows in almost every respect:
#
# - they speak in **spikes**, events in time; our units pass on one number;
# - they have an **inner state** that changes over time; ours have none;
# - how they learn is **not settled**. Much is known about how single synapses
#   change, but not how the brain as a whole arrives at its weights;
# - **glia**, the other cells of the nervous system, matter, too. Some insulate axons,
#   some defend against infection. Nothing here corresponds to them.
#
# So the neurons of this course are formulas, and the word is a metaphor.
#
# > **Take away:** many weighted inputs, one output, weights that learn. That much
# > is borrowed; the rest is mathematics.

# %% [markdown] rows=["L08.2"] slideshow={"slide_type": "slide"}
# ## 2. What does an artificial neuron compute?
#
# Take the inputs $x$, multiply each by its weight, add everything up with the
# **bias** $b$, and put the sum through a function $g$, the **activation function**:
#
# $$z=x\cdot w+b=\sum_{j=1}^nx_jw_j+b,\qquad a=g(z),\qquad
# x,w:(n,),\quad b,z,a:\text{ numbers.}$$
#
# Where an answer is wanted, the output $a$ is then mapped to it: class 1 if
# $a\ge0.5$, for example. $w$ and $b$ are learned. (A bias is not an input. It acts
# like the weight of an input that is always 1.)
#
# With $g=\sigma$ the neuron is the logistic regression of lecture 05, and its output
# is the model's $P(y=1\mid x)$. It is **not** the probability that the neuron fires:
# nothing here is random, the same $x$ always gives the same $a$.
#
# **Predict:** $w=(1.5,\,-1)$, $b=0.5$, $x=(1,\,2)$, $g=\sigma$. What are $z$ and $a$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 9–18 min.*
# **Wait for** 0, and one half. **Often heard:** “a is 0, too.” Then the puzzle: which
# values show that a minus is missing? 2 and −2 do; 0 does not.

# %% slideshow={"slide_type": "subslide"}
def z_of(x1, x2):  # add up one input after the other
    z = 0.5  # the bias
    for x, w in (x1, 1.5), (x2, -1.0):
        z += x * w
    return z


assert z_of(1.0, 2.0) == np.array([1.0, 2.0]) @ np.array([1.5, -1.0]) + 0.5
print("z =", z_of(1.0, 2.0), " a =", expit(z_of(1.0, 2.0)))

def from_memory(z):  # What is wrong here? It should be the sigmoid.
    return 1 / (1 + np.exp(z))

print("at 2:", from_memory(2.0).round(3), "but should be", expit(2.0).round(3))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(9, 3.3))
draw_network(ax, (0, {2: "", 0: ""}), (3, {1: ""}), (5, {1: "σ"}), (7, {1: ""}),
             size=2600), ax.set(xlim=(-0.6, 7.7), ylim=(-1.2, 3))
for x, y, word in ((1.5, 1.7, "· 1.5"), (1.5, 0.1, "· (−1)"), (3, 0, "+ 0.5"),
                   (0, 2.6, "x1"), (0, -1, "x2"), (3, 1.7, "z"), (7, 1.7, "a")):
    ax.text(x, y, word, ha="center", color=BLUE if word[-1] in "5)" else GRAY)
demo = Demo("neuron", fig, alt="A neuron: two inputs, their sum, its output.",
            see="x1 has a positive weight and pushes a up; x2 pulls it down.")
for n in (1, 2):
    demo.slider(f"x{n}", np.linspace(-2, 3, 11), label=f"x{n}", start=n)
demo.text(ax, lambda x1: (0, 1.93, f"{x1:.1f}"), ha="center")
demo.text(ax, lambda x2: (0, -0.07, f"{x2:.1f}"), ha="center")
demo.text(ax, lambda x1, x2: (3, 0.93, f"{z_of(x1, x2):.2f}"), ha="center")
demo.text(ax, lambda x1, x2: (6.7, 0.93, f"{expit(z_of(x1, x2)):.3f}"))
demo.show()


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong
#
# <details><summary>Answer to the puzzle</summary>
#
# The minus: $\sigma(z)=1/(1+e^{-z})$. Without it the curve *falls*, it is
# $\sigma(-z)$. Three values tell: $\sigma(0)=0.5$ holds for both, but $\sigma(2)=0.881$
# and $\sigma(-2)=0.119$.
#
# </details>
#
# **Answer to the prediction.** $z=1.5-2+0.5=0$, $a=\sigma(0)=0.5$.
#
# **Your turn.** The same $x$, $w$ and $b$, but $g(z)=\max(0,z)$. What is $a$? And what
# if $b=-1$? And if $b=2$?
# <details><summary>Answer</summary>
#
# $z=0$, so $a=0$. With $b=-1$: $z=-1.5$ and $a=0$ again. With $b=2$: $z=1.5=a$.
#
# </details>
#
# > **Take away:** $a=g(x\cdot w+b)$. With $g=\sigma$ it is logistic regression.

# %% [markdown] rows=["L08.3"] slideshow={"slide_type": "slide"}
# ## 3. How did the first neuron learn?
#
# F. Rosenblatt's **perceptron** (1958) has a step as its activation: it says 1 if
# $x\cdot w+b>0$, else 0. It starts at $w=0$, $b=0$ and takes the samples in turn:
#
# - the output is **right**: do nothing;
# - it says **0, and 1 is true**: add the input, $w\leftarrow w+x$, $b\leftarrow b+1$;
# - it says **1, and 0 is true**: subtract it, $w\leftarrow w-x$, $b\leftarrow b-1$.
#
# After such an update the score of that sample has moved toward its label by
# $x\cdot x+1$. One pass over all samples is an **epoch**. An epoch without an update
# means that all samples are right: the rule has **converged**, and nothing will change
# any more.
#
# **Predict:** will each update leave fewer samples wrong than there were before it?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 18–30 min.*
# **Ask** for a vote. **Wait for** “no.” **Often heard:** “yes, each one repairs
# something.” In the demo: one is wrong after update 2, four after update 3. Press Play
# only after that.

# %% slideshow={"slide_type": "subslide"}
def perceptron_step(w, b, x, label):  # one sample
    says = 1 if x @ w + b > 0 else 0
    if says == 0 and label == 1:
        return w + x, b + 1
    if says == 1 and label == 0:
        return w - x, b - 1
    return w, b

points = np.random.default_rng(41).normal(size=(14, 2)).round(1)
kinds = (points[:, 0] + 2 * points[:, 1] > 0.2).astype(int)  # a line exists
updates = [(np.zeros(2), 0.0, None)]  # w, b, the sample that caused the update
for i in list(range(14)) * 20:  # 20 epochs
    w, b = perceptron_step(*updates[-1][:2], points[i], kinds[i])
    if b != updates[-1][1]:
        updates.append((w, b, i))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(6.8, 4.3))
for kind, mark, color in (0, "o", BLUE), (1, "s", VERMILION):
    ax.scatter(*points[kinds == kind].T, c=color, marker=mark, s=70, label=kind)
ax.set(xlim=(-3, 3), ylim=(-2.6, 2.6), xlabel="x1", ylabel="x2")
ax.legend(title="label", loc="upper right"), ax.set_title("After each update")
now = dict(enumerate(updates))  # looked up by the number of the slider
wrong = {k: np.sum((points @ now[k][0] + now[k][1] > 0) != kinds) for k in now}
demo = Demo("perceptron", fig, alt="Points of two kinds and a line that jumps.",
            see="The disk marks the sample that caused the update. The line "
            "jumps to and fro, and settles when nobody complains.")
demo.slider("k", list(now)[1:], label="update", fmt="{:.0f}")
demo.line(ax, lambda k: straight_line(*now[k][:2]), color=GREEN)
demo.points(ax, lambda k: points[now[k][2]], color=GREEN, ms=24, alpha=0.4)
demo.readout(lambda k: f"after update {k:.0f}, {wrong[k]} of 14 are wrong")
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### When does it end?
#
# **Answer to the prediction.** No, an update may spoil other samples: after update 2 one
# is wrong, after update 3 four are. Yet there is a promise (A. Novikoff 1962). Count $b$ as
# the weight of an input that is always 1; let $R$ be the largest norm of a sample, that 1
# included. If some hyperplane separates the classes **strictly**, with a distance of at
# least $\gamma>0$ to each sample, again with that 1, there are at most $(R/\gamma)^2$
# updates. Without that condition there is no promise.
#
# For the rows 00, 01, 10, 11, AND takes 6 epochs (the last one without an update) and 10
# updates, OR 4 and 4. XOR never ends: 3997 updates in 1000 epochs. XOR with $x_1x_2$ as
# third input takes 8 and 16.
#
# With enough features it can *fit* almost anything: that says nothing about new samples.
#
# > **Take away:** wrong 0: add; wrong 1: subtract. It ends if the classes are strictly
# > separable, and then only.

# %% slideshow={"slide_type": "subslide"}
rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
product = np.column_stack([rows, rows[:, 0] * rows[:, 1]])
found = {}  # the epoch of the last update, and how many updates there were
xor = [0, 1, 1, 0]
for name, X, y in (("AND", rows, [0, 0, 0, 1]), ("OR", rows, [0, 1, 1, 1]),
                   ("XOR", rows, xor), ("XOR+", product, xor)):
    w, b, count, last = np.zeros(X.shape[1]), 0, 0, 0
    for step in range(4 * 1000):
        before = b
        w, b = perceptron_step(w, b, X[step % 4], y[step % 4])
        if b != before:
            count, last = count + 1, step // 4 + 1
    found[name] = last, count
print(found)
assert list(found.values()) == [(5, 10), (3, 4), (1000, 3997), (7, 16)]

# %% [markdown] rows=["L08.4"] slideshow={"slide_type": "slide"}
# ## 4. Where do good features come from?
#
# A linear model is only as good as its features. There are three ways to get them:
#
# 1. take them as they are **given**: pixels, coordinates;
# 2. **engineer** them: somebody who knows the problem adds $x_1x_2$ or
#    $r^2=x_1^2+x_2^2$, as in lecture 07;
# 3. **learn** them: the part that makes the features has parameters, too.
#
# Ways 1 and 2 train the last part only. In way 3 the gradient of the loss reaches both
# parts, so that the features *can* tune themselves to the task. Can, not will: they
# follow whatever lowers the loss on the training data, shortcuts included, and only as
# far as the optimizer gets.
#
# **Predict:** the first part of way 3 shall be linear, $H=XW_1+b_1$, and the second is
# a logistic regression on $H$. What can the two do that a single one cannot?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 30–35 min.*
# **Ask** for the prediction, and keep the answers at the board: section 5 settles it.
# **Often heard:** “a border that bends, there are more parameters.”

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(2, 1, figsize=(10, 4.2))
for ax, name, reach in (axes[0], "fixed", 4.15), (axes[1], "learned", 2.15):
    fills = ["white", "#E3E7EB", "#FFD9B8", "white"]
    if name == "learned":
        fills[1] = fills[2]
    words = "data X", f"features\n({name})", "linear model\n(learned)", "loss J"
    for x, (word, fill) in enumerate(zip(words, fills, strict=True)):
        ax.text(2.1 * x, 0, word, ha="center", va="center", size=13,
                bbox={"boxstyle": "round,pad=0.6", "ec": INK, "fc": fill})
    arrow = {"arrowstyle": "-|>", "lw": 4, "color": VERMILION}
    ax.annotate("", (reach, -0.85), (6.3, -0.85), arrowprops=arrow)
    ax.text(6.4, -0.93, "gradient", color=VERMILION), ax.axis("off")
    ax.set(xlim=(-0.8, 7.6), ylim=(-1.1, 0.7), title=f"Features: {name}")
show(fig, alt="Boxes: data, features, linear model, loss; arrows run back from "
     "the loss.", see="The gradient reaches what is learned: one box, or two.")

# %% [markdown] rows=["L08.5"] slideshow={"slide_type": "slide"}
# ## 5. Do two linear layers do more than one?
#
# Call each part of the form $XW+b$ a *layer*. Three inputs, four learned features, one
# output: $W_1:(3,4)$, $b_1:(4,)$, $W_2:(4,1)$, $b_2:(1,)$, together $12+4+4+1=21$
# parameters. Multiply out:
#
# $$\sigma\big((XW_1+b_1)W_2+b_2\big)
# =\sigma\big(X\,\underbrace{W_1W_2}_{W:(3,1)}+\underbrace{b_1W_2+b_2}_{b:(1,)}\big)$$
#
# **Answer to the prediction.** Nothing: it is logistic regression with 4 parameters, and the
# other 17 are for nothing. Any number of linear layers collapses like this, unless a
# function that is not linear comes between them:
# $\hat Y=\sigma\big(\sigma(XW_1+b_1)\,W_2+b_2\big)$. For one sample, with $i$ for inputs, $j$
# for features, h for hidden and o for output:
#
# $$\hat y=\sigma\Big(\sum_jw^{o}_{j}\;\sigma\Big(\sum_iw^{h}_{ij}\,x_i+b^{h}_j\Big)
# +b^{o}\Big)$$

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 35–50 min.*
# Let somebody multiply out the first two factors. **Wait for** “4 parameters, the other
# 17 are for nothing.” At the rings **wait for** one half with the identity. The break
# comes after this section.

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(5)
X = rng.normal(size=(6, 3))
W1, b1 = rng.normal(size=(3, 4)), rng.normal(size=4)
W2, b2 = rng.normal(size=(4, 1)), rng.normal(size=1)
two = (X @ W1 + b1) @ W2 + b2
w = [sum(W1[i, j] * W2[j, 0] for j in range(4)) for i in range(3)]  # collapsed
b = sum(b1[j] * W2[j, 0] for j in range(4)) + b2[0]
one = [sum(x[i] * w[i] for i in range(3)) + b for x in X]
print("largest difference:", np.abs(two[:, 0] - one).max())
assert np.allclose(two[:, 0], one)
assert W1.size + b1.size + W2.size + b2.size == 21

# What is wrong here? "ŷ = σ(Σ_i w_ij σ(Σ_i w_ij x_i + b_j) + b)"

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong
#
# <details><summary>Answer to the puzzle</summary>
#
# The outer sum must run over the features $j$, not over the inputs $i$ again; and the
# two layers have different weights, so they need different names. In matrix form this
# slip cannot be written: $\sigma(XW_1+b_1)$ has one column for each feature, and so
# $W_2$ must have one row for each.
#
# </details>
#
# Next we train on **rings**: 500 points, class 1 inside, class 0 outside. The first half
# is for training. We compare four networks with two inputs, four learned features
# and one output: they differ only in the function between the layers. How are their 17
# parameters found? By gradient descent on the cross-entropy, with the *slow* gradient
# that you know from lecture 04: central differences. Lecture 09 shows the fast one.
#
# **Predict:** what accuracy do you expect if the function is the identity? And if it
# is $\sigma$?

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(8)
radius = np.concatenate([rng.uniform(0, 2.5, 250), rng.uniform(3.5, 5, 250)])
angle, order = rng.uniform(0, 2 * np.pi, 500), rng.permutation(500)
ring = (radius * np.array([np.cos(angle), np.sin(angle)])).T[order]  # (500, 2)
inside = np.repeat([1.0, 0.0], 250)[order]  # the labels, (500,)

between = {"identity": lambda z: z, "sigmoid": expit, "tanh": np.tanh,
           "ReLU": lambda z: np.maximum(0, z)}
starts = np.random.default_rng(1).normal(scale=0.5, size=(6, 17))  # 6 starts
runs, share = {}, {}
for name, g in between.items():
    runs[name] = train(starts, ring[:250], inside[:250], [2, 4, 1], g, 0.1, 80)
    says = score(ring[250:], runs[name][-1], [2, 4, 1], g) > 0  # new points
    share[name] = np.mean(says == inside[250:], axis=-1)
    print(f"{name:8} accuracy:", share[name].round(3))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 2, figsize=(8.4, 3.7), sharey=True)
for ax, name in zip(axes, ("identity", "sigmoid"), strict=True):
    for kind, mark, color in (0, "o", BLUE), (1, "s", VERMILION):
        seen = ring[250:][inside[250:] == kind]
        ax.scatter(*seen.T, c=color, marker=mark, s=14, label=f"class {kind}")
    net = runs[name][-1, 0], [2, 4, 1], between[name]
    x0, y0, x1, y1 = zero_curve(lambda P, net=net: score(P, *net), 5.5)
    ax.plot([x0, x1], [y0, y1], color=GREEN, ls="-", lw=3)
    ax.set(xlim=(-5.5, 5.5), ylim=(-5.5, 5.5), aspect=1, xlabel="x1")
    ax.set_title(f"{name} between: {share[name][0]:.0%} right")
axes[0].legend(loc="lower right"), axes[0].set_ylabel("x2")
assert max(share["identity"]) < 0.7 and min(share["sigmoid"]) > 0.8
show(fig, alt="Rings. Left a straight border, right one bent around the "
     "inner class.", see="With nothing bent between them, 17 parameters draw a "
     "line.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### One line, however many layers
#
# **Answer to the prediction.** With the identity about one half is right, as a coin
# would be: no line separates rings. With $\sigma$ most are after 80 epochs, and tanh and
# ReLU get further in that time (section 6).
#
# **Your turn.** $W_1=\begin{pmatrix}1&2\end{pmatrix}$, $b_1=(3,0)$,
# $W_2=\begin{pmatrix}1\\10\end{pmatrix}$, $b_2=0.5$, no function between. Which single
# layer is this?
# <details><summary>Answer</summary>
#
# $W=W_1W_2=1\cdot1+2\cdot10=21$ and $b=b_1W_2+b_2=3\cdot1+0\cdot10+0.5=3.5$.
#
# </details>
#
# > **Take away:** without a non-linear function between them, layers collapse into one.

# %% [markdown] rows=["L08.6"] slideshow={"slide_type": "slide"}
# ## 6. What should an activation do?
#
# Between layers an activation is applied to each entry of $Z$ by itself. It should
#
# - be **not linear**, or layers collapse;
# - have a **derivative of use** almost everywhere: not 0, as a step has it. A few kinks do
#   no harm;
# - be **non-decreasing**, usually, not necessarily. The SiLU, $z\,\sigma(z)$, first falls to
#   $-0.278$, then rises, and works well in large networks.
#
# Each layer then makes new features from those of the layer before.
#
# **What is wrong here?** "An activation must be non-linear, differentiable and
# non-decreasing, such as the identity, the simplest, or ReLU."
# <details><summary>Answer</summary>
#
# The identity is linear, ReLU has no derivative at 0, and "non-decreasing" is no must.
#
# </details>

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 50–63 min.*
# The puzzle first: there are three faults in one sentence. **Often heard:** only “ReLU
# has a kink.” The identity is linear, and the third word is no must.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
z = np.linspace(-4, 4, 801)
step = np.where(z == 0, np.nan, z > 0)  # no derivative at 0
gallery = {"linear": (z, 1 + 0 * z),
           "sigmoid": (expit(z), expit(z) * expit(-z)),
           "tanh": (np.tanh(z), 1 - np.tanh(z) ** 2),
           "ReLU": (np.maximum(0, z), step),
           "leaky ReLU": (np.maximum(0.01 * z, z), 0.01 + 0.99 * step),
           "softplus": (np.log(1 + np.exp(z)), expit(z))}
fig, axes = plt.subplots(2, 6, figsize=(12, 3.9), sharex=True, sharey="row")
for (name, (g, slope)), (top, low) in zip(gallery.items(), axes.T, strict=True):
    top.plot(z, g), low.plot(z, slope, color=VERMILION, ls="-")
    top.set(title=name, ylim=(-1.5, 3)), low.set(ylim=(-0.1, 1.15), xlabel="z")
axes[0, 0].set_ylabel("g(z)"), axes[1, 0].set_ylabel("g′(z)")
show(fig, alt="Six activations in the upper row, their derivatives below.", see=
     "Sigmoid and tanh go flat on both sides; ReLU keeps its slope on one.")

# %% [markdown] rows=["L08.7"] slideshow={"slide_type": "subslide"}
# ### Linear, sigmoid, tanh
#
# | name | $g(z)$ | $g'(z)$ | values |
# |:--|:--|:--|:--|
# | linear (identity) | $z$ | $1$ | all |
# | sigmoid | $\sigma(z)=1/(1+e^{-z})$ | $\sigma(z)\,(1-\sigma(z))\le\frac14$ | $(0,1)$ |
# | tanh | $\tanh z=2\sigma(2z)-1$ | $1-\tanh^2z\le1$ | $(-1,1)$ |
#
# - **Linear** is for the *output* when it may be any number, as in regression. Between
#   layers it lets them collapse.
# - **Sigmoid** is for an output that is a probability. It **saturates**: far from 0 it is
#   flat, and a unit that sits there hardly learns. Between layers it was the usual
#   choice once; since about 2012 that has been ReLU and its relatives.
# - **Tanh** is a sigmoid, stretched and moved: its values are centered on 0, its slope at
#   0 is 1. It saturates, too.
#
# As in lecture 05, $\sigma$ must be computed safely: $e^{1000}$ overflows.

# %% [markdown] rows=["L08.8"] slideshow={"slide_type": "subslide"}
# ### ReLU, leaky ReLU, softplus
#
# | name | $g(z)$ | $g'(z)$ |
# |:--|:--|:--|
# | ReLU | $\max(0,z)$ | 1 for $z>0$, 0 for $z<0$; at 0 we take 0 |
# | leaky ReLU | $\max(0.01z,\,z)$ | 1 for $z>0$, $0.01$ for $z<0$ |
# | softplus | $\log(1+e^z)$ | $\sigma(z)$ |
#
# ReLU, the *rectified linear unit*, does not saturate on the right. But a unit whose $z$ is
# negative for every sample has slope 0 for all of them: it is **dead** and gets no
# update. A leak keeps it alive. Softplus is a ReLU with a round corner, at most $\log2$
# above it.
#
# As written, softplus overflows at $z=1000$, where it should be 1000. Cure:
# $\log(1+e^z)=\max(0,z)+\log(1+e^{-\lvert z\rvert})$.
#
# **Predict:** the rings, six starts each, one learning rate. Who has the lowest loss after
# 80 epochs: ReLU, tanh or sigmoid? Always?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# **Ask** for the winner, then for “always?” **Wait for** “not always.” **Often heard:**
# “ReLU, always.” One of the six runs is stuck at 0.33, with a dead unit.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
dead = np.full((1, 17), 0.05)  # small positive weights ...
dead[:, 8:12] = -1  # ... and biases of −1: no z is above 0
seen, sizes = (ring[:250], inside[:250]), [2, 4, 1]
dead = train(dead, *seen, sizes, between["ReLU"], 0.1, 80)
fig, ax = plt.subplots(figsize=(8.6, 4))
for name, style in ("ReLU", "C0-"), ("tanh", "C2--"), ("sigmoid", "C4:"):
    for k, curve in enumerate(loss(*seen, runs[name], sizes, between[name]).T):
        ax.plot(curve, style, lw=1.8, label=None if k else name)
flat = loss(*seen, dead, sizes, between["ReLU"])
ax.plot(flat, color=INK, ls="-.", label="ReLU, all dead"), ax.legend()
ax.set(xlabel="epoch", ylabel="loss J", title="ReLU is often the fastest")
show(fig, alt="Falling curves: ReLU lowest, then tanh, sigmoid; one flat.", see=
     "Six starts each. One ReLU run is stuck; with dead units none moves.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Often faster, not a law
#
# **Answer to the prediction.** Usually ReLU, not always. Five of the six ReLU runs are ahead
# of all others. The sixth is stuck at 0.33, with 80 % right; one of its units is dead. If
# all four are, the loss stays near $\log2$ for ever.
#
# In a deep network A. Krizhevsky and others (2012) reached the same error with ReLU about
# six times faster than with tanh. It is no theorem.
#
# **Your turn.** A unit has $w=(2,-1)$ and $b=0$. For which of the samples $(1,1)$,
# $(1,3)$, $(-1,-2)$ does a ReLU pass on a slope? And a leaky ReLU?
# <details><summary>Answer</summary>
#
# $z=1,\,-1,\,0$. ReLU: only for the first (at 0 we take 0). Leaky ReLU: for all three.
#
# </details>
#
# > **Take away:** between layers ReLU is the usual first choice. What the output gets
# > depends on the task.

# %% [markdown] rows=["L08.9"] slideshow={"slide_type": "slide"}
# ## 7. Where do function and derivative live?
#
# Going forward a network needs $g$; to learn, it will need $g'$ as well (lecture 09). They go
# into one **class**, here a bundle of functions under one name:
#
# | SiLU | |
# |:--|:--|
# | `f(z)`: any shape → the same shape | $g$, for the way forward |
# | `df(z)`: any shape → the same shape | $g'$, for the way back |
#
# `@staticmethod` says that a function uses nothing of an *instance* (an object made by
# `SiLU()`), so we call it on the class: `SiLU.f(z)`. A network is given the class itself,
# `phi=SiLU`, and calls `phi.f(z)`. Forward and backward code are the same for all of them.
#
# > **Take away:** a function and its derivative live in one class.

# %% slideshow={"slide_type": "subslide"}
class SiLU:
    """z σ(z); the homework has six others."""

    @staticmethod
    def f(z):
        return z * expit(z)

    @staticmethod
    def df(z):  # product rule
        return expit(z) + z * expit(z) * expit(-z)


z, h = np.linspace(-6, 6, 1201), 1e-5  # the check for every derivative
assert np.allclose(SiLU.df(z), (SiLU.f(z + h) - SiLU.f(z - h)) / (2 * h))
print("smallest value:", SiLU.f(z).min().round(3))

# %% [markdown] rows=["L08.10"] slideshow={"slide_type": "slide"}
# ## 8. What can a sum of bent lines be?
#
# A **hinge function** with its **knot** at $t$ is $(x-t)_+=\max(0,\,x-t)$ or its mirror
# image $(t-x)_+$. A constant plus a weighted sum of hinges is a line with kinks:
#
# $$\hat f(x)=c_0+\sum_{i=1}^kc_iB_i(x),\qquad B_i(x)=(x-t_i)_+\ \text{ or }\ (t_i-x)_+$$
#
# This is the form of **MARS**, multivariate adaptive regression splines (J. Friedman
# 1991), which picks knots one after the other while it helps, then removes those that
# help least. (With several inputs it also multiplies hinges. A sum of ReLU units cannot
# do that exactly.) An example, for $0\le x\le1$:
#
# $$\begin{aligned}\hat f(x)=1.013&+1.198\,(x-0.485)_+-1.803\,(0.485-x)_+
# -1.321\,(x-0.283)_+\\&-1.609\,(x-0.640)_++1.591\,(x-0.907)_+\end{aligned}$$
#
# **Predict:** at which $x$ does $\hat f$ have a kink? How steep is it left of all knots?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 63–77 min.*
# Section 7 in two minutes, then this. **Wait for** four kinks, and 1.803 on the left.
# **Often heard:** “five kinks” (two hinges share a knot) and −1.803: the mirror image
# turns the sign.

# %% slideshow={"slide_type": "subslide"}
knots = np.array([0.485, 0.485, 0.283, 0.640, 0.907])
signs = np.array([1, -1, 1, 1, 1])  # −1: the mirror image
coefs = np.array([1.198, -1.803, -1.321, -1.609, 1.591])

def hinge(x, i, knot):  # the hinge number i, with its coefficient
    return coefs[i] * np.maximum(0, signs[i] * (x - knot))

at = np.array([0, 0.283, 0.485, 0.640, 0.907, 1])
f_hat = 1.013 + sum(hinge(at, i, knots[i]) for i in range(5))
slopes = np.diff(f_hat) / np.diff(at)
print("values:", f_hat.round(4), "\nslopes:", slopes.round(3))
W1, b1 = signs[None, :], -signs * knots  # s (x − t) = s x − s t
network = np.maximum(0, at[:, None] @ W1 + b1) @ coefs[:, None] + 1.013
print("a ReLU layer differs by", np.abs(network[:, 0] - f_hat).max())
assert np.allclose(network[:, 0], f_hat)


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
def sum_at(a, b, c):  # ends and kinks of the sum, for knots at a, b and c
    x, places = np.sort([0, a, b, c, 0.907, 1]), (b, b, a, c, 0.907)
    return x, 1.013 + sum(hinge(x, i, places[i]) for i in range(5))


def bent(i, knot):  # one hinge: two ends and a kink
    return [0, knot, 1], hinge(np.array([0, knot, 1]), i, knot)


fig, (left, right) = plt.subplots(1, 2, figsize=(10.4, 3.7))
left.set(xlim=(0, 1), ylim=(-1.15, 0.8), xlabel="x", title="Scaled hinges ...")
right.set(xlim=(0, 1), ylim=(-0.4, 1.4), xlabel="x", title="... and their sum")
right.plot(*sum_at(0.283, 0.485, 0.640), color=GRAY, ls=":"), plt.close(fig)
assert np.allclose(slopes, [1.803, 0.482, -0.123, -1.732, -0.141])
assert np.allclose(f_hat[[0, 1, 5]], [0.1385, 0.6488, 0.2515], atol=5e-5)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
demo = Demo("hinges", fig, alt="Left five bent lines, right their sum.", see=
            "Where a hinge has its knot, the sum has a kink. Dotted: before "
            "you moved.")
demo.slider("a", np.linspace(0.083, 0.433, 8), label="hinge 3", start=0.283)
demo.slider("b", np.linspace(0.335, 0.635, 7), label="hinges 1, 2", start=0.485)
demo.slider("c", np.linspace(0.54, 0.84, 7), label="hinge 4", start=0.640)
demo.line(left, lambda b: bent(0, b), color=BLUE)
demo.line(left, lambda b: bent(1, b), color=VERMILION, ls="--")
demo.line(left, lambda a: bent(2, a), color=GREEN, ls="-.")
demo.line(left, lambda c: bent(3, c), color=ORANGE)
left.plot(*bent(4, 0.907), color=INK, ls=":")
demo.line(right, sum_at), demo.points(right, sum_at, ms=8)
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Hinges are ReLU units
#
# **Answer to the prediction.** Kinks at 0.283, 0.485, 0.640 and 0.907. Left of them only
# $-1.803\,(0.485-x)_+$ is at work: slope $1.803$, then 0.482, $-0.123$, $-1.732$, $-0.141$.
#
# A hinge is a ReLU unit with input weight $1$ or $-1$ and bias $-t$ or $t$. The whole sum
# is a network: 5 ReLU units with the input weights $(1,-1,1,1,1)$, one linear output.
#
# **Your turn.** By how much does the slope of $\hat f$ change at $0.640$? And at $0.485$,
# where two hinges meet?
# <details><summary>Answer</summary>
#
# By $-1.609$. At $0.485$ one hinge sets in, the other stops: $1.198-1.803=-0.605$.
#
# </details>
#
# > **Take away:** a weighted sum of ReLU units is a line with kinks.

# %% [markdown] rows=["L08.11"] slideshow={"slide_type": "slide"}
# ## 9. What do people mean by a layer?
#
# Several neurons on the same input are a **layer**, layers in series a **network**.
#
# | word | meaning |
# |:--|:--|
# | unit | one neuron of a layer; layer $l$ has $n^{[l]}$ of them |
# | dense layer | $AW+b$: each unit sees all outputs of the layer before |
# | non-linearity layer | $g$ for each entry, if it counts as a layer of its own |
# | input, hidden, output layer | the data, $n^{[0]}=n$ numbers, not counted; what is in between; the last one |
# | activation | the function $g$; also its value, a layer's output |
#
# Here a layer is a dense one *with* its activation. A **3-2-1 network** has 3 inputs, 2
# hidden units and 1 output. **Deep** means many layers.
#
# **Predict:** how many parameters does a 3-2-1 network have?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 77–88 min.*
# **Wait for** 11. **Often heard:** 8, the biases are forgotten. In section 10 one index
# at a time at the board; then: what changes for a matrix X? Nothing.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10.4, 3.9))
ins, mid = {3: "x₁", 1.5: "x₂", 0: "x₃"}, {2.5: "a₁", 0.5: "a₂"}
draw_network(ax, (0, ins), (3.5, mid), (7, {1.5: "ŷ"}), size=1500)
label = {"color": BLUE, "ha": "center", "va": "center", "backgroundcolor": "w"}
for i, y in enumerate(ins):
    for j, to in enumerate(mid):
        word = f"$w^{{[1]}}_{{{i + 1}{j + 1}}}$"
        ax.text(0.95, y + 0.27 * (to - y), word, **label)
for j, y in enumerate(mid):
    ax.text(5.2, (y + 1.5) / 2, f"$w^{{[2]}}_{{{j + 1}1}}$", **label)
for x, word in (0, "input"), (3.5, "hidden layer"), (7, "output layer"):
    ax.text(x, -1.2, word, ha="center")
ax.set(xlim=(-1, 8), ylim=(-1.3, 3.6), title="A 3-2-1 network")
show(fig, alt="A graph of 3 inputs, 2 hidden units and 1 output; each line a "
     "weight.", see="6 + 2 lines are 8 weights. The 3 biases are not drawn.")

# %% [markdown] rows=["L08.12"] slideshow={"slide_type": "slide"}
# ## 10. What does a 3-2-1 network compute?
#
# First number by number. $w^{[l]}_{ij}$ leads from unit $i$ of layer $l-1$ to unit $j$ of
# layer $l$:
#
# $$\begin{aligned}
# z^{[1]}_1&=x_1w^{[1]}_{11}+x_2w^{[1]}_{21}+x_3w^{[1]}_{31}+b^{[1]}_1,&a^{[1]}_1&=g(z^{[1]}_1)\\
# z^{[1]}_2&=x_1w^{[1]}_{12}+x_2w^{[1]}_{22}+x_3w^{[1]}_{32}+b^{[1]}_2,&a^{[1]}_2&=g(z^{[1]}_2)\\
# z^{[2]}_1&=a^{[1]}_1w^{[2]}_{11}+a^{[1]}_2w^{[2]}_{21}+b^{[2]}_1,&\hat y=a^{[2]}_1&=g^{[2]}(z^{[2]}_1)
# \end{aligned}$$
#
# Then the same in one line for each layer, with $W^{[1]}:(3,2)$ and $W^{[2]}:(2,1)$:
#
# $$z^{[1]}=xW^{[1]}+b^{[1]},\quad a^{[1]}=g(z^{[1]}),\qquad
# z^{[2]}=a^{[1]}W^{[2]}+b^{[2]},\quad a^{[2]}=g^{[2]}(z^{[2]})$$
#
# Column $j$ of $W$ holds the weights of unit $j$. From $n$ inputs to $k$ units there are
# $nk$ weights and $k$ biases: $(6+2)+(2+1)=11$ parameters.
#
# **Predict:** in code, does anything change if $x$ is not one sample but a matrix $X$?

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(2)
W1, b1 = rng.normal(size=(3, 2)).round(1), rng.normal(size=2).round(1)
W2, b2 = rng.normal(size=(2, 1)).round(1), rng.normal(size=1).round(1)
x = np.array([1.0, -2.0, 0.5])
z11 = x[0] * W1[0, 0] + x[1] * W1[1, 0] + x[2] * W1[2, 0] + b1[0]
z12 = x[0] * W1[0, 1] + x[1] * W1[1, 1] + x[2] * W1[2, 1] + b1[1]
a11, a12 = np.tanh(z11), np.tanh(z12)
y_hat = expit(a11 * W2[0, 0] + a12 * W2[1, 0] + b2[0])

a1 = np.tanh(x @ W1 + b1)  # (3,) (3, 2) + (2,) -> (2,)
assert np.allclose(a1, [a11, a12])
assert np.allclose(expit(a1 @ W2 + b2), [y_hat])
print("in numbers:", y_hat, " in matrices:", expit(a1 @ W2 + b2))
assert W1.size + b1.size + W2.size + b2.size == 11


# %% [markdown] rows=["L08.13"] slideshow={"slide_type": "slide"}
# ## 11. And with L layers?
#
# With samples as rows, for $l=1,\dots,L$:
#
# $$A^{[0]}=X,\qquad Z^{[l]}=A^{[l-1]}W^{[l]}+b^{[l]},\qquad A^{[l]}=g^{[l]}(Z^{[l]})$$
# $$W^{[l]}:(n^{[l-1]},n^{[l]}),\qquad b^{[l]}:(n^{[l]},),\qquad
# Z^{[l]},A^{[l]}:(m,n^{[l]})$$
#
# This is the **forward pass**. Each layer has its **own** activation; that of the output
# is chosen by the task: identity (regression), sigmoid (yes or no), softmax (one of $K$).
#
# | 784-25-10 | shape of $W$ | parameters | output |
# |:--|:--|--:|:--|
# | layer 1 | $(784,25)$ | $784\cdot25+25=19\,625$ | $(m,25)$ |
# | layer 2 | $(25,10)$ | $25\cdot10+10=260$; together $19\,885$ | $(m,10)$ |
#
# **What is wrong here?** "$A^{[L]}=\tanh(Z^{[L]})$, trained by squared error on
# prices." One price is 5.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 88–101 min.*
# **Ask** how near to 5 the output can come. **Wait for** “below 1, so the loss stays
# above 8.” **Often heard:** “train longer.” Section 12 takes five of these minutes, or
# none.

# %% slideshow={"slide_type": "subslide"}
def run_forward(A, Ws, bs, gs):
    for W, b, g in zip(Ws, bs, gs, strict=True):  # layer after layer
        A = g(A @ W + b)
        print(f"  W {W.shape} -> {A.shape}")
    return A


rng = np.random.default_rng(4)
sizes = [784, 25, 10]
Ws = [rng.normal(scale=0.05, size=pair) for pair in pairwise(sizes)]
bs = [np.zeros(k) for k in sizes[1:]]
digits = rng.uniform(size=(7, 784))  # seven made-up pictures
outputs = run_forward(digits, Ws, bs, [np.tanh, expit])
assert outputs.shape == (7, 10)
assert sum(W.size for W in Ws) + sum(b.size for b in bs) == 19885

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Shapes first
#
# <details><summary>Answer to the puzzle</summary>
#
# A tanh stays below 1, so for the price 5 the loss $\frac12(\hat y-y)^2$ stays above
# $\frac12(1-5)^2=8$. The output of a regression gets the identity.
#
# </details>
#
# **Answers to the predictions.** 11 parameters. And no, nothing changes: `X @ W + b` takes
# one sample $(n,)$ as well as $m$ of them.
#
# **Your turn.** A 4-5-3 network gets 20 samples. Which shapes have $W^{[1]}$, $b^{[2]}$,
# $Z^{[1]}$ and $A^{[2]}$? How many parameters are there?
# <details><summary>Answer</summary>
#
# $(4,5)$, $(3,)$, $(20,5)$, $(20,3)$. $20+5+15+3=43$.
#
# </details>
#
# > **Take away:** multiply, add, activate, layer after layer; the inner sizes must agree.

# %% [markdown] rows=["L08.14"] slideshow={"slide_type": "slide"}
# ## 12. Why does it look different in other books?
#
# Some books put the bias into the matrix and samples into columns. A layer from $n$
# inputs to $k$ units is then *one* matrix, with a row for each unit and the bias in
# front:
#
# $$\Theta=[\,b\;\;W^\top]:(k,n+1)$$
#
# To meet the bias, $a_0=1$ is put before the activations of every layer:
# $a^{(l+1)}=g(\Theta^{(l)}a^{(l)})$. There the input is called layer 1, so $\Theta^{(1)}$
# is our $W^{[1]}$, $b^{[1]}$, and a network of $L$ of our layers has $L+1$ of theirs. With
# 4 inputs and 3 units $\Theta$ is $3\times5$.
#
# To translate: $b$ is the first column of $\Theta$, $W$ the rest, transposed. PyTorch keeps
# $W^\top$ and $b$ apart. *We* keep $b$ apart: then nobody penalizes it by accident
# (lecture 07), and no column has to be cut off on the way back (lecture 09).
#
# **Predict:** what happens if someone adds the ones to the *output* as well?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
W = np.arange(1, 13).reshape(4, 3)  # n = 4 inputs, k = 3 units
b = np.array([-1, -2, -3])
Theta = np.column_stack([b, W.T])
fig, ax = plt.subplots(figsize=(10, 4.3))
draw_table(ax, 0, 0, W, "W: (n, k) = (4, 3)")
draw_table(ax, 0, -5.4, b, "b: (3,)", hot=True)
draw_table(ax, 6, -1, Theta, "Θ = [b  Wᵀ]: (3, 5)", hot=[True] + 4 * [False])
arrow = {"arrowstyle": "->", "lw": 2}
ax.annotate("", (5.7, -2.5), (3.4, -2.5), arrowprops=arrow)
ax.text(4.5, -2.2, "transpose", ha="center"), ax.axis("off")
ax.set(xlim=(-0.2, 11.2), ylim=(-6.5, 1), aspect=1, title="One layer, twice")
show(fig, alt="A 4 by 3 table W and a row b become a 3 by 5 table Θ.", see=
     "The bias (tinted) is a row here, and the first column there.")
x = np.array([2, 0, -1, 1])
assert np.array_equal(Theta @ [1, *x], x @ W + b)


# %% [markdown] rows=["L08.15"] slideshow={"slide_type": "subslide"}
# ### From outputs to answers
#
# A classifier has one output unit for each of $K$ classes. **Predict** runs forward and
# takes the $\arg\max$ of each row, as in lecture 06:
#
# $$X\;(m,784)\;\to\;A^{[1]}\;(m,25)\;\to\;A^{[2]}\;(m,10)\;\to\;\hat y\;(m,)$$
#
# In the Θ notation `forward` of one layer adds ones, multiplies by $\Theta^\top$, activates;
# `predict` calls it for each layer of a list and takes the $\arg\max$.
#
# Softmax and sigmoid keep the order of the scores. So to *predict*, you may leave the
# last activation out; to train, you may not.
#
# <details><summary>Answer to the prediction about the ones</summary>
#
# They are never used, and harmless until somebody takes the $\arg\max$ over them, too.
#
# </details>
#
# > **Take away:** $\Theta=[\,b\;\;W^\top]$. Predict: forward, then the $\arg\max$ of each
# > row.

# %% [markdown] rows=["L08.16"] slideshow={"slide_type": "slide"}
# ## 13. What can networks represent?
#
# Three ReLU units make a **bump**: 0, up to 1 at its center, back to 0, and 0 from there
# on. With knots at distance $h$,
#
# $$B_c(x)=\frac{(x-c+h)_+-2\,(x-c)_++(x-c-h)_+}h .$$
#
# Enough bumps, each as high as the function at its center, follow any continuous curve
# over a closed interval.
#
# The **universal approximation theorem** says it in general: one hidden layer with a
# continuous activation that is no polynomial, wide enough, and a linear output approximate
# *every* continuous function on a closed and bounded set, to any accuracy (G. Cybenko
# 1989; M. Leshno and others 1993). It does not say how wide, nor whether training finds
# the weights.
#
# **Predict:** why must polynomials be excluded?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 101–112 min.*
# **Wait for** “a sum of polynomials of degree d has at most degree d.” Underline *can
# represent* at the board. **Often heard:** “so one layer is enough.” The theorem is
# silent about how wide, and about training.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
def target(x):
    return 0.6 * np.sin(7 * x) + x

def bump(x, c, h):  # three ReLU units
    left, middle, right = (np.maximum(0, x - c + step) for step in (h, 0, -h))
    return (left - 2 * middle + right) / h

def bumps(x, n):  # the sum of n, as high as the target at their centers
    c = np.linspace(0, 1, int(n))
    return sum(target(t) * bump(x, t, c[1]) for t in c)

def triangles(n):  # both slopes of each bump, as segments
    c, low = np.linspace(0, 1, int(n)), [0] * int(n)
    top = target(c)
    return [*c - c[1], *c], [*low, *top], [*c, *c + c[1]], [*top, *low]


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
x, counts = np.linspace(0, 1, 161), (3, 5, 9, 17, 33)
fig, ax = plt.subplots(figsize=(8.6, 4))
ax.plot(x, target(x), color=GRAY, ls="--", label="target")
ax.set(xlim=(0, 1), ylim=(-0.1, 1.4), xlabel="x"), ax.legend(loc="upper left")
ax.set_title("Bumps add up to a curve")
demo = Demo("bumps", fig, alt="A smooth curve, triangles, and their sum.", see=
            "With half the distance the largest gap is about a quarter.")
demo.slider("n", counts, label="bumps", fmt="{:.0f}", start=5)
demo.segments(ax, triangles, color=SKY, lw=1.4)
demo.line(ax, lambda n: (x, bumps(x, n)), color=VERMILION)
gap = {n: np.abs(bumps(x, n) - target(x)).max() for n in counts}
demo.readout(lambda n: f"{n:.0f} bumps: largest gap {gap[n]:.3f}")
demo.show()
assert all(3 < gap[n] / gap[2 * n - 1] < 5 for n in counts[1:-1])


# %% [markdown] slideshow={"slide_type": "slide"}
# ### XOR by hand: fold the plane
#
# Two ReLU units that both look at $x_1+x_2$, and one linear output:
#
# $$h_1=\max(0,\,x_1+x_2),\qquad h_2=\max(0,\,x_1+x_2-1),\qquad \hat y=h_1-2h_2$$
#
# | $x$ | $h_1$ | $h_2$ | $\hat y$ |
# |:--|--:|--:|--:|
# | 0, 0 | 0 | 0 | 0 |
# | 0, 1 | 1 | 0 | 1 |
# | 1, 0 | 1 | 0 | 1 |
# | 1, 1 | 2 | 1 | 0 |
#
# The hidden layer sends the points 01 and 10 to the *same* place and bends the plane, so
# that a line can separate what it could not separate before.
#
# **Answer to the prediction.** A layer of polynomials of degree $d$ gives a polynomial of
# degree at most $d$, however wide it is, and that cannot follow every curve.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
def folded(P, t):  # from the inputs (t = 0) to the hidden layer (t = 1)
    s = P.sum(axis=-1)
    H = np.stack([np.maximum(0, s), np.maximum(0, s - 1)], axis=-1)
    return ((1 - t) * P + t * H).reshape(-1, 2).T


cells = np.stack(np.meshgrid(*2 * [np.linspace(-0.2, 1.2, 8)]), axis=-1)
edges = ((cells[:, :-1], cells[:, 1:]), (cells[:-1], cells[1:]))  # of a grid
fig, ax = plt.subplots(figsize=(7.4, 4.2))
ax.set(xlim=(-0.5, 2.6), ylim=(-0.4, 1.6), xlabel="x1, then h1", aspect=1)
ax.set(ylabel="x2, then h2", title="XOR, unfolded and folded")
ax.plot([0.5, 3.7], [0, 1.6], color=GREEN, ls="--")  # h1 − 2 h2 = 0.5
ax.grid(visible=False), plt.close(fig)
corners = np.array([[0, 0], [1, 1], [0, 1], [1, 0]])

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
demo = Demo("xor", fig, alt="A grid with four corners folds to a bent line.",
            see="Folded, the squares are one, and the dashed line has it on "
            "one side and both circles on the other.")
demo.slider("t", np.linspace(0, 1, 21), label="fold")
for a, b in edges:
    def edge(t, a=a, b=b):
        return *folded(a, t), *folded(b, t)
    demo.segments(ax, edge, color=SKY, lw=1)
square = {"color": VERMILION, "marker": "s", "ms": 15}
demo.points(ax, lambda t: folded(corners[:2], t), color=BLUE, ms=15)
demo.points(ax, lambda t: folded(corners[2:], t), **square)
for c in corners:  # 10 has its name below
    demo.text(ax, lambda t, c=c: (*(folded(c, t)[:, 0] + [
        -0.08, 0.12 - 0.36 * (c[0] > c[1])]), f"{c[0]}{c[1]}"))
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# **Ask** where 01 and 10 will go, before you fold, and then slowly. **Wait for** “to
# the same place.”

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Why deep, if one hidden layer can do it?
#
# One hidden layer may need to be very wide. With several, later layers build on what
# earlier ones found, and in a network trained on photographs one can see it: the first
# layers react to **edges**, later ones to **parts** such as an eye or a wheel, the last ones
# to whole **objects**. Nobody wrote these features down; they were learned.
#
# **Your turn.** Why is $h_1=\max(0,x_1+x_2)$ needed in the XOR network, where $x_1+x_2$ is
# never negative? And what does the network give for $x=(0.5,0.5)$?
# <details><summary>Answer</summary>
#
# It is not: $x_1+x_2$ itself would do, if the output may look at the inputs, too. At
# $(0.5,0.5)$: $h_1=1$, $h_2=0$, so $\hat y=1$, as between 01 and 10.
#
# </details>
#
# > **Take away:** wide enough, one hidden layer *can* represent any continuous function. To
# > find the weights is another matter.

# %% [markdown] rows=["L08.17"] slideshow={"slide_type": "slide"}
# ## 14. What does it look like when a network learns?
#
# The rings again, with a deeper network: 2 inputs, hidden layers of 4 and of 2 units with
# tanh, one output with a sigmoid: $12+10+3=25$ parameters. Rate 0.03, batches of 10, half
# of the 500 points for training. We start four times, from small random numbers.
#
# The last hidden layer has 2 units, so that we can look at it: each sample is a point
# $(a^{[2]}_1,a^{[2]}_2)$ in a plane, and the output unit draws a *straight* line there. Back
# in the inputs it is a closed curve.
#
# How are the numbers found? By gradient descent on the cross-entropy, as in section 5:
# central differences for 25 parameters, which takes 50 forward passes for each step.
# The next lectures show how one forward and one backward pass do the same.
#
# **Predict:** which is there first: the closed curve on the left, or two separate
# clouds on the right?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 112–120 min.*
# Vote: the curve first, or the clouds? **Wait for** “both at once.” **Often heard:**
# “the curve.” Press Play, then move by hand from epoch 25 to 60.

# %% slideshow={"slide_type": "subslide"}
sizes = [2, 4, 2, 1]
starts = [np.random.default_rng(s).uniform(-0.5, 0.5, 25) for s in range(4)]
half = ring[:250], inside[:250]  # the other half is new
run = train(np.array(starts), *half, sizes, np.tanh, 0.03, 200)  # (201, 4, 25)
says = score(ring[250:], run, sizes, np.tanh) > 0  # (201, 4, 250), new points
accuracy = np.mean(says == inside[250:], axis=-1)  # (201, 4)
for epoch in (0, 10, 25, 50, 75, 100, 200):
    print(f"epoch {epoch:3}:", accuracy[epoch].round(3))
assert (accuracy[200] >= 0.98).all()


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
def net(e):  # the first of the four starts, after epoch e
    return run[int(e), 0], sizes, np.tanh


def layer_2(P, e):  # both units, (2, m)
    return hidden(P, *net(e)).T


def border(e):  # in the plane of the inputs
    return zero_curve(lambda P: score(P, *net(e)), 5.5)


def cut(e):  # in the plane of hidden layer 2; the last parameters are w1, w2, b
    return straight_line(run[int(e), 0, -3:-1], run[int(e), 0, -1])


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4.6))
for ax, r, title in (left, 5.5, "Inputs"), (right, 1.1, "Hidden layer 2"):
    ax.set(xlim=(-r, r), ylim=(-r, r), aspect=1, title=title)
demo = Demo("playground", fig, alt="Rings with a border; the same in layer 2.",
            see="The border closes while the classes come apart.", seconds=9)
epochs = [*range(0, 50, 5), 50, 60, 75, 100, 200]
demo.slider("e", epochs, label="epoch", fmt="{:.0f}")
for kind, mark, color in (0, "o", BLUE), (1, "s", VERMILION):
    P = ring[250:][inside[250:] == kind][:50]  # new points
    left.scatter(*P.T, c=color, marker=mark, s=16)
    demo.points(right, lambda e, P=P: layer_2(P, e), c=color, marker=mark, ms=6)
demo.segments(left, border, color=GREEN), demo.line(right, cut, color=GREEN)
demo.readout(lambda e: f"right on new points: {accuracy[int(e), 0]:.1%}")
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What you just saw
#
# **Answer to the prediction.** Both at once: they are the same thing. The curve on the
# left is where the straight line on the right cuts the picture of the plane.
#
# All four starts end with at least 98 % of the new points right. The first epochs look
# as if nothing happens; then the units find their directions, and it goes quickly.
#
# **Your turn.** The second hidden layer gets *one* unit instead of two. How many
# parameters remain? Can the network still separate the rings, in principle?
# <details><summary>Answer</summary>
#
# $12+(4+1)+(1+1)=19$. Yes: the one unit can be high inside and low outside, as the
# output of the 2-4-1 network of section 5 was.
#
# </details>
#
# > **Take away:** hidden layers move the data until a straight line is enough.

# %% slideshow={"slide_type": "skip"}
# Checks of answers and of what the text says.
assert np.isclose(3 / (0.5 / np.sqrt(1 + 1 + 1.5**2)) ** 2, 51)  # bound for AND
assert wrong[2] == 1 and wrong[3] == 4 and wrong[8] == 0
ends = {name: loss(*half, runs[name][-1], [2, 4, 1], g)
        for name, g in between.items()}
fast = np.delete(ends["ReLU"], 1)
assert max(fast) < min(ends["tanh"]) < max(ends["tanh"]) < min(ends["sigmoid"])
stuck = hidden(half[0], runs["ReLU"][-1, 1], [2, 4, 1], between["ReLU"])
assert np.isclose(ends["ReLU"][1], 0.33, atol=0.005) and share["ReLU"][1] < 0.82
assert sum(stuck.max(axis=0) == 0) == 1  # one dead unit
assert np.allclose(flat, np.log(2), atol=0.01)
z = np.linspace(-30, 30, 6001)
assert np.allclose(np.tanh(z), 2 * expit(2 * z) - 1)
assert np.isclose((np.log1p(np.exp(z)) - np.maximum(0, z)).max(), np.log(2))
assert np.isclose((expit(z) * expit(-z)).max(), 0.25)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - A neuron: $a=g(x\cdot w+b)$. With $g=\sigma$ it is logistic regression.
# - Perceptron: wrong 0, add $x$; wrong 1, subtract. It ends if the classes are strictly
#   separable, after at most $(R/\gamma)^2$ updates.
# - Linear layers collapse: $W=W_1W_2$, $b=b_1W_2+b_2$.
# - Sigmoid and tanh saturate; ReLU has slope 1 or 0, and units can die. The output's
#   activation follows from the task.
# - Hinges are ReLU units; their weighted sum is a line with kinks.
# - $A^{[0]}=X$, $Z^{[l]}=A^{[l-1]}W^{[l]}+b^{[l]}$, $A^{[l]}=g^{[l]}(Z^{[l]})$; from $n$ to
#   $k$ units $nk+k$ parameters. Elsewhere: $\Theta=[\,b\;\;W^\top]$.
# - One wide hidden layer *can* represent any continuous function on a closed and bounded
#   set. Training may or may not find it.
#
# Next, lecture 09: how all weights learn at once. Now open
# `hw07_forward.ipynb`.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Check yourself
#
# 1. A neuron has $w=(2,-1)$, $b=1$ and tanh. What is its output for $x=(0,1)$?
#    <details><summary>Answer</summary>$z=-1+1=0$, so 0.</details>
# 2. For AND the line $x_1+x_2-1.5=0$ separates the classes. Which bound on the number of
#    updates does Novikoff give with it?
#    <details><summary>Answer</summary>With the input 1 included, the largest norm is
#    $\sqrt3$ and the smallest distance $0.5/\sqrt{1+1+1.5^2}$, so the bound is
#    $3\cdot4.25/0.25=51$. It took 10 updates.</details>
# 3. A network has three linear layers with 10, 50 and 1 units for 5 inputs. How many
#    parameters has the single layer that does the same?
#    <details><summary>Answer</summary>$5+1=6$.</details>
# 4. Somebody forgets `@staticmethod`. `SiLU.f(0.0)` works, but `SiLU().f(0.0)` stops with
#    a `TypeError`. Why?
#    <details><summary>Answer</summary>An instance hands itself over as first argument, so
#    `f` gets two and takes one. On the class nothing is handed over.</details>
# 5. Which activation for the output: prices; spam or not; one of ten digits?
#    <details><summary>Answer</summary>Identity; sigmoid; softmax.</details>
# 6. How many parameters has a 2-4-2-1 network?
#    <details><summary>Answer</summary>$(8+4)+(8+2)+(2+1)=25$.</details>
# 7. In another book a layer has a $\Theta$ of shape $(25,785)$. What is it here?
#    <details><summary>Answer</summary>$W:(784,25)$ and $b:(25,)$.</details>
# 8. "A network with one hidden layer can learn every function." What is wrong?
#    <details><summary>Answer</summary>It can *represent* every *continuous* one on a closed
#    and bounded set, as closely as wanted, if it is wide enough and its activation is
#    continuous and not a polynomial. Whether it learns it is not said.</details>
#
# ## Read more
#
# - F. Rosenblatt (1958), *The perceptron*, Psychological Review 65.
# - M. Minsky and S. Papert (1969), *Perceptrons*: what a single layer cannot do.
# - G. Cybenko (1989), *Approximation by superpositions of a sigmoidal function*; M. Leshno
#   and others (1993), *Multilayer feedforward networks with a nonpolynomial activation
#   function can approximate any function*.
# - J. Friedman (1991), *Multivariate adaptive regression splines*, Annals of Statistics 19.
# - F. Azevedo and others (2009), *Equal numbers of neuronal and nonneuronal cells make the
#   human brain an isometrically scaled-up primate brain*: 86 billion neurons.
# - A. Krizhevsky, I. Sutskever and G. Hinton (2012), *ImageNet classification with deep
#   convolutional neural networks*.
# - I. Goodfellow, Y. Bengio and A. Courville (2016), *Deep Learning*, chapter 6.
