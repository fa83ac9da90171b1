"""The answers of `tillerman foresight` and `plan --certify`: how far a plan can be trusted on futures not seen."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Annotated

from tillerman.cli.views.interval import IntervalView, view_interval

if TYPE_CHECKING:
    from tillerman.cli.answering import Head
    from tillerman.plan import Estimate, OutOfSample, Worth


@dataclass(frozen=True)
class EstimateView:
    """A sampled number and the interval in which it lies 95 times in 100."""

    value: Annotated[float, "The estimate."]
    low: Annotated[float, "Low end of the interval."]
    high: Annotated[float, "High end of the interval."]


@dataclass(frozen=True)
class FreshView:
    """What a plan costs on fresh futures, million US$."""

    n_futures: Annotated[int, "How many fresh futures."]
    seed: Annotated[int, "Which were drawn; the plan has not seen them."]
    n_states: Annotated[int, "How many different states of the world they hold; each was solved exactly."]
    objective: Annotated[EstimateView, "Cost and loss less value, the worst cases weighed in."]
    mean: Annotated[EstimateView, "Cost and loss less value, on average."]
    worst: Annotated[EstimateView | None, "The same in the worst 5 in 100; null with a reason."]
    worst_reason: Annotated[str, "Why that is not given."]
    promised_musd: Annotated[float, "The objective on the futures the plan was made for."]
    surprise: Annotated[EstimateView, "How much more than that it costs on the fresh ones."]


@dataclass(frozen=True)
class ForesightView:
    """What planning and foresight are worth, and whether there were enough futures; million US$."""

    planning: Annotated[IntervalView, "Worth of planning for uncertainty (VSS): against a plan for what is expected."]
    foresight: Annotated[IntervalView, "Most that perfect foresight could still be worth (EVPI)."]
    n_foresight: Annotated[int, "Futures that were given a plan of their own."]
    is_foresight_proved: Annotated[bool, "False where futures were drawn: then the upper end holds 95 times in 100."]
    fresh: Annotated[FreshView, "The plan on fresh futures."]
    loss_musd: Annotated[float, "What the plan loses by having seen too few futures, estimated on the high side."]
    loss_at_most_musd: Annotated[float | None, "It loses no more than this, 95 times in 100; null from one future."]
    loss_share: Annotated[float | None, "The same as a share of gross cost."]
    is_enough: Annotated[bool, "True when that share is at most 5 %."]


@dataclass(frozen=True)
class ForesightAnswer:
    """How far the plan of one country can be trusted."""

    country: Annotated[str, "Name of the country or economy."]
    n_futures: Annotated[int, "How many possible futures the plan was made for."]
    seed: Annotated[int, "Which possible futures were drawn."]
    foresight: Annotated[ForesightView, "The figures."]
    input_hash: Annotated[str, "Hash of the country file's content."]
    version: Annotated[str, "Version of the program."]
    note: Annotated[str, "How to read this."]


def view_fresh(found: OutOfSample) -> FreshView:
    """Put a plan's cost on fresh futures into the form that is shown and printed."""
    return FreshView(
        n_futures=found.n_futures,
        seed=found.seed,
        n_states=found.n_states,
        objective=_estimate(found.objective),
        mean=_estimate(found.mean),
        worst=None if found.worst is None else _estimate(found.worst),
        worst_reason=found.worst_reason,
        promised_musd=found.expected_musd,
        surprise=_estimate(found.surprise),
    )


def view_foresight(found: Worth) -> ForesightView:
    """Put the figures into the form that is shown and printed."""
    return ForesightView(
        planning=view_interval(found.planning),
        foresight=view_interval(found.foresight),
        n_foresight=found.n_foresight,
        is_foresight_proved=found.is_foresight_proved,
        fresh=view_fresh(found.fresh),
        loss_musd=found.enough.loss_musd,
        loss_at_most_musd=found.enough.at_most_musd if isfinite(found.enough.share) else None,
        loss_share=found.enough.share if isfinite(found.enough.share) else None,
        is_enough=found.enough.is_enough,
    )


def answer_foresight(found: Worth, head: Head) -> ForesightAnswer:
    """The answer of the command."""
    return ForesightAnswer(
        head.country, head.n_futures, head.seed, view_foresight(found), head.input_hash, head.version, head.note
    )


def _estimate(found: Estimate) -> EstimateView:
    return EstimateView(found.value, found.low, found.high)
