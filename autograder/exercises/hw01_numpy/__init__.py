"""The exercises of homework 1, in the order of the notebook."""

from autograder.exercises.hw01_numpy import (
    accuracy,
    add_bias_column,
    conditional_from_joint,
    discounted_return,
    flatten_images,
    kfold_indices,
    minmax_scale,
    one_hot,
    scores_loop,
    scores_vectorised,
    standardize,
    train_test_split,
    unit_rows,
)

EXERCISES = (
    conditional_from_joint.exercise,
    discounted_return.exercise,
    scores_loop.exercise,
    scores_vectorised.exercise,
    add_bias_column.exercise,
    flatten_images.exercise,
    one_hot.exercise,
    minmax_scale.exercise,
    standardize.exercise,
    unit_rows.exercise,
    train_test_split.exercise,
    accuracy.exercise,
    kfold_indices.exercise,
)
