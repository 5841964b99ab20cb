"""Workers elsewhere: a real scheduler and two workers on this machine, one of them killed in the middle.

The sweeps themselves run in a process of their own.
"""

import json
import os
import pickle
import re
import signal
import socket
import struct
import subprocess
import sys
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest

from curvegui.environment import extra_line
from curvegui.sweeps.cluster import Cluster, Tls
from curvegui.sweeps.executor import ExecutorError, outcomes
from curvegui.sweeps.results import read_sweep
from tests.help.command import run, run_here, started
from tests.help.patience import patience_s
from tests.sweeps.clusters import running_cluster
from tests.sweeps.plans import TASKS, never

pytestmark = pytest.mark.costly

if find_spec("distributed") is None:  # not imported: it is large
    pytest.skip("needs the extra cluster", allow_module_level=True)
LINUX = pytest.mark.skipif(os.name != "posix", reason="Windows ends processes in its own way")
FEW_THEN_MANY = "iterations=10,20,30,15000,15001"  # some arrive at once, and some are still being made then
ONE_OF_MANY = "iterations=10,20,25000"
TRUSTED = "--trust-scheduler"
WORDS = ("--hidden", "3", "--points", "9", "--keep", "sweep.jsonl")
WISHES_TO_STOP = """
import sys
from curvegui.__main__ import main
from curvegui.sweeps.cluster import Cluster
from curvegui.sweeps.executor import outcomes
from tests.sweeps.plans import TASKS
address = sys.argv[sys.argv.index("--scheduler") + 1]
print(list(outcomes(Cluster(address, timeout=1000, is_trusted=True), TASKS, iter([False, False, True]).__next__)))
sys.exit(main(sys.argv[1:]))
"""
CARRIES_OUT = """
import json, sys
from tests.help.command import run_here
for line in sys.stdin:
    words, folder = json.loads(line)
    ended = run_here(*words, cwd=folder)
    print(json.dumps([ended.returncode, ended.stdout, ended.stderr]), flush=True)
"""


@pytest.fixture
def cluster():
    """Starts a scheduler and as many workers as are asked for."""
    with running_cluster() as start:
        yield start


class Console:
    """Carries out commands in a process of its own, one after the other: it takes long to import what they need."""

    def __init__(self, process):
        self._process = process

    def begin(self, *words, cwd):
        self._process.stdin.write(json.dumps([words, str(cwd)]) + "\n")
        self._process.stdin.flush()
        return self._process

    def end(self):
        """What came of the command that was begun."""
        return subprocess.CompletedProcess((), *json.loads(self._process.stdout.readline()))

    def run(self, *words, cwd):
        self.begin(*words, cwd=cwd)
        return self.end()


@pytest.fixture(scope="module")
def console():
    with started("-c", CARRIES_OUT, program=(), stdin=subprocess.PIPE, stderr=None) as process:
        yield Console(process)


def wait_for_results(path, count, sweep):
    """Until a file has so many results; the watchdog of pytest is the bound."""
    while not path.exists() or path.read_bytes().count(b"\n") < count + 1:
        assert sweep.poll() is None
        sleep(0.01)  # not to take the time of those that are waited for


@pytest.mark.slow
@LINUX
def test_neither_a_worker_that_is_killed_nor_then_a_dead_scheduler_loses_what_had_arrived(cluster, console, tmp_path):
    address, scheduler, workers = cluster(2)
    words = ("sweep", "--vary", FEW_THEN_MANY, *WORDS, "--json", "--scheduler", address, TRUSTED)
    wait_for_results(tmp_path / "sweep.jsonl", 2, console.begin(*words, cwd=tmp_path))
    workers[0].send_signal(signal.SIGKILL)
    ended = console.end()
    assert ended.returncode == 0, ended.stderr
    assert f"Whoever answers at {address} can run programs as you" in ended.stderr
    assert [each["number"] for each in json.loads(ended.stdout)["runs"]] != []
    lines = (tmp_path / "sweep.jsonl").read_text().splitlines()[1:]
    assert sorted(json.loads(line)["number"] for line in lines) == list(range(5))  # each once

    kept = tmp_path / "other.jsonl"
    words = ("sweep", "--vary", ONE_OF_MANY, *WORDS[:-1], kept.name, "--scheduler", address, TRUSTED)
    wait_for_results(kept, 2, console.begin(*words, cwd=tmp_path))
    scheduler.kill()
    ended = console.end()
    assert ended.returncode == 1
    assert f"The scheduler at {address} is gone." in ended.stderr
    assert "Traceback" not in ended.stderr
    arrived = len(read_sweep(kept).results)
    assert arrived == 2
    assert len(ended.stdout.splitlines()) == arrived + 1
    assert run_here("sweep", "--resume", kept.name, "--workers", "1", cwd=tmp_path).returncode == 0  # on this machine
    assert len(read_sweep(kept).results) == 3


