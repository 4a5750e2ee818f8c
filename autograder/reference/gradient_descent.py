r"""Gradient descent: one step and many, step sizes, measured derivatives, batches, better steps.

The parameters of a model are a list of arrays of any shapes, and a gradient is such a list, too.
A step goes against the gradient, :math:`\theta \leftarrow \theta - \alpha\, \partial J /
\partial \theta`, and all parameters move from the same gradient.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from autograder.reference.shapes import Array, alike, paired, shaped

Gradients = Callable[[list[Array]], Sequence[ArrayLike]]
Objective = Callable[[Array, Array], float]


def gradient_step(
    params: Sequence[ArrayLike], grads: Sequence[ArrayLike], lr: float
) -> list[Array]:
    r"""Return all parameters after one step of gradient descent.

    Parameters
    ----------
    params : list of array_like, any shapes
        The parameters :math:`\theta`.
    grads : list of array_like, the shapes of ``params``
        The gradient of the objective for each of them, taken at ``params``.
    lr : float
        The learning rate :math:`\alpha`.

    Returns
    -------
    list of ndarray, the shapes of ``params``
        New arrays :math:`\theta - \alpha\, \partial J / \partial \theta`.

    Raises
    ------
    ValueError
        The lists differ in length, or a gradient in shape from its parameter.

    References
    ----------
    Cauchy, *Méthode générale pour la résolution des systèmes d'équations simultanées* (1847);
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 4.3.

    Examples
    --------
    >>> gradient_step([np.array([[1.0], [2.0]]), np.array([3.0])], [[[10.0], [0.0]], [-5.0]], 0.1)
    [array([[0.],
           [2.]]), array([3.5])]
    """
    pairs = paired(params=params, grads=grads)
    return [p - lr * g for p, g in pairs]


def gradient_descent(
    grad_fn: Gradients, params: Sequence[ArrayLike], lr: float, n_steps: int, tol: float
) -> tuple[list[Array], Array]:
    r"""Return the parameters after gradient descent, and the norms of the gradient on the way.

    Parameters
    ----------
    grad_fn : callable
        ``grad_fn(params)`` gives the list of gradients at these parameters.
    params : list of array_like, any shapes
        Where to start.
    lr : float
        Learning rate.
    n_steps : int
        How many steps to take at most.
    tol : float
        Stop where the norm of the gradient is below it.

    Returns
    -------
    params : list of ndarray
        New arrays, in the shapes of the start.
    history : ndarray, shape (t,)
        The norm of the whole gradient, the root of the sum of the squares of all its entries,
        before each step. Where the search stops early, the last entry is the norm below ``tol``.

    Raises
    ------
    ValueError
        ``n_steps`` is less than 1, or a gradient has another shape than its parameter.

    References
    ----------
    Nocedal and Wright, *Numerical Optimization* (2006), section 2.2; Goodfellow, Bengio and
    Courville, *Deep Learning* (2016), section 4.3.

    Examples
    --------
    >>> params, history = gradient_descent(lambda params: [params[0]], [[8.0]], 0.5, 3, 1e-6)
    >>> params, history
    ([array([1.])], array([8., 4., 2.]))
    """
    if n_steps < 1:
        raise ValueError(f"n_steps is {n_steps}, expected at least 1")
    places = paired(params=params)
    current = [p for [p] in places]
    history = []
    for _ in range(n_steps):
        grads = grad_fn(current)
        norm = np.sqrt(sum(np.square(g).sum() for g in grads))
        history.append(norm)
        if norm < tol:
            break
        current = gradient_step(current, grads, lr)
    return current, np.array(history)


def largest_stable_lr(X: ArrayLike) -> float:
    r"""Return the learning rate below which gradient descent on half the MSE always converges.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix of a linear model with a bias.

    Returns
    -------
    float
        :math:`2 / \lambda_{\max}(\tilde X^\top \tilde X / m)` with a column of ones in
        :math:`\tilde X`. With any smaller positive rate gradient descent converges, with a larger
        one it diverges from almost every start.

    Raises
    ------
    ValueError
        ``X`` does not have two axes, or is empty.

    References
    ----------
    Boyd and Vandenberghe, *Convex Optimization* (2004), section 9.3; Goh, *Why Momentum Really
    Works* (Distill, 2017).

    Examples
    --------
    >>> largest_stable_lr([[1.0], [-1.0]])
    2.0
    """
    [X] = shaped(X=(X, "m n"))
    with_ones = np.column_stack([np.ones(len(X)), X])
    curvatures = np.linalg.eigvalsh(with_ones.T @ with_ones / len(X))
    return float(2 / curvatures.max())


def numerical_gradient(f: Callable[[Array], float], w: ArrayLike, h: float = 1e-5) -> Array:
    r"""Return the gradient of a function, measured by central differences.

    Parameters
    ----------
    f : callable
        ``f(w)`` gives a float for an array in the shape of ``w``.
    w : array_like, any shape
        Where to measure.
    h : float
        How far to go to either side, in the units of ``w``.

    Returns
    -------
    ndarray, the shape of ``w``
        :math:`(f(w + h e_j) - f(w - h e_j)) / 2h` for each entry :math:`j`. The error is of the
        order :math:`h^2`, and exactly 0 for quadratic functions, apart from rounding.

    Raises
    ------
    ValueError
        ``h`` is not positive.

    References
    ----------
    Nocedal and Wright, *Numerical Optimization* (2006), section 8.1.

    Examples
    --------
    >>> numerical_gradient(lambda w: w[0] ** 2 + 3 * w[1], [2.0, 5.0], h=0.5)
    array([4., 3.])
    """
    [w] = alike(w=w)
    if not h > 0:
        raise ValueError(f"h is {h}, expected a positive number")
    gradient = np.zeros_like(w)
    for j in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[j] = h
        gradient[j] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient


def optimize(
    loss: Objective, W0: ArrayLike, b0: ArrayLike, lr: float, n_steps: int
) -> tuple[Array, Array, Array]:
    r"""Return the parameters after gradient descent on a loss whose gradient nobody wrote down.

    Parameters
    ----------
    loss : callable
        ``loss(W, b)`` gives a float.
    W0 : array_like, shape (n, K)
        Weights to start from.
    b0 : array_like, shape (K,)
        Bias to start from.
    lr : float
        Learning rate.
    n_steps : int
        How many steps to take.

    Returns
    -------
    W : ndarray, shape (n, K)
        Weights after the last step.
    b : ndarray, shape (K,)
        Bias after the last step.
    history : ndarray, shape (n_steps,)
        The loss before each step.

    Raises
    ------
    ValueError
        The shapes do not fit together, or ``n_steps`` is less than 1.

    Notes
    -----
    A step costs :math:`2P + 1` evaluations of the loss for :math:`P` parameters.

    References
    ----------
    Nocedal and Wright, *Numerical Optimization* (2006), sections 2.2 and 8.1.

    Examples
    --------
    >>> def loss(W, b): return float((W**2).sum() + b[0] ** 2 / 2)
    >>> W, b, history = optimize(loss, [[1.0]], [4.0], 0.25, 2)
    >>> W.round(6), b.round(6), history.round(6)
    (array([[0.25]]), array([2.25]), array([9.  , 4.75]))
    """
    W, b = shaped(W0=(W0, "n K"), b0=(b0, "K"))
    if n_steps < 1:
        raise ValueError(f"n_steps is {n_steps}, expected at least 1")
    history = []
    for _ in range(n_steps):
        history.append(loss(W, b))
        W, b = _measured_step(loss, W, b, lr)
    return W, b, np.array(history)


def _measured_step(loss: Objective, W: Array, b: Array, lr: float) -> tuple[Array, Array]:
    """Return both parameters after a step; both gradients are measured at the old ones."""
    dW = numerical_gradient(lambda V: loss(V, b), W)
    db = numerical_gradient(lambda c: loss(W, c), b)
    return W - lr * dW, b - lr * db


def minibatches(
    X: ArrayLike, Y: ArrayLike, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[Array, Array]]:
    r"""Return an iterator over the shuffled samples, a batch at a time.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Y : array_like, shape (m, K)
        Targets.
    batch_size : int
        Samples in a batch, :math:`B`.
    rng : Generator
        Shuffles the samples.

    Returns
    -------
    iterator of (X_b, Y_b)
        Arrays of the shapes (B, n) and (B, K); the last batch may have fewer rows. Each sample
        occurs once, its row of ``X`` in the same batch and row as its row of ``Y``.

    Raises
    ------
    ValueError
        ``X`` and ``Y`` differ in the number of samples, or ``batch_size`` is less than 1.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 8.1.3.

    Examples
    --------
    >>> X, Y = np.arange(10.0).reshape(5, 2), np.arange(5.0).reshape(5, 1)
    >>> [X_b.shape for X_b, Y_b in minibatches(X, Y, 2, np.random.default_rng(0))]
    [(2, 2), (2, 2), (1, 2)]
    """
    X, Y = shaped(X=(X, "m n"), Y=(Y, "m K"))
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}, expected at least 1")
    return _cut(X, Y, rng.permutation(len(X)), batch_size)


def _cut(X: Array, Y: Array, order: np.ndarray, batch_size: int) -> Iterator[tuple[Array, Array]]:
    """Yield the samples in that order, a batch at a time."""
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        yield X[batch], Y[batch]


def momentum_step(
    w: ArrayLike, v: ArrayLike, g: ArrayLike, lr: float, beta: float
) -> tuple[Array, Array]:
    r"""Return a parameter and its velocity after one step with momentum.

    Parameters
    ----------
    w : array_like, any shape
        The parameter.
    v : array_like, the shape of ``w``
        Its velocity; zeros before the first step.
    g : array_like, the shape of ``w``
        The gradient at ``w``.
    lr : float
        Learning rate :math:`\alpha`.
    beta : float
        Which part of the velocity is kept, :math:`0 \le \beta < 1`. With 0 this is a plain step.

    Returns
    -------
    w : ndarray
        :math:`w + v` with the new velocity.
    v : ndarray
        :math:`\beta v - \alpha g`.

    Raises
    ------
    ValueError
        The shapes differ.

    References
    ----------
    Polyak, *Some methods of speeding up the convergence of iteration methods* (1964); Sutskever
    and others, *On the importance of initialization and momentum in deep learning* (2013).

    Examples
    --------
    >>> momentum_step([1.0], [0.5], [2.0], lr=0.1, beta=0.8)
    (array([1.2]), array([0.2]))
    """
    w, v, g = alike(w=w, v=v, g=g)
    v = beta * v - lr * g
    return w + v, v


def rmsprop_step(
    w: ArrayLike, s: ArrayLike, g: ArrayLike, lr: float, rho: float, eps: float
) -> tuple[Array, Array]:
    r"""Return a parameter and its running mean of squared gradients after one step of RMSprop.

    Parameters
    ----------
    w : array_like, any shape
        The parameter.
    s : array_like, the shape of ``w``, not negative
        A running mean of the squares of the gradients so far; zeros before the first step.
    g : array_like, the shape of ``w``
        The gradient at ``w``.
    lr : float
        Learning rate :math:`\alpha`.
    rho : float
        Which part of the old mean is kept, :math:`0 \le \rho < 1`.
    eps : float
        A small positive number, added to the root, so that nothing is divided by zero.

    Returns
    -------
    w : ndarray
        :math:`w - \alpha g / (\sqrt s + \epsilon)` with the new mean.
    s : ndarray
        :math:`\rho s + (1 - \rho) g^2`.

    Raises
    ------
    ValueError
        The shapes differ, or ``eps`` is not positive.

    References
    ----------
    Tieleman and Hinton, *Neural Networks for Machine Learning* (2012), lecture 6.5.

    Examples
    --------
    >>> w, s = rmsprop_step([1.0], [4.0], [2.0], lr=0.2, rho=0.75, eps=1e-8)
    >>> w.round(6), s
    (array([0.8]), array([4.]))
    """
    w, s, g = alike(w=w, s=s, g=g)
    if not eps > 0:
        raise ValueError(f"eps is {eps}, expected a positive number")
    s = rho * s + (1 - rho) * np.square(g)
    return w - lr * g / (np.sqrt(s) + eps), s
