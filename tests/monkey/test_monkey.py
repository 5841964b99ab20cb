"""The monkey itself: it hears of all that goes wrong, finds who did that, and calls receivers in any order."""

import logging
import sys
import threading
import time

import pytest
from PySide6.QtCore import QObject, Signal, qWarning

from tests.monkey import watch as watching
from tests.monkey.__main__ import fewest
from tests.monkey.life import KINDS, Action, Kind, carry_out
from tests.monkey.shuffle import shuffled
from tests.monkey.watch import Watch


@pytest.mark.skipif(not watching.HAS_TIMER, reason="this system has no alarm")
def test_it_hears_of_exceptions_in_actions_slots_and_threads_of_the_log_of_qt_and_of_what_takes_long(monkeypatch):
    monkeypatch.setattr(watching, "slowness", lambda: 1.0)
    monkeypatch.setitem(KINDS, "planted", Kind(1, lambda life, chance: 1 / 0))
    monkeypatch.setitem(KINDS, "harmless", Kind(9, lambda life, chance: None))
    log, watch = logging.getLogger("curvegui.somewhere"), Watch(0.04)
    with watch.watching():
        watch.rest()
        end = time.thread_time() + 0.12
        while time.thread_time() < end:
            pass
        watch.piece()
        for number in range(50):
            carry_out(Action(7, number, ("harmless", "planted")), None, watch)
        sys.excepthook(KeyError, KeyError("in a slot"), None)
        thread = threading.Thread(target=int, args=("ValueError in a thread",))
        thread.start()
        thread.join()
        for name in ("a file", "another file"):  # counted, and told once
            log.warning("%s is broken", name)
        qWarning("painter 0x7f00 is not active")
        log.info("all is well")
        qWarning("This plugin does not support raise()")
    names = [name.replace(" |", ":").split(":")[0] for name in watch.found]
    assert names == ["slow", "ZeroDivisionError", "KeyError", "ValueError", "WARNING", "Qt"]
    first = watch.found[next(name for name in watch.found if "Zero" in name)].at
    assert fewest(range(50), lambda some: first in some) == [first]


class Receiver(QObject):
    said = Signal(int)

    def hear(self, number):
        self.parent().heard.append(self.objectName())


def test_receivers_are_called_in_another_order_but_each_once():
    orders = set()
    with shuffled(3):
        for _ in range(10):
            sender = Receiver()
            heard = sender.heard = []
            for name in "abcd":
                sender.said.connect(Receiver(sender, objectName=name).hear)
            sender.findChild(Receiver, "c").deleteLater()  # it may be gone, or not yet
            sender.said.connect(lambda number, heard=heard: heard.append("e"))
            sender.said.emit(1)
            assert sorted({*heard, "c"}) == list("abcde")
            assert len(heard) == len(set(heard))
            orders.add("".join(heard))
    assert len(orders) > 2
