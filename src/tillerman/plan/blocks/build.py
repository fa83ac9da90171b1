"""Chips built at sites: no more a year than can be delivered.

start_built[r, t] <= build_max[r] x years in the period
"""

from __future__ import annotations

import numpy as np

from tillerman.plan.rules import Column, Rule, Rulebook
from tillerman.plan.setting import Setting, start_name


def add(book: Rulebook, setting: Setting) -> None:
    """Add what can be built where, period by period."""
    for start in setting.starts("built"):
        site = setting.site[start.subject]
        most = site.build_max_h100e_per_year * setting.lengths[start.period]
        name = start_name(start)
        book.add_column(Column(name, np.inf))
        book.add_rule(Rule(f"rate[{name}]", f"building rate at {site.id}", {name: 1.0}, upper=most))
