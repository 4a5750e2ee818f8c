"""Check the shapes of arguments by the letters of the notation table."""

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


def _real(name: str, value: ArrayLike) -> Array:
    raw = np.asarray(value)
    if raw.dtype.kind not in "biuf":
        raise TypeError(f"{name} holds values of type {raw.dtype}, expected real numbers")
    return raw.astype(np.float64, copy=False)


def _tuple(axes: list[str]) -> str:
    return f"({axes[0]},)" if len(axes) == 1 else f"({', '.join(axes)})"
