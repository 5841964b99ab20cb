"""Stdout and stderr, which may be missing, closed or full; and the signals that ask a command to stop soon."""

import contextlib
import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from curvegui.core.language.text import is_right_to_left, tr

CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
"""Control characters, which a terminal would obey, and how they are shown."""
BIDI_CONTROLS = {code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), 0x2066, 0x2067)}
"""Unicode's signs that turn a line around, so that "gpj.exe" is read for "exe.jpg". No text of ours has one."""
BIDI_MARKS = {code: f"\\u{code:04x}" for code in (0x061C, 0x200E, 0x200F, 0x2068, 0x2069)}
"""More of these signs, which our own texts have in languages that are read from the right."""
NOBODY_READS = (errno.EPIPE, errno.EINVAL)  # EINVAL: what Windows says of a closed pipe


def soften_output() -> None:
    """Write a question mark for a letter that the terminal's encoding lacks, where Python would raise."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def harmless(text: str) -> str:
    """A text that cannot control a terminal, whatever somebody has written into a name of a file in the text."""
    return text.translate(CONTROLS | BIDI_CONTROLS | ({} if is_right_to_left() else BIDI_MARKS))


def complain(text: str) -> None:
    """Write a line to stderr, if there is one."""
    if sys.stderr:
        with contextlib.suppress(OSError):
            sys.stderr.write(harmless(text) + "\n")
            sys.stderr.flush()


def ask(question: str) -> bool | None:
    """Whether a person at a terminal says yes; None where there is nobody to ask."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return None
    sys.stderr.write(f"{harmless(question)} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def deliver(text: str) -> bool:
    """Write lines to stdout, if there is one; False if that fails. Silent if the reader has gone (``| head``)."""
    if not sys.stdout:
        return True
    try:
        sys.stdout.write(harmless(text) + "\n")
    except OSError as error:
        return _give_up(error)
    return flush_output()


def flush_output() -> bool:
    """Flush stdout, if there is one; False if that fails."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        return _give_up(error)
    return True


def _give_up(error: OSError) -> bool:
    """Complain, and send all further output nowhere: else Python would try again at its end, and complain."""
    if error.errno not in NOBODY_READS:
        complain(tr("The result could not be written: {reason}.", reason=error.strerror))
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    return False


STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))


class StopRequest:
    """In the ``with`` block, a first stop signal sets ``requested``, and a second one ends the block."""

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
    """In this block, a stop signal raises ``KeyboardInterrupt``, even where a library swallows the exception: half
    files are removed."""
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
