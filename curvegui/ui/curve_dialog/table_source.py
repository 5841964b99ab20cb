"""A curve from a table of points: a person chooses the columns, and whether the curve is closed."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.arrays import read_only
from curvegui.core.language.text import mark, tr, tr_n
from curvegui.files.table.points import PointsTable, parse_table, read_table
from curvegui.ui.curve_dialog.dialog import CurveMaker, CurveOffer, CurveSource
from curvegui.ui.dialogs.latest_job import JobProgress
from curvegui.ui.look.layouts import filled, named, styled
from curvegui.ui.widgets.form import CheckBox
from curvegui.ui.widgets.numbers import shown_number

SHOWN = 100  # rows that are shown
CLOSED = {mark("Automatic (open or closed)"): None, mark("Closed"): True, mark("Open"): False}
SKIPPED_LINES = 4.5  # of the list of skipped lines, seen at once
AXES = "x", "y", "t"
NO_COLUMN = -1
DELIMITERS = {"\t": mark("tabs"), ";": mark("semicolons"), ",": mark("commas"), " ": mark("spaces")}


class TableSource(CurveSource):
    """A page that shows a table of points; ``content`` is the path of a file, or the bytes of a pasted table."""

    guide = "Any curve/" + mark("Tables")
    title = mark("Curve from table")

    def __init__(self, name: str, content: Path | bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._content = name, content
        self._table: PointsTable | None = None
        line = self.fontMetrics().lineSpacing()
        self._picked: tuple[int, ...] | None = None  # columns that the user has chosen
        self._rows = named(QTableWidget(), "table.rows", tr("Points"))
        self._rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._rows.setTabKeyNavigation(False)
        self._rows.setMinimumHeight(6 * line)
        self._rows.verticalHeader().hide()
        self._rows.verticalHeader().setDefaultSectionSize(round(1.5 * line))
        self._rows.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._form = styled(named(QLabel(wordWrap=True), "table.form"), "muted")
        self._skipped_label = styled(QLabel(tr("Skipped"), wordWrap=True), "muted")
        self._skipped = named(QPlainTextEdit(readOnly=True, tabChangesFocus=True), "table.skipped", tr("Skipped lines"))
        self._skipped.setFixedHeight(round(SKIPPED_LINES * line))
        self._closed = named(QComboBox(), "table.closed", tr("Closed"))
        for words, closed in CLOSED.items():
            self._closed.addItem(tr(words), closed)
        label = QLabel(tr("Cu&rve"))
        label.setBuddy(self._closed)
        self._own_t = named(CheckBox(tr("Use the &t column")), "table.own_t")
        self._own_t.setChecked(True)
        self._swapped = named(CheckBox(tr("S&wap x and y")), "table.swapped")
        self._choices = QWidget()
        choices = filled(QHBoxLayout(self._choices))
        self._columns = {axis: self._column_box(axis, choices) for axis in AXES}
        for widget in (self._own_t, self._skipped, self._skipped_label, self._choices):
            widget.hide()
        read = self._rows, self._choices, self._form, self._skipped_label, self._skipped
        row = filled(QHBoxLayout(), label, (self._closed, 1))
        filled(QVBoxLayout(self), *read, row, self._own_t, self._swapped, spacing=8)
        self._closed.currentIndexChanged.connect(self.changed)
        self._own_t.toggled.connect(self.changed)
        self._swapped.toggled.connect(self._swap)
        self.setFocusProxy(self._rows)
        self.setEnabled(False)  # until there is something to choose

    def _column_box(self, axis: str, row: QHBoxLayout) -> QComboBox:
        box, label = named(QComboBox(), f"table.column.{axis}", tr("Column of {axis}", axis=axis)), QLabel(axis)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)  # long names
        box.setMinimumContentsLength(4)
        box.activated.connect(self._pick)
        label.setAccessibleName(box.accessibleName())  # which, on Linux, is all that is heard beside the choice
        label.setBuddy(box)
        row.addWidget(label)
        row.addWidget(box, 1)
        return box

    def maker(self) -> CurveMaker | None:
        wishes = self._closed.currentData(), self._own_t.isChecked()
        if self._table is None:
            return partial(_read, self._name, self._content, self._picked, wishes)
        return partial(_curve_of, self._table, *wishes)

    def take(self, offer: CurveOffer) -> None:
        if offer.found is not None:
            self._table = offer.found
            if not self.isEnabled():
                self.setEnabled(True)
                self.setFocus()
            self._show(offer.found)

    def _pick(self) -> None:
        places = [box.currentData() for box in self._columns.values()]
        self._table, self._picked = None, tuple(position for position in places if position != NO_COLUMN)
        self.changed.emit()

    def _swap(self) -> None:
        if self._table is not None:
            x, y, *t = self._table.columns
            self._table = replace(self._table, columns=(y, x, *t), points=read_only(self._table.points[::-1].copy()))
            self._show(self._table)
            self.changed.emit()

    def _show(self, table: PointsTable) -> None:
        axes = AXES[: len(table.columns)]
        columns = [*table.points[:, :SHOWN], *([] if table.t is None else [table.t[:SHOWN]])]
        self._rows.setColumnCount(len(columns))
        self._rows.setRowCount(len(columns[0]))
        both = zip(axes, table.columns, strict=True)
        heads = [axis if name == axis else f"{axis} ({name})" for axis, name in both]
        self._rows.setHorizontalHeaderLabels(heads[: len(columns)])
        for at, values in enumerate(columns):
            for row, value in enumerate(values.tolist()):
                item = QTableWidgetItem(shown_number(value, "g", 6))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._rows.setItem(row, at, item)
        self._form.setText(_form_of(table))
        has_choice = len(table.layout.numeric) > 2  # of columns; else x and y can only be swapped
        self._choices.setVisible(has_choice)
        self._swapped.setVisible(not has_choice)
        for at, (axis, box) in enumerate(self._columns.items()):
            box.clear()
            if axis == "t":
                box.addItem(tr("none"), NO_COLUMN)
            for position, name in table.layout.numeric:
                box.addItem(name, position)
            box.setCurrentIndex(box.findData(table.layout.picked[at] if at < len(table.layout.picked) else NO_COLUMN))
        self._own_t.setVisible(table.t is not None)
        lines = tr_n("{n:,} line was skipped:", "{n:,} lines were skipped:", table.skipped_count)
        self._skipped_label.setText(lines)
        told = (tr("line {line:,}: {reason}", line=each.line, reason=each.reason) for each in table.skipped)
        self._skipped.setPlainText("\n".join(told))
        for part in (self._skipped, self._skipped_label):
            part.setVisible(table.skipped_count > 0)


def _form_of(table: PointsTable) -> str:
    rows = tr_n("{n:,} point", "{n:,} points", table.points.shape[1])
    if table.points.shape[1] > SHOWN:
        rows = tr("{points}; the first {shown} are shown", points=rows, shown=SHOWN)
    with_comma = mark("{rows}. {encoding}, columns separated by {delimiters}, decimal comma.")
    with_point = mark("{rows}. {encoding}, columns separated by {delimiters}.")
    words = with_comma if table.layout.dialect.decimal == "," else with_point
    delimiters = tr(DELIMITERS[table.layout.dialect.delimiter])
    return tr(words, rows=rows, encoding=table.encoding, delimiters=delimiters)


def _read(
    name: str,
    content: Path | bytes,
    columns: tuple[int, ...] | None,
    wishes: tuple[bool | None, bool],
    job: JobProgress,
) -> CurveOffer:
    if isinstance(content, Path):
        table = read_table(content, columns=columns, progress=job.progress)
    else:
        table = parse_table(content, name, columns=columns, progress=job.progress)
    return replace(_curve_of(table, *wishes, job), found=table)


def _curve_of(table: PointsTable, closed: bool | None, use_t: bool, job: JobProgress) -> CurveOffer:
    return CurveOffer(table.curve(closed, use_t), note=" ".join(table.notes))
