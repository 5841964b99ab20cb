"""What a person predicts in a lesson: curves over the canvas, the file that keeps predictions, and their list."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPen
from PySide6.QtWidgets import QDialogButtonBox, QGraphicsPathItem, QTextBrowser, QVBoxLayout, QWidget

from curvegui.core.curve.curve import Curve, Units, curve_through, ring
from curvegui.core.curve.guesses import shapes_like
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.target import build_target
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.polyline import path_of
from curvegui.files.lesson.predictions import LONGEST, Lessons, Prediction, PredictionsFile, those_of
from curvegui.session.jobs.job import FileWriter
from curvegui.session.study.tour import Tour
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.run_items import FRONT, lay_over
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import filled, named, open_as_large_as
from curvegui.ui.tour.question import as_sentence, happened, said, verdict

LINE_PX, EDGE_PX = 2.5, 5.0
DOTS = 1.0, 1.6  # in widths of the line: a target can be dashed


class Guess(QObject):
    """A predicted curve over the canvas; a wider line below it, in the background's colour, sets it off."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._curve: Curve | None = None
        self._items = QGraphicsPathItem(), QGraphicsPathItem()
        lay_over(canvas.scene(), FRONT, *self._items)
        canvas.view_moved.connect(self._renew)

    def set_look(self, look: Look) -> None:
        edge, line = QPen(QColor(look.background.stops[-1][1]), EDGE_PX), QPen(QColor(look.text.colour), LINE_PX)
        line.setDashPattern(DOTS)
        for item, pen in zip(self._items, (edge, line), strict=True):
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            item.setPen(pen)

    def show_curve(self, curve: Curve | None) -> None:
        self._curve = curve
        self._renew()

    @Slot()
    def _renew(self) -> None:
        if self._canvas.closed:  # by pyqtgraph, with all its items
            return
        for item in self._items:
            item.setVisible(self._curve is not None)
            if self._curve is not None:
                line = ring(self._curve.points, self._curve.closed)
                item.setPath(path_of(self._canvas.from_plane(line)[np.newaxis]))


LINES, MARGIN_PX = (44, 26), 12  # the dialog's size, in heights of a line, and the margin around its text


