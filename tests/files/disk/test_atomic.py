import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from curvegui.files.disk.atomic import HINTS, WriteError, replacement, write_bytes
from tests.help.forked import forked
from tests.help.writing import names_in

OLD, NEW = b"the old one", b"the new one, a little longer"
OWNER, OTHER, TEAM = 1000, 1001, 2000  # numbers of users and a group
UNCHANGED = "The file that was there is unchanged."
FAULTS = [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS]


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "heart.png"
    path.write_bytes(OLD)
    return path


def access_of(path: Path) -> tuple[int, int, int]:
    """The owner, the group and the permissions of a file."""
    status = path.stat()
    return status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)


# Where it works


@pytest.mark.parametrize("data", [NEW, b"", bytes(range(256)) * 5_000], ids=["short", "empty", "long"])
def test_a_new_file_is_written_whole(tmp_path: Path, data: bytes) -> None:
    write_bytes(tmp_path / "heart.png", data)

    assert (tmp_path / "heart.png").read_bytes() == data
    assert names_in(tmp_path) == ["heart.png"]


def test_an_old_file_is_replaced(old_file: Path) -> None:
    write_bytes(str(old_file), NEW)

    assert old_file.read_bytes() == NEW
    assert names_in(old_file.parent) == ["heart.png"]


def write_in_parts(path: Path) -> None:
    """A head whose length comes last, and a body in parts."""
    with replacement(path) as file:
        file.write(b"head ????, ")
        for part in (b"first, ", b"", memoryview(b"second, "), b"third"):
            file.write(part)
        length = file.tell()
        file.seek(5)
        file.write(f"{length:04}".encode())
        file.seek(0, os.SEEK_END)
        file.write(b".")


WRITTEN = b"head 0031, first, second, third."


def test_a_file_in_parts_replaces_the_old_one_when_it_is_whole(old_file: Path) -> None:
    write_in_parts(old_file)

    assert old_file.read_bytes() == WRITTEN
    assert names_in(old_file.parent) == ["heart.png"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, GeneratorExit, MemoryError])
