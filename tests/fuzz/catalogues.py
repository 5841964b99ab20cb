"""Feeds the reader of catalogues what no translator would write:  python tests/fuzz/catalogues.py --seconds 20"""

import sys

from driver import main, watched

with watched():
    from curvegui.core.language.catalogue import Catalogue, CatalogueError

EXAMPLE = """# A catalogue
msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"
"X-Direction: rtl\\n"
"X-Decimal-Sign: \\",\\"\\n"

#, fuzzy
msgctxt "menu"
msgid "Run"
msgstr "Los"

msgid "{n:,} point of “{name}”"
msgid_plural "{n:,} points"
msgstr[0] "{n:,} a\\n"
msgstr[1] "{n:,} b"
msgstr[2] "{n:,} c {name.x!r:>{n}}"
"""


def target(data: bytes) -> None:
    """It is read, and says every text that is in it; or it is refused, with the line."""
    try:
        catalogue = Catalogue("any", data.decode("utf-8", "replace"))
    except CatalogueError as error:
        assert error.line >= 1
        return
    for entry in catalogue.entries:
        assert isinstance(catalogue.say(entry.context, entry.text), str)
        for n in (0, 1, 2, 5, 1_000_000):
            assert isinstance(catalogue.say_count(entry.context, entry.text, entry.many or "", n), str)


if __name__ == "__main__":
    sys.exit(main(__doc__, target, [EXAMPLE.encode()]))
