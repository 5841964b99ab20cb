"""What a screen reader says: the value of a painted widget in words, and messages about what happens."""

from collections.abc import Callable
from functools import cache, partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget, QWidget

Text = QAccessible.Text

PAUSE_MS = 3_000  # between two announcements: a sentence takes that long to be read

MESSAGE = "message"  # the topic of messages in the toast


@runtime_checkable
class Spoken(Protocol):
    """A widget that paints itself, and can say in a sentence or two what it shows. Only a screen reader has the
    sentences made. The keys of the widget are in its ``accessibleDescription``, which is read after them."""

    def in_words(self) -> str: ...


class PictureInterface(QAccessibleWidget):
    """A `Spoken` widget for screen readers: a picture with a name, whose description begins with the sentences."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Graphic)

    def text(self, kind: QAccessible.Text) -> str:
        usual = super().text(kind)
        if kind is not Text.Description:
            return usual
        widget = self.object()
        return f"{widget.in_words()} {usual}".strip() if isinstance(widget, Spoken) else usual


def _interface_of(_key: str, thing: QObject) -> QAccessibleInterface | None:
    """A widget's interface, or None for Qt's own; Qt asks once for each widget, with the name of a class."""
    return PictureInterface(thing) if isinstance(thing, QWidget) and isinstance(thing, Spoken) else None


@cache
def speak_for_pictures() -> None:
    """Let screen readers hear painted widgets that are made from now on: Qt keeps the interfaces it has made."""
    QAccessible.installFactory(_interface_of)


def focus_as_one(view: QAbstractScrollArea) -> None:
    """Let only a graphics view itself take the focus: its viewport would take it a second time, without a name."""
    view.viewport().setFocusProxy(None)  # type: ignore[arg-type]
    view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)


def heard(widget: QWidget, kind: QAccessible.Text = Text.Description) -> str:
    """What a screen reader reads when it comes to a widget: its description, or another of its texts."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(kind) if interface is not None else ""


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say words at once, in answer to what a person does. News is said afterwards: see
    `announce_news`. Only these two functions speak to screen readers."""
    _news_of(widget).answer(words, partial(_say, widget))


def announce_news(widget: QWidget, topic: str, words: str) -> None:
    """Have a screen reader say what has happened, at most once in three seconds for a window and all its dialogs. Only
    the latest words of each topic are said, and only if they have changed; empty words withdraw what was to be said."""
    _news_of(widget).announce(topic, words)


def leave_unsaid(widget: QWidget, words: str) -> None:
    """Keep a screen reader from saying the next message of the toast, which it has said in other words."""
    _news_of(widget).said[MESSAGE] = words


class News(QObject):
    """Hands news to the function ``say``: of each topic only the latest words, and no words twice in a row."""

    def __init__(self, say: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._say_words = say
        self.said: dict[str, str] = {}  # the words that were said last, by topic
        self._waiting: dict[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._say)

    def announce(self, topic: str, words: str) -> None:
        """Say words about a topic now, or when the pause is over; empty words withdraw what was to be said about it."""
        self._waiting.pop(topic, None)
        if words != self.said.get(topic, ""):
            self._waiting[topic] = words
        if not self._pause.isActive():
            self._say()

    def answer(self, words: str, say: Callable[[str], None]) -> None:
        """Answer a person at once, and begin the pause anew; the same words in the toast are not said again."""
        self._waiting.pop(MESSAGE, None)
        self.said[MESSAGE] = words
        say(words)
        self._pause.start()

    @Slot()
    def _say(self) -> None:
        news, self._waiting = self._waiting, {}
        self.said.update(news)
        words = " ".join(filter(None, news.values()))
        if words:
            self._say_words(words)
            self._pause.start()


def _news_of(widget: QWidget) -> News:
    """The `News` of the main window, for a widget that may be deep in one of its dialogs."""
    window = widget
    while (around := window.parentWidget()) is not None:
        window = around
    found = window.findChild(News, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if found is not None else News(partial(_say, window), window)


def _say(widget: QWidget, words: str) -> None:
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
