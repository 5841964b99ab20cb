"""The key F saves the fit that is shown as a favourite; the dock shows the favourites, and a menu acts on them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import size_concern
from curvegui.files.favourites.folder import Curves, Favourite, FavouritesFolder
from curvegui.files.project.project import Project
from curvegui.session.document.document import Document
from curvegui.session.document.file import Appearance
from curvegui.session.run.history import EarlierRun
from curvegui.session.stored.favourites import Favourites
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.choices import choices_to_text
from curvegui.ui.dialogs.paths import show_folder
from curvegui.ui.dialogs.question import MessageBox, large
from curvegui.ui.favourites.flight import fly
from curvegui.ui.favourites.panel import FavouritesPanel
from curvegui.ui.favourites.thumbnails import curves_figure
from curvegui.ui.favourites.words import FavouritesChoices, default_name, undo_words
from curvegui.ui.look.icons import icon
from curvegui.ui.widgets.spoken import announce
from curvegui.ui.widgets.toast import Offer


def _one(selected: Sequence[Favourite]) -> bool:
    return len(selected) == 1 and selected[0].summary is not None


ENTRIES: dict[str, tuple[str, str, Callable[[Sequence[Favourite]], bool]]] = {
    "load": (mark("&Open"), "Return", _one),
    "rename": (mark("&Rename"), "F2", _one),
    "delete": (mark("&Delete"), "Del", bool),
    "undo": (mark("&Undo"), "", lambda _: True),
    "compare": (
        mark("&Compare selected"),
        "",
        lambda chosen: len(chosen) == 2 and all(each.summary for each in chosen),
    ),
    "behind": (mark("Compare &with current run"), "", _one),
    "sheet": (mark("Contact &sheet…"), "", lambda _: True),
    "folder": (mark("Show in &folder"), "", lambda _: True),
}
"""By the end of its object name: its text, its key, which the list itself serves, and whether it fits a selection."""
SEPARATED = "compare", "folder"  # entries with a line above them


def favourites_menu(
    does: Mapping[str, Callable[[], object]], selected: Sequence[Favourite], undo: str, parent: QWidget
) -> QMenu:
    """The menu for a selection: what each entry ``does``, by its id, and the change that ``undo`` takes back."""
    menu = QMenu(parent)
    menu.setObjectName("favourites.menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for id_, (text, keys, fits) in ENTRIES.items():
        if id_ in SEPARATED:
            menu.addSeparator()
        action = menu.addAction(tr(text))
        action.setObjectName(f"favourites.do.{id_}")
        action.setEnabled(fits(selected))
        action.triggered.connect(does[id_])
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if id_ == "undo":
            action.setText(tr("&Undo {undo}", undo=undo) if undo else tr("&Undo"))
            action.setEnabled(bool(undo))
    return menu


NAME = "favourites"  # of the dock
HIDES = mark("Overlays → Run before hides it.")


class FavouritesActions(QObject):
    """Connects the folder of favourites and the panel that shows them with the session and the window."""

    kept = Signal()  # a fit is among the favourites

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window, self._session = services, services.window, services.session
        self._preferences_file, self._path = services.preferences, services.favourites
        choices = FavouritesChoices.from_text(self._preferences_file.present.favourites)
        self.favourites = Favourites(FavouritesFolder(self._path), self)
        self.panel = FavouritesPanel(self.favourites, choices)
        self._star = services.actions["favourite.keep"]
        services.toast.said.connect(self._empty_star)
        self._compared: tuple[Favourite, Favourite] | None = None
        self._asked: list[Appearance] = []  # how the canvas was when F was pressed, until the run has been captured
        self._closes = self._is_read = False
        dock = services.docks[NAME]
        services.docks.fill(NAME, self.panel)
        self.favourites.loaded.connect(self._open_run)
        self.favourites.previewed.connect(self._show_comparison)
        self.favourites.compared.connect(self._show_behind)
        self.favourites.kept.connect(self._show_kept)
        self.favourites.keeping_failed.connect(self._warn)
        self.panel.view.chosen.connect(self.favourites.load)
        self.panel.menu_asked.connect(self._show_menu)
        self.panel.choices_changed.connect(self._remember)
        self.panel.told.connect(services.toast.notify)
        self.panel.undoable.connect(self._offer_undo)
        self._session.captured.connect(self._take_record)
        dock.visibilityChanged.connect(self._look)
        self._look(dock.isVisible())

    @Slot(bool)
    def _look(self, visible: bool) -> None:
        """Read the folder of favourites when the dock is first seen."""
        if visible:
            if not self._is_read:
                self._is_read = True
                self.favourites.open()
            self.panel.set_choices(replace(self.panel.choices, seen=True))

    @Slot()
    def _remember(self) -> None:
        self._preferences_file.remember(favourites=choices_to_text(self.panel.choices))

    # Opening

    @Slot(object, object)
    def _open_run(self, favourite: Favourite, project: Project) -> None:
        """Show a favourite's run; if its network is very large, ask first, as it may be somebody else's."""

        def take_up() -> None:
            self._services.features["documents"].put(project.record, tr("Open favourite"), is_work=True)
            self._services.notify(tr("Opened “{name}”. Undo returns to the previous run.", name=favourite.name))

        if concern := size_concern(project.record.config.sizes):
            large(self._window, concern).ask(open=take_up)
        else:
            take_up()

    # The menu

    @Slot(QPoint)
    def _show_menu(self, point: QPoint) -> None:
        selected, step = self.panel.view.selected(), self.favourites.last_step
        does: dict[str, Callable[[], object]] = {
            "load": lambda: self.favourites.load(selected[0].key),
            "rename": self.panel.rename_current,
            "delete": self.panel.delete_selected,
            "undo": self.panel.undo,
            "compare": partial(self._compare, selected),
            "behind": lambda: self.favourites.compare_with(selected[0].key),
            "sheet": partial(self._save_sheet, selected),
            "folder": self.show_folder,
        }
        favourites_menu(does, selected, undo_words(step) if step else "", self.panel).popup(point)

    def _compare(self, selected: Sequence[Favourite]) -> None:
        one, other = self._compared = selected[0], selected[1]
        self.favourites.preview([one.key, other.key])

    @Slot(object)
    def _show_behind(self, earlier: EarlierRun) -> None:
        self._session.compare_with(earlier)
        self._services.display.see(before=True)
        words = mark("{words} is dotted on the canvas and the timeline. {hides}")
        self._services.notify(tr(words, words=earlier.words, hides=tr(HIDES)))

    @Slot(object)
    def _show_comparison(self, found: dict[str, Curves | None]) -> None:
        from curvegui.ui.favourites.compare import CompareDialog

        if self._compared is None or found.keys() != {each.key for each in self._compared}:
            return
        pairs = [(each, found[each.key]) for each in self._compared]
        self._compared = None
        both = [(each, curves_figure(curves)) for each, curves in pairs if curves is not None]
        if len(both) < len(pairs):
            self._services.notify(tr("One of the two can no longer be read."))
            return
        CompareDialog(both[0], both[1], self._window).show()

    def _save_sheet(self, selected: Sequence[Favourite]) -> None:
        from curvegui.ui.favourites.sheet import sheet_dialog

        sheet_dialog(self._services, self.favourites, selected=selected, all=self.panel.listed).open()

    def show_folder(self) -> None:
        try:
            self._path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            words = mark("The folder {path} cannot be created: {reason}.")
            self._services.notify(tr(words, path=self._path, reason=error.strerror))
        else:
            show_folder(self._path, self._window)

    # Saving favourites

    @Slot()
    def keep(self) -> None:
        """Save the fit that is shown as a favourite; the run goes on meanwhile."""
        self._session.when_up_to_date(self._keep_shown)

    def _keep_shown(self) -> None:
        shown = self._session.shown
        if shown is None:
            self._services.notify(tr("There is no fit to save yet."))
            return
        if not self._asked:
            self._window.installEventFilter(self)
        self._asked.append(self._appearance)
        self._session.capture(self._asked[-1], shown.iteration)

    def keep_record(self, record: RunRecord) -> None:
        """Save another run than the window's as a favourite, at its end."""
        self._save(record, self._appearance)

    @property
    def _appearance(self) -> Appearance:
        document: Document = self._services.features["documents"].document
        return document.appearance

    def _save(self, record: RunRecord, shown_as: Appearance) -> None:
        self.favourites.keep(record, default_name, shown_as.look, dict(shown_as.layers))

    @Slot(object, object)
    def _take_record(self, question: object, record: RunRecord | None) -> None:
        if not isinstance(question, Appearance) or question not in self._asked:
            return
        self._asked.remove(question)
        if record is None:
            self._warn(tr("The current fit could not be saved: the run no longer reaches back to it."))
        else:
            self._save(record, question)
        if self._asked:
            return
        self._window.removeEventFilter(self)
        if self._closes:
            self._window.close()

    @Slot(object, bool)
    def _show_kept(self, favourite: Favourite, is_new: bool) -> None:
        saved, there = mark("Saved to favourites as “{name}”."), mark("Already a favourite: “{name}”.")
        words = tr(saved if is_new else there, name=favourite.name)
        announce(self._window, words)
        undo = [Offer(tr("Undo"), partial(self.favourites.delete, [favourite.key]))] if is_new else []
        self._services.notify(words, *undo, Offer(tr("Show"), partial(self._bring_up, favourite.key)))
        self._star.setIcon(icon("star_full", "accent", chosen="on_accent"))
        self.kept.emit()
        if not self.panel.choices.seen:
            self._services.docks.show_behind(NAME)
            self.panel.set_choices(replace(self.panel.choices, seen=True))
        self.panel.reveal(favourite.key)
        if is_new and not self._services.display.now.reduced_motion:
            fly(self._services.canvas.viewport(), self._services.docks[NAME], self._window)

    @Slot(str)
    def _offer_undo(self, words: str) -> None:
        self._services.notify(words, Offer(tr("Undo"), self.panel.undo))

    @Slot()
    def _empty_star(self) -> None:
        """The next message is there, or none: what was said of a favourite is over."""
        self.panel.offers_undo = False
        self._star.setIcon(icon("star", "muted", chosen="on_accent"))

    def _bring_up(self, key: str) -> None:
        self._services.docks.show(NAME)
        self.panel.reveal(key)

    @Slot(str)
    def _warn(self, problem: str) -> None:
        """Show in a box that a favourite was not saved: a message in passing is not enough."""
        MessageBox("favourites.not_kept", problem, parent=self._window, title=tr("Not saved")).open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the window close when the runs to save have been captured, in a moment; asked again, at once."""
        if event.type() == QEvent.Type.Close and self._asked and not self._closes:
            self._closes = True
            event.ignore()
            return True
        return super().eventFilter(watched, event)
