"""Exercise 1.4: blocks in series."""

import copy
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference, described, difference
from autograder.exercises.hw09_training.start import TOLERANCE
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.exercises.refused import Refused
from autograder.reference import training as reference
from autograder.reference.activations import Sigmoid, Tanh

_USE = """net = Network(layers)
net.forward(X)
net.backward(delta)"""
_NAMED = "by names"


def _layers(inputs: Inputs, sizes: tuple[int, ...], phi: Any = Tanh) -> list[Any]:
    """Return blocks for a network; the last one gives scores."""
    layers: list[Any] = []
    for n_in, n_out in pairwise(sizes):
        dense = reference.Dense(n_in, n_out, np.random.default_rng(0))
        dense.W, dense.b = inputs.array(n_in, n_out), inputs.array(n_out)
        layers += [dense, reference.Activate(phi)]
    return layers[:-1]


def _case(layers: list[Any], X: np.ndarray, delta: np.ndarray, **more: Any) -> Case:
    words = [
        f"Activate({layer.phi.__name__})" if isinstance(layer, reference.Activate)
        else f"a Dense with W = {layer.W.tolist()} and b = {layer.b.tolist()}"
        for layer in layers
    ]  # fmt: skip
    given = {"layers": layers, "X": X, "delta": delta}
    return Case(kwargs=given, shown={"layers": f"[{', '.join(words)}]"}, written=_USE, **more)


def _random(inputs: Inputs, m: int, sizes: tuple[int, ...], **more: Any) -> Case:
    layers = _layers(inputs, sizes)
    return _case(layers, inputs.array(m, sizes[0]), inputs.array(m, sizes[-1]), **more)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, sizes in [(5, (3, 4, 2)), (4, (3, 3, 3)), (3, (2, 4, 3, 5))]:
        yield _random(inputs, m, sizes)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _random(inputs, 4, (3, 2), about="with a single block")
    yield _random(inputs, 1, (2, 3, 2), about="with a single sample (m = 1)")
    layers = _layers(inputs, (2, 3, 2), Sigmoid)
    X, delta = rng.integers(-3, 4, (4, 2)), rng.integers(-3, 4, (4, 2))
    yield _case(layers, X, delta, about="when X and delta hold integers")
    about = "when the block of an activation comes first and last"
    layers = [reference.Activate(Tanh), *_layers(inputs, (2, 3)), reference.Activate(Sigmoid)]
    yield _case(layers, inputs.array(4, 2), inputs.array(4, 3), about=about)
    about = "when it is made by argument names"
    yield _random(inputs, 3, (2, 3, 2), about=about, extra=_NAMED)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    small = inputs.array(1, 2) / 4
    for sizes in [(2, 2), (2, 1, 2), (2, 2, 2)]:
        yield _case(_layers(inputs, sizes), small, inputs.array(1, 2))
    yield _case(_layers(inputs, (2, 2, 2)), small, inputs.array(1, 2), extra=_NAMED)
    integers = np.array([[1, 0]]), np.array([[1, -1]])
    yield _case(_layers(inputs, (2, 2, 2), Sigmoid), *integers)


def _arrays(name: str, found: Any, count: int) -> list[Any]:
    if not isinstance(found, list | tuple):
        raise Refused(f"{name} is {described(found)}, expected a list of {count} arrays")
    if len(found) != count:
        raise Refused(f"{name} holds {len(found)} entries, expected {count} arrays")
    return list(found)


def _observe(network: Any, case: Case) -> Any:
    """Go forward and back, change the parameters through the list, and go forward again."""
    X, delta = case.kwargs["X"], case.kwargs["delta"]
    layers = copy.deepcopy(case.kwargs["layers"])  # the case is used again
    count = sum(len(layer.params) for layer in layers)
    net = network(layers=layers) if case.extra == _NAMED else network(layers)
    scores = net.forward(X)
    returned = _arrays("the result of `backward`", net.backward(delta), count)
    grads = _arrays("`grads`", net.grads, count)
    params = _arrays("`params`", net.params, count)
    before = [np.array(p) if type(p) is np.ndarray else p for p in params]
    for p in params:
        if type(p) is not np.ndarray:
            raise Refused(f"`params` holds {described(p)}, expected arrays")
        p += 0.25
    moved = net.forward(X)
    net.backward(delta)
    again = _arrays("`grads`", net.grads, count)
    return (scores, returned, before, grads, moved, again)


