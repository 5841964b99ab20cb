"""A curve met by hand: each change reaches the run, the latest wins, and only what hands have done is a score."""

from curvegui.core.challenges.by_hand import HAND_CURVES, PARAMETERS
from curvegui.session.study.by_hand import HandGame

STEP = HAND_CURVES[0]


def test_changes_reach_the_run_latest_last_and_are_scored_until_it_learns(open_session, qtbot):
    session = open_session()
    game = HandGame(session)
    game.set(PARAMETERS[9], 1.0, "b2[2]")
    assert (game.is_played, game.snapshot, game.changes) == (False, None, 0)  # there is another run
    session.open(STEP.record(), "By hand")
    qtbot.waitUntil(lambda: game.best is not None)
    first = game.best[0]
    shown = []
    game.changed.connect(lambda: shown.append(game.snapshot and game.snapshot.parameters[9]))
    for value in (0.2, 0.3, 0.4, STEP.drawn_by[9]):  # a drag brings many before the run has answered the first
        game.set(PARAMETERS[9], value, "b2[2]")
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.parameters[9] == STEP.drawn_by[9])
    qtbot.waitUntil(lambda: shown and shown[-1] == STEP.drawn_by[9])
    assert 0.2 not in shown and 0.3 not in shown  # a hand that goes on is not shown what it did before
    assert session.history.undo_label == "b2[2]"
    assert game.changes == 1
    for place, value in enumerate(STEP.drawn_by):
        game.set(PARAMETERS[place], value, "W")
    qtbot.waitUntil(lambda: game.best[0] < 1e-6 < first)
    best = game.best
    session.step(5)
    qtbot.waitUntil(lambda: session.snapshot is not None and session.iteration == 5)
    assert game.best == best  # what learning has found is not by hand
    session.begin(session.config.changed(curve="heart"))
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.config.curve == "heart")
    assert (game.is_played, game.best) == (False, best)
