import pytest

from curvegui.exercise.file.learner_file import blocks_of
from curvegui.exercise.file.needed_statements import needed_statements


def needed(source, functions=("J_b3",), provided=("np", "W1", "network_function")):
    chunks = [(block.source, block.line, None) for block in blocks_of(source)]
    return [chunks[index][0].split("\n")[0] for index in needed_statements(chunks, functions, provided)]


def test_only_what_a_function_reads_is_needed_also_by_way_of_others():
    source = """
import os
import math as m
print("x")
size = m.sqrt(4)
unused = 3
def helper(a):
    local = unread = a
    return local * size
def J_b3(x, y):
    unused = 1
    return helper(x) + unused
plot(J_b3)
"""
    assert needed(source) == ["import math as m", "size = m.sqrt(4)", "def helper(a):", "def J_b3(x, y):"]


def test_names_inside_of_functions_and_of_hints_are_read_too():
    source = """
rate: float = 2
Kind = int
def J_b3(x: Kind, y):
    def inner():
        return [rate for _ in x]
    return inner()
"""
    assert needed(source) == ["rate: float = 2", "Kind = int", "def J_b3(x: Kind, y):"]


def test_what_is_provided_needs_nothing_of_the_file():
    source = (
        "W1 = forever()\nfor i in range(9):\n    W1 = W1 - 1\ndef J_b3(x, y): return np.dot(W1, network_function(x))"
    )

    assert needed(source) == ["def J_b3(x, y): return np.dot(W1, network_function(x))"]


def test_every_definition_of_a_name_and_every_change_of_it_count():
    source = "a = {}\na['x'] = 1\na.y = 2\na += 3\nif True:\n    a = 4\nb[a] = 1\ndef J_b3(x, y): return a"

    assert needed(source) == ["a = {}", "a['x'] = 1", "a.y = 2", "a += 3", "if True:", "def J_b3(x, y): return a"]


def test_an_import_of_everything_may_bring_any_name():
    assert needed("from math import *\ndef J_b3(x, y): return pi") == [
        "from math import *",
        "def J_b3(x, y): return pi",
    ]


def test_a_name_that_needs_itself_ends():
    assert needed("def J_b3(x, y): return other()\ndef other(): return J_b3(1, 1)") == [
        "def J_b3(x, y): return other()", "def other(): return J_b3(1, 1)",
    ]  # fmt: skip


READER = "def J_b3(x, y): return w"


@pytest.mark.parametrize(
    "change",
    [
        "for k in range(2): w[k] = 2",
        "if True: w['a'] = 2",
        "with open('numbers') as file:\n    w.two = 2",
        "try:\n    del w[0]\nexcept KeyError: pass",
        "w.append(2)",
        "w[0].update(two=2)",
        "for k in range(2): w.setdefault(k, []).append(k)",
        "setattr(w, 'two', 2)",
        "w, rest = [1], 2",
    ],
)
def test_whatever_fills_a_name_that_a_function_reads_is_needed(change):
    assert needed(f"w = {{}}\n{change}\n{READER}") == ["w = {}", change.split("\n")[0], READER]


@pytest.mark.parametrize("body", ["global w; w = 2", "w['two'] = 2", "w.append(2)"])
@pytest.mark.parametrize("call", ["setup()", "done = setup()", "if True: setup()"])
def test_a_call_of_a_function_of_the_file_binds_and_fills_what_the_function_does(body, call):
    setup = f"def setup(): {body}"

    assert needed(f"w = {{}}\n{setup}\n{call}\n{READER}") == ["w = {}", setup, call, READER]


@pytest.mark.parametrize(
    "other",
    [
        "import w\nw.remove('everything')",
        "import w\ndef tidy(): w.remove('everything')\ntidy()",
        "print(w)",
        "plot(w)",
        "w.train()",
        "w.save('file')",
        "fill = lambda: w.append(1)",
        "def fill(): w.append(1)",
        "def fill():\n    w = []\n    w.append(1)\nfill()",
        "class Table:\n    def fill(self): w.append(1)",
        "def step(): global w; w = 2\nfor k in range(50000): step()",
        "for k in range(50000): W1 = W1 * 1; w['last'] = k",
        "while True:\n    b3 -= J_b3(1, 2)\n    w.append(1)",
    ],
)
def test_what_prints_draws_trains_and_removes_is_not_run_though_it_has_to_do_with_it(other):
    assert [each for each in needed(f"{other}\n{READER}") if each != "import w"] == [READER]


def test_what_a_function_does_for_itself_needs_no_call_in_the_file():
    source = "def back(): global w; w = 2\nback()\ndef J_b3(x, y): global J; J = back(); return w\nprint(J_b3(1, 2))"

    assert needed(source) == source.split("\n")[0:3:2]
