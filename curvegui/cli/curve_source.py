"""Where the curve to learn comes from: a preset, a table of points, a drawing, a word, or two formulas."""

import argparse
from collections.abc import Callable
from pathlib import Path

from curvegui.cli.options import NUMBER
from curvegui.cli.terminal import complain
from curvegui.core.curve.curve import MOST, Curve, CurveError, FormulaParameter, enough_points
from curvegui.core.language.text import either, mark, tr
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.files.format.section import ProjectError

MOST_SKIPPED = 10  # lines that are named one by one

Source = Callable[[argparse.Namespace], tuple[Curve, tuple[str, ...]]]


def add_curve_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which curve is trained on, and with how many points."""
    group = parser.add_argument_group(tr("curve"), tr("The curve to train on: the heart, or one of these."))
    names = tr("One of {presets}.", presets=", ".join(name for name, _ in SETTINGS["curve"].choices()))
    group.add_argument("--curve", metavar=tr("NAME"), default=argparse.SUPPRESS, help=names)
    words = mark(
        "A table of points (CSV, TSV or text; x,y or t,x,y). Or the number of training points, {allowed}; "
        "both may be given. The default is {points}, or more if so few would cut the corners of a curve that "
        "is not a preset."
    )
    points = tr(words, allowed=SETTINGS["points"].allowed(whole=True), points=TrainingConfig().points)
    group.add_argument("--points", metavar=tr("FILE or N"), action="append", default=[], help=points)
    group.add_argument("--svg", metavar=tr("FILE"), help=tr("A drawing; its outlines are joined into one curve."))
    group.add_argument("--text", metavar=tr("WORD"), help=tr("A word; the curve is the outline of its letters."))
    group.add_argument("--font", metavar=tr("FAMILY"), help=tr("The font of --text."))
    formula = tr(
        "Two formulas of t, which goes from 0 to 1: --formula 'cos(2 pi t)' 'sin(4 pi t)'. Any other letter is 1."
    )
    group.add_argument("--formula", nargs=2, metavar=("X", "Y"), help=formula)


def take_curve(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Add the curve and the number of points to the options; say on stderr which lines or parts were left out."""
    numbers = [word for word in options.points if NUMBER.fullmatch(word)]
    tables = [word for word in options.points if not NUMBER.fullmatch(word)]
    del options.points
    if numbers:
        options.points = float(numbers[-1])
    given = {
        "--curve": hasattr(options, "curve"),
        "--points FILE": bool(tables),
        "--svg": options.svg is not None,
        "--text": options.text is not None,
        "--formula": options.formula is not None,
    }
    named = [option for option, is_given in given.items() if is_given]
    if len(named) > 1 or len(tables) > 1:
        parser.error(tr("There can be one curve only: {options}.", options=either(list(dict.fromkeys(named)))))
    if options.font is not None and options.text is None:
        parser.error(tr("--font is for --text."))
    if not named or named[0] not in SOURCES:
        return
    options.table = tables[0] if tables else None
    try:
        options.curve, notes = SOURCES[named[0]](options)
    except (CurveError, ProjectError, OSError) as error:
        parser.error(str(error))
    usual = TrainingConfig().points
    enough = usual if numbers else enough_points(options.curve, usual)
    if enough != usual:
        options.points = enough
        words = mark("Using {enough:,} points, because {usual} would cut corners. Set another number with --points N.")
        notes = (*notes, tr(words, enough=enough, usual=usual))
    for note in notes:
        complain(note if note.endswith(".") else f"{note}.")


def curve_file(options: argparse.Namespace) -> Path | None:
    """The file that `take_curve` has read the curve from; None where the curve comes from no file."""
    name = getattr(options, "table", None) or options.svg
    return Path(name) if name else None


def _table(options: argparse.Namespace) -> tuple[Curve, tuple[str, ...]]:
    from curvegui.files.table.points import read_table

    table = read_table(Path(options.table))
    words = mark("Line {line} was skipped: {reason}")
    skipped = [tr(words, line=line, reason=reason) for line, reason in table.skipped[:MOST_SKIPPED]]
    if table.skipped_count > len(skipped):
        skipped.append(tr("{count:,} lines were skipped in all.", count=table.skipped_count))
    return table.curve(), (*skipped, *table.notes)


def _svg(options: argparse.Namespace) -> tuple[Curve, tuple[str, ...]]:
    from curvegui.core.curve.joining import joined_curve
    from curvegui.figure.application import ensure_gui_application
    from curvegui.figure.outline.svg import read_svg
    from curvegui.files.project.open_any import read_all

    ensure_gui_application()
    path = Path(options.svg)
    return joined_curve(path.stem, read_svg(read_all(path), path.name), flipped=True)


def _text(options: argparse.Namespace) -> tuple[Curve, tuple[str, ...]]:
    from PySide6.QtGui import QFont, QFontInfo

    from curvegui.core.curve.joining import joined_curve
    from curvegui.figure.application import ensure_gui_application
    from curvegui.figure.outline.text import text_parts

    ensure_gui_application()
    font = QFont(options.font) if options.font else QFont()
    outline = text_parts(options.text, font)
    curve, notes = joined_curve(options.text, outline.parts, flipped=True)
    missing = tuple(
        tr("No font on this computer has “{character}”, so it was left out.", character=each)
        for each in outline.missing
    )
    taken = QFontInfo(font).family()
    if options.font and taken.casefold() != options.font.strip().casefold():
        missing = (tr("The font “{font}” is not installed; using “{taken}”.", font=options.font, taken=taken), *missing)
    return curve, (*missing, *notes)


def _formula(options: argparse.Namespace) -> tuple[Curve, tuple[str, ...]]:
    from curvegui.core.formula.curve import formula_curve, letters_of

    letters = dict.fromkeys(letter for text in options.formula for letter in letters_of(text))
    x, y = options.formula
    curve = formula_curve(x, y, parameters=[FormulaParameter(letter) for letter in letters][:MOST])
    note = tr("Letters that are 1, and sliders in the window: {letters}.", letters=", ".join(letters))
    return curve, (note,) if letters else ()


SOURCES: dict[str, Source] = {"--points FILE": _table, "--svg": _svg, "--text": _text, "--formula": _formula}
