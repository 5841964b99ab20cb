"""A real scheduler and its workers on this machine."""

import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from threading import Thread

from tests.help.command import environment

LESSON_SETTINGS = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}  # how long a client tries to come back


@contextmanager
def process(*words):
    """A process whose stderr can be read line by line, until the block ends."""
    child = subprocess.Popen(
        [sys.executable, "-m", *words], env=environment(**LESSON_SETTINGS), stderr=subprocess.PIPE, encoding="utf-8"
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def swallow(stream):
    """Read what nobody wants, until the process ends or its end of the pipe is closed."""

    def read():
        with suppress(ValueError):  # closed before the first line, or in the middle of one
            for _ in stream:
                pass

    Thread(target=read, daemon=True).start()


@contextmanager
def running_cluster():
    """Starts a scheduler and as many workers as are asked for, until the block ends: address, its process, theirs.

    Where it is given the address of one, it starts workers alone.
    """
    with ExitStack() as stack:

        def start(workers, *security, protocol="tcp", address=None):
            usual = ("--host", "127.0.0.1", "--no-dashboard", *security)
            address, scheduler = (address, None) if address else scheduled(protocol, usual)
            alone = ("--nthreads", "1", "--no-nanny", *usual)
            children = [
                stack.enter_context(process("distributed.cli.dask_worker", address, *alone)) for _ in range(workers)
            ]
            for child in children:
                swallow(child.stderr)
            return address, scheduler, children

        def scheduled(protocol, usual):
            words = ("distributed.cli.dask_scheduler", "--protocol", protocol, "--port", "0", *usual)
            scheduler = stack.enter_context(process(*words))
            lines = iter(scheduler.stderr.readline, "")
            address = next(line.split()[-1] for line in lines if "Scheduler at:" in line)
            swallow(scheduler.stderr)
            return address, scheduler

        yield start
