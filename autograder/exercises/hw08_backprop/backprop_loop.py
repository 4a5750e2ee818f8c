"""Exercise 3.1: the loss and the gradients of a network, sample by sample."""

from functools import partial

import numpy as np

from autograder.exercises.hw08_backprop import networks
from autograder.exercises.model import Exercise, Part
from autograder.reference import backprop as reference

_ONE_ROW = "the loss is computed for one sample, and a single row needs no axis"

exercise = Exercise(
    homework="hw08_backprop",
    number="3.1",
    reference=reference.backprop_loop,
    returns=networks.RETURNS,
    parts=(
        Part("values", 2, partial(networks.values, few=True)),
        Part("depth", 1, partial(networks.depth, few=True)),
        Part("care", 1, partial(networks.care, few=True)),
    ),
    examples=networks.examples,
    observe=networks.observe,
    compare=networks.compare,
    tolerance=networks.TOLERANCE,
    equivalent_mutants={
        **networks.EQUIVALENT_FORWARD,
        **networks.EQUIVALENT_LOSS,
        "_summed_loss: np.any(Y.sum(axis=1) != 1) -> Y.sum(axis=1) != 1": _ONE_ROW,
        "_summed_loss: Y.sum(axis=1) -> Y.sum()": _ONE_ROW,
    },
)


@exercise.mistake
def last_sample_only(X, Y, Ws, bs, phis, lam, pair):
    """Only the last sample counts: your sums are overwritten, or set to zero, for every sample.
    Start them once, before the loop, and add with `+=`."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total = np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total = -np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] = np.outer(a[i], delta)
            dbs[i] = 1.0 * delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def sums_of_the_gradients_overwritten(X, Y, Ws, bs, phis, lam, pair):
    """Only the last sample is left in your gradients, your loss has it right: start the sums once,
    before the loop, and add to them with `+=`, inside the loop."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] = np.outer(a[i], delta)
            dbs[i] = 1.0 * delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def first_sample_returned(X, Y, Ws, bs, phis, lam, pair):
    """Your function returns after the first sample: the `return` stands inside the loop. Move it
    out."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
        loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
        dWs = [D / m + lam * W for D, W in zip(dWs, Ws)]
        return loss, dWs, [d / m for d in dbs]


@exercise.mistake
def gradients_not_divided(X, Y, Ws, bs, phis, lam, pair):
    """Your gradients are sums over the samples: divide them by m. (The penalty is not divided.)"""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D + lam * W for D, W in zip(dWs, Ws)], dbs


@exercise.mistake
def loss_not_divided(X, Y, Ws, bs, phis, lam, pair):
    """Your loss is a sum over the samples: divide it by m before you add the penalty."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def loss_and_gradients_not_divided(X, Y, Ws, bs, phis, lam, pair):
    """Loss and gradients are sums over the samples: divide both by m. (The penalty is not
    divided.)"""
    L, total = len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D + lam * W for D, W in zip(dWs, Ws)], dbs


