"""The view Watch and the presentation: only the picture, controls that come and go, a second pane, the way back."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QCursor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from curvegui.session.run.delivery import Phase
from curvegui.ui.watch import PANES
from curvegui.ui.watch import watch as floating_module
from tests.help.contrast import contrast
from tests.ui.person import Key, Modifier, picture

LARGE = 1280, 720


@pytest.fixture
def watcher(open_window, monkeypatch):
    """Someone in the view, where the controls rest soon."""
    monkeypatch.setattr(floating_module, "RESTING_MS", 60)
    person = open_window(size=LARGE, study=True)
    person.wait_for_first_picture()
    QCursor.setPos(person.window.mapToGlobal(QPoint(4, 4)))  # which is over no controls
    person.window.canvas.setFocus()
    person.press(Key.Key_1, modifiers=Modifier.ControlModifier)
    return person


def bar(person):
    return person.window.findChild(object, "watch.bar")


class Shown(QObject):
    """The shapes of a viewport's pointer whenever the controls come; on a busy machine they are gone soon."""

    def __init__(self, controls, viewport):
        super().__init__(controls)
        self.cursors, self._viewport = [], viewport
        controls.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show:
            QTimer.singleShot(0, self, lambda: self.cursors.append(self._viewport.cursor().shape()))
        return False


def panels(person):
    return {dock.objectName().removeprefix("dock.") for dock in person.window.services.docks.in_sight()}


def pane(person):
    """What the menu says is beside the picture."""
    return next(name for name in PANES if person.action(f"watch.pane.{name or 'none'}").isChecked())


def leave(person):
    person.window.features["documents"].closing.allow()
    person.window.close()


@pytest.mark.slow
def test_the_controls_go_when_nothing_is_moved_and_come_back_with_the_pointer_and_with_keys(watcher):
    canvas = watcher.window.canvas
    watcher.wait_until(lambda: bar(watcher).isHidden())
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.BlankCursor
    acts = (
        lambda: watcher.point_at(canvas.viewport(), QPoint(300, 200)),
        lambda: watcher.press(Key.Key_Space),  # a shortcut
        lambda: watcher.press(Key.Key_Shift),
    )
    shown = Shown(bar(watcher), canvas.viewport())
    for act in acts:
        before = len(shown.cursors)
        act()
        watcher.wait_until(lambda before=before: len(shown.cursors) > before and bar(watcher).isHidden())
    assert Qt.CursorShape.BlankCursor not in shown.cursors
    assert watcher.session.phase is Phase.LEARNING


def test_p_goes_through_the_second_panes_which_the_menu_shows_and_each_can_be_chosen_there(watcher):
    canvas, window = watcher.window.canvas, watcher.window
    seen = {"": set(), "network": {"network"}, "maths": {"maths"}, "cost": set()}
    for name in [*list(PANES)[1:], ""]:
        watcher.press(Key.Key_P)
        watcher.wait_until(lambda name=name: panels(watcher) == seen[name])
        assert watcher.shows("timeline") is (name == "cost")
        assert pane(watcher) == name
        assert canvas.width() >= 0.45 * window.width()
    for name in ("maths", "cost", "network", "none"):
        watcher.choose(f"watch.pane.{name}")
        watcher.wait_until(lambda name=name: panels(watcher) == seen.get(name, set()))
        assert watcher.shows("timeline") is (name == "cost")
    watcher.choose("view.play")
    watcher.choose("watch.pane.network")
    assert window.services.views.now.id == "watch"
    watcher.wait_until(lambda: panels(watcher) == {"network"})
    watcher.find("dock.network").close()
    assert pane(watcher) == ""
    watcher.choose("watch.pane.cost")
    watcher.choose("view.reset")
    assert (pane(watcher), panels(watcher), watcher.shows("timeline")) == ("", set(), False)


def test_another_view_has_the_controls_back_where_they_were(open_window):
    person = open_window(size=LARGE, study=True)
    person.wait_for_first_picture()
    transport = person.find("transport")
    before, font, canvas_font = transport.geometry(), transport.font(), person.window.canvas.font()
    for view in ("watch", "understand", "watch", "play"):
        person.choose(f"view.{view}")
    person.wait_until(lambda: person.find("transport").geometry() == before)
    assert transport.font() == font
    assert person.window.canvas.font() == canvas_font
    person.click("button.run.step")
    person.reach(1)
    order = [person.window.canvas, person.find("advice"), transport, person.find("timeline")]
    tops = [each.mapTo(person.window, QPoint()).y() for each in order]
    assert tops == sorted(tops)


