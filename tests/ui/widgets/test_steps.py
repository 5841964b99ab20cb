"""While a window's edge is dragged, the trainer waits until each step is laid out and painted, and no longer."""


def test_a_window_that_is_resized_has_the_trainer_wait_for_it_and_one_that_closes_lets_it_go(newcomer):
    window, gate = newcomer.window, newcomer.session.gate
    window.resize(window.width() - 20, window.height())
    assert gate._lock.locked()
    newcomer.wait_until(lambda: not gate._lock.locked())
    window.resize(window.width() + 20, window.height())
    window.features["documents"].closing.allow()
    window.close()
    assert not gate._lock.locked()
