"""A question of a lesson: answers to choose from, a box for a number, or a curve to draw; and the reply."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QPushButton, QRadioButton, QVBoxLayout, QWidget

from curvegui.core.curve.curve import Curve
from curvegui.core.curve.guesses import SHAPES
from curvegui.core.language.text import capitalised, in_quotes, mark, tr, within
from curvegui.core.settings.config import SETTINGS
from curvegui.files.lesson.question import MOST_ANSWERS, Question
from curvegui.files.lesson.words import NUMBERS
from curvegui.session.study.tour import Answer, AnswerOutcome, Tour
from curvegui.ui.look.layouts import filled, named, side_by_side, styled, wrapped
from curvegui.ui.widgets.form import label_unseen
from curvegui.ui.widgets.numbers import MINUS, format_cost, format_number, parse_number, short_number
from curvegui.ui.widgets.scrolled import ActingComboBox

NAMES = {
    "cost": mark("the cost"),
    "iteration": mark("the number of iterations"),
    "iterations made": mark("the number of new iterations"),
    "iterations since change": mark("the number of iterations since the change"),
    "steps": mark("the number of single steps"),
    "hidden neurons": mark("the number of hidden neurons"),
    "output slope": mark("the mean slope of the output neurons"),
    "selected layer": mark("the selected layer"),
    "selected value": mark("the selected value"),
    "jacobian": "∂C/∂w",
}
ENDS, QUOTES = tuple(".?!…。？！؟"), '”“»「」" \u202f\xa0'  # of sentences, and what may stand behind
NOTHING_YET = mark("There is nothing to compare your answer with yet: do what the text says, then check again.")


def said(question: Question, given: Answer) -> str:
    if isinstance(given, Curve):
        return in_quotes(tr(given.name)) if given.name in SHAPES else tr("a curve that you drew")
    return in_quotes(question.answers[int(given)]) if question.answers else format_number(given).replace("-", MINUS, 1)


def as_sentence(words: str) -> str:
    """Words with a full stop, unless they end with a stop or a similar sign, be it within quotation marks."""
    return words if words.rstrip(QUOTES).endswith(ENDS) else tr("{words}.", words=words)


def happened(question: Question, outcome: AnswerOutcome) -> str:
    if outcome.seen is None:
        return ""
    if question.draws:
        words = mark("On average, the fit is {percent:.1f} % of the square's side away from your curve.")
        return tr(words, percent=100 * outcome.seen)
    measure, seen = question.measure, outcome.seen
    name = tr(NAMES[measure]) if measure in NAMES else tr("the {setting}", setting=within(SETTINGS[NUMBERS[measure]]))
    written = format_cost if measure == "cost" else format_number if seen == int(seen) else short_number
    words, iteration = mark("At iteration {iteration}, {name} was {number}."), format_number(outcome.iteration)
    return tr(words, iteration=iteration, name=name, number=written(seen))


def verdict(tour: Tour, number: int) -> str:
    """Whether the answer to a step's question is right, and why; a prediction that was not met is not called wrong."""
    step, is_right = tour.lesson.steps[number] if tour.lesson else None, tour.is_right(number)
    if step is None or step.question is None:
        return ""
    question = step.question
    predicted = step.until is not None and (question.is_measured or question.draws or bool(question.answers))
    first = tr("Right.") if is_right else tr("It came out differently.") if predicted else tr("Not right.")
    if question.draws:
        first = tr("That is near.") if is_right else first
    return " ".join(filter(None, [first, question.praise if is_right else question.hint, question.reason]))


def feedback(tour: Tour) -> str:
    """The reply to the answer to the present question: the answer, what happened, and the verdict."""
    question, given = tour.step.question if tour.step else None, tour.answers.get(tour.number)
    outcome = tour.outcomes.get(tour.number)
    if question is None or given is None or tour.step is None:
        return ""
    if outcome is None:
        return tr(NOTHING_YET) if tour.step.until is None else ""
    beside = tour.step.until is not None or question.measure
    words = said(question, given)
    answer = tr("You said: {words}", words=as_sentence(words)) if beside else ""
    lines = f"{answer} {happened(question, outcome)}".strip(), verdict(tour, tour.number)
    return "\n".join(filter(None, lines))


