"""The reference of homework 3 is right: checked by SciPy, scikit-learn and second derivations."""

import numpy as np
import pytest
from scipy import linalg, optimize, signal
from sklearn.linear_model import LinearRegression

from autograder.reference import gradient_descent as gd
from autograder.reference import linear_regression as lr


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(17)


@pytest.fixture
def data(rng) -> tuple[np.ndarray, ...]:
    X = rng.normal(size=(12, 3))
    return X, X @ rng.normal(size=(3, 2)) + rng.normal(size=(12, 2))


def gradients(X, Y):
    return lambda params: lr.linear_gradients(X, Y, *params)


def half_mse(X, Y):
    return lr.make_loss(lr.linear_predict, lr.half_mse, X, Y)


START = [np.zeros((3, 2)), np.zeros(2)]


# Steps


def test_worked_numbers_of_the_simultaneous_update():
    """Row L04.5: x = (1, 2, 3), y = (2, 4, 7), start 0, rate 0.1."""
    X, Y = np.array([[1.0], [2.0], [3.0]]), np.array([[2.0], [4.0], [7.0]])
    start = [np.zeros((1, 1)), np.zeros(1)]
    (W, b) = gd.gradient_step(start, lr.linear_gradients(X, Y, *start), 0.1)
    assert (round(W.item(), 4), round(b.item(), 4)) == (1.0333, 0.4333)
    _, db = lr.linear_gradients(X, Y, W, start[1])  # W moved first: another algorithm
    assert round(-0.1 * db.item(), 4) == 0.2267


def test_a_step_goes_down_as_the_gradient_says(data):
    X, Y = data
    objective, grad_fn = half_mse(X, Y), gradients(X, Y)
    squares = sum(np.square(g).sum() for g in grad_fn(START))
    after = gd.gradient_step(START, grad_fn(START), 1e-6)
    assert (objective(*START) - objective(*after)) / 1e-6 == pytest.approx(squares, rel=1e-4)


def test_descent_ends_where_scikit_learn_does(data):
    X, Y = data
    (W, b), history = gd.gradient_descent(gradients(X, Y), START, 0.5, 5000, 1e-10)
    model = LinearRegression().fit(X, Y)
    np.testing.assert_allclose(W, model.coef_.T, atol=1e-8)
    np.testing.assert_allclose(b, model.intercept_, atol=1e-8)
    assert history[-1] < 1e-10 <= history[-2]
    assert len(history) < 5000


def test_descent_on_a_quadratic_agrees_with_the_matrix_power(rng):
    A = rng.normal(size=(4, 4))
    A = A @ A.T + np.eye(4)
    start, rate = rng.normal(size=4), 0.3 / np.linalg.norm(A, 2)
    (w,), history = gd.gradient_descent(lambda p: [A @ p[0]], [start], rate, 9, 0.0)
    power = np.linalg.matrix_power(np.eye(4) - rate * A, 9)
    np.testing.assert_allclose(w, power @ start)
    assert history[0] == pytest.approx(linalg.norm(A @ start))
    assert history.shape == (9,)


def test_history_is_the_norm_of_all_gradients_together(data):
    X, Y = data
    _, history = gd.gradient_descent(gradients(X, Y), START, 0.1, 1, 0.0)
    flat = np.concatenate([np.ravel(g) for g in gradients(X, Y)(START)])
    assert history[0] == pytest.approx(linalg.norm(flat))


# How large a step


@pytest.mark.parametrize(("rate", "size"), [(0.1, 2.7e-5), (1.9, 2.7e-5), (2.0, 1), (2.1, 1.4e4)])
def test_worked_numbers_of_the_learning_rate(rate, size):
    """Row L04.3: curvature 1, a hundred steps from 1."""
    (w,), _ = gd.gradient_descent(lambda p: [p[0]], [[1.0]], rate, 100, 0.0)
    assert abs(w[0]) == pytest.approx(size, rel=0.03)


def test_rate_agrees_with_singular_values_and_with_measured_curvature(data):
    X, Y = data
    rate = gd.largest_stable_lr(X)
    with_ones = np.column_stack([X, np.ones(12)])
    assert rate == pytest.approx(2 * 12 / linalg.svdvals(with_ones)[0] ** 2)
    objective = half_mse(X, Y[:, :1])

    def slope(theta):
        return gd.numerical_gradient(lambda t: objective(t[:3, None], t[3:]), theta, h=0.1)

    hessian = np.array([(slope(e) - slope(-e)) / 2 for e in np.eye(4)])
    assert rate == pytest.approx(2 / linalg.eigvalsh(hessian)[-1])


def test_descent_converges_below_the_rate_and_diverges_above_it(data):
    X, Y = data
    rate = gd.largest_stable_lr(X)
    for factor, falls in [(0.98, True), (1.02, False)]:
        _, history = gd.gradient_descent(gradients(X, Y), START, factor * rate, 2000, 1e-9)
        assert bool(history[-1] < 1e-9) is falls
        assert bool(history[-1] > history[0]) is not falls


