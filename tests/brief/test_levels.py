"""What a level must not see stands in no byte of what is written for it: page, PDF and Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from tests.brief.reading import docx_xml, pdf_text, squeezed
from tillerman.brief import compose
from tillerman.brief.html import render_html
from tillerman.brief.pdf import render_pdf
from tillerman.brief.word import render_docx
from tillerman.country import Country, load
from tillerman.country.choices import Concession
from tillerman.country.names import territory
from tillerman.country.notes import Translation
from tillerman.exposure import Keeper, WithdrawalKind
from tillerman.labels import Grade, Level, Reader
from tillerman.levels import level_for, redacted
from tillerman.plan import Asked, BreakEven, Plan
from tillerman.plan.asked import QUESTIONS
from tillerman.report import write_workbook
from tillerman.report.context import told_plan

DAY = date(2026, 1, 1)
CHANCE = 0.4142  # of a disruption, as assumed; told as 41 %
TURN = "Turning of the tide"  # what pays from some chance on
WORTH = 77_770.0  # of an offer to the other side, million US$
BREAKER = "Breakers of Nowhere"  # whose withdrawal leaves least
PLACE = "51.5012, -0.1419"
OFFER = "A lighthouse to offer"


@pytest.fixture(scope="session")
def plan(hand: Plan) -> Plan:
    """A plan in which everything that some level must not see stands once, with a face of its own."""
    country = hand.country
    disruptions = tuple(
        replace(row, chance_normal=CHANCE, chance_strained=CHANCE, chance_broken=CHANCE) for row in country.disruptions
    )
    evidence = tuple(
        replace(row, low=CHANCE, high=CHANCE, title=f"once in {CHANCE}", grade=Grade.ASSUMPTION)
        if row.table == "disruptions" and row.column.startswith("chance")
        else row
        for row in country.evidence
    )
    concessions = (Concession("k_light", OFFER, country.parties[0].id, None, WORTH, None),)
    sites = tuple(replace(row, note=PLACE) for row in country.sites)
    fresh = replace(country, disruptions=disruptions, evidence=evidence, concessions=concessions, sites=sites)
    prices = (BreakEven("x", TURN, "d", "A stop", CHANCE, 0.37, "worth it above this chance"),)
    named = replace(
        hand.worst_withdrawal,
        withdrawal=replace(hand.worst_withdrawal.withdrawal, kind=WithdrawalKind.PARTY, id="breakers", name=BREAKER),
    )
    today = replace(hand.today, singles=(named, *hand.today.singles[1:]))
    services = tuple(replace(row, worst=BREAKER) for row in hand.services)
    return replace(
        hand, country=fresh, break_evens=prices, worst_withdrawal=named, today=today, services=services, base=None
    )


def written(plan: Plan, reader: Reader, level: Level, language: str) -> str:
    """Everything that is written for a level, in all three forms, without white space."""
    document = compose(plan, reader=reader, level=level, language=language)
    forms = (
        render_html(document),
        pdf_text(render_pdf(document, dated=DAY)),
        docx_xml(render_docx(document, dated=DAY)),
    )
    return squeezed("\n".join(forms))


@pytest.mark.parametrize(("reader", "language"), [*((reader, "en") for reader in Reader), (Reader.ADVISER, "zh-Hant")])
def test_public_sees_no_secret(plan: Plan, reader: Reader, language: str) -> None:
    """A public brief has no walk-away point, no worth of an offer, no breaker, no coordinates and no chance."""
    found = written(plan, reader, Level.PUBLIC, language)

    assert [secret for secret in (TURN, "77,77", BREAKER, PLACE, "0.4142") if squeezed(secret) in found] == []


@pytest.mark.parametrize("reader", Reader)
def test_government_sees_names_and_no_walk_away_point(plan: Plan, reader: Reader) -> None:
    """A brief for the government names who breaks what, and tells no walk-away point and no worth of an offer."""
    found = written(plan, reader, Level.GOVERNMENT, "en")

    assert squeezed(BREAKER) in found
    assert [secret for secret in (TURN, "77,77") if squeezed(secret) in found] == []


def test_team_sees_all(plan: Plan) -> None:
    """A brief for those who negotiate has every one of them, so that the tests above could fail."""
    found = written(plan, Reader.ANALYST, Level.TEAM, "en")

    assert [secret for secret in (TURN, "77,77", BREAKER, "0.4142") if squeezed(secret) not in found] == []


def test_public_is_not_told_what_we_would_trade(plan: Plan) -> None:
    """What could be given and what would be refused is left out in public, and that is said."""
    public, team = (written(plan, Reader.MINISTER, level, "en") for level in (Level.PUBLIC, Level.TEAM))

    assert squeezed(OFFER) not in public
    assert squeezed("left out of a public brief") in public
    assert squeezed(OFFER) in team


def test_who_is_not_named_is_told_by_kind(plan: Plan) -> None:
    """Instead of a name stands what sort of holder it is."""
    found = written(plan, Reader.MINISTER, Level.PUBLIC, "en")

    assert squeezed("a supplier abroad") in found or squeezed("A supplier abroad") in found


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.TEAM])
def test_what_is_written_beside_a_source_tells_no_secret_in_public(kenya: Plan, level: Level) -> None:
    """A source on how long a disruption lasts may say how often it comes, one on a place where that is."""
    often, where = "three such events in 13 months", PLACE
    evidence = tuple(
        replace(row, title=often, other_account=often, note=often)
        if row.table == "disruptions"
        else replace(row, note=where)
        if row.table in {"sites", "zones", "resources"}
        else row
        for row in kenya.country.evidence
    )
    found = redacted(replace(kenya, country=replace(kenya.country, evidence=evidence)), level).country

    told = {text for row in found.evidence for text in (row.title, row.other_account, row.note)}
    assert {secret in told for secret in (often, where)} == {level is Level.TEAM}
    assert any(row.table == "disruptions" and row.column == "duration_days" and row.low for row in found.evidence)


@pytest.mark.parametrize("level", Level)
def test_redacted_plan_speaks_of_the_same_file(plan: Plan, level: Level) -> None:
    """A redacted plan has the hash, the citation and the decisions of the whole one."""
    seen = redacted(plan, level)

    assert seen.input_hash == plan.input_hash
    assert seen.cite() == plan.cite()
    assert seen.decisions == plan.decisions


def test_chances_that_are_left_out_still_count(kenya: Plan) -> None:
    """How much is assumed is the same for the public as for the government: a chance left out is still a number."""
    public, government = (redacted(kenya, level).country.health() for level in (Level.PUBLIC, Level.GOVERNMENT))

    assert (public.n_numbers, public.by_grade) == (government.n_numbers, government.by_grade)
    assert public.n_contested == government.n_contested


def test_government_can_load_its_workbook(kenya: Plan, tmp_path: Path) -> None:
    """The workbook for the government holds a country file that loads, without what offers are worth to others."""
    write_workbook(redacted(kenya, Level.GOVERNMENT), tmp_path / "kenya.xlsx")

    assert {row.worth_musd_per_year for row in load(tmp_path / "kenya.xlsx").concessions} == {None}


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.GOVERNMENT])
def test_what_others_need_from_us_has_no_price(kenya: Plan, level: Level) -> None:
    """What others need from us is told to the government, and what it is worth to them to nobody but the team."""
    assert any(row.worth_musd_per_year for row in kenya.today.needs)
    assert [row for row in redacted(kenya, level).today.needs if row.worth_musd_per_year] == []


def walk(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Every field of a record with its name, down to the last."""
    yield name, value
    if isinstance(value, tuple):
        for item in value:
            yield from walk(item, name)
    elif is_dataclass(value) and not isinstance(value, Keeper | Country):
        for item in fields(value):
            yield from walk(getattr(value, item.name), item.name)


