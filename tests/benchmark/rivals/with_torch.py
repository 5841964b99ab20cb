"""PyTorch, on one thread of the processor: by hand without allocating anything, and by its own gradients."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
import torch

from curvegui.core.arrays import FloatArray
from tests.benchmark.rivals.problem import Factors, Problem, owners
from tests.benchmark.rivals.written_out import unpacked

TYPES = {"double": torch.float64, "single": torch.float32}
Call = Callable[[], object]
SLOPE = torch.ops.aten.sigmoid_backward.grad_input
torch.set_num_threads(1)


class TorchByHand:
    """The chain rule by hand: every call writes into a tensor that is there, a row of ones carries the biases.

    ``columns``: points that are passed at once; all, unless given.
    """

    def __init__(self, problem: Problem, precision: str = "double", columns: int | None = None) -> None:
        self._type, self._factors = TYPES[precision], Factors(problem)
        self._owner = torch.from_numpy(owners(problem.sizes))
        self._p = torch.from_numpy(problem.parameters).to(self._type)
        self._sums = torch.zeros_like(self._p)
        self._sizes, self._points = problem.sizes, problem.points
        width = columns or problem.points
        passes = [self._calls_of(problem, slice(start, start + width)) for start in range(0, problem.points, width)]
        self._total, self._calls = self._sums, passes[0]
        if len(passes) > 1:
            self._total = torch.zeros_like(self._p)
            add = partial(self._total.add_, self._sums)
            self._calls = [self._total.zero_, *(call for each in passes for call in (*each, add))]

    def _views(self, vector: torch.Tensor) -> list[torch.Tensor]:
        views, start = [], 0
        for before, after in pairwise(self._sizes):
            views.append(vector[start : start + after * (before + 1)].view(after, before + 1))
            start += after * (before + 1)
        return views

    def _calls_of(self, problem: Problem, points: slice) -> list[Call]:
        """All that leaves the sums over some points in ``_sums``."""
        t, y = (torch.from_numpy(each)[:, points].to(self._type).contiguous() for each in problem.data)
        a = [torch.ones(size + 1, t.shape[1], dtype=self._type) for size in self._sizes[:-1]]  # with a row of ones
        a[0][:-1] = t
        outputs = [each[:-1] for each in a[1:]] + [torch.empty_like(y)]
        deltas = [torch.empty_like(each) for each in outputs]
        weights, sums, last = self._views(self._p), self._views(self._sums), len(outputs) - 1
        calls: list[Call] = []
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
            return (self._add_up() * (2 / self._points)).double().numpy()

    @torch.inference_mode()
    def run(self, count: int) -> None:
        rows = torch.from_numpy(self._factors.take(count) * (2 / self._points)).to(self._type)[:, self._owner]
        for row in rows.unbind():
            self._p.addcmul_(self._add_up(), row, value=-1)


class TorchAutograd:
    """As PyTorch's tutorials do it: layers, a cost, ``backward``, and the update by hand, for its noise."""

    def __init__(self, problem: Problem, precision: str = "double") -> None:
        self._factors, self._type = Factors(problem), TYPES[precision]
        self._t, self._y = (torch.from_numpy(np.ascontiguousarray(each.T)).to(self._type) for each in problem.data)
        layers: list[torch.nn.Module] = []
        for weights, biases in unpacked(problem.parameters, problem.sizes):
            linear = torch.nn.Linear(*weights.T.shape, dtype=self._type)
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(weights))
                linear.bias.copy_(torch.from_numpy(biases[:, 0]))
            layers += [linear, torch.nn.Sigmoid()]
        self._model = torch.nn.Sequential(*layers)
        self._linears = layers[::2]
        self._moved = [each.weight for each in self._linears] + [each.bias for each in self._linears]

    def _backward(self) -> None:
        self._model.zero_grad(set_to_none=True)
        (torch.sum((self._model(self._t) - self._y) ** 2) / len(self._t)).backward()

    def _packed(self, values: list) -> FloatArray:
        count = len(self._linears)
        pairs = zip(values[:count], values[count:], strict=True)
        rows = [torch.hstack([w, b[:, None]]).reshape(-1) for w, b in pairs]
        return torch.cat(rows).double().numpy()

    @property
    def parameters(self) -> FloatArray:
        return self._packed([each.detach() for each in self._moved])

    def gradient(self) -> FloatArray:
        self._backward()
        return self._packed([each.grad for each in self._moved])

    def run(self, count: int) -> None:
        for row in self._factors.take(count).tolist():
            self._backward()
            with torch.no_grad():
                for each, factor in zip(self._moved, row, strict=True):
                    each.sub_(each.grad, alpha=factor)
