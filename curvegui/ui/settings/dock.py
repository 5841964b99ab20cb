"""Joins the editors and the status card to the session and the window."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from curvegui.session.run.phase import Phase
from curvegui.session.run.remedies import mend
from curvegui.ui.actions.docks import Heights
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.question import agrees
from curvegui.ui.settings.advice import AdviceCard
from curvegui.ui.settings.form import SettingsForm
from curvegui.ui.settings.panel import SettingsPanel


class SettingsDock(QObject):
    """Fills the first dock."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._session = session = services.session
        self.form = SettingsForm(session, partial(agrees, parent=services.window), self)
        self.form.done.connect(services.leave_for_canvas)
        self.advice = AdviceCard()
        self.panel = SettingsPanel(self.form, self.advice)
        services.docks.fill(services.docks.first, self.panel, Heights(self.panel.whole_height, self.panel.usual_height))
        session.phase_changed.connect(self._show_phase)
        session.history_changed.connect(self._show_history)
        session.diagnosis_changed.connect(self.advice.show_diagnosis)
        self.advice.chosen.connect(partial(mend, session))
        self.advice.chosen.connect(services.leave_for_canvas)  # a card's button may go: Qt would choose any other one
        self.advice.asked_why.connect(services.explain)
        self.advice.show_phase(session.phase)
        self.advice.show_diagnosis(session.diagnosis)
        self._show_history()

    @Slot(object)
    def _show_phase(self, phase: Phase) -> None:
        self.advice.show_phase(phase)

    @Slot()
    def _show_history(self) -> None:
        self.advice.set_can_undo(self._session.can_undo_cause)
