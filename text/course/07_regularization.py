# %% [markdown] slideshow={"slide_type": "slide"}
# # Generalization and regularization
#
# *How do we get a fit that is good on new data, and not only on the data it saw?*
#
# After this lecture you can
# - **tell** underfitting from overfitting, and **pick** a remedy,
# - **split** an error into bias, variance and noise,
# - **add** an L2 or L1 penalty to a loss, with the gradient that belongs to it,
# - **explain** why the lasso sets weights to exactly 0 and ridge does not,
# - **choose** the strength $\lambda$ by cross-validation.
#
# **Needs** lecture 02 (validation part, folds), lecture 03 (half-MSE, least squares),
# lecture 04 (gradient descent), lecture 05 (logistic regression) · **Time** 120 minutes ·
# **Prepares** `hw06_regularization`
#
# ★ marks what you may skip on first reading; the time does not count it.

# %% slideshow={"slide_type": "skip"}
import matplotlib.pyplot as plt
import numpy as np
from demos import Demo
from figures import BLUE, GRAY, GREEN, INK, ORANGE, SKY, VERMILION
from figures import show, use_style
from numpy.polynomial import Polynomial
from scipy.special import expit  # the sigmoid
from sklearn.datasets import load_breast_cancer, load_diabetes, make_moons
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.model_selection import KFold
from sklearn.preprocessing import PolynomialFeatures

use_style()

# %% [markdown] rows=["L07.1"] slideshow={"slide_type": "slide"}
# ## 1. Too stiff or too flexible?
#
# All through one tide somebody reads the water level: $m=20$ readings, each with an error.
# We fit polynomials of degree $d$,
#
# $$\hat y=b+w_1x+w_2x^2+\dots+w_dx^d .$$
#
# That is a linear model whose features are the powers of $x$, so least squares
# (lecture 03) fits it. The features form an array of shape $(m,d)$.
#
# This once we know the truth, because we make the data ourselves: $f(x)=\sin3x$, with
# normal noise of standard deviation $\sigma=0.3$. (Level in m, time scaled to
# $-1\le x\le1$. Here $\sigma$ is a number, not the sigmoid.)
#
# **Predict:** you fit degrees 1, 3 and 15. Which one has the smallest error on the
# 20 readings? Which one on 30 readings that it has not seen?

# %% slideshow={"slide_type": "subslide"}
SIGMA = 0.3

def tide(x, rng):  # the true level plus noise
    return np.sin(3 * x) + rng.normal(0, SIGMA, x.shape)

def half_mse(y_hat, y):
    return np.mean((y_hat - y) ** 2) / 2

rng = np.random.default_rng(13)
x = np.linspace(-1, 1, 20)
y = tide(x, rng)
x_va = rng.uniform(-1, 1, 30)  # validation
y_va = tide(x_va, rng)
for d in (1, 3, 15):
    p = Polynomial.fit(x, y, d)  # least squares, computed safely
    print(f"degree {d:2}: training J {half_mse(p(x), y):.4f}, "
          f"validation J {half_mse(p(x_va), y_va):.4f}")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fine = np.linspace(-1, 1, 201)
fig, axes = plt.subplots(1, 3, figsize=(11, 3.7), sharey=True)
names = "too stiff", "about right", "too flexible"
for ax, d, name in zip(axes, (1, 3, 15), names, strict=True):
    ax.plot(fine, np.sin(3 * fine), color=GRAY, ls=":", label="truth")
    ax.plot(fine, Polynomial.fit(x, y, d)(fine), color=VERMILION, label="fit")
    ax.plot(x, y, "o", color=INK), ax.plot(x_va, y_va, "x", color=GREEN, mew=2)
    ax.set(title=f"degree {d}: {name}", xlabel="time x", ylim=(-2.3, 2.3))
axes[0].set_ylabel("water level (m)"), axes[0].legend(loc="upper left")
show(fig, alt="Three fits to 20 noisy points of a wave: a straight line, a smooth "
     "wave, and a curve that swings wildly near both ends.", see="The line misses "
     "the wave. Degree 15 comes near every black dot, and misses green crosses.")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
(A, label), (A_va, label_va) = (make_moons(m, noise=0.3, random_state=s)
                                for m, s in ((60, 1), (2000, 101)))
U, V = np.meshgrid(np.linspace(-1.9, 2.9, 121), np.linspace(-1.6, 2.1, 121))
fig, axes = plt.subplots(1, 3, figsize=(11, 3.9), sharey=True)
for ax, d, C in zip(axes, (1, 3, 10), (1e4, 10, 1e4), strict=True):
    make = PolynomialFeatures(d, include_bias=False)  # u, v, u², uv, v², ...
    model = LogisticRegression(C=C, solver="newton-cholesky", max_iter=1000)
    model.fit(make.fit_transform(A), label)
    share = [model.score(make.transform(B), c)
             for B, c in ((A, label), (A_va, label_va))]
    side = model.predict(make.transform(np.c_[U.ravel(), V.ravel()]))
    ax.contourf(U, V, side.reshape(U.shape), 1, colors=[SKY, ORANGE], alpha=0.35)
    ax.plot(*A[label == 0].T, "o", color=BLUE), ax.plot(*A[label == 1].T, "s")
    ax.set_title(f"degree {d}: {share[0]:.0%} here, {share[1]:.0%} on new")
