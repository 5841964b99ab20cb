"""The wall of seeds in the real window: it learns beside the run, and one of its networks becomes the run."""

from functools import partial

import pytest
from PySide6.QtCore import QLocale, Qt, QThreadPool
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from curvegui.core.engine.backend import NUMPY
from curvegui.core.ensemble import plan as wall
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import FULL_SPEED
from curvegui.session.run.delivery import Phase
from curvegui.ui.compare import actions as wall_actions
from curvegui.ui.compare.dialog import ComparisonDialog
from curvegui.ui.compare.form import WallForm
from curvegui.ui.compare.wall import HINT
from curvegui.ui.look.theme import DARK
from curvegui.ui.widgets.number_box import NumberBox
from tests.core.runs import C
from tests.help.patience import patience_ms
from tests.session.engines import with_c
from tests.ui.person import Key, Modifier, picture, pixels_near

# what the offscreen platform says of every menu and of a window that is raised
pytestmark = pytest.mark.qt_log_ignore(
    r"^This plugin does not support (raise\(\)|grabbing the keyboard|propagateSizeHints\(\))$", extend=True
)


@pytest.fixture
def someone(visit):
    """A person before a window with a small problem, and how long the walls learn."""
    return visit(points=20, seed=7)


@pytest.fixture
def open_wall(short_walls, someone):
    """Open the wall, with short walls unless told otherwise."""
    return partial(short_walls, someone)


@pytest.fixture
def short_walls(monkeypatch):
    """Open the wall of somebody's window, with short walls unless told otherwise; in the end it is closed."""
    people = []

    def open_with(person, **plan):
        people.append(person)
        monkeypatch.setattr(WallForm, "plan", lambda self: WallPlan(**{"count": 4, "iterations": 300, **plan}))
        person.window.features["compare"].open(plan.get("varied", "seed"))
        return wall_in(person)

    yield open_with
    for person in people:
        for dialog in person.window.findChildren(ComparisonDialog):
            dialog.close()
    assert QThreadPool.globalInstance().waitForDone(patience_ms())


def dialog_of(person):
    (dialog,) = person.window.findChildren(ComparisonDialog)
    return dialog


def wall_in(person):
    """What the dialog shows."""
    return dialog_of(person).shown


def wall_of(person):
    return wall_in(person).wall


def words(dialog, name):
    return part(dialog, f"wall.{name}").text()


def part(dialog, name):
    """A part of a comparison: of its pictures, its column or its buttons."""
    holders = dialog, dialog.side, dialog.buttons
    return next(filter(None, (holder.findChild(QWidget, name) for holder in holders)))


def press(dialog, name):
    part(dialog, name if "." in name else f"wall.{name}").click()


def wait_for_end(person):
    person.wait_until(lambda: wall_of(person).phase is Phase.FINISHED)
    person.wait_until(lambda: f"at iteration {wall_of(person).goal:,}:" in words(wall_in(person), "spread"))


@pytest.mark.slow
@pytest.mark.parametrize(("wanted", "words_"), [(NUMPY, "NumPy engine."), (C, "C engine.")])
def test_it_computes_with_what_the_window_was_started_for(open_window, short_walls, monkeypatch, wanted, words_):
    with_c(monkeypatch)
    person = open_window(points=20, wanted=wanted)
    person.wait_for_first_picture()
    dialog = short_walls(person)
    wait_for_end(person)
    assert words(dialog, "spread").endswith(words_)


def test_it_begins_at_once_with_the_runs_settings_and_a_new_one_with_those_of_then(someone, open_wall):
    dialog = open_wall()
    assert dialog.isVisible()
    assert dialog.window().windowTitle() == "Compare: Seeds"
    assert not dialog.window().isModal()
    wait_for_end(someone)
    assert [config.seed for config in wall_of(someone).configs] == [7, 8, 9, 10]
    assert {config.points for config in wall_of(someone).configs} == {20}
    assert words(dialog, "spread").startswith("4 networks at iteration 300: lowest cost")
    assert dialog.plot.in_words().endswith(words(dialog, "spread"))
    assert words(dialog, "network") == HINT

    someone.choose("wall.open")
    assert wall_in(someone) is dialog

    someone.session.edit(aggression=3.0)
    press(dialog, "begin")
    assert {config.aggression for config in wall_of(someone).configs} == {3.0}
    wait_for_end(someone)


