"""Each source on a small file of which the answer can be worked out on paper."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.importers.conftest import MADE_UP, ask, links_of, made_up
from tillerman.country import load
from tillerman.country.notes import DateKind
from tillerman.country.use import Outcome
from tillerman.importers import SOURCES, Change
from tillerman.labels import Grade


def only(changes: tuple[Change, ...]) -> Change:
    """The one change of a proposal."""
    (change,) = changes
    return change


def test_every_source_has_a_made_up_file() -> None:
    """No source is without a case here."""
    assert set(SOURCES) == {*MADE_UP, "litellm-prices"}


def test_chip_power_is_per_standard_chip(tmp_path: Path) -> None:
    """1,400 W at twice the standard speed is 700 W a standard chip, 1.8 times with the server: 1.26 kW."""
    found = {
        c.row: c for c in ask("epoch-chips", made_up("epoch-chips", tmp_path), "Twice=konza", "Saver=nxtra").changes
    }

    assert found["konza"].new == pytest.approx(1.26)
    assert found["nxtra"].new == pytest.approx(0.9)
    assert found["nxtra"].evidence.low == pytest.approx(0.7)


def test_clusters_of_a_site_are_added_up(tmp_path: Path) -> None:
    """40 confirmed and 20 likely are 60; the range runs from half of the likely ones."""
    path = made_up("epoch-clusters", tmp_path)
    proposal = ask("epoch-clusters", path, "Hall=safaricom_halls", "Annex=safaricom_halls")
    change = only(proposal.changes)

    assert (change.old, change.new, change.evidence.low, change.evidence.high) == (25.0, 60.0, 50.0, 60.0)
    assert change.evidence.source_row == "Name=Hall|Annex"
    assert change.evidence.source_factor == 2.0  # the mean of two rows, times two
    assert {text.split(":")[0] for text in proposal.left_out} == {"Dream", "Echo", "Rumour"}


def test_centre_gives_chips_power_and_observed_cost(tmp_path: Path) -> None:
    """Half of 100 chips; 2 kW a chip less cooling of 1.3; 5 million US$ for 100 chips are 50 a thousand."""
    changes = ask("epoch-data-centres", made_up("epoch-data-centres", tmp_path), "Nairobi=cassava_nbo@0.5").changes
    found = {change.column: change.new for change in changes}

    assert found["capacity_h100e"] == 50
    assert found["kw_per_h100e"] == pytest.approx(2 / 1.3, rel=1e-5)
    assert found["capital_musd_per_kh100e"] == pytest.approx(50)


def test_growth_is_the_share_of_five_years(tmp_path: Path) -> None:
    """From 11 to 17 TWh in five years: 1.2 TWh a year, 137 MW, of which a fiftieth."""
    change = only(ask("owid-electricity", made_up("owid-electricity", tmp_path), "Kenya=z_rift@0.02").changes)

    assert change.new == pytest.approx(0.02 * 1.2e6 / 8760, rel=1e-5)
    assert change.evidence.low == pytest.approx(0.02 * 1.0e6 / 8760, rel=1e-5)
    assert change.evidence.high == pytest.approx(0.02 * 2.0e6 / 8760, rel=1e-5)


def test_growth_without_a_share_feeds_nothing(tmp_path: Path) -> None:
    """How much of a grid's growth may serve computing is the planner's to say: without it, no number."""
    proposal = ask("owid-electricity", made_up("owid-electricity", tmp_path), "Kenya=z_rift")

    assert proposal.changes == ()
    assert any("no share" in str(problem) for problem in proposal.warnings)


def test_price_is_the_mean_of_twelve_months(tmp_path: Path) -> None:
    """101 to 112 euro are 106.5 on average, in US$ at the rate that was given."""
    change = only(ask("ember", made_up("ember", tmp_path), "Kenya=z_coast", rate=1.1).changes)

    assert change.new == pytest.approx(1.1 * 106.5)
    assert change.evidence.low == pytest.approx(111.1)
    assert change.evidence.high == pytest.approx(123.2)
    assert change.evidence.grade is Grade.ESTIMATE  # a wholesale price taken for one at the meter


def test_share_of_power_counts_owners_unknown(tmp_path: Path) -> None:
    """200 of 2,000 MW are a tenth; 1,000 MW without an owner may all be theirs."""
    change = only(ask("wri-plants", made_up("wri-plants", tmp_path), "Lake=z_nairobi_powers_lake_turkana").changes)

    assert (change.new, change.evidence.low, change.evidence.high) == (0.1, 0.1, 0.6)


def test_kit_counts_its_last_year_on_the_grid(tmp_path: Path) -> None:
    """800 of 2,000 MW in the last year; the year before and what stands on no grid do not count."""
    path = made_up("ccg-starter-kit", tmp_path)
    file = load("kenya")
    free = tuple(replace(h, share=0.0) if h.resource == "z_rift" else h for h in file.holds)
    proposal = ask("ccg-starter-kit", path, "Geothermal=z_rift_powers_kengen", country=replace(file, holds=free))

    assert only(proposal.changes).new == pytest.approx(0.4)
    assert proposal.left_out == ("Off-grid Solar PV: stands on no grid",)


def test_language_share_feeds_an_outcome_counted_so(tmp_path: Path) -> None:
    """10 % of pages, up to 12.5 % when the unknown fifth is spread; an outcome in another unit is not fed."""
    file = load("kenya")
    row = Outcome("web", "tutor", "Pages in Swahili", "% of pages", None, None)
    file = replace(file, outcomes=(*file.outcomes, row))
    change = only(
        ask("commoncrawl-languages", made_up("commoncrawl-languages", tmp_path), "swa=web", country=file).changes
    )

    assert (change.old, change.new, change.evidence.high) == (None, 10.0, 12.5)


def test_token_price_and_the_day_of_retirement(tmp_path: Path) -> None:
    """Four parts read to one written: 0.8 × 1 + 0.2 × 6 = 2; the retirement goes to the calendar."""
    proposal = ask("litellm-prices", made_up("litellm-prices", tmp_path), "maker-5=gpt")
    change = only(proposal.changes)

    assert change.new == pytest.approx(2.0)
    assert (change.evidence.low, change.evidence.high) == (0.4, 4.0)  # the file's own range holds it, and stays
    assert change.evidence.note == "2 sellers of this model ask from 2 to 3."
    assert [(d.date, d.kind, d.subject) for d in proposal.dates] == [(date(2027, 5, 1), DateKind.RETIREMENT, "gpt")]


@pytest.mark.parametrize("source", sorted({*SOURCES} - {"commoncrawl-languages"}))  # feeds no row of Kenya's file
def test_evidence_says_where_the_number_stands(source: str, tmp_path: Path) -> None:
    """Every change names file, row, column and factor, publisher and grade, and a range that holds the number."""
    changes = ask(source, made_up(source, tmp_path), *links_of(source)).changes
    assert changes
    for change in changes:
        known = change.evidence
        assert known.source_file == made_up(source, tmp_path).name
        assert known.source_row
        assert known.source_column
        assert known.source_factor
        assert known.publisher == SOURCES[source].publisher
        assert known.low is not None
        assert known.high is not None
        assert known.low <= change.new <= known.high
