"""Hand-written C, where there is a compiler: see ``network.c``."""

import ctypes
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from curvegui.core.arrays import FloatArray, aligned_zeros
from tests.benchmark.rivals.problem import Factors, Problem

SOURCE = Path(__file__).with_name("network.c")
FLAGS = ["-O3", "-march=native", "-shared", "-fPIC"]
TYPES: dict[str, tuple[type[np.floating], str, str]] = {
    "double": (np.float64, "double", "int64_t"),
    "single": (np.float32, "float", "int32_t"),
}
TILE_COLUMNS = 128
LINE_BYTES = 64  # the points are filled up to a multiple of that: whole registers of any kind


def compiler() -> str | None:
    """Where one is that knows GCC's vectors."""
    return next(filter(None, map(shutil.which, ("gcc", "cc", "clang"))), None)


def compiler_version() -> str:
    """What the compiler says it is."""
    return subprocess.run(
        [str(compiler()), "--version"], check=True, capture_output=True, text=True
    ).stdout.splitlines()[0]


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="curvegui-benchmark-")


@cache
def _library(sizes: tuple[int, ...], tile: int, precision: str) -> ctypes.CDLL:
    _, real, whole = TYPES[precision]
    parameters = sum(n * (m + 1) for m, n in pairwise(sizes))
    numbers = {
        "REAL": real,
        "WHOLE": whole,
        "SIZES": ",".join(map(str, sizes)),
        "LAYERS": len(sizes) - 1,
        "ROWS": sum(sizes),
        "PARAMETERS": parameters,
        "TILE": tile,
    }
    out = Path(_folder().name) / f"{'-'.join(map(str, sizes))}-{tile}-{precision}.so"
    defined = [f"-D{name}={value}" for name, value in numbers.items()]
    subprocess.run([str(compiler()), *FLAGS, *defined, str(SOURCE), "-o", str(out)], check=True)
    return ctypes.CDLL(str(out))


class InC:
    """Compiled for this very network; the points are filled up to whole registers."""

    networks = 1

    def __init__(self, problem: Problem, precision: str = "double") -> None:
        kind = TYPES[precision][0]
        line = LINE_BYTES // np.dtype(kind).itemsize
        columns = -(-problem.points // line) * line
        self._library = _library(problem.sizes, min(columns, TILE_COLUMNS), precision)
        self._factors, self._points, self._kind = Factors(problem), problem.points, kind
        t, y, live = (aligned_zeros(rows, columns, dtype=kind) for rows in (1, 2, 1))
        t[:, : problem.points], y[:, : problem.points] = problem.data
        live[:, : problem.points] = 1.0
        self._data, self._p = (t, y, live), problem.parameters.astype(kind)

    @property
    def parameters(self) -> FloatArray:
        return self._p.astype(np.float64)

    def gradient(self) -> FloatArray:
        sums = np.zeros_like(self._p)
        self._library.gradient(self._data[0].size, *map(_pointer, (*self._data, self._p, sums)))
        return sums.astype(np.float64) * 2 / self._points

    def run(self, count: int) -> None:
        factors = np.ascontiguousarray(self._factors.take(count) * (2 / self._points), self._kind)
        pointers = map(_pointer, (*self._data, self._p))
        self._library.train(self._data[0].size, *pointers, count, _pointer(factors))


def _pointer(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)
