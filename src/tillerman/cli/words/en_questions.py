"""The messages in English of questions about a plan: levers, frontier, alternatives and the like."""

from __future__ import annotations

from types import MappingProxyType

EN_QUESTIONS = MappingProxyType(
    {
        # shared by all questions
        "question.futures": "Every plan was priced on the same {n} possible futures; amounts stand "
        "between two proved bounds. Unclear: not distinguishable from zero.",
        "interval.nothing": "nothing",
        "interval.zero": "unclear: 0 to {most}",
        "interval.span": "{low} to {high}",
        "interval.open": "not known",
        # levers
        "lever.1": "1 Secure access",
        "lever.2": "2 Adoption and diffusion",
        "lever.3": "3 Aggregate demand",
        "lever.4": "4 Interoperability",
        "lever.5": "5 Smaller models",
        "lever.6": "6 Talent and state capacity",
        "lever.7": "7 Energy alignment",
        "levers.finding": "{country}. What all levers together gain: {joint}.",
        "levers.title": "What each lever is worth",
        "levers.note": "How much better the best plan becomes when a lever may be used: by itself; when all others are "
        "there already; and on average over all orders in which levers can be added (its fair share of the effect).",
        "levers.label": "Lever",
        "levers.alone": "Alone",
        "levers.last": "Added last",
        "levers.share": "Fair share",
        "levers.joint": "All levers together: {joint}. The fair shares add up to it.",
        "levers.read": "A lever that is worth more added last than alone needs the others; one that is worth less can "
        "be replaced by them.",
        "levers.idle": "Worth nothing, because the file offers nothing under them that could have an effect: {names}.",
        "levers.without_targets": "The file's targets were left out of this question: without levers they could not be "
        "met.",
        "levers.wide": "Some amounts are wider than one twentieth of what all levers gain: the search stopped there.",
        "stage.Weighing the levers": "Weighing the levers",
        # foresight, and certificates on fresh futures
        "foresight.finding": "{country}. {finding}",
        "foresight.enough.title": "The plan rests on enough possible futures.",
        "foresight.few.title": "The plan rests on too few possible futures.",
        "foresight.untold.title": "Too few possible futures to say how far the plan can be trusted.",
        "foresight.title": "How far to trust the plan",
        "foresight.planning": "Worth of planning for uncertainty: {worth}. So much worse is a plan made for the "
        "expected future alone: demand and prices as expected, everything on time, nothing withdrawn.",
        "foresight.foresight.proved": "Most that perfect foresight could still be worth: {worth}. Adapting as things "
        "unfold can gain no more than that.",
        "foresight.foresight.sampled": "Most that perfect foresight could still be worth: {worth} (95 times in 100; "
        "{n} futures were given a plan of their own). Adapting as things unfold can gain no more than that.",
        "foresight.enough": "Enough futures: yes. With more of them the plan could be better by {most} at most "
        "({share} of gross cost; 95 times in 100).",
        "foresight.few": "Enough futures: no. With more of them the plan could be better by as much as {most} "
        "({share} of gross cost; 95 times in 100). Use --futures auto.",
        "foresight.untold": "Enough futures: cannot be told from so few. Use --futures auto.",
        "foresight.futures": "The plan was made for {n} possible futures.",
        "fresh.objective": "On {n} fresh futures the country gains {found}, the worst cases weighed in; on the futures "
        "that the plan was made for, {promised}.",
        "fresh.mean": "On average over the fresh futures it gains {found}.",
        "fresh.worst": "In the worst 5 in 100 of them it gains {found}.",
        "fresh.no_worst": "What it gains in the worst 5 in 100 is not given: {reason}.",
        "fresh.interval": "{value} (95 times in 100 between {low} and {high})",
        "certified.title": "Certified on {n} fresh futures",
        "stage.Planning for the expected future": "Planning for the expected future",
        "stage.Planning for single futures": "Planning for single futures",
        "stage.Drawing fresh futures": "Drawing fresh futures",
        "stage.Pricing the plan on fresh futures": "Pricing the plan on fresh futures",
        "stage.Planning for fresh futures": "Planning for fresh futures",
        "auto.enough": "{n} futures: more of them could make the plan better by {share} of gross cost at most. Enough.",
        "auto.few": "{n} futures: more of them could make the plan better by as much as {share} of gross cost.",
        # from the cheapest plan to the safest
        "frontier.finding": "{country}. Plans keep from {low} to {high} of critical service under their most serious "
        "single loss; the safest costs more by: {more}.",
        "frontier.title": "Cheapest ↔ safest",
        "frontier.note": "Critical service kept in {year}, 90 days after the most serious single loss from abroad, as "
        "a share of what would be asked for without new programmes (so that reaching fewer people is never safer); and "
        "how much more that costs than the cheapest plan, losses and unmet value counted.",
        "frontier.set_aside": "Set aside, because no plan keeps more than {kept} under them: {names}. The plans below "
        "are told apart by the most serious of all other losses.",
        "frontier.one": "There is one plan only: no decision that the file offers keeps more.",
        "frontier.name": "Plan",
        "frontier.kept": "Kept",
        "frontier.more": "Costs more by",
        "frontier.now": "Decided now",
        "frontier.worst": "Most serious loss",
        "frontier.point.cheapest": "cheapest",
        "frontier.point.nearly_cheapest": "nearly cheapest",
        "frontier.point.middle": "middle",
        "frontier.point.nearly_safest": "nearly safest",
        "frontier.point.safest": "safest",
        "frontier.does": "What the plan “{name}” does in years 1 to 3 and the cheapest does not",
        "frontier.tail.title": "Average ↔ worst 5 in 100 futures",
        "frontier.tail.none": "Not shown: {reason}.",
        "frontier.tail.note": "The more the worst futures count, the more is paid on average so that they are milder.",
        "frontier.tail.aversion": "Weight of the worst",
        "frontier.tail.mean": "Paid on average",
        "frontier.tail.worst": "Gained in the worst",
        "stage.Weighing cost against safety": "Weighing cost against safety",
        "stage.Weighing the average against the worst": "Weighing the average against the worst",
        # what every good plan contains
        "alternatives.finding": "{country}. Of {n} things that can be decided, {in_every} stand in every plan that "
        "costs at most {within} more, {in_none} in none, and {free_choice} are free choice.",
        "alternatives.title": "What every good plan contains, and what is free choice",
        "alternatives.note": "A good plan costs at most {within} more than the best, of everything that is paid and "
        "lost. What stands in every good plan, or in none, is proved; free choice is shown by plans that were found. "
        "One has none of it, another at least half of what the best plan has.",
        "alternatives.in_every": "In every good plan",
        "alternatives.free_choice": "Free choice: good plans exist with it and without it",
        "alternatives.undetermined": "Undetermined: neither proved nor shown",
        "alternatives.in_none": "In no good plan",
        "alternatives.build": "Build at {name}",
        "alternatives.sign": "Sign: {name}",
        "alternatives.start": "Start: {name}",
        "alternatives.keep_open": "Keep open: {name}",
        "alternatives.seen": " ({low} to {high} {unit} in the good plans found)",
        "alternatives.unit.H100e": "standard AI chips",
        "alternatives.unit.programme": "full programmes",
        "alternatives.sovereign": "Critical service that runs with nobody's permission 90 days after everything "
        "abroad is withdrawn: {now} with the plan; good plans with {found} were found, and none has more than {most} "
        "(shares of what would be asked for without new programmes).",
        "alternatives.example": "Another good plan ({k}), which costs {money} more",
        "alternatives.also": "It does: {text}",
        "alternatives.not": "It does not: {text}",
        "stage.Looking for other good plans": "Looking for other good plans",
    }
)
