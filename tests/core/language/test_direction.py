"""Lines that are read from the right: they begin there, and what is read from the left keeps its order in them."""

from collections.abc import Iterator

import pytest

from curvegui.core.language.text import END, FROM_THE_RIGHT, ISOLATE, from_the_right, isolated, speak, tr
from curvegui.core.learner.caption import layers
from curvegui.files.disk.languages import use

ARABIC = "خاطئة"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak(None)


@pytest.mark.parametrize("value", ["−0.1057", "-0.5", "W1[2, 1]", "J_W3", "3 × 4", "1e-05", "t = 0.5", "50 %"])
def test_a_value_with_signs_keeps_its_order(value: str) -> None:
    assert isolated(value) == f"{ISOLATE}{value}{END}"


@pytest.mark.parametrize("value", ["12", "1,234.5", "Adam", ARABIC, "/home/a/b-1.png", "<b>−1</b>", ""])
def test_a_value_that_has_one_order_only_or_is_copied_stays_as_it_is(value: str) -> None:
    assert isolated(value) == value


def test_a_line_that_begins_with_a_name_begins_at_the_right() -> None:
    assert from_the_right(f"J_W3: {ARABIC}") == f"{FROM_THE_RIGHT}J_W3: {ARABIC}"
    assert from_the_right(f"<b>sigma</b> {ARABIC}") == f"<b>{FROM_THE_RIGHT}sigma</b> {ARABIC}"
    assert from_the_right(f"dC/dW\n{ARABIC}, x\nx, {ARABIC}") == f"dC/dW\n{ARABIC}, x\n{FROM_THE_RIGHT}x, {ARABIC}"


def test_lines_of_a_value_are_what_they_were_and_only_the_line_that_it_begins_is_begun() -> None:
    use("ar")
    said = tr("{what}: {lines}", what=ARABIC, lines=f"x = -1 {ARABIC}\n-m pip {ARABIC}\nx")
    assert said == f"{ARABIC}: x = -1 {ARABIC}\n-m pip {ARABIC}\nx"
    said = tr("{lines} {what}", what=ARABIC, lines="x\ny")
    assert said == f"x\n{FROM_THE_RIGHT}y {ARABIC}"


def test_only_languages_from_the_right_have_such_marks() -> None:
    use("de")
    assert tr("{name}: {state}", name="J_W3", state="−0.5") == "J_W3: −0.5"
    use("ar")
    assert tr("{name}: {state}", name="J_W3", state=ARABIC) == f"{FROM_THE_RIGHT}{ISOLATE}J_W3{END}: {ARABIC}"


def test_layers_go_from_the_input_to_the_outputs_in_every_language() -> None:
    use("de")
    assert layers((1, 6, 7, 2)) == "1–6–7–2"
    use("ar")
    assert layers((1, 6, 7, 2)) == f"{ISOLATE}1–6–7–2{END}"
