"""Numbers and percentages as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import UNITS, InvalidInput, UnitKind, parse_number, parse_ratio


@given(st.integers(-(10**12), 10**12))
def test_underscores_between_thousands_change_nothing(number):
    assert parse_number(f"{number:_}") == parse_number(str(number)) == number


@given(st.integers(0, 100_000))
def test_a_percentage_is_the_ratio_a_hundredth_as_large(basis_points):
    text = f"{basis_points // 100}.{basis_points % 100:02d}%"
    assert parse_ratio(text) == float(f"{basis_points}e-4")


def test_percentages_lose_nothing_in_reading():
    assert parse_ratio("8.5%") == 0.085
    assert parse_ratio("8.5 %") == 0.085
    assert parse_ratio("0.18") == parse_ratio(0.18) == parse_ratio("18%")


@pytest.mark.parametrize("text", ["", "_1", "1_", "1__0", "nan", "inf", "1e999", "twelve", True, float("nan")])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InvalidInput):
        parse_number(text)


@pytest.mark.parametrize("text", ["", "%", "1e3%", "%5", "5%%", "a lot"])
def test_what_is_no_ratio_is_refused(text):
    with pytest.raises(InvalidInput):
        parse_ratio(text)


def test_percent_is_not_a_unit_of_facts():
    assert not {"%", "percent"} & set(UNITS)


@pytest.mark.parametrize("unit", ["KRW m", "JPY", "SEK per kWh", "INR m", "CNY per KRW", "EUR per W"])
def test_money_of_every_currency_is_a_unit(unit):
    assert UNITS[unit] == UnitKind.NUMBER


@pytest.mark.parametrize("unit", ["ABC m", "KRW  m", "KRW bn", "krw m", "CNY per CNY", "CNY per ABC", "km m"])
def test_what_is_no_currency_is_no_unit(unit):
    assert unit not in UNITS
