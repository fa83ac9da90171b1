"""The pass of one request: who asks, and with which cookie; the door puts it on, pages read it."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

LOCAL = "local"  # the owner on a server that listens to this machine only and asks for no token
NOBODY_YET = ""
FORM_FIELD = "csrf"  # the hidden field of a form
_KEY = "tillerman.pass"


@dataclass(frozen=True)
class Pass:
    """Who asks, as the door found it."""

    owner: str
    cookie: str  # blank where a program came in with its token
    form_mark: str  # what a form must bring back


def give_pass(scope: MutableMapping[str, Any], found: Pass) -> None:
    """Put a pass on a request."""
    scope[_KEY] = found


def pass_of(scope: MutableMapping[str, Any]) -> Pass:
    """Return the pass of a request; before the door nobody has one."""
    found = scope.get(_KEY)
    return found if isinstance(found, Pass) else Pass(NOBODY_YET, "", "")
