"""A run as a line of text: short, exact, and readable after all that mails and chats do to it."""

import string
import textwrap
import tracemalloc
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui import __version__
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.format.section import ProjectError
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import MOST_CHARACTERS, SHORT_LINE, is_line, line_of, looks_like_line, project_of
from tests.files.projects import tiny_project
from tests.help.texts import texts

LETTERS = string.ascii_letters + string.digits + "+/"
USUAL = TrainingConfig()
NOISY = TrainingConfig(seed=123_456, data_noise=0.025, train_one_in=5)
CHANGED = TrainingConfig(
    activation="tanh", output_activation="linear", aggression=0.123, noise=0.45, iterations=123_456,
    seed=2_000_000_000, points=321, trail_every=77, speed=0.0,
)  # fmt: skip


@cache
def usual_project(config: TrainingConfig = USUAL, iterations: int = 1_000) -> Project:
    trainer = Trainer(config)
    trainer.advance(iterations)
    return Project(trainer.record())


LINE = line_of(usual_project())


def assert_read(text: str) -> None:
    """The text is read as the line is."""
    found, kept = project_of(text).record, project_of(LINE).record
    assert found.config == kept.config
    assert found.iteration == kept.iteration
    assert np.array_equal(found.parameters, kept.parameters)


# How long, how exact


@pytest.mark.slow
@pytest.mark.parametrize("config", [USUAL, TrainingConfig(seed=123_456, aggression=3.5, noise=0.7), CHANGED, NOISY])
def test_the_usual_network_takes_fewer_than_700_characters_and_is_exact_to_9_digits(config: TrainingConfig) -> None:
    project = usual_project(config)
    line = line_of(project)
    assert len(line) < 700
    kept, found = project.record.parameters, project_of(line).record.parameters
    assert np.max(np.abs(found - kept)) <= 5e-10 * np.max(np.abs(kept))


def test_a_large_network_takes_a_longer_line_and_is_as_exact() -> None:
    project = usual_project(TrainingConfig(hidden=(20, 20)), 10)
    line = line_of(project)
    difference = np.abs(project_of(line).record.parameters - project.record.parameters)
    assert SHORT_LINE < len(line) < 4_200
    assert np.max(difference) <= 2.0**-47 * np.max(np.abs(project.record.parameters))


def test_a_network_too_large_for_a_line_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curvegui.files.project.text_line.MOST_PARAMETERS", 76)
    with pytest.raises(ProjectError, match=r"too large for a line of text\. Save it as a project\."):
        line_of(usual_project())


# There and back


