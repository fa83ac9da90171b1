"""The parts that every expansion is put together from: parties, resources, holds, sites, models, routes."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.country.stack import Model
from tillerman.country.thirty.draft import FIRST_YEAR, HOURS, Draft
from tillerman.country.thirty.figure import Figure, combine, generic
from tillerman.country.thirty.world import over

OPEN_MODEL = "open_model"
ZONE, LINKS = "grid", "connections"
_MILLION = 1e6
_SECONDS = 3_600.0
SHRINK = generic(0.1, 0.4, 0.7, "General: what is lost when everybody runs to the same exits")
_GROWTH_ABROAD = generic(0.1, 0.3, 0.6, "General: growth of halls abroad")
_IMPORTED = generic(0.6, 0.85, 0.95, "General: chips, servers and cooling come from abroad")
_UTILISATION = generic(0.15, 0.35, 0.6, "General: share of hours and peak speed in service")
_CAPITAL = generic(
    36, 57, 104, "27.2 to 53.6 million US$ a MW, median 29.5, at ten sites (Epoch AI, December 2025), × 1.94 MW"
)
_CALL = 2.0  # how far the speed of a model may lie from the median of its kind, at least
_PRICE = 1.5


@dataclass(frozen=True)
class Maker:
    """A class of makers by whose orders reach them: their party, halls and model."""

    id: str
    name: str
    in_words: str  # its name inside a sentence
    code: str
    models: tuple[Model, ...]  # of the world's rows, those that stand for it

    @property
    def halls(self) -> str:
        """Its halls."""
        return f"{self.id}_halls"

    @property
    def model(self) -> str:
        """Its model."""
        return f"{self.id}_model"


def classes(draft: Draft) -> tuple[Maker, ...]:
    """The classes of makers that sell by call, and makers of open models."""
    closed, open_ = (draft.world.models_of(None, is_open=kind) for kind in (False, True))
    american = draft.world.models_of("US", is_open=False)
    others = tuple(m for m in open_ if m in draft.world.models_of("EU", is_open=True)) or closed
    return (
        Maker("us_main", "Largest United States supplier", "the largest United States supplier", "US", american),
        Maker("us_other", "Other United States makers", "other United States makers", "US", american),
        Maker("china", "Chinese makers", "Chinese makers", "CN", draft.world.models_of("CN", is_open=False)),
        Maker("other", "Makers elsewhere", "makers elsewhere", draft.others, others),
        Maker("open", "Makers of open models", "makers of open models", "US", open_),
    )


def party(draft: Draft, name: str, words: str, kind: str, codes: tuple[str, ...], note: str | None = None) -> None:
    """Put down a party."""
    draft.sheet.add("parties", name, {"name": words, "kind": kind, "jurisdictions": codes, "note": note})


def resource(
    draft: Draft, name: str, words: str, layer: str, kind: str, *, where: str | None, parts: bool = False
) -> None:
    """Put down a resource."""
    draft.sheet.add(
        "resources", name, {"name": words, "layer": layer, "kind": kind, "territory": where, "is_divisible": parts}
    )


def hold(
    draft: Draft, who: str, what: str, kind: str, variant: str | None = None, *, share: Figure | float = 1.0
) -> None:
    """Put down one hold on us."""
    draft.sheet.add("holds", f"{what}_{kind}_{who}", {**_held(who, what, kind, variant), "share": share})


def hold_under(draft: Draft, agreement: str, who: str, what: str, kind: str, variant: str) -> None:
    """Put down one hold on us that an agreement binds."""
    cells = _held(who, what, kind, variant)
    draft.sheet.add("holds", f"{what}_{kind}_{who}", {**cells, "share": 1.0, "agreement": agreement})


def hold_part(draft: Draft, who: str, what: str, kind: str, variant: str | None, part: Figure) -> None:
    """Put down a hold on a part of something whole: the rest is left, and what such a hold leaves of the part."""
    row = next(row for row in draft.world.country.retention if row.kind == kind and row.variant == variant)
    cells = {
        "retention_7d": _left(part, row.retention_7d),
        "retention_90d": _left(part, row.retention_90d),
        "retention_1y": _left(part, row.retention_1y),
        "retention_5y": _left(part, row.retention_5y),
    }
    draft.sheet.add("holds", f"{what}_{kind}_{who}", {**_held(who, what, kind, variant), "share": 1.0, **cells})


def _left(part: Figure, kept: float) -> Figure:
    return combine(lambda p: 1 - p * (1 - kept), part, why="What is not theirs, and what they leave")


def _held(who: str, what: str, kind: str, variant: str | None) -> dict[str, str | None]:
    return {"party": who, "resource": what, "kind": kind, "variant": variant, "direction": "on_us"}


def chips(draft: Draft, site: str) -> None:
    """The chip vendor and the foundry behind it: nearly all listed chips outside China have the same two."""
    hold(draft, "nvidia", site, "supplies", "chips")
    hold(draft, "tsmc", site, "supplies", "foundry")


def site(
    draft: Draft,
    name: str,
    *,
    capacity: Figure | float,
    rent: Figure | float | None = None,
    shrink: Figure | float = 0.0,
    can_build: bool = False,
) -> None:
    """A site; one with a rent (0 where it is priced by call) stands abroad."""
    is_home = rent is None
    sheet = draft.sheet
    pue = generic(
        1.1,
        1.54 if is_home else 1.2,
        1.8,
        "Power at the meter over power at the chips: 1.54 on average in 2025 (Uptime)",
    )
    sheet.add(
        "sites",
        name,
        {
            "zone": ZONE if is_home and draft.known("firm_spare") else None,
            "capacity_h100e": capacity,
            "growth_per_year": 0.0 if is_home or isinstance(capacity, float) else _GROWTH_ABROAD,
            "available_from": float(FIRST_YEAR),
            "shrinks_in_shock": shrink,
            "rent_usd_per_h100e_hour": 0.0 if rent is None else rent,
            "kw_per_h100e": _world_site(draft, "kw_per_h100e"),
            "pue": pue,
            "utilisation": _UTILISATION,
            "build_max_h100e_per_year": _build_max(draft) if can_build else 0.0,
            "capital_musd_per_kh100e": _CAPITAL if can_build else 0.0,
            "upkeep_musd_per_kh100e_year": _CAPITAL.times(0.17) if can_build else 0.0,
            "public_share": 1.0,
            "imported_share": _IMPORTED if can_build else 0.0,
            "lead_years": draft.figures["hall_years"] if can_build else 0.0,
            "delivery": "halls" if can_build else None,
            "failure_per_year": _world_site(draft, "failure_per_year"),
            "chip_life_years": _world_site(draft, "chip_life_years"),
        },
    )


def _world_site(draft: Draft, column: str) -> Figure:
    """What holds for the chips of every site."""
    item = next(e for e in draft.world.evidence["sites", "any"] if e.column == column)
    value = draft.world.any_site[column]
    return generic(
        value if item.low is None else item.low, value, value if item.high is None else item.high, item.title or ""
    )


def _build_max(draft: Draft) -> Figure:
    """What two years' money can build in one year."""
    budget = draft.figures.get("budget")
    if budget is None:
        return generic(0, 0, 0, "No budget is known")
    return combine(
        lambda money, kilo: 2e3 * money / kilo, budget, _CAPITAL, why="Two years' budget over the cost of a hall"
    )


