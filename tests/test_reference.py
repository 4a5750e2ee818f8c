"""The reference is right: checked by other programs and by central differences."""

import numpy as np
import pytest
from scipy import optimize, stats
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error, mean_squared_error

from autograder.reference import linear_regression as lr


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def data(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    X, W, b = rng.normal(size=(9, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    return X, rng.normal(size=(9, 2)), W, b


def test_predictions_are_those_of_each_sample(data):
    X, _, W, b = data
    expected = [[sum(x[j] * W[j, k] for j in range(3)) + b[k] for k in range(2)] for x in X]
    np.testing.assert_allclose(lr.linear_predict(X, W, b), expected)


def test_errors_agree_with_scikit_learn(data):
    X, Y, W, b = data
    Y_hat = lr.linear_predict(X, W, b)
    # scikit-learn averages over the K outputs; the course adds them up.
    assert lr.mae(Y_hat, Y) == pytest.approx(2 * mean_absolute_error(Y, Y_hat))
    assert lr.half_mse(Y_hat, Y) == pytest.approx(mean_squared_error(Y, Y_hat))


def test_log_likelihood_agrees_with_scipy(data):
    _, Y, _, _ = data
    expected = stats.norm.logpdf(Y, loc=0.3, scale=1.7).sum()
    assert lr.gaussian_log_likelihood(np.full_like(Y, 0.3), Y, 1.7) == pytest.approx(expected)


def test_likelihood_and_squares_have_the_same_optimum(rng):
    x, y = rng.normal(size=(2, 40, 1))
    slopes = np.linspace(-2, 2, 401)
    log_l = [lr.gaussian_log_likelihood(w * x, y, 0.6) for w in slopes]
    J = [lr.half_mse(w * x, y) for w in slopes]
    assert np.argmax(log_l) == np.argmin(J)


def test_gradients_agree_with_central_differences(data):
    X, Y, W, b = data
    dW, db = lr.linear_gradients(X, Y, W, b)

    def J(theta: np.ndarray) -> float:
        return lr.half_mse(lr.linear_predict(X, theta[:6].reshape(3, 2), theta[6:]), Y)

    theta = np.concatenate([W.ravel(), b])
    numerical = [(J(theta + h) - J(theta - h)) / 2e-6 for h in 1e-6 * np.eye(theta.size)]
    np.testing.assert_allclose(np.concatenate([dW.ravel(), db]), numerical, atol=1e-8)


def test_closed_form_agrees_with_scikit_learn_and_with_an_optimizer(data):
    X, Y, W0, b0 = data
    W, b = lr.normal_equation(X, Y)
    model = LinearRegression().fit(X, Y)
    np.testing.assert_allclose(W, model.coef_.T)
    np.testing.assert_allclose(b, model.intercept_)
    objective = lr.make_loss(lr.linear_predict, lr.half_mse, X, Y)
    best = optimize.minimize(
        lambda theta: objective(theta[:6].reshape(3, 2), theta[6:]),
        np.concatenate([W0.ravel(), b0]),
        tol=1e-12,
    )
    assert objective(W, b) == pytest.approx(best.fun)
    np.testing.assert_allclose(np.concatenate([W.ravel(), b]), best.x, atol=1e-4)


def test_residuals_balance_at_the_best_fit(rng):
    X, Y = rng.normal(size=(40, 2)), rng.exponential(size=(40, 1))
    W, b = lr.normal_equation(X, Y)
    residuals = lr.linear_predict(X, W, b) - Y
    assert residuals.sum() == pytest.approx(0, abs=1e-10)
    np.testing.assert_allclose(X.T @ residuals, 0, atol=1e-10)


def test_closed_form_where_many_weights_fit(rng):
    X, Y = rng.normal(size=(3, 5)), rng.normal(size=(3, 1))
    W, b = lr.normal_equation(X, Y)
    np.testing.assert_allclose(lr.linear_predict(X, W, b), Y)
    twice = np.column_stack([X[:, :1], X[:, :1]])
    W, b = lr.normal_equation(twice, Y)
    W1, b1 = lr.normal_equation(X[:, :1], Y)
    np.testing.assert_allclose(twice @ W + b, X[:, :1] @ W1 + b1)


def test_worked_numbers_of_the_curriculum():
    x = np.array([1.0, 2.0, 3.0, 4.0])
    best, errors = lr.grid_search_slope(x, x, np.array([0.5, 1.0, 2.0]))
    assert best == 1.0
    np.testing.assert_allclose(errors, [1.25, 0.0, 2.5])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lr.linear_predict(np.ones((4, 2)), np.ones((3, 1)), [0.0]), r"n = 2 as in X"),
        (lambda: lr.linear_predict(np.ones(4), np.ones((1, 1)), [0.0]), r"expected \(m, n\)"),
        (lambda: lr.mae(np.ones((4, 1)), np.ones((4, 2))), r"K = 1 as in Y_hat"),
        (lambda: lr.half_mse(np.ones((0, 1)), np.ones((0, 1))), r"m at least 1"),
        (lambda: lr.grid_search_slope([1.0], [1.0], []), r"g at least 1"),
        (lambda: lr.gaussian_log_likelihood([[1.0]], [[1.0]], 0.0), r"expected a positive number"),
        (lambda: lr.make_loss(lr.linear_predict, lr.mae, [[1.0]], [[1.0]] * 2), r"m = 1 as in X"),
        (lambda: lr.linear_gradients([[1.0]], [[1.0]], [[1.0]], [1.0, 2.0]), r"K = 1 as in Y"),
        (lambda: lr.normal_equation([[1.0], [2.0]], [[1.0]]), r"m = 2 as in X"),
    ],
)  # fmt: skip
def test_bad_shapes_are_refused_with_what_was_expected(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_text_is_refused():
    with pytest.raises(TypeError, match="Y_hat holds values of type"):
        lr.mae([["a"]], [[1.0]])
