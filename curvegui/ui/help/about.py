"""The box that says what this is, which version, and under which licences."""

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from curvegui import __version__
from curvegui.ui.look.icons import file_icon
from curvegui.ui.look.tips import wrapped

PARTS = {
    "PySide6-Essentials": ("PySide6 (Qt for Python)", "LGPL-3.0"),
    "pyqtgraph": ("pyqtgraph", "MIT"),
    "numpy": ("NumPy", "BSD-3-Clause"),
    "pillow": ("Pillow", "MIT-CMU"),
    "numba": ("Numba", "BSD-2-Clause"),
    "av": ("PyAV", "BSD-3-Clause"),
    "distributed": ("Distributed", "BSD-3-Clause"),
}
"""By the name of the package: what people call it, and its licence. The last three need not be there."""


def parts() -> Iterator[tuple[str, str]]:
    """What is installed, each with its version, and its licence."""
    for package, (name, licence) in PARTS.items():
        try:
            yield f"{name} {version(package)}", licence
        except PackageNotFoundError:
            continue


class AboutBox(QMessageBox):
    """The box; its details can be copied for whoever is asked for help. ``model`` is the button for that page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        found = list(parts())
        self._details = "\n".join(
            [f"CurveGUI {__version__}", platform.platform(), f"Python {platform.python_version()}", *dict(found)]
        )
        rows = "".join(f"<tr><td>{part}&nbsp;&nbsp;</td><td>{licence}</td></tr>" for part, licence in found)
        self.setObjectName("about")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About CurveGUI")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setIconPixmap(file_icon("app").pixmap(64, 64))
        self.setText(f"<h3>CurveGUI {__version__}</h3>Watch a neural network learn to draw a curve.")
        self.setInformativeText(
            "MIT licence. Based on the exercise “I love backpropagation” of a course in multivariate calculus."
            f"<p>Built with:</p><table>{rows}</table><p>Python {platform.python_version()}</p>"
        )
        self.setStandardButtons(QMessageBox.StandardButton.Close)
        self.setDefaultButton(QMessageBox.StandardButton.Close)
        self.model = self.addButton("&The model", QMessageBox.ButtonRole.HelpRole)
        self.model.setToolTip(wrapped("What the network computes, and why it is as it is: a page for teachers"))
        copy = self.addButton("&Copy details", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # else it would close the box
        copy.clicked.connect(self._copy)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
