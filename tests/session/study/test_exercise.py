"""A learner's file: read when it is saved, run only with consent, and judged afresh each time."""

from contextlib import suppress

import pytest
from PySide6.QtCore import QThreadPool

from curvegui.exercise.file.reading import read_learner_file
from curvegui.exercise.file.template import write_exercise
from curvegui.exercise.problem import ExerciseError
from curvegui.exercise.verdict.verdict import Grade
from curvegui.session.study import exercise as exercise_desk
from curvegui.session.study.exercise import LearnerExercise

PATIENCE_MS = 30_000
WRONG = """
def J_W3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    return 2 * (a3 - y) * sigma(z3) @ a2.T / x.size
"""
RIGHT = WRONG.replace("* sigma(", "* d_sigma(")


@pytest.fixture
def desk(qapp):
    desk = LearnerExercise()
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


LOOP = "\ndef J_W3(x, y):\n    while True:\n        pass\n"


def opened(qtbot, desk, path, content):
    path.write_text(content)
    with qtbot.waitSignal(desk.consent_wanted, timeout=PATIENCE_MS):
        desk.open(path)


def test_a_check_that_goes_on_is_ended_by_what_is_saved_meanwhile(qtbot, desk, path):
    opened(qtbot, desk, path, LOOP)
    desk.allow(follow=True)
    reports = []
    desk.changed.connect(lambda: reports.append(desk.report))
    path.write_text(RIGHT)
    qtbot.waitUntil(lambda: grade(desk) is Grade.RIGHT, timeout=PATIENCE_MS)
    assert {report and report.functions["J_W3"].grade for report in reports} == {None, Grade.RIGHT}


def test_a_check_ends_with_the_desk(qtbot, desk, path, monkeypatch):
    ended, begun = [], []

    def check(file, stopping):
        begun.append(file)
        ended.append(stopping.wait(PATIENCE_MS / 1000))

    monkeypatch.setattr(exercise_desk, "check", check)
    opened(qtbot, desk, path, WRONG)
    desk.allow(follow=True)
    qtbot.waitUntil(lambda: bool(begun), timeout=PATIENCE_MS)
    assert desk.is_busy
    desk.close()
    assert not desk.is_busy
    assert QThreadPool.globalInstance().waitForDone(PATIENCE_MS)
    assert ended == [True]


def test_consent_is_for_what_was_asked_about_and_not_for_what_has_been_saved_since(qtbot, desk, path):
    opened(qtbot, desk, path, WRONG)
    asked = desk.file
    with qtbot.waitSignal(desk.consent_wanted, timeout=PATIENCE_MS):
        path.write_text(RIGHT)
    with qtbot.waitSignal(desk.consent_wanted, timeout=PATIENCE_MS) as again:
        desk.allow(follow=False, file=asked)
    assert again.args[0] is desk.file and not desk.is_allowed and not desk.is_busy
    desk.allow(follow=True, file=asked)
    assert desk.is_allowed


def test_consent_for_a_file_that_was_left_is_for_no_other(qtbot, desk, path, tmp_path):
    opened(qtbot, desk, path, WRONG)
    asked = desk.file
    opened(qtbot, desk, tmp_path / "other.py", RIGHT)
    desk.allow(follow=True, file=asked)
    assert not desk.is_allowed and not desk.is_busy


def test_a_content_that_may_not_run_has_no_verdict_of_another(qtbot, desk, path):
    opened(qtbot, desk, path, WRONG)
    desk.allow(follow=False)
    qtbot.waitUntil(lambda: grade(desk) is Grade.WRONG, timeout=PATIENCE_MS)
    with qtbot.waitSignal(desk.consent_wanted, timeout=PATIENCE_MS):
        path.write_text(RIGHT)
    assert desk.report is None


def test_a_file_that_is_moved_away_to_be_saved_is_no_failure(qtbot, desk, path, monkeypatch):
    opened(qtbot, desk, path, WRONG)
    desk.allow(follow=True)
    qtbot.waitUntil(lambda: grade(desk) is Grade.WRONG, timeout=PATIENCE_MS)
    told, missed = [], []
    desk.failed.connect(told.append)

    def noticed(path):
        try:
            return read_learner_file(path)
        except ExerciseError as error:
            missed.append(str(error))
            raise

    monkeypatch.setattr(exercise_desk, "read_learner_file", noticed)
    desk._second.setInterval(PATIENCE_MS)  # however slow this machine is
    path.rename(path.with_suffix(".bak"))
    qtbot.waitUntil(lambda: bool(missed), timeout=PATIENCE_MS)
    path.write_text(RIGHT)
    qtbot.waitUntil(lambda: grade(desk) is Grade.RIGHT, timeout=PATIENCE_MS)
    assert told == []
