r"""From one neuron to a network of any depth: the way forward, from inputs to outputs.

Layer l = 1, …, L has the weights ``Ws[l-1]``, the biases ``bs[l-1]`` and the activation
``phis[l-1]``: :math:`Z^{[l]} = A^{[l-1]} W^{[l]} + b^{[l]}`, :math:`A^{[l]} = g^{[l]}(Z^{[l]})`,
:math:`A^{[0]} = X`. An activation is used as ``phi.f(z)``.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.reference.shapes import Array, shaped

Indices = NDArray[np.intp]


class Activation(Protocol):
    """What a layer needs of an activation; its class, not an instance, is handed over."""

    @staticmethod
    def f(z: ArrayLike) -> Array:
        """Return the activation of each score."""
        ...


def neuron(x: ArrayLike, w: ArrayLike, b: float, phi: Activation) -> float:
    r"""Return the output of one neuron, :math:`g(x \cdot w + b)`.

    Parameters
    ----------
    x : array_like, shape (n,)
        Inputs.
    w : array_like, shape (n,)
        Weights.
    b : float
        Bias.
    phi : class with a static method ``f``
        Activation.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        ``x`` and ``w`` differ in shape.

    References
    ----------
    McCulloch and Pitts, *A Logical Calculus of the Ideas Immanent in Nervous Activity* (1943), with
    a step as activation.

    Examples
    --------
    >>> from autograder.reference.activations import ReLU, Sigmoid
    >>> neuron([1.0, 2.0], [0.5, -1.0], 1.5, Sigmoid)
    0.5
    >>> neuron([1.0, 2.0], [0.5, -1.0], 2.0, ReLU)
    0.5
    """
    x, w = shaped(x=(x, "n"), w=(w, "n"))
    return float(phi.f(x @ w + b))


def perceptron_fit(X: ArrayLike, y: ArrayLike, max_epochs: int) -> tuple[Array, float, int, bool]:
    r"""Fit a perceptron by Rosenblatt's rule, from zeros, with the samples in their order.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    y : array_like, shape (m,)
        Labels 0 and 1.
    max_epochs : int
        The largest number of passes over the samples.

    Returns
    -------
    w : ndarray, shape (n,)
        Weights. A wrong 0 adds the sample to them, a wrong 1 subtracts it.
    b : float
        Bias, the weight of an input that is always 1.
    n_updates : int
        The number of wrong outputs, which is the number of updates.
    converged : bool
        Whether an epoch, one of the ``max_epochs``, went by without an update.

    Raises
    ------
    ValueError
        ``X`` and ``y`` differ in the number of samples, or a label is neither 0 nor 1.

    Notes
    -----
    The output is 1 where :math:`x \cdot w + b > 0`. If a hyperplane separates the classes strictly,
    there are at most :math:`(R/\gamma)^2` updates, with R the largest norm of a sample and
    :math:`\gamma` the margin, both with the constant input 1 included.

    References
    ----------
    Rosenblatt, *The Perceptron* (1958); Novikoff, *On Convergence Proofs for Perceptrons* (1962).

    Examples
    --------
    >>> X = [[0, 0], [0, 1], [1, 0], [1, 1]]
    >>> perceptron_fit(X, [0, 0, 0, 1], max_epochs=100)
    (array([2., 1.]), -2.0, 10, True)
    >>> perceptron_fit(X, [0, 1, 1, 0], max_epochs=1000)[2:]
    (3997, False)
    """
    X, y = shaped(X=(X, "m n"), y=(y, "m"))
    if not np.isin(y, (0, 1)).all():
        raise ValueError("y holds labels other than 0 and 1")
    w, b = np.zeros(X.shape[1]), 0.0
    n_updates = 0
    for _ in range(max_epochs):
        before = n_updates
        for x, label in zip(X, y, strict=True):
            error = float(label) - float(x @ w + b > 0)
            if error:
                w = w + error * x
                b = b + error
                n_updates += 1
        if n_updates == before:
            return w, b, n_updates, True
    return w, b, n_updates, False


def collapse_linear(
    W1: ArrayLike, b1: ArrayLike, W2: ArrayLike, b2: ArrayLike
) -> tuple[Array, Array]:
    r"""Return the one layer that does what two layers without activation do.

    Parameters
    ----------
    W1, b1 : array_like, shapes (n, h) and (h,)
        The first layer.
    W2, b2 : array_like, shapes (h, K) and (K,)
        The second layer.

    Returns
    -------
    W : ndarray, shape (n, K)
        :math:`W_1 W_2`.
    b : ndarray, shape (K,)
        :math:`b_1 W_2 + b_2`.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 6.1.

    Examples
    --------
    >>> collapse_linear([[1.0, 2.0]], [3.0, 0.0], [[1.0], [10.0]], [0.5])
    (array([[21.]]), array([3.5]))
    """
    W1, b1, W2, b2 = shaped(W1=(W1, "n h"), b1=(b1, "h"), W2=(W2, "h K"), b2=(b2, "K"))
    return W1 @ W2, b1 @ W2 + b2


def hinge_basis(x: ArrayLike, knots: ArrayLike, signs: ArrayLike) -> Array:
    r"""Return hinge functions, :math:`\max(0, x - t)` or its mirror image :math:`\max(0, t - x)`.

    Parameters
    ----------
    x : array_like, shape (m,)
        Where the functions are evaluated.
    knots : array_like, shape (k,)
        Where each function has its kink.
    signs : array_like, shape (k,)
        +1 for a function that rises to the right of its knot, -1 for one that rises to the left.

    Returns
    -------
    ndarray, shape (m, k)
        A column for each hinge function.

    Raises
    ------
    ValueError
        An argument is not flat, ``knots`` and ``signs`` differ in length, or a sign is not 1 or -1.

    References
    ----------
    Friedman, *Multivariate Adaptive Regression Splines* (1991), section 3.

    Examples
    --------
    >>> hinge_basis([0.0, 1.5, 3.0], [1.0, 1.0], [1, -1])
    array([[0. , 1. ],
           [0.5, 0. ],
           [2. , 0. ]])
    """
    x, knots, signs = shaped(x=(x, "m"), knots=(knots, "k"), signs=(signs, "k"))
    if not np.isin(signs, (-1, 1)).all():
        raise ValueError("signs holds numbers other than 1 and -1")
    D = signs * (x[:, np.newaxis] - knots)
    H: Array = np.maximum(0.0, D)
    return H


def mars_predict(
    x: ArrayLike, c0: float, coefs: ArrayLike, knots: ArrayLike, signs: ArrayLike
) -> Array:
    r"""Return a constant plus a weighted sum of hinge functions, :math:`c_0 + \sum_i c_i B_i(x)`.

    Parameters
    ----------
    x : array_like, shape (m,)
        Where the sum is evaluated.
    c0 : float
        The constant.
    coefs : array_like, shape (k,)
        A coefficient for each hinge function.
    knots, signs : array_like, shape (k,)
        The hinge functions, as in `hinge_basis`.

    Returns
    -------
    ndarray, shape (m,)

    Raises
    ------
    ValueError
        As in `hinge_basis`, or ``coefs`` has another length.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 9.4.

    Examples
    --------
    >>> coefs, knots = [1.198, -1.803, -1.321, -1.609, 1.591], [0.485, 0.485, 0.283, 0.64, 0.907]
    >>> mars_predict([0.0, 0.64, 1.0], 1.013, coefs, knots, [1, -1, 1, 1, 1]).round(4)
    array([0.1385, 0.7271, 0.2515])
    """
    x, coefs, knots = shaped(x=(x, "m"), coefs=(coefs, "k"), knots=(knots, "k"))
    y_hat: Array = c0 + hinge_basis(x, knots, signs) @ coefs
    return y_hat


def count_parameters(sizes: Sequence[int]) -> int:
    """Return the number of weights and biases of a network of dense layers.

    Parameters
    ----------
    sizes : sequence of int
        The number of inputs, then the number of units of each layer.

    Returns
    -------
    int

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 5.1.

    Examples
    --------
    >>> count_parameters([3, 2, 1]), count_parameters([784, 25, 10])
    (11, 19885)
    """
    return sum(n * k + k for n, k in pairwise(sizes))


def dense_forward(A: ArrayLike, W: ArrayLike, b: ArrayLike, phi: Activation) -> tuple[Array, Array]:
    r"""Return what one layer computes, before and after its activation.

    Parameters
    ----------
    A : array_like, shape (m, n)
        The activations of the layer before, or the data.
    W : array_like, shape (n, k)
        Weights, a column for each unit.
    b : array_like, shape (k,)
        Biases.
    phi : class with a static method ``f``
        Activation.

    Returns
    -------
    Z : ndarray, shape (m, k)
        :math:`AW + b`.
    A : ndarray, shape (m, k)
        :math:`g(Z)`.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 6.1.

    Examples
    --------
    >>> from autograder.reference.activations import ReLU
    >>> dense_forward([[1.0, 2.0]], [[1.0, -1.0], [1.0, 0.0]], [0.5, 0.5], ReLU)
    (array([[ 3.5, -0.5]]), array([[3.5, 0. ]]))
    """
    A, W, b = shaped(A=(A, "m n"), W=(W, "n k"), b=(b, "k"))
    Z = A @ W + b
    return Z, phi.f(Z)


def forward(
    X: ArrayLike, Ws: Sequence[ArrayLike], bs: Sequence[ArrayLike], phis: Sequence[Activation]
) -> tuple[list[Array], list[Array]]:
    r"""Return all that a network computes on its way from inputs to outputs.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Ws, bs : sequence of L array_like
        Weights and biases of each layer.
    phis : sequence of L classes with a static method ``f``
        The activation of each layer.

    Returns
    -------
    Zs : list of L ndarrays
        :math:`Z^{[1]}, \dots, Z^{[L]}`.
    As : list of L + 1 ndarrays
        :math:`A^{[0]} = X, A^{[1]}, \dots, A^{[L]}`; the last is the output.

    Raises
    ------
    ValueError
        The lists differ in length, or the shapes do not fit together.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), algorithm 6.3.

    Examples
    --------
    >>> from autograder.reference.activations import Linear, ReLU
    >>> Ws, bs = [[[1.0, 1.0], [1.0, 1.0]], [[1.0], [-2.0]]], [[0.0, -1.0], [0.0]]
    >>> Zs, As = forward([[1.0, 1.0]], Ws, bs, [ReLU, Linear])
    >>> Zs
    [array([[2., 1.]]), array([[0.]])]
    """
    (X,) = shaped(X=(X, "m n"))
    Zs: list[Array] = []
    As = [X.copy()]
    for W, b, phi in zip(Ws, bs, phis, strict=True):
        Z, A = dense_forward(As[-1], W, b, phi)
        Zs.append(Z)
        As.append(A)
    return Zs, As


def predict(
    X: ArrayLike, Ws: Sequence[ArrayLike], bs: Sequence[ArrayLike], phis: Sequence[Activation]
) -> Indices:
    """Return the class that a network predicts for each sample.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Ws, bs, phis : sequence
        The network, as in `forward`. Its last layer has a unit for each of K ≥ 2 classes.

    Returns
    -------
    ndarray of int, shape (m,)
        The unit with the largest output; the first of equally large ones.

    Raises
    ------
    ValueError
        As in `forward`.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 5.2.

    Examples
    --------
    >>> from autograder.reference.activations import Sigmoid, Tanh
    >>> Ws, bs = [[[1.0, -1.0]], [[0.0, 1.0], [1.0, 0.0]]], [[0.0, 0.0], [0.0, 0.0]]
    >>> predict([[2.0], [-2.0]], Ws, bs, [Tanh, Sigmoid])
    array([1, 0])
    """
    _, As = forward(X, Ws, bs, phis)
    best: Indices = As[-1].argmax(axis=1)
    return best


def theta_to_Wb(Theta: ArrayLike) -> tuple[Array, Array]:
    r"""Take a matrix with the bias inside, :math:`\Theta = [\,b \;\; W^\top]`, apart.

    Parameters
    ----------
    Theta : array_like, shape (k, n + 1)
        A row for each unit, its bias first.

    Returns
    -------
    W : ndarray, shape (n, k)
        Weights, a column for each unit.
    b : ndarray, shape (k,)
        Biases.

    Raises
    ------
    ValueError
        ``Theta`` is not a matrix, or has no column of weights.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 5.1, equation 5.8.

    Examples
    --------
    >>> theta_to_Wb([[0.5, 1.0, 2.0], [-0.5, 3.0, 4.0]])
    (array([[1., 3.],
           [2., 4.]]), array([ 0.5, -0.5]))
    """
    (Theta,) = shaped(Theta=(Theta, "k columns"))
    if Theta.shape[1] < 2:
        raise ValueError(f"Theta has shape {Theta.shape}, expected (k, n + 1) with n at least 1")
    return Theta[:, 1:].T.copy(), Theta[:, 0].copy()


def Wb_to_theta(W: ArrayLike, b: ArrayLike) -> Array:
    r"""Put weights and biases into one matrix, :math:`\Theta = [\,b \;\; W^\top]`.

    Parameters
    ----------
    W : array_like, shape (n, k)
        Weights, a column for each unit.
    b : array_like, shape (k,)
        Biases.

    Returns
    -------
    ndarray, shape (k, n + 1)
        A row for each unit, its bias first.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 5.1, equation 5.8.

    Examples
    --------
    >>> Wb_to_theta([[1.0, 3.0], [2.0, 4.0]], [0.5, -0.5])
    array([[ 0.5,  1. ,  2. ],
           [-0.5,  3. ,  4. ]])
    """
    W, b = shaped(W=(W, "n k"), b=(b, "k"))
    return np.column_stack([b, W.T])


def xor_network(X: ArrayLike) -> Array:
    r"""Return the exclusive or of two inputs, by a hidden layer of two ReLU units.

    Parameters
    ----------
    X : array_like, shape (m, 2)
        Rows of 0 and 1.

    Returns
    -------
    ndarray, shape (m,)
        :math:`h_1 - 2h_2` with :math:`h_1 = \max(0, x_1 + x_2)` and
        :math:`h_2 = \max(0, x_1 + x_2 - 1)`: 1 where exactly one input is 1, else 0.

    Raises
    ------
    ValueError
        ``X`` does not have two columns.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 6.1.

    Examples
    --------
    >>> xor_network([[0, 0], [0, 1], [1, 0], [1, 1]])
    array([0., 1., 1., 0.])
    """
    (X,) = shaped(X=(X, "m 2"))
    W, b, w = np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -2.0])
    out: Array = np.maximum(0.0, X @ W + b) @ w
    return out
