"""The page "By hand": ten parameters to set, the score, and on demand where the cost falls."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.challenges.by_hand import HAND_CURVES, NETWORK, PARAMETERS
from curvegui.core.challenges.smallest import GOAL
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr, tr_n
from curvegui.core.network.parts import Parameter
from curvegui.core.run.record import RunRecord
from curvegui.session.run.session import Session
from curvegui.session.study.by_hand import HandGame
from curvegui.ui.challenges.row import ParameterRow
from curvegui.ui.look.layouts import filled, side_by_side
from curvegui.ui.look.tips import named, styled
from curvegui.ui.widgets.form import CheckBox
from curvegui.ui.widgets.numbers import format_cost, format_number
from curvegui.ui.widgets.scrolled import ScrolledComboBox
from curvegui.ui.widgets.spoken import announce, tell_news

HEADINGS = mark("Layer 1: two neurons, from t"), mark("Layer 2: outputs x and y")
GRADIENT = mark("An arrow beside each slider: to where the cost falls, −dC/dw; the longest one is the steepest")
ABOUT = mark("A network 1–2–2, sigma and then linear, can draw this curve. Find its weights.")
ROUNDING = 1e-12  # of the steepest slope: what is less is nothing
NUMBERS_MS = 100  # between two changes of the numbers while the run learns
ANOTHER = mark("Another run is on the canvas. Press Start to set weights here; Undo brings that run back.")


class HandPage(QWidget):
    """Shows a game, and sets what it asks for; ``put`` puts a run in place of the present one."""

    def __init__(self, game: HandGame, session: Session, put: Callable[[RunRecord], object]) -> None:
        super().__init__()
        self._game, self._session, self._put = game, session, put
        self._clock = QTimer(self, singleShot=True, interval=NUMBERS_MS)
        self._curves = named(ScrolledComboBox(), "hand.curve", tr("Curve to meet"))
        self._curves.addItems([each.name for each in HAND_CURVES])
        self._curves.setCurrentIndex(HAND_CURVES.index(game.curve))
        self._start = self._button("start", tr("S&tart"), self._begin)
        self._task, self._score, self._tries, self._note = (
            named(QLabel(wordWrap=True), f"hand.{name}") for name in ("task", "score", "tries", "note")
        )
        styled(self._score, "large")
        styled(self._tries, "muted")
        self._gradient = named(CheckBox(tr("Show the negative &gradient, −dC/dw")), "hand.gradient", "", tr(GRADIENT))
        self._learn = self._button("learn", tr("&Let it learn from here"), session.toggle)
        self._return = self._button("return", tr("&Return to your best"), self._go_back)
        self._rows = [ParameterRow(each, NETWORK.sizes, self) for each in PARAMETERS]
        self._lay_out()
        self._connect()
        self._choose()

    def _button(self, name: str, text: str, act: object) -> QPushButton:
        button = named(QPushButton(text), f"hand.{name}")
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        curve = QLabel(tr("Cur&ve"))
        curve.setBuddy(self._curves)
        about, grid = styled(QLabel(tr(ABOUT), wordWrap=True), "muted"), QGridLayout()
        for row, each in enumerate(self._rows):
            if row == 0 or each.parameter.layer != self._rows[row - 1].parameter.layer:
                grid.addWidget(styled(QLabel(tr(HEADINGS[each.parameter.layer - 1])), "muted"), 2 * row, 0, 1, 4)
            for column, part in enumerate(each.parts()):
                grid.addWidget(part, 2 * row + 1, column)
        grid.setColumnStretch(1, 1)
        top = filled(QHBoxLayout(), curve, (self._curves, 1), self._start)
        buttons = side_by_side(self._learn, self._return)
        parts = about, top, self._task, self._score, self._tries, grid, self._gradient, buttons, self._note, 1
        filled(QVBoxLayout(self), *parts, edges=None)

    def _connect(self) -> None:
        self._curves.activated.connect(self._choose)
        self._gradient.toggled.connect(self._show)
        for row in self._rows:
            row.moved.connect(self._set)
            row.slider.sliderPressed.connect(self._session.history.hold)  # a drag is one change
            row.slider.sliderReleased.connect(self._session.history.release)
            row.mistyped.connect(self._complain)
        self._clock.timeout.connect(self._show)
        self._game.changed.connect(self._show_soon)
        self._session.config_changed.connect(self._show)
        self._session.phase_changed.connect(self._show)

    # What a person does

    @Slot()
    def _choose(self) -> None:
        self._task.setText(HAND_CURVES[self._curves.currentIndex()].task)
        self._start.setText(tr("S&tart over") if self._is_chosen_played else tr("S&tart"))

    @property
    def _is_chosen_played(self) -> bool:
        return self._game.is_played and self._game.curve is HAND_CURVES[self._curves.currentIndex()]

    @Slot()
    def _begin(self) -> None:
        self._game.begin(HAND_CURVES[self._curves.currentIndex()], self._put)
        self._rows[0].slider.setFocus()

    @Slot()
    def _go_back(self) -> None:
        self._game.return_to_best(self._put)

    @Slot(object, float, str)
    def _set(self, parameter: Parameter, value: float, name: str) -> None:
        self._note.clear()
        self._game.set(parameter, value, name)

    @Slot(str)
    def _complain(self, words: str) -> None:
        self._note.setText(words)
        announce(self, words)

    # What is seen

    def hideEvent(self, event: QHideEvent) -> None:
        """End a drag that goes on: a slider that is hidden is never released, and all later changes would be one."""
        super().hideEvent(event)
        for row in self._rows:
            row.slider.setSliderDown(False)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed meanwhile."""
        super().showEvent(event)
        self._show()

    @Slot()
    def _show_soon(self) -> None:
        """Follow a hand at once, and learning ten times a second."""
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
            self._tell_score(snapshot.cost, snapshot.iteration)
        elif not is_played:
            self._show_score("", is_met=False)
            self._tries.setText(tr(ANOTHER))
        for place, row in enumerate(self._rows):
            for part in row.parts():
                part.setEnabled(is_played)
            if snapshot is not None:
                row.show_value(float(snapshot.parameters[place]))
            row.show_slope(None if downhill is None else float(downhill[place]), steepest)
        self._learn.setEnabled(is_played)
        self._learn.setText(
            tr("&Pause") if self._session.phase.is_learning and is_played else tr("&Let it learn from here")
        )
        self._return.setEnabled(is_played and self._game.best is not None)
        self._choose()

    def _tell_score(self, cost: float, iteration: int) -> None:
        is_met = cost <= GOAL and not iteration
        met, not_met = mark("Cost {cost}, goal {goal}: you have reached it!"), mark("Cost {cost}, goal {goal}")
        words = tr(met if is_met else not_met, cost=format_cost(cost), goal=format_number(GOAL))
        self._show_score(words, is_met)
        words = mark("{n} iterations of learning do not count.")
        learned = tr(words, n=format_number(iteration)) if iteration else ""
        self._tries.setText(f"{self._said_tries()} {learned}".strip())

    def _said_tries(self) -> str:
        """The best and the count of the try; of a run that comes from elsewhere, nobody has them."""
        best, changes = self._game.best, self._game.changes
        if changes is None:
            return ""
        count = format_number(changes)
        if best is None:
            return tr_n("No cost yet, {count} change.", "No cost yet, {count} changes.", changes, count=count)
        return tr_n(
            "Your best {best}, {count} change.",
            "Your best {best}, {count} changes.",
            changes,
            best=format_cost(best[0]),
            count=count,
        )

    def _show_score(self, words: str, is_met: bool) -> None:
        if words != self._score.text():
            tell_news(self, "score", words if is_met else "")  # to be met again is news again
            self._score.setText(words)
