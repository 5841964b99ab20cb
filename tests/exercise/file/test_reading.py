import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curvegui.exercise.file.learner_file import learner_file, read_learner_file
from curvegui.exercise.problem import ExerciseError
from curvegui.exercise.runner.outcome import Value
from curvegui.exercise.runner.runner import run_learner
from tests.exercise.double import run_here
from tests.exercise.learner import problem, text
from tests.help.texts import texts

NOTEBOOKS = Path(__file__).parent / "notebooks"


def read(source, name="mine.py"):
    return learner_file(Path(name), source.encode() if isinstance(source, str) else source)


def stored(name):
    """A notebook that is kept under another ending, since the linters would refuse what is odd about it."""
    return read((NOTEBOOKS / f"{name}.json").read_bytes(), f"{name}.ipynb")


def found(file):
    return [(each.name, each.line, each.cell, bool(each.error)) for each in file.definitions]


def notebook(*cells, **more):
    content = {"cells": [{"cell_type": "code", "source": source} for source in cells], "nbformat": 4} | more
    return json.dumps(content)


def test_a_notebook_of_the_course():
    file = stored("course")

    assert found(file) == [
        ("sigma", 2, 3, False),
        ("d_sigma", 3, 3, False),
        ("reset_network", 5, 3, False),
        ("J_W3", 4, 5, False),
        ("J_b3", 15, 5, True),
        ("J_W2", 20, 5, False),
        ("J_W2", 1, 8, False),
    ]
    broken = file.last("J_b3")
    assert broken.error == "a bracket is opened here and never closed"
    assert broken.error_line == 16
    assert file.last("J_W2").cell == 8
    assert len(file.digest) == 64


def test_the_functions_of_a_notebook_of_the_course_can_be_run():
    file = stored("course")

    outcome = run_learner(file, [problem()])

    assert isinstance(outcome.answers["J_W3"][0], Value)
    assert "J_b3" not in outcome.answers
    answer = outcome.answers["J_W2"][0]
    assert (answer.missing_name, answer.line, answer.cell, answer.text) == ("later", 3, 8, "return later(x)")


def test_a_notebook_is_known_by_what_is_in_it():
    assert found(read(notebook("def J_b3(x, y): return 1"), "download.txt")) == [("J_b3", 1, 1, False)]


@pytest.mark.parametrize(
    "magic",
    [
        "%matplotlib inline",
        '%run "readonly/BackpropModule.ipynb"',
        "!pip install numpy",
        "?np.dot",
        "np.dot?",
        "np.dot??  # what is it",
        "files = !ls",
        "took = %timeit -o 1",
        "%run one \\\n   two \\\n   three",
        "%%time",
        "%%capture --no-stderr",
    ],
)
@pytest.mark.parametrize("name", ["mine.ipynb", "mine.py"])
def test_a_magic_is_passed_over(magic, name):
    source = f"{magic}\ndef J_b3(x, y):\n    return 1\n"

    file = read(notebook(source) if name == "mine.ipynb" else source, name)

    assert [(each.name, each.line, each.error) for each in file.definitions] == [("J_b3", 2 + magic.count("\n"), "")]


def test_what_only_looks_like_a_magic_stays():
    source = 'def J_b3(x, y):\n    a = (7\n    % 4)\n    """\n%text\n"""\n    return a\n'

    assert read(source).chunks[0][0] == source.strip()


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile mine.py", "%%script perl"])
def test_a_cell_in_another_language_is_left_out(magic):
    file = read(notebook(f"{magic}\ndef J_W1(x, y): return 1", "def J_b3(x, y): return 1"), "mine.ipynb")

    assert [each.name for each in file.definitions] == ["J_b3"]


