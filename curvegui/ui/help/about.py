"""The box about the app: what it is, which version, on which packages it is built, and their licences."""

import platform
import sysconfig
from html import escape

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui import __version__
from curvegui.core.language.text import ENGLISH, mark, spoken, tr
from curvegui.environment import details, parts
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.help.licences import LicencesWindow, licence_files
from curvegui.ui.look.icons import file_icon
from curvegui.ui.look.layouts import button_row, filled, open_as_large_as, wrapped
from curvegui.ui.widgets.scrolled import ScrollPage

LINES, ICON_PX = (36, 25), 64  # the box's width and height at first, in heights of a line of text
LGPL = "https://www.gnu.org/licenses/lgpl-3.0.html"
WHERE = mark(
    "Each package brings its licence, in {folder}. Only PySide6 and shiboken6 do not: their licence is at {address}."
)
UNREVIEWED = mark("No native speaker has reviewed this translation yet.")


def copy_details() -> str:
    """Put on the clipboard which version this is, what it runs on, and the language; return the text."""
    screen = QGuiApplication.primaryScreen()
    ratio = f", {screen.size().width()} × {screen.size().height()}, {screen.devicePixelRatio():.0%}" if screen else ""
    text = "\n".join([*details(), f"Display: {QGuiApplication.platformName()}{ratio}", f"Language: {QLocale().name()}"])
    QGuiApplication.clipboard().setText(text)
    return text


class AboutBox(Dialog):
    """The box about the app, whose details can be copied to report a fault; ``engine`` says what computes. ``model`` is
    the button for the guide's page about the model. A bundle has a button for the licences of all that is in it;
    installed packages bring their own licences."""

    def __init__(self, parent: QWidget, engine: str) -> None:
        super().__init__("about", tr("About CurveGUI"), parent)
        files = licence_files()
        words = _words(bool(files), engine)
        icon, self.words = QLabel(), QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.RichText)
        icon.setPixmap(file_icon("app").pixmap(ICON_PX, ICON_PX))
        for each in (icon, self.words):
            each.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.close_button = QPushButton(tr("Close"))
        self.copy, self.model = QPushButton(tr("&Copy details")), QPushButton(tr("&The model"))
        self.model.setToolTip(wrapped(tr("What the network computes, and why it is as it is: a page for teachers")))
        page = QWidget()
        filled(QHBoxLayout(page), icon, (self.words, 1), spacing=16)
        self.licences = QPushButton(tr("&Licences"), self)
        self.licences.setVisible(bool(files))
        shown = self.copy, self.model, *([self.licences] if files else [])
        buttons = button_row(*shown, at_end=(self.close_button,))
        filled(QVBoxLayout(self), (ScrollPage(page), 1), buttons, edges=(18, 18, 18, 16), spacing=14)
        self.close_button.setDefault(True)
        self.copy.clicked.connect(copy_details)
        self.close_button.clicked.connect(self.accept)
        self.model.clicked.connect(self.accept)
        self.licences.clicked.connect(lambda: LicencesWindow(files, self).open())
        open_as_large_as(self, LINES)


def _words(has_licences: bool, engine: str) -> str:
    folder = escape(sysconfig.get_path("purelib"))
    rows = "".join(f"<tr><td>{part}&nbsp;&nbsp;</td><td>{licence}</td></tr>" for part, licence in parts())
    head = tr("<h3>CurveGUI {version}</h3>Watch a neural network learn to draw a curve.", version=__version__)
    more = tr(
        "MIT licence. Based on the exercise “I love backpropagation” of a course in multivariate "
        "calculus.<p>Built with:</p><table>{rows}</table><p>Python {python_version}</p>",
        rows=rows,
        python_version=platform.python_version(),
    )
    last = "" if has_licences else f"<p>{tr(WHERE, folder=folder, address=LGPL)}</p>"
    return f"{head}<p>{escape(engine)}<p>{more}{last}" + (f"<p>{tr(UNREVIEWED)}</p>" if spoken() != ENGLISH else "")
