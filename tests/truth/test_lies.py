"""Lies that are planted in the documents of a case are noticed."""

import pytest
from tests.truth.generation import library
from tests.truth.grounded import ungrounded
from tests.truth.lies import KINDS, draw, noticed
from tests.truth.reading import read

SEEDS = range(2 * len(KINDS))


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    """A case with all its documents; what is followed is not simulated."""
    data = next(one for one in library() if one.label == "nio-hefei-2020")
    return read(data, tmp_path_factory.mktemp("lies"))


def test_what_is_said_of_a_case_stands_in_its_data(reading):
    assert [str(fault) for fault in ungrounded(reading)] == []


def test_planted_lies_are_noticed(reading):
    drawn = {seed: lie for seed in SEEDS if (lie := draw(reading, seed)) is not None}
    assert {lie.kind for lie, _ in drawn.values()} == set(KINDS)
    passed = [(seed, lie) for seed, (lie, lied) in drawn.items() if noticed(reading, lied) is None]
    assert passed == []
