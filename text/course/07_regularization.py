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
# - **choose** the strength of a penalty by cross-validation.
#
# **Needs** lectures 02 (folds), 03 (squares), 04 (descent), 05 (logistic),
# 06 (hinge) · **Time** 120 minutes · **Prepares** `hw06_regularization`
#
# ★ marks what you may skip on first reading; the time does not count it.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 0–2 min.*
# Sections 1 to 5 diagnose, 6 to 12 cure, 13 leads to networks. Late? Section 6 as its
# demo only; section 11 can be read at home, the homework needs it.

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

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 2–13 min.*
# Two votes on paper. **Wait for** 15, and 3. **Often heard:** “15, twice: it comes
# closest.” Ask what the curve does between the points.

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
show(fig, alt="Three fits to 20 noisy points of a wave: a line, a smooth wave, "
     "and a curve with wild swings near both ends.", see="The line misses the "
     "wave. Degree 15 comes near all black dots and misses green crosses.")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
moons = A, label = make_moons(60, noise=0.3, random_state=1)
more = make_moons(2000, noise=0.3, random_state=101)
U, V = np.meshgrid(np.linspace(-1.9, 2.9, 121), np.linspace(-1.6, 2.1, 121))
fig, axes = plt.subplots(1, 3, figsize=(11, 3.9), sharey=True)
for ax, d, C in zip(axes, (1, 3, 10), (1e4, 10, 1e4), strict=True):  # C: §8
    make = PolynomialFeatures(d, include_bias=False)  # u, v, u², uv, v², ...
    model = LogisticRegression(C=C, solver="newton-cholesky")
    model.fit(make.fit_transform(A), label)
    seen, new = (model.score(make.transform(B), c) for B, c in (moons, more))
    side = model.predict(make.transform(np.c_[U.ravel(), V.ravel()]))
    ax.contourf(U, V, side.reshape(U.shape), 1, colors=[SKY, ORANGE], alpha=0.3)
    ax.plot(*A[label == 0].T, "o", *A[label == 1].T, "s", color=INK, mfc="w")
    ax.set_title(f"degree {d}: {seen:.0%} here, {new:.0%} new")
