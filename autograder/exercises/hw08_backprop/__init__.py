"""The exercises of homework 8, in the order of the notebook."""

from autograder.exercises.hw08_backprop import (
    backprop,
    backprop_delta,
    backprop_loop,
    dense_gradients,
    gradient_check,
    layer_gradient_norms,
    network_loss,
    output_delta,
)

EXERCISES = (
    network_loss.exercise,
    output_delta.exercise,
    backprop_delta.exercise,
    dense_gradients.exercise,
    backprop_loop.exercise,
    backprop.exercise,
    gradient_check.exercise,
    layer_gradient_norms.exercise,
)
