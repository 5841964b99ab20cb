"""What the buttons of a diagnosis do."""

from curvegui.core.config import KNOBS, TrainingConfig
from curvegui.core.diagnosis import Remedy
from curvegui.session.session import Session

DEFAULT_AGGRESSION = TrainingConfig().aggression
LARGEST_RAISE = 2 * DEFAULT_AGGRESSION  # beyond, the heart's network saturates: only small raises


def mend(session: Session, remedy: Remedy) -> None:
    """Do what a diagnosis offers; Undo takes back what it changes."""
    aggression = session.config.aggression
    match remedy:
        case Remedy.UNDO:
            session.undo_cause()
        case Remedy.RESET:
            session.reset()
        case Remedy.NEW_SEED:
            session.reset_with_seed(session.config.seed + 1)
        case Remedy.LOWER_AGGRESSION:
            session.edit(aggression=gentler(aggression))
        case Remedy.RAISE_AGGRESSION:
            session.edit(aggression=bolder(aggression))
        case Remedy.START_GENTLER:
            session.reset(remedy.value, aggression=gentler(aggression))
        case Remedy.SEE_BEST:
            session.time.look_back(session.best)


def gentler(aggression: float) -> float:
    """A tenth, and no more than usual."""
    return min(aggression / 10, DEFAULT_AGGRESSION)


def bolder(aggression: float) -> float:
    """Twice as much where that is safe, else a little more."""
    raised = max(min(2 * aggression, LARGEST_RAISE), 1.2 * aggression) or DEFAULT_AGGRESSION
    return min(raised, KNOBS["aggression"].high)
