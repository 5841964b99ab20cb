"""The Fourier series in the window: drawn over the run while its panel is seen, turned, and told in words."""

from threading import Event

import numpy as np
import pytest
from PySide6.QtWidgets import QGraphicsPathItem, QSlider

from curvegui.core.fourier.series import compared, fitted
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.circles import CircleStrokes
from curvegui.ui.fourier import panel as panel_module
from curvegui.ui.fourier.panel import CORNER, EXACT, OPEN, THROUGH_ALL, FourierPanel, verdict_words
from tests.help.patience import patience_s
from tests.help.writing import is_at_rest
from tests.ui.person import Key, picture, pixels_near

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True)


def panel(person):
    return person.window.features["study"].panel("fourier")


@pytest.fixture
def listener(visit):
    """Someone who looks at the series of a star, beside a run that is paused at iteration 100."""
    person = visit(curve="star")
    person.learn(100)
    person.choose("curve.fourier")
    person.wait_until(lambda: person.window.features["study"].is_seen("fourier") and is_settled(person))
    return person


def is_settled(person):
    """Whether the series is the one of this target with as many circles as the slider says."""
    seen = person.window.findChild(FourierPanel)
    if seen is None or seen.series is None:
        return False
    wanted = fitted(person.session.snapshot.target, seen.findChild(QSlider, "fourier.circles").value())
    return np.array_equal(seen.series.coefficients, wanted.coefficients)


def lines(person, kind):
    """What is drawn on the canvas as the strokes of the curve, of the circles or of their arms are."""
    pen = getattr(CircleStrokes.of(person.window.services.display.now.look), kind).pen(1.0)
    items = person.window.canvas.scene().items()
    return [each for each in items if isinstance(each, QGraphicsPathItem) and each.pen() == pen]


def circles(person):
    """The pixels of the canvas in the colour of the arms and of the dot that draws."""
    return pixels_near(picture(person.window.canvas.viewport()), "#ffffff")


def test_it_has_as_many_numbers_as_the_network_and_fewer_circles_by_the_slider(listener):
    assert listener.find("fourier.circles").maximum() == 38
    listener.wait_until(lambda: {"76", "77"} <= {*listener.read("fourier.counted").split()})
    listener.tab_to("fourier.circles")
    listener.press(Key.Key_Left)
    listener.wait_until(lambda: is_settled(listener) and panel(listener).series.coefficients.size == 37)
    listener.session.edit(hidden=(3,))
    listener.learn(1)
    listener.wait_until(lambda: listener.find("fourier.circles").maximum() == 7 and is_settled(listener))
    assert listener.find("fourier.circles").value() == 7
    listener.session.edit(hidden=(6,))  # all of what a larger network allows, as before
    listener.learn(1)
    listener.wait_until(lambda: listener.find("fourier.circles").value() == 13 and is_settled(listener))


def test_the_circles_turn_stop_and_go_where_the_slider_is(listener, monkeypatch):
    clock = iter(np.arange(0, 1_000, 0.5))
    monkeypatch.setattr(panel_module, "perf_counter", lambda: float(next(clock)))
    for _ in range(1 + is_turning(listener)):  # from now on by that clock
        listener.click("fourier.play")
    place = listener.find("fourier.t")
    before = place.value()
    listener.wait_until(lambda: place.value() != before)
    assert listener.find("fourier.play").accessibleName() == "Stop the circles"
    listener.click("fourier.play")
    rested = place.value()
    listener.window.canvas.framed.emit()
    assert place.value() == rested
    listener.tab_to("fourier.t")
    listener.press(Key.Key_Home)
    assert place.value() == 0 and listener.find("fourier.play").accessibleName() == "Turn the circles"


def is_turning(person):
    return person.find("fourier.play").accessibleName() == "Stop the circles"


def test_circles_that_turn_stop_when_less_is_to_move(listener):
    display = listener.window.services.display
    display.see(motion="full")
    if not is_turning(listener):
        listener.click("fourier.play")
    display.see(trail=not display.now.trail)
    assert is_turning(listener)
    display.see(motion="reduced")
    assert not is_turning(listener)
    listener.click("fourier.play")  # a person may let them turn all the same
    display.see(trail=not display.now.trail)
    assert is_turning(listener)
    display.see(motion="system")


