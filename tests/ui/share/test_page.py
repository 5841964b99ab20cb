"""A page about the run: seen before it is printed, and saved whole as a PDF."""

import pytest

from curvegui.exercise.verdict.verdict import Grade, Verdict
from curvegui.exercise.verdict.verdict import Report as Verdicts
from curvegui.ui.share.page import report_of
from curvegui.ui.widgets.spoken import heard

pytestmark = pytest.mark.costly


@pytest.fixture
def sharer(share_at):
    return share_at("report.print")


def test_without_a_printer_the_page_is_seen_and_saved_and_the_folder_is_kept(sharer, tmp_path):
    assert not sharer.part("extra").isEnabled()
    assert "PDF" in sharer.part("extra").toolTip()
    assert "after 500 iterations" in heard(sharer.dialog.preview)
    data = sharer.save(tmp_path / "page.pdf")
    assert data[:5] == b"%PDF-" and data.rstrip().endswith(b"%%EOF")
    assert str(tmp_path / "page.pdf") in sharer.person.window.toast.words
    again = sharer.again("report.save")
    assert again.press_save("")[0][2] == str(tmp_path / "heart-500.pdf")


def test_what_cannot_be_written_is_said_and_the_page_can_be_printed_then(sharer, tmp_path):
    assert "page.pdf" in sharer.fail(tmp_path / "not there" / "page.pdf")
    assert sharer.part("save").isEnabled()
    assert list(tmp_path.glob("**/*.pdf")) == []
    printed = tmp_path / "printed"
    sharer.form.printer.setOutputFileName(str(printed))  # there is no other printer here
    with sharer.person.qtbot.waitSignal(sharer.dialog.shared):
        sharer.form.print()
    assert printed.read_bytes()[:5] == b"%PDF-"
    assert "printer" in sharer.person.window.toast.words


def test_the_words_say_what_is_not_as_usual_and_what_the_learner_has_right(open_window):
    person = open_window(aggression=3.0, optimizer="adam", train_one_in=2)
    person.wait_for_first_picture()
    person.learn(20)
    session = person.session

    class Exercise:
        path = None
        report = Verdicts(
            {
                "J_W3": Verdict("J_W3", Grade.RIGHT),
                "J_b3": Verdict("J_b3", Grade.WRONG, "A factor is missing.", line=7),
                "J_W2": Verdict("J_W2", Grade.MISSING, "J_W2 is not yet written."),
            },
            {},
        )

    page = report_of(session, session.shown, Exercise())
    assert ("Aggression", "3", "default: 7") in page.changed
    assert "Momentum" in {label for label, _, note in page.changed if not note}  # plain descent has none
    assert {label for label, _, _ in page.usual} >= {"Noise", "Seed"}
    assert page.costs[-1].tolist() == [20.0, session.shown.cost, session.shown.test_cost]
    assert page.title.startswith("Heart") and "20" in page.title
    signs, words = [each.sign for each in page.verdicts], [each.words for each in page.verdicts]
    assert len(set(signs)) == 3  # not by colour alone
    assert "line 7. A factor is missing." in words[1]
    assert "1 of 3" in page.exercise
    assert report_of(session, session.shown, None).exercise == ""