def test_definitions_of_every_kind_are_found():
    source = """
import functools
@functools.cache
def J_W1(x: "int", y) -> "None":
    def inner(): return 1
    return inner()
J_W2 = lambda x, y: 1
J_W3: object = lambda x, y: 2
if True:
    def J_b1(x, y): return 1
else:
    J_b1 = None
J_b2 = J_b1
class Holder:
    def J_b3(self, x, y): return 1
async def J_b3(x, y): return 1
number = 3
"""
    names = [(each.name, each.line) for each in read(source).definitions]

    assert names == [
        ("J_W1", 3), ("J_W2", 7), ("J_W3", 8), ("J_b1", 10), ("J_b1", 12), ("J_b2", 13), ("J_b3", 16),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("    return (1", 2, "a bracket is opened here and never closed"),
        ("    return 1)", 2, "a bracket is closed here that was never opened"),
        ("    return 'abc", 2, "a text in quotes begins here and does not end in its line"),
        ("    if x\n        pass", 2, "a colon is missing here"),
        ("    J =\n    return J", 2, "Python does not understand this line"),
        ("    a = 1\n      b = 2", 3, "this line is indented too far"),
        ("    a = 1\n  b = 2", 3, "the indentation of this line matches no line before it"),
        ("    if x:\n        a = 1\n\tb = 2", 4, "tabs and spaces are mixed in the indentation"),
        ('    """An explanation\n    return 1', 2, "a text in three quotes begins here and never ends"),
        ("    return 1 +* 2", 2, "Python does not understand this line"),
        ("    if x = 1: pass", 2, "one = gives a value to a name; to compare, write =="),
        ("    a = 1\n    break", 3, "break is outside a loop"),
        ("    global x", 2, "a name is an argument and global at once"),
        ("    print x", 2, "print needs brackets around what it prints"),
        ("", 1, "the lines below it have to be indented, and there are none"),
        ("    return a3 – y", 2, "there is a character here that Python does not know: –, for -"),
    ],
)
@pytest.mark.parametrize("before", ["", "import numpy as np\n\n", "# a remark\n\n"])
def test_a_broken_function_is_judged_alone(body, line, said, before):
    first = before.count("\n")
    after = "def J_b1(x, y):\n    '''Said'''\n    return 2\n"
    source = f"{before}def J_W1(x, y): return 1\ndef J_b3(x, y):\n{body}\n\n\n{after}"

    file = read(source)

    good = {each.name: each.line for each in file.definitions if not each.error}
    broken = file.last("J_b3")
    assert set(good) == {"J_W1", "J_b1"}
    assert source.split("\n")[good["J_b1"] - 1].startswith("def J_b1")
    assert (broken.line, broken.error_line - first - 1, broken.error) == (first + 2, line, said)
    assert broken.source.startswith("def J_b3")
    assert "J_b1" not in broken.source


def test_brackets_texts_and_decorators_at_the_left_edge_belong_to_their_statement():
    source = '''broken = (
table = [
1,
2]
@decorated(
1)
def J_W1(x, y):
    return """
text
"""
def J_b1(x, y) return 1
'''
    file = read(source)

    assert [(each.name, each.line, bool(each.error)) for each in file.definitions] == [
        ("J_W1", 5, False), ("J_b1", 11, True),
    ]  # fmt: skip


@pytest.mark.parametrize("encode", [
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: text.replace("\n", "\r").encode(),
    lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.encode("utf-16"),
    lambda text: ("# coding: latin-1\n# é\n" + text).encode("latin-1"),
    lambda text: text.replace("    ", "\t").encode(),
])  # fmt: skip
def test_line_ends_marks_and_encodings_do_not_matter(encode):
    plain = text()

    file = read(encode(plain))

    assert [each.name for each in file.definitions] == [each.name for each in read(plain).definitions]
    answers = run_here(file, [problem()]).answers
    assert all(np.isfinite(answers[name][0].array).all() for name in answers)


def test_what_is_wrong_with_a_file_is_said(tmp_path):
    def said(name, data=None):
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        with pytest.raises(ExerciseError) as caught:
            read_learner_file(path)
        assert str(caught.value).startswith(f"“{name}” cannot be used. ")
        return str(caught.value).removeprefix(f"“{name}” cannot be used. ")

    (tmp_path / "folder.py").mkdir()
    assert said("none.py") == "There is no such file."
    assert said("folder.py") == "It is a folder."
    assert said("empty.py", b" \n") == "It is empty."
    assert said("large.py", b"#" * 5_000_001).startswith("It is larger than 5 MB.")
    assert said("code.py", b"a = 1\n" * 100_000).startswith("It has more than 300,000")
    assert said("picture.py", b"\x89PNG\r\n\x1a\n\0\0\0\xff") == "It is not a text file in UTF-8. Save it as UTF-8."
    assert said("zero.py", b"def f(): pass\0") == "It is not a text file."
    assert said("no_json.ipynb", b"def f(): pass").startswith("It is not a Jupyter notebook: what is in it")
    assert said("list.ipynb", b"[1]").startswith("It is not a Jupyter notebook: it has no list")
    assert said("other.ipynb", b'{"cells": 3}').startswith("It is not a Jupyter notebook: it has no list")
    assert said("deep.ipynb", b'{"cells":' + b"[" * 100_000).startswith("It is not a Jupyter notebook")
    assert said("wide.ipynb", b'{"cells":[' + b"[]," * 250_000).startswith("The notebook is too large")
    assert said("none_in_it.py", b"x = 1\n").startswith("It has no function")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")

    with pytest.raises(ExerciseError, match="a device or a pipe"):
        read_learner_file(tmp_path / "pipe.py")
    with pytest.raises(ExerciseError, match="No file can have this name"):
        read_learner_file("a\0b.py")


