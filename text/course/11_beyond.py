# %% [markdown] slideshow={"slide_type": "slide"}
# # Beyond dense layers
#
# *What do networks for pictures, sequences and words have that dense layers lack?*
#
# After this lecture you can
# - **slide** a kernel over a picture, and **count** the parameters of a CNN,
# - **step** an RNN and an LSTM along a sequence, and say what they remember,
# - **turn** words into vectors, and **solve** analogies with them,
# - **compute** attention, and say what auto-encoders and GANs are trained for,
# - **look** inside a network, and **check** what you see there.
#
# **Needs** lecture 06 (softmax, $P-Y$), lecture 08 (layers), lecture 09
# (backpropagation) and lecture 10 (training) · **Time** 120 minutes · **Prepares**
# `hw10_beyond`

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 0–2 min.*
# A tour: each section is one idea and one small example. Sections 2 to 5, 7 and 8 are
# what the homework needs. Late? Sections 1, 9 and 10 are one picture each.

# %% slideshow={"slide_type": "skip"}
import matplotlib.pyplot as plt
import numpy as np
from demos import Demo
from figures import BLUE, GRAY, GREEN, INK, ORANGE, PURPLE, SKY, VERMILION
from figures import draw_table, show, use_style
from scipy.signal import convolve2d, correlate2d
from scipy.special import expit as sigmoid  # σ, without an overflow
from scipy.special import softmax
from sklearn.datasets import load_digits

use_style()
digits = load_digits()  # 1797 pictures of 8 × 8 pixels, gray values 0 to 16
pixels, labels = digits.data / 16, digits.target  # (1797, 64) and (1797,)

# %% [markdown] rows=["L11.1"] slideshow={"slide_type": "slide"}
# ## 1. Which animals live in the zoo?
#
# In a **dense** layer every input reaches every unit. There are other wirings and
# units; a chart of 2016, by F. van Veen, shows many, of a few families:
#
# | family | the idea | members |
# |:--|:--|:--|
# | feed-forward | layer after layer | perceptron, deep nets, RBF |
# | convolutional | windows, shared weights | CNN |
# | recurrent | the last state comes in | RNN, LSTM, GRU |
# | auto-encoder | give back your input | plain, denoising, … |
# | symmetric | links work both ways | Hopfield, Boltzmann, … |
# | adversarial | two networks compete | GAN |
#
# **Predict:** which family would you take for photos, and which for a melody? In
# which can the value of a unit come back to that unit?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 2–12 min.*
# **Wait for** convolutional, recurrent, and two families: recurrent and symmetric.
# **Often heard:** only the first of the two. Names are not for learning by heart.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
KINDS = {
    "input": ("s", SKY), "hidden": ("o", GREEN), "output": ("^", VERMILION),
    "kernel or pool": ("D", PURPLE), "recurrent": ("o", BLUE),
    "has to match the input": ("v", ORANGE), "both ways": ("h", "#FFFFFF")}

