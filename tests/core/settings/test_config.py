import tracemalloc
from typing import Any

import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through
from curvegui.core.network.network import parameter_count
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent
from curvegui.core.optimizers.stop_rules import StopRules
from curvegui.core.settings.config import (
    MAX_FROZEN,
    MAX_PARAMETERS,
    SETTINGS,
    TrainingConfig,
    check_size,
    memory_gigabytes,
    why_unused,
)

NO_NUMBERS: list[Any] = ["7", "", None, True, float("nan"), float("inf"), 1e400, -1, [], (7,)]
NUMBERS = sorted(
    name for name, setting in SETTINGS.items() if not setting.choices() and name not in ("hidden", "frozen")
)
CHOICES = sorted(name for name, setting in SETTINGS.items() if setting.choices())


def test_a_curve_of_ones_own_is_a_setting_too() -> None:
    own = curve_through("My fish", np.array([[0.0, 1.0], [0.0, 1.0]]), closed=False)
    config = TrainingConfig(curve=own)

    assert config.curve == own
    assert (config.curve_name, config.curve_title) == ("My fish", "My fish")
    assert (TrainingConfig().curve_name, TrainingConfig().curve_title) == ("heart", "Heart")
    with pytest.raises(ValueError, match="Curve: choose one of"):
        TrainingConfig(curve=7)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("drawing", "Drawing"),
        ("fish", "Fish"),
        ("figure-eight knot, reshaped", "Figure-eight knot, reshaped"),
        ("my fish, twice", "my fish, twice"),
        ("iPhone", "iPhone"),
        ("sin(4 pi t) + 0.2, 13*cos(2*pi*t) - 5*cos(4*pi*t) - 2*c…", "Formula"),
        ("a cos(t), sqrt(t), reshaped", "Formula"),
    ],
)
def test_our_own_words_begin_with_a_capital_in_titles_and_those_of_a_person_stay(name: str, title: str) -> None:
    config = TrainingConfig(curve=curve_through(name, np.array([[0.0, 1.0], [0.0, 1.0]]), closed=False))

    assert (config.curve_name, config.curve_title) == (name, title)


def test_the_defaults_are_the_exercise() -> None:
    config = TrainingConfig()

    assert config.sizes == (1, 6, 7, 2)
    assert (config.aggression, config.noise, config.iterations) == (7, 1, 50_000)
    assert (config.points, config.trail_every, config.curve) == (100, 100, "heart")
    assert config.activation == config.output_activation == "logistic"


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
def test_a_bad_number_is_refused_in_a_sentence_that_names_the_setting(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=rf"^{SETTINGS[name].label}: a (whole )?number from [\d,.]+ to [\d,.]+\.$"):
        TrainingConfig(**{name: value})


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_may_be_as_small_and_as_large_as_its_setting_says_and_no_more(name: str) -> None:
    setting = SETTINGS[name]
    for bound in (setting.low, setting.high):
        assert getattr(TrainingConfig(**{name: bound}), name) == bound
    for beyond in (setting.low - 1, setting.high + 1):
        with pytest.raises(ValueError, match=setting.label):
            TrainingConfig(**{name: beyond})


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("value", ["", "LOGISTIC", "teapot", None, 7, True, float("nan")], ids=repr)
def test_a_bad_choice_is_answered_with_the_choices(name: str, value: Any) -> None:
    names = ", ".join(name for name, _ in SETTINGS[name].choices())
    with pytest.raises(ValueError, match=f"^{SETTINGS[name].label}: choose one of {names}\\.$"):
        TrainingConfig(**{name: value})


def test_hidden_neurons_cannot_be_linear_but_outputs_can() -> None:
    assert TrainingConfig(output_activation="linear").output_activation == "linear"
    with pytest.raises(ValueError, match="Neurons: choose one of"):
        TrainingConfig(activation="linear")


@pytest.mark.parametrize("value", ["6 7", "", None, 6, {6, 7}, float("nan"), (), [], (6,) * 65], ids=repr)
def test_what_is_no_list_of_layers_is_refused_in_words(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^Layers: from 1 to 64 hidden layers\.$"):
        TrainingConfig(hidden=value)


@pytest.mark.parametrize("neurons", [0, -1, True, 6.5, "6", "", None, float("nan"), 1e400, 20_001], ids=repr)
def test_a_layer_of_a_bad_size_is_refused_in_words(neurons: Any) -> None:
    with pytest.raises(ValueError, match=r"^Layers: a whole number from 1 to 20,000\.$"):
        TrainingConfig(hidden=(6, neurons))


def test_a_network_that_is_too_large_is_refused_with_its_size_in_gigabytes_before_anything_is_allocated() -> None:
    sizes = (1, 20_000, 20_000, 2)
    gigabytes = f"{memory_gigabytes(parameter_count(sizes)):,.1f} GB"
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=rf"^Layers: .* {gigabytes}.*At most 20,000,000 are possible"):
            TrainingConfig(hidden=sizes[1:-1])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 1_000_000


def test_the_largest_network_is_allowed_and_one_neuron_more_is_not() -> None:
    largest = next(n for n in range(4_000, 5_000) if parameter_count((1, n, n, 2)) > MAX_PARAMETERS) - 1

    check_size((1, largest, largest, 2))
    with pytest.raises(ValueError, match="weights and biases"):
        check_size((1, largest + 1, largest + 1, 2))