def test_whoever_breaks_off_leaves_the_old_file_and_nothing_else(old_file: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), replacement(old_file) as file:
        file.write(b"new")
        assert old_file.read_bytes() == OLD
        raise error

    assert old_file.read_bytes() == OLD
    assert names_in(old_file.parent) == ["heart.png"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_replaced_file_keeps_its_permissions(old_file: Path, mode: int) -> None:
    old_file.chmod(mode)
    write_bytes(old_file, NEW)

    assert stat.S_IMODE(old_file.stat().st_mode) == mode


only_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root has files of others")


@only_root
@pytest.mark.parametrize("mode", [0o600, 0o664, 0o6755])
def test_root_leaves_a_file_to_whom_it_belongs(old_file: Path, mode: int) -> None:
    os.chown(old_file, OWNER, TEAM)
    old_file.chmod(mode)
    write_bytes(old_file, NEW)

    assert old_file.read_bytes() == NEW
    assert access_of(old_file) == (OWNER, TEAM, mode)


@only_root
@pytest.mark.parametrize(
    ("is_in_team", "mode", "access"),
    [
        (True, 0o660, (OTHER, TEAM, 0o660)),
        (False, 0o666, (OTHER, OTHER, 0o666)),
        (False, 0o646, (OTHER, OTHER, 0o666)),
        (False, 0o4676, (OTHER, OTHER, 0o666)),
        (True, 0o4660, (OTHER, TEAM, 0o660)),
    ],
)
def test_a_file_that_somebody_of_the_group_saves_stays_the_group_s_and_no_other_group_s(
    is_in_team: bool, mode: int, access: tuple[int, int, int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:  # that of pytest is closed to others
        Path(folder).chmod(0o777)
        path = Path(folder) / "heart.png"
        path.write_bytes(OLD)
        os.chown(path, OWNER, TEAM)
        path.chmod(mode)

        def save() -> None:
            os.setgroups([TEAM] if is_in_team else [])
            os.setgid(OTHER)
            os.setuid(OTHER)
            write_bytes(path, NEW)

        assert forked(save).how == "done"
        assert path.read_bytes() == NEW
        assert access_of(path) == access


@only_root
def test_where_no_file_can_be_given_away_it_is_saved_all_the_same(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chown(old_file, OWNER, TEAM)
    old_file.chmod(0o640)
    monkeypatch.setattr(os, "chown", Mock(side_effect=OSError(errno.EIO, "It failed")))
    write_bytes(old_file, NEW)

    assert old_file.read_bytes() == NEW
    assert access_of(old_file) == (os.geteuid(), os.getegid(), 0o600)


def test_what_a_link_names_is_replaced_and_the_link_stays(tmp_path: Path, old_file: Path) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "link.png"
    link.symlink_to(Path("..") / "heart.png")
    write_bytes(link, NEW)

    assert link.is_symlink()
    assert old_file.read_bytes() == NEW
    assert names_in(tmp_path / "links") == ["link.png"]


def test_a_link_to_a_file_that_is_not_there_yet_makes_the_file(tmp_path: Path) -> None:
    link = tmp_path / "link.png"
    link.symlink_to(tmp_path / "heart.png")
    write_bytes(link, NEW)

    assert (tmp_path / "heart.png").read_bytes() == NEW
    assert link.is_symlink()


@pytest.mark.parametrize("name", ["h" * 251 + ".png", "心" * 83 + ".png", "a b 'c' \"d\" ä.png"])
def test_a_name_may_be_as_long_and_as_strange_as_the_disk_allows(tmp_path: Path, name: str) -> None:
    write_bytes(tmp_path / name, OLD)
    write_bytes(tmp_path / name, NEW)

    assert (tmp_path / name).read_bytes() == NEW


@pytest.mark.parametrize("has_links", [True, False])
def test_a_new_file_never_takes_the_place_of_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", Mock(side_effect=PermissionError(errno.EPERM, "no links here")))
    write_bytes(tmp_path / "heart.png", OLD, replaces=False)
    looks, answers = os.path.lexists, iter([False])  # the other program made it after the first look
    monkeypatch.setattr(os.path, "lexists", lambda path: next(answers, looks(path)))
    with pytest.raises(WriteError, match="There is a file of this name already") as caught:
        write_bytes(tmp_path / "heart.png", NEW, replaces=False)

    assert caught.value.errno == errno.EEXIST
    assert (tmp_path / "heart.png").read_bytes() == OLD
    assert names_in(tmp_path) == ["heart.png"]


# Where it cannot work


def _refused(path: Path) -> str:
    with pytest.raises(WriteError) as caught:
        write_bytes(path, NEW)
    assert f"“{path.name}” could not be saved in {path.parent}." in str(caught.value)
    return str(caught.value)


def test_a_missing_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "There is no such folder. Choose another one." in _refused(tmp_path / "nowhere" / "heart.png")


def test_a_file_in_place_of_the_folder_is_said_to_be_none(old_file: Path) -> None:
    assert "not a folder" in _refused(old_file / "inner.png")
    assert old_file.read_bytes() == OLD


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "heart.png"
    folder.mkdir()

    assert "There is a folder of this name. Choose another name." in _refused(folder)
    assert names_in(tmp_path) == ["heart.png"]


def test_a_name_that_is_too_long_is_said_to_be(tmp_path: Path) -> None:
    assert "too long" in _refused(tmp_path / ("h" * 300 + ".png"))
    assert names_in(tmp_path) == []


def test_a_link_that_leads_to_itself_is_left_alone(tmp_path: Path) -> None:
    link = tmp_path / "link.png"
    link.symlink_to(link)

    assert "leads back to itself" in _refused(link)
    assert link.is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_device_or_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    assert "No file can have this name" in _refused(pipe)
    assert pipe.is_fifo()


def test_a_protected_file_is_not_replaced(old_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old_file.chmod(0o400)
    monkeypatch.setattr(os, "access", lambda path, mode: bool(Path(path).stat().st_mode & 0o200))  # as if not root

    message = _refused(old_file)

    assert "You may not write there." in message
    assert message.endswith(UNCHANGED)
    assert old_file.read_bytes() == OLD


def test_a_folder_that_may_not_be_written_to_is_said_so(old_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", refuse)

    assert _refused(old_file).endswith(f"You may not write there. Choose another place. {UNCHANGED}")


def test_a_folder_that_may_not_even_be_searched_is_said_so(old_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    for look in ("stat", "lstat", "is_symlink", "is_dir", "is_file", "exists"):
        monkeypatch.setattr(Path, look, refuse)

    assert "You may not write there." in _refused(old_file)


@pytest.mark.parametrize("number", HINTS)
def test_every_hint_says_what_is_wrong_and_what_to_do(number: int) -> None:
    what, to_do = HINTS[number].split(". ")

    assert what
    assert to_do.endswith(".")


# When the disk fails under way


def _saved(path: Path, kind: str = "", at: int = 0, in_parts: bool = False) -> tuple[str | None, list[str]]:
    """Save once, with a fault at a call of the disk or from there on; the message of a failure, and the calls."""
    faults = pytest.importorskip("tests.faults.disk")  # which knows no Windows
    disk = faults.Disk(path.parent, faults.Fault(kind, at, lasting=kind == "short") if kind else None)
    with pytest.MonkeyPatch.context() as patched:
        disk.install(patched.setattr)
        try:
            write_in_parts(path) if in_parts else write_bytes(path, NEW)
        except WriteError as error:
            return str(error), disk.calls
    return None, disk.calls


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(old_file: Path) -> None:
    message, calls = _saved(old_file, "short")
    assert message is None
    assert old_file.read_bytes() == NEW
    assert calls.count("write") > 3


@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.get)
@pytest.mark.parametrize("replaced", [True, False], ids=["old file", "new file"])
@pytest.mark.parametrize("in_parts", [True, False])
def test_whichever_operation_fails_the_file_is_either_old_or_new_and_nothing_else_is_left(
    old_file: Path, fault: int, replaced: bool, in_parts: bool
) -> None:
    failures = 0
    for at in range(len(_saved(old_file, in_parts=in_parts)[1])):
        old_file.write_bytes(OLD)
        if not replaced:
            old_file.unlink()
        message, _ = _saved(old_file, errno.errorcode[fault], at, in_parts)

        if message is None:
            assert old_file.read_bytes() == (WRITTEN if in_parts else NEW)
        else:
            failures += 1
            assert HINTS[fault] in message
            assert message.endswith(UNCHANGED) is replaced
            assert not replaced or old_file.read_bytes() == OLD
        assert names_in(old_file.parent) == (["heart.png"] if replaced or message is None else [])

    assert failures >= 2  # making the file, and putting it in its place


def test_a_write_that_is_cut_short_for_good_counts_as_a_full_disk(old_file: Path) -> None:
    for at in [number for number, call in enumerate(_saved(old_file)[1]) if call == "write"]:
        old_file.write_bytes(OLD)
        message, _ = _saved(old_file, "nothing", at)

        assert message is not None
        assert HINTS[errno.ENOSPC] in message
        assert message.endswith(UNCHANGED)
        assert old_file.read_bytes() == OLD
        assert names_in(old_file.parent) == ["heart.png"]


def test_a_file_that_cannot_even_be_cleaned_up_does_not_hide_the_fault(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def read_only(*_: Any, **__: Any) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(Path, "unlink", read_only)

    assert HINTS[errno.ENOSPC] in _refused(old_file)