def sketch(ax, title, *plan):  # the plan: for each column its kind and size
    at = [[(x, n / 2 - i) for i in range(n)] for x, (_, n) in enumerate(plan)]
    for left, right, (kind, _) in zip(at, at[1:], plan[1:], strict=False):
        for p, q in ((p, q) for p in left for q in right):
            if "kernel" not in kind or abs(p[1] - q[1]) <= 1:  # a window
                ax.plot(*np.transpose([p, q]), c=GRAY, lw=0.8, ls="-", zorder=1)
    for spots, (kind, _) in zip(at, plan, strict=True):
        m, c = KINDS[kind]
        ax.plot(*np.transpose(spots), m, ms=12, c=c, mec=INK)
    ax.set(title=title, xlim=(-0.5, 4.5), ylim=(-2.4, 3.4)), ax.axis("off")


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ((a, b, c), (d, e, f)) = plt.subplots(2, 3, figsize=(10.6, 5.1))
two, three, four = ("output", 2), ("hidden", 3), ("hidden", 4)
kernel, state, both = "kernel or pool", "recurrent", "both ways"
sketch(a, "feed-forward", ("input", 3), four, four, two)
sketch(b, "convolutional", ("input", 6), (kernel, 4), (kernel, 2), two)
sketch(c, "recurrent", ("input", 3), (state, 3), (state, 3), two)
loops = [1, 1, 1, 2, 2, 2], [1.8, 0.8, -0.2] * 2
c.plot(*loops, "o", ms=16, mfc="none", mec=BLUE)
sketch(d, "auto-encoder", ("input", 4), ("hidden", 2), ([*KINDS][5], 4))
sketch(e, "symmetric", (both, 4), (both, 3))
sketch(f, "adversarial", ("input", 2), three, two, three, ("output", 1))
keys = [a.plot([], [], m, c=c, mec=INK, ms=11)[0] for m, c in KINDS.values()]
fig.legend(keys, KINDS, loc="outside lower center", ncols=4)
show(fig, alt="Six small networks; kinds of units by color and shape.", see=
     "Rings at recurrent units: they see their own last value.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What the kinds of units mean
#
# - **Noisy input:** a *denoising* auto-encoder has to remove it. A *sparse* one may use
#   few hidden units at a time, a *variational* one encodes into a distribution.
# - **Recurrent:** sees its own last value. **Memory cell:** behind gates (section 5).
# - **Probabilistic hidden:** 1 with probability $\sigma(z)$, else 0, as in a **Boltzmann
#   machine**. Without links inside a layer it is *restricted* (RBM); a stack of RBMs
#   is a *deep belief* network. In a **Hopfield** network, units are input and output.
# - **Spiking:** sends pulses in time. **RBF:** large near a center,
#   $e^{-\lVert x-c\rVert^2}$.
# - A **Markov chain** is no network: the next state is drawn at random, with chances
#   that depend on the present one alone (section 8).
#
# **Answer.** Photos: convolutional. Melody: recurrent. Values come back in the recurrent
# and the symmetric one.
#
# > **Take away:** names are many, ideas few: wiring, sharing, feedback, targets.

# %% [markdown] rows=["L11.2"] slideshow={"slide_type": "slide"}
# ## 2. How can nine weights find an edge anywhere?
#
# A dense unit that looks at a picture of 6 × 6 pixels has 36 weights, and what it
# learns about one corner says nothing about the others. Instead, take a small
# **kernel** $K$ $(k,k)$, lay it on the picture, multiply entry by entry, add up,
# and **slide** on by one pixel:
#
# $$F_{ij}=\sum_{a=0}^{k-1}\sum_{b=0}^{k-1}K_{ab}\,I_{i+a,\,j+b},
# \qquad(H,W),\,(k,k)\to(H-k+1,\;W-k+1)$$
#
# The result $F$ is a **feature map**: it says where in the picture $I$ there is what
# the kernel looks for.
#
# **Predict:** a 6 × 6 picture is 10 in its left half and 0 in its right half. The
# kernel has 3 × 3 entries, each row is $(1,0,-1)$. Where is $F$ not 0? What if the
# picture is mirrored?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 12–28 min.*
# **Wait for** 30 in the two middle columns, and −30. **Often heard:** “everywhere on
# the left, there is the ink.” Compute one window of even ink aloud: it is 0.

# %% slideshow={"slide_type": "subslide"}
def at_one_place(I, K, i, j):  # one entry of the feature map
    total = 0
    for a in range(len(K)):
        for b in range(len(K)):
            total += K[a, b] * I[i + a, j + b]
    return total

I = np.repeat([[10, 10, 10, 0, 0, 0]], 6, axis=0)
K = np.array([[1, 0, -1]] * 3)
F = np.array([[at_one_place(I, K, i, j) for j in range(4)] for i in range(4)])
print(F)
assert (F == [0, 30, 30, 0]).all() and F.shape == (6 - 3 + 1, 6 - 3 + 1)
assert (correlate2d(I[:, ::-1], K, "valid") == [0, -30, -30, 0]).all()
print("convolve2d:", convolve2d(I, K, "valid")[0])  # What is wrong here?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10.6, 3.9))
ax.set(xlim=(-0.2, 17.2), ylim=(-6.2, 1.1)), ax.axis("off")
draw_table(ax, 0, 0, I, "picture I (6, 6)", hot=I > 0)
draw_table(ax, 7.7, -1.5, K, "kernel K (3, 3)")
draw_table(ax, 12.7, -1, np.full((4, 4), ""), "map F (4, 4)")
demo = Demo("slide", fig, seconds=12, see="In an even area products cancel; "
            "where the window holds the edge, they do not.", alt="A frame of 3 "
            "by 3 pixels slides over a picture and fills the feature map.")
demo.slider("p", range(16), label="position", fmt="{:.0f}", start=6)
demo.frames(ax, lambda p: (p % 4 + 1.5, -(p // 4) - 1.5), side=3, lw=4)
demo.frames(ax, lambda p: (p % 4 + 13.2, -(p // 4) - 1.5), lw=4)
for q in range(16):
    spot = q % 4 + 13.0, -(q // 4) - 1.65
    demo.text(ax, lambda p, q=q, s=spot: (*s, F.flat[q] if q <= p else ""))
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# Go on one by one to position 3; the class says the number before it appears. **Wait
# for** 0, 30, 30, 0. After that the rows repeat; ask why.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong: two things are called convolution
#
# <details><summary>Answer to the puzzle</summary>
#
# SciPy's `convolve2d` is the convolution of mathematics: it **flips** the kernel, rows
# and columns, first. Our sum is a **cross-correlation** (`correlate2d`). Flipped, this
# $K$ is $-K$: 30 becomes $-30$.
#
# </details>
#
# Libraries of networks compute the cross-correlation and *call* it convolution; so do
# we. When kernels are learned, it makes no difference.
#
# **Answer to the prediction.** 30 in the two middle columns, where the window holds
# both sides of the edge. Mirrored: $-30$. The sign tells which way.
#
# **Your turn.** Which kernel finds *horizontal* edges, 10 above 0? What does a kernel
# with $\frac19$ everywhere do?
# <details><summary>Answer</summary>
#
# $K^\top$, with the rows $(1,1,1),(0,0,0),(-1,-1,-1)$. It blurs: means of nine pixels.
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Stride and padding
#
# With the **stride** $s$ the kernel moves by $s$ pixels at a time. With the
# **padding** $p$ we first put $p$ rows and columns of zeros around the picture, on all
# four sides. Then the height of the map is
#
# $$H'=\Bigl\lfloor\frac{H+2p-k}{s}\Bigr\rfloor+1,\qquad\text{and $W'$ likewise.}$$
#
# The fraction is the number of moves, rounded down ($\lfloor\cdot\rfloor$): what does not fill
# a window is left out. There is one window more than moves.
#
# | | $H=6,k=3$ | $+\;p=1$ | $+\;p=1,s=2$ | $H=32,k=5$ |
# |:--|--:|--:|--:|--:|
# | $H'$ | 4 | 6, as before | 3, half | 28 |
#
# > **Take away:** a convolution lays one small kernel everywhere:
# > $H'=\lfloor(H+2p-k)/s\rfloor+1$. Libraries do not flip the kernel.

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(0)
for H, k, p, s in ((6, 3, 0, 1), (6, 3, 1, 1), (6, 3, 1, 2), (32, 5, 0, 1),
                   (7, 2, 0, 3), (5, 4, 2, 2)):
    picture, kernel = rng.normal(size=(H, H)), rng.normal(size=(k, k))
    padded = np.pad(picture, p)  # zeros on all four sides
    everywhere = correlate2d(padded, kernel, "valid")  # stride 1
    strided = everywhere[::s, ::s]  # every s-th row and column
    size = (H + 2 * p - k) // s + 1
    print(f"H={H:2d} k={k} p={p} s={s}: {strided.shape}")
    assert strided.shape == (size, size)
    assert np.isclose(strided[-1, -1], at_one_place(
        padded, kernel, s * (size - 1), s * (size - 1)))

# %% [markdown] rows=["L11.3"] slideshow={"slide_type": "slide"}
# ## 3. What makes a network of it?
#
# A **convolutional layer** has several kernels, and each gives a feature map. If its
# input has several **channels** (red, green, blue, or the maps of the layer before), a
# kernel has a $k\times k$ slice for each of them, and the sums are added. To each map
# a bias is added, then comes an activation, often ReLU. A **CNN** is a stack of
# such layers, with dense ones at the end. From $c_\text{in}$ channels to
# $c_\text{out}$ maps there are
#
# $$c_\text{out}\,(c_\text{in}\,k^2+1)\quad\text{parameters, whatever the size of the
# picture.}$$
#
# **Pooling** then makes the maps smaller: **max pooling** keeps the largest value of
# each block, for example of 2 × 2.
#
# **Predict:** the first layer of LeNet-5 (LeCun et al. 1998) has 6 maps of 28 × 28
# units, and every unit sees 5 × 5 pixels. How many parameters are that? How
# many would there be if each unit had its own?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 28–40 min.*
# **Wait for** 156, and 122 304. **Often heard:** 4704, one for each unit. Ask what
# sharing assumes about pictures.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 3, figsize=(10.6, 3.3))
tints = (BLUE, "-"), (VERMILION, "--"), (GREEN, ":")
for ax, (name, n) in zip(axes, (("dense", 48), ("local", 18), ("shared", 3)),
                         strict=True):
    for q, i in ((q, i) for q in range(6) for i in range(8)):
        tap = i - q  # which weight of the window this link is
        if name == "dense" or 0 <= tap < 3:
            c, ls = tints[tap] if name == "shared" else (GRAY, "-")
            ax.plot([i, q + 1], [0, 1], color=c, ls=ls, lw=1.5, zorder=1)
    ax.plot(range(8), [0] * 8, "s", color=SKY, mec=INK, ms=11)
    ax.plot(range(1, 7), [1] * 6, "o", color=PURPLE, mec=INK, ms=11)
    ax.set(title=f"{name}: {n} weights", ylim=(-0.3, 1.3)), ax.axis("off")
show(fig, alt="Eight inputs and six units: all linked, linked in windows of "
     "three, and windows with the same three weights.", see="Links of one "
     "color and line style share one weight: three are left of 48.")

# %% slideshow={"slide_type": "subslide"}
units, own = 6 * 28 * 28, 5 * 5 * 1 + 1  # a unit's own: 25 weights, one bias
print("C1 shared:", 6 * own, " if not shared:", units * own)
assert (6 * own, units * own) == (156, 122_304)
# LeNet-5: S2 and S4 average blocks, with a factor and a bias for each map. The
# maps of C3 see some of the six maps: 6 see three, 9 see four, 1 sees all.
parameters = {"C1": 6 * (1 * 25 + 1), "S2": 6 * 2,
              "C3": 6 * (3 * 25 + 1) + 9 * (4 * 25 + 1) + 1 * (6 * 25 + 1),
              "S4": 16 * 2, "C5": 120 * (16 * 25 + 1), "F6": 84 * (120 + 1)}
print(parameters, "sum:", sum(parameters.values()))
assert sum(parameters.values()) == 60_000
kernels, biases = np.zeros((6, 1, 5, 5)), np.zeros(6)  # (c_out, c_in, k, k)
assert kernels.size + biases.size == parameters["C1"]

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
seven = digits.images[labels == 7][2] / 16
kernels = K, K.T, np.array([[-1, -1, 2], [-1, 2, -1], [2, -1, -1]])
fig, axes = plt.subplots(3, 4, figsize=(8.6, 5.4))
for row, kernel in zip(axes, kernels, strict=True):
    mapped = np.maximum(0, correlate2d(seven, kernel, "same"))  # pad 1, ReLU
    blocks = [[mapped[i:i + 2, j:j + 2] for j in range(0, 8, 2)]
              for i in range(0, 8, 2)]
    pictures = seven, mapped, np.max(blocks, axis=(2, 3))  # 2 × 2 pooled
    row[0].imshow(kernel, "PuOr", vmin=-2, vmax=2)
    [ax.imshow(p, "Greys") for ax, p in zip(row[1:], pictures, strict=True)]
heads = "kernel", "picture", "map after ReLU", "max pool 2 × 2"
[ax.set_title(head) for ax, head in zip(axes[0], heads, strict=True)]
plt.setp(axes, xticks=[], yticks=[])
show(fig, alt="Three kernels, a handwritten 7, its feature maps, pooled maps.",
     see="Each kernel lights up other strokes of the 7; pooling keeps them.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What sharing buys
#
# **Answer to the prediction.** 156 shared parameters; 122 304 if each of the 4704
# units had its own 26. All of LeNet-5 has 60 000.
#
# A shared kernel is **equivariant** to shifts: if the picture moves, its map moves
# along, except at the border. Nothing about a digit has to be learned again for
# another place. Pooling makes the exact place matter less, not irrelevant.
#
# **Your turn.** A layer has 3 × 3 kernels, 3 input channels and 8 maps. How many
# parameters? How many if the picture is twice as wide? And what does max pooling
# with blocks of 2 × 2 make of a map of 7 × 5?
# <details><summary>Answer</summary>
#
# $8\,(3\cdot9+1)=224$, for any width. A map of 3 × 2: the last row and the last
# column fill no block and are left out.
#
# </details>
#
# > **Take away:** a feature map is made of units that share one set of weights.

# %% [markdown] rows=["L11.4"] slideshow={"slide_type": "slide"}
# ## 4. How can a network read a sequence?
#
# A sentence, a melody, a share price: inputs $x_1,x_2,\dots,x_T$ that come one after
# the other, and $T$ differs from case to case. A feed-forward network answers each
# input by itself, $h_t=f(x_t)$. A **recurrent network (RNN)** also gets what it had
# computed the step before, its **state** $h_{t-1}$:
#
# $$h_t=\tanh(x_tW_x+h_{t-1}W_h+b),\qquad
# (n,)\,(n,h)+(h,)\,(h,h)+(h,)\to(h,)$$
#
# with the *same* $W_x$, $W_h$ and $b$ in every step, and some given $h_0$, often 0.
# Weights are shared over time as a kernel shares them over places. (The letter
# $h$ is the state and, in shapes, its size.)
#
# **Predict:** one input, one state, $W_x=1$, $b=0$. After a single 1 all inputs are 0
# for a while. How does the state go on if $W_h=0$? If $W_h=0.8$? If $W_h=1.5$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 40–54 min.*
# **Wait for** gone at once, fades, stays. **Often heard:** “1.5 explodes”: tanh holds
# it, near 0.86. In the demo one memory after the other, always to step 10.

# %% slideshow={"slide_type": "subslide"}
def step(x, h, Wx, Wh, b):  # one step of an RNN
    return np.tanh(x @ Wx + h @ Wh + b)

def states(X, h, Wx, Wh, b):  # X is (T, n); the states before, after each step
    found = [h]
    for x in X:
        found.append(step(x, found[-1], Wx, Wh, b))
    return found

clicks = np.array([0, 1, 0, 0, 0, 0, 0, -1, 0, 0, 0])[:, None] * 1.0  # (11, 1)
one, memories = np.ones((1, 1)), (0, 0.5, 0.8, 1.5)
runs = {w: np.ravel(states(clicks, np.zeros(1), one, w * one, 0))[1:]
        for w in memories}
for w, run in runs.items():
    print(f"W_h = {w}:", run.round(2))


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
def unrolled():  # what stands still in the next picture
    fig, (top, ax) = plt.subplots(2, 1, figsize=(10.2, 4.4))
    top.plot([-0.7, 10.7], [1, 1], color=GRAY, lw=1.5, ls="-", zorder=1)
    top.text(-1.5, 1, "state", va="center"), top.text(-1.5, -0.1, "input")
    for t in range(11):
        top.plot([t, t], [0.2, 0.8], color=GRAY, ls="-", lw=1.5, zorder=1)
        top.text(t, -0.1, f"{clicks[t, 0]:g}".replace("-", "−"), ha="center")
        top.plot(t, 1, "o", ms=33, mfc="white", mec=INK)
    top.set(xlim=(-1.6, 10.8), ylim=(-0.3, 1.5)), top.axis("off")
    ax.set(xlim=(-1.6, 10.8), ylim=(-1.1, 1.1), xlabel="step", ylabel="state")
    return fig, top, ax


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, top, ax = unrolled()
demo = Demo("unroll", fig, see="One cell, drawn once for each step. A weak "
            "memory fades, a strong one latches.", alt="Eleven copies of one "
            "cell in a row with inputs below, and a curve of the state.")
demo.slider("t", range(11), label="step", fmt="{:.0f}", start=5)
demo.slider("w", memories, label="memory W_h", fmt="{:.1f}", start=0.8)
demo.frames(top, lambda t: (t, 1), side=0.9, color=VERMILION, lw=3)
for s in range(11):
    demo.text(top, lambda t, w, s=s: (s, 0.95, f"{runs[w][s]:.2f}".replace(
        "-", "−") if s <= t else ""), ha="center", size=11)
demo.line(ax, lambda t, w: (range(int(t) + 1), runs[w][:int(t) + 1]))
demo.points(ax, lambda t, w: (t, runs[w][int(t)]), color=VERMILION, ms=10)
demo.show()

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
rng, effect = np.random.default_rng(4), np.zeros((10, 10))
X10, Wx = rng.normal(size=(10, 2)), rng.normal(size=(2, 4))
Wh = rng.normal(scale=0.45, size=(4, 4))
for s in range(10):  # the effect of a small change of input s on all states
    nudge = 1e-5 * (np.arange(10) == s)[:, None]
    up, down = (np.array(states(A, np.zeros(4), Wx, Wh, 0.0)[1:])
                for A in (X10 + nudge, X10 - nudge))
    effect[:, s] = np.linalg.norm(up - down, axis=1) / 2e-5
assert ((effect > 0) == np.tri(10, dtype=bool)).all()  # t >= s, and all of them
fig, ax = plt.subplots(figsize=(6.4, 4))
image = ax.imshow(np.log10(np.maximum(effect, 1e-4)), "Blues", vmin=-4)
ax.set(xlabel="input s", ylabel="state t", title="No state knows a later input")
fig.colorbar(image, label="log10 of the effect"), ax.grid(visible=False)
show(fig, alt="A lower triangular heat map that fades away from the diagonal.",
     see="Below the diagonal every input counts, less and less with distance.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What the state knows
#
# **What is wrong here?** A slide says: "Each output depends on all previous outputs.
# Sequences in, sequences out: that is seq2seq."
# <details><summary>Answer</summary>
#
# $h_t$ depends on all *inputs* so far. **seq2seq** usually means two RNNs: an **encoder**
# reads everything, a **decoder** then writes an output, perhaps of another length.
#
# </details>
#
# Training: backpropagation through the **unrolled** graph, $T$ layers that share
# weights, so their gradients add up. Each step back multiplies $\delta$ by $W_h^\top$ and
# $\tanh'\le1$: it vanishes or explodes (lecture 09). *Mitigated* today, not solved.
#
# **Answer to the prediction.** $W_h=0$: forgotten at once, as in a feed-forward
# network. 0.8: fades. 1.5: **latches** near 0.86; the $-1$ shakes it, no more.
#
# > **Take away:** an RNN is one layer, applied again and again to the new input and
# > its own last state.

# %% [markdown] rows=["L11.5"] slideshow={"slide_type": "slide"}
# ## 5. How can a network decide what to remember?
#
# The **LSTM** (long short-term memory) adds a **memory** $c$, and three **gates**, sigmoid
# units between 0 (shut) and 1 (open) that see the input and the last state:
#
# $$c_t=f\odot c_{t-1}+i\odot\tilde c,\qquad h_t=o\odot\tanh c_t$$
#
# | | computed from $[x_t,h_{t-1}]$ | decides |
# |:--|:--|:--|
# | forget gate $f$ | $\sigma(\cdot)$ | how much of the memory is **kept** |
# | input gate $i$ | $\sigma(\cdot)$ | how much of the candidate is **written** |
# | output gate $o$ | $\sigma(\cdot)$ | how much of the memory is **shown** |
# | candidate $\tilde c$ | $\tanh(\cdot)$ | what could be written |
#
# Each is a dense layer: $[x,h]$, put together, $(n+k,)$, $W$ $(n+k,k)$, $b$ $(k,)$.
#
# **Predict:** $i=0$ for 1000 steps. What is left of $c$ if $f=1$? If $f=0.9$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 54–66 min.*
# **Wait for** “all” and “nothing.” **Often heard:** “0.9 is nearly 1, so most of it.”
# Write 0.9 to the power 1000 at the board: about 10⁻⁴⁶.

# %% slideshow={"slide_type": "subslide"}
def lstm_cell(x, h, c, forget, write, output, candidate):  # each a pair (W, b)
    xh = np.concatenate([x, h])
    f, i, o = (sigmoid(xh @ W + b) for W, b in (forget, write, output))
    new = np.tanh(xh @ candidate[0] + candidate[1])
    c = f * c + i * new  # kept + written
    return o * np.tanh(c), c, (f, i, o)

# n = 4 inputs: a value and three flags (write, erase, show). k = 1 memory cell.
def by_hand(forget_bias):  # rows of W: value, write, erase, show, last state
    column = {"forget": [0, 0, -12, 0, 0], "write": [0, 12, 0, 0, 0],
              "output": [0, 0, 0, 12, 0], "candidate": [1, 0, 0, 0, 0]}
    bias = {"forget": forget_bias, "write": -6, "output": -6, "candidate": 0}
    return {g: (np.array(w)[:, None] * 1.0, bias[g]) for g, w in column.items()}


# %% slideshow={"slide_type": "subslide"}
T, values = 20, np.random.default_rng(6).uniform(-1.5, 1.5, size=20).round(1)
X = np.zeros((T, 4))  # value, write, erase, show
X[:, 0], X[[2, 11], 1], X[[11], 2], X[[8, 9, 17], 3] = values, 1, 1, 1

def read(forget_bias):  # rows: h, c, f, i, o
    h, c, rows = np.zeros(1), np.zeros(1), []
    for x in X:
        h, c, gates = lstm_cell(x, h, c, **by_hand(forget_bias))
        rows.append(np.ravel([h, c, *gates]))
    return np.array(rows).T

h, c, *_ = read(6.0)
print("written:", values[[2, 11]], " tanh:", np.tanh(values[[2, 11]]).round(3))
print("shown at 8, 9, 17:", np.arctanh(h[[8, 9, 17]]).round(3))
assert np.allclose(c[[2, 11]], np.tanh(values[[2, 11]]), atol=0.03)


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
def sequence():  # what stands still in the next picture
    fig, axes = plt.subplots(3, 1, figsize=(10.2, 4.9), sharex=True)
    axes[0].plot(values, "o", color=GRAY)
    flags = {2: "write", 8: "show", 9: "show", 11: "erase, write", 17: "show"}
    for t, flag in flags.items():
        axes[0].text(t, 2.1, flag, ha="right" if t == 8 else "center", size=11)
        [ax.axvline(t, color="#EEF1F4", lw=9, ls="-") for ax in axes]
    for ax, name, low, high in ((axes[0], "value", -2, 3.4), (
            axes[1], "gate", -0.1, 1.1), (axes[2], "memory", -1.15, 1.15)):
        ax.set(ylabel=name, ylim=(low, high), xlim=(-0.5, 24.5))
    axes[2].set_xlabel("step")
    return fig, axes


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = sequence()
biases, lines = np.linspace(-2, 8, 21), (
    (2, 1, "forget f", BLUE, "-"), (3, 1, "input i", GREEN, "--"),
    (4, 1, "output o", VERMILION, ":"), (1, 2, "memory c", BLUE, "-"),
    (0, 2, "state h", VERMILION, ":"))
table = {v: read(v) for v in biases}
demo = Demo("gates", fig, see="What was written stays while the forget gate is "
            "near 1; the state shows it on demand.", alt="Values with flags in "
            "20 steps, three gates, memory and state of an LSTM cell.")
demo.slider("v", biases, label="bias of the forget gate", start=6, fmt="{:.1f}")
for k, ax, name, c, ls in lines:
    demo.line(axes[ax], lambda v, k=k: (range(T), table[v][k]), c=c, ls=ls,
              label=name)
[ax.legend(loc="right") for ax in axes[1:]]
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# Start at 6. **Ask** which of the curves changes if the forget gate closes a little,
# then go down step by step. **Wait for** the memory to fade between write and show.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Why it works
#
# Along the memory, values and gradients are multiplied by $f$ alone, by no matrix and no
# $\tanh'$: with $f$ near 1 they survive.
#
# The LSTM of Hochreiter and Schmidhuber (1997) had **no forget gate**; Gers et al. added
# it in 2000. The **GRU** (Cho et al. 2014) has no separate $c$.
#
# **Answer to the prediction.** All of $c$. With 0.9: $0.9^{1000}\approx10^{-46}$.
#
# **Your turn.** $k=1$, $c=2$, all four sums $[x,h]W+b$ are 0. The new $c$ and $h$? And how
# many parameters has an LSTM?
# <details><summary>Answer</summary>
#
# $c=1$, $h=\tanh(1)/2=0.3808$. $4\,(n+k+1)\,k$.
#
# </details>
#
# > **Take away:** gates decide what is kept, written and shown:
# > $c_t=f\odot c_{t-1}+i\odot\tilde c$.

# %% [markdown] rows=["L11.6"] slideshow={"slide_type": "slide"}
# ## 6. How does a word become a vector?
#
# One-hot vectors are all equally far apart. We want a short vector for each word, an
# **embedding**, with similar words close together. "You shall know a word by the
# company it keeps" (J. R. Firth, 1957): the **distributional hypothesis**.
#
# The **context** of a word are the words at most `window` places away. Two ways to make
# it a classification problem (Mikolov et al. 2013):
#
# - **skip-gram:** predict each context word, maximize
#   $p(\text{context}\mid\text{word})$;
# - **CBOW** (continuous bag of words): maximize $p(\text{word}\mid\text{context})$.
#
# Skip-gram is softmax regression (lecture 06) through a bottleneck: one-hot inputs pick
# a row $E_w$ of $E$ $(V,d)$, and $p(\cdot\mid w)=\mathrm{softmax}(E_wC)$, $C$ $(d,V)$.
#
# **Predict:** will "hot" and "cold" get similar vectors or opposite ones?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 66–78 min.*
# Hands up: similar or opposite? **Wait for** “similar.” **Often heard:** “opposite,
# they are opposites.” The model sees contexts only, and they are the same.

# %% slideshow={"slide_type": "subslide"}
lands = [w.split() for w in ("paris france french", "rome italy italian",
                             "berlin germany german", "madrid spain spanish")]
people = [w.split() for w in ("king queen crown", "man woman job",
                              "boy girl toy", "prince princess horse")]
about_lands = """{0} is the capital of {1}. people in {1} speak {2}.
the streets of {0} are old. {1} has a long border. the {2} language is spoken
in {1}. the mayor of {0} is {2}. the train to {0} is fast. we love {2} food. """
about_people = """the {0} has his {2}. the {1} has her {2}. he is a {0}.
she is a {1}. the {0} comes with his {2}. the {1} comes with her {2}.
every {0} wants a {2}. every {1} wants a {2}. """
rest = """the soup is hot. the soup is cold. the tea is hot. the tea is cold.
the day was hot. the day was cold."""

# %% slideshow={"slide_type": "subslide"}
text = "".join([about_lands.format(*names) for names in lands]
               + [about_people.format(*names) for names in people]) + rest
sentences = [s.split() for s in text.split(".") if s.split()]
words = sorted({word for s in sentences for word in s})
at, V = {word: i for i, word in enumerate(words)}, len(words)
N = np.zeros((V, V))  # how often word w has the context word c
for s in sentences:
    for i, center in enumerate(s):
        for j in range(max(i - 3, 0), min(i + 4, len(s))):  # window 3
            if j != i:
                N[at[center], at[s[j]]] += 1
print(len(sentences), "sentences,", V, "words,", int(N.sum()), "pairs")
print("near paris:", *(words[c] for c in np.nonzero(N[at["paris"]])[0]))
assert (N == N.T).all()  # if a is near b, then b is near a


# %% slideshow={"slide_type": "subslide"}
def skipgram(d, steps=600, lr=2.0, beta=0.9):  # momentum of lecture 04
    rng = np.random.default_rng(0)
    vE = vC = 0
    E, C = rng.normal(size=(V, d)) / 10, rng.normal(size=(d, V)) / 10
    for _ in range(steps):
        P = softmax(E @ C, axis=1)  # row w: the model's p(context | w)
        error = (N.sum(axis=1, keepdims=True) * P - N) / N.sum()  # pairs: P - Y
        vE, vC = beta * vE - lr * error @ C.T, beta * vC - lr * E.T @ error
        E, C = E + vE, C + vC
    return E, -(N * np.log(P)).sum() / N.sum()

E, J = skipgram(16)
shares = np.maximum(N / N.sum(axis=1, keepdims=True), 1e-99)  # in the text
floor = -(N * np.log(shares)).sum() / N.sum()
print(f"loss {J:.3f}; at first {np.log(V):.3f}; no model below {floor:.3f}")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
units = E / np.linalg.norm(E, axis=1, keepdims=True)
shown = [w for trio in lands + people for w in trio] + ["hot", "cold"]
rows = units[[at[w] for w in shown]]
xy = rows @ np.linalg.svd(rows - rows.mean(axis=0))[2][:2].T  # widest two
fig, ax = plt.subplots(figsize=(10.4, 4.6))
kinds = "capital", "country", "language", "male", "female", "thing"
for k, (name, m) in enumerate(zip(kinds, "os^DvP", strict=True)):
    four = 12 * (k > 2) + k % 3 + 3 * np.arange(4)  # four words of a kind
    ax.plot(*xy[four].T, m, label=name, ms=9)
ax.plot(*xy[24:].T, "*", color=INK, ms=12, label="hot, cold"), ax.legend()
for word, (u, v) in zip(shown, xy + [0.015, 0.015], strict=True):
    ax.text(u, v, word, size=9)
ax.set(xlabel="widest direction", title="Words of a kind lie together")
show(fig, alt="26 words as points in a plane; capitals, countries, men, women "
     "and so on form groups.", see="No one told the model what a capital is.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was learned, and what not
#
# Real embeddings are learned from billions of words. There a softmax over all $V$ words
# costs too much; **negative sampling** asks a few binary questions in its place: is
# this a real pair, or one with a random context word?
#
# **Answer to the prediction.** Similar, nearly the same: their cosine is 0.99 or
# more. They occur in the same contexts ("the tea is …"), and that is all the model
# sees. Similar *contexts* is not the same as similar *meaning*.
#
# **Your turn.** With window 1, which pairs (center, context) does "the cat sat" give?
# <details><summary>Answer</summary>
#
# Four: (the, cat), (cat, the), (cat, sat), (sat, cat).
#
# </details>
#
# > **Take away:** predict the neighbors of a word, and its weights become a vector
# > that says in which company it is found.

# %% [markdown] rows=["L11.7"] slideshow={"slide_type": "slide"}
# ## 7. What is Paris to France, if Rome is to Italy?
#
# Directions between vectors can carry a relation: from capital to country, from man
# to woman, from "walk" to "walked". To answer "$a$ is to $b$ as $c$ is to ?", go from
# $c$ the way that leads from $a$ to $b$, and take the nearest word:
#
# $$d=\arg\max_{x\ne a,b,c}\;\cos\bigl(\hat x,\;\hat b-\hat a+\hat c\bigr),\qquad
# \cos(u,v)=\frac{u\cdot v}{\lVert u\rVert\,\lVert v\rVert},\quad
# \hat x=\frac{x}{\lVert x\rVert}$$
#
# $\hat x$ is the unit vector of the word (lecture 02). The **cosine** is 1 for the same
# direction, 0 for a right angle, and does not feel lengths.
#
# **What is wrong here?** A slide says: vector(France) − vector(Paris) + vector(Rome) =
# vector(Italy), and one finds the word by $\arg\max_x\,(b-a+c)\cdot x$.
#
# **Predict:** name three things that are wrong, before you go on.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 78–88 min.*
# Two minutes in pairs. **Wait for** all three: about, unit vectors, and the words of
# the question are left out. **Often heard:** the first one only.

# %% slideshow={"slide_type": "subslide"}
def cosine(u, v):
    return u @ v / (np.linalg.norm(u) * np.linalg.norm(v))

a, b, c, d = (units[at[w]] for w in ("paris", "france", "rome", "italy"))
goal = b - a + c
near = sorted(words, key=lambda w: -cosine(units[at[w]], goal))[:4]
print({w: float(cosine(units[at[w]], goal).round(2)) for w in near})
hot_cold = cosine(E[at["hot"]], E[at["cold"]])
print("hot, cold:", hot_cold.round(3))
# "he is to she as uncle is to ?", raw, with a long word that fits nowhere
raw = {"he": [1, 0], "she": [1, 1], "uncle": [2, 0.2], "aunt": [2, 1.9],
       "very": [30, -3]}
way = np.subtract(raw["she"], raw["he"]) + raw["uncle"]
print("largest product:", max(raw, key=lambda w: way @ raw[w]),
      "| cosine:", max(raw, key=lambda w: cosine(way, np.array(raw[w]))))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
e1 = (b - a) / np.linalg.norm(b - a)
e2 = (c - a) - (c - a) @ e1 * e1  # with e1 it spans the plane of a, b and c
corners = np.array([a, b, c, d]) @ np.array([e1, e2 / np.linalg.norm(e2)]).T
fig, ax = plt.subplots(figsize=(9, 3.9))
for p, w in zip(corners, ("paris", "france", "rome", "italy"), strict=True):
    ax.plot(*p, "o", color=INK), ax.text(*(p + [0, 0.06]), w, ha="center")
ax.plot(*corners[:2].T, color=GRAY, ls="--"), ax.margins(0.12, 0.25)
ax.set(xlabel="along paris → france", title="Almost a parallelogram")
demo = Demo("parallel", fig, see="It ends near italy, not on it.", alt="Four "
            "words at the corners of a parallelogram; a path from rome on.")
demo.slider("t", np.linspace(0, 1, 11), label="way", fmt="{:.1f}", start=0.6)
demo.line(ax, lambda t: np.array([corners[2], corners[2] + t * (
    corners[1] - corners[0])]).T, color=VERMILION, lw=4)
demo.readout(lambda t: f"cosine with italy: {cosine(c + t * (b - a), d):.2f}")
demo.show()


# %% slideshow={"slide_type": "subslide"}
def asked(E, unit=True, exclude=True):  # 48 questions: right answers
    R, right = E / np.linalg.norm(E, axis=1, keepdims=True) if unit else E, 0
    pairs = [(x, y) for group in (lands, people) for x in group for y in group
             if x != y]
    for (a, b, _), (c, d, _) in pairs:
        for p, q, r, s in ((a, b, c, d), (b, a, d, c)):  # there and back
            scores = R @ (R[at[q]] - R[at[p]] + R[at[r]])
            if exclude:
                scores[[at[p], at[q], at[r]]] = -np.inf
            right += words[scores.argmax()] == s
    return right

print("of 48 right: in full, nothing excluded, raw vectors")
for A in (skipgram(8)[0], E):
    print(A.shape, asked(A), asked(A, exclude=False), asked(A, unit=False))

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong
#
# <details><summary>Answer to the puzzle</summary>
#
# "=" means **about**. The product ranks by cosine only for **unit vectors**. And the words
# of the question are **excluded**: often one of them is nearest.
#
# </details>
#
# With 8 numbers for each word about half of our answers are right, fewer if nothing is
# excluded; with 16 all 48 are, as our text is very regular. In real ones many
# relations are not parallel (Linzen 2016).
#
# **Your turn.** $\hat a=(1,0)$, $\hat b=(0,1)$, $\hat c=(-1,0)$. Where does the way lead?
# <details><summary>Answer</summary>
#
# To $(-2,1)$. The word wins that lies most in this direction.
#
# </details>
#
# > **Take away:** from $c$ go the way from $a$ to $b$, take the nearest other word.

# %% [markdown] rows=["L11.8"] slideshow={"slide_type": "slide"}
# ## 8. Where should a network look?
#
# "The king and the queen live in Paris; **she** sings." Which word tells us who "she"
# is? **Attention** lets each place of a sequence ask all places, and choose by content.
# Each place has a **query** (what do I look for?), a **key** (what am I?) and a **value**
# (what do I give?), as rows of matrices:
#
# $$\mathrm{attention}(Q,K,V)=\mathrm{softmax}\Bigl(\frac{QK^\top}{\sqrt d}\Bigr)V,
# \qquad(t,d),\,(s,d),\,(s,e)\to(t,e)$$
#
# Entry $(i,j)$ of $QK^\top$ says how well query $i$ fits key $j$. The softmax runs over
# the *keys*, so each row of weights sums to 1, and the result is a weighted mean of
# the values: a dictionary that looks up softly. In a **Transformer** (Vaswani et
# al. 2017) $Q=XW_Q$, $K=XW_K$, $V=XW_V$ with learned weights.
#
# **Predict:** what does attention give if all keys are equal? If the sentence is
# shuffled? Why divide by $\sqrt d$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 88–101 min.*
# **Wait for** the mean of the values, and “the same, in another order.” **Often
# heard:** “of course it knows the order.” It does not, without positions. For √d look
# at the right picture: undivided, one key takes all.

# %% slideshow={"slide_type": "subslide"}
# Features by hand: person, male, female, place, word that points back.
kinds = {"king": [1, 1, 0, 0, 0], "queen": [1, 0, 1, 0, 0],
         "paris": [0, 0, 0, 1, 0], "she": [1, 0, 1, 0, 1],
         "he": [1, 1, 0, 0, 1], "there": [0, 0, 0, 1, 1]}
story = "the king and the queen live in paris she sings he sleeps there"
said = story.split()
Xs = np.array([kinds.get(w, [0] * 5) for w in said]) * 1.0  # (13, 5)
W_Q = 6 * np.diag([1, 1, 1, 1, 0])  # look for the same kind ...
W_K = np.eye(5)
W_K[4, :4] = -1  # ... among words that do not point back themselves
asking = [said.index(w) for w in ("she", "he", "there")]
weights = softmax((Xs @ W_Q)[asking] @ (Xs @ W_K).T / np.sqrt(5), axis=1)
print([said[k] for k in weights.argmax(axis=1)])
assert [said[k] for k in weights.argmax(axis=1)] == ["queen", "king", "paris"]
assert np.allclose(weights.sum(axis=1), 1)  # over the keys

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (ax, side) = plt.subplots(1, 2, figsize=(11, 3.4), width_ratios=(3, 2))
image = ax.imshow(weights, "Blues", vmin=0, vmax=1, aspect="auto")
ax.set_xticks(range(13), said, rotation=60), ax.grid(visible=False)
ax.set_yticks(range(3), ("she", "he", "there"))
ax.set(title="Who is meant?", ylabel="query"), fig.colorbar(image, ax=ax)
ds, rng = 4 ** np.arange(6), np.random.default_rng(0)
for name, power in (("$QK^T$", 0), ("$QK^T/\\sqrt{d}$", 0.5)):
    S = [rng.normal(size=(200, d)) @ rng.normal(size=(d, 20)) / d**power
         for d in ds]
    top = [softmax(s, axis=1).max(axis=1).mean() for s in S]
    side.semilogx(ds, top, label=name)
side.set(xlabel="d", ylabel="largest of 20 weights", ylim=(0, 1.05))
side.set_title("Undivided, one key takes all"), side.legend()
show(fig, alt="A heat map of attention weights; the largest weight against d.",
     see="she → queen, he → king, there → paris. With √d weights stay spread.")

# %% slideshow={"slide_type": "subslide"}
following = {}  # a language model in miniature: which words came next?
for s in sentences:
    for now, then in zip([".", *s], [*s, "."], strict=True):
        following.setdefault(now, []).append(then)
rng = np.random.default_rng(3)
for _ in range(4):
    word, made = str(rng.choice(following["."])), []
    while word != ".":
        made.append(word)
        word = str(rng.choice(following[word]))  # draw the next word
    print(" ".join(made))
after_of = following["of"]  # all that it knows when it has said "of"
chances = {w: after_of.count(w) / len(after_of) for w in sorted(set(after_of))}
few = {w: round(chances[w], 3) for w in ("france", "italy", "rome")}
print("paris is the capital of", few)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Fluent is not true
#
# A **language model** gives probabilities to the next word. Ours, a Markov chain, knows
# the present word alone; a Transformer attends to thousands. Both are trained for
# what is *likely*. Generated text is no source: ours is right on Paris in one case of 12.
#
# **Answers.** Equal keys: the mean of all values. Shuffled: the same, shuffled, so
# Transformers add the position to each vector. $\sqrt d$ is the standard deviation of
# $q\cdot k$ for entries of variance 1; undivided, the softmax saturates.
#
# **Your turn.** $d=1$, a query $\log3$, keys 1 and 0, values $(2,4)$ and $(4,8)$?
# <details><summary>Answer</summary>
#
# Weights $\frac34,\frac14$: $(2.5,\,5)$.
#
# </details>
#
# > **Take away:** attention is a mean of values, weighted by a softmax.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 9. Can a network invent?
#
# An **auto-encoder** has to give back its input $x$ through a **bottleneck**: an
# encoder makes a short code, a decoder makes $\hat x$ from it, and the loss is
# $\frac1{2m}\sum\lVert\hat x-x\rVert^2$. No labels are needed. What fits through the
# bottleneck is what matters.
#
# A **GAN** (generative adversarial network, Goodfellow et al. 2014) makes new samples.
# A **generator** $G$ turns noise $z$ into $G(z)$; a **discriminator** $D$, a
# classifier as in lecture 05, says with which probability a sample is real:
#
# $$\min_G\max_D\;\;\mathbb E\,\log D(x)+\mathbb E\,\log\bigl(1-D(G(z))\bigr)$$
#
# $\mathbb E$ is the mean over real $x$, and over noise $z$. $D$ learns to tell real from made,
# $G$ to fool $D$. If $G$ makes exactly what is real, the best that $D$ can say is
# $\frac12$.
#
# **Predict:** a digit has 64 pixels. How many numbers are enough to recognize it?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 101–109 min.*
# **Ask** for a number, then show the rows one by one from the top. **Wait for** 16 to
# be readable. **Often heard:** 64, or 10 “because there are ten digits.” In the second
# demo: what does D look like when it can't tell any more? Flat, at one half.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
mean = pixels.mean(axis=0)
U = np.linalg.svd(pixels - mean, full_matrices=False)[2].T  # (64, 64)
fig, axes = plt.subplots(5, 8, figsize=(9, 5.3))
for row, k in zip(axes, (2, 8, 16, 32, 64), strict=True):
    code = (pixels - mean) @ U[:, :k]  # (m, k): the encoder
    made = code @ U[:, :k].T + mean  # (m, 64): the decoder
    lost = np.sum((made - pixels) ** 2) / np.sum((pixels - mean) ** 2)
    row[0].set_ylabel(f"{k}: {1 - lost:.0%}", size=11)
    for ax, picture in zip(row, made[[0, 1, 2, 3, 5, 7, 8, 9]], strict=True):
        ax.imshow(picture.reshape(8, 8), "Greys", vmin=0, vmax=1)
plt.setp(axes, xticks=[], yticks=[])
fig.suptitle("Numbers in the code, and how much of the variance comes back")
show(fig, alt="Eight digits, given back through bottlenecks of 2, 8, 16, 32 "
     "and 64 numbers.", see="With 16 numbers one can read the digits.")


# %% slideshow={"slide_type": "subslide"}
def gan(steps=400, rounds=5, decay=0.02):  # real: mean 2, sd 0.5
    rng, w, mu, sd = np.random.default_rng(0), np.zeros(3), -1.0, 1.0
    history = []
    for _ in range(steps + 1):
        history.append((mu, sd, *w))
        for _ in range(rounds):  # D: logistic regression on 1, x, x²
            x = np.r_[rng.normal(2, 0.5, 64), mu + sd * rng.normal(size=64)]
            F, y = np.stack([x**0, x, x**2], axis=1), np.repeat([1, 0], 64)
            w = w - 0.2 * (F.T @ (sigmoid(F @ w) - y) / 128 + decay * w)
        x = mu + sd * (z := rng.normal(size=64))  # G(z): one step up log D
        D = sigmoid(w[0] + w[1] * x + w[2] * x**2)
        slope = (1 - D) * (w[1] + 2 * w[2] * x)
        mu, sd = mu + 0.03 * slope.mean(), sd + 0.03 * (slope * z).mean()
    return np.array(history)


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
def bell(mu, sd):
    return np.exp(-(((x - mu) / sd) ** 2) / 2) / np.sqrt(2 * np.pi) / sd

trained, x = gan(), np.linspace(-4, 5, 91)
made = [bell(mu, sd) for mu, sd, *_ in trained]
D = [sigmoid(w0 + w1 * x + w2 * x**2) for _, _, w0, w1, w2 in trained]
fig, ax = plt.subplots(figsize=(9, 3.7))
ax.plot(x, bell(2, 0.5), label="real"), ax.set_ylabel("density, D(x)")
ax.set(ylim=(-0.03, 1.15), xlabel="x")
demo = Demo("gan", fig, see="The made bell moves onto the real one; D becomes "
            "flat.", alt="Two bell curves and the curve of D over x.")
demo.slider("t", range(0, 401, 10), label="step", fmt="{:.0f}", start=60)
demo.line(ax, lambda t: (x, made[int(t)]), c=VERMILION, ls="--", label="made")
demo.line(ax, lambda t: (x, D[int(t)]), c=GRAY, ls=":", label="D"), ax.legend()
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A game, not a descent
#
# Our $G$ adds `mu` to `sd` times noise; $D$ is a logistic regression on $1,x,x^2$. As
# usual, $G$ climbs $\log D(G(z))$: the same goal, with a better slope while $D$ wins.
#
# No loss falls steadily, since each player changes the other's. With one step of $D$ a
# round and no weight decay, `sd` shrinks to about 0: **mode collapse**.
#
# **Answer.** 16 numbers give back 85 % of the variance, with the best *linear*
# auto-encoder, a singular value decomposition (Baldi and Hornik 1989).
#
# **Your turn.** $D=\frac12$ everywhere: what is the value of the game?
# <details><summary>Answer</summary>$2\log\frac12=-1.3863$.</details>
#
# > **Take away:** auto-encoders repeat through a bottleneck, GANs play a game.

# %% [markdown] rows=["L11.9"] slideshow={"slide_type": "slide"}
# ## 10. What if a class label is not the answer?
#
# | task | answer | last layer |
# |:--|:--|:--|
# | classification | one label | softmax over $K$ |
# | **segmentation** | a label a pixel | softmax at each pixel |
# | **detection** | boxes with labels | a box: 4 numbers, $K$ scores |
# | **reinforcement** | an action for a state | softmax over actions |
#
# In reinforcement learning we watch a game; the network often sees a row of numbers.
# Rewards (lecture 01) say how its actions went, not which was right.
#
# **Predict:** regions are compared by **intersection over union**, pixels in both divided
# by those in at least one. Which regions get 1, which get 0?
#
# > **Take away:** the earlier layers stay; the last one and the loss change with the task.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 109–112 min.*
# **Wait for** “the same region” and “no pixel in common.” **Often heard:** “half of it
# right gives ½.” For two equal squares that share half, it is ⅓.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
r, q = np.mgrid[:16, :20]
disk, block = (r - 5) ** 2 + (q - 5) ** 2 <= 12, (abs(r - 10) < 4) & (q > 11)
picture = np.random.default_rng(0).normal(0.15 + 0.3 * disk + 0.6 * block, 0.06)
mask = 1 * (picture > 0.3) + (picture > 0.6)  # class 0, 1 or 2 for each pixel
fig, (left, middle, right) = plt.subplots(1, 3, figsize=(11, 3.1))
for ax, what, name in (left, picture, "boxes"), (middle, mask, "mask"):
    ax.imshow(what, "Greys"), ax.set(title=name, xticks=[], yticks=[])
for x0, x1, y0, y1 in (1.5, 8.5, 1.5, 8.5), (11.5, 19.4, 6.5, 13.5):
    left.plot([x0, x1, x1, x0, x0], [y0, y0, y1, y1, y0], c=VERMILION)
state = ["place", "0.31"], ["speed", "−0.08"], ["tilt", "0.02"], ["spin", "0.4"]
draw_table(right, 0, 4, state, "a pole on a cart")
right.set(xlim=(-0.2, 2.2), ylim=(-0.2, 5)), right.axis("off")
show(fig, alt="A picture with two boxes, a mask, and a table of four numbers.",
     see="Left: boxes with no common pixel get 0, a box and itself 1. Middle a "
     "mask; right all that a network sees of a game.")

# %% [markdown] rows=["L11.10"] slideshow={"slide_type": "slide"}
# ## 11. Can we look inside?
#
# A network may be right for a wrong reason. Ways to look inside:
#
# - the **weights of the first layer**, drawn as pictures (lectures 06 and 10);
# - the **activations**: which samples make a unit large?
# - the **saliency**: which pixels would change the answer most?
#
# For the last one, go one step further back than training does. Backpropagation
# (lecture 09) stops at the weights of layer 1, but the gradient for the *input* is
# there for the taking, and it is **not 0**:
#
# $$\frac{\partial\ell}{\partial x}=\delta^{[1]}W^{[1]\top},\qquad
# (1,h)\,(h,n)\to(1,n)$$
#
# **Predict:** a network reads 97 % of new digits. Now change every pixel by 0.1 (ink
# goes from 0 to 1), up or down. How many does it still read if the signs are random?
# And if they follow the gradient?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 112–120 min.*
# Two numbers on paper. **Wait for** 97 %, and a third. **Often heard:** “about 90 both
# times, 0.1 is nothing.” Ask what that says about “97 % right.”

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(0)
Y, (train, test) = np.eye(10)[labels], np.split(rng.permutation(1797), [1400])
W1, b1 = rng.normal(scale=np.sqrt(2 / 64), size=(64, 32)), np.zeros(32)
W2, b2 = rng.normal(scale=np.sqrt(2 / 32), size=(32, 10)), np.zeros(10)
def both(A, Y):  # forward, and back: the error signals of the two layers
    H = np.maximum(0, A @ W1 + b1)
    delta2 = softmax(H @ W2 + b2, axis=1) - Y  # P - Y
    return H, delta2, (delta2 @ W2.T) * (H > 0)

for rows in (rows for _ in range(30) for rows in rng.permutation(train).reshape(
        28, 50)):
    A = pixels[rows]  # 0.01 = learning rate 0.5 / batch size 50
    H, delta2, delta1 = both(A, Y[rows])
    W1, b1 = W1 - 0.01 * A.T @ delta1, b1 - 0.01 * delta1.sum(axis=0)
    W2, b2 = W2 - 0.01 * H.T @ delta2, b2 - 0.01 * delta2.sum(axis=0)


# %% slideshow={"slide_type": "subslide"}
def read_as(A):
    return (np.maximum(0, A @ W1 + b1) @ W2 + b2).argmax(axis=1)

new, Y_new = pixels[test], Y[test]
slopes = both(new, Y_new)[2] @ W1.T  # (m, 64): a gradient for each picture
cheated = new + 0.1 * np.sign(slopes)
shaken = new + 0.1 * rng.choice([-1, 1], size=new.shape)
for name, A in (("new", new), ("random", shaken), ("gradient", cheated)):
    print(f"{name:9}{np.mean(read_as(A) == labels[test]):.3f} read correctly")
# Check one picture by central differences: 64 pixels up, 64 pixels down.
P_up, P_down = (both(new[0] + s * np.eye(64), Y_new[:1])[1] @ Y_new[0] + 1
                for s in (1e-5, -1e-5))  # probability of the true digit
difference = -(np.log(P_up) - np.log(P_down)) / 2e-5
assert np.allclose(difference, slopes[0], atol=1e-6) and np.any(slopes[0] != 0)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(3, 8, figsize=(10.4, 4.2))
picks = [np.nonzero(labels[test] == k)[0][1] for k in range(8)]
for (first, second, third), i in zip(axes.T, picks, strict=True):
    first.imshow(new[i].reshape(8, 8), "Greys", vmin=0, vmax=1)
    first.set_title(f"a {labels[test[i]]}", size=11)
    top = np.abs(slopes[i]).max()
    second.imshow(-slopes[i].reshape(8, 8), "PuOr", vmin=-top, vmax=top)
    third.imshow(cheated[i].reshape(8, 8), "Greys", vmin=0, vmax=1)
    third.set_title(f"read as {read_as(cheated[[i]])[0]}", size=11)
for ax, name in zip(axes[:, 0], ("picture", "slopes", "changed"), strict=True):
    ax.set_ylabel(name)
plt.setp(axes, xticks=[], yticks=[])
show(fig, alt="Eight digits, saliency maps, the digits after a small change.",
     see="Purple: more ink there speaks for the true digit; orange: against.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What a saliency map says, and what it does not
#
# **Answer.** Random signs: 97 %, as before. Signs of the gradient: only a third, an
# **adversarial** change (Goodfellow et al. 2015).
#
# - The map is a *slope at one point*, no cause.
# - Check it: by central differences, by experiment (do those pixels matter?), with
#   random weights (does the map change at all? Adebayo et al. 2018).
# - Where people have a right to a reason, use a model that can be read (Rudin 2019).
#
# **Your turn.** Why does training not need $\partial\ell/\partial x$?
# <details><summary>Answer</summary>Training changes weights; $x$ is given.</details>
#
# > **Take away:** $\delta^{[1]}W^{[1]\top}$ shows which pixels matter, to first order.

# %% slideshow={"slide_type": "skip"}
# Checks of answers and of what the text says.
moved = np.pad(seven, ((0, 0), (1, 0)))[:, :-1]  # one pixel to the right
before, after = (correlate2d(A, K, "valid") for A in (seven, moved))
assert np.allclose(after[:, 1:], before[:, :-1])  # the map moves along
assert 8 * (3 * 9 + 1) == 224 and np.array_equal(K[::-1, ::-1], -K)
assert np.allclose([runs[1.5][6], 0.5 * np.tanh(1)], [0.86, 0.3808], atol=4e-3)
assert 0.9**1000 < 2e-46 and hot_cold > 0.99 and near[0] == "italy"
some, fewer = (asked(skipgram(8)[0], exclude=e) for e in (True, False))
assert fewer < some < 32
assert asked(E) == 48 and np.isclose(chances["france"], 1 / 12)
assert np.allclose(trained[-1], [2, 0.5, 0, 0, 0], atol=0.05)
mu, sd, *_ = gan(800, rounds=1, decay=0)[-1]  # mode collapse
assert abs(mu - 2) < 0.15 and sd < 0.05
assert (mask == disk + 2 * block).mean() > 0.98 and 8 / (16 + 16 - 8) == 1 / 3

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - Convolution: one small kernel everywhere; $H'=\lfloor(H+2p-k)/s\rfloor+1$;
#   $c_\text{out}(c_\text{in}k^2+1)$ parameters; pooling makes maps smaller.
# - RNN: $h_t=\tanh(x_tW_x+h_{t-1}W_h+b)$, the same weights in every step.
# - LSTM: $c_t=f\odot c_{t-1}+i\odot\tilde c$, $h_t=o\odot\tanh c_t$.
# - Embeddings: predict the context; analogy: nearest cosine to
#   $\hat b-\hat a+\hat c$, question words excluded.
# - Attention: $\mathrm{softmax}(QK^\top/\sqrt d)\,V$.
# - Auto-encoders repeat, GANs play; the last layer and the loss follow the task.
# - $\partial\ell/\partial x$ makes a saliency map, and an adversarial change.
#
# **Where to go next:** a framework, a data set that you care about, a simple baseline
# first, and the books below. Now open `hw10_beyond.ipynb`.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Check yourself
#
# 1. A picture of 64 × 48, kernel 5 × 5, padding 2, stride 2. The size of the map?
#    <details><summary>Answer</summary>$\lfloor63/2\rfloor+1=32$ by
#    $\lfloor47/2\rfloor+1=24$.</details>
# 2. How many parameters has a convolutional layer from 16 to 32 channels with 3 × 3
#    kernels? <details><summary>Answer</summary>$32\,(16\cdot9+1)=4640$.</details>
# 3. SciPy's `convolve2d` and your `conv2d` differ. Who is wrong?
#    <details><summary>Answer</summary>Nobody: `convolve2d` flips the kernel,
#    libraries of networks do not. Compare with `correlate2d`.</details>
# 4. On which inputs does $h_5$ of an RNN depend?
#    <details><summary>Answer</summary>On $x_1,\dots,x_5$ (and on $h_0$), on no later
#    one.</details>
# 5. A found square of 4 × 4 pixels and the true one share 2 × 4. Their intersection
#    over union? <details><summary>Answer</summary>$8/(16+16-8)=\frac13$; equal regions
#    get 1, disjoint ones 0.</details>
# 6. Why are the words of the question excluded in an analogy?
#    <details><summary>Answer</summary>$\hat b-\hat a+\hat c$ is often closest to one of
#    them.</details>
# 7. All queries are multiplied by 100. What happens to the attention weights?
#    <details><summary>Answer</summary>They approach 0 and 1: each query takes the
#    value of its best key alone.</details>
# 8. A saliency map of a dog picture lights up the grass. What do you do?
#    <details><summary>Answer</summary>Test it: dogs without grass, grass without
#    dogs. Perhaps the network learned the wrong thing.</details>
#
# ## Read more
#
# - I. Goodfellow, Y. Bengio and A. Courville (2016), *Deep Learning*, chapters 9, 10,
#   14 and 20.
# - Y. LeCun, L. Bottou, Y. Bengio and P. Haffner (1998), *Gradient-based learning
#   applied to document recognition*: LeNet-5.
# - S. Hochreiter and J. Schmidhuber (1997), *Long short-term memory*; F. Gers,
#   J. Schmidhuber and F. Cummins (2000), *Learning to forget*.
# - T. Mikolov et al. (2013), *Efficient estimation of word representations in vector
#   space*; T. Linzen (2016), *Issues in evaluating semantic spaces using word
#   analogies*.
# - A. Vaswani et al. (2017), *Attention is all you need*.
# - I. Goodfellow et al. (2014), *Generative adversarial nets*.
# - C. Rudin (2019), *Stop explaining black box machine learning models for high stakes
#   decisions and use interpretable models instead*.
