"""The panels beside the canvas: the knobs that are always there, and those of the run."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from curvegui.ui.card import card
from curvegui.ui.fields import ChoiceField, Field, NumberField, SliderField
from curvegui.ui.flow_layout import FlowLayout
from curvegui.ui.layers_field import LayersField
from curvegui.ui.settings_form import SettingsForm
from curvegui.ui.theme import Theme

PANEL_PX = 440  # the panels' width at first


class KnobsPanel(QWidget):
    """Aggression, noise, layers and neurons.

    Parameters
    ----------
    form : SettingsForm
        Joins the editors to the session.
    theme : Theme
    """

    def __init__(self, form: SettingsForm, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = LayersField(theme)
        self.first = SliderField("aggression")
        descent = _side_by_side(form.add(self.first), form.add(SliderField("noise")))
        neurons = _side_by_side(form.add(ChoiceField("activation")), form.add(ChoiceField("output_activation")))
        _fill(self, scrolling(card(descent), card(form.add(self._layers), neurons)))

    def dress(self, theme: Theme) -> None:
        """Colour the icons."""
        self._layers.dress(theme)


class RunPanel(QWidget):
    """Iterations, seed, points and trail.

    Parameters
    ----------
    form : SettingsForm
        Joins the editors to the session.
    """

    def __init__(self, form: SettingsForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        left = _column(form.add(NumberField("iterations")), form.add(NumberField("points")))
        right = _column(form.add(NumberField("seed")), form.add(NumberField("trail_every")))
        _fill(self, scrolling(card(_side_by_side(left, right))))


def _side_by_side(*parts: QWidget) -> QWidget:
    """Parts beside each other, or below where there is no room."""
    row = QWidget()
    flow = FlowLayout(18, row, stretch=True)
    for part in parts:
        flow.addWidget(part)
    return row


def _column(*fields: Field) -> QWidget:
    column = QWidget()
    rows = QVBoxLayout(column)
    rows.setContentsMargins(0, 0, 0, 0)
    for field in fields:
        rows.addWidget(field)
    return column


def _fill(panel: QWidget, contents: QWidget) -> None:
    outer = QVBoxLayout(panel)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(contents)


class _CardArea(QScrollArea):
    """As high as its cards where there is room.

    Parameters
    ----------
    contents : QWidget
        Holds the cards.
    """

    def __init__(self, contents: QWidget) -> None:
        super().__init__()
        self._contents = contents
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(contents)
        self.setMinimumWidth(contents.minimumSizeHint().width())

    def sizeHint(self) -> QSize:
        """The size of the cards at the panel's usual width."""
        return QSize(PANEL_PX, self._contents.heightForWidth(PANEL_PX))


def scrolling(*cards: QFrame) -> QScrollArea:
    """Cards one above the other, which scroll where the window is too low for them."""
    contents = QWidget()
    contents.setObjectName("scrolled")
    column = QVBoxLayout(contents)
    column.setContentsMargins(4, 2, 10, 4)
    column.setSpacing(12)
    for each in cards:
        column.addWidget(each)
    column.addStretch(1)
    return _CardArea(contents)
