"""A page about the run, to print or to save as a PDF. Read actions.py first."""

from curvegui.core.language.text import mark
from curvegui.ui.actions.feature import ActionRecord, Feature, Key

GUIDE = "Exporting/" + mark("A page")

FEATURE = Feature(
    "report",
    "curvegui.ui.report.actions:ReportActions",
    actions=(
        ActionRecord("report.print", "File", "Prin&t…",
                     "Print a page about this run: picture, cost, settings, network, and the verdicts of an exercise",
                     "print", keys=(Key.Print,), separated=True),
        ActionRecord("report.save", "File", "Report as PD&F…", "Save the same page as a PDF", "save"),
    ),
)  # fmt: skip
