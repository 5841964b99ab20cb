"""A signal is a wish to stop; a second one is a command."""

import signal
import threading

import pytest

from curvegui.cli.terminal import STOP_SIGNALS, StopRequest, interruptible

pytestmark = pytest.mark.costly


@pytest.fixture(autouse=True)
def usual_handlers():
    before = {each: signal.getsignal(each) for each in STOP_SIGNALS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for each in STOP_SIGNALS[1:]:
        signal.signal(each, signal.SIG_DFL)  # also where the tests run under nohup
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_the_first_signal_asks_and_the_second_one_ends_the_block(number):
    with pytest.raises(KeyboardInterrupt), StopRequest() as stop:
        assert not stop.requested
        signal.raise_signal(number)
        assert stop.requested
        signal.raise_signal(number)


def test_after_the_block_the_signals_do_what_they_did_before():
    with StopRequest():
        assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_signal_that_is_ignored_stays_ignored():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with StopRequest() as stop:
        signal.raise_signal(signal.SIGINT)
        assert not stop.requested
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_in_another_thread_it_leaves_the_signals_alone():
    seen = []

    def enter() -> None:
        with StopRequest() as stop:
            seen.append((stop.requested, signal.getsignal(signal.SIGINT)))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [(False, signal.default_int_handler)]


def test_in_an_interruptible_block_sigterm_is_an_interruption():
    with pytest.raises(KeyboardInterrupt), interruptible():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def _makes_another_error_of_it():
    try:
        signal.raise_signal(signal.SIGTERM)
    except KeyboardInterrupt as interruption:
        raise OSError("encoder error") from interruption


def _loses_it():
    try:
        signal.raise_signal(signal.SIGINT)
    except BaseException:
        return


@pytest.mark.parametrize("library", [_makes_another_error_of_it, _loses_it])
def test_an_interruption_that_a_library_does_not_let_through_comes_all_the_same(library):
    with pytest.raises(KeyboardInterrupt), interruptible():
        library()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
