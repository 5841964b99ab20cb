"""What is said about functions, beyond what the learners' files show."""

import re

import numpy as np
import pytest

from curvegui.exercise.child.given_functions import given_answer
from curvegui.exercise.problem import JACOBIANS, problems_for_check, random_problems, right_answers
from curvegui.exercise.runner.outcome import Ending, NoNumbers, Outcome, Raised, Unfinished, Value
from curvegui.exercise.verdict.exception_words import NOT_RUN
from curvegui.exercise.verdict.judge import ORDER, judge
from curvegui.exercise.verdict.verdict import Grade
from tests.exercise.double import file_of, run_here
from tests.exercise.learner import BIAS, BODIES, text

PROBLEMS = problems_for_check(9)
RESET = """def reset_network(n1=6, n2=7):
    global W1, W2, W3, b1, b2, b3
    shapes = (n1, 1), (n2, n1), (2, n2), (n1, 1), ({b2}), (2, 1)
    W1, W2, W3, b1, b2, b3 = [{random}(*shape) if "{random}" != "np.ones" else np.ones(shape) for shape in shapes]
"""
BODY = """def J_b3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    # sigma(z3) in a comment is no clue
    J = 2 * (a3 - y)
    J = J * {factor}
    return np.sum(J, axis=1, keepdims=True) / x.size
"""


def verdict_on(source, name="J_b3", problems=PROBLEMS):
    file = file_of(source)
    return judge(file, problems, run_here(file, problems)).functions[name]


def all_said(verdict):
    """What a learner can read, hints and all."""
    return "\n".join((verdict.reason, verdict.evidence, *verdict.hints))


def verdict_of_answer(answer, source=BODY):
    return judge(file_of(source), PROBLEMS, Outcome({"J_b3": [answer] * len(PROBLEMS)})).functions["J_b3"]


def test_all_six_are_told_in_the_exercises_order():
    report = judge(file_of("def other(): pass"), PROBLEMS, Outcome({}))
    assert tuple(report.functions) == ORDER
    assert set(ORDER) == set(JACOBIANS)
    assert {verdict.grade for verdict in report.functions.values()} == {Grade.MISSING}
    assert not report.all_right


def test_problems_that_decide_are_enough():
    assert verdict_on(BODY.format(factor="d_sigma(z3)"), problems=random_problems(2)).grade is Grade.RIGHT
    assert verdict_on(BODY.format(factor="sigma(z3)"), problems=random_problems(2)).kind == "sigma-for-d_sigma"


def test_a_wrong_entry_is_told_beside_the_finite_difference():
    verdict = verdict_on(BODY.format(factor="sigma(z3)"))
    rights = right_answers(PROBLEMS[0])["J_b3"].ravel()
    assert any(f"a finite difference gives {right:.4g}." in verdict.evidence for right in rights)
    assert verdict.line == 5


@pytest.mark.parametrize("ending", [each for each in Ending if each is not Ending.FINISHED])
def test_every_ending_has_its_words(ending):
    verdict = verdict_of_answer(Unfinished(ending), BODY.format(factor="d_sigma(z3)"))
    assert verdict.grade is (Grade.UNJUDGED if ending in NOT_RUN else Grade.WRONG)
    assert verdict.kind == ending.name.lower().replace("_", "-")
    assert verdict.reason.endswith((".", "?"))


def test_a_function_that_was_not_reached_is_not_called_right():
    right = [Value(right_answers(each)["J_b3"]) for each in PROBLEMS]
    file = file_of(BODY.format(factor="d_sigma(z3)"))
    assert judge(file, PROBLEMS, Outcome({"J_b3": right})).functions["J_b3"].grade is Grade.RIGHT
    for count in range(3):
        outcome = Outcome({"J_b3": right[:count]}, ending=Ending.TIMED_OUT)
        assert judge(file, PROBLEMS, outcome).functions["J_b3"].grade is Grade.WRONG


