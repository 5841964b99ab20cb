"""Drawings that are odd or hostile, and what becomes of each."""

import gzip
from itertools import pairwise

HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">'
SQUARE = b'<rect width="1" height="1"/>'
LINE = b'<path fill="none" stroke="red" d="M 0 0 L 1 2"/>'


def svg(*content: bytes) -> bytes:
    return HEAD + b"".join(content) + b"</svg>"


def doctype(entities: bytes, *content: bytes) -> bytes:
    return b"<!DOCTYPE svg [" + entities + b"]>" + svg(*content)


def uses(length: int, times: int) -> bytes:
    """A square that is used by a group, that is used by a group, ..."""
    groups = [b'<g id="g%d">%s</g>' % (k + 1, b'<use href="#g%d"/>' % k * times) for k in range(length)]
    square = b'<rect id="g0" width="1" height="1"/>'
    return svg(b"<defs>", square, *groups, b'</defs><use href="#g%d"/>' % length)


def bomb(length: int) -> bytes:
    """Entities that consist of entities."""
    names = [b"e%d" % k for k in range(length)]
    steps = [b'<!ENTITY %s "%s">' % (name, b"&%s;" % below * 10) for below, name in pairwise(names)]
    return doctype(b'<!ENTITY e0 "0123456789">' + b"".join(steps), b"<text y='9'>&", names[-1], b";</text>")