def _compare(case: Case, expected: Any, got: Any) -> Difference | None:
    what = ("`forward(X)`", "the result of `backward(delta)`", "`params`", "`grads`",
            "`forward(X)` after a change of `params`",
            "`grads` after another forward and backward")  # fmt: skip
    for name, right, answer in zip(what, expected, got):
        names = (name,)
        if isinstance(right, list):
            names = tuple(f"entry {i} of {name}" for i in range(len(right)))
        problem = difference(right, answer, names, TOLERANCE)
        if problem:
            return problem
    return None


exercise = Exercise(
    homework="hw09_training",
    number="1.4",
    reference=reference.Network,
    returns=("scores", "gradients", "params", "grads", "scores again", "grads again"),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=_compare,
    equivalent_mutants={"list(layers) -> layers": "the list is only read"},
    tolerance=TOLERANCE,
)


@exercise.mistake
class backward_from_the_front:
    """Your `backward` goes through the blocks from the first to the last: it starts at the end,
    `reversed(self.layers)`."""

    def __init__(self, layers):
        self.layers = layers

    @property
    def params(self):
        return [p for layer in self.layers for p in layer.params]

    @property
    def grads(self):
        return [g for layer in self.layers for g in layer.grads]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, delta):
        for layer in self.layers:
            delta = layer.backward(delta)
        return self.grads


@exercise.mistake
class gradients_in_backward_order:
    """Your gradients come in the order of `backward`, from the last block to the first: they have
    the order of `params`."""

    def __init__(self, layers):
        self.layers, self.grads = layers, []

    @property
    def params(self):
        return [p for layer in self.layers for p in layer.params]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, delta):
        self.grads = []
        for layer in reversed(self.layers):
            delta = layer.backward(delta)
            self.grads += layer.grads
        return self.grads


@exercise.mistake
class gradients_collected_once:
    """You collect the gradients once, when the network is made: a block may make new arrays in each
    `backward`, so collect them whenever they are asked for."""

    def __init__(self, layers):
        self.layers = layers
        self.params = [p for layer in layers for p in layer.params]
        self.grads = [g for layer in layers for g in layer.grads]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, delta):
        for layer in reversed(self.layers):
            delta = layer.backward(delta)
        return self.grads


@exercise.mistake
class params_copied:
    """Your `params` holds copies, so a training loop changes these and not the blocks: put the
    arrays themselves into the list."""

    def __init__(self, layers):
        self.layers = layers

    @property
    def params(self):
        return [p.copy() for layer in self.layers for p in layer.params]

    @property
    def grads(self):
        return [g for layer in self.layers for g in layer.grads]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, delta):
        for layer in reversed(self.layers):
            delta = layer.backward(delta)
        return self.grads


@exercise.mistake
class same_error_for_all:
    """You give every block the error of the scores: each gets what the block behind it returns."""

    def __init__(self, layers):
        self.layers = layers

    @property
    def params(self):
        return [p for layer in self.layers for p in layer.params]

    @property
    def grads(self):
        return [g for layer in self.layers for g in layer.grads]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, delta):
        for layer in reversed(self.layers):
            layer.backward(delta)
        return self.grads


@exercise.mistake
class same_input_for_all:
    """You give every block the data: each gets what the block before it returns."""

    def __init__(self, layers):
        self.layers = layers

    @property
    def params(self):
        return [p for layer in self.layers for p in layer.params]

    @property
    def grads(self):
        return [g for layer in self.layers for g in layer.grads]

    def forward(self, X):
        for layer in self.layers:
            A = layer.forward(X)
        return A

    def backward(self, delta):
        for layer in reversed(self.layers):
            delta = layer.backward(delta)
        return self.grads


@exercise.mistake
class softmax_at_the_end:
    """Your network ends in a softmax: it returns the scores, the softmax belongs to the loss."""

    def __init__(self, layers):
        self.layers = layers

    @property
    def params(self):
        return [p for layer in self.layers for p in layer.params]

    @property
    def grads(self):
        return [g for layer in self.layers for g in layer.grads]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        E = np.exp(X - X.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def backward(self, delta):
        for layer in reversed(self.layers):
            delta = layer.backward(delta)
        return self.grads


@exercise.mistake
class error_returned:
    """Your `backward` returns the error of the data: it returns the list of gradients."""

    def __init__(self, layers):
        self.layers = layers

    @property
    def params(self):
        return [p for layer in self.layers for p in layer.params]

    @property
    def grads(self):
        return [g for layer in self.layers for g in layer.grads]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, delta):
        for layer in reversed(self.layers):
            delta = layer.backward(delta)
        return delta


