"""The exercise written out the slow way: six functions, each with a forward pass of its own.

The tests compare the package with it. Nothing is shared between the functions on purpose: what they have in common is
exactly what the package computes only once.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass
class Parameters:
    """Weights and biases of a network 1-n1-n2-2; ``W2`` is (n2, n1), ``b2`` is (n2, 1), and so on."""

    W1: np.ndarray
    W2: np.ndarray
    W3: np.ndarray
    b1: np.ndarray
    b2: np.ndarray
    b3: np.ndarray


def sigma(z):
    return 1 / (1 + np.exp(-z))


def d_sigma(z):
    return np.cosh(z / 2) ** (-2) / 4


def reset(n1: int, n2: int, random: Any) -> Parameters:
    """Draw a new network from ``random.randn``, in the exercise's order."""
    w1 = random.randn(n1, 1) / 2
    w2 = random.randn(n2, n1) / 2
    w3 = random.randn(2, n2) / 2
    b1 = random.randn(n1, 1) / 2
    b2 = random.randn(n2, 1) / 2
    b3 = random.randn(2, 1) / 2
    return Parameters(w1, w2, w3, b1, b2, b3)


def forward(p: Parameters, a0):
    z1 = p.W1 @ a0 + p.b1
    a1 = sigma(z1)
    z2 = p.W2 @ a1 + p.b2
    a2 = sigma(z2)
    z3 = p.W3 @ a2 + p.b3
    a3 = sigma(z3)
    return a0, z1, a1, z2, a2, z3, a3


def cost(p: Parameters, x, y) -> float:
    return np.linalg.norm(forward(p, x)[-1] - y) ** 2 / x.size


def jacobian_w3(p: Parameters, x, y):
    _, _, _, _, a2, z3, a3 = forward(p, x)
    j = 2 * (a3 - y)
    j = j * d_sigma(z3)
    return j @ a2.T / x.size


def jacobian_b3(p: Parameters, x, y):
    _, _, _, _, _, z3, a3 = forward(p, x)
    j = 2 * (a3 - y)
    j = j * d_sigma(z3)
    return np.sum(j, axis=1, keepdims=True) / x.size


def jacobian_w2(p: Parameters, x, y):
    _, _, a1, z2, _, z3, a3 = forward(p, x)
    j = 2 * (a3 - y)
    j = j * d_sigma(z3)
    j = (j.T @ p.W3).T
    j = j * d_sigma(z2)
    return j @ a1.T / x.size


def jacobian_b2(p: Parameters, x, y):
    _, _, _, z2, _, z3, a3 = forward(p, x)
    j = 2 * (a3 - y)
    j = j * d_sigma(z3)
    j = (j.T @ p.W3).T
    j = j * d_sigma(z2)
    return np.sum(j, axis=1, keepdims=True) / x.size


def jacobian_w1(p: Parameters, x, y):
    a0, z1, _, z2, _, z3, a3 = forward(p, x)
    j = 2 * (a3 - y)
    j = j * d_sigma(z3)
    j = (j.T @ p.W3).T
    j = j * d_sigma(z2)
    j = (j.T @ p.W2).T
    j = j * d_sigma(z1)
    return j @ a0.T / x.size


def jacobian_b1(p: Parameters, x, y):
    _, z1, _, z2, _, z3, a3 = forward(p, x)
    j = 2 * (a3 - y)
    j = j * d_sigma(z3)
    j = (j.T @ p.W3).T
    j = j * d_sigma(z2)
    j = (j.T @ p.W2).T
    j = j * d_sigma(z1)
    return np.sum(j, axis=1, keepdims=True) / x.size


JACOBIANS = {
    "W1": jacobian_w1,
    "W2": jacobian_w2,
    "W3": jacobian_w3,
    "b1": jacobian_b1,
    "b2": jacobian_b2,
    "b3": jacobian_b3,
}


def train(parameters: Parameters, x, y, iterations: int, *, aggression: float, noise: float, random: Any) -> int:
    """Train in place: one update more than ``iterations``, as the exercise counts.

    ``parameters``: replaced array by array. ``x``, ``y``: ndarray, shapes (1, N) and (2, N). ``random``: asked for one
    number for each of W1, W2, W3, b1, b2, b3 in every iteration. Returns how many updates were made.
    """
    updates = 0
    while iterations >= 0:
        j_w1 = jacobian_w1(parameters, x, y) * (1 + random.randn() * noise)
        j_w2 = jacobian_w2(parameters, x, y) * (1 + random.randn() * noise)
        j_w3 = jacobian_w3(parameters, x, y) * (1 + random.randn() * noise)
        j_b1 = jacobian_b1(parameters, x, y) * (1 + random.randn() * noise)
        j_b2 = jacobian_b2(parameters, x, y) * (1 + random.randn() * noise)
        j_b3 = jacobian_b3(parameters, x, y) * (1 + random.randn() * noise)
        parameters.W1 = parameters.W1 - j_w1 * aggression
        parameters.W2 = parameters.W2 - j_w2 * aggression
        parameters.W3 = parameters.W3 - j_w3 * aggression
        parameters.b1 = parameters.b1 - j_b1 * aggression
        parameters.b2 = parameters.b2 - j_b2 * aggression
        parameters.b3 = parameters.b3 - j_b3 * aggression
        updates += 1
        iterations -= 1
    return updates
