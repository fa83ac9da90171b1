"""Names in another language: told wherever they stand, the file and its hash unchanged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tillerman.country import Country, load, shipped, write
from tillerman.country.aliases import translated_names
from tillerman.country.notes import Translation
from tillerman.country.record import NOTES, TABLES
from tillerman.country.telling import names_in, told_in
from tillerman.exposure import assess
from tillerman.words.sentences import translated

CHINESE = "zh-Hant"


@pytest.fixture
def twice() -> Country:
    """The invented country, whose first service has a Chinese name."""
    country = load("hand")
    row = Translation("1", CHINESE, country.services[0].name, "某項服務")
    return replace(country, translations=(row,))


def test_a_name_is_told_wherever_it_stands(twice: Country) -> None:
    """A service's name is told in the country and in what is worked out from it."""
    names = names_in(twice, CHINESE)
    service = twice.services[0].id
    kept = {row.service: row.name for row in told_in(assess(twice), names).services}

    assert told_in(twice, names).services[0].name == "某項服務"
    assert kept[service] == "某項服務"
    assert translated_names(twice, CHINESE).of(twice.services[0].name) == "某項服務"


def test_a_supplier_that_only_delivers_is_told_by_its_name() -> None:
    """Who stops deliveries only is a withdrawal named after the supplier, and told as the supplier is."""
    country = load("hand")
    supplier = next(party for party in country.parties if party.id == "chipco")
    names = names_in(replace(country, translations=(Translation("1", CHINESE, supplier.name, "某供應商"),)), CHINESE)

    withdrawals = (row.withdrawal.name for row in told_in(assess(country), names).singles)
    told = [name for name in withdrawals if name.endswith(": supplies only")]

    assert told == ["某供應商: supplies only"]
    assert [translated(name, CHINESE, names) for name in told] == ["某供應商：僅其供貨"]


def test_the_file_stays_the_same_file(twice: Country) -> None:
    """Telling changes no id, no evidence and no hash; translations are no content."""
    told = told_in(twice, names_in(twice, CHINESE))

    assert told.content_hash == twice.content_hash == load("hand").content_hash
    assert [row.id for row in told.services] == [row.id for row in twice.services]
    assert told.evidence == twice.evidence


def test_without_translations_nothing_is_made_anew(twice: Country) -> None:
    """A language that the file has no names in gives the very same record."""
    assert told_in(twice, names_in(twice, "fr")) is twice


def test_translations_come_back(twice: Country, tmp_path: Path) -> None:
    """A folder keeps the translations of its names."""
    assert load(write(twice, tmp_path / "file")).translations == twice.translations


@pytest.mark.parametrize("name", shipped())
def test_shipped_translations_speak_of_the_file(name: str) -> None:
    """Every translated text is a name of the file, translated once."""
    country = load(name)
    texts = [row.text for row in country.translations]
    known = {country.frame.name}
    for table in (*TABLES, *NOTES):
        for row in getattr(country, table):
            known |= {str(getattr(row, field, "")) for field in ("name", "watcher", "text")}

    assert [text for text in texts if text not in known] == []
    assert len(set(texts)) == len(texts)
