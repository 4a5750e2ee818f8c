# %% [markdown] slideshow={"slide_type": "slide"}
# # Linear regression and maximum likelihood
#
# *Which line fits the data best, and what should "best" mean?*
#
# After this lecture you can
# - **predict** with a linear model and name the shape of every array in it,
# - **score** a fit by MAE and half-MSE, and say what one outlier does to each,
# - **derive** least squares from a model of the noise,
# - **compute** the gradient and check it against central differences,
# - **solve** for the best fit in closed form and read what is left over.
#
# **Needs** lecture 01 (conditional probability) and lecture 02 (arrays, shapes,
# broadcasting) · **Time** 90 minutes · **Prepares** `hw02_linear_regression`

# %% slideshow={"slide_type": "skip"}
import matplotlib.pyplot as plt
import numpy as np
from demos import Demo
from figures import BLUE, GRAY, GREEN, INK, SKY, VERMILION, show, use_style
from sklearn.linear_model import LinearRegression, QuantileRegressor
from sklearn.metrics import mean_absolute_error, mean_squared_error

use_style()

# The measurements of this lecture: a spring under load.
x = np.arange(8.0)  # mass in units of 100 g, shape (m,)
y = np.array([3.5, 5.4, 8.3, 9.0, 8.7, 11.5, 12.5, 14.6])  # length in cm, (m,)
m = len(x)
mae_fit = QuantileRegressor(alpha=0)  # the line of least MAE (section 3)

# %% [markdown] rows=["L03.1"] slideshow={"slide_type": "slide"}
# ## 1. What does a linear model predict?
#
# You hang eight masses $x$ on a spring and measure its length $y$. The points
# lie near a line, not on it. A **linear model** with one feature predicts
#
# $$\hat y = b + w\,x .$$
#
# The **weight** $w$ is the slope: how much longer for each 100 g. The **bias**
# $b$ is the length without a load. The **residual** $e=\hat y-y$ is what the
# prediction gets wrong.
#
# **Predict:** you raise $b$ by 1. What happens to each of the eight residuals?
# And if you raise $w$ by 1 instead?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(9, 3.8))
ax.plot(x, y, "o", color=INK)
ax.set(xlim=(-0.4, 7.4), ylim=(0, 22), xlabel="mass x (100 g)")
ax.set(ylabel="length y (cm)", title="Short residuals make a small J")
demo = Demo("line", fig, alt="Eight measured points rise to the right. Sliders "
            "tilt and lift a line; segments join it to the points.",
            see="Raising b by 1 adds 1 to each residual; raising w by 1 adds "
            "its x. J is half the mean square of the residuals.")
demo.slider("w", np.linspace(0, 3, 31), label="slope w", start=0.5)
demo.slider("b", np.linspace(0, 8, 17), label="bias b", start=8)
demo.segments(ax, lambda w, b: (x, y, x, b + w * x), color=VERMILION)
demo.line(ax, lambda w, b: ([-0.4, 7.4], [b - 0.4 * w, b + 7.4 * w]))
demo.readout(lambda w, b: f"J = {((b + w * x - y) ** 2).mean() / 2:.2f}")
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Several features, several outputs, many samples
#
# With $n$ features one sample gives $\hat y=b+\sum_{j=1}^n w_jx_j$. With $K$
# outputs and $m$ samples, $f:\mathbb R^n\to\mathbb R^K$ acts on all rows at
# once:
#
# $$\hat Y = f(X) = XW + b$$
#
# | array | shape | meaning |
# |:--|:--|:--|
# | $X$ | $(m, n)$ | a row is a sample, a column is a feature |
# | $W$ | $(n, K)$ | column $k$ holds the weights of output $k$ |
# | $b$ | $(K,)$ | one bias per output, broadcast over the rows |
# | $\hat Y$ | $(m, K)$ | one prediction per sample and output |

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
rng = np.random.default_rng(5)
fig, ax = plt.subplots(figsize=(8, 4.4), subplot_kw={"projection": "3d"})
u, v, noise = *rng.uniform(0, 4, size=(2, 25)), rng.normal(0, 0.7, 25)
U, V = np.meshgrid([0, 4], [0, 4])
ax.plot_surface(U, V, 2 + U + 0.5 * V, color=BLUE, alpha=0.25)
for p, q, r in zip(u, v, noise, strict=True):
    flat = 2 + p + 0.5 * q  # on the plane
    ax.plot([p, p], [q, q], [flat, flat + r], color=VERMILION, lw=2, ls="-")
ax.plot(u, v, 2 + u + 0.5 * v + noise, "o", color=INK, ms=5)
ax.set(xlabel="$x_1$", ylabel="$x_2$", zlabel="$y$")
ax.set_title("Two features: the line becomes a plane")
show(fig, alt="25 points scatter above and below a tilted plane over two "
     "inputs; upright segments join each point to the plane.",
     see="The plane is laid along the points; it does not divide them. With "
     "more than two features it is called a hyperplane.")

# %% slideshow={"slide_type": "subslide"}
X = np.array([[1.0, 2.0], [3.0, 0.0], [0.0, 1.0]])  # (3, 2): m = 3, n = 2
W = np.array([[1.0, 5.0], [10.0, 0.0]])  # (2, 2): n = 2, K = 2
b = np.array([0.5, -1.0])  # (2,)
Y_hat = X @ W + b  # (3, 2)
for i in range(3):  # the same, one number at a time
    for k in range(2):
        one = b[k] + sum(X[i, j] * W[j, k] for j in range(2))
        assert np.isclose(Y_hat[i, k], one)
