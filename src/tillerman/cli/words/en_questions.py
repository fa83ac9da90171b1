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
    }
)
