# ruff: noqa: E741  # the contract calls the picture I
r"""Beyond dense layers: convolution and pooling, recurrent steps, words as vectors, attention.

A picture is one channel, ``I`` of shape (H, W), with rows from top to bottom. A sequence has a row
for each time step, and a state is flat. Words are text; their vectors are the rows of ``E``.
"""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from autograder.reference.logistic_regression import sigmoid
from autograder.reference.shapes import Array, shaped
from autograder.reference.softmax_svm import softmax


def conv2d(I: ArrayLike, K: ArrayLike, stride: int = 1, pad: int = 0) -> Array:
    r"""Return the cross-correlation of a picture with a kernel, which libraries call convolution.

    Parameters
    ----------
    I : array_like, shape (H, W)
        Picture, one channel.
    K : array_like, shape (k, k)
        Kernel. It is laid on the picture as it is, not flipped.
    stride : int
        The kernel moves by so many pixels, down and to the right.
    pad : int
        So many rows and columns of zeros are put around the picture first, on every side.

    Returns
    -------
    ndarray, shape (H', W')
        :math:`\sum_{a,b} K_{ab}\,\tilde I_{si+a,\,sj+b}` with the padded picture
        :math:`\tilde I` and the stride s;
        :math:`H' = \lfloor (H + 2p - k)/s \rfloor + 1`, and W' likewise.

    Raises
    ------
    ValueError
        An array has another number of axes, the kernel is not square or larger than the padded
        picture, ``stride`` is less than 1 or ``pad`` less than 0.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), equation 9.6.

    Examples
    --------
    >>> I = [[10, 10, 0, 0]] * 3
    >>> conv2d(I, [[1, -1], [1, -1]])
    array([[ 0., 20.,  0.],
           [ 0., 20.,  0.]])
    >>> conv2d(I, [[1, -1], [1, -1]], stride=2, pad=1)
    array([[-10.,  10.,   0.],
           [-20.,  20.,   0.]])
    """
    I, K = shaped(I=(I, "H W"), K=(K, "k k"))
    if stride < 1 or pad < 0:
        raise ValueError(
            f"stride is {stride} and pad {pad}, expected a stride from 1 and a pad from 0"
        )
    padded = np.pad(I, pad)
    if len(K) > min(padded.shape):
        raise ValueError(f"K has shape {K.shape}, more than the padded picture {padded.shape}")
    windows = sliding_window_view(padded, K.shape)[::stride, ::stride]  # (H', W', k, k)
    result: Array = (windows * K).sum(axis=(2, 3))
    return result


def max_pool2d(I: ArrayLike, size: int) -> Array:
    r"""Return the largest value of each block of a picture.

    Parameters
    ----------
    I : array_like, shape (H, W)
        Picture, one channel.
    size : int
        Blocks are ``size`` pixels high and wide and don't overlap. Rows and columns at the lower
        and the right edge that fill no block are left out.

    Returns
    -------
    ndarray, shape (H // size, W // size)
        The maxima.

    Raises
    ------
    ValueError
        ``I`` is not a matrix, or ``size`` is less than 1 or larger than the picture.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 9.3.

    Examples
    --------
    >>> max_pool2d([[1, 3, 0, 2], [4, 2, 1, 1], [0, 0, 5, 6], [0, 9, 7, 8]], 2)
    array([[4., 2.],
           [9., 8.]])
    """
    (I,) = shaped(I=(I, "H W"))
    if not 1 <= size <= min(I.shape):
        raise ValueError(f"size is {size}, expected 1, …, {min(I.shape)} for shape {I.shape}")
    H, W = I.shape[0] // size, I.shape[1] // size
    blocks = I[: H * size, : W * size].reshape(H, size, W, size)
    maxima: Array = blocks.max(axis=(1, 3))
    return maxima


