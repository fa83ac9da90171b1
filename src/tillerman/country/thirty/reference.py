"""The page of the thirty numbers, from the questions: `python -m tillerman.country.thirty.reference > page.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby

from tillerman.country.thirty.peers import FEWEST, Grid, Income, Size, sources, table
from tillerman.country.thirty.question import Otherwise, Question
from tillerman.country.thirty.questions import GROUP_NAMES, QUESTIONS

_OPENING = """\
# Thirty numbers

<!-- Generated from the questions in `tillerman.country.thirty`; change them there, then run
`python -m tillerman.country.thirty.reference > docs/reference/thirty-numbers.md`. -->

`tillerman new my-country` writes a form: one sheet with about thirty questions. Every command takes the form
as a country and says what its answer rests on. How to fill it in: [Start a country
file](../how-to/start-a-country-file.md).

## How an answer becomes a number

- **An answer is a range**: a low and a high end. Both blank, or *don't know*, means that nobody knows; one
  end alone is a mistake. The middle stands for the range: halfway for shares and rates, equally many times
  from both ends for quantities.
- **Peers stand in** where public data tell the number for like economies: the median with a 10–90 % range
  over at least {fewest} of them, by income (GDP a person: {incomes}), size ({sizes}) and grid ({grids});
  where a group is too small, a wider one. A few figures for the world at large stand in where no economy
  publishes its own. One country's number never stands in for another's.
- **Everything that is possible** stands in for shares and rates that nobody publishes: from nothing to all.
- **Nothing stands in** for other quantities. What needs them is not in the file, and the answer says what is
  missing: a blank is never taken as zero.
- All else (tokens of a use, prices of chips, chances of disruptions) is **general**: the same in every form,
  from the rows that all country files share or from stated assumptions, each with a range. Nothing in it
  depends on which country it is.

Each number of the resulting country has a row of evidence. `source_file` is `thirty numbers`, `source_row`
names the questions behind it with `answered`, `peers`, `whole` or `left_out`. An answer with a source is
graded `reported`, everything else `assumption`. The marks stay when the form grows into a full file, until
somebody puts better evidence in their place.

## The country that comes out

Seven services at most: a health desk, a public desk, public files kept at home, fraud checks on payments
(these critical), a learning tutor, general assistants, help for software and office work. They run on models
by call of the largest United States supplier, of others there, of Chinese makers and of makers elsewhere; on
an open model in public halls, private halls at home, or rented chips in a neighbouring economy; and on a
slice that an access agreement would reserve. Economies that the form does not name have the codes `XN` (a
neighbour) and `XO` (another), which the standard leaves free. One power zone, connections abroad, payments
abroad, two teams of people, programmes priced by what people cost at home.

It never says anything of data sets and platforms, fallbacks, other contracts, or what others need from the
country: these come with the full file.

## From Python

```python
>>> from tillerman.country.thirty import open_form
>>> from tillerman.country.thirty.form_writing import known_from, start
>>> form = open_form(start("ghana.xlsx", known_from("ghana")))
>>> form = form.at({{"population": 34.0}})
>>> form.status("internet_share"), form.status("firm_spare")
(<Status.PEERS: 'peers'>, <Status.LEFT_OUT: 'left_out'>)
>>> country = form.at({{"internet_share": 0.7}}).country()
>>> [service.id for service in country.services]
['tutor', 'assistants', 'coding']

```

`form.figures` holds the range of every question that has one, `form.status(key)` where it came from,
`form.at(...).country()` the country if one answer were known exactly, and `form.draws(n, seed)` sets of
answers drawn evenly over the open ranges (in logarithms for quantities).
"""

_OTHERWISE = {
    Otherwise.PEERS: "a range over peers",
    Otherwise.WHOLE: "everything that is possible",
    Otherwise.LEFT_OUT: "nothing",
}
_BUDGETS = """\
Public money for AI over GDP, from which the last range is rounded outward: Brazil about US$ 4 bn over 2024–28
(0.04 % a year), India INR 10,372 crore over five years (0.007 %), Japan JPY 387 bn in 2026 (0.06 %), South
Korea KRW 10.1 trillion in 2026 (0.4 %).
"""


def page() -> str:
    """Write the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    incomes = "; ".join(f"{group} {words}" for group, words in zip(Income, _INCOME_WORDS, strict=True))
    yield _OPENING.format(fewest=FEWEST, incomes=incomes, sizes="; ".join(Size), grids="; ".join(Grid))
    yield "## The questions"
    for group, questions in groupby(QUESTIONS, key=lambda question: question.group):
        yield f"\n### {GROUP_NAMES[group]['en']}\n"
        yield "| key | question | unit | who usually has it | hours | where nobody knows | needed for | goes into |"
        yield "|---|---|---|---|---|---|---|---|"
        yield from map(_question, questions)
    yield "\n## Where peer ranges come from\n"
    yield "| range of | groups | read from | stands in as |"
    yield "|---|---|---|---|"
    for indicator in dict.fromkeys(row.indicator for row in table()):
        rows = [row for row in table() if row.indicator == indicator]
        source = sources()[rows[0].source]
        read = f"{source.title} ({source.publisher}; {source.address})"
        yield f"| `{indicator}` | {len(rows)} | {read} | {source.stands_for or 'the same number of peers'} |"
    yield f"\n{_BUDGETS}"


_INCOME_WORDS = ("under US$ 1,200", "to 4,500", "to 14,000", "above")


def _question(question: Question) -> str:
    instead = _OTHERWISE[question.otherwise]
    if question.peers:
        instead += f" (`{question.peers}`)"
    cells = (
        f"`{question.key}`",
        question.ask["en"],
        question.unit or "share",
        question.holder["en"],
        f"{question.hours:g}",
        instead,
        question.needed_for["en"],
        ", ".join(f"`{place}`" for place in question.feeds),
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())
