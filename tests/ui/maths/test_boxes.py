"""The boxes and the words of an equation: the same numbers as the mathematics has, to the last digit shown."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from curvegui.core.inspection.chain_rule import FactorKind, chain_rule
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.network.parts import Parameter
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.maths.boxes import equation_boxes, update_boxes
from curvegui.ui.maths.words import belongs, equation_words, parameter_words, stage_title, stage_words, stages_of
from curvegui.ui.widgets.numbers import exact_number, short_number
from tests.core.inspection.test_chain_rule import asked, inspected_of, jacobian_at


def exercise(seed=42, **settings):
    return inspected_of((6, 7), "logistic", "logistic", 100, seed, **settings)


@given(asked())
def test_the_numbers_shown_are_those_of_the_network_to_the_last_digit(case):
    inspected, parameter, point = case
    rule = chain_rule(inspected, parameter, point)
    left, *factors = equation_boxes(rule, None, 5.0)
    assert nearly_said(left.lines[0].number, jacobian_at(inspected, parameter, point))
    assert len(factors) == 2 * (len(inspected.sizes) - parameter.layer) + 1
    assert [box.lead for box in factors] == ["=", *["·"] * (len(factors) - 1)]
    new, old, aggression, chance, jacobian = update_boxes(rule, None, 5.0)
    place = parameter.index_in(inspected.sizes)
    assert new.lines[0].number == exact_number(inspected.next_parameters[place])
    assert new.lines[1].number == exact_number(-inspected.steps[place])
    assert old.lines[0].number == exact_number(inspected.snapshot.parameters[place])
    number = parameter.layer - 1 + (len(inspected.sizes) - 1) * parameter.is_bias
    assert chance.lines[0].number == exact_number(inspected.noise_factors[number])
    assert jacobian.lines[0].number == exact_number(inspected.gradient[place])
    assert aggression.lines[0].number
    assert "N is" in chance.tip()
    assert str(inspected.t.size) in jacobian.tip()  # the mean over the points, also where the chain is that of one


def nearly_said(text, value):
    """Whether a text is the number, where rounding to the next digit may go either way."""
    return text in {exact_number(value * (1 + nudge)) for nudge in (0, 1e-10, -1e-10)} or abs(value) < 1e-12


@given(asked())
def test_every_stage_can_be_said_and_lights_up_what_it_is_about(case):
    inspected, parameter, point = case
    rule = chain_rule(inspected, parameter, point)
    stages = stages_of(len(inspected.sizes) - 1)
    assert len(stages) == 2 * (len(inspected.sizes) - 1) + 2
    lit = [[factor for factor in rule.factors if belongs(factor, stage, rule)] for stage in stages]
    shown = [factor for factors in lit for factor in factors]
    assert {id(factor) for factor in shown} == {id(factor) for factor in rule.factors}
    for stage in stages:
        words = stage_words(inspected, rule, stage)
        assert words.endswith(".") and "nan" not in words
        assert stage_title(stage, len(inspected.sizes) - 1)


def test_a_stage_says_todays_numbers():
    inspected = exercise()
    rule = chain_rule(inspected, Parameter(2, 3, 4), 36)
    (_, _), (_, a1), (z2, a2), (_, a3) = inspected.passed
    assert f"a = σ(z) = {short_number(a1[4, 36])}" in stage_words(inspected, rule, Stage(Pass.FORWARD, 1))
    assert f"z = {short_number(z2[3, 36])}" in stage_words(inspected, rule, Stage(Pass.FORWARD, 2))
    cost = float(np.sum((a3 - inspected.points)[:, 36] ** 2))
    assert f"C = {exact_number(cost)}" in stage_words(inspected, rule, Stage(Pass.FORWARD, 4))
    assert exact_number(rule.product) in stage_words(inspected, rule, Stage(Pass.BACKWARD, 2))
    assert "ends at layer 2" in stage_words(inspected, rule, Stage(Pass.BACKWARD, 1))
    assert short_number(a2[3, 36]) in stage_words(inspected, rule, Stage(Pass.FORWARD, 2))
    average = chain_rule(inspected, Parameter(2, 3, 4))
    assert "σ" not in stage_words(inspected, average, Stage(Pass.FORWARD, 2))  # σ of a mean is no mean


def test_the_average_is_labelled_and_has_ranges():
    inspected = exercise()
    _, cost, slope, weights, *_ = equation_boxes(chain_rule(inspected, Parameter(1, 0, 0)), None, 5.0)
    assert all("mean" in box.grids[0].caption for box in (cost, slope))
    errors = 2 * (inspected.passed[-1][1] - inspected.points)
    assert cost.grids[0].span == pytest.approx((errors.min(), errors.max()))
    assert weights.grids[0].span is None and "mean" not in weights.grids[0].caption
    at_point = equation_boxes(chain_rule(inspected, Parameter(1, 0, 0), 3), None, 5.0)
    assert all(grid.span is None and "mean" not in grid.caption for box in at_point for grid in box.grids)


@pytest.mark.parametrize("parameter", [Parameter(1, 2, 0), Parameter(2, 3, 4), Parameter(3, 1, 5), Parameter(1, 2)])
def test_a_box_tells_how_its_product_comes_about(parameter):
    rule = chain_rule(exercise(), parameter, 20)
    _, cost, *boxes = equation_boxes(rule, None, 5.0)
    assert cost.tip() == ""
    for factor, box in zip(rule.factors[1:], boxes, strict=True):
        *_, made, result = re.split(r":\n|\s= ", box.tip())
        terms = eval(re.sub(r"\s", "", made).replace("·", "*").replace("−", "-"))  # a person would use a calculator
        assert terms == pytest.approx(number(result), rel=0.01, abs=0.01 * abs(factor.so_far).max())
        if factor.kind is FactorKind.WEIGHTS:
            assert f"the {factor.shape[0]} paths through layer {factor.layer}" in box.tip().replace("\n", " ")
        if len(box.grids) > 1:
            assert result == short_number(box.grids[1].entries[0, 0])
    assert number(result) == pytest.approx(rule.product, rel=0.01)
    assert all(box.tip() == "" for box in equation_boxes(chain_rule(exercise(), parameter), None, 5.0)[1:])


def number(text):
    return float(text.replace("−", "-"))


def written(grid):
    """The numbers of a grid as a person reads them."""
    return np.array([[float(short_number(value).replace("−", "-")) for value in row] for row in grid.entries.tolist()])


@given(asked())
def test_at_a_point_the_numbers_written_can_be_multiplied_by_hand(case):
    inspected, parameter, point = case
    rule = chain_rule(inspected, parameter, 0 if point is None else point)
    _, cost, *boxes = equation_boxes(rule, None, 5.0)
    product = written(cost.grids[0])
    for factor, box in zip(rule.factors[1:], boxes, strict=True):
        value = written(box.grids[0])
        if factor.kind is FactorKind.WEIGHTS:
            value = value if factor.column is None else value.T
            product, within = value @ product, 0.02 * np.abs(value) @ np.abs(product)
        else:
            product, within = value * product, 0.02 * np.abs(value * product)
        if len(box.grids) > 1:
            shown = written(box.grids[1])
            assert np.all(np.abs(shown - product) <= within + 1e-98)
            product = shown
    assert product == pytest.approx(np.array([[rule.product]]), rel=0.02, abs=1e-98)


def test_the_equation_in_words():
    inspected = exercise()
    rule = chain_rule(inspected, Parameter(3, 1, 4), 36)
    words = equation_words(rule)
    assert "with respect to the weight from neuron 5 of layer 2 to neuron 2 of layer 3. At point 37." in words
    assert "d a3 by d z3, σ′(z), 2 by 2, 2 of 2" in words
    assert f"The product is {exact_number(rule.product)} by the chain rule" in words
    mean = equation_words(chain_rule(inspected, Parameter(2, 2), None))
    assert mean.startswith("Derivative of the cost with respect to the bias of neuron 3 of layer 2. The mean over the ")
    assert parameter_words(Parameter(1, 2, 0)) == "the weight from t to neuron 3 of layer 1"
    assert parameter_words(Parameter(2, 2)) == "the bias of neuron 3 of layer 2"


@pytest.mark.parametrize("lost", [np.nan, np.inf, 1e200])
def test_of_numbers_that_overflowed_that_is_said_and_nothing_is_warned_of(lost):
    inspected = exercise()
    parameters = np.full(inspected.snapshot.parameters.size, lost)
    gone = InspectedSnapshot(
        replace(
            inspected.snapshot,
            parameters=parameters,
            config=inspected.snapshot.config.changed(activation="relu", output_activation="linear"),
        )
    )
    rule = chain_rule(gone, Parameter(2, 1, 1))
    for stage in stages_of(3):
        assert "overflowed" in stage_words(gone, rule, stage)
    assert equation_boxes(rule, None, 5.0) and update_boxes(rule, None, 5.0)
    assert "inf" in equation_words(rule) or "nan" in equation_words(rule)
