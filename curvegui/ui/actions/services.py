"""What a feature may ask of the window: an object that the feature's class gets when it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, SignalInstance

from curvegui.core.language.text import tr
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.actions.actions import Actions
from curvegui.ui.actions.centre import Centre
from curvegui.ui.actions.display import DisplayOwner
from curvegui.ui.actions.docks import Docks
from curvegui.ui.actions.event_window import EventWindow
from curvegui.ui.actions.feature import Features
from curvegui.ui.actions.view import Availability
from curvegui.ui.actions.views import Views
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.refresh import RefreshSchedule
from curvegui.ui.widgets.toast import Offer, Toast

if TYPE_CHECKING:  # loaded after the first painting
    from curvegui.session.run.session import Session
    from curvegui.session.study.inspection import Inspection


@dataclass(frozen=True)
class Services:
    """The window as its features see it. ``window`` is the parent of dialogs; ``closed`` is emitted when the window has
    been closed. ``log`` is the app's log file, in the folder with the app's own data; ``favourites`` is the folder of
    the favourites, with the person's data. ``restart`` takes the file of a run with which the program starts again once
    this window has closed. ``toast`` shows a message over the canvas for some seconds. ``features`` has the other
    features; import contracts say which feature may know which."""

    window: EventWindow
    closed: SignalInstance
    session: "Session"
    preferences: PreferencesFile
    log: Path
    favourites: Path
    display: DisplayOwner
    inspection: "Inspection"
    canvas: Canvas
    centre: Centre
    docks: Docks
    views: Views
    actions: Actions
    availability: Availability
    refresh: RefreshSchedule
    features: Features
    restart: Callable[[Path], None]
    toast: Toast

    def notify(self, words: str, *offers: Offer) -> None:
        self.toast.notify(words, *offers)

    def notify_saved(self, path: str | Path) -> None:
        from curvegui.ui.dialogs.paths import show_folder  # loaded after the first painting

        show = partial(show_folder, Path(path).parent, self.window)
        self.notify(tr("Saved {path}", path=path), Offer(tr("Show in folder"), show))

    def explain(self, chapter: str) -> None:
        if "help" in self.features:
            self.features["help"].show_guide(chapter)

    def leave_for_canvas(self) -> None:
        """Give the focus to the canvas, which leaves all keys to the window."""
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)


class PanelActions(QObject):
    """Brings panels to the front."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self.show = services.docks.show
