"""The box that says what this is, which version, and under which licences."""

import platform

import numpy
import PIL
import pyqtgraph
import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from curvegui import __version__
from curvegui.ui.look.icons import file_icon

PARTS = (
    ("PySide6 (Qt for Python)", PySide6.__version__, "LGPL-3.0"),
    ("pyqtgraph", pyqtgraph.__version__, "MIT"),
    ("NumPy", numpy.__version__, "BSD-3-Clause"),
    ("Pillow", PIL.__version__, "MIT-CMU"),
)


def about_box(parent: QWidget) -> QMessageBox:
    """The box, not yet shown."""
    rows = "".join(
        f"<tr><td>{name} {version}&nbsp;&nbsp;</td><td>{licence}</td></tr>" for name, version, licence in PARTS
    )
    box = QMessageBox(parent)
    box.setObjectName("about")
    box.setWindowTitle("About CurveGUI")
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setIconPixmap(file_icon("app").pixmap(64, 64))
    box.setText(f"<h3>CurveGUI {__version__}</h3>Watch a neural network learn to draw a curve.")
    box.setInformativeText(
        "MIT licence. Based on the exercise “I love backpropagation” of a course in multivariate calculus."
        f"<p>Built with:</p><table>{rows}</table><p>Python {platform.python_version()}</p>"
    )
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    return box
