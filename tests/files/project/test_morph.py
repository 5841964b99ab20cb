"""The morph that a project keeps: it comes back whole, and one that this version cannot use is handed on."""

from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through
from curvegui.core.learner.morphing import Morph
from curvegui.files.format.container import unpack
from curvegui.files.project.project import ProjectError, decode, encode
from tests.files.projects import ENCODED, everything, tiny_project, with_manifest

OWN = curve_through("mine", np.array([[0.1, 0.9, 0.5], [0.1, 0.1, 0.8]]), closed=True)
OPEN = curve_through("other", np.array([[0.1, 0.9], [0.3, 0.2]]), closed=False)
MORPH = Morph(("heart", OWN, OPEN, OWN, "star"), 1.5, 700)


def kept(morph):
    return encode(replace(tiny_project(), morph=morph))


def test_it_comes_back_and_the_run_is_the_same():
    for morph in (MORPH, Morph(("heart", "star")), Morph()):
        found = decode(kept(morph))
        assert found.morph == morph
        assert everything(found.record) == everything(tiny_project().record)
        assert encode(found) == kept(morph)
    assert kept(Morph()) == ENCODED


def test_one_with_a_curve_that_only_a_newer_version_has_is_handed_on_as_it_is():
    def newer(manifest):
        manifest["morph"]["keyframes"][0] = {"preset": "moebius"}

    found = decode(with_manifest(kept(MORPH), newer))
    assert found.morph == Morph()
    manifest, arrays = unpack(encode(replace(found, name="renamed")))
    assert manifest["morph"]["keyframes"][0] == {"preset": "moebius"}
    assert manifest["morph"]["iterations"] == 700
    assert arrays["morph_curves"].shape == (4, 5)
    another = decode(encode(replace(found, morph=Morph(("heart", OPEN)))))
    assert another.morph == Morph(("heart", OPEN))


@pytest.mark.parametrize(
    "change",
    [
        {"keyframes": [{"own": 2}, {"preset": "heart"}]},
        {"keyframes": [{}, {"preset": "heart"}]},
        {"keyframes": [{"preset": "heart"}]},
        {"keyframes": [{"preset": "heart"}] * 21},
        {"keyframes": "heart"},
        {"position": 5.0},
        {"position": "half"},
        {"iterations": 0},
        {"curves": []},
        {"curves": 3},
    ],
    ids=str,
)
def test_one_that_is_damaged_is_told(change):
    with pytest.raises(ProjectError, match="damaged"):
        decode(with_manifest(kept(MORPH), lambda manifest: manifest["morph"].update(change)))
