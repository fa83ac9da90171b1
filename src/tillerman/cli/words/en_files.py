"""The messages in English of commands that work on country files: import, compare, diff, event, calendar."""

from __future__ import annotations

from types import MappingProxyType

EN_FILES = MappingProxyType(
    {
        "import.title": "{source} into {country}",
        "import.changes": "What would change, each number with its row of evidence",
        "import.changed": "What has changed, each number with its row of evidence",
        "import.nothing": "No number changes: no row of the source is linked to a row of the file.",
        "import.place": "Where",
        "import.old": "Now",
        "import.new": "New",
        "import.range": "Range",
        "import.grade": "Grade",
        "import.read": "Read from",
        "import.dates": "Dates for the calendar",
        "import.left_out": "Left out",
        "import.unmatched": "Rows of the file that this source could feed, and that are linked to nothing",
        "import.offers": "Rows of the source that feed nothing",
        "import.how": "Link them with --map 'NAME IN THE SOURCE=row_of_the_file'.",
        "import.told": "What the source says beside it",
        "import.warnings": "To look at",
        "import.dry": "Nothing is written: this was a dry run.",
        "import.done": "Written: {path}",
        "import.blank": "blank",
        "import.declared": "Declarations that are new or changed",
        "import.same": "Declarations that were there already: {n}.",
        "import.exported.one": "1 declaration is written to {path}.",
        "import.exported.many": "{n} declarations are written to {path}.",
        # what differs
        "diff.more_added": "{table}: {n} rows added, from {first} to {last}",
        "diff.more_removed": "{table}: {n} rows removed, from {first} to {last}",
        "diff.plan": "What that changes in the plan",
        "change.nothing": "Nothing: the same decisions, and the same services kept.",
        "change.added": "New decisions",
        "change.dropped": "Decisions no longer taken",
        "change.moved": "Decisions at another time",
        "change.resized": "Decisions of another size",
        "change.from_to": "{after} Before: {before}",
        "change.service": "{service}: kept if any one leaves {before} → {after}{state}",
        "change.now_stops": "; stops now",
        "change.now_runs": "; no longer stops",
        "change.stopping": "Critical services that stop if one supplier or state leaves: {x} → {y} of {n}.",
        "change.worse": "It leaves the country worse off by {money}.",
        "change.better": "It leaves the country better off by {money}.",
        "change.unclear": "In money, the difference is within what the calculation can tell.",
        # side by side
        "compare.title": "Side by side: {names}",
        "compare.note": "Sorted by name: no rank, no total. Each is measured against its own critical services. A wide "
        "range means that less has been published, not that things are worse.",
        "compare.country": "Country or economy",
        "compare.stored": "stored answer, file {hash}",
        "compare.computed": "worked out now, file {hash}",
        "compare.stops_today": "Today {x} of {n} critical services stop if one supplier or state leaves.",
        "compare.stops_plan": "Today {x} of {n} critical services stop if one supplier or state leaves; with its plan, "
        "{y}.",
        "compare.stopped": "{service}: stops without {worst}",
        "compare.assumed": "{share} of its numbers are assumptions.",
        "compare.horizons": "How free each is today, all layers at once",
        "compare.drivers": "What drives the differences",
        "compare.drivers_note": "Layer by layer, 90 days after a withdrawal: the share of critical service that runs "
        "with nobody's permission; then the one state whose withdrawal takes most of it, and the holders it reaches.",
        "compare.same": "{layer}: {who} everywhere",
        "compare.driver": "{country}: {control} alone; {who} takes {taken}{through}",
        "compare.through": ", through {names}",
        "compare.more": "{n} more",
        "compare.nobody_anywhere": "{layer}: no single state anywhere",
        "compare.nobody": "{country}: {control} alone; no single state takes anything",
        "compare.declared": "What strategies say, beside what is measured",
        "compare.said": "{country}, {layer}: declares {posture}. {text} ({title}). Runs today with nobody's "
        "permission: {control}.",
        "everyone.title": "Everyone depends",
        "everyone.note": "What each economy needs of others, and what others need of it, as far as public figures go: "
        "coarse, of several years, and not comparable across layers. Sorted by name: no rank, no total. A dash says "
        "that no figure was found, not that nothing is there.",
        "everyone.depends": "needs of others",
        "everyone.depended_on": "others need of it",
        "everyone.figures": "Every figure with its source",
        "everyone.in_words": "see below",
        "everyone.share": ": {share}",
        "everyone.figure": "{layer} ({way}): {what}{share} ({year}, {grade}; {source})",
    }
)
