"""Exercise 7.1: a network for XOR."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import forward as reference

_ROWS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def _values(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((_ROWS,))
    for _ in range(4):
        yield Case((rng.permutation(_ROWS),), about="when the rows stand in another order")
    yield Case((_ROWS[::-1].astype(int),), about="when X holds integers")
    yield Case(kwargs={"X": rng.permutation(_ROWS)}, about="when it is called by argument name")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((_ROWS,))
    yield Case((_ROWS[[1, 0, 3, 2]],))
    yield Case((_ROWS[::-1].astype(int),))
    yield Case((_ROWS[[3, 1, 0, 2]],))
    yield Case((rng.permutation(_ROWS),))
    yield Case(kwargs={"X": _ROWS})


exercise = Exercise(
    homework="hw07_forward",
    number="7.1",
    reference=reference.xor_network,
    returns=("the result",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=1e-3,
    purity="values",
    equivalent_mutants={
        "np.ones((2, 2)) -> np.ones((2, 1))": (
            "both units have the same weights, so one column is broadcast to both biases"
        ),
        "np.array([0.0, -1.0]) -> [0.0, -1.0]": ("NumPy makes the same array of the list"),
        "np.array([1.0, -2.0]) -> [1.0, -2.0]": ("NumPy makes the same array of the list"),
        "np.maximum(0.0, X @ W + b) -> np.maximum(X @ W + b, 0.0)": (
            "the larger one of two is the same in any order"
        ),
    },
)


@exercise.mistake
def answer_for_one_order(X):
    """You return 0, 1, 1, 0 whatever X is: the rows may stand in any order."""
    return np.array([0.0, 1.0, 1.0, 0.0])


@exercise.mistake
def second_bias_missing(X):
    """Both of your hidden units have the bias 0, so they are equal: h2 has the bias -1."""
    s = X.sum(axis=1)
    return np.maximum(0.0, s) - 2 * np.maximum(0.0, s)


@exercise.mistake
def logical_or(X):
    """For the inputs 1 and 1 you answer 1, as OR does: the answer is 0. (With h1 and h2 of the
    lecture, subtract h2 twice.)"""
    return np.minimum(1.0, X.sum(axis=1))


@exercise.mistake
def logical_and(X):
    """This is AND: the answer is 1 where exactly one input is 1."""
    return np.maximum(0.0, X.sum(axis=1) - 1)


@exercise.mistake
def equal_inputs(X):
    """Your answer is turned around, 1 where the inputs are equal: it is 1 where they differ."""
    return (X[:, 0] == X[:, 1]).astype(float)


@exercise.mistake
def sum_of_the_inputs(X):
    """Without a ReLU your network is linear: it gives 2 for the inputs 1 and 1."""
    return X.sum(axis=1) + 0.0


@exercise.mistake
def hidden_layer_not_activated(X):
    """Your hidden layer has no activation, so the two layers collapse to a linear one."""
    H = X @ np.ones((2, 2)) + np.array([0.0, -1.0])
    return H @ np.array([1.0, -2.0])


@exercise.mistake
def hidden_layer_returned(X):
    """You return the hidden layer: the output adds up h1 - 2 h2, one number for each row."""
    return np.maximum(0.0, X @ np.ones((2, 2)) + np.array([0.0, -1.0]))


@exercise.mistake
def column(X):
    """You return a column, shape (4, 1): the result is flat, (4,)."""
    H = np.maximum(0.0, X @ np.ones((2, 2)) + np.array([0.0, -1.0]))
    return H @ np.array([[1.0], [-2.0]])


@exercise.mistake
def truth_values(X):
    """You return truth values: turn them into numbers, `.astype(float)`."""
    return X[:, 0] != X[:, 1]


@exercise.mistake
def minus_one(X):
    """You answer -1 for 0: the answers are 0 and 1."""
    return np.where(X[:, 0] != X[:, 1], 1.0, -1.0)


@exercise.mistake
def one_half(X):
    """You always answer 0.5, the best that a linear model can do: bend it with a ReLU."""
    return np.full(len(X), 0.5)


@exercise.mistake
def inputs_changed(X):
    """You change the caller's X: work on a copy."""
    answer = (X[:, 0] != X[:, 1]).astype(float)
    X[:, 0] += X[:, 1]
    X += 1
    return answer


@exercise.mistake
def one_of_the_two_cases(X):
    """You answer 1 for 1, 0 but not for 0, 1: exactly one input is 1 there as well."""
    return np.maximum(0.0, X[:, 0] - X[:, 1])


@exercise.mistake
def list_of_answers(X):
    """You return a list: make an array of it, `np.array(…)`."""
    return [float(x1 != x2) for x1, x2 in X]


@exercise.variant
def two_relu_units(X):
    """As in the lecture."""
    h1 = np.maximum(0, X[:, 0] + X[:, 1])
    h2 = np.maximum(0, X[:, 0] + X[:, 1] - 1)
    return h1 - 2 * h2


@exercise.variant
def differences(X):
    """Two other units, |x1 - x2|."""
    H = np.maximum(0, X @ np.array([[1, -1], [-1, 1]]))
    return H.sum(axis=1)


@exercise.variant
def sigmoids(X):
    """OR and not AND, with large weights."""

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    H = sigmoid(40 * (X @ np.ones((2, 2)) - np.array([0.5, 1.5])))
    return sigmoid(40 * (H @ np.array([1.0, -1.0]) - 0.5))


@exercise.variant
def polynomial(X):
    """No network at all; row by row."""
    return np.array([x1 + x2 - 2 * x1 * x2 for x1, x2 in X])


@exercise.variant
def steps(X):
    """With steps as activation, and integers."""
    s = X[:, 0] + X[:, 1]
    return (s > 0.5).astype(int) - (s > 1.5).astype(int)
