"""Scripts of others are those that were published, and none needs what the pages' policy forbids."""

import hashlib
import re

import pytest

from tillerman.web.shell import STATIC

ROWS = re.findall(r"^\| (\S+\.js) \|.*\| ([0-9a-f]{64}) \|$", (STATIC / "SHIPPED.md").read_text("utf-8"), re.MULTILINE)


def test_the_scripts_every_page_needs_are_listed() -> None:
    """The two that pages cannot do without have a row each."""
    assert {name for name, _ in ROWS} >= {"htmx.min.js", "sse.min.js"}


@pytest.mark.parametrize(("name", "expected"), ROWS)
def test_a_shipped_script_is_as_published(name: str, expected: str) -> None:
    """Its sum is the one that is written beside its version."""
    assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == expected
