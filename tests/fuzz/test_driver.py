import random

import pytest

from tests.fuzz import driver
from tests.fuzz.driver import mutated, run

CORPUS = [b"1,2\n3,4\n", b"x;y\n0,5;7\n"]


@pytest.fixture(autouse=True)
def without_atheris_and_limits(monkeypatch):
    monkeypatch.setattr(driver, "HAS_ATHERIS", False)  # it ends the program
    monkeypatch.setattr(driver, "_limit_memory", lambda: None)  # of all tests that follow


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_fault_is_found_shown_and_kept(own_folder, capfd):
    def target(data):
        if b";;" in data:
            raise ValueError("two of them")

    assert run(target, CORPUS, seconds=60, seed=1) == 1

    (kept,) = own_folder.glob("*.bin")
    assert b";;" in kept.read_bytes()
    shown = "".join(capfd.readouterr())
    assert "two of them" in shown
    assert f"--input {kept}" in shown


def test_a_seed_gives_the_same_inputs_again():
    first, second = ([mutated(chance, CORPUS) for _ in range(500)] for chance in (random.Random(7), random.Random(7)))

    assert first == second
    assert len(set(first)) > 300
