r"""Generalization and regularization: how well a fit does on new data, and how to restrain it.

A row of ``X`` is a sample. The bias ``b`` is separate from the weights ``W`` and is never
penalized. Penalties are added to a mean over the samples, so that ridge regression minimizes
:math:`\frac{1}{2m} \lVert XW + b - Y \rVert^2 + \frac\lambda2 \lVert W \rVert^2`, where
:math:`\lVert W \rVert^2` is the sum of all squared weights.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from autograder.reference.linear_regression import (
    half_mse,
    linear_gradients,
    linear_predict,
    normal_equation,
)
from autograder.reference.logistic_regression import logistic_gradients
from autograder.reference.numpy_data import kfold_indices
from autograder.reference.shapes import Array, shaped

_GRADIENTS = {"linear": linear_gradients, "logistic": logistic_gradients}


def polynomial_features(x: ArrayLike, degree: int) -> Array:
    r"""Return the powers :math:`x, x^2, \dots, x^d` of a feature, a column for each.

    Parameters
    ----------
    x : array_like, shape (m,)
        One feature.
    degree : int
        The highest power d, at least 1.

    Returns
    -------
    ndarray, shape (m, degree)
        Without a column of ones: the bias of the model stands for the power 0.

    Raises
    ------
    ValueError
        ``x`` does not have one axis, or the degree is below 1.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 1.1.

    Examples
    --------
    >>> polynomial_features([2.0, -1.0], 3)
    array([[ 2.,  4.,  8.],
           [-1.,  1., -1.]])
    """
    (x,) = shaped(x=(x, "m"))
    if degree < 1:
        raise ValueError(f"degree is {degree}, expected at least 1")
    powers: Array = x[:, np.newaxis] ** np.arange(1, degree + 1)
    return powers


def early_stopping_epoch(val_losses: ArrayLike, patience: int) -> int:
    """Return the epoch whose weights early stopping keeps.

    Parameters
    ----------
    val_losses : array_like, shape (T,)
        The validation loss after each epoch.
    patience : int
        Training stops after this many epochs in a row, at least 1, that were not strictly better
        than the best one before them.

    Returns
    -------
    int
        The epoch, counted from 0, of the lowest loss seen until training stops, or until the end;
        the first of equal ones.

    Raises
    ------
    ValueError
        There is no loss, or the patience is below 1.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), algorithm 7.1.

    Examples
    --------
    >>> early_stopping_epoch([5.0, 3.0, 4.0, 3.5, 1.0], patience=2)
    1
    >>> early_stopping_epoch([5.0, 3.0, 4.0, 3.5, 1.0], patience=3)
    4
    """
    (losses,) = shaped(val_losses=(val_losses, "T"))
    if patience < 1:
        raise ValueError(f"patience is {patience}, expected at least 1")
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return best


def complexity_curve(
    x_tr: ArrayLike, y_tr: ArrayLike, x_va: ArrayLike, y_va: ArrayLike, degrees: Sequence[int]
) -> tuple[Array, Array]:
    r"""Return the training and the validation error of least-squares polynomials.

    Parameters
    ----------
    x_tr, y_tr : array_like, shape (m,)
        Feature and target of the training part, to which the polynomials are fitted.
    x_va, y_va : array_like, shape (q,)
        Feature and target of the validation part, on which they are judged.
    degrees : sequence of int, length d
        The degrees to try.

    Returns
    -------
    train, val : ndarray, shape (d,)
        For each degree half the mean squared error :math:`\frac{1}{2m} \sum_i (\hat y - y)_i^2` on
        the training part, and the same with q in place of m on the validation part.

    Raises
    ------
    ValueError
        Features and targets differ in length, or a degree is below 1.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 7.2.

    Examples
    --------
    >>> train, val = complexity_curve([0, 1, 2], [0, 1, 4], [3], [9], degrees=[1, 2])
    >>> train.round(4), val.round(4)
    (array([0.1111, 0.    ]), array([5.5556, 0.    ]))
    """
    x_tr, y_tr = shaped(x_tr=(x_tr, "m"), y_tr=(y_tr, "m"))
    x_va, y_va = shaped(x_va=(x_va, "q"), y_va=(y_va, "q"))
    Y_tr, Y_va = y_tr[:, np.newaxis], y_va[:, np.newaxis]
    errors = np.empty((len(degrees), 2))
    for i, degree in enumerate(degrees):
        X_tr, X_va = (polynomial_features(x, degree) for x in (x_tr, x_va))
        W, b = normal_equation(X_tr, Y_tr)
        errors[i] = (
            half_mse(linear_predict(X_tr, W, b), Y_tr),
            half_mse(linear_predict(X_va, W, b), Y_va),
        )
    return errors[:, 0], errors[:, 1]


def bias_variance(preds: ArrayLike, f_true: ArrayLike) -> tuple[float, float]:
    r"""Return squared bias and variance of a way to fit, from its fits to R training sets.

    Parameters
    ----------
    preds : array_like, shape (R, q)
        Row r holds the predictions at q points of the fit to training set r.
    f_true : array_like, shape (q,)
        The true function at these points, without noise.

    Returns
    -------
    bias2 : float
        :math:`(\bar f_j - f_j)^2`, averaged over the points, where :math:`\bar f_j` is the mean
        prediction at point j.
    var : float
        :math:`\frac1R \sum_r (\hat f_{rj} - \bar f_j)^2`, averaged over the points.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equations 3.45 to 3.47.

    Examples
    --------
    >>> bias_variance([[1.0, 2.0], [3.0, 2.0]], [2.0, 0.0])
    (2.0, 0.5)
    """
    preds, f_true = shaped(preds=(preds, "R q"), f_true=(f_true, "q"))
    bias2 = np.square(preds.mean(axis=0) - f_true).mean()
    return float(bias2), float(preds.var(axis=0).mean())


def l2_penalty(weights: Sequence[ArrayLike], lam: float) -> float:
    r"""Return the L2 penalty :math:`\frac\lambda2 \sum_l \lVert W^{[l]} \rVert^2`.

    Parameters
    ----------
    weights : sequence of array_like
        The weights of all layers, without the biases.
    lam : float
        The strength λ of the penalty, 0 or more.

    Returns
    -------
    float
        λ/2 times the sum of all squared weights.

    Raises
    ------
    ValueError
        ``lam`` is negative.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 7.1.1.

    Examples
    --------
    >>> l2_penalty([[[1.0, -2.0]], [[3.0]]], lam=0.5)
    3.5
    """
    if not lam >= 0:
        raise ValueError(f"lam is {lam}, expected 0 or more")
    squares = sum(np.square(np.asarray(W, dtype=np.float64)).sum() for W in weights)
    return float(lam / 2 * squares)


def ridge_solve(X: ArrayLike, Y: ArrayLike, lam: float) -> tuple[Array, Array]:
    r"""Return weights and bias of ridge regression, in closed form.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Y : array_like, shape (m, K)
        Targets.
    lam : float
        The strength λ of the penalty, positive.

    Returns
    -------
    W : ndarray, shape (n, K)
        Weights.
    b : ndarray, shape (K,)
        Bias, which is not penalized.

    Raises
    ------
    ValueError
        ``X`` and ``Y`` differ in the number of samples, or ``lam`` is not positive.

    Notes
    -----
    They minimize :math:`\frac{1}{2m}\lVert XW + b - Y \rVert^2 + \frac\lambda2 \lVert W \rVert^2`.
    Whatever W is, the best bias is :math:`b = \bar y - \bar x W` with the means of the columns. Put
    in, it leaves the same problem for centered data and without a bias, which
    :math:`(\frac1m X_c^\top X_c + \lambda I) W = \frac1m X_c^\top Y_c` solves.

    References
    ----------
    Hoerl and Kennard, *Ridge Regression* (Technometrics, 1970); Hastie, Tibshirani and Friedman,
    *The Elements of Statistical Learning* (2009), section 3.4.1.

    Examples
    --------
    >>> W, b = ridge_solve([[0.0], [1.0], [2.0]], [[1.0], [3.0], [5.0]], lam=2/3)
    >>> W.round(6), b.round(6)
    (array([[1.]]), array([2.]))
    """
    X, Y = shaped(X=(X, "m n"), Y=(Y, "m K"))
    if not lam > 0:
        raise ValueError(f"lam is {lam}, expected a positive number")
    m, n = X.shape
    center_x, center_y = X.mean(axis=0), Y.mean(axis=0)
    A = X - center_x
    W = np.linalg.solve(A.T @ A / m + lam * np.eye(n), A.T @ (Y - center_y) / m)
    return W, center_y - center_x @ W


def regularized_gradients(
    X: ArrayLike, Y: ArrayLike, W: ArrayLike, b: ArrayLike, lam: float, kind: str
) -> tuple[Array, Array]:
    r"""Return the gradients of a loss with the penalty :math:`\frac\lambda2 \lVert W \rVert^2`.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Y : array_like, shape (m, K)
        Targets; for a logistic model labels 0 and 1, and K = 1.
    W : array_like, shape (n, K)
        Weights.
    b : array_like, shape (K,)
        Bias, which is not penalized.
    lam : float
        The strength λ of the penalty.
    kind : {"linear", "logistic"}
        A linear model with half the mean squared error, or a logistic one with the binary
        cross-entropy.

    Returns
    -------
    dW : ndarray, shape (n, K)
        :math:`\frac1m X^\top (\hat Y - Y) + \lambda W`, where :math:`\hat Y` is :math:`XW + b` or
        its sigmoid.
    db : ndarray, shape (K,)
        :math:`\frac1m \sum_i (\hat y^{(i)} - y^{(i)})`.

    Raises
    ------
    ValueError
        The shapes do not fit together, or ``kind`` is neither of the two.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 7.1.1.

    Examples
    --------
    >>> regularized_gradients([[1.0], [2.0]], [[2.0], [4.0]], [[1.0]], [0.0], 0.5, "linear")
    (array([[-2.]]), array([-1.5]))
    """
    if kind not in _GRADIENTS:
        raise ValueError(f"kind is {kind!r}, expected one of {', '.join(_GRADIENTS)}")
    dW, db = _GRADIENTS[kind](X, Y, W, b)
    return dW + lam * np.asarray(W), db


def soft_threshold(w: ArrayLike, t: float) -> Array:
    r"""Return every entry moved toward 0 by t, and 0 where it is nearer than that.

    Parameters
    ----------
    w : array_like, any shape
        Weights.
    t : float
        The threshold, 0 or more.

    Returns
    -------
    ndarray, the same shape
        :math:`\operatorname{sign}(w) \max(|w| - t, 0)`, which minimizes
        :math:`\frac12 (v - w)^2 + t |v|` over v.

    Raises
    ------
    ValueError
        The threshold is negative.

    References
    ----------
    Donoho and Johnstone, *Ideal Spatial Adaptation by Wavelet Shrinkage* (Biometrika, 1994).

    Examples
    --------
    >>> soft_threshold([3.0, -0.5, -2.0], 1.0)
    array([ 2., -0., -1.])
    """
    w = np.asarray(w, dtype=np.float64)
    if not t >= 0:
        raise ValueError(f"t is {t}, expected 0 or more")
    shrunk: Array = np.sign(w) * np.maximum(np.abs(w) - t, 0)
    return shrunk


def lasso_ista(X: ArrayLike, y: ArrayLike, lam: float, lr: float, n_steps: int) -> Array:
    r"""Fit the lasso by proximal gradient descent (ISTA) from zeros.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix, its columns centered: there is no bias.
    y : array_like, shape (m,)
        Targets, centered.
    lam : float
        The strength λ of the penalty.
    lr : float
        Learning rate; it converges below 2 over the largest eigenvalue of
        :math:`\frac1m X^\top X`.
    n_steps : int
        The number of steps.

    Returns
    -------
    ndarray, shape (n,)
        The weights after the last step.

    Raises
    ------
    ValueError
        ``X`` and ``y`` differ in the number of samples.

    Notes
    -----
    It minimizes :math:`\frac{1}{2m}\lVert Xw - y \rVert^2 + \lambda \sum_j |w_j|`. A step follows
    the gradient of the first term, then moves every weight toward 0 by the learning rate times λ,
    and not beyond.

    References
    ----------
    Tibshirani, *Regression Shrinkage and Selection via the Lasso* (JRSS B, 1996); Daubechies,
    Defrise and De Mol, *An Iterative Thresholding Algorithm for Linear Inverse Problems*
    (2004).

    Examples
    --------
    >>> X, y = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]], [6.0, -6.0, 1.0, -1.0]
    >>> lasso_ista(X, y, lam=1.0, lr=2.0, n_steps=1)
    array([4., 0.])
    """
    X, y = shaped(X=(X, "m n"), y=(y, "m"))
    m, n = X.shape
    w = np.zeros(n)
    for _ in range(n_steps):
        gradient = X.T @ (X @ w - y) / m
        w = soft_threshold(w - lr * gradient, lr * lam)
    return w


def elastic_net_penalty(weights: Sequence[ArrayLike], lam1: float, lam2: float) -> float:
    r"""Return the penalty :math:`\lambda_1 \sum |w| + \frac{\lambda_2}{2} \sum w^2`.

    Parameters
    ----------
    weights : sequence of array_like
        The weights of all layers, without the biases.
    lam1, lam2 : float
        The strengths of the L1 and of the L2 part, 0 or more.

    Returns
    -------
    float
        Both sums run over all weights of all layers.

    Raises
    ------
    ValueError
        A strength is negative.

    References
    ----------
    Zou and Hastie, *Regularization and Variable Selection via the Elastic Net* (JRSS B, 2005), with
    another scale.

    Examples
    --------
    >>> elastic_net_penalty([[[1.0, -2.0]], [[3.0]]], lam1=0.1, lam2=0.5)
    4.1
    """
    if not lam1 >= 0:
        raise ValueError(f"lam1 is {lam1}, expected 0 or more")
    sizes = sum(np.abs(np.asarray(W, dtype=np.float64)).sum() for W in weights)
    return float(lam1 * sizes) + l2_penalty(weights, lam2)


def max_norm_project(W: ArrayLike, c: float) -> Array:
    r"""Return the weights with every column scaled down to a norm of at most c.

    Parameters
    ----------
    W : array_like, shape (n, K)
        Weights; a column holds those that lead into one unit.
    c : float
        The largest norm allowed, positive.

    Returns
    -------
    ndarray, shape (n, K)
        The nearest matrix whose columns have norms of at most c. A column that has is unchanged.

    Raises
    ------
    ValueError
        ``W`` does not have two axes, or ``c`` is not positive.

    References
    ----------
    Srebro and Shraibman, *Rank, Trace-Norm and Max-Norm* (COLT, 2005); Srivastava et al., *Dropout*
    (JMLR, 2014), section 5.1.

    Examples
    --------
    >>> max_norm_project([[3.0, 0.3], [4.0, 0.4]], c=1.0)
    array([[0.6, 0.3],
           [0.8, 0.4]])
    """
    (W,) = shaped(W=(W, "n K"))
    if not c > 0:
        raise ValueError(f"c is {c}, expected a positive number")
    norms = np.sqrt(np.square(W).sum(axis=0))
    projected: Array = W * (c / np.maximum(norms, c))
    return projected


def choose_lambda(
    X: ArrayLike, Y: ArrayLike, lams: ArrayLike, k: int, rng: np.random.Generator
) -> tuple[float, Array]:
    r"""Return the λ of ridge regression with the lowest error in k-fold cross-validation.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Y : array_like, shape (m, K)
        Targets.
    lams : array_like, shape (g,)
        The positive strengths to try.
    k : int
        The number of folds, 2 to m.
    rng : Generator
        Draws the folds, once for all strengths.

    Returns
    -------
    best : float
        The first of the strengths whose score is lowest.
    scores : ndarray, shape (g,)
        For each strength the error on the fold left out, half the mean squared error without the
        penalty, averaged over the k folds.

    Raises
    ------
    ValueError
        The shapes do not fit together, a strength is not positive, or ``k`` is below 2 or above
        ``m``.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 7.10.1.

    Examples
    --------
    >>> X, Y = [[0.0], [1.0], [2.0]], [[1.0], [3.0], [5.0]]
    >>> best, scores = choose_lambda(X, Y, [10.0, 0.1], 3, np.random.default_rng(0))
    >>> best, scores.round(3)
    (0.1, array([2.855, 0.245]))
    """
    X, Y, lams = shaped(X=(X, "m n"), Y=(Y, "m K"), lams=(lams, "g"))
    scores = np.zeros(len(lams))
    for train, left_out in kfold_indices(len(X), k, rng):
        for i, lam in enumerate(lams):
            W, b = ridge_solve(X[train], Y[train], lam)
            scores[i] += half_mse(linear_predict(X[left_out], W, b), Y[left_out]) / k
    return float(lams[np.argmin(scores)]), scores
