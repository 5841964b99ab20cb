"""Feeds the reader of lessons what nobody would write:  python tests/fuzz/lessons.py --seconds 20

The first byte says whether it is a whole lesson or one condition.
"""

import sys
from contextlib import suppress
from pathlib import Path

from driver import main, watched

with watched():
    from curvegui.files.lesson.condition import parse_condition
    from curvegui.files.lesson.lesson import LessonError
    from tests.help.lessons import parse_lesson

FOLDER = Path(__file__).parents[2] / "resources" / "lessons"
CONDITIONS = "iteration >= 2,000 and cost < 0,001", "aggression = 7", "optimizer = adam", "not paused", "noise > 0.5"


def target(data: bytes) -> None:
    """Whatever it is: a lesson with text in each step, or a list of sentences with their lines."""
    text = data[1:].decode("utf-8", "surrogateescape")
    if data[:1] == b"\1":
        with suppress(ValueError):
            parse_condition(text)
        return
    try:
        lesson = parse_lesson(text, "any", FOLDER)
    except LessonError as error:
        assert str(error)
        assert all(each.line >= 1 and each.words for each in error.problems)
        return
    assert lesson.steps
    assert all(step.text or step.question or step.picture for step in lesson.steps)


def _corpus() -> list[bytes]:
    lessons = [b"\0" + path.read_bytes() for path in sorted(FOLDER.glob("*.md"))]
    return lessons + [b"\1" + text.encode() for text in CONDITIONS]


if __name__ == "__main__":
    sys.exit(main(__doc__, target, _corpus()))
