"""The answer of `tillerman options`: what options and planning again are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from tillerman.cli.views.interval import IntervalView, view_interval

if TYPE_CHECKING:
    from tillerman.cli.answering import Head
    from tillerman.plan.options_result import Options


@dataclass(frozen=True)
class OptionWorthView:
    """One option of the file."""

    option: Annotated[str, "Its id."]
    name: Annotated[str, "In plain words."]
    is_taken: Annotated[bool, "True where the plan keeps it open."]
    worth: Annotated[IntervalView, "What the best plan without it costs more, million US$."]


@dataclass(frozen=True)
class ClimatePlanView:
    """What would be decided anew in one climate."""

    climate: Annotated[str, "normal, strained or broken, as seen in the last committed year."]
    probability: Annotated[float, "Its share of the futures."]
    n_futures: Annotated[int, "How many futures show it."]
    decisions: Annotated[tuple[str, ...], "The dearest later decisions, in words."]


@dataclass(frozen=True)
class EarlyChangeView:
    """A decision of years 1 to 3 that would differ: found, not proven."""

    subject: Annotated[str, "Id of its subject."]
    name: Annotated[str, "In plain words."]
    years: Annotated[str, "When."]
    amount: Annotated[float, "In the plan."]
    replanned: Annotated[float, "In the plan that will be made again."]
    unit: Annotated[str, "Unit of both."]


@dataclass(frozen=True)
class OptionsView:
    """Options and planning again."""

    rows: Annotated[tuple[OptionWorthView, ...], "The options of the file."]
    replan_year: Annotated[int, "The year in which the plan is made again."]
    saving: Annotated[IntervalView, "What that saves, million US$."]
    climates: Annotated[tuple[ClimatePlanView, ...], "What would be decided anew in each."]
    changes: Annotated[tuple[EarlyChangeView, ...], "Decisions of years 1 to 3 that would differ."]


@dataclass(frozen=True)
class OptionsAnswer:
    """Options for one country."""

    country: Annotated[str, "Name of the country or economy."]
    n_futures: Annotated[int, "How many possible futures the plan was made for."]
    seed: Annotated[int, "Which possible futures were drawn."]
    options: Annotated[OptionsView, "The answer."]
    input_hash: Annotated[str, "Hash of the country file's content."]
    version: Annotated[str, "Version of the program."]
    note: Annotated[str, "How to read this."]


def view_options(found: Options) -> OptionsView:
    """Put the worth of options into the form that is shown and printed."""
    return OptionsView(
        rows=tuple(OptionWorthView(r.option, r.name, r.is_taken, view_interval(r.worth)) for r in found.rows),
        replan_year=found.replan_year,
        saving=view_interval(found.saving),
        climates=tuple(ClimatePlanView(c.climate, c.probability, c.n_futures, c.decisions) for c in found.climates),
        changes=tuple(
            EarlyChangeView(c.subject, c.name, c.years, c.amount, c.replanned, c.unit) for c in found.changes
        ),
    )


def answer_options(found: Options, head: Head) -> OptionsAnswer:
    """The answer of the command."""
    return OptionsAnswer(
        head.country, head.n_futures, head.seed, view_options(found), head.input_hash, head.version, head.note
    )
