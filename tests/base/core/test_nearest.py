"""Did you mean …?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import UNITS, nearest


@given(st.sampled_from(sorted(UNITS)))
def test_a_name_is_nearest_to_itself_in_any_case(unit):
    assert nearest(unit.upper(), [u for u in UNITS if u.lower() != unit.lower() or u == unit]) == unit


@pytest.mark.parametrize(("typed", "meant"), [("vehicels", "vehicles"), ("CNYm", "CNY m"), ("peple", "people")])
def test_misspelt_units_are_recognised(typed, meant):
    assert nearest(typed, UNITS) == meant


def test_nothing_is_proposed_for_something_else_altogether():
    assert nearest("zzzz", UNITS) is None
    assert nearest("", []) is None
