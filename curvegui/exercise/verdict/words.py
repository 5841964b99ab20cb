"""Sentences of a verdict that need no mathematics: how the program ended, and what came back instead of numbers."""

from collections.abc import Sequence

from curvegui.core.language.text import mark, tr
from curvegui.exercise.file.learner_file import LearnerFile, Unread
from curvegui.exercise.mistakes.recognition import Recognised
from curvegui.exercise.runner.outcome import Ending, NoNumbers, Outcome, Raised, Unfinished
from curvegui.exercise.verdict.exception_words import in_words

ENDINGS = {
    Ending.FINISHED: "",
    Ending.BUSY: mark("The computer is busy: it has not run yet."),
    Ending.TIMED_OUT: mark("It did not finish in time. Is there an endless loop?"),
    Ending.UNWILLING: mark("It did not finish in time, and it ignored the request to stop (SIGTERM)."),
    Ending.OUT_OF_MEMORY: mark("It needed too much memory."),
    Ending.TOO_MUCH_OUTPUT: mark("It printed too much. Is there an endless loop?"),
    Ending.EXITED: mark("It ended the program (sys.exit)."),
    Ending.VANISHED: mark("It ended the program at once (os._exit)."),
    Ending.TOO_DEEP: mark("It calls itself again and again, without end."),
    Ending.KILLED: mark("A signal ended the program while it ran."),
    Ending.CUT_OFF: mark("It closed or disturbed the connection to CurveGUI."),
    Ending.BROKEN: mark("The process that runs it could not be started."),
}
NOT_RUN = Ending.BUSY, Ending.BROKEN  # of which nothing follows for the function

RETURN = (r"\breturn\b",)
_ITSELF = mark("It returns a function instead of its result: brackets with the argument are missing after a name.")
RETURNED = {
    "NoneType": ("no-return", mark("{name} returns nothing: there is no return at its end."), RETURN),
    "generator": ("no-numbers", mark("It uses yield; write return instead."), (r"\byield\b",)),
    "coroutine": ("no-numbers", mark("It starts with async def; write def alone."), ()),
    "list": ("no-numbers", mark("It returns a list. np.array(...) makes an array from a list."), RETURN),
    "tuple": (
        "no-numbers",
        mark("It returns several values, a tuple: look for a comma after return. Return one array."),
        RETURN,
    ),
} | dict.fromkeys(
    ("function", "builtin_function_or_method", "method", "ufunc", "type", "_ArrayFunctionDispatcher"),
    ("returns-function", _ITSELF, RETURN),
)
"""What is said of an answer of such a type: kind, words and clues."""

MOST_UNREAD = 3  # of which the first explains the others most often
MOST_STOPPED = 10  # a child may tell of any number, and a window shows them all
STOPPED = (
    mark("A line stopped: {message}. The rest was run."),
    mark("Line {line} stopped: {message}. The rest was run."),
    mark("Line {line} of {cell} stopped: {message}. The rest was run."),
)
FAILED = (
    mark("A line stopped with {kind}: {sentence} The rest was run."),
    mark("Line {line} stopped with {kind}: {sentence} The rest was run."),
    mark("Line {line} of {cell} stopped with {kind}: {sentence} The rest was run."),
)
"""By whether nothing, the line, or its cell too is known."""
PRINTED_FUNCTION = "<function "  # what Python prints of one
PRINTED_FUNCTION_WORDS = mark("It prints a function instead of its result: brackets are missing after a name.")


def no_numbers(answer: NoNumbers, name: str) -> Recognised:
    """What is wrong with an answer that is no array of numbers."""
    if answer.kind == "NoneType" and answer.printed:
        return Recognised("prints", tr("It prints its result instead of returning it: write return instead of print."),
                          (r"\bprint\(",))  # fmt: skip
    if answer.kind in RETURNED:
        kind, words, clues = RETURNED[answer.kind]
        return Recognised(kind, tr(words, name=name), clues)
    other = tr("It returns a value of type {kind}. It has to return an array of numbers.", kind=answer.kind)
    return Recognised("no-numbers", other, RETURN)


def remarks(outcome: Outcome, file: LearnerFile, unread: Sequence[Unread]) -> tuple[str, ...]:
    """What else a learner should know about the file; ``unread`` are those of its lines that no verdict is about."""
    said = [
        tr("{sentence} The rest was read.", sentence=each.sentence(file.cell_name(each.cell)))
        for each in unread[:MOST_UNREAD]
    ]
    told = {each.ending for answers in outcome.answers.values() for each in answers if isinstance(each, Unfinished)}
    if outcome.ending not in {Ending.FINISHED, *told}:
        said.append(tr(ENDINGS[outcome.ending]))
    said += [top_level_words(raised, file) for raised in outcome.top_level[:MOST_STOPPED]]
    if len(outcome.top_level) > MOST_STOPPED:
        said.append(tr("{count:,} more lines stopped, too.", count=len(outcome.top_level) - MOST_STOPPED))
    if PRINTED_FUNCTION in outcome.output:
        said.append(tr(PRINTED_FUNCTION_WORDS))
    return tuple(dict.fromkeys(said))


def top_level_words(raised: Raised, file: LearnerFile) -> str:
    """What went wrong between the functions."""
    place = 2 if raised.cell and raised.line else 1 if raised.line else 0
    where = {"line": raised.line, "cell": file.cell_name(raised.cell)}
    if raised.kind == "Unfinished":
        return tr(STOPPED[place], message=tr(raised.message), **where)
    return tr(FAILED[place], kind=raised.kind.lstrip("_"), sentence=in_words(raised, None, None).sentence, **where)