def test_a_presentation_is_the_picture_alone_in_large_type_and_esc_or_f11_leave_to_the_view_before(open_window):
    person = open_window(size=LARGE, study=True)
    person.wait_for_first_picture()
    window, usual = person.window, person.find("transport").font().pointSizeF()
    for view, way_out in (("understand", Key.Key_Escape), ("watch", Key.Key_F11)):
        person.choose(f"view.{view}")
        written = window.canvas.font().pixelSize()
        person.press(Key.Key_F11)
        person.wait_until(window.isFullScreen)
        assert window.services.views.now.id == "watch"
        assert person.action("view.full_screen").isChecked()
        assert not window.menuBar().isVisible()
        assert panels(person) == set()
        person.wait_until(lambda: window.canvas.font().pixelSize() >= window.height() // 33 > 0)
        person.wait_until(lambda: bar(person).findChild(object, "run").parent().font().pointSizeF() > usual)
        person.press(Key.Key_P)
        person.wait_until(lambda: "network" in panels(person))
        person.wait_until(lambda: window.services.docks["network"].widget().font().pointSizeF() > usual)
        person.choose("watch.pane.none")
        person.press(Key.Key_Space)
        assert person.session.phase is Phase.LEARNING
        person.press(Key.Key_Space)
        person.press(way_out)
        person.wait_until(lambda: not window.isFullScreen())
        assert window.services.views.now.id == view
        assert window.menuBar().isVisible()
        assert not person.action("view.full_screen").isChecked()
        assert (window.canvas.font().pixelSize() == written) or view == "watch"
        person.wait_until(lambda: window.findChild(object, "transport").font().pointSizeF() == usual)


def test_a_presentation_that_is_left_for_another_view_gives_the_screen_back(open_window):
    person = open_window(size=LARGE, study=True)
    person.wait_for_first_picture()
    window = person.window
    window.showMaximized()
    person.press(Key.Key_F11)
    person.wait_until(window.isFullScreen)
    person.press(Key.Key_3, modifiers=Modifier.ControlModifier)
    assert window.services.views.now.id == "understand"
    assert not window.isFullScreen() and window.isMaximized()
    assert window.menuBar().isVisible()
    window.showFullScreen()  # by the system: no presentation, and the menus stay
    assert not person.action("view.full_screen").isChecked()
    assert window.menuBar().isVisible()


@pytest.mark.parametrize("presents", [False, True])
def test_a_window_that_is_closed_in_watch_opens_there_and_all_views_are_kept(open_window, presents):
    person = open_window(size=LARGE, study=True)
    person.wait_for_first_picture()
    person.find("dock.network").close()
    person.choose("watch.pane.maths" if presents else "watch.pane.cost")
    if presents:
        person.choose("view.understand")
        person.press(Key.Key_F11)
        person.wait_until(person.window.isFullScreen)
    leave(person)
    again = open_window(size=None, study=True)
    again.wait_for_first_picture()
    assert again.window.services.views.now.id == "watch"
    again.wait_until(lambda: panels(again) == ({"maths"} if presents else set()))
    assert pane(again) == ("maths" if presents else "cost")
    assert again.shows("timeline") is not presents
    assert again.window.isFullScreen() is presents
    assert again.window.menuBar().isVisible() is not presents
    if presents:
        again.press(Key.Key_Escape)
        again.wait_until(lambda: not again.window.isFullScreen())
        assert again.window.services.views.now.id == "understand"  # where F11 was pressed the time before
    QTest.keyClick(again.window.windowHandle(), Key.Key_2, Modifier.ControlModifier)
    again.wait_until(lambda: panels(again) == {"settings"})
    assert again.shows("transport") and again.shows("advice") and again.shows("timeline")


def test_a_message_stands_above_the_bar(watcher):
    toast = watcher.window.toast
    toast.notify("Saved.")
    assert toast.isVisible() and not toast.geometry().intersects(bar(watcher).geometry())
    before = toast.y()
    watcher.choose("view.play")
    watcher.wait_until(lambda: toast.geometry().bottom() > watcher.window.canvas.height() - 20)
    assert toast.y() != before


@pytest.mark.parametrize(("size", "percent", "has_speed"), [(LARGE, 100, True), ((720, 450), 200, False)])
def test_the_bar_is_one_row_over_a_picture_that_has_all_the_room(open_window, size, percent, has_speed):
    person = open_window(size=size)
    person.wait_for_first_picture()
    person.window.services.display.see(text_size=percent)
    person.choose("view.watch")
    canvas, run = person.window.canvas, person.find("run")
    person.wait_until(
        lambda: person.shows("speed.2000") is has_speed and person.shows("button.gallery.start") is has_speed
    )
    assert bar(person).height() < 2 * run.height() and canvas.rect().contains(bar(person).geometry())
    assert person.find("button.run.step").mapTo(bar(person), QPoint()).y() < run.height()
    assert canvas.from_plane(np.array([[0.5], [0.5]])).ravel() == pytest.approx(
        [canvas.width() / 2, canvas.height() / 2], abs=1
    )
    person.choose("view.play")
    person.wait_until(lambda: bar(person) is None)


@pytest.mark.parametrize(("look", "theme", "is_dark"), [("ember", "light", True), ("light", "dark", False),
                                                        ("ember", "contrast-light", False)])  # fmt: skip
def test_the_bar_is_dark_glass_over_a_dark_picture_also_where_the_window_is_light(watcher, look, theme, is_dark):
    display = watcher.window.services.display
    display.see(look_key=look, theme=theme)
    image = picture(bar(watcher)).convertToFormat(QImage.Format.Format_RGB32)
    glass = image.pixelColor(4, image.height() // 2)
    assert (glass.lightnessF() < 0.4) is (is_dark or theme == "dark")
    reset = next(each for each in bar(watcher).findChildren(QToolButton) if each.objectName() == "button.run.reset")
    picked = picture(reset).convertToFormat(QImage.Format.Format_RGB32)
    inks = {picked.pixelColor(x, y).name() for x in range(picked.width()) for y in range(picked.height())}
    assert max(contrast(ink, picked.pixelColor(4, picked.height() // 2).name()) for ink in inks) > 4.5
    watcher.choose("view.play")
    watcher.wait_until(lambda: bar(watcher) is None)


def test_curves_are_wider_on_a_screen_that_is_looked_at_from_afar(watcher, monkeypatch):
    seen, canvas = [], watcher.window.canvas
    monkeypatch.setattr(canvas, "set_look", lambda look, options: seen.append(look.fit.width))
    watcher.choose("view.full_screen")
    watcher.wait_until(watcher.window.isFullScreen)
    watcher.press(Key.Key_Escape)
    watcher.wait_until(lambda: seen and seen[-1] == watcher.window.services.display.now.look.fit.width)
    assert max(seen) == 1.5 * seen[-1]
