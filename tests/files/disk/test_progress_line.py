"""The line that says how far a run has come, wherever it is shown."""

import io
import sys
from types import SimpleNamespace

import pytest

from curvegui.files.disk.progress_line import ProgressLine


class Clock:
    """Seconds that pass only when told."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


class Terminal(io.StringIO):
    def isatty(self):
        return True


class ClosedPipe(Terminal):
    def write(self, text):
        raise BrokenPipeError("nobody reads any more")


def test_the_line_is_due_four_times_a_second_on_a_terminal():
    clock = Clock()
    line = ProgressLine(Terminal(), clock)
    assert not line.due()
    clock.now += 0.25
    assert line.due()
    line.show("10 iterations")
    assert not line.due()
    clock.now += 0.25
    assert line.due()


def test_a_terminal_shows_one_line_over_and_over_and_ends_it_at_the_end():
    terminal = Terminal()
    line = ProgressLine(terminal)
    line.show("100 iterations to go")
    line.show("9 to go")
    line.finish("done")
    shown = terminal.getvalue()
    assert shown == "\r100 iterations to go\r9 to go             \rdone   \n"


def test_a_log_gets_whole_lines_and_seldom():
    clock, log = Clock(), io.StringIO()
    line = ProgressLine(log, clock)
    clock.now += 9
    assert not line.due()
    clock.now += 1
    assert line.due()
    line.show("100 to go")
    line.finish("done")
    assert log.getvalue() == "100 to go\ndone\n"


def test_a_pipe_that_was_closed_stops_no_run():
    pipe = ClosedPipe()
    line = ProgressLine(pipe)
    line.show("100 to go")
    line.finish("done")
    assert pipe.getvalue() == ""


def test_without_a_console_nothing_is_ever_due(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    clock = Clock()
    line = ProgressLine(clock=clock)
    clock.now += 1e9
    assert not line.due()
    line.finish("done")


@pytest.fixture
def ipython(monkeypatch):
    """IPython as a kernel has it, with the outputs of its cell kept by number."""
    outputs = []

    def display(output, raw, display_id):
        assert raw
        assert display_id
        outputs.append(output)
        place = len(outputs) - 1
        return SimpleNamespace(update=lambda output, raw: outputs.__setitem__(place, output))

    shell = SimpleNamespace(kernel=object())
    fake = SimpleNamespace(get_ipython=lambda: shell, display=SimpleNamespace(display=display))
    monkeypatch.setitem(sys.modules, "IPython", fake)
    return SimpleNamespace(outputs=outputs, shell=shell)


def test_in_a_jupyter_kernel_the_line_is_one_output_of_the_cell(ipython, capsys):
    line = ProgressLine()
    line.show("100 to go")
    line.show("50 to go")
    line.finish("done")
    assert ipython.outputs == [{"text/plain": "done"}]
    assert capsys.readouterr().err == ""
