"""The table of features. A line brings a folder's actions, docks and class into the window; without it, they are gone.

The order is that of the docks, of the actions within a menu, and of what is made after the first painting.
"""

from curvegui.ui import (
    challenges,
    curves,
    documents,
    errors,
    exercise,
    experiments,
    export,
    favourites,
    insight,
    jacobians,
    maths,
    network,
    palette,
    preferences,
    report,
    settings,
    status,
    study,
    sweep,
    timeline,
    tools,
    tour,
    wall,
    watch,
    window,
)
from curvegui.ui import (
    help as help_,
)
from curvegui.ui.actions.feature import Feature

FEATURES: tuple[Feature, ...] = (
    settings.FEATURE,
    status.FEATURE,
    timeline.FEATURE,
    curves.FEATURE,
    study.FEATURE,
    network.FEATURE,
    maths.FEATURE,
    jacobians.FEATURE,
    documents.FEATURE,
    exercise.FEATURE,
    export.PICTURES,
    export.EXPORT,
    report.FEATURE,
    favourites.FEATURE,
    tools.FEATURE,
    wall.FEATURE,
    sweep.FEATURE,
    errors.FEATURE,
    insight.FEATURE,
    tour.WELCOME,
    tour.FEATURE,
    tour.LESSONS,
    experiments.FEATURE,
    challenges.FEATURE,
    help_.FEATURE,
    palette.FEATURE,
    preferences.FEATURE,
    window.FEATURE,
    watch.FEATURE,
)
