"""Exercise 3.2: a is to b as c is to …?"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference, described
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.exercises.refused import Refused
from autograder.reference import beyond as reference
from autograder.reference.shapes import Array

EXAMPLE = "example"
NAMES = "elm oak ash fir yew box bay fig nut gum may sal tea rue ivy hop".split()
GAP = 0.02  # by so much the best cosine leads: neither rounding nor float32 decides


def _unit(E: Array) -> Array:
    """Return unit vectors; a zero stays zero."""
    return E / np.maximum(np.linalg.norm(E, axis=-1, keepdims=True), 1e-12)


def _answers(E: Array, a: int, b: int, c: int) -> dict[str, int]:
    """Return what right and wrong readings of the formula answer; none of them by a hair."""
    U = _unit(E)
    asked = [a, b, c]

    def best(scores: Array, left_out: list[int]) -> int:
        scores = scores.copy()
        scores[left_out] = -np.inf
        first, second = np.sort(scores)[[-1, -2]]
        if first - second < GAP:
            return -1
        return int(scores.argmax())

    def zeroed(scores: Array) -> int:
        leader = best(scores, asked)
        if abs(scores[leader]) < GAP:
            return -1
        return leader if scores[leader] > 0 else a

    way, raw = U[b] - U[a] + U[c], E[b] - E[a] + E[c]
    return {
        "right": best(U @ _unit(way), asked),
        "everything": best(U @ _unit(way), []),
        "excluded by a zero": zeroed(U @ _unit(way)),
        "without c": best(U @ _unit(way), [a, b]),
        "without b": best(U @ _unit(way), [a, c]),
        "raw way": best(U @ _unit(raw), asked),
        "raw": best(E @ _unit(raw), asked),
        "raw words": best(E @ _unit(way), asked),
        "backward": best(U @ _unit(U[a] - U[b] + U[c]), asked),
        "from a": best(U @ _unit(U[b] + U[a] - U[c]), asked),
        "sum": best(U @ _unit(U[a] + U[b] + U[c]), asked),
        "b and c": best(U @ _unit(U[b] + U[c]), asked),
        "worst": best(-U @ _unit(way), asked),
    }


def _arguments(inputs: Inputs, V: int, d: int, *other: str) -> tuple[Any, ...]:
    """Return a question for which the named wrong readings give other answers."""
    rng = inputs.rng
    while True:
        E = inputs.array(V, d)
        if (E**2).sum(axis=1).min() == 0:
            continue
        if not inputs.readable:
            E *= rng.uniform(0.3, 3.0, size=(V, 1))
        words = [str(word) for word in rng.permutation(NAMES)[:V]]
        for _ in range(20):
            a, b, c = (int(i) for i in rng.choice(V, 3, replace=False))
            found = _answers(E, a, b, c)
            apart = all(found[name] not in (-1, found["right"]) for name in other)
            if found["right"] >= 0 and apart:
                return E, words, words[a], words[b], words[c]


_DIRECTIONS = ("raw way", "backward", "from a", "sum", "b and c", "worst")
_LEFT_OUT = ("everything", "without c", "without b", "excluded by a zero")


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for name in (*_DIRECTIONS, "raw", "raw words", *_LEFT_OUT):
        yield Case(_arguments(inputs, 10, 3, name))
    for V, d in [(12, 3), (14, 4), (16, 2)]:
        yield Case(_arguments(inputs, V, d))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield Case(_arguments(inputs, 5, 2), about="with five words")
    E, words, a, b, c = _arguments(inputs, 9, 3)

    yield Case((1e-3 * E, words, a, b, c), about="when all vectors are short")
    names = ("E", "words", "a", "b", "c")
    opposite = _opposite(rng)
    yield Case(opposite, about="when every other word points away, so all cosines are negative")
    whole, words, a, b, c = _arguments(Inputs(rng, readable=True), 8, 3)
    yield Case(((2 * whole).astype(int), words, a, b, c), about="with vectors of integers")
    named = dict(zip(names, _arguments(inputs, 8, 3), strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _opposite(rng: np.random.Generator) -> tuple[Any, ...]:
    """Return a question whose other words all have negative cosines."""
    words = [str(word) for word in rng.permutation(NAMES)[:6]]
    angles = np.radians([20.0, 0.0, 10.0, 140.0, 170.0, 200.0])
    lengths = rng.uniform(0.5, 2.0, size=(6, 1))
    E = lengths * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    order = rng.permutation(6)
    shuffled = [words[list(order).index(i)] for i in range(6)]
    return E[order], words, shuffled[0], shuffled[1], shuffled[2]


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    for name in ("everything", "without c", "without b", "raw", "raw words", *_DIRECTIONS):
        E, words, a, b, c = _arguments(inputs, 6, 2, name)
        yield Case((E, words, a, b, c), extra=EXAMPLE)
    yield Case(_opposite(rng), extra=EXAMPLE)
    E, words, a, b, c = _arguments(inputs, 5, 2)
    yield Case(((2 * E).astype(int), words, a, b, c), extra=EXAMPLE)
    yield Case(kwargs={"E": E, "words": words, "a": a, "b": b, "c": c}, extra=EXAMPLE)


def _form(words: list[str], result: Any) -> str:
    if not isinstance(result, str):
        return f"the result is {described(result)}, expected a word"
    if result not in words:
        return "the result is a text that is not one of `words`"
    return ""


def _observe(function: Function, case: Case) -> Any:
    """Return the word; of hidden cases its place, by which a mistake is known again."""
    words = list(case.args[1] if case.args else case.kwargs["words"])
    result = function(*case.args, **case.kwargs)
    if case.extra == EXAMPLE:
        return result
    if problem := _form(words, result):
        raise Refused(problem)
    return words.index(result)


def _compare(case: Case, expected: Any, got: Any) -> Difference | None:
    named = dict(zip(("E", "words", "a", "b", "c"), case.args, strict=False)) | dict(case.kwargs)
    words = list(named["words"])
    if case.extra == EXAMPLE:
        text = _form(words, got) or ("" if got == expected else "the result is another word")
        return Difference(text, text) if text else None
    if got == expected:
        return None
    asked = words[got] in (named["a"], named["b"], named["c"])
    text = "the result is " + ("a word of the question" if asked else "another word")
    return Difference(text, text)


exercise = Exercise(
    homework="hw10_beyond",
    number="3.2",
    reference=reference.analogy,
    returns=("the result",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=_compare,
    equivalent_mutants={
        "scores[[place[a], place[b], place[c]]] -> scores[[place[b], place[a], place[c]]]": (
            "all three get the same score"
        ),
        "scores[[place[a], place[b], place[c]]] -> scores[[place[a], place[c], place[b]]]": (
            "all three get the same score"
        ),
        "int(scores.argmax()) -> scores.argmax()": (
            "a list takes a NumPy integer as an index as well"
        ),
    },
)


@exercise.mistake
def question_not_excluded(E, words, a, b, c):
    """You don't exclude the words of the question, and one of them is often the nearest: leave out
    `a`, `b` and `c`."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    return words[np.argmax(U @ (U[words.index(b)] - U[words.index(a)] + U[words.index(c)]))]


