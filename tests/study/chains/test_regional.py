"""From nation to region: quotients as published, and what must hold of any region."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.base.core import Bilingual, Place
from guanzi.intake.inputoutput import RegionFile, find_table
from guanzi.study.chains.multipliers.economy import balanced, regional
from guanzi.study.chains.multipliers.regional import (
    charm,
    cross_hauling,
    cross_industry,
    location_quotients,
    size_factor,
    trade_coefficients,
)


def test_the_location_quotient_of_farhauer_and_kroell_is_reproduced():
    """Standorttheorien (2013): 1,714 of 79,006 employed here, 879,213 of 15,593,224 everywhere: 0.3847623."""
    here, there = np.array([1714.0, 79006.0 - 1714.0]), np.array([879213.0, 15593224.0 - 879213.0])
    assert location_quotients(here, there)[0] == pytest.approx(0.3847623, abs=5e-8)


def test_flq_of_a_region_worked_out_by_hand_from_the_formula_of_flegg_and_webber():
    """A tenth of the nation with quotients 2 and 0.5: λ = (log₂ 1.1)^0.3 = 0.5684."""
    region, nation = np.array([20.0, 5.0]), np.array([100.0, 100.0 + 50.0])
    simple = location_quotients(region, nation)
    assert simple == pytest.approx([2.0, 1.0 / 3.0])
    assert cross_industry(region, nation) == pytest.approx(np.array([[2.0, 6.0], [1.0 / 6.0, 1.0 / 3.0]]))
    factor = size_factor(region, nation, 0.3)
    assert factor == pytest.approx(np.log2(1.1) ** 0.3, rel=1e-12)
    expected = np.array([[1.0, 1.0], [factor / 6.0, factor / 3.0]])
    assert trade_coefficients("flq", region, nation, 0.3) == pytest.approx(expected)


def test_with_an_exponent_of_nought_flq_is_the_cross_industry_quotient():
    region, nation = np.array([3.0, 1.0, 6.0]), np.array([50.0, 40.0, 60.0])
    assert trade_coefficients("flq", region, nation, 0.0) == pytest.approx(trade_coefficients("cilq", region, nation))


@given(st.integers(2, 10), st.integers(0, 10_000), st.sampled_from(["slq", "cilq", "flq"]))
@settings(max_examples=examples(40), deadline=None)
def test_no_region_buys_more_of_itself_than_the_nation_and_a_higher_exponent_never_more(n, seed, method):
    rng = np.random.default_rng(seed)
    nation = rng.uniform(1.0, 100.0, n)
    region = nation * rng.random(n) * rng.integers(0, 2, n)
    region[0] = max(region[0], 0.1)
    found = trade_coefficients(method, region, nation, 0.2)
    assert ((found >= 0.0) & (found <= 1.0)).all()
    assert (trade_coefficients(method, region, nation, 0.4) <= found + 1e-12).all()


def test_the_nation_as_its_own_region_buys_all_of_itself():
    nation = np.array([5.0, 2.0, 9.0])
    assert trade_coefficients("flq", nation, nation, 0.3) == pytest.approx(np.ones((3, 3)))


def test_charm_keeps_the_trade_in_both_directions_that_the_nation_has():
    """Kronenberg (2009): with output 100, use 90, exports 30 and imports 20, 40 are hauled both ways, of 190."""
    output, use = np.array([100.0]), np.array([90.0])
    heterogeneity = cross_hauling(output, use, np.array([30.0]), np.array([20.0]))
    assert heterogeneity == pytest.approx([40.0 / 190.0])
    assert charm(output, use, heterogeneity) == pytest.approx([1.0 - 20.0 / 90.0])
    # A region that makes half of what it uses buys the rest outside, and its part of what is hauled both ways.
    both = 40.0 / 190.0 * 30.0
    assert charm(np.array([10.0]), np.array([20.0]), heterogeneity) == pytest.approx([1.0 - (10.0 + both / 2.0) / 20.0])


def overbought(rng, n):
    """A region in which the second sector is asked for more than it makes."""
    total = rng.uniform(0.01, 0.6 / n, (n, n))
    total[1] = 0.3
    output = rng.uniform(50.0, 100.0, n)
    output[1] = 10.0
    return total, rng.uniform(0.6, 1.0, (n, n)), output


@given(st.integers(3, 8), st.integers(0, 5000))
@settings(max_examples=examples(30), deadline=None)
def test_in_a_balanced_region_no_sector_sells_more_within_it_than_it_makes(n, seed):
    total, trade, output = overbought(np.random.default_rng(seed), n)
    found, over = balanced(total, trade, output)
    sold = ((total * output) * found).sum(axis=1)
    assert over[1]
    assert (sold <= output * (1.0 + 1e-6)).all()
    assert ((found >= 0.0) & (found <= 1.0)).all()
    assert found[1].mean() < trade[1].mean()


def test_a_region_that_can_meet_its_own_demand_is_left_alone():
    total, trade, output = overbought(np.random.default_rng(3), 4)
    output[1] = 1e6
    trade[:, 1] = 0.0
    found, over = balanced(total, trade, output)
    assert not over.any()
    assert found is trade


def test_who_bought_all_in_the_region_buys_outside_what_it_cannot_make():
    total = np.array([[0.0, 0.0], [0.5, 0.0]])
    found, _ = balanced(total, np.ones((2, 2)), np.array([100.0, 20.0]))
    assert found[1, 0] == pytest.approx(0.4, abs=1e-6)


def test_the_study_says_which_sectors_had_to_be_balanced_and_counts_the_rest_as_bought_outside():
    table = find_table("invented")
    at = table.codes.index("vehicles")
    sizes = {code: 0.01 * float(x) for code, x in zip(table.codes, table.output, strict=True)}
    sizes["vehicles"] = 0.5 * float(table.output[at])
    region = RegionFile(Bilingual("region"), sizes, {}, {code: Place("region") for code in table.codes})
    economy = regional(table, region, "slq")
    sold = (economy.local * economy.output).sum(axis=1)
    assert (sold <= economy.output * (1.0 + 1e-6)).all()
    (remark,) = [r for r in economy.remarks if r.id == "multipliers.balanced"]
    assert dict(remark.params)["sectors"]
    bought = (economy.total - economy.local)[:, at].sum()
    assert economy.direct["imports"][at] >= bought - 1e-9
