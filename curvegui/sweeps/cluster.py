"""Runs carried out by the workers of a `dask.distributed` scheduler, on this machine or many others."""

import importlib.util
import logging
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Any

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.installing import install_hint
from curvegui.core.language.text import mark, tr
from curvegui.core.sweep.plan import SweepTask
from curvegui.core.sweep.task import run_text, task_text
from curvegui.sweeps.executor import WAKE_SECONDS, ExecutorError, Failure, Outcome, outcome_of

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


CONNECT_SECONDS = 30.0
GRACE_SECONDS, GATHER_SECONDS = 5.0, 60.0  # beyond the client's own time-outs; for one result, of 400 KB at most
ON_THE_WAY = 1_000  # runs that the scheduler knows of
PLAIN = ["dask", "msgpack"]  # all that we send or need; what comes back may be pickled all the same (see `address`)
RETRIES = 2  # of a run whose worker failed it


def is_installed() -> bool:
    """Whether the extra that a cluster needs is installed; nothing is imported to find out."""
    return importlib.util.find_spec("distributed") is not None


def missing() -> str:
    """A sentence where it is not installed, with what to type."""
    return tr("A cluster needs dask.distributed. {hint}", hint=install_hint("cluster"))


@dataclass(frozen=True)
class Cluster:
    """An executor with workers elsewhere.

    There is none for an address where a stranger could answer, unless it ``is_trusted``: a person has been told what
    that means, and wants it. Raises ``ValueError``, a sentence for people, for that, and if that is no address or it
    and the files do not fit together.
    """

    address: str  # the scheduler's: ``"tls://host:8786"``
    tls: Tls = NO_FILES
    timeout: float = CONNECT_SECONDS  # seconds for the connection, and for a first worker to be there
    is_trusted: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", whole_address(self.address, self.tls))
        for path in self.tls.files:
            if not path.is_file():
                raise ValueError(tr("There is no file {path}.", path=path))
        if self.warning and not self.is_trusted:
            raise ValueError(
                tr(
                    "{risk} Use a tls:// address with its three files. If you trust whoever answers there all the "
                    "same, add --trust-scheduler.",
                    risk=self.warning,
                )
            )

    @property
    def warning(self) -> str:
        """What a person should know before anything connects, or nothing."""
        return risk_of(self.address)

    def outcomes(
        self, tasks: Sequence[SweepTask], should_stop: Callable[[], bool], arithmetic: Arithmetic = USUAL
    ) -> Generator[Outcome, None, None]:
        """See `Executor.outcomes`."""
        if not tasks:
            return
        client = self._connected(should_stop)
        if client is None:
            return
        try:
            yield from _Runs(client, self.address, arithmetic).outcomes(tasks, should_stop)
        finally:
            with suppress(Exception):  # whatever a broken connection says: there is nothing left to do
                client.close(timeout=1)

    def _connected(self, should_stop: Callable[[], bool]) -> Any:
        """A client whose scheduler has a worker; None if it should stop.

        It is made in a thread: its own time-out fails if the other end accepts a connection and stays silent.
        """
        answers: SimpleQueue[Any] = SimpleQueue()
        unwanted = Event()
        Thread(target=self._connect, args=(answers, unwanted), daemon=True).start()
        latest = monotonic() + 2 * self.timeout + GRACE_SECONDS
        while not should_stop():
            with suppress(Empty):
                answer = answers.get(timeout=WAKE_SECONDS)
                if isinstance(answer, ExecutorError):
                    raise answer
                return answer
            if monotonic() > latest:
                unwanted.set()
                _clear(answers)
                raise ExecutorError(self._not_connected(TimeoutError(tr("it does not answer"))))
        unwanted.set()
        _clear(answers)
        return None

    def _connect(self, answers: "SimpleQueue[Any]", unwanted: Event) -> None:
        """Make a client; if nobody waits for it any more, close it again."""
        answers.put(self._made())
        if unwanted.is_set():
            _clear(answers)

    def _made(self) -> Any:
        """A client, or an `ExecutorError` in its place."""
        try:
            client = self._client()
        except ImportError:
            return ExecutorError(missing())
        except Exception as error:  # it raises whatever its transports do
            return ExecutorError(self._not_connected(error))
        try:
            client.wait_for_workers(1, timeout=self.timeout)
        except Exception:
            with suppress(Exception):  # as below: the one who waits must hear of it
                client.close(timeout=1)
            return ExecutorError(tr("The scheduler at {address} has no workers.", address=self.address))
        return client

    def _client(self) -> Any:
        from distributed import Client, Security

        for name in ("distributed.client", "distributed.comm", "distributed.core", "distributed.batched"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what they complain of is told in our own words
        return Client(
            self.address,
            timeout=self.timeout,
            security=self._security(Security) if self.tls.files else None,
            set_as_default=False,
            serializers=PLAIN,
            deserializers=PLAIN,
        )

    def _security(self, kind: Any) -> Any:
        files = {"tls_ca_file": self.tls.ca, "tls_client_cert": self.tls.cert, "tls_client_key": self.tls.key}
        return kind(require_encryption=True, **{name: str(path) for name, path in files.items()})

    def _not_connected(self, error: Exception) -> str:
        said = str(error).strip().rstrip(".") or type(error).__name__
        return tr(
            "There is no connection to the scheduler at {address} after {timeout:g} s: {said}.",
            address=self.address,
            timeout=self.timeout,
            said=said,
        )


def _clear(answers: "SimpleQueue[Any]") -> None:
    """Close a client that has come too late."""
    with suppress(Empty):
        client = answers.get_nowait()
        if not isinstance(client, ExecutorError):
            with suppress(Exception):
                client.close(timeout=1)


class _Runs:
    """Runs on their way to the scheduler and back."""

    def __init__(self, client: Any, address: str, arithmetic: Arithmetic) -> None:
        self._client, self._address, self._arithmetic = client, address, arithmetic
        self._ended: SimpleQueue[Any] = SimpleQueue()
        self._away: dict[str, tuple[SweepTask, Any]] = {}

    def outcomes(self, tasks: Sequence[SweepTask], should_stop: Callable[[], bool]) -> Generator[Outcome, None, None]:
        """Send runs, a bounded number at a time, and take what comes back."""
        waiting = iter(tasks)
        self._send(islice(waiting, ON_THE_WAY))
        while self._away and not should_stop():
            try:
                future = self._ended.get(timeout=WAKE_SECONDS)
            except Empty:
                continue
            task, _ = self._away.pop(future.key)
            outcome = self._outcome(future, task)
            self._send(islice(waiting, 1))
            yield outcome

    def _send(self, tasks: Iterator[SweepTask]) -> None:
        for task in tasks:
            future = self._client.submit(run_text, task_text(task, self._arithmetic), pure=False, retries=RETRIES)
            self._away[future.key] = task, future  # a future that is let go of is cancelled
            future.add_done_callback(self._ended.put)

    def _outcome(self, future: Any, task: SweepTask) -> Outcome:
        if future.status == "error":
            return self._failed(future.exception(timeout=GATHER_SECONDS), task)
        try:
            return outcome_of(future.result(timeout=GATHER_SECONDS), task)
        except (CancelledError, OSError, TimeoutError) as error:  # it cancels all when its connection breaks
            raise ExecutorError(tr("The scheduler at {address} is gone.", address=self._address)) from error

    def _failed(self, error: BaseException, task: SweepTask) -> Outcome:
        if isinstance(error, ModuleNotFoundError):
            raise ExecutorError(
                tr("The workers cannot do this: {error}. Install CurveGUI and NumPy on them.", error=error)
            )
        return Failure(task, tr("Its worker says: {words}", words=str(error).strip() or type(error).__name__))
