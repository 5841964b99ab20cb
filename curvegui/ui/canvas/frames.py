"""What each frame of the canvas does: how much of the trail it paints, and whether it shows what is new."""

from collections.abc import Callable
from time import perf_counter

from curvegui.ui.canvas.curves_layer import CurvesLayer

CALM_S = 0.5  # with reduced motion, between two pictures
TRAIL_S = 0.003  # of each frame, for painting the trail
FULL_S = 0.006  # of work fill a frame: Qt has yet to paint it
TRAIL_FRAMES = 4  # while snapshots arrive, paint trail in every fourth frame only: the trainer needs the processor
CROWDED_FRAMES = 8  # the same where it needs the interpreter, too
ARRIVING_S = 0.1  # after the last one, all of the trail is painted


class Frames:
    """Has a layer painted, a little a frame. What a person does is shown at once, what arrives may wait."""

    def __init__(self, layer: CurvesLayer) -> None:
        self._layer = layer
        self._is_stale, self._is_touched = True, False
        self._count = 0
        self._arriving_until, self._rest_s, self._rest_until = 0.0, 0.0, 0.0
        self._began, self._is_full = 0.0, False

    def begin(self) -> None:
        self._began = perf_counter()

    def has_time(self) -> bool:
        """Whether the frame leaves time for other parts of the window; of two in a row, one does."""
        self._is_full = not self._is_full and perf_counter() - self._began > FULL_S
        return not self._is_full

    def note_touch(self) -> None:
        """Take note that a person has changed what is to be seen."""
        self._is_stale = self._is_touched = True

    def note_arrival(self) -> None:
        self._is_stale, self._arriving_until = True, perf_counter() + ARRIVING_S

    def note_shown(self) -> None:
        self._is_stale = self._is_touched = False

    def set_reduced_motion(self, reduced: bool) -> None:
        """Show news only twice a second; what a person does is still shown at once."""
        self._rest_s = CALM_S if reduced else 0.0

    @property
    def is_calm(self) -> bool:
        return self._rest_s > 0

    def work(self, release_layer: Callable[[], None], crowded: bool = False) -> bool:
        """Paint some of the trail; whether it is time to show it, with all else that is new.

        ``release_layer`` is called before the layer is painted on, but not while what is shown rests.
        ``crowded``: the trainer computes in Python all the time.
        """
        layer = self._layer
        self._count += 1
        renewing = layer.is_renewing
        resting = perf_counter() < self._rest_until and not (self._is_touched or renewing)
        arriving = perf_counter() < self._arriving_until
        every = CROWDED_FRAMES if crowded else TRAIL_FRAMES
        working = layer.has_work and (renewing or not arriving or self._count % every == 0)
        if working:
            self._is_stale = True  # what is painted while it rests is shown afterwards
            if not resting:
                release_layer()  # at rest it stays shown, and the layer goes on with a copy
            if arriving:
                layer.keep_up(self._began + TRAIL_S - perf_counter() if renewing else 0.0)
            else:
                layer.work(TRAIL_S)
        if resting or not (working or self._is_stale):
            return False
        if self._rest_s and not layer.is_renewing:
            self._rest_until = perf_counter() + self._rest_s
        return True
