"""The address of a scheduler: how it is written, which files go with it, and what whoever answers there could do."""

import re
from dataclasses import dataclass
from pathlib import Path

from curvegui.core.language.text import mark, tr

ADDRESS = re.compile(r"(\w+)://(?:\[[0-9A-Fa-f:.]+\]|[^\s/:\[\]]+):(\d{1,5})", re.ASCII)
SECURE = "tls://"
SCHEMES = ("tls", "tcp", "ws", "wss", "ucx", "ucxx")  # on all but the first, nobody has to prove who they are
MOST_PORTS = 65_535
RISK = mark(
    "Whoever answers at {address} can run programs as you on this computer, and whoever listens on the way can read "
    "and change what is sent."
)
"""`distributed` unpickles whatever it is sent, in its own handshake too, whatever its ``deserializers`` are: it has
been told so, and says that it is meant to be (dask/distributed#9283). Only TLS keeps a stranger from answering."""


@dataclass(frozen=True)
class Tls:
    """Files in PEM that make a connection secure."""

    ca: Path | None = None  # whose signature the other end must have
    cert: Path | None = None  # our own certificate
    key: Path | None = None  # its secret key

    @property
    def files(self) -> tuple[Path, ...]:
        """Those that are given."""
        return tuple(filter(None, (self.ca, self.cert, self.key)))


NO_FILES = Tls()


def whole_address(written: str, tls: Tls) -> str:
    """The address with its scheme. No file is looked for, and nothing is asked of the network.

    Raises ``ValueError``, a sentence for people, if that is no address, or the files do not go with it.
    """
    address = written if "://" in written else f"tcp://{written}"
    found = ADDRESS.fullmatch(address)
    if not found or found[1] not in SCHEMES or not 1 <= int(found[2]) <= MOST_PORTS:
        rest = address.removeprefix("tcp://")
        if not rest:
            raise ValueError(tr("A scheduler's address is written tls://host:8786 or tcp://host:8786."))
        raise ValueError(
            tr("A scheduler's address is written tls://host:8786 or tcp://host:8786, not “{written}”.", written=rest)
        )
    if tls.files and not address.startswith(SECURE):
        raise ValueError(tr("TLS needs an address that begins with tls://, and {address} does not.", address=address))
    if address.startswith(SECURE) and len(tls.files) < 3:
        raise ValueError(tr("{address} needs three files: the CA, your certificate and its key.", address=address))
    return address


def risk_of(address: str) -> str:
    """What a person should know before anything connects to an address, in a sentence, or nothing."""
    return "" if address.startswith(SECURE) else tr(RISK, address=address)
