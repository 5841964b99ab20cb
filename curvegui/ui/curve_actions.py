"""Choosing a curve and bringing one in: the rail, the dialog, and what is pasted or dropped."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from curvegui.core.config import TrainingConfig
from curvegui.core.curve import Curve
from curvegui.session.recent_curves import RecentCurves
from curvegui.session.session import Session
from curvegui.ui.actions import Handler
from curvegui.ui.curve_rail import CurveRail
from curvegui.ui.curve_source import CurveSource
from curvegui.ui.view import View

LABEL = "Curve"  # of a change of the curve, in the Undo menu


class Surroundings(Protocol):
    """What the actions need of the window."""

    view: View

    def tell(self, words: str) -> None:
        """Say something in passing."""
        ...


class CurveActions(QObject):
    """Lets the session learn other curves.

    Parameters
    ----------
    window : QWidget
        The parent of the dialogs.
    surroundings : Surroundings
        The same window, for what else is needed of it.
    session : Session
    folder : Path
        The app's own, where the recent curves are kept.
    """

    def __init__(self, window: QWidget, surroundings: Surroundings, session: Session, folder: Path) -> None:
        super().__init__(window)
        self._window, self._surroundings, self._session = window, surroundings, session
        self._recent = RecentCurves(folder / "curves", self)
        self._rail: CurveRail | None = None

    def handlers(self) -> Mapping[str, Handler]:
        """What each action does, by id."""
        return {"curve.formula": self.ask_formula, **{f"curve.{each}": self.ask_formula for each in ("text", "import", "save_points")}}

    def attach(self, rail: CurveRail) -> None:
        """Fill the rail, and do what is chosen there."""
        self._rail = rail
        rail.chosen.connect(self.learn)
        rail.unwanted.connect(self._recent.remove)
        self._recent.changed.connect(self._show_recent)
        self._session.config_changed.connect(self._show_present)
        self._show_recent()
        self._show_present(self._session.config)

    @Slot()
    def _show_recent(self) -> None:
        if self._rail is not None:
            self._rail.show_recent(self._recent.curves)

    @Slot(object)
    def _show_present(self, config: TrainingConfig) -> None:
        if self._rail is not None:
            self._rail.show_present(config.curve)

    @Slot(object)
    def learn(self, curve: str | Curve) -> None:
        """Begin a run with another curve, from the same seed; it learns on at once unless the present one is paused."""
        if curve != self._session.config.curve:
            self._session.reset(LABEL, curve=curve)
        if isinstance(curve, Curve):
            self._recent.add(curve)

    # The dialog

    @Slot()
    def ask_formula(self) -> None:
        """Open the dialog for two formulas."""
        from curvegui.ui.formula_source import FormulaSource  # here, so that the window opens sooner

        self._open(FormulaSource())

    def _open(self, source: CurveSource) -> None:
        from curvegui.ui.curve_dialog import CurveDialog  # here, so that the window opens sooner

        dialog = CurveDialog(source, self._session.config, self._surroundings.view.look, self._window)
        dialog.chosen.connect(self.learn)
        dialog.open()
        source.setFocus()
