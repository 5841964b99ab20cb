"""The maths panel in words: the stages of an iteration, and the equation for those who cannot see it."""

from math import isfinite

import numpy as np

from curvegui.core.inspection.chain_rule import ChainRule, Factor, Kind
from curvegui.core.inspection.portrait import Portrait
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.maths.seen import seen_entries, seen_words
from curvegui.ui.widgets.numbers import exact_number, short_number, tiny_number

OVERFLOWED = "The numbers overflowed, so there is nothing to follow. Undo or Reset brings back a run that works."
MEANS = "The mean over the points. Means do not multiply: choose one point to follow the chain by hand."
MOST_LISTED = 14  # entries of a factor, for screen readers


def stages_of(layers: int) -> list[Stage]:
    """Every stage of an iteration in order, the update last; the network has ``layers`` after the input."""
    forward = [Stage(Pass.FORWARD, layer) for layer in range(1, layers + 2)]
    backward = [Stage(Pass.BACKWARD, layer) for layer in range(layers, 0, -1)]
    return [*forward, *backward, Stage(Pass.UPDATE, 0)]


def stage_title(stage: Stage, layers: int) -> str:
    """The name of a stage."""
    if stage.pass_ is Pass.UPDATE:
        return "Update"
    if stage.layer > layers:
        return "The cost"
    name = f"layer {stage.layer}" + (" (output)" if stage.layer == layers else "")
    return f"{'Forward' if stage.pass_ is Pass.FORWARD else 'Backward'}, {name}"


def belongs(factor: Factor, stage: Stage | None, rule: ChainRule) -> bool:
    """Whether a factor is computed at a stage."""
    if stage is None or stage.pass_ is Pass.UPDATE:
        return False
    last = len(rule.sizes) - 1
    if stage.pass_ is Pass.FORWARD:
        if factor.kind is Kind.COST:
            return stage.layer == last + 1
        return factor.kind is Kind.INPUT and stage.layer == factor.layer
    if factor.kind is Kind.WEIGHTS:
        return stage.layer == factor.layer - 1
    return factor.kind is not Kind.COST and stage.layer == factor.layer


def stage_words(portrait: Portrait, rule: ChainRule, stage: Stage) -> str:
    """What happens at a stage, with its numbers, in one or two sentences."""
    if not isfinite(rule.product):
        return OVERFLOWED
    if stage.pass_ is Pass.UPDATE:
        return update_words(rule)
    if stage.pass_ is Pass.BACKWARD:
        return _backward_words(rule, stage.layer)
    return _cost_words(portrait, rule) if stage.layer >= len(rule.sizes) else _forward_words(portrait, rule, stage)


def parameter_words(parameter: Parameter) -> str:
    """A weight or bias in words, counted from 1."""
    if parameter.column is None:
        return f"the bias of neuron {parameter.row + 1} of layer {parameter.layer}"
    source = f"neuron {parameter.column + 1} of layer {parameter.layer - 1}" if parameter.layer > 1 else "t"
    return f"the weight from {source} to neuron {parameter.row + 1} of layer {parameter.layer}"


def place_words(rule: ChainRule) -> str:
    """Which points the numbers are about."""
    return f"mean over the {rule.points} points" if rule.point is None else f"at point {rule.point + 1}"


def _columns(rule: ChainRule) -> slice:
    return slice(None) if rule.point is None else slice(rule.point, rule.point + 1)


def _forward_words(portrait: Portrait, rule: ChainRule, stage: Stage) -> str:
    z, a = (values[:, _columns(rule)] for values in portrait.passed[stage.layer])
    neuron = _neuron_on_the_way(rule.parameter, stage.layer)
    if neuron is None:
        low, high = short_number(float(a.min())), short_number(float(a.max()))
        return f"Each neuron computes z, then a = σ(z). The activations of this layer go from {low} to {high}."
    sums, made = (short_number(float(each[neuron.index].mean())) for each in (z, a))
    if rule.point is None:
        said = f"Neuron {neuron.index + 1}: the mean of z over the points is {sums}, and that of a is {made}."
    else:
        said = f"Neuron {neuron.index + 1}, {place_words(rule)}: z = {sums}, then a = σ(z) = {made}."
    return f"{said} The chosen weight multiplies this a." if neuron.layer < rule.parameter.layer else said


def _neuron_on_the_way(parameter: Parameter, layer: int) -> Neuron | None:
    if layer == parameter.layer:
        return parameter.target
    return parameter.source if layer == parameter.layer - 1 else None


