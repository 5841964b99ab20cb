"""A function put into a learner's file: in its place, with what was there kept, and all else as it was."""

import json
from pathlib import Path

import pytest

from curvegui.core.language.text import speak, tr
from curvegui.exercise.file.learner_file import learner_file
from curvegui.exercise.file.template import exercise_text
from curvegui.exercise.problem import ExerciseError
from curvegui.exercise.puzzle.placing import BEFORE, put_function
from curvegui.exercise.puzzle.puzzle import Puzzle
from curvegui.files.disk.languages import use

NAME = "J_b3"
PUZZLE = Puzzle(NAME)
PUZZLE.placed = PUZZLE.lines
SOURCE = PUZZLE.source
ENGLISH = exercise_text()
PASTED = "\u00a0" * 4  # from a web page
OWN = "def J_b3(x, y):\n    # mine\n    return np.sum(x)"


@pytest.fixture
def english_again():
    yield
    speak(None)


def put(text, name=NAME, source=SOURCE, path="mine.py"):
    """The new text, and whether a learner's own version was there."""
    data, replaces = put_function(Path(path), text.encode(), name, source)
    return data.decode(), replaces


def commented(text):
    return "\n".join(f"# {line}" for line in [BEFORE, *text.split("\n")])


def test_the_version_of_a_new_exercise_is_replaced_and_nothing_else():
    text = exercise_text()
    start = text.index("def J_b3")
    given = text[start : text.index("\n\n\n", start)]
    new, replaces = put(text)
    assert new == text.replace(given, SOURCE) and not replaces
    assert put(new) == (new, False)  # it is there already


@pytest.mark.parametrize("code", ["en", "de"])
def test_that_of_a_new_exercise_in_the_language_that_is_spoken_is_replaced_too(code, english_again):
    use(code)
    for text in (exercise_text(), ENGLISH):
        changed, replaces = put(text)
        assert not replaces
        assert BEFORE not in changed and tr(BEFORE) not in changed


def test_what_a_learner_has_written_stays_above_as_comments():
    text = f"before = 1\n\n\n{OWN}\n\n\nafter = 2  # kept"
    assert put(text) == (text.replace(OWN, f"{commented(OWN)}\n\n\n{SOURCE}"), True)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("J_b3 = lambda x, y: 0; other = 1\n", True),  # it shares its line, and stays
        ("def J_W3(x, y):\n    return 1\n\n\nprint(J_W3)", False),  # there was none: it comes after this one
        ("def J_b3(x, y):\n    J = (2 * (a3\n    return J\n\nprint('kept')\n", True),  # not to be parsed
        ("def J_b3(x, y):\n    pass  # my notes\n", False),
        ("def J_b3(x, y):\n    J = y\n    extra = None\n    return J\n", True),  # wrong, and written
    ],
)
def test_nothing_is_lost_whatever_was_there(text, asks):
    new, replaces = put(text)
    assert learner_file(Path("mine.py"), new.encode()).last(NAME).source == SOURCE
    kept = [line.removeprefix("# ") for line in new.split("\n")]
    assert set(text.split("\n")) <= set(kept)
    assert replaces is asks


def test_lines_indented_with_no_break_spaces_are_the_learners_own_and_stay_as_comments():
    own = f'def J_b3(x, y):\n    """Mine."""\n{PASTED}J = 2 * (a3 - y)\n{PASTED}return J\n'
    text = f"{own}\nprint('kept')\n"
    new, asks = put(text)
    assert asks
    assert new == text.replace(own, f"{commented(own.rstrip())}\n\n\n{SOURCE}\n")


def test_line_ends_and_the_encoding_stay():
    text = f"# coding: latin-1\r\nname = 'é'\r\n{OWN}\r\nlast = 1".replace("mine\n", "mine\r\n")
    data = put_function(Path("mine.py"), text.encode("latin-1"), NAME, SOURCE)[0]
    assert data.decode("latin-1").startswith("# coding: latin-1\r\nname = 'é'\r\n")
    assert data.endswith(b"last = 1") and b"\n" not in data.replace(b"\r\n", b"")


def test_in_a_notebook_only_its_cell_changes():
    text = exercise_text("ipynb")
    before, after = json.loads(text), json.loads(put(text, path="mine.ipynb")[0])
    differ = [pair for pair in zip(before["cells"], after["cells"], strict=True) if pair[0] != pair[1]]
    assert [new["source"] for _, new in differ] == [SOURCE]
    differ[0][0]["source"] = OWN.splitlines(keepends=True)  # as Jupyter writes it
    kept = json.loads(put(json.dumps(before), path="mine.ipynb")[0])
    assert f"{commented(OWN)}\n\n\n{SOURCE}" in ["".join(cell["source"]) for cell in kept["cells"]]


def test_a_magic_in_a_version_that_is_kept_stays_as_it_was_written():
    notebook = json.loads(exercise_text("ipynb"))
    cell = next(each for each in notebook["cells"] if "def J_b3" in "".join(each["source"]))
    cell["source"] = OWN.replace("# mine", "%timeit np.sum(x)")
    assert "#     %timeit np.sum(x)" in put(json.dumps(notebook), path="mine.ipynb")[0]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("mine.py", f"if True:\n    {OWN.replace(chr(10), chr(10) + '    ')}\n    more = 1\n"),
        ("mine.ipynb", json.dumps({"cells": [{"cell_type": "code", "source": [OWN, 3]}]})),
        ("mine.ipynb", json.dumps({"cells": [{"cell_type": "code", "source": OWN, "n": 0}]}).replace("0", "9" * 5_000)),
    ],
)
def test_where_it_cannot_be_put_safely_nothing_is_changed(path, text):
    with pytest.raises(ExerciseError, match="safely"):
        put(text, path=path)
