"""Where the engine gives no answer, nothing is made of it: it is said in words, and as an error of the package."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tillerman.cli.exits import ExitCode, code_of
from tillerman.country import Country, load
from tillerman.errors import EngineError
from tillerman.exposure import assess
from tillerman.plan import optimise
from tillerman.plan.alternatives import alternatives
from tillerman.plan.ambiguity import ambiguity
from tillerman.plan.flips import flips
from tillerman.plan.frontier import frontier
from tillerman.plan.influence import influence
from tillerman.plan.levers import levers
from tillerman.plan.options_worth import options
from tillerman.plan.worth import worth
from tillerman.testing import random_country
from tillerman.testing.assertions import assert_partition
from tillerman.twostage import NumericalError, Solution, solve


def _fail(*_: object, **__: object) -> None:
    raise NumericalError(where="states [9]", found="a gap", expected="none", remedy="Scale the rows.")


def test_what_the_engine_refuses_is_an_error_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """A state that no engine can solve ends every question with an EngineError, whose code is 1."""
    monkeypatch.setattr("tillerman.dispatch.compiled.evaluate", _fail)
    monkeypatch.setattr("tillerman.plan.influence.solve", _fail)

    for question in (assess, optimise, influence):
        with pytest.raises(EngineError, match=r"states \[9\]: found a gap") as caught:
            question(load("hand"))
        assert code_of(caught.value) is ExitCode.FAILED


def test_a_cheapest_plan_that_was_not_found_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search for the cheapest plan that ends with no plan leaves a reason, and the plan itself stands."""

    def without_a_plan(*arguments: object, **settings: object) -> Solution:
        found = solve(*arguments, **settings)  # type: ignore[arg-type]  # passed on as they came
        return replace(found, x=np.full_like(found.x, np.nan))

    monkeypatch.setattr("tillerman.plan.references.solve", without_a_plan)
    plan = optimise(load("hand"), futures=2)

    assert [row.name for row in plan.missing_references] == ["cheapest"]
    assert "cheapest" not in {row.name for row in plan.references}
    assert "No plan of this kind was found." in plan.missing_references[0].reason


def _shrunk(country: Country, factor: float) -> Country:
    services = tuple(replace(row, demand_muse_per_year=row.demand_muse_per_year * factor) for row in country.services)
    return replace(country, services=services)


@pytest.mark.parametrize("factor", [1e-2, 1e-4, 1e-6])
def test_services_of_a_few_uses_are_measured(factor: float) -> None:
    """A country whose every service is small is measured like a large one, to the same accuracy."""
    small = _shrunk(random_country(8), factor)

    assert_partition(assess(small).posture_rows)
    plan = optimise(small, futures=2)
    assert plan.certificate.gap <= plan.request.tolerance


class Refusing:
    """A solved plan of which the engine refuses to say anything."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - it stands for whatever is asked of it
        raise NumericalError(where=name, found="a state unsolved", expected="every state solved", remedy="None.")


@pytest.mark.parametrize("ask", [alternatives, ambiguity, flips, frontier, levers, options, worth])
def test_a_question_of_which_the_engine_says_nothing_is_refused_in_words(ask: Callable[[Any], object]) -> None:
    """Every question turns a refusal of the engine into an EngineError, which the program tells in words."""
    with pytest.raises(EngineError, match="a state unsolved"):
        ask(Refusing())
