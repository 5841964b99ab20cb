"""``curvegui check``: verdicts for people and for programs, and never a file's code without a yes."""

import json
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from curvegui.cli import check
from curvegui.cli import main as command
from curvegui.core.engine.threads import cores
from tests.exercise.cases import cases
from tests.help.command import run, started

pytestmark = pytest.mark.costly

LEARNERS = TemporaryDirectory()
RIGHT, WRONG, UNFINISHED = paths = [
    f"{LEARNERS.name}/{n}" for n in ("einsum.py", "missing_size.py", "blank_lines.ipynb")
]
for each in paths:
    Path(each).write_bytes(cases()[Path(each).name].data)
TRACE = "open({path!r}, 'w').close()\n\n\ndef J_W3(x, y):\n    open({path!r}, 'w').close()\n"


def told(capsys, *words: str) -> tuple[int, str, str]:
    status = command("check", words)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_people_read_a_line_for_each_function(capsys):
    status, out, err = told(capsys, WRONG, "--allow-code")
    lines = out.splitlines()
    assert (status, len(lines)) == (1, 6)
    assert all("busy" in line for line in err.splitlines())  # as another program may keep the computer
    assert lines[0].startswith("✗ J_W3  wrong, line 40: ") and "number of points" in lines[0]
    out = told(capsys, WRONG, "--allow-code", "--hints")[1].splitlines()
    assert "x.size" not in lines[0] and "x.size" in out[1] and len(out) == 2 * len(lines)
    status, out, _ = told(capsys, RIGHT, "--allow-code")
    assert (status, out) == (
        0,
        "".join(f"✓ {name}  right\n" for name in ("J_W3", "J_b3", "J_W2", "J_b2", "J_W1", "J_b1")),
    )


def test_json_is_one_object(capsys):
    status, out, err = told(capsys, UNFINISHED, "--allow-code", "--json")
    found = json.loads(out)
    assert (status, err) == (1, "")
    assert found["file"] == UNFINISHED
    assert set(found["functions"]) == {"J_W1", "J_W2", "J_W3", "J_b1", "J_b2", "J_b3"}
    assert found["functions"]["J_W3"]["verdict"] == "right"
    missing = found["functions"]["J_b3"]
    assert "line 4" in missing.pop("reason") and len(missing.pop("hints")) == 3
    assert missing == {"verdict": "missing", "evidence": "", "line": 4, "cell": 5, "kind": "not-written"}
    assert (found["altered"], found["remarks"]) == ({}, [])


def test_several_files_are_a_line_each_and_one_that_cannot_be_read_stops_nothing(tmp_path, capsys):
    (tmp_path / "a.py").write_text("x = 1", encoding="utf-8")
    status, out, _ = told(capsys, str(tmp_path / "a.py"), RIGHT, str(tmp_path / "none.py"), "--allow-code", "--json")
    first, second, third = map(json.loads, out.splitlines())
    assert status == 2
    assert "no function" in first["error"]
    assert second["functions"]["J_W1"]["verdict"] == "right"
    assert "There is no such file" in third["error"]


def test_a_file_that_cannot_be_read_is_complained_of_and_nobody_is_asked(tmp_path, capsys):
    status, out, err = told(capsys, str(tmp_path / "none.py"))
    assert (status, out) == (2, "")
    assert err == "“none.py” cannot be used. There is no such file.\n"
    status, out, err = told(capsys, str(tmp_path / "none.py"), RIGHT, "--allow-code")
    assert status == 2
    assert out.count("right") == 6


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.py", b"def (\n", "Python does not understand line 1"),
        ("a.py", b"", "It is empty."),
        ("a.py", b"#include <stdio.h>\nint main() { return 0; }\n", "Python does not understand line 2"),
        ("a.py", b"\x7fELF\x02\x01\x01\0\0\xff", "not a text"),
        ("a.ipynb", b'{"cells": [\n{"cell_type": "code",]}', "not JSON in line 2"),
        ("a.ipynb", b'{"cells": [{"cell_type": "markdown", "source": "J_W3"}]}', "no cell with code"),
    ],
)
def test_what_is_no_exercise_at_all_is_said_and_ends_with_2(name, data, said, tmp_path, capsys):
    (tmp_path / name).write_bytes(data)
    status, out, err = told(capsys, str(tmp_path / name), "--allow-code")
    assert (status, out) == (2, "")
    assert said in err and err.count("\n") == 1


