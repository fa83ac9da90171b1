"""Which engine solves the states: the compiled kernel with stored bases where numba is there, else HiGHS."""

from __future__ import annotations

from dataclasses import dataclass, field

from tillerman.twostage.batch import Bases, KernelEngine
from tillerman.twostage.checker import Anchors, Checker
from tillerman.twostage.compiled import load_check, load_kernel
from tillerman.twostage.errors import ProblemError
from tillerman.twostage.fastcheck import CompiledChecker, fits
from tillerman.twostage.judge import HighsEngine
from tillerman.twostage.memory import Memory
from tillerman.twostage.problem import Problem
from tillerman.twostage.states import Engine, StateSolver

ENGINES = ("auto", "kernel", "highs")
SMALL = 64  # states below which loading the compiled kernel costs more than it saves


@dataclass(frozen=True)
class Known:
    """What holds for every problem of one recourse matrix, so that the next one need not find it again."""

    anchors: Anchors = field(default_factory=dict)
    bases: Bases = field(default_factory=dict)


def make_solver(
    problem: Problem,
    engine: str,
    memory: Memory,
    *,
    n_workers: int = 1,
    scheduler: str | None = None,
    known: Known | None = None,
) -> StateSolver:
    """Give what solves and checks all states: the engine asked for, the check that suits it, HiGHS as judge.

    With a scheduler, the workers of its cluster solve them; a few states are solved here all the same.
    """
    known = Known() if known is None else known
    proposer = make_engine(problem, engine, memory, bases=known.bases)
    compiled = load_check() if isinstance(proposer, KernelEngine) and fits(problem) else None
    if compiled is None:
        checker = Checker(problem, anchors=known.anchors)
    else:
        checker = CompiledChecker(problem, compiled, anchors=known.anchors)
    if scheduler is not None and engine != "auto" and not isinstance(proposer, KernelEngine):
        raise ProblemError(
            where="Tuning.scheduler", found=f"engine {proposer.name!r}", expected="the compiled kernel",
            remedy="Use engine='auto', or leave the scheduler out.",
        )  # fmt: skip
    if scheduler is not None and isinstance(proposer, KernelEngine):
        from tillerman.twostage.cluster import ClusterSolver

        return ClusterSolver(problem, proposer, HighsEngine(problem), checker=checker, address=scheduler)
    threads = n_workers if isinstance(proposer, KernelEngine) else 1  # HiGHS keeps one model: one thread
    return StateSolver(problem, proposer, HighsEngine(problem), checker=checker, n_workers=threads)


def make_engine(problem: Problem, engine: str, memory: Memory, *, bases: Bases | None = None) -> Engine:
    """Give the engine asked for, with the bases the memory holds when they are of its kind."""
    if engine not in ENGINES:
        raise ProblemError(
            where="Tuning.engine", found=repr(engine), expected=f"one of {ENGINES}", remedy="Use 'auto'."
        )
    wants_kernel = engine == "kernel" or (engine == "auto" and problem.states.family.size >= SMALL)
    wanted = "kernel" if wants_kernel and (engine == "kernel" or kernel_is_available()) else "highs"
    held = memory.engine
    if held is not None and held.name == wanted:
        return held
    memory.engine = _kernel(problem, bases) if wanted == "kernel" else HighsEngine(problem)
    return memory.engine


def kernel_is_available() -> bool:
    """True when the compiled kernel can be loaded here."""
    return load_kernel() is not None


def _kernel(problem: Problem, bases: Bases | None) -> Engine:
    kernel = load_kernel()
    if kernel is None:
        raise ProblemError(
            where="Tuning.engine", found="'kernel' where numba is absent", expected="numba installed",
            remedy="Use engine='highs': it gives the same certified interval, more slowly.",
        )  # fmt: skip
    return KernelEngine(problem, kernel, bases=bases)
