"""From thirty numbers to a full country: a general structure whose values come from the answers.

Where nobody knows, a number is a stated range, and its evidence says which; what even that cannot support is left out.
The structure is the same for every country: nothing in it depends on which country it is.
"""

from __future__ import annotations

from types import MappingProxyType

from tillerman.country.frame import Frame
from tillerman.country.record import Country
from tillerman.country.thirty.draft import BASE_YEAR, FIRST_YEAR, HOURS, Draft
from tillerman.country.thirty.expand_choices import put_choices
from tillerman.country.thirty.expand_happens import put_happenings
from tillerman.country.thirty.expand_services import put_services
from tillerman.country.thirty.expand_stack import put_stack
from tillerman.country.thirty.figure import Figure, generic
from tillerman.country.thirty.form import Form
from tillerman.country.thirty.questions import QUESTIONS
from tillerman.country.thirty.sheet import Sheet
from tillerman.country.thirty.world import world

_PERIODS, _EPOCHS = (1, 1, 1, 2, 2, 3), (0, 0, 0, 1, 1, 1)


def expand(form: Form) -> Country:
    """The full country that a form supports; not yet checked."""
    return expand_with_entries(form)[0]


def expand_with_entries(form: Form) -> tuple[Country, frozenset[str]]:
    """The country, and the entries of the second sheet that found their number in it."""
    entries = MappingProxyType({entry.key: entry for entry in form.entries})
    draft = Draft(form, Sheet(entries), world())
    put_services(draft)
    put_stack(draft)
    put_choices(draft)
    put_happenings(draft)
    frame = _frame(draft)
    draft.sheet.say_what_it_rests_on({question.key: form.status(question.key) for question in QUESTIONS})
    return draft.sheet.country(frame, form.name), frozenset(draft.sheet.met)


def _frame(draft: Draft) -> Frame:
    about, figures = draft.form.about, draft.figures
    rate = figures.get("exchange_rate")
    budget = figures.get("budget")
    return draft.sheet.frame(
        {
            "name": about.name,
            "code": about.code,
            "home_jurisdictions": about.home,
            "currency": "USD" if rate is None else about.currency,
            "currency_per_usd": 1.0 if rate is None or about.currency == "USD" else rate,
            "base_year": float(BASE_YEAR),
            "fiscal_year_start_month": float(about.fiscal_month),
            "first_year": float(FIRST_YEAR),
            "period_years": _PERIODS,
            "epoch_of_period": _EPOCHS,
            "discount_rate": figures["discount"],
            "cost_of_public_funds": generic(1.0, 1.2, 1.5, "General: between no cost of raising money and half again"),
            "budget_musd_per_year": _NO_BUDGET if budget is None else budget,
            "exchange_musd_per_year": figures.get("paid_abroad"),
            "peak_hours_share": generic(0.15, 0.25, 0.35, "General: four to eight busy hours a day"),
            "peak_demand_factor": generic(1.2, 1.5, 2.2, "General: busy hours of services used by day"),
            "absorptive_capacity": generic(0.2, 0.5, 1.0, "General: how much more use programmes can bring in all"),
            "hours_per_year": HOURS,
        },
    )


_NO_BUDGET = Figure(
    0.0, 0.0, 0.0, (), "No answer to 'budget', and no income from which to tell a range: nothing is spent"
)
