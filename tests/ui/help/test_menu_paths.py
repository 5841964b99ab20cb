"""Every way through the menus that a page or a text of the app names is there, in each language."""

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from curvegui.core.language.text import speak
from curvegui.files.disk.languages import available, use
from curvegui.ui.actions.actions import menu_names
from curvegui.ui.actions.feature import in_menu_order
from curvegui.ui.window.features import FEATURES

ROOT = Path(__file__).parents[3]
ENGLISH = "*.md", "docs/*.md", "resources/lessons/**/*.md", "resources/languages/*.pot"


def plain(text):
    return re.sub(r"\(&\w\)|[&…]", "", text)


@pytest.mark.parametrize("code", available())
def test_menus_have_the_entries_that_pages_and_texts_name(code):
    use(code)
    entries = defaultdict(set)
    for record in (each for each in in_menu_order(FEATURES) if each.menu and each.menu[0] != "/"):
        for menu, entry in pairwise([*menu_names(record.menu), record.text]):
            entries[plain(menu)].add(plain(entry))
    entries[plain(menu_names("Pa&nels")[0])] |= {dock.title for each in FEATURES for dock in each.docks}
    speak(None)
    patterns = ENGLISH if code == "en" else [f"resources/languages/{code}/**/*.*"]
    for page in (page for each in patterns for page in ROOT.glob(each) if page.stem != "glossary"):
        text = page.read_text(encoding="utf-8").replace('"\n"', "")
        arrow = r" [→←] " if code == "de" or page.suffix != ".md" else r"(?: [→←] |, )"  # or commas
        for menu, there in entries.items():
            for found in re.finditer(rf"(?<!\w){menu}{arrow}[*“„«]*([^\W\d_a-zà-ÿ].*)", text):
                assert found[1].startswith(tuple(there)), f"{page}: {found[0]}"
