"""The main window: the frame, and the table of the features that fill it. Read features.py first."""

from collections.abc import Mapping

from curvegui.figure.drawing.look import LOOKS
from curvegui.ui.actions.feature import ActionRecord, Feature, Key, Role
from curvegui.ui.look.theme import THEMES


def _choices(kind: str, menu: str, named: Mapping[str, str], tip: str, does: str) -> list[ActionRecord]:
    return [
        ActionRecord(f"{kind}.{key}", menu, label, tip.format(label.lower()), does, (key,), checkable=True, group=kind)
        for key, label in named.items()
    ]


def _switch(name: str, text: str, tip: str, menu: str = "View", separated: bool = False) -> ActionRecord:
    return ActionRecord(f"view.{name}", menu, text, tip, "switch", (name,), checkable=True, separated=separated)


FEATURE = Feature(
    "view",
    "curvegui.ui.window.view_actions:ViewActions",
    starts=True,
    actions=(
        ActionRecord("app.quit", "File", "&Quit", "Close the window", "quit", keys=(Key.Quit, "Ctrl+Q"),
                     separated=True, role=Role.QuitRole),
        _switch("log_time", "&Logarithmic time", "Give early training more room on the timeline", "Time", True),
        *_choices("look", "View/&Canvas", {key: look.label for key, look in LOOKS.items()}, "Draw the canvas: {}",
                  "choose_look"),
        *_choices("theme", "View/&Window", THEMES, "Colour the window: {}", "choose_theme"),
        _switch("target", "&Target", "Show the curve to learn", separated=True),
        _switch("trail", "T&rail", "Show the curves that the network drew before"),
        _switch("axes", "&Axes", "Show axes and a grid"),
        _switch("residuals", "&Errors", "Show arrows from the curve to its training points"),
        _switch("pulls", "Where does it &pull?",
                "Show the cost's pull on each point, −dC/da, and dashed what an iteration without noise really "
                "does:\nall points share the same weights, so none of them moves just as it is pulled"),
        _switch("errors", "Error alon&g t", "Show how far each point of the curve is from its place"),
        _switch("curves", "Cur&ves", "Show the curves to choose from, at the left"),
        ActionRecord("view.zoom_in", "View", "Zoom &in", "Show a smaller part, larger", "zoom_in",
                     keys=(Key.ZoomIn, "Ctrl+="), repeats=True, separated=True),
        ActionRecord("view.zoom_out", "View", "Zoom &out", "Show a larger part, smaller", "zoom_out",
                     keys=(Key.ZoomOut,), repeats=True),
        ActionRecord("view.show_all", "View", "Show a&ll", "Show the whole canvas", "show_all", keys=("Ctrl+0",),
                     icon="fit"),
        _switch("reduced_motion", "Reduce &motion", "Redraw the canvas twice a second only", separated=True),
        ActionRecord("view.reset_layout", "View", "Reset la&yout",
                     "Put every dock back to its first place and size; the run stays as it is", "reset_layout",
                     separated=True),
        ActionRecord("view.full_screen", "View", "&Full screen", "Fill the screen", "fill_screen",
                     keys=(Key.FullScreen, "F11"), checkable=True),
    ),
)  # fmt: skip
