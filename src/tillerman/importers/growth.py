"""From a national series of electricity to the power that grows for computing in a zone: the user says what share."""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean

from tillerman.importers.links import Link
from tillerman.importers.source import Found
from tillerman.labels import Grade

YEARS = 5
_MW_PER_TWH = 1e6 / 8760


def growth(link: Link, series: dict[int, float], *, what: str, where: str, column: str) -> Found | None:
    """Mean yearly growth of the last five years, as MW, times the share that may serve computing; None if too short.

    The range is from the least to the most of those years.
    """
    years = sorted(series)[-(YEARS + 1) :]
    if len(years) <= YEARS or years[-1] - years[0] != YEARS or link.share is None:
        return None
    steps = [series[b] - series[a] for a, b in pairwise(years)]
    factor = _MW_PER_TWH * link.share
    ends = factor / YEARS
    return Found(
        table="zones",
        row=link.row,
        column="growth_mw_per_year",
        value=factor * fmean(steps),
        low=factor * min(steps),
        high=factor * max(steps),
        source_row=where.format(first=years[0], last=years[-1]),
        source_column=f"{column} (last year less first)",
        source_factor=ends,
        year=years[-1],
        grade=Grade.ESTIMATE,
        title=f"Mean yearly growth of {what} from {years[0]} to {years[-1]} in MW, times the share {link.share:g} that "
        "the planner takes to be open to computing",
        note="The range is from the least to the most of these years.",
    )
