"""The reference of homework 8 is right: checked by complex steps, scikit-learn and differences."""

import warnings
from itertools import pairwise

import numpy as np
import pytest
from scipy import special
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier, MLPRegressor

from autograder.reference import activations
from autograder.reference import backprop as ref
from autograder.reference.activations import (
    LeakyReLU,
    Linear,
    ReLU,
    Sigmoid,
    Softmax,
    Softplus,
    Tanh,
)

OUTPUT = {
    "identity+half_mse": Linear,
    "sigmoid+bce": Sigmoid,
    "softmax+ce": Softmax,
    "sigmoid+half_mse": Sigmoid,
}
# At depth d the first d - 1 of them, so that no two layers of a network have the same one.
HIDDEN = [[Tanh, LeakyReLU, Softplus], [ReLU, Sigmoid, Tanh], [Softplus, ReLU, Linear]]
SIZES = (3, 5, 4, 6, 2)


def network(rng, depth: int, pair: str, m: int, hidden=HIDDEN[0]):
    """Return X, Y, Ws, bs, phis for a network with layers of different widths."""
    K = 3
    sizes = [*SIZES[:depth], K]
    Ws = [rng.normal(size=shape) / np.sqrt(shape[0]) for shape in pairwise(sizes)]
    bs = [rng.normal(size=k) for k in sizes[1:]]
    if pair == "softmax+ce":
        Y = np.eye(K)[rng.integers(0, K, m)]
    elif pair == "identity+half_mse":
        Y = rng.normal(size=(m, K))
    else:
        Y = rng.integers(0, 2, (m, K)).astype(float)
    return rng.normal(size=(m, SIZES[0])), Y, Ws, bs, [*hidden[: depth - 1], OUTPUT[pair]]


# A second derivation: every function also for complex numbers, no chain rule at all.
COMPLEX = {
    Linear: lambda z: z,
    Sigmoid: lambda z: 1 / (1 + np.exp(-z)),
    Tanh: np.tanh,
    ReLU: lambda z: np.where(z.real > 0, z, 0),
    LeakyReLU: lambda z: np.where(z.real > 0, z, 0.01 * z),
    Softplus: lambda z: np.log(1 + np.exp(z)),
    Softmax: lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True),
}


def objective(X, Y, Ws, bs, phis, lam, pair):
    """Return the objective, also for complex parameters."""
    A = X
    for W, b, phi in zip(Ws, bs, phis, strict=True):
        A = COMPLEX[phi](A @ W + b)
    losses = {
        "half_mse": lambda: ((A - Y) ** 2).sum(axis=1) / 2,
        "bce": lambda: -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum(axis=1),
        "ce": lambda: -(Y * np.log(A)).sum(axis=1),
    }
    return losses[pair.split("+")[1]]().mean() + lam / 2 * sum((W**2).sum() for W in Ws)


def complex_step(f, at: np.ndarray, h: float = 1e-30) -> np.ndarray:
    """Return the gradient of a real function as Im f(x + ih) / h, without any cancellation."""
    units = np.eye(at.size).reshape(-1, *at.shape)
    return np.array([f(at + 1j * h * u).imag / h for u in units]).reshape(at.shape)


