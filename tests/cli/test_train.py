"""``curvegui train`` as a shell meets it: what it writes where, what it saves, and how it ends."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from curvegui.cli.picture import prepare_painting
from tests.help.command import environment, run, run_here, started

pytestmark = pytest.mark.costly

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows sends no such signal to a single process")
ENDLESS = ("train", "--iterations", "1000000000", "--json", "--engine", "numpy")
RUNAWAY = ("--aggression", "1e5", "--activation", "relu", "--output-activation", "linear")
STOPS_WHILE_SAVING = """
import signal, sys
import curvegui.cli.train
from curvegui.__main__ import main

def save(paths, saver):
    print("saving", file=sys.stderr, flush=True)
    while True:
        signal.pause()

curvegui.cli.train.save_all = save
sys.exit(main(sys.argv[1:]))
"""
TELLS_MODULES = """
import sys
from curvegui.__main__ import main
status = main(sys.argv[1:])
print(*(name for name in sys.modules if name.startswith(("PySide6", "pyqtgraph", "shiboken6"))), file=sys.stderr)
sys.exit(status)
"""


def train(*words: str, iterations: int = 500, how=run, **options: object):
    return how("train", "--iterations", str(iterations), *words, **options)


def train_here(*words: str, **options: object):
    return train(*words, how=run_here, **options)


@pytest.mark.slow
def test_the_result_goes_to_stdout_and_progress_to_stderr_and_no_qt_is_loaded():
    ended = train(iterations=1_000, program=("-c", TELLS_MODULES))
    assert ended.returncode == 0
    assert "cost" in ended.stdout
    assert "iterations  1,000" in ended.stdout
    assert "it/s" not in ended.stdout
    *progress, modules = ended.stderr.splitlines()
    assert modules == ""
    assert progress[-1].startswith("1,000 of 1,000 iterations, cost ")
    assert len(progress) <= 10


def test_json_is_one_object_and_nothing_else():
    ended = train_here("--json", "--quiet", "--hidden", "3", "4", "5", "--seed", "9")
    told = json.loads(ended.stdout)
    assert ended.returncode == 0
    assert ended.stderr == ""
    assert told["iterations"] == 500
    assert told["parameters"]["W2"] == [4, 3]
    assert told["parameters"]["b4"] == [2, 1]
    assert told["seed"] == 9
    assert told["interrupted"] is False
    assert told["saved"] == []


def test_the_same_seed_gives_the_same_result_and_picture_to_the_last_byte(tmp_path, qapp):
    def result(name: str, how=run) -> tuple[dict[str, object], bytes]:
        path = tmp_path / f"{name}.png"
        ended = train("--json", "--quiet", "--seed", "4", "--save", str(path), "--size", "200", how=how)
        told = json.loads(ended.stdout)
        del told["seconds"], told["saved"]
        return told, path.read_bytes()

    first = result("first")
    assert result("second", run_here) == first  # in another process
    assert json.loads(train_here("--json", "--quiet", "--seed", "5").stdout)["cost"] != first[0]["cost"]


def test_a_picture_needs_no_display_and_no_setting_and_neither_widgets_nor_pyqtgraph_are_loaded(tmp_path):
    without = {name: value for name, value in environment().items() if not name.startswith("QT_")}
    words = ("--quiet", "--save", "heart.png")
    ended = train(*words, iterations=10, cwd=tmp_path, env=without, program=("-c", TELLS_MODULES))
    assert ended.returncode == 0
    assert (tmp_path / "heart.png").stat().st_size > 1_000
    (line,) = ended.stderr.splitlines()
    loaded = line.split()
    assert "PySide6.QtGui" in loaded
    assert "PySide6.QtWidgets" not in loaded
    assert not [name for name in loaded if name.startswith("pyqtgraph")]


@POSIX
@pytest.mark.parametrize(
    ("number", "name", "start"), [(signal.SIGINT, "heart.png", b"\x89PNG"), (signal.SIGTERM, "heart.npz", b"PK")]
)
def test_a_signal_stops_it_and_what_there_is_is_saved_and_told(number, name, start, tmp_path):
    path = tmp_path / name
    with on_terminal(*ENDLESS, "--save", str(path)) as (process, terminal):
        shown = read_until(terminal, " left") + read_until(terminal, " left")
        process.send_signal(number)
        last = read_until(terminal, "\n")
        out, _ = process.communicate()
    told = json.loads(out)
    assert shown.count("\r") >= 2 and "\n" not in shown  # progress rewrites one line
    assert process.returncode == 130
    assert told["interrupted"] is True
    assert told["saved"] == [str(path)]
    assert f"{told['iterations']:,} of 1,000,000,000 iterations" in last
    assert path.read_bytes().startswith(start)


@POSIX
def test_a_second_ctrl_c_while_saving_ends_it_at_once(tmp_path):
    path = tmp_path / "heart.png"
    words = (*ENDLESS, "--save", str(path))
    with on_terminal(*words, program=("-c", STOPS_WHILE_SAVING)) as (process, terminal):
        read_until(terminal, " left")
        process.send_signal(signal.SIGINT)
        read_until(terminal, "saving")
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert not path.exists()


def test_a_run_away_run_is_saved_explained_and_ends_with_status_1(tmp_path, qapp):
    path = tmp_path / "last.png"
    ended = train_here("--json", "--quiet", "--save", str(path), *RUNAWAY)
    told = json.loads(ended.stdout)
    assert ended.returncode == 1
    assert told["diagnosis"]["condition"] == "non-finite"
    assert told["interrupted"] is False
    assert told["iterations"] < 500
    assert told["saved"] == [str(path)]
    assert "overflow" in ended.stderr


def test_a_save_that_fails_ends_with_status_1_and_the_result_is_told(tmp_path, qapp, monkeypatch):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.setattr("curvegui.cli.train.prepare_painting", lambda: (prepare_painting(), shutil.rmtree(folder)))
    ended = train_here("--quiet", "--json", "--save", str(folder / "heart.png"), iterations=100)
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["saved"] == []
    assert "“heart.png” could not be saved" in ended.stderr
    assert "no such folder" in ended.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["--momentum", "0.5"],
            "curvegui train: error: Momentum: it has no effect with the optimiser descent. Use it with",
        ),
        (["--aggression", "nan"], "curvegui train: error: Aggression: a number from 0 to 1,000,000."),
        (["--save", "no/heart.png"], "there is no folder no."),
        (["--speed", "1"], "unrecognized arguments: --speed 1"),
        (["--hidden", "1100", "1000", "--yes", "--save", "a.txt"], "too large for .txt; save .npz instead."),
        (["--hidden", "1100", "1000"], "1,105,202 weights and biases"),
        (["--hidden", "1100", "1000"], "Add --yes"),
        (["--hidden", "9000", "9000", "--yes"], "would take about 10.4 GB"),
    ],
)
def test_what_is_not_possible_ends_with_status_2_before_anything_is_trained(words, sentence):
    ended = train_here(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert sentence in ended.stderr
    assert "it/s" not in ended.stderr


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells and limits the memory in use")
def test_a_network_that_memory_has_no_room_for_ends_with_status_1_and_a_sentence():
    program = """
