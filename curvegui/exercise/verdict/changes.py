"""A function that changes what is not its own: its numbers may be right, but the next iteration is ruined."""

from curvegui.exercise.mistakes.recognition import Recognised
from curvegui.exercise.verdict.checked_function import CheckedFunction
from curvegui.exercise.verdict.verdict import Verdict


def changing(function: CheckedFunction, is_right: bool) -> Verdict:
    """The verdict, at the line that changes x, y or a parameter; ``is_right`` is about its numbers."""
    changed = function.changes
    listed = changed[0] if len(changed) == 1 else f"{', '.join(changed[:-1])} and {changed[-1]}"
    words = "The numbers are right. " if is_right else ""
    words += f"It changes {listed}, which {'is' if len(changed) == 1 else 'are'} not its own: "
    words += "the next iteration is ruined. Work with a copy, under another name."
    clues = tuple(clue for name in changed for clue in _writes(name))
    hint = f"For example: my_{changed[0]} = {changed[0]}.copy()"
    return function.wrong(Recognised("changes-arguments", words, clues, (hint,)))


def _writes(name: str) -> tuple[str, ...]:
    """Clues to a line that changes an array; a0 is x itself."""
    names = "(?:x|a0)" if name == "x" else name
    assigned = rf"(?<![\w.]){names}\s*(?:\[.*\]\s*)?(?:[-+*/@]|\*\*|//)?=(?!=)"
    return assigned, rf"\bout\s*=\s*{names}\b", r"\breset_network\s*\("
