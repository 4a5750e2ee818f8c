# %% [markdown] slideshow={"slide_type": "slide"}
# # Backpropagation
#
# *A network has thousands of weights and one loss. How does each weight learn which way
# to move, at the price of a few passes?*
#
# After this lecture you can
# - **write** the objective of a network, and **say** why no formula solves it,
# - **send** an error back through a graph, a layer, and a network of any depth,
# - **derive** the output error of a loss and an activation that belong together,
# - **check** a gradient, and **find** the bug that a falling loss hides,
# - **explain** why gradients vanish or explode in deep networks.
#
# **Needs** lectures 04 (gradient descent, central differences), 05 and 06 (cross-entropy),
# 07 (penalties) and 08 (layers, activations) · **Time** 120 minutes, with a break after
# section 6 · **Prepares** `hw08_backprop`

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 0–2 min.*
# Two rules carry everything: multiply along arrows, add where they meet (section 2).
# Sections 3 to 6 are one layer, until minute 62; then the break, which this plan does
# not count. Late? Sections 10 and 12 are one picture each.

# %% slideshow={"slide_type": "skip"}
from itertools import pairwise  # pairwise([3, 2, 1]) gives (3, 2), then (2, 1)
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
from backward_pictures import band, draw_graph, draw_lanes, draw_pipeline, minus
from backward_pictures import ring_loss, ring_slopes
from demos import Demo
from figures import BLUE, GRAY, GREEN, INK, PURPLE, VERMILION
from figures import draw_table, show, use_style
from scipy.special import expit  # the sigmoid, safe for any score
from scipy.special import softmax

use_style()

# %% [markdown] rows=["L09.1"] slideshow={"slide_type": "slide"}
# ## 1. What should a network make small?
#
# The mean loss over $m$ samples, plus a penalty on the weights of all layers:
#
# | task | output | loss $\ell$ of one sample |
# |:--|:--|:--|
# | regression | identity | $\frac12\lVert\hat y-y\rVert^2$ |
# | yes/no questions | sigmoids | $-\sum_k\big[y_k\log\hat y_k+(1-y_k)\log(1-\hat y_k)\big]$ |
# | one of $K$ classes | softmax | $-\sum_ky_k\log\hat y_k$ |
#
# $$J=\frac1m\sum_{i=1}^m\ell^{(i)}+\frac\lambda2\sum_{l=1}^L\lVert W^{[l]}\rVert_F^2$$
#
# $\lVert W\rVert_F$, the root of the sum of all squared entries, is the **Frobenius
# norm**. Biases are not penalized.
#
# **Predict:** swap two hidden units, with all their weights. Does $J$ change?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 2–12 min.*
# **Wait for** “no.” **Often heard:** “yes, the weights are others.” In the demo ask for
# J half way before you move. **Wait for** “higher”: no bowl.

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(0)
x = np.linspace(-2.5, 2.5, 31)
y = np.tanh(3 * x + 3) - np.tanh(3 * x - 3) + 0.1 * rng.normal(size=31)

def two_units(x, b1, b2, v1, v2):  # one input, two tanh units, one output
    return v1 * np.tanh(3 * x + b1) + v2 * np.tanh(3 * x + b2)

def J_of(theta):  # half squared errors
    return np.sum((two_units(x, *theta) - y) ** 2) / (2 * len(x))

here, swapped = np.array([3, -3, 1, -1]), np.array([-3, 3, -1, 1])
way = np.linspace(0, 1, 41)  # from the one to the other, in a straight line
heights = [J_of(here + t * (swapped - here)) for t in way]
print("J here, half way, there:", np.round(heights[::20], 3))
assert np.isclose(heights[0], heights[40]) and heights[20] > 50 * heights[0]

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.7))
left.plot(way, heights, color=GRAY, ls="-"), left.set(ylim=(-0.05, 1.1))
left.set(xlabel="way t from the one to the other", ylabel="J")
left.set_title("Two valleys of equal depth")
right.plot(x, y, "o", color=GRAY, ms=5), right.set(ylim=(-0.6, 2.6))
right.set(xlabel="x", ylabel="y", title="What the network says there")
demo = Demo("valleys", fig, alt="Left: J along a line, low at both ends with "
            "a hill between. Right: data and the curve of the network.",
            see="Both ends fit equally well. Half way the output is 0.")
demo.slider("t", way[::2], label="t", fmt="{:.2f}")
demo.points(left, lambda t: (t, J_of(here + t * (swapped - here))), ms=13)
demo.line(right, lambda t: (x, two_units(x, *(here + t * (swapped - here)))))
demo.readout(lambda t: f"J = {J_of(here + t * (swapped - here)):.3f}")
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### No bowl, no formula
#
# **Answer to the prediction.** $J$ does not change: the same numbers are added in another
# order. So a minimum with different hidden units has a twin. Half way between the twins $J$
# is higher, which a convex function cannot do (lecture 03). This was one slice through a
# **loss surface** of many dimensions.
#
# No formula gives the minimum. What is left is gradient descent, and it needs
# $\partial J/\partial W^{[l]}$ and $\partial J/\partial b^{[l]}$ for every layer, at every step.
#
# **What is wrong here?** A slide found elsewhere gives the cross-entropy of a network as
# $-\frac1{2m}\sum_i\sum_kY_{ik}\log P_{ik}$.
# <details><summary>Answer</summary>
#
# The ½ belongs to squares only, where it cancels the 2 of the derivative. Here it halves
# every step, and doubles the weight of the penalty.
#
# </details>
#
# > **Take away:** mean loss plus penalty, as before; but no bowl and no formula.

# %% [markdown] rows=["L09.2"] slideshow={"slide_type": "slide"}
# ## 2. How does a small change travel?
#
# Draw a computation as a **graph**: each node holds a number that is made of the numbers that
# point to it. Here is a network with one hidden unit, and one sample:
#
# $$z=wx+b,\qquad h=\max(0,z),\qquad\hat y=vh+c,\qquad\ell=\tfrac12(\hat y-y)^2$$
#
# The **chain rule**: if $w$ moves only $z$, $z$ moves only $h$, and so on, the rates multiply. The
# slope of $h$ is $[z>0]$, which is 1 where the condition holds and 0 where not.
#
# $$\frac{\partial\ell}{\partial w}=\frac{\partial\ell}{\partial\hat y}\cdot
# \frac{\partial\hat y}{\partial h}\cdot\frac{\partial h}{\partial z}\cdot
# \frac{\partial z}{\partial w}=(\hat y-y)\cdot v\cdot[z>0]\cdot x$$
#
# **Predict:** $x=2$, $w=3$, $b=-4$, $v=-1.5$, $c=1$ and the target $y=1$. Go forward
# to the loss. Then find $\partial\ell/\partial w$ and $\partial\ell/\partial b$. Which
# of your numbers did you use twice?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 12–26 min.*
# Three minutes alone. **Wait for** 4.5, 9 and 4.5. **Often heard:** −9: the sign of v
# is lost. Ask which number was used twice; that saving is the whole idea.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
# name: (place, value, slope of the loss, step of the value, step of the slope)
NODES = {"x": ((0, 1), 2, 13.5, 0, 9), "w": ((1, 2), 3, 9, 0, 9),
         "b": ((1, 0), -4, 4.5, 0, 9), "z": ((2, 1), 2, 4.5, 1, 8),
         "h": ((4, 1), 2, 4.5, 2, 7), "v": ((5, 2), -1.5, -6, 0, 6),
         "c": ((5, 0), 1, -3, 0, 6), "ŷ": ((6, 1), -2, -3, 3, 5),
         "y": ((7, 0), 1, None, 0, 99), "ℓ": ((8, 1), 4.5, None, 4, 99)}