def test_the_window_takes_it_along_when_it_closes(someone, open_wall):
    open_wall(iterations=1_000_000)
    someone.window.features["documents"].closing.allow()
    someone.window.close()
    assert QThreadPool.globalInstance().waitForDone(patience_ms())


def test_it_can_be_paused_and_goes_on_and_closing_ends_the_work_and_it_can_be_opened_again(someone, open_wall, qtbot):
    dialog = open_wall(iterations=1_000_000)
    button = part(dialog, "wall.pause")
    assert button.text() == "&Pause"
    press(dialog, "pause")
    assert (button.text(), wall_of(someone).phase) == ("&Continue", Phase.PAUSED)
    press(dialog, "pause")
    assert (button.text(), wall_of(someone).phase) == ("&Pause", Phase.LEARNING)

    wall = wall_of(someone)
    someone.wait_until(lambda: words(dialog, "spread"))
    with qtbot.waitSignals([dialog.destroyed, wall.destroyed]):
        QTest.keyClick(dialog.window(), Key.Key_Escape)
    assert QThreadPool.globalInstance().waitForDone(patience_ms())
    someone.choose("wall.open")
    someone.wait_until(lambda: words(wall_in(someone), "spread"))


def test_along_a_setting_the_seed_stays(someone, open_wall):
    dialog = open_wall(varied="aggression", low=0.1, high=100)
    wait_for_end(someone)
    assert [config.aggression for config in wall_of(someone).configs] == [0.1, 1.0, 10.0, 100.0]
    assert "(aggression " in words(dialog, "spread")
    assert "seed" not in dialog.window().windowTitle()


def test_another_kind_begins_when_it_is_chosen_and_what_was_there_goes_on(someone, open_wall):
    dialog = open_wall(iterations=1_000_000)
    kind, size = dialog_of(someone).kind, dialog_of(someone).size()
    listed = [kind.itemText(index) for index in range(kind.count())]
    assert listed[:4] == ["Seeds", "Optimisers", "Neurons", "Noise"] and listed[-1] == "Many settings…"
    noise = open_wall(varied="noise", low=0, high=3, iterations=300)
    assert not dialog.isVisible() and noise.isVisible()
    wait_for_end(someone)
    kind.setCurrentIndex(0)
    assert wall_in(someone) is dialog and dialog.wall.phase is Phase.LEARNING
    assert dialog_of(someone).size() == size


def test_what_a_lesson_withholds_is_no_kind(someone, open_wall):
    someone.window.services.availability.withhold({"setting.noise", "action.sweep"})
    open_wall()
    listed = {dialog_of(someone).kind.itemData(index) for index in range(dialog_of(someone).kind.count())}
    assert "seed" in listed and not listed & {"noise", "many"}