@pytest.mark.parametrize("value", [7, "7", [-1], [0.5], [True], ["3"], [[3]], range(2)], ids=repr)
def test_what_is_no_list_of_places_cannot_be_frozen(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^Frozen: "):
        TrainingConfig(frozen=value)


def test_what_a_network_does_not_have_cannot_be_frozen() -> None:
    most = parameter_count(TrainingConfig().sizes)
    assert TrainingConfig(frozen=(most - 1,)).frozen == (most - 1,)
    with pytest.raises(ValueError, match=r"^Frozen: this network has only 77 weights and biases"):
        TrainingConfig(frozen=(most,))
    with pytest.raises(ValueError, match=r"^Frozen: at most 1,000,000 weights and biases"):
        TrainingConfig(frozen=(0,) * (MAX_FROZEN + 1))


def test_other_layers_have_nothing_frozen_unless_it_is_said() -> None:
    config = TrainingConfig(frozen=(70,))
    assert config.changed(hidden=(2,)) == TrainingConfig(hidden=(2,))
    assert config.changed(hidden=[6, 7], noise=0).frozen == (70,)
    assert config.changed(hidden=(2,), frozen=(1,)).frozen == (1,)
    with pytest.raises(ValueError, match=r"^Layers"):
        config.changed(hidden=7)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_with_another_optimiser_the_aggression_is_as_bold_as_it_was(name: str) -> None:
    bold = TrainingConfig(aggression=14)
    there = bold.changed(optimizer=name)

    usual = OPTIMIZERS[name].usual
    assert there.aggression == pytest.approx(2 * usual if usual else 14)
    assert there.changed(optimizer="descent") == bold
    assert bold.changed(optimizer=name, aggression=3).aggression == 3


def test_a_schedule_takes_as_long_as_the_run_until_it_is_given_another_length() -> None:
    config = TrainingConfig(iterations=8_000).changed(schedule="cosine")
    assert config.schedule_over == 8_000
    assert config.changed(iterations=9_000).schedule_over == 9_000

    other = config.changed(schedule_over=500)
    assert other.changed(iterations=9_000).schedule_over == 500
    assert other.changed(schedule="step").schedule_over == 500
    assert TrainingConfig().changed(iterations=9_000).schedule_over == TrainingConfig.schedule_over


def test_a_setting_is_used_where_the_optimiser_has_it() -> None:
    plain, adam, finish = (TrainingConfig(optimizer=name) for name in ("descent", "adam", "levenberg-marquardt"))

    assert plain.uses("aggression")
    assert plain.uses("noise")
    assert not plain.uses("momentum")
    assert adam.uses("momentum")
    assert adam.uses("memory")
    assert not any(finish.uses(name) for name in ("aggression", "noise", "momentum", "memory", "schedule", "batch"))
    assert finish.uses("iterations")
    assert not adam.uses("schedule_over")
    assert adam.changed(schedule="step").uses("schedule_over")
    assert not finish.changed(schedule="step").uses("schedule_over")


def test_what_an_optimiser_remembers_must_fit_the_memory() -> None:
    large = TrainingConfig(hidden=(1_000, 1_000), points=10)

    large.changed(optimizer="adam")
    with pytest.raises(ValueError, match=r"L-BFGS.* 952,380 .* not 1,005,002"):
        large.changed(optimizer="lbfgs")


def test_the_jacobian_of_all_residuals_must_fit_the_memory() -> None:
    TrainingConfig(hidden=(64, 64, 64), points=100, optimizer="levenberg-marquardt")
    TrainingConfig(hidden=(64, 64, 64), points=5_000, train_one_in=50, optimizer="levenberg-marquardt")
    with pytest.raises(ValueError, match=r"would need 686 MB for 5,000 points and 8,578 weights"):
        TrainingConfig(hidden=(64, 64, 64), points=5_000, optimizer="levenberg-marquardt")


def test_a_config_says_how_to_go_down_and_when_to_stop() -> None:
    config = TrainingConfig(
        aggression=3, noise=0.5, seed=8, optimizer="adam", momentum=0.8, memory=0.95, schedule="step",
        schedule_over=77, batch=9, stop_cost=0.1, stop_patience=300, stop_seconds=4,
    )  # fmt: skip

    assert config.descent == Descent(3, 0.5, 8, "adam", 0.8, 0.95, "step", 77, 9)
    assert config.stop_rules == StopRules(0.1, 300, 4)
    assert not config.is_plain
    assert TrainingConfig().is_plain
    assert TrainingConfig().descent == Descent(7.0, 1.0, 5)


def ways(*optimizers, schedule="constant"):
    return [TrainingConfig(optimizer=name, schedule=schedule) for name in optimizers]


@pytest.mark.parametrize(
    ("name", "tried", "sentence"),
    [
        (
            "momentum",
            ways("descent"),
            "Momentum: it has no effect with the optimiser descent. Use it with momentum, nesterov or adam.",
        ),
        (
            "memory",
            ways("descent"),
            "Memory: it has no effect with the optimiser descent. Use it with rmsprop or adam.",
        ),
        (
            "noise",
            ways("lbfgs", "levenberg-marquardt", "lbfgs"),
            "Noise: it has no effect with the optimiser lbfgs or levenberg-marquardt. "
            "Use it with descent, momentum, nesterov, rmsprop or adam.",
        ),
        (
            "schedule_over",
            ways("descent"),
            "Schedule over: it has no effect with the schedule constant. Use it with cosine or step.",
        ),
    ],
)
def test_what_would_use_it_is_named(name, tried, sentence):
    assert why_unused(name, tried) == sentence
