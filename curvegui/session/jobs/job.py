"""Work that may take a while, done in a thread of the pool: the window never waits for a disk.

A thread of the pool knows its jobs by number alone. The work of a job is kept here until the window's thread has heard
how it ended: it may hold objects of Qt, which must not be destroyed in another thread; `garbage` says why.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache, partial
from itertools import count
from threading import Lock, Thread
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal, Slot

from curvegui.core.cancellation import Cancelled, cancelled_by, check_cancelled

FEWEST_THREADS = 4  # whatever the machine: a disk that does not answer may keep one

logger = logging.getLogger(__name__)


class Job(QObject):
    """One piece of work, which is done to its end once it has started.

    ``work`` must touch nothing that another thread may change. Work that ``is_long``, as for a film or a training, may
    take as long as a person likes: it has a thread beside those of the pool, so that saving never waits for such work.
    Work that ``is_only_seen``, as for the numbers of a panel, is given up as the program ends."""

    reported = Signal(object)  # what the work said with `report`
    ended = Signal(object, object)  # what the work returned, or the Exception that it raised

    def __init__(self, work: Callable[[], Any], *, is_long: bool = False, is_only_seen: bool = False) -> None:
        super().__init__()
        self._work: Callable[[], Any] | None = work
        self._is_long, self._is_only_seen, self._is_given_up = is_long, is_only_seen, False
        self._number = -1
        self._result: Any = None
        self._error: Exception | None = None

    def start(self, line: "JobQueue | None" = None) -> None:
        """Begin the work, or wait in a queue of jobs; returns at once. Connect the signals first."""
        self._number = _post().take(self)
        line = line or JobQueue()
        if line.add(self._number):
            QThreadPool.globalInstance().start(line.work)

    def start_apart(self, name: str) -> None:
        self._number = _post().take(self)
        _post().apart.add(self._number)
        Thread(target=_post().do, args=(self._number,), name=name, daemon=True).start()

    def report(self, news: object) -> None:
        _post().reported.emit(self._number, news)

    def do(self) -> None:
        assert self._work is not None
        try:
            unseen = cancelled_by(_end_if_unseen) if self._is_only_seen else nullcontext()
            if self._is_long:  # the pool begins another thread in its place, and waits for this one all the same
                QThreadPool.globalInstance().releaseThread()
            with unseen:
                check_cancelled()
                self._result = self._work()
        except Cancelled:
            self._is_given_up = True
        except Exception as error:  # whatever it is, the one who waits must hear of it
            self._error = error
            # the disk's, or of a class of our own: worded for people, and says nothing of the code
            if isinstance(error, OSError) or type(error).__module__.partition(".")[0] == "curvegui":
                logger.info("A job failed: %s", error)
            else:
                logger.exception("A job in the background failed")
        finally:
            if self._is_long:
                QThreadPool.globalInstance().reserveThread()

    def end(self) -> None:
        """Say how the work ended, and let go of all that it was made of, which may refer to this job."""
        result, error = self._result, self._error
        self._work = self._result = self._error = None
        if not self._is_given_up:
            self.ended.emit(result, error)


def _end_if_unseen() -> None:
    if _post().is_over:
        raise Cancelled


@contextmanager
def nothing_more_is_seen() -> Iterator[None]:
    """Give up, within tenths of a second, the jobs whose results are only seen: the program ends."""
    _post().is_over = True
    try:
        yield
    finally:
        _post().is_over = False


class JobQueue:
    """Jobs, known by their numbers, that are done one after the other, in the order in which they were added."""

    def __init__(self) -> None:
        self._lock, self._numbers, self._at_work = Lock(), deque[int](), False

    def add(self, number: int) -> bool:
        with self._lock:
            self._numbers.append(number)
            begins, self._at_work = not self._at_work, True
            return begins

    def work(self) -> None:
        """Do the jobs until there are no more. Called in a thread of the pool."""
        while True:
            with self._lock:
                if not self._numbers:
                    self._at_work = False
                    return
                number = self._numbers.popleft()
            _post().do(number)


class _Post(QObject):
    """Keeps the jobs of this process, and brings here what threads of the pool have to say. It is never deleted."""

    reported = Signal(int, object)
    done = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count()
        self._jobs: dict[int, Job] = {}
        self.apart, self.is_over = set[int](), False
        self.reported.connect(self._report, Qt.ConnectionType.QueuedConnection)
        self.done.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def take(self, job: Job) -> int:
        number = next(self._numbers)
        self._jobs[number] = job
        return number

    def do(self, number: int) -> None:
        """Do a job, in a thread of the pool, which has let go of the job when it says that the job is done."""
        self._jobs[number].do()
        self.done.emit(number)

    @Slot(int, object)
    def _report(self, number: int, news: object) -> None:
        self._jobs[number].reported.emit(news)

    @Slot(int)
    def _end(self, number: int) -> None:
        self.apart.discard(number)
        self._jobs.pop(number).end()


@cache
def _post() -> _Post:
    pool = QThreadPool.globalInstance()
    pool.setMaxThreadCount(max(pool.maxThreadCount(), FEWEST_THREADS))
    return _Post()


def is_apart() -> bool:
    """Whether a job has a thread of its own now: the usual end of the program would destroy what the job works with."""
    return bool(_post().apart)


class Jobs(QObject):
    """A queue of jobs. If the queue is deleted, waiting jobs are still done, but nobody gets their results."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line = JobQueue()
        self._answers = deque[tuple[Callable[[Any], object], Callable[[str], object]]]()

    @property
    def waiting(self) -> int:
        """How many jobs have not been answered, the job at work included."""
        return len(self._answers)

    def do(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        otherwise: Callable[[str], object],
        *,
        is_long: bool = False,
        is_only_seen: bool = False,
    ) -> None:
        """Have work done in another thread, after all work asked for before; it must touch nothing that changes. In
        this thread, ``then`` gets the result, or ``otherwise`` a sentence if the work failed. See `Job` for the
        rest."""
        job = Job(work, is_long=is_long, is_only_seen=is_only_seen)
        job.ended.connect(self._answer)
        self._answers.append((then, otherwise))  # they end in the order in which they began
        job.start(self._line)

    def after_all(self, then: Callable[[], object]) -> None:
        self.do(lambda: None, lambda _: then(), nothing)

    @Slot(object, object)
    def _answer(self, result: Any, error: Exception | None) -> None:
        then, otherwise = self._answers.popleft()
        if error is not None:
            otherwise(str(error) or type(error).__name__)
        else:
            then(result)


