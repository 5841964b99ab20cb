"""The docks in which the mathematics is alive: made when they are first seen, and fed while they are visible."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QVBoxLayout, QWidget

from curvegui.core.portrait import Portrait
from curvegui.core.snapshot import Snapshot
from curvegui.session.inspection import Inspection
from curvegui.session.session import Session
from curvegui.ui.theme import Theme

FRAME_MS = 33  # 30 pictures a second
MOST_SHARE = 0.25  # of the window's time: large networks are shown less often


class StudyPanel(Protocol):
    """What a panel of a study dock has; it is a QWidget."""

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""

    def show_moment(self, portrait: Portrait) -> None:
        """Show a run at one iteration: the newest, or the one looked back to. Called while visible alone."""


@dataclass(frozen=True)
class StudyRecord:
    """A dock: its name, its title and what makes its panel, a QWidget that is a StudyPanel."""

    name: str
    title: str
    made: Callable[["Study"], Any]


def _made_maths(study: "Study") -> object:
    from curvegui.ui.maths_panel import MathsPanel

    return MathsPanel(study)


STUDY: tuple[StudyRecord, ...] = (StudyRecord("maths", "Maths", _made_maths),)


class Study(QObject):
    """The panels and what they look at.

    Parameters
    ----------
    window : QWidget
        The parent of dialogs.
    session : Session
    theme : Theme

    Attributes
    ----------
    inspection : Inspection
    session : Session
    theme : Theme
    window : QWidget

    Signals
    -------
    told(str)
        Something to say in passing.
    """

    told = Signal(str)

    def __init__(self, window: QWidget, session: Session, theme: Theme) -> None:
        super().__init__(window)
        self.window, self.session, self.theme = window, session, theme
        self.inspection = Inspection(self)
        self.holders: dict[str, QWidget] = {}
        self._panels: dict[str, StudyPanel] = {}
        self._records = {record.name: record for record in STUDY}
        for name in self._records:
            holder = QWidget()
            QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
            self.holders[name] = holder
        self._stale = True
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._frame)
        self._clock.start(FRAME_MS)
        session.snapshot_ready.connect(self._note)
        session.time.moved.connect(self._show_past)

    def settle_in(self, docks: dict[str, QDockWidget]) -> None:
        """Take the docks that have the holders."""
        for name in self._records:
            docks[name].visibilityChanged.connect(self._wake)

    def panel(self, name: str) -> StudyPanel:
        """A dock's panel, made when it is first needed."""
        if name not in self._panels:
            panel = self._records[name].made(self)
            self._panels[name] = panel
            layout = self.holders[name].layout()
            assert layout is not None
            layout.addWidget(panel)
        return self._panels[name]

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.theme = theme
        for panel in self._panels.values():
            panel.dress(theme)

    @Slot(bool)
    def _wake(self, visible: bool) -> None:
        self._stale = self._stale or visible

    @Slot(object)
    def _note(self, delivery: object) -> None:
        self._stale = True

    @Slot(object)
    def _show_past(self, past: Snapshot | None) -> None:
        self._stale = True

    @Slot()
    def _frame(self) -> None:
        """Bring what is visible up to date."""
        shown = self.session.shown
        seen = [
            name for name, holder in self.holders.items() if holder.isVisible() and not holder.visibleRegion().isEmpty()
        ]
        if not self._stale or shown is None or not seen:
            return
        start, self._stale = perf_counter(), False
        portrait = Portrait(shown)
        self.inspection.fit(portrait.sizes, portrait.t.size)
        for name in seen:
            self.panel(name).show_moment(portrait)
        took_ms = 1000 * (perf_counter() - start)
        self._clock.setInterval(max(FRAME_MS, round(took_ms / MOST_SHARE)))
