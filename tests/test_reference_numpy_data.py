"""The reference of homework 1 is right: checked by SciPy, scikit-learn and definitions."""

import numpy as np
import pytest
from scipy import signal, stats
from sklearn import metrics, model_selection, preprocessing

from autograder.reference import numpy_data as nd


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(11)


def test_conditional_table_agrees_with_bayes_rule(rng):
    P = rng.dirichlet(np.ones(12)).reshape(3, 4)
    table = nd.conditional_from_joint(P)
    np.testing.assert_allclose(table.sum(axis=1), 1)
    p_row, p_column = P.sum(axis=1), P.sum(axis=0)
    row_given_column = nd.conditional_from_joint(P.T).T
    np.testing.assert_allclose(table, row_given_column * p_column / p_row[:, np.newaxis])


def test_return_agrees_with_a_filter(rng):
    rewards = rng.normal(size=30)
    filtered = signal.lfilter([1], [1, -0.9], rewards[::-1])[::-1]
    assert nd.discounted_return(rewards, 0.9) == pytest.approx(filtered[0])
    assert nd.discounted_return(np.ones(2000), 0.99) == pytest.approx(100)
    assert nd.discounted_return([5, 7], 0) == 5


def test_two_ways_to_the_scores_agree(rng):
    X, W, b = rng.normal(size=(9, 4)), rng.normal(size=(4, 3)), rng.normal(size=3)
    Z = nd.scores_vectorised(X, W, b)
    np.testing.assert_allclose(nd.scores_loop(X, W, b), Z)
    np.testing.assert_allclose(Z[2], W.T @ X[2] + b)
    np.testing.assert_allclose(nd.add_bias_column(X) @ np.vstack([b, W]), Z)


def test_bias_column_agrees_with_scikit_learn(rng):
    X = rng.normal(size=(4, 3))
    np.testing.assert_array_equal(nd.add_bias_column(X), preprocessing.add_dummy_feature(X))


def test_pixels_stand_where_the_formula_says(rng):
    m, H, W, C = 2, 3, 4, 3
    images = rng.integers(0, 256, (m, H, W, C), dtype=np.uint8)
    rows = nd.flatten_images(images)
    assert rows.shape == (m, C * H * W)
    for i, h, w, c in np.ndindex(m, H, W, C):
        assert rows[i, c * H * W + h * W + w] == images[i, h, w, c] / 255


def test_worked_numbers_of_the_curriculum():
    order = [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]
    row = nd.flatten_images(np.arange(12, dtype=np.uint8).reshape(1, 2, 2, 3))[0]
    np.testing.assert_allclose(row * 255, order)
    np.testing.assert_array_equal(nd.one_hot([0, 1, 2], 3), np.eye(3))
    assert nd.flatten_images(np.zeros((1, 128, 128, 3))).shape == (1, 49_152)


def test_one_hot_agrees_with_scikit_learn(rng):
    y = rng.integers(0, 4, 20)
    np.testing.assert_array_equal(
        nd.one_hot(y, 5), preprocessing.label_binarize(y, classes=range(5))
    )


@pytest.mark.parametrize(
    ("function", "scaler"),
    [
        (nd.minmax_scale, preprocessing.MinMaxScaler()),
        (nd.standardize, preprocessing.StandardScaler()),
    ],
)
def test_rescalings_agree_with_scikit_learn(rng, function, scaler):
    X_train, X = rng.normal(3, 2, (20, 3)), rng.normal(3, 2, (6, 3))
    X_train[:, 1] = 0.1  # constant, and its standard deviation is rounded to 1e-17
    X[:3, 1] = 0.1
    np.testing.assert_allclose(
        function(X_train, X), scaler.fit(X_train).transform(X), rtol=1e-9, atol=1e-12
    )


def test_standardized_columns_are_z_scores(rng):
    X = rng.normal(size=(7, 2)) * [1e-6, 1e6]
    np.testing.assert_allclose(nd.standardize(X, X), stats.zscore(X))


def test_unit_rows_agree_with_scikit_learn(rng):
    X = rng.normal(size=(5, 3))
    X[2] = 0
    np.testing.assert_allclose(nd.unit_rows(X), preprocessing.normalize(X))


def test_accuracy_agrees_with_scikit_learn(rng):
    y, y_hat = rng.integers(0, 3, (2, 31))
    assert nd.accuracy(y, y_hat) == pytest.approx(metrics.accuracy_score(y, y_hat))


