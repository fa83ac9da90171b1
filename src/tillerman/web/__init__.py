"""The same answers in a browser: server-rendered pages and a JSON API. Holds no model logic.

Names are looked up when first used: a worker process, which serves no pages, starts without what serves them.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tillerman.web.app import create_app as create_app
    from tillerman.web.serving import Serving as Serving

_PUBLIC = MappingProxyType({"Serving": "tillerman.web.serving", "create_app": "tillerman.web.app"})

__all__ = ["Serving", "create_app"]

if not TYPE_CHECKING:  # a type checker reads the imports above, and refuses a name that is not there

    def __getattr__(name: str) -> object:
        if name not in _PUBLIC:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_PUBLIC[name]), name)