assert np.array_equal(Y_hat, [[21.5, 4.0], [3.5, 14.0], [10.5, -1.0]])

# What is wrong here? It runs, and three features give 50 predictions...
X3, w_row = np.ones((50, 3)), np.array([[1.0, 2.0, 3.0]])
puzzle = w_row * X3 + 0.5
print(puzzle.shape)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong
#
# <details><summary>Answer to the puzzle</summary>
#
# `*` multiplies entry by entry, so $(1,3)$ and $(50,3)$ broadcast to
# $(50,3)$: three numbers per sample, and no sum over the features. With one
# feature the two products agree, which hides the slip. `X3 @ w_row.T + 0.5`
# has the right shape, $(50,1)$.
#
# </details>
#
# Whether a linear model is enough depends on the features and the data. It is
# the baseline that a network has to beat.
#
# > **Take away:** a linear model is one matrix product and one broadcast sum,
# > $(m,n)\,(n,K)+(K,)\to(m,K)$.

# %% [markdown] rows=["L03.2"] slideshow={"slide_type": "slide"}
# ## 2. Can we find the line by trying?
#
# Fix $b=0$ and look for the slope alone. Score a slope by the **mean absolute
# error**, the average length of the residuals:
#
# $$\mathrm{MAE}(w)=\frac1m\sum_{i=1}^m\bigl|w\,x^{(i)}-y^{(i)}\bigr|$$
#
# Here $x^{(i)}$ is the input of sample $i$. Try every value of a grid from 0.5
# to 10, keep the best.
#
# **Predict:** the data are $x=1,2,3,4$ with $y=x$. What is the MAE at
# $w=0.5$, at $1$, at $2$? Is the error curve round at its bottom?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
x4, steps = np.arange(1.0, 5.0), np.linspace(0.5, 10, 20)
curve = np.array([np.abs(w * x4 - x4).mean() for w in steps])
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
left.plot(x4, x4, "o", color=INK)
left.axis((0, 5, 0, 14))
left.set(xlabel="x", ylabel="y", title="A line tries one slope after another")
right.set(xlim=(0, 10.4), ylim=(-1, 24), xlabel="slope w", ylabel="MAE")
demo = Demo("sweep", fig, alt="Left: a line through the origin turns past four "
            "points. Right: its mean absolute error is drawn as it turns.",
            see="The MAE falls to 0 at w = 1, turns a sharp corner and rises.")
demo.slider("w", steps, label="slope w", fmt="{:.1f}")
demo.segments(left, lambda w: (x4, x4, x4, w * x4), color=VERMILION)
demo.line(left, lambda w: ([0, 5], [0, 5 * w]))
demo.points(right, lambda w: (steps[steps <= w], curve[steps <= w]), ms=9)
demo.show()

# %% slideshow={"slide_type": "subslide"}
x_four, y_four = np.arange(1.0, 5.0), np.arange(1.0, 5.0)


def error_at(w):
    return np.abs(w * x_four - y_four).mean()


assert [error_at(w) for w in (0.5, 1.0, 2.0)] == [1.25, 0.0, 2.5]

candidates = np.linspace(0.5, 10, 20)  # a grid: step 0.5
winner = min(candidates, key=error_at)  # the first one, if several are equal
print(f"best slope {winner}, error {error_at(winner)}")
assert winner == 1.0
print(f"{20**5:,} trials for five parameters, 20 values each")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A grid is not enough
#
# A grid sees only its own values, and every further parameter multiplies the
# work: 20 values for each of 5 parameters make $20^5=3\,200\,000$ trials.
#
# **Your turn.** The data are now $y=1.2\,x$ on $x=1,2,3,4$. Which value of the
# grid $0.5, 1, 1.5,\dots$ wins, and with what error?
# <details><summary>Answer</summary>
#
# The mean of $x$ is 2.5, so the error is $2.5\,|w-1.2|$: at $w=1$ it is 0.5,
# at $w=1.5$ it is 0.75. The winner is $w=1$. The true slope 1.2 is not on the
# grid, so no search on this grid can find it.
#
# </details>
#
# > **Take away:** fitting is a search for the parameters with the smallest error;
# > trying them all is too expensive, so we need the slope of the error.

# %% [markdown] rows=["L03.3"] slideshow={"slide_type": "slide"}
# ## 3. Which error should be small?
#
# $$\mathrm{MAE}=\frac1m\sum_{i,k}\bigl|\hat Y_{ik}-Y_{ik}\bigr|\qquad
# \mathrm{MSE}=\frac1m\sum_{i=1}^m\lVert\hat y^{(i)}-y^{(i)}\rVert^2\qquad
# J=\tfrac12\,\mathrm{MSE}$$
#
# $\lVert v\rVert^2$ is the sum of the squares of the entries of $v$. **MSE** is
# the mean squared error, $J$ the **half-MSE**, our objective:
# $J=\frac1{2m}\sum_i\lVert\hat y^{(i)}-y^{(i)}\rVert^2$. All three **sum** over
# the $K$ outputs and divide by the number of samples, $m$ (or $2m$).
#
# **Predict:** a residual doubles. What happens to its share of the MAE, and of
# the MSE? Which of the two fits follows a single wrong point?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
left.axis((-0.4, 7.4, 0, 36))
left.set(xlabel="x", ylabel="y", title="Least MSE (solid), least MAE (dashed)")
right.plot(e := np.linspace(-4, 4, 81), np.c_[e**2, np.abs(e)])
right.set(xlabel="residual e", ylabel="cost", title="$e^2$ and |e| (dashed)")
def fitted(model, d):
    return x, model.fit(x[:, None], y + d * (x == 7)).predict(x[:, None])
