"""Countries side by side on a screen: sorted by name, without colours, ranks or totals."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.views.compare import DependenceView, EveryoneView
from tillerman.country.names import territory
from tillerman.report.compared import CountriesTold
from tillerman.report.figures import Figures
from tillerman.report.tables import shown
from tillerman.units import share
from tillerman.words import Words
from tillerman.words.order import order


def show_compare(told: CountriesTold, screen: Screen, write: Figures) -> None:
    """What keeps running, how free each is by horizon and by layer, what drives the differences."""
    say = screen.say
    screen.title(say("compare.title", names=say("separator").join(country.name for country in told.countries)))
    screen.line(told.note)
    screen.heading(say("keeps.title"))
    for country in told.countries:
        screen.line("")
        screen.line(say("bracketed", text=country.name, note=country.made), style="bold")
        screen.line(country.finding, indent=2)
        screen.items(country.stopped, indent=2)
        screen.line(country.assumed, indent=2)
    columns = told.horizons.columns
    screen.heading(told.horizons.caption)
    screen.table(
        [column.head for column in columns],
        [
            [
                say("nothing") if value is None else shown(value, column.kind, write)
                for value, column in zip(row.values, columns, strict=True)
            ]
            for row in told.horizons.rows
        ],
        right=(2, 3, 4, 5),
    )
    screen.heading(say("compare.drivers"))
    screen.line(told.drivers_note)
    for driver in told.drivers:
        screen.line("")
        screen.line(driver.title, style="bold")
        screen.items(driver.lines)
    if told.declared:
        screen.heading(say("compare.declared"))
        screen.items(told.declared)
    screen.line("")
    screen.line(say("standard"), style="italic")
    screen.line(say("limits"))


def show_everyone(view: EveryoneView, screen: Screen) -> None:
    """One table, both ways; then every figure with its source."""
    say = screen.say
    screen.title(say("everyone.title"))
    screen.line(say("everyone.note"))
    screen.line("")
    ways = ("depends", "depended_on")
    called = {economy: territory(economy.code, say.language) for economy in view.economies}
    economies = sorted(called, key=lambda economy: order(say.language)(called[economy]))
    screen.table(
        [say("compare.country"), *(say(f"everyone.{way}") for way in ways)],
        [(called[e], *(_cell(e.rows, way, say) for way in ways)) for e in economies],
    )
    screen.heading(say("everyone.figures"))
    for economy in economies:
        screen.line("")
        screen.line(called[economy], style="bold")
        screen.items([_figure(row, say) for row in economy.rows])
    screen.line("")
    screen.line(view.note, style="italic")
    screen.line(say("limits"))


def _cell(rows: tuple[DependenceView, ...], way: str, say: Words) -> str:
    """One cell: layer by layer the share, and who holds it; a dash where no figure was found."""
    told = []
    for row in rows:
        if row.direction == way:
            value = say("everyone.in_words") if row.share is None else share(row.share)
            told.append(" ".join((say(f"layer.{row.layer}"), value, *row.holders)))
    return say("separator").join(told) or say("nothing")


def _figure(row: DependenceView, say: Words) -> str:
    value = "" if row.share is None else say("everyone.share", share=share(row.share))
    return say(
        "everyone.figure",
        way=say(f"everyone.{row.direction}"),
        layer=say(f"layer.{row.layer}"),
        what=row.what,
        share=value,
        year=row.year,
        grade=say(f"grade.{row.grade}"),
        source=row.source,
    )
