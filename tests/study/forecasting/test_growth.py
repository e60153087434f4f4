"""Growth of a reference class: the histogram is given back, its tails go on, horizons join."""

import math
from importlib.resources import files

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from guanzi.study.forecasting import LEVELS, GrowthHistogram, ReferenceGrowth, cells_for, naive_walk

EDGES = tuple(float(x) for x in range(-25, 50, 5))
TABLE = yaml.safe_load(files("guanzi").joinpath("library/priors/growth.yaml").read_text("utf-8"))["priors"][0]
SMALL = TABLE["classes"][0]
HISTOGRAMS = [GrowthHistogram(EDGES, tuple(SMALL[f"years_{t}"]), float(t)) for t in (1, 3, 5, 10)]

shares = st.lists(st.integers(0, 30), min_size=16, max_size=16).filter(lambda s: sum(x > 0 for x in s) >= 3)


def of_normal(mean, deviation, years):
    """The histogram of a normal law of yearly growth (logarithm)."""
    ends = norm.cdf(np.log1p(np.array(EDGES) / 100.0), mean, deviation)
    return GrowthHistogram(EDGES, tuple(np.diff(np.concatenate([[0.0], ends, [1.0]]))), years)


def test_the_histogram_of_a_normal_law_gives_back_the_law_tails_and_all():
    found = of_normal(0.08, 0.12, 4.0)
    assert found.total() == pytest.approx(4.0 * norm.ppf(LEVELS, 0.08, 0.12), abs=1e-6)
    cell = found.cell((0.0, 325.0), inflation=0.02)
    assert (cell.drift, cell.scatter) == pytest.approx((0.10, 0.12))


@given(shares, st.sampled_from([1.0, 5.0]))
def test_at_the_edges_it_has_the_shares_of_the_table(drawn, years):
    try:
        found = GrowthHistogram(EDGES, tuple(map(float, drawn)), years)
    except ValueError:
        return
    below = np.cumsum(drawn)[:-1] / sum(drawn)
    for edge, share, own in zip(EDGES, below, drawn, strict=False):
        if own and 0.0 < share < 1.0:
            assert math.exp(found.total(np.array([share]))[0] / years) == pytest.approx(1.0 + edge / 100.0)
    assert np.all(np.diff(found.total()) >= -1e-12)


@pytest.mark.parametrize("histogram", HISTOGRAMS, ids=lambda h: f"{h.years:.0f} years")
def test_at_a_horizon_of_the_table_the_reference_class_is_the_table(histogram):
    found = ReferenceGrowth(HISTOGRAMS).at(200.0, histogram.years)
    assert found.values == pytest.approx(200.0 * np.exp(histogram.total()))


def test_of_small_companies_a_published_share_grew_by_more_than_a_fifth_a_year_for_ten_years():
    """The Base Rate Book: 18.1 percent of the companies below 325 million dollars."""
    factor = ReferenceGrowth(HISTOGRAMS).at(1.0, 10.0)
    assert 1.0 - float(factor.below(1.2**10)) == pytest.approx(0.181, abs=0.006)


def test_a_normal_reference_class_spreads_as_a_walk_does():
    """Closed form: variance is a line in the horizon, inside the table and beyond it."""
    histograms = [of_normal(0.05, 0.3 / math.sqrt(t), t) for t in (1.0, 4.0)]
    for years in (0.25, 2.0, 9.0):
        found = np.log(ReferenceGrowth(histograms, 0.01).at(1.0, years).values)
        assert found == pytest.approx(norm.ppf(LEVELS, 0.06 * years, 0.3 * math.sqrt(years)), abs=1e-6)


def test_the_walk_from_the_table_has_its_spread_near_the_middle():
    cells = [h.cell((0.0, 325.0)) for h in HISTOGRAMS]
    walk = naive_walk(cells_for(cells, 200.0, 0.9))
    reference = ReferenceGrowth(HISTOGRAMS)
    for years in (1.0, 5.0):
        low, high = np.log(reference.at(1.0, years).at([0.1587, 0.8413]))
        assert 2 * walk.spread_at(years) == pytest.approx(high - low, rel=0.02)


@pytest.mark.parametrize(
    ("edges", "shares", "years"),
    [((0.0, 5.0), (1.0, 2.0), 1.0), ((5.0, 0.0), (1.0, 1.0, 1.0), 1.0), ((0.0, 5.0), (1.0, -1.0, 1.0), 1.0),
     ((0.0, 5.0), (0.0, 1.0, 0.0), 1.0), ((-100.0, 5.0), (1.0, 1.0, 1.0), 1.0), ((0.0, 5.0), (1.0, 1.0, 1.0), 0.0)],
)  # fmt: skip
def test_what_is_no_histogram_is_refused(edges, shares, years):
    with pytest.raises(ValueError, match=r"histogram|edges"):
        GrowthHistogram(edges, shares, years)
