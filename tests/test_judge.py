"""The judge: points, reasons, diagnosis, examples, and what it must not give away."""

import sys
import warnings

import numpy as np
import pytest

from autograder.exercises import find
from autograder.exercises.compare import difference
from autograder.exercises.model import taken
from autograder.referee import judge as judge_module
from autograder.referee.hidden import grade
from autograder.referee.judge import judge
from autograder.referee.verdict import VERDICT_MIME, Status

HW02 = "hw02_linear_regression"
MAE = find(HW02, "mae")


def right(Y_hat, Y):
    return np.abs(Y_hat - Y).sum() / len(Y)


def test_right_values_but_careless_earns_a_part_and_says_why():
    def fails_on_integers(Y_hat, Y):
        if Y.dtype.kind == "i":
            raise TypeError("integers")
        return right(Y_hat, Y)

    verdict = judge(MAE, fails_on_integers, 1)
    assert (verdict.status, verdict.points) == (Status.PARTIAL, 1)
    assert verdict.reason == (
        "The values are right, but `mae` stops with `TypeError` with integer arrays."
    )


def test_changing_an_argument_costs_the_careful_part():
    def changes(Y_hat, Y):
        value = right(Y_hat, Y)
        Y_hat[0] = 0
        return value

    verdict = judge(MAE, changes, 1)
    assert verdict.points == 1
    assert "changes its argument `Y_hat`" in verdict.reason
    assert "changed Y_hat" in verdict.example


# Calls after which the first case is called again.
FIRST = sum(
    len(list(cases(np.random.default_rng(1))))
    for cases in (MAE.examples, *(part.cases for part in MAE.parts))
)


def test_keeping_something_between_calls_costs_the_careful_part():
    calls = []

    def keeps(Y_hat, Y):
        calls.append(1)
        return right(Y_hat, Y) * (1 if len(calls) <= FIRST else 2)

    verdict = judge(MAE, keeps, 1)
    assert verdict.points == 1
    assert "keeps something between calls" in verdict.reason


def test_numerical_warning_costs_the_careful_part_and_does_not_escape():
    def warns(Y_hat, Y):
        np.exp(np.array([1e4]))
        return right(Y_hat, Y)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        verdict = judge(MAE, warns, 1)
    assert verdict.points == 1
    assert "overflow" in verdict.reason
    assert "and NumPy warned: overflow encountered in exp" in verdict.example


def test_a_mistake_that_only_warns_explains_nothing_that_does_not_warn(monkeypatch):
    monkeypatch.setattr(MAE, "mistakes", list(MAE.mistakes))

    @MAE.mistake
    def overflows(Y_hat, Y):
        """You compute an exponential that overflows."""
        np.exp(np.array([1e4]))
        return right(Y_hat, Y)

    assert judge(MAE, overflows, 1).mistake == "overflows"
    calls = []

    def keeps(Y_hat, Y):
        calls.append(1)
        return right(Y_hat, Y) * (1 if len(calls) <= FIRST else 2)

    verdict = judge(MAE, keeps, 1)
    assert (verdict.points, verdict.mistake) == (1, "")


def test_an_example_can_not_show_a_hidden_input():
    kept = []

    def tells(Y_hat, Y):
        kept.extend(np.ravel(Y_hat).tolist())
        raise ValueError(str(kept))

    verdict = judge(MAE, tells, 1)
    hidden, _ = np.random.default_rng(1).spawn(2)
    case = next(iter(MAE.parts[0].cases(hidden)))
    assert np.ravel(case.args[0])[0] in kept
    assert str(np.ravel(case.args[0])[0].item()) not in str(verdict)


def test_what_was_returned_for_an_example_does_not_change_any_more():
    held = []

    def tells(Y_hat, Y):
        held.append(np.zeros(1))
        for result in held:
            result[0] = np.ravel(Y_hat)[0]
        return [held[-1], {"a": (held[-1],)}, np.array([held[-1], None], dtype=object)]

    verdict = judge(MAE, tells, 1)
    assert len(np.unique(held)) == 1
    assert np.array2string(held[0][0], precision=4) not in verdict.example


def test_results_in_one_array_are_told_apart():
    held = {}

    def as_many_in_each_call(A, keep, rng, train):
        if not train:
            return A.copy(), np.ones(A.shape)
        mask = held.setdefault(A.shape, np.empty(A.shape))
        mask[...] = 0
        mask.flat[rng.permutation(A.size)[: round(keep * A.size)]] = 1 / keep
        return A * mask, mask

    dropout = find("hw09_training", "dropout_forward")
    verdict = judge(dropout, as_many_in_each_call, 1)
    assert verdict.points == 0
    assert verdict.reason == "The same number of entries is dropped in every call."


