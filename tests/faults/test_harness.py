"""The harness sees a writer that is not as it should be, and no other."""

import sys

import pytest

from curvegui.files.disk.atomic import write_bytes


def write_whole(path):
    write_bytes(path, b"new" * 99)


def write_carelessly(path):
    path.unlink(missing_ok=True)
    write_whole(path)


@pytest.mark.skipif(sys.platform != "linux", reason="it forks a process that has Qt loaded")
@pytest.mark.parametrize(
    ("save", "kind", "trial", "words"),
    [
        (lambda path: path.write_bytes(b"all of the new content"), "kills", "", "neither old nor new"),
        (write_carelessly, "places", "a quota", "refused, and another: file"),
        (write_whole, "places", "a quota", ""),  # what a killed program has left beside the file may go
    ],
)
def test_a_writer_that_is_not_whole_or_nothing_is_found(save, kind, trial, words, tmp_path):
    from tests.faults.__main__ import trials_of
    from tests.faults.saves import content, put_half
    from tests.faults.trials import Record, prepared

    ready = prepared(Record("a planted one", "file", save, content, put_half, free=True), tmp_path / "record")
    said = [complaint(tmp_path / "work") for _, name, complaint in trials_of(ready, kind) if trial in name]

    assert any(words in each for each in said) if words else not any(said)
