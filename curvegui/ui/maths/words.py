"""The maths panel in words: the stages of an iteration, and the equation for people who cannot see it."""

from math import isfinite
from textwrap import fill
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.chain_rule import ChainRule, Factor, FactorKind
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.network.parts import Parameter
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.widgets.numbers import exact_number, short_number, tiny_number

MOST_TERMS = 8  # of a sum
NARROW = 20  # characters in a line, so that there is room beside the numbers


def seen_entries(factor: Factor) -> FloatArray:
    """The entries of a factor that matter, transposed; of a diagonal matrix, only the diagonal."""
    return seen(factor, factor.entries)


def seen(factor: Factor, values: FloatArray) -> FloatArray:
    """Those of other values in a factor's shape, such as its ``low``, at the places that `seen_entries` shows."""
    match factor.kind:
        case FactorKind.INPUT | FactorKind.ONE:
            assert factor.row is not None
            return values[factor.row : factor.row + 1]
        case _ if factor.column is not None:
            chosen = values[:, factor.column : factor.column + 1]
            return chosen if factor.kind is FactorKind.WEIGHTS else chosen.T
    return values.T


def seen_product(factor: Factor, parameter: Parameter) -> FloatArray:
    """The product of a factor and all factors before it, transposed; if only one entry matters, only that entry."""
    so_far = factor.so_far
    if factor.column is not None and so_far.size > 1:
        so_far = so_far[:, parameter.row : parameter.row + 1]
    return so_far.T


def made_words(rule: ChainRule, number: int) -> str:
    """How the first row of the product up to a factor is computed; empty for the first factor and for means."""
    factor = rule.factors[number]
    if not number or rule.point is None:
        return ""
    entries, before = seen_entries(factor), seen_product(rule.factors[number - 1], rule.parameter)[:, 0]
    is_column = factor.kind is FactorKind.WEIGHTS and factor.column is not None
    own = entries[:, 0] if is_column else entries[0]
    factors = [f"({short_number(each)})" if each < 0 else short_number(each) for each in before]
    terms = [f"{short_number(one)} · {other}" for one, other in zip(own, factors, strict=False)]
    if len(terms) > MOST_TERMS:
        terms[MOST_TERMS - 1 :] = ["…"]
    about = [tr("in row 1")] if len(entries) > 1 and not is_column else []
    if len(own) > 1:
        about.append(tr("the sum over the {own} paths through layer {layer}", own=len(own), layer=factor.layer))
    words = fill(", ".join(about), NARROW) + ":\n" if about else ""
    made = "\n+ ".join(terms) + ("\n" if len(own) > 1 else " ")
    return f"{capitalised(words)}{made}= {short_number(float(own @ before[: len(own)]))}"


def seen_words(factor: Factor) -> str:
    count = factor.shape[1]
    if factor.kind in {FactorKind.INPUT, FactorKind.ONE} or count == 1:
        return ""
    if factor.column is not None:
        words = mark("column {number} of {count}") if factor.kind is FactorKind.WEIGHTS else mark("{number} of {count}")
        return tr(words, number=factor.column + 1, count=count)
    return tr("diagonal") if factor.kind is FactorKind.SLOPE else ""


def span_of(factor: Factor, rule: ChainRule) -> tuple[float, float] | None:
    """The smallest and largest value of a factor over the points; None for a factor that is the same at all points."""
    if rule.point is not None or factor.kind in {FactorKind.WEIGHTS, FactorKind.ONE}:
        return None
    return float(np.min(seen(factor, factor.low))), float(np.max(seen(factor, factor.high)))


OVERFLOWED = mark("The numbers overflowed, so there is nothing to follow. Undo or Reset brings back a run that works.")
MEANS = mark("The mean over the points. Means do not multiply: choose one point to follow the chain by hand.")
PARAMETERS = (
    mark("the bias of neuron {neuron} of layer {layer}"),
    mark("the weight from t to neuron {neuron} of layer 1"),
    mark("the weight from neuron {source} of layer {below} to neuron {neuron} of layer {layer}"),
)
DERIVATIVES = (
    mark("Derivative of the cost with respect to the bias of neuron {neuron} of layer {layer}."),
    mark("Derivative of the cost with respect to the weight from t to neuron {neuron} of layer 1."),
    mark(
        "Derivative of the cost with respect to the weight from neuron {source} of layer {below} to neuron {neuron} of "
        "layer {layer}."
    ),
)
OF_POINT, OF_ALL = mark("At point {point}."), mark("The mean over the {points} points.")
MOST_LISTED = 14  # entries of a factor, for screen readers


