"""A run in one line: what a picture's caption, a window's title and a list of runs say of it."""

from collections.abc import Callable
from math import floor, log10

from curvegui.core.language.text import in_own_order, localised, mark, tr, tr_n, within
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import SCHEDULES
from curvegui.core.presets.names import worded
from curvegui.core.settings.config import TrainingConfig

SEPARATOR = " · "
FACTORS = {"aggression": mark("aggression {number}"), "noise": mark("noise {number}")}
LEAST_PLAIN, MOST_PLAIN = 1e-5, 1e4  # costs between them are written without powers of ten


def caption(snapshot: Snapshot) -> str:
    """The curve, the network, the settings, the iterations and the cost of a run in one line.

    Returns ``"heart · 1–6–7–2 · 50,000 iterations · aggression 7 · noise 1 · seed 42 · cost 0.000520"``. Neurons other
    than logistic ones are named after the layers, an optimiser other than plain descent before its settings; the test
    cost stands after the cost.
    """
    reached, cost = _progress(snapshot)
    return SEPARATOR.join([*_network(snapshot), reached, *setting_words(snapshot.config), cost])


def moving_caption(snapshot: Snapshot) -> str:
    """The caption of a film in two lines: the settings, and below them iteration and cost, which change."""
    first = SEPARATOR.join([*_network(snapshot), *setting_words(snapshot.config)])
    return f"{first}\n{SEPARATOR.join(_progress(snapshot))}"


def _network(snapshot: Snapshot) -> list[str]:
    config = snapshot.config
    parts = [worded(snapshot.target.name), layers(config.sizes)]
    if config.activation != "logistic":
        parts.append(tr("{name} neurons", name=within(ACTIVATIONS[config.activation])))
    if config.output_activation != "logistic":
        parts.append(tr("{name} output", name=within(ACTIVATIONS[config.output_activation])))
    return parts


def _plain_number(number: float) -> str:
    return localised(f"{number:,g}")


def setting_words(config: TrainingConfig, number: Callable[[float], str] = _plain_number) -> list[str]:
    """The optimiser and its settings: ``["Adam", "aggression 0.1", "seed 5"]``; plain descent is not named."""
    parts = [] if config.optimizer == "descent" else [OPTIMIZERS[config.optimizer].label]
    if config.uses("schedule_over"):
        parts.append(tr("{name} schedule", name=within(SCHEDULES[config.schedule])))
    if config.uses("batch") and config.batch:
        parts.append(tr("mini-batches of {batch}", batch=number(config.batch)))
    parts += [tr(words, number=number(getattr(config, name))) for name, words in FACTORS.items() if config.uses(name)]
    return [*parts, tr("seed {seed}", seed=config.seed)]


def _progress(snapshot: Snapshot) -> tuple[str, str]:
    iterations = tr_n("{n:,} iteration", "{n:,} iterations", snapshot.iteration)
    if snapshot.test_cost is None:
        return iterations, tr("cost {cost}", cost=short_cost(snapshot.cost))
    costs = {"cost": short_cost(snapshot.cost), "test_cost": short_cost(snapshot.test_cost)}
    return iterations, tr("cost {cost}, test {test_cost}", **costs)


def layers(sizes: tuple[int, ...]) -> str:
    """The layers' sizes in a row: ``"1–6–7–2"``."""
    return in_own_order("–".join(map(str, sizes)))


def short_cost(cost: float) -> str:
    """A cost with three significant digits, ``"0.000520"``; very small and large costs as ``"5.20e-6"``."""
    if LEAST_PLAIN <= cost < MOST_PLAIN:
        return localised(f"{cost:.{max(2 - floor(log10(cost)), 0)}f}")
    mantissa, _, exponent = f"{cost:.2e}".partition("e")
    return localised(f"{mantissa}e{int(exponent)}" if cost and exponent else f"{cost:g}")
