"""Turn values into messages and back: values only, never code, whatever the other side sends.

A value becomes a tree of numbers, texts and tagged lists, which msgpack writes; the contents of
arrays stand beside the tree as raw bytes. What has no value that could be sent (a function, a
class, an instance) becomes a handle: the object stays where it is, the other side gets a proxy.
"""

import contextlib
import importlib
import itertools
import math
import re
import sys
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import ModuleType
from typing import Any

import numpy as np

SMALL = 4096  # bytes of an array that are copied as soon as looked at
MAX_DEPTH = 60
MAX_ITEMS = 1_000_000
MAX_HASHED = 20_000  # members of sets and keys: numbers can be chosen that all collide
MAX_HEX_DIGITS = 3_500  # Python refuses to write whole numbers with more than 4,300 decimal digits
_PLAIN_KINDS = frozenset("biufcSUMm")
_PLAIN = re.compile(r"[<>|=]?[biufcSUMm]\d+(\[\w+\])?")  # no objects, no records
_BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")
_MT19937_WORDS = 624
_PARTS_OF_STATES = (str, int, dict, np.ndarray)
_BUILTIN_TYPES: dict[str, type] = {
    kind.__name__: kind
    for kind in (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, object)
}
_LIBRARIES = ("numpy", "matplotlib", "scipy", "sklearn")


class WireError(Exception):
    """A value can't be sent, or a message is not what it should be; the text says which."""


class Tag(IntEnum):
    """What a tagged list holds."""

    LIST = 0
    TUPLE = 1
    DICT = 2
    SET = 3
    FROZENSET = 4
    COMPLEX = 5
    BIG = 6
    ARRAY = 7
    OBJECTS = 8
    SCALAR = 9
    DTYPE = 10
    SLICE = 11
    RANGE = 12
    ELLIPSIS = 13
    NOT_IMPLEMENTED = 14
    BUILTIN_TYPE = 15
    SCALAR_TYPE = 16
    RNG = 17
    MODULE = 18
    SENDERS = 19
    RECEIVERS = 20
    AGAIN = 21
    KNOWN = 22


FOLLOWING = (Tag.ARRAY, Tag.RNG)  # what is kept in step both ways
_USUAL_HOLDERS = 12  # a little more than our own


@dataclass(frozen=True)
class Handle:
    """An object that stays on the sender's side.

    Attributes
    ----------
    number : int
    name : str
        The function's name, or the name of the object's class.
    abilities : tuple of str
        What can be done with it, of ``ABILITIES``.
    """

    number: int
    name: str
    abilities: tuple[str, ...]


ABILITIES = ("function", "call", "iter", "next", "len", "getitem", "setitem", "enter", "class")


