"""What is looked at: each change is told once, and what the network no longer has is let go of."""

import pytest

from curvegui.core.network.parts import Neuron, Parameter
from curvegui.session.study.inspection import Inspection, Pass, Stage


@pytest.fixture
def inspection(qapp):
    return Inspection()


@pytest.mark.parametrize(
    ("signal", "change"),
    [
        ("selected_changed", lambda it: it.select(Neuron(1, 2))),
        ("ablated_changed", lambda it: it.mute(Neuron(1, 2), True)),
        ("ablated_changed", lambda it: it.solo(Neuron(1, 2))),
        ("stretch_changed", lambda it: it.brush((0.2, 0.4))),
        ("point_changed", lambda it: it.look_at_point(3)),
        ("stage_changed", lambda it: it.light(Stage(Pass.FORWARD, 1))),
    ],
)
def test_a_change_is_told_once(qtbot, inspection, signal, change):
    with qtbot.waitSignal(getattr(inspection, signal)):
        change(inspection)
    with qtbot.assertNotEmitted(getattr(inspection, signal)):
        change(inspection)


def test_muting_is_taken_back_one_by_one_or_all_at_once(inspection):
    inspection.mute(Neuron(1, 0), True)
    inspection.mute(Parameter(2, 0, 1), True)
    inspection.mute(Neuron(1, 0), False)
    assert inspection.muted == {Parameter(2, 0, 1)} and inspection.ablations
    inspection.solo(Neuron(1, 1))
    inspection.unmute_all()
    assert not inspection.ablations


def test_a_part_is_muted_or_soloed_and_never_both(qtbot, inspection):
    told = []
    inspection.ablated_changed.connect(lambda: told.append((inspection.muted, inspection.soloed)))
    inspection.mute(Neuron(1, 0), True)
    inspection.solo(Neuron(1, 0))
    assert (inspection.muted, inspection.soloed) == (frozenset(), Neuron(1, 0))
    inspection.mute(Neuron(1, 1), True)
    inspection.mute(Neuron(1, 0), True)
    assert (inspection.muted, inspection.soloed) == ({Neuron(1, 0), Neuron(1, 1)}, None)
    assert len(told) == 4


def test_what_a_smaller_network_does_not_have_is_let_go_of(inspection):
    inspection.select(Neuron(2, 6))
    inspection.mute(Neuron(2, 6), True)
    inspection.mute(Neuron(1, 0), True)
    inspection.solo(Parameter(3, 0, 6))
    inspection.look_at_point(99)
    inspection.fit((1, 6, 6, 2), 50)
    assert (inspection.selected, inspection.soloed, inspection.point) == (None, None, 49)
    assert inspection.muted == {Neuron(1, 0)}


def test_a_stage_that_a_network_with_fewer_layers_does_not_have_is_let_go_of(inspection):
    for stage, is_kept in (
        (Stage(Pass.FORWARD, 3), True),  # the cost
        (Stage(Pass.FORWARD, 4), False),
        (Stage(Pass.BACKWARD, 2), True),
        (Stage(Pass.BACKWARD, 3), False),
        (Stage(Pass.UPDATE, 0), True),
    ):
        inspection.fit((1, 6, 7, 2), 100)
        inspection.light(stage)
        inspection.fit((1, 6, 2), 100)
        assert inspection.stage == (stage if is_kept else None)


def test_where_a_layer_lost_a_neuron_what_was_muted_in_it_is_let_go_of(inspection):
    inspection.fit((1, 6, 7, 2), 100)
    for part in (Neuron(2, 4), Parameter(3, 0, 1), Neuron(1, 5), Parameter(3, 1)):
        inspection.mute(part, True)
    inspection.select(Parameter(2, 1, 0))
    inspection.fit((1, 6, 6, 2), 100)
    assert inspection.muted == {Neuron(1, 5), Parameter(3, 1)}
    assert inspection.selected == Parameter(2, 1, 0)


def test_other_layers_keep_what_is_selected_where_it_still_exists(inspection):
    inspection.fit((1, 6, 7, 2), 100)
    inspection.select(Neuron(2, 4))
    inspection.solo(Parameter(2, 4, 0))
    inspection.fit((1, 7, 8, 2), 100)
    assert (inspection.selected, inspection.soloed) == (Neuron(2, 4), Parameter(2, 4, 0))
    inspection.fit((1, 7, 8, 14, 2), 100)
    assert (inspection.selected, inspection.soloed) == (Neuron(2, 4), None)
    inspection.fit((1, 4, 2), 100)
    assert inspection.selected is None


def test_what_the_network_does_not_have_cannot_be_pointed_at(inspection):
    inspection.fit((1, 6, 2), 50)
    for part in (Neuron(2, 4), Parameter(3, 0, 0)):
        inspection.select(part)
        inspection.mute(part, True)
        inspection.solo(part)
    inspection.light(Stage(Pass.BACKWARD, 3))
    inspection.look_at_point(1_299)
    assert (inspection.selected, inspection.soloed, inspection.muted, inspection.stage) == (None, None, set(), None)
    assert (inspection.point, inspection.point_in(50), inspection.point_in(40)) == (49, 49, None)
    inspection.look_at_point(None)
    assert inspection.point_in(50) is None
