"""Exercise 4.1: shuffled batches."""

import copy
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np

from autograder.exercises import draws
from autograder.exercises.compare import described
from autograder.exercises.hw03_gradient_descent.lists import arguments
from autograder.exercises.model import Case, Exercise, Function, Part, Remarked
from autograder.exercises.refused import Refused
from autograder.reference import gradient_descent as reference

_ARGUMENTS = ("X", "Y", "batch_size", "rng")
_DRAWS = "draws"  # how it draws is looked at as well, which takes many calls
_SHUFFLED = 8  # with fewer samples the same batches may come by chance


def _data(rng: np.random.Generator, m: int, n: int, K: int) -> tuple[np.ndarray, np.ndarray]:
    return draws.distinct_rows(rng, m, n), draws.distinct_rows(rng, m, K)


def _case(
    data: tuple[np.ndarray, np.ndarray], batch_size: int, seed: int, about: str = "", kind: str = ""
) -> Case:
    return Case(
        (*data, batch_size, np.random.default_rng(seed)),
        about=about,
        shown={"rng": f"np.random.default_rng({seed})"},
        extra=kind,
    )


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for m, n, K, batch_size in [(20, 2, 1, 5), (23, 3, 2, 6), (24, 1, 1, 8)]:
        seed = int(rng.integers(2**32))
        yield _case(_data(rng, m, n, K), batch_size, seed)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    def seed() -> int:
        return int(rng.integers(2**32))

    yield _case(_data(rng, 12, 2, 1), 4, seed(), kind=_DRAWS)
    about = "with one sample in each batch"
    yield _case(_data(rng, 8, 2, 1), 1, seed(), about)
    about = "when the last batch is a single sample"
    yield _case(_data(rng, 9, 1, 2), 4, seed(), about)
    about = "when the batch is the whole set (batch_size = m)"
    yield _case(_data(rng, 10, 2, 2), 10, seed(), about)
    about = "when batch_size is larger than m"
    yield _case(_data(rng, 9, 2, 1), 16, seed(), about)
    integers = rng.permutation(40).reshape(20, 2), rng.permutation(20).reshape(20, 1)
    yield _case(integers, 6, seed(), about="with integer arrays")
    values = (*_data(rng, 14, 1, 1), 5, np.random.default_rng(seed()))
    yield Case(
        kwargs=dict(zip(_ARGUMENTS, values, strict=True)),
        about="when it is called by argument names",
    )


def _examples(_: np.random.Generator) -> Iterator[Case]:
    for m, batch_size in [(4, 2), (5, 2), (12, 4), (9, 4), (3, 1), (3, 3), (3, 5)]:
        data = np.arange(m, 2.0 * m).reshape(m, 1), -np.arange(m, 2.0 * m).reshape(m, 1)
        yield _case(data, batch_size, m, kind=draws.EXAMPLE)


def _listed(case: Case, batches: Any) -> list[Any]:
    """Go through the batches, though not for ever."""
    if isinstance(batches, tuple) and [type(entry) for entry in batches] == [np.ndarray] * 2:
        raise Refused("the result is a pair of arrays, expected an iterable of pairs (X_b, Y_b)")
    if not isinstance(batches, Iterable):
        raise Refused(f"the result is {described(batches)}, expected an iterable of pairs")
    return list(islice(batches, len(arguments(case, _ARGUMENTS)["X"]) + 1))


def _rows(data: np.ndarray, batch: np.ndarray) -> list[int]:
    """Return which rows of the data are in a batch; -1 for a row that is none of them."""
    same = np.abs(batch[:, np.newaxis] - data).max(axis=2) < 1e-6
    return np.where(same.any(axis=1), same.argmax(axis=1), -1).tolist()


def _problem(case: Case, batches: list[Any]) -> str:
    X, Y, batch_size = (arguments(case, _ARGUMENTS)[name] for name in _ARGUMENTS[:3])
    form = next(_problems_of_form(X, Y, batches), "")
    return form or next(_problems(X, Y, batch_size, batches), "")


