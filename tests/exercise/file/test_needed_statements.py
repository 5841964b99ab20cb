from curvegui.exercise.file.blocks import blocks_of
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