def test_a_result_is_not_asked_what_it_is():
    class Asked:
        @property
        def ndim(self):
            raise RuntimeError("a hidden input")

    verdict = judge(MAE, lambda Y_hat, Y: Asked(), 1)
    assert verdict.reason == "The error is an object of a class, expected a float."


def test_names_of_a_student_are_not_said():
    def names(Y_hat, Y):
        return type("x1p2345", (), {})()

    assert "an object of a class" in judge(MAE, names, 1).reason

    def warns(Y_hat, Y):
        warnings.warn("overflow encountered in abcdefghij", RuntimeWarning, stacklevel=1)
        return right(Y_hat, Y)

    assert judge(MAE, warns, 1).reason == "The values are right, but NumPy warns."


def test_not_attempted_is_not_wrong():
    def stub(Y_hat, Y):
        raise NotImplementedError("Exercise 2.1")

    verdict = judge(MAE, stub, 1)
    assert (verdict.status, verdict.points, verdict.example) == (Status.NOT_ATTEMPTED, 0, "")


FORWARD = "def batchnorm_forward(Z, gamma, beta, eps): "
BACKWARD = "def batchnorm_backward(dout, cache): "
OPEN = "raise NotImplementedError('Exercise 3.3')"


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        ([FORWARD + OPEN, BACKWARD + OPEN], Status.NOT_ATTEMPTED, "nothing to check"),
        (
            [FORWARD + "return Z, (Z, gamma)", BACKWARD + OPEN],
            Status.UNFINISHED,
            "`batchnorm_backward` still raises NotImplementedError, so the rest could not",
        ),
        (
            [FORWARD + OPEN, BACKWARD + "return dout, dout[0], dout[0]"],
            Status.UNFINISHED,
            "`batchnorm_forward` still raises NotImplementedError, so the rest could not",
        ),
        (
            ["def mean(Z): " + OPEN, FORWARD + "return mean(Z), 0", BACKWARD + "return dout"],
            Status.UNFINISHED,
            "it needs something that is not written yet",
        ),
    ],
)
def test_half_an_answer_is_not_finished(code, status, words):
    names = {}
    exec("\n".join(code), names)
    exercise = find("hw09_training", "batchnorm_forward")
    verdict = judge(exercise, taken(names, tuple(exercise.references)), 1, ["%time x", *code])
    assert (verdict.status, verdict.points, verdict.example) == (status, 0, "")
    assert words in verdict.reason


def test_open_methods_are_listed():
    def method(name):
        return f"    def {name}(self, *_):\n        'Say what.'\n        {OPEN}\n"

    code = "class Network:\n    def __init__(self, layers): pass\n"
    code += method("forward") + method("backward")
    names = {}
    exec(code, names)
    verdict = judge(find("hw09_training", "Network"), names["Network"], 1, [code])
    assert verdict.status == Status.UNFINISHED
    assert verdict.reason.startswith("`Network.forward` and `Network.backward` still raise Not")


@pytest.mark.parametrize(
    ("found", "words"), [(None, "no function called `mae`"), (3, "is a number")]
)
def test_missing_function(found, words):
    verdict = judge(MAE, found, 1)
    assert (verdict.status, verdict.points) == (Status.MISSING, 0)
    assert words in verdict.reason


def test_unknown_mistake_gets_the_smallest_example_and_no_diagnosis():
    verdict = judge(MAE, lambda Y_hat, Y: 17.25, 1)
    assert (verdict.mistake, verdict.diagnosis) == ("", "")
    assert verdict.example.startswith("Y_hat = [[")
    assert "returned 17.25" in verdict.example
    assert "expected" in verdict.example
    # The smallest example has one sample and one output.
    assert verdict.example.count("[") == 4


def test_the_example_goes_wrong_in_the_way_that_is_said():
    def strict(Y_hat, Y):
        if Y_hat.shape[1] > 1:
            raise ValueError("one output")
        return 17.25

    # The smallest example has one output, and a wrong value; the hidden cases have several outputs.
    verdict = judge(MAE, strict, 1)
    assert verdict.reason == "`mae` stops with `ValueError`."
    assert "\n  stopped with ValueError: one output\n  expected " in verdict.example

    def strict_with_many(Y_hat, Y):
        if Y_hat.shape[1] > 3 or len(Y) > 3:
            raise ValueError("too many")
        return 17.25

    verdict = judge(MAE, strict_with_many, 1)
    assert verdict.reason == (
        "`mae` stops with `ValueError`. (The example below goes wrong in another way.)"
    )
    assert "\n  returned 17.25\n" in verdict.example