class PredictionSummary(Dialog):
    """Lists the predictions of a lesson; a button copies them as text."""

    def __init__(self, title: str, predictions: Sequence[Prediction], parent: QWidget | None = None) -> None:
        super().__init__("predictions", tr("Your predictions"), parent)
        words = "\n\n".join([title, *(_written(each, AS_TEXT, str) for each in predictions)])
        page = named(QTextBrowser(), "predictions.list", tr("Your predictions, and what happened"))
        page.document().setDocumentMargin(MARGIN_PX)
        parts = [f"## {_plain(title)}", *(_written(each, AS_MARKDOWN, _plain) for each in predictions)]
        page.setMarkdown("\n\n".join(parts))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("&Copy as text"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("predictions.copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(words))
        buttons.rejected.connect(self.reject)
        filled(QVBoxLayout(self), (page, 1), buttons, edges=None)
        open_as_large_as(self, LINES)


AS_TEXT = mark("{ask}\nYou said: {said} ({when})\nWhat happened: {happened}")
AS_MARKDOWN = mark("**{ask}**\n\nYou said: {said} ({when})\n\nWhat happened: {happened}\n\n---")


def _written(each: Prediction, words: str, written: Callable[[str], str]) -> str:
    happened = written(" ".join(filter(None, [each.seen, each.verdict])))
    return tr(words, ask=written(each.ask), said=written(each.said), when=each.when, happened=happened)


def _plain(words: str) -> str:
    """Words with a backslash before each sign that Markdown would interpret."""
    return "".join(f"\\{each}" if each in "\\`*_{}[]()<>#+-.!|~" else each for each in words)


FILE = "predictions.json"


class Predictions(QObject):
    """Collects the predictions in a lesson; ``before`` has those of earlier times, by their question."""

    drawn = Signal(object)  # a Curve to confirm
    recalled = Signal()  # the predictions of earlier times have been read

    def __init__(self, services: Services, tour: Tour) -> None:
        super().__init__(tour)
        self._services, self._tour, self._writer = services, tour, FileWriter(self)
        self._file = PredictionsFile(services.favourites.parent / FILE)
        self._name = ""
        self._guess: Guess | None = None
        self.before: dict[str, Prediction] = {}
        tour.moved.connect(self._show_guess)
        tour.done_changed.connect(self._follow)
        services.display.changed.connect(self._set_look)
        self._writer.troubled.connect(services.notify)
        services.closed.connect(self._writer.end)

    def begin(self, name: str, recalls: bool) -> None:
        """Follow another lesson; without a name, nothing is saved. With ``recalls``, show what the same person has
        predicted in this lesson at an earlier time."""
        self._name, self.before = name, {}
        if name and recalls:
            self._writer.write(self._file, partial(self._take_back, name))

    def _take_back(self, name: str, saved: Lessons) -> None:
        if name == self._name:  # else another lesson was begun meanwhile
            self.before = {each.ask: each for each in those_of(saved, name)}
            self.recalled.emit()

    def words_before(self) -> dict[int, str]:
        """Sentences with the predictions of an earlier time, by the number of the step, without the outcomes."""
        last = {number: self.before[ask] for number, ask in self._asked() if ask in self.before}
        words = mark("Last time, you said: {said}")
        return {number: tr(words, said=as_sentence(each.said)) for number, each in last.items()}

    def _asked(self) -> Iterator[tuple[int, str]]:
        for number, step in enumerate(self._tour.lesson.steps if self._tour.lesson else ()):
            if step.question:
                yield number, step.question.ask[:LONGEST]

    @property
    def all(self) -> list[Prediction]:
        """The predictions and outcomes in this lesson, step by step, from this time or else an earlier time."""
        found = (self._now(number) or self.before.get(ask) for number, ask in self._asked())
        return [each for each in found if each]

    def _now(self, number: int) -> Prediction | None:
        tour = self._tour
        question = tour.lesson.steps[number].question if tour.lesson else None
        if question is None or number not in tour.outcomes:
            return None
        words = said(question, tour.answers[number]), happened(question, tour.outcomes[number]), verdict(tour, number)
        return Prediction(question.ask[:LONGEST], *words, date.today().isoformat())

    @Slot()
    def _follow(self) -> None:
        """Save the prediction of this step once the question was answered, and again once its outcome is known."""
        self._show_guess()
        now = self._now(self._tour.number)
        if self._name and now is not None:
            self._file.keep(self._name, [now])
            self._writer.write(self._file)

    @Slot()
    def show(self) -> PredictionSummary:
        title = self._tour.lesson.title if self._tour.lesson else ""
        summary = PredictionSummary(title, self.all, self._services.window)
        summary.open()
        return summary

    @Slot()
    def draw(self) -> None:
        self._services.features["tools"].draw_for(self._take)
        self._services.leave_for_canvas()

    @Slot(str)
    def choose(self, shape: str) -> None:
        points = shapes_like(build_target(self._services.session.config).curve_points)[shape]
        self._take(curve_through(shape, points, closed=False, units=Units()))

    def _take(self, curve: Curve) -> bool:
        """Show a drawn curve, unless the step that asks for it has been left; return whether it was taken."""
        question = self._tour.step.question if self._tour.step else None
        if question is None or not question.draws:
            return False
        self._show(curve)
        self.drawn.emit(curve)
        return True

    @Slot()
    def _show_guess(self) -> None:
        given = self._tour.answers.get(self._tour.number) if self._tour.lesson else None
        self._show(given if isinstance(given, Curve) else None)

    def _show(self, curve: Curve | None) -> None:
        if self._guess is None and curve is not None:
            self._guess = Guess(self._services.canvas)
            self._set_look()
        if self._guess is not None:
            self._guess.show_curve(curve)

    @Slot()
    def _set_look(self) -> None:
        if self._guess is not None:
            self._guess.set_look(self._services.display.now.look)