EDGES = ("xz", "wz", "bz", "zh", "hŷ", "vŷ", "cŷ", "ŷℓ", "yℓ")
SAY = ("Inputs, parameters and the target are known.", "z = 3 · 2 − 4 = 2",
       "h = max(0, 2) = 2", "ŷ = −1.5 · 2 + 1 = −2", "ℓ = ½ (−2 − 1)² = 4.5",
       "Back: ∂ℓ/∂ŷ = ŷ − y = −3", "∂ℓ/∂v = −3 · h = −6 and ∂ℓ/∂c = −3 · 1",
       "∂ℓ/∂h = −3 · v = 4.5", "∂ℓ/∂z = 4.5 · 1 = 4.5, since z > 0",
       "∂ℓ/∂w = 4.5 · x = 9, ∂ℓ/∂b = 4.5, ∂ℓ/∂x = 4.5 · w = 13.5")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10.5, 3.9))
ax.set(xlim=(-0.6, 8.7), ylim=(-0.75, 2.85))
draw_graph(ax, {name: node[0] for name, node in NODES.items()}, EDGES)
demo = Demo("graph", fig, alt="A computation graph from x, w, b by z, h and ŷ "
            "to the loss. Values appear forward, slopes of the loss backward.",
            see="Below each node its value, above it the slope of the loss.")
demo.slider("k", range(10), label="step", fmt="{:.0f}")
for (a, e), value, slope, at, back in NODES.values():
    for number, up, color, when in ((value, -0.55, BLUE, at),
                                    (slope or 0, 0.38, VERMILION, back)):
        demo.text(ax, lambda k, a=a, e=e + up, v=number, s=when: (
            a, e, minus(f"{v:g}") if k >= s else ""), ha="center", color=color)
demo.readout(lambda k: SAY[int(k)])
demo.show()


# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# Step by step; the class says the next number before you show it. Stop after the
# forward pass and **ask** which values will be needed again on the way back.

# %% slideshow={"slide_type": "subslide"}
def loss_of(x, w, b, v, c):
    return (v * max(0, w * x + b) + c - 1) ** 2 / 2

def central(f, z, h=1e-5):  # the slopes of f at z, entry by entry
    units = h * np.eye(len(z))
    return np.array([(f(z + u) - f(z - u)) / (2 * h) for u in units])

slopes = central(lambda p: loss_of(*p), np.array([2.0, 3.0, -4.0, -1.5, 1.0]))
print("slopes for x, w, b, v, c:", slopes.round(3))
assert np.allclose(slopes, [NODES[name][2] for name in "xwbvc"])

# A number that is used twice: h goes into two outputs, and into both losses.
rate = central(lambda h: ((-1.5 * h[0] - 1) ** 2 + (0.5 * h[0] - 0) ** 2) / 2,
               np.array([2.0]))
assert np.allclose(rate, (-3 - 1) * -1.5 + (1 - 0) * 0.5)  # both ways, added

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### From the loss backward, once
#
# **Answer to the prediction.** $\ell=4.5$, $\partial\ell/\partial w=9$, $\partial\ell/\partial
# b=4.5$. Both used $\partial\ell/\partial z=4.5$, which used $\partial\ell/\partial\hat y=-3$.
#
# Two rules are enough. **Along an arrow, multiply** by its rate. **Where arrows leave a node to
# several others, add** what comes back from them.
#
# **Backpropagation** is often called a fancy word for the chain rule. That is half of it. The
# other half is the **order**: from the loss backward, each slope once, with the
# values stored on the way forward. This is *reverse-mode differentiation*.
#
# **What it costs.** Forward, a layer multiplies each weight once per sample. Backward there are
# at most two products per weight: one for its gradient, one to pass the error on. So all gradients together cost about as much as **two more forward
# passes**, however many weights there are.
#
# > **Take away:** multiply along arrows, add where they meet, start at the loss.

# %% [markdown] rows=["L09.3"] slideshow={"slide_type": "slide"}
# ## 3. What is the error of the output?
#
# For a whole layer, the number that travels back is the slope for each unit's **pre-activation**, its $z$
# before $g$ is applied, one row per sample. We call it the **error** of layer $l$:
#
# $$\delta^{[l]}=\frac{\partial\ell}{\partial Z^{[l]}}\qquad(m,n^{[l]}),
# \qquad\text{not divided by }m$$
#
# At the output it is the slope of the loss for $a$, times the slope of the activation. For a
# sigmoid with cross-entropy,
#
# $$\delta=\frac{\partial\ell}{\partial a}\,\sigma'(z)=\Big(-\frac ya+\frac{1-y}{1-a}\Big)\,a(1-a)
# =\frac{a-y}{a(1-a)}\,a(1-a)=a-y .$$
#
# The factor $a(1-a)$ cancels.
#
# **Predict:** is it $a-y$ as well for a sigmoid with half squared errors, $\frac12(a-y)^2$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 26–36 min.*
# **Wait for** “no, the factor stays.” **Often heard:** “yes, it is always a − y.” Let
# the class name the three pairs for which it is.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Pairs
#
# | pair | slope for $a$ | of the activation | $\delta^{[L]}$ |
# |:--|:--|:--|:--|
# | identity, ½ squares | $a-y$ | $1$ | $A-Y$ |
# | sigmoid, cross-entropy | $\frac{a-y}{a(1-a)}$ | $a(1-a)$ | $A-Y$ |
# | softmax, cross-entropy | (lecture 06) | | $A-Y$ |
# | sigmoid, ½ squares | $a-y$ | $a(1-a)$ | $(A-Y)\odot A\odot(1-A)$ |
#
# $\odot$ is the product entry by entry, `*` in NumPy.
#
# **Answer to the prediction.** No. There the factor stays. As $a(1-a)\le\frac14$, whoever
# writes $a-y$ is off by a relative error of at least ¾.
#
# The error is a plain difference. Weights come in when it goes back, and the mean over samples
# when gradients are formed.

