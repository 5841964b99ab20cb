"""What the buttons of a diagnosis do."""

from curvegui.core.diagnosis.finding import Remedy
from curvegui.core.diagnosis.remedies import Start, effect_of
from curvegui.core.language.text import tr
from curvegui.session.run.session import Session


def carry_out(session: Session, remedy: Remedy) -> None:
    """Carry out a remedy that a diagnosis offers; Undo takes back the changes."""
    now = session.snapshot
    found = effect_of(remedy, session.config, now.fit if now else None)
    if remedy is Remedy.UNDO:
        session.undo_cause()
    elif remedy is Remedy.SEE_BEST:
        session.time.look_back(session.best)
    elif found is None:
        return
    elif found.start is Start.HERE:
        session.edit(**found.changes)
    elif found.start is Start.BEST:
        session.go_on_from(session.best, tr(remedy.value), **found.changes)
    elif remedy is Remedy.NEW_SEED:
        session.reset_with_seed(found.changes["seed"])
    else:
        session.reset(tr(remedy.value), **found.changes)
