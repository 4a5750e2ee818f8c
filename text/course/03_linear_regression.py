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
# - **solve** for the best fit by a formula and read what is left over.
#
# **Needs** lecture 01 (conditional probability) and lecture 02 (arrays, shapes,
# broadcasting) · **Time** 120 minutes · **Prepares** `hw02_linear_regression`
#
# ★ marks what you may skip on first reading; the time does not count it.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 0–2 min.*
# Two threads meet in section 5: a loss (1 to 3) and a likelihood (4). Sections 6 and 7
# find the bottom. Late? Leave out what is marked ★, and the last two slides of section
# 8.

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
mae_fit = QuantileRegressor(alpha=0)  # the line of smallest MAE (section 3)

# %% [markdown] rows=["L03.1"] slideshow={"slide_type": "slide"}
# ## 1. What does a linear model predict?
#
# You load a spring with 0, 100, …, 700 g and measure its length $y$ each time.
# $x$ is the mass in units of 100 g. The eight points lie near a line, not on
# it. A **linear model** with one feature predicts
#
# $$\hat y = b + w\,x .$$
#
# The **weight** $w$ is the slope: how much longer for each 100 g. The **bias**
# $b$ is the length without a load. The **residual** $e=\hat y-y$ is what the
# prediction gets wrong.
#
# **Predict:** you raise $b$ by 1. What happens to each of the eight residuals?
# And if you raise $w$ by 1 instead?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 2–17 min.*
# **Ask** both questions. **Wait for** “each by 1” and “each by its own x.” **Often
# heard:** “by 1” again. Then move w in the demo: nothing at 0 g, 7 at 700 g.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(9, 3.8))
ax.plot(x, y, "o", color=INK)
ax.set(xlim=(-0.4, 7.4), ylim=(0, 22), xlabel="mass x (100 g)")
ax.set(ylabel="length y (cm)", title="A line near the points: short residuals")
demo = Demo("line", fig, alt="Eight measured points rise to the right. Sliders "
            "tilt and lift a line; segments join it to the points.",
            see="Raising b by 1 adds 1 to each residual. Raising w by 1 adds "
            "x to it: nothing at 0 g, 7 at 700 g.")
demo.slider("w", np.linspace(0, 3, 31), label="slope w", start=1)
demo.slider("b", np.linspace(0, 8, 17), label="bias b", start=3)
demo.segments(ax, lambda w, b: (x, y, x, b + w * x), color=VERMILION)
demo.line(ax, lambda w, b: ([-0.4, 7.4], [b - 0.4 * w, b + 7.4 * w]))
demo.readout(lambda w, b: f"residual at 700 g: {b + 7 * w - y[7]:.2f}; half "
             f"the mean squared residual: {np.mean((b + w*x - y)**2) / 2:.2f}")
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
# | $\hat Y$ | $(m, K)$ | row $i$ is $\hat y^{(i)}$, the prediction for sample $i$ |
#
# Drawn in $(x,y)$ space with one output, $f$ is a line for one feature, a plane
# for two, a **hyperplane** for more.
# (Statistics: several features make it *multiple* regression, several outputs
# *multivariate*.)

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
     see="The plane runs through the cloud; it is no border between two "
     "groups.")

# %% slideshow={"slide_type": "subslide"}
X = np.array([[1.0, 2.0], [3.0, 0.0], [0.0, 1.0], [2.0, 2.0]])  # m = 4, n = 2
W = np.array([[1.0, 5.0, 0.0], [10.0, 0.0, 2.0]])  # (2, 3): n = 2, K = 3
b = np.array([0.5, -1.0, 0.0])  # (3,)
Y_hat = X @ W + b  # (4, 3)
for i in range(4):  # the same, one number at a time
    for k in range(3):
        one = b[k] + sum(X[i, j] * W[j, k] for j in range(2))
        assert np.isclose(Y_hat[i, k], one)
assert np.array_equal(Y_hat[0], [21.5, 4.0, 4.0])

# What is wrong here? We want one prediction for each of 50 samples.
X3, w_row = np.ones((50, 3)), np.array([[1.0, 2.0, 3.0]])
puzzle = w_row * X3 + 0.5
print(puzzle.shape)

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# **Ask** for the shape of `puzzle` before you show what is printed. **Wait for** (50,
# 3). **Often heard:** (50, 1), because one prediction for each sample is what we want.
# The answer is folded on the next slide.

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
# Here $x^{(i)}$ is the input of sample $i$. Try every value of a **grid**: 0.5,
# 1, 1.5, …, 10 (step 0.5, 20 values). Keep the best.
#
# **Predict:** the data are $x=1,2,3,4$ with $y=x$. What is the MAE at
# $w=0.5$, at $1$, at $2$? Is the curve of the MAE round at its bottom?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 17–27 min.*
# Pen and paper. **Wait for** 1.25, 0 and 2.5, and for “a corner.” **Often heard:** “a
# parabola.” Ask what a grid costs with five parameters: 3 200 000 trials.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
x4, steps = np.arange(1.0, 5.0), np.linspace(0.5, 10, 20)
curve = np.array([np.abs(w * x4 - x4).mean() for w in steps])
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
left.plot(x4, x4, "o", color=INK), left.axis((0, 5, 0, 14))
left.set(xlabel="x", ylabel="y", title="A line tries one slope after another")
right.set(xlim=(0, 10.4), ylim=(-1, 24), xlabel="slope w", ylabel="MAE")
right.set(title="The MAE has a corner at w = 1")
demo = Demo("sweep", fig, alt="Left: a line through the origin turns past four "
            "points. Right: its mean absolute error is drawn as it turns.",
            see="The MAE falls to 0 at w = 1, turns a sharp corner and rises.")
demo.slider("w", steps, label="slope w", fmt="{:.1f}")
demo.segments(left, lambda w: (x4, x4, x4, w * x4), color=VERMILION)
demo.line(left, lambda w: ([0, 5], [0, 5 * w]))
demo.points(right, lambda w: (steps[steps <= w], curve[steps <= w]), ms=9)
demo.show()

# %% slideshow={"slide_type": "subslide"}
x_four = y_four = np.arange(1.0, 5.0)

