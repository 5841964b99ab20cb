"""The study docks as records, and what makes their panels."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from curvegui.core.inspection.portrait import Portrait
from curvegui.ui.canvas.pace import NUMBERS_S, PICTURE_S
from curvegui.ui.look.theme import Theme

if TYPE_CHECKING:
    from curvegui.ui.study.study import Study


class StudyPanel(Protocol):
    """What a panel of a study dock has; it is a QWidget."""

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""

    def show_moment(self, portrait: Portrait) -> None:
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
