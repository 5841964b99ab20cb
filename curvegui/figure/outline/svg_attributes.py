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


def _is_nothing(opacity: str) -> bool:
    try:
        return float(opacity.strip().rstrip("%")) <= 0
    except ValueError:
        return False


NUMBER = r"[\s,]*+[+-]?(?:\d++\.?+\d*+|\.\d++)(?:[eE][+-]?\d++)?+"
FLAG = r"[\s,]*+[01]"
COMMANDS = (
    rf"[MmLlTt](?:{NUMBER}{NUMBER})++",
    rf"[HhVv](?:{NUMBER})++",
    rf"[Cc](?:(?:{NUMBER}){{6}})++",
    rf"[SsQq](?:(?:{NUMBER}){{4}})++",
    rf"[Aa](?:(?:{NUMBER}){{3}}{FLAG}{FLAG}{NUMBER}{NUMBER})++",
    r"[Zz]",
)
RIGHT = re.compile(rf"(?:[\s,]*+(?:{'|'.join(COMMANDS)}))*+", re.ASCII)  # it never goes back, whatever comes
LETTERS = re.compile(r"\s*[Mm][\s,MmZzLlHhVvCcSsQqTtAaEe0-9.+-]*", re.ASCII)
SHOWN = 24  # letters of what is wrong


def looks_like_path_data(text: str) -> bool:
    """Whether a text has nothing in it but what path data consists of."""
    return LETTERS.fullmatch(text) is not None


def wrong_path_data(data: str) -> str | None:
    """The place from which path data is wrong or cut short, in a few letters; None where it is right."""
    found = RIGHT.match(data)
    end = found.end() if found else 0
    if data[:end].lstrip(" \t\r\n,")[:1] not in {"M", "m", ""}:
        return _excerpt(data, 0)
    return _excerpt(data, end) if data[end:].strip(" \t\r\n,") else None


def _excerpt(data: str, place: int) -> str:
    words = " ".join(data[place : place + SHOWN + 1].split())
    return words if len(data) - place <= SHOWN else words[:SHOWN] + "…"
