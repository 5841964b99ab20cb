"""How large the text of the whole application is, apart from the system's own scaling."""

from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from curvegui.ui.look.theme import restyle

USUAL = 100  # percent
PERCENT, POINTS = "text_percent", "text_points"  # properties of the application: the size now, and what 100 % is


def set_text_size(percent: int) -> None:
    """Write all text of the application in so many percent of the system's size."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    before = application.property(PERCENT) or USUAL
    if percent == before:
        return
    application.setProperty(PERCENT, percent)
    font = application.font()
    if before == USUAL:
        application.setProperty(POINTS, font.pointSizeF() if font.pointSizeF() > 0 else QFontInfo(font).pointSizeF())
    font.setPointSizeF(application.property(POINTS) * percent / USUAL)
    application.setFont(font)
    if application.styleSheet():
        restyle(application)
