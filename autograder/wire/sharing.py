"""Keep in step what both sides of a connection hold: arrays, generators, lists, dicts, sets.

What one side sends is its own; the other side gets a copy. As long as both still hold it, each
message carries what was changed since the last one, and a thing that is sent again is known by its
number. What is sent as an argument is shared; a result is shared if its owner still holds it. A
copy that nobody holds any more is given back.

Arrays and generators of random numbers follow each other both ways. A list, dict or set follows its
copy, which it is for a function to fill, but not the other way round; sent again it is a new one.
"""

import itertools
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from autograder.wire.values import (
    FOLLOWING,
    SMALL,
    Decoder,
    Encoder,
    Tag,
    WireError,
    array_bytes,
    tag_of_mutable,
)

MAX_COPIES = 256  # that a side keeps in step, besides the arguments of calls that go on
MAX_COPIED = 64 * 2**20  # bytes of them
MAX_LENT = 1_000  # things of ours that the other side may keep; it should keep fewer
MAX_LENT_BYTES = 512 * 2**20


class _Shared:
    """A thing of ours or a copy: what it held when its changes were last known, None if now."""

    __slots__ = ("busy", "seen", "size", "tag", "thing")

    def __init__(self, thing: Any, busy: bool) -> None:
        self.thing = thing
        self.tag = tag_of_mutable(thing)
        self.seen: Any = None
        self.busy = busy  # an argument of a call that goes on
        self.size = thing.nbytes if self.tag is Tag.ARRAY else 0


