"""The network in words: the name of a neuron or a weight, its present numbers, and what the diagram cannot show."""

from collections.abc import Sequence
from math import isfinite, isnan

import numpy as np
from PySide6.QtCore import QLocale

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.network.activations import ACTIVATIONS, Activation
from curvegui.core.network.parts import Neuron, Parameter, Part
from curvegui.figure.drawing.network_layout import Layout
from curvegui.ui.widgets.numbers import format_number, short_number

OUTPUTS = "xy"
APART = ",\N{NO-BREAK SPACE}"


def shown(number: float) -> str:
    """A number with three significant digits."""
    if not isfinite(number):
        return tr("not a number") if isnan(number) else "∞" if number > 0 else "−∞"
    return short_number(number)


def entry_of(parameter: Parameter) -> str:
    """A parameter by its position in its matrix, counted from 1: "W2[3, 5]"."""
    indices = [parameter.row + 1] if parameter.column is None else [parameter.row + 1, parameter.column + 1]
    return f"{parameter.matrix}[{APART.join(map(str, indices))}]"


def name_of(part: Part, sizes: Sequence[int]) -> str:
    """The name of a part, counted from 1: "neuron 3 of layer 2", "weight W2[3, 5]"."""
    if isinstance(part, Parameter):
        return tr(mark("bias {name}") if part.is_bias else mark("weight {name}"), name=entry_of(part))
    if part.layer == 0:
        return tr("input t")
    if part.layer == len(sizes) - 1 and part.index < sizes[-1]:  # else it is of a network that has just changed
        return tr("output {outputs}", outputs=OUTPUTS[part.index])
    return tr("neuron {neuron} of layer {layer}", neuron=part.index + 1, layer=part.layer)


def path_of(parameter: Parameter, sizes: Sequence[int]) -> str:
    """Where a parameter leads, in words: "w of layer 2, neuron 3 from neuron 5"."""
    layer, neuron = parameter.layer, parameter.row + 1
    if layer == len(sizes) - 1 and parameter.row < sizes[-1]:
        output = OUTPUTS[parameter.row]
        if parameter.column is None:
            return tr("b of output {output}", output=output)
        return tr("w of output {output} from neuron {source}", output=output, source=parameter.column + 1)
    if parameter.column is None:
        return tr("b of layer {layer}, neuron {neuron}", layer=layer, neuron=neuron)
    if layer == 1:
        return tr("w of layer 1, neuron {neuron} from t", neuron=neuron)
    words = mark("w of layer {layer}, neuron {neuron} from neuron {source}")
    return tr(words, layer=layer, neuron=neuron, source=parameter.column + 1)


def activation_of(neuron: Neuron, inspected: InspectedSnapshot) -> Activation:
    config, is_last = inspected.snapshot.config, neuron.layer == len(inspected.sizes) - 1
    return ACTIVATIONS[config.output_activation if is_last else config.activation]


def value_of(parameter: Parameter, inspected: InspectedSnapshot) -> float:
    return float(inspected.snapshot.parameters[parameter.index_in(inspected.sizes)])


def facts_of(
    part: Part, inspected: InspectedSnapshot, point: int | None, influences: Sequence[FloatArray] | None = None
) -> list[str]:
    """The exact numbers of a part, a line each, at a training ``point``, or the mean of all for None. ``influences``
    has how much each neuron contributes to the selected stretch of the curve: see ``core.inspection.ablation``."""
    if isinstance(part, Parameter):
        jacobian = float(inspected.gradient[part.index_in(inspected.sizes)])
        value = shown(value_of(part, inspected))
        return [f"{path_of(part, inspected.sizes)}: {value} ({entry_of(part)})", f"J = {shown(jacobian)}"]
    a = inspected.passed[part.layer][1][part.index]
    name = name_of(part, inspected.sizes)
    if point is None:
        with np.errstate(all="ignore"):
            first = tr("{name}: a = {mean} on average", name=name, mean=shown(float(a.mean())))
    else:
        value, t = shown(float(a[point])), shown(float(inspected.t[0, point]))
        first = tr("{name}: a = {a} at t = {t}", name=name, a=value, t=t)
    facts = [first, tr("from {low} to {high} along the curve", low=shown(float(a.min())), high=shown(float(a.max())))]
    if influences is not None and 0 < part.layer < len(inspected.sizes) - 1:
        share = float(influences[part.layer - 1][part.index])
        percent = QLocale().toString(round(100 * share)) if isfinite(share) else "?"
        words = mark("contributes {percent} % as much to the selected part as the strongest neuron")
        facts.append(tr(words, percent=percent))
    return facts


def left_out_of(layout: Layout, weights: int) -> list[str]:
    """What the diagram does not show: as many ``weights`` are left out, and small neurons are only strips."""
    notes, count = [], len(layout.indices)
    if weights:
        drawn = format_number(count - weights)
        notes.append(tr("Of {count} weights, the {drawn} largest are drawn.", count=format_number(count), drawn=drawn))
    if not all(layout.pictured):
        notes.append(tr("Thin neurons are strips: along t from left to right, the stronger the colour the larger a."))
    return notes
