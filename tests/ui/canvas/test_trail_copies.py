"""Copies of the trail on its way: found, bounded, and forgotten."""

import pytest
from PySide6.QtGui import QColor, QPixmap

from curvegui.ui.canvas.trail import COPIES_BYTES, FEWEST_CURVES, TrailCopies

pytestmark = pytest.mark.usefixtures("qapp")
SIDE = 1_000
MOST = COPIES_BYTES // (4 * SIDE * SIDE)


def image(shade):
    pixmap = QPixmap(SIDE, SIDE)
    pixmap.fill(QColor(shade, shade, shade))
    return pixmap


def test_the_latest_copy_that_shows_nothing_later_is_found():
    copies = TrailCopies()
    for index in range(1, 4):
        copies.painted(FEWEST_CURVES, 100 * index, image(index))
    assert copies.before(99) is None
    assert copies.before(100)[0] == 100
    assert copies.before(299)[0] == 200
    iteration, found = copies.before(10**9)
    assert iteration == 300
    assert found.toImage().pixelColor(0, 0).red() == 3


def test_a_copy_stays_as_it_was_when_the_image_is_painted_on():
    copies, painted = TrailCopies(), image(10)
    copies.painted(FEWEST_CURVES, 100, painted)
    painted.fill(QColor("red"))
    copies.before(100)[1].fill(QColor("blue"))
    assert copies.before(100)[1].toImage().pixelColor(0, 0).red() == 10


def test_few_curves_are_not_worth_a_copy_until_they_have_added_up():
    copies = TrailCopies()
    copies.painted(FEWEST_CURVES - 1, 100, image(1))
    assert copies.before(100) is None
    copies.painted(1, 200, image(1))
    assert copies.before(250)[0] == 200


def test_copies_stay_few_however_long_the_trail_is():
    copies, shared = TrailCopies(), image(1)
    for index in range(1, 40 * MOST):
        copies.painted(FEWEST_CURVES, index, shared)
    assert MOST // 2 <= len(copies._copies) <= MOST
    assert copies.before(10 * MOST) is not None


def test_they_are_forgotten_with_the_view():
    copies = TrailCopies()
    copies.painted(FEWEST_CURVES, 100, image(1))
    copies.clear()
    assert copies.before(100) is None
