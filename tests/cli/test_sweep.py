"""``curvegui sweep`` as a shell meets it: what it writes where, what it keeps, and how it goes on and ends."""

import csv
import json
import os
import select
import shlex
import signal
import sys
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest

from curvegui.cli.sweep import backend_from, build_parser
from curvegui.core.engine.backend import AUTO, NUMPY, Backend
from curvegui.core.learner.engines import usable_backend, words_for
from curvegui.sweeps.results import read_sweep
from tests.core.runs import SINGLE, C
from tests.help.command import run, run_here, started
from tests.help.patience import patience_s
from tests.help.workers import Here
from tests.sweeps.plans import PLAN, kept

C_SINGLE = replace(C, precision="single")


@pytest.mark.parametrize(
    ("sweep_", "words", "expected"),
    [
        (kept(PLAN), (), Backend(AUTO)),
        (kept(PLAN), ("--precision", "single"), Backend(AUTO, "single")),
        (kept(PLAN), ("--engine", "numpy"), NUMPY),
        (kept(PLAN), ("--engine", "c"), Backend("c")),
        (kept(PLAN, SINGLE), (), SINGLE),
        (kept(PLAN, C_SINGLE), ("--precision", "double"), Backend("c")),
        (kept(PLAN, C_SINGLE), ("--engine", "numpy"), SINGLE),
    ],
)
def test_it_is_what_is_asked_for_or_what_has_computed_it(sweep_, words, expected):
    assert backend_from(build_parser().parse_args(["--quiet", *words]), sweep_) == expected


pytestmark = pytest.mark.costly

SMALL = ("--hidden", "3", "--points", "9", "--iterations", "200")
GRID = ("--vary", "aggression=0.1..100*4", "noise=0,1", *SMALL)
LONG = ("--seeds", "3", "--iterations", "100000000", "--keep", "sweep.jsonl")
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows sends no such signal to a single process")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not show a process's children")


@pytest.fixture
def sweep(tmp_path):
    """A sweep as a shell starts it."""

    def do(*words, **options):
        return run("sweep", *words, cwd=tmp_path, **options)

    return do


@pytest.fixture
def sweep_here(tmp_path, monkeypatch):
    """The same without another process, for what is written and kept."""
    monkeypatch.setattr("curvegui.cli.sweep.LocalPool", lambda workers: Here())

    def do(*words):
        return run_here("sweep", *words, cwd=tmp_path)

    return do


def kept_in(folder):
    (path,) = folder.glob("*.jsonl")
    return path


@pytest.mark.slow
def test_the_table_goes_to_stdout_sorted_by_cost_and_progress_to_stderr_and_no_qt_is_loaded(sweep, tmp_path):
    tells = (
        "import sys; from curvegui.__main__ import main; main(sys.argv[1:]);"
        "sys.exit(any(name.startswith(('PySide6', 'distributed')) for name in sys.modules))"
    )
    ended = sweep(*GRID, program=("-c", tells))
    assert ended.returncode == 0
    head, *lines = ended.stdout.splitlines()
    assert head.split()[:5] == ["Run", "Cost", "Aggression", "Noise", "Seed"]
    assert len(lines) == 8
    rows = read_sweep(kept_in(tmp_path)).results.values()
    assert [int(line.split()[0]) - 1 for line in lines] == [
        each.number for each in sorted(rows, key=lambda each: each.cost)
    ]
    *_, last, where = ended.stderr.splitlines()
    assert last.startswith("8 of 8 runs, lowest cost ")
    assert where.endswith(f" {kept_in(tmp_path).name}.")


@pytest.mark.slow
def test_the_same_command_again_computes_nothing_and_says_the_same(sweep_here, tmp_path):
    first, path = sweep_here(*GRID, "--quiet"), kept_in(tmp_path)
    before = path.read_bytes()
    again = sweep_here(*GRID, "--quiet")
    assert (again.returncode, again.stdout) == (0, first.stdout)
    assert kept_in(tmp_path).read_bytes() == before
    assert sweep_here("--resume", path.name, "--quiet").stdout == first.stdout


def test_json_is_one_object_and_nothing_else(sweep_here):
    told = json.loads(sweep_here(*GRID, "--json", "--quiet", "--sort", "number").stdout)
    assert [each["number"] for each in told["runs"]] == list(range(1, 9))
    assert told["runs"][0]["aggression"] == 0.1
    assert told["plan"]["vary"] == ["aggression=0.1,1,10,100", "noise=0,1"]
    assert (told["failed"], told["interrupted"]) == ([], False)


