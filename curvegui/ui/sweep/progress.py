"""How far a sweep is: what has arrived, what failed, what computed it, and the words for that."""

from pathlib import Path

from curvegui.core.sweep.task import TaskResult
from curvegui.sweeps.engine_choice import computed, mixture_words
from curvegui.sweeps.executor import Failure, Outcome
from curvegui.sweeps.results_format import KeptSweep
from curvegui.ui.widgets.numbers import format_number

ELSEWHERE = "It varies more than there are fields for here; curvegui sweep --resume goes on with it."


class SweepProgress:
    """What is known of the sweep in a file; as long as ``waits_for`` is an address, its scheduler has sent nothing."""

    def __init__(self, path: Path) -> None:
        self.path, self.waits_for = path, ""
        self.failures: list[Failure] = []
        self._computed = computed(())

    def begin(self) -> None:
        """Something else is under way."""
        self.failures = []

    def open(self, kept: KeptSweep) -> None:
        """Take what a file has."""
        self._computed = computed(kept.results.values())

    def add(self, outcomes: list[Outcome]) -> list[TaskResult]:
        """Take what has arrived; return the results among it."""
        self.waits_for = ""
        self.failures += [each for each in outcomes if isinstance(each, Failure)]
        results = [each for each in outcomes if isinstance(each, TaskResult)]
        self._computed += computed(results)
        return results

    def words(self, count: int, there: int, has_fields: bool) -> str:
        """How many of the runs are there, where, and what is to be known of them.

        ``has_fields`` says whether the fields show what is varied.
        """
        words = f"{format_number(there)} of {format_number(count)} runs, kept in {self.path}"
        if self.waits_for:
            words += f"\nWaiting for the scheduler at {self.waits_for} …"
        if self.failures:
            words += f"\n{format_number(len(self.failures))} failed. {self.failures[-1]}"
        if not has_fields and there < count:
            words += f"\n{ELSEWHERE}"
        if mixture := mixture_words(self._computed):
            words += f"\n{mixture}"
        return words
