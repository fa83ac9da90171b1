"""The first stage as named decisions and named rules, before it becomes matrices.

Each block of the plan adds columns (decisions) and rules (what binds them). A rule carries the group it belongs to
in domain words, so that a clash can be told to a minister: "budget 2028" against "target keep_health".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.twostage import FirstStage

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rule:
    """One linear rule on decisions: lower <= sum of terms <= upper."""

    name: str
    group: str  # in domain words; rules of one group stand or fall together; "" for what merely defines quantities
    terms: Mapping[str, float]
    lower: float = -np.inf
    upper: float = np.inf


@dataclass(frozen=True)
class Column:
    """One decision, at least 0: its upper bound, and whether it is whole."""

    name: str
    upper: float
    is_integer: bool = False


@dataclass
class Rulebook:
    """Collects columns and rules while a plan is set up; frozen into a `FirstStage` at the end."""

    columns: dict[str, Column] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    cost: dict[str, float] = field(default_factory=dict)

    def add_column(self, column: Column) -> None:
        """Add a decision; each name is added once."""
        if column.name in self.columns:
            raise KeyError(column.name)
        self.columns[column.name] = column

    def add_rule(self, rule: Rule) -> None:
        """Add a rule; terms with coefficient 0 are left out, and a rule that says nothing is not added."""
        terms = {name: coefficient for name, coefficient in rule.terms.items() if coefficient != 0.0}
        if terms or rule.lower > 0 or rule.upper < 0:
            self.rules.append(Rule(rule.name, rule.group, terms, rule.lower, rule.upper))

    def add_cost(self, name: str, amount: float) -> None:
        """Add to the cost of a decision in the objective."""
        self.cost[name] = self.cost.get(name, 0.0) + amount

    @property
    def groups(self) -> tuple[str, ...]:
        """The group of each rule, in order."""
        return tuple(rule.group for rule in self.rules)

    def first_stage(self) -> FirstStage:
        """Freeze into matrices, columns and rules in the order in which they were added."""
        position = {name: i for i, name in enumerate(self.columns)}
        rows, columns, values = [], [], []
        for r, rule in enumerate(self.rules):
            for name, coefficient in rule.terms.items():
                rows.append(r)
                columns.append(position[name])
                values.append(coefficient)
        shape = (len(self.rules), len(position))
        matrix = sparse.csr_array(sparse.coo_array((values, (rows, columns)), shape=shape, dtype=np.float64))
        cost = np.zeros(len(position))
        for name, amount in self.cost.items():
            cost[position[name]] = amount
        return FirstStage(
            cost=cost,
            matrix=matrix,
            row_lower=np.array([rule.lower for rule in self.rules], dtype=np.float64),
            row_upper=np.array([rule.upper for rule in self.rules], dtype=np.float64),
            lower=np.zeros(len(position)),
            upper=np.array([column.upper for column in self.columns.values()], dtype=np.float64),
            is_integer=np.array([column.is_integer for column in self.columns.values()], dtype=bool),
            names=tuple(position),
            row_names=tuple(rule.name for rule in self.rules),
        )
