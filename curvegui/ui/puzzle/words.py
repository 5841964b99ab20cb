"""What the dialog says about a puzzle as a whole."""

from collections.abc import Sequence

from curvegui.exercise.puzzle.puzzle import Mark, Puzzle, Worth

READ = "Read how the chain rule becomes a function: each line multiplies by one factor."
ONE = "One line is missing. Choose it from the lines at the left; the others there do not belong."
ALL = "Put the lines into the function, in order. {} of them do not belong."
KEYS = "Drag a line, or select it and press Enter. In the function, Alt+Up and Alt+Down move it, and Left takes it out."
EMPTY = "Put a line into the function first."
RIGHT = "Right: each line multiplies by the next factor of the chain."
ALL_DONE = "All six functions are put together."
NUMBERS = ("None", "One", "Two", "Three", "Four", "Five", "Six")


def task(puzzle: Puzzle) -> str:
    """What is to be done, and how."""
    missing = len(puzzle.lines) - len(puzzle.given)
    if not missing:
        return READ
    return f"{ONE if missing == 1 else ALL.format(NUMBERS[len(puzzle.others)])} {KEYS}"


def summary(puzzle: Puzzle, marks: Sequence[Mark]) -> str:
    """How many lines are where they belong, how many are not, and how many are missing."""
    worths = [mark.worth for mark in marks]
    right, wrong, foreign = (worths.count(each) for each in (Worth.RIGHT, Worth.WRONG, Worth.FOREIGN))
    missing = len(puzzle.lines) - right - wrong
    words = [f"{right} of {len(puzzle.lines)} lines {'is' if right == 1 else 'are'} in the right place."]
    words += [f"{wrong} {'is' if wrong == 1 else 'are'} in the wrong place."] if wrong else []
    words += [f"{foreign} {'does' if foreign == 1 else 'do'} not belong."] if foreign else []
    words += [f"{missing} {'is' if missing == 1 else 'are'} missing."] if missing else []
    return " ".join(words)