class Encoder:
    """Encode the values of one message.

    Parameters
    ----------
    handle : callable
        ``handle(object)`` returns the Handle of an object that stays here, or the number of an
        object that lives on the other side.
    known : mapping of int to int
        By its id the number of a mutable object that both sides know from earlier messages; it is
        negative if the object is the receiver's.

    Attributes
    ----------
    new : list
        The other mutable objects met so far.
    buffers : list of bytes or memoryview
        The contents of the arrays.
    pins : dict of int to int
        By the id of an array how many of the buffers are its memory.
    """

    def __init__(
        self, handle: Callable[[Any], Handle | int], known: Mapping[int, int] | None = None
    ) -> None:
        self._handle = handle
        self._known = known or {}
        self.new: list[Any] = []  # it also keeps them, so that each id stays with its object
        self._index: dict[int, int] = {}
        self.buffers: list[bytes | memoryview] = []
        self.pins: dict[int, int] = {}

    def encode(self, value: Any, depth: int = 0) -> Any:
        """Return the tree of a value.

        Raises
        ------
        WireError
            The value can't be sent.
        """
        kind = type(value)
        if value is None or kind is bool or kind is float or kind is bytes or kind is str:
            return value
        if kind is int:
            return value if -(2**63) <= value < 2**63 else [Tag.BIG, _hex(value)]
        if depth > MAX_DEPTH:
            raise WireError(f"a value is nested more than {MAX_DEPTH} levels deep")
        tag = tag_of_mutable(value)
        if tag is not None:
            number = self._known.get(id(value))
            # A container of ours does not follow us: it is sent anew.
            if number is not None and (number < 0 or tag in FOLLOWING):
                return [Tag.KNOWN, number]
            index = self._index.get(id(value))
            if index is not None:
                return [Tag.AGAIN, index]
            self._index[id(value)] = len(self.new)
            self.new.append(value)
            return [tag, self.contents(value, tag, depth)]
        return self._immutable(value, kind, depth)

    def contents(self, value: Any, tag: Tag, depth: int = 0) -> Any:
        """Return the tree of what a mutable object holds."""
        if tag is Tag.ARRAY:
            flags = value.flags
            fortran = flags.f_contiguous and not flags.c_contiguous
            self.buffers.append(self._buffer(value.T if fortran else value))
            matrix = type(value) is not np.ndarray
            return [value.dtype.str, list(value.shape), fortran, flags.writeable, matrix]
        if tag is Tag.OBJECTS:
            return [list(value.shape), [self.encode(x, depth + 1) for x in value.flat]]
        if tag is Tag.RNG:
            state = value.bit_generator.state
            return [state["bit_generator"], self.encode(state, depth + 1)]
        items = itertools.chain.from_iterable(value.items()) if tag is Tag.DICT else value
        return [self.encode(item, depth + 1) for item in items]

    def _buffer(self, array: Any) -> bytes | memoryview:
        contents = array_bytes(array)
        if isinstance(contents, bytes):
            return contents
        owner = id(contents.base)
        self.pins[owner] = self.pins.get(owner, 0) + 1
        return memoryview(contents)

    def _immutable(self, value: Any, kind: type, depth: int) -> Any:
        if isinstance(value, tuple) or kind is frozenset:
            # Named tuples are tuples: what they hold is what counts.
            tag = Tag.FROZENSET if kind is frozenset else Tag.TUPLE
            return [tag, [self.encode(item, depth + 1) for item in value]]
        if kind is complex:
            return [Tag.COMPLEX, value.real, value.imag]
        if isinstance(value, np.generic) and _PLAIN.fullmatch(value.dtype.str):
            return [Tag.SCALAR, value.dtype.str, value.tobytes()]
        if isinstance(value, np.dtype) and _PLAIN.fullmatch(value.str):
            return [Tag.DTYPE, value.str]
        if kind is slice or kind is range:
            parts = (value.start, value.stop, value.step)
            tag = Tag.SLICE if kind is slice else Tag.RANGE
            return [tag, [self.encode(part, depth + 1) for part in parts]]
        return _named(value) or self._by_handle(value)

    def _by_handle(self, value: Any) -> Any:
        found = self._handle(value)
        if isinstance(found, Handle):
            return [Tag.SENDERS, found.number, found.name, list(found.abilities)]
        return [Tag.RECEIVERS, found]


