"""The agreement with the oracle means something: every block and every column that is got wrong makes it fail."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from tests.oracle.dispatch_oracle import Oracle
from tests.oracle.test_dispatch_agrees import N_CASES, TOLERANCE, gap
from tillerman.affine import Term
from tillerman.country import Country
from tillerman.country.pairs import Pairing
from tillerman.country.writing import write
from tillerman.dispatch import (
    Dispatch,
    FleetSpace,
    compile_dispatch,
    compiled,
    costs,
    demand,
    drivers,
    layout,
    most_demand,
    terms,
    withdrawal,
)
from tillerman.dispatch.layout import Layout
from tillerman.dispatch.terms import Period
from tillerman.dispatch.withdrawal import Withdrawals
from tillerman.errors import TillermanError
from tillerman.labels import Block, Direction, Phase
from tillerman.testing.generate import random_country

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

pytestmark = pytest.mark.slow

N_FILES = 200
Break = Callable[[pytest.MonkeyPatch], None]
Change = Callable[[Country], Country]
Record = TypeVar("Record", bound="DataclassInstance")


@pytest.fixture(scope="module")
def oracles(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Country, Oracle]]:
    """Made-up countries, each with the oracle's reading of its folder."""
    found = []
    for seed in range(N_FILES):
        folder: Path = tmp_path_factory.mktemp("files") / str(seed)
        country = random_country(seed)
        write(country, folder)
        found.append((country, Oracle(folder)))
    return found


def is_noticed(oracles: list[tuple[Country, Oracle]], change: Change = lambda country: country) -> bool:
    """Say whether some state of some country shows a difference to the oracle, or a refusal to solve."""
    for seed, (country, oracle) in enumerate(oracles):
        try:
            dispatch: Dispatch = compile_dispatch(change(country))
            for case in range(N_CASES * seed, N_CASES * (seed + 1)):
                if gap(dispatch, oracle, case) > TOLERANCE:
                    return True
        except TillermanError:
            return True
    return False


# One mutant a block of right-hand sides and bounds


def empty(block: str) -> Break:
    """Leave a block out."""

    def nothing(_: Period, *_args: object) -> Iterator[Term]:
        return iter(())

    return lambda patch: patch.setattr(Period, block, nothing)


def inflate(block: str) -> Break:
    """Enlarge every term of a block by one per cent."""
    whole: Callable[..., Iterator[Term]] = getattr(Period, block)

    def larger(self: Period, *args: object) -> Iterator[Term]:
        for term in whole(self, *args):
            yield dataclasses.replace(term, coefficient=term.coefficient * 1.01)

    return lambda patch: patch.setattr(Period, block, larger)


BLOCKS = (
    "_demand", "_moved_rows", "_engineers", "_sites", "_standing", "_delivered", "_zones", "_staff", "_people",
    "_ready", "_moved", "_unmet_new", "_bought",
)  # fmt: skip

# One mutant a family of rows, and of costs


def without_rows(family: str) -> Break:
    """Leave a family of rows out of the matrix."""
    whole = layout._matrix

    def less(shape: Layout) -> sparse.coo_array:
        names = list(shape.first_row)
        entries = whole(shape)
        first, last = shape.first_row[family], shape.first_row[names[names.index(family) + 1]]
        keep = (entries.row < first) | (entries.row >= last)
        places = (entries.row[keep], entries.col[keep])
        return sparse.coo_array((entries.data[keep], places), shape=entries.shape)

    return lambda patch: patch.setattr(layout, "_matrix", less)


def without_cost(family: str) -> Break:
    """Make a family of columns free."""
    whole = costs.cost_family

    def free(shape: Layout, *, years: int, prices: float, phase: Phase) -> NDArray[np.float64]:
        names = list(shape.first_column)
        cost = whole(shape, years=years, prices=prices, phase=phase)
        cost[shape.first_column[family] : shape.first_column[names[names.index(family) + 1]]] = 0.0
        return cost

    return lambda patch: patch.setattr(compiled, "cost_family", free)


def cost_with(**wrong: object) -> Break:
    """Compute every cost with a wrong year, price level or phase."""
    return lambda patch: patch.setattr(compiled, "cost_family", partial(_costs, costs.cost_family, wrong))


def _costs(
    whole: Callable[..., NDArray[np.float64]], wrong: dict[str, object], shape: Layout, **right: object
) -> NDArray[np.float64]:
    return whole(shape, **(right | wrong))


