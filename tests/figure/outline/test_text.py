import pytest
from PySide6.QtGui import QFont

from curvegui.core.curve.curve import CurveError
from curvegui.figure.outline.text import text_parts
from tests.help.glyphs import needs_glyphs

NOBODY_HAS = "\U0010fffd"  # for private use


@pytest.fixture(params=["DejaVu Sans", "C059", "No Font Has This Name"])
def font(request):
    return QFont(request.param)


def letters(outline):
    """What the labels name, each run of the same once."""
    names = [part.label.removeprefix("letter “").removesuffix("”") for part in outline.parts]
    return "".join(name for k, name in enumerate(names) if k == 0 or names[k - 1] != name)


@pytest.mark.parametrize("text", ["Love", "I ❤ backpropagation", "naïve Σ σ′", "C++"])
def test_a_text_becomes_its_letters_in_the_order_in_which_it_is_read(text, font):
    needs_glyphs(text)
    outline = text_parts(text, font)
    assert letters(outline) == text.replace(" ", "").replace("++", "+")
    assert all(part.closed for part in outline.parts)
    assert outline.missing == ()


def test_a_character_that_no_font_has_is_said_and_left_out(font):
    outline = text_parts(f"a{NOBODY_HAS}b{NOBODY_HAS}", font)
    assert outline.missing == (NOBODY_HAS,)
    assert letters(outline) == "ab"
    with pytest.raises(CurveError, match=f"No installed font has an outline for “{NOBODY_HAS}”"):
        text_parts(NOBODY_HAS, font)


def test_a_heart_that_asks_for_colours_has_an_outline_all_the_same(font):
    needs_glyphs("❤")
    outline = text_parts("❤\ufe0f", font)
    assert (letters(outline), outline.missing) == ("❤", ())


def test_a_glyph_without_an_outline_is_said(font, monkeypatch):
    """As in fonts whose emoji are colour pictures."""
    needs_glyphs("❤")
    from curvegui.figure.outline import text as text_outline

    real = text_outline._outline

    def without_hearts(run, index):
        return real(run, index) if index != heart else type(real(run, index))()

    (heart,) = text_outline._set("❤", QFont("DejaVu Sans"))[0].glyphRuns()[0].glyphIndexes()
    monkeypatch.setattr(text_outline, "_outline", without_hearts)
    assert text_parts("a ❤", QFont("DejaVu Sans")).missing == ("❤",)
    with pytest.raises(CurveError, match="No installed font has an outline for “❤”"):
        text_parts("❤", QFont("DejaVu Sans"))


@pytest.mark.parametrize("text", ["", "   ", "\n\t\r\0", "\u200b\u200e", "\ufe0f", " \u3000 "])
def test_where_there_is_nothing_to_see_there_is_no_text(text, font):
    with pytest.raises(CurveError, match="There is no text to draw"):
        text_parts(text, font)


@pytest.mark.parametrize("length", [201, 100_000, 3_000_000])
def test_long_texts_are_refused(length, font):
    with pytest.raises(CurveError, match="at most 200 can be drawn"):
        text_parts("x" * length, font)


def test_a_text_from_right_to_left_begins_at_the_right():
    needs_glyphs("שלום")
    outline = text_parts("שלום", QFont("DejaVu Sans"))
    middles = [part.points[0].mean() for part in outline.parts]
    assert letters(outline) == "שלום"
    assert middles[0] == max(middles)


@pytest.mark.parametrize(
    "text", ["مرحبا a", "a שלום b", "日本", "𝄞", "👨\u200d👩", "\ud800a", "\u0301", "a\u0301\u0302\u0303" * 40]
)
def test_every_writing_is_drawn_or_said_to_be_missing(text, font):
    try:
        outline = text_parts(text, font)
    except CurveError as error:
        assert "No installed font" in str(error)
    else:
        assert outline.parts
