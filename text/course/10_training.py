# %% [markdown] slideshow={"slide_type": "slide"}
# # Training networks in practice
#
# *You have the gradients. What else does it take until a network reads digits?*
#
# After this lecture you can
# - **build** networks from blocks that each go forward and backward,
# - **choose** start weights and scale inputs so that learning begins at all,
# - **write** the training loop, and **read** its curves,
# - **explain** dropout and batch normalization, in training and afterwards,
# - **report** a result honestly.
#
# **Needs** lecture 04 (mini-batches), 06 (softmax), 07 (overfitting), 08
# (networks) and 09 (backpropagation) · **Time** 120 minutes · **Prepares**
# `hw09_training`
#
# ★ marks what you may skip on first reading; the time does not count it.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 0–2 min.*
# The lecture is a checklist: start (2, 3), inputs (4, 5), loop (6), remedies (7 to 9),
# report (10). Late? Leave out the way back of batch normalization, and section 11 is
# its table.

# %% slideshow={"slide_type": "skip"}
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from demos import Demo
from figures import BLUE, GRAY, INK, SKY, VERMILION
from figures import show, use_style
from scipy.special import expit, log_softmax, softmax  # expit is the sigmoid
from sklearn.datasets import load_digits, load_wine
from sklearn.metrics import confusion_matrix
from sklearn.neural_network import MLPClassifier

use_style()

# %% [markdown] rows=["L10.1"] slideshow={"slide_type": "slide"}
# ## 1. How do you build a network of any shape?
#
# In lecture 09 one function went through the lists of all layers. A layer of a new
# kind means rewriting it. Let us build from **blocks** instead. A block knows:
#
# | | what it does |
# |:--|:--|
# | `forward(A)` | gives its output, and remembers what `backward` needs |
# | `backward(delta)` | takes $\partial\ell/\partial$output, a row for each sample; stores its gradients; returns $\partial\ell/\partial$input |
# | `params` | the list of arrays that learn; it may be empty |
# | `grads` | the gradient of $J$ for each of them, in the same order |
#
# A **network** is a list of blocks, as many as you like. The division by $m$ happens
# once, where `grads` are formed.
#
# **Predict:** `backward` gets only `delta`. What must a block of weights remember
# from `forward`? And a block that applies an activation $g$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 2–20 min.*
# **Wait for** “its input”, twice. **Often heard:** “its weights”: those it has anyway.
# Draw one block with two arrows, and let the class write on it what is kept.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(11, 3.1))
blocks = "Dense\n64 → 32", "Activate\nReLU", "Dense\n32 → 10"
for k, name in enumerate(blocks):
    box = plt.Rectangle((3 * k + 1.35, 0), 1.8, 1.6, fc="#D6EAF8", ec=INK)
    ax.add_patch(box)
    ax.text(3 * k + 2.25, 0.8, name, ha="center", va="center", size=14)
for k, name in enumerate(("X (m, 64)", "Z (m, 32)", "A (m, 32)", "S (m, 10)")):
    for y, tail, head, c in ((1.2, 0.2, 1.3, BLUE), (0.4, 1.3, 0.2, VERMILION)):
        ax.annotate("", (3 * k + head, y), (3 * k + tail, y),
                    arrowprops={"arrowstyle": "->", "lw": 2.5, "color": c})
    ax.text(3 * k + 0.75, 1.4, name, ha="center", color=BLUE)
    ax.text(3 * k + 0.75, 0, "∂ℓ/∂" + name[0], ha="center", color=VERMILION)
