"""Exercise 2.1: the training loop."""

import copy
import numbers
from collections.abc import Iterator
from functools import partial
from itertools import chain, pairwise
from typing import Any

import numpy as np

from autograder.exercises import draws
from autograder.exercises.compare import described, difference
from autograder.exercises.hw09_training.start import TOLERANCE, compare, nothing_chosen
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.exercises.refused import Refused
from autograder.reference import training as reference
from autograder.reference.activations import Tanh
from autograder.reference.numpy_data import one_hot
from autograder.reference.softmax_svm import softmax

_ARGUMENTS = ("net", "X", "Y", "X_val", "Y_val", "lr", "batch_size", "epochs", "rng")
_NAMES = (
    '`history["train_loss"]`',
    '`history["val_loss"]`',
    *(f"`net.params[{i}]`" for i in range(4)),
)
_STRICT = "it only guards against a network with too few gradients"
_KEYS = ("train_loss", "val_loss")


def _net(inputs: Inputs, sizes: tuple[int, ...], scale: float = 1.0) -> Any:
    layers: list[Any] = []
    for n_in, n_out in pairwise(sizes):
        dense = reference.Dense(n_in, n_out, np.random.default_rng(0))
        dense.W, dense.b = scale * inputs.array(n_in, n_out), inputs.array(n_out) / 2
        layers += [dense, reference.Activate(Tanh)]
    return reference.Network(layers[:-1])


def _written(net: Any) -> str:
    words = [
        "Activate(Tanh)" if isinstance(layer, reference.Activate)
        else f"a Dense with W = {layer.W.tolist()} and b = {layer.b.tolist()}"
        for layer in net.layers
    ]  # fmt: skip
    return f"Network([{', '.join(words)}])"


def _classes(rng: np.random.Generator, m: int, K: int) -> np.ndarray:
    return one_hot(rng.permutation(np.arange(m) % K), K)


def _case(net: Any, data: tuple[Any, ...], lr: float, batch: int, epochs: int, **more: Any) -> Case:
    shown = {"net": _written(net), "rng": "np.random.default_rng(1)"}
    values = (net, *data, lr, batch, epochs, np.random.default_rng(1))
    return Case(kwargs=dict(zip(_ARGUMENTS, values)), shown=shown, **more)


def _data(inputs: Inputs, m: int, q: int, n: int, K: int) -> tuple[Any, ...]:
    """Return data of which every epoch is one batch, so that the order does not matter."""
    rng = inputs.rng
    return inputs.array(m, n), _classes(rng, m, K), inputs.array(q, n), _classes(rng, q, K)


def _alike(inputs: Inputs, m: int, q: int, n: int, K: int) -> tuple[Any, ...]:
    """Return data with equal samples, so that the order does not matter in small batches either."""
    rng = inputs.rng
    X, Y = np.repeat(inputs.array(1, n), m, axis=0), np.repeat(_classes(rng, K, K)[:1], m, axis=0)
    return X, Y, inputs.array(q, n), _classes(rng, q, K)


class Recorder:
    """Stands for a network: it notes what it is asked, and its parameters have no effect.

    A student's function reads public attributes, and what it adds to a list of them is added here.
    """

    def __init__(self, X: np.ndarray, K: int) -> None:
        self.params = [np.zeros(1)]
        self.grads = [np.zeros(1)]
        self._known = X
        self._table = np.cos(np.arange(len(X) * K).reshape(len(X), K)) * 2
        self._batches: list[list[int]] = []
        self._errors: list[Any] = []
        self._rows: list[int] = []

    def forward(self, X: Any) -> Any:
        """Return scores that belong to the rows."""
        if type(X) is not np.ndarray or X.ndim != 2 or X.shape[1:] != self._known.shape[1:]:
            raise Refused(f"the network is given {described(X)} as data")
        same = np.isclose(np.asarray(X)[:, np.newaxis], self._known).all(axis=2)
        if not same.any(axis=1).all():
            raise Refused("the network is given rows that are not in the data")
        self._rows = same.argmax(axis=1).tolist()
        return self._table[self._rows]

    def backward(self, delta: Any) -> Any:
        """Note the rows of the last forward and the error."""
        self._batches.append(self._rows)
        self._errors.append(np.array(delta))
        return self.grads


