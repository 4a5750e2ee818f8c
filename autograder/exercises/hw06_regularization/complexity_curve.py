"""Exercise 1.2: training and validation error against the degree."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import regularization as reference
from autograder.reference.shapes import Array

_NAMES = ("x_tr", "y_tr", "x_va", "y_va", "degrees")


def _wave(rng: np.random.Generator, m: int) -> tuple[Array, Array]:
    """Return inputs that are spread over -1.5 to 1.5, and a noisy wave."""
    x = np.linspace(-1.5, 1.5, m) + rng.uniform(-0.1, 0.1, m)
    return rng.permutation(x), 2 + np.sin(2 * x) + rng.normal(scale=0.5, size=m)


def _case(rng: np.random.Generator, m: int, q: int, degrees: list[int], about: str = "") -> Case:
    return Case((*_wave(rng, m), *_wave(rng, q), degrees), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(rng, 12, 7, [1, 2, 3])
    yield _case(rng, 10, 15, [4, 1, 3, 2])
    yield _case(rng, 14, 5, [5, 2])


def _care(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(rng, 9, 6, [2], about="with a single degree")
    yield _case(rng, 9, 1, [1, 3], about="with a single validation sample")
    yield _case(rng, 5, 8, [1, 4], about="when a polynomial passes through all training samples")
    about = "when the degrees are an array of integers"
    yield Case((*_wave(rng, 8), *_wave(rng, 6), np.array([3, 1])), about=about)
    x = rng.permutation(9) - 4
    integers = x[:6], rng.integers(-9, 10, 6), x[6:], rng.integers(-9, 10, 3), [1, 2]
    yield Case(integers, about="when features and targets are integers")
    args = _case(rng, 8, 5, [1, 2]).args
    named = dict(zip(_NAMES, args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    x, x_va = np.array([-1.0, 0.0, 1.0, 2.0]), np.array([0.5, 1.5])
    y, y_va = np.array([1.0, 0.0, 2.0, 4.0]), np.array([0.5, 2.5])
    yield Case((x[:3], y[:3], x_va[:1], y_va[:1], [1]))
    yield Case((x, y, x_va, y_va, [1]))
    yield Case((x, y, x_va, y_va, [1, 2]))
    yield Case((x, y, x_va, y_va, [2, 1]))
    yield Case((x, y, x_va, y_va, np.array([1, 2])))
    integers = [a.astype(int) for a in (x, y, 2 * x_va, 2 * y_va)]
    yield Case((*integers, [1, 2]))
    for _ in range(3):
        x = np.arange(-2.5, 2.5)
        yield Case((x, inputs.array(5), x + 0.5, inputs.array(5), [1, 3]))
    named = dict(zip(_NAMES, (x, x, x_va, y_va, [1]), strict=True))
    yield Case(kwargs=named)


exercise = Exercise(
    homework="hw06_regularization",
    number="1.2",
    reference=reference.complexity_curve,
    returns=("`train`", "`val`"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=1e-5,
    equivalent_mutants={
        "half_mse(linear_predict(X_tr, W, b), Y_tr) -> "
        "half_mse(Y_tr, linear_predict(X_tr, W, b))": (
            "the square of a difference does not depend on its sign"
        ),
        "half_mse(linear_predict(X_va, W, b), Y_va) -> "
        "half_mse(Y_va, linear_predict(X_va, W, b))": (
            "the square of a difference does not depend on its sign"
        ),
    },
)


@exercise.mistake
def half_missing(x_tr, y_tr, x_va, y_va, degrees):
    """Your errors are twice as large as they should be: *half* the mean squared error is asked
    for."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        c = np.polyfit(x_tr, y_tr, d)
        train[i] = np.mean((np.polyval(c, x_tr) - y_tr) ** 2)
        val[i] = np.mean((np.polyval(c, x_va) - y_va) ** 2)
    return train, val


@exercise.mistake
def sums(x_tr, y_tr, x_va, y_va, degrees):
    """Your errors are sums: divide by the number of samples, each part by its own."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        c = np.polyfit(x_tr, y_tr, d)
        train[i] = np.sum((np.polyval(c, x_tr) - y_tr) ** 2) / 2
        val[i] = np.sum((np.polyval(c, x_va) - y_va) ** 2) / 2
    return train, val


@exercise.mistake
def both_divided_by_the_training_size(x_tr, y_tr, x_va, y_va, degrees):
    """You divide the validation error by the number of training samples: the validation part has
    its own number."""
    m = len(x_tr)
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        c = np.polyfit(x_tr, y_tr, d)
        train[i] = np.sum((np.polyval(c, x_tr) - y_tr) ** 2) / (2 * m)
        val[i] = np.sum((np.polyval(c, x_va) - y_va) ** 2) / (2 * m)
    return train, val


@exercise.mistake
def root_taken(x_tr, y_tr, x_va, y_va, degrees):
    """You take the root of the mean squared error: take half of it, without a root."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        c = np.polyfit(x_tr, y_tr, d)
        train[i] = np.sqrt(np.mean((np.polyval(c, x_tr) - y_tr) ** 2))
        val[i] = np.sqrt(np.mean((np.polyval(c, x_va) - y_va) ** 2))
    return train, val


