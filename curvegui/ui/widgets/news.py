"""News, told calmly: at most once in three seconds, and only what has changed since."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

PAUSE_MS = 3_000  # between two announcements: a sentence takes that long to be read
MESSAGE = "message"  # the topic of what the status bar says


class News(QObject):
    """Hands sentences to ``say``. Of each topic, only the latest counts, and none is said twice in a row."""

    def __init__(self, say: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._say_words = say
        self._said: dict[str, str] = {}
        self._waiting: dict[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._say)

    def tell(self, topic: str, words: str) -> None:
        """Say this now, or when the pause is over; with no words, there is nothing more to say about the topic."""
        self._waiting.pop(topic, None)
        if words != self._said.get(topic, ""):
            self._waiting[topic] = words
        if not self._pause.isActive():
            self._say()

    def answer(self, words: str, say: Callable[[str], None]) -> None:
        """Answer a person at once; the pause begins anew, and the same message in the status bar is no news then."""
        self._waiting.pop(MESSAGE, None)
        self._said[MESSAGE] = words
        say(words)
        self._pause.start()

    def count_as_said(self, topic: str, words: str) -> None:
        """Take words that come next for no news: they have been said in others."""
        self._said[topic] = words

    @Slot()
    def _say(self) -> None:
        news, self._waiting = self._waiting, {}
        self._said.update(news)
        words = " ".join(filter(None, news.values()))
        if words:
            self._say_words(words)
            self._pause.start()
