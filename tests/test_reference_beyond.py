# ruff: noqa: E741  # the contract calls the picture I
"""The reference of homework 10 is right: checked by other programs and by second derivations."""

import itertools
from collections import Counter

import numpy as np
import pytest
from scipy import signal, special
from sklearn.metrics.pairwise import cosine_similarity

from autograder.reference import beyond as ref

VERTICAL_EDGE = np.array([[1, 0, -1]] * 3)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(29)


@pytest.mark.parametrize(
    ("shape", "k", "stride", "pad"),
    [((6, 6), 3, 1, 0), ((7, 5), 3, 2, 1), ((5, 8), 2, 3, 2), ((4, 4), 4, 1, 0), ((3, 9), 1, 4, 1),
     ((2, 2), 4, 2, 1)],
)  # fmt: skip
def test_conv2d_agrees_with_scipy(rng, shape, k, stride, pad):
    I, K = rng.normal(size=shape), rng.normal(size=(k, k))
    full = signal.correlate2d(np.pad(I, pad), K, mode="valid")
    result = ref.conv2d(I, K, stride, pad)
    np.testing.assert_allclose(result, full[::stride, ::stride], atol=1e-12)
    sizes = tuple((n + 2 * pad - k) // stride + 1 for n in shape)
    assert result.shape == sizes


def test_conv2d_finds_the_vertical_edge_and_a_flipped_kernel_changes_its_sign():
    I = np.repeat([[10, 10, 10, 0, 0, 0]], 6, axis=0)
    np.testing.assert_array_equal(ref.conv2d(I, VERTICAL_EDGE), [[0, 30, 30, 0]] * 4)
    np.testing.assert_array_equal(ref.conv2d(I[:, ::-1], VERTICAL_EDGE), [[0, -30, -30, 0]] * 4)
    true_convolution = signal.convolve2d(I, VERTICAL_EDGE, mode="valid")
    np.testing.assert_array_equal(true_convolution, [[0, -30, -30, 0]] * 4)


def test_conv2d_of_small_integers_does_not_wrap_around():
    I = np.full((3, 3), 255, dtype=np.uint8)
    assert ref.conv2d(I, np.ones((3, 3), dtype=np.uint8)) == 9 * 255


@pytest.mark.parametrize(("shape", "size"), [((6, 6), 2), ((7, 5), 2), ((9, 4), 3), ((3, 8), 1)])
def test_max_pool2d_is_that_of_four_loops(rng, shape, size):
    I = rng.normal(size=shape) - 5
    expected = np.empty((shape[0] // size, shape[1] // size))
    for i, j in np.ndindex(expected.shape):
        inside = [
            I[size * i + a, size * j + b] for a, b in itertools.product(range(size), repeat=2)
        ]
        expected[i, j] = max(inside)
    np.testing.assert_array_equal(ref.max_pool2d(I, size), expected)


def test_parameters_are_those_of_lenet_5():
    assert ref.conv_parameter_count(1, 6, 5) == 156
    assert ref.conv_parameter_count(16, 120, 5) == 48_120
    # C3: each of its maps looks at some maps of S2 only: 6 at 3, 9 at 4, 1 at all 6.
    C3 = sum(n * ref.conv_parameter_count(c, 1, 5) for n, c in ((6, 3), (9, 4), (1, 6)))
    assert C3 == 1516
    S2, S4, F6 = 6 * 2, 16 * 2, ref.conv_parameter_count(120, 84, 1)
    assert 156 + S2 + C3 + S4 + 48_120 + F6 == 60_000
    assert 28 * 28 * 156 == 122_304  # connections of C1


def test_parameters_are_the_entries_of_the_arrays(rng):
    c_in, c_out, k = 3, 5, 4
    kernels, biases = rng.normal(size=(c_out, c_in, k, k)), rng.normal(size=c_out)
    assert ref.conv_parameter_count(c_in, c_out, k) == kernels.size + biases.size


def test_rnn_is_one_linear_map_of_its_past_as_long_as_it_is_small(rng):
    T, n, h = 6, 3, 4
    X, h0 = 1e-5 * rng.normal(size=(T, n)), 1e-5 * rng.normal(size=h)
    Wx, Wh = rng.normal(size=(n, h)), rng.normal(size=(h, h)) / 2
    states = ref.rnn_forward(X, h0, Wx, Wh, np.zeros(h))
    for t in range(T):
        power = np.linalg.matrix_power
        past = sum(X[s] @ Wx @ power(Wh, t - s) for s in range(t + 1))
        np.testing.assert_allclose(states[t], past + h0 @ power(Wh, t + 1), rtol=1e-6)


def test_rnn_is_that_of_scalar_loops(rng):
    T, n, h = 5, 2, 3
    X, h0 = rng.normal(size=(T, n)), rng.normal(size=h)
    Wx, Wh, b = rng.normal(size=(n, h)), rng.normal(size=(h, h)), rng.normal(size=h)
    states = [list(h0)]
    for t in range(T):
        states.append(
            [
                np.tanh(
                    b[k]
                    + sum(X[t, j] * Wx[j, k] for j in range(n))
                    + sum(states[t][j] * Wh[j, k] for j in range(h))
                )
                for k in range(h)
            ]
        )
    np.testing.assert_allclose(ref.rnn_forward(X, h0, Wx, Wh, b), states[1:])


def test_rnn_state_depends_on_earlier_inputs_and_on_no_later_one(rng):
    X, h0 = rng.normal(size=(6, 2)), np.zeros(3)
    Wx, Wh, b = rng.normal(size=(2, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)
    states = ref.rnn_forward(X, h0, Wx, Wh, b)
    for t in range(6):
        other = X.copy()
        other[t] += 1
        changed = (ref.rnn_forward(other, h0, Wx, Wh, b) != states).any(axis=1)
        np.testing.assert_array_equal(changed, np.arange(6) >= t)


def test_lstm_step_is_that_of_four_separate_gates(rng):
    n, k = 3, 2
    x, h, c = rng.normal(size=n), rng.normal(size=k), rng.normal(size=k)
    W, b = rng.normal(size=(n + k, 4 * k)), rng.normal(size=4 * k)
    z = {}
    for block, gate in enumerate("fiog"):
        own = slice(block * k, (block + 1) * k)
        z[gate] = x @ W[:n, own] + h @ W[n:, own] + b[own]
    memory = special.expit(z["f"]) * c + special.expit(z["i"]) * np.tanh(z["g"])
    new_h, new_c = ref.lstm_step(x, h, c, W, b)
    np.testing.assert_allclose(new_c, memory)
    np.testing.assert_allclose(new_h, special.expit(z["o"]) * np.tanh(memory))


def test_lstm_gates_keep_write_and_show(rng):
    x, h, c, W = [0.3], rng.normal(size=2), rng.normal(size=2), np.zeros((3, 8))

    def gates(f, i, o, candidate=0.5):
        return ref.lstm_step(x, h, c, W, np.repeat([f, i, o, candidate], 2))

    with np.errstate(over="raise"):
        np.testing.assert_allclose(gates(1000, -1000, 1000), (np.tanh(c), c))  # keep
        np.testing.assert_allclose(gates(-1000, 1000, -1000), ([0, 0], [np.tanh(0.5)] * 2))  # write


@pytest.mark.parametrize("window", [1, 2, 3, 20])
def test_skipgram_pairs_are_all_pairs_that_are_near(rng, window):
    tokens = rng.choice(["a", "b", "c", "d"], size=9).tolist()
    near = [
        (tokens[i], tokens[j])
        for i, j in itertools.permutations(range(9), 2)
        if abs(i - j) <= window
    ]
    pairs = ref.skipgram_pairs(tokens, window)
    assert Counter(pairs) == Counter(near)
    assert len(pairs) == sum(2 * (9 - d) for d in range(1, min(window, 8) + 1))


def test_skipgram_pairs_of_a_short_text():
    assert ref.skipgram_pairs([], 2) == ref.skipgram_pairs(["alone"], 2) == []
    assert ref.skipgram_pairs(("no", "no"), 1) == [("no", "no")] * 2


def test_analogy_is_the_best_cosine_of_all_words_that_are_not_asked(rng):
    words = [f"w{i}" for i in range(12)]
    for _ in range(20):
        E = rng.normal(size=(12, 4)) * rng.uniform(0.1, 10, size=(12, 1))
        a, b, c = rng.choice(12, size=3, replace=False)
        units = E / np.sqrt((E**2).sum(axis=1))[:, None]
        target = units[b] - units[a] + units[c]
        cosines = cosine_similarity(E, target[None])[:, 0]
        best = max(set(range(12)) - {a, b, c}, key=lambda i: cosines[i])
        assert ref.analogy(E, words, words[a], words[b], words[c]) == words[best]


def test_analogy_leaves_out_the_words_of_the_question_and_ignores_lengths():
    words = ["paris", "france", "rome", "italy", "long"]
    E = np.array([[1, 0, 0.2], [1, 1, 0.2], [0.9, 0, 1], [0.9, 0.9, 1.0], [50, -40, 50]])
    assert ref.analogy(E, words, "paris", "france", "rome") == "italy"
    assert np.argmax(E @ (E[1] - E[0] + E[2])) == 4  # what raw vectors say


def test_attention_agrees_with_scipy(rng):
    Q, K, V = rng.normal(size=(4, 3)), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    expected = special.softmax(Q @ K.T / 3**0.5, axis=1) @ V
    np.testing.assert_allclose(ref.attention(Q, K, V), expected)
    far = special.softmax(1e4 * Q @ K.T / 3**0.5, axis=1) @ V
    np.testing.assert_allclose(ref.attention(1e4 * Q, K, V), far)


def test_attention_does_not_know_the_order_of_its_keys(rng):
    Q, K, V = rng.normal(size=(4, 3)), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    order = rng.permutation(5)
    np.testing.assert_allclose(ref.attention(Q, K[order], V[order]), ref.attention(Q, K, V))
    np.testing.assert_allclose(ref.attention(0 * Q, K, V), [V.mean(axis=0)] * 4)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ref.conv2d(np.ones((4, 4)), np.ones((2, 3))), r"K has shape \(2, 3\)"),
        (lambda: ref.conv2d(np.ones((2, 4)), np.ones((3, 3))), "more than the padded picture"),
        (lambda: ref.conv2d(np.ones((4, 4)), [[1]], stride=0), "stride is 0"),
        (lambda: ref.conv2d(np.ones((4, 4)), [[1]], pad=-1), "pad -1"),
        (lambda: ref.conv2d(np.ones((4, 4, 3)), [[1]]), r"expected \(H, W\)"),
        (lambda: ref.max_pool2d(np.ones((2, 5)), 3), "size is 3"),
        (lambda: ref.max_pool2d(np.ones((2, 5)), 0), "size is 0"),
        (lambda: ref.conv_parameter_count(0, 1, 1), "expected at least 1"),
        (
            lambda: ref.rnn_forward([[1]], [0, 0], [[1]], np.eye(2), [0, 0]),
            r"Wx has shape \(1, 1\)",
        ),
        (
            lambda: ref.lstm_step([1], [0], [0], np.ones((2, 3)), [0, 0, 0]),
            r"expected \(n \+ k, 4k\) = \(2, 4\)",
        ),
        (lambda: ref.skipgram_pairs(["a"], 0), "window is 0"),
        (lambda: ref.analogy(np.eye(4), list("abc"), "a", "b", "c"), "expected 4"),
        (lambda: ref.analogy(np.eye(4), list("abcd"), "a", "b", "e"), "expected a, b, e"),
        (lambda: ref.analogy(np.eye(3), list("abc"), "a", "b", "c"), "and others"),
        (lambda: ref.analogy(np.diag([1, 1, 1, 0]), list("abcd"), "a", "b", "c"), "zeros"),
        (lambda: ref.attention([[1, 2]], [[1]], [[1]]), "d = 2 as in Q"),
    ],
)
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
