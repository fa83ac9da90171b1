"""A study of influence as a file: written whole, opened equal, refused clearly."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from tillerman.country import Country, load, shipped
from tillerman.errors import StudyError
from tillerman.labels import Grade
from tillerman.plan.influence_change import Part, Terms
from tillerman.plan.influence_file import read_influence, stored_influence, write_influence
from tillerman.plan.influence_result import Influence, InfluenceStudy, Resolved
from tillerman.plan.interval import Interval

ROW = Influence(
    table="services",
    row="clinic",
    column="value_usd_per_use",
    value=1.0,
    low=0.5,
    high=2.0,
    unit="US$/use",
    grade=Grade.REPORTED,
    parts=(Part.SIDES, Part.COST),
    screened_by="prices",
    estimate_low=9.0,
    estimate_high=-18.0,
    resolved=Resolved(Interval(8.5, 9.0), Interval(-18.0, -17.25), Interval(-27.0, -25.75)),
    is_distinguishable=True,
)
STUDY = InfluenceStudy(
    country="Handland (invented)",
    content_hash="ab" * 32,
    terms=Terms(n_futures=7, seed=3),
    objective_musd=-32.958,
    lower_bound_musd=-32.96,
    gross_musd=10.242,
    n_without_range=4,
    rows=(
        ROW,
        replace(ROW, grade=Grade.ASSUMPTION, resolved=Resolved(Interval(0, 0), Interval(1, 2), Interval(1, 2))),
        replace(ROW, table="frame", row=None, column="discount_rate", resolved=None, is_distinguishable=False),
        replace(
            ROW,
            parts=(),
            resolved=None,
            estimate_low=None,
            estimate_high=None,
            screened_by='not screened: found 2, "more" than 1',
        ),
    ),
)


def test_written_and_opened_is_the_same(tmp_path: Path) -> None:
    """Every field comes back, the blank ones too."""
    write_influence(STUDY, tmp_path / "influence.csv")
    assert read_influence(tmp_path / "influence.csv") == STUDY
    assert [path.name for path in tmp_path.iterdir()] == ["influence.csv"]  # nothing half-written is left


def test_same_study_same_bytes(tmp_path: Path) -> None:
    """Written twice, the bytes are equal."""
    for name in ("one.csv", "two.csv"):
        write_influence(STUDY, tmp_path / name)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_lines_carry_rank_and_interval(tmp_path: Path) -> None:
    """The table reads without this program: rank, number, grade, class and the interval of its influence."""
    write_influence(STUDY, tmp_path / "influence.csv")
    lines = [line for line in (tmp_path / "influence.csv").read_text("utf-8").splitlines() if not line.startswith("#")]
    first = next(csv.DictReader(lines))
    assert first["rank"] == "1"
    assert first["changes"] == "right-hand side; cost"
    assert (first["influence_low_musd"], first["influence_high_musd"]) == ("-27", "-25.75")
    assert (first["is_resolved"], first["grade"]) == ("true", "reported")


def test_summary_counts_what_is_known() -> None:
    """Better than an assumption are the resolved ones of any other grade; unscreened ones are named."""
    assert len(STUDY.top) == 2
    assert STUDY.better_than_assumption == 1
    assert STUDY.not_screened == (STUDY.rows[3],)


def test_an_interval_without_an_end_does_not_lead_the_ranking() -> None:
    """Where a re-solve knows a change from one side only, the estimate says how large it may be."""
    half = replace(ROW, resolved=Resolved(Interval(0.0, float("inf")), Interval(-1.0, 1.0), Interval(-1.0, 1.0)))
    assert half.size == 9.0 + 18.0
    assert ROW.size == 8.75 + 17.625


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# version = 1", "# version = 9", r"found version '9'; expected '1'"),
        ("# seed = 3", "# seed = three", r"expected a study of influence"),
        ("reported", "rumour", r"expected a study of influence"),
        ("# content_hash", "# hash", r"expected a study of influence"),
    ],
)
def test_a_file_that_is_no_study_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Another version and a broken file are named, with what to do."""
    path = tmp_path / "influence.csv"
    write_influence(STUDY, path)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(StudyError, match=message):
        read_influence(path)


def test_nothing_is_stored_for_a_file_of_ones_own() -> None:
    """Only shipped countries have a stored study."""
    assert stored_influence("my-file") is None


@pytest.mark.parametrize("name", shipped())
def test_a_stored_study_speaks_of_numbers_in_the_file(name: str) -> None:
    """Every row of a shipped study names a number that the shipped file has."""
    study, country = stored_influence(name), load(name)
    assert [row for row in (study.rows if study else ()) if not _has(country, row)] == []


def _has(country: Country, row: Influence) -> bool:
    record = country.frame if row.row is None else country.by_id[row.table].get(row.row)
    return record is not None and hasattr(record, row.column)


def test_half_of_kenyas_most_influential_numbers_are_better_than_assumed() -> None:
    """The shipped study planned anew for fifty numbers, and at least half of them have a source or an estimate."""
    study = stored_influence("kenya")
    assert study is not None
    assert len(study.top) == 50
    assert study.better_than_assumption >= 25
    assert study.not_screened == ()
