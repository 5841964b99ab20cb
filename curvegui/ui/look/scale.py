"""The one scale of the window: the sizes of type, the height of controls, the gaps, and the radius of corners."""

from PySide6.QtGui import QFont, QFontInfo

SMALL, BODY, HEADING, MATHS, NUMBER = 11, 13, 15, 20, 28  # type, in logical px where the text has its usual size
CONTROL_PX, RUN_PX = 32, 44  # the heights of controls and of the button Run: with larger text, controls grow
GAP_PX, BETWEEN_PX = 16, 8  # around and between groups, and between the parts of one
WINDOW_EDGES_PX = GAP_PX, 0, GAP_PX, GAP_PX  # left, top, right, bottom: the menu bar is at the top
RADIUS_PX = 12  # of cards; what lies in a card has 8
TABULAR = QFont.Tag("tnum")  # the feature of a font with which all its figures are equally wide


def points(size: int, body: float) -> float:
    """A size of the scale in points, where text of the size ``BODY`` has ``body`` points."""
    return body * size / BODY


def in_type(font: QFont, size: int) -> QFont:
    """A widget's own font in another size of the scale."""
    made = QFont(font)
    if font.pixelSize() > 0:
        made.setPixelSize(round(points(size, font.pixelSize())))
    else:
        made.setPointSizeF(points(size, font.pointSizeF()))
    if size == HEADING:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def body_font(system: QFont) -> QFont:
    """The system's font at a size of ``BODY`` at least, with figures that are equally wide: they change in place."""
    made, shown = QFont(system), QFontInfo(system)
    made.setPointSizeF(shown.pointSizeF() * max(1.0, BODY / max(shown.pixelSize(), 1)))
    made.setFeature(TABULAR, 1)
    return made
