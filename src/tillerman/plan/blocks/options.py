"""Options kept open for a fee: each up to its size, and at most three in a plan.

sum over t of start_kept[o, t] <= max_h100e[o] x taken[o];   sum over o of taken <= 3
"""

from __future__ import annotations

from tillerman.plan.rules import Column, Rule, Rulebook
from tillerman.plan.setting import Setting, start_name

MOST_OPTIONS = 3


def add(book: Rulebook, setting: Setting) -> None:
    """Add options, their sizes and the limit on their number."""
    taken: dict[str, float] = {}
    for option in setting.country.options:
        starts = [start for start in setting.starts("kept") if start.subject == option.id]
        for start in starts:
            book.add_column(Column(start_name(start), option.max_h100e))
        flag = f"taken[{option.id}]"
        taken[flag] = 1.0
        book.add_column(Column(flag, 1.0, is_integer=len(setting.country.options) > MOST_OPTIONS))
        terms = {start_name(start): 1.0 for start in starts} | {flag: -option.max_h100e}
        book.add_rule(Rule(f"option[{option.id}]", f"option {option.id}", terms, upper=0.0))
    book.add_rule(Rule("options", "number of options", taken, upper=float(MOST_OPTIONS)))
