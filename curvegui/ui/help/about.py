"""The box that says what this is, which version, and under which licences."""

import platform

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui import __version__
from curvegui.core.language.text import ENGLISH, mark, spoken, tr
from curvegui.environment import details, parts
from curvegui.ui.look.icons import file_icon
from curvegui.ui.look.layouts import button_row, filled, open_as_large_as
from curvegui.ui.look.tips import wrapped
from curvegui.ui.widgets.scrolled import ScrollPage

LINES, ICON_PX = (36, 25), 64  # its width and height at first, in heights of a line of text
UNREVIEWED = mark("No native speaker has reviewed this translation yet.")


def copy_details() -> str:
    """Put on the clipboard what the app and its window run on; return it."""
    screen = QGuiApplication.primaryScreen()
    ratio = f", {screen.size().width()} × {screen.size().height()}, {screen.devicePixelRatio():.0%}" if screen else ""
    text = "\n".join([*details(), f"Display: {QGuiApplication.platformName()}{ratio}", f"Language: {QLocale().name()}"])
    QGuiApplication.clipboard().setText(text)
    return text


class AboutBox(QDialog):
    """The box; its details can be copied for whoever is asked for help. ``model`` is the button for that page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About CurveGUI"))
        icon, self.words = QLabel(), QLabel(_words(), wordWrap=True, textFormat=Qt.TextFormat.RichText)
        icon.setPixmap(file_icon("app").pixmap(ICON_PX, ICON_PX))
        for each in (icon, self.words):
            each.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.close_button = QPushButton(tr("Close"))
        self.copy, self.model = QPushButton(tr("&Copy details")), QPushButton(tr("&The model"))
        self.model.setToolTip(wrapped(tr("What the network computes, and why it is as it is: a page for teachers")))
        page = QWidget()
        filled(QHBoxLayout(page), icon, (self.words, 1), spacing=16)
        buttons = button_row(self.copy, self.model, at_end=(self.close_button,))
        filled(QVBoxLayout(self), (ScrollPage(page), 1), buttons, edges=(18, 18, 18, 16), spacing=14)
        self.close_button.setDefault(True)
        self.copy.clicked.connect(copy_details)
        self.close_button.clicked.connect(self.accept)
        self.model.clicked.connect(self.accept)
        open_as_large_as(self, LINES)


def _words() -> str:
    """As HTML."""
    rows = "".join(f"<tr><td>{part}&nbsp;&nbsp;</td><td>{licence}</td></tr>" for part, licence in parts())
    head = tr("<h3>CurveGUI {version}</h3>Watch a neural network learn to draw a curve.", version=__version__)
    more = tr(
        "MIT licence. Based on the exercise “I love backpropagation” of a course in multivariate "
        "calculus.<p>Built with:</p><table>{rows}</table><p>Python {python_version}</p>",
        rows=rows,
        python_version=platform.python_version(),
    )
    return f"{head}<p>{more}" + (f"<p>{tr(UNREVIEWED)}</p>" if spoken() != ENGLISH else "")
