"""Money is exact, and yuan are never added to dollars."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import CurrencyMismatch, ExchangeRate, InvalidInput, Money, PriceYearMismatch

amounts = st.integers(-(10**15), 10**15)
RATE = ExchangeRate("USD", "CNY", Decimal("7.0"), date(2020, 4, 29))


@given(amounts, amounts, amounts)
def test_adding_is_exact_in_any_order(a, b, c):
    x, y, z = (Money.of(v, "CNY") for v in (a, b, c))
    assert (x + y) + z == x + (y + z) == Money.of(a + b + c, "CNY")
    assert x + y - y == x
    assert x + -x == Money.of(0, "CNY")


@given(amounts, st.integers(-1000, 1000))
def test_multiplying_is_repeated_adding(amount, times):
    money = Money.of(amount, "CNY")
    assert times * money == money * times == Money.of(amount * times, "CNY")


@given(amounts, amounts)
def test_amounts_of_one_currency_compare_as_numbers(a, b):
    assert (Money.of(a, "CNY") < Money.of(b, "CNY")) == (a < b)
    assert (Money.of(a, "CNY") <= Money.of(b, "CNY")) == (a <= b)


def test_scales_are_only_ways_of_writing():
    assert Money.of("3.5", "CNY", "bn") == Money.of(3500, "CNY", "m") == Money.of(3_500_000_000, "CNY")


@pytest.mark.parametrize("operation", ["__add__", "__sub__", "__lt__", "__le__"])
def test_yuan_and_dollars_do_not_mix(operation):
    with pytest.raises(CurrencyMismatch) as caught:
        getattr(Money.of(1, "CNY"), operation)(Money.of(1, "USD"))
    assert caught.value.problems[0].fix is not None


def test_prices_of_different_years_do_not_mix():
    with pytest.raises(PriceYearMismatch):
        Money.of(1, "CNY", price_year=2020) + Money.of(1, "CNY", price_year=2025)
    with pytest.raises(PriceYearMismatch):
        Money.of(1, "CNY", price_year=2020) + Money.of(1, "CNY")


def test_a_dated_rate_converts_both_ways_and_nothing_else():
    assert Money.of(100, "USD", "m").to("CNY", RATE) == Money.of(700, "CNY", "m")
    assert Money.of(700, "CNY", "m").to("USD", RATE) == Money.of(100, "USD", "m")
    with pytest.raises(CurrencyMismatch):
        Money.of(1, "EUR").to("CNY", RATE)


@pytest.mark.parametrize("amount", ["seven", "NaN", float("inf"), ""])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(InvalidInput):
        Money.of(amount, "CNY")
