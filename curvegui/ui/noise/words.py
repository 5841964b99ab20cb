"""What the noise does, in words."""

from PySide6.QtCore import QLocale

from curvegui.core.arrays import FloatArray
from curvegui.core.diagnosis.pace import uphill_share
from curvegui.core.inspection.noise_comparison import ComparisonSnapshot, NoiseSnapshot
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.ui.widgets.numbers import format_cost, format_number

NUMBERS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def uphill_words(factors: FloatArray, iteration: int) -> str:
    """How many noise factors point uphill in an iteration: "Two of the six factors point uphill in iteration 7"."""
    count, uphill = factors.size, int((factors < 0).sum())
    verb = "points" if uphill == 1 else "point"
    told = f"{_in_words(uphill).capitalize()} of the {_in_words(count)} factors {verb} uphill"
    return f"{told} in iteration {format_number(iteration)}."


def _in_words(count: int) -> str:
    """A small number as people write it."""
    return NUMBERS[count] if count < len(NUMBERS) else format_number(count)


def theory_words(noise: float) -> str:
    """How often that is to be expected."""
    if noise == 0:
        return "Without noise none ever does: the descent is exactly the steepest."
    percent = QLocale().toString(100 * uphill_share(noise), "f", 1)
    return f"At noise {format_number(noise)} each points uphill in {percent} % of the iterations."


def noiseless_words(optimizer: str) -> str:
    """That an optimiser knows no noise."""
    return f"{OPTIMIZERS[optimizer].label} takes the Jacobians as they are, without noise."


def comparison_words(moment: ComparisonSnapshot) -> str:
    """The costs of all runs, and which is the lowest."""
    costs = "; ".join(f"noise {format_number(run.noise)}: {_how_it_stands(run)}" for run in moment.runs)
    told = f"After {format_number(moment.made)} iterations: {costs}."
    kept = [run for run in moment.runs if not run.is_lost]
    if moment.made < moment.goal or not kept:
        return told
    lowest = min(kept, key=lambda run: run.cost)
    return f"{told} Lowest with noise {format_number(lowest.noise)}."


def _how_it_stands(run: NoiseSnapshot) -> str:
    return "the numbers ran away" if run.is_lost else f"cost {format_cost(run.cost)}"
