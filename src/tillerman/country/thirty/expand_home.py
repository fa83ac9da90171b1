"""What stands at home: power, connections abroad, people and halls, as far as the answers go."""

from __future__ import annotations

from tillerman.country.thirty.draft import ELSEWHERE, HOURS, NEIGHBOUR, Draft
from tillerman.country.thirty.figure import Figure, combine, generic
from tillerman.country.thirty.parts import LINKS, OPEN_MODEL, ZONE, chips, hold, hold_part, party, resource, route, site

NEW_HALL, PUBLIC_HALL, PRIVATE_HALL = "new_hall", "public_hall", "private_hall"
AI_OPS, CRISIS_TEAM = "ai_ops", "crisis_team"
_MILLION = 1e6


def put_power(draft: Draft) -> None:
    """The grid as one power zone, where its firm spare power is known."""
    figures, sheet = draft.figures, draft.sheet
    spare = figures.get("firm_spare")
    if spare is None:
        return
    party(draft, "grid_operator", "Grid operator", "public_body", (draft.home,))
    resource(draft, ZONE, "The power grid", "energy", "zone", where=draft.home, parts=True)
    imports = figures["power_imports"]
    own = combine(lambda part: 1 - part, imports, why="What is not imported")
    hold(draft, "grid_operator", ZONE, "powers", "grid", share=own)
    if imports.high > 0:
        party(draft, "power_exporter", "Power exporter next door", "firm", (NEIGHBOUR,), "Not named in the form.")
        hold(draft, "power_exporter", ZONE, "powers", share=imports)
    in_use = _running_mw(draft)
    growth = draft.peer("generation_growth", "Peer range for growth of generation")
    peak = combine(lambda firm, mw: firm + mw, spare, in_use, why="Firm spare power, and what halls at home draw today")
    sheet.add(
        "zones",
        ZONE,
        {
            "spare_peak_mw": spare if in_use.high == 0 else peak,
            "spare_rest_mw": _rest(draft, peak),
            "growth_mw_per_year": combine(
                lambda firm, rate: firm * rate, spare, growth, why="Firm spare power × growth"
            ),
            "power_price_usd_per_mwh": figures["power_price"],
            "connection_limit_mw": combine(lambda mw: 2 * mw, peak, why="Taken as twice the firm power"),
        },
    )


def _rest(draft: Draft, peak: Figure) -> Figure:
    """Power left outside the busy hours: more than in them by what the peak stands above the mean, if that is known."""
    figures = draft.figures
    if not draft.known("peak", "electricity"):
        return combine(lambda mw: mw, peak, why="As in the busy hours, since 'peak' is not answered")
    return combine(
        lambda firm, top, twh: firm + max(0.0, top - twh * _MILLION / HOURS),
        peak,
        figures["peak"],
        figures["electricity"],
        why="Firm power, and what the highest demand stands above the mean",
    )


def _running_mw(draft: Draft) -> Figure:
    """What halls at home draw today: it is fed already."""
    chips = [draft.figures[key] for key in ("public_chips", "private_chips") if key in draft.figures]
    watts = generic(
        1.1 * 1.26, 1.54 * 1.26, 1.8 * 1.26, "kW a standard chip at the meter: 1.26 × cooling (PUE 1.54, Uptime 2025)"
    )
    if not chips:
        return generic(0, 0, 0, "")
    total = combine(lambda *all_chips: sum(all_chips), *chips, why="Chips in halls at home")
    return combine(lambda n, kw: n * kw / 1e3, total, watts, why="Power of halls at home")


def put_links(draft: Draft) -> None:
    """Put down the connections abroad, where their number is known."""
    links = draft.figures.get("links")
    if links is None:
        return
    party(
        draft, "link_owners", "Owners of the largest connection abroad", "firm", (NEIGHBOUR,), "Not named in the form."
    )
    resource(draft, LINKS, "Connections abroad", "compute", "cable", where=None, parts=True)
    one = combine(lambda n: 1 / n, links, why="One of equal connections")
    hold(draft, "link_owners", LINKS, "owns", "abroad", share=one)


def put_people(draft: Draft) -> None:
    """Put down the teams that are known."""
    names = {"engineers": (AI_OPS, "Engineers who run AI services"), "crisis_engineers": (CRISIS_TEAM, "Crisis team")}
    for key, (name, words) in names.items():
        if key not in draft.figures:
            continue
        resource(draft, name, words, "talent", "pool", where=draft.home)
        hold(draft, "government", name, "staffs")
        draft.sheet.add(
            "talent",
            name,
            {
                "fte": draft.figures[key],
                "growth_per_year": generic(0, 0.1, 0.2, "General: growth of such teams"),
                "leaving_per_year": generic(0.05, 0.15, 0.3, "General: trained people who leave in a year"),
                "cost_kusd_per_fte_year": draft.salary(),
                "is_crisis_team": key == "crisis_engineers",
            },
        )


def put_home_halls(draft: Draft) -> None:
    """Halls at home, as far as their chips are known; new ones where there is power for them."""
    figures = draft.figures
    can_build = draft.known("firm_spare") and figures["hall_years"] is not None
    public, private = figures.get("public_chips"), figures.get("private_chips")
    if public is not None or can_build:
        name = PUBLIC_HALL if public is not None else NEW_HALL
        words = "Public halls" if public is not None else "A new public hall"
        resource(draft, name, words, "compute", "site", where=draft.home)
        for kind in ("owns", "operates"):
            hold(draft, "government", name, kind)
        chips(draft, name)
        site(draft, name, capacity=0.0 if public is None else public, can_build=can_build)
        route(draft, name, name, OPEN_MODEL, is_abroad=False)
    if private is not None:
        party(draft, "hall_firms", "Hall operators at home", "firm", (draft.home,))
        resource(draft, PRIVATE_HALL, "Private halls at home", "compute", "site", where=draft.home)
        foreign = figures["foreign_owned"]
        own = combine(lambda part: 1 - part, foreign, why="What does not belong to foreign firms")
        hold_part(draft, "hall_firms", PRIVATE_HALL, "owns", None, own)
        if foreign.high > 0:
            party(
                draft, "hall_owners", "Foreign owners of private halls", "firm", (ELSEWHERE,), "Not named in the form."
            )
            hold_part(draft, "hall_owners", PRIVATE_HALL, "owns", "foreign", foreign)
        chips(draft, PRIVATE_HALL)
        site(draft, PRIVATE_HALL, capacity=private)
        route(draft, PRIVATE_HALL, PRIVATE_HALL, OPEN_MODEL, is_abroad=False)
