from pathlib import Path

import pytest

import curvegui
from tests.soak.kills import outcomes

pytestmark = pytest.mark.slow

KILLS, MOST_TIMES = 4, 40


def test_a_program_that_is_killed_while_it_saves_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(curvegui.__file__).parents[1]))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    for seed in range(MOST_TIMES):
        found = outcomes(KILLS, tmp_path, seed)
        assert found["LOST"] == 0
        assert found["after 500"] + found["after 5000"] == KILLS
        if found["half-written files beside it"]:  # some were killed in the middle of it
            break
    else:
        pytest.fail("None was killed in the middle of it.")
