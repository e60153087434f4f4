"""Substitution and adoption against curves that are known, and against a library."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import linregress, t

from guanzi.base.core import InvalidInput
from guanzi.intake.inputs import read_records
from guanzi.study.technology.bass import adopted, adoption
from guanzi.study.technology.routes import routes_in
from guanzi.study.technology.substitution import substitution

shares_of_years = st.lists(st.floats(0.02, 0.98), min_size=4, max_size=12).map(
    lambda values: {2000 + i: v for i, v in enumerate(values)}
)


def logistic(odds):
    return 1 / (1 + math.exp(-odds))


def test_a_curve_without_noise_is_continued_exactly():
    found = substitution({2000 + t: logistic(-3 + 0.4 * t) for t in range(6)})
    assert found.rate == pytest.approx(0.4)
    assert found.share(2010) == pytest.approx([logistic(1.0)] * 3, abs=1e-6)
    assert found.takeover == pytest.approx(math.log(81) / 0.4)
    assert found.growing == pytest.approx(1.0)


@given(shares_of_years)
def test_the_line_and_its_interval_are_those_of_least_squares(shares):
    found = substitution(shares)
    assume(len(set(shares.values())) > 1)
    line = linregress(list(shares), [math.log(s / (1 - s)) for s in shares.values()])
    assert found.rate == pytest.approx(line.slope, abs=1e-9)
    half = (found.rate_interval[1] - found.rate_interval[0]) / 2
    assert half == pytest.approx(line.stderr * t.ppf(0.95, len(shares) - 2), abs=1e-9)


@given(shares_of_years)
def test_one_route_gains_what_the_other_loses(shares):
    mine, theirs = substitution(shares), substitution({y: 1 - s for y, s in shares.items()})
    assert mine.growing == pytest.approx(1 - theirs.growing, abs=1e-6)
    year = mine.last_year + 5
    assert mine.share(year)[0] == pytest.approx(1 - theirs.share(year)[2], abs=1e-6)


@given(shares_of_years, st.floats(0.05, 0.95))
def test_a_share_that_is_reached_half_the_time_is_the_median(shares, target):
    found = substitution(shares)
    year = found.last_year + 3
    assert (found.reaches(target, year) > 0.5) == (found.share(year)[1] > target)


@given(shares_of_years)
def test_intervals_widen_with_the_distance(shares):
    found = substitution(shares)
    widths = []
    for ahead in (1, 5, 20):
        low, _, high = found.share(found.last_year + ahead)
        if not (low > 0 and high < 1):
            break
        widths.append(math.log(high / (1 - high)) - math.log(low / (1 - low)))
    assert all(b >= a - 1e-6 for a, b in itertools.pairwise(widths))


def test_the_rate_that_is_needed_leads_to_the_target():
    found = substitution({2015: 0.1, 2016: 0.12, 2017: 0.15, 2018: 0.2})
    needed = found.rate_needed(0.5, 2023)
    assert logistic(math.log(0.2 / 0.8) + 5 * needed) == pytest.approx(0.5)


def test_too_few_years_give_nothing():
    assert substitution({2015: 0.1, 2016: 0.2, 2017: 0.3}) is None
    assert substitution({2015: 0.0, 2016: 0.2, 2017: 0.3, 2018: 1.0}) is None


def bass(p, q, m, n):
    return {2000 + k: m * d for k, d in enumerate(np.diff(adopted(np.arange(n + 1.0), p, q)))}


def test_a_diffusion_past_its_peak_is_found_again():
    found = adoption(bass(0.02, 0.45, 1e6, 14), ahead=3)
    assert found.p == pytest.approx([0.02] * 3, rel=0.01)
    assert found.q == pytest.approx([0.45] * 3, rel=0.01)
    assert found.market == pytest.approx([1e6] * 3, rel=0.01)
    assert found.peak[1] == pytest.approx(1999 + math.log(0.45 / 0.02) / 0.47, abs=0.1)
    future = bass(0.02, 0.45, 1e6, 17)
    assert all(found.sales[y][1] == pytest.approx(future[y], rel=0.02) for y in found.sales)


def test_half_of_the_market_has_bought_at_the_time_of_the_formula():
    p, q = 0.03, 0.38
    half = math.log(2 + q / p) / (p + q)
    assert adopted(np.array([half]), p, q)[0] == pytest.approx(0.5)


def test_before_the_peak_the_fit_is_marked_as_one_that_does_not_know_the_market():
    # with noise the market of 1 m is not even within the interval: the known bias of early fits
    rng = np.random.default_rng(3)
    early = {y: s * (1 + 0.1 * rng.standard_normal()) for y, s in bass(0.005, 0.4, 1e6, 7).items()}
    found = adoption(early)
    assert found.market[2] < 1e6
    assert not found.past_peak
    assert adoption(bass(0.02, 0.45, 1e6, 14)).past_peak


@pytest.mark.parametrize("sales", [{}, {2000 + i: 0.0 for i in range(8)}, {2000 + 2 * i: 9.0 for i in range(8)}])
def test_a_series_that_says_nothing_gives_nothing(sales):
    assert adoption(sales) is None


# Files


@pytest.fixture
def read(tmp_path):
    def reading(text):
        path = tmp_path / "routes.csv"
        path.write_text(text, "utf-8")
        return routes_in(read_records(path, "routes"))

    return reading


def test_shares_are_made_of_units(read):
    old, new = read("年份,技术路线,销量\n2018,plasma,30\n2018,lcd,70\n2019,plasma,20\n2019,lcd,80\n")
    assert (old.name, old.shares) == ("plasma", {2018: 0.3, 2019: 0.2})
    assert new.units == {2018: 70.0, 2019: 80.0}


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("year,route,share\n2018,a,0.5\n2018,a,0.5\n", "diligence.routes.twice"),
        ("year,route,share\n2018,a,1.5\n", "diligence.routes.range"),
        ("year,route,units\n2018,a,-1\n", "diligence.routes.range"),
        ("year,route,share\n2018,a,0.7\n2018,b,0.7\n", "diligence.routes.total"),
        ("year,route,share\nsoon,a,0.7\n", "evidence.records.day"),
        ("year,route,share\n2018,a,much\n", "evidence.records.number"),
        ("when,what\n2018,a\n", "evidence.records.columns"),
    ],
)
def test_what_makes_no_sense_is_refused(read, text, cause):
    with pytest.raises(InvalidInput) as refused:
        read(text)
    assert [p.cause.id for p in refused.value.problems] == [cause]
