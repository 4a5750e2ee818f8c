"""Exercise 3.2: the loss of a network of any depth, and all its gradients."""

import numpy as np

from autograder.exercises.hw08_backprop import networks
from autograder.exercises.model import Exercise, Part
from autograder.reference import backprop as reference

exercise = Exercise(
    homework="hw08_backprop",
    number="3.2",
    reference=reference.backprop,
    returns=networks.RETURNS,
    parts=(
        Part("values", 2, networks.values),
        Part("depth", 1, networks.depth),
        Part("care", 1, networks.care),
    ),
    examples=networks.examples,
    observe=networks.observe,
    compare=networks.compare,
    tolerance=networks.TOLERANCE,
    equivalent_mutants=networks.EQUIVALENT_FORWARD,
)


@exercise.mistake
def mean_missing(X, Y, Ws, bs, phis, lam, pair):
    """All gradients are the right ones times m: divide by the number of samples where you form dW
    and db."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta + lam * Ws[i]
        dbs[i] = delta.sum(axis=0)
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def mean_missing_in_dbs(X, Y, Ws, bs, phis, lam, pair):
    """Your `dbs` are the right ones times m: they are means over the samples, as the dWs are."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0)
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def mean_missing_in_dWs(X, Y, Ws, bs, phis, lam, pair):
    """Your `dWs` are not divided by m: the product of activations and errors is a sum over the
    samples, and J a mean."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def divided_by_m_at_every_layer(X, Y, Ws, bs, phis, lam, pair):
    """You divide the error by m at the output and again in the gradients: δ belongs to one sample,
    and the mean is taken once, where dW and db are formed."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = (P - Y) / m
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def penalty_missing_in_the_loss(X, Y, Ws, bs, phis, lam, pair):
    """Your loss lacks the penalty: add λ/2 times the sum of all squared weights."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def penalty_missing_in_the_gradients(X, Y, Ws, bs, phis, lam, pair):
    """Your loss has the penalty, your gradients lack it: add λW to each dW."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def penalty_left_out(X, Y, Ws, bs, phis, lam, pair):
    """The penalty is missing in the loss and in the dWs: add λ/2 times the sum of all squared
    weights to the one and λW to the others."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def penalty_doubled(X, Y, Ws, bs, phis, lam, pair):
    """Your dWs hold 2λW: the penalty is λ/2 times the squares, so its gradient is λW."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + 2 * lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def penalty_divided_by_m(X, Y, Ws, bs, phis, lam, pair):
    """You divide λW by m as well: the penalty is no mean over samples, so only the product is
    divided."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = (As[i].T @ delta + lam * Ws[i]) / m
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def penalty_without_half(X, Y, Ws, bs, phis, lam, pair):
    """The penalty of your loss lacks its factor ½: it is λ/2 times the squares, which fits λW in
    the gradients."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def penalty_of_the_last_layer(X, Y, Ws, bs, phis, lam, pair):
    """Only the last layer's weights are penalized in your loss: sum over all layers."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * np.sum(Ws[-1] ** 2)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def bias_penalized(X, Y, Ws, bs, phis, lam, pair):
    """Your `dbs` hold λb: biases are not penalized."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m + lam * bs[i]
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def loss_not_divided(X, Y, Ws, bs, phis, lam, pair):
    """Your loss is a sum over the samples: divide it by m (half squared errors by 2m)."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / 2
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely))
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def half_missing_in_the_loss(X, Y, Ws, bs, phis, lam, pair):
    """Your squared errors are divided by m: half squared errors are divided by 2m. The gradients
    have it right."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / m
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def half_in_every_loss(X, Y, Ws, bs, phis, lam, pair):
    """You divide the cross-entropies by 2m: the ½ belongs to the squares only."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / (2 * m)
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def difference_for_every_pair(X, Y, Ws, bs, phis, lam, pair):
    """Your output error is A − Y for every pair: for the sigmoid with half squared errors it has
    the factor A(1 − A)."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def slope_with_every_sigmoid(X, Y, Ws, bs, phis, lam, pair):
    """You multiply the output error by the sigmoid's slope also for the cross-entropy, where it
    cancels: there it is A − Y."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair.startswith("sigmoid"):
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def error_with_the_wrong_sign(X, Y, Ws, bs, phis, lam, pair):
    """Your errors have the wrong sign: δ of the output is A − Y, not Y − A."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = Y - P
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def slope_left_out(X, Y, Ws, bs, phis, lam, pair):
    """You pass the error back through the weights only: multiply it by g'(Z) of the hidden
    layer."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T
    return loss, dWs, dbs


@exercise.mistake
def slope_at_the_activation(X, Y, Ws, bs, phis, lam, pair):
    """You take the slope g' at the activation A: it is taken at the pre-activation Z."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(As[i])
    return loss, dWs, dbs


