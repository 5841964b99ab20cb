"""Something that is done in a process of its own, forked from this one, which may be killed, hang, or fail."""

import gc
import os
import pickle
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.help.patience import patience_s as on_this_machine

NOBODY = 65534  # an ordinary user, to root
PATIENCE_S = 60  # of work that takes some ten milliseconds


@dataclass(frozen=True)
class ForkResult:
    """How it ended: "done", "raised", "killed", "hung", "crashed"; what it returned, or the error; what stderr got."""

    how: str
    value: Any
    stderr: str


def forked(
    work: Callable[[], Any], patience_s: int = PATIENCE_S, meanwhile: Callable[[int], object] | None = None
) -> ForkResult:
    """Do some work in a child process, and wait for it; ``meanwhile`` is called here with the child's number."""
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as stderr:
        sys.stdout.flush()
        with warnings.catch_warnings(action="ignore"):  # of threads, which Python 3.12 fears
            child = os.fork()
        if not child:
            _child(work, answer.fileno(), stderr.fileno(), patience_s)
        if meanwhile:
            meanwhile(child)
        _, status = os.waitpid(child, 0)
        answer.seek(0)
        stderr.seek(0)
        words, said = stderr.read().decode(errors="replace"), answer.read()
    if os.WIFSIGNALED(status):
        how = {signal.SIGALRM: "hung", signal.SIGKILL: "killed"}.get(os.WTERMSIG(status), "crashed")
        return ForkResult(how, os.WTERMSIG(status), words)
    return ForkResult(*pickle.loads(said), words) if said else ForkResult("crashed", status, words)


def in_home(home: Path) -> None:
    """Let this process think that a person's files are there."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_DOCUMENTS_DIR"):
        os.environ[name] = os.fspath(home)


def become_nobody() -> None:
    """Go on as an ordinary user, where this one is root."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def _child(work: Callable[[], Any], answer: int, stderr: int, patience_s: int) -> None:
    write, leave = os.write, os._exit  # a disk may take their place
    gc.disable()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(max(patience_s, round(on_this_machine())))
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
