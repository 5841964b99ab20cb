"""Steps through one iteration: forward, the cost, backward and the update, one layer at a time."""

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import FlowLayout, filled
from curvegui.ui.look.tips import named, styled
from curvegui.ui.maths.pickers import SPACING, labelled
from curvegui.ui.maths.words import stage_title

STEPS = {"first": ("stage_first", mark("To the first step")), "back": ("stage_back", mark("One step back")),
    "on": ("stage_on", mark("One step on"))}  # fmt: skip
KEYS: dict[int, str] = {Qt.Key.Key_Home: "first", Qt.Key.Key_Left: "back", Qt.Key.Key_Right: "on"}


class StepButton(QToolButton):
    """A button that does not take the arrow keys from the steps."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the steps' keys to them."""
        if event.key() in KEYS or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class StageSteps(QWidget):
    """Buttons to step with, and what happens at a step, in words.

    ``before`` and ``after`` are widgets for the row of buttons.
    """

    wanted = Signal(object)  # Stage or None: a person wants to see this step, or none
    pause_wanted = Signal()  # the run is to be paused
    iteration_wanted = Signal()  # one iteration is to be made

    def __init__(
        self, before: Sequence[QWidget] = (), after: Sequence[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stages: Sequence[Stage] = ()
        self._stage: Stage | None = None
        self._buttons = {name: self._made_button(name, tr(words)) for name, (_, words) in STEPS.items()}
        self._title, self._said = "", ""
        self._words = named(QLabel(wordWrap=True), "maths.stage")
        self._make = named(QPushButton(tr("Apply this step")), "maths.make")
        self._make.clicked.connect(self.iteration_wanted)
        self._make.setProperty("low", True)
        self._pause = named(QPushButton(tr("Pause to follow")), "maths.pause")
        self._pause.clicked.connect(self.pause_wanted)
        self._pause.setProperty("low", True)
        rows, buttons, offers = QWidget(), QWidget(), QWidget()
        under, flow = FlowLayout(6, offers), FlowLayout(SPACING, rows)
        buttons.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as their arrows, and the boxes below
        filled(QHBoxLayout(buttons), *self._buttons.values(), spacing=3)
        self._offers = labelled("", offers)
        for part in (*before, labelled(tr("Step by step"), buttons), self._offers, *after):
            flow.addWidget(part)
        under.addWidget(self._make)
        under.addWidget(self._pause)
        filled(QVBoxLayout(self), rows, self._words, spacing=6)

    def _made_button(self, name: str, words: str) -> StepButton:
        button = styled(
            named(StepButton(), f"maths.{name}", words, tr("{words} (arrow keys; Esc ends)", words=words)),
            "chip",
            "low",
        )
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._go, name))
        button.setIcon(icon(STEPS[name][0], "text"))
        button.setIconSize(icon_size(button, 1.1))
        return button

    def show_stage(self, stages: Sequence[Stage], stage: Stage | None, is_learning: bool, can_make: bool) -> None:
        """Show the present one among the stages, and offer what suits it."""
        self._stages, self._stage = stages, stage
        self._title = ""
        if stage is not None:
            title, number = stage_title(stage, len(stages) // 2 - 1), stages.index(stage) + 1
            said = tr("<b>{title}</b>, {number} of {count}.", title=title, number=number, count=len(stages))
            self._title = f"{said} "
        self._write()
        updates = stage is not None and stage.pass_ is Pass.UPDATE
        self._make.setVisible(updates and not is_learning)
        self._make.setEnabled(can_make)
        self._pause.setVisible(stage is not None and is_learning)
        self._offers.setVisible(updates or (stage is not None and is_learning))

    def show_words(self, words: str) -> None:
        """Say what happens."""
        self._said = words
        self._write()

    def _write(self) -> None:
        words = f"{self._title}{escape(self._said)}"
        self._words.setVisible(bool(words))
        if words != self._words.text():
            self._words.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right and Home step; Esc turns the light off."""
        if event.key() in KEYS:
            self._go(KEYS[event.key()])
        elif event.key() == Qt.Key.Key_Escape and self._stage is not None:
            self.wanted.emit(None)
        else:
            super().keyPressEvent(event)

    def _go(self, step: str) -> None:
        """Step; after the last stage the next iteration begins, and before the first the light is turned off."""
        if not self._stages:
            return
        at = -1 if self._stage is None else self._stages.index(self._stage)
        if step == "back":
            self.wanted.emit(self._stages[at - 1] if at > 0 else None)
        else:
            self.wanted.emit(self._stages[0 if step == "first" else (at + 1) % len(self._stages)])
