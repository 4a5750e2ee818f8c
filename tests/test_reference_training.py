"""The reference of homework 9 is right: checked by other programs and by central differences."""

import warnings
from itertools import chain, pairwise

import numpy as np
import pytest
from scipy import special, stats
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import confusion_matrix as sklearn_confusion_matrix
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier

from autograder.reference import activations
from autograder.reference import training as ref
from autograder.reference.activations import LeakyReLU, Linear, ReLU, Sigmoid, Softplus, Tanh

SMOOTH = [Linear, Sigmoid, Tanh, Softplus]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(29)


def slopes(J, at: np.ndarray, h: float = 1e-6) -> np.ndarray:
    """Return the central differences of J() for an array that J looks at."""
    result = np.empty(at.shape)
    for place in np.ndindex(at.shape):
        kept = at[place]
        at[place] = kept + h
        above = J()
        at[place] = kept - h
        result[place] = (above - J()) / (2 * h)
        at[place] = kept
    return result


def mean_loss(net: ref.Network, X: np.ndarray, Y: np.ndarray) -> float:
    return -(Y * special.log_softmax(net.forward(X), axis=1)).sum() / len(X)


def classes(rng: np.random.Generator, m: int, K: int) -> np.ndarray:
    return np.eye(K)[rng.integers(0, K, m)]


def test_a_layer_computes_what_loops_compute(rng):
    layer, A, delta = ref.Dense(3, 2, rng), rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    Z = layer.forward(A)
    for i, k in np.ndindex(4, 2):
        expected = sum(A[i, j] * layer.W[j, k] for j in range(3)) + layer.b[k]
        assert Z[i, k] == pytest.approx(expected)
    back = layer.backward(delta)
    for j, k in np.ndindex(3, 2):
        expected = sum(A[i, j] * delta[i, k] for i in range(4)) / 4
        assert layer.dW[j, k] == pytest.approx(expected)
    for i, j in np.ndindex(4, 3):
        expected = sum(delta[i, k] * layer.W[j, k] for k in range(2))
        assert back[i, j] == pytest.approx(expected)
    np.testing.assert_allclose(layer.db, delta.mean(axis=0))
    assert [p is q for p, q in zip(layer.params, (layer.W, layer.b), strict=True)] == [True, True]
    assert [g is h for g, h in zip(layer.grads, (layer.dW, layer.db), strict=True)] == [True, True]


@pytest.mark.parametrize("phi", [*SMOOTH, ReLU, LeakyReLU])
def test_an_activation_layer_agrees_with_central_differences(rng, phi):
    layer, Z, delta = ref.Activate(phi), rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    np.testing.assert_array_equal(layer.forward(Z), phi.f(Z))
    back = layer.backward(delta)
    np.testing.assert_allclose(back, slopes(lambda: np.vdot(delta, phi.f(Z)), Z), atol=1e-8)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("phi", [*SMOOTH, ReLU, LeakyReLU])
def test_a_network_of_any_depth_agrees_with_central_differences(rng, depth, phi):
    sizes, layers = [*(3, 5, 4, 6)[:depth], 2], []
    for n_in, n_out in pairwise(sizes):
        layers += [ref.Dense(n_in, n_out, rng), ref.Activate(phi)]
    net = ref.Network(layers[:-1])
    for p in net.params:
        p[:] = rng.normal(size=p.shape)
    X, Y = rng.normal(size=(7, 3)), classes(rng, 7, 2)
    grads = net.backward(special.softmax(net.forward(X), axis=1) - Y)
    assert len(grads) == 2 * depth
    for p, g in zip(net.params, grads, strict=True):
        np.testing.assert_allclose(g, slopes(lambda: mean_loss(net, X, Y), p), atol=1e-8)


def test_every_activation_with_a_derivative_was_checked():
    assert {cls for cls in vars(activations).values() if hasattr(cls, "df")} == {
        *SMOOTH,
        ReLU,
        LeakyReLU,
    }


@pytest.mark.parametrize(("kind", "variance"), [("xavier", 1.0), ("he", 2.0)])
def test_start_weights_are_normal_numbers_of_the_right_scale(rng, kind, variance):
    W, b = ref.init_weights(200, 150, kind, rng)
    assert W.shape == (200, 150)
    assert stats.kstest(W.ravel() / np.sqrt(variance / 200), "norm").pvalue > 0.01
    assert not b.any() and b.shape == (150,)


def test_ten_layers_keep_the_spread_that_the_lecture_says(rng):
    """The numbers of the curriculum: width 256, tanh, sd .01 dies out, 1/16 stays."""
    spread = []
    for scale in (0.01, 1 / 16):
        A = rng.normal(size=(200, 256))
        for _ in range(10):
            A = np.tanh(A @ rng.normal(scale=scale, size=(256, 256)))
        spread.append(A.std())
    assert spread == [pytest.approx(1e-8, rel=0.2), pytest.approx(0.23, abs=0.02)]


