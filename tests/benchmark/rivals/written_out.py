"""The exercise as most people hand it in: a function for each Jacobian, each with a forward pass of its own."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from curvegui.core.arrays import FloatArray
from tests.benchmark.rivals.problem import Factors, Problem
from tests.help import exercise_reference
from tests.help.exercise_reference import Parameters, d_sigma, sigma, train

SIX = [getattr(exercise_reference, f"jacobian_{kind}{layer}") for kind in "wb" for layer in (1, 2, 3)]


class SixFunctions:
    """The exercise's own six functions and training loop, for two hidden layers."""

    def __init__(self, problem: Problem) -> None:
        self._noise, self._problem = Factors(problem), problem
        weights, biases = zip(*unpacked(problem.parameters, problem.sizes), strict=True)
        self._p = Parameters(*weights, *biases)
        self._random = Numbers()

    @property
    def parameters(self) -> FloatArray:
        return packed([self._p.W1, self._p.W2, self._p.W3], [self._p.b1, self._p.b2, self._p.b3])

    def gradient(self) -> FloatArray:
        jacobians = [function(self._p, *self._problem.data) for function in SIX]
        return packed(jacobians[:3], jacobians[3:])

    def run(self, count: int) -> None:
        self._random.numbers = iter(self._noise.take_normals(count).ravel().tolist())
        how = {"aggression": self._problem.aggression, "noise": self._problem.noise}
        train(self._p, *self._problem.data, count - 1, **how, random=self._random)


class Numbers:
    """Stands in for NumPy's random numbers with given ones."""

    numbers: Iterator[float] = iter(())

    def randn(self) -> float:
        return next(self.numbers)


class FunctionEach:
    """The same style for any layers: a function for W and one for b of each."""

    def __init__(self, problem: Problem) -> None:
        self._noise, self._data, self._sizes = Factors(problem), problem.data, problem.sizes
        self._weights, self._biases = map(list, zip(*unpacked(problem.parameters, problem.sizes), strict=True))

    @property
    def parameters(self) -> FloatArray:
        return packed(self._weights, self._biases)

    def gradient(self) -> FloatArray:
        layers = range(len(self._weights))
        return packed([self._jacobian_w(k) for k in layers], [self._jacobian_b(k) for k in layers])

    def run(self, count: int) -> None:
        layers = range(len(self._weights))
        for factors in self._noise.take(count):
            j_w = [self._jacobian_w(k) * factors[k] for k in layers]
            j_b = [self._jacobian_b(k) * factors[len(layers) + k] for k in layers]
            for k in layers:
                self._weights[k] = self._weights[k] - j_w[k]
                self._biases[k] = self._biases[k] - j_b[k]

    def _forward(self) -> tuple[list[FloatArray], list[FloatArray]]:
        a, z = [self._data[0]], []
        for weights, biases in zip(self._weights, self._biases, strict=True):
            z.append(weights @ a[-1] + biases)
            a.append(sigma(z[-1]))
        return a, z

    def _jacobian_w(self, layer: int) -> FloatArray:
        a, z = self._forward()
        return self._back_to(layer, a, z) @ a[layer].T / self._data[0].size

    def _jacobian_b(self, layer: int) -> FloatArray:
        a, z = self._forward()
        return np.sum(self._back_to(layer, a, z), axis=1, keepdims=True) / self._data[0].size

    def _back_to(self, layer: int, a: list[FloatArray], z: list[FloatArray]) -> FloatArray:
        j = 2 * (a[-1] - self._data[1])
        for k in range(len(self._weights) - 1, layer, -1):
            j = j * d_sigma(z[k])
            j = (j.T @ self._weights[k]).T
        return j * d_sigma(z[layer])


def unpacked(parameters: FloatArray, sizes: tuple[int, ...]) -> list[tuple[FloatArray, FloatArray]]:
    """W and b of every layer, shapes (n, m) and (n, 1), as copies."""
    pairs, start = [], 0
    for before, after in pairwise(sizes):
        block = parameters[start : start + after * (before + 1)].reshape(after, before + 1)
        pairs.append((block[:, :-1].copy(), block[:, -1:].copy()))
        start += block.size
    return pairs


def packed(weights: list[FloatArray], biases: list[FloatArray]) -> FloatArray:
    """The vector that they make."""
    return np.concatenate([np.hstack(pair).ravel() for pair in zip(weights, biases, strict=True)])
