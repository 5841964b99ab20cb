"""A run is the same in whatever pieces it is made, with whatever changes along the way, and whatever is shown of it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.learner import recording
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from tests.core.runs import BACKENDS, CHANGES, SMALL, cases

FIRST_ORDER = [name for name, optimizer in OPTIMIZERS.items() if optimizer.solver is None]
MATTERING = st.fixed_dictionaries(
    {
        "backend": st.sampled_from(BACKENDS[::-1]),
        "optimizer": st.sampled_from([*FIRST_ORDER, *OPTIMIZERS]),
        "trail_every": st.sampled_from([7, 1, 3, 100, 130]),
    }
)
"""What decides how many iterations are made at a time."""
STRETCHES = st.lists(
    st.tuples(
        st.builds(lambda some, mattering: some | mattering, CHANGES, MATTERING),
        st.sampled_from([(), (2,), (0, 5)]),
        st.sampled_from([250, 1_213, 437, 100, 37, 1]),
        st.sampled_from(["go on", "go on", "set by hand", "take back", "take up"]),
    ),
    min_size=1,
    max_size=3,
)
"""What changes, which parameters are frozen, for how many iterations it goes on, and what then becomes of the run."""
MOST_EXACT = 40  # iterations of the others, which take long one at a time


def _lived(stretches: list[Any], piece: int) -> Trainer:
    """A run that has been through some stretches, so many iterations at a time."""
    trainer = Trainer(SMALL)
    for changes, frozen, count, act in stretches:
        values = {name: value for name, value in changes.items() if name != "backend"}
        trainer.apply(replace(trainer.config, frozen=frozen, **values))
        trainer.calculate_with(changes.get("backend", trainer.backend))
        goal = trainer.iteration + (count if trainer.config.optimizer in FIRST_ORDER else min(count, MOST_EXACT))
        while trainer.iteration < goal and not trainer.diverged:
            trainer.advance(min(piece, goal - trainer.iteration))
        trainer = _after(trainer, act)
    return trainer


def _after(trainer: Trainer, act: str) -> Trainer:
    if act == "set by hand":
        trainer.set_parameters({1: 0.25})
    elif act == "take back":
        first = max(trainer.keyframes.first, trainer.keyframes.last_edit or 0)
        then = Replayer().snapshot(trainer, (first + 2 * trainer.iteration) // 3)
        trainer.rewind(then.iteration, then.parameters, then.state)
    elif act == "take up":
        return Trainer.going_on(trainer.record(), trainer.backend)
    return trainer


def _run(trainer: Trainer) -> dict[str, object]:
    """All that a run leaves behind but what is shown of it, to the last bit."""
    notes = trainer.notes
    frames = [*notes.keyframes.all(), notes.last, trainer.keyframe_before(trainer.best[0])]
    return {
        "iteration": (trainer.iteration, trainer.diverged),
        "parameters": (trainer.parameters.tobytes(), trainer.state.tobytes()),
        "costs": trainer.costs.since(-1).tobytes(),
        "test costs": trainer.test_costs.since(-1).tobytes(),
        "keyframes": [(each.iteration, each.parameters.tobytes(), each.state.tobytes()) for each in frames],
        "best": trainer.best,
    }


def _trail(trainer: Trainer) -> tuple[int, list[int], list[bytes]]:
    curves = trainer.trail.since(-1)
    return trainer.trail.spacing, curves.iterations.tolist(), [each.tobytes() for each in curves.curves]


@pytest.mark.slow
@given(STRETCHES, st.sampled_from([7, 50, 100, 333, 10_000]), st.sampled_from([10, 37, 10_000]))
@settings(max_examples=5)
def test_a_run_made_in_pieces_is_the_one_that_is_made_one_iteration_at_a_time(
    stretches: list[Any], piece: int, curves: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recording, "TRAIL_CURVES", curves)  # thinned on the way, within pieces too
        single, pieces = _lived(stretches, 1), _lived(stretches, piece)
    assert _run(pieces) == _run(single)
    assert _trail(pieces) == _trail(single)


@pytest.mark.slow
@given(STRETCHES, st.sampled_from([1, 3, 130]))
@settings(max_examples=4)
def test_what_is_shown_of_a_run_does_not_change_it(stretches: list[Any], every: int) -> None:
    shown = [({**changes, "trail_every": every}, *others) for changes, *others in stretches]
    assert _run(_lived(shown, 333)) == _run(_lived(stretches, 333))


@pytest.mark.slow
@pytest.mark.parametrize("backend", cases(BACKENDS))
@pytest.mark.parametrize(("optimizer", "every"), [("descent", 130), ("adam", 7)])
def test_the_costs_of_a_run_are_those_of_its_iterations_computed_anew(backend: Any, optimizer: str, every: int) -> None:
    trainer = Trainer(replace(SMALL, optimizer=optimizer, trail_every=every, frozen=(2,), schedule="cosine"), backend)
    trainer.advance(1_234)
    trainer.rewind(9_500, trainer.parameters, trainer.state)  # a leap to where costs are recorded more seldom
    trainer.set_parameters({1: 0.25})  # from here on, it can be computed anew
    trainer.advance(1_745)
    replayer, rows = Replayer(), trainer.costs.since(-1)
    assert rows[-13:, 0].tolist() == list(range(10_000, 11_245, 100))
    for iteration, cost in [*rows[:1_000:99].tolist(), *rows[1_000::25].tolist(), *rows[-6:].tolist()]:
        assert replayer.snapshot(trainer, int(iteration)).cost == cost
    assert np.array_equal(replayer.snapshot(trainer, 11_245).parameters, trainer.parameters)