# %% slideshow={"slide_type": "subslide"}
z, y = np.array([1.0, -0.5, 2.0]), np.array([0.0, 0.0, 1.0])
a, p = expit(z), softmax(z)
squares = central(lambda z: np.sum((z - y) ** 2) / 2, z)
bce = central(lambda z: -np.log(np.where(y == 1, expit(z), expit(-z))).sum(), z)
ce = central(lambda z: -np.log(softmax(z)[2]), z)
mixed = central(lambda z: np.sum((expit(z) - y) ** 2) / 2, z)
assert np.allclose(squares, z - y) and np.allclose(bce, a - y)
assert np.allclose(ce, p - y) and np.allclose(mixed, (a - y) * a * (1 - a))
off = np.abs(mixed - (a - y)) / np.abs(a - y)
print("sigmoid with squares, if you write a - y: relative errors", off.round(2))
assert off.min() >= 0.75

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Your turn
#
# A unit gives $a=0.9$, the target is $y=0$. What is $\delta$ for a sigmoid with
# cross-entropy, and what with half squared errors?
# <details><summary>Answer</summary>
#
# $0.9$, and $0.9\cdot0.9\cdot0.1=0.081$.
#
# </details>
#
# A network ends in $\tanh$, and someone maps its output to $a=(\tanh z+1)/2$ to use the
# cross-entropy. Is $\delta=a-y$?
# <details><summary>Answer</summary>
#
# No: $(\tanh z+1)/2=\sigma(2z)$, so the slope has another factor 2: $\delta=2(a-y)$.
#
# </details>
#
# > **Take away:** $\delta^{[L]}=A-Y$ for the three pairs that belong together, and only for
# > them.

# %% [markdown] rows=["L09.4"] slideshow={"slide_type": "slide"}
# ## 4. Why does the right pair learn faster?
#
# A sigmoid unit should say 1, and is at $z=-6$: sure, and wrong. Its error under the two losses:
#
# $$\text{cross-entropy: }a-y\qquad\qquad\text{half squares: }(a-y)\,a(1-a)$$
#
# **Predict:** what are the two errors at $z=-6$, where $a=0.0025$? Which of them grows as the
# unit gets *more* wrong?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 36–42 min.*
# **Wait for** 0.9975 and 0.0025, and “cross-entropy.” **Often heard:** “squares punish
# large errors more.” In ŷ, yes; here the flat sigmoid takes it away.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
zs, colors = np.linspace(-8, 8, 81), (BLUE, VERMILION)
pull = {"cross-entropy": lambda z: 1 - expit(z),
        "squares": lambda z: (1 - expit(z)) ** 2 * expit(z)}
fig, ax = plt.subplots(figsize=(9, 3.8))
ax.set(xlabel="pre-activation z (the target is 1)", ylabel="size of the error")
ax.set(title="Sure and wrong: one loss pulls, the other sleeps")
demo = Demo("stall", fig, alt="Size of the error against z. Cross-entropy "
            "falls from 1 to 0; squares have a small hump near 0.", see="Left, "
            "where the unit is wrong, only the solid curve is far from 0.")
demo.slider("z", range(-8, 9), label="z", start=-6, fmt="{:.0f}")
for (name, f), c, ls in zip(pull.items(), colors, ("-", "--"), strict=True):
    demo.points(ax, lambda z, f=f: (z, f(z)), color=c, ms=13)
    ax.plot(zs, f(zs), color=c, ls=ls, label=name), ax.legend()
demo.readout(lambda z: "{:.4f}, {:.4f}".format(*(f(z) for f in pull.values())))
demo.show()

# %% slideshow={"slide_type": "subslide"}
for name, size in pull.items():
    z, steps = -6.0, 0
    while expit(z) < 0.9:  # gradient descent on z alone, learning rate 1
        z, steps = z + size(z), steps + 1
    print(f"{name}: error at the start {size(-6.0):.4f}, {steps} steps to 0.9")
assert np.isclose(pull["cross-entropy"](-6.0), 0.9975, atol=5e-5)
assert np.isclose(pull["squares"](-6.0), 0.0025, atol=5e-5)
assert np.isclose(zs[pull["squares"](zs).argmax()], np.log(0.5), atol=0.1)
assert np.isclose(pull["squares"](np.log(0.5)), 4 / 27)  # the largest of all

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The factor that stays
#
# **Answer to the prediction.** 0.9975 and 0.0025. The error under cross-entropy grows toward
# 1; that under squares shrinks toward 0, because the sigmoid is flat out there. It never exceeds
# $\frac4{27}\approx0.15$.
#
# Does cross-entropy make the sigmoid *stable*, as one reads? Precisely: the factor
# cancels, so a unit that is sure and wrong keeps learning. Numerically its log is the *less* safe
# part: compute it from scores (lecture 05).
#
# **Your turn.** With which loss does an outlier with a *wrong label* pull harder?
# <details><summary>Answer</summary>
#
# With cross-entropy: nearly 1, however far off. Squares ignore it.
#
# </details>
#
# > **Take away:** sigmoid or softmax with cross-entropy: mistakes stay loud.

# %% [markdown] rows=["L09.5"] slideshow={"slide_type": "slide"}
# ## 5. Who is to blame in a hidden layer?
#
# A hidden unit has no target. It **inherits** error from each unit that it feeds, through the
# weight between them; arrows that leave a node add up. Then comes its own slope:
#
# $$\delta^{[l]}_j=\Big(\sum_kW^{[l+1]}_{jk}\,\delta^{[l+1]}_k\Big)\,g'(z^{[l]}_j)$$
#
# For all units and samples at once, with $k$ units in the next layer and $h$ here:
#
# $$\delta^{[l]}=\big(\delta^{[l+1]}\,W^{[l+1]\top}\big)\odot g'(Z^{[l]}),
# \qquad(m,k)\,(k,h)\to(m,h)$$
#
# **Predict:** a hidden unit with a large weight to an output that is right, and a tiny weight to one that is wrong.
# Is its error large? And that of a unit whose sigmoid is saturated?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 42–53 min.*
# **Wait for** no, and no. **Often heard:** “a large weight, a large blame.” It is
# weight times error, times slope: each factor can silence it. Then the demo, sample by
# sample.

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(3)
X5, Y5 = rng.normal(size=(5, 2)), rng.normal(size=(5, 2))  # five samples
W1, b1 = 0.6 * rng.normal(size=(2, 3)), np.zeros(3)  # three tanh units
W2, b2 = rng.normal(size=(3, 2)), np.zeros(2)  # two outputs, identity

def errors_of(i):  # sample i: what each output sends to each hidden unit
    z = X5[i] @ W1 + b1
    out = np.tanh(z) @ W2 + b2 - Y5[i]  # error of the two outputs
    sent = np.array([[W2[j, k] * out[k] for k in range(2)] for j in range(3)])
    return out, sent, sent.sum(axis=1) * (1 - np.tanh(z) ** 2)

out, sent, hidden = errors_of(0)
print("outputs:", out.round(2), " hidden:", hidden.round(2))
assert np.allclose(hidden, central(lambda z: np.sum(
    (np.tanh(z) @ W2 + b2 - Y5[0]) ** 2) / 2, X5[0] @ W1 + b1))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
H, O = [(1, 2 - j) for j in range(3)], [(2, 1.5 - k) for k in range(2)]
PLACES = {"x1": (0, 1.5), "x2": (0, 0.5), "h1": H[0], "h2": H[1], "h3": H[2],
          "ŷ1": O[0], "ŷ2": O[1]}
