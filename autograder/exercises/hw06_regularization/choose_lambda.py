"""Exercise 4.3: choose the strength of ridge regression by cross-validation.

With as many folds as samples the scores do not depend on `rng`, and are compared with those of the
reference. With fewer folds every cut of the samples is right. There are few of them in a small set,
so the scores are compared with those of each possible cut. In a larger set two draws hardly ever
give the same cut, so there it is seen whether `rng` is used.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

import numpy as np

from autograder.exercises import draws
from autograder.exercises.compare import Difference, difference
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.reference import regularization as reference
from autograder.reference.regularization import ridge_solve
from autograder.reference.shapes import Array

_NAMES = ("X", "Y", "lams", "k", "rng")
_TOLERANCE = 1e-5
_SAME = "same"  # with k = m the result does not depend on the draws
_FEW = 8  # samples of which every cut can be tried

Cut = tuple[tuple[int, ...], ...]


def _data(inputs: Inputs, m: int, n: int, K: int) -> tuple[Array, Array]:
    X = inputs.array(m, n) + inputs.array(n) + 1.0
    return X, X @ inputs.array(n, K) + 3.0 + inputs.array(K) + 0.8 * inputs.array(m, K)


def _case(
    rng: np.random.Generator,
    shape: tuple[int, int, int],
    lams: Sequence[float],
    k: int,
    kind: str = _SAME,
    about: str = "",
) -> Case:
    seed = int(rng.integers(2**32))
    args = (*_data(Inputs(rng), *shape), np.array(lams), k, np.random.default_rng(seed))
    shown = {"rng": f"np.random.default_rng({seed})"}
    return Case(args, about=about, shown=shown, extra=kind)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(rng, (6, 2, 1), [0.01, 0.1, 1.0, 10.0], 6)
    yield _case(rng, (5, 1, 2), [3.0, 0.3, 0.03], 5)
    yield _case(rng, (7, 3, 1), [0.5, 0.05, 5.0], 7)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    # Two strengths each: see `_chosen`.
    yield _case(rng, (20, 2, 1), [0.05, 0.5], 2, draws.CARE, "with 2 folds of 10 samples")
    yield _case(rng, (6, 2, 1), [0.05, 0.5], 2, draws.VALUES, "with 2 folds of 3 samples")
    yield _case(rng, (5, 1, 1), [0.05, 0.5], 2, draws.VALUES, "with folds of 3 and of 2 samples")
    yield _case(rng, (4, 6, 1), [0.1, 1.0], 4, about="with fewer samples than features")
    yield _case(rng, (5, 2, 1), [0.2], 5, about="with a single strength")
    flat = np.ones((4, 1)), rng.normal(size=(4, 1)), np.array([2.0, 0.5, 1.0]), 4
    about = "when all strengths are equally good, and the first one is to be taken"
    yield Case((*flat, np.random.default_rng(0)), about=about, extra=_SAME)
    X, Y, lams = rng.permutation(5)[:, np.newaxis], rng.permutation(5)[:, np.newaxis], [1, 2]
    integers = X, Y, np.array(lams), 5, np.random.default_rng(0)
    yield Case(integers, about="with integer arrays", extra=_SAME)
    args = _case(rng, (5, 2, 1), [0.1, 1.0], 5).args
    named = dict(zip(_NAMES, args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names", extra=_SAME)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    def case(X: Any, Y: Any, lams: Any, k: int, kind: str = _SAME) -> Case:
        shown = {"rng": "np.random.default_rng(3)"}
        args = np.array(X), np.array(Y), np.array(lams), k, np.random.default_rng(3)
        return Case(args, shown=shown, extra=kind)

    x, y = [[0.0], [1.0], [3.0]], [[1.0], [3.0], [4.0]]
    yield case(x, y, [0.5], 3)
    yield case(x, y, [0.5, 0.1], 3)
    yield case(x, y, [2.0, 0.1, 0.5], 3)
    yield case([[0], [1], [3]], [[1], [3], [4]], [2, 1], 3)
    X = [[0.0, 1.0], [1.0, 0.0], [2.0, 2.0], [3.0, 1.0]]
    yield case(X, [[1.0], [3.0], [4.0], [2.0]], [0.1, 1.0], 4)
    yield case(X, [[1.0, 0.0], [3.0, 1.0], [4.0, 2.0], [2.0, 5.0]], [1.0, 0.1], 4)
    yield case([[1.0]] * 3, [[1.0], [2.0], [4.0]], [2.0, 0.5], 3)
    longer = [[v] for v in (0.0, 1.0, 3.0, 4.0, 6.0, 7.0)]
    targets = [[v] for v in (1.0, 3.0, 2.0, 5.0, 4.0, 8.0)]
    yield case(longer, targets, [0.1, 1.0], 2, draws.EXAMPLE)
    yield case(longer[:5], targets[:5], [0.1, 1.0], 2, draws.EXAMPLE)
    named = (np.array(x), np.array(y), np.array([0.5, 0.1]), 3, np.random.default_rng(3))
    yield Case(kwargs=dict(zip(_NAMES, named, strict=True)), extra=_SAME)


def _arguments(case: Case) -> dict[str, Any]:
    return dict(zip(_NAMES, case.args, strict=False)) | dict(case.kwargs)


def _cuts(samples: tuple[int, ...], sizes: tuple[int, ...]) -> Iterator[Cut]:
    """Yield every way to cut the samples into folds of these sizes, in this order."""
    if not sizes:
        yield ()
        return
    for fold in combinations(samples, sizes[0]):
        rest = tuple(i for i in samples if i not in fold)
        for others in _cuts(rest, sizes[1:]):
            yield (fold, *others)


@cache
def _all_cuts(m: int, k: int) -> tuple[Cut, ...]:
    sizes = tuple(len(part) for part in np.array_split(np.arange(m), k))
    return tuple({tuple(sorted(cut)): cut for cut in _cuts(tuple(range(m)), sizes)}.values())


@lru_cache(maxsize=64)
def _errors(data: bytes, m: int, n: int, lams: tuple[float, ...], k: int) -> Array:
    """Return the error of each fold, shape (cuts, k, g), for data that are [X Y] in bytes."""
    both = np.frombuffer(data).reshape(m, -1)
    X, Y = both[:, :n], both[:, n:]
    known: dict[tuple[int, ...], list[float]] = {}

    def of(fold: tuple[int, ...]) -> list[float]:
        if fold not in known:
            out = np.isin(np.arange(m), fold)
            fits = [ridge_solve(X[~out], Y[~out], lam) for lam in lams]
            known[fold] = [
                float(np.square(X[out] @ W + b - Y[out]).sum() / (2 * len(fold))) for W, b in fits
            ]
        return known[fold]

    return np.array([[of(fold) for fold in cut] for cut in _all_cuts(m, k)])


def _possible(case: Case) -> Array:
    given = _arguments(case)
    X, Y = (np.asarray(given[name], dtype=float) for name in ("X", "Y"))
    lams = tuple(float(lam) for lam in given["lams"])
    return _errors(np.hstack([X, Y]).tobytes(), *X.shape, lams, given["k"])


def _near(scores: Array, right: Array) -> Array:
    allowed = _TOLERANCE * np.abs(right).max() + 1e-9
    near: Array = np.abs(scores - right) <= allowed
    return near


def _form(g: int, result: Any) -> Difference | None:
    """Return what is wrong with types and shapes, whatever the numbers are."""
    return difference((1.0, np.ones(g)), result, ("`best`", "`scores`"), np.inf)


def _problem(case: Case, result: Any) -> str:
    return next(_problems(case, result), "")


def _problems(case: Case, result: Any) -> Iterator[str]:
    """Yield what is wrong with a result; only the first sentence is asked for."""
    given = _arguments(case)
    lams = np.asarray(given["lams"], dtype=float)
    form = _form(len(lams), result)
    if form:
        yield form.detail
    best, scores = float(result[0]), np.asarray(result[1], dtype=float)
    if len(given["X"]) <= _FEW:
        yield from _impossible(case, scores)
    if best != lams[np.argmin(scores)]:
        yield "`best` is not the strength with the lowest score"


def _impossible(case: Case, scores: Array) -> Iterator[str]:
    """Yield why no cut of the samples gives these scores, if none does."""
    folds = _possible(case)
    k, m = folds.shape[1], len(_arguments(case)["X"])
    if _near(scores, folds.mean(axis=1)).all(axis=1).any():
        return
    sizes = np.array([[len(fold) for fold in cut] for cut in _all_cuts(m, k)])
    weighted = np.einsum("ck,ckg->cg", sizes / m, folds)
    if _near(scores, weighted).all(axis=1).any():
        yield "the scores are averages over the samples, not over the folds"
    if _near(scores, folds.mean(axis=1)).any(axis=0).all():
        yield "each score belongs to a cut of its own: the folds are not the same for all `lams`"
    yield f"no way to cut the samples into {k} folds gives these scores"


def _chosen(_: Case, result: Any) -> Any:
    """Return the scores, as if they were samples: if they are always the same, so are the folds.

    `draws` asks for samples that are evenly spaced as well. Two numbers always are.
    """
    return [tuple(np.round(result[1], 9).tolist())]


def _observe(choose_lambda: Function, case: Case) -> Any:
    """Choose; where the draws matter, say what is wrong."""
    if case.extra != _SAME:
        return draws.observe(choose_lambda, case, _problem, _chosen)
    rng = _arguments(case)["rng"]
    state = rng.bit_generator.state
    result = choose_lambda(*case.args, **case.kwargs)
    rng.bit_generator.state = state  # it is used again for the diagnosis
    if isinstance(result, tuple | list) and len(result) == 2:
        best, scores = result
        if isinstance(best, np.ndarray) and best.ndim == 0 and best.dtype.kind in "iuf":
            best = best[()]
        return best, scores
    return result


def _compare(case: Case, expected: Any, got: Any) -> Difference | None:
    """Compare the scores, then the choice with these scores: a near tie is up to rounding."""
    if case.extra != _SAME:
        return draws.compare(case, expected, got)
    form = _form(len(expected[1]), got)
    if form:
        return form
    problem = difference(expected[1], got[1], ("`scores`",), _TOLERANCE)
    if problem:
        return problem
    chosen = np.asarray(_arguments(case)["lams"], dtype=float)[np.argmin(got[1])]
    return difference(float(chosen), got[0], ("`best`",), _TOLERANCE)


exercise = Exercise(
    homework="hw06_regularization",
    number="4.3",
    reference=reference.choose_lambda,
    returns=("`best`", "`scores`"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=_compare,
    tolerance=_TOLERANCE,
    equivalent_mutants={
        "half_mse(linear_predict(X[left_out], W, b), Y[left_out]) -> "
        "half_mse(Y[left_out], linear_predict(X[left_out], W, b))": (
            "the square of a difference does not depend on its sign"
        ),
        "float(lams[np.argmin(scores)]) -> lams[np.argmin(scores)]": (
            "an element of `lams` is an `np.float64` already, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def half_missing(X, Y, lams, k, rng):
    """Your scores are twice as large as they should be: *half* the mean squared error is asked
    for."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / len(fold) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def root_taken(X, Y, lams, k, rng):
    """You take the root of the mean squared error of each fold: take half of it, without a root."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sqrt(np.sum(errors**2) / len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def averaged_over_the_outputs(X, Y, lams, k, rng):
    """You average over the outputs as well (`np.mean` of everything): sum over the K outputs,
    average over the samples."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.mean(errors**2) / 2 / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def penalty_in_the_score(X, Y, lams, k, rng):
    """Your scores contain the penalty: it belongs to the fit; judge by the error alone."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k + lam / 2 * np.sum(W**2) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def scored_on_the_training_folds(X, Y, lams, k, rng):
    """Your scores are errors on the samples that were fitted: take the fold that was left out."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = A @ W - B
            scores[i] += np.sum(errors**2) / (2 * m) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def trained_on_everything(X, Y, lams, k, rng):
    """You fit to all samples, those of the fold included: leave the fold out."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = order
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def fold_and_rest_interchanged(X, Y, lams, k, rng):
    """You fit to one fold and judge on the others: fit to the others, and judge on the fold."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest, fold = fold, np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def centered_with_all_samples(X, Y, lams, k, rng):
    """You center with the means of all samples, so that the fold left out has a say: take the means
    of the training samples of each turn."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X.mean(axis=0), Y.mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def no_bias(X, Y, lams, k, rng):
    """You fit without a bias: ridge regression has one, which is not penalized."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = np.zeros(X.shape[1]), np.zeros(Y.shape[1])
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def sum_in_place_of_the_mean(X, Y, lams, k, rng):
    """Your λ is too weak by the number of training samples: the squared errors are averaged, so
    divide XᵀX by this number."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B = X[rest] - mean_x, Y[rest] - mean_y
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A + lam * np.eye(A.shape[1]), A.T @ B)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def number_of_all_samples(X, Y, lams, k, rng):
    """You divide by the number of all samples in the fit: divide by the number of training samples
    of this turn."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(X)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def summed_over_the_folds(X, Y, lams, k, rng):
    """You add up the folds: average over them."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold))
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def last_fold_only(X, Y, lams, k, rng):
    """Your scores are those of the last fold: add up, do not overwrite."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] = np.sum(errors**2) / (2 * len(fold))
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def highest_score(X, Y, lams, k, rng):
    """You take the strength with the *highest* error: take the lowest."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmax(scores)]), scores


@exercise.mistake
def position_returned(X, Y, lams, k, rng):
    """Your `best` is a position in `lams`: return the strength that stands there."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return int(np.argmin(scores)), scores