def mae_at(w, targets=y_four):
    return np.abs(w * x_four - targets).mean()

scores = [mae_at(w) for w in (0.5, 1.0, 2.0)]
print("MAE at 0.5, 1 and 2:", *scores)
assert scores == [1.25, 0.0, 2.5]
candidates = np.linspace(0.5, 10, 20)  # a grid: step 0.5
winner = min(candidates, key=mae_at)  # the first one, if several are equal
print(f"best slope {winner}, MAE {mae_at(winner)}")
assert winner == 1.0
print(f"{20**5:,} trials for five parameters, 20 values each")
assert np.allclose([mae_at(w, 1.2 * x_four) for w in (1, 1.5)], [0.5, 0.75])

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A grid is not enough
#
# Here the MAE is $2.5\,|w-1|$. $|\cdot|$ has a corner at 0, so the MAE has one
# at $w=1$.
#
# A grid sees only its own values, and every further parameter multiplies the
# work: 20 values for each of 5 parameters make $20^5=3\,200\,000$ trials.
#
# **Your turn.** The data are now $y=1.2\,x$ on $x=1,2,3,4$. Which value of the
# grid $0.5, 1, 1.5,\dots$ wins, and with what MAE?
# <details><summary>Answer</summary>
#
# The mean of $x$ is 2.5, so the MAE is $2.5\,|w-1.2|$: at $w=1$ it is 0.5,
# at $w=1.5$ it is 0.75. The winner is $w=1$. The true slope 1.2 is not on the
# grid, so no search on this grid can find it.
#
# </details>
#
# > **Take away:** fitting is a search for good parameters; trying them all is too
# > expensive. We need an **optimizer**, a search that chooses what to try next.

# %% [markdown] rows=["L03.3"] slideshow={"slide_type": "slide"}
# ## 3. Which number should be small?
#
# $$\mathrm{MAE}=\frac1m\sum_{i,k}\bigl|\hat Y_{ik}-Y_{ik}\bigr|\qquad
# \mathrm{MSE}=\frac1m\sum_{i=1}^m\lVert\hat y^{(i)}-y^{(i)}\rVert^2\qquad
# J=\tfrac12\,\mathrm{MSE}$$
#
# $\lVert v\rVert^2$ is the sum of the squares of the entries of $v$. **MSE** is
# the mean squared error, $J=\frac1{2m}\sum_i\lVert\hat y^{(i)}-y^{(i)}\rVert^2$
# the **half-MSE**. All three **sum** over the $K$ outputs and divide by $m$ or
# $2m$. The number that we make small is called the **loss** (also cost or
# objective). We shall mostly take $J$.
#
# An **outlier** is a point far from where the others lead us to expect it.
#
# **Predict:** a residual doubles. What happens to what it adds to the MAE, and
# to the MSE? Which fit follows an outlier in $y$ more?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 27–40 min.*
# **Wait for** “twice” and “four times.” **Often heard:** “both double.” In the demo
# **ask** which line follows the point before you lift it; lift it to 20 cm.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
left.set(xlabel="x", ylabel="y", title="The least-MSE line (solid) is pulled")
right.plot(e := np.linspace(-4, 4, 81), np.c_[e**2, np.abs(e)])
right.set(xlabel="residual e", title="$e^2$ soon exceeds |e| (dashed)")
right.set_ylabel("$e^2$ and |e|"), left.axis((-0.4, 7.4, 0, 36))
def fitted(model, d):
    return x, model.fit(x[:, None], y + d * (x == 7)).predict(x[:, None])
demo = Demo("outlier", fig, alt="Left: two lines fitted to eight points, the "
            "last of which rises. Right: a parabola and a V.",
            see="The solid line follows the point, the dashed one stays.")
demo.slider("d", np.arange(21.0), label="last point lifted by", fmt="{:.0f} cm")
demo.points(left, lambda d: (x, y + d * (x == 7)), color=INK)
demo.line(left, lambda d: fitted(LinearRegression(), d))
demo.line(left, lambda d: fitted(mae_fit, d), color=VERMILION, ls="--")
demo.show()

# %% slideshow={"slide_type": "subslide"}
Y = np.array([[1.0, 0.0], [2.0, 2.0], [0.0, 1.0]])
Y_hat = np.array([[2.0, 0.0], [6.0, 1.0], [0.0, 1.0]])
m, K = Y.shape  # 3, 2
E = Y_hat - Y  # [[1, 0], [4, -1], [0, 0]]
mean_abs, half_mean_sq = np.abs(E).sum() / m, (E**2).sum() / (2 * m)
assert (mean_abs, half_mean_sq) == (2.0, 3.0)
# scikit-learn also averages over the K outputs, so it is K times smaller:
assert np.isclose(K * mean_absolute_error(Y, Y_hat), mean_abs)
assert np.isclose(K * mean_squared_error(Y, Y_hat) / 2, half_mean_sq)

# What is wrong here? A perfect prediction, and an MAE above zero.
column = y[:, None]  # the same numbers, as a column
print("MAE:", np.abs(column - y).mean(), "shape:", (column - y).shape)

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
# A positive factor ($\frac1m$, $\frac12$) does not move the place of the minimum;
# the value there changes. It also scales the derivative: without $\frac1m$ it
# would be $m$ times larger. All losses of this course average over the samples.
#
# The demo lifts a point, in $y$. A point far out in $x$ can drag both lines.
#
# > **Take away:** twice the residual adds four times as much to the MSE and twice
# > as much to the MAE, so an outlier in $y$ usually pulls the squared fit more.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 4. How likely are these parameters?
#
# Why squares? Let us say where residuals come from. A measurement is the line
# plus a random error: $y=f(x)+\varepsilon$ with $f(x)=b+wx$. If $f$ has the true
# parameters, the residual is $e=f(x)-y=-\varepsilon$.
#
# The **density** $p(y\mid x;W,b)$ tells where $y$ may fall, given $x$ (the bar)
# and with the parameters $W$, $b$ (after the semicolon): the area under its curve
# over an interval is the probability that $y$ falls into it. A density is not a
# probability; it may exceed 1.
#
# **Predict:** the line moves closer to a point. Does the density at that point
# rise or fall? And what does a computer print for the product of 800 densities
# between 0.1 and 0.6?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 40–56 min.*
# **Wait for** “it rises”, and for a zero. **Often heard:** “a very small number.” It is
# too small for a float. Also heard: “the density is the probability of this length.” It
# may exceed 1.