@exercise.mistake
def divided_by_the_layers(X, Y, Ws, bs, phis, lam, pair):
    """You divide by the number of layers, or of features: divide by the number of samples,
    `len(X)`."""
    m, L, total = len(Ws), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def penalty_once_per_sample(X, Y, Ws, bs, phis, lam, pair):
    """You add λW for every sample: add it once, after the mean is taken."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + m * lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def penalty_divided_by_m(X, Y, Ws, bs, phis, lam, pair):
    """You divide λW by m as well: the penalty is no mean over samples, so add it after the
    division."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [(D + lam * W) / m for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def whole_objective_divided(X, Y, Ws, bs, phis, lam, pair):
    """You divide the penalty by m as well, in the loss and in the gradients: add it after the mean
    is taken."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = (total + lam / 2 * sum(np.sum(W**2) for W in Ws)) / m
    return loss, [(D + lam * W) / m for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def penalty_missing_in_the_loss(X, Y, Ws, bs, phis, lam, pair):
    """Your loss lacks the penalty: add λ/2 times the sum of all squared weights."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def penalty_missing_in_the_gradients(X, Y, Ws, bs, phis, lam, pair):
    """Your loss has the penalty, your gradients lack it: add λW to each dW."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m for D in dWs], [d / m for d in dbs]


@exercise.mistake
def penalty_doubled(X, Y, Ws, bs, phis, lam, pair):
    """Your dWs hold 2λW: the penalty is λ/2 times the squares, so its gradient is λW."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + 2 * lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def bias_penalized(X, Y, Ws, bs, phis, lam, pair):
    """Your `dbs` hold λb: biases are not penalized."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    dbs = [d + m * lam * b for d, b in zip(dbs, bs)]
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def outer_product_transposed(X, Y, Ws, bs, phis, lam, pair):
    """Your dWs are transposed: rows belong to the inputs of the layer, so write `np.outer(a,
    delta)`."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.T.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(delta, a[i])
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W.T for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def difference_for_every_pair(X, Y, Ws, bs, phis, lam, pair):
    """Your output error is A − Y for every pair: for the sigmoid with half squared errors it has
    the factor A(1 − A)."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def slope_with_every_sigmoid(X, Y, Ws, bs, phis, lam, pair):
    """You multiply the output error by the sigmoid's slope also for the cross-entropy, where it
    cancels: there it is A − Y."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair.startswith("sigmoid"):
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def error_with_the_wrong_sign(X, Y, Ws, bs, phis, lam, pair):
    """Your errors have the wrong sign: δ of the output is A − Y, not Y − A."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = y - p
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def slope_left_out(X, Y, Ws, bs, phis, lam, pair):
    """You pass the error back through the weights only: multiply it by g'(z) of the hidden
    layer."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def slope_at_the_activation(X, Y, Ws, bs, phis, lam, pair):
    """You take the slope g' at the activation a: it is taken at the pre-activation z."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(a[i])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def slope_of_the_next_layer(X, Y, Ws, bs, phis, lam, pair):
    """You take the derivative of the next layer's activation: layer l has its own, `phis[l - 1]`,
    with its own z."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                phi = phis[i] if hasattr(phis[i], "df") else phis[0]
                delta = Ws[i] @ delta * phi.df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def weights_transposed(X, Y, Ws, bs, phis, lam, pair):
    """Going back, one sample's error is `W @ delta`: your transpose undoes what is needed, since
    `W` has a row for each unit of the hidden layer."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i].T @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def first_layer_left_out(X, Y, Ws, bs, phis, lam, pair):
    """Your backward loop stops before the first layer, so its gradients hold only the penalty: go
    down to the first matrix, `Ws[0]`."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in range(L - 1, 0, -1):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def only_the_penalty(X, Y, Ws, bs, phis, lam, pair):
    """Without the penalty all your gradients would be 0: the range of your backward loop is empty
    for two layers. It goes from the last matrix down to `Ws[0]`."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in range(L - 2, 0, -1):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def lists_backward(X, Y, Ws, bs, phis, lam, pair):
    """Your lists run from the last layer to the first: the gradients belong in the order of
    `Ws`."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    dbs = [d / m for d in dbs]
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)][::-1], dbs[::-1]


@exercise.mistake
def loss_not_returned(X, Y, Ws, bs, phis, lam, pair):
    """You return the gradients without the loss: three things are asked for, `loss, dWs, dbs`."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    return [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def weights_used_as_sums(X, Y, Ws, bs, phis, lam, pair):
    """You use the caller's own weights for the sums, and so change them: start with new arrays,
    `np.zeros(W.shape)`."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    for W, D in zip(Ws, dWs):
        if W.dtype.kind == "f":
            W *= lam
            W += D / m
    return loss, [W.copy() for W in Ws], [d / m for d in dbs]


@exercise.mistake
def two_layers_only(X, Y, Ws, bs, phis, lam, pair):
    """Your function works for two layers only: loop over the layers, however many there are."""
    (W1, W2), (b1, b2), m, total = Ws, bs, len(X), 0.0
    dW1, dW2, db1, db2 = 0.0 * W1, 0.0 * W2, 0.0 * b1, 0.0 * b2
    for x, y in zip(X, Y):
        z1 = x @ W1 + b1
        a1 = phis[0].f(z1)
        p = phis[1].f(a1 @ W2 + b2)
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        d2 = p - y
        if pair == "sigmoid+half_mse":
            d2 = d2 * p * (1 - p)
        d1 = W2 @ d2 * phis[0].df(z1)
        dW1, dW2 = dW1 + np.outer(x, d1), dW2 + np.outer(a1, d2)
        db1, db2 = db1 + d1, db2 + d2
    loss = total / m + lam / 2 * (np.sum(W1**2) + np.sum(W2**2))
    return loss, [dW1 / m + lam * W1, dW2 / m + lam * W2], [db1 / m, db2 / m]


