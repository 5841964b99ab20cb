import random

from tests.fuzz.driver import mutated
from tests.help.command import environment, run

CORPUS = [b"1,2\n3,4\n", b"x;y\n0,5;7\n"]
SCRIPT = f"""
from tests.fuzz.driver import by_chance

def target(data):
    assert b";;" not in data, "two of them"

by_chance(target, {CORPUS}, seconds=60, seed=1)
"""


def test_by_chance_a_fault_is_found_shown_and_kept(tmp_path):
    ended = run(program=("-c", SCRIPT), env=environment(TMPDIR=str(tmp_path)))

    assert ended.returncode == 1
    assert "two of them" in ended.stderr
    (kept,) = tmp_path.glob("*.bin")
    assert b";;" in kept.read_bytes()
    assert f"--input {kept}" in ended.stdout


def test_a_seed_gives_the_same_inputs_again():
    first, second = ([mutated(chance, CORPUS) for _ in range(500)] for chance in (random.Random(7), random.Random(7)))

    assert first == second
    assert len(set(first)) > 300
