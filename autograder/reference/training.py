r"""Training networks: layers that click together, start values, the training loop, two helpers.

A layer goes forward and backward: ``forward(A)`` gives its output and remembers what ``backward``
needs; ``backward(delta)`` takes :math:`\partial\ell/\partial` output, a row for each sample and not
divided by m, and returns :math:`\partial\ell/\partial` input. The division by m happens once, where
the gradients of the parameters are formed.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.reference.gradient_descent import minibatches
from autograder.reference.numpy_data import one_hot
from autograder.reference.shapes import Array, alike, shaped
from autograder.reference.softmax_svm import softmax

Cache = tuple[Array, Array, Array]


class Phi(Protocol):
    """An activation: a function and its derivative, any shape to the same shape."""

    def f(self, z: Array, /) -> Array:
        """Return the activation of each entry."""

    def df(self, z: Array, /) -> Array:
        """Return its slope at each entry."""


class Layer(Protocol):
    """What a network is made of."""

    @property
    def params(self) -> list[Array]:
        """The arrays that learn."""

    @property
    def grads(self) -> list[Array]:
        """The gradient of the objective for each of them."""

    def forward(self, A: Array, /) -> Array:
        """Return the output (m, n_out) for the input (m, n_in)."""

    def backward(self, delta: Array, /) -> Array:
        """Return the error of the input (m, n_in) for that of the output (m, n_out)."""


def init_weights(n_in: int, n_out: int, kind: str, rng: np.random.Generator) -> tuple[Array, Array]:
    r"""Return random weights of the right scale, and a bias of zeros.

    Parameters
    ----------
    n_in, n_out : int
        The number of inputs and of units of a layer.
    kind : str
        ``"xavier"``, variance 1/n_in, for units like tanh; ``"he"``, variance 2/n_in, for ReLU.
    rng : Generator
        Draws the weights.

    Returns
    -------
    W : ndarray, shape (n_in, n_out)
        Independent normal numbers of mean 0.
    b : ndarray, shape (n_out,)
        Zeros.

    Raises
    ------
    ValueError
        ``kind`` is another word, or a number is less than 1.

    Notes
    -----
    Glorot and Bengio write 2/(n_in + n_out), a compromise between the forward and the backward
    direction; 1/n_in is the version that looks forward alone.

    References
    ----------
    Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural networks*
    (2010), section 4.2; He, Zhang, Ren and Sun, *Delving deep into rectifiers* (2015), section 2.2.

    Examples
    --------
    >>> W, b = init_weights(400, 50, "he", np.random.default_rng(0))
    >>> W.shape, round(float(W.std()), 2), b.shape  # √(2/400) is 0.0707
    ((400, 50), 0.07, (50,))
    """
    variances = {"xavier": 1.0, "he": 2.0}
    if kind not in variances:
        raise ValueError(f"kind is {kind!r}, expected 'xavier' or 'he'")
    if n_in < 1 or n_out < 1:
        raise ValueError(f"n_in is {n_in} and n_out is {n_out}, expected at least 1")
    scale = np.sqrt(variances[kind] / n_in)
    return rng.normal(scale=scale, size=(n_in, n_out)), np.zeros(n_out)


class Dense:
    r"""The weights of a layer: :math:`Z = AW + b`.

    Parameters
    ----------
    n_in, n_out : int
        The number of inputs and of units.
    rng : Generator
        Draws the start weights, of variance 2/n_in; the bias starts at zero.

    Attributes
    ----------
    W, b : ndarray, shapes (n_in, n_out) and (n_out,)
        The parameters; they may be replaced or changed in place.
    dW, db : ndarray, the same shapes
        The gradient of the objective from the last ``backward``; zeros before.

    References
    ----------
    Rumelhart, Hinton and Williams, *Learning representations by back-propagating errors* (1986);
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 6.5.6.

    Examples
    --------
    >>> layer = Dense(2, 1, np.random.default_rng(0))
    >>> layer.W[:] = [[1.0], [10.0]]
    >>> layer.forward(np.array([[1.0, 2.0], [3.0, 4.0]]))
    array([[21.],
           [43.]])
    >>> layer.backward(np.array([[1.0], [-1.0]]))
    array([[  1.,  10.],
           [ -1., -10.]])
    >>> layer.dW, layer.db
    (array([[-1.],
           [-1.]]), array([0.]))
    """

    def __init__(self, n_in: int, n_out: int, rng: np.random.Generator) -> None:
        self.W, self.b = init_weights(n_in, n_out, "he", rng)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        self._A: Array | None = None

    @property
    def params(self) -> list[Array]:
        """``[W, b]``."""
        return [self.W, self.b]

    @property
    def grads(self) -> list[Array]:
        """``[dW, db]``."""
        return [self.dW, self.db]

    def forward(self, A: ArrayLike) -> Array:
        """Return A W + b, shape (m, n_out), for the input A (m, n_in), which is remembered."""
        A, W, b = shaped(A=(A, "m n_in"), W=(self.W, "n_in n_out"), b=(self.b, "n_out"))
        self._A = A
        Z: Array = A @ W + b
        return Z

    def backward(self, delta: ArrayLike) -> Array:
        """Store dW = Aᵀδ/m and db = Σδ/m, and return δWᵀ, shape (m, n_in).

        Raises
        ------
        RuntimeError
            There was no ``forward`` before.
        """
        if self._A is None:
            raise RuntimeError("backward was called before forward")
        A, delta, W = shaped(
            A=(self._A, "m n_in"), delta=(delta, "m n_out"), W=(self.W, "n_in n_out")
        )
        self.dW, self.db = A.T @ delta / len(A), delta.sum(axis=0) / len(A)
        back: Array = delta @ W.T
        return back


class Activate:
    r"""An activation as a layer of its own: :math:`A = g(Z)`. It has nothing to learn.

    Parameters
    ----------
    phi : activation
        It has ``f`` and ``df``, such as the classes of `autograder.reference.activations`.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 6.5.6.

    Examples
    --------
    >>> from autograder.reference.activations import ReLU
    >>> layer = Activate(ReLU)
    >>> layer.forward(np.array([[-1.0, 2.0]])), layer.backward(np.array([[5.0, 7.0]]))
    (array([[0., 2.]]), array([[0., 7.]]))
    >>> layer.params, layer.grads
    ([], [])
    """

    def __init__(self, phi: Phi) -> None:
        self.phi = phi
        self.params: list[Array] = []
        self.grads: list[Array] = []
        self._Z: Array | None = None

    def forward(self, A: ArrayLike) -> Array:
        """Return g of each entry, shape (m, h); the input is remembered."""
        (self._Z,) = shaped(A=(A, "m h"))
        return self.phi.f(self._Z)

    def backward(self, delta: ArrayLike) -> Array:
        """Return δ ⊙ g′ at the input, shape (m, h).

        Raises
        ------
        RuntimeError
            There was no ``forward`` before.
        """
        if self._Z is None:
            raise RuntimeError("backward was called before forward")
        _, delta = alike(Z=self._Z, delta=delta)
        back: Array = delta * self.phi.df(self._Z)
        return back


class Network:
    """Layers in series, from the data to the scores.

    Parameters
    ----------
    layers : sequence of layers
        In the order of the forward pass.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 6.5.

    Examples
    --------
    >>> from autograder.reference.activations import ReLU
    >>> rng = np.random.default_rng(0)
    >>> net = Network([Dense(4, 3, rng), Activate(ReLU), Dense(3, 2, rng)])
    >>> net.forward(np.ones((5, 4))).shape, len(net.params)
    ((5, 2), 4)
    >>> [dW.shape for dW in net.backward(np.ones((5, 2)))]
    [(4, 3), (3,), (3, 2), (2,)]
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = list(layers)

    @property
    def params(self) -> list[Array]:
        """The parameters of all layers, in order."""
        return [p for layer in self.layers for p in layer.params]

    @property
    def grads(self) -> list[Array]:
        """Their gradients, in the same order."""
        return [g for layer in self.layers for g in layer.grads]

    def forward(self, X: ArrayLike) -> Array:
        """Return the output of the last layer (m, K) for the data X (m, n)."""
        (A,) = shaped(X=(X, "m n"))
        for layer in self.layers:
            A = layer.forward(A)
        return A

    def backward(self, delta: ArrayLike) -> list[Array]:
        """Return the gradients, given the error ∂ℓ/∂scores (m, K) of the last ``forward``."""
        (delta,) = shaped(delta=(delta, "m K"))
        for layer in reversed(self.layers):
            delta = layer.backward(delta)
        return self.grads


