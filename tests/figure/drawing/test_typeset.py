"""The typesetter: parts stand where they belong, none over another, at every size."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainterPathStroker

from curvegui.figure.drawing.typeset import (
    Bar,
    Fenced,
    Fraction,
    Glyphs,
    Letters,
    Matrix,
    PartsInRow,
    Root,
    Script,
    Slant,
    Stroke,
    typeset,
)

UPRIGHT = Slant.UPRIGHT
INK = "#18212f"


def layered(letter, layer, below=None):
    return Script(Letters(letter), Letters(f"({layer})", UPRIGHT), below and Letters(below, UPRIGHT))


def partial(above, below):
    return Fraction(PartsInRow((Letters("∂", UPRIGHT), above)), PartsInRow((Letters("∂", UPRIGHT), below)))


EXPRESSIONS = {
    "fraction": partial(Letters("C"), layered("W", 3, "1,4")),
    "equation": PartsInRow((
        partial(Letters("C"), layered("W", 3, "1,4")),
        Letters(" = ", UPRIGHT),
        partial(Letters("C"), layered("a", 3)),
        Letters(" · ", UPRIGHT),
        partial(layered("a", 3), layered("z", 3)),
    )),
    "slope": PartsInRow((Letters("σ′"), Letters("(", UPRIGHT), layered("z", 3), Letters(")", UPRIGHT))),
    "matrix": Matrix(tuple((Letters(text, UPRIGHT), Letters("−12.5", UPRIGHT)) for text in ("0.31", "−4.2", "7"))),
    "root": Root(PartsInRow((Letters("t"), Root(Fraction(Letters("1"), Letters("2"))))), Letters("3", UPRIGHT)),
    "brackets": PartsInRow(
        tuple(Fenced(Fraction(Letters("t"), Letters("2")), signs) for signs in ("()", "||", "⌊⌋", "⌈⌉"))
    ),
    "bold": PartsInRow((Letters("f", Slant.BOLD), Letters("f"), Letters("W", Slant.BOLD))),
}  # fmt: skip
EACH = pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS)


def font(points):
    made = QFont()
    made.setPointSizeF(points)
    return made


def boxes(picture):
    return [mark.box for mark in picture.marks if mark.box.isValid()]


def corners(picture):
    """The upright bars of brackets meet their feet: one bracket is one shape."""
    return [mark.box for mark in picture.marks if isinstance(mark, Bar)]


@EACH
@pytest.mark.parametrize("points", [6, 10, 20, 40])
def test_no_letter_lies_over_another_or_over_a_line(expression, points):
    picture = typeset(expression, font(points), INK)
    bars = corners(picture)
    roots = [QPainterPathStroker().createStroke(mark.path) for mark in picture.marks if isinstance(mark, Stroke)]
    letters = [mark.box for mark in picture.marks if isinstance(mark, Glyphs)]
    assert not any(root.intersects(letter) for root in roots for letter in letters)
    for first, second in combinations([mark.box for mark in picture.marks if not isinstance(mark, Stroke)], 2):
        if not (first.isValid() and second.isValid()) or (first in bars and second in bars):
            continue
        shared = first.intersected(second)
        assert shared.width() <= 0.12 * points or shared.height() <= 0.05 * points, (first, second)


@EACH
def test_everything_lies_within_the_picture(expression):
    picture = typeset(expression, font(14), INK)
    whole = QRectF(0, -picture.ascent, picture.width, picture.height).adjusted(-0.01, -0.01, 0.01, 0.01)
    assert all(whole.contains(box) for box in boxes(picture))
    assert picture.size == whole.adjusted(0.01, 0.01, -0.01, -0.01).size()


def glyphs(picture, text):
    (found,) = [mark for mark in picture.marks if isinstance(mark, Glyphs) and mark.text == text]
    return found


def test_a_fractions_line_is_between_its_parts_and_as_high_as_every_other_in_the_row():
    picture = typeset(EXPRESSIONS["equation"], font(14), INK)
    lines = corners(picture)
    assert len({line.center().y() for line in lines}) == 1 and len(lines) == 3
    assert lines[0].center().y() == pytest.approx(-picture.axis)
    fraction = typeset(Fraction(Letters("C"), Letters("W")), font(14), INK)
    (line,) = corners(fraction)
    assert glyphs(fraction, "C").box.bottom() < line.top() < line.bottom() < glyphs(fraction, "W").box.top()
    assert glyphs(fraction, "C").box.center().x() == pytest.approx(line.center().x(), abs=2)


def test_scripts_are_smaller_and_over_and_under_their_letter():
    picture = typeset(Script(Letters("W"), Letters("3"), Letters("4")), font(20), INK)
    letter, above, below = (glyphs(picture, text) for text in "W34")
    assert above.position.y() < letter.position.y() < below.position.y()
    assert above.box.left() >= letter.box.right() - 1
    assert above.font.pointSizeF() == below.font.pointSizeF() < 0.8 * letter.font.pointSizeF()


def test_numbers_of_a_column_end_below_each_other():
    picture = typeset(EXPRESSIONS["matrix"], font(14), INK)
    ends = [glyphs(picture, text).box.right() for text in ("0.31", "−4.2", "7")]
    assert ends == pytest.approx([ends[0]] * 3, abs=1.5)
