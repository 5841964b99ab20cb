"""How to get a part that the app can do without, in words. What to type is known by `curvegui.environment`."""

from curvegui.core.language.text import mark, tr
from curvegui.environment import extra_line

NO_BUNDLE = mark("No bundle has it: it needs CurveGUI as a package for Python.")


def install_hint(extra: str) -> str:
    """A sentence about how to get an extra, such as "video", and below it the command to copy."""
    line = extra_line(extra)
    return f"{tr('To install it:')}\n{line}" if line else tr(NO_BUNDLE)
