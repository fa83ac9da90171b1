"""What the minister's brief says, and by which rule."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tillerman.brief import Document, compose, render_pdf
from tillerman.brief.document import Block, Columns, Line, Points, Reasons, Section
from tillerman.brief.visible import visible
from tillerman.country import load
from tillerman.country.choices import Agreement
from tillerman.country.notes import DateKind, KeyDate
from tillerman.country.use import Fallback
from tillerman.labels import Level, Reader
from tillerman.plan import Alternatives, Asked, Choice, Decision, Interval, MissingReference, Plan
from tillerman.words import LANGUAGES

SECTIONS = {
    1: ["decision", "answer", "keeps", "reasons", "layers"],
    2: ["sign", "cost", "power", "wrong", "change", "ninety", "sure"],
}


def section(document: Document, name: str) -> Section:
    """The section of this id."""
    return next(item for item in document.sections if item.id == name)


def lines(blocks: tuple[Block, ...]) -> list[str]:
    """The sentences of some blocks."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Line():
                found.append(block.words)
            case Points():
                found += [line.words for line in block.lines]
            case _:
                pass
    return found


def told(plan: Plan, name: str, *, level: Level = Level.TEAM, language: str = "en") -> str:
    """What one section of the brief says."""
    return " ".join(lines(section(compose(plan, level=level, language=language), name).blocks))


def reasons(plan: Plan) -> Reasons:
    """The block of three reasons."""
    [block] = [b for b in section(compose(plan, level=Level.TEAM), "reasons").blocks if isinstance(b, Reasons)]
    return block


def columns(plan: Plan, level: Level = Level.TEAM) -> dict[str, list[str]]:
    """What to sign, by heading."""
    [block] = [b for b in section(compose(plan, level=level), "sign").blocks if isinstance(b, Columns)]
    return {head: [line.words for line in rows] for head, rows in block.lists}


def test_pages_have_their_sections_in_order(kenya: Plan) -> None:
    """Both pages hold what belongs on them, in the order in which it is read."""
    document = compose(kenya)
    by_page = {page: [item.id for item in document.sections if item.page == page] for page in (1, 2)}

    assert by_page == SECTIONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_method_words(kenya: Plan, asked: Plan, language: str) -> None:
    """Solver, gap and seed are never said, whatever was asked about the plan."""
    method = re.compile(r"\b(solver|gap|seed)\b|求解|種子|間隙", re.IGNORECASE)
    for plan in (kenya, asked):
        document = compose(plan, level=Level.TEAM, language=language)

        assert [text for _, text in visible(document) if method.search(text)] == []


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("language", LANGUAGES)
def test_standard_sentence_is_on_every_brief(kenya: Plan, reader: Reader, language: str) -> None:
    """Every brief says what it is: an aid to judgement, no prediction."""
    standard = compose(kenya, reader=reader, language=language).standard

    assert {"en": "does not predict", "zh-Hant": "不預測"}[language] in standard


def test_decision_asked_has_day_and_money(kenya: Plan) -> None:
    """What is asked: how many decisions, before the fiscal year begins, within what the plan spends by then."""
    cash = sum(kenya.accounts.public_cash_by_period[:3]) * 129 / 1e3
    n = sum(row.is_committed and row.action != "run" for row in kenya.decisions)

    assert (
        told(kenya, "decision")
        .replace("\N{NO-BREAK SPACE}", " ")
        .startswith(f"Approve {n} decisions for 2027–2029 before 1 July 2027, within KES {cash:.1f} billion")
    )


def test_nothing_to_decide_is_said(hand: Plan) -> None:
    """A plan without decisions asks for none, and says so."""
    assert told(replace(hand, decisions=()), "decision").startswith("No decision is asked for")


def test_each_reason_is_one_number_with_range_and_source(kenya: Plan) -> None:
    """Three reasons, each with a number, a range from the record and a source."""
    rows = reasons(kenya).rows
    people = next(
        item for item in kenya.country.evidence if item.row == "mpesa_fraud" and item.column == "people_million"
    )

    assert len(rows) == 3
    assert (people.low, people.high) == (37.0, 40.0)
    assert rows[0].range.replace("\N{NO-BREAK SPACE}", " ") == "Range: 37 million people to 40 million people."
    assert "reported" in rows[0].source
    assert all(row.number and row.words and row.range and row.source for row in rows)