# %% [markdown] rows=["L03.5"] slideshow={"slide_type": "subslide"}
# ### The normal density
#
# $\varepsilon\sim N(0,\sigma^2)$ reads: $\varepsilon$ is distributed as a **normal**
# (or Gaussian) error with mean 0 and variance $\sigma^2$. Then $y$ has the density
#
# $$p(y\mid x;W,b)=
# \frac1{\sqrt{2\pi}\,\sigma}\exp\Bigl(-\frac{(f(x)-y)^2}{2\sigma^2}\Bigr),$$
#
# $$\log p(y\mid x;W,b)=-\tfrac12\log(2\pi\sigma^2)-\frac{(f(x)-y)^2}{2\sigma^2}.$$
#
# The **variance** of a random number is the mean squared distance from its mean,
# here $\sigma^2$. Its root is the **standard deviation**, here $\sigma$. About
# 68 % of the probability lies within $\pm\sigma$ of $f(x)$. Mean 0 means: no
# systematic error. ($\log$ is the natural logarithm, everywhere in this course.
# $\sigma(z)$, with an argument, is a function of later lectures, the sigmoid.)
#
# For the spring we draw a line by eye, $b=4$ and $w=1.5$, and guess
# $\sigma=0.7$ cm.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(8.4, 4.4), subplot_kw={"projection": "3d"})
ax.set_box_aspect((4, 6, 2.6), zoom=1.25), ax.view_init(28, -32)
across, zero = np.linspace(-2.4, 2.4, 80), np.zeros(80)
bell = np.exp(-(across**2) / (2 * 0.7**2)) / (np.sqrt(2 * np.pi) * 0.7)
ax.plot([0, 7], [4, 14.5], [0, 0], color=BLUE)
for i in (0, 2, 4, 6):
    mean = 4 + 1.5 * x[i]
    p = np.interp(y[i] - mean, across, bell)
    ax.plot(x[i] + zero, mean + across, bell, color=INK, lw=1.8, ls="-")
    ax.plot([x[i]] * 2, [y[i]] * 2, [0, p], color=VERMILION, marker="o", ls="-")
ax.set(xlabel="x", ylabel="y", zlabel="density")
ax.set_title("The nearer to the line, the higher the density")
show(fig, alt="Four bell curves stand on a line. A red stick at each measured "
     "point reaches up to its bell.", see="The bells stand on the "
     "line. A point far from it has a short stick: a small density.")

# %% [markdown] rows=["L03.4"] slideshow={"slide_type": "subslide"}
# ### The likelihood
#
# Errors are **independent** if knowing some tells nothing about the others:
# then their densities multiply. They are **identically distributed** if each
# follows the same density. Both together are called **IID**. For independent
# errors, the **likelihood** is the density of the measured $y$ given the $x$,
# read as a function of the parameters:
#
# $$\mathcal L(W,b)=\prod_{i=1}^m p\bigl(y^{(i)}\mid x^{(i)};W,b\bigr),\qquad
# \log\mathcal L(W,b)=\sum_{i=1}^m\log p\bigl(y^{(i)}\mid x^{(i)};W,b\bigr)$$
#
# $\prod$ multiplies as $\sum$ adds; the log turns the product into a sum. The log
# is strictly increasing, so $\mathcal L$ and $\log\mathcal L$ are largest at the
# same place, called $\arg\max$ ($\arg\min$ is where a function is smallest). How
# the $x$ came about is not modeled. Losses are means; $\log\mathcal L$ stays a sum.

# %% slideshow={"slide_type": "subslide"}
m, sigma = len(x), 0.7  # the spring again; sigma is a guess
e = (4 + 1.5 * x) - y  # residuals of the line drawn by eye, (8,)
p = np.exp(-(e**2) / (2 * sigma**2)) / (np.sqrt(2 * np.pi) * sigma)
log_p = -0.5 * np.log(2 * np.pi * sigma**2) - e**2 / (2 * sigma**2)
assert np.allclose(np.log(p), log_p)
assert np.isclose(np.log(p.prod()), log_p.sum())  # 8 factors: both work

many, log_many = np.tile(p, 100), np.tile(log_p, 100)  # 800 of them
print(f"densities from {many.min():.2f} to {many.max():.2f}")
print("their product:", many.prod())  # underflow: too small for a float
print(f"sum of their logs: {log_many.sum():.1f}")

# %% slideshow={"slide_type": "skip"}
# Checks of what the text says about the density.
t = np.linspace(-6, 6, 12_001)
bell = np.exp(-(t**2) / (2 * sigma**2)) / (np.sqrt(2 * np.pi) * sigma)
assert np.isclose(bell.sum() * (t[1] - t[0]), 1)  # the area is 1
assert abs(bell[abs(t) <= sigma].sum() * (t[1] - t[0]) - 0.68) < 0.005
assert 1 / (np.sqrt(2 * np.pi) * 0.1) > 1  # sigma = 0.1: a density above 1
assert p.min() > 0.1 and p.max() < 0.6
parts = np.log(2 * np.pi * sigma**2), (1.4**2 + 0**2) / (2 * sigma**2)
assert np.allclose(parts, [1.1245, 2], atol=5e-5)  # "Your turn" below
assert np.isclose(-sum(parts), -3.1245, atol=5e-5)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Two outputs
#
# **Your turn.** Now $K=2$. The errors of the two outputs are independent too,
# with the same $\sigma=0.7$. One sample has the residuals $1.4$ and $0$. What is
# its log-likelihood?
# <details><summary>Answer</summary>
#
# The two densities multiply, so their logs add: twice $-\frac12\log(2\pi\sigma^2)$,
# and the two squares over $2\sigma^2$. $-\log(2\pi\cdot0.49)-
# \frac{1.4^2+0^2}{2\cdot0.49}=-1.1245-2=-3.1245$. With many samples the sum runs
# over samples *and* outputs.
#
# </details>
#
# > **Take away:** for independent errors the likelihood is a product of
# > densities; compute its logarithm, a sum.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### ★ When is the bell a fair model?
#
# This is background; the homework does not need it.
#
# - The **central limit theorem**: a sum of many small, independent errors of
#   finite variance, none of which dominates, is nearly normal. Already twelve
#   **uniform** errors will do (the same density everywhere between $-0.5$ and
#   $0.5$).
# - It can fail. The **Cauchy** density is a bell with far heavier tails. Cauchy
#   errors have neither a mean nor a finite variance; the mean of $n$ of them is
#   distributed as a single one. Its **IQR**, the width of the middle half,
#   stays.
# - Mean 0 implies neither independence nor a bell.
# - One $\sigma$ for all is an assumption, too. Without it, precise measurements
#   must count more (section 5).

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
rng, ns = np.random.default_rng(8), np.array([1, 10, 100, 1000])
flat = rng.uniform(-0.5, 0.5, size=(4000, 1000))
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.9))
for n, kind, c in (12, "bar", SKY), (1, "step", BLUE):
    left.hist(flat[:, :n].sum(1), 20, density=True, histtype=kind, ec=c, fc=c)
