from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import render
from guanzi.study.fiscal import Range, load_tax_sharing, split_tax

CN = load_tax_sharing("CN")
TODAY = date(2026, 1, 1)
DECISION = date(2020, 4, 29)
number = st.floats(0, 1e6)
amounts = st.one_of(number, st.tuples(number, number).map(lambda pair: Range(*sorted(pair))))
taxes = st.sampled_from([tax.id for tax in CN.taxes])

# National Bureau of Statistics, China Statistical Yearbook 2011, table 8-5, and 2012, table 8-4: revenue of the nation
# and of local governments, 100 million yuan: (year, tax, together, national, local).
YEARBOOK = [
    (2010, "value_added_tax", 21093.48, 15897.21, 5196.27),
    (2011, "value_added_tax", 24266.63, 18277.38, 5989.25),
    (2010, "personal_income_tax", 4837.27, 2902.97, 1934.30),
    (2011, "personal_income_tax", 6054.11, 3633.07, 2421.04),
    (2010, "corporate_income_tax", 12843.54, 7795.17, 5048.37),
    (2011, "corporate_income_tax", 16769.64, 10023.35, 6746.29),
    (2010, "consumption_tax", 6071.55, 6071.55, 0.0),
    (2011, "house_property_tax", 1102.39, 0.0, 1102.39),
    (2011, "urban_land_use_tax", 1222.26, 0.0, 1222.26),
    (2011, "land_appreciation_tax", 2062.61, 0.0, 2062.61),
    (2011, "deed_tax", 2765.73, 0.0, 2765.73),
]


@pytest.mark.parametrize(("year", "tax", "together", "national", "local"), YEARBOOK)
def test_the_rules_agree_with_official_statistics(year, tax, together, national, local):
    split = split_tax(CN, tax, together, date(year, 12, 31), TODAY)
    # Within one per cent of the tax: exceptions (state banks, railways) and arrears are not in the rules.
    assert split.national.low == pytest.approx(national, abs=0.01 * together)
    assert split.local.low == pytest.approx(local, abs=0.01 * together)


@given(taxes, amounts, st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.sampled_from([None, "Hunan", "Anhui"]))
def test_no_tax_is_lost_or_counted_twice(tax, amount, on, region):
    split = split_tax(CN, tax, amount, on, TODAY, region)
    paid = Range.of(amount)
    if split.rule is not None:
        assert split.national.low + split.local.low == pytest.approx(paid.low, abs=1e-6)
        assert split.national.high + split.local.high == pytest.approx(paid.high, abs=1e-6)
    assert 0 <= split.city.low <= split.city.high <= split.local.high <= paid.high + 1e-9
    assert 0 <= split.province.low <= split.province.high <= split.local.high


def test_value_added_tax_is_shared_by_halves_since_may_2016():
    before = split_tax(CN, "value_added_tax", 100.0, date(2016, 4, 30), TODAY)
    after = split_tax(CN, "value_added_tax", 100.0, date(2016, 5, 1), TODAY)
    assert (before.national, after.national) == (Range.of(75.0), Range.of(50.0))
    assert [source.id for source in after.sources] == ["guo-fa-2016-26"]


def test_a_reform_is_not_seen_before_it_was_published():
    seen_early = split_tax(CN, "value_added_tax", 100.0, date(2017, 1, 1), date(2016, 4, 28))
    assert seen_early.national == Range.of(75.0)
    assert split_tax(CN, "value_added_tax", 100.0, date(2017, 1, 1), date(2016, 4, 29)).national == Range.of(50.0)
    assert split_tax(CN, "value_added_tax", 100.0, date(2017, 1, 1), date(1993, 1, 1)).rule is None


def test_what_a_city_keeps_is_unknown_where_the_province_does_not_say():
    split = split_tax(CN, "corporate_income_tax", 100.0, date(2021, 1, 1), DECISION, "Anhui")
    assert (split.national, split.local) == (Range.of(60.0), Range.of(40.0))
    assert split.city == split.province == Range(0.0, 40.0)
    assert split.local_rule is None
    sentence = render(split.message)
    assert "not on record: that level keeps between nothing and 40 %" in sentence
    assert "2003] 26" in sentence
    assert split.exceptions is not None
    assert "railways" in render(split.exceptions)


def test_a_province_that_says_so_leaves_no_range():
    # The scheme of Hunan for 2003: centre 60 %, province 12 %, cities 28 %.
    split = split_tax(CN, "personal_income_tax", 100.0, date(2003, 6, 30), TODAY, "Hunan")
    parts = (split.national.low, split.province.low, split.city.low)
    assert parts == pytest.approx((60.0, 12.0, 28.0))
    assert split.city.known
    assert "in Hunan, the level below the province keeps 28 % of the total" in render(split.message)
    assert [source.grade for source in split.sources] == ["A", "D"]


def test_a_scheme_that_has_run_out_does_not_count():
    assert split_tax(CN, "personal_income_tax", 100.0, date(2004, 1, 1), TODAY, "Hunan").local_rule is None
    assert split_tax(CN, "personal_income_tax", 1.0, date(2003, 6, 1), date(2002, 6, 1), "Hunan").local_rule is None


@pytest.mark.parametrize("tax", ["window_tax", "corporate_income_tax"])
def test_a_tax_without_a_rule_may_go_anywhere(tax):
    split = split_tax(CN, tax, Range(10.0, 20.0), date(1995, 1, 1), TODAY)
    assert split.rule is None
    assert split.national == split.local == split.city == Range(0.0, 20.0)
    assert "not on record" in render(split.message)


def test_a_tax_is_not_negative():
    with pytest.raises(ValueError, match="not negative"):
        split_tax(CN, "deed_tax", -1.0, DECISION, DECISION)
