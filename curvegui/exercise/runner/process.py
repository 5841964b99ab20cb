"""A child as the app sees it: messages come from it, and it can be ended at any time with all that it started."""

import os
import signal
import subprocess
import sys
import tempfile
import uuid
from collections import deque
from threading import Condition, Lock, Thread
from time import monotonic
from typing import IO, Any

from curvegui.core.arrays import FloatArray
from curvegui.exercise.child import limits as child_limits
from curvegui.exercise.child.main import CUT_OFF
from curvegui.exercise.child.wire import LENGTHS, WireError, lengths, unpack
from curvegui.exercise.runner.folder import ChildFolder
from curvegui.exercise.runner.operating_system import (
    Limits,
    bytes_of,
    ignores_its_end,
    kill_tree,
    start_child,
    waited_for_processor,
)
from curvegui.exercise.runner.outcome import Ending
from curvegui.exercise.runner.windows_job import WindowsJob

MOST_WAITING = 2_000  # messages; older ones are forgotten
MOST_WAITING_BYTES = 100_000_000
KEPT_OUTPUT = 20_000  # bytes of what is printed
NEARLY_FULL = 0.6  # of the memory that it may have; Python and NumPy take a quarter of it
CLEARING_S = 0.3  # for the threads that read, after all writers have been killed

Message = tuple[dict[str, Any], list[FloatArray]]