ROWS = ("demand", "moved", "engineers", "site", "zone", "staff")
COLUMNS = ("ready", "moved", "unmet_new", "unmet_relied", "bought")

# What a withdrawal leaves


def set_on(target: object, name: str, value: object) -> Break:
    """Replace one function."""
    return lambda patch: patch.setattr(target, name, value)


def beside_what_is_ready(patch: pytest.MonkeyPatch) -> None:
    """Let what is moved to a route stand beside what is ready there."""
    whole = Period._moved
    patch.setattr(Period, "_moved", lambda self: (term for term in whole(self) if term.coefficient > 0))


def most_of(change: Change) -> Break:
    """Compute the most that can be asked for from another country."""

    def wrong(space: FleetSpace, klass: int, epoch: int) -> float:
        return most_demand(dataclasses.replace(space, layout=layout.layout(change(space.layout.country))), klass, epoch)

    return set_on(terms, "most_demand", wrong)


def never_divided(patch: pytest.MonkeyPatch) -> None:
    """Treat divisible resources like any other."""
    usual = Withdrawals.__init__

    def build(self: Withdrawals, shape: Layout) -> None:
        usual(self, shape)
        self._divisible = dict.fromkeys(self._divisible, False)

    patch.setattr(Withdrawals, "__init__", build)


BREAKS: dict[str, Break] = {
    **{f"leave out {block}": empty(block) for block in BLOCKS},
    **{f"enlarge {block}": inflate(block) for block in BLOCKS if block != "_standing"},
    **{f"no rows {family}": without_rows(family) for family in ROWS},
    **{f"free {family}": without_cost(family) for family in COLUMNS},
    "no trends": cost_with(years=0),
    "no price level": cost_with(prices=1.0),
    "no phase in losses": cost_with(phase=Phase.ADAPTED),
    "demand may stay open": set_on(Layout, "is_equality", property(lambda self: np.zeros(self.n_rows, dtype=bool))),
    "quality never too low": set_on(Layout, "is_open", lambda *_: True),
    "everywhere resident": set_on(Pairing, "is_resident", lambda *_: True),
    "programmes act on all": set_on(Layout, "acts_on", lambda *_: True),
    "nothing is withdrawn": set_on(Withdrawals, "resource", lambda *_, **__: 1.0),
    "everything is withdrawn": set_on(Withdrawals, "_hits", lambda *_: True),
    "promises always hold": set_on(withdrawal, "strength", lambda *_, **__: 1.0),
    "promises never hold": set_on(withdrawal, "strength", lambda *_, **__: 0.0),
    "always steady": set_on(withdrawal, "phase_of", lambda _: Phase.STEADY),
    "always the first week": set_on(withdrawal, "phase_of", lambda _: Phase.HIT),
    "nothing is divisible": never_divided,
    "moved beside what is ready": beside_what_is_ready,
    "pooled use is lost": set_on(drivers, "pooled_factor", lambda _, block: -1.0 if block is Block.PEAK else 0.0),
    "pooled use comes back in full": set_on(
        drivers, "pooled_factor", lambda _, block: -1.0 if block is Block.PEAK else 1.0
    ),
    "pooling does nothing": set_on(drivers, "pooled_factor", lambda *_: 0.0),
    "the most of a usual year": set_on(terms, "most_demand", demand.highest_demand),
    "the most of the first epoch": set_on(terms, "most_demand", lambda space, klass, _: most_demand(space, klass, 0)),
    "the most without adoption": most_of(lambda country: replaced(country, "levers", ())),
    "the most without a cap on adoption": most_of(
        lambda country: replaced(country, "frame", replaced(country.frame, "absorptive_capacity", 3.0))
    ),
    "the most without high demand": most_of(lambda country: replaced(country, "drivers", ())),
}


