"""The way from a second start to a window that listens: a folder for each, which only this person may use.

Who asks puts a file with the request there. The window takes it by another name, which only one of the two can give it:
what was withdrawn is not opened twice. The name that it then gets is the answer.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from PySide6.QtCore import QCoreApplication, QEventLoop, QFileSystemWatcher, QTimer

from curvegui.core.language.text import tr
from curvegui.session.document.file import is_free, process_lock

PATIENCE_MS = 1_000  # for a window that does not answer: the file then opens in a window of its own
REQUEST, CLAIMED, TAKEN, REFUSED = ".request", ".claimed", ".taken", ".refused"
LOCK = ".lock"  # beside the folder: whose window is no longer there can be seen by it
MOST_BYTES = 65_536
TOKEN = "XDG_ACTIVATION_TOKEN"  # with which Wayland lets a window come to the front


def own_channel(preferences: Path) -> Path:
    """The folder of this process's channel; windows with the same preferences find each other."""
    return _room() / f"{_prefix(preferences)}{QCoreApplication.applicationPid()}"


def lock_of(channel: Path) -> Path:
    """The file that a window locks while it listens."""
    return channel.with_name(f"{channel.name}{LOCK}")


def hand_over(path: Path, preferences: Path) -> bool:
    """Let a window that listens open a file; whether one does. The newest one is asked first."""
    request = json.dumps({"open": str(path.absolute()), "token": os.environ.get(TOKEN, "")})
    return any(_asked(channel, request.encode()) for channel in _channels(preferences))


def read_request(data: bytes) -> tuple[str, str]:
    """The path that is to be opened, and the token. Raises ``ValueError`` if it is no request."""
    try:
        request = json.loads(data)
    except RecursionError as error:  # brackets in brackets
        raise ValueError(tr("It is no request")) from error
    if not isinstance(request, dict) or {type(request.get(name)) for name in ("open", "token")} != {str}:
        raise ValueError(tr("It is no request"))
    return request["open"], request["token"]


def _prefix(preferences: Path) -> str:
    return f"curvegui-{sha256(os.fsencode(preferences.absolute())).hexdigest()[:12]}-"


def _room() -> Path:
    import tempfile

    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())


def _channels(preferences: Path) -> Iterator[Path]:
    """The channels of windows that may still be there, the newest first.

    They belong to this person: in a folder that is not the person's own, others could have made one.
    """
    found, prefix = [], _prefix(preferences)
    with suppress(OSError):
        for path in _room().iterdir():
            if not path.name.startswith(prefix) or path.is_symlink() or not path.is_dir():
                continue
            with suppress(FileNotFoundError):  # its window has just been closed
                facts = path.lstat()
                if sys.platform == "win32" or facts.st_uid == os.getuid():
                    found.append((facts.st_mtime_ns, path))
    return (path for _, path in sorted(found, reverse=True))


def _asked(channel: Path, request: bytes) -> bool:
    """Ask a window; where it was killed, take away what it has left."""
    lock = process_lock(lock_of(channel))
    if is_free(lock):
        rmtree(channel, ignore_errors=True)
        lock.unlock()
        return False
    asked = channel / f"{os.getpid()}{REQUEST}"
    try:
        asked.with_suffix(".part").write_bytes(request)
        asked.with_suffix(".part").replace(asked)
        return _answer(asked) == TAKEN
    except OSError:
        return False


def _answer(asked: Path) -> str:
    """What a window answers, which is waited for; nothing where the request was withdrawn."""
    loop, watcher, patience = QEventLoop(), QFileSystemWatcher([str(asked.parent)]), QTimer(singleShot=True)
    watcher.directoryChanged.connect(loop.quit)
    patience.timeout.connect(loop.quit)
    for _ in range(2):  # to take it, and then to open it
        patience.start(PATIENCE_MS)
        while not (answer := _found_answer(asked)) and patience.isActive():
            loop.exec()
        if answer:
            return answer
        try:
            asked.unlink()
        except FileNotFoundError:
            continue  # it has been taken
        break
    return ""


def _found_answer(asked: Path) -> str:
    """The answer that is there, which is taken away; or nothing."""
    for answer in (TAKEN, REFUSED):
        if asked.with_suffix(answer).exists():
            asked.with_suffix(answer).unlink(missing_ok=True)
            return answer
    return ""
