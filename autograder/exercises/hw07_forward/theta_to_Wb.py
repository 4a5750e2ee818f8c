"""Exercise 6.1: weights and biases in the notation with Θ, in both directions."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference, difference
from autograder.exercises.hw07_forward.activations import begun
from autograder.exercises.hw07_forward.networks import TOLERANCE
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.exercises.refused import Refused
from autograder.reference import forward as reference


def _apart(Theta: Any, about: str = "", *, named: bool = False) -> Case:
    wanted = "theta_to_Wb(Theta=Theta)" if named else "theta_to_Wb(Theta)"
    about = f"in `theta_to_Wb` {about}".rstrip()
    return Case(kwargs={"Theta": Theta}, about=about, extra=("apart", named), written=wanted)


def _together(W: Any, b: Any, about: str = "", *, named: bool = False) -> Case:
    wanted = "Wb_to_theta(W=W, b=b)" if named else "Wb_to_theta(W, b)"
    about = f"in `Wb_to_theta` {about}".rstrip()
    return Case(kwargs={"W": W, "b": b}, about=about, extra=("together", named), written=wanted)


def _observe(functions: Any, case: Case) -> Any:
    """Call one of the two; if only that one is still open, say so."""
    direction, named = case.extra
    names = "theta_to_Wb", "Wb_to_theta"
    name, other = names if direction == "apart" else names[::-1]
    function = getattr(functions, name)
    if function is None:
        raise Refused(f"your notebook defines no function `{name}`")
    try:
        return function(**case.kwargs) if named else function(*case.kwargs.values())
    except NotImplementedError as error:
        arguments = (np.ones((1, 2)), np.ones(2)) if direction == "apart" else (np.ones((1, 2)),)
        if begun(lambda _: getattr(functions, other)(*arguments)):
            raise Refused(f"`{name}` still raises NotImplementedError") from error
        raise


def _compare(case: Case, expected: Any, got: Any) -> Difference | None:
    names = ("`W`", "`b`") if case.extra[0] == "apart" else ("`Theta`",)
    return difference(expected, got, names, TOLERANCE)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for k, n in [(3, 4), (5, 2), (3, 3), (3, 2)]:
        yield _apart(inputs.array(k, n + 1))
        yield _together(inputs.array(n, k), inputs.array(k))
    yield _apart(inputs.array(1, 4), "with a single unit")
    yield _together(inputs.array(3, 1), inputs.array(1), "with a single unit")
    yield _apart(inputs.array(4, 2), "with a single input")
    yield _together(inputs.array(1, 4), inputs.array(4), "with a single input")
    integers = rng.integers(-5, 6, (3, 2))
    yield _together(integers, inputs.array(2), "when W holds integers")
    yield _apart(inputs.array(2, 4), "when it is called by argument name", named=True)
    W, b = inputs.array(2, 3), inputs.array(3)
    yield _together(W, b, "when it is called by argument names", named=True)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield _apart(np.array([[0.5, 1.0, 2.0]]))
    yield _apart(np.array([[0.5, 1.0, 2.0], [-0.5, 3.0, 4.0]]))
    yield _apart(np.array([[0.5, 1.0, 2.0, 3.0], [-0.5, 4.0, 5.0, 6.0]]))
    yield _together(np.array([[1.0, 3.0], [2.0, 4.0]]), np.array([0.5, -0.5]))
    yield _together(np.array([[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]]), np.array([0.5, -0.5, 1.5]))
    yield _together(np.array([[1], [2]]), np.array([0.5]))
    yield _apart(np.array([[0.5, 1.0]]), named=True)
    yield _together(np.array([[1.0], [2.0]]), np.array([0.5]), named=True)


exercise = Exercise(
    homework="hw07_forward",
    number="6.1",
    reference=reference.theta_to_Wb,
    together=(reference.Wb_to_theta,),
    returns=("`W`", "`b`"),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    observe=_observe,
    compare=_compare,
    tolerance=TOLERANCE,
    purity="values",
    equivalent_mutants={
        "Theta[:, 1:].T.copy() -> Theta[:, 1:].T": ("a view of the argument has the same numbers"),
        "Theta[:, 0].copy() -> Theta[:, 0]": ("a view of the argument has the same numbers"),
    },
)


@exercise.mistake
def not_transposed_when_taken_apart():
    """Your W in `theta_to_Wb` is not transposed: a row of Theta belongs to a unit, and in W a
    column does."""

    def theta_to_Wb(Theta):
        return Theta[:, 1:].copy(), Theta[:, 0].copy()

    def Wb_to_theta(W, b):
        return np.column_stack([b, W.T])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def bias_taken_from_the_end():
    """Your `theta_to_Wb` takes the bias from the last column: it is the first one."""

    def theta_to_Wb(Theta):
        return Theta[:, :-1].T, Theta[:, -1]

    def Wb_to_theta(W, b):
        return np.column_stack([b, W.T])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def bias_taken_from_a_row():
    """Your `theta_to_Wb` takes the bias from the first row: each row has its own, in the first
    column."""

    def theta_to_Wb(Theta):
        return Theta[1:].T, Theta[0]

    def Wb_to_theta(W, b):
        return np.column_stack([b, W.T])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def bias_left_in_the_weights():
    """Your W in `theta_to_Wb` still holds the biases: leave out the first column."""

    def theta_to_Wb(Theta):
        return Theta.T.copy(), Theta[:, 0].copy()

    def Wb_to_theta(W, b):
        return np.column_stack([b, W.T])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def bias_as_a_column():
    """Your b in `theta_to_Wb` is a matrix with one column: its shape is (k,), so take
    `Theta[:, 0]`, not `Theta[:, :1]`."""

    def theta_to_Wb(Theta):
        return Theta[:, 1:].T, Theta[:, :1]

    def Wb_to_theta(W, b):
        return np.column_stack([b, W.T])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def returned_the_other_way_round():
    """Your `theta_to_Wb` returns b before W."""

    def theta_to_Wb(Theta):
        return Theta[:, 0], Theta[:, 1:].T

    def Wb_to_theta(W, b):
        return np.column_stack([b, W.T])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def not_transposed_when_put_together():
    """Your `Wb_to_theta` does not transpose W: put W.T beside b."""

    def theta_to_Wb(Theta):
        return Theta[:, 1:].T, Theta[:, 0]

    def Wb_to_theta(W, b):
        return np.column_stack([b, W])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def bias_put_at_the_end():
    """Your `Wb_to_theta` puts the bias last: it is the first column."""

    def theta_to_Wb(Theta):
        return Theta[:, 1:].T, Theta[:, 0]

    def Wb_to_theta(W, b):
        return np.column_stack([W.T, b])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def theta_transposed():
    """Your Theta in `Wb_to_theta` is transposed: a row belongs to a unit, so its shape is
    (k, n + 1)."""

    def theta_to_Wb(Theta):
        return Theta[:, 1:].T, Theta[:, 0]

    def Wb_to_theta(W, b):
        return np.vstack([b, W])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def ones_in_place_of_the_bias():
    """Your `Wb_to_theta` puts a column of ones in front: the ones go to the inputs, here the bias
    is wanted."""

    def theta_to_Wb(Theta):
        return Theta[:, 1:].T, Theta[:, 0]

    def Wb_to_theta(W, b):
        return np.column_stack([np.ones(len(b)), W.T])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def reshaped():
    """Your `theta_to_Wb` reshapes where it should transpose: reshape keeps the order of the
    numbers, `.T` exchanges rows and columns."""

    def theta_to_Wb(Theta):
        k, columns = Theta.shape
        return Theta[:, 1:].reshape(columns - 1, k), Theta[:, 0]

    def Wb_to_theta(W, b):
        return np.column_stack([b, W.T])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def truncated_to_integers():
    """Where W holds integers your Theta is cut to integers: make it an array of floats."""

    def theta_to_Wb(Theta):
        return Theta[:, 1:].T, Theta[:, 0]

    def Wb_to_theta(W, b):
        n, k = W.shape
        Theta = np.zeros((k, n + 1), dtype=W.dtype)
        Theta[:, 0] = b
        Theta[:, 1:] = W.T
        return Theta

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def bias_last_in_both():
    """Both of your functions keep the bias in the last column of Theta: it is the first one."""

    def theta_to_Wb(Theta):
        return Theta[:, :-1].T, Theta[:, -1]

    def Wb_to_theta(W, b):
        return np.column_stack([W.T, b])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def a_column_for_each_unit():
    """Your functions give each unit a column of Theta: it has a row, with its bias first."""

    def theta_to_Wb(Theta):
        return Theta[1:], Theta[0]

    def Wb_to_theta(W, b):
        return np.vstack([b, W])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def first_row_as_bias():
    """Your b in `theta_to_Wb` is the first row of Theta: it is the first column, `Theta[:, 0]`."""

    def theta_to_Wb(Theta):
        return Theta[:, 1:].T, Theta[0]

    def Wb_to_theta(W, b):
        return np.column_stack([b, W.T])

    return theta_to_Wb, Wb_to_theta


@exercise.mistake
def flat_theta():
    """Your `Wb_to_theta` returns a flat array, as `np.append` makes it: `np.column_stack` puts b
    beside W.T."""

    def theta_to_Wb(Theta):
        return Theta[:, 1:].T, Theta[:, 0]

    def Wb_to_theta(W, b):
        return np.append(b, W.T)

    return theta_to_Wb, Wb_to_theta


@exercise.variant
def slices():
    """Views and stacks."""

    def theta_to_Wb(Theta):
        b = Theta[:, 0]
        W = Theta[:, 1:].T
        return W, b

    def Wb_to_theta(W, b):
        return np.hstack([b[:, None], W.T])

    return theta_to_Wb, Wb_to_theta


@exercise.variant
def loops():
    """Number by number; a list comes back."""

    def theta_to_Wb(Theta):
        k, n = Theta.shape[0], Theta.shape[1] - 1
        W, b = np.zeros((n, k)), np.zeros(k)
        for j in range(k):
            b[j] = Theta[j, 0]
            for i in range(n):
                W[i, j] = Theta[j, i + 1]
        return [W, b]

    def Wb_to_theta(W, b):
        return np.array([[b[j], *W[:, j]] for j in range(len(b))])

    return theta_to_Wb, Wb_to_theta


@exercise.variant
def transposed_first():
    """Rows of the transposed matrix."""

    def theta_to_Wb(Theta):
        b, *W = np.transpose(Theta)
        return np.array(W), b.copy()

    def Wb_to_theta(W, b):
        return np.vstack((b, W)).T

    return theta_to_Wb, Wb_to_theta


@exercise.variant
def by_what_a_layer_does():
    """The bias is the answer to zeros, the weights are the answers to unit vectors."""

    def theta_to_Wb(Theta):
        n = Theta.shape[1] - 1
        ones = np.column_stack([np.ones(n + 1), np.vstack([np.zeros(n), np.eye(n)])])
        Z = ones @ Theta.T
        return Z[1:] - Z[0], Z[0]

    def Wb_to_theta(W, b):
        Theta = np.empty((W.shape[1], W.shape[0] + 1), dtype=np.float32)
        Theta[:, 0], Theta[:, 1:] = b, W.T
        return Theta

    return theta_to_Wb, Wb_to_theta
