"""What one solve leaves for the next: every cut found, plans evaluated exactly, and the engine's stored bases.

Mean cuts describe the second stage only. They stay valid when the first stage changes (costs, bounds, budgets,
added rules) and for every risk weight, so a sweep over budgets, levers or risk starts from all cuts ever found.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy import sparse

from tillerman.twostage.cuts import CutPool
from tillerman.twostage.errors import CheckpointError, MemoryMismatchError
from tillerman.twostage.problem import Floats, Problem
from tillerman.twostage.states import Engine

FILE_VERSION = 1
MOST_POINTS = 30  # plans kept with their exact state values


@dataclass
class Memory:
    """Cuts, evaluated plans and stored bases of one second stage; hand it to the next solve."""

    fingerprint: str
    cuts: CutPool
    points: list[tuple[Floats, Floats]] = field(default_factory=list)  # (x, exact state values), oldest first
    engine: Engine | None = None
    tight: list[int] = field(default_factory=list)  # cuts that held the last linear master

    def remember(self, x: Floats, values: Floats) -> None:
        """Keep one exactly evaluated plan; the oldest leaves when there are too many."""
        self.points.append((x, values))
        if len(self.points) > MOST_POINTS:
            self.points.pop(0)

    def copy(self) -> Memory:
        """Give a memory of the same cuts and plans that another solve may add to; stored bases stay here."""
        cuts = CutPool(self.cuts.n_x)
        for kind, tail, intercept, gradient in zip(
            self.cuts.kinds, self.cuts.tails, self.cuts.intercepts, self.cuts.gradients, strict=True
        ):
            cuts.add(int(kind), float(tail), float(intercept), gradient)
        return Memory(self.fingerprint, cuts, list(self.points), tight=list(self.tight))


def fresh_memory(problem: Problem) -> Memory:
    """Give an empty memory for a problem's second stage."""
    return Memory(second_stage_fingerprint(problem), CutPool(problem.first.cost.shape[0]))


def save_memory(memory: Memory, path: Path) -> None:
    """Write cuts and plans to a file, whole or not at all: an interrupted write leaves the old file as it was."""
    cuts = memory.cuts
    n_x, n_points = cuts.n_x, len(memory.points)
    plans = np.array([x for x, _ in memory.points]).reshape(n_points, n_x)
    values = np.array([states for _, states in memory.points]).reshape(n_points, -1 if n_points else 0)
    partial = path.with_name(path.name + ".part")
    with partial.open("wb") as file:
        np.savez(
            file, version=np.array(FILE_VERSION), fingerprint=np.array(memory.fingerprint), kinds=cuts.kinds,
            tails=cuts.tails, intercepts=cuts.intercepts, gradients=cuts.gradients, plans=plans, values=values,
        )  # fmt: skip
    partial.replace(path)


def load_memory(path: Path) -> Memory:
    """Read cuts and plans from a file; solve() refuses them for a problem they do not belong to.

    Raises:
        FileNotFoundError: where there is no file.
        CheckpointError: for a file that is no checkpoint, or of which a part is missing or changed.
        MemoryMismatchError: for a checkpoint of another version of the engine.
    """
    try:
        return _load(path)
    except (FileNotFoundError, MemoryMismatchError):
        raise
    except Exception as problem:  # of a damaged archive, zipfile and numpy raise whatever its bytes lead them to
        raise CheckpointError(
            where=path.name, found=f"no checkpoint, or a damaged one ({type(problem).__name__})",
            expected="a file that a search has written", remedy="Start afresh, without it.",
        ) from problem  # fmt: skip


def _load(path: Path) -> Memory:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
        version = int(held["version"])
        if version != FILE_VERSION:
            raise MemoryMismatchError(
                where=path.name, found=f"checkpoint version {version}", expected=f"version {FILE_VERSION}",
                remedy="Start afresh: this checkpoint was written by another version of the engine.",
            )  # fmt: skip
        cuts = CutPool(held["gradients"].shape[1])
        for kind, tail, intercept, gradient in zip(
            held["kinds"], held["tails"], held["intercepts"], held["gradients"], strict=True
        ):
            cuts.add(int(kind), float(tail), float(intercept), gradient)
        points = list(zip(held["plans"], held["values"], strict=True))
        return Memory(str(held["fingerprint"]), cuts, points)


def check_memory(memory: Memory, problem: Problem) -> None:
    """Refuse a memory that belongs to other states, weights or recourse."""
    found = second_stage_fingerprint(problem)
    if memory.fingerprint != found:
        raise MemoryMismatchError(
            where="solve(memory=...)",
            found=f"a memory of second stage {memory.fingerprint[:12]}",
            expected=f"a memory of second stage {found[:12]}",
            remedy="Only the first stage and the risk weight may change between solves that share a memory.",
        )


def second_stage_fingerprint(problem: Problem) -> str:
    """Give a hash of everything that cuts depend on."""
    digest = hashlib.sha256(str(problem.first.cost.shape[0]).encode())
    recourse, states = problem.recourse, problem.states
    for matrix in (
        recourse.matrix, states.rhs_of_first, states.upper_of_first, states.offset_of_first, problem.weights,
    ):  # fmt: skip
        _add_sparse(digest, matrix)
    dense: list[np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = [
        recourse.is_equality, recourse.cost, states.family, states.rhs, states.upper, states.offset,
        problem.probability,
    ]  # fmt: skip
    if problem.group is not None:
        dense.append(problem.group)
    for array in dense:
        digest.update(str(array.shape).encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _add_sparse(digest: hashlib._Hash, matrix: sparse.csr_array) -> None:
    digest.update(str(matrix.shape).encode())
    for part in (matrix.indptr, matrix.indices, matrix.data):
        digest.update(np.ascontiguousarray(part).tobytes())
