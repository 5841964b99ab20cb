"""The action that opens the dialog of a sweep, and the run that is chosen there."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from curvegui.core.run.record import RunRecord
from curvegui.session.kept.preferences import PreferencesFile
from curvegui.session.run.session import Session
from curvegui.ui.actions.actions import Handler
from curvegui.ui.study.study import Study

if TYPE_CHECKING:
    from curvegui.ui.sweep.place import PlaceChoices

FOLDER = "sweeps"  # beside the favourites


class SweepActions(QObject):
    """What can be done about sweeps.

    ``folder`` is where the app keeps what is the person's; the preferences remember where the last sweep was carried
    out.
    """

    def __init__(
        self, window: QWidget, session: Session, study: Study, folder: Path, preferences_file: PreferencesFile
    ) -> None:
        super().__init__(window)
        self._preferences_file = preferences_file
        self._window, self._session, self._study, self._folder = window, session, study, folder / FOLDER

    def handlers(self) -> Mapping[str, Handler]:
        """What each action does, by id."""
        return {"run.sweep": self.open_dialog}

    @Slot()
    def open_dialog(self) -> None:
        """Open the dialog, or show the one that is open."""
        from curvegui.ui.sweep.dialog import SweepDialog  # here, so that the window opens sooner
        from curvegui.ui.sweep.place import PlaceChoices

        dialog = self._window.findChild(SweepDialog)
        if dialog is None:
            choices = PlaceChoices.from_text(self._preferences_file.present.sweep)
            given = self._session.config, self._folder, self._study.theme
            wanted = self._session.preparation.wanted
            dialog = SweepDialog(*given, choices=choices, wanted=wanted, parent=self._window)
            dialog.begun.connect(self._remember)
            self._study.theme_changed.connect(dialog.set_theme)
            dialog.run_chosen.connect(self._take_up)
        dialog.show()
        dialog.activateWindow()

    @Slot(object)
    def _remember(self, choices: "PlaceChoices") -> None:
        self._preferences_file.remember(sweep=choices.to_text())

    @Slot(object, str)
    def _take_up(self, record: RunRecord, name: str) -> None:
        self._session.open(record.displayed_like(self._session.config), f"Sweep: {name}")
