"""The latest curves of the user's own, in one file that all windows share."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from curvegui.core.curve.curve import Curve
from curvegui.files.curves.format import CURVES, curve_arrays, curve_objects, read_curves
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.format.container import pack, unpack
from curvegui.files.format.opening import opened
from curvegui.files.format.section import ProjectError, Section

MOST = 12
MOST_BYTES = 32_000_000  # of all together: twelve drawings take 200,000

logger = logging.getLogger(__name__)


class KeptCurves:
    """Reads and writes the list, from any thread. A list that cannot be read counts as empty, and is logged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mutex = Lock()

    def all(self) -> tuple[Curve, ...]:
        """The curves, the latest first."""
        if not os.path.lexists(self._path):
            return ()
        try:
            with opened(self._path) as file:
                manifest, arrays = unpack(bytes(file.read(0, min(file.size, 2 * MOST_BYTES))))
            return tuple(read_curves(Section(manifest), arrays))[:MOST]
        except ProjectError as error:
            logger.warning("The latest curves in %s cannot be read: %s", self._path, error)
            return ()

    def add(self, curve: Curve, instead_of: Curve | None = None) -> tuple[Curve, ...]:
        """Put a curve first, replacing ``instead_of``; return all."""
        with self._mutex:
            return self._keep([curve, *(each for each in self.all() if each not in (curve, instead_of))])

    def remove(self, curve: Curve) -> tuple[Curve, ...]:
        """Take a curve off the list; return those that are left."""
        with self._mutex:
            return self._keep([each for each in self.all() if each != curve])

    def _keep(self, curves: Sequence[Curve]) -> tuple[Curve, ...]:
        kept, room = list[Curve](), MOST_BYTES
        for curve in curves[:MOST]:
            room -= curve.nbytes
            if room >= 0:
                kept.append(curve)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(self._path, pack({CURVES: curve_objects(kept)}, curve_arrays(kept)))
        except OSError as error:
            logger.warning("The latest curves could not be kept in %s: %s", self._path, error)
        return tuple(kept)
