import threading

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning

from curvegui.figure.qt_messages import heard_messages


@pytest.fixture
def others():
    """What is said to the handler that was there before."""
    said = []

    def hear(_kind, _context, message):
        said.append(message)

    before = qInstallMessageHandler(hear)
    yield said
    qInstallMessageHandler(before)


def test_messages_are_heard_and_afterwards_go_where_they_went(others):
    with heard_messages() as heard:
        qWarning("one")
    qWarning("two")
    assert (heard, others) == (["one"], ["two"])


def test_the_handler_is_put_back_when_something_fails(others):
    with pytest.raises(ZeroDivisionError), heard_messages():
        1 / 0  # noqa: B018
    qWarning("after")
    assert others == ["after"]


def in_another_thread(message):
    thread = threading.Thread(target=qWarning, args=(message,))
    thread.start()
    thread.join()


def test_messages_of_other_threads_go_where_they_always_do(others):
    with heard_messages() as heard:
        in_another_thread("theirs")
    assert (heard, others) == ([], ["theirs"])


def test_messages_of_other_threads_are_written_where_there_is_no_handler(capsys):
    before = qInstallMessageHandler(None)
    try:
        with heard_messages() as heard:
            in_another_thread("theirs")
    finally:
        qInstallMessageHandler(before)
    assert heard == []
    assert "theirs" in capsys.readouterr().err
