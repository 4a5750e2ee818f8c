"""Keep the global random generators of NumPy and Python in step across two processes."""

import _random
import ctypes
import random
from typing import Any

import numpy as np

_MT19937_WORDS = 624
_MT19937_BYTES = _MT19937_WORDS * 4 + 4
_HEAD = object.__basicsize__
_PYTHON_BYTES = _random.Random.__basicsize__ - _HEAD
_python = random.seed.__self__  # type: ignore[attr-defined]  # the generator behind the module


def fingerprints() -> tuple[bytes, bytes]:
    """Return what tells whether NumPy's and Python's global generators were used or seeded.

    Asking for their states would cost more than a call, so this reads the memory that holds them.
    """
    bits: Any = np.random.get_bit_generator()  # type: ignore[attr-defined]
    numpy_print = b""
    if type(bits) is np.random.MT19937:
        numpy_print = ctypes.string_at(bits.ctypes.state_address, _MT19937_BYTES)
    return numpy_print, ctypes.string_at(id(_python) + _HEAD, _PYTHON_BYTES)


def changed_states(before: tuple[bytes, bytes]) -> list[Any]:
    """Return the states of the generators that were used since, None for those that were not."""
    now = fingerprints()
    states: list[Any] = [None, None]
    if now[0] != before[0]:
        bits = np.random.get_state(legacy=False)  # noqa: NPY002
        inner = bits["state"]
        states[0] = [inner["key"].tobytes(), inner["pos"], bits["has_gauss"], bits["gauss"]]
    if now[1] != before[1]:
        version, words, gauss = random.getstate()
        states[1] = [version, np.array(words, np.uint64).tobytes(), gauss]
    return states


def set_random_states(numpy_state: Any, python_state: Any) -> None:
    """Set the generators to states that `changed_states` returned; None leaves one alone."""
    if numpy_state is not None:
        key, position, has_gauss, gauss = numpy_state
        words = np.frombuffer(key, np.uint32)
        if not 0 <= position <= _MT19937_WORDS:  # NumPy would read beyond them
            raise ValueError("no such state of a random generator")
        np.random.set_state(  # noqa: NPY002
            ("MT19937", words, position, has_gauss, gauss)
        )
    if python_state is not None:
        version, content, gauss = python_state
        random.setstate((version, tuple(np.frombuffer(content, np.uint64).tolist()), gauss))
