"""F keeps the fit that is shown as a favourite, and the dock shows the favourites.

What the dock holds is made when it is seen for the first time, so that the window opens sooner.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMessageBox, QVBoxLayout, QWidget

from curvegui.core.run.record import RunRecord
from curvegui.session.kept.preferences import PreferencesFile
from curvegui.session.run.session import Session
from curvegui.ui.actions.actions import Handler
from curvegui.ui.actions.services import Services
from curvegui.ui.look.theme import Theme, theme_for

if TYPE_CHECKING:
    from curvegui.files.favourites.favourite import Favourite
    from curvegui.ui.favourites.dock import FavouritesDock

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
    services : Services
        The same window, for what else is needed of it.
    session : Session
    preferences_file : PreferencesFile
    folder : Path
        Where the favourites are.

    Attributes
    ----------
    holder : QWidget
        For the window to put into a dock.

    Signals
    -------
    kept()
        A moment is among the favourites.
    """

    kept = Signal()

    def __init__(
        self,
        window: QMainWindow,
        services: Services,
        session: Session,
        preferences_file: PreferencesFile,
        *,
        folder: Path,
    ) -> None:
        super().__init__(window)
        self._window, self._services, self._session = window, services, session
        self._preferences_file, self._path = preferences_file, folder
        self._theme = theme_for(services.view.theme)
        self.holder = QWidget()
        QVBoxLayout(self.holder).setContentsMargins(0, 0, 0, 0)
        self._dock: QDockWidget | None = None
        self._desk: FavouritesDock | None = None
        self._wishes: list[_Wish] = []
        self._closes = False
        session.captured.connect(self._take_record)

    @property
    def desk(self) -> "FavouritesDock":
        """The favourites themselves, made when they are first needed."""
        if self._desk is None:
            self._desk = self._made_desk()
        return self._desk

    def _made_desk(self) -> "FavouritesDock":
        from curvegui.ui.favourites.dock import FavouritesDock  # here, so that the window opens sooner

        desk = FavouritesDock(
            self._window,
            self._services,
            self._session,
            self._preferences_file,
            folder=self._path,
            theme=self._theme,
        )
        layout = self.holder.layout()
        assert layout is not None
        layout.addWidget(desk.panel)
        desk.favourites.kept.connect(self._show_kept)
        desk.favourites.keeping_failed.connect(self._warn)
        return desk

    def handlers(self) -> Mapping[str, Handler]:
        """What each action does, by id."""
        return {"favourite.keep": self.keep}

    def settle_in(self, dock: QDockWidget, make_room: Callable[[int], object]) -> None:
        """Take the dock that has the holder: it stays closed until there is a favourite, or somebody opens it.

        Parameters
        ----------
        dock : QDockWidget
        make_room : callable
            Gives the dock room when it is seen for the first time: at least so many px of height.
        """
        self._dock, self._make_room = dock, make_room
        dock.hide()
        dock.visibilityChanged.connect(self._open)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        if self._desk is not None:
            self._desk.set_theme(theme)

    @Slot(bool)
    def _open(self, visible: bool) -> None:
        """Fill the dock when it is seen for the first time, and give it room when it never was seen before."""
        if not visible:
            return
        panel, is_new = self.desk.panel, not self.desk.panel.choices.seen
        self.desk.open()
        if is_new:
            panel.set_choices(replace(panel.choices, seen=True))
            self._make_room(panel.one_row_height())

    # Keeping

    @Slot()
    def keep(self) -> None:
        """Keep the moment that is shown; the run goes on meanwhile."""
        shown = self._session.shown
        if shown is None:
            self._services.tell("There is no fit to keep yet.")
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
        view = self._services.view
        return _Wish(view.look_key, {name: getattr(view, name) for name in LAYERS})

    def _hand_on(self, record: RunRecord, wish: _Wish) -> None:
        from curvegui.ui.favourites.words import default_name  # here, so that the window opens sooner

        self.desk.favourites.keep(record, default_name, wish.look, dict(wish.layers))

    @Slot(object, object)
    def _take_record(self, question: object, record: RunRecord | None) -> None:
        if not isinstance(question, _Wish) or question not in self._wishes:
            return
        self._wishes.remove(question)
        if record is None:
            self._warn("The present fit could not be kept: the run does not reach back to it any more.")
        else:
            self._hand_on(record, question)
        if self._wishes:
            return
        self._window.removeEventFilter(self)
        if self._closes:
            self._window.close()

    @Slot(object, bool)
    def _show_kept(self, favourite: "Favourite", is_new: bool) -> None:
        words = f"Kept as “{favourite.name}”." if is_new else f"Kept already as “{favourite.name}”."
        self._services.tell(words)
        self.kept.emit()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, words))
        if self._dock is not None and not self.desk.panel.choices.seen:
            self._dock.show()
        self.desk.panel.reveal(favourite.key)

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