demo = Demo("outlier", fig, alt="Left: two lines fitted to eight points, the "
            "last of which rises. Right: a parabola and a V.",
            see="The solid line follows the lifted point; the other resists.")
demo.slider("d", np.arange(21.0), label="last point lifted by", fmt="{:.0f} cm")
demo.points(left, lambda d: (x, y + d * (x == 7)), color=INK)
demo.line(left, lambda d: fitted(LinearRegression(), d))
demo.line(left, lambda d: fitted(mae_fit, d), color=VERMILION, ls="--")
demo.show()

# %% slideshow={"slide_type": "subslide"}
Y_true = np.array([[1.0, 0.0], [2.0, 2.0]])  # (m, K) = (2, 2)
Y_guess = np.array([[2.0, 0.0], [4.0, -1.0]])
E = Y_guess - Y_true  # [[1, 0], [2, -3]]
mean_abs, half_mean_sq = np.abs(E).sum() / 2, (E**2).sum() / (2 * 2)
assert (mean_abs, half_mean_sq) == (3.0, 3.5)
# scikit-learn also averages over the K outputs, so it is K times smaller:
assert 2 * mean_absolute_error(Y_true, Y_guess) == mean_abs
assert 2 * mean_squared_error(Y_true, Y_guess) / 2 == half_mean_sq

# What is wrong here? A perfect prediction, and an error above zero.
column = y[:, None]  # the same numbers, as a column
print(np.abs(column - y).mean(), (column - y).shape)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong, and what a factor does
#
# <details><summary>Answer to the puzzle</summary>
#
# $(m,1)$ minus $(m,)$ broadcasts to $(m,m)$: every prediction is compared with
# every target. No error message comes, only a wrong number. Assert that both
# shapes are equal before you subtract.
#
# </details>
#
# A constant factor ($\frac1m$, $\frac12$) does not move the minimum. It does
# scale the slope of the error: without $\frac1m$ it would be $m$ times larger.
# In this course we always average over the samples.
#
# > **Take away:** twice the residual costs four times as much under squares and
# > twice as much under absolute values, so an outlier pulls the squared fit more.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 4. How probable are these data?
#
# Why squares at all? Let us say where residuals come from. A measurement is the
# line plus a random error: $y=f(x)+\varepsilon$ with $f(x)=b+wx$.
#
# The **density** $p(y\mid x)$ says how densely the probability of $y$ lies when
# $x$ is known: the area under its curve over an interval is the probability
# that $y$ falls into it.
#
# **Predict:** the line moves closer to a point. Does the density at that point
# rise or fall? And what does a computer print for the product of 800 densities
# near 0.3?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(8.4, 4.4), subplot_kw={"projection": "3d"})
ax.set_box_aspect((4, 6, 2.6), zoom=1.25)
ax.view_init(28, -32)
across, zero = np.linspace(-2.4, 2.4, 80), np.zeros(80)
bell = np.exp(-(across**2) / (2 * 0.7**2)) / (np.sqrt(2 * np.pi) * 0.7)
ax.plot([0, 7], [4, 14.5], [0, 0], color=BLUE)
for i in (0, 2, 4, 6):
    mean = 4 + 1.5 * x[i]
    p = np.interp(y[i] - mean, across, bell)
    ax.plot(x[i] + zero, mean + across, bell, color=INK, lw=1.8, ls="-")
    ax.plot([x[i]] * 2, [y[i]] * 2, [0, p], color=VERMILION, marker="o", ls="-")
ax.set(xlabel="x", ylabel="y", zlabel="p(y | x)", title="A density at each x")
show(fig, alt="Four bell curves stand on a line. A red stick at each measured "
     "point reaches up to its bell.", see="The bells stand on the "
     "line. A point far from it has a short stick: a small density.")

# %% [markdown] rows=["L03.4"] slideshow={"slide_type": "subslide"}
# ### The likelihood
#
# Errors are **independent** if knowing some tells nothing about the others:
# then their densities multiply. They are **identically distributed** if each
# follows the same density. Both together are called **IID**. The
# **likelihood** is the density of the data, read as a function of the
# parameters:
#
# $$\mathcal L(W,b)=\prod_{i=1}^m p\bigl(y^{(i)}\mid x^{(i)};W,b\bigr),\qquad
# \log\mathcal L(W,b)=\sum_{i=1}^m\log p\bigl(y^{(i)}\mid x^{(i)};W,b\bigr)$$
#
# $\arg\max$ is the place where a function is largest. The logarithm is strictly
# increasing, so $\mathcal L$ and $\log\mathcal L$ are largest at the same
# place. The log turns the product into a sum. How the inputs $x$ came about is
# not modeled.

# %% slideshow={"slide_type": "subslide"}
sigma = 0.7  # spread of the errors; the formula is on a slide below
e = (4 + 1.5 * x) - y  # residuals of one line, (8,)
p = np.exp(-(e**2) / (2 * sigma**2)) / (np.sqrt(2 * np.pi) * sigma)
log_p = -0.5 * np.log(2 * np.pi * sigma**2) - e**2 / (2 * sigma**2)
assert np.isclose(np.log(p.prod()), log_p.sum())  # 8 factors: both work
many, log_many = np.tile(p, 100), np.tile(log_p, 100)
print(many.mean(), many.prod(), log_many.sum())  # 800 factors: underflow

