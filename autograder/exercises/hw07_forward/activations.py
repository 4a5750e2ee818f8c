"""Cases of the activation classes: which one is looked at, and where."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.model import Case
from autograder.exercises.refused import Refused


def case(name: str, z: Any, about: str = "") -> Case:
    """Return a case of the class of that name."""
    about = f"in `{name}` {about}".rstrip()
    return Case(kwargs={"z": z}, about=about, extra=name, written=f"{name}.f(z), {name}.df(z)")


def observe(functions: Any, case: Case) -> tuple[Any, Any]:
    """Use both functions of a class, or of its instances if it has no static methods."""
    name, z = case.extra, case.kwargs["z"]
    activation = getattr(functions, name)
    if activation is None:
        raise Refused(f"your notebook defines no class `{name}`")
    found = []
    for method in ("f", "df"):
        if not hasattr(activation, method):
            raise Refused(f"`{name}` has no `{method}`")
        try:
            found.append(_used(activation, method, z))
        except NotImplementedError as error:
            others = [getattr(functions, other) for other in vars(functions)]
            if any(hasattr(other, "f") and begun(other.f) for other in others):
                raise Refused(f"`{name}.{method}` still raises NotImplementedError") from error
            raise
    return found[0], found[1]


def begun(function: Any) -> bool:
    """Whether a function of one array is more than the stub that was released."""
    try:
        function(np.ones((1, 2)))
    except NotImplementedError:
        return False
    except Exception:
        return True
    return True


def _used(activation: Any, method: str, z: Any) -> Any:
    """Call a method of the class, or of an instance of it."""
    try:
        return getattr(activation, method)(z)
    except TypeError:
        try:
            instance = activation()
        except TypeError:
            instance = None
        if instance is None:
            raise
        return getattr(instance, method)(z)


def away_from_0(rng: np.random.Generator, *shape: int) -> Any:
    """Return numbers of both signs that are not near 0, where some functions have a kink."""
    sizes = rng.uniform(0.2, 3.0, shape)
    return sizes * rng.permuted(np.resize([-1.0, 1.0], shape).ravel()).reshape(shape)


def shapes(name: str, rng: np.random.Generator) -> Iterator[Case]:
    """Yield cases of several shapes, and of integers."""
    yield case(name, away_from_0(rng, 4), "for a flat array")
    yield case(name, away_from_0(rng, 2, 1, 3), "for an array with three axes")
    yield case(name, away_from_0(rng, 1, 1), "for a matrix with one entry")
    yield case(name, np.array([[-3, -1, 2], [1, -2, 3]]), "for integers")
