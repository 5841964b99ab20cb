"""Everything held to AVX2, as on a processor without AVX-512.

Libraries read how when they are imported, so what is held is a process of its own.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

import numpy as np

from curvegui.core.native import engine
from curvegui.core.native.library import functions

NAME = "CURVEGUI_BENCHMARK_AVX2"
LIBRARIES = {
    "OPENBLAS_CORETYPE": "Haswell",
    "ATEN_CPU_CAPABILITY": "avx2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "XLA_FLAGS": "--xla_cpu_max_isa=AVX2",
}
"""What holds OpenBLAS, PyTorch with its libraries, and JAX."""


def is_held() -> bool:
    """Whether this process is held to AVX2."""
    return NAME in os.environ


def run_held(module: str, arguments: Sequence[str]) -> int:
    """Run a module as a program that is held to AVX2; returns how it ended."""
    features = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    more = " ".join(name for name in features if name == "X86_V4" or name.startswith("AVX512"))
    held = {**os.environ, **LIBRARIES, "NPY_DISABLE_CPU_FEATURES": more, NAME: "1"}
    return subprocess.run([sys.executable, "-m", module, *arguments], env=held, check=False).returncode


def hold_engine() -> None:
    """Let the engine in C take its copy for AVX2."""
    engine.functions = lambda precision: functions(precision, "avx2")