t = np.linspace(-6, 6, 12_001)  # a density has area 1
bell = np.exp(-(t**2) / (2 * sigma**2)) / (np.sqrt(2 * np.pi) * sigma)
assert np.isclose(bell.sum() * (t[1] - t[0]), 1)
assert abs(bell[abs(t) <= sigma].sum() * (t[1] - t[0]) - 0.68) < 0.005
two = -np.log(2 * np.pi * sigma**2) - (0.7**2 + 0**2) / (2 * sigma**2)
assert np.isclose(two, -1.6245, atol=5e-5)  # "Your turn" below

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
rng, ns = np.random.default_rng(8), np.array([1, 10, 100, 1000])
flat = rng.uniform(-0.5, 0.5, size=(4000, 1000))
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.9))
for n, kind, c in (12, "bar", SKY), (1, "step", BLUE):
    left.hist(flat[:, :n].sum(1), 20, density=True, histtype=kind, ec=c, fc=c)
left.plot(t, np.exp(-(t**2) / 2) / np.sqrt(2 * np.pi), color=VERMILION)
left.set_title("One error: a box. A sum of 12: a bell.")
left.set(xlim=(-4, 4), xlabel="sum of errors", ylabel="density")
for name, d in ("uniform", flat), ("Cauchy", rng.standard_cauchy((4000, 1000))):
    q = [np.subtract(*np.percentile(d[:, :n].mean(1), [75, 25])) for n in ns]
    right.loglog(ns, q, marker="o", label=f"{name} {q[1]:.2f}, {q[3]:.3f}")
right.set(xlabel="number n of errors averaged", ylabel="IQR", ylim=(0.005, 60))
right.legend(title="IQR at n = 10 and at n = 1000", loc="upper right")
show(fig, alt="Left: a box becomes a bell. Right: a line falls, one is level.",
     see="Averaging narrows uniform errors, but not Cauchy errors.")

# %% [markdown] rows=["L03.5"] slideshow={"slide_type": "subslide"}
# ### When is the bell a fair model?
#
# $$\varepsilon\sim N(0,\sigma^2):\qquad p(y\mid x;W,b)=
# \frac1{\sqrt{2\pi}\,\sigma}\exp\Bigl(-\frac{(f(x)-y)^2}{2\sigma^2}\Bigr)$$
#
# This is the **normal** or Gaussian density around $f(x)$. $\sigma$ is its
# **standard deviation**: 68 % of the errors lie within $\pm\sigma$. Its square
# is the **variance**. (In later lectures $\sigma(z)$, with an argument, is a
# function, the sigmoid.)
#
# - Mean 0: no systematic error. It implies neither independence nor a bell.
# - A sum of many small, independent errors of finite variance, none of which
#   dominates, is nearly normal (the **central limit theorem**). Cauchy errors
#   have no finite variance: the **IQR**, the width of the middle half, stays.
# - The same $\sigma$ for all. Otherwise precise measurements must count more.
#
# > **Take away:** a likelihood is a product of densities; compute its logarithm.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 5. Which line does maximum likelihood choose?
#
# **Maximum likelihood** takes the parameters for which the measured data are
# most probable: $\arg\max_{W,b}\log\mathcal L(W,b)$.
#
# Keep $b=4$ for the spring, assume normal errors, and let the slope $w$ run.
#
# **Predict:** where does the log-likelihood peak, compared with the place
# where the half-MSE is smallest? Does the place depend on $\sigma$?
#
# **Your turn first.** Two outputs share $\sigma=0.7$; one sample has the
# residuals $0.7$ and $0$. What is its log-likelihood?
# <details><summary>Answer</summary>
#
# Two terms, one per output, with the full density: $2\cdot(-\frac12
# \log(2\pi\cdot0.49))-\frac{0.7^2+0^2}{2\cdot0.49}=-1.1245-0.5=-1.6245$. With
# many samples the sum runs over samples *and* outputs.
#
# </details>

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
w = np.linspace(0, 3, 121)
square = ((4 + w[:, None] * x - y) ** 2).sum(axis=1)
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
for s in (1.0, 1.4):
    logs = -m * np.log(np.sqrt(2 * np.pi) * s) - square / (2 * s**2)
    left.plot(w, logs, label=f"σ = {s}")
right.plot(w, square / (2 * m), color=GREEN)
for ax, name in (left, "log-likelihood"), (right, "half-MSE"):
    ax.axvline((x * (y - 4)).sum() / (x**2).sum(), color=INK, ls=":", zorder=1)
    ax.set(xlabel="slope w", ylabel=name, title=f"Best slope by {name}: 1.475")
left.legend(loc="lower center", framealpha=1)
show(fig, alt="Left: two log-likelihood curves, each with a peak. Right: "
     "the half-MSE, a valley. A dotted line marks the slope.", see="Peak and "
     "valley share their slope. σ changes the height, not the place.")

# %% slideshow={"slide_type": "subslide"}
slopes = np.linspace(1, 2, 1001)
E = 4 + slopes[:, None] * x - y  # (1001, 8): one row per slope
half_mean_sq = (E**2).sum(axis=1) / (2 * m)

def log_normal(s):
    return (-0.5 * np.log(2 * np.pi * s**2) - E**2 / (2 * s**2)).sum(axis=1)


for s in (0.5, 1.0, 3.0):
    assert log_normal(s).argmax() == half_mean_sq.argmin()
