"""Exercise 5.3: the folds of cross-validation."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises import draws
from autograder.exercises.compare import described
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.reference import numpy_data as reference


def _case(m: int, k: int, seed: int, kind: str, about: str = "") -> Case:
    shown = {"rng": f"np.random.default_rng({seed})"}
    return Case((m, k, np.random.default_rng(seed)), about=about, shown=shown, extra=kind)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for m, k in [(40, 4), (60, 5), (30, 3)]:
        yield _case(m, k, int(rng.integers(2**32)), draws.VALUES)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    def seed() -> int:
        return int(rng.integers(2**32))

    yield _case(20, 4, seed(), draws.CARE)
    for m, k in [(23, 5), (31, 4)]:
        yield _case(m, k, seed(), draws.CARE, about="when m is not a multiple of k")
    yield _case(21, 2, seed(), draws.CARE, about="with two folds")
    yield _case(9, 9, seed(), draws.CARE, about="when every fold is a single sample (k = m)")
    named = {"m": 24, "k": 3, "rng": np.random.default_rng(seed())}
    yield Case(kwargs=named, about="when it is called by argument names", extra=draws.CARE)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    for m, k in [(6, 2), (7, 3), (8, 2), (9, 2), (11, 4), (20, 2)]:
        yield _case(m, k, m, draws.EXAMPLE)


def _arguments(case: Case) -> tuple[int, int]:
    return case.args[:2] if case.args else (case.kwargs["m"], case.kwargs["k"])


def _problem(case: Case, result: Any) -> str:
    m, k = _arguments(case)
    return next(_problems_of_form(m, k, result), "") or next(_problems(m, k, result), "")


def _problems_of_form(m: int, k: int, result: Any) -> Iterator[str]:
    """Yield what is wrong with types and shapes; only the first sentence is asked for."""
    if not isinstance(result, tuple | list):
        yield f"the result is {described(result)}, expected a list of {k} pairs"
    if len(result) != k:
        yield f"the result has {len(result)} entries, expected a list of {k} pairs"
    for i, pair in enumerate(result):
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            yield f"entry {i} is {described(pair)}, expected a pair (train_idx, val_idx)"
        for name, indices in zip(("train_idx", "val_idx"), pair, strict=True):
            if type(indices) is not np.ndarray:
                yield f"`{name}` is {described(indices)}, expected an array of integers"
            if indices.dtype.kind not in "iu":
                yield f"`{name}` holds values of type {indices.dtype}, expected integers"
            if indices.ndim != 1:
                yield f"`{name}` has {indices.ndim} axes, expected one"
            if len(indices) and (indices.min() < 0 or indices.max() >= m):
                yield f"`{name}` holds indices outside of 0, …, m - 1"


def _problems(m: int, k: int, result: list[tuple[np.ndarray, np.ndarray]]) -> Iterator[str]:
    """Yield what is wrong with the folds; only the first sentence is asked for."""
    sizes = [len(val) for _, val in result]
    if max(sizes) - min(sizes) > 1:
        yield f"the folds `val_idx` have sizes from {min(sizes)} to {max(sizes)}"
    if max(sizes) > -(-m // k):
        yield f"a fold `val_idx` has {max(sizes)} of {m} samples, with k = {k}"
    validated = np.concatenate([val for _, val in result])
    if len(np.unique(validated)) < len(validated):
        yield "a sample is in more than one fold"
    if len(validated) < m:
        yield "a sample is in no fold"
    for train, val in result:
        if len(train) != m - len(val):
            yield f"`train_idx` has {len(train)} entries, expected {m - len(val)}"
        if np.intersect1d(train, val).size:
            yield "a sample is in `train_idx` and in `val_idx` of the same pair"
        if len(np.unique(train)) < len(train):
            yield "a sample occurs twice in `train_idx`"


def _folds(case: Case, result: Any) -> Any:
    return sorted(tuple(sorted(val.tolist())) for _, val in result)


def _observe(function: Function, case: Case) -> Any:
    return draws.observe(function, case, _problem, _folds)


exercise = Exercise(
    homework="hw01_numpy",
    number="5.3",
    reference=reference.kfold_indices,
    returns=("the folds",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=draws.compare,
)


@exercise.mistake
def not_shuffled(m, k, rng):
    """Your folds are the same whatever `rng` draws, so sorted data would put whole classes into one
    fold: shuffle the samples first."""
    folds = np.array_split(np.arange(m), k)
    return [(np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k)]


@exercise.mistake
def every_kth_sample(m, k, rng):
    """Your folds are the same whatever `rng` draws, so sorted data would put whole classes into one
    fold: shuffle the samples first."""
    everything = np.arange(m)
    return [(everything[everything % k != i], everything[everything % k == i]) for i in range(k)]


@exercise.mistake
def shuffled_for_every_fold(m, k, rng):
    """You shuffle anew for every fold, so folds overlap and some samples never validate: shuffle
    once, then cut."""
    pairs = []
    for fold in np.array_split(np.arange(m), k):
        order = rng.permutation(m)
        pairs.append((np.delete(order, fold), order[fold]))
    return pairs


@exercise.mistake
def parts_interchanged(m, k, rng):
    """You return `(val_idx, train_idx)`: the training part comes first in a pair."""
    folds = np.array_split(rng.permutation(m), k)
    return [(folds[i], np.concatenate(folds[:i] + folds[i + 1 :])) for i in range(k)]


@exercise.mistake
def trained_on_everything(m, k, rng):
    """Your `train_idx` holds all samples, those of the fold included: leave the fold out."""
    order = rng.permutation(m)
    return [(order, fold) for fold in np.array_split(order, k)]


@exercise.mistake
def trained_on_one_fold(m, k, rng):
    """Your `train_idx` is a single other fold: it holds all samples outside of `val_idx`."""
    folds = np.array_split(rng.permutation(m), k)
    return [(folds[i - 1], folds[i]) for i in range(k)]


@exercise.mistake
def positions_taken_for_samples(m, k, rng):
    """Your `train_idx` leaves out the positions of the fold in the shuffled order, not its samples:
    index the order with these positions, too."""
    order = rng.permutation(m)
    everything = np.arange(m)
    pairs = []
    for fold in np.array_split(everything, k):
        pairs.append((np.setdiff1d(everything, fold), order[fold]))
    return pairs


@exercise.mistake
def rest_left_out(m, k, rng):
    """Where m is not a multiple of k, the samples left over are in no fold: make some folds larger
    by one (`np.array_split`)."""
    order = rng.permutation(m)
    size = m // k
    pairs = []
    for i in range(k):
        val = order[i * size : (i + 1) * size]
        pairs.append((np.setdiff1d(order, val), val))
    return pairs


@exercise.mistake
def rest_in_the_last_fold(m, k, rng):
    """Where m is not a multiple of k, your last fold takes all that is left over: spread it, so
    that sizes differ by at most one (`np.array_split`)."""
    order = rng.permutation(m)
    size = m // k
    pairs = []
    for i in range(k):
        val = order[i * size : (i + 1) * size] if i < k - 1 else order[i * size :]
        pairs.append((np.setdiff1d(order, val), val))
    return pairs


@exercise.mistake
def unequal_parts_only(m, k, rng):
    """Your cut needs m to be a multiple of k (`np.split`): `np.array_split` also cuts unevenly."""
    folds = np.split(rng.permutation(m), k)
    return [(np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k)]


@exercise.mistake
def folds_only(m, k, rng):
    """You return the folds: return a pair `(train_idx, val_idx)` for each of them."""
    return np.array_split(rng.permutation(m), k)


@exercise.mistake
def one_pair_only(m, k, rng):
    """You return the first pair: return a list of all k."""
    folds = np.array_split(rng.permutation(m), k)
    return np.concatenate(folds[1:]), folds[0]


@exercise.mistake
def counted_from_one(m, k, rng):
    """Your samples are numbered from 1 to m: indices go from 0 to m - 1."""
    folds = np.array_split(rng.permutation(m) + 1, k)
    return [(np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k)]


@exercise.mistake
def lists_of_indices(m, k, rng):
    """You return lists of indices: make arrays of them (`np.array`)."""
    folds = [fold.tolist() for fold in np.array_split(rng.permutation(m), k)]
    return [(sum(folds[:i] + folds[i + 1 :], []), folds[i]) for i in range(k)]  # noqa: RUF017


@exercise.mistake
def masks(m, k, rng):
    """You return masks of True and False: return the indices (`np.flatnonzero`)."""
    number = rng.permutation(np.arange(m) % k)
    return [(number != i, number == i) for i in range(k)]


@exercise.mistake
def generator_of_pairs(m, k, rng):
    """You return a generator: make a list of it."""
    folds = np.array_split(rng.permutation(m), k)
    return ((np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k))


@exercise.mistake
def global_random_state(m, k, rng):
    """You draw with `np.random.…` or `random`, from a state that the whole notebook shares:
    draw from `rng`, so that the caller can repeat the folds."""
    folds = np.array_split(np.random.permutation(m), k)  # noqa: NPY002
    return [(np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k)]


@exercise.mistake
def fixed_generator(m, k, rng):
    """You make a generator with a seed of your own, so the folds are the same whatever the caller
    hands in: draw from `rng`."""
    folds = np.array_split(np.random.default_rng(0).permutation(m), k)
    return [(np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k)]


@exercise.mistake
def fresh_generator(m, k, rng):
    """You make a new generator, so nobody can repeat the folds: draw from `rng`."""
    folds = np.array_split(np.random.default_rng().permutation(m), k)
    return [(np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k)]


@exercise.variant
def every_kth_of_the_order(m, k, rng):
    """Every k-th entry of a shuffled order."""
    order = rng.permutation(m)
    pairs = []
    for i in range(k):
        val = order[i::k]
        pairs.append((np.setdiff1d(np.arange(m), val), val))
    return pairs


@exercise.variant
def shuffled_fold_numbers(m, k, rng):
    """Each sample gets the number of its fold."""
    number = np.arange(m) % k
    rng.shuffle(number)
    return [(np.flatnonzero(number != i), np.flatnonzero(number == i)) for i in range(k)]


@exercise.variant
def sizes_by_hand(m, k, rng):
    """The first m % k folds are larger by one."""
    order = np.argsort(rng.random(m))
    pairs, start = [], 0
    for i in range(k):
        stop = start + m // k + (1 if i < m % k else 0)
        pairs.append((np.concatenate([order[:start], order[stop:]]), order[start:stop]))
        start = stop
    return tuple(pairs)


@exercise.variant
def mask_for_each_fold(m, k, rng):
    """A mask for each fold, and lists as pairs."""
    pairs = []
    for fold in np.array_split(rng.permutation(m), k):
        rest = np.ones(m, dtype=bool)
        rest[fold] = False
        pairs.append([np.where(rest)[0], np.sort(fold)])
    return pairs
