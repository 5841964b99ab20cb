import numpy as np
import pytest
from hypothesis import given, settings

from curvegui.core.curve import joining
from curvegui.core.curve.curve import MOST_POINTS, CurveError, arc_length
from curvegui.core.curve.joining import Outline, joined_curve
from tests.core.outlines import circle, line, some_parts


def drawn_length(curve):
    """Of what is no jump, in a person's units."""
    points = curve.units.to_person(curve.points)
    ring = np.column_stack([points, points[:, 0]]) if curve.closed else points
    lengths = np.hypot(*np.diff(ring, axis=1))
    return lengths[~curve.jumps[: lengths.size]].sum()


def test_one_closed_part_is_a_closed_curve_without_a_jump():
    curve, notes = joined_curve("ring", [circle(3, 4)])
    assert (curve.closed, curve.jumps.any(), notes) == (True, False, ())
    assert curve.units.to_person(curve.points) == pytest.approx(circle(3, 4).points)


def test_several_parts_are_open_with_a_jump_between_each_two():
    parts = [circle(0, 0), line((5, 0), (6, 0)), circle(3, 0)]
    curve = joined_curve("three", parts)[0]
    assert not curve.closed
    assert np.count_nonzero(curve.jumps) == 2
    assert drawn_length(curve) == pytest.approx(1 + 2 * arc_length(parts[0].points, True))


def test_parts_stay_in_their_order_if_that_is_wished():
    parts = [line((0, 0), (1, 0)), line((9, 0), (8, 0)), line((2, 0), (3, 0))]
    kept = joined_curve("kept", parts, reorder=False)[0]
    assert kept.units.to_person(kept.points)[0].tolist() == pytest.approx([0, 1, 9, 8, 3, 2])
    short = joined_curve("short", parts)[0]
    assert short.units.to_person(short.points)[0].tolist() == pytest.approx([0, 1, 2, 3, 8, 9])


def test_parts_that_touch_are_joined_without_a_jump_and_doubled_points_are_merged():
    parts = [line((0, 0), (0, 0), (1, 1), (1, 1)), line((1, 1), (2, 1), (2, 1))]
    curve = joined_curve("stroke", parts)[0]
    assert curve.points.shape == (2, 3)
    assert not curve.jumps.any()


@pytest.mark.slow
@settings(max_examples=20)
@given(some_parts())
def test_what_is_drawn_is_as_long_as_the_parts_together(parts):
    points = np.concatenate([part.points for part in parts], axis=1)
    if not np.ptp(points, axis=1).any():
        with pytest.raises(CurveError, match="fewer than 2 different points"):
            joined_curve("nothing", parts)
        return
    curve = joined_curve("all", parts)[0]
    assert drawn_length(curve) == pytest.approx(sum(arc_length(part.points, part.closed) for part in parts))
    assert (np.diff(curve.points, axis=1) != 0).any(axis=0).all()


@pytest.mark.parametrize("parts", [[], [line((3, 3))], [line((3, 3), (3, 3)), circle(3, 3, radius=0)]])
def test_less_than_two_points_are_no_curve(parts):
    with pytest.raises(CurveError, match="fewer than 2 different points"):
        joined_curve("nothing", parts)


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(joining, "MOST_OUTLINES", 3)
    with pytest.raises(CurveError, match="4 separate outlines, and at most 3"):
        joined_curve("dust", [circle(k, 0) for k in range(4)])


def test_too_many_points_are_thinned_evenly_with_a_word_about_it():
    parts = [circle(0, 0, points=300_000), circle(2, 0, radius=0.04, points=40_000), line((5, 0), (6, 0))]
    curve, notes = joined_curve("fine", parts, reorder=False)
    assert MOST_POINTS * 0.7 < curve.t.size <= MOST_POINTS
    assert notes == ("It has 340,004 points; 200,000 at most were kept, evenly spaced.",)
    expected = sum(arc_length(part.points, part.closed) for part in parts)
    assert drawn_length(curve) == pytest.approx(expected, rel=1e-6)


def test_a_dot_among_too_many_points_stays():
    many = Outline(np.zeros((2, 1)), False, "dot")
    curve, _ = joined_curve("fine", [many, circle(0, 0, points=250_000)], reorder=False)
    assert np.count_nonzero(curve.jumps) == 1
