"""The main window: the frame, and the table of the features that fill it. Read features.py first."""

from collections.abc import Mapping

from curvegui.core.language.text import english, mark
from curvegui.figure.drawing.look import LOOKS
from curvegui.ui.actions.feature import ActionRecord, Feature, Key, Role
from curvegui.ui.actions.view import VIEWS
from curvegui.ui.look.theme import THEMES


def _choices(kind: str, menu: str, named: Mapping[str, str], tips: Mapping[str, str], field: str) -> list[ActionRecord]:
    return [
        ActionRecord(
            f"{kind}.{key}", menu, label, tips[key], "see", (field, key), checkable=True, group=kind, initial=True
        )
        for key, label in named.items()
    ]  # fmt: skip


def _switch(name: str, text: str, tip: str, menu: str = "View", separated: bool = False) -> ActionRecord:
    return ActionRecord(f"view.{name}", menu, text, tip, "see", (name,), checkable=True, separated=separated,
                        about=(f"panel.{name}",))  # fmt: skip


OVERLAYS = "/O&verlays"  # a menu on the canvas

LOOK_TIPS = {
    "ember": mark("Colours of the canvas: ember"),
    "classic": mark("Colours of the canvas: classic"),
    "light": mark("Colours of the canvas: light"),
    "dark": mark("Colours of the canvas: dark"),
    "contrast": mark("Colours of the canvas: high contrast, dark"),
    "contrast-light": mark("Colours of the canvas: high contrast, light"),
}
THEME_TIPS = {
    "system": mark("Colours of the window: follow system"),
    "light": mark("Colours of the window: light"),
    "dark": mark("Colours of the window: dark"),
    "contrast": mark("Colours of the window: high contrast, dark"),
    "contrast-light": mark("Colours of the window: high contrast, light"),
}
SIZES = {
    "larger": (mark("Larger text"), mark("Larger text: everywhere but in pictures"), 1),
    "smaller": (mark("Smaller text"), mark("Smaller text: everywhere but in pictures"), -1),
    "usual": (mark("Usual text size"), mark("Usual text size: everywhere but in pictures"), 0),
}

FEATURE = Feature(
    "view",
    "curvegui.ui.window.view_actions:ViewActions",
    starts=True,
    actions=(
        ActionRecord("app.quit", "File", "&Quit", "Close the window", "quit", keys=(Key.Quit, "Ctrl+Q"),
                     separated=True, role=Role.QuitRole),
        _switch("log_time", "&Logarithmic time", "Give the first iterations more room on the timeline",
                "Run/&Look back", True),
        *(
            ActionRecord(f"view.{view.id}", "View", english(view, "title"), english(view, "tip"), "show_view",
                         (view.id,), initial=True,
                         keys=(f"Ctrl+{digit}",), checkable=True, group="view", about=(f"view.{view.id}",))
            for digit, view in enumerate(VIEWS.values(), 1)
        ),
        *_choices("look", "/&Looks/&Canvas", {key: english(look, "label") for key, look in LOOKS.items()},
                  LOOK_TIPS, "look_key"),
        *_choices("theme", "/&Looks/&Window", THEMES, THEME_TIPS, "theme"),
        ActionRecord("view.reduced_motion", "/&Looks", "Reduce &motion", "Redraw the canvas only twice a second",
                     "reduce_motion", checkable=True),
        *(
            ActionRecord(f"view.text_{id_}", "/&Looks/&Text", text, tip, "scale_text", (steps,), initial=True)
            for id_, (text, tip, steps) in SIZES.items()
        ),
        _switch("target", "&Target", "Show the curve to learn", OVERLAYS),
        _switch("trail", "T&rail", "Show what the network drew earlier", OVERLAYS),
        _switch("axes", "&Axes", "Show axes and a grid", OVERLAYS),
        _switch("residuals", "&Error arrows", "Draw an arrow from the fit to each training point", OVERLAYS,
                True),
        _switch("pulls", "&Pull arrows",
                "Show how the cost pulls each point, −dC/da, and, dashed, how an iteration without noise moves it: "
                "all points share the same weights, so none moves exactly as it is pulled",
                OVERLAYS),
        _switch("errors", "Error p&lot", "Plot how far each point of the fit is from its target", OVERLAYS),
        _switch("before", "Run &before",
                "Show the run before this one: its fit on the canvas and its cost on the timeline, dotted",
                OVERLAYS, True),
        _switch("curves", "&Curve list", "Show the list of curves at the left", "View/Pa&nels"),
        ActionRecord("view.next_pane", "/Pa&nels", "Ne&xt part of the window",
                     "Move the keyboard focus to the next part", "step_through_panes", (1,), keys=("F6",),
                     repeats=True),
        ActionRecord("view.previous_pane", "/Pa&nels", "&Previous part of the window",
                     "Move the keyboard focus to the previous part", "step_through_panes", (-1,),
                     keys=("Shift+F6",), repeats=True),
        ActionRecord("view.float_panel", "/Pa&nels", "Panel in its own &window",
                     "Show the panel with the keyboard focus in its own window, or put it back beside the canvas",
                     "float_panel"),
        ActionRecord("view.reset", "View/Pa&nels", "&Reset this view",
                     "Put the panels and the curve list of this view back in their first places", "reset_view"),
        ActionRecord("view.zoom_in", "/&Canvas", "Zoom &in", "Zoom in on the canvas", "zoom_in",
                     keys=(Key.ZoomIn, "Ctrl+="), repeats=True),
        ActionRecord("view.zoom_out", "/&Canvas", "Zoom &out", "Zoom out of the canvas", "zoom_out",
                     keys=(Key.ZoomOut,), repeats=True),
        ActionRecord("view.show_all", "View", "Show &all", "Show the whole canvas", "show_all", keys=("Ctrl+0",),
                     icon="fit"),
    ),
)  # fmt: skip
