"""Each list to choose from, in every panel and dialog, has a label: without one, a reader hears only what is chosen."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMenu

from curvegui.ui.curve_dialog.table_source import TableSource
from curvegui.ui.tour.question import TourQuestion

pytestmark = pytest.mark.qt_log_ignore(r"^This plugin does not support .*$", extend=True)


def dialogs_of(window):
    seen = [each for each in QApplication.topLevelWidgets() if each.isVisible() and not isinstance(each, QMenu)]
    return [each for each in seen if each is not window]


def labels_in(root):
    """What the labels of each list to choose from say, by its object name; also of those that are hidden now."""
    return {box.objectName(): label_of(box) for box in root.findChildren(QComboBox)}


def label_of(box):
    relations = QAccessible.queryAccessibleInterface(box).relations(QAccessible.RelationFlag.Label)
    return " ".join(label.text(QAccessible.Text.Name) for label, _ in relations).strip()


def nameless(labels):
    return sorted(name for name, words in labels.items() if not words)


@pytest.mark.slow
def test_lists_in_panels_have_labels(open_window):
    person = open_window(study=True)
    person.wait_for_first_picture()
    docks, labels = person.window.services.docks, {}
    person.click("settings.more")
    for record in docks.records:
        docks.show(record.name)
        person.wait_until(lambda name=record.name: docks[name].widget().column.count())
        labels |= labels_in(docks[record.name])
    labels |= labels_in(person.window)
    assert {"valley.across", "favourites.order", "maths.matrix", "morph.choice", "editor.optimizer"} <= {*labels}
    assert nameless(labels) == []


@pytest.mark.slow
def test_lists_in_dialogs_have_labels(open_window, monkeypatch):
    asked, labels = [], {}
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: asked.append(True) or ("", ""))
    person = open_window(study=True)
    person.wait_for_first_picture()
    actions = person.window.services.actions
    for record in actions.records:
        if record.text.endswith("…") and actions[record.id].isEnabled():
            asked.clear()
            person.choose(record.id)
            person.wait_until(lambda: dialogs_of(person.window) or asked)
            for dialog in dialogs_of(person.window):
                labels |= {} if isinstance(dialog, QFileDialog) else labels_in(dialog)
                dialog.close()
            person.wait_until(lambda: not dialogs_of(person.window))
    assert {"preferences.language", "film.ending", "sweep.where", "hand.curve", "networks.kind"} <= {*labels}
    assert nameless(labels) == []


@pytest.mark.parametrize("made", [TourQuestion, lambda: TableSource("table", b"1 2 3\n4 5 6\n")])
def test_lists_that_come_with_a_lesson_or_a_table_have_labels(qtbot, light_theme, made):
    widget = made()
    qtbot.addWidget(widget)
    labels = labels_in(widget)
    assert labels
    assert nameless(labels) == []
