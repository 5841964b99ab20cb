"""A learner's file: read when it is saved, run only with consent, and judged afresh each time."""

from contextlib import suppress

import pytest

from curvegui.exercise.exercise_error import ExerciseError
from curvegui.exercise.template import write_exercise
from curvegui.exercise.verdict import Grade
from curvegui.session import exercise_desk
from curvegui.session.exercise_desk import ExerciseDesk

PATIENCE_MS = 30_000
WRONG = """
def J_W3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    return 2 * (a3 - y) * sigma(z3) @ a2.T / x.size
"""
RIGHT = WRONG.replace("* sigma(", "* d_sigma(")


@pytest.fixture
def desk(qapp):
    desk = ExerciseDesk()
    yield desk
    desk.close()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(WRONG)
    return path


def grade(desk, name="J_W3"):
    return desk.report and not desk.is_busy and desk.report.functions[name].grade


def test_nothing_runs_before_somebody_agrees(qtbot, desk, path):
    mark = path.with_name("it_ran")
    path.write_text(f"open({str(mark)!r}, 'w').close()\n{WRONG}")
    with qtbot.waitSignal(desk.consent_wanted, timeout=PATIENCE_MS) as wanted:
        desk.open(path)
    assert wanted.args[0].path == path and not desk.is_allowed
    assert desk.report is None and not desk.is_busy and not mark.exists()


def test_with_consent_it_is_judged_and_so_is_what_is_saved_later(qtbot, desk, path):
    with qtbot.waitSignal(desk.consent_wanted, timeout=PATIENCE_MS):
        desk.open(path)
    desk.allow(follow=True)
    qtbot.waitUntil(lambda: grade(desk) is Grade.WRONG, timeout=PATIENCE_MS)
    assert desk.report.functions["J_W3"].kind == "sigma-for-d_sigma"
    path.write_text(RIGHT)
    qtbot.waitUntil(lambda: grade(desk) is Grade.RIGHT, timeout=PATIENCE_MS)


def test_an_editor_that_puts_another_file_in_its_place_is_noticed(qtbot, desk, path):
    desk.open(path)
    qtbot.waitUntil(lambda: desk.file is not None, timeout=PATIENCE_MS)
    desk.allow(follow=True)
    for content, expected in ((RIGHT, Grade.RIGHT), (WRONG, Grade.WRONG), (RIGHT, Grade.RIGHT)):
        other = path.with_suffix(".new")
        other.write_text(content)
        other.replace(path)
        qtbot.waitUntil(lambda expected=expected: grade(desk) is expected, timeout=PATIENCE_MS)


def test_consent_for_once_is_for_this_content_alone(qtbot, desk, path):
    with qtbot.waitSignal(desk.consent_wanted, timeout=PATIENCE_MS):
        desk.open(path)
    desk.allow(follow=False)
    qtbot.waitUntil(lambda: grade(desk) is Grade.WRONG, timeout=PATIENCE_MS)
    with qtbot.waitSignal(desk.consent_wanted, timeout=PATIENCE_MS):
        path.write_text(RIGHT)
    assert not desk.is_allowed
    path.write_text(WRONG)
    qtbot.waitUntil(lambda: desk.is_allowed and not desk.is_busy, timeout=PATIENCE_MS)
    assert grade(desk) is Grade.WRONG


def test_a_file_that_goes_away_is_said_and_one_that_comes_back_is_read(qtbot, desk, path):
    desk.open(path)
    qtbot.waitUntil(lambda: desk.file is not None, timeout=PATIENCE_MS)
    desk.allow(follow=True)
    qtbot.waitUntil(lambda: grade(desk) is Grade.WRONG, timeout=PATIENCE_MS)
    with qtbot.waitSignal(desk.failed, timeout=PATIENCE_MS) as failed:
        path.unlink()
    assert path.name in failed.args[0] and desk.report is None
    path.write_text(RIGHT)
    qtbot.waitUntil(lambda: grade(desk) is Grade.RIGHT, timeout=PATIENCE_MS)


