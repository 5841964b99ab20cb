"""The lines of a Jacobian: which functions they make, what each is worth where it stands, and what comes next."""

from itertools import permutations

import pytest

from curvegui.exercise.file.template import exercise_text
from curvegui.exercise.mistakes.problems import problems_for_check
from curvegui.exercise.puzzle.assembly import Assembly
from curvegui.exercise.puzzle.puzzle import Puzzle, Worth
from curvegui.exercise.verdict.judge import ORDER, judge
from curvegui.exercise.verdict.verdict import Grade
from tests.exercise.double import run_here

PROBLEMS = problems_for_check(1)
PUZZLES = {name: Puzzle(name) for name in ORDER}
WRONG = [(name, line) for name, puzzle in PUZZLES.items() for line in puzzle.others]


def verdict_on(puzzle, placed):
    file = puzzle.file(placed)
    return judge(file, PROBLEMS, run_here(file, PROBLEMS)).functions[puzzle.name]


def worths(puzzle, placed):
    return [mark.worth for mark in puzzle.marks(placed)]


@pytest.mark.parametrize("puzzle", PUZZLES.values(), ids=PUZZLES)
def test_the_right_lines_are_right_and_written_as_in_the_exercise(puzzle):
    assert verdict_on(puzzle, puzzle.lines).grade is Grade.RIGHT
    assert set(worths(puzzle, puzzle.lines)) == {Worth.RIGHT} and puzzle.hint(puzzle.lines) is None
    assert puzzle.head in exercise_text()
    places = [line.place for line in puzzle.loose if line.belongs]
    assert len(places) < 2 or places != sorted(places)
    if puzzle.name in ("J_W3", "J_W2"):  # which the exercise gives whole
        assert puzzle.source(puzzle.lines) in exercise_text()


@pytest.mark.parametrize(("name", "line"), WRONG, ids=[f"{name}-{line.mistake}" for name, line in WRONG])
def test_a_line_that_does_not_belong_makes_it_wrong_for_the_reason_that_is_told(name, line):
    puzzle = PUZZLES[name]
    placed = [line if right.place == line.place else right for right in puzzle.lines]
    verdict = verdict_on(puzzle, placed)
    assert (verdict.grade, verdict.kind) == (Grade.WRONG, line.mistake)
    assert line.why == verdict.reason or line.mistake == "sign"  # whose verdict says which two are exchanged
    assert worths(puzzle, placed).count(Worth.RIGHT) == len(placed) - 1
    assert puzzle.marks(placed)[line.place].worth is Worth.FOREIGN
    assert not puzzle.is_full(placed) and not puzzle.is_full([*puzzle.lines, line])  # after the return, it does nothing


def test_another_order_is_wrong_and_some_line_is_marked():
    """Each line multiplies what the one before has left, so there is one right order."""
    puzzle = PUZZLES["J_b3"]
    for placed in permutations(puzzle.lines):
        is_right = verdict_on(puzzle, placed).grade is Grade.RIGHT
        assert puzzle.is_full(placed)
        assert is_right == (set(worths(puzzle, placed)) == {Worth.RIGHT}) == (placed == puzzle.lines)


def test_what_is_given_stays_and_the_rest_is_marked_around_it():
    puzzle = PUZZLES["J_W2"]
    start, slope, link, next_slope, end = puzzle.lines
    assert puzzle.given == (start, slope, next_slope, end) and link in puzzle.loose
    marks = puzzle.marks([start, slope, next_slope, end, link])
    assert [mark.worth for mark in marks] == [Worth.RIGHT] * 4 + [Worth.WRONG]
    assert "missing" not in marks[0].why and "after da3/dz3" in marks[4].why
    assert "missing" in puzzle.marks(puzzle.given)[2].why
    hint = puzzle.hint([link, start, slope, next_slope, end])  # moves none of those that are given
    assert (hint.line, hint.to) == (link, 2)
    assembly = Assembly(puzzle)
    assert not assembly.take_out(start) and not assembly.put(start, 3)
    assert assembly.placed == puzzle.given and not assembly.can_undo


def test_hints_lead_to_the_whole_function_whatever_is_there():
    puzzle = PUZZLES["J_W1"]
    assembly = Assembly(puzzle)
    for line in (puzzle.others[1], puzzle.lines[4], puzzle.lines[0]):
        assembly.put(line)
    while hint := puzzle.hint(assembly.placed):
        assert hint.line.factor in hint.factor and hint.line.code in hint.code and hint.line.code not in hint.factor
        assembly.put(hint.line, hint.to)
    assert tuple(line for line in assembly.placed if line.belongs) == puzzle.lines
    assembly.take_out(puzzle.others[1])
    assert set(worths(puzzle, assembly.placed)) == {Worth.RIGHT}


def test_every_move_can_be_taken_back():
    puzzle = PUZZLES["J_b2"]
    assembly, seen = Assembly(puzzle), []
    for line, to in ((puzzle.lines[0], None), (puzzle.lines[1], 0), (puzzle.lines[0], 0), (puzzle.others[0], 1)):
        seen.append((assembly.placed, assembly.loose))
        assembly.put(line, to)
    assert [line.place for line in assembly.placed if line.belongs] == [0, 1]
    while assembly.can_undo:
        assembly.undo()
        assert (assembly.placed, assembly.loose) == seen.pop()
    assert not seen and {line.code for line in assembly.loose} == {line.code for line in puzzle.loose}
