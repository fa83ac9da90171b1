"""The answer of `tillerman exposure`: who can withdraw what, what keeps running, how free the country is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from tillerman.cli.views.basis import BasisView
from tillerman.country.aliases import SHOWN, Names
from tillerman.exposure import Consequence, Exposure, Posture, ServiceKept
from tillerman.labels import Horizon


@dataclass(frozen=True)
class FallbackView:
    """What takes over when a service's usual way stops."""

    name: Annotated[str, "In plain words."]
    holder: Annotated[str | None, "Who holds it; null where the file does not say."]
    hours_to_switch: Annotated[float | None, "Hours from failure to fallback; null where nobody knows."]
    last_tested: Annotated[str | None, "Date of the last test; null where never tested."]


@dataclass(frozen=True)
class ServiceView:
    """What keeps one service running, 90 days after a withdrawal."""

    service: Annotated[str, "Its id in the country file."]
    name: Annotated[str, "In plain words."]
    tier: Annotated[int, "1 must not stop, 2 matters, 3 can wait."]
    people_million: Annotated[float, "People served, million."]
    alone: Annotated[float, "Share that runs with nobody's permission: every foreign jurisdiction withdraws."]
    any_one: Annotated[float, "Least share that runs when any one supplier or state withdraws."]
    whole: Annotated[float, "Share that runs when nobody withdraws."]
    is_stopped: Annotated[bool, "True when less than half runs after some single withdrawal."]
    worst: Annotated[str, "The single withdrawal that leaves least."]
    fallback: Annotated[FallbackView | None, "Null where there is none."]


@dataclass(frozen=True)
class HoldView:
    """One line of who can withdraw what."""

    layer: Annotated[str, "The layer of the stack."]
    resource: Annotated[str, "What is held."]
    party: Annotated[str, "Who holds it."]
    kind: Annotated[str, "How: owns, operates, supplies, licenses, hosts, powers, funds or staffs."]
    jurisdictions: Annotated[tuple[str, ...], "Every state or bloc whose orders reach the holder."]
    left: Annotated[dict[str, float], "Share of the resource left 7d, 90d, 1y and 5y after this hold is withdrawn."]
    note: Annotated[str, "A remark of the file."]


@dataclass(frozen=True)
class NeedView:
    """Something others need from this country."""

    name: Annotated[str, "What it is."]
    party: Annotated[str, "Who needs it, or who of ours holds it."]
    worth_musd_per_year: Annotated[float | None, "Worth to them, million US$ a year; null where not known."]
    note: Annotated[str, "A remark of the file."]


@dataclass(frozen=True)
class WithdrawalView:
    """What one single withdrawal does."""

    kind: Annotated[str, "party, jurisdiction, vendor, route or zone."]
    id: Annotated[str, "Its id in the country file; several joined by + where they were asked for together."]
    name: Annotated[str, "Its name."]
    cause: Annotated[str, "chooses (commercial), ordered (by a state) or cannot (failure)."]
    is_home: Annotated[bool, "True when only home can do it."]
    kept: Annotated[dict[str, float], "Share of critical service kept, by people, at 7d, 90d, 1y and 5y."]
    kept_all: Annotated[dict[str, float], "The same over services of every tier."]
    stops: Annotated[dict[str, tuple[str, ...]], "Ids of critical services that keep less than half, by horizon."]


@dataclass(frozen=True)
class PostureView:
    """How free one layer is at one horizon: four shares that sum to 1, or nulls and a reason."""

    layer: Annotated[str, "The layer, or 'all layers'."]
    horizon: Annotated[str, "7d, 90d, 1y or 5y."]
    control: Annotated[float | None, "Share that runs when every foreign holder has withdrawn."]
    steer: Annotated[float | None, "Share that binding contracts keep running on top of it, whoever withdraws."]
    maker: Annotated[float | None, "Negotiated dependence: kept by clauses that deepen a partnership."]
    taker: Annotated[float | None, "Unprotected dependence: what the most serious single state can stop."]
    service_kept: Annotated[float | None, "Share of people served when nobody withdraws."]
    worst: Annotated[str | None, "The jurisdiction whose withdrawal hurts most."]
    reason: Annotated[str, "Why there are no shares, where there are none."]