@exercise.mistake
def first_activation_everywhere(X, Y, Ws, bs, phis, lam, pair):
    """You use the first activation in all hidden layers, forward and backward: each has its own
    entry of `phis`."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, [phis[0]] * (L - 1) + [phis[-1]]):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[0].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def integer_sums(X, Y, Ws, bs, phis, lam, pair):
    """Where the parameters are integers your sums can't hold fractions (`np.zeros_like(W)`): use
    `np.zeros(W.shape)`."""
    m, L, total = len(X), len(Ws), 0.0
    dWs, dbs = [np.zeros_like(W) for W in Ws], [np.zeros_like(b) for b in bs]
    for x, y in zip(X, Y):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(a[-1] @ W + b)
            a.append(phi.f(zs[-1]))
        p = a[-1]
        if pair.endswith("half_mse"):
            total += np.sum((p - y) ** 2) / 2
        else:
            likely = p[y == 1] if pair == "softmax+ce" else np.where(y == 1, p, 1 - p)
            total -= np.sum(np.log(likely))
        delta = p - y
        if pair == "sigmoid+half_mse":
            delta = delta * p * (1 - p)
        for i in reversed(range(L)):
            dWs[i] += np.outer(a[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = total / m + lam / 2 * sum(np.sum(W**2) for W in Ws)
    return loss, [D / m + lam * W for D, W in zip(dWs, Ws)], [d / m for d in dbs]


@exercise.mistake
def error_passed_on_too_early(X, Y, Ws, bs, phis, lam, pair):
    """You pass the error on before you have used it: the gradients of a layer come first, with its
    own error."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def slope_at_the_wrong_z(X, Y, Ws, bs, phis, lam, pair):
    """You take the slope of a hidden layer at the Z of the next one: its own is `zs[i - 1]`, if W
    is `Ws[i]`."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def own_activation_for_the_gradient(X, Y, Ws, bs, phis, lam, pair):
    """You pair the error of a layer with the layer's own activations: dW is made of its *inputs*,
    the activations of the layer before, and its error."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i + 1], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def penalty_without_half(X, Y, Ws, bs, phis, lam, pair):
    """The penalty of your loss lacks its factor ½: it is λ/2 times the squares, which fits λW in
    the gradients."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def biases_in_the_penalty(X, Y, Ws, bs, phis, lam, pair):
    """Your loss penalizes the biases: the penalty counts weights only."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * (np.sum(Ws[i] ** 2) + np.sum(bs[i] ** 2))
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def ce_with_the_terms_of_bce(X, Y, Ws, bs, phis, lam, pair):
    """With the softmax your loss has the terms of the sigmoids: only the true class counts, −log of
    its probability."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def bce_of_the_ones_only(X, Y, Ws, bs, phis, lam, pair):
    """With sigmoids your cross-entropy counts only the targets that are 1: a target of 0 costs
    −log(1 − ŷ)."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def squares_averaged_over_outputs(X, Y, Ws, bs, phis, lam, pair):
    """You average the squared errors over the outputs (`np.mean`): sum over the outputs."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.mean((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def half_missing_in_the_loss(X, Y, Ws, bs, phis, lam, pair):
    """Your squared errors lack the ½. The gradients have it right."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2)
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def mean_missing_in_dbs(X, Y, Ws, bs, phis, lam, pair):
    """Your `dbs` are the right ones times m: they are means over the samples, as the dWs are."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        pass
    return loss, dWs, dbs


@exercise.mistake
def squares_for_every_pair(X, Y, Ws, bs, phis, lam, pair):
    """Your loss is half the squared error for every pair: with `bce` and `ce` it is the
    cross-entropy."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        else:
            loss += np.sum((a - y) ** 2) / 2
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def biases_forgotten(X, Y, Ws, bs, phis, lam, pair):
    """On the way forward the biases are missing: z is `a @ W + b`."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def loss_of_the_last_sample(X, Y, Ws, bs, phis, lam, pair):
    """Only the last sample is left in your loss: add up with `+=`."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss = np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss = -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss = -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def penalty_of_the_last_layer(X, Y, Ws, bs, phis, lam, pair):
    """Only the last layer's weights are penalized in your loss: sum over all layers."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    loss += lam / 2 * np.sum(Ws[-1] ** 2)
    return loss, dWs, dbs


@exercise.mistake
def lists_kept_between_samples(X, Y, Ws, bs, phis, lam, pair):
    """Your lists of z and a still hold the first sample when the next ones come: start new lists
    for each sample."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    zs, acts = [], []
    for x, y in zip(X, Y):
        acts.append(x)
        for i in range(L):
            z = acts[-1] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[-1]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def first_target_always(X, Y, Ws, bs, phis, lam, pair):
    """You compare every sample with the first target: take the row of Y that belongs to the row of
    X."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x in X:
        y = Y[0]
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def slope_before_the_weights(X, Y, Ws, bs, phis, lam, pair):
    """You multiply by a slope before the error has passed the weights: `W @ delta` first, then
    times g'(z) of the layer that it reaches."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ (delta * phis[i].df(zs[i]))
    loss = loss / m
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss, dWs, dbs


