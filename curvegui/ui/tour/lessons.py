"""The menu Learn, Lessons: the app's lessons, those in the person's folder, and those that were opened last."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from curvegui.core.language.text import capitalised, tr
from curvegui.core.regular_file import open_regular
from curvegui.files.disk.languages import translated
from curvegui.files.disk.resources import resource
from curvegui.files.lesson.lesson import Lesson, LessonError, read_lesson
from curvegui.files.lesson.words import Parts
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.paths import documents_folder, file_dialog, show_folder
from curvegui.ui.dialogs.question import trouble
from curvegui.ui.look.layouts import wrapped
from curvegui.ui.tour import FIRST, FOLDER, MENU

MOST = 12  # of each kind
LONGEST_TITLE = 80  # of a title in the menu


class Lessons(QObject):
    """Lists lessons in the menu each time it is opened, and opens a lesson."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._menu = services, services.actions.menus[MENU]
        self._entries: list[QAction] = []
        self._own, self._folder = services.favourites.parent / FOLDER, documents_folder()  # of the last lesson
        self._menu.aboutToShow.connect(self._fill)

    @Slot()
    def _fill(self) -> None:
        from curvegui.session.study.tour import lessons_in  # not at the start

        for entry in self._entries:
            self._menu.removeAction(entry)
            entry.deleteLater()
        names = [path.name for path in _in_folder(resource(FOLDER))]
        ours, own = [translated(FOLDER, name) for name in names if name != FIRST], _in_folder(self._own)
        latest = map(Path, lessons_in(self._services.preferences.present.tour))
        groups = (ours, own, [path for path in latest if path.is_absolute() and path not in ours + own])
        self._entries = []
        for paths in filter(None, groups):
            self._entries += [self._entry(path) for path in paths[:MOST]]
            line = QAction(self._menu)
            line.setSeparator(True)
            self._entries.append(line)
        self._menu.insertActions(self._menu.actions()[0], self._entries)

    def _entry(self, path: Path) -> QAction:
        entry = QAction(_title(path).replace("&", "&&"), self._menu)
        entry.setObjectName(f"action.lesson.{path.stem}")
        entry.setToolTip(wrapped(str(path)))
        entry.triggered.connect(partial(self._open, str(path)))
        return entry

    @Slot(str)
    def _open(self, path: str) -> None:
        self._folder = Path(path).parent
        self._services.features["tour"].open(path)

    @Slot()
    def ask(self) -> None:
        title, filters = tr("Open a lesson"), tr("Lessons (*.md *.txt);;All files (*)")
        dialog = file_dialog(self._services.window, "open_lesson", title, str(self._folder), filters)
        dialog.fileSelected.connect(self._open)
        dialog.open()

    @Slot()
    def show_folder(self) -> None:
        """Show the folder whose lessons are listed in the menu; the folder is made if there is none yet."""
        folder = self._own
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            trouble(self._services.window, tr("The folder cannot be made: {folder}", folder=folder), str(error)).open()
        else:
            show_folder(folder, self._services.window)


def lesson_in(path: Path, parts: Parts) -> Lesson | LessonError:
    try:
        return read_lesson(path, parts)
    except LessonError as error:
        return error


def _in_folder(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".md")
    except OSError:
        return []


def _title(path: Path) -> str:
    """A lesson's title: the first line of its file, or else the file's name; no more is read for the menu."""
    try:
        with open_regular(path) as file:
            first = file.readline(LONGEST_TITLE).decode().strip()
    except (OSError, ValueError):
        first = ""
    words = first[2:] if first.startswith("# ") else path.stem.replace("-", " ").replace("_", " ").strip()
    return capitalised(words)