@pytest.mark.slow
def test_a_connection_that_does_not_come_up_ends_and_so_it_does_by_a_wish_to_stop(tmp_path):
    with socket.socket() as ablated:  # takes the connection, and says nothing
        ablated.bind(("127.0.0.1", 0))
        ablated.listen()
        address = f"127.0.0.1:{ablated.getsockname()[1]}"
        words = ("sweep", "--seeds", "2", *WORDS, "--scheduler", address, TRUSTED, "--connect-timeout", "1", "--json")
        waits = run("-c", WISHES_TO_STOP, *words, program=(), cwd=tmp_path)
    stopped, table = waits.stdout.split("\n", 1)
    assert (waits.returncode, stopped, json.loads(table)["runs"]) == (1, "[]", []), waits.stderr
    assert f"There is no connection to the scheduler at tcp://{address} after 1 s" in waits.stderr
    assert "Traceback" not in waits.stderr


@pytest.fixture
def certificate(tmp_path):
    """A certificate that vouches for itself, and its key."""
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    try:
        subprocess.run([*words, "-keyout", key, "-out", cert], check=True, capture_output=True, timeout=patience_s())
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("there is no openssl here")
    return ("--tls-ca", str(cert), "--tls-cert", str(cert), "--tls-key", str(key))


def options_of(certificate):
    """What dask's own commands call the same files."""
    names = {"--tls-ca": "--tls-ca-file"}
    return [names.get(word, word) for word in certificate]


def test_a_scheduler_without_workers_is_told_and_with_one_tls_is_used_and_nothing_is_warned_of(
    cluster, certificate, console, tmp_path
):
    options = options_of(certificate)
    address, _, _ = cluster(0, *options, protocol="tls")
    assert address.startswith("tls://")
    few = ("--seeds", "2", "--iterations", "100", "--precision", "single", "--keep")
    secure = ("--scheduler", address, *certificate)
    alone = console.run("sweep", *few, "none.jsonl", *secure, "--connect-timeout", "1", cwd=tmp_path)
    assert alone.returncode == 1
    assert f"The scheduler at {address} has no workers." in alone.stderr
    cluster(1, *options, address=address)
    ended = console.run("sweep", *few, "sweep.jsonl", *secure, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "can run programs as you" not in ended.stderr
    results = read_sweep(tmp_path / "sweep.jsonl").results
    assert [result.backend.precision for result in results.values()] == ["single"] * 2


@contextmanager
def stranger(marker):
    """Whoever answers at an address: the first thing that they send makes a file where it is unpickled.

    Gives the address, and a list of those who have connected.
    """
    import msgpack  # which comes with the extra

    pickled = {"pickled-obj": pickle.dumps(Made(marker)), "num-sub-frames": 0}
    frames = [msgpack.dumps(each) for each in ({"__Pickled__": 1}, pickled)]
    sizes = struct.pack("3Q", 2, *map(len, frames))
    first = struct.pack("Q", len(sizes) + sum(map(len, frames))) + sizes + b"".join(frames)
    came = []

    def answer():
        with suppress(OSError):  # the end of the block
            while True:
                came.append(server.accept()[0])
                came[-1].sendall(first)

    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=answer, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}", came
        server.shutdown(socket.SHUT_RDWR)
    for each in came:
        each.close()


class Made:
    """Makes a file where it is unpickled."""

    def __init__(self, path):
        self._path = path

    def __reduce__(self):
        return Path.touch, (self._path,)


