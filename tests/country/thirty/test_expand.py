"""From answers to a country: sound whatever is known, honest about what is not, quick, and the same for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import Phase, given, settings

from tests.country.thirty.forms import ABOUT, form_of, forms, only
from tillerman.country import Country, problems_of
from tillerman.country.numbers import numbers
from tillerman.country.thirty import QUESTIONS, About, Form, Status, basis_of
from tillerman.country.thirty.sheet import MARK
from tillerman.errors import SettingError, UnknownNameError
from tillerman.labels import Grade

_NO_SHRINKING = (Phase.explicit, Phase.generate)  # a form is small as it stands, and each try costs a tenth of a second
_COLUMNS, _ROWS = 400, 80  # of a state: the limits of the country file


def _errors(country: Country) -> list[str]:
    return [str(problem) for problem in problems_of(country) if problem.severity == "error"]


@given(form=forms())
@settings(max_examples=30, deadline=None, phases=_NO_SHRINKING)
def test_any_form_gives_a_sound_country(form: Form) -> None:
    """Whatever is answered, the country has no error; without people it just serves nobody."""
    country = form.country()
    errors = _errors(country)
    if country.services:
        assert not errors
    else:
        assert all("some service" in error or "services" in error for error in errors)


@given(form=forms())
@settings(max_examples=20, deadline=None, phases=_NO_SHRINKING)
def test_numbers_lie_within_their_ranges(form: Form) -> None:
    """Each number lies within the range that its evidence tells."""
    for number in numbers(form.country()):
        item = number.evidence
        if item is not None and item.low is not None and item.high is not None:
            assert item.low <= number.value <= item.high, number


@given(form=forms())
@settings(max_examples=20, deadline=None, phases=_NO_SHRINKING)
def test_draws_are_sound_and_repeat(form: Form) -> None:
    """Draws lie within the ranges, give sound countries, and are the same for the same seed."""
    drawn = list(form.draws(2, seed=3))
    assert drawn == list(form.draws(2, seed=3))
    for values in drawn:
        for key, value in values.items():
            assert form.figures[key].low <= value <= form.figures[key].high
        country = form.at(values).country()
        assert not country.services or not _errors(country)


def test_answers_stand_to_the_last_digit() -> None:
    """An answer that goes straight into a column stands there with its range, and is marked as answered."""
    form = form_of()
    country = form.country()
    direct = {
        "power_price": ("zones", "grid", "power_price_usd_per_mwh"),
        "public_chips": ("sites", "public_hall", "capacity_h100e"),
        "engineers": ("talent", "ai_ops", "fte"),
        "budget": ("frame", None, "budget_musd_per_year"),
        "relied": ("services", "health_desk", "relied_share"),
        "enforced": ("agreements", "us_access", "honoured_chooses"),
    }
    evidence = {(item.table, item.row, item.column): item for item in country.evidence}
    for key, place in direct.items():
        item, answer = evidence[place], form.answers[key]
        assert (item.low, item.high) == (answer.low, answer.high)
        assert item.source_row == f"{key}={Status.ANSWERED}"
        assert item.source_file == MARK


def test_a_source_raises_the_grade() -> None:
    """An answer with a source is reported, and the source is told; one without is an assumption."""
    form = form_of()
    told = replace(form.answers["engineers"], source="Public Service Commission, list of 3 March 2026")
    sourced = replace(form, answers={**form.answers, "engineers": told})
    for one, grade in ((form, Grade.ASSUMPTION), (sourced, Grade.REPORTED)):
        item = next(e for e in one.country().evidence if (e.table, e.column) == ("talent", "fte") and e.row == "ai_ops")
        assert item.grade is grade
        assert item.publisher == one.answers["engineers"].source


def test_no_number_is_silent() -> None:
    """Every number that is not structure says in its evidence why it is what it is."""
    country = form_of().country()
    silent = [n for n in numbers(country) if n.evidence is None and n.value not in {0, 1, 2, 3, 7}]
    assert {n.column for n in silent} <= _STRUCTURE, {(n.table, n.row, n.column, n.value) for n in silent}
    assert all(item.title for item in country.evidence)


# Columns without a range: the calendar, the working year, and shares of programmes that are general.
_STRUCTURE = {
    "base_year",
    "first_year",
    "hours_per_year",
    "available_from",
    "release_year",
    "lever",
    "lead_years",
    "public_share",
    "tier",
    "max_scale",
    "share",
    "depth",
}


def test_missing_is_never_zero() -> None:
    """What nobody knows and nothing stands in for is not in the file at all."""
    left_out: dict[str, Callable[[Country], bool]] = {
        "firm_spare": lambda c: not c.zones,
        "links": lambda c: not any(r.kind == "cable" for r in c.resources),
        "private_chips": lambda c: "private_hall" not in c.by_id["sites"],
        "engineers": lambda c: "ai_ops" not in c.by_id["talent"],
        "health_people": lambda c: "health_desk" not in c.by_id["services"],
        "home_data": lambda c: "home_files" not in c.by_id["services"],
        "paid_abroad": lambda c: c.frame.exchange_musd_per_year is None,
        "exchange_rate": lambda c: c.frame.currency == "USD",
    }
    whole = form_of().country()
    for key, is_gone in left_out.items():
        assert not is_gone(whole), key
        assert is_gone(form_of(without=[key]).country()), key


def test_no_home_run_where_nobody_knows() -> None:
    """Without an answer about what runs at home, nothing is said to run there, and the rest adds up to one."""
    country = form_of(without=["home_share"]).country()
    shares = [d.share_easy for d in country.deployments if d.service == "health_desk"]
    assert sum(shares) == pytest.approx(1)
    assert not any(d.route.endswith("_hall") for d in country.deployments if d.service == "health_desk")


def test_shares_add_up_to_one() -> None:
    """What the three shares leave runs with makers elsewhere."""
    shares = {d.route: d.share_easy for d in form_of().country().deployments if d.service == "health_desk"}
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["other"] == pytest.approx(1 - 0.7 - 0.1 - 0.06)


def test_basis_tells_every_question() -> None:
    """A country knows of each question whether it was answered, stands on peers, is wholly open, or is missing."""
    form = form_of(without=["firm_spare", "internet_share", "relied", "peak"])
    basis = basis_of(form.country())
    assert basis is not None
    assert basis.keys(Status.LEFT_OUT) == ("peak", "firm_spare")
    assert basis.keys(Status.WHOLE) == ("relied",)
    assert basis.keys(Status.PEERS) == ("internet_share",)
    assert len(basis.keys(Status.ANSWERED)) == len(QUESTIONS) - 4
    told = next(item.told for item in basis.standings if item.key == "internet_share")
    assert re.fullmatch(r"Peer range for 'internet_share': .* median .*, \d+ economies \(.*\) \[.*\]", told)


def test_answers_that_meet_no_number_still_count_as_answered() -> None:
    """The highest demand goes nowhere without spare power; it was answered all the same."""
    basis = basis_of(form_of(without=["firm_spare"]).country())
    assert basis is not None
    assert "peak" in basis.keys(Status.ANSWERED)


def test_a_full_file_has_no_basis() -> None:
    """A file that was not made of thirty numbers says so."""
    from tillerman.country import load

    assert load("hand").basis() is None
    assert form_of().country().basis() is not None


def test_known_at_one_value() -> None:
    """A question answered exactly gives that number, and says so; wrong names and values are refused."""
    form = form_of()
    exact = form.at({"power_price": 99.5}).country()
    assert exact.by_id["zones"]["grid"].power_price_usd_per_mwh == 99.5  # type: ignore[attr-defined]
    with pytest.raises(UnknownNameError, match="power_prise"):
        form.at({"power_prise": 1.0})
    with pytest.raises(SettingError, match="power_price"):
        form.at({"power_price": -1.0})


def test_nothing_depends_on_which_country_it_is() -> None:
    """Two countries with the same answers differ in names and codes only."""
    one = form_of()
    other = form_of(about=About("Peru", "PE", ("PE",), "PEN", ABOUT.languages, 1))
    values = [[(n.table, n.row, n.column, n.value) for n in numbers(form.country())] for form in (one, other)]
    assert values[0] == values[1]


def test_home_bloc_makes_no_makers_abroad() -> None:
    """Where Europe's law is home law, makers elsewhere are not Europe's."""
    country = form_of(about=replace(ABOUT, name="France", code="FR", home=("FR", "EU"))).country()
    assert country.by_id["parties"]["other"].jurisdictions == ("XO",)  # type: ignore[attr-defined]
    assert not _errors(country)


def test_unmeasured_languages_fall_back_to_english() -> None:
    """A language in which no model was measured cannot be planned in; English stands in."""
    country = form_of(about=replace(ABOUT, languages=("en", "tw", "gaa"))).country()
    assert {service.languages for service in country.services} == {("en",)}
    assert {s.languages for s in form_of(about=replace(ABOUT, languages=("tw",))).country().services} == {("en",)}


def test_only_people_are_enough_to_begin() -> None:
    """With people alone answered, there is a country with general services; most of the rest is missing."""
    country = only("population").country()
    assert {service.id for service in country.services} == {"tutor", "assistants", "coding"}
    assert not _errors(country)


def test_expanding_is_quick() -> None:
    """A thousand draws are a matter of seconds: one takes less than a tenth of a second."""
    form = form_of()
    form.country()
    begun = process_time()
    for values in form.draws(10, seed=1):
        form.at(values).country()
    assert process_time() - begun < 1.0


def test_state_stays_small() -> None:
    """A state of the fullest form keeps within the limits of a country file."""
    from tillerman.dispatch import compile_dispatch

    layout = compile_dispatch(form_of().country()).layout
    assert layout.n_rows <= _ROWS
    assert layout.n_columns <= _COLUMNS
