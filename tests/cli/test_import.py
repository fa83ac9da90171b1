"""`tillerman import` as people use it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.importers.conftest import made_up
from tillerman.cli.commands.import_ import SourceName
from tillerman.country import load, write
from tillerman.importers import SOURCES


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Kenya's file as one's own."""
    return write(load("kenya"), tmp_path / "mine")


def test_every_source_can_be_asked_for() -> None:
    """The command knows the sources of the registry, and posture declarations."""
    assert set(SourceName) == {*SOURCES, "posture-declarations"}


def test_dry_run_writes_nothing(program: Program, own: Path, tmp_path: Path) -> None:
    """The table of changes is shown with evidence, and the file stays."""
    before = {path.name: path.read_bytes() for path in own.iterdir()}
    chips = str(made_up("epoch-chips", tmp_path))
    done = program("import", "epoch-chips", chips, "--into", str(own), "--map", "Twice=konza", "--dry-run")

    assert done.code == 0
    assert "kw_per_h100e" in done.out
    assert "Nothing is written: this was a dry run." in done.out
    assert {path.name: path.read_bytes() for path in own.iterdir()} == before


def test_changes_stay_whole_at_eighty_columns(
    program: Program, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal of 80 columns no word of the table is broken; where each number stands in the source is below."""
    monkeypatch.setenv("COLUMNS", "80")
    prices = str(made_up("litellm-prices", tmp_path))

    done = program("import", "litellm-prices", prices, "--into", str(own), "--map", "maker-5=gpt", "--dry-run")

    lines = done.out.splitlines()
    (row,) = [line for line in lines if line.startswith("models gpt price_usd_per_mtok")]
    assert "reported" in row
    assert max(map(len, lines)) <= 80
    assert lines[lines.index("Read from") + 1].startswith(" - models gpt price_usd_per_mtok: model=maker-5:")


def test_folder_instead_of_a_source(program: Program, own: Path) -> None:
    """A folder where a published file is expected is called one, by its name."""
    done = program("import", "epoch-chips", ".", "--into", str(own))

    assert done.code == 2
    assert "- .: found a folder; expected a readable file." in done.err


def test_import_writes_and_says_so(program: Program, own: Path, tmp_path: Path) -> None:
    """Without --dry-run the number and its evidence are in the file."""
    prices = str(made_up("litellm-prices", tmp_path))
    done = program("import", "litellm-prices", prices, "--into", str(own), "--map", "maker-5=gpt", "--json")

    assert json.loads(done.out)["is_written"] is True
    assert next(model for model in load(own).models if model.id == "gpt").price_usd_per_mtok == 2.0


def test_shipped_file_is_not_written_over(program: Program, tmp_path: Path) -> None:
    """A shipped country can be looked at with --dry-run, and is never changed."""
    chips = str(made_up("epoch-chips", tmp_path))
    done = program("import", "epoch-chips", chips, "--into", "kenya", "--map", "Twice=konza")

    assert done.code == 2
    assert "Make a copy first: tillerman convert kenya my-kenya" in done.err


def test_file_of_problems_exits_with_two(program: Program, own: Path, tmp_path: Path) -> None:
    """Every problem goes to standard error, and nothing is written."""
    before = load(own)
    chips = made_up("epoch-chips", tmp_path)
    chips.write_text(chips.read_text("utf-8").replace("1400", "1.400,5").replace("500", "n/a"), "utf-8")
    done = program("import", "epoch-chips", str(chips), "--into", str(own), "--map", "Twice=konza")

    assert done.code == 2
    assert "chips.csv" in done.err
    assert load(own) == before


def test_declarations_come_and_go(program: Program, own: Path, tmp_path: Path) -> None:
    """Export writes what the file declares; import reads it back and says what is new."""
    said = tmp_path / "said.json"
    said.write_text(
        json.dumps(
            {
                "format": "tillerman posture declarations 1",
                "country": "KE",
                "declarations": [
                    {
                        "id": "halls", "layer": "compute", "posture": "control", "text": "Own halls.",
                        "title": "AI Strategy", "publisher": "Cabinet",
                    }
                ],
            }
        ),
        "utf-8",
    )  # fmt: skip
    done = program("import", "posture-declarations", str(said), "--into", str(own))
    assert "Compute: control. Own halls. (AI Strategy)" in done.flat
    assert [row.id for row in load(own).declarations] == ["halls"]

    back = tmp_path / "back.json"
    program("import", "posture-declarations", str(back), "--into", str(own), "--export")
    assert json.loads(back.read_text("utf-8"))["declarations"][0]["text"] == "Own halls."


def test_unknown_name_is_met_with_the_nearest(program: Program, own: Path, tmp_path: Path) -> None:
    """A slip in a link offers the name that was meant."""
    chips = str(made_up("epoch-chips", tmp_path))
    done = program("import", "epoch-chips", chips, "--into", str(own), "--map", "Twice=konsa")

    assert done.code == 2
    assert "Nearest known: konza" in done.err


def test_form_of_thirty_numbers_is_not_written_over(program: Program, tmp_path: Path) -> None:
    """A form's answers would be lost among the rows made from them: it is refused before anything is read."""
    form = tmp_path / "kenya-form.xlsx"
    program("new", str(form), "--country", "Kenya")
    before = form.read_bytes()
    chips = str(made_up("epoch-chips", tmp_path))
    done = program("import", "epoch-chips", chips, "--into", str(form))

    assert done.code == 2
    assert "a full country file, not a form of thirty numbers" in done.err
    assert form.read_bytes() == before
