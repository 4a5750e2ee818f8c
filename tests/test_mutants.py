"""The mutation report: what mutants are made, who kills them, what is said about survivors."""

import dataclasses
import inspect
import sys
import textwrap
import time
import warnings
from pathlib import Path

import numpy as np
import pytest
from made_exercises import CENTERING, SQUARE

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.mutants import (
    Fate,
    Mutant,
    as_markdown,
    as_text,
    measure,
    measure_homework,
    mutants_of,
    operators,
)
from autograder.mutants.report import main
from autograder.reference.shapes import shaped

# Tiny functions to mutate. They stand in this module because their source is read.


def add(a, b):
    return a + b


def product(X, W):
    return X @ W


def running(xs):
    total = 0
    for x in xs:
        total += x
    return total


def first_small(a, b):
    """The docstring, 1 + 1."""
    if a < b and not a:
        return a == 0
    return -b


def error(Y_hat: "1 + 1", Y) -> "1 + 1":
    Y_hat, Y = shaped(Y_hat=(Y_hat, "m K"), Y=(Y, "m K"))
    if len(Y) == 0:
        raise ValueError("1 + 1")
    return np.abs(Y_hat - Y).mean(axis=0, keepdims=True)


def pair(X, y):
    return X.T @ y, y[1:], X[0]


def twice(a):
    return f(a, 1.5) + f(a, 1.5)


def f(a, b=None):
    return max(a, b, key=abs)


def root(x, steps=True):
    return _half(x) if steps else x


def _half(x):
    return _shift(x) / 2


def _shift(x):
    return x + 1


def summed(xs):
    return xs if xs is None else sum(xs)


def countdown(x):
    n, value = 3, np.asarray(x, dtype=float)
    while n > 0:
        n -= 1
        value = value + 1.0
    return value


def doubled(x):
    return x + x


class Line:
    """A line through the origin, 1 + 1."""

    slope: float
    above = 0

    @staticmethod
    def f(x):
        return _half(x) + Line.above

    def scaled(self, x):
        return x * 2


class _Base:
    def up(self, x):
        return x + 1


class Child(_Base):
    pass


def forward(x):
    return x + 1, _half(x)


def backward(y, cache):
    return y * _half(cache)


def exercise_of(function, cases, **fields):
    return Exercise(
        homework="hw99_tiny",
        number="1.1",
        reference=function,
        returns=("the result",),
        parts=(Part("values", 1, cases), Part("care", 1, cases)),
        examples=cases,
        **fields,
    )


def arrays(rng):
    yield Case((Inputs(rng).array(4),))


def pairs(rng):
    yield Case((1.0, 2.0))


def rarely_telling(rng):
    """Half of the seeds give zeros, which no factor changes."""
    yield Case((np.full(3, float(rng.integers(0, 2))),))


def made(function, *names):
    """Return what the named operators make, all of them if none is named."""
    chosen = [getattr(operators, name) for name in names] or operators.OPERATORS
    return [mutant.description for mutant in mutants_of(function, operators=chosen)]