ax.set(xlim=(-0.1, 10.6), ylim=(-0.3, 1.9)), ax.axis("off")
show(fig, alt="Three blocks in a row, Dense, Activate, Dense, with arrows to "
     "both sides.", see="Values run right, errors left, in the same shapes.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The rules of lecture 09, cut into blocks
#
# | block | forward | `backward(delta)` returns | `grads` |
# |:--|:--|:--|:--|
# | **Dense** | $Z=AW+b$ | $\delta W^\top$ | $\frac1mA^\top\delta,\;\;\frac1m\sum_i\delta_i$ |
# | **Activate** | $A=g(Z)$ | $\delta\odot g'(Z)$ | none |
#
# The last block gives the scores $S$, without a softmax: for softmax with
# cross-entropy, $\partial\ell/\partial S=P-Y$ starts the way back.
#
# **Answer to the prediction.** Dense remembers its input $A$; Activate its
# input $Z$ (or, where $g'$ can be computed from it, its output).
#
# You write both blocks in the homework. Here is another one, complete: **Scale**
# multiplies each unit by a factor of its own, $A_{ij}=Z_{ij}s_j$. Then
# $\partial\ell/\partial Z_{ij}=\delta_{ij}s_j$, and $\partial J/\partial s_j=
# \frac1m\sum_iZ_{ij}\delta_{ij}$.

# %% slideshow={"slide_type": "subslide"}
class Scale:
    def __init__(self, h):  # runs when Scale(h) is made; self is the new block
        self.s, self.ds = np.ones(h), np.zeros(h)
        self.params, self.grads = [self.s], [self.ds]

    def forward(self, Z):
        self.Z = Z  # kept in the block until backward needs it
        return Z * self.s

    def backward(self, delta):
        # [:] writes into the array that the list grads holds
        self.ds[:] = (self.Z * delta).mean(axis=0)
        return delta * self.s


# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(0)
X, Y = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
one, two = Scale(3), Scale(3)  # two blocks, each with its own parameters
one.s[:], two.s[:] = rng.normal(size=(2, 3))
S = two.forward(one.forward(X))  # they click together
one.backward(two.backward(S - Y))  # half-MSE: the error starts as S - Y

def J():
    return np.sum((two.forward(one.forward(X)) - Y) ** 2) / (2 * len(X))

for block in (one, two):
    for j in range(3):  # central differences
        block.s[j] += 1e-5; up = J()
        block.s[j] -= 2e-5; down = J(); block.s[j] += 1e-5
        assert np.isclose(block.ds[j], (up - down) / 2e-5)


# %% slideshow={"slide_type": "subslide"}
class Broken(Scale):  # What is wrong here? All as in Scale, except backward:
    def backward(self, delta):
        self.ds = (self.Z * delta).mean(axis=0)
        return delta * self.s


block = Broken(3)
for step in range(3):
    S = block.forward(X)
    print(f"step {step}: J = {np.sum((S - Y) ** 2) / (2 * len(X)):.4f}")
    block.backward(S - Y)
    for p, g in zip(block.params, block.grads, strict=True):
        p[:] = p - 0.1 * g
print("ds:", block.ds.round(2), " grads[0]:", block.grads[0])


# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# **Ask** why J does not move, while the printed lines are shown. **Wait for** somebody
# to compare `ds` with `grads[0]`. **Often heard:** “the rate is too small.”

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong
#
# <details><summary>Answer to the puzzle</summary>
#
# `self.ds = …` gives the name `ds` to a *new* array. The list `grads` was made
# before and still holds the old zeros, so every step is 0. Write into the old array,
# `self.ds[:] = …`, or make the list anew whenever it is asked for.
#
# </details>
#
# For the second way Python has `@property`: written above a method, it lets
# `block.grads` (without parentheses) call it.
#
# A loss that never changes is the sign of gradients that are all 0. A gradient
# check (lecture 09) finds it in a second; looking at the code may take an evening.
#
# > **Take away:** a block goes forward and backward and knows its own parameters.
# > A network is a list of blocks, walked to the end and back.

# %% slideshow={"slide_type": "subslide"}
def relu(Z):  # in this lecture we keep the lists of lecture 09
    return np.maximum(0, Z)
SLOPE = {relu: lambda A: A > 0, np.tanh: lambda A: 1 - A**2,
         expit: lambda A: A * (1 - A)}  # g' from the output A = g(Z)

def start(sizes, rng, gain=2):  # weights of variance gain / n_in
    pairs = list(pairwise(sizes))
    Ws = [rng.normal(0, np.sqrt(gain / n), (n, h)) for n, h in pairs]
    return Ws, [np.zeros(h) for _, h in pairs]

def forward(X, Ws, bs, g):  # the input of each layer, and the scores
    As = [X]
    for W, b in zip(Ws[:-1], bs[:-1], strict=True):
        As.append(g(As[-1] @ W + b))
    return As, As[-1] @ Ws[-1] + bs[-1]


# %% slideshow={"slide_type": "subslide"}
def one_epoch(X, Y, Ws, bs, g, lr, B, rng):
    order = rng.permutation(len(X))
    for rows in np.split(order, range(B, len(X), B)):
        As, S = forward(X[rows], Ws, bs, g)
        delta = softmax(S, axis=1) - Y[rows]
        for l in reversed(range(len(Ws))):  # from the last layer to the first
            back = delta @ Ws[l].T  # with the weights before the step
            Ws[l] -= lr * As[l].T @ delta / len(rows)
            bs[l] -= lr * delta.mean(axis=0)
            delta = back * SLOPE[g](As[l]) if l else None

def loss(X, Y, Ws, bs, g):  # the mean cross-entropy
    return -(Y * log_softmax(forward(X, Ws, bs, g)[1], axis=1)).sum() / len(X)


# %% [markdown] rows=["L10.2"] slideshow={"slide_type": "slide"}
# ## 2. Why not start at zero?
#
# Logistic and softmax regression started at $W=0$, and all was well: their losses
# are convex, one valley. Now a network with 2 inputs, 4 hidden units and 2 classes,
# on points whose class says whether the two coordinates have the same sign (like XOR).
#
# Look at the gradients of lecture 09 when all weights are zero:
#
# $$\frac{\partial J}{\partial W^{[2]}}=\frac1mA^{[1]\top}\delta^{[2]},\qquad
# \delta^{[1]}=\bigl(\delta^{[2]}W^{[2]\top}\bigr)\odot g'(Z^{[1]}),\qquad
# \frac{\partial J}{\partial W^{[1]}}=\frac1mX^\top\delta^{[1]}$$
#
# **Predict:** which of the three are 0 at the start, for tanh and ReLU? For
# the sigmoid, whose value at 0 is $\frac12$? Do the four hidden units ever differ?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 20–30 min.*
# **Wait for** all three with tanh and ReLU; with the sigmoid the first one is not 0.
# And the units never differ. **Often heard:** “the shuffled samples make them differ.”
# All units see the same samples.

# %% slideshow={"slide_type": "subslide"}
def accuracy(X, Y, Ws, bs, g):
    right = forward(X, Ws, bs, g)[1].argmax(axis=1) == Y.argmax(axis=1)
    return right.mean()

X = np.random.default_rng(0).uniform(-1, 1, (200, 2))
Y = np.eye(2)[(X[:, 0] * X[:, 1] > 0).astype(int)]
paths = {}  # the weights from input 1 to the four hidden units
for g, name in ((np.tanh, "tanh"), (relu, "ReLU"), (expit, "sigmoid")):
    for kind in ("zeros", "random"):
        rng, path = np.random.default_rng(1), []
        Ws, bs = start((2, 4, 2), rng, 2 if kind == "random" else 0)
        for _ in range(200):
            path.append(Ws[0][0].copy())
            one_epoch(X, Y, Ws, bs, g, 0.5, 10, rng)
        paths[name, kind] = np.array(path), accuracy(X, Y, Ws, bs, g)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 3, figsize=(11, 3.8))
shown = (("tanh", "zeros"), ("sigmoid", "zeros"), ("sigmoid", "random"))
for ax, key in zip(axes, shown, strict=True):
    path, right = paths[key]
    ax.plot(path, lw=2)
    ax.set(title=f"{key[0]} from {key[1]}: {right:.0%} right", xlabel="epoch")
axes[0].set(ylim=(-1, 1), ylabel="4 weights from input 1")
show(fig, alt="Three panels of four weights over 200 epochs: a flat line, one "
     "moving line, four lines that part.", see="From zeros, one line: all "
     "four are on top of each other. From random numbers, four lines.")
for (name, kind), (path, right) in paths.items():
    print(f"{name:>7} from {kind:6}: accuracy {right:.3f}, largest difference "
          f"of two units {np.ptp(path, axis=1).max():.4f}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Equal units stay equal
#
# **Answer to the prediction.** Tanh and ReLU give $A^{[1]}=0$, so
# $\partial J/\partial W^{[2]}=0$; and $W^{[2]}=0$ makes $\delta^{[1]}=0$. Only the output
# bias learns: it names the larger class. With the sigmoid $A^{[1]}=\frac12$, so $W^{[2]}$
# moves, then $W^{[1]}$. But equal units get equal gradients, for ever: four do the work of
# one. This **symmetry** holds for any start with equal units.
#
# **Your turn.** All biases start at 0, the weights at random. Is that a problem?
# And all weights equal to 0.1, the biases random?
# <details><summary>Answer</summary>
#
# No: different weights make the units differ. The second start breaks the symmetry only
# a little: all units see the same weighted sum, shifted.
#
# </details>
#
# > **Take away:** start from different weights, or the units never part.

# %% [markdown] rows=["L10.3"] slideshow={"slide_type": "slide"}
# ## 3. How large should random weights be?
#
# Old slides suggest $W\sim N(0,\,0.01)$ or $W\sim U(0,\,0.1)$, with a question mark.
# Is 0.01 a variance or a standard deviation (sd)? And does it matter?
#
# Take $z=\sum_{j=1}^{n}a_jw_j$ with $n=n_{\text{in}}$ inputs and independent weights of
# mean 0 and variance $v$. The terms are uncorrelated, their variances add up:
#
# $$\operatorname{Var}(z)=n\,v\,\overline{a^2},\qquad
# \overline{a^2}\text{ the mean square of the inputs}$$
#
# So each layer multiplies the mean square by about $n\,v$ (then $g$ acts on it), and ten
# layers do so ten times. The signal keeps its size if $n\,v\approx1$.
#
# **Predict:** ten tanh layers of 256 units, weights with sd 0.01. How large are the
# activations after the tenth? And with sd $\frac1{16}=\sqrt{1/256}$? With sd 1?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 30–43 min.*
# **Ask** for an order of magnitude for each of the three. **Often heard:** “tanh keeps
# it between −1 and 1, so it does not matter.”

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
rng, units = np.random.default_rng(0), 256
draw, X = rng.normal(size=(10, units, units)), rng.normal(size=(100, units))
scales, edges = (0.01, 0.03, 1 / 16, 0.1, 0.2, 1), np.linspace(-1, 1, 42)
layers = {}  # for each sd the activations of the ten layers
for sd in scales:
    A, layers[sd] = X, []
    for unit in draw:
        layers[sd].append(A := np.tanh(A @ (sd * unit)))
shares = {(sd, k): np.histogram(layers[sd][k], edges)[0] / X.size
          for sd in scales for k in range(10)}
As, delta, norms = [X, *layers[1]], layers[1][9], []  # sd 1, from layer 10
for k in reversed(range(10)):  # to layer 1: the sizes of the gradients
    delta = delta * (1 - As[k + 1] ** 2)
    norms.append(np.linalg.norm(As[k].T @ delta))
    delta = delta @ draw[k].T

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 4, figsize=(11, 3.4), sharey=True)
axes[0].set(ylabel="share of the activations")
demo = Demo("start-scale", fig, alt="Histograms of the activations of layers "
    "1, 2, 5 and 10, for a start scale set by the slider.", see="Too small: "
    "the signal dies. Too large: all sit at −1 or 1, where tanh is flat.")
