"""Catalogues as files: what is read, and what is refused with the line where it is."""

import pytest

from curvegui.core.language.catalogue import CatalogueError, language_of, read_entries
from curvegui.core.language.text import speak, tr_n

HEAD = 'msgid ""\nmsgstr "Plural-Forms: nplurals={}; plural={};\\n"\n\n'
ARABIC = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"


def test_a_text_goes_over_several_lines_and_has_escapes() -> None:
    (entry,) = read_entries('# a note\n#: file\nmsgid ""\n"One \\"two\\"\\n"\n"three"\nmsgstr "x\\\\y"\n')
    assert (entry.text, entry.said) == ('One "two"\nthree', {0: "x\\y"})


def test_each_number_has_its_form() -> None:
    forms = "".join(f'msgstr[{form}] "form {form}"\n' for form in range(6))
    speak(language_of("ar", HEAD.format(6, ARABIC) + f'msgid "{{n}} a"\nmsgid_plural "{{n}} b"\n{forms}'))
    try:
        assert [tr_n("{n} a", "{n} b", n) for n in (0, 1, 2, 3, 11, 100)] == [f"form {form}" for form in range(6)]
    finally:
        speak(None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("msgid Open\n", 1),
        ('"a"\n', 1),
        ('msgid "a"\nmsgstr "b" c\n', 2),
        ('msgid "a"\nmsgstr "\\x"\n', 2),
        (HEAD.format(2, "__import__(n)"), 1),
        (HEAD.format(2, "n ** n"), 1),
    ],
)
def test_a_wrong_catalogue_says_where(text: str, line: int) -> None:
    with pytest.raises(CatalogueError) as told:
        language_of("de", text)
    assert told.value.line == line


def test_an_empty_file_says_nothing() -> None:
    assert list(read_entries("\n# only a note\n")) == []
    assert language_of("de", "").texts.gettext("Open") == "Open"
