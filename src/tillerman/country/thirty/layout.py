"""How a form is laid out: sheets, columns, the rows about the file, and the words for not knowing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tillerman.country.thirty.question import Texts, both

SHEET, MORE_SHEET = "thirty", "eighty"
FILE, MORE_FILE = f"{SHEET}.csv", f"{MORE_SHEET}.csv"
KEY, LOW, HIGH, SOURCE = "key", "low", "high", "source"
TABLE, ROW, COLUMN = "table", "row", "column"
DONT_KNOW: Texts = both("don't know", "不知道")
_DONT_KNOW = frozenset({"don't know", "don’t know", "dont know", "do not know", "don't know.", "不知道"})

# What stands above the columns, in each language; the first of a pair is what a machine reads.
HEADS: Mapping[str, Texts] = MappingProxyType(
    {
        KEY: both(KEY, "代號"),
        "question": both("question", "問題"),
        LOW: both(LOW, "低"),
        HIGH: both(HIGH, "高"),
        "unit": both("unit", "單位"),
        "low_is": both("the low end is", "低端指"),
        "high_is": both("the high end is", "高端指"),
        "holder": both("who usually has it", "通常由誰掌握"),
        "hours": both("hours to get it", "取得所需工時"),
        "example": both("an invented example", "虛構示例"),
        SOURCE: both(SOURCE, "來源"),
    }
)
MORE_HEADS: Mapping[str, Texts] = MappingProxyType(
    {
        TABLE: both(TABLE, "表"),
        ROW: both(ROW, "列"),
        COLUMN: both(COLUMN, "欄"),
        "meaning": both("meaning", "意義"),
        "unit": both("unit", "單位"),
        "now_low": both("now from", "目前低端"),
        "now_high": both("now to", "目前高端"),
        LOW: both(LOW, "低"),
        HIGH: both(HIGH, "高"),
        SOURCE: both(SOURCE, "來源"),
    }
)


@dataclass(frozen=True)
class AboutRow:
    """A row that says what the file is about; its text stands in the column of low ends."""

    key: str
    ask: Texts
    example: str


ABOUT = (
    AboutRow("name", both("Name of the country or economy", "國家或經濟體名稱"), "Handland"),
    AboutRow("code", both("Its ISO 3166-1 code of two letters", "ISO 3166-1 二字代碼"), "ZZ"),
    AboutRow(
        "home",
        both(
            "Blocs whose law binds it, by code (EU, EAC), separated by ';'; blank if none",
            "對其具法律拘束力的集團代碼（EU、EAC），以「;」分隔；無則留白",
        ),
        "EU",
    ),
    AboutRow("currency", both("Its currency, by ISO 4217 code", "貨幣的 ISO 4217 代碼"), "XTS"),
    AboutRow(
        "languages",
        both("Languages in which services must work, by code, separated by ';'", "服務須支援的語言代碼，以「;」分隔"),
        "en",
    ),
    AboutRow(
        "fiscal_month", both("Month in which the fiscal year starts, 1 to 12", "會計年度起始月份（1 至 12）"), "1"
    ),
)
ABOUT_KEYS = tuple(row.key for row in ABOUT)


def is_dont_know(text: str) -> bool:
    """Tell whether a cell says that nobody knows; a blank one says so too."""
    return not text or text.casefold() in _DONT_KNOW


def column_named(head: str, heads: Mapping[str, Texts]) -> str:
    """The column that a head stands for, in whichever language, or the head itself."""
    plain = head.strip().casefold()
    return next((column for column, texts in heads.items() if plain in map(str.casefold, texts.values())), head)
