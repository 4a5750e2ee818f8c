"""How fast does the reference train, and how does the time grow? Beside scikit-learn, in one run.

``python benchmarks/training.py [SEEDS]`` trains the reference network and scikit-learn's
``MLPClassifier`` on the same digits in turn: the same layers, batch size, rate and epochs, plain
stochastic gradient descent. Then it doubles layers, width and samples.
"""

import statistics
import sys
import time
import warnings
from itertools import pairwise

import numpy as np
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from autograder.reference.activations import ReLU
from autograder.reference.shapes import Array
from autograder.reference.training import Activate, Dense, Network, train

RATE, BATCH, EPOCHS = 0.1, 32, 30


def network(sizes: tuple[int, ...], rng: np.random.Generator) -> Network:
    """Return a network with ReLU in between."""
    layers: list[Dense | Activate] = []
    for n_in, n_out in pairwise(sizes):
        layers += [Dense(n_in, n_out, rng), Activate(ReLU)]
    return Network(layers[:-1])


def ours(parts: tuple[Array, ...], hidden: tuple[int, ...], seed: int) -> tuple[float, float]:
    """Return seconds and test accuracy of the reference."""
    X, y, X_test, y_test = parts
    rng = np.random.default_rng(seed)
    net, Y = network((X.shape[1], *hidden, 10), rng), np.eye(10)[y]
    before = time.perf_counter()
    # The validation part is a single sample: scikit-learn measures none.
    train(net, X, Y, X[:1], Y[:1], RATE, BATCH, EPOCHS, rng)
    seconds = time.perf_counter() - before
    return seconds, float(np.mean(net.forward(X_test).argmax(axis=1) == y_test))


def theirs(parts: tuple[Array, ...], hidden: tuple[int, ...], seed: int) -> tuple[float, float]:
    """Return seconds and test accuracy of scikit-learn."""
    X, y, X_test, y_test = parts
    model = MLPClassifier(hidden, solver="sgd", alpha=0, batch_size=BATCH, momentum=0,
                          learning_rate_init=RATE, max_iter=EPOCHS, tol=0, n_iter_no_change=EPOCHS,
                          random_state=seed)  # fmt: skip
    before = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X, y)
    return time.perf_counter() - before, float(model.score(X_test, y_test))


def compare(seeds: int) -> None:
    """Print seconds and accuracies of both, measured in turn."""
    X, y = load_digits(return_X_y=True)
    X = X / 16
    for hidden in ((32,), (100,), (64, 32)):
        results: dict[str, list[tuple[float, float]]] = {"reference": [], "scikit-learn": []}
        for seed in range(seeds):
            order = np.random.default_rng(seed).permutation(len(X))
            learn, test = order[:1437], order[1437:]
            parts = X[learn], y[learn], X[test], y[test]
            results["reference"].append(ours(parts, hidden, seed))
            results["scikit-learn"].append(theirs(parts, hidden, seed))
        shape = "-".join(map(str, (64, *hidden, 10)))
        print(f"digits {shape}, {EPOCHS} epochs, batches of {BATCH}, {seeds} seeds")
        print(f"  {'':<14}seconds: median     min   accuracy: mean     sd")
        for name, runs in results.items():
            seconds, scores = zip(*runs, strict=True)
            print(
                f"  {name:<14}{statistics.median(seconds):15.3f} {min(seconds):7.3f}"
                f"{statistics.mean(scores):17.4f} {statistics.stdev(scores):6.4f}"
            )
        ratios = [b[0] / a[0] for a, b in zip(*results.values(), strict=True)]
        gaps = [a[1] - b[1] for a, b in zip(*results.values(), strict=True)]
        error = statistics.stdev(gaps) / len(gaps) ** 0.5
        print(f"  scikit-learn takes {statistics.median(ratios):.1f} times as long; "
              f"accuracy differs by {statistics.mean(gaps):+.4f} ± {error:.4f}")  # fmt: skip


def growth() -> None:
    """Print how the seconds of an epoch grow with layers, width and samples."""
    print("milliseconds for an epoch of the reference (best of 5), batches of 32")
    for what, runs in {
        "hidden layers of 64": [(m, (64,) * k) for m, k in ((1437, k) for k in (1, 2, 4, 8))],
        "units in one layer": [(1437, (h,)) for h in (32, 64, 128, 256, 512)],
        "samples": [(m, (64,)) for m in (1000, 2000, 4000, 8000)],
    }.items():
        cells = []
        for m, hidden in runs:
            rng = np.random.default_rng(0)
            X, Y = rng.random((m, 64)), np.eye(10)[rng.integers(0, 10, m)]
            net, times = network((64, *hidden, 10), rng), []
            for _ in range(5):
                before = time.perf_counter()
                train(net, X, Y, X[:1], Y[:1], RATE, BATCH, 1, rng)
                times.append(1000 * (time.perf_counter() - before))
            value = {"units in one layer": hidden[0], "samples": m}.get(what, len(hidden))
            cells.append(f"{value}: {min(times):.1f}")
        print(f"  {what:<20} {'   '.join(cells)}")


if __name__ == "__main__":
    with threadpool_limits(1):  # what is compared is one core
        compare(int(sys.argv[1]) if sys.argv[1:] else 20)
        growth()
