"""The favourites' dock, as a person uses it: look, search, sort, rename, delete, take back, load."""

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from curvegui.figure.drawing.look import CLASSIC
from curvegui.files.project.project import load
from curvegui.ui.favourites.words import FavouritesChoices
from curvegui.ui.look.theme import current_theme
from tests.ui.favourites.fits import fill, is_idle
from tests.ui.person import LEFT, Key, Modifier, picture, pixels_near

CONTROL = Modifier.ControlModifier

# what the offscreen platform says of every menu
pytestmark = pytest.mark.qt_log_ignore(
    r"^This plugin does not support (raise\(\)|grabbing the keyboard|propagateSizeHints\(\))$", extend=True
)


class Visitor:
    """Someone who looks at the favourites of a window."""

    def __init__(self, person):
        self.person, self.panel = person, person.window.features["favourites"].panel
        self.view, self.all = self.panel.view, person.window.features["favourites"].favourites

    @property
    def names(self):
        return [each.name for each in self.panel.listed]

    def wait_for(self, *names):
        self.person.wait_until(lambda: self.names == list(names))

    def place(self, name):
        """The middle of one's thumbnail, on the list."""
        rect = self.view.visualRect(self.view.model().index(self.names.index(name), 0))
        return QPoint(rect.center().x(), rect.top() + 40)

    def click(self, name, modifiers=Modifier.NoModifier):
        QTest.mouseClick(self.view.viewport(), LEFT, modifiers, self.place(name))

    def double_click(self, name):
        self.click(name)
        QTest.mouseDClick(self.view.viewport(), LEFT, pos=self.place(name))

    def go_to(self, name):
        """Move the keyboard's place there."""
        self.view.setFocus()
        index = self.view.model().index(self.names.index(name), 0)
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @property
    def selected(self):
        return [each.name for each in self.view.selected()]

    @property
    def says(self):
        return self.person.window.toast.words

    @property
    def editor(self):
        return self.person.find("favourites.name", QLineEdit)


@pytest.fixture
def visit(open_window, tmp_path):
    """Open a window whose folder has favourites of some names, the first one oldest, and show the dock."""

    def open_with(*names):
        fill(tmp_path / "favourites", *names)
        person = open_window()
        person.wait_for_first_picture()
        person.window.findChild(object, "action.dock.favourites").trigger()
        visitor = Visitor(person)
        person.wait_until(lambda: visitor.all.is_complete)
        if names:  # it takes the focus a little later, when it has been laid out
            dock = person.find("dock.favourites")
            person.wait_until(lambda: dock.isAncestorOf(QApplication.focusWidget()))
        return visitor

    return open_with


@pytest.fixture
def visitor(visit):
    made = visit("Anna", "bert", "Carla")
    made.wait_for("Carla", "bert", "Anna")
    return made


def enter(repeats=False):
    """The Enter key goes down, or has been down for so long that it repeats."""
    return QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, Modifier.NoModifier, "\r", repeats)


# Looking


def test_an_empty_dock_says_how_to_keep_one(visit):
    visitor = visit()
    assert "Press F" in visitor.person.read("favourites.empty")
    assert not visitor.person.shows("favourites.search")
    assert not visitor.person.shows("favourites.list")


