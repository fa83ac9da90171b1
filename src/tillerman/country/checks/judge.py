"""Asking every rule about a file, and writing down every place where one does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tillerman.country.checks import ALL_RULES
from tillerman.country.checks.cell import CELL_RULES
from tillerman.country.checks.rule import Finding, NameRule, Rule, Severity
from tillerman.country.columns import columns_of
from tillerman.country.parsed import CONTENT, Parsed, parsed_from
from tillerman.country.raw import at
from tillerman.country.record import NOTES, TABLES, Country
from tillerman.errors import Problem

_SAME_KIND = 25  # so many problems of one kind in one column are listed; the rest are counted


def problems_of(country: Country) -> tuple[Problem, ...]:
    """List everything that is wrong or doubtful in a country in memory; nothing for a clean one."""
    return grouped(judge(parsed_from(country), country.name))


def judge(parsed: Parsed, name: str) -> Iterator[Problem]:
    """Ask every rule for which enough of the file could be read."""
    yield from _judge_cells(parsed)
    yield from _judge_ids(parsed)
    draft = parsed.draft(name)
    for rule in ALL_RULES:
        for finding in _ask(rule, parsed, draft):
            where = parsed.where(finding.table, finding.row, finding.column)
            yield Problem(where, finding.found, finding.expected, finding.remedy, rule.severity)


def _ask(rule: Rule | NameRule, parsed: Parsed, draft: Country) -> Iterable[Finding]:
    if isinstance(rule, NameRule):
        return rule.find(draft, parsed) if all(parsed.can_name(*place) for place in rule.reads) else ()
    return rule.find(draft) if parsed.damaged.isdisjoint(rule.whole) else ()


def grouped(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """List errors before warnings; of many of one kind in one column, list some and count the rest."""
    kept: list[Problem] = []
    seen: Counter[tuple[str, str, Severity]] = Counter()
    for problem in dict.fromkeys(problems):
        kind = (_file_and_column(problem.where), problem.expected, problem.severity)
        seen[kind] += 1
        if seen[kind] <= _SAME_KIND:
            kept.append(problem)
    for (place, expected, severity), count in seen.items():
        if count > _SAME_KIND:
            found = f"{count - _SAME_KIND:,} more of the same kind"
            kept.append(Problem(place, found, expected, "Correct the first ones, then check again.", severity))
    return tuple(sorted(kept, key=lambda problem: problem.severity == "warning"))


def _file_and_column(where: str) -> str:
    parts = [part for part in where.split(":") if not part.startswith("row ")]
    return at(parts[0], None, parts[-1] if len(parts) > 1 else None)


def _judge_cells(parsed: Parsed) -> Iterator[Problem]:
    ids = {table: parsed.names(table, "id") for table in TABLES}
    for table, record in CONTENT.items():
        for column, item in columns_of(record).items():
            known = frozenset().union(*(ids[name] for name in item.references))
            if not parsed.damaged.isdisjoint(item.references) and not known:
                continue  # the table it is looked up in could not be opened at all: that is the one problem to report
            for row in parsed.rows[table]:
                if column not in row.values:
                    continue
                for rule in CELL_RULES:
                    refusal = rule.find(item, row.values[column], known)
                    if refusal:
                        yield Problem(
                            at(row.where, None, column), refusal.found, refusal.expected, refusal.remedy, rule.severity
                        )


def _judge_ids(parsed: Parsed) -> Iterator[Problem]:
    for table in (*TABLES, *NOTES):
        first: dict[object, str] = {}
        for row in parsed.rows[table]:
            if "id" not in row.values:
                continue
            name = row.values["id"]
            if name in first:
                yield Problem(
                    at(row.where, None, "id"),
                    f"{str(name)!r} a second time",
                    f"each id once; it stands at {first[name]}",
                    "Rename one of them.",
                )
            else:
                first[name] = row.where
