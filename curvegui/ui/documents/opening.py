"""Questions about opening, saving and leaving a run, and the menu of the files that were opened last."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import is_there
from curvegui.core.settings.config import size_concern
from curvegui.files.curves.kind import ENDINGS
from curvegui.session.document.document import Document
from curvegui.session.document.file import ENDING, Mode, Reading
from curvegui.session.jobs.job import Job
from curvegui.session.stored.recent import MOST, RecentFiles
from curvegui.ui.dialogs.paths import file_dialog
from curvegui.ui.dialogs.question import LEAVE, Choice, QuestionBox, Role, Standard, large
from curvegui.ui.look.layouts import wrapped

if TYPE_CHECKING:
    from curvegui.files.project.project import Project

FILTER = mark("CurveGUI runs (*{ending})")

OPENED = mark("Runs and pictures (*.curvegui *.png *.svg *.txt)")
EXERCISES = mark("Exercises (*.py *.ipynb)")
CURVES = mark("Curves ({endings})")
CURVE_ENDINGS = " ".join(f"*{ending}" for endings in ENDINGS.values() for ending in endings)


def nothing() -> None:
    """Do nothing; called where nothing is waiting."""


class DocumentQuestions(QObject):
    """Asks the questions of Open, Save, Save as and of leaving the run. To open a file, the run is left only once the
    whole file has been read. ``first_path`` returns the path that Save suggests for a run without a file."""

    chosen = Signal(str)  # the path of a file to open, whatever the file contains
    given_up = Signal()  # a file that was read is not opened after all
    waiting = Signal()  # the run is left when a save has ended, which is under way now

    def __init__(self, document: Document, window: QWidget, first_path: Callable[[], Path]) -> None:
        super().__init__(window)
        self._document, self._window, self._first_path = document, window, first_path
        self._then = self._otherwise = nothing
        self._replace = Choice("replace", Role.DestructiveRole, tr("&Replace"))
        document.read.connect(self._consider)
        document.saved.connect(self._go_on)
        document.failed.connect(self.stay)
        document.found_changed.connect(self._ask_to_replace)

    # Saving

    @Slot()
    def save(self) -> None:
        if self._document.path is None or self._document.run_file.read_only:
            self.save_as()
        else:
            self._begin(self._document.save)

    @Slot()
    def save_as(self) -> None:
        path = self._document.path if not self._document.run_file.read_only else None
        start = path or self._document.run_file.suggestion or self._first_path()
        title, folder, filters = tr("Save as"), str(start.parent), tr(FILTER, ending=ENDING)
        dialog = file_dialog(self._window, "save_run", title, folder, filters, saves=True)
        dialog.setDefaultSuffix(ENDING[1:])
        dialog.selectFile(start.name)
        dialog.fileSelected.connect(self.save_to)
        dialog.rejected.connect(self.stay)
        dialog.open()

    @Slot(str)
    def save_to(self, name: str) -> None:
        """Save the run to a file; our ending is added to its name if the name has another ending."""
        path = Path(name)
        complete = path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING)
        save = partial(self._document.save_as, complete)
        if complete != path and is_there(complete):  # which the file dialog has not asked about
            text = tr("“{name}” already exists.", name=complete.name)
            more = tr("If you replace it, its present content is lost.")
            question = QuestionBox(self._window, "existing", text, more, LEAVE, self._replace)
            question.ask(replace=partial(self._begin, save), cancel=self.stay)
        else:
            self._begin(save)

    @Slot(str)
    def _ask_to_replace(self, path: str) -> None:
        text = tr("“{name}” has been changed by another program. Nothing has been saved yet.", name=Path(path).name)
        more = tr("Replace it to lose those changes, or save under another name to keep both.")
        save_as = Choice("save_as", Role.AcceptRole, tr("Save &as…"))
        question = QuestionBox(self._window, "found_changed", text, more, save_as, self._replace, LEAVE)
        replace = partial(self._begin, partial(self._document.save, may_replace=True))
        question.ask(save_as=self.save_as, replace=replace, cancel=self.stay)

    def _begin(self, save: Callable[[], None]) -> None:
        save()
        if self.is_leaving:
            self.waiting.emit()

    # Leaving

    @property
    def is_leaving(self) -> bool:
        return self._then is not nothing

    def leave(self, then: Callable[[], None], otherwise: Callable[[], None] = nothing) -> None:
        """Call ``then``, which leaves the run, once nothing can be lost: at once if there is nothing to save or to ask.
        Call ``otherwise`` if the run is not left after all."""
        if self._document.is_saving:
            self._wait(partial(self.leave, then, otherwise), otherwise)
            self.waiting.emit()
        elif self._document.is_changed:
            path, save = self._document.path, Choice("save", Standard.Save)
            text = tr("Save the changes to “{name}”?", name=path.name) if path else tr("Save changes to this run?")
            more = tr("Otherwise they will be lost.")
            discard = Choice("discard", Standard.Discard, tr("Don't save"))
            question = QuestionBox(self._window, "unsaved", text, more, save, discard, LEAVE)
            question.ask(save=partial(self._save_first, then, otherwise), discard=then, cancel=otherwise)
        else:
            then()

    def _save_first(self, then: Callable[[], None], otherwise: Callable[[], None]) -> None:
        self._document.hold_still()
        self._wait(partial(self._leave_saved, then, otherwise), otherwise)
        self.save()

    def _leave_saved(self, then: Callable[[], None], otherwise: Callable[[], None]) -> None:
        """Leave the run, which has been saved; ask about changes that a person has made since then."""
        if self._document.is_only_learning:  # to ask as long as it has learned more would never end
            then()
        else:
            self.leave(then, otherwise)

    def _wait(self, then: Callable[[], None], otherwise: Callable[[], None]) -> None:
        """Call ``then`` when a save has ended, instead of what waited for a save before."""
        self.stay()
        self._then, self._otherwise = then, otherwise

    @Slot()
    def _go_on(self) -> None:
        then = self._then
        self._then = self._otherwise = nothing
        then()

    @Slot()
    def stay(self) -> None:
        """Do not leave the run any more when its save has ended."""
        otherwise = self._otherwise
        self._then = self._otherwise = nothing
        otherwise()

    # Opening

    def choose(self, folder: Path) -> None:
        curves, exercises = tr(CURVES, endings=CURVE_ENDINGS), tr(EXERCISES)
        words = mark("{opened};;{curves};;{exercises};;All files (*)")
        kinds = tr(words, opened=tr(OPENED), curves=curves, exercises=exercises)
        dialog = file_dialog(self._window, "open_run", tr("Open"), str(folder), kinds)
        dialog.fileSelected.connect(self.chosen)
        dialog.open()

    @Slot(str)
    def open(self, path: str) -> None:
        self._document.open(Path(path))

    def take(self, project: "Project") -> None:
        self._consider_size(Reading(Path(), Mode.PASTED, project))

    @Slot(object)
    def _consider(self, reading: Reading) -> None:
        """Open what was read from a file; ask first if the file is open in another window, which may save to it."""
        if reading.is_in_use:
            text = tr("“{name}” is open in another window.", name=reading.path.name)
            more = tr("Two windows cannot save to the same file. Open it here read-only, or as a copy.")
            read_only = Choice("read_only", Role.AcceptRole, tr("Open &read-only"))
            copy = Choice("copy", Role.AcceptRole, tr("Open a &copy"))
            QuestionBox(self._window, "in_use", text, more, read_only, copy, LEAVE).ask(
                read_only=partial(self._document.open, reading.path, Mode.READ_ONLY),
                copy=partial(self._document.open, reading.path, Mode.COPY),
                cancel=self.given_up.emit,
            )
        else:
            self._consider_size(reading)

    def _consider_size(self, reading: Reading) -> None:
        give_up, concern = partial(self._give_up, reading), size_concern(reading.project.record.config.sizes)
        take_up = partial(self._take_up, reading, self._document.times_saved)
        leave = partial(self.leave, take_up, give_up)
        if concern:
            large(self._window, concern).ask(open=leave, cancel=give_up)
        else:
            leave()

    def _take_up(self, reading: Reading, times_saved: int) -> None:
        if reading.path == self._document.path and self._document.times_saved != times_saved:
            self._give_up(reading)  # the run was saved meanwhile, and the reading is older
        else:
            self._document.take_up(reading)

    def _give_up(self, reading: Reading) -> None:
        self._document.forget(reading)
        self.given_up.emit()


class RecentMenu(QObject):
    """Lists the files that were opened last in a menu, above its other entries, each time the menu is opened."""

    chosen = Signal(str)  # the path of a file that exists
    missing = Signal(str)  # the path of a file that no longer exists

    def __init__(self, menu: QMenu, recent: RecentFiles) -> None:
        super().__init__(menu)
        self._menu, self._recent = menu, recent
        self._clear = menu.actions()[-1]
        self._entries: list[QAction] = []
        menu.setToolTipsVisible(True)  # with the whole path
        menu.aboutToShow.connect(self.fill)
        self.fill()

    @Slot()
    def fill(self) -> None:
        for entry in self._entries:
            self._menu.removeAction(entry)
            entry.deleteLater()
        paths, self._entries = self._recent.all(), []
        names = [path.name for path in paths]
        for number, path in enumerate(paths, 1):
            text = f"{path.name} – {path.parent.name}" if names.count(path.name) > 1 else path.name
            entry = QAction(f"&{number % MOST}  {text.replace('&', '&&')}", self._menu, toolTip=wrapped(str(path)))
            entry.setObjectName(f"action.recent.{number}")
            entry.setData(str(path))
            entry.triggered.connect(self._look)
            self._entries.append(entry)
        self._menu.insertActions(self._menu.actions()[0], self._entries)
        self._clear.setEnabled(bool(self._entries))

    @Slot()
    def _look(self) -> None:
        path = cast(QAction, self.sender()).data()

        def look() -> tuple[str, bool]:
            try:
                return path, Path(path).exists()
            except OSError:  # the file may be there, and opening it says what is wrong
                return path, True

        job = Job(look)  # beside each other: a disk may never answer
        job.ended.connect(self._choose)
        job.start()

    @Slot(object, object)
    def _choose(self, found: tuple[str, bool], _: Exception | None) -> None:
        path, is_there = found
        (self.chosen if is_there else self.missing).emit(path)