def train(
    net: Any,
    X: ArrayLike,
    Y: ArrayLike,
    X_val: ArrayLike,
    Y_val: ArrayLike,
    lr: float,
    batch_size: int,
    epochs: int,
    rng: np.random.Generator,
) -> dict[str, Array]:
    r"""Train a classifier by mini-batch gradient descent, in place.

    Parameters
    ----------
    net : Network
        It has ``forward``, which gives scores, ``backward``, ``params`` and ``grads``.
    X, Y : array_like, shapes (m, n) and (m, K)
        The training part; the rows of ``Y`` hold a single 1.
    X_val, Y_val : array_like, shapes (q, n) and (q, K)
        The validation part, which is measured and never trained on.
    lr : float
        Learning rate.
    batch_size : int
        Samples in a batch; the last one of an epoch may be smaller.
    epochs : int
        How often every sample is used.
    rng : Generator
        Shuffles the samples anew in each epoch.

    Returns
    -------
    history : dict
        ``"train_loss"`` and ``"val_loss"``, each an array (epochs,): the mean cross-entropy of the
        softmax of the scores on the whole part, after each epoch.

    Raises
    ------
    ValueError
        The shapes do not fit together, or ``batch_size`` is less than 1.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 8.3.1.

    Examples
    --------
    >>> X, Y = np.array([[-1.0], [1.0]]), np.eye(2)
    >>> net = Network([Dense(1, 2, np.random.default_rng(0))])
    >>> net.params[0][:] = 0
    >>> history = train(net, X, Y, X, Y, 1.0, 2, 1, np.random.default_rng(0))
    >>> net.params[0], history["val_loss"].round(4)
    (array([[-0.5,  0.5]]), array([0.3133]))
    """
    X, Y, X_val, Y_val = shaped(
        X=(X, "m n"), Y=(Y, "m K"), X_val=(X_val, "q n"), Y_val=(Y_val, "q K")
    )
    history = {"train_loss": np.empty(epochs), "val_loss": np.empty(epochs)}
    for epoch in range(epochs):
        for X_b, Y_b in minibatches(X, Y, batch_size, rng):
            net.backward(softmax(net.forward(X_b)) - Y_b)
            for p, g in zip(net.params, net.grads, strict=True):
                p[...] -= lr * g  # in place: the network's own arrays
        history["train_loss"][epoch] = _mean_cross_entropy(net.forward(X), Y)
        history["val_loss"][epoch] = _mean_cross_entropy(net.forward(X_val), Y_val)
    return history


