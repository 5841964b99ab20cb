"""A learner's file opens in an editor that is there, at the line where it is known how."""

from pathlib import Path

import pytest

from curvegui.ui.exercise.files import AT_LINE, IN_TERMINAL, editor_command

FILE = Path("/x/my file.py")


def having(*names):
    """A machine with these programs."""
    return {name: f"/bin/{name}" for name in names}.get


def test_ones_own_choice_comes_first_with_its_options():
    assert editor_command(FILE, 7, "kate --new", having("code", "kate")) == ["kate", "--new", "--line", "7", str(FILE)]
    assert editor_command(FILE, 7, "mine", having("code", "mine")) == ["mine", str(FILE)]


@pytest.mark.parametrize("visual", [None, "", "gone", *IN_TERMINAL])
def test_what_is_not_there_or_needs_a_terminal_gives_way_to_what_is_known(visual):
    found = editor_command(FILE, 12, visual, having("gedit", "subl", *IN_TERMINAL))
    assert found == ["/bin/subl", f"{FILE}:12"]


@pytest.mark.parametrize("name", AT_LINE)
def test_every_known_editor_is_given_file_and_line_in_words_of_their_own(name):
    found = editor_command(FILE, 31, None, having(name))
    assert found[0] == f"/bin/{name}"
    assert any(str(FILE) in word for word in found[1:]) and any("31" in word for word in found[1:])


def test_where_there_is_none_the_system_is_left_to_choose():
    assert editor_command(FILE, 1, None, having()) == []
