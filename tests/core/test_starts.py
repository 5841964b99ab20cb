"""What a run starts from, and all of it with the engine in C, is the same to the last bit on every processor."""

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
from curvegui.core.native.library import copy_for_this_processor
from tests.core.starts import bits, first_costs, starts, sums, whole_runs

ROOT = Path(__file__).parents[2]
CORE = ROOT / "curvegui" / "core"
PLACES = ("presets", "formula", "curve", "challenges/by_hand", "learner/target", "learner/morphing",
          "learner/reshaping", "optimizers/descent")  # fmt: skip
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


RUNS = {
    "heart, double": "a4add03e32e9",
    "heart, single": "f9cf2cae9024",
    "noise on data, double": "bba767c98b01",
    "noise on data, single": "103b382c4db2",
    "Adam, double": "28b1369aca99",
    "Adam, single": "c74264a00ab4",
    "mini-batches, double": "766751939791",
    "mini-batches, single": "5c64cdba2c3c",
    "frozen, double": "e8916d3beadd",
    "frozen, single": "06203dea0ddb",
}
"""Of version 1 of the engine in C: other bits are another version."""


def test_whole_runs_of_the_engine_in_c_are_what_they_were_each_time() -> None:
    if not (found := whole_runs()):
        pytest.skip("needs the engine in C: python packaging/native.py")
    assert found == whole_runs() == RUNS


def test_nothing_that_a_run_starts_from_takes_functions_that_the_processor_rounds_as_it_likes() -> None:
    files = [
        each for place in PLACES for each in [CORE / f"{place}.py", *(CORE / place).glob("*.py")] if each.is_file()
    ]
    assert len(files) > 10
    assert [each.name for each in files if AS_IT_LIKES.search(each.read_text(encoding="utf-8"))] == []


@pytest.mark.slow
@pytest.mark.parametrize(("without", "kernel"), [(("AVX512", "X86_V4"), "Haswell"), (("",), "Nehalem")])
def test_without_the_larger_simd_extensions_all_has_the_same_bits(without: tuple[str, ...], kernel: str) -> None:
    """In NumPy, in the library below it, and in the engine in C, whose copy for AVX2 computes."""
    left_out = " ".join(each for each in __cpu_dispatch__ if each.startswith(without))
    limits = {"NPY_DISABLE_CPU_FEATURES": left_out, "OPENBLAS_CORETYPE": kernel}
    copy = ["avx2"] if copy_for_this_processor() == "avx512" else []
    command = [sys.executable, "-W", "ignore", "-m", "tests.core.starts", *copy]
    output = subprocess.run(command, cwd=ROOT, env=os.environ | limits, check=True, capture_output=True).stdout

    assert json.loads(output) == sums() | first_costs() | whole_runs()
