"""Feeds the reader of learners' files what nobody would write:  python tests/fuzz/exercise.py --seconds 20"""

from functools import partial
from pathlib import Path

from driver import feed, watched

with watched():
    from curvegui.exercise.child.wire import LENGTHS, WireError, lengths, pack, unpack
    from curvegui.exercise.file.learner_file import learner_file
    from curvegui.exercise.file.needed_statements import needed_statements
    from curvegui.exercise.problem import ExerciseError
    from curvegui.exercise.runner.outcome import answer_of

import numpy as np

from tests.exercise.cases import cases

FOLDER = Path(__file__).parents[1] / "exercise" / "file" / "notebooks"
ODD = b"""@decorated(
1)
def J_W3 (x, y) :
    return 2 * (a3 # \\
        % y)
def J_W2(x, y):
\treturn f"{x!r:>{y}}" \\
        "abc"
def J_b3(x, y):
    return (1
"""


def message(data):
    """What a child process sends to the app."""
    head, body = lengths(data[: LENGTHS.size].ljust(LENGTHS.size, b"\0"))
    rest = data[LENGTHS.size :]
    answer_of(*unpack(rest[:head], rest[head : head + body]))


def functions(name, data):
    """Functions with their lines."""
    file = learner_file(Path(name), data)
    assert all(each.error.isprintable() and each.line >= 1 for each in file.definitions)
    found = needed_statements(file.chunks, [each.name for each in file.definitions], ["np"])
    assert found == sorted(set(found))


messages = [pack({"news": "answer", "is": kind, "line": 3}, [np.ones((2, 3))]) for kind in ("value", "raised")]
notebooks = [path.read_bytes() for path in sorted(FOLDER.glob("*.json"))]
files = [ODD, *(cases()[name].data for name in ("course_style.py", "three_mistakes_in_three_functions.py"))]
scripts, books = (partial(functions, name) for name in ("any.py", "any.ipynb"))
feed(__doc__, (ExerciseError, WireError), (scripts, files), (books, notebooks), (message, messages))
