import pytest

from curvegui.core.registry import Registry


def test_a_name_that_is_taken_is_refused_and_the_first_entry_stays() -> None:
    shapes: Registry[int] = Registry("shape")
    shapes.add("dot", 1)

    with pytest.raises(ValueError, match="already a shape named 'dot'"):
        shapes.add("dot", 2)

    assert shapes["dot"] == 1


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    shapes: Registry[int] = Registry("shape")
    shapes.add("dot", 1)
    shapes.add("line", 2)

    with pytest.raises(KeyError, match=r"no shape named 'blob'\. There are: dot, line"):
        shapes["blob"]