def test_a_function_that_a_busy_computer_has_held_up_is_judged_by_its_answers_if_they_are_enough():
    right = [Value(right_answers(each)["J_b3"]) for each in PROBLEMS]
    file = file_of(BODY.format(factor="d_sigma(z3)"))
    for answers, grade in ((right, Grade.RIGHT), (right[:1], Grade.UNJUDGED), ([], Grade.UNJUDGED)):
        outcome = Outcome(
            {"J_b3": [*answers, Unfinished(Ending.BUSY)]}, {"cost": [Unfinished(Ending.BUSY)]}, Ending.BUSY
        )
        report = judge(file, PROBLEMS, outcome)
        verdict = report.functions["J_b3"]
        assert (verdict.grade, report.is_held_up, report.altered) == (grade, grade is Grade.UNJUDGED, {})


def test_right_on_some_networks_only_is_wrong():
    right = [right_answers(each)["J_b3"] for each in PROBLEMS]
    answers = [Value(right[0]), *(Value(each + np.array([[0.0], [0.01]])) for each in right[1:])]
    verdict = judge(file_of(BODY), PROBLEMS, Outcome({"J_b3": answers})).functions["J_b3"]
    assert (verdict.grade, verdict.kind) == (Grade.WRONG, "sometimes-right")
    assert "row 2, column 1" in verdict.evidence
    assert "1 of 3 networks" in verdict.reason


def test_an_altered_function_that_ends_the_program_is_named():
    outcome = Outcome({}, {"cost": [Unfinished(Ending.TIMED_OUT)]}, ending=Ending.TIMED_OUT)
    report = judge(file_of("def cost(x, y): ..."), PROBLEMS, outcome)
    assert "cost" in report.altered["cost"] and "in time" in report.altered["cost"]


def test_a_definition_that_fails_says_why():
    outcome = Outcome(
        {"J_b3": []}, top_level=(Raised("NameError", "name 'cached' is not defined", 1, None, "", "cached"),)
    )
    report = judge(file_of(BODY.format(factor="d_sigma(z3)")), PROBLEMS, outcome)
    assert report.functions["J_b3"].kind == "name-error"
    assert "Line 1 stopped with NameError" in report.remarks[0]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (NoNumbers("NoneType", printed=True), "prints"),
        (NoNumbers("NoneType"), "no-return"),
        (NoNumbers("function"), "returns-function"),
        (NoNumbers("list"), "no-numbers"),
        (Value(np.full((2, 1), np.nan)), "not-finite"),
        (Value(np.zeros((2, 1))), "all-zero"),
        (Value(np.ones((2, 1))), "hard-coded"),
        (Value(np.zeros(())), "shape"),
        (Value(np.zeros((2, 0))), "fixed-shape"),
        (Raised("OverflowError", "too large"), "overflow-error"),
        (Raised("Strange", ""), "strange"),
        (Raised("ValueError", "operands could not be broadcast together with shapes (2,3) (4,)"), "shape-mismatch"),
    ],
)
def test_any_answer_has_words(answer, kind):
    verdict = verdict_of_answer(answer, BODY.format(factor="d_sigma(z3)"))
    assert (verdict.grade, verdict.kind) == (Grade.WRONG, kind)
    assert verdict.reason


