"""Joins the status to the session and the window."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from curvegui.session.run.remedies import mend
from curvegui.ui.actions.centre import STATUS
from curvegui.ui.actions.services import Services
from curvegui.ui.status.details import StatusDetails
from curvegui.ui.status.strip import StatusStrip, cause_words


class Status(QObject):
    """Shows how the run is doing, and carries out what is offered."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._session = session = services.session
        self.strip = StatusStrip()
        services.centre.put(STATUS, self.strip)
        self.details = StatusDetails(self.strip, services.centre)
        services.centre.put_over(STATUS, self.details)
        session.phase_changed.connect(self.strip.show_phase)
        session.time.moved.connect(self.strip.show_past)
        session.history_changed.connect(self._show_history)
        session.diagnosis_changed.connect(self.strip.show_diagnosis)
        for part in (self.strip, self.details):
            part.chosen.connect(partial(mend, session))
            part.chosen.connect(services.leave_for_canvas)  # a button may go: Qt would choose any other one
        self.details.asked_why.connect(services.explain)
        self.strip.show_phase(session.phase)
        self.strip.show_diagnosis(session.diagnosis)
        self._show_history()

    @Slot()
    def _show_history(self) -> None:
        cause = self._session.cause
        self.strip.show_cause(cause_words(cause) if cause else "")
