"""The latest curves: first come first shown, never in the way, never too many."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from curvegui.core.curve.curve import Curve, curve_through
from curvegui.files.curves import kept as kept_curves
from curvegui.files.curves.kept import MOST, KeptCurves


def curve(name: str, count: int = 5) -> Curve:
    return curve_through(name, np.random.default_rng(7).random((2, count)), closed=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "curves.bin"


@pytest.fixture
def kept(path: Path) -> KeptCurves:
    return KeptCurves(path)


def names(kept: KeptCurves) -> list[str]:
    return [each.name for each in kept.all()]


def test_before_the_first_there_are_none(kept: KeptCurves) -> None:
    assert kept.all() == ()


def test_the_latest_is_first_and_none_is_there_twice(kept: KeptCurves, path: Path) -> None:
    for name in ("a", "b", "a"):
        kept.add(curve(name))

    assert names(kept) == ["a", "b"]
    assert KeptCurves(path).all() == (curve("a"), curve("b"))


def test_a_curve_takes_the_place_of_the_one_that_it_was_made_from(kept: KeptCurves) -> None:
    kept.add(curve("a"))
    kept.add(curve("b"))

    assert [each.name for each in kept.add(curve("a2"), instead_of=curve("a"))] == ["a2", "b"]


def test_there_are_only_so_many(kept: KeptCurves) -> None:
    for number in range(MOST + 3):
        kept.add(curve(str(number)))

    assert names(kept) == [str(number) for number in range(MOST + 2, 2, -1)]


def test_large_ones_push_others_out(kept: KeptCurves, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_curves, "MOST_BYTES", 1_000)
    kept.add(curve("small"))
    kept.add(curve("large", 30))

    assert names(kept) == ["large", "small"]
    kept.add(curve("larger", 35))
    assert names(kept) == ["larger"]


def test_one_is_taken_off(kept: KeptCurves) -> None:
    for name in ("a", "b"):
        kept.add(curve(name))

    assert kept.remove(curve("b")) == (curve("a"),)
    assert names(kept) == ["a"]


@pytest.mark.parametrize("content", [b"", b"junk", b"PK\x03\x04" + bytes(100)])
def test_a_list_that_cannot_be_read_is_empty_and_can_be_begun_anew(
    kept: KeptCurves, path: Path, content: bytes
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    assert kept.all() == ()
    kept.add(curve("a"))
    assert names(kept) == ["a"]


def test_a_full_disk_leaves_the_list_as_it_was(kept: KeptCurves, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.add(curve("a"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(kept_curves, "write_bytes", full)
        kept.add(curve("b"))
    assert names(kept) == ["a"]
