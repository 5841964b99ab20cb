"""Runs the real command: in a process of its own, as a shell would, or in this one."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from curvegui.__main__ import main
from tests.help.patience import patience_s

ROOT = Path(__file__).parents[2]


def environment(**changes: str) -> dict[str, str]:
    """An environment without a display, in which the checkout is the program."""
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "PYTHONUNBUFFERED")  # a usual program writes in blocks
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "PYTHONPATH": str(ROOT), **changes}


def run(*words: str, program: Sequence[str] = ("-m", "curvegui"), **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command to its end; returns its status and what it wrote."""
    options = {"env": environment(), "stdin": subprocess.DEVNULL, "encoding": "utf-8", **options}
    if not {"stdout", "stderr"} & set(options):
        options["capture_output"] = True
    return subprocess.run([sys.executable, *program, *words], timeout=patience_s(), check=False, **options)


def run_here(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command to its end in this process, which saves starting one; returns the same as `run`."""
    with chdir(cwd or Path()), redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        try:
            status: Any = main(list(words))
        except SystemExit as ended:
            status = ended.code
    return subprocess.CompletedProcess(words, status, out.getvalue(), err.getvalue())


@contextmanager
def started(
    *words: str, program: Sequence[str] = ("-m", "curvegui"), **options: Any
) -> Iterator[subprocess.Popen[str]]:
    """Start the command and leave it running; it is gone when the block ends."""
    options = {"env": environment(), "encoding": "utf-8", **options}
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    with _ctrl_c_reaches_children():
        process = subprocess.Popen([sys.executable, *program, *words], **options)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=patience_s())


@contextmanager
def _ctrl_c_reaches_children() -> Iterator[None]:
    """Children inherit an ignored SIGINT, as in a job that a shell started in the background."""
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
