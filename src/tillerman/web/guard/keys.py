"""Keys: who comes in with which name and token, and how often somebody may try."""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from tillerman.errors import SettingError
from tillerman.web.serving import ANYBODY, Key

SHORTEST = 16  # characters of a token
MAX_FAILURES = 5
WAIT_SECONDS = 15 * 60.0
_SENDERS = 10_000  # remembered at once
_NAME = re.compile(r"\w[\w .@-]{0,39}")


class Keys:
    """Tell whose name and token belong together; who fails too often waits. Safe in one event loop."""

    def __init__(self, keys: tuple[Key, ...], clock: Callable[[], float] = time.monotonic) -> None:
        self._keys = keys
        self._clock = clock
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def owner(self, name: str, token: str, sender: str) -> str | None:
        """Who comes in with a name and a token; None where nobody does, which is counted against the sender."""
        if self.is_shut(sender):
            return None
        folded = clean_name(name)
        fits = [
            folded if key.owner == ANYBODY else key.owner
            for key in self._keys
            if (key.owner in {ANYBODY, folded}) & hmac.compare_digest(_digest(key.token), _digest(token))
        ]
        if folded and fits:
            self._failures.pop(sender, None)
            return fits[0]
        recent = [*self._recent(sender), self._clock()]
        self._failures[sender] = recent[-MAX_FAILURES:]
        self._failures.move_to_end(sender)
        while len(self._failures) > _SENDERS:
            self._failures.popitem(last=False)
        return None

    def is_shut(self, sender: str) -> bool:
        """Tell whether a sender has failed too often lately."""
        return len(self._recent(sender)) >= MAX_FAILURES

    def _recent(self, sender: str) -> list[float]:
        since = self._clock() - WAIT_SECONDS
        return [when for when in self._failures.get(sender, []) if when > since]


def clean_name(name: str) -> str:
    """A visitor's name as studies carry it; blank where it is none."""
    folded = " ".join(name.split()).casefold()
    return folded if _NAME.fullmatch(folded) else ""


def keys_from(text: str, where: str) -> tuple[Key, ...]:
    """Read keys: one token for all, or a line `name: token` for each person. Raises SettingError."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        raise SettingError(where, "nothing", f"a token of {SHORTEST} characters or more", "Write one into it.")
    keys: list[Key] = []
    for number, line in enumerate(lines, start=1):
        name, colon, rest = line.partition(":")
        owner, token = (clean_name(name), rest.strip()) if colon else (ANYBODY, line)
        if colon and not owner:
            raise SettingError(f"{where}, line {number}", name, "a name of letters and digits before the colon")
        if len(token) < SHORTEST:
            found = f"a token of {len(token)} characters"  # never the token itself
            remedy = "Make it longer: `python -c 'import secrets; print(secrets.token_urlsafe(24))'` prints a good one."
            raise SettingError(f"{where}, line {number}", found, f"{SHORTEST} characters or more", remedy)
        keys.append(Key(owner, token))
    owners = [key.owner for key in keys]
    if len(set(owners)) < len(owners) or (len(keys) > 1 and ANYBODY in owners):
        raise SettingError(where, ", ".join(filter(None, owners)) or "two tokens", "one token, or one line a person")
    return tuple(keys)


def keys_in(path: Path) -> tuple[Key, ...]:
    """Read keys from a file. Raises SettingError, or OSError where it cannot be read."""
    return keys_from(path.read_text("utf-8"), path.name)


def _digest(text: str) -> bytes:
    """Of one length, whatever the text: comparing takes the same time for all."""
    return hashlib.sha256(text.encode()).digest()