laplace = (-np.log(2 * 0.5) - np.abs(E) / 0.5).sum(axis=1)
assert laplace.argmax() == np.abs(E).mean(axis=1).argmin()
unequal = np.where(x < 4, 0.3, 2.0)  # a worn ruler for the heavy masses
pair = slopes[[half_mean_sq.argmin(), log_normal(unequal).argmax()]]
assert np.allclose(pair, [1.475, 1.728])  # equal, then unequal spread

# %% [markdown] rows=["L03.6"] slideshow={"slide_type": "subslide"}
# ### Why the two agree
#
# $$\log\mathcal L=\underbrace{-m\log(\sqrt{2\pi}\,\sigma)}_{C_1}
# -\underbrace{\tfrac1{\sigma^2}}_{C_2}\cdot\tfrac12\sum_{i=1}^m
# \bigl(f(x^{(i)})-y^{(i)}\bigr)^2$$
#
# Neither $C_1$ nor $C_2>0$ depends on the parameters, so
#
# $$\arg\max_{W,b}\,\log\mathcal L=\arg\min_{W,b}\,\tfrac1{2m}
# \sum_i\lVert f(x^{(i)})-y^{(i)}\rVert^2 .$$
#
# - **Laplace** noise, $p=\frac1{2s}e^{-|e|/s}$, gives the MAE in the same way.
# - Unequal, known $\sigma_i$ give **weighted least squares**: minimize
#   $\sum_i e_i^2/\sigma_i^2$. With $\sigma_i=0.3$ for the four light
#   masses and 2 for the others, the slope of the spring moves from 1.475 to
#   1.728.
#
# > **Take away:** least squares is maximum likelihood for independent normal
# > errors of one $\sigma$. Another noise gives another loss.

# %% [markdown] rows=["L03.7"] slideshow={"slide_type": "slide"}
# ## 6. Where is the bottom, and which way is down?
#
# Put the bias into the weights by a column of ones, as in lecture 02, with one
# output:
#
# $$J(\tilde w)=\frac1{2m}\lVert\tilde X\tilde w-y\rVert^2,\qquad
# \tilde X=[\mathbf 1\;X]\ (m,n+1),\qquad \tilde w=[b;\,w]\ (n+1,)$$
#
# We use this form for the theory and the closed form only. Everywhere else the
# bias stays on its own.
#
# **Predict:** $J$ is a surface over the plane of all pairs $(b,w)$. How many
# valleys does it have? How steep is it at the bottom of a valley?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
B, S = np.meshgrid(np.linspace(-2, 10, 121), np.linspace(0, 3, 121))
J = ((B[..., None] + S[..., None] * x - y) ** 2).sum(axis=2) / (2 * m)
fig = plt.figure(figsize=(10, 4.2))
bowl = fig.add_subplot(1, 2, 1, projection="3d")
bowl.plot_surface(B, S, J, cmap="cividis", rcount=30, ccount=30)
bowl.set(xlabel="bias b", ylabel="slope w", zlabel="J", title="J is a bowl ...")
above = fig.add_subplot(1, 2, 2)
levels = above.contour(B, S, J, [0.5, 1, 2, 4, 8, 16, 32], colors=[BLUE])
above.clabel(levels, fontsize=11, fmt="%g")
above.plot(4.083, 1.458, "*", color=VERMILION, ms=16)
above.set(xlabel="bias b", ylabel="slope w", title="... narrow and tilted")
show(fig, alt="Left: a bowl-shaped surface over bias and slope. Right: its "
     "contours are nested tilted ellipses around a star.",
     see="There is one valley. At its bottom, the star, the surface is level.")


# %% [markdown] rows=["L03.8"] slideshow={"slide_type": "subslide"}
# ### The gradient
#
# A **partial derivative** is the slope of $J$ when one parameter moves and the
# others rest. The **gradient** collects them in arrays of the same shape as
# the parameters. It points uphill.
#
# $$\frac{\partial J}{\partial W}=\frac1m X^\top(XW+b-Y)\quad(n,K),\qquad
# \frac{\partial J}{\partial b}=\frac1m\sum_{i=1}^m
# \bigl(\hat y^{(i)}-y^{(i)}\bigr)\quad(K,)$$
#
# For one output, entry by entry:
#
# $$\frac{\partial J}{\partial w_j}=\frac1m\sum_{i=1}^m
# \bigl(\hat y^{(i)}-y^{(i)}\bigr)\,x^{(i)}_j$$
#
# The square brings down a factor 2, which the $\frac12$ in $J$ absorbs; for the
# plain MSE every entry is twice as large. To check a derivative, measure it by
# a **central difference**, $\bigl(J(w+h)-J(w-h)\bigr)/2h$ with a small $h$.

# %% slideshow={"slide_type": "subslide"}
def cost(w, b=4.0):
    return ((b + w * x - y) ** 2).sum() / (2 * m)
def slope(w, b=4.0):
    return ((b + w * x - y) * x).sum() / m  # mean of residual times input
def slope_b(w, b=4.0):
    return (b + w * x - y).sum() / m  # mean residual

