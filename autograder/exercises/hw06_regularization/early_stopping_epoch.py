"""Exercise 1.3: the epoch that early stopping keeps."""

import numbers
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference, described, difference
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import regularization as reference
from autograder.reference.shapes import Array


def _losses(rng: np.random.Generator, patience: int) -> Array:
    """Return losses for which it matters what is counted, from where, and how far.

    Epochs that are better than all before alternate with rows of epochs that are not: shorter ones
    than the patience, one that stops, one that is longer, and one that rises all the time.
    """
    better = np.cumsum(rng.uniform(0.1, 0.5, 20))[::-1]
    found, losses = iter(better), []

    def row(length: int, rising: bool = False) -> None:
        losses.append(next(found))
        up = np.arange(length) if rising else np.arange(length) % 2 * -0.5 + 1
        losses.extend(losses[-1] + 0.6 + 0.4 * up + rng.uniform(0, 0.1))

    for length in [0] * int(rng.integers(1, 3)) + [1] + [patience - 1] * 2 + [patience]:
        row(length)
    row(patience + 1)
    row(patience, rising=True)
    row(1)
    return np.array(losses)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for patience in (2, 3, 4):
        yield Case((_losses(rng, patience), patience))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    falling = np.sort(rng.uniform(1, 2, 7))[::-1].copy()
    yield Case((falling, 2), about="when the loss falls up to the end")
    late = np.append(falling[:4], [1.9, 1.8])
    late[3] = 0.5
    yield Case((late, 4), about="when the losses end before the patience does")
    yield Case((falling[::-1].copy(), 2), about="when no epoch is better than the first one")
    yield Case((rng.uniform(1, 2, 1), 1), about="with a single epoch")
    about = "when an epoch equals the best one, which is not strictly better"
    yield Case((np.array([3, 2, 2, 2.5, 1.5]) + rng.uniform(0, 1), 2), about=about)
    yield Case((np.array([3, 2, 2.5, 2, 1.5, 1]) + rng.uniform(0, 1), 4), about=about)
    tiny = 1 + np.array([1e-4, 2e-4, 0.5e-4, 3e-4, 0.0])
    yield Case((tiny, 2), about="when the improvements are tiny")
    yield Case((rng.permutation(4)[:3] + np.array([9, 5, 1]), 2), about="with losses in integers")
    named = {"val_losses": _losses(rng, 2), "patience": 2}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    for losses, patience in [
        ([3.0, 2.0, 4.0], 1),
        ([3.0], 1),
        ([2.0, 3.0], 2),
        ([3.0, 2.0], 2),
        ([3.0, 2.0, 4.0, 1.0], 1),
        ([3.0, 2.0, 4.0, 1.0], 2),
        ([3.0, 2.0, 4.0, 5.0, 1.0], 2),
        ([5.0, 3.0, 4.0, 3.5, 1.0], 2),
        ([5.0, 3.0, 4.0, 3.5, 1.0], 3),
        ([5.0, 4.0, 4.5, 3.0, 3.5, 2.0, 2.5, 2.7, 1.0], 2),
        ([3.0, 2.0, 2.0, 2.5, 1.0], 2),
        ([3.0, 2.0, 2.5, 2.0, 2.5, 1.0], 4),
        ([1.5, 1.4999, 1.6], 2),
        ([1.0001, 1.0002, 1.00005, 1.0003, 1.0], 2),
    ]:
        yield Case((np.array(losses), patience))
    yield Case(kwargs={"val_losses": np.array([3.0, 2.0, 4.0]), "patience": 1})


def _compare(case: Case, expected: int, got: Any) -> Difference | None:
    """Compare the epochs; an epoch is an integer."""
    flat = isinstance(got, np.ndarray) and got.ndim == 0
    plain = got[()] if flat else got
    if isinstance(plain, numbers.Real) and not isinstance(plain, numbers.Integral):
        problem = difference(expected, plain, ("the epoch",), 1e-12)
        words = f"the epoch is {described(plain)} of type {type(plain).__name__}, expected an int"
        return problem or Difference(words, words)
    return difference(expected, got, ("the epoch",), 1e-12)


