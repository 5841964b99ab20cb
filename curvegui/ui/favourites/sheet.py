"""The dialog that puts favourites on a contact sheet and saves it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from curvegui.figure.picture.contact_sheet import ContactSheet, SheetCell, SheetGrid, possible_scale, suggested_columns
from curvegui.figure.picture.formats import PICTURE_FORMATS, PictureFormat
from curvegui.files.favourites.favourite import Curves, Favourite
from curvegui.session.kept.favourites import Favourites
from curvegui.ui.dialogs.paths import ask_path
from curvegui.ui.dialogs.save_report import PROGRESS_STEPS, make_room, message_label, progress_bar, say
from curvegui.ui.favourites.thumbnails import curves_figure, curves_look
from curvegui.ui.favourites.words import second_line
from curvegui.ui.picture.job import PictureJob
from curvegui.ui.widgets.numbers import format_number

TITLE = "Save contact sheet"
NAME = "favourites"
MOST_COLUMNS = 50
CAPTIONS = {"both": "Name and cost", "name": "Name", "none": "Nothing"}


class SheetDialog(QDialog):
    """Chooses what the sheet is like, and saves it.

    Parameters
    ----------
    favourites : Favourites
        Brings the curves.
    everything, chosen : sequence of Favourite
        What can be put on it: all that are listed, or those that are selected. Broken ones are left out.
    folder : Path
        Where the file dialog opens.

    Signals
    -------
    saved(str)
        The path.
    """

    saved = Signal(str)

    def __init__(
        self,
        favourites: Favourites,
        everything: Sequence[Favourite],
        chosen: Sequence[Favourite],
        *,
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setWindowTitle(TITLE)
        self.setMinimumWidth(24 * self.fontMetrics().height())  # for the title
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._favourites, self._folder = favourites, folder
        self._sets = [[each for each in some if each.summary] for some in (chosen, everything)]
        self._path: Path | None = None
        self._job: PictureJob | None = None
        self._which, self._format, self._caption = QComboBox(), QComboBox(), QComboBox()
        self._columns, self._size = QSpinBox(), QLabel()
        self._message, self._progress = message_label(), progress_bar()
        self._save, self._close = QPushButton("&Save…"), QPushButton("Close")
        self._fill()
        self._name_parts()
        self._lay_out()
        self._connect()
        self._suggest()

    def _fill(self) -> None:
        chosen, everything = self._sets
        if len(chosen) > 1:
            self._which.addItem(f"The {format_number(len(chosen))} that are selected", 0)
        self._which.addItem(f"All that are listed ({format_number(len(everything))})", 1)
        for ending, form in PICTURE_FORMATS.items():
            self._format.addItem(form.label, ending)
        for key, label in CAPTIONS.items():
            self._caption.addItem(label, key)
        self._columns.setRange(1, MOST_COLUMNS)
        self._columns.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._size.setProperty("muted", True)
        self._save.setDefault(True)

    def _name_parts(self) -> None:
        named = {
            "which": self._which, "format": self._format, "columns": self._columns, "caption": self._caption,
            "save": self._save, "close": self._close, "message": self._message, "size": self._size,
        }  # fmt: skip
        for key, widget in named.items():
            widget.setObjectName(f"sheet.{key}")
        for key, name in (("which", "Favourites"), ("format", "Format"), ("columns", "Columns"), ("caption", "Words")):
            named[key].setAccessibleName(name)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(9)
        for text, widget in (
            ("&Favourites", self._which),
            ("F&ormat", self._format),
            ("&Columns", self._columns),
            ("&Under each", self._caption),
        ):
            form.addRow(text, widget)
        form.addRow("", self._size)
        bottom, outer = QHBoxLayout(), QVBoxLayout(self)
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        bottom.addWidget(self._save)
        outer.setContentsMargins(18, 18, 18, 16)
        outer.setSpacing(14)
        outer.addLayout(form)
        outer.addStretch(1)
        outer.addWidget(self._progress)
        outer.addWidget(self._message)
        outer.addLayout(bottom)

    def _connect(self) -> None:
        self._which.currentIndexChanged.connect(self._suggest)
        self._format.currentIndexChanged.connect(self._show_size)
        self._caption.currentIndexChanged.connect(self._show_size)
        self._columns.valueChanged.connect(self._show_size)
        self._save.clicked.connect(self._ask_path)
        self._close.clicked.connect(self.close)
        self._favourites.previewed.connect(self._paint)
        self.finished.connect(self._stop)

    # What is chosen

    @property
    def _chosen(self) -> list[Favourite]:
        return self._sets[self._which.currentData()]

    def _lines(self, favourite: Favourite) -> tuple[str, ...]:
        lines = favourite.name, second_line(favourite)
        return lines[: {"both": 2, "name": 1, "none": 0}[self._caption.currentData()]]

    @Slot()
    def _suggest(self) -> None:
        """Begin with as many columns as make a sheet about as wide as high."""
        self._columns.setValue(min(MOST_COLUMNS, suggested_columns(len(self._chosen))))
        self._show_size()

    @Slot()
    def _show_size(self) -> None:
        chosen = self._chosen
        self._save.setEnabled(bool(chosen))
        if not chosen:
            self._size.setText("There is no favourite that can be read.")
            return
        grid = SheetGrid(len(chosen), min(self._columns.value(), len(chosen)), len(self._lines(chosen[0])))
        rows = "1 row" if grid.rows == 1 else f"{format_number(grid.rows)} rows"
        self._size.setText(f"{rows}, {_shape(grid, PICTURE_FORMATS[self._format.currentData()])}")

    # Saving

    @Slot()
    def _ask_path(self) -> None:
        ending = self._format.currentData()
        path = ask_path(self, TITLE, self._folder / f"{NAME}.{ending}", ending)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Save the sheet; the dialog says how it ended, and closes if it ended well."""
        self._path = path
        self._message.hide()
        self._progress.setValue(0)
        self._progress.show()
        make_room(self)
        self._set_busy(True)
        self._favourites.preview([each.key for each in self._chosen])

    @Slot(object)
    def _paint(self, found: dict[str, Curves | None]) -> None:
        """Begin to paint, when the curves are there."""
        chosen, path = self._chosen, self._path
        if path is None or found.keys() != {each.key for each in chosen}:
            return
        self._path = None
        cells = [self._cell(each, curves) for each in chosen if (curves := found[each.key]) is not None]
        try:
            sheet = ContactSheet(cells, self._columns.value(), self._format.currentData())
        except (ValueError, MemoryError) as error:
            self._fail(str(error))
            return
        self._job = PictureJob(sheet, path, self)
        self._job.progressed.connect(self._progress_to)
        self._job.saved.connect(self._succeed)
        self._job.failed.connect(self._fail)
        self._job.start()

    def _cell(self, favourite: Favourite, curves: Curves) -> SheetCell:
        return SheetCell(curves_figure(curves), curves_look(curves), self._lines(favourite))

    def _set_busy(self, busy: bool) -> None:
        for control in (self._which, self._format, self._columns, self._caption, self._save):
            control.setEnabled(not busy)

    @Slot(float)
    def _progress_to(self, done: float) -> None:
        self._progress.setValue(round(done * PROGRESS_STEPS))

    @Slot(str)
    def _succeed(self, path: str) -> None:
        self.saved.emit(path)
        self.accept()

    @Slot(str)
    def _fail(self, reason: str) -> None:
        self._progress.hide()
        self._set_busy(False)
        say(self._message, reason, error=True)

    @Slot()
    def _stop(self) -> None:
        """Paint no more; what is being written already is written to the end."""
        self._path = None
        if self._job is not None:
            self._job.cancel()


def _shape(grid: SheetGrid, form: PictureFormat) -> str:
    """How large a sheet will be."""
    if not form.has_pixels:
        return "sharp at any size"
    scale = possible_scale(grid, form)
    if not scale:
        return f"too long for a {form.ending.upper()}"
    across, down = (format_number(round(px * scale)) for px in (grid.width_px, grid.height_px))
    return f"{across} × {down} pixels"
