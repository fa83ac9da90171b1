"""A search that was stopped, however rudely, goes on from its file to an interval around the same optimum."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tillerman.country import Country, load
from tillerman.errors import SettingError
from tillerman.plan.base import Prepared, find, prepare
from tillerman.plan.kept import resumed
from tillerman.plan.request import make_request
from tillerman.twostage import Outcome

ROUNDS = 25  # after which the search is killed; it takes some fifty
SEARCH = """
import sys
from pathlib import Path
import tillerman.twostage.search
from tillerman.country import load
from tillerman.plan.base import find, prepare
from tillerman.plan.request import make_request

tillerman.twostage.search.SAVE_EVERY_S = 0.0
country = load("kenya")
prepared = prepare(country, make_request(country, futures=2, tolerance=0.02))
find(prepared, checkpoint=Path(sys.argv[1]), progress=lambda _stage, bounds: print(bounds is not None, flush=True))
"""


def kenya_with(futures: int = 2, *, budget: float | None = None) -> Prepared:
    """The problem of the search above, or one beside it."""
    country = load("kenya")
    return prepare(country, make_request(country, futures=futures, tolerance=0.02, budget_musd_per_year=budget))


@pytest.mark.skipif(sys.platform == "win32", reason="needs another operating system: kills a process")
@pytest.mark.slow
def test_a_killed_search_goes_on_to_the_same_optimum(tmp_path: Path) -> None:
    """Kill -9 in the middle; what is taken up again is certified, begins ahead, and agrees with an undisturbed one."""
    path = tmp_path / "kenya.search"
    with subprocess.Popen([sys.executable, "-c", SEARCH, str(path)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for _ in range(ROUNDS):
            assert running.stdout.readline()
        running.kill()
    prepared = kenya_with()
    memory = resumed(prepared, path)
    assert memory is not None
    assert len(memory.cuts) > 0

    again = find(prepared, memory=memory, checkpoint=path).best
    whole = find(prepared).best

    assert again.outcome is whole.outcome is Outcome.CERTIFIED
    assert again.iterations < whole.iterations
    assert again.lower_bound <= whole.objective + 1e-6 * abs(whole.gross)
    assert whole.lower_bound <= again.objective + 1e-6 * abs(whole.gross)


def test_a_finished_search_answers_at_once(hand: Country, tmp_path: Path) -> None:
    """What was proved once is not looked for again: the same plan and bounds come back."""
    prepared, path = prepare(hand, make_request(hand, futures=4)), tmp_path / "hand.search"
    first = find(prepared, checkpoint=path).best
    again = find(prepared, memory=resumed(prepared, path)).best

    assert again.objective == pytest.approx(first.objective, rel=1e-9)
    assert again.lower_bound == pytest.approx(first.lower_bound, rel=1e-6)


def test_other_money_takes_the_search_up(hand: Country, tmp_path: Path) -> None:
    """What the states of the world make of a decision does not depend on the budget or on the fear of the worst."""
    path = tmp_path / "hand.search"
    find(prepare(hand, make_request(hand, futures=4)), checkpoint=path)
    request = make_request(hand, futures=4, budget_musd_per_year=0.5, risk_aversion=0.0)
    prepared = prepare(hand, request)

    found = find(prepared, memory=resumed(prepared, path)).best

    assert found.objective == pytest.approx(find(prepare(hand, request)).best.objective, rel=1e-6)


def test_nothing_kept_is_nothing_to_go_on_from(hand: Country, tmp_path: Path) -> None:
    """Where no search is kept, one begins anew."""
    assert resumed(prepare(hand, make_request(hand, futures=2)), tmp_path / "hand.search") is None


@pytest.mark.parametrize("other", ["futures", "seed", "file"])
def test_another_search_is_refused_in_one_line(hand: Country, tmp_path: Path, other: str) -> None:
    """The search of another file, other futures or another seed is refused, with what was expected."""
    path = tmp_path / "hand.search"
    find(prepare(hand, make_request(hand, futures=4)), checkpoint=path)
    service = hand.services[0]
    dear = replace(
        hand, services=(replace(service, value_usd_per_use=2 * service.value_usd_per_use), *hand.services[1:])
    )
    country, request = {
        "file": (dear, make_request(dear, futures=4)),
        "futures": (hand, make_request(hand, futures=5)),
        "seed": (hand, make_request(hand, futures=4, seed=5)),
    }[other]
    with pytest.raises(SettingError, match=r"--resume: found 'hand.search, a search of another file") as caught:
        resumed(prepare(country, request), path)
    assert "\n" not in str(caught.value)
    assert f"{request.n_futures} futures, seed {request.seed}" in str(caught.value)


def test_what_is_no_search_is_refused(hand: Country, tmp_path: Path) -> None:
    """A file that holds something else is named."""
    path = tmp_path / "hand.search"
    path.write_text("a shopping list", "utf-8")
    with pytest.raises(SettingError, match=r"expected a search kept by an earlier run"):
        resumed(prepare(hand, make_request(hand, futures=2)), path)
