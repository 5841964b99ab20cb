"""Targets: whatever can be clicked is at least 24 px wide and high, as WCAG 2.5.8 asks.

Left out, as there: links in running text, the little arrows of boxes in which a number can be typed, scroll bars beside
what the wheel scrolls, edges between panels, and what has to be where it is, such as the neurons of many in a layer,
which the boxes of the mathematics reach too. Qt's own dialogs for files, which most systems replace, are theirs.
"""

import pytest
from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QListView,
    QMenu,
    QMenuBar,
    QSlider,
    QTabBar,
    QWidget,
)

from curvegui.ui.look.theme import set_text_size
from curvegui.ui.timeline.timeline import Timeline
from curvegui.ui.tools import brush, stretch_brush
from tests.ui.person import handle

LEAST_PX = 24
PAGES = "help.guide", "help.keys", "help.log"
INSIDE = QComboBox, QAbstractSpinBox

pytestmark = pytest.mark.qt_log_ignore(r"^This plugin does not support .*$", extend=True)


def targets(root):
    """What can be clicked in a window, by name, with its width and height."""
    for each in root.findChildren(QWidget):
        if not each.isVisible() or isinstance(each.parentWidget(), INSIDE):
            continue
        name = f"{type(each).__name__} {each.objectName()}"
        match each:
            case QAbstractButton() | QComboBox() | QAbstractSpinBox() | QLineEdit():
                yield name, each.size()
            case QSlider():
                yield f"handle of {name}", handle(each).size()
            case QTabBar():
                yield from ((f"{name} {each.tabText(tab)}", each.tabRect(tab).size()) for tab in range(each.count()))
            case QMenuBar():
                yield from ((action.text(), each.actionGeometry(action).size()) for action in each.actions())
            case QHeaderView():
                if each.count() and each.sectionsClickable() and each.orientation() == Qt.Orientation.Horizontal:
                    yield name, each.size()
            case QAbstractItemView():
                yield from ((name, size) for size in rows(each))
        if isinstance(each, QComboBox):
            yield from ((f"entry of {name}", size) for size in rows(each.view()))


def rows(view):
    """The sizes of the first rows of a list or table, with what is between them."""
    model, between = view.model(), 2 * view.spacing() if isinstance(view, QListView) else 0
    for row in range(min(model.rowCount(), 3) if model is not None else 0):
        place = model.index(row, 0)
        size = view.visualRect(place).size().expandedTo(view.sizeHintForIndex(place))
        yield size.grownBy(QMargins(0, 0, 0, between))


def too_small(root):
    return {
        name: (size.width(), size.height())
        for name, size in targets(root)
        if min(size.width(), size.height()) < LEAST_PX
    }


@pytest.mark.parametrize("percent", [100, 80])
def test_all_that_can_be_clicked_in_a_view_or_panel_is_large_enough(open_window, percent):
    set_text_size(percent)
    person = open_window(study=True, welcomes=True)
    person.wait_for_first_picture()
    services, small = person.window.services, {}
    for view in ("watch", "play", "understand", "exercise"):
        person.choose(f"view.{view}")
        small |= too_small(person.window)
    person.choose("view.play")
    person.click("settings.more")
    for record in services.docks.records:
        dock = services.docks[record.name]
        dock.show()
        dock.raise_()
        person.wait_until(lambda name=record.name: services.docks.is_seen(name))
        small |= too_small(person.window)
        dock.setFloating(True)
        small |= too_small(dock)
        dock.setFloating(False)
    for id_ in ("curve.draw", "curve.reshape"):
        person.choose(id_)
        small |= too_small(person.window)
        person.choose(id_)
    assert small == {}


def test_all_that_can_be_clicked_in_a_dialog_is_large_enough(open_window, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: asked.append(True) or ("", ""))
    person = open_window(study=True)
    person.wait_for_first_picture()
    actions, small, opened = person.window.services.actions, {}, set()

    def dialogs():
        seen = [each for each in QApplication.topLevelWidgets() if each.isVisible() and not isinstance(each, QMenu)]
        return [each for each in seen if each is not person.window]

    for record in actions.records:
        if (record.text.endswith("…") or record.id in PAGES) and actions[record.id].isEnabled():
            asked.clear()
            person.choose(record.id)
            person.wait_until(lambda: dialogs() or asked)
            for dialog in dialogs():
                if not isinstance(dialog, QFileDialog):
                    opened.add(record.id)
                    small |= {f"{record.id}: {name}": size for name, size in too_small(dialog).items()}
                dialog.close()
            person.wait_until(lambda: not dialogs())
    assert small == {}
    assert opened >= {"app.preferences", "picture.save", "poster.save", "wall.open", "help.guide", "gallery.choose"}


def test_the_entries_of_menus_are_large_enough(person):
    for menu in person.window.findChildren(QMenu):
        menu.sizeHint()  # lays it out
        for action in menu.actions():
            if action.isVisible() and not action.isSeparator():
                assert menu.actionGeometry(action).height() >= LEAST_PX, action.text()


def test_what_is_painted_is_taken_hold_of_from_12_px_away(person):
    assert 2 * brush.REACH_PX >= LEAST_PX
    assert 2 * stretch_brush.REACH_PX >= LEAST_PX
    plot = person.window.findChild(Timeline, "timeline")
    assert min(plot.width(), plot.height()) >= LEAST_PX  # all of it can be clicked
