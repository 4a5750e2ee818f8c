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
from autograder.wire.sharing import MAX_COPIES, Sharing
from autograder.wire.values import Decoder, Encoder, WireError

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
    decoder = Decoder(None, None, [])
    decoder.new = things = [array, numbers, names, rng]
    sharing = Sharing()
    assert sharing.arrive(decoder, [[], [], 1, None], busy=True) == [1, 2, 3, 4]
    sharing.look()
    assert sharing.leave(Encoder(refuse_handles)).changes == []
    array[0], names["b"] = 5, 2
    rng.normal()
    changes = sharing.leave(Encoder(refuse_handles)).changes
    assert [number for number, _ in changes] == [-1, -3, -4]
    assert len(things) == 4


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


NONE = [[], [], 1, []]  # nothing is shared
REPLIES = [
    [1, 1], [1, 1, None, None, None], [1, 1, [0], None, NONE], [2, 1, None, None, NONE],
    [2, 1, [[["builtins", "eval"]], "", None, "", 0, None], None, NONE],
    [2, 1, [[["os", "system"]], "t", None, "", 0, "x"], None, NONE],
    [1, 1, 1, [1], NONE], [1, 1, 1, ["a", "b", [[1, 2]], [[b"x", 1, 0, 0.0], None]], NONE],
    [1, 1, 1, ["a", "b", [], [None, [3, b"12345678", None]]], NONE], [3, 1, 1, None, NONE],
    [0, 1, "call", 5, [1, []], [1, []], None, NONE, 7], [0, 1, "call", "x", 5, 5, None, NONE],
    [1, 1, [22, 1], None, NONE], [1, 1, [22, -1], None, NONE], [1, 1, [22, "1"], None, NONE],
    [1, 1, None, None, [[[0, 5]], [], 1, []]], [1, 1, None, None, [[[-1, [0, []]]], [], 1, []]],
    [1, 1, None, None, [[[1, []]], [], 1, []]], [1, 1, None, None, [[[[], []]], [], 1, []]],
    [1, 1, None, None, [[], [1], 1, []]], [1, 1, None, None, [[], [[]], 1, []]],
    [1, 1, None, None, [[], [], 0, []]], [1, 1, None, None, [[], [], 2**60, []]],
    [1, 1, [0, []], None, [[], [], 1, [1]]], [1, 1, [0, []], None, [[], [], 1, [-1]]],
    [1, 1, [0, [[0, []]]], None, [[], [], 1, [0, 0]]], [1, 1, [0, []], None, [[], [], 1, [0] * 9]],
    [1, 1, [0, []], None, [[], [], None, [0]]], [1, 1, [0, []], None, [[], [], 1, 5]],
    [1, 1, [0, []], None, 5], [1, 1, [0, []], None, []],
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


class Net:
    """A network of a test's: `params` are its own arrays, in a list made anew."""

    def __init__(self):
        self.W, self.b = np.ones((2, 2)), np.ones(2)
        self.theta = np.zeros(4)
        self.dW, self.steps, self.rng = np.zeros((2, 2)), [], np.random.default_rng(3)
        self.seen = []

    @property
    def params(self):
        return [self.W, self.b]

    @property
    def views(self):
        return self.theta[:2], self.theta[2:]

    def forward(self, X):
        self.seen.append(self.W.copy())
        return X @ self.W + self.b

    def backward(self, scale):
        self.dW[...] = scale

    def total(self):
        return float(self.theta.sum() + self.W.sum() + self.b.sum())


TRAINING = textwrap.dedent("""
    import numpy as np

    def descend(net, steps):
        for _ in range(steps):
            net.forward(np.ones((1, 2)))
            for p in net.params:
                p -= 0.25
        return net.total()

    def hold(net):
        first, again = net.params, net.params
        first[0] += 1
        again[0] += 1
        return first[0] is again[0], first is again, net.total(), again[0][0, 0]

    def stale(net):
        dW = net.dW
        net.backward(7.0)
        before = dW.copy()
        dW += 1
        return before, net.dW

    def view(net):
        low, high = net.views
        low[0] = 5
        high[:] = low
        return net.total()

    def part(net):
        row = net.W[0]
        net.total()
        row[:] = 9
        return net.total()

    def augmented(net):
        net.W -= 1.0
        net.W = net.W
        net.steps += [3]

    def replaces(net):
        net.W = np.zeros((2, 2))

    def fills(net):
        net.steps.append({"loss": 1.0})
        net.steps.append(net.W)
        return net.rng.normal() if False else net.rng

    def transposed(net):
        for p in [net.W.T, np.asfortranarray(net.W)]:
            p[0, 1] = 4

    class Dense:
        def __init__(self, n_in, n_out, rng):
            self.W = rng.normal(size=(n_in, n_out))
            self.calls = []
        @property
        def params(self):
            return [self.W]
        def forward(self, A):
            self.calls.append(len(A))
            return A @ self.W
        def grow(self):
            self.W += 1

    class Network:
        def __init__(self, layers):
            self.layers = layers
        @property
        def params(self):
            return [p for layer in self.layers for p in layer.params]
        def forward(self, A):
            for layer in self.layers:
                A = layer.forward(A)
            return A

    kept = []
    def keep(*things):
        kept.extend(things)
    def change_kept():
        for thing in kept:
            thing += 1
    def count_kept():
        return len(kept)
    def fresh(n):
        a, b = np.zeros(n), np.ones((n, 70)).T
        return a, [a + 1, [b.copy()]], {"k": np.ones(n)}, b
    def spread(items, n):
        return [items] * n
    def grow(items, n):
        items.extend(range(n))
""")


@pytest.fixture
def training():
    with student(TRAINING) as found:
        yield found


def test_a_student_trains_a_network_of_the_test_in_place(training):
    here, there = Net(), Net()
    names: dict = {}
    exec(TRAINING, names)
    W = there.W
    assert ask(training, "descend")(there, 3) == names["descend"](here, 3) == 0.25 * 6
    assert there.W is W and np.array_equal(W, np.full((2, 2), 0.25))
    assert [w[0, 0] for w in there.seen] == [1.0, 0.75, 0.5], "a change was late"


def test_what_is_read_twice_is_the_same_array(training):
    assert ask(training, "hold")(Net()) == (True, False, 4 * 3 + 2, 3.0)


def test_what_a_student_holds_follows_the_test(training):
    net = Net()
    before, after = ask(training, "stale")(net)
    assert (before == 7).all() and (after == 8).all()
    assert after is net.dW, "its own array came back"


def test_views_of_one_array(training):
    net = Net()
    assert ask(training, "view")(net) == 5 + 5 + 6
    assert net.theta.tolist() == [5, 0, 5, 0]


def test_a_part_of_what_was_read(training):
    net = Net()
    assert ask(training, "part")(net) == 9 + 9 + 1 + 1 + 2


def test_augmented_assignment_and_other_kinds(training):
    net = Net()
    W = net.W
    ask(training, "augmented")(net)
    assert net.W is W and not W.any() and net.steps == [3]
    rng = ask(training, "fills")(net)
    assert net.steps[1:] == [{"loss": 1.0}, W] and net.steps[2] is W and rng is net.rng
    with pytest.raises(PermissionError):
        ask(training, "replaces")(net)
    net = Net()
    ask(training, "transposed")(net)
    assert net.W.tolist() == [[1, 1], [4, 1]], "a view, not a copy"


def test_a_test_trains_a_network_of_the_student_in_place(training):
    dense, network = ask(training, "Dense"), ask(training, "Network")
    rng = np.random.default_rng(0)
    first, second, middle = dense(2, 3, rng), dense(3, 2, rng), Net()
    middle.W, middle.b = np.eye(3), np.zeros(3)
    net = network([first, middle, second])
    X = np.ones((4, 2))
    before = net.forward(X)
    assert np.allclose(before, X @ first.W @ second.W)
    params = net.params
    assert params[1] is middle.W and params[0] is first.W
    for p in params:
        p *= 2  # noqa: PLW2901
    assert np.allclose(net.forward(X), before * 8)
    first.grow()
    assert np.array_equal(params[0], first.W), "what the test holds follows"
    first.W = np.zeros((2, 3))
    assert not net.forward(X).any() and first.calls == [4, 4, 4]
    mine = np.ones((2, 3))
    second.W = mine.T
    first.W = mine
    mine[:] = 2
    assert (first.W == 2).all() and first.W is mine


def test_arguments_that_are_kept_follow_both_ways(training):
    kept, other = np.zeros(2), np.zeros(2)
    ask(training, "keep")(kept)
    other += 1
    kept += 1
    ask(training, "change_kept")()
    assert kept.tolist() == [2, 2] and other.tolist() == [1, 1]


def lent(variables):
    return variables._sharing._mine


def test_nothing_is_shared_for_longer_than_it_is_held(training):
    fresh, keep = ask(training, "fresh"), ask(training, "keep")
    results = [fresh(n) for n in (3, 1000, 10)]
    assert not training._sharing._copies, "nobody holds a fresh result there"
    for _ in range(3):
        ask(training, "descend")(Net(), 5)
    assert not lent(training)
    mine = [np.zeros(1) for _ in range(MAX_COPIES + 50)]
    for array in mine:
        keep(array)
    assert len(lent(training)) <= MAX_COPIES + 1
    ask(training, "change_kept")()
    assert mine[-1] == 1 and mine[0] == 0, "the oldest are no longer followed"
    assert len(results) == 3


FORGER = textwrap.dedent("""
    import msgpack, struct
    def send(tree, buffers=()):
        packed = msgpack.packb(tree)
        lengths = [len(packed), *map(len, buffers)]
        head = struct.pack("<4sIQ", b"nn01", len(buffers), sum(lengths) + 8 * len(lengths))
        sock.sendall(head + struct.pack(f"<{len(lengths)}Q", *lengths) + packed + b"".join(buffers))
    def array(dtype, shape, n=16):
        return [dtype, shape, False, True, False], [bytes(n)]
    sock.recv(100_000)
    send([1, 1, [19, 1, "f", ["function"]], None, [[], [], 1, []]])
    sock.recv(100_000)
""")


def forged(reply, *args, after=""):
    """Call a function with the arguments; the answer is forged."""
    with student(f"{FORGER}\n{reply}\n{after}\nimport time; time.sleep(5)", seconds=2) as variables:
        function = ask(variables, "f")
        return function(*args)


@pytest.mark.parametrize(
    "reply",
    [
        "c, b = array('<f8', [3], 24); send([1, 2, 1, None, [[[-1, c]], [], 1, []]], b)",
        "c, b = array('<i8', [2]); send([1, 2, 1, None, [[[-1, c]], [], 1, []]], b)",
        "c, b = array('<f8', [2]); send([1, 2, 1, None, [[[-3, c]], [], 1, []]], b)",
        "c, b = array('<f8', [2]); send([1, 2, 1, None, [[[-2, c]], [], 1, []]], b)",
        "c, b = array('<f8', [2]); send([1, 2, 1, None, [[[1, c]], [], 1, []]], b)",
        "send([1, 2, 1, None, [[[-2, [[22, -2]]]], [], 1, []]])",
        "send([1, 2, [0, [[22, -2]] * 2000], None, [[], [], 1, []]])",
        "send([1, 2, 1, None, [[], [1, 1], 1, []]])",
        "send([1, 2, [0, []], None, [[[1, [5]]], [], 1, [0]]])",
    ],
)
def test_a_forged_change_is_refused(reply):
    array, items = np.ones(2), [1, 2]
    with pytest.raises(WireError):
        forged(reply, array, items)
    assert array.tolist() == [1, 1] and items == [1, 2]


def test_a_right_change_would_be_made():
    array, items = np.ones(2), [1, 2]
    reply = "c, b = array('<f8', [2])\nsend([1, 2, 1, None, [[[-1, c], [-2, [3]]], [], 1, []]], b)"
    forged(reply, array, items)
    assert array.tolist() == [0, 0] and items == [3]


def test_a_container_in_many_places_does_not_grow(training):
    items = [1]
    spread, grow = ask(training, "spread"), ask(training, "grow")
    found = [spread(items, 900) for _ in range(2)]
    assert found[0][5] is items
    grow(items, 100)
    assert len(items) == 101
    with pytest.raises(WireError, match="many places"):
        grow(items, 1000)


def test_what_is_kept_over_there_is_bounded():
    reply = "send([1, 2, 1, None, [[], [], 1, []]])"
    more = "for n in range(3, 3000):\n sock.recv(9000)\n send([1, n, 1, None, [[], [], 1, []]])"
    with student(f"{FORGER}\n{reply}\n{more}") as variables:
        function = ask(variables, "f")
        with pytest.raises(WireError, match="keeps too many"):
            for _ in range(2000):
                function(np.ones(1))
        assert len(lent(variables)) <= 1001


def test_a_list_of_theirs_does_not_change_behind_the_back_of_a_test():
    replies = (
        "send([1, 2, [0, [5]], None, [[], [], 1, [0]]]); sock.recv(9000)\n"
        "send([1, 3, 1, None, [[[1, [6]]], [], 2, []]])"
    )
    with student(f"{FORGER}\n{replies}\nimport time; time.sleep(5)", seconds=2) as variables:
        function = ask(variables, "f")
        found = function()
        assert found == [5]
        with pytest.raises(WireError, match="does not follow"):
            function()
        assert found == [5]
