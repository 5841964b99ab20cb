"""The words beside a point of a plot."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGraphicsScene

from curvegui.ui.widgets.labels import TextBox

AREA = QRectF(0, 0, 400, 100)


@pytest.fixture
def box(qapp):
    scene = QGraphicsScene()
    box = TextBox()
    scene.addItem(box)
    box.colour(QFont())
    yield box
    scene.clear()


@pytest.mark.parametrize("x", [0, 199, 201, 400])
def test_the_words_stand_inside_and_not_on_the_point(box, x):
    box.say("iteration 1\ncost 2", x, AREA)
    place = box.mapRectToScene(box.rect())
    assert AREA.contains(place)
    assert place.right() < x or place.left() > x


@pytest.mark.parametrize("x", [-1_000, 2_000])
def test_the_words_about_a_point_that_is_out_of_view_stand_inside(box, x):
    box.say("iteration 1\ncost 2", x, AREA)
    assert AREA.contains(box.mapRectToScene(box.rect()))
