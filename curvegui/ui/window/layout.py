"""Where the window and its docks stand: as they were left, or as a new user finds them."""

import json
from contextlib import suppress

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Slot
from PySide6.QtWidgets import QMainWindow

from curvegui.session.kept.preferences import PreferencesFile
from curvegui.ui.actions.centre import Centre
from curvegui.ui.actions.docks import DOCK_LINES, FAIR, Docks

SIZE = QSize(1180, 830)
VERSION = 2  # of the docks: an older layout is not restored
MOST_PX = 1_000  # that a place around the canvas may have taken
FIRST_LINES = 25  # the height of the first dock, until its contents say it
NETWORK_LINES = 40  # of a window's height: a lower one has no room for the network at first


class WindowLayout(QObject):
    """Restores the layout and keeps it."""

    def __init__(self, window: QMainWindow, centre: Centre, docks: Docks, preferences_file: PreferencesFile) -> None:
        super().__init__(window)
        self._window, self._centre, self._docks, self._preferences_file = window, centre, docks, preferences_file
        self._first, self._is_settled = QByteArray(), False
        docks.reset_asked.connect(self._reset)

    def restore(self) -> bool:
        """Put all where it was; return whether it was known.

        Where it is not, `share_out` is to be called when the window is shown, and `settle` when all is there.
        """
        window, kept = self._window, self._preferences_file.present
        self._centre.keep_free(_sizes(kept.places))
        self._first = window.saveState(VERSION)
        window.resize(SIZE)
        geometry, state = (QByteArray.fromBase64(text.encode()) for text in (kept.geometry, kept.docks))
        if not (geometry and window.restoreGeometry(geometry)):
            window.resize(SIZE.boundedTo(window.screen().availableSize()))
        is_known = bool(state) and window.restoreState(state, VERSION)
        self._is_settled = is_known
        if not is_known:
            self._open_first()
        return is_known

    def share_out(self) -> None:
        """Let the docks of a new user be about as large as their contents will need."""
        docks, high, first = self._docks, self._window.height(), FIRST_LINES * self._window.fontMetrics().height()
        docks.hold_width(self._first_width())
        if docks.piled and not docks[docks.piled[0]].isHidden():
            shared = [docks[docks.first], docks[docks.piled[0]]]
            self._window.resizeDocks(shared, [first, high - first], Qt.Orientation.Vertical)

    @Slot()
    def _reset(self) -> None:
        """Put all docks where a new user of a window of this size finds them; the floating ones too."""
        window, docks = self._window, self._docks
        window.restoreState(self._first, VERSION)
        self._open_first()
        window.resizeDocks([docks[docks.first]], [self._first_width()], Qt.Orientation.Horizontal)
        self.settle()
        docks.was_reset.emit()

    def _first_width(self) -> int:
        return min(DOCK_LINES * self._window.fontMetrics().height(), round(FAIR * self._window.width()))

    def _open_first(self) -> None:
        """Open the docks about the network, where there is room for them."""
        if self._window.height() > NETWORK_LINES * self._window.fontMetrics().height():
            self._docks.open_pile()

    @Slot()
    def settle(self) -> None:
        """Share the height, which is known only now, and let the docks be made narrower.

        Their first width was a minimum, as windows do not always heed the hint.
        """
        pile = self._docks.piled
        if pile and not self._docks[pile[0]].isHidden():
            self._docks.make_room(pile[0])
        self._docks.hold_width(0)
        self._is_settled = True

    def keep(self) -> None:
        """Remember where all is; of a new user, nothing before it is settled."""
        if not self._is_settled:
            return
        self._preferences_file.remember(
            geometry=bytes(self._window.saveGeometry().toBase64().data()).decode(),
            places=json.dumps(self._centre.sizes),
            docks=bytes(self._window.saveState(VERSION).toBase64().data()).decode(),
        )


def _sizes(text: str) -> dict[str, int]:
    """Sizes as they were kept; none where that is not what they are."""
    with suppress(ValueError, RecursionError):
        kept = json.loads(text)
        if isinstance(kept, dict):
            return {str(place): size for place, size in kept.items() if type(size) is int and size <= MOST_PX}
    return {}
