"""The checks at the door: every rule a country file must keep, as rows of one table."""

from __future__ import annotations

from tillerman.country.checks import choices, evidence, frame, stack, use, world
from tillerman.country.checks.rule import NameRule, Rule

ALL_RULES: tuple[Rule | NameRule, ...] = (
    *frame.RULES,
    *stack.RULES,
    *use.RULES,
    *choices.RULES,
    *world.RULES,
    *evidence.RULES,
)