def test_the_series_is_on_the_canvas_while_its_panel_is_seen(listener):
    assert circles(listener) > 30  # more or fewer, as they turn
    (arms,) = lines(listener, "arms")
    if is_turning(listener):
        listener.click("fourier.play")
    listener.tab_to("fourier.t")
    listener.press(Key.Key_Home, Key.Key_Right)

    def ends_on_the_curve():
        end = arms.path().elementAt(arms.path().elementCount() - 1)
        drawn = panel(listener).series.joints(0.01)[:, -1:]
        return [end.x, end.y] == pytest.approx(listener.window.canvas.from_plane(drawn)[:, 0].tolist(), abs=0.01)

    listener.wait_until(ends_on_the_curve)
    listener.window.services.docks["fourier"].hide()
    listener.wait_until(lambda: not arms.isVisible())
    listener.choose("curve.fourier")
    listener.wait_until(arms.isVisible)
    docks = listener.window.services.docks
    docks["network"].show()
    listener.window.tabifyDockWidget(docks["fourier"], docks["network"])
    docks["network"].raise_()
    listener.wait_until(lambda: docks.is_seen("network") and not docks.is_seen("fourier"))
    assert not arms.isVisible()
    listener.session.edit(curve="circle")
    listener.learn(1)
    assert not arms.isVisible()
    docks["fourier"].raise_()
    listener.wait_until(arms.isVisible)
    assert is_settled(listener)


def test_it_follows_another_curve_and_another_look(listener):
    listener.session.edit(curve="wave")
    listener.wait_until(lambda: OPEN in listener.read("fourier.words"))
    assert listener.read("fourier.words") in listener.find("fourier.picture").in_words()
    listener.window.services.display.see(look_key="light")
    assert len(lines(listener, "curve")) == 1
    listener.window.services.display.see(look_key="classic")


def test_a_network_is_not_compared_with_the_series_of_the_curve_before(listener, monkeypatch):
    held, compared_with, seen = Event(), [], panel(listener)
    listener.wait_until(lambda: is_at_rest(seen))
    monkeypatch.setattr(panel_module, "fitted", lambda *wanted: held.wait(patience_s()) and fitted(*wanted))
    monkeypatch.setattr(
        panel_module, "compared", lambda inspected, series: compared_with.append(series) or compared(inspected, series)
    )
    before, (arms,) = seen.series, lines(listener, "arms")
    listener.session.edit(curve="wave")
    listener.wait_until(lambda: not arms.isVisible())  # nor are its circles drawn over this one
    held.set()
    listener.wait_until(lambda: compared_with)
    assert before not in compared_with


def test_the_window_waits_for_no_comparison_and_the_newest_state_is_compared_at_last(listener, monkeypatch):
    held, compared_at = Event(), []

    def slowly(inspected, series):
        assert held.wait(timeout=60)
        compared_at.append(inspected.snapshot.iteration)
        return compared(inspected, series)

    seen, shown = panel(listener), []
    listener.wait_until(lambda: is_at_rest(seen))
    show = seen.show_inspected
    monkeypatch.setattr(seen, "show_inspected", lambda inspected: shown.append(inspected.snapshot) or show(inspected))
    monkeypatch.setattr(panel_module, "compared", slowly)
    for _ in range(3):
        listener.learn(1)
        listener.wait_until(lambda: shown[-1:] == [listener.session.snapshot])
    assert compared_at == []
    held.set()
    newest = listener.session.snapshot.iteration
    listener.wait_until(lambda: is_at_rest(seen) and compared_at[-1:] == [newest])
    assert len(compared_at) == 2  # the first, and what was newest when that was done


def words(circles=38, through_all=False, **settings):
    snapshot = Trainer(TrainingConfig(**settings)).snapshot()
    comparison = compared(InspectedSnapshot(snapshot), fitted(snapshot.target, circles))
    return verdict_words(comparison, snapshot, through_all)


def test_it_says_who_is_closer_and_why():
    assert words() == EXACT
    assert "100 %" in words(curve="star") and "corner" in words(curve="star")
    assert CORNER.partition("{")[0] in words(curve="star")
    assert "corner" not in words(circles=4, curve="trefoil") and "largest error" in words(circles=4, curve="trefoil")
    assert words(curve="wave").endswith(OPEN)
    assert words(circles=20, points=20, through_all=True, curve="star").endswith(THROUGH_ALL)
