"""Whose functions and weights train: those of the notebook or script that calls, and CurveGUI's where it has none."""

import inspect
from collections.abc import Callable, Sequence
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
    """The shapes of the six, in the order of ``PARAMETERS``."""
    return [(n1, 1), (n2, n1), (2, n2), (n1, 1), (n2, 1), (2, 1)]


def share(parameters: Sequence[FloatArray], homes: Sequence[Namespace]) -> None:
    """Make these six the network of some namespaces, of each all at once: nothing can interrupt a single call."""
    network = dict(zip(PARAMETERS, parameters, strict=True))
    _shared.update(network)
    for home in homes:
        home.update(network)


class Functions:
    """The functions that train. ``theirs`` are the caller's own, ``world`` has the others and what these look up.

    ``ours`` is the namespace of `curvegui.notebook`. CurveGUI's own functions are made anew in ``world``, so that they
    call the caller's ``sigma`` and ``network_function``.
    """

    def __init__(self, ours: Namespace, caller: Namespace) -> None:
        found = {name: caller.get(name) for name in FUNCTIONS}
        self.theirs = {name: each for name, each in found.items() if callable(each) and not _is_ours(each)}
        self.ours, self.world = ours, _world(ours, self.theirs) if self.theirs else ours
        elsewhere = (getattr(inspect.unwrap(each), "__globals__", {}) for each in self.theirs.values())
        places = [caller, *elsewhere]
        self._places = [place for place in places if any(name in place for name in PARAMETERS)]
        callers = [caller] if self.theirs else []
        self._homes = list({id(home): home for home in (ours, self.world, *callers, *self._places)}.values())
        self._views: list[FloatArray] = []

    @property
    def are_all_ours(self) -> bool:
        """Whether nothing that an iteration computes is the caller's."""
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
        """Copy the six into one vector, and make them views of it everywhere, so that one call moves them all.

        Returns the vector and the six shapes. Raises ``ValueError`` if one of them does not fit the others.
        """
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
        """One of the six, as it was set last."""
        for place in self._places:
            if name in place and place[name] is not _shared.get(name):
                return place[name]
        return self.ours[name]


def views_of(joined: FloatArray, shapes: Sequence[tuple[int, int]]) -> list[FloatArray]:
    """The six matrices in a vector: not copies."""
    ends = np.cumsum([rows * columns for rows, columns in shapes])[:-1]
    return [part.reshape(shape) for part, shape in zip(np.split(joined, ends), shapes, strict=True)]


def _is_ours(function: Callable[..., Any]) -> bool:
    return str(getattr(function, "__module__", "")).startswith(OURS)


def _world(ours: Namespace, theirs: Namespace) -> Namespace:
    """Our namespace with the caller's functions in it, which ours call there."""
    world = {**ours, **theirs}
    for name, each in ours.items():
        if isinstance(each, FunctionType) and each.__globals__ is ours and name not in theirs:
            world[name] = FunctionType(each.__code__, world, name, each.__defaults__)
    return world
