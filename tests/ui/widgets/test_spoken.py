"""Every widget that paints itself says in words what it shows."""

import ast
import gc
import inspect
import weakref
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog, QGraphicsView, QLabel, QWidget

import curvegui.ui
from curvegui.ui.widgets.spoken import News, Spoken, announce, announce_news, heard, speak_for_pictures

WITHOUT = {
    "TourFrame": "it only leads the eye to something that has words of its own",
    "WallView": "what is made of it has words",
    "_Sample": "a sample of a colour, beside the name that it belongs to",
    "CurveChoice": "Qt says what is chosen",
    "PlaneView": "the canvas says what is in it",
    "ScrolledComboBox": "Qt says what is chosen",
    "ActingComboBox": "Qt says what is chosen",
    "LongComboBox": "Qt says what is chosen",
    "PointPicker": "Qt says what is chosen",
    "ElidedLabel": "a label's text is its name",
}


def paints(kind):
    ours = (each for each in kind.__mro__ if each.__module__.startswith("curvegui"))
    return issubclass(kind, QGraphicsView) or any("paintEvent" in vars(each) for each in ours)


def widgets():
    """All classes of widgets that paint themselves."""
    found = {}
    for each in walk_packages(curvegui.ui.__path__, "curvegui.ui."):
        for _, kind in inspect.getmembers(import_module(each.name), inspect.isclass):
            if kind.__module__ == each.name and issubclass(kind, QWidget) and paints(kind):
                found[kind.__name__] = kind
    return found


def is_fixed(name):
    """Whether words are the same whatever is shown: written there, or one of the translated texts without a value."""
    if isinstance(name, ast.Call) and isinstance(name.func, ast.Name) and name.func.id == "tr":
        return not name.keywords
    return isinstance(name, ast.Constant)


def names_its_value(source, name):
    """Whether the name that a class gives itself is made from what it shows."""
    inside = next(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef) and node.name == name)
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "setAccessibleName"
        and not is_fixed(node.args[0])
        for node in ast.walk(inside)
    )


def is_silent(kind):
    source = Path(inspect.getfile(kind)).read_text(encoding="utf-8")
    return not (hasattr(kind, "in_words") or names_its_value(source, kind.__name__))


def test_everything_that_is_painted_has_words():
    found = widgets()
    assert len(found) > 20
    assert set(WITHOUT) <= set(found)
    assert sorted(name for name, kind in found.items() if is_silent(kind)) == sorted(WITHOUT)


class Thermometer(QWidget):
    degrees = 20

    def in_words(self):
        return f"{self.degrees} degrees."


def test_a_reader_hears_the_value_of_the_moment_it_asks_and_then_how_it_is_used(qtbot):
    speak_for_pictures()
    thermometer = Thermometer()
    qtbot.addWidget(thermometer)
    thermometer.setAccessibleName("Outside")
    thermometer.setAccessibleDescription("The arrow keys warm it.")
    assert isinstance(thermometer, Spoken)
    assert heard(thermometer) == "20 degrees. The arrow keys warm it."
    thermometer.degrees = 21
    assert heard(thermometer).startswith("21 degrees.")
    assert heard(thermometer, QAccessible.Text.Name) == "Outside"
    assert QAccessible.queryAccessibleInterface(thermometer).role() == QAccessible.Role.Graphic


def test_what_was_heard_is_not_kept(qapp):
    """Whatever comes first, the widget's end or the collector."""
    speak_for_pictures()
    seen = []
    for number in range(50):
        window = QWidget()
        thermometer = Thermometer(window)
        seen.append(weakref.ref(thermometer))
        assert heard(thermometer)
        if number % 2:
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del thermometer, window
    gc.collect()
    assert not [each for each in seen if each() is not None]


@pytest.fixture
def heard_now(monkeypatch):
    said = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append((event.object(), event.message()))
    )
    return said


def test_what_happens_anywhere_in_a_window_is_told_at_most_once_in_three_seconds(qtbot, heard_now):
    window = QWidget()
    qtbot.addWidget(window)
    panel, dialog = QLabel(window), QDialog(window)
    button = QLabel(dialog)
    announce_news(panel, "verdict", "2 of 6 are right.")
    announce_news(button, "race", "Adam leads.")
    announce_news(window, "phase", "Learning.")
    announce_news(window, "phase", "Paused.")
    assert heard_now == [(window, "2 of 6 are right.")]
    (news,) = window.findChildren(News)
    pause = news.findChild(QTimer)
    assert pause.isActive() and pause.interval() == 3_000
    pause.timeout.emit()
    assert heard_now[1:] == [(window, "Adam leads. Paused.")]


def test_an_answer_is_said_at_once_and_what_happens_waits_until_it_has_been_read(qtbot, heard_now):
    window = QWidget()
    qtbot.addWidget(window)
    dialog = QDialog(window)
    for _ in range(2):
        announce(dialog, "No further.")
    announce_news(window, "phase", "Finished.")
    announce_news(window, "message", "No further.")  # the toast repeats it
    assert heard_now == [(dialog, "No further.")] * 2
    window.findChild(News).findChild(QTimer).timeout.emit()
    assert heard_now[2:] == [(window, "Finished.")]


def test_there_is_no_other_way_to_a_screen_reader():
    package = Path(curvegui.__file__).parent
    ways = [path.name for path in package.rglob("*.py") if "AnnouncementEvent" in path.read_text(encoding="utf-8")]
    assert ways == ["spoken.py"]