# name: the drawing, and the labels of its outlines
READ = {
    "plain": (svg(SQUARE), ["rectangle 1"]),
    "no namespace": (b"<svg>" + SQUARE + b"</svg>", ["rectangle 1"]),
    "prefixed": (
        b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:rect width="1" height="1"/></s:svg>',
        ["rectangle 1"],
    ),
    "prefixed here and there": (
        HEAD.replace(b"<svg", b'<svg xmlns:s="http://www.w3.org/2000/svg"')
        + SQUARE
        + b'<s:rect width="2" height="1"/></svg>',
        ["rectangle 1", "rectangle 2"],
    ),
    "compressed": (gzip.compress(svg(SQUARE)), ["rectangle 1"]),
    "UTF-16": (svg(SQUARE).decode().encode("utf-16"), ["rectangle 1"]),
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + svg(SQUARE), ["rectangle 1"]),
    "Latin-1": (
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + svg(b'<g id="\xe9">', SQUARE, b"</g>"),
        ["rectangle 1"],
    ),
    "path data alone": (b" M 0 0 L 1 2\n l 5 0 ", ["path 1"]),
    "two strokes of one path": (svg(b'<path d="M 0 0 h 9 v 9 z m 2 2 h 1 v 1 z"/>'), ["path 1", "path 1"]),
    "filled and stroked": (svg(b'<rect width="3" height="4" stroke="red"/>'), ["rectangle 1"]),
    "fill and stroke of their own opacity": (
        svg(b'<path d="M 0 0 h 5 v 5 z" stroke="red" fill-opacity=".5" stroke-opacity=".7"/>'),
        ["path 1"],
    ),
    "all shapes": (
        svg(
            b'<g stroke="red"><circle r="3"/><ellipse rx="3" ry="2"/><line x2="5"/><polygon points="0,0 1,1 2,0"/>',
            b'<polyline points="0,0 1,1 2,0 3,3"/><path d="M 0 0 Q 5 5 9 0"/><rect width="9" height="9" rx="2"/></g>',
        ),
        ["ellipse 1", "ellipse 2", "line 1", "polygon 1", "polygon 2", "path 1", "path 2"],
    ),
    "used twice": (
        svg(b'<defs><path id="a" d="M 0 0 h 1 v 1"/></defs><use href="#a"/><use xlink:href="#a" x="2"/>'),
        ["path 1", "path 2"],
    ),
    "a symbol": (svg(b'<symbol id="a">', SQUARE, b'</symbol><use href="#a" x="4"/>'), ["rectangle 1"]),
    "used from another file": (
        svg(b'<use href="other.svg#a"/><use href="file:///etc/passwd"/>', SQUARE),
        ["rectangle 1"],
    ),
    "a drawing in a drawing": (
        svg(b'<svg x="1" width="9" height="9" viewBox="0 0 1 1">', SQUARE, b"</svg>"),
        ["rectangle 1"],
    ),
    "a link": (svg(b'<a href="x">', SQUARE, b"</a>"), ["rectangle 1"]),
    "a translucent group": (
        svg(b'<g opacity=".5">', SQUARE, b'<rect width="2" height="1"/></g>'),
        ["rectangle 1", "rectangle 2"],
    ),
    "a gradient": (svg(b'<linearGradient id="g"/><rect width="2" height="2" fill="url(#g)"/>'), ["rectangle 1"]),
    "a pattern that is not there": (svg(b'<rect width="2" height="2" fill="url(#nothing)"/>'), ["rectangle 1"]),
    "clip, mask, filter, marker": (
        svg(
            b'<clipPath id="c"><circle r="3"/></clipPath><mask id="m"><circle r="3"/></mask>',
            b'<marker id="k"><circle r="3"/></marker><filter id="f"><feGaussianBlur stdDeviation="1e9"/></filter>',
            b'<path d="M 0 0 h 9 v 9 z" clip-path="url(#c)" mask="url(#m)" filter="url(#f)" marker-end="url(#k)"/>',
        ),
        ["path 1"],
    ),
    "pictures and foreign things": (
        svg(
            b'<image href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/><image href="/dev/zero"/>',
            b"<script>while (true) {}</script><foreignObject><rect width='9' height='9'/></foreignObject>",
            b"<metadata><rect width='9' height='9'/></metadata>",
            SQUARE,
        ),
        ["rectangle 1"],
    ),
    "an animation": (
        svg(b'<rect width="1" height="1"><animate attributeName="width" to="9" dur="1s"/></rect>'),
        ["rectangle 1"],
    ),
    "styles": (
        svg(
            b"<style>.a { fill: none; stroke: url(#x) } .b { opacity: 0 }</style>",
            b'<path class="a" d="M 0 0 h 5"/><path class="b" d="M 0 0 h 5 v 5"/>',
        ),
        ["path 1"],
    ),
    "an entity of Illustrator": (
        doctype(b'<!ENTITY ns "http://www.w3.org/2000/svg">', b'<g xmlns="&ns;">', SQUARE, b"</g>"),
        ["rectangle 1"],
    ),
    "an entity of another file": (
        doctype(b'<!ENTITY x SYSTEM "file:///etc/passwd">', b"<text>&x;</text>", SQUARE),
        ["rectangle 1"],
    ),
    "a transform that is wrong": (svg(b'<g transform="rotate(bad) foo(1)">', SQUARE, b"</g>"), ["rectangle 1"]),
    "a box without a size": (HEAD.replace(b"100 100", b"0 0") + SQUARE + b"</svg>", ["rectangle 1"]),
    "an odd number of coordinates": (svg(b'<polygon points="0,0 1,1 2,0 3"/>'), ["polygon 1"]),
    "empty paths": (svg(b'<path/><path d=""/><path d="none"/><path d="M 1 2"/>', SQUARE), ["rectangle 1"]),
    "many groups": (svg(b"<g>" * 98 + SQUARE + b"</g>" * 98), ["rectangle 1"]),
    "a long chain": (uses(9, 1), ["rectangle 1"]),
    "a thousand of the same": (uses(3, 10), ["rectangle 1"]),
    "dashes that are very short": (
        svg(b'<path d="M 0 0 L 1e6 1e6" stroke="red" stroke-dasharray="1e-9"/>'),
        ["path 1"],
    ),
    "text": (svg(b'<text x="5" y="30" font-size="12">T<tspan>L</tspan></text>'), ["text 1", "text 2"]),
    "text that is stroked": (svg(b'<text x="5" y="30" font-size="12" fill="none" stroke="red">T</text>'), ["path 1"]),
}

