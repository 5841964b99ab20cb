"""The person's folders, dialogs that ask for a file, and the path of a file that is saved."""

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from curvegui.core.home import home
from curvegui.core.language.text import tr
from curvegui.core.regular_file import is_folder, is_there
from curvegui.figure.formats import spelled
from curvegui.ui.dialogs.question import is_wanted, trouble

Location = QStandardPaths.StandardLocation
AGAIN_MS = 50


def documents_folder() -> Path:
    """The person's folder for documents, or the home folder if there is none."""
    return _folder(Location.DocumentsLocation)


def pictures_folder() -> Path:
    """The person's folder for pictures, or the home folder if there is none."""
    return _folder(Location.PicturesLocation)


def _folder(location: Location) -> Path:
    path = QStandardPaths.writableLocation(location)
    return Path(path) if path and is_folder(path) else home()


def show_folder(folder: Path, parent: QWidget) -> None:
    """Open a folder in the system's file manager; if there is none, show the folder's path in a box, to copy it."""
    folder = folder.absolute()
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        box = trouble(parent, tr("No program here opens folders. The folder is:\n{folder}", folder=folder))
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.open()


def file_dialog(
    parent: QWidget, name: str, title: str, folder: str, filters: str = "", *, saves: bool = False
) -> QFileDialog:
    """A dialog, not shown yet, that asks for a file to open or to save; it is deleted when it is closed."""
    dialog = QFileDialog(parent, title, folder, filters)  # a class of our own would never be the system's dialog
    dialog.setObjectName(name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave if saves else QFileDialog.AcceptMode.AcceptOpen)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile if saves else QFileDialog.FileMode.ExistingFile)
    _Removal(dialog)
    return dialog


class _Removal(QObject):
    """Deletes a file dialog that is closed, after Qt's question "Replace it?" over it has ended: the question has an
    event loop of its own, and the program would crash if the question were deleted with the dialog."""

    def __init__(self, dialog: QFileDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._remove)
        dialog.finished.connect(self._remove)

    @Slot()
    def _remove(self) -> None:
        self._dialog.setEnabled(False)  # the dialog acts once, as our own dialogs do
        if questions := self._dialog.findChildren(QMessageBox):
            for question in questions:
                question.reject()
            self._again.start()
        else:
            self._dialog.deleteLater()


def ask_path(parent: QWidget, title: str, start: Path, ending: str) -> Path | None:
    """Ask where to save a file; None if the person cancels. The file dialog begins with the path ``start``. The
    ``ending`` of the format, such as ``"png"``, is added if the name does not have it."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start), f"{spelled(ending)} (*.{ending})")
    if not chosen:
        return None
    path = Path(chosen)
    complete = path if path.suffix.lower() == f".{ending}" else path.with_name(f"{path.name}.{ending}")
    if complete != path and is_there(complete):  # the file dialog has not asked, as the name was not complete
        question = tr("“{name}” already exists. Replace it?", name=complete.name)
        if not is_wanted("replace", question, parent=parent, title=title):
            return None
    return complete
