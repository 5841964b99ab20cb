"""A morph: at its keyframes it is them, between two it is on the way, and a run along it replays to the last bit."""

from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through, spaced
from curvegui.core.learner.morphing import MOST_ITERATIONS, MOST_KEYFRAMES, Morph, name_of
from curvegui.core.presets.presets import PRESETS
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig

BACK = curve_through("back", np.array([[1.0, 0.5, 0.0], [0.0, 0.2, 0.0]]), closed=False)
FORTH = curve_through("forth", np.array([[0.0, 0.5, 1.0], [0.1, 0.0, 0.1]]), closed=False)
PARTED = curve_through(
    "parted", np.array([[0, 1, 1, 0], [0, 0, 1, 1]]), closed=True, jumps=np.array([False, True, False, False])
)


def area(points):
    """How much a closed line goes around."""
    x, y = points
    return abs(float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))) / 2


def distance(points, outline):
    """The largest distance from a point to the nearest of many on an outline."""
    return np.hypot(*(points[:, :, np.newaxis] - outline[:, np.newaxis])).min(axis=1).max()


@pytest.mark.parametrize(
    "values",
    [
        {"keyframes": ("heart",)},
        {"keyframes": ("heart", "no such curve")},
        {"keyframes": ("heart",) * (MOST_KEYFRAMES + 1)},
        {"keyframes": ("heart", "star"), "position": 1.01},
        {"keyframes": ("heart", "star"), "position": float("nan")},
        {"position": 0.5},
        {"iterations": 0},
        {"iterations": MOST_ITERATIONS + 1},
    ],
    ids=str,
)
def test_what_is_no_morph_is_refused(values):
    with pytest.raises(ValueError, match="not a morph"):
        Morph(**values)


def test_it_ends_at_its_last_keyframe():
    assert Morph().end == 0 and Morph(("heart", "star", BACK)).end == 2
    assert [name_of(each) for each in ("figure_eight", BACK)] == ["figure eight", "back"]


def test_its_first_keyframe_is_itself_and_the_later_ones_are_drawn_whole():
    morph = Morph(("heart", "circle", PARTED))
    assert morph.curve(50) == "heart"
    circle = replace(morph, position=1.0).curve(50)
    assert (circle.name, circle.closed, circle.t.size) == ("circle", True, 50)
    assert distance(circle.points, PRESETS["circle"](np.arange(5_000) / 5_000)) < 1e-3
    end = replace(morph, position=2.0).curve(40)
    assert end.name == "parted" and distance(end.points, PARTED.at(np.arange(5_000) / 5_000)) < 1e-3
    assert np.count_nonzero(end.jumps) == 10


def test_between_two_it_is_on_the_way_in_equal_steps():
    morph = Morph(("heart", "star"))
    steps = [replace(morph, position=share).curve(60) for share in (0.25, 0.5, 0.75, 1.0)]
    assert {each.name for each in steps[:3]} == {"heart to star"}
    heart = PRESETS["heart"](spaced(60, closed=True))
    for share, curve in zip((0.25, 0.5, 0.75), steps, strict=False):
        assert curve.points == pytest.approx((1 - share) * heart + share * steps[-1].points)


def test_what_it_writes_is_the_same_in_every_language(in_brackets):
    names = [Morph(("heart", "star", FORTH), place).curve(50).name for place in (0.5, 1.0, 1.5)]
    assert names == ["heart to star", "star", "star to forth"]


@pytest.mark.parametrize("name", ["heart", "star", "square", "cardioid", "astroid", "deltoid", "drop"])
def test_a_circle_neither_turns_over_nor_collapses_on_the_way(name):
    half = Morph(("circle", name), 0.5).curve(100)
    ends = [area(Morph(("circle", name), share).curve(100).points) for share in (1e-9, 1.0)]
    assert half.closed and area(half.points) > min(ends) / 2


def test_an_open_curve_is_passed_from_the_end_that_is_nearer():
    there = Morph((FORTH, BACK), 1.0).curve(9)
    assert there.points == pytest.approx(BACK.at(1 - spaced(9, closed=False)))
    assert Morph((FORTH, FORTH.called("again")), 1.0).curve(9).points == pytest.approx(FORTH.at(spaced(9, False)))


def test_between_an_open_and_a_closed_curve_it_is_open_with_the_jumps_of_both():
    half = Morph((FORTH, PARTED), 0.5).curve(41)
    assert not half.closed and half.jumps.any()
    assert Morph((FORTH, PARTED), 1.0).curve(41).closed
    assert not Morph((PARTED, FORTH), 1.0).curve(41).closed


def test_a_run_along_a_morph_replays_to_the_last_bit():
    morph = Morph(("heart", "star", FORTH))
    trainer, seen = Trainer(TrainingConfig(points=30)), []
    for step in range(41):
        curve = replace(morph, position=step / 20).curve(30)
        trainer.apply(replace(trainer.config, curve=curve))
        trainer.advance(17)
        seen.append(trainer.snapshot())
    kept = Trainer.going_on(trainer.record())
    replayer = Replayer()
    for snapshot in seen[::5]:
        again = replayer.snapshot(kept, snapshot.iteration)
        assert again.parameters.tobytes() == snapshot.parameters.tobytes()
    curves = [curve for curve in trainer.record().curves if curve.name == "heart to star"]
    assert len(curves) == 19  # each step is a change like any other
