"""Runs carried out by the workers of a `dask.distributed` scheduler, on this machine or many others."""

import importlib.util
import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from curvegui.core.installing import install_hint
from curvegui.core.language.text import mark, tr
from curvegui.sweeps.executor import WAKE_SECONDS, Connection, ExecutorError

ADDRESS = re.compile(r"(\w+)://(?:\[[0-9A-Fa-f:.]+\]|[^\s/:\[\]]+):(\d{1,5})", re.ASCII)
SECURE = "tls://"
SCHEMES = ("tls", "tcp", "ws", "wss", "ucx", "ucxx")  # on all but the first, nobody has to prove who they are
MOST_PORTS = 65_535
RISK = mark(
    "Whoever answers at {address} can run programs as you on this computer, and whoever listens on the way can read "
    "and change what is sent."
)
INSTEAD = mark(
    "{risk} Use a tls:// address with its three files. If you trust whoever answers there all the same, add "
    "--trust-scheduler."
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
        return tuple(filter(None, (self.ca, self.cert, self.key)))

    @property
    def trouble(self) -> str:
        """A sentence about the first file that does not exist, or an empty text."""
        missing = next((path for path in self.files if not path.is_file()), None)
        return "" if missing is None else tr("There is no file {path}.", path=missing)


def whole_address(written: str, tls: Tls) -> str:
    """The address with its scheme; raises ``ValueError`` if it is wrong, or if the files do not fit the scheme."""
    address = written if "://" in written else f"tcp://{written}"
    found = ADDRESS.fullmatch(address)
    if not found or found[1] not in SCHEMES or not 1 <= int(found[2]) <= MOST_PORTS:
        words = mark("A scheduler's address is written tls://host:8786 or tcp://host:8786, not “{written}”.")
        if not (rest := address.removeprefix("tcp://")):
            words = mark("A scheduler's address is written tls://host:8786 or tcp://host:8786.")
        raise ValueError(tr(words, written=rest))
    if tls.files and not address.startswith(SECURE):
        raise ValueError(tr("TLS needs an address that begins with tls://, and {address} does not.", address=address))
    if address.startswith(SECURE) and len(tls.files) < 3:
        raise ValueError(tr("{address} needs three files: the CA, your certificate and its key.", address=address))
    return address


def risk_of(address: str) -> str:
    """A sentence about the risk of connecting to an address; empty for a secure address."""
    return "" if address.startswith(SECURE) else tr(RISK, address=address)


CONNECT_SECONDS = 30.0
GRACE_SECONDS = 5.0  # beyond the client's own time-outs
ON_THE_WAY = 1_000  # runs that the scheduler knows of
PLAIN = ["dask", "msgpack"]  # all that we send or need; what comes back may be pickled all the same (see ``RISK``)
RETRIES = 2  # of a run whose worker failed it


def is_installed() -> bool:
    """Whether `distributed`, which a cluster needs, is installed; nothing is imported to find out."""
    return importlib.util.find_spec("distributed") is not None


def missing() -> str:
    return tr("A cluster needs dask.distributed. {hint}", hint=install_hint("cluster"))


@dataclass(frozen=True)
class Cluster:
    """Workers of a scheduler; see `Workers`. The files are read when the connection is opened. Raises ``ValueError``
    for a wrong address, and for an address where a stranger could answer, unless it ``is_trusted``."""

    address: str  # the scheduler's: ``"tls://host:8786"``
    tls: Tls = Tls()
    timeout: float = CONNECT_SECONDS  # seconds for the connection, and for a first worker to be there
    is_trusted: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", whole_address(self.address, self.tls))
        if self.warning and not self.is_trusted:
            raise ValueError(tr(INSTEAD, risk=self.warning))

    @property
    def warning(self) -> str:
        """A sentence about the risk of connecting; empty for a secure address."""
        return risk_of(self.address)

    @contextmanager
    def open(self, should_stop: Callable[[], bool]) -> Iterator[Connection | None]:
        if trouble := self.tls.trouble:
            raise ExecutorError(trouble)
        client = self._connected(should_stop)
        if client is None:
            yield None
            return
        executor = client.get_executor(pure=False, retries=RETRIES)
        words = tr("The scheduler at {address} is gone.", address=self.address)
        try:
            yield Connection(executor, ON_THE_WAY, lambda: client.status == "closed", words)
        finally:
            _close(client)

    def _connected(self, should_stop: Callable[[], bool]) -> Any:
        """A client that has a worker, or None if it should stop. A thread makes it: a silent server defeats the
        client's time-out."""
        connecting = Future[Any]()
        Thread(target=self._connect, args=(connecting,), daemon=True).start()
        latest = monotonic() + 2 * self.timeout + GRACE_SECONDS
        while not (is_unwanted := should_stop()) and monotonic() <= latest:
            if wait([connecting], WAKE_SECONDS).done:
                return connecting.result()
        if not connecting.cancel():  # it has come in this very moment
            with suppress(ExecutorError):
                _close(connecting.result())
        if is_unwanted:
            return None
        raise ExecutorError(self._not_connected(TimeoutError(tr("it does not answer"))))

    def _connect(self, connecting: "Future[Any]") -> None:
        """Make a client; close it again if nobody waits for it any more."""
        client, trouble = None, ""
        try:
            client = self._client()
        except ImportError:
            trouble = missing()
        except Exception as error:  # it raises whatever its transports do
            trouble = self._not_connected(error)
        else:
            try:
                client.wait_for_workers(1, timeout=self.timeout)
            except Exception:
                trouble = tr("The scheduler at {address} has no workers.", address=self.address)
        is_wanted = connecting.set_running_or_notify_cancel()
        if client is not None and (trouble or not is_wanted):
            _close(client)
        if is_wanted and trouble:
            connecting.set_exception(ExecutorError(trouble))
        elif is_wanted:
            connecting.set_result(client)

    def _client(self) -> Any:
        from distributed import Client, Security

        for name in ("distributed.client", "distributed.comm", "distributed.core", "distributed.batched"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what they complain of is told in our own words
        files = {"tls_ca_file": self.tls.ca, "tls_client_cert": self.tls.cert, "tls_client_key": self.tls.key}
        names = {name: str(path) for name, path in files.items()}
        return Client(
            self.address,
            timeout=self.timeout,
            security=Security(require_encryption=True, **names) if self.tls.files else None,
            set_as_default=False,
            serializers=PLAIN,
            deserializers=PLAIN,
        )

    def _not_connected(self, error: Exception) -> str:
        said = str(error).strip().rstrip(".") or type(error).__name__
        words = mark("There is no connection to the scheduler at {address} after {timeout:g} s: {said}.")
        return tr(words, address=self.address, timeout=self.timeout, said=said)


def _close(client: Any) -> None:
    with suppress(Exception):  # whatever a broken connection says: there is nothing left to do
        client.close(timeout=1)
