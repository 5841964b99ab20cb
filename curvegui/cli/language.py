"""The language of the command line: the terminal's, or the one that ``--language`` asks for, in the window too."""

import os

from curvegui.files.disk.languages import ENGLISH, VARIABLE, use, wanted_in_terminal, wished

OPTION = "--language"
FOR_PROGRAMS = "--json"  # what is written so never changes


def choose_language(words: list[str]) -> list[str]:
    """Speak the language that is wanted, and return the other options.

    What is asked for is noted in the environment: programs that this one starts speak it too.
    """
    rest = list(words)
    for place, word in enumerate(words):
        name, sign, code = word.partition("=")
        if name == OPTION and (sign or place + 1 < len(words)):
            del rest[place : place + (1 if sign else 2)]
            os.environ[VARIABLE] = code if sign else words[place + 1]
            break
    code = ENGLISH if FOR_PROGRAMS in rest else wished(wanted_in_terminal())
    if code != ENGLISH:
        use(code)
    return rest
