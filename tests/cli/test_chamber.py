"""The short form of the chamber: bad files, kills and races against a process of its own."""

import pytest
from benchmarks.chamber import ATTACKS, fight


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_the_product_holds(attack):
    outcome = fight(attack, short=True)
    assert outcome.wrong == "", outcome.out[-2_000:]
