"""A study file gives back what was saved, or says why it cannot be trusted."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.archive.layout import LAYOUT, layout
from tillerman.archive import SCHEMA_VERSION, open_study, save
from tillerman.errors import StudyError
from tillerman.plan import Asked, Interval, Levers, LeverSubset, LeverWorth, Plan
from tillerman.testing import random_country


def tables(path: Path) -> dict[str, int]:
    """How many rows each table of a file has."""
    with closing(sqlite3.connect(path)) as base:
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: len(base.execute(f'SELECT position FROM "{name}"').fetchall()) for name in names}  # noqa: S608 - own names


def test_what_is_saved_is_what_is_opened(plan: Plan, tmp_path: Path) -> None:
    """Opening a saved study gives an equal plan, with an equal country of the same name and hash."""
    found = open_study(save(plan, tmp_path / "hand.study"))

    assert found == plan
    assert found.country.name == plan.country.name
    assert found.input_hash == plan.input_hash


def test_opened_study_answers_further_questions(plan: Plan, tmp_path: Path) -> None:
    """Postures of today, which are not stored, come out of an opened study as out of the plan itself."""
    found = open_study(save(plan, tmp_path / "hand.study"))

    assert found.today.posture_rows == plan.today.posture_rows


def test_same_plan_same_bytes(plan: Plan, tmp_path: Path) -> None:
    """Saving twice gives the same bytes, so that a study can be compared and signed."""
    first, second = (save(plan, tmp_path / name).read_bytes() for name in ("a.study", "b.study"))

    assert first == second


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), objective=st.floats(allow_nan=False), text=st.text(st.characters(codec="utf-8")))
def test_any_country_and_number_survives(plan: Plan, tmp_path: Path, seed: int, objective: float, text: str) -> None:
    """Every cell of a made-up country, any number and any text come back as they were."""
    country = random_country(seed)
    odd = replace(
        plan,
        country=country,
        today=replace(plan.today, country=country, year=country.frame.first_year),
        certificate=replace(plan.certificate, objective_musd=objective, method=text),
    )

    assert open_study(save(odd, tmp_path / "odd.study")) == odd


def test_questions_that_were_asked_are_kept(plan: Plan, tmp_path: Path) -> None:
    """Answers with lists in them come back equal; a study of no questions has no table of theirs and opens too."""
    nothing, some = Interval(0.0, 0.0), Interval(-1.5, 2.5)
    found = Levers(
        joint=some,
        rows=(LeverWorth(1, True, some, some, nothing), LeverWorth(2, False, nothing, nothing, nothing)),
        subsets=(LeverSubset((), some), LeverSubset((1,), nothing)),
        widest=0.04,
        is_narrow=True,
        without_targets=False,
        gross_musd=10.0,
        n_priced=7,
    )
    asked = replace(plan, asked=Asked(levers=found))
    path = save(asked, tmp_path / "asked.study")

    assert open_study(path) == asked
    assert open_study(path) != plan
    assert tables(path)["asked_levers_rows"] == 2
    bare = tables(save(plan, tmp_path / "bare.study"))
    assert not [name for name in bare if name.startswith("asked_")]


def test_study_is_readable_without_this_program(plan: Plan, tmp_path: Path) -> None:
    """Decisions, services and the country's own tables are plain tables with a row for each record."""
    path = save(plan, tmp_path / "hand.study")
    found = tables(path)

    assert found["decisions"] == len(plan.decisions)
    assert found["services"] == len(plan.services)
    assert found["input_services"] == len(plan.country.services)
    assert found["today_singles"] == len(plan.today.singles)
    assert found["certificate"] == found["request"] == found["plan"] == 1
    with closing(sqlite3.connect(path)) as base:
        names = [name for (name,) in base.execute("SELECT name FROM decisions ORDER BY position")]
    assert names == [decision.name for decision in plan.decisions]


def test_layout_changes_only_with_its_version() -> None:
    """A change of the tables needs a new version number (then: python -m tests.archive.layout)."""
    assert LAYOUT.read_text("utf-8") == layout()
    assert LAYOUT.name == f"layout-{SCHEMA_VERSION}.txt"


def execute(statement: str) -> Callable[[Path], None]:
    """A way to spoil a study: run one statement on it."""

    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as base:
            base.execute(statement)
            base.commit()

    return spoil


def cut_short(path: Path) -> None:
    """Keep the first half of a file."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def remove(path: Path) -> None:
    """Take the file away."""
    path.unlink()


def write_text(path: Path) -> None:
    """Put a text in its place."""
    path.write_text("not a database", "utf-8")


def write_other_base(path: Path) -> None:
    """Put another database in its place."""
    path.unlink()
    execute("CREATE TABLE t (a)")(path)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (remove, r"no such file"),
        (write_text, r"damaged study"),
        (cut_short, r"damaged study"),
        (write_other_base, r"another kind of database"),
        (execute("PRAGMA user_version = 99"), r"a study of format 99; expected format"),
        (execute("DROP TABLE decisions"), r"damaged study .*decisions"),
        (execute("DELETE FROM certificate"), r"damaged study"),
        (execute("DELETE FROM plan"), r"damaged study"),
        (execute("DELETE FROM study WHERE key = 'input_hash'"), r"damaged study"),
        (execute("CREATE VIEW more AS SELECT * FROM decisions"), r"found views or triggers"),
        (execute("CREATE TRIGGER t AFTER INSERT ON plan BEGIN DELETE FROM plan; END"), r"found views or triggers"),
        (execute("ALTER TABLE plan ADD COLUMN more AS (zeroblob(900000000)) VIRTUAL"), r"found computed columns"),
        (execute("UPDATE study SET value = zeroblob(9000000) WHERE key = 'country'"), r"damaged study .*too big"),
        (execute("UPDATE decisions SET amount = 'much'"), r"damaged study .*'much' is no float"),
        (execute("UPDATE today_singles SET kept = '5'"), r"damaged study"),
        (execute("UPDATE input_services SET people_million = 11"), r"country file that was changed after"),
    ],
)
def test_spoilt_study_is_refused(plan: Plan, tmp_path: Path, spoil: Callable[[Path], None], says: str) -> None:
    """A file that is missing, strange, damaged, of another format or changed afterwards is refused in words."""
    path = save(plan, tmp_path / "hand.study")
    spoil(path)

    with pytest.raises(StudyError, match=says) as caught:
        open_study(path)

    assert str(path) in str(caught.value)


def test_failed_saving_leaves_the_old_study(plan: Plan, tmp_path: Path) -> None:
    """When saving fails half way, the older file stands untouched and nothing else is left."""
    path = save(plan, tmp_path / "hand.study")
    before = path.read_bytes()
    broken = replace(plan, periods=(object(),))  # type: ignore[arg-type]  # the point of the test

    with pytest.raises(TypeError, match="object has no place in a study"):
        save(broken, path)

    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["hand.study"]
