"""The run to compare the present one with."""

import numpy as np

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.earlier import BEFORE, EarlierRun

BOTH_ENGINES = True


def test_it_is_the_run_that_was_left_until_another_one_is_chosen(session, settle):
    assert session.earlier is None
    session.step(200)
    settle(session)
    left = session.snapshot
    session.reset()
    assert (session.earlier.words, session.earlier.cost) == (BEFORE, left.cost)
    settle(session)
    session.reset()  # of a run that has not learned yet there is nothing to compare with
    settle(session)
    assert np.array_equal(session.earlier.fit, left.fit)
    assert session.earlier.costs.iterations[-1] == 200

    trainer = Trainer(TrainingConfig(seed=7))
    trainer.advance(100)
    chosen = EarlierRun.of("another", trainer.record(100))
    assert np.array_equal(chosen.fit, trainer.snapshot().fit)
    session.compare_with(chosen)
    session.step(10)
    settle(session)
    session.reset()
    assert session.earlier is chosen
    session.compare_with(None)
    assert session.earlier.words == BEFORE
    assert session.earlier.costs.iterations[-1] == 10
