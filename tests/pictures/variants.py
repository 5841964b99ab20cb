"""In which ways every scene is painted: the colours of the window, and how many pixels a pixel has."""

from dataclasses import dataclass

SCREEN = 1600, 1200  # logical pixels: larger than any window that is shown
TO_TEST_WITH = "x", "double", "long", "brackets", "rtl"  # languages
SPOKEN = "ar", "de", "es", "fr", "ko", "zh"
USUAL_SCREEN = 1280, 800  # on which all has to have room, whatever the language


@dataclass(frozen=True)
class Variant:
    """One way.

    ``name``: of its folder. ``theme``, ``look``: the colours of the window and of the canvas, as the preferences call
    them. ``language``: a code, or one to test with. ``scale``: how many pixels of the screen a logical pixel is wide.
    ``text``: the size of the text in percent. ``lengths``: of the screen, in logical pixels.
    """

    name: str
    theme: str
    look: str
    scale: int
    language: str = "en"
    text: int = 100
    lengths: tuple[int, int] = SCREEN

    @property
    def preferences(self) -> dict[str, object]:
        """What a person who likes it so has chosen; the tour has been offered before."""
        return {"theme": self.theme, "look": self.look, "tour": "{}", "text_size": self.text}

    @property
    def screen(self) -> dict[str, object]:
        """The screen, as Qt's offscreen platform wants to have it described."""
        width, height = (self.scale * side for side in self.lengths)
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
    f"{language}-{percent}": Variant(f"{language}-{percent}", "light", "classic", 1, language, percent, USUAL_SCREEN)
    for language in (*TO_TEST_WITH, *SPOKEN)
    for percent in (100, 200)
}
"""Those in languages but English, painted where they are asked for: with the usual text, and one twice as large."""
