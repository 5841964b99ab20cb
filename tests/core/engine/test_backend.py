import pytest

from curvegui.core.engine.backend import NUMPY, Backend, Backends

C, SINGLE = Backend("c", version=1), Backend(precision="single")


def test_what_computes_holds_from_its_iteration_on() -> None:
    noted = Backends()
    noted.set(70, C)
    noted.set(90, C)
    noted.set(100, SINGLE)

    assert noted.all() == ((70, C), (100, SINGLE))
    assert [noted.at(iteration) for iteration in (0, 69, 70, 99, 100, 500)] == [
        NUMPY, NUMPY, C, C, SINGLE, SINGLE,
    ]  # fmt: skip


def test_what_led_to_an_iteration_is_what_computed_the_one_before() -> None:
    noted = Backends([(0, SINGLE), (70, C)])

    assert [noted.behind(iteration) for iteration in (0, 1, 70, 71)] == [NUMPY, SINGLE, SINGLE, C]


@pytest.mark.parametrize(
    ("start", "stop", "stretches"),
    [
        (0, 120, [(0, 70, NUMPY), (70, 100, C), (100, 120, SINGLE)]),
        (70, 100, [(70, 100, C)]),
        (80, 101, [(80, 100, C), (100, 101, SINGLE)]),
        (100, 100, []),
    ],
)
def test_stretches_are_cut_where_something_else_took_over(
    start: int, stop: int, stretches: list[tuple[int, int, Backend]]
) -> None:
    assert list(Backends([(70, C), (100, SINGLE)]).between(start, stop)) == stretches


def test_what_was_taken_back_is_forgotten() -> None:
    noted = Backends([(70, C), (100, SINGLE)])
    noted.forget_after(100)
    assert noted.all() == ((70, C), (100, SINGLE))

    noted.forget_after(99)
    assert noted.all() == ((70, C),)

    noted.set(40, SINGLE)
    assert noted.all() == ((40, SINGLE),)
    noted.set(40, NUMPY)
    assert noted.all() == ()
