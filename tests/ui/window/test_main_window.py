"""The main window as a whole: menus, undo, what is remembered, and reaching everything without a mouse."""

import gc
import json
import weakref
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QTabBar,
    QWidget,
)

from curvegui.__main__ import main as command
from curvegui.core.network.parts import Neuron
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.run.session import Session
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.share.moment import Moment
from curvegui.ui.window.main_window import MainWindow
from tests.ui.person import Key, Modifier, colours, picture

CONTROLS = QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit


@pytest.fixture
def person(newcomer):
    return newcomer


def reopened(person, open_window):
    """Close the window and open the next one, with the same preferences."""
    person.window.features["documents"].closing.allow()
    person.window.close()
    return open_window(size=None)


# Undo


def test_the_first_window_has_nothing_to_undo_and_room_for_canvas_and_settings_and_then_says_what_would_be_undone(
    person, window
):
    assert not person.action("edit.undo").isEnabled()
    assert not person.action("edit.redo").isEnabled()
    assert person.action("edit.undo").text() == "&Undo"

    assert window.windowTitle() == "Heart[*] – CurveGUI"

    dock = person.find("dock.settings")
    assert window.canvas.height() >= window.height() / 2

    person.wait_until(lambda: dock.width() > 300)
    assert person.find("editor.noise").y() == person.find("editor.aggression").y()

    window.services.inspection.mute(Neuron(1, 1), True)
    person.enter_setting("noise", "2")
    assert window.services.inspection.muted
    person.choose("run.reset")
    assert not window.services.inspection.muted
    assert person.action("edit.undo").text() == "&Undo reset"
    person.choose("edit.undo")
    assert person.action("edit.undo").text() == "&Undo noise"
    assert person.action("edit.redo").text() == "&Redo reset"
    person.choose("edit.undo")
    assert person.session.config == TrainingConfig()
    assert not person.action("edit.undo").isEnabled()
    person.choose("edit.redo")
    assert person.session.config.noise == 2
    assert person.read("editor.noise") == "2"


def test_a_run_that_was_reset_comes_back_with_its_trail(visit):
    person = visit(trail_every=10, speed=FULL_SPEED)
    person.learn(300)
    before, seed = person.session.snapshot, person.session.config.seed
    for act in ("run.reset", "run.new_seed"):
        person.choose(act)
        person.wait_until(lambda: person.session.snapshot and person.session.snapshot.iteration == 0)
        assert (person.session.config.seed == seed) == (act == "run.reset")
        person.choose("edit.undo")
        person.wait_until(lambda: person.session.snapshot and person.session.snapshot.iteration == 300)
        assert person.session.config.seed == seed
        assert np.array_equal(person.session.snapshot.parameters, before.parameters)
        assert person.session.received.trail.since(-1).iterations.tolist() == list(range(0, 301, 10))


# The run


def takes_size(window, size):
    """Whether the window can be as small as that; it cannot before its first layout has been let go."""
    window.resize(*size)
    return window.size().toTuple() == size


@pytest.mark.parametrize(("times", "size"), [(1.0, (700, 520)), (1.5, (1100, 760)), (2.0, (1300, 900))])
def test_it_fits_small_screens_with_large_fonts_and_nothing_is_cut_off(qapp, open_window, times, size):
    before, larger = qapp.font(), qapp.font()
    larger.setPointSizeF(10.0 * times)
    qapp.setFont(larger)
    try:
        person = open_window()
        person.wait_for_first_picture()
        person.wait_until(lambda: takes_size(person.window, size))
        parts = [
            person.window.canvas,
            person.window.features["timeline"].transport,
            person.window.features["timeline"].timeline,
        ]
        for above, below in pairwise(parts):
            assert above.geometry().bottom() < below.geometry().top()
        buttons = person.window.features["timeline"].transport.findChildren(QAbstractButton)
        chips = [each for each in buttons if each.isVisible() and each.property("chip")]
        assert len(chips) >= 2
        assert [chip.text() for chip in chips if chip.width() < chip.sizeHint().width()] == []
    finally:
        qapp.setFont(before)


# What is seen, and remembered


def test_what_the_view_menu_changes_is_painted_and_remembered(person, open_window):
    ids = "look.dark", "view.target", "view.trail", "view.axes", "view.residuals", "view.pulls"

    def painted(someone):
        someone.wait_until(lambda: not someone.window.canvas.layer.has_work)
        return colours(picture(someone.window.canvas)).astype(int)

    person.learn(300)
    were_checked = {id_: person.action(id_).isChecked() for id_ in ids}
    for id_ in ids:
        before = painted(person)
        person.choose(id_)
        person.wait_until(lambda before=before: not np.array_equal(painted(person), before))
        assert person.action(id_).isChecked() != were_checked[id_]
    after = reopened(person, open_window)
    assert {id_: not after.action(id_).isChecked() for id_ in ids} == were_checked