def test_csv_is_read_by_others(sweep_here):
    rows = list(
        csv.DictReader(sweep_here(*GRID, "--csv", "--quiet", "--sort", "noise", "--descending").stdout.splitlines())
    )
    assert [row["noise"] for row in rows] == ["1"] * 4 + ["0"] * 4
    assert float(rows[0]["cost"]) > 0


def test_people_read_names_and_programs_read_keys(sweep_here):
    words = ("--vary", "optimizer=descent,levenberg-marquardt", *SMALL, "--quiet", "--sort", "optimizer")
    text, table, told = (sweep_here(*words, *form).stdout for form in ((), ("--csv",), ("--json",)))
    assert "Steepest descent" in text.splitlines()[1]
    assert "Finish (Levenberg-Marquardt)" in text.splitlines()[2]
    names = ["descent", "levenberg-marquardt"]
    assert [row["optimizer"] for row in csv.DictReader(table.splitlines())] == names
    assert [row["optimizer"] for row in json.loads(told)["runs"]] == names


def test_a_sweep_goes_on_with_what_computed_it_unless_another_is_asked_for_which_is_told(sweep_here, tmp_path):
    path = tmp_path / "sweep.jsonl"

    def computed():
        return [result.backend.precision for result in read_sweep(path).results.values()]

    def cut(lines):
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[: lines + 1]))

    sweep_here(*GRID, "--keep", path.name, "--precision", "single")
    cut(6)
    ended = sweep_here("--resume", path.name)
    assert computed() == ["single"] * 8
    assert "Not the same engine" not in ended.stderr
    cut(6)
    ended = sweep_here("--resume", path.name, "--precision", "double")
    assert computed() == ["single"] * 6 + ["double"] * 2
    assert ended.returncode == 0
    single, double = (usable_backend(Backend(AUTO, each), (1, 3, 2)) for each in ("single", "double"))
    assert f"Different engines computed these runs ({words_for(single)} 6, {words_for(double)} 2)" in ended.stderr


def test_top_shows_the_first_rows(sweep_here):
    lines = sweep_here(*GRID, "--top", "3").stdout.splitlines()
    assert len(lines) == 5
    assert lines[-1] == "and 5 more"


def test_a_sample_and_a_curve_of_ones_own(sweep_here):
    told = sweep_here(
        "--vary", "noise=0..1", "--sample", "3", "--formula", "t", "t^2", *SMALL[:2], "--json", "--iterations=50"
    )
    assert len({each["noise"] for each in json.loads(told.stdout)["runs"]}) == 3


