"""The languages that the app speaks: which there are, which one the system wants, and their own pages."""

import logging
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from curvegui.core.language.text import ENGLISH, Language, speak, spoken
from curvegui.files.disk.resources import resource

FOLDER = "languages"
CATALOGUES = "curvegui.po", "curvegui.po.gz"  # as it is written, and as it is in a bundle
TEMPLATE = "curvegui.pot"
OWN_NAME, HEAD = re.compile(r"X-Own-Name: (.+?)\\n"), 4_000  # characters, in the first of which it stands
VARIABLE = "CURVEGUI_LANGUAGE"  # a code, or one of the languages to test with
SYSTEM = "system"
NO_LANGUAGE = {ENGLISH, "C", "POSIX"}  # for which nothing is looked for
BY_SYSTEM = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set says it, as gettext has it

logger = logging.getLogger(__name__)


def available() -> dict[str, str]:
    """The codes of the languages that the app speaks, each with its name in the language itself; English first."""
    return {ENGLISH: "English"} | {code: _own_name(path) for code, path in _catalogues().items()}


def _catalogues() -> dict[str, Path]:
    """The codes of all languages but English, each with the path of its catalogue, which is not opened."""
    with suppress(OSError):
        paths = sorted(path for name in CATALOGUES for path in resource(FOLDER).glob(f"*/{name}"))
        return {path.parent.name: path for path in paths}
    return {}


def _own_name(path: Path) -> str:
    with suppress(OSError, ValueError):  # `read` says so, if it is wanted
        if name := OWN_NAME.search(_text(path, HEAD)):
            return name[1]
    return path.parent.name


def _text(path: Path, most: int = -1) -> str:
    """The text of a catalogue, or its first characters. Raises ``OSError`` or ``ValueError`` if it cannot be read."""
    if path.suffix != ".gz":
        with path.open(encoding="utf-8") as catalogue:
            return catalogue.read(most)
    import gzip
    import zlib

    try:
        with gzip.open(path, "rt", encoding="utf-8") as packed:
            return packed.read(most)
    except (EOFError, zlib.error) as error:
        raise OSError(str(error)) from error


def use(code: str) -> None:
    """Speak a language from now on, or English if there is no such language; the spoken one is not read again."""
    if code != spoken():
        speak(read(code))


def read(code: str) -> Language | None:
    """The language of a code; None, for English, also where its catalogue is missing or cannot be read."""
    if code == ENGLISH:
        return None
    from curvegui.core.language.catalogue import CHANGES, language_of, read_entries, trial

    if code in CHANGES:
        try:  # what translators know; there is no template in what is installed
            texts = frozenset((each.context, each.text) for each in read_entries(_text(resource(FOLDER, TEMPLATE))))
        except OSError:
            texts = None
        return trial(code, texts)
    if path := _catalogues().get(code):
        try:
            return language_of(code, _text(path))
        except (OSError, ValueError) as error:
            logger.warning("The texts of %s cannot be read, so English is spoken: %s", _own_name(path), error)
    return None


def of_system(wanted: list[str]) -> str:
    """The first of the languages that a system wants ("de_AT", "pt-BR") which the app speaks; else English."""
    for each in wanted:
        code = each.replace("-", "_").partition(".")[0]
        language = code.partition("_")[0]
        if language in NO_LANGUAGE:
            return ENGLISH
        known = _catalogues()
        if found := [name for name in (code, language) if name in known]:
            return found[0]
    return ENGLISH


def wished(system: list[str], environment: Mapping[str, str] = os.environ) -> str:
    """The language that was asked for when the program was started, or else the first of the system's."""
    return environment.get(VARIABLE) or of_system(system)


def wanted_in_terminal(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The languages that the environment of a terminal asks for, the most wanted first."""
    said = next((environment[name] for name in BY_SYSTEM if environment.get(name)), "")
    return [each for each in said.split(":") if each]


def common_name(path: Path, *folder: str) -> str:
    """The key by which a page is remembered: its name if the page is ours, in whichever language; else its path."""
    path = path.absolute()
    ours = {resource(*folder), *resource(FOLDER).glob("/".join(("*", *folder)))}
    return path.name if ours & {path.parent, path.parent.parent} else str(path)


def translated(*parts: str) -> Path:
    """The path of a page such as a lesson or the guide in the language that is spoken, or else in English."""
    try:
        return resource(FOLDER, spoken(), *parts) if spoken() != ENGLISH else resource(*parts)
    except FileNotFoundError:
        return resource(*parts)
