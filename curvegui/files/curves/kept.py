"""The latest curves of the user's own, in one file that all windows share."""

from pathlib import Path

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import mark, tr
from curvegui.files.curves.format import CURVES, about_curve, curve_arrays, read_curves
from curvegui.files.disk.shared_file import Codec, SharedFile, SharedFileError
from curvegui.files.format.container import NewerError, pack, unpack
from curvegui.files.format.section import Section

MOST = 12
MOST_BYTES = 32_000_000  # of all together: twelve drawings take 200,000
NEWER = mark("Your recent curves were kept by a newer CurveGUI, which can read them. They are as they were.")

TRAINED = "trained"  # the key of how a curve was trained on; older versions do not look for it

Curves = tuple[Curve, ...]


class KeptCurves(SharedFile[Curves]):
    """The list of the latest curves, the latest first; `write` makes the changes that were noted."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, tr("Your recent curves"), Codec(_decoded, _encoded, tuple, 2 * MOST_BYTES))

    def put_first(self, curve: Curve, instead_of: Curve | None = None) -> None:
        """Note that a curve comes first, replacing ``instead_of``; of too many curves, the last ones go."""

        def with_first(curves: Curves) -> Curves:
            listed, left_bytes = list[Curve](), MOST_BYTES
            for each in (curve, *(each for each in curves if each not in (curve, instead_of))):
                left_bytes -= each.nbytes
                if left_bytes >= 0:
                    listed.append(each)
            return tuple(listed[:MOST])

        self.note(with_first)

    def take_off(self, curve: Curve) -> None:
        """Note that a curve is no longer wanted."""
        self.note(lambda curves: tuple(each for each in curves if each != curve))


def _decoded(data: bytes) -> Curves:
    try:
        manifest, arrays = unpack(data)
    except NewerError as error:
        raise SharedFileError(tr(NEWER)) from error
    section = Section(manifest)
    curves = read_curves(section, arrays)
    for index, about in enumerate(section.objects(CURVES, len(curves))):
        if about.optional_mapping(TRAINED) is not None:
            trained = about.section(TRAINED)
            curves[index] = curves[index].trained_on(trained.whole("points", low=2), trained.flag("fits"))
    return tuple(curves)[:MOST]


def _encoded(curves: Curves) -> bytes:
    objects = [about_curve(curve) | ({TRAINED: curve.trained._asdict()} if curve.trained else {}) for curve in curves]
    return pack({CURVES: objects}, curve_arrays(curves))
