"""A window that has spoken another language leaves English behind."""

import pytest
from PySide6.QtCore import Qt

from curvegui.core.language.text import speak


@pytest.fixture
def english_again(qapp):
    yield
    speak(None)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
