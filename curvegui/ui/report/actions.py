"""The actions that bring what is shown onto a page."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from curvegui.core.language.text import tr
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.paths import documents_folder
from curvegui.ui.picture.form import picture_name
from curvegui.ui.report.contents import report_of
from curvegui.ui.report.dialog import ReportDialog


class ReportActions(QObject):
    """Opens the dialog with the page."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services

    @Slot()
    def print(self) -> None:
        """Show the page before it is printed: of what is shown, just after a pause of the last iteration."""
        self._services.session.when_up_to_date(self._open)

    @Slot()
    def save(self) -> None:
        """Ask for a file at once."""
        self._services.session.when_up_to_date(partial(self._open, asks=True))

    def _open(self, asks: bool = False) -> None:
        services, snapshot = self._services, self._services.session.shown
        if snapshot is None:
            return
        features = services.features
        exercise = features["exercise"].exercise if features.is_made("exercise") else None
        dialog = ReportDialog(
            report_of(services.session, snapshot, exercise),
            folder=Path(services.preferences.present.report_folder or documents_folder()),
            name=picture_name(snapshot),
            parent=services.window,
        )
        dialog.saved.connect(self._remember)
        dialog.printed.connect(partial(services.tell, tr("Sent the page to the printer.")))
        dialog.open()
        if asks:
            QTimer.singleShot(0, dialog, dialog.ask_path)  # which waits: whoever chose the entry has an answer first

    @Slot(str)
    def _remember(self, path: str) -> None:
        self._services.preferences.remember(report_folder=str(Path(path).parent))
        self._services.tell(tr("Saved {path}", path=path))
