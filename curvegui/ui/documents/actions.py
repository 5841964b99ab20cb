"""What the File menu does with runs: new, open, save, revert; the window's title; closing; autosave and recovery."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from curvegui.core.language.text import tr
from curvegui.core.regular_file import is_folder
from curvegui.figure.drawing.look import LOOKS
from curvegui.files.disk.portable_name import portable_stem
from curvegui.session.document.autosave import Autosave, AutosaveFolder
from curvegui.session.document.document import Document
from curvegui.session.document.file import ENDING, RESTARTED, Appearance, Mode
from curvegui.session.jobs.job import FileWriter
from curvegui.session.stored.recent import RecentFiles
from curvegui.ui.actions.services import Services
from curvegui.ui.actions.view import CLASS_MODE
from curvegui.ui.dialogs.paths import documents_folder
from curvegui.ui.dialogs.question import LEAVE, Choice, QuestionBox, Standard, trouble
from curvegui.ui.documents.closing import WindowClosing
from curvegui.ui.documents.opening import DocumentQuestions, RecentMenu
from curvegui.ui.documents.recovery import Recovery

if TYPE_CHECKING:
    from curvegui.core.run.record import RunRecord
    from curvegui.files.project.project import Project

LAYERS = ("target", "trail", "axes")
LONGEST_S = 3_600  # between two autosaves


class DocumentActions(QObject):
    """Connects the document, its questions, its autosave and the window. ``chosen`` brings the path of a file that a
    person wants to open, whatever the file contains."""

    chosen = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window, self._actions = services, services.window, services.actions
        self._session, session, folder = services.session, services.session, services.log.parent
        self.document = document = Document(session, folder / "locks", self)
        self._recent, self._writer = RecentFiles(folder / "recent.json"), FileWriter(self)
        self._questions = questions = DocumentQuestions(document, self._window, self._first_path)
        self.save, self.save_as = questions.save, questions.save_as
        self.open, self.take = questions.open, questions.take
        self._root, own = folder / "autosave", (folder, services.favourites.parent, services.preferences.path.parent)
        self._autosave, self._is_starting = Autosave(session, document, AutosaveFolder(self._root), self), False
        self._recovery = Recovery(self._root, own, services.availability, self._window)
        self.closing = WindowClosing(document, questions, self._autosave, self._window)
        recent = RecentMenu(services.actions.menus["File/Open &recent"], self._recent)
        recent.chosen.connect(self._questions.open)
        recent.missing.connect(self._report_missing)
        for changed in document.changed, services.availability.changed, session.config_changed:
            changed.connect(self._show)
        document.appearance_wanted.connect(self._show_as)
        document.opened.connect(self._note_opened)
        document.saved.connect(self._note_saved)
        document.failed.connect(self._report)
        for sentence in document.not_reverted, self._autosave.failed, self._writer.troubled:
            sentence.connect(services.notify)
        self._recovery.wanted.connect(partial(document.open, mode=Mode.RECOVERED))
        self._recovery.missing.connect(self.run_instead)
        self._autosave.written.connect(self._recovery.drop_copy)
        self._questions.chosen.connect(self.chosen)
        self._questions.given_up.connect(self.run_instead)
        services.display.changed.connect(self._note_appearance)
        session.morphing.changed.connect(self._note_appearance)
        session.acted.connect(self.closing.go_on)
        services.closed.connect(self._end)
        self._note_appearance()
        self._show()

    def begin(self, start: "Path | Project | None" = None) -> None:
        """Begin with a file or a project, or else with a run that trains at once; autosave from now on.
        If the file cannot be opened, a box says so, and the first run trains."""
        self.autosave_every()
        self._services.preferences.found.connect(self.autosave_every)
        before = Path(os.environ.pop(RESTARTED, ""))  # the run of the window that this window replaces
        is_copy, self._is_starting = before.is_relative_to(self._root), True
        self._recovery.look(before if is_copy else None)
        if before.name:
            if not is_copy:  # else the recovery opens the copy
                self._questions.open(str(before))
        elif start is None:
            self.run_instead()
        elif isinstance(start, Path):
            self.chosen.emit(str(start))
        else:
            self.take(start)

    @property
    def is_at_rest(self) -> bool:
        """Whether the program may be restarted: no file is read or saved, and the window is not about to close."""
        is_reading, is_saving = self.document.is_reading, self.document.is_saving
        return not (is_reading or is_saving or self._autosave.is_busy or self.closing.is_under_way)

    @Slot()
    def autosave_every(self, s: int | None = None) -> None:
        """Autosave the run every ``s`` seconds, or by default as often as the preferences say; for 0, never."""
        self._autosave.begin(min(max(self._services.preferences.present.autosave_s if s is None else s, 0), LONGEST_S))

    def put(self, record: "RunRecord", label: str, is_work: bool = False) -> None:
        """Show another run, without a file; leaving it asks first if it ``is_work``. Undo brings this run back."""
        self._is_starting = False
        self.document.put(record, label, is_work)

    @Slot()
    def run_instead(self) -> None:
        """Let the first run train, unless a file or a project is still to replace it."""
        if self._is_starting:
            self._is_starting = False
            if not self._services.preferences.present.start_paused:
                self._session.run()

    # The actions

    def new(self) -> None:
        self._questions.leave(self.document.new)

    def choose(self) -> None:
        self._questions.choose(self._first_path().parent)

    def revert(self) -> None:
        if self.document.path is not None:
            text = tr("Go back to “{name}” as it was saved?", name=self.document.path.name)
            more, revert = tr("Your changes since then will be lost."), tr("&Revert")
            choices = LEAVE, Choice("discard", Standard.Discard, revert)
            QuestionBox(self._window, "revert", text, more, *choices).ask(discard=self.document.revert)

    def clear_recent(self) -> None:
        self._recent.clear()
        self._writer.write(self._recent)

    def _first_path(self) -> Path:
        """The path that Save suggests for a run without a file: in the folder of the file that was opened last."""
        recent = self._recent.all()
        folder = recent[0].parent if recent and is_folder(recent[0].parent) else documents_folder()
        return folder / f"{portable_stem(self._session.config.curve_name, 'curve')}{ENDING}"

    # The title and the appearance

    @Slot()
    def _show(self) -> None:
        document, window = self.document, self._window
        mode = f" ({tr('read-only')})" if document.run_file.read_only else ""
        mode += f" ({tr('class mode')})" if CLASS_MODE in self._services.availability else ""
        window.setWindowTitle(f"{document.title.replace('[*]', '[*][*]')}[*]{mode} – CurveGUI")
        window.setWindowFilePath(str(document.path or ""))
        window.setWindowModified(document.is_changed)
        self._actions["file.save"].setEnabled(not document.run_file.read_only)
        self._actions["file.revert"].setEnabled(document.path is not None and document.is_changed)

    @Slot()
    def _note_appearance(self) -> None:
        display = self._services.display.now
        layers = {name: getattr(display, name) for name in LAYERS}
        self.document.show_as(Appearance(display.look_key, layers, self._session.morphing.now))

    @Slot(object)
    def _show_as(self, appearance: Appearance) -> None:
        """Show an opened project with its saved appearance; an unknown look does not replace the present look."""
        self._is_starting = False  # but with the opened project
        choices: dict[str, object] = {name: appearance.layers[name] for name in LAYERS if name in appearance.layers}
        if appearance.look in LOOKS:
            choices["look_key"] = appearance.look
        self._session.morphing.take(appearance.morph)
        self._services.display.see(**choices)

    # Restarting

    def restart(self) -> None:
        """Start the program anew with the same run, paused at the same iteration; say so if that is not possible."""
        if not self.is_at_rest:
            self._services.notify(tr("The run is still being saved. Restart CurveGUI when that has ended."))
            return
        self.document.hold_still()
        self._session.pause()
        self._session.when_up_to_date(self._keep_for_restart)

    def _keep_for_restart(self) -> None:
        """Restart with the file of the run if all of the run is in it, or else with a copy that is written first."""
        if self.document.is_in_file and self.document.path is not None:
            self._restart_from(self.document.path)
        elif self._autosave.keep():
            self._autosave.became_idle.connect(self._restart_from_copy, Qt.ConnectionType.SingleShotConnection)
        else:
            self._restart_from_copy()

    @Slot()
    def _restart_from_copy(self) -> None:
        self._restart_from(self._autosave.copy)

    def _restart_from(self, path: Path | None) -> None:
        if path is None:
            self._services.notify(tr("CurveGUI was not restarted: no copy of the run could be saved."))
        else:
            self._services.restart(path)
            self.closing.restart()

    @Slot(str)
    def _note_opened(self, name: str) -> None:
        path = Path(name)
        if self._recovery.is_of(path):
            self._recovery.wait_for(self.document.run_file.origin)
            self._autosave.keep()
            return
        self._remember(path)
        self._services.notify(tr("Opened {path}", path=path))

    @Slot(str)
    def _note_saved(self, name: str) -> None:
        self._remember(Path(name))
        if self.document.path == Path(name):  # else the save was of an earlier run
            self._recovery.forget(self.document.run_file.origin)
        self._services.notify_saved(name)

    def _remember(self, path: Path) -> None:
        self._recent.add(path)
        self._writer.write(self._recent)

    @Slot(str)
    def _report(self, sentence: str) -> None:
        trouble(self._window, sentence, tr("The current run is unchanged.")).open()
        self.run_instead()

    @Slot(str)
    def _report_missing(self, name: str) -> None:
        self._recent.remove(Path(name))
        self._writer.write(self._recent)
        advice = tr("It may have been moved or renamed. It has been removed from the list.")
        trouble(self._window, tr("“{name}” no longer exists.", name=Path(name).name), advice).open()

    @Slot()
    def _end(self) -> None:
        self._writer.end()
        self.closing.end()
        self._recovery.close()
