"""Lessons as the window reads them, which may name each of its panels."""

from curvegui.files.lesson import lesson
from curvegui.files.lesson.words import Parts
from curvegui.ui.window.features import PANELS

PARTS = Parts(PANELS)


def parse_lesson(text, *name_and_folder):
    """The lesson of a text."""
    return lesson.parse_lesson(text, PARTS, *name_and_folder)


def read_lesson(path):
    """The lesson in a file."""
    return lesson.read_lesson(path, PARTS)
