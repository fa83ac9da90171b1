"""What stands beside the model: dates, what a strategy says, and names in other languages. No plan reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tillerman.country.columns import column as declare
from tillerman.labels import Layer

_NAMED = ("parties", "resources", "agreements", "services", "levers", "options", "disruptions", "deliveries")


class DateKind(StrEnum):
    """What a date is about."""

    CONTRACT_END = "contract_end"
    NOTICE = "notice"
    RETIREMENT = "retirement"
    LICENCE = "licence"
    EXPORT_RULE = "export_rule"
    LAW = "law"
    REVIEW = "review"
    HAPPENED = "happened"


class DeclaredPosture(StrEnum):
    """The posture that a strategy says it takes on a layer."""

    CONTROL = "control"
    STEER = "steer"
    DEPEND = "depend"


@dataclass(frozen=True)
class KeyDate:
    """A day to keep an eye on: a contract ends, a model is retired, a rule takes effect, something has happened."""

    id: str = declare("Short name, unique in the table.", is_key=True)
    date: date = declare("The day.")
    kind: DateKind = declare("What it is about.")
    subject: str | None = declare(
        "What it concerns: an id of the file; blank where it concerns all.", references=_NAMED
    )
    text: str = declare("What happens on that day, in plain words.")
    watcher: str | None = declare("Who keeps an eye on it.")
    source: str | None = declare("Publisher, page and date, where it is written somewhere.")


@dataclass(frozen=True)
class Declaration:
    """What a published strategy says about one layer, to be held beside what is measured."""

    id: str = declare("Short name, unique in the table.", is_key=True)
    layer: Layer = declare("The layer.")
    posture: DeclaredPosture = declare("The posture it declares.")
    by: date | None = declare("By when; blank where it does not say.")
    text: str = declare("What it says, in few words.")
    title: str = declare("Title of the strategy, law or speech.")
    publisher: str = declare("Who published it.")
    address: str | None = declare("Page or address.")
    published: date | None = declare("Date of publication.")


@dataclass(frozen=True)
class Translation:
    """A name of the file in another language, for screens, pages, reports and briefs."""

    id: str = declare("Short name, unique in the table.", is_key=True)
    language: str = declare("The language, as a tag: zh-Hant.")
    text: str = declare("The name exactly as it stands in this file.")
    told: str = declare("The same name in that language.")
