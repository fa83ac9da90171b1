"""What can be said to have happened, and what is refused with the way to say it."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from tillerman.country import Country, diff, load, problems_of
from tillerman.errors import SettingError, UnknownNameError
from tillerman.happenings import KINDS, HappeningKind, after, read, withdrawn
from tillerman.labels import HoldKind

TODAY = date(2026, 11, 22)


@cache
def kenya() -> Country:
    """Kenya's file with an empty calendar, opened once."""
    return replace(load("kenya"), dates=())


def told(text: str, country: Country | None = None) -> list[str]:
    """What a sentence changes in the file, dates and evidence apart."""
    before = country or kenya()
    changed = after(before, read(before, text), TODAY)
    return [str(change) for change in diff(before, changed) if change.table not in {"dates", "evidence"}]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("price of gpt times 3", ["models, gpt: price_usd_per_mtok 1.5 → 4.5 US$/million tokens"]),
        ("Price of z_rift x 2.", ["zones, z_rift: power_price_usd_per_mwh 70 → 140 US$/MWh"]),
        ("demand for courts times 2", ["services, courts: demand_muse_per_year 7.5 → 15 million uses/year"]),
        ("order by United States on licenses, operates for 18 days", ["disruptions, happened_order_US: added"]),
        ("Safaricom taken over by AE", ["parties, safaricom: jurisdictions KE;ZA;GB → KE;ZA;GB;AE"]),
        ("international fails for 20 days", ["disruptions, happened_fails_international: added"]),
        ("gemini is retired", ["disruptions, happened_retired_gemini: added"]),
        ("a_cassava signed", ["agreements, a_cassava: is_signed false → true"]),
        ("f_courts tested", ["fallbacks, f_courts: last_tested blank → 2026-11-22"]),
        ("campus_g42 confirmed", ["agreements, a_campus: delivery campus → confirmed_campus_g42"]),
        ("state_olk cancelled", ["sites, state_olk: delivery olkaria → cancelled_state_olk"]),
    ],
)
def test_each_sentence_changes_what_it_says(text: str, changes: list[str]) -> None:
    """One example of each kind, by id or by name, in any case."""
    assert changes[0] in told(text)


def test_every_kind_has_an_example_above() -> None:
    """No kind is without its sentence; a party that leaves has its own test below."""
    seen = {read(kenya(), text).kind for text, _ in _examples()} | {HappeningKind.LEAVES}
    assert seen == set(HappeningKind) == {kind.kind for kind in KINDS}


def _examples() -> list[tuple[str, list[str]]]:
    (mark,) = [m for m in test_each_sentence_changes_what_it_says.pytestmark if m.name == "parametrize"]  # type: ignore[attr-defined]
    examples: list[tuple[str, list[str]]] = mark.args[1]
    return examples


def test_who_leaves_for_good_offers_nothing_more() -> None:
    """Agreements on offer with a party that has left can never be signed; for some days they wait."""
    changes = told("OpenAI leaves")
    assert "disruptions, happened_leaves_openai: added" in changes
    assert "agreements, a_frontier_a: first_year 2027 → 2100 year" in changes

    assert told("openai leaves for 90 days") == ["disruptions, happened_leaves_openai: added"]


def test_what_has_happened_is_certain_and_dated() -> None:
    """The row among disruptions is certain in every climate, names the day, and is no one's view of geopolitics."""
    changed = after(kenya(), read(kenya(), "order by US on licenses for 18 days"), TODAY)
    row = changed.disruptions[-1]

    assert (row.chance_normal, row.chance_strained, row.chance_broken) == (1, 1, 1)
    assert row.duration_days == 18
    assert row.hold_kinds == (HoldKind.LICENSES,)
    assert not row.is_geopolitical
    assert (row.precedent or "").startswith("2026-11-22")


@pytest.mark.parametrize("text", [text for text, _ in _examples()] + ["OpenAI leaves", "price of chips times 2"])
def test_the_file_stays_sound(text: str) -> None:
    """After each happening the file has no error, and one dated row about it; twice gives two rows."""
    before = kenya()
    changed = after(before, read(before, text), TODAY)

    assert not [problem for problem in problems_of(changed) if problem.severity == "error"]
    assert [row.text for row in changed.dates] == [" ".join(text.split()).rstrip(".")]
    again = replace(before, dates=changed.dates)
    assert len({row.id for row in after(again, read(again, text), TODAY).dates}) == 2


def test_a_changed_number_keeps_its_evidence_and_range() -> None:
    """The range moves along with the number, and the evidence says what it was before, and from where."""
    changed = after(kenya(), read(kenya(), "price of gpt times 3"), TODAY)
    (row,) = [e for e in changed.evidence if (e.table, e.row, e.column) == ("models", "gpt", "price_usd_per_mtok")]

    assert (row.low, row.high, row.published) == (1.2, 12.0, TODAY)
    assert row.title == "Something happened: price of gpt times 3"
    assert (row.note or "").startswith("Before: 1.5, List price")


@pytest.mark.parametrize(
    "text", ["the sky falls", "", "OpenAI", "price of gpt times -1", "price of gpt", "openai leave"]
)
def test_unknown_text_lists_what_can_be_said(text: str) -> None:
    """Nothing is guessed: every shape is listed, with names that exist in the file."""
    with pytest.raises(SettingError) as caught:
        read(kenya(), text)

    assert all(kind.shape in str(caught.value) for kind in KINDS)
    assert "suppliers ke_gov" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("Opnai leaves", "openai"), ("price of jemini times 3", "gemini"), ("Safaricom taken over by Frence", "france")],
)
def test_unknown_name_offers_the_nearest(text: str, nearest: str) -> None:
    """A slip in a name offers the one that was meant."""
    with pytest.raises(UnknownNameError, match=nearest):
        read(kenya(), text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("gemini fails", "for how many days"),
        ("price of llama times 3", "no such price"),
        ("order by US on owning", "kinds of hold"),
        ("demand for courts times 1", "a change of a number"),
        ("Safaricom taken over by GB", "do not reach"),
        ("azure_api confirmed", "Nothing of this file waits for it"),
    ],
)
def test_what_says_nothing_new(text: str, says: str) -> None:
    """A sentence that is understood and changes nothing is refused with the reason."""
    with pytest.raises(SettingError, match=says):
        after(kenya(), read(kenya(), text), TODAY)


def test_who_withdraws_is_known_to_exposure() -> None:
    """A supplier that leaves and a state that orders are asked about today; a price is not."""
    assert withdrawn(read(kenya(), "OpenAI leaves")) == "openai"
    assert withdrawn(read(kenya(), "order by United States")) == "US"
    assert withdrawn(read(kenya(), "price of gpt times 3")) is None
