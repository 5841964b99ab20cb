"""Copies of the painted trail as it grew, so that an earlier moment is not painted from nothing."""

from PySide6.QtGui import QPixmap

COPIES_BYTES = 48_000_000  # a dozen and more at 900 × 900 pixels
FEWEST_CURVES = 32  # between two copies: so many are painted in two frames


class TrailCopies:
    """Images of one view by the iteration of the last curve on them.

    A copy is made after every so many curves; when there is no room for more, every second one goes.
    """

    def __init__(self) -> None:
        self._copies: dict[int, QPixmap] = {}
        self._every, self._curves = FEWEST_CURVES, 0

    def clear(self) -> None:
        """Forget all: another view, or another run."""
        self._copies.clear()
        self._every, self._curves = FEWEST_CURVES, 0

    def forget_after(self, iteration: int) -> None:
        """Forget those that show later curves: they have been taken back."""
        self._copies = {each: copy for each, copy in self._copies.items() if each <= iteration}

    def painted(self, curves: int, iteration: int, image: QPixmap) -> None:
        """Take note that so many curves were added to an image, up to an iteration."""
        self._curves += curves
        if self._curves < self._every or iteration in self._copies:
            return
        self._curves = 0
        self._copies[iteration] = QPixmap(image)  # shared until it is painted on
        size = 4 * image.width() * image.height()
        if len(self._copies) * size > COPIES_BYTES:
            self._copies = {each: self._copies[each] for each in sorted(self._copies)[1::2]}
            self._every *= 2

    def before(self, iteration: int) -> tuple[int, QPixmap] | None:
        """The latest copy that shows nothing later than an iteration, and the iteration of its last curve."""
        found = [each for each in self._copies if each <= iteration]
        return (max(found), QPixmap(self._copies[max(found)])) if found else None
