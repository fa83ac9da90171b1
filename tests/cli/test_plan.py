"""`tillerman plan`: the plan on the screen, as JSON and as files; and every way in which it says no."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tillerman import study
from tillerman.archive import open_study, save
from tillerman.country import load, replace_number, write
from tillerman.errors import ClashError

ORDER = (
    "critical services stop if one supplier or state abroad leaves; with the plan,",
    "What keeps running",
    "What to do",
    "What to keep ready, and where it runs",
    "How free we are with the plan",
    "Three things to balance",
    "The most serious single loss, with the plan",
    "What it costs: three accounts",
    "Beside it: other plans",
    "Annex: how it was calculated",
    "Written",
    "does not predict the conduct of any state or firm",
)
FILES = {"hand-plan.html", "hand-plan.xlsx", "hand.study", "hand.search"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder for results, not made yet."""
    return tmp_path / "results"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: Path, program: Program) -> Path:
    """The pack `hand` with a stored study beside it, in a place where a test may change it."""
    packs = tmp_path / "packs"
    shutil.copytree(study.PACKS / "hand", packs / "hand")
    assert program("plan", "hand", "--futures", "2", "--out", str(out)).code == 0
    shutil.copy(out / "hand.study", packs / "hand" / "hand.study")
    monkeypatch.setattr("tillerman.study.PACKS", packs)
    return packs / "hand" / "hand.study"


def test_plan_is_told_in_order_and_written(program: Program, out: Path) -> None:
    """The screen keeps to the order of the brief; report, workbook and study are written, and nothing else."""
    done = program("plan", "hand", "--futures", "5", "--out", str(out))
    places = [done.flat.index(part) for part in ORDER]

    assert done.code == 0
    assert places == sorted(places)
    assert {path.name for path in out.iterdir()} == FILES
    assert open_study(out / "hand.study").request.n_futures == 5
    assert load(out / "hand-plan.xlsx").content_hash == load("hand").content_hash


def test_workshop_words_stay_in_the_annex(program: Program, out: Path) -> None:
    """Seed, scenarios and tolerance are told in the annex only."""
    screen = program("plan", "hand", "--futures", "5", "--out", str(out)).flat
    before = screen[: screen.index("Annex")]

    for word in ("seed", "cenarios", "tolerance", "solver", "objective"):
        assert word not in before
    assert "seed 1" in screen


def test_json_says_what_was_asked_and_found(program: Program, out: Path) -> None:
    """The object carries the request, the proof, the decisions, the files and the hash of the file."""
    arguments = ("--futures", "4", "--seed", "7", "--risk-aversion", "0.5", "--budget", "XTS 50m", "--no-geopolitics")
    found = json.loads(program("plan", "hand", "--json", "--out", str(out), *arguments).out)

    assert (found["n_futures"], found["seed"], found["risk_aversion"]) == (4, 7, 0.5)
    assert found["budget_musd_per_year"] == 50
    assert found["geopolitics"] is False
    assert found["input_hash"] == load("hand").content_hash
    assert found["lower_bound_musd"] <= found["objective_musd"] + 1e-9
    assert found["cvar_musd"] is None
    assert found["cvar_reason"]
    assert {Path(path).name for path in found["files"].values()} == FILES
    assert {row["posture"]["horizon"] for row in found["postures"]} == {"7d", "90d", "1y", "5y"}
    for row in (row["posture"] for row in found["postures"]):
        shares = [row[name] for name in ("control", "steer", "maker", "taker")]
        assert row["reason"] if shares[0] is None else sum(shares) == pytest.approx(1)


