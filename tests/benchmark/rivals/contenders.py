"""Who takes part in the speed table without a framework: each makes the same descent from the same numbers."""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray, aligned_zeros
from curvegui.core.engine.backend import Backend
from curvegui.core.learner.engines import builder
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import initial_parameters, named_parameters, parameter_count
from curvegui.core.network.noise import BLOCK_ITERATIONS, noise_block
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.export.training_code import as_numpy_script
from curvegui.files.project.project import Project
from tests.help.exercise_reference import d_sigma, sigma


@dataclass(frozen=True)
class Problem:
    """A network of logistic neurons and its training points, the heart.

    ``aggression``: so small that every network and precision stays among ordinary numbers. ``together``: how many
    iterations a call makes, where a contender wants to know beforehand.
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
        return training_data(self.points)

    @property
    def parameters(self) -> FloatArray:
        """To begin with, shape (P,), in the package's order: each neuron's weights, then its bias."""
        return initial_parameters(self.sizes, self.seed)

    @property
    def named(self) -> dict[str, FloatArray]:
        """W of every layer to begin with, shape (n, m), then b of every layer, shape (n, 1)."""
        return named_parameters(self.sizes, self.parameters)

    def packed(self, parts: Iterable[Any]) -> FloatArray:
        """The vector that W of every layer, then b of every layer make."""
        vector = np.empty(parameter_count(self.sizes))
        for view, part in zip(named_parameters(self.sizes, vector).values(), parts, strict=True):
            view[...] = np.asarray(part).reshape(view.shape)
        return vector


class Contender:
    """Something that trains: ``parameters`` are as they are now, ``gradient()`` is dC/dparameter in the same order."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self._done = problem, 0

    def factors(self, count: int) -> FloatArray:
        """What W of every layer, then b, are multiplied by in the next iterations: the package's own noise."""
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
    """The exercise as the course writes it: a function for each Jacobian, with a forward pass of its own.

    They are the functions of a run that is saved as code, with the exercise's own sigma and its derivative.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._code: dict[str, Any] = {"__name__": "written"}
        exec(as_numpy_script(Project(Trainer(TrainingConfig(hidden=problem.hidden)).record())), self._code)
        self._code |= {"sigma": sigma, "d_sigma": d_sigma, **problem.named}

    @property
    def parameters(self) -> FloatArray:
        return self._problem.packed(self._code[name] for name in self._problem.named)

    def gradient(self) -> FloatArray:
        return self._problem.packed(self._code[f"J_{name}"](*self._problem.data) for name in self._problem.named)

    def run(self, count: int) -> None:
        code, aggression, names = self._code, self._problem.aggression, list(self._problem.named)
        functions, (x, y) = [code[f"J_{name}"] for name in names], self._problem.data
        for factors in (self.factors(count) / aggression).tolist():
            jacobians = [function(x, y) * factor for function, factor in zip(functions, factors, strict=True)]
            for name, jacobian in zip(names, jacobians, strict=True):
                code[name] = code[name] - jacobian * aggression


def compiler() -> list[str]:
    """The command of a compiler that knows GCC's vectors, with how it is called, or nothing."""
    found = list(filter(None, map(shutil.which, ("gcc", "cc", "clang"))))[:1]
    return [*found, "-O3", "-march=native"] if found else []


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
