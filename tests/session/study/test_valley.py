"""The valley of a run that is alive: its plane stays, its path grows, and a jump can be undone."""

from contextlib import nullcontext

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QThreadPool

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.learner.target import build_target
from curvegui.core.network.network import Network
from curvegui.core.network.parts import Parameter
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.jobs.job import nothing_more_is_seen
from curvegui.session.run.gate import Gate
from curvegui.session.run.network_edits import LARGEST_WEIGHT
from curvegui.session.study.valley import JUMP, SHORT, Survey, Valley
from curvegui.ui.valley.words import LINE, SHORT_PATH, state_words
from curvegui.ui.widgets.numbers import format_cost
from tests.help.patience import patience_ms

BOTH_ENGINES = True

FIRST, SECOND = Parameter(1, 0, 0), Parameter(1, 0)


class Watcher:
    """Someone who looks at the valley of a session, as its panel does."""

    def __init__(self, qtbot, session):
        self.qtbot, self.session, self.valley = qtbot, session, Valley(session)

    def look(self):
        if self.session.shown is not None:
            self.valley.follow(InspectedSnapshot(self.session.shown))

    def learn(self, iterations):
        goal = self.session.iteration + iterations if self.session.snapshot else iterations
        self.session.step(iterations)
        self.see(lambda: self.session.snapshot is not None and self.session.iteration >= goal)

    def see(self, condition):
        def is_seen():
            self.look()
            return condition()

        self.qtbot.waitUntil(is_seen)

    def survey(self):
        """Look until all is computed."""
        self.see(lambda: self.valley.surface is not None and not self.valley.is_computing)


@pytest.fixture
def watcher(qtbot, open_session):
    session = open_session(hidden=(3,), points=8)
    session.pause()
    return Watcher(qtbot, session)


@pytest.mark.parametrize("is_over", [True, False])
def test_a_survey_that_is_at_work_as_the_program_ends_is_given_up(qtbot, is_over):
    config = TrainingConfig(hidden=(3,), points=8)
    trainer = Trainer(config)
    trainer.advance(500)
    survey, told = Survey(trainer.record(), config, None, None, None, gate=Gate()), []
    survey.reported.connect(told.append)
    with nothing_more_is_seen() if is_over else nullcontext():
        survey.start()
        assert QThreadPool.globalInstance().waitForDone(patience_ms())
    QCoreApplication.processEvents()
    assert bool(told) is not is_over


def test_too_short_a_path_has_no_plane_and_a_longer_one_has_one_that_stays_while_the_ball_rolls(watcher):
    valley, session = watcher.valley, watcher.session
    watcher.see(lambda: valley.is_too_short)
    assert valley.ground is None
    watcher.learn(300)
    watcher.survey()
    first = valley.ground.plane
    watcher.learn(3_000)  # it says more now
    watcher.see(lambda: len(valley.ground.path) >= SHORT)
    watcher.survey()
    plane, region = valley.ground.plane, valley.surface.region
    assert plane is not first
    assert 0.5 < valley.ground.held <= 1
    assert region.holds(valley.ground.path)
    assert valley.path[-1] == pytest.approx(valley.ball)
    watcher.learn(2_000)
    watcher.survey()
    assert valley.ground.plane is plane
    assert valley.ball == pytest.approx(plane.project(session.snapshot.parameters[np.newaxis])[0])
    assert valley.cost == session.snapshot.cost and valley.is_beside
    valley.take_again()
    assert valley.surface is None
    watcher.survey()
    assert valley.ground.plane.origin == pytest.approx(session.snapshot.parameters)
    assert valley.ball == pytest.approx([0, 0], abs=1e-9) and not valley.is_beside

    session.time.look_back(500)  # the ball is where the run was; the path stays
    watcher.see(lambda: session.time.past is not None)
    watcher.see(lambda: valley.cost == session.time.past.cost)
    assert valley.path[-1] == pytest.approx([0, 0], abs=1e-9)


