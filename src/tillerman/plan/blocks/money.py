"""Money: the public budget and, where the file sets one, the limit on payments abroad; and every decision's cost.

sum of public cash in a period <= budget a year x years in the period
"""

from __future__ import annotations

from tillerman.plan.accounts import money_of_starts, salvage_of_starts
from tillerman.plan.rules import Rule, Rulebook
from tillerman.plan.setting import Setting


def add(book: Rulebook, setting: Setting) -> None:
    """Add the budget of every period and the welfare cost of every decision."""
    money = {name: flow for name, flow in money_of_starts(setting).items() if name in book.columns}
    for name, flow in money.items():
        book.add_cost(name, flow.welfare(setting))
    for name, worth in salvage_of_starts(setting).items():
        book.add_cost(name, -worth)
    abroad = setting.country.frame.exchange_musd_per_year
    for t, length in enumerate(setting.lengths):
        label = setting.label(t)
        cash = {name: flow.cash(setting, t) for name, flow in money.items()}
        most = setting.budget_musd_per_year * length
        book.add_rule(Rule(f"budget[{label}]", f"budget {label}", cash, upper=most))
        if abroad is not None:
            paid = {name: flow.exchange(setting, t) for name, flow in money.items()}
            book.add_rule(Rule(f"exchange[{label}]", f"foreign exchange {label}", paid, upper=abroad * length))
