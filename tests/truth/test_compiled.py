"""Whatever deal is drawn can be run: its program has a row for each value that is read."""

import pytest
from tests.truth.invented import invented
from tests.truth.metamorphic import PATHS, appraised

STANDING_IN = 17_000
"""A grant and a purchase by the year: where the condition fails, a sum goes on as one of which it was a part."""


@pytest.mark.parametrize("seed", [STANDING_IN])
def test_an_invented_deal_is_simulated(seed):
    assert appraised(invented(seed))["versions"]["paths"] == PATHS
