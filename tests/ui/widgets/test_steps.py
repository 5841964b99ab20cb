"""While a window's edge is dragged, the trainer waits until each step is laid out and painted, and no longer."""


def is_shut(gate):
    return gate._lock.locked()


def test_a_window_that_is_resized_has_the_trainer_wait_for_it_and_one_that_closes_lets_it_go(newcomer):
    window, gate = newcomer.window, newcomer.session.gate
    window.resize(window.width() - 20, window.height())
    assert is_shut(gate)
    newcomer.wait_until(lambda: not is_shut(gate))
    window.resize(window.width() + 20, window.height())
    window.features["documents"].closing.allow()
    window.close()
    assert not is_shut(gate)
