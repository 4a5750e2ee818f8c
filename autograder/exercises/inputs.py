"""Make random inputs: many digits for hidden cases, few for examples that a person reads."""

from dataclasses import dataclass

import numpy as np

from autograder.reference.shapes import Array


@dataclass(frozen=True)
class Inputs:
    """Random arrays of any shape.

    Attributes
    ----------
    rng : Generator
    readable : bool
        Draw multiples of one half between -4 and 4 instead of normal numbers.

    Examples
    --------
    >>> readable = Inputs(np.random.default_rng(0), readable=True).array(2, 3)
    >>> readable.shape, bool(np.all(readable * 2 == np.round(readable * 2)))
    ((2, 3), True)
    """

    rng: np.random.Generator
    readable: bool = False

    def array(self, *shape: int, scale: float = 1.0) -> Array:
        """Return an array of that shape."""
        if self.readable:
            return self.rng.integers(-8, 9, size=shape) / 2.0
        return self.rng.normal(scale=scale, size=shape)
