"""A page about the run: seen before it is printed, and saved whole as a PDF."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from curvegui.exercise.verdict.verdict import Grade, Verdict
from curvegui.exercise.verdict.verdict import Report as Verdicts
from curvegui.ui.report.actions import ReportDialog, report_of
from curvegui.ui.widgets.spoken import Text, heard

pytestmark = pytest.mark.costly


def opened(person, action="report.print"):
    person.choose(action)
    person.wait_until(lambda: person.window.findChildren(ReportDialog))
    (dialog,) = person.window.findChildren(ReportDialog)
    return dialog


def part(dialog, key):
    return dialog.findChild(object, f"report.{key}")


def save(person, dialog, path):
    with person.qtbot.waitSignal(dialog.saved):
        dialog.save(path)


def test_without_a_printer_the_page_is_seen_and_saved_and_the_folder_is_kept(person, tmp_path, monkeypatch):
    dialog = opened(person)
    assert part(dialog, "preview").pageCount() == 1
    assert not part(dialog, "print").isEnabled()
    assert "PDF" in part(dialog, "print").toolTip()
    assert "after 0 iterations" in heard(part(dialog, "preview").focusProxy())
    path = tmp_path / "page.pdf"
    save(person, dialog, path)  # at once: it waits for the picture
    assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert str(path) in person.window.toast.words
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (asked.append(given[2]), (str(path), ""))[1])
    path.write_bytes(b"an older page")
    person.choose("report.save")  # asks at once
    person.wait_until(lambda: path.read_bytes()[:5] == b"%PDF-")
    assert [str(tmp_path)] == [each.rpartition("/")[0] for each in asked]


def test_whatever_the_keys_reach_has_a_name_and_they_begin_at_the_page(person):
    dialog = opened(person)
    person.wait_until(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    widgets = [each for each in dialog.findChildren(QWidget) if each.isVisible() and each.isEnabled()]
    reached = [each for each in widgets if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.focusProxy()]
    assert len(reached) >= 2
    assert [each for each in (*reached, QApplication.focusWidget()) if not heard(each, Text.Name)] == []
    part(dialog, "preview").setFocus()
    assert "after 0 iterations" in heard(QApplication.focusWidget())


def test_what_cannot_be_written_is_said_and_the_page_can_be_printed_then(person, tmp_path):
    dialog = opened(person)
    dialog.save(tmp_path / "not there" / "page.pdf")
    person.wait_until(lambda: part(dialog, "message").isVisible())
    assert "page.pdf" in part(dialog, "message").text()
    assert part(dialog, "save").isEnabled()
    assert list(tmp_path.glob("**/*.pdf")) == []
    printed = tmp_path / "printed"
    dialog._printer.setOutputFileName(str(printed))  # there is no other printer here
    with person.qtbot.waitSignal(dialog.printed):
        dialog._begin_printing()
    assert printed.read_bytes()[:5] == b"%PDF-"
    assert "printer" in person.window.toast.words


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