h = 1e-5
measured = (cost(1 + h) - cost(1 - h)) / (2 * h)
measured_b = (cost(1, 4 + h) - cost(1, 4 - h)) / (2 * h)
assert np.allclose([slope(1), slope_b(1)], [measured, measured_b], atol=1e-7)
A = np.column_stack([np.ones(m), x])  # (8, 2): bias first
matrix_form = A.T @ (A @ [4.0, 1.0] - y) / m
assert np.allclose(matrix_form, [slope_b(1), slope(1)])
print("gradient:", matrix_form, "curvatures:", np.linalg.eigvalsh(A.T @ A / m))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, mid, right) = plt.subplots(1, 3, figsize=(11, 3.8))
left.plot(x, y, "o", color=INK)
right.plot(grid := np.linspace(0.5, 2.5, 41), list(map(cost, grid)), color=GRAY)
left.set(title="Residuals e (b = 4)", xlabel="x", ylabel="y", ylim=(0, 23))
mid.set(title="e times x; their mean", xlabel="x", xlim=(-1, 8), ylim=(-60, 60))
right.set(title="The mean is the slope of J", xlabel="slope w", ylim=(-1, 12))
demo = Demo("gradient", fig, see="At the bottom the bars cancel: mean 0.",
            alt="Points, a line, residuals; bars of e times x; J, its tangent.")
demo.slider("w", grid, label="slope w")
demo.segments(left, lambda w: (x, y, x, 4 + w * x), color=VERMILION)
demo.bars(mid, lambda w: (x, (4 + w * x - y) * x), color=VERMILION, alpha=0.6)
demo.line(left, lambda w: (x, 4 + w * x))
demo.line(mid, lambda w: ([-1, 8], slope(w)), ls="--")
demo.line(right, lambda w: (grid[::40], cost(w) + slope(w) * (grid[::40] - w)))
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### One valley only
#
# The **Hessian** $H$ holds the second derivatives: how fast the slopes change.
# For $J$ it is $H=\tilde X^\top\tilde X/m$ everywhere, shape $(n+1,n+1)$. For
# every direction $v$
#
# $$v^\top Hv=\frac1m\lVert\tilde Xv\rVert^2\ge0 .$$
#
# $H$ is **positive semidefinite**: along no line does $J$ bend downward. So $J$
# is **convex**: a string between two points of its graph never runs below the
# graph. Then every place with gradient 0 is a global minimum. For the spring,
# the smallest and the largest curvature (the eigenvalues of $H$) are 0.29 and
# 18.21. Both are positive: there is exactly one bottom.
#
# **Your turn.** Drop the $\frac12$ from $J$. What changes?
# <details><summary>Answer</summary>
#
# The bottom stays. The gradient and $H$ are twice as large.
#
# </details>
#
# > **Take away:** the gradient averages residual times input; for $J$, gradient 0
# > means bottom.

# %% [markdown] rows=["L03.9"] slideshow={"slide_type": "slide"}
# ## 7. Can we jump straight to the bottom?
#
# At the bottom the gradient is 0. For a linear model and half-MSE this is a
# system of linear equations, as many as there are parameters:
#
# $$\tilde X^\top(\tilde X\tilde W-Y)=0\quad\Longleftrightarrow\quad
# \tilde X^\top\tilde X\,\tilde W=\tilde X^\top Y$$
#
# These are the **normal equations**. $\tilde W=[b;\,W]$ has shape $(n+1,K)$:
# row 0 is the bias, the other rows are $W$.
#
# **Predict:** you multiply by an explicit inverse of $\tilde X^\top\tilde X$.
# One feature is the mass in grams, another the same mass in kilograms. What
# happens? And in any fit: are half of the points above the line?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(8, 3.9), subplot_kw={"projection": "3d"})
ax.set_box_aspect((4, 2.7, 2.4), zoom=1.2)
turn = np.array([[1, 1, 1], [-1, 0, 1], [1, -2, 1]]) / np.sqrt([[3], [2], [6]])
ax.plot_surface(*np.meshgrid([0, 4], [-0.7, 2]), np.zeros((2, 2)), alpha=0.2)
for arrow, color, text in (([1, 1, 1], GRAY, "1"), ([0, 1, 2], GRAY, "x"),
                           ([1, 2, 3], BLUE, "ŷ"), ([2, 0, 4], INK, "y")):
    end = turn @ arrow  # turned so that the plane of 1 and x lies level
    ax.quiver(0, 0, 0, *end, color=color, arrow_length_ratio=0.06, lw=2.5)
    ax.text(end[0] + 0.15, *end[1:], text, color=color, size=16, weight="bold")
