"""Where the window and its docks stand: as they were left, or as a new user finds them."""

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Slot
from PySide6.QtWidgets import QMainWindow

from curvegui.session.kept.preferences import PreferencesFile
from curvegui.ui.settings.panel import SettingsPanel
from curvegui.ui.study.docks import FAIR, Docks
from curvegui.ui.study.study import Study

SIZE = QSize(1180, 830)
VERSION = 2  # of the docks: an older layout is not restored
NETWORK_LINES = 40  # of a window's height: a lower one has no room for the network at first
STUDY_LINES = 18  # the least height of a panel below the settings: else they share a place


class WindowLayout(QObject):
    """Restores the layout and keeps it.

    Parameters
    ----------
    window : QMainWindow
    docks : Docks
    settings : SettingsPanel
    study : Study
    preferences_file : PreferencesFile
    """

    def __init__(
        self,
        window: QMainWindow,
        docks: Docks,
        settings: SettingsPanel,
        study: Study,
        preferences_file: PreferencesFile,
    ) -> None:
        super().__init__(window)
        self._window, self._docks, self._settings, self._study = window, docks, settings, study
        self._preferences_file = preferences_file
        self._first = QByteArray()

    def restore(self) -> bool:
        """Put all where it was; return whether it was known.

        Where it is not, `settle` is to be called when the window has been painted.
        """
        window, kept = self._window, self._preferences_file.present
        self._first = window.saveState(VERSION)
        window.resize(SIZE)
        geometry, state = (QByteArray.fromBase64(text.encode()) for text in (kept.geometry, kept.docks))
        if not (geometry and window.restoreGeometry(geometry)):
            window.resize(SIZE.boundedTo(window.screen().availableSize()))
        is_known = bool(state) and window.restoreState(state, VERSION)
        if not is_known:
            self._settings.setMinimumWidth(self._first_width())
            self._open_first()
        self._study.keep_layout()
        return is_known

    def reset(self) -> None:
        """Put all docks where a new user of a window of this size finds them; the floating ones too."""
        window, settings = self._window, self._docks["knobs"]
        window.restoreState(self._first, VERSION)
        self._open_first()
        window.resizeDocks([settings], [self._first_width()], Qt.Orientation.Horizontal)
        self.settle()

    def _first_width(self) -> int:
        return min(self._settings.sizeHint().width(), round(FAIR * self._window.width()))

    def _open_first(self) -> None:
        """Open the docks about the network, where there is room for them."""
        if self._window.height() > NETWORK_LINES * self._window.fontMetrics().height():
            self._study.show_all("network")

    @Slot()
    def settle(self) -> None:
        """Share the height, which is known only now, and let the panel be made narrower.

        Its first width was a minimum, as windows do not always heed the hint.
        """
        if not self._docks["network"].isHidden():
            self.make_room_for_study("network")
        self._settings.setMinimumWidth(0)

    def keep(self) -> None:
        """Remember where all is."""
        self._preferences_file.remember(
            geometry=bytes(self._window.saveGeometry().toBase64().data()).decode(),
            docks=bytes(self._window.saveState(VERSION).toBase64().data()).decode(),
        )

    def make_room_for_favourites(self, least: int) -> None:
        """Let the favourites have what the settings leave, at least so many px."""
        self._docks.share_height("knobs", "favourites", self._settings.whole_height(), least)

    def make_room_for_study(self, name: str) -> None:
        """Let a study dock have what the settings leave that are turned often."""
        least = STUDY_LINES * self._window.fontMetrics().height()
        self._docks.share_height("knobs", name, self._settings.usual_height(), least)
