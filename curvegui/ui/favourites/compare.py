"""Two favourites compared: their fits overlaid or side by side, and their settings in words."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.language.text import mark, tr
from curvegui.core.settings.comparison import SettingsComparison
from curvegui.figure.drawing.figure import Figure
from curvegui.figure.drawing.overlay import ON_DARK, ON_LIGHT, OverlayLook, paint_alone, paint_overlay
from curvegui.files.favourites.folder import Favourite
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.favourites.words import compare, second_line
from curvegui.ui.look.layouts import filled, named
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme

SMALLEST_PX = 260  # the side of the picture
USUAL_PX = 420
BESIDE_GAP_PX = 12

Compared = tuple[Favourite, Figure]
"""One of the two, and its curves."""


class CompareDialog(Dialog):
    """Shows two favourites that can both be read; the window behind it stays alive."""

    def __init__(self, one: Compared, other: Compared, parent: QWidget | None = None) -> None:
        super().__init__("compare", tr("Compare two favourites"), parent)
        self.picture = ComparePicture(one, other)
        over = named(QRadioButton(tr("&Overlaid")), "compare.over")
        beside = named(QRadioButton(tr("&Side by side")), "compare.beside")
        over.setChecked(True)
        beside.toggled.connect(self.picture.set_beside)
        close = named(QPushButton(tr("Close")), "compare.close")
        close.clicked.connect(self.close)
        legend = filled(QVBoxLayout(), spacing=4)
        for number, each in enumerate((one, other), 1):
            words = QLabel(f"{each[0].name}, {second_line(each[0])}", textFormat=Qt.TextFormat.PlainText, wordWrap=True)
            name = named(words, f"compare.name_{number}")
            row = filled(QHBoxLayout(), (name, 1), spacing=8)
            row.insertWidget(0, _Sample(number), 0, Qt.AlignmentFlag.AlignTop)
            legend.addLayout(row)
        left = filled(QVBoxLayout(), (self.picture, 1), legend, spacing=10)
        top = filled(QHBoxLayout(), (left, 3), (_words(one, other), 2), spacing=22)
        bottom = filled(QHBoxLayout(), over, beside, 1, close)
        filled(QVBoxLayout(self), (top, 1), bottom, edges=(18, 18, 18, 16), spacing=14)


class ComparePicture(QWidget):
    """Paints the fits of two favourites, as large as there is room."""

    def __init__(self, one: Compared, other: Compared, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # mathematics, in every language
        self._one, self._other = one, other
        self._is_beside = False
        self.setObjectName("compare.picture")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(SMALLEST_PX, SMALLEST_PX)
        self.setAccessibleName(tr("The two fits"))

    def sizeHint(self) -> QSize:
        return QSize(USUAL_PX, USUAL_PX)

    @Slot(bool)
    def set_beside(self, beside: bool) -> None:
        self._is_beside = beside
        self.update()

    def in_words(self) -> str:
        over, beside = mark("“{one}” and “{other}”, overlaid."), mark("“{one}” and “{other}”, side by side.")
        one, other = self._one[0].name, self._other[0].name
        return tr(beside if self._is_beside else over, one=one, other=other)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = painter_for(self), _look()
        count, one, other = 1 + self._is_beside, self._one[1], self._other[1]
        gaps = (count - 1) * BESIDE_GAP_PX
        side = min((self.width() - gaps) / count, self.height())
        left, top = (self.width() - count * side - gaps) / 2, (self.height() - side) / 2
        square, scale = QRectF(left, top, side, side), max(0.5, min(1.0, side / USUAL_PX))
        if self._is_beside:
            paint_alone(painter, square, one, look.look, look.one, scale=scale)
            square.translate(side + BESIDE_GAP_PX, 0)
            paint_alone(painter, square, other, look.look, look.other, scale=scale)
        else:
            paint_overlay(painter, square, one, other, look, scale=scale)
        painter.end()


def _look() -> OverlayLook:
    return ON_LIGHT if current_theme().is_light else ON_DARK


class _Sample(QWidget):
    """A short piece of the stroke of a favourite, 1 or 2, for the legend."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.setFixedSize(46, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = painter_for(self), _look()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen((look.one if self._number == 1 else look.other).pen(1.0))
        painter.drawLine(4, self.height() // 2, self.width() - 4, self.height() // 2)
        painter.end()


def _words(one: Compared, other: Compared) -> QWidget:
    assert one[0].summary and other[0].summary
    compared = compare(one[0].summary, other[0].summary)
    differing = [_line(each, muted=False) for each in compared if not each.is_same]
    heading = QLabel(tr("What differs") if differing else tr("Nothing differs"))
    font = heading.font()
    font.setBold(True)
    heading.setFont(font)
    contents = named(QWidget(), "scrolled")
    column = filled(QVBoxLayout(contents), heading, *differing, edges=(0, 0, 8, 0), spacing=5)
    column.addSpacing(12)
    filled(column, *(_line(each, muted=True) for each in compared if each.is_same), 1, edges=(0, 0, 8, 0))
    area = named(QScrollArea(widgetResizable=True), "compare.words", tr("How their settings compare"))
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(contents)
    area.setMinimumWidth(14 * area.fontMetrics().height())
    return area


def _line(comparison: SettingsComparison, muted: bool) -> QLabel:
    label = QLabel(comparison.words, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
    label.setProperty("muted", muted)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
