"""The names of a country file in a reader's language: a plan, an exposure or a country told with them, else unchanged.

A file may bring translations of its names: the table `translations`, beside its content, so that its hash stays. A text
that is a name of the file as a whole is told otherwise; ids, evidence and sentences stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from tillerman.country.record import Country

RecordT = TypeVar("RecordT")
_LEFT = frozenset({"id", "evidence", "translations"})  # fields that name nothing to a reader
_KEPT = "content_hash"  # worked out from the file as it stands, whatever language it is told in


def names_in(country: Country, language: str) -> Mapping[str, str]:
    """The names of a file in a language, by the name as it stands; empty where the file brings none.

    A supplier that stops its deliveries only is a withdrawal of its own, named after it: it is told with the name.
    """
    told = {row.text: row.told for row in country.translations if row.language == language}
    suppliers = [party.name for party in country.parties if party.name in told]
    return {**told, **{f"{name}: supplies only": f"{told[name]}: supplies only" for name in suppliers}}


def told_in(record: RecordT, names: Mapping[str, str]) -> RecordT:
    """A frozen record with every name in it told otherwise; the very same one where nothing changes."""
    return cast("RecordT", _told(record, names)) if names else record


def _told(found: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - whatever a record holds
    if isinstance(found, str):
        return names.get(found, found)
    if isinstance(found, tuple):
        told = tuple(_told(item, names) for item in found)
        return found if all(one is two for one, two in zip(found, told, strict=True)) else told
    if is_dataclass(found) and not isinstance(found, type):
        return _told_record(found, names)
    return found


def _told_record(found: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - as above
    changed: dict[str, Any] = {}
    for item in fields(found):
        if item.init and item.name not in _LEFT:
            value = getattr(found, item.name)
            told = _told(value, names)
            if told is not value:
                changed[item.name] = told
    if not changed:
        return found
    new = replace(found, **changed)
    if isinstance(found, Country):
        vars(new)[_KEPT] = found.content_hash  # the same file, told in another language
    return new