def _recorded(m: int, batch: int, epochs: int, seed: int, extra: str, **more: Any) -> Case:
    shown = {"net": "a network that only notes what it is asked",
             "rng": f"np.random.default_rng({seed})"}  # fmt: skip
    given = {"m": m, "batch_size": batch, "epochs": epochs, "rng": np.random.default_rng(seed)}
    written = "the rows of X in each batch, for X with m rows"
    return Case(kwargs=given, shown=shown, written=written, extra=extra, **more)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for sizes, m, q, lr, epochs in [((2, 3, 2), 5, 4, 0.5, 3), ((3, 3), 6, 3, 0.3, 4)]:
        data = _data(inputs, m, q, sizes[0], sizes[-1])
        yield _case(_net(inputs, sizes), data, lr, m, epochs)
    data = _alike(inputs, 5, 3, 2, 3)
    yield _case(_net(inputs, (2, 3)), data, 0.4, 2, 2, about="with batches of two")
    X, Y, _, _ = _alike(inputs, 3, 1, 2, 2)
    contrary = X, Y, X[:1], 1 - Y[:1]  # the better the training part is learned, the worse
    yield _case(_net(inputs, (2, 2)), contrary, 0.3, 3, 4, about="while the validation loss rises")
    seed = int(rng.integers(2**32))
    yield _recorded(13, 5, 2, seed, draws.VALUES, about="with a last batch that is smaller")


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _recorded(12, 6, 1, int(rng.integers(2**32)), draws.CARE)
    about = "when the batch size is larger than the number of samples"
    yield _case(_net(inputs, (2, 2)), _data(inputs, 3, 2, 2, 2), 0.5, 8, 2, about=about)
    about = "with scores of several thousand"
    net = _net(inputs, (2, 3), scale=2000.0)
    X = np.array([[1.0, 1], [-1, 1], [1, -1], [-1, -1]])
    Y = one_hot((net.forward(X).argmin(axis=1)), 3)
    yield _case(net, (X, Y, X, Y), 0.5, 4, 2, about=about)
    _, Y, _, Y_val = _data(inputs, 5, 3, 2, 2)
    integers = rng.integers(-2, 3, (5, 2)), Y.astype(int), rng.integers(-2, 3, (3, 2)), Y_val
    yield _case(_net(inputs, (2, 2)), integers, 1, 5, 2, about="when X, Y and lr are integers")
    about = "with a single training sample (m = 1)"
    yield _case(_net(inputs, (2, 2)), _alike(inputs, 1, 2, 2, 2), 0.5, 1, 2, about=about)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    X, Y = np.array([[-1.0], [1.0]]), np.eye(2)
    zeros = reference.Network([reference.Dense(1, 2, np.random.default_rng(0))])
    zeros.params[0][:] = 0
    other = np.array([[2.0]]), np.array([[1.0, 0.0]])
    yield _case(zeros, (X, Y, *other), 1.0, 2, 1)
    yield _case(zeros, (X, Y, *other), 0.5, 2, 2)
    yield _case(_net(inputs, (1, 2, 2)), (X, Y, *other), 0.5, 2, 2)
    one = np.array([[1.0], [1.0], [1.0]]), np.array([[1.0, 0], [1, 0], [1, 0]])
    yield _case(zeros, (*one, *other), 0.5, 2, 1)
    yield _case(zeros, (X, Y, *other), 0.5, 2, 4)
    yield _recorded(13, 5, 2, 1, draws.EXAMPLE)
    yield _recorded(12, 6, 1, 1, draws.EXAMPLE)
    yield _case(zeros, (X, Y, *other), 0.5, 5, 1)
    high = reference.Network([reference.Dense(1, 2, np.random.default_rng(0))])
    high.params[0][:] = [[2000.0, -2000.0]]
    yield _case(high, (X, Y[::-1], X, Y), 0.5, 2, 1)
    integers = X.astype(int), Y.astype(int), np.array([[2]]), np.array([[1, 0]])
    yield _case(zeros, integers, 1, 2, 1)


def _is_number(value: object) -> bool:
    flat = type(value) is np.ndarray and value.ndim == 0 and value.dtype.kind in "iuf"
    return flat or isinstance(value, numbers.Real)