@exercise.mistake
def c_not_excluded(E, words, a, b, c):
    """You exclude `a` and `b` only: `c` is a word of the question as well."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[j] - U[i] + U[k])
    scores[[i, j]] = -np.inf
    return words[np.argmax(scores)]


@exercise.mistake
def b_not_excluded(E, words, a, b, c):
    """You exclude `a` and `c` only: `b` is a word of the question as well."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[j] - U[i] + U[k])
    scores[[i, k]] = -np.inf
    return words[np.argmax(scores)]


@exercise.mistake
def raw_vectors(E, words, a, b, c):
    """The vectors have to be of length 1 each, or a long one wins: divide every row by its own
    length, `np.linalg.norm(E, axis=1, keepdims=True)`."""
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = (E @ (E[j] - E[i] + E[k])).astype(float)
    scores[[i, j, k]] = -np.inf
    return words[np.argmax(scores)]


@exercise.mistake
def raw_question(E, words, a, b, c):
    """You compare by the cosine, but add up raw vectors for the question: b - a + c is made of unit
    vectors as well."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (E[j] - E[i] + E[k])
    scores[[i, j, k]] = -np.inf
    return words[np.argmax(scores)]


@exercise.mistake
def raw_answers(E, words, a, b, c):
    """Your question is made of unit vectors, but you compare it with raw rows of `E`, so a long one
    wins: compare with unit vectors."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = E @ (U[j] - U[i] + U[k])
    scores[[i, j, k]] = -np.inf
    return words[np.argmax(scores)]


@exercise.mistake
def wrong_way_round(E, words, a, b, c):
    """You go from b to a: the way leads from a to b, `b - a + c`."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[i] - U[j] + U[k])
    scores[[i, j, k]] = -np.inf
    return words[np.argmax(scores)]


@exercise.mistake
def c_subtracted(E, words, a, b, c):
    """You subtract c and add a: it is `b - a + c`."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[j] + U[i] - U[k])
    scores[[i, j, k]] = -np.inf
    return words[np.argmax(scores)]


@exercise.mistake
def all_added(E, words, a, b, c):
    """You add all three: a is subtracted, `b - a + c`."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[j] + U[i] + U[k])
    scores[[i, j, k]] = -np.inf
    return words[np.argmax(scores)]


@exercise.mistake
def a_left_out(E, words, a, b, c):
    """You leave out a: it is subtracted, `b - a + c`."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[j] + U[k])
    scores[[i, j, k]] = -np.inf
    return words[np.argmax(scores)]


