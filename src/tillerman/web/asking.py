"""What a drill asks, as it stands in an address: every view is a link; taking something back is the link without it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Final, Literal
from urllib.parse import urlencode

from fastapi import Depends, Query

from tillerman.labels import Cause, Horizon

TODAY: Final = "today"
PLAN: Final = "plan"
Basis = Literal["today", "plan"]
Key = Annotated[str, Query(max_length=120)]


@dataclass(frozen=True)
class Drilled:
    """Who withdraws, why, after which time we look, and on what the drill stands."""

    without: tuple[str, ...] = ()  # keys of withdrawals, in the order in which they were added
    cause: Cause | None = None  # None: each for the usual cause of its kind
    horizon: Horizon = Horizon.QUARTER
    basis: Basis = TODAY
    is_anonymous: bool = False
    resource: str = ""  # the block that stands open
    is_whole: bool = False  # is everybody who can withdraw in sight?

    @property
    def query(self) -> str:
        """This drill as the query of an address; what is usual is left out."""
        parts = [("without", key) for key in self.without]
        parts += [("cause", self.cause.value)] if self.cause else []
        parts += [("for", self.horizon.value)] if self.horizon is not Horizon.QUARTER else []
        parts += [("with", self.basis)] if self.basis != TODAY else []
        parts += [("anonymous", "true")] if self.is_anonymous else []
        parts += [("open", self.resource)] if self.resource else []
        parts += [("all", "true")] if self.is_whole else []
        return urlencode(parts)

    def at(self, place: str) -> str:
        """The address of this drill on a page."""
        return f"{place}?{self.query}" if self.query else place

    def adding(self, key: str) -> Drilled:
        """The drill with one more withdrawal."""
        return replace(self, without=(*(k for k in self.without if k != key), key))

    def lacking(self, key: str) -> Drilled:
        """The drill without one of its withdrawals."""
        return replace(self, without=tuple(k for k in self.without if k != key))

    def undone(self) -> Drilled:
        """The drill before its last withdrawal."""
        return replace(self, without=self.without[:-1])

    def cleared(self) -> Drilled:
        """The drill with nothing withdrawn."""
        return replace(self, without=())

    def because(self, cause: Cause | None) -> Drilled:
        """The drill for another cause."""
        return replace(self, cause=cause)

    def after(self, horizon: Horizon) -> Drilled:
        """The drill seen after another time."""
        return replace(self, horizon=horizon)

    def on(self, basis: Basis) -> Drilled:
        """The drill today, or with the plan."""
        return replace(self, basis=basis)

    def opening(self, resource: str) -> Drilled:
        """The drill with one block open, or with none."""
        return replace(self, resource=resource)

    def with_all(self, *, is_whole: bool) -> Drilled:
        """The drill with everybody who can withdraw in sight, or only the most serious."""
        return replace(self, is_whole=is_whole)

    def named(self, *, is_anonymous: bool) -> Drilled:
        """The drill with numbers instead of names, or with names."""
        return replace(self, is_anonymous=is_anonymous)


def drilled(
    without: Annotated[
        list[Key] | None,
        Query(max_length=60, description="Who withdraws: ids of suppliers, codes of states, cables, power zones."),
    ] = None,
    cause: Annotated[Cause | None, Query(description="Why; the usual cause of each kind unless given.")] = None,
    horizon: Annotated[Horizon, Query(alias="for", description="How long after the withdrawal we look.")] = (
        Horizon.QUARTER
    ),
    basis: Annotated[Basis, Query(alias="with", description="As things stand today, or with the plan.")] = TODAY,
    anonymous: Annotated[bool, Query(description="Numbers instead of names.")] = False,  # noqa: FBT002 - a query
) -> Drilled:
    """Read a drill from an address; who is named twice withdraws once."""
    return Drilled(tuple(dict.fromkeys(without or ())), cause, horizon, basis, anonymous)


def looked_at(
    asked: Annotated[Drilled, Depends(drilled)],
    resource: Annotated[str, Query(alias="open", max_length=120, description="The block that stands open.")] = "",
    is_whole: Annotated[bool, Query(alias="all", description="Show everybody.")] = False,  # noqa: FBT002 - a query
) -> Drilled:
    """Read a drill with what a reader has opened on the page; what a program asks has no such thing."""
    return replace(asked, resource=resource, is_whole=is_whole)


Asked = Annotated[Drilled, Depends(drilled)]
LookedAt = Annotated[Drilled, Depends(looked_at)]
