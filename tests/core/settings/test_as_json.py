"""Settings as plain values: nothing is lost on the way, and what is not settings is refused."""

import json

import numpy as np
import pytest
from hypothesis import given

from curvegui.core.curve.curve import FormulaParameter, curve_through
from curvegui.core.formula.curve import formula_curve
from curvegui.core.settings.as_json import config_of, plain_config
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from tests.core.runs import CHANGES

OWN = curve_through(
    "own", np.array([[0.0, 1 / 3, 1.0], [0.0, 0.7, 1e-9]]), closed=True, jumps=np.array([True, False, False])
)


@given(CHANGES)
def test_settings_go_there_and_back(changes):
    config = TrainingConfig(**{name: value for name, value in changes.items() if name in SETTINGS})
    assert config_of(json.loads(json.dumps(plain_config(config)))) == config


def test_a_curve_of_ones_own_is_the_same_to_the_last_bit():
    for curve in (OWN, TYPED):
        config = TrainingConfig(curve=curve, frozen=(1, 5))
        assert config_of(json.loads(json.dumps(plain_config(config)))) == config
    assert formula_curve("a*t", "t^2", parameters=[FormulaParameter("a", 2, 0, 9)]) != TYPED


TYPED = formula_curve("a*t", "t^2", parameters=[FormulaParameter("a", 2)])
CURVE = plain_config(TrainingConfig(curve=OWN))["curve"]


KEYS = "name", "value", "low", "high"
ROWS = [("a", *row) for row in ((0, 1, 2), (1, 2, 0), (1, 1, 1), (1e10, 0, 2e10), (float("nan"), 0, 1), ("?", 0, 1))]


@pytest.mark.parametrize(
    "values",
    [
        {"colour": 3},
        {"noise": "much"},
        {"noise": {}},
        {"hidden": [[3]]},
        {"curve": []},
        {"curve": {}},
        {"curve": {**CURVE, "t": "?"}},
        {"curve": {**CURVE, "t": CURVE["t"][:4]}},
        {"curve": {**CURVE, "t": 3}},
        {"curve": {**CURVE, "points": CURVE["t"]}},
        {"curve": {**CURVE, "units": [1, 2]}},
        {"curve": {**CURVE, "units": [10**400, 0, 0, False]}},
        {"curve": {**CURVE, "units": 1}},
        {"curve": {**CURVE, "typed": {"x": "t"}}},
        {"curve": {**CURVE, "typed": {"x": "t", "y": 3, "parameters": []}}},
        {"curve": {**CURVE, "typed": {"x": "t", "y": "t", "parameters": [["a", 1]]}}},
        *(
            {"curve": {**CURVE, "typed": {"x": "t", "y": "a", "parameters": [dict(zip(KEYS, row, strict=True))]}}}
            for row in ROWS
        ),
    ],
)
def test_what_is_not_settings_is_refused(values):
    with pytest.raises(ValueError, match=r"\.$"):
        config_of(values)