@pytest.mark.parametrize(
    ("operator", "function", "expected"),
    [
        ("swap_arithmetic", add, ["a + b -> a - b"]),
        ("swap_arithmetic", product, ["X @ W -> X * W"]),
        ("swap_arithmetic", running, ["total += x -> total -= x"]),
        ("drop_operand", add, ["a + b -> a", "a + b -> b"]),
        ("drop_operand", running, ["total += x -> total = x"]),
        (
            "swap_comparison",
            first_small,
            ["a < b -> a <= b", "a < b -> a > b", "a == 0 -> a != 0"],
        ),
        (
            "negate_condition",
            first_small,
            [
                "if a < b and (not a): -> if not (a < b and (not a)):",
                "a < b and (not a) -> a < b or not a",
            ],
        ),
        (
            "drop_sign",
            first_small,
            ["a < b and (not a) -> a < b and a", "return -b -> return b"],
        ),
        ("change_constant", running, ["total = 0 -> total = 1", "total = 0 -> total = -1"]),
        (
            "change_constant",
            error,
            [
                "np.abs(Y_hat - Y).mean(axis=0, keepdims=True) -> "
                "np.abs(Y_hat - Y).mean(axis=1, keepdims=True)",
                "np.abs(Y_hat - Y).mean(axis=0, keepdims=True) -> "
                "np.abs(Y_hat - Y).mean(axis=-1, keepdims=True)",
                "np.abs(Y_hat - Y).mean(axis=0, keepdims=True) -> "
                "np.abs(Y_hat - Y).mean(axis=0, keepdims=False)",
            ],
        ),
        ("change_constant", f, ["def f(a, b=None): -> def f(a, b=0):"]),
        ("change_constant", twice, ["f(a, 1.5) -> f(a, 3.0)", "f(a, 1.5) -> f(a, 3.0) (2)"]),
        (
            "swap_name",
            error,
            [
                "np.abs(Y_hat - Y).mean(axis=0, keepdims=True) -> "
                "np.abs(Y_hat - Y).sum(axis=0, keepdims=True)",
                "np.abs(Y_hat - Y) -> np.square(Y_hat - Y)",
            ],
        ),
        ("swap_name", summed, []),  # there is no plain `mean`
        ("swap_name", f, ["max(a, b, key=abs) -> min(a, b, key=abs)"]),
        (
            "drop_call",
            error,
            [
                "np.abs(Y_hat - Y).mean(axis=0, keepdims=True) -> np.abs(Y_hat - Y)",
                "np.abs(Y_hat - Y) -> Y_hat - Y",
            ],
        ),
        ("swap_arguments", f, ["max(a, b, key=abs) -> max(b, a, key=abs)"]),
        ("drop_keyword", f, ["max(a, b, key=abs) -> max(a, b)"]),
        (
            "swap_elements",
            pair,
            [
                "return (X.T @ y, y[1:], X[0]) -> return (y[1:], X.T @ y, X[0])",
                "return (X.T @ y, y[1:], X[0]) -> return (X.T @ y, X[0], y[1:])",
            ],
        ),
        ("drop_transposition", pair, ["X.T @ y -> X @ y"]),
        ("change_subscript", pair, ["y[1:] -> y", "y[1:] -> y[:]", "X[0] -> X"]),
        (
            "shorten_loop",
            running,
            ["for x in xs: -> for x in list(xs)[1:]:", "for x in xs: -> for x in list(xs)[:-1]:"],
        ),
        ("return_zeros", add, ["return a + b -> return np.zeros_like(a + b)"]),
        (
            "remove_statement",
            running,
            [
                "total = 0 -> pass",
                "for x in xs: -> pass",
                "total += x -> pass",
                "return total -> pass",
            ],
        ),
    ],
)
def test_an_operator_makes_what_it_says(operator, function, expected):
    assert made(function, operator) == expected


def test_every_operator_is_in_use():
    written = {
        name
        for name, value in vars(operators).items()
        if getattr(value, "__module__", "") == operators.__name__ and not name.startswith("_")
    }
    assert {operator.__name__ for operator in operators.OPERATORS} == written


def test_a_returned_tuple_is_zeroed_element_by_element():
    zeroed = [text.partition(" -> ")[2] for text in made(pair, "return_zeros")]
    assert zeroed == [
        "return (np.zeros_like(X.T @ y), y[1:], X[0])",
        "return (X.T @ y, np.zeros_like(y[1:]), X[0])",
        "return (X.T @ y, y[1:], np.zeros_like(X[0]))",
    ]


def test_validation_docstring_and_annotations_are_left_alone():
    for mutant in mutants_of(error):
        for kept in ["1 + 1", "shaped(Y_hat=(Y_hat, 'm K'), Y=(Y, 'm K'))", "if len(Y) == 0:"]:
            assert kept in mutant.after
    assert not any("1 + 1" in text for text in made(first_small))


def test_descriptions_are_unique_and_mutants_differ_from_the_original():
    for function in (add, product, running, first_small, error, pair, twice, f, root, countdown):
        mutants = mutants_of(function)
        assert len({mutant.description for mutant in mutants}) == len(mutants) > 0
        assert len({mutant.after for mutant in mutants} | {mutants[0].before}) == len(mutants) + 1


def test_descriptions_do_not_depend_on_other_lines(tmp_path, monkeypatch):
    code = "def scale(x):\n    {}return x * 2\n"
    found = []
    for name, extra in [("plain_scale", ""), ("longer_scale", "y = x\n\n    # why\n    ")]:
        (tmp_path / f"{name}.py").write_text("\n" * len(extra) + code.format(extra))
        monkeypatch.syspath_prepend(tmp_path)
        found.append(set(made(__import__(name).scale)))
        sys.modules.pop(name)
    assert found[0] < found[1]


def test_mutants_behave_as_described():
    mutants = {mutant.description: mutant for mutant in mutants_of(add)}
    assert mutants["a + b -> a - b"].function()(5, 3) == 2
    assert add(5, 3) == 8
    assert mutants["a + b -> a - b"].difference == "-     return a + b\n+     return a - b"


