"""News, told calmly: at most once in three seconds, and only what has changed since."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

PAUSE_MS = 3_000  # between two announcements: a sentence takes that long to be read


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

    def say_now(self, topic: str, words: str) -> None:
        """Answer a person who has asked; the pause begins anew."""
        self._waiting.pop(topic, None)
        self._said[topic] = words
        self._say_words(words)
        self._pause.start()

    @Slot()
    def _say(self) -> None:
        news, self._waiting = self._waiting, {}
        self._said.update(news)
        words = " ".join(filter(None, news.values()))
        if words:
            self._say_words(words)
            self._pause.start()
