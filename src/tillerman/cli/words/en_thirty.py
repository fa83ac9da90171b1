"""The messages in English about files of thirty numbers: starting them, and what an answer rests on."""

from __future__ import annotations

from types import MappingProxyType

EN_THIRTY = MappingProxyType(
    {
        "new.done.thirty": "Written: {path}, a sheet of thirty numbers to fill in.",
        "new.done.eighty": "Written: {path}, with every answer kept and a second sheet of the numbers that come next.",
        "new.done.full": "Written: {path}, the full file, with every answer kept and marked.",
        "new.done.structure": "Written: {path}, the structure without any value.",
        "new.known": "Known from the name: {country}, {code}, {currency}. Correct it where it is wrong.",
        "new.unnamed": "The name of the file tells of no country: fill in its name, code and currency.",
        "new.answered.one": "1 answer is kept.",
        "new.answered.many": "{n} answers are kept.",
        "new.next.one": "The second sheet asks for 1 number.",
        "new.next.many": "The second sheet asks for {n} numbers.",
        "new.open": "Still open, and who usually has it",
        "new.group": "Group",
        "new.questions": "Questions",
        "new.hours": "Hours",
        "new.holders": "Who usually has it",
        "new.blank": "Numbers that are unknown",
        "new.table": "Table",
        "new.numbers": "Numbers",
        "new.names": "Names and links are those of the other file: change them where yours differ. Remarks, dates, "
        "evidence and dated rows are left out.",
        "new.then": "Then: tillerman check {path}",
        "basis.title": "What this rests on",
        "basis.counts": "{answered} of {n} questions are answered; for {peers} a range over like economies or the "
        "world stands in, for {whole} everything that is possible, and {left_out} are missing.",
        "basis.entered.one": "1 number beyond the thirty was entered.",
        "basis.entered.many": "{n} numbers beyond the thirty were entered.",
        "basis.general": "Everything else is general: the same in every file of thirty numbers, with its range told "
        "as an assumption. The wide ranges are honest: narrow them by answering more.",
        "basis.peers": "Ranges that stand in",
        "basis.whole": "Everything that is possible",
        "basis.missing": "Not answered here, and what would be needed",
        "basis.missing.line": "{needed_for}: {ask} ({holder}; about {hours} hours)",
        "basis.full": "What thirty numbers never say: data sets and platforms, written fallbacks, other contracts, and "
        "what others need from the country. That comes with the full file: tillerman new NAME --grow FORM.",
        "basis.ranges": "Over these ranges",
        "basis.ranges.note": "Looked at with {n} sets of answers drawn evenly over the ranges above. Between {low} and "
        "{high} of the critical services stop if one supplier or state leaves.",
        "basis.ranges.service": "{service}: kept if any one leaves {any_one}; with nobody's permission {alone}",
        "basis.ranges.span": "{low} to {high}",
    }
)
