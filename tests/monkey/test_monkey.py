"""The monkey itself: it aims in the same way again, hears of all that goes wrong, and leaves out what is not needed."""

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


@pytest.fixture
def kinds(monkeypatch):
    """Two kinds of action: one that is harmless, and one that hurts now and then."""

    def planted(life, chance):
        if chance.random() < 0.2:
            raise ZeroDivisionError("planted")

    monkeypatch.setitem(KINDS, "harmless", Kind(9, lambda life, chance: None))
    monkeypatch.setitem(KINDS, "planted", Kind(1, planted))
    return "harmless", "planted"


def test_a_planted_exception_is_found_and_shrunk_to_the_one_action_that_raises_it(kinds):
    def played(numbers):
        watch = Watch()
        for number in numbers:
            watch.carry_out(Action(7, number, kinds), None)
        return watch.found

    (trouble,) = played(range(300)).values()
    assert trouble.name.startswith("ZeroDivisionError: planted")
    assert Action(7, trouble.at, kinds).kind == "planted"
    assert fewest(range(trouble.at + 1), lambda some: trouble.name in played(some)) == [trouble.at]
    assert fewest(range(500), lambda some: {3, 250, 499} <= set(some)) == [3, 250, 499]


def test_an_action_is_the_same_each_time_and_another_for_each_number(kinds):
    first, again = (Action(1, number, kinds) for number in (5, 5))
    assert first.kind == again.kind
    assert first.chance().random() == again.chance().random() != Action(1, 6, kinds).chance().random()


def test_it_aims_at_the_same_thing_whatever_else_is_there():
    things = [(f"button {number}", number) for number in range(50)]
    chosen = aimed(Random(3), things)
    assert aimed(Random(3), reversed([each for each in things if each[1] % 2 == chosen % 2])) == chosen
    assert len({aimed(Random(seed), things) for seed in range(100)}) > 20
    assert aimed(Random(3), []) is None


def test_it_hears_of_exceptions_in_slots_and_threads_of_the_log_and_of_qt():
    log, watch = logging.getLogger("curvegui.somewhere"), Watch()
    watch.at = 12
    with watch.watching():
        sys.excepthook(KeyError, KeyError("in a slot"), None)
        thread = threading.Thread(target=int, args=("ValueError in a thread",))
        thread.start()
        thread.join()
        for name in ("a file", "another file"):  # counted, and told once
            log.warning("%s is broken", name)
        qWarning("painter 0x7f00 is not active")
        log.info("all is well")
        qWarning("This plugin does not support raise()")
    names = [name.split(":")[0] for name in watch.found]
    assert dict(zip(names, watch.count.values(), strict=True)) == {
        "KeyError": 1,
        "ValueError": 1,
        "WARNING": 2,
        "Qt": 1,
    }
    assert {trouble.at for trouble in watch.found.values()} == {12}


@pytest.mark.skipif(not watching.HAS_TIMER, reason="this system has no alarm")
def test_a_piece_that_takes_long_is_told_with_where_it_was(monkeypatch):
    monkeypatch.setattr(watching, "slowness", lambda: 1.0)
    watch = Watch(0.04)
    with watch.watching():
        watch.rest()
        watch.piece()
        assert not watch.found
        end = time.thread_time() + 0.12
        while time.thread_time() < end:
            pass
        watch.piece()
    (trouble,) = watch.found.values()
    assert trouble.name.startswith("slow")
    assert "test_a_piece_that_takes_long" in trouble.more


class Sender(QObject):
    said = Signal(int)


class Receiver(QObject):
    def hear(self, number):
        self.parent().heard.append(self.objectName())


def test_receivers_are_called_in_another_order_but_each_once():
    orders = set()
    with shuffled(3):
        for _ in range(10):
            sender = Sender()
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
