import pytest

from curvegui.core.engine.arithmetic import USUAL, Arithmetic, Arithmetics

C, SINGLE = Arithmetic("c", version=1), Arithmetic(precision="single")


def test_numpy_in_double_precision_is_usual() -> None:
    assert Arithmetic("numpy", "double") == USUAL


def test_nothing_is_noted_of_what_is_usual() -> None:
    noted = Arithmetics()
    noted.set(0, USUAL)
    noted.set(70, USUAL)

    assert noted.all() == ()
    assert noted.at(0) == noted.at(1_000) == USUAL
    assert list(noted.between(3, 9)) == [(3, 9, USUAL)]


def test_what_computes_holds_from_its_iteration_on() -> None:
    noted = Arithmetics()
    noted.set(70, C)
    noted.set(90, C)
    noted.set(100, SINGLE)

    assert noted.all() == ((70, C), (100, SINGLE))
    assert [noted.at(iteration) for iteration in (0, 69, 70, 99, 100, 500)] == [
        USUAL, USUAL, C, C, SINGLE, SINGLE,
    ]  # fmt: skip


def test_what_led_to_an_iteration_is_what_computed_the_one_before() -> None:
    noted = Arithmetics([(0, SINGLE), (70, C)])

    assert [noted.behind(iteration) for iteration in (0, 1, 70, 71)] == [USUAL, SINGLE, SINGLE, C]


@pytest.mark.parametrize(
    ("start", "stop", "stretches"),
    [
        (0, 120, [(0, 70, USUAL), (70, 100, C), (100, 120, SINGLE)]),
        (70, 100, [(70, 100, C)]),
        (80, 101, [(80, 100, C), (100, 101, SINGLE)]),
        (100, 100, []),
    ],
)
def test_stretches_are_cut_where_something_else_took_over(
    start: int, stop: int, stretches: list[tuple[int, int, Arithmetic]]
) -> None:
    assert list(Arithmetics([(70, C), (100, SINGLE)]).between(start, stop)) == stretches


def test_what_was_taken_back_is_forgotten() -> None:
    noted = Arithmetics([(70, C), (100, SINGLE)])
    noted.forget_after(100)
    assert noted.all() == ((70, C), (100, SINGLE))

    noted.forget_after(99)
    assert noted.all() == ((70, C),)

    noted.set(40, SINGLE)
    assert noted.all() == ((40, SINGLE),)
    noted.set(40, USUAL)
    assert noted.all() == ()