def _mean_cross_entropy(S: Array, Y: Array) -> float:
    """Return the mean of log Σ exp(s) − s of the true class, from the scores."""
    shifted = S - S.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    return float((log_sums - (shifted * Y).sum(axis=1)).sum() / len(S))


def dropout_forward(
    A: ArrayLike, keep: float, rng: np.random.Generator, train: bool
) -> tuple[Array, Array]:
    r"""Drop units at random in training, and do nothing otherwise.

    Parameters
    ----------
    A : array_like, shape (m, h)
        The activations of a layer.
    keep : float
        The probability q with which a unit is kept, :math:`0 < q \le 1`.
    rng : Generator
        Decides for each entry by itself.
    train : bool
        Whether this is training.

    Returns
    -------
    out : ndarray, shape (m, h)
        ``A * mask``.
    mask : ndarray, shape (m, h)
        In training 0 or 1/q, so that the expected value of ``out`` is ``A``; otherwise ones.

    Raises
    ------
    ValueError
        ``A`` is not a matrix, or ``keep`` is not in (0, 1].

    References
    ----------
    Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, *Dropout* (2014), here with the
    division in training ("inverted dropout", their section 10).

    Examples
    --------
    >>> out, mask = dropout_forward([[1.0, 2.0, 3.0]], 0.5, np.random.default_rng(0), train=True)
    >>> out, mask
    (array([[0., 4., 6.]]), array([[0., 2., 2.]]))
    >>> dropout_forward([[1.0, 2.0]], 0.5, np.random.default_rng(0), train=False)
    (array([[1., 2.]]), array([[1., 1.]]))
    """
    (A,) = shaped(A=(A, "m h"))
    if not 0 < keep <= 1:
        raise ValueError(f"keep is {keep}, expected a probability above 0")
    mask = (rng.random(A.shape) < keep) / keep if train else np.ones_like(A)
    return A * mask, mask


