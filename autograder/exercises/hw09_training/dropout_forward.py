"""Exercise 3.1: dropout on the way forward."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises import draws
from autograder.exercises.compare import described
from autograder.exercises.hw09_training.start import TOLERANCE, nothing_chosen
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Function, Part, Remarked
from autograder.exercises.refused import Refused
from autograder.reference import training as reference

_ARGUMENTS = ("A", "keep", "rng", "train")
_NEAR: Any = {"rtol": TOLERANCE, "atol": 1e-9}
_SIX_SIGMA = 6.0  # an honest draw is farther off once in 500 million


def _case(A: np.ndarray, keep: float, seed: int, train: bool, extra: str, about: str = "") -> Case:
    return Case(
        (A, keep, np.random.default_rng(seed), train),
        about=about,
        shown={"rng": f"np.random.default_rng({seed})"},
        extra=extra,
    )


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, h, keep in [(30, 20, 0.5), (25, 24, 0.8), (40, 15, 0.25)]:
        A = inputs.array(m, h) + 3
        yield _case(A, keep, int(rng.integers(2**32)), True, draws.VALUES)
    yield _case(inputs.array(20, 10), 0.5, 1, False, draws.VALUES, "when it is not training")


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs.array(30, 20), 0.7, int(rng.integers(2**32)), True, draws.CARE)
    yield _case(inputs.array(5, 4), 1.0, 1, True, draws.VALUES, "with keep = 1")
    A = np.zeros((30, 20))
    about = "when all activations are 0"
    yield _case(A, 0.5, int(rng.integers(2**32)), True, draws.VALUES, about)
    A, about = rng.integers(-5, 6, (30, 20)), "when A holds integers"
    yield _case(A, 0.5, int(rng.integers(2**32)), True, draws.VALUES, about)
    values = (inputs.array(30, 20), 0.4, np.random.default_rng(5), True)
    about = "when it is called by argument names"
    yield Case(kwargs=dict(zip(_ARGUMENTS, values)), about=about, extra=draws.CARE)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(np.ones((2, 3)), 0.5, 1, False, draws.EXAMPLE)
    A = np.arange(1.0, 241.0).reshape(20, 12)
    yield _case(A, 0.5, 1, True, draws.EXAMPLE)
    yield _case(A, 0.8, 1, True, draws.EXAMPLE)
    yield _case(A.astype(int), 0.5, 1, True, draws.EXAMPLE)
    yield _case(np.zeros((20, 12)), 0.5, 1, True, draws.EXAMPLE)


def _problem(case: Case, result: Any) -> str:
    named = dict(zip(_ARGUMENTS, case.args)) | dict(case.kwargs)
    return next(_problems(named["A"], named["keep"], named["train"], result), "")


def _problems(A: np.ndarray, keep: float, train: bool, result: Any) -> Iterator[str]:
    """Yield what is wrong, types and shapes first; only the first sentence is asked for."""
    if not isinstance(result, tuple | list):
        yield f"the result is {described(result)}, expected two arrays, out and mask"
    if len(result) != 2:
        yield f"the result has {len(result)} entries, expected two arrays, out and mask"
    for name, array in zip(("out", "mask"), result, strict=True):
        if type(array) is not np.ndarray:
            yield f"`{name}` is {described(array)}, expected an array of shape {A.shape}"
        if array.dtype == bool:
            yield f"`{name}` holds True and False, expected numbers"
        if array.dtype.kind not in "iuf":
            yield f"`{name}` holds values of type {array.dtype}, expected real numbers"
        if array.shape != A.shape:
            yield f"`{name}` has shape {array.shape}, expected {A.shape}"
    out, mask = result
    if train:
        yield from _wrong_factors(A, keep, out, mask)
        yield from _wrong_draws(keep, mask != 0)
        if not np.allclose(out, A * mask, **_NEAR):
            yield "`out` is not A times `mask`"
        return
    if not np.allclose(mask, 1, **_NEAR):
        yield f"`mask` {'holds keep' if np.allclose(mask, keep, **_NEAR) else 'is not all ones'}"
    if not np.allclose(out, A, **_NEAR):
        yield "`out` is not A"


def _wrong_factors(A: np.ndarray, keep: float, out: np.ndarray, mask: np.ndarray) -> Iterator[str]:
    high, kept = 1 / keep, mask != 0
    if np.allclose(mask, A * kept * high, **_NEAR) and not np.allclose(A, 1):
        yield "`out` and `mask` are interchanged, or `mask` holds activations"
    ones, scaled = np.allclose(mask, kept, **_NEAR), np.allclose(out, A * kept * high, **_NEAR)
    if ones and scaled and A.any() and keep < 1:
        yield "`out` is right, but `mask` holds 0 and 1, expected 0 and 1/keep"
    for value, words in ((1.0, "1"), (keep, "keep"), (1 / (1 - keep + 1e-300), "1/(1 − keep)")):
        if np.allclose(mask[kept], value, **_NEAR) and not np.isclose(value, high):
            yield f"`mask` holds 0 and {words}, expected 0 and 1/keep"
    if not np.allclose(mask[kept], high, **_NEAR):
        yield "`mask` holds other numbers than 0 and 1/keep"
    if np.allclose(out, A * kept, **_NEAR) and not np.allclose(out, A * mask, **_NEAR):
        yield "`out` is not scaled by 1/keep, as `mask` is"


def _wrong_draws(keep: float, kept: np.ndarray) -> Iterator[str]:
    share, count = kept.mean(), kept.size
    if abs(share - keep) > _SIX_SIGMA * np.sqrt(keep * (1 - keep) / count):
        other = abs(share - (1 - keep)) <= _SIX_SIGMA * np.sqrt(keep * (1 - keep) / count)
        yield f"the share of what is kept is {'1 − keep' if other else 'wrong'}"
    if 0 < keep < 1:
        if (kept == kept[:1]).all():
            yield "the same units are dropped for all samples"
        if (kept == kept[:, :1]).all():
            yield "a sample loses all of its units or none"
        if np.ptp(kept.sum(axis=1)) == 0:
            yield "the same number of units is dropped for every sample"
        if np.ptp(kept.sum(axis=0)) == 0:
            yield "each unit is dropped for the same number of samples"


def _observe(function: Function, case: Case) -> Any:
    named = dict(zip(_ARGUMENTS, case.args)) | dict(case.kwargs)
    if case.extra == draws.EXAMPLE and not named["train"]:  # without a draw there is none to judge
        result = function(*case.args)
        return Remarked(result, _problem(case, result) or "right")
    seen = draws.observe(function, case, _problem, nothing_chosen)
    if named["train"] and named["keep"] < 1 and _same_number(function, case):
        words = "the same number of entries is dropped in every call"
        if case.extra != draws.EXAMPLE:
            raise Refused(words)
        return seen if seen.remark != draws.RIGHT else seen._replace(remark=words)
    return seen


def _same_number(function: Function, case: Case) -> bool:
    """Tell whether other generators drop other entries, but as many: hardly ever by chance."""
    others = (draws.with_rng(case, np.random.default_rng(seed)) for seed in range(8))
    # Copies: a function may return the same array each time, with other contents.
    masks = [np.array(function(*other.args, **other.kwargs)[1]) for other in others]
    differ = any((mask != masks[0]).any() for mask in masks)
    return differ and len({np.count_nonzero(mask) for mask in masks}) == 1


exercise = Exercise(
    homework="hw09_training",
    number="3.1",
    reference=reference.dropout_forward,
    returns=("out", "mask"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=draws.compare,
    equivalent_mutants={
        "rng.random(A.shape) < keep -> rng.random(A.shape) <= keep": (
            "a draw that is exactly keep has the probability 2 to the power of −53"
        ),
    },
)


@exercise.mistake
def probability_of_dropping(A, keep, rng, train):
    """You drop with probability `keep`: it is the probability of being kept."""
    mask = (rng.random(A.shape) >= keep) / keep if train else np.ones(A.shape)
    return A * mask, mask


@exercise.mistake
def not_divided(A, keep, rng, train):
    """You do not divide what is kept by `keep`, so that the next layer sees less in training than
    later."""
    mask = (rng.random(A.shape) < keep) * 1.0 if train else np.ones(A.shape)
    return A * mask, mask


@exercise.mistake
def multiplied_by_keep(A, keep, rng, train):
    """You multiply what is kept by `keep`: divide by it."""
    mask = (rng.random(A.shape) < keep) * keep if train else np.ones(A.shape)
    return A * mask, mask


@exercise.mistake
def divided_by_the_share_dropped(A, keep, rng, train):
    """You divide by 1 − keep: what is kept is divided by `keep`."""
    mask = (rng.random(A.shape) < keep) / (1 - keep or 1) if train else np.ones(A.shape)
    return A * mask, mask


@exercise.mistake
def boolean_mask(A, keep, rng, train):
    """Your mask holds True and False: it should hold 0 and 1/keep, so that the way back can
    multiply by it."""
    mask = rng.random(A.shape) < keep if train else np.ones(A.shape, dtype=bool)
    return A * mask / (keep if train else 1), mask


@exercise.mistake
def mask_without_the_factor(A, keep, rng, train):
    """Your `out` is right, but your mask holds 0 and 1: the way back needs the factor 1/keep as
    well."""
    mask = (rng.random(A.shape) < keep) * 1.0 if train else np.ones(A.shape)
    return A * mask / (keep if train else 1), mask


@exercise.mistake
def out_without_the_factor(A, keep, rng, train):
    """Your mask is right, but `out` is not multiplied by 1/keep: return `A * mask`."""
    mask = (rng.random(A.shape) < keep) / keep if train else np.ones(A.shape)
    return A * (mask > 0), mask


@exercise.mistake
def dropped_while_predicting(A, keep, rng, train):
    """You drop units also when `train` is False: then `out` is A and the mask is all ones."""
    mask = (rng.random(A.shape) < keep) / keep
    return A * mask, mask


@exercise.mistake
def scaled_while_predicting(A, keep, rng, train):
    """You multiply by `keep` when `train` is False: the factor 1/keep of the training makes that
    unnecessary."""
    mask = (rng.random(A.shape) < keep) / keep if train else np.full(A.shape, keep)
    return A * mask, mask


@exercise.mistake
def out_scaled_while_predicting(A, keep, rng, train):
    """You multiply by `keep` when `train` is False: the factor 1/keep of the training makes that
    unnecessary."""
    if not train:
        return A * keep, np.ones(A.shape)
    mask = (rng.random(A.shape) < keep) / keep
    return A * mask, mask


@exercise.mistake
def scaled_while_predicting_alone(A, keep, rng, train):
    """You multiply by `keep` when predicting instead of dividing by it in training, as the paper of
    2014 does: here what is kept is divided by `keep`, and predicting changes nothing."""
    mask = (rng.random(A.shape) < keep) * 1.0 if train else np.full(A.shape, keep)
    return A * mask, mask


@exercise.mistake
def out_scaled_while_predicting_alone(A, keep, rng, train):
    """You multiply by `keep` when predicting instead of dividing by it in training, as the paper of
    2014 does: here what is kept is divided by `keep`, and predicting changes nothing."""
    mask = (rng.random(A.shape) < keep) * 1.0 if train else np.ones(A.shape)
    return A * mask * (1 if train else keep), mask


@exercise.mistake
def training_and_predicting_interchanged(A, keep, rng, train):
    """You drop when `train` is False and do nothing when it is True: it is the other way around."""
    mask = np.ones(A.shape) if train else (rng.random(A.shape) < keep) / keep
    return A * mask, mask


@exercise.mistake
def fixed_number_in_all(A, keep, rng, train):
    """You drop the same number of entries in every call: each entry is drawn by itself, so the
    number is random."""
    mask = np.ones(A.size)
    if train:
        mask = np.zeros(A.size)
        mask[rng.permutation(A.size)[: round(keep * A.size)]] = 1 / keep
    mask = mask.reshape(A.shape)
    return A * mask, mask


@exercise.mistake
def fixed_number(A, keep, rng, train):
    """You drop the same number of units for every sample: each unit is drawn by itself, so the
    number is random."""
    if not train:
        return A * 1.0, np.ones(A.shape)
    m, h = A.shape
    mask = np.zeros((m, h))
    for i in range(m):
        mask[i, rng.permutation(h)[: round(keep * h)]] = 1 / keep
    return A * mask, mask


@exercise.mistake
def whole_columns(A, keep, rng, train):
    """You drop the same units for all samples: draw a number for each entry of A."""
    mask = np.ones(A.shape)
    if train:
        h = A.shape[1]
        row = np.zeros(h)
        row[rng.permutation(h)[: round(keep * h)]] = 1 / keep
        mask = mask * row
    return A * mask, mask


@exercise.mistake
def whole_rows(A, keep, rng, train):
    """You drop whole samples: draw a number for each entry of A."""
    mask = np.ones(A.shape)
    if train:
        m = A.shape[0]
        column = np.zeros((m, 1))
        column[rng.permutation(m)[: round(keep * m)]] = 1 / keep
        mask = mask * column
    return A * mask, mask


@exercise.mistake
def interchanged(A, keep, rng, train):
    """You return `mask, out`: the order asked for is `out, mask`."""
    mask = (rng.random(A.shape) < keep) / keep if train else np.ones(A.shape)
    return mask, A * mask


@exercise.mistake
def mask_not_returned(A, keep, rng, train):
    """You return `out` alone: two arrays are asked for, `out, mask`."""
    return A * ((rng.random(A.shape) < keep) / keep) if train else A * 1.0


@exercise.mistake
def mask_read_off_the_result(A, keep, rng, train):
    """You read the mask off the result, where an activation of 0 looks as if it had been dropped:
    return the mask that you drew."""
    out = A * ((rng.random(A.shape) < keep) / keep) if train else A * 1.0
    return out, (out != 0) / keep if train else np.ones(A.shape)


@exercise.mistake
def global_random_state(A, keep, rng, train):
    """You draw with `np.random.…`, from a state that the whole notebook shares: draw from `rng`, so
    that the caller can repeat the step."""
    mask = (np.random.random(A.shape) < keep) / keep if train else np.ones(A.shape)  # noqa: NPY002
    return A * mask, mask


@exercise.mistake
def generator_of_its_own(A, keep, rng, train):
    """You make a generator of your own, so that every step drops the same entries: draw from
    `rng`."""
    rng = np.random.default_rng(0)
    mask = (rng.random(A.shape) < keep) / keep if train else np.ones(A.shape)
    return A * mask, mask


@exercise.mistake
def in_place(A, keep, rng, train):
    """You change the caller's `A`: return a new array."""
    if not train:
        return A, np.ones(A.shape)
    mask = (rng.random(A.shape) < keep) / keep
    A[:] = A * mask
    return A.astype(float), mask


@exercise.variant
def by_choice(A, keep, rng, train):
    """Chosen between two numbers; where nothing is done, A itself."""
    if train:
        mask = np.where(rng.uniform(size=A.shape) > keep, 0.0, 1.0 / keep)
        return mask * A, mask
    return A, np.ones_like(A)


@exercise.variant
def binomial(A, keep, rng, train):
    """Coins that show 1 with probability keep, and a list."""
    if not train:
        return [A.copy(), np.ones(A.shape, dtype=int)]
    mask = rng.binomial(1, keep, size=A.shape) / keep
    return [A * mask, mask]


@exercise.variant
def in_loops(A, keep, rng, train):
    """Entry by entry."""
    out, mask = np.array(A, dtype=float), np.ones(A.shape)
    for place in np.ndindex(A.shape):
        if train:
            mask[place] = 1 / keep if rng.random() < keep else 0
            out[place] = A[place] * mask[place]
    return out, mask
