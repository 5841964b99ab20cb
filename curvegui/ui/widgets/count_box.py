"""A box for a whole number on a page that scrolls, with a name and words for a screen reader."""

from PySide6.QtWidgets import QWidget

from curvegui.ui.widgets.scrolled import ScrolledSpinBox

TEXT_MARGIN_PX = 6


class CountBox(ScrolledSpinBox):
    """A whole number to type or to step, counted as people do."""

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setKeyboardTracking(False)  # a number half typed is another one
        self.lineEdit().setTextMargins(TEXT_MARGIN_PX, 0, 0, 0)
