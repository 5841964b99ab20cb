"""Work in a process of its own, forked from this one, which may be killed, hang, or fail."""

import gc
import os
import pickle
import signal
import sys
import tempfile
import warnings
from typing import Any, NamedTuple

from tests.help.patience import patience_s

NOBODY = 65534  # an ordinary user, to root
PATIENCE_S = 60  # with work that takes some ten milliseconds


class ForkResult(NamedTuple):
    """How work ended: "done", "raised", "killed", "hung", "crashed"; what it returned, or its error; its stderr."""

    how: str
    value: Any
    stderr: str

    def __str__(self):
        return f"{self.how} {self.value!r} {self.stderr[-900:]}"


def forked(work, most_s=PATIENCE_S):
    """Do some work in a child process, and wait for it."""
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as stderr:
        sys.stdout.flush()
        with warnings.catch_warnings(action="ignore"):  # of threads, which Python 3.12 fears
            child = os.fork()
        if not child:
            _be_child(work, answer.fileno(), stderr.fileno(), most_s)
        status = os.waitpid(child, 0)[1]
        answer.seek(0)
        stderr.seek(0)
        words, said = stderr.read().decode(errors="replace"), answer.read()
    if os.WIFSIGNALED(status):
        how = {signal.SIGALRM: "hung", signal.SIGKILL: "killed"}.get(os.WTERMSIG(status), "crashed")
        return ForkResult(how, os.WTERMSIG(status), words)
    return ForkResult(*pickle.loads(said), words) if said else ForkResult("crashed", status, words)


def become_nobody():
    """Go on as an ordinary user, where this one is root."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def _be_child(work, answer, stderr, most_s):
    write, leave = os.write, os._exit  # a disk may take their place
    gc.disable()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(max(most_s, round(patience_s())))
    os.dup2(stderr, 2)
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
    try:
        said = "done", work()
    except BaseException as error:
        said = "raised", error
    try:
        write(answer, pickle.dumps(said))
    except Exception:
        write(answer, pickle.dumps((said[0], repr(said[1]))))
    leave(0)
