"""Exercise 1.2: the perceptron rule."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import described
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.exercises.refused import Refused
from autograder.reference import forward as reference
from autograder.reference.shapes import Array

_ROWS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def _run(X: Array, y: Array, max_epochs: int) -> tuple[int, int, float]:
    """Return the updates, the epochs, and how near a score ever was to 0 after the first update."""
    w, b, updates, epochs, nearest = np.zeros(X.shape[1]), 0.0, 0, 0, np.inf
    for _ in range(max_epochs):
        epochs, before = epochs + 1, updates
        for x, label in zip(X, y, strict=True):
            z = x @ w + b
            nearest = min(nearest, abs(z)) if updates else nearest
            error = label - (z > 0)
            w, b, updates = w + error * x, b + error, updates + int(error != 0)
        if updates == before:
            break
    return updates, epochs, nearest


def _separable(inputs: Inputs, m: int, n: int, least: int = 3) -> tuple[Array, Array]:
    """Return data of which the rule is sure to end, after a few epochs and updates.

    No score comes near 0, where rounding would decide.
    """
    while True:
        direction, X = inputs.array(n), inputs.array(m, n)
        score = X @ direction + 0.4
        y = (score > 0).astype(np.int64)
        if np.abs(score).min() < 0.2 or not 0 < y.sum() < m:
            continue
        updates, epochs, nearest = _run(X, y, 60)
        if updates >= least and 3 <= epochs < 30 and nearest > 1e-6:
            return X, y


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n in [(6, 2), (8, 3), (5, 1), (12, 2)]:
        X, y = _separable(inputs, m, n)
        yield Case((X, y, 60))
    yield Case((_ROWS, np.array([0, 0, 0, 1]), 100))
    X, y = _separable(inputs, 8, 2)
    _, epochs, _ = _run(X, y, 60)
    yield Case((X, y, epochs - 2))
    yield Case((_ROWS, np.array([0, 1, 1, 0]), 9))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    X, y = _separable(inputs, 7, 2)
    _, epochs, _ = _run(X, y, 60)
    yield Case((X, y, epochs - 1), about="when the epoch without an update would be one too many")
    yield Case((X, y, epochs), about="when the last of max_epochs goes by without an update")
    yield Case((X, y, 1), about="with max_epochs = 1")
    zeros = np.zeros(5, dtype=np.int64)
    yield Case((inputs.array(5, 2), zeros, 9), about="when every label is 0, so nothing is wrong")
    xor = np.column_stack([_ROWS, _ROWS.prod(axis=1)])
    yield Case((xor, np.array([0, 1, 1, 0]), 8), about="when X holds integers")
    y = (rng.permutation(6) < 3).astype(np.int64)
    yield Case((np.ones((6, 1)), y, 4), about="when equal samples have different labels")
    X, y = _separable(inputs, 6, 2)
    named = {"X": X, "y": y.astype(float), "max_epochs": 50}
    yield Case(kwargs=named, about="when y holds floats and the call names its arguments")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    x = np.array([[2.0]])
    yield Case((x, np.array([1]), 1))
    yield Case((x, np.array([1]), 2))
    yield Case((x, np.array([1]), 9))
    yield Case((x, np.array([0]), 9))
    yield Case((np.array([[2.0], [1.0]]), np.array([1, 0]), 1))
    yield Case((np.array([[2.0], [1.0]]), np.array([1, 0]), 9))
    yield Case((_ROWS, np.array([0, 1, 1, 1]), 9))
    yield Case((_ROWS, np.array([0, 0, 0, 1]), 20))
    yield Case((_ROWS, np.array([0, 1, 1, 0]), 5))
    for m, n in [(4, 2), (6, 2)]:
        X, y = _separable(inputs, m, n, least=2)
        yield Case((X, y, 60))
    yield Case((np.array([[2], [1]]), np.array([1, 0]), 9))
    yield Case(kwargs={"X": x, "y": np.array([1.0]), "max_epochs": 9})


def _observe(perceptron_fit: Function, case: Case) -> Any:
    """Fit; a truth value is compared as 0 or 1, a number is none."""
    result = perceptron_fit(*case.args, **case.kwargs)
    if not isinstance(result, tuple | list) or len(result) != 4:
        return result
    w, b, n_updates, converged = result
    if not isinstance(converged, bool | np.bool_):
        raise Refused(f"`converged` is {described(converged)}, expected True or False")
    return w, b, n_updates, float(converged)


exercise = Exercise(
    homework="hw07_forward",
    number="1.2",
    reference=reference.perceptron_fit,
    returns=("`w`", "`b`", "`n_updates`", "`converged` (True is 1, False is 0)"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    equivalent_mutants={
        "zip(X, y, strict=True) -> zip(X, y)": ("samples and labels are equally many"),
        "zip(X, y, strict=True) -> zip(X, y, strict=False)": (
            "samples and labels are equally many"
        ),
        "float(label) -> label": ("a label is a float already"),
        "float(x @ w + b > 0) -> x @ w + b > 0": ("a truth value counts as 0 or 1 in a sum"),
    },
)


@exercise.mistake
def bias_never_updated(X, y, max_epochs):
    """Your bias stays 0: a wrong 0 adds 1 to it, a wrong 1 subtracts 1."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, wrong = w + (t - says) * x, wrong + 1
        n += wrong
        if wrong == 0:
            return w, b, n, True
    return w, b, n, False