def test_what_is_saved_while_an_endless_check_goes_on_is_judged_at_once(qtbot, desk, path):
    path.write_text("def J_W3(x, y):\n    while True: pass\n")
    desk.open(path)
    qtbot.waitUntil(lambda: desk.file is not None, timeout=PATIENCE_MS)
    desk.allow(follow=True)
    assert desk.is_busy
    reports = []
    desk.changed.connect(lambda: reports.append(desk.report))
    path.write_text(RIGHT)
    qtbot.waitUntil(lambda: grade(desk) is Grade.RIGHT, timeout=PATIENCE_MS)
    assert set(map(id, reports)) == {id(None), id(desk.report)}  # of the endless one, nothing was said


def test_what_is_wrong_with_a_file_is_known_until_there_is_another(qtbot, desk, path, tmp_path):
    bad = tmp_path / "bad.ipynb"
    bad.write_bytes(b"\x00\x01")
    with qtbot.waitSignal(desk.failed, timeout=PATIENCE_MS) as failed:
        desk.open(bad)
    assert desk.problem == failed.args[0] and "bad.ipynb" in desk.problem
    desk.open(path)
    assert desk.problem == ""


def test_a_file_that_cannot_be_judged_says_so_until_it_is_judged_again(qtbot, desk, path, monkeypatch):
    def fail(*_, **__):
        raise ExerciseError("There is no Python to run it with.")

    desk.open(path)
    qtbot.waitUntil(lambda: desk.file is not None, timeout=PATIENCE_MS)
    with monkeypatch.context() as broken:
        broken.setattr(exercise_desk, "check", fail)
        with qtbot.waitSignal(desk.failed, timeout=PATIENCE_MS):
            desk.allow(follow=True)
    assert desk.problem == "There is no Python to run it with." and not desk.is_busy and desk.report is None
    desk.check_again()
    qtbot.waitUntil(lambda: grade(desk) is Grade.WRONG, timeout=PATIENCE_MS)
    assert desk.problem == ""


@pytest.mark.parametrize("way", ["a backup, as vim", "emptied first"])
def test_however_an_editor_saves_it_is_noticed(qtbot, desk, path, way):
    desk.open(path)
    qtbot.waitUntil(lambda: desk.file is not None, timeout=PATIENCE_MS)
    desk.allow(follow=True)
    for content, expected in ((RIGHT, Grade.RIGHT), (WRONG, Grade.WRONG)):
        if way == "emptied first":
            with path.open("w") as file:
                file.flush()
                qtbot.waitUntil(desk._settling.isActive, timeout=PATIENCE_MS)
                file.write(content)
        else:
            backup = path.with_name(f"{path.name}~")
            path.rename(backup)
            path.write_text(content)
            backup.unlink()
        qtbot.waitUntil(lambda expected=expected: grade(desk) is expected, timeout=PATIENCE_MS)
    assert desk.problem == ""


def test_the_answer_about_a_file_that_was_left_is_dropped(qtbot, desk, path, tmp_path):
    other = tmp_path / "other.py"
    write_exercise(other)
    desk.open(path)
    qtbot.waitUntil(lambda: desk.file is not None, timeout=PATIENCE_MS)
    desk.allow(follow=True)
    with qtbot.waitSignal(desk.consent_wanted, timeout=PATIENCE_MS):
        desk.open(other)
    assert (desk.path, desk.follows, desk.report) == (other, False, None)
    desk.allow(follow=False)
    qtbot.waitUntil(lambda: grade(desk) is Grade.RIGHT, timeout=PATIENCE_MS)
    assert grade(desk, "J_b1") is Grade.MISSING


def test_a_closed_desk_looks_at_nothing(qtbot, desk, path):
    desk.open(path)
    desk.close()
    with suppress(AssertionError), qtbot.assertNotEmitted(desk.consent_wanted, wait=0):
        path.write_text(RIGHT)
    assert (desk.path, desk.file, desk.report, desk.is_busy) == (None, None, None, False)