def dropout_backward(dA: ArrayLike, mask: ArrayLike) -> Array:
    r"""Return the gradient for the input of dropout.

    Parameters
    ----------
    dA : array_like, shape (m, h)
        The gradient for the output of dropout.
    mask : array_like, shape (m, h)
        What `dropout_forward` returned.

    Returns
    -------
    ndarray, shape (m, h)
        ``dA * mask``: what was dropped gets no gradient, what was kept the factor 1/q.

    Raises
    ------
    ValueError
        The shapes differ.

    References
    ----------
    Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, *Dropout* (2014), section 5.1.

    Examples
    --------
    >>> dropout_backward([[3.0, 5.0]], [[2.0, 0.0]])
    array([[6., 0.]])
    """
    dA, mask = shaped(dA=(dA, "m h"), mask=(mask, "m h"))
    return dA * mask


def batchnorm_forward(
    Z: ArrayLike, gamma: ArrayLike, beta: ArrayLike, eps: float
) -> tuple[Array, Cache]:
    r"""Normalize each column over the batch, then scale and shift it.

    Parameters
    ----------
    Z : array_like, shape (m, h)
        A batch, a column for each unit.
    gamma, beta : array_like, shape (h,)
        Scale and shift of each unit, which are learned.
    eps : float
        Is added to the variance, so that a constant column is not divided by zero.

    Returns
    -------
    out : ndarray, shape (m, h)
        :math:`\gamma \hat z + \beta` with :math:`\hat z = (z - \mu_B)/\sqrt{\sigma_B^2 + \epsilon}`
        and the variance divided by m.
    cache : tuple
        What `batchnorm_backward` needs.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Ioffe and Szegedy, *Batch normalization* (2015), algorithm 1.

    Examples
    --------
    >>> out, _ = batchnorm_forward([[1.0], [3.0]], [10.0], [5.0], eps=0.0)
    >>> out
    array([[-5.],
           [15.]])
    """
    Z, gamma, beta = shaped(Z=(Z, "m h"), gamma=(gamma, "h"), beta=(beta, "h"))
    root = np.sqrt(Z.var(axis=0) + eps)
    normal = (Z - Z.mean(axis=0)) / root
    return gamma * normal + beta, (normal, gamma, root)


def batchnorm_backward(dout: ArrayLike, cache: Cache) -> tuple[Array, Array, Array]:
    r"""Return the gradients of batch normalization.

    Parameters
    ----------
    dout : array_like, shape (m, h)
        The gradient for the output.
    cache : tuple
        What `batchnorm_forward` returned.

    Returns
    -------
    dZ : ndarray, shape (m, h)
        The gradient for the input. Every sample of the batch takes part in the mean and in the
        variance, so it depends on all rows of ``dout``.
    dgamma, dbeta : ndarray, shape (h,)
        Sums over the batch.

    Raises
    ------
    ValueError
        ``dout`` has another shape than the output.

    References
    ----------
    Ioffe and Szegedy, *Batch normalization* (2015), section 3.

    Examples
    --------
    >>> _, cache = batchnorm_forward([[1.0], [3.0]], [10.0], [5.0], eps=0.0)
    >>> batchnorm_backward([[1.0], [0.0]], cache)
    (array([[0.],
           [0.]]), array([-1.]), array([1.]))
    """
    normal, gamma, root = cache
    normal, dout = alike(normal=normal, dout=dout)
    m = len(dout)
    dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
    dZ = gamma / root * (dout - dbeta / m - normal * dgamma / m)
    return dZ, dgamma, dbeta


def confusion_matrix(y: ArrayLike, y_hat: ArrayLike, K: int) -> NDArray[np.intp]:
    r"""Count which class was taken for which.

    Parameters
    ----------
    y, y_hat : array_like of int, shape (m,)
        True and predicted classes, from 0 to K-1.
    K : int
        The number of classes; not every class has to occur.

    Returns
    -------
    ndarray of int, shape (K, K)
        Entry (j, k) is the number of samples of class j that were predicted as k.

    Raises
    ------
    ValueError
        The shapes differ, or a class is not one of 0, …, K-1.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning* (2009), section 9.2.5;
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 1.5.

    Examples
    --------
    >>> confusion_matrix([0, 0, 1, 2], [0, 1, 1, 0], 3)
    array([[1, 1, 0],
           [0, 1, 0],
           [1, 0, 0]])
    """
    y, y_hat = shaped(y=(y, "m"), y_hat=(y_hat, "m"))
    counts: NDArray[np.intp] = (one_hot(y, K).T @ one_hot(y_hat, K)).astype(np.intp)
    return counts
