import numpy as np
from hypothesis import given, settings

from curvegui.core.curve import joining as outline_order
from curvegui.core.curve.joining import Outline, entered_well, jump_length, shortest_order
from tests.core.outlines import circle, line, some_parts


def strokes(part):
    """The lines of a part, whichever way they are drawn."""
    points = part.points.T.tolist()
    ends = points[1:] + points[:1] if part.closed else points[1:]
    return sorted(sorted(pair) for pair in zip(points, ends, strict=False))


def drawing(parts):
    return sorted((part.label, part.closed, strokes(part)) for part in parts)


@settings(max_examples=20)
@given(some_parts())
def test_ordering_draws_the_same_and_jumps_no_farther(parts):
    ordered = shortest_order(parts)
    assert drawing(ordered) == drawing(parts)
    assert jump_length(ordered) <= jump_length(entered_well(parts)) * (1 + 1e-12)


def test_there_may_be_nothing_to_order():
    assert shortest_order([]) == entered_well([]) == ()
    alone = circle(0, 0)
    assert shortest_order([alone]) == entered_well([alone]) == (alone,)


def test_open_lines_that_meet_end_to_end_become_one_stroke():
    pieces = [line((k, k % 3), (k + 1, (k + 1) % 3)) for k in range(20)]
    shuffled = [pieces[k].entered(k % 2) for k in np.random.default_rng(1).permutation(20)]
    assert jump_length(shuffled) > 50
    assert jump_length(shortest_order(shuffled)) == 0


def test_sixty_outlines_are_joined_by_short_jumps():
    random = np.random.default_rng(0)
    parts = [circle(*place, radius=0.02) for place in random.random((60, 2))]
    assert jump_length(shortest_order(parts)) < jump_length(parts) / 4


def test_thousands_of_parts_are_taken_strip_by_strip(monkeypatch):
    places = [(x, y) for x in range(12) for y in range(12)]
    dots = [Outline(np.array([[x], [y]], np.float64), False, f"{x} {y}") for x, y in places]
    scattered = [dots[k] for k in np.random.default_rng(2).permutation(144)]
    monkeypatch.setattr(outline_order, "MOST_COMPARED", 100)
    ordered = shortest_order(scattered)
    assert drawing(ordered) == drawing(dots)
    assert jump_length(ordered) < jump_length(scattered) / 2


def test_parts_that_all_lie_in_one_place_are_no_trouble(monkeypatch):
    monkeypatch.setattr(outline_order, "MOST_COMPARED", 5)
    assert jump_length(shortest_order([line((1, 1), (1, 1))] * 9)) == 0


def test_the_search_ends_even_if_it_is_not_done(monkeypatch):
    monkeypatch.setattr(outline_order, "MOST_SWEEPS", 0)
    parts = [circle(*place, radius=0.02) for place in np.random.default_rng(3).random((30, 2))]
    assert drawing(shortest_order(parts)) == drawing(parts)
