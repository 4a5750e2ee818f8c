r"""Logistic regression: a probability from a score, its loss, its gradient, and the fit.

A row of ``X`` is a sample, ``Y`` of shape (m, 1) holds the labels 0 and 1. The bias ``b`` is
separate from the weights ``W``. A score :math:`z = x \cdot w + b` becomes the estimated probability
:math:`\hat p = \sigma(z)` of class 1. The objective is the binary cross-entropy,
:math:`J = -\frac1m \sum_i [y^{(i)} \log \hat p^{(i)} + (1 - y^{(i)}) \log(1 - \hat p^{(i)})]`.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from autograder.reference.shapes import Array, shaped

Predict = Callable[[Array], ArrayLike]


def sigmoid(z: ArrayLike) -> Array:
    r"""Return the sigmoid :math:`\sigma(z) = 1 / (1 + e^{-z})` of every entry.

    Parameters
    ----------
    z : array_like, any shape
        Scores.

    Returns
    -------
    ndarray, the same shape
        Numbers between 0 and 1.

    Notes
    -----
    For :math:`z < 0` the same number is written :math:`e^z / (1 + e^z)`. With
    :math:`e^{-\lvert z\rvert}` in both cases no exponential is larger than 1, so none overflows.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 3.10.

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    z = np.asarray(z, dtype=np.float64)
    e = np.exp(-np.abs(z))
    p: Array = np.where(z < 0, e, 1.0) / (1.0 + e)
    return p


def predict_proba(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> Array:
    r"""Return the estimated probabilities :math:`\hat P = \sigma(XW + b)` of class 1.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix, a row for each sample.
    W : array_like, shape (n, 1)
        Weights.
    b : array_like, shape (1,)
        Bias.

    Returns
    -------
    ndarray, shape (m, 1)
        A probability for each sample.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.87.

    Examples
    --------
    >>> predict_proba([[1.0, 2.0], [3.0, 0.0]], [[2.0], [-1.0]], [0.0]).round(4)
    array([[0.5   ],
           [0.9975]])
    """
    X, W, b = shaped(X=(X, "m n"), W=(W, "n 1"), b=(b, "1"))
    return sigmoid(X @ W + b)


def predict_label(P: ArrayLike, threshold: float = 0.5) -> np.ndarray:
    """Return the label 1 where the probability reaches the threshold, and 0 elsewhere.

    Parameters
    ----------
    P : array_like, shape (m, 1)
        Probabilities of class 1.
    threshold : float
        The smallest probability that is answered by 1.

    Returns
    -------
    ndarray of int, shape (m, 1)
        Labels.

    Raises
    ------
    ValueError
        ``P`` does not have shape (m, 1).

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 2.4.

    Examples
    --------
    >>> predict_label([[0.3], [0.7], [0.9]], threshold=0.8)
    array([[0],
           [0],
           [1]])
    """
    (P,) = shaped(P=(P, "m 1"))
    return (P >= threshold).astype(int)


def decision_grid(
    predict: Predict, xlim: ArrayLike, ylim: ArrayLike, n: int
) -> tuple[Array, Array, Array]:
    """Return a grid of points in the plane and what a model predicts at each of them.

    Parameters
    ----------
    predict : callable
        ``predict(points)`` takes points of shape (q, 2) and gives predictions of shape (q, 1).
    xlim, ylim : array_like, shape (2,)
        The lowest and the highest value of the first and of the second feature, both on the grid.
    n : int
        The number of values for each feature, at least 2.

    Returns
    -------
    XX, YY, PP : ndarray, shape (n, n)
        The first feature, the second feature and the prediction of every point. The first feature
        changes along a row, the second from row to row.

    Raises
    ------
    ValueError
        ``n`` is below 2, or a limit is not a pair.

    References
    ----------
    What ``matplotlib.pyplot.contourf`` takes: Hunter, "Matplotlib: a 2D graphics environment",
    *Computing in Science & Engineering* 9 (2007).

    Examples
    --------
    >>> XX, YY, PP = decision_grid(lambda points: points[:, :1] > 0.5, (0, 1), (5, 6), 2)
    >>> XX
    array([[0., 1.],
           [0., 1.]])
    >>> YY
    array([[5., 5.],
           [6., 6.]])
    >>> PP
    array([[0., 1.],
           [0., 1.]])
    """
    xlim, ylim = shaped(xlim=(xlim, "2"), ylim=(ylim, "2"))
    if n < 2:
        raise ValueError(f"n is {n}, expected at least 2")
    XX, YY = np.meshgrid(np.linspace(xlim[0], xlim[1], n), np.linspace(ylim[0], ylim[1], n))
    points = np.column_stack([XX.ravel(), YY.ravel()])
    return XX, YY, np.asarray(predict(points), dtype=np.float64).reshape(n, n)


def bce(P: ArrayLike, Y: ArrayLike) -> float:
    r"""Return the binary cross-entropy of probabilities, averaged over the samples.

    Parameters
    ----------
    P : array_like, shape (m, 1)
        Probabilities of class 1; 0 and 1 are allowed.
    Y : array_like, shape (m, 1)
        Labels 0 and 1.

    Returns
    -------
    float
        :math:`-\frac1m \sum_i [y \log \hat p + (1 - y) \log(1 - \hat p)]`, in nats; infinite if a
        label was given the probability 0.

    Raises
    ------
    ValueError
        The shapes differ, or a label is neither 0 nor 1.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.90, divided by m.

    Examples
    --------
    >>> round(bce([[0.5], [0.5]], [[0], [1]]), 4)
    0.6931
    >>> bce([[0.0], [1.0]], [[0], [1]]), bce([[0.0]], [[1]])
    (0.0, inf)
    """
    P, Y = shaped(P=(P, "m 1"), Y=(Y, "m 1"))
    if not np.isin(Y, (0, 1)).all():
        raise ValueError("Y holds other numbers than the labels 0 and 1")
    given = np.where(Y == 1, P, 1 - P)  # the probability that the model gave to the label
    with np.errstate(divide="ignore"):  # a label that was ruled out costs infinitely much
        return float(np.abs(np.log(given)).mean())  # abs, since -log(1) would be -0.0


def bce_with_logits(Z: ArrayLike, Y: ArrayLike) -> float:
    r"""Return the binary cross-entropy of scores, averaged over the samples.

    Parameters
    ----------
    Z : array_like, shape (m, 1)
        Scores, not probabilities; also called logits.
    Y : array_like, shape (m, 1)
        Labels 0 and 1.

    Returns
    -------
    float
        :math:`\frac1m \sum_i [\max(z, 0) - zy + \log(1 + e^{-\lvert z\rvert})]`, in nats: the
        binary cross-entropy of :math:`\sigma(z)`, finite for every finite score.

    Raises
    ------
    ValueError
        The shapes differ.

    References
    ----------
    Murphy, *Probabilistic Machine Learning: An Introduction* (2022), section 10.2.3.

    Examples
    --------
    >>> round(bce_with_logits([[0.0], [0.0]], [[0], [1]]), 4)
    0.6931
    >>> bce_with_logits([[1000.0], [-1000.0]], [[0], [0]])
    500.0
    """
    Z, Y = shaped(Z=(Z, "m 1"), Y=(Y, "m 1"))
    return float((np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))).mean())


