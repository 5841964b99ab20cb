"""An answer in words, beside what happened."""

from curvegui.core.curve.curve import Curve
from curvegui.core.curve.guesses import SHAPES
from curvegui.core.language.text import in_quotes, mark, tr, within
from curvegui.core.settings.config import SETTINGS
from curvegui.files.lesson.question import Question
from curvegui.files.lesson.words import NUMBERS
from curvegui.session.study.tour import Answer, Outcome, Tour
from curvegui.ui.widgets.numbers import MINUS, format_cost, format_number, short_number

NAMES = {
    "cost": mark("the cost"),
    "iteration": mark("the number of iterations"),
    "iterations made": mark("the number of new iterations"),
    "iterations since change": mark("the number of iterations since the change"),
    "steps": mark("the number of single steps"),
    "hidden neurons": mark("the number of hidden neurons"),
    "output slope": mark("the mean slope of the output neurons"),
    "selected layer": mark("the selected layer"),
    "selected value": mark("the selected value"),
    "jacobian": "∂C/∂w",
}
ENDS, QUOTES = tuple(".?!…。？！؟"), '”“»「」" \u202f\xa0'  # of sentences, and what may stand behind
NOTHING_YET = mark("There is nothing to compare your answer with yet: do what the text says, then check again.")


def said(question: Question, given: Answer) -> str:
    """What a person has answered."""
    if isinstance(given, Curve):
        return in_quotes(tr(given.name)) if given.name in SHAPES else tr("a curve that you drew")
    return in_quotes(question.answers[int(given)]) if question.answers else format_number(given).replace("-", MINUS, 1)


def as_sentence(words: str) -> str:
    """Words with a full stop, unless they, or what they quote at their end, have a stop or another such sign."""
    return words if words.rstrip(QUOTES).endswith(ENDS) else tr("{words}.", words=words)


def happened(question: Question, outcome: Outcome) -> str:
    """What was measured, as a sentence; empty where nothing was."""
    if outcome.seen is None:
        return ""
    if question.draws:
        return tr(
            "On average, the fit is {percent:.1f} % of the square's side away from your curve.",
            percent=100 * outcome.seen,
        )
    name = tr(NAMES[question.measure]) if question.measure in NAMES else _setting(question.measure)
    value = format_cost(outcome.seen) if question.measure == "cost" else _number(outcome.seen)
    return tr(
        "At iteration {iteration}, {name} was {number}.",
        iteration=format_number(outcome.iteration),
        name=name,
        number=value,
    )


def _setting(measure: str) -> str:
    return tr("the {setting}", setting=within(SETTINGS[NUMBERS[measure]]))


def _number(value: float) -> str:
    return format_number(value) if value == int(value) else short_number(value)


def verdict(tour: Tour, number: int) -> str:
    """Whether an answer is right, and why: what happened is told kindly where it is another thing."""
    step, is_right = tour.lesson.steps[number] if tour.lesson else None, tour.is_right(number)
    if step is None or step.question is None:
        return ""
    question = step.question
    predicted = step.until is not None and (question.is_measured or question.draws or bool(question.answers))
    first = tr("Right.") if is_right else tr("It came out differently.") if predicted else tr("Not right.")
    if question.draws:
        first = tr("That is near.") if is_right else first
    return " ".join(filter(None, [first, question.praise if is_right else question.hint, question.reason]))


def feedback(tour: Tour) -> str:
    """What is said to the answer to the present question: the answer, what happened, and the reason."""
    question, given = tour.step.question if tour.step else None, tour.answers.get(tour.number)
    outcome = tour.outcomes.get(tour.number)
    if question is None or given is None or tour.step is None:
        return ""
    if outcome is None:
        return tr(NOTHING_YET) if tour.step.until is None else ""
    beside = tour.step.until is not None or question.measure
    words = said(question, given)
    answer = tr("You said: {words}", words=as_sentence(words)) if beside else ""
    lines = f"{answer} {happened(question, outcome)}".strip(), verdict(tour, tour.number)
    return "\n".join(filter(None, lines))