ax.plot(*np.c_[turn @ [1, 2, 3], end], color=VERMILION, ls="--")
ax.set(zlim=(0, 2.5), title="The prediction is the foot of y")
ax.set_axis_off()
show(fig, alt="y stands off a plane spanned by the columns 1 and x; a dashed "
     "line drops to its foot, ŷ.", see="ŷ is the point of the plane next to y.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The nearest point of a plane
#
# All predictions $\tilde X\tilde w$ fill a plane through 0, spanned by the
# columns of $\tilde X$ (more columns: a flat space of more dimensions). The
# point nearest to $y$ is the foot of the perpendicular, so
# $\tilde X^\top e=0$. For $x=(0,1,2)$, $y=(2,0,4)$: $b=w=1$,
# $\hat y=(1,2,3)$, $e=(-1,2,-1)$.
#
# The foot always exists. An inverse does not: if columns are **collinear**
# (one is a combination of others) or if $m\le n$, then
# $\tilde X^\top\tilde X$ is singular, and many $\tilde w$ give the same foot.
# `np.linalg.lstsq` works on $\tilde X$ itself and returns the shortest of these
# solutions. The predictions are the same for all of them.
#
# For a network no such formula is known: the equations are not linear. There we
# need lecture 04.

# %% slideshow={"slide_type": "subslide"}
(b_fit, w_fit), *_ = np.linalg.lstsq(A, y, rcond=None)
print(f"b = {b_fit:.3f}, w = {w_fit:.3f}")
model = LinearRegression().fit(x[:, None], y)
assert np.allclose([b_fit, w_fit], [model.intercept_, model.coef_[0]])
assert np.allclose(A.T @ (A @ [b_fit, w_fit] - y), 0)  # gradient 0

C = np.column_stack([A, 100 * x, 0.1 * x])  # 100 g, g, kg: collinear
print("rank", np.linalg.matrix_rank(C.T @ C), "of", C.shape[1])  # no inverse
assert np.allclose(C @ np.linalg.lstsq(C, y, rcond=None)[0], A @ [b_fit, w_fit])
few = C[:2]  # m = 2 samples, n = 3 features: infinitely many perfect fits
assert np.allclose(few @ np.linalg.lstsq(few, y[:2], rcond=None)[0], y[:2])
foot = np.column_stack([np.ones(3), [0, 1, 2]])
assert np.allclose(np.linalg.lstsq(foot, [2, 0, 4], rcond=None)[0], [1, 1])

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
rng, u = np.random.default_rng(12), np.linspace(0, 10, 40)
v = 1 + 0.5 * u + rng.exponential(2, size=40) - 2  # skewed noise of mean 0
D = np.column_stack([np.ones(40), u])
gap = v - D @ np.linalg.lstsq(D, v, rcond=None)[0]
high = gap > 0
assert high.sum() == 12 and np.allclose(D.T @ gap, 0)
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
left.plot(u, v, "o", color=INK)
left.plot(u, v - gap, color=BLUE)
right.vlines(u, 0, gap, colors=np.where(high, GREEN, VERMILION), lw=4)
left.set(title="Skewed noise: 12 above, 28 below", xlabel="x", ylabel="y")
right.set(title=f"Sums: {gap[high].sum():.2f} up, {-gap[~high].sum():.2f} down")
right.set(xlabel="x", ylabel="y − ŷ")
show(fig, alt="Left: points, a line. Right: 12 long sticks up, 28 short down.",
     see="Few large distances above balance many small ones below.")

# %% [markdown] rows=["L03.10"] slideshow={"slide_type": "subslide"}
# ### What is left over
#
# The normal equations say $\tilde X^\top e=0$. The column of ones gives
# $\sum_ie^{(i)}=0$: with a bias, the **sums** above and below the line are
# equal. The counts need not be. Without a bias not even the sum is 0 in
# general.
#
# **Your turn (★).** Each measurement has its own known $\sigma_i$. How can
# `lstsq` minimize $\sum_ie_i^2/\sigma_i^2$?
# <details><summary>Answer</summary>
#
# Divide every row of $\tilde X$, including its 1, and every $y^{(i)}$ by
# $\sigma_i$. Residual $i$ is then divided by $\sigma_i$, too:
# `np.linalg.lstsq(A / s[:, None], y / s, rcond=None)` with `s` of shape $(m,)$.
#
# </details>
#
# > **Take away:** least squares is a projection. Solve it with `lstsq`, not with
# > an explicit inverse. What is left over stands at right angles to every column.

# %% [markdown] rows=["L03.11"] slideshow={"slide_type": "slide"}
# ## 8. How do we hand the loss to an optimizer, and use the fit?
#
# An **optimizer** looks for the smallest value of *any* function of the
# parameters. It should not know about springs, models or data. So we freeze
# the model and the data inside a function and hand over the rest.
#
# A function that remembers variables of the function in which it was made is a
# **closure**.
#
# $$\texttt{make\_loss}:\ (\text{model},\ \text{loss},\ X,\ Y)\ \longmapsto\
# J(W,b)$$
#
# **Predict:** after you have made the closure, you change an entry of $y$ in
# place. Does the closure notice?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10, 3.2))
ax.set(xlim=(0, 10), ylim=(0, 3), title="The data are frozen inside J")
ax.axis("off")
ax.add_patch(plt.Rectangle((4, 0.3), 5.6, 2.4, fill=False, ec=BLUE, lw=2.5))
for px, py, words in ((1.2, 1.5, "optimizer"), (5.4, 1.1, "model\nand loss"),
                      (8.2, 1.1, "data\nX and Y")):
    ax.text(px, py, words, ha="center", va="center", fontsize=15,
            bbox={"boxstyle": "round,pad=0.5", "fc": "white", "ec": GRAY})
for px, py, words in (6.8, 2.2, "J keeps"), (3, 2.2, "W, b"), (3, 0.6, "loss"):
    ax.text(px, py, words, ha="center", fontsize=15)
arrow = {"arrowstyle": "->", "lw": 2}
ax.annotate("", (3.9, 2), (2.3, 2), arrowprops=arrow)
ax.annotate("", (2.3, 1), (3.9, 1), arrowprops=arrow)
show(fig, alt="An optimizer sends W and b to a box J with model, loss and "
     "data, and gets a number back.", see="Only W, b and a number pass.")


# %% slideshow={"slide_type": "subslide"}
def score_against(inputs, targets):
    def score(w, b):  # remembers inputs and targets, asks for w and b only
        return ((b + w * inputs - targets) ** 2).sum() / (2 * len(inputs))
    return score

def search(f, point, step=1.0):  # knows nothing about springs
    while step > 1e-7:
        moves = step * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]]) + point
        best = min(moves, key=lambda p: f(*p))
        better = f(*best) < f(*point)
        point, step = (best, step) if better else (point, step / 2)
    return point

