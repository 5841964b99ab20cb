"""Output may be missing, closed at the other end, full, or unable to show a letter."""

import os
import sys
from pathlib import Path

import pytest

from curvegui.cli import main as command
from curvegui.cli import terminal
from tests.help.command import environment, run, run_here

pytestmark = pytest.mark.costly

QUICK = ("train", "--iterations", "10", "--quiet")


@pytest.mark.slow
@pytest.mark.parametrize("words", [QUICK, (*QUICK, "--json"), ("train", "--help"), ("--help",), ("--version",)])
def test_a_reader_that_has_gone_is_met_with_silence_and_status_1(words):
    reading, writing = os.pipe()
    os.close(reading)
    ended = run(*words, stdout=writing, stderr=-1)
    os.close(writing)
    assert ended.stderr == ""
    assert ended.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize(
    "words", [QUICK, ("--version",), ("--help",), ("train", "--help"), ("open", "--help"), ("desktop", "--help")]
)
def test_a_full_disk_is_told_and_ends_with_status_1(words):
    with Path("/dev/full").open("w") as full:
        ended = run(*words, stdout=full, stderr=-1)
    assert ended.returncode == 1
    assert ended.stderr == "The result could not be written: No space left on device.\n"


def test_a_terminal_that_lacks_a_letter_gets_a_question_mark():
    help_text = run("train", "--help", env=environment(PYTHONIOENCODING="ascii"))
    assert help_text.returncode == 0
    assert "1 + noise ? N(0, 1)" in " ".join(help_text.stdout.split())
    assert "W1 6?1" in run(*QUICK, env=environment(PYTHONIOENCODING="ascii")).stdout


def test_a_program_without_a_console_writes_nothing_and_lives(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    terminal.soften_output()
    terminal.complain("Nobody reads this.")
    assert terminal.deliver("Nor this.")
    assert terminal.flush_output()


UNTRUE = "a\x1b[2J\x9b1A\r\u202egpj.py"


@pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name there")
@pytest.mark.parametrize(
    "words", [("check", "--allow-code"), ("info",), ("export", "--wav", "x.wav"), ("train", "--svg")]
)
def test_no_name_of_a_file_does_anything_to_the_terminal(tmp_path, words):
    (tmp_path / UNTRUE).write_text("def J_W3(x, y): return 1", encoding="utf-8")
    ended = run_here(*words, UNTRUE, cwd=tmp_path)
    said = ended.stdout + ended.stderr
    assert not set("\x1b\x9b\r\u202e") & set(said)
    if words[:1] != ("check",):  # a file alone is not named there
        assert r"a\x1b[2J\x9b1A\x0d\u202egpj.py" in said


@pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name there")
def test_a_name_of_two_lines_is_one_in_the_list_of_files(tmp_path, capsys):
    for name in ("a\n✓ J_W3  right.py", "b.py"):
        (tmp_path / name).write_text("def J_W3(x, y): return 1", encoding="utf-8")
    (tmp_path / "c\n✓ J_W3  right.py").touch()
    assert command("check", [str(tmp_path)]) == 3
    assert r"a\n✓ J_W3" in capsys.readouterr().err
    command("check", [str(tmp_path), "--allow-code"])
    said = "".join(capsys.readouterr())
    assert r"a\n✓ J_W3" in said
    assert r"c\n✓ J_W3" in said


def test_marks_of_order_are_shown_where_no_text_of_ours_has_them(monkeypatch):
    assert terminal.harmless("\u2068x\u2069\u200e") == r"\u2068x\u2069\u200e"
    monkeypatch.setattr(terminal, "is_right_to_left", lambda: True)
    assert terminal.harmless("\u2068x\u2069\u200e\u202e") == "\u2068x\u2069\u200e\\u202e"
