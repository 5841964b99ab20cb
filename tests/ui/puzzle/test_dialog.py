"""A function put together by mouse, and by keys alone, checked line by line, and put into the learner's file."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar

from curvegui.exercise.puzzle.puzzle import Puzzle
from curvegui.exercise.verdict.verdict import Grade
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.session.study.exercise import write_exercise
from curvegui.ui.puzzle.dialog import PuzzleDialog
from tests.ui.document_person import COPY, LEFT, PLAIN, Place, answer, choose_file, dialog
from tests.ui.person import Key, Modifier

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
EXACTLY = Qt.MatchFlag.MatchExactly
OWN = "def J_b2(x, y):\n    return my_own_way(x)\n"


@pytest.fixture
def person(visit):
    person = visit()
    yield person
    person.window.findChild(PuzzleDialog).close()
    person.window.features["exercise"].close()


@pytest.fixture
def exercise(person):
    return person.window.features["exercise"].exercise


def opened(person, name):
    """The dialog, at a function."""
    puzzle = person.window.features["puzzle"]
    puzzle.show(name)
    found = dialog(person, "puzzle")
    person.wait_until(found.isActiveWindow)
    return found


def drag(source, code, target, to):
    """Drag a line and drop it before the one of that number, or behind all."""
    data = source.mimeData(source.findItems(code, EXACTLY))
    row = target.visualItemRect(target.item(to)) if to < target.count() else None
    place = QPoint(20, row.top() + 1) if row else QPoint(20, target.viewport().height() - 2)
    QApplication.sendEvent(target.viewport(), QDragEnterEvent(Place(place), COPY, data, LEFT, PLAIN))
    QApplication.sendEvent(target.viewport(), QDropEvent(QPointF(place), COPY, data, LEFT, PLAIN))


def codes(lines):
    return [lines.item(row).text() for row in range(lines.count())]


def press(box, name):
    """Click on a button of the dialog."""
    button = box.findChild(QAbstractButton, f"puzzle.{name}")
    assert button.isEnabled(), name
    QTest.mouseClick(button, LEFT)


def said(person):
    return person.find("puzzle.says").text()


def is_done(person, name):
    return name in person.window.services.preferences.present.puzzles.split()


@pytest.mark.slow
def test_by_mouse_a_function_is_put_together_checked_and_put_into_a_new_file(person, exercise, tmp_path):
    person.choose("exercise.puzzle")
    box = dialog(person, "puzzle")
    assert "J_W3" in person.read("puzzle.head") and "slope" in box.sides.function.item(1).data(ACCESSIBLE)
    press(box, "next")  # the first one is only to be read
    assert is_done(person, "J_W3")
    lines, mine, right = box.sides.loose, box.sides.function, Puzzle("J_b3").lines[2].code
    wrong = next(code for code in codes(lines) if "axis=0" in code)
    drag(lines, wrong, mine, 2)
    press(box, "check")
    assert "does not belong" in said(person)
    assert "line 3 of 3" in mine.item(2).data(ACCESSIBLE) and "wrong axis" in mine.item(2).data(ACCESSIBLE)
    drag(mine, wrong, lines, 0)
    assert wrong in codes(lines) and mine.count() == 2
    drag(lines, right, mine, 0)
    press(box, "check")
    assert "Wrong place" in mine.item(0).data(ACCESSIBLE)
    drag(mine, right, mine, 3)
    assert codes(mine)[2] == right
    press(box, "undo")
    press(box, "undo")
    place = lines.visualItemRect(lines.findItems(right, EXACTLY)[0]).center()
    QTest.mouseDClick(lines.viewport(), LEFT, pos=place)
    assert codes(mine)[2] == right
    press(box, "hint")  # where no line is left to hint at, it checks
    assert is_done(person, "J_b3") and "Right" in said(person)
    press(box, "put")
    answer(person, "puzzle.no_file", "new")
    choose_file(person, "exercise.new_file", tmp_path / "mine.py")
    person.wait_until(lambda: exercise.report and not exercise.is_busy)
    for _ in range(2):  # as a double click does
        press(box, "put")
    person.wait_until(lambda: exercise.report.functions["J_b3"].grade is Grade.RIGHT)
    assert f"    {right}" in (tmp_path / "mine.py").read_text()
    person.wait_until(lambda: "is in “mine.py”" in said(person))
    assert box.findChild(QAbstractButton, "puzzle.next").property("primary")
    person.click("puzzle.J_b1")  # in its row of the panel
    assert "J_b1" in person.read("puzzle.head") and not person.shows("puzzle.J_b3")
    path = box.findChild(QTabBar, "puzzle.path")
    person.wait_until(box.isActiveWindow)
    path.setFocus()
    for _ in range(2):  # the second one must not move a line
        QTest.keyClick(box.focusWidget(), Key.Key_Left)
    assert "J_b2" in person.read("puzzle.head") and mine.count() == 0
    path.setCurrentIndex(path.count() - 1)
    press(box, "next")  # after the last one, there is nothing left but to close
    assert not box.isVisible()


def test_what_two_windows_have_put_together_is_all_there(person):
    preferences = person.window.services.preferences
    preferences.save()  # what this window was put back to
    other = PreferencesFile(preferences.path)
    other.revise("puzzles", lambda done: f"{done} J_W1".strip())
    other.save()
    for name in ("J_b1", "J_b1", "J_b2"):
        person.window.findChild(PuzzleDialog).solved.emit(name)
    preferences.save()
    kept = PreferencesFile(preferences.path).load().puzzles.split()
    assert "J_W1" in kept and kept.count("J_b1") == 1 and kept[-1] == "J_b2"


@pytest.mark.slow
def test_by_keys_alone_with_hints_and_what_a_learner_has_written_stays(person, exercise, tmp_path):
    path = tmp_path / "mine.py"
    write_exercise(path)
    path.write_text(path.read_text() + OWN)
    person.window.features["exercise"].open(str(path))
    answer(person, "exercise.consent", "follow")
    person.wait_until(lambda: exercise.report and not exercise.is_busy)
    box = opened(person, "J_b2")
    lines, mine, right = box.sides.loose, box.sides.function, Puzzle("J_b2").lines

    def key(which, modifiers=Modifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget(), which, modifiers)

    def choose(code):
        key(Key.Key_Home)
        while lines.currentItem().text() != code:
            key(Key.Key_Down)

    assert lines.hasFocus()
    for which, line in ((Key.Key_Return, right[1]), (Key.Key_Right, right[0])):
        choose(line.code)
        key(which)
    key(Key.Key_Tab)
    assert mine.hasFocus() and mine.currentItem().text() == right[0].code
    key(Key.Key_Up, Modifier.AltModifier)
    assert codes(mine) == [right[0].code, right[1].code]
    key(Key.Key_Left)
    assert codes(mine) == [right[1].code]
    key(Key.Key_Z, Modifier.ControlModifier)
    person.wait_until(lambda: codes(mine) == [right[0].code, right[1].code])
    key(Key.Key_H, Modifier.AltModifier)
    person.wait_until(lambda: right[2].factor in said(person))
    assert right[2].code not in said(person)
    key(Key.Key_H, Modifier.AltModifier)
    person.wait_until(lambda: right[2].code in said(person))
    assert lines.currentItem().text() == right[2].code
    key(Key.Key_H, Modifier.AltModifier)
    person.wait_until(lambda: mine.count() == 3)
    for line in right[3:]:
        lines.setFocus(Qt.FocusReason.TabFocusReason)
        choose(line.code)
        key(Key.Key_Return)
    key(Key.Key_C, Modifier.AltModifier)
    person.wait_until(lambda: is_done(person, "J_b2"))
    assert "right place" in mine.item(0).data(ACCESSIBLE).lower()
    key(Key.Key_P, Modifier.AltModifier)
    dialog(person, "puzzle.own_version")
    before = exercise.file
    path.write_text(path.read_text() + "# saved elsewhere\n")
    answer(person, "puzzle.own_version", "use")
    person.wait_until(lambda: "nothing was put" in said(person) and exercise.file is not before)
    box.activateWindow()
    person.wait_until(box.isActiveWindow)
    box.sides.function.setFocus()
    key(Key.Key_P, Modifier.AltModifier)
    answer(person, "puzzle.own_version", "use")
    person.wait_until(lambda: exercise.report and exercise.report.functions["J_b2"].grade is Grade.RIGHT)
    text = path.read_text()
    assert "#     return my_own_way(x)" in text and text.endswith("# saved elsewhere\n")
