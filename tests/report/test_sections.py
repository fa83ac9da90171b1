"""What each section says in the cases that matter: nothing to say, a plan that does not win, a missing comparison."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tillerman.plan import Plan
from tillerman.report.page import page
from tillerman.report.sections.decisions import sentence


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_finding_counts_critical_services(kenya_plan: Plan) -> None:
    """The title says how many critical services stop today, of how many, and with the plan."""
    n = sum(s.tier == 1 for s in kenya_plan.today.services)
    today = len(kenya_plan.today.stopping)

    assert 0 < today <= n
    assert page(kenya_plan).keeps.finding == (
        f"Today {today} of {n} critical services stop if one supplier or state abroad leaves; with the plan, none."
    )


def test_file_without_critical_services(hand_plan: Plan) -> None:
    """Where nothing is critical the title says so instead of counting to zero."""
    quiet = replace(
        hand_plan,
        services=tuple(replace(s, tier=3) for s in hand_plan.services),
        today=replace(hand_plan.today, services=tuple(replace(s, tier=3) for s in hand_plan.today.services)),
    )

    assert page(quiet).keeps.finding.startswith("The file names no critical service")
    assert page(quiet).keeps.services == ()


def test_answer_says_what_it_takes_and_what_hurts_most(kenya_plan: Plan) -> None:
    """Three sentences: the meaning of stop, decisions and money of the first three years, the most serious loss."""
    meaning, takes, worst = (plain(text) for text in page(kenya_plan).keeps.answer)

    assert "less than half of its uses 90 days" in meaning
    assert takes.startswith(
        "The plan commits 2 decisions and KES 9.1 billion (US$ 70 million) of public cash in 2027–2029"
    )
    assert worst.endswith("leaves 73 %.")


def test_plan_without_decisions_says_so(hand_plan: Plan) -> None:
    """A plan that decides nothing says that nothing is worth its cost."""
    still = page(replace(hand_plan, decisions=()))

    assert "no new decision" in still.keeps.answer[1]
    assert still.decisions.years == ()
    assert still.agreements.to_sign == ()


def test_decisions_by_year_are_committed_or_provisional(kenya_plan: Plan) -> None:
    """Decisions stand by period; those of the first three years are committed, what comes later is provisional."""
    years = page(kenya_plan).decisions.years

    assert [(year.label, year.is_committed) for year in years] == [("2027", True), ("2034–2036", False)]
    assert all(deed.money for year in years for deed in year.deeds)


@pytest.mark.parametrize(
    ("action", "amount", "told"),
    [
        ("build", 437.6, "Build 440 standard AI chips at X"),
        ("build", 0.2, "Build fewer than 1 standard AI chip at X"),
        ("build", 1.2, "Build 1 standard AI chip at X"),
        ("sign", 0.0, "Sign: X"),
        ("sign", 152.2, "Sign: X, reserving 150 standard AI chips"),
        ("start", 0.38, "Start: X, at 38 % of full size"),
        ("start", 1.0, "Start: X"),
        ("start", 1.03, "Start: X"),
        ("start", 2.9, "Start: X, at 2.9 times the standard size"),
        ("keep_open", 83.1, "Keep open: X, for 83 standard AI chips"),
    ],
)
def test_sentence_of_a_decision(kenya_plan: Plan, action: str, amount: float, told: str) -> None:
    """A decision is one sentence, with two digits at most."""
    context = page(kenya_plan).context
    decision = replace(kenya_plan.decisions[0], action=action, amount=amount, name="X")

    assert plain(sentence(context, decision)) == told


def test_private_contract_does_not_bind_a_state(kenya_plan: Plan) -> None:
    """Each signature says whom it binds, names its clauses, and what we can offer, never what that is worth."""
    [signature] = page(kenya_plan).agreements.to_sign

    assert signature.clauses == "minimum allocation, localisation, notice period and remedy"
    assert "not its state" in signature.binds
    assert signature.offers == "Geothermal power and land at Olkaria"


def test_plan_that_does_not_beat_renting_says_so_first(hand_plan: Plan) -> None:
    """Less than one per cent of gross cost apart from renting with one fallback: the first line says that plainly."""
    first, *rest = page(hand_plan).references.verdicts

    assert first == (
        "The plan does not clearly beat “Rent everything, with one fallback at home”: the difference is within what "
        "the calculation can tell apart."
    )
    assert any("“Carry on as today” would cost the country" in verdict for verdict in rest)
    assert any("“Rent everything”, as far as it was searched, would cost" in verdict for verdict in rest)
    assert any(
        verdict.startswith("No comparison with “Build everything at home”. No plan of this kind") for verdict in rest
    )


def test_plan_that_beats_renting_says_by_how_much(hand_plan: Plan) -> None:
    """Well above the tolerance the difference is told, in the country's currency first."""
    dear = tuple(replace(r, objective_musd=0.0) if r.name == "rent_and_fallback" else r for r in hand_plan.references)

    assert plain(page(replace(hand_plan, references=dear)).references.verdicts[0]) == (
        "“Rent everything, with one fallback at home” would cost the country XTS 810 million (US$ 810 million) more."
    )


