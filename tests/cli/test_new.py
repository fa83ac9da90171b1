"""`tillerman new`: a file of one's own; and what an answer from thirty numbers says about itself."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Program
from tests.country.thirty.forms import form_of, only
from tillerman.country.thirty import QUESTIONS, open_form
from tillerman.country.thirty.form_writing import write_form


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of its own."""
    monkeypatch.chdir(tmp_path)


def test_starts_a_form_with_what_the_name_tells(program: Program) -> None:
    """`new ghana` writes one workbook, says what is known from the name and what is open, and check takes it."""
    done = program("new", "ghana")
    assert done.code == 0
    assert "Known from the name: Ghana, GH, GHS." in done.flat
    assert "Grid operator" in done.out
    assert open_form("ghana.xlsx").answers == {}
    checked = program("check", "ghana.xlsx")
    assert checked.code == 0
    assert "0 of 33 questions are answered" in checked.flat
    assert "Answer population first." in checked.flat


def test_starts_a_folder_in_chinese(program: Program) -> None:
    """With --folder comes a CSV file; with --lang its words, and the answer, are Chinese."""
    done = program("new", "mine", "--country", "肯亞", "--folder", "--lang", "zh-Hant")
    assert "已寫入" in done.out
    assert [path.name for path in Path("mine").iterdir()] == ["thirty.csv"]
    assert "全國有多少人口" in Path("mine/thirty.csv").read_text("utf-8")
    assert open_form("mine").about.code == "KE"


def test_json_lists_open_questions(program: Program) -> None:
    """With --json every open question comes with who has it and how long that takes."""
    view = json.loads(program("new", "ghana", "--json").out)
    assert view["kind"] == "thirty"
    assert [question["key"] for question in view["questions"]] == [question.key for question in QUESTIONS]
    assert all(question["hours"] > 0 and question["holder"] for question in view["questions"])


@pytest.mark.parametrize("kind", [[], ["--folder"]], ids=["workbook", "folder"])
@pytest.mark.parametrize("source", [[], ["--from", "hand", "--country", "GH"]], ids=["form", "structure"])
def test_never_writes_over(program: Program, kind: list[str], source: list[str]) -> None:
    """What is there stays as it is, byte by byte, and nothing is left behind."""
    name = Path("mine" if kind else "mine.xlsx")
    if kind:
        name.mkdir()
        (name / "notes.txt").write_text("mine")
    else:
        name.write_text("mine")
    done = program("new", "mine", *kind, *source)
    assert done.code == 2
    assert "a name that is free" in done.err
    assert (name / "notes.txt" if kind else name).read_text() == "mine"
    assert [path.name for path in Path().iterdir()] == [name.name]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["mine", "--country", "Atlantis"], "a name or a code from the Unicode CLDR"),
        (["mine", "--from", "kenya"], "Name it with --country"),
        (["mine", "--from", "kenya", "--grow", "x.xlsx"], "either --from or --grow"),
        ([""], "a name for the new file"),
        ([".."], "a name for the new file"),
        (["mine.pdf"], "a name ending in .xlsx, or none"),
    ],
)
def test_refuses_what_cannot_be_meant(program: Program, arguments: list[str], says: str) -> None:
    """A country that nobody knows, and options that clash, are refused before anything is written."""
    done = program("new", *arguments)
    assert done.code == 2
    assert says in " ".join(done.err.split())
    assert not list(Path().iterdir())


def test_copies_a_structure(program: Program) -> None:
    """`--from` counts the numbers that are unknown by table, and says whose names they are."""
    done = program("new", "mine", "--from", "hand", "--country", "GH")
    assert "the structure without any value" in done.flat
    assert "Names and links are those of the other file" in done.flat
    view = json.loads(program("new", "other", "--from", "hand", "--country", "GH", "--json").out)
    assert {"table": "sites", "n": 32} in view["blank"]
    assert program("check", "mine.xlsx").code == 2


