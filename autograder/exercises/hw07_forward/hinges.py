"""Hinge functions of the cases."""

from typing import Any

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.reference.shapes import Array


def random(inputs: Inputs, k: int) -> tuple[Array, Any]:
    """Return k knots and as many signs, both of which occur."""
    signs = inputs.rng.permutation(np.resize([1, -1], k))
    return inputs.array(k), signs
