"""The dialog that puts favourites on a contact sheet and saves it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, tr, tr_n
from curvegui.figure.formats import PictureFormat, formats, spelled
from curvegui.figure.picture.contact_sheet import ContactSheet, SheetCell, SheetGrid, possible_scale, suggested_columns
from curvegui.files.favourites.folder import Curves, Favourite
from curvegui.session.stored.favourites import Favourites
from curvegui.ui.dialogs.save_dialog import SaveDialog
from curvegui.ui.favourites.thumbnails import curves_figure, curves_look
from curvegui.ui.favourites.words import second_line
from curvegui.ui.share.job import PictureJob
from curvegui.ui.widgets.form import Form
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.scrolled import ScrolledComboBox, ScrolledSpinBox, ScrollPage

MOST_COLUMNS = 50
CAPTIONS = {"both": mark("Name and cost"), "name": mark("Name"), "none": mark("Nothing")}


class SheetDialog(SaveDialog):
    """Chooses what a contact sheet is like, and saves it. ``everything`` are all favourites that are listed, ``chosen``
    the selected ones; broken favourites are left out. ``favourites`` reads the curves."""

    def __init__(
        self,
        favourites: Favourites,
        everything: Sequence[Favourite],
        chosen: Sequence[Favourite],
        *,
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("sheet", tr("Save contact sheet"), folder, "favourites", parent)
        self.setMinimumWidth(24 * self.fontMetrics().height())  # for the title
        self._favourites = favourites
        self._sets = [[each for each in some if each.summary] for some in (chosen, everything)]
        self._path: Path | None = None
        self._which, self._format, self._caption = ScrolledComboBox(), ScrolledComboBox(), ScrolledComboBox()
        self._columns, self._size = ScrolledSpinBox(), QLabel()
        selected, readable = self._sets
        if len(selected) > 1:
            self._which.addItem(tr("Selected ({count})", count=format_number(len(selected))), 0)
        self._which.addItem(tr("All in the list ({count})", count=format_number(len(readable))), 1)
        for ending, picture in formats(PictureFormat).items():
            self._format.addItem(picture.label, ending)
        for key, label in CAPTIONS.items():
            self._caption.addItem(tr(label), key)
        self._columns.setRange(1, MOST_COLUMNS)
        self._columns.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._size.setProperty("muted", True)
        page = QWidget()
        form = Form(page)
        self._name_parts(size=self._size)
        for key, editor, text, name in (
            ("which", self._which, tr("&Favourites"), tr("Favourites")),
            ("format", self._format, tr("F&ormat"), tr("Format")),
            ("columns", self._columns, tr("&Columns"), tr("Columns")),
            ("caption", self._caption, tr("Text &under each"), tr("Words")),
        ):
            self._name_parts(**{key: editor})
            editor.setAccessibleName(name)
            form.add(text, editor)
        form.add_field(self._size)
        self._lay_out(QVBoxLayout(self), (ScrollPage(page), 1))
        self._which.currentIndexChanged.connect(self._suggest)
        self._format.currentIndexChanged.connect(self._show_size)
        self._caption.currentIndexChanged.connect(self._show_size)
        self._columns.valueChanged.connect(self._show_size)
        self._favourites.previewed.connect(self._paint)
        self._suggest()

    @property
    def _chosen(self) -> list[Favourite]:
        return self._sets[self._which.currentData()]

    def _lines(self, favourite: Favourite) -> tuple[str, ...]:
        lines = favourite.name, second_line(favourite)
        return lines[: {"both": 2, "name": 1, "none": 0}[self._caption.currentData()]]

    @Slot()
    def _suggest(self) -> None:
        """Choose as many columns as make a sheet about as wide as it is high."""
        self._columns.setValue(min(MOST_COLUMNS, suggested_columns(len(self._chosen))))
        self._show_size()

    @Slot()
    def _show_size(self) -> None:
        chosen = self._chosen
        self._save.setEnabled(bool(chosen))
        if not chosen:
            self._size.setText(tr("No favourite can be read."))
            return
        grid = SheetGrid(len(chosen), min(self._columns.value(), len(chosen)), len(self._lines(chosen[0])))
        rows = tr_n("{count} row", "{count} rows", grid.rows, count=format_number(grid.rows))
        self._size.setText(f"{rows}, {_shape(grid, formats(PictureFormat)[self._ending])}")

    @property
    def _ending(self) -> str:
        return str(self._format.currentData())

    def save(self, path: Path) -> None:
        self._path = path
        self._begin()
        self._favourites.preview([each.key for each in self._chosen])

    @Slot(object)
    def _paint(self, found: dict[str, Curves | None]) -> None:
        chosen, path = self._chosen, self._path
        if path is None or found.keys() != {each.key for each in chosen}:
            return
        self._path = None
        cells = [
            SheetCell(curves_figure(curves), curves_look(curves), self._lines(each))
            for each in chosen
            if (curves := found[each.key]) is not None
        ]
        try:
            sheet = ContactSheet(cells, self._columns.value(), self._ending)
        except (ValueError, MemoryError) as error:
            self._fail(str(error))
            return
        self._carry_out(PictureJob(sheet, path, self))

    def _show_working(self, working: bool) -> None:
        super()._show_working(working)
        for editor in (self._which, self._format, self._columns, self._caption):
            editor.setEnabled(not working)

    @Slot()
    def _stop(self) -> None:
        """Stop painting; a file that is being written is written to the end."""
        self._path = None
        super()._stop()


def _shape(grid: SheetGrid, form: PictureFormat) -> str:
    if not form.has_pixels:
        return tr("sharp at any size")
    scale = possible_scale(grid, form)
    if not scale:
        return tr("too long for a {format}", format=spelled(form.ending))
    across, down = (format_number(round(px * scale)) for px in (grid.width_px, grid.height_px))
    return tr("{across} × {down} pixels", across=across, down=down)
