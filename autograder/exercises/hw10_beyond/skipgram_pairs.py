"""Exercise 3.1: the pairs of words from which skip-gram learns."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference, described
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.exercises.refused import Refused
from autograder.reference import beyond as reference

EXAMPLE = "example"
WORDS = "sun rain wind snow fog hail".split()


def _text(rng: np.random.Generator, length: int, size: int = 6) -> list[str]:
    return [str(word) for word in rng.choice(WORDS[:size], size=length)]


def _different(rng: np.random.Generator, length: int) -> list[str]:
    return [str(word) for word in rng.permutation(WORDS)[:length]]


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for length, window in [(6, 1), (6, 2), (6, 3)]:
        yield Case((_different(rng, length), window))
    for length, window in [(10, 1), (12, 2), (14, 3)]:
        yield Case((_text(rng, length), window))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(([WORDS[0], WORDS[1], WORDS[0], WORDS[0]], 1), about="when a word follows itself")
    yield Case((_text(rng, 9, 2), 4), about="with few different words")
    yield Case((_different(rng, 4), 10), about="when the window is larger than the text")
    yield Case(([WORDS[2]], 2), about="with a text of one word")
    named = {"tokens": _text(rng, 7), "window": 2}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((["a", "b"], 1), extra=EXAMPLE)
    yield Case((["a", "b", "c"], 1), extra=EXAMPLE)
    yield Case((["a", "b", "c", "d"], 2), extra=EXAMPLE)
    yield Case((["a", "b", "a"], 2), extra=EXAMPLE)
    yield Case((["a", "a", "b"], 1), extra=EXAMPLE)
    yield Case((["a", "b"], 5), extra=EXAMPLE)
    yield Case((["a"], 1), extra=EXAMPLE)
    yield Case(kwargs={"tokens": ["a", "b", "c", "d"], "window": 2}, extra=EXAMPLE)


def _form(result: Any) -> str:
    """Return what is wrong with the types of a result, or nothing."""
    if not isinstance(result, list | tuple):
        return f"the result is {described(result)}, expected a list of pairs"
    for pair in result:
        if not isinstance(pair, tuple | list):
            return f"the result holds {described(pair)}, expected pairs (center, context)"
        if len(pair) != 2:
            return f"an entry of the result has length {len(pair)}, expected pairs"
        for word in pair:
            if not isinstance(word, str):
                return f"a pair holds {described(word)}, expected words"
    return ""


def _observe(function: Function, case: Case) -> Any:
    """Return the pairs; of hidden cases how often each occurs, a row for each center."""
    tokens = list(case.args[0] if case.args else case.kwargs["tokens"])
    result = function(*case.args, **case.kwargs)
    if case.extra == EXAMPLE:
        return result
    if problem := _form(result):
        raise Refused(problem)
    words = sorted(set(tokens))
    counts = np.zeros((len(words), len(words)))
    for center, context in result:
        if center not in words or context not in words:
            raise Refused("a pair holds a word that is not in the text")
        counts[words.index(center), words.index(context)] += 1
    return counts


def _compare(case: Case, expected: Any, got: Any) -> Difference | None:
    if case.extra == EXAMPLE:
        text = _form(got)
        if not text and sorted(map(tuple, got)) != sorted(expected):
            text = "the pairs are wrong"
        return Difference(text, text) if text else None
    missing = int(np.maximum(expected - got, 0).sum())
    extra = int(np.maximum(got - expected, 0).sum())
    if not missing and not extra:
        return None
    too = [f"{n} {word}" for n, word in ((missing, "missing"), (extra, "too many")) if n]
    text = f"of {int(expected.sum())} pairs {' and '.join(too)}"
    return Difference("the pairs are wrong: some are " + _kinds(missing, extra), text)


def _kinds(missing: int, extra: int) -> str:
    both = "missing, others too many"
    return both if missing and extra else "missing" if missing else "too many"


exercise = Exercise(
    homework="hw10_beyond",
    number="3.1",
    reference=reference.skipgram_pairs,
    returns=("the pairs",),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=_compare,
    equivalent_mutants={
        "max(i - window, 0) -> max(0, i - window)": (
            "the larger of two numbers does not depend on their order"
        ),
        "pairs += [(center, context) for context in [*before, *after]] -> pairs += [(context, center) for context in [*before, *after]]": (  # noqa: E501
            "near is symmetric: with each pair its mirror image is in the list"
        ),
        "pairs += [(center, context) for context in [*before, *after]] -> pairs += [(center, context) for context in [*after, *before]]": (  # noqa: E501
            "pairs may come in any order"
        ),
    },
)


@exercise.mistake
def only_words_behind(tokens, window):
    """You look to the right only: the words before the center are context as well."""
    return [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(i + 1, min(i + window + 1, len(tokens)))
    ]


@exercise.mistake
def only_words_before(tokens, window):
    """You look to the left only: the words behind the center are context as well."""
    return [
        (tokens[i], tokens[j]) for i in range(len(tokens)) for j in range(max(i - window, 0), i)
    ]


@exercise.mistake
def center_itself_included(tokens, window):
    """You pair each place with itself: leave out j = i."""
    return [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(max(i - window, 0), min(i + window + 1, len(tokens)))
    ]


@exercise.mistake
def right_edge_one_short(tokens, window):
    """Your window is one word too short on the right: `range` and slices stop before their end, so
    it has to be `i + window + 1`."""
    return [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(max(i - window, 0), min(i + window, len(tokens)))
        if j != i
    ]


@exercise.mistake
def exactly_at_the_distance(tokens, window):
    """You take only the words exactly `window` places away: nearer ones count as well."""
    return [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in (i - window, i + window)
        if 0 <= j < len(tokens)
    ]


@exercise.mistake
def window_always_one(tokens, window):
    """You take the direct neighbors only: use `window`."""
    return [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in (i - 1, i + 1)
        if 0 <= j < len(tokens)
    ]


@exercise.mistake
def whole_text(tokens, window):
    """You pair every word with all others: only those at most `window` places away are context."""
    return [
        (tokens[i], tokens[j]) for i in range(len(tokens)) for j in range(len(tokens)) if i != j
    ]


@exercise.mistake
def window_as_its_full_width(tokens, window):
    """You take `window` for the full width and look half as far: it counts on each side."""
    half = window // 2
    return [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(max(i - half, 0), min(i + half + 1, len(tokens)))
        if j != i
    ]


@exercise.mistake
def wraps_around(tokens, window):
    """At the start of the text your index is negative, which in Python counts from the end: cut the
    window off at 0."""
    return [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(i - window, min(i + window + 1, len(tokens)))
        if j != i and j >= -len(tokens)
    ]


@exercise.mistake
def negative_slice(tokens, window):
    """At the start of the text your slice `tokens[i - window:i]` begins at a negative index and is
    empty: begin at `max(i - window, 0)`."""
    pairs = []
    for i, center in enumerate(tokens):
        for context in tokens[i - window : i] + tokens[i + 1 : i + window + 1]:
            pairs.append((center, context))
    return pairs


@exercise.mistake
def edges_left_out(tokens, window):
    """You skip the words near the ends of the text: there the window is cut off, but they have
    context as well."""
    return [
        (tokens[i], tokens[j])
        for i in range(window, len(tokens) - window)
        for j in range(i - window, i + window + 1)
        if j != i
    ]


@exercise.mistake
def runs_over_the_end(tokens, window):
    """Your index runs over the end of the text: stop at `len(tokens)`."""
    return [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(max(i - window, 0), i + window + 1)
        if j != i
    ]


@exercise.mistake
def equal_words_left_out(tokens, window):
    """You leave out every word that equals the center: leave out the *place* of the center, since
    the same word may stand nearby once more."""
    return [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(max(i - window, 0), min(i + window + 1, len(tokens)))
        if tokens[j] != tokens[i]
    ]


@exercise.mistake
def place_found_by_the_word(tokens, window):
    """You find the place of a word with `index`, which gives its first one: go through the places,
    `enumerate(tokens)`."""
    pairs = []
    for center in tokens:
        i = tokens.index(center)
        for j in range(max(i - window, 0), min(i + window + 1, len(tokens))):
            if j != i:
                pairs.append((center, tokens[j]))
    return pairs


@exercise.mistake
def duplicates_removed(tokens, window):
    """You keep each pair once: a pair that occurs twice counts twice."""
    pairs = [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(max(i - window, 0), min(i + window + 1, len(tokens)))
        if j != i
    ]
    return list(dict.fromkeys(pairs))


@exercise.mistake
def a_set(tokens, window):
    """You return a set, which holds each pair once: return a list."""
    return {
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(max(i - window, 0), min(i + window + 1, len(tokens)))
        if j != i
    }


@exercise.mistake
def places_in_place_of_words(tokens, window):
    """Your pairs hold places: put in the words, `(tokens[i], tokens[j])`."""
    return [
        (i, j)
        for i in range(len(tokens))
        for j in range(max(i - window, 0), min(i + window + 1, len(tokens)))
        if j != i
    ]


@exercise.mistake
def one_list_for_each_center(tokens, window):
    """You return the center with a list of all of its context: each context word makes a pair of
    its own."""
    return [
        (tokens[i], tokens[max(i - window, 0) : i] + tokens[i + 1 : i + window + 1])
        for i in range(len(tokens))
    ]


@exercise.mistake
def text_changed(tokens, window):
    """You change the caller's list (`tokens.pop`, `append`, `sort`): work on a copy."""
    pairs = [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(max(i - window, 0), min(i + window + 1, len(tokens)))
        if j != i
    ]
    tokens.append("end")
    return pairs


