"""Hand-written C, where there is a compiler: see ``network.c`` and ``same_activations.c``."""

import ctypes
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np

from curvegui.core.arrays import FloatArray, aligned_zeros
from tests.benchmark.rivals.avx2 import is_held
from tests.benchmark.rivals.problem import Factors, Problem

HERE = Path(__file__).parent
NATIVE = HERE.parents[2] / "curvegui" / "core" / "native"
TYPES: dict[str, tuple[type[np.floating], str, str]] = {
    "double": (np.float64, "double", "int64_t"),
    "single": (np.float32, "float", "int32_t"),
}
TILE_COLUMNS = 128
LINE_BYTES = 64  # the points are filled up to a multiple of that: whole registers of any kind
TILE_LINES = 27  # of the same with our activations: the best of what was tried from 13 to 63


def compiler() -> list[str]:
    """The command of one that knows GCC's vectors, or nothing."""
    return list(filter(None, map(shutil.which, ("gcc", "cc", "clang"))))[:1]


def clang() -> list[str]:
    """The command of a Clang, as the engine is compiled by, or nothing: of vectors of 64 bytes, GCC makes slow code."""
    if find_spec("ziglang"):
        return [sys.executable, "-m", "ziglang", "cc"]
    return list(filter(None, [shutil.which("clang")]))


def flags(command: list[str]) -> list[str]:
    """How a compiler is called."""
    processor = "x86-64-v3" if is_held() else "native"
    return ["-O3", f"-march={processor.replace('-', '_') if 'ziglang' in command else processor}"]


def compiler_version(command: list[str]) -> str:
    """What a compiler says it is, and how it is called."""
    told = subprocess.run([*command, "--version"], check=True, capture_output=True, text=True).stdout.splitlines()[0]
    return f"{'Zig: ' * ('ziglang' in command)}{told} with {' '.join(flags(command))}"


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="curvegui-benchmark-")


def _compiled(command: list[str], sources: dict[Path, list[str]], numbers: dict[str, object], name: str) -> ctypes.CDLL:
    """A library of sources, each with flags of its own, in which numbers are defined."""
    folder, objects = Path(_folder().name), []
    defined = [f"-D{key}={value}" for key, value in numbers.items()]
    for source, more in sources.items():
        objects.append(folder / f"{name}-{source.stem}.o")
        words = [*command, *flags(command), "-fPIC", *more, *defined, "-c", source, "-o", objects[-1]]
        subprocess.run(words, check=True)
    subprocess.run([*command, "-shared", *objects, "-lm", "-o", folder / f"{name}.so"], check=True)
    return ctypes.CDLL(str(folder / f"{name}.so"))


def _known(sizes: tuple[int, ...], tile: int) -> dict[str, object]:
    """What the compiler is told of a network."""
    parameters = sum(n * (m + 1) for m, n in pairwise(sizes))
    return {"SIZES": ",".join(map(str, sizes)), "LAYERS": len(sizes) - 1, "PARAMETERS": parameters, "TILE": tile}


@cache
def _by_hand(sizes: tuple[int, ...], columns: int, precision: str) -> ctypes.CDLL:
    _, real, whole = TYPES[precision]
    tile = min(columns, TILE_COLUMNS)
    numbers = {**_known(sizes, tile), "REAL": real, "WHOLE": whole, "ROWS": sum(sizes)}
    name = f"{'-'.join(map(str, sizes))}-{tile}-{precision}"
    return _compiled(compiler(), {HERE / "network.c": []}, numbers, name)


@cache
def _same_activations(sizes: tuple[int, ...], columns: int, precision: str) -> ctypes.CDLL:
    """The engine's flags: its noise is to the bit only as it is written."""
    line = LINE_BYTES // np.dtype(TYPES[precision][0]).itemsize
    tile = min(columns, TILE_LINES * line)
    numbers = {**_known(sizes, tile), "NEURONS": sum(sizes), **({"SINGLE": 1} if precision == "single" else {})}
    usual = [f"-I{NATIVE}", "-fno-math-errno", "-Wno-psabi"]
    sources = {
        HERE / "same_activations.c": [*usual, "-ffp-contract=on"],
        NATIVE / "noise.c": [*usual, "-ffp-contract=off"],
    }
    return _compiled(clang(), sources, numbers, f"same-{'-'.join(map(str, sizes))}-{tile}-{precision}")


class InC:
    """Compiled for this very network; the points are filled up to whole registers."""

    _compile = staticmethod(_by_hand)

    def __init__(self, problem: Problem, precision: str = "double") -> None:
        kind = TYPES[precision][0]
        line = LINE_BYTES // np.dtype(kind).itemsize
        columns = -(-problem.points // line) * line
        self._library = self._compile(problem.sizes, columns, precision)
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


class WithSameActivations(InC):
    """The same with the engine's activations, products, sums and noise, by the engine's compiler."""

    _compile = staticmethod(_same_activations)

    def __init__(self, problem: Problem, precision: str = "double") -> None:
        super().__init__(problem, precision)
        self._problem, self._done = problem, 0

    def run(self, count: int) -> None:
        problem = self._problem
        numbers = map(ctypes.c_int64, (self._done, count))
        rates = map(ctypes.c_double, (problem.aggression * 2 / problem.points, problem.noise))
        pointers = map(_pointer, (*self._data, self._p))
        self._library.train(self._data[0].size, *pointers, *numbers, *rates, ctypes.c_uint64(problem.seed))
        self._done += count


def _pointer(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)