def _problems_of_form(X: np.ndarray, Y: np.ndarray, batches: list[Any]) -> Iterator[str]:
    """Yield what is wrong with types and shapes; only the first sentence is asked for."""
    for pair in batches:
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            yield f"a batch is {described(pair)}, expected a pair (X_b, Y_b)"
        for name, array, data in zip(("X_b", "Y_b"), pair, (X, Y), strict=True):
            if type(array) is not np.ndarray:
                yield f"`{name}` is {described(array)}, expected an array"
            if array.dtype.kind not in "iuf":
                yield f"`{name}` holds values of type {array.dtype}, expected real numbers"
            if array.ndim != 2:
                yield f"`{name}` has {array.ndim} axes, expected 2"
            if array.shape[1] != data.shape[1]:
                yield f"`{name}` has {array.shape[1]} columns, expected {data.shape[1]}"
        if len(pair[0]) != len(pair[1]):
            yield f"`X_b` has {len(pair[0])} rows, but `Y_b` {len(pair[1])}"


def _problems(X: np.ndarray, Y: np.ndarray, batch_size: int, batches: list[Any]) -> Iterator[str]:
    """Yield what is wrong with the batches; only the first sentence is asked for."""
    sizes = [len(X_b) for X_b, _ in batches]
    if 0 in sizes:
        yield "a batch is empty"
    if len(batches) > len(X):
        yield "there are more batches than samples"
    if not batches:
        yield "there is no batch"
    drawn = _rows(X, np.concatenate([X_b for X_b, _ in batches]))
    targets = _rows(Y, np.concatenate([Y_b for _, Y_b in batches]))
    if -1 in drawn:
        yield "`X_b` holds rows that are not in `X`"
    if targets != drawn and targets == sorted(targets):
        yield "the rows of `X` are shuffled, but those of `Y` are not"
    if targets != drawn:
        yield "the rows of `Y_b` do not belong to the rows of `X_b`"
    if len(drawn) > len(X):
        yield "the batches hold more samples than there are"
    if len(set(drawn)) < len(drawn):
        yield "a sample occurs twice"
    if len(drawn) < len(X):
        yield f"{len(drawn)} of {len(X)} samples occur"
    full, rest = divmod(len(X), batch_size)
    if sizes != [batch_size] * full + [rest] * (rest > 0):
        yield f"the batches have {sizes} samples, with batch_size = {batch_size}"


def _chosen(case: Case, batches: list[Any]) -> Any:
    """Return which samples are together; with one in each batch, which comes after which."""
    X = arguments(case, _ARGUMENTS)["X"]
    together = [tuple(sorted(_rows(X, X_b))) for X_b, _ in batches]
    return sorted(together) if max(map(len, together)) > 1 else together


def _not_shuffled(listed: Callable[..., list[Any]], case: Case) -> str:
    """Return what is wrong if several generators give the same batches, or nothing."""
    X, _, batch_size, _ = (arguments(case, _ARGUMENTS)[name] for name in _ARGUMENTS)
    if len(X) < _SHUFFLED or batch_size >= len(X):
        return ""
    seen = []
    for seed in range(3):
        other = draws.with_rng(case, np.random.default_rng(seed))
        batches = listed(*other.args, **other.kwargs)
        words = _problem(case, batches)
        if words:
            return words
        seen.append(_chosen(case, batches))
    if seen[0] == seen[1] == seen[2]:
        return "the same samples end up together, whatever `rng` draws"
    return ""


def _observe(minibatches: Function, case: Case) -> Any:
    """Say what is wrong with the batches; which of the right ones were drawn does not matter."""

    def listed(*args: Any, **kwargs: Any) -> list[Any]:
        return _listed(Case(args, kwargs), minibatches(*args, **kwargs))

    m = len(arguments(case, _ARGUMENTS)["X"])
    if case.extra == _DRAWS or (case.extra == draws.EXAMPLE and m >= _SHUFFLED):
        return draws.observe(listed, case, _problem, _chosen)
    before = copy.deepcopy(case)
    batches = listed(*case.args, **case.kwargs)
    # The generator of this case is used again for the diagnosis.
    given, kept = (arguments(c, _ARGUMENTS)["rng"].bit_generator for c in (case, before))
    given.state = kept.state
    words = _problem(before, batches) or _not_shuffled(listed, before)
    if case.extra == draws.EXAMPLE:
        return Remarked(batches, words or draws.RIGHT)
    if words:
        raise Refused(words)
    return 0.0


exercise = Exercise(
    homework="hw03_gradient_descent",
    number="4.1",
    reference=reference.minibatches,
    returns=("the batches",),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=draws.compare,
)


@exercise.mistake
def not_shuffled(X, Y, batch_size, rng):
    """You cut the samples in the order in which they come: shuffle them first, with `rng`."""
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], Y[start : start + batch_size]


