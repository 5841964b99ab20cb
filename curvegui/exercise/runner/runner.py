"""Runs a learner's functions in child processes, and returns what they answered, without a verdict."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Any

from curvegui.core.arrays import FloatArray
from curvegui.exercise.child.main import problem_arrays
from curvegui.exercise.child.wire import pack
from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.file.needed_statements import needed_statements
from curvegui.exercise.problem import GIVEN, JACOBIANS, PARAMETERS, ExerciseError, Problem
from curvegui.exercise.runner.outcome import Answer, Ending, Outcome, Raised, Unfinished, answer_of, raised_of
from curvegui.exercise.runner.process import ChildProcess, Limits

PROVIDED = (*PARAMETERS, *GIVEN, "np", "numpy", "plt", "training_data", "plot_training", "display", "get_ipython")
"""Names that a file need not define for its Jacobians."""
LOOK_S = 0.1  # between two looks at whether anybody still wants to know
PROCESSOR = 5  # times what a function has alone: for a child that has all the others to answer first
MOST_SKIPPED = 3  # top-level statements that end the child, before the rest is given up
LATE = [Unfinished(Ending.TIMED_OUT)], [Unfinished(Ending.BUSY)]


@dataclass
class Heard:
    """All messages of one child, with at most ``most`` answers for each function."""

    most: int = 0
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    top_level: dict[int, Raised] = field(default_factory=dict)
    ready: bool = False
    done: bool = False
    chunk: int | None = None
    asked: str | None = None
    since: float = 0.0
    ending: Ending = Ending.FINISHED
    output: str = ""

    def take(self, header: dict[str, Any], arrays: list[FloatArray], now: float) -> None:
        """Note a child's message; a message that makes no sense is ignored."""
        name, chunk = header.get("name"), header.get("chunk")
        match header.get("news"):
            case "ready":
                self.ready, self.since = True, now
            case "runs" if isinstance(chunk, int):
                self.chunk, self.since = chunk, now
            case "chunk failed" if isinstance(chunk, int):
                self.top_level[chunk] = raised_of(header)
            case "asks" if isinstance(name, str):
                self.chunk, self.asked, self.since = None, name, now
                self.answers[name] = []
            case "answer" if isinstance(name, str) and len(self.answers.get(name, [None] * self.most)) < self.most:
                self.answers[name].append(answer_of(header, arrays))
            case "done":
                self.done = True


def run_learner(
    file: LearnerFile, problems: Sequence[Problem], limits: Limits | None = None, stopping: Event | None = None
) -> Outcome:
    """Ask the functions of a file all problems, also given functions that the file defines itself.

    Never raises, and returns within ``limits.wait`` and a little, whatever the file does; the caller's thread waits.
    Somebody must have agreed to run the file. Once ``stopping`` is set, from any thread, the children are ended, and
    the outcome means nothing.
    """
    return _Run(file, problems, limits or Limits(), stopping or Event()).outcome()


