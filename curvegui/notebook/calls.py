"""The functions that train, called and checked: six Jacobians, the network's curve and its cost."""

from collections.abc import Callable
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.notebook.faults import as_numbers, returned, stopped
from curvegui.notebook.namespaces import JACOBIANS, Functions

ACTIVATIONS = 7  # what a forward pass returns


class Calls:
    """Calls some functions on x (1, N) and y (2, N); each method raises ``FunctionError`` where a learner's one fails.

    ``shapes`` are those of the six parameters, in their order.
    """

    def __init__(self, functions: Functions, shapes: list[tuple[int, int]], x: FloatArray, y: FloatArray) -> None:
        self._functions, self._theirs, self._x, self._y = functions, functions.theirs, x, y
        self._shapes = dict(zip(JACOBIANS, shapes, strict=True))
        self._to_call = [
            (place, name, self._theirs[name], shape)
            for place, (name, shape) in enumerate(self._shapes.items())
            if name in self._theirs
        ]

    def jacobians(self) -> list[FloatArray]:
        """All six; CurveGUI's come from one pass, the learner's are called one by one as the exercise does."""
        is_mixed = len(self._to_call) < len(JACOBIANS)
        found: list[Any] = list(self._call("_jacobians", self._x, self._y) if is_mixed else JACOBIANS)
        for place, name, function, shape in self._to_call:
            found[place] = self._jacobian(name, function, shape)
        return found

    def _jacobian(self, name: str, function: Callable[..., Any], shape: tuple[int, int]) -> FloatArray:
        try:
            value = function(self._x, self._y)
        except Exception as error:
            raise stopped(name, error, self._theirs, self._shapes) from None
        if type(value) is np.ndarray and value.shape == shape and value.dtype == np.float64:
            return value  # at once: this is done in every iteration
        array = as_numbers(value, shape)
        if array is None:
            raise returned(name, value, self._theirs, self._shapes)
        return array

    def refuse_what_is_not_finite(self, jacobians: list[FloatArray]) -> None:
        """Raise the error about the first of the learner's Jacobians that is not, if there is one."""
        for name, jacobian in zip(JACOBIANS, jacobians, strict=True):
            if name in self._theirs and not np.isfinite(jacobian).all():
                raise returned(name, jacobian, self._theirs, self._shapes)

    def curve(self) -> FloatArray:
        """What the network draws, shape (2, N)."""
        passed = self._call("network_function", self._x)
        is_whole = isinstance(passed, (tuple, list)) and len(passed) == ACTIVATIONS
        curve = as_numbers(passed[-1], self._y.shape) if is_whole else None
        if curve is None:
            raise returned("network_function", passed[-1] if is_whole else passed, self._theirs, self._shapes)
        return curve

    def cost(self) -> float:
        """How far off it is."""
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
