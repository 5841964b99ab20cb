"""The wall that compares amounts of noise: it begins at the snapshot that was seen, from a button of the Jacobians."""

import pytest
from PySide6.QtCore import QThreadPool

from curvegui.core.engine.backend import AUTO, Backend
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.ensemble.plan import WallPlan
from curvegui.session.run.delivery import Phase
from curvegui.ui.compare.dialog import ComparisonDialog
from curvegui.ui.look.theme import LIGHT
from tests.help.patience import patience_ms
from tests.ui.compare.test_dialog import part, press
from tests.ui.person import picture, pixels_near

pytestmark = pytest.mark.qt_log_ignore(  # what the offscreen platform says
    r"^This plugin does not support (raise|propagateSizeHints)\(\)$", extend=True
)
NOISES = WallPlan(count=4, iterations=2_000, varied="noise", low=0, high=3)


def see_jacobians(person):
    person.wait_for_first_picture()
    person.learn(130)
    person.window.features["study"].show_panel("jacobians")
    person.wait_until(lambda: person.shows("jacobians.compare"))


@pytest.fixture
def someone(visit):
    """A person who has seen 130 iterations; in the end, all walls are closed."""
    person = visit(see_jacobians, points=20, seed=7, study=True)
    yield person
    for dialog in person.window.findChildren(ComparisonDialog):
        dialog.close()
    assert QThreadPool.globalInstance().waitForDone(patience_ms())


def compare(person):
    """Press the button, and look at the wall."""
    person.find("jacobians.compare").click()
    (dialog,) = person.window.findChildren(ComparisonDialog)
    return dialog.shown


def words(dialog):
    return part(dialog, "wall.spread").text()


def wait_for_end(person, dialog):
    person.wait_until(lambda: dialog.wall.phase is Phase.FINISHED)
    person.wait_until(lambda: words(dialog).startswith("4 networks at iteration 2,000"))


def costs(config, start=None):
    ensemble = Ensemble(NOISES.configs(config), Backend(AUTO), start)
    ensemble.advance(2_000)
    return ensemble.costs


@pytest.mark.slow
def test_it_begins_at_once_from_the_moment_that_was_seen_with_the_same_seed(someone):
    now = someone.session.shown
    dialog = compare(someone)
    assert dialog.isVisible() and not dialog.window().isModal()
    assert dialog.window().windowTitle() == "Compare: Noise"
    assert part(dialog, "wall.from_here").text() == "From &here, iteration 130"
    assert dialog.form.plan() == NOISES
    wait_for_end(someone, dialog)
    assert [(config.noise, config.seed) for config in dialog.wall.configs] == [(0, 7), (1, 7), (2, 7), (3, 7)]
    assert dialog.snapshot.costs == pytest.approx(costs(now.config, now))
    assert "lowest cost" in words(dialog) and "(noise " in words(dialog)


@pytest.mark.slow
def test_it_can_begin_at_the_start(someone):
    dialog = compare(someone)
    press(dialog, "from_start")
    press(dialog, "begin")
    assert dialog.snapshot is None
    wait_for_end(someone, dialog)
    assert dialog.snapshot.costs == pytest.approx(costs(someone.session.config))


def test_the_cost_curves_are_seen_beside_the_costs_by_noise(someone):
    dialog = compare(someone)
    wait_for_end(someone, dialog)
    assert dialog.curves.isVisible() and dialog.plot.isVisible()
    for colour in (LIGHT.accent, LIGHT.second):
        assert pixels_near(picture(dialog.curves), colour, 30) > 40
    before = picture(dialog.curves), picture(dialog.plot)
    dialog.grid.pointed.emit(2)
    assert picture(dialog.curves) != before[0] and picture(dialog.plot) != before[1]


def test_the_wall_of_seeds_goes_on_beside_it_and_another_moment_takes_its_place(someone, qtbot):
    someone.choose("wall.open")
    seeds = someone.window.findChild(ComparisonDialog).shown
    before = compare(someone)
    assert not seeds.curves.isVisibleTo(seeds)
    with qtbot.waitSignal(before.wall.destroyed):
        now = compare(someone)
    assert now is not before and now.isVisible()
    someone.wait_until(lambda: words(seeds) and words(now))
    someone.choose("wall.seeds")
    assert seeds.isVisible()


def test_one_of_them_becomes_the_run_at_the_iteration_where_it_is(someone):
    dialog = compare(someone)
    wait_for_end(someone, dialog)
    dialog.grid.current = 3
    press(dialog, "adopt")
    someone.reach(2_130)
    assert someone.session.snapshot.iteration == 2_130
    assert someone.session.config.noise == 3
    assert someone.session.history.undo_label == "Use noise 3"
    assert "noise 3" in part(dialog, "wall.network").text()
