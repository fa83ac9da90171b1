"""Who in government usually has a number, and how many hours it takes to get it: for the next question to ask.

A question of the thirty says it itself; for the other numbers of a full file it goes by the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tillerman.country.thirty.question import Texts, both
from tillerman.country.thirty.questions import BY_KEY, QUESTIONS


@dataclass(frozen=True)
class Holder:
    """Who has a number, and the work it takes to get it."""

    name: Texts  # by language
    hours: float


_OTHERWISE = Holder(both("The ministry that owns the file", "本檔主管機關"), 8.0)
_BY_TABLE: Mapping[str, Holder] = MappingProxyType(
    {
        "frame": Holder(both("Finance ministry", "財政部"), 4.0),
        "zones": Holder(both("Grid operator", "電網營運機構"), 8.0),
        "sites": Holder(
            both("Operator of the hall, through the digital ministry", "機房營運者（由數位主管機關洽詢）"), 8.0
        ),
        "services": Holder(both("Ministry that runs the service", "提供該服務的部會"), 12.0),
        "models": Holder(both("Public testing body or university", "公設測試機構或大學"), 16.0),
        "capabilities": Holder(both("Public testing body or university", "公設測試機構或大學"), 24.0),
        "routes": Holder(both("Procurement office", "採購機關"), 4.0),
        "agreements": Holder(both("Legal and procurement office", "法務與採購機關"), 8.0),
        "clauses": Holder(both("Attorney-general or legal office", "法務機關"), 12.0),
        "retention": Holder(both("Technical team, by a rehearsed withdrawal", "技術團隊（以撤回演練取得）"), 40.0),
        "holds": Holder(both("Technical team, by a rehearsed withdrawal", "技術團隊（以撤回演練取得）"), 40.0),
        "disruptions": Holder(both("Risk or emergency-planning office", "風險或緊急應變機關"), 24.0),
        "talent": Holder(both("Civil service commission or labour office", "人事或勞動主管機關"), 8.0),
        "levers": Holder(both("Ministry that would run the programme", "執行該方案的部會"), 16.0),
        "deliveries": Holder(both("Public works or audit office", "公共工程或審計機關"), 8.0),
        "fallbacks": Holder(both("Technical team, by a switching test", "技術團隊（以切換測試取得）"), 24.0),
    }
)
_FEEDS = MappingProxyType({column: question for question in reversed(QUESTIONS) for column in question.feeds})


def holder_of(key: str) -> Holder:
    """Who has a number: by the key of a question, or by its place, table/row/column."""
    if key in BY_KEY:
        question = BY_KEY[key]
        return Holder(question.holder, question.hours)
    table, _, rest = key.partition("/")
    fed = _FEEDS.get(f"{table}.{rest.rpartition('/')[2]}")
    by_table = _BY_TABLE.get(table, _OTHERWISE)
    return by_table if fed is None else Holder(fed.holder, max(fed.hours, by_table.hours))