demo.slider("sd", scales, label="sd of the weights", fmt="{:.3g}")
for ax, k in zip(axes, (0, 1, 4, 9), strict=True):
    ax.set(title=f"layer {k + 1}", xlim=(-1.05, 1.05), ylim=(0, 0.55))
    demo.bars(ax, lambda sd, k=k: (edges[:-1] + 1 / 41, shares[sd, k]),
              width=2 / 41)
demo.readout(lambda sd: f"sd in layer 10: {layers[sd][9].std():.2g}")
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# In this order: 0.01, 1/16, 1. Before each one the class says what layer 10 looks like.
# **Wait for** a spike at 0, a hill, two walls.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Xavier and He
#
# - **tanh**: slope 1 at 0, so $v=1/n_{\text{in}}$ keeps small signals. The idea is
#   called **Xavier** or Glorot start. (Their paper of 2010 takes
#   $2/(n_{\text{in}}+n_{\text{out}})$, so as to keep the errors that run back, too.)
# - **ReLU** sets about half of the values to 0, which halves the mean square. So
#   $v=2/n_{\text{in}}$, the **He** start (2015).
# - Biases start at 0.
#
# **Answer to the prediction.** With sd 0.01 they shrink to 1e-8, and so do the gradients
# $\frac1mA^\top\delta$ of the last layers. With sd $\frac1{16}$ they have the sd 0.23. With
# sd 1 most units are at the flat ends of tanh and pass hardly any error on; but those in
# between do, through large weights: the gradient of layer 1 is over 10 000 times that
# of layer 10. It explodes (lecture 09).
#
# **What is wrong here?** Somebody starts with `rng.uniform(0, 0.1, size)`: random, so
# no two units are equal. Look at the next cell.

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(0)
for name in ("U(0, 0.1)", "N(0, 1/n)"):
    A = X
    for _ in (1, 2):
        W = (rng.uniform(0, 0.1, (units, units)) if name[0] == "U"
             else rng.normal(0, np.sqrt(1 / units), (units, units)))
        A = np.tanh(A @ W)
    pairs = np.corrcoef(A.T)[np.triu_indices(units, 1)]  # of units of layer 2
    print(f"{name}: mean correlation of two units {pairs.mean():.3f}")
for v in (1, 2):  # ten ReLU layers; chance may halve or double the result
    A = X
    for _ in range(10):
        A = relu(A @ rng.normal(0, np.sqrt(v / units), (units, units)))
    print(f"ReLU, variance {v}/n: mean square {np.mean(A**2):.2g} (input: 1)")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong
#
# <details><summary>Answer to the puzzle</summary>
#
# All weights are positive, with mean 0.05. Every unit sees mostly 0.05 times the sum of
# its inputs, the same for all. In layer 2 any two units are almost copies of each other.
# The symmetry is broken on paper only. Weights need the mean 0.
#
# </details>
#
# **Your turn.** A ReLU layer has 800 inputs. Which sd? And which mean square after ten
# ReLU layers if you take $1/n_{\text{in}}$?
# <details><summary>Answer</summary>
#
# $\sqrt{2/800}=0.05$. The mean square is halved ten times: about $2^{-10}\approx0.001$
# of that of the input.
#
# </details>
#
# > **Take away:** mean 0, variance $1/n_{\text{in}}$ for tanh, $2/n_{\text{in}}$ for
# > ReLU, biases 0.

# %% [markdown] rows=["L10.4"] slideshow={"slide_type": "slide"}
# ## 4. Do the inputs have to be scaled?
#
# 178 wines, 13 measurements, 3 growers. The sd of the measurements runs from 0.12 to
# 314, because their units differ. The gradient for $W^{[1]}$ is
# $\frac1mX^\top\delta$: a column of $X$ that is 1000 times larger makes a gradient that
# is 1000 times larger. One rate $\alpha$ has to serve them all.
#
# For linear regression (lecture 04) *some* small rate always worked, if slowly: with
# condition number $10^6$ you wait for ever. In a network it can be worse. One step
# that is too large pushes ReLU units to where they are 0 for every sample. Their slope
# is 0, too, so they never come back: **dead units**.
#
# **Predict:** the same network, 13-16-3 with He start and $\alpha=0.1$, once on the raw
# columns and once on the standardized ones. What do the two loss curves look like?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 43–51 min.*
# **Wait for** “one falls, one does not learn at all.” **Often heard:** “the raw one is
# slower.” Here all 16 units are dead; ask whether waiting helps.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
raw, Yw = load_wine().data, np.eye(3)[load_wine().target]
tr, va = np.split(np.random.default_rng(0).permutation(178), [120])
scaled = (raw - raw[tr].mean(axis=0)) / raw[tr].std(axis=0)  # of training part
curves, dead = {}, []  # dead: how many units are 0 for all training samples
for name, data, lr in (
        ("raw, α = 0.1", raw, 0.1), ("raw, α = 0.001", raw, 0.001),
        ("standardized, α = 0.1", scaled, 0.1)):
    rng, curve = np.random.default_rng(1), []
    Ws, bs = start((13, 16, 3), rng)
    for _ in range(40):
        one_epoch(data[tr], Yw[tr], Ws, bs, relu, lr, 20, rng)
        curve.append(loss(data[tr], Yw[tr], Ws, bs, relu))
    dead.append(sum(~forward(data[tr], Ws, bs, relu)[0][1].any(axis=0)))
    share = accuracy(data[va], Yw[va], Ws, bs, relu)
    curves[f"{name}: {share:.0%} right"] = curve

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(8.4, 4))
for name, curve in curves.items():
    ax.plot(range(1, 41), curve, label=name)
