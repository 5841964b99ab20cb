"""The functions that train, called and checked: six Jacobians, the network's curve and its cost."""

import inspect
import linecache
import sys
from collections.abc import Mapping, Sequence
from types import FunctionType
from typing import Any, TypeAlias

import numpy as np

from curvegui.core.argument_checks import checked_matrix
from curvegui.core.arrays import FloatArray

PARAMETERS = ("W1", "W2", "W3", "b1", "b2", "b3")  # the order in which random numbers are drawn for them
JACOBIANS = tuple(f"J_{name}" for name in PARAMETERS)
INNER = ("network_function", "sigma", "d_sigma")  # what Jacobians call
FUNCTIONS = (*JACOBIANS, *INNER, "cost", "reset_network")
OURS = "curvegui.notebook"

Namespace: TypeAlias = dict[str, Any]

_shared: Namespace = {}  # the network that was last put into all namespaces: what differs from it was set since


def shapes_for(n1: int, n2: int) -> list[tuple[int, int]]:
    """The shapes of the six parameters, in the order of ``PARAMETERS``."""
    return [(n1, 1), (n2, n1), (2, n2), (n1, 1), (n2, 1), (2, 1)]


def share(parameters: Sequence[FloatArray], homes: Sequence[Namespace]) -> None:
    """Make these parameters the network of some namespaces: of each with a single call, which nothing can interrupt."""
    network = dict(zip(PARAMETERS, parameters, strict=True))
    _shared.update(network)
    for home in homes:
        home.update(network)


class Functions:
    """The functions that train: ``theirs`` are the caller's own, ``ours`` is the namespace of `curvegui.notebook`. In
    the namespace ``world``, CurveGUI's functions are made anew, to call the caller's ``sigma`` and
    ``network_function``."""

    def __init__(self, ours: Namespace, caller: Namespace) -> None:
        found = {name: caller.get(name) for name in FUNCTIONS}
        own = {name: each for name, each in found.items() if callable(each)}
        self.theirs = {
            name: each for name, each in own.items() if not str(getattr(each, "__module__", "")).startswith(OURS)
        }
        self.ours, self.world = ours, {**ours, **self.theirs} if self.theirs else ours
        for name, each in ours.items() if self.theirs else ():
            if isinstance(each, FunctionType) and each.__globals__ is ours and name not in self.theirs:
                self.world[name] = FunctionType(each.__code__, self.world, name, each.__defaults__)
        elsewhere = (getattr(inspect.unwrap(each), "__globals__", {}) for each in self.theirs.values())
        namespaces = [caller, *elsewhere]
        self._holders = [each for each in namespaces if any(name in each for name in PARAMETERS)]
        callers = [caller] if self.theirs else []
        self._homes = list({id(home): home for home in (ours, self.world, *callers, *self._holders)}.values())
        self._views: list[FloatArray] = []

    @property
    def are_all_ours(self) -> bool:
        """Whether an iteration calls no function of the caller's."""
        return not set(self.theirs) & {*JACOBIANS, *INNER}

    def words(self) -> str:
        """Whose functions these are, in a sentence."""
        if not self.theirs:
            return "Training with CurveGUI's functions: you have defined none of your own."
        names = list(self.theirs)
        if set(JACOBIANS) <= set(names):
            names = ["six Jacobians", *names[len(JACOBIANS) :]]
        rest = "; the other functions are CurveGUI's." if len(self.theirs) < len(FUNCTIONS) else "."
        return f"Training with your {', '.join(names)}{rest}"

    def join(self) -> tuple[FloatArray, list[tuple[int, int]]]:
        """Copy the six parameters into one vector, and make them views of it everywhere, so that one call moves them
        all. Returns the vector and the shapes. Raises ``ValueError`` if a parameter does not fit the others."""
        found = {name: self._present(name) for name in PARAMETERS}
        shapes = shapes_for(np.size(found["b1"]), np.size(found["b2"]))
        parts = [checked_matrix(name, found[name], *shape) for name, shape in zip(PARAMETERS, shapes, strict=True)]
        joined = np.concatenate([part.ravel() for part in parts])
        self._views = views_of(joined, shapes)
        self.share()
        return joined, shapes

    def share(self) -> None:
        """Put the network that trains into all namespaces, whatever has been put there meanwhile."""
        share(self._views, self._homes)

    def _present(self, name: str) -> Any:
        """One of the six parameters, as it was set last."""
        for namespace in self._holders:
            if name in namespace and namespace[name] is not _shared.get(name):
                return namespace[name]
        return self.ours[name]


