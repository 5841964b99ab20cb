"""What explains the fit, on the canvas of the real window."""

from threading import get_ident

import numpy as np
import pytest
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from curvegui.core.inspection.ablation import draw_without
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot, pulls
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.settings.config import FULL_SPEED
from curvegui.session.study.inspection import Inspection
from curvegui.ui.insight.insight import MOST_ERRORS, MOST_PULLS, explain, without_words
from curvegui.ui.insight.items import TOO_LONG, TOO_SHORT, thinned
from tests.ui.person import Key


def said(canvas):
    """What is written on the canvas."""
    texts = [item.text() for item in canvas.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible()]
    return "\n".join(texts)


def wait_for_frames(person, count=3):
    """Until frames have come, and what is shown is of the moment that is seen."""
    with person.qtbot.waitSignals([person.window.canvas.framed] * count):
        pass
    insight = person.window.features["insight"]
    if insight.is_wanted:
        person.wait_until(lambda: insight.drawn is person.session.shown and not insight.is_stale)


def item(window, name):
    """One of the items, or the shafts of the arrows of a kind."""
    items = window.features["insight"].items
    return items.shafts[name] if name in items.shafts else getattr(items, name)


def arrows_of(window, kind):
    """Where the arrows of a kind start and end: two arrays of shape (2, n)."""
    shafts, heads = (
        points_of(each[kind].path())
        for each in (window.features["insight"].items.shafts, window.features["insight"].items.heads)
    )
    return shafts[:, ::2], heads[:, ::4]


