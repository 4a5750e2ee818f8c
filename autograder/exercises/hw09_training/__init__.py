"""The exercises of homework 9, in the order of the notebook."""

from autograder.exercises.hw09_training import (
    activate,
    batchnorm,
    confusion_matrix,
    dense,
    dropout_backward,
    dropout_forward,
    init_weights,
    network,
    train,
)

EXERCISES = (
    init_weights.exercise,
    dense.exercise,
    activate.exercise,
    network.exercise,
    train.exercise,
    dropout_forward.exercise,
    dropout_backward.exercise,
    batchnorm.exercise,
    confusion_matrix.exercise,
)