class _Run:
    """One run of a file: a child for all functions; after a function has ended it, a child for each function left."""

    def __init__(self, file: LearnerFile, problems: Sequence[Problem], limits: Limits, stopping: Event) -> None:
        self._file, self._problems, self._limits, self._stopping = file, problems, limits, stopping
        self._deadline = monotonic() + limits.wait
        self._names = [name for name in (*JACOBIANS, *GIVEN) if (found := file.last(name)) and not found.error]
        self._needed = needed_statements(file.chunks, self._names, PROVIDED)
        self._skipped: set[int] = set()
        self._answers: dict[str, list[Answer]] = {}
        self._top_level: dict[int, Raised] = {}
        self._endings, self._outputs = [Ending.FINISHED], list[str]()

    def outcome(self) -> Outcome:
        left = self._names
        for _ in range(1 + MOST_SKIPPED):
            heard = self._hear(left, self._limits.patience)
            self._note(heard)
            left = [name for name in left if name not in self._answers]
            if heard.done or heard.chunk is None or not left or not self._goes_on:
                break
            self._skipped.add(heard.chunk)
        left += [name for name, answers in self._answers.items() if answers[-1:] in LATE]
        if left and heard.ready and heard.chunk is None and self._goes_on:
            self._ask_apart(left)
        if heard.chunk is None and not self._goes_on:  # those that nobody has come to
            self._answers |= {name: [Unfinished(Ending.BUSY)] for name in self._names if name not in self._answers}
        ends = [each.ending for answers in self._answers.values() for each in answers if isinstance(each, Unfinished)]
        answers, given = (
            {name: self._answers.get(name, []) for name in names if name in self._names} for names in (JACOBIANS, GIVEN)
        )
        worst = max([*self._endings, *ends], key=list(Ending).index)
        output = next((text for text in self._outputs if text), "")
        return Outcome(answers, given, worst, output, tuple(self._top_level[each] for each in sorted(self._top_level)))

    @property
    def _goes_on(self) -> bool:
        return monotonic() < self._deadline and not self._stopping.is_set()

    def _ask_apart(self, names: Sequence[str]) -> None:
        """Ask each Jacobian in a child of its own, all at once, and the given functions together in one child.
        Functions that kept the others waiting get another chance too, with more time."""
        alone = [name for name in names if name in JACOBIANS or name in self._answers]
        groups = [[name] for name in alone]
        groups += [others] if (others := [name for name in names if name not in alone]) else []
        with ThreadPoolExecutor(len(groups)) as threads:
            all_heard = threads.map(lambda group: self._hear(group, self._limits.seconds), groups)
            for asked, heard in zip(groups, all_heard, strict=True):
                self._note(heard)
                if heard.ending is Ending.BUSY and not heard.ready:
                    self._answers |= {name: [Unfinished(Ending.BUSY)] for name in asked}  # they have not had their time

    def _hear(self, names: Sequence[str], patience: float) -> Heard:
        """The messages of a child that is asked for these functions, each of which has ``patience`` seconds.

        Waiting for a processor does not count. Where that leaves a function hardly any time in a long wait, nobody
        knows whether the function would have finished.
        """
        heard = Heard(len(self._problems))
        header = {
            "task": "ask",
            "printed": 2**53,  # the app counts, and ends it
            "ask": list(names),
            "chunks": self._file.chunks,
            "run": [index for index in self._needed if index not in self._skipped],
            "memory": self._limits.memory,
            "seconds": PROCESSOR * self._limits.seconds,
            "life": self._limits.wait + 1,
        }
        try:
            child = ChildProcess(pack(header, problem_arrays(self._problems)), self._limits)
        except (OSError, ExerciseError) as error:
            return Heard(ending=Ending.BROKEN, output=str(error))
        while not child.is_over and not heard.done:
            granted = patience if heard.asked else 2 * patience  # a statement that is left out may be missed by all
            had = child.own_time() - heard.since
            left = min(self._deadline - monotonic(), granted - had if heard.ready else LOOK_S)
            if self._stopping.is_set():
                child.kill(Ending.FINISHED)
                break
            if left <= 0:
                has_run = heard.ready and had >= min(granted, self._limits.patience)
                child.kill(Ending.TIMED_OUT if has_run else Ending.BUSY)
                break
            message = child.next_message(min(left, LOOK_S))
            if message:
                heard.take(*message, child.own_time())
        ending = child.finish()
        told = heard.ready or ending is Ending.BUSY
        heard.ending = Ending.FINISHED if heard.done else ending if told else Ending.BROKEN
        heard.output = child.output
        return heard

    def _note(self, heard: Heard) -> None:
        if heard.asked and not heard.done and heard.asked in heard.answers:
            heard.answers[heard.asked].append(Unfinished(heard.ending))
        self._answers |= heard.answers
        self._top_level |= heard.top_level
        if heard.chunk is not None and not heard.done and heard.ending is not Ending.BUSY:
            known = 0 <= heard.chunk < len(self._file.chunks)
            _, line, cell = self._file.chunks[heard.chunk] if known else ("", 0, None)
            self._top_level[heard.chunk] = Raised("Unfinished", heard.ending.value, line or None, cell)
        if not heard.asked and not heard.done:
            self._endings.append(heard.ending)
        self._outputs.append(heard.output)
