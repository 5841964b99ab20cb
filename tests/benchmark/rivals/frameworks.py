"""Who takes part in the speed table with a framework that is installed: PyTorch, JAX and scikit-learn."""

import os
import warnings
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.network.network import layer_blocks
from tests.benchmark.rivals.contenders import Contender, Problem

torch, jax, sklearn = (import_module(name) if find_spec(name) else None for name in ("torch", "jax", "sklearn"))
FRAMEWORKS = {"PyTorch": torch, "JAX": jax, "scikit-learn": sklearn}
if torch:
    torch.set_num_threads(1)
if jax:
    jax.config.update("jax_enable_x64", True)
TYPES = {"double": "float64", "single": "float32"}
NEVER = 10**9  # iterations without progress: scikit-learn counts them over all calls


class TorchByHand(Contender):
    """The chain rule by hand: every call writes into a tensor that is there, a row of ones carries the biases.

    ``columns``: points that are passed at once; all, unless given.
    """

    def __init__(self, problem: Problem, precision: str = "double", columns: int = 0) -> None:
        super().__init__(problem)
        self._type, pairs = getattr(torch, TYPES[precision]), list(enumerate(pairwise(problem.sizes)))
        owners = [np.tile([k] * m + [len(pairs) + k], n) for k, (m, n) in pairs]
        self._owner = torch.from_numpy(np.concatenate(owners))  # which of the factors each parameter takes
        self._p = torch.from_numpy(problem.parameters).to(self._type)
        self._sums, width = torch.zeros_like(self._p), columns or problem.points
        passes = [self._calls_of(slice(start, start + width)) for start in range(0, problem.points, width)]
        self._total, self._calls = self._sums, passes[0]
        if len(passes) > 1:
            self._total = torch.zeros_like(self._p)
            add = partial(self._total.add_, self._sums)
            self._calls = [self._total.zero_, *(call for each in passes for call in (*each, add))]

    def _calls_of(self, points: slice) -> list[Callable[[], object]]:
        """All that leaves the sums over some points in ``_sums``."""
        sizes, slope = self._problem.sizes, torch.ops.aten.sigmoid_backward.grad_input
        t, y = (torch.from_numpy(each)[:, points].to(self._type).contiguous() for each in self._problem.data)
        a = [torch.ones(size + 1, t.shape[1], dtype=self._type) for size in sizes[:-1]]
        a[0][:-1] = t
        outputs = [each[:-1] for each in a[1:]] + [torch.empty_like(y)]
        deltas = [torch.empty_like(each) for each in outputs]
        weights, sums, last = layer_blocks(sizes, self._p), layer_blocks(sizes, self._sums), len(outputs) - 1
        calls: list[Callable[[], object]] = []
        for k in range(last + 1):
            calls.append(partial(torch.mm, weights[k], a[k], out=deltas[k]))
            calls.append(partial(torch.sigmoid, deltas[k], out=outputs[k]))
        calls.append(partial(torch.sub, outputs[last], y, out=deltas[last]))
        for k in range(last, -1, -1):  # the slope's call multiplies by a (1 - a)
            calls.append(partial(slope, deltas[k], outputs[k], grad_input=deltas[k]))
            calls.append(partial(torch.mm, deltas[k], a[k].T, out=sums[k]))
            if k > 0:
                calls.append(partial(torch.mm, weights[k][:, :-1].T, deltas[k], out=deltas[k - 1]))
        return calls

    def _add_up(self) -> Any:
        """The sums of delta · aᵀ over all points: half of N times the gradient."""
        for call in self._calls:
            call()
        return self._total

    @property
    def parameters(self) -> FloatArray:
        return self._p.double().numpy().copy()

    def gradient(self) -> FloatArray:
        with torch.inference_mode():
            return (self._add_up() * (2 / self._problem.points)).double().numpy()

    def run(self, count: int) -> None:
        with torch.inference_mode():
            rows = torch.from_numpy(self.factors(count) * (2 / self._problem.points)).to(self._type)[:, self._owner]
            for row in rows.unbind():
                self._p.addcmul_(self._add_up(), row, value=-1)


