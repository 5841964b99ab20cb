"""How to get a part that is missing is said with the line that works here, in the language of the app."""

import sys

from curvegui import environment
from curvegui.core.installing import install_hint


def test_a_bundle_speaks_of_the_larger_one_and_not_of_pip(monkeypatch):
    assert install_hint("fast") == f"To install it:  {environment.extra_line('fast')}"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "pip" not in install_hint("fast")
    assert "larger" not in install_hint("cluster")  # it has none of that
    assert environment.extra_line("fast") == ""


def test_how_to_install_a_part_is_said_in_the_language_of_the_app(in_brackets, monkeypatch):
    assert install_hint("video") == f"[To install it:  {environment.extra_line('video')}]"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert install_hint("video") == "[It comes with the larger bundle, which has “fast” in its name.]"