def stages_of(layers: int) -> list[Stage]:
    """Every stage of an iteration in order, the update last; ``layers`` counts all but the input."""
    forward = [Stage(Pass.FORWARD, layer) for layer in range(1, layers + 2)]
    backward = [Stage(Pass.BACKWARD, layer) for layer in range(layers, 0, -1)]
    return [*forward, *backward, Stage(Pass.UPDATE, 0)]


def stage_title(stage: Stage, layers: int) -> str:
    if stage.pass_ is Pass.UPDATE:
        return tr("Update")
    if stage.layer > layers:
        return tr("The cost")
    titles = FORWARD if stage.pass_ is Pass.FORWARD else BACKWARD
    return tr(titles[stage.layer == layers], layer=stage.layer)


FORWARD = mark("Forward, layer {layer}"), mark("Forward, layer {layer} (output)")
BACKWARD = mark("Backward, layer {layer}"), mark("Backward, layer {layer} (output)")


def belongs(factor: Factor, stage: Stage | None, rule: ChainRule) -> bool:
    """Whether a factor is computed at a stage of the iteration."""
    if stage is None or stage.pass_ is Pass.UPDATE:
        return False
    last = len(rule.sizes) - 1
    if stage.pass_ is Pass.FORWARD:
        if factor.kind is FactorKind.COST:
            return stage.layer == last + 1
        return factor.kind is FactorKind.INPUT and stage.layer == factor.layer
    if factor.kind is FactorKind.WEIGHTS:
        return stage.layer == factor.layer - 1
    return factor.kind is not FactorKind.COST and stage.layer == factor.layer


def stage_words(inspected: InspectedSnapshot, rule: ChainRule, stage: Stage) -> str:
    """What happens at a stage, with its numbers, in one or two sentences."""
    if not isfinite(rule.product):
        return tr(OVERFLOWED)
    if stage.pass_ is Pass.UPDATE:
        return update_words(rule)
    if stage.pass_ is Pass.BACKWARD:
        return _backward_words(rule, stage.layer)
    return _cost_words(inspected, rule) if stage.layer >= len(rule.sizes) else _forward_words(inspected, rule, stage)


def parameter_words(parameter: Parameter, texts: tuple[str, str, str] = PARAMETERS) -> str:
    """A weight or bias in words, counted from 1; ``texts`` are for a bias, a weight of layer 1, and other weights."""
    words, layer = texts[0 if parameter.column is None else 1 if parameter.layer == 1 else 2], parameter.layer
    source = (parameter.column or 0) + 1
    return tr(words, source=source, below=layer - 1, neuron=parameter.row + 1, layer=layer)


def _columns(rule: ChainRule) -> slice:
    return slice(None) if rule.point is None else slice(rule.point, rule.point + 1)


def _forward_words(inspected: InspectedSnapshot, rule: ChainRule, stage: Stage) -> str:
    z, a = (values[:, _columns(rule)] for values in inspected.passed[stage.layer])
    ends = {rule.parameter.layer: rule.parameter.target, rule.parameter.layer - 1: rule.parameter.source}
    neuron = ends.get(stage.layer)
    if neuron is None:
        low, high = short_number(float(a.min())), short_number(float(a.max()))
        words = mark("Each neuron computes z, then a = σ(z). The activations of this layer go from {low} to {high}.")
        return tr(words, low=low, high=high)
    sums, made = (short_number(float(each[neuron.index].mean())) for each in (z, a))
    if rule.point is None:
        words, point = mark("Neuron {neuron}: the mean of z over the points is {sums}, and that of a is {made}."), 0
    else:
        words, point = mark("Neuron {neuron}, at point {point}: z = {sums}, then a = σ(z) = {made}."), rule.point + 1
    said = tr(words, neuron=neuron.index + 1, point=point, sums=sums, made=made)
    return tr("{said} The chosen weight multiplies this a.", said=said) if neuron.layer < rule.parameter.layer else said


def _cost_words(inspected: InspectedSnapshot, rule: ChainRule) -> str:
    seen = _columns(rule)
    cost = inspected.network.cost(inspected.t[:, seen], inspected.points[:, seen])
    slopes = _listed(rule.factors[0].entries[0])
    if rule.point is None:
        return tr(MEAN_COST, cost=exact_number(cost), slopes=slopes)
    answer, wanted = _listed(inspected.passed[-1][1][:, rule.point]), _listed(inspected.points[:, rule.point])
    return tr(COST, answer=answer, wanted=wanted, cost=exact_number(cost), slopes=slopes)


MEAN_COST = mark(
    "The mean squared distance from the curve is C = {cost}. Of one point, ∂C/∂a = 2 (a − y): its "
    "mean over the points is {slopes}."
)
COST = mark(
    "The network answers {answer}, and the curve is at {wanted}. Of this point, C = {cost} and ∂C/∂a = {slopes}."
)