def test_one_batch_is_gradient_descent_on_the_mean_cross_entropy(rng):
    net = ref.Network([ref.Dense(2, 4, rng), ref.Activate(Tanh), ref.Dense(4, 3, rng)])
    X, Y = rng.normal(size=(9, 2)), classes(rng, 9, 3)
    X_val, Y_val = rng.normal(size=(5, 2)), classes(rng, 5, 3)
    start = [p.copy() for p in net.params]
    gradient = [slopes(lambda: mean_loss(net, X, Y), p) for p in net.params]
    history = ref.train(net, X, Y, X_val, Y_val, 0.7, 9, 1, rng)
    for p, before, g in zip(net.params, start, gradient, strict=True):
        np.testing.assert_allclose(p, before - 0.7 * g, atol=1e-8)
    assert history["train_loss"][0] == pytest.approx(mean_loss(net, X, Y))
    expected = log_loss(Y_val, special.softmax(net.forward(X_val), axis=1))
    assert history["val_loss"][0] == pytest.approx(expected)


class Recorder(ref.Network):
    """A network that writes down the batches it is trained on."""

    def __init__(self, layers):
        super().__init__(layers)
        self.batches = []

    def forward(self, X):
        self.last = X
        return super().forward(X)

    def backward(self, delta):
        self.batches.append(self.last[:, 0].astype(int).tolist())
        return super().backward(delta)


def test_every_epoch_uses_each_sample_once_in_a_new_order(rng):
    net, X = Recorder([ref.Dense(1, 2, rng)]), np.arange(10.0).reshape(10, 1)
    Y = classes(rng, 10, 2)
    ref.train(net, X, Y, X, Y, 1e-3, 4, 3, rng)
    assert [len(batch) for batch in net.batches] == [4, 4, 2] * 3
    epochs = [list(chain(*net.batches[i : i + 3])) for i in (0, 3, 6)]
    assert all(sorted(epoch) == list(range(10)) for epoch in epochs)
    assert epochs[0] != epochs[1] != epochs[2] != list(range(10))


def test_identical_units_stay_identical(rng):
    """Curriculum L10.2: equal start weights, equal units for ever."""
    net = ref.Network([ref.Dense(2, 4, rng), ref.Activate(Sigmoid), ref.Dense(4, 2, rng)])
    for p in net.params:
        p[:] = 0
    X = rng.normal(size=(50, 2))
    Y = np.eye(2)[(X[:, 0] * X[:, 1] > 0).astype(int)]
    ref.train(net, X, Y, X, Y, 1.0, 10, 20, rng)
    W1, _, W2, _ = net.params
    np.testing.assert_allclose(W1, W1[:, :1] * np.ones(4))
    np.testing.assert_allclose(W2, np.ones((4, 1)) * W2[:1])
    assert abs(W1).max() > 1e-4


def test_losses_stay_finite_at_huge_scores(rng):
    net = ref.Network([ref.Dense(1, 2, rng)])
    X, Y = np.array([[1000.0], [-1000.0]]), np.eye(2)
    with np.errstate(all="raise", under="ignore"):
        history = ref.train(net, X, Y, X, Y[::-1], 5.0, 1, 3, rng)
    assert np.isfinite(history["train_loss"]).all() and np.isfinite(history["val_loss"]).all()


