"""The messages in English of questions about how far a plan holds: flips, options, ambiguity."""

from __future__ import annotations

from types import MappingProxyType

EN_TRUST = MappingProxyType(
    {
        # flips
        "flips.finding.one": "{country}. 1 value within the ranges of the file is proved to turn a decision.",
        "flips.finding.many": "{country}. {n} values within the ranges of the file are proved to turn a decision.",
        "flips.title": "When decisions stop paying",
        "flips.note": "Worth: how much worse the best plan without the decision is, at the file's own numbers.",
        "flips.none": "The plan decides nothing in years 1 to 3 that could flip.",
        "flips.flips": "Proved to turn",
        "flips.undetermined": "May turn within the range, but the calculation cannot tell where",
        "flips.holds": "No change seen over the whole range; these come nearest",
        "flips.pays_above": "{name} pays where {place} is above about {at} (file: {value}; range {low} to {high})",
        "flips.pays_below": "{name} pays where {place} is below about {at} (file: {value}; range {low} to {high})",
        "flips.range": "{name}: {place} (file: {value}; range {low} to {high})",
        "flips.looked": "Looked at: the {n} numbers that move the plan most and the chances of {chances} disruptions; "
        "{proofs} plans were made anew as proof.",
        # options and planning again
        "options.finding": "{country}. Planning again in {year} saves: {saving}.",
        "options.title": "What each option is worth",
        "options.note": "How much worse the best plan is when the option is not on offer.",
        "options.none": "The file offers no options.",
        "options.taken": "{name}, kept open by the plan: {worth}",
        "options.left": "{name}, not taken by the plan: {worth}",
        "replan.title": "If the plan is made again in {year}",
        "replan.note": "Decisions of years 1 to 3 are shared; later ones are made for the climate between states seen "
        "by then. What that saves is a part of what perfect foresight could be worth.",
        "replan.saving": "It saves: {saving}",
        "replan.climate": "In a {climate} climate ({share}; {n} of the futures), from then on:",
        "replan.nothing": "nothing new",
        "replan.changes": "Years 1 to 3 would then differ (found, not proven: other plans may be as good)",
        "replan.change": "{name}, {years}: {now} instead of {was} ({unit})",
        "replan.same": "No decision of years 1 to 3 would differ.",
        "climate.normal": "normal",
        "climate.strained": "strained",
        "climate.broken": "broken",
        # other chances
        "ambiguity.finding": "{country}. If chances are not as assumed, the plan gains between {worst} and {best}.",
        "ambiguity.title": "If disruptions are likelier or rarer than assumed",
        "ambiguity.note": "The same plan, priced on {n} fresh futures that were weighted anew over the range of every "
        "yearly chance in the file; gains with the worst cases weighed in.",
        "ambiguity.ends": "All at their worse ends {worst}; as assumed {assumed}; all at their better ends {best}",
        "ambiguity.few": "The worst rests on {n} equally likely futures: read it as an order of size.",
        "ambiguity.disruption": "Disruption",
        "ambiguity.range": "Chance a year",
        "ambiguity.low": "Change of gain at the low end",
        "ambiguity.high": "At the high end",
        "ambiguity.step": "Worst {n} at once: {gain} ({names})",
        "ambiguity.fixed": "{n} disruptions keep their chances: they have no range, or begin too often or end too soon "
        "for weights to follow.",
        "stage.Planning without each decision": "Planning without each decision",
        "stage.Looking for the numbers that matter": "Looking for the numbers that matter",
        "stage.Pricing plans at the ends of ranges": "Pricing plans at the ends of ranges",
        "stage.Proving where decisions flip": "Proving where decisions flip",
        "stage.Planning without each option": "Planning without each option",
        "stage.Planning again in each climate": "Planning again in each climate",
        "stage.Weighing futures anew": "Weighing futures anew",
    }
)
