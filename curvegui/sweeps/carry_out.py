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
    """Carry out the runs that a file lacks; return those that failed.

    Each outcome is passed to ``tell``, and each result is in the file before. ``should_stop`` is asked again and again;
    ``arithmetic`` is as in `Executor.outcomes`. Raises ``WriteError`` if a result cannot be kept, and
    ``ExecutorError``; runs that are under way end.
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
