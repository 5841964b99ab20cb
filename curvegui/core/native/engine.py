"""The engine in C: many iterations a call, without the interpreter's lock."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, aligned_zeros
from curvegui.core.cancellation import check_cancelled
from curvegui.core.engine.loop import Checkpoint, DescentEngine
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.native.library import CDescent, CNotes, functions
from curvegui.core.native.points import Batch, Layers, NetworkOnPoints, SharedNetwork, address, network_on, work_of
from curvegui.core.network.noise import BLOCK_ITERATIONS
from curvegui.core.optimizers.all import OPTIMIZERS, Optimizer
from curvegui.core.optimizers.descent import Descent


class CheckpointNotes:
    """Notes after ``ends`` iterations, which ascend: a row of each array for each of them.

    ``parameters`` have shape (n, P), ``curves`` (n, 2, N), ``costs``, the sums of the squared errors, (n,), and
    ``moments``, the memory of the optimiser, (n, 2, P). ``kind`` is the type of number that is computed with.
    """

    def __init__(self, ends: Sequence[int], parameters: int, curve: tuple[int, ...], kind: type[np.floating]) -> None:
        self._ends, count = np.array(ends, np.int64), len(ends)
        self.parameters, self.curves = np.empty((count, parameters)), np.empty((count, *curve))
        self.costs, self.moments = np.empty(count), np.empty((count, 2, parameters))
        self._slopes, self._after, self._kind = np.empty(curve), np.empty(0, np.int64), kind

    def of(self, done: int, count: int) -> CNotes:
        """Where the library notes ``count`` iterations, after ``done`` others; valid until ``of`` is called again."""
        start, stop = np.searchsorted(self._ends, [done, done + count], side="right").tolist()
        self._after = self._ends[start:stop] - done
        arrays = self._after, *(each[start:] for each in (self.parameters, self.curves, self.costs, self.moments))
        return CNotes(stop - start, *map(address, arrays), address(self._slopes))

    def are_finite(self, vectors: int) -> NDArray[np.bool_]:
        """Whether all parameters are small enough to be squared, and all numbers of ``vectors`` memories are finite."""
        with np.errstate(all="ignore"):
            small: NDArray[np.bool_] = np.isfinite(np.square(self.parameters.astype(self._kind)).sum(axis=1))
            return small & np.isfinite(self.moments[:, :vectors]).all(axis=(1, 2))


NOTED_NUMBERS = 1_000_000  # of the stages that one call of the library notes: eight megabytes
CALL_WORK = 50_000_000  # multiplications of the iterations in one call: some five milliseconds


class NativeEngine(DescentEngine):
    """Descent on one network and one set of training points: see `DescentEngine`.

    ``before_each`` is called before each call of the library: every few milliseconds, or every iteration where that
    takes longer. Several engines may run in as many threads at once. Raises ``ValueError`` for points that do not
    belong together, and ``ImportError`` where there is no library.
    """

    def _begin_own(self, precision: str) -> None:
        outputs, points = self._y.shape
        if self._t.shape != (1, points) or (self.sizes[0], self.sizes[-1]) != (1, outputs) or points < 1:
            raise ValueError(f"Points of shapes {self._t.shape} and {self._y.shape} for layers {self.sizes}.")
        self._functions = functions(precision)
        code_of, (hidden, output) = self._functions.code_of_activation, self._names
        codes = [code_of(name.encode()) for name in [hidden] * (len(self.sizes) - 2) + [output]]
        if min(codes) < 0:
            raise ValueError(f"The library computes no {hidden} or no {output}.")
        self._parameters = aligned_zeros(self.count, dtype=self._type)
        self._layers = Layers(self._functions, self.sizes, codes, self._parameters)
        self._network = network_on(self._layers, self._t, self._y)
        self._batch: Batch | None = None
        self._precision = precision
        self._numpy: Engine | None = None
        self._optimizer: Optimizer | None = None
        self._given_state: FloatArray = np.empty(0)
        self._moments, self._steps_made = np.zeros((2, self.count)), 0
        self._moving_numbers = np.ones(self.count)
        jacobians = 2 * len(codes)
        self._scratch = np.empty(self.count), np.empty(jacobians), np.empty((BLOCK_ITERATIONS, jacobians))
        self._last_descent: tuple[Descent, CDescent] | None = None

    @property
    def parameters(self) -> FloatArray:
        return self._parameters.astype(np.float64)

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        if values.shape != (self.count,):
            raise ValueError(f"Parameters of shape {values.shape} for layers {self.sizes}.")
        with np.errstate(over="ignore"):
            self._parameters[:] = values

    def _take_frozen(self) -> None:
        self._moving_numbers[:] = self.moving

    # What an optimiser remembers

    @property
    def state(self) -> FloatArray:
        return self._given_state.copy() if self._optimizer is None else self._state(self._steps_made, self._moments)

    @state.setter
    def state(self, values: FloatArray) -> None:
        self._given_state, self._optimizer = np.array(values, np.float64), None

    def _state(self, made: int, moments: FloatArray) -> FloatArray:
        """The state after so many iterations of the optimiser."""
        assert self._optimizer is not None
        return np.concatenate([[float(self._optimizer.code), made], *moments[: self._optimizer.vectors]])

    def _begin(self, optimizer: Optimizer) -> None:
        """Let an optimiser go on from its memory, or begin anew; plain descent forgets the memory of others."""
        if optimizer.vectors == 0:
            self.state = np.empty(0)
        elif optimizer is not self._optimizer:
            before, self._optimizer = self.state, optimizer
            self._steps_made, self._moments[:] = 0, 0.0
            if before.size == 2 + optimizer.vectors * self.count and before[0] == optimizer.code:
                self._steps_made = int(before[1])
                self._moments[: optimizer.vectors] = before[2:].reshape(-1, self.count)

    def is_finite(self) -> bool:
        with np.errstate(all="ignore"):
            return bool(np.isfinite(np.square(self._parameters).sum()) and np.isfinite(self.state).all())

    # Iterations

    def _iterate(self, first: int, count: int, descent: Descent) -> None:
        """See `DescentEngine`; NumPy makes the iterations of an optimiser that the library does not know."""
        if self._knows(descent):
            self._make(first, count, descent)
            return
        arguments = self.sizes, *self._names, self._t, self._y
        engine = self._numpy = self._numpy or Engine(*arguments, precision=self._precision)
        engine.before_each = self.before_each
        engine.freeze(self._frozen)
        engine.parameters, engine.state = self.parameters, self.state
        engine.descend(first, count, descent)
        self.parameters, self.state = engine.parameters, engine.state

    def _knows(self, descent: Descent) -> bool:
        known: bool = self._functions.code_of_optimizer(descent.optimizer.encode()) >= 0
        return known

    def _make(self, first: int, count: int, descent: Descent, noted: CheckpointNotes | None = None) -> None:
        """Make iterations of first order, in calls that do not take long, and note the checkpoints."""
        optimizer = OPTIMIZERS[descent.optimizer]
        self._begin(optimizer)
        c, batch = self._c_descent(descent), self._batch_of(descent)
        network = self._network if batch is None else batch.network
        for done, some in self._calls(count, network):
            schedule = descent.rate_factors(first + done, some)
            c.schedule, c.first, c.made = address(schedule), first + done, self._steps_made
            if isinstance(network, SharedNetwork):
                self._call_for_each(network, c, some, batch, first + done)
            else:
                chosen = None if batch is None else batch.choose(first + done, some)
                notes = CNotes() if noted is None else noted.of(done, some)
                self._functions.iterate(network.c, self._network.c, chosen, c, some, notes)
            if optimizer.vectors:
                self._steps_made += some

    def _call_for_each(self, network: SharedNetwork, c: CDescent, count: int, batch: Batch | None, first: int) -> None:
        """Make iterations of a large network one by one, each in several threads."""
        for each in range(count):
            if batch is not None:
                chosen = batch.dealer.rows(first + each, 1)[0]
                network.fill(self._t[:, chosen], self._y[:, chosen])
            network.add_up()
            self._functions.step(network.c, c, each)

    def _calls(self, count: int, network: NetworkOnPoints | SharedNetwork) -> Iterator[tuple[int, int]]:
        """The library's calls for ``count`` iterations: how many are done before each, and how many each makes."""
        is_shared = isinstance(network, SharedNetwork)
        most = 1 if is_shared else max(1, CALL_WORK // work_of(network.points, self.sizes, self.count))
        for done in range(0, count, most):
            check_cancelled()
            self.before_each()
            yield done, min(most, count - done)

    def step_by(self, factors: FloatArray) -> None:
        layers = len(self.sizes) - 1
        if factors.ndim != 2 or factors.shape[1] != 2 * layers:
            raise ValueError(f"Factors of shape {factors.shape} for {layers} layers.")
        given, c = np.ascontiguousarray(factors, np.float64), self._c_descent(Descent(1.0))
        try:
            for done, some in self._calls(len(given), self._network):
                rows = given[done:]
                c.given = address(rows)
                if isinstance(self._network, SharedNetwork):
                    self._call_for_each(self._network, c, some, None, 0)
                else:
                    self._functions.iterate(self._network.c, self._network.c, None, c, some, CNotes())
        finally:
            c.given = None

    def _c_descent(self, descent: Descent) -> CDescent:
        """The settings of iterations, as the library takes them."""
        if self._last_descent is None or self._last_descent[0] != descent:
            code = self._functions.code_of_optimizer(descent.optimizer.encode())
            gradient, factors, normals = self._scratch
            found = CDescent(rule=code, rate=descent.learning_rate, momentum=descent.momentum, memory=descent.memory)
            found.decay, found.noise, found.seed, found.drawn = descent.weight_decay, descent.noise, descent.seed, -1
            found.normals, found.gradient, found.factors = address(normals), address(gradient), address(factors)
            found.moving = address(self._moving_numbers)
            found.first_moment, found.second_moment = map(address, self._moments)
            self._last_descent = descent, found
        return self._last_descent[1]

    def _batch_of(self, descent: Descent) -> Batch | None:
        """The dealer of a mini-batch's points; None where each iteration takes all points."""
        if not 0 < descent.batch < self.points:
            return None
        if self._batch is None or self._batch.key != (descent.batch, descent.seed):
            self._batch = Batch(self._layers, self._t, self._y, descent.batch, descent.seed)
        return self._batch

    def run_to_checkpoints(self, first: int, ends: Sequence[int], descent: Descent) -> Iterator[Checkpoint]:
        """See `DescentEngine`; the iterations up to many ends are made at once, where the library notes them."""
        if not self.goes_beside_others(descent):
            yield from super().run_to_checkpoints(first, ends, descent)
            return
        optimizer, most = OPTIMIZERS[descent.optimizer], max(1, NOTED_NUMBERS // (3 * self.count + self._y.size))
        for start in range(0, len(ends), most):
            later = [end - first for end in ends[start : start + most]]
            self._begin(optimizer)
            made, noted = self._steps_made, CheckpointNotes(later, self.count, self._y.shape, self._type)
            self._make(first, later[-1], descent, noted)
            self.before_each()
            finite = noted.are_finite(optimizer.vectors)
            for index, count in enumerate(later):
                state = self._state(made + count, noted.moments[index]) if optimizer.vectors else np.empty(0)
                cost = float(noted.costs[index]) / self.points
                yield Checkpoint(noted.parameters[index], noted.curves[index], cost, bool(finite[index]), state)
            first += later[-1]

    def goes_beside_others(self, descent: Descent) -> bool:
        """Whether one thread makes and notes many iterations in one call: then several threads of engines gain."""
        networks = [self._network] + [batch.network for batch in [self._batch_of(descent)] if batch is not None]
        is_shared = any(isinstance(network, SharedNetwork) for network in networks)
        return self._knows(descent) and not is_shared

    # What the network is

    def gradient(self) -> FloatArray:
        self._network.add_up()
        with np.errstate(all="ignore"):
            return self._network.sums.astype(np.float64) * (2.0 / self.points)

    def evaluate(self) -> tuple[FloatArray, float]:
        curve, _, squares = self._network.look()
        return curve, squares / self.points

    def output_slopes(self) -> FloatArray:
        return self._network.look()[1]