show(fig, alt="Two interlocked moons and three borders.", see="A line is too "
     "stiff. The ragged border is right on all 60 points and worst on 2000 new.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Underfitting and overfitting
#
# - **Underfitting:** the model is too stiff for the structure in the data. It misses the
#   training data *and* new data.
# - **Overfitting** (lecture 01): the model is flexible enough to learn the noise, too. It
#   memorizes the training data, and new data have other noise.
# - A model **generalizes** if it is good on new data from the same source. That is what
#   we want. The **generalization gap** is the error on new data minus the training error.
#
# So a training error alone says little, and an error on new data alone does not say
# what to change. Look at both.
#
# **Answer to the prediction.** Degree 15 has the smallest error on the 20 readings (0.0041),
# and by far the largest on the other 30 (1.8080). Degree 3 wins there (0.0484). The noise
# alone costs $\sigma^2/2=0.045$: nobody can do better than that on average.
#
# > **Take away:** too stiff is bad on both; too flexible is good on the training data only.

# %% [markdown] rows=["L07.2"] slideshow={"slide_type": "slide"}
# ## 2. When should training stop?
#
# In lecture 05 a logistic model told malignant lumps from benign ones. Now it has only 60 lumps to
# learn from, with 30 features, standardized with the means and deviations of these 60.
# It has so many weights that a plane separates the 60 perfectly. So the training loss can get
# as close to 0 as you like, and gradient descent never comes to an end.
#
# After each step we note two losses: on the 60 training lumps, and on 160 others, the
# validation part.
#
# **Predict:** how will the two curves go on, for step 1 to step 3000? Draw them before you
# look.

# %% slideshow={"slide_type": "subslide"}
lumps = load_breast_cancer()
order = np.random.default_rng(5).permutation(len(lumps.data))
train, validate, test = np.split(order, [60, 220])  # 60, 160 and 349 lumps
features = lumps.data - lumps.data[train].mean(axis=0)
features /= lumps.data[train].std(axis=0)  # (569, 30)
malignant = 1 - lumps.target  # (569,)

def bce(w, b, rows):
    z = features[rows] @ w + b  # logaddexp(0, z) is log(1 + e^z), safely
    return np.mean(np.logaddexp(0, z) - malignant[rows] * z)

def step(w, b, lr, lam=0.0):  # lam: section 8
    error = expit(features[train] @ w + b) - malignant[train]
    dw = features[train].T @ error / 60 + lam * w
    return w - lr * dw, b - lr * error.mean()

# %% slideshow={"slide_type": "subslide"}
w, b, history = np.zeros(30), 0.0, []
for t in range(3001):
    history.append([bce(w, b, train), bce(w, b, validate)])
    w, b = step(w, b, lr=0.5)
history = np.array(history)  # (3001, 2), row t: after t steps
stop = history[:, 1].argmin()
print(f"lowest validation loss {history[stop, 1]:.3f}, after {stop} steps")
for t in (0, stop, 3000):
    print(f"after {t:4}: training {history[t, 0]:.4f}, "
          f"validation {history[t, 1]:.4f}")
assert np.all(np.diff(history[:, 0]) < 0)  # the training loss only falls

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(9, 4.1))
ax.plot(history[:, 0], label="training"), ax.plot(history[:, 1], label="validation")
ax.plot(stop, history[stop, 1], "*", color=INK, ms=17, label="stop here")
ax.axvspan(1, 10, color="#E8F1F8"), ax.text(1.1, 0.6, "too few steps:\nunderfit")
ax.text(500, 0.42, "overfit")
ax.set(xscale="log", xlim=(1, 3000), ylim=(0, 0.72), xlabel="steps",
       ylabel="binary cross-entropy", title="Stop where the validation loss turns")
