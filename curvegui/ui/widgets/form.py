"""The parts of forms: labels beside their fields or above them, and boxes to tick whose text wraps."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

SPACING_PX = 9
LEAN_PX = 2  # by so much the last letter may be wider than Qt measures
LEAST_LINES = 9  # the least width of a box to tick, in heights of a line: its text still wraps between words


class Form(QFormLayout):
    """Labels beside their fields; where there is no room for both, as in large letters, a label is above its field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(SPACING_PX)
        self.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)

    def add(self, words: str, field: QWidget) -> None:
        label = QLabel(words)
        label.setContentsMargins(0, 0, LEAN_PX, 0)
        label.setBuddy(field)
        self.addRow(label, field)

    def add_field(self, field: QWidget) -> None:
        """Add a field without a label below the other fields; at the edge if there is no room for labels."""
        label = QLabel()
        label.setMaximumHeight(0)
        self.addRow(label, field)


def label_unseen(box: QComboBox, words: str) -> None:
    """Name a list without a visible label for screen readers: on Linux, they would read its chosen entry."""
    box.setAccessibleName(words)
    label = QLabel(words, box.parentWidget())
    label.setBuddy(box)
    label.hide()


class CheckBox(QCheckBox):
    """A box to tick whose text has as many lines as it needs; in Qt's own box, it has one line."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred, QSizePolicy.ControlType.CheckBox
        )
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), LEAST_LINES * self.fontMetrics().height()), hint.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        option = QStyleOptionButton()
        super().initStyleOption(option)
        option.rect.setWidth(width)
        more = self._wrapped(option).count("\n") * self.fontMetrics().lineSpacing()
        return self.sizeHint().height() + more

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.text = self._wrapped(option)

    def hitButton(self, point: QPoint) -> bool:
        return self.rect().contains(point)

    def _wrapped(self, option: QStyleOptionButton) -> str:
        """The text of the box in lines that fit the width that the style leaves for them."""
        text = self.text()
        width = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self).width()
        if self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text).width() <= width:
            return text
        words, lines = QTextLayout(text, self.font()), list[str]()
        words.beginLayout()
        while (line := words.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
        words.endLayout()
        return "\n".join(lines)
