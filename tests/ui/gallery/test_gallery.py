"""The gallery in the window: over the screen, ended by Esc or a click, and the person's run as it was."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QVariantAnimation
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsRectItem, QGraphicsSimpleTextItem, QListWidget

from curvegui.core.curve.curve import curve_through
from curvegui.core.presets.presets import PRESETS
from curvegui.session.many.gallery import Gallery
from curvegui.session.run.delivery import Phase
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.gallery import gallery as stage_module
from curvegui.ui.gallery.gallery import GalleryChoices, GalleryStage
from tests.ui.person import Key, Modifier


@pytest.fixture
def visitor(visit):
    return visit(lambda person: person.learn(200))


def stage(person):
    """The stage, if it is there."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return person.window.findChild(GalleryStage)


def shown(person):
    """What the stage's canvas shows, once it shows a curve."""
    canvas = stage(person).findChild(Canvas)
    person.wait_until(lambda: canvas.snapshot is not None)
    return canvas.snapshot


def named_on(there):
    """The curve's name, which is written larger than all else."""
    texts = [item for item in there.findChild(Canvas).items() if isinstance(item, QGraphicsSimpleTextItem)]
    return max(texts, key=lambda item: item.font().pixelSize()).text()


def is_veiled(there):
    """Whether something lies over all of the canvas, so that curve and name come in or go."""
    canvas = there.findChild(Canvas)
    boxes = [item for item in canvas.items() if isinstance(item, QGraphicsRectItem) and item.isVisible()]
    return any(box.rect().contains(canvas.sceneRect().adjusted(-1, -1, 1, 1)) for box in boxes)


def started(person):
    person.choose("gallery.start")
    shown(person)
    return stage(person)


def state(session, document):
    return session.config, session.history.undo_label, document.is_changed, session.phase, len(session.received.trail)


def test_it_learns_over_the_screen_and_escape_brings_the_run_back_untouched(visitor):
    session, document = visitor.session, visitor.window.features["documents"].document
    before = session.snapshot, state(session, document)
    there = started(visitor)
    assert there.isFullScreen()
    first = shown(visitor)
    visitor.wait_until(lambda: there.findChild(Canvas).snapshot.iteration > first.iteration)
    QTest.keyClick(there, Key.Key_Escape)
    visitor.wait_until(lambda: stage(visitor) is None)
    assert session.snapshot is before[0]
    assert state(session, document) == before[1]


def test_one_key_says_which_curve_learns_and_how_far_it_is(visitor):
    there = started(visitor)
    visitor.wait_until(lambda: QApplication.focusWidget() is there)
    QTest.keyClick(there, Key.Key_F9)
    words = visitor.window.toast.words
    assert words.startswith(f"{named_on(there)}, 1 of ")
    assert "iterations, the fit is" in words
    QTest.keyClick(there, Key.Key_Escape)


def test_any_click_ends_it_and_a_run_that_learned_learns_on(visitor):
    visitor.session.run()
    there = started(visitor)
    assert visitor.session.phase is Phase.PAUSED
    QTest.mouseClick(there, Qt.MouseButton.RightButton, pos=QPoint(30, 30))
    visitor.wait_until(lambda: stage(visitor) is None)
    assert visitor.session.phase is Phase.LEARNING
    visitor.session.pause()


def test_the_keys_of_the_window_do_nothing_behind_it(visitor):
    there = started(visitor)
    for key, modifiers in ((Key.Key_R, Modifier.ControlModifier), (Key.Key_B, Modifier.NoModifier)):
        QTest.keyClick(there, key, modifiers)
    assert stage(visitor) is there
    assert visitor.session.snapshot.iteration == 200
    QTest.keyClick(there, Key.Key_Escape)


@pytest.mark.parametrize("motion", ["full", "reduced"])
def test_the_next_curve_fades_in_unless_motion_is_reduced(visitor, monkeypatch, motion):
    monkeypatch.setattr(stage_module, "FADE_MS", 60)
    display = visitor.window.services.display
    display.see(motion=motion)
    there = started(visitor)
    veils = []
    there.findChild(QVariantAnimation).valueChanged.connect(lambda _: veils.append(is_veiled(there)))
    gallery = there.findChild(Gallery)
    curve = gallery.curve
    QTest.keyClick(there, Key.Key_Right)
    visitor.wait_until(lambda: gallery.curve != curve)
    wanted = PRESETS[gallery.curve]
    visitor.wait_until(lambda: named_on(there) == wanted.label and not is_veiled(there))
    visitor.wait_until(lambda: there.findChild(Canvas).snapshot.config.curve == gallery.curve)
    assert any(veils) == (motion == "full")
    QTest.keyClick(there, Key.Key_Escape)
    display.see(motion="system")


def test_another_run_that_was_opened_meanwhile_is_left_as_it_is(visitor):
    visitor.session.run()
    there = started(visitor)
    visitor.session.reset()
    visitor.session.pause()
    QTest.keyClick(there, Key.Key_Escape)
    visitor.wait_until(lambda: stage(visitor) is None)
    assert visitor.session.phase is Phase.PAUSED


def test_the_curves_that_are_chosen_are_shown_and_kept(visitor):
    visitor.choose("gallery.choose")
    curves = visitor.find("gallery.curves", QListWidget)
    for row, name in enumerate(PRESETS):
        curves.item(row).setCheckState(Qt.CheckState.Unchecked)
        assert visitor.find("gallery.begin").isEnabled() == (row + 1 < len(PRESETS)), name
    for row, name in enumerate(PRESETS):
        if name in ("star", "circle"):
            curves.item(row).setCheckState(Qt.CheckState.Checked)
    visitor.find("gallery.seconds").setValue(45)
    visitor.click("gallery.begin")
    shown(visitor)
    there = stage(visitor)
    assert sorted(there.findChild(Gallery).curves) == ["circle", "star"]
    assert choices(visitor).chosen(()) == ("circle", "star") and choices(visitor).seconds == 45
    there.close()  # as by the system
    visitor.wait_until(lambda: stage(visitor) is None)
    assert GalleryChoices.from_text('{"left_out": 1, "seconds": 1}').chosen(()) == tuple(PRESETS)


def choices(person):
    return GalleryChoices.from_text(person.window.services.preferences.present.gallery)


def test_the_persons_own_curves_are_shown_unless_they_are_left_out(visitor):
    own = [curve_through(name, np.array([[0, 1, 1], [0, 0, 1]]), closed=True) for name in ("wing", "sail")]
    listed = visitor.window.features["curves"]
    for curve in own:
        listed.keep(curve)
    visitor.wait_until(lambda: set(own) <= set(listed.recent))
    visitor.choose("gallery.choose")
    curves = visitor.find("gallery.curves", QListWidget)
    rows = {curves.item(row).text(): curves.item(row) for row in range(curves.count())}
    for name, item in rows.items():
        item.setCheckState(Qt.CheckState.Checked if name == "wing" else Qt.CheckState.Unchecked)
    visitor.click("gallery.begin")
    assert shown(visitor).config.curve == own[0]
    assert named_on(stage(visitor)) == "wing"
    QTest.keyClick(stage(visitor), Key.Key_Escape)
    assert choices(visitor).chosen(listed.recent) == (own[0],)
    drawn = own[0].called("drawn later")
    assert drawn in choices(visitor).chosen([drawn])
