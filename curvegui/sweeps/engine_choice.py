"""Which engine computes the runs of a sweep. That is no part of the sweep: results agree, but for rounding."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from curvegui.core.engine.arithmetic import AUTO, Arithmetic
from curvegui.core.language.text import in_row, tr
from curvegui.core.learner.engines import ENGINES, is_small, words_for
from curvegui.core.sweep.task import TaskResult
from curvegui.sweeps.results_format import KeptSweep


def chosen_for(kept: KeptSweep, wanted: Arithmetic) -> Arithmetic:
    """What computes the runs that a sweep lacks, where nobody says it now.

    It is what computed the latest of those that it has, so that all can be compared to the last digit. Of a new sweep,
    and of one whose engine is gone, NumPy computes all that are missing where an engine is taken automatically, if some
    networks are so large that NumPy is faster than the engine in C.
    """
    if kept.results:
        latest = list(kept.results.values())[-1].arithmetic
        if latest.engine in ENGINES:
            return latest
        wanted = replace(wanted, precision=latest.precision)
    is_mixed = wanted.engine == AUTO and not all(is_small(task.config.sizes) for task in kept.missing)
    return replace(wanted, engine="numpy") if is_mixed else wanted


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
