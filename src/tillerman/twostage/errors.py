"""The mistakes a caller of the two-stage engine can make, each with where, found, expected and remedy.

ValueError
  ProblemError        the arrays of a problem do not fit together, or a number in them cannot be right
  MemoryMismatchError a memory of cuts was offered to a problem whose states it does not describe
  CheckpointError     a file is no checkpoint, or a damaged one
RuntimeError
  NumericalError      no engine could solve a state to the accuracy the certificate needs
  ClusterError        a cluster that was asked for cannot be used
"""

from __future__ import annotations


class _FourPartsError(Exception):
    """An error whose message says where it happened, what was found, what was expected and what to do."""

    def __init__(self, *, where: str, found: str, expected: str, remedy: str) -> None:
        self.where = where
        self.found = found
        self.expected = expected
        self.remedy = remedy
        super().__init__(f"{where}: found {found}; expected {expected}. {remedy}")

    def __reduce__(self) -> tuple[object, ...]:  # so that it can come back from another process
        return _again, (type(self), self.where, self.found, self.expected, self.remedy)


def _again(kind: type[_FourPartsError], where: str, found: str, expected: str, remedy: str) -> _FourPartsError:
    return kind(where=where, found=found, expected=expected, remedy=remedy)


class ProblemError(_FourPartsError, ValueError):
    """The arrays of a two-stage problem do not fit together, or hold a number that cannot be right."""


class MemoryMismatchError(_FourPartsError, ValueError):
    """A memory of cuts was offered to a problem whose states it does not describe."""


class CheckpointError(_FourPartsError, ValueError):
    """A file is no checkpoint, or a damaged one."""


class NumericalError(_FourPartsError, RuntimeError):
    """No engine could solve a state to the accuracy that the certificate needs."""


class ClusterError(_FourPartsError, RuntimeError):
    """A cluster that was asked for cannot be used: it is not there, not installed, or runs something else."""
