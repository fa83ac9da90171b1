"""Made-up answers to the questions of how far a plan holds: every number distinct, so that a slip is seen."""

from __future__ import annotations

from dataclasses import replace

from tillerman.country import Country
from tillerman.plan import Asked, Interval
from tillerman.plan.ambiguity_result import Ambiguity, HazardRange, Worse
from tillerman.plan.enough import Enough
from tillerman.plan.estimate import Estimate
from tillerman.plan.flips_result import DecisionWorth, Flip, Flips, Verdict
from tillerman.plan.options_result import ClimatePlan, EarlyChange, Options, OptionWorth
from tillerman.plan.outofsample import OutOfSample
from tillerman.plan.worth_result import Worth


def with_trust(asked: Asked, country: Country) -> Asked:
    """The same answers and those of foresight, flips, options and ambiguity."""
    return replace(
        asked, foresight=_foresight(), flips=_flips(country), options=_options(), ambiguity=_ambiguity(country)
    )


def _foresight() -> Worth:
    objective, mean, worst = (Estimate(v, v - 19.4, v + 20.3) for v in (-811.3, -906.2, -402.1))
    fresh = OutOfSample(1200, 77, 9876, objective, mean, worst, "", 61.0, -812.3, -815.9)
    lost = Enough(20, 1, 3.1, 4.7, 0.047, 0.05)
    return Worth(1234.5, -755.5, Interval(56.8, 60.4), Interval(0.0, 41.3), 40, False, fresh, lost)


def _flips(country: Country) -> Flips:
    site = country.sites[0].id if country.sites else "hall"
    chance = next((d.id for d in country.disruptions), "storm")
    rows = (
        Flip("hall", "The hall", "sites", site, "pue", "1", 1.3, 1.1, 1.9, Verdict.FLIPS, 1.5, 1.3, 1.9, 7.7, -3.1),
        Flip(
            "hall", "The hall", "disruptions", chance, "chance", "1/year", 0.11, 0.06, 0.23, Verdict.UNDETERMINED,
            None, None, None, -1.1, 2.2,
        ),
    )  # fmt: skip
    return Flips((DecisionWorth("hall", "The hall", Interval(1.7, 5.3)),), rows, 20, 9, 3, 1234.5)


def _options() -> Options:
    change = EarlyChange("hall", "The hall", "2028", 41.0, 23.0, "H100e")
    climate = ClimatePlan("strained", 0.4, 8, ("2030: Build 23 chips.",))
    land = OptionWorth("land", "Land by the lake", is_taken=True, worth=Interval(0.0, 5.7))
    return Options((land,), 2030, Interval(3.1, 7.7), (climate,), (change,), 1234.5)


def _ambiguity(country: Country) -> Ambiguity:
    name = next((d.name for d in country.disruptions), "A storm")
    row = HazardRange("storm", name, 0.11, 0.06, 0.23, -823.1, -777.7)
    return Ambiguity(2000, -812.3, -823.1, -777.7, 345.6, 4, (row,), (Worse(1, -777.7, (name,), 345.6),))