ax.axhline(np.log(3), color=GRAY, lw=1, ls="-")
ax.text(40, np.log(3) * 1.15, "log 3: knows nothing", ha="right")
ax.set(yscale="log", xlabel="epoch", ylabel="training loss", ylim=(0.01, 400),
       title="Raw columns: all or most units are dead")
ax.legend()
show(fig, alt="Training loss of three runs. Raw with a large rate stays at "
     "log 3; raw with a small rate at 0.8; standardized falls to 0.02.",
     see="Standardized, the loss falls at once. Raw, no rate here gets there.")
ends = [curve[-1] for curve in curves.values()]
assert abs(ends[0] - np.log(3)) < 0.05 and ends[1] > 0.5 and ends[2] < 0.05

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Scale with what you know at training time
#
# **Answer to the prediction.** Raw, with $\alpha=0.1$, all 16 hidden units are dead: the
# loss stays near $\log3$. With 0.001, 14 of 16. Standardized, it falls from the start.
#
# Standardize every column: $(x-\mu)/\sigma$ with $\mu$ and $\sigma$ of the **training
# part** (lecture 02). Use the same numbers for validation, test, and the first customer:
# their own mean is not known when they come one by one.
#
# All pixels have the same unit: dividing by the largest gray value is enough.
#
# **Your turn.** The training part has $\mu=10$, $\sigma=2$. A new sample holds 15.
# What does the network see? And if you had standardized this single sample by itself?
# <details><summary>Answer</summary>
#
# $2.5$. By itself: its mean is 15 and its sd 0, so $0/0$.
#
# </details>
#
# > **Take away:** inputs of about the size 1, by the statistics of the training part.

# %% [markdown] rows=["L10.5"] slideshow={"slide_type": "slide"}
# ## 5. What do we train on?
#
# **MNIST** (1998) is the fruit fly of the field: 70 000 handwritten digits, 28×28 gray
# pixels, 60 000 of them for training and 10 000 for testing. So 784 inputs, 10 classes. A
# network 784-25-10 has
#
# $$784\cdot25+25+25\cdot10+10=19\,885$$
#
# parameters. Here we use its small cousin from scikit-learn, which needs no download: 1797
# digits of 8×8 pixels with gray values from 0 to 16, so $n=64$ and $K=10$. The homework can
# load the real MNIST if you have it.
#
# We cut it into three parts: to **train**, to choose by (**validation**), and to report
# (**test**).
#
# **Predict:** a network 64-32-10. How many parameters? How large is the loss before
# training, about?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 51–56 min.*
# **Wait for** 2410, and about 2.3. **Often heard:** 20 480: the sizes multiplied. log K
# is the number to know before any training.

# %% slideshow={"slide_type": "subslide"}
digits = load_digits()
X, y, Y = digits.data / 16, digits.target, np.eye(10)[digits.target]
order = np.random.default_rng(0).permutation(len(X))
tr, va, te = np.split(order, [1137, 1437])
print("shapes:", X[tr].shape, X[va].shape, X[te].shape)
Ws, bs = start((64, 32, 10), np.random.default_rng(0))
print("parameters:", sum(p.size for p in Ws + bs))
print(f"loss at the start {loss(X[tr], Y[tr], Ws, bs, relu):.2f}, "
      f"log 10 = {np.log(10):.2f}")
assert 64 * 32 + 32 + 32 * 10 + 10 == sum(p.size for p in Ws + bs) == 2410
assert 784 * 25 + 25 + 25 * 10 + 10 == 19885

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(3, 12, figsize=(11, 3.1))
for i, ax in zip(tr[:36], axes.flat, strict=True):
    ax.imshow(X[i].reshape(8, 8), "Greys")
    ax.set(xticks=[], yticks=[])
    ax.set_title(y[i], loc="center", pad=2, size=11)
show(fig, alt="36 small gray pictures of handwritten digits with labels.",
     see="64 pixels are few, and some writers are hard to read.")


# %% [markdown] rows=["L10.6"] slideshow={"slide_type": "slide"}
# ## 6. What happens in a training loop?
#
# An **epoch** uses every training sample once. For each of $E$ epochs:
#
# 1. shuffle the samples;
# 2. for each mini-batch of $B$ samples (the last one may be smaller):
#    forward, $\delta=P-Y$, backward, then **every** parameter one step,
#    $\theta\leftarrow\theta-\alpha\,\partial J_{\text{batch}}/\partial\theta$;
# 3. note down the loss of the whole training part and of the whole validation part: the
#    **history**.
#
# Step 3 only measures. The validation part never reaches `backward`.
#
# **Predict:** 1137 samples, $B=32$. How many updates in an epoch, and how large is the
# last batch? <details><summary>Answer</summary>$1137=35\cdot32+17$: 36 updates, the
# last with 17 samples.</details>

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 56–71 min.*
# **Wait for** 36, and 17. **Often heard:** 35: the last, smaller batch counts. Ask
# which step looks at the validation part: only the third.

# %% slideshow={"slide_type": "subslide"}
def train(lr, epochs=20, B=32, h=32):
    rng = np.random.default_rng(1)
    Ws, bs = start((64, h, 10), rng)
    history = []
    for _ in range(epochs):
        one_epoch(X[tr], Y[tr], Ws, bs, relu, lr, B, rng)
        history.append((loss(X[tr], Y[tr], Ws, bs, relu),
                        loss(X[va], Y[va], Ws, bs, relu)))
    return Ws, bs, np.array(history)  # (epochs, 2)
rates = (0.001, 0.01, 0.03, 0.1, 0.3, 1, 2)
runs = {lr: train(lr) for lr in rates}
for lr, (Ws, bs, history) in runs.items():
    print(f"α = {lr:<5}: training {history[-1, 0]:.3f}, validation "
          f"{history[-1, 1]:.3f}, {accuracy(X[va], Y[va], Ws, bs, relu):.1%}")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(8.4, 3.9))
ax.axhline(np.log(10), color=GRAY, lw=1, ls="-"), ax.text(18, 2.4, "log 10")
ax.set(xlim=(0, 20.5), ylim=(0, 2.9), xlabel="epoch", ylabel="loss")
demo = Demo("learning-rate", fig, alt="Training loss (solid) and validation "
    "loss (dashed) over 20 epochs, for a rate set by the slider.", see="Too "
    "low: slow. Good: fast, then flat. Too high: no learning.")
demo.slider("lr", rates, label="learning rate α", start=0.1, fmt="{:g}")
for k, c, ls, name in (0, BLUE, "-", "training"), (1, VERMILION, "--", "val"):
    demo.line(ax, lambda lr, k=k: (range(1, 21), runs[lr][2][:, k]), color=c,
              ls=ls, label=name)