def test_range_that_is_not_on_record_is_not_made_up(kenya: Plan) -> None:
    """Where the file gives no range, the brief says that there is none."""
    country = replace(kenya.country, evidence=())
    row = reasons(replace(kenya, country=country, asked=Asked())).rows[0]

    assert row.range == "Range: none on record."
    assert row.source == "Source: assumption by silence."


def test_reference_that_is_missing_is_said(hand: Plan) -> None:
    """Where carrying on as today could not be compared, no number stands for it."""
    missing = (MissingReference("as_today", "Carry on as today", "It breaks a target."),)
    plan = replace(
        hand, references=tuple(r for r in hand.references if r.name != "as_today"), missing_references=missing
    )

    assert "could not be compared" in told(plan, "reasons")
    assert len(reasons(plan).rows) == 2


def test_plan_no_better_than_today_says_so(hand: Plan) -> None:
    """Where doing nothing is not clearly dearer, that is the reason told."""
    ours = hand.certificate.objective_musd
    rows = tuple(replace(r, objective_musd=ours) if r.name == "as_today" else r for r in hand.references)

    assert "not clearly dearer" in reasons(replace(hand, references=rows)).rows[1].words


def _agreement(name: str, *, signed: bool = False) -> Agreement:
    """An agreement on offer."""
    base = load("kenya").agreements[0]
    return replace(base, id=name, name=f"Agreement {name}", is_signed=signed)


def _signing(plan: Plan, verdicts: dict[str, str] | None) -> Plan:
    """The plan signs `now` in years one to three and `later` after; `left` and `bad` are on offer."""
    offered = tuple(_agreement(name) for name in ("now", "later", "left", "bad"))
    deeds = tuple(
        Decision("sign", name, f"Agreement {name}", years, period, 0.0, "H100e", 1.0, 1, is_now, "")
        for name, years, period, is_now in (("now", "2027", 0, True), ("later", "2032", 4, False))
    )
    choices = tuple(
        Choice("sign", name, f"Agreement {name}", "", 1, verdict, 0.0, 0.5, Interval(0, 1), Interval(0, 1))
        for name, verdict in (verdicts or {}).items()
    )
    found = Alternatives(0.05, 0.0, choices, (), 0.1, Interval(0.1, 0.2), 1, 1)
    answers = replace(plan.asked, alternatives=None if verdicts is None else found)
    return replace(plan, country=replace(plan.country, agreements=offered), decisions=deeds, asked=answers)


def test_must_trade_and_refuse_follow_the_rule(kenya: Plan) -> None:
    """Must: signed now. Trade: signed later, or free choice. Refuse: on offer, and in no good plan."""
    found = columns(
        _signing(kenya, {"now": "undetermined", "later": "undetermined", "left": "free_choice", "bad": "in_none"})
    )

    assert [any(f"Agreement {name}" in line for line in found["Must"]) for name in ("now", "later")] == [True, False]
    assert [any(f"Agreement {name}" in line for line in found["Trade"]) for name in ("later", "left")] == [True, True]
    assert ["Agreement bad" in line for line in found["Refuse"]] == [True]


def test_what_good_plans_do_without_is_no_must(kenya: Plan) -> None:
    """An agreement that the plan signs now and a good plan does without is for trade, not a must."""
    found = columns(_signing(kenya, {"now": "free_choice", "later": "in_every", "left": "in_none", "bad": "in_none"}))

    assert not any("Agreement now" in line for line in found["Must"])
    assert found["Trade"][0].startswith("Agreement now: the plan signs it in 2027, and good plans exist without it")


