"""The exercises of homework 5, in the order of the notebook."""

from autograder.exercises.hw05_softmax_svm import (
    cross_entropy,
    fit_softmax,
    hinge_gradient,
    hinge_loss,
    multilabel_bce,
    predict_class,
    softmax,
    softmax_gradients,
    squared_hinge_loss,
)

EXERCISES = (
    predict_class.exercise,
    hinge_loss.exercise,
    squared_hinge_loss.exercise,
    hinge_gradient.exercise,
    softmax.exercise,
    cross_entropy.exercise,
    softmax_gradients.exercise,
    fit_softmax.exercise,
    multilabel_bce.exercise,
)
