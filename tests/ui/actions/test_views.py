"""The four views: what each shows, that the run goes on, and that each is left and found as it was."""

import json
from types import SimpleNamespace

import pytest
import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QTabBar, QWidget

from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.actions.centre import BY_VIEW, STATUS, TIMELINE, TRANSPORT, Centre
from curvegui.ui.actions.display import DisplayOwner
from curvegui.ui.actions.docks import Docks
from curvegui.ui.actions.event_window import EventWindow
from curvegui.ui.actions.feature import Features
from curvegui.ui.actions.view import LOW_LINES, VIEWS, Availability
from curvegui.ui.actions.views import FRAME_PX, SIZE, VERSION, Views
from curvegui.ui.look.layouts import line_px
from curvegui.ui.window.features import FEATURES
from curvegui.ui.window.main_window import MainWindow
from tests.ui.person import Key, Modifier

FLOATING = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)", extend=True)  # offscreen
DIGITS = dict(zip(VIEWS, (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4), strict=True))
PARTS = {STATUS: "advice", TRANSPORT: "transport", TIMELINE: "timeline"}
LARGE = 1280, 860  # in which no view is low, in any font
USUAL_LINE_PX = 14


def go_to(person, view):
    person.window.activateWindow()  # a panel that floats may be the active one
    person.wait_until(person.window.isActiveWindow)
    person.press(DIGITS[view], modifiers=Modifier.ControlModifier)
    person.wait_until(lambda: person.window.services.views.now.id == view)


def panels(person):
    """The panels that are in sight, by their names."""
    return {dock.objectName().removeprefix("dock.") for dock in person.window.services.docks.in_sight()}


def places(person):
    """Of each panel: whether it is open, whether it floats, on which side it is."""
    window = person.window
    docks = [dock for dock in window.findChildren(QDockWidget) if dock.objectName() != "dock.tour"]
    return {
        dock.objectName(): (not dock.isHidden(), dock.isFloating(), window.dockWidgetArea(dock))
        for dock in docks
        if not dock.isHidden()
    } | {"curves": person.shows("curves")}


def leave(person):
    person.window.features["documents"].closing.allow()
    person.window.close()


@pytest.mark.slow
def test_each_view_shows_its_panels_and_what_is_around_the_canvas_and_the_run_goes_on(open_window):
    person = open_window(size=LARGE, study=True, iterations=100_000_000)
    person.wait_for_first_picture()
    person.press(Key.Key_Space)
    for view in (VIEWS["watch"], VIEWS["play"], VIEWS["understand"], VIEWS["exercise"], VIEWS["play"]):
        go_to(person, view.id)
        person.wait_until(lambda view=view: panels(person) == {place[0] for place in view.panels})
        shown = {place for place, name in PARTS.items() if person.shows(name)}
        assert shown - {TRANSPORT} == view.around - {TRANSPORT}  # which may float over the picture
        assert person.shows("curves") is view.curves
        assert person.action(f"view.{view.id}").isChecked()
        before = person.session.snapshot.iteration
        person.reach(before + 1)
        assert person.session.phase.is_learning


def change(person, view):
    """Move, float, open and close panels as somebody might in a view, and switch the list of curves."""
    docks, window = person.window.services.docks, person.window
    if view == "watch":
        docks.show("jacobians")
    elif view == "play":
        docks["settings"].close()
        docks.show("favourites")
    elif view == "understand":
        docks["network"].setFloating(True)
        docks["network"].resize(300, 400)
    else:
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["exercise"])
    person.choose("view.curves")


def first_panels(window, view):
    """Those in front of a view that nobody has changed: in a low window, all share one place."""
    places = [place[0] for place in VIEWS[view].panels]
    return places[:1] if window.height() < VIEWS[view].lines * line_px(window) else places


@FLOATING
def test_each_view_is_found_as_it_was_left_also_after_the_window_was_closed_and_reset_is_of_one_alone(open_window):
    person = open_window(size=LARGE, study=True)
    person.wait_for_first_picture()
    first, changed = {}, {}
    for view in VIEWS:
        go_to(person, view)
        first[view] = places(person)
        change(person, view)
        changed[view] = places(person)
        assert changed[view] != first[view]
    for view in reversed(VIEWS):
        go_to(person, view)
        assert places(person) == changed[view]
    panel = person.window.services.docks["favourites"]  # which is in front in Play
    go_to(person, "play")
    part = panel.width() / LARGE[0]
    go_to(person, "watch")
    person.window.resize(LARGE[0] + 400, LARGE[1])  # meanwhile, the window gets another size
    go_to(person, "play")
    assert panel.width() / person.window.width() == pytest.approx(part, abs=0.02)
    go_to(person, "watch")
    person.window.resize(*LARGE)
    go_to(person, "play")
    assert panel.width() / LARGE[0] == pytest.approx(part, abs=0.02)
    go_to(person, "understand")
    leave(person)
    again = open_window(size=None, study=True)
    again.wait_for_first_picture()
    assert again.window.services.views.now.id == "understand"
    again.learn(10)
    snapshot, undo = again.session.snapshot, again.session.history.undo_label
    for view in ("understand", "watch", "exercise", "play"):
        go_to(again, view)
        assert places(again) == changed[view]
        again.choose("view.reset")
        assert places(again) == first[view]
        assert panels(again) == set(first_panels(again.window, view))
    assert (again.session.snapshot, again.session.history.undo_label) == (snapshot, undo)


