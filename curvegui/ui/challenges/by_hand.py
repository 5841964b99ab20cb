"""The page "By hand": ten parameters to set, the score, and if wanted, in which directions the cost falls."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QPolygonF, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.challenges.by_hand import HAND_CURVES, NETWORK, PARAMETERS
from curvegui.core.challenges.smallest import GOAL
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr, tr_n
from curvegui.core.network.parts import Parameter
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.setting import POSITIONS, LinearScale
from curvegui.session.run.network_edits import LARGEST_WEIGHT
from curvegui.session.run.session import Session
from curvegui.session.study.by_hand import HandGame
from curvegui.ui.look.layouts import filled, named, side_by_side, styled, wrapped
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme
from curvegui.ui.network.controls import VALUE
from curvegui.ui.network.words import entry_of, name_of, path_of, shown
from curvegui.ui.widgets.form import CheckBox
from curvegui.ui.widgets.number_box import NumberBox, even_steps
from curvegui.ui.widgets.numbers import format_cost, format_number, short_number
from curvegui.ui.widgets.scrolled import ScrolledComboBox, ScrolledSlider
from curvegui.ui.widgets.spoken import announce, announce_news

SCALES = LinearScale(-20, 20, digits=2), LinearScale(-2, 2, digits=3)  # of layer 1, and of layer 2
DIGITS = 4  # significant ones
STEPS = 0.1, 0.01  # by one arrow key in a box
SLIDER_LINES, ARROW_LINES, HEAD_PX, STROKE_PX = 5.0, 4.0, 4.5, 2.0
WIDEST = "−8.88e-88"
FALLS = (
    mark("The cost falls to the right: −dC/d{symbol} = {downhill}"),
    mark("The cost falls to the left: −dC/d{symbol} = {downhill}"),
    mark("The cost falls nowhere: −dC/d{symbol} = {downhill}"),
)


class DownhillArrow(QWidget):
    """An arrow that shows in which direction the cost falls, and how steeply, with a number beside it; a dot where the
    cost falls in no direction. A hidden arrow keeps its room, so that the sliders keep their length."""

    def __init__(self) -> None:
        super().__init__()
        self._downhill = self._share = 0.0
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def show_slope(self, downhill: float, steepest: float, symbol: str) -> str:
        """Show −dC/dw as a share of the ``steepest`` slope, and return it in words; ``symbol`` is the parameter's."""
        self._downhill, self._share = downhill, downhill / steepest if steepest else 0.0
        words = FALLS[0 if downhill > 0 else 1 if downhill < 0 else 2]
        self.setAccessibleName(tr(words, symbol=symbol, downhill=short_number(downhill)))
        self.update()
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        """Space for the arrow and for the widest number."""
        line, metrics = self.fontMetrics().height(), self.fontMetrics()
        return QSize(round((ARROW_LINES + 0.5) * line) + metrics.horizontalAdvance(WIDEST), line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, half = painter_for(self), round(ARROW_LINES * self.fontMetrics().height() / 2)
        middle = QPointF(half, self.height() / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current_theme().text)))
        number = QRectF(self.rect()).adjusted(2 * half + self.fontMetrics().height() / 2, 0, 0, 0)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, short_number(self._downhill))
        painter.setPen(QPen(QColor(current_theme().border), 1))
        painter.drawLine(QLineF(middle.x(), 0, middle.x(), self.height()))
        colour, direction = QColor(current_theme().accent), 1 if self._share > 0 else -1
        painter.setPen(QPen(colour, STROKE_PX))
        painter.setBrush(colour)
        if not self._share:
            painter.drawEllipse(middle, 1, 1)
            return
        length = max(abs(self._share) * (half - 1), HEAD_PX)
        tip, back = (middle + QPointF(direction * each, 0) for each in (length, length - HEAD_PX))
        painter.drawLine(middle, back)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([tip, back + QPointF(0, -HEAD_PX), back + QPointF(0, HEAD_PX)]))


