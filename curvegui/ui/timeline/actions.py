"""What the actions of the Time menu do."""

from collections.abc import Mapping
from functools import partial

from curvegui.session.run.session import Session
from curvegui.ui.actions.actions import Handler


def time_handlers(session: Session) -> Mapping[str, Handler]:
    """What each action does, by id."""
    time = session.time
    return {
        "time.play": partial(time.play, 1),
        "time.play_back": partial(time.play, -1),
        "time.best": partial(_look_at_best, session),
        "time.now": time.go_to_now,
        "time.go_on": session.go_on_from_here,
    }


def _look_at_best(session: Session) -> None:
    session.time.look_back(session.best)
