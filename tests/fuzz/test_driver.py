import random
from functools import partial

import pytest

from tests.fuzz.driver import by_chance, mutated


def test_by_chance_a_fault_is_found_and_a_seed_gives_the_same_inputs_again(monkeypatch):
    monkeypatch.setattr("tests.fuzz.driver.MOST_BYTES", -1)  # of address space: no limit for the tests
    monkeypatch.setattr("faulthandler.dump_traceback_later", lambda *given, **named: None)  # ends the process, later
    corpus, tried = [b"1,2\n3,4\n", b"x;y\n0,5;7\n"], []

    def target(data):
        tried.append(data)
        assert b";;" not in data, "two of them"

    with pytest.raises(AssertionError, match="two of them"):
        by_chance(target, corpus, seconds=60, seed=1)

    assert tried == list(map(partial(mutated, random.Random(1)), [corpus] * len(tried)))
