"""A run as a script can train it again: from where on, with which weights and settings; or why a script cannot."""

from dataclasses import dataclass

from curvegui.core.language.text import mark, tr
from curvegui.core.learner.caption import caption
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import parameter_count
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.run.notes import Notes
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import Replayer, last_snapshot
from curvegui.core.settings.config import SETTINGS, WINDOW_LAYERS, TrainingConfig
from curvegui.core.settings.setting import Effect
from curvegui.core.settings.setting_changes import SettingChanges
from curvegui.files.export import ExportError
from curvegui.files.export.script import MOST_NUMBERS

LIVE = ("aggression", "noise", "momentum", "memory", "weight_decay")
"""Settings that a script can change on the way; it begins where any other setting has changed last."""
FIXED = tuple(name for name, each in SETTINGS.items() if name not in LIVE and each.effect is not Effect.DISPLAY)


@dataclass(frozen=True)
class OptimizerCode:
    """An optimiser of first order as code: what it does with ``J``, the noisy Jacobian of ``PARAMETERS[k]``."""

    numpy: tuple[str, ...]  # the last line is the step, before it is multiplied by the rate
    remembered: tuple[str, ...] = ()  # lists of arrays like the parameters, 0 at first
    torch: str = "SGD(PARAMETERS, lr=1.0)"
    options: str = ""  # of PyTorch's optimiser, to be set in each iteration


MOMENTUM = """,
    momentum=max(now["momentum"], 1e-99),  # at 0, PyTorch would keep an old velocity
"""
STEPS = {
    "descent": OptimizerCode(("J",)),
    "momentum": OptimizerCode(
        ('velocity[k] = now["momentum"] * velocity[k] + J', "velocity[k]"),
        ("velocity",),
        "SGD(PARAMETERS, lr=1.0, momentum=0.9)",
        MOMENTUM,
    ),
    "nesterov": OptimizerCode(
        ('velocity[k] = now["momentum"] * velocity[k] + J', '(J + now["momentum"] * velocity[k])'),
        ("velocity",),
        "SGD(PARAMETERS, lr=1.0, momentum=0.9, nesterov=True)",
        MOMENTUM,
    ),
    "rmsprop": OptimizerCode(
        ('square[k] = now["memory"] * square[k] + (1 - now["memory"]) * J**2', "J / (np.sqrt(square[k]) + 1e-8)"),
        ("square",),
        "RMSprop(PARAMETERS, lr=1.0)",
        ', alpha=now["memory"]',
    ),
    "adam": OptimizerCode(
        (
            'mean[k] = now["momentum"] * mean[k] + (1 - now["momentum"]) * J',
            'square[k] = now["memory"] * square[k] + (1 - now["memory"]) * J**2',
            "count = iteration - FIRST + 1  # both began with 0: make up for it",
            'm, s = mean[k] / (1 - now["momentum"] ** count), square[k] / (1 - now["memory"] ** count)',
            "m / (np.sqrt(s) + 1e-8)",
        ),
        ("mean", "square"),
        "Adam(PARAMETERS, lr=1.0)",
        ', betas=(now["momentum"], now["memory"])',
    ),
}
"""By the names in ``OPTIMIZERS``; the code of the other optimisers would not be as short."""


SCHEDULES = {
    "constant": "",
    "cosine": " * (0.5 + 0.5 * np.cos(np.pi * (iteration % {span} / {span})))",
    "step": " * 0.5 ** np.floor(10 * (iteration % {span} / {span}))",
}
"""What follows the aggression, by the names of the schedules."""


@dataclass(frozen=True)
class Retraining:
    """What a script must know to train a run again."""

    title: str  # of the run as it stands
    start: Snapshot  # the moment at which it begins
    settings: dict[int, dict[str, float]]  # by the iteration from which on they hold; the first is that of the start
    iterations: int  # that the run has made since then, or else those up to its goal, or those of a run

    @property
    def config(self) -> TrainingConfig:
        return self.start.config

    @property
    def rate(self) -> str:
        """The aggression of an iteration, as code."""
        return 'now["aggression"]' + SCHEDULES[self.config.schedule].format(span=self.config.schedule_over)

    @property
    def layers(self) -> int:
        """How many layers there are after the input."""
        return len(self.config.sizes) - 1

    @property
    def after_input(self) -> range:
        """The numbers of the layers after the input."""
        return range(1, self.layers + 1)

    @property
    def has_decay(self) -> bool:
        return any("weight_decay" in each for each in self.settings.values())

    @property
    def names(self) -> list[str]:
        """The names of the parameters, in the order of their noise: ``W1``, ``W2``, ..., ``b1``, ``b2``, ..."""
        return [f"{letter}{layer}" for letter in "Wb" for layer in self.after_input]


def retraining(record: RunRecord) -> Retraining:
    """The part of a run that a script can train again. Raises ``ExportError``, a sentence, if there is none."""
    first, last = record.changes[-1]  # from there on, a script can follow all that was changed
    for since, config in reversed(record.changes):
        if config.differs(last, FIXED):
            break
        first = since
    edits: list[int] = record.edits.tolist()
    first = max(first, int(record.keyframe_iterations[0]), *edits)
    config = SettingChanges(record.changes).at(first)
    if reason := why_not(config):
        raise ExportError(reason)
    start = Replayer().snapshot(Notes.of(record), first)
    if start.state.size:
        words = mark(
            "This run cannot be written as code: {optimizer} remembers iterations before number {first:,}, where a "
            "script would begin. Reset the run, train it, and save it again."
        )
        raise ExportError(tr(words, optimizer=OPTIMIZERS[config.optimizer].label, first=first))
    later = {since: each for since, each in record.changes if since > first}
    whole = any(each.weight_decay for each in (config, *later.values()))
    used = [name for name in LIVE if config.uses(name) and (whole or name != "weight_decay")]
    settings = {since: {name: getattr(each, name) for name in used} for since, each in {first: config, **later}.items()}
    title = caption(last_snapshot(record))
    count = record.iteration - first or record.goal - first or config.iterations
    return Retraining(title, start, settings, count)


def why_not(config: TrainingConfig) -> str:
    """Why a run with these settings cannot be written as code that people can read, or nothing."""
    activations = {config.activation, config.output_activation}
    optimizer, size = OPTIMIZERS[config.optimizer].label, parameter_count(config.sizes)
    checks = [
        (config.optimizer in STEPS, tr("the optimiser {optimizer} would make it too long", optimizer=optimizer)),
        (config.schedule in SCHEDULES, tr("there is no code for its schedule")),
        (all(ACTIVATIONS[each].slope_source for each in activations), tr("there is no code for its neurons")),
        (not config.uses("batch") or not config.batch, tr("it uses mini-batches")),
        (not config.frozen, tr("some of its weights are frozen")),
        (len(config.hidden) <= WINDOW_LAYERS, tr("it has more than {most} hidden layers", most=WINDOW_LAYERS)),
        (size <= MOST_NUMBERS, tr("it has more than {n:,} weights and biases", n=MOST_NUMBERS)),
    ]
    words = mark("This run cannot be written as code that is easy to read: {reason}. Save its data instead.")
    reason = next((each for holds, each in checks if not holds), "")
    return tr(words, reason=reason) if reason else ""
