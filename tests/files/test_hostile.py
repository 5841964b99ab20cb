"""Files that somebody has made up to do harm: refused, with one kind of error, at once, and in little memory."""

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curvegui.files.project import ProjectError, decode, load, read_preview, read_summary
from tests.files.hostile import NAMES, corpus

CPU_SECONDS = 1.0
MOST_MEMORY = 50_000_000  # bytes beyond the file itself
CORPUS = corpus()


def _refused(read: Callable[[], Any]) -> None:
    with pytest.raises(ProjectError) as caught:
        read()
    assert len(str(caught.value)) < 1_000


def _refused_cheaply(read: Callable[[], Any], most_memory: int = MOST_MEMORY) -> None:
    start = time.process_time()
    _refused(read)
    assert time.process_time() - start < CPU_SECONDS
    tracemalloc.start()
    try:
        _refused(read)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < most_memory


@pytest.mark.parametrize("make", CORPUS.values(), ids=CORPUS)
def test_it_is_refused_at_once_and_in_little_memory(make: Callable[[], bytes]) -> None:
    data = make()
    _refused_cheaply(lambda: decode(data))


AS_FILES = ("a deflate bomb for an array", "manifest: four megabytes of lists", "65,535 members", "overlapping members")


@pytest.mark.parametrize("words", AS_FILES)
@pytest.mark.parametrize("read", [load, read_summary, read_preview])
def test_it_is_refused_as_a_file_too(tmp_path: Path, read: Callable[[Path], Any], words: str) -> None:
    path = tmp_path / "evil.curvegui"
    data = CORPUS[words]()
    path.write_bytes(data)
    _refused_cheaply(lambda: read(path), MOST_MEMORY + len(data))


def test_no_name_of_a_member_ever_leads_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    for words in NAMES:
        with pytest.raises(ProjectError):
            decode(CORPUS[f"a name: {words}"]())

    assert [each.name for each in tmp_path.rglob("*")] == ["inside"]
