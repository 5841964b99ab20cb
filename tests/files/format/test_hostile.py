"""Files that somebody has made up to do harm: refused, with one kind of error, at once, and in little memory."""

import contextlib
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.run.trainer import Trainer
from curvegui.files.format.container import unpack
from curvegui.files.project.project import ProjectError, decode, encode, load, read_preview, read_summary
from tests.files.hostile import NAMES, corpus
from tests.files.projects import ENCODED, with_manifest

MOST_S = (
    10  # of this thread's own clock: the slowest take one on a quick machine, watched, and what explodes takes minutes
)
MOST_MEMORY = 50_000_000  # bytes beyond the file itself
CORPUS = corpus()


def _refused(read: Callable[[], Any]) -> None:
    with pytest.raises(ProjectError) as caught:
        read()
    assert len(str(caught.value)) < 1_000


def _refused_cheaply(read: Callable[[], Any], most_memory: int = MOST_MEMORY) -> None:
    tracemalloc.start()
    try:
        start = time.thread_time()
        _refused(read)
        assert time.thread_time() - start < MOST_S
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < most_memory


@pytest.mark.slow
@pytest.mark.parametrize("make", CORPUS.values(), ids=CORPUS)
def test_it_is_refused_at_once_and_in_little_memory(make: Callable[[], bytes]) -> None:
    data = make()
    _refused_cheaply(lambda: decode(data))


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value of a manifest."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from _paths(each, (*path, name))


MANIFEST = unpack(ENCODED)[0]
NUMBERS = st.integers(-3, 200) | st.sampled_from([10**9, 2**53, -(2**53), 0.5, 1e-300, 1e308])
SCALARS = NUMBERS | st.none() | st.booleans() | st.sampled_from(["", "heart", "relu", "linear", "<f8", "<f4"])
VALUES = SCALARS | st.lists(SCALARS, max_size=4) | st.dictionaries(st.sampled_from("01abc"), SCALARS, max_size=3)


@pytest.mark.slow
@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from([*_paths(MANIFEST)]), VALUES), min_size=1, max_size=3))
def test_any_value_anywhere_in_a_manifest_is_refused_or_makes_a_run_that_goes_on(
    changes: list[tuple[tuple[Any, ...], Any]],
) -> None:
    def change(manifest: dict[str, Any]) -> None:
        for (*where, name), value in changes:
            place: Any = manifest
            with contextlib.suppress(LookupError, TypeError):  # an earlier change has taken the place away
                for each in where:
                    place = place[each]
                place[name] = value

    try:
        found = decode(with_manifest(ENCODED, change))
    except ProjectError:
        return
    again = decode(encode(found))
    trainer = Trainer.going_on(found.record)
    trainer.advance(3)
    trainer.record()

    assert encode(again) == encode(found)


AS_FILES = ("a deflate bomb for an array", "manifest: four megabytes of lists", "65,535 members", "overlapping members")


@pytest.mark.slow
@pytest.mark.parametrize("words", AS_FILES)
def test_it_is_refused_as_a_file_too(tmp_path: Path, words: str) -> None:
    path = tmp_path / "evil.curvegui"
    data = CORPUS[words]()
    path.write_bytes(data)
    for read in (load, read_summary, read_preview):
        _refused_cheaply(partial(read, path), MOST_MEMORY + len(data))


def test_no_name_of_a_member_ever_leads_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    for words in NAMES:
        with pytest.raises(ProjectError):
            decode(CORPUS[f"a name: {words}"]())

    assert [each.name for each in tmp_path.rglob("*")] == ["inside"]
