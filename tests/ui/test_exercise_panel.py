"""One's own Jacobians, as a person meets them: a new file, consent, verdicts, and training with them."""

import threading

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from curvegui.core.anatomy import Parameter
from curvegui.core.config import FULL_SPEED
from curvegui.exercise.judge import ORDER
from curvegui.exercise.verdict import Grade
from tests.ui.document_person import answer, choose_file, dialog, drag_over, drop_on, is_asked, mime, trouble
from tests.ui.person import Key

RIGHT = """
def J_W3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    return 2 * (a3 - y) * d_sigma(z3) @ a2.T / x.size
"""
WRONG = RIGHT.replace("* d_sigma(", "* sigma(")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(WRONG)
    return path


@pytest.fixture
def desk(person):
    return person.window.study.exercise.desk


def open_file(person, path):
    person.choose("exercise.open")
    choose_file(person, "exercise.open_file", path)


def judged(person, path, choice="follow"):
    """Open a file, let it run, and wait for the verdict."""
    open_file(person, path)
    answer(person, "exercise.consent", choice)
    desk = person.window.study.exercise.desk
    person.wait_until(lambda: desk.report is not None and not desk.is_busy and not is_asked(person))
    person.window.activateWindow()
    person.wait_until(person.window.isActiveWindow)


def row(person, name):
    return person.find(f"verdict.{name}")


def said(person):
    return person.find("exercise.words", QLabel).text()


def test_a_new_exercise_is_written_asked_about_and_judged(person, desk, tmp_path):
    person.choose("exercise.new")
    new = tmp_path / "first_try.py"
    choose_file(person, "exercise.new_file", new)
    person.wait_until(new.exists)
    box = dialog(person, "exercise.consent")
    assert str(new) in box.informativeText() and "not the computer" in box.informativeText()
    assert person.shows("dock.exercise")
    answer(person, "exercise.consent", "follow")
    person.wait_until(lambda: desk.report is not None and not desk.is_busy)
    assert "2 right, 4 to write" in said(person)
    assert [row(person, name).accessibleName().split(":")[1].split(",")[0].strip() for name in ORDER[:2]] == [
        "right",
        "not yet written",
    ]


def test_a_file_that_is_there_is_never_replaced_by_a_new_exercise(person, path):
    person.choose("exercise.new")
    choose_file(person, "exercise.new_file", path)
    assert "stays as it is" in trouble(person)
    assert path.read_text() == WRONG


def test_nothing_runs_where_consent_is_refused_and_it_can_be_given_later(person, desk, path):
    open_file(person, path)
    answer(person, "exercise.consent", "cancel")
    assert desk.report is None and "has not run yet" in said(person)
    person.click("exercise.run")
    answer(person, "exercise.consent", "once")
    person.wait_until(lambda: desk.report is not None and not desk.is_busy)
    assert not person.shows("exercise.run")


def test_a_wrong_function_says_what_is_wrong_and_where(person, path):
    judged(person, path)
    words = row(person, "J_W3").accessibleName()
    assert words.startswith("J_W3: wrong, line 4.") and "d_sigma" in words
    assert "J_b1: not yet written" in row(person, "J_b1").accessibleName()


def test_what_is_saved_is_judged_again_by_itself(person, desk, path):
    judged(person, path)
    path.write_text(RIGHT)
    person.wait_until(lambda: desk.report.functions["J_W3"].grade is Grade.RIGHT)
    assert row(person, "J_W3").accessibleName().startswith("J_W3: right")
    assert not is_asked(person)


def test_after_once_another_content_is_asked_about(person, path):
    judged(person, path, "once")
    path.write_text(RIGHT)
    answer(person, "exercise.consent", "cancel")
    assert "has not run yet" in said(person)


def test_a_verdict_leads_to_its_equation(person, path):
    judged(person, path)
    person.tab_to("verdict.J_b2")
    person.press(Key.Key_Return)
    assert person.window.study.inspection.selected == Parameter(2, 0)
    person.wait_until(lambda: person.window.study.is_seen("maths"))


def test_a_file_that_cannot_be_read_says_so_and_a_good_one_takes_its_place(person, path, tmp_path):
    bad = tmp_path / "bad.ipynb"
    bad.write_bytes(b"\x00\x01\x02")
    open_file(person, bad)
    person.wait_until(lambda: "bad.ipynb" in said(person) and not person.shows("verdict.J_W3"))
    assert person.find("exercise.words").property("error")
    judged(person, path)
    assert not person.find("exercise.words").property("error")
    assert person.shows("verdict.J_W3")


def test_a_file_that_is_dropped_is_opened_as_an_exercise(person, desk, path):
    drag_over(person.window, mime(str(path)))
    drop_on(person.window, mime(str(path)))
    answer(person, "exercise.consent", "cancel")
    assert desk.path == path


def test_open_takes_an_exercise_too(person, desk, path):
    person.choose("file.open")
    choose_file(person, "open_run", path)
    answer(person, "exercise.consent", "cancel")
    assert desk.path == path


def test_everything_in_the_dock_can_be_reached_and_has_a_name(person, path):
    judged(person, path)
    panel = person.find("exercise")
    buttons = [each for each in panel.findChildren(QPushButton) if each.isVisible()]
    assert {each.text().replace("&", "") for each in buttons} == {
        "New exercise…", "Open…", "Edit", "Check again", "Train with mine",
    }  # fmt: skip
    for name in ORDER:
        assert person.tab_to(f"verdict.{name}").accessibleName()


# Training with it


def texts(person):
    return " ".join(each.text() for each in person.find("exercise.training").findChildren(QLabel))


def test_training_shows_both_networks_and_ends_by_itself(open_window, path):
    person = open_window(speed=FULL_SPEED, iterations=400)
    judged(person, path)
    path.write_text(RIGHT)
    training = person.window.study.exercise.training
    person.wait_until(lambda: "1 right" in said(person))
    person.click("exercise.train")
    assert training.is_running
    person.wait_until(lambda: not training.is_running)
    words = texts(person)
    assert words.count("iteration 400") == 2
    assert "Not yet written" in words and "b1" in words
    panel = person.window.study.panel("exercise").training
    assert panel.mine.fit.shape == panel.right.fit.shape == (2, 100)


def test_training_can_be_stopped_and_begun_again(open_window, path):
    person = open_window(iterations=1_000_000)
    judged(person, path)
    training = person.window.study.exercise.training
    with person.qtbot.waitSignal(training.pair_ready, timeout=30_000):
        person.click("exercise.train")
    assert person.find("exercise.train").text() == "Stop"
    person.click("exercise.train")
    assert not training.is_running
    with person.qtbot.waitSignal(training.pair_ready, timeout=30_000):
        person.click("exercise.train")


def test_a_window_that_is_closed_ends_the_training(open_window, path):
    person = open_window(iterations=1_000_000)
    judged(person, path)
    exercise = person.window.study.exercise
    with person.qtbot.waitSignal(exercise.training.pair_ready, timeout=30_000):
        person.click("exercise.train")
    person.window.documents.closing.leave_unasked()
    person.window.close()
    assert not exercise.training.is_running and exercise.desk.path is None
    person.wait_until(lambda: not [each for each in threading.enumerate() if each.name == "watch over a training"])


def test_functions_that_fail_say_so_in_the_card(open_window, path):
    person = open_window(iterations=1_000)
    path.write_text("def J_W3(x, y):\n    return nonsense\n")
    judged(person, path)
    person.click("exercise.train")
    person.wait_until(lambda: "nonsense" in texts(person))
