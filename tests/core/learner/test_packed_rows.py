"""Rows that are packed come back as they went in."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.learner.recording import PackedRows

LENGTHS = st.lists(st.integers(0, 400), max_size=12)


@given(first=LENGTHS, dropped=st.integers(0, 12), second=LENGTHS, step=st.integers(1, 3))
def test_rows_of_any_lengths_come_back_as_they_were_also_after_some_were_dropped(
    first: list[int], dropped: int, second: list[int], step: int
) -> None:
    rows, wanted = PackedRows(), []
    for number, length in enumerate(first):
        rows.append(np.full(length, float(number)))
        wanted.append(np.full(length, float(number)))
    for _ in range(min(dropped, len(wanted))):
        rows.pop()
        wanted.pop()
    for number, length in enumerate(second):
        rows.append(np.full(length, 100.0 + number))
        wanted.append(np.full(length, 100.0 + number))

    picked = rows.picked(range(0, len(rows), step))
    assert len(rows) == len(wanted)
    assert all(np.array_equal(rows[index], row) for index, row in enumerate(wanted))
    assert all(map(np.array_equal, picked.views(slice(None)), wanted[::step]))


def test_the_memory_goes_with_the_last_row() -> None:
    rows = PackedRows()
    for _ in range(10_000):
        rows.append(np.zeros(100))
    assert 8e6 <= rows.nbytes <= 9e6

    for _ in range(10_000):
        rows.pop()
    assert rows.nbytes == 0
