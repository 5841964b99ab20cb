"""Python's collector of cycles, in the window's thread alone.

Otherwise it runs in whatever thread happens to make an object, and destroys there what it finds: Qt's objects too. Such
an object takes one of Qt's locks when it is destroyed, and then Python's, to tell the objects that were connected to
it. Meanwhile the window's thread may have Python's lock and want Qt's, as it does whenever it makes a widget: then both
wait for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 1_000


class Collector(QObject):
    """Collects from the event loop of this thread, and nowhere else, between `begin` and `end`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled, self._is_frozen = True, False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)

    def begin(self) -> None:
        """Call it before there is another thread."""
        self._was_enabled = gc.isenabled()
        gc.disable()
        gc.freeze()  # the modules stay: looking through them takes 25 ms
        self._timer.start(EVERY_MS)

    def end(self) -> None:
        """Leave it to Python again, when the other threads have ended."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _collect(self) -> None:
        """Collect the young, and the older ones when Python would; the window does not feel it."""
        if not self._is_frozen:
            self._is_frozen = True
            gc.collect()
            gc.freeze()  # so does the window, which has just been made: 35 ms
            return
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        gc.collect(max((age for age, (count, most) in enumerate(counts) if 0 < most < count), default=0))
