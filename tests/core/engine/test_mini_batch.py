import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.engine.training_points import Dealer
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent
from tests.core.networks import PAIRS, assert_close, random_case

SIZES = (1, 4, 3, 2)


@given(
    points=st.integers(2, 500), batch=st.integers(1, 499), seed=st.integers(0, 2**31 - 1), first=st.integers(0, 10**7)
)
def test_each_shuffle_deals_every_point_once_at_most(points: int, batch: int, seed: int, first: int) -> None:
    batch = min(batch, points - 1)
    deals = points // batch
    start = first // deals * deals
    dealer = Dealer(seed, points, batch)
    dealt = dealer.rows(start, deals).reshape(-1)

    assert len(set(dealt.tolist())) == len(dealt) == deals * batch
    assert dealt.min() >= 0
    assert dealt.max() < points
    assert np.array_equal(
        Dealer(seed, points, batch).rows(first, 1), dealer.rows(first, 1)
    )  # whatever was asked for before


def test_another_seed_or_shuffle_deals_otherwise() -> None:
    one, other = Dealer(1, 50, 10), Dealer(2, 50, 10)

    assert not np.array_equal(one.rows(0, 1), other.rows(0, 1))
    assert not np.array_equal(one.rows(0, 1), one.rows(5, 1))
    assert not np.array_equal(one.rows(0, 1), one.rows(500, 1))


@pytest.mark.parametrize(("hidden", "output"), PAIRS)
def test_an_iteration_goes_down_for_its_own_points(hidden: str, output: str) -> None:
    case = random_case(SIZES, hidden, output, 60, seed=4)
    chosen = Dealer(9, 60, 13).rows(123, 1)[0]
    engine = case.engine()
    engine.descend(123, 1, Descent(0.25, seed=9, batch=13))

    gradient = case.network().gradient(case.t[:, chosen], case.y[:, chosen])
    assert_close(case.parameters - engine.parameters, 0.25 * gradient, relative=1e-11)


@pytest.mark.parametrize("batch", [0, 60, 61, 1_000])
def test_as_many_as_there_are_are_all(batch: int) -> None:
    case = random_case(SIZES, "logistic", "logistic", 60, seed=4)
    engine, whole = case.engine(), case.engine()
    engine.descend(0, 20, Descent(0.5, 1.0, 9, batch=batch))
    whole.run(0, 20, 0.5, 1.0, 9)

    assert engine.parameters.tobytes() == whole.parameters.tobytes()


def test_batches_may_change_along_a_run_and_looking_sees_all_points() -> None:
    case = random_case(SIZES, "tanh", "linear", 60, seed=4)
    engine = case.engine()
    for batch in (7, 7, 9, 7, 0):
        engine.descend(0, 5, Descent(0.01, 1.0, 9, batch=batch))
        network = case.network(engine.parameters)
        assert engine.evaluate()[1] == pytest.approx(network.cost(case.t, case.y))
        assert_close(engine.gradient(), network.gradient(case.t, case.y), relative=1e-11)


@pytest.mark.parametrize("name", [name for name, entry in OPTIMIZERS.items() if entry.solver])
def test_those_of_second_order_take_all_points(name: str) -> None:
    case = random_case(SIZES, "logistic", "logistic", 60, seed=4)
    engine, whole = case.engine(), case.engine()
    for each, batch in ((engine, 5), (whole, 0)):
        each.descend(0, 5, Descent(0.5, optimizer=name, batch=batch))

    assert engine.parameters.tobytes() == whole.parameters.tobytes()
