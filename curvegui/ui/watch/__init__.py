"""The view Watch: only the picture, full screen for a room full of people; begin with ``watch.py``."""

from curvegui.core.language.text import mark
from curvegui.ui.actions.feature import ActionRecord, Feature, Key

GUIDE = "The four views"

VIEW = "watch"
OF_VIEW = (f"view.{VIEW}",)
PANES = {"": mark("&None"), "network": mark("N&etwork"), "maths": mark("&Mathematics"), "cost": mark("&Cost")}

FEATURE = Feature(
    "watch",
    "curvegui.ui.watch.watch:Watch",
    views=(VIEW,),
    needs=("timeline",),
    actions=(
        *(
            ActionRecord(f"watch.pane.{name or 'none'}", "/&Second pane", text,
                         "What is shown beside the picture in the view Watch", "show_pane", (name,), checkable=True,
                         group="watch.pane", before="view.zoom_in", about=(*OF_VIEW, f"panel.{name}"))
            for name, text in PANES.items()
        ),
        ActionRecord("watch.next_pane", "/&Second pane", "Ne&xt", "Show the next one", "show_next_pane",
                     keys=("P",), before="view.zoom_in", about=OF_VIEW),
        ActionRecord("view.full_screen", "View", "Presen&tation", "Fill the screen with the picture; Esc leaves",
                     "present", keys=(Key.FullScreen, "F11"), checkable=True, before="view.zoom_in", about=OF_VIEW),
    ),
)  # fmt: skip