show(fig, alt="Two moons, three borders.", see="A line is stiff. The ragged "
     "border is right on all 60 points, and worst on 2000 new ones.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Underfitting and overfitting
#
# - **Underfitting:** the model is too stiff for the structure in the data. It misses
#   the training data *and* new data.
# - **Overfitting** (lecture 01): it is flexible enough to learn the noise, too. It
#   memorizes, and new data have other noise.
# - A model **generalizes** if it is good on new data from the same source. The
#   **generalization gap** is its error there minus its training error.
#
# A training error alone says little, and an error on new data alone does not say
# what to change. Look at both.
#
# **Answer to the prediction.** Degree 15: least error on the 20 readings, 0.0041,
# most on the others, 1.8080. Degree 3 wins there, 0.0484. The noise alone costs
# $\sigma^2/2=0.045$ on average.
#
# > **Take away:** too stiff is bad on both. Too flexible is bad on new data.

# %% [markdown] rows=["L07.2"] slideshow={"slide_type": "slide"}
# ## 2. When should training stop?
#
# In lecture 05 a logistic model told malignant lumps from benign ones. Now it has only 60 lumps to
# learn from, with 30 features, standardized with the means and deviations of these 60.
# It has so many weights that a plane separates the 60 perfectly. So the training loss can get
# as close to 0 as you like, and gradient descent never comes to an end.
#
# After each step we note two losses: on the 60 training lumps, and on 160 others, the
# validation part. (A lower learning rate would go the same way, only more slowly: by itself
# it does not cure overfitting.)
#
# **Predict:** how will the two curves go on, for step 1 to step 3000? Draw them before you
# look.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 13–22 min.*
# Everybody draws both curves, then compares with the neighbor. **Wait for** one that
# turns. **Often heard:** “both fall, the second one more slowly.” It turns after 41
# steps.

# %% slideshow={"slide_type": "subslide"}
D, benign = load_breast_cancer(return_X_y=True)  # (569, 30) and (569,)
order = np.random.default_rng(5).permutation(569)
train, validate, test = np.split(order, [60, 220])  # 60, 160, 349 lumps
features = (D - D[train].mean(axis=0)) / D[train].std(axis=0)
def bce(w, b, rows):
    z = features[rows] @ w + b  # logaddexp(0, z) is log(1 + e^z), safely
    return np.mean(np.logaddexp(0, z) - benign[rows] * z)
def descend(lam=0.0, lr=0.5):  # lam: section 8
    w, b, rows = np.zeros(30), 0.0, []
    for _ in range(3001):
        rows.append([bce(w, b, train), bce(w, b, validate), np.sqrt(w @ w)])
        error = expit(features[train] @ w + b) - benign[train]
        dw = features[train].T @ error / 60 + lam * w
        w, b = w - lr * dw, b - lr * error.mean()
    return np.array(rows)  # row t: after t steps


# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
losses = descend()[:, :2]
stop = losses[:, 1].argmin()
assert stop == 41 and np.all(np.diff(losses[:, 0]) < 0)
print(f"0, {stop}, 3000 steps:", losses[[0, stop, 3000]].round(4).tolist())
fig, ax = plt.subplots(figsize=(9, 4.1))
ax.plot(losses), ax.plot(stop, losses[stop, 1], "*", color=INK, ms=17)
ax.axvspan(1, 10, color="#E8F1F8"), ax.text(1.1, 0.63, "too few: underfit")
ax.set(xscale="log", xlim=(1, 3000), ylim=(0, 0.72), xlabel="steps", ylabel="J")
ax.set_title("Stop where the validation turns"), ax.text(600, 0.4, "overfit")
ax.legend(["training", "validation", "stop here"])
show(fig, alt="The training loss falls toward 0. The validation loss falls, "
     "turns and rises.", see="At first both fall. From the star on only the "
     "training loss does: what is learned now does not carry over.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Early stopping
#
# A program waits: it stops when `patience` epochs in a row were not strictly better than
# the best one before, and keeps that best one.
#
# | epoch | 0 | 1 | 2 | 3 | 4 | 5 |
# |:--|--:|--:|--:|--:|--:|--:|
# | validation loss | 5 | 3 | 4 | 3 | 2 | 6 |
#
# `patience=2`: stop after epoch 3 (2 and 3 were no better than 1), keep epoch 1. With
# `patience=3` it gets to see epoch 4, and keeps that.
#
# **What is wrong here?** "We stopped when the *test* error rose; it is 0.09."
# <details><summary>Answer</summary>
#
# The error that chose is too good (lecture 02).
#
# </details>
#
# > **Take away:** stop where the *validation* error turns.

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

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 22–29 min.*
# **Wait for** “falls, then rises”, and a small degree; it is 3. **Often heard:** “it
# follows the training error.” Ask why that one can never rise.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
degrees = np.arange(1, 16)
fits = [Polynomial.fit(x, y, d) for d in degrees]
J = np.array([[half_mse(p(x), y), half_mse(p(x_va), y_va)] for p in fits])
fig, ax = plt.subplots(figsize=(9, 4))
ax.semilogy(degrees, J[:, 0], marker="o", label="training")
ax.semilogy(degrees, J[:, 1], marker="s", label="validation")
ax.axhline(SIGMA**2 / 2, color=GRAY, lw=1.5, ls=":", label="noise, σ²/2")
ax.set(xlabel="degree", ylabel="J", xticks=degrees)
ax.set_title("The validation curve is a U"), ax.legend(loc="upper center")
assert np.all(np.diff(J[:, 0]) <= 1e-9) and degrees[J[:, 1].argmin()] == 3
print("validation J of degrees 1, 2, 3, 9:", J[[0, 1, 2, 8], 1].round(4))
show(fig, alt="Training error falls with the degree. Validation error falls "
     "until degree 3, then rises.", see="Best at degree 3. To the left both "
     "errors are high; to the right the two curves move apart.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Try several
#
# Where the bottom of the U lies depends on the data: on the truth, on the noise, on
# the number of samples. So try several and ask the validation part.
#
# This is *usual*, not a law: with plenty of data, or a strong restraint, the curve may
# stay flat. ★ And very large networks can show a **double descent**: past the point
# where they fit every training sample, the test error may fall once more.
#
# **Your turn.** One fit has a training error of 0.30 and a validation error of 0.32,
# another one 0.001 and 0.9. The noise costs 0.045. What do you say?
# <details><summary>Answer</summary>
#
# The first underfits: both errors are alike and far above the noise. The second
# overfits: below the noise on the training data, and a huge gap.
#
# </details>
#
# > **Take away:** with more flexibility the training error falls; the validation
# > error is usually a U.

# %% [markdown] rows=["L07.4"] slideshow={"slide_type": "slide"}
# ## 4. Would more data help?
#
# Keep the model, change the number of samples $m$, and draw both errors against $m$. This
# is a **learning curve**. To smooth out luck we average over 60 draws.
#
# On the left, degree 9 and ever more readings of the tide. On the right, degree 3; up to $m=80$ the
# readings are from $-1\le x\le1$ as before, but the larger sets go on to $x=3$: the water rises and falls
# once more. Training and validation data are always of the same kind.
#
# **Predict:** on the left, does the *training* error rise or fall with $m$? On the right,
# what happens after $m=80$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 29–38 min.*
# **Ask** for the training error first. **Wait for** “it rises.” **Often heard:** “it
# falls, more data are always better.” With few samples a fit is near all of them.

# %% slideshow={"slide_type": "subslide"}
def mean_errors(degree, m, end=1):  # training and validation, 60 draws
    rng, both = np.random.default_rng(m), np.zeros(2)
    for _ in range(60):
        # m slots of equal length from -1 to end, a time from each
        a, b = -1 + (end + 1) * (np.arange(m) + rng.random((2, m))) / m
        u, v = tide(a, rng), tide(b, rng)
        p = Polynomial.fit(a, u, degree)
        both += [half_mse(p(a), u) / 60, half_mse(p(b), v) / 60]
    return both

pure = {m: mean_errors(9, m) for m in (15, 20, 30, 50, 80, 160, 320)}
ends = {20: 1, 40: 1, 60: 1, 80: 1, 120: 3, 160: 3, 240: 3, 320: 3}
mixed = {m: mean_errors(3, m, end) for m, end in ends.items()}
print("left, m = 15 and 320:", pure[15].round(3), pure[320].round(3))
print("right, m = 80 and 320:", mixed[80].round(3), mixed[320].round(3))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (a, b) = plt.subplots(1, 2, figsize=(10.6, 4), sharey=True)
for ax, rows in (a, pure), (b, mixed):
    for pair, mark in zip(zip(*rows.values(), strict=True), "os", strict=True):
        ax.plot(list(rows), pair, marker=mark)
    ax.axhline(SIGMA**2 / 2, c=GRAY, lw=1.5, ls=":"), ax.set_xlabel("samples m")
a.set(title="Degree 9: the gap closes", ylim=(0, 0.3), ylabel="J")
a.legend(["training", "validation", "noise"])
b.set_title("Degree 3: a new pattern, and it underfits")
late = [m for m, end in ends.items() if end == 3]
b.plot(late, [mean_errors(9, m, 3)[1] for m in late], "^-.", color=GREEN)
b.text(200, 0.065, "degree 9, validation", color=GREEN)
show(fig, alt="Left: training error rises, validation error falls, to the "
     "noise. Right: both errors jump up after 80 samples.", see="Right: degree "
     "3 cannot follow the new pattern. The more flexible degree 9 can.")

# %% [markdown] rows=["L07.5"] slideshow={"slide_type": "subslide"}
# ### Which remedy?
#
# **Answer to the prediction.** Left the training error *rises*; right both jump.
#
# | training | validation | diagnosis | try |
# |:--|:--|:--|:--|
# | high | high | underfit | richer model, better features, weaker penalty\*, more steps |
# | low | high | overfit | more data, fewer features, stronger penalty\*, fewer steps |
# | low | low | fine | report the test error, once (\* section 7) |
#
# **Your turn.** Errors 0.19 and 0.20, noise 0.045. Will more data help?
# <details><summary>Answer</summary>
#
# Hardly: there is no gap to close.
#
# </details>
#
# > **Take away:** more data close a gap, but leave a stiff model stiff.

# %% [markdown] rows=["L07.6"] slideshow={"slide_type": "slide"}
# ## 5. Where does the error on new data come from?
#
# The tide is recorded again and again, at the same 20 times, with new noise. Each
# record gives another fit $\hat f$. Look at one point, with truth $f$ and a new
# reading $y=f+\varepsilon$. Let $\mathbb E$ be the average over all records and
# readings, and $\bar f=\mathbb E\hat f$ the average fit. Then
#
# $$\mathbb E\,(y-\hat f)^2=\underbrace{(\bar f-f)^2}_{\text{bias}^2}
# +\underbrace{\mathbb E\,(\hat f-\bar f)^2}_{\text{variance}}
# +\underbrace{\sigma^2}_{\text{noise}}$$
#
# - **Bias** (of a way to fit; not the $b$ of a model): is the average fit off?
# - **Variance:** how much do the fits scatter about their average?
# - **Noise:** what no fit can know.
#
# **Predict:** the degree goes from 1 to 10. What grows, what shrinks, what stays?

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
rough, up, few = np.linspace(-1, 1, 41), np.arange(1, 11), records[:500].T
bundle = [np.vander(rough, d + 1) @ np.polyfit(x, few, d) for d in up]
parts = np.array([[np.mean((F.mean(axis=1) - np.sin(3 * rough)) ** 2),
                   F.var(axis=1).mean()] for F in bundle])  # bias², variance
fig, ax = plt.subplots(figsize=(9, 4.1), subplot_kw={"ylim": (-1.9, 1.9)})
ax.plot(rough, np.sin(3 * rough), color=INK, ls=":", zorder=4)
ax.set(xlabel="time x", title="Truth (dotted), 15 of 500 fits, mean (thick)")
demo = Demo("bundle", fig, alt="Curves around the true wave.", seconds=9, see=
            "Stiff: the fits agree, and all are wrong. Flexible: right on "
            "average, and each one is off.")
demo.slider("d", up, label="degree", fmt="{:.0f}", start=1)
for r in range(15):
    demo.line(ax, lambda d, r=r: (rough, bundle[int(d) - 1][:, r]), lw=0.9)
demo.line(ax, lambda d: (rough, bundle[int(d) - 1].mean(axis=1)), c=VERMILION)
demo.readout(lambda d: f"bias², variance: {parts[int(d) - 1]}"); demo.show()

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 38–50 min.*
# Before: the bias shrinks, the variance grows, the noise stays. Now degree by degree:
# look at the scatter first, then at the thick mean. **Often heard:** “the noise grows
# with the degree.” What grows is how far the fit follows it.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
noise = np.full(len(up), SIGMA**2)
total = noise + parts.sum(axis=1)
fig, ax = plt.subplots(figsize=(9, 3.9))
ax.stackplot(up, noise, *parts.T, colors=["#C5D3DF", ORANGE, SKY],
             labels=["noise σ²", "bias²", "variance"])
ax.plot(up, total, color=INK, marker="o", ls="-", label="sum")
ax.set(xlim=(1, 10), ylim=(0, 0.32), xticks=up, xlabel="degree")
ax.set(ylabel="mean squared error", title="Bias falls, variance rises")
ax.legend(loc="upper center", ncols=4)
print("bias², variance for 1, 3, 10:", parts[[0, 2, 9]].round(4).tolist())
assert total.argmin() == 2 and np.all(np.diff(parts[:, 1]) > 0)
show(fig, alt="Stacked areas: noise constant, bias² shrinks, variance grows.",
     see="The sum is smallest at degree 3: a little bias buys less variance.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A trade
#
# **Answer to the prediction.** The bias shrinks, the variance grows, the noise stays.
# (More data lower the variance, not the bias of a stiff model.)
#
# Why do they add up? $y-\hat f=\varepsilon+(f-\bar f)+(\bar f-\hat f)$. In the square the mixed
# products average to 0: $\varepsilon$ and $\bar f-\hat f$ have mean 0 and are independent, and
# $f-\bar f$ is fixed.
#
# With one record, resample it (draw $m$ with repetition) to see the variance.
#
# **Your turn.** One point, $f=2$; three fits say 1, 2, 6. Bias² and variance?
# <details><summary>Answer</summary>
#
# $\bar f=3$: bias² $=1$, variance $=\frac13(4+1+9)=\frac{14}3$.
#
# </details>
#
# > **Take away:** bias² + variance + noise. Restraint adds bias, removes variance.

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

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 50–57 min.*
# **Wait for** “far below 0.” **Often heard:** “to 0, as with squares.” Ask for the
# value of the penalty at w = −1000.

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
print("parabola", parabola.round(3), " M = 10:", quartic(10)[:3].round(3))
shift = -30 * np.linalg.solve(Q.T @ Q, [0, 0, 0, 10, 10])  # M w3 + M w4
print("without squares, M = 10:", (quartic(0) + shift)[3:].round(1))
assert np.allclose(shift[3:], [-363, -1358], atol=0.5)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (a, b) = plt.subplots(1, 2, figsize=(10.6, 4), width_ratios=(2, 1))
a.plot(u, v, "o", c=INK), a.set(xlabel="x", title="From degree 4 to degree 2")
a.plot(rough, np.vander(rough, 3, True) @ parabola, color=GRAY, ls=":")
b.axhline(0, color=INK, lw=1, ls="-"), b.set_title("The five coefficients")
b.set_xticks(range(5), ["b", "w₁", "w₂", "w₃", "w₄"]), b.set_ylim(-6, 6)
demo = Demo("morph", fig, alt="A curve among points turns from a quartic to a "
            "parabola; bars of its coefficients.", see="As M grows, w₃ and w₄ "
            "vanish, and the others move to those of the (dotted) parabola.")
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
# $M\,w_3$ has no minimum at 0: the more negative $w_3$, the lower. Our fit ends at
# $(w_3,w_4)\approx(-361,-1354)$ for $M=10$, and moves on in proportion to $M$; only the
# data hold it back. A penalty must grow in both directions: $w^2$ or $|w|$.
#
# </details>
#
# How far linear terms push does not depend on $y$: by
# $-m\,(Q^\top Q)^{-1}(0,0,0,M,M)$, where $Q$ has the columns $1,x,\dots,x^4$. For $M=10$
# that is $(-363,-1358)$ in $w_3$ and $w_4$.
#
# **Your turn.** $J_M=\frac12(w-3)^2+Mw^2$. Where is the minimum? When at 1?
# <details><summary>Answer</summary>
#
# $w-3+2Mw=0$, so $w=\frac3{1+2M}$. At $M=1$.
#
# </details>
#
# > **Take away:** a penalty on $w^2$ is a dial between "free" and "gone".

# %% [markdown] rows=["L07.8"] slideshow={"slide_type": "slide"}
# ## 7. Which weights should be pushed?
#
# Usually we do not know. So push all of them, with one strength $\lambda\ge0$:
#
# $$J_\lambda=J+\frac\lambda2\lVert W\rVert^2,\qquad\lVert W\rVert^2=\sum_{j,k}W_{jk}^2
# \qquad\Bigl(\text{several matrices: }\frac\lambda2\sum_l\lVert W^{[l]}\rVert^2\Bigr)$$
#
# ($W^{[l]}$ is the matrix of layer $l$ of a network, lecture 08.)
# This is **L2 regularization**, with the half-MSE **ridge regression**. To
# **regularize** is to restrain a fit so that it does better on new data. ($\lambda$ was an
# eigenvalue in lecture 04; here it is a dial.) The bias $b$ is **not** penalized.
#
# For any $W$ the best bias is $b=\bar y-\bar xW$. Put it in, and what is left is least
# squares on centered data, $X_c$ and $Y_c$ (column means subtracted). Gradient 0:
#
# $$\bigl(\tfrac1mX_c^\top X_c+\lambda I\bigr)\,W=\tfrac1mX_c^\top Y_c,\qquad(n,n)\,(n,K)=(n,K)$$
#
# **Predict:** what does the fit look like for $\lambda\to0$, and for $\lambda\to\infty$?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 57–70 min.*
# **Wait for** “the old fit”, and “a level line at the mean.” **Often heard:** “the zero
# line.” The bias is not penalized; ask why not.

# %% slideshow={"slide_type": "subslide"}
X9, X9_va, X9_fine = (np.vander(t, 10, True)[:, 1:] for t in (x, x_va, rough))
def ridge(X, y, lam):  # one output; b is not penalized
    A = np.column_stack([np.ones(len(X)), X])  # (m, n + 1)
    lams = np.diag([0.0] + [lam] * X.shape[1])  # 0 for the bias
    solution = np.linalg.solve(A.T @ A / len(X) + lams, A.T @ y / len(X))
    return solution[1:], solution[0]  # w, b

w, b = ridge(X9, y, 0.01)
model = Ridge(alpha=20 * 0.01).fit(X9, y)  # scikit-learn: alpha = m λ
assert np.allclose(w, model.coef_) and np.isclose(b, model.intercept_)
w, b = ridge(X9, y, 1e-12)  # nearly least squares
assert np.allclose(X9 @ w + b, Polynomial.fit(x, y, 9)(x), atol=1e-4)
w, b = ridge(X9, y, 1e9)
print(f"λ = 1e9: largest |w| {np.abs(w).max():.0e}, b {b:.6f} = {y.mean():.6f}")
assert np.allclose(w, 0, atol=1e-8) and np.isclose(b, y.mean())

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
lams = np.geomspace(1e-8, 100, 41)
of = {lam: ridge(X9, y, lam) for lam in lams}
J = np.array([[half_mse(X9 @ w + b, y), half_mse(X9_va @ w + b, y_va)]
              for w, b in of.values()])
fig, (a, c) = plt.subplots(1, 2, figsize=(10.6, 4))
a.plot(x, y, "o", color=INK), a.plot(x_va, y_va, "x", color=GREEN, mew=2)
a.set(xlabel="x", ylim=(-2.3, 2.3), title="Degree 9 with a ridge penalty")
c.semilogx(lams, J), c.legend(["training J", "validation J"])
c.set(xlabel="λ", title=f"A U: lowest at λ = {lams[J[:, 1].argmin()]:.1e}")
demo = Demo("strength", fig, alt="Left: a fit to 20 points. Right: both errors "
            "against λ.", see="No penalty: wiggles. Too much: a level line.")
demo.slider("q", lams, label="λ", fmt="{:.1e}", start=1e-8)
demo.line(a, lambda q: (rough, X9_fine @ of[q][0] + of[q][1]), c=VERMILION)
demo.points(c, lambda q: ([q] * 2, J[np.searchsorted(lams, q)]), ms=11)
demo.readout(lambda q: f"largest |w|: {max(abs(of[q][0])):.3g}"); demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### From least squares to a constant
#
# - $\lambda\to0$: the old fit. $\lambda\to\infty$: the weights go to 0, and $\hat y=b=\bar y$.
# - In between the training error *rises*; the validation error falls first, then rises:
#   variance is traded for bias. That is no secret sauce for accuracy.
#
# - The size of weights depends on units: standardize the features first.
#
# **What is wrong here?** "I put a column of ones into $X$ and penalize all weights
# alike." What comes out for $\lambda\to\infty$, with all targets near 1000?
# <details><summary>Answer</summary>
#
# 0: the weight of the ones is the bias.
#
# </details>
#
# **Your turn.** $x=(-1,0,1)$, $y=(1,2,6)$. $w$ and $b$ for $\lambda=\frac13$, and for 0?
# <details><summary>Answer</summary>
#
# $\frac1m\sum x_c^2=\frac23$, $\frac1m\sum x_cy_c=\frac53$: $w=\frac53/(\frac23+\frac13)=\frac53$, and $\frac52$; $b=3$.
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The same penalty for every loss
#
# Minimize **data loss** $+\;\lambda R(W)$ with $R(W)=\frac12\lVert W\rVert^2$. The data loss may be the
# half-MSE, a cross-entropy or the hinge loss. Of the many $W$ with hinge loss 0
# (lecture 06) a small $\lambda$ picks the smallest: next slide.
#
# ★ **Where could it come from?** Suppose that *before* any data were seen (a **prior**)
# each weight was drawn from a normal distribution, mean 0 and standard deviation $\tau$, and
# the noise has $\sigma$. Weights and targets together then have a product of normal
# densities. Minus its log is
#
# $$\frac1{2\sigma^2}\sum_{i=1}^m\bigl(\hat y^{(i)}-y^{(i)}\bigr)^2
# +\frac1{2\tau^2}\lVert w\rVert^2+\text{const}
# =\frac m{\sigma^2}\,\Bigl(J+\frac\lambda2\lVert w\rVert^2\Bigr)+\text{const}$$
#
# with $\lambda=\sigma^2/(\tau^2m)$. So ridge finds the most probable weights. Much noise, few
# data, weights that should be small: large $\lambda$.
#
# > **Take away:** $J+\frac\lambda2\lVert W\rVert^2$, bias free. $\lambda\to0$: old fit; $\lambda\to\infty$: mean.

# %% slideshow={"slide_type": "subslide"}
# Picture 2 of lecture 06: scores 1.3, 4.9, 2.0; the second is the true one.
a = np.linspace(0, 2, 2001)  # W and all scores times a
hinge = sum(np.maximum(0, a * (s - 4.9) + 1) for s in (1.3, 2.0))
print("hinge loss 0 from the scale", a[hinge == 0].min().round(3), "on")
for lam in (0.01, 0.1, 1, 10):  # let ‖W‖ = 1 at a = 1, so ‖W‖² = a²
    best = a[np.argmin(hinge + lam / 2 * a**2)]
    print(f"λ = {lam:<4}  best scale {best:.3f}")
    assert np.isclose(best, 0.345 if lam <= 1 else 0.29)
w, b = ridge(np.array([[-1.0], [0], [1]]), np.array([1.0, 2, 6]), 1 / 3)
assert np.isclose(w[0], 5 / 3) and np.isclose(b, 3)  # "Your turn"
w, sigma, tau = x[:9], 0.7, 1.3  # ★: minus log of the densities, without const
minus_log = ((X9 @ w - y)**2).sum() / (2 * sigma**2) + w @ w / (2 * tau**2)
ours = half_mse(X9 @ w, y) + sigma**2 / (tau**2 * 20) / 2 * (w @ w)
assert np.isclose(minus_log, 20 / sigma**2 * ours)

# %% [markdown] rows=["L07.9"] slideshow={"slide_type": "slide"}
# ## 8. What changes in a step of gradient descent?
#
# The gradient of $\frac\lambda2\lVert W\rVert^2$ is $\lambda W$; $b$ does not occur in it. So for linear and
# for logistic regression
#
# $$W\leftarrow W-\alpha\Bigl(\tfrac1mX^\top(\hat Y-Y)+\lambda W\Bigr)
# =(1-\alpha\lambda)\,W-\alpha\,\tfrac1mX^\top(\hat Y-Y)$$
#
# and $b$ moves as before. Each step first shrinks $W$ by the factor $1-\alpha\lambda$: **weight
# decay**. (`descend` of section 2 has this term, there with $\lambda=0$.)
#
# **Predict:** the 60 lumps can be separated by a plane. Where does $\lVert w\rVert$ go in the
# long run, with $\lambda=0$ and with $\lambda=0.1$?
#
# **What is wrong here?** One text adds $\lambda\sum_jw_j^2$ to a mean loss and $\frac\lambda mw_j$ to its
# gradient. Another one adds $\lambda\sum_jw_j^2$ and $\lambda w_j$.

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 70–77 min.*
# **Wait for** “it grows for ever” and “it settles.” For the puzzle give two minutes:
# both texts are wrong, by 2m and by 2. **Often heard:** “the second one is right.”

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
marks, runs = [10, 100, 1000, 3000], {q: descend(q) for q in (0, 0.01, 0.1)}
fig, ax = plt.subplots(figsize=(9, 3.9))
for k, (lam, color) in enumerate(zip(runs, (GRAY, SKY, BLUE), strict=True)):
    norms = runs[lam][marks, 2]
    bars = ax.bar(np.arange(4) + 0.27 * (k - 1), norms, 0.25, color=color)
    bars.set_label(f"λ = {lam}"), ax.bar_label(bars, fmt="%.2f", size=10)
    print(f"λ = {lam:<4} losses at the end {runs[lam][-1, :2].round(3)}")
ax.set_xticks(range(4), [f"step {t}" for t in marks]), ax.set_ylabel("‖w‖")
ax.set_title("Without a penalty the weights go on growing"), ax.legend()
assert np.ptp(runs[0.1][1000:, 2]) < 0.01
assert np.ptp(runs[0.01][1000:, 2]) < 0.05
show(fig, alt="Bars of the norm of the weights at four steps for three λ.",
     see="λ = 0 grows on and on. The others have settled by step 1000.")

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
    off = (lam * w0 / slope)[0], (lam * w0 / m / slope)[0]
    print(f"{name:11} λw is {off[0]:.2f}, (λ/m)w {off[1]:.3f} times its slope")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### One convention, and a table for the others
#
# <details><summary>Answer to the puzzle</summary>
#
# $\lambda\sum w_j^2$ has the gradient $2\lambda w_j$. The first text is off by the factor $2m$, the second
# by 2. Nothing crashes: they use another $\lambda$ than they say.
#
# </details>
#
# | added to a mean loss $J$ | gradient | our $\lambda$ |
# |:--|:--|:--|
# | $\frac\lambda2\sum w^2$ (this course) | $\lambda w$ | $\lambda$ |
# | $\lambda\sum w^2$ | $2\lambda w$ | $2\lambda$ |
# | $\frac\lambda{2m}\sum w^2$ | $\frac\lambda mw$ | $\lambda/m$ |
# | scikit-learn `Ridge(alpha)`, `LogisticRegression(C)` | | `alpha/m`, `1/(C*m)` |
#
# **Answer to the prediction.** $\lambda=0$: the norm grows without end, as on separable data
# longer weights lower the loss. With a penalty it settles.
#
# > **Take away:** add $\lambda W$ to $dW$, nothing to $db$. Check by central differences.

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

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 77–92 min.*
# Everybody sketches a disk, a diamond and one ellipse. **Wait for** “a corner.” **Often
# heard:** “the middle of an edge.” The puzzle: it charges what is not 0, and so makes
# zeros.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
P1, P2 = np.meshgrid(np.linspace(-1.7, 2.5, 211), np.linspace(-1.7, 3, 236))
E = np.stack([P1 - 0.5, P2 - 2], axis=-1)  # from the best w, (0.5, 2)
bowl = np.einsum("...i,ij,...j->...", E, [[1, 0.6], [0.6, 0.8]], E) / 2  # J
fig, axes = plt.subplots(1, 2, figsize=(10, 4.3), subplot_kw={"aspect": 1})
for ax, size, name, touch in (
        (axes[0], np.hypot(P1, P2), "L2: a disk", (0.6, 0.8)),
        (axes[1], abs(P1) + abs(P2), "L1: a diamond", (0, 1))):
    inside = np.where(size <= 1.0001, bowl, np.inf)  # touch is the lowest there
    assert np.allclose(np.stack([P1, P2])[:, inside == inside.min()].T, touch)
    ax.contourf(P1, P2, size, [0, 1], colors=["#BBD7EA"])
    ax.contour(P1, P2, bowl / inside.min(), [0.1, 0.4, 1, 2], colors=GRAY)
    ax.plot(0.5, 2, "x", c=INK, mew=2), ax.plot(*touch, "*", ms=16, c=VERMILION)
    ax.set(title=name, xlabel="w₁", ylabel="w₂")
show(fig, alt="Ellipses around a cross touch a disk and a diamond.", see="The "
     "ellipse touches the disk off the axes, the diamond at a corner: w₁ is 0.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### One weight at a time: the soft threshold
#
# <details><summary>Answer to the puzzle</summary>
#
# At $w=0$ it costs nothing. It charges *non-zero* weights, and so it *makes* zeros.
#
# </details>
#
# Let the features be centered and **orthonormal**, $\frac1mX^\top X=I$. Then
# $J=\frac12\lVert w-c\rVert^2+\text{const}$ with $c=\frac1mX^\top y$, the weights of least squares, and
# each weight stands alone:
#
# - L2: $\frac12(w-c)^2+\frac\lambda2w^2$ is lowest at $w=\dfrac c{1+\lambda}$;
# - L1: $\frac12(w-c)^2+\lambda|w|$ at $w=\mathrm{sign}(c)\,\max(|c|-\lambda,\,0)$, the **soft threshold**.
#   (For $w>0$ the slope $w-c+\lambda$ is 0 at $c-\lambda$, which needs $c>\lambda$.)
#
# For any other $X$, a step of **proximal gradient descent** (*ISTA*) follows the
# gradient of $J$ alone, then applies the threshold $\alpha\lambda$:
#
# $$v=w-\alpha\,\tfrac1mX^\top(Xw-y),\qquad w_j\leftarrow\mathrm{sign}(v_j)\,\max(|v_j|-\alpha\lambda,\,0)$$

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(0)
X, m, lam, lr = rng.normal(size=(50, 10)), 50, 0.3, 0.2
y10 = 3 * X[:, 0] - 2 * X[:, 1] + rng.normal(size=50)  # 2 of 10 matter
X, y10 = X - X.mean(axis=0), y10 - y10.mean()  # centered: no bias

def toward_zero(v, t):  # the soft threshold of one number
    return v - t if v > t else v + t if v < -t else 0.0

sub, prox = np.zeros(10), np.zeros(10)
for _ in range(1000):
    sub = sub - lr * (X.T @ (X @ sub - y10) / m + lam * np.sign(sub))
    v = prox - lr * X.T @ (X @ prox - y10) / m
    prox = np.array([toward_zero(value, lr * lam) for value in v])
for w in sub, prox:
    print(w.round(3)[:6], "... exact zeros:", np.sum(w == 0))

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
theirs, small = Lasso(lam).fit(X, y10).coef_, ridge(X, y10, lam)[0]
assert np.allclose(prox, theirs, atol=1e-4)  # their alpha is our λ
assert [(w == 0).sum() for w in (sub, prox, theirs, small)] == [0, 8, 8, 0]
c, at = np.linspace(-3, 3, 121), np.arange(10)
fig, (a, b) = plt.subplots(1, 2, figsize=(10.6, 3.9))
a.plot(c, c, color=GRAY, ls=":", label="no penalty")
a.plot(c, c / 2, ls="--", color=BLUE, label="L2: c / (1 + λ)")
a.plot(c, [toward_zero(v, 1) for v in c], c=VERMILION, label="L1: threshold")
a.set(xlabel="c, the free weight", title="λ = 1, orthonormal"), a.legend()
b.bar(at - 0.2, small, 0.4), b.bar(at + 0.2, prox, 0.4)
b.set(xlabel="feature", xticks=at, title="λ = 0.3: 0 and 8 exact zeros")
b.legend(["ridge", "lasso"])
show(fig, alt="Left: three lines; the soft threshold is level around 0. Right: "
     "bars of ten weights.", see="L2 makes all smaller, L1 cuts off the small.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Feature selection for free
#
# Both get to nearly the same weights. But a subgradient step jumps over 0, to and fro:
# 0 exact zeros. A proximal step lands on it: 8 of 10 are exactly 0, the 8 that do not
# matter. The other two have shrunk: 2.76 and $-1.79$.
#
# Exact zeros select features: one with weight 0 need not be measured any more.
#
# **Your turn.** Orthonormal, $c=(2,\,-0.5,\,0.1)$, $\lambda=0.4$. Lasso? Ridge? From which
# $\lambda$ on does the lasso set everything to 0?
# <details><summary>Answer</summary>
#
# Lasso $(1.6,\,-0.1,\,0)$; ridge $(1.43,\,-0.36,\,0.07)$. From $\lambda=2$ on, the largest
# $|c_j|$.
#
# </details>
#
# > **Take away:** L1 pulls with constant force, and makes exact zeros if the
# > algorithm can land on them.

# %% [markdown] rows=["L07.11"] slideshow={"slide_type": "slide"}
# ## 10. Ridge or lasso?
#
# 442 people with diabetes, ten features (age, blood pressure, blood serum, …), and how
# far the disease went on within a year, all standardized. For each $\lambda$ we fit both and
# draw the weights against $\lambda$: **coefficient paths**.
#
# | | ridge | lasso |
# |:--|:--|:--|
# | solution | closed form | iterative |
# | weights | all small, generically none 0 | some exactly 0 |
# | similar features | share the weight | often one gets it all |
#
# ("Generically": with probability 1 for continuous data. A feature orthogonal to $y$ and
# to all others does get exactly 0 from ridge.)
#
# **Predict:** how do the ten paths of the lasso reach 0, all at once or one by one?
# And those of ridge?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 92–103 min.*
# **Wait for** “one by one”, and “never quite.” **Often heard:** “all at once, when λ is
# large enough.” Sections 10 and 11 together; of 11 the class computes the three
# columns: (3, 4), (3, 4), (0, 0).

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
Z, z = load_diabetes(return_X_y=True)  # (442, 10) and (442,)
Z, z = Z / Z.std(axis=0), (z - z.mean()) / z.std()  # Z is centered already
lams = np.geomspace(0.001, 10, 33)
paths = np.array([[ridge(Z, z, q)[0], Lasso(q).fit(Z, z).coef_] for q in lams])
zeros = (paths == 0).sum(axis=2)  # (33, 2): how many, ridge and lasso
assert zeros[:, 0].max() == 0 and min(lams[zeros[:, 1] == 10]) > 0.5864
fig, axes = plt.subplots(1, 2, figsize=(10.6, 4), subplot_kw={"xlabel": "λ"})
demo = Demo("paths", fig, alt="Ten weights against λ: ridge and lasso.",
            see="Ridge: all shrink. Lasso: one after the other becomes 0.")
demo.slider("q", lams, label="λ", fmt="{:.3f}", start=0.05)
for k, ax in enumerate(axes):
    ax.semilogx(lams, paths[:, k]), ax.set_title(("Ridge", "Lasso")[k])
    demo.points(ax, lambda q, k=k: (q, paths[np.searchsorted(lams, q), k]))
demo.readout(lambda q: "exact zeros, ridge and lasso: {} and {} of 10".format(
    *zeros[np.searchsorted(lams, q)])); demo.show()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Reading the paths
#
# **Answer to the prediction.** The lasso lets them go one by one. From
# $\lambda=\max_j\bigl|\frac1m\sum_ix_{ij}y_i\bigr|=0.586$ on all are 0. Ridge shrinks all, and at $\lambda=10$
# they are small, not 0.
#
# Total cholesterol nearly copies LDL, one of its parts. At small $\lambda$ the two have large
# weights of opposite signs, which cancel. Both penalties stop that.
#
# "Iterative" need not be slow: LARS computes a *whole* path of the lasso at about
# the cost of one least-squares fit (Efron et al., 2004).
#
# **Your turn.** You hand in the same feature twice. What does ridge do with its $w$?
# <details><summary>Answer</summary>
#
# Near $\frac w2$ each: $2\cdot(\frac w2)^2<w^2$. For the lasso all splits with equal signs cost $|w|$.
#
# </details>
#
# > **Take away:** ridge keeps all and shares; the lasso selects.

# %% [markdown] rows=["L07.12"] slideshow={"slide_type": "slide"}
# ## 11. What else restrains a fit?
#
# | penalties: $+\lambda R(W)$ | other means |
# |:--|:--|
# | L2: $\frac\lambda2\sum w^2$ and L1: $\lambda\sum\lvert w\rvert$ | early stopping, more data |
# | elastic net: $\lambda_1\sum\lvert w\rvert+\frac{\lambda_2}2\sum w^2$ | max norm: $\lVert w\rVert\le c$ |
# | | dropout: noise in training (lecture 10) |
#
# The **elastic net** makes exact zeros, as L1, and shares weight among features that
# resemble each other, as L2.
#
# **Max norm** adds nothing to the loss. After each step, every column of $W$ (the
# weights that lead to one output) that is longer than $c$ is scaled back:
# $w\leftarrow\frac c{\lVert w\rVert}\,w$. That is a **projection**: the nearest point of the ball.
#
# **Predict:** $c=5$, columns $(3,4)$, $(6,8)$ and $(0,0)$. What comes out?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
P1, P2 = np.meshgrid(np.linspace(-1.3, 1.3, 201), np.linspace(-1.3, 1.3, 201))
L1, L2 = abs(P1) + abs(P2), P1**2 + P2**2
fig, (a, b) = plt.subplots(1, 2, figsize=(9.6, 4.2), subplot_kw={"aspect": 1})
for R, color, ls in ((L2, BLUE, "--"), (L1, VERMILION, "-."),
                     ((L1 + L2) / 2, GREEN, "-")):  # elastic net: both halves
    a.contour(P1, P2, R, [1], colors=color, linestyles=ls, linewidths=2.4)
b.add_patch(plt.Circle((0, 0), 5, fill=False, color=GRAY, lw=1.5))
for w in ([6, 8], [-12, 5], [2, -3]):
    end = np.array(w) * min(1, 5 / np.hypot(*w))
    b.plot(*np.c_[w, end], "x:", c=VERMILION, mew=2), b.plot(*end, "o", c=BLUE)
a.set(xlabel="w₁", ylabel="w₂", title="Σw² ≤ 1, Σ|w| ≤ 1, and in between")
b.set(xlabel="w₁", title="Max norm, c = 5")
show(fig, alt="Left: circle, diamond, rounded diamond. Right: points outside "
     "of a circle move onto it.", see="Dashed: L2. Dash-dotted: L1. Solid: "
     "elastic net, which has corners, too.")


# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Penalties and constraints
#
# **Answer to the prediction.** $(3,4)$ has the norm 5 and stays. $(6,8)$ has the norm 10 and becomes
# $(3,4)$. $(0,0)$ stays: beware of a division by its norm.
#
# Corners make exact zeros: where the ball has a corner on an axis, the ellipses like to touch it there. The
# elastic net has corners, too.
#
# **Your turn.** Two layers, $W^{[1]}=(1\;\;{-2})$ and $W^{[2]}=(3)$. Compute the penalty of the elastic net for
# $\lambda_1=0.1$ and $\lambda_2=0.5$.
# <details><summary>Answer</summary>
#
# $0.1\cdot(1+2+3)+\frac{0.5}2\,(1+4+9)=0.6+3.5=4.1$. The sums run over all weights of all layers.
#
# </details>
#
# > **Take away:** L1, L2 and elastic net are added to the loss. Max norm is a projection after the step.

# %% [markdown] rows=["L07.13"] slideshow={"slide_type": "slide"}
# ## 12. How strong should the penalty be?
#
# $\lambda$ is a hyper-parameter: chosen by you, not learned. The training error would always choose 0. So:
#
# 1. a **coarse** grid over orders of magnitude, $10^{-4},10^{-3},\dots,10^2$, on a subset if the data are many;
# 2. plot the validation error against $\log\lambda$. If the best one is at an end of the grid, extend it;
# 3. a **finer** grid around the best, with all data, cross-validated (lecture 02);
# 4. fit once more on all of it with the winner, and report on the test part, once.
#
# The validation error is the data loss alone, *without* the penalty: we want to predict well, the penalty was only
# the means.
#
# **Predict:** on a subset of 50 of 200 samples $\lambda=1$ is best. Do you expect the best $\lambda$ for all 200 to be
# larger, smaller or the same?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 103–114 min.*
# **Ask** for larger, smaller, the same. **Wait for** “smaller”: about a quarter.
# **Often heard:** “the same, it is a property of the model.” Ask what the penalty has
# to compete with.

# %% slideshow={"slide_type": "subslide"}
def cross_validate(X, y, lams, k=5):
    scores = np.zeros(len(lams))
    for tr, out in KFold(k, shuffle=True, random_state=0).split(X):
        for i, lam in enumerate(lams):
            model = Ridge(alpha=len(tr) * lam).fit(X[tr], y[tr])
            scores[i] += half_mse(model.predict(X[out]), y[out]) / k
    return scores
rng = np.random.default_rng(2)
X, w = rng.normal(size=(200, 30)), rng.normal(0, 0.5, 30)
y30 = X @ w + rng.normal(0, 3, 200)
coarse = 10.0 ** np.arange(-4, 3)
on_subset = cross_validate(X[:50], y30[:50], coarse)
rescaled = coarse[on_subset.argmin()] * 50 / 200  # see below
fine_grid = rescaled * np.geomspace(0.1, 10, 13)
on_all = cross_validate(X, y30, fine_grid)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, (a, b) = plt.subplots(1, 2, figsize=(10.6, 3.9))
for ax, at, scores, name in ((a, coarse, on_subset, "Coarse, on 50 of 200"),
                             (b, fine_grid, on_all, "Fine, on all 200")):
    ax.semilogx(at, scores, marker="o")
    ax.plot(at[scores.argmin()], scores.min(), "*", ms=17, color=VERMILION)
    ax.set(xlabel="λ", ylabel="error on the folds left out", title=name)
b.axvline(coarse[on_subset.argmin()], color=GRAY, lw=1.5, ls=":")
b.text(coarse[on_subset.argmin()] * 1.1, on_all.max() * 0.97, "best on 50")
print("coarse:", coarse[on_subset.argmin()], "rescaled:", rescaled, "fine:",
      fine_grid[on_all.argmin()].round(3), "score", on_all.min().round(3))
assert coarse[on_subset.argmin()] == 1
assert np.isclose(fine_grid[on_all.argmin()], 0.25)
show(fig, alt="Two U-shaped curves of the error against λ, each with a star at "
     "its lowest point.", see="The coarse grid finds the order of magnitude. "
     "On four times as many data the best λ is, here, a quarter of it.")

# %% slideshow={"slide_type": "subslide"}
grid = np.geomspace(0.001, 10, 41)
def mean_error(m, draws=300):  # weights N(0, 1), noise N(0, 2²), 10 features
    rng, total = np.random.default_rng(m), np.zeros(41)
    for _ in range(draws):
        w, X = rng.normal(size=10), rng.normal(size=(m, 10))
        y = X @ w + rng.normal(0, 2, m)
        lhs = X.T @ X / m + grid[:, None, None] * np.eye(10)  # (41, 10, 10)
        W = np.linalg.solve(lhs, (X.T @ y / m)[:, None])[..., 0]  # (41, 10)
        total += ((W - w) ** 2).sum(axis=1) / draws  # error without the noise
    return total

for m, quoted in (20, 0.20), (80, 0.050), (320, 0.0126):
    best = grid[mean_error(m).argmin()]
    print(f"m = {m:3}: best λ {best:.4f}, times m {m * best:.2f}")
    assert np.isclose(best, quoted, rtol=0.01)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### More data, smaller $\lambda$
#
# The best $\lambda$ falls like $1/m$: 0.20, 0.050, 0.0126 for $m=20,80,320$. Section 7 (★)
# says why: $\lambda=\sigma^2/(\tau^2m)$, here $4/m$. In the form $\frac\lambda{2m}\sum w^2$ it stays about 4.
#
# So a $\lambda$ found on a subset is too strong for all data. With our convention
# multiply it by $m_{\text{small}}/m$. (Folds have only $\frac{k-1}km$ samples: a small matter.)
#
# **Your turn.** On 1000 samples 0.08 is best. Where do you begin on 40 000? And what if
# the best of the grid is its last value?
# <details><summary>Answer</summary>
#
# At $0.08\cdot1000/40\,000=0.002$, with a fine grid around it. At an end: extend the grid.
# If the curve stays level to the right, the features do not help: the mean is best.
#
# </details>
#
# > **Take away:** coarse, then fine, by cross-validation; $\lambda\propto1/m$.

# %% [markdown] rows=["L07.14"] slideshow={"slide_type": "slide"}
# ## 13. Can the right $\lambda$ save a model that is too stiff?
#
# No. Regularization only restrains. Against underfitting we need other features.
#
# Three classic sets for two classes: **rings** (one class around the other), **XOR** (opposite corners belong
# together) and two **spirals**. The border of logistic regression in $(x_1,x_2)$ is a line.
#
# **Predict:** for each set, which share of the points can a line get right? And which single new feature would make the
# rings, and which the XOR, separable?

# %% [markdown] slideshow={"slide_type": "notes"}
# *For the presenter, 114–120 min.*
# **Wait for** about one half, and r² and x₁x₂. **Often heard:** “with a good λ it will
# do.” Regularization only restrains. The spirals are the question with which lecture 08
# begins.

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(9)
kind = np.arange(240) % 2  # classes 0, 1, 0, 1, ...
angle = rng.uniform(0, 2 * np.pi, 240)
def at(r, phi):
    return np.column_stack([r * np.cos(phi), r * np.sin(phi)])

rings = at(1 + kind + rng.normal(0, 0.15, 240), angle)
xor = rng.uniform(0.1, 2, (240, 2)) * rng.choice([-1, 1], (240, 2))
xor[:, 1] *= np.where((xor[:, 0] * xor[:, 1] > 0) == kind, 1, -1)
length = rng.uniform(0.3, 2.2, 240)
spirals = at(length, 4 * length + np.pi * kind) + rng.normal(0, 0.05, (240, 2))
def share_right(F):  # logistic regression with these features, (240, k)
    return LogisticRegression().fit(F, kind).score(F, kind)
r2, product = (rings**2).sum(axis=1)[:, None], (xor[:, 0] * xor[:, 1])[:, None]

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "subslide"} tags=["hide-input"]
fig, axes = plt.subplots(1, 5, figsize=(12.4, 3.1))
jitter = np.linspace(-1, 1, 240)[rng.permutation(240)]
shown = ((rings, "rings: a line"), (np.c_[r2, jitter], "rings: r²"),
         (xor, "XOR: a line"), (np.c_[product, jitter], "XOR: x₁x₂"),
         (spirals, "spirals: a line"))
for ax, (F, name) in zip(axes, shown, strict=True):
    used = F[:, :1] if ("²" in name or "₁" in name) else F
    ax.plot(*F[kind == 0].T, "o", color=BLUE, ms=3)
    ax.plot(*F[kind == 1].T, "s", color=VERMILION, ms=3)
    ax.set(title=f"{name},\n{share_right(used):.0%} right", yticks=[])
assert max(map(share_right, (rings, xor, spirals))) < 0.6
assert min(map(share_right, (r2, product))) == 1
show(fig, alt="Points of rings, XOR, spirals; rings by r² and XOR by the "
     "product, where the classes lie apart.", see="One new feature (the height "
     "is random) and one threshold do what no line can.")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Engineer features, or learn them
#
# A line is right about half the time. In $r^2=x_1^2+x_2^2$ the rings are separable by one
# threshold, in $x_1x_2$ the XOR is: the model stays linear *in the features*.
# Polynomial features of degree 2 hold both. But you had to know, or to guess: for
# the spirals there is no such simple feature.
#
# The other way is to *learn* the features. The layers of a network do that: lecture 08.
#
# **Your turn.** Class 1 lies inside of the ellipse $x_1^2+4x_2^2=1$. Which features and
# weights separate it?
# <details><summary>Answer</summary>
#
# $x_1^2$ and $x_2^2$, weights $-1$ and $-4$, bias 1: the score is positive inside.
#
# </details>
#
# > **Take away:** where no line works, change the features, by hand or by learning.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recap
#
# - Underfit: both errors high. Overfit: only the error on new data is high.
# - When to stop, degree and $\lambda$: by validation or cross-validation. Test once.
# - Squared error on new data = bias² + variance + noise.
# - Ridge: $J+\frac\lambda2\lVert W\rVert^2$, $\lambda W$ to the gradient, bias free;
#   $(\frac1mX_c^\top X_c+\lambda I)W=\frac1mX_c^\top Y_c$.
# - Lasso: $J+\lambda\sum|w|$; soft threshold $\mathrm{sign}(c)\max(|c|-\lambda,0)$; exact zeros.
# - Elastic net adds both. Max norm scales long columns back to length $c$.
# - The best $\lambda$ falls like $1/m$ in this convention.
# - Regularization restrains; against underfitting change the features.
#
# Next, lecture 08: features that are learned. Now open `hw06_regularization.ipynb`.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Check yourself
#
# 1. Training error 0.02, validation error 0.50. Name the diagnosis and three remedies.
#    <details><summary>Answer</summary>Overfit. More data, fewer features, a stronger penalty, fewer
#    steps.</details>
# 2. You double $\lambda$. What happens to the training error, to the bias² and to the variance of a ridge fit?
#    <details><summary>Answer</summary>The training error rises (or stays), the bias² usually rises, the variance
#    falls.</details>
# 3. Validation losses 3, 2, 2, 1.5, 1.6, 1.7, 1.4 and `patience=2`. Which epoch (from 0) is kept? And with 3?
#    <details><summary>Answer</summary>3: epochs 4 and 5 were not better. With 3 also epoch 6 is seen, and it is the
#    best. (Epoch 2 equals epoch 1 and counts as not better, but epoch 3 comes in time.)</details>
# 4. Why does a ridge weight hardly ever become exactly 0, and a lasso weight often?
#    <details><summary>Answer</summary>The pull of L2 fades with the weight; that of L1 stays $\lambda$ down to 0,
#    and beats the data where their pull is weaker than $\lambda$.</details>
# 5. A colleague uses $\frac1{2m}\sum(\hat y-y)^2+\frac{\lambda}{2m}\sum w^2$ with $\lambda=5$ and $m=100$. Which $\lambda$ is the
#    same in our convention?
#    <details><summary>Answer</summary>$\lambda/m=0.05$.</details>
# 6. Which penalty does $b$ get, and why?
#    <details><summary>Answer</summary>None. Otherwise the fit would depend on where the zero of $y$ is.</details>
# 7. Is the validation error of the best $\lambda$ an honest report?
#    <details><summary>Answer</summary>No, it helped to choose. Report the test error, once.</details>
#
# ## Read more
#
# - A. E. Hoerl and R. W. Kennard (1970), *Ridge regression*, Technometrics 12.
# - R. Tibshirani (1996), *Regression shrinkage and selection via the lasso*, JRSS B 58.
# - H. Zou and T. Hastie (2005), *Regularization and variable selection via the elastic net*, JRSS B 67.
# - B. Efron et al. (2004), *Least angle regression*, Annals of Statistics 32: LARS.
# - M. Belkin et al. (2019), *Reconciling modern machine-learning practice and the classical bias–variance
#   trade-off*, PNAS 116: double descent.
# - P. Nakkiran et al. (2020), *Deep double descent*, ICLR.
# - T. Hastie, R. Tibshirani and J. Friedman (2009), *The Elements of Statistical Learning*, 2nd edition, chapters 3 and 7.