def test_a_structure_explains_itself_in_chinese(program: Program) -> None:
    """With --lang the notes above its columns are Chinese too."""
    program("new", "ghana", "--from", "hand", "--lang", "zh-Hant")
    notes = [cell.comment.text for cell in openpyxl.load_workbook("ghana.xlsx")["sites"][1] if cell.comment]

    assert notes[0].startswith("設施類的資源。\n請填：文字。")


def test_grows_step_by_step(program: Program) -> None:
    """`--grow` adds the second sheet first, then writes the full file, which answers as the form did."""
    write_form(form_of(name="a"), Path("a.xlsx"))
    second = program("new", "b", "--grow", "a.xlsx")
    assert "33 answers are kept." in second.flat
    assert "The second sheet asks for" in second.flat
    full = program("new", "c", "--grow", "b.xlsx", "--folder")
    assert "the full file, with every answer kept and marked" in full.flat
    assert (Path("c") / "country.toml").is_file()
    hashes = [json.loads(program("check", name, "--json").out)["input_hash"] for name in ("a.xlsx", "b.xlsx", "c")]
    assert len(set(hashes)) == 1


def test_exposure_says_what_it_rests_on(program: Program) -> None:
    """Exposure of a form tells what was answered, which peers stand in, how far it moves, and what is missing."""
    write_form(form_of(without=["internet_share", "firm_spare", "relied"], name="a"), Path("a.xlsx"))
    done = program("exposure", "a.xlsx")
    assert "30 of 33 questions are answered" in done.flat
    assert "Peer range for 'internet_share'" in done.flat
    assert "Everything that is possible" in done.out
    assert "where new halls can be fed: the energy layer and every new hall" in done.flat
    assert "Energy" in next(line for line in done.out.splitlines() if line.startswith("Not measured"))
    assert "Between" in done.flat


def test_exposure_as_json_carries_ranges(program: Program) -> None:
    """With --json the ranges contain the answer at the middle, and every question stands with its status."""
    write_form(form_of(without=["links", "movable"], name="a"), Path("a.xlsx"))
    view = json.loads(program("exposure", "a.xlsx", "--json").out)
    basis = view["basis"]
    assert {item["key"]: item["status"] for item in basis["standings"]}["movable"] == "whole"
    spans = {row["service"]: row for row in basis["ranges"]["services"]}
    for service in view["services"]:
        if service["tier"] == 1:
            span = spans[service["service"]]["any_one"]
            assert span["low"] <= service["any_one"] <= span["high"]
    assert basis["ranges"]["n_stopping"]["low"] <= view["n_stopping"] <= basis["ranges"]["n_stopping"]["high"]
    assert any(row["any_one"]["low"] < row["any_one"]["high"] for row in spans.values())


def test_wider_answers_give_a_wider_range(program: Program) -> None:
    """What is answered exactly moves less than what is left open."""
    form = form_of(name="a")
    exact = form.at({key: figure.middle for key, figure in form.figures.items()})
    widths = []
    for name, each in (("a", form), ("b", exact)):
        write_form(each, Path(f"{name}.xlsx"))
        ranges = json.loads(program("exposure", f"{name}.xlsx", "--json").out)["basis"]["ranges"]
        widths.append(sum(row["any_one"]["high"] - row["any_one"]["low"] for row in ranges["services"]))
    assert widths[1] == pytest.approx(0)
    assert widths[0] > 0.1


def test_a_full_file_says_nothing_of_thirty_numbers(program: Program) -> None:
    """A file that was not made of thirty numbers has no such part."""
    assert json.loads(program("exposure", "hand", "--json").out)["basis"] is None


def test_plan_rests_on_what_is_there(program: Program) -> None:
    """A plan on people alone is possible, and says how little it rests on."""
    write_form(only("population", "public_people"), Path("a.xlsx"))
    done = program("plan", "a.xlsx", "--futures", "3")
    assert done.code == 0
    assert "2 of 33 questions are answered" in done.flat
    report = Path("a-plan.html").read_text("utf-8")
    assert "this is a file of thirty numbers. 2 of 33 questions are answered" in report
    assert "Not answered: where new halls can be fed" in report
