"""The gallery: curve after curve, learning in front of you, over the whole screen. Read gallery.py first."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "The gallery"

OF_VIEW = ("view.watch",)

FEATURE = Feature(
    "gallery",
    "curvegui.ui.gallery.gallery:GalleryActions",
    actions=(
        ActionRecord("gallery.start", "/&Gallery", "&Start",
                     "Watch curve after curve learn; Esc or a click ends it", "start", keys=("Ctrl+Shift+G",),
                     short="Gallery", before="view.zoom_in", about=OF_VIEW),
        ActionRecord("gallery.choose", "View", "&Gallery…",
                     "Choose which curves are shown, and for how long", "choose", before="view.zoom_in",
                     about=OF_VIEW),
    ),
    needs=("curves",),
)  # fmt: skip
