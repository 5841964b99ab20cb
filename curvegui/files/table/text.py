"""A file as lines of text, whatever its encoding: read a little at a time, however long it and its lines are."""

import codecs
import io
from collections.abc import Callable, Iterator

from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import in_quotes, mark, tr
from curvegui.files.format.stored_zip import Source

BLOCK_BYTES = 32_768  # read at a time; about a thousand rows
HEAD_BYTES = 65_536  # looked at before anything else
LONGEST_LINE = 100_000  # characters; of a longer one not much more is kept
BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
SPREADSHEET = b"PK\x03\x04"  # a zip archive, as those of spreadsheets are
LONGEST_SHOWN = 30  # characters of what is quoted in a sentence
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a"))  # of which there are none in texts

Progress = Callable[[float], None]
"""Gets the share of the reading that is done; may raise an exception to end the reading."""


class BrokenTextError(CurveError):
    """A line cannot be decoded."""

    def __init__(self, line: int, codec: str) -> None:
        words = mark("Line {line:,} is damaged: it is not {encoding}. Save the table as UTF-8, and open that.")
        super().__init__(tr(words, line=line, encoding=codec.upper()))
        self.line = line


def marked_codec(source: Source) -> str:
    """The codec that the first bytes of a file name; "" if they name none. Raises ``CurveError`` if it is no text."""
    head = bytes(source.read(0, min(source.size, HEAD_BYTES)))
    codec = next((codec for mark, codec in BOMS.items() if head.startswith(mark)), "")
    if head.startswith(SPREADSHEET):
        raise CurveError(tr("It is a zip archive, as spreadsheets are. Save the table as CSV, and open that."))
    if not codec and head.translate(None, CONTROLS) != head:
        raise CurveError(tr("It is not text but a binary file. Save the table as CSV, and open that."))
    return codec


def line_blocks(source: Source, codec: str, progress: Progress) -> Iterator[list[str]]:
    """All lines of a text, some at a time, without their ends (LF, CRLF or CR) and without a byte order mark. Raises
    ``BrokenTextError``."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec)(), translate=True)
    rest, number, is_begun = "", 1, False
    for start in range(0, source.size, BLOCK_BYTES):
        progress(start / source.size)
        count = min(BLOCK_BYTES, source.size - start)
        try:
            text = decoder.decode(bytes(source.read(start, count)), final=start + count == source.size)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(codec, "replace")
            number += before.replace("\r\n", "\n").replace("\r", "\n").count("\n")
            raise BrokenTextError(number, codec) from error
        if not is_begun:
            text = text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
            is_begun = bool(text)
        lines = (rest + text).split("\n")
        rest = lines.pop()[: LONGEST_LINE + 1]
        number += len(lines)
        yield lines
    if rest:
        yield [rest]


def quoted(text: str) -> str:
    """The beginning of a text between quotation marks; what cannot be printed is replaced."""
    shown = text.strip()[: LONGEST_SHOWN + 1]
    printable = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in shown)
    return in_quotes(printable if len(printable) <= LONGEST_SHOWN else printable[: LONGEST_SHOWN - 1] + "…")