exercise = Exercise(
    homework="hw06_regularization",
    number="1.3",
    reference=reference.early_stopping_epoch,
    returns=("the epoch",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    compare=_compare,
    equivalent_mutants={
        "for epoch, loss in enumerate(losses): -> "
        "for epoch, loss in list(enumerate(losses))[1:]:": (
            "epoch 0 is the best one so far from the start, and can't be better than itself"
        ),
    },
)


@exercise.mistake
def best_of_all(val_losses, patience):
    """You take the best epoch of all: training has stopped by then, so later epochs are never
    seen."""
    return int(np.argmin(val_losses))


@exercise.mistake
def epoch_of_the_stop(val_losses, patience):
    """You return the epoch at which training stops: the best epoch before it is asked for."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch
    return best


@exercise.mistake
def compared_with_the_epoch_before(val_losses, patience):
    """You compare each epoch with the one before it: compare it with the best one so far."""
    best, waited = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        waited = waited + 1 if val_losses[epoch] >= val_losses[epoch - 1] else 0
        if waited >= patience:
            break
    return best


@exercise.mistake
def count_not_reset(val_losses, patience):
    """Your count of epochs that are not better goes on after a better one: set it back to 0
    then, since they have to be in a row."""
    best, waited = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        else:
            waited += 1
            if waited >= patience:
                break
    return best


@exercise.mistake
def one_epoch_too_patient(val_losses, patience):
    """You wait one epoch too long: stop as soon as `patience` epochs in a row were not better."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch - best > patience:
            break
    return best


@exercise.mistake
def one_epoch_too_impatient(val_losses, patience):
    """You stop one epoch too early: `patience` epochs in a row have to be no better."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch - best >= max(patience - 1, 1):
            break
    return best


@exercise.mistake
def first_rise(val_losses, patience):
    """You stop at the first epoch that is not better, whatever `patience` says."""
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] >= val_losses[epoch - 1]:
            return epoch - 1
    return len(val_losses) - 1


@exercise.mistake
def equal_counts_as_better(val_losses, patience):
    """An epoch that equals the best one counts as better with you: it has to be strictly better
    (`<`)."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss <= val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return best


@exercise.mistake
def loss_returned(val_losses, patience):
    """You return the lowest loss: its epoch is asked for."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return val_losses[best]


@exercise.mistake
def counted_from_one(val_losses, patience):
    """You count the epochs from 1: the first one is epoch 0."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return best + 1


@exercise.mistake
def patience_counted_back(val_losses, patience):
    """You go back `patience` epochs from the end when training never stops: take the best epoch
    then, too."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return best
    return max(len(val_losses) - 1 - patience, 0)


@exercise.mistake
def last_epoch_without_a_stop(val_losses, patience):
    """You return the last epoch if training never stops: the best one is asked for."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return best
    return len(val_losses) - 1


@exercise.mistake
def nothing_without_a_stop(val_losses, patience):
    """You return nothing if training never stops: a `return` behind the loop is missing."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return best


@exercise.mistake
def best_starts_at_zero(val_losses, patience):
    """Your best loss starts at 0, and no loss is below it: start with infinity, or with the first
    loss."""
    best, best_loss, waited = 0, 0.0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best_loss:
            best, best_loss, waited = epoch, loss, 0
        else:
            waited += 1
            if waited >= patience:
                break
    return best


@exercise.mistake
def small_improvements_ignored(val_losses, patience):
    """You ask for an improvement by some minimum: any strictly lower loss is better."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best] - 1e-3:
            best = epoch
        elif epoch - best >= patience:
            break
    return best


@exercise.mistake
def float_returned(val_losses, patience):
    """Your epoch is a float: return an integer, so that it can be used as an index."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return float(best)


@exercise.mistake
def losses_changed(val_losses, patience):
    """You change the caller's `val_losses`: leave them as they are."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    val_losses[best:] = val_losses[best]
    val_losses[0] += 1
    return best


@exercise.variant
def counting(val_losses, patience):
    """A best loss and a counter."""
    best_epoch, best_loss, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val_losses.tolist()):
        if loss < best_loss:
            best_epoch, best_loss, waited = epoch, loss, 0
        else:
            waited += 1
        if waited == patience:
            return best_epoch
    return best_epoch


@exercise.variant
def while_loop(val_losses, patience):
    """Look ahead from the best epoch."""
    best = 0
    while True:
        ahead = val_losses[best + 1 : best + 1 + patience]
        better = np.flatnonzero(ahead < val_losses[best])
        if len(better) == 0:
            return best
        best = best + 1 + better[0]


@exercise.variant
def without_a_loop(val_losses, patience):
    """The running minimum says for how long nothing was better."""
    lowest = np.minimum.accumulate(val_losses)
    new = np.append(True, val_losses[1:] < lowest[:-1])
    epochs = np.arange(len(val_losses))
    last = np.maximum.accumulate(np.where(new, epochs, 0))
    stopped = np.flatnonzero(epochs - last >= patience)
    return np.argmin(val_losses[: stopped[0]]) if len(stopped) else last[-1]


@exercise.variant
def windows(val_losses, patience):
    """Every epoch that ends a row of no better ones, in a list."""
    for stop in range(patience, len(val_losses)):
        before = val_losses[: stop - patience + 1].min()
        if all(loss >= before for loss in val_losses[stop - patience + 1 : stop + 1]):
            return int(np.argmin(val_losses[: stop + 1]))
    return int(np.argmin(val_losses))
