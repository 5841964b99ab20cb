"""Lessons: what a teacher writes is read whole, and everything that is wrong is told with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.files.disk.resources import resource
from curvegui.files.lesson.lesson import KEYS, MOST_BYTES, MOST_STEPS, MOST_TEXT, LessonError
from curvegui.files.lesson.words import POINTED_AT
from curvegui.ui.window.features import PANELS
from tests.help.lessons import parse_lesson, read_lesson
from tests.help.texts import texts

WHOLE = """\ufeff# Waves

Notes for the teacher, which are not shown.
set: nothing

## The first **step**

Look at the *fit*.

- one
- two

look: canvas, Timeline
do: Let it run.
UNTIL : running and iteration > 100
begin: New run
set: aggression = 0.5, layers = 3 4, curve = circle
chapter: Looking back
## The second
Words alone.
"""


def problems(text):
    with pytest.raises(LessonError) as caught:
        parse_lesson(text, "waves.md")
    return [str(problem) for problem in caught.value.problems]


def lesson_with(*lines):
    return "\n".join(["# Title", "## Step", "Text.", *lines])


def test_a_lesson_is_read_whole():
    lesson = parse_lesson(WHOLE)
    first, second = lesson.steps
    assert lesson.title == "Waves"
    assert (first.heading, first.line) == ("The first **step**", 6)
    assert first.text == "Look at the *fit*.\n\n- one\n- two"
    assert first.look == ("canvas", "timeline")
    assert first.do == "Let it run."
    assert first.until is not None
    assert dict(first.settings) == {"aggression": 0.5, "hidden": (3, 4), "curve": "circle"}
    assert (first.begins_run, second.begins_run) == (True, False)
    assert first.chapter == "Looking back"
    assert (second.heading, second.text, second.look, second.do) == ("The second", "Words alone.", (), "")
    assert all((each.hidden, each.picture, each.question) == (frozenset(), None, None) for each in lesson.steps)
    assert (second.until, dict(second.settings), second.chapter) == (None, {}, "")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_ends_of_lines_of_any_system_count_as_one(end):
    assert parse_lesson(WHOLE.replace("\n", end)) == parse_lesson(WHOLE)


WRONG = {
    "look: canvass": "there is no part of the window called “canvass”. Did you mean “canvas”?",
    "look: moon": f"there is no part of the window called “moon”. There are: {', '.join((*POINTED_AT, *PANELS))}.",
    "set: optimiser = levenberg-marquardt, points = 5000, layers = 60 60": (
        "Optimiser: Finish (Levenberg-Marquardt) would need"
    ),
    "set: agression = 7": "there is no setting called “agression”. Did you mean “aggression”?",
    "set: aggression 7": "“aggression 7” sets nothing. Write it as in: aggression = 7, noise = 0",
    "set: noise = 1, noise = 2": "noise is set twice.",
    "set: noise = much": "“much” is not a number. Write it as 7, 0.5 or 1e-3.",
    "set: noise = 11": "noise: at most 10 here.",
    "begin: again": "a step can begin in one of two ways: begin: new run or begin: usual run",
    "set: seed = 1.5": "seed: a whole number",
    "set: layers = 6, 7": "“7” sets nothing",
    "set: layers = 0": "“0” is not a list of layers",
    "set: curve = hart": "curve: choose one of",
    "look:": "something is missing after “look:”.",
    "lok: canvas": "there is no line called “lok”. Did you mean “look”?",
    "until: paused": "“until” says when something is done; say with “do:” what.",
    "![a picture](heart.png)": "“heart.png” is not in the lesson's folder.",
    "See ![a picture](heart.png)": "HTML is not shown",
    "Some <b>bold</b> words": "HTML is not shown",
    "hide: agression": "there is no view, panel, setting or action called “agression”. Did you mean “aggression”?",
    "show: everything": "there is no view, panel, setting or action called “everything”. There are: watch, play,",
    "hide: watch, play, understand, exercise": "all views are hidden; one must remain.",
    "right: Yes": "an answer without a question",
    "ask: What?": "a question has answers to choose, with “right:” and “wrong:”, or one “number:”, “measure:” or",
    "measure: coost within 1": "there is no number to measure called “coost”. Did you mean “cost”?",
    "measure: cost within factor 0.5": "“factor 0.5” allows nothing. Write: within 0.1, within 5 %, within factor 2",
    "draw: fit": "a curve to draw is compared with the fit: draw: fit within 0.05",
    "becaus: σ is flat": "there is no line called “becaus”. Did you mean “because”?",
    "number: much": "“much” is not a number.",
    "number: 1,000 within 5 %": "“1,000” has two readings. Write 1000 or, with a decimal point, 1.000.",
    "number: -12,500": "“-12,500” has two readings.",
    "number: 5000 within 1,000": "“1,000” has two readings.",
    f"wrong: {'long ' * 20}": "an answer has at most 60 characters",
    "> > > > deep": "the line stands too deep within lists or quotations.",
    "a\x00b": "there is a character that is no text.",
    "a" * 3_000: "the line is longer than 2,000 characters.",
    "# Another": "a second title: the first is in line 1.",
    "##": "the heading is missing after ##.",
}


@pytest.mark.parametrize(("line", "words"), WRONG.items(), ids=[line[:20] for line in WRONG])
def test_what_is_wrong_is_told_with_its_line_and_what_is_allowed(line, words):
    (problem, *_) = problems(lesson_with(line))
    assert problem.startswith(f"Line 4: {words[:1].upper()}{words[1:]}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["Line 1: A lesson begins with its title: # First steps", "Line 1: There are no steps: each begins with"]),
        ("# Title\n", ["Line 1: There are no steps: each begins with ## and its heading."]),
        ("\nwords\n## Step\ntext", ["Line 2: A lesson begins with its title: # First steps"]),
        ("## Step\ntext\n# Title", ["Line 1: A lesson begins with its title", "Line 3: The title stands before"]),
        ("# Title\n## Step\ndo: it", ["Line 2: The step has no text."]),
        (lesson_with("do: a", "do: b"), ["Line 5: A second “do”: a step has one; the first is in line 4."]),
    ],
)
def test_what_is_missing_or_out_of_place_is_told(text, told):
    for problem, words in zip(problems(text), told, strict=True):
        assert problem.startswith(words)


SHOWN = """# Title
Show: play, understand, aggression, layers
hid: nothing
## One
Text.
## Two
Text.
hide: layers
show: exercise, optimiser, curve list
look: layers
## Three
look: knobs, doctor
Text.
show: curve
"""


def test_what_is_hidden_holds_from_its_step_on_and_words_are_those_of_the_window():
    hint, hidden = problems(SHOWN)
    assert (hint, hidden[:7]) == ("Line 3: There is no line called “hid”. Did you mean “hide”?", "Line 10")
    text = SHOWN.replace("hid: nothing\n", "").replace("look: layers\n", "")
    one, two, three = (step.hidden for step in parse_lesson(text).steps)
    assert {"view.watch", "view.exercise", "panel.exercise", "setting.noise", "setting.curve", "panel.curves"} <= one
    assert not {"view.play", "panel.network", "setting.aggression", "setting.hidden"} & one
    assert one - two == {"view.exercise", "panel.exercise", "setting.optimizer", "panel.curves"}
    assert two - one == {"setting.hidden"}
    assert two - three == {"setting.curve", "panel.morph"}
    assert parse_lesson(text).steps[2].look == ("settings", "status")  # their names before


def test_a_question_has_answers_or_a_number():
    lines = "ask: Which?", "right: A & B", "wrong: C", "right: D", "if right: Well seen.", "if wrong: Look again."
    step = parse_lesson("\n".join(["# Title", "## Step", *lines])).steps[0]
    assert (step.question.ask, step.text, step.question.answers) == ("Which?", "", ("A & B", "C", "D"))
    assert [step.question.is_right(place) for place in range(3)] == [True, False, True]
    assert (step.question.praise, step.question.hint) == ("Well seen.", "Look again.")
    for written, right, wrong in (
        ("6", 6, 6.01),
        ("0.25 within 0.01", 0.26, 0.2601),
        ("0,5 ± 0,1", 0.4, 0.39),
        ("0,125", 0.125, 125),
    ):
        question = parse_lesson(lesson_with("ask: How much?", f"number: {written}")).steps[0].question
        assert question.is_right(right) and not question.is_right(wrong)
    assert "right and one wrong" in problems(lesson_with("ask: What?", "right: a", "right: b"))[0]


def test_a_prediction_is_followed_by_an_experiment_and_compared_with_what_is_measured():
    experiment = "do: Run.", "until: iterations made > 9", "because: So it is."
    for line, answers, seen in (
        ("measure: Cost within factor 2", (0.02, 0.04, 0.0401), 0.02),
        ("measure: cost within 50 %", (0.01, 0.03, 0.031), 0.02),
        ("measure: output slope within 0.01", (0.01, 0.03, 0.031), 0.02),
    ):
        step = parse_lesson(lesson_with("ask: How much?", line, *experiment)).steps[0]
        assert (step.do, step.question.reason, step.question.is_measured) == ("Run.", "So it is.", True)
        assert [step.question.is_right(each, seen) for each in answers] == [True, True, False]
        assert not step.question.is_right(0.02, None)
    drawn = parse_lesson(lesson_with("ask: Which?", "draw: fit within 0.05", *experiment)).steps[0].question
    assert drawn.draws and drawn.is_right(0.05, 0.05) and not drawn.is_right(0.06, 0.06)
    chosen = lesson_with("ask: Which?", "right: a", "wrong: b", "measure: cost", "begin: usual run")
    (step,) = parse_lesson(chosen).steps
    assert (step.question.measure, step.question.is_measured, step.is_usual) == ("cost", False, True)
    told = {
        ("measure: cost",): "is measured “within” something",
        ("right: a", "wrong: b", "measure: cost within 1"): "it is only shown",
        ("number: 1", "draw: fit within 0.1"): "or one “number:”",
        ("number: 1", "do: it"): "“do:” and “until:”, or by neither",
        ("draw: fit within 0.1",): "add “do:” and “until:”",
    }
    assert [lines for lines, words in told.items() if words not in problems(lesson_with("ask: What?", *lines))[0]] == []


def test_all_problems_of_a_file_are_told_at_once_in_order():
    told = problems(lesson_with("look: moon", "until: nothing", "set: noise = x"))
    assert [problem.split(":")[0] for problem in told] == ["Line 4", "Line 5", "Line 5", "Line 6"]


def test_a_lesson_is_bounded():
    step = "## Step\ntext\n"
    assert len(parse_lesson("# Title\n" + step * MOST_STEPS).steps) == MOST_STEPS
    assert problems("# Title\n" + step * (MOST_STEPS + 5)) == ["Line 202: A lesson has at most 100 steps."]
    text = "\n".join(["words and words"] * (MOST_TEXT // 15))
    assert "make two of it" in problems(lesson_with(text))[0]


def test_a_file_that_is_no_text_is_refused_with_the_line(tmp_path):
    path = tmp_path / "latin.md"
    path.write_bytes("# Title\n## Step\r\nÜber".encode("latin-1"))
    with pytest.raises(LessonError, match=r"latin\.md: Line 3: this is no text in UTF-8"):
        read_lesson(path)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "large.md"
    path.write_bytes(b"a" * (MOST_BYTES + 1))
    with pytest.raises(LessonError, match="at most 1,000,000 bytes"):
        read_lesson(path)


def test_the_sample_uses_what_a_lesson_can_do():
    lesson = read_lesson(resource("lessons", "predict-first.md"))
    assert lesson.steps[0].picture and lesson.steps[0].hidden and not lesson.steps[-1].hidden & {"view.watch"}
    assert {bool(step.question.answers) for step in lesson.steps if step.question} == {True, False}


def test_our_own_tour_is_short_and_gives_something_to_do_in_every_step():
    lesson = read_lesson(resource("lessons", "first-steps.md"))
    assert 8 <= len(lesson.steps) <= 12
    for step in lesson.steps:
        assert step.do and step.until is not None and step.look
        assert len(step.text.split()) <= 70
    guide = resource("guide.md").read_text(encoding="utf-8")
    assert [step.chapter for step in lesson.steps if step.chapter and f"## {step.chapter}\n" not in guide] == []


NASTY = """\
# Title
## Step
##
#
text
look: canvas
look: x, ,
do: it
until: paused and
until: layers = 6 7 or cost < 1e-3
set: noise = 1e999
set: layers = 9999999999
chapter: a
`<
"""
pieces = st.sampled_from([*NASTY.splitlines(), "## ", "\t> >", "\ud800", "\x0b"])
anything = st.lists(pieces | texts(max_size=40) | st.builds("{}: {}".format, st.sampled_from(KEYS), texts(max_size=40)))


@given(anything)
def test_any_text_is_a_lesson_or_has_problems_with_lines(lines):
    text = "\n".join(lines)
    try:
        lesson = parse_lesson(text)
    except LessonError as error:
        count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        assert error.problems
        assert all(1 <= problem.line <= count and problem.words for problem in error.problems)
    else:
        assert lesson.title and lesson.steps and all(step.text and step.heading for step in lesson.steps)


@given(st.binary(max_size=300))
def test_any_file_is_a_lesson_or_has_problems(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "any.md"
    path.write_bytes(b"# Title\n## Step\ntext\n" + content)
    try:
        assert read_lesson(path).steps
    except LessonError as error:
        assert error.problems