def test_in_a_low_window_the_panels_of_a_view_share_one_place(open_window):
    person = open_window(size=(1100, 450), study=True)
    person.wait_for_first_picture()
    docks, window = person.window.services.docks, person.window
    assert window.height() < LOW_LINES * line_px(window)
    for view, (front, behind) in {"play": ("settings", "network"), "understand": ("network", "maths")}.items():
        go_to(person, view)
        assert docks[behind] in window.tabifiedDockWidgets(docks[front])
        person.wait_until(lambda front=front: panels(person) == {front})


def test_panels_left_in_a_window_of_quite_another_size_have_sensible_sizes_and_chosen_ones_in_proportion(open_window):
    person = open_window(size=(1920, 1080), study=True)
    person.wait_for_first_picture()
    window, docks = person.window, person.window.services.docks
    settings = docks["settings"].widget().layout().itemAt(0).widget()

    def share():
        network, maths = docks["network"].height(), docks["maths"].height()
        return network / (network + maths)

    def leave_and_come_back(view, size):
        go_to(person, "watch")
        window.resize(*size)
        go_to(person, view)

    go_to(person, "understand")
    for size in ((1280, 720), (1100, 450), (1920, 1080)):
        leave_and_come_back("play", size)
        person.wait_until(lambda: panels(person) == set(first_panels(window, "play")))
        is_low = len(first_panels(window, "play")) == 1
        person.wait_until(lambda is_low=is_low: is_low or abs(settings.height() - settings.whole_height()) <= 3)
        go_to(person, "understand")
        person.wait_until(lambda: panels(person) == set(first_panels(window, "understand")))
        is_low = len(first_panels(window, "understand")) == 1
        person.wait_until(lambda is_low=is_low: is_low or 0.3 < share() < 0.5)
    window.resizeDocks([docks["network"], docks["maths"]], [600, 400], Qt.Orientation.Vertical)
    person.wait_until(lambda: share() > 0.5)
    chosen = share()
    for size in ((1280, 800), (1920, 1080)):
        leave_and_come_back("understand", size)
        person.wait_until(lambda: share() == pytest.approx(chosen, abs=0.03))


# A window, and what was kept of another one


@pytest.fixture
def frame(qtbot, tmp_path):
    """Make the views of a window that has nothing else, from preferences."""

    def make(kept=""):
        preferences = PreferencesFile(tmp_path / "preferences.json")
        preferences.path.write_text(json.dumps({"views": kept}), encoding="utf-8")
        window = EventWindow()
        qtbot.addWidget(window)
        centre, docks = Centre(QWidget()), Docks(window, Features(FEATURES).docks, Availability())
        window.setCentralWidget(centre)
        views = Views(window, centre, docks, DisplayOwner(preferences, window), preferences)
        views.restore()
        opened = {dock.objectName() for dock in window.findChildren(QDockWidget) if not dock.isHidden()}
        return views, window, (views.now.id, opened, centre.shown, views._display.now.curves)

    return make


BROKEN = [
    "{", "[]", "null", "1e999", '{"now": "gone"}', '{"now": ["play"]}', '{"play": 3}', '{"play": {"docks": "☃"}}',
    '{"play": {"docks": 7, "around": 7, "curves": "yes"}}', '{"play": {"docks": "AAAA"}}',
    '{"play": {"parts": 3, "size": 4, "is_low": [], "part": {}}}', '{"play": {"parts": {"network": "☃"}, "size": []}}',
    '{"play": {"around": ["status", "transport", "timeline", "gone", 3]}}', "[" * 10_000,
]  # fmt: skip


def test_preferences_that_are_broken_change_nothing(frame):
    _, window, usual = frame()
    hint = window.minimumSizeHint()
    assert usual == ("play", {"dock.settings", "dock.network"}, BY_VIEW, True)
    for text in BROKEN:
        _, window, found = frame(text)
        assert (found, window.minimumSizeHint()) == (usual, hint), text


