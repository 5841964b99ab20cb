"""Python's garbage collector, which runs in the window's thread alone.

By itself, Python runs it in whatever thread happens to make an object, and destroys Qt's objects there. This takes one
of Qt's locks, and then Python's; if the window's thread has Python's lock and wants Qt's, both wait for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 1_000


class Collector(QObject):
    """Collects garbage in the event loop of this thread, and nowhere else, between `begin` and `end`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled, self._is_frozen = True, False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)

    def begin(self) -> None:
        """Collect garbage in this thread alone from now on; to be called before there is another thread."""
        self._was_enabled = gc.isenabled()
        gc.disable()
        gc.freeze()  # the modules stay: looking through them takes 25 ms
        self._timer.start(EVERY_MS)

    def end(self) -> None:
        """Let Python collect garbage by itself again; to be called when the other threads have ended."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _collect(self) -> None:
        """Collect young objects, and older ones when Python would: so short a pause that nobody notices."""
        if not self._is_frozen:
            self._is_frozen = True
            gc.collect()
            gc.freeze()  # so does the window, which has just been made: 35 ms
            return
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        gc.collect(max((age for age, (count, most) in enumerate(counts) if 0 < most < count), default=0))