import resource, sys
from curvegui.__main__ import main
import curvegui.cli.train
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 100_000_000, -1))
sys.exit(main(sys.argv[1:]))
"""
    ended = run("train", "--hidden", "4000", "4000", "--yes", "--quiet", program=("-c", program))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "There is not enough memory for this network: it takes about 2.1 GB.\n"


@POSIX
@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 2)])
def test_at_a_terminal_it_asks_before_a_very_large_network(answer, status):
    words = ("train", "--hidden", "1100", "1000", "--points", "2", "--iterations", "1")
    with on_terminal(*words) as (process, terminal):
        asked = read_until(terminal, "[y/N]")
        os.write(terminal, f"{answer}\n".encode())
        out, _ = process.communicate()
    assert "1,105,202 weights and biases" in asked
    assert process.returncode == status
    assert ("iterations  1" in out) == (status == 0)


@contextmanager
def on_terminal(*words: str, **options: Any) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start the command with a terminal for what it asks and tells; its result goes to a pipe."""
    controller, terminal = os.openpty()
    try:
        with started(*words, stdin=terminal, stderr=terminal, **options) as process:
            os.close(terminal)
            yield process, controller
    finally:
        os.close(controller)


def read_until(terminal: int, text: str) -> str:
    """Read a terminal until a text has come."""
    read = ""
    while text not in read:
        read += os.read(terminal, 1_024).decode()
    return read