@exercise.mistake
def smallest_cosine(E, words, a, b, c):
    """You take the smallest cosine: the largest one belongs to the nearest direction."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[j] - U[i] + U[k])
    scores[[i, j, k]] = np.inf
    return words[np.argmin(scores)]


@exercise.mistake
def columns_normalized(E, words, a, b, c):
    """The vectors have to be of length 1 each, or a long one wins: divide every row by its own
    length, `np.linalg.norm(E, axis=1, keepdims=True)`."""
    U = E / np.linalg.norm(E, axis=0)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[j] - U[i] + U[k])
    scores[[i, j, k]] = -np.inf
    return words[np.argmax(scores)]


@exercise.mistake
def excluded_with_zero(E, words, a, b, c):
    """You exclude the question with a score of 0, which wins when all other cosines are negative:
    use `-np.inf`."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[j] - U[i] + U[k])
    scores[[i, j, k]] = 0
    return words[np.argmax(scores)]


@exercise.mistake
def place_returned(E, words, a, b, c):
    """You return a place: return the word that stands there, `words[place]`."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[j] - U[i] + U[k])
    scores[[i, j, k]] = -np.inf
    return int(np.argmax(scores))


@exercise.mistake
def words_shortened(E, words, a, b, c):
    """You number the words that are left after the exclusion, and then look the number up in the
    whole list: the places have moved."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = np.delete(U @ (U[j] - U[i] + U[k]), [i, j, k])
    return words[np.argmax(scores)]


@exercise.mistake
def list_of_words_changed(E, words, a, b, c):
    """You change the caller's list of words (`words.remove`): work on a copy."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[j] - U[i] + U[k])
    scores[[i, j, k]] = -np.inf
    best = words[np.argmax(scores)]
    words.remove(a)
    return best


@exercise.mistake
def vectors_changed(E, words, a, b, c):
    """You change the caller's `E` (`E /= …`): write `E / …`, which makes a new array."""
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    i, j, k = words.index(a), words.index(b), words.index(c)
    scores = U @ (U[j] - U[i] + U[k])
    scores[[i, j, k]] = -np.inf
    E *= 2
    return words[np.argmax(scores)]


@exercise.variant
def loops(E, words, a, b, c):
    """A search by hand, with a dictionary."""
    unit = {w: np.array(v) / sum(x * x for x in v.tolist()) ** 0.5 for w, v in zip(words, E)}
    goal = unit[b] - unit[a] + unit[c]
    best, highest = None, -float("inf")
    for w in words:
        if w not in (a, b, c):
            cosine = sum(unit[w] * goal)
            if cosine > highest:
                best, highest = w, cosine
    return best


@exercise.variant
def full_cosine(E, words, a, b, c):
    """The whole formula of the cosine, sorted."""
    at = {w: i for i, w in enumerate(words)}
    hat = [E[at[w]] / np.linalg.norm(E[at[w]]) for w in (a, b, c)]
    goal = hat[1] - hat[0] + hat[2]
    cosines = E @ goal / (np.linalg.norm(E, axis=1) * np.linalg.norm(goal))
    for i in np.argsort(-cosines):
        if words[i] not in {a, b, c}:
            return words[i]


@exercise.variant
def three_products(E, words, a, b, c):
    """Three cosines, added up."""
    U = E / np.sqrt(np.einsum("vd,vd->v", E, E))[:, None]
    i, j, k = (words.index(w) for w in (a, b, c))
    scores = U @ U[j] - U @ U[i] + U @ U[k]
    left = [v for v in range(len(words)) if v not in (i, j, k)]
    return words[left[np.argmax(scores[left])]]


@exercise.variant
def maximum_by_key(E, words, a, b, c):
    """`max` with a key, in float32."""
    E = np.asarray(E, dtype=np.float32)
    U = E / np.linalg.norm(E, axis=1, keepdims=True)
    goal = U[words.index(b)] - U[words.index(a)] + U[words.index(c)]
    others = [w for w in words if w not in [a, b, c]]
    return max(others, key=lambda w: U[words.index(w)] @ goal)


@exercise.variant
def nearest_unit_vector(E, words, a, b, c):
    """The nearest unit vector, as a NumPy text."""
    names = np.array(words)
    U = (E.T / np.linalg.norm(E, axis=1)).T
    i, j, k = (int(np.nonzero(names == w)[0][0]) for w in (a, b, c))
    goal = U[j] - U[i] + U[k]
    distance = np.linalg.norm(U - goal / np.linalg.norm(goal), axis=1)
    distance[[i, j, k]] = np.inf
    return names[distance.argmin()]
