from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.setting_changes import SettingChanges

HEART = TrainingConfig(seed=1)
SLOW, NOISY = replace(HEART, aggression=1.0), replace(HEART, noise=2.0)


def _changes() -> SettingChanges:
    return SettingChanges([(0, HEART), (100, SLOW), (250, NOISY)])


def test_the_settings_in_force_are_those_of_the_last_change() -> None:
    changes = _changes()

    assert [changes.at(iteration) for iteration in (0, 99, 100, 249, 250, 10**9)] == [
        HEART, HEART, SLOW, SLOW, NOISY, NOISY,
    ]  # fmt: skip


def test_a_second_change_at_the_same_iteration_replaces_the_first() -> None:
    changes = _changes()
    changes.set(250, SLOW)
    assert changes.all()[-1] == (250, SLOW)

    first = SettingChanges([(0, HEART)])
    first.set(0, NOISY)
    assert first.all() == ((0, NOISY),)


def test_a_stretch_is_cut_where_the_settings_change() -> None:
    assert list(_changes().between(30, 300)) == [(30, 100, HEART), (100, 250, SLOW), (250, 300, NOISY)]
    assert list(_changes().between(100, 250)) == [(100, 250, SLOW)]
    assert list(_changes().between(120, 130)) == [(120, 130, SLOW)]
    assert list(_changes().between(500, 900)) == [(500, 900, NOISY)]
    assert list(_changes().between(200, 200)) == []


@given(
    edits=st.lists(st.tuples(st.integers(0, 400), st.sampled_from([HEART, SLOW, NOISY])), max_size=12),
    start=st.integers(0, 450),
    length=st.integers(0, 450),
)
def test_the_stretches_are_those_of_asking_at_every_iteration(
    edits: list[tuple[int, TrainingConfig]], start: int, length: int
) -> None:
    changes = SettingChanges([(0, HEART)])
    expected = [HEART] * 900
    for iteration, config in edits:
        changes.set(iteration, config)
        expected[iteration:] = [config] * (900 - iteration)
    stretches = list(changes.between(start, start + length))
    found = [config for first, last, config in stretches for _ in range(first, last)]

    assert found == expected[start : start + length]
    assert [changes.at(iteration) for iteration in range(900)] == expected
    assert [first for first, _, _ in stretches[1:]] == [last for _, last, _ in stretches[:-1]]