@exercise.mistake
class nothing_returned:
    """Your `backward` returns nothing: return the list of gradients."""

    def __init__(self, layers):
        self.layers = layers

    @property
    def params(self):
        return [p for layer in self.layers for p in layer.params]

    @property
    def grads(self):
        return [g for layer in self.layers for g in layer.grads]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, delta):
        for layer in reversed(self.layers):
            delta = layer.backward(delta)


@exercise.mistake
class lists_of_lists:
    """Your `params` holds a list for each block: it is one flat list of arrays."""

    def __init__(self, layers):
        self.layers = layers

    @property
    def params(self):
        return [layer.params for layer in self.layers]

    @property
    def grads(self):
        return [layer.grads for layer in self.layers]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, delta):
        for layer in reversed(self.layers):
            delta = layer.backward(delta)
        return [g for layer in self.layers for g in layer.grads]


@exercise.mistake
class weights_alone:
    """You collect the first array of each block alone: the biases learn as well."""

    def __init__(self, layers):
        self.layers = layers

    @property
    def params(self):
        return [layer.params[0] for layer in self.layers if layer.params]

    @property
    def grads(self):
        return [layer.grads[0] for layer in self.layers if layer.grads]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, delta):
        for layer in reversed(self.layers):
            delta = layer.backward(delta)
        return self.grads


@exercise.mistake
class list_turned_around:
    """You turn the caller's list of blocks around for `backward`, and it stays so: use
    `reversed(self.layers)`, which leaves the list as it is."""

    def __init__(self, layers):
        self.layers = layers

    @property
    def params(self):
        return [p for layer in self.layers for p in layer.params]

    @property
    def grads(self):
        return [g for layer in self.layers for g in layer.grads]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, delta):
        self.layers.reverse()
        for layer in self.layers:
            delta = layer.backward(delta)
        return self.grads


@exercise.mistake
class first_block_left_out:
    """Your `backward` stops before the first block, which then has no gradient: every block gets
    its error, only the error of the data is not needed."""

    def __init__(self, layers):
        self.layers = layers

    @property
    def params(self):
        return [p for layer in self.layers for p in layer.params]

    @property
    def grads(self):
        return [g for layer in self.layers for g in layer.grads]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, delta):
        for i in range(len(self.layers) - 1, 0, -1):
            delta = self.layers[i].backward(delta)
        return self.grads


@exercise.variant
class lists_made_when_needed:
    """Parameters collected once, gradients after each backward, with an index."""

    def __init__(self, layers):
        self.layers = tuple(layers)
        self.params = []
        self.grads = []
        for layer in self.layers:
            self.params.extend(layer.params)

    def forward(self, X):
        A = X
        for i in range(len(self.layers)):
            A = self.layers[i].forward(A)
        return A

    def backward(self, delta):
        for i in range(len(self.layers) - 1, -1, -1):
            delta = self.layers[i].backward(delta)
        self.grads = []
        for layer in self.layers:
            self.grads.extend(layer.grads)
        return self.grads


@exercise.variant
class sums_of_lists:
    """Properties that add up lists, and a fold."""

    def __init__(self, layers):
        self.blocks = list(layers)

    @property
    def params(self):
        found = []
        for block in self.blocks:
            found = found + list(block.params)
        return found

    @property
    def grads(self):
        found = []
        for block in self.blocks:
            found = found + list(block.grads)
        return found

    def forward(self, X):
        values = [X]
        for block in self.blocks:
            values.append(block.forward(values[-1]))
        return values[-1]

    def backward(self, delta):
        for block in self.blocks[::-1]:
            delta = block.backward(delta)
        return list(self.grads)


@exercise.variant
class recursive:
    """One block, and the network of the rest."""

    def __init__(self, layers):
        self.first, self.rest = layers[0], None
        if len(layers) > 1:
            self.rest = self.__class__(layers[1:])

    @property
    def params(self):
        return [*self.first.params, *(self.rest.params if self.rest else ())]

    @property
    def grads(self):
        return [*self.first.grads, *(self.rest.grads if self.rest else ())]

    def forward(self, X):
        A = self.first.forward(X)
        return self.rest.forward(A) if self.rest else A

    def error(self, delta):
        return self.first.backward(self.rest.error(delta) if self.rest else delta)

    def backward(self, delta):
        self.error(delta)
        return self.grads
