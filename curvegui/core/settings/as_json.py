"""Settings as plain values, which every process and every file can hold, and back: nothing that has to be trusted."""

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.curve.curve import Curve, Units, typed_of
from curvegui.core.language.text import mark, tr
from curvegui.core.settings.config import SETTINGS, TrainingConfig

NOT_SETTINGS = mark("These are not settings of a run.")


def plain_config(config: TrainingConfig) -> dict[str, Any]:
    """Settings by name as numbers, texts and lists; a curve of one's own as an object, exact to the last bit."""
    return {name: plain_value(getattr(config, name)) for name in SETTINGS}


def plain_value(value: Any) -> Any:
    """One setting as JSON has it."""
    if isinstance(value, Curve):
        return _plain_curve(value)
    return list(value) if isinstance(value, tuple) else value


def config_of(values: Mapping[str, Any]) -> TrainingConfig:
    """The settings that `plain_config` made plain; defaults for missing ones. Raises ``ValueError`` for other
    values."""
    if not values.keys() <= SETTINGS.keys():
        raise ValueError(tr(NOT_SETTINGS))
    return TrainingConfig(**{name: value_of(name, value) for name, value in values.items()})


def value_of(name: str, value: Any) -> Any:
    """One setting that `plain_value` made plain. Raises ``ValueError`` where that can be seen to be wrong."""
    if name == "curve" and isinstance(value, dict):
        return _curve_of(value)
    return tuple(value) if isinstance(value, list) else value


def _plain_curve(curve: Curve) -> dict[str, Any]:
    units = curve.units
    typed = {} if curve.typed is None else {"typed": curve.typed.plain()}
    return typed | {
        "name": curve.name,
        "closed": curve.closed,
        "units": [units.scale, units.x, units.y, units.flipped],
        "t": _text_of(curve.t),
        "points": _text_of(curve.points),
        "jumps": _text_of(curve.jumps),
    }


def _text_of(array: NDArray[Any]) -> str:
    return base64.b64encode(array.astype("<f8").tobytes()).decode("ascii")


def _curve_of(values: Mapping[str, Any]) -> Curve:
    try:
        scale, x, y, flipped = values["units"]
        units = Units(float(scale), float(x), float(y), bool(flipped))
        t, points, jumps = (
            np.frombuffer(base64.b64decode(values[name], validate=True), "<f8").astype(np.float64)
            for name in ("t", "points", "jumps")
        )
        typed = typed_of(values["typed"]) if "typed" in values else None
        return Curve(str(values["name"]), points.reshape(2, -1), t, bool(values["closed"]), jumps != 0, units, typed)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ValueError(tr(NOT_SETTINGS)) from error
