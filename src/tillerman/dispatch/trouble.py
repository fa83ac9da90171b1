"""What the engine refuses, told as an error of the package: the engine knows nothing of countries and plans."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tillerman.errors import EngineError
from tillerman.twostage import ClusterError, MemoryMismatchError, NumericalError, ProblemError


@contextmanager
def withheld() -> Iterator[None]:
    """Turn whatever the engine refuses into an EngineError: no answer is given that it does not stand behind."""
    try:
        yield
    except (ClusterError, MemoryMismatchError, NumericalError, ProblemError) as error:
        raise EngineError(str(error)) from error
