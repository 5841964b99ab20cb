"""A curve from the outlines of a drawing or picture: a person chooses the outlines and their order."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.curve.joining import Outline, joined_curve
from curvegui.core.language.text import mark, tr
from curvegui.figure.outline.image import image_parts, read_image
from curvegui.figure.outline.svg import read_svg
from curvegui.files.project.open_any import read_all
from curvegui.ui.curve_dialog.dialog import CurveMaker, CurveOffer, CurveSource
from curvegui.ui.dialogs.latest_job import JobProgress
from curvegui.ui.look.layouts import filled, named, styled
from curvegui.ui.widgets.form import CheckBox

PART = Qt.ItemDataRole.UserRole  # the index of an outline
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


Outlines = tuple[Outline, ...]


class OutlinesList(QListWidget):
    """A list whose rows are moved by dragging, or with Alt and the arrow keys."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            row, root = self.currentRow(), QModelIndex()
            wanted = row + steps[Qt.Key(event.key())]
            if row >= 0 and 0 <= wanted < self.count():
                self.model().moveRow(root, row, root, wanted + (wanted > row))
        else:
            super().keyPressEvent(event)


class OutlinesSource(CurveSource):
    """A page that lists outlines, to make a curve called ``name`` of them. ``read``, called in another thread, returns
    the outlines, whose y points down."""

    waits = mark("Tick the outlines to draw.")

    def __init__(self, name: str, read: Callable[[JobProgress], Outlines], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._read = name, read
        self._parts: Outlines = ()
        tip = tr("To change the order, drag an outline, or press Alt and an arrow key")
        self._list = styled(named(OutlinesList(), "outlines.parts", tr("Outlines"), tip), "boxed")
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        tip = tr("Draw the outlines in the order with the shortest jumps, instead of the order of the list")
        self._shortest = named(CheckBox(tr("&Shortest path between outlines")), "outlines.shortest", tip=tip)
        self._shortest.setChecked(True)
        every = named(QPushButton(tr("&All"), autoDefault=False), "outlines.all")
        none = named(QPushButton(tr("&None"), autoDefault=False), "outlines.none")
        label = QLabel(tr("&Outlines, drawn from top to bottom"), wordWrap=True)
        label.setBuddy(self._list)
        row = filled(QHBoxLayout(), every, none, 1)
        filled(QVBoxLayout(self), label, (self._list, 1), row, self._shortest, spacing=8)
        self._list.itemChanged.connect(self.changed)
        self._list.model().rowsMoved.connect(self._follow_hand)
        self._list.itemEntered.connect(self._point)
        self._list.currentItemChanged.connect(self._point)
        self._shortest.toggled.connect(self.changed)
        every.clicked.connect(partial(self._check, CHECKED))
        none.clicked.connect(partial(self._check, UNCHECKED))
        self.setFocusProxy(self._list)
        self.setEnabled(False)  # until there is something to choose

    def _check(self, state: Qt.CheckState) -> None:
        with QSignalBlocker(self._list):
            for row in range(self._list.count()):
                self._list.item(row).setCheckState(state)
        self._list.viewport().update()
        self.changed.emit()

    @Slot(QModelIndex, int, int, QModelIndex, int)
    def _follow_hand(self, *_: object) -> None:
        with QSignalBlocker(self._shortest):
            self._shortest.setChecked(False)
        self.changed.emit()

    @Slot(QListWidgetItem)
    def _point(self, item: QListWidgetItem | None) -> None:
        self.pointed.emit(self._parts[item.data(PART)].points if item is not None else None)

    def maker(self) -> CurveMaker | None:
        """The function that makes a curve of the checked outlines; at first, the function that finds the outlines."""
        if not self._parts:
            return partial(_first_offer, self._name, self._read)
        items = [self._list.item(row) for row in range(self._list.count())]
        chosen = [self._parts[item.data(PART)] for item in items if item.checkState() is CHECKED]
        if not chosen:
            return None
        return partial(_curve_of, self._name, chosen, self._shortest.isChecked())

    def take(self, offer: CurveOffer) -> None:
        if offer.found is None:
            return
        self._parts = offer.found
        self.setEnabled(True)
        self.setFocus()
        with QSignalBlocker(self._list):
            for index, part in enumerate(self._parts):
                item = QListWidgetItem(part.label or tr("outline {number:,}", number=index + 1))
                item.setData(PART, index)
                flag = Qt.ItemFlag  # nothing can be dropped on an outline
                flags = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable | flag.ItemIsDragEnabled
                item.setFlags(flags)
                item.setCheckState(CHECKED)
                self._list.addItem(item)


def _first_offer(name: str, read: Callable[[JobProgress], Outlines], job: JobProgress) -> CurveOffer:
    parts = read(job)
    return replace(_curve_of(name, list(parts), True, job), found=parts)


def _curve_of(name: str, parts: list[Outline], reorder: bool, job: JobProgress) -> CurveOffer:
    curve, notes = joined_curve(name, parts, reorder=reorder, flipped=True)
    return CurveOffer(curve, note=" ".join(notes))


class SvgSource(OutlinesSource):
    """The outlines of an SVG drawing; ``content`` is the path of a file, or the drawing as bytes."""

    guide = "Any curve/SVG"
    title = mark("Curve from drawing")

    def __init__(self, name: str, content: Path | bytes, parent: QWidget | None = None) -> None:
        super().__init__(name, partial(_outlines, name, content), parent)


def _outlines(name: str, content: Path | bytes, job: JobProgress) -> Outlines:
    if isinstance(content, bytes):
        return read_svg(content, name)
    return read_svg(read_all(content, job.progress), content.name)


class ImageSource(OutlinesSource):
    """The outlines in a picture; ``content`` is the path of a file, or the picture itself."""

    title = mark("Curve from picture")

    def __init__(self, name: str, content: Path | QImage, parent: QWidget | None = None) -> None:
        super().__init__(name, partial(_traced, content), parent)


def _traced(content: Path | QImage, job: JobProgress) -> Outlines:
    return image_parts(content if isinstance(content, QImage) else read_image(content))
