"""The training itself, in short chunks, between which it can be stopped."""

import math
import time
from collections.abc import Callable

from curvegui.cli.progress import Progress
from curvegui.core.optimizers.stop_rules import StopRules, StopWatch
from curvegui.core.run.trainer import Trainer

CHUNK_SECONDS = 0.05  # how long Ctrl-C waits, where one iteration is not longer


def train(
    trainer: Trainer, should_stop: Callable[[], bool], progress: Progress, watch: StopWatch | None = None
) -> float:
    """Advance a trainer to its config's iterations; returns how many seconds it took.

    It ends early where the run diverges, a rule of the watch ends it, or ``should_stop``, asked after each chunk, says
    so.
    """
    watch = watch or StopWatch(StopRules(), trainer.iteration, math.inf)
    goal, chunk = trainer.config.iterations, 1
    start = before = time.perf_counter()
    while trainer.iteration < goal and not (trainer.diverged or watch.reason or should_stop()):
        trainer.advance(min(chunk, goal - trainer.iteration), watch=watch)
        now = time.perf_counter()
        watch.spend(now - before)
        chunk = next_chunk(chunk, now - before)
        before = now
        progress.update(trainer.iteration, trainer.costs.costs[-1], now - start)
    progress.finish(trainer.iteration, trainer.costs.costs[-1], before - start)
    return before - start


def next_chunk(chunk: int, seconds: float) -> int:
    """How many iterations to make next, when ``chunk`` took ``seconds``: at most twice as many, at least one."""
    if seconds <= 0:  # too quick for the clock
        return 2 * chunk
    return max(1, int(chunk * min(2.0, CHUNK_SECONDS / seconds)))
