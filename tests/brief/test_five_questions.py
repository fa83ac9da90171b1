"""A reader who sees only the Chinese pages answers five questions from them; the answers are worked out here anew."""

from __future__ import annotations

from datetime import date

import pytest

from tests.brief.reading import pdf_text, squeezed
from tillerman.brief import compose
from tillerman.brief.pdf import render_pdf
from tillerman.labels import Grade, Level
from tillerman.levels import redacted
from tillerman.plan import Plan
from tillerman.report.context import told_plan


@pytest.fixture(scope="session")
def told(kenya: Plan) -> Plan:
    """The record with the names of its file in Chinese, as far as the file brings them."""
    return told_plan(kenya, "zh-Hant")


@pytest.fixture(scope="session")
def page(kenya: Plan) -> str:
    """What is read from the two pages in Traditional Chinese, as the government gets them."""
    document = compose(kenya, level=Level.GOVERNMENT, language="zh-Hant")
    return pdf_text(render_pdf(document, dated=date(2026, 1, 1)))


def two_digits(amount: float, size: float) -> str:
    """An amount with two significant digits, in units of a size."""
    return f"{float(f'{amount / size:.2g}'):,.0f}"


def test_what_stops_today_and_with_the_plan(told: Plan, page: str) -> None:
    """一、目前若有一方撤回，幾項關鍵服務停擺？計畫實施後呢?"""
    critical = [row for row in told.today.services if row.tier == 1]
    today = sum(row.any_one < 0.5 <= row.whole for row in critical)
    after = [row for row in told.services if row.tier == 1 and row.any_one < 0.5 <= row.whole]

    assert f"{len(critical)}項關鍵服務中有{today}項會停擺；計畫實施後為{len(after)}項" in page
    assert [row.name for row in after if squeezed(row.name) not in page] == []


def test_what_is_to_be_decided_by_when_and_for_how_much(kenya: Plan, page: str) -> None:
    """二、請部長決定什麼？何時之前？花多少錢?"""
    n = sum(row.is_committed and row.action != "run" for row in kenya.decisions)
    shillings = sum(kenya.accounts.public_cash_by_period[:3]) * 1e6 * kenya.country.frame.currency_per_usd

    assert f"請於2027年7月1日前核定2027–2029年的{n}項決策" in page
    assert f"公共經費上限KES{two_digits(shillings, 1e8)}億" in page


def test_what_doing_nothing_costs(kenya: Plan, page: str) -> None:
    """三、什麼都不做，國家要多付出多少?"""
    today = next(row for row in kenya.references if row.name == "as_today")
    more = (today.objective_musd - kenya.certificate.objective_musd) * 1e6 * kenya.country.frame.currency_per_usd

    assert f"KES{two_digits(more, 1e8)}億是照目前方式繼續比本計畫使國家多付出的代價" in page


def test_what_to_do_in_ninety_days(told: Plan, page: str) -> None:
    """四、90 天內要做哪一件事?"""
    row = max((r for r in told.today.services if r.tier == 1 and r.is_stopped), key=lambda r: r.people_million)
    assert row.fallback is not None

    assert f"以一個工作天測試「{squeezed(row.name)}」的備案：{squeezed(row.fallback.name)}" in page


def test_what_would_change_the_advice_and_how_sure_it_is(kenya: Plan, told: Plan, page: str) -> None:
    """五、什麼情況會改變建議、由誰留意？這些數字有多可靠?"""
    kept = {row.subject for row in told.decisions if row.action == "keep_open"}
    options = [row for row in told.country.options if row.id in kept]
    health = redacted(kenya, Level.GOVERNMENT).country.health()
    assumed = (health.by_grade[Grade.ASSUMPTION] + health.n_silent) / health.n_numbers

    assert options
    assert [row.id for row in options if f"由{squeezed(row.watcher)}留意" not in page] == []
    assert f"背後的{health.n_numbers:,}個數字中，{assumed:.0%}是假設" in page