class ChildProcess:
    """A child that is running from now on. Its methods may be called from any thread.

    ``request`` is a message (see ``wire``). Raises ``ExerciseError`` or ``OSError`` if it cannot be started.
    """

    def __init__(self, request: bytes, limits: Limits) -> None:
        self._changed, self._finishing = Condition(), Lock()
        self._ending: Ending | None = None
        self._messages: deque[Message] = deque()
        self._waiting_bytes = 0
        self._output, self._printed = bytearray(), 0
        self._closed = self._cleared = False
        self._killed_for: Ending | None = None
        self._limits, self._mark = limits, f"{os.getpid()}-{uuid.uuid4().hex}"
        self.last_news = monotonic()
        self._folder = ChildFolder()
        try:
            with tempfile.TemporaryFile() as file:
                file.write(request)
                file.seek(0)
                self._process, channel = start_child(file, self._mark, self._folder.path)
        except BaseException:
            self._folder.remove()
            raise
        self._job = self._windows_job()
        assert self._process.stdout is not None
        readers = ((self._read_messages, os.fdopen(channel, "rb")), (self._read_output, self._process.stdout))
        self._threads = [Thread(target=work, args=(stream,), daemon=True) for work, stream in readers]
        for thread in self._threads:
            thread.start()

    def _windows_job(self) -> WindowsJob | None:
        if sys.platform != "win32":
            return None
        job = WindowsJob(self._limits.memory)
        job.add(int(self._process._handle))
        return job

    def next_message(self, timeout: float) -> Message | None:
        """The oldest message that has not been taken; None if none comes in time, or none will come any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._messages or self._closed, max(0.0, timeout))
            if not self._messages:
                return None
            message = self._messages.popleft()
            self._waiting_bytes -= _size_of(message)
            return message

    @property
    def is_over(self) -> bool:
        """Whether no message will come any more."""
        with self._changed:
            return self._closed and not self._messages

    @property
    def is_closed(self) -> bool:
        """Whether nothing more comes from it, though some messages may not have been taken."""
        with self._changed:
            return self._closed

    @property
    def output(self) -> str:
        """The beginning of what has been printed."""
        with self._changed:
            return bytes(self._output).decode("utf-8", "replace")

    def own_time(self) -> float:
        """Seconds on a clock that stands still while it waits for the processor that others have (Linux)."""
        return monotonic() - waited_for_processor(self._process.pid)

    def late(self) -> Ending:
        """Why it sends no news: it may still be filling its memory, which takes time (Linux)."""
        if bytes_of(self._process.pid) > NEARLY_FULL * self._limits.memory:
            return Ending.OUT_OF_MEMORY
        return Ending.UNWILLING if ignores_its_end(self._process.pid) else Ending.TIMED_OUT

    def kill(self, reason: Ending) -> None:
        """End it, and all that it has started. The first reason counts."""
        with self._changed:
            if self._killed_for is None and not self._cleared:
                self._killed_for = reason
            if self._cleared:
                return
            kill_tree(self._process, self._mark)

    def finish(self) -> Ending:
        """Clean up, and say how it ended; it is killed if it still runs. May be called again."""
        with self._finishing:
            if self._ending is None:
                self._ending = self._finish()
            return self._ending

    def _finish(self) -> Ending:
        with self._changed:
            closed, reason = self._closed, self._killed_for
        by_itself = closed and reason is None and self._ends_within(CLEARING_S)
        self.kill(Ending.CUT_OFF if closed else Ending.TIMED_OUT)
        with self._changed:
            self._cleared = True  # from now on, its number may be that of another process
        if self._job:
            self._job.close()
        status = self._process.wait()
        for thread in self._threads:
            thread.join(CLEARING_S)
        self._folder.remove()
        killed_for = None if by_itself else self._killed_for
        return killed_for or _ending_of(status)

    def _ends_within(self, seconds: float) -> bool:
        """Whether it ends by itself. It is not waited for, so that what it started can still be found by its number."""
        if sys.platform == "win32" or not hasattr(os, "waitid"):  # macOS, before Python 3.13
            try:
                self._process.wait(seconds)
            except subprocess.TimeoutExpired:
                return False
            return True
        deadline = monotonic() + seconds
        while os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
            with self._changed:
                self._changed.wait(0.005)
            if monotonic() > deadline:
                return False
        return True

    def _read_messages(self, stream: IO[bytes]) -> None:
        try:
            with stream:
                while message := _next_of(stream):
                    self._take(message)
        except (WireError, OSError, MemoryError):
            self.kill(Ending.CUT_OFF)
        finally:
            with self._changed:
                self._closed = True
                self._changed.notify_all()

    def _take(self, message: Message) -> None:
        with self._changed:
            self._waiting_bytes += _size_of(message)
            self._messages.append(message)
            while len(self._messages) > MOST_WAITING or self._waiting_bytes > MOST_WAITING_BYTES:
                self._waiting_bytes -= _size_of(self._messages.popleft())
            self.last_news = monotonic()
            self._changed.notify_all()

    def _read_output(self, stream: IO[bytes]) -> None:
        try:
            with stream:
                while data := os.read(stream.fileno(), 65_536):
                    with self._changed:
                        self._output += data[: max(0, KEPT_OUTPUT - len(self._output))]
                        self._printed += len(data)
                        too_much = self._printed > self._limits.output
                    if too_much:
                        self.kill(Ending.TOO_MUCH_OUTPUT)
        except OSError:
            return


def _size_of(message: Message) -> int:
    return sum(array.nbytes for array in message[1])


def _next_of(stream: IO[bytes]) -> Message | None:
    """The next message; None where no whole one comes any more."""
    start = stream.read(LENGTHS.size)
    if len(start) < LENGTHS.size:
        return None
    head_length, body_length = lengths(start)
    head, body = stream.read(head_length), stream.read(body_length)
    if len(head) < head_length or len(body) < body_length:
        return None
    return unpack(head, body)


def _ending_of(status: int) -> Ending:
    """How a child ended that nobody has killed, by its exit status."""
    if status == child_limits.OUT_OF_MEMORY:
        return Ending.OUT_OF_MEMORY
    if status == CUT_OFF:
        return Ending.CUT_OFF
    if status in [-getattr(signal, name) for name in ("SIGXCPU", "SIGALRM") if hasattr(signal, name)]:
        return Ending.TIMED_OUT
    if status < 0 or status >= 0xC0000000:  # a signal, or one of Windows' faults
        return Ending.KILLED
    return Ending.VANISHED
