"""Which engine computes the runs of a sweep. That is no part of the sweep: results agree, but for rounding."""

from collections import Counter
from collections.abc import Iterable

from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.language.text import in_row, tr
from curvegui.core.learner.engines import LONG_WORK, is_small, words_for, work_of
from curvegui.core.sweep.task import TaskResult
from curvegui.sweeps.results_format import KeptSweep


def chosen_for(kept: KeptSweep, faster: Arithmetic, workers: int) -> Arithmetic:
    """What computes the runs that a sweep lacks, where nobody says it; ``workers`` prepare it each for themselves.

    It is what computed the latest of those that it has, so that all can be compared to the last digit. In a new sweep
    it is ``faster``, or NumPy where the runs are over sooner than that is prepared, or have too large networks for it.
    """
    if kept.results:
        return list(kept.results.values())[-1].arithmetic
    configs = [task.config for task in kept.missing]
    is_worth_it = all(map(is_small, configs)) and work_of(configs) >= LONG_WORK * workers
    return faster if is_worth_it else Arithmetic(precision=faster.precision)


def computed(results: Iterable[TaskResult]) -> Counter[Arithmetic]:
    """How many of the results were computed with what."""
    return Counter(result.arithmetic for result in results)


def mixture_words(counts: Counter[Arithmetic]) -> str:
    """A sentence if not all results were computed with the same engine; else nothing."""
    if len(counts) < 2:
        return ""
    told = [f"{words_for(each)} {count:,}" for each, count in counts.most_common()]
    return tr(
        "Different engines computed these runs ({told}). After a few thousand iterations, their costs differ "
        "by more than rounding, as with another seed.",
        told=in_row(told),
    )
