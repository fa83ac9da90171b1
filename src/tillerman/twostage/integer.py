"""Whole numbers in the first stage: branch and bound over the linear master, where every leaf is priced exactly.

A node limits the whole numbers. Its linear master, with every cut found so far, gives its bound; a node that can better
the best plan by less than is asked for is closed. Where the master's answer is whole, the plan is visited, and if need
be a level run with the whole numbers fixed closes the leaf. Reduced costs narrow every node.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from tillerman.twostage.highs import Answer, Status
from tillerman.twostage.level import Ending, LevelRun
from tillerman.twostage.nearest import fix_integers, nearest
from tillerman.twostage.problem import Floats, Ints
from tillerman.twostage.relaxed import RelaxedMaster
from tillerman.twostage.search import INTEGER_TOLERANCE, Search

IGNORED = 0.9  # of the tolerance: a node that promises less than this is closed
FIXED_SHARE = 0.4  # of the tolerance, to which a run with whole numbers fixed is closed
MOST_VISITS = 0  # plain visits of a node whose master's answer is whole, before a run with whole numbers fixed
MOST_RECALLS = 1  # times the pool is asked for forgotten cuts at one node
STALE = 30  # nodes after which a cut that held none of them leaves the master
MOST_NODES = 50_000
LEAST_GAIN = 1e-6


@dataclass(frozen=True)
class Node:
    """Limits of the whole numbers, the bound of the master it was split from, and where it was split."""

    bound: float
    lower: Floats
    upper: Floats
    split: tuple[int, int, float] | None = None  # which whole number, 0 down or 1 up, how far it has to move


class Tree:
    """The open nodes, best bound first, and what closed ones still allow."""

    def __init__(self, search: Search, relaxed: LevelRun, tolerance: float) -> None:
        first = search.problem.first
        self._search = search
        self._run = relaxed
        self._tolerance = tolerance
        self._whole: Ints = np.flatnonzero(first.is_integer)
        self._master = RelaxedMaster(relaxed.master, sorted(relaxed.tight))
        self._used = dict.fromkeys(self._master.numbers, 0)
        self._n_nodes = 0
        self._n_pushed = 0
        self._gain = np.tile(np.abs(first.cost[self._whole]) + 1.0, (2, 1))  # for one unit down, and up
        self._n_seen = np.ones((2, self._whole.size))
        self._least = np.inf  # bound of leaves that could not be closed as far as asked
        self._heap: list[tuple[float, int, Node]] = []
        self._push(Node(search.lower, np.ceil(first.lower[self._whole]), np.floor(first.upper[self._whole])))

    def close(self, near: Floats) -> Ending:
        """Close every node, starting from the whole plan nearest to a given one."""
        search = self._search
        if not self._master.gives_bound:
            return Ending.STALLED
        search.ignore(IGNORED * self._tolerance)
        self._begin(near)
        node: Node | None = None
        while node is not None or self._heap:
            self._raise_lower(node)
            search.report()
            if search.gap <= self._tolerance:
                return Ending.CLOSED
            if search.is_over:
                return Ending.OUT_OF_TIME
            if self._n_nodes >= MOST_NODES:
                return Ending.STALLED
            node = self._open(heapq.heappop(self._heap)[2] if node is None else node)
        self._raise_lower(None)
        if search.best is None:
            return Ending.INFEASIBLE
        return Ending.CLOSED if search.gap <= self._tolerance else Ending.STALLED

    def _begin(self, near: Floats) -> None:
        """Find a first whole plan: the nearest to the best relaxed one, then the best with its whole numbers."""
        first = self._search.problem.first
        beside = nearest(first, near, self._run.scale, relative_gap=0.05)
        if beside is not None:
            self._price_fixed(beside)

    def _push(self, node: Node) -> None:
        self._n_pushed += 1
        heapq.heappush(self._heap, (node.bound, self._n_pushed, node))

    def _raise_lower(self, node: Node | None) -> None:
        """Take the weakest bound of all that is still open, or closed because it promises too little."""
        search = self._search
        bound = min(self._least, search.cutoff)
        if self._heap:
            bound = min(bound, self._heap[0][0])
        if node is not None:
            bound = min(bound, node.bound)
        search.lower = max(search.lower, min(bound, search.upper))

    def _open(self, node: Node) -> Node | None:
        """Bound one node; give the part of it to look at next, or nothing when it is closed."""
        if node.bound >= self._search.cutoff:
            return None
        self._n_nodes += 1
        for visit in range(MOST_VISITS + 1):
            answer = self._bound(node)
            if answer is None:
                return None
            if visit == 0:
                self._learn(node, answer)
            node = self._narrow(node, answer)
            values = answer.x[self._whole]
            if bool((np.abs(values - np.round(values)) > INTEGER_TOLERANCE).any()):
                return self._split(node, values, answer.objective)
            if visit == MOST_VISITS or self._search.is_over:
                return self._close_leaf(node, answer)
            x = self._run.master.within(answer.x)
            x[self._whole] = np.round(values)
            self._master.add(self._run.visit(x))
        return None

    def _bounds(self, node: Node, answer: Answer) -> bool:
        """True when an answer bounds a node that is worth a look; a node that it does not bound stays as it was."""
        if answer.status is Status.INFEASIBLE:
            return False
        if answer.status is not Status.OPTIMAL or self._run.master.rests_on_box(answer):
            self._least = min(self._least, node.bound)
            return False
        return answer.objective < self._search.cutoff

    def _bound(self, node: Node) -> Answer | None:
        """Solve the linear master in a node's limits with every cut that matters there; nothing if that closes it."""
        self._master.limit(self._whole, node.lower, node.upper)
        for _ in range(MOST_RECALLS):
            answer = self._master.prove()
            if not self._bounds(node, answer):
                return None
            self._mark(answer)
            forgotten = self._run.forgotten(answer.x, self._master)
            if not forgotten:
                break
            self._master.add(forgotten)
            self._used.update(dict.fromkeys(forgotten, self._n_nodes))
        else:
            answer = self._master.prove()
            if not self._bounds(node, answer):
                return None
        return answer

    def _mark(self, answer: Answer) -> None:
        """Note which cuts hold the master, and let go of those that have held none for long."""
        prices = self._master.prices(answer)
        for number, price in zip(self._master.numbers, prices, strict=True):
            if price != 0.0 or number not in self._used:
                self._used[number] = self._n_nodes
        if self._n_nodes % STALE == 0:
            stale = {number for number in self._master.numbers if self._n_nodes - self._used[number] > STALE}
            if self._run.master.has_bound([number for number in self._master.numbers if number not in stale]):
                self._master.drop(stale - set(self._run.feasibility_cuts))

    def _narrow(self, node: Node, answer: Answer) -> Node:
        """Take away values of whole numbers whose reduced cost alone passes what a better plan may cost."""
        room = self._search.cutoff - answer.objective
        bound = max(node.bound, answer.objective)
        if not np.isfinite(room):
            return Node(bound, node.lower, node.upper)
        prices = answer.column_dual[self._whole]
        steps = np.floor(room / np.maximum(np.abs(prices), 1e-12) + INTEGER_TOLERANCE)
        at_least = np.isclose(answer.x[self._whole], node.lower, rtol=0.0, atol=INTEGER_TOLERANCE) & (prices > 0.0)
        at_most = np.isclose(answer.x[self._whole], node.upper, rtol=0.0, atol=INTEGER_TOLERANCE) & (prices < 0.0)
        upper = np.where(at_least, np.minimum(node.upper, node.lower + steps), node.upper)
        lower = np.where(at_most, np.maximum(node.lower, node.upper - steps), node.lower)
        return Node(bound, lower, upper)

    def _learn(self, node: Node, answer: Answer) -> None:
        """Keep how much the split that made a node has raised its bound."""
        if node.split is not None and np.isfinite(node.bound):
            chosen, way, distance = node.split
            self._gain[way, chosen] += max(answer.objective - node.bound, 0.0) / distance
            self._n_seen[way, chosen] += 1.0

    def _split(self, node: Node, values: Floats, objective: float) -> Node:
        """Split at the whole number that promises to raise both bounds most; keep one part, go on with the other."""
        down, up = values - np.floor(values), np.ceil(values) - values
        is_open = np.minimum(down, up) > INTEGER_TOLERANCE
        mean = self._gain / self._n_seen
        promise = np.maximum(down * mean[0], LEAST_GAIN) * np.maximum(up * mean[1], LEAST_GAIN)
        chosen = int(np.argmax(np.where(is_open, promise, -np.inf)))
        up_first = bool(down[chosen] > up[chosen])
        return self._parts(node, chosen, float(values[chosen]), objective, up_first=up_first)

    def _parts(self, node: Node, chosen: int, value: float, objective: float, *, up_first: bool) -> Node:
        """Keep the part of a node where one whole number lies on one side of a value, and give the other."""
        below = float(np.floor(value))
        less, more = node.upper.copy(), node.lower.copy()
        less[chosen], more[chosen] = below, below + 1.0
        bound = max(node.bound, objective)
        parts = [
            Node(bound, node.lower, less, (chosen, 0, value - below)),
            Node(bound, more, node.upper, (chosen, 1, below + 1.0 - value)),
        ]
        go_on = parts.pop(1 if up_first else 0)
        self._push(parts[0])
        return go_on

    def _close_leaf(self, node: Node, answer: Answer) -> Node | None:
        """Price the whole numbers of a leaf exactly; what else the node holds is split off."""
        ending, run = self._price_fixed(answer.x)
        if ending is not Ending.INFEASIBLE and run.lower < self._search.cutoff:
            self._least = min(self._least, max(run.lower, node.bound))
        rest = np.flatnonzero(node.lower < node.upper)
        if not rest.size:
            return None
        chosen = int(rest[0])
        value = float(np.round(answer.x[self._whole[chosen]]))
        is_above = value > node.lower[chosen]
        between = value - 0.5 if is_above else value + 0.5
        return self._parts(node, chosen, between, answer.objective, up_first=not is_above)

    def _price_fixed(self, x: Floats) -> tuple[Ending, LevelRun]:
        """Find the best plan with the whole numbers of x, as far as it can better the best one known."""
        search = self._search
        fixed = fix_integers(search.problem.first, x[: search.problem.first.cost.size])
        run = LevelRun(search, fixed, integers=True, numbers=self._master.numbers)
        ending = run.run(FIXED_SHARE * self._tolerance, x[: fixed.cost.size], global_bound=False)
        held = set(self._master.numbers)
        self._master.add([number for number in run.tight if number not in held])
        return ending, run
