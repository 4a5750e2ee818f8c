"""The exercises of homework 2, in the order of the notebook."""

from autograder.exercises.hw02_linear_regression import (
    gaussian_log_likelihood,
    grid_search_slope,
    half_mse,
    linear_gradients,
    linear_predict,
    mae,
    make_loss,
    normal_equation,
)

EXERCISES = (
    linear_predict.exercise,
    mae.exercise,
    half_mse.exercise,
    grid_search_slope.exercise,
    gaussian_log_likelihood.exercise,
    make_loss.exercise,
    linear_gradients.exercise,
    normal_equation.exercise,
)