def conv_parameter_count(c_in: int, c_out: int, k: int) -> int:
    r"""Return the number of weights and biases of a convolutional layer.

    Parameters
    ----------
    c_in, c_out : int
        Channels of the input, and feature maps of the output.
    k : int
        Kernels are k pixels high and wide.

    Returns
    -------
    int
        :math:`c_\text{out}\,(c_\text{in} k^2 + 1)`: each feature map has a k by k kernel for every
        input channel, and one bias.

    Raises
    ------
    ValueError
        An argument is less than 1.

    References
    ----------
    LeCun, Bottou, Bengio and Haffner, *Gradient-Based Learning Applied to Document Recognition*
    (1998), section II.B: layers C1 and C5 of LeNet-5.

    Examples
    --------
    >>> conv_parameter_count(1, 6, 5), conv_parameter_count(16, 120, 5)
    (156, 48120)
    """
    if min(c_in, c_out, k) < 1:
        raise ValueError(f"c_in, c_out, k are {c_in}, {c_out}, {k}, expected at least 1")
    return c_out * (c_in * k**2 + 1)


def rnn_forward(X: ArrayLike, h0: ArrayLike, Wx: ArrayLike, Wh: ArrayLike, b: ArrayLike) -> Array:
    r"""Return the states of a simple recurrent network along a sequence.

    Parameters
    ----------
    X : array_like, shape (T, n)
        The sequence, a row for each time step.
    h0 : array_like, shape (h,)
        The state before the first step.
    Wx : array_like, shape (n, h)
        Weights of the input.
    Wh : array_like, shape (h, h)
        Weights of the last state.
    b : array_like, shape (h,)
        Bias.

    Returns
    -------
    ndarray, shape (T, h)
        :math:`h_t = \tanh(x_t W_x + h_{t-1} W_h + b)`, a row for each step; ``h0`` is not one.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), equations 10.8 and 10.9.

    Examples
    --------
    >>> rnn_forward([[1], [0], [0]], [0.0], [[1]], [[2]], [0]).round(3)
    array([[0.762],
           [0.909],
           [0.949]])
    """
    X, h0, Wx, Wh, b = shaped(
        X=(X, "T n"), h0=(h0, "h"), Wx=(Wx, "n h"), Wh=(Wh, "h h"), b=(b, "h")
    )
    state = h0
    states = []
    for x in X:
        state = np.tanh(x @ Wx + state @ Wh + b)
        states.append(state)
    return np.array(states)


def lstm_step(
    x: ArrayLike, h: ArrayLike, c: ArrayLike, W: ArrayLike, b: ArrayLike
) -> tuple[Array, Array]:
    r"""Return the next state and memory of an LSTM cell.

    Parameters
    ----------
    x : array_like, shape (n,)
        Input of this step.
    h, c : array_like, shape (k,)
        State and memory after the last step.
    W : array_like, shape (n+k, 4k)
        Weights; the rows belong to x, then h. The columns are four blocks of k: forget gate, input
        gate, output gate, candidate.
    b : array_like, shape (4k,)
        Bias, in the same four blocks.

    Returns
    -------
    h : ndarray, shape (k,)
        :math:`o \odot \tanh c`, with the new memory c.
    c : ndarray, shape (k,)
        :math:`f \odot c + i \odot \tilde c`. The gates f, i, o are sigmoids, and the candidate
        :math:`\tilde c` is a tanh, of the four blocks of :math:`[x, h] W + b`.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Hochreiter and Schmidhuber, *Long Short-Term Memory* (1997); the forget gate is by Gers,
    Schmidhuber and Cummins, *Learning to Forget* (2000).

    Examples
    --------
    Gates that are half open let half of the memory and half of the candidate pass.

    >>> h, c = lstm_step([1.0], [0.0], [4.0], [[0, 0, 0, 1], [0, 0, 0, 0]], [0, 0, 0, 0])
    >>> h.round(4), c.round(4)
    (array([0.4915]), array([2.3808]))
    """
    x, h, c, W, b = shaped(x=(x, "n"), h=(h, "k"), c=(c, "k"), W=(W, "p q"), b=(b, "q"))
    n, k = len(x), len(h)
    if W.shape != (n + k, 4 * k):
        raise ValueError(
            f"W has shape {W.shape}, expected (n + k, 4k) = {(n + k, 4 * k)} "
            f"with n = {n} as in x and k = {k} as in h"
        )
    forget, write, show, candidate = np.split(np.concatenate([x, h]) @ W + b, 4)
    memory = sigmoid(forget) * c + sigmoid(write) * np.tanh(candidate)
    return sigmoid(show) * np.tanh(memory), memory


