"""Two favourites compared: their fits over each other or side by side, and their settings in words."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
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


@dataclass(frozen=True, eq=False)
class Compared:
    """One of the two: the favourite and its curves."""

    favourite: Favourite
    figure: Figure


class CompareDialog(Dialog):
    """Shows two favourites, which can both be read; the window behind it stays alive."""

    def __init__(self, one: Compared, other: Compared, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare")
        self.setWindowTitle(tr("Compare two favourites"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.picture = ComparePicture(one, other)
        self._over, self._beside = QRadioButton(tr("&Overlaid")), QRadioButton(tr("&Side by side"))
        self._over.setObjectName("compare.over")
        self._beside.setObjectName("compare.beside")
        group = QButtonGroup(self)
        for button in (self._over, self._beside):
            group.addButton(button)
        self._over.setChecked(True)
        self._beside.toggled.connect(self.picture.set_beside)
        close = named(QPushButton(tr("Close")), "compare.close")
        close.clicked.connect(self.close)
        left = filled(QVBoxLayout(), (self.picture, 1), _legend(one, other), spacing=10)
        top = filled(QHBoxLayout(), (left, 3), (_words(one, other), 2), spacing=22)
        bottom = filled(QHBoxLayout(), self._over, self._beside, 1, close)
        filled(QVBoxLayout(self), (top, 1), bottom, edges=(18, 18, 18, 16), spacing=14)


class ComparePicture(QWidget):
    """Paints both fits, as large as there is room."""

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
        one, other = self._one.favourite.name, self._other.favourite.name
        words = mark("“{one}” and “{other}”, overlaid.")
        return tr(mark("“{one}” and “{other}”, side by side.") if self._is_beside else words, one=one, other=other)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = painter_for(self), _look()
        if self._is_beside:
            both, strokes = (self._one, self._other), (look.one, look.other)
            for square, each, stroke in zip(self._squares(2), both, strokes, strict=True):
                paint_alone(painter, square, each.figure, look.look, stroke, scale=_scale(square))
        else:
            (square,) = self._squares(1)
            paint_overlay(painter, square, self._one.figure, self._other.figure, look, scale=_scale(square))
        painter.end()

    def _squares(self, count: int) -> list[QRectF]:
        """So many squares beside each other, in the middle."""
        gaps = (count - 1) * BESIDE_GAP_PX
        side = min((self.width() - gaps) / count, self.height())
        left = (self.width() - count * side - gaps) / 2
        top = (self.height() - side) / 2
        return [QRectF(left + number * (side + BESIDE_GAP_PX), top, side, side) for number in range(count)]


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


def _legend(one: Compared, other: Compared) -> QWidget:
    legend = QWidget()
    column = QVBoxLayout(legend)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for number, each in enumerate((one, other), 1):
        row, name = QHBoxLayout(), QLabel(f"{each.favourite.name}, {second_line(each.favourite)}")
        name.setObjectName(f"compare.name_{number}")
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        row.setSpacing(8)
        row.addWidget(_Sample(number), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(name, 1)
        column.addLayout(row)
    return legend


def _words(one: Compared, other: Compared) -> QWidget:
    summaries = one.favourite.summary, other.favourite.summary
    assert summaries[0] is not None
    assert summaries[1] is not None
    compared = compare(summaries[0], summaries[1])
    contents = named(QWidget(), "scrolled")
    column = QVBoxLayout(contents)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(5)
    differing = [each for each in compared if not each.is_same]
    column.addWidget(_heading(tr("What differs") if differing else tr("Nothing differs")))
    for each in differing:
        column.addWidget(_line(each, muted=False))
    column.addSpacing(12)
    for each in compared:
        if each.is_same:
            column.addWidget(_line(each, muted=True))
    column.addStretch(1)
    area = named(QScrollArea(widgetResizable=True), "compare.words", tr("How their settings compare"))
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(contents)
    area.setMinimumWidth(14 * area.fontMetrics().height())
    return area


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _line(comparison: SettingsComparison, muted: bool) -> QLabel:
    label = QLabel(comparison.words, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
    label.setProperty("muted", muted)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _scale(square: QRectF) -> float:
    return max(0.5, min(1.0, square.width() / USUAL_PX))