class Decoder:
    """Decode the values of one message, which may be anything.

    Parameters
    ----------
    proxy : callable
        ``proxy(Handle)`` returns what stands for an object of the other side.
    mine : callable
        ``mine(number)`` returns an object of this side; KeyError if there is none.
    buffers : sequence of bytearray
        The contents of the arrays.
    known : callable or None
        ``known(number)`` returns a mutable object that both sides know from earlier messages;
        KeyError if there is none.

    Attributes
    ----------
    new : list
        The other mutable objects met so far.
    """

    def __init__(
        self,
        proxy: Callable[[Handle], Any],
        mine: Callable[[int], Any],
        buffers: Sequence[bytearray],
        known: Callable[[int], Any] | None = None,
    ) -> None:
        self._proxy = proxy
        self._mine = mine
        self._known = known or _nothing_known
        self._buffers: Iterator[bytearray] = iter(buffers)
        self._left = MAX_ITEMS
        self._left_to_hash = MAX_HASHED
        self.new: list[Any] = []
        self._changing = False
        # By its place, how many values a container holds; 0 while it is being read.
        self._sizes: dict[int, int] = {}
        self._met: set[int] = set()  # numbers of known containers

    def decode(self, tree: Any, depth: int = 0) -> Any:
        """Return the value of a tree.

        Raises
        ------
        WireError
            The tree is not what `Encoder` writes.
        """
        if not isinstance(tree, list):
            if tree is None or isinstance(tree, bool | int | float | str | bytes):
                return tree
            raise WireError(f"a message holds {type(tree).__name__}")
        self._left -= 1
        if depth > MAX_DEPTH or self._left < 0:
            raise WireError("a message is nested too deep or holds too many values")
        try:
            return _DECODERS[tree[0]](self, tree, depth)
        except WireError:
            raise
        except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as error:
            # A right message does not come here; a wrong one must not do more than this.
            raise WireError(f"a message is malformed: {error}"[:200]) from None

    def apply(self, thing: Any, tree: Any) -> None:
        """Make a mutable object hold what a tree of contents says.

        Raises
        ------
        WireError
            The change can't be made here.
        """
        self._changing = True
        try:
            self._apply(thing, tree)
        except WireError:
            raise
        except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise WireError(f"a change can't be carried over: {error}"[:200]) from None
        finally:
            self._changing = False

    def _apply(self, thing: Any, tree: Any) -> None:
        tag, left = tag_of_mutable(thing), self._left
        if tag is Tag.ARRAY:
            new = self._array_of(tree)
            if new.dtype != thing.dtype or new.size != thing.size:
                raise WireError("an argument was changed to another type or size")
            if new.shape != thing.shape:
                thing.shape = new.shape
            thing[...] = new
        elif tag is Tag.OBJECTS:
            new = self._objects_of(tree, 0)
            self._check_growth(thing, left)
            thing[...] = new
        elif tag is Tag.RNG:
            set_state(thing.bit_generator, self.decode(tree[1]))
        elif tag is Tag.LIST:
            new = self._items(tree, 0)
            self._check_growth(thing, left)
            thing[:] = new
        elif tag is Tag.DICT:
            new_items = self._pairs(tree, 0)
            self._check_growth(thing, left)
            thing.clear()
            thing.update(new_items)
        elif tag is Tag.SET:
            members = self._hashed(tree, 0)
            thing.clear()
            thing.update(members)
        else:
            raise WireError(f"{type(thing).__name__} can't be changed")

    def _check_growth(self, thing: Any, left: int) -> None:
        """Refuse what makes all that hold this container hold too many values together."""
        holders = max(1, sys.getrefcount(thing) - _USUAL_HOLDERS)
        if (left - self._left) * holders > MAX_ITEMS:
            raise WireError("a container that is held in many places was changed to a large one")

    def _items(self, tree: Any, depth: int) -> list[Any]:
        if not isinstance(tree, list):
            raise WireError("a container holds no list")
        self._left -= len(tree)
        return [self.decode(item, depth + 1) for item in tree]

    def _hashed(self, tree: Any, depth: int) -> list[Any]:
        self._left_to_hash -= len(tree)
        if self._left_to_hash < 0:
            raise WireError("a message holds too large a set or dict")
        return self._items(tree, depth)

    def _pairs(self, tree: Any, depth: int) -> list[tuple[Any, Any]]:
        items = self._hashed(tree, depth)
        return list(zip(items[::2], items[1::2], strict=True))

    def _array_of(self, tree: Any) -> Any:
        name, shape, fortran, writeable, matrix = tree
        dtype = _dtype(name)
        buffer = next(self._buffers, None)
        shape = tuple(shape)
        if (
            not dtype.itemsize
            or buffer is None
            or len(shape) > 32
            or not all(type(n) is int and n >= 0 for n in shape)
        ):
            raise WireError("an array has no contents or an impossible shape")
        if math.prod(shape) * dtype.itemsize != len(buffer):
            raise WireError(f"an array of shape {shape} has {len(buffer)} bytes")
        if dtype.kind == "b" and buffer and np.frombuffer(buffer, np.uint8).max() > 1:
            raise WireError("a boolean is neither true nor false")
        flat = shape[::-1] if fortran else shape
        array = np.ndarray(flat, dtype, buffer) if buffer else np.zeros(flat, dtype)
        if fortran:
            array = array.T
        if matrix:
            array = array.view(np.matrix)  # unlike asmatrix it does not warn
        if not writeable:
            array.flags.writeable = False
        return array

    def _objects_of(self, tree: Any, depth: int) -> Any:
        shape, items = tree
        array = np.empty(len(items), dtype=object)
        for index, item in enumerate(self._items(items, depth)):
            array[index] = item
        return array.reshape(shape)

    def _array(self, tree: Any, _: int) -> Any:
        array = self._array_of(tree[1])
        self.new.append(array)
        return array

    def _objects(self, tree: Any, depth: int) -> Any:
        with self._sized() as place:
            self.new[place] = self._objects_of(tree[1], depth)
        return self.new[place]

    def _list(self, tree: Any, depth: int) -> Any:
        with self._sized() as place:
            self.new[place] = self._items(tree[1], depth)
        return self.new[place]

    def _dict(self, tree: Any, depth: int) -> Any:
        with self._sized() as place:
            self.new[place] = dict(self._pairs(tree[1], depth))
        return self.new[place]

    def _set(self, tree: Any, depth: int) -> Any:
        with self._sized() as place:
            self.new[place] = set(self._hashed(tree[1], depth))
        return self.new[place]

    @contextlib.contextmanager
    def _sized(self) -> Iterator[int]:
        """Give a container its place, and note how many values it holds."""
        place, left = len(self.new), self._left
        self.new.append(None)
        self._sizes[place] = 0
        yield place
        self._sizes[place] = left - self._left + 1

    def _rng(self, tree: Any, depth: int) -> Any:
        name, state = tree[1]
        if name not in _BIT_GENERATORS:
            raise WireError(f"no bit generator is called {name!r:.40}")
        bits = getattr(np.random, name)(0)
        rng = np.random.Generator(bits)
        self.new.append(rng)
        set_state(bits, self.decode(state, depth + 1))
        return rng

    def _big(self, tree: Any, _: int) -> int:
        if len(tree[1]) > MAX_HEX_DIGITS:
            raise WireError("a whole number has too many digits")
        return int(tree[1], 16)

    def _scalar(self, tree: Any, _: int) -> Any:
        dtype = _dtype(tree[1])
        if len(tree[2]) != dtype.itemsize or not dtype.itemsize:
            raise WireError("a number has the wrong number of bytes")
        if dtype.kind == "b" and tree[2] not in (b"\0", b"\1"):
            raise WireError("a boolean is neither true nor false")
        return np.frombuffer(tree[2], dtype)[0]

    def _range(self, tree: Any, depth: int) -> Any:
        parts = self._items(tree[1], depth)
        return slice(*parts) if tree[0] == Tag.SLICE else range(*parts)

    def _scalar_type(self, tree: Any, _: int) -> Any:
        found = getattr(np, tree[1]) if re.fullmatch(r"[a-z]+\d*_?", tree[1]) else None
        if not (isinstance(found, type) and issubclass(found, np.generic)):
            raise WireError("a message names no type of NumPy's")
        return found

    def _module(self, tree: Any, _: int) -> Any:
        name = tree[1]
        if not re.fullmatch(r"\w+(\.\w+)*", name) or not _is_library(name):
            raise WireError("a message names no known library")
        if name in sys.modules:
            return sys.modules[name]
        if name not in _LIBRARIES:  # to import some modules, or parts of a library, is to run them
            raise WireError("a message names a module that nobody uses here")
        try:
            return importlib.import_module(name)
        except ImportError as error:
            raise WireError(f"a message names a module that is not there: {error}") from None

    def _again(self, tree: Any, _: int) -> Any:
        if type(tree[1]) is not int or tree[1] < 0:
            raise WireError("a message points to no object")
        place, found = tree[1], self.new[tree[1]]
        if place in self._sizes:
            # Lists of the same two lists, forty levels deep, are a short message; to look at all
            # that they hold takes days.
            self._left -= self._sizes[place]
            if not self._sizes[place] or self._left < 0:
                raise WireError("a value holds itself, or the same thing too many times")
        return found

    def _already_known(self, tree: Any, depth: int) -> Any:
        number = tree[1]
        if type(number) is not int:
            raise WireError("a message points to no object")
        found = self._known(number)
        if tag_of_mutable(found) in FOLLOWING:
            return found
        if self._changing:
            raise WireError("an argument was changed to hold another one")
        # It may grow later: a thousand of the same are enough.
        self._left -= MAX_ITEMS // 1000 if number in self._met else 0
        self._met.add(number)
        self._left -= _weight(found, self._left, depth)
        if self._left < 0:
            raise WireError("a value holds the same thing too many times")
        return found

    def _senders(self, tree: Any, _: int) -> Any:
        _, number, name, abilities = tree
        if type(number) is not int or not isinstance(name, str) or not set(abilities) <= _ABLE:
            raise WireError("a handle is malformed")
        word = name if name.isidentifier() and len(name) <= 60 else "object"
        return self._proxy(Handle(number, word, tuple(abilities)))