def points_of(path):
    return np.array([(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]).T


def furthest(points, line):
    """How far the points are from the nearest point of a line, at most, in pixels."""
    return np.hypot(*(points[:, :, np.newaxis] - line[:, np.newaxis, :])).min(axis=1).max()


@pytest.mark.slow
def test_where_nothing_is_asked_nothing_is_made_and_arrows_end_at_points_and_pulls_against_the_gradient(
    person, window, canvas, session
):
    before = len(window.canvas.scene().items())
    person.learn(100)
    wait_for_frames(person)
    assert window.features["insight"].items is None
    assert len(window.canvas.scene().items()) == before

    person.learn(200)
    person.choose("view.residuals")
    wait_for_frames(person)
    assert "error" in said(canvas)
    for change in (lambda: None, canvas.zoom_in, lambda: person.press(Key.Key_Right), canvas.show_all):
        canvas.setFocus()
        change()
        wait_for_frames(person)
        starts, ends = arrows_of(window, "residuals")
        some = thinned(100, MOST_ERRORS)
        places = canvas.from_plane(session.snapshot.target.points[:, some])
        assert ends.shape[1] > 50
        assert furthest(ends, places) < 0.01
        assert furthest(starts, canvas.from_plane(session.snapshot.fit[:, some])) < 0.01

    person.choose("view.residuals")
    person.learn(200)
    person.choose("view.pulls")
    wait_for_frames(person)
    person.wait_until(lambda: not any(scale.is_waiting for scale in window.features["insight"]._scales.values()))
    found, some = pulls(InspectedSnapshot(session.snapshot)), thinned(100, MOST_PULLS)
    for kind, ways in (("gradient", -found.gradient), ("moves", found.moves)):
        _, ends = arrows_of(window, kind)
        scale = window.features["insight"]._scales[kind].factor(ways)
        assert TOO_SHORT <= scale * np.hypot(*ways).max() <= TOO_LONG
        goals = found.points + scale * ways
        assert ends.shape[1] > 10
        assert furthest(ends, canvas.from_plane(goals[:, some])) < 0.01
    assert "pull −dC/da × " in said(canvas)
    assert "an iteration × " in said(canvas)
    session.edit(optimizer="adam")
    person.wait_until(lambda: "an iteration of plain descent × " in said(canvas))
    session.undo()
    person.wait_until(lambda: "an iteration × " in said(canvas))
    person.choose("view.pulls")
    wait_for_frames(person)
    assert not item(window, "gradient").isVisible()
    assert "pull" not in said(canvas)


@pytest.mark.slow
def test_the_curve_without_a_neuron_is_the_network_s_and_the_stretch_and_the_point_lie_on_the_fit(
    person, window, canvas, session, inspection
):
    neuron = Neuron(2, 3)
    person.learn(300)
    window.features["study"].inspection.mute(neuron, True)
    wait_for_frames(person)
    drawn = item(window, "without")
    network = InspectedSnapshot(session.snapshot).network
    expected = canvas.from_plane(draw_without(network, session.snapshot.target.t, {neuron}, None))
    assert drawn.isVisible()
    assert furthest(points_of(drawn.path()), expected) < 0.01
    assert furthest(points_of(drawn.path()), canvas.from_plane(session.snapshot.fit)) > 5
    assert drawn.pen().dashPattern()
    assert "without neuron 4 of layer 2" in said(canvas)
    window.features["study"].inspection.unmute_all()
    wait_for_frames(person)
    assert not drawn.isVisible()
    assert "without" not in said(canvas)

    person.learn(300)
    inspection.brush((0.2, 0.4))
    inspection.look_at_point(60)
    wait_for_frames(person)
    assert not item(window, "ring").isVisible()  # nothing in sight is about a point
    person.choose("view.errors")
    wait_for_frames(person)
    fit, t = canvas.from_plane(session.snapshot.fit), session.snapshot.target.t[0]
    inside = (t >= 0.2) & (t <= 0.4)
    assert furthest(fit[:, inside], points_of(item(window, "stretch").path())) < 1
    assert item(window, "ring").pos().toTuple() == pytest.approx(fit[:, 60], abs=0.01)
    assert "point 61" in said(canvas)
    assert "t = 0.2 to 0.4" in said(canvas)
    inspection.brush((0.2001, 0.2002))  # no point lies there
    inspection.look_at_point(None)
    wait_for_frames(person)
    assert not item(window, "stretch").isVisible()
    assert not item(window, "ring").isVisible()


@pytest.mark.slow
def test_of_many_points_the_pool_computes_what_pulls_and_what_is_without_a_neuron_and_errors_are_there_at_once(
    person, window, canvas, session, monkeypatch
):
    threads, inspection = set(), window.features["study"].inspection

    def noted(*asked):
        threads.add(get_ident())
        return explain(*asked)

    monkeypatch.setattr("curvegui.ui.insight.insight.explain", noted)
    session.edit(points=20_000)
    person.wait_until(lambda: session.snapshot.fit.shape[1] == 20_000)
    person.wait_until(lambda: canvas.snapshot.fit.shape[1] == 20_000)
    wait_for_frames(person)
    threads.clear()  # of the few points before
    inspection.mute(Neuron(2, 3), True)
    person.choose("view.pulls")
    person.choose("view.residuals")
    for _ in range(2):
        person.learn(100)
        wait_for_frames(person)
        ends = canvas.from_plane(session.snapshot.target.points)
        assert furthest(arrows_of(window, "residuals")[1], ends) < 0.01
        network, t = InspectedSnapshot(session.snapshot).network, session.snapshot.target.t
        expected = canvas.from_plane(draw_without(network, t, {Neuron(2, 3)}, None))[:, ::100]
        person.wait_until(lambda: furthest(expected, points_of(item(window, "without").path())) < 1)  # noqa: B023
        person.wait_until(lambda: points_of(item(window, "gradient").path()).size > 40)
        assert "without neuron 4 of layer 2" in said(canvas) and "pull −dC/da × " in said(canvas)
    assert threads and get_ident() not in threads
    inspection.unmute_all()
    person.choose("view.pulls")
    wait_for_frames(person)
    assert not item(window, "without").isVisible() and not item(window, "gradient").isVisible()
    assert item(window, "residuals").isVisible()


def test_it_follows_the_run_and_the_moment_that_is_looked_back_to_and_lets_go_of_a_neuron_that_is_no_more(
    person, window, canvas, session, inspection
):
    inspection.mute(Neuron(1, 0), True)
    wait_for_frames(person)
    at_first = points_of(item(window, "without").path())
    person.learn(1_000)
    person.wait_until(lambda: points_of(item(window, "without").path()).shape != at_first.shape)
    session.time.look_back(0)
    person.wait_until(lambda: np.array_equal(points_of(item(window, "without").path()), at_first))

    session.time.go_to_now()
    inspection.unmute_all()
    inspection.mute(Neuron(2, 6), True)
    wait_for_frames(person)
    session.edit(hidden=(6, 3))
    person.wait_until(lambda: not inspection.ablations)


def test_a_picture_as_on_the_canvas_has_the_errors_of_the_same_iteration_as_its_curve(visit):
    person = visit(speed=FULL_SPEED, iterations=100_000_000)
    canvas, session, insight = person.window.canvas, person.session, person.window.features["insight"]
    person.choose("view.residuals")
    wait_for_frames(person)
    canvas.set_reduced_motion(True)
    session.run()
    seen, drawn = [], []
    note = drawn.append
    canvas.redrawn.connect(note)

    def take():
        canvas.as_view()
        seen.append((insight.drawn, drawn[-1]))

    for picture in range(1, 5):
        person.reach(session.snapshot.iteration + 1)
        session.edit(aggression=float(picture))  # a command that the picture has to wait for
        session.when_up_to_date(take)
        person.wait_until(lambda: len(seen) == picture)  # noqa: B023 - it is called at once
    canvas.redrawn.disconnect(note)
    session.pause()
    canvas.set_reduced_motion(False)
    assert all(explained is drawn for explained, drawn in seen)
    assert len({drawn.iteration for _, drawn in seen}) == 4


def test_what_the_curve_is_drawn_without_is_said_in_the_words_of_the_diagram():
    inspection = Inspection()
    for part in (Neuron(2, 9), Parameter(2, 0, 1), Neuron(2, 1), Parameter(1, 3)):
        inspection.mute(part, True)
    sizes = (1, 6, 10, 2)
    assert without_words(inspection, sizes) == "without bias b1[4], neuron 2 of layer 2 and 2 more"
    inspection.unmute_all()
    inspection.solo(Neuron(3, 0))
    assert without_words(inspection, sizes) == "with output x alone of its layer"
    inspection.solo(Parameter(1, 0, 0))
    assert without_words(inspection, sizes).replace("\N{NO-BREAK SPACE}", " ") == (
        "with weight W1[1, 1] alone of the weights of its neuron"
    )


def test_the_run_before_lies_behind_this_one_on_canvas_and_timeline_when_it_is_wanted(person, window, canvas, session):
    timeline = window.features["timeline"].timeline
    person.learn(200)
    left = session.snapshot
    person.choose("run.reset")
    person.choose("view.before")
    wait_for_frames(person)
    person.wait_until(lambda: "run before" in said(canvas))
    line = points_of(item(window, "earlier").path())
    assert furthest(canvas.from_plane(left.fit), line) < 1
    assert timeline.legend.isVisible()
    assert timeline.plane().right >= timeline.time_axis.coordinate(200)  # the axis has room for both
    assert "Run before" in timeline.in_words()
    person.choose("view.before")
    wait_for_frames(person)
    person.wait_until(lambda: "run before" not in said(canvas))
    assert not timeline.legend.isVisible()


def test_a_favourite_is_compared_with_the_present_run_from_its_menu(newcomer):
    window, canvas, session = newcomer.window, newcomer.window.canvas, newcomer.session
    newcomer.learn(50)
    favourites = window.features["favourites"]
    favourites.keep()
    panel = favourites.panel
    favourites.favourites.open()
    newcomer.wait_until(lambda: panel.listed and panel.view.selected())
    newcomer.learn(10)
    favourites.favourites.compare_with(panel.view.selected()[0].key)
    newcomer.wait_until(lambda: "Heart, 50 iterations" in said(canvas))
    assert window.services.display.now.before
    newcomer.choose("view.before")
    newcomer.wait_until(lambda: session.earlier is None)
