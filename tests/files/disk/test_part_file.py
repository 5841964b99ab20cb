"""A file that is written in parts is there whole or not at all, whatever fails, and whoever loses patience."""

import errno
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.files.disk import part_file
from curvegui.files.disk.atomic import HINTS, WriteError
from curvegui.files.disk.part_file import PartFile, replaced_in_parts
from tests.disk import Disk, bytes_of, names_in, put

OLD = b"the old one"
UNCHANGED = "The file that was there is unchanged."
FAULTS = [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EACCES]


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "heart.gif"
    path.write_bytes(OLD)
    return path


def write_in_parts(path: Path) -> None:
    """A head whose length comes last, and a body in parts."""
    with replaced_in_parts(path) as file:
        file.write(b"head ????, ")
        for part in (b"first, ", b"", memoryview(b"second, "), b"third"):
            file.write(part)
        length = file.tell()
        file.seek(5)
        file.write(f"{length:04}".encode())
        file.seek(0, os.SEEK_END)
        file.write(b".")


WRITTEN = b"head 0031, first, second, third."


def test_the_parts_are_in_the_file_in_order_and_what_was_written_over_is_new(tmp_path: Path) -> None:
    write_in_parts(tmp_path / "heart.gif")

    assert (tmp_path / "heart.gif").read_bytes() == WRITTEN
    assert names_in(tmp_path) == ["heart.gif"]


def test_the_old_file_is_replaced_at_the_end_and_not_before(old_file: Path) -> None:
    with replaced_in_parts(str(old_file)) as file:
        file.write(b"new")
        assert old_file.read_bytes() == OLD

    assert old_file.read_bytes() == b"new"


def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    with replaced_in_parts(tmp_path / "heart.gif"):
        pass

    assert (tmp_path / "heart.gif").read_bytes() == b""


@given(writes=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=40)), max_size=12), block=st.integers(1, 16))
def test_whatever_is_written_wherever_is_found_to_be_right(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[float, bytes]], block: int
) -> None:
    path, expected = tmp_path_factory.mktemp("parts") / "heart.gif", bytearray()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(part_file, "BLOCK_BYTES", block)
        with replaced_in_parts(path) as file:
            for share, data in writes:
                at = round(share * len(expected))
                file.seek(at)
                file.write(data)
                expected[at : at + len(data)] = data

    assert path.read_bytes() == expected


def test_a_gap_is_refused(old_file: Path) -> None:
    with pytest.raises(WriteError), replaced_in_parts(old_file) as file:
        file.write(b"123")
        file.seek(5)
        file.write(b"6")

    assert old_file.read_bytes() == OLD
    assert names_in(old_file.parent) == ["heart.gif"]


class ImpatienceError(Exception):
    """Somebody does not want the file any more."""


@pytest.mark.parametrize("error", [ImpatienceError, KeyboardInterrupt, GeneratorExit, MemoryError])
def test_whoever_breaks_off_leaves_the_old_file_and_nothing_else(old_file: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), replaced_in_parts(old_file) as file:
        file.write(b"new")
        raise error

    assert old_file.read_bytes() == OLD
    assert names_in(old_file.parent) == ["heart.gif"]


def test_a_missing_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="There is no such folder"), replaced_in_parts(tmp_path / "no" / "heart.gif"):
        raise AssertionError("There is no file to write to")


# When the disk fails under way


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    with monkeypatch.context() as patched:
        yield Disk(patched)


def saves(path: Path, disk: Disk) -> str | None:
    """Save once; return the message of a failure, or None."""
    disk.operations = 0
    try:
        write_in_parts(path)
    except WriteError as error:
        return str(error)
    return None


@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.get)
def test_whichever_operation_fails_the_file_is_either_old_or_new_and_nothing_else_is_left(
    tmp_path: Path, disk: Disk, fault: int
) -> None:
    path = tmp_path / "heart.gif"
    put(path, OLD)
    assert saves(path, disk) is None
    assert bytes_of(path) == WRITTEN
    operations, failures, disk.fault = disk.operations, 0, fault
    for disk.fails_at in range(operations):
        put(path, OLD)
        message = saves(path, disk)
        if message is None:
            assert bytes_of(path) == WRITTEN
        else:
            failures += 1
            assert HINTS[fault] in message
            assert message.endswith(UNCHANGED)
            assert bytes_of(path) == OLD
        assert names_in(tmp_path) == ["heart.gif"]

    assert failures >= 10  # opening, seven writes, reading back, fsync, and putting it in its place


def test_a_write_that_is_cut_short_for_good_counts_as_a_full_disk(old_file: Path, disk: Disk) -> None:
    for disk.edits_at in (1, 2, 3, 4):
        message = saves(old_file, disk)

        assert message is not None
        assert HINTS[errno.ENOSPC] in message
        assert bytes_of(old_file) == OLD
        assert names_in(old_file.parent) == ["heart.gif"]


@pytest.mark.parametrize(
    "keeps", [lambda data: data[:-1], lambda data: b"?" + data[1:], lambda data: b""], ids=["less", "other", "nothing"]
)
@pytest.mark.parametrize("which", [0, 1, 3, 4, 5, 6])  # all but the empty part
def test_a_disk_that_says_it_wrote_what_it_did_not_is_found_out(
    old_file: Path, monkeypatch: pytest.MonkeyPatch, which: int, keeps: Callable[[bytes], bytes]
) -> None:
    writes = count()

    def lying(file: IO[bytes], data: memoryview) -> None:
        file.write(keeps(bytes(data)) if next(writes) == which else data)

    monkeypatch.setattr(part_file, "write_all", lying)
    with pytest.raises(WriteError) as caught:
        write_in_parts(old_file)

    assert next(writes) > which
    assert caught.value.errno in (errno.EIO, errno.EINVAL)
    assert old_file.read_bytes() == OLD
    assert names_in(old_file.parent) == ["heart.gif"]


def test_a_long_file_is_compared_block_by_block(tmp_path: Path) -> None:
    with replaced_in_parts(tmp_path / "heart.gif") as file:
        assert isinstance(file, PartFile)
        for number in range(40):
            file.write(bytes([number]) * 100_003)
        file.seek((1 << 20) - 3)
        file.write(b"across two")

    data = (tmp_path / "heart.gif").read_bytes()
    assert len(data) == 40 * 100_003
    assert data[(1 << 20) - 3 :].startswith(b"across two")