LINES = [(a, b) for a in ("x1", "x2") for b in ("h1", "h2", "h3")]

def error_text(i, layer, unit):
    return minus(f"δ = {errors_of(int(i))[layer][unit]:.2f}")

def carried(i, j, k, sign):  # a band from output k to hidden unit j
    return band(O[k], H[j], sign * errors_of(int(i))[1][j, k])


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(9.5, 4))
ax.set(xlim=(-0.2, 2.6), ylim=(-0.35, 2.6)), draw_graph(ax, PLACES, LINES)
ax.set_title("Blame flows back: blue is positive, orange negative")
demo = Demo("blame", fig, alt="A network with two inputs, three hidden units "
            "and two outputs. Bands from the outputs to the hidden units.",
            see="A band is as wide as what it carries: weight times error.")
demo.slider("i", range(5), label="sample", fmt="{:.0f}")
for j, k, c in [(j, k, c) for j in range(3) for k in range(2) for c in (1, -1)]:
    demo.area(ax, lambda i, j=j, k=k, c=c: carried(i, j, k, c), lw=0.1,
              color=BLUE if c == 1 else VERMILION, alpha=0.8, zorder=2)
for layer, spots in (0, O), (2, H):
    for n, (a, b) in enumerate(spots):
        demo.text(ax, lambda i, a=a, b=b, at=(layer, n): (
            a + 0.08 * (2 - at[0]), b + 0.2, error_text(i, *at)), ha="center")
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The bias, and the input
#
# **Answer to the prediction.** No, and no: weight *times* error, *times* slope.
#
# **What is wrong here?** With $\Theta=[\,b\;\;W^\top]$ (lecture 08) slides found elsewhere have
# $\delta^{(l)}=\Theta^\top\delta^{(l+1)}\odot g'(z^{(l)})$.
# <details><summary>Answer</summary>
#
# The shapes: $\Theta^\top\delta$ has one entry more, for the bias. Drop it.
#
# </details>
#
# **And here?** "The input has no error, so $\delta$ of the input is 0."
# <details><summary>Answer</summary>
#
# $W^{[1]}\delta^{[1]}$ is in general not 0 (13.5 in section 2). It is *not needed*.
#
# </details>
#
# > **Take away:** back through the weights, times the own slope.

# %% slideshow={"slide_type": "skip"}
v, label = np.array([1.0, -0.5]), np.array([0.0, 1.0])  # section 3, "Your turn"
assert np.isclose(0.9 * 0.9 * 0.1, 0.081)
assert np.allclose((np.tanh(v) + 1) / 2, expit(2 * v))
assert np.allclose(2 * (expit(2 * v) - label), central(lambda v: -np.log(
    np.where(label == 1, expit(2 * v), expit(-2 * v))).sum(), v))
Theta = np.column_stack([b2, W2.T])  # (2, 4): two outputs, bias and three units
assert (Theta.T @ out).shape == (4,) and hidden.shape == (3,)
assert np.allclose((Theta.T @ out)[1:], W2 @ out)
assert np.allclose(W1 @ hidden, central(lambda v: np.sum(
    (np.tanh(v @ W1 + b1) @ W2 + b2 - Y5[0]) ** 2) / 2, X5[0]))
assert np.abs(W1 @ hidden).min() > 0.01  # the slope for the input is not 0

# %% [markdown] rows=["L09.6"] slideshow={"slide_type": "slide"}
# ## 6. And which way does a weight move?
#
# The weight from unit $j$ to unit $k$ is multiplied by $a_j$ on its way into $z_k$. So for
# one sample its slope is **activation times error**:
#
# $$\frac{\partial\ell}{\partial W_{jk}}=a_j\,\delta_k,\qquad
# \frac{\partial\ell}{\partial b_k}=\delta_k$$
#
# All of them are an **outer product**, a column times a row. $J$ is a mean
# over samples, plus the penalty:
#
# $$\frac{\partial J}{\partial W^{[l]}}=\frac1mA^{[l-1]\top}\delta^{[l]}+\lambda W^{[l]},\qquad
# \frac{\partial J}{\partial b^{[l]}}=\frac1m\sum_{i=1}^m\delta^{[l]}_i$$
#
# with the shapes $(n,m)\,(m,h)\to(n,h)$ and $(h,)$. Only here we divide by $m$.
#
# **Predict:** $a=(0.5,\,2,\,0)$ and $\delta=(-1,\,3)$. Which weights do not move? Which moves most?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 53–62 min.*
# **Wait for** “the two of the third unit”, and 6. **Often heard:** “all move, that is
# what a gradient is for.” Who was silent is not to blame. The break comes after this
# section.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
a, delta = np.array([0.5, 2.0, 0.0]), np.array([-1.0, 3.0])
table = np.outer(a, delta)
fig, ax = plt.subplots(figsize=(8.6, 3.9))
write = np.vectorize(lambda v: minus(f"{v + 0.0:g}"))
draw_table(ax, 0, 0, write(a[:, None]), "a", hot=True)
draw_table(ax, 2.4, 1.9, write(delta), "δ", hot=True)
draw_table(ax, 2.4, 0, write(table + 0.0), "", colors=np.where(
    table == 0, "#F1F3F5", np.where(np.abs(table) > 5, "#B7D7EE", "#E8F1F8")))
