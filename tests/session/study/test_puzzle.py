"""A function on its way into a file: where that cannot be done, a sentence says why, and nothing changes."""

import pytest

from curvegui.session.study.exercise import LearnerExercise
from curvegui.session.study.puzzle import PuzzleWork


@pytest.mark.parametrize(
    ("data", "why"), [(None, "no such file"), (b"", "is empty"), (b"\xff\xfa", "UTF-8"), (b"a = 1", "no function")]
)
def test_a_file_that_cannot_be_used_is_told_by_its_name(qtbot, tmp_path, data, why):
    path = tmp_path / "mine.py"
    if data is not None:
        path.write_bytes(data)
    work = PuzzleWork(LearnerExercise())
    with qtbot.waitSignal(work.failed) as failed:
        work.put(path, "J_b3", "def J_b3(x, y):\n    return 0")
    assert why in failed.args[0] and "“mine.py”" in failed.args[0]
    assert data is None or path.read_bytes() == data
