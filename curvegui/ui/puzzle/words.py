"""What the dialog says about a puzzle as a whole."""

from collections.abc import Sequence

from curvegui.core.language.text import mark, mark_in, tr, tr_in, tr_n
from curvegui.exercise.puzzle.puzzle import Mark, Puzzle, Worth

READ = mark("Read how the chain rule becomes a function: each line multiplies by one factor.")
ONE = mark("One line is missing. Choose it from the lines at the left; the others there do not belong.")
ALL = mark("Put the lines into the function, in order. {number} of them do not belong.")
KEYS = mark(
    "Drag a line, or select it and press Enter. In the function, Alt+Up and Alt+Down move it, and Left takes it out."
)
EMPTY = mark("Put a line into the function first.")
RIGHT = mark("Right: each line multiplies by the next factor of the chain.")
ALL_DONE = mark("All six functions are put together.")
NUMBERS = [
    mark_in("lines", "None"),
    mark_in("lines", "One"),
    mark_in("lines", "Two"),
    mark_in("lines", "Three"),
    mark_in("lines", "Four"),
    mark_in("lines", "Five"),
    mark_in("lines", "Six"),
]


def task(puzzle: Puzzle) -> str:
    """What is to be done, and how."""
    missing = len(puzzle.lines) - len(puzzle.given)
    if not missing:
        return tr(READ)
    return f"{tr(ONE) if missing == 1 else tr(ALL, number=tr_in('lines', NUMBERS[len(puzzle.others)]))} {tr(KEYS)}"


def summary(puzzle: Puzzle, marks: Sequence[Mark]) -> str:
    """How many lines are where they belong, how many are not, and how many are missing."""
    worths = [mark.worth for mark in marks]
    right, wrong, foreign = (worths.count(each) for each in (Worth.RIGHT, Worth.WRONG, Worth.FOREIGN))
    missing = len(puzzle.lines) - right - wrong
    words = [
        tr_n(
            "{n} of {lines} lines is in the right place.",
            "{n} of {lines} lines are in the right place.",
            right,
            lines=len(puzzle.lines),
        )
    ]
    words += [tr_n("{n} is in the wrong place.", "{n} are in the wrong place.", wrong)] if wrong else []
    words += [tr_n("{n} does not belong.", "{n} do not belong.", foreign)] if foreign else []
    words += [tr_n("{n} is missing.", "{n} are missing.", missing)] if missing else []
    return " ".join(words)
