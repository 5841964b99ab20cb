"""Saving what is heard of the fit or the target, as a WAV file."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from curvegui.core.home import home
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.files.disk.portable_name import portable_stem
from curvegui.files.export.sound import ENDING, save_sound
from curvegui.session.jobs.jobs import Jobs
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.paths import file_dialog
from curvegui.ui.dialogs.question import trouble

FIT, TARGET = mark("Sound of the fit (*.wav)"), mark("Sound of the target (*.wav)")


class SoundSaving(QObject):
    """Asks where a sound is to go, and which of the two curves is to be heard, and writes it in the background."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._jobs = services, Jobs(self)

    def ask(self, snapshot: Snapshot, hears_target: bool, seconds: float) -> None:
        """Ask for a file, for the curves of a snapshot, played in so many seconds; the other curve can be chosen."""
        filters = ";;".join(map(tr, (FIT, TARGET)))
        dialog = file_dialog(self._services.window, tr("Save sound"), str(home()), filters)
        dialog.setObjectName("save_sound")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectNameFilter(tr(TARGET if hears_target else FIT))
        dialog.selectFile(portable_stem(snapshot.target.name, "curve"))
        dialog.setDefaultSuffix(ENDING)
        dialog.fileSelected.connect(partial(self._save, dialog, snapshot, seconds))
        dialog.open()

    def _save(self, dialog: QFileDialog, snapshot: Snapshot, seconds: float, path: str) -> None:
        points = snapshot.target.points if dialog.selectedNameFilter() == tr(TARGET) else snapshot.fit
        work = partial(save_sound, Path(path), snapshot.target.t[0], points, seconds)
        self._jobs.do(work, self._tell_saved, self._report)

    def _tell_saved(self, path: Path) -> None:
        self._services.tell(tr("Saved {path}", path=path))

    @Slot(str)
    def _report(self, sentence: str) -> None:
        trouble(self._services.window, sentence, tr("The current run is unchanged.")).open()
