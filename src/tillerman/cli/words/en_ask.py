"""The messages in English about the next best question."""

from __future__ import annotations

from types import MappingProxyType

EN_ASK = MappingProxyType(
    {
        "ask.stage.plan": "Finding the plans to choose from",
        "ask.stage.draw": "Pricing them at other numbers, {done} of {of}",
        "ask.finding.one": "{country}: one number is worth asking for.",
        "ask.finding.many": "{country}: {n} numbers are worth asking for.",
        "ask.enough": "{country}: no further number would change the choice. At every draw, “{best}” is the best.",
        "ask.unclear": "{country}: no single number can be told to be worth asking for. “{best}” is the best choice; "
        "knowing everything would be worth {worth} at most.",
        "ask.line": "Ask: {holder}\n  {asked}\n  {decides} Now {span}; about {hours} hours; worth {worth}.",
        "ask.between": "It decides between: {plans}.",
        "ask.margin": "It decides by how much {plan} is better than the others.",
        "ask.quoted": "“{name}”",
        "ask.comma": ", ",
        "ask.or": " or ",
        "ask.read": "How to read this",
        "ask.together": "Knowing every open number would be worth {worth}; no single one is worth more. With what is "
        "known now the best choice is “{best}”.",
        "ask.how": "{numbers} open numbers were drawn {n} times within their ranges, and each plan priced with its "
        "decisions unchanged in {futures} possible futures. Sampled; a worth that chance alone would "
        "find is not shown.",
        "ask.left_out": "{n} more numbers have a range and were not drawn: those most likely to decide were "
        "(`tillerman show --by-influence`).",
        "ask.failed": "{n} draws gave no file that one can plan with.",
        "ask.letter": "Draft letter for the first",
        "ask.letter.text": "To: {holder}\n\nWe are preparing the plan for artificial intelligence of {country}. One "
        "number that you have would help us most:\n\n   {asked}\n\nWe now work with {span}. {decides}\nKnowing it is "
        "worth about {worth} to the country; we reckon with about {hours} hours of your work.\nTwo ends that "
        "you are sure of are enough, with the source and its date. “Not known” is an answer too.\n\n"
        "(File {hash})\n",
    }
)
