"""The action that opens the dialog of a sweep, and the run that is chosen there."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from curvegui.core.run_record import RunRecord
from curvegui.session.session import Session
from curvegui.ui.actions import Handler
from curvegui.ui.study import Study

FOLDER = "sweeps"  # beside the favourites


class SweepActions(QObject):
    """What can be done about sweeps.

    Parameters
    ----------
    window : QWidget
    session : Session
    study : Study
        Knows the theme.
    folder : Path
        What the app keeps for the person.
    """

    def __init__(self, window: QWidget, session: Session, study: Study, folder: Path) -> None:
        super().__init__(window)
        self._window, self._session, self._study, self._folder = window, session, study, folder / FOLDER

    def handlers(self) -> Mapping[str, Handler]:
        """What each action does, by id."""
        return {"run.sweep": self.open_dialog}

    @Slot()
    def open_dialog(self) -> None:
        """Open the dialog, or show the one that is open."""
        from curvegui.ui.sweep_dialog import SweepDialog  # here, so that the window opens sooner

        dialog = self._window.findChild(SweepDialog)
        if dialog is None:
            wanted = self._session.preparation.wanted
            given = self._session.config, self._folder, self._study.theme
            dialog = SweepDialog(*given, wanted=wanted, parent=self._window)
            self._study.dressed.connect(dialog.dress)
            dialog.run_chosen.connect(self._take_up)
        dialog.show()
        dialog.activateWindow()

    @Slot(object, str)
    def _take_up(self, record: RunRecord, name: str) -> None:
        self._session.open(record, f"Sweep: {name}")
