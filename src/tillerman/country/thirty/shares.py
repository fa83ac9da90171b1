"""Who serves what today: shares of use by maker, and what runs at home."""

from __future__ import annotations

from tillerman.country.thirty.draft import Draft
from tillerman.country.thirty.expand_home import PRIVATE_HALL, PUBLIC_HALL
from tillerman.country.thirty.expand_services import HOME_FILES, has_hard_uses
from tillerman.country.thirty.figure import Figure, combine, generic

_HALLS = {PUBLIC_HALL: "public_chips", PRIVATE_HALL: "private_chips"}


def put_deployments(draft: Draft) -> None:
    """Put down on which routes each service runs today."""
    abroad, home = _abroad(draft), _at_home(draft)
    for service in draft.uses:
        shares = _all_at_home(draft) if service == HOME_FILES else {**abroad, **home}
        for route, share in shares.items():
            if share.high > 0:
                draft.sheet.add(
                    "deployments",
                    f"{service}_{route}",
                    {
                        "service": service,
                        "route": route,
                        "share_easy": share,
                        "share_hard": share if has_hard_uses(service) else 0.0,
                    },
                )


def _abroad(draft: Draft) -> dict[str, Figure]:
    """Shares by maker; what nobody claims runs with makers elsewhere, and what is above one in all is cut to one."""
    f = draft.figures
    us, china, largest = f["us_share"], f["china_share"], f["largest_supplier"]
    home = f.get("home_share") or generic(0, 0, 0, "")
    parts = (us, china, home)
    return {
        "us_main": combine(
            lambda a, b, c, d: a * d / max(1, a + b + c), *parts, largest, why="Share × largest supplier"
        ),
        "us_other": combine(
            lambda a, b, c, d: a * (1 - d) / max(1, a + b + c), *parts, largest, why="Share × other suppliers"
        ),
        "china": combine(lambda a, b, c: b / max(1, a + b + c), *parts, why="Share of Chinese makers"),
        "other": combine(lambda a, b, c: max(0, 1 - a - b - c), *parts, why="What the other shares leave"),
    }


def _at_home(draft: Draft) -> dict[str, Figure]:
    """What runs at home, over the halls that are known by their chips; nothing where nobody knows."""
    f = draft.figures
    home = f.get("home_share")
    if home is None:
        return {}
    parts = (f["us_share"], f["china_share"], home)
    share = combine(lambda a, b, c: c / max(1, a + b + c), *parts, why="Share that runs at home")
    return {hall: share.times(part) for hall, part in _parts(draft).items()}


def _all_at_home(draft: Draft) -> dict[str, Figure]:
    """All of it in the halls at home, where there are any."""
    whole = generic(1, 1, 1, "The law keeps it at home")
    return {hall: whole.times(part) for hall, part in _parts(draft).items()}


def _parts(draft: Draft) -> dict[str, float]:
    """How the work at home is spread over halls: as their chips are."""
    chips = {hall: draft.figures[key].middle for hall, key in _HALLS.items() if key in draft.figures}
    total = sum(chips.values())
    return {hall: n / total for hall, n in chips.items() if n > 0}