def test_split_keeps_pairs_and_sizes(rng):
    X = np.arange(40).reshape(20, 2)
    y = 7 * X[:, 0]
    X_tr, X_te, y_tr, y_te = nd.train_test_split(X, y, 0.25, rng)
    theirs = model_selection.train_test_split(X, y, test_size=0.25, random_state=0)
    assert [part.shape for part in (X_tr, X_te, y_tr, y_te)] == [part.shape for part in theirs]
    np.testing.assert_array_equal(y_tr, 7 * X_tr[:, 0])
    np.testing.assert_array_equal(y_te, 7 * X_te[:, 0])
    assert sorted([*y_tr, *y_te]) == sorted(y)
    assert nd.train_test_split(np.ones((100, 1)), np.ones(100), 0.29, rng)[3].shape == (29,)


def test_every_sample_is_as_likely_in_the_test_part(rng):
    X, y = np.zeros((10, 1)), np.arange(10)
    drawn = [nd.train_test_split(X, y, 0.3, rng)[3] for _ in range(2000)]
    counts = np.bincount(np.concatenate(drawn), minlength=10)
    assert stats.chisquare(counts).pvalue > 1e-4


@pytest.mark.parametrize(("m", "k"), [(12, 3), (11, 4), (5, 5), (7, 2)])
def test_folds_are_those_of_scikit_learn_up_to_the_draw(rng, m, k):
    pairs = nd.kfold_indices(m, k, rng)
    theirs = list(model_selection.KFold(k, shuffle=True, random_state=0).split(np.zeros(m)))
    sizes = [(len(train), len(val)) for train, val in pairs]
    assert sizes == [(len(train), len(val)) for train, val in theirs]
    assert sorted(np.concatenate([val for _, val in pairs])) == list(range(m))
    for train, val in pairs:
        assert sorted([*train, *val]) == list(range(m))


def test_random_functions_leave_the_global_state_alone(rng):
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    nd.kfold_indices(9, 3, rng)
    nd.train_test_split(np.zeros((4, 1)), np.zeros(4), 0.5, rng)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda rng: nd.conditional_from_joint([[0.5, 0.6]]), "with the sum 1"),
        (lambda rng: nd.conditional_from_joint([[1.5, -0.5]]), "expected probabilities"),
        (lambda rng: nd.conditional_from_joint([[1.0], [0.0]]), "nothing to condition on"),
        (lambda rng: nd.discounted_return([1.0], 1.0), "gamma < 1"),
        (lambda rng: nd.discounted_return([], 0.5), "T at least 1"),
        (lambda rng: nd.scores_loop([[1.0]], [[1.0]], [1.0, 2.0]), "K = 1 as in W"),
        (lambda rng: nd.scores_vectorised([[1.0]], [[1.0], [2.0]], [1.0]), "n = 1 as in X"),
        (lambda rng: nd.add_bias_column([1.0]), r"expected \(m, n\)"),
        (lambda rng: nd.flatten_images(np.ones((2, 2, 3))), r"expected \(m, H, W, C\)"),
        (lambda rng: nd.one_hot([0, 3], 3), "the labels 0, …, 2"),
        (lambda rng: nd.one_hot([0.5], 3), "the labels 0, …, 2"),
        (lambda rng: nd.minmax_scale([[1.0]], [[1.0, 2.0]]), "n = 1 as in X_train"),
        (lambda rng: nd.standardize([[1.0]], [[1.0, 2.0]]), "n = 1 as in X_train"),
        (lambda rng: nd.unit_rows([1.0]), r"expected \(m, n\)"),
        (lambda rng: nd.train_test_split(np.ones((3, 1)), np.ones(2), 0.5, rng), "m = 3 as in X"),
        (lambda rng: nd.train_test_split(np.ones((3, 1)), np.ones(3), 0.1, rng), "is empty"),
        (lambda rng: nd.accuracy([1], [1, 2]), "m = 1 as in y"),
        (lambda rng: nd.kfold_indices(3, 4, rng), "k is 4, expected 2 to m = 3"),
        (lambda rng: nd.kfold_indices(3, 1, rng), "k is 1"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_was_expected(rng, call, message):
    with pytest.raises(ValueError, match=message):
        call(rng)
