"""Worths over every set of players, from bounds of what each set costs: alone, added last, and fair shares (Shapley).

    alone[i] = z({}) - z({i})        last[i] = z(all but i) - z(all)
    share[i] = sum over sets S without i of  |S|! (n - |S| - 1)! / n!  (z(S) - z(S + i))

A set may do whatever a smaller one may, so that z falls as sets grow: bounds of one set tighten those of others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import factorial

import numpy as np

from tillerman.plan.interval import Interval

Players = frozenset[int]
Pair = tuple[Players, Players, float]  # without, with, weight


class Lattice:
    """Bounds of what each set of players costs, each as tight as the bounds of all others make it."""

    def __init__(self, players: tuple[int, ...], *, rounding: float = 0.0) -> None:
        self.players = players
        self.rounding = rounding  # a saving below it is none: bounds come from a solver
        self.sets: tuple[Players, ...] = tuple(
            frozenset(chosen) for n in range(len(players) + 1) for chosen in combinations(players, n)
        )
        self._lower = dict.fromkeys(self.sets, -np.inf)
        self._upper = dict.fromkeys(self.sets, np.inf)

    @property
    def everyone(self) -> Players:
        """The set of all players."""
        return frozenset(self.players)

    def cost(self, players: Players) -> Interval:
        """What a set costs, between its bounds."""
        return Interval(self._lower[players], max(self._lower[players], self._upper[players]))  # as below

    def learn(self, players: Players, *, lower: float = -np.inf, upper: float = np.inf) -> None:
        """Take in bounds of one set, and what follows for smaller sets (lower) and larger ones (upper)."""
        for other in self.sets:
            if other <= players:
                self._lower[other] = max(self._lower[other], lower)
            if other >= players:
                self._upper[other] = min(self._upper[other], upper)

    def worth(self, pairs: tuple[Pair, ...]) -> Interval:
        """The weighted sum of what one player saves in each pair of sets; no saving is below zero."""
        low = sum(weight * self._told(self._lower[a] - self._upper[b]) for a, b, weight in pairs)
        high = sum(weight * self._told(self._upper[a] - self._lower[b]) for a, b, weight in pairs)
        return Interval(float(low), float(max(low, high)))  # they may cross by a rounding

    def _told(self, saving: float) -> float:
        return saving if saving > self.rounding else 0.0

    @cached_property
    def joint(self) -> tuple[Pair, ...]:
        """What all players together save."""
        return ((frozenset(), self.everyone, 1.0),)

    def alone(self, player: int) -> tuple[Pair, ...]:
        """What one player saves as the only one."""
        return ((frozenset(), frozenset({player}), 1.0),)

    def last(self, player: int) -> tuple[Pair, ...]:
        """What one player saves when all others are there."""
        return ((self.everyone - {player}, self.everyone, 1.0),)

    def share(self, player: int) -> tuple[Pair, ...]:
        """What one player saves on average over all orders in which players can be added."""
        n = len(self.players)
        return tuple(
            (a, a | {player}, factorial(len(a)) * factorial(n - len(a) - 1) / factorial(n))
            for a in self.sets
            if player not in a
        )

    def questions(self) -> Iterator[tuple[Pair, ...]]:
        """Every worth that is told."""
        yield self.joint
        for player in self.players:
            yield self.alone(player)
            yield self.last(player)
            yield self.share(player)

    def widest(self) -> float:
        """How far the bounds of the worth are apart that is known least."""
        return max(self.worth(pairs).width for pairs in self.questions())

    def most_telling(self, width: float, *, but: Collection[Players] = ()) -> Telling | None:
        """The set that blurs most what is not yet known to a width, leaving some sets out; None where there is none."""
        found: Telling | None = None
        for pairs in self.questions():
            wide = self.worth(pairs).width
            weights = {players: weight for a, b, weight in pairs for players in (a, b) if players not in but}
            if wide <= max(width, found.width if found else 0.0) or not weights:
                continue
            players = max(weights, key=lambda s: (weights[s] * self.cost(s).width, -len(s), sorted(s)))
            if self.cost(players).width > 0:
                found = Telling(players, wide, width / (2 * len(pairs) * weights[players]))
        return found


@dataclass(frozen=True)
class Telling:
    """A set whose bounds blur a worth: how wide that worth is, and how narrow the set's own bounds should become."""

    players: Players
    width: float
    enough: float
