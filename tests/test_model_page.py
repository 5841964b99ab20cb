"""The page about the model: its links lead somewhere, its names are those of the app, its figures are true."""

import re
from math import erf, sqrt
from pathlib import Path

import pytest

from curvegui.core.settings.config import SETTINGS
from curvegui.files.disk.resources import resource
from curvegui.ui.tour import EXPERIMENTS
from tests.help.lessons import read_lesson

DOCS = Path(__file__).parents[1] / "docs"
LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)")


def text(name: str) -> str:
    return resource(name).read_text(encoding="utf-8")


def slugs(page: str) -> list[str]:
    return [re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^#+ (.*)$", page, re.M)]


@pytest.mark.parametrize("name", ["model.md", "guide.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    for path, fragment in LINK.findall(text(name)):
        target = DOCS / (path or name)
        assert target.exists(), path
        assert not fragment or fragment in slugs(target.read_text(encoding="utf-8")), fragment


def test_what_is_bold_is_a_setting_an_experiment_or_a_lesson_by_its_name() -> None:
    lessons = [read_lesson(path).title for path in resource("lessons").glob("*.md")]
    known = {each.label for each in SETTINGS.values()} | {*EXPERIMENTS.values(), *lessons}
    bold = set(re.findall(r"\*\*(.+?)\*\*", text("model.md")))
    assert bold <= known
    assert {*EXPERIMENTS.values()} <= bold


def test_its_figure_of_uphill_steps_is_right() -> None:
    share = (1 - erf(1 / sqrt(2))) / 2  # of 1 + N(0, 1) below 0
    assert f"{100 * share:.1f} %" in text("model.md")