def test_worked_numbers_of_scaling():
    """Row L04.8: scales 1 and 1000 make the condition number about a million times as large."""
    X = np.random.default_rng(0).normal(size=(200, 2)) * [1, 1000]
    Y = X @ [[2.0], [0.003]]
    raw, standardized = X, (X - X.mean(axis=0)) / X.std(axis=0)
    losses = []
    for features, n_steps in [(raw, 2000), (standardized, 200)]:
        rate = 0.9 * gd.largest_stable_lr(features)
        start = [np.zeros((2, 1)), np.zeros(1)]
        params, _ = gd.gradient_descent(gradients(features, Y), start, rate, n_steps, 0.0)
        losses.append(half_mse(features, Y)(*params))
    assert losses[0] > 1
    assert losses[1] < 1e-3


# Measured derivatives


def test_numerical_gradient_agrees_with_scipy(rng):
    A, w = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))

    def f(w):
        return float(np.exp(np.sin(A * w).sum()))

    measured = gd.numerical_gradient(f, w)
    flat = optimize.approx_fprime(w.ravel(), lambda v: f(v.reshape(3, 2)), 1e-8)
    np.testing.assert_allclose(measured.ravel(), flat, rtol=1e-5)
    np.testing.assert_allclose(measured, f(w) * A * np.cos(A * w), rtol=1e-8)


def test_numerical_gradient_is_exact_up_to_the_known_error():
    """For cubes the central difference is off by h squared, for quadratics by nothing."""
    w = np.array([2.0, -1.0])
    cubes = gd.numerical_gradient(lambda v: float((v**3).sum()), w, h=0.5)
    np.testing.assert_allclose(cubes, 3 * w**2 + 0.25)
    np.testing.assert_allclose(gd.numerical_gradient(lambda v: float(v @ v), w, h=3.0), 2 * w)


def test_optimize_takes_the_steps_of_the_analytic_gradient(data):
    X, Y = data
    W, b, history = gd.optimize(half_mse(X, Y), *START, 0.3, 25)
    (W2, b2), _ = gd.gradient_descent(gradients(X, Y), START, 0.3, 25, 0.0)
    np.testing.assert_allclose(W, W2, atol=1e-8)
    np.testing.assert_allclose(b, b2, atol=1e-8)
    assert history.shape == (25,)
    assert history[0] == half_mse(X, Y)(*START)
    assert np.all(np.diff(history) < 0)


def test_optimize_costs_what_it_says(data):
    calls = []
    objective = half_mse(*data)

    def counted(W, b):
        calls.append(1)
        return objective(W, b)

    gd.optimize(counted, *START, 0.1, 4)
    assert len(calls) == 4 * (2 * 8 + 1)


# Batches


@pytest.mark.parametrize(("m", "batch_size"), [(12, 4), (13, 4), (5, 1), (6, 6), (4, 9), (1, 1)])
def test_batches_are_the_shuffled_samples(m, batch_size):
    X, Y = np.arange(2.0 * m).reshape(m, 2), np.arange(m)[:, np.newaxis]
    batches = list(gd.minibatches(X, Y, batch_size, np.random.default_rng(3)))
    sizes = [len(X_b) for X_b, _ in batches]
    assert sizes[:-1] == [batch_size] * (len(batches) - 1)
    assert 1 <= sizes[-1] <= batch_size
    X_all, Y_all = (np.concatenate(part) for part in zip(*batches, strict=True))
    np.testing.assert_array_equal(X_all[:, 0], 2 * Y_all[:, 0])
    assert sorted(Y_all[:, 0]) == list(range(m))


def test_every_order_is_equally_likely():
    rng = np.random.default_rng(4)
    X = np.arange(3.0)[:, np.newaxis]
    orders = [tuple(int(Y_b[0, 0]) for _, Y_b in gd.minibatches(X, X, 1, rng)) for _ in range(6000)]
    counts = [orders.count(order) for order in set(orders)]
    assert len(counts) == 6
    assert max(np.abs(np.array(counts) - 1000)) < 150


def test_gradients_of_batches_average_to_that_of_all(data, rng):
    X, Y = data
    params = [rng.normal(size=(3, 2)), rng.normal(size=2)]
    parts = [lr.linear_gradients(*batch, *params) for batch in gd.minibatches(X, Y, 4, rng)]
    whole = lr.linear_gradients(X, Y, *params)
    for i in range(2):
        np.testing.assert_allclose(np.mean([part[i] for part in parts], axis=0), whole[i])


# Better steps


def test_velocity_is_a_filter_of_the_gradients_and_moves_the_parameter(rng):
    g, w, v = rng.normal(size=40), np.zeros(1), np.zeros(1)
    velocities, places = [], []
    for entry in g:
        w, v = gd.momentum_step(w, v, [entry], 0.2, 0.9)
        velocities.append(v[0])
        places.append(w[0])
    filtered = signal.lfilter([-0.2], [1, -0.9], g)
    np.testing.assert_allclose(velocities, filtered)
    np.testing.assert_allclose(places, np.cumsum(filtered))


