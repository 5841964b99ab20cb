"""While a window's edge is dragged, the trainer waits until each step is laid out and painted, and no longer."""

from PySide6.QtCore import QObject

from curvegui.session.run.gate import Gate
from curvegui.ui.widgets.steps import TrainerPause


def test_the_gate_is_shut_until_nothing_else_is_due_however_many_steps_there_are(qtbot):
    owner, gate = QObject(), Gate()
    pause = TrainerPause(owner, owner.destroyed)
    for _ in range(3):
        pause.begin(gate)
        pause.begin(gate)
        assert gate._lock.locked()
        qtbot.waitUntil(lambda: not gate._lock.locked())


def test_a_window_that_is_resized_has_the_trainer_wait_for_it_and_one_that_closes_lets_it_go(newcomer):
    window, gate = newcomer.window, newcomer.session.gate
    window.resize(window.width() - 20, window.height())
    assert gate._lock.locked()
    newcomer.wait_until(lambda: not gate._lock.locked())
    window.resize(window.width() + 20, window.height())
    window.features["documents"].closing.settle()
    window.close()
    assert not gate._lock.locked()
