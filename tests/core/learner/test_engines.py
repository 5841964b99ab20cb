from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.learner.engines import now_computing, words_for
from curvegui.core.native.library import VERSION
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import NEEDS_C, C
from tests.session.engines import NO_LIBRARY, with_c, without_c

FUTURE = Backend("quantum", "half")


def test_people_read_which_engine_it_is() -> None:
    assert words_for(NUMPY) == "NumPy engine"
    assert words_for(C) == "C engine"
    assert words_for(replace(C, precision="single")) == "C engine, single precision"
    assert words_for(replace(C, version=VERSION + 1)) == f"C engine, version {VERSION + 1}"
    assert words_for(C, is_exact=True) == f"C engine, version {VERSION}"
    assert words_for(NUMPY, is_exact=True) == "NumPy engine"
    assert words_for(FUTURE) == "Engine “quantum”, half"


def test_what_is_in_the_way_of_the_engine_in_c_stands_below_the_engine_that_computes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_c(monkeypatch)
    assert now_computing(NUMPY) == "NumPy engine"
    without_c(monkeypatch)
    assert now_computing(NUMPY) == f"NumPy engine\n{NO_LIBRARY}"


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
