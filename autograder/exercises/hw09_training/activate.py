"""Exercise 1.3: an activation as a block."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import described
from autograder.exercises.hw09_training.start import TOLERANCE
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.exercises.refused import Refused
from autograder.reference import training as reference
from autograder.reference.activations import LeakyReLU, ReLU, Sigmoid, Softplus, Tanh

_USE = "layer = Activate(phi)\nlayer.forward(A)\nlayer.backward(delta)"
_TWO_USE = "layer, other = Activate(phi), Activate(ReLU)\nlayer.forward(A)\nother.forward(A + 1)"
_TWO_USE += "\nlayer.backward(delta)"
_NAMED = "by names"
_TWO = "two blocks"


class _Cube:
    """An activation that nobody has: a student's code must ask phi for it."""

    @staticmethod
    def f(z: Any) -> Any:
        return z**3 / 3

    @staticmethod
    def df(z: Any) -> Any:
        return z**2 * 1.0


def _case(phi: Any, A: np.ndarray, delta: np.ndarray, **more: Any) -> Case:
    given = {"phi": phi, "A": A, "delta": delta}
    written = _USE
    if "before" in more:
        given["A_before"], given["delta_before"] = more.pop("before")
        written = _USE.replace(
            "\nlayer.forward(A)",
            "\nlayer.forward(A_before)\nlayer.backward(delta_before)\nlayer.forward(A)",
        )
    if more.get("extra") == _TWO:
        written = _TWO_USE
    shown = {"phi": "z³/3 with slope z²" if phi is _Cube else phi.__name__}
    return Case(kwargs=given, shown=shown, written=written, **more)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for phi, m, h in [(Tanh, 4, 3), (Sigmoid, 3, 3), (Softplus, 2, 5), (_Cube, 5, 2)]:
        yield _case(phi, inputs.array(m, h), inputs.array(m, h))
    for phi in (ReLU, LeakyReLU):
        yield _case(phi, inputs.array(6, 3), inputs.array(6, 3))
    about = "when a smaller batch follows a larger one"
    before = inputs.array(5, 3), inputs.array(5, 3)
    yield _case(Tanh, inputs.array(2, 3), inputs.array(2, 3), before=before, about=about)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    about = "with a single sample (m = 1)"
    yield _case(Tanh, inputs.array(1, 4), inputs.array(1, 4), about=about)
    integers = rng.integers(-3, 4, (4, 3)), rng.integers(-3, 4, (4, 3))
    yield _case(Sigmoid, *integers, about="when A and delta hold integers")
    about = "when there are two blocks with different activations"
    yield _case(Tanh, inputs.array(3, 2), inputs.array(3, 2), about=about, extra=_TWO)
    about = "when it is made by argument names"
    yield _case(Tanh, inputs.array(3, 2), inputs.array(3, 2), about=about, extra=_NAMED)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    yield _case(ReLU, np.array([[-1.0, 2.0]]), np.array([[5.0, 7.0]]))
    yield _case(_Cube, np.array([[2.0, -1.0]]), np.array([[3.0, 4.0]]))
    yield _case(Tanh, inputs.array(2, 2), inputs.array(2, 2))
    before = np.array([[1.0], [2.0]]), np.array([[1.0], [1.0]])
    yield _case(_Cube, np.array([[3.0]]), np.array([[1.0]]), before=before)
    yield _case(Sigmoid, np.array([[0, 1], [-2, 3]]), np.array([[4, 0], [1, -3]]))
    yield _case(Tanh, inputs.array(2, 2), inputs.array(2, 2), extra=_NAMED)
    yield _case(_Cube, np.array([[2.0, -1.0]]), np.array([[3.0, 4.0]]), extra=_TWO)


def _observe(activate: Any, case: Case) -> Any:
    given = case.kwargs
    layer = activate(phi=given["phi"]) if case.extra == _NAMED else activate(given["phi"])
    if "A_before" in given:
        layer.forward(given["A_before"])
        layer.backward(given["delta_before"])
    other = activate(ReLU) if case.extra == _TWO else None
    forward = layer.forward(given["A"])
    if other is not None:
        other.forward(given["A"] + 1)
    results = forward, layer.backward(given["delta"])
    for name in ("params", "grads"):
        held = getattr(layer, name)
        if not isinstance(held, list | tuple):
            raise Refused(f"`{name}` is {described(held)}, expected an empty list")
        if len(held):
            raise Refused(f"`{name}` is not empty: an activation has nothing to learn")
    return results


