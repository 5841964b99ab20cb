"""A source of curves as a page of the dialog: its controls, and what they make."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from curvegui.core.curve.curve import Curve
from curvegui.ui.dialogs.latest_job import JobProgress


@dataclass(frozen=True)
class Offer:
    """What a source makes of what is chosen.

    ``problem`` is a sentence that says why there is no curve; ``note`` is another one that a person should know;
    ``found`` is for the source itself.
    """

    curve: Curve | None = None
    problem: str = ""
    note: str = ""
    found: Any = field(default=None, repr=False)


CurveMaker = Callable[[JobProgress], Offer]
"""Makes a curve; called in another thread, so it touches nothing that changes. May raise ``ValueError``, a sentence."""


class CurveSource(QWidget):
    """A page of the dialog.

    ``title`` is the dialog's, and ``room`` how large it would be. ``waits`` is said while there is nothing to make a
    curve of.
    """

    changed = Signal()  # something else is chosen
    pointed = Signal(object)  # show a part in the preview: its points in the user's units, shape (2, M), or None
    title, room = "", QSize(860, 540)
    waits = ""

    def maker(self) -> CurveMaker | None:
        """What makes a curve of the present choice; None while nothing is chosen."""
        raise NotImplementedError

    def take(self, offer: Offer) -> None:
        """Show at the controls what was found, and what is wrong with it."""