def _cost_words(portrait: Portrait, rule: ChainRule) -> str:
    seen = _columns(rule)
    cost = portrait.network.cost(portrait.t[:, seen], portrait.points[:, seen])
    slopes = _listed(rule.factors[0].entries[0])
    if rule.point is None:
        return (
            f"The mean squared distance from the curve is C = {exact_number(cost)}. Of one point, ∂C/∂a = 2 (a − y): "
            f"its mean over the points is {slopes}."
        )
    answer, wanted = _listed(portrait.passed[-1][1][:, rule.point]), _listed(portrait.points[:, rule.point])
    return (
        f"The network answers {answer}, and the curve is at {wanted}. Of this point, C = {exact_number(cost)} and "
        f"∂C/∂a = {slopes}."
    )


def _listed(values: "np.typing.NDArray[np.float64]") -> str:
    return "(" + "; ".join(short_number(float(value)) for value in values) + ")"


def _backward_words(rule: ChainRule, layer: int) -> str:
    parameter, last = rule.parameter, len(rule.sizes) - 1
    if layer < parameter.layer:
        return f"This parameter’s chain ends at layer {parameter.layer}; earlier layers continue."
    slope = next(factor for factor in rule.factors if factor.kind is Kind.SLOPE and factor.layer == layer)
    begun = "Times" if layer == last else _through(rule, layer)
    if layer > parameter.layer:
        low, high = float(slope.so_far.min()), float(slope.so_far.max())
        return (
            f"{begun} the slopes σ′(z({layer})): ∂C/∂z({layer}) goes from {short_number(low)} to {short_number(high)}."
        )
    arrived = exact_number(float(slope.so_far[0, parameter.row]))
    said = f"{begun} the slope σ′(z): {arrived} arrives at neuron {parameter.row + 1}."
    product = exact_number(rule.product)
    if parameter.is_bias:
        return f"{said} Times 1, for a bias: {product}."
    if rule.point is None:
        return f"{said} Times the input of the weight at each point, then the mean over the points: {product}."
    came = short_number(float(rule.factors[-1].entries[parameter.row, 0]))
    return f"{said} Times {came}, the input of the weight: {product}."


def _through(rule: ChainRule, layer: int) -> str:
    return f"Times W({layer + 1}), summed over the {rule.sizes[layer + 1]} neurons of layer {layer + 1}, then times"


def heading_of(config: TrainingConfig) -> str:
    """The heading of the update; with another optimiser, a schedule or mini-batches, the run takes another step."""
    whose = "" if config.is_plain else ", if it used plain gradient descent on all points"
    return f"The next iteration{whose}: new = old − {config.descent.step_formula}"


def update_words(rule: ChainRule) -> str:
    """What the next iteration does to the parameter."""
    update = rule.update
    if not isfinite(update.new):
        return OVERFLOWED
    if update.is_kept:
        return f"It is frozen and stays at {exact_number(update.old)}."
    old, new = exact_number(update.old), exact_number(update.new)
    to = f" to {new}" if new != old or not update.step else ", too little to show in five digits"
    said = f"{old} changes by {exact_number(-update.step)}{to}. The update uses the mean over all points."
    if update.is_uphill:
        said += " The noise factor is below 0: uphill by chance."
    return said


def equation_words(rule: ChainRule) -> str:
    """The whole equation in words and numbers, for screen readers."""
    about = f"{parameter_words(rule.parameter)}, {place_words(rule)}"
    parts = [f"Derivative of the cost with respect to {about}."]
    parts += [_factor_words(factor) for factor in rule.factors]
    parts.append(
        f"The product is {exact_number(rule.product)} by the chain rule, {exact_number(rule.tried)} numerically, "
        f"difference {tiny_number(rule.difference)}."
    )
    return " ".join(parts)


def _factor_words(factor: Factor) -> str:
    above, below, (rows, columns) = factor.numerator, factor.denominator, factor.shape
    name = f"d {above.letter}{above.layer or ''} by d {below.letter}{below.layer}"
    listed = [float(value) for value in seen_entries(factor).T.ravel()]
    if len(listed) > MOST_LISTED:
        values = f"from {short_number(min(listed))} to {short_number(max(listed))}"
    else:
        values = ", ".join(map(short_number, listed))
    which = ", ".join(words for words in (f"{rows} by {columns}", seen_words(factor)) if words)
    return f"{name}, {factor.kind.value}, {which}: {values}."
