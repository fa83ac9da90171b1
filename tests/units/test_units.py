"""Money, shares and rounding on the way to and from people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillerman.errors import SettingError
from tillerman.units import DOLLAR, Currency, amount, money, money_both, number, parse_money, share, significant

SHILLING = Currency("KES", 129.0)
KNOWN = (DOLLAR, SHILLING)


@pytest.mark.parametrize(
    ("value", "digits", "told"),
    [
        (106.4, 2, "110"),
        (106.4, 3, "106"),
        (0.1234, 2, "0.12"),
        (1_234_567, 2, "1,200,000"),
        (9.96, 2, "10"),
        (0.0, 2, "0"),
        (-37.9, 2, "-38"),
        (1e-7, 2, "0.0000001"),
        (2.5, 2, "2.5"),
    ],
)
def test_number_has_no_more_digits_than_asked(value: float, digits: int, told: str) -> None:
    """A number is written with so many significant digits, thousands apart, never in powers of ten."""
    assert number(value, digits) == told


@given(st.floats(-1e12, 1e12, allow_subnormal=False), st.integers(1, 6))
def test_rounding_moves_little(value: float, digits: int) -> None:
    """Rounding to so many digits moves a number by at most half of the last one, and once is enough."""
    rounded = significant(value, digits)

    assert abs(rounded - value) <= 0.5000001 * abs(value) * 10.0 ** (1 - digits)
    assert significant(rounded, digits) == rounded


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0 %"),
        (0.004, "< 1 %"),
        (0.374, "37 %"),
        (0.996, "> 99 %"),
        (1.0, "100 %"),
        (1.0000000002, "100 %"),
        (1e-12, "0 %"),
        (-1e-9, "0 %"),
    ],
)
def test_nearly_none_is_not_none(value: float, told: str) -> None:
    """A small share is not written as none, nor a large one as all; rounding errors are."""
    assert share(value) == told


def test_country_currency_comes_first() -> None:
    """An amount is told in the country's currency with US$ beside it, in English and in Chinese sizes."""
    assert money_both(106, SHILLING) == "KES 14 billion (US$ 110 million)"
    assert money_both(106, SHILLING, digits=3) == "KES 13.7 billion (US$ 106 million)"
    assert money_both(106, DOLLAR) == "US$ 110 million"
    assert money_both(106, SHILLING, language="zh-Hant") == "KES 140 億（1.1 億美元）"
    assert money_both(0, SHILLING, language="zh-Hant") == "KES 0（0 美元）"
    assert money(2e6, Currency("TWD", 32.0), language="zh-Hant") == "TWD 64 兆"


def test_large_number_carries_its_size() -> None:
    """A number of people is told in millions, in Chinese in 萬 and 億; a small one stays as it is."""
    assert [amount(n) for n in (37.9e6, 350e3, 12)] == ["38 million", "350 thousand", "12"]
    assert [amount(n, language="zh-Hant") for n in (37.9e6, 350e3, 2.3e8)] == ["3,800 萬", "35 萬", "2.3 億"]


@pytest.mark.parametrize(
    ("musd", "told"), [(0, "US$ 0"), (999.9, "US$ 1 billion"), (-3.21, "US$ -3.2 million"), (4e-4, "US$ 400")]
)
def test_money_finds_its_size(musd: float, told: str) -> None:
    """The size is chosen after rounding, so that 999.9 million is a billion."""
    assert money(musd, DOLLAR) == told


@pytest.mark.parametrize(
    ("text", "musd"),
    [
        ("250m", 250),
        ("1.2bn", 1200),
        ("US$ 250 million", 250),
        ("$250M", 250),
        ("KES 30bn", 30_000 / 129),
        ("30 bn kes", 30_000 / 129),
        ("usd 0.5 Billion", 500),
        ("0", 0),
        ("2.5億", 250),
        ("250m美元", 250),
        ("２５０ｍ", 250),
        ("2.5億美元", 250),
    ],
)
def test_amount_is_read(text: str, musd: float) -> None:
    """An amount with its size, and a currency of the file before or after it, is read as million US$."""
    assert parse_money(text, KNOWN) == pytest.approx(musd, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("250", "250m for millions"),
        ("1,2bn", "'.' before the decimals"),
        ("1.2.3bn", "'.' before the decimals"),
        ("-5m", "no sign"),
        ("EUR 5m", "'EUR' is not a currency of this file"),
        ("5m bn", "the currency's code"),
        ("US$ 5m KES", "the currency's code"),
        ("plenty", "the currency's code"),
        ("", "the currency's code"),
        ("nanm", "the currency's code"),
    ],
)
def test_doubtful_amount_is_refused(text: str, says: str) -> None:
    """An amount with no size, two readings or an unknown currency is refused, and the message says what to write."""
    with pytest.raises(SettingError, match="expected an amount") as caught:
        parse_money(text, KNOWN, where="--budget")

    assert says in str(caught.value)
    assert str(caught.value).startswith("--budget: found ")


@given(st.integers(1, 9_999), st.sampled_from([("k", 1e-3), ("m", 1.0), ("bn", 1e3)]))
def test_written_amount_reads_back(count: int, size: tuple[str, float]) -> None:
    """What is written with enough digits reads back as the same amount."""
    musd = count * size[1]

    assert parse_money(money(musd, DOLLAR, digits=6), KNOWN) == pytest.approx(musd, rel=1e-9)
