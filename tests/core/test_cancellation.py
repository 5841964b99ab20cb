"""Long work that can be ended: it ends soon in whatever is computed, and only in the threads that work for it."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from curvegui.core import cancellation
from curvegui.core.cancellation import Cancelled, cancelled_as_here, cancelled_by, check_cancelled, pieces
from curvegui.core.engine import backpropagation, threads, training_points
from curvegui.core.engine.threads import together
from curvegui.core.native.engine import NativeEngine
from curvegui.core.network.network import Network
from curvegui.core.optimizers import levenberg_marquardt as symmetric
from curvegui.core.optimizers.levenberg_marquardt import products, solved
from curvegui.core.run import operations
from curvegui.core.run.operations import AddLayer, Operation, RemoveLayer, RemoveNeurons, config_after, operated
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import NEEDS_C


class Looks:
    """Counts them, and ends the work at one of them."""

    def __init__(self) -> None:
        self.count, self.last = 0, 1_000_000

    def __call__(self) -> None:
        self.count += 1
        if self.count >= self.last:
            raise Cancelled


@pytest.fixture
def looks() -> Iterator[Looks]:
    counted = Looks()
    with cancelled_by(counted):
        yield counted


def test_nothing_happens_where_nobody_waits() -> None:
    check_cancelled()
    assert cancelled_as_here(check_cancelled) is check_cancelled


def test_what_ends_the_work_within_does_not_end_what_follows(looks: Looks) -> None:
    inner = Looks()
    with cancelled_by(inner):
        check_cancelled()
    check_cancelled()
    assert (inner.count, looks.count) == (1, 1)


def test_numbers_are_cut_into_pieces_with_a_look_before_each(looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cancellation, "PIECE", 40)
    assert list(pieces(100)) == [slice(0, 40), slice(40, 80), slice(80, 100)]
    assert looks.count == 3


def test_what_is_done_together_is_cancelled_alike_and_the_threads_forget_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "cores", lambda: 2)
    looks = Looks()
    with cancelled_by(looks):
        together([check_cancelled, check_cancelled])
        assert looks.count == 2
        looks.last = 4
        with pytest.raises(Cancelled):
            together([check_cancelled, check_cancelled])
    together([check_cancelled] * 8)
    assert looks.count == 4


LARGE = TrainingConfig(hidden=(70, 70), points=6_000)
"""In many blocks of points, in shares."""


def _evaluated(trainer: Trainer) -> None:
    trainer.engine.evaluate()


def _iterated(trainer: Trainer) -> None:
    trainer.engine.descend(trainer.iteration, 1, trainer.config.descent)


def _snapped(trainer: Trainer) -> None:
    trainer.snapshot()


def _looked_back(trainer: Trainer) -> None:
    Replayer().snapshot(trainer, trainer.iteration)


@NEEDS_C
def test_the_engine_in_c_looks_too(looks: Looks) -> None:
    engine = NativeEngine((1, 3, 2), "logistic", "logistic", np.zeros((1, 4)), np.zeros((2, 4)))
    looks.count = 0
    engine.evaluate()
    engine.gradient()
    assert looks.count >= 2


def _begun(trainer: Trainer) -> None:
    Trainer(LARGE)


WORK: dict[str, tuple[TrainingConfig, Callable[[Trainer], None], int]] = {
    "evaluate": (LARGE, _evaluated, 10),
    "descent": (LARGE, _iterated, 10),
    "slopes": (LARGE, lambda trainer: np.max(trainer.engine.output_slopes()), 10),
    "l-bfgs": (LARGE.changed(optimizer="lbfgs"), _iterated, 20),
    "levenberg-marquardt": (TrainingConfig(hidden=(27, 27), points=500, optimizer="levenberg-marquardt"), _iterated, 9),
    "snapshot": (LARGE, _snapped, 10),
    "looking back": (LARGE, _looked_back, 10),
    "a new run": (TrainingConfig(), _begun, 20),
}
"""What is computed, and how often it looks at least."""


@pytest.mark.parametrize("name", WORK)
def test_long_work_looks_and_can_be_ended_at_each_look(looks: Looks, name: str) -> None:
    config, work, least = WORK[name]
    trainer = Trainer(config)
    looks.count = 0
    work(trainer)
    assert looks.count >= least
    looks.count, looks.last = 0, least // 2
    with pytest.raises(Cancelled):
        work(trainer)


def test_a_large_network_looks_between_two_products(looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    few = TrainingConfig(hidden=(40, 40))
    trainer = Trainer(few)
    looks.count = 0
    _iterated(trainer)
    before, parameters = looks.count, trainer.parameters
    monkeypatch.setattr(backpropagation, "AT_ONCE", 1_000)
    trainer = Trainer(few)
    looks.count = 0
    _iterated(trainer)
    assert looks.count > before + 10
    assert np.array_equal(trainer.parameters, parameters)


def test_a_large_mini_batch_is_taken_in_several_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    config = TrainingConfig(points=1_000, batch=500, noise=0.0)
    whole, cut = Trainer(config), Trainer(config)
    whole.advance(3)
    monkeypatch.setattr(training_points, "AT_ONCE", 1)
    cut.advance(3)
    assert np.allclose(whole.parameters, cut.parameters, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("operation", [AddLayer(14), RemoveLayer(2), RemoveNeurons(1)])
def test_a_large_network_is_asked_at_some_of_the_points_when_it_is_changed(
    monkeypatch: pytest.MonkeyPatch, operation: Operation
) -> None:
    trainer = Trainer(TrainingConfig(points=400))
    given = trainer.config, [operation], trainer.parameters, 300, trainer.target.t
    sizes, t, curves = config_after(trainer.config, [operation]).sizes, trainer.target.t, []
    for _ in range(2):
        curves.append(Network(sizes, operated(*given)).draw(t))
        monkeypatch.setattr(operations, "AT_ONCE", 1)
        monkeypatch.setattr(operations, "DECOMPOSED", 5_000)
    assert np.abs(curves[0] - curves[1]).max() < 0.01


@pytest.mark.parametrize("count", [5, 700, 900])
def test_products_and_equations_in_pieces_are_those_at_once(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(symmetric, "SMALL", 600)
    rows, right = np.random.default_rng(1).standard_normal((count, 50)), np.arange(float(count))
    found = products(rows)
    assert np.allclose(found, rows @ rows.T)
    damped = found + 0.1 * np.eye(count)
    assert np.allclose(damped @ solved(damped.copy(), right), right)


def test_equations_that_rounding_denies_an_answer_are_refused() -> None:
    with pytest.raises(np.linalg.LinAlgError):
        solved(-np.eye(1_000), np.zeros(1_000))
