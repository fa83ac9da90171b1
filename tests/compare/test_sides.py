"""Countries side by side: sorted by name, each against itself, with what makes the difference in words."""

from dataclasses import fields, replace
from datetime import date
from functools import cache

import pytest

from tillerman.compare import Driver, Side, SideBySide, compare, side_of
from tillerman.country import Country, load
from tillerman.country.notes import Declaration, DeclaredPosture
from tillerman.errors import SettingError
from tillerman.exposure import ALL_LAYERS, assess
from tillerman.labels import Horizon, Layer


def renamed(name: str, *, file: str = "hand", state: str = "US") -> Country:
    """A shipped file under another name, with what answers to the United States under another state."""
    country = load(file)
    parties = tuple(
        replace(p, jurisdictions=tuple(state if j == "US" else j for j in p.jurisdictions)) for p in country.parties
    )
    return replace(country, name=name.casefold(), frame=replace(country.frame, name=name), parties=parties)


@cache
def side(name: str, file: str = "hand", state: str = "US") -> Side:
    """One side of a comparison."""
    return side_of(assess(renamed(name, file=file, state=state)))


def driver(found: SideBySide, layer: str) -> Driver:
    """The driver of a layer."""
    return next(driver for driver in found.drivers if driver.layer == layer)


def test_sorted_by_name_whatever_the_order() -> None:
    """The order of asking does not matter, and nothing in the answer ranks or adds up."""
    sides = [side("Nordland"), side("Alpland"), side("Midland")]
    found = compare(sides)

    assert [one.country for one in found.sides] == ["Alpland", "Midland", "Nordland"]
    assert compare(reversed(sides)) == found
    assert not {"rank", "score", "total", "mean"} & {field.name for field in (*fields(SideBySide), *fields(Side))}


def test_same_state_everywhere_is_no_difference() -> None:
    """Two equal countries are stopped most by the same state on every layer."""
    found = compare([side("Alpland"), side("Nordland")])

    assert all(one.is_same for one in found.drivers)
    assert found.sides[0].postures == found.sides[1].postures


def test_another_state_is_what_differs() -> None:
    """Where the maker stands under another state, that state is named for that country, and only there."""
    found = compare([side("Alpland", "kenya"), side("Nordland", "kenya", "XF")])
    worst = {one.country: next(h for h in one.holders if h.layer == ALL_LAYERS).jurisdiction for one in found.sides}

    assert worst["Alpland"] == "US"
    assert worst["Nordland"] == "XF"
    assert driver(found, ALL_LAYERS).groups == (("US", ("Alpland",)), ("XF", ("Nordland",)))


def test_holders_are_those_whom_the_state_reaches() -> None:
    """Who is named holds something on that layer and answers to that state."""
    exposure = assess(load("kenya"))
    assert any(holder.through for holder in side_of(exposure).holders)
    for holder in side_of(exposure).holders:
        reached = {row.party for row in exposure.holds if holder.jurisdiction in row.jurisdictions}
        assert set(holder.through) <= reached


def test_layer_that_cannot_be_measured_is_not_compared() -> None:
    """A layer without holds says so: it is neither free nor dependent."""
    found = compare([side("Alpland"), side("Nordland")])
    for one in found.sides:
        for layer in Layer:
            measured = one.posture(layer, Horizon.QUARTER).control is not None
            assert (one.country in driver(found, layer).unmeasured) is not measured


def test_declarations_stand_beside_what_is_measured() -> None:
    """What a strategy says is carried along, and changes no posture."""
    said = Declaration(
        "a", Layer.COMPUTE, DeclaredPosture.CONTROL, date(2030, 1, 1), "Own halls", "Strategy", "Cabinet", None, None
    )
    plain = load("hand")
    declared = side_of(assess(replace(plain, declarations=(said,))))

    assert declared.declarations == (said,)
    assert declared.postures == side_of(assess(plain)).postures


def test_one_country_twice_is_refused() -> None:
    """A country beside itself says nothing."""
    with pytest.raises(SettingError, match="each country once"):
        compare([side("Alpland"), side("Alpland")])