def _curve(history: Any, key: str) -> Any:
    """Return a curve of the history; a list counts like an array."""
    found = history[key]
    if isinstance(found, list | tuple) and all(map(_is_number, found)):
        return np.array(found, dtype=float)
    return found


def _observe(train: Function, case: Case) -> Any:
    if "m" in case.kwargs:
        return _observe_batches(train, case)
    # The case is used again.
    net, rng = copy.deepcopy(case.kwargs["net"]), copy.deepcopy(case.kwargs["rng"])
    history = train(**(case.kwargs | {"net": net, "rng": rng}))
    return (*_history(history), *net.params)


def _history(history: Any) -> tuple[Any, ...]:
    """Return both curves."""
    if not isinstance(history, dict):
        raise Refused(f"the result is {described(history)}, expected a dict")
    if set(history) != set(_KEYS):
        raise Refused("the history has other keys than `train_loss` and `val_loss`")
    return tuple(_curve(history, key) for key in _KEYS)


def _observe_batches(train: Function, case: Case) -> Any:
    def batches(m: int, batch_size: int, epochs: int, rng: np.random.Generator) -> Any:
        X, Y = np.arange(2.0 * m + 4).reshape(-1, 2), one_hot(np.arange(m + 2) % 3, 3)
        net = Recorder(X, 3)
        history = train(net, X[:m], Y[:m], X[m:], Y[m:], 0.1, batch_size, epochs, rng)
        return net._batches, net._errors, _history(history)

    named = case.kwargs
    mine = Case((named["m"], named["batch_size"], named["epochs"], named["rng"]), extra=case.extra)

    def problem(asked: Case, result: Any) -> str:
        return next(_problems(asked, result), "")

    if case.extra == draws.VALUES:  # one run says enough: 13 samples do not stay in order by luck
        words = problem(mine, batches(*copy.deepcopy(mine.args)))
        if words:
            raise Refused(words)
        return 0.0
    seen = draws.observe(batches, mine, problem, nothing_chosen)
    if case.extra == draws.EXAMPLE:
        return seen._replace(value=seen.value[0])
    return seen