def test_private_helpers_are_mutated_with_the_function():
    mutants = {mutant.description: mutant for mutant in mutants_of(root)}
    assert mutants["_half: _shift(x) / 2 -> _shift(x) * 2"].function()(3) == 8
    assert mutants["_shift: x + 1 -> x - 1"].function()(3) == 1
    assert root(3) == 2


def test_a_class_is_mutated_with_its_methods_and_their_helpers():
    mutants = {mutant.description: mutant for mutant in mutants_of(Line)}
    assert mutants["_half(x) + Line.above -> _half(x) - Line.above"].function().f(4) == 2.5
    assert mutants["_shift: x + 1 -> x - 1"].function().f(4) == 1.5
    assert mutants["above = 0 -> above = 1"].function().f(4) == 3.5
    assert mutants["x * 2 -> x / 2"].function()().scaled(4) == 2
    assert not hasattr(mutants["def f(x): -> pass"].function(), "f")
    assert isinstance(mutants["def f(x): -> pass"].function(), type)
    assert not any(word in text for text in mutants for word in ("1 + 1", "slope", "@"))
    assert Line.f(4) == 2.5


def test_a_private_base_class_is_mutated_and_stands_before_what_needs_it():
    mutants = {mutant.description: mutant for mutant in mutants_of(Child)}
    assert mutants["_Base: x + 1 -> x - 1"].function()().up(3) == 2


def test_functions_that_are_graded_together_are_mutated_together():
    mutants = {mutant.description: mutant for mutant in mutants_of(forward, backward)}
    found = mutants["backward: y * _half(cache) -> y / _half(cache)"].function()
    assert (found.forward(3), found.backward(6, 3)) == ((4, 2.0), 3.0)
    assert mutants["x + 1 -> x - 1"].function().forward(3) == (2, 2.0)
    both = mutants["_half: _shift(x) / 2 -> _shift(x) * 2"].function()
    assert (both.forward(3), both.backward(1, 3)) == ((4, 8), 8)


def test_mutants_of_a_class_and_of_a_pair_are_judged():
    for exercise in (SQUARE, CENTERING):
        report = measure(exercise)
        assert report.clean, as_text([report])
        assert report.killed >= 8
    assert {"_doubled: 2 * z -> 2 / z", "z * z -> z / z"} <= {
        result.mutant.description for result in measure(SQUARE, seeds=[0]).results
    }
    kinds = [result.mutant.description for result in report.results]
    assert any(text.startswith("restore: ") for text in kinds)
    assert any(text.startswith("X - mean") for text in kinds)


def test_a_default_that_cannot_be_made_is_killed():
    broken = Mutant("broken", ("add",), __name__, "", "def add(a, b=1 / 0):\n    return a + b")
    assert broken.function() is None
    assert measure(exercise_of(add, pairs), mutants=[broken]).killed == 1


def test_a_hanging_mutant_is_killed_by_the_limit():
    hanging = [m for m in mutants_of(countdown) if m.description == "n -= 1 -> pass"]
    start = time.process_time()
    report = measure(exercise_of(countdown, arrays), seconds=0.2, mutants=hanging)
    assert (report.killed, len(report.results)) == (1, 1)
    assert 0.1 < time.process_time() - start < 2  # the system counts in coarse ticks


def test_mutants_that_warn_are_silent(capfd):
    code = (
        "def doubled(x):\n    print('!')\n    np.log(-np.abs(x))\n"
        "    return 0 if x is 0 else np.full(4, np.longdouble('1e4000'))"  # warns when compared
    )
    noisy = Mutant("noisy", ("doubled",), __name__, "", code)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert noisy.function() is not None
        report = measure(exercise_of(doubled, arrays), mutants=[noisy])
        assert "xs is None -> xs is 0" in made(summed, "change_constant")
    assert report.killed == 1
    assert capfd.readouterr() == ("", "")


def test_what_else_the_computer_does_kills_no_mutant():
    def slow(x):
        time.sleep(0.1)  # as if others had the processor
        return x + x

    waiting = exercise_of(doubled, arrays)
    code = textwrap.dedent(inspect.getsource(slow)).replace("slow", "doubled")
    report = measure(
        waiting,
        seeds=[0],
        seconds=0.05,
        mutants=[Mutant("slow", ("doubled",), __name__, "", code)],
    )
    assert [result.fate for result in report.results] == [Fate.SURVIVED]


def test_a_mutant_is_judged_without_the_known_mistakes():
    exercise, calls = exercise_of(doubled, arrays), []

    @exercise.mistake
    def not_doubled(x):
        """You do not double."""
        calls.append(x)
        return x

    report = measure(exercise, seeds=[0])
    assert report.killed == len(report.results) > 0
    assert not calls


