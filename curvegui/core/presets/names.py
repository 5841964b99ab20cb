"""Names of curves: English in files, and where they are ours, said in the chosen language where they are shown."""

from curvegui.core.curve.curve import DRAWING, clean_name
from curvegui.core.language.text import WITHIN, english, lowered, mark, tr, tr_in
from curvegui.core.presets.presets import PRESETS

RESHAPED, TO, BY_HAND = ", reshaped", " to ", "By hand: "
TITLES = {DRAWING: mark("Drawing")} | {
    label.lower(): label for label in (english(preset, "label") for preset in PRESETS.values())
}


def reshaped_name(name: str) -> str:
    """The name of a preset after it was reshaped by hand."""
    return clean_name(f"{name}{RESHAPED}")


def name_between(before: str, after: str) -> str:
    """The name of a curve that a morph passes between two others."""
    return clean_name(f"{before}{TO}{after}")


def titled(name: str) -> str:
    """A name where it stands alone: "Heart", "Heart, reshaped", "Formula"; a person's own name stays as it is."""
    stem, comma, change = name.partition(",")
    if stem in TITLES and TO not in change:
        return _changed(tr(TITLES[stem]), comma + change)
    from curvegui.core.formula.curve import names_formulas  # not before there is such a curve

    return tr("Formula") if names_formulas(name) else worded(name)


def worded(name: str) -> str:
    """A name within a sentence: "heart", "heart to star"; a person's own name stays as it is."""
    stem, comma, change = name.partition(",")
    if stem in TITLES and TO not in change:
        said = lowered(tr(TITLES[stem])) if stem == DRAWING else tr_in(WITHIN, stem)
        return _changed(said, comma + change)
    between = _between(name)
    if between or not name.startswith(BY_HAND):
        return between or name
    return tr("By hand: {curve}", curve=tr(name.removeprefix(BY_HAND)))


def _between(name: str) -> str:
    """The words for a curve between two of a morph, of which one is a preset; empty for any other name."""
    before, to, after = name.partition(TO)
    if not to or TITLES.keys().isdisjoint((before.removesuffix(RESHAPED), after.removesuffix(RESHAPED))):
        return ""
    return tr("{before} to {after}", before=worded(before), after=worded(after))


def _changed(said: str, change: str) -> str:
    return tr("{name}, reshaped", name=said) if change == RESHAPED else said + change
