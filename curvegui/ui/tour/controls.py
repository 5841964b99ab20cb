"""The way through a tour: which step it is, back, on, the guide, and out."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from curvegui.core.language.text import tr, tr_in
from curvegui.session.study.tour import Tour
from curvegui.ui.look.layouts import FlowLayout
from curvegui.ui.look.tips import wrapped

SPACING_PX = 8


class TourControls(QWidget):
    """Buttons and the list of steps. Only the keyboard can focus them, so that keys stay the window's."""

    chosen = Signal(int)  # a step in the list, from 0 on

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_locked = False
        self.steps = _button("steps", "", tr("Go to any step"))
        self._menu = QMenu(self.steps)
        self._menu.setObjectName("tour.menu")
        self.steps.setMenu(self._menu)
        self.back = _button("back", tr_in("tour", "Back"), tr("Previous step (Alt+←)"))
        self.next = _button("next", tr_in("tour", "Next"), tr("Next step (Alt+→)"))
        self.read_on = _button("read_on", tr("Guide"), tr("Read about it in the user's guide"))
        self.answers = _button("answers", tr("Predictions"), tr("What you predicted in this lesson, and what happened"))
        self.answers.hide()
        self.leave = _button("leave", tr("Leave"), tr("Leave the tour; you can resume it here (Esc)"))
        flow = FlowLayout(SPACING_PX, self)
        for each in (self.steps, self.back, self.next, self.read_on, self.answers, self.leave):
            flow.addWidget(each)

    def lock(self) -> None:
        """Offer no way out, and nothing after the last step."""
        self._is_locked = True
        self.leave.hide()

    def show_step(self, tour: Tour) -> None:
        """Show the present step, and which steps are done; after a done one, the button for the next stands out."""
        lesson, step = tour.lesson, tour.step
        if lesson is None or step is None:
            return
        self.steps.setText(tr("{step} of {steps}", step=tour.number + 1, steps=len(lesson.steps)))
        self.steps.setAccessibleName(tr("Step {text}", text=self.steps.text()))
        self.back.setEnabled(tour.number > 0)
        self.read_on.setVisible(bool(step.chapter))
        is_open = step.question is not None and not tour.is_done
        self.next.setText(tr("Finish") if tour.is_last else tr("Skip") if is_open else tr_in("tour", "Next"))
        self.next.setVisible(not (tour.is_last and self._is_locked))
        self.next.setAccessibleDescription(tr("This step is done") if tour.is_done else "")
        self.next.setProperty("primary", tour.is_done)
        self.next.style().unpolish(self.next)
        self.next.style().polish(self.next)
        self._list_steps(tour)

    def _list_steps(self, tour: Tour) -> None:
        self._menu.clear()
        for number, step in enumerate(tour.lesson.steps if tour.lesson else ()):
            entry = QAction(f"{number + 1}. {step.heading.replace('&', '&&')}", self._menu)
            entry.setData(number)
            entry.setCheckable(True)  # so that screen readers say which are done
            entry.setChecked(number in tour.done)
            entry.setEnabled(number != tour.number)
            entry.triggered.connect(self._choose)
            self._menu.addAction(entry)

    @Slot()
    def _choose(self) -> None:
        entry = self.sender()
        if isinstance(entry, QAction):
            self.chosen.emit(entry.data())


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(f"tour.{name}")
    button.setToolTip(wrapped(tip))
    button.setAutoDefault(False)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