@pytest.mark.parametrize(
    "source",
    [
        "-" * 200_000 + "1",
        "not " * 50_000 + "1",
        "(" * 50_000,
        "a" + ".a" * 100_000,
        "a" + "+a" * 100_000,
        "lambda: " * 30_000 + "1",
        "def f():\n" + "".join(" " * depth + "if 1:\n" for depth in range(1, 700)),
        "x = '\\s \\d'",
    ],
)
def test_what_is_nested_without_end_breaks_itself_alone(source):
    file = read(f"{source}\ndef J_b3(x, y):\n    return 1\n")

    assert file.last("J_b3").error == ""


PIECES = [
    "def J_b3(x, y):\n",
    "    return 1\n",
    "class A:\n",
    "lambda",
    "if",
    "\t",
    " ",
    "\0",
    "\r",
    "\f",
    "\ufeff",
    "\n",
]
PIECES += [*"@(]{':=%?!#\u00e9", '"""', "\\\n"]


@given(st.one_of(texts(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.binary()))
@example("def J_b3(x, y):\\\n")
@example("@\ndef f(): pass")
def test_any_text_is_read_or_refused(content):
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    for name in ("any.py", "any.ipynb"):
        try:
            file = learner_file(Path(name), data)
        except ExerciseError as error:
            assert str(error).isprintable()
        else:
            assert all(each.line >= 1 for each in file.definitions)
            assert all(
                each.error.isprintable() and each.error_line >= each.line for each in file.definitions if each.error
            )


KEYS = st.sampled_from(["cells", "worksheets", "cell_type", "source", "input"])
LEAVES = st.none() | st.booleans() | st.floats() | texts()


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner)))
def test_any_json_is_read_or_refused(content):
    try:
        learner_file(Path("any.ipynb"), json.dumps(content).encode())
    except ExerciseError as error:
        assert str(error).isprintable()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def (\n", "Python does not understand line 1, or the line before it."),
        ("x = 1\nprint(x\n", "Python cannot read line 2: a bracket is opened here and never closed."),
        ("\n\n  def J_W3(x, y):\n    return 1\n", "Python cannot read line 3: this line is indented too far."),
        ("J_W3(x, y) = 2 * (a3 - y)\n", "Python cannot read line 1: a function is written as def J_W3(x, y):"),
        ("await ready()\n", "Python cannot read line 1: await is outside a function."),
        ("yield 1\n", "Python cannot read line 1: yield is outside a function."),
        ("return 1\n", "Python cannot read line 1: return is outside a function."),
        ("#include <stdio.h>\nint main() {\n  return 0;\n}\n", "Python does not understand line 2"),
        (notebook("import numpy as np\nx = (1"), "Python cannot read line 2 of cell 1: a bracket is opened here"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_told_its_line(source, said):
    with pytest.raises(ExerciseError) as caught:
        read(source)
    assert str(caught.value).startswith(said)
    assert str(caught.value).endswith("It has no function that can be read.")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("J = await (a3 - y)", "await"),
        ("async with a3: J = y", "async"),
        ("async for J in a3: pass", "async"),
        ("J = [each async for each in a3]", "async"),
    ],
)
def test_a_word_for_programs_that_wait_is_said_to_be_left_out(line, word):
    broken = read(f"def J_b3(x, y):\n    {line}\n    return J\n").last("J_b3")
    assert broken.error_line == 2
    assert broken.error.split()[0] == word
    assert "outside" not in broken.error  # it stands inside of a function
    assert read(f"def J_b3(x, y):\n    {line}\n".replace("async ", "").replace("await ", "")).last("J_b3").error == ""


def test_a_form_feed_in_front_of_a_line_changes_nothing():
    file = read("import numpy as np\n\fdef J_b3(x, y):\n \f    return 1\n\f\nafter\f= 2\n")
    assert (found(file), file.unread) == ([("J_b3", 2, None, False)], ())
    assert [line for _, line, _ in file.chunks] == [1, 2, 5]


def test_a_notebook_without_code_says_so_and_a_damaged_one_where():
    with pytest.raises(ExerciseError, match="no cell with code"):
        read('{"cells": [{"cell_type": "markdown", "source": "def J_W3"}]}', "mine.ipynb")
    with pytest.raises(ExerciseError, match="not JSON in line 2"):
        read('{"cells": [\n{"cell_type": "code",]}', "mine.ipynb")


def test_what_cannot_be_read_between_the_functions_is_kept_with_its_line():
    file = read(
        "def J_W3(x, y):\n    return 1\n\nprint 'done'\n\ndef helper(x:\n    return x\n\ndef J_b3(x, y:\n    pass\n"
    )
    assert [(each.line, each.cell) for each in file.unread] == [(4, None), (6, None)]
    assert file.unread[0].sentence() == "Python cannot read line 4: print needs brackets around what it prints."
