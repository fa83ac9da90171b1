"""Chips from Epoch AI's table of machine-learning hardware: how much power a standard chip's worth of them takes."""

from __future__ import annotations

from tillerman.importers.links import Link, linked
from tillerman.importers.source import Asked, Found, Importer, Reading, named
from tillerman.importers.table import SourceRow, SourceTable, Trouble, read_table
from tillerman.labels import Grade

NAME, POWER = "Hardware name", "TDP (W)"
SPEED = "Tensor-FP16/BF16 performance (FLOP/s)"
STANDARD = "NVIDIA H100 SXM5 80GB"
SERVER, SERVER_LOW, SERVER_HIGH = 1.8, 1.4, 2.1  # power of a chip with its share of the server, over the chip's own
_KW = 1e-3


def read(asked: Asked) -> Reading:
    """Read power and speed of linked chips; a site is linked to the chip that stands in it."""
    table = read_table(asked.path, (NAME, POWER, SPEED), key=NAME)
    trouble = Trouble(table.place)
    trouble.once(table.rows, (NAME,))
    rows = {row[NAME]: row for row in table.rows}
    sites = [site.id for site in asked.country.sites]
    links = linked(asked.links, named("sites", sites, asked.country), rows)
    standard = _standard(table, rows, trouble)
    found = [item for link in links if (item := _found(link, rows[link.source], standard, trouble)) is not None]
    trouble.stop()
    told = {link.row for link in links}
    return Reading(
        found=tuple(found),
        unmatched=tuple(site for site in sites if site not in told),
        told=("The release price of a chip is not the price of a running hall: it is not taken.",),
    )


def _standard(table: SourceTable, rows: dict[str, SourceRow], trouble: Trouble) -> float:
    """The speed of the chip in which all others are counted."""
    if STANDARD not in rows:
        remedy = "The table must hold the chip in which all others are counted: download it whole."
        trouble.add(None, NAME, f"no row {STANDARD!r} among {len(table.rows)}", f"a row {STANDARD!r}", remedy)
        trouble.stop()
    return trouble.number(rows[STANDARD], SPEED) or 1.0


def _found(link: Link, row: SourceRow, standard: float, trouble: Trouble) -> Found | None:
    watts, speed = trouble.number(row, POWER), trouble.number(row, SPEED)
    if not watts or not speed:
        return None
    worth = speed / standard  # H100-equivalents of one chip
    return Found(
        table="sites",
        row=link.row,
        column="kw_per_h100e",
        value=SERVER * _KW * watts / worth,
        low=SERVER_LOW * _KW * watts / worth,
        high=SERVER_HIGH * _KW * watts / worth,
        source_row=f"{NAME}={link.source}",
        source_column=POWER,
        source_factor=SERVER * _KW / worth,
        year=None,
        grade=Grade.ESTIMATE,
        title=f"Thermal design power with the chip's share of the server ({SERVER} times), over its speed at 16 bits "
        f"in H100-equivalents ({worth:.3g})",
        note=f"The range takes {SERVER_LOW} and {SERVER_HIGH} times for the server.",
    )


IMPORTER = Importer(
    name="epoch-chips",
    feeds="sites: kw_per_h100e, from the chip that stands there",
    publisher="Epoch AI, Machine learning hardware",
    licence="CC BY 4.0",
    read=read,
)
