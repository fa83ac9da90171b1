"""What an import changes, on a screen."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.views.import_ import ImportedView, ImportView
from tillerman.units import number

_LISTED = 12
_DIGITS = 6
_LONG = 60  # letters of a source's row; the whole stands in the evidence and in the JSON


def show_import(view: ImportView, screen: Screen) -> None:
    """The table of changes first, then what was left alone, and whether anything was written."""
    say = screen.say
    screen.title(say("import.title", source=f"{view.source}: {view.file}", country=screen.country(view.country)))
    if view.changes:
        screen.heading(say("import.changed" if view.is_written else "import.changes"))
        heads = ("place", "old", "new", "range", "grade")
        rows = [_row(item, screen) for item in view.changes]
        screen.table([say(f"import.{head}") for head in heads], rows, right=(1, 2))
        screen.heading(say("import.read"))
        screen.items([_read(item, screen) for item in view.changes])
    else:
        screen.line(say("import.nothing"))
    dates = [f"{item.date}: {item.text} ({item.subject or say('nothing')})" for item in view.dates]
    for heading, texts in (
        ("import.dates", dates),
        ("import.left_out", view.left_out),
        ("import.told", view.told),
        ("import.offers", view.offers),
        ("import.unmatched", view.unmatched),
        ("import.warnings", view.warnings),
    ):
        if texts:
            screen.heading(say(heading))
            shown = texts if heading == "import.warnings" else texts[:_LISTED]
            more = len(texts) - len(shown)
            screen.items([*shown, *([f"… (+{more})"] if more else [])])
        if heading == "import.unmatched" and (view.offers or view.unmatched):
            screen.line(say("import.how"), indent=1)
    screen.line("")
    if view.is_written:
        screen.line(say("import.done", path=view.into))
    elif view.changes or view.dates:
        screen.line(say("import.dry"))


def _row(item: ImportedView, screen: Screen) -> tuple[str, ...]:
    say = screen.say
    old = say("import.blank") if item.old is None else f"{item.old:g}"
    span = "" if item.low is None or item.high is None else f"{item.low:g} – {item.high:g}"
    place = f"{item.table} {item.row} {item.column}" + (f" [{item.unit}]" if item.unit else "")
    return place, old, f"{item.new:g}", span, say(f"grade.{item.grade}")


def _read(item: ImportedView, screen: Screen) -> str:
    """Where a number stands in the source: below the table, for no column holds it on a terminal of 80 columns."""
    source = item.source_row if len(item.source_row) <= _LONG else f"{item.source_row[:_LONG]}…"
    read = f"{source}: {item.source_column} × {number(item.source_factor, _DIGITS)}"
    return screen.say.pair(f"{item.table} {item.row} {item.column}", read)
