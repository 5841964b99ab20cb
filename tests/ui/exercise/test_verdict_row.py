"""A verdict's row: what it says in words, never by colour alone, and that it can be chosen by hand or key."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from curvegui.exercise.verdict.verdict import Grade, Verdict
from curvegui.ui.exercise.verdicts import VerdictRow
from curvegui.ui.look.theme import DARK
from tests.ui.person import put_on

NOT_WRITTEN = Verdict("J_W3", Grade.MISSING, "J_W3 is not written yet.", line=3, cell=2)
NOT_THERE = Verdict("J_W3", Grade.MISSING, "J_W3 is not defined in this file.")
WRONG = Verdict("J_W3", Grade.WRONG, "The shape is (2,) & <b>not</b> right.", line=34)


@pytest.fixture
def row(qtbot):
    row = VerdictRow("J_W3")
    qtbot.addWidget(row)
    with qtbot.waitExposed(row):
        row.show()
    return row


def texts(row):
    return [each.text() for each in row.findChildren(QLabel) if each.isVisibleTo(row) and each.text()]


def sign_of(row):
    sign = next(each for each in row.findChildren(QLabel) if not each.pixmap().isNull())
    return bytes(sign.pixmap().toImage().constBits())


@pytest.mark.parametrize(
    ("verdict", "name"),
    [
        (None, "J_W3: not checked yet."),
        (Verdict("J_W3", Grade.RIGHT, line=3), "J_W3: right, line 3."),
        (NOT_WRITTEN, "J_W3: not written yet, in cell 2, its line 3."),
        (NOT_THERE, "J_W3: not written yet. J_W3 is not defined in this file."),
        (WRONG, "J_W3: wrong, line 34. The shape is (2,) & <b>not</b> right."),
    ],
)  # fmt: skip
def test_all_that_is_seen_is_in_its_name(row, verdict, name):
    row.show_verdict(verdict)
    assert row.accessibleName() == name
    word = name.split(": ")[1].split(",")[0].split(".")[0]
    assert word in texts(row)[1]


def test_what_a_reason_quotes_is_text_and_no_markup(row):
    row.show_verdict(WRONG)
    assert texts(row)[2] == WRONG.reason
    assert row.findChildren(QLabel)[-1].textFormat() is Qt.TextFormat.PlainText


def test_of_several_mistakes_the_first_is_seen_and_all_are_in_its_name(row):
    row.show_verdict(Verdict("J_W3", Grade.WRONG, "A factor is missing.\nThe sign is wrong."))
    assert texts(row)[2].startswith("A factor is missing.") and "1" in texts(row)[2]
    assert "The sign is wrong." in row.accessibleName()


def test_the_grades_have_signs_of_their_own(row):
    signs = set()
    for grade in (*Grade, None):
        row.show_verdict(grade and Verdict("J_W3", grade, "why"))
        signs.add(sign_of(row))
    assert len(signs) == 4


def test_the_theme_may_change(row):
    row.show_verdict(WRONG)
    before, sign = texts(row), sign_of(row)
    put_on(DARK)
    assert sign_of(row) != sign and before == texts(row)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_choose_it(qtbot, row, key):
    with qtbot.waitSignal(row.chosen) as chosen:
        qtbot.keyClick(row, key)
    assert chosen.args == ["J_W3"]


@pytest.mark.parametrize(("key", "step"), [(Qt.Key.Key_Up, -1), (Qt.Key.Key_Down, 1)])
def test_arrows_go_to_its_neighbours(qtbot, row, key, step):
    with qtbot.waitSignal(row.moved) as moved:
        qtbot.keyClick(row, key)
    assert moved.args == ["J_W3", step]


def test_other_keys_do_not(qtbot, row):
    with qtbot.assertNotEmitted(row.chosen):
        qtbot.keyClick(row, Qt.Key.Key_A)


def test_a_click_chooses_it_unless_the_pointer_leaves_it_or_another_button_is_meant(qtbot, row):
    with qtbot.waitSignal(row.chosen):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(row.chosen):
        qtbot.mouseClick(row, Qt.MouseButton.RightButton)
        qtbot.mousePress(row, Qt.MouseButton.LeftButton)
        away = QPointF(QPoint(-50, -50))
        QApplication.sendEvent(row, QMouseEvent(QEvent.Type.MouseButtonRelease, away, row.mapToGlobal(away),
            Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier))  # fmt: skip


def test_a_place_is_a_line_or_a_line_of_a_cell():
    assert WRONG.location == "line 34"
    assert (
        Verdict("J_b1", Grade.WRONG, line=3, cell=5, cell_name="the cell of J_b1").location
        == "in the cell of J_b1, its line 3"
    )
    assert Verdict("J_b1", Grade.WRONG, cell=5).location == "in cell 5"
    assert Verdict("J_b1", Grade.RIGHT).location == ""