def test_a_line_that_is_indented_with_no_break_spaces_is_what_is_wrong():
    blank = "\u00a0" * 4  # from a web page
    pasted = f"import numpy as np\ndef J_b3(x, y):\n{blank}J = 2 * (a3 - y)\n{blank}return J\n\nafter = 1\n"
    verdict = verdict_on(pasted)
    assert (verdict.grade, verdict.kind, verdict.line) == (Grade.WRONG, "syntax", 3)
    below = verdict_on(pasted.replace("):\n", "):\n    a0, z1, a1, z2, a2, z3, a3 = network_function(x)\n"))
    assert (below.grade, below.kind, below.line) == (Grade.WRONG, "syntax", 4)


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ("def sigma(z):\n    return 0.6 * np.ones_like(z)", "z = 0 is 0.6 instead of 0.5"),
        ("def d_sigma(z):\n    return 1 / z[0, 9]", "d_sigma stops with IndexError"),
        ("def sigma(z):\n    return z[0]", "shape (6,) instead of (1, 6)"),
        ("def cost(x, y):\n    print(x)", "NoneType"),
        ("def cost(x, y):\n    return 1.0", "cost is 1 instead of"),
        ("def reset_network(n1=6, n2=7):\n    pass", "W1: array of 0 axes"),
        (RESET.format(b2="n2, 1", random="3 * np.random.randn"), "has about 0.5"),
        (RESET.format(b2="n2, 1", random="np.ones"), "W1 the same numbers every time"),
        (RESET.format(b2="1, n2", random="0.5 * np.random.randn"), "b2 the shape (1, "),
    ],
)
def test_an_altered_function_is_named(definition, words):
    file = file_of(definition)
    altered = judge(file, PROBLEMS, run_here(file, PROBLEMS)).altered
    assert words in altered[definition[4 : definition.index("(")]]


def test_judging_leaves_numpys_own_random_numbers_alone():
    before = np.random.get_state()[1].tolist()  # noqa: NPY002 - it is what a learner's file would draw from
    given_answer("reset_network", PROBLEMS[0])
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("J_W3", "2 * (a3 - y)", "-2*(a3-y)", "minus before the 2"),
        ("J_W3", "2 * (a3 - y)", "2 * (y - a3)", "wrong order"),
        ("J_W3", "return J", "return -J", "minus too many"),
        ("J_W3", "2 * (a3 - y)", "(0 - 2 * a3 + 2 * y)", "sign is wrong"),
        ("J_b3", "np.sum(", "np.mean(", "np.mean already divides"),
        ("J_b3", BIAS.removeprefix("return "), "np.mean(J)", "mean runs over everything"),
        ("J_b2", BIAS.removeprefix("return "), "np.mean(J, axis=0)", "mean runs over the wrong axis"),
        ("J_W2", "J @ a1.T / x.size", "np.mean(J @ a1.T, axis=1)", "np.mean averages over the weights"),
        ("J_W1", "J @ a0.T / x.size", "np.mean(J @ a0.T, axis=1, keepdims=True)", "np.mean does not average"),
        ("J_W3", "2 * (a3 - y) * ", "", "first factor, dC/da3, is missing"),
        ("J_b3", "J = 2 * (a3 - y) * ", "J = (a3 - y) * ", "factor 2 is missing"),
        ("J_W3", "/ x.size", "/ x.shape[0]", "x.shape[0] is 1"),
        ("J_W3", "d_sigma(z3)", "a3 * (a3 - 1)", "difference in the slope"),
        ("J_b3", BIAS.removeprefix("return "), "np.array([sum(row) / x.size for row in J])", "one axis"),
        ("J_b3", BIAS.removeprefix("return "), "sum(J) / x.size", "Python's own sum adds up the rows"),
        ("J_b3", BIAS.removeprefix("return "), "sum(J, axis=1)", "Python's own sum has no axis"),
        ("J_b3", BIAS.removeprefix("return "), "np.sum", "returns a function"),
    ],
)
def test_a_mistake_is_told_as_it_was_written(name, old, new, said):
    body = "\n".join(BODIES[name])
    assert old in body
    verdict = verdict_on(text(**{name: body.replace(old, new)}), name)
    assert said in verdict.reason
    assert "2 * (a3 - y)" not in verdict.reason  # what to write is said last
    assert len(set(verdict.hints)) == len(verdict.hints)


