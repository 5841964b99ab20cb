"""Reads a learner's file, a ``.py`` or a notebook. Nothing in it is run."""

import hashlib
import io
import os
import re
import tokenize
from collections.abc import Sequence
from pathlib import Path

from curvegui.core.language.text import tr
from curvegui.core.regular_file import open_regular, quoted_name, why_unreadable
from curvegui.exercise.file.blocks import blocks_of, definitions_in
from curvegui.exercise.file.learner_file import Definition, LearnerFile, Unread
from curvegui.exercise.file.notebook_cells import Cell, cells_of, dedented, is_notebook, without_magics
from curvegui.exercise.file.parsing import on_a_deep_stack
from curvegui.exercise.problem import JACOBIANS, ExerciseError

MOST_BYTES = 5_000_000  # pictures in a notebook's outputs take most of it
MOST_CODE = 300_000  # characters; the whole exercise has 10,000
ENCODINGS = re.compile(r"utf-?8(-sig)?|ascii|latin-?1|iso-8859-\d+|(cp|windows-)12\d\d", re.IGNORECASE)
"""That a first line may name; some others take for ever."""
PAGE_BREAK = re.compile(r"^[ \t\f]*\f", re.MULTILINE)  # in front of a line, whose indentation begins after it


def read_learner_file(path: str | os.PathLike[str]) -> LearnerFile:
    """Read a ``.py`` or ``.ipynb`` file; raises ``ExerciseError``, a sentence for people, whatever is wrong with it."""
    try:
        return learner_file(Path(path), bytes_of(Path(path)))
    except ExerciseError as error:
        raise ExerciseError(tr("{path} cannot be used. {error}", path=quoted_name(path), error=error)) from error
    except OSError as error:
        raise ExerciseError(
            tr("{path} cannot be used. {error}", path=quoted_name(path), error=why_unreadable(error))
        ) from error


def learner_file(path: Path, data: bytes) -> LearnerFile:
    """What is in a file of these bytes; raises ``ExerciseError`` if it has no function, or cannot be read at all."""
    text = text_of(data)
    notebook = holds_notebook(path, text)
    cells = cells_of(text) if notebook else [Cell(0, text)]
    if sum(len(cell.source) for cell in cells) > MOST_CODE:
        raise ExerciseError(tr("It has more than {most:,} characters of Python.", most=MOST_CODE))
    if not cells:
        raise ExerciseError(tr("It has no cell with code."))
    definitions, chunks, unread = on_a_deep_stack(lambda: _taken_apart(cells, notebook))
    if not definitions and unread:
        raise ExerciseError(tr("{sentence} It has no function that can be read.", sentence=unread[0].sentence()))
    if not definitions:
        raise ExerciseError(tr("It has no function: {cells}", cells=_where_looked_for(cells)))
    return LearnerFile(path, hashlib.sha256(data).hexdigest(), definitions, chunks, unread)


def holds_notebook(path: Path, text: str) -> bool:
    """Whether a file is a notebook, by its name or by its text."""
    return path.suffix.lower() == ".ipynb" or is_notebook(text)


def _where_looked_for(cells: Sequence[Cell]) -> str:
    if any(re.search(r"^[ \t]+def J_[Wb][123]\b", cell.source, re.MULTILINE) for cell in cells):
        return tr("J_W1 and the others have to start at the left edge; here they are inside something else.")
    return tr("it needs J_W1 and the others.")


def _taken_apart(
    cells: list[Cell], notebook: bool
) -> tuple[tuple[Definition, ...], tuple[tuple[str, int, int | None], ...], tuple[Unread, ...]]:
    definitions: list[Definition] = []
    chunks: list[tuple[str, int, int | None]] = []
    unread: list[Unread] = []
    for cell in cells:
        number = cell.number if notebook else None
        source = _with_plain_line_ends(cell.source)
        for block in blocks_of(without_magics(dedented(source) if notebook else source)):
            found = definitions_in(block, number)
            definitions += found
            if block.tree is not None:
                chunks.append((block.source, block.line, number))
            elif not any(each.name in JACOBIANS for each in found):  # whose verdict tells it
                unread.append(Unread(block.error_line or block.line, number, block.error))
    return tuple(definitions), tuple(chunks), tuple(unread)


def _with_plain_line_ends(text: str) -> str:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return PAGE_BREAK.sub("", text).replace("\f", " ")


def bytes_of(path: Path) -> bytes:
    """What is in a file; raises ``ExerciseError`` if that is nothing or too much, and ``OSError``."""
    with open_regular(path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ExerciseError(
            tr(
                "It is larger than {most:.0f} MB. Clear a notebook's outputs, and save it again.",
                most=MOST_BYTES / 1e6,
            )
        )
    if not data.strip():
        raise ExerciseError(tr("It is empty."))
    return data


def encoding_of(data: bytes) -> str:
    """The encoding that the first bytes or lines name, or else UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError:
        return "utf-8"
    return encoding if ENCODINGS.fullmatch(encoding) else "utf-8"


def text_of(data: bytes) -> str:
    """The text, in its encoding; raises ``ExerciseError`` if it is none."""
    try:
        text = data.decode(encoding_of(data))
    except (ValueError, LookupError) as error:
        raise ExerciseError(tr("It is not a text file in UTF-8. Save it as UTF-8.")) from error
    if not isinstance(text, str) or "\0" in text:
        raise ExerciseError(tr("It is not a text file."))
    return text