left.plot(t, np.exp(-(t**2) / 2) / np.sqrt(2 * np.pi), color=VERMILION)
left.set_title("★ One error: a box. A sum of 12: a bell.")
left.set(xlim=(-4, 4), xlabel="sum of errors", ylabel="density")
for name, d in ("uniform", flat), ("Cauchy", rng.standard_cauchy((4000, 1000))):
    q = [np.subtract(*np.percentile(d[:, :n].mean(1), [75, 25])) for n in ns]
    right.loglog(ns, q, marker="o", label=f"{name} {q[1]:.2f}, {q[3]:.3f}")
right.set(xlabel="number n averaged", ylabel="IQR of mean", ylim=(0.005, 60))
right.legend(title="IQR at n = 10, 1000"), right.set_title("Cauchy stays wide")
show(fig, alt="Left: a box becomes a bell. Right: a line falls, one is level.",
     see="Averaging narrows uniform errors, but not Cauchy errors.")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 5. Which line does maximum likelihood choose?
#
# **Maximum likelihood** takes the parameters for which the measured data have
# the largest density: $\arg\max_{W,b}\log\mathcal L(W,b)$.
#
# Assume that the errors of the spring are IID and normal: independent, with the
# same mean 0 and the same $\sigma$. Keep $b=4$ and let the slope $w$ run.
#
# **Predict:** where does the log-likelihood peak, compared with the place
# where the half-MSE is smallest? Does the place depend on $\sigma$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 56–70 min.*
# **Ask** where the peak is, then whether σ moves it. **Wait for** the same w, and no.
# **Often heard:** “a larger σ makes the line flatter.” It makes the peak flatter.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
w = np.linspace(0, 3, 121)
square = ((4 + w[:, None] * x - y) ** 2).sum(axis=1)
best = (x * (y - 4)).sum() / (x**2).sum()
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
for s in (1.0, 1.4):
    logs = -m * np.log(np.sqrt(2 * np.pi) * s) - square / (2 * s**2)
    left.plot(w, logs, label=f"σ = {s}")
right.plot(w, square / (2 * m), color=GREEN)
for ax, name, word in (left, "log-likelihood", "Top"), (right, "J", "Bottom"):
    ax.axvline(best, color=INK, ls=":", zorder=1)
    ax.set(xlabel="slope w", ylabel=name, title=f"{word} at w = {best:.3f}")
left.legend(loc="lower center", framealpha=1)
show(fig, alt="Left: two log-likelihood curves, each with a peak. Right: "
     "the half-MSE, a valley. A dotted line marks the slope.", see="Peak and "
     "valley stand at the same w. σ changes how high and sharp the peak is.")

# %% [markdown] rows=["L03.6"] slideshow={"slide_type": "subslide"}
# ### Why the two agree
#
# Let there be $K$ outputs, whose errors are independent too, all normal with
# mean 0 and the same $\sigma$. The likelihood is a product of $mK$ normal
# densities. With $\log(ab)=\log a+\log b$ and $\log e^u=u$ it becomes a sum of
# $mK$ terms $\log p$; the squares of the $K$ outputs make a squared norm:
#
# $$\log\mathcal L=\underbrace{-\tfrac{mK}2\log(2\pi\sigma^2)}_{C_1}
# -\underbrace{\tfrac1{\sigma^2}}_{C_2}\cdot\tfrac12\sum_{i=1}^m
# \lVert f(x^{(i)})-y^{(i)}\rVert^2 .$$
#
# $C_1$ and $C_2>0$ do not depend on $W$ and $b$, so they do not move the place of
# the maximum. Nor does dividing by $m$. The minus sign makes it a minimum:
#
# $$\arg\max_{W,b}\,\log\mathcal L=\arg\min_{W,b}\,\tfrac1{2m}
# \sum_{i=1}^m\lVert f(x^{(i)})-y^{(i)}\rVert^2=\arg\min_{W,b}\,J .$$

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Other errors, other losses
#
# **Laplace** errors have the density $p(\varepsilon)=\frac1{2s}e^{-|\varepsilon|/s}$;
# the scale $s$ is the mean of $|\varepsilon|$. With one output, the same steps
# give
#
# $$\log\mathcal L=-m\log(2s)-\tfrac1s\sum_{i=1}^m|e^{(i)}| .$$
#
# It is largest where the MAE is smallest.
#
# **Unequal errors.** A ruler is worn: $\sigma_i=0.3$ cm for the four light
# masses, 2 cm for the four heavy ones. If the errors are independent and normal
# and the $\sigma_i$ are known, they go into the sum: minimize
# $\sum_i(e^{(i)})^2/\sigma_i^2$. This is **weighted least squares**.
#
# **Predict:** which masses does the weighted line follow?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# **Wait for** “the four light ones”: their ruler was good. **Often heard:** “the heavy
# ones, they are larger.” What counts is how sure a measurement is.

