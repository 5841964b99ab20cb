"""Who takes part in the speed table, those that are installed: each makes the same descent from the same numbers."""

import ctypes
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from curvegui.core.arrays import FloatArray, aligned_zeros
from curvegui.core.engine.backend import Backend
from curvegui.core.learner.engines import ENGINES, builder
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import initial_parameters
from curvegui.core.network.noise import BLOCK_ITERATIONS, noise_block
from tests.help.exercise_reference import d_sigma, sigma

AVX2 = "CURVEGUI_BENCHMARK_AVX2"  # is set in a process that is held to it
PACKAGES = {"PyTorch": "torch", "JAX": "jax", "scikit-learn": "sklearn"}
TORCH_COLUMNS = 300  # the best of what was tried from 136 to 2,000
MANY_POINTS = 10_000  # where passing the points in blocks is worth while


@dataclass(frozen=True)
class Problem:
    """A network and its training points, the heart; all neurons are logistic.

    ``aggression``, ``noise``: so small an aggression leaves every network and precision among ordinary numbers.
    ``together``: how many iterations a call makes, where a contender wants to know beforehand.
    """

    hidden: tuple[int, ...] = (6, 7)
    points: int = 100
    together: int = BLOCK_ITERATIONS
    aggression: float = 0.5
    noise: float = 1.0
    seed: int = 1

    @property
    def sizes(self) -> tuple[int, ...]:
        return 1, *self.hidden, 2

    @cached_property
    def data(self) -> tuple[FloatArray, FloatArray]:
        """t, shape (1, N), and y, shape (2, N)."""
        t, y = training_data(self.points)
        return t, y

    @property
    def parameters(self) -> FloatArray:
        """To begin with, shape (P,), in the package's order: each neuron's weights, then its bias."""
        return initial_parameters(self.sizes, self.seed)

    def layers(self) -> tuple[list[FloatArray], list[FloatArray]]:
        """W and b of every layer to begin with, shapes (n, m) and (n, 1), as copies."""
        blocks, rest = list[FloatArray](), self.parameters
        for before, after in pairwise(self.sizes):
            block, rest = np.split(rest, [after * (before + 1)])
            blocks.append(block.reshape(after, before + 1))
        return [each[:, :-1].copy() for each in blocks], [each[:, -1:].copy() for each in blocks]


def packed(weights: list, biases: list) -> FloatArray:
    """The vector that W and b of all layers make."""
    pairs = [[np.asarray(each, np.float64) for each in pair] for pair in zip(weights, biases, strict=True)]
    return np.concatenate([np.hstack([w, b.reshape(-1, 1)]).ravel() for w, b in pairs])


class Contender:
    """Something that trains: ``parameters`` are as they are now, ``gradient()`` is dC/dparameter in the same order."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self._done = problem, 0

    def factors(self, count: int) -> FloatArray:
        """What Jacobians are multiplied by before they are subtracted, with the package's own noise.

        Those of the next iterations, shape (count, 2 L): of W of every layer, then of b.
        """
        first, offset = divmod(self._done, BLOCK_ITERATIONS)
        self._done += count
        last, columns = (self._done - 1) // BLOCK_ITERATIONS, 2 * len(self._problem.sizes) - 2
        blocks = [noise_block(self._problem.seed, block, columns) for block in range(first, last + 1)]
        normals = np.concatenate(blocks)[offset : offset + count]
        return self._problem.aggression * (1 + self._problem.noise * normals)


class OurEngine(Contender):
    """One network with one of the package's engines."""

    def __init__(self, problem: Problem, engine: str, precision: str = "double") -> None:
        super().__init__(problem)
        build = builder(Backend(engine, precision))
        self._engine = build(problem.sizes, "logistic", "logistic", *problem.data)
        self._engine.parameters, self.gradient = problem.parameters, self._engine.gradient

    @property
    def parameters(self) -> FloatArray:
        return self._engine.parameters

    def run(self, count: int) -> None:
        problem = self._problem
        self._engine.run(self._done, count, problem.aggression, problem.noise, problem.seed)
        self._done += count


class FunctionEach(Contender):
    """The exercise as most people hand it in: a function for each Jacobian, each with a forward pass of its own."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._weights, self._biases = problem.layers()

    @property
    def parameters(self) -> FloatArray:
        return packed(self._weights, self._biases)

    def gradient(self) -> FloatArray:
        return packed(*self._jacobians())

    def run(self, count: int) -> None:
        for factors in self.factors(count):
            for ours, jacobians, each in zip(
                (self._weights, self._biases), self._jacobians(), factors.reshape(2, -1), strict=True
            ):
                for k, jacobian in enumerate(jacobians):
                    ours[k] = ours[k] - jacobian * each[k]

    def _jacobians(self) -> tuple[list[FloatArray], list[FloatArray]]:
        layers = range(len(self._weights))
        return [self._jacobian_w(k) for k in layers], [self._jacobian_b(k) for k in layers]

    def _jacobian_w(self, layer: int) -> FloatArray:
        j, a = self._back_to(layer)
        return j @ a[layer].T / a[0].size

    def _jacobian_b(self, layer: int) -> FloatArray:
        j, a = self._back_to(layer)
        return np.sum(j, axis=1, keepdims=True) / a[0].size

    def _back_to(self, layer: int) -> tuple[FloatArray, list[FloatArray]]:
        a, z = [self._problem.data[0]], list[FloatArray]()
        for weights, biases in zip(self._weights, self._biases, strict=True):
            z.append(weights @ a[-1] + biases)
            a.append(sigma(z[-1]))
        j = 2 * (a[-1] - self._problem.data[1])
        for k in range(len(self._weights) - 1, layer, -1):
            j = j * d_sigma(z[k])
            j = (j.T @ self._weights[k]).T
        return j * d_sigma(z[layer]), a


def compiler() -> list[str]:
    """The command of one that knows GCC's vectors, with how it is called, or nothing."""
    found = list(filter(None, map(shutil.which, ("gcc", "cc", "clang"))))[:1]
    return [*found, "-O3", f"-march={'x86-64-v3' if AVX2 in os.environ else 'native'}"] if found else []


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="curvegui-benchmark-")


