from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.engines import (
    ENGINES,
    builder,
    is_possible,
    is_ready,
    prepared_or_usual,
    ready_or_usual,
    trouble_preparing,
    why_chosen,
    words_for,
)
from curvegui.core.learner.target import training_data
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.networks import random_case
from tests.core.runs import ARITHMETICS, prepare_all

CASE = random_case((1, 6, 7, 2), "logistic", "logistic", points=100, seed=1)
NETWORK = CASE.sizes, CASE.activation, CASE.output_activation, CASE.t, CASE.y
FUTURE = Arithmetic("quantum", "half")


@pytest.fixture(autouse=True)
def all_prepared() -> None:
    prepare_all()


@pytest.fixture
def nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled engine is not there yet."""
    compiled = replace(ENGINES["compiled"], is_prepared=lambda precision: False)
    monkeypatch.setitem(ENGINES._entries, "compiled", compiled)


def test_people_read_which_engine_it_is() -> None:
    assert words_for(USUAL) == "NumPy engine"
    assert words_for(Arithmetic("compiled")) == "Compiled engine"
    assert words_for(Arithmetic("compiled", "single")) == "Compiled engine, single precision"
    assert words_for(FUTURE) == "Engine “quantum”, half"


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_every_one_makes_an_engine_of_its_precision(arithmetic: Arithmetic) -> None:
    if not is_ready(arithmetic):
        pytest.skip("It is not installed here")
    engine, expected = builder(arithmetic)(*NETWORK), CASE.engine()
    engine.parameters = CASE.parameters
    near = 1e-12 if arithmetic.precision == "double" else 1e-4

    assert engine.points == 100
    assert engine.is_finite()
    np.testing.assert_allclose(engine.gradient(), expected.gradient(), rtol=0, atol=near)
    np.testing.assert_allclose(engine.evaluate()[0], expected.evaluate()[0], rtol=0, atol=near)
    np.testing.assert_allclose(engine.output_slopes(), expected.output_slopes(), rtol=0, atol=near)
    assert engine.parameters.dtype == engine.gradient().dtype == engine.evaluate()[0].dtype == np.float64
    assert (engine.parameters == CASE.parameters).all() == (arithmetic.precision == "double")


def test_numpy_takes_the_place_of_what_is_not_here(nothing_compiled: None) -> None:
    assert ready_or_usual(USUAL) == USUAL
    assert ready_or_usual(Arithmetic("compiled")) == USUAL
    assert ready_or_usual(Arithmetic("compiled", "single")) == Arithmetic("numpy", "single")
    assert ready_or_usual(FUTURE) == USUAL


def test_numpy_needs_nothing() -> None:
    assert ENGINES["numpy"].is_installed()
    assert not trouble_preparing(USUAL)
    assert is_ready(USUAL)
    assert is_ready(Arithmetic(precision="single"))


def test_what_is_not_known_or_not_installed_is_not_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_possible(USUAL)
    assert not is_possible(FUTURE)
    assert not is_possible(Arithmetic("compiled", "half"))
    monkeypatch.setitem(ENGINES._entries, "compiled", replace(ENGINES["compiled"], is_installed=lambda: False))
    assert not is_possible(Arithmetic("compiled"))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ImportError("Numba needs NumPy 2.5 or less.\nGot 2.6."), "ImportError: Numba needs NumPy 2.5 or less."),
        (RuntimeError(), "RuntimeError"),
    ],
)
def test_what_keeps_an_engine_from_being_prepared_is_told(
    monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fail(precision: str) -> None:
        raise error

    monkeypatch.setitem(ENGINES._entries, "compiled", replace(ENGINES["compiled"], prepare=fail))
    assert trouble_preparing(Arithmetic("compiled")) == words


def test_what_can_be_prepared_is_and_numpy_takes_the_place_of_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: set[str] = set()
    compiled = replace(ENGINES["compiled"], is_installed=lambda: True, is_prepared=prepared.__contains__)
    monkeypatch.setitem(ENGINES._entries, "compiled", replace(compiled, prepare=prepared.add))
    assert prepared_or_usual(Arithmetic("compiled", "single")) == Arithmetic("compiled", "single")
    assert prepared == {"single"}
    monkeypatch.setitem(ENGINES._entries, "compiled", replace(compiled, prepare=lambda precision: 1 / 0))
    assert prepared_or_usual(Arithmetic("compiled")) == USUAL
    assert prepared_or_usual(FUTURE) == USUAL


def test_a_run_that_something_else_computed_can_be_looked_at_all_the_same(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if not is_ready(Arithmetic("compiled")):
        pytest.skip("It is not installed here")
    trainer = Trainer(TrainingConfig(seed=1), Arithmetic("compiled"))
    trainer.advance(170)
    then = trainer.snapshot()
    trainer.advance(100)
    record = replace(trainer.record(), arithmetics=((0, FUTURE), (120, Arithmetic("compiled"))))
    request.getfixturevalue("nothing_compiled")
    going_on = Trainer.going_on(record)

    np.testing.assert_allclose(Replayer().snapshot(going_on, 170).fit, then.fit, rtol=0, atol=1e-10)
    assert going_on.arithmetic == USUAL
    assert going_on.record().arithmetics == record.arithmetics
    going_on.advance(1)
    assert going_on.record().arithmetics == (*record.arithmetics, (270, USUAL))


@pytest.mark.parametrize(("points", "kind"), [(1_000, "CompiledEngine"), (60_000, "Engine")])
def test_where_a_compiled_call_could_not_be_ended_soon_numpy_computes(points: int, kind: str) -> None:
    if not is_ready(Arithmetic("compiled")):
        pytest.skip("It is not installed here")
    engine = builder(Arithmetic("compiled"))((1, 130, 130, 2), "logistic", "logistic", *training_data(points))
    assert type(engine).__name__ == kind


def test_the_engine_that_is_taken_automatically_has_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "NumPy" in why_chosen(TrainingConfig(hidden=(300, 300)))
    for is_there in (True, False):
        kind = replace(ENGINES["compiled"], is_installed=lambda is_there=is_there: is_there)
        monkeypatch.setattr("curvegui.core.learner.engines.ENGINES", {"compiled": kind})
        assert ("Numba" in why_chosen(TrainingConfig())) is not is_there