def _listed(values: FloatArray) -> str:
    return "(" + "; ".join(short_number(float(value)) for value in values) + ")"


def _backward_words(rule: ChainRule, layer: int) -> str:
    parameter, last = rule.parameter, len(rule.sizes) - 1
    if layer < parameter.layer:
        return tr("This parameter’s chain ends at layer {layer}; earlier layers continue.", layer=parameter.layer)
    slope = next(factor for factor in rule.factors if factor.kind is FactorKind.SLOPE and factor.layer == layer)
    is_last = layer == last
    through: dict[str, Any] = {} if is_last else {"next": layer + 1, "sizes": rule.sizes[layer + 1]}
    if layer > parameter.layer:
        low, high = float(slope.so_far.min()), float(slope.so_far.max())
        span = {"low": short_number(low), "high": short_number(high)}
        return tr(SLOPES if is_last else THROUGH_SLOPES, layer=layer, **span, **through)
    arrived = exact_number(float(slope.so_far[0, parameter.row]))
    said = tr(SLOPE if is_last else THROUGH_SLOPE, arrived=arrived, neuron=parameter.row + 1, **through)
    product = exact_number(rule.product)
    if parameter.is_bias:
        return tr("{said} Times 1, for a bias: {product}.", said=said, product=product)
    if rule.point is None:
        words = mark("{said} Times the input of the weight at each point, then the mean over the points: {product}.")
        return tr(words, said=said, product=product)
    came = short_number(float(rule.factors[-1].entries[parameter.row, 0]))
    return tr("{said} Times {came}, the input of the weight: {product}.", said=said, came=came, product=product)


SLOPE = mark("Times the slope σ′(z): {arrived} arrives at neuron {neuron}.")
SLOPES = mark("Times the slopes σ′(z({layer})): ∂C/∂z({layer}) goes from {low} to {high}.")
THROUGH_SLOPE = mark(
    "Times W({next}), summed over the {sizes} neurons of layer {next}, then times the slope σ′(z): {arrived} arrives "
    "at neuron {neuron}."
)
THROUGH_SLOPES = mark(
    "Times W({next}), summed over the {sizes} neurons of layer {next}, then times the slopes σ′(z({layer})): "
    "∂C/∂z({layer}) goes from {low} to {high}."
)


def heading_of(config: TrainingConfig) -> str:
    """The heading of the update; it says where the run itself uses another rule than plain descent on all points."""
    other = mark("The next iteration, if it used plain gradient descent on all points: new = old − {step}")
    words = mark("The next iteration: new = old − {step}") if config.is_plain else other
    return tr(words, step=config.descent.step_formula)


def update_words(rule: ChainRule) -> str:
    update = rule.update
    if not isfinite(update.new):
        return tr(OVERFLOWED)
    if update.is_kept:
        return tr("It is frozen and stays at {old}.", old=exact_number(update.old))
    old, new = exact_number(update.old), exact_number(update.new)
    is_seen = new != old or not update.step
    said = tr(SEEN if is_seen else UNSEEN, old=old, change=exact_number(-update.step), new=new)
    return f"{said} {tr('The noise factor is below 0: uphill by chance.')}" if update.is_uphill else said


SEEN = mark("{old} changes by {change} to {new}. The update uses the mean over all points.")
UNSEEN = mark("{old} changes by {change}, too little to show in five digits. The update uses the mean over all points.")


def equation_words(rule: ChainRule) -> str:
    seen = tr(OF_ALL, points=rule.points) if rule.point is None else tr(OF_POINT, point=rule.point + 1)
    parts = [parameter_words(rule.parameter, DERIVATIVES), seen]
    parts += [_factor_words(factor) for factor in rule.factors]
    words = mark("The product is {product} by the chain rule, {tried} numerically, difference {difference}.")
    product, tried, difference = exact_number(rule.product), exact_number(rule.tried), tiny_number(rule.difference)
    return " ".join([*parts, tr(words, product=product, tried=tried, difference=difference)])


def _factor_words(factor: Factor) -> str:
    above, below, (rows, columns) = factor.numerator, factor.denominator, factor.shape
    over, under = f"{above.letter}{above.layer or ''}", f"{below.letter}{below.layer}"
    name = tr("d {over} by d {under}", over=over, under=under)
    listed = [float(value) for value in seen_entries(factor).T.ravel()]
    if len(listed) > MOST_LISTED:
        values = tr("from {low} to {high}", low=short_number(min(listed)), high=short_number(max(listed)))
    else:
        values = ", ".join(map(short_number, listed))
    which = ", ".join(filter(None, (tr("{rows} by {columns}", rows=rows, columns=columns), seen_words(factor))))
    return f"{name}, {tr(factor.kind.value)}, {which}: {values}."
