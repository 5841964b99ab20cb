"""Training with a learner's own functions, in a child process."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.language.text import mark, tr
from curvegui.core.network.network import named_parameters
from curvegui.exercise.child.main import problem_arrays
from curvegui.exercise.child.wire import is_shape, pack
from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.file.needed_statements import needed_statements
from curvegui.exercise.file.unwritten import is_unwritten
from curvegui.exercise.problem import GIVEN, JACOBIANS, PARAMETERS, ExerciseError, Problem, network_of
from curvegui.exercise.runner.outcome import Ending, NoNumbers, Raised, Unfinished, answer_of
from curvegui.exercise.runner.process import ChildProcess, Limits
from curvegui.exercise.runner.runner import PROVIDED
from curvegui.exercise.verdict.exception_words import no_numbers, told_of
from curvegui.exercise.verdict.shape_words import named


@dataclass(frozen=True, eq=False)
class TrainingFrame:
    """The state of a training after so many updates."""

    iteration: int
    cost: float
    curve: FloatArray  # what the network draws at the training points: a3, shape (2, N)
    parameters: dict[str, FloatArray]  # W1 ... b3


class CorrectRun:
    """The same training with the app's own mathematics, to compare a learner's with, frame by frame."""

    def __init__(self, start: Problem, *, aggression: float, noise: float, seed: int, first: int = 0) -> None:
        self._sizes = (1, start.parameters["b1"].size, start.parameters["b2"].size, 2)
        self._engine = Engine(self._sizes, "logistic", "logistic", start.x, start.y)
        self._engine.parameters = network_of(start).parameters
        self._made, self._settings = first, (float(aggression), float(noise), int(seed))

    def frame(self, iteration: int) -> TrainingFrame:
        """The state after so many updates, no fewer than at the last call."""
        self._engine.run(self._made, iteration - self._made, *self._settings)
        self._made = iteration
        curve, cost = self._engine.evaluate()
        named = named_parameters(self._sizes, self._engine.parameters)
        return TrainingFrame(iteration, cost, read_only(curve), {name: read_only(each) for name, each in named.items()})


def stop_words(header: dict[str, Any], arrays: list[FloatArray], problem: Problem, file: LearnerFile) -> str:
    """Why a child could not go on, in a sentence that names the sizes of ``problem``; ``header`` and ``arrays`` are of
    the child's message."""
    name = next((each for each in JACOBIANS if each == header.get("name")), "")
    if not name:
        return tr("A function returns nothing usable.")
    match header.get("is"):
        case "shape" if is_shape(header.get("found")) and is_shape(header.get("expected")):
            found, wanted = (named(tuple(header[key]), problem) for key in ("found", "expected"))
            words = mark("{name} returns an array of shape {found}; its parameter has the shape {wanted}.")
            return tr(words, name=name, found=found, wanted=wanted)
        case "no function":
            return tr("After the file has run, {name} is not a function.", name=name)
        case "not finite":
            return tr("With {name}, the numbers overflow. Try a lower aggression.", name=name)
    match answer_of(header, arrays):
        case Raised() as answer:
            return told_of(name, answer, problem, file.last(name))
        case Unfinished(ending=ending):
            return tr("{text}: {sentence}", text=name, sentence=tr(ending.value))
        case NoNumbers() as answer:
            words = mark("{name} returns a value of type {kind} instead of an array of numbers.")
            why = no_numbers(answer, name)
            more = "" if why.kind == "no-numbers" else f" {why.sentence}"
            return tr(words, name=name, kind=answer.kind) + more
    return tr("{name} returns nothing usable.", name=name)


PATIENCE_S = 2.5  # that a single iteration may take; with starting and ending, 3 s
START_S = 10.0  # that a busy machine may take to start a child
MOST_PRINTED = 100_000  # characters; whoever prints in each iteration may go on for all that
LIMITS = Limits(seconds=START_S, patience=PATIENCE_S)