@exercise.mistake
def lowest_score_returned(X, Y, lams, k, rng):
    """Your `best` is the lowest score: return the strength that it belongs to."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(scores.min()), scores


@exercise.mistake
def interchanged(X, Y, lams, k, rng):
    """You return the scores first: the other order is asked for, `best, scores`."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return scores, float(lams[np.argmin(scores)])


@exercise.mistake
def best_only(X, Y, lams, k, rng):
    """You return the best strength alone: two things are asked for, `best, scores`."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)])


@exercise.mistake
def score_for_each_fold(X, Y, lams, k, rng):
    """Your scores have a row for each fold: average over the folds, so that an entry for each
    strength remains."""
    order, scores = rng.permutation(len(X)), np.zeros((k, len(lams)))
    for j, fold in enumerate(np.array_split(order, k)):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[j, i] = np.sum(errors**2) / (2 * len(fold))
    return float(lams[np.argmin(scores.mean(axis=0))]), scores


@exercise.mistake
def strengths_sorted(X, Y, lams, k, rng):
    """You sort the strengths: entry i of the scores belongs to `lams[i]`, in the order given."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(np.sort(lams)):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(np.sort(lams)[np.argmin(scores)]), scores


@exercise.mistake
def last_of_equal(X, Y, lams, k, rng):
    """Of equally good strengths you take the last one: take the first."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.flatnonzero(scores == scores.min())[-1]]), scores


@exercise.mistake
def not_shuffled(X, Y, lams, k, rng):
    """Your folds are the same whatever `rng` draws: shuffle the samples first, with `rng` and no
    other generator, so that sorted data do not put similar samples into one fold."""
    order, scores = np.arange(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def new_folds_for_every_strength(X, Y, lams, k, rng):
    """You cut anew for every strength, so luck decides among them: draw the folds once, before the
    loop over `lams`."""
    scores = np.zeros(len(lams))
    for i, lam in enumerate(lams):
        order = rng.permutation(len(X))
        for fold in np.array_split(order, k):
            rest = np.setdiff1d(order, fold)
            mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
            A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def averaged_over_the_samples(X, Y, lams, k, rng):
    """You average over all samples: average over the samples of each fold, then over the folds. (It
    makes a difference if the folds differ in size.)"""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(X))
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def rest_left_out(X, Y, lams, k, rng):
    """Where m is not a multiple of k, the samples left over are in no fold: make some folds larger
    by one (`np.array_split`)."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in order[: len(X) // k * k].reshape(k, -1):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def targets_not_shuffled_along(X, Y, lams, k, rng):
    """You shuffle the samples, but not their targets: rows of X and Y belong together."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[: len(rest)].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[: len(rest)] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def global_random_state(X, Y, lams, k, rng):
    """You draw with `np.random.…` or `random`, from a state that the whole notebook shares: draw
    from `rng`, so that the caller can repeat the folds."""
    order, scores = np.random.permutation(len(X)), np.zeros(len(lams))  # noqa: NPY002
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def fixed_generator(X, Y, lams, k, rng):
    """Your folds are the same whatever `rng` draws: shuffle the samples first, with `rng` and no
    other generator, so that sorted data do not put similar samples into one fold."""
    order, scores = np.random.default_rng(0).permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def fresh_generator(X, Y, lams, k, rng):
    """You make a new generator, so nobody can repeat the folds: draw from `rng`."""
    order, scores = np.random.default_rng().permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def cut_to_integers(X, Y, lams, k, rng):
    """Your scores are cut to integers where the strengths are integers: an array made by
    `np.zeros_like(lams)` can't hold a fraction."""
    order, scores = rng.permutation(len(X)), np.zeros_like(lams)
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i : i + 1] = scores[i] + np.sum(errors**2) / (2 * len(fold)) / k
    return float(lams[np.argmin(scores)]), scores


