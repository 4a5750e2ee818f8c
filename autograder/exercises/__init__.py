"""What is graded: for each exercise its cases, its comparison, its mistakes, its variants."""

from autograder.exercises.hw01_numpy import EXERCISES as _HW01
from autograder.exercises.hw02_linear_regression import EXERCISES as _HW02
from autograder.exercises.hw03_gradient_descent import EXERCISES as _HW03
from autograder.exercises.hw04_logistic_regression import EXERCISES as _HW04
from autograder.exercises.hw05_softmax_svm import EXERCISES as _HW05
from autograder.exercises.hw06_regularization import EXERCISES as _HW06
from autograder.exercises.hw07_forward import EXERCISES as _HW07
from autograder.exercises.hw08_backprop import EXERCISES as _HW08
from autograder.exercises.hw09_training import EXERCISES as _HW09
from autograder.exercises.hw10_beyond import EXERCISES as _HW10
from autograder.exercises.model import Exercise

HOMEWORKS: dict[str, dict[str, Exercise]] = {
    "hw01_numpy": {exercise.name: exercise for exercise in _HW01},
    "hw02_linear_regression": {exercise.name: exercise for exercise in _HW02},
    "hw03_gradient_descent": {exercise.name: exercise for exercise in _HW03},
    "hw04_logistic_regression": {exercise.name: exercise for exercise in _HW04},
    "hw05_softmax_svm": {exercise.name: exercise for exercise in _HW05},
    "hw06_regularization": {exercise.name: exercise for exercise in _HW06},
    "hw07_forward": {exercise.name: exercise for exercise in _HW07},
    "hw08_backprop": {exercise.name: exercise for exercise in _HW08},
    "hw09_training": {exercise.name: exercise for exercise in _HW09},
    "hw10_beyond": {exercise.name: exercise for exercise in _HW10},
}


def find(homework: str, name: str) -> Exercise:
    """Return the exercise of a homework by the name of its graded function.

    Raises
    ------
    KeyError
        There is no such homework or exercise; the message lists those that there are.
    """
    if homework not in HOMEWORKS:
        raise KeyError(f"no homework called {homework!r}; there are {', '.join(HOMEWORKS)}")
    exercises = HOMEWORKS[homework]
    if name not in exercises:
        raise KeyError(f"{homework} has no exercise called {name!r}; it has {', '.join(exercises)}")
    return exercises[name]
