"""A result is told to people in lines and to programs as strict JSON."""

import json
from dataclasses import replace

import pytest

from curvegui.cli.result import Result
from curvegui.core.diagnosis.diagnosis import diagnose
from curvegui.core.run.look_ahead import signs_of
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


@pytest.fixture
def result() -> Result:
    trainer = Trainer(TrainingConfig(seed=5))
    trainer.advance(1_000)
    return Result(trainer.snapshot(), 0.5, diagnose(signs_of(trainer)), ("heart.png",), interrupted=False)


def strict(text: str) -> dict[str, object]:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    return json.loads(text, parse_constant=refuse)


def test_json_tells_the_run(result):
    told = strict(result.as_json())
    assert told["curve"] == "heart"
    assert told["cost"] == result.snapshot.cost
    assert told["iterations"] == 1_000
    assert told["seconds"] == 0.5
    assert told["seed"] == 5
    assert told["saved"] == ["heart.png"]
    assert told["interrupted"] is False
    assert told["diagnosis"]["condition"] in ("starting", "learning")
    assert told["diagnosis"]["headline"] == result.diagnosis.headline


def test_a_cost_beyond_all_numbers_is_null(result):
    told = replace(result, snapshot=replace(result.snapshot, cost=float("inf")))
    assert strict(told.as_json())["cost"] is None


def test_the_test_cost_is_told_where_there_is_one(result):
    assert "test_cost" not in strict(result.as_json())
    assert "test cost" not in result.as_text()
    tested = replace(result, snapshot=replace(result.snapshot, test_cost=0.0034))
    assert strict(tested.as_json())["test_cost"] == 0.0034
    assert "\ntest cost   0.00340\n" in tested.as_text()
    lost = replace(result, snapshot=replace(result.snapshot, test_cost=float("nan")))
    assert strict(lost.as_json())["test_cost"] is None


def test_the_text_tells_the_same(result):
    lines = dict(line.split(maxsplit=1) for line in result.as_text().splitlines())
    assert lines["iterations"] == "1,000"
    assert lines["seconds"] == "0.50 (2,000 iterations a second)"
    assert lines["parameters"] == "W1 6×1, W2 7×6, W3 2×7, b1 6×1, b2 7×1, b3 2×1"
    assert lines["seed"] == "5"
    assert lines["saved"] == "heart.png"
    assert result.diagnosis.headline in lines["state"]
