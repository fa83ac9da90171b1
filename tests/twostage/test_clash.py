"""The smallest clashing set of rule groups, in the caller's words."""

from __future__ import annotations

import numpy as np
import pytest

from tests.twostage.instances import first_stage
from tillerman.twostage import ProblemError, clash


def test_nothing_clashes_when_a_plan_exists() -> None:
    """A feasible first stage gives no names."""
    first = first_stage([1.0], [([1.0], 1.0, 2.0)], [0.0], [5.0])
    assert clash(first, ["budget"]) == ()


def test_only_the_two_rules_that_clash_are_named() -> None:
    """X + y >= 6 clashes with the budget x + y <= 5, and the third rule is innocent."""
    first = first_stage(
        [1.0, 1.0],
        [([1, 1], 6.0, np.inf), ([1, 0], -np.inf, 4.0), ([1, 1], -np.inf, 5.0)],
        [0, 0],
        [10, 10],
    )
    assert clash(first, ["service 2028", "grid Nairobi", "budget 2028"]) == ("service 2028", "budget 2028")


def test_rules_of_one_group_stand_and_fall_together() -> None:
    """Two yearly rows of one group clash with a third only together; the group is named once."""
    first = first_stage(
        [1.0, 1.0],
        [([1, 0], 3.0, np.inf), ([0, 1], 3.0, np.inf), ([1, 1], -np.inf, 5.0)],
        [0, 0],
        [10, 10],
    )
    assert clash(first, ["floor", "floor", "budget"]) == ("floor", "budget")


def test_bounds_can_be_named() -> None:
    """A cap on one decision is part of the clash when its bounds have a name."""
    first = first_stage([1.0], [([1.0], 6.0, np.inf)], [0.0], [5.0])
    assert clash(first, ["service"], bound_groups=["cap on halls"]) == ("service", "cap on halls")


def test_whole_numbers_can_be_the_reason() -> None:
    """2x = 3 has no whole solution, although the linear relaxation has one."""
    first = first_stage([1.0], [([2.0], 3.0, 3.0)], [0.0], [5.0], integer=[True])
    assert clash(first, ["odd rule"]) == ("odd rule",)


@pytest.mark.parametrize("seed", range(15))
def test_answer_is_irreducible(seed: int) -> None:
    """On random clashing rules the answer clashes, and no name can be left out."""
    rng = np.random.default_rng(seed)
    rows = [(list(np.round(rng.normal(size=4), 1)), float(rng.normal() + 3.0), np.inf) for _ in range(14)]
    first = first_stage([0.0] * 4, rows, [-1.0] * 4, [1.0] * 4)
    groups = [f"group {i // 2}" for i in range(14)]
    names = clash(first, groups)
    assert names

    def feasible(held: set[str]) -> bool:
        kept = [row for row, group in zip(rows, groups, strict=True) if group in held]
        return clash(first_stage([0.0] * 4, kept, [-1.0] * 4, [1.0] * 4), ["kept"] * len(kept)) == ()

    assert not feasible(set(names))
    for name in names:
        assert feasible(set(names) - {name})


def test_wrong_number_of_names_is_refused() -> None:
    """Every rule needs a name."""
    first = first_stage([1.0], [([1.0], 1.0, 2.0)], [0.0], [5.0])
    with pytest.raises(ProblemError, match="found 2 names; expected 1 names"):
        clash(first, ["a", "b"])