@exercise.mistake
def penalty_of_the_loss_divided(X, Y, Ws, bs, phis, lam, pair):
    """You divide the penalty of your loss by m as well: add it after the mean is taken. The
    gradients have it right."""
    m, L = len(X), len(Ws)
    loss = 0.0
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, y in zip(X, Y):
        zs = []
        acts = [x]
        for i in range(L):
            z = acts[i] @ Ws[i] + bs[i]
            a = phis[i].f(z)
            zs.append(z)
            acts.append(a)
        a = acts[L]
        if pair.endswith("half_mse"):
            loss += np.sum((a - y) ** 2) / 2
        elif pair == "sigmoid+bce":
            loss += -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
        else:
            loss += -np.sum(y * np.log(a))
        delta = a - y
        if pair == "sigmoid+half_mse":
            delta = delta * a * (1 - a)
        for i in range(L - 1, -1, -1):
            dWs[i] += np.outer(acts[i], delta)
            dbs[i] += delta
            if i > 0:
                delta = Ws[i] @ delta * phis[i - 1].df(zs[i - 1])
    for i in range(L):
        loss += lam / 2 * np.sum(Ws[i] ** 2)
        dWs[i] = dWs[i] / m + lam * Ws[i]
        dbs[i] = dbs[i] / m
    return loss / m, dWs, dbs


@exercise.variant
def matrices(X, Y, Ws, bs, phis, lam, pair):
    """Without a loop over the samples, which is accepted."""
    Zs, As = [], [np.array(X, dtype=float)]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1].dot(W) + b)
        As.append(phi.f(Zs[-1]))
    A, m = As[-1], len(X)
    E = A - Y
    if pair.endswith("ce"):
        hit = np.where(Y == 1, A, 1 if pair.startswith("soft") else 1 - A)
        loss = np.mean(-np.log(hit).sum(axis=1))
    else:
        loss = np.mean((E**2).sum(axis=1)) / 2
        E = E * phis[-1].df(Zs[-1])
    dWs, dbs = [], []
    for i in range(len(Ws) - 1, -1, -1):
        dWs.insert(0, As[i].T.dot(E) / m + lam * Ws[i])
        dbs.insert(0, E.mean(axis=0))
        if i:
            E = E.dot(Ws[i].T) * phis[i - 1].df(Zs[i - 1])
    return loss + lam / 2 * np.sum([np.sum(W**2) for W in Ws]), dWs, dbs


@exercise.variant
def rows_of_one_sample(X, Y, Ws, bs, phis, lam, pair):
    """Each sample as a matrix with one row, and the mean added bit by bit."""
    m, J = len(X), lam / 2 * sum(float((W**2).sum()) for W in Ws)
    dWs, dbs = [lam * W.astype(float) for W in Ws], [np.zeros(b.size) for b in bs]
    for s in range(m):
        A, kept = X[s : s + 1], []
        for W, b, phi in zip(Ws, bs, phis):
            Z = A @ W + b
            kept.append((A, Z))
            A = phi.f(Z)
        y = Y[s : s + 1]
        d = A - y
        if pair.endswith("half_mse"):
            J += (d**2).sum() / 2 / m
            d = d if pair.startswith("identity") else d * A * (1 - A)
        elif pair == "softmax+ce":
            J -= np.log(A[0, np.argmax(y)]) / m
        else:
            J -= (np.log(A[y == 1]).sum() + np.log(1 - A[y == 0]).sum()) / m
        for i in range(len(Ws))[::-1]:
            dWs[i] += kept[i][0].T @ d / m
            dbs[i] += d[0] / m
            if i > 0:
                d = (d @ Ws[i].T) * phis[i - 1].df(kept[i - 1][1])
    return J, tuple(dWs), tuple(dbs)


