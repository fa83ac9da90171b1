"""What the commands that ask one question of a plan have in common: find the plan, ask, and print the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from tillerman.words import Language

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.purse import Purse
    from tillerman.plan.base import Base, Listener

AnswerT = TypeVar("AnswerT")
ViewT = TypeVar("ViewT", bound="DataclassInstance")


@dataclass(frozen=True)
class Put:
    """A question as it was put: of which plan, and how the answer is wanted."""

    country: str
    futures: int
    seed: int
    risk_aversion: float
    budget: str | None
    currency: str | None
    no_geopolitics: bool
    search: Path | None
    as_json: bool
    language: Language


@dataclass(frozen=True)
class Head:
    """What every answer says of itself."""

    country: str
    n_futures: int
    seed: int
    input_hash: str
    version: str
    note: str


def answer(
    put: Put,
    ask: Callable[[Base, Listener], AnswerT],
    view: Callable[[AnswerT, Head], ViewT],
    show: Callable[[ViewT, Screen, Purse], None],
) -> None:
    """Find the plan that a question is about, ask it, and print the answer on the screen or as JSON."""
    from importlib.metadata import version

    from tillerman.cli.options import request_of
    from tillerman.cli.progress import progress
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.purse import purse_of
    from tillerman.cli.searching import begin
    from tillerman.country import load
    from tillerman.plain import to_json

    screen = Screen(put.language)
    loaded = load(put.country)
    purse = purse_of(loaded.frame, put.currency)
    request = request_of(
        loaded, futures=put.futures, seed=put.seed, risk_aversion=put.risk_aversion, budget=put.budget,
        no_geopolitics=put.no_geopolitics,
    )  # fmt: skip
    with progress(screen) as tell:
        found = ask(begin(loaded, request, put.search, tell), tell)
    head = Head(
        country=loaded.frame.name,
        n_futures=request.n_futures,
        seed=request.seed,
        input_hash=loaded.content_hash,
        version=version("tillerman"),
        note=screen.say("standard"),
    )
    shown = view(found, head)
    if put.as_json:
        typer.echo(to_json(shown))
        return
    show(screen.told(shown, loaded), screen, purse)
    screen.line("")
    screen.line(screen.say("question.futures", n=f"{head.n_futures:,}"))
    screen.line(head.note, style="italic")
    screen.line(screen.say("limits"))