found = search(score_against(x, y), np.zeros(2))
assert np.allclose(found, [w_fit, b_fit], atol=1e-5)  # the closed form agrees

# %% slideshow={"slide_type": "subslide"}
X50 = np.linspace(-5, 5, 50)[:, None]  # (50, 1)
Y50 = 1 + 0.7 * X50 + np.random.default_rng(3).normal(size=(50, 1))  # noisy
b, W = np.linalg.lstsq(np.c_[np.ones(50), X50], Y50, rcond=None)[0]  # (1,) each
grid = np.linspace(-5.5, 5.5, 100)  # flat, (100,)
Y_new = grid[:, None] @ W[:, None] + b  # from a column of inputs: (100, 1)
assert (W[:, None] * grid + b).shape == (1, 100)  # what is wrong here?
fig, ax = plt.subplots(figsize=(8.4, 2.5))
ax.plot(X50, Y50, "ok", grid[:, None], Y_new, "-")
ax.set(xlabel="x", ylabel="y", title=f"The fit: {b[0]:.2f} + {W[0]:.2f} x")
show(fig, alt="50 points scatter around a rising fitted line.",
     see="The line passes a little beyond both ends of the cloud.")

# %% [markdown] rows=["L03.12"] slideshow={"slide_type": "subslide"}
# ### Closures and columns
#
# <details><summary>Answer to the prediction</summary>
#
# Yes. The closure remembers the array itself, not a copy of it.
#
# </details>
# <details><summary>Answer to the puzzle</summary>
#
# $(1,1)$ times $(100,)$ broadcasts to $(1,100)$: one sample, 100 outputs. To
# plot that against the grid fails. Samples are rows: make the grid a column.
#
# </details>
#
# **Your turn.** Write a closure `distance_to(p)`: it returns a function of $q$.
# <details><summary>Answer</summary>
#
# `def distance_to(p): return lambda q: abs(q - p)`. Now
# `min([0, 1, 2, 3], key=distance_to(2.2))` is 2.
#
# </details>
#
# > **Take away:** a closure keeps the data and asks for the parameters. New
# > inputs come as a column. Beyond the data, a line is only a guess.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - $\hat Y=XW+b$, $(m,n)\,(n,K)+(K,)\to(m,K)$: a line, a plane, a hyperplane.
# - MAE $=\frac1m\sum|\hat y-y|$ resists outliers; half-MSE
#   $J=\frac1{2m}\sum\lVert\hat y-y\rVert^2$ follows them.
# - Independent normal errors of one $\sigma$: maximum likelihood is least
#   squares. Laplace errors: MAE. Unequal $\sigma_i$: weights $1/\sigma_i^2$.
# - $\partial J/\partial W=\frac1mX^\top(\hat Y-Y)$,
#   $\partial J/\partial b=\frac1m\sum_i(\hat y^{(i)}-y^{(i)})$.
# - $J$ is convex: gradient 0 means global minimum. `lstsq` finds one directly.
# - At the minimum $\tilde X^\top e=0$; with a bias the residuals sum to 0.
# - A closure turns model, loss and data into a function of $W$ and $b$.
#
# Next, lecture 04: walk down the gradient, which also works where no closed
# form is known. Now open `hw02_linear_regression.ipynb`.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Check yourself
#
# 1. `X` is $(50,3)$ and `Y` is $(50,2)$. What shapes have $W$, $b$, $\hat Y$?
#    <details><summary>Answer</summary>$(3,2)$, $(2,)$, $(50,2)$.</details>
# 2. You report the MAE with `np.abs(Y_hat - Y).mean()` for $K=2$. Is it the MAE
#    of this course?
#    <details><summary>Answer</summary>No. It divides by $mK$, so it is half as
#    large. We sum over the outputs and divide by $m$.</details>
# 3. Why do we maximize the logarithm of the likelihood?
#    <details><summary>Answer</summary>The place of the maximum is the same, the
#    product becomes a sum, and the product underflows to 0 for many samples.
#    </details>
# 4. Which assumption about the noise is missing: independent, mean 0, normal,
#    therefore least squares?
#    <details><summary>Answer</summary>The same $\sigma$ for all.</details>
# 5. Does the gradient at $W=0$, $b=0$ need the predictions?
#    <details><summary>Answer</summary>They are all 0 there, so
#    $\partial J/\partial W=-\frac1mX^\top Y$.</details>
# 6. Ten samples, twenty features. Does a least-squares solution exist? Is it
#    unique?
#    <details><summary>Answer</summary>It exists, and it is not unique: the rank
#    of $\tilde X$ is at most 10, fewer than the 21 parameters.</details>
# 7. After a fit with a bias, 30 of 40 residuals are negative. Is that a bug?
#    <details><summary>Answer</summary>Not by itself. Their sum is 0; the counts
#    may differ, for example with skewed noise.</details>
#
# ## Read more
#
# - A.-M. Legendre (1805), *Nouvelles méthodes pour la détermination des orbites
#   des comètes*: the method of least squares in print.
# - C. F. Gauss (1809), *Theoria motus corporum coelestium*: least squares from
#   normally distributed errors.
# - S. Boyd and L. Vandenberghe (2004), *Convex Optimization*, section 3.1.
# - C. M. Bishop (2006), *Pattern Recognition and Machine Learning*, sec. 3.1.
# - T. Hastie, R. Tibshirani and J. Friedman (2009), *The Elements of
#   Statistical Learning*, 2nd edition, section 3.2.
