"""Synthetic instances with sizes as parameters, to measure the engine without any country's data.

A synthetic operator serves classes of demand over routes. Standing deployments, capacity, grid, staff, reserved volume
and programmes are decided first; then demand, prices and withdrawals by holders unfold. Invented numbers, seeded.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from tillerman.twostage.problem import FirstStage, Floats, Ints, Problem, Recourse, States

PHASES = ("steady", "hit", "adapting", "adapted")
PHASE_SHARE = np.array([0.0, 0.02, 0.23, 0.75])  # of the disrupted time of a period
MOVABLE_SHARE = np.array([0.0, 0.05, 0.35, 0.8])  # of demand that may move to another route, by phase
BLOCK_DEMAND = np.array([1.25, 0.8])
BLOCK_SHARE = np.array([0.25, 0.75])
DEMAND_LEVELS = np.array([0.8, 0.95, 1.1, 1.3])
FOREIGN = 0.6  # share of sites that answer to a holder
TENSE = 0.3  # share of futures in which withdrawals are three times as likely
PRICE_LEVELS = np.array([0.8, 1.0, 1.35])


@dataclass(frozen=True)
class Size:
    """How large a synthetic instance is."""

    n_classes: int
    n_routes: int  # per class
    n_epochs: int
    n_periods: int
    n_sites: int = 14
    n_zones: int = 8
    n_pools: int = 4
    n_programmes: int = 16
    n_agreements: int = 10
    n_holders: int = 10
    fixed_cost: float = 1.0  # multiplies what opening a site and signing cost; above 5 the whole numbers bite


SIZES = {
    "small": Size(12, 6, 3, 6),
    "kenya": Size(20, 8, 3, 6),
    "large": Size(24, 12, 4, 10),
    "small-integer": Size(12, 6, 3, 6, fixed_cost=8.0),
}


def generate(size: Size | str, n_futures: int, *, seed: int = 1, n_blocks: int = 2, draw: int = 0) -> Problem:
    """Give a synthetic planning problem of a size over a number of sampled futures, equal states merged.

    The seed makes the world, with its hazards; every `draw` of one world gives other futures of it.
    """
    shape = SIZES[size] if isinstance(size, str) else size
    world = _World(shape, np.random.default_rng([seed, 1]))
    rng = np.random.default_rng([seed, 2])
    hazard = rng.uniform(0.01, 0.06, shape.n_holders)
    if draw > 0:
        rng = np.random.default_rng([seed, 2, draw])
    keys, weights = _sample(world, hazard, n_futures, rng, n_blocks)
    first = world.first_stage()
    return Problem(
        first=first,
        recourse=world.recourse(),
        states=world.states(keys, len(first.names)),
        weights=weights,
        probability=np.full(n_futures, 1.0 / n_futures),
        group=keys[:, 0].copy(),
    )


class _Entries:
    """Entries of a sparse matrix, gathered piece by piece."""

    def __init__(self) -> None:
        self._rows: list[Ints] = []
        self._columns: list[Ints] = []
        self._values: list[Floats] = []

    def add(self, rows: Ints, columns: Ints, values: Floats) -> None:
        """Add one piece."""
        self._rows.append(rows)
        self._columns.append(columns)
        self._values.append(values)

    def matrix(self, shape: tuple[int, int]) -> sparse.csr_array:
        """Give the matrix of all pieces."""
        places = (np.concatenate(self._rows), np.concatenate(self._columns))
        return sparse.csr_array(sparse.coo_array((np.concatenate(self._values), places), shape=shape).tocsr())


class _World:
    """Everything that is fixed before futures are sampled."""

    def __init__(self, shape: Size, rng: np.random.Generator) -> None:
        self.shape = shape
        n_w, n_k = shape.n_classes, shape.n_routes
        self.site: Ints = np.array([rng.permutation(shape.n_sites)[:n_k] for _ in range(n_w)])
        self.holder: Ints = rng.integers(0, shape.n_holders, (n_w, n_k))
        self.holder[:, -1] = -1  # the last route of each class answers to nobody
        self.site_holder: Ints = np.where(
            rng.random(shape.n_sites) < FOREIGN, rng.integers(0, shape.n_holders, shape.n_sites), -1
        )
        self.zone: Ints = rng.integers(0, shape.n_zones, shape.n_sites)
        self.pool: Ints = rng.integers(0, shape.n_pools, (n_w, n_k))
        self.is_home = self.site_holder < 0
        self.demand = rng.uniform(5.0, 60.0, n_w)
        self.growth = rng.uniform(1.05, 1.5, n_w)
        self.value = rng.uniform(3.0, 12.0, n_w)
        self.loss = self.value * rng.uniform(1.0, 6.0, n_w)
        self.need = rng.uniform(0.5, 1.6, (n_w, n_k))
        self.power = rng.uniform(0.5, 1.5, shape.n_sites)
        self.operate = rng.uniform(0.02, 0.08, (n_w, n_k))
        home = np.where(self.holder < 0, 1.5, 0.8) * np.where(self.is_home[self.site], 1.2, 0.8)
        self.run_cost = rng.uniform(0.4, 1.6, (n_w, n_k)) * home
        self.integrate = rng.uniform(0.1, 0.8, (n_w, n_k))
        self.effort = rng.uniform(0.5, 2.0, n_w)
        self.capacity = rng.uniform(10.0, 60.0, shape.n_sites) * (n_w / 12)
        self.grid = rng.uniform(20.0, 80.0, shape.n_zones) * (n_w / 12)
        self.staff = rng.uniform(1.0, 5.0, shape.n_pools) * (n_w / 12)
        self.build_cost = rng.uniform(2.0, 9.0, shape.n_sites)
        self.grid_cost = rng.uniform(1.0, 3.0, shape.n_zones)
        self.staff_cost = rng.uniform(5.0, 20.0, shape.n_pools)
        self.reserve_cost = rng.uniform(0.5, 2.5, shape.n_sites)
        self.programme_class: Ints = rng.integers(0, n_w, shape.n_programmes)
        self.programme_gain = rng.uniform(0.05, 0.3, shape.n_programmes)
        self.programme_cost = rng.uniform(1.0, 12.0, shape.n_programmes)
        self.agreement_site: Ints = rng.integers(0, shape.n_sites, shape.n_agreements)
        self.agreement_cost = rng.uniform(2.0, 15.0, shape.n_agreements) * shape.fixed_cost
        self.open_cost = rng.uniform(5.0, 40.0, shape.n_sites) * shape.fixed_cost
        self.epoch: Ints = (np.arange(shape.n_periods) * shape.n_epochs) // shape.n_periods
        self.discount = 1.035 ** -np.linspace(0.0, 10.0, shape.n_periods)
        self._place_columns()

    def _place_columns(self) -> None:
        s = self.shape
        start = 0
        places: dict[str, Ints] = {}
        for name, dims in (
            ("deploy", (s.n_classes, s.n_routes, s.n_epochs)),
            ("build", (s.n_sites, s.n_periods)),
            ("reserve", (s.n_sites, s.n_periods)),
            ("grid", (s.n_zones, s.n_periods)),
            ("staff", (s.n_pools, s.n_periods)),
            ("programme", (s.n_programmes, s.n_periods)),
            ("switch", (s.n_classes,)),
            ("open", (s.n_sites,)),
            ("sign", (s.n_agreements,)),
        ):
            count = int(np.prod(dims))
            places[name] = np.arange(start, start + count).reshape(dims)
            start += count
        self.place = places
        self.n_x = start

    def first_stage(self) -> FirstStage:
        s, place, n_x = self.shape, self.place, self.n_x
        cost, upper = np.zeros(n_x), np.zeros(n_x)
        later = self.discount[None, :]
        remaining = np.arange(s.n_periods, 0, -1)[None, :] / s.n_periods
        peak = self.demand * self.growth ** (s.n_periods / 2) * 1.7
        cost[place["deploy"]] = self.integrate[:, :, None] * 2.0
        upper[place["deploy"]] = peak[:, None, None]
        for name, unit, most in (
            ("build", self.build_cost, 80.0),
            ("grid", self.grid_cost, 80.0),
            ("staff", self.staff_cost, 10.0),
        ):
            cost[place[name]] = unit[:, None] * later * remaining
            upper[place[name]] = most * s.n_classes / 12
        cost[place["reserve"]] = self.reserve_cost[:, None] * later
        upper[place["reserve"]] = 40.0 * s.n_classes / 12
        cost[place["programme"]] = self.programme_cost[:, None] * later
        upper[place["programme"]] = 1.0
        cost[place["switch"]] = 20.0
        upper[place["switch"]] = 0.3
        cost[place["open"]], upper[place["open"]] = self.open_cost, 1.0
        cost[place["sign"]], upper[place["sign"]] = self.agreement_cost, 1.0
        rules, names = self._rules()
        is_integer = np.zeros(n_x, dtype=np.bool_)
        is_integer[np.concatenate([place["open"], place["sign"]])] = True
        return FirstStage(
            cost=cost,
            matrix=sparse.csr_array(np.array([row for row, _ in rules])),
            row_lower=np.full(len(rules), -np.inf),
            row_upper=np.array([most for _, most in rules]),
            lower=np.zeros(n_x),
            upper=upper,
            is_integer=is_integer,
            names=tuple(f"{name}{list(index)}" for name in place for index in np.ndindex(place[name].shape)),
            row_names=tuple(names),
        )

    def _rules(self) -> tuple[list[tuple[Floats, float]], list[str]]:
        s, place = self.shape, self.place
        rules: list[tuple[Floats, float]] = []
        names: list[str] = []
        size = s.n_classes / 12
        for t in range(s.n_periods):
            row = np.zeros(self.n_x)
            row[place["build"][:, t]] = self.build_cost
            row[place["grid"][:, t]] = self.grid_cost
            row[place["staff"][:, t]] = self.staff_cost
            row[place["programme"][:, t]] = self.programme_cost
            rules.append((row, 220.0 * size))
            names.append(f"budget {t}")
            row = np.zeros(self.n_x)
            row[place["programme"][:, : t + 1]] = 1.0
            rules.append((row, 3.0 + t))
            names.append(f"absorption {t}")
        for r in range(s.n_sites):
            signed = np.flatnonzero(self.agreement_site == r)
            for t in range(s.n_periods):
                row = np.zeros(self.n_x)
                row[place["build"][r, : t + 1]] = 1.0
                row[place["open"][r]] = -200.0 * size
                rules.append((row, 0.0))
                names.append(f"open {r} {t}")
                row = np.zeros(self.n_x)
                row[place["reserve"][r, t]] = 1.0
                row[place["sign"][signed]] = -30.0 * size
                rules.append((row, 5.0 * size))
                names.append(f"signed {r} {t}")
        for z in range(s.n_zones):
            here = np.flatnonzero(self.zone == z)
            for t in range(s.n_periods):
                row = np.zeros(self.n_x)
                row[place["build"][here, : t + 1]] = self.power[here, None]
                row[place["grid"][z, : t + 1]] = -1.0
                rules.append((row, float(self.grid[z])))
                names.append(f"installed {z} {t}")
        for p in range(s.n_programmes):
            row = np.zeros(self.n_x)
            row[place["programme"][p]] = 1.0
            rules.append((row, 1.0))
            names.append(f"programme {p} once")
        return rules, names

    def recourse(self) -> Recourse:
        s = self.shape
        n_w, n_k = s.n_classes, s.n_routes
        n_flow = n_w * n_k
        route = np.arange(n_flow)
        w, site = route // n_k, self.site.ravel()
        start_sites = 2 * n_w + 1
        start_zones, start_pools = start_sites + s.n_sites, start_sites + s.n_sites + s.n_zones
        n_rows, n_columns = start_pools + s.n_pools, 2 * n_flow + n_w
        matrix = np.zeros((n_rows, n_columns))
        for block in (0, n_flow):
            columns = route + block
            matrix[w, columns] = 1.0
            matrix[start_sites + site, columns] = self.need.ravel()
            matrix[start_zones + self.zone[site], columns] = self.need.ravel() * self.power[site]
            matrix[start_pools + self.pool.ravel(), columns] = self.operate.ravel()
        matrix[n_w + w, route + n_flow] = 1.0
        matrix[2 * n_w, route + n_flow] = self.effort[w]
        matrix[np.arange(n_w), 2 * n_flow + np.arange(n_w)] = 1.0
        costs = []
        for price in PRICE_LEVELS:
            for is_cut in (False, True):
                flow = self.run_cost * np.where(self.is_home[self.site], 1.0, price)
                lost = self.value + (self.loss if is_cut else 0.5 * self.loss)
                costs.append(np.concatenate([flow.ravel(), 1.05 * flow.ravel() + 0.05, lost]))
        rows = [f"demand {i}" for i in range(n_w)] + [f"moved {i}" for i in range(n_w)] + ["engineers"]
        rows += [f"site {r}" for r in range(s.n_sites)] + [f"zone {z}" for z in range(s.n_zones)]
        rows += [f"pool {p}" for p in range(s.n_pools)]
        columns_named = [f"{kind}[{i // n_k},{i % n_k}]" for kind in ("ready", "moved") for i in range(n_flow)]
        return Recourse(
            matrix=sparse.csr_array(matrix),
            is_equality=np.arange(n_rows) < n_w,
            cost=np.array(costs),
            row_names=tuple(rows),
            column_names=(*columns_named, *(f"unserved[{i}]" for i in range(n_w))),
        )

    def states(self, keys: Ints, n_x: int) -> States:
        s, place = self.shape, self.place
        n_w, n_k, n_states = s.n_classes, s.n_routes, keys.shape[0]
        n_flow = n_w * n_k
        n_rows, n_columns = 2 * n_w + 1 + s.n_sites + s.n_zones + s.n_pools, 2 * n_flow + n_w
        rhs, upper = np.zeros((n_states, n_rows)), np.zeros((n_states, n_columns))
        upper[:, 2 * n_flow :] = np.inf
        offset = np.zeros(n_states)
        into_rhs, into_upper, into_offset = _Entries(), _Entries(), _Entries()
        sites = 2 * n_w + 1
        for number, (t, block, level, _, phase, *cut) in enumerate(keys):
            is_cut = np.array([*cut, 0], dtype=np.bool_) & bool(phase)  # holder -1 reads the last, never cut
            route_left = np.where(is_cut[self.holder], 0.0, 1.0) * np.where(
                is_cut[self.site_holder[self.site]], 0.1, 1.0
            )
            site_left = np.where(is_cut[self.site_holder], 0.5, 1.0)
            demand = self.demand * self.growth ** (t / 2) * DEMAND_LEVELS[level] * BLOCK_DEMAND[block]
            rhs[number, :n_w] = demand
            rhs[number, n_w : 2 * n_w] = MOVABLE_SHARE[phase] * demand
            rhs[number, 2 * n_w] = 0.25 * demand.sum() * MOVABLE_SHARE[phase]
            rhs[number, sites : sites + s.n_sites] = self.capacity * site_left
            rhs[number, sites + s.n_sites : sites + s.n_sites + s.n_zones] = self.grid + 10.0
            rhs[number, sites + s.n_sites + s.n_zones :] = self.staff
            upper[number, n_flow : 2 * n_flow] = 0.0 if phase == 0 else (route_left * demand[:, None]).ravel()
            offset[number] = -float(self.value @ demand)
            base, wide = number * n_rows, number * n_columns
            gained = self.programme_gain * demand[self.programme_class]
            for earlier in range(t + 1):
                into_rhs.add(base + self.programme_class, place["programme"][:, earlier], gained)
                into_offset.add(
                    np.full(s.n_programmes, number),
                    place["programme"][:, earlier],
                    -self.value[self.programme_class] * gained,
                )
                if earlier < t:
                    into_rhs.add(base + sites + np.arange(s.n_sites), place["build"][:, earlier], site_left)
                into_rhs.add(
                    base + sites + s.n_sites + np.arange(s.n_zones), place["grid"][:, earlier], np.ones(s.n_zones)
                )
                into_rhs.add(
                    base + sites + s.n_sites + s.n_zones + np.arange(s.n_pools),
                    place["staff"][:, earlier],
                    np.ones(s.n_pools),
                )
            into_rhs.add(base + sites + np.arange(s.n_sites), place["reserve"][:, t], site_left)
            if phase:
                into_rhs.add(base + n_w + np.arange(n_w), place["switch"], demand)
            left = np.flatnonzero(route_left.ravel() > 0.0)
            into_upper.add(wide + left, place["deploy"][:, :, self.epoch[t]].ravel()[left], route_left.ravel()[left])
        return States(
            family=keys[:, 3] * 2 + (keys[:, 4] > 0),
            rhs=rhs,
            rhs_of_first=into_rhs.matrix((n_states * n_rows, n_x)),
            upper=upper,
            upper_of_first=into_upper.matrix((n_states * n_columns, n_x)),
            offset=offset,
            offset_of_first=into_offset.matrix((n_states, n_x)),
        )


def _sample(
    world: _World, hazard: Floats, n_futures: int, rng: np.random.Generator, n_blocks: int
) -> tuple[Ints, sparse.csr_array]:
    """Sample futures; give the distinct state keys (period, block, demand, price, phase, cuts) and the weights."""
    s = world.shape
    numbers: dict[tuple[int, ...], int] = {}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for future in range(n_futures):
        level, price = 1, 1
        tense = rng.random() < TENSE
        for t in range(s.n_periods):
            level = int(np.clip(level + rng.choice([-1, 0, 1], p=[0.2, 0.5, 0.3]), 0, DEMAND_LEVELS.size - 1))
            price = int(np.clip(price + rng.choice([-1, 0, 1], p=[0.2, 0.6, 0.2]), 0, PRICE_LEVELS.size - 1))
            cut = rng.random(s.n_holders) < hazard * (3.0 if tense else 1.0)
            cut[np.flatnonzero(cut)[2:]] = False  # at most two at once
            disrupted = float(rng.choice([0.25, 0.5, 1.0])) if cut.any() else 0.0
            for block in range(n_blocks):
                share = BLOCK_SHARE[block] if n_blocks > 1 else 1.0
                for phase in range(len(PHASES)):
                    weight = (1.0 - disrupted) if phase == 0 else disrupted * PHASE_SHARE[phase]
                    if weight <= 0.0:
                        continue
                    held = cut if phase else np.zeros_like(cut)
                    key = (t, block, level, price, phase, *(int(flag) for flag in held))
                    rows.append(future)
                    columns.append(numbers.setdefault(key, len(numbers)))
                    values.append(weight * share * float(world.discount[t]) * 10.0 / s.n_periods)
    keys = np.array(list(numbers), dtype=np.int64)
    order = np.lexsort(keys.T[::-1])
    place = np.empty(order.size, dtype=np.int64)
    place[order] = np.arange(order.size)
    weights = sparse.coo_array((values, (rows, place[columns])), shape=(n_futures, order.size))
    return keys[order], sparse.csr_array(weights.tocsr())