def differences(f, at: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Return the central differences of a function of an array."""
    units = np.eye(at.size).reshape(-1, *at.shape)
    return np.array([(f(at + h * u) - f(at - h * u)) / (2 * h) for u in units]).reshape(at.shape)


def replaced(arrays, i, new):
    return [new if j == i else array for j, array in enumerate(arrays)]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(8)


@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda phis: "-".join(p.__name__ for p in phis))
@pytest.mark.parametrize("m", [1, 7])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("pair", OUTPUT)
@pytest.mark.parametrize("function", [ref.backprop, ref.backprop_loop])
def test_gradients_agree_with_complex_steps(rng, function, pair, depth, m, hidden):
    X, Y, Ws, bs, phis = network(rng, depth, pair, m, hidden)
    loss, dWs, dbs = function(X, Y, Ws, bs, phis, 0.3, pair)
    assert isinstance(loss, float)
    assert loss == pytest.approx(objective(X, Y, Ws, bs, phis, 0.3, pair), rel=1e-12)
    assert len(dWs) == len(dbs) == depth
    for i in range(depth):
        right = complex_step(
            lambda W, i=i: objective(X, Y, replaced(Ws, i, W), bs, phis, 0.3, pair), Ws[i]
        )
        np.testing.assert_allclose(dWs[i], right, rtol=1e-9, atol=1e-12)
        right = complex_step(
            lambda b, i=i: objective(X, Y, Ws, replaced(bs, i, b), phis, 0.3, pair), bs[i]
        )
        np.testing.assert_allclose(dbs[i], right, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("m", [1, 7])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("pair", OUTPUT)
def test_gradients_agree_with_central_differences_of_the_own_loss(rng, pair, depth, m):
    X, Y, Ws, bs, phis = network(rng, depth, pair, m)
    _, dWs, dbs = ref.backprop(X, Y, Ws, bs, phis, 0.3, pair)

    def loss(Ws, bs):
        return ref.backprop(X, Y, Ws, bs, phis, 0.3, pair)[0]

    for i in range(depth):
        slopes = differences(lambda W, i=i: loss(replaced(Ws, i, W), bs), Ws[i])
        np.testing.assert_allclose(dWs[i], slopes, rtol=1e-6, atol=1e-8)
        slopes = differences(lambda b, i=i: loss(Ws, replaced(bs, i, b)), bs[i])
        np.testing.assert_allclose(dbs[i], slopes, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("activation", ["identity", "logistic", "tanh", "relu"])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("pair", ["identity+half_mse", "sigmoid+bce", "softmax+ce"])
def test_gradients_agree_with_scikit_learn(rng, pair, depth, activation):
    """scikit-learn has one activation for all hidden layers, and divides its penalty by m."""
    hidden = {"identity": Linear, "logistic": Sigmoid, "tanh": Tanh, "relu": ReLU}[activation]
    m, alpha = 7, 2.1
    X, Y, Ws, bs, phis = network(rng, depth, pair, m, [hidden] * 3)
    if pair == "softmax+ce":
        Y[:3] = np.eye(3)
    kind, labels = MLPClassifier, Y
    if pair == "identity+half_mse":
        kind = MLPRegressor
    elif pair == "softmax+ce":
        labels = Y.argmax(axis=1)
    sizes = [W.shape[1] for W in Ws[:-1]]
    model = kind(hidden_layer_sizes=sizes, activation=activation, alpha=alpha, max_iter=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X, labels)  # only to give it its shapes
    model.coefs_, model.intercepts_ = [W.copy() for W in Ws], [b.copy() for b in bs]
    rooms = [np.empty((m, W.shape[1])) for W in Ws]
    theirs, coef_grads, intercept_grads = model._backprop(
        X, Y, None, [X, *rooms], [r.copy() for r in rooms], [None] * depth, [None] * depth
    )
    loss, dWs, dbs = ref.backprop(X, Y, Ws, bs, phis, alpha / m, pair)
    if pair != "identity+half_mse":  # scikit-learn averages squared errors over the outputs, too
        assert loss == pytest.approx(theirs)
    for mine, other in zip([*dWs, *dbs], [*coef_grads, *intercept_grads], strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("pair", OUTPUT)
def test_loop_and_matrices_agree(rng, pair):
    arguments = (*network(rng, 4, pair, 9), 0.7, pair)
    loss, dWs, dbs = ref.backprop(*arguments)
    again, loop_dWs, loop_dbs = ref.backprop_loop(*arguments)
    assert loss == pytest.approx(again, rel=1e-12)
    for one, other in zip([*dWs, *dbs], [*loop_dWs, *loop_dbs], strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("pair", OUTPUT)
def test_output_delta_is_the_slope_of_the_loss(rng, pair):
    *_, phis = network(rng, 1, pair, 1)
    Z = rng.normal(size=(4, 3))
    _, Y, *_ = network(rng, 1, pair, 4)

    def loss_of_all(z):  # not divided by m
        return 4 * ref.network_loss(phis[-1].f(z), Y, [], 0.0, pair.split("+")[1])

    np.testing.assert_allclose(
        ref.output_delta(phis[-1].f(Z), Y, pair), differences(loss_of_all, Z), atol=1e-8
    )


@pytest.mark.parametrize("phi", [Linear, Sigmoid, Tanh, ReLU, LeakyReLU, Softplus])
def test_backprop_delta_is_the_slope_through_one_layer(rng, phi):
    delta_next, W_next, Z = (
        rng.normal(size=(4, 2)),
        rng.normal(size=(3, 2)),
        rng.normal(size=(4, 3)),
    )
    slopes = differences(lambda z: float((delta_next * (phi.f(z) @ W_next)).sum()), Z)
    np.testing.assert_allclose(ref.backprop_delta(delta_next, W_next, Z, phi), slopes, atol=1e-8)


def test_dense_gradients_are_means_of_outer_products(rng):
    A, delta, W = rng.normal(size=(6, 3)), rng.normal(size=(6, 2)), rng.normal(size=(3, 2))
    dW, db = ref.dense_gradients(A, delta, W, 0.3)
    outer = [np.outer(a, d) for a, d in zip(A, delta, strict=True)]
    np.testing.assert_allclose(dW, np.mean(outer, axis=0) + 0.3 * W)
    np.testing.assert_allclose(db, delta.mean(axis=0))


def test_losses_agree_with_scikit_learn_and_a_sum_by_hand(rng):
    P, Y = special.softmax(rng.normal(size=(6, 3)), axis=1), np.eye(3)[[0, 1, 2, 2, 1, 0]]
    W = [rng.normal(size=(2, 3)), rng.normal(size=(3, 3))]
    penalty = 0.4 / 2 * ((W[0] ** 2).sum() + (W[1] ** 2).sum())
    expected = log_loss(Y.argmax(axis=1), P) + penalty
    assert ref.network_loss(P, Y, W, 0.4, "ce") == pytest.approx(expected)
    Y = rng.integers(0, 2, (6, 3))
    expected = sum(log_loss(Y[:, k], P[:, k], labels=[0, 1]) for k in range(3)) + penalty
    assert ref.network_loss(P, Y, W, 0.4, "bce") == pytest.approx(expected)
    by_hand = sum((P[i, k] - Y[i, k]) ** 2 for i in range(6) for k in range(3)) / 12
    assert ref.network_loss(P, Y, W, 0.4, "half_mse") == pytest.approx(by_hand + penalty)


def test_what_is_certain_and_right_costs_nothing():
    Y = np.array([[1.0, 0.0], [0.0, 1.0]])
    with np.errstate(divide="raise", invalid="raise"):
        assert ref.network_loss(Y, Y, [], 0.0, "bce") == 0
        assert ref.network_loss(Y, Y, [], 0.0, "ce") == 0
        assert ref.network_loss(1 - Y, Y, [], 0.0, "ce") == np.inf


def test_gradient_check_tells_right_from_wrong_at_every_depth(rng):
    for depth in (1, 2, 3, 4):
        X, Y, Ws, bs, phis = network(rng, depth, "softmax+ce", 5)
        _, dWs, dbs = ref.backprop(X, Y, Ws, bs, phis, 0.1, "softmax+ce")

        def loss_fn(params, depth=depth, X=X, Y=Y, phis=phis):
            parts = params[:depth], params[depth:]
            return ref.backprop(X, Y, *parts, phis, 0.1, "softmax+ce")[0]

        params = [*Ws, *bs]
        kept = [p.copy() for p in params]
        assert ref.gradient_check(loss_fn, params, [*dWs, *dbs]) < 1e-6
        for p, before in zip(params, kept, strict=True):
            np.testing.assert_array_equal(p, before)
        for i in range(2 * depth):
            wrong = [*dWs, *dbs]
            wrong[i] = wrong[i].copy()
            wrong[i].flat[0] *= 1.01
            assert ref.gradient_check(loss_fn, params, wrong) == pytest.approx(
                0.01 / 1.01, rel=1e-3
            )


def test_gradient_check_measures_what_its_formula_says():
    def loss_fn(params):
        return float(params[0].sum() ** 3)  # the difference is 3 s² + h²

    error = ref.gradient_check(loss_fn, [np.array([1, 1])], [np.array([12.0, 0.0])], h=0.5)
    assert error == pytest.approx(1)
    error = ref.gradient_check(loss_fn, [np.array([1, 1])], [np.array([12.0, 12.0])], h=0.5)
    assert error == pytest.approx(0.25 / 12.25)
    assert ref.gradient_check(loss_fn, [np.zeros(2)], [np.zeros(2)], h=1e-5) < 0.011  # h² / 1e-8
    assert np.isnan(ref.gradient_check(loss_fn, [np.ones(2)], [np.array([12.0, np.nan])]))


def test_layer_gradient_norms_are_lengths(rng):
    dWs = [rng.normal(size=(3, 4)), rng.normal(size=(4, 1)), np.array([[2, -2]])]
    expected = [np.linalg.norm(dW.ravel()) for dW in dWs]
    np.testing.assert_allclose(ref.layer_gradient_norms(dWs), expected)


def test_ten_sigmoid_layers_shrink_the_error_as_the_lecture_says():
    assert 0.25**10 == pytest.approx(9.5e-7, rel=0.01)
    z = np.linspace(-20, 20, 4001)
    assert activations.Sigmoid.df(z).max() == pytest.approx(0.25)


ONE = ([[1.0]], [[1.0]], [[[1.0]]], [[0.0]], [Linear], 0.0, "identity+half_mse")


def _with(**changed):
    names = ("X", "Y", "Ws", "bs", "phis", "lam", "pair")
    return dict(zip(names, ONE, strict=True)) | changed


@pytest.mark.parametrize("function", [ref.backprop, ref.backprop_loop])
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"X": [[1.0, 2.0]]}, r"Ws\[0\] has shape \(1, 1\), .* with n0 = 2 as in X"),
        ({"Y": [[1.0], [2.0]]}, r"m = 1 as in X"),
        ({"Ws": []}, r"Ws is empty"),
        ({"bs": []}, r"bs has 0 entries, expected 1 as Ws"),
        ({"phis": [Linear, Linear]}, r"phis has 2 entries, expected 1 as Ws"),
        ({"bs": [[0.0, 1.0]]}, r"n1 = 1 as in Ws\[0\]"),
        ({"pair": "tanh+bce"}, r"pair is 'tanh\+bce', expected one of identity\+half_mse"),
        ({"Y": [[0.5]], "pair": "sigmoid+bce"}, r"other values than 0 and 1"),
        ({"Y": [[0]], "pair": "softmax+ce"}, r"a single 1"),
    ],
)  # fmt: skip
def test_bad_networks_are_refused_with_what_was_expected(function, changed, message):
    with pytest.raises(ValueError, match=message):
        function(**_with(**changed))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ref.network_loss([[1.0]], [[1.0]], [], 0.0, "mse"), r"half_mse, bce, ce"),
        (lambda: ref.network_loss([[1.0]], [1.0], [], 0.0, "bce"), r"expected \(m, K\)"),
        (lambda: ref.output_delta([[1.0]], [[1.0, 2.0]], "softmax+ce"), r"K = 1 as in A_out"),
        (lambda: ref.output_delta([[1.0]], [[1.0]], "softmax"), r"pair is 'softmax'"),
        (lambda: ref.backprop_delta([[1.0]], [[1.0, 2.0]], [[1.0]], Tanh), r"k = 1"),
        (lambda: ref.dense_gradients([[1.0]], [[1.0], [2.0]], [[1.0]], 0.0), r"m = 1"),
        (lambda: ref.gradient_check(lambda _: 0.0, [[1.0]], []), r"grads holds 0 arrays"),
        (lambda: ref.layer_gradient_norms([[1.0, 2.0]]), r"dWs\[0\] has shape \(2,\)"),
    ],
)
def test_bad_arguments_are_refused_with_what_was_expected(call, message):
    with pytest.raises(ValueError, match=message):
        call()
