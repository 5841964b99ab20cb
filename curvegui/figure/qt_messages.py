"""Hears what Qt says in its log while something is done, which Qt says nowhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, get_ident

from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler

Handler = Callable[[QtMsgType, QMessageLogContext, str], None]

_one_at_a_time = Lock()  # there is one handler in a process; two that overlap could be taken off in the wrong order


@contextmanager
def heard_messages() -> Iterator[list[str]]:
    """Messages of this thread go into the list and nowhere else; those of other threads go where they always do."""
    heard: list[str] = []
    thread = get_ident()

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if get_ident() == thread:
            heard.append(message)
        elif before is not None:
            before(kind, context, message)
        elif sys.stderr is not None:
            sys.stderr.write(f"{qFormatLogMessage(kind, context, message)}\n")

    with _one_at_a_time:
        before: Handler | None = qInstallMessageHandler(hear)
        try:
            yield heard
        finally:
            qInstallMessageHandler(before)
