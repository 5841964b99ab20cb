"""Opens the page of experiments, and a chosen experiment: its run, and a card with its task."""

from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QObject

from curvegui.core.language.text import tr
from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.experiments import EXPERIMENTS, Experiment
from curvegui.files.lesson.condition import parse_condition
from curvegui.files.lesson.lesson import Lesson, LessonStep
from curvegui.session.jobs.job import Jobs
from curvegui.ui.actions.services import Services
from curvegui.ui.experiments.page import ExperimentsPage


class ExperimentActions(QObject):
    """Opens the page of experiments, and experiments."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._jobs = services, Jobs(self)
        self._latest: Experiment | None = None  # whose run was opened

    def show(self) -> None:
        page = ExperimentsPage(self._services.display.now.look, self._services.window)
        page.chosen.connect(lambda name: self.open(EXPERIMENTS[name]))
        page.open()

    def open(self, experiment: Experiment) -> None:
        """Open an experiment: its run is trained in the background first."""
        self._jobs.do(partial(_begun, experiment), partial(self._take, experiment), self._services.notify)

    def _take(self, experiment: Experiment, record: RunRecord) -> None:
        features = self._services.features
        if not self._services.window.isVisible():  # the window was closed in the meantime
            return
        self._latest = experiment
        features["tour"].mark()
        features["documents"].put(record, tr("Experiment"))
        self._services.session.be_silent(experiment.learnt)  # or the status would answer the question
        self._jobs.do(partial(lesson_of, experiment), partial(self._begin, experiment), self._services.notify)

    def _begin(self, experiment: Experiment, lesson: Lesson) -> None:
        """Begin the experiment's lesson, after the run has appeared: the lesson changes the view."""
        if self._services.window.isVisible() and experiment is self._latest:
            self._services.features["tour"].take(lesson)


def _begun(experiment: Experiment) -> RunRecord:
    trainer = Trainer(experiment.config)
    trainer.advance(experiment.learnt)
    return trainer.record()


def lesson_of(experiment: Experiment) -> Lesson:
    """An experiment as a lesson of two steps: a guess and a task, and then what there is to see."""
    until = parse_condition(experiment.until) if experiment.until else None
    change = MappingProxyType(dict(experiment.change))
    title = experiment.title
    guess = LessonStep(title, experiment.ask, experiment.places, experiment.do, until, change, experiment.chapter)
    look = LessonStep(
        tr("{title}: what to look for", title=title), experiment.see, experiment.places, chapter=experiment.chapter
    )
    return Lesson(title, (guess, look))
