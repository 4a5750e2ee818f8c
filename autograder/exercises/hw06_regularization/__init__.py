"""The exercises of homework 6, in the order of the notebook."""

from autograder.exercises.hw06_regularization import (
    bias_variance,
    choose_lambda,
    complexity_curve,
    early_stopping_epoch,
    elastic_net_penalty,
    l2_penalty,
    lasso_ista,
    max_norm_project,
    polynomial_features,
    regularized_gradients,
    ridge_solve,
    soft_threshold,
)

EXERCISES = (
    polynomial_features.exercise,
    complexity_curve.exercise,
    early_stopping_epoch.exercise,
    bias_variance.exercise,
    l2_penalty.exercise,
    ridge_solve.exercise,
    regularized_gradients.exercise,
    soft_threshold.exercise,
    lasso_ista.exercise,
    elastic_net_penalty.exercise,
    max_norm_project.exercise,
    choose_lambda.exercise,
)
