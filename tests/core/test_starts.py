"""What a run starts from is the same to the last bit on every processor and system, and each time."""

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__  # the extensions that NumPy looks for

from curvegui.core.arrays import FloatArray
from tests.core.starts import bits, first_costs, starts, sums

ROOT = Path(__file__).parents[2]
CORE = ROOT / "curvegui" / "core"
PLACES = ("presets", "formula", "curve", "challenges/by_hand", "learner/target", "learner/morphing",
          "learner/reshaping", "optimizers/schedules")  # fmt: skip
AS_IT_LIKES = re.compile(
    r"np\.(sin|cos|tan|arc\w+|sinh|cosh|tanh|exp\w*|log\w*|power|cbrt|hypot|interp|convolve|v?dot|matmul)\(| @ \w"
)
HELD = {
    "presets, 100 points": "84bab33086e7",
    "presets, 200 points": "bdee027506a7",
    "functions of formulas": "d22b5c2afa68",
    "formulas": "80756baa3eb2",
    "drawn": "1ee8de0ce918",
    "initial parameters": "ff9a4400bb38",
    "noise on data": "da4986072569",
    "neurons that are added": "15180bcc2243",
    "schedules": "8ed5de7680ea",
}
"""Sums of bits, the same on x86-64 with whatever extensions and on ARM 64. None of these seeds draws a number beyond
3.65, for which NumPy asks the C library for a logarithm."""


def test_what_a_run_starts_from_is_what_it_was_when_this_was_written() -> None:
    groups = defaultdict[str, list[FloatArray]](list)
    for group, _, numbers in starts():
        groups[group].append(numbers)
    assert {group: bits(*arrays) for group, arrays in groups.items()} == HELD


def test_nothing_that_a_run_starts_from_takes_functions_that_the_processor_rounds_as_it_likes() -> None:
    files = [
        each for place in PLACES for each in [CORE / f"{place}.py", *(CORE / place).glob("*.py")] if each.is_file()
    ]
    assert len(files) > 20
    assert [each.name for each in files if AS_IT_LIKES.search(each.read_text(encoding="utf-8"))] == []


@pytest.mark.slow
@pytest.mark.parametrize(("without", "kernel"), [(("AVX512", "X86_V4"), "Haswell"), (("",), "Nehalem")])
def test_without_the_larger_simd_extensions_it_has_the_same_bits(without: tuple[str, ...], kernel: str) -> None:
    left_out = " ".join(each for each in __cpu_dispatch__ if each.startswith(without))
    limits = {"NPY_DISABLE_CPU_FEATURES": left_out, "OPENBLAS_CORETYPE": kernel}
    command = [sys.executable, "-W", "ignore", "-m", "tests.core.starts"]
    output = subprocess.run(command, cwd=ROOT, env=os.environ | limits, check=True, capture_output=True).stdout

    assert json.loads(output) == sums() | first_costs()
