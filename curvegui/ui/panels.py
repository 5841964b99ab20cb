"""The panel beside the canvas: every knob, and what the doctor says."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from curvegui.ui.advice import AdviceCard
from curvegui.ui.card import card
from curvegui.ui.fields import ChoiceField, Field, NumberField, SliderField
from curvegui.ui.flow_layout import FlowLayout
from curvegui.ui.layers_field import LayersField
from curvegui.ui.settings_form import SettingsForm
from curvegui.ui.theme import Theme

PANEL_LINES = 29  # the panel's width at first, in heights of a line of text


class KnobsPanel(QWidget):
    """The editors of all settings, and the advice under them.

    Parameters
    ----------
    form : SettingsForm
        Joins the editors to the session.
    advice : AdviceCard
    theme : Theme
    """

    def __init__(self, form: SettingsForm, advice: AdviceCard, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = LayersField(theme)
        descent = _side_by_side(form.add(SliderField("aggression")), form.add(SliderField("noise")))
        neurons = _side_by_side(form.add(ChoiceField("activation")), form.add(ChoiceField("output_activation")))
        run = _side_by_side(
            _column(*(form.add(NumberField(name)) for name in ("iterations", "points", "data_noise"))),
            _column(*(form.add(NumberField(name)) for name in ("seed", "trail_every", "train_one_in"))),
        )
        cards = _scrolling(card(descent), card(form.add(self._layers), neurons), card(run))
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 12, 8)
        column.setSpacing(12)
        column.addWidget(cards, 1)
        column.addWidget(advice)

    def dress(self, theme: Theme) -> None:
        """Colour the icons."""
        self._layers.dress(theme)

    def sizeHint(self) -> QSize:
        """Wide enough for two editors beside each other, in whatever font."""
        return QSize(PANEL_LINES * self.fontMetrics().height(), super().sizeHint().height())


class _Page(QScrollArea):
    """Scrolls to what gets the focus; Qt's own does so only where the focus was on the page before."""

    def __init__(self) -> None:
        super().__init__()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now)


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


def _scrolling(*cards: QFrame) -> QScrollArea:
    """Cards one above the other, which scroll where the window is too low for them."""
    contents = QWidget()
    contents.setObjectName("scrolled")
    column = QVBoxLayout(contents)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for each in cards:
        column.addWidget(each)
    column.addStretch(1)
    area = _Page()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(contents)
    area.setMinimumWidth(contents.minimumSizeHint().width())
    return area