ax.text(5.2, -1.6, "dW: (3, 2),\nthe shape of W", size=14)
ax.text(5.2, 1.2, "db = δ", size=14)
ax.set(xlim=(-0.3, 8), ylim=(-3.3, 2.7)), ax.axis("off")
ax.set_title("Each entry: its row's activation times its column's error")
show(fig, alt="A column of activations, a row of errors and the table of their "
     "products.", see="The row of the silent unit, a = 0, is all 0.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Rows, columns, and the penalty
#
# **Answer to the prediction.** The two weights of the third unit do not move: it was silent. Most
# moves the weight from the second unit to the second output, by $2\cdot3=6$.
#
# The penalty must match its gradient (lecture 07). With $\frac\lambda2\lVert W\rVert_F^2$ it is
# $\lambda W$, added *after* the division by $m$. A gradient check finds every wrong mixture.
#
# **Your turn.** A hidden layer has 25 units, the next one 10. The batch has 32 samples. Give the
# shapes of $A$, $\delta$, $dW$, $db$ at the second of them, and of what goes back to the first.
# <details><summary>Answer</summary>
#
# $A$ $(32,25)$, $\delta$ $(32,10)$, $dW$ $(25,10)$, $db$ $(10,)$; back goes $(32,25)$.
#
# </details>
#
# > **Take away:** $dW=\frac1mA^\top\delta+\lambda W$: activations in, errors out.

# %% [markdown] rows=["L09.7"] slideshow={"slide_type": "slide"}
# ## 7. One sample at a time, or all at once?
#
# | a loop over samples | matrices |
# |:--|:--|
# | sums ← zeros | |
# | for each sample: forward, keep $z$, $a$ | forward: $Z$, $A$, a row each |
# | its error at the output, $\delta=a-y$ | $\delta=A-Y$ |
# | add `np.outer(a, delta)` to the sum for $W$ | $A^\top\delta$ *is* that sum |
# | add $\delta$ to the sum for $b$ | column sums of $\delta$ |
# | back: `W @ delta` times the slopes | $\delta W^\top\odot g'(Z)$ |
# | after the loop: divide by $m$, add $\lambda W$ | divide by $m$, add $\lambda W$ |
#
# The right column is the left one without a loop, because a matrix product *is* a sum of outer
# products: $A^\top\delta=\sum_ia^{(i)}\delta^{(i)\top}$.
#
# **Predict:** 500 samples. How much faster is the right column?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 62–70 min.*
# Collect guesses for the factor, and let each one try it at home. The puzzle: **ask**
# what the loop leaves behind. **Wait for** “only the last sample counts.”

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(5)
A, delta = rng.normal(size=(500, 20)), rng.normal(size=(500, 10))

def with_a_loop():
    total = np.zeros((20, 10))
    for a, d in zip(A, delta, strict=True):
        total += np.outer(a, d)
    return total / 500

began = perf_counter()
slow = with_a_loop()
middle = perf_counter()
assert np.allclose(slow, A.T @ delta / 500)
faster = (middle - began) / (perf_counter() - middle)
print("faster without a loop:", faster > 2)

# %% slideshow={"slide_type": "subslide"}
# What is wrong here? Means over three samples, m = 3.
inputs, error = np.array([1.0, 2.0, 3.0]), np.array([0.5, -1.0, 2.0])
dw, m = 0.0, 3
for i in range(m):
    product = inputs[i] * error[i]
dw += product
print("dw =", dw / m, " should be", np.mean(inputs * error).round(3))
assert np.isclose(dw / m, 2) and np.isclose(np.mean(inputs * error), 1.5)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong
#
# <details><summary>Answer to the puzzle</summary>
#
# `dw += product` stands outside of the loop: only the last sample counts. The same slip turns up with a
# whole backward pass, and every shape is right.
#
# </details>
#
# **Answer to the prediction.** Often ten to a hundred times; your computer decides, so the
# cell above only says which is faster. The loop is the better *test*: it has no axis to get wrong.
#
# **Your turn.** Where would a factor $\frac1m$ too many come from, if someone divides $A-Y$ by $m$ at the output
# and also follows section 6?
# <details><summary>Answer</summary>
#
# The mean is taken twice. It looks like a learning rate that is $m$ times too small.
#
# </details>
#
# > **Take away:** add up outer products, divide once, add the penalty once.

# %% [markdown] rows=["L09.8"] slideshow={"slide_type": "slide"}
# ## 8. How does it go through any number of layers?
#
# **Forward**, $l=1,\dots,L$: compute $Z^{[l]}$ and $A^{[l]}$, and keep them.
#
# **Backward**, $l=L,\dots,1$:
#
# 1. at the output, $\delta^{[L]}$ from the pair (section 3);
# 2. the gradients $dW^{[l]}$, $db^{[l]}$ from $\delta^{[l]}$ and the stored $A^{[l-1]}$ (section 6);
# 3. if $l>1$: the error $\delta^{[l-1]}$ from $\delta^{[l]}$, $W^{[l]}$ and the stored $Z^{[l-1]}$ (section 5).
#
# Nothing else depends on $L$, and each layer may have its own activation.
#
# **Predict:** which stored arrays does step 2 need for $l=1$? Is $Z^{[L]}$ needed at all?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 70–82 min.*
# **Wait for** X, and “not with a pair.” **Often heard:** “everything is needed.” Draw
# one arrow for each stored array.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10.5, 3.9))
draw_lanes(ax)
show(fig, alt="Three lanes: forward, kept arrays, backward. Arrows go down to "
     "the kept arrays, and from there to the errors.", see="Green: each step "
     "back uses what the layer itself and the one before it have kept.")


# %% slideshow={"slide_type": "subslide"}
def gradients(a, y, layers):
    """One sample; a layer is (W, b, g, slope of g). First the slope for a."""
    if not layers:
        return a - y, []  # the output error, for the three pairs
    (W, b, g, slope), *rest = layers  # the first, and a list of the others
    z = a @ W + b
    error, later = gradients(g(z), y, rest)  # forward on the way in ...
    delta = error * slope(z)  # ... and backward on the way out
    return W @ delta, [(np.outer(a, delta), delta), *later]

def flat(z):  # the output's own slope is in a - y already
    return 1.0

tanh = (np.tanh, lambda z: 1 - np.tanh(z) ** 2)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A few lines for any depth
#
# The function calls itself once per layer. While it waits for the inner call, Python keeps its `a` and
# `z`: the waiting calls *are* the store. The homework asks for the same with lists and loops, for whole batches.
#
# **Answer to the prediction.** $A^{[0]}=X$. And $Z^{[L]}$ is not needed if $\delta^{[L]}$ comes from
# a pair.
#
# **What is wrong here?** Code found elsewhere claims any depth. It has $L$ matrices, counted from 0:
#
# ```
# gradients of all layers = zeros
# for l in range(L - 1, 1, -1):
#     fill the gradients of matrix l, pass the error on
# ```
#
# **Predict:** which gradients are filled for $L=2$? What does the loss do during training?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# **Ask** for the values of `range(1, 1, -1)`. **Wait for** “none, so all gradients stay
# 0.” **Often heard:** “only the first layer is left out.” And the loss? It does not
# move; that is the symptom to remember.

# %% slideshow={"slide_type": "subslide"}
for L in (1, 2, 3, 4):
    print(f"L = {L}: fills {list(range(L - 1, 1, -1))} of {list(range(L))}")
rng = np.random.default_rng(6)
W1, b1 = rng.normal(size=(3, 4)), rng.normal(size=4)
W2, b2 = rng.normal(size=(4, 2)), rng.normal(size=2)
x3, y2 = rng.normal(size=3), np.array([1.0, 0.0])
_, grads = gradients(x3, y2, [(W1, b1, *tanh), (W2, b2, softmax, flat)])
print("true largest entries:", *[np.abs(dW).max().round(3) for dW, _ in grads])

def J_of_W1(w):
    return -np.log(softmax(np.tanh(x3 @ w.reshape(3, 4) + b1) @ W2 + b2)[0])

assert np.allclose(central(J_of_W1, W1.ravel()), grads[0][0].ravel())

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Zero gradients
#
# <details><summary>Answer to the puzzle</summary>
#
# For $L=2$ the range is empty: **all gradients stay 0**, and the loss, which is right, never changes. With
# more layers the first two matrices never learn. Right: `range(L - 1, -1, -1)`. The bounds came from older code
# whose lists began with a dummy entry; the entry went, the bounds stayed.
#
# </details>
#
# **And here?** Someone passes the error back with `Ws[l - 1]` in place of `Ws[l]`. With widths 4, 5, 3 it
# stops with a shape error. With widths 3, 3, 3, 3 it runs.
# <details><summary>Answer</summary>
#
# All gradients but the last layer's are wrong, without a word. Test *different* widths, and depths 1 to 4.
#
# </details>
#
# > **Take away:** go back to the very first layer. A loss that never changes: gradients of 0.

# %% [markdown] rows=["L09.9"] slideshow={"slide_type": "slide"}
# ## 9. How do you know that a gradient is right?
#
# A falling loss proves little: many wrong gradients go downhill, too. **Check** every entry $a$ against its
# central difference $n$ (lecture 04):
#
# $$n=\frac{J(p+h)-J(p-h)}{2h},\qquad\text{relative error }\frac{|a-n|}{\max(|a|,\,|n|,\,10^{-8})}$$
#
# With $h=10^{-5}$ in double precision a right gradient of a smooth loss gives less than $10^{-6}$. A wrong
# one gives something like $0.01$ to $1$. Take the **largest** error of all entries, on a small network and a few samples.
#
# **Predict:** two wrong gradients: one without the slopes $g'$, one with the first layer left at 0. Where do their points lie in a
# plot of $a$ against $n$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 82–94 min.*
# Everybody sketches both clouds. **Wait for** “scattered” and “a horizontal line.”
# **Often heard:** “a bit off the diagonal, both.” A falling loss would have shown
# neither.

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(10)
sizes, xs, ys = [4, 5, 3, 2], rng.normal(size=4), np.array([0.0, 1.0])
net = [(rng.normal(size=(n, k)) / np.sqrt(n), rng.normal(size=k), *tanh)
       for n, k in pairwise(sizes)]
net[-1] = (*net[-1][:2], softmax, flat)

def J_at(theta):  # all weights in one long vector
    a, start = xs, 0
    for W, b, g, _ in net:
        a = g(a @ theta[start:start + W.size].reshape(W.shape) + b)
        start += W.size
    return -np.log(a[1])

theta = np.concatenate([W.ravel() for W, *_ in net])
numeric = central(J_at, theta)


# %% slideshow={"slide_type": "subslide"}
def all_slopes(net):
    return np.concatenate([dW.ravel() for dW, _ in gradients(xs, ys, net)[1]])

right = all_slopes(net)
without = all_slopes([(W, b, g, flat) for W, b, g, _ in net])
zeros = right * (np.arange(len(right)) >= net[0][0].size)

def largest_error(a, n):
    scale = np.maximum(np.maximum(np.abs(a), np.abs(n)), 1e-8)
    return np.max(np.abs(a - n) / scale)

wrong = [largest_error(a, numeric) for a in (without, zeros)]
print(f"right {largest_error(right, numeric):.1e}, wrong {wrong[0]:.2f} and 1")
assert largest_error(right, numeric) < 1e-6
assert min(wrong) > 1e-3 and wrong[1] == 1

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 3, figsize=(11, 3.8), sharex=True, sharey=True)
end = 1.1 * np.abs(without).max()
for ax, a, name in zip(axes, (right, without, zeros), (
        "right", "slopes left out", "first layer left at 0"), strict=True):
    fine = a is right
    ax.plot([-end, end], [-end, end], "-", color=GRAY, lw=1)
    ax.plot(numeric, a, "os"[not fine], c=BLUE if fine else VERMILION, ms=5)
    ax.set(title=minus(f"{name}: {largest_error(a, numeric):.0e}"))
    ax.set(xlabel="central difference")
