"""The answer of `tillerman ambiguity`: the plan's cost over the ranges of all chances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from tillerman.cli.answering import Head
    from tillerman.plan.ambiguity_result import Ambiguity


@dataclass(frozen=True)
class HazardRangeView:
    """One disruption, all else as assumed."""

    disruption: Annotated[str, "Its id."]
    name: Annotated[str, "In plain words."]
    chance: Annotated[float, "Yearly chance as the file has it, on average over the climates."]
    low: Annotated[float, "Low end of its range."]
    high: Annotated[float, "High end of its range."]
    at_low_musd: Annotated[
        float, "The plan's objective at the low end, million US$; as assumed where it cannot be told apart."
    ]
    at_high_musd: Annotated[float, "The same at the high end."]


@dataclass(frozen=True)
class WorseView:
    """The worst found with so many disruptions as bad as may be."""

    n_hazards: Annotated[int, "How many."]
    objective_musd: Annotated[float, "The plan's objective then, million US$."]
    hazards: Annotated[tuple[str, ...], "Which, in plain words."]
    n_effective: Annotated[float, "As many equally likely futures say as much."]


@dataclass(frozen=True)
class AmbiguityView:
    """The plan's objective over the ranges of all chances; million US$."""

    n_futures: Annotated[int, "Fresh futures that were priced."]
    assumed_musd: Annotated[float, "With chances as assumed."]
    best_musd: Annotated[float, "With all at their better ends."]
    worst_musd: Annotated[float, "With all at their worse ends."]
    n_effective_worst: Annotated[float, "As many equally likely futures say as much of the worst."]
    n_fixed: Annotated[int, "Disruptions that have no range, or whose range weights cannot follow."]
    hazards: Annotated[tuple[HazardRangeView, ...], "Those that move most first."]
    steps: Annotated[tuple[WorseView, ...], "The two, and the five, that cost most, at once."]


@dataclass(frozen=True)
class AmbiguityAnswer:
    """Other chances for one country."""

    country: Annotated[str, "Name of the country or economy."]
    n_futures: Annotated[int, "How many possible futures the plan was made for."]
    seed: Annotated[int, "Which possible futures were drawn."]
    ambiguity: Annotated[AmbiguityView, "The answer."]
    input_hash: Annotated[str, "Hash of the country file's content."]
    version: Annotated[str, "Version of the program."]
    note: Annotated[str, "How to read this."]


def view_ambiguity(found: Ambiguity) -> AmbiguityView:
    """Put the plan's cost under other chances into the form that is shown and printed."""
    return AmbiguityView(
        n_futures=found.n_futures,
        assumed_musd=found.assumed_musd,
        best_musd=found.best_musd,
        worst_musd=found.worst_musd,
        n_effective_worst=found.n_effective_worst,
        n_fixed=found.n_fixed,
        hazards=tuple(
            HazardRangeView(h.disruption, h.name, h.chance, h.low, h.high, h.at_low_musd, h.at_high_musd)
            for h in found.hazards
        ),
        steps=tuple(WorseView(s.n_hazards, s.objective_musd, s.hazards, s.n_effective) for s in found.steps),
    )


def answer_ambiguity(found: Ambiguity, head: Head) -> AmbiguityAnswer:
    """The answer of the command."""
    return AmbiguityAnswer(
        head.country, head.n_futures, head.seed, view_ambiguity(found), head.input_hash, head.version, head.note
    )