def _nothing_known(number: int) -> Any:
    raise KeyError(number)


_ABLE = set(ABILITIES)
_DECODERS: dict[int, Callable[[Decoder, Any, int], Any]] = {
    Tag.LIST: Decoder._list,
    Tag.TUPLE: lambda self, tree, depth: tuple(self._items(tree[1], depth)),
    Tag.DICT: Decoder._dict,
    Tag.SET: Decoder._set,
    Tag.FROZENSET: lambda self, tree, depth: frozenset(self._hashed(tree[1], depth)),
    Tag.COMPLEX: lambda self, tree, depth: complex(tree[1], tree[2]),
    Tag.BIG: Decoder._big,
    Tag.ARRAY: Decoder._array,
    Tag.OBJECTS: Decoder._objects,
    Tag.SCALAR: Decoder._scalar,
    Tag.DTYPE: lambda self, tree, depth: _dtype(tree[1]),
    Tag.SLICE: Decoder._range,
    Tag.RANGE: Decoder._range,
    Tag.ELLIPSIS: lambda self, tree, depth: Ellipsis,
    Tag.NOT_IMPLEMENTED: lambda self, tree, depth: NotImplemented,
    Tag.BUILTIN_TYPE: lambda self, tree, depth: _BUILTIN_TYPES[tree[1]],
    Tag.SCALAR_TYPE: Decoder._scalar_type,
    Tag.RNG: Decoder._rng,
    Tag.MODULE: Decoder._module,
    Tag.SENDERS: Decoder._senders,
    Tag.RECEIVERS: lambda self, tree, depth: self._mine(tree[1]),
    Tag.AGAIN: Decoder._again,
    Tag.KNOWN: Decoder._already_known,
}