@exercise.mistake
def rows_shuffled_in_place(X, Y, lams, k, rng):
    """You shuffle the caller's arrays (`rng.shuffle(X)`): shuffle the numbers of the samples
    instead."""
    order, scores = rng.permutation(len(X)), np.zeros(len(lams))
    for fold in np.array_split(order, k):
        rest = np.setdiff1d(order, fold)
        mean_x, mean_y = X[rest].mean(axis=0), Y[rest].mean(axis=0)
        A, B, m = X[rest] - mean_x, Y[rest] - mean_y, len(rest)
        for i, lam in enumerate(lams):
            W = np.linalg.solve(A.T @ A / m + lam * np.eye(A.shape[1]), A.T @ B / m)
            errors = (X[fold] - mean_x) @ W + mean_y - Y[fold]
            scores[i] += np.sum(errors**2) / (2 * len(fold)) / k
    X[:], Y[:] = X[::-1] + 1, Y[::-1] + 1
    return float(lams[np.argmin(scores)]), scores


@exercise.variant
def number_of_the_fold(X, Y, lams, k, rng):
    """Each sample gets the number of its fold; a column of ones, free of the penalty."""
    m, n = X.shape
    number = np.arange(m) % k
    rng.shuffle(number)
    A, D = np.column_stack([np.ones(m), X]), np.eye(n + 1)
    D[0, 0] = 0
    scores = []
    for lam in lams:
        folds = []
        for j in range(k):
            T, V = A[number != j], A[number == j]
            W = np.linalg.solve(T.T @ T / len(T) + lam * D, T.T @ Y[number != j] / len(T))
            folds.append(np.square(V @ W - Y[number == j]).sum() / len(V) / 2)
        scores.append(np.mean(folds))
    return lams[scores.index(min(scores))], np.array(scores)