# %% slideshow={"slide_type": "subslide"}
slopes = np.linspace(1, 2, 1001)
E = 4 + slopes[:, None] * x - y  # (1001, 8): one row per slope
half_mean_sq = (E**2).sum(axis=1) / (2 * m)

def log_normal(s):
    return (-0.5 * np.log(2 * np.pi * s**2) - E**2 / (2 * s**2)).sum(axis=1)

for s in (0.5, 1.0, 3.0):
    assert log_normal(s).argmax() == half_mean_sq.argmin()
laplace = (-np.log(2 * 0.5) - np.abs(E) / 0.5).sum(axis=1)  # s = 0.5
assert laplace.argmax() == np.abs(E).mean(axis=1).argmin()
worn = np.where(x < 4, 0.3, 2.0)  # sigma of each measurement, (8,)
pair = slopes[[half_mean_sq.argmin(), log_normal(worn).argmax()]]
print(f"best slope at b = 4: {pair[0]:.3f}, with the worn ruler {pair[1]:.3f}")
assert np.allclose(pair, [1.475, 1.728])

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What the code shows
#
# Three values of $\sigma$ give the same slope as the half-MSE, 1.475. With the
# worn ruler it is 1.728: the four precise measurements count most.
#
# **Your turn.** You guess $\sigma$ twice as large as it is, the same for all
# measurements. Does the line of maximum likelihood change? Does
# $\log\mathcal L$?
# <details><summary>Answer</summary>
#
# The line stays, because $\sigma$ is only in $C_1$ and $C_2$. The value of
# $\log\mathcal L$ changes.
#
# </details>
#
# > **Take away:** least squares is maximum likelihood for independent normal
# > errors of mean 0 and one $\sigma$. Other errors ask for another loss.

# %% [markdown] rows=["L03.7"] slideshow={"slide_type": "slide"}
# ## 6. Where is the bottom, and which way is down?
#
# Put the bias into the weights by a column of ones, as in lecture 02, with one
# output:
#
# $$J(\tilde w)=\frac1{2m}\lVert\tilde X\tilde w-y\rVert^2,\qquad
# \tilde X=[\mathbf 1\;X]\ (m,n+1),\qquad \tilde w=[b;\,w]\ (n+1,)$$
#
# We use this form for the theory and for the **closed form**, a solution by a
# formula, without a search (section 7). Everywhere else $b$ stays on its own.
#
# **Predict:** $J$ is a surface over the plane of all pairs $(b,w)$. How many
# valleys does it have? How steep is it at the bottom of a valley?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 70–90 min.*
# **Wait for** one valley, and level at the bottom. **Often heard:** “two parameters,
# two valleys.” Derive one sample on the board first, then the mean, then the matrix.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
b_star, w_star = np.linalg.lstsq(np.c_[np.ones(m), x], y, rcond=None)[0]
B, S = np.meshgrid(np.linspace(-2, 10, 121), np.linspace(0, 3, 121))
J = ((B[..., None] + S[..., None] * x - y) ** 2).sum(axis=2) / (2 * m)
fig = plt.figure(figsize=(10, 4.2))
bowl = fig.add_subplot(1, 2, 1, projection="3d")
bowl.plot_surface(B, S, J, cmap="cividis", rcount=30, ccount=30)
bowl.set(xlabel="bias b", ylabel="slope w", zlabel="J", title="J is a bowl ...")
above = fig.add_subplot(1, 2, 2)
levels = above.contour(B, S, J, [0.5, 1, 2, 4, 8, 16, 32], colors=[BLUE])
above.clabel(levels, fontsize=11, fmt="%g")
above.plot(b_star, w_star, "*", color=VERMILION, ms=16)
above.set(xlabel="bias b", ylabel="slope w", title="... narrow and tilted")
show(fig, alt="Left: a bowl-shaped surface over bias and slope. Right: its "
     "contours are nested tilted ellipses around a star.", see="One valley, "
     f"level at its bottom. Now b is free: b = {b_star:.3f}, w = {w_star:.3f}.")


# %% [markdown] rows=["L03.8"] slideshow={"slide_type": "subslide"}
# ### The gradient
#
# A **partial derivative** says how fast $J$ grows when one parameter moves and
# the others rest. The **gradient** collects them in arrays of the same shape as
# the parameters. It points uphill; **down is minus the gradient**.
#
# Take one output. From $\hat y=b+\sum_jw_jx_j$ and the chain rule,
#
# $$\frac{\partial(\hat y-y)^2}{\partial w_j}=2\,(\hat y-y)\,x_j,\qquad
# \frac{\partial(\hat y-y)^2}{\partial b}=2\,(\hat y-y).$$
#
# The $\frac12$ in $J$ absorbs the 2. With the mean over the samples,
#
# $$\frac{\partial J}{\partial w_j}=\frac1m\sum_{i=1}^m
# \bigl(\hat y^{(i)}-y^{(i)}\bigr)\,x^{(i)}_j,\qquad
# \frac{\partial J}{\partial b}=\frac1m\sum_{i=1}^m
# \bigl(\hat y^{(i)}-y^{(i)}\bigr).$$

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### All entries at once
#
# $$\frac{\partial J}{\partial W}=\frac1m X^\top(XW+b-Y)\quad(n,K),\qquad
# \frac{\partial J}{\partial b}=\frac1m\sum_{i=1}^m
# \bigl(\hat y^{(i)}-y^{(i)}\bigr)\quad(K,)$$
#
# Row $j$ of $X^\top$ holds feature $j$ of all samples, so the product with the
# residuals sums over the samples. Column $k$ belongs to output $k$.
#
# To check a derivative, measure it by a **central difference** with a small $h$:
#
# $$\frac{\partial J}{\partial w}\approx\frac{J(w+h)-J(w-h)}{2h}$$

# %% slideshow={"slide_type": "subslide"}
def J_at(w, b=4.0):
    return ((b + w * x - y) ** 2).sum() / (2 * m)
def dJ_dw(w, b=4.0):
    return ((b + w * x - y) * x).sum() / m  # mean of residual times input
def dJ_db(w, b=4.0):
    return (b + w * x - y).sum() / m  # mean residual

