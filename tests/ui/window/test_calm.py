"""The window is calm: at launch, few things can be clicked."""

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QSlider,
)

from curvegui.ui.network.layers import LayersRow
from curvegui.ui.settings.fields import Field
from curvegui.ui.timeline.speed import SpeedField
from curvegui.ui.window.tool_bar import ViewSwitch
from tests.ui.person import Key

MOST = 26
KINDS = QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QSlider
PARTS = QAbstractItemView, QAbstractSpinBox, QComboBox, QScrollBar  # of a list or a box: no more to click
TOGETHER = LayersRow, SpeedField, ViewSwitch  # the layers of the network, and one choice of a few, count once


def what_counts(widget):
    """The control that a widget is of: a slider with its number box is one, as a list with all that is in it."""
    each = widget
    while each is not None:
        if isinstance(each, TOGETHER) or (isinstance(each, Field) and isinstance(widget, QLineEdit | QSlider)):
            return each
        each = each.parentWidget()
    return widget


def clickable(window):
    """What can be clicked now: menus, and buttons, boxes, sliders and lists that are enabled and seen."""
    found = {action: action.text() for action in window.menuBar().actions() if action.isVisible()}
    for widget in window.findChildren(KINDS[0]) + [w for kind in KINDS[1:] for w in window.findChildren(kind)]:
        is_part = isinstance(widget.parentWidget(), PARTS) or isinstance(
            widget.parentWidget() and widget.parentWidget().parentWidget(), QAbstractScrollArea
        )
        if widget.isVisible() and widget.isEnabled() and not widget.visibleRegion().isEmpty() and not is_part:
            found[what_counts(widget)] = widget.objectName() or widget.text()
    return sorted(found.values())


def test_at_launch_few_things_can_be_clicked_even_at_the_very_first(open_window):
    person = open_window(size=(1_280, 800), study=True, welcomes=True)
    person.wait_for_first_picture()
    person.wait_until(lambda: person.window.services.docks.is_seen("network"))
    person.wait_until(lambda: person.shows("network.diagram"))
    person.wait_until(lambda: person.shows("welcome"))
    card = [button.text() for button in person.find("welcome").findChildren(QAbstractButton)]
    found = clickable(person.window)
    assert {"run", "curves.list", "button.curve.draw", "settings.more", "&File"} <= {*found}  # so it does count
    assert card and len(found) + len(card) <= MOST, found + card
    person.enter_setting("noise", "0")  # who does something needs no welcome
    assert not person.shows("welcome")
    person.choose("edit.undo")
    person.press(Key.Key_Escape)
    found = clickable(person.window)
    assert len({*found} - {"Redo"}) <= MOST, found
