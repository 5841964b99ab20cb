"""The way from a second start of the app to a window that listens: a local socket that only this person may use. The
second start names its file only after the window's greeting: a window that hangs does not open the file later."""

import json
import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from curvegui.core.language.text import tr

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

PATIENCE_MS = 1_000  # to wait for the answer of a window; without one, the file opens in a window of its own
GREETING, TAKEN, REFUSED = b"curvegui\n", b"taken\n", b"refused\n"
MOST_BYTES = 65_536
TOKEN = "XDG_ACTIVATION_TOKEN"  # with which Wayland lets a window come to the front


def server_name(preferences: Path) -> str:
    """The name of the socket; windows and starts with the same preferences have the same name."""
    import tempfile

    name = f"curvegui-{sha256(os.fsencode(preferences.absolute())).hexdigest()[:12]}"
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return name if sys.platform == "win32" else str(folder / name)


def greeted(preferences: Path) -> "QLocalSocket | None":
    """A connection to a window of this person that listens and has sent its greeting; None if there is none."""
    name = server_name(preferences)
    try:  # in a folder for everybody, somebody else could have made the socket
        if sys.platform != "win32" and Path(name).lstat().st_uid != os.getuid():
            return None
    except OSError:
        return None
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    return socket if socket.waitForConnected(PATIENCE_MS) and _line(socket) == GREETING else None


def _line(socket: "QLocalSocket") -> bytes:
    if not socket.canReadLine():
        socket.waitForReadyRead(PATIENCE_MS)
    return bytes(socket.readLine(MOST_BYTES).data())


def hand_over(path: Path, preferences: Path) -> bool:
    """Ask the window that listens to open a file; return whether it does."""
    socket = greeted(preferences)
    if socket is None:
        return False
    request = json.dumps({"open": str(path.absolute()), "token": os.environ.get(TOKEN, "")})
    socket.write(f"{request}\n".encode())
    socket.flush()
    return _line(socket) == TAKEN


def read_request(data: bytes) -> tuple[str, str]:
    """The path to open and the token of Wayland in a request. Raises ``ValueError`` if the data is no request."""
    try:
        request = json.loads(data)
    except RecursionError as error:  # brackets in brackets
        raise ValueError(tr("It is no request")) from error
    if not isinstance(request, dict) or {type(request.get(name)) for name in ("open", "token")} != {str}:
        raise ValueError(tr("It is no request"))
    return request["open"], request["token"]
