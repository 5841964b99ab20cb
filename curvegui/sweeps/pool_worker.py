"""What a process of the pool does: runs come in as lines, and their results go out as lines.

It ends at once when the other end of its input is closed, as when the app is killed.
"""

import os
import sys
from queue import SimpleQueue
from threading import Thread

NICENESS = 10  # all cores are busy for minutes: what a person does at the machine goes first
READY = b"ready\n"


def main() -> None:
    """Carry out runs as long as any come."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever prints something, it is no answer
    tasks: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(tasks,), daemon=True).start()
    from curvegui.core.sweep.task import run_text

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
