"""The way from a second start to a window that listens: a local socket for each, which only this person may use."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from curvegui.core.language.text import tr

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

PATIENCE_MS = 1_000  # for a window that does not answer: the file then opens in a window of its own
TAKEN, REFUSED = b"taken\n", b"refused\n"
MOST_BYTES = 65_536
TOKEN = "XDG_ACTIVATION_TOKEN"  # with which Wayland lets a window come to the front
PIPES = r"\\.\pipe"


def own_channel(preferences: Path) -> str:
    """The name of this process's channel; windows with the same preferences find each other."""
    name = f"{_prefix(preferences)}{QCoreApplication.applicationPid()}"
    return name if sys.platform == "win32" else str(_folder() / name)


def hand_over(path: Path, preferences: Path) -> bool:
    """Let a window that listens open a file; whether one does. The newest one is asked first."""
    request = {"open": str(path.absolute()), "token": os.environ.get(TOKEN, "")}
    return any(_asked(channel, json.dumps(request).encode() + b"\n") for channel in _channels(preferences))


def read_request(line: bytes) -> tuple[str, str]:
    """The path that is to be opened, and the token. Raises ``ValueError`` if it is no request."""
    request = json.loads(line)
    if not isinstance(request, dict) or {type(request.get(name)) for name in ("open", "token")} != {str}:
        raise ValueError(tr("It is no request"))
    return request["open"], request["token"]


def _prefix(preferences: Path) -> str:
    return f"curvegui-{sha256(os.fsencode(preferences.absolute())).hexdigest()[:12]}-"


def _folder() -> Path:
    if sys.platform == "win32":
        return Path(PIPES)
    import tempfile

    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())


def _channels(preferences: Path) -> list[str]:
    """The channels of windows that may still be there, the newest first."""
    with suppress(OSError):
        names = [name for name in os.listdir(_folder()) if name.startswith(_prefix(preferences))]  # noqa: PTH208 - pipes
        return names if sys.platform == "win32" else [str(path) for path in _sockets(names)]
    return []


def _sockets(names: list[str]) -> Iterator[Path]:
    """Those that belong to this person: elsewhere than in the person's own folder, others could have made one."""
    found = []
    for path in (_folder() / name for name in names):
        with suppress(OSError):
            facts = path.lstat()
            if facts.st_uid == os.getuid() and path.is_socket():
                found.append((facts.st_mtime_ns, path))
    return (path for _, path in sorted(found, reverse=True))


def _asked(channel: str, request: bytes) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(channel)
    if socket.waitForConnected(PATIENCE_MS):
        return _answer(socket, request) == TAKEN
    if socket.error() == QLocalSocket.LocalSocketError.ConnectionRefusedError and sys.platform != "win32":
        Path(channel).unlink(missing_ok=True)  # its process was killed
    return False


def _answer(socket: "QLocalSocket", request: bytes) -> bytes:
    socket.write(request)
    socket.waitForBytesWritten(PATIENCE_MS)
    return bytes(socket.readLine().data()) if socket.waitForReadyRead(PATIENCE_MS) else b""
