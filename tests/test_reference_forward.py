"""The reference of homework 7 is right: checked by scikit-learn, by loops, and by hand."""

import itertools
import math

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor

from autograder.reference import forward as ref
from autograder.reference.activations import Linear, ReLU, Sigmoid, Softmax, Tanh

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
AND, OR, XOR = [0, 0, 0, 1], [0, 1, 1, 1], [0, 1, 1, 0]
KNOTS = [0.485, 0.485, 0.283, 0.640, 0.907]
COEFS = [1.198, -1.803, -1.321, -1.609, 1.591]
SIGNS = [1, -1, 1, 1, 1]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(8)


def network(rng: np.random.Generator, *sizes: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Return random weights and biases."""
    pairs = list(itertools.pairwise(sizes))
    return [rng.normal(size=pair) for pair in pairs], [rng.normal(size=k) for _, k in pairs]


def test_neuron_is_a_sum_and_an_activation(rng):
    x, w = rng.normal(size=(2, 5))
    z = sum(a * b for a, b in zip(x, w, strict=True)) - 0.3
    assert ref.neuron(x, w, -0.3, Linear) == pytest.approx(z)
    assert ref.neuron(x, w, -0.3, Sigmoid) == pytest.approx(1 / (1 + math.exp(-z)))
    assert ref.neuron(x, w, -0.3, ReLU) == pytest.approx(max(0, z))
    assert type(ref.neuron(x, w, -0.3, Tanh)) is float


@pytest.mark.parametrize(
    ("labels", "epochs", "updates"), [(AND, 6, 10), (OR, 4, 4), (XOR, None, 3997)]
)
def test_perceptron_on_logical_functions(labels, epochs, updates):
    w, b, n_updates, converged = ref.perceptron_fit(INPUTS, labels, 1000)
    assert n_updates == updates
    assert converged == (epochs is not None)
    if epochs:
        assert ((INPUTS @ w + b > 0) == labels).all()
        assert ref.perceptron_fit(INPUTS, labels, epochs)[3]
        assert not ref.perceptron_fit(INPUTS, labels, epochs - 1)[3]


def test_perceptron_learns_xor_from_the_product():
    X = np.column_stack([INPUTS, INPUTS.prod(axis=1)])
    assert ref.perceptron_fit(X, XOR, 8)[2:] == (16, True)
    assert not ref.perceptron_fit(X, XOR, 7)[3]


def test_perceptron_keeps_the_bound_of_novikoff(rng):
    for _ in range(20):
        direction, offset = rng.normal(size=3), rng.normal()
        X = rng.normal(size=(60, 3))
        clear = np.abs(X @ direction + offset) > 0.3
        X, side = X[clear], np.sign(X[clear] @ direction + offset)
        A, v = np.column_stack([X, np.ones(len(X))]), np.append(direction, offset)
        v /= np.linalg.norm(v)
        R, gamma = np.linalg.norm(A, axis=1).max(), (side * (A @ v)).min()
        w, b, n_updates, converged = ref.perceptron_fit(X, (side + 1) / 2, 10_000)
        assert converged
        assert n_updates <= (R / gamma) ** 2
        assert (np.sign(X @ w + b) == side).all()


def test_perceptron_agrees_with_the_rule_in_signs(rng):
    X, y = rng.normal(size=(12, 2)), rng.integers(0, 2, 12)
    A, v, wrong = np.column_stack([X, np.ones(12)]), np.zeros(3), 0
    for _, i in itertools.product(range(7), range(12)):
        says = 1 if A[i] @ v > 0 else -1
        if says != 2 * y[i] - 1:
            v, wrong = v + (2 * y[i] - 1) * A[i], wrong + 1
    w, b, n_updates, converged = ref.perceptron_fit(X, y, 7)
    np.testing.assert_allclose([*w, b], v)
    assert (n_updates, converged) == (wrong, False)


def test_collapsed_layer_does_what_the_two_do(rng):
    (W1, W2), (b1, b2) = network(rng, 3, 4, 2)
    W, b = ref.collapse_linear(W1, b1, W2, b2)
    X = rng.normal(size=(20, 3))
    np.testing.assert_allclose(X @ W + b, (X @ W1 + b1) @ W2 + b2)
    assert W.shape == (3, 2)
    assert b.shape == (2,)


def test_mars_has_the_values_of_the_example():
    x = [0, 0.283, 0.485, 0.640, 0.907, 1]
    expected = [0.1385, 0.6488, 0.7462, 0.7271, 0.2646, 0.2515]
    y_hat = ref.mars_predict(x, 1.013, COEFS, KNOTS, SIGNS)
    np.testing.assert_allclose(y_hat, expected, atol=5e-5)
    slopes = np.diff(y_hat) / np.diff(x)
    np.testing.assert_allclose(slopes, [1.803, 0.482, -0.123, -1.732, -0.141], atol=1e-12)


def test_mars_is_a_layer_of_relu_units(rng):
    x = rng.uniform(size=50)
    W1, b1 = np.array([SIGNS]), -np.array(SIGNS) * KNOTS
    Ws, bs = [W1, np.array(COEFS)[:, np.newaxis]], [b1, [1.013]]
    _, As = ref.forward(x[:, np.newaxis], Ws, bs, [ReLU, Linear])
    np.testing.assert_allclose(As[1], ref.hinge_basis(x, KNOTS, SIGNS), atol=1e-15)
    y_hat = ref.mars_predict(x, 1.013, COEFS, KNOTS, SIGNS)
    np.testing.assert_allclose(As[2][:, 0], y_hat, atol=1e-14)


def test_parameters_are_counted_as_scikit_learn_holds_them(rng):
    X, y = rng.normal(size=(30, 4)), rng.integers(0, 3, 30)
    model = MLPClassifier(hidden_layer_sizes=(5, 2), random_state=0).partial_fit(
        X, y, classes=[0, 1, 2]
    )
    held = sum(W.size for W in model.coefs_) + sum(b.size for b in model.intercepts_)
    assert ref.count_parameters([4, 5, 2, 3]) == held
    found = [ref.count_parameters(s) for s in ([3, 2, 1], [3, 4, 1], [2, 4, 2, 1], [784, 25, 10])]
    assert found == [11, 21, 25, 19885]


@pytest.mark.parametrize(("name", "phi"), [("tanh", Tanh), ("relu", ReLU), ("logistic", Sigmoid)])
def test_network_agrees_with_scikit_learn(rng, name, phi):
    X, y = rng.normal(size=(40, 4)), rng.integers(0, 3, 40)
    model = MLPClassifier(hidden_layer_sizes=(5, 4), activation=name, random_state=0)
    model.partial_fit(X, y, classes=[0, 1, 2])
    model.coefs_, model.intercepts_ = network(rng, 4, 5, 4, 3)
    parts = (model.coefs_, model.intercepts_, [phi, phi, Softmax])
    Zs, As = ref.forward(X, *parts)
    np.testing.assert_allclose(As[-1], model.predict_proba(X))
    np.testing.assert_array_equal(ref.predict(X, *parts), model.predict(X))
    assert [Z.shape for Z in Zs] == [(40, 5), (40, 4), (40, 3)]
    assert [A.shape for A in As] == [(40, 4), (40, 5), (40, 4), (40, 3)]


def test_output_of_regression_agrees_with_scikit_learn(rng):
    X = rng.normal(size=(20, 3))
    model = MLPRegressor(hidden_layer_sizes=(4,), activation="tanh", random_state=0).partial_fit(
        X, X[:, 0]
    )
    model.coefs_, model.intercepts_ = network(rng, 3, 4, 1)
    _, As = ref.forward(X, model.coefs_, model.intercepts_, [Tanh, Linear])
    np.testing.assert_allclose(As[-1][:, 0], model.predict(X))


def test_3_2_1_network_written_out_in_scalars(rng):
    (W1, W2), (b1, b2) = network(rng, 3, 2, 1)
    x = rng.normal(size=3)
    h = [math.tanh(x[0] * W1[0, j] + x[1] * W1[1, j] + x[2] * W1[2, j] + b1[j]) for j in range(2)]
    out = 1 / (1 + math.exp(-(h[0] * W2[0, 0] + h[1] * W2[1, 0] + b2[0])))
    _, As = ref.forward(x[np.newaxis], [W1, W2], [b1, b2], [Tanh, Sigmoid])
    np.testing.assert_allclose(As[1], [h])
    np.testing.assert_allclose(As[2], [[out]])


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_layers_of_any_depth_follow_one_another(rng, depth):
    sizes = [3, 4, 2, 5, 3][: depth + 1]
    Ws, bs = network(rng, *sizes)
    phis = [Tanh, ReLU, Sigmoid, Linear][:depth]
    X = rng.normal(size=(6, 3))
    Zs, As = ref.forward(X, Ws, bs, phis)
    assert (len(Zs), len(As)) == (depth, depth + 1)
    np.testing.assert_array_equal(As[0], X)
    for A, W, b, phi, Z, after in zip(As[:-1], Ws, bs, phis, Zs, As[1:], strict=True):
        np.testing.assert_allclose(Z, A @ W + b)
        np.testing.assert_allclose(after, phi.f(Z))


def test_theta_and_back(rng):
    W, b = rng.normal(size=(4, 3)), rng.normal(size=3)
    Theta = ref.Wb_to_theta(W, b)
    assert Theta.shape == (3, 5)
    X = rng.normal(size=(6, 4))
    with_ones = np.column_stack([np.ones(6), X])
    np.testing.assert_allclose(with_ones @ Theta.T, X @ W + b)
    again = ref.theta_to_Wb(Theta)
    np.testing.assert_array_equal(again[0], W)
    np.testing.assert_array_equal(again[1], b)
    again[0][:] = again[1][:] = 7
    np.testing.assert_array_equal(ref.Wb_to_theta(W, b), Theta)


def test_xor_network_is_right_on_every_order():
    for order in itertools.permutations(range(4)):
        rows = INPUTS[list(order)]
        np.testing.assert_array_equal(ref.xor_network(rows), rows[:, 0] != rows[:, 1])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ref.neuron([1.0, 2.0], [1.0], 0.0, Tanh), r"n = 2 as in x"),
        (lambda: ref.perceptron_fit(INPUTS, [0, 1], 1), r"m = 4 as in X"),
        (lambda: ref.perceptron_fit(INPUTS, [-1, 1, 1, 1], 1), "labels other than 0 and 1"),
        (lambda: ref.collapse_linear([[1.0]], [0.0], [[1.0], [2.0]], [0.0]), r"h = 1 as in W1"),
        (lambda: ref.hinge_basis([1.0], [1.0, 2.0], [1]), r"k = 2 as in knots"),
        (lambda: ref.hinge_basis([1.0], [1.0], [2]), "numbers other than 1 and -1"),
        (lambda: ref.mars_predict([1.0], 0.0, [1.0, 2.0], [1.0], [1]), r"k = 2 as in coefs"),
        (lambda: ref.dense_forward([[1.0]], [[1.0]], [1.0, 2.0], Tanh), r"k = 1 as in W"),
        (lambda: ref.forward([[1.0]], [[[1.0]]], [[1.0]], []), "zip"),
        (lambda: ref.forward([1.0], [], [], []), r"expected \(m, n\)"),
        (lambda: ref.theta_to_Wb([[1.0]]), "n at least 1"),
        (lambda: ref.Wb_to_theta([[1.0, 2.0]], [1.0]), r"k = 2 as in W"),
        (lambda: ref.xor_network([[0, 1, 1]]), r"expected \(m, 2\)"),
    ],
)
def test_refuses_what_does_not_fit(call, message):
    with pytest.raises(ValueError, match=message):
        call()
