"""Receivers of a signal in another order than the one in which they were connected: who depends on it is found out.

Qt calls them in the order of their connections. So a new one is, by chance, put in front of some of the others, which
are then connected again behind it. Connections of a given type, such as those between threads, stay as they are.
"""

import threading
import warnings
import weakref
from collections.abc import Callable
from contextlib import suppress
from random import Random
from types import MethodType
from typing import Any, Self

import shiboken6
from PySide6.QtCore import QObject, SignalInstance

CONNECT, DISCONNECT, EMIT = SignalInstance.connect, SignalInstance.disconnect, SignalInstance.emit
Reference = Callable[[], Any]
MANY = 5_000  # new connections, after which receivers that have gone are forgotten: a window leaves hundreds


class Shuffle:
    """Within it, receivers are connected in any order. ``count`` is how many connections it has put elsewhere."""

    def __init__(self, seed: int) -> None:
        self._chance, self.count = Random(seed), 0
        self._known: dict[int, list[Reference]] = {}
        self._made = 0
        self._emitting: list[int] = []

    def __enter__(self) -> Self:
        def connect(signal: Any, *args: Any, **more: Any) -> Any:  # a function, so that it is given the signal
            return self._connect(signal, *args, **more)

        def emit(signal: Any, *args: Any) -> Any:
            if threading.current_thread() is not threading.main_thread():
                return EMIT(signal, *args)
            self._emitting.append(id(signal))
            try:
                return EMIT(signal, *args)
            finally:
                self._emitting.pop()

        SignalInstance.connect, SignalInstance.emit = connect, emit
        return self

    def __exit__(self, *error: object) -> None:
        SignalInstance.connect, SignalInstance.emit = CONNECT, EMIT

    def _connect(self, signal: Any, receiver: Any, *kind: Any, **more: Any) -> Any:
        made = CONNECT(signal, receiver, *kind, **more)
        is_ours = threading.current_thread() is threading.main_thread() and not kind and not more
        reference = _weakly(receiver) if is_ours and id(signal) not in self._emitting else None
        if reference is not None:
            known = [each for each in self._known.get(id(signal), ()) if each() is not None]
            behind = self._chance.randint(0, len(known))
            moved = [each for each in known[len(known) - behind :] if self._connect_again(signal, each())]
            self._known[id(signal)] = [*known[: len(known) - behind], reference, *moved]
            self._made += 1
            if self._made % MANY == 0:
                alive = ((key, [each for each in known if each() is not None]) for key, known in self._known.items())
                self._known = {key: known for key, known in alive if known}
        return made

    def _connect_again(self, signal: Any, receiver: Any) -> bool:
        """Connect one anew, last; False if it is not connected any more."""
        owner = getattr(receiver, "__self__", None)
        if isinstance(owner, QObject) and not shiboken6.isValid(owner):
            return False
        with warnings.catch_warnings(action="ignore"), suppress(RuntimeError, TypeError):
            if DISCONNECT(signal, receiver):
                CONNECT(signal, receiver)
                self.count += 1
                return True
        return False


def _weakly(receiver: Any) -> Reference | None:
    """What does not keep it alive; None where that is not possible."""
    if isinstance(receiver, MethodType):
        return weakref.WeakMethod(receiver)
    try:
        return weakref.ref(receiver)
    except TypeError:
        return None