def test_training_agrees_with_the_steps_of_scikit_learn(rng):
    """The same start, all samples in a batch, no momentum: the same weights after 30 epochs."""
    X, y = rng.normal(size=(40, 3)), rng.integers(0, 3, 40)
    theirs = MLPClassifier((5,), activation="tanh", solver="sgd", alpha=0, batch_size=40,
                           learning_rate_init=0.1, momentum=0, max_iter=1, tol=0,
                           warm_start=True, random_state=0)  # fmt: skip
    net = ref.Network([ref.Dense(3, 5, rng), ref.Activate(Tanh), ref.Dense(5, 3, rng)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        theirs.fit(X, y)
        pairs = [theirs.coefs_[0], theirs.intercepts_[0], theirs.coefs_[1], theirs.intercepts_[1]]
        for mine, other in zip(net.params, pairs, strict=True):
            mine[:] = other
        for _ in range(30):
            theirs.fit(X, y)
    Y = np.eye(3)[y]
    ref.train(net, X, Y, X, Y, 0.1, 40, 30, rng)
    np.testing.assert_allclose(net.params[0], theirs.coefs_[0], rtol=1e-6)
    np.testing.assert_allclose(net.params[3], theirs.intercepts_[1], rtol=1e-6, atol=1e-9)


def test_digits_are_read_as_the_homework_says():
    """Width 64, 30 epochs: at least 0.96 for every seed here; benchmarks measure more seeds."""
    X, y = load_digits(return_X_y=True)
    X, Y = X / 16, np.eye(10)[y]
    for seed in range(2):
        rng = np.random.default_rng(seed)
        order = rng.permutation(len(X))
        train, test = order[:1437], order[1437:]
        net = ref.Network([ref.Dense(64, 64, rng), ref.Activate(ReLU), ref.Dense(64, 10, rng)])
        ref.train(net, X[train], Y[train], X[test], Y[test], 0.2, 32, 30, rng)
        assert np.mean(net.forward(X[test]).argmax(axis=1) == y[test]) > 0.96


def test_dropout_keeps_each_unit_by_itself_and_the_mean(rng):
    A = 1 + rng.random((2000, 100))
    out, mask = ref.dropout_forward(A, 0.8, rng, True)
    np.testing.assert_array_equal(np.unique(mask), [0, 1 / 0.8])
    np.testing.assert_array_equal(out, A * mask)
    dropped = (mask == 0).sum(axis=1)
    assert dropped.std() == pytest.approx(np.sqrt(100 * 0.8 * 0.2), rel=0.1)
    assert out.mean() == pytest.approx(A.mean(), rel=0.01)
    # Neighbours in a row and in a column are independent: the correlation is near 0.
    kept = mask > 0
    assert abs(np.corrcoef(kept[:, 0], kept[:, 1])[0, 1]) < 0.1
    assert abs(np.corrcoef(kept[0], kept[1])[0, 1]) < 0.4


def test_dropout_does_nothing_outside_of_training(rng):
    A, before = rng.normal(size=(3, 4)), rng.bit_generator.state
    out, mask = ref.dropout_forward(A, 0.5, rng, False)
    np.testing.assert_array_equal(out, A)
    np.testing.assert_array_equal(mask, np.ones((3, 4)))
    assert out is not A
    assert np.all(ref.dropout_forward(A, 1.0, rng, True)[0] == A)
    assert before != rng.bit_generator.state


def test_dropout_backward_agrees_with_central_differences(rng):
    A, dA = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    _, mask = ref.dropout_forward(A, 0.6, rng, True)
    expected = slopes(lambda: np.vdot(dA, A * mask), A)
    np.testing.assert_allclose(ref.dropout_backward(dA, mask), expected, atol=1e-8)


def test_batch_normalization_gives_mean_beta_and_spread_gamma(rng):
    Z, gamma, beta = rng.normal(5, 3, (60, 4)), rng.uniform(0.5, 2, 4), rng.normal(size=4)
    out, _ = ref.batchnorm_forward(Z, gamma, beta, 0.0)
    np.testing.assert_allclose(out.mean(axis=0), beta)
    np.testing.assert_allclose(out.std(axis=0), gamma)
    np.testing.assert_allclose((out - beta) / gamma, stats.zscore(Z))


def test_batch_normalization_agrees_with_central_differences(rng):
    Z, gamma, beta = rng.normal(size=(6, 3)), rng.normal(size=3), rng.normal(size=3)
    dout = rng.normal(size=(6, 3))
    _, cache = ref.batchnorm_forward(Z, gamma, beta, 0.01)

    def J():
        return (dout * ref.batchnorm_forward(Z, gamma, beta, 0.01)[0]).sum()

    for result, at in zip(ref.batchnorm_backward(dout, cache), (Z, gamma, beta), strict=True):
        np.testing.assert_allclose(result, slopes(J, at), atol=1e-7)


def test_batch_normalization_of_a_constant_column_is_beta():
    out, cache = ref.batchnorm_forward(np.full((4, 1), 7.0), [2.0], [0.5], 1e-5)
    np.testing.assert_allclose(out, 0.5)
    dZ, _, _ = ref.batchnorm_backward(np.array([[1.0], [0.0], [0.0], [-1.0]]), cache)
    assert np.isfinite(dZ).all()


def test_confusion_matrix_agrees_with_scikit_learn(rng):
    y, y_hat = rng.integers(0, 5, (2, 100))
    expected = sklearn_confusion_matrix(y, y_hat, labels=range(6))
    counts = ref.confusion_matrix(y, y_hat, 6)
    np.testing.assert_array_equal(counts, expected)
    assert counts.dtype.kind == "i"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda rng: ref.init_weights(2, 2, "zeros", rng), "kind is 'zeros'"),
        (lambda rng: ref.init_weights(0, 2, "he", rng), "n_in is 0"),
        (lambda rng: ref.init_weights(2, 0, "he", rng), "n_out is 0"),
        (lambda rng: ref.dropout_forward(np.ones((1, 1)), 0.0, rng, True), "keep is 0.0"),
        (lambda rng: ref.dropout_forward(np.ones((1, 1)), 1.5, rng, True), "keep is 1.5"),
        (lambda rng: ref.Dense(2, 1, rng).forward(np.ones((3, 3))), "n_in = 3"),
        (lambda rng: ref.confusion_matrix([0, 3], [0, 1], 3), "labels 0, …, 2"),
        (lambda rng: ref.dropout_backward(np.ones((2, 2)), np.ones((2, 3))), "mask has shape"),
    ],
)
def test_wrong_arguments_are_refused_in_words(rng, call, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        call(rng)


@pytest.mark.parametrize("layer", [lambda rng: ref.Dense(2, 1, rng), lambda _: ref.Activate(Tanh)])
def test_backward_before_forward_is_refused(rng, layer):
    with pytest.raises(RuntimeError, match="before forward"):
        layer(rng).backward(np.ones((1, 1)))