words = "after 20 epochs: training {:.3f}, validation {:.3f}"
demo.readout(lambda lr: words.format(*runs[lr][2][-1]))
ax.legend(loc="center right")
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# In this order: 0.001, 0.1, 2. At each one **ask** for a diagnosis and a remedy before
# you read out the losses. **Wait for** slow, good, nothing learned.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Reading the curves
#
# | what you see | what it says | what to try |
# |:--|:--|:--|
# | both fall slowly | $\alpha$ too low | 3 or 10 times as much |
# | jumps, stuck at $\log K$, `nan` | $\alpha$ too high | a third of it |
# | both flat and high | underfit: bias | larger network |
# | only training is low | overfit: variance | more data, dropout |
#
# **What is wrong here?** `for p, g in zip(params, grads): p = p - lr * g`. It runs, and
# the loss never changes.
# <details><summary>Answer</summary>`p = …` names a new array; the network keeps the old
# one. `p -= lr * g` changes the array itself, **in place**.</details>
#
# > **Take away:** shuffle, forward, backward, step; then measure both parts.
#

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(2, 8, figsize=(11, 3.2))
# The eight units with the largest weights after training.
largest = np.argsort(-np.linalg.norm(train(0.3)[0][0], axis=0))[:8]
for row, epochs in zip(axes, (0, 20), strict=True):
    W = train(0.3, epochs)[0][0]
    for k, ax in zip(largest, row, strict=True):
        ax.imshow(W[:, k].reshape(8, 8), "PuOr", vmin=-1, vmax=1)
        ax.set(xticks=[], yticks=[])
    row[0].set_ylabel(f"epoch {epochs}")
fig.suptitle("What eight hidden units look for", x=0.02, ha="left")
show(fig, alt="Weights of eight hidden units as 8 by 8 pictures, before and "
     "after training.", see="Before: noise. After: patches of ink wanted "
     "(purple) and unwanted (orange), used by many digits.")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
Ws, bs, history = train(0.3, epochs=60)
fig, ax = plt.subplots(figsize=(8.4, 3.7))
ax.set(xlim=(0, 61), ylim=(0, 1), xlabel="epoch", ylabel="loss",
       title="The loss while it trains (α = 0.3)")
demo = Demo("live-loss", fig, alt="Training and validation loss, drawn up to "
    "the epoch of the slider.", see="Press Play: first both fall, then only "
    "the training loss does, and a gap opens.", seconds=8)
demo.slider("e", np.r_[1:10, 10:61:5], label="epoch", start=60, fmt="{:.0f}")
for k, c, ls, name in (0, BLUE, "-", "training"), (1, VERMILION, "--", "val"):
    demo.line(ax, lambda e, k=k: (np.arange(1, e + 1), history[:int(e), k]),
              color=c, ls=ls, label=name)
demo.readout(lambda e: "training {:.3f}, validation {:.3f}".format(
    *history[int(e) - 1]))
ax.legend(loc="upper right")
demo.show()

# %% [markdown] rows=["L10.7"] slideshow={"slide_type": "slide"}
# ## 7. What does dropout do?
#
# A network that memorizes relies on units that fit each other like lock and key.
# **Dropout** disturbs that. In training, each *unit* of a layer is kept with probability
# $q$, `keep`, and set to 0 otherwise: for every sample and in every step anew, independently
# of all others. What is kept is divided by $q$:
#
# $$\text{mask}_{ij}=\begin{cases}1/q&\text{with probability }q\\0&\text{otherwise}
# \end{cases},\qquad\text{out}=A\odot\text{mask},\qquad(m,h)$$
#
# The way back is $\partial J/\partial A=\partial J/\partial\text{out}\odot\text{mask}$, with
# the *same* mask. When the network **predicts**, nothing is dropped and nothing divided.
#
# **Predict:** 100 units, $q=\frac12$. Are exactly 50 dropped? And why divide by $q$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 71–82 min.*
# **Wait for** “no”, and “so that the next layer sees the same size.” **Often heard:**
# “exactly half, that is what ½ means.” The three sentences on the later slide are all
# wrong; let the class find out why.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
rng, sizes = np.random.default_rng(4), (4, 8, 7, 3)
nodes = [np.column_stack([np.full(n, x), np.linspace(-3.6, 3.6, n)])
         for x, n in enumerate(sizes)]
kept = [[rng.random(n) < (0.5 if s and n > 4 else 1) for n in sizes]
        for s in range(9)]  # step 0: all; inputs and outputs always

def alive(s):  # the places of all kept units
    return np.vstack([c[k] for c, k in zip(nodes, kept[int(s)], strict=True)])

def lines(s):  # from each kept unit to each kept unit one layer on
    at = alive(s)
    pairs = [(*a, *b) for a in at for b in at if b[0] == a[0] + 1]
    return np.array(pairs).T


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(8.4, 3.8))
ax.set(xlim=(-0.2, 3.2), ylim=(-4.2, 4.2)), ax.axis("off")
demo = Demo("dropout", fig, alt="A network with layers of 4, 8, 7 and 3 units. "
    "Dropped units are gray, without lines.", see="Another network in every "
    "step. In step 0, as when predicting, all units are there.")
demo.slider("s", range(9), label="training step", start=1, fmt="{:.0f}")
for column in nodes:
    ax.plot(*column.T, "o", ms=17, color="#DDE3E8")
demo.segments(ax, lines, color=SKY, lw=1)
demo.points(ax, lambda s: alive(s).T, color=BLUE, ms=17)
words = "hidden units kept: {} of 8 and {} of 7"
demo.readout(lambda s: words.format(*(k.sum() for k in kept[int(s)][1:3])))
demo.show()

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(0)
dropped = np.sum(rng.random((10_000, 100)) >= 0.5, axis=1)  # of 100 units
print(f"dropped: {dropped.min()} to {dropped.max()}, sd {dropped.std():.2f}")
a = 1 + rng.random(100_000)  # activations
mask = rng.random(a.size) < 0.8
print(f"mean {a.mean():.3f}, with dropout {np.mean(a * mask):.3f}, "
      f"divided by q {np.mean(a * mask / 0.8):.3f}")
assert np.isclose(dropped.std(), 5, atol=0.1)
assert np.isclose(np.mean(a * mask), 0.8 * a.mean(), rtol=0.01)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Units, at random, in training only
#
# **Answer to the prediction.** No: each is drawn by itself, so the number varies, with the
# sd $\sqrt{100\cdot\frac12\cdot\frac12}=5$. Without the division the next layer would see
# $q$ times the usual signal in training, but all of it when predicting.
#
# **What is wrong here?** Three sentences from slides:
# 1. "Dropout removes a fixed share of the neurons."
# 2. "Dropout sets random *weights* to 0."
# 3. "Dropout adds a term $R(W)$ to the loss."
#
# <details><summary>Answer</summary>
#
# 1: the share is random, $q$ is only its mean. 2: that is another method, DropConnect
# (Wan and others, 2013). 3: there is no term; it is noise in the forward pass.
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Your turn: once through dropout and back
#
# **Your turn.** $q=0.8$, $a=(1,2,3)$, kept, dropped, kept. What is the output, and what
# goes back for $\partial J/\partial\text{out}=(8,8,8)$?
# <details><summary>Answer</summary>$(1.25,\,0,\,3.75)$ and $(10,\,0,\,10)$.</details>
#
# > **Take away:** in training multiply by a mask of 0 and $1/q$, drawn entry by entry;
# > back through the same mask; when predicting do nothing.

