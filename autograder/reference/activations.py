"""Activation functions, each with its derivative: one class for each, used as ``Tanh.f(z)``.

The static methods keep a function and its derivative together, so that code that goes forward and
code that goes backward can be given the same object.
"""

import numpy as np
from numpy.typing import ArrayLike

from autograder.reference.logistic_regression import sigmoid
from autograder.reference.shapes import Array, alike
from autograder.reference.softmax_svm import softmax


class Linear:
    """The identity, for outputs that may be any number.

    Examples
    --------
    >>> Linear.f(np.array([-1.5, 2.0])), Linear.df(np.array([-1.5, 2.0]))
    (array([-1.5,  2. ]), array([1., 1.]))
    """

    @staticmethod
    def f(z: ArrayLike) -> Array:
        """Return z."""
        (z,) = alike(z=z)
        return z.copy()

    @staticmethod
    def df(z: ArrayLike) -> Array:
        """Return 1 for each entry of z."""
        (z,) = alike(z=z)
        return np.ones_like(z)


class Sigmoid:
    """σ(z) = 1 / (1 + e^(−z)), between 0 and 1, with the slope σ(1 − σ) ≤ 1/4.

    Examples
    --------
    >>> Sigmoid.f(np.array([0.0, 1000.0])), Sigmoid.df(np.array([0.0, -1000.0]))
    (array([0.5, 1. ]), array([0.25, 0.  ]))
    """

    @staticmethod
    def f(z: ArrayLike) -> Array:
        """Return σ(z)."""
        (z,) = alike(z=z)
        return sigmoid(z)

    @staticmethod
    def df(z: ArrayLike) -> Array:
        """Return σ(z) σ(−z), which is σ(z)(1 − σ(z)) without the loss of digits near 1."""
        (z,) = alike(z=z)
        return sigmoid(z) * sigmoid(-z)


class Tanh:
    """tanh z = 2σ(2z) − 1, between −1 and 1, with the slope 1 − tanh² ≤ 1.

    Examples
    --------
    >>> Tanh.f(np.array([0.0, 1000.0])), Tanh.df(np.array([0.0, 1000.0]))
    (array([0., 1.]), array([1., 0.]))
    """

    @staticmethod
    def f(z: ArrayLike) -> Array:
        """Return tanh z."""
        (z,) = alike(z=z)
        return np.tanh(z)

    @staticmethod
    def df(z: ArrayLike) -> Array:
        """Return 1 − tanh² z."""
        (z,) = alike(z=z)
        return 1.0 - np.tanh(z) ** 2


class ReLU:
    """max(0, z), with the slope 0 on the left, 1 on the right, and 0 at 0.

    Examples
    --------
    >>> ReLU.f(np.array([-2.0, 0.0, 3.0])), ReLU.df(np.array([-2.0, 0.0, 3.0]))
    (array([0., 0., 3.]), array([0., 0., 1.]))
    """

    @staticmethod
    def f(z: ArrayLike) -> Array:
        """Return max(0, z)."""
        (z,) = alike(z=z)
        return np.maximum(0.0, z)

    @staticmethod
    def df(z: ArrayLike) -> Array:
        """Return 1 where z > 0, else 0."""
        (z,) = alike(z=z)
        return (z > 0).astype(np.float64)


class LeakyReLU:
    """z on the right, 0.01 z on the left, so that no unit is without a slope (Maas et al., 2013).

    Examples
    --------
    >>> LeakyReLU.f(np.array([-2.0, 3.0])), LeakyReLU.df(np.array([-2.0, 3.0]))
    (array([-0.02,  3.  ]), array([0.01, 1.  ]))
    """

    @staticmethod
    def f(z: ArrayLike) -> Array:
        """Return z where z > 0, else 0.01 z."""
        (z,) = alike(z=z)
        return np.where(z > 0, z, 0.01 * z)

    @staticmethod
    def df(z: ArrayLike) -> Array:
        """Return 1 where z > 0, else 0.01."""
        (z,) = alike(z=z)
        return np.where(z > 0, 1.0, 0.01)


class Softplus:
    """log(1 + e^z), a ReLU with a round corner, whose slope is σ(z) (Dugas et al., 2001).

    Examples
    --------
    >>> Softplus.f(np.array([-1000.0, 1000.0])), Softplus.df(np.array([0.0]))
    (array([   0., 1000.]), array([0.5]))
    """

    @staticmethod
    def f(z: ArrayLike) -> Array:
        """Return log(1 + e^z)."""
        (z,) = alike(z=z)
        return np.logaddexp(0.0, z)

    @staticmethod
    def df(z: ArrayLike) -> Array:
        """Return σ(z)."""
        return Sigmoid.f(z)


class Softmax:
    """The probabilities of K classes for each row of scores; an output activation without ``df``.

    Its derivative is no array of the shape of z, because every output depends on every score of its
    row. It is paired with the cross-entropy, for which the error of the output is P − Y.

    Examples
    --------
    >>> Softmax.f(np.array([[1000.0, 1000.0]]))
    array([[0.5, 0.5]])
    """

    @staticmethod
    def f(z: ArrayLike) -> Array:
        """Return the softmax of each row (m, K)."""
        return softmax(z)
