"""The wheel over the settings: it changes nothing that a person has not picked."""

import pytest
from PySide6.QtCore import QLocale, QStringListModel, Qt
from PySide6.QtTest import QTest

from curvegui.core.settings.config import EDITED_SETTINGS, SETTINGS
from curvegui.ui.widgets.scrolled import CountBox, ScrolledComboBox
from tests.ui.person import Key, picture


def test_the_wheel_changes_nothing_that_has_no_focus(open_window):
    person = open_window(size=(1_180, 1_200), optimizer="adam", schedule="cosine")  # with these, every setting is there
    person.click("settings.more")
    before = person.session.config
    person.tab_to("canvas")
    editors = [f"editor.{name}" for name in EDITED_SETTINGS if name not in ("curve", "hidden", "speed")]
    for name in (*editors, *(f"slider.{name}" for name, setting in SETTINGS.items() if setting.slider)):
        for notches in (1, -1):
            person.turn_wheel(name, notches)
            assert person.session.config == before
    assert person.focus == "canvas"


def test_the_wheel_steps_what_has_the_focus(person):
    person.tab_to("editor.noise")
    person.turn_wheel("editor.noise", 1)
    assert person.session.config.noise == 1.1
    person.tab_to("slider.noise")
    person.turn_wheel("slider.noise", -1)
    assert person.session.config.noise < 1.1
    person.tab_to("editor.activation")
    person.turn_wheel("editor.activation", -1)
    assert person.session.config.activation == "tanh"


def test_the_wheel_over_an_editor_without_focus_scrolls_the_page(open_window):
    person = open_window(size=(900, 560), hidden=(6,) * 8)
    person.click("settings.more")
    page = person.find("settings.network").parentWidget().parentWidget()
    bar = page.parentWidget().parentWidget().verticalScrollBar()
    person.tab_to("canvas")
    person.wait_until(lambda: bar.maximum() > 0)
    person.turn_wheel("editor.activation", -1)
    assert bar.value() > 0


class Asked(QStringListModel):
    """Counts how often it is asked for anything."""

    asked = 0

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        self.asked += 1
        return super().data(index, role)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen
def test_a_list_of_thousands_drops_down_without_measuring_each_and_shows_the_last_whole(qtbot):
    box, points = ScrolledComboBox(), Asked([f"point {number}" for number in range(3_000)])
    qtbot.addWidget(box)
    box.setModel(points)
    box.show()
    points.asked = 0
    box.showPopup()
    assert points.asked < 4 * points.rowCount()
    assert box.view().minimumWidth() >= box.fontMetrics().horizontalAdvance("point 2999")
    box.hidePopup()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_choice_that_is_too_long_for_its_box_ends_in_dots_and_one_that_fits_is_whole(qtbot, direction):
    def seen(*choices):
        box = ScrolledComboBox()
        qtbot.addWidget(box)
        box.setLayoutDirection(direction)
        box.addItems(choices)
        box.resize(120, 30)
        return picture(box)

    long = "Levenberg–Marquardt, with a damping"
    words = [f"{long[:end]}…" for end in range(3, len(long))]
    assert any(seen(long) == seen(each) for each in words)
    assert seen("Adam") not in (seen("A…"), seen("Ad…"), seen("Ada…"))


@pytest.mark.parametrize("locale", ["ar_AE", "ar_EG", "zh_CN", "en_US"])
@pytest.mark.parametrize("typed", ["1250", "١٢٥٠", "１２５０"])
def test_a_count_is_typed_with_the_digits_of_any_keyboard(qtbot, locale, typed):
    QLocale.setDefault(QLocale(locale))
    box = CountBox("count", "Count")
    qtbot.addWidget(box)
    box.setRange(1, 9_999)
    box.setGroupSeparatorShown(True)
    box.selectAll()
    for each in typed:
        box.lineEdit().insert(each)  # as an input method does; keys of QTest are Latin
    QTest.keyClick(box, Key.Key_Return)
    assert box.value() == 1_250
    box.stepUp()
    assert box.value() == 1_251
    box.selectAll()
    box.lineEdit().insert("x")
    QTest.keyClick(box, Key.Key_Return)
    assert box.value() == 1_251