# %% [markdown] rows=["L10.8"] slideshow={"slide_type": "slide"}
# ## 8. What does batch normalization do?
#
# We standardize the inputs of the network. Why not the inputs of every layer? **Batch
# normalization** does it for each unit (column) over the batch, then scales and shifts by
# learned $\gamma$ and $\beta$:
#
# $$\mu=\frac1m\sum_iz_i,\quad\sigma^2=\frac1m\sum_i(z_i-\mu)^2,\quad
# \hat z_i=\frac{z_i-\mu}{\sqrt{\sigma^2+\epsilon}},\quad
# \text{out}_i=\gamma\,\hat z_i+\beta$$
#
# Here $z_i$ is one unit for the samples $i$ of a batch. For $Z$ of shape $(m,h)$ all four
# of $\mu,\sigma,\gamma,\beta$ have the shape $(h,)$. The small $\epsilon$, such as
# $10^{-5}$, is there for units that are constant.
#
# **Predict:** a slide says that batch normalization brings a layer's values into the range
# from 0 to 1. With $\gamma=1$, $\beta=0$ and about normal $z$: which share lies in it?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 82–98 min.*
# **Ask** for a share, everybody writes a number. **Wait for** about a third. **Often
# heard:** “all, the slide says so.” In the demo nothing happens at the edges of the
# tinted range.

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(0)
Z = rng.normal((6, -3, 0.5), (3, 1, 0.2), (256, 3))  # 3 units, a batch of 256
hat = (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + 1e-5)
outside = np.mean((hat < 0) | (hat > 1))
print(f"outside of [0, 1]: {outside:.1%}; smallest {hat.min():.2f}, "
      f"largest {hat.max():.2f}")
assert np.allclose(hat.mean(axis=0), 0)
assert np.allclose(hat.std(axis=0), 1, atol=1e-3)
assert 0.6 < outside < 0.72
zh, edges = hat[:, 0], np.linspace(-7, 7, 57)
rows = {(g, b): np.histogram(g * zh + b, edges)[0] / 256
        for g in (0.5, 1, 2) for b in (-2, 0, 1, 3)}

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, right) = plt.subplots(1, 2, figsize=(10.6, 3.6))
left.hist(Z, np.linspace(-6, 14, 61), histtype="stepfilled", alpha=0.7,
          label=[f"unit {k}" for k in (1, 2, 3)])
left.set(title="Before: three scales", xlabel="z", ylim=(0, 110)), left.legend()
right.set(xlim=(-7, 7), ylim=(0, 0.25), xlabel="γẑ + β", ylabel="share",
          title="After: unit 1"), right.axvspan(0, 1, color="#FFD9B8")
demo = Demo("batch-norm", fig, alt="Left: histograms of three units. Right: "
    "one of them normalized, scaled and shifted by the sliders.", see="The "
    "range from 0 to 1 (tinted) has no special role.")
demo.slider("g", (0.5, 1, 2), label="γ", start=1, fmt="{:g}")
demo.slider("b", (-2, 0, 1, 3), label="β", start=0, fmt="{:g}")
demo.bars(right, lambda g, b: (edges[1:] - 1 / 8, rows[g, b]), width=1 / 4)
demo.readout(lambda g, b: f"mean {np.mean(g * zh + b):.2f}, "
             f"sd {np.std(g * zh + b):.2f}")
demo.show()


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Mean 0 and variance 1, not a range
#
# **Answer to the prediction.** About a third: for a normal distribution 34 % lie between 0
# and 1, two thirds outside. No fixed range is promised. (The only bound is
# $\lvert\hat z_i\rvert\le\sqrt{m-1}$: one value can't be far from the mean of $m$.)
#
# With $\gamma$ and $\beta$ the network may undo the normalization where that is better. The
# bias $b$ before it is useless: $\mu$ takes it away again, and $\beta$ does its work.
#
# **When predicting** there may be no batch: a single sample would be normalized to 0. So
# in training one keeps running means, as in RMSprop (lecture 04),
# $\mu_{\text{run}}\leftarrow\rho\,\mu_{\text{run}}+(1-\rho)\,\mu$, the same for $\sigma^2$,
# and uses those.
#
# It mainly makes training easier (larger rates, less care at the start). Why, is still
# discussed. The noise of the batch statistics regularizes a little, as a side effect.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The way back
#
# Let $s=\sqrt{\sigma^2+\epsilon}$ and $d_i=\partial J/\partial\text{out}_i$. Then
#
# $$\frac{\partial J}{\partial\gamma}=\sum_id_i\hat z_i,\qquad
# \frac{\partial J}{\partial\beta}=\sum_id_i .$$
#
# $z_i$ acts in three ways: directly, through $\mu$ with $\partial\mu/\partial z_i=
# \frac1m$, and through $s$ with $\partial s/\partial z_i=\frac1m\hat z_i$. So
#
# $$\frac{\partial\hat z_k}{\partial z_i}=\frac1s\Bigl([k=i]-\frac1m-\frac{\hat z_k\hat
# z_i}m\Bigr),\qquad\frac{\partial J}{\partial z_i}=\frac\gamma s\Bigl(d_i-\overline d-
# \hat z_i\,\overline{d\hat z}\Bigr)$$
#
# with the means over the batch $\overline d=\frac1m\sum_kd_k$ and $\overline{d\hat z}=
# \frac1m\sum_kd_k\hat z_k$. A shift of *all* $z$ is lost on the way forward, and so is a
# stretch, nearly ($\epsilon$ is small): on the way back just these parts of $d$ are taken out.

# %% slideshow={"slide_type": "subslide"}
def normalize_unit(z, gamma, beta, eps=1e-5):  # one unit: z is (m,)
    s = np.sqrt(z.var() + eps)
    return gamma * (z - z.mean()) / s + beta

(z, d), m, gamma = np.random.default_rng(0).normal(size=(2, 6)), 6, 1.7
def J(z):
    return d @ normalize_unit(z, gamma, 0.3)  # so dJ/dout is d

numeric = [(J(z + step) - J(z - step)) / 2e-5 for step in 1e-5 * np.eye(m)]
zh, s = normalize_unit(z, 1, 0), np.sqrt(z.var() + 1e-5)
slopes = [gamma / s * (d[i] - sum(d) / m - zh[i] * (d @ zh) / m)
          for i in range(m)]
