"""Factors along the chain and how each goes wrong: the start 2 (a3 - y), and the weights; for slopes see ``slopes``."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr

Known: TypeAlias = Mapping[str, FloatArray]
"""x, y, the parameters and what ``network_function`` returns, by their names in the exercise."""
Move: TypeAlias = Callable[[FloatArray, Known], FloatArray]
LAYERS = (1, 2, 3)
START = (r"a3\s*-\s*y", r"\by\b", r"\ba3\b")
"""Clues to the start of every chain."""


@dataclass(frozen=True)
class Mistake:
    """One wrong way to pass a place of the chain."""

    kind: str  # as ``"sigma-for-d_sigma"``, for programs and tests
    sentence: str  # for the learner
    move: Move  # what it makes of the product so far
    clues: tuple[str, ...] = ()  # regular expressions for its line, the best one first
    alone: bool = False  # whether it is not looked for together with others: there are too many pairs


@dataclass(frozen=True)
class Place:
    """One place of the chain: the right way to pass it, and the wrong ones."""

    right: Move
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, ...] = ()  # what to think about, and then the code


def d_sigma(z: FloatArray) -> FloatArray:
    """The slope of the logistic function."""
    e = np.exp(-np.abs(z))
    return np.asarray(e / (1 + e) ** 2)


def sigma(z: FloatArray) -> FloatArray:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-z)))


FEW = range(2, 12)  # points that a loop may be written for; a problem that decides has more
ONE_FOR_ALL = {
    "maximum": (np.max, r"max\(", mark("It takes the maximum of the points. The cost is the mean over them.")),
    "minimum": (np.min, r"min\(", mark("It takes the minimum of the points. The cost is the mean over them.")),
    "median": (np.median, r"median\(", mark("It takes the median of the points. The cost is the mean over them.")),
    "norm": (np.linalg.norm, r"norm\(", mark("It takes the norm of the points. The cost is the mean over them.")),
}
INSTEAD = {"single-point", "standard-deviation", *ONE_FOR_ALL}
"""Kinds that stand in the place of the mean: there the division by the number of points is not what is missing."""
EARLY = mark(
    "It averages over the points before the chain has ended. Multiply all factors point by point, then average."
)
_LOOP = (r"range\(", r"\[[^\]]*[:\d][^\]]*\]", r"\breturn\b")


def some_points(a: str = "") -> Iterator[Mistake]:
    """Sums over some of the points: with the activations ``a`` for weights, without for biases."""
    for words, part in (
        (tr("Only the first point counts. The cost is the mean over all points."), slice(1)),
        (tr("Only the last point counts. The cost is the mean over all points."), slice(-1, None)),
    ):
        yield Mistake("single-point", words, partial(_sum_of, a=a, part=part), (r"(?<!shape)\[[^\]]*\d", *_LOOP))
    for words, part in (
        (tr("The sum leaves out the first point."), slice(1, None)),
        (tr("The sum leaves out the last point."), slice(-1)),
    ):
        yield Mistake("misses-a-point", words, partial(_sum_of, a=a, part=part), _LOOP, alone=True)
    for count in FEW:
        yield Mistake(
            "few-points",
            tr("Only the first {count} points count, however many there are.", count=count),
            partial(_sum_of, a=a, part=slice(count)),
            (rf"\b{count}\b", *_LOOP),
            alone=True,
        )


def one_for_all() -> Iterator[Mistake]:
    """Something else than the mean over the points, for biases."""
    for kind, (function, searched, words) in ONE_FOR_ALL.items():
        yield Mistake(kind, tr(words), partial(_along, function=function), (searched,), alone=True)
    yield Mistake(
        "absolute-sum",
        tr("The sum has lost the signs, which balance each other."),
        lambda j, _: np.sum(np.abs(j), axis=1, keepdims=True),
        (r"abs\((?!.*\by\b)",),
    )
    yield Mistake(
        "standard-deviation",
        tr("It takes the standard deviation. The cost is the mean over the points."),
        partial(_along, function=np.std),
        (r"std\(",),
    )


def averaged(j: FloatArray) -> FloatArray:
    """The mean over the points."""
    return np.asarray(np.mean(j, axis=1, keepdims=True))


def _sum_of(j: FloatArray, known: Known, a: str, part: slice) -> FloatArray:
    some = j[:, part]
    return some @ known[a][:, part].T if a else np.asarray(np.sum(some, axis=1, keepdims=True))


def _along(j: FloatArray, _: Known, function: object) -> FloatArray:
    return np.asarray(function(j, axis=1, keepdims=True))  # type: ignore[operator]


StartFormula: TypeAlias = Callable[[Known], FloatArray]

START_MISTAKES: tuple[tuple[str, str, StartFormula, tuple[str, ...]], ...] = (
    ("missing-y", mark("The first factor, dC/da3, uses a3 alone: y is missing."), lambda known: known["a3"], START),
    ("missing-a3", mark("The first factor, dC/da3, uses y alone: a3 is missing."), lambda known: known["y"], START),
    (
        "plus-y",
        mark("The first factor, dC/da3, adds a3 and y instead of subtracting."),
        lambda known: known["a3"] + known["y"],
        (r"a3\s*\+\s*y", r"y\s*\+\s*a3", *START),
    ),
    (
        "x-for-y",
        mark("The first factor, dC/da3, compares a3 with x. Which are the points to reach?"),
        lambda known: known["a3"] - known["x"],
        (r"a3\s*-\s*(x|a0)\b", r"\ba3\b"),
    ),
    (
        "z3-for-a3",
        mark("The first factor, dC/da3, uses z3. The cost compares the points with the output of the network."),
        lambda known: known["z3"] - known["y"],
        (r"z3\s*-\s*y", *START),
    ),
    (
        "missing-brackets",
        mark("In 2 * a3 - y, the 2 multiplies only a3: brackets are missing."),
        lambda known: known["a3"] - known["y"] / 2,
        (r"a3\s*-\s*y", r"\ba3\b"),
    ),
    (
        "absolute-difference",
        mark("The first factor, dC/da3, has lost its sign, which says in which direction to go."),
        lambda known: np.abs(known["a3"] - known["y"]),
        (r"abs", *START),
    ),
    (
        "squared-difference",
        mark("The first factor, dC/da3, contains a square. The square is in the cost, not in its derivative."),
        lambda known: (known["a3"] - known["y"]) ** 2,
        (r"\*\*\s*2", r"square", *START),
    ),
    ("averaged-early", EARLY, lambda known: averaged(known["a3"] - known["y"]), (r"mean\(|sum\(", *START)),
    ("missing-start", mark("The first factor, dC/da3, is missing."), lambda known: np.ones_like(known["a3"]), ()),
)
"""The kind of each, what is wrong, what is computed instead of a3 - y, and clues to where."""


def start_place() -> Place:
    """Where the chain begins: the difference; the factor 2 multiplies the whole (see ``multiples``)."""
    mistakes = (
        Mistake(kind, tr(words), partial(_instead, formula=formula), clues)
        for kind, words, formula, clues in START_MISTAKES
    )
    hints = (
        tr("The chain starts with the cost. What is the derivative of (a3 - y)**2 with respect to a3?"),
        tr("dC/da3 is 2 * (a3 - y)."),
    )
    return Place(lambda _, known: known["a3"] - known["y"], tuple(mistakes), hints)


def _instead(_: FloatArray, known: Known, formula: StartFormula) -> FloatArray:
    return formula(known)


def link_place(layer: int) -> Place:
    """Through the weights of a layer to the activations before it: times dz/da."""
    w, before = f"W{layer}", layer - 1
    factor = f"dz{layer}/da{before}"
    missing = tr(
        "The factor {factor} is missing: it leads from layer {layer} back to layer {before}.",
        factor=factor,
        layer=layer,
        before=before,
    )
    mistakes = (
        Mistake("missing-link", missing, lambda j, known: j, (rf"z{layer}\b",)),
        *_untransposed(w),
        *_other_factors(layer, factor),
    )
    hints = (
        tr(
            "dz{layer}/da{before} leads from layer {layer} back to layer {before}, through the weights between "
            "them. J has a row for each neuron of layer {layer}; it needs a row for each neuron of layer "
            "{before}.",
            layer=layer,
            before=before,
        ),
        tr("Multiply by {w} and keep the points in the columns: J = (J.T @ {w}).T", w=w),
    )
    return Place(lambda j, known: known[w].T @ j, mistakes, hints)


def _other_factors(layer: int, factor: str) -> Iterator[Mistake]:
    """Not a product of matrices, or not of these weights."""
    w, b = f"W{layer}", f"b{layer}"
    entry = tr("{w} is multiplied entry by entry. This step needs a matrix product.", w=w)
    clues = (rf"\*\s*{w}\b", rf"\b{w}(\.T)?\s*\*", rf"\b{w}\b")
    yield Mistake("star-for-at", entry, lambda j, known: j * known[w], clues)
    bias = tr("The factor {factor} is the bias b{layer} here. It has to be the weights.", factor=factor, layer=layer)
    yield Mistake("b-for-W", bias, lambda j, known: known[b].T @ j, (rf"\b{b}\b",))
    for other in (number for number in LAYERS if number != layer):
        words = tr("The factor {factor} is W{other} here, which belongs to another layer.", factor=factor, other=other)
        for through in (_through, _through_untransposed):
            yield Mistake("wrong-W", words, partial(through, name=f"W{other}"), (rf"\bW{other}\b",))


def _untransposed(w: str) -> Iterator[Mistake]:
    """The right weights in the wrong position."""
    words = tr("Where J is multiplied by {w}, a .T is missing, or there is one too many.", w=w)
    right = rf"\(\s*\w+\.T\s*@\s*{w}\s*\)\.T|\b{w}\.T\s*@|\b{w}\.T\.dot|dot\(\s*{w}\.T"
    clues = rf"^(?!.*(?:{right})).*\b{w}\b", rf"\b{w}\b"
    for move in (
        lambda j, known: known[w] @ j,
        lambda j, known: j @ known[w],
        lambda j, known: j.T @ known[w],
        lambda j, known: (j @ known[w]).T,
        lambda j, known: j @ known[w].T,
        lambda j, known: (known[w] @ j).T,
        lambda j, known: (j @ known[w].T).T,
    ):
        yield Mistake("missing-transpose", words, move, clues)


def _through(j: FloatArray, known: Known, name: str) -> FloatArray:
    return known[name].T @ j


def _through_untransposed(j: FloatArray, known: Known, name: str) -> FloatArray:
    return known[name] @ j


SlopeFormula: TypeAlias = Callable[[FloatArray, FloatArray], FloatArray]
SLOPE_FORMULAS: tuple[SlopeFormula, ...] = (
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


def _times_formula(j: FloatArray, known: Known, a: str, z: str, formula: SlopeFormula) -> FloatArray:
    return j * formula(known[a], known[z])


def _product(j: FloatArray, known: Known, name: str, product: SlopeFormula) -> FloatArray:
    return product(j, d_sigma(known[name]))
