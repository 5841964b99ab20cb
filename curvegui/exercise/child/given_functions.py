"""The functions that the exercise gives, over the globals of a learner's file, and what they are asked.

Each answer becomes one array, so that answers can be compared: of ``sigma`` and ``d_sigma`` that at ``SLOPE_POINTS``,
of ``network_function`` its seven arrays one below the other, of ``cost`` a number, of ``reset_network`` see
`reset_facts`.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from inspect import Parameter, signature
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.exercise.file.template import PROVIDED_CODE
from curvegui.exercise.problem import GIVEN, PARAMETERS, Problem

SLOPE_POINTS = np.array([[0.0, 1.0, -1.0, 2.5, -2.5, 5.0]])
"""The z at which ``sigma`` and ``d_sigma`` are tried, shape (1, 6)."""
RESETS = 40  # networks that are drawn, to see how large their numbers are


class OddAnswer(Exception):  # noqa: N818
    """A given function returned a wrong thing, whose type or count the message names."""


def given_functions(namespace: dict[str, Any]) -> dict[str, Callable[..., Any]]:
    """The exercise's own five functions, by name, defined in ``namespace``, which has ``np`` and gets W1 ... b3."""
    exec(PROVIDED_CODE, namespace)
    return {name: namespace[name] for name in GIVEN}


def extended(ours: Callable[..., Any], theirs: Any) -> Callable[..., Any]:
    """A given function; calls with arguments that it does not take go to the learner's own function instead.

    So a Jacobian that calls a function as the exercise does gets the exercise's numbers; the learner's own function,
    such as ``sigma(z, deriv=True)``, is one more helper of the file. Attributes are the learner's: ``sigma.prime``.
    """
    if theirs is ours or not callable(theirs):
        return ours
    takes = signature(ours)
    most = len(takes.parameters)
    fewest = sum(each.default is Parameter.empty for each in takes.parameters.values())

    def either(*given: Any, **named: Any) -> Any:
        if not named and fewest <= len(given) <= most:  # at once: training does this in every iteration
            return ours(*given)
        try:
            takes.bind(*given, **named)
        except TypeError:
            return theirs(*given, **named)
        return ours(*given, **named)

    with suppress(BaseException):  # of objects that are the learner's own
        vars(either).update({name: getattr(theirs, name) for name in dir(theirs) if not name.startswith("__")})
    either.__name__ = either.__qualname__ = ours.__name__
    return either


def ask_given(name: str, function: Callable[..., Any], namespace: dict[str, Any], problem: Problem) -> Any:
    """Call a given function as the exercise would; its answer can be made into one array. Raises ``OddAnswer`` if
    ``network_function`` does not return seven arrays that fit, or ``reset_network`` leaves other globals than
    arrays."""
    x, y = problem.x.copy(), problem.y.copy()
    if name in ("sigma", "d_sigma"):
        return function(SLOPE_POINTS.copy())
    if name == "cost":
        return function(x, y)
    if name == "network_function":
        parts = function(x)
        if not isinstance(parts, tuple | list):
            raise OddAnswer(type(parts).__name__)
        if len(parts) != 7:
            raise OddAnswer(f"{type(parts).__name__} of {len(parts)}")
        try:
            return np.vstack([np.asarray(part, dtype=np.float64) for part in parts])
        except (TypeError, ValueError) as error:
            raise OddAnswer("tuple of arrays that do not fit") from error
    n1, n2 = problem.parameters["b1"].size, problem.parameters["b2"].size
    return reset_facts(lambda: function(n1, n2), namespace)


def reset_facts(reset: Callable[[], Any], namespace: dict[str, Any]) -> FloatArray:
    """What ``reset_network`` does to W1, W2, W3, b1, b2, b3, shape (6, 4).

    The columns are rows, columns, the share of entries that change from one reset to another (1 where they are random),
    and the root of the mean square over ``RESETS`` resets (about 1/2).
    """
    drawn = []
    for _ in range(RESETS):
        namespace.update(dict.fromkeys(PARAMETERS))  # what it does not set is missed
        reset()
        drawn.append([_matrix(name, namespace[name]) for name in PARAMETERS])
    facts = []
    for index in range(len(PARAMETERS)):
        first, second = drawn[0][index], drawn[1][index]
        changed = np.mean(first != second) if first.shape == second.shape and first.size else 0.0
        squares = sum(float(np.vdot(each[index], each[index])) / max(each[index].size, 1) for each in drawn)
        facts.append([*first.shape, float(changed), (squares / len(drawn)) ** 0.5])
    return np.array(facts)


def _matrix(name: str, value: Any) -> FloatArray:
    try:
        array = np.array(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise OddAnswer(f"{name}: {type(value).__name__}") from error
    if array.ndim != 2:
        raise OddAnswer(f"{name}: array of {array.ndim} axes")
    return array


def given_answer(name: str, problem: Problem) -> FloatArray:
    """The answer of the exercise's own function, to compare with; for ``reset_network``, only three columns count."""
    namespace: dict[str, Any] = {"np": np, **{key: value.copy() for key, value in problem.parameters.items()}}
    function = given_functions(namespace)[name]
    if name == "reset_network":  # NumPy's shared random numbers are not the app's to draw from
        function = partial(function, random=np.random.RandomState(0))
    return np.asarray(ask_given(name, function, namespace, problem), dtype=np.float64)
