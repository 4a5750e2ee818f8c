"""Exercise 1.2: the discounted return."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import numpy_data as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for T in (5, 3, 12):
        yield Case((inputs.array(T) + 2.0, rng.uniform(0.3, 0.95)))
    yield Case((inputs.array(1) + 2.0, 0.7), about="with a single reward (T = 1)")
    yield Case((inputs.array(4) + 2.0, 0.0), about="when gamma is 0")
    yield Case((rng.integers(1, 10, 6), 0.5), about="when the rewards are integers")
    yield Case((inputs.array(2000) + 2.0, 0.999), about="with 2000 rewards")
    named = {"rewards": inputs.array(4) + 2.0, "gamma": 0.6}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([3.0]), 0.5))
    yield Case((np.array([1.0, 2.0]), 0.5))
    yield Case((np.array([1.0, 2.0]), 0.0))
    yield Case((np.array([1.0, 2.0, 4.0]), 0.5))
    yield Case((np.array([1, 3]), 0.5))
    yield Case(kwargs={"rewards": np.array([1.0, 2.0]), "gamma": 0.5})


exercise = Exercise(
    homework="hw01_numpy",
    number="1.2",
    reference=reference.discounted_return,
    returns=("the return",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    purity="values",
    equivalent_mutants={
        "float(rewards @ gamma ** np.arange(len(rewards))) -> "
        "rewards @ gamma ** np.arange(len(rewards))": (
            "the product of two vectors is an `np.float64`, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def first_reward_discounted(rewards, gamma):
    """Your values are the right ones times gamma: the first reward comes at once and counts in
    full, so the powers start with gamma to the 0."""
    return float(sum(r * gamma ** (k + 1) for k, r in enumerate(rewards)))


@exercise.mistake
def not_discounted(rewards, gamma):
    """You add the rewards up without the discount: reward k counts gamma to the power k."""
    return float(np.sum(rewards))


@exercise.mistake
def reversed_in_time(rewards, gamma):
    """You discount the first rewards most, as if time ran backward: the power grows with k."""
    T = len(rewards)
    return float(sum(r * gamma ** (T - 1 - k) for k, r in enumerate(rewards)))


@exercise.mistake
def mean_instead_of_sum(rewards, gamma):
    """You divide by the number of rewards: the return is a sum, not a mean."""
    return float(np.mean(rewards * gamma ** np.arange(len(rewards))))


@exercise.mistake
def times_instead_of_power(rewards, gamma):
    """You discount by gamma times k: the discount is gamma to the power k (`gamma**k`)."""
    return float(sum(r * gamma * k for k, r in enumerate(rewards)))


@exercise.mistake
def power_of_k(rewards, gamma):
    """You compute k to the power gamma: the base is gamma and the exponent is k (`gamma**k`)."""
    return float(np.sum(rewards * np.arange(len(rewards)) ** gamma))


@exercise.mistake
def last_reward_missing(rewards, gamma):
    """Your loop stops one reward too early: the last one is missing."""
    total = 0.0
    for k in range(len(rewards) - 1):
        total += gamma**k * rewards[k]
    return total


@exercise.mistake
def same_discount_for_all(rewards, gamma):
    """You discount all later rewards alike: reward k counts gamma to the power k."""
    return float(rewards[0] + gamma * np.sum(rewards[1:]))


@exercise.mistake
def terms_not_added(rewards, gamma):
    """You return the discounted rewards one by one: add them up, the result is a single float."""
    return rewards * gamma ** np.arange(len(rewards))


@exercise.mistake
def truncated_to_integers(rewards, gamma):
    """Where the rewards are integers your discounted rewards are cut to integers: collect them in
    an array of floats."""
    discounted = np.zeros_like(rewards)
    for k in range(len(rewards)):
        discounted[k] = rewards[k] * gamma**k
    return float(discounted.sum())


@exercise.mistake
def discounted_in_place(rewards, gamma):
    """You discount the caller's `rewards` (`rewards *= …`): make a new array."""
    G = rewards.astype(float, copy=False)
    G *= float(gamma) ** np.arange(len(G))
    return float(G.sum())


@exercise.variant
def from_the_end(rewards, gamma):
    """Horner's rule: what comes later is discounted once more in every step."""
    G = 0.0
    for r in rewards[::-1]:
        G = r + gamma * G
    return G


@exercise.variant
def running_power(rewards, gamma):
    """A loop that carries the discount along."""
    total, discount = 0.0, 1.0
    for reward in rewards:
        total += discount * reward
        discount *= gamma
    return total


@exercise.variant
def dot_product(rewards, gamma):
    """A product of two vectors."""
    powers = np.power(float(gamma), np.arange(rewards.size))
    return np.dot(powers, rewards)


@exercise.variant
def polynomial(rewards, gamma):
    """A polynomial in gamma, highest power first."""
    return float(np.polyval(rewards[::-1], gamma))