h = 1e-5
measured = (J_at(1 + h) - J_at(1 - h)) / (2 * h)
measured_b = (J_at(1, 4 + h) - J_at(1, 4 - h)) / (2 * h)
assert np.allclose([dJ_dw(1), dJ_db(1)], [measured, measured_b], atol=1e-7)
A = np.column_stack([np.ones(m), x])  # the matrix with a column of ones, (8, 2)
matrix_form = A.T @ (A @ [4.0, 1.0] - y) / m
assert np.allclose(matrix_form, [dJ_db(1), dJ_dw(1)])
print("gradient at b = 4, w = 1:", matrix_form, "so both must grow")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (left, mid, right) = plt.subplots(1, 3, figsize=(11, 3.8))
left.plot(x, y, "o", color=INK), mid.axis((-1, 8, -60, 60))
right.plot(grid := np.linspace(0.5, 2.45, 27), [*map(J_at, grid)], color=GRAY)
left.set(title="Residuals e at b = 4 ...", xlabel="x", ylabel="y", ylim=(0, 23))
mid.set(title="... times x: large x weigh more", xlabel="x", ylabel="e times x")
right.set(title="The mean is J's derivative", xlabel="slope w", ylabel="J")
demo = Demo("gradient", fig, see="At w = 1.475 the mean (dashed) is 0.",
            alt="Points, a line, residuals; bars of e times x; J, its tangent.")
demo.slider("w", grid, label="slope w", fmt="{:.3f}")
demo.segments(left, lambda w: (x, y, x, 4 + w * x), color=VERMILION)
demo.bars(mid, lambda w: (x, (4 + w * x - y) * x), color=VERMILION, alpha=0.6)
demo.line(left, lambda w: (x, 4 + w * x))
demo.line(mid, lambda w: ([-1, 8], dJ_dw(w)), ls="--")
demo.line(right, lambda w: (grid[::26], J_at(w) + dJ_dw(w) * (grid[::26] - w)))
demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter.*
# **Ask** why the first bar is always empty: x is 0 there. Then let the class steer to a
# mean of 0. **Wait for** 1.475. The bars are not 0 there, their mean is.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### One valley only
#
# $J$ is **convex**: a string between two points of its graph never runs below
# the graph. For along any straight path through the parameters each
# $\hat y-y$ is a linear function of the step, so $J$ is a sum of parabolas that
# open upward or are constant.
#
# Gradient 0 then means global minimum. For if another place were lower, the
# string to it would fall from its first step on. The graph is nowhere above the
# string, so it would fall at least as fast: the gradient would not be 0.
#
# **Your turn.** Drop the $\frac12$ from $J$. What changes?
# <details><summary>Answer</summary>
#
# The place of the bottom stays. The gradient is twice as large.
#
# </details>
#
# > **Take away:** the gradient of $J$ averages residual times input; where it
# > is 0, $J$ is smallest.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### ★ How curved is the valley?
#
# The **Hessian** $H$ holds the second derivatives: how fast the gradient
# changes. For $J$ it is $H=\tilde X^\top\tilde X/m$ everywhere, shape
# $(n+1,n+1)$. For every direction $v$
#
# $$v^\top Hv=\frac1m\lVert\tilde Xv\rVert^2\ge0 .$$
#
# $H$ is **positive semidefinite**: along no line does $J$ bend downward. For the
# spring, the smallest and the largest curvature among directions of length 1
# (the eigenvalues of $H$) are 0.29 and 18.21. Both are positive: there is
# exactly one bottom.

# %% slideshow={"slide_type": "-"}
curvatures = np.linalg.eigvalsh(A.T @ A / m)
print("★ eigenvalues of H:", curvatures)
assert np.allclose(curvatures, [0.29, 18.21], atol=0.005)

# %% [markdown] rows=["L03.9"] slideshow={"slide_type": "slide"}
# ## 7. Can we jump straight to the bottom?
#
# At the bottom the gradient is 0. With the column of ones both parts of it are
# one array, $\frac1m\tilde X^\top(\tilde X\tilde W-Y)$. So we have linear equations,
# for each output as many as it has parameters, $n+1$:
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

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 90–108 min.*
# Collect answers to both questions and settle the second one only at “What is left
# over.” **Often heard:** “an error message”: it may also be wrong numbers without one.
# And “half of the points”: the sums balance, not the counts; in the last picture 12 are
# above and 28 below.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The nearest point of a plane
#
# Write all $m$ targets as one arrow: axis $i$ is sample $i$; here $m=3$. With
# one feature every prediction is a sum $b\,\mathbf 1+w\,x$ of multiples of two
# arrows, the columns of $\tilde X$. These sums fill a plane through 0 (more
# columns: a flat space of more dimensions).
#
# The half-MSE is smallest at the point $\hat y$ of the plane that is nearest to
# $y$, the foot of the perpendicular. It is called the **projection** of $y$.
# Perpendicular means: the dot product of $e=\hat y-y$ with each column is 0,
#
# $$\tilde X^\top e=0 .$$
#
# Example: $x=(0,1,2)$, $y=(2,0,4)$ give $b=w=1$, $\hat y=(1,2,3)$ and
# $e=(-1,2,-1)$.

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
ax.set(zlim=(0, 2.5), title="The best prediction is the foot of y")
ax.set_axis_off()
show(fig, alt="y stands off a plane that holds 1 and x; a dashed line drops "
     "to its foot, ŷ.", see="ŷ is the point of the plane nearest to y.")

# %% slideshow={"slide_type": "subslide"}
(b_fit, w_fit), *_ = np.linalg.lstsq(A, y, rcond=None)
print(f"the spring: b = {b_fit:.3f}, w = {w_fit:.3f}")
model = LinearRegression().fit(x[:, None], y)
assert np.allclose([b_fit, w_fit], [model.intercept_, model.coef_[0]])
assert np.allclose(A.T @ (A @ [b_fit, w_fit] - y), 0)  # gradient 0

