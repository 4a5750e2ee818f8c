"""The activations are right: checked by SciPy, by Python's math, and by central differences."""

import math

import numpy as np
import pytest
from scipy import special

from autograder.reference import activations as ref

ELEMENTWISE = [ref.Linear, ref.Sigmoid, ref.Tanh, ref.ReLU, ref.LeakyReLU, ref.Softplus]
SMOOTH = [ref.Linear, ref.Sigmoid, ref.Tanh, ref.Softplus]
FAR = np.array([-1e6, -1000.0, -40.0, 40.0, 1000.0, 1e6])

by_name = pytest.mark.parametrize("phi", ELEMENTWISE, ids=lambda phi: phi.__name__)


@pytest.fixture
def z() -> np.ndarray:
    return 3 * np.random.default_rng(8).normal(size=(6, 5))


def test_values_agree_with_math_one_by_one(z):
    oracles = {
        ref.Linear: lambda t: t,
        ref.Sigmoid: lambda t: 1 / (1 + math.exp(-t)),
        ref.Tanh: math.tanh,
        ref.ReLU: lambda t: max(0.0, t),
        ref.LeakyReLU: lambda t: t if t > 0 else t / 100,
        ref.Softplus: lambda t: math.log(1 + math.exp(t)),
    }
    for phi, oracle in oracles.items():
        expected = [[oracle(t) for t in row] for row in z.tolist()]
        np.testing.assert_allclose(phi.f(z), expected, rtol=1e-13)


@by_name
def test_slopes_agree_with_central_differences(phi, z):
    h = 1e-6
    assert np.abs(z).min() > h  # no kink in between
    np.testing.assert_allclose(phi.df(z), (phi.f(z + h) - phi.f(z - h)) / (2 * h), atol=1e-9)


@pytest.mark.parametrize("phi", SMOOTH, ids=lambda phi: phi.__name__)
def test_slope_of_a_smooth_function_at_0(phi):
    np.testing.assert_allclose(phi.df(0.0), (phi.f(1e-6) - phi.f(-1e-6)) / 2e-6, atol=1e-9)


def test_slope_of_relu_at_its_kink_is_0():
    assert ref.ReLU.df(0.0) == 0
    assert ref.LeakyReLU.df(0.0) in (0.01, 1)


def test_far_from_0_agrees_with_scipy_and_nothing_overflows():
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        np.testing.assert_allclose(ref.Sigmoid.f(FAR), special.expit(FAR), rtol=1e-13)
        expected = special.expit(FAR) * special.expit(-FAR)
        np.testing.assert_allclose(ref.Sigmoid.df(FAR), expected, rtol=1e-13)
        np.testing.assert_allclose(ref.Softplus.f(FAR), -special.log_expit(-FAR), rtol=1e-13)
        np.testing.assert_allclose(ref.Softplus.df(FAR), special.expit(FAR), rtol=1e-13)
        np.testing.assert_allclose(ref.Tanh.f(FAR), np.sign(FAR), rtol=1e-13)
        np.testing.assert_allclose(ref.Tanh.df(FAR), 0, atol=1e-13)


@by_name
@pytest.mark.parametrize("shape", [(), (1,), (4,), (2, 3), (2, 1, 3), (0, 2)])
def test_any_shape_comes_back_as_a_new_float_array(phi, shape):
    for given in (np.zeros(shape, dtype=int), np.full(shape, 1.5)):
        for result in (phi.f(given), phi.df(given)):
            assert np.shape(result) == shape
            assert np.asarray(result).dtype == np.float64
            assert not np.shares_memory(result, given)


@by_name
def test_inputs_are_left_alone(phi, z):
    before = z.copy()
    phi.f(z)[...] = 7
    phi.df(z)[...] = 7
    np.testing.assert_array_equal(z, before)


def test_relations_that_the_lecture_states(z):
    np.testing.assert_allclose(ref.Tanh.f(z), 2 * ref.Sigmoid.f(2 * z) - 1, atol=1e-15)
    np.testing.assert_allclose(ref.Softplus.df(z), ref.Sigmoid.f(z))
    np.testing.assert_allclose(ref.Softplus.f(z) - ref.Softplus.f(-z), z, atol=1e-14)
    assert ref.Sigmoid.df(z).max() <= ref.Sigmoid.df(0.0) == 0.25
    assert ref.Tanh.df(z).max() <= ref.Tanh.df(0.0) == 1
    gap = ref.Softplus.f(z) - ref.ReLU.f(z)
    assert gap.min() > 0
    assert gap.max() <= math.log(2)


def test_softmax_is_that_of_scores(z):
    np.testing.assert_allclose(ref.Softmax.f(z), special.softmax(z, axis=1))
    assert not hasattr(ref.Softmax, "df")


@by_name
def test_refuses_what_is_no_number(phi):
    for function in (phi.f, phi.df):
        with pytest.raises(TypeError, match="expected real numbers"):
            function(np.array(["a"]))
