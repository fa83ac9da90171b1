"""What the engine refuses while a question is answered reaches the user as an error of the package, not as its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tillerman.errors import EngineError
from tillerman.plan.alternatives import alternatives
from tillerman.plan.ambiguity import ambiguity
from tillerman.plan.flips import flips
from tillerman.plan.frontier import frontier
from tillerman.plan.levers import levers
from tillerman.plan.options_worth import options
from tillerman.plan.worth import worth
from tillerman.twostage import NumericalError


class Refusing:
    """A solved plan of which the engine refuses to say anything."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - it stands for whatever is asked of it
        raise NumericalError(where=name, found="a state unsolved", expected="every state solved", remedy="None.")


@pytest.mark.parametrize("ask", [alternatives, ambiguity, flips, frontier, levers, options, worth])
def test_what_the_engine_refuses_is_told(ask: Callable[[Any], object]) -> None:
    """Every question turns a refusal of the engine into an EngineError, which the program tells in words."""
    with pytest.raises(EngineError, match="a state unsolved"):
        ask(Refusing())