@LINUX
def test_nobody_connects_to_a_stranger_unless_somebody_trusts_them_and_tls_turns_them_away(
    certificate, console, tmp_path
):
    marker = tmp_path / "made by a stranger"
    words = ("sweep", "--seeds", "2", *WORDS, "--connect-timeout", "1", "--scheduler")
    with stranger(marker) as (address, came):
        for plain in (address, f"ws://{address}"):
            refused = console.run(*words, plain, cwd=tmp_path)
            assert refused.returncode == 2
            assert f"{address} can run programs as you on this computer" in refused.stderr
        without_files = console.run(*words, f"tls://{address}", cwd=tmp_path)
        assert without_files.returncode == 2
        assert "needs three files" in without_files.stderr
        assert (came, list(tmp_path.glob("*.jsonl"))) == ([], [])
        safe = console.run(*words, f"tls://{address}", *certificate, cwd=tmp_path)
        assert safe.returncode == 1
        assert "There is no connection" in safe.stderr
        assert came
        assert not marker.exists()
        console.run(*words, address, TRUSTED, cwd=tmp_path)
        assert marker.exists()  # it is a true stranger, of whom the word of a person was taken


@pytest.mark.parametrize(
    ("address", "tls", "words"),
    [
        ("tcp://a:1", Tls(ca=Path(__file__)), "begins with tls://"),
        ("tls://a:1", Tls(), "needs three files"),
        ("tls://a:1", Tls(ca=Path(__file__), cert=Path(__file__)), "needs three files"),
    ],
)
def test_what_does_not_go_together_is_refused(address, tls, words):
    with pytest.raises(ValueError, match=words):
        Cluster(address, tls, is_trusted=True)


def test_a_file_that_is_not_there_is_told_before_anything_connects():
    cluster = Cluster("tls://a:1", Tls(Path(__file__), Path(__file__), Path("none")))
    with pytest.raises(ExecutorError, match="no file none"):
        list(outcomes(cluster, TASKS, never))


@pytest.mark.parametrize(
    "address", ["host:8786", "ws://host:80", "wss://host:80", "ucx://a:1", "127.0.0.1:1", "[::1]:1"]
)
def test_an_address_where_a_stranger_could_answer_is_refused_unless_somebody_trusts_it(address):
    with pytest.raises(ValueError, match=r"can run programs as you on this computer.*--trust-scheduler"):
        Cluster(address)
    trusted = Cluster(address, is_trusted=True)
    assert trusted.address.endswith(f"//{address}" if "//" not in address else address)
    assert "can run programs as you" in trusted.warning
    files = Tls(*[Path(__file__)] * 3)
    assert Cluster("tls://host:8786", files).warning == ""


@pytest.mark.parametrize(
    "address",
    ["", "tcp://", "host", "tls://host", "host:", ":8786", "host:0", "host:65536", "host:٣", "a b:1", "foo://a:1",
     "tls://a:1/x", "host:1\n", "tls://tls://a:1", "inproc://a:1", "[::1:8786"],
)  # fmt: skip
def test_what_is_no_address_is_refused_at_once(address):
    with pytest.raises(
        ValueError, match=r"(?s)^A scheduler's address is written tls://host:8786 or tcp://host:8786.*\.$"
    ):
        Cluster(address)


class Late:
    """A client of a scheduler that was slow to answer."""

    def __init__(self):
        self.closed = Event()

    def wait_for_workers(self, count, timeout):
        pass

    def close(self, timeout):
        self.closed.set()


def test_a_connection_that_comes_up_after_a_stop_is_closed_again(monkeypatch):
    late, stopped = Late(), Event()

    def made(cluster):
        assert stopped.wait(patience_s())
        return late

    monkeypatch.setattr(Cluster, "_client", made)
    assert list(outcomes(Cluster("a:1", is_trusted=True), TASKS, lambda: True)) == []
    stopped.set()
    assert late.closed.wait(patience_s())


def test_a_connection_that_comes_up_after_the_time_out_is_closed_again(monkeypatch):
    late, stopped = Late(), Event()

    def made(cluster):
        assert stopped.wait(patience_s())
        return late

    monkeypatch.setattr(Cluster, "_client", made)
    monkeypatch.setattr("curvegui.sweeps.cluster.GRACE_SECONDS", 0)
    with pytest.raises(ExecutorError, match="it does not answer"):
        list(outcomes(Cluster("a:1", timeout=0, is_trusted=True), TASKS, never))
    stopped.set()
    assert late.closed.wait(patience_s())


def test_without_the_extra_it_is_said_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExecutorError, match=re.escape(extra_line("cluster"))):
        list(outcomes(Cluster("host:8786", timeout=1, is_trusted=True), TASKS, never))
