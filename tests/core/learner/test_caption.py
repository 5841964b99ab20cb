"""The caption names what was trained, how, for how long, and how well."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.learner.caption import caption, layers, moving_caption, short_cost
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


def caption_after(iterations: int, **settings: object) -> list[str]:
    trainer = Trainer(TrainingConfig(**settings))
    trainer.advance(iterations)
    return caption(trainer.snapshot()).split(" · ")


def test_the_caption_tells_curve_layers_iterations_settings_and_cost():
    parts = caption_after(1_200, seed=3, aggression=2.5, noise=0.5)
    assert parts[:-1] == ["heart", "1–6–7–2", "1,200 iterations", "aggression 2.5", "noise 0.5", "seed 3"]
    assert parts[-1].startswith("cost ")


def test_the_caption_gives_the_cost_of_the_network_as_it_stands():
    trainer = Trainer(TrainingConfig(noise=0))
    trainer.advance(3_000)
    snapshot = trainer.snapshot()
    assert float(caption(snapshot).rpartition("cost ")[2]) == pytest.approx(snapshot.cost, rel=0.05)


def test_the_caption_names_neurons_only_where_they_are_not_logistic():
    assert not any("logistic" in part for part in caption_after(1))
    assert "tanh neurons" in caption_after(1, activation="tanh")
    assert "linear output" in caption_after(1, output_activation="linear")


def test_the_caption_gives_the_test_cost_after_the_cost_where_there_is_one():
    snapshot = replace(Trainer(TrainingConfig()).snapshot(), cost=5.2e-4, test_cost=0.071)
    assert caption(snapshot).endswith(" · cost 0.000520, test 0.0710")
    assert moving_caption(snapshot).endswith(" · cost 0.000520, test 0.0710")
    assert caption(replace(snapshot, test_cost=None)).endswith(" · cost 0.000520")


def test_the_caption_names_an_optimiser_that_is_not_plain_and_only_the_settings_that_it_has():
    assert caption_after(1, optimizer="adam", aggression=0.1)[3:-1] == ["Adam", "aggression 0.1", "noise 1", "seed 5"]
    assert caption_after(1, optimizer="lbfgs", schedule="cosine", batch=9)[3:-1] == ["L-BFGS", "seed 5"]
    parts = caption_after(1, schedule="cosine", batch=50)
    assert parts[3:-1] == ["cosine schedule", "mini-batches of 50", "aggression 7", "noise 1", "seed 5"]
    assert "Adam · aggression 7" in moving_caption(Trainer(TrainingConfig(optimizer="adam")).snapshot())


def test_one_iteration_is_in_the_singular():
    assert "1 iteration" in caption_after(1)
    assert "0 iterations" in caption_after(0)


def test_layers_stand_in_a_row():
    assert layers((1, 100, 2)) == "1–100–2"


@pytest.mark.parametrize(
    ("cost", "text"),
    [
        (0, "0"),
        (0.612, "0.612"),
        (0.01, "0.0100"),
        (5.246e-4, "0.000525"),
        (5.24e-5, "0.0000524"),
        (123.4, "123"),
        (5.2e-6, "5.20e-6"),
        (3.2e12, "3.20e12"),
    ],
)
def test_a_cost_has_three_digits(cost, text):
    assert short_cost(cost) == text


@given(st.floats(min_value=1e-300, max_value=1e300))
def test_a_shortened_cost_is_within_half_a_percent_and_short(cost):
    text = short_cost(cost)
    assert float(text) == pytest.approx(cost, rel=0.00501)
    assert len(text) <= 9


def test_a_cost_that_is_no_number_is_still_told():
    assert short_cost(float("nan")) == "nan"
    assert short_cost(float("inf")) == "inf"


def test_a_films_caption_says_the_same_and_keeps_what_moves_together():
    trainer = Trainer(TrainingConfig(seed=3, activation="tanh", aggression=0.5))
    trainer.advance(1_200)
    still, moving = moving_caption(trainer.snapshot()).split("\n")
    assert still == "heart · 1–6–7–2 · tanh neurons · aggression 0.5 · noise 1 · seed 3"
    assert moving.startswith("1,200 iterations · cost ")
    said = [*still.split(" · "), *moving.split(" · ")]
    assert sorted(said) == sorted(caption(trainer.snapshot()).split(" · "))
