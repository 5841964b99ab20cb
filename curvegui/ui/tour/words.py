"""A lesson's step in words: its heading and text, and the task, with a tick when it is done."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import in_quotes, listed, tr, tr_n, within
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import SCHEDULES
from curvegui.core.presets.presets import PRESETS
from curvegui.core.settings.config import SETTINGS
from curvegui.files.lesson.lesson import LessonStep
from curvegui.session.study.tour import Tour
from curvegui.ui.dialogs.question import CANCEL, Choice, Dialog, QuestionBox, Role
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import filled, line_px, named, styled
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.tour.picture import LessonPicture
from curvegui.ui.tour.question import TourQuestion, as_sentence, feedback, said
from curvegui.ui.widgets.labels import with_whole_code
from curvegui.ui.widgets.numbers import format_number

HEADING_SIZE = 1.15  # times the font's
ICON_LINES = 1.2
SPACING_PX = 10  # between heading, text, picture and task


class TourText(QWidget):
    """A step's heading, text and picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "tour.heading")
        self._text = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.MarkdownText), "tour.text")
        self.picture = LessonPicture()
        self.picture.decoded.connect(self._fit)
        filled(QVBoxLayout(self), self._heading, self._text, self.picture, spacing=SPACING_PX)
        font = self._heading.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * HEADING_SIZE)
        self._heading.setFont(font)

    def show_step(self, step: LessonStep) -> None:
        self._heading.setText(step.heading)
        self._text.setText(with_whole_code(step.text))
        plain = QTextDocument()
        plain.setMarkdown(step.text)
        self._text.setAccessibleName(plain.toPlainText())  # else screen readers read the signs of Markdown
        self._text.setVisible(bool(step.text))
        self.picture.show_picture(step.picture)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self.picture.setFixedSize(self.picture.size_for(self.width()))


class TourTask(QWidget):
    """The task or the question of a step, and the outcome. A question about an experiment asks for a prediction first;
    then comes the task, and at last both are compared."""

    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_done = False
        plain = Qt.TextFormat.PlainText
        self._sign = named(QLabel(), "tour.sign")
        self._note = styled(named(QLabel(wordWrap=True), "tour.note"), "muted")
        self._do, self._said = (
            named(QLabel(wordWrap=True, textFormat=plain), f"tour.{name}") for name in ("do", "said")
        )
        self._box = styled(QFrame(), "task")
        row = filled(QHBoxLayout(self._box), edges=(10, 8, 10, 8), spacing=9)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self.question = TourQuestion()
        self.question.answered.connect(self.answered)
        change = named(QPushButton(tr("Change"), autoDefault=False), "tour.change", tr("Change your prediction"))
        self.change = styled(change, "link")
        self.change.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._prediction = QWidget()
        filled(QHBoxLayout(self._prediction), (self._said, 1), self.change)
        row.addLayout(filled(QVBoxLayout(), self._do, self._prediction, self.question), 1)
        self.column = filled(QVBoxLayout(self), self._box, self._note, spacing=6)
        follow_theme(self._draw_sign)

    def show_step(self, tour: Tour, note: str, before: str) -> None:
        step, number = tour.step, tour.number
        if step is None:
            return
        question, given = step.question, tour.answers.get(number)
        is_doing = given is not None and step.until is not None and number not in tour.outcomes
        is_asking = question is not None and not is_doing
        self._do.setText(question.ask if question is not None and is_asking else step.do)
        self._sign.setVisible(not is_asking)  # a tick would praise any answer
        self.question.setVisible(is_asking)
        self._prediction.setVisible(question is not None and is_doing)
        if question is not None:
            answer = "" if given is None else as_sentence(said(question, given))
            self._said.setText(answer and tr("Your prediction: {answer}", answer=answer))
            is_open = given is None or step.until is None
            self.question.show_question(question, given, is_open, step.until is not None)
            self.question.say(feedback(tour) or before)
        self._note.setText(note)
        self._box.setVisible(bool(self._do.text()))
        self._note.setVisible(bool(note))

    def show_done(self, is_done: bool) -> None:
        self._is_done = is_done
        self._draw_sign()
        self._sign.setAccessibleName(tr("Done") if is_done else tr("To do"))
        self._do.setAccessibleName(f"{self._sign.accessibleName()}: {self._do.text()}")

    @Slot()
    def _draw_sign(self) -> None:
        drawn = icon("check", "good") if self._is_done else icon("todo", "muted")
        self._sign.setPixmap(drawn.pixmap(icon_size(self, ICON_LINES)))


NAMED: dict[str, Mapping[str, Any]] = {
    "curve": PRESETS,
    "activation": ACTIVATIONS,
    "output_activation": ACTIVATIONS,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
}


def words_for(name: str, value: Any) -> str:
    """A setting with a value, for a sentence: "the noise to 2", "the layers to 6–7 neurons"."""
    setting = SETTINGS[name]
    if isinstance(value, Curve):
        written = in_quotes(value.name)
    elif isinstance(value, tuple):
        written = tr_n("{layers} neuron", "{layers} neurons", sum(value), layers="–".join(map(format_number, value)))
    elif isinstance(value, str):
        written = within(NAMED[name][value])
    else:
        written = format_number(value)
    return tr("the {setting} to {value}", setting=within(setting), value=written)


def offer_run(parent: QWidget, changed: Mapping[str, Any], again: Callable[[], object], _result: int = 0) -> None:
    """Ask whether to restore the earlier run; ``again`` does so, and resets the settings ``changed`` by the tour."""
    settings = [words_for(name, value) for name, value in changed.items()]
    more = f"{tr('This sets {settings} again.', settings=listed(settings))} " if settings else ""
    choices = (
        Choice("restore", Role.AcceptRole, tr("&Restore my run")),
        Choice(CANCEL, Role.RejectRole, tr("&Keep this run")),
    )
    text, more = tr("Restore your run from before?"), more + tr("Undo brings this one back.")
    QuestionBox(parent, "restore", text, more, *choices).ask(restore=again)


LINES = 46, 16  # the largest size of the dialog, in heights of a line of text


class LessonTrouble(Dialog):
    """Lists the errors in a lesson's file, a sentence for each; the list can be copied."""

    def __init__(self, path: str, problems: list[str], parent: QWidget | None = None) -> None:
        super().__init__("lesson_trouble", tr("Lesson not opened"), parent)
        text = tr("This lesson has errors and was not opened.\n{path}", path=path)
        words = named(QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText), "lesson_trouble.path")
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = QPlainTextEdit("\n".join(problems), readOnly=True, tabChangesFocus=True)
        named(self.list, "lesson_trouble.list", tr("Problems by line"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        filled(QVBoxLayout(self), words, (self.list, 1), buttons, edges=None)
        width, height = (count * line_px(self) for count in LINES)
        self.resize(min(width, self.screen().availableSize().width() * 9 // 10), height)
