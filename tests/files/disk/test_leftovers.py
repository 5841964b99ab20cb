"""What a program that was killed has left half-written goes, and nothing else does, above all no living one's."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from curvegui.files.disk.atomic import WriteError, clear_below, new_part, write_bytes
from tests.help.command import environment
from tests.help.writing import names_in

WRITING = """
import sys
from pathlib import Path
from curvegui.files.disk.atomic import new_part

part, file = new_part(Path(sys.argv[1]))
file.write(b"half of")
print(part, flush=True)
sys.stdin.read()
"""


def left(target: Path) -> Path:
    """A part as a program leaves it that is killed while it writes a file."""
    part, file = new_part(target)
    file.close()
    return part


def test_a_file_that_is_saved_again_takes_away_what_was_left_of_it_and_only_that(tmp_path: Path) -> None:
    left(tmp_path / "heart.png")
    other, living = left(tmp_path / "heart.svg"), new_part(tmp_path / "heart.png")
    foreign = tmp_path / ".heart.png.0123abcd.part"
    foreign.touch()

    write_bytes(tmp_path / "heart.png", b"new")

    assert names_in(tmp_path) == sorted(each.name for each in (other, living[0], foreign, tmp_path / "heart.png"))
    living[1].close()


def test_a_name_of_any_length_and_letters_is_known_again(tmp_path: Path) -> None:
    target = tmp_path / f"{'♥' * 60}\n.png"
    left(target)
    write_bytes(target, b"new")

    assert names_in(tmp_path) == [target.name]


def test_all_that_was_left_in_a_folder_and_below_goes(tmp_path: Path) -> None:
    (tmp_path / "autosave" / "window-1").mkdir(parents=True)
    for target in ("recent.json", "autosave/window-1/000001.curvegui"):
        left(tmp_path / target)
    kept = left(tmp_path / "folder").with_suffix(".mine")
    left(tmp_path / "folder").rename(kept)
    clear_below([tmp_path, tmp_path / "nowhere"])

    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [kept]


@pytest.mark.skipif(sys.platform == "win32", reason="There, what has just been written to is left alone for a minute")
def test_of_a_living_program_nothing_is_cleared_and_of_a_killed_one_everything(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITING, str(tmp_path / "heart.png")]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, env=environment()) as child:
        assert child.stdout is not None
        part = Path(child.stdout.readline().strip())
        clear_below([tmp_path])
        assert part.read_bytes() == b"half of"
        child.kill()
    clear_below([tmp_path])

    assert names_in(tmp_path) == []


def test_what_is_no_file_or_no_longer_there_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, link = (tmp_path / f".heart.png.curvegui-0123abc{end}.part" for end in "de")
    folder.mkdir()
    link.symlink_to(tmp_path / "nowhere")
    clear_below([tmp_path])

    assert names_in(tmp_path) == [folder.name, link.name]


def test_a_part_that_another_program_clears_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = []

    def clearing(*_: object) -> bool:
        if not taken:
            taken.extend(tmp_path.iterdir())
            taken[0].unlink()
        return True

    monkeypatch.setattr("curvegui.files.disk.atomic.is_sole_writer", clearing)
    write_bytes(tmp_path / "heart.png", b"new")

    assert taken
    assert (tmp_path / "heart.png").read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="there, other numbers say that a file is locked")
@pytest.mark.parametrize("fault", [errno.EACCES, errno.EDEADLK, errno.ENOLCK, errno.ENOTSUP, errno.EAGAIN])
def test_a_disk_that_refuses_every_lock_is_written_to_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    tries = []

    def refuse(*_: object) -> None:
        tries.append(1)
        if len(tries) > 100:
            pytest.fail("It tries for ever")
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr("fcntl.flock", refuse)
    write_bytes(tmp_path / "heart.png", b"new")

    assert names_in(tmp_path) == ["heart.png"]
    assert (tmp_path / "heart.png").read_bytes() == b"new"


def test_a_part_that_is_cleared_whenever_it_is_made_ends_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def gone(_: object) -> bool:
        tries.append(1)
        if len(tries) > 100:
            pytest.fail("It tries for ever")
        return False

    monkeypatch.setattr("curvegui.files.disk.atomic.os.path.lexists", gone)
    with pytest.raises(WriteError, match="Choose another place"):
        write_bytes(tmp_path / "heart.png", b"new")

    assert names_in(tmp_path) == []


def test_a_part_that_is_made_but_cannot_be_opened_goes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(path: Path, *_: object, **__: object) -> None:
        path.touch()
        raise OSError(errno.EIO, "The disk failed just after it had made the file")

    monkeypatch.setattr(Path, "open", failing)
    with pytest.raises(WriteError):
        write_bytes(tmp_path / "heart.png", b"new")

    assert names_in(tmp_path) == []


def test_what_a_kill_has_left_goes_even_where_the_file_is_there_by_now(tmp_path: Path) -> None:
    (tmp_path / "new.py").touch()
    (tmp_path / ".new.py.curvegui-0123abcd.part").touch()
    with pytest.raises(WriteError, match="already"):
        write_bytes(tmp_path / "new.py", b"new", replaces=False)

    assert names_in(tmp_path) == ["new.py"]
