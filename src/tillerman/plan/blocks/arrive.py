"""What is started arrives: every fleet quantity is the sum of what was started for it, lead times and ageing included.

quantity = sum over starts of (amount per unit) x start
"""

from __future__ import annotations

from tillerman.plan.rules import Rule, Rulebook
from tillerman.plan.setting import Setting, start_name


def add(book: Rulebook, setting: Setting) -> None:
    """Tie fleet quantities to what is started."""
    fed: dict[str, dict[str, float]] = {}
    subject: dict[str, str] = {}
    for start in setting.dispatch.space.starts:
        for quantity, amount in start.effects:
            fed.setdefault(quantity, {})[start_name(start)] = amount
            subject[quantity] = start.subject
    for quantity, starts in fed.items():
        terms = {quantity: -1.0} | starts
        book.add_rule(Rule(f"arrive[{quantity}]", f"lead time of {subject[quantity]}", terms, 0.0, 0.0))