class Departure:
    """What a message tells of shared things, and what is to be noted once it is on its way."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.changes: list[list[Any]] = []
        self.changed: list[_Shared] = []
        self.returned: list[int] = []

    def tree(self, kept: Sequence[int] | None) -> list[Any]:
        """Return what is sent; ``kept`` are the new things that are shared, None for all."""
        return [self.changes, self.returned, self.first, kept]


class Sharing:
    """What one side knows of the shared things.

    Attributes
    ----------
    numbers : dict of int to int
        By the id of a shared thing its number, which is negative for a copy.
    """

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}
        self._mine: dict[int, _Shared] = {}
        self._copies: dict[int, _Shared] = {}
        self._next = 1
        self._returned: list[int] = []  # copies that the other side has not been told of
        self._lent_bytes = 0

    def find(self, number: int) -> Any:
        """Return the thing that the other side calls by that number; KeyError if there is none."""
        return (self._copies[number] if number > 0 else self._mine[-number]).thing

    # Before a message is sent.

    def leave(self, encoder: Encoder, silently: bool = False) -> Departure:
        """Find what was changed here, and the copies that nobody holds any more.

        The changes are encoded behind what else the message holds.

        Raises
        ------
        WireError
            A change can't be sent. To leave silently is to give up what was changed.
        """
        departure = Departure(self._next)
        if silently:
            for shared in (*self._mine.values(), *self._copies.values()):
                shared.seen = None
        # Nothing was noted if no code ran here since.
        for number, shared in self._mine.items():
            if shared.seen is not None:
                self._compare(shared, number, departure, encoder)
        for number, shared in self._copies.items():
            if shared.seen is not None:
                self._compare(shared, -number, departure, encoder)
        if self._copies:
            self._return_copies()
        departure.returned = self._returned
        return departure

    def sent(self, departure: Departure, new: Sequence[Any], kept: Iterable[int] | None) -> None:
        """Take note that the message is on its way, with these new things."""
        for shared in departure.changed:
            shared.seen = None
        self._returned = []
        busy = kept is None
        for index in range(len(new)) if kept is None else kept:
            shared = _Shared(new[index], busy)
            number = departure.first + index
            self._mine[number] = shared
            self.numbers[id(shared.thing)] = number
            self._lent_bytes += shared.size
        self._next = departure.first + len(new)

    # When a message came.

    def arrive(self, decoder: Decoder, tree: Any, busy: bool) -> list[int]:
        """Do what the other side tells of shared things; return the numbers of the new ones.

        Raises
        ------
        WireError
            It tells of what was never shared, or would have us keep too much.
        """
        try:
            changes, returned, first, kept = tree
            for number, contents in changes:
                self._change(decoder, number, contents)
            for number in returned:
                self._take_back(number)
            new = decoder.new
            places = range(len(new)) if kept is None else kept
            if type(first) is not int or not 0 < first < 2**53 or len(places) > len(new):
                raise WireError("what is shared has no number")
            numbers = [self._copy(first, place, new, busy) for place in places]
        except (TypeError, ValueError, LookupError) as error:
            raise WireError(f"what is shared is malformed: {error}"[:200]) from None
        lent = len(self._mine)
        if lent > MAX_LENT:
            lent = sum(not shared.busy for shared in self._mine.values())
        if lent > MAX_LENT or self._lent_bytes > MAX_LENT_BYTES:
            raise WireError("the other process keeps too many arguments or results")
        return numbers

    def look(self) -> None:
        """Take note of what all things hold, before code runs here that may change them."""
        for shared in self._mine.values():
            if shared.seen is None and shared.tag in FOLLOWING:
                shared.seen = _held(shared.thing, shared.tag)
        for shared in self._copies.values():
            if shared.seen is None:
                shared.seen = _held(shared.thing, shared.tag)

    def settle_copies(self, numbers: Iterable[int]) -> None:
        """Let copies be given back: the call whose arguments they are ends."""
        for number in numbers:
            if number in self._copies:
                self._copies[number].busy = False

    def settle_arguments(self, first: int, count: int) -> None:
        """Take note that the call with these new arguments has ended."""
        for number in range(first, first + count):
            if number in self._mine:
                self._mine[number].busy = False

    # Parts.

    def _compare(
        self, shared: _Shared, number: int, departure: Departure, encoder: Encoder
    ) -> None:
        tag = shared.tag
        if tag is not None and not _holds(shared.thing, tag, shared.seen):
            departure.changes.append([number, encoder.contents(shared.thing, tag)])
            departure.changed.append(shared)

    def _return_copies(self) -> None:
        size = count = 0
        # In this order a list is let go of before what it holds.
        for number, shared in list(self._copies.items()):
            if _references_of(shared) > _ALONE_SHARED or _base_is_held(shared.thing, {}):
                count += 1
                size += shared.size
            else:
                self._return(number)
        if count > MAX_COPIES or size > MAX_COPIED:
            for number in [n for n, shared in self._copies.items() if not shared.busy]:
                if count <= MAX_COPIES and size <= MAX_COPIED:
                    break
                count -= 1
                size -= self._copies[number].size
                self._return(number)

    def _return(self, number: int) -> None:
        shared = self._copies.pop(number)
        del self.numbers[id(shared.thing)]
        self._returned.append(number)

    def _change(self, decoder: Decoder, number: Any, contents: Any) -> None:
        found = None
        if type(number) is int:
            found = self._copies.get(number) or self._mine.get(-number)
        if found is None:
            raise WireError("something was changed that was never sent")
        if number > 0 and found.tag not in FOLLOWING:
            raise WireError("a container does not follow the other process")
        decoder.apply(found.thing, contents)
        found.seen = None

    def _take_back(self, number: Any) -> None:
        shared = self._mine.pop(number, None) if type(number) is int else None
        if shared is None:
            raise WireError("something was given back that was never sent")
        self._lent_bytes -= shared.size
        if self.numbers.get(id(shared.thing)) == number:  # a list may have a later number
            del self.numbers[id(shared.thing)]

    def _copy(self, first: int, place: Any, new: Sequence[Any], busy: bool) -> int:
        number: int = first + place
        if type(place) is not int or place < 0 or number in self._copies:
            raise WireError("what is shared has no number of its own")
        thing = new[place]
        if not busy and len(self._copies) >= 2 * MAX_COPIES:
            self._returned.append(number)
        else:
            self._copies[number] = _Shared(thing, busy)
            self.numbers[id(thing)] = -number
        return number


def kept_here(new: Sequence[Any], pins: dict[int, int]) -> list[int]:
    """Return the places of those things of a result that somebody on this side still holds.

    Parameters
    ----------
    new : sequence
        The things, which nothing else than this and their owners refers to.
    pins : dict of int to int
        By the id of a thing how many buffers of the message refer to it.
    """
    kept = []
    for place in range(len(new)):
        if _references(new, place) - pins.get(id(new[place]), 0) > _ALONE or _base_is_held(
            new[place], pins
        ):
            kept.append(place)
        elif place + 1 < len(new) and isinstance(new[place], list | dict):
            # It goes, and what it holds is held by others or goes, too.
            _pin_items(new[place], pins)
    return kept


def _pin_items(container: Any, pins: dict[int, int]) -> None:
    for item in container.values() if isinstance(container, dict) else container:
        pins[id(item)] = pins.get(id(item), 0) + 1


def _references(things: Sequence[Any], place: int) -> int:
    return sys.getrefcount(things[place])


def _references_of(shared: _Shared) -> int:
    return sys.getrefcount(shared.thing)


def _base_is_held(thing: Any, pins: dict[int, int]) -> bool:
    """Return whether others share the memory of an array that is a view of another array."""
    if not (isinstance(thing, np.ndarray) and isinstance(thing.base, np.ndarray)):
        return False
    return bool(_references_of_base(thing) - pins.get(id(thing.base), 0) > _ALONE_BASE)


def _references_of_base(thing: Any) -> int:
    return sys.getrefcount(thing.base)


# What is counted for things that nobody holds: it depends on the version of Python.
_ALONE = _references([object()], 0)
_ALONE_SHARED = _references_of(_Shared([], busy=False))
_ALONE_BASE = _references_of_base(np.zeros(4).reshape(2, 2))


def _held(thing: Any, tag: Tag | None) -> Any:
    """Return what a thing holds, to be compared later."""
    if tag is Tag.ARRAY:
        contents = thing.tobytes() if thing.nbytes <= SMALL else thing.copy()
        return thing.shape, thing.dtype, contents
    if tag is Tag.RNG:
        return _state(thing)
    if tag is Tag.DICT:
        return list(itertools.chain.from_iterable(thing.items()))
    return list(thing.flat) if tag is Tag.OBJECTS else list(thing)


def _holds(thing: Any, tag: Tag | None, seen: Any) -> bool:
    """Return whether a thing still holds what it held."""
    if tag is Tag.ARRAY:
        shape, dtype, contents = seen
        if thing.shape != shape or thing.dtype != dtype:
            return False
        if type(contents) is bytes:
            return bool(thing.tobytes() == contents)
        return _same_bytes(thing, contents)
    if tag is Tag.RNG:
        return bool(_state(thing) == seen)
    now = _held(thing, tag)
    return len(seen) == len(now) and all(map(_is_same, seen, now))


def _same_bytes(a: Any, b: Any) -> bool:
    # Not by value: nan is nan here, and 0 is not -0.
    words = np.uint64 if a.nbytes % 8 == 0 else np.uint8
    return np.array_equal(
        np.frombuffer(array_bytes(a), words), np.frombuffer(array_bytes(b), words)
    )


def _is_same(a: Any, b: Any) -> bool:
    # Equal numbers that were made anew are no change; objects are compared by identity, since
    # what `==` says is up to the student.
    return a is b or (type(a) is type(b) and type(a) in (int, float, str, bool) and a == b)


def _state(rng: np.random.Generator) -> Any:
    state: Any = rng.bit_generator.state
    if state["bit_generator"] == "PCG64":
        inner = state["state"]
        return inner["state"], inner["inc"], state["has_uint32"], state["uinteger"]
    return repr(state)