axes[0].set_ylabel("from the code")
show(fig, alt="Three scatter plots of gradients from code against central "
     "differences.", see="Right: all on the diagonal. Slopes left out: "
     "scattered. A forgotten layer: a horizontal line at 0.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What the check can't do
#
# - It compares a gradient with *your* loss. If that is wrong, both agree happily.
# - At a kink, a ReLU exactly at 0, there is no slope to compare with.
# - It needs two passes per parameter: for a test, not for training.
# - A cheap version is one random direction $v$:
#   $\big(J(\theta+hv)-J(\theta-hv)\big)/2h$ against $\sum_kv_k\,\partial J/\partial\theta_k$.
#
# **Your turn.** A check gives $0.5$: all entries of $db$, and only these, are half of their central differences. Name a suspect.
# <details><summary>Answer</summary>
#
# A factor 2 in one line: the mean for $b$ taken with $2m$, say, or the ½ of the squares.
#
# </details>
#
# > **Take away:** below $10^{-6}$ right, above $10^{-3}$ wrong: it finds every bug of this lecture.

# %% [markdown] rows=["L09.10"] slideshow={"slide_type": "slide"}
# ## 10. Can features learn, too?
#
# A pipeline of lecture 08: a feature extractor with parameters $\theta_1$, then a classifier with $\theta_2$. With fixed features only
# $\partial J/\partial\theta_2$ is needed. Let the error run on, and the **same** backward pass gives $\partial J/\partial\theta_1$:
# the features tune themselves to what the loss rewards, if the optimization succeeds.
#
# **Predict:** two rings of points. Eight tanh features with random weights, then logistic regression. How much does the loss gain if the features learn as well?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 94–100 min.*
# A vote: nothing, a little, more than half? **Wait for** the last one. **Often heard:**
# “nothing, eight features are plenty.”

# %% slideshow={"slide_type": "subslide"}
rng, outer = np.random.default_rng(2), np.arange(80) % 2
angle = rng.uniform(0, 6.28, 80)
R = ((0.7 + 1.1 * outer) * np.array([np.cos(angle), np.sin(angle)])).T
start = rng.normal(size=(2, 8)), np.linspace(-1, 1, 8)  # random features
def train(both_learn):
    (W1, b1), W2, b2, losses = start, np.zeros((8, 1)), np.zeros(1), []
    for _ in range(120):
        net = [(W1, b1, *tanh), (W2, b2, expit, flat)]
        s = (np.tanh(R @ W1 + b1) @ W2 + b2)[:, 0]
        losses.append(np.logaddexp(0, np.where(outer, -s, s)).mean())
        for x, t in zip(R, outer, strict=True):  # a step for each
            (D1, d1), (D2, d2) = gradients(x, t, net)[1]
            W2, b2 = W2 - D2 / 80, b2 - d2 / 80
            W1, b1 = W1 - both_learn * D1 / 80, b1 - both_learn * d1 / 80
    return losses


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fixed, learned = train(both_learn=False), train(both_learn=True)
fig, (left, right_ax) = plt.subplots(1, 2, figsize=(11, 3.8),
                                     width_ratios=(3, 2))
draw_pipeline(left)
right_ax.plot(fixed, label="features fixed")
right_ax.plot(learned, label="both learn")
right_ax.set(xlabel="step", ylabel="J", title="Learned features win")
right_ax.set(ylim=(0, 0.75)), right_ax.legend()
assert learned[-1] < 0.5 * fixed[-1]
show(fig, alt="Left: a pipeline with two arrows back from the loss. Right: two "
     "loss curves.", see="One backward pass, two gradients. With features that "
     "learn the loss falls lower.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### One pass, two gradients
#
# **Answer to the prediction.** After 120 rounds the loss is less than half of that with fixed features. Features *can* tune themselves; they also
# learn shortcuts, if these lower the loss.
#
# **Your turn.** You replace the classifier and keep the trained features fixed. Which part of the backward pass can you skip?
# <details><summary>Answer</summary>
#
# All of it below the classifier: only $\delta^{[L]}$ and its gradients are needed.
#
# </details>
#
# > **Take away:** stop the error, and a part stays as it is; let it run on, and the part learns.

# %% [markdown] rows=["L09.11"] slideshow={"slide_type": "slide"}
# ## 11. What if the error dies on the way?
#
# Each layer multiplies the error by $W^\top$ and by a slope. The sigmoid's slope is at most
# $\frac14$. Ten sigmoid layers: at most
#
# $$0.25^{10}=9.5\cdot10^{-7},$$
#
# before the weights have their say. The error **vanishes**: the last layers learn, the first do not. With large weights the
# product grows instead, and the gradient **explodes**.
#
# The ReLU's slope is 1 where the unit is active. About half of the units are, so weights with the variance
# $2/n_{\text{in}}$ keep the size of the error about constant in layers of equal width. That is the start of **He** et al. (2015); more in lecture 10.
#
# **Predict:** 10 layers of 20 units. By which factor is the gradient of the first layer smaller than that of the last, for sigmoids? For ReLUs with He's start? And with weights twice as large?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 100–111 min.*
# **Ask** for powers of ten. **Wait for** a million, about 1, and about 1 again. **Often
# heard:** “with larger weights the first layer explodes.” All layers do, by the same
# factor. In the demo go from 1 to 10 layers.

# %% slideshow={"slide_type": "subslide"}
def norms(depth, kind, scale, width=20, m=12):
    """Frobenius norms of all dW: depth hidden layers, one softmax on top."""
    rng = np.random.default_rng(depth)
    shapes = [*pairwise([width] * (depth + 1)), (width, 2)]
    Ws = [scale * rng.normal(size=s) / np.sqrt(s[0]) for s in shapes]
    net = [(W, np.zeros(W.shape[1]), *kind) for W in Ws]
    net[-1] = (*net[-1][:2], softmax, flat)
    X, Y = rng.normal(size=(m, width)), np.eye(2)[rng.integers(0, 2, m)]
    each = [gradients(x, y, net)[1] for x, y in zip(X, Y, strict=True)]
    return [np.linalg.norm(np.mean([g[l][0] for g in each], axis=0))
            for l in range(depth + 1)]

assert np.isclose(0.25**10, 9.5e-7, rtol=0.01)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
sigmoid = (expit, lambda z: expit(z) * expit(-z))
relu = (lambda z: np.maximum(z, 0), lambda z: 1.0 * (z > 0))
LAYERS = {"sigmoid": (sigmoid, 1), "ReLU": (relu, np.sqrt(2)),
          "ReLU, twice as large": (relu, 2 * np.sqrt(2))}
LOOKS = dict(zip(LAYERS, (
    (VERMILION, "--"), (BLUE, "-"), (PURPLE, ":")), strict=True))
known = {(name, d): np.log10(norms(d, kind, scale))  # for each depth d
         for name, (kind, scale) in LAYERS.items() for d in range(1, 11)}

def curve(d, name):
    return np.arange(1, d + 2), known[name, d]

def first_to_last(d, name):
    return 10 ** (known[name, d][0] - known[name, d][-1])


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(9.6, 3.9))
ax.set(xlim=(0.5, 11.5), ylim=(-9, 7), xticks=range(1, 12), xlabel="layer")
ax.set_yticks([-8, -4, 0, 4], ["10⁻⁸", "10⁻⁴", "1", "10⁴"])
ax.set(ylabel="norm of dW", title="Next to nothing, the same, far too much")
demo = Demo("depth", fig, alt="Norm of the gradient of each layer, for 1 to 10 "
            "hidden layers of sigmoids, ReLUs, and ReLUs with large weights.",
            see="Sigmoids: a steep slope down toward the first layer.")
demo.slider("d", range(1, 11), label="hidden layers", start=10, fmt="{:.0f}")
for n, (c, ls) in LOOKS.items():
    demo.line(ax, lambda d, n=n: curve(int(d), n), color=c, ls=ls, label=n)
    demo.points(ax, lambda d, n=n: curve(int(d), n), color=c, ms=9)
ax.legend(loc="upper left", ncols=3)
demo.readout(lambda d: "first layer / last: " + "; ".join(
    minus(f"{n} {first_to_last(int(d), n):.1e}") for n in LAYERS))
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A product of many factors
#
# **Answer to the prediction.** At ten hidden layers the sigmoid's first gradient is smaller by a factor of more than a million. With ReLUs
# and He's start first and last are of similar size, for weights twice as large, too, but there *all* gradients are about $2^{10}$ times as large: they explode.
#
# Often listed as *solved*, these problems are **mitigated**: by ReLU-like activations, the scale of the start,
# normalization (lecture 10), and connections that skip layers.
#
# **Your turn.** A deep sigmoid network learns a little and stops. How do you see whether its first layers take part?
# <details><summary>Answer</summary>
#
# Look at the norm of $dW^{[l]}$ for each layer; the homework asks for it.
#
# </details>
#
# > **Take away:** the error is a product over layers. Keep its factors near 1.

# %% [markdown] rows=["L09.12"] slideshow={"slide_type": "slide"}
# ## 12. Is backpropagation the only way?
#
# No. For $P$ parameters,
#
# - **central differences** need $2P$ passes per gradient;
# - **random search** keeps a random step if the loss falls: one pass per try. *Evolutionary* methods do so with a whole population;
# - **feedback alignment** (Lillicrap et al., 2016) sends the error back through *fixed random* weights in place of $W^\top$, and often learns all the same;
# - **backpropagation** costs about three passes: one forward, two back.
#
# What brains do is open. For us the last one wins: it is exact *and* cheap.
#
# **Predict:** a 2-16-1 network, 65 parameters. After 300 passes over the data, which of the four has the lowest loss?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 111–120 min.*
# **Ask** for first and for last place. **Often heard:** “random search can't learn
# anything.” Here it is ahead of central differences. What changes with a million
# parameters?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
rng, curves = np.random.default_rng(4), {}
p0 = rng.normal(size=65) * np.where(np.arange(65) < 48, 1, 0.25)
B = 0.25 * rng.normal(size=16)  # fixed and random, in place of the weights
J_rings, exact = (lambda p: ring_loss(p, R, outer)), ring_slopes(p0, R, outer)
assert np.allclose(exact, central(J_rings, p0), atol=1e-8)
for name, slope_of, price in (
        ("backpropagation", lambda p: ring_slopes(p, R, outer), 3),
        ("feedback alignment", lambda p: ring_slopes(p, R, outer, B), 3),
        ("central differences", lambda p: central(J_rings, p), 2 * 65)):
    p, losses = p0, []
    for _ in range(1500 // price):
        p = p - 2 * slope_of(p)  # learning rate 2
        losses.append(J_rings(p))
    curves[name] = price * np.arange(1, len(losses) + 1), losses

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
p, best, losses = p0, J_rings(p0), []
for _ in range(1500):  # random search: keep a step if it helps
    tried = p + 0.1 * rng.normal(size=65)
    if J_rings(tried) < best:
        p, best = tried, J_rings(tried)
    losses.append(best)
curves["random search"] = np.arange(1, 1501), losses
after = {name: min(loss for n, loss in zip(*curve, strict=True) if n <= 300)
         for name, curve in curves.items()}
print({name: round(float(loss), 3) for name, loss in after.items()})

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, right_ax) = plt.subplots(1, 2, figsize=(11, 4))
P = np.geomspace(10, 1e8, 30)
left.loglog(P, 2 * P, c=GREEN, ls="-.", label="central differences: 2P")
left.loglog(P, 0 * P + 3, c=BLUE, ls="-", label="backpropagation: about 3")
left.loglog(19885, 2 * 19885, "o", c=INK), left.legend(loc="upper left")
left.text(3e4, 1.3e4, "784-25-10"), left.set(ylim=(1, 1e11))
left.set(xlabel="parameters P", ylabel="passes", title="Price of a gradient")
looks = (BLUE, "-"), (PURPLE, "--"), (GREEN, "-."), (VERMILION, ":")
for (name, points), (c, ls) in zip(curves.items(), looks, strict=True):
    right_ax.loglog(*points, c=c, ls=ls, label=name)
right_ax.set(xlabel="passes over the data", ylabel="J", title="All learn")
right_ax.set(ylim=(2e-3, 1.5)), right_ax.legend(fontsize=10, loc="lower left")
show(fig, alt="Left: passes against parameters. Right: loss against passes for "
     "four methods.", see="784-25-10 needs 39 770 passes, or about 3.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Exact and cheap
#
# **Answer to the prediction.** Backpropagation. Central differences take the same steps, at 43 times the price:
# two of them in 300 passes. Random search does well here; but with every parameter that is added a lucky step
# becomes rarer.
#
# **Your turn.** A network has a million parameters, and a pass takes 10 milliseconds. How long does one gradient take by central differences, how long by backpropagation?
# <details><summary>Answer</summary>
#
# $2\cdot10^6\cdot0.01$ s = 20 000 s, more than five hours; and about 0.03 s.
#
# </details>
#
# > **Take away:** other ways exist, and check or inspire; for training, backpropagation wins on cost.

# %% slideshow={"slide_type": "skip"}
v = np.random.default_rng(0).normal(size=theta.size)  # section 9: a direction
one_slope = (J_at(theta + 1e-5 * v) - J_at(theta - 1e-5 * v)) / 2e-5
assert np.isclose(one_slope, right @ v)
assert first_to_last(10, "sigmoid") < 1e-6  # section 11
assert 0.1 < first_to_last(10, "ReLU") < 10
larger = 10 ** (known["ReLU, twice as large", 10] - known["ReLU", 10])
assert 300 < np.median(larger) < 3000
assert min(after, key=after.get) == "backpropagation"
assert after["central differences"] > after["random search"]
weights = 784 * 25 + 25 * 10
assert weights + 25 + 10 == 19885 and 2 * 19885 == 39770
assert (weights + 25 * 10) / weights < 2  # back: dW for all, delta through W2
assert round(2 * 65 / 3) == 43 and 300 // 130 == 2 and 2e6 * 0.01 == 20000

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - $J$ is the mean loss plus $\frac\lambda2\sum_l\lVert W^{[l]}\rVert_F^2$; no bowl, no formula.
# - Backpropagation: the chain rule from the loss backward, each slope once, with stored values.
# - $\delta^{[L]}=A-Y$ for identity with half squares, sigmoid or softmax with cross-entropy.
# - $\delta^{[l]}=(\delta^{[l+1]}W^{[l+1]\top})\odot g'(Z^{[l]})$: inherited error, own slope.
# - $dW^{[l]}=\frac1mA^{[l-1]\top}\delta^{[l]}+\lambda W^{[l]}$, $db^{[l]}$ the column means of $\delta^{[l]}$.
# - Go back to the very first layer; check with central differences: below $10^{-6}$.
# - The error is a product over layers: it vanishes or explodes unless its factors stay near 1.
#
# Next, lecture 10: training in practice. Now open `hw08_backprop.ipynb`.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Check yourself
#
# 1. $m=50$ samples, layers of 10, 7 and 4 units after an input of 3. Which shapes have $\delta^{[2]}$ and $dW^{[2]}$?
#    <details><summary>Answer</summary>$(50,7)$ and $(10,7)$.</details>
# 2. Why is $\delta$ not divided by $m$?
#    <details><summary>Answer</summary>It is the slope of one sample's loss. The mean is taken once, where gradients of parameters are
#    formed.</details>
# 3. A ReLU unit has $z<0$ for every sample of a batch. What are its gradients?
#    <details><summary>Answer</summary>All 0, for its weights and its bias: its slope is 0 for each sample. Only a penalty would move its
#    weights.</details>
# 4. All weights of the last layer are 0. Which gradients of the layers before are 0?
#    <details><summary>Answer</summary>All: the error goes back through those weights. The last layer itself learns, if its inputs are not
#    0.</details>
# 5. Training runs, and the loss stays the same to the last digit. Name a suspect.
#    <details><summary>Answer</summary>Gradients that are exactly 0, such as from an empty backward loop.</details>
# 6. Your gradient check gives $3\cdot10^{-9}$, yet the network learns nonsense. What did it not check?
#    <details><summary>Answer</summary>The loss itself, and the data.</details>
# 7. Sigmoid output and half squared errors: why may training hang at the start?
#    <details><summary>Answer</summary>Outputs near 0 or 1 that are wrong have errors near 0, by the factor $a(1-a)$.</details>
# 8. How many passes does a gradient of a billion parameters cost?
#    <details><summary>Answer</summary>About three, as for thirty.</details>
#
# ## Read more
#
# - D. E. Rumelhart, G. E. Hinton and R. J. Williams (1986), *Learning representations by back-propagating errors*,
#   Nature 323: the paper that made it known.
# - C. M. Bishop (2006), *Pattern Recognition and Machine Learning*, section 5.3.
# - I. Goodfellow, Y. Bengio and A. Courville (2016), *Deep Learning*, sections 6.2.2 and 6.5.
# - X. Glorot and Y. Bengio (2010), *Understanding the difficulty of training deep feedforward neural networks*.
# - K. He, X. Zhang, S. Ren and J. Sun (2015), *Delving deep into rectifiers*: the start for ReLU networks.
# - T. P. Lillicrap et al. (2016), *Random synaptic feedback weights support error backpropagation for deep learning*,
#   Nature Communications 7.
# - A. G. Baydin et al. (2018), *Automatic differentiation in machine learning: a survey*, JMLR 18.
