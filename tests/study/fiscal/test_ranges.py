import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.study.fiscal import Range

number = st.floats(0, 1e6)
ranges = st.tuples(number, number).map(lambda pair: Range(*sorted(pair)))


@given(ranges, ranges)
def test_a_sum_holds_every_sum_of_members(a, b):
    assert (a + b).low == a.low + b.low
    assert (a + b).low <= a.middle + b.middle + 1e-6
    assert (a + b).high >= a.middle + b.middle - 1e-6


@given(ranges, st.floats(0, 10))
def test_scaling_keeps_the_order(a, factor):
    assert a.scaled(factor).low <= a.scaled(factor).high


def test_a_number_is_a_range_without_width():
    assert Range.of(5).known
    assert not Range(1.0, 2.0).known
    assert Range.of(Range(1.0, 2.0)) == Range(1.0, 2.0)


def test_a_range_that_descends_or_turns_over_is_refused():
    with pytest.raises(ValueError, match="ascend"):
        Range(2.0, 1.0)
    with pytest.raises(ValueError, match="ascend"):
        Range(float("nan"), 1.0)
    with pytest.raises(ValueError, match="from zero up"):
        Range(1.0, 2.0).scaled(-1.0)
