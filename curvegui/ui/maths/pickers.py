"""Pickers of the maths panel: for a weight or bias, and for a training point or the average of all points."""

from collections.abc import Sequence
from functools import partial
from html import escape
from math import ceil

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Parameter
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import FlowLayout, filled, named, side_by_side, styled
from curvegui.ui.maths.words import stage_title
from curvegui.ui.widgets.numbers import short_number
from curvegui.ui.widgets.scrolled import CountBox, LongComboBox, ScrolledComboBox

AVERAGE = mark("Average")  # the first of the list of points
SPACING = 10  # px


class ParameterPicker(QWidget):
    """A list of matrices, and boxes for row and column."""

    picked = Signal(object)  # a person wants to see this Parameter

    def __init__(self) -> None:
        super().__init__()
        self._sizes: tuple[int, ...] = ()
        self.matrix = named(ScrolledComboBox(), "maths.matrix", tr("Parameter: matrix of the weight or bias"))
        self.matrix.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._row = CountBox("maths.row", tr("To neuron: the row"))
        self._column = CountBox("maths.column", tr("From neuron: the column"))
        self._from = labelled(tr("From neuron"), self._column)
        flow = FlowLayout(SPACING, self)
        for part in (labelled(tr("Parameter"), self.matrix), labelled(tr("To neuron"), self._row), self._from):
            flow.addWidget(part)
        self.matrix.activated.connect(self._pick)
        self._row.valueChanged.connect(self._pick)
        self._column.valueChanged.connect(self._pick)

    def show_parameter(self, parameter: Parameter, sizes: Sequence[int]) -> None:
        if tuple(sizes) != self._sizes:
            self._sizes = tuple(sizes)
            layers = range(1, len(sizes))
            with QSignalBlocker(self.matrix):
                self.matrix.clear()
                self.matrix.addItems([f"{letter}{layer}" for letter in "Wb" for layer in layers])
        if self.matrix.currentText() != parameter.matrix:
            self.matrix.setCurrentText(parameter.matrix)
        _show_count(self._row, parameter.row + 1, sizes[parameter.layer])
        self._from.setVisible(not parameter.is_bias and parameter.layer > 1)
        _show_count(self._column, (parameter.column or 0) + 1, sizes[parameter.layer - 1])

    @Slot()
    def _pick(self) -> None:
        if not self._sizes:  # the panel has just been made
            return
        layer = int(self.matrix.currentText()[1:])
        row = min(self._row.value(), self._sizes[layer]) - 1
        column = min(self._column.value(), self._sizes[layer - 1]) - 1
        is_bias = self.matrix.currentText().startswith("b")
        self.picked.emit(Parameter(layer, row, None if is_bias else column))


def _show_count(box: CountBox, value: int, highest: int) -> None:
    if (box.value(), box.maximum()) != (value, highest):
        with QSignalBlocker(box):
            box.setRange(1, highest)
            box.setSuffix(f" {tr('of {highest}', highest=highest)}")
            box.setValue(value)


def labelled(words: str, box: QWidget) -> QWidget:
    """A box with a label above; box and label stay together when a row is wrapped."""
    pair = QWidget()
    label = styled(QLabel(words), "muted")
    label.setBuddy(box)
    filled(QVBoxLayout(pair), label, box, spacing=2)
    return pair


class PointPicker(LongComboBox):
    """A list with the average of the training points, then each point, from 1 on, with its t."""

    picked = Signal(object)  # int or None: a person wants to see this point, from 0 on; None for the average

    def __init__(self) -> None:
        super().__init__()
        self._t = np.zeros(0)
        tip = mark("The training point that the numbers are of. {average}: what gradient descent uses")
        named(self, "maths.point", tr("Training point, or the average of all"), tr(tip, average=tr(AVERAGE)))
        self.activated.connect(self._pick)

    def show_point(self, point: int | None, t: FloatArray) -> None:
        """Show a point, counted from 0, or for None the average; ``t``, shape (N,), has the t of all points."""
        if not np.array_equal(t, self._t):
            self._t = t
            self.show_rows(t.size + 1, self._words)
            longest = max(tr(AVERAGE), self._words_at(t.size, 0.123), key=len)
            words, letter = (self.fontMetrics().horizontalAdvance(each) for each in (longest, "X"))
            self.setMinimumContentsLength(ceil(words / letter))  # in such letters
        self.setCurrentIndex(0 if point is None else point + 1)

    def _words(self, row: int) -> str:
        return self._words_at(row, float(self._t[row - 1])) if row else tr(AVERAGE)

    def _words_at(self, row: int, t: float) -> str:
        return tr("{row} of {points}, t = {t}", row=str(row), points=str(self._t.size), t=short_number(t))

    @Slot(int)
    def _pick(self, row: int) -> None:
        self.picked.emit(row - 1 if row else None)


