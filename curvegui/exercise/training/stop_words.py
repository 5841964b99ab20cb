"""Why a training with a learner's functions could not go on, in sentences."""

from typing import Any

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.problem import JACOBIANS, Problem
from curvegui.exercise.runner.outcome import Answer, NoNumbers, Raised, Unfinished, answer_of, is_shape
from curvegui.exercise.verdict.exception_words import told_of
from curvegui.exercise.verdict.shape_words import named
from curvegui.exercise.verdict.words import ENDINGS, no_numbers


def stop_words(header: dict[str, Any], arrays: list[FloatArray], problem: Problem, file: LearnerFile) -> str:
    """Why a child could not go on, in a sentence that names the sizes of ``problem``.

    ``header`` and ``arrays`` are what it has told.
    """
    name = next((each for each in JACOBIANS if each == header.get("name")), "")
    if not name:
        return tr("A function returns nothing usable.")
    match header.get("is"):
        case "shape" if is_shape(header.get("found")) and is_shape(header.get("expected")):
            found, wanted = (named(tuple(header[key]), problem) for key in ("found", "expected"))
            return tr(
                "{name} returns an array of shape {found}; its parameter has the shape {wanted}.",
                name=name,
                found=found,
                wanted=wanted,
            )
        case "no function":
            return tr("After the file has run, {name} is not a function.", name=name)
        case "not finite":
            return tr("With {name}, the numbers overflow. Try a lower aggression.", name=name)
    return _of_answer(name, answer_of(header, arrays), problem, file)


def _of_answer(name: str, answer: Answer, problem: Problem, file: LearnerFile) -> str:
    """What a function answered in place of an array."""
    match answer:
        case Raised():
            return told_of(name, answer, problem, file.last(name))
        case Unfinished():
            return tr("{text}: {sentence}", text=name, sentence=tr(ENDINGS[answer.ending]))
        case NoNumbers():
            words = tr(
                "{name} returns a value of type {kind} instead of an array of numbers.", name=name, kind=answer.kind
            )
            why = no_numbers(answer, name)
            return words if why.kind == "no-numbers" else f"{words} {why.sentence}"
    return tr("{name} returns nothing usable.", name=name)
