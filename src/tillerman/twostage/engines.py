"""Which engine solves the states: the stored-basis kernel where numba is there and it pays, else HiGHS."""

from __future__ import annotations

from tillerman.twostage.errors import ProblemError
from tillerman.twostage.judge import HighsEngine
from tillerman.twostage.memory import Memory
from tillerman.twostage.problem import Problem
from tillerman.twostage.states import Engine

ENGINES = ("auto", "highs")


def make_engine(problem: Problem, engine: str, memory: Memory) -> Engine:
    """Give the engine asked for, with the bases the memory holds."""
    if engine not in ENGINES:
        raise ProblemError(where="engine", found=repr(engine), expected=f"one of {ENGINES}", remedy="Use 'auto'.")
    if memory.engine is None:
        memory.engine = HighsEngine(problem)
    return memory.engine
