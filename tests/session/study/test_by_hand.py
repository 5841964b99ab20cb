"""A curve met by hand: each change reaches the run, the latest wins, and only what hands have done is a score."""

from curvegui.core.challenges.by_hand import HAND_CURVES, PARAMETERS
from curvegui.session.study.by_hand import HandGame

BOTH_ENGINES = True

STEP, ARCH = HAND_CURVES[:2]


def elsewhere(session):
    """What puts a run in place of the session's, by which a person may as well open any other one."""
    return lambda record: session.open(record, "Open")


def played(qtbot, game, *changes):
    """Wait until the run has seen the changes, each of which counts."""
    for place, value in changes:
        game.set(PARAMETERS[place], value, f"Weight {place}")
    wanted = dict(changes)
    qtbot.waitUntil(
        lambda: (
            game.snapshot is not None
            and game.present.best is not None
            and all(game.snapshot.parameters[place] == value for place, value in wanted.items())
        )
    )


def test_changes_reach_the_run_latest_last_and_are_scored_until_it_learns(open_session, qtbot):
    session = open_session()
    game = HandGame(session)
    game.set(PARAMETERS[9], 1.0, "b2[2]")
    assert (game.is_played, game.snapshot, game.present.changes) == (False, None, None)  # there is another run
    game.begin(STEP, elsewhere(session))
    qtbot.waitUntil(lambda: game.present.best is not None)
    first = game.present.best[0]
    shown = []
    game.changed.connect(lambda: shown.append(game.snapshot and game.snapshot.parameters[9]))
    for value in (0.2, 0.3, 0.4, STEP.drawn_by[9]):  # a drag brings many before the run has answered the first
        game.set(PARAMETERS[9], value, "b2[2]")
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.parameters[9] == STEP.drawn_by[9])
    qtbot.waitUntil(lambda: shown and shown[-1] == STEP.drawn_by[9])
    assert 0.2 not in shown and 0.3 not in shown  # a hand that goes on is not shown what it did before
    assert session.history.undo_label == "b2[2]"
    assert game.present.changes == 1
    for place, value in enumerate(STEP.drawn_by):
        game.set(PARAMETERS[place], value, "W")
    qtbot.waitUntil(lambda: game.present.best[0] < 1e-6 < first)
    best = game.present.best
    session.step(5)
    qtbot.waitUntil(lambda: session.snapshot is not None and session.iteration == 5)
    assert game.present.best == best  # what learning has found is not by hand
    session.begin(session.config.changed(curve="heart"))
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.config.curve == "heart")
    assert not game.is_played


def test_undo_brings_a_try_back_with_its_best_and_its_changes(open_session, qtbot):
    session = open_session()
    game = HandGame(session)
    game.begin(STEP, elsewhere(session))
    played(qtbot, game, (9, 0.3), (5, 0.9))
    first = game.present.best
    assert game.present.changes == 2
    game.begin(STEP, elsewhere(session))  # by mistake
    played(qtbot, game, (0, 17.0))
    second = game.present.best
    assert game.present.changes == 1 and second != first
    game.begin(ARCH, elsewhere(session))
    assert (game.present.curve, game.present.changes) == (ARCH, 0)
    session.undo()
    assert (game.present.curve, game.is_played, game.present.best, game.present.changes) == (STEP, True, second, 1)
    session.undo()
    session.undo()
    assert (game.present.best, game.present.changes) == (first, 2)
    played(qtbot, game, (9, 0.4))
    assert game.present.changes == 3
    session.undo()
    assert (game.present.curve, game.present.changes) == (STEP, 3)


def test_a_run_from_elsewhere_has_no_count_and_takes_none_from_the_try_before(open_session, qtbot):
    session = open_session()
    game = HandGame(session)
    game.begin(STEP, elsewhere(session))
    played(qtbot, game, (9, 0.3))
    best = game.present.best
    session.open(STEP.record(STEP.drawn_by), "Open")
    qtbot.waitUntil(lambda: game.snapshot is not None and game.present.best is not None)
    assert game.is_played and game.present.changes is None
    session.undo()
    qtbot.waitUntil(lambda: game.snapshot is not None)
    assert (game.present.best, game.present.changes) == (best, 1)
    game.return_to_best(elsewhere(session))
    session.set_parameters({PARAMETERS[0]: 17.0})  # in the panel beside it
    assert game.present.changes == 1  # it is the same try
    session.reset()
    assert game.present.changes is None