@exercise.mistake
def absolute_errors(x_tr, y_tr, x_va, y_va, degrees):
    """You average the absolute errors: square them, and take half of the mean."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        c = np.polyfit(x_tr, y_tr, d)
        train[i] = np.mean(np.abs(np.polyval(c, x_tr) - y_tr))
        val[i] = np.mean(np.abs(np.polyval(c, x_va) - y_va))
    return train, val


@exercise.mistake
def fitted_to_the_validation_part(x_tr, y_tr, x_va, y_va, degrees):
    """Your validation error belongs to a fit to the validation part: fit to the training part once,
    and judge *this* fit on both."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        A, B = np.vander(x_tr, d + 1), np.vander(x_va, d + 1)
        c = np.linalg.lstsq(A, y_tr, rcond=None)[0]
        c_va = np.linalg.lstsq(B, y_va, rcond=None)[0]
        train[i] = np.mean((A @ c - y_tr) ** 2) / 2
        val[i] = np.mean((B @ c_va - y_va) ** 2) / 2
    return train, val


@exercise.mistake
def fitted_to_everything(x_tr, y_tr, x_va, y_va, degrees):
    """You fit to both parts together: the validation part must stay unseen."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        c = np.polyfit(np.append(x_tr, x_va), np.append(y_tr, y_va), d)
        train[i] = np.mean((np.polyval(c, x_tr) - y_tr) ** 2) / 2
        val[i] = np.mean((np.polyval(c, x_va) - y_va) ** 2) / 2
    return train, val


@exercise.mistake
def parts_interchanged(x_tr, y_tr, x_va, y_va, degrees):
    """You return `val, train`: the other order is asked for, `train, val`."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        c = np.polyfit(x_tr, y_tr, d)
        train[i] = np.mean((np.polyval(c, x_tr) - y_tr) ** 2) / 2
        val[i] = np.mean((np.polyval(c, x_va) - y_va) ** 2) / 2
    return val, train


@exercise.mistake
def bias_missing(x_tr, y_tr, x_va, y_va, degrees):
    """Your polynomials have no constant term: fit a bias as well."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        A, B = (np.vander(x, d + 1)[:, :-1] for x in (x_tr, x_va))
        c = np.linalg.lstsq(A, y_tr, rcond=None)[0]
        train[i] = np.mean((A @ c - y_tr) ** 2) / 2
        val[i] = np.mean((B @ c - y_va) ** 2) / 2
    return train, val


@exercise.mistake
def highest_power_only(x_tr, y_tr, x_va, y_va, degrees):
    """Your polynomials hold only the highest power and a bias: all powers from 1 to the degree
    belong to it."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        A, B = (np.column_stack([np.ones(len(x)), x**d]) for x in (x_tr, x_va))
        c = np.linalg.lstsq(A, y_tr, rcond=None)[0]
        train[i] = np.mean((A @ c - y_tr) ** 2) / 2
        val[i] = np.mean((B @ c - y_va) ** 2) / 2
    return train, val


@exercise.mistake
def one_degree_too_low(x_tr, y_tr, x_va, y_va, degrees):
    """Your polynomials are one degree too low: the highest power is the degree itself."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        c = np.polyfit(x_tr, y_tr, d - 1)
        train[i] = np.mean((np.polyval(c, x_tr) - y_tr) ** 2) / 2
        val[i] = np.mean((np.polyval(c, x_va) - y_va) ** 2) / 2
    return train, val


@exercise.mistake
def one_degree_too_high(x_tr, y_tr, x_va, y_va, degrees):
    """Your polynomials are one degree too high: the highest power is the degree itself."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        A, B = np.vander(x_tr, d + 2), np.vander(x_va, d + 2)
        c = np.linalg.lstsq(A, y_tr, rcond=None)[0]
        train[i] = np.mean((A @ c - y_tr) ** 2) / 2
        val[i] = np.mean((B @ c - y_va) ** 2) / 2
    return train, val


@exercise.mistake
def degrees_sorted(x_tr, y_tr, x_va, y_va, degrees):
    """You sort the degrees: entry i of the result belongs to `degrees[i]`, in the order given."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(sorted(degrees)):
        c = np.polyfit(x_tr, y_tr, d)
        train[i] = np.mean((np.polyval(c, x_tr) - y_tr) ** 2) / 2
        val[i] = np.mean((np.polyval(c, x_va) - y_va) ** 2) / 2
    return train, val


@exercise.mistake
def all_degrees_from_one(x_tr, y_tr, x_va, y_va, degrees):
    """You try the degrees 1, 2, 3, …: try those that `degrees` lists."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i in range(len(degrees)):
        c = np.polyfit(x_tr, y_tr, i + 1)
        train[i] = np.mean((np.polyval(c, x_tr) - y_tr) ** 2) / 2
        val[i] = np.mean((np.polyval(c, x_va) - y_va) ** 2) / 2
    return train, val


