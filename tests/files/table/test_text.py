import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.curve.curve import CurveError
from curvegui.files.format.stored_zip import Memory
from curvegui.files.table.points import parse_table
from curvegui.files.table.text import line_blocks, marked_codec, quoted


def unwatched(_: float) -> None:
    """Nobody looks."""


def lines_of(data: bytes, codec: str) -> list[str]:
    return [line for block in line_blocks(Memory(data), codec, unwatched) for line in block]


@given(st.lists(st.text(st.characters(exclude_characters="\r\n\ufeff", exclude_categories=["Cs"]))))
def test_lines_are_those_of_the_text_whatever_ends_them(lines: list[str]) -> None:
    for ending in ("\n", "\r\n", "\r"):
        for codec in ("utf-8", "utf-16-le"):
            data = "".join(line + ending for line in lines).encode(codec)
            assert lines_of(data, codec) == (lines if data else [])


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_an_encoding_with_a_mark_is_what_the_mark_says(text: str) -> None:
    for codec in ("utf-8", "utf-16-le", "utf-16-be"):
        data = ("\ufeff" + text).encode(codec)
        assert marked_codec(Memory(data)) == codec


def test_what_is_not_utf_8_is_latin_1_and_that_is_said() -> None:
    table = parse_table(b"1,2\r\n3,4\rL\xe4nge\n", "mine")

    assert (table.encoding, table.notes[0]) == ("Latin-1", "Line 3 is not UTF-8, so all was read as Latin-1.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xef\xbb\xbf1,2\r\n\r\n\xff", "Line 3 is damaged: it is not UTF-8."),
        (b"\xff\xfe1\x00\n\x002", "Line 2 is damaged: it is not UTF-16-LE."),
        (b"GIF89a\x01\x00\x01\x00\x80", "It is not text but a binary file."),
        (b"\0", "It is not text but a binary file."),
        (b"PK\x03\x04", "It is a zip archive"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(CurveError, match=reason):
        parse_table(data, "mine")


def test_what_is_quoted_is_short_and_can_be_printed() -> None:
    assert quoted(" a\0b ") == "“a\N{REPLACEMENT CHARACTER}b”"
    assert quoted("x" * 30) == f"“{'x' * 30}”"
    assert quoted("x" * 31) == f"“{'x' * 29}…”"
