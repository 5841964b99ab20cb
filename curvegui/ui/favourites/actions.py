"""F keeps the fit that is shown as a favourite, and the dock shows the favourites."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox

from curvegui.core.language.text import tr
from curvegui.core.run.record import RunRecord
from curvegui.files.favourites.favourite import Favourite
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.dialog import MessageBox
from curvegui.ui.favourites.dock import FavouritesDock
from curvegui.ui.favourites.words import default_name
from curvegui.ui.widgets.spoken import announce

NAME = "favourites"  # of the dock
LAYERS = ("target", "trail", "axes")


@dataclass(frozen=True, eq=False)
class _Wish:
    """What the fit to keep looked like when F was pressed."""

    look: str
    layers: Mapping[str, bool]


class FavouritesActions(QObject):
    """Joins the favourites to the session and the window."""

    kept = Signal()  # a fit is among the favourites

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window, self._session = services, services.window, services.session
        self._wishes: list[_Wish] = []
        self._closes = False
        self.contents = contents = FavouritesDock(services)
        self._dock = services.docks[NAME]
        services.docks.fill(NAME, contents.panel)
        contents.favourites.kept.connect(self._show_kept)
        contents.favourites.keeping_failed.connect(self._warn)
        self._session.captured.connect(self._take_record)
        self._dock.visibilityChanged.connect(self._open)
        self._open(self._dock.isVisible())

    @Slot(bool)
    def _open(self, visible: bool) -> None:
        """Fill the panel when it is seen for the first time."""
        if visible:
            panel = self.contents.panel
            self.contents.open()
            panel.set_choices(replace(panel.choices, seen=True))

    # Keeping

    @Slot()
    def keep(self) -> None:
        """Keep the fit that is shown; the run goes on meanwhile."""
        self._session.when_up_to_date(self._keep_shown)

    def _keep_shown(self) -> None:
        shown = self._session.shown
        if shown is None:
            self._services.tell(tr("There is no fit to save yet."))
            return
        wish = self._wish()
        if not self._wishes:
            self._window.installEventFilter(self)
        self._wishes.append(wish)
        self._session.capture(wish, shown.iteration)

    def keep_record(self, record: RunRecord) -> None:
        """Keep a run that is not the window's, as it stands."""
        self._hand_on(record, self._wish())

    def _wish(self) -> _Wish:
        display = self._services.display.now
        return _Wish(display.look_key, {name: getattr(display, name) for name in LAYERS})

    def _hand_on(self, record: RunRecord, wish: _Wish) -> None:
        self.contents.favourites.keep(record, default_name, wish.look, dict(wish.layers))

    @Slot(object, object)
    def _take_record(self, question: object, record: RunRecord | None) -> None:
        if not isinstance(question, _Wish) or question not in self._wishes:
            return
        self._wishes.remove(question)
        if record is None:
            self._warn(tr("The current fit could not be saved: the run no longer reaches back to it."))
        else:
            self._hand_on(record, question)
        if self._wishes:
            return
        self._window.removeEventFilter(self)
        if self._closes:
            self._window.close()

    @Slot(object, bool)
    def _show_kept(self, favourite: Favourite, is_new: bool) -> None:
        words = (
            tr("Saved to favourites as “{name}”.", name=favourite.name)
            if is_new
            else tr("Already a favourite: “{name}”.", name=favourite.name)
        )
        announce(self._window, words)
        self._services.tell(words)
        self.kept.emit()
        panel = self.contents.panel
        if not panel.choices.seen:
            self._services.docks.show_behind(NAME)
            panel.set_choices(replace(panel.choices, seen=True))
        panel.reveal(favourite.key)

    @Slot(str)
    def _warn(self, problem: str) -> None:
        """Say that a favourite was not kept: somebody relies on it, so a line in passing is not enough."""
        box = MessageBox(QMessageBox.Icon.Warning, tr("Not saved"), problem, parent=self._window)
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
