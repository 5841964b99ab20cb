"""The row of keyframes: which one the morph is nearest to is seen without colours, and told to a screen reader."""

import pytest
from PySide6.QtGui import QAccessible, QImage

from curvegui.core.learner.morphing import Morph
from curvegui.ui.morph.panel import KeyframeRow
from curvegui.ui.widgets.spoken import heard


def ink(picture):
    """How much of a thumbnail is covered by its line, whatever the colour."""
    return picture.pixmap().toImage().convertToFormat(QImage.Format.Format_Alpha8).constBits().tobytes()


@pytest.fixture
def row(qtbot):
    made = KeyframeRow()
    qtbot.addWidget(made)
    return made


def test_the_nearest_keyframe_has_a_thicker_line_and_is_said_to_be_now(row):
    found = []
    for position in (0.2, 0.8, 1.9):
        row.show_morph(Morph(("circle", "circle", "circle"), position))
        covered = [sum(ink(each)) for each in row._pictures]
        found.append(covered.index(max(covered)))
        assert max(covered) > 1.5 * min(covered)
        told = ["now circle" in heard(each) for each in row._pictures]
        assert told.index(True) == found[-1] and told.count(True) == 1
        assert [heard(each, QAccessible.Text.Name) for each in row._pictures] == ["circle"] * 3
    assert found == [0, 1, 2]
