"""The frame of a country file (`country.toml`) and the evidence that stands behind its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tillerman.country.columns import column as declare
from tillerman.labels import Grade


@dataclass(frozen=True)
class Frame:
    """Names, money, time and load blocks: what holds for the whole file."""

    name: str = declare("Name of the country or economy, from the stated list.")
    code: str = declare("Its ISO 3166-1 alpha-2 code.")
    home_jurisdictions: tuple[str, ...] = declare(
        "Its own code, and blocs whose law binds it and whose courts it can use."
    )
    currency: str = declare("ISO 4217 code of its currency.")
    currency_per_usd: float = declare("Exchange rate of the base year.", unit="currency/US$", minimum=1e-6)
    base_year: int = declare("Year of all prices.", unit="year", minimum=2000, maximum=2100)
    fiscal_year_start_month: int = declare("Month in which the fiscal year starts.", minimum=1, maximum=12)
    first_year: int = declare("First year of the plan.", unit="year", minimum=2000, maximum=2100)
    period_years: tuple[int, ...] = declare(
        "Years in each planning period; the first three (or all, if fewer) are single years.", minimum=1, maximum=10
    )
    epoch_of_period: tuple[int, ...] = declare("Deployment epoch of each period, from 0.", minimum=0, maximum=9)
    discount_rate: float = declare("Real social discount rate.", unit="1/year", minimum=0, maximum=0.3)
    cost_of_public_funds: float = declare("Welfare cost of one unit of public money.", minimum=1, maximum=3)
    budget_musd_per_year: float = declare(
        "Public money for AI a year, capital and recurrent.", unit="million US$/year", minimum=0
    )
    exchange_musd_per_year: float | None = declare(
        "Most that may be paid abroad a year; blank for no limit.", unit="million US$/year", minimum=0
    )
    peak_hours_share: float = declare("Share of hours in the busy block.", minimum=0.01, maximum=0.99)
    peak_demand_factor: float = declare("Demand rate in busy hours over the yearly mean.", minimum=1, maximum=10)
    absorptive_capacity: float = declare(
        "Most that all adoption programmes together can add to a service's demand, as a share.", minimum=0, maximum=3
    )
    hours_per_year: float = declare("Hours in a year.", unit="hours/year", minimum=8760, maximum=8784)


@dataclass(frozen=True)
class Evidence:
    """Where one number comes from, how wide it is, and how good the source is."""

    table: str = declare("The table of the number; frame for country.toml.")
    row: str | None = declare("The id of its row; blank for the frame.")
    column: str = declare("Its column.")
    low: float | None = declare("Low end of the plausible range, in the column's unit.")
    high: float | None = declare("High end of the plausible range.")
    unit: str | None = declare("Unit of low and high.")
    year: int | None = declare("Year the number speaks of.", unit="year", minimum=1950, maximum=2100)
    grade: Grade = declare("Official, measured, reported, estimate or assumption.")
    title: str | None = declare("Title of the source, or the reasoning of an assumption.")
    publisher: str | None = declare("Who published it.")
    address: str | None = declare("Page or address.")
    published: date | None = declare("Date of the page.")
    source_file: str | None = declare("File under the data folder, where the number is read from one.")
    source_row: str | None = declare("Row of that file, as column=value pairs separated by ';'.")
    source_column: str | None = declare("Column of that file.")
    source_factor: float | None = declare("What the source's number is multiplied by to give this one.")
    other_account: str | None = declare("The other side, where the fact is contested.")
    note: str | None = declare("Anything a reader should know.")