def test_without_a_mutant_nothing_is_noticed(oracles: list[tuple[Country, Oracle]]) -> None:
    """The countries of this test agree with the oracle as they are."""
    assert not is_noticed(oracles)


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_block_is_noticed(
    name: str, oracles: list[tuple[Country, Oracle]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each block of dispatch that is left out, enlarged or turned makes the agreement fail."""
    BREAKS[name](monkeypatch)
    assert is_noticed(oracles)


# One mutant a column: dispatch sees another value than the file has

OTHER: dict[str, dict[str, object]] = {
    "frame": {"peak_hours_share": 0.05, "peak_demand_factor": 1.0, "absorptive_capacity": 0.1,
              "home_jurisdictions": ("XA", "XB"), "hours_per_year": 8784.0},
    "resources": {"territory": "XA", "is_divisible": True},
    "holds": {"share": 1.0, "direction": Direction.ON_US, "agreement": None, "variant": None, "retention_7d": None,
              "retention_90d": None, "retention_1y": None, "retention_5y": None},
    "retention": {"retention_7d": 0.5, "retention_90d": 0.5, "retention_1y": 0.5, "retention_5y": 0.5},
    "clauses": {"kept_7d": 0.5, "kept_90d": 0.5, "kept_1y": 0.5, "kept_5y": 0.5, "is_deepening": False},
    "zones": {"spare_peak_mw": 0.001, "spare_rest_mw": 0.001, "growth_mw_per_year": 0.0,
              "power_price_usd_per_mwh": 0.0},
    "sites": {"capacity_h100e": 1.0, "growth_per_year": 0.0, "available_from": 2020, "shrinks_in_shock": 0.0,
              "rent_usd_per_h100e_hour": 0.0, "kw_per_h100e": 1.0, "pue": 1.0, "utilisation": 0.3, "delivery": None,
              "failure_per_year": 0.0, "chip_life_years": 15, "lead_years": 0, "zone": None},
    "talent": {"fte": 1.0, "growth_per_year": 0.0, "leaving_per_year": 0.0, "is_crisis_team": True},
    "models": {"is_open_weights": True, "throughput_tokens_per_s": 500.0, "price_usd_per_mtok": 1.0,
               "is_frozen": False},
    "capabilities": {"score": 60.0},
    "routes": {"gates": (), "price_usd_per_mtok": None, "programme": None},
    "services": {"demand_muse_per_year": 10.0, "growth_per_year": 0.0, "tokens_per_use": 1000.0, "floor_easy": 50.0,
                 "floor_hard": 50.0, "must_stay_home": False, "must_answer_home": False, "waiver_usd_per_use": 1.0,
                 "platforms": (), "pool": None, "staff_fte_per_muse_year": 0.5, "effort_fte_per_muse_year": 0.0,
                 "moved_hit": 0.2, "moved_adapting": 0.2, "moved_adapted": 0.2, "relied_share": 0.5,
                 "value_usd_per_use": 1.0, "loss_hit_usd_per_use": 2.0, "loss_adapting_usd_per_use": 2.0,
                 "loss_adapted_usd_per_use": 2.0},
    "agreements": {"clauses": (), "delivery": None, "lead_years": 0, "honoured_chooses": 0.5, "honoured_ordered": 0.5,
                   "honoured_cannot": 0.5, "enforcement_gain": 0.0, "is_between_governments": True},
    "levers": {"effect": 0.01, "max_scale": 1.5, "lead_years": 0, "compute_h100e": 0.0, "target": "*"},
    "trends": {"per_year": 0.0},
    "deliveries": {"late_years": 1},
    "drivers": {"yearly_sd": 0.1, "persistence": 0.5},
}  # fmt: skip


def replaced(record: Record, name: str, value: object) -> Record:
    """Copy a frozen record with one field changed, whatever the field's type."""
    copy = object.__new__(type(record))
    vars(copy).update({field.name: getattr(record, field.name) for field in dataclasses.fields(record)} | {name: value})
    return copy


def reading(table: str, column: str, value: object) -> Change:
    """Read one column as the same value in every row where that makes sense."""

    def change(country: Country) -> Country:
        if table == "frame":
            return replaced(country, "frame", replaced(country.frame, column, value))
        rows = []
        for row in getattr(country, table):
            keeps = (column == "target" and row.kind.value in ("talent", "energy")) or (
                column == "variant" and row.variant is None
            )
            rows.append(row if keeps else replaced(row, column, value))
        return replaced(country, table, tuple(rows))

    return change


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [(table, column, value) for table, columns in OTHER.items() for column, value in columns.items()],
)
def test_a_column_that_is_not_read_is_noticed(
    table: str, column: str, value: object, oracles: list[tuple[Country, Oracle]]
) -> None:
    """Each column that dispatch depends on makes the agreement fail when it is read as something else."""
    assert is_noticed(oracles, reading(table, column, value))