# name: the drawing, and words of the sentence
REFUSED = {
    "empty": (b"", "It is empty"),
    "blank": (b" \n\t", "It is empty"),
    "words": (b"hello", "not valid XML at line 1"),
    "zeros": (bytes(100), "not valid XML at line 1"),
    "all bytes": (bytes(range(256)), "not valid XML at line 1"),
    "a web page": (b"<html><body/></html>", "begins with <html>"),
    "tags that do not match": (svg(b"<g>\n\n<path>\n</g>"), "not valid XML at line 4: mismatched tag"),
    "cut short": (svg(SQUARE)[:-20], "not valid XML at line 1"),
    "two drawings": (svg(SQUARE) * 2, "not valid XML at line 1"),
    "an encoding that is wrong": (b'<?xml version="1.0" encoding="UTF-8"?><svg id="\xff"/>', "not valid XML at line 1"),
    "an encoding of nobody": (b'<?xml version="1.0" encoding="klingon"?><svg/>', "could not be read"),
    "compressed and cut short": (gzip.compress(svg(SQUARE))[:-9], "damaged or cut short"),
    "compressed rubbish": (b"\x1f\x8brubbish", "damaged or cut short"),
    "a bomb of entities": (bomb(10), "letters of text"),
    "a larger bomb of entities": (bomb(30), "could not be read"),
    "an entity of itself": (doctype(b'<!ENTITY a "&a;">', b"<text>&a;</text>"), "recursive entity reference"),
    "what uses itself": (svg(b'<g id="a"><use href="#a"/></g>'), "“a” contains itself"),
    "what use each other": (svg(b'<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "contains itself"),
    "a chain that is too long": (uses(11, 1), "more than 10 <use> elements"),
    "a hundred thousand of the same": (uses(5, 10), "more than 25,000 elements"),
    "a billion of the same": (uses(9, 10), "more than 25,000 elements"),
    "too many elements": (svg(b"<g/>" * 25_001), "more than 25,000 elements"),
    "path data that is wrong": (
        svg(LINE, b"\n", LINE, b'\n<path d="M 0 0 L 1 1 X 3 3"/>'),
        "At line 3, the path data is wrong or cut short from “X 3 3”",
    ),
    "path data that is cut short": (b"M 0 0 L 1 1 L 3", "At line 1, the path data is wrong or cut short from “L 3”"),
    "no numbers": (svg(b'<path d="M nan inf L 1 1"/>'), "from “M nan inf L 1 1” on"),
    "coordinates that are too large": (
        svg(SQUARE, b'<path d="M 0 0 L 1e12 1 L 3 4"/>'),
        "It has coordinates beyond 1,000,000,000, in: path 1.",
    ),
    "a transform that is too large": (
        svg(b'<g transform="scale(1e200)"><g transform="scale(1e150)">', SQUARE, b"</g></g>"),
        "“test.svg”",
    ),
    "too much text": (svg(b"<text>", b"abc " * 1_300, b"</text>"), "more than 5,000 letters"),
    "very many styles": (svg(b"<style>", b".a{}" * 2_000, b"</style>", SQUARE), "more than 1,000 style rules"),
    "styles for very many elements": (
        svg(b"<style>", b".a{}" * 900, b"</style>", b"<g/>" * 3_000),
        "900 style rules for 3,00",
    ),
    "very many selectors": (svg(b"<style>", b".a g," * 2_000, b".b{}</style>", SQUARE), "more than 1,000 style rules"),
    "nothing in it": (svg(), "has no outlines"),
    "nothing that has ink": (
        svg(
            b'<line x2="9"/><path d="M 0 0 L 1 1 L 3 2" fill="none"/><rect width="4" height="4" opacity="0"/>',
            b'<g display="none"><rect width="4" height="4"/></g><rect width="4" height="3" fill-opacity="0"/>',
            b'<rect width="4" height="3" style="opacity:0"/><rect width="4" height="3" visibility="hidden"/>',
            b'<rect width="4" height="3" fill="transparent"/><rect width="4" height="0"/><circle r="0"/>',
        ),
        "has no outlines",
    ),
    "only a picture": (svg(b'<image href="x.png" width="9" height="9"/>'), "has no outlines"),
}

# The same of drawings that are large, each made when it is needed
REFUSED_LARGE = {
    "groups without end": lambda: (
        svg(b"<g>" * 100_000, SQUARE, b"</g>" * 100_000),
        "more than 100 elements are inside",
    ),
    "foreign things without end": lambda: (
        svg(b"<x>" * 100_000, b"</x>" * 100_000),
        "more than 10,000 elements are inside",
    ),
    "too many path elements": lambda: (
        svg(b'<path d="M 0 0', b"L 1 1 2 2" * 150_000, b'"/>'),
        "more than 200,000 path elements",
    ),
    "very many points": lambda: (svg(b'<polygon points="', b"1 1 2 2 " * 600_000, b'"/>'), "too many path elements"),
    "addresses without end": lambda: (svg(b'<g style="', b"url(" * 200_000, b'"/>'), "has no outlines"),
}
