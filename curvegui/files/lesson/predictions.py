"""What was predicted in lessons and what happened then: a small file of the person's own, shared by all windows."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

from curvegui.core.language.text import tr
from curvegui.files.disk.shared_file import Codec, SharedFile

MOST_LESSONS, MOST_EACH = 40, 100  # the latest ones
LONGEST = 400  # characters of a sentence
MOST_BYTES = 8_000_000  # more than all of these can be

Lessons = dict[str, list[Any]]  # what was predicted in each, by its name


@dataclass(frozen=True)
class Prediction:
    """An answer to a question and what happened then, in the words that were shown."""

    ask: str
    said: str
    seen: str  # what happened
    verdict: str
    when: str  # the day, as 2026-11-27


class PredictionsFile(SharedFile[Lessons]):
    """The file of the predictions; `write` makes the changes that were noted."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, tr("Your predictions"), Codec(_decoded, _encoded, dict, MOST_BYTES))

    def of(self, lesson: str) -> tuple[Prediction, ...]:
        """The last predictions of a lesson, one for each question. Raises ``OSError`` if they cannot be read now."""
        return those_of(self.read(), lesson)

    def keep(self, lesson: str, new: Iterable[Prediction]) -> None:
        self.note(partial(_with_more, lesson=lesson, new=tuple(new)))


def _decoded(data: bytes) -> Lessons:
    lessons = json.loads(data.decode("utf-8"))
    if not all(isinstance(each, list) for each in lessons.values()):
        raise ValueError(tr("These are no predictions."))
    return dict(lessons)


def _encoded(lessons: Lessons) -> bytes:
    text = json.dumps(lessons, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "replace")  # half a character, as can be pasted, must not keep the others out


def those_of(lessons: Lessons, lesson: str) -> tuple[Prediction, ...]:
    names = [field.name for field in fields(Prediction)]
    found = [each for each in lessons.get(lesson, ()) if isinstance(each, dict)]
    whole = [each for each in found if all(isinstance(each.get(name), str) for name in names)]
    return tuple(_short(Prediction(**{name: each[name] for name in names})) for each in whole)


def _with_more(lessons: Lessons, lesson: str, new: Iterable[Prediction]) -> Lessons:
    latest = {each.ask: each for each in those_of(lessons, lesson)} | {each.ask: _short(each) for each in new}
    others = {name: each for name, each in lessons.items() if name != lesson}
    all_of_them = others | {lesson: [asdict(each) for each in list(latest.values())[-MOST_EACH:]]}
    return dict(list(all_of_them.items())[-MOST_LESSONS:])


def _short(prediction: Prediction) -> Prediction:
    return Prediction(**{key: str(words)[:LONGEST] for key, words in asdict(prediction).items()})