def test_decisions_that_good_plans_do_without_are_told_so(kenya: Plan) -> None:
    """A decision that good plans do without is asked for too, in a line of its own that says so."""
    deeds = tuple(
        Decision("start", name, name, "2027", 0, 1.0, "programme", cash, 2, is_committed=True, text="")
        for name, cash in (("Needed", 2.0), ("Spare", 1.0))
    )
    choices = tuple(
        Choice("start", name, name, "", 2, verdict, 1.0, 0.5, Interval(0, 1), Interval(0, 1))
        for name, verdict in (("Needed", "in_every"), ("Spare", "free_choice"))
    )
    found = Alternatives(0.05, 0.0, choices, (), 0.1, Interval(0.1, 0.2), 1, 1)
    plan = replace(kenya, decisions=deeds, asked=replace(kenya.asked, alternatives=found))
    must = [line.replace("\N{NO-BREAK SPACE}", " ") for line in columns(plan)["Must"]]

    assert must[1] == "Start: Needed (KES 260 million by 2036)."
    assert must[2].startswith("Approve too, though good plans exist without them: Start: Spare (KES 130 million)")


def test_what_is_not_known_is_said(kenya: Plan) -> None:
    """An agreement of which it is not known whether good plans contain it is neither praised nor refused."""
    found = columns(_signing(kenya, {"now": "in_every", "later": "in_every", "left": "undetermined", "bad": "in_none"}))

    assert "Not known whether good plans contain them, so only on better terms: Agreement left." in " ".join(
        found["Trade"]
    )
    assert not any("Agreement left" in line for line in found["Refuse"])


def test_nothing_is_refused_without_proof(kenya: Plan) -> None:
    """Where other good plans were not searched, what is left out is only left, and the brief says why."""
    found = columns(_signing(kenya, None))

    assert list(found) == ["Must", "Trade", "Leave for now"]
    assert [line for line in found["Leave for now"] if "Agreement" in line] == ["Agreement left.", "Agreement bad."]
    assert "no proof" in found["Leave for now"][-1]


def test_signposts_name_who_watches(kenya: Plan) -> None:
    """Three signposts, those that the plan keeps open first, each with who watches it."""
    [block] = [b for b in section(compose(kenya, level=Level.TEAM), "change").blocks if isinstance(b, Points)]

    assert len(block.lines) == 3
    assert all("Watched by" in line.words for line in block.lines)
    assert "which the plan keeps open" in block.lines[0].words


def test_few_signposts_are_counted(hand: Plan) -> None:
    """Where the record names fewer than three, the brief says how many and asks for more."""
    bare = replace(hand, country=replace(hand.country, options=(), dates=()), decisions=())

    assert told(bare, "change").startswith("The record names 0 signposts, not three.")


def test_days_of_the_calendar_are_signposts(hand: Plan) -> None:
    """A day to come stands with its watcher, written as the language writes days."""
    day = KeyDate("rule", date(2031, 3, 9), DateKind.LAW, None, "A rule ends.", "the ministry", None)
    plan = replace(hand, country=replace(hand.country, dates=(day,), options=()), decisions=())

    assert "9 March 2031: A rule ends. Watched by the ministry." in told(plan, "change").replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "2031年3月9日" in told(plan, "change", language="zh-Hant")


def test_minguo_years(kenya: Plan) -> None:
    """Years of days may be counted from 1912, as official papers of Taiwan do."""
    document = compose(kenya, language="zh-Hant", minguo=True)

    assert "民國116年7月1日" in " ".join(lines(section(document, "decision").blocks))


def test_thing_to_do_is_an_untested_fallback(kenya: Plan) -> None:
    """In 90 days: test the fallback that was never tested where most people depend on a service that stops."""
    assert "Screens M-Pesa payments" in told(kenya, "ninety")
    assert "never been tested" in told(kenya, "ninety")


def test_thing_to_do_where_there_is_no_fallback(hand: Plan) -> None:
    """Where the service has no fallback, naming one comes first."""
    today = replace(hand.today, services=tuple(replace(row, fallback=None) for row in hand.today.services))

    assert told(replace(hand, today=today), "ninety").startswith("Name a fallback for")


