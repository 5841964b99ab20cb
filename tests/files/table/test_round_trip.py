"""Points that are written as a table in any dialect are the same points when they are read, to the last bit."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import merged
from curvegui.files.table.points import parse_table

DIALECTS = [",.", ";.", ";,", "\t.", "\t,", " .", " ,", ",,"]  # delimiter and decimal sign
ENCODINGS = {  # the bytes before the text, its codec, and what it is found to be
    "UTF-8": (b"", "utf-8"),
    "UTF-8 with a mark": (b"\xef\xbb\xbf", "utf-8"),
    "UTF-16-LE with a mark": (b"\xff\xfe", "utf-16-le"),
    "UTF-16-BE with a mark": (b"\xfe\xff", "utf-16-be"),
    "Latin-1": (b"", "latin-1"),
}
coordinates = st.floats(-1e9, 1e9)
points_of_curves = st.lists(st.tuples(coordinates, coordinates), min_size=2, max_size=30)


@dataclass(frozen=True)
class Writing:
    """All that can be chosen when a table is written."""

    header: bool
    quoted: bool
    ending: str
    last_ending: bool
    blank_lines: bool


writings = st.builds(
    Writing, st.booleans(), st.booleans(), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.booleans()
)


def written(dialect: str, names: list[str], rows: FloatArray, how: Writing) -> str:
    """A table as text; ``rows`` has shape (n, 2 or 3)."""
    delimiter, decimal = dialect
    quote = '"' if how.quoted or delimiter == decimal else ""
    cells = [[repr(value).replace(".", decimal) for value in row] for row in rows.tolist()]
    table = ([names] if how.header else []) + cells
    lines = [delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in table]
    return (how.ending * (1 + how.blank_lines)).join(lines) + how.ending * how.last_ending


def encoded(text: str, encoding: str) -> bytes:
    mark, codec = ENCODINGS[encoding]
    return mark + text.encode(codec)


def assert_same_bits(found: FloatArray, expected: FloatArray) -> None:
    assert found.shape == expected.shape
    assert (found == expected).all()  # finite all of them
    assert (np.signbit(found) == np.signbit(expected)).all()


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=10)  # three of every encoding, in each dialect
@given(encoding=st.sampled_from(list(ENCODINGS)), points=points_of_curves, how=writings)
def test_x_and_y_come_back(dialect: str, encoding: str, points: list[tuple[float, float]], how: Writing) -> None:
    array = np.array(points).T
    expected, _, _ = merged(array)
    assume(expected.shape[1] > 1)
    x = "x" if encoding == "UTF-8" else "Länge"

    table = parse_table(encoded(written(dialect, [x, "y"], array.T, how), encoding), "mine")

    assert_same_bits(table.points, expected)
    assert (table.skipped_count, table.t) == (0, None)
    assert table.columns == ((x, "y") if how.header else ("column 1", "column 2"))
    assert table.encoding in {ENCODINGS[encoding][1].upper(), "UTF-8", "Latin-1"}
    assert table.layout.header is how.header


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=20)
@given(inner=st.lists(st.floats(0, 1), max_size=20))
def test_t_from_0_to_1_comes_back_to_the_last_bit(dialect: str, inner: list[float]) -> None:
    t = np.array(sorted([0.0, *inner, 1.0]))
    rows = np.column_stack([t, np.arange(t.size), -np.arange(t.size)])

    table = parse_table(written(dialect, ["t", "x", "y"], rows, Writing(True, False, "\n", True, False)), "mine")

    assert table.t is not None
    assert_same_bits(table.t, t)