def test_pictures_are_saved(sweep_here, tmp_path, qapp):
    ended = sweep_here(*GRID, "--picture", "curves.png", "--plot", "costs.svg", "--top", "2", "--look", "dark")
    assert ended.returncode == 0
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "costs.svg").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "There is nothing to vary"),
        (("--vary", "noise=1.."), "is not a range"),
        (("--vary", "noise=0..1"), "how many values"),
        (("--vary", "foo=1"), "There is no setting “foo”"),
        (("--seeds", "0"), "Seeds: a whole number from 1"),
        (("--seeds", "2", "--workers", "much"), "Workers: a whole number from 1"),
        (("--seeds", "2", "--sort", "luck"), "There is no column “luck”. There are: number, cost, seed,"),
        (("--seeds", "2", "--noise", "-1"), "Noise: a number from 0"),
        (
            ("--seeds", "2", "--momentum", "0.5"),
            "Momentum: it has no effect with the optimiser descent. Use it with mom",
        ),
        (
            ("--vary", "memory=0,0.9"),
            "Memory: it has no effect with the optimiser descent. Use it with rmsprop or adam",
        ),
        (("--vary", "optimizer=descent,lbfgs", "--memory", "0.9"), "Memory: it has no effect"),
        (("--seeds", "2", "--picture", "x.gif"), "must end in one of .png, .svg, .pdf"),
        (("--seeds", "2", "--tls-ca", "ca.pem"), "are for --scheduler"),
        (("--seeds", "2", "--scheduler", "a:1", "--workers", "2"), "a scheduler has its own"),
        (("--seeds", "2", "--scheduler", "a:1", "--tls-ca", "ca.pem"), "begins with tls://"),
        (("--seeds", "2", "--scheduler", "tls://a:1", "--tls-ca", "ca.pem"), "needs three files"),
        (("--seeds", "2", "--scheduler", "127.0.0.1:1"), "127.0.0.1:1 can run programs as you"),
        (("--seeds", "2", "--trust-scheduler"), "are for --scheduler"),
        (("--seeds", "2", "--hidden", "2000", "2000", "2000"), "Add --yes"),
        (("--resume", "none.jsonl"), "There is no such file"),
        (("--resume", "none.jsonl", "--seeds", "2"), "leave out what it tries"),
        (("--resume", "none.jsonl", "--noise", "2"), "leave out what it tries"),
        (("--resume", "none.jsonl", "--points", "20"), "leave out what it tries"),
        (("--json", "--csv", "--seeds", "2"), "not allowed with"),
    ],
)
def test_what_is_not_possible_is_refused_before_anything_is_tried(sweep_here, tmp_path, words, said):
    ended = sweep_here(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_sweep_is_refused_and_stays(sweep_here, tmp_path):
    sweep_here(*GRID, "--keep", "sweep.jsonl")
    before = (tmp_path / "sweep.jsonl").read_bytes()
    ended = sweep_here(*GRID, "--seeds", "2", "--keep", "sweep.jsonl")
    assert ended.returncode == 2
    assert "contains another sweep" in ended.stderr
    assert (tmp_path / "sweep.jsonl").read_bytes() == before


@POSIX
@pytest.mark.parametrize("name", ["sweep.jsonl", "my sweep.jsonl", "$HOME isn't; $(x).jsonl"])
def test_how_it_goes_on_is_a_line_that_a_shell_takes(sweep_here, tmp_path, monkeypatch, name):
    monkeypatch.setattr("curvegui.cli.sweep.LocalPool", lambda workers: Here(breaks_at=1))
    last = sweep_here("--seeds", "2", *SMALL, "--keep", name, "--quiet").stderr.splitlines()[-1]
    monkeypatch.setattr("curvegui.cli.sweep.LocalPool", lambda workers: Here())
    *_, command, option, path = shlex.split(last)
    assert (command, option, path) == ("sweep", "--resume", name)
    assert sweep_here(option, path, "--quiet").returncode == 0
    assert read_sweep(tmp_path / name).missing == ()


def children_of(pid):
    """The processes that any of its threads has started."""
    return [int(each) for path in Path(f"/proc/{pid}/task").glob("*/children") for each in path.read_text().split()]


def wait_for_lines(path, count, process):
    """Read a file that grows until it has so many lines; the watchdog of pytest is the bound."""
    while not path.exists() or path.read_bytes().count(b"\n") < count:
        assert process.poll() is None
        sleep(0.01)  # not to take the time of those that are waited for


def gone(pids):
    """Whether processes end, waited for without polling."""
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        ready, _, _ = select.select([handle], [], [], patience_s())
        os.close(handle)
        if not ready:
            return False
    return True


@LINUX
def test_a_signal_ends_it_with_its_children_and_tells_what_there_is(tmp_path):
    mixed = ("--vary", "iterations=10,20,100000000", "--keep", "sweep.jsonl", *SMALL[:4])
    with started("sweep", *mixed, cwd=tmp_path) as process:
        wait_for_lines(tmp_path / "sweep.jsonl", 3, process)
        children = children_of(process.pid)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=patience_s())
    assert process.returncode == 130
    assert len(out.splitlines()) == 3
    assert "1 run is missing." in err
    assert "curvegui sweep --resume sweep.jsonl" in err
    assert "Traceback" not in err
    assert children
    assert gone(children)


@LINUX
def test_when_it_is_killed_its_children_end_too_and_it_goes_on_afterwards(sweep_here, tmp_path):
    mixed = ("--vary", "iterations=10,20,30,400000", "--keep", "sweep.jsonl", *SMALL[:4])
    with started("sweep", *mixed, cwd=tmp_path) as process:
        wait_for_lines(tmp_path / "sweep.jsonl", 4, process)
        children = children_of(process.pid)
        process.kill()
    assert children
    assert gone(children)
    assert len(read_sweep(tmp_path / "sweep.jsonl").missing) == 1
    before = (tmp_path / "sweep.jsonl").read_bytes()
    assert len(sweep_here("--resume", "sweep.jsonl").stdout.splitlines()) == 5
    assert (tmp_path / "sweep.jsonl").read_bytes().startswith(before)
    assert read_sweep(tmp_path / "sweep.jsonl").missing == ()
