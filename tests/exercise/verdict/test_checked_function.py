"""A learner's function: the line that its mistake is in."""

from curvegui.exercise.file.learner_file import Definition
from curvegui.exercise.verdict.verdict import code_lines, line_of, plain_lines, shows

SOURCE = '''def J_b3(x, y):
    """sigma(z3) is what this is about."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)  # sigma(z3)
    J = 2 * (a3 - y)
    J = J * sigma(z3)
    return J'''
DEFINITION = Definition("J_b3", SOURCE, 11)


def test_the_first_line_of_code_that_shows_the_best_clue_counts():
    assert line_of(DEFINITION, (r"sigma\(z3", r"a3")) == 15
    assert line_of(DEFINITION, (r"sigma\(z2", r"a3")) == 14


def test_without_a_clue_it_is_where_the_function_begins():
    assert line_of(DEFINITION, ()) == 11
    assert line_of(DEFINITION, (r"\bW3\b", r"x, y", r"z1")) == 11


def test_without_a_definition_there_is_none():
    assert line_of(None, ("J",)) is None


def test_a_line_shows_the_best_clue_or_not():
    assert shows(DEFINITION, 15, (r"sigma", "a3"))
    assert not shows(DEFINITION, 14, (r"sigma", "a3"))
    assert not shows(DEFINITION, 99, (r"sigma",))
    assert not shows(DEFINITION, 15, ())
    assert not shows(None, 15, (r"sigma",))


def test_comments_and_texts_are_no_code_also_where_the_rest_is_broken():
    assert [line.strip() for line in code_lines(SOURCE)][1] == ""
    assert "sigma" not in code_lines("x = 1  # sigma\ny = (")[0]


def test_a_name_that_stands_twice_among_the_networks_arrays_is_one_too_many():
    twice = SOURCE.replace("a3 = network", "a3, a0 = network")
    assert plain_lines(twice)[2].strip() == "a0, z1, a1, z2, a2, z3, a3, a0 = network_function(x)"