class ParameterRow(QObject):
    """The widgets for one parameter: its name, a slider, a box, and an arrow; the page arranges them."""

    moved = Signal(object, float, str)  # a Parameter, its value, and its name
    mistyped = Signal(str)

    def __init__(self, parameter: Parameter, sizes: tuple[int, ...], parent: QObject) -> None:
        super().__init__(parent)
        name, direction, self.parameter = name_of(parameter, sizes), path_of(parameter, sizes), parameter
        self.symbol = entry_of(parameter)
        self._scale, key = SCALES[parameter.layer - 1], self.symbol.replace("\N{NO-BREAK SPACE}", "")
        self.label = QLabel(self.symbol)
        self.label.setToolTip(wrapped(direction))
        self.slider = named(ScrolledSlider(), f"hand.slider.{key}", f"{name}, {direction}")
        self.box = NumberBox(VALUE, whole=False, step=even_steps(STEPS[parameter.layer - 1]))
        named(self.box, f"hand.box.{key}", name).setAlignment(Qt.AlignmentFlag.AlignRight)
        self.arrow = named(DownhillArrow(), f"hand.arrow.{key}")
        self.parts = self.label, self.slider, self.box, self.arrow  # from left to right
        self.slider.setRange(0, POSITIONS)
        self.slider.setSingleStep(POSITIONS // 400 or 1)
        self.slider.setPageStep(POSITIONS // 20)
        self.slider.setMinimumWidth(round(SLIDER_LINES * self.arrow.fontMetrics().height()))
        self.slider.valueChanged.connect(self._slide)
        self.box.entered.connect(self._enter)
        self.box.mistyped.connect(self._refuse)

    def show_value(self, value: float) -> None:
        """Show the present value, but leave a number that is being typed, and a slider that is being dragged."""
        if not (self.box.hasFocus() and self.box.is_typed):
            self.box.show_value(float(f"{value:.{DIGITS}g}"))
        if not self.slider.isSliderDown() and self._scale.value(self.slider.value()) != value:
            with QSignalBlocker(self.slider):
                self.slider.setValue(self._scale.position(value))
        self.slider.setAccessibleDescription(shown(value))

    def show_slope(self, downhill: float | None, steepest: float) -> None:
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
        words = mark("{symbol}: {reason}. It takes {allowed}.")
        self.mistyped.emit(tr(words, symbol=self.symbol, reason=reason, allowed=VALUE.allowed()))


HEADINGS = mark("Layer 1: two neurons, from t"), mark("Layer 2: outputs x and y")
GRADIENT = mark("An arrow beside each slider: to where the cost falls, −dC/dw; the longest one is the steepest")
ABOUT = mark("A network 1–2–2, sigma and then linear, can draw this curve. Find its weights.")
ROUNDING = 1e-12  # of the steepest slope: a smaller slope counts as 0
NUMBERS_MS = 100  # between two changes of the numbers while the run learns
MET, NOT_MET = mark("Cost {cost}, goal {goal}: you have reached it!"), mark("Cost {cost}, goal {goal}")
ANOTHER = mark("Another run is on the canvas. Press Start to set weights here; Undo brings that run back.")


class HandPage(QWidget):
    """The page of the challenge By hand: shows a game and changes its weights; ``put`` replaces the present run."""

    def __init__(self, game: HandGame, session: Session, put: Callable[[RunRecord], object]) -> None:
        super().__init__()
        self._game, self._session, self._put = game, session, put
        self._clock = QTimer(self, singleShot=True, interval=NUMBERS_MS)
        self._curves = named(ScrolledComboBox(), "hand.curve", tr("Curve to meet"))
        self._curves.addItems([each.name for each in HAND_CURVES])
        self._curves.setCurrentIndex(HAND_CURVES.index(game.present.curve))
        self._start = self._button("start", tr("S&tart"), self._begin)
        self._task, self._score, self._tries, self._note = (
            named(QLabel(wordWrap=True), f"hand.{name}") for name in ("task", "score", "tries", "note")
        )
        styled(self._score, "large")
        styled(self._tries, "muted")
        self._gradient = named(CheckBox(tr("Show the negative &gradient, −dC/dw")), "hand.gradient", "", tr(GRADIENT))
        self._learn = self._button("learn", tr("&Let it learn from here"), session.toggle)
        self._return = self._button("return", tr("&Return to your best"), partial(game.return_to_best, put))
        curve = QLabel(tr("Cur&ve"))
        curve.setBuddy(self._curves)
        about, grid = styled(QLabel(tr(ABOUT), wordWrap=True), "muted"), QGridLayout()
        grid.setColumnStretch(1, 1)
        self._rows = [ParameterRow(each, NETWORK.sizes, self) for each in PARAMETERS]
        for number, row in enumerate(self._rows):
            if number == 0 or row.parameter.layer != self._rows[number - 1].parameter.layer:
                heading = styled(QLabel(tr(HEADINGS[row.parameter.layer - 1])), "muted")
                grid.addWidget(heading, 2 * number, 0, 1, 4)
            for column, part in enumerate(row.parts):
                grid.addWidget(part, 2 * number + 1, column)
            row.moved.connect(self._set)
            row.slider.sliderPressed.connect(session.history.hold)  # a drag is one change
            row.slider.sliderReleased.connect(session.history.release)
            row.mistyped.connect(self._complain)
        top = filled(QHBoxLayout(), curve, (self._curves, 1), self._start)
        buttons = side_by_side(self._learn, self._return)
        parts = about, top, self._task, self._score, self._tries, grid, self._gradient, buttons, self._note, 1
        filled(QVBoxLayout(self), *parts, edges=None)
        self._curves.activated.connect(self._choose)
        self._gradient.toggled.connect(self._show)
        self._clock.timeout.connect(self._show)
        game.changed.connect(self._show_soon)
        session.config_changed.connect(self._show)
        session.phase_changed.connect(self._show)
        self._choose()

    def _button(self, name: str, text: str, act: object) -> QPushButton:
        button = named(QPushButton(text, autoDefault=False), f"hand.{name}")
        button.clicked.connect(act)
        return button

    @Slot()
    def _choose(self) -> None:
        self._task.setText(HAND_CURVES[self._curves.currentIndex()].task)
        is_chosen = self._game.present.curve is HAND_CURVES[self._curves.currentIndex()]
        self._start.setText(tr("S&tart over") if self._game.is_played and is_chosen else tr("S&tart"))

    @Slot()
    def _begin(self) -> None:
        self._game.begin(HAND_CURVES[self._curves.currentIndex()], self._put)
        self._rows[0].slider.setFocus()

    @Slot(object, float, str)
    def _set(self, parameter: Parameter, value: float, name: str) -> None:
        self._note.clear()
        self._game.set(parameter, value, name)

    @Slot(str)
    def _complain(self, words: str) -> None:
        self._note.setText(words)
        announce(self, words)

    def hideEvent(self, event: QHideEvent) -> None:
        """End a drag: a hidden slider is never released, and all later changes would be undone as one."""
        super().hideEvent(event)
        for row in self._rows:
            row.slider.setSliderDown(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    @Slot()
    def _show_soon(self) -> None:
        if not self._session.phase.is_learning:
            self._show()
        elif not self._clock.isActive():
            self._clock.start()

    @Slot()
    def _show(self) -> None:
        if not self.isVisible():
            return
        snapshot, is_played = self._game.snapshot, self._game.is_played
        downhill, steepest = None, 0.0
        if is_played and snapshot is not None:
            if self._gradient.isChecked():
                downhill = np.nan_to_num(-InspectedSnapshot(snapshot).gradient)
                steepest = float(np.max(np.abs(downhill)))
                downhill[np.abs(downhill) <= ROUNDING * steepest] = 0
            is_met = snapshot.cost <= GOAL and not snapshot.iteration
            self._show_score(
                tr(MET if is_met else NOT_MET, cost=format_cost(snapshot.cost), goal=format_number(GOAL)), is_met
            )
            words, iterations = mark("{n} iterations of learning do not count."), format_number(snapshot.iteration)
            learned = tr(words, n=iterations) if snapshot.iteration else ""
            self._tries.setText(f"{self._said_tries()} {learned}".strip())
        elif not is_played:
            self._show_score("", is_met=False)
            self._tries.setText(tr(ANOTHER))
        for index, row in enumerate(self._rows):
            for part in row.parts:
                part.setEnabled(is_played)
            if snapshot is not None:
                row.show_value(float(snapshot.parameters[index]))
            row.show_slope(None if downhill is None else float(downhill[index]), steepest)
        self._learn.setEnabled(is_played)
        can_pause = self._session.phase.is_learning and is_played
        self._learn.setText(tr("&Pause") if can_pause else tr("&Let it learn from here"))
        self._return.setEnabled(is_played and self._game.present.best is not None)
        self._choose()

    def _said_tries(self) -> str:
        """The best cost and the number of changes; nothing for a run that was not begun on this page."""
        best, changes = self._game.present.best, self._game.present.changes
        if changes is None:
            return ""
        count = format_number(changes)
        if best is None:
            return tr_n("No cost yet, {count} change.", "No cost yet, {count} changes.", changes, count=count)
        cost = format_cost(best[0])
        return tr_n(
            "Your best {best}, {count} change.", "Your best {best}, {count} changes.", changes, best=cost, count=count
        )

    def _show_score(self, words: str, is_met: bool) -> None:
        if words != self._score.text():
            announce_news(self, "score", words if is_met else "")  # to be met again is news again
            self._score.setText(words)
