"""The dialog that brings a curve in: it shows the curve, and changes nothing in the run until a person confirms."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve, enough_points
from curvegui.core.language.text import in_row, mark, tr, tr_n
from curvegui.core.learner.target import Target, build_target
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.fitting import fitting_settings, jump_count
from curvegui.figure.drawing.look import Ink, Look
from curvegui.figure.drawing.polyline import saved, stroke_trail
from curvegui.figure.drawing.target_drawing import curve_drawing, paint_points, paint_target
from curvegui.ui.dialogs.latest_job import JobProgress, LatestJob
from curvegui.ui.dialogs.progress import PROGRESS_STEPS, message_label, progress_bar, write
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import button_row, filled, line_px, named, open_as_large_as, styled, wrapped
from curvegui.ui.look.scale import BETWEEN_PX, GAP_PX
from curvegui.ui.settings.fields import NumberField
from curvegui.ui.widgets.form import CheckBox
from curvegui.ui.widgets.scrolled import ScrollPage
from curvegui.ui.widgets.small_canvas import PREVIEW_ROUNDNESS_PX, SmallCanvas


@dataclass(frozen=True)
class CurveOffer:
    """The curve that a source makes, or ``problem``, a sentence why there is none; ``note`` is a sentence about the
    curve. ``found`` is what the source needs later of its own work, such as the table that was read."""

    curve: Curve | None = None
    problem: str = ""
    note: str = ""
    found: Any = field(default=None, repr=False)


CurveMaker = Callable[[JobProgress], CurveOffer]
"""Makes a curve; called in another thread, so it touches nothing that changes. May raise ``ValueError``, a sentence."""


class CurveSource(QWidget):
    """A page of the dialog, with the choices from which a curve is made. The dialog has its ``title``, and says
    ``waits`` while nothing is chosen."""

    changed = Signal()  # something else is chosen
    pointed = Signal(object)  # show a part in the preview: its points in the user's units, shape (2, M), or None
    title = waits = ""

    def maker(self) -> CurveMaker | None:
        """The function that makes a curve of the present choices; None while nothing is chosen."""
        raise NotImplementedError

    def take(self, offer: CurveOffer) -> None:
        """Show in the page's controls the result of making a curve: what was found, or what is wrong."""


SIDES_PX = 150, 250  # the smallest and the usual one
FADED = 0.3  # the opacity of a curve that is no longer the chosen one
LINE_ALPHA = 0.75  # of the line under the dots
MANY = 300  # more dots than these are smaller
MOST_SEEN = 2_000  # points of the line: more would take long to paint, and look the same
JUMP_ALPHA = 0.4  # of the dots on a jump
PART_WIDTH = 2.2  # of the part that is pointed at, in widths of the fit


class CurvePreview(SmallCanvas):
    """A square that shows a curve with the points that would be trained on."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(tr("Preview"), look, SIDES_PX, PREVIEW_ROUNDNESS_PX, parent)
        self.setObjectName("curve.preview")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._curve: Curve | None = None
        self._target: Target | None = None
        self._part: FloatArray | None = None
        self._is_faded = False

    @property
    def target(self) -> Target | None:
        return None if self._is_faded else self._target

    def show_curve(self, curve: Curve, target: Target) -> None:
        self._curve = curve if curve.t.size <= MOST_SEEN else curve.sampled(MOST_SEEN)
        self._target, self._is_faded = target, False
        self._renew()

    def in_words(self) -> str:
        if self._curve is None or self._target is None or self._is_faded:
            return ""
        return curve_facts(self._curve, self._target.t.size)

    def fade(self) -> None:
        """Fade the curve, as the present choices make no curve."""
        if not self._is_faded:
            self._is_faded = True
            self._renew()

    def show_part(self, part: FloatArray | None) -> None:
        """Highlight a part of the curve, given by its points in the person's units, shape (2, M); or no part."""
        if part is not None and part.shape[1] > MOST_SEEN:
            part = part[:, np.linspace(0, part.shape[1] - 1, MOST_SEEN).astype(np.intp)]
        self._part = part
        self._renew()

    def _paint_on_ground(self, painter: QPainter, ratio: float) -> None:
        plane = self._ground_plane()
        curve, target = self._curve, self._target
        if curve is None or target is None:
            return
        ink, faded = Ink(self._look.target.colour), FADED if self._is_faded else 1.0
        painter.setOpacity(LINE_ALPHA * faded)
        paint_target(painter, curve_drawing(curve), plane, self._look, ratio)
        radius = 2.4 if target.t.size <= MANY else 1.4
        for jumps, alpha in ((target.jumps, JUMP_ALPHA), (~target.jumps, 1.0)):
            painter.setOpacity(alpha * faded)
            paint_points(painter, target.points[:, jumps], plane, ink, ratio, radius=radius)
        if self._part is not None:
            painter.setOpacity(1.0)
            pen = self._look.fit.pen(ratio)
            pen.setWidthF(pen.widthF() * PART_WIDTH / 2)
            with saved(painter):
                part = plane.map(curve.units.to_square(self._part))
                stroke_trail(painter, part[np.newaxis], pen)  # a scribble takes a sixth of the time of `stroke_curve`


