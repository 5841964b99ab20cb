"""Ctrl-C, SIGTERM and a terminal that is closed as requests to stop soon, so that what is there can be saved."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))


class StopRequest:
    """While its ``with`` block runs, the first signal sets ``requested`` and a second one ends the block.

    Signals that are ignored stay ignored: a shell does so for a program in the background.
    """

    def __init__(self) -> None:
        self.requested = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> "StopRequest":
        if threading.current_thread() is threading.main_thread():  # no other thread may set handlers
            for each in STOP_SIGNALS:
                handler = signal.getsignal(each)
                if handler not in (signal.SIG_IGN, None):
                    self._before[each] = signal.signal(each, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        for each, handler in self._before.items():
            signal.signal(each, handler)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self.requested:
            raise KeyboardInterrupt
        self.requested = True


@contextmanager
def interruptible() -> Iterator[None]:
    """While the block runs, the others end it as Ctrl-C does, so that half-written files are removed.

    Some libraries turn an interruption into another error, or lose it: the block ends with ``KeyboardInterrupt`` all
    the same.
    """
    if threading.current_thread() is not threading.main_thread():  # no other thread may set handlers
        yield
        return
    usual = (signal.SIG_DFL, signal.default_int_handler)
    before = {each: signal.getsignal(each) for each in STOP_SIGNALS if signal.getsignal(each) in usual}
    asked = False

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        raise KeyboardInterrupt

    for each in before:
        signal.signal(each, interrupt)
    try:
        yield
    except Exception:
        if not asked:
            raise
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    if asked:
        raise KeyboardInterrupt
