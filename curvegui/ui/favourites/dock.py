"""What can be done with the favourites that are there: load one, compare two, a contact sheet, show the folder."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Slot

from curvegui.core.language.text import mark, tr
from curvegui.core.settings.size import size_concern
from curvegui.files.favourites.favourite import Curves, Favourite
from curvegui.files.favourites.folder import FavouritesFolder
from curvegui.files.project.project import Project
from curvegui.session.run.history import EarlierRun
from curvegui.session.stored.favourites import Favourites
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.paths import pictures_folder, show_folder
from curvegui.ui.dialogs.question import large
from curvegui.ui.favourites.menu import favourites_menu
from curvegui.ui.favourites.order import FavouritesChoices
from curvegui.ui.favourites.panel import FavouritesPanel
from curvegui.ui.favourites.thumbnails import curves_figure
from curvegui.ui.favourites.words import undo_words

HIDES = mark("View → Overlays → Run before hides it.")


class FavouritesDock(QObject):
    """The favourites of a folder, the panel that shows them, and what its menu does."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window, self._session = services, services.window, services.session
        self._preferences_file, self._path = services.preferences, services.favourites
        choices = FavouritesChoices.from_text(self._preferences_file.present.favourites)
        self.favourites = Favourites(FavouritesFolder(self._path), self)
        self.panel = FavouritesPanel(self.favourites, choices)
        self._compared: tuple[Favourite, Favourite] | None = None
        self._is_open = False
        self.favourites.loaded.connect(self._open_run)
        self.favourites.previewed.connect(self._show_comparison)
        self.favourites.compared.connect(self._show_behind)
        self.panel.view.chosen.connect(self.favourites.load)
        self.panel.menu_asked.connect(self._show_menu)
        self.panel.choices_changed.connect(self._remember)

    def open(self) -> None:
        """Read the folder, when it is looked at for the first time."""
        if not self._is_open:
            self._is_open = True
            self.favourites.open()

    @Slot()
    def _remember(self) -> None:
        self._preferences_file.remember(favourites=self.panel.choices.to_text())

    # Opening

    @Slot(object, object)
    def _open_run(self, favourite: Favourite, project: Project) -> None:
        """Take up its run; of a very large network, which somebody may have mailed, only if that is wanted."""
        take_up, concern = partial(self._take_up, favourite, project), size_concern(project.record.config.sizes)
        if concern:
            large(self._window, concern).ask(open=take_up)
        else:
            take_up()

    def _take_up(self, favourite: Favourite, project: Project) -> None:
        self._services.features["documents"].put(project.record, tr("Open favourite"), is_work=True)
        self.panel.bar.hide()
        self._services.tell(tr("Opened “{name}”. Undo returns to the previous run.", name=favourite.name))

    # What the menu offers

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        selected = self.panel.view.selected()
        deeds: dict[str, Callable[[], object]] = {
            "load": partial(self._load, selected),
            "rename": self.panel.rename_current,
            "delete": self.panel.delete_selected,
            "undo": self.panel.undo,
            "compare": partial(self.compare, selected),
            "behind": partial(self._compare_with_present, selected),
            "sheet": partial(self.save_sheet, selected),
            "folder": self.show_folder,
        }
        step = self.favourites.steps.last
        favourites_menu(deeds, selected, undo_words(step) if step else "", self.panel).popup(place)

    def _load(self, selected: Sequence[Favourite]) -> None:
        self.favourites.load(selected[0].key)

    def compare(self, selected: Sequence[Favourite]) -> None:
        """Show two of them over each other, when their curves are there."""
        one, other = selected
        self._compared = one, other
        self.favourites.preview([one.key, other.key])

    def _compare_with_present(self, selected: Sequence[Favourite]) -> None:
        self.favourites.compare_with(selected[0].key)

    @Slot(object)
    def _show_behind(self, earlier: EarlierRun) -> None:
        """Show one behind the present run, on the canvas and the timeline."""
        self._session.compare_with(earlier)
        self._services.display.see(before=True)
        self._services.tell(
            tr("{words} is dotted on the canvas and the timeline. {hides}", words=earlier.words, hides=tr(HIDES))
        )

    @Slot(object)
    def _show_comparison(self, found: dict[str, Curves | None]) -> None:
        from curvegui.ui.favourites.compare import Compared, CompareDialog

        if self._compared is None or found.keys() != {each.key for each in self._compared}:
            return
        pairs = [(each, found[each.key]) for each in self._compared]
        self._compared = None
        both = [Compared(each, curves_figure(curves)) for each, curves in pairs if curves is not None]
        if len(both) < len(pairs):
            self.panel.complain(tr("One of the two can no longer be read."))
            return
        CompareDialog(both[0], both[1], self._window).show()

    def save_sheet(self, selected: Sequence[Favourite]) -> None:
        """Open the dialog for a contact sheet."""
        from curvegui.ui.favourites.sheet import SheetDialog

        folder = Path(self._preferences_file.present.picture_folder or pictures_folder())
        dialog = SheetDialog(self.favourites, self.panel.listed, selected, folder=folder, parent=self._window)
        dialog.saved.connect(self._tell_saved)
        dialog.open()

    @Slot(str)
    def _tell_saved(self, path: str) -> None:
        self._preferences_file.remember(picture_folder=str(Path(path).parent))
        self._services.tell(tr("Saved {path}", path=path))

    @Slot()
    def show_folder(self) -> None:
        """Open the folder in the system's own window, where files can be copied and mailed."""
        try:
            self._path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.panel.complain(
                tr("The folder {path} cannot be created: {reason}.", path=self._path, reason=error.strerror)
            )
            return
        show_folder(self._path, self._window)
