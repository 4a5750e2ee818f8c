"""Check the shapes of arguments by the letters of the notation table."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def shaped(**named: tuple[ArrayLike, str]) -> list[Array]:
    """Return the named arguments as float arrays whose shapes fit together.

    Parameters
    ----------
    **named : tuple of (array_like, str)
        For each argument its value and its shape in letters, such as ``(X, "m n")``. The first
        argument in which a letter stands fixes the size behind that letter. A number stands for
        itself: ``(Y, "m 1")``.

    Returns
    -------
    list of ndarray
        Float arrays, in the order of the arguments. The arguments are not copied if they are
        float arrays already, and never changed.

    Raises
    ------
    TypeError
        An argument does not hold real numbers.
    ValueError
        An argument has another number of axes, is empty, or contradicts an earlier argument.

    Examples
    --------
    >>> X, W = shaped(X=(np.ones((4, 2)), "m n"), W=(np.ones((2, 1)), "n K"))
    >>> shaped(X=(np.ones((4, 2)), "m n"), W=(np.ones((3, 1)), "n K"))
    Traceback (most recent call last):
        ...
    ValueError: W has shape (3, 1), expected (n, K) with n = 2 as in X
    >>> shaped(Y=(np.ones((4, 2)), "m 1"))
    Traceback (most recent call last):
        ...
    ValueError: Y has shape (4, 2), expected (m, 1)
    """
    sizes: dict[str, tuple[int, str]] = {}
    arrays = []
    for name, (value, letters) in named.items():
        array = _real(name, value)
        axes = letters.split()
        written = _tuple(axes)
        if array.ndim != len(axes):
            raise ValueError(f"{name} has shape {array.shape}, expected {written}")
        for letter, size in zip(axes, array.shape, strict=True):
            if letter.isdigit():
                if size != int(letter):
                    raise ValueError(f"{name} has shape {array.shape}, expected {written}")
                continue
            if size == 0:
                raise ValueError(
                    f"{name} has shape {array.shape}, expected {written} with {letter} at least 1"
                )
            known, where = sizes.setdefault(letter, (size, name))
            if known != size:
                raise ValueError(
                    f"{name} has shape {array.shape}, expected {written} "
                    f"with {letter} = {known} as in {where}"
                )
        arrays.append(array)
    return arrays


def alike(**named: ArrayLike) -> list[Array]:
    """Return the named arguments as float arrays that have one shape, whatever it is.

    Parameters
    ----------
    **named : array_like
        The first argument fixes the shape.

    Returns
    -------
    list of ndarray
        In the order of the arguments, not copied if they are float arrays already.

    Raises
    ------
    TypeError
        An argument does not hold real numbers.
    ValueError
        The shapes differ.

    Examples
    --------
    >>> w, g = alike(w=[1, 2], g=[0.5, 0.0])
    >>> alike(w=[1, 2], g=[0.5])
    Traceback (most recent call last):
        ...
    ValueError: g has shape (1,), expected (2,) as w
    """
    arrays = {name: _real(name, value) for name, value in named.items()}
    first = next(iter(arrays))
    for name, array in arrays.items():
        if array.shape != arrays[first].shape:
            raise ValueError(
                f"{name} has shape {array.shape}, expected {arrays[first].shape} as {first}"
            )
    return list(arrays.values())


def paired(**named: Sequence[ArrayLike]) -> list[list[Array]]:
    """Return the arrays of lists side by side, as float arrays of equal shapes.

    Parameters
    ----------
    **named : sequence of array_like
        Lists of the same length; arrays at the same place have the same shape.

    Returns
    -------
    list of list of ndarray
        For each place the arrays that stand there, in the order of the arguments, copied.

    Raises
    ------
    TypeError
        An array does not hold real numbers.
    ValueError
        The lists differ in length, or two arrays at the same place in shape.

    Examples
    --------
    >>> paired(params=[[1.0, 2.0], [[3.0]]], grads=[[0.5, 0.0], [[1.0]]])[0]
    [array([1., 2.]), array([0.5, 0. ])]
    >>> paired(params=[[1.0, 2.0], [[3.0]]], grads=[[0.5, 0.0]])
    Traceback (most recent call last):
        ...
    ValueError: grads holds 1 arrays, expected 2 as params
    """
    first = next(iter(named))
    for name, arrays in named.items():
        if len(arrays) != len(named[first]):
            raise ValueError(
                f"{name} holds {len(arrays)} arrays, expected {len(named[first])} as {first}"
            )
    return [
        [
            array.copy()
            for array in alike(**{f"{name}[{i}]": arrays[i] for name, arrays in named.items()})
        ]
        for i in range(len(named[first]))
    ]


def same_length(**named: Sequence[object]) -> int:
    """Return the length that lists have in common, at least 1.

    Parameters
    ----------
    **named : sequence
        The first argument fixes the length.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        The first list is empty, or another one has another length.

    Examples
    --------
    >>> same_length(Ws=[1, 2], bs=[3, 4])
    2
    >>> same_length(Ws=[1, 2], bs=[3])
    Traceback (most recent call last):
        ...
    ValueError: bs has 1 entries, expected 2 as Ws
    """
    first = next(iter(named))
    length = len(named[first])
    if length == 0:
        raise ValueError(f"{first} is empty, expected at least one entry")
    for name, things in named.items():
        if len(things) != length:
            raise ValueError(f"{name} has {len(things)} entries, expected {length} as {first}")
    return length


def _real(name: str, value: ArrayLike) -> Array:
    raw = np.asarray(value)
    if raw.dtype.kind not in "biuf":
        raise TypeError(f"{name} holds values of type {raw.dtype}, expected real numbers")
    return raw.astype(np.float64, copy=False)


def _tuple(axes: list[str]) -> str:
    return f"({axes[0]},)" if len(axes) == 1 else f"({', '.join(axes)})"
