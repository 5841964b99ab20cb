"""The index of the favourites: what was read is found again, and a bad index counts as none."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through
from curvegui.files.favourites.index import WORTH_NOTING, FavouritesIndex, Noted
from curvegui.files.project.project import encode, read_summary
from curvegui.files.project.summary import Summary
from tests.files.projects import tiny_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".index.json"


@pytest.fixture
def summary(tmp_path: Path) -> Summary:
    file = tmp_path / "heart.curvegui"
    file.write_bytes(encode(tiny_project()))
    return read_summary(file)


def many(summary: Summary) -> dict[str, Noted]:
    return {f"{number}.curvegui": Noted(number, 10 * number, summary) for number in range(WORTH_NOTING)}


def loaded(path: Path) -> FavouritesIndex:
    index = FavouritesIndex(path)
    index.load()
    return index


@pytest.mark.parametrize("cost", [0.5, math.inf])
def test_what_was_noted_is_found_again_as_it_was(path: Path, summary: Summary, cost: float) -> None:
    noted = replace(summary, cost=cost)
    FavouritesIndex(path).save(many(noted))
    index = loaded(path)

    assert index.find("3.curvegui", 3, 30) == noted
    assert "Infinity" not in path.read_text()


def test_a_file_of_another_time_or_size_or_name_is_not_known(path: Path, summary: Summary) -> None:
    FavouritesIndex(path).save(many(summary))
    index = loaded(path)

    assert index.find("3.curvegui", 4, 30) is None
    assert index.find("3.curvegui", 3, 31) is None
    assert index.find("other.curvegui", 3, 30) is None


def test_it_is_written_only_when_many_are_new(path: Path, summary: Summary) -> None:
    index, noted = FavouritesIndex(path), many(summary)
    index.save(dict(list(noted.items())[1:]))
    assert not path.exists()
    index.save(noted)
    written = path.stat().st_mtime_ns
    index.save({**noted, "one more": Noted(1, 2, summary)})
    assert path.stat().st_mtime_ns == written


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"made_by": "0.0.0", "files": {}}',
    ],
)  # fmt: skip
def test_an_index_that_is_not_as_expected_counts_as_none(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    assert loaded(path).find("3.curvegui", 3, 30) is None


@pytest.mark.parametrize("change", [{"config": {"curve": "?"}}, {"best": 1}, {"nonsense": 1}, {"cost": "x"}])
def test_an_entry_that_is_not_as_expected_makes_it_count_as_none(
    path: Path, summary: Summary, change: dict[str, object]
) -> None:
    FavouritesIndex(path).save(many(summary))
    found = json.loads(path.read_text())
    found["files"]["5.curvegui"][2].update(change)
    path.write_text(json.dumps(found))

    assert loaded(path).find("3.curvegui", 3, 30) is None


def test_an_index_that_cannot_be_written_is_no_error(tmp_path: Path, summary: Summary) -> None:
    index = FavouritesIndex(tmp_path / "nowhere" / ".index.json")
    index.save(many(summary))

    assert index.find("3.curvegui", 3, 30) == summary


def test_a_curve_of_ones_own_is_read_itself(path: Path, summary: Summary) -> None:
    own = curve_through("own", np.array([[0.0, 1.0], [0.0, 1.0]]), closed=False)
    theirs = replace(summary, config=replace(summary.config, curve=own))
    FavouritesIndex(path).save({**many(summary), "own.curvegui": Noted(1, 1, theirs)})
    index = loaded(path)

    assert index.find("own.curvegui", 1, 1) is None
    assert index.find("3.curvegui", 3, 30) == summary