def test_momentum_is_the_heavy_ball_of_polyak(rng):
    """The same path written with two places instead of a velocity (Polyak, 1964)."""
    A, w = np.diag([1.0, 7.0]), rng.normal(size=2)
    before, v = w, np.zeros(2)
    for _ in range(12):
        ahead = w - 0.1 * A @ w + 0.8 * (w - before)
        stepped, v = gd.momentum_step(w, v, A @ w, 0.1, 0.8)
        np.testing.assert_allclose(stepped, ahead)
        before, w = w, stepped


def test_worked_numbers_of_momentum():
    """Row L04.11: curvatures 1 and 100, 200 steps."""
    curvature = np.array([1.0, 100.0])
    finals = []
    for beta in (0.0, 0.8):
        w, v = np.ones(2), np.zeros(2)
        for _ in range(200):
            w, v = gd.momentum_step(w, v, curvature * w, 2 / 101, beta)
        finals.append(np.sum(curvature * w**2) / 2)
    assert finals[0] > 1e-3
    assert finals[1] < 1e-12


def test_mean_square_is_a_filter_and_the_step_divides_by_its_root(rng):
    g, s, w = rng.normal(size=40), np.zeros(1), np.zeros(1)
    means, moves = [], []
    for entry in g:
        new, s = gd.rmsprop_step(w, s, [entry], 0.2, 0.9, 1e-3)
        means.append(s[0])
        moves.append(new[0] - w[0])
        w = new
    filtered = signal.lfilter([0.1], [1, -0.9], g**2)
    np.testing.assert_allclose(means, filtered)
    np.testing.assert_allclose(moves, -0.2 * g / (np.sqrt(filtered) + 1e-3))


def test_steps_of_rmsprop_do_not_feel_the_units():
    ends = []
    for scale in (1.0, 1e6):
        w, s = np.zeros(1), np.zeros(1)
        for entry in (1.0, -0.5, 2.0):
            w, s = gd.rmsprop_step(w, s, [scale * entry], 0.1, 0.9, 1e-12)
        ends.append(w)
    np.testing.assert_allclose(*ends)


def test_a_mean_without_squares_would_step_the_wrong_way():
    """Erratum E28: the mean of gradients that alternate is near 0, and its sign is chance."""
    mean, s = 0.0, np.zeros(1)
    for t in range(101):
        g = -0.99 if t % 2 == 0 else 1.01
        mean = 0.95 * mean + 0.05 * g
        w, s = gd.rmsprop_step([0.0], s, [g], 1.0, 0.95, 1e-8)
    assert abs(g / mean) > 10
    assert w.item() == pytest.approx(0.99, abs=0.05)


# What is refused


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gd.gradient_step([[1.0]], [], 0.1), r"grads holds 0 arrays, expected 1 as params"),
        (lambda: gd.gradient_step([[1.0]], [[1.0, 2.0]], 0.1), r"grads\[0\] has shape \(2,\)"),
        (lambda: gd.gradient_descent(lambda p: p, [[1.0]], 0.1, 0, 0.1), "expected at least 1"),
        (lambda: gd.largest_stable_lr([1.0]), r"expected \(m, n\)"),
        (lambda: gd.numerical_gradient(lambda w: 0.0, [1.0], h=0.0), "expected a positive number"),
        (lambda: gd.optimize(lambda W, b: 0.0, [[1.0]], [1.0, 2.0], 0.1, 1), "K = 1 as in W0"),
        (lambda: gd.optimize(lambda W, b: 0.0, [[1.0]], [1.0], 0.1, 0), "expected at least 1"),
        (lambda: gd.minibatches([[1.0]], [[1.0]] * 2, 1, np.random.default_rng()), "m = 1 as in X"),
        (lambda: gd.minibatches([[1.0]], [[1.0]], 0, np.random.default_rng()), "batch_size is 0"),
        (lambda: gd.momentum_step([1.0], [1.0, 2.0], [1.0], 0.1, 0.9), r"expected \(1,\) as w"),
        (lambda: gd.rmsprop_step([1.0], [1.0], [[1.0]], 0.1, 0.9, 1e-8), r"expected \(1,\) as w"),
        (lambda: gd.rmsprop_step([1.0], [1.0], [1.0], 0.1, 0.9, 0.0), "expected a positive number"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused_with_what_was_expected(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_arguments_are_left_unchanged():
    w = [np.array([1.0, 2.0]), np.array([3.0])]
    copies = [p.copy() for p in w]
    gd.gradient_step(w, w, 0.1)
    gd.gradient_descent(lambda p: p, w, 0.1, 3, 0.0)
    gd.gradient_descent(lambda p: p, w, 0.1, 3, 100.0)[0][0][0] = 7.0
    gd.momentum_step(w[0], w[0], w[0], 0.1, 0.9)
    gd.rmsprop_step(w[0], w[0], w[0], 0.1, 0.9, 1e-8)
    gd.numerical_gradient(lambda v: float(v.sum()), w[0])
    for p, copy in zip(w, copies, strict=True):
        np.testing.assert_array_equal(p, copy)
