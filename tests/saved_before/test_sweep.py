"""A sweep that an older version left half-finished goes on to the results that it would have had."""

import shutil

import numpy as np

from curvegui.sweeps.executor import carry_out
from curvegui.sweeps.local_pool import LocalPool
from curvegui.sweeps.results import SweepFile, read_sweep
from tests.saved_before.as_before import FILES
from tests.sweeps.plans import in_order, never


def test_it_goes_on_to_the_same_results(tmp_path):
    path, expected = tmp_path / "sweep.jsonl", read_sweep(FILES / "sweep-whole.jsonl")
    shutil.copy(FILES / "sweep-half.jsonl", path)
    with SweepFile(path) as file:
        assert sorted(file.results) == [0, 1, 2]
        assert len(file.kept.missing) == 5
        assert carry_out(file, LocalPool(workers=1), never, lambda outcome: None) == ()
    found = read_sweep(path)
    assert found.plan == expected.plan
    before, after = in_order(expected.results.values()), in_order(found.results.values())
    np.testing.assert_allclose([each.cost for each in after], [each.cost for each in before], rtol=1e-6)
