"""Saves in odd places: names, links, FIFOs, folders, full and read-only disks, files of others, a clock gone back."""

import contextlib
import os
import resource
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from curvegui.files.disk.atomic import PART
from tests.faults.trials import LETTER, WORDS, differences, heard_log, left, listed
from tests.help.forked import NOBODY, become_nobody, forked

DISK_BYTES = 1 << 20
LIMIT_BYTES = 100  # of a file, where that is the quota
YEARS_S = 3 * 365 * 86_400
NAMES = (
    "x" * 240, "ж" * 120, "x" * 400, "Herz ♥ 心 💗", "e\u0301 and \u00e9", "con", "NUL.", "..heart", "-rf",
    " heart ", "heart.", "two\nlines", "tab\tand \x07", "\u202egnp", "a:b*c?", "not text \udcff", "%s {0} $HOME `id`",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Something odd about where a file is saved: ``make`` brings it about, and may return another path for the save."""

    name: str
    make: Callable[[Path], object]
    is_fine: bool = False  # the save must do its work
    as_nobody: bool = False
    of_free: bool = False  # only where a person chooses the name


def _instead(make):
    """A function that puts something else where the file was."""

    def made(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        make(path)

    return made


def _link_to_file(path):
    real = path.with_name(f"real-{path.name}")
    path.rename(real)
    path.symlink_to(real)


def _file_above(path):
    """There is a file where a folder should be."""
    if path.with_name(LETTER).exists():  # in the folder that a person has chosen
        return path.with_name(LETTER) / path.name
    if path.parent.exists():
        path.parent.rename(path.parent.with_name("aside"))
    path.parent.write_bytes(b"a file")
    return path


def _folder(path):
    """The folder of the whole record, in which the letter lies."""
    return next(each for each in path.parents if (each / LETTER).exists())


def _years_ahead(path):
    """All files are of a time to come: the clock has been set back since."""
    for each in _folder(path).rglob("*"):
        os.utime(each, (time.time() + YEARS_S,) * 2, follow_symlinks=False)


def _closed(path):
    for each in (_folder(path), *_folder(path).rglob("*")):
        each.chmod(0o555 if each.is_dir() else 0o644)


def _of_another(path):
    if path.exists():
        os.chown(path, 0, 0)
        path.chmod(0o644)


def _full(path):
    """Nothing fits any more on the disk below."""
    with (_folder(path) / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))


NO_FILES = {
    "a FIFO": os.mkfifo,
    "a folder": Path.mkdir,
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
}
PLACES = (
    *(Place(name, _instead(make), of_free=name == "a folder") for name, make in NO_FILES.items()),
    Place("a link to a folder", _instead(lambda path: path.symlink_to(path.parent))),
    Place("a link to nothing one may read", _instead(lambda path: path.symlink_to("/proc/1/mem")), as_nobody=True),
    Place("a link to the file", _link_to_file, is_fine=True, of_free=True),
    Place("a clock that has gone back", _years_ahead, is_fine=True),
    Place("an ordinary user", lambda path: None, is_fine=True, as_nobody=True),
    Place("a folder that is closed", _closed, as_nobody=True),
    Place("a file that is protected", lambda path: path.exists() and path.chmod(0o444), as_nobody=True),
    Place("a file of another user", _of_another, as_nobody=True),
    Place("a file above", _file_above),
    Place("a quota", lambda path: None),
    Place("a full disk", _full),
    *(
        Place(f"the name {name[:20]!r}", lambda path, name=name: path.with_name(name + path.suffix), of_free=True)
        for name in NAMES
    ),
)


def complaint(ready, place, work):
    """What is wrong after a save in an odd place; None where the save cannot be tried here."""
    has_file, is_root = (ready.folder / ready.file).exists(), os.geteuid() == 0
    if (place.of_free and not ready.free) or (place.make is _link_to_file and not has_file):
        return None
    if place.make is not _full:
        return _tried(ready, place, work / "in") if is_root or not place.as_nobody else None
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "none", str(work)]  # a disk of its own
    if not is_root or subprocess.run(command, capture_output=True, check=False).returncode:
        return None
    try:
        return _tried(ready, place, work / "in")
    finally:
        subprocess.run(["umount", "-l", str(work)], check=True)


def _tried(ready, place, work):
    path, limits = ready.copy(work), resource.getrlimit(resource.RLIMIT_FSIZE)
    if place.as_nobody:
        for each in (work, *work.rglob("*")):
            os.chown(each, NOBODY, NOBODY, follow_symlinks=False)
    path = place.make(path) or path
    before = _tree(work)

    def save():
        if place.as_nobody:
            become_nobody()
        if place.name == "a quota":
            resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, limits[1]))
        try:
            with heard_log():
                ready.save(path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    saved = forked(save)
    after, is_done = _tree(work), saved.how == "done"
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    changed -= {name for name in before if PART.fullmatch(Path(name).name) and name not in after}  # of a killed program
    return listed(
        {
            **ready.problem(saved),
            "it was refused": place.is_fine and not is_done and saved,
            "not refused, and not whole": is_done
            and (place.is_fine or not ready.quiet)
            and _missing(ready, place, path),
            "refused, and another": saved.how == "raised" and ready.free and ", ".join(changed),
            "left behind": not is_done and ", ".join(each for each in left(work) if each not in before),
            "damaged": after.get(LETTER) != WORDS and LETTER,
        }
    )


def _missing(ready, place, path):
    """Parts that are not as a save leaves them: of all parts where the place is fine, else of those that it changes."""
    seen = forked(lambda: ready.read(path))
    if seen.how != "done":
        return seen
    new = {name: part for name, part in ready.new.items() if place.is_fine or part != ready.old.get(name)}
    return differences({name: seen.value.get(name) for name in new}, new)


def _tree(folder):
    """All that is below a folder, but for locks and the trash: where a link leads, the bytes of a file, or the mode."""
    found = {}
    for each in folder.rglob("*"):
        if each.name not in ("locks", ".trash") and not each.name.endswith(".lock"):
            what = each.readlink() if each.is_symlink() else each.is_file() and each.read_bytes()
            found[str(each.relative_to(folder))] = each.lstat().st_mode if what is False else what
    return found
