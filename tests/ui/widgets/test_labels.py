"""Labels: what keeps together in them."""

from PySide6.QtGui import QTextDocument

from curvegui.ui.widgets.labels import with_whole_code

TEXT = "Its sum is `z`, and the slope of σ is `σ′(z) = σ(z) · (1 − σ(z))`, which is small. The picture shows both."


def broken_code(markdown, width):
    """Whether a line begins in the middle of code, where the text is so wide."""
    document = QTextDocument()
    document.setMarkdown(markdown)
    document.setTextWidth(width)
    document.size()  # it lays itself out when it is asked
    block = document.firstBlock()
    starts = {block.layout().lineAt(number).textStart() for number in range(block.layout().lineCount())}
    each, inside = block.begin(), False
    while not each.atEnd():
        part = each.fragment()
        if part.charFormat().fontFixedPitch():
            inside |= any(part.position() < start < part.position() + part.length() for start in starts)
        each += 1
    return inside


def test_no_line_begins_in_the_middle_of_a_formula(qapp):
    assert any(broken_code(TEXT, width) for width in range(280, 600, 10))
    assert not any(broken_code(with_whole_code(TEXT), width) for width in range(280, 600, 10))
    long = "`new = old − aggression · (1 + noise · N) · J`"
    assert with_whole_code(long).count(" ") == long.count(" ")  # it may be wider than a card
