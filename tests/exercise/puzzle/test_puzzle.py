"""The lines of a Jacobian: which functions they make, what each is worth where it stands, and what comes next."""

from pathlib import Path

import pytest

from curvegui.exercise.file.learner_file import learner_file
from curvegui.exercise.file.template import exercise_text
from curvegui.exercise.problem import problems_for_check
from curvegui.exercise.puzzle.puzzle import Puzzle, Worth
from curvegui.exercise.verdict.judge import ORDER, judge
from curvegui.exercise.verdict.verdict import Grade
from tests.exercise.double import run_here

PROBLEMS = problems_for_check(1)
WRONG = [(name, line) for name in ORDER for line in Puzzle(name).others]


def with_lines(name, lines):
    """A puzzle in which these are put together."""
    puzzle = Puzzle(name)
    puzzle.placed = tuple(lines)
    return puzzle


def verdict_on(puzzle):
    file = learner_file(Path("function.py"), puzzle.source.encode())
    return judge(file, PROBLEMS, run_here(file, PROBLEMS)).functions[puzzle.name]


def worths(puzzle):
    return [mark.worth for mark in puzzle.marks()]


@pytest.mark.parametrize("name", ORDER)
def test_the_right_lines_are_right_and_written_as_in_the_exercise(name):
    puzzle = with_lines(name, Puzzle(name).lines)
    assert verdict_on(puzzle).grade is Grade.RIGHT and puzzle.is_solved
    assert set(worths(puzzle)) == {Worth.GIVEN if puzzle.is_to_read else Worth.RIGHT} and puzzle.hint() is None
    assert puzzle.head in exercise_text()
    places = [line.position for line in puzzle.movable if line.belongs]
    assert len(places) < 2 or places != sorted(places)
    if name in ("J_W3", "J_W2"):  # which the exercise gives whole
        assert puzzle.source in exercise_text()


@pytest.mark.parametrize(("name", "line"), WRONG, ids=[f"{name}-{line.mistake}" for name, line in WRONG])
def test_a_line_that_does_not_belong_makes_it_wrong_for_the_reason_that_is_told(name, line):
    right = Puzzle(name).lines
    puzzle = with_lines(name, [line if each.position == line.position else each for each in right])
    verdict = verdict_on(puzzle)
    assert (verdict.grade, verdict.kind) == (Grade.WRONG, line.mistake)
    assert line.why == verdict.reason or line.mistake == "sign"  # whose verdict says which two are exchanged
    assert worths(puzzle).count(Worth.RIGHT) == len(right) - 1
    assert puzzle.marks()[line.position].worth is Worth.FOREIGN
    assert not puzzle.is_solved and not with_lines(name, [*right, line]).is_solved


def test_another_order_is_wrong_and_some_line_is_marked():
    """Each line multiplies what the one before has left, so there is one right order."""
    right = Puzzle("J_b2").lines
    for at in range(1, len(right)):
        puzzle = with_lines("J_b2", (*right[: at - 1], right[at], right[at - 1], *right[at + 1 :]))
        assert verdict_on(puzzle).grade is not Grade.RIGHT
        assert worths(puzzle).count(Worth.WRONG) == 1 and not puzzle.is_solved


def test_what_is_given_stays_and_the_rest_is_marked_around_it():
    puzzle = Puzzle("J_W2")
    start, slope, link, next_slope, end = puzzle.lines
    assert puzzle.given == (start, slope, next_slope, end) and link in puzzle.loose
    assert not puzzle.take_out(start.code) and not puzzle.put(start.code, 3) and not puzzle.put("no line", 0)
    assert puzzle.placed == puzzle.given and not puzzle.can_undo
    assert "missing" in puzzle.marks()[2].why
    puzzle.put(link.code, 4)
    marks = puzzle.marks()
    assert [mark.worth for mark in marks] == [Worth.RIGHT] * 4 + [Worth.WRONG]
    assert "missing" not in marks[0].why and "after da3/dz3" in marks[4].why
    puzzle.put(link.code, 0)
    hint = puzzle.hint()  # moves none of those that are given
    assert (hint.line, hint.to) == (link, 2)


def test_hints_lead_to_the_whole_function_and_every_move_can_be_taken_back():
    puzzle, seen = Puzzle("J_W1"), []

    def put(line, to):
        seen.append((puzzle.placed, puzzle.loose))
        assert puzzle.put(line.code, to)

    for line in (puzzle.others[1], puzzle.lines[4], puzzle.lines[0]):
        put(line, 0)
    while hint := puzzle.hint():
        factor, code = hint.words
        assert hint.line.factor in factor and hint.line.code in code and hint.line.code not in factor
        put(hint.line, hint.to)
    assert tuple(line for line in puzzle.placed if line.belongs) == puzzle.lines
    assert not puzzle.put(puzzle.placed[0].code, -1)  # a move that changes nothing is none
    while puzzle.can_undo:
        puzzle.undo()
        assert (puzzle.placed, puzzle.loose) == seen.pop()
    assert not seen
