"""In which currencies a screen tells amounts: the one asked for first, the other beside it."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.cli.screen import Screen
from tillerman.country.frame import Frame
from tillerman.errors import SettingError
from tillerman.units import DOLLAR, USD, Currency, money, money_both, number


@dataclass(frozen=True)
class Purse:
    """The currency that comes first, and the one that stands beside it."""

    first: Currency
    second: Currency

    def told(self, musd: float, screen: Screen) -> str:
        """An amount in both."""
        return money_both(musd, self.first, self.second, language=screen.say.language)

    def short(self, musd: float, screen: Screen) -> str:
        """An amount in the first currency alone, for a table."""
        return money(musd, self.first, language=screen.say.language)

    def rate(self, screen: Screen) -> str:
        """What one US$ is in the country's currency, for the line below a table; blank where both are US$."""
        own = self.second if self.first.is_dollar else self.first
        if own.is_dollar:
            return ""
        return screen.say("purse.rate", code=own.code, rate=number(own.per_usd, 4))


def purse_of(frame: Frame, first: str | None) -> Purse:
    """The purse of a country: its own currency first, or US$ when that is asked for.

    Raises:
        SettingError: when another currency is asked for, of which the file gives no exchange rate.
    """
    own = Currency(frame.currency, frame.currency_per_usd)
    known = {own.code: own, USD: DOLLAR}
    if first is None:
        return Purse(own, DOLLAR)
    code = first.strip().upper().replace("US$", USD)
    if code not in known:
        raise SettingError("--currency", first, " or ".join(known), "The file gives no other exchange rate.")
    return Purse(DOLLAR, own) if code == USD else Purse(own, DOLLAR)
