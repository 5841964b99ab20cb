"""The contact sheet, which Share saves: favourites beside and below each other."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QSize, Signal, Slot

from curvegui.core.language.text import mark, tr, tr_n
from curvegui.figure.formats import PictureFormat, formats, spelled
from curvegui.figure.picture.contact_sheet import ContactSheet, SheetCell, SheetGrid, possible_scale, suggested_columns
from curvegui.files.favourites.folder import Curves, Favourite
from curvegui.session.stored.favourites import Favourites
from curvegui.ui.actions.services import Services
from curvegui.ui.favourites.thumbnails import curves_figure, curves_look
from curvegui.ui.favourites.words import second_line
from curvegui.ui.share.dialog import ShareDialog, ShareKind
from curvegui.ui.share.form import USUAL_SCALE, ShareField, ShareForm, format_field, in_pixels
from curvegui.ui.widgets.numbers import format_number

MOST_COLUMNS = 50
CAPTIONS = {"both": mark("Name and cost"), "name": mark("Name"), "none": mark("Nothing")}
SETS = {"selected": mark("Selected ({count})"), "all": mark("All in the list ({count})")}


def captions() -> dict[str, str]:
    return {key: tr(each) for key, each in CAPTIONS.items()}


class SheetSelection(QObject):
    """The favourites that a sheet may show, by a key of ``SETS``; ``favourites`` reads their curves."""

    arrived = Signal()
    is_of_window, name = False, "favourites"

    def __init__(self, services: Services, favourites: Favourites, sets: Mapping[str, Sequence[Favourite]]) -> None:
        super().__init__(services.window)
        self.services, self.favourites, self.sets = services, favourites, sets


def sheet_dialog(services: Services, favourites: Favourites, **sets: Sequence[Favourite]) -> ShareDialog:
    """Share for a contact sheet. Broken favourites are left out; it needs two ``selected`` ones to be of them alone."""
    readable = {key: [each for each in some if each.summary] for key, some in sets.items()}
    offered = {key: some for key, some in readable.items() if key == "all" or len(some) > 1}
    kinds = {"sheet": ShareKind("", "picture", f"{__name__}:SheetForm")}
    subject = SheetSelection(services, favourites, offered)
    return ShareDialog(subject, "sheet", services.window, kinds=kinds, title=tr("Save contact sheet"))


class SheetForm(ShareForm):
    """What a contact sheet is like. Curves are read as soon as they are chosen."""

    def __init__(self, selection: SheetSelection, kind: str) -> None:
        counts = {key: tr(SETS[key], count=format_number(len(some))) for key, some in selection.sets.items()}
        fields = (
            ShareField("which", mark("&Favourites"), "", lambda: counts),
            format_field(PictureFormat, mark("F&ormat")),
            ShareField("columns", mark("&Columns"), 1, bounds=(1, MOST_COLUMNS)),
            ShareField("caption", mark("Text &under each"), "both", captions),
            ShareField("size"),
        )
        super().__init__(selection, kind, fields)
        self._which, self._asked = "", set[str]()
        self._read: dict[str, Curves | None] = {}
        selection.favourites.previewed.connect(self._take)

    @property
    def _chosen(self) -> list[Favourite]:
        """The favourites that are to be on the sheet, without those that have turned out to be gone."""
        return [each for each in self._moment.sets[self["which"]] if self._read.get(each.key, True)]

    @Slot(object)
    def _take(self, found: dict[str, Curves | None]) -> None:
        if found.keys() == self._asked:
            self._read |= found
            self.refresh()

    def _lines(self, favourite: Favourite) -> tuple[str, ...]:
        lines = favourite.name, second_line(favourite)
        return lines[: {"both": 2, "name": 1, "none": 0}[self["caption"]]]

    @Slot()
    def refresh(self) -> None:
        chosen, form = self._chosen, formats(PictureFormat)[self.ending]
        if self._which != self["which"]:  # first with as many columns as make it about as wide as it is high
            self._which = self["which"]
            self._editors["columns"].setValue(min(MOST_COLUMNS, suggested_columns(len(chosen))))
        missing = {each.key for each in chosen} - self._read.keys()
        if missing - self._asked:
            self._asked = missing
            self._moment.favourites.preview(list(missing))
        self.waits, self.picture_size = bool(missing), None
        self.obstacle, words = "" if chosen else tr("No favourite can be read."), ""
        if chosen:
            grid = SheetGrid(len(chosen), min(self["columns"], len(chosen)), len(self._lines(chosen[0])))
            size, scale = QSize(grid.width_px, grid.height_px), possible_scale(grid, form)
            words = in_pixels(size * scale) if scale else tr("too long for a {format}", format=spelled(form.ending))
            rows = tr_n("{count} row", "{count} rows", grid.rows, count=format_number(grid.rows))
            words = f"{rows}, {words if form.has_pixels else tr('sharp at any size')}"
            if not missing and possible_scale(grid, formats(PictureFormat)["png"]):
                self.picture_size = size
        self._editors["size"].setText(words)
        self.changed.emit()

    def painting(self, ending: str, scale: float = 0) -> ContactSheet:
        found = [(each, curves) for each in self._chosen if (curves := self._read[each.key]) is not None]
        cells = [SheetCell(curves_figure(curves), curves_look(curves), self._lines(each)) for each, curves in found]
        return ContactSheet(cells, self["columns"], ending, scale=scale or USUAL_SCALE)