@exercise.mistake
def sign_of_the_update(X, y, max_epochs):
    """Your updates have the wrong sign: add the sample if 1 was true, subtract it if 0 was."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, wrong = w - (t - says) * x, b - (t - says), wrong + 1
        n += wrong
        if wrong == 0:
            return w, b, n, True
    return w, b, n, False


@exercise.mistake
def only_added(X, y, max_epochs):
    """You add the sample after every error: after a wrong 1 it is subtracted."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            if int(x @ w + b > 0) != t:
                w, b, wrong = w + x, b + 1, wrong + 1
        n += wrong
        if wrong == 0:
            return w, b, n, True
    return w, b, n, False


@exercise.mistake
def says_1_at_zero(X, y, max_epochs):
    """You predict 1 for a score of exactly 0 (`>=`), which is every score at the start: predict 1
    where x · w + b > 0."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            says = int(x @ w + b >= 0)
            if says != t:
                w, b, wrong = w + (t - says) * x, b + (t - says), wrong + 1
        n += wrong
        if wrong == 0:
            return w, b, n, True
    return w, b, n, False


@exercise.mistake
def all_samples_at_once(X, y, max_epochs):
    """You predict all samples with the same weights and update at the end of the epoch: update
    after each sample, so that the next one meets the new weights."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        error = y - (X @ w + b > 0)
        w, b = w + error @ X, b + error.sum()
        n += int(np.abs(error).sum())
        if not error.any():
            return w, float(b), n, True
    return w, float(b), n, False


@exercise.mistake
def epochs_counted(X, y, max_epochs):
    """Your `n_updates` counts epochs: count the updates, that is the samples that were wrong."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = False
        n += 1
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, wrong = w + (t - says) * x, b + (t - says), True
        if not wrong:
            return w, b, n, True
    return w, b, n, False


@exercise.mistake
def updates_of_the_last_epoch(X, y, max_epochs):
    """Your `n_updates` starts anew in every epoch: count over all of them."""
    w, b, wrong = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, wrong = w + (t - says) * x, b + (t - says), wrong + 1
        if wrong == 0:
            return w, b, wrong, True
    return w, b, wrong, False


@exercise.mistake
def one_pass_only(X, y, max_epochs):
    """You go through the samples only once: repeat it, up to `max_epochs` times."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for x, t in zip(X, y):
        says = int(x @ w + b > 0)
        if says != t:
            w, b, n = w + (t - says) * x, b + (t - says), n + 1
    return w, b, n, n == 0


@exercise.mistake
def never_stops_early(X, y, max_epochs):
    """Your `converged` is always False: return True as soon as a whole epoch went by without an
    update."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, n = w + (t - says) * x, b + (t - says), n + 1
    return w, b, n, False


@exercise.mistake
def converged_if_all_are_right(X, y, max_epochs):
    """Your `converged` looks at whether all samples are right at the end: it asks for a whole epoch
    without an update among the `max_epochs`, and that epoch counts."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, n = w + (t - says) * x, b + (t - says), n + 1
    return w, b, n, bool(np.all((X @ w + b > 0) == y))


@exercise.mistake
def last_epoch_does_not_count(X, y, max_epochs):
    """Your `converged` is False when the epoch without an update is the last of the `max_epochs`:
    it counts like any other."""
    w, b, n, epoch = np.zeros(X.shape[1]), 0.0, 0, 0
    for epoch in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, wrong = w + (t - says) * x, b + (t - says), wrong + 1
        n += wrong
        if wrong == 0:
            break
    return w, b, n, epoch < max_epochs - 1


@exercise.mistake
def stops_at_the_first_right_sample(X, y, max_epochs):
    """You stop as soon as one sample is right: only a whole epoch without an update is the end."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says == t:
                return w, b, n, True
            w, b, n = w + (t - says) * x, b + (t - says), n + 1
    return w, b, n, False


@exercise.mistake
def labels_of_minus_1_and_1(X, y, max_epochs):
    """You compare y with a prediction of -1 or 1: the labels are 0 and 1."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            says = 1 if x @ w + b > 0 else -1
            if says != t:
                w, b, wrong = w + (t - says) * x, b + (t - says), wrong + 1
        n += wrong
        if wrong == 0:
            return w, b, n, True
    return w, b, n, False


