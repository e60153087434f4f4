"""Ten filings: what is read of their pages is what they tag."""

import pytest
from benchmarks.own_tags import hold
from tests.intake.reading.tagged_filings import FILINGS, NOT_READ, inline


@pytest.mark.parametrize("name", FILINGS)
def test_every_proposal_of_a_page_has_value_unit_and_period_of_its_tag(name, tmp_path):
    held = hold(inline(FILINGS[name]), tmp_path)
    assert held.read
    assert {key: held.tagged.get(key) for key in held.read} == held.read
    missed = held.tagged.keys() - held.read.keys()
    assert {unit for _, unit, _ in missed} <= {NOT_READ.get(name)}


def test_there_are_ten_of_two_taxonomies_and_seven_currencies():
    assert len(FILINGS) == 10
    assert {one.taxonomy for one in FILINGS.values()} == {"us-gaap", "ifrs-full"}
    assert len({one.currency for one in FILINGS.values()}) == 7
