"""What a plan can decide, each thing over all years: build at a site, sign, start a programme, keep an option open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.plan.decisions import NEGLIGIBLE_H100E, NEGLIGIBLE_LEVEL
from tillerman.plan.lever_table import SECURE_ACCESS
from tillerman.plan.rows import Decision
from tillerman.plan.setting import Setting, signed_name, start_name
from tillerman.twostage import FirstStage

Floats = NDArray[np.float64]

HALF = 0.5  # a signature is there or not; and less than half of what the plan has is not the same thing
NEGLIGIBLE = MappingProxyType({"H100e": NEGLIGIBLE_H100E, "programme": NEGLIGIBLE_LEVEL, "signature": 0.0})
QUARTER = 0.25  # of one full programme
WORTHWHILE = 0.05  # of all chips that could be built or kept open


@dataclass(frozen=True)
class Group:
    """One thing that can be decided, and the decisions that together are it."""

    action: str  # build, sign, start or keep_open
    subject: str  # id in the country file
    name: str
    unit: str
    lever: int | None
    columns: tuple[str, ...]
    least: float  # so much of it counts as having it, where the plan has none

    @property
    def none(self) -> float:
        """So little of it counts as none."""
        return NEGLIGIBLE[self.unit]

    @property
    def subject_key(self) -> tuple[str, str]:
        """What tells it from others."""
        return self.action, self.subject


def groups(setting: Setting) -> tuple[Group, ...]:
    """Everything that a country file lets a plan decide, apart from where things run."""
    names = {resource.id: resource.name for resource in setting.country.resources}
    columns: dict[tuple[str, str], list[str]] = {}
    for start in setting.dispatch.space.starts:
        columns.setdefault((start.family, start.subject), []).append(start_name(start))
    found = [
        Group("sign", a.id, a.name, "signature", a.lever,
              tuple(signed_name(a.id, t) for t in range(setting.n_periods)), HALF)
        for a in setting.country.agreements
        if not a.is_signed
    ]  # fmt: skip
    for (family, subject), started in columns.items():
        if family == "built":
            most = setting.site[subject].build_max_h100e_per_year * sum(setting.lengths)
            found.append(
                Group("build", subject, names[subject], "H100e", SECURE_ACCESS, tuple(started), _worthwhile(most))
            )
        elif family == "level":
            lever = setting.lever[subject]
            least = QUARTER * min(1.0, lever.max_scale)
            found.append(Group("start", subject, lever.name, "programme", lever.lever, tuple(started), least))
        elif family == "kept":
            option = next(o for o in setting.country.options if o.id == subject)
            found.append(
                Group("keep_open", subject, option.name, "H100e", None, tuple(started), _worthwhile(option.max_h100e))
            )
    order = {action: i for i, action in enumerate(("sign", "build", "start", "keep_open"))}
    return tuple(sorted(found, key=lambda g: order[g.action]))


def _worthwhile(most: float) -> float:
    """So many chips that one would speak of them."""
    return max(NEGLIGIBLE_H100E, WORTHWHILE * most)


def columns_of(group: Group, first: FirstStage) -> NDArray[np.int64]:
    """Where the decisions of something stand in a first stage."""
    position = {name: i for i, name in enumerate(first.names)}
    return np.array([position[name] for name in group.columns], dtype=np.int64)


def forced(first: FirstStage, group: Group, *, has: bool) -> FirstStage:
    """The first stage of plans that have something, at least `least` of it over all years, or have none."""
    row = np.zeros((1, first.cost.size))
    row[0, columns_of(group, first)] = 1.0
    return replace(
        first,
        matrix=sparse.csr_array(sparse.vstack([first.matrix, sparse.csr_array(row)])),
        row_lower=np.append(first.row_lower, group.least if has else -np.inf),
        row_upper=np.append(first.row_upper, np.inf if has else group.none),
        row_names=(*first.row_names, f"forced[{group.subject}]"),
    )


def deeds(rows: Iterable[Decision]) -> dict[tuple[str, str], str]:
    """What a plan does first of each kind, by what it is, in words; apart from where things run."""
    told: dict[tuple[str, str], str] = {}
    for row in rows:
        if row.action != "run":
            told.setdefault((row.action, row.subject), f"{row.years}: {row.text}")
    return told
