import numpy as np
import pytest
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from curvegui.ui.diagram.edges import MUTED, NORMAL, WIDEST_OF_MANY_PX, pen_of, word_colour
from curvegui.ui.look.theme import CHOICES, LIGHT
from curvegui.ui.study.weight_colours import LEVELS, levels_of
from tests.help.contrast import contrast

NUMBERS = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20).map(np.array)
THEMES = pytest.mark.parametrize("theme", CHOICES.values(), ids=CHOICES)


@THEMES
@pytest.mark.parametrize("value", [-1.0, 0.0, 1.0])
def test_a_weight_written_out_can_be_read_on_a_card(theme, value):
    assert contrast(word_colour(value, theme), theme.card) >= 4.5


@THEMES
@pytest.mark.parametrize("sign", [-1, 1])
def test_weights_are_seen_on_a_card_the_better_the_larger_and_only_what_is_next_to_nothing_is_faint(theme, sign):
    pens = [pen_of(sign * level, NORMAL, 5.5, theme) for level in range(LEVELS + 1)]
    seen = [contrast(pen.color().name(), theme.card) for pen in pens]
    assert seen == sorted(seen)
    (level,) = levels_of(np.array([0.003]), 1.0).tolist()
    assert level == 1 and min(seen[level:]) >= 3


def test_the_sign_of_a_weight_is_seen_without_colour():
    positive, negative, muted = (pen_of(*each, 5.5, LIGHT) for each in ((5, NORMAL), (-5, NORMAL), (-5, MUTED)))
    assert positive.style() == Qt.PenStyle.SolidLine
    assert negative.style() == muted.style() == Qt.PenStyle.CustomDashLine
    assert [round(length * negative.widthF(), 6) for length in negative.dashPattern()] == [9, 3]  # px, however wide
    assert negative.dashPattern() != muted.dashPattern()
    assert pen_of(-5, NORMAL, WIDEST_OF_MANY_PX, LIGHT).style() == Qt.PenStyle.SolidLine
