"""PyTorch, on one thread of the processor: by hand without allocating anything, and by its own gradients."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
import torch

from curvegui.core.arrays import FloatArray
from tests.benchmark.rivals.contenders import Contender, Problem, packed

TYPES = {"double": torch.float64, "single": torch.float32}
SLOPE = torch.ops.aten.sigmoid_backward.grad_input
torch.set_num_threads(1)


class TorchByHand(Contender):
    """The chain rule by hand: every call writes into a tensor that is there, a row of ones carries the biases.

    ``columns``: points that are passed at once; all, unless given.
    """

    def __init__(self, problem: Problem, precision: str = "double", columns: int = 0) -> None:
        super().__init__(problem)
        self._type, pairs = TYPES[precision], list(enumerate(pairwise(problem.sizes)))
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

    def _views(self, vector: torch.Tensor) -> list[torch.Tensor]:
        shapes = [(n, m + 1) for m, n in pairwise(self._problem.sizes)]
        parts = vector.split([rows * columns for rows, columns in shapes])
        return [part.view(shape) for part, shape in zip(parts, shapes, strict=True)]

    def _calls_of(self, points: slice) -> list[Callable[[], object]]:
        """All that leaves the sums over some points in ``_sums``."""
        t, y = (torch.from_numpy(each)[:, points].to(self._type).contiguous() for each in self._problem.data)
        a = [torch.ones(size + 1, t.shape[1], dtype=self._type) for size in self._problem.sizes[:-1]]
        a[0][:-1] = t
        outputs = [each[:-1] for each in a[1:]] + [torch.empty_like(y)]
        deltas = [torch.empty_like(each) for each in outputs]
        weights, sums, last = self._views(self._p), self._views(self._sums), len(outputs) - 1
        calls: list[Callable[[], object]] = []
        for k in range(last + 1):
            calls.append(partial(torch.mm, weights[k], a[k], out=deltas[k]))
            calls.append(partial(torch.sigmoid, deltas[k], out=outputs[k]))
        calls.append(partial(torch.sub, outputs[last], y, out=deltas[last]))
        for k in range(last, -1, -1):  # the slope's call multiplies by a (1 - a)
            calls.append(partial(SLOPE, deltas[k], outputs[k], grad_input=deltas[k]))
            calls.append(partial(torch.mm, deltas[k], a[k].T, out=sums[k]))
            if k > 0:
                calls.append(partial(torch.mm, weights[k][:, :-1].T, deltas[k], out=deltas[k - 1]))
        return calls

    def _add_up(self) -> torch.Tensor:
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

    @torch.inference_mode()
    def run(self, count: int) -> None:
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
        self._weights, self._biases = [each.weight for each in linears], [each.bias for each in linears]
        with torch.no_grad():
            for weights, biases, linear in zip(*problem.layers(), linears, strict=True):
                linear.weight.copy_(torch.from_numpy(weights))
                linear.bias.copy_(torch.from_numpy(biases[:, 0]))

    def _backward(self) -> None:
        self._model.zero_grad(set_to_none=True)
        (torch.sum((self._model(self._t) - self._y) ** 2) / len(self._t)).backward()

    @property
    def parameters(self) -> FloatArray:
        return packed([each.detach() for each in self._weights], [each.detach() for each in self._biases])

    def gradient(self) -> FloatArray:
        self._backward()
        return packed([each.grad for each in self._weights], [each.grad for each in self._biases])

    def run(self, count: int) -> None:
        for row in self.factors(count).tolist():
            self._backward()
            with torch.no_grad():
                for each, factor in zip(self._weights + self._biases, row, strict=True):
                    each.sub_(each.grad, alpha=factor)