AGAIN_MS, LONGEST_MS = 10_000, 60_000  # at first; then twice as long each time, up to that


def nothing(_: object) -> None:
    """Do nothing with an answer."""


class NotedChanges(Protocol):
    """What `FileWriter` writes: a `SharedFile`, or an object that writes a shared file and more beside it."""

    def write(self) -> Any: ...  # makes the changes that were noted; after an ``OSError``, the next time tries again
    def take_notice(self) -> str: ...  # a sentence for people, once, if the file was found damaged; else nothing


class FileWriter(QObject):
    """Writes a file in the background. Where that fails, it is tried again until it succeeds."""

    troubled = Signal(str)  # a sentence; the same one again only after it has worked

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._reported = Jobs(self), ""
        self._wish: tuple[NotedChanges, Callable[[Any], object]] | None = None
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._try_again)

    def write(self, file: NotedChanges, then: Callable[[Any], object] = nothing) -> None:
        """Write the changes that were noted for a file; ``then`` gets the file's content."""
        self._wish = file, then
        self._again.stop()
        self._jobs.do(file.write, partial(self._succeed, file, then), self._fail)

    def _succeed(self, file: NotedChanges, then: Callable[[Any], object], content: Any) -> None:
        self._reported = ""
        self._again.stop()
        self._again.setInterval(AGAIN_MS)
        self.report(file.take_notice())
        then(content)

    def _fail(self, problem: str) -> None:
        self.report(problem)
        if not self._again.isActive():
            self._again.start()

    @Slot()
    def _try_again(self) -> None:
        self._again.setInterval(min(2 * self._again.interval(), LONGEST_MS))
        if self._wish is not None:
            self.write(*self._wish)

    @Slot()
    def end(self) -> None:
        """Try once more, behind a window that closes, to write the changes that could not be written yet."""
        if self._wish is not None and (self._again.isActive() or self._jobs.waiting > 0):
            self._again.stop()
            self._jobs.do(self._wish[0].write, nothing, nothing)

    def forget_reported(self) -> None:
        """Report the next problem even if it was reported before: somebody new listens."""
        self._reported = ""

    def report(self, problem: str) -> None:
        """Report a problem, unless the same problem was reported last."""
        if problem and problem != self._reported:
            self._reported = problem
            self.troubled.emit(problem)
