"""The number box by itself: typing, stepping, taking back."""

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QVBoxLayout

from curvegui.core.settings.config import FULL_SPEED, SETTINGS
from curvegui.ui.widgets.number_box import NumberBox
from curvegui.ui.widgets.scrolled import CountBox

Key = Qt.Key


class Owner:
    """Shows every number that a box hands on, as the window does, and keeps what it said."""

    def __init__(self, name, value, qtbot, words=None):
        self.box = NumberBox(SETTINGS[name], SETTINGS[name].whole, words)
        qtbot.addWidget(self.box)
        self.entered, self.mistyped = [], []
        self.box.entered.connect(self._take)
        self.box.mistyped.connect(self.mistyped.append)
        self.box.show_value(value)
        self.box.show()

    def _take(self, value):
        self.entered.append(value)
        self.box.show_value(value)

    def type(self, text):
        self.box.selectAll()
        QTest.keyClick(self.box, Key.Key_Delete)
        QTest.keyClicks(self.box, text)

    def press(self, key):
        QTest.keyClick(self.box, key)


@pytest.fixture
def own(qtbot):
    return lambda name, value, words=None: Owner(name, value, qtbot, words)


def test_a_number_that_is_typed_is_handed_on_with_enter_and_shown_as_numbers_are(own):
    owner = own("iterations", 50_000)
    owner.type("1e6")
    assert owner.entered == []
    owner.press(Key.Key_Return)
    assert owner.entered == [1_000_000]
    assert owner.box.text() == "1,000,000"


def test_leaving_the_box_is_as_good_as_enter(own, qtbot):
    owner = own("noise", 1)
    owner.box.activateWindow()
    qtbot.waitUntil(owner.box.hasFocus)
    owner.type("2")
    owner.box.clearFocus()
    assert owner.entered == [2]


def test_both_decimal_signs_are_understood_and_the_locale_s_own_is_shown(own):
    QLocale.setDefault(QLocale("de_DE"))
    owner = own("noise", 1)
    for text in ("0.5", "0,25"):
        owner.type(text)
        owner.press(Key.Key_Return)
    assert owner.entered == [0.5, 0.25]
    assert owner.box.text() == "0,25"


def test_a_unit_may_be_typed_and_a_word_may_stand_for_a_number(own):
    owner = own("speed", 2_000, words={FULL_SPEED: "max"})
    assert owner.box.text() == "2,000"
    for text in ("500 /s", "MAX", "20"):
        owner.type(text)
        owner.press(Key.Key_Return)
    assert owner.entered == [500, FULL_SPEED, 20]


@pytest.mark.parametrize(("text", "reason"), [("1..2", "“1..2” is not a number"), ("", "there is no number")])
def test_what_is_not_a_number_is_explained_and_the_old_one_shown_again(own, text, reason):
    owner = own("noise", 1)
    owner.type(text)
    owner.press(Key.Key_Return)
    assert (owner.entered, owner.mistyped) == ([], [reason])
    assert owner.box.text() == "1"


@pytest.mark.parametrize(
    ("typed", "left"), [("hello", ""), ("1d2", "12"), ("e3", "3"), ("1e-3", "1e-3"), ("max", "max"), ("7 /s", "7 /s")]
)
def test_letters_that_make_no_number_stay_out(own, typed, left):
    owner = own("speed", 5, words={FULL_SPEED: "max"})
    owner.type(typed)
    assert owner.box.text() == left


def test_a_seed_is_a_name_and_has_no_separators(own):
    assert own("seed", 1_234_567).box.text() == "1234567"


def test_enter_without_a_change_says_nothing(own):
    owner = own("aggression", 1.23456789)
    owner.press(Key.Key_Return)
    assert (owner.entered, owner.mistyped) == ([], [])
    assert owner.box.value == 1.23456789


def test_the_same_number_typed_again_is_an_answer_to_a_refusal(own):
    owner = own("noise", 1)
    owner.type("1.0")
    owner.press(Key.Key_Return)
    assert owner.entered == [1]


def test_esc_takes_back_what_has_been_typed(own):
    owner = own("noise", 1)
    owner.type("34")
    owner.press(Key.Key_Escape)
    assert owner.box.text() == "1"
    assert owner.box.selectedText() == "1"
    assert owner.entered == [1]  # which takes the reason for a refusal away too


