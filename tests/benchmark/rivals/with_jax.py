"""JAX: its own gradients, compiled with ``jit``, and many iterations a call with ``scan``."""

import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import jax
import jax.numpy as jnp
import numpy as np

from curvegui.core.arrays import FloatArray
from tests.benchmark.rivals.problem import Factors, Problem
from tests.benchmark.rivals.written_out import packed, unpacked

jax.config.update("jax_enable_x64", True)
TYPES = {"double": jnp.float64, "single": jnp.float32}


class Jax:
    """So many iterations a call as the problem says; the features lie in rows."""

    def __init__(self, problem: Problem, precision: str = "double") -> None:
        self._factors, self._type, self._together = Factors(problem), TYPES[precision], problem.together
        pairs = zip(*unpacked(problem.parameters, problem.sizes), strict=True)
        self._p = tuple([jnp.asarray(each, self._type) for each in kind] for kind in pairs)
        t, y = (jnp.asarray(each, self._type) for each in problem.data)
        self._gradient = jax.jit(jax.grad(_cost))
        self._data = t, y
        self._scan = jax.jit(_iterations)

    @property
    def parameters(self) -> FloatArray:
        return packed(*([np.asarray(each, np.float64) for each in kind] for kind in self._p))

    def gradient(self) -> FloatArray:
        found = self._gradient(self._p, *self._data)
        return packed(*([np.asarray(each, np.float64) for each in kind] for kind in found))

    def run(self, count: int) -> None:
        for _ in range(count // self._together):
            factors = self._factors.take(self._together).astype(self._type)
            self._p = self._scan(self._p, factors, *self._data)
        jax.block_until_ready(self._p)


def _cost(parameters: tuple, t: jax.Array, y: jax.Array) -> jax.Array:
    a = t
    for weights, biases in zip(*parameters, strict=True):
        a = jax.nn.sigmoid(weights @ a + biases)
    return jnp.sum((a - y) ** 2) / t.size


def _iterations(parameters: tuple, factors: jax.Array, t: jax.Array, y: jax.Array) -> tuple:
    """One for each row of factors."""

    def iteration(present: tuple, row: jax.Array) -> tuple[tuple, None]:
        jacobians = jax.grad(_cost)(present, t, y)
        layers = len(jacobians[0])
        weights = [w - row[k] * j for k, (w, j) in enumerate(zip(present[0], jacobians[0], strict=True))]
        biases = [b - row[layers + k] * j for k, (b, j) in enumerate(zip(present[1], jacobians[1], strict=True))]
        return (weights, biases), None

    return jax.lax.scan(iteration, parameters, factors)[0]
