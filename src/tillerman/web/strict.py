"""How what programs send is read: a field that is not known is refused by its name, so that no slip goes unnoticed."""

from __future__ import annotations

from pydantic import ConfigDict

STRICT = ConfigDict(extra="forbid")
