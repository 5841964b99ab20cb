"""The action that opens the dialog of a sweep, and the run that is chosen there."""

from PySide6.QtCore import QObject, Slot

from curvegui.core.run.record import RunRecord
from curvegui.ui.actions.services import Services
from curvegui.ui.sweep.dialog import SweepDialog
from curvegui.ui.sweep.workers import TrustedAddresses, WorkersChoice

FOLDER = "sweeps"  # beside the favourites


class SweepActions(QObject):
    """What can be done about sweeps."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window, self._session = services, services.window, services.session
        self._trusted = TrustedAddresses()
        self._preferences_file, self._folder = services.preferences, services.favourites.parent / FOLDER

    @Slot()
    def open_dialog(self) -> None:
        """Open the dialog, or show the one that is open."""
        dialog = self._window.findChild(SweepDialog)
        if dialog is None:
            choice = WorkersChoice.from_text(self._preferences_file.present.sweep)
            given, wanted = (self._session.config, self._folder), self._session.wanted
            dialog = SweepDialog(*given, choice=choice, wanted=wanted, trusted=self._trusted, parent=self._window)
            dialog.begun.connect(self._remember)
            dialog.run_chosen.connect(self._take_up)
        dialog.show()
        dialog.activateWindow()

    @Slot(object)
    def _remember(self, choice: WorkersChoice) -> None:
        self._preferences_file.remember(sweep=choice.to_text())

    @Slot(object, str)
    def _take_up(self, record: RunRecord, name: str) -> None:
        documents = self._services.features["documents"]
        documents.put(record.displayed_like(self._session.config), f"Sweep: {name}", is_work=True)
