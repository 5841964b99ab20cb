"""A learner's file: read when it is saved, run only with consent, and judged afresh each time."""

import errno
from contextlib import suppress

import pytest
from PySide6.QtCore import QFileSystemWatcher

from curvegui.exercise.file.learner_file import read_learner_file
from curvegui.exercise.file.template import exercise_for
from curvegui.exercise.problem import ExerciseError, problems_for_check
from curvegui.exercise.runner.process import Limits
from curvegui.exercise.runner.runner import run_learner
from curvegui.exercise.verdict.judge import judge
from curvegui.exercise.verdict.verdict import Grade
from curvegui.session.study import exercise as exercise_module
from curvegui.session.study.exercise import LearnerExercise, write_exercise
from tests.files.faults import FaultyDisk
from tests.help.patience import patience_ms
from tests.help.writing import names_in

pytestmark = pytest.mark.costly

WRONG = """
def J_W3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    return 2 * (a3 - y) * sigma(z3) @ a2.T / x.size
"""
RIGHT = WRONG.replace("* sigma(", "* d_sigma(")


@pytest.fixture
def exercise(qapp):
    exercise = LearnerExercise()
    yield exercise
    exercise.close()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(WRONG)
    return path


def allowed(qtbot, exercise, path):
    """The file is open, and may run."""
    exercise.open(path)
    qtbot.waitUntil(lambda: exercise.file is not None)
    exercise.allow(follow=True)


def grade(exercise, name="J_W3"):
    return exercise.report and not exercise.is_busy and exercise.report.functions[name].grade


def test_nothing_runs_before_somebody_agrees(qtbot, exercise, path):
    mark = path.with_name("it_ran")
    path.write_text(f"open({str(mark)!r}, 'w').close()\n{WRONG}")
    with qtbot.waitSignal(exercise.consent_wanted) as wanted:
        exercise.open(path)
    assert wanted.args[0].path == path and not exercise.is_allowed
    assert exercise.report is None and not exercise.is_busy and not mark.exists()


def test_with_consent_it_is_judged_and_so_is_what_is_saved_later(qtbot, exercise, path):
    with qtbot.waitSignal(exercise.consent_wanted):
        exercise.open(path)
    exercise.allow(follow=True)
    qtbot.waitUntil(lambda: grade(exercise) is Grade.WRONG)
    assert exercise.report.functions["J_W3"].kind == "sigma-for-d_sigma"
    path.write_text(RIGHT)
    qtbot.waitUntil(lambda: grade(exercise) is Grade.RIGHT)


def test_consent_for_once_is_for_this_content_alone(qtbot, exercise, path):
    with qtbot.waitSignal(exercise.consent_wanted):
        exercise.open(path)
    exercise.allow(follow=False)
    qtbot.waitUntil(lambda: grade(exercise) is Grade.WRONG)
    with qtbot.waitSignal(exercise.consent_wanted):
        path.write_text(RIGHT)
    assert not exercise.is_allowed
    path.write_text(WRONG)
    qtbot.waitUntil(lambda: exercise.is_allowed and grade(exercise) is Grade.WRONG)


def test_a_file_that_goes_away_is_said_and_one_that_comes_back_is_read(qtbot, exercise, path):
    allowed(qtbot, exercise, path)
    qtbot.waitUntil(lambda: grade(exercise) is Grade.WRONG)
    with qtbot.waitSignal(exercise.failed) as failed:
        path.unlink()
    assert path.name in failed.args[0] and exercise.report is None
    path.write_text(RIGHT)
    qtbot.waitUntil(lambda: grade(exercise) is Grade.RIGHT)


def test_a_file_that_cannot_be_judged_says_so_until_it_is_judged_again(qtbot, exercise, path, monkeypatch):
    def fail(*_, **__):
        raise ExerciseError("There is no Python to run it with.")

    exercise.open(path)
    qtbot.waitUntil(lambda: exercise.file is not None)
    with monkeypatch.context() as broken:
        broken.setattr(exercise_module, "check", fail)
        with qtbot.waitSignal(exercise.failed):
            exercise.allow(follow=True)
    assert exercise.problem == "There is no Python to run it with." and not exercise.is_busy and exercise.report is None
    exercise.check_again()
    qtbot.waitUntil(lambda: grade(exercise) is Grade.WRONG)
    assert exercise.problem == ""