@dataclass(frozen=True)
class ExposureView:
    """What others can stop in a country, and what keeps running then."""

    country: Annotated[str, "Name of the country or economy."]
    year: Annotated[int, "The year assessed."]
    n_critical: Annotated[int, "How many services are critical."]
    n_stopping: Annotated[int, "How many of them stop if one supplier or state withdraws."]
    asked: Annotated[WithdrawalView | None, "The withdrawals named by --without, all at once."]
    services: Annotated[tuple[ServiceView, ...], "What keeps running at 90 days, critical services first."]
    postures: Annotated[tuple[PostureView, ...], "How free each layer is, over critical services."]
    holds: Annotated[tuple[HoldView, ...], "Who can withdraw what, layer by layer."]
    needs: Annotated[tuple[NeedView, ...], "What others need from this country."]
    withdrawals: Annotated[tuple[WithdrawalView, ...], "Every single withdrawal, most serious first."]
    basis: Annotated[BasisView | None, "What a file of thirty numbers rests on; null for a full file."]
    is_anonymous: Annotated[bool, "True when names are replaced by numbers."]
    input_hash: Annotated[str, "Hash of the country file's content."]
    version: Annotated[str, "Version of the program."]
    note: Annotated[str, "How to read this."]


def view_exposure(
    exposure: Exposure, *, version: str, note: str, names: Names = SHOWN, basis: BasisView | None = None
) -> ExposureView:
    """Put an exposure into the form that is shown and printed."""
    critical = [s for s in exposure.services if s.tier == 1]
    return ExposureView(
        country=exposure.country.frame.name,
        year=exposure.year,
        n_critical=len(critical),
        n_stopping=len(exposure.stopping),
        asked=None if exposure.asked is None else view_withdrawal(exposure.asked, names),
        services=tuple(view_service(s, names, exposure) for s in exposure.services),
        postures=tuple(view_posture(p, names) for p in exposure.posture_rows),
        holds=tuple(
            HoldView(
                layer=row.layer,
                resource=names.of(row.resource),
                party=names.of(row.party),
                kind=row.kind,
                jurisdictions=names.all_of(row.jurisdictions),
                left=_by_horizon(row.left),
                note=names.note(row.note),
            )
            for row in exposure.holds
        ),
        needs=tuple(
            NeedView(names.text(n.name), names.of(n.party), n.worth_musd_per_year, names.note(n.note))
            for n in exposure.needs
        ),
        withdrawals=tuple(view_withdrawal(c, names) for c in exposure.singles),
        basis=basis,
        is_anonymous=not names.are_shown,
        input_hash=exposure.country.content_hash,
        version=version,
        note=note,
    )


def view_service(row: ServiceKept, names: Names, exposure: Exposure) -> ServiceView:
    """One service; the holder of its fallback by name."""
    fallback = row.fallback
    called = {party.id: party.name for party in exposure.country.parties}
    return ServiceView(
        service=row.service,
        name=names.text(row.name),
        tier=row.tier,
        people_million=row.people_million,
        alone=row.alone,
        any_one=row.any_one,
        whole=row.whole,
        is_stopped=row.is_stopped,
        worst=names.of(row.worst) if row.worst else "",
        fallback=None
        if fallback is None
        else FallbackView(
            name=names.text(fallback.name),
            holder=None if fallback.holder is None else names.of(called.get(fallback.holder, fallback.holder)),
            hours_to_switch=fallback.hours_to_switch,
            last_tested=None if fallback.last_tested is None else fallback.last_tested.isoformat(),
        ),
    )


def view_withdrawal(row: Consequence, names: Names) -> WithdrawalView:
    """One single withdrawal, or several asked for at once."""
    item = row.withdrawal
    together = " and ".join(names.of(part) for part in item.id.split("+"))
    return WithdrawalView(
        kind=item.kind,
        id=names.id(item.id),
        name=item.name if names.are_shown else together,
        cause=item.cause,
        is_home=item.is_home,
        kept=_by_horizon(row.kept),
        kept_all=_by_horizon(row.kept_all),
        stops={h.value: stopped for h, stopped in zip(Horizon, row.stops, strict=True)},
    )


def view_posture(row: Posture, names: Names) -> PostureView:
    """One posture."""
    return PostureView(
        layer=row.layer,
        horizon=row.horizon,
        control=row.control,
        steer=row.steer,
        maker=row.maker,
        taker=row.taker,
        service_kept=row.service_kept,
        worst=None if row.worst is None else names.of(row.worst),
        reason=row.reason,
    )


def _by_horizon(values: tuple[float, ...]) -> dict[str, float]:
    return {h.value: float(value) for h, value in zip(Horizon, values, strict=True)}
