"""An import changes what it says and nothing else, in a folder and in a workbook, whole or not at all."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import tillerman.country.writing as writing_module
from tests.importers.conftest import ask, made_up
from tillerman.country import Country, diff, load, to_workbook, write
from tillerman.country.notes import Declaration, DeclaredPosture
from tillerman.errors import CountryFileError
from tillerman.importers import accept, read_declarations, save, written_declarations
from tillerman.labels import Layer

CONTROL = Declaration(
    "halls", Layer.COMPUTE, DeclaredPosture.CONTROL, date(2030, 1, 1), "Own halls", "Strategy", "Cabinet", None, None
)
STEER = Declaration(
    "law", Layer.GOVERNANCE, DeclaredPosture.STEER, None, "Own law", "Act", "Parliament", "gazette 7", date(2025, 2, 3)
)


@pytest.fixture(params=["mine", "mine.xlsx"])
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Kenya's file as one's own, as a folder and as a workbook."""
    path = tmp_path / str(request.param)
    kenya = load("kenya")
    return to_workbook(kenya, path) if path.suffix else write(kenya, path)


def test_only_what_is_told_changes(own: Path, tmp_path: Path) -> None:
    """The file differs by the proposed number, its row of evidence and the date for the calendar."""
    before = load(own)
    proposal = ask("litellm-prices", made_up("litellm-prices", tmp_path), "maker-5=gpt", country=before)
    save(accept(before, proposal), own)

    told = [str(change) for change in diff(before, load(own))]
    assert told[0] == "models, gpt: price_usd_per_mtok 1.5 → 2 US$/million tokens"
    assert all(text.startswith(("evidence, models gpt", "dates, gpt_retired")) for text in told[1:])
    assert len(load(own).evidence) == len(before.evidence)


def test_same_import_twice_changes_nothing_more(own: Path, tmp_path: Path) -> None:
    """The second time the numbers are there, and the date is not told again."""
    before = load(own)
    for _ in range(2):
        now = load(own)
        save(accept(now, ask("litellm-prices", made_up("litellm-prices", tmp_path), "maker-5=gpt", country=now)), own)

    assert len(load(own).dates) == len(before.dates) + 1


def test_nothing_is_half_written(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails in the middle leaves the file as it was."""
    before = load(own)
    changed = accept(before, ask("epoch-chips", made_up("epoch-chips", tmp_path), "Saver=konza", country=before))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing_module, "_put_in_place", full)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        save(changed, own)

    assert diff(before, load(own)) == ()
    assert {path.name for path in own.parent.iterdir()} <= {own.name, "chips.csv"}


@pytest.fixture
def declared() -> Country:
    """Kenya with two declarations."""
    return replace(load("kenya"), declarations=(CONTROL, STEER))


def test_declarations_go_both_ways(declared: Country, tmp_path: Path) -> None:
    """What is exported comes back equal, blanks and dates too; what is there already is not told as new."""
    path = tmp_path / "said.json"
    path.write_text(written_declarations(declared), "utf-8")

    back, fresh, same = read_declarations(load("kenya"), path)
    assert back.declarations == fresh == (CONTROL, STEER)
    assert same == ()
    assert read_declarations(back, path)[1:] == ((), (CONTROL, STEER))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"control"', '"contol"', "Did you mean 'control'?"),
        ('"KE"', '"FR"', "the country of the file"),
        ('"halls"', '"law"', "a second time"),
        ('"2030-01-01"', '"1/1/2030"', "with hyphens"),
        ('"publisher"', '"publischer"', "Did you mean 'publisher'?"),
        ('"Own halls"', "7", "Put it in double quotes"),
        ("declarations 1", "declarations 2", "posture declarations 1"),
        ("]\n}", "]", "broken JSON"),
    ],
)
def test_declarations_that_are_wrong(declared: Country, tmp_path: Path, old: str, new: str, says: str) -> None:
    """Each mistake is told with its place."""
    path = tmp_path / "said.json"
    path.write_text(written_declarations(declared).replace(old, new), "utf-8")

    with pytest.raises(CountryFileError) as caught:
        read_declarations(load("kenya"), path)
    assert says in str(caught.value)
