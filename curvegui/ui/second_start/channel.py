"""The way from a second start to a window that listens: a local socket, which only this person may use.

Who asks waits until the window greets, and only then says which file: a window that stands still opens nothing later.
"""

import json
import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from curvegui.core.language.text import tr

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

PATIENCE_MS = 1_000  # for a window that does not answer: the file then opens in a window of its own
GREETING, TAKEN, REFUSED = b"curvegui\n", b"taken\n", b"refused\n"
MOST_BYTES = 65_536
TOKEN = "XDG_ACTIVATION_TOKEN"  # with which Wayland lets a window come to the front


def server_name(preferences: Path) -> str:
    """The name of the socket; windows with the same preferences find each other."""
    import tempfile

    name = f"curvegui-{sha256(os.fsencode(preferences.absolute())).hexdigest()[:12]}"
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return name if sys.platform == "win32" else str(folder / name)


def greeted(preferences: Path) -> "QLocalSocket | None":
    """A connection to a window of this person that listens and has greeted; None where there is none."""
    name = server_name(preferences)
    try:  # in a folder that is not the person's own, others could have made it
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
    """Let the window that listens open a file; whether it does."""
    socket = greeted(preferences)
    if socket is None:
        return False
    request = json.dumps({"open": str(path.absolute()), "token": os.environ.get(TOKEN, "")})
    socket.write(f"{request}\n".encode())
    socket.flush()
    return _line(socket) == TAKEN


def read_request(data: bytes) -> tuple[str, str]:
    """The path that is to be opened, and the token. Raises ``ValueError`` if it is no request."""
    try:
        request = json.loads(data)
    except RecursionError as error:  # brackets in brackets
        raise ValueError(tr("It is no request")) from error
    if not isinstance(request, dict) or {type(request.get(name)) for name in ("open", "token")} != {str}:
        raise ValueError(tr("It is no request"))
    return request["open"], request["token"]
