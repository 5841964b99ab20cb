"""The language of the command line: the terminal's, or the one that ``--language`` asks for, in the window too."""

import argparse
import os
import re

from curvegui.core.language.text import ENGLISH, mark, tr, tr_n
from curvegui.files.disk.languages import VARIABLE, use, wanted_in_terminal, wished

OPTION = "--language"
FOR_PROGRAMS = "--json"  # what is written so never changes
SAVES_IT = "export"  # where the same option names a file, and people read the rest
OF_ARGPARSE = (
    mark("usage:"),
    mark("positional arguments"),
    mark("options"),
    mark("show this help message and exit"),
    mark("%(prog)s: error: %(message)s"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("expected one argument"),
    mark("expected at least one argument"),
    mark("expected at most one argument"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
    mark("ignored explicit argument %r"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)"),
    mark("invalid %(type)s value: %(value)r"),
    mark("not allowed with argument %s"),
    mark("one of the arguments %s is required"),
    mark("the following arguments are required: %s"),
    mark("unrecognized arguments: %s"),
)
"""What ``argparse`` itself says to people, in whichever Python; a test compares."""
PLACES = re.compile(r"%(?:\(\w+\))?[rs]")


def choose_language(words: list[str]) -> list[str]:
    """Speak the language that is wanted, the last one that is named, and return the other options.

    What is asked for is noted in the environment: programs that this one starts speak it too.
    """
    rest, left = [], list(words)
    while left:
        word = left.pop(0)
        name, sign, code = word.partition("=")
        if name == OPTION and (sign or left):
            os.environ[VARIABLE] = code if sign else left.pop(0)
        else:
            rest.append(word)
    is_for_programs = FOR_PROGRAMS in rest and rest[0] != SAVES_IT
    code = ENGLISH if is_for_programs else wished(wanted_in_terminal())
    if code != ENGLISH:
        use(code)
        _teach_argparse()
    return rest


def _teach_argparse() -> None:
    """Have ``argparse`` say its own words as everything else is said.

    It takes them from gettext under these two names, which are the usual ones in every program that does. The way that
    gettext offers itself would be compiled catalogues, and a variable of the environment that also Qt reads.
    """
    argparse._ = _said  # type: ignore[attr-defined]
    argparse.ngettext = _said_of  # type: ignore[attr-defined]


def _said(text: str | None) -> str | None:
    """A text of argparse's, with the space at its end; titles and texts of our own come through here, too."""
    words = (text or "").rstrip()
    return text and _whole(tr(words), words) + text[len(words) :]


def _said_of(one: str, many: str, n: int) -> str:
    """The one that people see; another one is about options that a developer has named twice."""
    said = tr_n("expected %s argument", "expected %s arguments", n)
    return _whole(said, one) if one == "expected %s argument" else many


def _whole(said: str, words: str) -> str:
    """A translation, unless argparse could not fill it in."""
    return said if sorted(PLACES.findall(said)) == sorted(PLACES.findall(words)) else words
