"""Exercise 1.2: a block of weights."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from autograder.exercises import draws
from autograder.exercises.compare import described
from autograder.exercises.hw09_training.start import TOLERANCE, compare, nothing_chosen
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.exercises.refused import Refused
from autograder.reference import training as reference

_NAMED = "by names"
_ZEROS = "self.dW, self.db = (np.zeros_like(self.W), np.zeros_like(self.b))"
_BEFORE_BACKWARD = (
    f"{_ZEROS} -> pass",
    f"{_ZEROS} -> self.db, self.dW = (np.zeros_like(self.W), np.zeros_like(self.b))",
    f"{_ZEROS} -> self.dW, self.db = (np.zeros_like(self.b), np.zeros_like(self.W))",
    "np.zeros_like(self.W) -> self.W",
    "np.zeros_like(self.W) -> np.ones_like(self.W)",
    "np.zeros_like(self.b) -> self.b",
    "np.zeros_like(self.b) -> np.ones_like(self.b)",
    "self._A: Array | None = None -> pass",
    "self._A: Array | None = None -> self._A: Array | None = 0",
)
_TWO = "two layers"
_NAMES = ("`forward(A)`", "`backward(delta)`", "`dW`", "`db`", "`params[0]`", "`params[1]`",
          "`grads[0]`", "`grads[1]`", "`W`", "`b`")  # fmt: skip
_USE = """layer = Dense(n_in, n_out, rng)
layer.params[0][...] = W
layer.params[1][...] = b
layer.forward(A)
layer.backward(delta)"""


def _of(given: dict[str, Any], **more: Any) -> Case:
    n_in, n_out = given["W"].shape
    first = {"n_in": n_in, "n_out": n_out, "rng": np.random.default_rng(0)}
    words = _USE
    if "A_before" in given:
        words = _USE.replace(
            "layer.forward(A)",
            "layer.forward(A_before)\nlayer.backward(delta_before)\nlayer.forward(A)",
        )
    if more.get("extra") == _TWO:
        words = words.replace(
            "layer.forward(A)",
            "other = Dense(n_in, n_out, rng)\nlayer.forward(A)\nother.forward(2 * A)",
        )
    shown = {"rng": "np.random.default_rng(0)"}
    return Case(kwargs=first | given, written=words, shown=shown, **more)


def _given(inputs: Inputs, m: int, n_in: int, n_out: int) -> dict[str, Any]:
    return {
        "W": inputs.array(n_in, n_out),
        "b": inputs.array(n_out) + 1,
        "A": inputs.array(m, n_in),
        "delta": inputs.array(m, n_out),
    }


def _before(inputs: Inputs, m: int, n_in: int, n_out: int) -> dict[str, Any]:
    return {"A_before": inputs.array(m, n_in), "delta_before": inputs.array(m, n_out)}


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n_in, n_out in [(5, 3, 4), (4, 4, 4), (7, 6, 2)]:
        yield _of(_given(inputs, m, n_in, n_out))
    about = "when a smaller batch follows a larger one"
    yield _of(_given(inputs, 3, 4, 2) | _before(inputs, 6, 4, 2), about=about)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    about, shown = "with fresh weights", {"rng": "np.random.default_rng(3)"}
    yield Case(
        kwargs={"n_in": 30, "n_out": 20, "rng": np.random.default_rng(3)},
        about=about, shown=shown, extra=draws.CARE,
    )  # fmt: skip
    yield _of(_given(inputs, 1, 3, 2), about="with a single sample (m = 1)")
    yield _of(_given(inputs, 5, 1, 1), about="with one input and one unit")
    given = _given(inputs, 6, 3, 2)
    given |= {"A": rng.integers(-5, 6, (6, 3)), "delta": rng.integers(-5, 6, (6, 2))}
    yield _of(given, about="when A and delta hold integers")
    about = "when there are two layers"
    yield _of(_given(inputs, 4, 3, 2), about=about, extra=_TWO)
    about = "when it is made by argument names"
    yield _of(_given(inputs, 4, 3, 2), about=about, extra=_NAMED)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    worked = {
        "W": np.array([[1.0], [10.0]]),
        "b": np.array([0.5]),
        "A": np.array([[1.0, 2.0], [3.0, 4.0]]),
        "delta": np.array([[1.0], [-2.0]]),
    }
    yield _of(worked)
    for m, n_in, n_out in [(2, 2, 3), (3, 3, 2)]:
        yield _of(_given(inputs, m, n_in, n_out))
    yield _of(_given(inputs, 2, 2, 1) | _before(inputs, 3, 2, 1))
    given = {"n_in": 3, "n_out": 4, "rng": np.random.default_rng(3)}
    shown = {"rng": "np.random.default_rng(3)"}
    written = "Dense(n_in, n_out, rng).W"
    yield Case(kwargs=given, written=written, shown=shown, extra=draws.EXAMPLE)
    given = _given(inputs, 3, 2, 2)
    yield _of(given | {"A": given["A"].astype(int), "delta": given["delta"].astype(int)})
    yield _of(_given(inputs, 1, 2, 2))
    yield _of(_given(inputs, 2, 2, 1), extra=_NAMED)
    yield _of(worked, extra=_TWO)


def _start_problem(case: Case, W: Any) -> str:
    n_in, n_out = case.args[:2]
    if type(W) is not np.ndarray or W.shape != (n_in, n_out):
        return f"`W` is {described(W)}, expected an array of shape {(n_in, n_out)}"
    if not W.any():
        return "the weights start at zero"
    if np.ptp(W, axis=1).max() == 0:
        return "all units start with the same weights"
    return ""


def _start(dense: Any, case: Case) -> Any:
    def weights(n_in: int, n_out: int, rng: np.random.Generator) -> Any:
        return dense(n_in, n_out, rng).W

    mine = Case(tuple(case.kwargs.values()), extra=case.extra)
    return draws.observe(weights, mine, _start_problem, nothing_chosen)


def _two(name: str, arrays: Any) -> list[Any]:
    if not isinstance(arrays, list | tuple):
        raise Refused(f"`{name}` is {described(arrays)}, expected a list of two arrays")
    if len(arrays) != 2:
        raise Refused(f"`{name}` holds {len(arrays)} entries, expected two arrays")
    return list(arrays)


def _observe(dense: Any, case: Case) -> Any:
    """Give the layer the weights of the case, through `params` as a training loop would."""
    given = case.kwargs
    if case.extra in (draws.CARE, draws.EXAMPLE):
        return _start(dense, case)
    n_in, n_out, rng = given["n_in"], given["n_out"], given["rng"]
    if case.extra == _NAMED:
        layer = dense(n_in=n_in, n_out=n_out, rng=rng)
    else:
        layer = dense(n_in, n_out, rng)
    shapes = {"W": (n_in, n_out), "b": (n_out,)}
    held = dict(zip(shapes, _two("params", layer.params)))
    for name, array in held.items():
        if type(array) is not np.ndarray or array.shape != shapes[name]:
            wanted = f"an array of shape {shapes[name]}"
            raise Refused(f"`params` holds {described(array)} for `{name}`, expected {wanted}")
        array[...] = given[name]
    for name, array in (("W", layer.W), ("b", layer.b)):
        if type(array) is not np.ndarray or not np.array_equal(array, held[name]):
            raise Refused(
                f"`params` does not hold the array `{name}` itself: a change in it "
                f"does not change `{name}`"
            )
    if "A_before" in given:
        layer.forward(given["A_before"])
        layer.backward(given["delta_before"])
    other = dense(n_in, n_out, rng) if case.extra == _TWO else None
    forward = layer.forward(given["A"])
    if other is not None:
        other.forward(2 * given["A"])
    back = layer.backward(given["delta"])
    grads = _two("grads", layer.grads)
    params = _two("params", layer.params)
    return (forward, back, layer.dW, layer.db, *params, *grads, layer.W, layer.b)


exercise = Exercise(
    homework="hw09_training",
    number="1.2",
    reference=reference.Dense,
    returns=_NAMES,
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    equivalent_mutants=dict.fromkeys(_BEFORE_BACKWARD, "nobody asks for it before a backward"),
    compare=partial(compare, _NAMES, TOLERANCE),
    tolerance=TOLERANCE,
)


@exercise.mistake
class not_divided_by_m:
    """Your dW and db are sums: divide them by m, since delta is not divided yet."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta, delta.sum(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class weight_gradient_is_a_sum:
    """Your dW is a sum: divide it by m, like db."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta, delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class input_kept_in_the_class:
    """You store in the class itself, `Dense.… = …`, so that all layers share it: store in the
    layer, `self.… = …`."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        type(self).A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class error_divided_as_well:
    """You hand back an error that is divided by m: only dW and db are divided."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        delta = delta / len(delta)
        self.dW, self.db = self.A.T @ delta, delta.sum(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class bias_gradient_is_a_sum:
    """Your db is a sum: divide it by m, like dW."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta / len(delta), delta.sum(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class divided_by_the_inputs:
    """You divide by the number of inputs: m is the number of samples, `len(delta)`."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        m = self.A.shape[1]
        self.dW, self.db = self.A.T @ delta / m, delta.sum(axis=0) / m
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class bias_forgotten:
    """Your `forward` does not add the bias."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class grads_made_once:
    """Your list `grads` was made before the gradients and still holds the old arrays: write into
    them (`self.dW[:] = …`), or make the list anew in `backward`."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.dW, self.db = np.zeros((n_in, n_out)), np.zeros(n_out)
        self.params, self.grads = [self.W, self.b], [self.dW, self.db]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta / len(delta), delta.mean(axis=0)
        return delta @ self.W.T


@exercise.mistake
class params_are_copies:
    """Your `params` holds copies, so a training loop changes these and not the layer: put the
    arrays themselves into the list."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W.copy(), self.b.copy()]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class gradients_add_up:
    """Your gradients add up from one `backward` to the next: each starts anew."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.dW, self.db = np.zeros((n_in, n_out)), np.zeros(n_out)
        self.params, self.grads = [self.W, self.b], [self.dW, self.db]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW += self.A.T @ delta / len(delta)
        self.db += delta.mean(axis=0)
        return delta @ self.W.T


@exercise.mistake
class first_input_kept:
    """Your layer keeps the first input that it saw: remember the one of the last `forward`."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params, self.A = [self.W, self.b], None

    def forward(self, A):
        if self.A is None:
            self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        A = self.A[: len(delta)]
        self.dW, self.db = A.T @ delta / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class output_remembered:
    """You remember the output, but dW needs the input: store A."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.Z = A @ self.W + self.b
        return self.Z

    def backward(self, delta):
        self.dW, self.db = self.Z.T @ delta / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class gradient_transposed:
    """Your dW is transposed: it has the shape of W, (n_in, n_out)."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = delta.T @ self.A / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class weights_transposed:
    """Your W is transposed, (n_out, n_in): in this course it has a row for each input."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W.T + self.b

    def backward(self, delta):
        self.dW, self.db = delta.T @ self.A / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W


@exercise.mistake
class bias_as_a_row:
    """`b` has shape (1, n_out): it is flat, (n_out,)."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros((1, n_out))
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW = self.A.T @ delta / len(delta)
        self.db = delta.mean(axis=0, keepdims=True)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class nothing_handed_back:
    """Your `backward` stores the gradients and returns nothing: the layer before needs the error of
    its output, δWᵀ."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]


@exercise.mistake
class step_taken_in_backward:
    """Your `backward` changes the weights: it only stores the gradients, the training loop takes
    the step."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        back = delta @ self.W.T
        self.W -= 0.1 * self.dW
        self.b -= 0.1 * self.db
        return back


