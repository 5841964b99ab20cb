from typing import Any

import pytest

from curvegui import __version__
from curvegui.files.format.container import VERSION, check_version, version_values
from curvegui.files.format.section import ProjectError, Section


def _check(**changed: Any) -> None:
    check_version(Section(version_values() | {"made_by": "7.3"} | changed))


def test_this_version_and_newer_ones_that_this_one_can_read_are_fine() -> None:
    _check()
    _check(version=VERSION + 5)


def test_a_file_for_newer_readers_says_which_version_made_it() -> None:
    with pytest.raises(ProjectError) as caught:
        _check(version=9, min_reader=VERSION + 1)

    assert str(caught.value) == (
        f"It was made by CurveGUI 7.3, and this version, {__version__}, is too old for it. "
        "Install that one or a newer one."
    )


@pytest.mark.parametrize("value", ["", "othergui", None, 3])
def test_another_format_is_no_project(value: Any) -> None:
    with pytest.raises(ProjectError):
        _check(format=value)


@pytest.mark.parametrize("name", ["version", "min_reader"])
@pytest.mark.parametrize("value", [0, -1, "1", None, 1.0, True])
def test_a_version_is_a_positive_whole_number(name: str, value: Any) -> None:
    with pytest.raises(ProjectError, match=f"its “{name}” cannot be used"):
        _check(**{name: value})