@pytest.mark.parametrize("way", ["a backup, as vim", "emptied first", "another file in its place"])
def test_however_an_editor_saves_it_is_noticed(qtbot, exercise, path, way):
    allowed(qtbot, exercise, path)
    for content, expected in ((RIGHT, Grade.RIGHT), (WRONG, Grade.WRONG)):
        if way == "emptied first":
            with qtbot.waitSignal(exercise.findChild(QFileSystemWatcher).fileChanged):
                file = path.open("w")
            with file:
                file.write(content)
        elif way == "another file in its place":
            other = path.with_suffix(".new")
            other.write_text(content)
            other.replace(path)
        else:
            backup = path.with_name(f"{path.name}~")
            path.rename(backup)
            path.write_text(content)
            backup.unlink()
        qtbot.waitUntil(lambda expected=expected: grade(exercise) is expected)
    assert exercise.problem == ""


LOOP = "\ndef J_W3(x, y):\n    while True:\n        pass\n"


def opened(qtbot, exercise, path, content):
    path.write_text(content)
    with qtbot.waitSignal(exercise.consent_wanted):
        exercise.open(path)


def test_a_check_that_goes_on_is_ended_by_what_is_saved_meanwhile(qtbot, exercise, path):
    opened(qtbot, exercise, path, LOOP)
    exercise.allow(follow=True)
    reports = []
    exercise.changed.connect(lambda: reports.append(exercise.report))
    path.write_text(RIGHT)
    qtbot.waitUntil(lambda: grade(exercise) is Grade.RIGHT)
    assert {report and report.functions["J_W3"].grade for report in reports} == {None, Grade.RIGHT}


def test_what_a_very_busy_computer_has_held_up_is_checked_again(qtbot, exercise, path, monkeypatch):
    limits, seen = iter([Limits(wait=0.001), Limits()]), []

    def check(file, stopping):
        problems = problems_for_check(seed=1)
        return judge(file, problems, run_learner(file, problems, next(limits), stopping))

    monkeypatch.setattr(exercise_module, "check", check)
    exercise.changed.connect(lambda: seen.append((exercise.is_held_up, grade(exercise))))
    opened(qtbot, exercise, path, RIGHT)
    exercise.allow(follow=True)
    qtbot.waitUntil(lambda: grade(exercise) is Grade.RIGHT)
    assert next(limits, None) is None
    assert (True, Grade.UNJUDGED) in seen and not exercise.is_held_up


def test_consent_is_for_what_was_asked_about_and_not_for_what_has_been_saved_since(qtbot, exercise, path):
    opened(qtbot, exercise, path, WRONG)
    asked = exercise.file
    with qtbot.waitSignal(exercise.consent_wanted):
        path.write_text(RIGHT)
    with qtbot.waitSignal(exercise.consent_wanted) as again:
        exercise.allow(follow=False, file=asked)
    assert again.args[0] is exercise.file and not exercise.is_allowed and not exercise.is_busy
    exercise.allow(follow=True, file=asked)
    assert exercise.is_allowed


def test_a_file_that_is_moved_away_to_be_saved_is_no_failure(qtbot, exercise, path, monkeypatch):
    opened(qtbot, exercise, path, WRONG)
    exercise.allow(follow=True)
    qtbot.waitUntil(lambda: grade(exercise) is Grade.WRONG)
    told, missed = [], []
    exercise.failed.connect(told.append)

    def noticed(path):
        try:
            return read_learner_file(path)
        except ExerciseError as error:
            missed.append(str(error))
            raise

    monkeypatch.setattr(exercise_module, "read_learner_file", noticed)
    exercise._second.setInterval(patience_ms())  # however slow this machine is
    path.rename(path.with_suffix(".bak"))
    qtbot.waitUntil(lambda: bool(missed))
    path.write_text(RIGHT)
    qtbot.waitUntil(lambda: grade(exercise) is Grade.RIGHT)
    assert told == []


# A new one


def test_a_new_exercise_never_takes_the_place_of_a_file_and_says_what_to_do(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("my work")
    with pytest.raises(OSError, match=r"already\. Choose another name"):
        write_exercise(path)
    with pytest.raises(OSError, match=r"no such folder\. Choose another one"):
        write_exercise(tmp_path / "nowhere" / "mine.py")
    assert path.read_text() == "my work"


def test_on_a_full_disk_no_part_of_it_stays_and_the_next_try_succeeds(tmp_path):
    path, disk = tmp_path / "mine.py", FaultyDisk()
    for fails_at in range(12):
        with suppress(OSError), disk.failing(errno.ENOSPC, fails_at, on=True):
            write_exercise(path)
        assert not path.exists() or path.read_bytes() == exercise_for(path)
        path.unlink(missing_ok=True)
    write_exercise(path)
    assert names_in(tmp_path) == ["mine.py"]
