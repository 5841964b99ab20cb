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
    """The value of one setting as JSON has it."""
    if not isinstance(value, Curve):
        return list(value) if isinstance(value, tuple) else value
    units = value.units
    typed = {} if value.typed is None else {"typed": value.typed.plain()}
    return typed | {
        "name": value.name,
        "closed": value.closed,
        "units": [units.scale, units.x, units.y, units.flipped],
        "t": _text_of(value.t),
        "points": _text_of(value.points),
        "jumps": _text_of(value.jumps),
    }


def config_of(values: Mapping[str, Any]) -> TrainingConfig:
    """The settings that `plain_config` made plain, with defaults for missing ones; else raises ``ValueError``."""
    if not values.keys() <= SETTINGS.keys():
        raise ValueError(tr(NOT_SETTINGS))
    return TrainingConfig(**{name: value_of(name, value) for name, value in values.items()})


def value_of(name: str, value: Any) -> Any:
    """A setting from its plain value, as `plain_value` makes it; raises ``ValueError`` for a wrong curve."""
    if name != "curve" or not isinstance(value, dict):
        return tuple(value) if isinstance(value, list) else value
    try:
        scale, x, y, flipped = value["units"]
        units = Units(float(scale), float(x), float(y), bool(flipped))
        t, points, jumps = (
            np.frombuffer(base64.b64decode(value[each], validate=True), "<f8").astype(np.float64)
            for each in ("t", "points", "jumps")
        )
        typed = typed_of(value["typed"]) if "typed" in value else None
        return Curve(str(value["name"]), points.reshape(2, -1), t, bool(value["closed"]), jumps != 0, units, typed)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ValueError(tr(NOT_SETTINGS)) from error


def _text_of(array: NDArray[Any]) -> str:
    return base64.b64encode(array.astype("<f8").tobytes()).decode("ascii")