@pytest.mark.parametrize("name", ORDER)
def test_hints_go_from_what_to_think_about_to_the_code(name):
    body, factor = "\n".join(BODIES[name]), f"d_sigma(z{name[-1]})"
    verdict = verdict_on(text(**{name: body.replace(factor, factor[2:])}), name)
    assert verdict.kind == "sigma-for-d_sigma" and f"da{name[-1]}/dz{name[-1]}" in verdict.reason
    idea, code = verdict.hints
    assert "slope" in idea and factor not in verdict.reason + idea
    assert factor in code
    missing = verdict_on(text(**{name: "return ..."}), name)
    assert len(missing.hints) == 3 + 2 * (3 - int(name[-1]))  # a factor each
    assert "d_sigma" not in "".join(missing.hints)


def test_several_mistakes_are_a_line_each():
    body = "\n".join(BODIES["J_b3"]).replace("d_sigma", "sigma").replace(" / x.size", "")
    verdict = verdict_on(text(J_b3=body))
    assert [("sigma" in line, "points" in line) for line in verdict.reason.split("\n")] == [
        (True, False),
        (False, True),
    ]
    assert "x.size" in verdict.hints[-1]


def test_what_is_kept_from_the_call_before_is_named():
    before = "kept = {}\ndef forward(x):\n    return kept.setdefault(0, network_function(x))"
    body = "\n".join(BODIES["J_W3"]).replace("network_function", "forward")
    verdict = verdict_on(text(before, J_W3=body), "J_W3")
    assert verdict.kind == "kept-from-before" and "earlier" in all_said(verdict)


def test_a_name_that_is_nearly_the_right_one_is_asked_about():
    verdict = verdict_on(text().replace("def J_W3", "def JW3"), "J_W3")
    assert verdict.grade is Grade.MISSING and "mean JW3?" in verdict.reason


def test_what_cannot_be_read_between_the_functions_is_remarked():
    file = file_of("print 'done'\n" + text())
    report = judge(file, PROBLEMS, run_here(file, PROBLEMS))
    assert report.remarks == (
        "Python cannot read line 1: print needs brackets around what it prints. The rest was read.",
    )
    assert report.all_right


def test_a_name_that_the_file_gives_to_something_else_is_told():
    verdict = verdict_on(text(after="J_W3 = np.zeros((2, 7))"), "J_W3")
    assert verdict.kind == "not-callable"
    assert "not a function" in verdict.reason


@pytest.mark.parametrize("change", ["np.round({}, 4)", "{}.astype(np.float16)"])
def test_what_is_rounded_on_the_way_is_nearly_right(change):
    body = "\n".join(BODIES["J_W3"]).replace("J @ a2.T / x.size", change.format("(J @ a2.T / x.size)"))
    verdict = verdict_on(text(J_W3=body), "J_W3")
    assert verdict.kind == "nearly-right"
    assert "rounded" in verdict.reason


def test_two_different_numbers_never_look_the_same():
    body = "\n".join(BODIES["J_W3"]).replace("J @ a2.T / x.size", "J @ a2.T / x.size * 1.00001")
    evidence = verdict_on(text(J_W3=body), "J_W3").evidence
    found, wanted = re.search(r"column \d+ is (\S+); .* (\S+)\.$", evidence).groups()
    assert found != wanted and abs(float(found) / float(wanted) - 1.00001) < 2e-6


@pytest.mark.slow
@pytest.mark.parametrize("name", ["J_W1", "J_b1"])
@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (r"d_sigma\(z(\d)\)", r"sigma(z\1)", "sigma-for-d_sigma"),
        (r"d_sigma\(z(\d)\)", r"d_sigma(a\1)", "d_sigma-of-a"),
        (r" \* d_sigma\(z\d\)", "", "missing-d_sigma"),
    ],
)
def test_the_same_mistake_in_all_layers_is_one_mistake(name, old, new, kind):
    body = re.sub(old, new, "\n".join(BODIES[name]))
    verdict = verdict_on(text(**{name: body}), name)
    assert verdict.kind == kind
    assert "in every layer" in verdict.reason
    assert verdict_on(text(**{name: body.replace(" / x.size", "")}), name).kind == f"{kind}+missing-size"


