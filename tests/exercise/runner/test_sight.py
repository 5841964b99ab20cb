"""What can be seen of a process from outside."""

import os
import signal
import sys

import pytest

from curvegui.exercise.runner.start import bytes_of, ignores_its_end

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="shows nothing of a process")
NOBODY = 2**22 + 1  # more than a process can have


@pytest.fixture
def term():
    before = signal.getsignal(signal.SIGTERM)
    yield lambda action: signal.signal(signal.SIGTERM, action)
    signal.signal(signal.SIGTERM, before)


@needs_linux
def test_the_size_of_a_process_is_seen():
    assert bytes_of(os.getpid()) > 10_000_000


@needs_linux
@pytest.mark.parametrize(
    ("action", "ignores"), [(signal.SIG_DFL, False), (signal.SIG_IGN, True), (lambda *_: None, True)]
)
def test_whether_it_lets_itself_be_ended_is_seen(term, action, ignores):
    term(action)
    assert ignores_its_end(os.getpid()) is ignores


@needs_linux
@pytest.mark.parametrize(("held", "ignores"), [({signal.SIGTERM}, True), (signal.valid_signals(), False)])
def test_to_hold_all_signals_back_is_to_start_a_process(held, ignores):
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        assert ignores_its_end(os.getpid()) is ignores
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def test_of_one_that_is_gone_nothing_is_known():
    assert bytes_of(NOBODY) == 0
    assert not ignores_its_end(NOBODY)
