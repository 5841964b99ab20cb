"""Progress is one line on a terminal and ten in a log, and never in the way."""

import io

from curvegui.cli.result import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def shown_in_log(goal: int, iterations: list[int]) -> list[str]:
    log = io.StringIO()
    progress = Progress(goal, stream=log)
    for iteration in iterations:
        progress.update(iteration, 0.5, iteration / 100)
    progress.finish(iterations[-1], 0.5, iterations[-1] / 100)
    return log.getvalue().splitlines()


def test_a_log_gets_a_line_at_each_tenth_of_the_way():
    lines = shown_in_log(1_000, list(range(1, 1_001)))
    assert [int(line.split()[0].replace(",", "")) for line in lines] == list(range(100, 1_001, 100))


def test_a_line_tells_iterations_cost_rate_and_what_is_left():
    first, last = shown_in_log(100_000, [50_000, 100_000])
    assert first == "50,000 of 100,000 iterations, cost 0.500, 100 it/s, 8 min 20 s left"
    assert last == "100,000 of 100,000 iterations, cost 0.500, 100 it/s, 16 min 40 s"


def test_a_terminal_gets_one_line_rewritten_four_times_a_second():
    terminal, clock = Terminal(), Clock()
    progress = Progress(1_000_000, stream=terminal, clock=clock)
    for tick in range(1, 101):  # a second in hundredths
        clock.now = tick / 100
        progress.update(tick, 0.5, clock.now)
    progress.finish(101, 0.5, 1.01)
    written = terminal.getvalue()
    assert written.count("\r") - 1 == 4
    assert written.endswith("\n")
    assert written.count("\n") == 1


def test_a_quiet_run_writes_nothing(capsys):
    progress = Progress(10, quiet=True)
    progress.update(5, 0.5, 1)
    progress.finish(10, 0.5, 2)
    assert capsys.readouterr() == ("", "")


def test_a_program_without_a_console_shows_no_progress_and_goes_on(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr", None)
    progress = Progress(10)
    progress.update(5, 0.5, 1)
    progress.finish(10, 0.5, 2)
    assert capsys.readouterr().out == ""