def test_currency_asked_for_comes_first(program: Program, out: Path) -> None:
    """Amounts stand in the country's currency with US$ beside it, or the other way round when asked."""
    euro = replace(load("hand"), frame=replace(load("hand").frame, currency="EUR", currency_per_usd=2.0))
    folder = str(write(euro, out / "euro"))

    own = program("plan", folder, "--futures", "2", "--out", str(out), "--budget", "EUR 100m").flat
    dollar = program("plan", folder, "--futures", "2", "--out", str(out), "--currency", "usd", "--budget", "50m").flat

    assert "Budget EUR 100 million (US$ 50 million) a year" in own
    assert "Budget US$ 50 million (EUR 100 million) a year" in dollar


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--budget", "250"), "--budget: found '250'"),
        (("--budget", "GBP 5m"), "'GBP' is not a currency of this file"),
        (("--currency", "GBP"), "--currency: found 'GBP'"),
        (("--futures", "0"), "futures: found 0; expected 1 to"),
        (("--risk-aversion", "1.5"), "risk_aversion: found 1.5; expected 0 to 1"),
        (("--risk-aversion", "nan"), "risk_aversion: found nan"),
        (("--seed", "-1"), "seed: found -1"),
        (("--futures", "many"), "--futures: found 'many'"),
        (("--seed", "many"), "Invalid value"),
    ],
)
def test_bad_setting_is_refused_before_any_work(
    program: Program, out: Path, arguments: tuple[str, ...], says: str
) -> None:
    """A setting that cannot be is refused by name with code 2; nothing is written."""
    done = program("plan", "hand", "--out", str(out), *arguments)

    assert done.code == 2
    assert says in done.err
    assert done.out == ""
    assert not out.exists()


def test_bad_file_writes_nothing(program: Program, out: Path) -> None:
    """A country file with problems ends with code 2, every problem on standard error, and no file."""
    folder = write(load("hand"), out.parent / "mine")
    (folder / "holds.csv").write_text(
        (folder / "holds.csv").read_text("utf-8").replace("farco,api", "farc,api"), "utf-8"
    )

    done = program("plan", str(folder), "--out", str(out))

    assert done.code == 2
    assert "found 'farc'; expected" in done.err
    assert not out.exists()


