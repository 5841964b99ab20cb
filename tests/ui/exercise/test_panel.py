"""One's own Jacobians, as a person meets them: a new file, consent, verdicts, and training with them."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from curvegui.core.network.parts import Parameter
from curvegui.core.settings.config import FULL_SPEED
from curvegui.exercise.verdict.judge import ORDER
from curvegui.exercise.verdict.verdict import Grade
from curvegui.ui.exercise import panel as panel_module
from curvegui.ui.exercise import training as exercise_training
from tests.ui.document_person import answer, choose_file, dialog, drag_over, drop_on, is_asked, mime, save_in, trouble
from tests.ui.person import Key

RIGHT = """
def J_W3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    return 2 * (a3 - y) * d_sigma(z3) @ a2.T / x.size
"""
LEARNERS = Path(__file__).parents[2] / "exercise" / "learners"
WRONG = RIGHT.replace("* d_sigma(", "* sigma(")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(WRONG)
    return path


@pytest.fixture
def visit(visit):
    """Visit a window in which no file is open, and none may run."""
    visited = []
    yield lambda **settings: visited.append(visit(**settings)) or visited[-1]
    for person in visited:
        files = person.window.features["exercise"]
        files.close()
        files.exercise._allowed.clear()


@pytest.fixture
def person(visit):
    return visit()


@pytest.fixture
def exercise(person):
    return person.window.features["exercise"].exercise


def open_file(person, path):
    person.choose("exercise.open")
    choose_file(person, "exercise.open_file", path)


def is_judged(exercise):
    """Whether there is a verdict, and not only one that a busy computer has put off."""
    return exercise.report is not None and not exercise.is_busy and not exercise.is_held_up


def judged(person, path, choice="follow"):
    """Open a file, let it run, and wait for the verdict."""
    open_file(person, path)
    answer(person, "exercise.consent", choice)
    exercise = person.window.features["exercise"].exercise
    person.wait_until(lambda: is_judged(exercise) and not is_asked(person))
    person.window.activateWindow()
    person.wait_until(person.window.isActiveWindow)


def row(person, name):
    return person.find(f"verdict.{name}")


def said(person):
    return person.find("exercise.words", QLabel).text()


@pytest.mark.slow
def test_a_new_exercise_is_written_and_judged_and_nobody_is_asked_about_what_the_app_wrote(person, exercise, tmp_path):
    person.choose("exercise.new")
    new = tmp_path / "first_try.py"
    choose_file(person, "exercise.new_file", new)
    person.wait_until(lambda: person.shows("dock.exercise"))
    assert new.exists()
    person.wait_until(lambda: is_judged(exercise))
    assert "2 right, 4 to write" in said(person)
    assert [row(person, name).accessibleName().split(":")[1].split(",")[0].strip() for name in ORDER[:2]] == [
        "right",
        "not written yet",
    ]


def test_a_file_that_is_there_is_never_replaced_by_a_new_exercise(person, path):
    person.choose("exercise.new")
    choose_file(person, "exercise.new_file", path)
    assert "of this name already" in trouble(person)
    assert path.read_text() == WRONG


def test_nothing_runs_where_consent_is_refused_and_it_can_be_given_later(person, exercise, path):
    open_file(person, path)
    answer(person, "exercise.consent", "cancel")
    assert exercise.report is None and "has not been run yet" in said(person)
    person.click("exercise.run")
    answer(person, "exercise.consent", "once")
    person.wait_until(lambda: is_judged(exercise))
    assert not person.shows("exercise.run")


def test_a_wrong_function_says_what_is_wrong_and_where_and_what_is_saved_is_judged_again_by_itself(
    person, exercise, path
):
    judged(person, path)
    words = row(person, "J_W3").accessibleName()
    assert words.startswith("J_W3: wrong, line 4.") and "da3/dz3" in words
    assert "J_b1: not written yet" in row(person, "J_b1").accessibleName()
    path.write_text(RIGHT)
    person.wait_until(lambda: exercise.report.functions["J_W3"].grade is Grade.RIGHT)
    assert row(person, "J_W3").accessibleName().startswith("J_W3: right")
    assert not is_asked(person)


def test_after_once_another_content_is_asked_about(person, path):
    judged(person, path, "once")
    path.write_text(RIGHT)
    answer(person, "exercise.consent", "cancel")
    assert "has not been run yet" in said(person)


def test_a_row_shows_more_about_its_function_and_a_button_leads_to_its_equation(person, path):
    judged(person, path)
    study = person.window.features["study"]
    assert person.read("exercise.details.title").startswith("J_W3: wrong")  # the first one to mend
    person.tab_to("verdict.J_b3")
    person.press(Key.Key_Down)
    person.press(Key.Key_Down)
    assert person.focus == "verdict.J_b2" and person.read("exercise.details.title").startswith("J_b2")
    person.press(Key.Key_Up)
    person.press(Key.Key_Up)
    person.click("verdict.J_b2")
    assert person.read("exercise.details.title").startswith("J_b2") and not study.is_seen("maths")
    person.click("exercise.equation")
    assert study.inspection.selected == Parameter(2, 0)
    person.wait_until(lambda: study.is_seen("maths"))


def test_hints_come_one_by_one_and_stay_until_the_verdict_is_another_one(person, exercise, path):
    judged(person, path)
    labels = [person.window.findChild(QLabel, f"exercise.details.{part}") for part in ("words", "hints")]
    words = lambda: "".join(label.text() for label in labels)  # noqa: E731
    assert person.read("exercise.details.code") == "return 2 * (a3 - y) * sigma(z3) @ a2.T / x.size"
    assert "da3/dz3" in words() and "slope" not in words()
    place = person.find("exercise.hint").y()
    person.click("exercise.hint")
    assert person.find("exercise.hint").y() == place
    assert "slope" in words() and "d_sigma" not in words()
    person.click("exercise.hint")
    assert "d_sigma(z3)" in words() and not person.find("exercise.hint").isEnabled()
    person.click("verdict.J_W1")
    assert not person.shows("exercise.details.code") and person.find("exercise.hint").isEnabled()
    person.click("verdict.J_W3")
    assert "d_sigma(z3)" in words()
    path.write_text(RIGHT.replace("a3 - y", "a3 < y & 0"))
    person.wait_until(lambda: "Hint" not in words() and not exercise.is_busy)
    assert "&lt;" not in person.read("exercise.details.code")


def test_it_is_large_in_its_own_view_where_there_is_room_and_begins_with_what_to_do(open_window, path):
    person = open_window(size=(1280, 800), study=True)
    person.choose("view.exercise")
    person.wait_until(lambda: person.shows("exercise.words"))
    assert said(person).count("\n") >= 2 and person.shows("exercise.new") and not person.shows("exercise.edit")
    size = lambda: person.find("exercise.words").font().pointSizeF()  # noqa: E731
    large = size()
    judged(person, path)
    assert size() == large and person.read("exercise.name") == path.name
    person.window.services.display.see(theme="dark")
    assert size() == large
    page = person.find("exercise").findChild(QWidget, "scrolled")
    for width, in_view in ((1920, True), (1280, True), (720, False)):
        person.window.resize(width, 700)
        person.wait_until(lambda in_view=in_view: (size() == large) is in_view)
        person.wait_until(lambda: page.minimumSizeHint().width() <= page.parentWidget().width())
    person.choose("view.play")
    person.window.services.docks.show("exercise")
    person.wait_until(lambda: person.shows("exercise.words") and size() < large)


def test_the_editor_opens_at_the_selected_function(person, path, monkeypatch):
    opened = []
    monkeypatch.setattr(panel_module, "open_in_editor", lambda path, line: not opened.append((path, line)))
    judged(person, path)
    person.click("exercise.edit")
    path.write_text(f"{RIGHT}\n\ndef J_b1(x, y):\n    return ...\n")
    person.wait_until(lambda: "1 right" in said(person))
    person.click("verdict.J_b1")
    person.click("exercise.edit")
    assert opened == [(path, 4), (path, 7)]


def test_a_file_that_cannot_be_read_says_so_and_a_good_one_takes_its_place(person, path, tmp_path):
    bad = tmp_path / "bad.ipynb"
    bad.write_bytes(b"\x00\x01\x02")
    open_file(person, bad)
    person.wait_until(lambda: "bad.ipynb" in said(person) and not person.shows("verdict.J_W3"))
    assert person.find("exercise.words").property("error")
    judged(person, path)
    assert not person.find("exercise.words").property("error")
    assert person.shows("verdict.J_W3")


def test_a_file_that_is_dropped_is_opened_as_an_exercise(person, exercise, path):
    drag_over(person.window, mime(str(path)))
    drop_on(person.window, mime(str(path)))
    answer(person, "exercise.consent", "cancel")
    assert exercise.path == path


def test_open_takes_an_exercise_too(person, exercise, path):
    person.choose("file.open")
    choose_file(person, "open_run", path)
    answer(person, "exercise.consent", "cancel")
    assert exercise.path == path


def test_everything_in_the_dock_can_be_reached_and_has_a_name(open_window, path):
    person = open_window()  # no hints have been asked for
    judged(person, path)
    panel = person.find("exercise")
    buttons = [each for each in panel.findChildren(QPushButton) if each.isVisible()]
    assert {each.text().replace("&", "") for each in buttons} == {
        "New exercise…", "Open…", "Open in editor", "Show in folder", "Check again", "Train with these",
        "Next hint (1 of 2)", "Show equation", "Put it together…",
    }  # fmt: skip
    for name in ORDER:
        assert person.tab_to(f"verdict.{name}").accessibleName()


def test_the_file_is_shown_in_its_folder_and_never_opened_itself(person, path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)  # which opens nothing
    judged(person, path)
    person.click("exercise.folder")
    assert [Path(url.toLocalFile()) for url in opened] == [path.parent]
    box = person.find("trouble")
    assert str(path.parent) in box.text()
    box.close()


# Training with it


def texts(person):
    return " ".join(each.text() for each in person.find("exercise.training").findChildren(QLabel))


def test_training_shows_both_networks_and_ends_by_itself(visit, path):
    person = visit(speed=FULL_SPEED, iterations=100)
    judged(person, path)
    path.write_text(RIGHT)
    training = person.window.features["exercise"].training
    person.wait_until(lambda: "1 right" in said(person))
    person.click("exercise.train")
    assert training.is_running
    person.wait_until(lambda: not training.is_running)
    words = texts(person)
    assert words.count("iteration 100") == 2
    assert "Not written yet" in words and "b1" in words
    panel = person.window.features["study"].panel("exercise").training
    assert panel.mine.fit.shape == panel.right.fit.shape == (2, 100)


def test_training_can_be_stopped_and_begun_again(visit, path):
    person = visit(iterations=1_000_000)
    judged(person, path)
    training = person.window.features["exercise"].training
    with person.qtbot.waitSignal(training.pair_ready):
        person.click("exercise.train")
    assert not person.find("exercise.train").isEnabled()
    person.click("exercise.stop")
    assert not training.is_running and not person.find("exercise.stop").isEnabled()
    with person.qtbot.waitSignal(training.pair_ready):
        person.click("exercise.train")


def test_a_window_that_is_closed_ends_the_training(open_window, path):
    person = open_window(iterations=1_000_000)
    judged(person, path)
    exercise = person.window.features["exercise"]
    with person.qtbot.waitSignal(exercise.training.pair_ready):
        person.click("exercise.train")
    person.window.features["documents"].closing.allow()
    person.window.close()
    assert not exercise.training.is_running and exercise.exercise.path is None


def test_functions_that_fail_say_so_in_the_card(visit, path):
    person = visit(iterations=1_000)
    path.write_text("def J_W3(x, y):\n    return nonsense\n")
    judged(person, path)
    person.click("exercise.train")
    person.wait_until(lambda: "nonsense" in texts(person))
    assert person.find("exercise.train").isEnabled() and not person.find("exercise.stop").isEnabled()


def test_training_tells_that_the_file_has_been_saved_since_and_forgets_it_for_another(visit, path, tmp_path):
    person = visit(iterations=300)
    judged(person, path)
    person.click("exercise.train")
    person.wait_until(lambda: "Finished." in texts(person))
    assert "saved the file" not in texts(person)
    path.write_text(RIGHT)
    person.wait_until(lambda: "saved the file" in texts(person))
    other = tmp_path / "other.py"
    other.write_text(f"# another\n{WRONG}")
    open_file(person, other)
    answer(person, "exercise.consent", "cancel")
    assert person.shows("exercise.train") and not person.shows("exercise.training")


def test_what_a_training_uses_is_said_and_that_the_window_has_something_else_since(visit, path):
    person = visit(iterations=300, hidden=(3, 4, 5), activation="tanh", seed=9)
    judged(person, path)
    person.click("exercise.train")
    said = person.read("exercise.training.words")
    assert said.startswith(
        "1 → 6 → 7 → 2 logistic neurons, N = 100 points, seed 9, aggression 7, noise 1, from the start."
    )
    assert "two hidden layers of logistic neurons" in said
    assert "changed since" not in said
    person.session.edit(seed=10)
    assert "have changed since" in person.read("exercise.training.words")
    assert "seed 9" in person.read("exercise.training.words")
    person.session.edit(seed=9, speed=FULL_SPEED)  # of which the training takes nothing
    assert "changed since" not in person.read("exercise.training.words")


def test_a_training_s_pictures_come_into_sight_and_the_focus_stays(open_window, path):
    person = open_window(iterations=1_000_000, size=(1180, 830), study=True)
    judged(person, path)
    card = person.window.features["study"].panel("exercise").training
    assert card.pictures.visibleRegion().isEmpty()
    person.tab_to("exercise.train")
    person.press(Key.Key_Space)
    person.wait_until(lambda: card.pictures.visibleRegion().boundingRect().height() > 0.9 * card.mine.height())
    assert person.focus == "exercise.stop"


def test_the_focus_does_not_leave_the_card_while_what_was_saved_is_judged(person, exercise, path):
    judged(person, path)
    person.tab_to("exercise.train")
    path.write_text(RIGHT)
    person.wait_until(lambda: exercise.is_busy)
    assert (
        person.find("exercise").isAncestorOf(person.window.focusWidget())
        and not person.find("exercise.train").isEnabled()
    )
    person.wait_until(lambda: not exercise.is_busy)
    assert person.focus == "exercise.train"


def all_right(path):
    """Write a file with all six right; the same where a factor 2 is missing."""
    source = (LEARNERS / "course_style.py").read_text(encoding="utf-8")
    path.write_text(source, encoding="utf-8")
    return source.replace("2 * (a3 - y)", "(a3 - y)", 1)


def costs_of(person):
    card = person.window.features["study"].panel("exercise").training
    return [label.text().split("\n")[1:2] for label in card._labels.values()]


def test_costs_that_differ_though_all_six_are_right_are_explained(visit, path, monkeypatch):
    monkeypatch.setattr(exercise_training, "format_cost", repr)  # to the last digit, which differs soon
    person = visit(iterations=100, noise=1.0)
    wrong = all_right(path)
    judged(person, path)
    person.click("exercise.train")
    person.wait_until(lambda: "Finished." in texts(person))
    assert costs_of(person)[0] != costs_of(person)[1]
    assert "rounding" in person.read("exercise.training.words")
    path.write_text(wrong, encoding="utf-8")
    person.wait_until(lambda: "1 wrong" in person.read("exercise.words"))
    assert "by rounding alone" not in person.read("exercise.training.words")
    person.click("exercise.train")
    person.wait_until(lambda: "Finished." in texts(person))
    assert "by rounding alone" not in person.read("exercise.training.words")


# Consent


def test_nothing_runs_by_enter_or_esc_alone(person, exercise, path):
    for key in (Key.Key_Return, Key.Key_Escape):
        open_file(person, path)
        box = dialog(person, "exercise.consent")
        assert box.defaultButton().objectName() == box.escapeButton().objectName() == "cancel"
        person.qtbot.keyClick(box, key)
        person.wait_until(lambda: not is_asked(person))
        assert exercise.report is None and not exercise.is_allowed


def test_who_has_said_no_is_not_asked_at_each_save_but_may_ask(person, exercise, path):
    open_file(person, path)
    answer(person, "exercise.consent", "cancel")
    before = exercise.file
    path.write_text(RIGHT)
    person.wait_until(lambda: exercise.file is not before)
    assert not is_asked(person) and "has not been run yet" in said(person)
    person.click("exercise.again")
    answer(person, "exercise.consent", "follow")
    person.wait_until(lambda: is_judged(exercise))
    assert exercise.report.functions["J_W3"].grade is Grade.RIGHT


def test_a_file_that_is_saved_while_it_is_asked_about_is_asked_about_anew(person, exercise, path):
    open_file(person, path)
    first = dialog(person, "exercise.consent")
    before = exercise.file
    path.write_text(RIGHT)
    person.wait_until(lambda: exercise.file is not before)
    assert dialog(person, "exercise.consent") is not first  # the one alone
    answer(person, "exercise.consent", "once")
    person.wait_until(lambda: is_judged(exercise))
    assert exercise.report.functions["J_W3"].grade is Grade.RIGHT


def test_the_question_goes_with_the_window(person, exercise, path):
    open_file(person, path)
    dialog(person, "exercise.consent")
    person.window.features["exercise"].close()
    assert not is_asked(person) and exercise.path is None


# What can be seen


def test_an_endless_loop_is_busy_at_first_and_then_named(person, exercise, path):
    path.write_text(RIGHT + "\ndef J_b3(x, y):\n    while True:\n        pass\n")
    open_file(person, path)
    answer(person, "exercise.consent", "follow")
    assert "checked" in said(person) and not person.find("exercise.train").isEnabled()
    person.wait_until(lambda: not exercise.is_busy and not exercise.is_held_up)  # tried again on a busy machine
    assert "endless loop" in row(person, "J_b3").accessibleName()
    assert row(person, "J_W3").accessibleName().startswith("J_W3: right")


ASLEEP = "import time\n    while True: time.sleep(0.1)"  # which takes no processor


@pytest.mark.parametrize(
    "ends",
    [
        {
            "J_b3": ("import sys\n    sys.exit()", "sys.exit"),
            "J_W2": ("import os\n    os._exit(3)", "os._exit"),
            "J_b2": ("return J_b2(x, y)", "call"),
            "J_W1": ("import os, signal\n    os.kill(os.getpid(), signal.SIGKILL)", "signal"),
            "J_b1": ("return bytearray(10**10)", "memory"),
        },
        {"J_b3": ("while True:\n        print('x' * 1000)", "print")},
    ],
    ids=["of_its_own", "wordy"],
)
def test_ends_of_all_kinds_are_told_apart(person, exercise, path, ends):
    path.write_text(RIGHT + "".join(f"\ndef {name}(x, y):\n    {code}\n" for name, (code, _) in ends.items()))
    open_file(person, path)
    answer(person, "exercise.consent", "follow")
    person.wait_until(lambda: is_judged(exercise) and not exercise.is_held_up)
    for name, (_, words) in ends.items():
        assert words in row(person, name).accessibleName(), row(person, name).accessibleName()
    assert row(person, "J_W3").accessibleName().startswith("J_W3: right")


def test_what_the_exercise_gives_and_was_altered_is_named_once(person, exercise, path):
    path.write_text(RIGHT + "\ndef sigma(z):\n    return 0.5 * z\n")
    judged(person, path)
    words = person.find("exercise.remarks", QLabel).text()
    assert words.count("sigma") == 1 and "original function" in words


def test_a_file_with_functions_but_none_of_the_exercise_s_says_so_for_each(person, path):
    path.write_text("def something(x):\n    return x\n")
    judged(person, path)
    assert "6 to write" in said(person)
    assert "not defined in this file" in row(person, "J_W1").accessibleName()


def test_one_that_cannot_be_read_says_so_though_the_dock_was_never_seen(person, tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text("x = 1\n")
    drag_over(person.window, mime(str(bad)))
    drop_on(person.window, mime(str(bad)))
    person.wait_until(lambda: person.shows("exercise.words") and "no function" in said(person))
    assert not is_asked(person)


# A project is data


def test_no_project_carries_the_learners_code_or_where_it_is(person, exercise, path, tmp_path):
    judged(person, path)
    project = tmp_path / "run.curvegui"
    person.choose("file.save_as")
    save_in(person, project)
    with zipfile.ZipFile(project) as members:
        kept = b"".join(members.read(each) for each in members.namelist())
    for code in (b"network_function", b"d_sigma", path.name.encode(), exercise.file.digest.encode()):
        assert code not in kept


def test_code_that_calls_itself_a_project_never_runs(person, exercise, tmp_path):
    mark, project = tmp_path / "it_ran", tmp_path / "run.curvegui"
    project.write_text(f"open({str(mark)!r}, 'w').close()\n{RIGHT}")
    person.choose("file.open")
    choose_file(person, "open_run", project)
    trouble(person)
    assert exercise.path is None and not mark.exists()