class TorchAutograd(Contender):
    """As PyTorch's tutorials do it: layers, a cost, ``backward``, and the update by hand, for its noise."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._t, self._y = (torch.from_numpy(np.ascontiguousarray(each.T)) for each in problem.data)
        linears = [torch.nn.Linear(m, n, dtype=torch.float64) for m, n in pairwise(problem.sizes)]
        self._model = torch.nn.Sequential(*(part for each in linears for part in (each, torch.nn.Sigmoid())))
        self._parts = [each.weight for each in linears] + [each.bias for each in linears]
        with torch.no_grad():
            for part, start in zip(self._parts, problem.named.values(), strict=True):
                part.copy_(torch.from_numpy(start.reshape(part.shape)))

    def _backward(self) -> None:
        self._model.zero_grad(set_to_none=True)
        (torch.sum((self._model(self._t) - self._y) ** 2) / len(self._t)).backward()

    @property
    def parameters(self) -> FloatArray:
        return self._problem.packed(each.detach() for each in self._parts)

    def gradient(self) -> FloatArray:
        self._backward()
        return self._problem.packed(each.grad for each in self._parts)

    def run(self, count: int) -> None:
        for row in self.factors(count).tolist():
            self._backward()
            with torch.no_grad():
                for each, factor in zip(self._parts, row, strict=True):
                    each.sub_(each.grad, alpha=factor)


class Jax(Contender):
    """Gradients by JAX, compiled with ``jit``; with ``scan``, so many iterations a call as the problem says."""

    def __init__(self, problem: Problem, precision: str = "double") -> None:
        super().__init__(problem)
        self._type = TYPES[precision]
        numbers = list(problem.named.values()), problem.data
        self._p, self._data = jax.tree.map(lambda each: jax.numpy.asarray(each, self._type), numbers)
        self._gradient, self._scan = jax.jit(jax.grad(_cost)), jax.jit(_iterations)

    @property
    def parameters(self) -> FloatArray:
        return self._problem.packed(self._p)

    def gradient(self) -> FloatArray:
        return self._problem.packed(self._gradient(self._p, *self._data))

    def run(self, count: int) -> None:
        together = self._problem.together
        for _ in range(count // together):
            self._p = self._scan(self._p, self.factors(together).astype(self._type), *self._data)
        jax.block_until_ready(self._p)


def _cost(parameters: list, t: Any, y: Any) -> Any:
    a, layers = t, len(parameters) // 2
    for weights, biases in zip(parameters[:layers], parameters[layers:], strict=True):
        a = jax.nn.sigmoid(weights @ a + biases)
    return jax.numpy.sum((a - y) ** 2) / t.size


def _iterations(parameters: list, factors: Any, t: Any, y: Any) -> list:
    """One for each row of factors."""

    def iteration(present: list, row: Any) -> tuple[list, None]:
        jacobians = jax.grad(_cost)(present, t, y)
        return [p - row[k] * j for k, (p, j) in enumerate(zip(present, jacobians, strict=True))], None

    return jax.lax.scan(iteration, parameters, factors)[0]


class Sklearn(Contender):
    """Steepest descent on all points at once with ``MLPRegressor``, whose output is linear, and without noise."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._t, self._y = (np.ascontiguousarray(each.T) for each in problem.data)
        self._model = import_module("sklearn.neural_network").MLPRegressor(
            hidden_layer_sizes=problem.hidden, activation="logistic", solver="sgd", alpha=0.0,
            batch_size=problem.points, learning_rate_init=2 * problem.aggression,  # its cost is half of ours
            momentum=0.0, nesterovs_momentum=False, shuffle=False, tol=0.0, n_iter_no_change=NEVER, warm_start=True,
        )  # fmt: skip
        self._model.partial_fit(self._t, self._y)  # lays out everything
        parts = [each.T for each in self._model.coefs_] + self._model.intercepts_
        for part, start in zip(parts, problem.named.values(), strict=True):
            part[...] = start.reshape(part.shape)

    @property
    def parameters(self) -> FloatArray:
        return self._problem.packed([each.T for each in self._model.coefs_] + self._model.intercepts_)

    def gradient(self) -> FloatArray:
        """By making an iteration: the model does not tell its gradient."""
        before = self.parameters
        self.run(1)
        return (before - self.parameters) / self._problem.aggression

    def run(self, count: int) -> None:
        self._model.set_params(max_iter=count)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not converged
            self._model.fit(self._t, self._y)
