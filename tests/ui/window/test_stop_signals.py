"""What ends the program from outside is one wish, and where it is to outlive the terminal it does."""

import signal

import pytest

from curvegui.ui.window import stop_signals
from curvegui.ui.window.stop_signals import CONSOLE_CLOSES, StopSignals


@pytest.fixture
def stop(qapp):
    handlers = {number: signal.getsignal(number) for number in signal.valid_signals()}
    yield StopSignals()
    for number, handler in handlers.items():
        if signal.getsignal(number) is not handler:
            signal.signal(number, handler)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no terminal hangs up")
def test_nohup_is_respected_and_else_a_closed_terminal_is_a_wish_to_end(qtbot, stop):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    stop.install()
    assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    stop.install()
    with qtbot.waitSignals([stop.announced, stop.requested]):
        signal.raise_signal(signal.SIGHUP)


def test_a_closed_console_is_one_too_and_windows_waits_meanwhile(qtbot, stop, monkeypatch):
    class Kernel:
        def SetConsoleCtrlHandler(self, handler, add):
            self.handler = handler

    monkeypatch.setattr(stop_signals, "CONSOLE_S", 0.001)
    kernel = Kernel()
    stop.follow_console(kernel)
    assert kernel.handler(CONSOLE_CLOSES + 10) == 0
    with qtbot.waitSignals([stop.announced, stop.requested]):
        assert kernel.handler(CONSOLE_CLOSES) == 1