@pytest.mark.slow
def test_they_are_shown_as_thumbnails_with_words_reached_with_tab_and_found(visitor):
    assert visitor.person.shows("favourites.list")
    visitor.person.wait_until(lambda: is_idle(visitor.panel.thumbnails))
    assert pixels_near(picture(visitor.view), CLASSIC.background.stops[0][1], within=40) > 500

    list_ = QAccessible.queryAccessibleInterface(visitor.view)
    told = [list_.child(row).text(QAccessible.Text.Name) for row in range(list_.childCount())]
    assert [each.split(",")[0] for each in told] == ["Carla", "bert", "Anna"]
    assert all("cost" in each for each in told)

    visitor.person.tab_to("favourites.search")
    visited = []
    for _ in range(5):
        visited.append(visitor.person.focus)
        assert QApplication.focusWidget().accessibleName()
        visitor.person.press(Key.Key_Tab)
    assert visited == [f"favourites.{name}" for name in ("search", "order", "size", "more", "list")]

    visitor.person.tab_to("favourites.more")
    visitor.person.press(Key.Key_Space)
    (menu,) = [each for each in visitor.person.window.findChildren(QMenu, "favourites.menu") if each.isVisible()]
    QTest.keyClick(menu, Key.Key_Escape)
    assert not menu.isVisible()

    search = visitor.person.find("favourites.search")
    QTest.keyClicks(search, "ert")
    visitor.wait_for("bert")
    QTest.keyClicks(search, "x")
    assert "“ertx”" in visitor.person.read("favourites.empty")
    width = visitor.panel.minimumSizeHint().width()
    search.setText(5_000 * "x")
    visitor.person.wait_until(lambda: "xxx" in visitor.person.read("favourites.empty"))
    assert visitor.panel.minimumSizeHint().width() <= width  # a long word does not widen the window
    search.clear()
    visitor.wait_for("Carla", "bert", "Anna")

    search = visitor.person.tab_to("favourites.search")
    visitor.person.press(Key.Key_F)
    assert search.text() == "f"
    assert len(visitor.all.items) == 3
    search.clear()
    visitor.wait_for("Carla", "bert", "Anna")

    visitor.person.find("favourites.size").setValue(320)
    rects = [visitor.view.visualRect(visitor.view.model().index(row, 0)) for row in range(3)]
    assert len({rect.x() for rect in rects}) == 1


def test_a_broken_one_is_shown_by_a_sign_and_in_words_and_harms_nothing(visitor, tmp_path):
    (tmp_path / "favourites" / "junk.curvegui").write_bytes(b"junk")
    visitor.person.wait_until(lambda: len(visitor.names) == 4)
    index = visitor.view.model().index(visitor.names.index("junk"), 0)
    assert "broken" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    warning = current_theme().warning
    visitor.person.wait_until(lambda: pixels_near(picture(visitor.view), warning) > 30)
    before = visitor.person.session.snapshot
    visitor.double_click("junk")
    visitor.person.wait_until(lambda: "could not be opened" in visitor.says)
    assert visitor.person.session.snapshot is before


def test_order_and_size_are_chosen_and_remembered(visitor, open_window):
    order = visitor.person.find("favourites.order")
    order.setCurrentIndex(order.findData("name"))
    visitor.wait_for("Anna", "bert", "Carla")
    width = visitor.view.visualRect(visitor.view.model().index(0, 0)).width()
    visitor.person.find("favourites.size").setValue(200)
    assert visitor.view.visualRect(visitor.view.model().index(0, 0)).width() > width
    visitor.person.window.close()
    again = Visitor(open_window(size=None))
    again.person.wait_until(lambda: again.person.shows("favourites.list"))
    again.wait_for("Anna", "bert", "Carla")
    assert again.panel.choices == FavouritesChoices(order="name", side=200, seen=True)


# Renaming


# Deleting


def test_ctrl_z_in_the_dock_takes_back_what_the_bar_says_and_elsewhere_what_the_menu_says(visitor):
    visitor.person.enter_setting("noise", "2")
    visitor.go_to("bert")
    visitor.person.press(Key.Key_Delete)
    visitor.person.wait_until(lambda: visitor.says)
    visitor.person.press(Key.Key_Z, modifiers=CONTROL)
    visitor.wait_for("Carla", "bert", "Anna")
    assert visitor.person.session.config.noise == 2
    visitor.person.press(Key.Key_Z, modifiers=CONTROL)
    assert visitor.person.session.config.noise == 1

    visitor.person.enter_setting("noise", "2")
    visitor.go_to("bert")
    visitor.person.press(Key.Key_Delete)
    visitor.person.wait_until(lambda: visitor.says)
    visitor.person.tab_to("run")
    visitor.person.press(Key.Key_Z, modifiers=CONTROL)
    assert visitor.person.session.config.noise == 1
    assert visitor.names == ["Carla", "Anna"]


# Loading


