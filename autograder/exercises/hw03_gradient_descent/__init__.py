"""The exercises of homework 3, in the order of the notebook."""

from autograder.exercises.hw03_gradient_descent import (
    gradient_descent,
    gradient_step,
    largest_stable_lr,
    minibatches,
    momentum_step,
    numerical_gradient,
    optimize,
    rmsprop_step,
)

EXERCISES = (
    gradient_step.exercise,
    gradient_descent.exercise,
    largest_stable_lr.exercise,
    numerical_gradient.exercise,
    optimize.exercise,
    minibatches.exercise,
    momentum_step.exercise,
    rmsprop_step.exercise,
)
