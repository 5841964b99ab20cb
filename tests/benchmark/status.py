"""How true the status is: random runs, judged at 5,000 and 20,000 iterations against what then really happens.

    python -m tests.benchmark.status [--runs 200]
    python -m tests.benchmark.status --runs 2            to see that it starts

Every run is made on for 5,000 iterations after it was judged. It was in trouble if its cost is then still over 95 % of
what it was and no good fit, or its numbers overflowed; it was fine if less than 80 % is left, or the fit is good;
between the two, nothing is said against either. The first remedy mends it if, 5,000 iterations later, the cost is at
most half of what the run comes to without it. Both are computed here with whole runs, and never taken from a finding:
once from what is seen of a run at the moment alone, and once with the look ahead.
"""

import warnings
from collections import Counter
from dataclasses import replace
from math import inf

import numpy as np

from curvegui.core.diagnosis.diagnosis import diagnose
from curvegui.core.diagnosis.evidence import Evidence, median_cost
from curvegui.core.diagnosis.finding import Remedy
from curvegui.core.diagnosis.remedies import Start, effect_of
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.presets.presets import PRESETS
from curvegui.core.run.look_ahead import evidence_of, signs_of
from curvegui.core.run.operations import PlannedOperations, operations_between
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import SETTINGS, TrainingConfig, usual
from tests.benchmark.measuring import asked
from tests.core.runs import quickest

JUDGED_AT, NEXT = (5_000, 20_000), 5_000
GOOD, STUCK, FINE, MENDED = 1e-3, 0.95, 0.8, 0.5
NO_CLAIM = {Remedy.UNDO, Remedy.RESET, Remedy.SEE_BEST}


def random_config(rng: np.random.Generator) -> TrainingConfig:
    """Any settings that a person may try: mostly logistic neurons and plain descent."""
    is_plain = rng.random() < 0.6
    activation, output = (str(rng.choice(list(ACTIVATIONS))) for _ in range(2))
    optimizers = [name for name, entry in OPTIMIZERS.items() if entry.usual or rng.random() < 0.05]
    config = TrainingConfig(
        hidden=tuple(rng.integers(1, 13, size=rng.integers(1, 6)).tolist()),
        activation="logistic" if is_plain or not ACTIVATIONS[activation].is_hidden else activation,
        output_activation="logistic" if is_plain or rng.random() < 0.5 else output,
        curve=str(rng.choice(list(PRESETS))),
        seed=int(rng.integers(1000)),
        noise=float(rng.choice([0, 0.3, 1, 1, 2, 4])),
        iterations=50_000,
    ).changed(optimizer="descent" if rng.random() < 0.6 else str(rng.choice(optimizers)))
    if not config.uses("aggression"):
        return config
    aggression = usual(config) * 10 ** rng.uniform(-2, 1.5)
    return replace(config, aggression=min(aggression, SETTINGS["aggression"].high))


def comes_to(trainer: Trainer) -> float:
    """What a run comes to after 5,000 more iterations; infinite where it overflows."""
    end = trainer.iteration + NEXT
    trainer.advance(NEXT)
    return inf if trainer.diverged else median_cost(trainer.costs.since(-1), end - 1_000, end)


def remedied(trainer: Trainer, remedy: Remedy) -> Trainer | None:
    """The run with a remedy; None where the remedy changes nothing of the run."""
    config = trainer.config
    found = effect_of(remedy, config, trainer.snapshot().fit)
    if found is None:
        return None
    changed = config.changed(**found.changes)
    if found.start is Start.AGAIN:
        return Trainer(changed, trainer.backend)
    record = trainer.record()
    if changed.hidden != config.hidden:
        planned = PlannedOperations.planned(config, *operations_between(config.hidden, changed.hidden))
        return Trainer.going_on(planned.on(record), trainer.backend)
    other = Trainer.going_on(record, trainer.backend)
    if found.start is Start.BEST:
        frame = other.keyframe_before(trainer.best[0])
        other.rewind(frame.iteration, frame.parameters, frame.state)
    other.apply(changed)
    return other


class Tables:
    """Counts of what was told of runs in trouble and of others, and of what the first remedies did."""

    def __init__(self) -> None:
        self.told, self.mended = Counter[tuple[str, bool]](), Counter[str]()

    def add(self, trainer: Trainer, evidence: Evidence, now: float, later: float) -> None:
        """Judge one run, and see whether the first remedy helps where there is trouble."""
        found = diagnose(evidence)
        is_fine = later <= GOOD or later < FINE * now
        self.told["fine" if is_fine else "trouble" if later > STUCK * now else "between", found.is_trouble] += 1
        if found.is_trouble:
            first = next((each for each in found.remedies if each not in NO_CLAIM), None)
            words, other = "nothing offered", remedied(trainer, first) if first else None
            if other is not None:
                words = "mended" if comes_to(other) <= max(MENDED * later, GOOD) else "not mended"
            self.mended[words] += 1

    def __str__(self) -> str:
        count, rows = self.told, ["             told   not told"]
        for name in ("trouble", "fine", "between"):
            rows.append(f"{name:10} {count[name, True]:6} {count[name, False]:10}")
        for words, name, is_told in (("not told", "trouble", False), ("alarmed", "fine", True)):
            rows.append(f"{words}: {100 * count[name, is_told] / max(count[name, True] + count[name, False], 1):.1f} %")
        return "\n".join([*rows, ", ".join(f"{words} {number}" for words, number in self.mended.most_common())])


def main() -> None:
    """Judge the runs and print both tables."""
    warnings.simplefilter("ignore")
    at_the_moment, looking_ahead = Tables(), Tables()
    for number in range(asked(__doc__, runs=200).runs):
        trainer = Trainer(random_config(np.random.default_rng((0, number))), quickest())
        for at in JUDGED_AT:
            if trainer.diverged:
                break
            trainer.advance(at - trainer.iteration)
            copy = Trainer.going_on(trainer.record(), trainer.backend)
            now, later = median_cost(copy.costs.since(-1), at - 500, at), inf
            if not trainer.diverged:
                later = comes_to(trainer)
            at_the_moment.add(copy, signs_of(copy), now, later)
            looking_ahead.add(copy, evidence_of(copy), now, later)
    print(f"At the moment\n{at_the_moment}\n\nLooking ahead\n{looking_ahead}")


if __name__ == "__main__":
    main()
