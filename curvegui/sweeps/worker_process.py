"""A process of the pool, as the app sees it and what it does: it gets one run at a time, and tells what became of it.

Runs come in as lines, and their results go out as lines. It ends at once when the other end of its input is closed, as
when the app is killed.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from queue import SimpleQueue
from threading import Thread
from typing import Any

from curvegui.core.child_python import child_command
from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.engine.threads import ONE_CORE, ONE_THREAD
from curvegui.core.language.text import tr
from curvegui.core.sweep.plan import SweepTask
from curvegui.core.sweep.task import run_text, task_text
from curvegui.sweeps.executor import ExecutorError

START = "import sys; sys.path += sys.argv[1:]; from curvegui.sweeps.worker_process import main; main()"
LAST_WORDS = 2_000  # bytes of what it wrote to stderr, the end of it

News = SimpleQueue[tuple["WorkerProcess", bytes | None]]
"""A worker and a line that it wrote; None when it has ended."""


class WorkerProcess:
    """A process that is starting; a thread puts what it says into ``news``.

    ``task`` is its present run, ``is_ready`` whether it has said so. Raises ``ExecutorError`` if it cannot start.
    """

    def __init__(self, news: News) -> None:
        self.task: SweepTask | None = None
        self.is_ready = False
        command = _command()
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._messages,
                env=os.environ | dict.fromkeys((*ONE_THREAD, ONE_CORE), "1"),
                **_apart(),
            )
        except OSError as error:
            self._messages.close()
            raise ExecutorError(
                tr("A process for the sweep cannot be started: {reason}.", reason=error.strerror)
            ) from error
        self._listener = Thread(target=self._listen, args=(news,), daemon=True)
        self._listener.start()

    def _listen(self, news: News) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            for line in self._process.stdout:
                news.put((self, line))
        self._process.wait()
        news.put((self, None))

    def give(self, task: SweepTask, arithmetic: Arithmetic) -> None:
        """Let it begin with a run; if it has just ended, its end comes as the next news."""
        self.task = task
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(task_text(task, arithmetic).encode("ascii") + b"\n")
            self._process.stdin.flush()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def ending(self) -> str:
        """How it ended: ``"SIGKILL"`` or ``"status 1"``."""
        status = self._process.wait()
        if status < 0:
            with contextlib.suppress(ValueError):
                return signal.Signals(-status).name
        return f"status {status}"

    def last_words(self) -> str:
        """The last line that it wrote to stderr, or nothing."""
        size = self._messages.seek(0, os.SEEK_END)
        self._messages.seek(max(0, size - LAST_WORDS))
        lines = self._messages.read().decode("utf-8", "replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "")

    def kill(self) -> None:
        """End it, whatever it is doing; `clear` waits for its end."""
        self._process.kill()

    def clear(self) -> None:
        """Let go of what belonged to a process that was killed or has ended."""
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout, self._messages):
            with contextlib.suppress(OSError):  # what was not written yet has nobody to read it
                stream.close()  # type: ignore[union-attr]


def _command() -> list[str]:
    try:
        return child_command("sweep", START)
    except RuntimeError as error:
        raise ExecutorError(str(error)) from error


def _apart() -> dict[str, Any]:
    """What keeps a terminal's Ctrl-C away from it: the app ends its processes itself."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


NICENESS = 10  # all cores are busy for minutes: what a person does at the machine goes first
READY = b"ready\n"


def main() -> None:
    """Carry out runs as long as any come: what the process itself runs."""
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
