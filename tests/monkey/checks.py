"""What must hold at any time, asked now and then; each check is an action, too."""

from collections.abc import Callable
from random import Random
from time import monotonic, sleep
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLabel

from curvegui.core.run.record import RunRecord
from curvegui.files.project.project import Project, decode, encode
from curvegui.session.run.session import Session
from tests.monkey.action import deed

if TYPE_CHECKING:
    from tests.monkey.life import Life

LONGEST_S = 30.0  # that anything may take on a busy machine


def wait(life: "Life", condition: Callable[[], object]) -> bool:
    """Let the window live until a condition holds; whether it came to hold."""
    end = monotonic() + LONGEST_S
    while not condition() and monotonic() < end and life.is_open:
        life.watch.piece()
        QApplication.processEvents()
        sleep(0.0005)
    return bool(condition())


def bring_up_to_date(life: "Life") -> bool:
    """Pause, and wait until the session has seen all that was asked for."""
    arrived: list[bool] = []
    life.session.pause()
    life.session.when_up_to_date(lambda: arrived.append(True))
    is_there = wait(life, lambda: arrived)
    if not is_there and life.is_open:
        life.watch.note("the session is never up to date", "checks")
    return is_there


@deed(0.4)
def undo_and_redo(life: "Life", chance: Random) -> None:
    """Undo, then redo: the same settings and the same parameters, to the last bit.

    Where the run is in a dead end, Undo takes it back to before, and what was learned since is gone.
    """
    session, times, done = life.session, chance.randint(1, 3), 0
    if not bring_up_to_date(life):
        return
    before, parameters = session.mark(), _parameters(session)
    while done < times and session.history.undo_label:
        if session.diagnosis is not None and session.diagnosis.is_dead_end:
            break
        session.undo()
        done += 1
    for _ in range(done):
        session.redo()
    if session.mark() != before:
        names = [name for name in vars(before.config) if getattr(before.config, name) != getattr(session.config, name)]
        life.watch.note(f"undo and redo differ in {names or 'the run'}", "checks")
    elif bring_up_to_date(life) and session.mark() == before and _parameters(session) != parameters:
        now = _parameters(session)  # and nothing else came in between
        iterations = f"iteration {parameters and parameters[0]}, then {now and now[0]}, after {done} of Undo"
        life.watch.note("undo and redo differ in the parameters", "checks", iterations)


def _parameters(session: Session) -> tuple[int, bytes] | None:
    return session.snapshot and (session.snapshot.iteration, session.snapshot.parameters.tobytes())


@deed(0.2)
def save_and_open(life: "Life", chance: Random) -> None:
    """What a file keeps of the run is the run, to the last bit."""
    arrived: list[RunRecord | None] = []

    def take(label: object, record: RunRecord | None) -> None:
        if label is arrived:
            arrived.append(record)

    life.session.captured.connect(take)
    life.session.capture(arrived)
    is_there = wait(life, lambda: arrived)
    life.session.captured.disconnect(take)
    if is_there and arrived[0] is not None:
        data = encode(Project(arrived[0]))
        life.watch.rest()  # the app does so in the pool
        again = decode(data)
        if encode(again) != data:
            life.watch.note("a file that is opened and saved again is another", "checks")
        if (
            again.record.parameters.tobytes() != arrived[0].parameters.tobytes()
            or again.record.config != arrived[0].config
        ):
            life.watch.note("a file does not keep the run", "checks")
        life.watch.rest()


@deed(0.4)
def agree(life: "Life", chance: Random) -> None:
    """The status bar says what the session does."""
    if bring_up_to_date(life):
        said, is_so = life.window.findChild(QLabel, "status.state").accessibleName(), life.session.phase.value
        if not said.startswith(is_so):
            life.watch.note(f"the status bar says {said}, the session {is_so}", "checks")
        life.session.run()
