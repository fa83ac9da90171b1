"""Plan a nation's freedom to choose in AI it does not own: what others can withdraw, and what to do first.

    import tillerman as tm

    kenya = tm.load("kenya")
    tm.assess(kenya).postures(horizon="1y")

Names are looked up when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tillerman.archive import open_study as open_study
    from tillerman.archive import save as save
    from tillerman.country import Country as Country
    from tillerman.country import Purpose as Purpose
    from tillerman.country import check as check
    from tillerman.country import diff as diff
    from tillerman.country import load as load
    from tillerman.country import shipped as countries
    from tillerman.country import to_workbook as to_workbook
    from tillerman.country import write as write
    from tillerman.exposure import Exposure as Exposure
    from tillerman.exposure.assess import assess as assess
    from tillerman.plan import Plan as Plan
    from tillerman.plan.optimise import optimise as optimise

    __version__: str

# name → (where it lives, what it is called there)
_PUBLIC = MappingProxyType(
    {
        "Country": ("tillerman.country", "Country"),
        "Exposure": ("tillerman.exposure", "Exposure"),
        "Purpose": ("tillerman.country", "Purpose"),
        "assess": ("tillerman.exposure", "assess"),
        "check": ("tillerman.country", "check"),
        "countries": ("tillerman.country", "shipped"),
        "diff": ("tillerman.country", "diff"),
        "Plan": ("tillerman.plan", "Plan"),
        "open_study": ("tillerman.archive", "open_study"),
        "save": ("tillerman.archive", "save"),
        "load": ("tillerman.country", "load"),
        "optimise": ("tillerman.plan", "optimise"),
        "to_workbook": ("tillerman.country", "to_workbook"),
        "write": ("tillerman.country", "write"),
    }
)

__all__ = [
    "Country",
    "Exposure",
    "Plan",
    "Purpose",
    "__version__",
    "assess",
    "check",
    "countries",
    "diff",
    "load",
    "open_study",
    "optimise",
    "save",
    "to_workbook",
    "write",
]

if not TYPE_CHECKING:  # a type checker reads the imports above, and refuses a name that is not there

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version

            return version("tillerman")
        if name not in _PUBLIC:
            raise AttributeError(f"module 'tillerman' has no attribute {name!r}; it has {', '.join(sorted(_PUBLIC))}")
        module, called = _PUBLIC[name]
        found = getattr(import_module(module), called)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
