"""The latest curves: first come first shown, never in the way, never too many."""

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from curvegui.core.curve.curve import Curve, Trained, curve_through
from curvegui.files.curves import kept as kept_curves
from curvegui.files.curves.format import CURVES
from curvegui.files.curves.kept import MOST, KeptCurves
from curvegui.files.disk.shared_file import SharedFileError
from curvegui.files.format.container import pack


def curve(name: str, count: int = 5) -> Curve:
    return curve_through(name, np.random.default_rng(7).random((2, count)), closed=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "curves.bin"


@pytest.fixture
def kept(path: Path) -> KeptCurves:
    return KeptCurves(path)


def names(kept: KeptCurves) -> list[str]:
    return [each.name for each in kept.read()]


def add(kept: KeptCurves, name: str, count: int = 5, instead_of: Curve | None = None) -> None:
    kept.put_first(curve(name, count), instead_of)
    kept.write()


def test_the_latest_is_first_and_none_is_there_twice(kept: KeptCurves, path: Path) -> None:
    for name in ("a", "b", "a"):
        add(kept, name)

    assert names(kept) == ["a", "b"]
    assert KeptCurves(path).read() == (curve("a"), curve("b"))


def test_a_curve_takes_the_place_of_the_one_that_it_was_made_from(kept: KeptCurves) -> None:
    add(kept, "a")
    add(kept, "b")
    add(kept, "a2", instead_of=curve("a"))

    assert names(kept) == ["a2", "b"]


def test_how_a_curve_was_trained_on_last_is_kept_with_it_and_may_be_missing(kept: KeptCurves, path: Path) -> None:
    for points, fits in ((100, False), (500, True)):
        kept.put_first(curve("a").trained_on(points, fits))
    kept.put_first(curve("b"))
    kept.write()

    assert [each.trained for each in KeptCurves(path).read()] == [None, Trained(500, True)]


def test_there_are_only_so_many(kept: KeptCurves) -> None:
    for number in range(MOST + 3):
        add(kept, str(number))

    assert names(kept) == [str(number) for number in range(MOST + 2, 2, -1)]


def test_large_ones_push_others_out(kept: KeptCurves, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_curves, "MOST_BYTES", 1_000)
    add(kept, "small")
    add(kept, "large", 30)

    assert names(kept) == ["large", "small"]
    add(kept, "larger", 35)
    assert names(kept) == ["larger"]


@pytest.mark.parametrize("content", [b"", b"junk", b"PK\x03\x04" + bytes(100)])
def test_a_damaged_list_is_put_aside_and_begun_anew(kept: KeptCurves, path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    assert kept.read() == ()
    add(kept, "a")
    assert names(kept) == ["a"]
    assert [each.read_bytes() for each in path.parent.glob("*damaged*")] == [content]


def test_the_list_of_a_newer_version_stays_as_it_is(kept: KeptCurves, path: Path) -> None:
    manifest: dict[str, Any] = {CURVES: [], "min_reader": 10_000, "made_by": "99"}
    path.parent.mkdir()
    path.write_bytes(pack(manifest, {}))
    with pytest.raises(SharedFileError, match="newer"):
        kept.read()
    with pytest.raises(SharedFileError, match="newer"):
        add(kept, "a")
    assert [each.name for each in path.parent.iterdir() if each.name != ".lock"] == [path.name]


def test_one_failed_read_replaces_no_curve_and_the_new_one_comes_later(
    kept: KeptCurves, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "edcba":
        add(kept, name)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", fail)
        with pytest.raises(SharedFileError):
            add(kept, "new")
    assert names(kept) == [*"abcde"]
    kept.write()
    assert names(kept) == ["new", *"abcde"]
