"""A sweep from its file to its file: what is missing is computed, and kept as it comes."""

from collections.abc import Callable
from contextlib import closing

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.sweeps.executor import Executor, Failure, Outcome
from curvegui.sweeps.results_file import SweepFile


def carry_out(
    file: SweepFile,
    executor: Executor,
    should_stop: Callable[[], bool],
    tell: Callable[[Outcome], object],
    arithmetic: Arithmetic = USUAL,
) -> tuple[Failure, ...]:
    """Carry out the runs that a file lacks.

    Parameters
    ----------
    file : SweepFile
        Each result is in it before it is told.
    executor : Executor
    should_stop : callable
        Asked again and again.
    tell : callable
        Gets each outcome.
    arithmetic : Arithmetic
        What they are to be computed with: see `Executor.outcomes`.

    Returns
    -------
    tuple of Failure
        The runs that have no result though they were tried.

    Raises
    ------
    WriteError
        If a result cannot be kept; the runs that are under way end.
    ExecutorError
    """
    failures = []
    with closing(executor.outcomes(file.kept.missing, should_stop, arithmetic)) as outcomes:
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                file.add(outcome)
            tell(outcome)
    return tuple(failures)
