"""In which ways every scene is painted: the colours of the window, and how many pixels a pixel has."""

from dataclasses import dataclass

SCREEN = 1600, 1200  # logical pixels: larger than any window that is shown


@dataclass(frozen=True)
class Variant:
    """One way.

    ``name``: of its folder. ``theme``, ``look``: the colours of the window and of the canvas, as the preferences call
    them. ``language``: a code, or one to test with. ``scale``: how many pixels of the screen a logical pixel is wide.
    """

    name: str
    theme: str
    look: str
    scale: int
    language: str = "en"

    @property
    def preferences(self) -> dict[str, object]:
        """What a person who likes it so has chosen; the tour has been offered before."""
        return {"theme": self.theme, "look": self.look, "tour": "{}"}

    @property
    def screen(self) -> dict[str, object]:
        """The screen, as Qt's offscreen platform wants to have it described."""
        width, height = (self.scale * side for side in SCREEN)
        return {
            "name": "screen", "x": 0, "y": 0, "width": width, "height": height,
            "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
        }  # fmt: skip


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant("light-100", "light", "classic", 1),
        Variant("dark-100", "dark", "dark", 1),
        Variant("light-200", "light", "light", 2),
        Variant("dark-200", "dark", "classic", 2),
    )
}

IN_LANGUAGES = {
    variant.name: variant
    for language in ("x", "double", "long", "brackets", "rtl")
    for variant in (Variant(f"{language}-{100 * scale}", "light", "classic", scale, language) for scale in (1, 2))
}
"""Those in languages to test with, painted where they are asked for."""
