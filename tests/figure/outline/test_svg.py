import random
import threading
from time import thread_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import qWarning

from curvegui.core.curve.curve import CurveError
from curvegui.figure.outline import svg as svg_outline
from curvegui.figure.outline.svg import read_svg
from tests.figure.svg_drawings import READ, REFUSED, REFUSED_LARGE, SQUARE, svg

MOST_S = 10  # of this thread's own clock: none takes a tenth of one, and what explodes takes minutes


@pytest.mark.parametrize("name", READ)
def test_odd_drawings_have_their_outlines(name):
    data, labels = READ[name]
    assert [part.label for part in read_svg(data, "test.svg")] == labels


@pytest.mark.parametrize("name", [*REFUSED, *REFUSED_LARGE])
def test_what_cannot_be_read_says_which_file_where_and_why(name):
    data, words = REFUSED[name] if name in REFUSED else REFUSED_LARGE[name]()
    start = thread_time()
    with pytest.raises(CurveError) as caught:
        read_svg(data, "test.svg")
    assert thread_time() - start < MOST_S
    assert words in str(caught.value)
    assert str(caught.value).startswith("“test.svg”")
    assert str(caught.value).endswith(".")


def points(data):
    return [part.points.T.round(4).tolist() for part in read_svg(data, "test.svg")]


def test_a_stroke_gives_the_line_in_its_middle_and_a_filling_its_outline():
    corner = b'd="M 0 0 h 4 v 4"'
    stroke, filling = read_svg(
        svg(
            b'<path fill="none" stroke="red" stroke-width="2" ',
            corner,
            b"/><g/><path ",
            corner,
            b' fill="red" transform="scale(2)"/>',
        ),
        "a",
    )
    assert (stroke.closed, stroke.points.T.tolist()) == (False, [[0, 0], [4, 0], [4, 4]])
    assert (filling.closed, filling.points.T.tolist()) == (True, [[0, 0], [8, 0], [8, 8]])


def test_coordinates_are_those_of_the_drawing():
    square = b'<rect x="20" y="30" width="10" height="5"/>'
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="7cm" height="9" viewBox="10 10 40 80">%s</svg>' % square
    assert points(drawing) == [[[20, 30], [30, 30], [30, 35], [20, 35]]]


def test_a_drawing_in_a_drawing_stands_in_its_place():
    inner = (
        b'<svg x="10" y="20" width="50" height="60" viewBox="1 1 2 2"><rect x="1" y="1" width="2" height="2"/></svg>'
    )
    assert points(svg(inner)) == [[[10, 25], [60, 25], [60, 75], [10, 75]]]


def test_the_letters_of_a_text_are_as_large_as_the_text():
    (letter,) = read_svg(svg(b'<text x="10" y="40" font-size="20" font-family="DejaVu Sans">I</text>'), "a")
    assert letter.points[1].max() == pytest.approx(40, abs=0.1)
    assert 12 < np.ptp(letter.points[1]) < 17


def matrices():
    """A transform as SVG writes it, and as a matrix."""
    small = st.floats(-50, 50).map(lambda value: round(value, 3))
    scale = st.floats(0.2, 5).map(lambda value: round(value, 3))
    return st.one_of(
        st.builds(lambda x, y: (f"translate({x} {y})", np.array([[1, 0, x], [0, 1, y], [0, 0, 1]])), small, small),
        st.builds(lambda x, y: (f"scale({x},{y})", np.diag([x, y, 1.0])), scale, scale),
        st.builds(rotated, st.floats(-180, 180).map(lambda value: round(value, 3))),
        st.builds(
            lambda a: (f"skewX({a})", np.array([[1, np.tan(np.radians(a)), 0], [0, 1, 0], [0, 0, 1]])),
            st.integers(-60, 60),
        ),
    )


def rotated(degrees):
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return f"rotate({degrees})", np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])


def nested(shape, steps):
    """A shape inside of groups, and the matrix of all of them."""
    matrix = np.eye(3)
    for words, step in steps:
        matrix = matrix @ step
        shape = shape.replace("<SHAPE", f'<g transform="{words}"><SHAPE') + "</g>"
    return svg(shape.replace("<SHAPE", "<").encode()), matrix


def back(part, matrix):
    """The points of a part where they were before they were transformed, and what 1e-4 of its size is there."""
    there = np.linalg.solve(matrix, np.vstack([part.points, np.ones(part.points.shape[1])]))[:2]
    scale = np.linalg.norm(np.linalg.inv(matrix[:2, :2]), 2)
    return there, 1e-4 * np.ptp(part.points, axis=1).max() * scale


@given(
    st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=3, max_size=9, unique=True),
    st.lists(matrices(), max_size=4),
    st.booleans(),
)
def test_a_polygon_keeps_its_corners(corners, steps, as_path):
    words = " ".join(f"{x},{y}" for x, y in corners)
    shape = f'< path d="M{words}Z"/>' if as_path else f'< polygon points="{words}"/>'
    data, matrix = nested(shape.replace("< ", "<SHAPE"), steps)
    (part,) = read_svg(data, "polygon.svg")
    found, _ = back(part, matrix)
    assert part.closed
    assert found == pytest.approx(np.array(corners, float).T, abs=1e-6 * np.linalg.cond(matrix))


def test_what_qt_cuts_short_is_refused(monkeypatch):
    def paint(drawing):
        device, _ = painted(drawing)
        return device, ["qt.svg: Invalid path data; path truncated."]

    painted = svg_outline._painted
    monkeypatch.setattr(svg_outline, "_painted", paint)
    with pytest.raises(CurveError, match=r"“a.svg” could not be read. Qt cut a path in it short"):
        read_svg(svg(SQUARE), "a.svg")


def test_drawings_can_be_read_in_several_threads_at_once(qtlog):
    data = [READ[name][0] for name in ("text", "all shapes", "used twice")] * 5
    found = {}

    def read(k):
        found[k] = [part.points.tolist() for part in read_svg(data[k], "a")]
        qWarning("said by a thread")

    threads = [threading.Thread(target=read, args=(k,)) for k in range(len(data))]
    with qtlog.disabled():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert all(found[k] == found[k % 3] for k in range(len(data)))


def test_damaged_drawings_are_read_or_refused_and_nothing_else():
    sources = [data for data, _ in (*READ.values(), *REFUSED.values()) if 40 < len(data) < 2_000]
    chance = random.Random(4)
    outcomes = {True: 0, False: 0}
    for _ in range(1_500):
        damaged = bytearray(chance.choice(sources))
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(damaged))
            damage = chance.choice(
                [b"", b"<", b">", b'"', b"&", b"0", b"e9", b"-", b"/", b" ", b"\xff", b"Z", bytes(1)]
            )
            damaged[place : place + chance.randint(0, 3)] = damage
        try:
            outcomes[bool(read_svg(bytes(damaged), "damaged.svg"))] += 1
        except CurveError:
            outcomes[False] += 1
    assert min(outcomes.values()) > 50
