"""Exercise 5.1: a training part and a test part."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises import draws
from autograder.exercises.compare import described, written_shape
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.reference import numpy_data as reference

_ARGUMENTS = ("X", "y", "test_fraction", "rng")
_NAMES = ("X_tr", "X_te", "y_tr", "y_te")


def _case(X: np.ndarray, y: np.ndarray, share: float, seed: int, kind: str, **more: Any) -> Case:
    return Case(
        (X, y, share, np.random.default_rng(seed)),
        shown={"rng": f"np.random.default_rng({seed})"},
        extra=kind,
        **more,
    )


def _data(rng: np.random.Generator, m: int, n: int, K: int = 3) -> tuple[np.ndarray, np.ndarray]:
    return draws.distinct_rows(rng, m, n), rng.integers(0, K, m)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for m, n, share in [(40, 3, 0.25), (60, 2, 0.4), (50, 1, 0.2), (30, 4, 0.6)]:
        yield _case(*_data(rng, m, n), share, int(rng.integers(2**32)), draws.VALUES)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    def seed() -> int:
        return int(rng.integers(2**32))

    X, y = _data(rng, 40, 2)
    yield _case(X, y, 0.25, seed(), draws.CARE)
    X, y = _data(rng, 100, 2)
    about = "when m times test_fraction is 29 up to rounding"
    yield _case(X, y, 0.29, seed(), draws.CARE, about=about)
    X, y = _data(rng, 20, 3)
    yield _case(X, y, 0.05, seed(), draws.CARE, about="when the test part is a single sample")
    X = rng.permutation(120).reshape(60, 2)
    yield _case(X, X[:, 0] % 4, 0.5, seed(), draws.CARE, about="when X holds integers")
    values = (*_data(rng, 30, 2), 0.3, np.random.default_rng(seed()))
    yield Case(
        kwargs=dict(zip(_ARGUMENTS, values)),
        about="when it is called by argument names",
        extra=draws.CARE,
    )


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    for m, share in [(4, 0.5), (6, 0.5), (10, 0.2)]:
        X, y = np.arange(2.0 * m).reshape(m, 2), np.arange(m) % 3
        yield _case(X, y, share, m, draws.EXAMPLE)
    X, y = np.arange(200.0).reshape(100, 2), np.arange(100) % 3
    yield _case(X, y, 0.29, 1, draws.EXAMPLE)


def _argument(case: Case, name: str) -> Any:
    return (dict(zip(_ARGUMENTS, case.args)) | dict(case.kwargs))[name]


def _rows(X: np.ndarray, part: np.ndarray) -> list[int]:
    """Return which rows of X are in a part; -1 for a row that is none of them."""
    same = np.isclose(part[:, np.newaxis], X, rtol=1e-6, atol=1e-9).all(axis=2)
    return np.where(same.any(axis=1), same.argmax(axis=1), -1).tolist()


def _problem(case: Case, result: Any) -> str:
    X, y, share = (_argument(case, name) for name in _ARGUMENTS[:3])
    return next(_problems(X, y, round(len(y) * share), result), "")


def _problems(X: np.ndarray, y: np.ndarray, n_test: int, result: Any) -> Iterator[str]:
    """Yield what is wrong, types and shapes first; only the first sentence is asked for."""
    wanted = f"four arrays, {', '.join(_NAMES)}"
    if not isinstance(result, tuple | list):
        yield f"the result is {described(result)}, expected {wanted}"
    if len(result) != len(_NAMES):
        yield f"the result has {len(result)} entries, expected {wanted}"
    m, n = X.shape
    shapes = ((m - n_test, n), (n_test, n), (m - n_test,), (n_test,))
    for name, array, shape in zip(_NAMES, result, shapes, strict=True):
        if type(array) is not np.ndarray:
            yield f"`{name}` is {described(array)}, expected an array of shape {shape}"
        if array.dtype.kind not in "iuf":
            yield f"`{name}` holds values of type {array.dtype}, expected real numbers"
        if array.shape != shape:
            yield f"`{name}` has shape {written_shape(array.shape)}, expected {shape}"
    X_tr, X_te, y_tr, y_te = result
    train, test = _rows(X, X_tr), _rows(X, X_te)
    if min(train + test) < 0:
        yield "a row of the parts is not a row of X"
    if not np.array_equal(np.concatenate([y_tr, y_te]), y[train + test]):
        yield "rows of X and labels of y no longer belong together"
    if len(set(train)) < len(train) or len(set(test)) < len(test):
        yield "a sample occurs twice in a part, and another is lost"
    if set(train) & set(test):
        yield "a sample is in both parts"


def _test_part(case: Case, result: Any) -> Any:
    return (tuple(sorted(_rows(_argument(case, "X"), result[1]))),)


def _observe(function: Function, case: Case) -> Any:
    return draws.observe(function, case, _problem, _test_part)


exercise = Exercise(
    homework="hw01_numpy",
    number="5.1",
    reference=reference.train_test_split,
    returns=("the parts",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=draws.compare,
)


@exercise.mistake
def end_cut_off(X, y, test_fraction, rng):
    """The test part is always a fixed piece of the data, which may be sorted: shuffle before you
    cut."""
    n_test = round(len(y) * test_fraction)
    return X[:-n_test], X[-n_test:], y[:-n_test], y[-n_test:]


@exercise.mistake
def beginning_cut_off(X, y, test_fraction, rng):
    """The test part is always a fixed piece of the data, which may be sorted: shuffle before you
    cut."""
    n_test = round(len(y) * test_fraction)
    return X[n_test:], X[:n_test], y[n_test:], y[:n_test]


@exercise.mistake
def shuffled_after_the_cut(X, y, test_fraction, rng):
    """The test part is always a fixed piece of the data, which may be sorted: shuffle before you
    cut."""
    m = len(y)
    n_train = m - round(m * test_fraction)
    train, test = rng.permutation(n_train), n_train + rng.permutation(m - n_train)
    return X[train], X[test], y[train], y[test]


@exercise.mistake
def shuffled_separately(X, y, test_fraction, rng):
    """X and y are not put into the same order, so labels land on other samples: draw one order and
    use it for both."""
    n_test = round(len(y) * test_fraction)
    X, y = rng.permutation(X), rng.permutation(y)
    return X[n_test:], X[:n_test], y[n_test:], y[:n_test]


@exercise.mistake
def only_X_shuffled(X, y, test_fraction, rng):
    """X and y are not put into the same order, so labels land on other samples: draw one order and
    use it for both."""
    n_test = round(len(y) * test_fraction)
    X = X[rng.permutation(len(X))]
    return X[n_test:], X[:n_test], y[n_test:], y[:n_test]


@exercise.mistake
def drawn_with_replacement(X, y, test_fraction, rng):
    """Your order holds some samples twice and others never, as `rng.integers` and `rng.choice`
    with replacement draw them: use `rng.permutation`."""
    n_test = round(len(y) * test_fraction)
    order = rng.integers(0, len(y), len(y))
    test, train = order[:n_test], order[n_test:]
    return X[train], X[test], y[train], y[test]


@exercise.mistake
def test_part_drawn_with_replacement(X, y, test_fraction, rng):
    """Your order holds some samples twice and others never, as `rng.integers` and `rng.choice`
    with replacement draw them: use `rng.permutation`."""
    m = len(y)
    test = rng.choice(m, round(m * test_fraction))
    train = np.setdiff1d(np.arange(m), test)
    return X[train], X[test], y[train], y[test]


@exercise.mistake
def parts_drawn_separately(X, y, test_fraction, rng):
    """You draw the two parts one after the other from all samples, so they overlap: the training
    part is what the test part leaves."""
    m = len(y)
    n_test = round(m * test_fraction)
    test = rng.choice(m, n_test, replace=False)
    train = rng.choice(m, m - n_test, replace=False)
    return X[train], X[test], y[train], y[test]


@exercise.mistake
def trained_on_everything(X, y, test_fraction, rng):
    """Your training part holds all samples, those of the test part included: leave them out."""
    order = rng.permutation(len(y))
    test = order[: round(len(y) * test_fraction)]
    return X[order], X[test], y[order], y[test]


@exercise.mistake
def parts_interchanged(X, y, test_fraction, rng):
    """Training part and test part are interchanged: the test part is the share `test_fraction`."""
    order = rng.permutation(len(y))
    n_test = round(len(y) * test_fraction)
    test, train = order[:n_test], order[n_test:]
    return X[test], X[train], y[test], y[train]


@exercise.mistake
def pairs_returned(X, y, test_fraction, rng):
    """You return `X_tr, y_tr, X_te, y_te`: the order asked for is `X_tr, X_te, y_tr, y_te`."""
    order = rng.permutation(len(y))
    n_test = round(len(y) * test_fraction)
    test, train = order[:n_test], order[n_test:]
    return X[train], y[train], X[test], y[test]


@exercise.mistake
def coin_for_each_sample(X, y, test_fraction, rng):
    """You toss a coin for each sample, so the size of the test part is left to chance: it has
    exactly `round(m * test_fraction)` samples."""
    test = rng.random(len(y)) < test_fraction
    return X[~test], X[test], y[~test], y[test]


@exercise.mistake
def order_returned(X, y, test_fraction, rng):
    """You return the positions of the samples: return the samples and labels themselves."""
    order = rng.permutation(len(y))
    n_test = round(len(y) * test_fraction)
    return order[n_test:], order[:n_test]


@exercise.mistake
def size_cut_instead_of_rounded(X, y, test_fraction, rng):
    """You cut the size of the test part with `int`, but `100 * 0.29` is 28.999…: use `round`."""
    order = rng.permutation(len(y))
    n_test = int(len(y) * test_fraction)
    test, train = order[:n_test], order[n_test:]
    return X[train], X[test], y[train], y[test]


@exercise.mistake
def global_random_state(X, y, test_fraction, rng):
    """You draw with `np.random.…` or `random`, from a state that the whole notebook shares:
    draw from `rng`, so that the caller can repeat the split."""
    order = np.random.permutation(len(y))  # noqa: NPY002
    n_test = round(len(y) * test_fraction)
    test, train = order[:n_test], order[n_test:]
    return X[train], X[test], y[train], y[test]


@exercise.mistake
def fixed_generator(X, y, test_fraction, rng):
    """You make a generator with a seed of your own, so the split is the same whatever the caller
    hands in: draw from `rng`."""
    order = np.random.default_rng(0).permutation(len(y))
    n_test = round(len(y) * test_fraction)
    test, train = order[:n_test], order[n_test:]
    return X[train], X[test], y[train], y[test]


@exercise.mistake
def fresh_generator(X, y, test_fraction, rng):
    """You make a new generator, so nobody can repeat the split: draw from `rng`."""
    order = np.random.default_rng().permutation(len(y))
    n_test = round(len(y) * test_fraction)
    test, train = order[:n_test], order[n_test:]
    return X[train], X[test], y[train], y[test]


@exercise.mistake
def shuffled_in_place(X, y, test_fraction, rng):
    """You shuffle the caller's `X` and `y`: shuffle an order, and index with it."""
    order = rng.permutation(len(y))
    X[:], y[:] = X[order], y[order]
    n_test = round(len(y) * test_fraction)
    return X[n_test:].copy(), X[:n_test].copy(), y[n_test:].copy(), y[:n_test].copy()


