"""The library in C: where it lies, which of its copies suits this processor, and what its functions take."""

import sys
from ctypes import CDLL, POINTER, Structure, c_char_p, c_double, c_int, c_int64, c_uint64, c_void_p
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from curvegui.core.language.text import mark, tr

VERSION = 1
"""Of the engine: the same version makes the same bits of the same run. It stands in ``dispatch.c``, too."""
NAME = {"win32": "libengine.dll", "darwin": "libengine.dylib"}.get(sys.platform, "libengine.so")
PATH = Path(__file__).parent / "built" / NAME
RECIPE = Path(__file__).parents[3] / "packaging" / "native.py"  # where the app runs from a copy of its sources


class CNetwork(Structure):
    """``Network`` of ``engine.c``."""

    _fields_ = [(name, c_int64) for name in ("layers", "points", "stride")] + [
        (name, c_void_p) for name in ("sizes", "activations", "t", "y", "wanted", "parameters", "sums", "a", "delta")
    ]


class CDescent(Structure):
    """``Descent`` of ``steps.h``."""

    _fields_ = [
        *((name, c_int64) for name in ("rule", "first", "made")),
        ("rate", c_double),
        ("schedule", c_void_p),
        *((name, c_double) for name in ("momentum", "memory", "decay")),
        ("given", c_void_p),
        ("noise", c_double),
        ("seed", c_uint64),
        ("normals", c_void_p),
        ("drawn", c_int64),
        *((name, c_void_p) for name in ("moving", "gradient", "factors", "first_moment", "second_moment")),
    ]


class CBatches(Structure):
    """``Batches`` of ``steps.h``."""

    _fields_ = [("order", c_void_p), ("t", c_void_p), ("y", c_void_p), ("all", c_int64)]


class CNotes(Structure):
    """``Notes`` of ``steps.h``."""

    _fields_ = [("count", c_int64)] + [
        (name, c_void_p) for name in ("ends", "parameters", "curves", "costs", "states", "slopes")
    ]


ARGUMENTS: dict[str, list[Any]] = {
    "add_sums": [POINTER(CNetwork), c_int64, c_int64],
    "look": [POINTER(CNetwork), c_int64, c_int64, c_double, c_void_p, c_void_p],
    "step": [POINTER(CNetwork), POINTER(CDescent), c_int64],
    "iterate": [*[POINTER(CNetwork)] * 2, POINTER(CBatches), POINTER(CDescent), c_int64, POINTER(CNotes)],
    "code_of_activation": [c_char_p],
    "code_of_optimizer": [c_char_p],
}
RESULTS = {"look": c_double, "code_of_activation": c_int, "code_of_optimizer": c_int}
EngineCopy = SimpleNamespace
"""The functions of one copy in one precision. The interpreter's lock is released while one runs."""
MISSING = mark("The C engine is missing: install CurveGUI again, online.")
NOT_BUILT = mark("Build the C engine:  python packaging/native.py")
OTHER_VERSION = mark("The C engine is of another version: install CurveGUI again, online.")
OLD_PROCESSOR = mark("The C engine needs a processor with AVX2 and FMA.")


@cache
def _load() -> tuple[CDLL | None, str]:
    """The library, or the reason why it cannot be used."""
    try:
        found = CDLL(str(PATH))
        found.copy_for_this_processor.restype = c_char_p
        version = found.engine_version()
    except (OSError, AttributeError):
        return None, MISSING
    if version != VERSION:
        return None, OTHER_VERSION
    return (found, "") if found.copy_for_this_processor() else (None, OLD_PROCESSOR)


def library() -> CDLL | None:
    """The library in C; None where there is an `obstacle`."""
    return _load()[0]


def obstacle() -> str:
    """Why this computer cannot use the library, in a sentence or two; empty where it can."""
    trouble = _load()[1]
    if trouble in (MISSING, OTHER_VERSION) and RECIPE.is_file():
        trouble = NOT_BUILT
    return tr(trouble) if trouble else ""


def copy_for_this_processor() -> str:
    """``avx512``, ``avx2`` or ``neon``; empty where there is no library for this processor."""
    found = library()
    return "" if found is None else found.copy_for_this_processor().decode()


@cache
def functions(precision: str, copy: str = "") -> EngineCopy:
    """The engine's functions in double or single precision, from the copy for this processor or from a named copy."""
    found = library()
    if found is None:
        raise ImportError(obstacle())
    chosen = {name: found[f"{name}_{precision}_{copy or copy_for_this_processor()}"] for name in ARGUMENTS}
    for name, function in chosen.items():
        function.argtypes, function.restype = ARGUMENTS[name], RESULTS.get(name)
    return EngineCopy(**chosen)


def has_kernel(activation: str) -> bool:
    """Whether the library computes an activation, given by its name in ``ACTIVATIONS``."""
    return library() is not None and functions("double").code_of_activation(activation.encode()) >= 0
