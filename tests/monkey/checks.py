"""What must hold at any time, asked now and then; each check is an action, too."""

from random import Random

from PySide6.QtWidgets import QLabel

from curvegui.core.language.text import tr
from curvegui.core.run.record import RunRecord
from curvegui.files.project.project import Project, decode, encode
from curvegui.session.run.delivery import Phase
from tests.monkey.action import deed
from tests.monkey.life import Life

MOST_JOBS = 20  # that end while the session is brought up to date


def bring_up_to_date(life: Life) -> bool:
    """Pause, and wait until the session has seen all that was asked for.

    A job that ends meanwhile may ask for more, or let it run: then once again.
    """
    for _ in range(MOST_JOBS):
        arrived: list[bool] = []
        life.watch.piece()
        life.session.pause()
        life.session.when_up_to_date(lambda arrived=arrived: arrived.append(True))
        if not life.wait(lambda arrived=arrived: arrived or not life.is_open):
            break
        if not life.is_open:
            return False
        again = len(arrived) + 1
        life.session.when_up_to_date(lambda arrived=arrived: arrived.append(True))  # at once, if it still is
        if len(arrived) == again and not life.session.phase.is_learning:
            return True
    life.watch.note("the session is never up to date", "checks")
    return False


@deed(0.4, with_trainer=True)
def undo_and_redo(life: Life, chance: Random) -> None:
    """Undo, then redo: the same settings and the same parameters, to the last bit.

    Where the run is in a dead end, Undo takes it back to before, and what was learned since is gone; one whose numbers
    overflowed learns on.
    """

    def parameters() -> tuple[int, bytes] | None:
        snapshot = session.snapshot
        return snapshot and (snapshot.iteration, snapshot.parameters.tobytes())

    session, times, done = life.session, chance.randint(1, 3), 0
    if not bring_up_to_date(life):
        return
    before, learned = session.mark(), parameters()
    while done < times and session.history.undo_label:
        if session.phase is Phase.DIVERGED or (session.diagnosis is not None and session.diagnosis.is_dead_end):
            break
        session.undo()
        done += 1
    for _ in range(done):
        session.redo()
    if session.mark() != before:
        names = [name for name in vars(before.config) if getattr(before.config, name) != getattr(session.config, name)]
        life.watch.note(f"undo and redo differ in {names or 'the run'}", "checks")
    elif bring_up_to_date(life) and session.mark() == before and (now := parameters()) != learned:
        iterations = f"iteration {learned and learned[0]}, then {now and now[0]}, after {done} of Undo"
        life.watch.note("undo and redo differ in the parameters", "checks", iterations)


@deed(0.25, with_trainer=True)
def save_and_open(life: Life, chance: Random) -> None:
    """What a file keeps of the run is the run, to the last bit."""
    arrived: list[RunRecord | None] = []

    def take(label: object, record: RunRecord | None) -> None:
        if label is arrived:
            arrived.append(record)

    life.session.captured.connect(take)
    life.session.capture(arrived)
    life.wait(lambda: arrived or not life.is_open)
    life.session.captured.disconnect(take)
    if arrived and (record := arrived[0]) is not None:
        data = encode(Project(record))
        again = decode(data)
        if encode(again) != data:
            life.watch.note("a file that is opened and saved again is another", "checks")
        is_kept = again.record.parameters.tobytes() == record.parameters.tobytes()
        if not is_kept or again.record.config != record.config:
            life.watch.note("a file does not keep the run", "checks")
        life.watch.rest()  # the app does so in the pool


@deed(0.3, with_trainer=True)
def agree(life: Life, chance: Random) -> None:
    """The status bar says what the session does."""
    if bring_up_to_date(life):
        said, is_so = life.window.findChild(QLabel, "status.state").accessibleName(), tr(life.session.phase.value)
        if not said.startswith(is_so):
            life.watch.note(f"the status bar says {said}, the session {is_so}", "checks")
        life.session.run()
