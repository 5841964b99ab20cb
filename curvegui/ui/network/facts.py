"""The numbers of what is under the pointer; a tooltip would flicker as they change, and cover the diagram."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from curvegui.core.language.text import tr
from curvegui.session.study.inspection import Inspection
from curvegui.ui.look.layouts import filled
from curvegui.ui.look.tips import named, styled
from curvegui.ui.widgets.numbers import format_number

AWAY_PX = 14  # from the pointer
BELOW_PX = 2  # from the diagram


class FactsLabel(QLabel):
    """A small label that does not cover the diagram ``over``: it is below it, or above, or else beside the pointer."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("network.facts")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def live_in(self, page: QWidget) -> None:
        """Move to a parent that has room around the diagram."""
        self.setParent(page)
        self.hide()

    def say(self, lines: Sequence[str], pointer: QPointF) -> None:
        """Show facts about what is at the pointer, in as many lines as there is room for."""
        text, room = "\n".join(lines), self._over.width()
        if text != self.text() or self.maximumWidth() != room:
            self.setWordWrap(False)
            self.setMaximumWidth(room)
            self.setText(text)
            if self.sizeHint().width() > room:
                self.setWordWrap(True)
                self.resize(room, self.heightForWidth(room))
            else:
                self.resize(self.sizeHint())
        self.move(self._place(pointer.toPoint()))
        self.show()
        self.raise_()

    def _place(self, pointer: QPoint) -> QPoint:
        """A place where all of it is visible, and covers nothing of the diagram if possible."""
        page = self.parentWidget() or self._over
        origin = QPoint(0, 0) if page is self._over else self._over.mapTo(page, QPoint(0, 0))
        seen, diagram = page.visibleRegion().boundingRect(), QRect(origin, self._over.size())
        x = diagram.left() + min(max(pointer.x() - self.width() // 2, 0), diagram.width() - self.width())
        for y in (diagram.bottom() + 1 + BELOW_PX, diagram.top() - BELOW_PX - self.height()):
            if seen.contains(QRect(QPoint(x, y), self.size())):
                return QPoint(x, y)
        y = pointer.y() + AWAY_PX
        if y + self.height() > self._over.height() or not seen.contains(QPoint(x, origin.y() + y + self.height())):
            y = pointer.y() - AWAY_PX - self.height()
        beside = min(pointer.x() + AWAY_PX, self._over.width() - self.width())
        return origin + QPoint(max(beside, 0), max(y, 0))


class StretchNote(QWidget):
    """Visible as long as a part of the curve is selected; ``inspection`` keeps it as its stretch."""

    def __init__(self, inspection: Inspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.stretch")
        self._inspection = inspection
        self._words = named(QLabel(wordWrap=True), "network.bars")
        self._clear = styled(named(QToolButton(), "network.clear_stretch", tr("Clear selection")), "chip")
        self._clear.setText(tr("Clear selection"))
        self._clear.setToolTip(tr("Select no part of the curve: the bars disappear"))
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = filled(QHBoxLayout(self), (self._words, 1))
        row.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        self._clear.clicked.connect(partial(inspection.brush, None))
        inspection.stretch_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        stretch = self._inspection.stretch
        self.setVisible(stretch is not None)
        if stretch is not None:
            low, high = (format_number(round(end, 3)) for end in stretch)
            self._words.setText(
                tr(
                    "The bars show how much each neuron contributes to the selected part, t = {low} to {high}. "
                    "The strongest neuron has the widest bar.",
                    low=low,
                    high=high,
                )
            )
