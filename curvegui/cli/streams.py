"""Writing to stdout and stderr, which may be missing, closed at the other end, or full."""

import contextlib
import errno
import io
import os
import sys

from curvegui.core.language.text import tr

NOBODY_READS = (errno.EPIPE, errno.EINVAL)  # EINVAL: what Windows says of a closed pipe


def soften_output() -> None:
    """Write a question mark for a letter that the terminal's encoding lacks, where Python would raise."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def complain(text: str) -> None:
    """Write a line to stderr, if there is one."""
    if sys.stderr:
        with contextlib.suppress(OSError):
            sys.stderr.write(text + "\n")
            sys.stderr.flush()


def ask(question: str) -> bool | None:
    """Whether a person at a terminal says yes; None where there is nobody to ask."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return None
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def deliver(text: str) -> bool:
    """Write lines to stdout, if there is one; returns whether they were written.

    A reader that has gone, as ``| head`` does, is no reason for a message.
    """
    if not sys.stdout:
        return True
    try:
        sys.stdout.write(text + "\n")
    except OSError as error:
        return _give_up(error)
    return flush_output()


def flush_output() -> bool:
    """Write out what is still buffered for stdout; False where that failed."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        return _give_up(error)
    return True


def _give_up(error: OSError) -> bool:
    """Redirect the rest to nowhere, or Python would try again when it ends, and complain."""
    if error.errno not in NOBODY_READS:
        complain(tr("The result could not be written: {reason}.", reason=error.strerror))
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    return False
