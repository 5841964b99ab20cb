"""The letters that lead to the entries of a menu."""

from collections import defaultdict

from PySide6.QtWidgets import QMenu, QMenuBar

from curvegui.ui.actions.actions import letter_of


def sharing(menu: QMenu | QMenuBar) -> list[list[str]]:
    """The texts of entries of a menu that are led to by the same letter."""
    led = defaultdict(list)
    for entry in menu.actions():
        led[letter_of(entry.text())].append(entry.text())
    return [texts for letter, texts in led.items() if letter and len(texts) > 1]
