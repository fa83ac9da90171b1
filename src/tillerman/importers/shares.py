"""Who powers a grid, as shares of its installed capacity: of owners, or of kinds of plant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tillerman.country import Country
from tillerman.errors import SettingError
from tillerman.importers.links import MAP, Link
from tillerman.importers.source import Found
from tillerman.labels import Grade, HoldKind


@dataclass(frozen=True)
class Plants:
    """Installed capacity of one grid: MW by group, of how many rows, and what belongs to nobody known."""

    by_group: dict[str, tuple[float, int]]  # MW and rows
    unknown_mw: float
    which: str  # what picks the rows of this grid in the source
    group: str  # the column of the group
    amount: str  # the column of the MW
    year: int | None

    @property
    def total(self) -> float:
        """All of it, in MW."""
        return sum(mw for mw, _ in self.by_group.values()) + self.unknown_mw


def power_holds(country: Country) -> list[str]:
    """The holds whose share says how much of a zone somebody powers."""
    return [hold.id for hold in country.holds if hold.kind is HoldKind.POWERS]


def shares(links: Sequence[Link], plants: Plants) -> tuple[Found, ...]:
    """The share of capacity behind each linked hold; several groups linked to one hold are added up.

    The range runs from the groups' own share to their own and all that has no known owner.
    """
    by_hold: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.share is not None:
            expected = "a link without '@': the share is what the source gives"
            raise SettingError(MAP, f"{link.source}={link.row}@{link.share:g}", expected)
        by_hold[link.row].append(link.source)
    return tuple(_share(hold, groups, plants) for hold, groups in by_hold.items())


def _share(hold: str, groups: list[str], plants: Plants) -> Found:
    mw = sum(plants.by_group[group][0] for group in groups)
    rows = sum(plants.by_group[group][1] for group in groups)
    return Found(
        table="holds",
        row=hold,
        column="share",
        value=mw / plants.total,
        low=mw / plants.total,
        high=(mw + plants.unknown_mw) / plants.total,
        source_row=f"{plants.which}{plants.group}={'|'.join(groups)}",
        source_column=plants.amount,
        source_factor=rows / plants.total,  # a row of evidence is read as the mean of the rows it names
        year=plants.year,
        grade=Grade.ESTIMATE,
        title=f"Share of installed capacity, {mw:,.0f} of {plants.total:,.0f} MW in the whole country",
        note="Taken for the country; a zone may be fed otherwise. The high end adds capacity without a known owner.",
    )
