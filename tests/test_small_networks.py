"""What the lectures on networks draw and train with does what it says."""

import doctest
import sys

import numpy as np
import pytest
from conftest import ROOT


@pytest.fixture
def small(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "course"))
    import small_networks

    yield small_networks
    sys.modules.pop("small_networks")


def test_examples(small):
    assert doctest.testmod(small).failed == 0


def test_scores_are_those_of_layers_one_after_the_other(small):
    rng = np.random.default_rng(8)
    flat, X = rng.normal(size=(5, 25)), rng.normal(size=(7, 2))
    assert small.score(X, flat, [2, 4, 2, 1], np.tanh).shape == (5, 7)
    for one in flat:
        A = np.tanh(X @ one[:8].reshape(2, 4) + one[8:12])
        A = np.tanh(A @ one[12:20].reshape(4, 2) + one[20:22])
        np.testing.assert_allclose(small.hidden(X, one, [2, 4, 2, 1], np.tanh), A)
        expected = A @ one[22:24] + one[24]
        np.testing.assert_allclose(small.score(X, one, [2, 4, 2, 1], np.tanh), expected)


def test_a_step_of_logistic_regression_is_that_of_its_gradient(small):
    rng = np.random.default_rng(8)
    X, y, start = rng.normal(size=(10, 2)), rng.integers(0, 2, 10), rng.normal(size=(1, 3))
    after = small.train(start, X, y, [2, 1], np.tanh, lr=0.5, epochs=1)[1, 0]
    error = 1 / (1 + np.exp(-(X @ start[0, :2] + start[0, 2]))) - y
    gradient = np.append(X.T @ error, error.sum()) / 10
    np.testing.assert_allclose(after, start[0] - 0.5 * gradient, atol=1e-8)


def test_lines_lie_where_the_score_is_0(small):
    w, b = np.array([1.0, -2.0]), 0.7
    np.testing.assert_allclose(w @ small.straight_line(w, b) + b, 0, atol=1e-12)
    segments = small.zero_curve(lambda P: (P**2).sum(axis=-1) - 4, 5.0)
    radii = np.hypot(*segments.reshape(2, 2, -1).transpose(1, 0, 2))
    np.testing.assert_allclose(radii, 2, atol=0.01)
    nothing = small.zero_curve(lambda P: 1 + 0 * P[..., 0], 5.0)
    assert np.abs(nothing).min() > 5
