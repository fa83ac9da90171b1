"""What others can stop, on a screen: the finding first, then what keeps running, then who and what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from tillerman.cli.screen import Screen, cell_width
from tillerman.cli.screens.basis import show_basis
from tillerman.cli.views.exposure import ExposureView, HoldView, PostureView, ServiceView, WithdrawalView
from tillerman.country.names import territory
from tillerman.exposure.singles import STOPPED_BELOW
from tillerman.labels import Horizon
from tillerman.units import Currency, amount, money_both, number, share
from tillerman.words import Words
from tillerman.words.sentences import translated

HORIZONS = tuple(h.value for h in Horizon)
_SAME = 5e-3  # shares closer than this read the same in whole per cent


def show_exposure(view: ExposureView, screen: Screen, currency: Currency) -> None:
    """Draw the whole answer."""
    say = screen.say
    screen.title(say("exposure.title", country=screen.country(view.country), year=view.year))
    screen.line(say("finding.today", x=view.n_stopping, n=view.n_critical))
    if view.asked is not None:
        show_asked(view, view.asked, screen)
    critical = tuple(s for s in view.services if s.tier == 1)
    show_kept(critical, screen)
    show_postures(view.postures, screen, title=say("posture.title"))
    _show_singles(view, screen)
    _show_holds(view.holds, screen)
    _show_needs(view, screen, currency)
    if view.basis is not None:
        show_basis(view.basis, screen)
    screen.line("")
    screen.line(view.note, style="italic")
    screen.line(say("limits"))


def show_asked(view: ExposureView, asked: WithdrawalView, screen: Screen) -> None:
    """What the withdrawals that were asked about do, by horizon."""
    say = screen.say
    screen.heading(say("asked.title", names=_together(asked.name, screen)))
    called = {s.service: s.name for s in view.services}
    screen.table(
        [say("asked.horizon"), say("asked.kept"), say("asked.kept_all"), say("asked.stops")],
        [
            (say(f"horizon.{h}"), share(asked.kept[h]), share(asked.kept_all[h]), str(len(asked.stops[h])))
            for h in HORIZONS
        ],
        right=(1, 2, 3),
    )
    for h in HORIZONS:
        if asked.stops[h]:
            names = say("separator").join(called[s] for s in asked.stops[h])
            screen.line(say("asked.named", horizon=say(f"horizon.{h}"), names=names))


def show_kept(today: Sequence[ServiceView], screen: Screen) -> None:
    """What keeps each critical service running, with its fallback."""
    say = screen.say
    screen.heading(say("keeps.title"))
    screen.line(say("keeps.note"))
    for service in today:
        screen.line("")
        screen.line(service_head(service, say), style="bold")
        show_bars([(say("keeps.today"), service)], screen)
        screen.line(fallback_line(service, say), indent=2)


def service_head(service: ServiceView, say: Words) -> str:
    """A service with the people it serves."""
    people = amount(1e6 * service.people_million, language=say.language)
    return say("keeps.service", service=service.name, people=people)


def show_bars(rows: Sequence[tuple[str, ServiceView]], screen: Screen) -> None:
    """One bar a row, with the same in words beside it."""
    widest = max(cell_width(label) for label, _ in rows)
    for label, service in rows:
        pad = " " * (widest - cell_width(label))
        screen.line(f"{label}{pad}  {bar(service)}  {_in_words(service, screen.say)}", indent=2)


def bar(service: ServiceView) -> str:
    """Twenty cells: dark runs with nobody's permission, middle runs if any one withdraws, light stops."""
    dark = round(_CELLS * min(service.alone, service.any_one))
    middle = max(dark, round(_CELLS * service.any_one))
    return "█" * dark + "▒" * (middle - dark) + "░" * (_CELLS - middle)


_CELLS = 20


def _in_words(service: ServiceView, say: Words) -> str:
    parts = [say("keeps.alone", alone=share(service.alone))]
    if service.any_one < service.whole - _SAME:
        told = say("keeps.any_one", any_one=share(service.any_one), worst=named(service.worst, say))
        parts.append(bracketed(told, say("keeps.stops"), say) if service.is_stopped else told)
    if service.whole < 1 - _SAME:
        parts.append(say("keeps.whole", whole=share(service.whole)))
    return say("separator").join(parts)


def fallback_line(service: ServiceView, say: Words) -> str:
    """The fallback of a service, or that there is none."""
    found = service.fallback
    if found is None:
        return say("fallback.none")
    hours = found.hours_to_switch
    return say(
        "fallback.line",
        name=bracketed(found.name, found.holder or "", say),
        hours=say("fallback.hours.unknown") if hours is None else say("fallback.hours", n=hours, amount=number(hours)),
        tested=say("fallback.untested")
        if found.last_tested is None
        else say("fallback.tested", date=found.last_tested),
    )


def show_postures(postures: tuple[PostureView, ...], screen: Screen, *, title: str) -> None:
    """How free each layer is at the four horizons."""
    say = screen.say
    screen.heading(title)
    screen.line(say("cli.posture.note"))
    rows: list[tuple[str, ...]] = []
    unmeasured: dict[str, list[str]] = {}
    for layer, group in groupby(postures, key=lambda p: p.layer):
        head = say(f"layer.{layer}")
        for p in group:
            if p.reason:
                layers = unmeasured.setdefault(p.reason, [])
                layers.extend([] if say(f"layer.{layer}") in layers else [say(f"layer.{layer}")])
                continue
            shares = (share(value or 0.0) for value in (p.control, p.steer, p.maker, p.taker))
            rows.append(
                (head, say(f"horizon.{p.horizon}"), *shares, named(p.worst, say) if p.worst else say("nothing"))
            )
            head = ""
    heads = ("layer", "after", "control", "steer", "maker", "taker", "worst")
    screen.table([say(f"posture.{head}") for head in heads], rows, right=(2, 3, 4, 5))
    for reason, layers in unmeasured.items():
        names = say("separator").join(layers)
        screen.line(say("cli.posture.unmeasured", layers=names, reason=say(f"posture.reason.{reason}")))


