"""The reference of homework 5 is right: checked by other programs and by central differences."""

import numpy as np
import pytest
from scipy import special
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import hinge_loss as sklearn_hinge_loss
from sklearn.metrics import log_loss

from autograder.reference import softmax_svm as ref
from autograder.reference.numpy_data import one_hot

PICTURES = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(11)


@pytest.fixture
def scores(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    return 2 * rng.normal(size=(30, 4)), rng.integers(0, 4, 30)


def slopes(J, at: np.ndarray, h: float = 1e-6) -> np.ndarray:
    """Return the central differences of a function of an array."""
    units = np.eye(at.size).reshape(-1, *at.shape)
    return np.array([(J(at + h * u) - J(at - h * u)) / (2 * h) for u in units]).reshape(at.shape)


def test_class_is_the_one_that_wins_every_comparison(rng):
    X, W, b = rng.normal(size=(9, 3)), rng.normal(size=(3, 4)), rng.normal(size=4)
    y_hat = ref.predict_class(X, W, b)
    for x, k in zip(X, y_hat, strict=True):
        own = x @ W[:, k] + b[k]
        assert all(own > x @ W[:, j] + b[j] for j in range(4) if j != k)
    assert y_hat.dtype.kind == "i"


def test_hinge_losses_of_the_three_pictures():
    y = np.array([0, 1, 2])
    losses = ref.hinge_loss(PICTURES, y)
    np.testing.assert_allclose(losses, [2.9, 0.0, 12.9])
    assert losses.mean() == pytest.approx(5.2667, abs=5e-5)
    np.testing.assert_allclose(ref.hinge_loss(2 * PICTURES, y), [4.8, 0.0, 23.8])
    squares = ref.squared_hinge_loss(PICTURES, y)
    np.testing.assert_allclose(squares, [8.41, 0.0, 83.25])
    assert squares.mean() == pytest.approx(30.5533, abs=5e-5)


@pytest.mark.parametrize("delta", [0.25, 1.0, 3])
def test_hinge_losses_are_those_of_two_loops(scores, delta):
    S, y = scores
    terms = [
        [max(0.0, S[i, j] - S[i, y[i]] + delta) for j in range(4) if j != y[i]] for i in range(30)
    ]
    np.testing.assert_allclose(ref.hinge_loss(S, y, delta), [sum(t) for t in terms])
    expected = [sum(v**2 for v in t) for t in terms]
    np.testing.assert_allclose(ref.squared_hinge_loss(S, y, delta), expected)


def test_hinge_loss_of_two_classes_agrees_with_scikit_learn(rng):
    S, y = rng.normal(size=(30, 2)), rng.integers(0, 2, 30)
    expected = sklearn_hinge_loss(y, S[:, 1] - S[:, 0], labels=[0, 1])
    assert ref.hinge_loss(S, y).mean() == pytest.approx(expected)


@pytest.mark.parametrize("delta", [0.25, 1.0, 3])
def test_hinge_gradient_agrees_with_central_differences(scores, delta):
    S, y = scores
    expected = slopes(lambda s: ref.hinge_loss(s, y, delta).mean(), S)
    np.testing.assert_allclose(ref.hinge_gradient(S, y, delta), expected, atol=1e-8)


def test_equal_scores_have_the_values_to_check_before_training():
    y = np.array([2, 0, 9])
    S = np.full((3, 10), 0.5)
    np.testing.assert_allclose(ref.hinge_loss(S, y), 9)
    assert ref.cross_entropy(S, y) == pytest.approx(2.302585)


def test_softmax_agrees_with_scipy(scores):
    S, _ = scores
    np.testing.assert_allclose(ref.softmax(S), special.softmax(S, axis=1))
    two = S[:, :2]
    np.testing.assert_allclose(ref.softmax(two)[:, 1], special.expit(two[:, 1] - two[:, 0]))
    far = np.array([[1000.0, 1001.0, -1000.0], [-1000.0, -1001.0, -3000.0]])
    np.testing.assert_allclose(ref.softmax(far), special.softmax(far, axis=1))


def test_cross_entropy_agrees_with_scipy_and_scikit_learn(scores):
    S, y = scores
    expected = log_loss(y, special.softmax(S, axis=1), labels=range(4))
    assert ref.cross_entropy(S, y) == pytest.approx(expected)
    far = 1000 * S
    expected = np.mean(special.logsumexp(far, axis=1) - far[np.arange(30), y])
    assert ref.cross_entropy(far, y) == pytest.approx(expected)
    assert ref.cross_entropy(PICTURES, [0, 1, 2]) == pytest.approx(2.7587, abs=5e-5)


def test_softmax_gradients_agree_with_central_differences(rng):
    X, y = rng.normal(size=(9, 3)), rng.integers(0, 4, 9)
    W, b = rng.normal(size=(3, 4)), rng.normal(size=4)
    dW, db = ref.softmax_gradients(X, one_hot(y, 4), W, b)
    expected = slopes(lambda w: ref.cross_entropy(X @ w + b, y), W)
    np.testing.assert_allclose(dW, expected, atol=1e-8)
    expected = slopes(lambda c: ref.cross_entropy(X @ W + c, y), b)
    np.testing.assert_allclose(db, expected, atol=1e-8)


def test_fit_arrives_where_scikit_learn_does(rng):
    X = rng.normal(size=(60, 2))
    y = (X + rng.normal(size=(60, 2)) > 0).sum(axis=1)
    W, b, history = ref.fit_softmax(X, y, 3, 1.0, 1500)
    assert history[0] == pytest.approx(np.log(3))
    assert np.all(np.diff(history) <= 1e-12)
    model = LogisticRegression(C=np.inf, tol=1e-10, max_iter=5000).fit(X, y)
    np.testing.assert_allclose(ref.softmax(X @ W + b), model.predict_proba(X), atol=1e-4)


def test_fit_stays_finite_at_huge_scores(rng):
    X, y = 1000 * rng.normal(size=(12, 2)), rng.integers(0, 3, 12)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        _, _, history = ref.fit_softmax(X, y, 3, 10.0, 20)
    assert np.isfinite(history).all()
    assert history.max() > 1e6


def test_multilabel_bce_agrees_with_scikit_learn(rng):
    P, Y = rng.uniform(0.01, 0.99, (9, 3)), rng.integers(0, 2, (9, 3))
    expected = sum(log_loss(Y[:, k], P[:, k], labels=[0, 1]) for k in range(3))
    assert ref.multilabel_bce(P, Y) == pytest.approx(expected)


def test_multilabel_bce_of_certain_answers():
    with np.errstate(divide="raise", invalid="raise"):
        assert ref.multilabel_bce([[1, 0], [0, 1]], [[1, 0], [0, 1]]) == 0
        assert ref.multilabel_bce([[1.0, 0.5]], [[0, 0]]) == np.inf


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ref.predict_class(np.ones((4, 2)), np.ones((3, 2)), [0, 0]), r"n = 2 as in X"),
        (lambda: ref.hinge_loss(PICTURES, [0, 1]), r"m = 3 as in S"),
        (lambda: ref.hinge_loss(PICTURES, [0, 1, 3]), r"labels 0, …, 2"),
        (lambda: ref.squared_hinge_loss(PICTURES, [0, 1, -1]), r"labels 0, …, 2"),
        (lambda: ref.hinge_gradient(PICTURES, [0, 1, 0.5]), r"labels 0, …, 2"),
        (lambda: ref.softmax([1.0, 2.0]), r"expected \(m, K\)"),
        (lambda: ref.cross_entropy(PICTURES, [[0], [1], [2]]), r"expected \(m,\)"),
        (lambda: ref.softmax_gradients([[1.0]], [[1, 0]], [[1.0]], [0.0]), r"K = 2 as in Y"),
        (lambda: ref.fit_softmax([[1.0]], [0, 1], 2, 0.1, 3), r"m = 1 as in X"),
        (lambda: ref.fit_softmax([[1.0]], [2], 2, 0.1, 3), r"labels 0, …, 1"),
        (lambda: ref.multilabel_bce([[1.5]], [[1]]), r"from 0 to 1"),
        (lambda: ref.multilabel_bce([[0.5]], [[0.5]]), r"values than 0 and 1"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused_with_what_was_expected(call, message):
    with pytest.raises(ValueError, match=message):
        call()
