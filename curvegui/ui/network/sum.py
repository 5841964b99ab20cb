"""A neuron's weighted sum in numbers, and the training point at which it is taken."""

from html import escape

import numpy as np

from curvegui.core.inspection.portrait import Portrait
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.parts import Neuron, Parameter, Part
from curvegui.ui.diagram.edges import word_colour
from curvegui.ui.look.theme import current_theme
from curvegui.ui.network.words import name_of, shown, value_of, way_of

MOST_TERMS = 16  # of more inputs, the largest terms are written out, and the sum of the others


def sum_of(part: Part, portrait: Portrait, point: int) -> str:
    """A neuron's sum at a training point, or the sum that a weight is part of, as rich text."""
    neuron = part if isinstance(part, Neuron) else part.target
    where = f"at t\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{shown(float(portrait.t[0, point]))}"
    name = name_of(neuron, portrait.sizes)
    head = f"<b>{escape(name[0].upper() + name[1:])}</b>, {where}"
    lines = [f"<span style='color:{current_theme().muted}'>{head}</span>"]
    if isinstance(part, Parameter):
        value = value_of(part, portrait)
        way, symbol = way_of(part, portrait.sizes), escape(name_of(part, portrait.sizes).partition(" ")[2])
        lines.insert(0, f"{escape(way)}: <b>{symbol} = {_coloured(value, shown(value))}</b>")
    if neuron.layer == 0:
        return "<br>".join([*lines, "a = t: the input itself"])
    z, a = (float(each[neuron.index, point]) for each in portrait.passed[neuron.layer])
    lines.append(f"z = {_terms(neuron, portrait, point, part)} = <b>{shown(z)}</b>")
    lines.append(f"a = {_symbol(neuron, portrait)} = <b>{shown(a)}</b>")
    return "<br>".join(lines)


def _symbol(neuron: Neuron, portrait: Portrait) -> str:
    config, is_last = portrait.snapshot.config, neuron.layer == len(portrait.sizes) - 1
    return ACTIVATIONS[config.output_activation if is_last else config.activation].symbol


def _terms(neuron: Neuron, portrait: Portrait, point: int, part: Part) -> str:
    """w1·a1 + w2·a2 + ... + b, in the colours of the edges, the selected term underlined."""
    layer = portrait.network.layers[neuron.layer - 1]
    weights, bias = layer.weights[neuron.index], float(layer.biases[neuron.index, 0])
    inputs = portrait.passed[neuron.layer - 1][1][:, point]
    with np.errstate(all="ignore"):
        products = weights * inputs
    column = part.column if isinstance(part, Parameter) else None
    kept = _kept(products, column)
    written: list[str] = []
    for index in kept:
        weight = float(weights[index])
        activation = shown(float(inputs[index]))
        number = f"{_signed(weight, not written)}·{f'({activation})' if inputs[index] < 0 else activation}"
        written.append(f"<u>{number}</u>" if index == column else number)
    if len(kept) < len(weights):
        others = float(np.delete(products, kept).sum())
        written.append(f"+ ({len(weights) - len(kept)} smaller terms: {shown(others)})")
    last = _signed(bias, False)
    written.append(f"<u>{last}</u>" if part == Parameter(neuron.layer, neuron.index) else last)
    return " ".join(written)


def _kept(products: "np.ndarray[tuple[int], np.dtype[np.float64]]", column: int | None) -> list[int]:
    """The terms that are written out, in their order."""
    if len(products) <= MOST_TERMS:
        return list(range(len(products)))
    size = np.abs(np.nan_to_num(products))
    largest = set(np.argsort(-size, kind="stable")[:MOST_TERMS].tolist())
    return sorted(largest | ({column} if column is not None else set()))


def _signed(value: float, is_first: bool) -> str:
    """A term's weight with its sign as that of the sum: "+ 1.306", "− 0.975"; the first one as it is."""
    if is_first:
        return _coloured(value, shown(value))
    sign = "−" if value < 0 else "+"
    return _coloured(value, f"{sign}\N{NO-BREAK SPACE}{shown(abs(value))}")


def _coloured(value: float, text: str) -> str:
    return f"<b style='color:{word_colour(value, current_theme())}'>{text}</b>"
