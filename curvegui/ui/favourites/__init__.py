"""Favourites: the list in its panel, comparing two, contact sheets. Read actions.py first."""

from curvegui.ui.actions.feature import ActionRecord, DockRecord, Feature

GUIDE = "Favourites"

FEATURE = Feature(
    "favourites",
    "curvegui.ui.favourites.actions:FavouritesActions",
    needs=("documents",),
    actions=(
        ActionRecord("favourite.keep", "Edit", "Add to &favourites",
                     "Save the current fit, with its run, as a favourite", "keep",
                     keys=("F",), icon="star", separated=True, about=("panel.favourites",)),
    ),
    docks=(DockRecord("favourites", "Favourites"),),
)  # fmt: skip