@exercise.mistake
def activation_for_its_slope(X, Y, Ws, bs, phis, lam, pair):
    """You multiply by g(Z): the derivative, `phi.df`, is meant."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].f(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def slope_of_the_next_layer(X, Y, Ws, bs, phis, lam, pair):
    """You take the derivative of the next layer's activation: layer l has its own, `phis[l - 1]`,
    with its own Z."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            phi = phis[i] if hasattr(phis[i], "df") else phis[0]
            delta = delta @ Ws[i].T * phi.df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def weights_of_the_layer_itself(X, Y, Ws, bs, phis, lam, pair):
    """You pass the error back through the weights of the layer itself: it came in through those of
    the next layer."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i - 1].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def weights_not_transposed(X, Y, Ws, bs, phis, lam, pair):
    """Going back you multiply by W instead of its transpose: δ has a column for each unit of the
    next layer, so `W.T` is what fits."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i] * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def own_activation_for_the_gradient(X, Y, Ws, bs, phis, lam, pair):
    """You pair the error of a layer with the layer's own activations: dW is made of its *inputs*,
    the activations of the layer before, and its error."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i + 1].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def preactivation_for_the_gradient(X, Y, Ws, bs, phis, lam, pair):
    """You form dW with the pre-activations Z of the layer before: its activations A were the
    inputs."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = (Zs[i - 1] if i else X).T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def gradients_transposed(X, Y, Ws, bs, phis, lam, pair):
    """Your dWs are transposed: the gradient has the shape of W, so write `A.T @ delta`."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = delta.T @ As[i] / m + lam * Ws[i].T
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def first_layer_left_out(X, Y, Ws, bs, phis, lam, pair):
    """Your loop stops before the first layer, so its gradients stay 0: go down to the first matrix,
    `Ws[0]`."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [0.0 * W for W in Ws], [0.0 * b for b in bs]
    for i in range(L - 1, 0, -1):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def all_gradients_zero(X, Y, Ws, bs, phis, lam, pair):
    """All your gradients are 0: the range of your backward loop is empty for two layers. It goes
    from the last matrix down to `Ws[0]`."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [0.0 * W for W in Ws], [0.0 * b for b in bs]
    for i in range(L - 2, 0, -1):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def lists_backward(X, Y, Ws, bs, phis, lam, pair):
    """Your lists run from the last layer to the first: put new gradients in front, or reverse the
    lists at the end."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs[::-1], dbs[::-1]


@exercise.mistake
def loss_at_the_end(X, Y, Ws, bs, phis, lam, pair):
    """You return the gradients before the loss: the order is `loss, dWs, dbs`."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return dWs, dbs, loss


@exercise.mistake
def loss_not_returned(X, Y, Ws, bs, phis, lam, pair):
    """You return the gradients without the loss: three things are asked for, `loss, dWs, dbs`."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return dWs, dbs


@exercise.mistake
def biases_as_rows(X, Y, Ws, bs, phis, lam, pair):
    """Your `dbs` have shape (1, h): they are flat, (h,), as the biases are."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0, keepdims=True) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def last_layer_only(X, Y, Ws, bs, phis, lam, pair):
    """You give gradients for the last layer only: every layer needs its own."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in [L - 1]:
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs[-1:], dbs[-1:]