def test_a_folder_means_its_files(tmp_path, capsys):
    for name in ("b.py", "a.py"):
        (tmp_path / name).write_bytes(Path(RIGHT).read_bytes())
    (tmp_path / "notes.txt").write_text("no code", encoding="utf-8")
    status, out, _ = told(capsys, str(tmp_path), "--allow-code", "--json")
    assert status == 0
    assert [Path(json.loads(line)["file"]).name for line in out.splitlines()] == ["a.py", "b.py"]
    (tmp_path / "empty").mkdir()
    assert told(capsys, str(tmp_path / "empty"), "--allow-code")[0] == 2


def test_nothing_runs_where_nobody_can_say_yes(tmp_path):
    trace = tmp_path / "trace"
    (tmp_path / "a.py").write_text(TRACE.format(path=str(trace)), encoding="utf-8")
    ended = run("check", str(tmp_path / "a.py"))
    assert (ended.returncode, ended.stdout) == (3, "")
    assert str(tmp_path / "a.py") in ended.stderr
    assert "not your computer" in ended.stderr
    assert "--allow-code" in ended.stderr
    assert not trace.exists()
    ended = run("check", str(tmp_path / "a.py"), "--allow-code")
    assert ended.returncode == 1
    assert trace.exists()


def test_what_runs_is_what_was_there_when_it_was_asked(tmp_path, monkeypatch, capsys):
    path = tmp_path / "mine.py"
    path.write_bytes(Path(RIGHT).read_bytes())

    def exchanged_meanwhile(files):
        path.write_bytes(Path(WRONG).read_bytes())
        return True

    monkeypatch.setattr(check, "_allowed", exchanged_meanwhile)
    assert told(capsys, str(path))[0] == 0


class Terminal:
    """A person at a terminal who types a line."""

    def __init__(self, line: str) -> None:
        self.line, self.said = line, ""

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return self.line

    def write(self, text: str) -> None:
        self.said += text

    def flush(self) -> None:
        pass


@pytest.mark.parametrize(("line", "status"), [("y\n", 0), ("YES\n", 0), ("n\n", 3), ("\n", 3), ("", 3)])
def test_a_person_is_asked_and_only_yes_is_yes(line, status, monkeypatch, capsys):
    terminal = Terminal(line)
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    assert command("check", [RIGHT]) == status
    assert RIGHT in terminal.said
    assert "Run it? [y/N]" in terminal.said
    assert bool(capsys.readouterr().out) == (status == 0)


@contextmanager
def busy_cores():
    """Each core is kept busy by another program until the block ends."""
    with ExitStack() as stack:
        for _ in range(cores()):
            stack.enter_context(started("-c", "while True: pass", program=()))
        yield


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="nobody knows there how long a process waits for the processor")
def test_endless_loops_are_named_in_the_order_of_their_files_however_busy_the_computer_is(tmp_path):
    names = ["a.py", "b.py", "c.py"]
    for name in names:
        source = Path(RIGHT).read_text(encoding="utf-8")
        endless = "" if name == "b.py" else "\n\ndef J_b2(x, y):\n    while True: pass\n"
        (tmp_path / name).write_text(source + endless, encoding="utf-8")
    with busy_cores():
        nobody_waits = {"program": ("-c", "import os; os.nice(5)\nfrom curvegui.__main__ import main\nexit(main())")}
        done = run("check", str(tmp_path), "--allow-code", "--json", cwd=tmp_path, **nobody_waits)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(each["file"]).name for each in found] == names
    kinds = [{name: each["functions"][name]["kind"] for name in ("J_b2", "J_W3")} for each in found]
    assert [kind["J_b2"] for kind in kinds] == ["timed-out", "", "timed-out"]
    assert {kind["J_W3"] for kind in kinds} == {""}