assert np.allclose(slopes, numeric)
print(np.round(slopes, 3), "sum:", np.abs(sum(slopes)).round(9))
assert np.isclose(sum(slopes), 0, atol=1e-9)  # a shift of all z changes nothing

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Your turn
#
# A batch holds $z=(1,3)$ for one unit; $\gamma=10$, $\beta=5$, $\epsilon=0$. What comes
# out? Which $\partial J/\partial z$ belongs to $d=(1,0)$?
# <details><summary>Answer</summary>
#
# $\mu=2$, $\sigma=1$, $\hat z=(-1,1)$, so $(-5,\,15)$. And $(0,0)$: of two
# different values one always becomes $-1$ and the other 1.
#
# </details>
#
# **What is wrong here?** Somebody takes mean and sd of $Z$ with `axis=1`.
# <details><summary>Answer</summary>`axis=1` runs over the units of one sample: *layer*
# normalization, another method. Batch normalization takes each column: `axis=0`.</details>
#
# > **Take away:** each unit gets mean 0, variance 1 over the batch, then its $\gamma$ and
# > $\beta$. The samples of a batch are tied together, on the way back too.

# %% [markdown] rows=["L10.9"] slideshow={"slide_type": "slide"}
# ## 9. How large should a batch be?
#
# Lecture 04: the variance of a mini-batch gradient falls like $1/B$. A small batch makes
# many cheap and noisy steps, a large one few and steady steps. For one epoch the number
# of multiplications is the same for every $B$; but NumPy handles one large product faster
# than many small ones.
#
# **Predict:** $B=8$, 64 and 1024 with the same $\alpha=0.03$, from the same start. Whose
# loss is lowest after 20 epochs? Whose after equally many updates? After 20 milliseconds?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 98–105 min.*
# Three votes, one for each clock. **Wait for** B = 8, nobody, B = 8. **Often heard:**
# “1024, its gradient is the best.” It makes two steps in an epoch.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
# Milliseconds for an epoch, measured once (2026, one core): yours differ.
MS = {8: 4.9, 64: 1.0, 1024: 0.9}
fig, axes = plt.subplots(1, 3, figsize=(11, 3.7), sharey=True)
ends, ep = {}, np.arange(1, 21)
for B, ms in MS.items():
    ends[B] = train(0.03, B=B)[2][:, 0]  # training loss, epoch by epoch
    for ax, unit in zip(axes, (1, np.ceil(1137 / B), ms), strict=True):
        ax.plot(unit * ep, ends[B], label=f"B = {B}")
for ax, name in zip(axes, ("epochs", "updates", "milliseconds"), strict=True):
    ax.set(xscale="log", xlabel=name)
