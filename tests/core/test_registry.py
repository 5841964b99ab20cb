import pytest

from curvegui.core.registry import Registry


def test_a_registered_function_is_found_under_its_name() -> None:
    shapes: Registry[object] = Registry("shape")

    @shapes.register("dot")
    def dot() -> None: ...

    assert shapes["dot"] is dot


def test_entries_keep_the_order_in_which_they_were_added() -> None:
    shapes: Registry[int] = Registry("shape")
    for sides, name in enumerate(("square", "dot", "line")):
        shapes.add(name, sides)

    assert list(shapes.items()) == [("square", 0), ("dot", 1), ("line", 2)]
    assert len(shapes) == 3


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


def test_an_unknown_name_is_simply_not_in_the_registry() -> None:
    shapes: Registry[int] = Registry("shape")
    shapes.add("dot", 1)

    assert "dot" in shapes
    assert "blob" not in shapes
    assert shapes.get("blob") is None