@pytest.mark.parametrize(
    ("name", "value", "key", "expected"),
    [
        ("noise", 1, Key.Key_Up, 1.1),
        ("noise", 1, Key.Key_Down, 0.9),
        ("noise", 1, Key.Key_PageUp, 2),
        ("noise", 0, Key.Key_Down, None),
        ("aggression", 7, Key.Key_Up, 7.1),
        ("aggression", 70, Key.Key_Up, 71),
        ("aggression", 10, Key.Key_Down, 9.9),
        ("aggression", 9.9, Key.Key_Up, 10),
        ("aggression", 0, Key.Key_Up, 1e-4),
        ("aggression", 7, Key.Key_PageDown, 6),
        ("iterations", 50_000, Key.Key_Up, 51_000),
        ("iterations", 100, Key.Key_Down, 99),
        ("points", 2, Key.Key_Down, None),
        ("points", 2, Key.Key_Up, 3),
        ("points", 10, Key.Key_Down, 9),
        ("trail_every", 7, Key.Key_Up, 8),
        ("trail_every", 7, Key.Key_Down, 6),
        ("trail_every", 1, Key.Key_PageUp, 11),
        ("seed", 2_147_483_646, Key.Key_Up, 2_147_483_647),
        ("seed", 2_147_483_647, Key.Key_Up, None),
        ("seed", 42, Key.Key_PageDown, 32),
    ],
)
def test_arrow_and_page_keys_step(own, name, value, key, expected):
    owner = own(name, value)
    owner.press(key)
    assert owner.entered == ([] if expected is None else [expected])


def test_arrows_keep_to_what_the_window_offers_and_never_jump_back_to_it(own):
    owner = own("aggression", 1_000)
    owner.press(Key.Key_Up)
    assert owner.entered == []
    owner = own("aggression", 5_000)
    owner.press(Key.Key_Up)
    assert owner.entered == []
    owner.press(Key.Key_Down)
    assert owner.entered == [4_900]


def test_full_speed_lies_above_all_numbers(own):
    owner = own("speed", FULL_SPEED, words={FULL_SPEED: "max"})
    owner.press(Key.Key_Up)
    assert owner.entered == []
    owner.press(Key.Key_Down)
    assert owner.entered == [100_000]


def test_the_slowest_speed_does_not_step_to_full_speed(own):
    owner = own("speed", 1e-4, words={FULL_SPEED: "max"})
    owner.press(Key.Key_Down)
    assert owner.entered == []


def test_an_arrow_steps_from_what_has_been_typed(own):
    owner = own("noise", 1)
    owner.type("3")
    owner.press(Key.Key_Up)
    assert owner.entered == [3, 3.1]
    owner.type("3e")
    owner.press(Key.Key_Up)
    assert owner.entered == [3, 3.1]
    assert owner.mistyped == ["“3e” is not a number"]


@pytest.mark.parametrize(("name", "value"), [("iterations", 1_000_000_000), ("noise", 0.123456), ("speed", 100_000)])
def test_no_number_is_cut_off(own, name, value):
    box = own(name, value).box
    assert box.minimumSizeHint().width() >= box.fontMetrics().horizontalAdvance(box.text()) + 20  # with its padding


def test_boxes_of_usual_numbers_line_up_and_do_not_change_while_a_slider_is_dragged(own):
    assert own("noise", 1).box.sizeHint() == own("iterations", 100_000).box.sizeHint()
    box = own("speed", 9).box
    narrow = box.sizeHint()
    box.show_value(99_000)
    assert box.sizeHint() == narrow


@pytest.fixture
def dialog(qtbot):
    """A dialog with both kinds of number boxes."""
    made = QDialog()
    qtbot.addWidget(made)
    made.number = NumberBox(SETTINGS["noise"], whole=False)
    made.number.show_value(1)
    made.count = CountBox("count", "How many")
    made.count.setValue(7)
    column = QVBoxLayout(made)
    column.addWidget(made.number)
    column.addWidget(made.count)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize(("name", "text"), [("number", "1"), ("count", "7")])
def test_esc_in_a_dialog_takes_back_what_is_being_typed_and_then_closes_it(dialog, name, text):
    box = getattr(dialog, name)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "34")
    QTest.keyClick(box, Key.Key_Escape)
    assert dialog.isVisible()
    assert box.text() == text
    QTest.keyClick(box, Key.Key_Escape)
    assert not dialog.isVisible()