def views_of(joined: FloatArray, shapes: Sequence[tuple[int, int]]) -> list[FloatArray]:
    """The six matrices as views of a vector."""
    ends = np.cumsum([rows * columns for rows, columns in shapes])[:-1]
    return [part.reshape(shape) for part, shape in zip(np.split(joined, ends), shapes, strict=True)]


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
    """The error for a call of ``name`` that raised one; it names the innermost function of the learner's."""
    names = {getattr(each, "__code__", None): known for known, each in theirs.items()}
    lines, traceback = "", error.__traceback__
    while traceback is not None:
        frame = traceback.tb_frame
        name = names.get(frame.f_code, name)
        if str(frame.f_globals.get("__name__")).partition(".")[0] not in LIBRARIES:  # what these do explains nothing
            lines = _quoted(frame.f_code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    called = name if name in theirs else "CurveGUI's own function"
    said = f"{called} stopped with {type(error).__name__}: {error}"
    return FunctionError(f"{said}\n{lines or _first_line_of(theirs.get(name))}{_expectation(name, theirs, shapes)}")


def returned(name: str, value: Any, theirs: Mapping[str, Any], shapes: Mapping[str, Any]) -> FunctionError:
    """The error for a function of the learner's that has returned a wrong value."""
    if value is ...:
        more = f"{_first_line_of(theirs[name])}Replace “...” with your own lines."
        return FunctionError(f"{name} is not written yet.\n{more}")
    said = f"{name} returned {_words_for(value)}."
    return FunctionError(f"{said}\n{_first_line_of(theirs[name])}{_expectation(name, theirs, shapes)}")


def as_numbers(value: Any, shape: tuple[int, ...]) -> FloatArray | None:
    """A value as an array of this shape; None if that is not possible."""
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


def _quoted(path: str, line: int) -> str:
    """A line of code after its position: ``Cell In[3], line 4``, as Jupyter counts, or the file and the line."""
    ipython, text = sys.modules.get("IPython"), linecache.getline(path, line).strip()
    shell = ipython.get_ipython() if ipython else None
    named = shell.compile.format_code_name(path) if shell is not None else None
    return f"  {' '.join(named) if named else path}, line {line}\n" + (f"    {text}\n" if text else "")


def _first_line_of(function: Any) -> str:
    code = getattr(function, "__code__", None)
    return _quoted(code.co_filename, code.co_firstlineno) if code else ""


class Calls:
    """Calls functions on x (1, N) and y (2, N); each method raises ``FunctionError`` where a learner's function fails.
    ``shapes`` are those of the six parameters, in their order."""

    def __init__(self, functions: Functions, shapes: list[tuple[int, int]], x: FloatArray, y: FloatArray) -> None:
        self._functions, self._theirs, self._x, self._y = functions, functions.theirs, x, y
        self._shapes = dict(zip(JACOBIANS, shapes, strict=True))
        self._is_mixed = not set(JACOBIANS) <= set(self._theirs)

    def jacobians(self) -> list[FloatArray]:
        """All six Jacobians: CurveGUI's from one pass, the learner's called one by one, as in the exercise."""
        found: list[Any] = list(self._call("_jacobians", self._x, self._y)) if self._is_mixed else [None] * 6
        for index, (name, shape) in enumerate(self._shapes.items()):
            if name not in self._theirs:
                continue
            value = self._call(name, self._x, self._y)
            is_plain = type(value) is np.ndarray and value.shape == shape and value.dtype == np.float64
            found[index] = value if is_plain else as_numbers(value, shape)
            if found[index] is None:
                raise returned(name, value, self._theirs, self._shapes)
        return found

    def refuse_what_is_not_finite(self, jacobians: list[FloatArray]) -> None:
        """Raise ``FunctionError`` about the first of the learner's Jacobians that is not finite, if there is one."""
        for name, jacobian in zip(JACOBIANS, jacobians, strict=True):
            if name in self._theirs and not np.isfinite(jacobian).all():
                raise returned(name, jacobian, self._theirs, self._shapes)

    def curve(self) -> FloatArray:
        """The curve that the network draws, shape (2, N)."""
        passed = self._call("network_function", self._x)
        is_whole = isinstance(passed, (tuple, list)) and len(passed) == 7
        curve = as_numbers(passed[-1], self._y.shape) if is_whole else None
        if curve is None:
            raise returned("network_function", passed[-1] if is_whole else passed, self._theirs, self._shapes)
        return curve

    def cost(self) -> float:
        value = self._call("cost", self._x, self._y)
        number = as_numbers(value, np.shape(value))
        if number is None or number.size != 1:
            raise returned("cost", value, self._theirs, self._shapes)
        return float(number.item())

    def _call(self, name: str, *given: FloatArray) -> Any:
        try:
            return self._functions.world[name](*given)
        except Exception as error:
            raise stopped(name, error, self._theirs, self._shapes) from None