def test_clash_names_the_rules(program: Program, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When no plan satisfies all the rules the code is 3 and each clashing rule has its line; nothing is written."""

    def refuse(*_: object, **__: object) -> None:
        raise ClashError(["budget of 2027", "target: clinic kept without XA"])

    monkeypatch.setattr("tillerman.plan.base.find", refuse)
    done = program("plan", "hand", "--out", str(out))

    assert done.code == 3
    assert "  - budget of 2027\n  - target: clinic kept without XA\n" in done.err
    assert not list(out.glob("*"))


def test_folder_that_is_a_file_is_refused(program: Program, tmp_path: Path) -> None:
    """--out must be a folder."""
    (tmp_path / "taken").write_text("mine", "utf-8")

    done = program("plan", "hand", "--out", str(tmp_path / "taken"))

    assert done.code == 2
    assert "--out: found" in done.err
    assert (tmp_path / "taken").read_text("utf-8") == "mine"


def test_plan_never_replaces_the_file_it_is_made_from(program: Program, out: Path) -> None:
    """Planning from hand-plan.xlsx into its own folder is refused, because the workbook would be overwritten."""
    assert program("plan", "hand", "--futures", "2", "--out", str(out)).code == 0
    before = (out / "hand-plan.xlsx").read_bytes()

    done = program("plan", str(out / "hand-plan.xlsx"), "--futures", "2", "--out", str(out))

    assert done.code == 2
    assert "would replace the file it is made from" in done.err
    assert (out / "hand-plan.xlsx").read_bytes() == before


def test_failure_while_writing_leaves_nothing_half_done(
    program: Program, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk fails while the last file is written, none of the three is there; the search stays."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "hand.study")

    monkeypatch.setattr("tillerman.study.save", fail)
    done = program("plan", "hand", "--futures", "2", "--out", str(out))

    assert done.code == 1
    assert "No space left on device" in done.err
    assert [path.name for path in out.iterdir()] == ["hand.search"]


def test_stored_answer_comes_first(program: Program, shipped: Path, out: Path) -> None:
    """A shipped country shows its stored first screen, marked with the file's hash, before anything is calculated."""
    done = program("plan", "hand", "--futures", "3", "--out", str(out))
    mark = load("hand").content_hash[:12]

    assert f"First, the stored answer for this file (2 possible futures, file {mark})" in done.flat
    assert done.flat.count("What keeps running") == 2
    assert shipped.exists()


def test_stale_stored_answer_is_named_and_left_out(program: Program, shipped: Path, out: Path) -> None:
    """A stored answer of another version of the file is said to be one, and is not shown."""
    old = open_study(shipped)
    changed = replace_number(old.country, "services", "clinic", "people_million", 11.0)
    save(replace(old, country=changed, today=replace(old.today, country=changed)), shipped)

    done = program("plan", "hand", "--futures", "3", "--out", str(out))

    assert done.code == 0
    assert f"of another version of this file ({changed.content_hash[:12]})" in " ".join(done.err.split())
    assert done.flat.count("What keeps running") == 1


def test_unreadable_stored_answer_does_not_stop_the_plan(program: Program, shipped: Path, out: Path) -> None:
    """A damaged stored answer is said to be one, and the plan is made all the same."""
    shipped.write_text("damaged", "utf-8")

    done = program("plan", "hand", "--futures", "3", "--out", str(out))

    assert done.code == 0
    assert "The stored answer cannot be shown" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs another operating system: sends an interrupt")
@pytest.mark.time_limit(seconds=60, reason="starts the program afresh and interrupts it, on a machine that is shared")
def test_interruption_leaves_a_message_and_no_file(out: Path) -> None:
    """Ctrl-C while planning ends with code 130, a message and nothing written."""
    command = [sys.executable, "-m", "tillerman", "plan", "kenya", "--futures", "200", "--out", str(out)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    # A shell that runs the tests in the background ignores Ctrl-C for them, and what they start would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    ) as running:
        signal.signal(signal.SIGINT, before)
        assert running.stderr is not None
        assert running.stderr.readline()  # it has begun
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
        code = running.wait()

    assert code == 130, rest
    assert "Stopped. No result was written." in rest
    assert "Traceback" not in rest
    assert {path.name for path in out.glob("*")} <= {"kenya.search"}


@pytest.mark.slow  # dask waits ten seconds for whoever is not there
@pytest.mark.parametrize("futures", ["3", "auto"])
def test_a_scheduler_that_is_not_there_is_refused(program: Program, out: Path, futures: str) -> None:
    """One line that names the option, also where the states would be too few to send; nothing is kept."""
    done = program("plan", "hand", "--futures", futures, "--scheduler", "tcp://127.0.0.1:9", "--out", str(out))
    assert done.code == 2
    assert "--scheduler: found" in done.err
    assert not list(out.glob("*"))


def test_a_cluster_that_is_not_asked_is_told(program: Program, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some twenty states are solved here, and the screen does not let anybody think that workers did it."""
    monkeypatch.setattr("tillerman.twostage.cluster.connect", lambda _address: None)
    done = program("plan", "hand", "--futures", "3", "--scheduler", "tcp://127.0.0.1:9", "--out", str(out))
    assert done.code == 0
    assert "The cluster was not asked" in done.err


def test_auto_has_no_search_to_resume(program: Program, out: Path) -> None:
    """`--futures auto --resume` is refused rather than one half of it ignored."""
    done = program("plan", "hand", "--futures", "auto", "--resume", "--out", str(out))
    assert done.code == 2
    assert "--resume: found '--futures auto'; expected a number of futures" in done.err


def test_a_stopped_auto_says_how_to_go_on(program: Program, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while futures are added names the number whose search is kept."""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tillerman.plan.auto.enough_futures", stopped)
    done = program("plan", "hand", "--futures", "auto", "--out", str(out))
    assert done.code == 130
    assert "run again with --futures 20 --resume" in " ".join(done.err.split())
    assert program("plan", "hand", "--futures", "20", "--resume", "--out", str(out)).code == 0


def test_certify_is_named_where_it_is_refused(program: Program, out: Path) -> None:
    """Not `--futures`, which was not said."""
    done = program("plan", "hand", "--certify", "0", "--out", str(out))
    assert done.code == 2
    assert "--certify: found 0; expected 1 to 5,000,000" in done.err


@pytest.mark.slow
def test_a_cluster_makes_the_same_plan(program: Program, tmp_path: Path) -> None:
    """States solved by two worker processes give the plan that this process makes, in all its digits."""
    pytest.importorskip("distributed", reason="needs the extra `cluster`")
    from tests.twostage.test_cluster import Cluster

    cluster = Cluster(tmp_path)
    try:
        flags = ("--futures", "2", "--json", "--out")
        there = json.loads(program("plan", "kenya", "--scheduler", cluster.address, *flags, str(tmp_path / "a")).out)
    finally:
        cluster.close()
    here = json.loads(program("plan", "kenya", *flags, str(tmp_path / "b")).out)
    for found in (there, here):
        del found["solve_seconds"], found["files"]
    assert there == here
