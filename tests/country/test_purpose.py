"""A half-filled file says how far it gets you, and what is missing for the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.country.mistakes import change, hand
from tillerman.country import Country, Purpose, check, load, problems_of, write
from tillerman.country.purpose import NEEDS
from tillerman.errors import CountryFileError


def _half() -> Country:
    """A file that knows the stack and its use, and nothing yet of the world outside."""
    evidence = tuple(row for row in hand().evidence if row.table != "disruptions")
    return replace(hand(), disruptions=(), climates=(), options=(), evidence=evidence)


def test_a_whole_file_allows_everything(tmp_path: Path) -> None:
    """Nothing is missing in a whole file."""
    report = check(write(hand(), tmp_path / "a"))
    assert all(report.allows(purpose) for purpose in Purpose)
    assert report.lines() == ("load: possible", "exposure: possible", "plan: possible")


def test_a_half_filled_file_allows_exposure(tmp_path: Path) -> None:
    """Without the world outside, exposure is possible and a plan is not; the report names what a plan needs."""
    folder = write(_half(), tmp_path / "a")
    report = check(folder)
    assert [purpose for purpose in Purpose if report.allows(purpose)] == [Purpose.LOAD, Purpose.EXPOSURE]
    assert [gap.where for gap in report.missing[Purpose.PLAN]] == ["climates", "disruptions"]
    assert "plan: not yet possible" in report.lines()
    assert load(folder, purpose=Purpose.EXPOSURE) == _half()
    with pytest.raises(CountryFileError, match="what may stop, and how often, which plan needs"):
        load(folder)


def test_a_frame_alone_can_be_loaded(tmp_path: Path) -> None:
    """The first file of a ministry may hold the frame alone."""
    (tmp_path / "country.toml").write_bytes((write(hand(), tmp_path / "full") / "country.toml").read_bytes())
    report = check(tmp_path)
    assert report.allows(Purpose.LOAD)
    assert {gap.where for gap in report.missing[Purpose.PLAN]} == {need.table for need in NEEDS}


def test_a_fixed_table_lacks_a_row(tmp_path: Path) -> None:
    """A table whose rows are given names the row that is missing: missing is never zero."""
    part = replace(hand(), trends=hand().trends[1:])
    [gap] = check(write(part, tmp_path / "a")).missing[Purpose.EXPOSURE]
    assert gap.found == "no row for token_price"
    assert "write 0 where nothing changes" in gap.remedy


def test_money_may_be_nothing_and_use_may_not() -> None:
    """A budget of 0 is a legitimate budget; a country that uses nothing has nothing to plan."""
    poor = replace(hand(), frame=replace(hand().frame, budget_musd_per_year=0.0))
    assert problems_of(poor) == ()
    idle = hand()
    for service in ("clinic", "school", "office"):
        idle = change("services", service, demand_muse_per_year=0.0)(idle)
    assert [problem.found for problem in problems_of(idle) if problem.severity == "error"] == ["no demand at all"]
