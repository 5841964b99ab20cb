"""A window that has spoken another language leaves English behind."""

import pytest
from PySide6.QtCore import QLocale

from curvegui.core.language.text import ENGLISH
from curvegui.files.disk.languages import VARIABLE
from curvegui.ui.look.language import speak_in_window


@pytest.fixture
def english_again(qapp, monkeypatch):
    numbers = QLocale()
    yield
    monkeypatch.delenv(VARIABLE, raising=False)
    speak_in_window(ENGLISH)
    QLocale.setDefault(numbers)