def test_a_survivor_is_reported_until_it_is_declared():
    def cases(rng):
        yield Case((np.zeros(3),))  # says nothing about factors

    weak = exercise_of(doubled, cases)
    mutants = [m for m in mutants_of(doubled) if m.description in ("x + x -> x - x", "x + x -> x")]
    report = measure(weak, mutants=mutants)
    assert [result.fate for result in report.unexplained] == [Fate.SURVIVED] * 2
    assert not report.clean
    assert "+     return x - x" in as_text([report])

    reasons = {mutant.description: "zero stays zero" for mutant in mutants}
    declared = dataclasses.replace(weak, equivalent_mutants=reasons)
    report = measure(declared, mutants=mutants)
    assert report.clean
    assert (report.killed, len(report.equivalent), report.unexplained) == (0, 2, [])
    assert "equivalent, zero stays zero" in as_text([report])


def test_a_mutant_that_only_some_seeds_kill_is_no_killed_one_and_not_equivalent():
    mutants = [m for m in mutants_of(doubled) if m.description == "x + x -> x"]
    exercise = exercise_of(doubled, rarely_telling)
    report = measure(exercise, seeds=range(20), mutants=mutants)
    assert [result.fate for result in report.unexplained] == [Fate.FLAKY]
    assert report.killed == 0

    reasons = {"x + x -> x": "it is not"}
    declared = dataclasses.replace(exercise, equivalent_mutants=reasons)
    report = measure(declared, seeds=range(20), mutants=mutants)
    assert report.unexplained
    assert report.stale == ("x + x -> x: it is killed by some seeds only",)


def test_stale_declarations_are_reported():
    reasons = {"x + x -> x - x": "killed all the same", "x * y -> x": "no longer there"}
    report = measure(exercise_of(doubled, arrays, equivalent_mutants=reasons))
    assert report.stale == ("x + x -> x - x: it is killed", "x * y -> x: not made")
    assert not report.unexplained
    assert not report.clean
    assert "DECLARED EQUIVALENT, BUT x * y -> x: not made" in as_text([report])


@pytest.fixture(scope="module")
def hw02():
    heard = []
    reports = measure_homework(
        "hw02_linear_regression", progress=lambda done, total, _: heard.append((done, total))
    )
    assert heard == [(done, len(heard) - 1) for done in range(len(heard))]
    return reports


def test_hw02_has_no_unexplained_survivor(hw02):
    assert all(report.clean for report in hw02), as_text(hw02)
    assert len(hw02) == 8
    assert all(len(report.results) >= 8 for report in hw02)


def test_a_weaker_hidden_test_is_noticed():
    from autograder.exercises import find

    exercise = find("hw02_linear_regression", "mae")

    def one_sample(rng):
        yield Case((Inputs(rng).array(1, 2), Inputs(rng).array(1, 2)))

    weak = dataclasses.replace(
        exercise,
        parts=tuple(dataclasses.replace(part, cases=one_sample) for part in exercise.parts),
    )
    survivors = {result.mutant.description for result in measure(weak).unexplained}
    assert "np.abs(Y_hat - Y).sum() / len(Y) -> np.abs(Y_hat - Y).sum() * len(Y)" in survivors


def test_the_command_prints_the_table_and_writes_markdown(capsys, monkeypatch, tmp_path, hw02):
    monkeypatch.setattr("autograder.mutants.report.measure_homework", lambda *_: hw02)
    file = tmp_path / "mutants.md"
    assert main(["hw02_linear_regression", "--markdown", str(file)]) == 0
    table = {
        line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()[:11]
    }
    assert table["linear_predict"] == ["8", "8", "0", "0"]
    assert len(table) == 11
    text = Path(file).read_text(encoding="utf-8")
    assert text == as_markdown(hw02)
    assert "| linear_predict | 8 | 8 | 0 | 0 |" in text
    assert "Equivalent: None is the default of `rcond`" in text


def test_the_command_fails_if_something_is_unexplained(capsys, monkeypatch):
    def cases(rng):
        yield Case((np.zeros(3),))

    report = measure(exercise_of(doubled, cases))
    monkeypatch.setattr("autograder.mutants.report.measure_homework", lambda *_: [report])
    assert main(["hw02_linear_regression"]) == 1
    assert "doubled: SURVIVED, x + x -> x - x" in capsys.readouterr().out


def test_the_command_knows_no_other_homework(capsys):
    with pytest.raises(SystemExit):
        main(["hw99_none"])
    assert "no homework called hw99_none" in capsys.readouterr().err
    with pytest.raises(KeyError, match="no homework called 'hw99_none'"):
        measure_homework("hw99_none")
