"""The docks in which the mathematics is alive: made when they are first seen, and fed while they are visible."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QVBoxLayout, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.portrait import Portrait
from curvegui.core.learner.learner import Snapshot
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.session import Session
from curvegui.session.study.inspection import Inspection
from curvegui.ui.canvas.refresh import NUMBERS_S, PICTURE_S
from curvegui.ui.canvas.turns import Turns
from curvegui.ui.look.theme import Theme
from curvegui.ui.look.weight_colours import LEAST_SCALE, weight_scale
from curvegui.ui.study.docks import Docks

if TYPE_CHECKING:
    from curvegui.ui.exercise.files import ExerciseFiles


class StudyPanel(Protocol):
    """What a panel of a study dock has; it is a QWidget."""

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""

    def show_portrait(self, portrait: Portrait) -> None:
        """Show a run at one iteration: the newest, or the one looked back to. Called while visible alone."""


@dataclass(frozen=True)
class StudyRecord:
    """A dock: its name, its title, what makes its panel, a QWidget that is a StudyPanel, and the seconds between two
    moments that it shows.
    """

    name: str
    title: str
    made: Callable[["Study"], Any]
    least_s: float = NUMBERS_S


def _made_network(study: "Study") -> Any:
    from curvegui.ui.network.panel import NetworkPanel  # here and below, so that the window opens sooner

    return NetworkPanel(study)


def _made_maths(study: "Study") -> Any:
    from curvegui.ui.maths.panel import MathsPanel

    return MathsPanel(study)


def _made_jacobians(study: "Study") -> Any:
    from curvegui.ui.jacobians.panel import JacobiansPanel

    return JacobiansPanel(study)


def _made_exercise(study: "Study") -> Any:
    from curvegui.ui.exercise.panel import ExercisePanel

    return ExercisePanel(study, study.exercise)


STUDY: tuple[StudyRecord, ...] = (
    StudyRecord("network", "Network", _made_network, PICTURE_S),
    StudyRecord("maths", "Maths", _made_maths, 0.75 * NUMBERS_S),
    StudyRecord("jacobians", "Jacobians", _made_jacobians),
    StudyRecord("exercise", "Exercise", _made_exercise),
)


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
    look : Look
        The canvas's.
    window : QWidget

    Signals
    -------
    told(str)
        Something to say in passing.
    dressed(Theme)
        The theme is another one.
    arranged()
        Docks are seen, or no longer, or in other places.
    """

    told = Signal(str)
    theme_changed = Signal(object)
    arranged = Signal()
    noise_comparison_wanted = Signal(object)  # Snapshot: the same run with several amounts of noise, from here on

    def __init__(self, window: QWidget, session: Session, theme: Theme) -> None:
        super().__init__(window)
        self.window, self.session, self.theme = window, session, theme
        self.look: Look = LOOKS["classic"]
        self._exercise: ExerciseFiles | None = None
        self._places: Docks | None = None
        self._docks: dict[str, QDockWidget] = {}
        self._has_room = False
        self.inspection = Inspection(self)
        self.holders: dict[str, QWidget] = {}
        self._panels: dict[str, StudyPanel] = {}
        self._records = {record.name: record for record in STUDY}
        for name in self._records:
            holder = QWidget()
            QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
            self.holders[name] = holder
        self._scale = LEAST_SCALE
        self._fresh: set[str] = set()  # the panels that show the present moment
        self._portrait: Portrait | None = None
        self._run = -1  # whose moments were shown last
        self._newest = ""
        self._making_room = QTimer(self)
        self._making_room.setSingleShot(True)
        self._making_room.timeout.connect(self._give_room)
        session.snapshot_ready.connect(self._note)
        session.time.moved.connect(self._show_past)

    def settle_in(self, docks: Docks, make_room: Callable[[str], object]) -> None:
        """Take the docks that have the holders.

        Parameters
        ----------
        docks : Docks
        make_room : callable
            Gives a dock, by its name, room when the first of them is seen.
        """
        self._places, self._docks, self._make_room = docks, docks.by_name, make_room
        for name in self._records:
            docks[name].visibilityChanged.connect(self._wake)
            docks[name].visibilityChanged.connect(self.arranged)
            docks[name].topLevelChanged.connect(self.arranged)

    def take_turns(self, turns: Turns) -> None:
        """Bring the panels up to date one at a time."""
        for name, record in self._records.items():
            turns.add(partial(self._refresh, name), record.least_s)

    def panel(self, name: str) -> StudyPanel:
        """A dock's panel, made when it is first needed."""
        if name not in self._panels:
            panel = self._records[name].made(self)
            self._panels[name] = panel
            layout = self.holders[name].layout()
            assert layout is not None
            layout.addWidget(panel)
        return self._panels[name]

    def scale_for(self, parameters: FloatArray) -> float:
        """The weight at the ends of the scale of colours: the same in all panels, so that colours can be compared."""
        self._scale = weight_scale(parameters, self._scale)
        return self._scale

    def is_seen(self, name: str) -> bool:
        """Whether a dock is open, and no other one in front of it."""
        holder = self.holders[name]
        return holder.isVisible() and not holder.visibleRegion().isEmpty()

    def show_panel(self, name: str) -> None:
        """Open a dock and bring it to the front."""
        self._docks[name].show()
        self._docks[name].raise_()

    def put_beside(self, name: str, beside: bool) -> None:
        """Show a dock at the same time as the maths, in the place of the settings; or put it back behind the maths."""
        if self._places is not None and beside:
            self._places.put_above(name, "knobs", seen="maths")
        elif self._places is not None:
            self._places.put_back(name, "maths")
        self.arranged.emit()

    def is_beside(self, name: str) -> bool:
        """Whether a dock is open in another place than the maths."""
        if self._places is None or self._docks[name].isHidden():
            return False
        return self._docks[name].isFloating() or not self._places.are_in_one_place(name, "maths")

    def show_all(self, first: str) -> None:
        """Open all docks, one of them at the front."""
        for name in self._records:
            self._docks[name].show()
        self._docks[first].raise_()

    def keep_layout(self) -> None:
        """The docks that are open have the room that somebody gave them before."""
        self._has_room = self._any_open()

    def _any_open(self) -> bool:
        return any(not self._docks[name].isHidden() for name in self._records)

    @property
    def exercise(self) -> "ExerciseFiles":
        """The learner's file, made when it is first needed."""
        if self._exercise is None:
            from curvegui.ui.exercise.files import ExerciseFiles  # here, so that the window opens sooner

            self._exercise = ExerciseFiles(self)
        return self._exercise

    def new_exercise(self) -> None:
        """Begin an exercise in a new file."""
        self.exercise.new()

    def choose_exercise(self) -> None:
        """Open a learner's file."""
        self.exercise.choose()

    def open_exercise(self, path: str) -> None:
        """Open a learner's file that is known."""
        self.exercise.open(path)

    def close(self) -> None:
        """End what is under way: the window is closed."""
        self._places = None  # docks that go are no news
        if self._exercise is not None:
            self._exercise.close()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.theme = theme
        for panel in self._panels.values():
            panel.set_theme(theme)
        self.theme_changed.emit(theme)

    @Slot(bool)
    def _wake(self, visible: bool) -> None:
        """A dock is seen, or no longer: the first one of them is given room below the settings."""
        if visible:
            self._fresh.clear()
        if visible and not self._has_room:
            seen = [name for name in self._records if self._docks[name] is self.sender()]
            self._newest = seen[0]
            self._making_room.start()  # not now: Qt is at work on the docks, and crashes
        self._has_room = self._any_open()

    @Slot()
    def _give_room(self) -> None:
        self._make_room(self._newest)

    @Slot(object)
    def _note(self, delivery: Delivery) -> None:
        self._fresh.clear()
        if delivery.run != self._run:  # a step through one iteration of another run is no step of this one
            self._run = delivery.run
            self.inspection.light(None)

    @Slot(object)
    def _show_past(self, past: Snapshot | None) -> None:
        self._fresh.clear()

    def _refresh(self, name: str) -> bool:
        """Bring a panel up to date if it is visible, whatever brought it into sight; return whether it was behind."""
        shown = self.session.shown
        if shown is None or name in self._fresh or not self.is_seen(name):
            return False
        panel = self.panel(name)
        portrait = self._portrait_of(shown)
        self._fresh.add(name)
        self.inspection.fit(portrait.sizes, portrait.t.size)
        panel.show_portrait(portrait)
        return True

    def _portrait_of(self, shown: Snapshot) -> Portrait:
        """The same for all panels, as each of them has some of it computed."""
        if self._portrait is None or self._portrait.snapshot is not shown:
            self._portrait = Portrait(shown)
        return self._portrait
