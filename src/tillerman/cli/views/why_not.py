"""The answer of `tillerman why-not`: what a plan with something in it would cost more, and what would make it pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from tillerman.cli.views.interval import IntervalView, view_interval

if TYPE_CHECKING:
    from tillerman.cli.answering import Head
    from tillerman.plan.whynot_result import WhyNot


@dataclass(frozen=True)
class PriceNeededView:
    """How far the price would have to fall."""

    verdict: Annotated[str, "pays, never (proved: not even for nothing) or undetermined."]
    price_musd: Annotated[float, "Its price by the file, discounted, less what is left at the end, million US$."]
    columns: Annotated[tuple[str, ...], "The numbers of the file that are its price, changed together."]
    share: Annotated[IntervalView, "Share of the price: proved to pay at the low end, proved not to at the high."]
    break_even: Annotated[float | None, "Share at which the plans found change places; null where they do at none."]


@dataclass(frozen=True)
class ChanceNeededView:
    """How likely the disruption would have to be against which it helps most."""

    verdict: Annotated[str, "pays or never, both proved at the highest chance tried; undetermined; none."]
    disruption: Annotated[str, "Id of the disruption; blank where none makes it worth more."]
    name: Annotated[str, "In plain words."]
    assumed: Annotated[float, "Its yearly chance by the file, on average over the climates."]
    tried: Annotated[float, "The highest yearly chance that was tried."]
    break_even: Annotated[float | None, "Chance at which the plans found change places; null where they do at none."]


@dataclass(frozen=True)
class WhyNotView:
    """One thing that could be decided."""

    action: Annotated[str, "build, sign, start or keep_open."]
    subject: Annotated[str, "Its id in the country file."]
    name: Annotated[str, "In plain words."]
    unit: Annotated[str, "H100e, programme or signature."]
    lever: Annotated[int | None, "Which of the seven levers; null where none."]
    reason: Annotated[str, "in_plan, forbidden, costs_more (proved) or no_difference (that can be told)."]
    size: Annotated[float, "So much of it, at least, was made part of the plan."]
    years: Annotated[str, "Years in which it had to begin; blank where it is in the plan."]
    in_plan: Annotated[float, "How much of it the plan has."]
    more: Annotated[IntervalView, "What the best plan with it costs more, million US$; nulls where forbidden."]
    rules: Annotated[tuple[str, ...], "Rules that cannot hold together with it."]
    instead: Annotated[tuple[str, ...], "What the plan does in years 1 to 3 and the best plan with it does not."]
    price: Annotated[PriceNeededView | None, "How far its price would have to fall."]
    chance: Annotated[ChanceNeededView | None, "How likely a disruption would have to be; null in a list."]


@dataclass(frozen=True)
class WhyNotAnswer:
    """What the plan leaves out, for one country."""

    country: Annotated[str, "Name of the country or economy."]
    n_futures: Annotated[int, "How many possible futures the plan was made for."]
    seed: Annotated[int, "Which possible futures were drawn."]
    is_list: Annotated[bool, "True for everything that the plan leaves out, False for one thing asked for."]
    rows: Annotated[tuple[WhyNotView, ...], "What costs least more first."]
    input_hash: Annotated[str, "Hash of the country file's content."]
    version: Annotated[str, "Version of the program."]
    note: Annotated[str, "How to read this."]


def answer_why_not(rows: Sequence[WhyNot], head: Head, *, is_list: bool) -> WhyNotAnswer:
    """The answer of the command."""
    return WhyNotAnswer(
        country=head.country,
        n_futures=head.n_futures,
        seed=head.seed,
        is_list=is_list,
        rows=view_left_out(rows),
        input_hash=head.input_hash,
        version=head.version,
        note=head.note,
    )


def view_left_out(rows: Sequence[WhyNot]) -> tuple[WhyNotView, ...]:
    """Put what a plan leaves out into the form that is shown and printed."""
    return tuple(_row(row) for row in rows)


def _row(row: WhyNot) -> WhyNotView:
    price, chance = row.price, row.chance
    return WhyNotView(
        action=row.action,
        subject=row.subject,
        name=row.name,
        unit=row.unit,
        lever=row.lever,
        reason=row.reason.value,
        size=row.size,
        years=row.years,
        in_plan=row.in_plan,
        more=view_interval(row.more),
        rules=row.rules,
        instead=row.instead,
        price=None
        if price is None
        else PriceNeededView(
            price.verdict.value, price.price_musd, price.columns, view_interval(price.share), price.break_even
        ),
        chance=None
        if chance is None
        else ChanceNeededView(
            chance.verdict.value, chance.disruption, chance.name, chance.assumed, chance.tried, chance.break_even
        ),
    )
