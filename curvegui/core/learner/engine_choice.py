"""Which engine is taken where nobody chooses one: the faster one, where the work is worth preparing it."""

from collections.abc import Iterable

from curvegui.core.network.network import parameter_count
from curvegui.core.settings.config import TrainingConfig

LONG_WORK = 5e9  # in terms of `work_of`: a few seconds for NumPy, where preparing the compiled engine takes one
MOST_PARAMETERS = 50_000  # of larger networks, NumPy's products are faster than the compiled ones
CALLS_WORK = 25_000  # of NumPy's calls in an iteration


def is_small(config: TrainingConfig) -> bool:
    """Whether the compiled engine is the faster one for such a network."""
    return parameter_count(config.sizes) <= MOST_PARAMETERS


def work_of(configs: Iterable[TrainingConfig]) -> float:
    """How long trainings take with NumPy, roughly in multiplications."""
    return sum(each.iterations * (CALLS_WORK + each.points * parameter_count(each.sizes)) for each in configs)