def curve_facts(curve: Curve, points: int) -> str:
    """A sentence on a curve's outlines and points; ``points`` is how many training points it will have."""
    jumps = jump_count(curve)
    parts = []
    if jumps:
        outlines = max(1, jumps if curve.closed else jumps + 1)
        parts.append(
            tr_n(
                "{outlines:,} outlines joined by {n:,} jump",
                "{outlines:,} outlines joined by {n:,} jumps",
                jumps,
                outlines=outlines,
            )
        )
    parts.append(_points(curve.t.size))
    return tr("{parts}; will be sampled at {points}.", parts=in_row(parts), points=_points(points))


def _points(count: int) -> str:
    return tr_n("{n:,} point", "{n:,} points", count)


PATIENCE_MS = 200  # before it says that making the curve takes a while
LOOK_MS = 50  # between two looks at the progress
LINES = 54, 37  # the dialog's width and height, in heights of a line of text
COLUMN_LINES, COLUMN_SHARE = 24, 0.6  # the width of the form, and at most of the dialog's width
WAITING = mark("One moment…")


class CurveDialog(Dialog):
    """A preview of a curve, and beside it the page of its source; ``config`` has the settings of the present run."""

    chosen = Signal(object, object)  # train on this Curve, with these settings changed, by name

    def __init__(self, source: CurveSource, config: TrainingConfig, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("curve", tr(source.title), parent)
        self._source, self._config = source, config
        self._offer = CurveOffer()
        self._own_count: int | None = None  # the number of points that somebody has chosen here
        self._is_confirmed = False  # the curve is chosen as soon as it has been made
        self._refusal = ""  # why the network cannot be trained on so many points
        self._fitting = dict[str, Any]()
        self._jobs, self._turn = LatestJob(self), QTimer(self, singleShot=True)
        self._patience, self._clock = QTimer(self, singleShot=True), QTimer(self)
        self._preview, self._points = CurvePreview(look), NumberField("points")
        self._points.box.setObjectName("curve.points")
        self._points.setToolTip(wrapped(SETTINGS["points"].tip))
        self._points.show_value(config.points)
        self._facts = named(message_label(), "curve.facts")
        self._facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._facts.setMinimumHeight(2 * self._facts.fontMetrics().lineSpacing())
        self._facts.show()
        self._progress = styled(named(progress_bar(), "curve.progress", tr("Progress")), "fills")
        self._fit = named(CheckBox(), "curve.fit")
        self._fit.setChecked(True)
        room = self._fit.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # so that nothing moves when the next curve needs no other network
        self._fit.setSizePolicy(room)
        self._fit.hide()
        self._learn = named(QPushButton(tr("&Use this curve")), "curve.learn")
        # Enter is for the other button, wherever the focus is
        self._cancel = named(QPushButton(tr("Cancel"), autoDefault=False), "curve.cancel")
        page, self._column = QWidget(), QWidget(self)
        filled(QVBoxLayout(page), (source, 1), self._points, self._facts, self._fit, spacing=BETWEEN_PX)
        row = button_row(self._progress, at_end=(self._cancel, self._learn))
        filled(QVBoxLayout(self._column), (ScrollPage(page), 1), row, spacing=GAP_PX)
        filled(QHBoxLayout(self), (self._preview, 1), self._column, edges=(GAP_PX,) * 4, spacing=GAP_PX)
        self._learn.setDefault(True)
        source.changed.connect(self._ask)
        source.pointed.connect(self._preview.show_part)
        self._points.entered.connect(self._set_points)
        for typed in (self._points.box.mistyped, self._points.box.textEdited, self._points.box.reached):
            typed.connect(self._allow_learning)
        self._fit.toggled.connect(self._show_again)
        self._turn.timeout.connect(self._make)
        self._learn.clicked.connect(self._choose)
        self._cancel.clicked.connect(self.reject)
        self.finished.connect(self._stop)
        self._patience.timeout.connect(self._show_progress)
        self._clock.timeout.connect(self._look_at_progress)
        open_as_large_as(self, LINES)
        self._fit_column()  # before it is shown, or the page would make the dialog wider
        self._make()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_column()

    def _fit_column(self) -> None:
        self._column.setFixedWidth(round(min(COLUMN_LINES * line_px(self), COLUMN_SHARE * self.width())))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().boundedTo(self.screen().availableSize() / 2)

    @Slot()
    def _ask(self) -> None:
        """Have the curve made anew: once for all choices that change in this turn of the event loop."""
        self._jobs.drop()
        self._offer, self._refusal = CurveOffer(), ""
        self._turn.start()
        self._allow_learning()

    @Slot()
    def _make(self) -> None:
        maker = self._source.maker()
        if maker is None:
            self._is_confirmed = False
            self._end_progress()
            self._show(CurveOffer(note=tr(self._source.waits)))
            return
        if not self._patience.isActive() and not self._clock.isActive():
            self._patience.start(PATIENCE_MS)
        self._jobs.begin(maker, self._take, lambda sentence: self._take(CurveOffer(problem=sentence)))
        self._allow_learning()

    def _take(self, offer: CurveOffer) -> None:
        self._end_progress()
        self._source.take(offer)
        self._show(offer)
        if self._is_confirmed and offer.curve is not None:
            self._choose()
        self._is_confirmed = False

    def _show(self, offer: CurveOffer) -> None:
        self._offer, words = offer, offer.problem or offer.note
        if offer.curve is not None:
            points = self._own_count or enough_points(offer.curve, self._config.points)
            self._points.show_value(points)
            seen = TrainingConfig(curve=offer.curve, points=points, train_one_in=self._config.train_one_in)
            self._preview.show_curve(offer.curve, build_target(seen))
            self._fitting = fitting = fitting_settings(self._config, offer.curve)
            self._fit.setVisible(bool(fitting))
            if fitting:
                neurons = "–".join(map(str, fitting["hidden"]))
                optimizer = dict(SETTINGS["optimizer"].choices())[fitting["optimizer"]]
                fit = mark("Fit the network to this curve: {neurons} neurons, {optimizer}, no noise")
                self._fit.setText(tr(fit, neurons=neurons, optimizer=optimizer))
            self._refusal = self._config.refusal(curve=offer.curve, **self._changes())
            words = self._refusal or " ".join(filter(None, (curve_facts(offer.curve, points), offer.note)))
        else:
            self._refusal = ""
            self._preview.fade()
        self._say(words, error=bool(offer.problem or self._refusal))
        self._allow_learning()

    def _changes(self) -> dict[str, Any]:
        return {**(self._fitting if self._fit.isChecked() else {}), "points": int(self._points.box.value)}

    @Slot(str, object)
    def _set_points(self, name: str, value: float) -> None:
        try:
            self._own_count = int(self._points.setting.check_number(value, whole=True))
        except ValueError as error:
            self._points.show_error(str(error))
        else:
            self._points.clear_error()
            self._points.show_value(self._own_count)
        self._show_again()

    @property
    def _is_coming(self) -> bool:
        return self._turn.isActive() or self._jobs.present is not None

    @Slot()
    def _allow_learning(self) -> None:
        """Enable the button for training, unless there is no curve or its number of points is refused."""
        has_curve = self._offer.curve is not None or self._is_coming
        self._learn.setEnabled(has_curve and not self._points.error and not self._refusal)

    @Slot()
    def _show_again(self) -> None:
        """Show the same curve with another number of points, or for another network, which may take more points."""
        if self._offer.curve is not None:
            self._show(self._offer)

    def _say(self, words: str, error: bool) -> None:
        self._facts.setProperty("muted", not error)
        write(self._facts, words, error)

    @Slot()
    def _show_progress(self) -> None:
        self._progress.setRange(0, 0)
        self._progress.show()
        self._say(tr(WAITING), error=False)
        self._clock.start(LOOK_MS)

    @Slot()
    def _look_at_progress(self) -> None:
        job = self._jobs.present
        if job is not None and job.done > 0:
            self._progress.setRange(0, PROGRESS_STEPS)
            self._progress.setValue(round(job.done * PROGRESS_STEPS))

    def _end_progress(self) -> None:
        self._patience.stop()
        self._clock.stop()
        self._progress.hide()

    @Slot()
    def _choose(self) -> None:
        if self._offer.curve is None:
            self._is_confirmed = self._is_coming
            return
        if not self._refusal:
            curve = self._offer.curve.trained_on(int(self._points.box.value), self._fit.isChecked())
            self.chosen.emit(curve, self._changes())
            self.accept()

    @Slot()
    def _stop(self) -> None:
        self._turn.stop()
        self._jobs.drop()
        self._end_progress()
