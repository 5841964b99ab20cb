"""The chain rule of one parameter: its factors, their product, and what the next iteration makes of it."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curvegui.core.inspection.chain_rule import FactorKind, Symbol, chain_rule, finite_difference
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot, update_of
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.target import Target
from curvegui.core.network.network import named_parameters
from curvegui.core.network.parts import Parameter, parameters_of
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.networks import random_case

HIDDEN_NAMES = ["logistic", "tanh", "relu", "sine"]
EVERY_NAME = [*HIDDEN_NAMES, "linear"]


def inspected_of(hidden, activation, output, points, seed, iteration=0, **settings):  # noqa: PLR0917
    """A network of random parameters, with training points all over the square."""
    case = random_case((1, *hidden, 2), activation, output, points, seed)
    config = TrainingConfig(hidden=hidden, activation=activation, output_activation=output, seed=seed, **settings)
    target = Target("random", case.t, case.y, case.y, False, np.zeros(points, np.bool_))
    cost = case.network().cost(case.t, case.y)
    return InspectedSnapshot(Snapshot(config, target, iteration, cost, case.network().draw(case.t), case.parameters))


INSPECTED = st.builds(
    inspected_of,
    hidden=st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple),
    activation=st.sampled_from(HIDDEN_NAMES),
    output=st.sampled_from(EVERY_NAME),
    points=st.integers(1, 30),
    seed=st.integers(0, 2**31 - 1),
    iteration=st.integers(0, 1_000),
    noise=st.floats(0, 5),
    aggression=st.floats(0.01, 100),
)


@st.composite
def asked(draw):
    """An inspected snapshot, one of its parameters, and one of its points or none."""
    inspected = draw(INSPECTED)
    parameter = draw(st.sampled_from(list(parameters_of(inspected.sizes))))
    return inspected, parameter, draw(st.none() | st.integers(0, inspected.t.size - 1))


def jacobian_at(inspected, parameter, point):
    """The entry that the network's own Jacobians have for the parameter."""
    seen = slice(None) if point is None else slice(point, point + 1)
    j_w, j_b = inspected.network.jacobians(inspected.t[:, seen], inspected.points[:, seen])[parameter.layer - 1]
    return float((j_b if parameter.is_bias else j_w)[parameter.row, parameter.column or 0])


def size_of(inspected):
    return float(np.max(np.abs(inspected.gradient))) + 1e-300


@given(asked())
def test_the_product_is_the_entry_of_the_networks_jacobian(case):
    inspected, parameter, point = case
    rule = chain_rule(inspected, parameter, point)
    expected = jacobian_at(inspected, parameter, point)
    assert rule.product == pytest.approx(expected, rel=1e-11, abs=1e-13 * size_of(inspected))


@given(asked())
def test_at_one_point_the_jacobians_multiplied_as_matrices_give_each_product_so_far(case):
    inspected, parameter, point = case
    rule = chain_rule(inspected, parameter, point or 0)
    product = np.ones((1, 1))
    for factor in rule.factors:
        assert factor.jacobian.shape == factor.shape
        product = product @ factor.jacobian
        np.testing.assert_allclose(factor.so_far, product, rtol=1e-9, atol=1e-15)
        np.testing.assert_array_equal(factor.low, factor.high)
    assert product.shape == (1, 1)
    assert rule.product == rule.factors[-1].so_far[0, 0]


@pytest.mark.slow
@settings(max_examples=20)
@given(asked())
def test_the_average_is_that_of_the_products_and_each_factor_lies_in_its_range(case):
    inspected, parameter, _ = case
    rule = chain_rule(inspected, parameter)
    alone = [chain_rule(inspected, parameter, point) for point in range(inspected.t.size)]
    assert rule.product == pytest.approx(np.mean([each.product for each in alone]), rel=1e-9, abs=1e-13)
    for number, factor in enumerate(rule.factors):
        entries = np.array([each.factors[number].entries for each in alone])
        np.testing.assert_allclose(factor.entries, entries.mean(axis=0), rtol=1e-9, atol=1e-13)
        np.testing.assert_allclose(factor.low, entries.min(axis=0), rtol=1e-9, atol=1e-13)
        np.testing.assert_allclose(factor.high, entries.max(axis=0), rtol=1e-9, atol=1e-13)
        so_far = np.mean([each.factors[number].so_far for each in alone], axis=0)
        np.testing.assert_allclose(factor.so_far, so_far, rtol=1e-9, atol=1e-13)


@given(asked())
def test_trying_gives_the_same_number(case):
    inspected, parameter, point = case
    if "relu" in (inspected.snapshot.config.activation, inspected.snapshot.config.output_activation):
        assume(min(np.min(np.abs(z)) for z, _ in inspected.passed[1:]) > 1e-3)  # at its kink there is no slope
    rule = chain_rule(inspected, parameter, point)
    assert rule.tried == finite_difference(inspected, parameter, point)
    bound = 1e-7 * max(1.0, inspected.network.cost(inspected.t, inspected.points) * inspected.t.size, abs(rule.product))
    assert rule.difference <= bound


@given(asked())
def test_only_the_entries_that_matter_matter(case):
    """With all other entries at 0, the product is the same."""
    inspected, parameter, point = case
    rule = chain_rule(inspected, parameter, point or 0)
    product = np.ones((1, 1))
    for factor in rule.factors:
        seen = np.zeros(factor.shape)
        rows = slice(None) if factor.row is None else factor.row
        columns = slice(None) if factor.column is None else factor.column
        seen[rows, columns] = factor.jacobian[rows, columns]
        product = product @ seen
    assert product[0, 0] == pytest.approx(rule.product, rel=1e-9, abs=1e-15)