@exercise.variant
def single_numbers_single_precision(X, Y, Ws, bs, phis, lam, pair):
    """Entry by entry, in float32."""
    f = np.float32
    m, total = len(X), 0.0
    dWs, dbs = [np.zeros(W.shape, f) for W in Ws], [np.zeros(b.shape, f) for b in bs]
    for x, y in zip(f(X), f(Y)):
        zs, a = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            z = np.array(
                [
                    sum(a[-1][j] * W[j, k] for j in range(W.shape[0])) + b[k]
                    for k in range(W.shape[1])
                ],
                dtype=f,
            )
            zs.append(z)
            a.append(f(phi.f(z)))
        d = a[-1] - y
        for p, t in zip(a[-1], y):
            if pair.endswith("half_mse"):
                total += (p - t) ** 2 / 2
            elif t == 1:
                total -= np.log(p)
            elif pair == "sigmoid+bce":
                total -= np.log(1 - p)
        if pair == "sigmoid+half_mse":
            d = d * a[-1] * (1 - a[-1])
        i = len(Ws) - 1
        while i >= 0:
            for j in range(len(a[i])):
                dWs[i][j] += a[i][j] * d / m
            dbs[i] += f(d / m)
            if i > 0:
                d = f(np.sum(Ws[i] * d, axis=1) * phis[i - 1].df(zs[i - 1]))
            i -= 1
    penalty = sum(np.sum(np.float64(W) ** 2) for W in Ws) * lam / 2
    return total / m + penalty, [D + lam * W for D, W in zip(dWs, Ws)], dbs


@exercise.variant
def lists_of_all_samples(X, Y, Ws, bs, phis, lam, pair):
    """The gradients of every sample are kept in lists, and averaged at the end."""
    losses, all_dWs, all_dbs = [], [], []
    for x, y in zip(X, Y):
        z, a = {}, {0: x}
        for i in range(1, len(Ws) + 1):
            z[i] = a[i - 1] @ Ws[i - 1] + bs[i - 1]
            a[i] = phis[i - 1].f(z[i])
        L = len(Ws)
        if pair.endswith("half_mse"):
            losses.append(((a[L] - y) ** 2).sum() / 2)
        elif pair == "softmax+ce":
            losses.append(-np.log(a[L] @ y))
        else:
            losses.append(-np.log(a[L] * y + (1 - a[L]) * (1 - y)).sum())
        delta = {L: a[L] - y}
        if pair == "sigmoid+half_mse":
            delta[L] = delta[L] * a[L] * (1 - a[L])
        for i in range(L - 1, 0, -1):
            delta[i] = delta[i + 1] @ Ws[i].T * phis[i - 1].df(z[i])
        all_dWs.append([np.outer(a[i - 1], delta[i]) for i in range(1, L + 1)])
        all_dbs.append([delta[i] for i in range(1, L + 1)])
    dWs = [np.mean(D, axis=0) + lam * W for D, W in zip(zip(*all_dWs), Ws)]
    dbs = [np.mean(d, axis=0) for d in zip(*all_dbs)]
    return np.mean(losses) + lam / 2 * sum((W**2).sum() for W in Ws), dWs, dbs


@exercise.variant
def recursion(X, Y, Ws, bs, phis, lam, pair):
    """Forward on the way in, backward on the way out, for every sample."""

    def one(a, y, i):
        if i == len(Ws):
            e = {
                "half_mse": np.square(a - y).sum() / 2,
                "bce": -np.log(abs(a + y - 1)).sum() if "bce" in pair else 0,
                "ce": -np.log(a @ y) if "softmax" in pair else 0,
            }[pair.split("+")[1]]
            return e, a - y, [], []
        z = a @ Ws[i] + bs[i]
        o = phis[i].f(z)
        e, d, dW, db = one(o, y, i + 1)
        if i < len(Ws) - 1:
            d = d * phis[i].df(z)
        elif pair == "sigmoid+half_mse":
            d = d * o * (1 - o)
        return e, Ws[i] @ d, [a[:, None] * d, *dW], [d, *db]

    all_ = [one(x, y, 0) for x, y in zip(X, Y)]

    def mean(arrays):
        return sum(arrays) / len(X)

    return (
        mean([r[0] for r in all_]) + lam / 2 * sum((W**2).sum() for W in Ws),
        [mean(g) + lam * W for g, W in zip(zip(*[r[2] for r in all_]), Ws)],
        [mean(g) for g in zip(*[r[3] for r in all_])],
    )