INSTEAD = mark("or choose a shape…")


class TourQuestion(QWidget):
    """Takes an answer; ``answered`` has the index of the chosen answer, the number, or the curve."""

    answered = Signal(object)
    draw_wanted = Signal()  # on the canvas
    shape_chosen = Signal(str)  # a shape instead of a drawn curve

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question, self._group = Question(), QButtonGroup(self)
        self._curve: Curve | None = None
        self.choices = [QRadioButton() for _ in range(MOST_ANSWERS)]
        self.number = named(QLineEdit(placeholderText=tr("Number")), "tour.number", tr("Your answer, a number"))
        self.number.textChanged.connect(self._allow)
        self.number.returnPressed.connect(self._answer)
        self.draw = named(QPushButton(tr("Draw on the canvas"), autoDefault=False), "tour.draw")
        self.draw.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.draw.setToolTip(wrapped(tr("Draw the curve that you expect, in one stroke; Esc cancels")))
        self.draw.clicked.connect(self.draw_wanted)
        self.shape = named(ActingComboBox(), "tour.shape")
        self.shape.addItems([tr(INSTEAD), *map(tr, SHAPES)])
        self.shape.activated.connect(self._choose_shape)
        self.check = named(QPushButton(tr("Check answer"), autoDefault=False), "tour.check")
        self.check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.check.clicked.connect(self._answer)
        self.feedback = named(QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True), "tour.feedback")
        self._group.buttonToggled.connect(self._allow)
        row = side_by_side(styled(self.number, "fills"), self.draw, self.shape, self.check)
        filled(QVBoxLayout(self), *self.choices, row, self.feedback)
        label_unseen(self.shape, tr("The shape that you expect"))
        for index, button in enumerate(self.choices):
            button.setObjectName(f"tour.answer.{index}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, index)

    def show_question(self, question: Question, given: Answer | None, is_open: bool, is_prediction: bool) -> None:
        """Show a question with the answer ``given`` before; if it is not ``is_open``, it takes no other."""
        self._question, self._curve = question, given if isinstance(given, Curve) else None
        self._group.setExclusive(False)  # else one button would stay checked
        for index, button in enumerate(self.choices):
            is_there = is_open and index < len(question.answers)
            button.setText(question.answers[index].replace("&", "&&") if is_there else "")
            button.setVisible(is_there)
            button.setChecked(is_there and index == given)
        self._group.setExclusive(True)
        is_typed = not question.answers and not question.draws
        self.number.setVisible(is_open and is_typed)
        self.number.setText(format_number(given) if is_typed and isinstance(given, float) else "")
        for each in (self.draw, self.shape):
            each.setVisible(is_open and question.draws)
        self.shape.setCurrentIndex(0)
        self.check.setVisible(is_open)
        self.check.setText(tr("Keep prediction") if is_prediction else tr("Check answer"))
        self._allow()

    def show_curve(self, curve: Curve) -> None:
        self._curve = curve
        self.shape.setCurrentIndex(SHAPES.index(curve.name) + 1 if curve.name in SHAPES else 0)
        self._allow()

    def say(self, words: str) -> None:
        self.feedback.setText(words)
        self.feedback.setVisible(bool(words))
        self.updateGeometry()  # now, for a caller that asks for the height next

    @Slot()
    def _allow(self) -> None:
        is_given = self._group.checkedId() >= 0 if self._question.answers else bool(self.number.text().strip())
        self.check.setEnabled(self._curve is not None if self._question.draws else is_given)

    @Slot(int)
    def _choose_shape(self, index: int) -> None:
        if index:
            self.shape_chosen.emit(SHAPES[index - 1])

    @Slot()
    def _answer(self) -> None:
        """Emit the curve, the chosen answer or the number; if the number cannot be read, say why."""
        if not self.check.isEnabled():
            return
        given: Answer | None = self._curve
        if not self._question.draws:
            try:
                index = self._group.checkedId()
                given = float(index) if self._question.answers else parse_number(self.number.text())
            except ValueError as error:
                self.say(tr("{problem}. Type a number, such as 0.5 or 12.", problem=capitalised(str(error))))
                return
        self.answered.emit(given)
