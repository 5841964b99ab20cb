"""The guided tour and other lessons: shows their card and frames, and remembers where a lesson was left."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from curvegui.core.language.text import mark, tr
from curvegui.core.run.record import RunRecord
from curvegui.files.disk.languages import common_name, translated
from curvegui.files.lesson.lesson import Lesson, LessonError
from curvegui.files.lesson.words import Parts
from curvegui.session.jobs.job import Jobs
from curvegui.session.study.tour import Tour, TourPosition, position_in, with_position
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.question import LEAVE, Choice, QuestionBox, Role, trouble
from curvegui.ui.tour import FIRST, FOLDER
from curvegui.ui.tour.card import TourColumn
from curvegui.ui.tour.lessons import lesson_in
from curvegui.ui.tour.predictions import Predictions
from curvegui.ui.tour.words import LessonTrouble, offer_run

LAST_WORDS_MS = 10_000
LEFT = (  # the app's own tour, or another lesson
    mark("Resume the tour at step {step} with Learn → {entry}."),
    mark("Resume the lesson at step {step} with Learn → {entry}."),
)
FINISHED = (
    mark("End of the tour. To take it again, choose Learn → {entry}."),
    mark("End of the lesson. To take it again, choose Learn → {entry}."),
)
LOCKED = mark("Class mode is on. To leave it, choose Learn → Leave class mode.")


class TourActions(QObject):
    """Begins and ends lessons, shows their card and frames, and restores the run that was there before a lesson."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window, self._preferences_file = services, services.window, services.preferences
        self._jobs = Jobs(self)
        self.tour = Tour(services.session, services.inspection, self)
        self.tour.moved.connect(self._show)
        self.tour.done_changed.connect(self._save_position)
        self.predictions = Predictions(services, self.tour)
        self.tour.done_changed.connect(self._offer_answers)
        self.predictions.recalled.connect(self._offer_answers)
        services.features["favourites"].kept.connect(partial(self.tour.note, "saved favourite"))
        services.features["share"].taken.connect(partial(self.tour.note, "saved picture"))
        services.features["compare"].compared.connect(partial(self.tour.note, "compared"))
        self._name, self._view = "", ""  # the lesson's name, if its position is saved; the view before it
        self._before = services.session.mark()
        self.run_before: RunRecord | None = None  # the run before the lesson, once it has been recorded
        services.session.captured.connect(self._keep_run)
        self._in_class = False
        self._column: TourColumn | None = None

    # Beginning a lesson

    @Slot()
    def start(self) -> None:
        self.open(str(translated(FOLDER, FIRST)))

    def experiment(self, name: str) -> None:
        self.open(str(translated(FOLDER, "experiments", f"{name}.md")))

    @Slot(str)
    def open(self, path: str, in_class: bool = False) -> None:
        """Begin the lesson in a file; if the file has errors, list them, and change nothing. In a class (``in_class``),
        a lesson begins at its first step, and can be left only after a question."""
        take = partial(self._receive, Path(path), in_class)
        parts = Parts(tuple(record.name for record in self._services.docks.records))
        self._jobs.do(partial(lesson_in, Path(path), parts), take, partial(self._refuse, Path(path)))

    def _receive(self, path: Path, in_class: bool, lesson: Lesson | LessonError) -> None:
        if not self._window.isVisible():  # the window was closed in the meantime
            return
        if isinstance(lesson, LessonError):
            self._give_up()
            LessonTrouble(str(path), [str(problem) for problem in lesson.problems], self._window).open()
        else:
            name = common_name(path, FOLDER)
            self.mark()
            self.take(lesson, name, in_class)

    def mark(self) -> None:
        """Remember the present run before a lesson changes anything; it can be restored after the lesson."""
        self._before, self.run_before = self._services.session.mark(), None
        self._services.session.capture(self._before)

    @Slot(object, object)
    def _keep_run(self, label: object, record: RunRecord | None) -> None:
        if label is self._before:
            self.run_before = record

    def take(self, lesson: Lesson, name: str = "", in_class: bool = False) -> None:
        self._name, self._in_class = name, in_class
        self._services.toast.say("")
        if "welcome" in self._services.features:
            self._services.features["welcome"].put_away()
        self.predictions.begin(name, recalls=not in_class)
        self.tour.begin(lesson, None if in_class else position_in(self._preferences_file.present.tour, name))

    def _give_up(self) -> None:
        """Make everything available again if the window has waited for the lesson of a class."""
        if self._column is None:
            self._services.availability.withhold()

    def _refuse(self, path: Path, reason: str) -> None:
        if self._window.isVisible():
            self._give_up()
            trouble(self._window, tr("The lesson cannot be read: {path}", path=path), reason).open()

    # The card

    @Slot()
    def _show(self) -> None:
        step, services = self.tour.step, self._services
        if step is None:
            if self._column is not None:
                self._column.put_away()
                self._column = None
                services.availability.withhold()
                services.views.show(self._view)
            return
        self._save_position()
        if self._column is None:
            self._view = services.views.own
        services.availability.withhold(step.hidden, self._in_class)
        if self._column is None:
            self._column = TourColumn(services, self.tour, self._in_class)
            card, question = self._column.card, self._column.card.question
            card.left.connect(self.leave)
            card.finished.connect(self._finish)
            card.answers_wanted.connect(self.predictions.show)
            question.draw_wanted.connect(self.predictions.draw)
            question.shape_chosen.connect(self.predictions.choose)
            self.predictions.drawn.connect(question.show_curve)
        self._column.point_at(step.look)

    @Slot()
    def _offer_answers(self) -> None:
        """Show the person's answer of an earlier time, and if there are predictions, the button that lists them."""
        if self._column is not None:
            self._column.card.show_before(self.predictions.words_before(), bool(self.predictions.all))

    # The position

    @Slot()
    def _save_position(self) -> None:
        self._remember(self.tour.position)

    def _remember(self, position: TourPosition | None) -> None:
        if self._name:
            self._preferences_file.revise("tour", partial(with_position, lesson=self._name, position=position))

    def ask_to_leave(self) -> None:
        """Ask whether to leave class mode, and leave it."""
        QuestionBox(
            self._window, "leave_class", tr("Leave class mode?"),
            tr("The lesson closes, and everything that it hides is back. Your run and all that you have saved stay."),
            LEAVE, Choice("leave", Role.AcceptRole, tr("Leave class mode")),
        ).ask(leave=self._leave_class)  # fmt: skip

    def _leave_class(self) -> None:
        self._in_class = False
        self.leave()

    @Slot()
    def leave(self) -> None:
        self._end(*LEFT)

    @Slot()
    def _finish(self) -> None:
        self._end(*FINISHED, is_over=True)

    def _end(self, of_tour: str, of_lesson: str, is_over: bool = False) -> None:
        if self._in_class:
            self._services.notify(tr(LOCKED))
            return
        if is_over:
            self._remember(None)
        summary = self.predictions.show() if is_over and self.tour.outcomes else None
        session, record, changed = self._services.session, self.run_before, self.tour.changed
        is_first, step = self._name == FIRST, self.tour.number + 1
        entry = tr("Guided tour") if is_first else tr("Lessons")
        words = tr(of_tour if is_first else of_lesson, step=step, entry=entry)
        self.tour.leave()
        if self._name:
            self._services.toast.say(words, ms=LAST_WORDS_MS)
        self._services.leave_for_canvas()
        if record is not None and session.history.steps_to(self._before):
            again = partial(session.open, record, tr("Restore run"), self._before.run)
            offer = partial(offer_run, self._window, changed, again)
            if summary is None:
                offer()
            else:
                summary.finished.connect(offer)  # one after the other