def test_the_example_shows_what_is_said_to_be_wrong():
    exercise = find("hw03_gradient_descent", "gradient_descent")
    made = next(m for m in exercise.mistakes if m.name == "one_parameter_after_the_other")
    verdict = judge(exercise, made.function, 1)
    assert verdict.reason == "`history` has wrong values."
    # The smallest wrong example has one step: only the parameters are wrong there.
    assert "n_steps = 1\n" not in verdict.example
    returned, expected = verdict.example.splitlines()[-2:]
    assert returned.rpartition("[")[2] != expected.rpartition("[")[2], "the two histories"

    scores = find("hw01_numpy", "scores_loop")
    transposed = next(m for m in scores.mistakes if m.name == "transposed")
    verdict = judge(scores, transposed.function, 1)
    assert verdict.reason == "`Z` has shape (2, 5), expected (5, 2)."
    assert "  returned [[" in verdict.example
    # Not the smallest, one with as many samples as outputs, where the shape is right.
    assert verdict.example.count("[") > 12


def test_an_example_is_called_as_it_is_written():
    def with_other_names(a, b):
        return right(a, b)

    verdict = judge(MAE, with_other_names, 1)
    assert "when it is called by argument names" in verdict.reason
    assert "\nmae(Y_hat=Y_hat, Y=Y)\n  stopped with TypeError: " in verdict.example
    assert "\nmae(Y_hat, Y)\n" in judge(MAE, lambda Y_hat, Y: 17.25, 1).example


def test_an_example_without_what_is_asked_for_says_what_came():
    backprop = find("hw08_backprop", "backprop")
    verdict = judge(backprop, lambda X, Y, Ws, bs, phis, lam, pair: (1.0, []), 1)
    words = "the result has 2 entries: return three things, `loss, dWs, dbs`"
    assert f"\n  {words}\n  expected (" in verdict.example


def test_example_of_a_random_function_says_below_the_value_what_is_wrong():
    verdict = judge(find("hw01_numpy", "kfold_indices"), lambda m, k, rng: [], 0)
    assert "  returned []\n    (the result has 0 entries, expected a list of 2" in verdict.example
    assert verdict.example.endswith("\n    (right, as other draws would be)")


def test_example_shows_a_set_in_one_order_however_it_was_made():
    def shown(first, then):
        def a_set(Y_hat, Y):
            found = {first}
            found.add(then)
            return found

        return judge(MAE, a_set, 1).example

    assert list({0, 8}) != list({8, 0}), "these collide"
    assert shown(0, 8) == shown(8, 0)
    assert "  returned {0, 8}\n" in shown(8, 0)


def test_two_mistakes_at_once_name_the_one_that_spoils_the_values():
    def doubled_and_strict(Y_hat, Y):
        if len(Y) == 1:
            raise ValueError("one sample")
        return np.abs(Y_hat - Y).sum()

    assert judge(MAE, doubled_and_strict, 1).mistake == "mean_missing"


def test_a_mistake_that_yields_rounding_errors_is_named_whatever_they_are():
    """In another process an inverse of what has none holds other numbers."""
    exercise = find(HW02, "normal_equation")
    assert set(exercise.erratic) < {mistake.name for mistake in exercise.mistakes}

    def inverse(X, Y):
        A = np.column_stack([np.ones(len(X)), X])
        noise = 1e4 * (np.linalg.matrix_rank(A) < A.shape[1])
        W = np.linalg.solve(A.T @ A, A.T @ Y) + noise
        return W[1:], W[0]

    assert judge(exercise, inverse, 1).mistake == "explicit_inverse"
    assert judge(exercise, lambda X, Y: (inverse(X, Y)[0] + 1, inverse(X, Y)[1]), 1).mistake == ""


def test_silent_where_two_different_mistakes_fit(monkeypatch):
    twin = find(HW02, "half_mse")
    monkeypatch.setattr(twin, "mistakes", list(twin.mistakes))

    @twin.mistake
    def same_values_other_story(Y_hat, Y):
        """Another story."""
        return np.square(Y_hat - Y).sum() / 2

    verdict = judge(twin, same_values_other_story, 1)
    assert (verdict.mistake, verdict.points) == ("", 0)
    assert verdict.example