def logistic_gradients(
    X: ArrayLike, Y: ArrayLike, W: ArrayLike, b: ArrayLike
) -> tuple[Array, Array]:
    r"""Return the gradients of the binary cross-entropy of a logistic model.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Y : array_like, shape (m, 1)
        Labels 0 and 1.
    W : array_like, shape (n, 1)
        Weights.
    b : array_like, shape (1,)
        Bias.

    Returns
    -------
    dW : ndarray, shape (n, 1)
        :math:`\frac1m X^\top (\hat P - Y)` with :math:`\hat P = \sigma(XW + b)`.
    db : ndarray, shape (1,)
        :math:`\frac1m \sum_i (\hat p^{(i)} - y^{(i)})`.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.91, divided by m.

    Examples
    --------
    >>> logistic_gradients([[1.0], [2.0]], [[0], [1]], [[0.0]], [0.0])
    (array([[-0.25]]), array([0.]))
    """
    X, Y, W, b = shaped(X=(X, "m n"), Y=(Y, "m 1"), W=(W, "n 1"), b=(b, "1"))
    residuals = sigmoid(X @ W + b) - Y
    return X.T @ residuals / len(X), residuals.sum(axis=0) / len(X)


def fit_logistic(X: ArrayLike, Y: ArrayLike, lr: float, n_steps: int) -> tuple[Array, Array, Array]:
    r"""Fit a logistic model by gradient descent from zeros.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Y : array_like, shape (m, 1)
        Labels 0 and 1.
    lr : float
        Learning rate.
    n_steps : int
        The number of steps, each with the gradients over all samples.

    Returns
    -------
    W : ndarray, shape (n, 1)
        Weights after the last step.
    b : ndarray, shape (1,)
        Bias after the last step.
    history : ndarray, shape (n_steps,)
        The binary cross-entropy before each step; the first is :math:`\ln 2`.

    Raises
    ------
    ValueError
        ``X`` and ``Y`` do not fit together.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 4.4, for
    the model; Bishop, *Pattern Recognition and Machine Learning* (2006), section 5.2.4, for the
    descent.

    Examples
    --------
    >>> W, b, history = fit_logistic([[0.0], [2.0]], [[0], [1]], lr=1.0, n_steps=2)
    >>> W.round(4), b.round(4), history.round(4)
    (array([[0.7689]]), array([-0.1155]), array([0.6931, 0.5032]))
    """
    X, Y = shaped(X=(X, "m n"), Y=(Y, "m 1"))
    W, b = np.zeros((X.shape[1], 1)), np.zeros(1)
    history = np.empty(n_steps)
    for step in range(n_steps):
        history[step] = bce_with_logits(X @ W + b, Y)
        dW, db = logistic_gradients(X, Y, W, b)
        W, b = W - lr * dW, b - lr * db
    return W, b, history
