"""What is watched while the monkey plays: exceptions, the log, Qt's messages, and how long the window is at a piece."""

import logging
import re
import signal
import sys
import threading
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from statistics import median
from timeit import repeat
from types import FrameType, TracebackType
from typing import Any, NamedTuple
from unittest.mock import patch

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

LOOP_S = 0.004  # for 100,000 additions, on a quiet core of the machine that this is said of
LONGEST_S = 0.25  # of its own time, for the window at a piece
LOOK_S, DEEP = 0.02, 20  # between two looks at where it is; the innermost calls that are noted
HARMLESS = "This plugin does not support", "event not accepted by receiving", "occurs outside target window"  # of tests
OWN = re.compile(r'/(curvegui/[^"]*)", line \d+,? in (\S+)')
HAS_TIMER = hasattr(signal, "setitimer")
MEMORY = re.compile(r"0x[0-9a-f]+|\d+")


class Trouble(NamedTuple):
    """Something that must not be. ``name`` is the same each time it happens; ``at`` is the action's number."""

    name: str
    at: int
    more: str


def slowness() -> float:
    """How much longer this machine takes for the same thing now, at least 1: beside other work, twice is usual."""
    loop = "for number in range(100_000): total += number"
    return max(1.0, median(repeat(loop, "total = 0", time.thread_time, 9, 1)) / LOOP_S)


def innermost_own(stack: list[str]) -> str:
    """The innermost of our own functions in a stack, whose last line is the innermost call."""
    own = [found for each in stack if (found := OWN.search(each))]
    return " ".join(own[-1].groups()) if own else "Qt"


class Watch(logging.Handler):
    """Collects trouble, each kind once, with how often it happened. ``at`` is the number of the present action.

    The window's thread may be at one piece for ``allowed`` seconds of its own time.
    """

    def __init__(self, allowed: float = LONGEST_S) -> None:
        super().__init__(logging.WARNING)
        self._allowed = allowed
        self.at, self.found, self.count = -1, dict[str, Trouble](), Counter[str]()
        self.worked, self.longest = 0.0, 0.0  # seconds of the window's thread: in all its pieces, and in one
        self._begun, self._seen, self._has_alarm = time.thread_time(), list[list[str]](), False

    def note(self, what: str, where: str, more: str = "") -> None:
        name = f"{MEMORY.sub('…', what)[:300]} | {where}"
        if name not in self.found:
            self.found[name] = Trouble(name, self.at, more)
            print(f"TROUBLE {name}\nat action {self.at:,}\n{more}\n", flush=True)
        self.count[name] += 1

    @contextmanager
    def watching(self) -> Iterator[None]:
        """See all that happens within."""

        def note_warning(words: object, kind: type, file: str, *_: object) -> None:
            self.note(f"{kind.__name__}: {words}", file)

        def note_failure(failure: Any) -> None:
            self.note_exception(*failure[:3])

        with ExitStack() as stack:
            stack.enter_context(patch.multiple(sys, excepthook=self.note_exception, unraisablehook=note_failure))
            stack.enter_context(patch.object(threading, "excepthook", note_failure))
            stack.enter_context(patch.object(warnings, "showwarning", note_warning))
            stack.callback(logging.getLogger().removeHandler, self)
            logging.getLogger().addHandler(self)
            stack.callback(qInstallMessageHandler, qInstallMessageHandler(self._note_message))
            if HAS_TIMER:
                stack.callback(signal.signal, signal.SIGALRM, signal.signal(signal.SIGALRM, self._note_stack))
                stack.callback(signal.setitimer, signal.ITIMER_REAL, 0)
                stack.callback(setattr, self, "_has_alarm", False)
                self._has_alarm = True
            yield

    def note_exception(self, kind: Any, error: BaseException | None, trace: TracebackType | None) -> None:
        words = traceback.format_exception_only(kind, error)[-1].strip()
        self.note(words, innermost_own(traceback.format_tb(trace)), "".join(traceback.format_exception(error)))

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        trace = "".join(traceback.format_exception(error)) if error else ""
        self.note(f"{record.levelname}: {record.msg} {type(error).__name__}", record.name, self.format(record) + trace)

    def _note_message(self, kind: QtMsgType, context: object, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not any(each in message for each in HARMLESS):
            stack = traceback.format_stack()[:-1]
            self.note(f"Qt: {message}", innermost_own(stack), "".join(stack[-12:]))

    # How long a piece takes

    def piece(self) -> None:
        """One piece of the window's thread has ended, and another one begins."""
        took, seen = time.thread_time() - self._begun, self._seen[:]
        self.worked, self.longest = self.worked + took, max(self.longest, took)
        if took > self._allowed and seen and took > (allowed := self._allowed * slowness()):
            stack = Counter("".join(each) for each in seen).most_common(1)[0][0]
            where = Counter(innermost_own(each) for each in seen).most_common(1)[0][0]
            self.note("slow", where, f"{took:.3f} s of the window's own time, where {allowed:.3f} are allowed\n{stack}")
        self.rest()

    def rest(self) -> None:
        """What the window's thread did until now was not the app's.

        Once it is at the next piece for long, an alarm has it note now and then where it is. To look at its frames from
        another thread would keep them alive: a painter would outlive its painting.
        """
        self._seen.clear()
        self._begun = time.thread_time()
        if self._has_alarm:
            signal.setitimer(signal.ITIMER_REAL, self._allowed / 2, LOOK_S)

    def _note_stack(self, number: int, frame: FrameType | None) -> None:
        """In few words: the time that it takes counts."""
        calls = [(call.f_code, line) for call, line in islice(traceback.walk_stack(frame), DEEP)]
        stack = [f'  File "{code.co_filename}", line {line}, in {code.co_name}\n' for code, line in reversed(calls)]
        self._seen.append(stack)
