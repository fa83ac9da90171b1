"""The futures of a country once more, in plain Python: every piece of every year a state of its own, nothing merged.

It shares the draws with the package (which event begins when, which class a promise falls into) and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tillerman.country import Country
from tillerman.country.choices import Option
from tillerman.country.world import Disruption, Driver
from tillerman.futures.brief import Brief, Drawn
from tillerman.futures.events import disruptions_of, promise_draw, promise_edges, sample_events
from tillerman.futures.paths import DeliveryClasses, Floats, Paths, levels, sample_paths
from tillerman.futures.short import SHORT, marks
from tillerman.futures.state import Active, Outcome, State
from tillerman.labels import Block, Climate, Horizon, Signpost

DAYS = 365.0
Event = tuple[int, float, float, int]  # disruption, begin, end, class of promises
AGES = ((0.0, 7.0), (7.0, 90.0), (90.0, 730.0), (730.0, float("inf")))  # of a withdrawal at 7d, 90d, 1y and 5y


@dataclass(frozen=True)
class Plain:
    """The draws behind a sample."""

    country: Country
    disruptions: tuple[Disruption, ...]
    paths: Paths
    events: tuple[tuple[Event, ...], ...]  # of each future
    brief: Mapping[int, Drawn]  # by year
    marks: Mapping[int, tuple[Floats, Floats]]  # by year: which short piece and which load block each future keeps

    def states(self, future: int) -> Iterator[tuple[State, float]]:
        """Every state of one future, in order and with repetitions, and its weight."""
        frame = self.country.frame
        year = 0
        for period, length in enumerate(frame.period_years):
            discounted = sum(1 / (1 + frame.discount_rate) ** (year + k) for k in range(length))
            state = self._year(future, period, year)
            for active, block, share in self._kept(list(self._pieces(future, year)), future, year):
                yield replace(state, active=active, block=block), discounted * share
            year += length

    def _kept(
        self, pieces: list[tuple[tuple[Active, ...], float]], future: int, year: int
    ) -> Iterator[tuple[tuple[Active, ...], Block, float]]:
        """Long pieces in both load blocks, and of the short ones the one in which the mark lies, in one load block."""
        peak = self.country.frame.peak_hours_share
        short = [piece for piece in pieces if piece[1] < SHORT]
        for active, share in pieces:
            if share >= SHORT:
                yield active, Block.PEAK, share * peak
                yield active, Block.REST, share * (1 - peak)
        together = sum(share for _, share in short)
        reach, hour = (float(marks[future]) for marks in self.marks[year])
        passed = 0.0
        for active, share in short:
            passed += share
            if passed > reach * together:
                yield active, Block.PEAK if hour < peak else Block.REST, together
                return

    def _year(self, future: int, period: int, year: int) -> State:
        delivery = DeliveryClasses(self.country.deliveries).classes[self.paths.delivery[future]]
        return State(
            period=period,
            demand=float(levels(self.country, Driver.DEMAND)[self.paths.demand[future, year]]),
            prices=float(levels(self.country, Driver.PRICES)[self.paths.prices[future, year]]),
            delivery=delivery,
            fired=frozenset(
                option.id
                for option in self.country.options
                if any(self._is_seen(option, future, y) for y in range(year + 1 - option.lead_years))
            ),
        )

    def _is_seen(self, option: Option, future: int, year: int) -> bool:
        if option.signpost is Signpost.CLIMATE:
            return tuple(Climate)[self.paths.climate[future, year]] is Climate.BROKEN
        if option.signpost is Signpost.DEMAND:
            return bool(self.paths.demand[future, year] == 2)
        if option.signpost is Signpost.PRICE:
            return bool(self.paths.prices[future, year] == 2)
        return any(
            self.disruptions[d].id == option.fires_at and year * DAYS <= begin < (year + 1) * DAYS
            for d, begin, _, _ in self.events[future]
        )

    def _pieces(self, future: int, year: int) -> Iterator[tuple[tuple[Active, ...], float]]:
        """Cut one year wherever an event begins, ends or passes to the next horizon; calm time is one piece."""
        low, high = year * DAYS, (year + 1) * DAYS
        mine = self.events[future]
        moments = {low, high}
        for _, begin, end, _ in mine:
            ages = (begin + age for age, _ in AGES[1:] if begin + age < end)
            moments |= {m for m in (begin, end, *ages) if low < m < high}
        drawn = self.brief[year]
        brief = float(drawn.share[future])
        calm = 0.0
        for begin, end in pairwise(sorted(moments)):
            on, share = self._on(mine, (begin + end) / 2), (end - begin) / DAYS * (1 - brief)
            if on:
                yield self._told(on), share
            else:
                calm += share
        yield (), calm
        if brief > 0:
            d, promise = int(drawn.disruption[future]), int(drawn.promise[future])
            yield self._told([*self._on(mine, float(drawn.moment[future])), (d, Horizon.WEEK, promise)]), brief

    def _on(self, mine: Sequence[Event], moment: float) -> list[tuple[int, Horizon, int]]:
        return [
            (d, horizon, promise)
            for d, begin, end, promise in mine
            if begin <= moment < end
            for horizon, (young, old) in zip(Horizon, AGES, strict=True)
            if young <= moment - begin < old
        ]

    def _told(self, on: list[tuple[int, Horizon, int]]) -> tuple[Active, ...]:
        found = []
        for d, horizon, promise in sorted(on, key=lambda item: item[0]):
            what = self.disruptions[d]
            found.append(
                Active(
                    strikes=what.strikes,
                    target=what.target,
                    horizon=horizon,
                    cause=what.cause,
                    hold_kinds=what.hold_kinds,
                    depth=what.depth,
                    is_common_shock=what.is_common_shock,
                    draw=promise_draw(promise_edges(self.country, what), promise),
                )
            )
        return tuple(found)


def plain(country: Country, n: int, seed: int) -> Plain:
    """Draw the same futures as `sample` does."""
    n_years = sum(country.frame.period_years)
    paths = sample_paths(country, n, seed, n_years)
    disruptions = disruptions_of(country, geopolitics=True)
    drawn = sample_events(country, disruptions, paths, seed)
    events: list[list[Event]] = [[] for _ in range(n)]
    columns = (drawn.future, drawn.disruption, drawn.begin, drawn.end, drawn.promise)
    for future, d, begin, end, promise in zip(*(column.tolist() for column in columns), strict=True):
        events[future].append((d, begin, end, promise))
    brief = Brief(country, disruptions, seed)
    by_year = {year: brief.draw(paths.climate[:, year], year) for year in range(n_years)}
    by_mark = {year: marks(n, year, seed) for year in range(n_years)}
    return Plain(country, disruptions, paths, tuple(map(tuple, events)), by_year, by_mark)


def told(country: Country, state: State) -> State:
    """A state with only what can be known of deliveries by then: nothing before it is due, never while it is late."""
    frame = country.frame
    year = frame.first_year + sum(frame.period_years[: state.period])
    late = {record.id: record.late_years for record in country.deliveries}
    due: dict[str, list[int]] = defaultdict(list)
    for site in country.sites:
        if site.delivery is not None and site.build_max_h100e_per_year > 0:
            due[site.delivery].append(frame.first_year + site.lead_years)
        if site.delivery is not None and site.available_from > frame.first_year:
            due[site.delivery].append(site.available_from)
    for agreement in country.agreements:
        if agreement.delivery is not None:
            due[agreement.delivery].append(max(frame.first_year, agreement.first_year) + agreement.lead_years)
    found = []
    for record, outcome in state.delivery:
        due_by_now = [first for first in due[record] if first <= year]
        known = outcome
        if not due_by_now:
            known = Outcome.ON_TIME
        elif outcome is Outcome.LATE and all(first + late[record] > year for first in due_by_now):
            known = Outcome.NEVER
        found.append((record, known))
    return replace(state, delivery=tuple(found))
