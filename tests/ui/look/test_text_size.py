"""The size of all text: it grows in widgets that are there, and goes back to what it was."""

from PySide6.QtWidgets import QToolButton

from curvegui.ui.look.icons import icon_size
from curvegui.ui.look.theme import set_text_size


def test_text_and_icons_grow_where_they_are_and_go_back_to_the_same(qtbot, qapp, light_theme):
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIconSize(icon_size(button, 1.5))
    button.show()
    before = qapp.font().toString(), button.fontMetrics().height(), button.iconSize()
    for percent in (70, 110, 190, 130):
        set_text_size(percent)
        assert abs(button.fontMetrics().height() - before[1] * percent / 100) <= 2
        assert button.iconSize().height() == round(1.5 * button.fontMetrics().height())
    set_text_size(100)
    assert (qapp.font().toString(), button.fontMetrics().height(), button.iconSize()) == before
