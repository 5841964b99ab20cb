"""The dialog that compares amounts of noise: it learns at once, side by side, and can be stopped and closed."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRectF, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton

from curvegui.core.inspection.noise_comparison import compare
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.ui.look.theme import DARK, LIGHT
from curvegui.ui.noise.canvas import NoiseCanvas
from curvegui.ui.noise.costs import NoiseCosts, spread
from curvegui.ui.noise.dialog import NoiseDialog
from curvegui.ui.noise.words import comparison_words
from curvegui.ui.widgets.number_box import NumberBox
from tests.ui.person import PATIENCE_MS, Key, picture, pixels_near


def snapshot(iterations=200):
    trainer = Trainer(TrainingConfig(points=30, seed=1))
    trainer.advance(iterations)
    return trainer.snapshot()


@pytest.fixture
def dialog(qtbot):
    made = NoiseDialog(snapshot(), LIGHT)
    made.show()
    yield made
    made.close()
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def words(dialog):
    return dialog.findChild(QLabel, "noise.words").text()


def wait_for_end(dialog, qtbot, iterations="2,000"):
    ended = lambda: words(dialog).startswith(f"After {iterations} iterations") and "Lowest" in words(dialog)  # noqa: E731
    qtbot.waitUntil(ended, timeout=PATIENCE_MS)


def enter(dialog, name, text):
    box = dialog.findChild(NumberBox, name)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Key.Key_Return)
    return box


def expected(iterations, noises=(0.0, 1.0, 3.0), **start):
    return comparison_words([each for each in compare(snapshot().config, noises, iterations, **start) if each][-1])


def test_it_begins_at_once_from_the_moment_that_was_seen(dialog, qtbot):
    wait_for_end(dialog, qtbot)
    now = snapshot()
    assert words(dialog) == expected(2_000, parameters=now.parameters, first=now.iteration)
    assert not dialog.findChild(QPushButton, "noise.stop").isEnabled()
    for number, noise in ((1, "0"), (2, "1"), (3, "3")):
        assert dialog.findChild(NoiseCanvas, f"noise.canvas_{number}").accessibleName().endswith(f"noise {noise}")


def test_it_can_begin_at_the_start_with_other_noises_and_another_length(dialog, qtbot):
    dialog.findChild(QRadioButton, "noise.from_start").click()
    enter(dialog, "noise.noise_2", "0,5")
    enter(dialog, "noise.iterations", "300")
    dialog.findChild(QPushButton, "noise.compare").click()
    wait_for_end(dialog, qtbot, "300")
    assert words(dialog) == expected(300, (0.0, 0.5, 3.0))


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("noise.noise_1", "-2", "Noise"),
        ("noise.noise_1", "abc", "is not a number"),
        ("noise.iterations", "0", "Iterations"),
        ("noise.iterations", "2000000", "at most 1,000,000"),
    ],
)
def test_a_number_that_cannot_be_used_is_refused_with_a_reason(dialog, qtbot, name, typed, reason):
    before = dialog.findChild(NumberBox, name).text()
    box = enter(dialog, name, typed)
    message = dialog.findChild(QLabel, "noise.message")
    assert message.isVisible() and reason in message.text()
    assert box.text() == before
    enter(dialog, name, "5")
    assert not message.isVisible()
    assert box.text() == "5"


@pytest.mark.parametrize("width", [360, 700])
def test_a_mistyped_number_moves_nothing_so_that_the_click_that_leaves_it_arrives(dialog, qtbot, width):
    dialog.resize(width, 10)  # as low as it can be: nothing gives way
    wait_for_end(dialog, qtbot)
    buttons = dialog.findChildren(QPushButton)
    message = dialog.findChild(QLabel, "noise.message")
    places, size = [button.mapTo(dialog, QPoint(0, 0)) for button in buttons], dialog.size()
    box = dialog.findChild(NumberBox, "noise.noise_1")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "m" * 80)  # more than it takes
    dialog.findChild(QPushButton, "noise.compare").setFocus()  # as the press of a button does
    qtbot.waitUntil(message.isVisible, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: message.height() >= message.heightForWidth(message.width()), timeout=PATIENCE_MS)
    qtbot.wait(50)
    assert [button.mapTo(dialog, QPoint(0, 0)) for button in buttons] == places
    assert dialog.size() == size


def test_it_can_be_stopped_and_begun_again(dialog, qtbot):
    enter(dialog, "noise.iterations", "1000000")
    stop = dialog.findChild(QPushButton, "noise.stop")
    dialog.findChild(QPushButton, "noise.compare").click()
    qtbot.waitUntil(lambda: "of" not in words(dialog) and "After" in words(dialog), timeout=PATIENCE_MS)
    stop.click()
    assert not stop.isEnabled()
    QThreadPool.globalInstance().waitForDone()
    told = words(dialog)
    enter(dialog, "noise.iterations", "100")
    assert words(dialog) == told
    dialog.findChild(QPushButton, "noise.compare").click()
    wait_for_end(dialog, qtbot, "100")


def test_closing_ends_the_work(qtbot):
    made = NoiseDialog(snapshot(), DARK)
    made.show()
    enter(made, "noise.iterations", "1000000")
    made.findChild(QPushButton, "noise.compare").click()
    with qtbot.waitSignal(made.destroyed, timeout=PATIENCE_MS):
        QTest.keyClick(made, Key.Key_Escape)
    assert QThreadPool.globalInstance().waitForDone(PATIENCE_MS)


def test_what_goes_wrong_is_said(qtbot, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError("It is too much.")
        yield

    monkeypatch.setattr("curvegui.ui.noise.dialog.compare", broken)
    made = NoiseDialog(snapshot(), LIGHT)
    made.show()
    message = made.findChild(QLabel, "noise.message")
    qtbot.waitUntil(message.isVisible, timeout=PATIENCE_MS)
    assert message.text() == "It is too much."
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_button_of_the_panel_opens_it(open_window):
    person = open_window()
    person.wait_for_first_picture()
    person.window._docks["knobs"].hide()
    person.window._docks["jacobians"].show()
    person.wait_until(lambda: person.shows("jacobians.compare"))
    person.tab_to("jacobians.compare")
    person.press(Key.Key_Space)
    person.wait_until(lambda: person.window.findChildren(NoiseDialog))
    (box,) = person.window.findChildren(NoiseDialog)
    assert box.isVisible() and not box.isModal()
    box.close()


# Its parts


def last(iterations=200):
    return [each for each in compare(snapshot().config, (0.0, 1.0, 3.0), iterations) if each][-1]


def test_a_canvas_shows_the_target_and_the_fit(qtbot):
    now = snapshot()
    canvas = NoiseCanvas(now.target, LIGHT)
    qtbot.addWidget(canvas)
    canvas.resize(200, 200)
    canvas.show()
    assert pixels_near(picture(canvas), "#00304d", 30) > 50
    assert pixels_near(picture(canvas), "#c25100", 30) == 0
    canvas.show_fit(now.fit)
    assert pixels_near(picture(canvas), "#c25100", 30) > 20


def test_the_cost_curves_differ_in_colour_and_dashes_and_are_named(qtbot):
    plot = NoiseCosts(LIGHT)
    qtbot.addWidget(plot)
    plot.resize(500, 220)
    plot.show()
    blank = picture(plot)
    plot.show_portrait(last())
    image = picture(plot)
    assert image != blank
    for colour in (LIGHT.accent, LIGHT.second):
        assert pixels_near(image, colour, 30) > 40
    assert image.copy(QRectF(430, 0, 70, 220).toRect()) != blank.copy(QRectF(430, 0, 70, 220).toRect())


def test_names_that_would_cover_each_other_are_spread():
    area = QRectF(0, 0, 100, 100)
    assert spread([10, 50, 90], 10, area) == [10, 50, 90]
    assert spread([50, 50, 52], 10, area) == [50, 60, 70]
    assert spread([98, 99, 97], 10, area) == [90, 100, 80]


def test_another_theme_is_another_look_while_it_is_open(open_window):
    person = open_window(study=True)
    person.choose("run.step_100")
    person.window.study.show_panel("jacobians")
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.iteration >= 100)
    person.wait_until(lambda: person.shows("jacobians.compare"))
    person.find("jacobians.compare").click()
    person.wait_until(lambda: person.window.findChildren(NoiseDialog))
    (box,) = person.window.findChildren(NoiseDialog)
    costs = box.findChild(NoiseCosts)
    for theme in (DARK, LIGHT):
        person.choose(f"theme.{theme.key}")
        person.wait_until(lambda theme=theme: pixels_near(picture(costs), theme.muted, 6) > 20)
    box.close()
