"""What was predicted in lessons and what happened then: a small file of the person's own, shared by all windows."""

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from threading import Lock
from typing import Any

from curvegui.files.disk.atomic import write_bytes

MOST_LESSONS, MOST_EACH = 40, 100  # the latest ones
LONGEST = 400  # characters of a sentence
MOST_BYTES = 8_000_000  # more than all of these can be

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prediction:
    """One answer, in words, as they were shown."""

    ask: str
    said: str
    seen: str  # what happened
    verdict: str
    when: str  # the day, as 2026-11-27


class KeptPredictions:
    """Reads and writes the file, from any thread. One that cannot be read counts as empty, and is put aside."""

    def __init__(self, path: Path) -> None:
        self._path, self._mutex = path, Lock()

    def of(self, lesson: str) -> tuple[Prediction, ...]:
        """The last ones of a lesson, one for each question."""
        return tuple(filter(None, map(_prediction, self._all().get(lesson, ()))))

    def keep(self, lesson: str, new: Iterable[Prediction]) -> None:
        """Keep predictions, each instead of an earlier one. Raises ``OSError``; then nothing has changed."""
        with self._mutex:
            kept = self._all()
            is_unreadable = self._path.exists() and not kept
            latest = {each.ask: each for each in self.of(lesson)} | {each.ask: _short(each) for each in new}
            kept.pop(lesson, None)
            kept[lesson] = [asdict(each) for each in list(latest.values())[-MOST_EACH:]]
            self._path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(dict(list(kept.items())[-MOST_LESSONS:]), ensure_ascii=False, indent=1)
            if is_unreadable:
                self._path.replace(self._path.with_suffix(".unreadable"))
            write_bytes(self._path, text.encode("utf-8"))

    def _all(self) -> dict[str, list[Any]]:
        if not self._path.exists():
            return {}
        try:
            with self._path.open("rb") as file:
                kept = json.loads(file.read(MOST_BYTES).decode("utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            logger.warning("The predictions in %s cannot be read: %s", self._path, error)
            return {}
        found = kept.items() if isinstance(kept, dict) else ()
        return {lesson: each for lesson, each in found if isinstance(each, list)}


def _short(prediction: Prediction) -> Prediction:
    return Prediction(**{key: str(words)[:LONGEST] for key, words in asdict(prediction).items()})


def _prediction(kept: Any) -> Prediction | None:
    """A prediction as it was kept; None if it is none."""
    names = [field.name for field in fields(Prediction)]
    if not isinstance(kept, dict) or not all(isinstance(kept.get(name), str) for name in names):
        return None
    return _short(Prediction(**{name: kept[name] for name in names}))
