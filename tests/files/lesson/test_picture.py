"""Pictures of lessons: files beside the lesson that are what they say, and nothing else on the disk."""

import pytest

from curvegui.files.lesson.picture import MOST_BYTES, read_picture

PNG = b"\x89PNG\r\n\x1a\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.fixture
def folder(tmp_path):
    """A lesson's folder, with a picture in it and one beside it."""
    folder = tmp_path / "lesson"
    (folder / "more").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    for name in ("a.png", "more/b.PNG"):
        (folder / name).write_bytes(PNG)
    return folder


def refusal(words, name, folder):
    with pytest.raises(ValueError) as caught:
        read_picture(words, name, folder)
    return str(caught.value)


def test_a_picture_is_read_whole_with_its_words(folder):
    for name in ("a.png", "more/b.PNG"):
        assert read_picture(" A heart ", name, folder).data == PNG
    assert read_picture(" A heart ", "a.png", folder).words == "A heart"
    assert "cannot see it" in refusal(" ", "a.png", folder)


@pytest.mark.parametrize("name", ["../secret.png", "link.png", "gone.png", "more/../../secret.png", "http://x/y.png"])
def test_nothing_outside_the_lessons_folder_is_read(folder, name):
    assert "not in the lesson's folder" in refusal("words", name, folder)
    assert "not in the lesson's folder" in refusal("words", str(folder.parent / "secret.png"), folder)
    assert "not in the lesson's folder" in refusal("words", "a.png", None)


def test_what_is_too_large_or_not_what_it_says_is_refused(folder):
    assert "PNG, JPEG or SVG" in refusal("words", "a.gif", folder)
    (folder / "a.jpg").write_bytes(PNG)
    assert "not what its ending says" in refusal("words", "a.jpg", folder)
    (folder / "a.png").write_bytes(PNG + bytes(MOST_BYTES))
    assert "more than 2 MB" in refusal("words", "a.png", folder)


@pytest.mark.parametrize(
    ("inside", "stands_alone"),
    [
        ('<use xlink:href="#a"/>', True),
        ('<image href="data:image/png;base64,AAAA"/>', True),
        ('<image xlink:href="/etc/passwd"/>', False),
        ("<image href = 'file:///etc/passwd'/>", False),
        ('<image href="&#47;etc/passwd"/>', False),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', False),
    ],
)
def test_a_drawing_that_names_another_file_is_refused(folder, inside, stands_alone):
    path = folder / "a.svg"
    path.write_text(SVG.format(inside), encoding="utf-8")
    if stands_alone:
        assert read_picture("words", "a.svg", folder).is_drawing
    else:
        assert "refers to other files" in refusal("words", "a.svg", folder)
    for data in (SVG.format(inside).encode("utf-16"), b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"):
        path.write_bytes(data)
        assert refusal("words", "a.svg", folder)