axes[0].set(ylabel="training loss", title="One run, three clocks")
axes[1].legend(loc="upper right")
show(fig, alt="Training loss for three batch sizes against epochs, updates "
     "and milliseconds.", see="Per epoch small batches lead by far, per "
     "update they are alike, per millisecond it is in between.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A knob like others
#
# **Answer to the prediction.** After 20 epochs $B=8$, by far. After equally many updates
# nobody: after 36 the loss is 2.08 with $B=64$ and with $B=1024$. After 20 ms $B=8$ leads
# with 0.45 against 0.71 and 2.06.
#
# The comparison was not fair: a steadier gradient bears a larger rate. With $\alpha=1$
# the run with $B=1024$ ends at 0.3; with $B=8$ that rate kills the network.
#
# **Which one generalizes better?** The evidence is mixed. Keskar and others (2017) found
# large batches worse; Shallue and others (2019) tuned the rate for every size, gave all the
# same budget, and found no such effect. Certain is only the variance law.
#
# > **Take away:** $B$ trades noise against the number of steps. Start with 32 or 64, and
# > tune $\alpha$ with it.

# %% [markdown] rows=["L10.10"] slideshow={"slide_type": "slide"}
# ## 10. How good is it, honestly?
#
# We tried seven rates and looked at the validation part each time. The best of many tries
# looks better than it is (lecture 02). So: choose by validation, then open the test part
# **once**, and report that number, whatever it is.
#
# One number is not all. The **confusion matrix** counts, in row $j$ and column $k$, the
# samples of class $j$ that were predicted as $k$. The **recall** of class $j$ is the share
# of its samples that were found: diagonal entry divided by the sum of its row.
#
# And a share $p$ of $m$ samples is uncertain itself: its sd is about $\sqrt{p(1-p)/m}$.
#
# **Predict:** which two digits are mixed up most often?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 105–113 min.*
# **Ask** for a pair of digits. **Often heard:** 4 and 9, or 3 and 8. Here five 1s are
# read as 8s. Say aloud that the test part is opened now, and only now.

# %% slideshow={"slide_type": "subslide"}
best = min(rates, key=lambda lr: runs[lr][2][-1, 1])  # by validation loss
Ws, bs, _ = runs[best]
guess = forward(X[te], Ws, bs, relu)[1].argmax(axis=1)  # the test part, once
right = np.mean(guess == y[te])
print(f"α = {best}: {right:.1%} of {len(te)} test digits right, "
      f"± {np.sqrt(right * (1 - right) / len(te)):.1%}")
C = confusion_matrix(y[te], guess)  # scikit-learn; you write your own
recall = np.diag(C) / C.sum(axis=1)
print("recall:", *(f"{share:.2f}" for share in recall))
assert C.sum() == len(te) and np.trace(C) == np.sum(guess == y[te])
assert right > 0.95

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig = plt.figure(figsize=(11, 4.4))
left, right_side = fig.subfigures(1, 2, width_ratios=(3, 2))
ax = left.subplots()
ax.imshow(np.sqrt(C), "Blues"), ax.grid(visible=False)
for j, k in np.argwhere(C):
    ax.text(k, j, C[j, k], ha="center", va="center", size=11,
            color="white" if C[j, k] > 15 else INK)
ax.set(xticks=range(10), yticks=range(10), xlabel="predicted", ylabel="true",
       title=f"{np.trace(C)} of {C.sum()} on the diagonal")
wrong = te[guess != y[te]][:9]
for i, ax in zip(wrong, right_side.subplots(3, 3).flat, strict=False):
    ax.imshow(X[i].reshape(8, 8), "Greys"), ax.set(xticks=[], yticks=[])
    ax.set_title(f"{y[i]}, read {guess[te == i][0]}", loc="center", size=11)
show(fig, alt="A 10 by 10 confusion matrix, most counts on the diagonal, and "
     "nine misread digits.", see="Few errors; some a person would make, too.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Look at the mistakes
#
# **Answer to the prediction.** Here five 1s were read as 8s, so the 1s have the lowest
# recall. With another split it may be other digits: there are only a few errors in all.
#
# Look at the pictures: they say more than the accuracy.
#
# **Your turn.** 990 healthy people, 10 ill. A model says "healthy" to all. What are its
# accuracy and its recall of the ill?
# <details><summary>Answer</summary>99 %, and 0.</details>
#
# > **Take away:** choose by validation, test once, say how uncertain it is, and look at
# > what went wrong.

# %% [markdown] rows=["L10.11"] slideshow={"slide_type": "slide"}
# ## 11. And with a framework?
#
# One import replaces all of this. The course is about what that import does.
#
# | this course | PyTorch | Keras | scikit-learn |
# |:--|:--|:--|:--|
# | `Dense(64, 32, rng)` | `nn.Linear(64, 32)` | `Dense(32)` | `(32,)` |
# | `Activate(ReLU)` | `nn.ReLU()` | `"relu"` | `"relu"` |
# | `Network([…])` | `nn.Sequential(…)` | `Sequential([…])` | `MLPClassifier(…)` |
# | `net.backward(P - Y)` | `loss.backward()` | inside `fit` | inside `fit` |
# | `train(…)` | a loop of yours | `fit(X, y)` | `fit(X, y)` |
#
# `nn.Linear` keeps its weights as (out, in), the transpose of our $W$.
#
# **Predict:** same sizes, same batches, same rate. Will scikit-learn read more digits?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 113–120 min.*
# **Wait for** “about as many.” **Often heard:** “more, professionals wrote it.” It is
# the same mathematics. End with the question what a framework can't tell: why the loss
# is stuck at log K.

# %% slideshow={"slide_type": "subslide"}
theirs = MLPClassifier((32,), solver="sgd", momentum=0, alpha=0, batch_size=32,
                       learning_rate_init=best, random_state=0)
for _ in range(20):  # one epoch a call
    theirs.partial_fit(X[tr], y[tr], classes=range(10))
other, own = theirs.score(X[va], y[va]), accuracy(X[va], Y[va], Ws, bs, relu)
print(f"of {len(va)} validation digits: theirs {other:.1%}, ours {own:.1%}")
assert abs(other - own) < 0.03
print("its weights:", [W.shape for W in theirs.coefs_])

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The same, within chance
#
# **Answer to the prediction.** It differs by a few digits, as two random starts of our own
# network do. It is the same mathematics.
#
# What a framework adds: gradients of anything that you write (you wrote two blocks; it has
# hundreds), graphics processors, better optimizers, saved models. What it can't add: to
# know why the loss is stuck at $\log K$.
#
# > **Take away:** a framework is this lecture, with more blocks and faster arithmetic.

# %% slideshow={"slide_type": "skip"}
# Checks of what the text says.
for name in ("tanh", "ReLU"):
    path, share = paths[name, "zeros"]  # 0.535 is the share of the larger class
    assert not path.any() and share == 0.535
path, share = paths["sigmoid", "zeros"]
assert np.ptp(path, axis=1).max() < 1e-12 and path.any() and share < 0.7
assert all(r > 0.9 for (_, kind), (_, r) in paths.items() if kind == "random")
spread = [layers[sd][9].std() for sd in (0.01, 1 / 16)]
assert np.allclose(spread, [1e-8, 0.23], rtol=0.2, atol=0)
assert norms[9] > 10_000 * norms[0] and dead == [16, 14, 0]
assert train(1, B=1024)[2][-1, 0] < 0.35 and train(1, B=8)[2][-1, 0] > 2.2
assert np.allclose((ends[64][1], ends[1024][17]), 2.08, atol=0.005)
after = ends[8][3], ends[64][-1], ends[1024][-1], ends[8][-1]  # 20 ms, end
assert np.allclose(after, (0.45, 0.71, 2.06, 0.1), atol=0.006)
assert C[1, 8] == 5 == (C - np.diag(np.diag(C))).max() and recall.argmin() == 1

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - A block has `forward`, `backward`, `params` and `grads`; a network is a list of blocks.
# - Equal units stay equal: start at random, mean 0, variance $1/n_{\text{in}}$ (tanh) or
#   $2/n_{\text{in}}$ (ReLU), biases 0.
# - Standardize inputs with the statistics of the training part.
# - Each epoch: shuffle, batches, a step in place; then measure both losses.
# - Dropout: a mask of 0 and $1/q$ for each unit and sample, in training only.
# - Batch normalization: mean 0, variance 1 for each unit over the batch, then
#   $\gamma\hat z+\beta$; running means when predicting.
# - Choose by validation, test once, look at the mistakes.
#
# Next, lecture 11: layers that share weights, networks with a memory.
# Now open `hw09_training.ipynb`.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Check yourself
#
# 1. `Dense(64, 32, rng)` gets `delta` of shape $(20,32)$. Which shapes have the result of
#    `backward`, `dW` and `db`? Where does $\frac1m$ go, and what is $m$?
#    <details><summary>Answer</summary>$(20,64)$, $(64,32)$, $(32,)$. Only into `dW` and
#    `db`; $m=20$.</details>
# 2. A tanh network starts with all weights 0. What does it predict after 1000 epochs?
#    <details><summary>Answer</summary>About the shares of the classes in the training part, for
#    every sample: only the output bias learns.</details>
# 3. A layer has 50 inputs and tanh units. Which sd should its weights have?
#    <details><summary>Answer</summary>$\sqrt{1/50}=0.14$.</details>
# 4. The loss is exactly the same after every epoch. Name two likely bugs.
#    <details><summary>Answer</summary>Gradients that never leave 0 (a stale list, a zero
#    start); steps that change a copy (`p = p - …`).</details>
# 5. Your loss is 2.30 with ten classes and does not move. Name two likely causes.
#    <details><summary>Answer</summary>$\log10=2.30$: the rate is far too high and the units
#    are dead, or the inputs are not scaled.</details>
# 6. Dropout with $q=0.5$ is left on when predicting. What do you see?
#    <details><summary>Answer</summary>The same picture gets different scores each time, and
#    the accuracy is usually lower.</details>
# 7. A batch-normalized network is asked about a single sample with the statistics of that
#    batch of one. What comes out of the block?
#    <details><summary>Answer</summary>$\beta$, whatever the sample is.</details>
# 8. The rows of a confusion matrix are the true classes. What are the sums of its columns?
#    <details><summary>Answer</summary>How often each class was predicted.</details>
#
# ## Read more
#
# - Y. LeCun, L. Bottou, G. Orr and K.-R. Müller (1998), *Efficient BackProp*: scaling,
#   start weights, rates. Still the best advice on one topic.
# - X. Glorot and Y. Bengio (2010), *Understanding the difficulty of training deep
#   feedforward neural networks*.
# - K. He, X. Zhang, S. Ren and J. Sun (2015), *Delving deep into rectifiers*.
# - N. Srivastava and others (2014), *Dropout: a simple way to prevent neural networks from
#   overfitting*, JMLR 15.
# - S. Ioffe and C. Szegedy (2015), *Batch normalization*; S. Santurkar and others (2018),
#   *How does batch normalization help optimization?*
# - C. Shallue and others (2019), *Measuring the effects of data parallelism on neural
#   network training*, JMLR 20.
# - I. Goodfellow, Y. Bengio and A. Courville (2016), *Deep Learning*, chapters 7, 8 and 11.