STEPS = {"first": ("stage_first", mark("To the first step")), "back": ("stage_back", mark("One step back")),
    "on": ("stage_on", mark("One step on"))}  # fmt: skip
KEYS: dict[int, str] = {Qt.Key.Key_Home: "first", Qt.Key.Key_Left: "back", Qt.Key.Key_Right: "on"}


class StageButton(QToolButton):
    """A button that leaves the arrow keys and Esc to the `StageSteps` around it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in KEYS or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class StageSteps(QWidget):
    """Buttons to step through an iteration, and what happens at a step in words; the row of buttons has the widgets
    ``before`` and ``after`` around it."""

    wanted = Signal(object)  # Stage or None: a person wants to see this step, or none
    pause_wanted = Signal()  # the run is to be paused
    iteration_wanted = Signal()  # one iteration is to be made

    def __init__(self, before: Sequence[QWidget] = (), after: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._stages: Sequence[Stage] = ()
        self._stage: Stage | None = None
        self._words = named(QLabel(wordWrap=True), "maths.stage")
        self._make = styled(named(QPushButton(tr("Apply this step")), "maths.make"), "low")
        self._make.clicked.connect(self.iteration_wanted)
        self._pause = styled(named(QPushButton(tr("Pause to follow")), "maths.pause"), "low")
        self._pause.clicked.connect(self.pause_wanted)
        buttons = []
        for name, (drawn, words) in STEPS.items():
            tip = tr("{words} (arrow keys; Esc ends)", words=tr(words))
            button = styled(named(StageButton(), f"maths.{name}", tr(words), tip), "chip", "low")
            button.clicked.connect(partial(self._go, name))
            button.setIcon(icon(drawn, "text"))
            button.setIconSize(icon_size(button, 1.1))
            buttons.append(button)
        steps = QWidget()
        steps.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as their arrows, and the boxes below
        filled(QHBoxLayout(steps), *buttons, spacing=3)
        self._offers = labelled("", side_by_side(self._make, self._pause, spacing=6))
        row = side_by_side(*before, labelled(tr("Step by step"), steps), self._offers, *after, spacing=SPACING)
        filled(QVBoxLayout(self), row, self._words, spacing=6)

    def show_stage(
        self, stages: Sequence[Stage], stage: Stage | None, words: str, is_learning: bool, can_make: bool
    ) -> None:
        """Show a stage in words, with the buttons that are useful there; None for no stage."""
        self._stages, self._stage = stages, stage
        said = ""
        if stage is not None:
            title, number = stage_title(stage, len(stages) // 2 - 1), stages.index(stage) + 1
            head = tr("<b>{title}</b>, {number} of {count}.", title=title, number=number, count=len(stages))
            said = f"{head} {escape(words)}"
        self._words.setVisible(bool(said))
        self._words.setText(said)
        updates = stage is not None and stage.pass_ is Pass.UPDATE
        self._make.setVisible(updates and not is_learning)
        self._make.setEnabled(can_make)
        self._pause.setVisible(stage is not None and is_learning)
        self._offers.setVisible(updates or (stage is not None and is_learning))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right and Home go from step to step; Esc ends the steps."""
        if event.key() in KEYS:
            self._go(KEYS[event.key()])
        elif event.key() == Qt.Key.Key_Escape and self._stage is not None:
            self.wanted.emit(None)
        else:
            super().keyPressEvent(event)

    def _go(self, step: str) -> None:
        """Go to another stage: after the last one begins the next iteration, before the first one the steps end."""
        if not self._stages:
            return
        at = -1 if self._stage is None else self._stages.index(self._stage)
        if step == "back":
            self.wanted.emit(self._stages[at - 1] if at > 0 else None)
        else:
            self.wanted.emit(self._stages[0 if step == "first" else (at + 1) % len(self._stages)])
