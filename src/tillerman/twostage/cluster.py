"""State sweeps on the workers of a dask.distributed cluster, with the same bits as at home.

The states are cut into parts. A worker keeps the parts it was given, never what was found in them: with every sweep it
receives the plan and its part's bases, and gives back values, duals and the bases they come from, which the client
keeps. So it does not matter which worker solves a part, nor whether one dies on the way: whoever gets the part next
begins from the same bases and finds the same bits (on machines of one kind: compiled sums follow the processor).
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from tillerman.twostage.batch import KernelEngine
from tillerman.twostage.checker import Checker
from tillerman.twostage.errors import ClusterError
from tillerman.twostage.problem import Floats, Problem, States
from tillerman.twostage.states import CHUNK, Engine, StateSolver, Sweep

PART = 2 * CHUNK  # states that travel together: a few megabytes once, some hundred kilobytes a sweep
MOST_HELD = 256  # parts a worker keeps; the oldest leave
PACKAGES = ("tillerman", "highspy", "numba", "numpy", "scipy")
CONNECT_S = 20.0


@dataclass(frozen=True)
class Task:
    """What a worker needs for one part in one sweep; the part itself only when the worker does not hold it."""

    part: tuple[str, int]  # second stage, and number of the part
    problem: bytes | None
    x: Floats
    first_basis: NDArray[np.int32]
    basis: NDArray[np.int32]
    at_upper: NDArray[np.uint8]  # packed


@dataclass(frozen=True)
class Done:
    """What a worker found in one part."""

    sweep: Sweep
    basis: NDArray[np.int32]
    at_upper: NDArray[np.uint8]  # packed


class _Future(Protocol):
    """An answer on its way; dask's own has no types."""

    def result(self) -> object: ...
    def release(self) -> None: ...


class _Client(Protocol):
    """What is used of dask's client, which has no types."""

    status: str

    def submit(
        self,
        work: object,
        task: Task,
        *,
        workers: list[str] | None,
        allow_other_workers: bool,
        pure: bool,
    ) -> _Future: ...
    def nthreads(self) -> dict[str, int]: ...
    def run(self, function: object, *, on_error: str) -> dict[str, object]: ...
    def wait_for_workers(self, n_workers: int, timeout: float) -> None: ...
    def close(self) -> None: ...


def connect(address: str) -> _Client:
    """Connect to a scheduler, and see that its workers run what this process runs."""
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(
            where="scheduler",
            found="no dask.distributed",
            expected="the extra 'cluster'",
            remedy="Install it with: .venv/bin/uv pip install -p .venv -r requirements-cluster.txt",
        ) from None
    if address not in _clients or _clients[address].status != "running":
        try:
            opened = Client(address, timeout=CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]
            _clients[address] = cast("_Client", opened)
        except (OSError, ValueError) as problem:
            raise ClusterError(
                where=f"scheduler {address}", found=f"no answer ({problem})", expected="a running dask scheduler",
                remedy="Start one with: dask scheduler; give its address, for example tcp://127.0.0.1:8786.",
            ) from problem  # fmt: skip
    client = _clients[address]
    _check_workers(client, address)
    return client


_clients: dict[str, _Client] = {}


def disconnect(address: str) -> None:
    """Close the connection to a scheduler, if there is one."""
    client = _clients.pop(address, None)
    if client is not None:
        client.close()


def versions() -> tuple[tuple[str, str], ...]:
    """Give the versions that must be the same everywhere."""
    return tuple((name, version(name)) for name in PACKAGES)


