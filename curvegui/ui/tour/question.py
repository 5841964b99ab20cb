"""A question of a lesson: answers to choose, or a box for a number; and what is said to an answer."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from curvegui.files.lesson.question import MOST_ANSWERS, Question
from curvegui.ui.look.layouts import filled
from curvegui.ui.look.tips import named
from curvegui.ui.widgets.numbers import format_number, parse_number

INVITATION = "Make a prediction, or skip the question."


class TourQuestion(QWidget):
    """Takes the answer; ``answered`` has its place among the answers, or the number."""

    answered = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question, self._group = Question(), QButtonGroup(self)
        self.choices = [QRadioButton() for _ in range(MOST_ANSWERS)]
        self.number = named(QLineEdit(placeholderText="Number"), "tour.number", "Your answer, a number")
        self.number.textChanged.connect(self._allow)
        self.number.returnPressed.connect(self._answer)
        self.check = named(QPushButton("Check answer", autoDefault=False), "tour.check")
        self.check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.check.clicked.connect(self._answer)
        self.feedback = named(QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True), "tour.feedback")
        self._group.buttonToggled.connect(self._allow)
        row = filled(QHBoxLayout(), (self.number, 1), self.check, 1)
        filled(QVBoxLayout(self), *self.choices, row, self.feedback)
        for place, button in enumerate(self.choices):
            button.setObjectName(f"tour.answer.{place}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, place)

    def show_question(self, question: Question, given: float | None) -> None:
        """Show another question, with the answer that was given before."""
        self._question = question
        self._group.setExclusive(False)  # else one would stay chosen
        for place, button in enumerate(self.choices):
            is_there = place < len(question.answers)
            button.setText(question.answers[place].replace("&", "&&") if is_there else "")
            button.setVisible(is_there)
            button.setChecked(is_there and place == given)
        self._group.setExclusive(True)
        self.number.setVisible(not question.answers)
        self.number.setText("" if given is None or question.answers else format_number(given))
        self._allow()
        self.show_feedback(given)

    def show_feedback(self, given: float | None) -> None:
        """Say whether the answer is right, and what the teacher says to it."""
        question, words = self._question, INVITATION
        if given is not None:
            words = f"Right. {question.praise}" if question.is_right(given) else f"Not right. {question.hint}"
        self.feedback.setText(words.strip())
        self.updateGeometry()  # at once, for who asks how high all is

    @Slot()
    def _allow(self) -> None:
        is_given = self._group.checkedId() >= 0 if self._question.answers else bool(self.number.text().strip())
        self.check.setEnabled(is_given)

    @Slot()
    def _answer(self) -> None:
        """Hand on what was chosen or typed; say what is wrong with a number that is none."""
        if self.check.isEnabled():
            try:
                place = self._group.checkedId()
                given = float(place) if self._question.answers else parse_number(self.number.text())
            except ValueError as error:
                self.feedback.setText(f"{str(error)[0].upper()}{str(error)[1:]}. Type a number, such as 0.5 or 12.")
                return
            self.answered.emit(given)