def skipgram_pairs(tokens: Sequence[str], window: int) -> list[tuple[str, str]]:
    r"""Return the pairs of words from which skip-gram learns.

    Parameters
    ----------
    tokens : sequence of str
        The words of a text, in order.
    window : int
        Words at most so many places away are the context of a word.

    Returns
    -------
    list of tuple of (str, str)
        ``(center, context)`` for every word and every *other* place within its window, cut off at
        the ends of the text; words that stand there twice count twice.

    Raises
    ------
    ValueError
        ``window`` is less than 1.

    References
    ----------
    Mikolov, Chen, Corrado and Dean, *Efficient Estimation of Word Representations in Vector Space*
    (2013), section 3.2.

    Examples
    --------
    >>> skipgram_pairs(["the", "cat", "sat"], 1)
    [('the', 'cat'), ('cat', 'the'), ('cat', 'sat'), ('sat', 'cat')]
    """
    if window < 1:
        raise ValueError(f"window is {window}, expected at least 1")
    pairs = []
    for i, center in enumerate(tokens):
        before = tokens[max(i - window, 0) : i]
        after = tokens[i + 1 : i + window + 1]
        pairs += [(center, context) for context in [*before, *after]]
    return pairs


def analogy(E: ArrayLike, words: Sequence[str], a: str, b: str, c: str) -> str:
    r"""Return the word that is to c as b is to a.

    Parameters
    ----------
    E : array_like, shape (V, d)
        Word vectors of any length but 0, a row for each word.
    words : sequence of str
        The V words, all different, in the order of the rows.
    a, b, c : str
        The words of the question: "a is to b as c is to …?"

    Returns
    -------
    str
        The word, other than a, b and c, whose unit vector has the largest cosine with
        :math:`\hat b - \hat a + \hat c`, where the hats are unit vectors, too.

    Raises
    ------
    ValueError
        ``words`` does not name every row, a word of the question is not in it, it holds no other
        word, or a vector is 0.

    References
    ----------
    Levy and Goldberg, *Linguistic Regularities in Sparse and Explicit Word Representations*
    (2014), equation 2 (3CosAdd).

    Examples
    --------
    >>> E = [[1, 0], [1, 1], [0, 1], [-4, 4], [5, 0.1]]
    >>> analogy(E, ["she", "they", "we", "he", "you"], "she", "they", "we")
    'he'
    """
    (E,) = shaped(E=(E, "V d"))
    lengths = np.linalg.norm(E, axis=1, keepdims=True)
    if len(words) != len(E):
        raise ValueError(f"words holds {len(words)} words, expected {len(E)} as rows of E")
    if not {a, b, c} < set(words):
        raise ValueError(f"words holds {list(words)}, expected {a}, {b}, {c} and others")
    if not lengths.all():
        raise ValueError("E has a row of zeros, which has no direction")
    units = E / lengths
    place = {word: i for i, word in enumerate(words)}
    scores = units @ (units[place[b]] - units[place[a]] + units[place[c]])
    scores[[place[a], place[b], place[c]]] = -np.inf
    return words[int(scores.argmax())]


def attention(Q: ArrayLike, K: ArrayLike, V: ArrayLike) -> Array:
    r"""Return for each query the mean of the values, weighted by how well their keys match.

    Parameters
    ----------
    Q : array_like, shape (t, d)
        Queries, a row for each place that asks.
    K : array_like, shape (s, d)
        Keys, a row for each place that is asked.
    V : array_like, shape (s, e)
        Values, a row for each key.

    Returns
    -------
    ndarray, shape (t, e)
        :math:`\mathrm{softmax}(Q K^\top / \sqrt d)\, V`, the softmax over the keys.

    Raises
    ------
    ValueError
        The shapes do not fit together.

    References
    ----------
    Vaswani et al., *Attention Is All You Need* (2017), equation 1.

    Examples
    --------
    >>> attention([[0.0, 0.0]], [[1, 0], [0, 1]], [[2, 4], [4, 8]])
    array([[3., 6.]])
    """
    Q, K, V = shaped(Q=(Q, "t d"), K=(K, "s d"), V=(V, "s e"))
    weights = softmax(Q @ K.T / np.sqrt(Q.shape[1]))
    result: Array = weights @ V
    return result
