r"""More than two classes: hinge losses, softmax with cross-entropy, and one sigmoid for each label.

A row of ``S`` holds the scores of a sample, one for each of K classes; ``y`` holds the classes,
:math:`0, \dots, K-1`, and ``Y`` the same as rows with a single 1. Losses from scores never form
the logarithm of a probability, so that they stay finite at scores of any size.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.reference.numpy_data import one_hot
from autograder.reference.shapes import Array, shaped

Indices = NDArray[np.intp]


def predict_class(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> Indices:
    r"""Return the class with the highest score, :math:`\arg\max_k (XW + b)_{ik}`.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix, a row for each sample.
    W : array_like, shape (n, K)
        Weights, a column for each class.
    b : array_like, shape (K,)
        Bias.

    Returns
    -------
    ndarray of int, shape (m,)
        A class from 0 to K-1 for each sample; the first of equally high ones.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 4.1.2.

    Examples
    --------
    >>> predict_class([[1, 2], [3, 1]], [[1, 0, 0], [0, 1, 0]], [0.0, 0.5, 2.0])
    array([1, 0])
    """
    X, W, b = shaped(X=(X, "m n"), W=(W, "n K"), b=(b, "K"))
    best: Indices = (X @ W + b).argmax(axis=1)
    return best


def _excess(S: Array, Y: Array, delta: float) -> Array:
    """Return by how much each score exceeds the true score of its row less the margin."""
    true: Array = (S * Y).sum(axis=1, keepdims=True)
    return S - true + delta


def hinge_loss(S: ArrayLike, y: ArrayLike, delta: float = 1.0) -> Array:
    r"""Return the multiclass hinge loss of each sample.

    Parameters
    ----------
    S : array_like, shape (m, K)
        Scores, a column for each class.
    y : array_like of int, shape (m,)
        True classes, from 0 to K-1.
    delta : float
        The margin by which the true score has to lead, in the units of the scores.

    Returns
    -------
    ndarray, shape (m,)
        :math:`\sum_{j \ne y_i} \max(0, s_{ij} - s_{i y_i} + \Delta)`, not averaged.

    Raises
    ------
    ValueError
        The shapes do not fit together, or a class is not one of 0, …, K-1.

    References
    ----------
    Weston and Watkins, *Support Vector Machines for Multi-Class Pattern Recognition* (1999).

    Examples
    --------
    >>> hinge_loss([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]], [0, 1, 2])
    array([ 2.9,  0. , 12.9])
    """
    S, y = shaped(S=(S, "m K"), y=(y, "m"))
    Y = one_hot(y, S.shape[1])
    terms = np.maximum(0, _excess(S, Y, delta)) * (1 - Y)
    losses: Array = terms.sum(axis=1)
    return losses


def squared_hinge_loss(S: ArrayLike, y: ArrayLike, delta: float = 1.0) -> Array:
    r"""Return the squared multiclass hinge loss of each sample.

    Parameters
    ----------
    S : array_like, shape (m, K)
        Scores, a column for each class.
    y : array_like of int, shape (m,)
        True classes, from 0 to K-1.
    delta : float
        The margin by which the true score has to lead, in the units of the scores.

    Returns
    -------
    ndarray, shape (m,)
        :math:`\sum_{j \ne y_i} \max(0, s_{ij} - s_{i y_i} + \Delta)^2`, not averaged.

    Raises
    ------
    ValueError
        The shapes do not fit together, or a class is not one of 0, …, K-1.

    References
    ----------
    Tang, *Deep Learning using Linear Support Vector Machines* (2013), the L2-SVM, here with a
    sum over the wrong classes of each sample.

    Examples
    --------
    >>> S = [[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]]
    >>> squared_hinge_loss(S, [0, 1, 2])
    array([ 8.41,  0.  , 83.25])
    """
    S, y = shaped(S=(S, "m K"), y=(y, "m"))
    Y = one_hot(y, S.shape[1])
    terms = np.maximum(0, _excess(S, Y, delta)) * (1 - Y)
    losses: Array = np.square(terms).sum(axis=1)
    return losses


def hinge_gradient(S: ArrayLike, y: ArrayLike, delta: float = 1.0) -> Array:
    r"""Return the gradient of the mean multiclass hinge loss for the scores.

    Parameters
    ----------
    S : array_like, shape (m, K)
        Scores, a column for each class.
    y : array_like of int, shape (m,)
        True classes, from 0 to K-1.
    delta : float
        The margin by which the true score has to lead, in the units of the scores.

    Returns
    -------
    ndarray, shape (m, K)
        1/m where a wrong class violates the margin, minus their number times 1/m at the true
        class. On the kink itself, where this is one of many subgradients, the slope is 0.

    Raises
    ------
    ValueError
        The shapes do not fit together, or a class is not one of 0, …, K-1.

    References
    ----------
    Weston and Watkins, *Support Vector Machines for Multi-Class Pattern Recognition* (1999), for
    the loss; its slope is that of each max.

    Examples
    --------
    >>> hinge_gradient([[3.0, 5.0, -2.0], [2.0, 2.5, -3.0]], [0, 2])
    array([[-0.5,  0.5,  0. ],
           [ 0.5,  0.5, -1. ]])
    """
    S, y = shaped(S=(S, "m K"), y=(y, "m"))
    Y = one_hot(y, S.shape[1])
    # The true class may count itself: its slope of 1 is taken off again in the same place.
    violated = _excess(S, Y, delta) > 0
    dS: Array = (violated - Y * violated.sum(axis=1, keepdims=True)) / len(S)
    return dS


def softmax(S: ArrayLike) -> Array:
    r"""Return probabilities for scores, :math:`e^{s_{ik}} / \sum_j e^{s_{ij}}`.

    Parameters
    ----------
    S : array_like, shape (m, K)
        Scores, a column for each class.

    Returns
    -------
    ndarray, shape (m, K)
        Between 0 and 1; every row adds up to 1.

    Raises
    ------
    ValueError
        ``S`` is not a matrix.

    Notes
    -----
    The largest score of a row is subtracted first, which changes nothing but keeps the
    exponentials at most 1.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), sections 4.1 and 6.2.2.3.

    Examples
    --------
    >>> softmax([[0.0, np.log(3.0)], [1000.0, 1000.0]])
    array([[0.25, 0.75],
           [0.5 , 0.5 ]])
    """
    (S,) = shaped(S=(S, "m K"))
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P: Array = E / E.sum(axis=1, keepdims=True)
    return P


def cross_entropy(S: ArrayLike, y: ArrayLike) -> float:
    r"""Return the mean cross-entropy of the softmax of scores.

    Parameters
    ----------
    S : array_like, shape (m, K)
        Scores (not probabilities), a column for each class.
    y : array_like of int, shape (m,)
        True classes, from 0 to K-1.

    Returns
    -------
    float
        :math:`\frac1m \sum_i \big( \log \sum_j e^{s_{ij}} - s_{i y_i} \big)`.

    Raises
    ------
    ValueError
        The shapes do not fit together, or a class is not one of 0, …, K-1.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.108, divided by m.

    Examples
    --------
    >>> S = [[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]]
    >>> round(cross_entropy(S, [0, 1, 2]), 4)
    2.7587
    >>> cross_entropy([[0.0, 2000.0]], [0])
    2000.0
    """
    S, y = shaped(S=(S, "m K"), y=(y, "m"))
    shifted = S - S.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    true = (shifted * one_hot(y, S.shape[1])).sum(axis=1)
    return float((log_sums - true).sum() / len(S))


def softmax_gradients(
    X: ArrayLike, Y: ArrayLike, W: ArrayLike, b: ArrayLike
) -> tuple[Array, Array]:
    r"""Return the gradients of the mean cross-entropy of softmax regression.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Y : array_like, shape (m, K)
        True classes as rows with a single 1.
    W : array_like, shape (n, K)
        Weights.
    b : array_like, shape (K,)
        Bias.

    Returns
    -------
    dW : ndarray, shape (n, K)
        :math:`\frac1m X^\top (P - Y)` with :math:`P = \mathrm{softmax}(XW + b)`.
    db : ndarray, shape (K,)
        The column sums of :math:`\frac1m (P - Y)`.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.109, divided by m.

    Examples
    --------
    >>> softmax_gradients([[1.0], [3.0]], [[1, 0], [0, 1]], [[0.0, 0.0]], [0.0, 0.0])
    (array([[ 0.5, -0.5]]), array([0., 0.]))
    """
    X, Y, W, b = shaped(X=(X, "m n"), Y=(Y, "m K"), W=(W, "n K"), b=(b, "K"))
    error = softmax(X @ W + b) - Y
    return X.T @ error / len(X), error.sum(axis=0) / len(X)


def fit_softmax(
    X: ArrayLike, y: ArrayLike, K: int, lr: float, n_steps: int
) -> tuple[Array, Array, Array]:
    r"""Fit softmax regression by gradient descent on all samples, from zeros.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    y : array_like of int, shape (m,)
        True classes, from 0 to K-1. Not every class has to occur.
    K : int
        The number of classes.
    lr : float
        Learning rate.
    n_steps : int
        The number of steps.

    Returns
    -------
    W : ndarray, shape (n, K)
        Weights after the last step.
    b : ndarray, shape (K,)
        Bias after the last step.
    history : ndarray, shape (n_steps,)
        The mean cross-entropy before each step; the first is :math:`\log K`.

    Raises
    ------
    ValueError
        ``X`` and ``y`` differ in the number of samples, or a class is not one of 0, …, K-1.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), sections 4.3 and 6.2.2.3.

    Examples
    --------
    >>> W, b, history = fit_softmax([[-1.0], [1.0]], [0, 1], K=2, lr=1.0, n_steps=2)
    >>> W, b, history.round(4)
    (array([[-0.76894142,  0.76894142]]), array([0., 0.]), array([0.6931, 0.3133]))
    """
    X, y = shaped(X=(X, "m n"), y=(y, "m"))
    Y = one_hot(y, K)
    W, b = np.zeros((X.shape[1], K)), np.zeros(K)
    history = np.empty(n_steps)
    for step in range(n_steps):
        history[step] = cross_entropy(X @ W + b, y)
        dW, db = softmax_gradients(X, Y, W, b)
        W -= lr * dW
        b -= lr * db
    return W, b, history


def multilabel_bce(P: ArrayLike, Y: ArrayLike) -> float:
    r"""Return the binary cross-entropy of K independent labels.

    Parameters
    ----------
    P : array_like, shape (m, K)
        Probability of each label, from 0 to 1; a row need not add up to 1.
    Y : array_like, shape (m, K)
        1 where the sample has the label, 0 where it does not.

    Returns
    -------
    float
        :math:`-\frac1m \sum_i \sum_k [y_{ik} \log p_{ik} + (1 - y_{ik}) \log(1 - p_{ik})]`. What is
        certain and right costs 0; the loss is infinite if something is certain and wrong.

    Raises
    ------
    ValueError
        The shapes differ, or ``P`` is not between 0 and 1, or ``Y`` not 0 or 1.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 5.2, "K separate binary
    classifications", divided by m.

    Examples
    --------
    >>> round(multilabel_bce([[0.5, 0.9], [1.0, 0.2]], [[1, 1], [1, 0]]), 4)
    0.5108
    """
    P, Y = shaped(P=(P, "m K"), Y=(Y, "m K"))
    if P.min() < 0 or P.max() > 1:
        raise ValueError("P holds other values than probabilities, which are from 0 to 1")
    if not np.isin(Y, (0, 1)).all():
        raise ValueError("Y holds other values than 0 and 1")
    right = np.where(Y == 1, P, 1 - P)
    with np.errstate(divide="ignore"):
        return float(-np.log(right).sum() / len(P))
