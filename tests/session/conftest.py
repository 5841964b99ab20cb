"""Sessions to test with, each closed and looked over when its test is done."""

from contextlib import suppress
from pathlib import Path

import pytest

from curvegui.core.engine.backend import NUMPY
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.run import diagnoser
from curvegui.session.run.session import Session
from tests.core.runs import BOTH

ENDLESS = 1_000_000_000  # iterations: the usual ones are made in half a second, and then nothing learns any more


class WatchedSession(Session):
    """A session that keeps every delivery, phase, diagnosis and failure that it announced."""

    def __init__(self, config, **options):
        super().__init__(config, **options)
        self.deliveries, self.phases, self.diagnoses, self.failures = [], [], [], []
        self.snapshot_ready.connect(self.deliveries.append)
        self.phase_changed.connect(self.phases.append)
        self.diagnosis_changed.connect(self.diagnoses.append)
        self.failed.connect(self.failures.append)

    def has_answer(self):
        """Whether a delivery has arrived that had seen the last command."""
        return bool(self.deliveries) and self.deliveries[-1].command == self._trainer.command

    @property
    def iteration(self):
        return self.snapshot.iteration


def trainer_threads():
    """The operating system's own list, where it has one: the names of our threads."""
    names = []
    for path in Path("/proc/self/task").glob("*/comm"):
        with suppress(OSError):  # one that ends just now
            names.append(path.read_text().strip())
    return [name for name in names if name == "trainer"]


@pytest.fixture(autouse=True)
def never_ahead(request, monkeypatch):
    """Compute no run ahead, by up to 30,000 iterations whenever it rests: but where a file says ``LOOKS_AHEAD``."""
    if not hasattr(request.module, "LOOKS_AHEAD"):
        monkeypatch.setattr(diagnoser, "is_in_doubt", lambda evidence: False)


@pytest.fixture
def no_thread_left(qtbot):
    """See to it that after a test no trainer's thread is left."""
    yield
    qtbot.waitUntil(lambda: not trainer_threads())


def pytest_generate_tests(metafunc):
    """Let each test of a file that says ``BOTH_ENGINES`` run with each of them."""
    if "backend" in metafunc.fixturenames and hasattr(metafunc.module, "BOTH_ENGINES"):
        metafunc.parametrize("backend", BOTH, indirect=True)


@pytest.fixture
def backend(request):
    """What computes in the sessions, where a test does not say it."""
    return getattr(request, "param", NUMPY)


@pytest.fixture
def open_session(no_thread_left, backend):
    """Open sessions with some settings set, at full speed and without an end unless told otherwise, and close them."""
    sessions = []

    def open_with(wanted=backend, **settings):
        session = WatchedSession(
            TrainingConfig(**{"speed": FULL_SPEED, "iterations": ENDLESS} | settings), wanted=wanted
        )
        sessions.append(session)
        return session

    yield open_with
    assert [session.close() for session in sessions] == [True] * len(sessions)


@pytest.fixture
def settle(qtbot):
    """Wait until every command has been carried out and nothing is being learned."""

    def wait(session):
        qtbot.waitUntil(lambda: session.has_answer() and not session.phase.is_learning)

    return wait


@pytest.fixture
def reach(qtbot):
    """Wait until a session's present run has been seen at an iteration, or beyond."""

    def wait(session, iteration):
        qtbot.waitUntil(lambda: session.has_answer() and session.iteration >= iteration)

    return wait


@pytest.fixture
def session(open_session, settle):
    """A paused session with the default settings, at full speed, whose first snapshot is there."""
    opened = open_session()
    settle(opened)
    return opened
