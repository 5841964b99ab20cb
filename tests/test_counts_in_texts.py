"""Counts and bounds that the README and the pages name are those of the app."""

from pathlib import Path

import pytest

from curvegui.core.curve.curve import MOST_POINTS
from curvegui.core.curve.joining import MOST_OUTLINES
from curvegui.core.diagnosis.findings import NARROW
from curvegui.core.ensemble.plan import FEWEST, MOST
from curvegui.core.learner.recording import KEYFRAME_EVERY, KEYFRAMES_BYTES, TRAIL_CURVES
from curvegui.core.network.inserted_layer import NEW_LAYER
from curvegui.core.presets.presets import PRESETS
from curvegui.core.settings.config import WINDOW_LAYERS, WINDOW_NEURONS
from curvegui.exercise.problem import JACOBIANS
from curvegui.exercise.runner.process import Limits
from curvegui.files.disk.resources import resource
from curvegui.files.favourites.folder import KEPT
from curvegui.files.lesson import lesson, picture
from curvegui.files.lesson.question import LONGEST_ANSWER, MOST_ANSWERS
from curvegui.files.project.in_picture import RUN_BYTES
from curvegui.files.project.text_line import SHORT_LINE
from curvegui.files.table.points import LARGEST_FILE
from curvegui.files.table.rows import MOST_ROWS
from curvegui.session.document.autosave import GENERATIONS
from curvegui.session.run.time_machine import WHOLE_RUN_S
from curvegui.sweeps.cluster import CONNECT_SECONDS
from tests.help.lessons import read_lesson

ROOT = Path(__file__).parents[1]
WORDS = {2: "two", 3: "three", 5: "five", 6: "six", 7: "seven", 8: "eight", 11: "eleven"}
STEPS = len(read_lesson(resource("lessons", "first-steps.md")).steps)
README, GUIDE, LESSONS = "README.md", "docs/guide.md", "docs/lessons.md"
MB, KB = 1_000_000, 1_000


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (README, f"the list at the left: {len(PRESETS)} curves"),
        (README, f"Guided tour: {WORDS[STEPS]} short steps"),
        (README, f"a wall of {FEWEST} to {MOST} networks"),
        (GUIDE, f"leads through the app in {WORDS[STEPS]} short steps"),
        (GUIDE, f"then {len(PRESETS)} that come with the app"),
        (GUIDE, f"1 to {WINDOW_LAYERS} layers of 1 to {WINDOW_NEURONS}"),
        (GUIDE, f"files up to {LARGEST_FILE // MB} MB, tables up to {MOST_ROWS:,} rows"),
        (GUIDE, f"drawings up to {MOST_OUTLINES:,} outlines and {MOST_POINTS:,} points"),
        (GUIDE, f"it has {NEW_LAYER} neurons, before the output {WORDS[NEW_LAYER // 2]} for each of the two sums"),
        (GUIDE, f"Each of the {WORDS[len(JACOBIANS)]} functions"),
        (GUIDE, f"some {Limits().memory // MB} MB"),
        (GUIDE, f"a whole run takes {WORDS[round(WHOLE_RUN_S)]} seconds"),
        (GUIDE, f"after every {KEYFRAME_EVERY} iterations. They take at most {KEYFRAMES_BYTES // MB} MB"),
        (GUIDE, f"{FEWEST} to {MOST} networks learn the current curve"),
        (GUIDE, f"a layer has no more than {NARROW} neurons"),
        (GUIDE, f"the latest {WORDS[GENERATIONS]} copies"),
        (GUIDE, f"`.trash` for {KEPT.days} days"),
        (GUIDE, f"in at most {RUN_BYTES // KB} KB"),
        (GUIDE, f"under {SHORT_LINE} characters"),
        (GUIDE, f"The trail holds up to {TRAIL_CURVES:,} curves"),
        (GUIDE, f"within {CONNECT_SECONDS:g} seconds"),
        (LESSONS, f"two to {WORDS[MOST_ANSWERS]} of them"),
        (LESSONS, f"of at most {LONGEST_ANSWER} characters"),
        (
            LESSONS,
            f"{lesson.MOST_BYTES // MB} MB, {picture.MOST_BYTES // MB} MB for a picture, "
            f"{lesson.MOST_STEPS} steps, {lesson.MOST_TEXT:,} characters of text in a "
            f"step (70 words read best), {lesson.LONGEST_LINE:,} in a line",
        ),
    ],
)
def test_a_count_is_right(page: str, words: str) -> None:
    text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
    assert words in text