exercise = Exercise(
    homework="hw09_training",
    number="1.3",
    reference=reference.Activate,
    returns=("`forward(A)`", "`backward(delta)`"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    equivalent_mutants=dict.fromkeys(
        (
            "self._Z: Array | None = None -> pass",
            "self._Z: Array | None = None -> self._Z: Array | None = 0",
        ),
        "nobody goes backward before a forward",
    ),
    tolerance=TOLERANCE,
)


@exercise.mistake
class slope_at_the_output:
    """You take the slope at the output: g′ is taken at the input of `forward`."""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [], []

    def forward(self, A):
        self.out = self.phi.f(A)
        return self.out

    def backward(self, delta):
        return delta * self.phi.df(self.out)


@exercise.mistake
class slope_at_delta:
    """You take the slope at `delta`: remember the input of `forward`, and take it there."""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [], []

    def forward(self, A):
        return self.phi.f(A)

    def backward(self, delta):
        return delta * self.phi.df(delta)


@exercise.mistake
class delta_forgotten:
    """You return the slope alone: multiply it by `delta`."""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [], []

    def forward(self, A):
        self.Z = A
        return self.phi.f(A)

    def backward(self, delta):
        return self.phi.df(self.Z)


@exercise.mistake
class slope_forgotten:
    """You hand `delta` through unchanged: multiply it by the slope of the activation."""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [], []

    def forward(self, A):
        return self.phi.f(A)

    def backward(self, delta):
        return delta * 1.0


@exercise.mistake
class function_in_place_of_slope:
    """You multiply by the activation in `backward`: multiply by its slope, `phi.df`."""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [], []

    def forward(self, A):
        self.Z = A
        return self.phi.f(A)

    def backward(self, delta):
        return delta * self.phi.f(self.Z)


@exercise.mistake
class matrix_product:
    """You form a matrix product with the slopes: each entry has a slope of its own, so multiply
    entry by entry, `*`."""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [], []

    def forward(self, A):
        self.Z = A
        return self.phi.f(A)

    def backward(self, delta):
        return delta @ self.phi.df(self.Z).T


@exercise.mistake
class divided_by_m:
    """You divide by m: that happens once, where the gradients of the parameters are formed."""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [], []

    def forward(self, A):
        self.Z = A
        return self.phi.f(A)

    def backward(self, delta):
        return delta * self.phi.df(self.Z) / len(delta)


@exercise.mistake
class always_relu:
    """You always apply a ReLU: ask `phi` for the function and for its slope."""

    def __init__(self, phi):
        self.params, self.grads = [], []

    def forward(self, A):
        self.Z = A
        return np.maximum(0.0, A)

    def backward(self, delta):
        return delta * (self.Z > 0)


@exercise.mistake
class always_tanh:
    """You always apply tanh: ask `phi` for the function and for its slope."""

    def __init__(self, phi):
        self.params, self.grads = [], []

    def forward(self, A):
        self.A = np.tanh(A)
        return self.A

    def backward(self, delta):
        return delta * (1 - self.A**2)


@exercise.mistake
class phi_among_the_params:
    """Your list `params` is not empty: an activation has nothing to learn."""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [phi], []

    def forward(self, A):
        self.Z = A
        return self.phi.f(A)

    def backward(self, delta):
        return delta * self.phi.df(self.Z)


@exercise.mistake
class lists_are_missing:
    """Your class has no lists `params` and `grads`: give it empty ones, so that a network can ask
    every block."""

    def __init__(self, phi):
        self.phi = phi

    def forward(self, A):
        self.Z = A
        return self.phi.f(A)

    def backward(self, delta):
        return delta * self.phi.df(self.Z)


@exercise.mistake
class first_input_kept:
    """Your block keeps the first input that it saw: remember the one of the last `forward`."""

    def __init__(self, phi):
        self.phi, self.params, self.grads, self.Z = phi, [], [], None

    def forward(self, A):
        if self.Z is None:
            self.Z = A
        return self.phi.f(A)

    def backward(self, delta):
        return delta * self.phi.df(self.Z[: len(delta)])


@exercise.mistake
class nothing_handed_back:
    """Your `backward` returns nothing: is a return missing?"""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [], []

    def forward(self, A):
        self.Z = A
        return self.phi.f(A)

    def backward(self, delta):
        self.delta = delta * self.phi.df(self.Z)


@exercise.mistake
class delta_in_place:
    """You change the caller's `delta`: return a new array."""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [], []

    def forward(self, A):
        self.Z = A
        return self.phi.f(A)

    def backward(self, delta):
        result = delta * self.phi.df(self.Z)
        delta[...] = 0
        return result


@exercise.mistake
class kept_in_the_class:
    """You store in the class itself, `Activate.… = …`, so that all blocks share one activation or
    one input: store in the block, `self.… = …`."""

    def __init__(self, phi):
        type(self).phi = phi
        self.params, self.grads = [], []

    def forward(self, A):
        self.Z = A
        return self.phi.f(A)

    def backward(self, delta):
        return delta * self.phi.df(self.Z)


@exercise.mistake
class input_kept_in_the_class:
    """You store in the class itself, `Activate.… = …`, so that all blocks share one activation or
    one input: store in the block, `self.… = …`."""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [], []

    def forward(self, A):
        type(self).Z = A
        return self.phi.f(A)

    def backward(self, delta):
        return delta * self.phi.df(self.Z)


@exercise.variant
class slope_computed_forward:
    """The slope is computed on the way forward."""

    params = ()
    grads = ()

    def __init__(self, phi):
        self.phi = phi

    def forward(self, A):
        self.slope = self.phi.df(A)
        return self.phi.f(A)

    def backward(self, delta):
        return np.multiply(self.slope, delta)


@exercise.variant
class with_properties:
    """Lists made anew, and copies."""

    def __init__(self, phi):
        self.f, self.df = phi.f, phi.df

    @property
    def params(self):
        return []

    @property
    def grads(self):
        return []

    def forward(self, A):
        self.inputs = A.copy()
        return self.f(self.inputs)

    def backward(self, delta):
        return self.df(self.inputs) * delta


@exercise.variant
class entry_by_entry:
    """Loops, and the slope of one entry at a time."""

    def __init__(self, phi):
        self.phi, self.params, self.grads = phi, [], []

    def forward(self, A):
        self.Z = np.array(A, dtype=float)
        return np.array(self.phi.f(self.Z))

    def backward(self, delta):
        back = np.zeros(self.Z.shape)
        slopes = self.phi.df(self.Z)
        for i, j in np.ndindex(self.Z.shape):
            back[i, j] = delta[i, j] * slopes[i, j]
        return back