def test_a_double_click_or_enter_loads_the_run_exactly_and_undo_brings_the_other_back(visitor, tmp_path):
    person = visitor.person
    person.learn(20)
    before = person.session.snapshot
    kept = load(tmp_path / "favourites" / "bert.curvegui").record
    for enter in (False, True):
        if enter:
            visitor.go_to("bert")
            person.press(Key.Key_Return)
        else:
            visitor.double_click("bert")
        person.wait_until(lambda: person.session.snapshot and person.session.snapshot.iteration == 100)
        assert (person.session.snapshot.parameters == kept.parameters).all()
        assert person.session.config == kept.config
        assert person.action("edit.undo").text() == "&Undo open favourite"
        assert "“bert”" in person.window.toast.words
        person.press(Key.Key_Z, modifiers=CONTROL)
        person.wait_until(lambda: person.session.snapshot and person.session.snapshot.iteration == 20)
        assert (person.session.snapshot.parameters == before.parameters).all()
        assert not person.action("edit.undo").isEnabled()  # it was loaded once


def test_they_are_selected_renamed_and_deleted_and_undo_takes_it_back(visitor):
    before = visitor.person.session.snapshot
    with visitor.person.qtbot.assertNotEmitted(visitor.view.chosen):
        visitor.click("bert")
    assert visitor.selected == ["bert"]
    visitor.go_to("Carla")
    visitor.person.press(Key.Key_Right, Key.Key_Right)
    assert visitor.selected == ["Anna"]
    assert visitor.person.session.snapshot is before

    visitor.go_to("bert")
    visitor.person.press(Key.Key_F2)
    editor = visitor.editor
    assert editor.text() == "bert"
    editor.selectAll()
    QTest.keyClicks(editor, "Mum's heart")
    with visitor.person.qtbot.assertNotEmitted(visitor.view.chosen):
        for repeats in (False, True, True):  # it is held down, while the window is busy
            QApplication.sendEvent(editor, enter(repeats))
        visitor.wait_for("Carla", "Mum's heart", "Anna")
        QApplication.sendEvent(visitor.view, enter(repeats=True))
    assert visitor.selected == ["Mum's heart"]
    visitor.person.wait_until(lambda: visitor.says == "Renamed “bert” to “Mum's heart”.")
    visitor.person.click("toast.offer.1")
    visitor.wait_for("Carla", "bert", "Anna")

    visitor.go_to("bert")
    visitor.person.press(Key.Key_F2)
    QTest.keyClicks(visitor.editor, "x")
    QTest.keyClick(visitor.editor, Key.Key_Escape)
    visitor.person.wait_until(lambda: not visitor.person.shows("favourites.name"))
    assert visitor.names == ["Carla", "bert", "Anna"]

    visitor.go_to("bert")
    visitor.person.press(Key.Key_Delete)
    visitor.wait_for("Carla", "Anna")
    visitor.person.wait_until(lambda: visitor.says == "Deleted “bert”.")
    visitor.person.click("toast.offer.1")
    visitor.wait_for("Carla", "bert", "Anna")
    assert visitor.selected == ["bert"]
    assert not visitor.says

    visitor.view.clearSelection()
    before = visitor.person.session.snapshot
    visitor.click("Carla", CONTROL)
    visitor.click("Anna", CONTROL)
    assert visitor.selected == ["Carla", "Anna"]
    visitor.person.press(Key.Key_Delete)
    visitor.wait_for("bert")
    visitor.person.wait_until(lambda: visitor.says == "Deleted 2 favourites.")
    visitor.person.click("toast.offer.1")
    visitor.wait_for("Carla", "bert", "Anna")
    visitor.person.press(Key.Key_A, modifiers=CONTROL)
    assert len(visitor.selected) == 3
    assert visitor.person.session.snapshot is before  # none of it has loaded one

    visitor.go_to("bert")
    visitor.person.press(Key.Key_Delete)
    visitor.person.wait_until(lambda: visitor.says)
    visitor.person.window.toast.forget()
    assert not visitor.says
    assert visitor.names == ["Carla", "Anna"]


def test_after_loading_ctrl_z_is_about_the_run_even_if_one_was_deleted_before(visitor):
    visitor.go_to("bert")
    visitor.person.press(Key.Key_Delete)
    visitor.person.wait_until(lambda: visitor.says)
    visitor.double_click("Anna")
    visitor.person.wait_until(lambda: visitor.person.session.snapshot and "Opened" in visitor.says)
    visitor.person.wait_until(lambda: visitor.person.action("edit.undo").isEnabled())
    visitor.person.press(Key.Key_Z, modifiers=CONTROL)
    assert not visitor.person.action("edit.undo").isEnabled()
    assert visitor.names == ["Carla", "Anna"]


# Without a mouse