@exercise.mistake
def right_samples_update_as_well(X, y, max_epochs):
    """You also update where the output is right: then nothing is to be done."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            wrong += int(int(x @ w + b > 0) != t)
            w, b = w + (2 * t - 1) * x, b + (2 * t - 1)
        n += wrong
        if wrong == 0:
            return w, b, n, True
    return w, b, n, False


@exercise.mistake
def truth_value_as_a_number(X, y, max_epochs):
    """Your `converged` is a number: return True or False."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, wrong = w + (t - says) * x, b + (t - says), wrong + 1
        n += wrong
        if wrong == 0:
            return w, b, n, 1
    return w, b, n, 0


@exercise.mistake
def converged_forgotten(X, y, max_epochs):
    """You return three things: `converged` is the fourth, True or False."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, wrong = w + (t - says) * x, b + (t - says), wrong + 1
        n += wrong
        if wrong == 0:
            break
    return w, b, n


@exercise.mistake
def column_of_weights(X, y, max_epochs):
    """Your `w` is a matrix with one column: its shape is (n,)."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, wrong = w + (t - says) * x, b + (t - says), wrong + 1
        n += wrong
        if wrong == 0:
            return w[:, None], b, n, True
    return w[:, None], b, n, False


@exercise.mistake
def labels_changed(X, y, max_epochs):
    """You change the caller's `y` (`y[y == 0] = -1`): work on a copy."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    y[y == 0] = -1
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b > 0 else -1) != t:
                w, b, wrong = w + t * x, b + t, wrong + 1
        n += wrong
        if wrong == 0:
            return w, b, n, True
    return w, b, n, False


@exercise.mistake
def bias_never_subtracted(X, y, max_epochs):
    """Your bias only grows: a wrong 1 subtracts 1 from it."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, wrong = w + (t - says) * x, b + max(0, t - says), wrong + 1
        n += wrong
        if wrong == 0:
            return w, b, n, True
    return w, b, n, False


@exercise.mistake
def errors_never_reset(X, y, max_epochs):
    """Your count of errors goes on from epoch to epoch, so that after the first update no epoch
    seems to go by without one: start it at 0 in each epoch."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, n = w + (t - says) * x, b + (t - says), n + 1
        if n == 0:
            return w, b, n, True
    return w, b, n, False


@exercise.mistake
def always_converged(X, y, max_epochs):
    """Your `converged` is True even where each of the `max_epochs` had an update: then it is
    False."""
    w, b, n = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = 0
        for x, t in zip(X, y):
            says = int(x @ w + b > 0)
            if says != t:
                w, b, wrong = w + (t - says) * x, b + (t - says), wrong + 1
        n += wrong
        if wrong == 0:
            break
    return w, b, n, True


@exercise.variant
def with_a_flag(X, y, max_epochs):
    """Two branches, as the rule is told."""
    m, n = X.shape
    w = np.zeros(n)
    b = 0
    n_updates = 0
    converged = False
    for epoch in range(max_epochs):
        changed = False
        for i in range(m):
            output = 1 if np.dot(X[i], w) + b > 0 else 0
            if output == 0 and y[i] == 1:
                w = w + X[i]
                b = b + 1
                n_updates += 1
                changed = True
            elif output == 1 and y[i] == 0:
                w = w - X[i]
                b = b - 1
                n_updates += 1
                changed = True
        if not changed:
            converged = True
            break
    return w, b, n_updates, converged


@exercise.variant
def bias_in_the_weights(X, y, max_epochs):
    """A column of ones; NumPy numbers come back."""
    A = np.column_stack([X, np.ones(len(X))])
    v, n, epoch, clean = np.zeros(A.shape[1]), np.int64(0), 0, np.bool_(False)
    while epoch < max_epochs and not clean:
        before = n
        for a, t in zip(A, y):
            error = t - np.heaviside(a @ v, 0)
            v += error * a
            n += error != 0
        clean = n == before
        epoch += 1
    return [v[:-1], v[-1], n, clean]


@exercise.variant
def in_place(X, y, max_epochs):
    """The weights of the function's own are changed in place."""
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        errors = 0
        for i in range(len(y)):
            error = int(y[i]) - bool(sum(X[i] * w) + b > 0)
            w += error * X[i]
            b += error
            errors += abs(error)
        history.append(errors)
        if errors == 0:
            break
    return w, b, sum(history), bool(history) and history[-1] == 0


@exercise.variant
def signs(X, y, max_epochs):
    """Labels as signs, in a copy."""
    s = 2 * y - 1
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        clean = True
        for x, t in zip(X, s):
            if (np.dot(w, x) + b > 0) != (t > 0):
                w, b = w + t * x, b + float(t)
                n_updates, clean = n_updates + 1, False
        if clean:
            return w, b, n_updates, True
    return w, b, n_updates, False