def test_in_a_race_each_has_a_name_and_the_table_is_filled_when_a_milestone_is_reached(someone, open_wall):
    dialog = open_wall(varied="optimizer", iterations=300)
    table = part(dialog, "wall.race")
    wait_for_end(someone)
    assert dialog.window().windowTitle() == "Compare: Optimisers"
    assert [config.optimizer for config in wall_of(someone).configs] == list(OPTIMIZERS)
    (costs,) = [[table.item(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(len(OPTIMIZERS))]]
    winners = [row for row, cost in enumerate(costs) if "lowest" in cost]
    assert [table.verticalHeaderItem(row).text() for row in winners] == ["Levenberg-Marquardt"]
    assert "★" in table.item(winners[0], 0).text()
    heads = [table.horizontalHeaderItem(column).text() for column in range(table.columnCount())]
    assert ["200" in heads[0], "300" in heads[1], "Time" in heads[2]] == [True] * 3  # the goal, and none beyond it
    assert all("ms" in table.item(row, 2).text() for row in range(7))
    assert "After 300 iterations, Levenberg-Marquardt leads" in words(dialog, "network")

    press(dialog, "by_cost")
    rows = [table.verticalHeader().logicalIndex(place) for place in range(7)]
    assert rows == dialog.grid.order.tolist() != list(range(7))
    press(dialog, "by_cost")
    assert [table.verticalHeader().logicalIndex(place) for place in range(7)] == list(range(7))

    table.setFocus()
    QTest.keyClick(table, Key.Key_Down)
    QTest.keyClick(table, Key.Key_Down)
    assert dialog.name(dialog.grid.current) == "Nesterov"
    QTest.keyClick(table, Key.Key_Return)
    someone.wait_until(lambda: someone.session.config.optimizer == "nesterov")
    someone.session.undo()
    someone.choose("wall.race")
    assert wall_in(someone) is dialog

    before = picture(dialog.plot)
    press(dialog, "by_time")
    assert "seconds of computing" in dialog.plot.in_words() and picture(dialog.plot) != before
    for member in range(7):
        dialog.plot.point_at(member)
        assert picture(dialog.plot) != before


def test_a_race_of_neurons_speaks_of_neurons(someone, open_wall):
    dialog = open_wall(varied="activation", iterations=20)
    wait_for_end(someone)
    assert "optimisers" not in words(dialog, "caption")
    assert "leads" in words(dialog, "network") and "eurons " not in words(dialog, "network")


def test_what_is_too_much_is_said(someone, open_wall, monkeypatch):
    monkeypatch.setattr(wall, "MOST_POINTS", 10)
    dialog = open_wall(count=16)
    assert "too many" in words(dialog, "network")
    assert part(dialog, "wall.network").property("error")
    QTest.keyClick(dialog.grid, Key.Key_Return)
    press(dialog, "keep")
    press(dialog, "adopt")
    monkeypatch.undo()
    press(dialog, "begin")
    assert words(dialog, "network") == HINT
    assert not part(dialog, "wall.network").property("error")


def test_what_goes_wrong_is_said(someone, open_wall, monkeypatch):
    def broken(self, *args):
        raise MemoryError("There is no room.")

    monkeypatch.setattr("curvegui.core.ensemble.ensemble.Ensemble.advance", broken)
    dialog = open_wall()
    someone.wait_until(lambda: words(dialog, "network") == "There is no room.")
    assert not part(dialog, "wall.pause").isEnabled()


# One of them


def canvas(dialog, member):
    return dialog.grid.canvas(member).center().toPoint()


def test_a_double_click_makes_a_network_the_run_and_undo_brings_the_old_one_back(someone, open_wall):
    someone.learn(20)
    dialog = open_wall()
    wait_for_end(someone)
    cost = dialog.snapshot.costs[2]
    QTest.mouseClick(dialog.grid, Qt.MouseButton.LeftButton, pos=canvas(dialog, 2))
    assert someone.session.config.seed == 7
    QTest.mouseDClick(dialog.grid, Qt.MouseButton.LeftButton, pos=canvas(dialog, 2))
    QTest.mouseRelease(dialog.grid, Qt.MouseButton.LeftButton, pos=canvas(dialog, 2))
    someone.wait_until(lambda: someone.session.snapshot is not None and someone.session.snapshot.iteration == 300)
    assert someone.session.config.seed == 9
    assert someone.session.snapshot.cost == pytest.approx(cost, rel=1e-9)
    assert someone.session.phase is Phase.PAUSED
    assert someone.session.history.undo_label == "Use seed 9"
    assert "Now continuing with seed 9" in words(dialog, "network")
    assert someone.window.toast.words == words(dialog, "network")
    someone.learn(10)
    QTest.keyClick(dialog.window(), Key.Key_Z, Modifier.ControlModifier)
    someone.wait_until(lambda: someone.session.snapshot is not None and someone.session.snapshot.iteration == 20)
    assert someone.session.config.seed == 7


def test_a_run_that_learns_goes_on_from_there_with_the_windows_speed_and_goal(someone, open_wall):
    open_wall()
    wait_for_end(someone)
    someone.session.edit(speed=FULL_SPEED, iterations=1_000)
    someone.session.run()
    QTest.keyClick(wall_in(someone).grid, Key.Key_Return)
    someone.wait_until(lambda: someone.session.history.undo_label == "Use seed 7")
    someone.wait_until(lambda: someone.session.phase is Phase.FINISHED and someone.session.config.seed == 7)
    someone.wait_until(lambda: someone.session.snapshot is not None and someone.session.snapshot.iteration == 1_000)
    assert someone.session.config.speed == FULL_SPEED


def test_one_whose_numbers_ran_away_stands_still(someone, open_wall):
    someone.session.reset(activation="relu", output_activation="linear", noise=0.0, aggression=0.001)
    someone.session.run()
    dialog = open_wall(varied="aggression", low=0.01, high=1e6)
    wait_for_end(someone)
    dialog.grid.current = 3
    press(dialog, "adopt")
    someone.wait_until(lambda: someone.session.phase is Phase.DIVERGED)
    assert someone.session.config.aggression == 1e6


def test_what_is_adopted_just_before_the_wall_is_closed_is_the_run(someone, open_wall):
    dialog = open_wall(iterations=1_000_000)
    someone.wait_until(lambda: words(dialog, "spread"))
    dialog.grid.current = 1
    press(dialog, "adopt")
    press(dialog, "networks.close")
    someone.wait_until(lambda: someone.session.config.seed == 8)
    assert someone.window.toast.words.startswith("Now continuing with seed 8")


def test_pointing_says_the_numbers_f_keeps_a_favourite_and_networks_can_be_in_the_order_of_cost(someone, open_wall):
    dialog = open_wall()
    wait_for_end(someone)
    plot = picture(dialog.plot)
    window = dialog.window()
    QTest.mouseMove(window.windowHandle(), dialog.grid.mapTo(window, canvas(dialog, 1)))
    assert words(dialog, "network").startswith("Seed 8: rank ")
    assert picture(dialog.plot) != plot
    dialog.plot.pointed.emit(-1)
    assert words(dialog, "network") == HINT

    someone.window.features["favourites"].keep()
    someone.wait_until(lambda: someone.window.toast.words.startswith("Saved"))
    assert words(dialog, "network") == HINT

    press(dialog, "by_cost")
    costs = dialog.snapshot.costs[dialog.grid.order]
    assert (costs[:-1] <= costs[1:]).all()
    press(dialog, "by_cost")
    assert dialog.grid.order.tolist() == [0, 1, 2, 3]

    before = dialog.grid.geometry(), dialog.plot.geometry()
    dialog.spread_text.write("One.")
    dialog.network_text.write("Two.")
    dialog.spread_text.resize(dialog.spread_text.width(), dialog.spread_text.height() + 1)
    someone.qtbot.wait(20)
    assert (dialog.grid.geometry(), dialog.plot.geometry()) == before

    dialog.grid.current = 0
    QTest.keyClick(dialog.grid, Key.Key_Right)
    QTest.keyClick(dialog.window(), Key.Key_F)
    someone.wait_until(lambda: "Saved seed 8" in words(dialog, "network"))
    favourites = someone.window.features["favourites"].favourites.items.values()
    assert [each.summary.iteration for each in favourites if each.summary.iteration] == [300]
    assert someone.session.config.seed == 7


def test_a_screen_reader_hears_what_was_done_and_what_was_refused(someone, open_wall, monkeypatch):
    said = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    dialog = open_wall()
    dialog.say("Done.")
    dialog.form.refused.emit("No.")
    assert said[-2:] == ["Done.", "No."]


# Looks


def test_another_theme_is_another_look_while_it_is_open(someone, open_wall):
    dialog = open_wall()
    wait_for_end(someone)
    someone.choose("theme.dark")
    someone.wait_until(lambda: pixels_near(picture(dialog.grid), DARK.window, 2) > 1_000)
    assert pixels_near(picture(dialog.plot), DARK.muted, 20) > 20


def test_with_reduced_motion_it_is_painted_seldom_and_nothing_glides(someone, open_wall, monkeypatch):
    monkeypatch.setattr(wall_actions, "CALM_S", 1e9)
    someone.choose("view.reduced_motion")
    dialog = open_wall(iterations=1_000_000)
    someone.wait_until(lambda: someone.window.features["compare"]._rest_until > 0)
    assert dialog.grid.is_calm
    assert not someone.window.features["compare"]._refresh()


def test_a_small_window_scrolls_to_what_has_the_focus_with_a_large_font(someone, open_wall, qapp):
    font = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(2 * font.pointSizeF())
    qapp.setFont(larger)
    try:
        open_wall()
        window = dialog_of(someone)
        window.resize(700, 440)
        assert (window.width(), window.height()) == (700, 440)
        for name in ("networks.kind", "wall.count", "wall.iterations", "wall.grid"):
            widget = window.findChild(QWidget, name)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            someone.wait_until(lambda widget=widget: not widget.visibleRegion().isEmpty())
    finally:
        qapp.setFont(font)


# The form


@pytest.fixture
def form(qtbot):
    def made(plan):
        shown = WallForm(plan)
        shown.reasons, shown.accepted_count = [], []
        shown.refused.connect(shown.reasons.append)
        shown.accepted.connect(lambda: shown.accepted_count.append(1))
        qtbot.addWidget(shown)
        shown.show()
        return shown

    return made


def enter(form, name, text):
    box = form.findChild(NumberBox, f"wall.{name}")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Key.Key_Return)
    return box


