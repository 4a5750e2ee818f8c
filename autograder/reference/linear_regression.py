r"""Linear regression: the model, its errors, its likelihood, its gradient, its closed form.

A row of ``X`` is a sample. The bias ``b`` is separate from the weights ``W``. The objective is
half the mean squared error, :math:`J = \frac{1}{2m} \sum_i \lVert \hat y^{(i)} - y^{(i)} \rVert^2`.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from autograder.reference.shapes import Array, shaped

Model = Callable[[Array, Array, Array], Array]
Loss = Callable[[Array, Array], float]


def linear_predict(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> Array:
    r"""Return the predictions :math:`\hat Y = XW + b` of a linear model.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix, a row for each sample.
    W : array_like, shape (n, K)
        Weights, a column for each output.
    b : array_like, shape (K,)
        Bias, added to every row.

    Returns
    -------
    ndarray, shape (m, K)
        Predictions in the units of the targets.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 3.1.

    Examples
    --------
    >>> linear_predict([[1, 2], [3, 4]], [[10], [1]], [0.5])
    array([[12.5],
           [34.5]])
    """
    X, W, b = shaped(X=(X, "m n"), W=(W, "n K"), b=(b, "K"))
    return X @ W + b


def mae(Y_hat: ArrayLike, Y: ArrayLike) -> float:
    r"""Return the mean absolute error :math:`\frac1m \sum_i \sum_k |\hat y_{ik} - y_{ik}|`.

    Parameters
    ----------
    Y_hat, Y : array_like, shape (m, K)
        Predictions and targets.

    Returns
    -------
    float
        Summed over the K outputs, averaged over the m samples; in the units of the targets.

    Raises
    ------
    ValueError
        The shapes differ.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 10.6.

    Examples
    --------
    >>> mae([[1.0], [4.0]], [[3.0], [3.0]])
    1.5
    """
    Y_hat, Y = shaped(Y_hat=(Y_hat, "m K"), Y=(Y, "m K"))
    return float(np.abs(Y_hat - Y).sum() / len(Y))


def half_mse(Y_hat: ArrayLike, Y: ArrayLike) -> float:
    r"""Return half the mean squared error :math:`\frac{1}{2m} \sum_i \sum_k (\hat y - y)_{ik}^2`.

    Parameters
    ----------
    Y_hat, Y : array_like, shape (m, K)
        Predictions and targets.

    Returns
    -------
    float
        Summed over the K outputs, averaged over the m samples, halved; in squared units of the
        targets.

    Raises
    ------
    ValueError
        The shapes differ.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 3.12, divided by m.

    Examples
    --------
    >>> half_mse([[1.0], [4.0]], [[3.0], [3.0]])
    1.25
    """
    Y_hat, Y = shaped(Y_hat=(Y_hat, "m K"), Y=(Y, "m K"))
    return float(np.square(Y_hat - Y).sum() / (2 * len(Y)))


def grid_search_slope(x: ArrayLike, y: ArrayLike, grid: ArrayLike) -> tuple[float, Array]:
    r"""Return the slope of a grid with the smallest mean absolute error, and all the errors.

    Parameters
    ----------
    x, y : array_like, shape (m,)
        One feature and its target. The line goes through the origin, :math:`\hat y = wx`.
    grid : array_like, shape (g,)
        The slopes to try.

    Returns
    -------
    best : float
        The first slope of the grid whose error is smallest.
    errors : ndarray, shape (g,)
        The mean absolute error of every slope.

    Raises
    ------
    ValueError
        ``x`` and ``y`` differ in length, or the grid is empty.

    References
    ----------
    Exhaustive search over one parameter; lecture 03, "Fitting as a search".

    Examples
    --------
    >>> best, errors = grid_search_slope([1, 2, 3, 4], [1, 2, 3, 4], [0.5, 1.0, 2.0])
    >>> best, errors
    (1.0, array([1.25, 0.  , 2.5 ]))
    """
    x, y, grid = shaped(x=(x, "m"), y=(y, "m"), grid=(grid, "g"))
    errors = np.abs(np.outer(grid, x) - y).mean(axis=1)
    return float(grid[np.argmin(errors)]), errors


def gaussian_log_likelihood(Y_hat: ArrayLike, Y: ArrayLike, sigma: float) -> float:
    r"""Return the log-likelihood of targets that scatter normally about their predictions.

    Parameters
    ----------
    Y_hat, Y : array_like, shape (m, K)
        Predictions (the means) and targets.
    sigma : float
        Standard deviation of the noise, the same for all samples, in the units of the targets.

    Returns
    -------
    float
        :math:`\sum_i \sum_k \log N(y_{ik} \mid \hat y_{ik}, \sigma^2)`, the normalization included.

    Raises
    ------
    ValueError
        The shapes differ, or ``sigma`` is not positive.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 3.11.

    Examples
    --------
    >>> round(gaussian_log_likelihood([[0.0], [0.0]], [[0.0], [1.0]], 1.0), 4)
    -2.3379
    """
    Y_hat, Y = shaped(Y_hat=(Y_hat, "m K"), Y=(Y, "m K"))
    if not sigma > 0:
        raise ValueError(f"sigma is {sigma}, expected a positive number")
    z = (Y - Y_hat) / sigma
    return float(-0.5 * np.square(z).sum() - Y.size * np.log(sigma * np.sqrt(2 * np.pi)))


def make_loss(
    model: Model, loss: Loss, X: ArrayLike, Y: ArrayLike
) -> Callable[[Array, Array], float]:
    r"""Return the loss as a function of the parameters alone, the data kept inside.

    Parameters
    ----------
    model : callable
        ``model(X, W, b)`` gives predictions of shape (m, K).
    loss : callable
        ``loss(Y_hat, Y)`` gives a float.
    X : array_like, shape (m, n)
        Data matrix.
    Y : array_like, shape (m, K)
        Targets.

    Returns
    -------
    callable
        ``objective(W, b)``, a float.

    Raises
    ------
    ValueError
        ``X`` and ``Y`` differ in the number of samples.

    References
    ----------
    A closure: Abelson and Sussman, *Structure and Interpretation of Computer Programs* (1996),
    section 3.2.

    Examples
    --------
    >>> objective = make_loss(linear_predict, half_mse, [[1.0], [2.0]], [[2.0], [4.0]])
    >>> objective(np.array([[2.0]]), np.array([0.0]))
    0.0
    """
    X, Y = shaped(X=(X, "m n"), Y=(Y, "m K"))

    def objective(W: Array, b: Array) -> float:
        return loss(model(X, W, b), Y)

    return objective


def linear_gradients(X: ArrayLike, Y: ArrayLike, W: ArrayLike, b: ArrayLike) -> tuple[Array, Array]:
    r"""Return the gradients of half the mean squared error of a linear model.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Y : array_like, shape (m, K)
        Targets.
    W : array_like, shape (n, K)
        Weights.
    b : array_like, shape (K,)
        Bias.

    Returns
    -------
    dW : ndarray, shape (n, K)
        :math:`\frac1m X^\top (XW + b - Y)`.
    db : ndarray, shape (K,)
        :math:`\frac1m \sum_i (\hat y^{(i)} - y^{(i)})`.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 3.13, divided by m.

    Examples
    --------
    >>> dW, db = linear_gradients([[1.0], [2.0]], [[2.0], [4.0]], [[0.0]], [0.0])
    >>> dW, db
    (array([[-5.]]), array([-3.]))
    """
    X, Y, W, b = shaped(X=(X, "m n"), Y=(Y, "m K"), W=(W, "n K"), b=(b, "K"))
    residuals = X @ W + b - Y
    return X.T @ residuals / len(X), residuals.sum(axis=0) / len(X)


def normal_equation(X: ArrayLike, Y: ArrayLike) -> tuple[Array, Array]:
    r"""Return weights and bias that minimize the squared error, in closed form.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Y : array_like, shape (m, K)
        Targets.

    Returns
    -------
    W : ndarray, shape (n, K)
        Weights.
    b : ndarray, shape (K,)
        Bias.

    Raises
    ------
    ValueError
        ``X`` and ``Y`` differ in the number of samples.

    Notes
    -----
    :math:`\tilde X^\top \tilde X \tilde W = \tilde X^\top Y` with a column of ones in
    :math:`\tilde X`. It is solved by least squares, not by an inverse: where columns are collinear
    or :math:`m \le n` there are many solutions, and this returns the one of smallest norm. All of
    them predict the same on ``X``.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 3.2.

    Examples
    --------
    >>> W, b = normal_equation([[0.0], [1.0], [2.0]], [[1.0], [3.0], [5.0]])
    >>> W.round(6), b.round(6)
    (array([[2.]]), array([1.]))
    """
    X, Y = shaped(X=(X, "m n"), Y=(Y, "m K"))
    with_ones = np.column_stack([np.ones(len(X)), X])
    solution = np.linalg.lstsq(with_ones, Y, rcond=None)[0].astype(np.float64, copy=False)
    return solution[1:], solution[0]
