"""Workers elsewhere: a real scheduler and two workers on this machine, one of them killed in the middle.

The sweep itself runs in a process of its own, as a shell would start it.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Thread, Timer

import pytest

from curvegui.core.arithmetic import Arithmetic
from curvegui.files.sweep_file import read_sweep
from curvegui.sweeps.cluster import Cluster, Tls
from curvegui.sweeps.executor import ExecutorError
from tests.command import SECONDS, environment, run, started
from tests.sweeps.plans import TASKS, never

pytest.importorskip("distributed", reason="needs the extra cluster")
LINUX = pytest.mark.skipif(os.name != "posix", reason="Windows ends processes in its own way")
RUNS = 24
WORDS = ("--seeds", str(RUNS), "--iterations", "6000", "--keep", "sweep.jsonl")
SETTINGS = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}  # how long a client tries to come back

WISHES_TO_STOP = """
import sys
from curvegui.sweeps.cluster import Cluster
from tests.sweeps.plans import TASKS
print(list(Cluster(sys.argv[1], timeout=1000).outcomes(TASKS, iter([False, False, True]).__next__)))
"""


@contextmanager
def process(*words):
    """A process whose stderr can be read line by line, until the block ends or it takes far too long."""
    child = subprocess.Popen(
        [sys.executable, "-m", *words], env=environment(**SETTINGS), stderr=subprocess.PIPE, encoding="utf-8"
    )
    watchdog = Timer(SECONDS, child.kill)
    watchdog.start()
    try:
        yield child
    finally:
        watchdog.cancel()
        child.kill()
        child.communicate()


def swallow(stream):
    """Read what nobody wants, until the process ends or its end of the pipe is closed."""

    def read():
        with suppress(ValueError):  # closed before the first line, or in the middle of one
            for _ in stream:
                pass

    Thread(target=read, daemon=True).start()


@pytest.fixture
def cluster():
    """A scheduler and as many workers as are asked for: its address, its process and theirs."""
    with ExitStack() as stack:

        def start(workers, *security, protocol="tcp"):
            usual = ("--host", "127.0.0.1", "--no-dashboard", *security)
            words = ("distributed.cli.dask_scheduler", "--protocol", protocol, "--port", "0", *usual)
            scheduler = stack.enter_context(process(*words))
            lines = iter(scheduler.stderr.readline, "")
            address = next(line.split()[-1] for line in lines if "Scheduler at:" in line)
            swallow(scheduler.stderr)
            alone = ("--nthreads", "1", "--no-nanny", *usual)
            children = [
                stack.enter_context(process("distributed.cli.dask_worker", address, *alone)) for _ in range(workers)
            ]
            for child in children:
                swallow(child.stderr)
            return address, scheduler, children

        yield start


def wait_for_results(path, count, sweep):
    """Until a file has so many results; the watchdog of pytest is the bound."""
    while not path.exists() or path.read_bytes().count(b"\n") < count + 1:
        assert sweep.poll() is None


@LINUX
def test_one_of_two_workers_is_killed_and_every_result_is_there_once(cluster, tmp_path):
    address, _, workers = cluster(2)
    with started("sweep", *WORDS, "--json", "--scheduler", address, cwd=tmp_path) as sweep:
        wait_for_results(tmp_path / "sweep.jsonl", 3, sweep)
        workers[0].send_signal(signal.SIGKILL)
        out, err = sweep.communicate(timeout=SECONDS)
    assert sweep.returncode == 0, err
    assert f"The connection to {address} is not encrypted" in err
    assert [each["number"] for each in json.loads(out)["runs"]] != []
    lines = (tmp_path / "sweep.jsonl").read_text().splitlines()[1:]
    assert sorted(json.loads(line)["number"] for line in lines) == list(range(RUNS))


@LINUX
def test_a_dead_scheduler_loses_nothing_that_had_arrived(cluster, tmp_path):
    address, scheduler, _ = cluster(1)
    with started("sweep", *WORDS, "--scheduler", address, cwd=tmp_path) as sweep:
        wait_for_results(tmp_path / "sweep.jsonl", 2, sweep)
        scheduler.kill()
        out, err = sweep.communicate(timeout=SECONDS)
    assert sweep.returncode == 1
    assert f"The scheduler at {address} is gone." in err
    assert "Traceback" not in err
    arrived = len(read_sweep(tmp_path / "sweep.jsonl").results)
    assert 2 <= arrived < RUNS
    assert len(out.splitlines()) == arrived + 1
    assert run("sweep", "--resume", "sweep.jsonl", cwd=tmp_path).returncode == 0  # on this machine
    assert len(read_sweep(tmp_path / "sweep.jsonl").results) == RUNS


def test_a_scheduler_without_workers_is_told(cluster, tmp_path):
    address, _, _ = cluster(0)
    ended = run("sweep", *WORDS, "--scheduler", address, "--connect-timeout", "2", cwd=tmp_path)
    assert ended.returncode == 1
    assert f"The scheduler at {address} has no workers." in ended.stderr


def test_a_connection_that_does_not_come_up_ends(tmp_path):
    with socket.socket() as silent:  # takes the connection, and says nothing
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        ended = run("sweep", *WORDS, "--scheduler", address, "--connect-timeout", "1", cwd=tmp_path)
    assert ended.returncode == 1
    assert f"There is no connection to the scheduler at tcp://{address} after 1 s" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.fixture
def certificate(tmp_path):
    """A certificate that vouches for itself, and its key."""
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    try:
        subprocess.run([*words, "-keyout", key, "-out", cert], check=True, capture_output=True, timeout=SECONDS)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("there is no openssl here")
    return ("--tls-ca", str(cert), "--tls-cert", str(cert), "--tls-key", str(key))


def options_of(certificate):
    """What dask's own commands call the same files."""
    names = {"--tls-ca": "--tls-ca-file"}
    return [names.get(word, word) for word in certificate]