def _check_workers(client: _Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
    except TimeoutError as problem:
        raise ClusterError(
            where=f"scheduler {address}", found="no worker", expected="at least one",
            remedy=f"Start one with: dask worker {address} --nthreads 1",
        ) from problem  # fmt: skip
    here = versions()
    for worker, found in client.run(versions, on_error="return").items():
        if found != here:
            told = str(dict(found)) if isinstance(found, tuple) else "no answer"
            raise ClusterError(
                where=f"worker {worker}", found=told, expected=str(dict(here)),
                remedy="Install the same requirements on every machine of the cluster.",
            )  # fmt: skip


class ClusterSolver(StateSolver):
    """Solves and checks all states at a plan on the workers of a cluster; falls back on nobody's memory but its own."""

    def __init__(
        self, problem: Problem, engine: KernelEngine, judge: Engine, *, checker: Checker, address: str
    ) -> None:
        super().__init__(problem, engine, judge, checker=checker)
        self._bases = engine
        self._client = connect(address)
        self._address = address
        self._second_stage = _name_of(problem)
        self._parts = [slice(start, min(start + PART, self.n_states)) for start in range(0, self.n_states, PART)]
        self._home: dict[int, str] = {}  # the worker that has been given each part

    def sweep(self, x: Floats, *, primal: Floats | None = None) -> Sweep:
        """Solve every state at x on the cluster; points, when asked for, are found here, because they are large."""
        if primal is not None:
            return super().sweep(x, primal=primal)
        self._begin(x)
        found: list[Sweep] = []
        alive = sorted(self._client.nthreads())
        for number, home in list(self._home.items()):
            if home not in alive:
                del self._home[number]  # its worker is gone: the part goes to another
        waiting = [
            (number, self._submit(number, x, alive, is_new=number not in self._home))
            for number in range(len(self._parts))
        ]
        for number, future in waiting:
            done = self._result(future)
            if done is None:  # the worker does not hold the part: it is new, or was started again
                done = self._result(self._submit(number, x, alive, is_new=True))
            if done is None:
                raise ClusterError(
                    where=f"scheduler {self._address}", found="a worker that does not keep its part",
                    expected="workers that stay", remedy="Look into the workers' logs.",
                )  # fmt: skip
            part = self._parts[number]
            self._bases.basis[part] = done.basis
            self._bases.at_upper[part] = _unpacked(done.at_upper, self._bases.at_upper.shape[1])
            found.append(done.sweep)
        return _together(found)

    def _submit(self, number: int, x: Floats, alive: list[str], *, is_new: bool) -> _Future:
        part = self._parts[number]
        if is_new and alive:
            self._home[number] = alive[number % len(alive)]
        task = Task(
            part=(self._second_stage, number),
            problem=pickle.dumps(_part_of(self.problem, part), protocol=5) if is_new else None,
            x=x,
            first_basis=self._bases.first_basis,
            basis=self._bases.basis[part],
            at_upper=np.packbits(self._bases.at_upper[part], axis=1),
        )
        home = [self._home[number]] if number in self._home else None  # a wish: anybody may take it if that one is gone
        return self._client.submit(work, task, workers=home, allow_other_workers=True, pure=False)

    def _result(self, future: _Future) -> Done | None:
        found = future.result()
        future.release()
        if found is not None and not isinstance(found, Done):
            raise TypeError(found)
        return found


_held: dict[tuple[str, int], StateSolver] = {}


def work(task: Task) -> Done | None:
    """Solve a part, on a worker; nothing where the part is not held here."""
    solver = _held.pop(task.part, None)
    if task.problem is not None:
        solver = _solver_of(pickle.loads(task.problem))  # noqa: S301 - dask itself moves pickles between these processes
    if solver is None:
        return None
    _held[task.part] = solver
    while len(_held) > MOST_HELD:
        _held.pop(next(iter(_held)))
    engine = solver.engine
    if not isinstance(engine, KernelEngine):
        raise TypeError(engine.name)
    n_columns = engine.at_upper.shape[1]
    engine.begin_from(task.first_basis, task.basis, _unpacked(task.at_upper, n_columns))
    sweep = solver.sweep(task.x)
    return Done(sweep, engine.basis, np.packbits(engine.at_upper, axis=1))


def _solver_of(problem: Problem) -> StateSolver:
    from tillerman.twostage.cuts import CutPool
    from tillerman.twostage.engines import make_solver
    from tillerman.twostage.memory import Memory

    return make_solver(problem, "kernel", Memory("", CutPool(problem.first.cost.size)))


def _name_of(problem: Problem) -> str:
    from tillerman.twostage.memory import second_stage_fingerprint

    return second_stage_fingerprint(problem)


def _part_of(problem: Problem, part: slice) -> Problem:
    """Give the states of a part as a problem of their own; futures stay at home."""
    states = problem.states
    n_rows, n_columns = problem.recourse.matrix.shape
    mine = States(
        family=states.family[part],
        rhs=states.rhs[part],
        rhs_of_first=states.rhs_of_first[part.start * n_rows : part.stop * n_rows],
        upper=states.upper[part],
        upper_of_first=states.upper_of_first[part.start * n_columns : part.stop * n_columns],
        offset=states.offset[part],
        offset_of_first=states.offset_of_first[part],
    )
    return replace(problem, states=mine, weights=problem.weights[:1, part], probability=np.ones(1), group=None)


def _unpacked(bits: NDArray[np.uint8], width: int) -> NDArray[np.bool_]:
    return np.unpackbits(bits, axis=1, count=width).astype(np.bool_)


def _together(parts: list[Sweep]) -> Sweep:
    """Lay the parts' sweeps end to end."""
    return Sweep(
        upper_values=np.concatenate([part.upper_values for part in parts]),
        lower_values=np.concatenate([part.lower_values for part in parts]),
        duals=np.concatenate([part.duals for part in parts]),
        is_infeasible=np.concatenate([part.is_infeasible for part in parts]),
        n_repaired=sum(part.n_repaired for part in parts),
        n_fallbacks=sum(part.n_fallbacks for part in parts),
        worst_residual=max(part.worst_residual for part in parts),
        worst_gap=max(part.worst_gap for part in parts),
    )
