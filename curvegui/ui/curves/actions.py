"""Train on a curve: chosen in the rail, made in the dialog, pasted or dropped."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.curve.curve import Curve, Units
from curvegui.core.home import home
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.fitting import fitting_settings
from curvegui.files.curves.kind import ENDINGS, CurveKind
from curvegui.files.disk.portable_name import portable_stem
from curvegui.session.jobs.job import Jobs
from curvegui.session.stored.recent import RecentCurves
from curvegui.ui.actions.centre import LEFT
from curvegui.ui.actions.services import Services
from curvegui.ui.curves.curve_input import CurveInput, input_in_file, input_in_text, source_of
from curvegui.ui.curves.drop_sign import DropSign
from curvegui.ui.curves.rail import CurveRail
from curvegui.ui.dialogs.paths import file_dialog
from curvegui.ui.dialogs.question import trouble

if TYPE_CHECKING:  # loaded when something is brought in
    from curvegui.ui.curve_dialog.dialog import CurveSource

FORMATS = {"csv": mark("Table (*.csv)"), "svg": mark("SVG path (*.svg)")}
LABEL = mark("Curve")  # what the Undo menu calls a change of the curve
UNTOUCHED = mark("The current curve and run are unchanged.")
KINDS = {
    CurveKind.DRAWING: mark("Drawings"),
    CurveKind.TABLE: mark("Tables of points"),
    CurveKind.PICTURE: mark("Pictures"),
}

EXERCISES = (".py", ".ipynb")  # endings of files with a learner's functions


class CurveActions(QObject):
    """Fills the rail with curves, and lets the session train on a curve that is chosen, made or dropped."""

    recent_changed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window, self._session = services, services.window, services.session
        self._recent, self._jobs = RecentCurves(services.log.parent / "curves.zip", self), Jobs(self)
        self._rail = CurveRail(services.actions)
        services.centre.put(LEFT, self._rail)
        # settings that were changed to suit a curve: their values before the first change, and after the last one
        self._unfitted, self._fitted = dict[str, Any](), dict[str, Any]()
        self._folder = home()
        self._recent.changed.connect(self._show_recent)
        self._recent.troubled.connect(services.notify)
        services.closed.connect(self._recent.end)
        self._session.config_changed.connect(self._show_present)
        services.display.changed.connect(self._show_rail)
        services.availability.changed.connect(self._show_rail)
        self._rail.list.chosen.connect(self.learn)
        self._rail.list.unwanted.connect(self._recent.remove)
        sign = DropSign(self._window)
        self._show_rail()
        self._show_present(self._session.config)
        self._recent.load()
        sign.dropped.connect(self.take_file)
        sign.text_dropped.connect(self.take_text)
        services.features["documents"].chosen.connect(self.take_file)

    @Slot()
    def _show_rail(self) -> None:
        self._rail.setVisible(self._services.display.now.curves and "panel.curves" in self._services.availability)
        self._window.setAcceptDrops("action.open" in self._services.availability)

    @property
    def recent(self) -> Sequence[Curve]:
        return self._recent.curves

    @Slot()
    def _show_recent(self) -> None:
        self._rail.list.show_recent(self._recent.curves)
        self.recent_changed.emit()

    @Slot(object)
    def _show_present(self, config: TrainingConfig) -> None:
        self._rail.list.show_present(config.curve)

    @Slot(object)
    def learn(self, curve: str | Curve) -> None:
        """Begin a run with another curve, from the same seed; the network trains at once."""
        config, changes = self._session.config, dict[str, Any]()
        if curve == config.curve:
            pass  # it goes on, with whatever has been changed since
        elif isinstance(curve, str):  # as before, where nobody has changed a setting since
            changes = {name: value for name, value in self._unfitted.items()
                       if getattr(config, name) == self._fitted[name]}  # fmt: skip
            self._unfitted, self._fitted = {}, {}
        elif curve.trained is not None:  # as it was trained on the last time
            fitting = fitting_settings(config, curve) if curve.trained.fits else {}
            changes = {**fitting, "points": curve.trained.points}
        is_refused = config.refusal(curve=curve, **changes)  # what was changed since may not go with it
        self.learn_with(curve, {} if is_refused else changes)

    @Slot(object, object)
    def learn_with(self, curve: str | Curve, changes: Mapping[str, Any]) -> None:
        """Begin a run with another curve and other settings that suit the curve, until the next preset is chosen."""
        before = self._session.config
        wanted = before.changed(curve=curve, **changes)
        if wanted != before:
            for name in changes if isinstance(curve, Curve) else ():
                if getattr(before, name) != getattr(wanted, name):
                    self._unfitted.setdefault(name, getattr(before, name))
                    self._fitted[name] = getattr(wanted, name)
            self._session.reset(tr(LABEL), curve=curve, **changes)
            self._session.run()
        if isinstance(curve, Curve):
            self.keep(curve)

    @Slot(object, object)
    def keep(self, curve: Curve, instead_of: Curve | None = None) -> None:
        """List a person's own curve first in the rail, where it replaces the curve ``instead_of``."""
        trained = curve if curve.trained else curve.trained_on(self._session.config.points, fits=False)
        self._recent.add(trained, instead_of)

    @Slot()
    def ask_text(self) -> None:
        from curvegui.ui.curve_dialog.text_source import TextSource

        self._open(TextSource())

    @Slot()
    def ask_formula(self) -> None:
        """Open the dialog for two formulas, at first the formulas of the present curve, if it was made of formulas."""
        from curvegui.ui.curve_dialog.formula_source import FormulaSource

        curve = self._session.config.curve
        self._open(FormulaSource(curve.typed if isinstance(curve, Curve) else None))

    def _open(self, source: "CurveSource") -> None:
        if "setting.curve" not in self._services.availability:  # it was dropped
            self._services.notify(tr("The lesson keeps its curve. The run is unchanged."))
            return
        from curvegui.ui.curve_dialog.dialog import CurveDialog

        dialog = CurveDialog(source, self._session.config, self._services.display.now.look, self._window)
        dialog.chosen.connect(self.learn_with)
        dialog.open()
        source.setFocus()

    def take(self, found: CurveInput) -> None:
        self._open(source_of(found))

    @Slot()
    def save_points(self) -> None:
        """Ask for a file, and save the training points in the units of the curve's own file."""
        config = self._session.config
        filters = ";;".join(map(tr, FORMATS.values()))
        dialog = file_dialog(self._window, "save_points", tr("Save points"), str(home()), filters, saves=True)
        dialog.selectFile(portable_stem(config.curve_name, "curve"))
        endings = {tr(words): ending for ending, words in FORMATS.items()}
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(endings[chosen]))
        dialog.fileSelected.connect(partial(self._save_points, config))
        dialog.open()

    def _save_points(self, config: TrainingConfig, path: str) -> None:
        from curvegui.files.export.points import save_points

        units = config.curve.units if isinstance(config.curve, Curve) else Units()
        work = partial(save_points, Path(path), build_target(config), units)
        self._jobs.do(work, lambda _: self._services.notify_saved(path), self._report)

    @Slot()
    def ask_file(self) -> None:
        every = " ".join(f"*{ending}" for endings in ENDINGS.values() for ending in endings)
        some = [f"{tr(KINDS[kind])} ({' '.join(f'*{each}' for each in endings)})" for kind, endings in ENDINGS.items()]
        filters = ";;".join([tr("Curves ({endings})", endings=every), *some, tr("All files (*)")])
        dialog = file_dialog(self._window, "open_curve", tr("Import curve"), str(self._folder), filters)
        dialog.fileSelected.connect(self._take_chosen)
        dialog.open()

    @Slot(str)
    def _take_chosen(self, path: str) -> None:
        self._folder = Path(path).parent
        self.take_file(path)

    @Slot(str)
    def take_file(self, path: str) -> None:
        """Open a file as a run, an exercise or a curve: its content decides."""
        if Path(path).suffix.lower() in EXERCISES and "exercise" in self._services.features:
            self._services.features["exercise"].open(path)
            return
        self._jobs.do(partial(input_in_file, Path(path)), partial(self._take_sorted, path), self._report)

    def _take_sorted(self, path: str, found: CurveInput | None) -> None:
        if not self._window.isVisible():  # it has been closed in the meantime
            return
        if found is None:
            self._services.features["documents"].open(path)
        else:
            self._services.features["documents"].run_instead()
            self.take(found)

    @Slot(str)
    def take_text(self, text: str) -> None:
        """Open the dialog for the curve that a dropped text describes."""
        found = input_in_text(text)
        if found is not None:
            self.take(found)

    @Slot(str)
    def _report(self, sentence: str) -> None:
        if self._window.isVisible():
            self._services.features["documents"].run_instead()
            trouble(self._window, sentence, tr(UNTOUCHED)).open()
