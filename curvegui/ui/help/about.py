"""The box that says what this is, which version, and under which licences."""

import platform

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from curvegui import __version__
from curvegui.core.language.text import ENGLISH, mark, spoken, tr
from curvegui.environment import details, parts
from curvegui.ui.look.icons import file_icon
from curvegui.ui.look.tips import wrapped

UNREVIEWED = mark("No native speaker has reviewed this translation yet.")


def copy_details() -> str:
    """Put on the clipboard what the app and its window run on; return it."""
    screen = QGuiApplication.primaryScreen()
    ratio = f", {screen.size().width()} × {screen.size().height()}, {screen.devicePixelRatio():.0%}" if screen else ""
    text = "\n".join([*details(), f"Display: {QGuiApplication.platformName()}{ratio}", f"Language: {QLocale().name()}"])
    QGuiApplication.clipboard().setText(text)
    return text


class AboutBox(QMessageBox):
    """The box; its details can be copied for whoever is asked for help. ``model`` is the button for that page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        found = parts()
        rows = "".join(f"<tr><td>{part}&nbsp;&nbsp;</td><td>{licence}</td></tr>" for part, licence in found)
        self.setObjectName("about")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About CurveGUI"))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setIconPixmap(file_icon("app").pixmap(64, 64))
        self.setText(
            tr("<h3>CurveGUI {version}</h3>Watch a neural network learn to draw a curve.", version=__version__)
        )
        self.setInformativeText(
            tr(
                "MIT licence. Based on the exercise “I love backpropagation” of a course in multivariate "
                "calculus.<p>Built with:</p><table>{rows}</table><p>Python {python_version}</p>",
                rows=rows,
                python_version=platform.python_version(),
            )
        )
        if spoken() != ENGLISH:
            self.setInformativeText(f"{self.informativeText()}<p>{tr(UNREVIEWED)}</p>")
        self.setStandardButtons(QMessageBox.StandardButton.Close)
        self.setDefaultButton(QMessageBox.StandardButton.Close)
        self.model = self.addButton(tr("&The model"), QMessageBox.ButtonRole.HelpRole)
        self.model.setToolTip(wrapped(tr("What the network computes, and why it is as it is: a page for teachers")))
        copy = self.addButton(tr("&Copy details"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # else it would close the box
        copy.clicked.connect(self._copy)

    @Slot()
    def _copy(self) -> None:
        copy_details()
