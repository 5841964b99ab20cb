"""Python's collector of cycles, in the window's thread alone.

Left to itself it runs in whatever thread happens to make an object, and ends there what it finds: Qt's objects too. One
of those takes a lock of Qt's when it ends, and then Python's, to tell the objects that were connected to it. Meanwhile
the window's thread may have Python's lock and want Qt's, as it does whenever it makes a widget: both wait for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 1_000


class Collector(QObject):
    """Collects from the event loop of this thread, and nowhere else, between `begin` and `end`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled, self._is_settled = True, False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)

    def begin(self) -> None:
        """Call it before there is another thread."""
        self._was_enabled = gc.isenabled()
        gc.disable()
        gc.freeze()  # the modules: to look through them takes 25 ms, and they stay
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
        if not self._is_settled:
            self._is_settled = True
            gc.collect()
            gc.freeze()  # the window, which has just been made: to look through that takes 35 ms, and it stays, too
            return
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        gc.collect(max((age for age, (count, most) in enumerate(counts) if 0 < most < count), default=0))
