"""Every setting of a plan, once: name, default, limits, meaning. Command line, Python and docs read this table."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from tillerman.errors import SettingError


@dataclass(frozen=True)
class Setting:
    """One setting: what it means, what it is when nothing is said, and what it may be."""

    name: str
    default: float
    minimum: float
    maximum: float
    doc: str

    def check(self, value: float) -> float:
        """Return the value if it is allowed. Raises SettingError when it is not."""
        if not self.minimum <= value <= self.maximum:
            raise SettingError(self.name, value, f"{_plain(self.minimum)} to {_plain(self.maximum)}", self.doc)
        return value


def _plain(limit: float) -> str:
    """A limit as people write it: no powers of ten."""
    return f"{int(limit):,}" if limit == int(limit) else f"{limit:g}"


SETTINGS = MappingProxyType(
    {
        item.name: item
        for item in (
            Setting("futures", 100, 1, 5_000_000, "How many possible futures the plan is tested against."),
            Setting("seed", 1, 0, 2**63 - 1, "Which futures are drawn; the same seed draws the same ones."),
            Setting(
                "risk_aversion", 0.3, 0.0, 1.0, "How much the average of the worst 5 in 100 counts beside the average."
            ),
            Setting(
                "budget_musd_per_year", 0.0, 0.0, 1e7, "Public money a year in million US$, instead of the file's."
            ),
            Setting(
                "likelihood",
                1.0,
                0.0,
                100.0,
                "Times the file's yearly chances of all deliberate withdrawals; 0 for none.",
            ),
            Setting(
                "distrust", 1.0, 0.0, 100.0, "Times the file's yearly chances of what one supplier or state may do."
            ),
            Setting("tolerance", 0.005, 1e-6, 0.5, "Calculation tolerance, as a share of gross cost."),
        )
    }
)

TAIL = 0.05  # the worst share of futures that risk aversion averages
ENOUGH_TAIL = 50  # effective futures in the tail below which its average is not shown


def default(name: str) -> float:
    """The default of a setting."""
    return SETTINGS[name].default