def test_what_a_student_prints_or_raises_does_not_carry_hidden_inputs_out(capsys):
    seen = []

    def spies(Y_hat, Y):
        seen.append(Y)
        print(Y, file=sys.stderr)
        raise ValueError(f"secret {Y.tolist()}")

    verdict = judge(MAE, spies, 1)
    captured = capsys.readouterr()
    assert captured.out + captured.err == ""
    hidden = max(seen, key=len)
    assert repr(hidden[0, 0]) not in str(verdict)
    assert f"{hidden[0, 0]:.6g}" not in str(verdict)
    assert "ValueError" in verdict.reason


def test_fresh_inputs_for_each_student_and_the_same_for_the_same():
    def inputs_for(seed):
        seen = []

        def records(Y_hat, Y):
            seen.append(Y_hat.copy())
            return right(Y_hat, Y)

        judge(MAE, records, seed)
        return np.concatenate([a.ravel() for a in seen])

    ada, adam = (judge_module.seed("secret", name, HW02, "mae") for name in ("ada", "adam"))
    np.testing.assert_array_equal(inputs_for(ada), inputs_for(ada))
    assert not np.array_equal(inputs_for(ada), inputs_for(adam))


def test_grade_gives_nbgrader_a_number_and_the_student_words(monkeypatch, tmp_path):
    folder = tmp_path / "ada" / HW02
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    bundle = grade(HW02, "mae", {"mae": lambda Y_hat, Y: np.abs(Y_hat - Y).sum()})
    shown = bundle._repr_mimebundle_()
    assert float(shown["text/plain"]) == 0
    assert "the mean over the samples is missing" in shown["text/html"]
    assert shown[VERDICT_MIME]["mistake"] == "mean_missing"


def test_html_of_a_verdict_is_escaped():
    def evil(Y_hat, Y):
        raise ValueError("<script>alert(1)</script>")

    html = judge(MAE, evil, 1)._repr_mimebundle_()["text/html"]
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (None, "None (is a return missing?)"),
        (np.ones((1, 1)), "an array of shape (1, 1), expected a float"),
        (True, "expected a float"),
        ([2.0], "a list, expected a float"),
        (np.nan, "not a number"),
        (2.1, "is 2.1, expected 2"),
        (np.inf, "is inf, expected 2"),
        (np.timedelta64(2, "s"), "is an object of a class, expected a float"),
        (np.longdouble("1e400"), "is inf, expected 2"),
        pytest.param(10**400, "is inf, expected 2", id="huge int"),
    ],
)
def test_differences_of_a_number(got, words):
    assert words in str(difference(2.0, got, ("the error",)))


def test_where_an_integer_is_expected_no_float_is_asked_for():
    words = "the count is None (is a return missing?), expected an integer"
    assert str(difference(11, None, ("the count",))) == words


@pytest.mark.parametrize("got", [2.0, np.float32(2.0), np.array(2.0), 2, np.float64(2 + 1e-9)])
def test_accepted_numbers(got):
    assert difference(2.0, got, ("the error",)) is None


@pytest.mark.parametrize(
    ("got", "words"),
    [
        ([[1.0], [2.0]], "a list, expected an array of shape (2, 1)"),
        (np.array([1.0, 2.0]), "has shape (2,), expected (2, 1)"),
        (np.array([[1.0], [None]]), "holds values of type object"),
        (np.array([[1.0], [np.nan]]), "contains nan"),
        (np.array([[1.0], [2.5]]), "Y_hat[1, 0] is 2.5, expected 2 (1 of 2 values are wrong)"),
        (np.array([[1.0], [-np.inf]]), "is -inf"),
        (np.array([[1.0], [np.longdouble("1e400")]]), "is inf"),
    ],
)
def test_differences_of_an_array(got, words):
    assert words in str(difference(np.array([[1.0], [2.0]]), got, ("Y_hat",)))


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_matrix_is_no_array():
    got = np.matrix([[1.0], [2.0]])
    assert "an np.matrix" in str(difference(np.array([[1.0], [2.0]]), got, ("Y_hat",)))


def test_infinite_expected_values_do_not_excuse_finite_ones():
    assert difference(-np.inf, -3.0, ("it",)) is not None
    assert difference(-np.inf, -np.inf, ("it",)) is None
