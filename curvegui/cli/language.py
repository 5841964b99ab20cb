"""The language of the command line: the terminal's, or the one that ``--language`` asks for, in the window too."""

import os
import re

from curvegui.core.language.text import ENGLISH, mark, tr, tr_n
from curvegui.files.disk.languages import VARIABLE, use, wanted_in_terminal, wished

OPTION = "--language"
FOR_PROGRAMS = "--json"  # what is written so never changes
SAVES_IT = "export"  # where the same option names a file, and people read the rest
HELP = mark("show this help message and exit")
MESSAGE = "%(message)s"
OF_ARGPARSE = (
    mark("usage:"),
    mark("positional arguments"),
    mark("options"),
    HELP,
    mark("%(prog)s: error: %(message)s"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("expected one argument"),
    mark("expected at least one argument"),
    mark("expected at most one argument"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
    mark("ignored explicit argument %r"),
    mark("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("invalid %(type)s value: %(value)r"),
    mark("not allowed with argument %s"),
    mark("one of the arguments %s is required"),
    mark("the following arguments are required: %s"),
    mark("unrecognized arguments: %s"),
)
"""What ``argparse`` itself says to people, in whichever Python: the special before the general; a test compares."""
PLACES = re.compile(r"%(?:\(\w+\))?[rs]")
COUNTED = re.compile(r"expected (\d+) arguments?")
HEADINGS = re.compile(r"^((?:\x1b\[[\d;]*m)*)(usage:|(?:positional arguments|options)(?=:))", re.MULTILINE)


def choose_language(words: list[str]) -> list[str]:
    """Speak the wanted language, here and in every program that this one starts; return the other options."""
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
    return rest


def translated_help(text: str) -> str:
    """The help or the usage that ``argparse`` has made, with its headings in the language that is spoken."""
    return HEADINGS.sub(lambda found: found[1] + tr(found[2]), text)


def translated_error(message: str) -> str:
    """An error of ``argparse`` in the spoken language; unchanged if it is our own or its translation lacks a value."""
    if (counted := COUNTED.fullmatch(message)) is not None:
        said = tr_n("expected %s argument", "expected %s arguments", int(counted[1]))
        return said.replace("%s", counted[1]) if said.count("%s") == 1 else message
    for text in OF_ARGPARSE:
        places, said = PLACES.findall(text), tr(text)
        found = re.fullmatch("(.+?)".join(map(re.escape, PLACES.split(text))), message, re.DOTALL)
        if found is not None and sorted(PLACES.findall(said)) == sorted(places):
            values = dict(zip(places, found.groups(), strict=True))
            if MESSAGE in values:
                values[MESSAGE] = translated_error(values[MESSAGE])
            for place, value in values.items():
                said = said.replace(place, value, 1)
            return said
    return message
