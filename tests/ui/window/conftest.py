"""A window that has spoken another language leaves English behind."""

import pytest
from PySide6.QtCore import QLocale, Qt

from curvegui.core.language.text import ENGLISH, speak
from curvegui.ui.look.language import tell_qt


@pytest.fixture
def english_again(qapp):
    numbers = QLocale()
    yield
    speak(None)
    tell_qt(ENGLISH)  # or its own words, as of keys, stay in the other language
    QLocale.setDefault(numbers)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
