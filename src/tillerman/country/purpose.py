"""How far a file gets you: what each use of a country needs, as rows of one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tillerman.country.record import Country
from tillerman.country.world import Driver, Trend
from tillerman.errors import Problem
from tillerman.labels import Climate


class Purpose(StrEnum):
    """What a country file is opened for; each purpose includes those before it."""

    LOAD = "load"
    EXPOSURE = "exposure"
    PLAN = "plan"


@dataclass(frozen=True)
class Need:
    """A table that a purpose needs, the ids it must hold where these are fixed, and why."""

    purpose: Purpose
    table: str
    why: str
    ids: tuple[str, ...] = ()


NEEDS = (
    Need(Purpose.EXPOSURE, "parties", "who can withhold something"),
    Need(Purpose.EXPOSURE, "resources", "what the stack is made of"),
    Need(Purpose.EXPOSURE, "holds", "who can withhold what"),
    Need(Purpose.EXPOSURE, "retention", "what is left after a withdrawal"),
    Need(Purpose.EXPOSURE, "sites", "where models run"),
    Need(Purpose.EXPOSURE, "models", "which models there are"),
    Need(Purpose.EXPOSURE, "capabilities", "how well each model works in each language"),
    Need(Purpose.EXPOSURE, "routes", "how a service can run"),
    Need(Purpose.EXPOSURE, "services", "what people rely on"),
    Need(Purpose.EXPOSURE, "deployments", "on which routes services run today"),
    Need(Purpose.EXPOSURE, "trends", "how prices and the quality floor move", tuple(Trend)),
    Need(Purpose.PLAN, "climates", "how the climate between states may move", tuple(Climate)),
    Need(Purpose.PLAN, "drivers", "how uncertain demand and prices are", tuple(Driver)),
    Need(Purpose.PLAN, "disruptions", "what may stop, and how often"),
)


def gaps(country: Country, purpose: Purpose) -> tuple[Problem, ...]:
    """List what is missing for a purpose, and for those before it."""
    order = list(Purpose)
    wanted = set(order[: order.index(purpose) + 1])
    return tuple(_gaps(country, (need for need in NEEDS if need.purpose in wanted)))


def _gaps(country: Country, needs: Iterable[Need]) -> Iterable[Problem]:
    for need in needs:
        present = {row.id for row in getattr(country, need.table)}
        missing = [name for name in need.ids if name not in present]
        if not present:
            yield Problem(
                need.table, "no rows", f"{need.why}, which {need.purpose} needs", f"Fill in the table {need.table}."
            )
        elif missing:
            expected = f"one row for each of {', '.join(need.ids)}, which {need.purpose} needs"
            yield Problem(
                need.table, f"no row for {', '.join(missing)}", expected, "Add it; write 0 where nothing changes."
            )