def _problems(case: Case, result: Any) -> Iterator[str]:
    """Yield what is wrong with the batches; only the first sentence is asked for."""
    m, size, epochs = case.args[:3]
    batches, errors, history = result
    per_epoch = -(-m // size)
    sizes = [len(rows) for rows in batches]
    if max((max(rows) for rows in batches if rows), default=0) >= m:
        yield "`backward` is called for samples of the validation part"
    wanted = ([size] * (m // size) + [m % size] * (m % size > 0)) * epochs
    if sizes == [m] * epochs:
        yield "all samples are in one batch, whatever `batch_size` is"
    if m % size and sizes == [size] * (m // size * epochs):
        yield "the last batch, which is smaller, is left out"
    if sizes == [1] * (m * epochs):
        yield "every sample is a batch of its own, whatever `batch_size` is"
    if len(sizes) == per_epoch * (epochs + 1) or len(sizes) == per_epoch * (epochs - 1):
        yield "the number of epochs is wrong"
    if sizes != wanted:
        yield "the sizes of the batches are wrong"
    yield from _wrong_orders(
        m, [list(chain(*batches[e * per_epoch :][:per_epoch])) for e in range(epochs)]
    )
    yield from _wrong_errors(m, batches, errors)
    yield from _wrong_history(m, epochs, history)


def _wrong_orders(m: int, orders: list[list[int]]) -> Iterator[str]:
    if any(sorted(order) != list(range(m)) for order in orders):
        yield "in an epoch some samples are used more than once, and others never"
    if all(order == sorted(order) for order in orders):
        yield "the samples are not shuffled"
    if len(orders) > 1 and all(order == orders[0] for order in orders):
        yield "the samples come in the same order in every epoch"


def _wrong_errors(m: int, batches: list[list[int]], errors: list[Any]) -> Iterator[str]:
    table = Recorder(np.zeros((m + 2, 2)), 3)._table
    Y = one_hot(np.arange(m + 2) % 3, 3)
    for rows, error in zip(batches, errors, strict=True):
        P = softmax(table[rows])
        right = P - Y[rows]
        if error.shape != right.shape:
            yield f"`backward` is given {described(error)}, expected the shape of the scores"
        if np.allclose(error, right, rtol=1e-5, atol=1e-7):
            continue
        if np.allclose(error * len(rows), right, rtol=1e-5, atol=1e-7):
            yield "`backward` is given (P − Y) divided by the size of the batch"
        if np.allclose(-error, right, rtol=1e-5, atol=1e-7):
            yield "`backward` is given Y − P"
        if np.allclose(np.sort(P - error, axis=1), np.sort(Y[rows], axis=1), atol=1e-5):
            yield "the rows of X and of Y do not belong together"
        yield "`backward` is given something else than P − Y"


def _wrong_history(m: int, epochs: int, history: tuple[Any, ...]) -> Iterator[str]:
    """Yield what is wrong with the losses, which no step of the recorder changes."""
    losses = -np.log(softmax(Recorder(np.zeros((m + 2, 2)), 3)._table))
    mine = losses[np.arange(m + 2), np.arange(m + 2) % 3]
    for key, part, curve in zip(_KEYS, (mine[:m], mine[m:]), history, strict=True):
        expected = np.full(epochs, part.mean())
        if difference(expected, curve, (f'`history["{key}"]`',), 10 * TOLERANCE) is not None:
            yield f'`history["{key}"]` is not the mean loss of the whole part, epoch by epoch'


exercise = Exercise(
    homework="hw09_training",
    number="2.1",
    reference=reference.train,
    returns=_NAMES,
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=partial(compare, _NAMES, 10 * TOLERANCE),
    tolerance=10 * TOLERANCE,
    equivalent_mutants={
        "zip(net.params, net.grads, strict=True) -> zip(net.params, net.grads)": _STRICT,
        "zip(net.params, net.grads, strict=True) -> zip(net.params, net.grads, strict=False)": (
            _STRICT
        ),
        "p[...] -> p": "the augmented assignment changes the array in place as well",
        "_mean_cross_entropy: float((log_sums - (shifted * Y).sum(axis=1)).sum() / len(S)) -> "
        "(log_sums - (shifted * Y).sum(axis=1)).sum() / len(S)": "a NumPy float is as good",
    },
)


@exercise.mistake
def not_shuffled(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You go through the samples in their own order: shuffle them anew in each epoch."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = np.arange(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def shuffled_once(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You shuffle once, before the first epoch: shuffle anew in each epoch."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    order = rng.permutation(m)
    for _ in range(epochs):
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def last_batch_left_out(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You leave out the last batch when it is smaller than the others: every sample counts in every
    epoch."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m - batch_size + 1, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def drawn_with_replacement(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You draw the samples of a batch with replacement: in an epoch every sample is used once, so
    shuffle and cut."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.integers(0, m, m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def batch_size_ignored(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You train on all samples at once: cut the shuffled samples into batches of `batch_size`."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(1):
            rows = order[i:]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def one_sample_at_a_time(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You take a step after every sample: a step uses a batch of `batch_size` samples."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(m):
            rows = order[i : i + 1]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def shuffled_separately(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You shuffle X and Y separately, so that labels land on other samples: draw one order and use
    it for both."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order, others = rng.permutation(m), rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[others[i : i + batch_size]])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def error_divided_by_the_batch(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You divide P − Y by the size of the batch, but `backward` takes the error for each sample and
    divides by itself."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward((E / E.sum(axis=1, keepdims=True) - Y[rows]) / len(rows))
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def error_with_the_wrong_sign(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You hand Y − P to `backward`: the error is P − Y."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(Y[rows] - E / E.sum(axis=1, keepdims=True))
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def scores_without_softmax(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You hand scores less Y to `backward`: apply the softmax to the scores first."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            net.backward(S - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def uphill(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your steps go uphill: subtract the gradient."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p += lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def new_arrays(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your steps make new arrays and the network keeps the old ones: change them in place, `p -= lr
    * g`."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p = p - lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def lr_ignored(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your steps do not use `lr`."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= 0.1 * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def weights_alone(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You update only the first parameter: all of `net.params` learn."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params[:1], net.grads[:1]):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def measured_before_the_epoch(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You measure the losses before each epoch: measure after it."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def loss_of_the_last_batch(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your training loss is that of the last batch: measure the whole training part after the
    epoch."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            before = loss(X[rows], Y[rows])
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(before)
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def losses_interchanged(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Training and validation loss are interchanged."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X_val, Y_val) + 0)
        history["val_loss"].append(loss(X, Y))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def training_loss_twice(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your validation loss is measured on the training part."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X, Y))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def sums_of_losses(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your history holds sums over the samples: take the mean."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.sum(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def accuracies(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your history holds accuracies: the mean cross-entropy is asked for."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(S.argmax(axis=1) == T.argmax(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def averaged_over_the_classes(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your losses are averaged over the classes as well: add up over the classes, take the mean
    over the samples."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        S = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
        return -np.mean(S * T)

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def one_epoch_too_few(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You train one epoch too few."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs - 1):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def trained_on_the_validation_part(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You train on the validation part as well: it is only measured."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        S = net.forward(X_val)
        E = np.exp(S - S.max(axis=1, keepdims=True))
        net.backward(E / E.sum(axis=1, keepdims=True) - Y_val)
        for p, g in zip(net.params, net.grads):
            p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def validation_loss_left_out(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your history has no `val_loss`: it holds two curves."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def network_returned(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You return the network: it is changed in place, and the history is what is returned."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return net


@exercise.mistake
def maximum_not_subtracted(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your softmax or your loss overflows when the scores are large: subtract the largest score of
    each row before `np.exp`."""

    def loss(A, T):
        S = net.forward(A)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S)
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def maximum_not_subtracted_from_the_logs(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your softmax or your loss overflows when the scores are large: subtract the largest score of
    each row before `np.exp`."""

    def log_softmax(A):
        S = net.forward(A)
        return S - np.log(np.exp(S).sum(axis=1, keepdims=True))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            net.backward(np.exp(log_softmax(X[rows])) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(-np.sum(Y * log_softmax(X)) / m)
        history["val_loss"].append(-np.sum(Y_val * log_softmax(X_val)) / len(X_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def log_of_the_probability(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your loss takes the log of a probability, which is 0 in floating point when the true score is
    far below the others: compute it from the scores, log Σ exp(s) − s of the true class."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
        return -np.mean(np.log((P * T).sum(axis=1)))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def global_random_state(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You draw with `np.random.…`, from a state that the whole notebook shares: draw from `rng`, so
    that the caller can repeat the training."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = np.random.permutation(m)  # noqa: NPY002
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def generator_of_its_own(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You make a generator of your own, so that every training goes alike: draw from `rng`."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    rng = np.random.default_rng(0)
    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def shuffled_in_place(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You shuffle the caller's X and Y: shuffle an order, and index with it."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        X[:], Y[:] = X[order], Y[order]
        for i in range(0, m, batch_size):
            rows = slice(i, i + batch_size)
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def labels_not_shuffled(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You shuffle X but not Y, so that labels land on other samples: use one order for both."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[i : i + batch_size])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def copies_shuffled_separately(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You shuffle X and Y separately, so that labels land on other samples: draw one order and use
    it for both."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        X_new, Y_new = rng.permutation(X), rng.permutation(Y)
        for i in range(0, m, batch_size):
            rows = slice(i, i + batch_size)
            S = net.forward(X_new[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y_new[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def loss_of_the_last_batch_afterward(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your training loss is that of the last batch: measure the whole training part after the
    epoch."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X[rows], Y[rows]))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def mean_of_the_batches(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your training loss is the mean over the batches, each measured before its step: measure the
    whole training part after the epoch."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        seen = []
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            seen.append(loss(X[rows], Y[rows]))
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(np.mean(seen))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def stopped_early(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You stop when the validation loss rises: train for all `epochs`, and note down every
    loss."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
        if history["val_loss"][-1] > min(history["val_loss"]):
            break
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def best_parameters_put_back(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You put back the parameters with the best validation loss: the network keeps those of the
    last epoch."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    kept = []
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
        if history["val_loss"][-1] == min(history["val_loss"]):
            kept = [p.copy() for p in net.params]
    for p, best in zip(net.params, kept):
        p[...] = best
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def one_step_in_an_epoch(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You take one step in an epoch, after its last batch: take one after each batch."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
        for p, g in zip(net.params, net.grads):
            p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def step_before_backward(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You take the step before `backward`, with the gradients of the batch before: first
    `backward`, then the step."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=1, keepdims=True))
            for p, g in zip(net.params, net.grads):
                p -= lr * g
            net.backward(E / E.sum(axis=1, keepdims=True) - Y[rows])
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def sigmoid_in_place_of_softmax(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """You apply a sigmoid to the scores: a softmax turns them into probabilities, row by row."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            net.backward(1 / (1 + np.exp(-S)) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.mistake
def softmax_over_the_samples(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Your softmax runs over the samples, `axis=0`: each row has its own, `axis=1`."""

    def loss(A, T):
        S = net.forward(A)
        S = S - S.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (S * T).sum(axis=1))

    m, history = len(X), {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            S = net.forward(X[rows])
            E = np.exp(S - S.max(axis=0, keepdims=True))
            net.backward(E / E.sum(axis=0, keepdims=True) - Y[rows])
            for p, g in zip(net.params, net.grads):
                p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return {key: np.array(values) for key, values in history.items()}


@exercise.variant
def gradients_from_backward(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """The gradients that backward returns, labels in place of rows, arrays made beforehand."""
    y, y_val = np.argmax(Y, axis=1), np.argmax(Y_val, axis=1)
    train_loss, val_loss = np.zeros(epochs), np.zeros(epochs)

    def log_softmax(S):
        S = S - np.max(S, axis=1)[:, None]
        return S - np.log(np.sum(np.exp(S), axis=1))[:, None]

    for epoch in range(epochs):
        for rows in np.array_split(rng.permutation(len(y)), range(batch_size, len(y), batch_size)):
            error = np.exp(log_softmax(net.forward(X[rows])))
            error[np.arange(len(rows)), y[rows]] -= 1
            grads = net.backward(error)
            for k, p in enumerate(net.params):
                p[...] = p - lr * grads[k]
        train_loss[epoch] = -log_softmax(net.forward(X))[np.arange(len(y)), y].mean()
        val_loss[epoch] = -log_softmax(net.forward(X_val))[np.arange(len(y_val)), y_val].mean()
    return {"train_loss": train_loss, "val_loss": val_loss}


@exercise.variant
def shuffled_copies(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """Shuffled copies of the data, a while loop, and lists of floats."""
    from scipy.special import log_softmax, softmax

    history = {"val_loss": [], "train_loss": []}
    for _ in range(epochs):
        order = np.arange(X.shape[0])
        rng.shuffle(order)
        X_new, Y_new, start = X[order], Y[order], 0
        while start < len(X_new):
            X_b, Y_b = X_new[start : start + batch_size], Y_new[start : start + batch_size]
            net.backward(softmax(net.forward(X_b), axis=1) - Y_b)
            params, grads = net.params, net.grads
            for p, g in zip(params, grads):
                np.subtract(p, lr * g, out=p)
            start += batch_size
        for key, A, T in (("train_loss", X, Y), ("val_loss", X_val, Y_val)):
            history[key].append(float(-np.sum(T * log_softmax(net.forward(A), axis=1)) / len(A)))
    return history


@exercise.variant
def network_in_float32(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    """A generator of batches, the parameters fetched once, errors in float32."""

    def batches():
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            yield X[order[i : i + batch_size]], Y[order[i : i + batch_size]]

    def shifted(A):
        S = np.asarray(net.forward(A))
        return S - S.max(axis=1, keepdims=True)

    params = net.params
    losses = []
    for _ in range(epochs):
        for X_b, Y_b in batches():
            E = np.exp(shifted(X_b))
            net.backward((E / E.sum(axis=1, keepdims=True) - Y_b).astype(np.float32))
            for p, g in zip(params, net.grads):
                p += -lr * g
        both = []
        for A, T in ((X, Y), (X_val, Y_val)):
            S = shifted(A)
            both.append(np.average(np.log(np.exp(S).sum(axis=1)) - S[T == 1]))
        losses.append(both)
    train_loss, val_loss = np.array(losses).T
    return {"train_loss": train_loss, "val_loss": val_loss}
