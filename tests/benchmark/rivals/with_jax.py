"""JAX: its own gradients, compiled with ``jit``, and many iterations a call with ``scan``."""

import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import jax
import jax.numpy as jnp

from curvegui.core.arrays import FloatArray
from tests.benchmark.rivals.contenders import Contender, Problem, packed

jax.config.update("jax_enable_x64", True)
TYPES = {"double": jnp.float64, "single": jnp.float32}


class Jax(Contender):
    """So many iterations a call as the problem says; the features lie in rows."""

    def __init__(self, problem: Problem, precision: str = "double") -> None:
        super().__init__(problem)
        self._type = TYPES[precision]
        self._p, self._data = jax.tree.map(lambda each: jnp.asarray(each, self._type), (problem.layers(), problem.data))
        self._gradient, self._scan = jax.jit(jax.grad(_cost)), jax.jit(_iterations)

    @property
    def parameters(self) -> FloatArray:
        return packed(*self._p)

    def gradient(self) -> FloatArray:
        return packed(*self._gradient(self._p, *self._data))

    def run(self, count: int) -> None:
        together = self._problem.together
        for _ in range(count // together):
            self._p = self._scan(self._p, self.factors(together).astype(self._type), *self._data)
        jax.block_until_ready(self._p)


def _cost(parameters: tuple, t: jax.Array, y: jax.Array) -> jax.Array:
    a = t
    for weights, biases in zip(*parameters, strict=True):
        a = jax.nn.sigmoid(weights @ a + biases)
    return jnp.sum((a - y) ** 2) / t.size


def _iterations(parameters: tuple, factors: jax.Array, t: jax.Array, y: jax.Array) -> tuple:
    """One for each row of factors."""

    def iteration(present: tuple, row: jax.Array) -> tuple[tuple, None]:
        leaves, form = jax.tree.flatten(present)
        jacobians = jax.tree.leaves(jax.grad(_cost)(present, t, y))
        return form.unflatten([p - row[k] * j for k, (p, j) in enumerate(zip(leaves, jacobians, strict=True))]), None

    return jax.lax.scan(iteration, parameters, factors)[0]