@exercise.variant
def loops(tokens, window):
    """Two loops and an `if`."""
    pairs = []
    for i in range(len(tokens)):
        for j in range(len(tokens)):
            if i != j and abs(i - j) <= window:
                pairs.append((tokens[i], tokens[j]))
    return pairs


@exercise.variant
def context_before_center_in_order(tokens, window):
    """By distance, both directions, as lists of two."""
    pairs = []
    for distance in range(1, window + 1):
        for first, second in zip(tokens, tokens[distance:]):
            pairs += [[first, second], [second, first]]
    return pairs


@exercise.variant
def slices(tokens, window):
    """Slices to the left and to the right."""
    pairs = []
    for i, word in enumerate(tokens):
        around = tokens[max(0, i - window) : i] + tokens[i + 1 : i + 1 + window]
        pairs.extend((word, other) for other in around)
    return pairs


@exercise.variant
def product(tokens, window):
    """All ordered pairs of places, filtered; a tuple."""
    from itertools import permutations

    places = permutations(range(len(tokens)), 2)
    return tuple((tokens[i], tokens[j]) for i, j in places if abs(i - j) <= window)


@exercise.variant
def numpy_words(tokens, window):
    """Through arrays of NumPy texts."""
    words = np.array(tokens)
    i, j = np.indices((len(words), len(words)))
    near = (np.abs(i - j) <= window) & (i != j)
    return list(zip(words[i[near]], words[j[near]]))
