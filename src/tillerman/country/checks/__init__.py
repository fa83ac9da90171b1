"""The checks at the door: every rule a country file must keep, as rows of one table."""

from __future__ import annotations

from tillerman.country.checks.rule import Rule

ALL_RULES: tuple[Rule, ...] = ()
