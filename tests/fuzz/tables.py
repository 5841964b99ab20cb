"""Feeds the reader of tables what nobody would write:  python tests/fuzz/tables.py --seconds 20"""

from pathlib import Path

import numpy as np
from driver import feed, watched

with watched():
    from curvegui.core.curve.curve import CurveError
    from curvegui.files.table.points import parse_table

FOLDER = Path(__file__).parents[1] / "files" / "table" / "tables"
LARGEST = 10_000  # bytes of what is changed by chance


def table(data):
    """A table with a curve through it."""
    table = parse_table(data, "any")
    assert np.isfinite(table.points).all()
    assert table.skipped_count >= len(table.skipped)
    assert all(each.line >= 1 and each.reason.isprintable() for each in table.skipped)
    assert all(note.isprintable() for note in table.notes)
    for closed in (None, not table.closed):
        assert np.abs(table.curve(closed).points - 0.5).max() <= 1  # 0.4 unless it is of the smallest numbers


files = sorted(path for path in FOLDER.iterdir() if path.name[0] != ".")
feed(__doc__, CurveError, (table, [data for path in files if len(data := path.read_bytes()) <= LARGEST]))
