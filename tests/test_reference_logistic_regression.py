"""The reference of homework 4 is right: checked by SciPy, scikit-learn and central differences."""

import warnings
from fractions import Fraction

import numpy as np
import pytest
from scipy import optimize, special, stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from autograder.reference import logistic_regression as lr


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(4)


@pytest.fixture
def data(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Data of two classes that overlap, and some parameters."""
    Y = rng.integers(0, 2, (40, 1))
    return rng.normal(size=(40, 3)) + Y, Y, rng.normal(size=(3, 1)), rng.normal(size=1)


def test_sigmoid_agrees_with_scipy_and_never_warns(rng):
    z = np.concatenate([rng.normal(scale=20, size=500), [-1e308, -1000, -745, 0, 745, 1000, 1e308]])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        np.testing.assert_allclose(lr.sigmoid(z), special.expit(z), rtol=1e-14, atol=1e-300)


def test_sigmoid_keeps_the_shape():
    for shape in [(), (1,), (4, 1), (2, 3, 4)]:
        assert np.shape(lr.sigmoid(np.zeros(shape))) == shape
    assert lr.sigmoid(0) == 0.5


def test_sigmoid_has_the_properties_of_the_curriculum():
    z = np.linspace(-12, 12, 97)
    s = lr.sigmoid(z)
    assert np.all(np.diff(s) > 0)
    np.testing.assert_allclose(lr.sigmoid(-z), 1 - s, atol=1e-15)
    slopes = (lr.sigmoid(z + 1e-5) - lr.sigmoid(z - 1e-5)) / 2e-5
    np.testing.assert_allclose(slopes, s * (1 - s), atol=1e-10)
    assert slopes.max() <= 0.25 + 1e-10
    assert lr.sigmoid(-10.0) == pytest.approx(4.5e-5, rel=0.01)
    assert lr.sigmoid(1.0) == pytest.approx(0.7311, abs=5e-5)
    # The wrong sign, 1 / (1 + e^a), gives 0.119 at 2.
    assert lr.sigmoid(2.0) == pytest.approx(0.881, abs=5e-4)


def test_the_log_odds_are_the_scores(data):
    X, _, W, b = data
    P = lr.predict_proba(X, W, b)
    assert P.shape == (40, 1)
    np.testing.assert_allclose(special.logit(P), X @ W + b)


def test_probabilities_agree_with_scikit_learn(data):
    X, Y, _, _ = data
    model = LogisticRegression().fit(X, Y.ravel())
    P = lr.predict_proba(X, model.coef_.T, model.intercept_)
    np.testing.assert_allclose(P[:, 0], model.predict_proba(X)[:, 1])
    np.testing.assert_array_equal(lr.predict_label(P)[:, 0], model.predict(X))


def test_the_threshold_of_the_costs_is_the_cheapest(rng):
    """A wrong 1 costs 4, a wrong 0 costs 1: nothing is cheaper on average than 4 / (4 + 1)."""
    P = rng.uniform(size=(200_000, 1))
    Y = rng.random(P.shape) < P

    def cost(threshold: float) -> float:
        labels = lr.predict_label(P, threshold)
        return float(np.mean(4 * (labels > Y) + 1 * (labels < Y)))

    costs = {t: cost(t) for t in (0.2, 0.5, 0.7, 0.8, 0.9)}
    assert min(costs, key=costs.__getitem__) == pytest.approx(4 / (4 + 1))


def test_labels_are_integers():
    labels = lr.predict_label([[0.1], [0.9]])
    assert labels.dtype.kind == "i"
    np.testing.assert_array_equal(labels, [[0], [1]])


def test_grid_entries_belong_together():
    def predict(points):
        assert points.shape == (15 * 15, 2)
        return points[:, :1] - 10 * points[:, 1:]

    XX, YY, PP = lr.decision_grid(predict, (-1, 2), (3, 5), 15)
    np.testing.assert_allclose(PP, XX - 10 * YY)
    np.testing.assert_allclose(XX[0], np.linspace(-1, 2, 15))
    np.testing.assert_allclose(YY[:, 0], np.linspace(3, 5, 15))
    assert np.ptp(XX, axis=0).max() == np.ptp(YY, axis=1).max() == 0


def test_the_boundary_is_a_line():
    """Where the grid crosses one half, x @ W + b is zero."""
    W, b = np.array([[1.0], [2.0]]), np.array([-0.512])  # no grid point lies on the line
    grid = lr.decision_grid(lambda points: lr.predict_proba(points, W, b), (-2, 2), (-2, 2), 41)
    XX, YY, PP = grid
    np.testing.assert_array_equal(PP > 0.5, XX + 2 * YY - 0.512 > 0)


def test_bce_agrees_with_scikit_learn_and_with_the_bernoulli_distribution(data):
    X, Y, W, b = data
    P = lr.predict_proba(X, W, b)
    assert lr.bce(P, Y) == pytest.approx(log_loss(Y.ravel(), P.ravel()))
    assert lr.bce(P, Y) == pytest.approx(-stats.bernoulli.logpmf(Y, P).mean())


def test_bce_in_one_line_equals_bce_in_two_cases(rng):
    P, Y = rng.uniform(0.01, 0.99, (30, 1)), rng.integers(0, 2, (30, 1))
    one_line = -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))
    assert lr.bce(P, Y) == pytest.approx(one_line)
    assert lr.bce(np.full((30, 1), 0.5), Y) == pytest.approx(np.log(2))


def test_certain_predictions():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert lr.bce([[1.0], [0.0]], [[1], [0]]) == 0.0
        assert not np.signbit(lr.bce([[1.0]], [[1]]))
        assert lr.bce([[0.0], [0.5]], [[1], [1]]) == np.inf
        assert lr.bce([[1.0]], [[0]]) == np.inf


def test_both_losses_agree_where_both_are_exact(rng):
    Z, Y = rng.normal(scale=4, size=(60, 1)), rng.integers(0, 2, (60, 1))
    assert lr.bce_with_logits(Z, Y) == pytest.approx(lr.bce(special.expit(Z), Y), rel=1e-10)


def test_loss_of_scores_agrees_with_scipy_at_any_size(rng):
    Z = np.concatenate([rng.normal(scale=s, size=20) for s in (1, 40, 1000)])[:, np.newaxis]
    Y = rng.integers(0, 2, Z.shape)
    expected = -(Y * special.log_expit(Z) + (1 - Y) * special.log_expit(-Z)).mean()
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert lr.bce_with_logits(Z, Y) == pytest.approx(expected)


def _J(X, Y, theta):
    return lr.bce_with_logits(X @ theta[:-1, np.newaxis] + theta[-1], Y)


def test_gradients_agree_with_central_differences(data):
    X, Y, W, b = data
    dW, db = lr.logistic_gradients(X, Y, W, b)
    theta = np.concatenate([W.ravel(), b])
    numerical = [
        (_J(X, Y, theta + h) - _J(X, Y, theta - h)) / 2e-6 for h in 1e-6 * np.eye(theta.size)
    ]
    np.testing.assert_allclose(np.concatenate([dW.ravel(), db]), numerical, atol=1e-8)
    assert (dW.shape, db.shape) == (W.shape, b.shape)


def test_gradients_are_finite_at_huge_scores(data):
    X, Y, W, b = data
    with np.errstate(over="raise", invalid="raise"):
        dW, db = lr.logistic_gradients(1e6 * X, Y, W, b)
    assert np.isfinite(dW).all()
    assert np.isfinite(db).all()


def test_descent_reaches_the_optimum_of_an_optimizer_and_of_scikit_learn(data):
    X, Y, _, _ = data
    W, b, history = lr.fit_logistic(X, Y, lr=0.5, n_steps=5000)
    best = optimize.minimize(lambda theta: _J(X, Y, theta), np.zeros(4), tol=1e-12)
    assert history[-1] == pytest.approx(best.fun, abs=1e-9)
    np.testing.assert_allclose(np.concatenate([W.ravel(), b]), best.x, atol=1e-3)
    model = LogisticRegression(C=1e10, tol=1e-10, max_iter=10_000).fit(X, Y.ravel())
    np.testing.assert_allclose(W.ravel(), model.coef_[0], atol=1e-3)
    np.testing.assert_allclose(b, model.intercept_, atol=1e-3)


def test_history_starts_at_ln_2_and_falls(data):
    X, Y, _, _ = data
    _, _, history = lr.fit_logistic(X, Y, lr=0.5, n_steps=300)
    assert history.shape == (300,)
    assert history[0] == pytest.approx(np.log(2))
    assert np.all(np.diff(history) < 0)


def test_first_step_by_exact_fractions():
    """All probabilities are one half, so the first step is rational."""
    X, Y = [[1], [2], [5]], [[0], [1], [1]]
    dW = sum((Fraction(1, 2) - y[0]) * x[0] for x, y in zip(X, Y, strict=True)) / 3
    W, b, _ = lr.fit_logistic(X, Y, lr=0.25, n_steps=1)
    assert W[0, 0] == pytest.approx(float(-dW / 4))
    assert b[0] == pytest.approx(1 / 24)


def test_weights_grow_for_ever_on_separable_data():
    X, Y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([[0], [0], [1], [1]])
    fits = [lr.fit_logistic(X, Y, lr=1.0, n_steps=n) for n in (100, 1000, 10_000)]
    lengths = [float(np.linalg.norm(W)) for W, _, _ in fits]
    # Ten times the steps add about ln 10 to the weight of a point at distance 1.
    np.testing.assert_allclose(np.diff(lengths), np.log(10), atol=0.15)
    losses = [history[-1] for _, _, history in fits]
    assert losses[0] > 5 * losses[1] > 25 * losses[2]


def test_squared_error_has_two_valleys_where_the_cross_entropy_has_one():
    x = np.array([[0.55], [0.22], [-0.29], [-11.6], [0.13]])
    y = np.array([[0], [1], [1], [0], [1]])
    ws = np.linspace(-6, 3, 1801)
    squares = [float(np.square(lr.sigmoid(w * x) - y).mean()) for w in ws]
    entropies = [lr.bce_with_logits(w * x, y) for w in ws]

    def valleys(values):
        v = np.array(values)
        return ws[1:-1][(v[1:-1] < v[:-2]) & (v[1:-1] < v[2:])]

    np.testing.assert_allclose(valleys(squares), [-1.99, 0.21], atol=0.01)
    np.testing.assert_allclose(valleys(entropies), [0.32], atol=0.01)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lr.predict_proba(np.ones((4, 2)), np.ones((3, 1)), [0.0]), r"n = 2 as in X"),
        (lambda: lr.predict_proba(np.ones((4, 2)), np.ones((2, 2)), [0.0]), r"expected \(n, 1\)"),
        (lambda: lr.predict_label([0.5, 0.2]), r"expected \(m, 1\)"),
        (lambda: lr.decision_grid(lr.sigmoid, (0, 1), (0, 1, 2), 3), r"ylim has shape \(3,\)"),
        (lambda: lr.decision_grid(lr.sigmoid, (0, 1), (0, 1), 1), r"n is 1, expected at least 2"),
        (lambda: lr.bce([[0.5]], [[0.5]]), r"other numbers than the labels"),
        (lambda: lr.bce([[0.5]], [[0], [1]]), r"m = 1 as in P"),
        (lambda: lr.bce_with_logits([0.5], [1]), r"expected \(m, 1\)"),
        (lambda: lr.logistic_gradients([[1.0]], [[1]], [[1.0]], 0.0), r"expected \(1,\)"),
        (lambda: lr.fit_logistic([[1.0]], [[1], [0]], 0.1, 1), r"m = 1 as in X"),
    ],
)  # fmt: skip
def test_bad_shapes_are_refused_with_what_was_expected(call, message):
    with pytest.raises(ValueError, match=message):
        call()