foot = np.column_stack([np.ones(3), [0, 1, 2]])  # the example, (3, 2)
target = np.array([2, 0, 4])
solution = np.linalg.lstsq(foot, target, rcond=None)[0]
y_foot = foot @ solution
assert np.allclose(solution, [1, 1]) and np.allclose(y_foot, [1, 2, 3])
assert np.allclose(y_foot - target, [-1, 2, -1])
assert np.allclose(foot.T @ (y_foot - target), 0)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### When there is no inverse
#
# The nearest point always exists. An inverse of $\tilde X^\top\tilde X$ need not:
# there is none if columns of $\tilde X$ are **collinear** (one is a sum of
# multiples of others), and none if $m\le n$. Then many $\tilde w$ give the same
# nearest point.
#
# - An explicit inverse answers with an error or, worse, with wrong numbers and
#   no error: rounding hides that there is none. How wrong they are depends on
#   the computer.
# - `np.linalg.lstsq` works on $\tilde X$ itself and returns the solution of
#   smallest norm $\lVert\tilde w\rVert$. All of them predict the same on the
#   samples in $\tilde X$; on new inputs they may differ.
#
# For a network no such formula is known: the equations are not linear. There we
# need lecture 04.

# %% slideshow={"slide_type": "subslide"}
C = np.column_stack([A, 100 * x, 0.1 * x])  # 1, mass in 100 g, in g, in kg
# The rank counts the columns that are no sum of multiples of those before.
print("rank", np.linalg.matrix_rank(C), "of", C.shape[1], "columns")
good = C @ np.linalg.lstsq(C, y, rcond=None)[0]
assert np.allclose(good, A @ [b_fit, w_fit])  # the same predictions
try:
    bad = C @ (np.linalg.inv(C.T @ C) @ (C.T @ y))  # don't
except np.linalg.LinAlgError as error:
    print("inverse:", error)
else:
    worst = np.abs(bad - good).max()
    print(f"inverse: no error, and predictions wrong by up to {worst:.1f} cm")

# %% slideshow={"slide_type": "skip"}
# Two samples, three features: many solutions, lstsq takes the shortest one.
rng = np.random.default_rng(1)
few, few_y = np.c_[np.ones(2), rng.normal(size=(2, 3))], np.array([1.0, 2.0])
short = np.linalg.lstsq(few, few_y, rcond=None)[0]
other = short + np.linalg.svd(few)[2][-1]  # plus a direction that few maps to 0
assert np.allclose(few @ short, few_y) and np.allclose(few @ other, few_y)
assert np.linalg.norm(short) < np.linalg.norm(other)
new = np.array([1.0, 0.5, -0.5, 2.0])  # a new input
assert not np.isclose(new @ short, new @ other)

# The worn ruler of section 5, by the answer to "Your turn" below.
weighted = np.linalg.lstsq(A / worn[:, None], y / worn, rcond=None)[0]
assert np.allclose(weighted, [3.800, 1.805], atol=5e-4)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
rng, u = np.random.default_rng(12), np.linspace(0, 10, 40)
v = 1 + 0.5 * u + rng.exponential(2, size=40) - 2  # skewed noise of mean 0
D = np.column_stack([np.ones(40), u])
e = D @ np.linalg.lstsq(D, v, rcond=None)[0] - v
up, w_only = e > 0, (x @ y) / (x @ x)  # the spring without a bias
assert (~up).sum() == 12 and np.allclose(D.T @ e, 0)
assert np.isclose((w_only * x - y).sum(), -9.8)
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
left.plot(u, v, "o", color=INK), left.plot(u, v + e, color=BLUE)
right.vlines(u, 0, e, colors=np.where(up, VERMILION, GREEN), lw=4)
left.set(title="12 points above, 28 below", xlabel="x", ylabel="y")
right.set(title=f"Sums of e: −{-e[~up].sum():.2f} and +{e[up].sum():.2f}")
right.set(xlabel="x", ylabel="e = ŷ − y")
show(fig, alt="Left: 40 points, a line. Right: 12 long sticks down, 28 up.",
     see="Few long sticks down balance many short ones up.")

# %% [markdown] rows=["L03.10"] slideshow={"slide_type": "subslide"}
# ### What is left over
#
# The normal equations say $\tilde X^\top e=0$. The column of ones gives
# $\sum_ie^{(i)}=0$: with a bias, the **sums** of the distances above and below
# the line are equal. The counts need not be, for example with **skewed** noise,
# which has one long tail. Without a bias not even the sum is 0 in general: for
# the spring it is $-9.8$.
#
# **Your turn ★.** Each measurement has its own known $\sigma_i$. How can
# `lstsq` minimize $\sum_i(e^{(i)})^2/\sigma_i^2$?
# <details><summary>Answer</summary>
#
# Divide every row of $\tilde X$, including its 1, and every $y^{(i)}$ by
# $\sigma_i$: `np.linalg.lstsq(A / s[:, None], y / s, rcond=None)` with `s` of
# shape $(m,)$. For the worn ruler: $b=3.800$, $w=1.805$.
#
# </details>
#
# > **Take away:** least squares is a projection. Solve it with `lstsq`, not with
# > an explicit inverse. What is left over stands at right angles to every column.

# %% [markdown] rows=["L03.11"] slideshow={"slide_type": "slide"}
# ## 8. How do we hand the loss to an optimizer, and use the fit?
#
# An optimizer looks for the smallest value of *any* function of the parameters.
# It should not know about springs, models or data. So we keep the model, the
# loss and the data inside a function and hand over that function, which asks
# only for $W$ and $b$.
#
# A function that keeps variables of the function in which it was made is a
# **closure**.
#
# $$\texttt{make\_loss}:\ (\text{model},\ \text{loss},\ X,\ Y)\ \longmapsto\
# J(W,b)$$
#
# Lecture 04 builds `optimize(loss, W, b)`, which takes such a function with
# start values and returns the fitted $W$ and $b$.
#
# **Predict:** after you have made the closure, you change an entry of $y$ in
# place. Does the closure notice?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 108–120 min.*
# **Ask** for a vote. **Wait for** “it notices.” **Often heard:** “no, the closure has
# its own copy.” It keeps the array. Then the flat grid: let the class say the shape,
# (1, 100), before you unfold the answer.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(10, 3.2))
ax.set(xlim=(0, 10), ylim=(0, 3))
ax.set_title("J keeps the data; the optimizer sees only W, b and the loss")
ax.axis("off")
ax.add_patch(plt.Rectangle((4, 0.3), 5.6, 2.4, fill=False, ec=BLUE, lw=2.5))
for px, py, words in ((1.2, 1.5, "optimizer"), (5.4, 1.1, "model\nand loss"),
                      (8.2, 1.1, "data\nX and Y")):
    ax.text(px, py, words, ha="center", va="center", fontsize=15,
            bbox={"boxstyle": "round,pad=0.5", "fc": "white", "ec": GRAY})