def _show_singles(view: ExposureView, screen: Screen) -> None:
    say = screen.say
    whole = {p.horizon: p.service_kept or 0.0 for p in view.postures if p.layer == "all layers"}
    changing = [w for w in view.withdrawals if any(whole[h] - w.kept[h] >= _SAME for h in HORIZONS)]
    same = [withdrawal_name(w, say) for w in view.withdrawals if w not in changing]
    running = {s.service for s in view.services if s.whole >= STOPPED_BELOW}  # what stops runs while nobody withdraws
    screen.heading(say("singles.title"))
    kept = by_horizon(whole, say)
    screen.line(say("singles.note", whole=kept))
    screen.table(
        [say("singles.name"), *(say(f"horizon.{h}") for h in HORIZONS), say("singles.stops")],
        [
            (
                withdrawal_name(w, say),
                *(share(w.kept[h]) for h in HORIZONS),
                str(len(running.intersection(w.stops["90d"]))),
            )
            for w in changing
        ],
        right=(1, 2, 3, 4, 5),
    )
    if same:
        screen.line(say("singles.same", n=len(same), names=say("separator").join(same)))


def by_horizon(shares: Mapping[str, float], say: Words) -> str:
    """Shares at the four horizons, in one line."""
    return say("separator").join(bracketed(share(shares[h]), say(f"horizon.{h}"), say) for h in HORIZONS)


def withdrawal_name(item: WithdrawalView, say: Words) -> str:
    """A withdrawal's name, with what it stands for where the name alone does not say, and whether it is home's own."""
    marks = [say(key) for key in (f"kind.{item.kind}",) if say.knows(key)]
    marks += [say("home")] if item.is_home else []
    return bracketed(named(item.name, say), say("separator").join(marks), say)


def named(name: str, say: Words) -> str:
    """A name as people know it: the code of a state by its name, each of several; anything else as it is."""
    parts = tuple(name.split(" and "))
    told = tuple(territory(part, say.language) for part in parts)
    return translated(name, say.language) if told == parts else say.listed(told)


def _together(name: str, screen: Screen) -> str:
    """Who is withdrawn at once, each by the name that the file gives in the language of the screen."""
    told: list[str] = []
    parts = name.split(" and ")
    if screen.say.language == "en" or screen.said(name) != name:
        return named(screen.said(name), screen.say)
    while parts:  # a name may itself hold an "and": the longest that is known counts
        runs = (" and ".join(parts[:n]) for n in range(len(parts), 0, -1))
        run = next((run for run in runs if screen.said(run) != run), parts[0])
        told.append(named(screen.said(run), screen.say))
        parts = parts[run.count(" and ") + 1 :]
    return screen.say.listed(tuple(told))


def bracketed(text: str, note: str, say: Words) -> str:
    """A text with a note in brackets, where there is one."""
    return say("bracketed", text=text, note=note) if note else text


def _show_holds(holds: tuple[HoldView, ...], screen: Screen) -> None:
    """Who can withdraw what: a table a layer; each thing, and under it whoever holds it."""
    say = screen.say
    screen.heading(say("holds.title"))
    screen.line(say("holds.note"))
    for layer, in_layer in groupby(holds, key=lambda row: row.layer):
        rows: list[tuple[str, ...]] = []
        for resource, of_resource in groupby(in_layer, key=lambda row: row.resource):
            rows.append((resource, "", *("" for _ in HORIZONS)))
            for party, group in groupby(of_resource, key=lambda row: row.party):
                found = list(group)
                rows.append(
                    (
                        "  " + bracketed(party, _reached_by(found[0], say), say),
                        say("separator").join(dict.fromkeys(say(f"hold.{row.kind}") for row in found)),
                        *(share(min(row.left[h] for row in found)) for h in HORIZONS),
                    )
                )
        screen.line("")
        screen.line(say(f"layer.{layer}"), style="bold")
        heads = [say("holds.party"), say("holds.kind"), *(say(f"horizon.{h}") for h in HORIZONS)]
        screen.table(heads, rows, right=(2, 3, 4, 5))


def _reached_by(hold: HoldView, say: Words) -> str:
    """Whose orders reach the holder; nothing where that is the state the holder is named after."""
    names = [named(code, say) for code in hold.jurisdictions]
    return "" if names == [hold.party] else ", ".join(names)


def _show_needs(view: ExposureView, screen: Screen, currency: Currency) -> None:
    say = screen.say
    if not view.needs:
        return
    screen.heading(say("needs.title", country=screen.country(view.country)))
    lines = []
    for need in view.needs:
        what = bracketed(need.name, need.party, say)
        if need.worth_musd_per_year is None:
            lines.append(say.pair(what, need.note or say("needs.unknown")))
            continue
        worth = say("needs.worth", money=money_both(need.worth_musd_per_year, currency, language=say.language))
        lines.append(say("needs.line", what=what, worth=worth, note=need.note).strip())
    screen.items(lines)