@cache
def _compiled(sizes: tuple[int, ...], columns: int, kind: type[np.floating]) -> ctypes.CDLL:
    """``network.c`` for one network, number of points and precision."""
    real, whole = ("double", "int64_t") if kind is np.float64 else ("float", "int32_t")
    numbers = {"REAL": real, "WHOLE": whole, "SIZES": ",".join(map(str, sizes)), "LAYERS": len(sizes) - 1}
    numbers |= {"PARAMETERS": sum(n * (m + 1) for m, n in pairwise(sizes)), "ROWS": sum(sizes)}
    numbers["TILE"] = min(columns, 128)
    path = Path(_folder().name) / f"{'-'.join(map(str, sizes))}-{columns}-{real}.so"
    defined = [f"-D{key}={value}" for key, value in numbers.items()]
    source = Path(__file__).with_name("network.c")
    subprocess.run([*compiler(), "-fPIC", "-shared", *defined, source, "-lm", "-o", path], check=True)
    return ctypes.CDLL(str(path))


class InC(Contender):
    """Compiled for this very network; the points are filled up to whole registers of any kind."""

    def __init__(self, problem: Problem, precision: str = "double") -> None:
        super().__init__(problem)
        self._kind = {"double": np.float64, "single": np.float32}[precision]
        line = 64 // np.dtype(self._kind).itemsize
        columns = -(-problem.points // line) * line
        self._library = _compiled(problem.sizes, columns, self._kind)
        t, y, live = (aligned_zeros(rows, columns, dtype=self._kind) for rows in (1, 2, 1))
        t[:, : problem.points], y[:, : problem.points] = problem.data
        live[:, : problem.points] = 1.0
        self._data, self._p = (t, y, live), problem.parameters.astype(self._kind)

    @property
    def parameters(self) -> FloatArray:
        return self._p.astype(np.float64)

    def _call(self, name: str, *more: Any) -> None:
        arguments = (self._data[0].size, *self._data, self._p, *more)
        pointers = (ctypes.c_void_p(each.ctypes.data) if isinstance(each, np.ndarray) else each for each in arguments)
        getattr(self._library, name)(*pointers)

    def gradient(self) -> FloatArray:
        sums = np.zeros_like(self._p)
        self._call("gradient", sums)
        return sums.astype(np.float64) * 2 / self._problem.points

    def run(self, count: int) -> None:
        self._call("train", count, np.ascontiguousarray(self.factors(count) * (2 / self._problem.points), self._kind))


class Entry(NamedTuple):
    """A row of the table; ``is_exact``: whether it makes the very same numbers, but for rounding."""

    name: str
    build: Callable[[Problem], Any]
    precision: str = "double"
    is_exact: bool = True


def entries(problem: Problem) -> list[Entry]:
    """The rows for a problem; the first one is what the others are compared with."""
    functions = 2 * (len(problem.sizes) - 1)
    first = "six functions" if functions == 6 else f"{functions} functions, in the style of the six"
    rows = [Entry(first, FunctionEach)]

    def add(name: str, build: Callable[..., Any]) -> None:
        rows.extend(Entry(f"{name}, {kind}", partial(build, precision=kind), kind) for kind in ("double", "single"))

    here, rival = [name for name in PACKAGES if name not in missing()], "tests.benchmark.rivals.with_"
    add("CurveGUI, NumPy", partial(OurEngine, engine="numpy"))
    if not ENGINES["c"].obstacle():
        add("CurveGUI, C", partial(OurEngine, engine="c"))
    if compiler():
        add("C, by hand", InC)
    if "PyTorch" in here:
        torch = import_module(f"{rival}torch")
        add("PyTorch, by hand", torch.TorchByHand)
        if problem.points >= MANY_POINTS:
            add("PyTorch, by hand in blocks", partial(torch.TorchByHand, columns=TORCH_COLUMNS))
        rows.append(Entry("PyTorch, autograd, double", torch.TorchAutograd))
    if "JAX" in here:
        add("JAX, jit and scan", import_module(f"{rival}jax").Jax)
    if "scikit-learn" in here:
        rows.append(Entry("scikit-learn, sgd, double", import_module(f"{rival}sklearn").Sklearn, is_exact=False))
    return rows


def missing() -> list[str]:
    """Who would take part if it were installed."""
    wanted = {"the engine in C": not ENGINES["c"].obstacle(), "a C compiler": bool(compiler())}
    wanted |= {name: find_spec(package) is not None for name, package in PACKAGES.items()}
    return [name for name, is_there in wanted.items() if not is_there]
