"""Which parts of a network stand out in the diagram, and which recede: what is muted, soloed, lit up or frozen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curvegui.core.inspection.ablation import ablated
from curvegui.core.network.parts import Neuron, Parameter, Part, incoming, parameters_of
from curvegui.figure.drawing.network_layout import Layout
from curvegui.session.study.inspection import Inspection, Pass, Stage
from curvegui.ui.diagram.edges import MUTED, NORMAL, UNLIT


@dataclass(frozen=True)
class Highlight:
    """How to draw the parts.

    ``styles``, shape (E,), says of every weight: NORMAL, UNLIT or MUTED. The parts in ``dimmed`` recede; the curve is
    drawn without those in ``crossed``.
    """

    styles: NDArray[np.intp]
    dimmed: list[Neuron]
    crossed: list[Part]


def highlight_of(inspection: Inspection, layout: Layout) -> Highlight:
    """How to draw the parts that an inspection looks at."""
    styles = np.full(len(layout.place), NORMAL)
    crossed = sorted((part for part in inspection.muted if part.is_in(layout.sizes)), key=str)
    solo = inspection.soloed
    if solo is not None and solo.is_in(layout.sizes):
        others = ablated(tuple(layout.sizes), (), solo)
        crossed += sorted((part for part in others if part not in inspection.muted), key=str)
    if inspection.stage is not None and inspection.stage.layer:  # an update without a layer changes all weights
        styles[layout.layer != inspection.stage.layer] = UNLIT
    for part in crossed:
        if isinstance(part, Neuron):
            styles[(layout.layer == part.layer + 1) & (layout.column == part.index)] = MUTED
        elif not part.is_bias:
            styles[layout.edge(part)] = MUTED
    dimmed = {part for part in crossed if isinstance(part, Neuron)}
    if inspection.stage is not None:
        lit = lit_layers(inspection.stage, len(layout.sizes) - 1)
        dimmed |= {
            Neuron(layer, index)
            for layer, count in enumerate(layout.sizes)
            for index in range(count)
            if layer not in lit
        }
    return Highlight(styles, sorted(dimmed), crossed)


def lit_layers(stage: Stage, last: int) -> set[int]:
    """The layers whose neurons a stage lights up."""
    if stage.pass_ is Pass.UPDATE:
        return set()
    return {min(stage.layer, last)}


def frozen_parts(places: Sequence[int], sizes: Sequence[int]) -> list[Part]:
    """What is frozen: a neuron if its bias and all its weights are, or else each single one."""
    frozen = set(places)
    if not frozen:
        return []
    kept: dict[Neuron, list[Part]] = {}
    for place, parameter in enumerate(parameters_of(sizes)):
        if place in frozen:
            kept.setdefault(parameter.target, []).append(parameter)
    parts: list[Part] = []
    for neuron, leading in kept.items():
        parts += [neuron] if len(leading) > sizes[neuron.layer - 1] else leading
    return parts


def stays(part: Part) -> bool:
    """Whether a part cannot be removed: the input."""
    return isinstance(part, Neuron) and part.layer == 0


def parameters_behind(part: Part, sizes: Sequence[int]) -> list[Parameter]:
    """The parameters that freezing a part keeps: a weight or bias itself, or all that lead into a neuron."""
    return incoming(part, sizes) if isinstance(part, Neuron) else [part]
