"""The progress of a sweep: one line on a terminal, ten in a log."""

import io
from dataclasses import replace

from curvegui.cli.sweep import SweepProgress
from curvegui.core.sweep.task import TaskResult

RESULT = TaskResult(0, 0.5, 0.25, 10, None, False, 20, 0.125)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_log_gets_a_line_at_each_tenth_and_a_last_one():
    stream, seconds = io.StringIO(), iter(range(1000))
    progress = SweepProgress(100, [], stream=stream, clock=lambda: next(seconds))
    for cost in range(100, 0, -1):
        progress.update(replace(RESULT, cost=float(cost)))
    progress.finish()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("10 of 100 runs, lowest cost 91.0, ")
    assert lines[-1].startswith("100 of 100 runs, lowest cost 1.00, ")


def test_what_was_there_before_counts_but_not_for_the_time_that_is_left():
    stream, seconds = Terminal(), iter([0.0, 0.0, 10.0, 10.0, 10.0])
    progress = SweepProgress(10, [RESULT] * 8, stream=stream, clock=lambda: next(seconds))
    progress.update(object())
    assert stream.getvalue() == "\r9 of 10 runs, lowest cost 0.500, 10 s left"


def test_runs_that_ran_away_are_not_the_best():
    stream = io.StringIO()
    progress = SweepProgress(1, [], stream=stream)
    progress.update(replace(RESULT, cost=0.1, diverged=True))
    progress.finish()
    assert stream.getvalue().startswith("1 of 1 runs, 0.0 s")


def test_quiet_is_quiet(capsys):
    progress = SweepProgress(2, [], quiet=True)
    progress.update(RESULT)
    progress.finish()
    assert capsys.readouterr() == ("", "")
