r"""The gradients of a network: errors that flow back, from the loss to the first layer.

Layer l of L has the weights :math:`W^{[l]}`, which is ``Ws[l - 1]``, and the bias
:math:`b^{[l]}`; it computes :math:`Z^{[l]} = A^{[l-1]} W^{[l]} + b^{[l]}` and
:math:`A^{[l]} = g^{[l]}(Z^{[l]})`, with :math:`A^{[0]} = X`. The error
:math:`\delta^{[l]} = \partial \ell / \partial Z^{[l]}` has a row for each sample and is not divided
by m: the mean is taken where the gradients of the parameters are formed.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from autograder.reference.shapes import Array, paired, same_length, shaped

KINDS = ("half_mse", "bce", "ce")
PAIRS = {
    "identity+half_mse": "half_mse",
    "sigmoid+bce": "bce",
    "softmax+ce": "ce",
    "sigmoid+half_mse": "half_mse",
}


class Activation(Protocol):
    """An activation with its derivative. That of the output layer needs no ``df``."""

    def f(self, z: Array, /) -> Array:
        """Return the activation of each entry."""

    def df(self, z: Array, /) -> Array:
        """Return the slope at each entry."""


Gradients = tuple[float, list[Array], list[Array]]


def network_loss(
    Y_hat: ArrayLike, Y: ArrayLike, Ws: Sequence[ArrayLike], lam: float, kind: str
) -> float:
    r"""Return the objective of a network, the mean loss and the L2 penalty.

    Parameters
    ----------
    Y_hat : array_like, shape (m, K)
        The outputs of the network; probabilities for the kinds "bce" and "ce".
    Y : array_like, shape (m, K)
        Targets: any numbers for "half_mse", 0 and 1 for "bce", rows with a single 1 for "ce".
    Ws : sequence of array_like
        The weights of all layers. Biases are not penalized.
    lam : float
        The strength :math:`\lambda` of the penalty.
    kind : {"half_mse", "bce", "ce"}
        The loss.

    Returns
    -------
    float
        :math:`\frac1m \sum_i \ell^{(i)} + \frac\lambda2 \sum_l \|W^{[l]}\|_F^2` with the loss
        :math:`\frac12 \|\hat y - y\|^2`, or
        :math:`-\sum_k [y_k \log \hat y_k + (1 - y_k) \log(1 - \hat y_k)]`, or
        :math:`-\sum_k y_k \log \hat y_k` of a sample. What is certain and right costs 0; what is
        certain and wrong costs infinity.

    Raises
    ------
    ValueError
        The shapes differ, the kind is not known, or its targets are others than these.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 5.2, divided by m, and
    equation 5.112 for the penalty, here of the weights only.

    Examples
    --------
    >>> W = np.array([[1.0, 2.0]])
    >>> network_loss([[1.0], [3.0]], [[0.0], [1.0]], [W], 0.1, "half_mse")
    1.5
    >>> round(network_loss([[0.5, 0.8]], [[1, 0]], [W], 0.0, "bce"), 4)
    2.3026
    """
    Y_hat, Y = shaped(Y_hat=(Y_hat, "m K"), Y=(Y, "m K"))
    return _summed_loss(Y_hat, Y, kind) / len(Y) + lam / 2 * _squares(Ws)


def _squares(Ws: Sequence[ArrayLike]) -> float:
    return float(sum(np.square(W).sum() for W in Ws))


def _summed_loss(Y_hat: Array, Y: Array, kind: str) -> float:
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}, expected one of {', '.join(KINDS)}")
    if kind == "half_mse":
        return float(np.square(Y_hat - Y).sum() / 2)
    if not np.isin(Y, (0, 1)).all():
        raise ValueError("Y holds other values than 0 and 1")
    if kind == "bce":
        happened = np.where(Y == 1, Y_hat, 1 - Y_hat)
    elif np.any(Y.sum(axis=1) != 1):
        raise ValueError("a row of Y does not hold a single 1")
    else:
        happened = Y_hat[Y == 1]
    with np.errstate(divide="ignore"):
        return float(-np.log(happened).sum())


def output_delta(A_out: ArrayLike, Y: ArrayLike, pair: str) -> Array:
    r"""Return the error of the output layer, the slope of the loss for its pre-activation.

    Parameters
    ----------
    A_out : array_like, shape (m, K)
        The outputs :math:`A^{[L]}` of the network.
    Y : array_like, shape (m, K)
        Targets.
    pair : {"identity+half_mse", "sigmoid+bce", "softmax+ce", "sigmoid+half_mse"}
        The activation of the output layer, and the loss.

    Returns
    -------
    ndarray, shape (m, K)
        :math:`\delta^{[L]} = A^{[L]} - Y`, a row for each sample, not divided by m; for the sigmoid
        with half squared errors times its slope, :math:`A^{[L]} (1 - A^{[L]})`.

    Raises
    ------
    ValueError
        The shapes differ, or the pair is not known.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), sections 5.2 and 5.3.1.

    Examples
    --------
    >>> output_delta([[0.5, 0.8]], [[1, 0]], "sigmoid+bce")
    array([[-0.5,  0.8]])
    >>> output_delta([[0.5, 0.8]], [[1, 0]], "sigmoid+half_mse")
    array([[-0.125,  0.128]])
    """
    A_out, Y = shaped(A_out=(A_out, "m K"), Y=(Y, "m K"))
    _kind(pair)
    delta: Array = A_out - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A_out * (1 - A_out)
    return delta


def _kind(pair: str) -> str:
    if pair not in PAIRS:
        raise ValueError(f"pair is {pair!r}, expected one of {', '.join(PAIRS)}")
    return PAIRS[pair]


def backprop_delta(
    delta_next: ArrayLike, W_next: ArrayLike, Z: ArrayLike, phi: Activation
) -> Array:
    r"""Return the error of a hidden layer from the error of the layer behind it.

    Parameters
    ----------
    delta_next : array_like, shape (m, k)
        The error :math:`\delta^{[l+1]}` of the next layer.
    W_next : array_like, shape (h, k)
        The weights :math:`W^{[l+1]}` of the next layer.
    Z : array_like, shape (m, h)
        The pre-activation :math:`Z^{[l]}` of the layer itself.
    phi : Activation
        The activation of the layer itself; its derivative is ``phi.df``.

    Returns
    -------
    ndarray, shape (m, h)
        :math:`\delta^{[l]} = (\delta^{[l+1]} W^{[l+1]\top}) \odot g'(Z^{[l]})`.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 5.56.

    Examples
    --------
    >>> from autograder.reference.activations import ReLU
    >>> backprop_delta([[2.0, 1.0]], [[1.0, 3.0], [5.0, 0.0]], [[4.0, -1.0]], ReLU)
    array([[5., 0.]])
    """
    delta_next, W_next, Z = shaped(
        delta_next=(delta_next, "m k"), W_next=(W_next, "h k"), Z=(Z, "m h")
    )
    delta: Array = (delta_next @ W_next.T) * phi.df(Z)
    return delta


def dense_gradients(
    A_prev: ArrayLike, delta: ArrayLike, W: ArrayLike, lam: float
) -> tuple[Array, Array]:
    r"""Return the gradients of the objective for the weights and the bias of a layer.

    Parameters
    ----------
    A_prev : array_like, shape (m, n)
        The inputs :math:`A^{[l-1]}` of the layer.
    delta : array_like, shape (m, h)
        The error :math:`\delta^{[l]}` of the layer, not divided by m.
    W : array_like, shape (n, h)
        The weights :math:`W^{[l]}`.
    lam : float
        The strength :math:`\lambda` of the penalty.

    Returns
    -------
    dW : ndarray, shape (n, h)
        :math:`\frac1m A^{[l-1]\top} \delta^{[l]} + \lambda W^{[l]}`.
    db : ndarray, shape (h,)
        The column means of the error.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), algorithm 6.4, with a mean over
    samples.

    Examples
    --------
    >>> dense_gradients([[1.0, 2.0], [3.0, 0.0]], [[0.5], [-1.0]], [[2.0], [4.0]], 0.1)
    (array([[-1.05],
           [ 0.9 ]]), array([-0.25]))
    """
    A_prev, delta, W = shaped(A_prev=(A_prev, "m n"), delta=(delta, "m h"), W=(W, "n h"))
    m = len(delta)
    return A_prev.T @ delta / m + lam * W, delta.sum(axis=0) / m


def backprop_loop(
    X: ArrayLike,
    Y: ArrayLike,
    Ws: Sequence[ArrayLike],
    bs: Sequence[ArrayLike],
    phis: Sequence[Activation],
    lam: float,
    pair: str,
) -> Gradients:
    r"""Return the objective of a network and its gradients, one sample after the other.

    Parameters
    ----------
    X, Y, Ws, bs, phis, lam, pair
        As for `backprop`.

    Returns
    -------
    loss : float
    dWs : list of ndarray
    dbs : list of ndarray
        The same as from `backprop`.

    Raises
    ------
    ValueError
        As for `backprop`.

    References
    ----------
    Rumelhart, Hinton and Williams, *Learning representations by back-propagating errors* (1986).

    Examples
    --------
    >>> from autograder.reference.activations import Linear
    >>> backprop_loop([[2.0], [1.0]], [[1.0], [0.0]], [[[3.0]]], [[-1.0]], [Linear], 0.5,
    ...               "identity+half_mse")
    (7.25, [array([[6.5]])], [array([3.])])
    """
    X, Y, *parameters = _network(X, Y, Ws, bs, phis)
    weights, biases = parameters[::2], parameters[1::2]
    m, L = len(X), len(weights)
    total = 0.0
    sums_W, sums_b = [np.zeros_like(W) for W in weights], [np.zeros_like(b) for b in biases]
    for i in range(m):
        x, y = X[[i]], Y[[i]]
        zs, activations = _forward(x, weights, biases, phis)
        total += _summed_loss(activations[-1], y, _kind(pair))
        delta = output_delta(activations[-1], y, pair).ravel()
        for layer in reversed(range(L)):
            sums_W[layer] += np.outer(activations[layer], delta)
            sums_b[layer] += delta
            if layer > 0:
                delta = weights[layer] @ delta * phis[layer - 1].df(zs[layer - 1]).ravel()
    dWs = [sums_W[layer] / m + lam * weights[layer] for layer in range(L)]
    return total / m + lam / 2 * _squares(weights), dWs, [s / m for s in sums_b]


def backprop(
    X: ArrayLike,
    Y: ArrayLike,
    Ws: Sequence[ArrayLike],
    bs: Sequence[ArrayLike],
    phis: Sequence[Activation],
    lam: float,
    pair: str,
) -> Gradients:
    r"""Return the objective of a network of any depth, and its gradients for all parameters.

    Parameters
    ----------
    X : array_like, shape (m, n)
        Data matrix.
    Y : array_like, shape (m, K)
        Targets.
    Ws : sequence of array_like
        The weights of the L layers, from the first to the last.
    bs : sequence of array_like
        The biases of the L layers.
    phis : sequence of Activation
        The activations of the L layers. The last one is that of the pair.
    lam : float
        The strength :math:`\lambda` of the penalty on the weights.
    pair : {"identity+half_mse", "sigmoid+bce", "softmax+ce", "sigmoid+half_mse"}
        The activation of the output layer, and the loss.

    Returns
    -------
    loss : float
        The mean loss and the penalty.
    dWs : list of ndarray
        A gradient for each of ``Ws``, in the same order and of the same shape.
    dbs : list of ndarray
        A gradient for each of ``bs``.

    Raises
    ------
    ValueError
        The lists differ in length, the shapes do not fit together, or the pair is not known.

    References
    ----------
    Rumelhart, Hinton and Williams, *Learning representations by back-propagating errors* (1986);
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), algorithms 6.3 and 6.4.

    Examples
    --------
    >>> from autograder.reference.activations import Linear, ReLU
    >>> loss, dWs, dbs = backprop([[2.0]], [[1.0]], [[[3.0]], [[0.5]]], [[-1.0], [0.0]],
    ...                           [ReLU, Linear], 0.0, "identity+half_mse")
    >>> loss, dWs, dbs
    (1.125, [array([[1.5]]), array([[7.5]])], [array([0.75]), array([1.5])])
    """
    X, Y, *parameters = _network(X, Y, Ws, bs, phis)
    weights, biases = parameters[::2], parameters[1::2]
    Zs, As = _forward(X, weights, biases, phis)
    loss = network_loss(As[-1], Y, weights, lam, _kind(pair))
    delta = output_delta(As[-1], Y, pair)
    gradients = [dense_gradients(As[-2], delta, weights[-1], lam)]
    for layer in reversed(range(1, len(weights))):
        delta = backprop_delta(delta, weights[layer], Zs[layer - 1], phis[layer - 1])
        gradients.append(dense_gradients(As[layer - 1], delta, weights[layer - 1], lam))
    gradients.reverse()
    return loss, [dW for dW, _ in gradients], [db for _, db in gradients]


def _network(
    X: ArrayLike,
    Y: ArrayLike,
    Ws: Sequence[ArrayLike],
    bs: Sequence[ArrayLike],
    phis: Sequence[Activation],
) -> list[Array]:
    """Return X, Y, the first weights, the first bias, and so on, as arrays that fit together."""
    L = same_length(Ws=Ws, bs=bs, phis=phis)
    layers: dict[str, tuple[ArrayLike, str]] = {}
    for i in range(L):
        layers[f"Ws[{i}]"] = (Ws[i], f"n{i} n{i + 1}")
        layers[f"bs[{i}]"] = (bs[i], f"n{i + 1}")
    X, *parameters, Y = shaped(X=(X, "m n0"), **layers, Y=(Y, f"m n{L}"))
    return [X, Y, *parameters]


def _forward(
    X: Array, weights: Sequence[Array], biases: Sequence[Array], phis: Sequence[Activation]
) -> tuple[list[Array], list[Array]]:
    """Return all pre-activations, and X with all activations."""
    Zs: list[Array] = []
    As = [X]
    for W, b, phi in zip(weights, biases, phis, strict=True):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    return Zs, As


def gradient_check(
    loss_fn: Callable[[list[Array]], float],
    params: Sequence[ArrayLike],
    grads: Sequence[ArrayLike],
    h: float = 1e-5,
) -> float:
    r"""Return the largest relative error of gradients, measured by central differences.

    Parameters
    ----------
    loss_fn : callable
        ``loss_fn(params)`` returns a float for a list of arrays.
    params : sequence of array_like
        Where the gradients are checked.
    grads : sequence of array_like
        The gradients to check, an array for each of ``params``.
    h : float
        How far each parameter is moved to either side.

    Returns
    -------
    float
        The largest :math:`|a - n| / \max(|a|, |n|, 10^{-8})` over all entries, where :math:`a` is
        the gradient to check and :math:`n` the central difference.

    Raises
    ------
    ValueError
        The lists differ in length, or two arrays at the same place in shape.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 11.5.

    Examples
    --------
    >>> def loss_fn(params):
    ...     return float((params[0] ** 2).sum())
    >>> gradient_check(loss_fn, [np.array([1.0, 3.0])], [np.array([2.0, 6.0])]) < 1e-6
    True
    >>> round(gradient_check(loss_fn, [np.array([1.0, 3.0])], [np.array([2.0, 3.0])]), 4)
    0.5
    """
    pairs = paired(params=params, grads=grads)
    moved = [p for p, _ in pairs]  # copies
    errors = []
    for p, g in pairs:
        for j in np.ndindex(p.shape):
            start = p[j]
            p[j] = start + h
            above = loss_fn(moved)
            p[j] = start - h
            below = loss_fn(moved)
            p[j] = start
            n = (above - below) / (2 * h)
            errors.append(abs(g[j] - n) / max(float(abs(g[j])), abs(n), 1e-8))
    return float(np.max(errors))  # nan if there is one, unlike Python's max


def layer_gradient_norms(dWs: Sequence[ArrayLike]) -> Array:
    r"""Return the size of the gradient of each layer's weights.

    Parameters
    ----------
    dWs : sequence of array_like
        The gradients of the weights, from the first layer to the last.

    Returns
    -------
    ndarray, shape (L,)
        The Frobenius norms :math:`\|\partial J / \partial W^{[l]}\|_F`, the roots of the sums of
        all squared entries.

    Raises
    ------
    ValueError
        An entry of ``dWs`` is not a matrix.

    References
    ----------
    Golub and Van Loan, *Matrix Computations* (2013), section 2.3.1.

    Examples
    --------
    >>> layer_gradient_norms([[[3.0, 4.0]], [[1.0, 1.0], [1.0, 1.0]]])
    array([5., 2.])
    """
    # No letters in common: the layers need not fit together.
    matrices = shaped(**{f"dWs[{i}]": (dW, f"n{i} h{i}") for i, dW in enumerate(dWs)})
    return np.array([np.sqrt(np.square(dW).sum()) for dW in matrices])
