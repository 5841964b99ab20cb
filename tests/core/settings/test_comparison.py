"""Two runs' settings in words."""

import pytest

from curvegui.core.settings.comparison import Comparison, compare_settings, plain_number
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.setting import Effect


def words(one, other, **options):
    return [each.words for each in compare_settings(TrainingConfig(**one), TrainingConfig(**other), **options)]


def test_what_differs_comes_first_and_the_rest_is_the_same():
    said = words({"aggression": 7, "hidden": (6, 7)}, {"aggression": 3, "hidden": (10,)})
    assert said[:2] == ["Layers: 6–7 and 10", "Aggression: 7 and 3"]
    assert "Noise: the same (1)" in said[2:]
    assert all(": the same (" in each for each in said[2:])


def test_choices_have_the_names_that_people_see():
    label = dict(SETTINGS["activation"].choices())
    (first, *_) = words({"activation": "logistic"}, {"activation": "tanh"})
    assert first == f"Neurons: {label['logistic']} and {label['tanh']}"
    assert "Curve: the same (Heart)" in words({}, {})


def test_how_a_run_is_shown_is_no_difference():
    shown = {name for name, setting in SETTINGS.items() if setting.effect is Effect.DISPLAY}
    compared = compare_settings(TrainingConfig(), TrainingConfig(speed=0, trail_every=7, iterations=3))
    assert all(each.is_same for each in compared)
    known = {name for name in SETTINGS if name not in shown and TrainingConfig().uses(name)}
    assert {each.label for each in compared} == {SETTINGS[name].label for name in known}


def test_a_knob_that_only_one_of_two_optimisers_has_is_compared():
    said = words({"optimizer": "adam"}, {})
    assert said[0] == "Optimiser: Adam and Steepest descent"
    assert "Momentum: 0.9 and none" in said
    assert "Aggression: 7 and none" in words({}, {"optimizer": "lbfgs"})
    assert not any(each.startswith("Schedule over") for each in said)


def test_numbers_are_written_as_the_caller_likes():
    said = words({"aggression": 0.5}, {"aggression": 2}, number=lambda number: f"{number:g}".replace(".", ","))
    assert said[0] == "Aggression: 0,5 and 2"


@pytest.mark.parametrize(("number", "text"), [(50_000, "50,000"), (7.0, "7"), (0.25, "0.25"), (1e6, "1,000,000")])
def test_a_plain_number_is_grouped(number, text):
    assert plain_number(number) == text


def test_values_that_read_the_same_are_the_same():
    assert Comparison("Cost", "0.1", "0.1").is_same
    assert Comparison("Cost", "0.1", "0.2").words == "Cost: 0.1 and 0.2"


def test_of_what_is_frozen_the_number_is_told() -> None:
    one, other = TrainingConfig(frozen=(3, 4, 70)), TrainingConfig()
    assert compare_settings(one, other)[0].words == "Frozen: 3 and none"
