# %% [markdown] slideshow={"slide_type": "slide"}
# # Gradient descent
#
# *How do you find the bottom of a valley if all you can feel is the slope?*
#
# After this lecture you can
# - **write** the loop (gradient, step, stop) and say what a zero gradient proves,
# - **choose** a learning rate, and compute the limit that it must stay below,
# - **measure** a gradient by central differences, and say what that costs,
# - **rescale** features, and say what this changes,
# - **train** on mini-batches, and speed up with momentum and RMSprop.
#
# **Needs** lecture 03 (half-MSE, gradient, convex, closure) and lecture 02
# (standardization, copies) · **Time** 120 minutes · **Prepares**
# `hw03_gradient_descent`
#
# ★ marks what you may skip on first reading; the time does not count it.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 0–2 min.*
# Section 4 is the heart: everything later is about being slow or unstable. Late?
# Section 6 without its picture, and the ★ parts not at all.

# %% slideshow={"slide_type": "skip"}
import matplotlib.pyplot as plt
import numpy as np
from demos import Demo
from figures import BLUE, GRAY, GREEN, INK, VERMILION, show, use_style
from sklearn.datasets import load_diabetes, load_wine
from sklearn.linear_model import LinearRegression, QuantileRegressor

use_style()

# The spring of lecture 03: mass x in units of 100 g, length y in cm.
x = np.arange(8.0)  # (m,)
y = np.array([3.5, 5.4, 8.3, 9.0, 8.7, 11.5, 12.5, 14.6])  # (m,)
m = len(x)
b_fit, w_fit = np.linalg.lstsq(np.c_[np.ones(m), x], y, rcond=None)[0]


# %% slideshow={"slide_type": "skip"}
def J(w, b):  # half-MSE of the spring; w, b: numbers or arrays
    e = np.expand_dims(b, -1) + np.expand_dims(w, -1) * x - y
    return (e**2).sum(axis=-1) / (2 * m)

def dJ(w, b):  # its gradient: the slope for w, the slope for b
    e = b + w * x - y
    return (e * x).sum() / m, e.sum() / m

def walk(step, place, n_steps):  # the places after 0, 1, ..., n_steps steps
    places = [np.array(place, dtype=float)]
    for _ in range(n_steps):
        places.append(step(places[-1]))
    return np.array(places)


# %% [markdown] rows=["L04.1"] slideshow={"slide_type": "slide"}
# ## 1. How do you get down in the fog?
#
# You stand on a hillside in fog. You feel the slope under your feet, nothing
# else. So you take a step downhill, feel again, and go on.
#
# Write $\theta$ for all parameters together, here $w$ and $b$. The slope is the
# gradient $\partial J/\partial\theta$. **Gradient descent** repeats the **update**
#
# $$\theta\leftarrow\theta-\alpha\,\frac{\partial J}{\partial\theta},\qquad
# \text{a step of}\quad\Delta\theta=-\alpha\,\frac{\partial J}{\partial\theta} .$$
#
# The **learning rate** $\alpha>0$ sets how far a step goes. The minus sign turns
# it downhill: the gradient points uphill.
#
# Keep $b=4$ for the spring of lecture 03 ($\hat y=wx+b$). At $w=0$ the slope is
# $-25.8$. With $\alpha=0.02$ the first step is $-0.02\cdot(-25.8)\approx+0.52$.
#
# **Predict:** all steps use the same $\alpha$. Are they equally long? And does
# minus the gradient point straight at the bottom?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 2–17 min.*
# **Wait for** “they get shorter” and “in general not.” **Often heard:** “the same α,
# the same step.” In the demo ask how many steps it takes to the star, then show 20,
# 100, 800.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
W_axis, B_axis = np.mgrid[-0.5:3.5:90j, -1:9:90j]

def draw_valley(ax, title):  # the loss of the spring, seen from above
    levels = [0.5, 1, 2, 4, 8, 16, 32]
    ax.contour(B_axis, W_axis, J(W_axis, B_axis), levels, colors=["#A9B2BA"])
    ax.plot(b_fit, w_fit, "*", color=INK, ms=16)
    ax.set(xlabel="bias b", ylabel="slope w", title=title, aspect="equal")

def descend(D, rate, start, k):  # places (b, w): descent on the half-MSE
    return walk(lambda p: p - rate * D.T @ (D @ p - y) / m, start, k)

ball = walk(lambda w: w - 0.02 * dJ(w, 4)[0], 0, 800)  # b = 4 kept
ones_x = np.column_stack([np.ones(m), x])
path = descend(ones_x, 0.02, (0, 0), 800)  # both free

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, right) = plt.subplots(1, 2, figsize=(11.5, 4), width_ratios=(1, 2))
left.plot(u := np.linspace(-0.4, 3.4, 99), J(u, 4), color=GRAY)
left.set(xlabel="slope w", ylabel="J", title="b = 4: the ball rolls down")
draw_valley(right, "Both free: across the contours")
for w, b in (0.4, 6.5), (2.8, 0), (3.1, 7), (-0.2, 4), (2.6, 4):
    dw, db = 0.8 * np.array(dJ(w, b)) / np.hypot(*dJ(w, b))
    right.annotate("", (b - db, w - dw), (b, w), arrowprops={"fc": GREEN})
demo = Demo("descent", fig, alt="Left: a ball on a parabola. Right: a path on "
            "tilted ellipses; arrows: minus the gradient.", see="Long steps on "
            "steep ground, tiny ones later. Few arrows aim at the star.")
demo.slider("k", [*range(11), 20, 50, 100, 200, 400, 800], label="steps",
            start=4, fmt="{:.0f}")
demo.points(left, lambda k: (w := ball[: int(k) + 1], J(w, 4)), ms=10)
demo.points(right, lambda k: path[: int(k) + 1].T, ms=7)
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The loop
#
# In code, $\theta$ is a list of arrays such as `[W, b]`, its gradient a list of arrays
# of the same shapes.
#
# 1. **Guess** start values.
# 2. Compute the **gradient** where you are.
# 3. **Stop** if it is small, or if $\theta$ or $J$ hardly changed, or if the steps
#    have run out.
# 4. **Update** all parameters, then go back to 2.
#
# "Small" needs one number for all parameters, the **norm of the whole gradient**:
#
# $$\lVert g\rVert=\sqrt{\sum_{j,k}\Bigl(\frac{\partial J}{\partial W_{jk}}\Bigr)^2
# +\sum_k\Bigl(\frac{\partial J}{\partial b_k}\Bigr)^2}$$
#
# Stop when it is below a **tolerance** (`tol`), such as $10^{-6}$. The norms, noted
# before each step, are the **history**. Small means nearly level ground; that may
# be far from the bottom.

# %% slideshow={"slide_type": "subslide"}
w, b, norms = 0.0, 0.0, []  # a guess
for _ in range(5000):
    dw, db = dJ(w, b)  # the gradient at the place where we are
    norms.append(np.hypot(dw, db))  # root of dw² + db²
    if norms[-1] < 1e-6:  # level enough
        break
    w, b = w - 0.1 * dw, b - 0.1 * db
print(f"{len(norms) - 1} steps: w = {w:.4f}, b = {b:.4f}")
assert np.allclose([w, b], [w_fit, b_fit], atol=1e-5)  # lstsq, lecture 03