def foreign_capacity(draft: Draft) -> Figure:
    """What a maker's halls can do for this country: they are priced by call, and do not bind in calm times."""
    uses = sum((figure.middle for figure in draft.uses.values()), 0.0)
    chips = uses * _MILLION * 5_000 / (1_000 * 0.35 * _SECONDS * HOURS)
    why = "General: three times what all uses would take, at 5,000 tokens a use and 1,000 tokens a second"
    return generic(max(1.0, chips), max(3.0, 3 * chips), max(10.0, 10 * chips), why)


def route(draft: Draft, name: str, site: str, model: str, *, is_abroad: bool, price: float | None = None) -> None:
    """Put down a route; abroad it needs connections and payments."""
    gates = [LINKS] if is_abroad and draft.known("links") else []
    if is_abroad:
        gates.append("payments")
    draft.sheet.add("routes", name, {"site": site, "model": model, "gates": tuple(gates), "price_usd_per_mtok": price})


def model(draft: Draft, name: str, models: tuple[Model, ...], *, is_open: bool) -> None:
    """Put down a model that stands for a class of them, with its scores in the country's languages."""
    told = ", ".join(model.id for model in models)
    prices = [m.price_usd_per_mtok for m in draft.world.models_of(None, is_open=False)]
    own = [m.price_usd_per_mtok for m in models if not m.is_open_weights]
    speeds = over([m.throughput_tokens_per_s for m in models], f"Median of the world's rows {told}")
    price = over(own or prices, f"Median price of the world's rows {told if own else 'by call'}")
    draft.sheet.add(
        "models",
        name,
        {
            "is_open_weights": is_open,
            "release_year": float(max(m.release_year for m in models)),
            "throughput_tokens_per_s": _widened(speeds, _CALL),
            "price_usd_per_mtok": 0.0 if is_open else _widened(price, _PRICE),
            "is_frozen": is_open,
        },
    )
    for language in languages_of(draft):
        score = draft.world.score(models, language)
        if score is not None:
            draft.sheet.add("capabilities", f"{name}_{language}", {"model": name, "language": language, "score": score})


def _widened(figure: Figure, times: float) -> Figure:
    """A range that is at least so many times wide to either side."""
    low, high = min(figure.low, figure.middle / times), max(figure.high, figure.middle * times)
    return generic(low, figure.middle, high, f"{figure.why}, at least {times:g} times either way")


def languages_of(draft: Draft) -> tuple[str, ...]:
    """The country's languages in which models were measured; English where none was."""
    kinds = classes(draft)
    measured = [
        language
        for language in draft.form.about.languages
        if all(draft.world.score(kind.models, language) is not None for kind in kinds)
    ]
    return tuple(dict.fromkeys(measured)) or ("en",)
