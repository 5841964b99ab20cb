"""Lets what comes from other threads come late, by chance, and window and hands be slow: a plugin for pytest.

    python -m pytest -p tests.help.late --late 7 -n 2 -m "slow or not slow" tests/session tests/ui
    python -m pytest -p tests.help.late --late 7 --sample 300 -m "slow or not slow" tests/session tests/ui

It finds what is right only as long as nothing is late: a test that looks at what happens to be there already, and a
part of the window that misses what came before it looked. ``--late`` is the seed, of which each test makes its own;
``--sample`` takes so many tests by chance.
"""

from random import Random
from time import sleep

import pytest

JOBS_S = 0.0, 0.02, 0.1, 0.25  # before one in the pool begins
COMMANDS_S = 0.0, 0.01, 0.05, 0.15  # before the trainer carries one out
SNAPSHOTS_S = 0.0, 0.0, 0.0, 0.02, 0.06  # before one is sent
FRAMES_S = 0.0, 0.0, 0.0, 0.03, 0.12  # that one takes longer
TURNS = 0.3  # of those that parts of the window would have
HANDS_MS = 0, 0, 0, 15, 60  # before a person clicks, chooses or presses a key: what is on its way arrives meanwhile


def pytest_addoption(parser):
    parser.addoption("--late", type=int, default=1, metavar="SEED", help="of what comes late (1)")
    parser.addoption("--sample", type=int, metavar="TESTS", help="take so many by chance")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    count = config.option.sample
    if count is not None and count < len(items):
        chosen = set(Random(config.option.late).sample(range(len(items)), count))
        config.hook.pytest_deselected(items=[item for place, item in enumerate(items) if place not in chosen])
        items[:] = [items[place] for place in sorted(chosen)]


@pytest.fixture(autouse=True)
def late(request, monkeypatch):
    """In tests with a window or a session; others have no threads."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        return
    from PySide6.QtTest import QTest

    from curvegui.session.jobs.job import Job
    from curvegui.session.run.worker import TrainingWorker
    from curvegui.ui.canvas.canvas import Canvas
    from curvegui.ui.canvas.refresh import RefreshSchedule
    from tests.ui.person import Person

    chance = Random(f"{request.config.option.late} {request.node.nodeid}")

    def pause(times, wait=sleep):
        return lambda: wait(chance.choice(times))

    delay(monkeypatch, Job, "do", pause(JOBS_S))
    delay(monkeypatch, TrainingWorker, "_carry_out", pause(COMMANDS_S))
    delay(monkeypatch, TrainingWorker, "_publish", pause(SNAPSHOTS_S))
    delay(monkeypatch, Canvas, "_bring_up_to_date", pause(FRAMES_S))
    refresh_next = RefreshSchedule.refresh_next
    monkeypatch.setattr(
        RefreshSchedule, "refresh_next", lambda schedule: chance.random() < TURNS and refresh_next(schedule)
    )
    for deed in ("choose", "click", "press"):
        delay(monkeypatch, Person, deed, pause(HANDS_MS, QTest.qWait))


def delay(monkeypatch, kind, name, pause):
    """Let a method of a class begin after a pause."""
    method = getattr(kind, name)

    def later(*words, **named):
        pause()
        return method(*words, **named)

    monkeypatch.setattr(kind, name, later)