@exercise.mistake
def batches_shuffled(X, Y, batch_size, rng):
    """You shuffle the batches, but the same samples always end up together: shuffle the samples,
    then cut."""
    starts = np.arange(0, len(X), batch_size)
    rest = len(X) % batch_size
    if rest:
        starts = np.append(rng.permutation(starts[:-1]), starts[-1])
    else:
        starts = rng.permutation(starts)
    for start in starts:
        rows = rng.permutation(np.arange(start, min(start + batch_size, len(X))))
        yield X[rows], Y[rows]


@exercise.mistake
def shuffled_apart(X, Y, batch_size, rng):
    """You shuffle X and Y each for itself, which parts a sample from its target: use one order for
    both."""
    X, Y = rng.permutation(X), rng.permutation(Y)
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], Y[start : start + batch_size]


@exercise.mistake
def shuffled_apart_in_place(X, Y, batch_size, rng):
    """You shuffle X and Y each for itself, which parts a sample from its target, and you shuffle
    the caller's arrays: draw one order, and index both with it."""
    rng.shuffle(X)
    rng.shuffle(Y)
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size].copy(), Y[start : start + batch_size].copy()


@exercise.mistake
def only_X_shuffled(X, Y, batch_size, rng):
    """You shuffle X but not Y, which parts a sample from its target: use one order for both."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        yield X[order[start : start + batch_size]], Y[start : start + batch_size]


@exercise.mistake
def drawn_for_every_batch(X, Y, batch_size, rng):
    """You draw every batch from all samples, so that some occur twice and others never: shuffle
    once, then cut."""
    for start in range(0, len(X), batch_size):
        size = min(batch_size, len(X) - start)
        rows = rng.choice(len(X), size=size, replace=False)
        yield X[rows], Y[rows]


@exercise.mistake
def drawn_with_replacement(X, Y, batch_size, rng):
    """You draw every batch from all samples, so that some occur twice and others never: shuffle
    once, then cut."""
    for start in range(0, len(X), batch_size):
        rows = rng.integers(0, len(X), size=min(batch_size, len(X) - start))
        yield X[rows], Y[rows]


@exercise.mistake
def rest_dropped(X, Y, batch_size, rng):
    """You drop the samples that do not fill a batch: the last batch is smaller then."""
    order = rng.permutation(len(X))
    for i in range(len(X) // batch_size):
        rows = order[i * batch_size : (i + 1) * batch_size]
        yield X[rows], Y[rows]


@exercise.mistake
def last_batch_missing(X, Y, batch_size, rng):
    """Your last batch is missing: let the starts go up to m (`range(0, m, batch_size)`)."""
    order = rng.permutation(len(X))
    for start in range(0, len(X) - batch_size, batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], Y[rows]


@exercise.mistake
def empty_last_batch(X, Y, batch_size, rng):
    """Where m is a multiple of `batch_size`, your last batch is empty: leave it out."""
    order = rng.permutation(len(X))
    for i in range(len(X) // batch_size + 1):
        rows = order[i * batch_size : (i + 1) * batch_size]
        yield X[rows], Y[rows]


@exercise.mistake
def rest_filled_up(X, Y, batch_size, rng):
    """You fill the last batch with samples that occurred before: leave it smaller."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[np.arange(start, start + batch_size) % len(X)]
        yield X[rows], Y[rows]


@exercise.mistake
def batch_size_taken_for_the_number(X, Y, batch_size, rng):
    """You make `batch_size` batches: it is the number of samples in a batch."""
    for rows in np.array_split(rng.permutation(len(X)), batch_size):
        yield X[rows], Y[rows]


