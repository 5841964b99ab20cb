"""Runs carried out by processes of this machine, one on each core, one run at a time: a line asks, a line answers."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Lock, Thread, local
from typing import Any

from curvegui.core.child_python import child_command
from curvegui.core.engine.threads import ONE_CORE, ONE_THREAD, cores
from curvegui.core.language.text import tr
from curvegui.core.sweep.task import run_text
from curvegui.sweeps.executor import Connection, ExecutorError, RunLostError

MOST_WORKERS = 256
LAST_WORDS = 2_000  # bytes of what a process wrote to stderr, the end of it
NICENESS = 10  # all cores are busy for minutes: what a person does at the machine goes first
READY = b"ready\n"
START = "import sys; sys.path += sys.argv[1:]; from curvegui.sweeps.local_pool import main; main()"


class LocalPool:
    """Workers on this machine, as many as usable cores unless given; see `Workers`."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = min(workers or cores(), MOST_WORKERS)

    @contextlib.contextmanager
    def open(self, should_stop: Callable[[], bool]) -> Iterator[Connection]:
        executor = ProcessExecutor(self.workers)
        try:
            yield Connection(executor, at_once=2 * self.workers)  # as many wait, so that no process does
        finally:
            executor.end()


class ProcessExecutor(ThreadPoolExecutor):
    """Carries out the runs of a sweep in processes, one for each of its threads. If a process ends in the middle of a
    run, a new process tries the run once more; if that ends too, the run has failed."""

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._lock, self._is_ended = Lock(), False
        self._own = local()  # to each thread
        self._processes: set[_Process] = set()

    def submit(self, _run: Callable[[str], str], text: str, /) -> Any:  # type: ignore[override]
        """Have a process carry out the run that a text describes."""
        return super().submit(self._carried_out, text)

    def _carried_out(self, text: str) -> str:
        for _ in range(2):
            process: _Process = getattr(self._own, "process", None) or self._started()
            answer = process.answer_to(text.encode("ascii") + b"\n")
            self._own.process = process if answer else None
            if answer:
                return answer.decode("ascii", "replace")
            how, _ = self._end_of(process)
        raise RunLostError(tr("Its process ended twice, the second time with {how}.", how=how))

    def _started(self) -> "_Process":
        with self._lock:
            if self._is_ended:
                raise RunLostError
            process = _Process()
            self._processes.add(process)
        if process.answer_to(b"") == READY:
            return process
        how, words = self._end_of(process)
        text = tr("The processes that would run the sweep do not start ({how}). {words}", how=how, words=words)
        raise ExecutorError(text.strip())

    def _end_of(self, process: "_Process") -> tuple[str, str]:
        """How a process ended, ``"SIGKILL"`` or ``"status 1"``, and its last words."""
        with self._lock:
            self._processes.discard(process)
        return process.cleared()

    def end(self) -> None:
        """End all processes, whatever they are doing, and wait until they have ended."""
        with self._lock:
            self._is_ended = True
            for each in self._processes:
                each.kill()
        self.shutdown(cancel_futures=True)
        for each in self._processes:
            each.cleared()
        self._processes.clear()


class _Process:
    """A process that carries out runs; its first answer is ``READY``. Raises ``ExecutorError`` if it cannot start."""

    def __init__(self) -> None:
        try:
            command = child_command("sweep", START)
        except RuntimeError as error:
            raise ExecutorError(str(error)) from error
        apart: dict[str, Any] = {"start_new_session": True}  # a terminal's Ctrl-C is for the app alone
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            env, pipe = os.environ | dict.fromkeys((*ONE_THREAD, ONE_CORE), "1"), subprocess.PIPE
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=self._messages, env=env, **apart)
        except OSError as error:
            self._messages.close()
            words = tr("A process for the sweep cannot be started: {reason}.", reason=error.strerror)
            raise ExecutorError(words) from error
        self.pid, self.kill = self._process.pid, self._process.kill

    def answer_to(self, line: bytes) -> bytes:
        """The next line that the process writes; nothing if it has ended."""
        assert self._process.stdin is not None and self._process.stdout is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(line)
            self._process.stdin.flush()
            answer: bytes = self._process.stdout.readline()
            return answer
        return b""

    def cleared(self) -> tuple[str, str]:
        """How the process has ended, and its last line on stderr, if any; its files are closed."""
        how = f"status {self._process.wait()}"
        with contextlib.suppress(ValueError):
            how = signal.Signals(-self._process.returncode).name
        size = self._messages.seek(0, os.SEEK_END)
        self._messages.seek(max(0, size - LAST_WORDS))
        lines = self._messages.read().decode("utf-8", "replace").split("\n")
        for stream in (self._process.stdin, self._process.stdout, self._messages):
            with contextlib.suppress(OSError):  # what was not written yet has nobody to read it
                stream.close()  # type: ignore[union-attr]
        return how, next((line for line in reversed(lines) if line.strip()), "")


def main() -> None:
    """The program of a process: carry out runs as long as any come."""
    if hasattr(os, "nice"):
        os.nice(max(0, NICENESS - os.nice(0)))  # one that a person has started so gets no less
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever prints something, it is no answer
    tasks: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(tasks,), daemon=True).start()
    with os.fdopen(answers, "wb", buffering=0) as out:
        out.write(READY)
        while True:
            answer = memoryview(run_text(tasks.get().decode("ascii")).encode("ascii") + b"\n")
            while answer:
                answer = answer[out.write(answer) :]


def _listen(tasks: "SimpleQueue[bytes]") -> None:
    for line in sys.stdin.buffer:
        tasks.put(line)
    os._exit(0)
