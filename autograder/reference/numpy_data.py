r"""Data as arrays: warm-ups, scores of a batch, encodings, rescalings, splits, accuracy.

A row of ``X`` is a sample. Class labels are integers :math:`0, \dots, K-1`. What is measured on
data for later use (a mean, a minimum) is measured on the training part only.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.reference.shapes import Array, shaped

Indices = NDArray[np.intp]


def conditional_from_joint(P: ArrayLike) -> Array:
    r"""Return the conditional distributions of the columns, given the row of a two-way table.

    Parameters
    ----------
    P : array_like, shape (r, c)
        Joint probabilities, not negative, 1 in total; no row is all zero.

    Returns
    -------
    ndarray, shape (r, c)
        :math:`P(\text{column} \mid \text{row})`; every row adds up to 1.

    Raises
    ------
    ValueError
        ``P`` is no table of joint probabilities, or a row has probability 0.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 1.2.

    Examples
    --------
    >>> conditional_from_joint([[0.1, 0.3], [0.3, 0.3]])
    array([[0.25, 0.75],
           [0.5 , 0.5 ]])
    """
    (P,) = shaped(P=(P, "r c"))
    if P.min() < 0 or abs(P.sum() - 1) > 1e-6:
        raise ValueError(f"P has the sum {P.sum()}, expected probabilities with the sum 1")
    totals: Array = P.sum(axis=1, keepdims=True)
    if (totals == 0).any():
        raise ValueError("a row of P is all zero: there is nothing to condition on")
    return P / totals


def discounted_return(rewards: ArrayLike, gamma: float) -> float:
    r"""Return the discounted sum of rewards :math:`G = \sum_k \gamma^k r_k`.

    Parameters
    ----------
    rewards : array_like, shape (T,)
        The rewards in the order of time, the immediate one first.
    gamma : float
        Discount factor, :math:`0 \le \gamma < 1`.

    Returns
    -------
    float
        The return, in the units of the rewards. The first reward counts in full.

    Raises
    ------
    ValueError
        ``gamma`` is negative, or 1 or more.

    References
    ----------
    Sutton and Barto, *Reinforcement Learning* (2018), equation 3.8.

    Examples
    --------
    >>> discounted_return([1.0, 2.0, 4.0], 0.5)
    3.0
    """
    (rewards,) = shaped(rewards=(rewards, "T"))
    if not 0 <= gamma < 1:
        raise ValueError(f"gamma is {gamma}, expected 0 <= gamma < 1")
    return float(rewards @ gamma ** np.arange(len(rewards)))


def scores_loop(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> Array:
    r"""Return the scores :math:`Z = XW + b`, one multiplication at a time.

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
    ndarray, shape (m, K)
        :math:`z_{ik} = b_k + \sum_j x_{ij} w_{jk}`.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 4.1.2.

    Examples
    --------
    >>> scores_loop([[1, 2], [3, 4]], [[10, 0], [1, 1]], [0.5, 0])
    array([[12.5,  2. ],
           [34.5,  4. ]])
    """
    X, W, b = shaped(X=(X, "m n"), W=(W, "n K"), b=(b, "K"))
    m, n = X.shape
    K = len(b)
    Z = np.empty((m, K))
    for i in range(m):
        for k in range(K):
            Z[i, k] = b[k]
            for j in range(n):
                Z[i, k] += X[i, j] * W[j, k]
    return Z


def scores_vectorised(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> Array:
    r"""Return the scores :math:`Z = XW + b` by one matrix product.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix, a row for each sample.
    W : array_like, shape (n, K)
        Weights, a column for each class.
    b : array_like, shape (K,)
        Bias, added to every row.

    Returns
    -------
    ndarray, shape (m, K)
        The scores of every sample for every class.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 4.1.2.

    Examples
    --------
    >>> scores_vectorised([[1, 2], [3, 4]], [[10, 0], [1, 1]], [0.5, 0])
    array([[12.5,  2. ],
           [34.5,  4. ]])
    """
    X, W, b = shaped(X=(X, "m n"), W=(W, "n K"), b=(b, "K"))
    return X @ W + b


def add_bias_column(X: ArrayLike) -> Array:
    r"""Return :math:`\tilde X = [\mathbf 1\; X]`, the data with a column of ones in front.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.

    Returns
    -------
    ndarray, shape (m, n + 1)
        The ones are column 0.

    Raises
    ------
    ValueError
        ``X`` is not a matrix.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 2.3.1.

    Examples
    --------
    >>> add_bias_column([[2, 3], [4, 5]])
    array([[1., 2., 3.],
           [1., 4., 5.]])
    """
    (X,) = shaped(X=(X, "m n"))
    return np.column_stack([np.ones(len(X)), X])


def flatten_images(I: ArrayLike) -> Array:  # noqa: E741  # the contract's name
    r"""Return images as rows of numbers between 0 and 1, one whole channel after the other.

    Parameters
    ----------
    I : array_like, shape (m, H, W, C)
        Images of H rows, W columns and C channels, in steps of 0 to 255 (uint8).

    Returns
    -------
    ndarray, shape (m, C*H*W)
        All of the first channel, then all of the second, …; within a channel row by row.

    Raises
    ------
    ValueError
        ``I`` does not have four axes.

    References
    ----------
    The order in which CIFAR-10 is stored: Krizhevsky (2009), cs.toronto.edu/~kriz/cifar.html.

    Examples
    --------
    >>> red_then_blue = np.array([[[[255, 0, 0], [0, 0, 51]]]], dtype=np.uint8)  # (1, 1, 2, 3)
    >>> flatten_images(red_then_blue)
    array([[1. , 0. , 0. , 0. , 0. , 0.2]])
    """
    (images,) = shaped(I=(I, "m H W C"))
    return images.transpose(0, 3, 1, 2).reshape(len(images), -1) / 255


def one_hot(y: ArrayLike, K: int) -> Array:
    r"""Return class labels as rows with a single 1, :math:`\mathrm{oh}(y)_k = [k = y]`.

    Parameters
    ----------
    y : array_like of int, shape (m,)
        Labels from 0 to K-1. Not every class has to occur.
    K : int
        The number of classes.

    Returns
    -------
    ndarray, shape (m, K)
        Row i holds a 1 in column ``y[i]`` and zeros elsewhere.

    Raises
    ------
    ValueError
        A label is not one of 0, …, K-1.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), chapter 4 (1-of-K coding).

    Examples
    --------
    >>> one_hot([0, 2], 3)
    array([[1., 0., 0.],
           [0., 0., 1.]])
    """
    (y,) = shaped(y=(y, "m"))
    if not np.isin(y, np.arange(K)).all():
        raise ValueError(f"y holds other values than the labels 0, …, {K - 1}")
    hit: NDArray[np.bool_] = y[:, np.newaxis] == np.arange(K)
    return hit.astype(np.float64)


def minmax_scale(X_train: ArrayLike, X: ArrayLike) -> Array:
    r"""Return X in units in which every column of the training part goes from 0 to 1.

    Parameters
    ----------
    X_train : array_like, shape (m, n)
        The training part, of which minimum and maximum are taken.
    X : array_like, shape (q, n)
        The data to rescale, the training part or others.

    Returns
    -------
    ndarray, shape (q, n)
        :math:`(x - \min) / (\max - \min)` for each column. Values outside of the training range
        lie outside of [0, 1]. Where a training column is constant its differences are kept, so
        that the constant becomes 0.

    Raises
    ------
    ValueError
        ``X_train`` and ``X`` differ in the number of columns.

    References
    ----------
    Han, Kamber and Pei, *Data Mining* (2012), equation 3.8.

    Examples
    --------
    >>> minmax_scale([[0, 5], [4, 5]], [[1, 5], [6, 5]])
    array([[0.25, 0.  ],
           [1.5 , 0.  ]])
    """
    X_train, X = shaped(X_train=(X_train, "m n"), X=(X, "q n"))
    low: Array = X_train.min(axis=0)
    span: Array = np.ptp(X_train, axis=0)
    return (X - low) / np.where(span == 0, 1.0, span)


def standardize(X_train: ArrayLike, X: ArrayLike) -> Array:
    r"""Return X in units in which every column of the training part has mean 0 and deviation 1.

    Parameters
    ----------
    X_train : array_like, shape (m, n)
        The training part, of which mean and standard deviation (1/m) are taken.
    X : array_like, shape (q, n)
        The data to rescale, the training part or others.

    Returns
    -------
    ndarray, shape (q, n)
        :math:`(x - \mu) / \sigma` for each column. Where a training column is constant its
        differences are kept, so that the constant becomes 0.

    Raises
    ------
    ValueError
        ``X_train`` and ``X`` differ in the number of columns.

    Notes
    -----
    A column is constant if its range is 0. Its standard deviation need not be: that of three
    numbers 0.1 is 1.4e-17, since their mean is rounded.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 11.5.3.

    Examples
    --------
    >>> standardize([[1, 5], [3, 5]], [[1, 5], [4, 5]])
    array([[-1.,  0.],
           [ 2.,  0.]])
    """
    X_train, X = shaped(X_train=(X_train, "m n"), X=(X, "q n"))
    mean: Array = X_train.mean(axis=0)
    constant = np.ptp(X_train, axis=0) == 0
    return (X - mean) / np.where(constant, 1.0, X_train.std(axis=0))


def unit_rows(X: ArrayLike) -> Array:
    r"""Return X with every sample divided by its Euclidean norm.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.

    Returns
    -------
    ndarray, shape (m, n)
        :math:`x / \lVert x \rVert` for each row; a row of zeros stays as it is.

    Raises
    ------
    ValueError
        ``X`` is not a matrix.

    References
    ----------
    Manning, Raghavan and Schütze, *Introduction to Information Retrieval* (2008), section 6.3.1.

    Examples
    --------
    >>> unit_rows([[3, 4], [0, 0]])
    array([[0.6, 0.8],
           [0. , 0. ]])
    """
    (X,) = shaped(X=(X, "m n"))
    norms: Array = np.linalg.norm(X, axis=1, keepdims=True)
    return X / np.where(norms == 0, 1.0, norms)


def train_test_split(
    X: NDArray[np.generic], y: NDArray[np.generic], test_fraction: float, rng: np.random.Generator
) -> tuple[NDArray[np.generic], NDArray[np.generic], NDArray[np.generic], NDArray[np.generic]]:
    r"""Return a random part of the samples for training and the others for the test.

    Parameters
    ----------
    X : ndarray, shape (m, n)
        Data matrix.
    y : ndarray, shape (m,)
        The label of each sample.
    test_fraction : float
        The test part has ``round(m * test_fraction)`` samples; neither part may be empty.
    rng : Generator
        The only source of randomness.

    Returns
    -------
    X_tr, X_te, y_tr, y_te : ndarray
        Samples and labels of the training part and of the test part, in random order.

    Raises
    ------
    ValueError
        ``X`` and ``y`` differ in length, or a part would be empty.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 7.2.

    Examples
    --------
    >>> X, y = np.array([[1], [2], [3], [4]]), np.array([10, 20, 30, 40])
    >>> X_tr, X_te, y_tr, y_te = train_test_split(X, y, 0.25, np.random.default_rng(0))
    >>> X_tr.shape, X_te.shape
    ((3, 1), (1, 1))
    >>> y_tr == 10 * X_tr[:, 0]
    array([ True,  True,  True])
    """
    shaped(X=(X, "m n"), y=(y, "m"))
    n_test = round(len(y) * test_fraction)
    if not 0 < n_test < len(y):
        raise ValueError(f"{n_test} of {len(y)} samples in the test part: a part is empty")
    order = rng.permutation(len(y))
    test, train = order[:n_test], order[n_test:]
    return X[train], X[test], y[train], y[test]


def accuracy(y: ArrayLike, y_hat: ArrayLike) -> float:
    r"""Return the share of right predictions, :math:`\frac1m \sum_i [\hat y^{(i)} = y^{(i)}]`.

    Parameters
    ----------
    y, y_hat : array_like, shape (m,)
        True and predicted labels.

    Returns
    -------
    float
        From 0 (none is right) to 1 (all are).

    Raises
    ------
    ValueError
        ``y`` and ``y_hat`` differ in length.

    References
    ----------
    Murphy, *Probabilistic Machine Learning: An Introduction* (2022), section 1.2.1: one minus the
    misclassification rate.

    Examples
    --------
    >>> accuracy([0, 1, 2, 2], [0, 1, 1, 2])
    0.75
    """
    y, y_hat = shaped(y=(y, "m"), y_hat=(y_hat, "m"))
    return float((y == y_hat).mean())


def kfold_indices(m: int, k: int, rng: np.random.Generator) -> list[tuple[Indices, Indices]]:
    r"""Return k splits of the samples 0, …, m-1, in which each of k random folds validates once.

    Parameters
    ----------
    m : int
        The number of samples.
    k : int
        The number of folds, 2 to m.
    rng : Generator
        The only source of randomness.

    Returns
    -------
    list of k pairs (train_idx, val_idx)
        Two integer arrays. The folds ``val_idx`` are disjoint, cover all samples, and differ in
        size by at most one; ``train_idx`` holds the samples outside of the fold.

    Raises
    ------
    ValueError
        ``k`` is below 2 or above ``m``.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 7.10.1.

    Examples
    --------
    >>> for train_idx, val_idx in kfold_indices(5, 2, np.random.default_rng(0)):
    ...     print(len(train_idx), len(val_idx), sorted([*train_idx.tolist(), *val_idx.tolist()]))
    2 3 [0, 1, 2, 3, 4]
    3 2 [0, 1, 2, 3, 4]
    """
    if not 2 <= k <= m:
        raise ValueError(f"k is {k}, expected 2 to m = {m} folds")
    folds = np.array_split(rng.permutation(m), k)
    return [(np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k)]