def breakers(plan: Plan) -> list[object]:
    """Every text of a record, however deep, that says whose withdrawal is worst."""
    return [value for name, value in walk(plan) if name in ("worst", "set_aside") and value and isinstance(value, str)]


def test_no_field_of_the_record_names_a_breaker_in_public(hand: Plan, kenya: Plan) -> None:
    """Nowhere in the redacted record does a field say whose withdrawal is worst."""
    for plan in (hand, kenya):
        assert breakers(plan)
        assert breakers(redacted(plan, Level.PUBLIC)) == []


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.GOVERNMENT])
def test_new_answers_are_left_out_until_they_are_named(hand: Plan, level: Level) -> None:
    """Only answers that are known to hold no price stay; all others go, also those that come later."""
    everything = replace(hand, asked=Asked(**dict.fromkeys(QUESTIONS, hand.asked.foresight)))
    left = {
        name for name in QUESTIONS if getattr(redacted(_without_frontier(everything), level).asked, name) is not None
    }

    assert left <= {"foresight", "certified", "alternatives", "levers"}


def _without_frontier(plan: Plan) -> Plan:
    return replace(plan, asked=replace(plan.asked, frontier=None))


def test_redacting_twice_changes_nothing_more(plan: Plan) -> None:
    """What was redacted for the public is as the public may see it, at every level after."""
    once = redacted(plan, Level.PUBLIC)

    assert redacted(once, Level.PUBLIC).asked == once.asked
    assert redacted(once, Level.TEAM) is once


def test_no_posture_names_a_state_in_public(kenya: Plan) -> None:
    """Postures that are worked out on first use are without names too."""
    seen = redacted(kenya, Level.PUBLIC)

    assert any(row.worst for row in kenya.today.posture_rows)
    assert [row for row in seen.today.posture_rows if row.worst] == []
    assert [row for row in seen.today.singles if row.withdrawal.name or row.withdrawal.id] == []


def test_telling_in_another_language_brings_no_name_back(kenya: Plan) -> None:
    """A redacted plan stays redacted when its names are told in the reader's language."""
    name = kenya.country.services[0].name
    country = replace(kenya.country, translations=(Translation("t", "zh-Hant", name, "譯名"),))
    told = told_plan(redacted(replace(kenya, country=country), Level.PUBLIC), "zh-Hant")

    assert told.country.services[0].name == "譯名"
    assert [row for row in told.today.posture_rows if row.worst] == []


def test_public_brief_of_kenya_does_not_name_the_worst_state(kenya: Plan) -> None:
    """On page one, who must not withdraw is told by kind; the government reads the name."""
    name = territory(kenya.today.worst_single.withdrawal.id)
    public, government = (
        pdf_text(render_pdf(compose(kenya, level=level), dated=DAY)) for level in (Level.PUBLIC, Level.GOVERNMENT)
    )

    assert f"today({squeezed(name)})" in government
    assert f"today({squeezed(name)})" not in public
    assert squeezed("today (a state abroad)") in public


def test_level_where_none_is_said() -> None:
    """A shipped country's brief is public; one of somebody's own file is for the government."""
    assert level_for(is_shipped=True) is Level.PUBLIC
    assert level_for(is_shipped=False) is Level.GOVERNMENT
