"""Labels move apart, axes end at round numbers."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from guanzi.render.marks import bounds, spread


@given(st.lists(st.floats(-50, 150), min_size=1, max_size=5), st.lists(st.floats(5, 18), min_size=5, max_size=5))
def test_labels_that_fit_never_overlap_and_stay_on_the_plot(wanted, heights):
    heights = heights[: len(wanted)]
    placed = spread(wanted, heights, 0.0, 100.0)
    spans = sorted((c - h / 2, c + h / 2) for c, h in zip(placed, heights, strict=True))
    assert all(a[1] <= b[0] + 1e-6 for a, b in pairwise(spans))
    assert spans[0][0] >= -1e-6
    assert spans[-1][1] <= 100 + 1e-6


def test_a_label_that_is_alone_stays_where_it_belongs():
    assert spread([40.0], [10.0], 0.0, 100.0) == [40.0]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_an_axis_holds_nought_and_everything_else(values):
    low, high = bounds(values)
    slack = 0.02 * (high - low)
    assert low <= 0 <= high
    assert low - slack <= min(values)
    assert max(values) <= high + slack
    assert low < high