@exercise.mistake
def spread_evenly(X, Y, batch_size, rng):
    """You spread the samples evenly over the batches: every batch has `batch_size` samples, and
    only the last may have fewer."""
    number = -(-len(X) // batch_size)
    for rows in np.array_split(rng.permutation(len(X)), number):
        yield X[rows], Y[rows]


@exercise.mistake
def first_batch_only(X, Y, batch_size, rng):
    """You return the first batch: go on until every sample has occurred."""
    rows = rng.permutation(len(X))[:batch_size]
    return [(X[rows], Y[rows])]


@exercise.mistake
def one_pair_returned(X, Y, batch_size, rng):
    """You return a single pair, `X_b, Y_b`: return all batches, a pair for each (`yield` in a loop,
    or a list of pairs)."""
    rows = rng.permutation(len(X))[:batch_size]
    return X[rows], Y[rows]


@exercise.mistake
def endless(X, Y, batch_size, rng):
    """Your batches never end: stop when every sample has occurred once."""
    while True:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            yield X[rows], Y[rows]


@exercise.mistake
def positions_yielded(X, Y, batch_size, rng):
    """Your batches hold positions: index `X` and `Y` with them."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        yield order[start : start + batch_size]


@exercise.mistake
def targets_left_out(X, Y, batch_size, rng):
    """Your batches hold rows of X alone: a batch is a pair `(X_b, Y_b)`."""
    X = rng.permutation(X)
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size]


@exercise.mistake
def axis_lost_with_one_sample(X, Y, batch_size, rng):
    """A batch of one sample loses its axis: index with a list or a slice, so that it has shape
    (1, n)."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield (X[rows], Y[rows]) if len(rows) > 1 else (X[rows[0]], Y[rows[0]])


@exercise.mistake
def flat_targets(X, Y, batch_size, rng):
    """You flatten the targets: `Y_b` has two axes, as `Y` has."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], Y[rows].ravel()


@exercise.mistake
def shuffled_in_place(X, Y, batch_size, rng):
    """You shuffle the caller's `X` and `Y`: shuffle an order, and index with it."""
    order = rng.permutation(len(X))
    X[:], Y[:] = X[order], Y[order]
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size].copy(), Y[start : start + batch_size].copy()


@exercise.mistake
def global_random_state(X, Y, batch_size, rng):
    """You draw with `np.random.…` or `random`, from a state that all programs share: draw from
    `rng`, so that the caller can repeat the batches."""
    order = np.random.permutation(len(X))  # noqa: NPY002
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], Y[rows]


@exercise.mistake
def fixed_generator(X, Y, batch_size, rng):
    """You make a generator with a seed of your own, so the batches are the same whatever the caller
    hands in: draw from `rng`."""
    order = np.random.default_rng(0).permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], Y[rows]


@exercise.mistake
def fresh_generator(X, Y, batch_size, rng):
    """You make a new generator, so nobody can repeat the batches: draw from `rng`."""
    order = np.random.default_rng().permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], Y[rows]


@exercise.variant
def list_of_pairs(X, Y, batch_size, rng):
    """A list of pairs."""
    order = rng.permutation(X.shape[0])
    X, Y = X[order], Y[order]
    starts = range(0, X.shape[0], batch_size)
    return [(X[s : s + batch_size], Y[s : s + batch_size]) for s in starts]


@exercise.variant
def zipped(X, Y, batch_size, rng):
    """Two lists of parts, zipped."""
    order = np.arange(len(X))
    rng.shuffle(order)
    cuts = np.arange(batch_size, len(X), batch_size)
    return zip(np.split(X[order], cuts), np.split(Y[order], cuts))


@exercise.variant
def table_shuffled(X, Y, batch_size, rng):
    """X and Y side by side in one table, which is shuffled."""
    table = rng.permutation(np.hstack([X, Y]))
    n = X.shape[1]
    while len(table):
        yield [table[:batch_size, :n], table[:batch_size, n:]]
        table = table[batch_size:]


@exercise.variant
def sorted_random_numbers(X, Y, batch_size, rng):
    """The order of random numbers, and a number of batches that is rounded up."""
    order = np.argsort(rng.random(len(X)))
    for i in range(int(np.ceil(len(X) / batch_size))):
        rows = order[i * batch_size : (i + 1) * batch_size]
        yield np.take(X, rows, axis=0), np.take(Y, rows, axis=0)


@exercise.variant
def drawn_from_what_is_left(X, Y, batch_size, rng):
    """Each batch drawn from the samples that are left."""
    left = list(range(len(X)))
    while left:
        rows = rng.choice(left, size=min(batch_size, len(left)), replace=False)
        left = [i for i in left if i not in rows]
        yield X[rows], Y[rows]


@exercise.variant
def lazy_pairs(X, Y, batch_size, rng):
    """A generator expression over a shuffled copy."""
    order = rng.choice(len(X), len(X), replace=False)
    parts = (order[s : s + batch_size] for s in range(0, len(X), batch_size))
    return ((X[rows], Y[rows]) for rows in parts)