def test_helps_lists_only_what_the_data_support(hand_plan: Plan) -> None:
    """Only decisions worth their money at every chance tried are listed; without any, the section is left out."""
    assert len(page(hand_plan).worth.helps) == 1
    doubtful = replace(hand_plan, break_evens=hand_plan.break_evens[1:])
    assert page(doubtful).worth.helps == ()
    assert page(replace(hand_plan, break_evens=())).worth.table is None


def test_unknown_counts_gaps(hand_plan: Plan) -> None:
    """Assumptions, untested fallbacks, layers without holds and a tail on too few futures are all said."""
    untried = replace(hand_plan, asked=replace(hand_plan.asked, foresight=None, certified=None))
    told, tried = (" ".join(plain(item) for item in page(p).unknown.items) for p in (untried, hand_plan))

    assert "100 % of the file’s 186 numbers are assumptions" in told
    assert "1 of 1 critical services have no tested fallback" in told
    assert "Energy, Data, Applications and Talent and state capacity: no holds recorded" in told
    assert "1 of the 20 futures" in told
    assert "1 of the 20 futures" not in tried  # what the worst cost is known from futures it was not made for


def test_contested_matters_carry_both_accounts(kenya_plan: Plan) -> None:
    """A contested fact is told with both accounts."""
    contested = page(kenya_plan).unknown.contested

    assert contested
    assert all(item.one and item.other and item.one != item.other for item in contested)


def test_tail_is_told_only_when_enough_futures_stand_behind_it(hand_plan: Plan) -> None:
    """The average of the worst 5 in 100 is told with its futures: fresh ones first; its absence is explained."""
    row = 10
    untried = replace(hand_plan, asked=replace(hand_plan.asked, foresight=None, certified=None))
    many = replace(untried, cvar_musd=-111.0, n_effective_tail=77.0)
    few, made, fresh = (page(plan).annex.table.rows[row].values for plan in (untried, many, hand_plan))

    assert few[0] == made[0] == fresh[0] == "Average of the worst 5 in 100"
    assert few[1] == "not printed: it would rest on 1 of 20 futures, and at least 50 are needed"
    assert "of the 20 possible futures that the plan was made for, the country gains XTS 110 million" in plain(
        str(made[1])
    )
    assert "of 1,200 fresh possible futures" in str(fresh[1])
    assert "gains XTS 400 million (XTS 380 million to XTS 420 million)" in plain(str(fresh[1]))


def test_states_are_named_from_one_list(kenya_plan: Plan) -> None:
    """A code of a state is written as its name, in the reader's language; an invented code stays a code."""
    english, chinese = (page(kenya_plan, language=language).context for language in ("en", "zh-Hant"))

    assert [english.named(code) for code in ("US", "GB", "ZZ", "XA", "Konza")] == [
        "United States", "United Kingdom", "ZZ", "XA", "Konza",
    ]  # fmt: skip
    assert (chinese.named("US"), chinese.country) == ("美國", "肯亞")
