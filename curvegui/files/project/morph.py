"""The morph that a project keeps, as an object of the manifest and an array of its own: older versions hand both on."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import tr
from curvegui.core.learner.morphing import MOST_KEYFRAMES, Morph
from curvegui.core.presets.presets import PRESETS
from curvegui.files.curves.format import CURVES, DTYPE, curve_arrays, curve_objects, read_curves
from curvegui.files.format.section import Section, damaged

MORPH = "morph"
MORPH_CURVES = "morph_curves"  # an array as ``CURVES``
OWN, PRESET = "own", "preset"  # what a keyframe is: {"own": 0} is the first of the morph's own curves


def morph_objects(morph: Morph) -> dict[str, Any]:
    """What the manifest says of a morph; nothing where there is none."""
    if not morph.keyframes:
        return {}
    own = _own(morph)
    keyframes = [{OWN: own.index(each)} if isinstance(each, Curve) else {PRESET: each} for each in morph.keyframes]
    about = {"keyframes": keyframes, "position": morph.position, "iterations": morph.iterations}
    return {MORPH: about | {CURVES: curve_objects(own)}}


def morph_arrays(morph: Morph) -> dict[str, NDArray[Any]]:
    """The points of a morph's own curves; nothing where it has none."""
    found = curve_arrays(_own(morph))
    return {MORPH_CURVES: found[CURVES]} if found else {}


def read_morph(manifest: Section, arrays: Mapping[str, NDArray[Any]]) -> Morph:
    """The morph that was written; none where there is none, or one through curves that only a newer version has.

    Raises ``ProjectError`` if it is not as it should be.
    """
    if manifest.optional_mapping(MORPH) is None:
        return Morph()
    about = manifest.section(MORPH)
    own = read_curves(about, {CURVES: arrays.get(MORPH_CURVES, np.empty((4, 0), DTYPE))})
    keyframes = [_keyframe(each, own) for each in about.objects("keyframes", MOST_KEYFRAMES)]
    if any(isinstance(each, str) and each not in PRESETS for each in keyframes):
        return Morph()
    try:
        return Morph(tuple(keyframes), about.number("position"), about.whole("iterations"))
    except ValueError as error:
        raise damaged(tr("its morph cannot be used")) from error


def _own(morph: Morph) -> list[Curve]:
    """Its curves of the user's own, each once."""
    return list(dict.fromkeys(each for each in morph.keyframes if isinstance(each, Curve)))


def _keyframe(about: Section, own: list[Curve]) -> str | Curve:
    name = about.text(PRESET, "")
    index = 0 if name else about.whole(OWN)
    if not name and index >= len(own):
        raise damaged(tr("a curve of its morph is missing"))
    return name or own[index]
