from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.learner.engines import builder, words_for
from curvegui.core.native.library import VERSION
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.networks import random_case
from tests.core.runs import BACKENDS, NEEDS_C, C, cases
from tests.session.engines import without_c

CASE = random_case((1, 6, 7, 2), "logistic", "logistic", points=100, seed=1)
NETWORK = CASE.sizes, CASE.activation, CASE.output_activation, CASE.t, CASE.y
FUTURE = Backend("quantum", "half")


def test_people_read_which_engine_it_is() -> None:
    assert words_for(NUMPY) == "NumPy engine"
    assert words_for(C) == "C engine"
    assert words_for(replace(C, precision="single")) == "C engine, single precision"
    assert words_for(replace(C, version=VERSION + 1)) == f"C engine, version {VERSION + 1}"
    assert words_for(C, is_exact=True) == f"C engine, version {VERSION}"
    assert words_for(NUMPY, is_exact=True) == "NumPy engine"
    assert words_for(FUTURE) == "Engine “quantum”, half"


@pytest.mark.parametrize("backend", cases(BACKENDS))
def test_every_one_makes_an_engine_of_its_precision(backend: Backend) -> None:
    engine, expected = builder(backend)(*NETWORK), CASE.engine()
    engine.parameters = CASE.parameters
    near = 1e-12 if backend.precision == "double" else 1e-4

    assert engine.points == 100
    assert engine.is_finite()
    np.testing.assert_allclose(engine.gradient(), expected.gradient(), rtol=0, atol=near)
    np.testing.assert_allclose(engine.evaluate()[0], expected.evaluate()[0], rtol=0, atol=near)
    np.testing.assert_allclose(engine.output_slopes(), expected.output_slopes(), rtol=0, atol=near)
    assert engine.parameters.dtype == engine.gradient().dtype == engine.evaluate()[0].dtype == np.float64
    assert (engine.parameters == CASE.parameters).all() == (backend.precision == "double")


@NEEDS_C
def test_a_run_that_something_else_computed_can_be_looked_at_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = Trainer(TrainingConfig(seed=1), C)
    trainer.advance(170)
    then = trainer.snapshot()
    trainer.advance(100)
    record = replace(trainer.record(), backends=((0, FUTURE), (120, C)))
    without_c(monkeypatch)
    going_on = Trainer.going_on(record)

    np.testing.assert_allclose(Replayer().snapshot(going_on, 170).fit, then.fit, rtol=0, atol=1e-10)
    assert going_on.backend == NUMPY
    assert going_on.record().backends == record.backends
    going_on.advance(1)
    assert going_on.record().backends == (*record.backends, (270, NUMPY))
