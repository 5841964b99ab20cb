"""Named experiments: settings that really show something, with a question to answer before it is seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from curvegui.core.language.text import english, said
from curvegui.core.settings.config import TrainingConfig

START = TrainingConfig()


def typed(title: str) -> str:
    """The name for typing, from a title or from a name itself."""
    return "-".join(title.lower().partition(":")[0].split())


@said("title", "ask", "do", "see")
@dataclass(frozen=True)
class Experiment:
    """A run with the usual settings but for ``settings``, after ``learnt`` iterations and ``change``, and a task for a
    person. ``places`` and ``until`` are those of a lesson's step, ``chapter`` is a heading of the guide; texts are in
    Markdown."""

    title: str
    ask: str  # what there is, and a question: the answer is to be guessed
    do: str  # what to try
    see: str  # what to look for, which is the answer
    settings: Mapping[str, Any] = field(default_factory=dict)
    learnt: int = 0
    change: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[str, ...] = ("canvas",)
    until: str = ""
    chapter: str = ""

    @property
    def name(self) -> str:
        """The name for typing, the same in every language: "only-luck"."""
        return typed(english(self, "title"))

    @property
    def config(self) -> TrainingConfig:
        """The settings at the beginning."""
        return START.changed(**self.settings)


_ALL = (
    Experiment(
        "Saturated",
        "With an aggression of 7, this network has learned half of the heart. Now the aggression is 100: each step is "
        "14 times as large. Will the heart be there 14 times as soon?",
        "Guess. Then press Run.",
        "The first steps throw the sums *z* of the output neurons far away from 0, where σ is flat. There σ′ is nearly "
        "0, and every Jacobian contains it: the neurons are **saturated**, and nothing moves any more.",
        learnt=1_000,
        change={"aggression": 100.0},
        places=("canvas", "status"),
        until="finding saturated",
        chapter="Saturated output neurons",
    ),
    Experiment(
        "Vanishing gradient",
        "This network has six hidden layers. Will it learn the heart faster than one with two?",
        "Guess. Compare the Jacobians of the first layer with those of the last, then press Run.",
        "At the start, the Jacobians of the first layer are thousands of times smaller. On its way back, the error is "
        "multiplied at every layer by weights and by σ′, which is at most 1/4: the gradient **vanishes**. The last "
        "layer soon finds the mean of the curve. For a long time, nothing more is learned. Try fewer layers, or tanh "
        "neurons.",
        {"hidden": (4,) * 6},
        places=("jacobians", "status"),
        until="finding vanishing-gradient",
        chapter="A vanishing gradient",
    ),
    Experiment(
        "Learnt by heart",
        "This network trains on 12 points, one in ten, and each was moved at random, as by an error of measurement. "
        "Its cost will be nearly 0. Will it draw the heart well between these points?",
        "Guess. Then press Run, and compare the two costs on the picture.",
        "The fit goes through the training points with all their errors, and misses the curve between them. The test "
        "cost, at the other points, is mostly more than a hundred times as large: the network has **memorised** the "
        "points. Try more neurons, fewer, or some weight decay.",
        {"hidden": (16, 16), "optimizer": "adam", "aggression": 0.03, "noise": 0.0, "points": 120, "train_one_in": 10,
         "data_noise": 0.03},
        until="iterations made > 2000",
        chapter="Any curve",
    ),
    Experiment(
        "Only luck: 16 seeds",
        "Sixteen networks with the same settings differ only in the random weights that they begin with. How many "
        "times as large as the lowest cost will the highest be?",
        "Guess. Then choose Run → Compare, and wait until all have learned.",
        "The highest cost is several times as large as the lowest, and only chance is different. So one run proves "
        "little: compare settings over many seeds, as the wall and the sweep do.",
        {"hidden": (3, 3), "noise": 0.0},
        chapter="The wall of seeds",
    ),
    Experiment(
        "Too small",
        "Two hidden neurons try to draw a flower. What would help: more time, or more neurons?",
        "Guess. Press Run until the cost stays level, then press + in the layer until there are 8 neurons.",
        "x and y are mixed from two curves that only rise or only fall: the fit has no bend to spare, however long it "
        "trains. With 8 neurons, the same run goes on to a far lower cost.",
        {"hidden": (2,), "curve": "flower"},
        places=("layers",),
        until="hidden neurons >= 8 and iterations made > 1000",
        chapter="A network that is too small",
    ),
    Experiment(
        "Noise helps",
        "The steps of this network are a little too large: the fit jumps to and fro, and the cost stays up. The noise "
        "is 0. Will random steps make that worse?",
        "Guess. Press Run for a while, then set the noise to 0.4.",
        "The cost falls to less than half. Without noise, each step goes too far, and the next one takes it back. With "
        "a little noise, steps differ in length, and the jumping dies out. Too much noise does harm: try 1.",
        {"curve": "infinity", "activation": "tanh", "aggression": 7.0, "noise": 0.0, "seed": 3},
        learnt=2_000,
        places=("noise", "timeline"),
        until="noise > 0 and iterations since change > 1000",
        chapter="Settings",
    ),
    Experiment(
        "Grow without forgetting",
        "This network of 3 and 3 neurons has learned what it can. If it gets more neurons now, must it begin again?",
        "Guess. Press + in both layers until there are 7 neurons in each, then press Run.",
        "Nothing was forgotten: the weights that lead on from a new neuron are 0 at first, so the fit stays as it is. "
        "Then the new neurons learn, and the cost falls to a fraction.",
        {"hidden": (3, 3)},
        learnt=6_000,
        places=("layers",),
        until="hidden neurons >= 14 and iterations made > 2000",
        chapter="Settings",
    ),
    Experiment(
        "Race of optimisers",
        "Seven optimisers train the same network from the same weights. Which one has the lowest cost after 200 "
        "iterations, and which after 2,000? By what factor does it beat steepest descent?",
        "Guess. Then choose Run → Compare → Optimisers, and wait until the table is filled.",
        "Levenberg-Marquardt wins by far: it solves for the best step of all weights together. After 2,000 iterations, "
        "L-BFGS and Adam, which gives each weight a step size of its own, beat steepest descent, too. But look at the "
        "last column as well: an iteration of the winner takes many times as long.",
        {"noise": 0.0},
        chapter="The race of optimisers",
    ),
)  # fmt: skip
EXPERIMENTS = {each.name: each for each in _ALL}
