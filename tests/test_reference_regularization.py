"""The reference of homework 6 is right: checked by other programs and by central differences."""

import numpy as np
import pytest
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import LeaveOneOut, cross_val_score
from sklearn.preprocessing import PolynomialFeatures

from autograder.reference import regularization as ref
from autograder.reference.linear_regression import half_mse, linear_predict, normal_equation
from autograder.reference.logistic_regression import bce_with_logits
from autograder.reference.numpy_data import kfold_indices


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def data(rng) -> tuple[np.ndarray, np.ndarray]:
    X = rng.normal(size=(20, 4)) + np.array([0, 1, -2, 3])
    return X, X @ rng.normal(size=(4, 2)) + 5 + rng.normal(size=(20, 2))


def slopes(J, at: np.ndarray, h: float = 1e-6) -> np.ndarray:
    """Return the central differences of a function of an array."""
    units = np.eye(at.size).reshape(-1, *at.shape)
    return np.array([(J(at + h * u) - J(at - h * u)) / (2 * h) for u in units]).reshape(at.shape)


def ridge_objective(X, Y, W, b, lam) -> float:
    return half_mse(linear_predict(X, W, b), Y) + ref.l2_penalty([W], lam)


def test_powers_agree_with_scikit_learn(rng):
    x = rng.normal(size=9)
    expected = PolynomialFeatures(5, include_bias=False).fit_transform(x[:, np.newaxis])
    np.testing.assert_allclose(ref.polynomial_features(x, 5), expected)
    # In integers 1000 ** 7 is too large for 64 bits.
    assert ref.polynomial_features([1000], 7)[0, 6] == 1e21


def stopped_by_words(losses: list[float], patience: int) -> int:
    """Return what the words of the contract say, one stopping epoch tried after the other."""
    for stop in range(len(losses)):
        best = int(np.argmin(losses[: stop + 1]))
        if stop - best == patience:
            return best
    return int(np.argmin(losses))


@pytest.mark.parametrize("patience", [1, 2, 3, 50])
def test_early_stopping_does_what_the_words_say(rng, patience):
    for _ in range(200):
        losses = rng.integers(0, 6, size=rng.integers(1, 12)).tolist()
        assert ref.early_stopping_epoch(losses, patience) == stopped_by_words(losses, patience)


def test_early_stopping_by_hand():
    losses = [5, 4, 3, 3, 3.5, 2, 1]
    assert [ref.early_stopping_epoch(losses, p) for p in (1, 2, 3, 9)] == [2, 2, 6, 6]
    assert ref.early_stopping_epoch([7.0], 1) == 0
    assert type(ref.early_stopping_epoch(losses, 1)) is int


def test_complexity_curve_agrees_with_polyfit(rng):
    x, x_new = rng.uniform(-1, 1, 25), rng.uniform(-1, 1, 40)
    y, y_new = (np.sin(3 * v) + 0.2 * rng.normal(size=v.size) for v in (x, x_new))
    degrees = [1, 4, 2, 7]
    train, val = ref.complexity_curve(x, y, x_new, y_new, degrees)
    for i, degree in enumerate(degrees):
        fit = np.polyfit(x, y, degree)
        assert train[i] == pytest.approx(np.mean((np.polyval(fit, x) - y) ** 2) / 2)
        assert val[i] == pytest.approx(np.mean((np.polyval(fit, x_new) - y_new) ** 2) / 2)
    assert np.all(np.diff(train[np.argsort(degrees)]) < 0)


def test_bias_and_variance_add_up_to_the_squared_error(rng):
    preds, f_true = rng.normal(size=(30, 6)), rng.normal(size=6)
    bias2, var = ref.bias_variance(preds, f_true)
    assert bias2 + var == pytest.approx(np.mean((preds - f_true) ** 2))
    assert var == pytest.approx(np.mean([np.var(column) for column in preds.T]))


def test_penalties_are_sums_over_all_layers(rng):
    weights = [rng.normal(size=shape) for shape in [(3, 4), (4, 1), (2,)]]
    flat = np.concatenate([W.ravel() for W in weights])
    assert ref.l2_penalty(weights, 0.3) == pytest.approx(0.15 * flat @ flat)
    expected = 0.7 * np.linalg.norm(flat, 1) + 0.15 * np.linalg.norm(flat) ** 2
    assert ref.elastic_net_penalty(weights, 0.7, 0.3) == pytest.approx(expected)
    assert ref.l2_penalty([np.array([200], dtype=np.uint8)], 2) == 40_000


@pytest.mark.parametrize("lam", [1e-4, 0.3, 20])
def test_ridge_agrees_with_scikit_learn(data, lam):
    X, Y = data
    W, b = ref.ridge_solve(X, Y, lam)
    model = Ridge(alpha=len(X) * lam).fit(X, Y)
    np.testing.assert_allclose(W, model.coef_.T)
    np.testing.assert_allclose(b, model.intercept_)


