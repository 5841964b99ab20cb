"""Which attributes of an SVG element have to do with its outline, and what of a style matters to it."""

import re

PAINTS = {"fill", "stroke"}
KEPT = {
    *("id", "class", "transform", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"),
    *("fill-opacity", "stroke-opacity", "stroke-width", "display", "visibility", "color", "viewBox", "d", "points"),
    *("font-family", "font-size", "font-style", "font-weight", "font-variant", "text-anchor", "xml:space"),
    *("systemLanguage", "requiredFeatures", "requiredExtensions", "xlink:href"),
    *PAINTS,
}
OTHER_PAINT = re.compile(r"url\([^()]*\)\s*(none\b|#\w+)?")  # a gradient or a pattern: ink all the same
OPACITY = re.compile(r"(?<![\w-])opacity\s*:\s*([\w.+%-]+)\s*;?")  # Qt would paint a translucent group as a picture
IMPORT = re.compile(r"@import[^;]*;?")
FARTHEST_PLACE = 1e9
LONGEST_BOX = 200  # letters of four numbers


def kept_attributes(attributes: dict[str, str]) -> dict[str, str]:
    """Those attributes that matter to outlines: paints are colours, and what is not invisible is opaque."""
    kept = {key: value for key, value in attributes.items() if key in KEPT}
    for paint in PAINTS & kept.keys():
        kept[paint] = OTHER_PAINT.sub("black", kept[paint])
    if "style" in attributes:
        kept["style"] = plain_style(attributes["style"])
    if _is_nothing(attributes.get("opacity", "1")):
        kept["display"] = "none"
    return kept


def plain_style(style: str) -> str:
    """A style without what has nothing to do with outlines, or would come from elsewhere."""
    style = OTHER_PAINT.sub("black", IMPORT.sub("", style))
    return OPACITY.sub(lambda found: "display:none;" if _is_nothing(found[1]) else "", style)


def placed(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes of a group that stands for a drawing inside of a drawing: its place is a transform."""
    x, y, width, height = (_pixels(attributes.get(key, "")) for key in ("x", "y", "width", "height"))
    words = [attributes.get("transform", ""), f"translate({x} {y})"]
    box = [_pixels(each) for each in attributes.get("viewBox", "")[:LONGEST_BOX].replace(",", " ").split()]
    if len(box) == 4 and min(box[2:]) > 0 and width > 0 and height > 0:
        scale = min(width / box[2], height / box[3])
        left, top = (width - scale * box[2]) / 2, (height - scale * box[3]) / 2
        words.append(f"translate({left} {top}) scale({scale}) translate({-box[0]} {-box[1]})")
    rest = {key: value for key, value in attributes.items() if key not in {"x", "y", "width", "height", "viewBox"}}
    return {**rest, "transform": " ".join(words)}


def _is_nothing(opacity: str) -> bool:
    try:
        return float(opacity.strip().rstrip("%")) <= 0
    except ValueError:
        return False


def _pixels(text: str) -> float:
    """A length in pixels; nothing where it is something else."""
    try:
        value = float(text.strip().removesuffix("px"))
    except ValueError:
        return 0.0
    return value if abs(value) <= FARTHEST_PLACE else 0.0