def test_thing_to_do_where_all_is_tested(hand: Plan) -> None:
    """Where every fallback was tested, the first decision of the plan is what cannot wait."""
    tested = Fallback("f", "s", "Clerks", None, 2.0, date(2026, 5, 1), None)
    today = replace(hand.today, services=tuple(replace(row, fallback=tested) for row in hand.today.services))

    assert told(replace(hand, today=today), "ninety").startswith("Begin what cannot wait")


def test_power_is_what_the_machines_draw(kenya: Plan) -> None:
    """Power at the meter is chips times kilowatts times cooling, summed over home sites."""
    sites = {site.id: site for site in kenya.country.sites}
    option = {row.id: row.site for row in kenya.country.options}
    load_mw = 0.0
    for deed in kenya.decisions:
        if deed.action in ("build", "keep_open"):
            site = sites[option.get(deed.subject, deed.subject)]
            load_mw += deed.amount * site.kw_per_h100e * site.pue / 1000

    assert f"at most {load_mw:.2g} MW" in told(kenya, "power").replace("\N{NO-BREAK SPACE}", " ")


def test_power_without_a_zone_is_not_told(hand: Plan) -> None:
    """Where the file places a hall in no zone, the brief says that its power cannot be told."""
    assert any(deed.action == "build" for deed in hand.decisions)
    assert "cannot be told" in told(hand, "power")
    assert "nothing at home" in told(replace(hand, decisions=()), "power")


def test_tail_is_told_from_fresh_futures(kenya: Plan) -> None:
    """How bad the worst futures are is told with the futures it was found on; without any, that is not known."""
    tried = told(kenya, "wrong")
    assert "In the worst 5 in 100 of 1,200 fresh possible futures, drawn by the same chances" in tried
    bare = replace(kenya, asked=Asked())
    assert "not known: too few futures" in told(bare, "wrong")
    own = f"of the {kenya.request.n_futures} possible futures that the plan was made for"
    assert own in told(replace(bare, cvar_musd=-9.0), "wrong")


def test_file_without_critical_services_is_told_so(hand: Plan) -> None:
    """Where nothing is critical there is no picture, nothing to test and no service at risk, and each part says so."""
    today = replace(hand.today, services=tuple(replace(row, tier=3) for row in hand.today.services))
    plain = replace(hand, today=today, services=tuple(replace(row, tier=3) for row in hand.services))

    assert told(plain, "keeps").startswith("The file names no critical service")
    assert len(reasons(plain).rows) == 2
    assert told(plain, "ninety").startswith("Begin what cannot wait")
    assert told(replace(plain, decisions=()), "ninety").startswith("Have the file’s assumptions checked")
    assert render_pdf(compose(plain, level=Level.TEAM), dated=date(2026, 1, 1)).startswith(b"%PDF")


def test_plan_without_geopolitics_warns(kenya: Plan) -> None:
    """A plan made as if nobody ever cut anyone off says so on top."""
    calm = replace(kenya, request=replace(kenya.request, geopolitics=False))

    assert compose(calm).warnings
    assert not compose(kenya).warnings


def _with_objective(plan: Plan, more_musd: float) -> Plan:
    """The same plan where carrying on as today costs so much more."""
    ours = plan.certificate.objective_musd
    rows = tuple(replace(r, objective_musd=ours + more_musd) if r.name == "as_today" else r for r in plan.references)
    return replace(plan, references=rows)


@pytest.mark.parametrize(
    ("shillings", "told_so"), [(4.9e10, "KES 490 億"), (9.9e11, "KES 9,900 億"), (2.8e12, "KES 2.8 兆")]
)
def test_large_numbers_in_chinese(kenya: Plan, shillings: float, told_so: str) -> None:
    """億 is a hundred million and 兆 a million million: 49 billion is 490 億, 2,800 billion is 2.8 兆."""
    document = compose(_with_objective(kenya, shillings / 129 / 1e6), language="zh-Hant")
    [block] = [b for b in section(document, "reasons").blocks if isinstance(b, Reasons)]

    assert block.rows[1].number.replace("\N{NO-BREAK SPACE}", " ") == told_so
