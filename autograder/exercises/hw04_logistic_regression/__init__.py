"""The exercises of homework 4, in the order of the notebook."""

from autograder.exercises.hw04_logistic_regression import (
    bce,
    bce_with_logits,
    decision_grid,
    fit_logistic,
    logistic_gradients,
    predict_label,
    predict_proba,
    sigmoid,
)

EXERCISES = (
    sigmoid.exercise,
    predict_proba.exercise,
    predict_label.exercise,
    decision_grid.exercise,
    bce.exercise,
    bce_with_logits.exercise,
    logistic_gradients.exercise,
    fit_logistic.exercise,
)
