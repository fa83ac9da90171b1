"""How many numbers each table has, and how many of them are more than assumptions."""

import pytest

from tillerman.country import load, numbers
from tillerman.labels import Grade


@pytest.mark.parametrize("name", ["hand", "kenya"])
def test_numbers_are_counted_by_table(name: str) -> None:
    """Each number is counted once, in its table; one without evidence or merely assumed is not better known."""
    country = load(name)
    found = tuple(numbers(country))
    known = country.known_by_table

    assert sum(n for n, _ in known.values()) == len(found) == country.health().n_numbers
    for table, (n, better) in known.items():
        own = [item.evidence for item in found if item.table == table]
        assert n == len(own)
        assert better == sum(item is not None and item.grade is not Grade.ASSUMPTION for item in own)