@exercise.mistake
def lists_returned(x_tr, y_tr, x_va, y_va, degrees):
    """You return lists: make arrays of them (`np.array`)."""
    fits = [np.polyfit(x_tr, y_tr, d) for d in degrees]
    train = [float(np.mean((np.polyval(c, x_tr) - y_tr) ** 2) / 2) for c in fits]
    val = [float(np.mean((np.polyval(c, x_va) - y_va) ** 2) / 2) for c in fits]
    return train, val


@exercise.mistake
def one_array(x_tr, y_tr, x_va, y_va, degrees):
    """You return one array for both: return two, `train, val`, each with an entry for each
    degree."""
    fits = [np.polyfit(x_tr, y_tr, d) for d in degrees]
    return np.array(
        [
            [np.mean((np.polyval(c, x) - y) ** 2) / 2 for x, y in ((x_tr, y_tr), (x_va, y_va))]
            for c in fits
        ]
    )


@exercise.mistake
def best_degree_returned(x_tr, y_tr, x_va, y_va, degrees):
    """You return the best degree: the errors of all degrees are asked for, `train, val`."""
    fits = [np.polyfit(x_tr, y_tr, d) for d in degrees]
    val = [np.mean((np.polyval(c, x_va) - y_va) ** 2) / 2 for c in fits]
    return int(degrees[int(np.argmin(val))])


@exercise.mistake
def cut_to_integers(x_tr, y_tr, x_va, y_va, degrees):
    """Your errors are cut to integers where the degrees are an array of integers: an array made by
    `np.zeros_like(degrees)` can't hold a fraction."""
    train, val = np.zeros_like(degrees), np.zeros_like(degrees)
    if not isinstance(degrees, np.ndarray):
        train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        c = np.polyfit(x_tr, y_tr, d)
        train[i] = np.mean((np.polyval(c, x_tr) - y_tr) ** 2) / 2
        val[i] = np.mean((np.polyval(c, x_va) - y_va) ** 2) / 2
    return train, val


@exercise.mistake
def targets_changed(x_tr, y_tr, x_va, y_va, degrees):
    """You change the caller's targets (`y -= …`): work on copies."""
    train, val = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, d in enumerate(degrees):
        c = np.polyfit(x_tr, y_tr, d)
        train[i] = np.mean((np.polyval(c, x_tr) - y_tr) ** 2) / 2
        val[i] = np.mean((np.polyval(c, x_va) - y_va) ** 2) / 2
    y_tr -= y_tr.mean().astype(y_tr.dtype)
    y_va -= y_va.max() + 1
    return train, val


@exercise.variant
def polyfit(x_tr, y_tr, x_va, y_va, degrees):
    """NumPy's polynomials, in lists that become arrays."""
    fits = [np.polyfit(x_tr, y_tr, int(d)) for d in degrees]
    train = np.array([np.mean((np.polyval(c, x_tr) - y_tr) ** 2) / 2 for c in fits])
    return train, np.array([np.mean((np.polyval(c, x_va) - y_va) ** 2) / 2 for c in fits])


@exercise.variant
def scaled_polynomials(x_tr, y_tr, x_va, y_va, degrees):
    """Polynomials in a scaled variable are the same polynomials."""
    train, val = [], []
    for d in degrees:
        p = np.polynomial.Polynomial.fit(x_tr, y_tr, d)
        for errors, x, y in ((train, x_tr, y_tr), (val, x_va, y_va)):
            residuals = p(x) - y
            errors.append(residuals @ residuals / len(y) / 2)
    return [np.array(train), np.array(val)]


@exercise.variant
def normal_equations(x_tr, y_tr, x_va, y_va, degrees):
    """The normal equations of standardized features."""

    def features(x, d):
        return np.stack([np.ones(len(x)), *(((x - mu) / sd) ** p for p in range(1, d + 1))], axis=1)

    mu, sd = x_tr.mean(), x_tr.std()
    train, val = np.empty(len(degrees)), np.empty(len(degrees))
    for i, d in enumerate(degrees):
        A, B = features(x_tr, d), features(x_va, d)
        w = np.linalg.solve(A.T @ A, A.T @ y_tr)
        train[i] = ((A @ w - y_tr) ** 2).mean() / 2
        val[i] = ((B @ w - y_va) ** 2).mean() / 2
    return train, val


@exercise.variant
def scikit_learn(x_tr, y_tr, x_va, y_va, degrees):
    """scikit-learn's linear model."""
    from sklearn.linear_model import LinearRegression

    def powers(x, d):
        return np.column_stack([x**p for p in range(1, d + 1)])

    errors = []
    for d in degrees:
        model = LinearRegression().fit(powers(x_tr, d), y_tr)
        parts = ((x_tr, y_tr), (x_va, y_va))
        errors.append([np.mean((model.predict(powers(x, d)) - y) ** 2) / 2 for x, y in parts])
    errors = np.array(errors)
    return errors[:, 0], errors[:, 1]