def test_only_the_first_lines_that_failed_are_told():
    top_level = tuple(Raised("NameError", "name 'q' is not defined", line) for line in range(1, 5000))
    said = judge(file_of(text()), PROBLEMS, Outcome({}, top_level=top_level)).remarks
    assert len(said) <= 12
    assert said[0].startswith("Line 1 stopped with NameError")
    assert "4,989" in said[-1]


def test_several_names_at_once_are_definitions():
    source = (
        text(J_W1=None, J_b1=None)
        + "\ndef make():\n    return J_W2, J_b2\n\n(J_W1, [*rest]), J_b1 = (make(), 1), make()[1]\n"
    )
    verdict = verdict_on(source, "J_W1")
    assert (verdict.grade, verdict.line) == (Grade.WRONG, source.count("\n"))
    assert "values to the right" in verdict_on("J_b1, J_b3 = (1,)\n", "J_b3").reason


@pytest.mark.parametrize("arguments", ["x", "x, y, N", "", "x, y, *, N"])
def test_a_function_that_takes_something_else_than_x_and_y_is_told_so(arguments):
    verdict = verdict_on(text().replace("J_W3(x, y)", f"J_W3({arguments})"), "J_W3")
    assert "def J_W3(x, y):" in verdict.reason


@pytest.mark.parametrize(
    ("kind", "said"), [("generator", "yield"), ("coroutine", "async"), ("tuple", "comma"), ("{odd}", "{odd}")]
)
def test_what_python_makes_of_a_function_is_named(kind, said):
    assert said in verdict_of_answer(NoNumbers(kind)).reason


def test_a_size_that_has_a_name_is_found_where_it_divides():
    verdict = verdict_on(text("N = 100", J_W3="\n".join(BODIES["J_W3"]).replace("x.size", "N")), "J_W3")
    assert (verdict.kind, verdict.line) == ("fixed-size", 5)


@pytest.mark.parametrize("seed", range(8))
def test_a_size_written_as_a_number_is_never_right(seed):
    problems = problems_for_check(seed)
    size = problems[0].parameters["b2"].size
    body = "\n".join(BODIES["J_b2"]).replace(BIAS, f"return np.sum(J, axis=1).reshape({size}, 1) / x.size")
    verdict = verdict_on(text(J_b2=body), "J_b2", problems)
    assert verdict.grade is Grade.WRONG
    assert "Take sizes from the arrays" in all_said(verdict)


def test_a_size_of_no_test_network_is_named_as_one():
    body = "\n".join(BODIES["J_b2"]).replace(BIAS, "return np.sum(J, axis=1).reshape(13, 1) / x.size")
    assert "do not write 13" in verdict_on(text(J_b2=body), "J_b2").reason
    body = "\n".join(BODIES["J_b2"]).replace(BIAS, "return np.zeros((13, 1)) + np.sum(J, axis=1, keepdims=True)")
    assert "do not write 13" in verdict_on(text(J_b2=body), "J_b2").reason
    body = "\n".join(BODIES["J_b2"]).replace(BIAS, "return np.zeros(13) @ J.ravel()")
    assert "do not write 13" in verdict_on(text(J_b2=body), "J_b2").reason


def test_a_column_that_is_missing_is_named_with_what_makes_it():
    body = "\n".join(BODIES["J_W1"]).replace("return ", "return {}(").replace(" @ a0.T", " @ a0.T).ravel()")
    for factor, is_right in (("", True), ("3 + ", False)):
        verdict = verdict_on(text(J_W1=body.format(factor)), "J_W1")
        assert "column is missing" in verdict.reason and "reshape(-1, 1)" in verdict.hints[0]
        assert ("numbers are right" in verdict.reason) == is_right
        assert "return" in text(J_W1=body).splitlines()[verdict.line - 1]
