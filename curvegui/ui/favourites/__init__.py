"""Fits that were kept: the list in its dock, comparing two, contact sheets. Read actions.py first."""

from curvegui.ui.actions.feature import ActionRecord, DockRecord, Feature

FEATURE = Feature(
    "favourites",
    "curvegui.ui.favourites.actions:FavouritesActions",
    actions=(
        ActionRecord("favourite.keep", "Edit", "&Keep as favourite",
                     "Keep the present fit, with its run, as a favourite", "keep",
                     keys=("F",), icon="heart", toolbar=True, separated=True),
    ),
    docks=(DockRecord("favourites", "Favourites"),),
)  # fmt: skip
