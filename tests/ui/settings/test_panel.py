"""The panel of settings: what everybody changes, and behind "All settings" all others, in groups on one grid."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.core.settings.config import EDITED_SETTINGS, SETTINGS
from curvegui.core.settings.setting import GROUPS
from curvegui.ui.look.theme import USUAL_PERCENT as USUAL_SIZE
from tests.room.fitting import faults
from tests.ui.person import Key, Modifier

USUAL = {"aggression", "noise", "seed"}
FAR = Key.Key_Y  # with Alt, it leads to a setting behind "All settings"


def editors(person, above=None):
    """The editors in sight, by their names: of settings and sliders."""
    within = above or person.find("dock.settings")
    names = ("editor.", "slider.")
    parts = (each for each in within.findChildren(QWidget) if each.objectName().startswith(names) and each.isVisible())
    return {each.objectName(): each for each in parts}


def page(person):
    """What scrolls: the less used settings."""
    return person.find("settings.network").parentWidget().parentWidget().parentWidget().parentWidget()


def place(person, name):
    return person.find(name).mapTo(person.window, QPoint(0, 0))


def test_at_first_only_what_everybody_changes_is_there_and_one_button_shows_all_others_in_groups(person):
    shown = {name.partition(".")[2] for name in editors(person) if name.startswith("editor.")}
    assert shown == USUAL
    assert person.find("settings.more").accessibleName() or person.read("settings.more")

    before = {name: place(person, name) for name in editors(person)}
    person.click("settings.more")
    for key, title in GROUPS.items():
        group = person.find(f"settings.{key}")
        assert group.accessibleName() == title
        wanted = {f"editor.{name}" for name, setting in SETTINGS.items() if setting.group == key}
        there = {each.objectName() for each in group.findChildren(QWidget) if each.objectName().startswith("editor.")}
        assert there == wanted
    headings = [label.text() for label in page(person).findChildren(QLabel) if label.property("heading")]
    assert headings == list(GROUPS.values())
    grouped = {name for name, setting in SETTINGS.items() if setting.group}
    assert set(EDITED_SETTINGS) == grouped | USUAL | {"curve", "hidden", "speed"}
    person.click("settings.more")
    assert {name: place(person, name) for name in editors(person)} == before

    person.click("settings.more")
    person.tab_to("editor.points")
    visited = []
    for _ in range(3):
        person.press(Key.Key_Tab)
        visited.append(person.focus)
    assert visited == ["editor.data_noise", "editor.train_one_in", "editor.optimizer"]


@pytest.mark.slow
def test_no_editor_is_cut_off_at_the_side_and_none_covers_another(person):
    person.click("settings.more")
    for width in (200, 330, 420, 600):
        nothing_is_cut_off(person, width)


def test_the_name_of_the_optimiser_is_whole_at_200_percent(open_window, qtbot):
    person = open_window(size=(1_180, 760))
    person.window.services.display.see(text_size=200)
    person.click("settings.more")
    box = person.find("editor.optimizer")
    person.wait_until(box.isVisible)
    person.wait_until(lambda: faults(box) == [])
    person.window.services.display.see(text_size=USUAL_SIZE)


def nothing_is_cut_off(person, width):
    person.window.resizeDocks([person.find("dock.settings")], [width], Qt.Orientation.Horizontal)
    area = page(person)
    inside = area.widget()
    person.wait_until(lambda: inside.width() == area.viewport().width())
    person.wait_until(lambda: inside.height() >= inside.layout().heightForWidth(inside.width()))
    for around, least in ((area.widget(), 10), (person.find("dock.settings"), 5)):
        boxes = {
            name: editor.rect().translated(editor.mapTo(around, QPoint(0, 0)))
            for name, editor in editors(person, around).items()
            if around is area.widget() or not area.isAncestorOf(editor)
        }
        for name, box in boxes.items():
            assert around.rect().contains(box), name
            assert [other for other in boxes if other != name and boxes[other].intersects(box)] == []
        assert len(boxes) >= least


def test_where_there_is_little_room_the_others_scroll_to_the_focus_and_what_everybody_changes_stays(visit):
    person = visit(hidden=(6,) * 8)
    person.window.resize(900, 560)
    person.click("settings.more")
    bar, before = page(person).verticalScrollBar(), place(person, "editor.aggression")
    person.wait_until(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert place(person, "editor.aggression") == before

    area = page(person)
    person.tab_to("canvas")
    for name in ("editor.trail_every", "editor.activation"):
        box = person.tab_to(name)
        assert area.viewport().rect().contains(box.mapTo(area.viewport(), box.rect().center()))


def test_in_a_very_low_panel_what_everybody_changes_scrolls_and_nothing_is_squeezed(visit):
    person = visit(hidden=(6,) * 8)
    person.window.resize(560, 440)
    person.wait_for_first_picture()
    person.tab_to("canvas")
    for name in ("editor.noise", "slider.noise", "editor.seed"):
        part = person.tab_to(name)
        person.wait_until(lambda part=part: part.visibleRegion().boundingRect() == part.rect())
        assert part.height() >= part.minimumSizeHint().height()


def test_a_reason_is_shown_whole_in_a_bubble_at_its_editor_and_nothing_moves(visit):
    person = visit()
    person.window.resize(1_180, 1_000)  # nothing scrolls
    person.click("settings.more")
    names = ("editor.iterations", "editor.seed", "editor.aggression", "slider.noise")
    before = {name: place(person, name) for name in names}
    for name, text in (("iterations", "1..2..3..4..5..6..7..8..9..0..1..2..3.."), ("noise", "-1")):
        person.enter_setting(name, text)
        bubble, editor = person.find(f"error.{name}"), person.find(f"editor.{name}")
        assert bubble.height() >= bubble.heightForWidth(bubble.width())
        assert person.window.rect().contains(bubble.geometry())
        beside = editor.rect().translated(place(person, f"editor.{name}"))
        assert not bubble.geometry().intersects(beside)
        assert bubble.geometry().intersects(beside.adjusted(0, -10, 0, 10))
    assert {name: place(person, name) for name in names} == before
    person.window.services.docks["settings"].hide()
    assert not person.shows("error.noise")


# Letters


def test_a_letter_leads_to_its_setting_even_where_it_is_not_in_sight_and_nowhere_without_effect(person):
    for name, setting in SETTINGS.items():
        if setting.letter and setting.group and person.session.config.uses(name):
            more = person.find("settings.more")
            if more.isChecked():
                person.click("settings.more")
            for _ in range(2):  # behind the button, and in sight
                person.tab_to("canvas")
                person.press(getattr(Key, f"Key_{setting.letter.upper()}"), modifiers=Modifier.AltModifier)
                assert person.focus == f"editor.{name}"
                assert more.isChecked()

    person.session.edit(optimizer="levenberg-marquardt")
    person.tab_to("canvas")
    person.press(Key.Key_B, modifiers=Modifier.AltModifier)  # the batch
    assert person.focus == "canvas"


def test_a_letter_into_a_panel_behind_another_one_raises_it(person):
    docks = person.window.services.docks
    person.window.tabifyDockWidget(docks["settings"], docks["favourites"])
    docks.show("favourites")
    person.wait_until(lambda: not docks.is_seen("settings"))
    for letter, name in ((Key.Key_N, "noise"), (FAR, "trail_every")):
        docks.show("favourites")
        person.wait_until(lambda: not docks.is_seen("settings"))
        person.press(letter, modifiers=Modifier.AltModifier)
        assert person.focus == f"editor.{name}"
        person.wait_until(lambda: docks.is_seen("settings"))
