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
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from statistics import median
from types import FrameType, TracebackType
from typing import Any

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from tests.monkey.action import KINDS, Action

LOOP, LOOP_S = 100_000, 0.004  # additions, and how long they take on a quiet core of the machine that this is said of
LOOK_S = 0.02  # between two looks at where it is
DEEP = 20  # calls, the innermost
Stack = list[tuple[str, int, str]]  # file, line and function of each call, the innermost first
HARMLESS = re.compile(
    "This plugin does not support|event not accepted by receiving|occurs outside target window"
)  # offscreen, and QTest
OWN = re.compile(r'/(curvegui/[^"]*)", line \d+,? in (\S+)')
MEMORY = re.compile(r"0x[0-9a-f]+|\d+")


@dataclass(frozen=True)
class Trouble:
    """Something that must not be. ``what`` and ``where`` are the same each time; ``at`` is the action's number."""

    what: str
    where: str
    at: int
    more: str

    @property
    def name(self) -> str:
        """By which it is recognised when it happens again."""
        return f"{self.what} | {self.where}"


def slowness() -> float:
    """How much longer this machine takes for the same thing now, at least 1: beside other work, twice is usual."""
    took = []
    for _ in range(9):
        begun, total = time.thread_time(), 0
        for number in range(LOOP):
            total += number
        took.append(time.thread_time() - begun)
    return max(1.0, median(took) / LOOP_S)


class Watch(logging.Handler):
    """Collects trouble, each kind once, with how often it happened. ``at`` is the number of the present action.

    The window's thread may be at one piece for ``allowed`` seconds of its own time.
    """

    def __init__(self, allowed: float = 0.25) -> None:
        super().__init__(logging.WARNING)
        self._allowed = allowed
        self.at, self.found, self.count = -1, dict[str, Trouble](), Counter[str]()
        self.worked, self.longest = 0.0, 0.0  # seconds of the window's thread: in all its pieces, and in one
        self._begun, self._seen, self._is_on = time.thread_time(), list[Stack](), False

    def note(self, what: str, where: str, more: str = "") -> None:
        """Trouble."""
        trouble = Trouble(MEMORY.sub("…", what)[:300], where, self.at, more)
        if self.found.setdefault(trouble.name, trouble) is trouble:
            print(f"TROUBLE {trouble.name}\nat action {self.at:,}\n{more}\n", flush=True)
        self.count[trouble.name] += 1

    @contextmanager
    def watching(self) -> Iterator[None]:
        """See all that happens within."""
        before = sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning
        logging.getLogger().addHandler(self)
        sys.excepthook = self.note_exception
        threading.excepthook = lambda each: self.note_exception(each.exc_type, each.exc_value, each.exc_traceback)
        sys.unraisablehook = lambda each: self.note_exception(each.exc_type, each.exc_value, each.exc_traceback)
        warnings.showwarning = lambda words, kind, file, line, *_: self.note(f"{kind.__name__}: {words}", f"{file}")
        hears_qt = qInstallMessageHandler(self._hear_qt)
        try:
            with self._looking():
                yield
        finally:
            qInstallMessageHandler(hears_qt)
            logging.getLogger().removeHandler(self)
            sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = before

    @contextmanager
    def _looking(self) -> Iterator[None]:
        """Where the system tells how long a thread has been at work."""
        if not hasattr(time, "pthread_getcpuclockid"):
            yield
            return
        before, self._is_on = signal.signal(signal.SIGUSR1, self._note_place), True
        look = threading.Thread(target=self._look, args=(threading.get_ident(),), name="watch", daemon=True)
        look.start()
        try:
            yield
        finally:
            self._is_on = False
            look.join()
            signal.signal(signal.SIGUSR1, before)

    def carry_out(self, action: Action, life: object) -> None:
        """Carry an action out; what it raises is trouble."""
        self.at = action.number
        try:
            KINDS[action.kind].do(life, action.chance())
        except Exception as error:
            self.note_exception(type(error), error, error.__traceback__)
        self.piece()

    def note_exception(self, kind: Any, error: BaseException | None, trace: TracebackType | None) -> None:
        """An exception that nobody has caught."""
        words = traceback.format_exception_only(kind, error)[-1].strip()
        self.note(words, place_of(traceback.extract_tb(trace)), "".join(traceback.format_exception(error)))

    def emit(self, record: logging.LogRecord) -> None:
        """Of logging."""
        error = record.exc_info[1] if record.exc_info else None
        trace = "".join(traceback.format_exception(error)) if error else ""
        self.note(f"{record.levelname}: {record.msg} {type(error).__name__}", record.name, self.format(record) + trace)

    def _hear_qt(self, kind: QtMsgType, context: object, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not HARMLESS.search(message):
            self.note(
                f"Qt: {message}", place_of(traceback.extract_stack()[:-1]), "".join(traceback.format_stack()[-12:])
            )

    # How long a piece takes

    def piece(self) -> None:
        """One piece of the window's thread has ended, and another one begins."""
        took, seen = time.thread_time() - self._begun, self._seen[:]
        self.worked, self.longest = self.worked + took, max(self.longest, took)
        if took > self._allowed and seen and took > (allowed := self._allowed * slowness()):
            stacks = [['  File "{}", line {}, in {}\n'.format(*call) for call in each[::-1]] for each in seen]
            stack = Counter("".join(each) for each in stacks).most_common(1)[0][0]
            place = Counter(_own(each) for each in stacks).most_common(1)[0][0]
            self.note("slow", place, f"{took:.3f} s of the window's own time, where {allowed:.3f} are allowed\n{stack}")
        self.rest()

    def rest(self) -> None:
        """What the window's thread did until now was not the app's."""
        self._seen.clear()
        self._begun = time.thread_time()

    def _look(self, thread: int) -> None:
        """In a thread of its own: once the window's thread is at the same piece for long, have it note where it is.

        To look at its frames from here would keep them alive: a painter would outlive its painting.
        """
        clock = time.pthread_getcpuclockid(thread)
        while self._is_on:
            time.sleep(LOOK_S)
            if time.clock_gettime(clock) - self._begun > self._allowed / 2:
                signal.pthread_kill(thread, signal.SIGUSR1)

    def _note_place(self, number: int, frame: FrameType | None) -> None:
        """In few words: the time that it takes counts."""
        calls = islice(traceback.walk_stack(frame), DEEP)
        self._seen.append([(call.f_code.co_filename, line or 0, call.f_code.co_name) for call, line in calls])


def _own(stack: list[str]) -> str:
    """The innermost of our own functions in a stack, which is last."""
    own = [found for each in stack if (found := OWN.search(each))]
    return " ".join(own[-1].groups()) if own else "Qt"


def place_of(stack: traceback.StackSummary) -> str:
    """The innermost of our own functions where something has happened."""
    return _own(traceback.format_list(stack))
