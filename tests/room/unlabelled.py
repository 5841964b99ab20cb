"""Finds lists that have no name for a screen reader: on Linux, Qt lets the choice be the name, and only labels help."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QWidget


def labels_in(root: QWidget) -> dict[str, str]:
    """What the labels of each list to choose from say, by its object name; also of those that are hidden now."""
    return {box.objectName(): _label_of(box) for box in root.findChildren(QComboBox)}


def _label_of(box: QComboBox) -> str:
    relations = QAccessible.queryAccessibleInterface(box).relations(QAccessible.RelationFlag.Label)
    return " ".join(label.text(QAccessible.Text.Name) for label, _ in relations).strip()