@exercise.mistake
def weights_updated_on_the_way(X, Y, Ws, bs, phis, lam, pair):
    """You change the caller's weights while you go back: return the gradients, and leave `Ws` and
    `bs` alone."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if Ws[i].dtype.kind == "f":
            Ws[i] -= 0.1 * dWs[i]
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def outputs_overwritten(X, Y, Ws, bs, phis, lam, pair):
    """You turn the outputs into errors in place (`delta = As[-1]`, `delta -= Y`) before you compute
    the loss from them: write `delta = A - Y`, which makes a new array."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    delta = P
    delta -= Y
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        P = np.clip(P, 1e-12, None)
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    if pair == "sigmoid+half_mse":
        delta = delta * (delta + Y) * (1 - delta - Y)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def two_layers_only(X, Y, Ws, bs, phis, lam, pair):
    """Your function works for two layers only: loop over the layers, however many there are."""
    (W1, W2), (b1, b2), m = Ws, bs, len(X)
    Z1 = X @ W1 + b1
    A1 = phis[0].f(Z1)
    P = phis[1].f(A1 @ W2 + b2)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * (np.sum(W1**2) + np.sum(W2**2))
    delta2 = P - Y
    if pair == "sigmoid+half_mse":
        delta2 = delta2 * P * (1 - P)
    delta1 = delta2 @ W2.T * phis[0].df(Z1)
    dWs = [X.T @ delta1 / m + lam * W1, A1.T @ delta2 / m + lam * W2]
    return loss, dWs, [delta1.mean(axis=0), delta2.mean(axis=0)]


@exercise.mistake
def first_slope_everywhere(X, Y, Ws, bs, phis, lam, pair):
    """You use the first activation's slope in all hidden layers: each has its own, `phis[l -
    1]`."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[0].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def first_activation_everywhere(X, Y, Ws, bs, phis, lam, pair):
    """You use the first activation in all hidden layers, forward and backward: each has its own
    entry of `phis`."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, [phis[0]] * (len(Ws) - 1) + [phis[-1]]):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[0].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def one_sample_squeezed(X, Y, Ws, bs, phis, lam, pair):
    """With a single sample, unit or output your arrays lose an axis (`np.squeeze`): keep every
    shape."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [None] * L, [None] * L
    for i in reversed(range(L)):
        dWs[i] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, [np.squeeze(D) for D in dWs], [np.squeeze(d) for d in dbs]


@exercise.mistake
def integer_gradients(X, Y, Ws, bs, phis, lam, pair):
    """Where the weights are integers your gradients are cut to integers: `np.zeros_like(W)` can't
    hold fractions, use `np.zeros(W.shape)`."""
    m, Zs, As = len(X), [], [X]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    P, L = As[-1], len(Ws)
    if pair.endswith("half_mse"):
        loss = np.sum((P - Y) ** 2) / (2 * m)
    else:
        likely = P[Y == 1] if pair == "softmax+ce" else np.where(Y == 1, P, 1 - P)
        loss = -np.sum(np.log(likely)) / m
    loss += lam / 2 * sum(np.sum(W**2) for W in Ws)
    delta = P - Y
    if pair == "sigmoid+half_mse":
        delta = delta * P * (1 - P)
    dWs, dbs = [np.zeros_like(W) for W in Ws], [np.zeros_like(b) for b in bs]
    for i in reversed(range(L)):
        dWs[i][...] = As[i].T @ delta / m + lam * Ws[i]
        dbs[i][...] = delta.sum(axis=0) / m
        if i > 0:
            delta = delta @ Ws[i].T * phis[i - 1].df(Zs[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def biases_summed_over_units(X, Y, Ws, bs, phis, lam, pair):
    """Your `dbs` add up the units (`axis=1`): add up the samples, `axis=0`, so that each unit has
    its own."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=1) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def divided_by_the_features(X, Y, Ws, bs, phis, lam, pair):
    """You divide by the number of features, `X.shape[1]`: divide by the number of samples,
    `X.shape[0]`."""
    L, m = len(Ws), X.shape[1]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def dbs_backward(X, Y, Ws, bs, phis, lam, pair):
    """Your `dbs` run from the last layer to the first, your `dWs` are in order: both belong in the
    order of the layers."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs[::-1]


@exercise.mistake
def list_reversed_in_place(X, Y, Ws, bs, phis, lam, pair):
    """You reverse the caller's list (`Ws.reverse()`): write `Ws[::-1]`, or `reversed(Ws)`, which
    leave it as it is."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    Ws.reverse()
    Ws = Ws[::-1]
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def activations_popped(X, Y, Ws, bs, phis, lam, pair):
    """You take the caller's list apart (`phis.pop()`): read it without changing it."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    phis.pop()
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def error_not_passed_on(X, Y, Ws, bs, phis, lam, pair):
    """The new error does not replace the old one, so every layer gets the error of the output: go
    on with the same name."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs, deltas = [None] * L, [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            deltas[i - 2] = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def squares_for_every_pair(X, Y, Ws, bs, phis, lam, pair):
    """Your loss is half the squared error for every pair: with `bce` and `ce` it is the
    cross-entropy."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    else:
        loss = np.sum((A - Y) ** 2) / (2 * m)
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def slope_of_the_sigmoid_always(X, Y, Ws, bs, phis, lam, pair):
    """In hidden layers you use A(1 − A), which is the slope of the sigmoid only: ask the activation
    itself, `phis[l - 1].df(Z)`."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * As[i - 1] * (1 - As[i - 1])
    return loss, dWs, dbs


