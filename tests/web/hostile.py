"""A study whose every text tries to be something else: markup, a script, a formula, a template, a running address."""

from __future__ import annotations

import html.parser
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TypeVar

from tillerman.country import Country
from tillerman.plan import Plan
from tillerman.study import kept_plan
from tillerman.web.shelf import Entry, Shelf
from tillerman.web.shelving import new_study

MARKUP = "=1+1'\"><script>alert(1)</script><img src=x onerror=alert(1)></title>{{ 7*7 }}${7*7}\u202e"
ADDRESS = "javascript:alert(1)//"
NAME = "</title><script>alert(1)</script>{{ 7*7 }}"
_FREE = frozenset({"name", "note", "title", "publisher", "other_account"})  # texts that may say anything
RowT = TypeVar("RowT")


@cache
def hostile_plan() -> Plan:
    """The stored plan of Kenya, as if a hostile hand had written every text of its file."""
    found = kept_plan("kenya")
    country = hostile(found.country)
    today = replace(found.today, country=country)
    return replace(found, country=country, today=today)


def hostile(country: Country) -> Country:
    """A country file with its numbers as they are and every free text replaced."""
    tables = {
        item.name: tuple(_hostile_row(row) for row in value)
        for item in fields(country)
        if isinstance(value := getattr(country, item.name), tuple)
    }
    return replace(country, frame=replace(country.frame, name=MARKUP), **tables)  # type: ignore[arg-type]  # by name


def put_hostile(shelf: Shelf, owner: str) -> Entry:
    """Put the hostile study on somebody's shelf."""
    return new_study(shelf, owner, NAME, plan=hostile_plan())


def _hostile_row(row: RowT) -> RowT:
    if not is_dataclass(row) or isinstance(row, type):
        return row
    changed: dict[str, object] = {}
    for item in fields(row):
        value = getattr(row, item.name)
        if item.name in _FREE and isinstance(value, str) and value:
            changed[item.name] = f"{MARKUP} {getattr(row, 'id', '')}".strip()
        if item.name == "address" and value:
            changed[item.name] = ADDRESS
    return replace(row, **changed)


class Found(html.parser.HTMLParser):
    """What stands in a page that must not: scripts of its own, handlers, styles, addresses that run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.offences: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        named = {name: value or "" for name, value in attrs}
        if tag == "script" and not named.get("src", "").startswith("/static/"):
            kind = named.get("type", "")
            if kind != "application/json":
                self.offences.append(f"<script> {named}")
        if tag in {"iframe", "object", "embed", "base", "style"}:
            self.offences.append(f"<{tag}>")
        for name, value in named.items():
            address = "".join(value.split()).casefold()
            if name.startswith("on") or name == "style":
                self.offences.append(f"{tag} {name}={value}")
            if name in {"href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post"} and (
                address.startswith(("javascript:", "data:", "vbscript:", "http:", "https:", "//"))
                and not (tag == "a" and address.startswith(("http:", "https:")))
            ):
                self.offences.append(f"{tag} {name}={value}")
        if tag == "img" and named.get("src") == "x":
            self.offences.append("<img src=x>")


def offences(page: str) -> list[str]:
    """Everything in a page that a hostile text has made of it."""
    found = Found(page).offences
    return [*found, *(["a template was run"] if "{{ 7*7 }}" not in page and ">49<" in page else [])]