def test_tls_is_used_and_nothing_is_warned_of(cluster, certificate, tmp_path):
    address, _, _ = cluster(1, *options_of(certificate), protocol="tls")
    assert address.startswith("tls://")
    few = ("--seeds", "2", "--iterations", "100", "--precision", "single", "--keep", "sweep.jsonl")
    ended = run("sweep", *few, "--scheduler", address, *certificate, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "not encrypted" not in ended.stderr
    results = read_sweep(tmp_path / "sweep.jsonl").results
    assert [result.arithmetic for result in results.values()] == [Arithmetic(precision="single")] * 2
    ended = run("sweep", *few[:-1], "other.jsonl", "--scheduler", address, "--connect-timeout", "3", cwd=tmp_path)
    assert ended.returncode == 1
    assert "There is no connection" in ended.stderr


@pytest.mark.parametrize(
    ("address", "tls", "words"),
    [("tcp://a:1", Tls(ca=Path(__file__)), "begins with tls://"), ("tls://a:1", Tls(ca=Path("none")), "no file none")],
)
def test_what_does_not_go_together_is_refused(address, tls, words):
    with pytest.raises(ValueError, match=words):
        Cluster(address, tls)


def test_only_a_plain_connection_is_warned_of():
    assert Cluster("host:8786").address == "tcp://host:8786"
    assert "is not encrypted" in Cluster("host:8786").warning
    assert Cluster("tls://host:8786").warning == ""


def test_without_the_extra_it_is_said_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExecutorError, match=r"pip install 'curvegui\[cluster\]'"):
        list(Cluster("host:8786", timeout=1).outcomes(TASKS, never))


def test_a_wish_to_stop_ends_the_wait_for_a_connection():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        waits = run("-c", WISHES_TO_STOP, f"127.0.0.1:{silent.getsockname()[1]}", program=())
    assert (waits.returncode, waits.stdout) == (0, "[]\n"), waits.stderr
