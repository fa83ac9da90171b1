"""From the numbers of a first stage to decisions a government can read: build, sign, start, keep open, run."""

from __future__ import annotations

from collections.abc import Iterator

from tillerman.country.choices import Option
from tillerman.dispatch import Start, deploy_name, highest_demand
from tillerman.labels import Signpost
from tillerman.plan.accounts import money_of_starts
from tillerman.plan.rows import Decision
from tillerman.plan.setting import Setting, signed_name, start_name
from tillerman.units import number, share

COMMITTED_YEARS = 3
NEGLIGIBLE_SHARE = 0.02  # of a service's highest demand: smaller deployments are not reported
NEGLIGIBLE_CRITICAL_SHARE = 0.002  # of a critical service's: what keeps it running is told whole
NEGLIGIBLE_H100E = 0.5
NEGLIGIBLE_LEVEL = 0.01


def decisions(setting: Setting, amounts: dict[str, float]) -> tuple[Decision, ...]:
    """List every decision that is more than rounding, by period and then by kind."""
    found = [*_starts(setting, amounts), *_signatures(setting, amounts), *_runs(setting, amounts)]
    order = {action: i for i, action in enumerate(("sign", "build", "start", "keep_open", "run"))}
    return tuple(sorted(found, key=lambda d: (d.period, order[d.action], -d.public_cash_musd, d.subject, d.text)))


def is_committed(setting: Setting, period: int) -> bool:
    """Does a period begin within the first three years?"""
    return setting.years[period] < setting.years[0] + COMMITTED_YEARS


def _starts(setting: Setting, amounts: dict[str, float]) -> Iterator[Decision]:
    money = money_of_starts(setting)
    for start in setting.dispatch.space.starts:
        amount = amounts.get(start_name(start), 0.0)
        least = NEGLIGIBLE_LEVEL if start.family == "level" else NEGLIGIBLE_H100E
        if amount < least or start.family == "reserved":
            continue
        cash = sum(money[start_name(start)].public.values()) * amount
        action, name, unit, lever, text = _words(setting, start, amount)
        yield Decision(
            action, start.subject, name, setting.label(start.period), start.period, amount, unit, cash, lever,
            is_committed(setting, start.period), text,
        )  # fmt: skip


def _words(setting: Setting, start: Start, amount: float) -> tuple[str, str, str, int | None, str]:
    """Action, name, unit, lever and sentence of one start."""
    chips = _chips(amount)
    if start.family == "built":
        name = _site_name(setting, start.subject)
        return "build", name, "H100e", 1, f"Build {chips} at {name}."
    if start.family == "kept":
        option = next(o for o in setting.country.options if o.id == start.subject)
        watch = f"signpost: {_sign(setting, option)}; watched by {option.watcher}"
        return "keep_open", option.name, "H100e", None, f"Keep open: {option.name}, for {chips} ({watch})."
    lever = setting.lever[start.subject]
    scale = _scale(amount)
    return "start", lever.name, "programme", lever.lever, f"Start: {lever.name}{scale}."


def _chips(amount: float) -> str:
    """So many chips, with no more digits than the file supports."""
    told = number(amount)
    return f"{told} standard AI chip{'' if told == '1' else 's'}"


def _sign(setting: Setting, option: Option) -> str:
    """Say in words what is watched for."""
    if option.signpost is Signpost.DISRUPTION:
        return next(d.name for d in setting.country.disruptions if d.id == option.fires_at)
    if option.signpost is Signpost.CLIMATE:
        return f"a {option.fires_at} climate between states"
    return f"{option.signpost} at the {option.fires_at} level"


def _scale(amount: float) -> str:
    """How much of a programme is started: nothing to say for one, a share below it, a multiple above it."""
    if abs(amount - 1) < NEGLIGIBLE_LEVEL or number(amount) == "1":
        return ""
    return f", {share(amount)} of one full programme" if amount < 1 else f", {number(amount)} times one full programme"


def _site_name(setting: Setting, site: str) -> str:
    return next(r.name for r in setting.country.resources if r.id == site)


def _signatures(setting: Setting, amounts: dict[str, float]) -> Iterator[Decision]:
    """Each signature with the slice it reserves from then on."""
    money = money_of_starts(setting)
    reserves = {(s.subject, s.period): s for s in setting.starts("reserved")}
    for agreement in setting.country.agreements:
        for t in range(setting.n_periods):
            signed = signed_name(agreement.id, t)
            if amounts.get(signed, 0.0) < 0.5:  # noqa: PLR2004 - a whole decision: signed or not
                continue
            reserve = reserves.get((agreement.id, t))
            slice_h100e = amounts.get(start_name(reserve), 0.0) if reserve else 0.0
            cash = sum(money[signed].public.values())
            if reserve is not None:
                cash += slice_h100e * sum(money[start_name(reserve)].public.values())
            text = f"Sign: {agreement.name}"
            text += f", reserving {_chips(slice_h100e)}." if slice_h100e >= NEGLIGIBLE_H100E else "."
            yield Decision(
                "sign", agreement.id, agreement.name, setting.label(t), t, slice_h100e, "H100e", cash,
                agreement.lever, is_committed(setting, t), text,
            )  # fmt: skip


def _runs(setting: Setting, amounts: dict[str, float]) -> Iterator[Decision]:
    """Where each service stands ready in each epoch, as shares of its highest demand."""
    space, shape = setting.dispatch.space, setting.dispatch.layout
    names = {resource.id: resource.name for resource in setting.country.resources}
    for epoch in range(max(space.epochs) + 1):
        periods = [t for t, e in enumerate(space.epochs) if e == epoch]
        first, last = periods[0], periods[-1]
        end = setting.years[last] + setting.lengths[last] - 1
        years = f"{setting.years[first]}–{end}" if end > setting.years[first] else str(end)
        for pair in shape.pairs:
            if not pair.is_resident:
                continue
            klass = shape.classes[pair.klass]
            demand = highest_demand(space, pair.klass, epoch)
            amount = amounts.get(deploy_name(pair.name(shape.classes), epoch), 0.0)
            part = amount / demand if demand > 0 else 0.0
            if part < (NEGLIGIBLE_CRITICAL_SHARE if klass.service.tier == 1 else NEGLIGIBLE_SHARE):
                continue
            where = f"{names[pair.route.model]} at {names[pair.route.site]}"
            uses = f"the expected {klass.difficulty} uses of “{klass.service.name}”"
            text = f"Have room for {share(part)} of {uses} ready on {where}."
            yield Decision(
                "run", f"{klass.name}@{pair.route.id}", klass.service.name, years, first, part,
                "share of peak demand", 0.0, None, is_committed(setting, first), text,
            )  # fmt: skip
