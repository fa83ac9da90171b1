"""Every block of the first stage as names, terms and bounds, on the hand-sized country with one of everything.

A change here is a change of the model: say why in the commit, then write the files anew with
`python -m pytest tests/plan/test_blocks.py --write-golden`.
"""

from __future__ import annotations

import pkgutil
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.plan.solved import plan_of
from tests.plan.variants_of_hand import with_everything
from tillerman.country import Country
from tillerman.dispatch import compile_dispatch
from tillerman.plan import blocks
from tillerman.plan.rules import Column, Rulebook
from tillerman.plan.setting import Setting
from tillerman.testing.assertions import assert_valid
from tillerman.twostage import Outcome

GOLDEN = Path(__file__).parent / "golden"
NAMES = {block.__name__.rsplit(".", 1)[1]: block for block in blocks.BLOCKS}


def number(value: float) -> str:
    """Write a number shortly and always alike."""
    return f"{value:.10g}"


def told(block: ModuleType, country: Country) -> str:
    """Lay down one block after those before it, and tell what it added."""
    setting = Setting(compile_dispatch(country), country.frame.budget_musd_per_year)
    book = Rulebook()
    for name in setting.dispatch.space.names:
        book.add_column(Column(name, np.inf))
    for earlier in blocks.BLOCKS[: blocks.BLOCKS.index(block)]:
        earlier.add(book, setting)
    columns, rules, cost = set(book.columns), len(book.rules), dict(book.cost)
    block.add(book, setting)
    lines = [str(block.__doc__).strip(), "", "columns"]
    lines += [
        f"  {column.name} <= {number(column.upper)}{' whole' if column.is_integer else ''}"
        for column in book.columns.values()
        if column.name not in columns
    ]
    lines += ["", "costs"]
    lines += [f"  {n}: {number(v - cost.get(n, 0.0))}" for n, v in book.cost.items() if v != cost.get(n, 0.0)]
    lines += ["", "rules"]
    for rule in book.rules[rules:]:
        lines.append(f"  {rule.name}  ({rule.group or 'defines'})")
        terms = " ".join(f"{v:+.10g} {n}" for n, v in rule.terms.items())
        lines.append(f"    {number(rule.lower)} <= {terms} <= {number(rule.upper)}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_block_says_what_it_said(hand: Country, name: str, *, write_golden: bool) -> None:
    """Names, terms, bounds and costs of one block are those of its golden file."""
    text = told(NAMES[name], with_everything(hand))
    path = GOLDEN / f"{name}.txt"
    if write_golden:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_every_block_is_laid_down_and_has_a_golden_file() -> None:
    """A module in the blocks package is in the list; a block has a golden file; no file is left over."""
    modules = {module.name for module in pkgutil.iter_modules(blocks.__path__)}
    assert modules == set(NAMES)
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(NAMES)


def test_the_country_with_one_of_everything_is_valid_and_has_a_plan(hand: Country) -> None:
    """What the golden files are made of is a file that passes the door, and every block rules something in it."""
    country = with_everything(hand)
    assert_valid(country)
    assert plan_of(country).solution.outcome is Outcome.CERTIFIED
    for name, block in NAMES.items():
        rules = told(block, country).split("\nrules\n")[1]
        assert rules.strip(), name
