"""One parameter to set by hand: its name, a slider, a number box, and an arrow that says how the cost falls."""

from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Parameter
from curvegui.core.settings.setting import POSITIONS, LinearScale, Setting
from curvegui.session.run.network_edits import LARGEST_WEIGHT
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme
from curvegui.ui.look.tips import named, wrapped
from curvegui.ui.network.words import entry_of, name_of, shown, way_of
from curvegui.ui.widgets.number_box import NumberBox, even_steps
from curvegui.ui.widgets.numbers import short_number
from curvegui.ui.widgets.scrolled import ScrolledSlider

SCALES = LinearScale(-20, 20, digits=2), LinearScale(-2, 2, digits=3)  # of layer 1, and of layer 2
DIGITS = 4  # significant ones
STEPS = 0.1, 0.01  # by one arrow key in a box
VALUE = Setting("Value", "", low=-LARGEST_WEIGHT, high=LARGEST_WEIGHT, window_high=LARGEST_WEIGHT)
SLIDER_LINES, ARROW_LINES, HEAD_PX, STROKE_PX = 5.0, 4.0, 4.5, 2.0
WIDEST = "−8.88e-88"


class DownhillArrow(QWidget):
    """An arrow from the middle to where the cost falls, as long as it falls steeply, and beside it the number.

    Where it is level, there is a dot. When it is hidden, its room is kept: the sliders would change their length.
    """

    def __init__(self) -> None:
        super().__init__()
        self._downhill = self._share = 0.0
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def show_slope(self, downhill: float, steepest: float, symbol: str) -> str:
        """Show −dC/dw, as a share of the steepest one; what it says, in words, with the parameter's ``symbol``."""
        self._downhill, self._share = downhill, downhill / steepest if steepest else 0.0
        right = mark("The cost falls to the right: −dC/d{symbol} = {downhill}")
        left = mark("The cost falls to the left: −dC/d{symbol} = {downhill}")
        nowhere = mark("The cost falls nowhere: −dC/d{symbol} = {downhill}")
        words = right if downhill > 0 else left if downhill < 0 else nowhere
        self.setAccessibleName(tr(words, symbol=symbol, downhill=short_number(downhill)))
        self.update()
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        """The arrow, as wide as a few letters, and the widest number."""
        line, metrics = self.fontMetrics().height(), self.fontMetrics()
        return QSize(round((ARROW_LINES + 0.5) * line) + metrics.horizontalAdvance(WIDEST), line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line with a head, and the number."""
        painter, half = painter_for(self), round(ARROW_LINES * self.fontMetrics().height() / 2)
        middle = QPointF(half, self.height() / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current_theme().text)))
        number = QRectF(self.rect()).adjusted(2 * half + self.fontMetrics().height() / 2, 0, 0, 0)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, short_number(self._downhill))
        painter.setPen(QPen(QColor(current_theme().border), 1))
        painter.drawLine(QLineF(middle.x(), 0, middle.x(), self.height()))
        colour, way = QColor(current_theme().accent), 1 if self._share > 0 else -1
        painter.setPen(QPen(colour, STROKE_PX))
        painter.setBrush(colour)
        if not self._share:
            painter.drawEllipse(middle, 1, 1)
            return
        length = max(abs(self._share) * (half - 1), HEAD_PX)
        tip, back = (middle + QPointF(way * each, 0) for each in (length, length - HEAD_PX))
        painter.drawLine(middle, back)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([tip, back + QPointF(0, -HEAD_PX), back + QPointF(0, HEAD_PX)]))


class ParameterRow(QObject):
    """The parts, which its owner lays out."""

    moved = Signal(object, float, str)  # Parameter, its value, and its name
    mistyped = Signal(str)

    def __init__(self, parameter: Parameter, sizes: tuple[int, ...], parent: QObject) -> None:
        super().__init__(parent)
        name, way, self.parameter = name_of(parameter, sizes), way_of(parameter, sizes), parameter
        self.symbol = entry_of(parameter)
        self._scale, key = SCALES[parameter.layer - 1], self.symbol.replace("\N{NO-BREAK SPACE}", "")
        self.label = QLabel(self.symbol)
        self.label.setToolTip(wrapped(way))
        self.slider = named(ScrolledSlider(), f"hand.slider.{key}", f"{name}, {way}")
        self.box = NumberBox(VALUE, whole=False, step=even_steps(STEPS[parameter.layer - 1]))
        named(self.box, f"hand.box.{key}", name).setAlignment(Qt.AlignmentFlag.AlignRight)
        self.arrow = named(DownhillArrow(), f"hand.arrow.{key}")
        self.slider.setRange(0, POSITIONS)
        self.slider.setSingleStep(POSITIONS // 400 or 1)
        self.slider.setPageStep(POSITIONS // 20)
        self.slider.setMinimumWidth(round(SLIDER_LINES * self.arrow.fontMetrics().height()))
        self.slider.valueChanged.connect(self._slide)
        self.box.entered.connect(self._enter)
        self.box.mistyped.connect(self._refuse)

    def parts(self) -> tuple[QWidget, ...]:
        """From left to right."""
        return self.label, self.slider, self.box, self.arrow

    def show_value(self, value: float) -> None:
        """Show the value in force; what is being typed, and a slider in a hand, stay."""
        if not (self.box.hasFocus() and self.box.is_typed):
            self.box.show_value(float(f"{value:.{DIGITS}g}"))
        if not self.slider.isSliderDown() and self._scale.value(self.slider.value()) != value:
            with QSignalBlocker(self.slider):
                self.slider.setValue(self._scale.position(value))
        self.slider.setAccessibleDescription(shown(value))

    def show_slope(self, downhill: float | None, steepest: float) -> None:
        """Show −dC/dw; nothing for None."""
        self.arrow.setVisible(downhill is not None)
        if downhill is not None:
            words = self.arrow.show_slope(downhill, steepest, "b" if self.parameter.is_bias else "w")
            self.slider.setAccessibleDescription(f"{self.box.text()}. {words}")

    @Slot(int)
    def _slide(self, position: int) -> None:
        self._enter(self._scale.value(position))

    @Slot(float)
    def _enter(self, value: float) -> None:
        if abs(value) > LARGEST_WEIGHT:
            self._refuse(tr("too large"))
        else:
            self.show_value(value)
            self.moved.emit(self.parameter, value, self.symbol)

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self.mistyped.emit(
            tr("{symbol}: {reason}. It takes {allowed}.", symbol=self.symbol, reason=reason, allowed=VALUE.allowed())
        )