@exercise.variant
def shuffled_positions(X, y, test_fraction, rng):
    """Positions shuffled in place, the test part at the end."""
    order = np.arange(len(X))
    rng.shuffle(order)
    n_train = len(X) - round(len(X) * test_fraction)
    return X[order[:n_train]], X[order[n_train:]], y[order[:n_train]], y[order[n_train:]]


@exercise.variant
def mask(X, y, test_fraction, rng):
    """A mask, so the samples keep their order inside of the parts."""
    test = np.zeros(len(y), dtype=bool)
    test[rng.choice(len(y), size=int(np.rint(len(y) * test_fraction)), replace=False)] = True
    return X[~test], X[test], y[~test], y[test]


@exercise.variant
def sorted_random_numbers(X, y, test_fraction, rng):
    """The order of random numbers, and a list as the result."""
    m, n_test = len(y), round(len(y) * test_fraction)
    order = np.argsort(rng.random(m))
    return [part[side] for part in (X, y) for side in (order[n_test:], order[:n_test])]


@exercise.variant
def deleted(X, y, test_fraction, rng):
    """What is drawn for the test is deleted from the rest."""
    test = rng.permutation(X.shape[0])[: round(X.shape[0] * test_fraction)]
    return np.delete(X, test, axis=0), X[test], np.delete(y, test), y[test]


@exercise.variant
def shuffled_together(X, y, test_fraction, rng):
    """X and y side by side in one table, which is shuffled."""
    table = np.column_stack([X, y])
    rng.shuffle(table)
    n_test = round(len(table) * test_fraction)
    test, train = table[:n_test], table[n_test:]
    return train[:, :-1], test[:, :-1], train[:, -1].astype(int), test[:, -1].astype(int)