def _weight(container: Any, limit: int, depth: int) -> int:
    """Return how many values a container holds, those in what it holds included.

    Raises
    ------
    WireError
        They are more than the limit, or too deep.
    """
    if depth > MAX_DEPTH:
        raise WireError("a message is nested too deep")
    weight = 1
    for item in _items_of(container):
        weight += _weight(item, limit - weight, depth + 1) if type(item) in _CONTAINERS else 1
        if weight > limit:
            raise WireError("a message holds too many values")
    return weight


def _items_of(container: Any) -> Any:
    if isinstance(container, dict):
        return itertools.chain.from_iterable(container.items())
    return container.flat if isinstance(container, np.ndarray) else container


def set_state(bits: Any, state: Any) -> None:
    """Put a bit generator into a state that is one of its own.

    NumPy takes any: with some it reads beyond its memory, with others it draws zeros for ever.

    Raises
    ------
    ValueError
    """
    inner = state["state"]
    # A proxy could say another thing each time that it is asked.
    plain = type(state) is dict and type(inner) is dict
    if not plain or not all(
        type(part) in _PARTS_OF_STATES for part in (*state.values(), *inner.values())
    ):
        raise ValueError("no state of a random generator")
    words = np.asarray(inner.get("key", 1))
    inside = 0 <= inner.get("pos", 0) <= _MT19937_WORDS and 0 <= state.get("buffer_pos", 0) <= 4
    if not inside or inner.get("inc", 1) % 2 == 0 or not (np.any(words) or "counter" in inner):
        raise ValueError("a random generator never has that state")
    bits.state = state


def _named(value: Any) -> list[Any] | None:
    """Return the tree of what both sides know by its name."""
    if value is Ellipsis:
        return [Tag.ELLIPSIS]
    if value is NotImplemented:
        return [Tag.NOT_IMPLEMENTED]
    if isinstance(value, type):
        if _BUILTIN_TYPES.get(value.__name__) is value:
            return [Tag.BUILTIN_TYPE, value.__name__]
        if issubclass(value, np.generic) and value.__module__ == "numpy":
            return [Tag.SCALAR_TYPE, value.__name__]
    if isinstance(value, ModuleType) and _is_library(value.__name__):
        return [Tag.MODULE, value.__name__]
    return None


def _is_library(name: str) -> bool:
    first = name.partition(".")[0]
    return first in _LIBRARIES or first in sys.stdlib_module_names


def tag_of_mutable(value: Any) -> Tag | None:
    """Return the tag of what can be changed in place, None for anything else."""
    kind = type(value)
    if kind is np.ndarray or kind is np.matrix:
        letter = value.dtype.kind
        return Tag.ARRAY if letter in _PLAIN_KINDS else Tag.OBJECTS if letter == "O" else None
    return _MUTABLE.get(kind)


_MUTABLE: dict[type, Tag] = {
    list: Tag.LIST,
    dict: Tag.DICT,
    OrderedDict: Tag.DICT,
    defaultdict: Tag.DICT,
    set: Tag.SET,
    np.random.Generator: Tag.RNG,
}


_CONTAINERS = (list, dict, OrderedDict, defaultdict, set, frozenset, tuple, np.ndarray)


def array_bytes(array: Any) -> Any:
    """Return the contents of an array in C order: bytes, or its memory if it is large."""
    if array.nbytes > SMALL and array.flags.c_contiguous:
        return np.asarray(array).reshape(-1).view(np.uint8)
    return array.tobytes()


def _dtype(name: Any) -> Any:
    if not (isinstance(name, str) and len(name) < 30 and _PLAIN.fullmatch(name)):
        raise WireError("an array has a type that can't be sent")
    return np.dtype(name)


def _hex(value: int) -> str:
    text = hex(value)
    if len(text) > MAX_HEX_DIGITS:
        raise WireError("a whole number has too many digits")
    return text