ax.legend(loc="lower left")
show(fig, alt="The training loss falls toward 0. The validation loss falls, turns "
     "and rises.", see="At first both fall. From the star on only the training "
     "loss does: what is learned now does not carry over.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Early stopping
#
# You cannot see the future, so a program waits: it stops when `patience` epochs in a row were
# not strictly better than the best one before them, and takes the weights of that best epoch.
#
# | epoch | 0 | 1 | 2 | 3 | 4 | 5 |
# |:--|--:|--:|--:|--:|--:|--:|
# | validation loss | 5 | 3 | 4 | 3 | 2 | 6 |
#
# With `patience=2` it stops after epoch 3 (epochs 2 and 3 were not better than 3) and
# keeps epoch 1. With `patience=3` it gets to see epoch 4.
#
# **What is wrong here?** "We stopped when the *test* error began to rise. Our test error is
# 0.09." And: "A lower learning rate cures overfitting."
# <details><summary>Answer</summary>
#
# To stop is a choice, and a choice needs a validation part; the error that helped to choose
# is too good on average (lecture 02). A lower rate goes the same way, more slowly: with a fixed
# number of steps it stops earlier. Run to the end of a convex loss, it ends at the same minimum.
#
# </details>
#
# > **Take away:** the training error keeps falling; stop where the *validation* error turns.

# %% [markdown] rows=["L07.3"] slideshow={"slide_type": "slide"}
# ## 3. How flexible should the model be?
#
# Steps were one scale from stiff to flexible. The degree is another one. Back to the tide:
# fit each degree from 1 to 15 on the 20 training readings, and draw both errors against $d$.
#
# Degree $d$ can do all that degree $d-1$ can: set $w_d=0$. So the *training* error
# of least squares never rises with $d$.
#
# **Predict:** does the *validation* error fall and then rise, or the other way round? Where
# is its best degree?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
degrees = np.arange(1, 16)
fits = [Polynomial.fit(x, y, d) for d in degrees]
J = np.array([[half_mse(p(x), y), half_mse(p(x_va), y_va)] for p in fits])
fig, ax = plt.subplots(figsize=(9, 4))
ax.semilogy(degrees, J[:, 0], marker="o", label="training")
ax.semilogy(degrees, J[:, 1], marker="s", label="validation")
ax.axhline(SIGMA**2 / 2, color=GRAY, lw=1.5, ls=":", label="noise, σ²/2")
ax.set(xlabel="degree", ylabel="J", xticks=degrees, title="The validation curve is a U")
ax.legend(loc="upper center")
assert np.all(np.diff(J[:, 0]) <= 1e-9) and degrees[J[:, 1].argmin()] == 3
print("validation J of degrees 1, 2, 3, 9:", J[[0, 1, 2, 8], 1].round(4))
show(fig, alt="Training error falls with the degree. Validation error falls until "
     "degree 3, then rises.", see="Best at degree 3. To the left of it both errors "
     "are high; to the right the two curves move apart.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Try several
#
# Where the bottom of the U lies depends on the data: on the truth, on the noise, on
# the number of samples. So try several and ask the validation part.
#
# This is what *usually* happens, not a law. With plenty of data or a strong
# restraint the curve may stay flat. ★ And very large networks can show a **double descent**: past
# the point where they fit every training sample, the test error may fall a second time
# (Belkin et al., 2019; Nakkiran et al., 2020).
#
# **Your turn.** In section 1, which kind of fit has a training error of 0.30 and a validation
# error of 0.32, and which has 0.001 and 0.9? The noise costs 0.045.
# <details><summary>Answer</summary>
#
# The first underfits: both errors are far above the noise, and close to each other.
# The second overfits: the training error is below the noise, the gap is huge.
#
# </details>
#
# > **Take away:** against flexibility, the training error falls, and the validation error is
# > usually a U.

# %% [markdown] rows=["L07.4"] slideshow={"slide_type": "slide"}
# ## 4. Would more data help?
#
# Keep the model, change the number of samples $m$, and draw both errors against $m$. This
# is a **learning curve**. To smooth out luck we average over 60 draws.
#
# On the left, degree 9 and ever more readings of the tide. On the right, degree 3. Up to $m=80$ the
# readings are from $-1\le x\le1$. All later ones are from $1<x\le3$, where the water rises and falls
# again; the validation data are from the same mixture.
#
# **Predict:** on the left, does the *training* error rise or fall with $m$? On the right,
# what happens after $m=80$?

# %% slideshow={"slide_type": "subslide"}
def learning_curve(degree, sizes, places):  # places(m, rng): m times
    rows = []
    for m in sizes:
        rng, both = np.random.default_rng(m), np.zeros(2)
        for _ in range(60):
            a, b = places(m, rng), places(m, rng)
            u, v = tide(a, rng), tide(b, rng)
            p = Polynomial.fit(a, u, degree)
            both += [half_mse(p(a), u) / 60, half_mse(p(b), v) / 60]
        rows.append(both)
    return np.array(rows)  # (number of sizes, 2): training, validation

def spread(m, rng):  # cut -1 to 1 into m slots, draw a time from each
    return -1 + 2 * (np.arange(m) + rng.random(m)) / m

def mixture(m, rng):  # first 80 times from -1 to 1, the others from 1 to 3
    late = 2 + spread(m - 80, rng) if m > 80 else []
    return np.concatenate([spread(min(m, 80), rng), late])

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
sizes, more = [15, 20, 30, 50, 80, 160, 320], [20, 40, 60, 80, 120, 160, 240, 320]
pure = learning_curve(9, sizes, spread)
mixed, richer = (learning_curve(d, more, mixture) for d in (3, 9))
fig, (a, b) = plt.subplots(1, 2, figsize=(10.6, 4))
for ax, at, rows in (a, sizes, pure), (b, more, mixed):
    ax.plot(at, rows[:, 0], marker="o", label="training")
    ax.plot(at, rows[:, 1], marker="s", label="validation")
    ax.axhline(SIGMA**2 / 2, color=GRAY, lw=1.5, ls=":", label="noise")
    ax.set(xlabel="samples m", ylabel="J")
a.set(title="Degree 9: the gap closes", ylim=(0, 0.4)), a.legend()
b.set(title="Degree 3: a new pattern, and now it underfits", ylim=(0, 0.4))
b.plot(more[4:], richer[4:, 1], color=GREEN, marker="^", ls="-.", label="degree 9")
b.legend(loc="upper left")
print("left, m = 15 and 320:", pure[[0, -1]].round(3).tolist())
print("right, m = 80 and 320:", mixed[[3, -1]].round(3).tolist())
show(fig, alt="Left: training error rises, validation error falls, to the noise. "
     "Right: both errors jump up after 80 samples.", see="Right: degree 3 cannot "
     "follow the new pattern; more flexible degree 9 (validation) can.")

# %% [markdown] rows=["L07.5"] slideshow={"slide_type": "subslide"}
# ### Which remedy?
#
# **Answer to the prediction.** On the left the training error *rises*: more points are harder to
# fit. The validation error falls, and the gap closes. On the right both jump: the
# model that was right for the old data is too stiff for the new ones.
#
# | training error | validation error | diagnosis | try |
# |:--|:--|:--|:--|
# | high | high, about as high | underfit | richer model, more or better features, weaker regularization, train longer |
# | low | high | overfit | more data, fewer features, stronger regularization, fewer steps |
# | low | low | fine | report the test error, once |
# | high | low | suspicious | look for a bug, or for an easier validation part |
#
# "High" means: far above what the noise, or a human, or the best known method leaves.
#
# **Your turn.** Training error 0.19, validation error 0.20, noise 0.045. Will ten
# times more data of the same kind help?
# <details><summary>Answer</summary>
#
# Hardly. The gap is closed already; what is missing is flexibility.
#
# </details>
#
# > **Take away:** more data close a gap. They do not make a stiff model flexible.

# %% [markdown] rows=["L07.6"] slideshow={"slide_type": "slide"}
# ## 5. Where does the error on new data come from?
#
# Imagine that the tide is recorded again and again, always at the same 20 times, with new
# noise. Each record gives another fit $\hat f$. Look at one point $x_0$, with truth
# $f$ and a new reading $y=f+\varepsilon$. Let $\mathbb E$ be the average over all
# records and readings, and $\bar f=\mathbb E\hat f$ the average fit. Then
#
# $$\mathbb E\,(y-\hat f)^2=\underbrace{(\bar f-f)^2}_{\text{bias}^2}
# +\underbrace{\mathbb E\,(\hat f-\bar f)^2}_{\text{variance}}
# +\underbrace{\sigma^2}_{\text{noise}}$$
#
# - **Bias** (here a property of a way to fit, not the $b$ of a model): is the average fit off?
# - **Variance:** how much do the fits scatter about their own average?
# - **Noise:** what no fit can know.
#
# **Predict:** you raise the degree from 1 to 10. Which of the three grows, which one shrinks,
# which one stays?

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(0)
R, x0, d = 20_000, 0.5, 5  # many records, one point, degree 5
A, a0 = np.vander(x, d + 1), np.vander([x0], d + 1)  # powers, also x⁰ = 1
records = np.sin(3 * x) + rng.normal(0, SIGMA, (R, 20))  # a row each
f_hat = (a0 @ np.linalg.lstsq(A, records.T, rcond=None)[0]).ravel()  # (R,)
f_0 = np.sin(3 * x0)
bias2, variance = (f_hat.mean() - f_0) ** 2, f_hat.var()
print(f"bias² {bias2:.5f}, variance {variance:.5f}, noise {SIGMA**2:.5f}")
y_0 = f_0 + rng.normal(0, SIGMA, R)  # a new reading for each record
print(f"sum {bias2 + variance + SIGMA**2:.5f}, "
      f"measured {np.mean((y_0 - f_hat) ** 2):.5f}")
# Without noise in the new reading the sum is exact, for any numbers:
assert np.isclose(np.mean((f_0 - f_hat) ** 2), bias2 + variance)
assert abs(np.mean((y_0 - f_hat) ** 2) - bias2 - variance - 0.09) < 0.004

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
rough, up = np.linspace(-1, 1, 41), np.arange(1, 11)
bundle = [np.vander(rough, d + 1) @ np.linalg.lstsq(
    np.vander(x, d + 1), records[:500].T, rcond=None)[0] for d in up]
parts = np.array([[np.mean((F.mean(axis=1) - np.sin(3 * rough)) ** 2),
                   F.var(axis=1).mean()] for F in bundle])  # bias², variance
fig, ax = plt.subplots(figsize=(9, 4.1))
ax.plot(rough, np.sin(3 * rough), color=INK, ls=":", zorder=4)
ax.set(xlabel="time x", ylabel="level (m)", ylim=(-1.9, 1.9),
       title="Truth (dotted), 15 of 500 fits (thin), average of 500 (thick)")
demo = Demo("bundle", fig, alt="A bundle of fitted curves around the true wave.",
            see="Stiff: the fits agree, and are wrong together. Flexible: right on "
            "average, and each one is off.", seconds=9)
demo.slider("d", up, label="degree", fmt="{:.0f}", start=1)
for r in range(15):
    demo.line(ax, lambda d, r=r: (rough, bundle[int(d) - 1][:, r]), lw=0.9)
demo.line(ax, lambda d: (rough, bundle[int(d) - 1].mean(axis=1)), color=VERMILION)
demo.readout(lambda d: "bias² {:.4f}, variance {:.4f}".format(*parts[int(d) - 1]))
demo.show()

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, ax = plt.subplots(figsize=(9, 3.9))
noise = np.full(len(up), SIGMA**2)
ax.stackplot(up, noise, parts[:, 0], parts[:, 1], colors=["#C5D3DF", ORANGE, SKY],
             labels=["noise σ²", "bias²", "variance"])
total = noise + parts.sum(axis=1)
ax.plot(up, total, color=INK, marker="o", ls="-", label="sum")
ax.set(xlim=(1, 10), ylim=(0, 0.32), xticks=up, xlabel="degree",
       ylabel="mean squared error", title="Bias falls, variance rises, noise stays")
ax.legend(loc="upper center", ncols=4)
best = up[total.argmin()]
print("bias²:", parts[[0, 2, 9], 0].round(4), "variance:", parts[[0, 2, 9], 1].round(4))
assert best == 3 and np.allclose(parts[:, 1], 0.09 * (up + 1) / 20, rtol=0.35)
show(fig, alt="Stacked areas: noise constant, bias squared shrinks, variance grows.",
     see=f"The sum is smallest at degree {best}: a little bias is worth a little "
     "variance.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A trade
#
# **Answer to the prediction.** The bias shrinks, the variance grows, the noise stays. (With more
# data the variance shrinks, too; the bias of a stiff model does not.)
#
# Why do the three add up? Write $y-\hat f=\varepsilon+(f-\bar f)+(\bar f-\hat f)$. Squaring gives
# three squares and three mixed products. The products average to 0: $\varepsilon$ and
# $\bar f-\hat f$ have mean 0 and do not depend on each other, and $f-\bar f$ is a fixed
# number.
#
# In practice you have one record and do not know $f$. To *see* the variance, refit on
# resampled data (draw $m$ samples from your own, with repetition). The bias stays hidden.
#
# **Your turn.** Three records, one point with $f=2$. The fits say 1, 2 and 6. What are bias² and
# variance?
# <details><summary>Answer</summary>
#
# $\bar f=3$, so bias² $=1$ and variance $=\frac13(4+1+9)=\frac{14}3$.
#
# </details>
#
# > **Take away:** error = bias² + variance + noise. Restraint adds bias and removes variance.

# %% [markdown] rows=["L07.7"] slideshow={"slide_type": "slide"}
# ## 6. Can we push single weights to zero?
#
# Thirty points near a parabola are fitted by a polynomial of degree 4, which is too flexible:
# $\hat y=b+w_1x+w_2x^2+w_3x^3+w_4x^4$. We could drop $w_3$ and $w_4$. Or make
# them expensive:
#
# $$J_M=\frac1{2m}\sum_{i=1}^m\bigl(\hat y^{(i)}-y^{(i)}\bigr)^2+M\,w_3^2+M\,w_4^2$$
#
# For a huge $M$ the minimum can only be where $w_3$ and $w_4$ are tiny: what is left is a
# parabola. And in between, $M$ is a dial that turns without a step from degree 4 to degree 2.
#
# **Predict:** someone finds the squares superfluous and writes $+M\,w_3+M\,w_4$. Where do
# the minimum, $w_3$ and $w_4$ go?

# %% slideshow={"slide_type": "subslide"}
u = np.linspace(-1, 1, 30)
v = 1 + u - 1.5 * u**2 + np.random.default_rng(273).normal(0, 0.6, 30)
Q = np.vander(u, 5, increasing=True)  # 1, u, u², u³, u⁴; (30, 5)
pushed = np.diag([0.0, 0, 0, 1, 1])  # picks w3 and w4

def quartic(M):  # gradient 0: Qᵀ(Qw - v) / m + 2 M w, the last for w3, w4 only
    return np.linalg.solve(Q.T @ Q / 30 + 2 * M * pushed, Q.T @ v / 30)

parabola = np.linalg.lstsq(Q[:, :3], v, rcond=None)[0]
for M in (0, 0.01, 0.1, 10):
    print(f"M = {M:<5} w3, w4 = {quartic(M)[3:]}")
print("parabola", parabola.round(3), "M = 10:", quartic(10)[:3].round(3))
no_squares = np.linalg.solve(Q.T @ Q / 30, Q.T @ v / 30 - 10 * pushed.sum(axis=0))
print("without squares, M = 10: w3, w4 =", no_squares[3:].round(1))
assert np.allclose(quartic(10)[:3], parabola, atol=0.005)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (a, b) = plt.subplots(1, 2, figsize=(10.6, 4), width_ratios=(2, 1))
a.plot(u, v, "o", color=INK), a.plot(rough, np.vander(rough, 3, True) @ parabola,
                                     color=GRAY, ls=":", label="parabola")
a.set(xlabel="x", ylabel="y", title="From degree 4 to degree 2"), a.legend()
b.axhline(0, color=INK, lw=1, ls="-"), b.set_title("The five coefficients")
b.set_xticks(range(5), ["b", "w₁", "w₂", "w₃", "w₄"]), b.set_ylim(-6, 6)
demo = Demo("morph", fig, alt="A curve through points that turns from a quartic "
            "into a parabola; bars of its five coefficients.", see="As M grows, "
            "w₃ and w₄ vanish, and the others move to those of the parabola.")
demo.slider("M", [0, *np.geomspace(1e-4, 10, 21)], label="M", fmt="{:.2g}")
demo.line(a, lambda M: (rough, np.vander(rough, 5, True) @ quartic(M)),
          color=VERMILION)
demo.bars(b, lambda M: (np.arange(5), quartic(M)))
demo.readout(lambda M: "w₃ = {:.5f}, w₄ = {:.5f}".format(*quartic(M)[3:]))
demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Why the squares
#
# <details><summary>Answer to the prediction</summary>
#
# $M\,w_3$ has no minimum at 0. It *rewards* negative weights: the more negative, the lower the
# penalty. Our fit ends at $(w_3,w_4)\approx(-361,-1354)$, and moves on in proportion to $M$: only the
# data hold it back. A penalty must grow in both directions: $w^2$ or $|w|$.
#
# </details>
#
# How far the linear terms push does not depend on $y$: the shift is $-m\,(Q^\top Q)^{-1}(0,0,0,M,M)$,
# here $(-363,-1358)$ for $M=10$, where $Q$ has the columns $1,x,\dots,x^4$.
#
# **Your turn.** One sample, one weight, no bias: $J_M=\frac12(w-3)^2+Mw^2$. Where is the minimum?
# For which $M$ is it at 1?
# <details><summary>Answer</summary>
#
# $w-3+2Mw=0$, so $w=\frac3{1+2M}$. At $M=1$ it is 1.
#
# </details>
#
# > **Take away:** a penalty on $w^2$ is a dial between "free" and "gone".

# %% [markdown] rows=["L07.8"] slideshow={"slide_type": "slide"}
# ## 7. Which weights should be pushed?
#
# Usually we do not know. So push all of them, with one strength $\lambda\ge0$:
#
# $$J_\lambda=J+\frac\lambda2\lVert W\rVert^2,\qquad\lVert W\rVert^2=\sum_{j,k}W_{jk}^2,
# \qquad\text{with layers }l:\quad J_\lambda=J+\frac\lambda2\sum_l\lVert W^{[l]}\rVert^2$$
#
# This is **L2 regularization**; with the half-MSE it is called **ridge regression**.
# **Regularization** is any means that restrains a fit so that it does better on new data. ($\lambda$ was
# an eigenvalue in lecture 04. Here it is a dial.)
#
# The bias $b$ is **not** penalized. For a given $W$ the best bias is $b=\bar y-\bar xW$, so ridge is
# least squares on centered data $X_c,Y_c$ (column means subtracted), with $\lambda$ on the
# diagonal. Set the gradient to 0:
#
# $$\Bigl(\underbrace{\tfrac1mX_c^\top X_c}_{(n,n)}+\lambda I\Bigr)\,W=\tfrac1mX_c^\top Y_c$$
#
# **Predict:** what does the fit look like for $\lambda\to0$, and for $\lambda\to\infty$?

# %% slideshow={"slide_type": "subslide"}
X9, X9_va, X9_fine = (np.vander(t, 10, True)[:, 1:] for t in (x, x_va, rough))

def ridge(X, y, lam):  # one output, b and w side by side; b is not penalized
    A = np.column_stack([np.ones(len(X)), X])  # (m, n + 1)
    lams = np.diag([0.0] + [lam] * X.shape[1])  # 0 for the bias
    solution = np.linalg.solve(A.T @ A / len(X) + lams, A.T @ y / len(X))
    return solution[1:], solution[0]

w, b = ridge(X9, y, 0.01)
model = Ridge(alpha=20 * 0.01).fit(X9, y)  # scikit-learn: alpha = m λ
assert np.allclose(w, model.coef_) and np.isclose(b, model.intercept_)
w, b = ridge(X9, y, 1e-12)
assert np.allclose(X9 @ w + b, Polynomial.fit(x, y, 9)(x), atol=1e-4)
w, b = ridge(X9, y, 1e9)
print("λ = 1e9: largest |w|", f"{np.abs(w).max():.0e}", " b - mean(y) =", b - y.mean())
assert np.allclose(w, 0, atol=1e-8) and np.isclose(b, y.mean())

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
lams = np.geomspace(1e-8, 100, 41)
of = {lam: ridge(X9, y, lam) for lam in lams}
JJ = np.array([[half_mse(X9 @ w + b, y), half_mse(X9_va @ w + b, y_va)]
               for w, b in of.values()])
fig, (a, c) = plt.subplots(1, 2, figsize=(10.6, 4))
a.plot(x, y, "o", color=INK), a.plot(x_va, y_va, "x", color=GREEN, mew=2)
a.set(xlabel="x", ylabel="y", ylim=(-2.3, 2.3), title="Degree 9 with a ridge penalty")
c.semilogx(lams, JJ[:, 0], label="training"), c.semilogx(lams, JJ[:, 1], label="validation")
c.set(xlabel="λ", ylabel="J, without the penalty", title="A U again"), c.legend()
demo = Demo("lambda", fig, alt="Left: a fit through 20 points. Right: training and "
            "validation error against the strength of the penalty.", see="No penalty: "
            "wiggles. Too much: a level line. In between: the wave.")
demo.slider("lam", lams, label="λ", fmt="{:.1e}", start=1e-8)
demo.line(a, lambda lam: (rough, X9_fine @ of[lam][0] + of[lam][1]), color=VERMILION)
demo.points(c, lambda lam: ([lam, lam], JJ[np.searchsorted(lams, lam)]), ms=11)
demo.readout(lambda lam: "largest |w|: {:.3g}".format(np.abs(of[lam][0]).max()))
demo.show()
print(f"best λ {lams[JJ[:, 1].argmin()]:.1e}, validation J {JJ[:, 1].min():.4f}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### From least squares to a constant
#
# - $\lambda\to0$: the old fit. $\lambda\to\infty$: all weights go to 0, and $\hat y=b=\bar y$, the mean of the
#   targets.
# - In between the training error *rises* with $\lambda$: restraint never helps on the training data.
#   The validation error falls first, then rises. So it is no secret sauce for accuracy:
#   it trades variance for bias, and there can be too much of it.
#
# **What is wrong here?** "I put a column of ones into $X$ and penalize all weights alike." What does
# this fit predict for $\lambda\to\infty$, if all targets are near 1000?
# <details><summary>Answer</summary>
#
# Near 0, as the weight of the ones is the bias, and it is pushed to 0, too. Then the fit depends on
# where the zero of $y$ is: in °C and in K one gets two different fits. Never penalize $b$.
#
# </details>
#
# Features in other units need other weights, and $\lambda$ punishes large ones. So standardize the features
# before you penalize (lecture 02).

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The same penalty for every loss
#
# $$\text{what we minimize}=\text{data loss}+\lambda\,R(W),\qquad R(W)=\tfrac12\lVert W\rVert^2$$
#
# The data loss may be the half-MSE, a cross-entropy or the hinge loss. Lecture 06 left a question: many
# $W$ have the hinge loss 0; which one should we take? Now there is an answer: the smallest.
#
# ★ **Where could the penalty come from?** Suppose each weight was drawn from a normal
# distribution with mean 0 and standard deviation $\tau$, *before* any data were seen (a **prior**), and
# the noise has the standard deviation $\sigma$. The probability of weights and targets together is a product
# of normal densities. Its negative log is
#
# $$\frac1{2\sigma^2}\sum_{i=1}^m\bigl(\hat y^{(i)}-y^{(i)}\bigr)^2
# +\frac1{2\tau^2}\lVert w\rVert^2+\text{const}
# =\frac m{\sigma^2}\,\Bigl(J+\frac\lambda2\lVert w\rVert^2\Bigr)+\text{const},
# \qquad\lambda=\frac{\sigma^2}{\tau^2\,m}$$
#
# So ridge finds the most probable weights. Much noise, few data, or weights
# that you expect to be small: large $\lambda$.

# %% slideshow={"slide_type": "subslide"}
# Picture 2 of lecture 06: scores 1.3, 4.9, 2.0, and 4.9 is the true one.
# Scaled by a > 0 (W, too) its hinge loss is 0 from a = 1/2.9 = 0.345 on.
a = np.linspace(0, 2, 2001)
hinge = sum(np.maximum(0, a * (s - 4.9) + 1) for s in (1.3, 2.0))
print("loss 0 for", np.sum(hinge == 0), "of", len(a), "scales")
for lam in (0.01, 0.1, 1, 10):  # let ‖W‖ = 1 at a = 1, so ‖W‖² = a²
    best = a[np.argmin(hinge + lam / 2 * a**2)]
    print(f"λ = {lam:<4}  best scale {best:.3f}")
    assert lam > 1 or np.isclose(best, 1 / 2.9, atol=1e-3)

# Your turn: x = (-1, 0, 1), y = (1, 2, 6), one weight. Ridge with λ = 1/3?
w, b = ridge(np.array([[-1.0], [0], [1]]), np.array([1.0, 2, 6]), 1 / 3)
assert np.isclose(w[0], 5 / 3) and np.isclose(b, 3)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Small enough, and no smaller
#
# Among the scales with loss 0 a small $\lambda$ picks the smallest, $0.345$. A large $\lambda$ finds some loss
# acceptable if $W$ shrinks in return: $0.33$ would be too small for a zero loss, and $\lambda=10$ goes below it.
#
# **Your turn.** $x=(-1,0,1)$, $y=(1,2,6)$, one weight. Compute $w$ and $b$ of ridge with $\lambda=\frac13$, and
# of least squares.
# <details><summary>Answer</summary>
#
# $\bar x=0$, $\bar y=3$. $\frac1m\sum x_c^2=\frac23$ and $\frac1m\sum x_cy_c=\frac13(2+0+3)=\frac53$.
# So $w=\frac53/(\frac23+\frac13)=\frac53$ and $b=3$; least squares has $w=\frac52$ and the same $b$.
#
# </details>
#
# > **Take away:** $J+\frac\lambda2\lVert W\rVert^2$, bias free. $\lambda=0$: the old fit; $\lambda\to\infty$: the mean.

# %% [markdown] rows=["L07.9"] slideshow={"slide_type": "slide"}
# ## 8. What changes in a step of gradient descent?
#
# The gradient of $\frac\lambda2\lVert W\rVert^2$ is $\lambda W$, and $b$ does not occur in it. So for linear and
# for logistic regression
#
# $$W\leftarrow W-\alpha\Bigl(\tfrac1mX^\top(\hat Y-Y)+\lambda W\Bigr)
# =(1-\alpha\lambda)\,W-\alpha\,\tfrac1mX^\top(\hat Y-Y),\qquad b\leftarrow b-\alpha\,\tfrac1m\sum_i(\hat y^{(i)}-y^{(i)})$$
#
# Each step first shrinks $W$ by the factor $1-\alpha\lambda$: **weight decay**. In section 2 the function `step`
# had this term, with $\lambda=0$.
#
# **Predict:** the 60 lumps can be separated by a plane. What happens to $\lVert w\rVert$ in the long run, with
# $\lambda=0$ and with $\lambda=0.1$?
#
# **What is wrong here?** One text minimizes $\frac1{2m}\sum_i(\hat y^{(i)}-y^{(i)})^2+\lambda\sum_jw_j^2$ and adds
# $\frac\lambda mw_j$ to the gradient; another one has the loss $J+\lambda\sum_jw_j^2$ and adds $\lambda w_j$.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
marks, norms, ends = (10, 100, 1000, 3000), {}, {}
for lam in (0, 0.01, 0.1):
    w, b, norms[lam] = np.zeros(30), 0.0, []
    for t in range(1, 3001):
        w, b = step(w, b, 0.5, lam)
        if t in marks:
            norms[lam].append(np.linalg.norm(w))
    ends[lam] = bce(w, b, train), bce(w, b, validate)
fig, ax = plt.subplots(figsize=(9, 3.9))
for k, (lam, color) in enumerate(zip(norms, (GRAY, SKY, BLUE), strict=True)):
    bars = ax.bar(np.arange(4) + 0.27 * (k - 1), norms[lam], 0.25, color=color)
    bars.set_label(f"λ = {lam}"), ax.bar_label(bars, fmt="%.2f", size=10)
ax.set_xticks(range(4), [f"step {t}" for t in marks]), ax.set_ylabel("‖w‖")
ax.set_title("Without a penalty the weights never stop growing"), ax.legend()
show(fig, alt="Bars of the norm of the weights at four steps for three strengths.",
     see="λ = 0 grows on and on. The others have settled by step 1000.")
print("loss at the end:", {k: np.round(e, 3).tolist() for k, e in ends.items()})

# %% slideshow={"slide_type": "subslide"}
w0, lam, m, h = np.array([1.5, -0.7]), 0.3, 4, 1e-6
penalties = {  # a penalty and the gradient that belongs to it
    "λ/2 Σw²": (lambda w: lam / 2 * (w @ w), lam * w0),
    "λ Σw²": (lambda w: lam * (w @ w), 2 * lam * w0),
    "λ/(2m) Σw²": (lambda w: lam / (2 * m) * (w @ w), lam / m * w0)}
for name, (R, gradient) in penalties.items():
    slope = np.array([(R(w0 + h * e) - R(w0 - h * e)) / (2 * h)
                      for e in np.eye(2)])  # central differences
    assert np.allclose(slope, gradient)
    print(f"{name:11} slopes {slope.round(4)};  λw is {(lam * w0 / slope)[0]:.1f}"
          f" times that, λw/m is {(lam * w0 / m / slope)[0]:.3f} times")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### One convention, and a table for the others
#
# <details><summary>Answer to the puzzle</summary>
#
# Both gradients belong to another penalty. $\lambda\sum w_j^2$ has the gradient $2\lambda w_j$. The first text is
# off by the factor $2m$, the second one by 2. Neither crashes: they minimize with another $\lambda$ than they say.
#
# </details>
#
# | added to a mean loss $J$ | gradient | our $\lambda$ |
# |:--|:--|:--|
# | $\frac\lambda2\sum w^2$ (this course) | $\lambda w$ | $\lambda$ |
# | $\lambda\sum w^2$ | $2\lambda w$ | $2\lambda$ |
# | $\frac\lambda{2m}\sum w^2$ | $\frac\lambda mw$ | $\lambda/m$ |
# | scikit-learn `Ridge(alpha)` | | `alpha / m` |
# | scikit-learn `LogisticRegression(C)` | | `1 / (C * m)` |
#
# **Answer to the prediction.** With $\lambda=0$ the norm grows without end: on separable data longer weights always
# lower the loss. With a penalty it settles. A sum over the samples in place of the mean would be a loss $m$ times as
# large, for which the same $\lambda$ is $m$ times as weak.
#
# > **Take away:** add $\lambda W$ to $dW$, nothing to $db$. Check penalty and gradient by central differences.

# %% [markdown] rows=["L07.10"] slideshow={"slide_type": "slide"}
# ## 9. How can a weight become exactly zero?
#
# Now penalize the absolute values: **L1 regularization**, with the half-MSE called the **lasso**:
#
# $$J+\lambda\sum_j|w_j|$$
#
# The slope of $|w|$ is $\mathrm{sign}(w)$: 1, $-1$, and at the kink any number from $-1$ to 1 is a subgradient
# (lecture 06). So L1 pulls with the same force $\lambda$ however small the weight is. L2 pulls with $\lambda w$: weaker
# and weaker on the way to 0.
#
# **What is wrong here?** "L1 penalizes zero weights."
#
# To minimize $J+\lambda R$ is to look for the lowest $J$ in a ball $R\le r$, whose size $r$ depends on $\lambda$. For two
# weights the ball of L2 is a disk, that of L1 a diamond.
#
# **Predict:** the best $w$ without a penalty is outside of both. Where do the ellipses of equal $J$ first touch the
# disk, and where the diamond?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
H, w_free, turn = np.array([[1.0, 0.6], [0.6, 0.8]]), np.array([0.5, 2.0]), {}
G1, G2 = np.meshgrid(np.linspace(-1.7, 2.5, 211), np.linspace(-1.7, 3, 236))
E = np.stack([G1 - w_free[0], G2 - w_free[1]], axis=-1)
bowl = np.einsum("...i,ij,...j->...", E, H, E) / 2  # J over the plane
sizes = {"L2: a disk": np.hypot(G1, G2), "L1: a diamond": abs(G1) + abs(G2)}
fig, axes = plt.subplots(1, 2, figsize=(10, 4.4))
for ax, (name, size) in zip(axes, sizes.items(), strict=True):
    inside = np.where(size <= 1.0001, bowl, np.inf)
    spot = np.unravel_index(inside.argmin(), bowl.shape)
    turn[name] = G1[spot], G2[spot]
    ax.contourf(G1, G2, size, [0, 1], colors=["#BBD7EA"])
    ax.contour(G1, G2, bowl, inside.min() * np.array([0.1, 0.4, 1, 1.8]), colors=GRAY)
    ax.plot(*w_free, "x", color=INK, mew=2), ax.plot(*turn[name], "*", ms=16, c=VERMILION)
    ax.axhline(0, color=INK, lw=1, ls="-"), ax.axvline(0, color=INK, lw=1, ls="-")
    ax.set(aspect="equal", title=f"{name}", xlabel="w₁", ylabel="w₂")
print({name: np.round(spot, 2).tolist() for name, spot in turn.items()})
show(fig, alt="Ellipses around a cross touch a disk and a diamond.", see="The "
     "ellipse touches the disk anywhere, the diamond at a corner: there w₁ is 0.")
