"""The slopes along the chain, and how each goes wrong: another function or layer, another product, a mean too early."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.exercise.mistakes.mistake import LAYERS, START, Known, Mistake, Place, d_sigma, sigma
from curvegui.exercise.mistakes.points import EARLY, averaged

Formula: TypeAlias = Callable[[FloatArray, FloatArray], FloatArray]
SLOPE_FORMULAS: tuple[Formula, ...] = (
    *(lambda a, z: 1 - a, lambda a, z: a * (1 + a), lambda a, z: a**2, lambda a, z: (1 - a) ** 2),
    *(lambda a, z: a * (1 - z), lambda a, z: z * (1 - a), lambda a, z: a * (1 - a) ** 2, lambda a, z: 1 + a - a**2),
)
"""What is written for a * (1 - a)."""


def slope_place(layer: int) -> Place:
    """Times da/dz of a layer."""
    z, factor = f"z{layer}", f"da{layer}/dz{layer}"
    mistakes = (
        *(*_of_sigma(layer, factor), *_of_others(layer, factor), *_of_slope(layer, factor)),
        *(*_of_formulas(layer, factor), *_of_points(layer, factor), *_of_other_layers(layer, factor)),
    )
    hints = (
        tr("How much does a{layer} change when {z} changes? That is the slope of sigma at {z}.", layer=layer, z=z),
        tr("da{layer}/d{z} is d_sigma({z}).", layer=layer, z=z),
    )
    return Place(lambda j, known: j * d_sigma(known[z]), mistakes, hints)


def _of_sigma(layer: int, factor: str) -> Iterator[Mistake]:
    """Something else where the slope belongs."""
    z, a = f"z{layer}", f"a{layer}"
    itself = tr("The factor {factor} uses sigma itself instead of its derivative.", factor=factor)
    clues: tuple[str, ...] = rf"(?<!d_)\bsigma\(\s*{z}\b", r"(?<!d_)\bsigma\(", rf"\*\s*{a}\b"
    yield Mistake("sigma-for-d_sigma", itself, lambda j, known: j * known[a], clues)
    missing = tr("The factor {factor} is missing.", factor=factor)
    clues = rf"\b{z}\b", rf"\bW{layer + 1}\b" if layer < 3 else START[0], *START
    yield Mistake("missing-d_sigma", missing, lambda j, known: j, clues)
    of_a = tr(
        "The factor {factor} is sigma({a}) here. It has to be a slope, taken at the weighted sum.", factor=factor, a=a
    )
    clues = rf"(?<!d_)\bsigma\(\s*{a}\b", *_anywhere(z)
    yield Mistake("sigma-of-a", of_a, lambda j, known: j * sigma(known[a]), clues)
    of_z = tr("The factor {factor} is {z} itself here. It has to be a slope.", factor=factor, z=z)
    yield Mistake("z-for-d_sigma", of_z, lambda j, known: j * known[z], (rf"(?<!sigma\()\b{z}\b", *_anywhere(z)))


def _of_others(layer: int, factor: str) -> Iterator[Mistake]:
    """The slope of tanh, or the right formula of the wrong numbers."""
    z, a = f"z{layer}", f"a{layer}"
    tanh = tr("The factor {factor} is the slope of tanh here. These neurons use sigma.", factor=factor)
    clues = rf"1\s*-\s*{a}", *_anywhere(z)
    yield Mistake("slope-of-another-function", tanh, lambda j, known: j * (1 - known[a] ** 2), clues)
    of_z = tr(
        "The factor {factor} has the right formula, but with {z} in it. The formula needs the activation.",
        factor=factor,
        z=z,
    )
    clues = rf"1\s*-\s*{z}", *_anywhere(z)
    yield Mistake("slope-of-z", of_z, lambda j, known: j * known[z] * (1 - known[z]), clues)


def _of_slope(layer: int, factor: str) -> Iterator[Mistake]:
    """The slope of something else, or applied in another way."""
    z, a = f"z{layer}", f"a{layer}"
    added = tr("The factor {factor} is added. The chain rule multiplies.", factor=factor)
    clues = rf"\+\s*d_sigma\(\s*{z}\b|d_sigma\(\s*{z}\s*\)\s*\+", *_anywhere(z)
    for times in (0.5, 1.0):
        yield Mistake("plus-for-times", added, partial(_plus_slope, name=z, times=times), clues, alone=True)
    of_a = tr(
        "The factor {factor} takes the slope at {a}. The slope belongs to what goes into sigma.", factor=factor, a=a
    )
    clues = rf"d_sigma\(\s*{a}\b", *_anywhere(z)
    yield Mistake("d_sigma-of-a", of_a, lambda j, known: j * d_sigma(known[a]), clues)
    twice = tr("The factor {factor} is there twice.", factor=factor)
    yield Mistake("d_sigma-twice", twice, lambda j, known: j * d_sigma(known[z]) ** 2, _anywhere(z))
    divided = tr("The factor {factor} divides the rest. The chain rule multiplies.", factor=factor)
    clues = r"/\s*d_sigma\(", *_anywhere(z)
    yield Mistake("divided-by-d_sigma", divided, lambda j, known: j / d_sigma(known[z]), clues)


def _of_formulas(layer: int, factor: str) -> Iterator[Mistake]:
    """The slope from the activation, by a wrong formula."""
    a, z = f"a{layer}", f"z{layer}"
    clues = (rf"\b[az]{layer}\b.*1\s*[-+]\s*[az]{layer}\b", rf"1\s*[-+]\s*{a}\b", rf"\b{a}\b")
    for formula in SLOPE_FORMULAS:
        words = tr(
            "The factor {factor} has a wrong formula: the slope of sigma is {a} * (1 - {a}).", factor=factor, a=a
        )
        yield Mistake("slope-formula", words, partial(_times_formula, a=a, z=z, formula=formula), clues, alone=True)


def _of_points(layer: int, factor: str) -> Iterator[Mistake]:
    """Not entry by entry, or not point by point."""
    z = f"z{layer}"
    for product in (
        lambda j, d: j @ d.T,
        lambda j, d: j @ d,
        lambda j, d: j.T @ d,
        lambda j, d: d @ j,
        lambda j, d: d.T @ j,
        lambda j, d: d @ j.T,
    ):
        yield Mistake(
            "at-for-star",
            tr("The factor {factor} multiplies entry by entry: use * here, not @.", factor=factor),
            partial(_product, name=z, product=product),
            (rf"(@|dot\(|matmul\().*\bd_sigma\(\s*{z}\b", r"@\s*d_sigma", rf"@.*\ba{layer}\b"),
            alone=True,
        )
    clues = (r"\bJ_[Wb]\d\s*\(|mean\(", r"sum\(")
    yield Mistake("averaged-early", tr(EARLY), lambda j, known: averaged(j * d_sigma(known[z])), clues)
    yield Mistake("averaged-early", tr(EARLY), lambda j, known: j * averaged(d_sigma(known[z])), clues)


def _of_other_layers(layer: int, factor: str) -> Iterator[Mistake]:
    """The slope, or sigma, of another layer's z."""
    for other in LAYERS:
        if other == layer:
            continue
        yield Mistake(
            "d_sigma-of-wrong-z",
            tr(
                "The factor {factor} takes the slope at z{other}, which belongs to layer {other}.",
                factor=factor,
                other=other,
            ),
            partial(_times_slope, name=f"z{other}"),
            (rf"d_sigma\(\s*z{other}\b", r"d_sigma\("),
        )
        yield Mistake(
            "sigma-of-wrong-z",
            tr(
                "The factor {factor} is sigma(z{other}) here. It has to be a slope, and belong to layer {layer}.",
                factor=factor,
                other=other,
                layer=layer,
            ),
            partial(_times, name=f"a{other}"),
            (rf"(?<!d_)\bsigma\(\s*z{other}\b", r"sigma\("),
        )


def _anywhere(z: str) -> tuple[str, ...]:
    """Clues to any mistake with a slope."""
    return rf"sigma\(\s*{z}\b", r"sigma\("


def _times(j: FloatArray, known: Known, name: str) -> FloatArray:
    return j * known[name]


def _times_slope(j: FloatArray, known: Known, name: str) -> FloatArray:
    return j * d_sigma(known[name])


def _plus_slope(j: FloatArray, known: Known, name: str, times: float) -> FloatArray:
    return j + times * d_sigma(known[name])  # the half where the 2 has been multiplied already


def _times_formula(j: FloatArray, known: Known, a: str, z: str, formula: Formula) -> FloatArray:
    return j * formula(known[a], known[z])


def _product(j: FloatArray, known: Known, name: str, product: Formula) -> FloatArray:
    return product(j, d_sigma(known[name]))
