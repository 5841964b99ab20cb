"""The boxes of the maths panel: the equation of a parameter, and what the next iteration does to it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from curvegui.core.inspection.chain_rule import ChainRule, Factor, FactorKind, Symbol
from curvegui.core.language.text import mark, tr, within
from curvegui.core.network.parts import Parameter
from curvegui.core.settings.config import SETTINGS
from curvegui.figure.drawing.typeset import Expression, Fraction, Letters, PartsInRow, Script, Slant
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.look.theme import current_theme
from curvegui.ui.maths.matrix_grid import Grid
from curvegui.ui.maths.words import belongs, made_words, seen_entries, seen_product, seen_words, span_of
from curvegui.ui.study.weight_colours import largest_of, weight_colour
from curvegui.ui.widgets.numbers import exact_number, format_number, tiny_number


@dataclass(frozen=True)
class Line:
    """A number of a box with its words: bold if the box is about this number, coloured if it is a warning. If the words
    come and go, ``longest`` is the longest of them, so that the box keeps its size."""

    number: str
    words: str = ""
    is_bold: bool = False
    is_warning: bool = False
    longest: str = ""


@dataclass(frozen=True, eq=False)
class Box:
    """One part of an equation: a formula, with its numbers below."""

    lead: str  # joins it to the box before: "=", "·" or "−"
    formula: Expression
    meaning: Expression | None = None  # what the formula is equal to
    note: str = ""  # what of it is shown, in small letters
    grids: tuple[Grid, ...] = ()
    lines: tuple[Line, ...] = ()
    is_lit: bool = False  # it belongs to the stage that is lit up
    edge: str = ""  # of its frame, where it is about one weight: the colour in the diagram, ``#rrggbb``
    is_flat: bool = False  # the lines stand beside the formula, where there is room
    tip: Callable[[], str] | None = None  # how its numbers come about, if that is asked

    @property
    def still_key(self) -> tuple[object, ...]:
        lines = tuple(each.longest or (each.words, each.is_warning) for each in self.lines)
        grids = tuple((each.entries.shape, each.caption, each.is_inline, each.span is None) for each in self.grids)
        return self.lead, self.formula, self.meaning, self.note, grids, lines, self.is_lit, bool(self.edge)


UPRIGHT, BOLD = Slant.UPRIGHT, Slant.BOLD
PARTIAL = Letters("∂", UPRIGHT)


def symbol_formula(symbol: Symbol, below: str = "") -> Expression:
    """A symbol with its layer in brackets, as in the exercise; ``below`` is the index of one entry of its matrix."""
    letter = Letters(symbol.letter, BOLD if symbol.letter == "W" else Slant.ITALIC)
    if symbol.layer is None:
        return letter
    return Script(letter, Letters(f"({symbol.layer})", UPRIGHT), Letters(below, UPRIGHT) if below else None)


def parameter_formula(parameter: Parameter) -> Expression:
    return symbol_formula(symbol_of(parameter), entry_words(parameter))


def symbol_of(parameter: Parameter) -> Symbol:
    return Symbol("b" if parameter.is_bias else "W", parameter.layer)


def entry_words(parameter: Parameter) -> str:
    """Row and column of a weight in its matrix, counted from 1: "2,5"; for a bias, only the row."""
    return f"{parameter.row + 1}" if parameter.column is None else f"{parameter.row + 1},{parameter.column + 1}"


def derivative_formula(above: Symbol, below: Symbol, entry: str = "") -> Expression:
    return Fraction(PartsInRow((PARTIAL, symbol_formula(above))), PartsInRow((PARTIAL, symbol_formula(below, entry))))


def meaning_formula(factor: Factor, parameter: Parameter) -> Expression:
    """What a factor is equal to: 2 (a − y), σ′(z), W, an activation of the layer before, or 1."""
    layer, column = factor.layer, parameter.column or 0
    a, z = symbol_formula(Symbol("a", layer)), symbol_formula(Symbol("z", layer))
    match factor.kind:
        case FactorKind.COST:
            parts: tuple[Expression, ...] = (Letters("2 (", UPRIGHT), a, Letters(" − ", UPRIGHT), Letters("y"))
            return PartsInRow((*parts, Letters(")", UPRIGHT)))
        case FactorKind.SLOPE:
            return PartsInRow((Letters("σ"), Letters("′(", UPRIGHT), z, Letters(")", UPRIGHT)))
        case FactorKind.WEIGHTS:
            return symbol_formula(Symbol("W", layer))
        case FactorKind.INPUT:
            return symbol_formula(Symbol("a", layer - 1), f"{column + 1}") if layer > 1 else Letters("t")
        case FactorKind.ONE:
            return Letters("1", UPRIGHT)


UPHILL = mark("uphill")
CHANCE = mark(
    "N is a random number from the standard normal distribution. In each iteration, each Jacobian gets a new one. "
    "If this factor is negative, the step goes uphill."
)
SO_FAR, MEAN = mark("so far"), mark("mean")


def equation_boxes(rule: ChainRule, stage: Stage | None, scale: float) -> list[Box]:
    """The left side of the chain rule with its two results, then its factors; the ``stage`` of the iteration is lit up,
    and ``scale`` is the weight with the strongest colour."""
    own, is_lit = weight_colour(rule.update.old, scale, current_theme()).name(), _is_update(stage)
    results = (
        Line(exact_number(rule.product), tr("by the chain rule"), is_bold=True),
        Line(exact_number(rule.tried), tr("numerically (finite difference)")),
        Line(tiny_number(rule.difference), tr("difference")),
    )
    left = derivative_formula(Symbol("C"), symbol_of(rule.parameter), entry_words(rule.parameter))
    boxes = [Box("", left, lines=results, is_lit=is_lit, edge=own, is_flat=True)]
    for number, factor in enumerate(rule.factors):
        entries, is_weights, span = seen_entries(factor), factor.kind is FactorKind.WEIGHTS, span_of(factor, rule)
        largest = scale if is_weights else largest_of(entries)
        grids = [Grid(entries, largest, "" if span is None else tr(MEAN), span=span, edges=is_weights)]
        if 0 < number < len(rule.factors) - 1:  # the product so far; the last one's is the result
            product = seen_product(factor, rule.parameter)
            caption = tr(SO_FAR) if rule.point is not None else tr("so far, mean")
            grids.append(Grid(product, largest_of(product), caption, is_inline=product.size == 1))
        rows, columns = factor.shape
        shape = tr("{rows} × {columns}, transposed", rows=rows, columns=columns) if is_weights else ""
        boxes.append(
            Box(
                lead="·" if number else "=",
                formula=derivative_formula(factor.numerator, factor.denominator),
                meaning=meaning_formula(factor, rule.parameter),
                note=seen_words(factor) or shape,
                grids=tuple(grids),
                is_lit=belongs(factor, stage, rule),
                tip=partial(made_words, rule, number),
            )
        )
    return boxes


def update_boxes(rule: ChainRule, stage: Stage | None, scale: float) -> list[Box]:
    """New = old − aggression · (1 + noise · N) · (J + weight decay · w); parameters as in `equation_boxes`."""
    update, formula = rule.update, parameter_formula(rule.parameter)
    lit = _is_update(stage)
    new_edge, old_edge = (weight_colour(value, scale, current_theme()).name() for value in (update.new, update.old))
    new = Line(exact_number(update.new), tr("frozen") if update.is_kept else "", is_bold=True)
    warning = tr(UPHILL) if update.is_uphill else ""
    decay = [Line(exact_number(update.decay), tr("weight decay · w"))] if update.decay else []
    mean = tr(MEAN) if rule.point is not None else ""
    aggression = Letters(within(SETTINGS["aggression"]), UPRIGHT)
    return [
        Box(
            "",
            PartsInRow((formula, Letters(f" {tr('new')}", UPRIGHT))),
            lines=(new, Line(exact_number(-update.step), tr("change"))),
            is_lit=lit,
            edge=new_edge,
        ),
        Box("=", formula, lines=(Line(exact_number(update.old)),), is_lit=lit, edge=old_edge),
        Box("−", aggression, lines=(Line(format_number(update.aggression)),), is_lit=lit),
        Box(
            "·",
            PartsInRow((Letters(f"\u200e1 + {within(SETTINGS['noise'])} · ", UPRIGHT), Letters("N"))),  # left to right
            note=tr("noise {noise}", noise=format_number(update.noise)),
            lines=(
                Line(exact_number(update.factor), warning, is_warning=update.is_uphill, longest=tr(UPHILL)),
                Line(exact_number(update.normal), "N"),
            ),
            is_lit=lit,
            tip=partial(tr, CHANCE),
        ),
        Box(
            "·",
            Script(Letters("J"), None, symbol_formula(symbol_of(rule.parameter))),
            note=tr("entry {parameter}", parameter=entry_words(rule.parameter)),
            lines=(Line(exact_number(update.jacobian), mean), *decay),
            is_lit=lit,
            tip=partial(tr, mark("mean over the {points} points"), points=rule.points),
        ),
    ]


def _is_update(stage: Stage | None) -> bool:
    return stage is not None and stage.pass_ is Pass.UPDATE
