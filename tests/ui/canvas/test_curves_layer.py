"""The image of target and trail: complete, up to date, and no dearer however many curves there are."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize

from curvegui.core.learner.recording import Trail
from curvegui.core.learner.target import training_data
from curvegui.figure.drawing import polyline
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.look import CLASSIC, EMBER, LIGHT
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.ui.canvas import curves_layer, trail
from curvegui.ui.canvas.curves_layer import CurvesLayer
from curvegui.ui.canvas.trail import Painting
from tests.ui.person import colours

pytestmark = pytest.mark.usefixtures("qapp")
SIDE = 200
EVER = 1e9  # seconds
TARGET = training_data()[1]
DRAWING = TargetDrawing(TARGET)


def plane(side=SIDE, zoom=1.0):
    square = QRectF(0, 0, side * zoom, side * zoom)
    return DataMap.unit_square(square, QRectF(0, 0, side, side))


def trail_of(count, every=100):
    trail = Trail()
    for index in range(count):
        trail.add(every * index, (0.5 + (TARGET - 0.5) * (index + 1) / count).astype(np.float32))
    return trail


@pytest.fixture
def layer():
    made = CurvesLayer(CLASSIC)
    made.set_view(QSize(SIDE, SIDE), 1.0, plane())
    return made


@pytest.fixture
def painted(monkeypatch):
    """How many curves were painted at a time."""
    counts, paint = [], trail.paint_trail_curves

    def counted(painter, curves, *rest):
        counts.append(len(curves))
        paint(painter, curves, *rest)

    monkeypatch.setattr(trail, "paint_trail_curves", counted)
    return counts


def finish(layer):
    while layer.has_work:
        layer.work(EVER)
    return colours(layer.shown.image.toImage())


def test_a_target_of_very_many_points_is_painted_over_some_frames_and_seen_when_it_is_whole(layer, monkeypatch):
    layer.set_run(DRAWING, trail_of(3))
    at_once = finish(layer)
    monkeypatch.setattr(curves_layer, "STILL_S", 0)
    monkeypatch.setattr(polyline, "STROKE_POINTS", 20)
    layer.set_run(DRAWING, trail_of(3))
    frames = 0
    while layer.shown is None:
        assert layer.has_work and layer.is_renewing
        layer.keep_up(0)
        frames += 1
    assert frames > 3
    assert np.count_nonzero((finish(layer) != at_once).any(axis=-1)) < 50  # where two parts meet


def test_every_curve_is_painted_exactly_once(layer, painted):
    layer.set_run(DRAWING, trail_of(1_000))
    finish(layer)
    assert sum(painted) == 1_000


@pytest.mark.slow
@pytest.mark.parametrize("count", [10, 5_000])
def test_a_new_curve_costs_one_curve_however_many_there_are(layer, painted, count):
    trail = trail_of(count)
    layer.set_run(DRAWING, trail)
    finish(layer)
    painted.clear()
    trail.add(10_000_000, TARGET.astype(np.float32))
    finish(layer)
    assert painted == [1]


def test_without_news_nothing_is_painted(layer, painted):
    layer.set_run(DRAWING, trail_of(10))
    finish(layer)
    painted.clear()
    assert not layer.has_work
    assert not layer.work(EVER)
    assert painted == []


def test_it_stops_when_the_time_is_over_and_goes_on_later(layer, painted):
    layer.set_run(DRAWING, trail_of(500))
    layer.work(0.0)
    assert 0 < sum(painted) <= Painting.at_once
    assert layer.has_work
    finish(layer)
    assert sum(painted) == 500


def test_in_pieces_it_looks_as_at_once(layer):
    trail = trail_of(300)
    layer.set_run(DRAWING, trail)
    at_once = finish(layer)
    layer.set_run(DRAWING, trail)
    while layer.has_work:
        layer.work(0.0)
    assert (colours(layer.shown.image.toImage()) == at_once).all()


def test_curves_that_come_one_by_one_look_as_all_at_once(layer):
    whole = trail_of(100)
    layer.set_run(DRAWING, whole)
    at_once = finish(layer)
    trail, curves = Trail(), whole.since(-1)
    layer.set_run(DRAWING, trail)
    for iteration, curve in zip(curves.iterations.tolist(), curves.curves, strict=True):
        trail.add(iteration, curve)
        finish(layer)
    assert (finish(layer) == at_once).all()


def test_while_another_view_is_painted_the_old_image_is_shown(layer, painted):
    layer.set_run(DRAWING, trail_of(200))
    finish(layer)
    before = layer.shown
    painted.clear()
    layer.set_view(QSize(300, 300), 1.0, plane(300, zoom=2))
    layer.work(0.0)
    assert layer.shown is before
    finish(layer)
    assert layer.shown.image.size() == QSize(300, 300)
    assert layer.shown.plane == plane(300, zoom=2)
    assert sum(painted) == 200


def test_after_another_look_the_old_image_is_never_shown(layer):
    layer.set_run(DRAWING, trail_of(200))
    before = finish(layer)
    layer.set_look(LIGHT, FigureOptions())
    assert tuple(colours(layer.shown.image.toImage())[0, 0]) == (0xFB, 0xFB, 0xFC)
    layer.set_look(CLASSIC, FigureOptions())
    assert (finish(layer) == before).all()


def test_another_run_starts_on_a_clean_image(layer):
    layer.set_run(DRAWING, trail_of(0))
    clean = finish(layer)
    layer.set_run(DRAWING, trail_of(50))
    assert (finish(layer) != clean).any()
    layer.set_run(DRAWING, Trail())
    assert (finish(layer) == clean).all()


def test_curves_that_were_taken_back_are_gone(layer):
    trail = trail_of(50)
    layer.set_run(DRAWING, trail)
    finish(layer)
    trail.forget_after(1_950)
    layer.taken_back(1_950)
    half = finish(layer)
    layer.set_run(DRAWING, trail)
    assert (finish(layer) == half).all()


def test_what_was_not_taken_back_is_not_painted_again(layer, painted):
    layer.set_run(DRAWING, trail_of(50))
    finish(layer)
    painted.clear()
    layer.taken_back(4_900)
    finish(layer)
    assert painted == []


@pytest.mark.parametrize("name", ["target", "trail", "axes"])
def test_layers_can_be_left_out(layer, name):
    layer.set_run(DRAWING, trail_of(50))
    every = {"target": True, "trail": True, "axes": True}
    layer.set_look(CLASSIC, FigureOptions(**every))
    whole = finish(layer)
    layer.set_look(CLASSIC, FigureOptions(**every | {name: False}))
    assert (finish(layer) != whole).any()


def test_before_the_first_run_it_is_an_empty_background(layer):
    assert len(np.unique(finish(layer).reshape(-1, 3), axis=0)) > 10
    assert not layer.has_work


def test_before_it_has_a_size_it_has_nothing_to_do_or_to_show():
    layer = CurvesLayer(CLASSIC)
    layer.set_run(DRAWING, trail_of(5))
    layer.taken_back(0)
    assert not layer.has_work
    assert not layer.work(EVER)
    assert layer.shown is None


def test_more_pixels_for_a_sharper_screen(layer):
    layer.set_run(DRAWING, trail_of(5))
    layer.set_view(QSize(2 * SIDE, 2 * SIDE), 2.0, plane(2 * SIDE))
    image = finish(layer)
    assert image.shape == (2 * SIDE, 2 * SIDE, 3)
    assert layer.shown.ratio == 2.0


def test_the_trail_up_to_an_iteration_looks_as_it_did_then(layer):
    layer.set_run(DRAWING, trail_of(50, every=100))
    for _ in range(2):  # the second time from copies
        layer.show_until(2_000)
        then = finish(layer)
        assert layer.shown.iteration == 2_000
        layer.show_until(4_000)
        finish(layer)
    other = CurvesLayer(CLASSIC)
    other.set_view(QSize(SIDE, SIDE), 1.0, plane())
    short = Trail()
    short.extend(trail_of(50, every=100).since(-1, last=2_000))
    other.set_run(DRAWING, short)
    assert np.array_equal(then, finish(other))


def test_what_is_shown_stays_until_the_trail_of_then_is_painted(layer):
    layer.set_run(DRAWING, trail_of(60))
    finish(layer)
    before = layer.shown
    layer.show_until(3_000)
    assert layer.shown is before
    assert layer.is_renewing
    finish(layer)
    assert layer.shown is not before


def test_the_playhead_moved_on_paints_only_what_is_new(layer, painted):
    layer.set_run(DRAWING, trail_of(60))
    layer.show_until(1_000)
    finish(layer)
    painted.clear()
    layer.show_until(1_500)
    finish(layer)
    assert sum(painted) == 5
    layer.show_until()
    finish(layer)
    assert sum(painted) == 5 + 44


def test_another_target_of_the_same_run_is_painted_where_it_is_seen(layer):
    trail = trail_of(20)
    layer.set_run(DRAWING, trail)
    before = finish(layer)
    layer.set_target(TargetDrawing(1 - TARGET))
    after = finish(layer)
    assert not np.array_equal(before, after)
    layer.set_run(TargetDrawing(1 - TARGET), trail)
    assert np.array_equal(finish(layer), after)


def test_another_target_that_is_not_seen_costs_nothing(layer, painted):
    layer.set_look(CLASSIC, FigureOptions(target=False))
    layer.set_run(DRAWING, trail_of(20))
    before = finish(layer)
    painted.clear()
    layer.set_target(TargetDrawing(1 - TARGET))
    assert not layer.has_work
    assert np.array_equal(finish(layer), before)
    layer.set_look(CLASSIC, FigureOptions())
    assert not np.array_equal(finish(layer), before)
    assert sum(painted) == 20


@pytest.mark.slow
def test_where_many_curves_wait_a_few_are_painted_up_to_the_newest_and_all_at_rest(layer, painted):
    trail = trail_of(1_000)
    layer.set_run(DRAWING, trail)
    finish(layer)
    painted.clear()
    more = trail_of(2_000).since(99_900)
    trail.extend(more)
    layer.keep_up(EVER)
    newest = int(more.iterations[-1])
    assert 0 < sum(painted) < 50
    assert newest - 100 * Painting.at_once < layer.shown.iteration <= newest
    assert layer.has_work
    exact = finish(layer)
    layer.set_run(DRAWING, trail)
    assert np.array_equal(exact, finish(layer))


def test_what_arrives_one_by_one_is_painted_wholly_by_keeping_up_too(layer, painted):
    trail, curves = Trail(), trail_of(50).since(-1)
    layer.set_run(DRAWING, trail)
    finish(layer)
    for iteration, curve in zip(curves.iterations.tolist(), curves.curves, strict=True):
        trail.add(iteration, curve)
        layer.keep_up(EVER)
    assert sum(painted) == 50
    assert not layer.has_work


@pytest.mark.slow
def test_another_view_is_there_soon_while_curves_arrive(layer, painted):
    layer.set_run(DRAWING, trail_of(9_000))
    finish(layer)
    painted.clear()
    layer.set_view(QSize(300, 300), 1.0, plane(300, zoom=2))
    while layer.is_renewing:
        layer.keep_up(EVER)
    assert layer.shown.image.size() == QSize(300, 300)
    assert sum(painted) < 2 * curves_layer.ENOUGH
    assert layer.has_work  # all of them, at rest


def test_a_better_painting_gives_way_to_what_arrives(layer, painted):
    trail = trail_of(1_000)
    layer.set_run(DRAWING, trail)
    layer.keep_up(EVER)
    while layer.is_renewing:
        layer.keep_up(EVER)
    rough = layer.shown
    layer.work(0.0)  # begins to paint all of them
    assert not layer.is_renewing
    trail.add(1_000_000, TARGET.astype(np.float32))
    layer.keep_up(EVER)
    assert layer.shown is rough
    assert rough.iteration == 1_000_000
    finish(layer)
    assert layer.shown is not rough


def test_a_thinned_trail_is_painted_anew_at_rest_and_what_is_shown_stays(layer):
    trail = trail_of(400)
    layer.set_run(DRAWING, trail)
    before = finish(layer)
    thinned = trail.thinned_to(2)
    layer.set_trail(thinned)
    layer.keep_up(EVER)
    assert not layer.is_renewing
    assert np.array_equal(colours(layer.shown.image.toImage()), before)
    after = finish(layer)
    assert not np.array_equal(after, before)
    layer.set_run(DRAWING, thinned)
    assert np.array_equal(finish(layer), after)


def test_curves_taken_back_go_from_a_rough_painting_too(layer):
    trail = trail_of(1_000)
    layer.set_run(DRAWING, trail)
    while layer.is_renewing:
        layer.keep_up(EVER)
    layer.work(0.0)  # a better one is begun, which has not come as far
    trail.forget_after(50_000)
    layer.taken_back(50_000)
    half = finish(layer)
    layer.set_run(DRAWING, trail)
    assert np.array_equal(finish(layer), half)


def test_nothing_is_kept_up_before_there_is_a_size(layer):
    assert not CurvesLayer(CLASSIC).keep_up(EVER)


def rough_at(layer, count):
    """A layer that has kept up with a trail, and has a better painting to make."""
    trail = trail_of(count)
    layer.set_run(DRAWING, trail)
    while layer.is_renewing:
        layer.keep_up(EVER)
    assert layer.shown.is_rough
    return trail


def test_a_better_painting_is_done_some_day_though_curves_arrive_now_and_then(layer):
    trail = rough_at(layer, 500)
    for arrived in range(200):
        newest = 1_000_000 + arrived
        trail.add(newest, TARGET.astype(np.float32))
        layer.keep_up(0.0)
        assert layer.shown.iteration == newest
        layer.work(0.0)
        if not layer.shown.is_rough:
            break
    exact = finish(layer)
    layer.set_run(DRAWING, trail)
    assert np.array_equal(exact, finish(layer))
    assert arrived < 100


def test_the_playhead_moved_to_and_fro_does_not_begin_again_what_is_painted_for_it(layer, painted):
    layer.set_run(DRAWING, trail_of(2_000))
    finish(layer)
    painted.clear()
    for step in range(400):
        layer.show_until(150_000 + 100 * (step % 2))
        layer.work(0.0)
        if not layer.is_renewing:
            break
    assert sum(painted) == pytest.approx(1_500, abs=2)


def test_the_playhead_moved_back_while_a_better_painting_is_made(layer):
    trail = rough_at(layer, 1_000)
    layer.work(0.0)
    layer.show_until(50_000)
    assert layer.is_renewing
    then = finish(layer)
    assert layer.shown.iteration == 50_000
    short = Trail()
    short.extend(trail.since(-1, last=50_000))
    layer.set_run(DRAWING, short)
    assert np.array_equal(finish(layer), then)


def test_the_playhead_moved_on_while_a_better_painting_is_made_is_followed_at_once(layer):
    rough_at(layer, 1_000)
    layer.show_until(99_900)
    layer.work(0.0)
    layer._trail.extend(trail_of(1_010).since(99_900))
    layer.show_until(100_900)
    layer.work(EVER)
    assert layer.shown.is_rough
    assert layer.shown.iteration == 100_900


def test_looked_back_to_the_trail_becomes_whole_though_the_run_goes_on(layer):
    trail = rough_at(layer, 1_000)
    layer.show_until(99_900)
    for arrived in range(500):
        trail.add(1_000_000 + arrived, TARGET.astype(np.float32))
        layer.keep_up(0.0)
    assert not layer.has_work
    assert not layer.shown.is_rough
    assert layer.shown.iteration == 99_900


def test_no_copy_shows_curves_that_were_taken_back(layer):
    trail = trail_of(200)
    layer.set_run(DRAWING, trail)
    layer.show_until(19_000)
    finish(layer)
    layer.show_until(5_000)  # from now on there are copies of later moments alone
    finish(layer)
    trail.forget_after(10_000)
    layer.taken_back(10_000)
    for iteration in range(10_100, 20_100, 100):
        trail.add(iteration, (1 - TARGET).astype(np.float32))
    layer.show_until(19_900)
    finish(layer)
    layer.show_until(19_500)
    then = finish(layer)
    layer.set_run(DRAWING, trail)
    assert np.array_equal(finish(layer), then)


# Light


@pytest.fixture
def light():
    made = CurvesLayer(EMBER)
    made.set_view(QSize(SIDE, SIDE), 1.0, plane())
    return made


def differ(one, other):
    """The largest difference of two images, of 255."""
    return np.abs(one.astype(int) - other.astype(int)).max()


@pytest.mark.slow
def test_light_in_pieces_rough_or_thinned_looks_as_at_once(light):
    whole = trail_of(1_000)
    light.set_run(DRAWING, whole)
    at_once = finish(light)
    light.set_run(DRAWING, whole)
    while light.is_renewing:
        light.keep_up(0.0)
    assert differ(colours(light.shown.image.toImage()), at_once) < 60  # by a few of the curves
    light.set_trail(whole.thinned_to(2))
    assert not light.is_renewing
    light.set_run(DRAWING, whole)
    assert differ(finish(light), at_once) <= 1


@pytest.mark.slow
def test_the_trail_of_light_up_to_an_iteration_is_there_soon_and_whole_at_rest(light):
    trail = trail_of(3_000)
    light.set_run(DRAWING, trail)
    finish(light)
    light.show_until(200_000)
    frames = 0
    while light.is_renewing:
        light.work(0.003)
        frames += 1
    assert frames < 100
    then = finish(light)
    short = Trail()
    short.extend(trail.since(-1, last=200_000))
    light.show_until()
    light.set_run(DRAWING, short)
    assert differ(finish(light), then) <= 1


def test_another_target_lies_over_the_light_which_stays(light):
    light.set_run(DRAWING, trail_of(100))
    before = finish(light)
    over = light.shown.over.toImage()
    light.set_target(TargetDrawing(1 - TARGET))
    assert not light.is_renewing
    assert np.array_equal(finish(light), before)
    assert light.shown.over.toImage() != over
