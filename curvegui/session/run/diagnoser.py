"""Says how a run is doing: looks at the run now and then, and, between its iterations, at what comes next."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter, thread_time
from weakref import ref

from curvegui.core.diagnosis.diagnosis import diagnose, is_in_doubt
from curvegui.core.diagnosis.evidence import Evidence
from curvegui.core.diagnosis.finding import Diagnosis
from curvegui.core.diagnosis.forecast import Forecast
from curvegui.core.run.look_ahead import signs_of
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.setting_changes import without_display

DIAGNOSE_S = 0.5  # a person is told within a second
READING_S = 1.5  # between two details of the same finding: each lays the window out anew
DIAGNOSE_SHARE = 0.02  # of the time, for networks whose diagnosis takes long
AHEAD_S = 0.001  # of work on what comes next, between two chunks of iterations
AHEAD_SHARE = 0.0075  # of the time
DISPLAY = TrainingConfig()

logger = logging.getLogger(__name__)


class Diagnoser:
    """Keeps the last diagnosis until another is due: soon enough for a person, seldom enough to cost little."""

    def __init__(self) -> None:
        self._diagnosis: Diagnosis | None = None
        self._next_at, self._said_at, self._forecaster = 0.0, 0.0, Forecaster()

    def look(self, trainer: Trainer, at_once: bool) -> Diagnosis | None:
        """The diagnosis of a run: a new one if it is due or wanted at once, else the last one."""
        start, worked = perf_counter(), thread_time()
        if at_once or start >= self._next_at:
            last = self._diagnosis
            evidence = replace(signs_of(trainer), before=last.condition if last else None)
            found = diagnose(replace(evidence, forecast=self._forecaster.forecast_of(trainer, evidence, at_once)))
            is_news = last is None or replace(found, detail=last.detail) != last
            if at_once or is_news or start >= self._said_at + READING_S:
                self._diagnosis, self._said_at = found, start
            took = thread_time() - worked  # not what it waited for others: on a busy machine, that is long
            self._next_at = start + max(DIAGNOSE_S, took / DIAGNOSE_SHARE)
        return self._diagnosis

    @property
    def is_looking_ahead(self) -> bool:
        return self._forecaster.is_busy

    def look_ahead(self, wait: Callable[[], object]) -> bool:
        """Compute for a moment what comes next in the run; ``wait`` is called before that, and may wait."""
        is_news = self._forecaster.work(wait)
        if is_news:
            self._next_at = 0.0
        return is_news


class Forecaster:
    """Computes what comes next in a run, some milliseconds at a time; keeps a forecast until there is a better one."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._forecast: Forecast | None = None
        self._work: Iterator[Forecast | None] | None = None
        self._spent, self._next_at = 0.0, 0.0

    @property
    def is_busy(self) -> bool:
        return self._work is not None

    def forecast_of(self, trainer: Trainer, evidence: Evidence, at_once: bool) -> Forecast | None:
        """The present forecast of a run, if it still holds; another forecast is begun where it is wanted and due."""
        of = ref(trainer), trainer.keyframes.last_edit, without_display(trainer.config, like=DISPLAY)
        known = self._forecast
        present = evidence.iteration, evidence.late_cost(known.iteration if known else 0)
        if of != self._of or (known is not None and not known.holds(*present)):
            self._of, self._forecast, self._work = of, None, None
        now = self._forecast
        if at_once:  # the run rests, and there is time
            is_wanted = now is None or now.iteration != evidence.iteration
        else:
            is_wanted = (now is None or now.is_old(*present)) and perf_counter() >= self._next_at
        if self._work is None and is_wanted and is_in_doubt(evidence):
            from curvegui.core.run.look_ahead import look_ahead  # few runs need it, and none at the start

            self._work, self._spent = look_ahead(trainer, evidence), 0.0
        return self._forecast

    def work(self, wait: Callable[[], object]) -> bool:
        """Go on with the computation for a moment; return whether more is known now."""
        if self._work is None:
            return False
        wait()
        before, start = self._forecast, thread_time()  # not what it waits for others: on a busy machine, that is long
        end = perf_counter() + AHEAD_S  # here that counts too: the run waits meanwhile
        found: Forecast | None = None
        while self._work is not None and (found or perf_counter() < end):  # news are told with whether there is more
            found = self._next(self._work)
            self._forecast = found or self._forecast
        self._spent += thread_time() - start
        self._next_at = perf_counter() + self._spent / AHEAD_SHARE
        return self._forecast is not before

    def _next(self, work: Iterator[Forecast | None]) -> Forecast | None:
        try:
            return next(work)
        except StopIteration:
            pass
        except Exception:  # the run itself must not end for it
            logger.exception("What comes next could not be computed")
        self._work = None
        return None