@given(asked())
def test_the_update_is_that_of_the_portrait_and_adds_up(case):
    inspected, parameter, _ = case
    update, place = update_of(inspected, parameter), parameter.index_in(inspected.sizes)
    assert update.new == inspected.next_parameters[place]
    assert update.old - update.step == update.new
    assert update.jacobian == pytest.approx(jacobian_at(inspected, parameter, None), rel=1e-11, abs=1e-13)
    assert update.factor == 1 + update.noise * update.normal
    assert update.step == pytest.approx(update.aggression * update.factor * update.jacobian, rel=1e-12, abs=0)
    assert update.is_uphill == (update.factor < 0)
    assert not update.is_kept


@pytest.mark.parametrize("iteration", [0, 99, 100, 257])
@pytest.mark.parametrize(
    "settings", [{}, {"hidden": (3, 2, 4), "activation": "tanh"}, {"train_one_in": 3}, {"weight_decay": 0.1}]
)
def test_the_engines_next_iteration_makes_that_weight(iteration, settings):
    trainer = Trainer(TrainingConfig(points=30, **settings))
    trainer.advance(iteration)
    inspected = InspectedSnapshot(trainer.snapshot())
    updates = [update_of(inspected, parameter) for parameter in parameters_of(inspected.sizes)]
    trainer.advance(1)
    np.testing.assert_allclose([update.new for update in updates], trainer.parameters, rtol=1e-11, atol=1e-13)
    assert any(update.is_uphill for update in updates) == bool(np.any(inspected.noise_factors < 0))


def test_the_equations_are_those_of_the_exercise():
    inspected = inspected_of((6, 7), "logistic", "logistic", 100, 42)
    expected = {
        "W3": ["∂C/∂a3 1×2", "∂a3/∂z3 2×2", "∂z3/∂W3 2×1"],
        "b3": ["∂C/∂a3 1×2", "∂a3/∂z3 2×2", "∂z3/∂b3 2×1"],
        "W2": ["∂C/∂a3 1×2", "∂a3/∂z3 2×2", "∂z3/∂a2 2×7", "∂a2/∂z2 7×7", "∂z2/∂W2 7×1"],
        "W1": ["∂C/∂a3 1×2", "∂a3/∂z3 2×2", "∂z3/∂a2 2×7", "∂a2/∂z2 7×7", "∂z2/∂a1 7×6", "∂a1/∂z1 6×6", "∂z1/∂W1 6×1"],
        "b1": ["∂C/∂a3 1×2", "∂a3/∂z3 2×2", "∂z3/∂a2 2×7", "∂a2/∂z2 7×7", "∂z2/∂a1 7×6", "∂a1/∂z1 6×6", "∂z1/∂b1 6×1"],
    }  # fmt: skip
    for parameter in parameters_of(inspected.sizes):
        rule = chain_rule(inspected, parameter, 37)
        written = [
            f"∂{written_as(factor.numerator)}/∂{written_as(factor.denominator)} {factor.shape[0]}×{factor.shape[1]}"
            for factor in rule.factors
        ]
        if parameter.matrix in expected:
            assert written == expected[parameter.matrix]
    assert {factor.kind for factor in chain_rule(inspected, Parameter(2, 3), 0).factors} == set(FactorKind) - {
        FactorKind.INPUT
    }


def written_as(symbol):
    return symbol.letter + ("" if symbol.layer is None else str(symbol.layer))


def test_the_factors_are_the_exercises_own_expressions():
    inspected = inspected_of((6, 7), "logistic", "logistic", 100, 7)
    (_, _), (_, a1), (z2, a2), (_, a3) = inspected.passed
    cost, slope3, weights, slope2, inputs = chain_rule(inspected, Parameter(2, 4, 5), 12).factors
    np.testing.assert_allclose(cost.entries[0], 2 * (a3 - inspected.points)[:, 12])
    np.testing.assert_allclose(slope3.entries[0], (a3 * (1 - a3))[:, 12])
    np.testing.assert_array_equal(
        weights.entries, named_parameters(inspected.sizes, inspected.snapshot.parameters)["W3"]
    )
    np.testing.assert_allclose(slope2.entries[0], (np.cosh(z2 / 2) ** -2 / 4)[:, 12])
    np.testing.assert_array_equal(inputs.entries[:, 0], np.where(np.arange(7) == 4, a1[5, 12], 0))
    assert (weights.row, weights.column, slope2.row, slope2.column) == (None, 4, 4, 4)
    assert a2.shape == (7, 100)
    assert cost.numerator == Symbol("C")


def test_what_is_not_there_is_refused():
    inspected = inspected_of((2,), "tanh", "linear", 5, 1)
    for point in (-1, 5):
        with pytest.raises(IndexError, match="5 training points"):
            chain_rule(inspected, Parameter(1, 0), point)
    with pytest.raises(IndexError, match="has no"):
        chain_rule(inspected, Parameter(1, 2), 0)


def test_a_network_that_has_diverged_gives_no_warnings():
    inspected = inspected_of((3,), "relu", "linear", 5, 1)
    inspected.snapshot.parameters[:] = np.inf
    assert not np.isfinite(chain_rule(InspectedSnapshot(inspected.snapshot), Parameter(1, 0, 0)).product)


def test_a_parameter_that_the_formula_would_move_and_that_stays_is_kept():
    inspected = inspected_of((3,), "tanh", "linear", 5, 1, noise=0.0)
    inspected.steps[:] = 0.0
    assert update_of(inspected, Parameter(1, 0, 0)).is_kept
