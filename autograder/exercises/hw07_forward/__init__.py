"""The exercises of homework 7, in the order of the notebook."""

from autograder.exercises.hw07_forward import (
    collapse_linear,
    count_parameters,
    dense_forward,
    forward,
    hinge_basis,
    kinked_activations,
    mars_predict,
    neuron,
    perceptron_fit,
    predict,
    smooth_activations,
    theta_to_Wb,
    xor_network,
)

EXERCISES = (
    neuron.exercise,
    perceptron_fit.exercise,
    collapse_linear.exercise,
    smooth_activations.exercise,
    kinked_activations.exercise,
    hinge_basis.exercise,
    mars_predict.exercise,
    count_parameters.exercise,
    dense_forward.exercise,
    forward.exercise,
    predict.exercise,
    theta_to_Wb.exercise,
    xor_network.exercise,
)