def test_ridge_is_a_stationary_point_of_its_objective(rng):
    X, Y = rng.normal(size=(5, 8)), rng.normal(size=(5, 2))  # fewer samples than features
    W, b = ref.ridge_solve(X, Y, 0.1)
    dW = slopes(lambda w: ridge_objective(X, Y, w, b, 0.1), W)
    db = slopes(lambda c: ridge_objective(X, Y, W, c, 0.1), b)
    np.testing.assert_allclose(dW, 0, atol=1e-9)
    np.testing.assert_allclose(db, 0, atol=1e-9)


def test_ridge_between_least_squares_and_the_mean(data):
    X, Y = data
    for part, expected in zip(ref.ridge_solve(X, Y, 1e-12), normal_equation(X, Y), strict=True):
        np.testing.assert_allclose(part, expected, rtol=1e-8)
    W, b = ref.ridge_solve(X, Y, 1e12)
    np.testing.assert_allclose(W, 0, atol=1e-10)
    np.testing.assert_allclose(b, Y.mean(axis=0))


def test_regularized_gradients_agree_with_central_differences(rng):
    X, W, b = rng.normal(size=(9, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    Y = rng.normal(size=(9, 2))
    dW, db = ref.regularized_gradients(X, Y, W, b, 0.4, "linear")
    np.testing.assert_allclose(dW, slopes(lambda w: ridge_objective(X, Y, w, b, 0.4), W), atol=1e-8)
    np.testing.assert_allclose(db, slopes(lambda c: ridge_objective(X, Y, W, c, 0.4), b), atol=1e-8)

    Y, W, b = rng.integers(0, 2, (9, 1)), W[:, :1], b[:1]
    dW, db = ref.regularized_gradients(X, Y, W, b, 0.4, "logistic")

    def J(w, c):
        return bce_with_logits(X @ w + c, Y) + ref.l2_penalty([w], 0.4)

    np.testing.assert_allclose(dW, slopes(lambda w: J(w, b), W), atol=1e-8)
    np.testing.assert_allclose(db, slopes(lambda c: J(W, c), b), atol=1e-8)


def test_regularized_gradients_are_zero_where_scikit_learn_ends(data, rng):
    X, Y = data
    W, b = ref.ridge_solve(X, Y, 0.2)
    for gradient in ref.regularized_gradients(X, Y, W, b, 0.2, "linear"):
        np.testing.assert_allclose(gradient, 0, atol=1e-12)
    y = (Y[:, 0] + 2 * rng.normal(size=20) > Y[:, 0].mean()).astype(int)
    model = LogisticRegression(C=1 / (20 * 0.2), tol=1e-12, max_iter=5000).fit(X, y)
    args = X, y[:, np.newaxis], model.coef_.T, model.intercept_, 0.2, "logistic"
    for gradient in ref.regularized_gradients(*args):
        np.testing.assert_allclose(gradient, 0, atol=1e-6)


def test_soft_threshold_minimizes_what_it_should(rng):
    grid = np.linspace(-4, 4, 8001)
    for w in rng.normal(size=12):
        for t in (0.0, 0.4, 1.5):
            best = grid[np.argmin((grid - w) ** 2 / 2 + t * np.abs(grid))]
            assert ref.soft_threshold(w, t) == pytest.approx(best, abs=1e-3)
    assert ref.soft_threshold(np.ones((2, 1, 3)), 0.25).shape == (2, 1, 3)


def centered(rng, m, n):
    X = rng.normal(size=(m, n))
    y = X @ np.where(np.arange(n) < 2, 2.0, 0.0) + rng.normal(size=m)
    return X - X.mean(axis=0), y - y.mean()


def test_lasso_agrees_with_scikit_learn(rng):
    X, y = centered(rng, 40, 6)
    w = ref.lasso_ista(X, y, 0.3, 0.3, 2000)
    model = Lasso(alpha=0.3, fit_intercept=False, tol=1e-12, max_iter=100_000).fit(X, y)
    np.testing.assert_allclose(w, model.coef_, atol=1e-8)
    assert np.array_equal(w == 0, model.coef_ == 0)
    assert (w == 0).any()


def test_one_step_of_the_lasso_by_hand():
    X, y = np.array([[1.0], [-1.0]]), np.array([3.0, -3.0])
    # From 0 the gradient is -3, so that a step of 0.5 leads to 1.5, and 0.5 times 0.8 back to 1.1.
    assert ref.lasso_ista(X, y, 0.8, 0.5, 1) == pytest.approx([1.1])
    assert ref.lasso_ista(X, y, 0.8, 0.5, 0) == pytest.approx([0])
    assert ref.lasso_ista(X, y, 3.1, 0.5, 50) == pytest.approx([0])


def test_elastic_net_is_what_scikit_learn_minimizes(rng):
    X, y = centered(rng, 30, 4)
    model = ElasticNet(alpha=0.5, l1_ratio=0.4, fit_intercept=False, tol=1e-12).fit(X, y)
    w = model.coef_

    def J(v):
        return np.mean((X @ v - y) ** 2) / 2 + ref.elastic_net_penalty([v], 0.2, 0.3)

    assert all(J(w) <= J(w + step) for step in 0.01 * rng.normal(size=(50, 4)))


def test_max_norm_is_the_nearest_matrix_inside(rng):
    W = rng.normal(size=(4, 6)) * np.array([0, 0.1, 1, 2, 3, 50])
    projected = ref.max_norm_project(W, 1.5)
    norms = np.linalg.norm(projected, axis=0)
    assert np.all(norms <= 1.5 + 1e-12)
    inside = np.linalg.norm(W, axis=0) <= 1.5
    assert 0 < inside.sum() < 6
    np.testing.assert_array_equal(projected[:, inside], W[:, inside])
    for _ in range(200):  # no other point of the ball is nearer
        other = rng.normal(size=(4, 6))
        other *= 1.5 * rng.uniform(size=6) / np.linalg.norm(other, axis=0)
        near, far = (np.linalg.norm(W - point, axis=0) for point in (projected, other))
        assert np.all(near <= far + 1e-12)


def test_choice_without_folds_to_draw_agrees_with_scikit_learn(data, rng):
    X, Y = data
    lams = [3.0, 0.01, 0.1, 1.0]
    best, scores = ref.choose_lambda(X, Y[:, :1], lams, 20, rng)
    for lam, score in zip(lams, scores, strict=True):
        errors = cross_val_score(
            Ridge(alpha=19 * lam), X, Y[:, :1], cv=LeaveOneOut(), scoring="neg_mean_squared_error"
        )
        assert score == pytest.approx(-errors.mean() / 2)
    assert best == lams[int(np.argmin(scores))]


def test_choice_averages_the_folds(data):
    X, Y = data[0][:11], data[1][:11]  # folds of 4, 4 and 3
    _, scores = ref.choose_lambda(X, Y, [0.5], 3, np.random.default_rng(3))
    expected = []
    for train, left_out in kfold_indices(11, 3, np.random.default_rng(3)):
        model = Ridge(alpha=len(train) * 0.5).fit(X[train], Y[train])
        expected.append(half_mse(model.predict(X[left_out]), Y[left_out]))
    assert scores == pytest.approx([np.mean(expected)])


def test_choice_takes_the_first_of_equal_ones():
    best, scores = ref.choose_lambda(
        np.ones((4, 1)), np.array([[1], [2], [4], [8]]), [2, 1, 3], 4, np.random.default_rng(0)
    )
    assert best == 2
    assert np.ptp(scores) == pytest.approx(0, abs=1e-12)


def test_weak_penalty_gives_the_least_squares_predictions(rng):
    X, Y = rng.normal(size=(12, 3)), rng.normal(size=(12, 1))
    model = LinearRegression().fit(X, Y)
    W, b = ref.ridge_solve(X, Y, 1e-13)
    np.testing.assert_allclose(linear_predict(X, W, b), model.predict(X), atol=1e-9)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ref.polynomial_features([[1.0]], 2), r"expected \(m,\)"),
        (lambda: ref.polynomial_features([1.0], 0), r"degree is 0, expected at least 1"),
        (lambda: ref.early_stopping_epoch([], 1), r"at least 1"),
        (lambda: ref.early_stopping_epoch([1.0], 0), r"patience is 0"),
        (lambda: ref.complexity_curve([1, 2], [1], [1], [1], [1]), r"m = 2 as in x_tr"),
        (lambda: ref.complexity_curve([1, 2], [1, 2], [1], [1, 2], [1]), r"q = 1 as in x_va"),
        (lambda: ref.bias_variance([[1.0, 2.0]], [1.0]), r"q = 2 as in preds"),
        (lambda: ref.l2_penalty([[1.0]], -1), r"lam is -1, expected 0 or more"),
        (lambda: ref.ridge_solve([[1.0]], [[1.0]], 0), r"lam is 0, expected a positive"),
        (lambda: ref.ridge_solve([[1.0]], [1.0], 1), r"expected \(m, K\)"),
        (
            lambda: ref.regularized_gradients([[1.0]], [[1.0]], [[1.0]], [0.0], 1, "hinge"),
            r"kind is 'hinge', expected one of linear, logistic",
        ),
        (lambda: ref.soft_threshold([1.0], -0.1), r"t is -0.1, expected 0 or more"),
        (lambda: ref.lasso_ista([[1.0]], [[1.0]], 1, 1, 1), r"expected \(m,\)"),
        (lambda: ref.elastic_net_penalty([[1.0]], -1, 0), r"lam1 is -1"),
        (lambda: ref.elastic_net_penalty([[1.0]], 0, -1), r"lam is -1"),
        (lambda: ref.max_norm_project([[1.0]], 0), r"c is 0, expected a positive"),
        (lambda: ref.choose_lambda([[1.0], [2.0]], [[1.0], [2.0]], [0.1], 3, None), r"k is 3"),
    ],
)
def test_bad_arguments_are_refused_with_what_was_expected(call, message):
    with pytest.raises(ValueError, match=message):
        call()