def test_the_window_takes_a_theme_and_reduced_motion_and_remembers_them(person, open_window):
    def lightness(window):
        return picture(window).pixelColor(3, window.height() // 2).lightness()

    person.choose("theme.light")
    assert lightness(person.window) > 200
    person.choose("theme.dark")
    dark = lightness(person.window)
    assert dark < 60
    assert person.window.isAnimated()
    person.choose("view.reduced_motion")
    after = reopened(person, open_window)
    assert after.action("theme.dark").isChecked()
    assert lightness(after.window) == dark
    assert after.action("view.reduced_motion").isChecked()
    assert after.window.services.display.now.reduced_motion
    assert not after.window.isAnimated()


def test_preferences_that_cannot_be_written_do_not_keep_the_window_open(open_window, tmp_path):
    (tmp_path / "file").write_text("")
    person = open_window(preferences=tmp_path / "file" / "preferences.json")
    with person.qtbot.waitSignal(person.window.closed):
        person.window.close()
    assert not person.window.isVisible()


def test_quit_keeps_preferences_in_one_small_readable_file(person, tmp_path):
    person.window.activateWindow()
    person.wait_until(person.window.isActiveWindow)
    person.choose("look.dark")
    with person.qtbot.waitSignal(person.window.closed):
        person.press(Key.Key_Q, modifiers=Modifier.ControlModifier)
    assert not person.window.isVisible()
    kept = json.loads((tmp_path / "preferences.json").read_text(encoding="utf-8"))
    assert kept["look"] == "dark"
    assert sum(len(str(value)) for value in kept.values()) < 20_000


# Without a mouse, and without eyes


def focusable(window):
    """Every widget that a person can give the focus to now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and widget.isEnabled()
        and not isinstance(widget.parentWidget(), QAbstractScrollArea)  # its viewport hands the focus on
        and not (isinstance(widget, QTabBar) and widget.count() == 0)  # Qt keeps one for later, out of the window
    ]


def test_everything_that_takes_the_focus_has_a_name_and_tab_alone_reaches_every_control(person):
    person.enter_setting("noise", "2")  # so that Undo is there
    nameless = [
        widget
        for widget in focusable(person.window)
        if not (widget.accessibleName() or (hasattr(widget, "text") and widget.text().strip()))
    ]
    assert nameless == []

    buttons = [each for each in focusable(person.window) if isinstance(each, QAbstractButton)]
    assert len(buttons) > 10
    assert [each for each in buttons if each.focusPolicy() & Qt.FocusPolicy.ClickFocus.value & ~1] == []
    for button in buttons:
        assert not button.focusPolicy().value & Qt.FocusPolicy.ClickFocus.value, button.objectName()

    wanted = {each.objectName() or each.text() for each in focusable(person.window) if isinstance(each, CONTROLS)}
    person.tab_to("canvas")
    seen = set()
    for _ in range(80):
        person.press(Key.Key_Tab)
        widget = person.window.focusWidget()
        seen.add(widget.objectName() or (widget.text() if hasattr(widget, "text") else ""))
    assert len(wanted) > 15
    assert wanted - seen == set()

    person.tab_to("run")
    person.press(Key.Key_Tab, Key.Key_Tab)
    person.press(Key.Key_Backtab, Key.Key_Backtab)
    assert person.focus == "run"


# The end


def test_a_window_that_was_closed_leaves_nothing_in_memory(qtbot, tmp_path):
    def open_and_close():
        session = Session(TrainingConfig(speed=FULL_SPEED))
        window = MainWindow(PreferencesFile(tmp_path / "preferences.json"), tmp_path / "log", tmp_path / "favourites")
        window.begin(session)
        window.finish()
        window.show()
        with qtbot.waitSignal(session.snapshot_ready):
            session.run()
        qtbot.waitUntil(lambda: not window.features["study"].panel("network").visibleRegion().isEmpty())
        window.features["study"].bring("network", print)  # who waits for a panel hears nothing more of it
        window.close()
        assert session.close()
        window.deleteLater()
        return weakref.ref(window), weakref.ref(window.canvas), weakref.ref(session)

    left = open_and_close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert [each() for each in left if each() is not None] == []


def test_a_dialog_that_is_closed_takes_the_run_with_it_that_it_had_asked_for(visitor):
    dialogs, runs = (lambda kind=kind: visitor.window.findChildren(kind) for kind in (QDialog, Moment))
    for id_ in ("picture.save", "film.save", "data.save"):
        visitor.choose(id_)
        visitor.wait_until(dialogs)
        for dialog in dialogs():
            dialog.close()
        visitor.wait_until(lambda: not dialogs())
        assert runs() == [], id_


@pytest.fixture(scope="module")
def png(tmp_path_factory):
    path = tmp_path_factory.mktemp("pasted") / "heart.png"
    assert command(["train", "--iterations", "70", "--quiet", "--save", str(path)]) == 0
    return path.read_bytes()


@pytest.mark.parametrize("words", ["https://example.org/heart.png", "a heart", ""])
def test_a_picture_with_words_beside_it_can_be_pasted(person, png, words):
    found = QMimeData()
    found.setData("image/png", png)
    if words:
        found.setText(words)
    QGuiApplication.clipboard().setMimeData(found)
    person.choose("run.paste")
    person.reach(70)
