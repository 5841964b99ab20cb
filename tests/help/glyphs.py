"""What a test needs of the fonts of this machine: not every set of them has every letter."""

import pytest
from PySide6.QtGui import QFont, QTextLayout

NO_GLYPH = 0  # what every font shows where it has none


def needs_glyphs(text: str) -> None:
    """Skip a test, and say so, where no font has all that is to be written."""
    layout = QTextLayout(text, QFont())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    if any(NO_GLYPH in run.glyphIndexes() for run in layout.glyphRuns()):
        pytest.skip(f"No font of this machine has all of “{text}”.")
