"""Plans of sweeps, for tests that hold for all of them."""

from hypothesis import strategies as st

from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.sweep.plan import Axis, Span, SweepPlan

SMALL = TrainingConfig(hidden=(3,), points=5, seed=1, iterations=20)

AXES = {
    "aggression": st.one_of(
        st.lists(st.floats(0, 100), min_size=1, max_size=4).map(lambda values: Axis("aggression", tuple(values))),
        st.tuples(st.floats(0.01, 10), st.floats(10, 100), st.sampled_from([None, True, False])).map(
            lambda span: Axis("aggression", span=Span(*span))
        ),
    ),
    "hidden": st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(
        lambda values: Axis("hidden", tuple(values))
    ),
    "activation": st.just(Axis("activation", ("logistic", "tanh"))),
    "points": st.tuples(st.integers(2, 9), st.integers(9, 40), st.sampled_from([None, True, False])).map(
        lambda span: Axis("points", span=Span(*span))
    ),
    "curve": st.just(Axis("curve", ("heart", "circle"))),
}


@st.composite
def plans(draw):
    """Any plan of a few small runs."""
    names = draw(st.lists(st.sampled_from(sorted(AXES)), unique=True, max_size=3))
    axes = tuple(draw(AXES[name]) for name in names)
    is_grid = all(not axis.span or (SETTINGS[axis.setting].whole and not axis.span.logarithmic) for axis in axes)
    sample = draw(st.none() | st.integers(1, 5)) if is_grid else draw(st.integers(1, 5))
    return SweepPlan(SMALL, axes, draw(st.integers(1, 3)), sample, draw(st.integers(0, 9)))
