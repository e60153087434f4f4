from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import render
from guanzi.study.fiscal import Range, Triangular, displacement_in, load_displacement, net_of_displacement

DATA = load_displacement()
share = st.floats(0, 1)
priors = st.tuples(share, share, share).map(lambda t: Triangular(*sorted(t)))


@given(st.floats(0, 1e5), priors)
def test_gross_is_net_and_what_is_displaced(gross, prior):
    result = net_of_displacement(gross, prior)
    assert result.net.low + result.displaced.low == pytest.approx(gross)
    assert -1e-9 <= result.net_interval.low <= result.net_interval.high <= gross + 1e-9


@given(st.floats(0, 1e5), st.floats(0, 1e5), priors)
def test_a_range_of_the_gain_widens_the_interval(a, b, prior):
    low, high = sorted((a, b))
    wide = net_of_displacement(Range(low, high), prior).net_interval
    for gain in (low, high):
        narrow = net_of_displacement(gain, prior).net_interval
        assert wide.low <= narrow.low + 1e-9
        assert wide.high >= narrow.high - 1e-9


def test_the_interval_is_that_of_the_distribution():
    # Triangular on 0 to 1 with its mode at 0: the quantile of p is 1 - sqrt(1 - p).
    result = net_of_displacement(Range(100.0, 200.0), Triangular(0.0, 0.0, 1.0))
    assert result.net_interval.low == pytest.approx(100.0 * 0.05**0.5)
    assert result.net_interval.high == pytest.approx(200.0 * 0.95**0.5)


def test_a_newcomer_that_only_takes_from_neighbours_brings_nothing():
    result = net_of_displacement(1000.0, Triangular(1.0, 1.0, 1.0))
    assert (result.gross, result.net) == (Range.of(1000.0), Range.of(0.0))


def test_a_company_that_sells_beyond_the_region_displaces_less():
    day = date(2020, 4, 29)
    tradable, local = displacement_in(DATA, "tradable", day), displacement_in(DATA, "local", day)
    assert tradable.share.high <= local.share.low
    assert tradable.share.mean < local.share.mean
    assert (tradable.share.low, local.share.high) == (0.0, 1.0)
    assert "Criscuolo" in render(tradable.message)
    assert "Einiö" in render(local.message)
    assert {source.id for source in tradable.sources} == {"criscuolo-2012", "einio-overman-2016"}


def test_before_the_studies_there_is_no_evidence():
    early = displacement_in(DATA, "tradable", date(2015, 12, 31))
    assert early.share is None
    assert early.sources == ()
    assert "no study was available" in render(early.message)


def test_what_is_no_part_of_a_gain_is_refused():
    with pytest.raises(ValueError, match="part of a gain"):
        net_of_displacement(-1.0, Triangular(0.0, 0.1, 0.2))
    with pytest.raises(ValueError, match="within 0 and 1"):
        net_of_displacement(1.0, Triangular(0.0, 0.1, 1.2))
