"""Saving as a person meets it: where to, what is replaced, and what must be saved before the run is left."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import is_there
from curvegui.session.document.document import Document
from curvegui.session.document.file import ENDING
from curvegui.ui.dialogs.paths import file_dialog
from curvegui.ui.dialogs.question import existing, found_changed, unsaved

FILTER = mark("CurveGUI runs (*{ending})")


def nothing() -> None:
    """Do nothing, where nothing has to be undone."""


class DocumentSaving(QObject):
    """Asks what Save, Save as and leaving a run need to know.

    ``first_path`` says where to save a run that has no file.
    """

    waiting = Signal()  # the run is left when a save has ended, which is under way now

    def __init__(self, document: Document, window: QWidget, first_path: Callable[[], Path]) -> None:
        super().__init__(window)
        self._document, self._window, self._first_path = document, window, first_path
        self._then = self._otherwise = nothing
        document.saved.connect(self._go_on)
        document.failed.connect(self.stay)
        document.found_changed.connect(self._ask_to_replace)

    # Saving

    @Slot()
    def save(self) -> None:
        """Save the run to its file, or ask for one."""
        if self._document.path is None or self._document.read_only:
            self.save_as()
        else:
            self._begin(self._document.save)

    @Slot()
    def save_as(self) -> None:
        """Ask for a file and save the run to it."""
        path = self._document.path if not self._document.read_only else None
        start = path or self._document.suggestion or self._first_path()
        dialog = file_dialog(self._window, tr("Save as"), str(start.parent), tr(FILTER, ending=ENDING))
        dialog.setObjectName("save_run")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENDING[1:])
        dialog.selectFile(start.name)
        dialog.fileSelected.connect(self.save_to)
        dialog.rejected.connect(self.stay)
        dialog.open()

    @Slot(str)
    def save_to(self, name: str) -> None:
        """Save the run to a file; its name gets our ending where it has another one."""
        path = Path(name)
        complete = path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING)
        if complete != path and is_there(complete):  # which the file dialog has not asked about
            question = existing(self._window, complete.name)
            question.ask(replace=partial(self._begin, partial(self._document.save_as, complete)), cancel=self.stay)
        else:
            self._begin(partial(self._document.save_as, complete))

    @Slot(str)
    def _ask_to_replace(self, path: str) -> None:
        question = found_changed(self._window, Path(path).name)
        replace = partial(self._begin, partial(self._document.save, may_replace=True))
        question.ask(save_as=self.save_as, replace=replace, cancel=self.stay)

    def _begin(self, save: Callable[[], None]) -> None:
        """Begin a save, after all that had to be asked before."""
        save()
        if self.is_leaving:
            self.waiting.emit()

    # Leaving

    @property
    def is_leaving(self) -> bool:
        """Whether the run is left as soon as it has been saved."""
        return self._then is not nothing

    def leave(self, then: Callable[[], None], otherwise: Callable[[], None] = nothing) -> None:
        """Do what leaves the run, ``then``, once nothing can be lost by it; where nothing has to be asked, at once.

        Where the run is not left after all, ``otherwise`` is called.
        """
        if self._document.is_saving:
            self._keep(partial(self.leave, then, otherwise), otherwise)
            self.waiting.emit()
        elif self._document.is_changed:
            question = unsaved(self._window, self._document.path.name if self._document.path else "")
            question.ask(save=partial(self._save_first, then, otherwise), discard=then, cancel=otherwise)
        else:
            then()

    def _save_first(self, then: Callable[[], None], otherwise: Callable[[], None]) -> None:
        self._document.hold_still()
        self._keep(partial(self._leave_saved, then, otherwise), otherwise)
        self.save()

    def _leave_saved(self, then: Callable[[], None], otherwise: Callable[[], None]) -> None:
        """Leave what has been saved; what a person has changed meanwhile is asked about, too."""
        if self._document.is_only_learning:  # to ask as long as it has learned more would never end
            then()
        else:
            self.leave(then, otherwise)

    def _keep(self, then: Callable[[], None], otherwise: Callable[[], None]) -> None:
        """Wait for a save; what waited for one before is given up."""
        self.stay()
        self._then, self._otherwise = then, otherwise

    @Slot()
    def _go_on(self) -> None:
        then = self._then
        self._then = self._otherwise = nothing
        then()

    @Slot()
    def stay(self) -> None:
        """Leave the run no more, whatever becomes of its save."""
        otherwise = self._otherwise
        self._then = self._otherwise = nothing
        otherwise()
