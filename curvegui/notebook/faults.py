"""What is wrong with a learner's function when training calls it: which one, where, and what was expected."""

import linecache
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.notebook.namespaces import INNER

LIBRARIES = ("curvegui", "numpy", "scipy", "functools")
EXPECTED = {
    "network_function": "return a0, z1, a1, z2, a2, z3 and a3, in this order",
    "sigma": "return an array with the shape of z",
    "d_sigma": "return an array with the shape of z",
    "cost": "return one number",
}


class FunctionError(RuntimeError):
    """One of the learner's functions cannot be trained with. The message has its line, and what was expected."""

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows in place of our own lines."""
        return str(self).splitlines()


def stopped(name: str, error: Exception, theirs: Mapping[str, Any], shapes: Mapping[str, Any]) -> FunctionError:
    """The error where ``name`` was called and raised one: it is about the innermost function of the learner's."""
    names = {getattr(each, "__code__", None): known for known, each in theirs.items()}
    lines, traceback = "", error.__traceback__
    while traceback is not None:
        name = names.get(traceback.tb_frame.f_code, name)
        lines = _line_in(traceback) or lines
        traceback = traceback.tb_next
    called = name if name in theirs else "CurveGUI's own function"
    said = f"{called} stopped with {type(error).__name__}: {error}"
    return FunctionError(f"{said}\n{lines or _line_of(theirs.get(name))}{_expectation(name, theirs, shapes)}")


def returned(name: str, value: Any, theirs: Mapping[str, Any], shapes: Mapping[str, Any]) -> FunctionError:
    """The error where a function of the learner's has returned something else than it should."""
    if value is ...:
        return FunctionError(f"{name} is not written yet.\n{_line_of(theirs[name])}Replace “...” with your own lines.")
    said = f"{name} returned {_words_for(value)}."
    return FunctionError(f"{said}\n{_line_of(theirs[name])}{_expectation(name, theirs, shapes)}")


def as_numbers(value: Any, shape: tuple[int, ...]) -> FloatArray | None:
    """A value as an array of this shape; None if it is something else."""
    try:
        array = np.asarray(value)
    except ValueError:  # lists of different lengths
        return None
    return array.astype(np.float64) if array.dtype.kind in "biuf" and array.shape == shape else None


def _words_for(value: Any) -> str:
    if value is None:
        return "nothing: it has no “return”, or one without a value"
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        return f"an array with the shape {value.shape}" if np.isfinite(value).all() else "inf or nan"
    if isinstance(value, (tuple, list)):
        return f"{len(value)} values"
    return "a single number" if np.isscalar(value) and not isinstance(value, str) else f"no numbers ({value!r:.40})"


def _expectation(name: str, theirs: Mapping[str, Any], shapes: Mapping[str, Any]) -> str:
    if name not in theirs:
        return f"Look at what it calls of yours: {', '.join(each for each in INNER if each in theirs)}."
    words = EXPECTED.get(name) or f"return finite numbers in the shape of {name[2:]}, {shapes[name]}"
    return f"{name} should {words}."


def _line_in(traceback: TracebackType) -> str:
    """The line of a frame if it is the learner's own; what NumPy and we do below it explains nothing."""
    frame = traceback.tb_frame
    if str(frame.f_globals.get("__name__")).partition(".")[0] in LIBRARIES:
        return ""
    return _quoted(frame.f_code.co_filename, traceback.tb_lineno)


def _line_of(function: Any) -> str:
    code = getattr(function, "__code__", None)
    return _quoted(code.co_filename, code.co_firstlineno) if code else ""


def _quoted(path: str, line: int) -> str:
    """``Cell In[3], line 4``, or the file's name, and the line itself."""
    text = linecache.getline(path, line).strip()
    return f"  {_name_of(path)}, line {line}\n" + (f"    {text}\n" if text else "")


def _name_of(path: str) -> str:
    """A file's name, or that of a cell as Jupyter counts them."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    named = shell.compile.format_code_name(path) if shell is not None else None
    return " ".join(named) if named else path
