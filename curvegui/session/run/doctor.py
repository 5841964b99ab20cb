"""When to diagnose a run again: soon enough to tell a person in time, and seldom enough to cost little."""

from dataclasses import replace
from time import perf_counter

from curvegui.core.diagnosis.diagnosis import Diagnosis, diagnose
from curvegui.core.run.evidence import evidence_of
from curvegui.core.run.trainer import Trainer

DIAGNOSE_S = 0.25  # a person is told within a second
READING_S = 1.5  # between two details of the same finding: each lays the window out anew
DIAGNOSE_SHARE = 0.02  # of the time, for networks whose diagnosis takes long


class Doctor:
    """Keeps the last diagnosis until the next one is due."""

    def __init__(self) -> None:
        self._diagnosis: Diagnosis | None = None
        self._next_at = self._said_at = 0.0

    def look(self, trainer: Trainer, at_once: bool) -> Diagnosis | None:
        """The diagnosis of a run: a new one if it is due or wanted at once, else the last one."""
        start = perf_counter()
        if at_once or start >= self._next_at:
            last = self._diagnosis
            found = diagnose(replace(evidence_of(trainer), before=last.condition if last else None))
            is_news = last is None or replace(found, detail=last.detail) != last
            if at_once or is_news or start >= self._said_at + READING_S:
                self._diagnosis, self._said_at = found, start
            took = perf_counter() - start
            self._next_at = start + max(DIAGNOSE_S, took / DIAGNOSE_SHARE)
        return self._diagnosis
