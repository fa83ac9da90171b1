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
    }
)