def test_panels_of_an_older_version_are_not_put_back(frame):
    _, window, usual = frame()
    for dock in window.findChildren(QDockWidget):
        dock.hide()
    for version, expected in ((VERSION, set()), (VERSION - 1, usual[1])):
        docks = bytes(window.saveState(version).toBase64().data()).decode()
        assert frame(json.dumps({"play": {"docks": docks, "curves": True}}))[2][1] == expected


@pytest.mark.parametrize("screen", [(1366, 768), (1280, 720), (720, 450), (1920, 1080)])
def test_the_first_window_fits_the_screen_with_its_frame(qtbot, tmp_path, monkeypatch, screen):
    monkeypatch.setattr(MainWindow, "screen", lambda window: SimpleNamespace(availableSize=lambda: QSize(*screen)))
    window = MainWindow(PreferencesFile(tmp_path / "preferences.json"), tmp_path / "log", tmp_path / "favourites")
    qtbot.addWidget(window)
    least = window.minimumSizeHint()
    assert window.size().expandedTo(least) == SIZE.boundedTo(QSize(*screen) - FRAME_PX).expandedTo(least)


def test_where_not_even_the_smallest_window_fits_it_takes_the_whole_screen(open_window, monkeypatch):
    monkeypatch.setattr(MainWindow, "screen", lambda window: SimpleNamespace(availableSize=lambda: QSize(700, 300)))
    person = open_window(size=None)
    person.wait_for_first_picture()
    person.wait_until(person.window.isMaximized)


def test_it_can_be_400_px_high_with_a_usual_font_in_every_view(open_window):
    person, width = open_window(size=(720, 400), study=True), 720
    person.wait_for_first_picture()
    high = max(400, round(400 * line_px(person.window) / USUAL_LINE_PX))
    person.window.resize(width, high)
    for view in VIEWS:
        go_to(person, view)
        assert person.window.minimumSizeHint().height() <= high, view
        assert person.window.size().toTuple() == (width, high), view


def test_with_text_of_twice_the_size_720_by_450_px_are_enough_and_what_is_below_the_canvas_scrolls(open_window):
    person = open_window(size=None, study=True)
    person.wait_for_first_picture()
    window, high = person.window, round(450 * line_px(person.window) / USUAL_LINE_PX)
    window.services.display.see(text_size=200)
    person.wait_until(lambda: line_px(window) > 1.8 * high / 450 * USUAL_LINE_PX)
    for view in ("play", "understand", "exercise"):
        go_to(person, view)
        window.showNormal()
        window.resize(round(720 * high / 450), high)
        person.wait_until(lambda: window.height() <= high and window.width() <= 720 * high / 450)
    go_to(person, "play")
    timeline = person.window.features["timeline"].timeline

    def is_seen_with_the_focus():  # as soon as all is laid out
        timeline.clearFocus()
        timeline.setFocus()
        return timeline.visibleRegion().boundingRect().height() > 0.5 * timeline.height()  # all, with most fonts

    person.wait_until(is_seen_with_the_focus)


def test_the_focus_goes_from_a_panel_that_is_left_to_the_canvas_where_space_runs(open_window):
    person = open_window(size=LARGE, study=True)
    person.wait_for_first_picture()
    go_to(person, "understand")
    person.wait_until(lambda: person.shows("maths.on"))
    person.find("maths.on").setFocus()
    go_to(person, "exercise")
    person.press(Key.Key_Space)
    person.wait_until(lambda: person.session.phase.is_learning)
    assert person.window.services.views.now.id == "exercise"


def test_a_panel_that_is_just_being_put_elsewhere_is_given_no_width(frame, qapp):
    views, window, _ = frame()
    window.show()
    views.complete()
    first = next(dock for dock in window.findChildren(QDockWidget) if dock.isVisible())
    window.removeDockWidget(first)
    first.show()  # as while Qt restores a view: it is there, and in no place
    window.resize(1_000, 600)
    qapp.processEvents()  # Qt would complain
    assert window.dockWidgetArea(first) == Qt.DockWidgetArea.NoDockWidgetArea


@pytest.mark.slow
def test_the_tabs_of_a_view_that_was_left_are_gone_before_anything_else_can_happen(open_window):
    person = open_window(size=LARGE, study=True)
    person.wait_for_first_picture()
    for after in ("play", "watch", "play"):
        go_to(person, "understand")
        bars = [bar for bar in person.window.findChildren(QTabBar) if bar.parent() is person.window and bar.count() > 1]
        bars[0].setFocus()
        person.window.services.actions[f"view.{after}"].trigger()
        assert person.window.focusWidget() is person.window.canvas
        assert not any(map(shiboken6.isValid, bars))  # a drag of such a tab would end the program