def test_it_is_a_plan_and_enter_begins(form, qtbot):
    seeds = form(WallPlan())
    assert seeds.plan() == WallPlan(16, 10_000, "seed")
    enter(seeds, "count", "64")
    with qtbot.waitSignal(seeds.entered):
        enter(seeds, "iterations", "2,000")
    assert seeds.plan() == WallPlan(64, 2_000, "seed")
    assert seeds.accepted_count
    assert seeds.reasons == []


def test_a_setting_has_a_range_and_a_race_has_all_choices(form):
    aggressions = form(WallPlan(varied="aggression", low=0.1, high=100.0))
    enter(aggressions, "from", "0.5")
    enter(aggressions, "to", "50")
    assert aggressions.plan() == WallPlan(16, 10_000, "aggression", 0.5, 50.0)
    race = form(WallPlan(varied="optimizer"))  # there is no number to choose
    assert race.findChild(NumberBox, "wall.count") is None
    assert race.plan() == WallPlan(7, 10_000, "optimizer")
    plan = WallPlan(8, 500, "noise", 0.5, 2.0)
    assert form(plan).plan() == plan


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("count", "65", "Networks: a whole number from 4 to 64."),
        ("iterations", "0", "Iterations"),
        ("to", "-1", "Aggression"),
        ("count", "--", "is not a number"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(form, name, text, reason):
    aggressions = form(WallPlan(varied="aggression", low=0.1, high=100.0))
    before = aggressions.plan()
    shown = aggressions.findChild(NumberBox, f"wall.{name}").text()
    box = enter(aggressions, name, text)
    assert reason in aggressions.reasons[-1]
    assert box.text() == shown
    assert aggressions.plan() == before


def test_a_comma_is_a_decimal_sign_where_it_is(form):
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    noises = form(WallPlan(varied="noise", low=0.0, high=3.0))
    assert enter(noises, "to", "2,5").text() == "2,5"
    assert noises.plan().high == 2.5