# What is wrong here? The loss, 19 at first, should fall.
w = 0.0
for _ in range(3):
    w = w + 0.02 * dJ(w, 4)[0]
    print(f"J = {J(w, 4.0):.0f}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong, and what you saw
#
# <details><summary>Answer to the puzzle</summary>
#
# The sign. The step is proportional to the slope, but with the factor $-\alpha$.
#
# </details>
#
# - The steps shrink on their own, because the slope does.
# - Minus the gradient is the steepest way down *here*. In general it misses the
#   bottom.
#
# **Your turn.** With $b=4$ we have $dJ/dw=17.5\,w-25.8125$. You stand at $w=1$ and
# take one step with $\alpha=0.1$. Where do you land? Was it a step too far?
# <details><summary>Answer</summary>
#
# The slope is $-8.3125$, so $w=1.83125$. The bottom is at $25.8125/17.5=1.475$:
# the step went past it, but landed nearer, 0.356 away instead of 0.475.
#
# </details>
#
# > **Take away:** step against the gradient, again and again, until it is small.

# %% [markdown] rows=["L04.2"] slideshow={"slide_type": "slide"}
# ## 2. Is level ground the bottom?
#
# A place where the gradient is 0 is called **stationary**: the update stands still.
# If $J$ has a gradient everywhere, every minimum is stationary. This is
# **necessary**: no minimum without it. It is not **sufficient**: it does not make
# the place a minimum.
#
# Take four functions at 0, where each has gradient 0:
#
# $$\theta^2,\qquad\theta^3,\qquad-\theta^2,\qquad\theta_1^2-\theta_2^2 .$$
#
# **Predict:** which of them have a minimum at 0? Where does gradient descent go
# if it starts at 0? And if it starts $0.000001$ beside 0?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 17–26 min.*
# Vote on each of the four. **Wait for** the first one only. **Often heard:** “all four,
# the gradient is 0.” Then start exactly at 0: all four stay where they are.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, u = plt.figure(figsize=(11.5, 4)), np.linspace(-1.2, 1.2, 61)
for k, (name, f) in enumerate({
    "$\\theta^2$: a minimum": u**2, "$\\theta^3$: level, no bottom": u**3,
    "$-\\theta^2$: a maximum": -(u**2)}.items()):
    ax = fig.add_subplot(1, 4, k + 1)
    ax.plot(u, f), ax.plot(0, 0, "o", color=VERMILION, ms=11)
    ax.set(title=name, xlabel="θ", ylim=(-1.5, 1.5))
ax = fig.add_subplot(1, 4, 4, projection="3d")
U, V = np.meshgrid(u[::4], u[::4])
ax.plot_surface(U, V, U**2 - V**2, cmap="cividis", alpha=0.8)
ax.plot(0, 0, 0, "o", color=VERMILION, ms=11, zorder=9)
ax.set(xticks=[-1, 1], yticks=[-1, 1], zticks=[], xlabel="$\\theta_1$")
ax.set(ylabel="$\\theta_2$", title="$\\theta_1^2-\\theta_2^2$: a saddle")
show(fig, alt="A parabola, a cubic, a parabola upside down, a saddle.", see=
     "All are level at the dot. A saddle rises one way and falls another way.")

# %% slideshow={"slide_type": "subslide"}
h = 1e-5
for f in lambda t: t**2, lambda t: t**3, lambda t: -(t**2):
    assert np.isclose((f(0 + h) - f(0 - h)) / (2 * h), 0)  # level at 0

def saddle_step(t):  # J = t1² - t2² has the gradient (2 t1, -2 t2)
    return t - 0.1 * np.array([2 * t[0], -2 * t[1]])

def cubic_step(t):
    return t - 0.1 * 3 * t**2

print("saddle, from (1, 0):", walk(saddle_step, [1, 0], 100)[-1])
print("saddle, from (1, 0.000001):", walk(saddle_step, [1, 1e-6], 100)[-1])
print("cubic, from 0.5:", walk(cubic_step, 0.5, 500)[-1].round(4))
print("cubic, from -0.1:", walk(cubic_step, -0.1, 35)[-1].round(4))


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Convex: then it is enough
#
# At 0 gradient descent stands still. Beside 0 it runs off the maximum, and off the
# saddle unless $\theta_2=0$. On $\theta^3$ it creeps from the right toward 0, and on the left it falls.
#
# If $J$ is **convex** (lecture 03: a string between two points of the graph never
# runs below the graph), a stationary place is a global minimum.
#
# **Your turn.** The smallest network has two weights in a row, $\hat y=w_2w_1x$. For
# the sample $x=1$, $y=1$ it has $J=\frac12(w_1w_2-1)^2$. Compute $J$ at $(1,1)$, at
# $(-1,-1)$ and halfway. Is $J$ convex? Is halfway stationary?
# <details><summary>Answer</summary>
#
# 0, 0 and $\frac12$. The string runs at height 0, below the graph: not convex. Both
# slopes, $(w_1w_2-1)w_2$ and $(w_1w_2-1)w_1$, are 0 at $(0,0)$: a saddle.
#
# </details>
#
# > **Take away:** where $J$ is smooth, a minimum is level. Level proves a minimum
# > only if we know more, such as that $J$ is convex.

# %% [markdown] rows=["L04.6"] slideshow={"slide_type": "slide"}
# ## 3. Does it matter where you start?
#
# At a **global minimum** no other place is lower. At a **local minimum** no place
# *nearby* is lower; a global one may be far away.
#
# - **Convex** $J$: every local minimum is global. The start decides how long the
#   walk takes. The losses of linear regression (lecture 03) and of logistic
#   regression (lecture 05) are convex.
# - **Not convex** $J$: the start can decide in which valley you end. The losses of
#   networks with hidden layers are, in general, not convex.
#
# The curve below is $J(\theta)=\frac14\theta^4-\theta^2+0.3\,\theta$.
#
# **Predict:** from which starts does gradient descent find the lower valley?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
def two(t):
    return t**4 / 4 - t**2 + 0.3 * t
def roll(start):
    return walk(lambda t: t - 0.05 * (t**3 - 2 * t + 0.3), start, 60)
fig, ax = plt.subplots(figsize=(8.6, 3.9))
ax.plot(u := np.linspace(-2.25, 2.25, 181), two(u), color=GRAY)
ax.set(xlabel="θ", ylabel="J", title="Two valleys: the start decides")
demo = Demo("start", fig, seconds=8, alt="A curve with two valleys. A ball "
            "starts where the slider says; dots show its way down.",
            see="Left of the hilltop at 0.15 it finds the lower valley.")
demo.slider("s", np.linspace(-2.2, 2.2, 45), label="start", start=1.8)
demo.points(ax, lambda s: (roll(s), two(roll(s))), color=BLUE, ms=6)
demo.points(ax, lambda s: ([s], [two(s)]), color=VERMILION, ms=14)
demo.readout(lambda s: f"after 60 steps: {roll(s)[-1]:.2f}".replace("-", "−"))
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 26–33 min.*
# **Ask** for a border on the axis: from where on does it find the lower valley? **Wait
# for** “left of the hilltop”, at 0.15. **Often heard:** “left of 0.” Try 0.1 and 0.2.

# %% slideshow={"slide_type": "subslide"}
for start in -2.0, 0.1, 0.2, 2.0:  # 0.1 and 0.2: on two sides of the hilltop
    t = start
    for _ in range(200):
        t = t - 0.05 * (t**3 - 2 * t + 0.3)
    print(f"two valleys, from {start:4}: {t:.3f}")
    assert np.isclose(t, -1.484 if start < 0.15 else 1.332, atol=1e-3)

for start in (0.0, 0.0), (5.0, -20.0), (-40.0, 9.0):  # the spring: convex
    w, b = start
    for _ in range(800):
        dw, db = dJ(w, b)
        w, b = w - 0.1 * dw, b - 0.1 * db
    print("spring, from", start, "to", round(w, 4), round(b, 4))
    assert np.allclose([w, b], [w_fit, b_fit], atol=1e-4)


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A warning to judge
#
# **What is wrong here?** A friend fits a line by least squares and writes:
# "Choose the start with care, or gradient descent ends in a bad local minimum."
# <details><summary>Answer</summary>
#
# The half-MSE of a linear model is convex: it has no bad local minimum. With a
# rate that is not too large, every start leads to the same smallest $J$; with
# no collinear columns in $\tilde X$ also to the same $\theta$. (Otherwise many
# $\theta$ share that $J$.) The warning fits networks.
#
# </details>
#
# A way out where $J$ is not convex: start at several places, keep the best end.
#
# > **Take away:** on a convex loss the start costs time at most; on others it can
# > decide the result.

# %% [markdown] rows=["L04.3"] slideshow={"slide_type": "slide"}
# ## 4. How large may the learning rate be?
#
# $J=\frac12L\,\theta^2$ has the slope $L\theta$. The slope of the slope, $L>0$, is its
# **curvature**.
#
# $$\text{One update:}\quad
# \theta\leftarrow\theta-\alpha L\,\theta=(1-\alpha L)\,\theta .$$
#
# | $\alpha L$ | $1-\alpha L$ | what happens |
# |:--|:--|:--|
# | between 0 and 1 | between 0 and 1 | comes nearer; slow if $\alpha L$ is near 0 |
# | 1 | 0 | arrives in one step |
# | between 1 and 2 | between $-1$ and 0 | **overshoots**: changes side, comes nearer |
# | 2 | $-1$ | jumps back and forth forever |
# | above 2 | below $-1$ | **diverges**: farther away at each step |
#
# From every start it converges exactly if $0<\alpha<2/L$.
#
# **Predict:** $L=1$. Which is nearer to 0 after 100 steps: $\alpha=0.1$ or $1.9$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 33–49 min.*
# Hands up for 0.1, for 1.9, for equal. **Wait for** equal: what counts is the size of 1
# − α, 0.9 in both. **Often heard:** “1.9, larger steps are faster.”

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
def on_curve(a):  # where the ball is, and how high, after 0 to 20 steps
    return (t := (1 - a) ** np.arange(21.0), t**2 / 2)
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
left.plot(u := np.linspace(-2.2, 2.2, 99), u**2 / 2, color=GRAY)
left.set(xlabel="θ", ylabel="J", ylim=(-0.15, 2.5), title="The ball")
right.set(xlabel="step", ylabel="J", yscale="log", title="Its loss",
          xticks=range(0, 21, 5), ylim=(1e-9, 1e2))
demo = Demo("rate", fig, seconds=12, alt="Left: a ball's places on a parabola. "
            "Right: its loss.", see="Up to 1 it rolls, above 1 it hops across, "
            "at 2 it is trapped, above 2 it flies off.")
demo.slider("a", np.arange(1, 23) / 10, label="rate α (L = 1)", fmt="{:.1f}")
demo.line(left, on_curve, lw=1)
demo.points(left, on_curve, color=VERMILION, ms=9)
demo.line(right, lambda a: (range(21), on_curve(a)[1] + 1e-30))
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# In this order: 1.0, 1.9, 2.0, 2.1. Before each one **ask** for one word: arrives,
# hops, trapped, flies off.

# %% slideshow={"slide_type": "subslide"}
for alpha in 0.1, 1.9, 2.0, 2.1:  # L = 1, start at 1
    theta = 1.0
    for _ in range(100):
        theta = theta - alpha * theta
    print(f"rate {alpha}: after 100 steps |θ| = {abs(theta):.2g}")
    assert np.isclose(abs(theta), abs(1 - alpha) ** 100)

# The spring has two parameters. Find its largest stable rate by trying:
low, high = 0.0, 0.12
while high - low > 1e-7:
    alpha = (low + high) / 2
    b, w = descend(ones_x, alpha, (0, 0), 1000)[-1]
    low, high = (alpha, high) if J(w, b) < J(0, 0) else (low, alpha)
print(f"the spring: stable up to {low:.4f}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Several parameters: the steepest curvature decides
#
# 0.1 and 1.9 tie ($0.9^{100}\approx2.7\cdot10^{-5}$), because only the size of
# $1-\alpha L$ counts. At 2.0 the ball stays at distance 1; at 2.1 it is at
# $1.4\cdot10^4$.
#
# The half-MSE has the second derivatives $H=\tilde X^\top\tilde X/m$, the **Hessian**, and
# the gradient $H(\theta-\theta^*)$. So a step multiplies $\theta-\theta^*$ by $I-\alpha H$.
# ($\theta^*$ is a best place, $\tilde X=[\mathbf 1\;X]$.)
#
# A direction $v$ with $Hv=\lambda v$ is an **eigenvector**; its **eigenvalue**
# $\lambda\ge0$ is the curvature along $v$. There are $n+1$ at right angles. Along each,
# a step multiplies the distance by $1-\alpha\lambda$. All must shrink:
#
# $$\text{from every start it converges exactly if}\quad 0<\alpha<\frac2L,\qquad
# L=\lambda_{\max}\bigl(\tilde X^\top\tilde X/m\bigr)$$
#
# (Where $\lambda=0$, $J$ is level and nothing moves.) The spring has
# $\lambda=0.29$ and $18.21$ (lecture 03, ★), so $2/L=0.1098$: as measured.
# `np.linalg.eigvalsh(H)` lists the eigenvalues of a symmetric $H$, smallest first.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
curvatures = np.linalg.eigvalsh(ones_x.T @ ones_x / m)
assert np.allclose(curvatures, [0.288, 18.212], atol=5e-4)
assert np.isclose(low, 2 / curvatures[1], atol=1e-5)  # the limit found before
fig, ax = plt.subplots(figsize=(8.8, 4.2))
for alpha in (0.002, 0.05, 0.107, 0.112):
    b, w = descend(ones_x, alpha, (0, 0), 100).T
    ax.plot(J(w, b), label=f"α = {alpha}")
ax.set(yscale="log", ylim=(0.1, 3e4), xlabel="step", ylabel="J")
ax.set(title="The spring: 2/L = 0.1098 is the limit")
ax.legend(loc="center right", ncols=2)
show(fig, alt="Loss against steps: a slow fall, a quick fall that then creeps, "
     "a steady fall, a rise.", see="0.002 looks level at 2, but it is slow: "
     "the least J is 0.25. 0.05 falls, then creeps; 0.107 overtakes it.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Reading the curve
#
# | the loss … | the rate is probably |
# |:--|:--|
# | falls steadily, still far from level | too small |
# | falls quickly, then levels off | about right |
# | grows, or becomes `inf` or `nan` | too large |
#
# **Your turn.** Someone drops the $\frac1m$: $J$ is the *sum* of the half squares. What
# happens to the best parameters, to the gradient and to the limit?
# <details><summary>Answer</summary>
#
# The best parameters stay. Gradient and curvature are $m$ times as large, so the
# limit is $m$ times smaller. That is why we always average.
#
# </details>
#
# > **Take away:** too small is slow, too large diverges. For the half-MSE the limit
# > is $2/\lambda_{\max}(\tilde X^\top\tilde X/m)$.

# %% [markdown] rows=["L04.4"] slideshow={"slide_type": "slide"}
# ## 5. Why may the rate stay fixed?
#
# Near a minimum of a smooth $J$ the slope goes to 0, so the steps
# $\alpha\cdot\text{slope}$ get shorter on their own. For the half-MSE, any fixed
# rate with $0<\alpha<2/L$ will do.
#
# Is that true for every loss? The slope of $|\theta|$ is $+1$ on the right, $-1$ on
# the left, however near the bottom is. The MAE is made of such corners.
#
# **Predict:** start at 0.95 with $\alpha=0.1$. Where does $\theta$ go on
# $\frac12\theta^2$, and where on $|\theta|$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 49–57 min.*
# **Wait for** “to 0” and “between two places for ever.” **Often heard:** “it stops at
# 0.” Press Play, then ask what would help: shorter and shorter steps.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 3, figsize=(11.5, 4), sharey=True)
demo = Demo("corner", fig, alt="A ball on a parabola and on two V shapes.",
            see="The parabola slows the ball down. On the V it jumps over the "
            "bottom forever, unless the rate shrinks.")
demo.slider("k", range(0, 61), label="step k", fmt="{:.0f}")
u, t, ways = np.linspace(-1, 1, 81), 0.95, [[0.95]]
for k in range(1, 61):
    ways[0].append(t := t - 0.1 / np.sqrt(k) * np.sign(t))
ways = [walk(lambda t: 0.9 * t, 0.95, 60), walk(lambda t: t - 0.1 * np.sign(t),
        0.95, 60), np.array(ways[0])]
for ax, f, way, name in zip(axes, (lambda t: t**2 / 2, np.abs, np.abs), ways,
        ("θ²/2, rate 0.1", "|θ|, rate 0.1", "|θ|, rate 0.1/√k"), strict=True):
    ax.plot(u, f(u), color=GRAY), ax.set(title=name, xlabel="θ", ylim=(-0.1, 1))
    demo.points(ax, lambda k, f=f, p=way: ([p[int(k)]], [f(p[int(k)])]), ms=14)
demo.show()


# %% slideshow={"slide_type": "subslide"}
def fit_by_mae(rate, n_steps):  # the spring; the slope of |e| is its sign
    w, b, history = 0.0, 0.0, []
    for k in range(1, n_steps + 1):
        e = b + w * x - y
        history.append(np.abs(e).mean())
        dw, db = (np.sign(e) * x).mean(), np.sign(e).mean()
        w, b = w - rate(k) * dw, b - rate(k) * db
    return np.array(history[-1000:])  # the last 1000 losses

exact = QuantileRegressor(alpha=0).fit(x[:, None], y)
least = np.abs(exact.predict(x[:, None]) - y).mean()
fixed = fit_by_mae(lambda k: 0.1, 20_000)
shrinking = fit_by_mae(lambda k: 0.1 / np.sqrt(k), 20_000)
print(f"least {least:.4f}, 0.1: {fixed.min():.2f} to {fixed.max():.2f}, "
      f"0.1/√k: {shrinking[-1]:.4f}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Let the rate shrink
#
# On $|\theta|$ the ball ends up jumping between 0.05 and $-0.05$. ($|\theta|$ has no
# slope at 0; `np.sign(0)` is 0.) The MAE of the spring can be as small as 0.5188. With
# $\alpha=0.1$ it keeps jumping between 0.58 and 0.86; with $0.1/\sqrt k$ at step $k$ it
# gets there.
#
# Rates that shrink, but not too fast, work here: $\alpha_k\to0$ while the sum of all
# $\alpha_k$ is infinite, so that no place is out of reach. $0.1/\sqrt k$ does both.
#
# **Your turn.** Your MAE fit jumps between two losses. You halve the fixed rate.
# What do you expect?
# <details><summary>Answer</summary>
#
# It still jumps, but nearer to the bottom, and needs about twice as many steps to
# get there.
#
# </details>
#
# > **Take away:** a fixed rate works where the slope fades near the bottom. At a
# > corner it does not fade: let the rate shrink.

# %% [markdown] rows=["L04.5"] slideshow={"slide_type": "slide"}
# ## 6. One after the other, or all at once?
#
# The rule is $\theta\leftarrow\theta-\alpha\,\partial J/\partial\theta$ for *all*
# parameters, from *one* gradient. This is called a **simultaneous** update.
#
# Three samples, $x=(1,2,3)$, $y=(2,4,7)$, start $w=b=0$, $\alpha=0.1$. At the start
# the residuals $e=\hat y-y$ are $-2,-4,-7$:
#
# $$\frac{\partial J}{\partial w}=\frac13\sum_ie^{(i)}x^{(i)}=-\frac{31}3,\qquad
# \frac{\partial J}{\partial b}=\frac13\sum_ie^{(i)}=-\frac{13}3,$$
#
# $$w=0+0.1\cdot\tfrac{31}3\approx1.0333,\qquad b=0+0.1\cdot\tfrac{13}3\approx0.4333 .$$
#
# **What is wrong here?** A program has two lines, first the update of $w$, then
# that of $b$. It prints $b=0.2267$.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 57–64 min.*
# Let the class find where 0.2267 comes from. **Wait for** “the second line already sees
# the new w.” **Often heard:** “rounding.” Both walks end at the same place; only one is
# gradient descent.

# %% slideshow={"slide_type": "subslide"}
x3, y3, alpha = np.array([1.0, 2, 3]), np.array([2.0, 4, 7]), 0.1
def slope_w(w, b):
    return ((b + w * x3 - y3) * x3).mean()
def slope_b(w, b):
    return (b + w * x3 - y3).mean()

w = b = 0.0  # as the program does it
w = w - alpha * slope_w(w, b)
b = b - alpha * slope_b(w, b)
print(f"one after the other: w = {w:.4f}, b = {b:.4f}")

w = b = 0.0  # simultaneous: both slopes first
dw, db = slope_w(w, b), slope_b(w, b)
w, b = w - alpha * dw, b - alpha * db
print(f"simultaneous:        w = {w:.4f}, b = {b:.4f}")


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
def together(p):
    return p - 0.1 * np.array([slope_w(*p), slope_b(*p)])
def in_turn(p):
    w = p[0] - 0.1 * slope_w(*p)  # and now b, with the new w
    return np.array([w, p[1] - 0.1 * slope_b(w, p[1])])
fig, ax = plt.subplots(figsize=(8.8, 4.4))
V, C = np.mgrid[-0.3:2.9:80j, -1:0.9:80j]
e = C[..., None] + V[..., None] * x3 - y3
ax.contour(V, C, (e**2).mean(-1) / 2, [0.1, 1, 4, 9], colors=["#A9B2BA"])
for rule, name in (together, "simultaneous"), (in_turn, "one after the other"):
    ax.plot(*walk(rule, (0, 0), 600).T, marker="o", ms=5, lw=1.5, label=name)
ax.plot(2.5, -2 / 3, "*", color=INK, ms=16, zorder=9), ax.legend(loc=3)
ax.set(xlabel="weight w", ylabel="bias b", title="Two rules, one goal")
show(fig, alt="Two dotted paths from (0, 0) to a star: one goes up at first.",
     see="From the first step on they differ. Both reach the star.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong, and how wrong it was
#
# <details><summary>Answer to the puzzle</summary>
#
# The second line uses the new $w=1.0333$. There the mean residual is $-2.2667$.
#
# </details>
#
# To move one parameter at a time is another algorithm, a form of **coordinate
# descent**. Here it converges too, to the same $w=2.5$, $b=-\frac23$. But it is not
# gradient descent: compute all gradients first, then update.
#
# **Your turn.** Somebody handed the array `p` to your function. What does
# `p -= 0.1 * g` do to it, and what `p = p - 0.1 * g`?
# <details><summary>Answer</summary>
#
# The first writes into the caller's array (and fails for integers). The second
# makes a new array, and the caller's array stays as it was.
#
# </details>
#
# > **Take away:** one gradient, taken at one place, moves all parameters.

# %% [markdown] rows=["L04.7"] slideshow={"slide_type": "slide"}
# ## 7. Can you descend without a formula for the slope?
#
# A closure $f(\theta)$ returns a loss and nothing else (lecture 03). Feel the slope
# by **central differences**, one parameter at a time:
#
# $$\frac{\partial f}{\partial\theta_j}\approx
# \frac{f(\theta+h\,e_j)-f(\theta-h\,e_j)}{2h}$$
#
# $e_j$ has a 1 at place $j$ and 0 elsewhere: only parameter $j$ moves, by $h$, and
# then goes back. The result has the shape of $\theta$: for a weight matrix
# $(n,K)$, one difference for each of its $nK$ entries.
#
# Put it into the loop, and you can minimize any smooth $f$ without a formula for
# its gradient: a **black-box** optimizer.
#
# **Predict:** is the result better the smaller $h$ is? Try $e^\theta$ at
# $\theta=1$, where the slope is $e$, with $h$ from 1 down to $10^{-14}$.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 64–76 min.*
# **Ask** for a vote: the smaller h, the better? **Often heard:** “yes, the derivative
# is the limit.” Then show the V. Afterwards ask for the price of one gradient with 79
# 510 parameters. **Wait for** 159 020 calls.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
hs = np.logspace(-14, 0, 57)
up, down, here = np.exp(1 + hs), np.exp(1 - hs), np.exp(1)
central = np.abs((up - down) / (2 * hs) - here)
one_sided = np.abs((up - here) / hs - here)
assert 1e-8 < hs[central.argmin()] < 1e-4 and central.min() < 1e-9
fig, ax = plt.subplots(figsize=(8.6, 3.9))
ax.loglog(hs, central + 1e-12, marker="o", ms=5, label="central")
ax.loglog(hs, one_sided, marker="s", ms=5, label="one-sided: (f(θ+h)−f(θ))/h")
ax.axvline(1e-5, color=GRAY, ls=":", lw=2)
ax.text(1.3e-5, 0.05, "h = 0.00001", color=INK)
ax.set(xlabel="h", ylabel="error", title="Neither too large nor too small")
ax.legend(loc="lower left")
show(fig, alt="Two V-shaped curves of the error over h on logarithmic axes.",
     see="From right to left both errors fall, the central one faster. Then "
     "rounding takes over, and they rise again.")

# %% slideshow={"slide_type": "subslide"}
X, Y = x[:, None], y[:, None]  # (8, 1) and (8, 1)
calls = []
def loss(W, b):  # a closure: it keeps X and Y
    calls.append(1)  # to count them
    return ((X @ W + b - Y) ** 2).sum() / (2 * m)

W, b, h = np.array([[0.0]]), np.array([0.0]), 1e-5  # (1, 1) and (1,)
for _ in range(800):
    dW = (loss(W + h, b) - loss(W - h, b)) / (2 * h)  # W has a single entry
    db = (loss(W, b + h) - loss(W, b - h)) / (2 * h)  # measured before W moves
    W, b = W - 0.1 * dW, b - 0.1 * db
print("W, b:", W.ravel(), b, "after", len(calls), "calls of the loss")
assert np.allclose([W[0, 0], b[0]], [w_fit, b_fit], atol=1e-5)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Feel with care
#
# **What is wrong here?** $f(w)=w_1^2+w_2^2$ has the slope 6 for $w_1$ at $(3,1)$.
#
# ```python
# w = np.array([3, 1])
# up, down = w.copy(), w.copy()
# up[0] += 1e-5
# down[0] -= 1e-5
# (f(up) - f(down)) / 2e-5  # 250000.0
# ```
#
# <details><summary>Answer</summary>
#
# `w` holds integers. `up[0]` becomes 3.00001, cut back to 3 without a word;
# `down[0]` becomes 2.99999, cut to 2. So $(10-5)/0.00002=250\,000$. Work on a copy in
# float. (A copy also keeps the caller's array as it was.)
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What it costs
#
# The error of the central difference is about $\frac{h^2}6|f'''|$, plus rounding of
# about $10^{-16}|f|/h$. For numbers of ordinary size $h=10^{-5}$ is a good choice.
# (The half-MSE is quadratic: $f'''=0$, and only rounding is left.)
#
# With $P$ parameters one gradient costs **$2P$ evaluations** of $f$. A small network
# with 79 510 parameters: 159 020 calls for *one* step. Lecture 09 gets the gradient for the price
# of a few evaluations, by **backpropagation**. Differences remain its *check*.
#
# **Your turn.** The homework's `optimize` gets a loss of $W$ and $b$. In what order
# do you measure and move? How many values has its history after `n_steps`?
# <details><summary>Answer</summary>
#
# In each step: note the loss, measure both gradients at the same place, then move
# both. Noted *before* each step, there are `n_steps` values.
#
# </details>
#
# > **Take away:** $2P$ evaluations measure a gradient: fine for a check.

# %% [markdown] rows=["L04.8"] slideshow={"slide_type": "slide"}
# ## 8. Why is the valley a canyon?
#
# The spring took hundreds of steps for two parameters. Its curvatures are 0.29
# and 18.21. The steep direction forbids a large $\alpha$; in the flat one such
# steps are tiny. What counts is the **condition number**
#
# $$\kappa=\frac{\lambda_{\max}}{\lambda_{\min}}\qquad
# \text{(of }\tilde X^\top\tilde X/m\text{, if }\lambda_{\min}>0).$$
#
# In the flattest direction a step keeps the part $1-\alpha\lambda_{\min}$ of the
# distance. With $\alpha<2/\lambda_{\max}$ that is more than $1-2/\kappa$. The spring
# has $\kappa=63$: each step keeps more than 96 %. **Standardization** (lecture 02)
# replaces $x$ by $(x-\mu)/\sigma$, with mean 0 and standard deviation 1.
#
# **Predict:** what is $\kappa$ for the spring with standardized mass?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "skip"} tags=["hide-input"]
z = (x - x.mean()) / x.std()  # the standardized mass
ones_z = np.column_stack([np.ones(m), z])

def trail(D, start, share, k):  # k steps at a share of the limit 2/L
    L = np.linalg.eigvalsh(D.T @ D / m)[-1]
    return descend(D, share * 2 / L, start, int(k)).clip(-99, 99).T

def roll_heavy(lam, start, alpha, beta, n_steps):  # for section 10
    def step(p):  # the velocity is the last step, now - before
        now, before = p
        return np.array([now - alpha * lam * now + beta * (now - before), now])
    return walk(step, [start, start], n_steps)[:, 0]
def way(b):  # in the canyon of section 10, curvatures 1 and 20
    return roll_heavy(np.array([1, 20]), np.array([-9, 1.5]), 0.08, b, 60).T


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 2, figsize=(11.5, 3.9), width_ratios=(2, 1))
draw_valley(axes[0], "Mass as it is: a canyon")
V, U = np.mgrid[-0.1:6.8:60j, 4.5:13.9:60j]
e = U[..., None] + V[..., None] * z - y
axes[1].contour(U, V, (e**2).mean(-1) / 2, [1, 2, 4, 8], colors=["#A9B2BA"])
axes[1].plot(y.mean(), (y * z).mean(), "*", color=INK, ms=16)
axes[1].set(xlabel="bias b", aspect="equal", title="Standardized: a bowl")
demo = Demo("scale", fig, alt="Paths on ellipses and on circles.", see="Left: "
            "zigzag or creeping. Right: always on the line to the star.")
demo.slider("s", np.r_[1:10, 9.6, 10.1] / 10, label="rate / limit", start=0.9)
demo.slider("k", [0, 1, 2, 5, 9, 20, 30], label="steps", start=20, fmt="{:.0f}")
for ax, D, p in (axes[0], ones_x, (7.5, 0)), (axes[1], ones_z, (5, 5.5)):
    demo.line(ax, lambda s, k, D=D, p=p: trail(D, p, s, k), lw=1)
    demo.points(ax, lambda s, k, D=D, p=p: trail(D, p, s, k), color=VERMILION)
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 76–87 min.*
# Before: **ask** for κ of one standardized feature, **wait for** 1. Here start at 0.9
# with 20 steps, then go to 1.01 of the limit: now both run away.

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(3)
wide = rng.normal(size=(100, 2)) * [1, 1000]  # two features, scales 1 and 1000
target = wide @ [2, 0.003] + 0.01 * rng.normal(size=100)
scaled = (wide - wide.mean(axis=0)) / wide.std(axis=0)
for name, data, n_steps in ("raw", wide, 2000), ("standardized", scaled, 200):
    D = np.column_stack([np.ones(100), data])
    lam = np.linalg.eigvalsh(D.T @ D / 100)  # smallest first
    theta = np.zeros(3)
    for _ in range(n_steps):  # at half the limit, 1 / lam[-1]
        theta = theta - D.T @ (D @ theta - target) / 100 / lam[-1]
    final = ((D @ theta - target) ** 2).mean() / 2
    print(f"{name}: condition {lam[-1] / lam[0]:.3g}, J = {final:.2g}")
    goals = (1.06e6, 2.15) if name == "raw" else (1.041, 4.67e-5)
    assert np.allclose((lam[-1] / lam[0], final), goals, rtol=0.005)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Slow is not the same as never
#
# Scales 1 and 1000 give $\kappa\approx10^6$. After 2000 steps $J$ is still 2.1: the small
# feature has hardly begun. Standardized, $\kappa=1.04$; $J$ is down to the noise.
#
# **What is wrong here?** "Without scaling, gradient descent cannot converge,
# whatever the learning rate."
# <details><summary>Answer</summary>
#
# For least squares every fixed $\alpha$ between 0 and $2/\lambda_{\max}$ converges. What is
# lost is speed: at half the limit, $\kappa$ steps leave 37 % of the distance in the
# flattest direction.
#
# </details>
#
# One standardized feature has mean 0 and mean square 1: $H$ is the identity,
# $\kappa=1$. Several that go together keep a canyon: the 13 of scikit-learn's wines go
# from $\kappa\approx4.6\cdot10^8$ to 46.
#
# > **Take away:** on a least-squares loss a small enough rate always converges.
# > Scaling the features decides whether you live to see it.

# %% [markdown] rows=["L04.9"] slideshow={"slide_type": "slide"}
# ## 9. Must every step read all the data?
#
# The gradient is a mean over samples. A mean of a few is a noisy estimate of it.
#
# - **Full batch**: all $m$ samples for one update.
# - **Online**: one sample for one update. Noisy; good where samples keep coming in.
# - **Mini-batch**: a small number $B$, the **batch size**, for one update.
#
# An **epoch** is one pass through the training data. At its start, shuffle, then cut
# the shuffled order into pieces of $B$. Every sample comes exactly once.
#
# $$\underbrace{7,\,2,\,9,\,0}_{\text{batch 1}}\;\;
# \underbrace{4,\,8,\,1,\,6}_{\text{batch 2}}\;\;
# \underbrace{3,\,5}_{\text{batch 3}}\qquad m=10,\ B=4$$
#
# There are $\lceil m/B\rceil$ batches ($m/B$ rounded up); the last may be smaller.
#
# **Predict:** 64 updates each, with $B=1$, 16 and all 512. Which path is straight?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 87–100 min.*
# **Wait for** “with all 512.” **Often heard:** “B = 1, it looks at every sample.” Ask
# what each has read after 64 updates: 64, 1024, 32 768 samples.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
many_x, noise = np.random.default_rng(4).normal(size=(2, 512))
many_y, A512 = 1 + 2 * many_x + noise, np.column_stack([np.ones(512), many_x])
fig, axes = plt.subplots(1, 3, figsize=(11.5, 4.2), sharey=True)
for ax, B in zip(axes, (1, 16, 512), strict=True):
    rng, places = np.random.default_rng(2), [np.array([-1.0, -1.0])]
    order = np.concatenate([rng.permutation(512) for _ in range(64)])
    for i in order[: 64 * B].reshape(64, B):
        g = A512[i].T @ (A512[i] @ places[-1] - many_y[i]) / B
        places.append(places[-1] - 0.1 * g)
    ax.plot(*np.linalg.lstsq(A512, many_y, rcond=None)[0], "*k", ms=16)
    ax.plot(*np.transpose(places), marker="o", ms=4, lw=1, color=VERMILION)
    ax.set(xlabel="b", xlim=(-1.3, 2), title=f"B = {B}, reads {64 * B:,}")
axes[0].set_ylabel("w")
show(fig, alt="Three paths to a star: jagged, slightly bent, straight.", see=
     "All get near the star. Small batches jitter, and read far fewer samples.")

# %% slideshow={"slide_type": "subslide"}
raw, goal = load_diabetes(return_X_y=True)  # (442, 10): progress of a disease
D = np.column_stack([np.ones(442), (raw - raw.mean(axis=0)) / raw.std(axis=0)])
rng, theta = np.random.default_rng(0), np.zeros(11)
for epoch in range(60):
    order = rng.permutation(442)  # a new order in each epoch
    pieces = np.array_split(order, 14)  # evened out: 31 or 32, not cut at 32
    assert sorted(np.concatenate(pieces)) == list(range(442))  # each one once
    for i in pieces:
        g = D[i].T @ (D[i] @ theta - goal[i]) / len(i)  # mean over the batch
        theta = theta - 0.1 / (1 + epoch) ** 0.5 * g  # a shrinking rate
best = LinearRegression().fit(raw, goal).predict(raw)
J_ours, J_best = (((p - goal) ** 2).mean() / 2 for p in (D @ theta, best))
print(f"mini-batches: J = {J_ours:.1f}; smallest possible {J_best:.1f}")
assert J_best <= J_ours < 1.01 * J_best

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Handle with care
#
# - Divide by the size of the *batch*, not by $m$.
# - Shuffle anew in each epoch: sorted data can make batches of one class. Then a batch is
#   like the whole on average; equal class shares by force change the objective.
# - A network need not read all data for a step. The closed form uses all.
#
# **What is wrong here?** `rng.shuffle(X); rng.shuffle(Y)`, then cut both.
# <details><summary>Answer</summary>
#
# The second shuffle differs from the first: inputs get the targets of others. And
# both change the caller's arrays. Draw *one* order, use it as the index of both.
#
# </details>
#
# **Your turn.** Cut $m=442$ into pieces of $B=32$: how many updates? The last batch?
# <details><summary>Answer</summary>
#
# $\lceil442/32\rceil=14$. The last has 26: `order[416:448]` stops at the end.
#
# </details>

# %% [markdown] rows=["L04.10"] slideshow={"slide_type": "subslide"}
# ### How noisy is a small batch?
#
# Let $V_1$ be the variance of the gradient of one random sample (summed over its
# entries). The mean of $B$ *independent* draws has
#
# $$\text{variance}=\frac{V_1}B,\qquad\text{standard deviation}
# =\sqrt{\frac{V_1}B}.$$
#
# On axes that are both logarithmic, $V_1/B$ is a line of slope $-1$. Four times
# the samples only halve the noise.
#
# The samples of one batch are drawn *without* repeats. Then the variance is
# $\frac{V_1}B\cdot\frac{m-B}{m-1}$: the same for $B\ll m$ ($B$ much smaller than
# $m$), and 0 for the full batch.
#
# **Predict:** the batch grows from 8 to 64. How much more work is that, and how much
# less noise (standard deviation)?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# **Wait for** 8 times the work and about 2.8 times less noise. **Often heard:** “8
# times less”: that is the variance.

# %% slideshow={"slide_type": "subslide"}
g_each = A512 * (A512 @ [0.0, 0.0] - many_y)[:, None]  # one gradient per sample
V1 = g_each.var(axis=0).sum()
rng, sizes = np.random.default_rng(1), np.array([1, 8, 64, 256, 512])
with_repeats, without = [], []
for B in sizes:
    any_i = rng.integers(512, size=(4000, B))  # 4000 batches
    own_i = np.argsort(rng.random((4000, 512)), axis=1)[:, :B]  # B different
    with_repeats.append(g_each[any_i].mean(axis=1).var(axis=0).sum())
    without.append(g_each[own_i].mean(axis=1).var(axis=0).sum())
print("with repeats:   ", np.round(with_repeats, 4))
print("without repeats:", np.round(without, 4))
assert np.allclose(with_repeats, V1 / sizes, rtol=0.1)
assert np.allclose(without, V1 / sizes * (512 - sizes) / 511, rtol=0.1)
copies = np.tile(g_each, (8, 1))  # redundant: every sample eight times
assert np.allclose(copies[:512].mean(axis=0), copies.mean(axis=0))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(8.8, 4.4))
ax.loglog(sizes, V1 / sizes, color=GRAY, ls="-", label="V₁ / B")
ax.loglog(sizes, with_repeats, "o", color=BLUE, ms=10, label="with repeats")
ax.loglog(sizes[:-1], without[:-1], "s", color=VERMILION, label="without")
ax.set(xlabel="batch size B", ylabel="variance of the gradient")
ax.set_title("Eight times the batch: an eighth of the variance")
ax.legend()
show(fig, alt="A falling straight line on logarithmic axes with points on it; "
     "the last square lies below it.", see="Slope −1. Without repeats the "
     "variance falls below the line as B nears 512, where it is 0.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What the noise means
#
# - From 8 to 64: 8 times the work, standard deviation divided by $\sqrt8\approx2.8$.
# - **Redundant data** (many samples say nearly the same) are the best case: a batch
#   shows nearly the full gradient for a fraction of the work.
# - With a fixed rate the path keeps jittering around the bottom, unless each
#   sample's own gradient is 0 there. A shrinking rate (section 5) settles.
#
# **Your turn.** One update with $B=64$, or eight with $B=8$: both read 64 samples.
# Name one reason for each.
# <details><summary>Answer</summary>
#
# Eight updates get on faster as long as you are far from the bottom. One batch
# jitters less, and one large matrix product is faster than eight small ones.
#
# </details>
#
# > **Take away:** shuffle, cut, average within the batch. The variance falls about
# > as $1/B$, the work rises as $B$.

# %% [markdown] rows=["L04.11"] slideshow={"slide_type": "slide"}
# ## 10. What if the ball had mass?
#
# A heavy ball does not turn at once. It has a **velocity** $v$, and the gradient
# changes the velocity, not the place:
#
# $$v\leftarrow\beta v-\alpha g,\qquad\theta\leftarrow\theta+v,\qquad
# g=\frac{\partial J}{\partial\theta}$$
#
# It starts with $v=0$. The **momentum** $\beta$, $0\le\beta<1$, says how much of the
# velocity is kept; $\beta=0$ is gradient descent.
#
# - If $g$ stays the same, $v$ grows to $-\frac{\alpha g}{1-\beta}$. With
#   $\beta=0.8$ that is 5 times the plain step.
# - If $g$ changes sign at each step, the pushes cancel in part.
#
# So it goes faster along the canyon and zigzags less across. (On a quadratic $J$ it
# converges for $0<\alpha<2(1+\beta)/L$.)
#
# **Predict:** is more momentum always better?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, right) = plt.subplots(1, 2, figsize=(11.5, 4), width_ratios=(2, 1))
def height(u, v):
    return u**2 / 2 + 10 * v**2
v, u = np.mgrid[-3:3:99j, -10:5:99j]
left.contour(u, v, height(u, v), [1, 6, 20, 45], colors=["#A9B2BA"])
left.plot(*way(0), color=GRAY, lw=1, marker="o", ms=4, ls="-")
right.semilogy(height(*way(0)), color=GRAY, ls="-")
right.set(xlabel="step", ylabel="J", ylim=(1e-9, 200), title="The loss")
left.set(xlabel="$\\theta_1$", ylabel="$\\theta_2$", title="Gray: no momentum")
demo = Demo("momentum", fig, seconds=10, alt="Two paths in a canyon; the loss.",
            see="0.5 to 0.7 is far quicker than 0; 0.95 swings and is slow.")
demo.slider("b", np.arange(20) / 20, label="momentum β", start=0.6)
demo.line(left, way)
demo.line(right, lambda b: (range(61), height(*way(b)).clip(1e-12)))
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 100–109 min.*
# Vote first: is more always better? Then 0, 0.6, 0.95. **Wait for** “no, it swings.”
# **Often heard:** “yes, the ball is faster.”

# %% slideshow={"slide_type": "subslide"}
one_100 = np.array([1.0, 100.0])  # J = (θ1² + 100 θ2²) / 2, so 2/L = 0.02
for alpha, beta in (0.0198, 0), (0.02, 0), (0.02, 0.8), (0.02, 0.99):
    t, v, losses = np.ones(2), np.zeros(2), []
    for _ in range(200):
        v = beta * v - alpha * one_100 * t  # one_100 * t: the gradient at t
        t = t + v
        losses.append((one_100 * t**2).sum() / 2)
    print(f"α {alpha}, β {beta}: J = {losses[-2]:.2g}, then {losses[-1]:.2g}")

# The same gradient, g = 3, at each step: how long do the steps get?
v = [0.0]
for _ in range(100):
    v.append(0.8 * v[-1] - 0.1 * 3)
print("v after steps 1, 2, 3, 100:", np.round(np.take(v, [1, 2, 3, 100]), 3))
assert np.isclose(v[100], 5 * -0.1 * 3)  # 5 times the plain step

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What momentum buys
#
# Curvatures 1 and 100, 200 steps from $(1,1)$. Without momentum, $\alpha=0.0198$
# leaves $J=1.6\cdot10^{-2}$; the plain limit, 0.02, leaves 50. With the same 0.02,
# $\beta=0.8$ leaves $6\cdot10^{-19}$, and $\beta=0.99$ still swings: 13, then 0.7.
#
# **What is wrong here?** $v\leftarrow\beta v+\alpha g$, then $\theta\leftarrow\theta+v$.
# <details><summary>Answer</summary>
#
# It climbs. (PyTorch: $v\leftarrow\beta v+g$, $\theta\leftarrow\theta-\alpha v$. With a fixed
# $\alpha$, the same path.)
#
# </details>
#
# **Your turn.** $w=1$, $v=0.5$, $g=2$, $\alpha=0.1$, $\beta=0.9$. The new $v$ and $w$?
# <details><summary>Answer</summary>
#
# $v=0.9\cdot0.5-0.1\cdot2=0.25$ and $w=1.25$: it still rolls uphill.
#
# </details>
#
# > **Take away:** momentum adds what stays, cancels what flips. Too much swings.

# %% [markdown] rows=["L04.12"] slideshow={"slide_type": "slide"}
# ## 11. Could each parameter have its own rate?
#
# **RMSprop** remembers how large the gradient of each parameter has been lately: a
# running mean $s$ of its **squares**. It divides by the root (RMS: root mean
# square):
#
# $$s\leftarrow\rho s+(1-\rho)\,g^2,\qquad
# \theta\leftarrow\theta-\frac{\alpha\,g}{\sqrt s+\epsilon}$$
#
# Square, root and division act entry by entry. Start with $s=0$. The decay $\rho$,
# often 0.9, sets how long it remembers; a small $\epsilon$, say $10^{-8}$, prevents
# $0/0$. Each parameter has its own effective rate $\alpha/(\sqrt s+\epsilon)$.
#
# With $s=0$ before it, the first step is $\pm\alpha/\sqrt{1-\rho}$, however large
# $g$ is (if $g$ is not tiny beside $\epsilon$).
#
# **Predict:** the two gradients differ 100-fold. How do the two effective rates
# differ? And: could one leave out square and root, and divide by the running mean
# of $g$ itself?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 109–120 min.*
# **Wait for** 100-fold, the other way round. For the second question let somebody
# divide g = −1 by its own mean: +1, uphill. **Often heard:** “the squares are only
# there for the sign.” That is the point.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
t, s, rates, places = np.ones(2), np.zeros(2), [], [np.ones(2)]
for _ in range(110):
    g = one_100 * t
    s = 0.9 * s + 0.1 * g**2
    rates.append(0.01 / (np.sqrt(s) + 1e-8))
    places.append(t := t - rates[-1] * g)
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2))
left.semilogy(rates, label=["$\\theta_1$ (curvature 1)", "$\\theta_2$ (100)"])
left.set(xlabel="step", ylabel="α / (√s + ε)", title="Rates, 100 times apart")
right.plot(*np.transpose(places), marker="o", ms=4, label="RMSprop")
right.plot(*roll_heavy(one_100, (1, 1), 0.0195, 0, 110).T, lw=1, label="plain")
right.set(xlabel="$\\theta_1$", ylabel="$\\theta_2$", title="No more canyon")
left.legend(), right.legend(loc="upper left")
show(fig, alt="Left: two parallel curves. Right: a diagonal and a zigzag.",
     see="Dividing by √s cancels the factor 100: the path runs straight.")

# %% slideshow={"slide_type": "subslide"}
s, rho, alpha = 0.0, 0.9, 0.1  # one parameter: plain numbers
for g in 3.0, -1.0:
    s = rho * s + (1 - rho) * g * g
    print(f"g = {g}: s = {s:.2f}, step {-alpha * g / (s**0.5 + 1e-8):.4f}")

# What is wrong here? It divides by a running mean of g, without squares.
for name, gradients in ("same", [-1.0] * 60), ("alternating", [1.0, -1.0] * 30):
    mean = square = 0.0
    for g in gradients:
        mean = rho * mean + (1 - rho) * g
        square = rho * square + (1 - rho) * g * g
    print(f"{name}: last g = {g}, divided by the mean {g / mean:+.1f}, "
          f"by the root mean square {g / square**0.5:+.1f}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Why the squares
#
# <details><summary>Answer to the puzzle</summary>
#
# A mean has a sign. If $g$ is always $-1$, so is its mean; the quotient is $+1$, and
# the step goes uphill. If the signs alternate, the mean nearly cancels, and the
# quotient is $+19$: far too long, every other time uphill.
#
# </details>
#
# - RMSprop works **along the axes**: a canyon that lies diagonally stays one.
# - With a fixed $\alpha$ it ends up jumping by about $\alpha$ here: let $\alpha$ shrink.
#
# **Your turn.** All gradients grow 1000-fold. What changes, plain and with RMSprop?
# <details><summary>Answer</summary>
#
# Plain steps get 1000 times longer. Those of RMSprop stay (but for the tiny
# $\epsilon$), because $g$ and $\sqrt s$ both grow 1000-fold.
#
# </details>
#
# > **Take away:** divide each gradient by the root of a running mean of its squares.

# %% slideshow={"slide_type": "skip"}
# Checks of what the text says.
assert np.isclose(1 - 0.1 * (17.5 - 25.8125), 1.83125)  # section 1
assert round(np.sort(np.roots([1, 0, -2, 0.3]))[1], 2) == 0.15  # section 3
assert np.isclose(abs(walk(lambda t: t - np.sign(t) / 10, 0.95, 60)[-1]), 0.05)
assert 784 * 100 + 100 + 100 * 10 + 10 == 79_510  # section 7
kappas = np.linalg.cond(ones_x) ** 2, np.linalg.cond(ones_z) ** 2  # section 8
assert np.allclose(kappas, [63.17, 1], atol=0.01)
wine = load_wine().data  # (178, 13)
for d, goal in (wine, 4.59e8), ((wine - wine.mean(0)) / wine.std(0), 45.5):
    assert abs(np.linalg.cond(np.c_[np.ones(178), d]) ** 2 / goal - 1) < 0.01
t, s = 1.0, 0.0  # section 11: RMSprop, rate 0.01, ends up jumping
for _ in range(3000):
    s, before = 0.9 * s + 0.1 * t**2, t
    t -= 0.01 * t / (np.sqrt(s) + 1e-8)
assert 0.009 < abs(t - before) < 0.011

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - Update: $\theta\leftarrow\theta-\alpha\,\partial J/\partial\theta$, all
#   parameters from one gradient. Stop when $\lVert g\rVert$ is small.
# - Gradient 0 proves a minimum if $J$ is convex. Otherwise the start matters.
# - For the half-MSE a fixed rate converges if
#   $0<\alpha<2/\lambda_{\max}(\tilde X^\top\tilde X/m)$. At corners it must shrink.
# - Central differences measure the gradient of any smooth $f$: $2P$ evaluations.
# - A large condition number means slow. Standardize the features.
# - Mini-batches: shuffle, cut, average. Variance $\propto1/B$ for $B\ll m$.
# - Momentum: $v\leftarrow\beta v-\alpha g$, $\theta\leftarrow\theta+v$.
# - RMSprop: $s\leftarrow\rho s+(1-\rho)g^2$,
#   $\theta\leftarrow\theta-\alpha g/(\sqrt s+\epsilon)$.
#
# Next, lecture 05: the same loop, for yes-or-no questions. Now open
# `hw03_gradient_descent.ipynb`.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Check yourself
#
# 1. $\theta=3$, slope 4, $\alpha=0.5$. Where is $\theta$ after one update?
#    <details><summary>Answer</summary>$3-0.5\cdot4=1$.</details>
# 2. The gradient is 0. Are you at a minimum?
#    <details><summary>Answer</summary>If $J$ is convex, yes, at a global one.
#    Otherwise it may be a maximum, a saddle or a level place.</details>
# 3. Your loss goes 5, 7, 12, 31. What do you try first?
#    <details><summary>Answer</summary>A smaller learning rate. (Then check the sign
#    and the gradient, by central differences.)</details>
# 4. $\lambda_{\max}=8$, $\lambda_{\min}=2$. The limit of $\alpha$? The condition
#    number?
#    <details><summary>Answer</summary>$2/8=0.25$ and $8/2=4$.</details>
# 5. Why does $h=10^{-14}$ give a bad central difference?
#    <details><summary>Answer</summary>$f(\theta+h)$ and $f(\theta-h)$ agree in almost
#    all digits; their difference is mostly rounding, and it is divided by the
#    tiny $2h$.</details>
# 6. $m=1000$, $B=64$. How many updates per epoch?
#    <details><summary>Answer</summary>$\lceil1000/64\rceil=16$. The last batch has
#    40 samples.</details>
# 7. With $\beta=0.9$ and a gradient that stays the same, how long do the steps
#    become?
#    <details><summary>Answer</summary>$1/(1-0.9)=10$ times the plain
#    step.</details>
# 8. RMSprop, $s=0$, $\rho=0.9$, $\alpha=0.01$, $g=500$. How long is the first step?
#    <details><summary>Answer</summary>$0.01/\sqrt{0.1}\approx0.032$, as for any other
#    $g$ that is not tiny.</details>
#
# ## Read more
#
# - A.-L. Cauchy (1847), *Méthode générale pour la résolution des systèmes
#   d'équations simultanées*: gradient descent in print.
# - H. Robbins and S. Monro (1951), *A stochastic approximation method*: noisy
#   steps with shrinking rates.
# - B. T. Polyak (1964), *Some methods of speeding up the convergence of iteration
#   methods*: momentum.
# - T. Tieleman and G. Hinton (2012), *Neural Networks for Machine Learning*,
#   lecture 6.5: RMSprop.
# - S. Boyd and L. Vandenberghe (2004), *Convex Optimization*, sections 3.1, 9.3.
# - J. Nocedal and S. Wright (2006), *Numerical Optimization*, 2nd edition,
#   section 8.1: finite differences.
# - L. Bottou, F. E. Curtis and J. Nocedal (2018), *Optimization methods for
#   large-scale machine learning*, SIAM Review 60.
