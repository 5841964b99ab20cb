"""Receivers of a signal in another order than the one in which they were connected: who depends on it is found out.

Qt calls them in the order of their connections. So a new one is, by chance, put in front of some of the others, which
are then connected again behind it. Connections of a given type, such as those between threads, stay as they are.
"""

import threading
import warnings
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random
from types import MethodType
from typing import Any
from unittest.mock import patch

import shiboken6
from PySide6.QtCore import QObject, SignalInstance

CONNECT, DISCONNECT, EMIT = SignalInstance.connect, SignalInstance.disconnect, SignalInstance.emit


@contextmanager
def shuffled(seed: int) -> Iterator[None]:
    """Receivers are connected in any order."""
    chance, emitting, ours = Random(seed), list[int](), threading.main_thread()
    receivers = defaultdict[int, list[Callable[[], Any]]](list)  # weakly, by the signal's id

    def connect(signal: Any, receiver: Any, *kind: Any, **more: Any) -> Any:
        made, number = CONNECT(signal, receiver, *kind, **more), id(signal)
        if threading.current_thread() is ours and not kind and not more and number not in emitting:
            with suppress(TypeError):  # nothing refers weakly to that
                reference = (weakref.WeakMethod if isinstance(receiver, MethodType) else weakref.ref)(receiver)
                known = [each for each in receivers[number] if each() is not None]
                first = len(known) - chance.randint(0, len(known))
                moved = [each for each in known[first:] if connect_again(signal, each())]
                receivers[number] = [*known[:first], reference, *moved]
        return made

    def emit(signal: Any, *args: Any) -> Any:
        if threading.current_thread() is not ours:
            return EMIT(signal, *args)
        emitting.append(id(signal))
        try:
            return EMIT(signal, *args)
        finally:
            emitting.pop()

    with patch.multiple(SignalInstance, connect=connect, emit=emit):
        yield


def connect_again(signal: Any, receiver: Any) -> bool:
    """Connect one anew, last; False if it is not connected any more."""
    owner = getattr(receiver, "__self__", None)
    if isinstance(owner, QObject) and not shiboken6.isValid(owner):
        return False
    with warnings.catch_warnings(action="ignore"), suppress(RuntimeError, TypeError):
        if DISCONNECT(signal, receiver):
            CONNECT(signal, receiver)
            return True
    return False