@exercise.mistake
class zero_weights:
    """Your weights start at zero, so all units stay equal for ever: draw them from `rng`."""

    def __init__(self, n_in, n_out, rng):
        self.W, self.b = np.zeros((n_in, n_out)), np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class equal_units:
    """All of your units start with the same weights, so they stay equal for ever: draw each weight
    by itself."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, 1)) * np.ones((1, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class generator_of_its_own:
    """You make a generator of your own, so that every layer starts alike: draw from `rng`."""

    def __init__(self, n_in, n_out, rng):
        rng = np.random.default_rng(0)
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.mistake
class global_random_state:
    """You draw with `np.random.…`, from a state that the whole notebook shares: draw from `rng`."""

    def __init__(self, n_in, n_out, rng):
        self.W = np.random.normal(0, np.sqrt(2 / n_in), (n_in, n_out))  # noqa: NPY002
        self.b = np.zeros(n_out)
        self.params = [self.W, self.b]

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.A.T @ delta / len(delta), delta.mean(axis=0)
        self.grads = [self.dW, self.db]
        return delta @ self.W.T


@exercise.variant
class written_into_place:
    """Gradients written into arrays that were made once; uniform weights, a small bias."""

    def __init__(self, n_in, n_out, rng):
        self.W = rng.uniform(-1, 1, (n_in, n_out)) / np.sqrt(n_in)
        self.b = np.full(n_out, 0.01)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        self.params, self.grads = [self.W, self.b], [self.dW, self.db]

    def forward(self, A):
        self.A = A
        return np.dot(A, self.W) + self.b

    def backward(self, delta):
        m = delta.shape[0]
        self.dW[:] = np.dot(self.A.T, delta) / m
        self.db[:] = np.sum(delta, axis=0) / m
        return np.dot(delta, self.W.T)


@exercise.variant
class with_properties:
    """Lists that are made anew whenever they are asked for, and sums of products."""

    def __init__(self, n_in, n_out, rng):
        self.W, self.b = 0.1 * rng.standard_normal((n_in, n_out)), np.zeros((n_out,))

    @property
    def params(self):
        return self.W, self.b

    @property
    def grads(self):
        return self.dW, self.db

    def forward(self, A):
        self.inputs = A.copy()
        return np.einsum("mi,io->mo", A, self.W) + self.b[np.newaxis, :]

    def backward(self, delta):
        self.dW = np.einsum("mi,mo->io", self.inputs, delta) / len(self.inputs)
        self.db = np.einsum("mo->o", delta) / len(self.inputs)
        return np.einsum("mo,io->mi", delta, self.W)


@exercise.variant
class in_loops:
    """Sample by sample, in float32."""

    def __init__(self, n_in, n_out, rng):
        self.n_in, self.n_out = n_in, n_out
        self.W = np.zeros((n_in, n_out), dtype=np.float32)
        for k in range(n_out):
            self.W[:, k] = rng.normal(size=n_in) * (2 / n_in) ** 0.5
        self.b = np.zeros(n_out, dtype=np.float32)
        self.params = [self.W, self.b]
        self.grads = []

    def forward(self, A):
        self.last = A
        return np.array([a @ self.W + self.b for a in A])

    def backward(self, delta):
        dW, db = np.zeros((self.n_in, self.n_out)), np.zeros(self.n_out)
        for a, d in zip(self.last, delta):
            dW += np.outer(a, d)
            db += d
        self.dW, self.db = dW / len(delta), db / len(delta)
        self.grads = [self.dW, self.db]
        return np.array([self.W @ d for d in delta])