for px, py, words in (7, 2.2, "J keeps"), (3, 2.2, "W, b"), (3, 0.6, "J(W, b)"):
    ax.text(px, py, words, ha="center", fontsize=15)
for ends in ((3.9, 2), (2.3, 2)), ((2.3, 1), (3.9, 1)):
    ax.annotate("", *ends, arrowprops={"arrowstyle": "->", "lw": 2})
show(fig, alt="An optimizer sends W and b to a box J with model, loss and "
     "data, and gets a number back.", see="Only W, b and a number pass.")


# %% slideshow={"slide_type": "subslide"}
def score_against(inputs, targets):
    def score(w, b):  # keeps inputs and targets, asks for w and b only
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
targets = y.copy()
score, frozen = score_against(x, targets), score_against(x, targets.copy())
before = score(1.5, 4.0)
assert frozen(1.5, 4.0) == before
targets[0] += 10  # in place
print(f"before {before:.3f}, after {score(1.5, 4.0):.3f}")
assert score(1.5, 4.0) != before  # it keeps the array: it notices
assert frozen(1.5, 4.0) == before  # it keeps a copy: it doesn't

# %% [markdown] slideshow={"slide_type": "-"}
# **Answer to the prediction.** Yes. The closure keeps the array itself, not a
# copy. To freeze the numbers keep `y.copy()`.
#
# **Your turn.** Write `distance_to(p)`: it returns a closure that maps $q$ to
# $|q-p|$. What is `min([0, 1, 2, 3], key=distance_to(2.2))`?
# <details><summary>Answer</summary>
#
# `def distance_to(p): return lambda q: abs(q - p)`. The result is 2.
#
# </details>

# %% [markdown] rows=["L03.12"] slideshow={"slide_type": "subslide"}
# ### New inputs are a column
#
# Fit 50 noisy points by the closed form. Then predict at 100 equally spaced $x$
# from $-5.5$ to $5.5$ and draw. Samples are rows, so the 100 inputs of one
# feature are a $(100,1)$ column.
#
# **What is wrong here?** Someone leaves `grid` flat, of shape $(100,)$. $W$ is
# $(1,1)$, $b$ is $(1,)$, and `W * grid + b` runs. Why can it not be plotted
# against `grid`?

# %% slideshow={"slide_type": "subslide"}
X50 = np.linspace(-5, 5, 50)[:, None]  # (50, 1)
Y50 = 1 + 0.7 * X50 + np.random.default_rng(3).normal(size=(50, 1))  # noisy
T = np.linalg.lstsq(np.c_[np.ones(50), X50], Y50, rcond=None)[0]  # (2, 1)
b, W = T[0], T[1:]  # (1,) and (1, 1)
grid = np.linspace(-5.5, 5.5, 100)  # flat, (100,)
Y_new = grid[:, None] @ W + b  # from a column of inputs: (100, 1)
fig, ax = plt.subplots(figsize=(8.4, 2.5))
ax.plot(X50, Y50, "ok", grid[:, None], Y_new, "-")
ax.set(xlabel="x", ylabel="y", title=f"The fit: {b[0]:.2f} + {W[0, 0]:.2f} x")
show(fig, alt="50 points scatter around a rising fitted line.",
     see="The line passes a little beyond both ends of the cloud.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What was wrong with the flat grid
#
# <details><summary>Answer</summary>
#
# $(1,1)$ times $(100,)$ broadcasts to $(1,100)$: one sample, 100 outputs. To
# plot that against the grid fails. Make the grid a column, `grid[:, None]`.
#
# </details>
#
# > **Take away:** a closure keeps the data and asks for the parameters. New
# > inputs come as a column. Beyond the data, a line is only a guess.

# %% slideshow={"slide_type": "skip"}
# Checks of the answers above.
def distance_to(p):
    return lambda q: abs(q - p)


assert min([0, 1, 2, 3], key=distance_to(2.2)) == 2
assert Y_new.shape == (100, 1) and (W * grid + b).shape == (1, 100)
fig, ax = plt.subplots()
try:
    ax.plot(grid, W * grid + b)
except ValueError as error:
    print(error)
else:
    raise AssertionError("this plot should fail")
plt.close(fig)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - $\hat Y=XW+b$, $(m,n)\,(n,K)+(K,)\to(m,K)$: a line, a plane, a hyperplane.
# - An outlier in $y$ usually pulls the fit of least half-MSE,
#   $J=\frac1{2m}\sum\lVert\hat y-y\rVert^2$, more than that of least MAE.
# - Independent normal errors of mean 0 and one $\sigma$: maximum likelihood is
#   least squares. Laplace errors: MAE. Known $\sigma_i$: weights $1/\sigma_i^2$.
# - $\partial J/\partial W=\frac1mX^\top(\hat Y-Y)$,
#   $\partial J/\partial b=\frac1m\sum_i(\hat y^{(i)}-y^{(i)})$.
# - $J$ is convex: gradient 0 means global minimum. `lstsq` finds one directly.
# - At the minimum $\tilde X^\top e=0$ with $e=\hat y-y$; with a bias, the
#   residuals sum to 0.
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
#    <details><summary>Answer</summary>The place of the maximum is the same and
#    the product becomes a sum. For many samples the product leaves the range of
#    floats: to 0 if the densities are small, to inf if they are large (they may
#    exceed 1).</details>
# 4. From independent, normal errors of mean 0 we want to conclude least squares.
#    Which assumption is missing?
#    <details><summary>Answer</summary>The same $\sigma$ for all.</details>
# 5. Does the gradient at $W=0$, $b=0$ need the predictions?
#    <details><summary>Answer</summary>No. They are all 0 there, so
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
