"""The monkey itself: it finds, aims and shrinks in the same way again, and hears of all that goes wrong."""

import logging
import sys
import threading
import time
from random import Random

import pytest
from PySide6.QtCore import QObject, Signal, qWarning

from tests.monkey import watch as watching
from tests.monkey.__main__ import fewest
from tests.monkey.action import KINDS, Action, Kind, aimed
from tests.monkey.shuffle import shuffled
from tests.monkey.watch import Watch


def test_a_planted_exception_is_found_and_shrunk_to_the_one_action_that_raises_it(monkeypatch):
    def planted(life, chance):
        if chance.random() < 0.2:
            raise ZeroDivisionError("planted")

    def played(numbers):
        watch = Watch()
        for number in numbers:
            watch.carry_out(Action(7, number, kinds), None)
        return watch.found

    monkeypatch.setitem(KINDS, "harmless", Kind(9, lambda life, chance: None))
    monkeypatch.setitem(KINDS, "planted", Kind(1, planted))
    kinds = "harmless", "planted"
    (trouble,) = played(range(300)).values()
    assert trouble.name.startswith("ZeroDivisionError: planted")
    assert Action(7, trouble.at, kinds).kind == "planted"
    assert fewest(range(trouble.at + 1), lambda some: trouble.name in played(some)) == [trouble.at]
    things = [(f"button {number}", number) for number in range(50)]
    chosen = aimed(Random(3), things)
    assert aimed(Random(3), reversed([each for each in things if each[1] % 2 == chosen % 2])) == chosen


@pytest.mark.skipif(not watching.HAS_TIMER, reason="this system has no alarm")
def test_it_hears_of_exceptions_in_slots_and_threads_of_the_log_of_qt_and_of_what_takes_long(monkeypatch):
    monkeypatch.setattr(watching, "slowness", lambda: 1.0)
    log, watch = logging.getLogger("curvegui.somewhere"), Watch(0.04)
    with watch.watching():
        watch.rest()
        end = time.thread_time() + 0.12
        while time.thread_time() < end:
            pass
        watch.piece()
        sys.excepthook(KeyError, KeyError("in a slot"), None)
        thread = threading.Thread(target=int, args=("ValueError in a thread",))
        thread.start()
        thread.join()
        for name in ("a file", "another file"):  # counted, and told once
            log.warning("%s is broken", name)
        qWarning("painter 0x7f00 is not active")
        log.info("all is well")
        qWarning("This plugin does not support raise()")
    counts = [(name.replace(" |", ":").split(":")[0], count) for name, count in watch.count.items()]
    assert counts == [("slow", 1), ("KeyError", 1), ("ValueError", 1), ("WARNING", 2), ("Qt", 1)]


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
