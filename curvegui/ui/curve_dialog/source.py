"""Where a curve can come from, as a page of the dialog: its controls, and what they make."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from curvegui.core.curve.curve import Curve
from curvegui.ui.dialogs.latest_job import JobProgress


@dataclass(frozen=True)
class Offer:
    """What a source makes of what is chosen.

    ``problem``: why there is none: a sentence. ``note``: what else a person should know: a sentence. ``found``: for the
    source itself.
    """

    curve: Curve | None = None
    problem: str = ""
    note: str = ""
    found: Any = field(default=None, repr=False)


Making = Callable[[JobProgress], Offer]
"""Makes a curve; called in another thread, so it touches nothing that changes. May raise ``ValueError``, a sentence."""


class CurveSource(QWidget):
    """A page of the dialog.

    ``changed()``: something else is chosen. ``pointed(object)``: a part is to be seen in the preview: its points in a
    person's units, shape (2, M), or None. ``title``: the dialog's. ``waits``: what is said while there is nothing to
    make a curve of.
    """

    changed = Signal()
    pointed = Signal(object)
    title = ""
    waits = ""

    def making(self) -> Making | None:
        """What makes a curve of what is chosen now; None as long as that is nothing."""
        raise NotImplementedError

    def take(self, offer: Offer) -> None:
        """Show what was found, and what is wrong with it, at the controls."""