@exercise.mistake
def biases_forgotten(X, Y, Ws, bs, phis, lam, pair):
    """On the way forward the biases are missing: Z is `A @ W + b`."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def averaged_over_outputs(X, Y, Ws, bs, phis, lam, pair):
    """Your loss is averaged over the outputs as well: sum over the outputs, and average over the
    samples only. The gradients have it right."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * Y.size)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.size
    else:
        loss = -np.sum(Y * np.log(A)) / Y.size
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def slope_before_the_weights(X, Y, Ws, bs, phis, lam, pair):
    """You multiply by a slope before the error has passed the weights: `delta @ W.T` first, then
    times g'(Z) of the layer that it reaches."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta * phis[i - 1].df(Zs[i - 1])) @ Ws[i - 1].T
    return loss, dWs, dbs


@exercise.mistake
def error_passed_on_too_early(X, Y, Ws, bs, phis, lam, pair):
    """You pass the error on before you have used it: the gradients of a layer come first, with its
    own error."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
    return loss, dWs, dbs


@exercise.mistake
def biases_in_the_penalty(X, Y, Ws, bs, phis, lam, pair):
    """Your loss penalizes the biases: the penalty counts weights only."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    for b in bs:
        loss = loss + lam / 2 * np.sum(b**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def biases_penalized_everywhere(X, Y, Ws, bs, phis, lam, pair):
    """You penalize the biases, in the loss and in the `dbs`: the penalty counts weights only."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    for b in bs:
        loss = loss + lam / 2 * np.sum(b**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m + lam * bs[i - 1]
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def penalty_of_the_loss_divided(X, Y, Ws, bs, phis, lam, pair):
    """You divide the penalty of your loss by m: it is no mean over samples. The gradients have it
    right."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / (2 * m) * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def whole_objective_divided(X, Y, Ws, bs, phis, lam, pair):
    """You divide the penalty by m as well, in the loss and in the gradients: add it after the mean
    is taken."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / (2 * m) * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1] / m
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def probability_of_the_prediction(X, Y, Ws, bs, phis, lam, pair):
    """With the softmax your loss takes the largest probability of each row: take that of the true
    class, where Y is 1."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(np.log(A.max(axis=1))) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def slope_at_the_error(X, Y, Ws, bs, phis, lam, pair):
    """You take the slope at the error that comes back: it is taken at the pre-activation Z."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(delta @ Ws[i - 1].T)
    return loss, dWs, dbs


@exercise.mistake
def integer_bias_sums(X, Y, Ws, bs, phis, lam, pair):
    """Where the biases are integers your sums can't hold fractions (`np.zeros_like(b)`): use
    `np.zeros(b.shape)`."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.zeros_like(bs[i - 1])
        dbs[i - 1] += np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, dWs, dbs


@exercise.mistake
def updated_parameters(X, Y, Ws, bs, phis, lam, pair):
    """You return the weights after a step: the gradients themselves are asked for."""
    L, m = len(Ws), X.shape[0]
    Zs, As = [], [X]
    for i in range(1, L + 1):
        Z = As[i - 1] @ Ws[i - 1] + bs[i - 1]
        A = phis[i - 1].f(Z)
        Zs.append(Z)
        As.append(A)
    A = As[L]
    if pair.endswith("half_mse"):
        loss = np.sum((A - Y) ** 2) / (2 * m)
    elif pair == "sigmoid+bce":
        loss = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        loss = -np.sum(Y * np.log(A)) / m
    for W in Ws:
        loss = loss + lam / 2 * np.sum(W**2)
    dWs, dbs = [None] * L, [None] * L
    delta = A - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A * (1 - A)
    for i in range(L, 0, -1):
        dWs[i - 1] = As[i - 1].T @ delta / m + lam * Ws[i - 1]
        dbs[i - 1] = np.sum(delta, axis=0) / m
        if i > 1:
            delta = (delta @ Ws[i - 1].T) * phis[i - 2].df(Zs[i - 2])
    return loss, [W - D for W, D in zip(Ws, dWs)], [b - d for b, d in zip(bs, dbs)]


@exercise.variant
def recursion(X, Y, Ws, bs, phis, lam, pair):
    """The calls are the cache: forward on the way in, backward on the way out."""
    m, dWs, dbs, losses = len(X), [], [], []

    def through(A, i):
        if i == len(Ws):
            if pair.endswith("half_mse"):
                losses.append(0.5 * ((A - Y) ** 2).sum())
            elif pair == "softmax+ce":
                losses.append(-np.log((A * Y).sum(axis=1)).sum())
            else:
                losses.append(-np.log(1 - np.abs(A - Y)).sum())
            return A - Y
        Z = A @ Ws[i] + bs[i]
        B = phis[i].f(Z)
        delta = through(B, i + 1)
        if i < len(Ws) - 1:
            delta = delta * phis[i].df(Z)
        elif pair == "sigmoid+half_mse":
            delta = delta * B * (1 - B)
        dWs.append(A.T.dot(delta) / m + lam * Ws[i])
        dbs.append(delta.mean(axis=0))
        return delta.dot(Ws[i].T)

    through(X, 0)
    loss = losses[0] / m + 0.5 * lam * sum((W * W).sum() for W in Ws)
    return float(loss), dWs[::-1], dbs[::-1]


@exercise.variant
def in_single_precision(X, Y, Ws, bs, phis, lam, pair):
    """Computed in float32, with einsum, appended and reversed."""
    X, Y = np.float32(X), np.float32(Y)
    Ws, bs = [np.float32(W) for W in Ws], [np.float32(b) for b in bs]
    Zs, As, m = [], [X], X.shape[0]
    for i in range(len(Ws)):
        Zs += [np.einsum("ij,jk->ik", As[i], Ws[i]) + bs[i]]
        As += [np.float32(phis[i].f(Zs[i]))]
    A = As[-1]
    delta = A - Y
    if "half_mse" in pair:
        J = (delta**2).sum() / 2 / m
        if "sigmoid" in pair:
            delta = delta * (A - A**2)
    else:
        hit = np.where(Y == 1, A, 1 - A if "bce" in pair else 1)
        J = -np.log(np.clip(hit, 1e-7, 1)).sum() / m
    J = J + lam / 2 * sum(np.linalg.norm(W) ** 2 for W in Ws)
    dWs, dbs = [], []
    for i in range(len(Ws) - 1, -1, -1):
        dWs.append(np.einsum("ij,ik->jk", As[i], delta) / m + lam * Ws[i])
        dbs.append(delta.mean(0))
        if i:
            delta = np.einsum("ik,jk->ij", delta, Ws[i]) * np.float32(phis[i - 1].df(Zs[i - 1]))
    return J, list(reversed(dWs)), list(reversed(dbs))


@exercise.variant
def bias_in_a_matrix(X, Y, Ws, bs, phis, lam, pair):
    """Weights and bias in one matrix, and the mean taken by weights of the samples."""
    m, pads, slopes = len(X), [], []
    A = np.asarray(X, dtype=float)
    for W, b, phi in zip(Ws, bs, phis):
        pads.append(np.column_stack([np.ones(m), A]))
        Z = pads[-1] @ np.vstack([b, W])
        A = phi.f(Z)
        slopes.append(phi.df(Z) if hasattr(phi, "df") else None)
    E = A - Y
    losses = {
        "half_mse": lambda: E**2 / 2,
        "bce": lambda: -np.log(np.where(Y > 0.5, A, 1 - A)),
        "ce": lambda: -np.log(np.where(Y > 0.5, A, 1)),
    }
    loss = losses[pair.split("+")[1]]().sum() / m
    for W in Ws:
        loss += lam * (W**2).sum() / 2
    if pair == "sigmoid+half_mse":
        E = E * A * (1 - A)
    grads, delta = [], E / m  # the mean is taken here, once
    for i in range(len(Ws))[::-1]:
        G = pads[i].T @ delta
        G[1:] += lam * Ws[i]
        grads.insert(0, G)
        if i:
            delta = delta @ Ws[i].T * slopes[i - 1]
    return [loss, tuple(G[1:] for G in grads), tuple(G[0] for G in grads)]


@exercise.variant
def sample_by_sample(X, Y, Ws, bs, phis, lam, pair):
    """A loop over samples with the slope of the output by `df`, where there is one."""
    m, loss = X.shape[0], 0.0
    dWs, dbs = [lam * W for W in Ws], [np.zeros(len(b)) for b in bs]
    for x, y in zip(X, Y):
        a, tape = x, []
        for i in range(len(Ws)):
            z = a.dot(Ws[i]) + bs[i]
            tape.append((a, z))
            a = phis[i].f(z)
        if pair in ("identity+half_mse", "sigmoid+half_mse"):
            loss += 0.5 * np.dot(a - y, a - y)
            d = (a - y) * phis[-1].df(tape[-1][1])
        else:
            loss -= sum(np.log(p if t else 1 - p) for p, t in zip(a, y) if t or "bce" in pair)
            d = a - y
        for i in range(len(Ws) - 1, -1, -1):
            a, z = tape[i]
            dWs[i] = dWs[i] + a[:, None] * d / m
            dbs[i] = dbs[i] + d / m
            if i > 0:
                d = (Ws[i] @ d) * phis[i - 1].df(tape[i - 1][1])
    return loss / m + lam / 2 * sum((W**2).sum() for W in Ws), dWs, dbs


@exercise.variant
def with_a_tape(X, Y, Ws, bs, phis, lam, pair):
    """What the way forward needs later, on a tape."""
    m, tape, A = len(X), [], X
    for W, b, phi in zip(Ws, bs, phis):
        Z = A @ W + b
        tape.append((A, Z, W))
        A = phi.f(Z)
    kind = pair.split("+")[1]
    J = {
        "half_mse": lambda: ((A - Y) ** 2).sum() / 2,
        "bce": lambda: -np.log(np.abs(A + Y - 1)).sum(),
        "ce": lambda: -np.log(A[Y == 1]).sum(),
    }[kind]() / m + lam / 2 * sum((W * W).sum() for W in Ws)
    D = (A - Y) * (A * (1 - A) if pair == "sigmoid+half_mse" else 1)
    dWs, dbs, W_after = [], [], None
    for (P, Z, W), phi in zip(tape[::-1], [None, *phis[-2::-1]]):
        if phi is not None:
            D = D @ W_after.T * phi.df(Z)
        dWs, dbs, W_after = [P.T @ D / m + lam * W, *dWs], [D.mean(0), *dbs], W
    return J, dWs, dbs