@pytest.mark.slow
@settings(max_examples=25)
@given(
    hidden=st.lists(st.integers(1, 9), min_size=1, max_size=3).map(tuple),
    seed=st.integers(0, 2**31 - 1),
    aggression=st.floats(0, 100),
    iterations=st.integers(0, 50),
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
def test_settings_iteration_name_and_parameters_come_back(
    hidden: tuple[int, ...], seed: int, aggression: float, iterations: int, name: str
) -> None:
    trainer = Trainer(TrainingConfig(hidden=hidden, seed=seed, aggression=aggression))
    trainer.advance(iterations)
    project = Project(trainer.record(goal=iterations + 5), name=name)
    found = project_of(line_of(project))

    assert found.name == name
    assert found.record.config == project.record.config
    assert (found.record.iteration, found.record.goal) == (project.record.iteration, iterations + 5)
    np.testing.assert_allclose(found.record.parameters, project.record.parameters, rtol=0, atol=1e-7)


def test_a_line_that_was_read_gives_the_same_line_again() -> None:
    assert line_of(project_of(LINE)) == LINE


def test_a_line_written_by_the_first_version_is_read_for_ever() -> None:
    line = (
        "curvegui1:167:zd6vUauGhQvQO5WoYWOICBkjlHAxMTO0MLKEh405ctgYEhk2RtQJGWOiQ8YQETLGaOFiihksACg5LdefCV8"
        "SHxW65f/QmDNCBiq5a+j0ZPpR7uAk1rrx56LDgDr52JpI2VbHhCtc8C4yyANz4P7izBCTqN5iufZ8xOxzpiQ"
    )
    found = project_of(line)
    assert found.name == "tiny"
    assert (found.record.iteration, found.record.goal, found.record.config.seed) == (100, 200, 1)
    np.testing.assert_allclose(found.record.parameters, tiny_project().record.parameters, rtol=1e-9)


# What happens to it on the way


@pytest.mark.parametrize("width", [16, 60, 72, 76, 78, 100, 998])
def test_it_may_be_broken_into_lines_and_quoted(width: int) -> None:
    wrapped = "\n".join(textwrap.wrap(LINE, width))
    assert_read(wrapped)
    assert_read(wrapped.replace("\n", "\r\n"))
    assert_read(textwrap.indent(wrapped, "> "))
    assert_read(textwrap.indent(wrapped, ">> > \t"))


@pytest.mark.parametrize(
    "text",
    [
        f"Look at my heart: {LINE} Isn't it nice? 12:34",
        f"\n\n  {LINE}\n--\nAnna",
        f'"{LINE}"',
        f"<{LINE}>",
        f"**{LINE}**",
        f"curvegui is a program, and curvegui1 is not yet a line. {LINE}",
        f"\ufeff{LINE}",
        LINE.replace("curvegui", "Curvegui"),
        LINE.replace("+", "-").replace("/", "_"),
        " ".join(LINE),
        "\u200b".join([LINE[:300], LINE[300:]]),
    ],
)
def test_what_stands_around_it_or_in_between_does_not_matter(text: str) -> None:
    assert_read(text)


@given(edits=st.lists(st.integers(10, len(LINE) - 1), max_size=20), blank=st.sampled_from([" ", "\n", "\r\n> ", "\t"]))
def test_blanks_may_get_in_anywhere(edits: list[int], blank: str) -> None:
    text = LINE
    for cut in sorted(edits, reverse=True):
        text = text[:cut] + blank + text[cut:]
    assert_read(text)


# What is refused, and why


def refusal(text: str) -> str:
    with pytest.raises(ProjectError) as refused:
        project_of(text)
    return str(refused.value)


@pytest.mark.parametrize("text", ["", "hello", "curvegui", "curvegui1:", "curvegui1:abc:def", "curvegui:5:AAAAA"])
def test_other_text_is_told_what_a_line_looks_like(text: str) -> None:
    assert refusal(text) == "This text is not a run: a run as text begins with “curvegui1:”."


def test_a_line_that_is_cut_short_says_how_much_is_there() -> None:
    needed = int(LINE.split(":")[1])
    there = len(LINE) - 50 - LINE.rindex(":") - 1
    assert refusal(LINE[:-50]) == (
        f"This text is cut short: {there} of {needed} characters are there. "
        "Copy it again, from “curvegui1:” to its last letter."
    )


def test_every_truncation_is_refused() -> None:
    for length in range(len(LINE)):
        refusal(LINE[:length])


@given(place=st.integers(LINE.rindex(":") + 1, len(LINE) - 1), letter=st.sampled_from(LETTERS + "!ä€"))
def test_every_mistyped_letter_is_noticed(place: int, letter: str) -> None:
    if letter != LINE[place]:
        assert "mistyped" in refusal(LINE[:place] + letter + LINE[place + 1 :])


def test_a_letter_too_many_or_two_that_changed_places_are_noticed() -> None:
    middle = next(place for place in range(300, 400) if LINE[place] != LINE[place + 1])
    assert "mistyped" in refusal(LINE[:middle] + "x" + LINE[middle:])
    assert "mistyped" in refusal(LINE[:middle] + LINE[middle + 1] + LINE[middle] + LINE[middle + 2 :])


def test_a_newer_line_says_that_this_version_is_too_old() -> None:
    assert refusal(LINE.replace("curvegui1:", "curvegui2:")) == (
        f"This text was made by a newer version of CurveGUI, and {__version__} is too old for it."
    )


@given(text=texts(max_size=200))
def test_no_text_gives_anything_but_a_reason(text: str) -> None:
    refusal(text)
    refusal(f"curvegui1:{len(text)}:{text}")


def test_a_text_without_end_is_refused_before_it_is_looked_at() -> None:
    text = "curvegui1:" * (MOST_CHARACTERS // 10) + " "
    tracemalloc.start()
    assert refusal(text) == "This text is too long to be a run."
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_the_longest_text_is_searched_in_bounded_memory() -> None:
    text = ("curvegui1:9999999:" * (MOST_CHARACTERS // 18)).ljust(MOST_CHARACTERS)
    tracemalloc.start()
    refusal(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000


def test_a_line_is_told_from_other_texts_and_from_file_names() -> None:
    assert is_line(f"> {LINE[:40]}")
    assert not is_line("curvegui is nice")
    assert looks_like_line(LINE[:20])
    assert looks_like_line("curvegui2:")
    assert not looks_like_line("curvegui1.png")
    assert not looks_like_line("/home/anna/curvegui/heart.curvegui")


def test_settings_that_cannot_be_are_refused_with_their_reason() -> None:
    project = usual_project()
    impossible = replace(project.record.config)
    object.__setattr__(impossible, "noise", -1.0)
    record = replace(project.record)
    object.__setattr__(record, "config", impossible)
    assert "Noise: a number from 0 to 1,000" in refusal(line_of(replace(project, record=record)))
