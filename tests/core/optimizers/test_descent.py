"""How a descent tells its step."""

from curvegui.core.optimizers.descent import Descent


def test_its_step_is_told_with_weight_decay_only_where_there_is_some() -> None:
    assert Descent(7, 1).step_formula == "aggression · (1 + noise · N) · J"
    assert Descent(7, 1, weight_decay=0.1).step_formula == "aggression · (1 + noise · N) · (J + weight decay · w)"
