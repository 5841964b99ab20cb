"""Tells what happens to those who do not see it, and how things stand to whoever asks."""

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from curvegui.core.diagnosis.finding import Condition, Diagnosis
from curvegui.core.language.text import tr
from curvegui.session.run.phase import Phase
from curvegui.ui.actions.services import Services
from curvegui.ui.aloud.news import News
from curvegui.ui.aloud.summary import news_of_phase, summary
from curvegui.ui.status.words import cause_words, told
from curvegui.ui.widgets.spoken import Spoken, announce

WITH_PANELS = "understand", "exercise"  # views in which the panels are what a person looks at


class Aloud(QObject):
    """Says the summary, and passes on what happens: the phase, trouble that comes or goes, messages in passing."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._condition = services, None
        self._news = News(partial(announce, services.window), self)
        session = services.session
        session.phase_changed.connect(self._tell_phase)
        session.diagnosis_changed.connect(self._tell_finding)
        services.window.statusBar().messageChanged.connect(self._tell_message)
        self._phase: Phase = session.phase

    _condition: Condition | None

    def say_summary(self) -> None:
        """Say what the view shows now."""
        services, session = self._services, self._services.session
        snapshot = services.canvas.snapshot
        if snapshot is None:
            return
        cause = session.cause
        words = cause_words(cause) if cause else ""
        status = told(session.diagnosis, session.phase, words, session.time.past is not None)
        parts = [each.in_words() for each in self._pictures()]
        said = " ".join(filter(None, (summary(session.config, snapshot, status, words), *parts)))
        self._news.say_now("message", said)
        services.tell(said)

    def _pictures(self) -> list[Spoken]:
        """What the panels show, where they are what a person looks at."""
        docks = self._services.docks.in_sight() if self._services.views.now.id in WITH_PANELS else ()
        inside = (each for dock in docks for each in dock.findChildren(QWidget))
        return [each for each in inside if isinstance(each, Spoken) and each.isVisible()]

    @Slot(object)
    def _tell_phase(self, phase: Phase) -> None:
        if phase is not self._phase:
            self._phase = phase
            self._news.tell(tr("phase"), news_of_phase(phase, self._services.canvas.snapshot))

    @Slot(object)
    def _tell_finding(self, diagnosis: Diagnosis | None) -> None:
        trouble = diagnosis if diagnosis is not None and diagnosis.is_trouble else None
        condition = trouble.condition if trouble is not None else None
        if condition is not self._condition:  # how well it goes would be said again and again
            self._condition = condition
            self._news.tell(tr("finding"), diagnosis.headline if diagnosis is not None else "")

    @Slot(str)
    def _tell_message(self, words: str) -> None:
        self._news.tell(tr("message"), words)
