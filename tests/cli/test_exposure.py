"""`tillerman exposure`: who can withdraw what, and what keeps running then."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tillerman.country import Country, load, shipped, write
from tillerman.country.aliases import anonymous
from tillerman.exposure import Exposure, assess
from tillerman.labels import Cause
from tillerman.words import words

SHIPPED = ", ".join(shipped())
HEADINGS = ("What keeps running", "How free we are, layer by layer", "Every single withdrawal", "Who can withdraw what")


LONG = pytest.mark.time_limit(seconds=90, reason="assesses all of Kenya, on a machine that other tests share")


@pytest.fixture(scope="module", autouse=True)
def assessed_once() -> Iterator[None]:
    """Kenya is assessed once for all tests here that ask the same of it."""
    known: dict[tuple[object, ...], Exposure] = {}

    def remembered(
        country: Country, *, without: tuple[str, ...] = (), because: Cause | None = None, year: int | None = None
    ) -> Exposure:
        key = (country.content_hash, without, because, year)
        if key not in known:
            known[key] = assess(country, without=without, because=because, year=year)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tillerman.exposure.assess", remembered)
        yield


def test_screen_tells_the_finding_first(program: Program) -> None:
    """The finding stands above everything, each part has its heading, and the standard sentence closes."""
    done = program("exposure", "hand")

    assert done.code == 0
    assert done.flat.index("0 of 1 critical services stop") < done.flat.index(HEADINGS[0])
    assert [done.flat.index(heading) for heading in HEADINGS] == sorted(done.flat.index(h) for h in HEADINGS)
    assert "does not predict the conduct of any state or firm" in done.flat


@LONG
def test_every_service_shows_its_fallback_or_that_there_is_none(program: Program) -> None:
    """Each critical service of Kenya has a line that names its fallback, or says that none is recorded."""
    done = program("exposure", "kenya")
    critical = [service for service in load("kenya").services if service.tier == 1]

    assert done.flat.count("Fallback: ") == len(critical)
    assert "Fallback: none is recorded." in done.flat
    assert "Fixed rules and limits in the payment system (Safaricom), 1 hour to switch; never tested." in done.flat


@LONG
def test_withdrawals_are_sorted_by_consequence_and_include_home(program: Program) -> None:
    """Every party, jurisdiction, vendor, connection and zone is in the list, home too, and the worst comes first."""
    found = json.loads(program("exposure", "kenya", "--json").out)["withdrawals"]
    least = [min(item["kept"].values()) for item in found]

    assert {item["kind"] for item in found} == {"party", "jurisdiction", "vendor", "route", "zone"}
    assert any(item["is_home"] for item in found)
    assert all(a <= b + 1e-6 for a, b in pairwise(least))
    assert set(found[0]["kept"]) == {"7d", "90d", "1y", "5y"}


def test_because_gives_the_cause(program: Program) -> None:
    """What is withdrawn is withdrawn for the cause that was asked for, and which promises hold depends on it."""
    found = {
        cause: json.loads(program("exposure", "hand", "--json", "--without", "farco", "--because", cause).out)["asked"]
        for cause in ("chooses", "ordered", "cannot")
    }
    assert {cause: asked["cause"] for cause, asked in found.items()} == {cause: cause for cause in found}
    assert len({json.dumps(asked["kept_all"]) for asked in found.values()}) > 1


def test_without_answers_for_all_named_at_once(program: Program) -> None:
    """Several names are withdrawn together, whatever their case; --cut is another word for --without."""
    one = json.loads(program("exposure", "hand", "--json", "--without", "FARCO").out)["asked"]
    two = json.loads(program("exposure", "hand", "--json", "--cut", "farco", "--without", "xa").out)["asked"]

    assert one["id"] == "farco"
    assert two["id"] == "farco+XA"
    assert all(two["kept_all"][h] <= one["kept_all"][h] for h in one["kept_all"])


def test_withdrawn_together_are_named_in_chinese(program: Program) -> None:
    """Suppliers withdrawn at once, and those that only deliver, go by the Chinese names of the file."""
    shown = program("exposure", "hand", "--without", "farco", "--without", "chipco", "--lang", "zh-Hant").out

    assert "若沒有 Farco（外國服務的模型業者與營運者）與Chipco（晶片供應商）" in shown
    assert "Chipco（晶片供應商）：僅其供貨" in shown


def test_states_go_by_name_on_the_screen_and_by_code_for_programs(program: Program) -> None:
    """A state is named on the screen, asked about by code or name, and stands by its code in the JSON."""
    named = program("exposure", "kenya", "--without", "united kingdom")
    coded = json.loads(program("exposure", "kenya", "--without", "GB", "--json").out)

    assert "Without United Kingdom" in named.flat
    assert "United States (all that its orders reach)" in named.flat
    assert not re.search(r"\b(GB|ZA|KE|TW)\b", named.out)
    assert coded["asked"]["id"] == coded["asked"]["name"] == "GB"
    assert "US" in {row["id"] for row in coded["withdrawals"]}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("exposure", "hand", "--without", "farc"),
            "--without: found 'farc'; expected a name from the file. Nearest known: farco.",
        ),
        (
            ("exposure", "hnd"),
            f"expected the name of a shipped file ({SHIPPED}), a folder or an .xlsx workbook. Nearest known: hand",
        ),
        (("exposure", "hand", "--year", "2050"), "--year: found 2050; expected a year from 2027 to 2028."),
        (("exposure", "no/such/folder"), "no such file or folder"),
        (("exposure",), "Missing argument"),
        (("exposure", "hand", "--surprise"), "No such option"),
    ],
)
def test_bad_request_is_refused_by_name(program: Program, arguments: tuple[str, ...], says: str) -> None:
    """A wrong name, year or option ends with code 2, says so on standard error, and prints nothing else."""
    done = program(*arguments)

    assert done.code == 2
    assert says in done.err
    assert done.out == ""
    assert "Traceback" not in done.err


def test_year_looks_ahead(program: Program) -> None:
    """A later year is assessed with nothing new decided until then."""
    assert json.loads(program("exposure", "hand", "--year", "2028", "--json").out)["year"] == 2028


@LONG
@pytest.mark.parametrize("shape", [(), ("--json",)])
def test_anonymous_answer_carries_no_name(program: Program, shape: tuple[str, ...]) -> None:
    """With --anonymous no party, jurisdiction or resource of Kenya is named, on a screen or in JSON, by id or name."""
    country = load("kenya")
    done = program("exposure", "kenya", "--anonymous", *shape)
    names = [party.name for party in country.parties] + [resource.name for resource in country.resources]
    flat = done.flat.replace("US$", "")
    codes = {j for party in country.parties for j in party.jurisdictions} - {"KE"}

    assert done.code == 0
    assert [name for name in names if name in done.flat] == []
    assert [code for code in codes if f'"{code}"' in flat or f" {code} " in flat or f"({code}" in flat] == []
    assert "supplier 1" in done.flat


def test_anonymous_answer_to_a_question(program: Program) -> None:
    """What was asked about by name is answered by number."""
    found = json.loads(program("exposure", "hand", "--anonymous", "--without", "farco", "--cut", "XA", "--json").out)

    assert found["asked"]["name"] == "supplier 1 and jurisdiction 1"
    assert found["asked"]["id"] == "supplier-1+jurisdiction-1"


def test_aliases_are_unique() -> None:
    """Two parties never share an alias, and home is called home."""
    country = load("kenya")
    names = anonymous(country, words("en"))
    ids = [party.id for party in country.parties] + [resource.id for resource in country.resources]
    called = [names.of(name) for name in ids]

    assert len(set(called)) == len(called)
    assert names.of("KE") == "home"


def test_nothing_in_a_file_can_disturb_the_terminal(program: Program, tmp_path: Path) -> None:
    """Markup and line breaks in a name are printed as they are or as spaces; nothing is coloured or moved by them."""
    folder = write(load("hand"), tmp_path / "odd")
    text = (folder / "services.csv").read_text("utf-8")
    (folder / "services.csv").write_text(text.replace("Tutor for pupils", "Tutor [red]for[/red] \u202epupils"), "utf-8")
    parties = (folder / "parties.csv").read_text("utf-8")
    (folder / "parties.csv").write_text(parties.replace("Farco, maker", "[bold]Farco[/bold]\u2028, maker"), "utf-8")

    done = program("exposure", str(folder))

    assert done.code == 0
    assert "[bold]Farco[/bold] , maker" in done.flat
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
    assert "\u2028" not in done.out


@pytest.mark.time_limit(seconds=30, reason="starts the program afresh, on a machine that other tests share")
def test_program_loads_no_compiler_or_tables() -> None:
    """The command runs without table, compiler or model-building libraries, which take seconds to load."""
    code = (
        "import sys; from tillerman.cli import app; app(['exposure', 'hand', '--json'], standalone_mode=False);"
        "print(sorted({'linopy', 'numba', 'pandas', 'xarray', 'altair'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stderr.strip() == "[]"
