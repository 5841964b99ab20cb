"""Python code that is given to people: what they read in it is said in the language, and code stays code."""

import re
from collections.abc import Iterable

from curvegui.core.language.text import ENGLISH, spoken, tr

READ = re.compile(r'(?P<docstring>""")(.+?)"""|(?P<comment># )([^\n]+)|(?P<string>")([^"\n]+)"', re.DOTALL)
PLACES = re.compile(r"\\\{(name|factor)\\\}")  # of a marked text, in a pattern: any other braces are those of the code


def said_in_code(code: str, texts: Iterable[str]) -> str:
    """Code whose comments, docstrings and strings are translated where they are among these texts, which are marked.

    Where a text has the place ``{name}`` or ``{factor}``, anything may stand there. English is as it was, to the byte.
    """
    if spoken() == ENGLISH:
        return code
    patterns = {text: re.compile(PLACES.sub(r"(?P<\1>[\\w/]+)", re.escape(text))) for text in texts}

    def say(found: re.Match[str]) -> str:
        words = next(found[place] for place in (2, 4, 6) if found[place] is not None)
        for text, pattern in patterns.items():
            if (match := pattern.fullmatch(words)) is not None:
                return found[0].replace(words, tr(text, **match.groupdict()), 1)
        return found[0]

    return READ.sub(say, code)


def as_comment(text: str) -> str:
    """A text as the lines of a comment."""
    return "\n".join(f"# {line}".rstrip() for line in text.strip("\n").splitlines())
