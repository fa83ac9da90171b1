"""Every check at the door has a mistake that it alone is there to catch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.country.mistakes import MISTAKES, MORE, Mistake, hand
from tillerman.country import TABLES, Country, problems_of
from tillerman.country.checks import ALL_RULES
from tillerman.country.checks.cell import CELL_RULES
from tillerman.country.checks.judge import judge
from tillerman.country.checks.rule import NameRule, Rule
from tillerman.country.parsed import Parsed, parsed_from
from tillerman.errors import Problem

_SEVERITY = {rule.name: rule.severity for rule in CELL_RULES} | {rule.name: rule.severity for rule in ALL_RULES}


def _asked(rule: Rule | NameRule, country: Country) -> list[Problem]:
    """Return what one rule about the whole file says."""
    parsed = parsed_from(country)
    findings = rule.find(country, parsed) if isinstance(rule, NameRule) else rule.find(country)
    return [
        Problem(parsed.where(f.table, f.row, f.column), f.found, f.expected, f.remedy, rule.severity) for f in findings
    ]


def _found_by(name: str, mistake: Mistake) -> list[Problem]:
    """Return what the rule of this name says about a country with a mistake in it."""
    country = mistake(hand())
    for rule in ALL_RULES:
        if rule.name == name:
            return _asked(rule, country)
    about_the_file = [problem for rule in ALL_RULES for problem in _asked(rule, country)]
    return [problem for problem in judge(parsed_from(country), "hand") if problem not in about_the_file]


def test_a_clean_country_has_no_problem() -> None:
    """The country in which the mistakes are planted has none of its own."""
    assert problems_of(hand()) == ()


def test_every_rule_has_a_mistake() -> None:
    """A rule cannot be added without a case in which it fails."""
    assert set(MISTAKES) == set(_SEVERITY)
    assert len(_SEVERITY) == len(CELL_RULES) + len(ALL_RULES)


@pytest.mark.parametrize("rule", sorted(MISTAKES))
def test_mistake_is_found_where_it_is(rule: str) -> None:
    """The rule reports its mistake at the cell that holds it, with words for all four parts."""
    place, mistake = MISTAKES[rule]
    problems = _found_by(rule, mistake)
    assert any(problem.where.endswith(place) for problem in problems), problems
    for problem in problems:
        assert problem.severity == _SEVERITY[rule]
        assert problem.found
        assert problem.expected
        assert problem.remedy.endswith((".", "?"))


@pytest.mark.parametrize("name", sorted(MORE))
def test_more_sides_of_a_rule(name: str) -> None:
    """The rule sees the mistake from its other sides too."""
    rule, place, mistake = MORE[name]
    assert any(problem.where.endswith(place) for problem in _found_by(rule, mistake))


@pytest.mark.parametrize("name", sorted({**MISTAKES, **MORE}))
def test_mistake_is_in_the_list_of_all(name: str) -> None:
    """Asking about everything shows each mistake, with its severity."""
    rule = name if name in MISTAKES else MORE[name][0]
    place, mistake = MISTAKES[name] if name in MISTAKES else MORE[name][1:]
    problems = problems_of(mistake(hand()))
    assert any(problem.where.endswith(place) and problem.severity == _SEVERITY[rule] for problem in problems)


@pytest.mark.parametrize("table", ["frame", *TABLES])
def test_rules_stand_a_table_that_is_not_there(table: str) -> None:
    """Where a table could not be read, the other rules still answer, and none falls over."""
    parsed = parsed_from(hand())
    rest = Parsed(parsed.places, {**parsed.rows, table: ()}, frozenset({table}))
    for problem in judge(rest, "hand"):
        assert problem.where


def test_a_nearly_right_name_is_suggested() -> None:
    """A misspelt party comes back with the name that was meant."""
    [problem] = [p for p in _found_by("known_name", MISTAKES["known_name"][1]) if p.where.endswith("party")]
    assert problem.found == "'home_sate'"
    assert "home_state" in problem.remedy


def test_a_thousand_equal_mistakes_are_counted() -> None:
    """Many problems of one kind in one column are listed in part, and the rest are counted."""
    country = hand()
    many = tuple(replace(country.capabilities[0], id=f"c{n}", language=f"l{n}", score=200.0) for n in range(1000))
    problems = problems_of(replace(country, capabilities=(*country.capabilities, *many)))
    assert len(problems) == 26
    assert problems[-1].found == "975 more of the same kind"
