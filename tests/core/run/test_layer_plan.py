"""The way from some layers to others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.run.layer_plan import Layers, operations_between
from curvegui.core.run.operations import AddLayer, AddNeurons, Operation, RemoveLayer, RemoveNeurons

LAYERS = st.lists(st.integers(1, 9), min_size=1, max_size=6).map(tuple)


@given(before=LAYERS, after=LAYERS)
def test_the_operations_lead_where_they_should(before: Layers, after: Layers) -> None:
    hidden = before
    for operation in operations_between(before, after):
        hidden = operation.hidden_after(hidden)
    assert hidden == after


@pytest.mark.parametrize(
    ("before", "after", "operations"),
    [
        ((6, 7), (6, 7), ()),
        ((6, 7), (8, 6), (AddNeurons(1, 2), RemoveNeurons(2, 1))),
        ((6, 7), (6, 7, 14), (AddLayer(14),)),
        ((6, 7, 14), (6, 14), (RemoveLayer(2),)),
        ((6, 7, 14), (7,), (RemoveLayer(3), RemoveLayer(1))),
        ((5, 9, 5), (9, 6), (RemoveLayer(1), AddNeurons(2, 1))),
    ],
)
def test_as_much_stays_as_can(before: Layers, after: Layers, operations: tuple[Operation, ...]) -> None:
    assert operations_between(before, after) == operations