@exercise.variant
def scikit_learn(X, Y, lams, k, rng):
    """scikit-learn's folds and its ridge regression."""
    from sklearn.linear_model import Ridge
    from sklearn.model_selection import KFold

    cut = list(KFold(k, shuffle=True, random_state=int(rng.integers(2**31))).split(X))
    scores = np.zeros(len(lams))
    for i, lam in enumerate(lams):
        for rest, fold in cut:
            model = Ridge(alpha=len(rest) * lam).fit(X[rest].astype(float), Y[rest].astype(float))
            errors = model.predict(X[fold]).reshape(Y[fold].shape) - Y[fold]
            scores[i] += (errors**2).sum() / len(fold) / 2
    scores /= k
    return [float(lams[scores.argmin()]), scores]


@exercise.variant
def additional_rows(X, Y, lams, k, rng):
    """Ridge regression as least squares; a table of folds and strengths; a 0-d array."""

    def ridge(X, Y, lam):
        A = np.vstack([X - X.mean(axis=0), np.sqrt(len(X) * lam) * np.eye(X.shape[1])])
        B = np.vstack([Y - Y.mean(axis=0), np.zeros((X.shape[1], Y.shape[1]))])
        W = np.linalg.lstsq(A, B, rcond=None)[0]
        return W, Y.mean(axis=0) - X.mean(axis=0) @ W

    order = np.argsort(rng.random(len(X)))
    table = np.empty((k, len(lams)))
    for j in range(k):
        out = np.zeros(len(X), dtype=bool)
        out[order[j::k]] = True
        for i, lam in enumerate(lams):
            W, b = ridge(X[~out], Y[~out], lam)
            table[j, i] = 0.5 * np.mean(np.sum((X[out] @ W + b - Y[out]) ** 2, axis=1))
    scores = table.mean(axis=0)
    return np.array(lams[np.argmin(scores)]), scores
