"""Operations on the run that is alive: it goes on, and Undo brings the network before back."""

import numpy as np
import pytest

from curvegui.core.network.network import named_parameters
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.session.run.delivery import Phase

BOTH_ENGINES = True

OPERATIONS = [
    (lambda session: session.add_neuron(2), "Add a neuron", (6, 8)),
    (lambda session: session.remove_neuron(None, 1), "Remove a neuron", (5, 7)),
    (lambda session: session.remove_neuron(Neuron(1, 3), 1), "Remove a neuron", (5, 7)),
    (lambda session: session.add_layer(), "Add a layer", (6, 7, 14)),
    (lambda session: session.remove_layer(1), "Remove a layer", (7,)),
    (lambda session: session.edit(hidden=(8, 5, 14)), "Layers", (8, 5, 14)),
]
WEIGHT, BIAS = Parameter(2, 3, 1), Parameter(3, 1)


def state(session):
    return (
        session.config,
        session.iteration,
        session.snapshot.parameters.tobytes(),
        len(session.received.costs.iterations),
    )


@pytest.mark.slow
@pytest.mark.parametrize(("operation", "label", "hidden"), OPERATIONS, ids=[label for _, label, _ in OPERATIONS])
def test_the_run_goes_on_and_undo_and_redo_bring_either_network_back(session, settle, operation, label, hidden):
    session.step(230)
    settle(session)
    before = state(session)
    operation(session)
    assert session.config.hidden == hidden
    settle(session)
    assert session.snapshot.config.hidden == hidden
    assert session.iteration == 230
    assert session.history.undo_label == label
    assert session.received.costs.iterations[0] == 0
    assert session.failures == []
    after = state(session)
    for _ in range(2):
        session.undo()
        settle(session)
        assert state(session) == before
        session.redo()
        settle(session)
        assert state(session) == after


def test_the_run_can_be_looked_back_to_from_where_it_was_operated_on(session, settle, qtbot):
    session.step(250)
    settle(session)
    session.add_neuron(1)
    session.step(100)
    settle(session)
    session.time.look_back(100)
    qtbot.waitUntil(lambda: session.time.past is not None)
    assert session.time.past.iteration == session.time.playhead == 250


@pytest.mark.parametrize(
    "operation",
    [
        lambda session: session.add_neuron(0),
        lambda session: session.add_neuron(3),
        lambda session: session.remove_neuron(Neuron(1, 6), 1),
        lambda session: session.remove_neuron(Neuron(2, 0), 1),
        lambda session: session.remove_layer(3),
        lambda session: session.set_parameters({WEIGHT: float("nan")}),
        lambda session: session.set_parameters({BIAS: 1e9}),
        lambda session: session.set_parameters({Parameter(4, 0, 0): 1.0}),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(session, operation):
    before = session.config
    with pytest.raises(ValueError, match=r"\.$"):
        operation(session)
    assert session.config == before
    assert session.history.undo_label is None


def test_the_last_neuron_and_the_last_layer_stay(open_session):
    session = open_session(hidden=(1,))
    with pytest.raises(ValueError, match="last neuron"):
        session.remove_neuron(None, 1)
    with pytest.raises(ValueError, match="only hidden layer"):
        session.remove_layer(1)


def weight(session):
    return named_parameters(session.config.sizes, session.snapshot.parameters)["W2"][3, 1]


def test_a_weight_is_set_and_undo_takes_it_back(session, settle):
    session.step(150)
    settle(session)
    before = state(session)
    session.set_parameters({WEIGHT: 2.5})
    settle(session)
    assert weight(session) == 2.5
    assert (session.iteration, session.history.undo_label) == (150, "Weight")
    assert session.received.costs.since(149)[0].tolist() == [150, session.snapshot.cost]
    session.undo()
    settle(session)
    assert state(session) == before


@pytest.mark.slow
def test_a_drag_is_one_change_and_one_run(session, settle, reach):
    session.run()
    reach(session, 300)
    session.history.hold()
    for value in np.linspace(0, 3, 20):
        session.set_parameters({WEIGHT: float(value)}, "Drag a weight")
    session.history.release()
    session.pause()
    settle(session)
    assert len(session.history.runs()) == 2
    assert session.history.undo_label == "Drag a weight"
    session.history.hold()
    session.set_parameters({WEIGHT: 1.0}, "Drag a weight")
    session.history.release()
    assert len(session.history.runs()) == 3


def test_what_is_set_again_at_the_same_iteration_takes_the_place_of_what_was_set(session, settle):
    session.step(120)
    settle(session)
    session.history.hold()
    for value in (1.0, 2.0, 3.0):
        session.set_parameters({WEIGHT: value})
        settle(session)
        assert session.received.costs.since(119).tolist() == [[120, session.snapshot.cost]]
    assert weight(session) == 3


def test_a_whole_network_of_other_layers_is_refused(session):
    with pytest.raises(ValueError, match="other layers"):
        session.set_all_parameters(np.zeros(70), "Jump")
    assert session.history.undo_label is None


def test_freezing_is_a_setting_and_stays_with_its_parameters(session, settle):
    session.edit(frozen=(0, 1, 76))
    assert session.history.undo_label == "Frozen"
    session.step(100)
    settle(session)
    held = session.snapshot.parameters[[0, 1, 76]].tolist()
    session.add_neuron(1)
    session.remove_neuron(None, 2)
    session.step(100)
    settle(session)
    assert len(session.config.frozen) == 3
    assert session.config.frozen == session.snapshot.config.frozen
    assert session.snapshot.parameters[list(session.config.frozen)][:2].tolist() == held[:2]
    session.reset(hidden=(2,))
    assert session.config.frozen == ()


def test_a_run_that_diverged_learns_on_after_an_operation(open_session, settle, qtbot):
    session = open_session(activation="relu", output_activation="linear", aggression=7.0)
    session.run()
    qtbot.waitUntil(lambda: session.phase is Phase.DIVERGED)
    session.edit(speed=1.0)  # so that it does not run away again before anybody looks
    session.set_parameters({WEIGHT: 0.5})
    assert session.phase is Phase.DIVERGED
    qtbot.waitUntil(lambda: len(session.phases) > 2)
    assert session.phases[2] is Phase.LEARNING
