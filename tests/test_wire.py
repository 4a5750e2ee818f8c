"""Calls into another process behave as calls in one process, and nothing but values crosses."""

import math
import random
import struct
import textwrap
import warnings
from collections import namedtuple

import msgpack
import numpy as np
import pytest
from peers import raw_student, student

from autograder.referee.remote import ProcessEnded, saved_randomness
from autograder.wire.channel import MAX_BYTES, Channel
from autograder.wire.proxies import Remote
from autograder.wire.values import Decoder, Encoder, Snapshot, WireError

Pair = namedtuple("Pair", "x y")


def ask(variables, name):
    return variables.request("name", name)


def refuse_handles(thing):
    raise WireError(f"{type(thing).__name__} needs a handle")


def carried(value):
    """Send a value to nowhere and back."""
    encoder = Encoder(refuse_handles)
    packed = msgpack.packb(encoder.encode(value), unicode_errors="surrogatepass")
    tree = msgpack.unpackb(packed, strict_map_key=False, unicode_errors="surrogatepass")
    buffers = [bytearray(buffer) for buffer in encoder.buffers]
    return Decoder(None, None, buffers).decode(tree)


VALUES = [
    None, True, 7, -(2**63), 2**200, -(2**70), 1.5, math.inf, "ä\ud800", b"bytes", 2 + 3j,
    [1, [2.0, "x"]], (1, (2,)), {"a": [1], 2: None, (1, 2): "t"}, {1, 2}, frozenset({3}),
    slice(1, None, 2), range(3, 9, 2), ..., NotImplemented, float, np.float32, np.dtype("int16"),
    np.float64(0.1), np.int8(-3), np.bool_(True), np.str_("abc"), np.datetime64("2026-01-01"),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_back_as_it_was(value):
    back = carried(value)
    assert type(back) is type(value)
    assert back == value


ARRAYS = [
    np.arange(6.0).reshape(2, 3), np.array(3.0), np.zeros((0, 4)), np.arange(6)[::2],
    np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.array([True, False]),
    np.array(["ab", "c"]), np.ones(3, ">i2"), np.ones(2, complex), np.ones(5, np.float16),
    np.array([1, "a", None, [2]], dtype=object), np.arange(10_000.0).reshape(100, 100).T,
    np.array(["2026-01-01"], "datetime64[D]"), np.arange(24).reshape(2, 3, 4).transpose(1, 0, 2),
]  # fmt: skip


@pytest.mark.parametrize("array", ARRAYS, ids=lambda a: f"{a.dtype}{a.shape}")
def test_an_array_comes_back_with_type_shape_and_values(array):
    back = carried(array)
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert np.array_equal(back, array)
    assert back.flags.f_contiguous or not array.flags.f_contiguous
    assert type(back) is np.ndarray


def test_what_two_names_share_stays_shared():
    array = np.ones(2)
    inner = [array]
    back = carried([array, array, inner, inner])
    assert back[0] is back[1]
    assert back[2] is back[3]


def test_what_would_never_be_read_to_its_end_is_refused():
    loop: list = []
    loop.append(loop)
    doubled: list = [1.0]
    for _ in range(40):
        doubled = [doubled, doubled]
    for value in (loop, doubled):
        with pytest.raises(WireError, match="holds itself"):
            carried(value)


def test_kinds_of_the_same_thing():
    frozen = np.ones(2)
    frozen.flags.writeable = False
    assert not carried(frozen).flags.writeable
    assert type(carried(np.ones((1, 2)).view(np.matrix))) is np.matrix
    assert carried(Pair(1, 2)) == (1, 2)
    assert carried(np) is np and carried(np.linalg) is np.linalg and carried(math) is math
    rng = np.random.default_rng(3)
    rng.normal()
    assert carried(rng).normal() == rng.normal()


@pytest.mark.parametrize(
    "value", [lambda: 0, object(), np.zeros(2, "i4,f8"), type("Float", (float,), {})(1.0), math.sin]
)
def test_what_is_no_value_needs_a_handle(value):
    with pytest.raises(WireError, match="handle"):
        carried(value)


def test_too_deep_and_too_long_are_said():
    deep: list = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(WireError, match="deep"):
        carried(deep)
    with pytest.raises(WireError, match="digits"):
        carried(10**5000)


MALFORMED = [
    [], ["x"], [99], [0], [0, 5], [2, [1]], [2, [[0, []], 1]], [6, "0x" + "f" * 5000],
    [7, ["<f8", [2], False, True, False]], [7, ["|O", [1], False, True, False]], [7, None],
    [7, ["<f8", [-1, 1], False, True, False]], [7, ["<f8", ["2"], False, True, False]],
    [7, ["<f8", [2**40, 2**40], False, True, False]], [8, [[10**9], []]], [9, "<f8", b"123"],
    [9, "<U0", b""], [9, "O", b""], [10, "i4,f8"], [10, "O"], [10, "(3,)i4" * 20], [15, "eval"],
    [16, "ndarray"], [16, "load"], [16, "__dict__"], [17, ["PCG64", None]], [17, ["System", []]],
    [18, "antigravity"], [18, "autograder.exercises"], [18, "numpy.nowhere"],
    [18, "numpy; import os"],
    [19, -1, "f", ["shell"]],
    [19, "1", "f", []], [20, 77], [21, -1], [21, 5], [21, 1.5], {"a": 1}, [[0, []], []], [None],
    [11, [[0, []]] * 4], [5, "a", "b"], [12, [1, 2, 0]],
]  # fmt: skip


@pytest.mark.parametrize("tree", MALFORMED, ids=lambda t: repr(t)[:40])
def test_a_malformed_tree_is_refused(tree):
    with pytest.raises(WireError):
        Decoder(lambda handle: None, {}.__getitem__, [bytearray(3)]).decode(tree)


def test_changes_are_found_by_what_is_held():
    array, numbers, names = np.array([1.0, np.nan]), [1, 2], {"a": 1}
    rng = np.random.default_rng(0)
    snapshot = Snapshot([array, numbers, names, rng])
    assert snapshot.changes(Encoder(refuse_handles, [array, numbers, names, rng])) == []
    array[0], names["b"] = 5, 2
    rng.normal()
    changes = snapshot.changes(Encoder(refuse_handles, [array, numbers, names, rng]))
    assert [index for index, _ in changes] == [0, 2, 3]


FUNCTIONS = textwrap.dedent("""
    import random, sys, warnings
    import numpy as np

    counter = 0

    def same(*args, **kwargs):
        return [*args, kwargs] if kwargs else args[0]

    def change(array, items, names):
        array *= 2
        items.append("new")
        names["k"] = array
        return items

    def apply(function, *args):
        return function(*args)

    def make_line(w):
        def line(x):
            return w * x
        return line

    def count():
        global counter
        counter += 1
        return counter

    def numbers(n):
        for i in range(n):
            yield np.full(2, i)

    def fill(array):
        for i in range(len(array)):
            array[i] = 1
            yield i

    def draw(rng, n):
        return rng.normal(size=n)

    def draw_globally():
        return np.random.random(), random.random()

    def loud():
        print("printed")
        print("complained", file=sys.stderr)
        np.exp(1000.0)
        warnings.warn("look", DeprecationWarning)

    def seen_errors():
        return np.geterr()

    class OwnError(ValueError):
        pass

    def fail(kind):
        if kind == "own":
            raise OwnError("mine", 3)
        if kind == "exit":
            sys.exit(3)
        if kind == "singular":
            np.linalg.inv(np.zeros((2, 2)))
        raise {"value": ValueError, "key": KeyError, "stop": KeyboardInterrupt}[kind]("text")

    class Layer:
        scale = 2
        def __init__(self, W):
            self.W = W
            self.inner = None
        def forward(self, X):
            return X @ self.W * self.scale
        def __len__(self):
            return 2
        def __getitem__(self, i):
            return [self.W, self][i]
        def __eq__(self, other):
            return True
        def __bool__(self):
            return False
        def __array__(self, *a, **k):
            return np.ones(2)

    class Chameleon(np.ndarray):
        def __eq__(self, other):
            return True

    def chameleon():
        return np.zeros(2).view(Chameleon)

    def die():
        import os
        os._exit(0)

    def sleep():
        import time
        time.sleep(60)
""")


@pytest.fixture
def variables():
    with student(FUNCTIONS) as found:
        yield found


def test_arguments_and_results(variables):
    same = ask(variables, "same")
    assert same.__name__ == "same"
    assert same(1, [2], k=np.float32(3)) == [1, [2], {"k": np.float32(3)}]
    large = np.random.default_rng(0).normal(size=(300, 500))
    assert np.array_equal(same(large), large)
    with pytest.raises(KeyError):
        ask(variables, "nobody")


def test_in_place_changes_are_seen_here(variables):
    array, items, names = np.arange(3.0), [1], {"a": 0}
    view = array
    result = ask(variables, "change")(array, items, names)
    assert np.array_equal(view, [0, 2, 4])
    assert items == [1, "new"] and result is items
    assert names["k"] is array


def test_a_read_only_argument_stays_so(variables):
    array = np.ones(2)
    array.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        ask(variables, "change")(array, [], {})


def test_callables_go_both_ways(variables):
    seen = []
    apply = ask(variables, "apply")
    assert apply(lambda x: seen.append(x) or x + 1, 4) == 5
    assert seen == [4]
    line = ask(variables, "make_line")(3.0)
    assert line(2.0) == 6.0
    assert apply(line, 5.0) == 15.0
    assert apply(np.tanh, 0.0) == 0.0


def test_an_error_of_ours_comes_back_through_the_student(variables):
    mine = ZeroDivisionError("ours")

    def fail(_):
        raise mine

    with pytest.raises(ZeroDivisionError) as caught:
        ask(variables, "apply")(fail, 1)
    assert caught.value is mine


def test_a_generator_may_change_its_arguments_later(variables):
    array = np.zeros(2)
    steps = ask(variables, "fill")(array)
    assert array.tolist() == [0, 0]
    assert next(steps) == 0 and array.tolist() == [1, 0]
    assert next(steps) == 1 and array.tolist() == [1, 1]


def test_generators_and_iterables(variables):
    found = [array.tolist() for array in ask(variables, "numbers")(3)]
    assert found == [[0, 0], [1, 1], [2, 2]]
    assert ask(variables, "same")(iter([1, 2])).__next__() == 1


def test_generators_of_random_numbers_stay_in_step(variables):
    mine, theirs = np.random.default_rng(1), np.random.default_rng(1)
    got = ask(variables, "draw")(theirs, 3)
    assert np.array_equal(got, mine.normal(size=3))
    assert theirs.normal() == mine.normal()


def test_global_randomness_stays_in_step(variables):
    with saved_randomness():
        np.random.seed(5)  # noqa: NPY002
        random.seed(5)
        wanted = [draw() for draw in (np.random.random, random.random, np.random.random)]
        np.random.seed(5)  # noqa: NPY002
        random.seed(5)
        assert ask(variables, "draw_globally")() == tuple(wanted[:2])
        assert np.random.random() == wanted[2]  # noqa: NPY002


def test_prints_and_warnings_come_with_the_answer(variables, capsys):
    with warnings.catch_warnings(record=True) as caught, np.errstate(over="warn"):
        warnings.simplefilter("always")
        ask(variables, "loud")()
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("printed\n", "complained\n")
    kinds = [(w.category, str(w.message)) for w in caught]
    assert kinds == [
        (RuntimeWarning, "overflow encountered in exp"),
        (DeprecationWarning, "look"),
    ]
    with np.errstate(over="raise", divide="ignore"):
        assert ask(variables, "seen_errors")()["over"] == "raise"


def test_exceptions_keep_type_text_and_traceback(variables):
    fail = ask(variables, "fail")
    with pytest.raises(ValueError, match="text") as caught:
        fail("value")
    assert type(caught.value) is ValueError
    assert "in fail" in caught.value.__wire_trace__
    assert "autograder" not in caught.value.__wire_trace__
    with pytest.raises(ValueError, match="mine") as caught:
        fail("own")
    assert type(caught.value).__name__ == "OwnError"
    with pytest.raises(np.linalg.LinAlgError, match="Singular"):
        fail("singular")
    for kind, name in (("exit", "SystemExit"), ("stop", "KeyboardInterrupt")):
        with pytest.raises(Exception) as caught:
            fail(kind)
        assert type(caught.value).__name__ == name


def test_classes_and_instances(variables):
    layer_class = ask(variables, "Layer")
    layer = layer_class(np.eye(2))
    assert isinstance(layer, Remote) and type(layer).__name__ == "Layer"
    assert layer_class.__name__ == "Layer" and isinstance(layer, layer_class)
    assert not isinstance(3, layer_class)
    assert np.array_equal(layer.forward(np.ones((1, 2))), [[2, 2]])
    layer.W = layer.W * 3
    layer.inner = layer
    assert np.array_equal(layer.inner.W, 3 * np.eye(2))
    assert layer.inner is layer and layer[1] is layer and len(layer) == 2
    assert hasattr(layer, "scale") and not hasattr(layer, "nothing")


def test_an_instance_is_only_equal_to_itself(variables):
    layer = ask(variables, "Layer")(np.eye(2))
    assert layer != 3 and not layer == np.ones(2).tolist()  # noqa: SIM201
    assert bool(layer), "its truth is not the student's to say"
    with pytest.raises(AttributeError):
        _ = layer._private
    with pytest.raises(AttributeError):
        _ = layer.__array_interface__


def test_an_array_subclass_is_no_array(variables):
    found = ask(variables, "chameleon")()
    assert not isinstance(found, np.ndarray)
    assert found != 5


def test_state_is_kept_between_the_calls_of_one_copy(variables):
    count = ask(variables, "count")
    assert [count(), count()] == [1, 2]


def test_a_function_that_ends_its_process(variables):
    with pytest.raises(ProcessEnded):
        ask(variables, "die")()
    with pytest.raises(ProcessEnded):
        ask(variables, "same")


def test_a_function_that_does_not_end():
    with student(FUNCTIONS, seconds=0.5) as variables:
        with pytest.raises(TimeoutError, match=r"0\.5 seconds"):
            ask(variables, "sleep")()
        assert not variables.responsive


class Secret:
    """A class of a test's, with things that student code must not get."""

    answer = 42
    _hidden = 43

    def method(self):
        return self._hidden


SPY = textwrap.dedent("""
    def look(thing, name):
        try:
            return getattr(thing, name)
        except Exception as error:
            return type(error).__name__
    def set_it(thing):
        thing.answer = 0
    def kind_of(value):
        return type(value).__name__
""")


@pytest.mark.parametrize(
    "thing",
    [lambda x: x, (i for i in range(3)), Secret().method, np.sin, "text".upper, Secret, Secret()],
    ids=["function", "generator", "method", "ufunc", "builtin", "class", "instance"],
)
def test_nothing_leads_from_what_is_passed_into_this_process(thing, variables):
    names = "__globals__ __code__ gi_frame __self__ __closure__ gi_code __dict__ __class__ mro"
    for name in names.split():
        value, error, _ = variables.perform("getattr", thing, (name,), {}, None)
        assert value is None and isinstance(error, AttributeError)
    for operation in ("setattr", "setitem", "deepcopy", "isinstance", "enter", "exit", "eval"):
        value, error, _ = variables.perform(operation, thing, ("answer", 0), {}, None)
        assert value is None and isinstance(error, PermissionError)


def test_a_student_reads_public_attributes_of_instances_alone():
    with student(SPY) as variables:
        look = ask(variables, "look")
        assert look(Secret(), "answer") == 42
        assert look(Secret(), "method")() == 43
        assert look(Secret(), "_hidden") == "AttributeError"
        assert look(Secret, "mro") == "AttributeError"
        with pytest.raises(PermissionError):
            ask(variables, "set_it")(Secret())
        assert Secret.answer == 42


HOSTILE = {
    "garbage": b"x" * 500,
    "a huge length": struct.pack("<4sIQ", b"nn01", 1, 2**60),
    "many buffers": struct.pack("<4sIQ", b"nn01", 2**31, 100),
    "parts that do not add up": struct.pack("<4sIQ", b"nn01", 0, 100) + struct.pack("<Q", 5),
    "no msgpack": struct.pack("<4sIQQ", b"nn01", 0, 12, 4) + b"\xc1\xc1\xc1\xc1",
    "a deep message": struct.pack("<4sIQQ", b"nn01", 0, 50_008, 50_000) + b"\x91" * 50_000,
    "a map": struct.pack("<4sIQQ", b"nn01", 0, 11, 3) + b"\x81\x01\x01",
    "a number": struct.pack("<4sIQQ", b"nn01", 0, 9, 1) + b"\x05",
    "an answer to another question": None,
    "silence and end": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_is_an_error_of_the_student(name):
    content = HOSTILE[name]
    if content is None:
        packed = msgpack.packb([1, 999, None, [], None])
        head = struct.pack("<4sIQQ", b"nn01", 0, len(packed) + 8, len(packed))
        content = head + packed
    code = f"sock.sendall({content!r})\nraise SystemExit"
    with student(code) as variables, pytest.raises((WireError, ProcessEnded)):
        ask(variables, "anything")


REPLIES = [
    [1, 1], [1, 1, None, None, None], [1, 1, [0], [], None], [2, 1, None, [], None],
    [2, 1, [[["builtins", "eval"]], "", None, "", 0, None], [], None],
    [2, 1, [[["os", "system"]], "t", None, "", 0, "x"], [], None],
    [1, 1, None, [[0, 5]], None], [1, 1, None, [[9, [0, []]]], None], [1, 1, 1, [], [1]],
    [1, 1, 1, [], ["a", "b", [[1, 2]], [[b"x", 1, 0, 0.0], None]]],
    [1, 1, 1, [], ["a", "b", [], [None, [3, b"12345678", None]]]], [3, 1, 1, [], None],
    [0, 1, "call", 5, [1, []], [1, []], None, 7], [0, 1, "call", "x", 5, 5, None],
]  # fmt: skip


@pytest.mark.parametrize("reply", REPLIES, ids=lambda r: repr(r)[:60])
def test_a_forged_reply_raises_and_does_nothing_else(reply):
    packed = msgpack.packb(reply)
    head = struct.pack("<4sIQQ", b"nn01", 0, len(packed) + 8, len(packed))
    code = f"sock.sendall({head + packed!r})\nimport time; time.sleep(5)"
    with student(code, seconds=1) as variables:
        with pytest.raises(Exception) as caught:
            ask(variables, "anything")
        assert not isinstance(caught.value, SystemError)


def test_a_message_that_is_too_large_is_refused_before_it_is_sent():
    with raw_student("pass") as sock:
        channel = Channel(sock)
        block = memoryview(bytearray(2**20))
        with pytest.raises(WireError, match="MB"):
            channel.send(None, [block] * (MAX_BYTES // 2**20 + 1))


def test_a_boolean_that_is_neither_true_nor_false_does_not_come_through():
    code = "import numpy as np\ndef f():\n    return np.frombuffer(b'\\x00\\x02', dtype=bool)"
    with student(code) as variables, pytest.raises(WireError, match="neither true nor false"):
        variables.request("name", "f")()
