"""A file as lines of text, whatever its encoding: read a little at a time, however long it and its lines are."""

import codecs
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import in_quotes, tr
from curvegui.files.format.stored_zip import Source

BLOCK_BYTES = 32_768  # read at a time; about a thousand rows
HEAD_BYTES = 65_536  # looked at before anything else
LONGEST_LINE = 100_000  # characters; of a longer one not much more is kept
BOMS = (  # that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SPREADSHEET = b"PK\x03\x04"  # a zip archive, as those of spreadsheets are
LONGEST_SHOWN = 30  # characters of what is quoted in a sentence
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a"))  # of which there are none in texts


class Cancelled(Exception):
    """Reading was cancelled."""


class BrokenTextError(CurveError):
    """A line cannot be decoded."""

    def __init__(self, line: int, codec: str) -> None:
        self.line = line
        super().__init__(
            tr(
                "Line {line:,} is damaged: it is not {encoding}. Save the table as UTF-8, and open that.",
                line=line,
                encoding=codec.upper(),
            )
        )


Watch = Callable[[float], None]
"""Is told the fraction that is done; raises ``Cancelled`` to end it."""


@dataclass(frozen=True)
class Encoding:
    """How a text is encoded, and a sentence about it where there is something to say."""

    codec: str
    note: str = ""

    @property
    def name(self) -> str:
        """As people write it: UTF-8, UTF-16-LE, Latin-1."""
        return "Latin-1" if self.codec == "latin-1" else self.codec.upper()


def encoding_of(source: Source, watch: Watch) -> Encoding:
    """The encoding of a file, after decoding all of it.

    Raises ``CurveError`` if it is no text, or not what its first bytes say; the sentence does not name the file.
    """
    head = bytes(source.read(0, min(source.size, HEAD_BYTES)))
    codec = next((codec for mark, codec in BOMS if head.startswith(mark)), "") or _utf16_without_mark(head)
    if codec:
        _check(source, codec, watch)
        return Encoding(codec)
    if head.startswith(SPREADSHEET):
        raise CurveError(tr("It is a zip archive, as spreadsheets are. Save the table as CSV, and open that."))
    if head.translate(None, CONTROLS) != head:
        raise CurveError(tr("It is not text but a binary file. Save the table as CSV, and open that."))
    try:
        _check(source, "utf-8", watch)
    except BrokenTextError as error:
        return Encoding("latin-1", tr("Line {line:,} is not UTF-8, so all was read as Latin-1.", line=error.line))
    return Encoding("utf-8")


def _utf16_without_mark(head: bytes) -> str:
    """The codec of ASCII text in which every other byte is zero, or nothing."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) < 2 or max(even, odd) * 4 < len(head):  # half of the letters at least
        return ""
    return "utf-16-le" if even * 10 < odd else "utf-16-be" if odd * 10 < even else ""


def _check(source: Source, codec: str, watch: Watch) -> None:
    for _ in _pieces(source, codec, watch):
        pass


def line_blocks(source: Source, codec: str, watch: Watch) -> Iterator[list[str]]:
    """All lines of a text, some at a time, without their ends: LF, CRLF or CR. Raises ``BrokenTextError``."""
    rest = ""
    for text in _pieces(source, codec, watch):
        lines = (rest + text).split("\n")
        rest = lines.pop()[: LONGEST_LINE + 1]
        yield lines
    if rest:
        yield [rest]


def _pieces(source: Source, codec: str, watch: Watch) -> Iterator[str]:
    """The text in pieces, every line ended by LF, without a byte order mark."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec)(), translate=True)
    line, is_begun = 1, False
    for start in range(0, source.size, BLOCK_BYTES):
        watch(start / source.size)
        count = min(BLOCK_BYTES, source.size - start)
        try:
            text = decoder.decode(bytes(source.read(start, count)), final=start + count == source.size)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(codec, "replace")
            line += len(before.replace("\r\n", "\n").replace("\r", "\n").split("\n")) - 1
            raise BrokenTextError(line, codec) from error
        line += text.count("\n")
        text = text if is_begun else text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
        is_begun = is_begun or bool(text)
        yield text


def quoted(text: str) -> str:
    """The beginning of a text between quotation marks; what cannot be printed is replaced."""
    printable = "".join(
        each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text.strip()[: LONGEST_SHOWN + 1]
    )
    return in_quotes(printable if len(printable) <= LONGEST_SHOWN else printable[: LONGEST_SHOWN - 1] + "…")
