"""What a screen reader is told: the value of a painted widget in words, and what happens."""

from collections.abc import Callable
from functools import cache, partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget, QWidget

Text = QAccessible.Text


PAUSE_MS = 3_000  # between two announcements: a sentence takes that long to be read


MESSAGE = "message"  # the topic of what the status bar says


@runtime_checkable
class Spoken(Protocol):
    """A widget that paints itself, and can say in a sentence or two what it shows at present.

    Nobody asks while no screen reader runs, so that words cost nothing while the network learns. How a person uses it
    by the keys is its ``accessibleDescription``, which is read after these words.
    """

    def in_words(self) -> str: ...


class PictureInterface(QAccessibleWidget):
    """What a screen reader sees of such a widget: a picture with a name, and the words as its description."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Graphic)

    def text(self, kind: QAccessible.Text) -> str:
        usual = super().text(kind)
        if kind is not Text.Description:
            return usual
        widget = self.object()
        return f"{widget.in_words()} {usual}".strip() if isinstance(widget, Spoken) else usual


def _interface_of(_key: str, thing: QObject) -> QAccessibleInterface | None:
    """Qt asks once for each widget, with the name of each of its classes, and keeps what it is given."""
    return PictureInterface(thing) if isinstance(thing, QWidget) and isinstance(thing, Spoken) else None


@cache
def speak_for_pictures() -> None:
    """Let screen readers hear painted widgets from now on: before there are any, as Qt keeps what it has made."""
    QAccessible.installFactory(_interface_of)


def focus_as_one(view: QAbstractScrollArea) -> None:
    """Let a picture take the focus as one thing: its viewport would be a second one, without a name."""
    view.viewport().setFocusProxy(None)  # type: ignore[arg-type]
    view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)


def heard(widget: QWidget, kind: QAccessible.Text = Text.Description) -> str:
    """What a screen reader reads of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(kind) if interface is not None else ""


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say something at once: the answer to what a person does.

    What happens meanwhile is said afterwards: see `announce_news`. A screen reader is reached only by these
    two functions.
    """
    _news_of(widget).answer(words, partial(_say, widget))


def announce_news(widget: QWidget, topic: str, words: str) -> None:
    """Have a screen reader say what has happened: at most once in three seconds in a window with all its dialogs.

    Of each topic only the latest is said, and only if it has changed; with no words, there is nothing to say any more.
    """
    _news_of(widget).announce(topic, words)


def leave_unsaid(widget: QWidget, words: str) -> None:
    """Let the status bar show what comes next without a sound, as it has been heard in other words."""
    _news_of(widget).said[MESSAGE] = words


class News(QObject):
    """Hands sentences to ``say``. Of each topic, only the latest counts, and none is said twice in a row."""

    def __init__(self, say: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._say_words = say
        self.said: dict[str, str] = {}  # what was said last, by its topic
        self._waiting: dict[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._say)

    def announce(self, topic: str, words: str) -> None:
        """Say this now, or when the pause is over; with no words, there is nothing more to say about the topic."""
        self._waiting.pop(topic, None)
        if words != self.said.get(topic, ""):
            self._waiting[topic] = words
        if not self._pause.isActive():
            self._say()

    def answer(self, words: str, say: Callable[[str], None]) -> None:
        """Answer a person at once; the pause begins anew, and the same message in the status bar is no news then."""
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
    """The one of the window that a widget is in, however deep in its dialogs."""
    window = widget
    while (around := window.parentWidget()) is not None:
        window = around
    found = window.findChild(News, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if found is not None else News(partial(_say, window), window)


def _say(widget: QWidget, words: str) -> None:
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
