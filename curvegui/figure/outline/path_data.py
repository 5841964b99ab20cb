"""The path data of SVG ("M 0 0 L 1 1 Z"): where it stops being right."""

import re

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
