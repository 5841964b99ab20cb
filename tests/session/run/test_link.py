"""The line to the trainer's thread ends at once, whatever still waits there."""

import threading
from dataclasses import dataclass

import pytest

from curvegui.core.cancellation import check_cancelled
from curvegui.session.run.commands import Command
from curvegui.session.run.driver import Driver
from curvegui.session.run.link import TrainerLink
from curvegui.session.run.questions import LookBack
from tests.patience import patience_s


@dataclass(frozen=True, eq=False)
class _Working(Command):
    """Takes until it may end."""

    begun: threading.Event
    may_end: threading.Event

    def carry_out(self, driver: Driver) -> None:
        self.begun.set()
        self.may_end.wait(patience_s())


@dataclass(frozen=True, eq=False)
class _Noted(Command):
    carried_out: list[bool]

    def carry_out(self, driver: Driver) -> None:
        self.carried_out.append(True)


def test_what_has_not_begun_when_it_ends_is_dropped(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    link, carried_out = TrainerLink(), list[bool]()
    first, second = (_Working(threading.Event(), threading.Event()) for _ in range(2))
    link.send(first)
    assert first.begun.wait(patience_s())
    link.send(second)  # Qt takes this and the next ones out of its queue together
    for _ in range(3):
        link.send(_Noted(carried_out))
    first.may_end.set()
    assert second.begun.wait(patience_s())
    wait = link._thread.wait

    def work_ends(most_ms: int) -> bool:
        second.may_end.set()
        return wait(most_ms)

    monkeypatch.setattr(link._thread, "wait", work_ends)
    assert link.close()
    assert carried_out == []


@dataclass(frozen=True, eq=False)
class _Endless(Command):
    """Computes for ever, and looks whether it is still wanted."""

    begun: threading.Event

    def carry_out(self, driver: Driver) -> None:
        self.begun.set()
        while True:
            check_cancelled()


@pytest.mark.parametrize("is_question", [False, True])
def test_what_goes_on_is_ended_at_its_next_look_and_nothing_is_said_of_it(
    qapp, caplog, monkeypatch: pytest.MonkeyPatch, is_question: bool
) -> None:
    link, begun, said = TrainerLink(), threading.Event(), list[object]()
    work = _Endless(begun)
    monkeypatch.setattr(LookBack, "answer", lambda question, driver: work.carry_out(driver))
    link.failed.connect(said.append)
    link.answered.connect(lambda *answer: said.append(answer))
    link.send(LookBack(0, 0) if is_question else work)
    assert begun.wait(patience_s())
    assert link.close()
    qapp.processEvents()
    assert (said, caplog.records) == ([], [])
