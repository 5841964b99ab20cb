"""The rows of the preferences' form: one record for each preference, with the values to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from curvegui.core.engine.backend import AUTO, PRECISIONS
from curvegui.core.language.text import english, mark, said
from curvegui.core.learner.engines import ENGINES
from curvegui.core.presets.presets import PRESETS
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.look import LOOKS
from curvegui.files.disk.languages import SYSTEM, available
from curvegui.ui.actions.display import MOTIONS, SIZES
from curvegui.ui.actions.view import VIEWS
from curvegui.ui.look.theme import THEMES


@said("label", "tip")
@dataclass(frozen=True, eq=False)
class PreferenceRow:
    """A field of `Preferences`, and the values to choose from, each with its words. ``shown_by`` is the field of
    `Display` for the same choice, or empty."""

    name: str
    label: str
    tip: str
    choices: Mapping[Any, str]
    shown_by: str = ""


USUAL = TrainingConfig()
CURVES = {key: english(preset, "label") for key, preset in PRESETS.items()}
GROUPS: Mapping[str, tuple[PreferenceRow, ...]] = {
    mark("Appearance"): (
        PreferenceRow("language", "&Language",
            "Of all texts in the window, and of its numbers; runs and files are the same in all of them",
            {SYSTEM: mark("Follow system"), **available()}),
        PreferenceRow("theme", "&Window", "Colours of the window", THEMES, "theme"),
        PreferenceRow("look", "&Canvas", "Colours of the canvas",
            {key: english(look, "label") for key, look in LOOKS.items()}, "look_key"),
        PreferenceRow("text_size", "&Text size",
            "Of all text, on top of what the system has; Ctrl and the wheel over a panel change it, too",
            SIZES, "text_size"),
        PreferenceRow("motion", "&Motion",
            "Reduced: the canvas is redrawn only twice a second, and nothing glides", MOTIONS, "motion"),
    ),
    mark("When CurveGUI starts"): (
        PreferenceRow("start_view", "&View", "Which of the four views it shows",
            {"": mark("The one I used last"), **{id_: english(view, "title") for id_, view in VIEWS.items()}}),
        PreferenceRow("start_curve", "C&urve", "Which curve the first run trains on",
            {"": CURVES[str(USUAL.curve)], **{key: label for key, label in CURVES.items() if key != USUAL.curve}}),
        PreferenceRow("start_paused", "&Run", "Whether the first run trains at once",
            {False: mark("Trains at once"), True: mark("Waits until you press Run")}),
        PreferenceRow("files_open", "&Files",
            "Where a run opens that you choose in your system's file manager while CurveGUI is open",
            {"apart": mark("Open in a window of their own"), "here": mark("Open in the window that is there")}),
    ),
    mark("Computing"): (
        PreferenceRow("engine", "&Engine",
            "What computes, from the next iteration on. Automatic takes C, and NumPy for very large networks.",
            {AUTO: mark("Automatic: the fastest"), **{key: english(kind, "label") for key, kind in ENGINES.items()}}),
        PreferenceRow("precision", "&Precision",
            "With how many digits; single is faster, above all with large networks",
            dict(zip(PRECISIONS, (mark("Double: 16 digits"), mark("Single: 7 digits")), strict=True))),
    ),
    mark("Safety"): (
        PreferenceRow("autosave_s", "&Autosave",
            "How often a run with changes is saved, to be restored after a crash",
            {10: mark("Every 10 seconds"), 60: mark("Every minute"), 300: mark("Every 5 minutes"), 0: mark("Never")}),
    ),
}  # fmt: skip
