"""What can be done with favourites: keep one, load, compare, a contact sheet; and the dock that shows them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QDesktopServices
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMessageBox

from curvegui.core.run_record import RunRecord
from curvegui.files.favourites import Favourite, FavouritesFolder
from curvegui.files.project import Project
from curvegui.session.favourites import Curves, Favourites
from curvegui.session.preferences import PreferencesFile
from curvegui.session.session import Session
from curvegui.ui.actions import Handler
from curvegui.ui.favourites_choices import FavouritesChoices
from curvegui.ui.favourites_menu import favourites_menu
from curvegui.ui.favourites_panel import FavouritesPanel
from curvegui.ui.favourites_thumbnails import curves_figure
from curvegui.ui.favourites_words import default_name, undo_words
from curvegui.ui.picture_actions import Surroundings
from curvegui.ui.theme import Theme, theme_for

LAYERS = ("target", "trail", "axes")


@dataclass(frozen=True, eq=False)
class _Wish:
    """A moment that is to be kept: what it looked like when F was pressed."""

    look: str
    layers: Mapping[str, bool]


class FavouritesActions(QObject):
    """Joins the favourites to the session and the window.

    Parameters
    ----------
    window : QMainWindow
        The parent of the dialogs.
    surroundings : Surroundings
        The same window, for what else is needed of it.
    session : Session
    preferences_file : PreferencesFile
    folder : Path
        Where the favourites are.

    Attributes
    ----------
    favourites : Favourites
    panel : FavouritesPanel
        For the window to put into a dock.
    """

    def __init__(
        self,
        window: QMainWindow,
        surroundings: Surroundings,
        session: Session,
        preferences_file: PreferencesFile,
        *,
        folder: Path,
    ) -> None:
        super().__init__(window)
        self._window, self._surroundings, self._session = window, surroundings, session
        self._preferences_file, self._path = preferences_file, folder
        self._theme = theme_for(surroundings.view.theme)
        choices = FavouritesChoices.from_text(preferences_file.present.favourites)
        self.favourites = Favourites(FavouritesFolder(folder), self)
        self.panel = FavouritesPanel(self.favourites, choices, self._theme)
        self._dock: QDockWidget | None = None
        self._wishes: list[_Wish] = []
        self._compared: tuple[Favourite, Favourite] | None = None
        self._is_open = self._closes = False
        self._connect()

    def _connect(self) -> None:
        self._session.captured.connect(self._take_record)
        self.favourites.kept.connect(self._show_kept)
        self.favourites.keeping_failed.connect(self._warn)
        self.favourites.loaded.connect(self._open_run)
        self.favourites.previewed.connect(self._show_comparison)
        self.panel.view.chosen.connect(self.favourites.load)
        self.panel.menu_asked.connect(self._show_menu)
        self.panel.choices_changed.connect(self._remember)

    def handlers(self) -> Mapping[str, Handler]:
        """What each action does, by id."""
        return {"favourite.keep": self.keep}

    def settle_in(self, dock: QDockWidget) -> None:
        """Take the dock that holds the panel: it stays closed until there is a favourite, or somebody opens it."""
        self._dock = dock
        dock.hide()
        dock.visibilityChanged.connect(self._open)

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self.panel.dress(theme)

    @Slot(bool)
    def _open(self, visible: bool) -> None:
        """Read the folder when it is looked at for the first time."""
        if visible and not self._is_open:
            self._is_open = True
            self.favourites.open()
            self.panel.set_choices(replace(self.panel.choices, seen=True))

    @Slot()
    def _remember(self) -> None:
        self._preferences_file.remember(favourites=self.panel.choices.to_text())

    # Keeping

    @Slot()
    def keep(self) -> None:
        """Keep the moment that is shown; the run goes on meanwhile."""
        shown, view = self._session.shown, self._surroundings.view
        if shown is None:
            self._surroundings.tell("There is no fit to keep yet.")
            return
        wish = _Wish(view.look_key, {name: getattr(view, name) for name in LAYERS})
        if not self._wishes:
            self._window.installEventFilter(self)
        self._wishes.append(wish)
        self._session.capture(wish, shown.iteration)

    @Slot(object, object)
    def _take_record(self, question: object, record: RunRecord | None) -> None:
        if question not in self._wishes or not isinstance(question, _Wish):
            return
        self._wishes.remove(question)
        if record is None:
            self._warn("The present fit could not be kept: the run does not reach back to it any more.")
        else:
            self.favourites.keep(record, default_name, question.look, dict(question.layers))
        if self._wishes:
            return
        self._window.removeEventFilter(self)
        if self._closes:
            self._window.close()

    @Slot(object, bool)
    def _show_kept(self, favourite: Favourite, is_new: bool) -> None:
        words = f"Kept as “{favourite.name}”." if is_new else f"Kept already as “{favourite.name}”."
        self._surroundings.tell(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, words))
        if self._dock is not None and not self.panel.choices.seen:
            self._dock.show()
            self._window.resizeDocks([self._dock], [self.panel.sizeHint().height()], Qt.Orientation.Vertical)
        self.panel.reveal(favourite.key)

    @Slot(str)
    def _warn(self, problem: str) -> None:
        """Say that a favourite was not kept: somebody relies on it, so a line in passing is not enough."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Not kept", problem, parent=self._window)
        box.setObjectName("favourites.not_kept")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the window close when what is to be kept has been handed on, in a moment; asked again, at once."""
        if event.type() == QEvent.Type.Close and self._wishes and not self._closes:
            self._closes = True
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    # Loading

    @Slot(object, object)
    def _open_run(self, favourite: Favourite, project: Project) -> None:
        self._session.open(project.record, label="Load favourite")
        self.panel.bar.hide()
        self._surroundings.tell(f"Loaded “{favourite.name}”. Undo brings back the run that was here.")

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
            "sheet": partial(self.save_sheet, selected),
            "folder": self.show_folder,
        }
        step = self.favourites.last_step
        favourites_menu(deeds, selected, undo_words(step) if step else "", self.panel).popup(place)

    def _load(self, selected: Sequence[Favourite]) -> None:
        self.favourites.load(selected[0].key)

    def compare(self, selected: Sequence[Favourite]) -> None:
        """Show two of them over each other, when their curves are there."""
        one, other = selected
        self._compared = one, other
        self.favourites.preview([one.key, other.key])

    @Slot(object)
    def _show_comparison(self, found: dict[str, Curves | None]) -> None:
        from curvegui.ui.favourites_compare import Compared, CompareDialog  # here, so that the window opens sooner

        if self._compared is None or found.keys() != {each.key for each in self._compared}:
            return
        pairs = [(each, found[each.key]) for each in self._compared]
        self._compared = None
        both = [Compared(each, curves_figure(curves)) for each, curves in pairs if curves is not None]
        if len(both) < len(pairs):
            self.panel.complain("One of the two cannot be read any more.")
            return
        CompareDialog(both[0], both[1], self._theme, self._window).show()

    def save_sheet(self, selected: Sequence[Favourite]) -> None:
        """Open the dialog for a contact sheet."""
        from curvegui.ui.favourites_sheet import SheetDialog  # here, so that the window opens sooner
        from curvegui.ui.picture_name import pictures_folder

        folder = Path(self._preferences_file.present.picture_folder or pictures_folder())
        dialog = SheetDialog(self.favourites, self.panel.listed, selected, folder=folder, parent=self._window)
        dialog.saved.connect(self._tell_saved)
        dialog.open()

    @Slot(str)
    def _tell_saved(self, path: str) -> None:
        self._preferences_file.remember(picture_folder=str(Path(path).parent))
        self._surroundings.tell(f"Saved {path}")

    @Slot()
    def show_folder(self) -> None:
        """Open the folder in the system's own window, where files can be copied and mailed."""
        try:
            self._path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.panel.complain(f"The folder {self._path} cannot be made: {error.strerror}.")
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))