class LearnerTraining:
    """The exercise's loop with a file's six functions, running from now on, until it ends or is stopped.

    One thread asks for frames until the training is over; asking also ends a child process that is late. Somebody must
    have agreed to run the file. ``start`` holds the parameters to start from and the training points; ``first`` is the
    first iteration's number, which decides about the noise, drawn from ``seed`` as in a run of the window. Of
    ``limits``, ``patience`` is for a single iteration, and ``seconds`` for the start. ``resting`` names the Jacobians
    that are not yet written, whose parameters stay as they are. Raises ``ExerciseError`` if there is nothing to
    train with, or no child can be started.
    """

    def __init__(
        self,
        file: LearnerFile,
        start: Problem,
        *,
        aggression: float,
        noise: float,
        seed: int,
        iterations: int,
        first: int = 0,
        limits: Limits = LIMITS,
    ) -> None:
        found = {name: file.last(name) for name in JACOBIANS}
        names = [name for name, each in found.items() if each and not each.error and not is_unwritten(each.source)]
        if not names:
            raise ExerciseError(tr("None of the six Jacobians is written yet: there is nothing to train with."))
        self.resting = tuple(name for name in JACOBIANS if name not in names)
        self._file, self._start = file, start
        self._shapes = [(), start.y.shape, *(start.parameters[name].shape for name in PARAMETERS)]
        header = {"task": "train", "printed": MOST_PRINTED, "functions": names, "chunks": file.chunks}
        header |= {"memory": limits.memory}
        header |= {"run": _statements_to_run(file, names), "seconds": 2 * limits.seconds, "life": 2 * limits.seconds}
        header |= {"aggression": float(aggression), "noise": float(noise), "seed": int(seed)}
        header |= {"first": int(first), "iterations": int(iterations)}
        try:
            self._child = ChildProcess(pack(header, problem_arrays([start])), limits)
        except OSError as error:
            words = mark("The process that trains could not be started: {reason}.")
            raise ExerciseError(tr(words, reason=error.strerror or error)) from error
        self._limits, self._made, self._last = limits, int(first), int(first) + int(iterations)
        self.reason = ""  # why it has ended; empty if it has not, was stopped, or has made all iterations
        self.is_over = self._ready = self._done = False
        self._news, self._since = self._child.last_news, self._child.own_time()

    def next_frame(self, timeout: float = 0.5) -> TrainingFrame | None:
        """The newest frame that was not taken yet; None if no frame comes in time, or the training is over."""
        deadline = monotonic() + timeout
        newest = None
        while not self.is_over:
            message = self._child.next_message(0.0 if newest else deadline - monotonic())
            if message:
                newest = self._take(*message) or newest
            elif newest or monotonic() >= deadline or self._child.is_over:
                break
        self._end_if_late()
        if self._child.is_over:
            self._end()
        return newest

    def frames(self) -> Iterator[TrainingFrame]:
        """All frames, to the end; for a thread that may wait."""
        while not self.is_over:
            frame = self.next_frame()
            if frame:
                yield frame

    def stop(self) -> None:
        """End the training. None of its processes is left when this returns."""
        self._done = True
        self._child.kill(Ending.FINISHED)
        self._end()

    def _end_if_late(self) -> None:
        """End a child that brings no news any more. Its waiting for a processor does not count once it is ready."""
        news, own_time = self._child.last_news, self._child.own_time()
        if self._news != news:
            self._news, self._since = news, own_time
        elif not self._ready and monotonic() - news > self._limits.seconds:
            self._child.kill(Ending.BUSY)
        elif self._ready and own_time - self._since > self._limits.patience:
            self._child.kill(Ending.TIMED_OUT)

    def _take(self, header: dict[str, Any], arrays: list[FloatArray]) -> TrainingFrame | None:
        made = header.get("iteration")
        match header.get("news"):
            case "ready":
                self._ready = True
            case "frame" if type(made) is int and [array.shape for array in arrays] == self._shapes:
                if self._made <= made <= self._last:  # for any other, the correct run might have to compute for ever
                    self._made = made
                    cost, curve, *rest = map(read_only, arrays)
                    return TrainingFrame(made, float(cost), curve, dict(zip(PARAMETERS, rest, strict=True)))
            case "stopped":
                self.reason = self.reason or stop_words(header, arrays, self._start, self._file)
            case "done":
                self._done = True
        return None

    def _end(self) -> None:
        if not self.is_over:
            self.is_over, ending = True, self._child.finish()
            if not self._done and not self.reason:
                words = mark("Your code stopped the training. {sentence}")
                self.reason = tr(words, sentence=tr(ending.value)).rstrip()


def _statements_to_run(file: LearnerFile, names: Sequence[str]) -> list[int]:
    """The statements that the functions need, also through the file's own ``GIVEN``, which may take more arguments."""
    needed = needed_statements(file.chunks, names, PROVIDED)
    text = "\n".join(file.chunks[index][0] for index in needed)
    own = [name for name in GIVEN if (found := file.last(name)) and not found.error and re.search(rf"\b{name}\b", text)]
    return needed_statements(file.chunks, [*names, *own], PROVIDED) if own else needed