def test_a_jump_leads_to_the_network_of_a_place_and_undo_back_in_the_same_plane(watcher):
    valley, session = watcher.valley, watcher.session
    watcher.learn(300)
    valley.choose((FIRST, SECOND))
    watcher.survey()
    before, plane = session.snapshot.parameters, valley.ground.plane
    assert valley.surface.region.right >= 2
    for x in (1.5, -1.0):
        valley.jump(np.array([x, 0.5]))
        watcher.see(lambda x=x: valley.ball == pytest.approx([x, 0.5]))
    assert session.snapshot.parameters[0] == pytest.approx(before[0] - 1.0)
    assert session.snapshot.cost == pytest.approx(valley.surface.cost_at(valley.ball[np.newaxis])[0], rel=0.01)
    assert session.history.undo_label == JUMP
    session.undo()
    watcher.see(lambda: valley.ball == pytest.approx([1.5, 0.5]))
    session.undo()
    watcher.see(lambda: valley.ball == pytest.approx([0, 0]))
    assert session.snapshot.parameters == pytest.approx(before)
    assert valley.ground.plane is plane

    with pytest.raises(ValueError, match="number from"):
        valley.jump(np.array([2 * LARGEST_WEIGHT, 0.0]))
    assert session.history.undo_label is None


def test_a_run_along_a_line_is_not_called_too_short_and_the_ball_may_be_the_lowest_place(watcher):
    valley, session = watcher.valley, watcher.session
    watcher.learn(600)
    watcher.survey()
    valley.take_again()
    watcher.survey()
    assert valley.lowest[1] <= min(valley.surface.costs.min(), valley.cost)
    valley.cost = valley.surface.lowest[1] / 2
    assert valley.lowest == (pytest.approx(valley.ball), valley.cost)
    assert state_words(valley).count(format_cost(valley.cost)) == 2
    valley.is_beside = True  # and not here
    assert valley.lowest[1] == valley.surface.lowest[1]
    session.edit(aggression=1e6)  # all saturates, and nothing moves any more
    session.reset()
    watcher.see(lambda: valley.is_too_short and state_words(valley) == SHORT_PATH)
    watcher.learn(1_000)
    valley.take_again()
    watcher.see(lambda: valley.is_line and state_words(valley) == LINE)
    valley.choose((FIRST, SECOND))
    watcher.survey()
    assert not valley.is_line


def test_another_network_target_or_run_is_looked_at_anew(watcher):
    valley, session = watcher.valley, watcher.session
    valley.choose((FIRST, Parameter(1, 2, 0)))
    watcher.survey()
    surface = valley.surface
    session.edit(train_one_in=2)
    watcher.see(lambda: valley.surface is not surface)
    watcher.survey()
    session.edit(hidden=(2,))
    watcher.see(lambda: valley.axes is None and valley.ground is None)
    watcher.see(lambda: valley.is_too_short)
    watcher.learn(400)
    watcher.survey()
    reach = valley.surface.region
    valley.jump(np.array([reach.right + 50, reach.top]))  # out of sight, until it has been looked at anew
    watcher.see(lambda: valley.surface is not None and valley.surface.region != reach)
    watcher.survey()
    assert valley.surface.region.holds(valley.ball[np.newaxis])
    session.reset()
    assert valley.ground is None


def test_a_moment_with_another_target_is_looked_at_on_the_surface_of_its_own_and_the_path_stays(watcher):
    valley, session = watcher.valley, watcher.session
    watcher.learn(600)
    session.edit(curve="circle")
    watcher.learn(300)
    watcher.survey()
    plane = valley.ground.plane
    for iteration in (300, 800, None):
        if iteration is None:
            session.time.go_to_now()
        else:
            session.time.look_back(iteration)
            watcher.see(lambda: session.shown.iteration == iteration)  # noqa: B023 - it is called at once
        watcher.see(lambda: valley.cost == session.shown.cost)
        watcher.survey()
        config, parts = session.shown.config, np.array([[0, 0], [0.5, 0.5], [1, 0.25]])
        target, places = build_target(config), valley.surface.region.places(parts)
        costs = [Network(config.sizes, each).cost(target.t, target.points) for each in plane.at(places)]
        assert valley.surface.cost_at(places) == pytest.approx(costs)
        assert valley.ground.plane is plane
        assert valley.path[-1] == pytest.approx(plane.project(session.snapshot.parameters[np.newaxis])[0])
