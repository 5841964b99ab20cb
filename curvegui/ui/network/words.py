"""A neuron or a weight in words: its name and its present numbers."""

from collections.abc import Sequence
from math import isfinite, isnan

import numpy as np
from PySide6.QtCore import QLocale

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.portrait import Portrait
from curvegui.core.network.parts import Parameter, Part
from curvegui.ui.widgets.numbers import short_number

DIGITS = 3  # after the decimal sign
OUTPUTS = "xy"


def shown(number: float) -> str:
    """A number with three digits after the decimal sign, or three significant ones if it is small or large."""
    if not isfinite(number):
        return "not a number" if isnan(number) else "∞" if number > 0 else "−∞"
    if number and not 0.01 <= abs(number) < 10_000:
        return short_number(number)
    locale = QLocale()
    return locale.toString(float(number), "f", DIGITS).replace(locale.negativeSign(), "−")


def name_of(part: Part, sizes: Sequence[int]) -> str:
    """The name of a part, counted from 1: "neuron 3 of layer 2", "weight W2[3, 5]"."""
    if isinstance(part, Parameter):
        place = f"{part.row + 1}" if part.column is None else f"{part.row + 1},\N{NO-BREAK SPACE}{part.column + 1}"
        return f"{'bias' if part.is_bias else 'weight'} {part.matrix}[{place}]"
    if part.layer == 0:
        return "input t"
    if part.layer == len(sizes) - 1:
        return f"output {OUTPUTS[part.index]}"
    return f"neuron {part.index + 1} of layer {part.layer}"


def way_of(parameter: Parameter, sizes: Sequence[int]) -> str:
    """Where a parameter leads, in words: "w of layer 2, neuron 3 from neuron 5"."""
    last = parameter.layer == len(sizes) - 1
    target = f"output {OUTPUTS[parameter.row]}" if last else f"layer {parameter.layer}, neuron {parameter.row + 1}"
    if parameter.column is None:
        return f"b of {target}"
    source = "t" if parameter.layer == 1 else f"neuron {parameter.column + 1}"
    return f"w of {target} from {source}"


def value_of(parameter: Parameter, portrait: Portrait) -> float:
    return float(portrait.snapshot.parameters[parameter.place_in(portrait.sizes)])


def facts_of(
    part: Part, portrait: Portrait, point: int | None, influences: Sequence[FloatArray] | None = None
) -> list[str]:
    """The exact numbers of a part, one sentence a line.

    ``point`` is the training point looked at; None for the mean of all. ``influences`` says how much each neuron draws
    of the brushed stretch: see ``core.influence``.
    """
    if isinstance(part, Parameter):
        name = name_of(part, portrait.sizes).partition(" ")[2]
        jacobian = float(portrait.gradient[part.place_in(portrait.sizes)])
        value = shown(value_of(part, portrait))
        return [f"{way_of(part, portrait.sizes)}: {value} ({name})", f"J = {shown(jacobian)}"]
    a = portrait.passed[part.layer][1][part.index]
    name = name_of(part, portrait.sizes)
    if point is None:
        first = f"{name}: a = {shown(_mean(a))} on average"
    else:
        first = f"{name}: a = {shown(float(a[point]))} at t = {shown(float(portrait.t[0, point]))}"
    facts = [first, f"from {shown(float(a.min()))} to {shown(float(a.max()))} along the curve"]
    if influences is not None and 0 < part.layer < len(portrait.sizes) - 1:
        share = float(influences[part.layer - 1][part.index])
        locale = QLocale()
        percent = locale.toString(round(100 * share)) if isfinite(share) else "?"
        facts.append(f"contributes {percent} % as much to the selected part as the strongest neuron")
    return facts


def _mean(values: FloatArray) -> float:
    with np.errstate(all="ignore"):
        return float(values.mean())
