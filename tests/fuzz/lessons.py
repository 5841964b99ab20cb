"""Feeds the reader of lessons what nobody would write:  python tests/fuzz/lessons.py --seconds 20"""

from contextlib import suppress
from pathlib import Path

from driver import feed, watched

with watched():
    from curvegui.files.lesson.condition import parse_condition
    from curvegui.files.lesson.lesson import LessonError
    from tests.help.lessons import parse_lesson

FOLDER = Path(__file__).parents[2] / "resources" / "lessons"
CONDITIONS = "iteration >= 2,000 and cost < 0,001", "aggression = 7", "optimizer = adam", "not paused", "noise > 0.5"


def condition(data: bytes) -> None:
    with suppress(ValueError):
        parse_condition(data.decode("utf-8", "surrogateescape"))


def lesson(data: bytes) -> None:
    """Whatever it is: a lesson with text in each step, or a list of sentences with their lines."""
    try:
        lesson = parse_lesson(data.decode("utf-8", "surrogateescape"), "any", FOLDER)
    except LessonError as error:
        assert str(error)
        assert all(each.line >= 1 and each.words for each in error.problems)
        return
    assert lesson.steps
    assert all(step.text or step.question or step.picture for step in lesson.steps)


if __name__ == "__main__":
    lessons = [path.read_bytes() for path in sorted(FOLDER.glob("*.md"))]
    feed(__doc__, (lesson, lessons), (condition, [text.encode() for text in CONDITIONS]))
