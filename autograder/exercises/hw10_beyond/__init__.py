"""The exercises of homework 10, in the order of the notebook."""

from autograder.exercises.hw10_beyond import (
    analogy,
    attention,
    conv2d,
    conv_parameter_count,
    lstm_step,
    max_pool2d,
    rnn_forward,
    skipgram_pairs,
)

EXERCISES = (
    conv2d.exercise,
    max_pool2d.exercise,
    conv_parameter_count.exercise,
    rnn_forward.exercise,
    lstm_step.exercise,
    skipgram_pairs.exercise,
    analogy.exercise,
    attention.exercise,
)
