"""The panel of settings: everything in it can be seen, at any width."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget

from curvegui.core.diagnosis.diagnosis import Condition, Diagnosis, Remedy
from curvegui.ui.settings.panel import SettingsPanel

SATURATED = Diagnosis(
    Condition.SATURATED,
    "Learning has stopped.",
    "Every Jacobian contains it. " * 45,
    (Remedy.RESET, Remedy.START_GENTLER),
)
LONG = Diagnosis(
    Condition.VANISHING,
    "The first layers hardly learn.",
    "The Jacobian of the first layer is 10,000 times smaller than that of the last: each layer multiplies it by a "
    "slope of at most a quarter, and what is left moves nothing. With fewer layers, or other neurons, more is left.",
    (Remedy.UNDO, Remedy.FEWER_LAYERS, Remedy.TANH_NEURONS),
)


def editors(person):
    return [
        each
        for each in person.window.findChildren(QWidget)
        if each.objectName().startswith(("editor.", "slider.", "layer.")) and each.isVisible()
    ]


@pytest.mark.slow
@pytest.mark.parametrize("width", [200, 330, 420, 600])
def test_no_editor_is_cut_off_at_the_side_and_none_covers_another(person, width):
    dock = person.find("dock.knobs")
    person.window.resizeDocks([dock], [width], Qt.Orientation.Horizontal)
    (area,) = person.window.findChildren(QScrollArea)
    page = area.widget()
    person.wait_until(lambda: page.width() == area.viewport().width())
    boxes = {}
    for editor in editors(person):
        if page.isAncestorOf(editor) and editor.objectName() != "editor.hidden":
            boxes[editor.objectName()] = editor.rect().translated(editor.mapTo(page, QPoint(0, 0)))
    assert len(boxes) > 15
    for name, box in boxes.items():
        assert page.rect().contains(box), name
        assert [other for other in boxes if other != name and boxes[other].intersects(box)] == []


def test_labels_are_whole(person):
    (area,) = person.window.findChildren(QScrollArea)
    labels = [label for label in area.findChildren(QLabel) if label.isVisible() and label.text()]
    assert len(labels) > 8
    for label in labels:
        assert label.width() >= label.sizeHint().width()


def test_a_reason_is_shown_whole_under_its_editor(person):
    person.enter_setting("iterations", "a value that is far too long to be shown")
    label = person.find("error.iterations")
    person.wait_until(lambda: label.height() >= label.heightForWidth(label.width()))
    editor = person.find("editor.iterations")
    assert label.mapTo(person.window, QPoint(0, 0)).y() > editor.mapTo(person.window, QPoint(0, 0)).y()
    (area,) = person.window.findChildren(QScrollArea)
    assert area.widget().width() == area.viewport().width()  # nothing sticks out to the right


def test_a_reason_does_not_move_the_editors_beside_it(person):
    def place(name):
        return person.find(name).mapTo(person.window, QPoint(0, 0))

    before = {name: place(name) for name in ("editor.iterations", "editor.seed", "editor.aggression", "slider.noise")}
    person.enter_setting("iterations", "a value that is far too long to be shown")
    person.enter_setting("noise", "-1")
    label = person.find("error.iterations")
    person.wait_until(lambda: label.height() >= label.heightForWidth(label.width()))
    assert place("editor.seed").y() == place("editor.iterations").y()
    for name in ("editor.iterations", "editor.seed", "slider.noise"):
        assert place(name).x() == before[name].x()
    assert place("editor.aggression") == before["editor.aggression"]


def test_the_advice_stays_in_view_while_the_knobs_scroll(open_window):
    person = open_window(size=(900, 560), hidden=(6,) * 8)
    (area,) = person.window.findChildren(QScrollArea)
    person.wait_until(lambda: area.verticalScrollBar().maximum() > 0)
    before = person.find("advice").mapTo(person.window, QPoint(0, 0))
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert person.find("advice").mapTo(person.window, QPoint(0, 0)) == before
    assert person.window.rect().contains(person.find("advice").geometry().translated(0, 0))


def test_in_a_low_panel_long_advice_scrolls_with_the_knobs_and_comes_back_in_a_higher_one(open_window):
    person = open_window(size=(900, 480))
    person.wait_for_first_picture()
    (area,) = person.window.findChildren(QScrollArea)
    advice = person.find("advice")
    advice.show_diagnosis(SATURATED)
    person.wait_until(lambda: person.shows("advice.details"))
    assert not area.isAncestorOf(advice)
    person.click("advice.details")
    person.wait_until(lambda: area.widget().isAncestorOf(advice))
    person.wait_until(lambda: advice.height() >= advice.heightForWidth(advice.width()))
    person.tab_to("remedy.reset")
    person.window.resize(900, 900)
    person.wait_until(lambda: not area.isAncestorOf(advice))
    assert person.focus == "remedy.reset"


@pytest.mark.parametrize(("size", "study"), [((1180, 830), True), ((700, 520), False)])
def test_the_buttons_of_trouble_are_in_sight_and_sliders_too(open_window, size, study):
    person = open_window(size=size, study=study)
    person.wait_for_first_picture()
    if study:
        person.wait_until(lambda: person.find("dock.network").height() > person.find("dock.knobs").height())
    advice = person.find("advice")
    advice.set_can_undo(True)
    advice.show_diagnosis(LONG)
    buttons = [f"remedy.{remedy.name.lower()}" for remedy in LONG.remedies]
    for name in (*buttons, "advice.why", "slider.aggression"):
        person.wait_until(lambda name=name: is_whole(person.find(name)))
    assert LONG.detail in advice.accessibleName()


def test_where_there_is_little_room_details_are_told_on_demand(open_window):
    person = open_window(study=True)
    person.wait_for_first_picture()
    settings, advice = person.find("dock.knobs"), person.find("advice")
    person.wait_until(lambda: person.find("dock.network").height() > settings.height())
    advice.show_diagnosis(LONG)
    person.wait_until(lambda: is_whole(person.find("advice.headline")))
    assert not person.shows("advice.words")
    height = settings.height()
    person.click("advice.details")
    person.wait_until(lambda: LONG.detail in person.read("advice.words"))
    assert person.read("advice.details") == "Less"
    assert not person.shows("advice.headline")
    person.click("advice.details")
    person.wait_until(lambda: not person.shows("advice.words"))
    assert (settings.height(), person.window.height()) == (height, 830)


def is_whole(widget):
    return widget.visibleRegion().boundingRect() == widget.rect()


def test_another_finding_is_brief_again(person):
    advice = person.find("advice")
    advice.set_tight(True)
    advice.show_diagnosis(SATURATED)
    advice._open_or_close()
    assert not advice._headline.isVisible()
    advice.show_diagnosis(LONG)
    assert advice._headline.isVisible()


def test_every_button_of_the_advice_is_whole_in_the_narrowest_panel(person):
    dock, advice = person.find("dock.knobs"), person.find("advice")
    advice.show_diagnosis(SATURATED)
    person.window.resizeDocks([dock], [10], Qt.Orientation.Horizontal)
    person.wait_until(lambda: dock.width() <= dock.minimumSizeHint().width())
    buttons = [each for each in advice.findChildren(QPushButton) if each.isVisible()]
    assert len(buttons) > 1
    for button in buttons:
        assert button.width() >= button.sizeHint().width()
        assert advice.rect().contains(button.geometry().translated(button.parent().pos()))


def test_what_scrolls_the_cards_does_not_cover_them(open_window):
    person = open_window(size=(700, 520))
    (area,) = person.window.findChildren(QScrollArea)

    def is_narrow():
        person.window.resizeDocks([person.find("dock.knobs")], [10], Qt.Orientation.Horizontal)
        return area.verticalScrollBar().isVisible() and area.width() <= area.minimumWidth()

    person.wait_until(is_narrow)  # asked again until the first width has been let go
    person.wait_until(lambda: area.widget().width() == area.viewport().width())


def test_the_focus_scrolls_what_it_reaches_into_view(open_window):
    person = open_window(size=(900, 560), hidden=(6,) * 8)
    (area,) = person.window.findChildren(QScrollArea)
    person.wait_until(lambda: area.verticalScrollBar().maximum() > 0)
    person.tab_to("canvas")
    for name in ("editor.trail_every", "editor.aggression"):
        box = person.tab_to(name)
        assert area.viewport().rect().contains(box.mapTo(area.viewport(), box.rect().center()))


def test_tab_goes_from_left_to_right_in_the_last_card(person):
    person.tab_to("editor.iterations")
    visited = []
    for _ in range(5):
        person.press(Qt.Key.Key_Tab)
        visited.append(person.focus.removeprefix("editor."))
    assert visited == ["seed", "points", "trail_every", "data_noise", "train_one_in"]


def test_trouble_comes_into_sight_where_the_advice_scrolls_but_not_while_somebody_types(open_window, monkeypatch):
    monkeypatch.setattr("curvegui.ui.settings.panel.LEAST_SETTINGS_LINES", 1_000)  # as in a very low panel
    person = open_window(size=(900, 480))
    person.wait_for_first_picture()
    (area,) = person.window.findChildren(QScrollArea)
    advice = person.find("advice")
    person.tab_to("editor.aggression")
    advice.show_diagnosis(SATURATED)
    person.wait_until(lambda: area.widget().isAncestorOf(advice))
    alarm = person.window.findChild(SettingsPanel)._alarm
    person.wait_until(lambda: not alarm.isActive())
    assert area.verticalScrollBar().value() == 0

    person.tab_to("canvas")
    area.verticalScrollBar().setValue(0)
    advice.show_diagnosis(None)
    advice.show_diagnosis(SATURATED)
    headline = advice.findChild(QLabel, "advice.headline")
    person.wait_until(lambda: not headline.visibleRegion().isEmpty())
